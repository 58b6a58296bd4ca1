"""An inventory as large as is wanted, made in seconds, and how long the register takes on it.

    python tests/bench/big_inventory.py [DEVICES] [--keep FILE]

Answers, places, tags and decisions are made up but have the shape and size of real ones. `fill` is for other benches and for
screenshots. Prints, for 20,000 devices if not said: opening and checking the file, a back-up, reading the register, reading what an edit touched,
a bulk edit of 5,000 rows and taking it back, each by the clock and in time of the processor. Exit status 1 where a limit is passed.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from camcensus.model.asset import Body, DecisionWhat
from camcensus.model.device import (
    Attribution,
    Description,
    Device,
    DeviceKind,
    Evidence,
    Grade,
    Key,
    Observation,
    Reading,
    Verdict,
)
from camcensus.model.knowledge import Knowledge
from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.scan import Interface, ScanRecord
from camcensus.model.words import GRADE_SHORT
from camcensus.store.backups import back_up
from camcensus.store.edits import placing, tagging
from camcensus.store.edits.by_hand import add_channels, connect
from camcensus.store.edits.placing import place_named
from camcensus.store.inventory import Inventory, create_inventory
from camcensus.store.keeping import SavedDevice
from camcensus.store.pen import Pen, edit
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import verbs as register

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
NETWORK = "eth0 10.0.0.2/8"
ROWS_LIMIT_S = 1.0
BULK_LIMIT_S = 1.0
"""For 20,000 rows, and 5,000 of them, on two cores."""

_MAKERS: tuple[tuple[str, str, str, Grade], ...] = (
    ("hikvision", "Hikvision", "DS-2CD2143G2-I", "almost-certain"),
    ("dahua", "Honeywell", "H4W2PER3", "likely"),
    ("axis", "Axis", "P3245-V", "confirmed"),
    ("hanwha", "Hanwha Vision", "QNV-8080R", "almost-certain"),
    ("uniview", "Uniview", "IPC2124LE-ADF28KM-G", "possible"),
)
_PURPOSES = ("Watches the gate", "Visitors and signing-in", "Pupil safety", "Out of hours", "Vehicles", "")
_DECISIONS: dict[DecisionWhat, str] = {
    "keep": "Its maker still supports it",
    "keep-review": "Look again when the contract ends",
    "separate": "Works well; IT can isolate it",
    "replace": "Too old to be updated",
    "remove": "Another camera sees the same place",
}
"""With what staff wrote."""
_NO_CAMERAS = "Its cameras are removed"
"""What they wrote of a recorder that is removed."""


def fill(inventory: Inventory, knowledge: Knowledge, devices: int, *, places: int = 200, decisions: bool = True) -> None:
    """Puts so many devices into an empty inventory, one in 25 a recorder, with places, tags and decisions for most."""
    from camcensus.assessment.listings import listings

    chance = random.Random(devices)
    templates = {
        (maker, kind): _verdict(maker, brand, model, grade, kind, knowledge)
        for maker, brand, model, grade in _MAKERS
        for kind in ("camera", "recorder")
    }
    templates = {
        key: replace(verdict, findings=listings(verdict.attribution, knowledge, frozenset(knowledge.lists)))
        for key, verdict in templates.items()
    }
    kept = [_kept(number, templates, chance) for number in range(devices)]
    inventory.keep(_scan(knowledge), [], kept, NOW)
    ids = [asset.id for asset in inventory.assets()]
    rooms = _places(inventory, places)
    share = max(1, len(ids) // max(1, len(rooms)))
    for at, room in enumerate(rooms):
        some = ids[at * share : (at + 1) * share]
        if some and at % 10:
            inventory.do(placing.set_place(some, room), by="Bench", now=NOW)
            inventory.do(tagging.set_tags(some, {"purpose": _PURPOSES[at % len(_PURPOSES)]}), by="Bench", now=NOW)
    recorders = [asset.id for asset in inventory.assets() if asset.kind == "recorder"]
    cameras = [asset.id for asset in inventory.assets() if asset.kind == "camera"]
    for at, recorder in enumerate(recorders):
        inventory.do(connect(cameras[at :: len(recorders)], recorder), by="Bench", now=NOW)
    if decisions:
        for at, (what, why) in enumerate(_DECISIONS.items()):
            year = "2026-27" if what in ("replace", "remove") else None
            some = ids[at :: len(_DECISIONS) + 2]
            inventory.do(tagging.decide(some, what, why=why, year=year), by="S. Ellis", now=NOW)
            if what == "remove" and (gone := [one for one in some if one in recorders]):
                inventory.do(tagging.decide(gone, what, why=_NO_CAMERAS, year=year), by="S. Ellis", now=NOW)
    for recorder in recorders[:20]:
        inventory.do(add_channels(recorder, range(1, 9)), by="Bench", now=NOW)


def make(path: Path, devices: int, *, places: int = 200, decisions: bool = True, kind: str = "school") -> Inventory:
    """A new inventory file of an organisation of that kind with so many devices, open."""
    known = ORGANISATIONS[kind]
    body = Body(
        "5c9d2f60-0000-4000-8000-000000000001", known.example, kind, year_starts=known.year_starts, expected_cameras=devices
    )
    inventory = create_inventory(path, body, now=NOW)
    fill(inventory, load_knowledge(ROOT / "vendors.db"), devices, places=places, decisions=decisions)
    return inventory


def _verdict(maker: str, brand: str, model: str, grade: Grade, kind: DeviceKind, knowledge: Knowledge) -> Verdict:
    signs = tuple(
        Evidence(
            f"{maker}.sign.{number}", "http", f"{number:032x}", "does", "web", "manufacturer", maker, "strong", f"{model}-Webs",
            "Its web server answers as only devices of this maker do; the page it sends has the same layout.", "a-source",
        )
        for number in range(6)
    )  # fmt: skip
    reason = f"Made by {brand} – {GRADE_SHORT[grade].lower()}, because its web server answers as only devices of this maker do."
    attribution = Attribution(maker, brand, grade, (maker,), signs, (), (), reason, knowledge.version)
    description = Description(
        kind=kind, kind_reason="It answers as cameras do.", claimed_manufacturer=brand, claimed_model=model, model=model,
        firmware="V5.7.1 build 220112", firmware_date="2022-01-12", name="IP CAMERA", probes_answered=("http", "onvif", "rtsp"),
        channels_digital=16 if kind == "recorder" else None,
    )  # fmt: skip
    return Verdict(Device((), (), None, None, ()), description, attribution, ())


def _kept(number: int, templates: dict[tuple[str, str], Verdict], chance: random.Random) -> SavedDevice:
    maker, _, model, _ = _MAKERS[chance.choice((0, 0, 0, 1, 1, 2, 2, 3, 4))]
    kind: DeviceKind = "recorder" if number % 25 == 24 else "camera"
    mac = f"02:00:{number >> 24 & 255:02x}:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"
    address, serial = f"10.{number // 62500}.{number // 250 % 250}.{number % 250 + 1}", f"SN{number:010d}"
    seen = tuple(
        Observation(
            probe=probe, address=address, at="2026-11-24T10:41:02.113Z", raw=raw, ask=ask, network=NETWORK, port=port, mac=mac,
            reading=Reading("read", {"http.status": ("200",)}, "http/1"),
        )
        for probe, raw, ask, port in (
            ("http", b"HTTP/1.1 200 OK\r\n\r\n", "GET /", 80),
            ("neighbour", b"", None, None),
        )
    )  # fmt: skip
    keys = (Key("mac", mac), Key("serial", f"{maker}:{serial}"), Key("addr", f"{NETWORK}/{address}", "weak"))
    device = Device(keys, (address,), NETWORK, mac, seen)
    plain = templates[maker, kind]
    verdict = replace(plain, device=device, description=replace(plain.description, serial=serial))
    return SavedDevice(
        id=f"{number:08d}-0000-4000-8000-000000000000", new=True, device=device, verdict=verdict, outcome=f"{kind}, {maker}",
        prefix="REC" if kind == "recorder" else "CAM", matched="New.", firmware=plain.description.firmware, model=model,
    )  # fmt: skip


def _scan(knowledge: Knowledge) -> ScanRecord:
    return ScanRecord(
        id="bench-scan", started_at="2026-11-24T10:40:00Z", ended_at="2026-11-24T10:42:00Z", stopped_early=False,
        knowledge_version=knowledge.version, interfaces=(Interface("eth0", "10.0.0.2/8"),), ranges=(), passive=False, pace="fast",
        coverage=(), not_covered=(),
    )  # fmt: skip


def _places(inventory: Inventory, places: int) -> list[str]:
    """Rooms in floors in buildings in sites, the ids of the rooms."""
    rooms: list[str] = []

    @edit("add-place", failed="No places were made")
    def work(pen: Pen) -> str:
        for number in range(places):
            names = (
                f"Site {number // 50 + 1}",
                f"Block {number // 10 % 5 + 1}",
                f"Floor {number // 5 % 2}",
                f"Room {number + 1}",
            )
            rooms.append(pen.do(place_named(names)).id)
        return "Places made."

    inventory.do(work(), by="Bench", now=NOW)
    return rooms


def measure(path: Path, knowledge: Knowledge) -> tuple[list[str], bool]:
    """Lines about how long things take, and whether all stayed inside their limits of processor time."""
    lines: list[str] = []

    def timed[T](what: str, work: Callable[[], T]) -> tuple[float, T]:
        start, worked = time.perf_counter(), time.process_time()
        found = work()
        taken, worked = time.perf_counter() - start, time.process_time() - worked
        lines.append(f"{what}: {taken * 1000:.0f} ms, of the processor {worked * 1000:.0f} ms")
        return worked, found

    _, inventory = timed("opened and checked", lambda: register.open_inventory(path, NOW))
    timed("backed up", lambda: back_up(inventory, NOW, closing=True))
    read_s, rows = timed("register read", lambda: register.rows(inventory, knowledge))
    timed("register read once more", lambda: register.rows(inventory, knowledge))
    ids = [row.asset.id for row in rows]
    some = ids[:5000]
    bulk_s, changes = timed(
        f"{len(some):,} rows given a place", lambda: inventory.do(placing.set_place(some, None), by="Bench", now=NOW)
    )
    timed("rows read again after it", lambda: register.refresh(rows, changes, inventory, knowledge))
    tags_s, _ = timed(
        f"{len(some):,} rows tagged", lambda: inventory.do(tagging.add_tags(some, ["checked"]), by="Bench", now=NOW)
    )
    undo_s, _ = timed("the last taken back", lambda: register.undo(inventory, knowledge, NOW))
    _, changes = timed(
        "one row edited", lambda: inventory.do(tagging.set_tags(ids[:1], {"purpose": "Gate"}), by="Bench", now=NOW)
    )
    timed("rows read again after it", lambda: register.refresh(rows, changes, inventory, knowledge))
    timed("one whole answer built", lambda: rows[0].verdict)
    inventory.closing = None
    inventory.close()
    return lines, read_s <= ROWS_LIMIT_S and max(bulk_s, tags_s, undo_s) <= BULK_LIMIT_S


def main(argv: list[str]) -> int:
    """Makes the inventory and measures."""
    numbers = [int(word) for word in argv if word.isdigit()]
    devices = numbers[0] if numbers else 20_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(argv[argv.index("--keep") + 1]) if "--keep" in argv else Path(folder) / "big.camcensus"
        start = time.perf_counter()
        with make(path, devices) as inventory:
            inventory.closing = None
        print(f"{devices:,} devices made in {time.perf_counter() - start:.1f} s, {path.stat().st_size >> 20} MB")
        lines, held = measure(path, load_knowledge(ROOT / "vendors.db"))
        print("\n".join([*lines, f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB"]))
    return 0 if held else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    sys.exit(main(sys.argv[1:]))
