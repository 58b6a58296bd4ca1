"""The signing of a knowledge base, rehearsed with throw-away keys: what a release needs to work, and what must be refused."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nacl.signing import SigningKey

from camcensus.model.errors import CamcensusError
from camcensus.store.files import write_whole
from camcensus.store.signatures import SecretKey, sign, write_public_key
from camcensus.store.vendors_db.updates import NAME, bytes_of, install, read_keys, read_update
from camcensus.tasks.knowledge.updates import signed_comment

MARK = b"RX"
"""How the ids of the keys begin: no key of a release is like it."""


@dataclass(frozen=True, slots=True)
class RehearsalStep:
    """One step of the rehearsal, whether it went as it must, and what was said."""

    name: str
    went_well: bool
    say: str


def rehearse(database: Path, *, app: str, today: date) -> tuple[RehearsalStep, ...]:
    """Make two keys, sign `database`, take it as an update, and try what must be refused, all in a folder that is then deleted.

    Raises as `signed_comment` where `database` cannot be signed at all.
    """
    with tempfile.TemporaryDirectory(prefix="camcensus-rehearsal-") as name:
        return tuple(_steps(Path(name), database, app, today))


def _steps(folder: Path, database: Path, app: str, today: date) -> list[RehearsalStep]:
    in_use, spare = _key(), _key()
    keys, person, file = folder / "keys", folder / "person", folder / NAME
    keys.mkdir()
    for key, name in ((in_use, "in-use.pub"), (spare, "spare.pub")):
        write_whole(keys / name, write_public_key(key.public).encode())
    whole = bytes_of(database)
    write_whole(file, whole)
    comment = signed_comment(file, min_app=app, today=today)
    version = next(part.removeprefix("version=") for part in comment.split() if part.startswith("version="))

    def take(by: SecretKey = in_use, said: str = comment, used: str = "", change: bytes = b"") -> str:
        """Sign, then change the file where told to, and take it."""
        write_whole(file.with_name(NAME + ".minisig"), sign(whole, said, by).encode())
        write_whole(file, whole + change)
        offered = read_update(file, keys=read_keys(keys), used=used, taken="", app=app)
        return f"{install(offered, person).version}, signed with the key {by.public.name}"

    steps = [
        RehearsalStep(
            "Two keys are made and read back", len(read_keys(keys)) == 2, f"{in_use.public.name}, {spare.public.name}"
        ),
        RehearsalStep("The comment to sign is printed", True, comment),
        _works("A file signed with the key in use is taken", take),
        _works("A file signed with the spare is taken", lambda: take(spare)),
        _refused("A file that is not newer", lambda: take(used=version)),
        _refused("A file with one byte more", lambda: take(change=b"\0")),
        _refused("A comment of another file", lambda: take(said=comment.replace("sha256=", "sha256=0")[: len(comment)])),
        _refused("A key that no release carries", lambda: take(_key())),
    ]
    (keys / "in-use.pub").unlink()
    steps.append(_refused("A key that ships no more", take))
    steps.append(_works("The spare takes its place", lambda: take(spare)))
    return steps


def _works(name: str, act: Callable[[], str]) -> RehearsalStep:
    try:
        return RehearsalStep(name, True, act())
    except CamcensusError as error:
        return RehearsalStep(name, False, str(error))


def _refused(name: str, act: Callable[[], str]) -> RehearsalStep:
    try:
        return RehearsalStep(f"{name} is refused", False, f"It was taken: {act()}")
    except CamcensusError as error:
        return RehearsalStep(f"{name} is refused", True, str(error))


def _key() -> SecretKey:
    return SecretKey(MARK + secrets.token_bytes(8 - len(MARK)), SigningKey.generate())
