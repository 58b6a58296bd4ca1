"""Making a file for somebody else: an exchange file for an auditor, a ZIP for a supplier or the public, a back-up."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path

from camcensus.model import frozen
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import count
from camcensus.store.backup_file import SUFFIX, write_backup
from camcensus.store.exchange_file.reading import fingerprint
from camcensus.store.exchange_file.write import read_names, write_exchange
from camcensus.store.inventory import Inventory
from camcensus.store.signing_key import public_key_file, signing_key
from camcensus.tasks.policy import refuse_audience, refuse_folder
from camcensus.tasks.progress import Progress, begun
from camcensus.tasks.reports.scope import ReportScope, file_words
from camcensus.tasks.share import tables as exchange_tables
from camcensus.tasks.share.columns import Audience, left_out
from camcensus.tasks.share.staff import Staff
from camcensus.tasks.share.zip import PHOTOS_NOTE, edition_for, write_zip

WHOLE: tuple[Audience, ...] = ("auditor", "backup")
"""Who gets the whole record."""
_NAMES: Mapping[Audience, str] = {
    "auditor": "{}-{}.camcensus",
    "supplier": "{}-{}-supplier.zip",
    "public": "{}-{}-public.zip",
    "backup": f"{{}}-{{}}{SUFFIX}",
}


@frozen
class ShareWish:
    """For whom, and what they get. `by` is who makes it.

    `with_staff` and `sign` are for auditors, `photos` for suppliers; a back-up has a `passphrase`, or is `plain`. The
    passphrase is never shown (`repr` leaves it out), logged or kept. `scope` is the part of the register that suppliers and
    the public get; others get the whole.
    """

    audience: Audience
    by: str
    with_staff: bool = False
    sign: bool = False
    photos: bool = True
    plain: bool = False
    scope: ReportScope = field(default_factory=ReportScope)


@frozen
class Shared:
    """A file that is on the disk and was read back. `rows` are its tables with how many rows each has.

    `fingerprint` and `key_file` are of the key it was signed with. `notes` are sentences for whoever sends it. `part` says
    which part of the register it holds, "" for all.
    """

    path: Path
    audience: Audience
    sha256: str
    size_bytes: int
    rows: tuple[tuple[str, int], ...]
    photos: int
    left_out: tuple[str, ...]
    id: str | None = None
    fingerprint: str | None = None
    key_file: Path | None = None
    notes: tuple[str, ...] = ()
    part: str = ""

    @property
    def say(self) -> str:
        """What is in it, in one line: "44 devices in the register, 31 answers, 182 signs"."""
        numbers = dict(self.rows)
        if self.audience == "auditor":
            named = (("asset", "row of the register", "rows of the register"), ("evidence", "sign", "signs"))
            return ", ".join(count(numbers[table], *words) for table, *words in named)
        if self.audience == "backup":
            return "the whole record"
        parts = [f"{name} {count(number, 'row')}" for name, number in self.rows]
        return ", ".join([*parts, *([count(self.photos, "photograph")] if self.photos else [])])


def share(
    inventory: Inventory,
    knowledge: Knowledge,
    path: Path,
    wish: ShareWish,
    now: datetime,
    *,
    passphrase: str | None = None,
    key_folder: Path | None = None,
    progress: Progress | None = None,
) -> Shared:
    """Makes the file at `path`, whole or not at all. Raises StoreError, PolicyError where IT does not
    allow it, and what `progress` raises.

    `progress` is called at least at each reading, and what it is told never goes back.
    """
    refuse_audience(wish.audience)
    refuse_folder(path)
    progress = _forward(progress)
    with _watching(inventory, progress):
        return _share(inventory, knowledge, path, wish, now, passphrase, key_folder, progress)


def _share(
    inventory: Inventory,
    knowledge: Knowledge,
    path: Path,
    wish: ShareWish,
    now: datetime,
    passphrase: str | None,
    key_folder: Path | None,
    progress: Progress,
) -> Shared:
    begun(progress)
    if wish.audience in WHOLE and not wish.scope.is_all:
        raise StoreError("An auditor’s file and a back-up hold the whole record. Choose all cameras.")
    if wish.audience == "auditor":
        return _for_auditor(inventory, knowledge, path, wish, now, key_folder, progress)
    if wish.audience == "backup":
        if passphrase is None and not wish.plain:
            raise StoreError("A back-up is locked with a passphrase; give one, or say that it may stay unlocked.")
        digest, size = write_backup(inventory, path, passphrase, lambda: begun(progress))
        notes = ("It is not locked: anybody who has the file can read all of it.",) if passphrase is None else (_KEEP,)
        return Shared(path, wish.audience, digest, size, (), 0, (), notes=notes)
    made = write_zip(inventory, knowledge, path, wish.audience, now, scope=wish.scope, photos=wish.photos, progress=progress)
    rows = tuple((name, number) for name, number in made.members if number is not None)
    return Shared(
        path, wish.audience, made.sha256, made.size_bytes, rows, made.photos, left_out(wish.audience),
        notes=(PHOTOS_NOTE,) if made.photos else (), part=made.part,
    )  # fmt: skip


def _forward(progress: Progress | None) -> Progress:
    """Tells parts of a thousand. Work of several steps begins anew at each: what is told then stands still until it is further.

    What follows after the last step whose length is known is a fifth.
    """
    furthest = 0

    def tell(done: int, of: int) -> None:
        nonlocal furthest
        if of > 1:
            furthest = max(furthest, min(800, 800 * done // of))
        if progress is not None:
            progress(furthest, 1000)

    return tell


@contextlib.contextmanager
def _watching(inventory: Inventory, progress: Progress) -> Iterator[None]:
    inventory.watch = lambda: begun(progress)
    try:
        yield
    finally:
        inventory.watch = None


_KEEP = "Without the passphrase nobody can open it, not even Camcensus; keep it apart from the file."


def _for_auditor(
    inventory: Inventory,
    knowledge: Knowledge,
    path: Path,
    wish: ShareWish,
    now: datetime,
    key_folder: Path | None,
    progress: Progress,
) -> Shared:
    key = signing_key(key_folder) if wish.sign else None
    wanted = exchange_tables.ExportRequest(wish.by, wish.with_staff)
    made = write_exchange(
        path,
        lambda put: exchange_tables.fill(inventory, knowledge, wanted, now, put, progress),
        key=key,
        look=lambda: begun(progress),
    )
    return Shared(
        path, "auditor", made.sha256, made.size_bytes, tuple(sorted(made.rows.items())), 0, wanted.left_out, id=made.id,
        fingerprint=fingerprint(key.public) if key else None, key_file=public_key_file(key_folder) if key else None,
    )  # fmt: skip


def suggested_name(inventory: Inventory, audience: Audience, now: datetime, scope: ReportScope | None = None) -> str:
    """ "elm-park-2026-11-24.camcensus", with the part of the register: "elm-park-main-block-2026-11-24-supplier.zip"."""
    plain = re.sub(r"[^a-z0-9]+", "-", inventory.body.name.lower()).strip("-")[:60].strip("-") or "cameras"
    part = ""
    if scope is not None and not scope.is_all:
        staff = Staff(inventory.look(read_names), shown=False)
        places = [replace(place, name=staff.text(place.name)) for place in inventory.places()]
        part = file_words(scope, places, edition_for(audience))
    return _NAMES[audience].format(f"{plain}-{part}" if part else plain, now.date().isoformat())
