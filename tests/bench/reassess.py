"""How long re-checking takes, through the store: python tests/bench/reassess.py [DEVICES] [--profile]

An inventory of so many devices (10,000 if not said) with some eight replies each is made in a temporary folder, then all of it is
re-checked under a knowledge base with another version, as after an update. Prints seconds and the figure per device.
"""

from __future__ import annotations

import cProfile
import pstats
import re
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from camcensus.model.asset import Body
from camcensus.model.device import Device, Observation
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Interface, ScanRecord
from camcensus.store.inventory import Inventory, create_inventory
from camcensus.store.keeping import SavedDevice
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.judging import outcome, reassess, ref_prefix

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
LIMIT_S = 10.0
"""For 10,000 devices on two cores."""
NETWORK = "eth0 10.0.0.2/16"


def kinds() -> list[list[Observation]]:
    """The replies of one device of each sort, as a whole search gets them."""
    from labelled import makers, packets
    from labelled.case import Case

    hikvision = [
        packets.sadp("DS-2CD2143G2-I", makers.HIK_SERIAL, makers.HIK_MAC), packets.wsd(*makers.HIK_WSD, ns=packets.HIK_OWN),
        packets.soap("GetSystemDateAndTime", "", packets.HIK_OWN), packets.services(ns=packets.HIK_OWN),
        packets.refused(ns=packets.HIK_OWN), packets.soap("GetHostname", "", packets.HIK_OWN),
        packets.realm("IP Camera(K0001)"), packets.rtsp_realm("IP Camera(K0001)"), packets.neighbour(makers.HIK_MAC),
    ]  # fmt: skip
    dahua = [
        packets.dhip("Private", "H4W2PER3", makers.DAHUA_SERIAL, makers.DAHUA_MAC), packets.wsd(*makers.DAHUA_WSD),
        packets.soap("GetSystemDateAndTime"), packets.services(), packets.refused(),
        packets.realm(f"Login to {makers.DAHUA_SERIAL}"), packets.rtsp_realm(f"Login to {makers.DAHUA_SERIAL}"),
        packets.neighbour(makers.DAHUA_MAC),
    ]  # fmt: skip
    uniview = [
        packets.wsd(*makers.UNV_WSD), packets.wsd(*makers.UNV_WSD, action="UniviewProbeMatches"), packets.scopes(*makers.UNV_WSD),
        packets.info("UNIVIEW", "IPC2124LE", "GIPC-B6202.5.6.220101", makers.UNV_SERIAL), packets.http("Server: lighttpd/1.4.35"),
        packets.neighbour(makers.UNV_MAC),
    ]  # fmt: skip
    axis = [
        packets.wsd("Profile/Streaming", "hardware/P3245-V", "name/AXIS%20P3245-V"),
        packets.services("http://www.axis.com/vapix/ws/event1", ns=packets.AXIS_NS), packets.interfaces(makers.AXIS_MAC),
        packets.soap("GetSystemDateAndTime", "", packets.AXIS_NS), packets.realm("AXIS_ACCC8E000001"),
        packets.mdns("_axis-video._tcp", "AXIS P3245-V - ACCC8E000001", ("macaddress=ACCC8E000001",)),
        packets.ssdp("Linux/4.9.94-axis5, UPnP/1.0"), packets.upnp("AXIS", "AXIS P3245-V", "ACCC8E000001"),
        packets.neighbour(makers.AXIS_MAC),
    ]  # fmt: skip
    return [
        list(Case(str(number), "", None, True, "", tuple(sent)).observations())
        for number, sent in enumerate((hikvision, dahua, uniview, axis))
    ]


_TAIL = re.compile(rb"00:00:01|00-00-01|(?<=ACCC8E)000001|(?<=48ea63)000001|00001(?=\b|[A-Z\"<&]|$)")


def unit(number: int, sorts: list[list[Observation]]) -> Iterator[Observation]:
    """The replies of device `number`: other addresses, MAC addresses and serial numbers than any other's."""
    from camcensus.wire.read import read

    tail = f"{number:06x}"
    forms = {8: ":".join((tail[:2], tail[2:4], tail[4:])), 6: tail.upper(), 5: f"{number:05d}"}
    address = f"10.0.{number // 250}.{number % 250 + 1}"

    def other(found: re.Match[bytes]) -> bytes:
        text = forms[len(found[0])]
        return (text.replace(":", "-") if b"-" in found[0] else text).encode()

    for one in sorts[number % len(sorts)]:
        raw = _TAIL.sub(other, one.raw)
        mac = f"{one.mac[:9]}{forms[8]}" if one.mac else None
        yield replace(one, raw=raw, address=address, mac=mac, network=NETWORK, reading=read(one.probe, one.ask, raw))


def fill(inventory: Inventory, number: int, knowledge: Knowledge) -> int:
    """Puts so many devices into an inventory; the number of replies."""
    from camcensus.identity.group import group
    from camcensus.tasks.finding.census import judge_device

    sorts = kinds()
    interface = Interface("eth0", "10.0.0.2/16")
    scan = ScanRecord(
        id=str(uuid.uuid4()), started_at="2026-11-24T10:40:00Z", ended_at="2026-11-24T10:42:00Z", stopped_early=False,
        knowledge_version=knowledge.version, interfaces=(interface,), ranges=(), passive=False, pace="fast", coverage=(),
        not_covered=(),
    )  # fmt: skip
    kept, replies = [], 0
    for one in range(number):
        seen = tuple(unit(one, sorts))
        replies += len(seen)
        devices: tuple[Device, ...] = group(seen, knowledge)
        assert len(devices) == 1, [str(key) for device in devices for key in device.keys]
        verdict = judge_device(devices[0], knowledge)
        kept.append(
            SavedDevice(
                id=str(uuid.uuid4()),
                new=True,
                device=devices[0],
                verdict=verdict,
                outcome=outcome(verdict, knowledge),
                prefix=ref_prefix(verdict),
                matched="New.",
            )
        )
    inventory.keep(scan, [], kept, NOW)
    return replies


def measure(number: int, directory: Path) -> tuple[float, str]:
    """Seconds that judging so many devices again takes, and one line about it."""
    knowledge = load_knowledge(ROOT / "vendors.db")
    body = Body("5c9d2f60-0000-4000-8000-000000000001", "Bench")
    with create_inventory(directory / "bench.camcensus", body, now=NOW) as inventory:
        replies = fill(inventory, number, knowledge)
        newer = replace(knowledge, version=knowledge.version + ".1")
        start, start_cpu = time.perf_counter(), time.process_time()
        changes = reassess(inventory, newer, NOW + timedelta(days=1))
        taken_s, cpu_s = time.perf_counter() - start, time.process_time() - start_cpu
        assert len(changes.devices) == number
        assert {answer.knowledge_version for answer in inventory.judged().values()} == {newer.version}
    each = taken_s / number * 1000
    line = f"{number:,} devices, {replies:,} replies: re-checked in {taken_s:.2f} s, {each:.3f} ms a device"
    return taken_s, f"{line} ({cpu_s:.2f} s of processor time)"


def main(argv: list[str]) -> int:
    """Measures and prints; 1 where it takes longer than the limit, which is for 10,000 devices."""
    sizes = [int(word) for word in argv if word.isdigit()]
    number = sizes[0] if sizes else 10_000
    profile = cProfile.Profile()
    with tempfile.TemporaryDirectory() as folder:
        if "--profile" in argv:
            taken_s, line = profile.runcall(measure, number, Path(folder))
            pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
        else:
            taken_s, line = measure(number, Path(folder))
    print(line)
    return 0 if taken_s <= LIMIT_S * number / 10_000 else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    sys.exit(main(sys.argv[1:]))
