"""A search of a fleet, captured on its cable: what is read out of the capture is what the search said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

from fleet.captured import NoTcpdumpError, identified, recorded, recorded_by_tcpdump, searched
from fleet.judge import Score, judge
from fleet.running import Fleet, NoNamespacesError

pytestmark = pytest.mark.namespace

Recorder = Callable[..., AbstractContextManager[None]]


def captured(recorder: Recorder, folder: Path) -> tuple[Score, Score]:
    """How the search and its capture did."""
    path = folder / "search.pcap"
    try:
        with Fleet(50) as fleet, recorder(fleet.enter, path):
            rows = searched(fleet, folder)
    except NoNamespacesError:
        pytest.skip("network namespaces cannot be made here")
    except NoTcpdumpError:
        pytest.skip("tcpdump is not installed")
    told = identified(path)["devices"]
    return judge(fleet.units, rows, swept=True), judge(fleet.units, told, swept=True)


@pytest.mark.parametrize(
    "recorder",
    [recorded, recorded_by_tcpdump, partial(recorded_by_tcpdump, card="any")],
    ids=["ours", "tcpdump", "tcpdump of all cards"],
)
def test_a_captured_search_gives_the_verdicts_of_the_search(recorder: Recorder, tmp_path: Path) -> None:
    of_search, score = captured(recorder, tmp_path)
    assert of_search.found > 35
    assert score.found >= 0.9 * of_search.found, "what answers to discovery by UDP"
    assert (score.decoys, score.doubled, score.merged, score.strangers, score.wrong) == ((), (), (), (), ())


def test_packets_that_tcpdump_cut_short_make_nothing_wrong(tmp_path: Path) -> None:
    of_search, score = captured(partial(recorded_by_tcpdump, snaplen_bytes=256), tmp_path)
    assert of_search.found > 35
    assert (score.decoys, score.doubled, score.merged, score.strangers, score.wrong) == ((), (), (), (), ())
