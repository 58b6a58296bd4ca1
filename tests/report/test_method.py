"""What no search could see is said in the same words on every paper."""

from __future__ import annotations

from camcensus.model.scan import Coverage
from camcensus.report.method import hindered, told_once
from samples import scan


def test_questions_that_were_hindered_are_said_once_for_all_networks() -> None:
    record = scan(
        coverage=(
            Coverage("hanwha", "10.0.0.0/24", 3, 0, "blocked", "refused"),
            Coverage("hanwha", "10.0.1.0/24", 3, 0, "blocked", "refused"),
            Coverage("ssdp", "10.0.0.0/24", 3, 1, "partial"),
            Coverage("tls", "10.0.0.0/24", 0, 0, "skipped", "Nobody to ask."),
            Coverage("http", "10.0.0.0/24", 3, 3, "done"),
        )
    )
    assert list(hindered(record, str.upper)) == [
        "Hanwha’s own search was blocked on 2 networks: REFUSED",
        "The UPnP search was only partly done on 1 network",
    ]
    assert next(hindered(record, lambda _: "")) == "Hanwha’s own search was blocked on 2 networks"


def test_what_two_searches_did_not_cover_is_one_sentence() -> None:
    assert list(told_once(["networks behind a router", "", " Networks by radio. ", "networks behind a router."])) == [
        "Networks behind a router.",
        "Networks by radio.",
    ]
