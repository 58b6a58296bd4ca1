"""The front page at a port is held against the one it is known by: another asks, a clock, a counter and a busy answer do not."""

from __future__ import annotations

from itertools import count

import pytest

from camcensus.identity.page_mark import PAGES_LIMIT, another_face, is_to_keep, pages_of, with_page
from camcensus.model.observation import Observation
from camcensus.wire.read import read
from discovery.servers import http

NUMBERS = count(1)
WHAT = "front page at port 80"


def page(
    title: str = "Front gate", server: str = "Webs", realm: str = "IPC", status: str = "401 No", ask: str = "GET /"
) -> str:
    """The page of port 80; each # in the title is another number each time."""
    while "#" in title:
        title = title.replace("#", str(next(NUMBERS)), 1)
    head = (f"Server: {server}".encode(), f'WWW-Authenticate: Digest realm="{realm}", nonce="{next(NUMBERS)}"'.encode())
    raw = http(f"<title>{title}</title>".encode(), *head, status=status.encode())
    seen = Observation(
        probe="http", address="10.0.0.1", at="2026-11-29T10:00:00Z", raw=raw, port=80, ask=ask, reading=read("http", ask, raw)
    )
    return "".join(pages_of([seen]).get("page 80", ()))


@pytest.mark.parametrize(
    "title", ["Front gate", "Gate 12:30:#7", "Gate, Tue 24 Nov 2026", "Up #1 days", "t=#", "", "Gate, #. visitor"]
)
def test_a_device_shows_the_page_that_it_is_known_by(title: str) -> None:
    for _ in range(5):
        assert another_face(WHAT, [page(title)], [page(title), page(title)]) == ""


@pytest.mark.parametrize(
    ("other", "is_now"),
    [
        ({"title": "Back gate"}, "Back gate / IPC / Webs"),
        ({"title": "Front gate 2"}, "Front gate 2 / IPC / Webs"),
        ({"realm": "Login to 6C01"}, "Front gate / Login to 6C01 / Webs"),
        ({"server": "Boa"}, "Front gate / IPC / Boa"),
        ({"title": ""}, "IPC / Webs"),
        ({"title": "Visitor #"}, "Visitor 0 / IPC / Webs"),
        ({"title": "\u202eevil\x07" * 40}, None),
    ],
)
def test_another_page_is_said_in_words_that_a_person_can_check(other: dict[str, str], is_now: str | None) -> None:
    said = another_face(WHAT, [page()], [page(**other), page(**other)])
    assert said.startswith("its front page at port 80 was “Front gate / IPC / Webs” and is “")
    assert said.isprintable()
    assert len(said) < 200
    assert is_now is None or f"is “{is_now}”" in said
    assert said == another_face(WHAT, [page()], [page(**other), page(**other)])


def test_what_does_not_come_is_no_other_page_and_what_is_not_known_neither() -> None:
    assert another_face(WHAT, [page()], []) == another_face(WHAT, [], [page()]) == ""
    assert page(status="503 Busy") == page(status="429 Wait") == page(ask="GET /doc/page/login.asp") == ""


def test_two_that_answer_in_turn_are_another_page_also_where_one_is_known() -> None:
    mine, others = page(), page("Back gate")
    said = another_face(WHAT, [mine], [others, mine])
    assert "another each time" in said
    assert not is_to_keep([others, mine])


def test_a_page_that_counts_slowly_is_asked_about_a_few_times_and_another_still() -> None:
    known, asked = (page("Gate #1°"),), 0
    for _ in range(20):
        now = page("Gate #1°")
        if another_face(WHAT, known, [now, now]):
            asked += 1
            assert is_to_keep([now, now])
            known = with_page(known, now)
    assert asked == 2
    assert another_face(WHAT, known, [page("Door 1°")] * 2)


def test_of_many_pages_the_first_and_the_newest_are_kept() -> None:
    known: tuple[str, ...] = ()
    for number in range(20):
        known = with_page(known, str(number))
    assert known == ("0", *(str(number) for number in range(20 - PAGES_LIMIT + 1, 20)))
