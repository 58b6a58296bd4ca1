"""What a login is told is held against what the last one was told."""

from __future__ import annotations

import pytest

import samples
from camcensus.identity.told_before import another_told
from camcensus.model.observation import Observation, Reading

LONG, OTHER = "DS-2CD2143G0-I20190701AAWRD00000001", "DS-2CD2143G0-I20190701AAWRD00000002"
BEFORE = {
    "serial isapi.System/deviceInfo 80": ("ds2cd2143g0i20190701aawrd00000001",),
    "claimed isapi.System/deviceInfo 80": ("68:6d:bc:00:00:01", "68:6d:bc:00:00:02"),
    "serial http 80": (),
}


def told(probe: str = "isapi.System/deviceInfo", port: int = 80, **fields: tuple[str, ...]) -> Observation:
    return samples.observation(1, probe=probe, port=port, reading=Reading("read", fields, "test 1"))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (told(serial=(LONG,)), ""), (told(serial=("AAWRD00000001",)), ""), (told(port=8080, serial=(LONG,)), ""),
        (told(serial=(OTHER,)), "serial number"), (told(port=8080, serial=(OTHER,)), "serial number"),
        (told(mac=("68:6D:BC:00:00:02",)), ""), (told(mac=("68:6d:bc:00:00:09",)), "MAC address"),
        (told(mac=("68:6d:bc:00:00:02", "68:6d:bc:00:00:09")), ""), (told(), ""), (told("http", serial=(OTHER,)), ""),
        (told("isapi.System/capabilities", serial=(OTHER,)), ""),
    ],
)  # fmt: skip
def test_only_an_answer_to_the_same_question_that_shares_nothing_is_another(now: Observation, words: str) -> None:
    said = another_told(BEFORE, (), now)
    assert bool(said) == bool(words)
    assert all(words in one for one in said)


def test_what_it_showed_without_a_login_is_no_other() -> None:
    shown = told("onvif.GetDeviceInformation", 8000, serial=(OTHER,))
    assert another_told(BEFORE, [shown], told(serial=(OTHER,))) == ()
    assert another_told(BEFORE, [shown], told(mac=("68:6d:bc:00:00:09",))) != ()
