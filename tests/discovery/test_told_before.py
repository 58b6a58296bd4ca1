"""A device that tells a login that it is another one than took the last gets nothing more of it, whatever it speaks."""

from __future__ import annotations

import sys

import pytest

from camcensus.discovery.probe import ServedPort
from discovery.test_way import PORT, Door, log_in

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")

NAME, LAST, NOW = f"serial onvif.GetDeviceInformation {PORT}", "6c00000pag00001", "6C00000PAG00002"


@pytest.mark.parametrize("is_other", [False, True])
def test_an_onvif_login_ends_with_the_answer_that_tells_another_serial_number(is_other: bool) -> None:
    door = Door(lambda _: NOW if is_other else LAST.upper(), onvif="token")
    at = {"onvif": ServedPort("onvif", PORT, "/onvif/device_service"), "told": {NAME: (LAST,)}}
    yes = frozenset({log_in(Door(door.device_at, onvif="token"), (), **at).ask})
    outcome = log_in(door, (), yes, **at)
    assert (outcome.state, len(door.told()) > 1) == (("changed", False) if is_other else ("read", True))
    assert ("told that only to the login" in outcome.say) == is_other
    if is_other:
        allowed = log_in(door, (), yes | {outcome.ask}, **at)
        assert (allowed.state, outcome.ask in allowed.yes) == ("read", True)
