"""The kinds of work of `powercut.py`: what each does, and what must be there after a power cut. Run by it under strace.

    python tests/bench/powercut_works.py KIND FOLDER

does a kind's work in a folder that `prepare` has filled, and prints "ACK n" when the n-th change has been promised to a person.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import kill9

import camcensus
from camcensus.model.device import Observation
from camcensus.model.errors import CamcensusError, StoreError
from camcensus.model.pictures import NewPhoto, Picture, PictureKind
from camcensus.model.scan import ScanRecord
from camcensus.store import backups
from camcensus.store.backup_file import write_backup
from camcensus.store.backups import checked_copy
from camcensus.store.edits import by_hand, placing, settings
from camcensus.store.exchange_file.reading import check_exchange, reading_exchange
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.knowledge import updates
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports import catalogue as reports
from camcensus.tasks.rollup import taking as rollup
from camcensus.tasks.share import making as share
from hostile.sound import make_newer
from store.vendors_db import signed_sample

NAME, ROLLUP, VERSION = "a.camcensus", "n.camcensus-rollup", "2099.01.01+00000000"
REFUSED = 9
"""The status of a child that ended with a sentence."""


class Work(Protocol):
    """One kind of work on what lies in a folder."""

    def prepare(self, folder: Path) -> None:
        """What lies there before."""

    def do(self, folder: Path) -> None:
        """The work, recorded."""

    def check(self, folder: Path, acknowledged: int) -> str | None:
        """What is wrong in a folder after a power cut; None where nothing is."""


def acknowledge(number: int) -> None:
    """Promise a change. One write, so that strace sees it whole; where that is refused, nothing was promised."""
    with contextlib.suppress(OSError):
        os.write(1, f"ACK {number}\n".encode())


def checked(path: Path) -> str | None:
    """SQLite's own checks."""
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "integrity_check"
        return "foreign_key_check" if db.execute("PRAGMA foreign_key_check").fetchall() else None


class Changing:
    """Changes of one kind, each whole or not at all."""

    def __init__(self, change: Callable[[Inventory, int], None], count: int, place: kill9.Whereabouts | None = None) -> None:
        self.change, self.count, self.place = change, count, place
        self.facts: list[str] = []

    def prepare(self, folder: Path) -> None:
        kill9.first_record(folder / NAME)
        twin = folder.with_name("twin.camcensus")
        shutil.copyfile(folder / NAME, twin)
        with register.open_inventory(twin, kill9.NOW) as inventory:
            inventory.closing = None
            self.facts = [kill9.facts(inventory)]
            for number in range(1, self.count + 1):
                self.change(inventory, number)
                self.facts.append(kill9.facts(inventory))

    def do(self, folder: Path) -> None:
        with kill9.located(self.place), register.open_inventory(folder / NAME, kill9.NOW) as inventory:
            inventory.closing = None
            for number in range(1, self.count + 1):
                self.change(inventory, number)
                acknowledge(number)

    def check(self, folder: Path, acknowledged: int) -> str | None:
        with kill9.located(self.place), register.open_inventory(folder / NAME, kill9.NOW) as inventory:
            inventory.closing = None
            is_now = kill9.facts(inventory)
        if is_now not in self.facts[acknowledged : acknowledged + 2]:
            return f"it is as after change {self.facts.index(is_now)}" if is_now in self.facts else "it is as after no change"
        return checked(folder / NAME)


class BackingUp:
    """Edits, each followed by a back-up beside the file."""

    def prepare(self, folder: Path) -> None:
        kill9.first_record(folder / NAME)

    def do(self, folder: Path) -> None:
        with register.open_inventory(folder / NAME, kill9.NOW) as inventory:
            inventory.closing = None
            for number in range(1, 7):
                kill9.edit(inventory, number)
                backups.back_up(inventory, kill9.now_of(number), closing=True)
                acknowledge(number)

    def check(self, folder: Path, acknowledged: int) -> str | None:
        there = backups.list_backups(folder / NAME)
        unsound = [one.path.name for one in there if not backups.is_sound(one.path)]
        if unsound:
            return f"{unsound[0]} is not sound"
        return None if len(there) in (acknowledged, acknowledged + 1) else f"{len(there)} back-ups"


class Exporting:
    """A file for auditors, and a plain back-up, each made again over the one before."""

    def prepare(self, folder: Path) -> None:
        kill9.first_record(folder / NAME)

    def do(self, folder: Path) -> None:
        with register.open_inventory(folder / NAME, kill9.NOW) as inventory:
            inventory.closing = None
            for number in range(1, 5):
                inventory.do(settings.set_setting("number", str(number)), by=None, now=kill9.now_of(number))
                wish = share.ShareWish("auditor", "A")
                share.share(inventory, kill9.knowledge(), folder / "out.camcensus", wish, kill9.now_of(number))
                acknowledge(2 * number - 1)
                write_backup(inventory, folder / "out.camcensus-backup", None, lambda: None)
                acknowledge(2 * number)

    def check(self, folder: Path, acknowledged: int) -> str | None:
        files, copies = (acknowledged + 1) // 2, acknowledged // 2
        made, kept = folder / "out.camcensus", folder / "out.camcensus-backup"
        if files and not made.exists():
            return "the acknowledged exchange file is not there"
        if made.exists():
            with reading_exchange(made) as db:
                (at,) = db.execute("SELECT made_at FROM export").fetchone()
                if check_exchange(db).state != "unsigned":
                    return "the exchange file is not as it was written"
                if files and at < kill9.now_of(files).isoformat()[:16]:
                    return "the acknowledged exchange file is an older one"
        if copies and not kept.exists():
            return "the acknowledged back-up is not there"
        if kept.exists():
            try:
                with checked_copy(kept):
                    pass
            except StoreError as wrong:
                return str(wrong)
            with contextlib.closing(sqlite3.connect(kept)) as db:
                (number,) = db.execute("SELECT value FROM setting WHERE key = 'number'").fetchone()
            if int(number) < copies:
                return "the acknowledged back-up is an older one"
        return None


class Restoring:
    """A damaged file, and its back-up put in its place."""

    def prepare(self, folder: Path) -> None:
        kill9.first_record(folder / NAME)
        with register.open_inventory(folder / NAME, kill9.NOW) as inventory:
            inventory.closing = None
            backups.back_up(inventory, kill9.NOW)
            self.facts = kill9.facts(inventory)
        (folder / NAME).write_bytes(kill9.Restoring.DAMAGED)

    def do(self, folder: Path) -> None:
        path = folder / NAME
        backups.restore_backup(path, backups.list_backups(path)[0].path, kill9.NOW)
        acknowledge(1)

    def check(self, folder: Path, acknowledged: int) -> str | None:
        path = folder / NAME
        if not all(backups.is_sound(one.path) for one in backups.list_backups(path)):
            return "the back-up has changed"
        if path.read_bytes() == kill9.Restoring.DAMAGED:
            return "an acknowledged return to a back-up is not there" if acknowledged else None
        if not any(one.read_bytes() == kill9.Restoring.DAMAGED for one in folder.glob("a damaged *")):
            return "the damaged file was not kept"
        with register.open_inventory(path, kill9.NOW) as inventory:
            inventory.closing = None
            return None if kill9.facts(inventory) == self.facts else "what was put back is not what was backed up"


class Searching:
    """A search of the simulated school in a network of its own, what it sees put away as it goes, and kept in the end."""

    def prepare(self, folder: Path) -> None:
        kill9.first_record(folder / NAME)
        with register.open_inventory(folder / NAME, kill9.NOW, readonly=True) as inventory:
            self.before = len(inventory.observations())

    def do(self, folder: Path) -> None:
        kill9.alone()
        kill9.seen.EVERY_S = 0.05
        real, so_far = Inventory.note_seen, set[str]()

        def note(pen: Inventory, scan: ScanRecord, observations: Sequence[Observation], now: datetime) -> None:
            real(pen, scan, observations, now)
            so_far.update(one.id for one in observations)  # two equal replies in one millisecond are one
            acknowledge(len(so_far))

        Inventory.note_seen = note  # type: ignore[method-assign]

        async def search(inventory: Inventory) -> None:
            async with kill9.demo.serve_estate(kill9.ROOT, 6) as (_, served):
                found = await kill9.demo.find_in_demo(
                    served, lambda _: None, kill9.knowledge(), lambda: datetime.now(UTC), register.SavedAsSeen(inventory)
                )
                register.save_census(inventory, found, kill9.knowledge(), datetime.now(UTC))
                acknowledge(len({one.id for one in found.observations}))

        with register.open_inventory(folder / NAME, kill9.NOW) as inventory:
            inventory.closing = None
            asyncio.run(search(inventory))

    def check(self, folder: Path, acknowledged: int) -> str | None:
        with register.open_inventory(folder / NAME, kill9.NOW) as inventory:
            inventory.closing = None
            register.finish_unfinished(inventory, kill9.knowledge(), kill9.NOW)
            there = len(inventory.observations()) - self.before
            scans = len(inventory.scans())
        if there < acknowledged:
            return f"{acknowledged} answers were put away, {there} are there"
        return f"{scans} searches in the log" if scans > 2 else checked(folder / NAME)


class RollingUp:
    """Exchange files of one record taken into a roll-up, one after the other."""

    FILES = 3

    def prepare(self, folder: Path) -> None:
        kill9.first_record(folder / NAME)
        with register.open_inventory(folder / NAME, kill9.NOW) as inventory:
            inventory.closing = None
            for number in range(1, self.FILES + 1):
                kill9.edit(inventory, number)
                wish = share.ShareWish("auditor", "A")
                share.share(inventory, kill9.knowledge(), folder / f"{number}.camcensus", wish, kill9.now_of(number))
        rollup.open_for_taking(folder / ROLLUP, kill9.ROOT, kill9.knowledge(), kill9.NOW).file.close()

    def do(self, folder: Path) -> None:
        with rollup.open_for_taking(folder / ROLLUP, kill9.ROOT, kill9.knowledge(), kill9.NOW) as opened:
            for number in range(1, self.FILES + 1):
                rollup.take_in(opened, [folder / f"{number}.camcensus"], kill9.knowledge(), kill9.now_of(100))
                acknowledge(number)

    def check(self, folder: Path, acknowledged: int) -> str | None:
        with rollup.open_for_taking(folder / ROLLUP, kill9.ROOT, kill9.knowledge(), kill9.NOW) as opened:
            states = [row[0] for row in opened.file.connection.execute("SELECT state FROM file")]
        if not acknowledged <= len(states) <= acknowledged + 1 or not set(states) <= {"accepted", "superseded"}:
            return f"{len(states)} files are in, {sorted(set(states))}"
        return checked(folder / ROLLUP)


class Updating:
    """A signed update of the knowledge put into use."""

    def prepare(self, folder: Path) -> None:
        (folder / "brought").mkdir()
        file = folder / "brought" / "vendors.db"
        make_newer(kill9.ROOT / "vendors.db", file, VERSION)
        key = signed_sample.publisher_key()
        signed_sample.sign_file(file, key, signed_sample.note(file.read_bytes(), VERSION).line())
        signed_sample.write_key(folder / "brought" / "publisher.pub", key)

    def do(self, folder: Path) -> None:
        brought = folder / "brought"
        if updates.knowledge_in_use(kill9.ROOT, folder / "data").version != VERSION:
            updates.take_update(
                brought / "vendors.db", kill9.ROOT, app=camcensus.__version__, now=kill9.NOW, key=brought / "publisher.pub",
                folder=folder / "data",
            )  # fmt: skip
        acknowledge(1)

    def check(self, folder: Path, acknowledged: int) -> str | None:
        found = updates.knowledge_in_use(kill9.ROOT, folder / "data")
        if found.version != VERSION and (acknowledged or found.path != kill9.ROOT / "vendors.db"):
            return f"{found.version} is in use"
        load_knowledge(found.path)
        return None


class Reporting:
    """A report and its table, each made again over the one before."""

    def prepare(self, folder: Path) -> None:
        kill9.first_record(folder / NAME)

    def do(self, folder: Path) -> None:
        kind = reports.kind_called("plan")
        with register.open_inventory(folder / NAME, kill9.NOW, readonly=True) as inventory:
            for number in (1, 2):
                making = reports.Making(
                    inventory=inventory, knowledge=kill9.knowledge(), path=folder / "out.pdf", data_dir=kill9.ROOT,
                    now=kill9.now_of(number),
                )  # fmt: skip
                kind.write(making)
                acknowledge(2 * number - 1)
                assert kind.csv is not None
                kind.csv(replace(making, path=folder / "out.csv"))
                acknowledge(2 * number)

    def check(self, folder: Path, acknowledged: int) -> str | None:
        made, table = folder / "out.pdf", folder / "out.csv"
        for path, number in ((made, 1), (table, 2)):
            if acknowledged >= number and not path.exists():
                return f"the acknowledged {path.name} is not there"
        if made.exists() and not (made.read_bytes().startswith(b"%PDF") and made.read_bytes().rstrip().endswith(b"%%EOF")):
            return "the report is not whole"
        if table.exists() and not (len(text := table.read_bytes()) > 100 and text.endswith(b"\n")):
            return "the table is not whole"
        return None


def picture(inventory: Inventory, number: int) -> None:
    """A floor plan, a photo with a row, and a pin, by turns."""
    place, asset = inventory.places()[0], inventory.assets()[number % kill9.ROWS]
    if number % 3 == 1:
        inventory.do(placing.set_plan(place.id, _picture("plan", number, 40_000)), by="A", now=kill9.now_of(number))
    elif number % 3 == 2:
        photos = [NewPhoto(_picture("photo", number, 30_000), f"{number}.jpg")]
        inventory.do(by_hand.add_photos(asset.id, photos), by="A", now=kill9.now_of(number))
    else:
        inventory.do(placing.put_pin(asset.id, place.id, 0.5, number / 100), by="A", now=kill9.now_of(number))


def _picture(kind: PictureKind, number: int, size: int) -> Picture:
    data = bytes([number]) * size
    return Picture(hashlib.sha256(data).hexdigest(), kind, "image/png", number, 1, data)


WORKS: dict[str, Callable[[], Work]] = {
    "edit": lambda: Changing(kill9.edit, 30),
    "bulk edit": lambda: Changing(kill9.bulk_edit, 10),
    "undo and redo": lambda: Changing(kill9.undo, 12),
    "keep a search": lambda: Changing(kill9.keep, 6),
    "merge": lambda: Changing(kill9.merge, 6),
    "rows by hand": lambda: Changing(kill9.add_rows, 4),
    "import": lambda: Changing(kill9.import_list, 3),
    "plan": lambda: Changing(kill9.change_plan, 8),
    "pictures and pins": lambda: Changing(picture, 9),
    "edit on a share": lambda: Changing(kill9.edit, 12, kill9.SHARE),
    "back-up": BackingUp,
    "files for others": Exporting,
    "reports": Reporting,
    "roll-up": RollingUp,
    "update of the knowledge": Updating,
    "going back to a back-up": Restoring,
    **({"search": Searching} if kill9.may_be_alone() else {}),
}


def main(argv: list[str]) -> int:
    """Do one kind of work; called under strace."""
    for name in ("_USE_CP_SENDFILE", "_USE_CP_COPY_FILE_RANGE"):
        if hasattr(shutil, name):
            setattr(shutil, name, False)  # what is copied is to be seen
    try:
        WORKS[argv[0]]().do(Path(argv[1]))
    except CamcensusError as error:
        print(error, file=sys.stderr)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
