"""What looks like a login that was sent and comes back is blanked in every reply; what only speaks of logins stays."""

from __future__ import annotations

import base64

import pytest

from camcensus.intake.capture import parse_line
from camcensus.wire.read import redact

PASSWORD = "CANARY-5f3d"
PAIR = base64.b64encode(f"installer:{PASSWORD}".encode()).decode()
BASIC = f"Authorization: Basic {PAIR}"
DIGEST = (
    'Authorization: Digest username="installer", realm="IP Camera(C1234)", nonce="0f0f0f0f0f0f", uri="/x", '
    'response="6629fae49393a05397450978507c4ef1", qop=auth, nc=00000001, cnonce="0a4f113b"'
)
TOKEN = (
    '<s:Header><wsse:Security xmlns:wsse="urn:x"><wsse:UsernameToken><wsse:Username>installer</wsse:Username>'
    '<wsse:Password Type="urn:y#PasswordDigest">tuOSpGlFlIXsozq4HFNeeGeFLEI=</wsse:Password>'
    "<wsse:Nonce>LKqI6G/AikKCQrN0zqZFlg==</wsse:Nonce></wsse:UsernameToken></wsse:Security></s:Header>"
)
PROOFS = (PAIR, "0f0f0f0f0f0f", "6629fae49393a05397450978507c4ef1", "0a4f113b", "tuOSpGlFlIXsozq4HFNeeGeFLEI", "LKqI6G/AikKC")


@pytest.mark.parametrize("text", [BASIC, DIGEST, TOKEN, f"see http://installer:{PASSWORD}@10.0.0.5/x",
                                  f"/login.cgi?user=installer&pwd={PASSWORD}", f'{{"password": "{PASSWORD}"}}',
                                  f"<loginInfo><userPassword/><password>{PASSWORD}</password></loginInfo>"])  # fmt: skip
def test_a_login_that_comes_back_is_blanked(text: str) -> None:
    raw = b"HTTP/1.1 200 OK\r\n\r\n<html>" + text.encode() + b"</html>"
    clean = redact("http", raw)
    assert len(clean) == len(raw)
    assert redact("http", clean) == clean
    for secret in (*PROOFS, PASSWORD):
        assert secret.encode() not in clean


@pytest.mark.parametrize(
    "raw",
    [
        b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="IP Camera(C1234)", nonce="0f0f0f0f", qop="auth"\r\n\r\n',
        b'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="NVR"\r\n\r\n<title>401 Authorization Required</title>',
        b"HTTP/1.1 200 OK\r\n\r\n<title>Basic Settings</title><label>Username:</label><input name='password' type=password>",
        b"<script>xhr.setRequestHeader('X', 'y'); var tip = 'Password is required'; user = $('#name').val();</script>",
        b"<DeviceInfo><deviceName>Password office</deviceName><isSupportPassword>true</isSupportPassword></DeviceInfo>",
    ],
)
def test_what_only_speaks_of_logins_stays(raw: bytes) -> None:
    assert redact("http", raw) == raw


def test_a_certificate_stays_as_it_is() -> None:
    assert redact("tls", BASIC.encode()) == BASIC.encode()


def test_a_capture_is_read_without_them() -> None:
    raw = base64.b64encode(f"HTTP/1.1 200 OK\r\n\r\n<title>{BASIC}</title>".encode()).decode()
    line = f'{{"probe": "http", "address": "10.0.0.5", "at": "2026-11-27T10:00:00Z", "raw": "{raw}"}}'
    seen = parse_line(line.encode())
    assert PAIR.encode() not in seen.raw
    assert PAIR not in str(dict(seen.reading.fields))
