"""A search of a fleet with all that goes by on its cable in a file, and what is read out of that file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from fleet.catalogue import HERE
from fleet.running import Fleet

Rows = list[dict[str, Any]]

COMPARED = ("kind", "brand", "manufacturer", "grade", "model", "serial", "firmware", "activated")


def recorded_search(fleet: Fleet, path: Path, folder: Path) -> Rows:
    """The devices of a search, while all that goes by is written to `path`."""
    recorder = subprocess.Popen(
        [*fleet.enter, sys.executable, str(HERE / "record.py"), "eth0", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert recorder.stdout is not None
        assert recorder.stdout.readline() == b"ready\n"
        command = [sys.executable, "-m", "camcensus", "scan", "--interface", fleet.address, "--range", fleet.range]
        ran = fleet.run([*command, "--pace", "fast", "--json"], environment={"CAMCENSUS_DATA": str(folder)})
    finally:
        recorder.communicate(timeout=20)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)["devices"]  # type: ignore[no-any-return]


def identified(path: Path) -> dict[str, Any]:
    """What `identify --json` says of the capture."""
    command = [sys.executable, "-m", "camcensus", "identify", str(path), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # type: ignore[no-any-return]


def differences(rows: Rows, others: Rows) -> tuple[int, list[str]]:
    """How many devices of the search answered in the capture as they did in it, and which of those got another verdict.

    On a busy computer the capture holds answers that came when the search had ended: such devices are not compared.
    """
    by_address = {tuple(row["addresses"]): row for row in rows}
    same, differ = 0, []
    for other in others:
        row = by_address.get(tuple(other["addresses"]))
        if row is None or any(row[name] != other[name] for name in ("probes_answered", "mac")):
            continue
        if _signs(row) != _signs(other):
            continue
        same += 1
        if any(row[name] != other[name] for name in COMPARED):
            differ.append(", ".join(other["addresses"]))
    return same, differ


def _signs(row: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["fingerprint"], one["probe"]) for one in row["evidence"]}
