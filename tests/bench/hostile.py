"""A network where nine devices in ten misbehave: seconds and memory of a search, and whether those that behave are all found.

    python tests/bench/hostile.py [N]

N is how many devices (200). Needs Linux and root. Ends with 1 where a search failed or went over its limit, took 300 MB or more,
missed a device that behaves, or sent anything that is not on the list of tests/hostile/wire.py.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hostile.audited import Audited, search
from hostile.fleets import HostileFleet
from hostile.misbehaving import misbehaviours

MOST_MB = 300
LIMIT_S = 120


def main(arguments: list[str]) -> int:
    """Searches at each pace."""
    size = int(arguments[0]) if arguments else 200
    bad, most_s, most_mb = 0, 0.0, 0
    with HostileFleet(size) as fleet:
        print(
            f"{size} devices, {len(fleet.wrong)} misbehave in {len(set(fleet.wrong.values()))} ways; limit {LIMIT_S} s, {MOST_MB} MB"
        )
        for options in (
            ("--pace", "fast"),
            ("--pace", "fast", "--range", fleet.range),
            ("--pace", "gentle"),
        ):
            found = search(fleet, *options, "--limit-s", str(LIMIT_S), limit_s=LIMIT_S + 30)
            bad += say(" ".join(options), found, fleet)
            most_s, most_mb = max(most_s, found.ran.seconds), max(most_mb, found.ran.memory_mb)
    print(
        f"{size} devices, {len(fleet.wrong)} misbehave: three searches, the longest {most_s} s, at most {most_mb} MB, {bad} things wrong"
    )
    return int(bad > 0)


def say(name: str, found: Audited, fleet: HostileFleet) -> int:
    """Prints one search; how much is wrong with it."""
    rows: dict[str, list[dict[str, object]]] = {}
    for entry in found.document["devices"] if found.document else ():
        for address in entry["addresses"]:
            rows.setdefault(address, []).append(entry)
    good = [one for one in fleet.units if one.device.id not in fleet.wrong]
    right = [one for one in good if len(rows.get(one.device.address, ())) == 1]
    maker = [one for one in right if rows[one.device.address][0]["manufacturer"] == one.device.truth.manufacturer]
    expected = {way.name: way.found for way in misbehaviours()}
    counted = Counter(
        (fleet.wrong[one.device.id], len(rows.get(one.device.address, ())))
        for one in fleet.units
        if one.device.id in fleet.wrong
    )
    wrong_rows = {key: number for key, number in counted.items() if key[1] > 1 or (expected[key[0]] and not key[1])}
    failed = [row for row in found.document["scan"]["coverage"] if "failed" in (row["reason"] or "")] if found.document else [1]
    over = found.ran.seconds > LIMIT_S + 5
    print(
        f"{name}: {found.ran.seconds} s, {found.ran.memory_mb} MB, status {found.ran.code}; devices that behave found once: "
        f"{len(right)} of {len(good)}, with their maker {len(maker)}; frames off the list {len(found.audit.faults)}, parts that failed "
        f"{len(failed)}, written or logged in {sum(len(one['writes']) + one['failed_logins'] for one in found.report['devices'].values())}"
    )
    for (way, number), times in sorted(wrong_rows.items()):
        print(f"  {way}: {number} rows, {times} times")
    for line in [*found.audit.faults[:5], *found.ran.err.splitlines()[:5]]:
        print(f"  {line}")
    return (
        (found.ran.code != 0) + over + (found.ran.memory_mb >= MOST_MB) + (len(right) < len(good)) + bool(found.audit.faults)
        + bool(failed) + bool(found.ran.err)
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
