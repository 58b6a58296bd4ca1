"""A search of a fleet, captured on its cable: what is read out of the capture is what the search said."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fleet.catalogue import HERE
from fleet.judge import judge
from fleet.running import Fleet, NoNamespacesError

pytestmark = pytest.mark.namespace

COMPARED = ("kind", "brand", "manufacturer", "grade", "model", "serial", "firmware", "activated")


def recorded_search(fleet: Fleet, path: Path, folder: Path) -> list[dict[str, Any]]:
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


def test_a_captured_search_gives_the_verdicts_of_the_search(tmp_path: Path) -> None:
    path = tmp_path / "search.pcap"
    try:
        with Fleet(50) as fleet:
            rows = recorded_search(fleet, path, tmp_path)
    except NoNamespacesError:
        pytest.skip("network namespaces cannot be made here")
    command = [sys.executable, "-m", "camcensus", "identify", str(path), "--json"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    score, of_search = judge(fleet.units, told["devices"], swept=True), judge(fleet.units, rows, swept=True)
    assert score.found >= of_search.found > 35
    assert (score.decoys, score.doubled, score.merged, score.strangers, score.wrong) == ((), (), (), (), ())
    by_address = {tuple(row["addresses"]): row for row in rows}
    both = [(row, by_address[tuple(row["addresses"])]) for row in told["devices"] if tuple(row["addresses"]) in by_address]
    # On a busy computer the capture holds answers that came when the search had ended.
    same = [(one, other) for one, other in both if all(one[name] == other[name] for name in ("probes_answered", "mac"))]
    assert len(same) > 10
    for one, other in same:
        assert {name: one[name] for name in COMPARED} == {name: other[name] for name in COMPARED}
