"""Of an answer to a login known fields are saved, in their shapes; what holds the login in any usual writing is not."""

from __future__ import annotations

import base64
import urllib.parse

import pytest

from camcensus.discovery.login import Login, SentLogin
from camcensus.model.errors import WireError
from camcensus.wire import after_login
from camcensus.wire.fields import FIELDS
from camcensus.wire.read import read
from discovery.cameras import CAMERAS

LOGIN = Login("installer7", "s3cret-Pa55/é")
WRITINGS = (
    str,
    str.upper,
    lambda text: f"x{text}y",
    lambda text: base64.b64encode(text.encode()).decode(),
    lambda text: base64.urlsafe_b64encode(b"ab" + text.encode() + b"c").decode(),
    lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
    lambda text: text.encode().hex(),
    lambda text: "".join(f"{letter}\0" for letter in text),
    lambda text: urllib.parse.quote(text, safe=""),
    lambda text: urllib.parse.quote(urllib.parse.quote(text, safe=""), safe=""),
)


@pytest.mark.parametrize("write", WRITINGS)
@pytest.mark.parametrize("secret", [LOGIN.user, LOGIN.password, f"{LOGIN.user}:{LOGIN.password}"])
def test_a_value_that_holds_the_login_is_dropped(secret: str, write: object) -> None:
    assert callable(write)
    sent = SentLogin(LOGIN)
    assert after_login.kept({"model": ("DS-2CD", write(secret))}, sent.is_in) == {"model": ("DS-2CD",)}


def test_proofs_of_the_password_are_dropped_too() -> None:
    sent = SentLogin(LOGIN)
    sent.note(b'GET / HTTP/1.1\r\nAuthorization: Digest response="0123456789abcdef", cnonce="fedcba98", nonce="abc"\r\n\r\n')
    sent.note(b'<wsse:Password Type="x">tuOSpGlFlIXsozq4HFNeeGeFLEI=</wsse:Password><wsse:Nonce>LKqI6G/AikKCQrN0zqZFlg==<')
    for proof in ("0123456789ABCDEF", "fedcba98", "tuOSpGlFlIXsozq4HFNeeGeFLEI=", "LKqI6G/AikKCQrN0zqZFlg=="):
        assert sent.is_in(f"x {proof}")
    assert not sent.is_in("abc")


def test_a_short_or_common_word_is_dropped_only_where_it_is_the_whole_value() -> None:
    sent = SentLogin(Login("admin", "123"))
    fields = {"name": ("admin", "Admin corridor", "123", "Room 1234"), "serial": ("AB12345",)}
    assert after_login.kept(fields, sent.is_in) == {"name": ("Admin corridor", "Room 1234"), "serial": ("AB12345",)}


def test_only_listed_fields_in_their_shapes_are_saved_and_read_again() -> None:
    assert set(after_login.SHAPES) <= FIELDS
    given = {"model": ("DS-2CD", "<b>", "x" * 200), "http.title": ("x",), "mac": ("3c:ef:8c:00:00:01", "none")}
    fields = after_login.kept(given)
    assert fields == {"model": ("DS-2CD",), "mac": ("3c:ef:8c:00:00:01",)}
    again = read("isapi.System/deviceInfo", None, after_login.encode(fields))
    assert (again.state, dict(again.fields)) == ("read", fields)
    assert read("wsdiscovery", None, after_login.encode(fields)).state == "broken"  # No device writes such a reply itself.
    for broken in (b"", b"[1]}", b"{}", b'{"model": 3}}', b"{" * 5000):
        with pytest.raises(WireError):
            after_login.decode(after_login.MARK + broken)


@pytest.mark.parametrize("maker", CAMERAS)
def test_what_the_makers_interfaces_tell_keeps_its_values(maker: str) -> None:
    probes = {
        "/ISAPI/": "isapi.", "/cgi-bin/magicBox.cgi?action=": "dahua-cgi.", "/cgi-bin/configManager.cgi?action=": "dahua-cgi.",
        "/axis-cgi/": "axis-cgi.",
    }  # fmt: skip
    for path, body in CAMERAS[maker].items():
        begins, probe = next((begins, probe) for begins, probe in probes.items() if path.startswith(begins))
        reading = read(f"{probe}{path.removeprefix(begins)}", None, body)
        assert reading.fields
        assert after_login.kept(reading.fields) == dict(reading.fields)
