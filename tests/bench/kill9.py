"""kill -9 at random moments: python tests/bench/kill9.py [KILLS] [--seed N] [--only NAME]

For each kind of work a child does it over and over on one inventory, says before and after each change what it does, and is
killed at a random moment, also while it opens the file. Then the file must open, SQLite's integrity and foreign key checks must
be clean, and what is in it must be what a twin holds, on which the changes that the child acknowledged are done without kills:
those, or those and the one under way, whole. Prints a table, and every finding; status 1 where there is one. 300 kills if not
said. Needs os.fork; the search needs a network namespace of its own (root on Linux) and is left out where there is none.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import functools
import hashlib
import importlib.util
import os
import random
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "desktop"), str(ROOT)]

from nacl.pwhash import argon2id  # noqa: E402

import samples  # noqa: E402
from camcensus.model.errors import CamcensusError, DiskError  # noqa: E402
from camcensus.model.knowledge import Knowledge  # noqa: E402
from camcensus.model.plan import OwnLine  # noqa: E402
from camcensus.model.scan import ScanRecord  # noqa: E402
from camcensus.store import backups, connecting, sealed, whereabouts  # noqa: E402
from camcensus.store.edits import batches, merging, placing, tagging  # noqa: E402
from camcensus.store.edits import plan as plan_edits  # noqa: E402
from camcensus.store.exchange_file.reading import check_exchange, reading_exchange  # noqa: E402
from camcensus.store.inventory import Inventory  # noqa: E402
from camcensus.store.keeping import SavedDevice  # noqa: E402
from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from camcensus.store.whereabouts import Whereabouts, locate  # noqa: E402
from camcensus.tasks import demo  # noqa: E402
from camcensus.tasks.finding import seen  # noqa: E402
from camcensus.tasks.register import by_hand as hand  # noqa: E402
from camcensus.tasks.register import verbs as register  # noqa: E402
from camcensus.tasks.share import making as share  # noqa: E402

NOW = samples.NOW
ROWS = 60
MOST_WAIT_S = 0.25
SHARE = Whereabouts("network", "nas:/office")


def now_of(number: int) -> datetime:
    """The time of a change: it never comes from the clock, so that the twin has the same."""
    return NOW + timedelta(minutes=number)


# The record


def first_record(path: Path) -> None:
    """An organisation with 60 kept devices and a few places."""
    with register.new_inventory(path, samples.body(), NOW) as inventory:
        inventory.closing = None
        kept = [
            SavedDevice(id=f"{number:08d}-0000-4000-8000-000000000000", new=True, device=verdict.device, verdict=verdict,
                       outcome="likely dahua", prefix="CAM")
            for number in range(1, ROWS + 1)
            for verdict in [samples.verdict(number)]
        ]  # fmt: skip
        inventory.keep(samples.scan(), (), kept, NOW)
        for name in ("Main block", "Sports hall"):
            inventory.do(placing.add_place("site", name, None), by="A", now=NOW)


def facts(inventory: Inventory) -> str:
    """All that a person put into it or a search kept, as a digest. Left out are ids that are made up, and what is concluded:
    an answer that was not re-checked after a merge is stale, is shown so, and is re-checked.
    """
    names = {place.id: place.name for place in inventory.places()}
    plan = inventory.plan_edits()
    held = (
        [
            (one.ref, names.get(one.place or ""), one.purpose, one.status, one.decision and one.decision.what)
            for one in inventory.assets()
        ],
        sorted((place.name, place.picture or "") for place in inventory.places()),
        [
            (one.pin and (names[one.pin.place], one.pin.x, one.pin.y), [photo.name for photo in inventory.photos(one.id)])
            for one in inventory.assets()
            if one.pin or one.photos
        ],
        [(one.verb, one.say, one.undone) for one in inventory.changes(1_000_000)],
        sorted((one.probe, one.address, one.at, len(one.raw)) for one in inventory.observations()),
        [(one.started_at, one.stopped_early) for one in inventory.scans()],
        inventory.setting("number"),
        sorted(
            (one.name or "", one.unit or 0, one.what or "", sum(batch == name for batch in plan.rows.values()))
            for name, one in plan.batches.items()
        ),
        [(line.name, line.unit) for line in plan.lines],
        [(one.number, one.note, one.total) for one in inventory.plan_versions()],
    )
    return hashlib.sha256(repr(held).encode()).hexdigest()


# The changes. Each is one change a person makes, whole or not at all; `number` counts them from 1.


def edit(inventory: Inventory, number: int) -> None:
    """One row's purpose."""
    asset = inventory.assets()[number % ROWS]
    inventory.do(tagging.set_tags([asset.id], {"purpose": f"Purpose {number}"}), by="A", now=now_of(number))


def bulk_edit(inventory: Inventory, number: int) -> None:
    """The place of all rows."""
    places = inventory.places()
    ids = [asset.id for asset in inventory.assets()]
    inventory.do(placing.set_place(ids, places[number % len(places)].id), by="A", now=now_of(number))


def undo(inventory: Inventory, number: int) -> None:
    """A bulk edit, its undoing and its redoing, by turns."""
    if number % 3 == 1:
        bulk_edit(inventory, number // 3)
    elif number % 3 == 2:
        inventory.undo(now_of(number))
    else:
        inventory.redo()


def keep(inventory: Inventory, number: int) -> None:
    """A search that is over, kept: all devices again, and one more."""
    verdicts = [samples.verdict(at) for at in (*range(1, ROWS + 1), 100 + number % 100)]
    scan = samples.scan(f"scan {number}", started_at=f"2027-01-01T00:00:{number % 60:02d}Z")
    kept = [
        SavedDevice(id=f"{samples_id(verdict.device.mac)}-0000-4000-8000-000000000000", new=False, device=verdict.device,
                   verdict=verdict, outcome="likely dahua", prefix="CAM")
        for verdict in verdicts
    ]  # fmt: skip
    inventory.keep(scan, (), kept, now_of(number))


def samples_id(mac: str | None) -> str:
    return f"{int((mac or '0')[-2:], 16):08d}"


def merge(inventory: Inventory, number: int) -> None:
    """Two rows made one, and taken back, by turns."""
    if number % 2:
        there = inventory.assets()
        one = number % (len(there) - 1)
        register.do(inventory, knowledge(), merging.merge(there[one].id, there[one + 1].id), by="A", now=now_of(number))
    else:
        register.undo(inventory, knowledge(), now_of(number))


def add_rows(inventory: Inventory, number: int) -> None:
    """Forty rows typed on a walk-round, as one change, and taken back, by turns."""
    if number % 2:
        new = [register.HandRow(brand="Honeywell", model=f"M{number}-{row}", serial=f"S{number}X{row}") for row in range(40)]
        register.do(inventory, knowledge(), hand.add_rows(knowledge(), new, "A"), by="A", now=now_of(number))
    else:
        register.undo(inventory, knowledge(), now_of(number))


def import_list(inventory: Inventory, number: int) -> None:
    """A list of forty rows that staff kept, imported, and taken back, by turns."""
    from camcensus.tasks.imports import staff_register as importing

    if number % 2 == 0:
        register.undo(inventory, knowledge(), now_of(number))
        return
    path = inventory.path.with_name("register.csv")
    lines = [f"{number}-{row},Honeywell,M{row},S{number}X{row},Room {row % 5}" for row in range(40)]
    try:
        path.write_text("\n".join(["Asset ID,Make,Model,Serial number,Location", *lines]) + "\n")
    except OSError as error:  # of the program that staff keep the list with
        raise DiskError("The list could not be written.") from error
    plan = importing.preview(inventory, knowledge(), path, ROOT)
    answers = {row.row.number: importing.NEW for row in plan.rows}
    importing.apply(inventory, knowledge(), plan, importing.ImportChoices(answers=answers), "A", now_of(number))


def change_plan(inventory: Inventory, number: int) -> None:
    """What all batches of the plan do, what one costs, a line of its own, and a version, by turns."""
    from camcensus.tasks.register import plan as planning

    shown = planning.plan(inventory, knowledge(), now_of(number), register=register.rows(inventory, knowledge()))
    if number % 4 == 1:
        inventory.do(batches.set_option(shown.batches, "replace" if number % 8 == 1 else "keep"), by="A", now=now_of(number))
    elif number % 4 == 2:
        inventory.do(
            batches.set_fields(shown.batches[:1], {"unit": number, "name": f"Batch {number}"}), by="A", now=now_of(number)
        )
    elif number % 4 == 3:
        inventory.do(plan_edits.add_line(OwnLine(id="", name=f"Line {number}", unit=number)), by="A", now=now_of(number))
    else:
        inventory.do(plan_edits.make_version(shown, knowledge().version, f"Note {number}"), by="A", now=now_of(number))


@functools.cache
def knowledge() -> Knowledge:
    """The knowledge base that is built in."""
    return load_knowledge(ROOT / "vendors.db")


CHANGES: dict[str, Callable[[Inventory, int], None]] = {
    "edit": edit,
    "bulk edit": bulk_edit,
    "undo and redo": undo,
    "merge": merge,
    "rows by hand": add_rows,
    "keep a search": keep,
    "plan": change_plan,
}
if importlib.util.find_spec("camcensus.tasks.imports.staff_register") is not None:
    CHANGES["import"] = import_list


# Rounds


@dataclass
class Tally:
    """What came of one kind of work."""

    kills: int = 0
    acknowledged: int = 0
    missing: int = 0
    whole: int = 0
    worst_open_s: float = 0.0
    notes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def killed(work: Callable[[Callable[[str], None]], None], wait_s: float, *, from_start: bool = True) -> list[str]:
    """Do `work` in a child that is killed after a while; the lines it said. `wait_s` counts from its first line."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(ours)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            work(lambda line: os.write(theirs, f"{line}\n".encode()) and None)
            status = 0
        except BaseException as error:
            os.write(theirs, f"FAILED {type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(status)
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as stream:
        first = stream.readline() if from_start else b""
        time.sleep(wait_s)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return (first + stream.read()).decode().split("\n")[:-1]


def checked(path: Path, tally: Tally) -> None:
    """SQLite's own checks of the whole file, on a connection that reads."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            tally.wrong.append("integrity_check")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            tally.wrong.append("foreign_key_check")
    finally:
        connection.close()


@contextlib.contextmanager
def opened(path: Path, tally: Tally) -> Iterator[Inventory]:
    """The file as the next start of the program finds it."""
    began_s = time.monotonic()
    with register.open_inventory(path, NOW) as inventory:
        tally.worst_open_s = max(tally.worst_open_s, time.monotonic() - began_s)
        inventory.closing = None
        yield inventory


class Changing:
    """Rounds of one kind of change, on one file that is kept between rounds, so that damage would add up."""

    def __init__(self, folder: Path, change: Callable[[Inventory, int], None], place: Whereabouts | None = None) -> None:
        self.path, self.twin = folder / "a.camcensus", folder / "twin.camcensus"
        first_record(self.path)
        shutil.copyfile(self.path, self.twin)
        self.change, self.done = change, 0
        self.place = place

    def round(self, wait_s: float, tally: Tally) -> None:
        start = self.done

        def work(say: Callable[[str], None]) -> None:
            say("BEGIN")
            with register.open_inventory(self.path, NOW) as inventory:
                for number in range(start + 1, start + 10_000):
                    self.change(inventory, number)
                    say(f"DONE {number}")

        with located(self.place):
            said = killed(work, wait_s)
            tally.wrong += [line for line in said if line.startswith("FAILED")]
            acknowledged = max((int(line.split()[1]) for line in said if line.startswith("DONE")), default=start)
            tally.acknowledged += acknowledged - start
            if self.place is not None:
                tally.notes[f"journal {connecting.state_of(self.path)}"] += 1
            with opened(self.path, tally) as inventory:
                checked(self.path, tally)
                is_now = facts(inventory)
        with register.open_inventory(self.twin, NOW) as twin:
            twin.closing = None
            for number in range(start + 1, acknowledged + 1):
                self.change(twin, number)
            if facts(twin) == is_now:
                self.done = acknowledged
                tally.missing += 1
                return
            self.change(twin, acknowledged + 1)
            if facts(twin) == is_now:
                self.done = acknowledged + 1
                tally.whole += 1
                return
        tally.wrong.append(f"neither the state after change {acknowledged} nor after the next")
        shutil.copyfile(self.path, self.twin)
        self.done = acknowledged + 1


@contextlib.contextmanager
def located(place: Whereabouts | None) -> Iterator[None]:
    """As if files lay on a share."""
    whereabouts.locate = (lambda _: place) if place is not None else locate
    try:
        yield
    finally:
        whereabouts.locate = locate


class BackingUp:
    """Edits, each followed by a back-up."""

    def __init__(self, folder: Path) -> None:
        self.path, self.number = folder / "a.camcensus", 0
        first_record(self.path)

    def round(self, wait_s: float, tally: Tally) -> None:
        start = self.number + 1_000

        def work(say: Callable[[str], None]) -> None:
            say("BEGIN")
            with register.open_inventory(self.path, NOW) as inventory:
                for number in range(start, start + 10_000):
                    edit(inventory, number)
                    made = backups.back_up(inventory, now_of(number), closing=True)
                    say(f"DONE {number} {made and made.path.name}")

        said = killed(work, wait_s)
        tally.wrong += [line for line in said if line.startswith("FAILED")]
        done = [line.split(" ", 2) for line in said if line.startswith("DONE")]
        self.number = max((int(number) for _, number, _ in done), default=start) + 1
        tally.acknowledged += len(done)
        there = backups.list_backups(self.path)
        # Where the one under way is whole already, it is one of the last ten, and the oldest of ten before it may be gone.
        under_way = bool(there) and bool(done) and done[-1][2] != there[0].path.name
        for _, _, name in done[-(backups.LAST - under_way) :]:
            if name not in {one.path.name for one in there}:
                tally.wrong.append(f"the acknowledged back-up {name} is not there")
        for one in there[:12]:
            if not backups.is_sound(one.path):
                tally.wrong.append(f"{one.path.name} is not sound")
        newest = there[0].path.name if there else ""
        tally.whole += bool(there) and (not done or done[-1][2] != newest)
        tally.missing += bool(there) and bool(done) and done[-1][2] == newest
        with opened(self.path, tally):
            checked(self.path, tally)


class Restoring:
    """A damaged file, and its back-up put in its place."""

    DAMAGED = b"\xa5" * 50_000

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "a.camcensus"
        first_record(self.path)
        with register.open_inventory(self.path, NOW) as inventory:
            made = backups.back_up(inventory, NOW)
            self.facts = facts(inventory)
        assert made is not None
        self.backup = made.path

    def round(self, wait_s: float, tally: Tally) -> None:
        for left in (*self.folder.glob("a damaged *"), *self.folder.glob(".a.*"), self.path):
            left.unlink(missing_ok=True)
        self.path.write_bytes(self.DAMAGED)
        log = self.path.with_name(self.path.name + "-wal")
        log.write_bytes(b"a log of the damaged file")

        def work(say: Callable[[str], None]) -> None:
            say("BEGIN")
            backups.restore_backup(self.path, self.backup, NOW)
            say("DONE 1")

        said = killed(work, wait_s / 8)
        tally.wrong += [line for line in said if line.startswith("FAILED")]
        done = "DONE 1" in said
        tally.acknowledged += done
        if not backups.is_sound(self.backup):
            tally.wrong.append("the back-up has changed")
        is_damaged = self.path.read_bytes() == self.DAMAGED
        if is_damaged:
            tally.missing += 1
            if done:
                tally.wrong.append("an acknowledged return to a back-up is not there")
            backups.restore_backup(self.path, self.backup, NOW)
        else:
            tally.whole += not done
        asides = [one for one in self.folder.glob("a damaged *") if one.suffix == ".camcensus"]
        if not any(one.read_bytes() == self.DAMAGED for one in asides):
            tally.wrong.append("the damaged file was not kept")
        with opened(self.path, tally) as inventory:
            checked(self.path, tally)
            if facts(inventory) != self.facts:
                tally.wrong.append("what was put back is not what was backed up")


class Exporting:
    """Files for others, made over and over in the place of an older one: an exchange file, a ZIP, a locked back-up, by turns."""

    NAMES: ClassVar[dict[share.Audience, str]] = {
        "auditor": "a-copy.camcensus", "supplier": "a.zip", "backup": "a.camcensus-backup"
    }  # fmt: skip

    def __init__(self, folder: Path) -> None:
        self.path, self.folder = folder / "a.camcensus", folder
        first_record(self.path)
        sealed.OPS, sealed.MEMORY_BYTES = argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN  # a try takes no second
        for audience in self.NAMES:
            self._make(audience)

    def _make(self, audience: share.Audience) -> str:
        with register.open_inventory(self.path, NOW, readonly=True) as inventory:
            wish = share.ShareWish(audience, "A")
            return share.share(
                inventory, knowledge(), self.folder / self.NAMES[audience], wish, NOW, passphrase="x" * 12
            ).sha256

    def round(self, wait_s: float, tally: Tally) -> None:
        before = {name: self._digest(name) for name in self.NAMES.values()}

        def work(say: Callable[[str], None]) -> None:
            say("BEGIN")
            while True:
                for audience, name in self.NAMES.items():
                    say(f"DONE {name} {self._make(audience)}")

        said = killed(work, wait_s * 2)
        tally.wrong += [line for line in said if line.startswith("FAILED")]
        done = [line.split() for line in said if line.startswith("DONE")]
        tally.acknowledged += len(done)
        newest = before | {name: digest for _, name, digest in done}
        for name, digest in newest.items():
            there = self._digest(name)
            tally.missing += there == digest
            tally.whole += there != digest
            if (why := self._wrong_with(name)) is not None:
                tally.wrong.append(f"{name}: {why}")
        tally.notes["left half-made beside it"] += len(list(self.folder.glob(".*.part*")))
        for left in self.folder.glob(".*.part*"):
            left.unlink()
        with opened(self.path, tally):
            checked(self.path, tally)

    def _digest(self, name: str) -> str:
        return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()

    def _wrong_with(self, name: str) -> str | None:
        path = self.folder / name
        try:
            if path.suffix == ".zip":
                with zipfile.ZipFile(path) as archive:
                    return None if archive.testzip() is None and len(archive.namelist()) == 4 else "not whole"
            if path.suffix == ".camcensus":
                with reading_exchange(path) as db:
                    rows = db.execute("SELECT count(*) FROM asset").fetchone()
                    return None if check_exchange(db).state == "unsigned" and rows == (ROWS,) else "not as it was written"
            with path.open("rb") as stream:
                sealed.unseal(stream, lambda _: None, "x" * 12)
        except (CamcensusError, OSError, zipfile.BadZipFile) as error:
            return f"{type(error).__name__}: {error}"
        return None


class Searching:
    """A search of the simulated school over real sockets, in a network of its own, and its keeping."""

    def __init__(self, folder: Path) -> None:
        self.path, self.knowledge = folder / "a.camcensus", knowledge()
        first_record(self.path)

    def round(self, wait_s: float, tally: Tally) -> None:
        before = self._log()

        def work(say: Callable[[str], None]) -> None:
            alone()
            seen.EVERY_S = 0.05
            real, so_far = Inventory.note_seen, 0

            def note(pen: Inventory, scan: ScanRecord, observations: list[object], now: datetime) -> None:
                nonlocal so_far
                real(pen, scan, observations, now)  # type: ignore[arg-type]
                so_far += len(observations)
                say(f"SEEN {so_far}")

            Inventory.note_seen = note  # type: ignore[method-assign, assignment]

            async def search(inventory: Inventory) -> None:
                async with demo.serve_estate(ROOT) as (_, served):
                    say("BEGIN")
                    found = await demo.find_in_demo(
                        served, lambda _: None, self.knowledge, lambda: datetime.now(UTC), register.SavedAsSeen(inventory)
                    )
                    say("FOUND")
                    register.save_census(inventory, found, self.knowledge, datetime.now(UTC))
                    say(f"DONE {len(found.observations)}")

            with register.open_inventory(self.path, NOW) as inventory:
                inventory.closing = None
                asyncio.run(search(inventory))

        said = killed(work, wait_s)
        tally.wrong += [line for line in said if line.startswith("FAILED")]
        acknowledged = max((int(line.split()[1]) for line in said if line[:4] in ("SEEN", "DONE")), default=0)
        tally.acknowledged += acknowledged
        tally.notes["killed while searching" if "FOUND" not in said else "killed while keeping or after"] += 1
        with opened(self.path, tally) as inventory:
            checked(self.path, tally)
            sentence = register.finish_unfinished(inventory, self.knowledge, NOW)
            tally.notes["kept as cut off"] += sentence is not None
            scans = inventory.scans()[before[0] :]
            count = len(inventory.observations()) - before[1]
            rows = len(inventory.assets())
        if count < acknowledged:
            tally.wrong.append(f"{acknowledged} answers were put away, {count} are there")
        if len(scans) > 1 or (acknowledged and not scans):
            tally.wrong.append(f"{len(scans)} searches in the log after one")
        if rows < before[2]:
            tally.wrong.append("rows are missing")
        with register.open_inventory(self.path, NOW) as inventory:
            inventory.closing = None
            if inventory.unfinished():
                tally.wrong.append("it is still unfinished after it was kept")
        tally.missing += count == acknowledged
        tally.whole += count != acknowledged

    def _log(self) -> tuple[int, int, int]:
        with register.open_inventory(self.path, NOW) as inventory:
            inventory.closing = None
            return len(inventory.scans()), len(inventory.observations()), len(inventory.assets())


def alone() -> None:
    """Move into a network with nothing but loopback in it. Raises OSError, AttributeError."""
    import fcntl
    import struct

    os.unshare(os.CLONE_NEWNET)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        flags = struct.unpack("16sh14x", fcntl.ioctl(control, 0x8913, struct.pack("16sh14x", b"lo", 0)))[1]
        fcntl.ioctl(control, 0x8914, struct.pack("16sh14x", b"lo", flags | 1))


def may_be_alone() -> bool:
    """Whether this system gives a child a network of its own."""

    def work(say: Callable[[str], None]) -> None:
        say("BEGIN")
        alone()
        say("DONE")

    return "DONE" in killed(work, 0.5)


Work = Changing | BackingUp | Restoring | Exporting | Searching


def works(folder: Path) -> dict[str, tuple[Work, float]]:
    """Each kind of work, and the longest wait before its kill, in seconds."""
    made: dict[str, tuple[Work, float]] = {}

    def room(name: str) -> Path:
        path = folder / name
        path.mkdir()
        return path

    if may_be_alone():
        made["search"] = (Searching(room("search")), 6.0)
    for name, change in CHANGES.items():
        made[name] = (Changing(room(name), change), MOST_WAIT_S * (6 if change is import_list else 1))
    made["edit on a share"] = (Changing(room("share"), edit, SHARE), MOST_WAIT_S)
    made["bulk edit on a share"] = (Changing(room("bulk share"), bulk_edit, SHARE), MOST_WAIT_S)
    made["back-up"] = (BackingUp(room("backup")), MOST_WAIT_S)
    made["files for others"] = (Exporting(room("share out")), MOST_WAIT_S)
    made["going back to a back-up"] = (Restoring(room("restore")), MOST_WAIT_S)
    return made


def run(kills: int, seed: int, only: str | None = None) -> int:
    """Spread so many kills over the kinds of work; prints the table, gives the number of findings."""
    chance, began_s = random.Random(seed), time.monotonic()
    knowledge()
    with tempfile.TemporaryDirectory(prefix="camcensus-kill9-") as name:
        every = {title: one for title, one in works(Path(name)).items() if only is None or title == only}
        tallies = {title: Tally() for title in every}
        for number in range(kills):
            title = list(every)[number % len(every)]
            work, most_s = every[title]
            tally = tallies[title]
            tally.kills += 1
            try:
                work.round(chance.uniform(0, most_s), tally)
            except CamcensusError as error:
                tally.wrong.append(f"{type(error).__name__}: {error}")
    print(f"kill -9, {kills} times, seed {seed}, SQLite {sqlite3.sqlite_version}, {time.monotonic() - began_s:.0f} s\n")
    print("| Work | Kills | Acknowledged | Change under way missing | there, whole | Slowest opening | Wrong |")
    print("|---|---|---|---|---|---|---|")
    for title, one in tallies.items():
        print(
            f"| {title} | {one.kills} | {one.acknowledged} | {one.missing} | {one.whole} | {one.worst_open_s:.2f} s"
            f" | {len(one.wrong)} |"
        )
    for title, one in tallies.items():
        if one.notes:
            print(f"\n{title}: {', '.join(f'{count} {what}' for what, count in sorted(one.notes.items()))}")
        for line in one.wrong:
            print(f"\nWRONG, {title}: {line}")
    wrong, acknowledged = (
        sum(found) for found in zip(*((len(one.wrong), one.acknowledged) for one in tallies.values()), strict=True)
    )
    print(f"\n{kills} kills in {len(tallies)} kinds of work, {acknowledged:,} changes acknowledged, {wrong} wrong")
    return wrong


def main() -> int:
    """Read the arguments; the status is 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", nargs="?", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", metavar="NAME", help="only this kind of work")
    arguments = parser.parse_args()
    return 1 if run(arguments.kills, arguments.seed, arguments.only) else 0


if __name__ == "__main__":
    sys.exit(main())
