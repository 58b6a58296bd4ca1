"""A front page counts as the same whatever its device says otherwise each time, and as another where anything else is."""

from __future__ import annotations

import random
import secrets

import pytest

import drawn
from camcensus.discovery.front_page import page_of, refusal_of
from discovery.servers import http

PAGES = {
    "a login page": """<!doctype html><html><head><title>{title}</title>
<script src="/js/app.js?v=5.2.1"></script><script>var g_session = "{word}", now = {epoch};</script></head>
<body><form action="/login;sid={word}"><input type="hidden" name="csrf_token" value="{word}"></form>{place}</body></html>""",
    "one line": "<title>{title}</title><script>var a='{place}',nonce='{word}',t={epoch}123;go(a)</script><b>{number} seen</b>",
    "a frame": '<html><title>{title}</title><meta name="csrf-token" content="{word}"><frame src="/view.htm?_={epoch}123">{place}</html>',
    "json": '{{"name": "{title}", "place": "{place}", "time": "{day}T{clock}Z", "sessionID": "{word}", "uptime": {number}}}',
    "a status page": "<title>{title}</title>\n<p>{place}</p>\n<p>Tue, {date} {clock} GMT</p>\n<p>On for {number} days, {hours} h</p>",
    "keys": "<title>{title}</title><img src='/snap/{word}{word}.jpg'>{place}<!-- {word}{word} -->",
}  # fmt: skip


def shown(page: str, random_: random.Random, title: str = "IPC-HFW4431R", place: str = "Front gate") -> bytes:
    number = random_.randrange(1, 999)
    body = PAGES[page].format(
        title=title, place=place, word=f"{random_.getrandbits(80):020x}", epoch=1795000000 + number, number=number,
        day=f"2026-11-{number % 28 + 1:02}", date=f"{number % 28 + 1} Nov 2026", clock=f"{number % 24:02}:{number % 60:02}:07",
        hours=number % 24,
    )  # fmt: skip
    head = (b"Server: Webs", b"Date: Tue, %d Nov 2026 10:00:00 GMT" % (number % 28 + 1), b"ETag: %d" % number)
    return http(body.encode(), *head, b"Set-Cookie: a=%d" % number)


@pytest.mark.parametrize("page", PAGES)
def test_a_device_shows_the_same_each_time(page: str) -> None:
    random_ = random.Random(drawn.seed())
    faces = {page_of([shown(page, random_), shown(page, random_)]) for _ in range(50)}
    assert len(faces) == 1
    assert "Front gate" in faces.pop()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("other", [{"title": "IPC-HFW4431S"}, {"place": "Back gate"}, {"place": "Front gate 2"}])
def test_another_device_shows_another(page: str, other: dict[str, str]) -> None:
    random_ = random.Random(drawn.seed())
    assert page_of([shown(page, random_), shown(page, random_)]) != page_of([shown(page, random_, **other)] * 2)


def test_status_server_realm_and_where_it_sends_on_count_and_numbers_in_them_do_not() -> None:
    def page(status: str = "302 Found", server: str = "Webs", realm: str = "Login to 1", to: str = "/a.htm") -> str:
        asks = f'WWW-Authenticate: Digest realm="{realm}", nonce="{secrets.token_hex(8)}", opaque="{secrets.token_hex(8)}"'
        where = f"Location: {to}?sessionid={secrets.token_hex(4)}"
        return page_of([http(b"", asks.encode(), where.encode(), f"Server: {server}".encode(), status=status.encode())] * 2)

    assert len({page() for _ in range(20)}) == 1
    others = (page("200 OK"), page(server="Boa"), page(realm="Login to 2"), page(to="/b.htm"))
    assert len({page(), *others}) == 1 + len(others)


def test_what_differs_between_two_answers_is_left_out_and_no_answer_is_nothing() -> None:
    pages = [http(b"<p>Gate<p>" + weather + b"<p>Door") for weather in (b"rain", b"sun")]
    assert page_of(pages) == page_of([http(b"<p>Gate<p>snow<p>Door"), pages[0]]) != page_of([pages[0]] * 2)
    assert page_of([]) == page_of([b"", b""]) == ""
    assert page_of([b"SSH-2.0-x\r\n"] * 2) != page_of([b"SSH-1.0-x\r\n"] * 2)


def test_a_key_that_is_made_up_for_an_hour_does_not_count_and_a_long_word_does() -> None:
    def page(key: str) -> str:
        return page_of([http(b"<p>Gate<img src='/snap/" + key.encode() + b".jpg'>")] * 2)

    assert page("4f1c" * 8) == page("9a0b" * 8)
    assert page("front-gate-of-the-new-school") != page("front-door-of-the-new-school")


def test_a_refusal_is_the_same_whatever_it_counts_and_another_where_its_realm_is() -> None:
    def refusal(realm: str, number: int) -> bytes:
        body = b"Refused at 2026-11-%02d 10:0%d, incident %d" % (number, number, 77 * number)
        asks = b'WWW-Authenticate: Digest realm="%s", nonce="%d"' % (realm.encode(), number)
        return b"HTTP/1.1 401 Unauthorized\r\nX-Request-Id: %d\r\n%s\r\n\r\n%s" % (number, asks, body)

    assert refusal_of(refusal("Login to 6C01", 1)) == refusal_of(refusal("Login to 6C01", 9))
    assert refusal_of(refusal("Login to 6C01", 1)) != refusal_of(refusal("Login to 6C02", 1))


@pytest.mark.parametrize(
    "shown", ["DS-2CD2042WD-I20160101AAWR{}930154", "00:12:31:56:{}:90", "{}123450", "DS-76{}H", "Camera {}"]
)
def test_what_names_a_device_is_not_taken_for_a_clock_or_a_key(shown: str) -> None:
    one, two = (page_of([b"HTTP/1.1 200 OK\r\n\r\n<td>%s</td>" % shown.format(number).encode()]) for number in (7612, 4416))
    assert one != two
