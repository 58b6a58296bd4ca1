"""Knowledge that came after the program: which file is in use, and taking a signed one in its place.

In the folder of the person: `vendors-<version>.db`, and `updates.json`, which says what it is. Replacing that small file is
the one moment at which an update takes hold.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sqlite3
import stat
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path

import platformdirs

from camcensus.model import frozen
from camcensus.model.errors import (
    CamcensusError,
    DamagedFileError,
    DiskError,
    FileBusyError,
    NewerFileError,
    NotOurFileError,
    SignatureError,
    UpdateError,
    on_disk,
    shown,
)
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean
from camcensus.store.files import write_whole
from camcensus.store.lock import FileLock
from camcensus.store.private_copy import has_sound_rows, open_private_copy, parts_made_by, parts_of
from camcensus.store.signatures import SIGNATURE_LIMIT_BYTES, PublicKey, read_public_key, verify
from camcensus.store.vendors_db.read import SIZE_LIMIT_BYTES, load_knowledge, open_knowledge
from camcensus.store.vendors_db.schema import APPLICATION_ID, SCHEMA, SCHEMA_VERSION, digest_rows

# Looks at a knowledge base as if an enemy had made it: signed is not the same as sound.
#
# Source: SQLite, "Defense Against The Dark Arts" (sqlite.org/security.html). A crafted journal beside a database makes SQLite
# delete files; views and triggers run code; one row may ask for a gigabyte.

TIME_LIMIT_S = 10.0
"""Checking ours takes well under a second."""


def load_stranger(data: bytes, *, name: str) -> Knowledge:
    """The knowledge base that `data` is the whole file of, after every check we know. `name` is for sentences.

    The bytes are looked at in a private copy, which is removed. Raises NotOurFileError, NewerFileError, DamagedFileError.
    """
    if not data.startswith(b"SQLite format 3\0") or len(data) > SIZE_LIMIT_BYTES:
        raise NotOurFileError(f"{name} is not a knowledge base of Camcensus; choose a vendors.db.")
    damaged = DamagedFileError(f"{name} does not hold a sound knowledge base, so it was not used; tell whoever gave it to you.")
    with (
        on_disk(Path(tempfile.gettempdir())),
        tempfile.TemporaryDirectory(prefix="camcensus-", ignore_cleanup_errors=True) as folder,
    ):
        copy = Path(folder) / "copy.db"
        copy.write_bytes(data)
        try:
            with closing(open_private_copy(copy, longest_bytes=SIZE_LIMIT_BYTES, seconds=TIME_LIMIT_S)) as connection:
                _check(connection, len(data), name=name, damaged=damaged)
            knowledge = load_knowledge(copy)
            _compile_patterns(knowledge)
            return knowledge
        except (NotOurFileError, NewerFileError):
            raise
        except (sqlite3.Error, re.error, RecursionError, MemoryError, ValueError, OverflowError, CamcensusError) as error:
            raise damaged from error


def _check(connection: sqlite3.Connection, size_bytes: int, *, name: str, damaged: DamagedFileError) -> None:
    def one(pragma: str) -> int:
        return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    if one("application_id") != APPLICATION_ID:
        raise NotOurFileError(f"{name} is not a knowledge base of Camcensus; choose a vendors.db.")
    if one("user_version") > SCHEMA_VERSION:
        raise NewerFileError(f"{name} was made for a newer Camcensus; update Camcensus first.")
    if one("user_version") < SCHEMA_VERSION:
        raise NotOurFileError(f"{name} was made for an older Camcensus and is of no use to this one; ask for a newer file.")
    if one("page_size") * one("page_count") != size_bytes:
        raise damaged
    # Only tables spelt exactly as ours: no view, trigger, index, virtual table, generated column, default or check of theirs.
    if parts_of(connection) != parts_made_by(SCHEMA) or not has_sound_rows(connection, parts_made_by(SCHEMA)):
        raise damaged
    held = connection.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()
    if held != (digest_rows(connection),):
        raise damaged


def _compile_patterns(knowledge: Knowledge) -> None:
    """Raises re.error for a pattern that is none. Whether one backtracks without bound is judged where a base is built."""
    patterns: list[str | None] = [one.pattern for one in knowledge.fingerprints]
    patterns += [one.models for one in knowledge.brands]
    patterns += [one.models for one in knowledge.capabilities]
    patterns += [one.models for one in knowledge.ends_of_life]
    patterns += [model for one in knowledge.advisories for part in one.affected for model in part.models]
    patterns += [part.firmware for one in knowledge.advisories for part in one.affected]
    for pattern in filter(None, patterns):
        re.compile(pattern)


FOLDER = "CAMCENSUS_DATA"
"""With this variable set, the folder it names is used instead of the person's own."""

NAME = "vendors.db"
STATE = "updates.json"

_VERSION = re.compile(r"(\d{4}\.\d{2}\.\d{2})\+[0-9a-f]{8}")
_APP = re.compile(r"\d{1,4}(?:\.\d{1,4}){1,3}")
_TOO_LARGE = "{} is too large for a knowledge base, or no file; choose a vendors.db"
_STATE_LIMIT_BYTES = 64 * 1024


@frozen
class UpdateNote:
    """What the signed comment of an update says of it. Dates are ISO 8601; `min_app` is a version of Camcensus."""

    version: str
    created: str
    min_app: str
    sha256: str

    def line(self) -> str:
        """As it is signed."""
        return f"file={NAME} version={self.version} created={self.created} min_app={self.min_app} sha256={self.sha256}"


@frozen
class SavedUpdate:
    """An update that was taken: its file in the person's folder, and the key it was signed with."""

    file: str
    version: str
    created: str
    sha256: str
    key: str


@frozen
class InUse:
    """The knowledge base to use. `problem` is a sentence where a newer one of the person's own had to be left aside."""

    path: Path
    version: str
    update: SavedUpdate | None = None
    problem: str | None = None


@frozen
class Offered:
    """An update that passed every check: its bytes, what they hold, and what was signed."""

    data: bytes
    note: UpdateNote
    key: PublicKey
    knowledge: Knowledge


def default_folder() -> Path:
    """Where a person's own knowledge base and key are kept; nothing is made. Raises DiskError for an account without a home."""
    named = os.environ.get(FOLDER)
    try:
        return Path(named) if named else Path(platformdirs.user_data_dir("Camcensus", appauthor=False))
    except RuntimeError as error:
        raise DiskError(
            f"This account has no folder of its own (HOME is not set); set HOME, or {FOLDER} to a folder that you may write."
        ) from error


def day_of(version: str) -> str:
    """ "2026.11.24" of "2026.11.24+3f9c1a2b": what versions are told newer by. Empty for a text that is no version."""
    found = _VERSION.fullmatch(version)
    return found[1] if found else ""


def in_use(built_in: Path, folder: Path | None) -> InUse:
    """The newest sound knowledge base: the built-in one, or the update taken last. Reads only, never raises.

    `folder` is None for an account that can keep none.
    """
    best = InUse(built_in, _version_in(built_in) or "")
    kept = read_taken(folder) if folder is not None else None
    if folder is None or kept is None or day_of(kept.version) <= day_of(best.version):
        return best
    path = folder / kept.file
    if _sha256_of(path) == kept.sha256 and _version_in(path) == kept.version:
        return InUse(path, kept.version, kept)
    problem = f"The update {kept.version} is not as it was saved and is left aside; take it again with “knowledge update”."
    return InUse(best.path, best.version, None, problem)


def read_keys(folder: Path) -> tuple[PublicKey, ...]:
    """The public keys (`*.pub`) that ship with the program: one that is withdrawn ships no more. Raises StoreError."""
    return tuple(read_key(path) for path in sorted(folder.glob("*.pub")))


def read_key(path: Path) -> PublicKey:
    """The public key in a `.pub` file. Raises DiskError and SignatureError."""
    try:
        text = _bytes_of(path, SIGNATURE_LIMIT_BYTES, f"{shown(path)} is not a public key of minisign").decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    return read_public_key(text, name=shown(path))


def read_update(file: Path, *, keys: Sequence[PublicKey], used: str, taken: str, app: str) -> Offered:
    """An update (`file`, its signature beside it as `<file>.minisig`), checked before and after it is opened.

    `used` is the version in use, `taken` the one taken last, `app` this program's version. Writes nothing.
    Raises DiskError, SignatureError, UpdateError, NotOurFileError, NewerFileError, DamagedFileError.
    """
    name = shown(file)
    data = bytes_of(file)
    beside = file.with_name(file.name + ".minisig")
    if not beside.exists():
        raise SignatureError(f"There is no {shown(beside)} beside {name}; an update is the two files together.")
    try:
        signature = _bytes_of(beside, SIGNATURE_LIMIT_BYTES, f"{shown(beside)} is not a signature").decode("utf-8")
    except UnicodeDecodeError:
        signature = ""
    signed = verify(data, signature, keys, name=name)
    note = _note(signed.comment, name)
    if note.sha256 != hashlib.sha256(data).hexdigest():
        raise UpdateError(f"{name} is not the file that its signature speaks of; get the file and its .minisig again.")
    if _numbers(note.min_app) > _numbers(app):
        raise UpdateError(f"{name} needs Camcensus {note.min_app} or newer, and this is {app}; update Camcensus first.")
    # The very version taken last may be taken again, where the file kept of it was damaged.
    older = day_of(note.version) <= day_of(taken) and note.version != taken
    if older or day_of(note.version) <= day_of(used):
        newest = max(used, taken, key=day_of)
        raise UpdateError(f"{name} ({note.version}) is not newer than what Camcensus had already ({newest}); it was not used.")
    knowledge = load_stranger(data, name=name)
    if knowledge.version != note.version:
        raise UpdateError(f"{name} holds version {clean(knowledge.version, 40)}, but {note.version} was signed; get it again.")
    return Offered(data, note, signed.key, knowledge)


def load_brought(path: Path) -> Knowledge:
    """The knowledge base in a file that somebody brought, opened as a stranger's. Raises StoreError."""
    return load_stranger(bytes_of(path), name=shown(path))


def bytes_of(path: Path) -> bytes:
    """A knowledge base that somebody named, within its limit. Raises DiskError, UpdateError."""
    return _bytes_of(path, SIZE_LIMIT_BYTES, _TOO_LARGE.format(shown(path)))


def install(offered: Offered, folder: Path) -> SavedUpdate:
    """Put an update into use: whole or not at all; the ones before it go. Raises DiskError, FileBusyError."""
    note = offered.note
    kept = SavedUpdate(f"vendors-{note.version}.db", note.version, note.created, note.sha256, offered.key.name)
    with on_disk(folder / STATE):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / STATE)
        if not lock.acquire():
            raise FileBusyError(f"Another Camcensus is taking an update ({lock.holder()}); wait for it, then try again.")
    try:
        write_whole(folder / kept.file, offered.data)
        write_whole(folder / STATE, json.dumps(asdict(kept), indent=1).encode())
        _tidy(folder, kept.file)
    finally:
        lock.release()
    return kept


def read_taken(folder: Path) -> SavedUpdate | None:
    """The update that was taken last; None where the file is not there or is not ours."""
    try:
        plain = json.loads(_bytes_of(folder / STATE, _STATE_LIMIT_BYTES, "the state"))
        kept = SavedUpdate(**{name: str(value) for name, value in plain.items()})
    except (CamcensusError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    return kept if kept.file == f"vendors-{kept.version}.db" and day_of(kept.version) else None


def _note(comment: str, name: str) -> UpdateNote:
    parts = [part.partition("=") for part in comment.split()]
    said = {key: value for key, _, value in parts}
    unreadable = UpdateError(f"The signature of {name} does not say what it is for; ask for an update of Camcensus’ knowledge.")
    if len(said) != len(parts) or not {"file", "version", "created", "min_app", "sha256"} <= said.keys():
        raise unreadable
    if said["file"] != NAME:
        raise UpdateError(f"{name} was signed as {clean(said['file'], 60)}, not as {NAME}; choose another file.")
    note = UpdateNote(said["version"], said["created"], said["min_app"], said["sha256"].lower())
    try:
        date.fromisoformat(note.created)
    except ValueError:
        raise unreadable from None
    if not day_of(note.version) or not _APP.fullmatch(note.min_app) or len(note.created) != 10:
        raise unreadable
    return note


def _numbers(version: str) -> tuple[int, ...]:
    found = _APP.match(version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    return tuple([*numbers, 0, 0, 0, 0][:4])


def _bytes_of(path: Path, limit_bytes: int, refusal: str) -> bytes:
    """A regular file's bytes, read once. Raises DiskError, and UpdateError with `refusal` for anything else or a larger one."""
    with on_disk(path):
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise UpdateError(f"{refusal}.")
            data = stream.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        raise UpdateError(f"{refusal}.")
    return data


def _sha256_of(path: Path) -> str | None:
    try:
        return hashlib.sha256(bytes_of(path)).hexdigest()
    except CamcensusError:
        return None


def _version_in(path: Path) -> str | None:
    """The version of a knowledge base of exactly our schema, None for anything else."""
    try:
        with closing(open_knowledge(path)) as connection:
            if connection.execute("PRAGMA user_version").fetchone() != (SCHEMA_VERSION,):
                return None
            row = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except (CamcensusError, sqlite3.Error):
        return None
    return str(row[0]) if row else None


def _tidy(folder: Path, wanted: str) -> None:
    """Remove what earlier updates left: files no longer used, and pieces of one that was killed half way."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            ours = path.name.startswith("vendors-") and path.suffix == ".db" and path.name != wanted
            if ours or (path.name.startswith((".vendors-", f".{STATE}.")) and path.suffix == ".part"):
                with contextlib.suppress(OSError):
                    path.unlink()
