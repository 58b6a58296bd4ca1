"""A search of a fleet, captured on its cable: what is read out of the capture is what the search said."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleet.captured import differences, identified, recorded_search
from fleet.judge import judge
from fleet.running import Fleet, NoNamespacesError

pytestmark = pytest.mark.namespace


def test_a_captured_search_gives_the_verdicts_of_the_search(tmp_path: Path) -> None:
    path = tmp_path / "search.pcap"
    try:
        with Fleet(50) as fleet:
            rows = recorded_search(fleet, path, tmp_path)
    except NoNamespacesError:
        pytest.skip("network namespaces cannot be made here")
    told = identified(path)["devices"]
    score, of_search = judge(fleet.units, told, swept=True), judge(fleet.units, rows, swept=True)
    assert score.found >= of_search.found > 35
    assert (score.decoys, score.doubled, score.merged, score.strangers, score.wrong) == ((), (), (), (), ())
    same, differ = differences(rows, told)
    assert same > 10
    assert differ == []
