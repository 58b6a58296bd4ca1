"""Two signs are independent when they differ in group and come from answers to different questions; each part by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from camcensus.attribution.ladder import are_independent
from camcensus.model.device import Evidence

AUTH = Evidence(
    "a", "http", "reply-1", "does", "auth", "manufacturer", "dahua", "strong", "x", "It shows a.", "src", ask="GET /"
)
SOAP = replace(AUTH, fingerprint="b", probe="onvif.GetServices", reply="reply-2", group="soap", ask=None)


def test_other_group_other_question_and_other_reply_are_independent() -> None:
    assert are_independent(AUTH, SOAP)
    assert are_independent(AUTH, replace(SOAP, probe="http", ask="GET /login"))


@pytest.mark.parametrize(
    "other",
    [
        replace(SOAP, group="auth"),
        replace(SOAP, probe="http", ask="GET /"),  # the same question asked again, and answered a little differently
        replace(SOAP, reply="reply-1"),
    ],
    ids=["group", "question", "reply"],
)
def test_one_thing_in_common_is_enough_to_be_one_cause(other: Evidence) -> None:
    assert not are_independent(AUTH, other)
    assert not are_independent(other, AUTH)


def test_the_neighbour_table_is_not_the_devices_reply() -> None:
    assert are_independent(AUTH, replace(SOAP, probe="neighbour", reply="reply-1", group="mac"))
