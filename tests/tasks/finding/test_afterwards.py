"""What a search came to, in one state and plain words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from camcensus.discovery.inquiry import HOST_PROBES
from camcensus.discovery.pace import MULTICAST_PORTS
from camcensus.model.device import DeviceKind
from camcensus.model.scan import Advice, Coverage
from camcensus.model.ways import WAY_WORDS, way_words
from camcensus.tasks.finding.afterwards import after_search
from camcensus.tasks.finding.census import STOPPED, Census
from samples import scan, verdict

ELSEWHERE = Advice("other-networks", "Questions do not pass a router.", "Ask IT.")


def census(*kinds: DeviceKind, **changes: object) -> Census:
    verdicts = tuple(verdict(number, kind) for number, kind in enumerate(kinds, 1))
    return Census(scan=scan(**({"advice": (ELSEWHERE,)} | changes)), observations=(), verdicts=verdicts)


@pytest.mark.parametrize(
    ("kinds", "expected", "state", "title"),
    [
        ((), 40, "none", "We found no cameras on this network"),
        (("other",), None, "none", "We found no cameras on this network"),
        (("recorder",), 40, "recorder-only", "We found a recorder and no cameras"),
        (("recorder", "recorder", "other"), None, "recorder-only", "We found 2 recorders and no cameras"),
        (("camera", "recorder", "unknown"), 40, "fewer", "You expected about 40. We found 1. What next?"),
        (("camera", "camera"), 2, "enough", "You expected about 2. We found 2."),
        (("camera", "camera"), None, "found", "We found 2 cameras."),
    ],
)
def test_each_end_of_a_search_has_its_words(
    kinds: tuple[DeviceKind, ...], expected: int | None, state: str, title: str
) -> None:
    outcome = after_search(census(*kinds), expected)
    assert (outcome.state, outcome.title) == (state, title)
    assert outcome.needs_a_look == (state not in ("enough", "found"))


def test_a_recorder_alone_says_how_many_channels_it_may_have() -> None:
    found = census("recorder")
    (recorder,) = found.verdicts
    recorder = replace(recorder, description=replace(recorder.description, channels_analogue=4, channels_digital=12))
    outcome = after_search(replace(found, verdicts=(recorder,)), None)
    assert outcome.title == "We found a recorder with up to 16 channels"
    assert outcome.say == "Its cameras may not be visible. Count them on the screen."
    more = ["1 recorder made by Hikvision, listed.", ""]
    assert after_search(found, None, more).say == f"{more[0]} {outcome.say}"


def test_a_cable_that_came_out_is_said_before_all_else() -> None:
    lost = Advice("card-lost", "The network card eth0 went away during the search.", "Connect it and search again.")
    outcome = after_search(census("camera", "other", advice=(ELSEWHERE, lost)), 40)
    assert (outcome.state, outcome.title) == ("lost", "The network connection was lost")
    assert outcome.say.startswith("2 items are saved.")
    assert outcome.advice == (lost, ELSEWHERE)


def test_a_search_that_was_stopped_does_not_say_that_there_are_none() -> None:
    outcome = after_search(census("other", not_covered=(STOPPED,), stopped_early=True), 40)
    assert outcome.say == "The search was stopped before it was finished."


def test_ways_that_the_computer_refused_are_counted() -> None:
    rows = (
        Coverage("dhip", "10.0.0.0/24", 0, 0, "blocked", "The firewall refused it."),
        Coverage("sadp", "10.0.0.0/24", 3, 1, "done"),
        Coverage("wsdiscovery", "10.0.0.0/24", 9, 4, "done"),
        Coverage("http", "10.0.0.0/24", 20, 4, "done"),
        Coverage("rtsp", "10.0.0.0/24", 0, 0, "skipped", "No device on this network was to be asked."),
    )
    outcome = after_search(census("camera", coverage=rows), None)
    assert outcome.blocked == "This computer blocked 1 way of searching. We used 2 others."
    assert outcome.needs_a_look


def test_every_way_of_asking_has_words() -> None:
    assert {*MULTICAST_PORTS, *HOST_PROBES, "neighbour", "wsdiscovery-ipv6", "login"} <= set(WAY_WORDS)
    assert way_words("new\u202eer") == "Asking by new\\u202eer"
