"""What each pace sends to a fleet: every frame recorded at the scanner's card, told by what it is, and held against the list.

    python tests/bench/wire_audit.py [N]

N is how many devices (250). Needs Linux and root. Prints a table by pace and ends with 1 where a frame is not on the list, a
printer's or a controller's port got a byte, or anything was sent while only listening.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fleet.catalogue import Unit
from fleet.running import Fleet
from hostile.audited import Audited, search

FORBIDDEN = "9100, 502 and the like"


def main(arguments: list[str]) -> int:
    """Audits each pace."""
    size = int(arguments[0]) if arguments else 250
    found: dict[str, Audited] = {}
    with Fleet(size) as fleet:
        left_alone = [f"{one.device.address}/32" for one in fleet.units if one.counts][:2]
        for name, options in {
            "passive": ("--passive", "--limit-s", "20"),
            "gentle": ("--pace", "gentle"),
            "normal": ("--pace", "normal"),
            "fast": ("--pace", "fast"),
            "fast, /22 swept": ("--pace", "fast", "--range", fleet.range),
        }.items():
            found[name] = search(fleet, *options, exclude=left_alone, limit_s=600)
            say(name, found[name], fleet.units, left_alone)
        table(found)
    faults, lost = sum(len(one.audit.faults) for one in found.values()), sum(one.lost for one in found.values())
    told = sum(one.audit.kinds.total() for one in found.values())
    print(f"{told:,} frames and requests of {len(found)} searches, {faults} not on the list, {lost} not recorded")
    bad = any(one.audit.faults or one.lost or one.at_forbidden_ports or one.ran.code or writes(one) for one in found.values())
    return int(bad or found["passive"].audit.sent_by_us > 0)


def writes(one: Audited) -> int:
    """Requests that could change a device or tried a login, by the fleet's own count; over TLS too."""
    return sum(len(device["writes"]) + device["failed_logins"] for device in one.report["devices"].values())


def say(name: str, one: Audited, units: tuple[Unit, ...], left_alone: list[str]) -> None:
    """One pace in a paragraph."""
    seen = one.audit
    hosts = {address for address, _ in seen.connections}
    per_host = Counter(address for address, _ in seen.connections.elements())
    open_at_once = max((device["open_at_once"] for device in one.report["devices"].values()), default=0)
    touched = sorted(address for address in seen.addresses if f"{address}/32" in left_alone)
    raw = sum(door.speaks == "raw" for unit in units for door in unit.device.doors)
    print(
        f"{name}: {one.ran.seconds} s, {one.ran.memory_mb} MB, status {one.ran.code}; {seen.kinds.total()} frames or requests told, "
        f"{one.lost} lost\n"
        f"  faults: {len(seen.faults)}; connections: {sum(seen.connections.values())} to {len(hosts)} hosts, "
        f"at most {max(per_host.values(), default=0)} to one, {open_at_once} open at once there; "
        f"at most {one.report['cable']['most_in_a_second']} begun in a second\n"
        f"  TCP ports: {', '.join(map(str, sorted({port for _, port in seen.connections}))) or 'none'}\n"
        f"  bytes at {FORBIDDEN} ({raw} such doors): {one.at_forbidden_ports}; written or logged in: {writes(one)}; "
        f"sent to the {len(left_alone)} addresses to be left alone: {touched or 'nothing'}"
    )
    for fault in seen.faults[:10]:
        print(f"  FAULT {fault}")


def table(found: dict[str, Audited]) -> None:
    """What was sent, by pace."""
    kinds = sorted(
        {kind for one in found.values() for kind in one.audit.kinds}, key=lambda kind: (kind.startswith("system"), kind)
    )
    width = max(map(len, kinds))
    print(f"\n{'':{width}} " + " ".join(f"{name:>15}" for name in found))
    for kind in kinds:
        print(f"{kind:{width}} " + " ".join(f"{one.audit.kinds[kind]:>15}" for one in found.values()))
    print(f"{'not on the list':{width}} " + " ".join(f"{len(one.audit.faults):>15}" for one in found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
