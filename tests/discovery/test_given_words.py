"""Passwords of words or digits alone, in any encoding and with anything between their letters; what honest devices say stays."""

from __future__ import annotations

import base64
import gzip
import hashlib
import itertools
import random
import unicodedata
from collections.abc import Callable
from functools import cache

import pytest

import drawn
from camcensus.discovery.given import GivenLogin
from camcensus.discovery.login import Login
from camcensus.wire.read import read
from camcensus.wire.text import ENCODINGS
from wire.recorded import packets

WORDS = [
    "apple",
    "otter",
    "lantern",
    "pebble",
    "violin",
    "meadow",
    "copper",
    "thistle",
    "walnut",
    "harbour",
    "penguin",
    "saddle",
    "marble",
    "trumpet",
    "willow",
    "ginger",
]
CHANCE = random.Random(drawn.seed())
THREE = ["".join(word.title() for word in CHANCE.sample(WORDS, 3)) for _ in range(3)]
DIGITS = str(CHANCE.randrange(10**12, 10**13))
OTHERS = ("Grüne Wölfe Über", "ŁódźKraków77", "школа-Минск", "パスワード二千二十五", "gemüse")


@cache
def given(password: str) -> GivenLogin:
    return GivenLogin(Login("caretaker", password))


def left(password: str, written: str | bytes, before: str = "<a>Hall ", after: str = " 4</a>") -> bytes:
    """What a reply shows of a password's writing."""
    form = written.encode() if isinstance(written, str) else written
    raw = before.encode() + form + after.encode()
    shown = given(password).blank(raw)
    assert (shown[: len(before)], shown[-len(after) :], len(shown)) == (before.encode(), after.encode(), len(raw))
    return shown[len(before) : -len(after)]


def letters(shown: bytes) -> str:
    return "".join(one for one in shown.decode("utf-8", "replace") if one.isalnum())


GLUED: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "in capitals": str.upper,
    "backwards": lambda text: text[::-1],
    "without its first letter": lambda text: text[1:],
    "without its last letter": lambda text: text[:-1],
}


@pytest.mark.parametrize("password", [*THREE, DIGITS])
@pytest.mark.parametrize("form", GLUED)
def test_a_password_of_one_kind_is_blanked_inside_other_words(password: str, form: str) -> None:
    shown = left(password, GLUED[form](password), before="<a>SN77x", after="yQ9</a>")
    assert shown.replace(b"*", b"") == b""


BETWEEN = {
    "comments": "<!-- > -->", "an element": "<b/>", "the next element": "</c><c>", "CDATA": "]]><![CDATA[", "a dash": "-", "commas": ", ",
    "a no-break space": "\u00a0", "a thin space": "\u2009", "a space of Chinese": "\u3000", "a filler": "\u3164", "an empty sign": "\u2800",
    "nothing that shows": "\u2063", "a variation": "\ufe0f", "entities": "&nbsp;", "numbers of entities": "&#160;",
    "entities with long names": "&ZeroWidthSpace;", "others": "&InvisibleTimes;", "JSON": "\\u00a0", "line ends of JSON": "\\r\\n",
    "tabs": "\t", "dots": "." * 30,
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("between", BETWEEN)
def test_nothing_that_stands_between_its_letters_hides_it(between: str, size: int) -> None:
    for password in (*THREE, "Som?mer-Haus 77"):
        sign, at = BETWEEN[between], 8
        parts = ["".join(part) for part in itertools.batched(password, size, strict=False)]
        shown = given(password).blank(f"<a>Hall {sign.join(parts)} 4</a>".encode())
        assert shown.startswith(b"<a>Hall ")
        for part in parts:
            assert letters(shown[at : at + len(part)]) == "", shown
            at += len(part) + len(sign.encode())


def test_a_half_in_the_next_field_is_blanked_with_the_first() -> None:
    for password in THREE:
        for cut in (6, len(password) // 2, len(password) - 6):
            shown = left(password, f"{password[:cut]}</c><n>1</n><c>{password[cut:]}")
            assert shown.replace(b"*", b"") == b"</c><n>1</n><c>", shown


@pytest.mark.parametrize("before", range(3))
def test_words_digits_and_short_passwords_are_blanked_anywhere_in_base64(before: int) -> None:
    for password in (*THREE, DIGITS, "Passwort", "s3cr3t"):
        form = base64.b64encode(b"x" * before + password.encode() + b"yy").decode()
        shown = base64.b64decode(left(password, form, before="<a>").replace(b"*", b"A"))
        assert not any(shown[at : at + 3] in password.encode() for at in range(before, before + len(password) - 2)), shown
    assert left(THREE[0], base64.b64encode(gzip.compress(THREE[0].encode() * 2))).strip(b"*=") == b""


@pytest.mark.parametrize("encoding", [*sorted(ENCODINGS), "mac_roman", "utf-7", "punycode"])
def test_every_encoding_that_is_read_is_looked_for(encoding: str) -> None:
    for password in OTHERS:
        try:
            form = password.encode(encoding)
        except UnicodeEncodeError:
            continue
        declared = f'<?xml version="1.0" encoding="{encoding}"?><DeviceInfo><serialNumber>'
        shown = left(password, form, before=declared, after="</serialNumber></DeviceInfo>")
        assert sum(one == other for one, other in zip(shown, form, strict=True)) <= 2, shown


@pytest.mark.parametrize(("encoding", "space"), [("gb18030", "\u3000"), ("shift_jis", "\u3000"), ("windows-1251", "\u00a0")])
def test_a_reply_is_looked_at_as_its_codec_decodes_it(encoding: str, space: str) -> None:
    password = "школа-Минск"
    text = f'<?xml version="1.0" encoding="{encoding}"?><DeviceInfo><serialNumber>{space.join(password)}</serialNumber></DeviceInfo>'
    shown = given(password).blank(text.encode(encoding)).decode(encoding)
    assert not set(shown) & set("школаМинск")


MISREAD: dict[str, Callable[[str], bytes]] = {
    "read as Latin-1": lambda text: text.encode().decode("latin-1").encode(),
    "read so twice": lambda text: text.encode().decode("latin-1").encode().decode("latin-1").encode(),
    "read as Windows-1252": lambda text: text.encode().decode("windows-1252", "replace").encode(),
    "a question mark each": lambda text: text.encode("ascii", "replace"),
    "none of them": lambda text: text.encode("ascii", "ignore"),
    "accents apart": lambda text: unicodedata.normalize("NFD", text).encode(),
    "two letters each": lambda text: text.translate({214: "Oe", 228: "ae", 246: "oe", 252: "ue", 220: "Ue"}).encode(),
    "a digest of Latin-1": lambda text: hashlib.sha256(text.encode("latin-1")).hexdigest().encode(),
    "a digest with the realm": lambda text: hashlib.md5(f"caretaker::{text}".encode("latin-1")).hexdigest().encode(),
}


@pytest.mark.parametrize("form", MISREAD)
def test_umlauts_that_were_misread_hide_no_password(form: str) -> None:
    for password in ("Grüne Wölfe Über", "MüllerÜberÖl"):
        assert letters(left(password, MISREAD[form](password))) in ("", "Ã"), password


TYPICAL = [
    "password",
    "Password1",
    "admin",
    "admin123",
    "12345",
    "12345678",
    "1234567890",
    "00000000",
    "camera",
    "camera1",
    "cctv1234",
    "network",
    "ipcamera",
    "security",
    "surveillance",
    "supervisor",
    "system123",
    "firmware",
    "networkcamera",
    "qwertyuiop",
    "welcome1",
    "School123",
    "Winter2024",
    "videosource",
    "authentication",
    "onvif",
    "location",
]
TELLING = ("mac", "serial", "model", "manufacturer")


def test_honest_devices_lose_no_maker_model_or_serial_number_to_typical_passwords() -> None:
    honest = [one for one in packets() if one.fields and one.protocol in ("isapi", "dahua-cgi", "axis-cgi", "onvif")]
    assert len(honest) > 30
    for password in TYPICAL:
        for one in honest:
            was, now = (read(one.probe, one.ask, raw) for raw in (one.raw, given(password).blank(one.raw)))
            assert [was.all(name) for name in TELLING] == [now.all(name) for name in TELLING], (password, str(one))


def test_a_word_of_the_protocols_inside_another_stays() -> None:
    raw = b'<a xmlns="http://www.onvif.org/ver10/device/wsdl"><NetworkVideoTransmitterX>authenticationType</NetworkVideoTransmitterX></a>'
    for password in ("networkvideo", "transmitter", "authentication", "administrator", "videosource"):
        assert given(password).blank(raw) == raw
