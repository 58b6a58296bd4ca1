"""What a login gave away is blanked in the answers to it; short and common words do not tear a reply."""

from __future__ import annotations

import base64
import codecs
import gzip
import hashlib
import html
import json
import random
import re
import urllib.parse
import zlib
from collections.abc import Callable
from functools import cache

import pytest

import drawn
from camcensus.discovery.given import GivenLogin
from camcensus.discovery.login import Basic, Digest, Login
from camcensus.wire.scattered import Scattered
from camcensus.wire.text import ENCODINGS
from costs import LONG_S, cpu_s

DIGITS_OF_85 = {
    "base85": b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~",
    "ascii85": bytes(range(33, 118)),
    "z85": b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#",
}


def in_85(data: bytes, digits: bytes) -> bytes:
    """Four bytes as five digits, the first the greatest; what is left at the end as one digit more than it has bytes."""
    text = bytearray()
    for at in range(0, len(data), 4):
        some = data[at : at + 4]
        number = int.from_bytes(some.ljust(4, b"\0"))
        text += bytes(digits[number // 85**place % 85] for place in (4, 3, 2, 1, 0))[: len(some) + 1]
    return bytes(text)


LOGIN = Login("CANARY-user/1é", 'CANARY/&9c:1é7 "x%41')


@cache
def given(login: Login = LOGIN) -> tuple[GivenLogin, bytes]:
    """After one request with a digest and one with the password itself; the requests. Once, since to blank teaches it nothing."""
    made = GivenLogin(login)
    digest = Digest("realm", "0123456789abcdef", None, "MD5")
    requests = [
        f"GET /x HTTP/1.1\r\nHost: a\r\n{scheme.header(login, 'GET', '/x')}\r\n".encode() for scheme in (digest, Basic())
    ]
    for request in requests:
        made.note(request)
    return made, b"".join(requests)


USER, PASSWORD = LOGIN.user, LOGIN.password
HA1 = hashlib.md5(f"{USER}:realm:{PASSWORD}".encode(), usedforsecurity=False)
FORMS = {
    "plain": PASSWORD.encode(),
    "capital letters": PASSWORD.upper().encode(),
    "html": html.escape(PASSWORD).encode(),
    "html, twice": html.escape(html.escape(PASSWORD)).encode(),
    "entities": "".join(f"&#x{ord(one):x};" for one in PASSWORD).encode(),
    "url": urllib.parse.quote(PASSWORD, safe="").encode(),
    "url, twice": urllib.parse.quote(urllib.parse.quote(PASSWORD, safe=""), safe="").encode(),
    "form": urllib.parse.quote_plus(PASSWORD).encode(),
    "json": json.dumps(PASSWORD).encode(),
    "latin-1": PASSWORD.encode("latin-1"),
    "utf-16": PASSWORD.encode("utf-16-le"),
    "utf-16, other order": PASSWORD.encode("utf-16-be"),
    "utf-16 of html": html.escape(PASSWORD).encode("utf-16-le"),
    "base64": base64.b64encode(PASSWORD.encode()),
    "base64 for addresses": base64.urlsafe_b64encode(PASSWORD.encode()),
    "base64 of utf-16": base64.b64encode(PASSWORD.encode("utf-16-le")),
    "base64 of both": base64.b64encode(f"{USER}:{PASSWORD}".encode()),
    "base64 inside another": base64.b64encode(b"xx" + f"{USER}:{PASSWORD}".encode() + b"yy")[3:-4],
    "base64, twice": base64.b64encode(base64.b64encode(f"{USER}:{PASSWORD}".encode())),
    "base64 in lines": base64.encodebytes(f"{'x' * 40}{PASSWORD}".encode())[54:],
    "hex": PASSWORD.encode().hex().upper().encode(),
    "md5": hashlib.md5(PASSWORD.encode(), usedforsecurity=False).hexdigest().upper().encode(),
    "sha-256": hashlib.sha256(PASSWORD.encode()).hexdigest().encode(),
    "ha1": HA1.hexdigest().encode(),
    "ha1 in base64": base64.b64encode(HA1.digest()),
    "across markup": f"{PASSWORD[:5]}<b>{PASSWORD[5:9]}</b>{PASSWORD[9:]}".encode(),
    "user name": USER.encode(),
    "quoted-printable": b"".join(b"=%02X" % one for one in PASSWORD.encode()),
    "decimals": ",".join(str(one) for one in PASSWORD.encode()).encode(),
    "base64 of both, backwards": base64.b64encode(f"{USER}:{PASSWORD}".encode())[::-1],
    "sha-256 of base64 of both": hashlib.sha256(base64.b64encode(f"{USER}:{PASSWORD}".encode())).hexdigest().encode(),
    "decimals with spaces": " ".join(str(one) for one in PASSWORD.encode()).encode(),
    "decimals with semicolons": "; ".join(str(one) for one in PASSWORD.encode()).encode(),
    "bits": "".join(f"{one:08b}" for one in PASSWORD.encode()).encode(),
    "bits in groups": " ".join(f"{one:08b}" for one in PASSWORD.encode()).encode(),
    "wide letters": "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in PASSWORD).encode(),
    "entities with zeros": "".join(f"&#x{ord(one):012x};" for one in PASSWORD).encode(),
    "javascript": "".join(f"\\u{{{ord(one):x}}}" for one in PASSWORD).encode(),
    "url, six times": ("%" + "25" * 5).join(["", *(f"{one:02x}" for one in PASSWORD.encode())]).encode(),
    "base32": base64.b32encode(PASSWORD.encode()).rstrip(b"="),
    "base64 of base64": base64.b64encode(base64.b64encode(PASSWORD.encode())),
    "utf-32": PASSWORD.encode("utf-32-le"),
    "a code page of DOS": PASSWORD.encode("cp437"),
    "md5 of utf-16": hashlib.md5(PASSWORD.encode("utf-16-le"), usedforsecurity=False).hexdigest().encode(),
    "gzip": gzip.compress(b"hello " + f"{USER}:{PASSWORD}".encode()),
    "deflate": zlib.compress(b"hello " + PASSWORD.encode()),
    "gzip in base64": base64.b64encode(gzip.compress(b"hello " + PASSWORD.encode())),
    "base64, three times": base64.b64encode(base64.b64encode(base64.b64encode(f"{USER}:{PASSWORD}".encode()))),
    "hex of base64": base64.b64encode(PASSWORD.encode()).hex().encode(),
    "a message of NTLM": base64.b64encode(b"NTLMSSP\0\3\0\0\0" + USER.encode("utf-16-le") + PASSWORD.encode("utf-16-le"))[16:],
    "backwards": PASSWORD[::-1].encode(),
    "base64 of backwards": base64.b64encode(PASSWORD[::-1].encode()),
    "octal": "".join(f"\\{one:o}" for one in PASSWORD.encode()).encode(),
    "md5 of md5": hashlib.md5(hashlib.md5(PASSWORD.encode(), usedforsecurity=False).hexdigest().encode(), usedforsecurity=False)
    .hexdigest()
    .encode(),
    "sha-384": hashlib.sha384(PASSWORD.encode()).hexdigest().encode(),
    "cut short": PASSWORD[:13].encode(),
    "the other half": PASSWORD[9:].encode(),
    "half a digest": HA1.hexdigest()[7:23].encode(),
    "rot13": codecs.encode(PASSWORD, "rot13").encode(),
    "rot13 of base64 of both": codecs.encode(base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode(), "rot13").encode(),
    "rot13 of a digest": codecs.encode(HA1.hexdigest(), "rot13").encode(),
    "base85 in html": html.escape(base64.b85encode(PASSWORD.encode()).decode()).encode(),
    "base85 in base64": base64.b64encode(base64.b85encode(PASSWORD.encode())),
    "base32 inside another": base64.b32encode(b"xyz" + PASSWORD.encode() + b"zy")[8:-8],
    "xor": bytes(one ^ 0xA5 for one in PASSWORD.encode()),
    "xor, in hex": bytes(one ^ 0x5A for one in PASSWORD.encode()).hex().encode(),
    "xor of base64 of both": bytes(one ^ 0x11 for one in base64.b64encode(f"{USER}:{PASSWORD}".encode())),
    "circled letters": "".join(chr(ord(one) + 0x24B6 - 65) if "A" <= one <= "Z" else one for one in PASSWORD).encode(),
    "letters of mathematics": "".join(chr(ord(one) + 0x1D400 - 65) if "A" <= one <= "Z" else one for one in PASSWORD).encode(),
    "letters that do not show": "".join(chr(ord(one) + 0xE0000) if one < "~" else one for one in PASSWORD).encode(),
    "accents": PASSWORD.translate(str.maketrans("ANY", "ÀÑŸ")).encode(),
    "code points": " ".join(f"U+{ord(one):04X}" for one in PASSWORD).encode(),
    "escapes of style sheets": "".join(f"\\{ord(one):06x} " for one in PASSWORD).encode(),
    "decimals with dots": ".".join(str(one) for one in PASSWORD.encode()).encode(),
    "decimals of three digits": "".join(f"{one:03}" for one in PASSWORD.encode()).encode(),
    "decimals after a number that is no letter": ".".join(map(str, (300, *PASSWORD.encode()))).encode(),
    "decimals before a number that is no letter": ".".join(map(str, (*PASSWORD.encode(), 512))).encode(),
    "decimals after a version": f"v1.{'.'.join(str(one) for one in PASSWORD.encode())}".encode(),
    "decimals of three digits after a number that is no letter": f"999{''.join(f'{one:03}' for one in PASSWORD.encode())}".encode(),
    "decimals of three digits after a digit": f"7{''.join(f'{one:03}' for one in PASSWORD.encode())}".encode(),
    "calls of a language": "||".join(f"N({one})" for one in PASSWORD.encode()).encode(),
    "lists in a list": json.dumps([[one] for one in PASSWORD.encode()]).encode(),
    "an array of JavaScript": json.dumps({str(at): one for at, one in enumerate(PASSWORD.encode())}).encode(),
    "an array of PHP": "\n".join(f"    [{at}] => {one}" for at, one in enumerate(PASSWORD.encode())).encode(),
    "words of a register": " ".join(PASSWORD.encode()[at : at + 4][::-1].hex() for at in range(0, 20, 4)).encode(),
    "numbers of two bytes": ", ".join(f"0x{PASSWORD.encode()[at : at + 2].hex()}" for at in range(0, 20, 2)).encode(),
    "octal bytes": " ".join(f"{one:03o}" for one in PASSWORD.encode()).encode(),
    "hexadecimal with its letter": " ".join(f"{one:02X}h" for one in PASSWORD.encode()).encode(),
    "letters of a font of symbols": "".join(chr(ord(one) + 0xF000) if one < "~" else one for one in PASSWORD).encode(),
    "letters struck over": "".join(f"{one}\b{one}" for one in PASSWORD).encode(),
    "base64 backwards": base64.b64encode(PASSWORD.encode())[::-1].lstrip(b"="),
    "as MySQL keeps it": hashlib.sha1(hashlib.sha1(PASSWORD.encode(), usedforsecurity=False).digest(), usedforsecurity=False)
    .hexdigest()
    .upper()
    .encode(),
    "names of XML": "".join(f"_x{ord(one):04X}_" for one in PASSWORD).encode(),
    "base32 with other digits": base64.b32hexencode(PASSWORD.encode()).rstrip(b"="),
    "each letter twice": "".join(one * 2 for one in PASSWORD).encode(),
    "sha-1 of both": hashlib.sha1(f"{USER}{PASSWORD}".encode(), usedforsecurity=False).hexdigest().encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_long_password_is_blanked_in_every_form(form: str) -> None:
    made, _ = given()
    raw = b"<r>hello " + FORMS[form] + b" there</r>"
    clean = made.blank(raw)
    assert len(clean) == len(raw)
    left = clean.removeprefix(b"<r>hello ").removesuffix(b" there</r>")
    assert clean.startswith(b"<r>hello ")
    assert clean.endswith(b" there</r>")
    assert len(left.replace(b"*", b"").replace(b"\0", b"").replace(b"<b>", b"").replace(b"</b>", b"").strip()) <= 4, left


PARTED = {
    "ascii85 between brackets": base64.a85encode(f"{USER}:{PASSWORD}".encode(), adobe=True),
    **{name: in_85(f"{USER}:{PASSWORD}".encode(), digits) for name, digits in DIGITS_OF_85.items()},
    "quoted-printable, a line broken": PASSWORD.encode()[:9] + b"=\r\n" + PASSWORD.encode()[9:],
    "hex with colons": PASSWORD.encode().hex(":").encode(),
    "hex with dashes": PASSWORD.encode().hex("-").upper().encode(),
    "with signs that do not show": "\u200b".join((PASSWORD[:7], PASSWORD[7:])).encode(),
    "a mark on each letter": "\u0301".join(PASSWORD).encode(),
    "letter by letter": json.dumps(list(PASSWORD), ensure_ascii=False).encode(),
    "md5 with colons": hashlib.md5(PASSWORD.encode(), usedforsecurity=False).digest().hex(":").encode(),
    "no-break spaces of Latin-1": "\u00a0".join(PASSWORD).encode("latin-1"),
    **{
        f"by {space!a}": space.join(PASSWORD[at : at + 3] for at in range(0, len(PASSWORD), 3)).encode()
        for space in ("\u00a0", "\u2009", "\u202f", "\u2060", "\u3000", "\u3164", "\u2800", "\ufe0f", "\U000e0020", "\u1680")
    },
}


@pytest.mark.parametrize("form", PARTED)
def test_what_stands_between_its_parts_hides_no_password(form: str) -> None:
    clean = given()[0].blank(b"<r>- " + PARTED[form] + b" -</r>")
    assert not any(chr(one).isalnum() for one in clean[5:-6] if one < 128), clean


@pytest.mark.parametrize("space", ["&nbsp;", "&#160;", "&ZeroWidthSpace;", "&InvisibleTimes;", r"\u00a0", r"\u200b", "%C2%A0"])
@pytest.mark.parametrize("password", [PASSWORD, "p%40ss&w0rd", "CoffeeTableRocket"])
@pytest.mark.parametrize("size", [1, 3, 5])
def test_what_is_escaped_between_its_parts_hides_no_password(space: str, password: str, size: int) -> None:
    text = space.join(password[at : at + size] for at in range(0, len(password), size))
    clean = given(Login(USER, password))[0].blank(text.encode())
    is_space = b"".join(b"*" * len(password[at : at + size].encode()) + space.encode() for at in range(0, len(password), size))
    assert not any(chr(one).isalnum() for one, is_own in zip(clean, is_space, strict=False) if is_own == ord("*")), clean


def test_signs_between_its_letters_hide_no_password_where_one_of_its_own_is_escaped() -> None:
    clean = given(Login(USER, "p%40ss&w0rd"))[0].blank(b"<r>p-%-4-0-s-s-&amp;-w-0-r-d</r>")
    assert clean.replace(b"&amp;", b"") == b"<r>*-%-*-*-*-*--*-*-*-*</r>"


PHRASES = ("CoffeeTableRocket", "correcthorsebatterystaple", "MüllerÜberÖl", "314159265358979")
PHRASED: dict[str, Callable[[str], bytes]] = {
    "in a serial number": lambda phrase: f"SN{phrase}X9".encode(),
    "in digits": lambda phrase: f"77{phrase}88".encode(),
    "in capital letters": lambda phrase: f"SN{phrase.upper()}X9".encode(),
    "backwards": lambda phrase: phrase[::-1].encode(),
    "a comment": lambda phrase: f"{phrase[:6]}<!-- -->{phrase[6:]}".encode(),
    "an element": lambda phrase: "<b/>".join(phrase).encode(),
    "halves": lambda phrase: f"{phrase[:6]}-{phrase[6:]}".encode(),
    "base64 within": lambda phrase: base64.b64encode(f"xx{phrase}yy".encode())[3:-4],
    "packed": lambda phrase: base64.b64encode(gzip.compress(phrase.encode())),
    "without its first letter": lambda phrase: phrase[1:].encode() if len(phrase) > 12 else b"",
    "without its last letter": lambda phrase: phrase[:-1].encode() if len(phrase) > 12 else b"",
}


@pytest.mark.parametrize("form", PHRASED)
@pytest.mark.parametrize("phrase", PHRASES)
def test_a_long_password_of_letters_or_digits_alone_is_blanked_inside_other_words(phrase: str, form: str) -> None:
    clean = given(Login("caretaker", phrase))[0].blank(b"<n>" + PHRASED[form](phrase) + b"</n>")
    for at in range(len(phrase) - 4):
        for piece in (phrase[at : at + 5], phrase[at : at + 5][::-1]):
            assert piece.lower() not in re.sub("<!-- -->|<b/>|-", "", clean.decode()).lower(), clean


def test_words_of_a_device_stay_beside_a_password_of_words() -> None:
    raw = b"<a>Rocket</a><b>Table 7</b><c>Coffee machine</c><d>administrators</d><e>314159</e>"
    for phrase in PHRASES:
        assert given(Login("administrator", phrase))[0].blank(raw) == raw
    assert given(Login("caretaker", "0000000000000"))[0].blank(b"<a>X00000000000000</a>") == b"<a>X00000000000000</a>"


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_a_password_is_blanked_in_each_encoding_that_a_reply_is_read_in(encoding: str) -> None:
    passwords = (
        "Grün?Wiese%42",
        "Zürich€2025",
        "ŁódźKraków77",
        "пароль-2025",
        "パスワード2025",
        "비밀번호-2025",
        "密码密码-2025",
    )
    tried = 0
    for password in passwords:
        try:
            secret = password.encode(encoding)
        except UnicodeEncodeError:
            continue
        tried += 1
        raw = b"<n>" + secret + b"</n>"
        assert given(Login("caretaker", password))[0].blank(raw).count(b"*") >= len(secret) - 2, password
    assert tried or encoding in ("ascii", "us-ascii")


def test_a_password_that_was_read_in_the_wrong_encoding_is_blanked_too() -> None:
    password = "Grün?Wiese%42"
    wrong = (password.encode().decode("latin-1"), password.encode().decode("windows-1252"), password.replace("ü", "?"))
    for text in wrong:
        assert given(Login("caretaker", password))[0].blank(text.encode()) == b"*" * len(text.encode())
    digest = hashlib.md5(f"caretaker:realm:{password}".encode("latin-1"), usedforsecurity=False).hexdigest().encode()
    assert given(Login("caretaker", password))[0].blank(digest) == b"*" * len(digest)


NUMBERS = {
    "elements": "".join(f"<unsignedByteValue>{one}</unsignedByteValue>\n" for one in PASSWORD.encode()),
    "elements with their place": "".join(f'<byte place="{at}">{one}</byte>\n' for at, one in enumerate(PASSWORD.encode())),
    "elements named by their place": "".join(f"<byte{at}>{one}</byte{at}>\n" for at, one in enumerate(PASSWORD.encode())),
    "far in, written to be read": json.dumps({"a": {"b": {"c": {"d": list(PASSWORD.encode())}}}}, indent=8),
    "an array of PHP with its sorts": "".join(
        f"        [{at}]=>\n        int({one})\n" for at, one in enumerate(PASSWORD.encode())
    ),
    "with a fraction": json.dumps([float(one) for one in PASSWORD.encode()]),
    "wide letters as numbers": json.dumps(list(PASSWORD.encode("utf-16-le")), indent=20),
    "a table": "".join(f"| {at:>6} | {one:>6} | 0 | sent |\n" for at, one in enumerate(PASSWORD.encode())),
    "hexadecimal": "".join(f"<hexadecimalByte>{one:02x}</hexadecimalByte>\n" for one in PASSWORD.encode()),
    "hexadecimal with another sign": " and then ".join(f"${one:02X}" for one in PASSWORD.encode()),
    "octal": "".join(f"<octalByteValue>{one:03o}</octalByteValue>\n" for one in PASSWORD.encode()),
    "words": " and then the word ".join(PASSWORD.encode()[at : at + 4].hex() for at in range(0, 20, 4)),
    "words turned": " and then the word ".join(PASSWORD.encode()[at : at + 4][::-1].hex() for at in range(0, 20, 4)),
    "backwards": "".join(f"<unsignedByteValue>{one}</unsignedByteValue>\n" for one in PASSWORD[::-1].encode()),
    "of base64 of both": " plus a long word ".join(str(one) for one in base64.b64encode(f"{USER}:{PASSWORD}".encode())),
}


@pytest.mark.parametrize("form", NUMBERS)
def test_a_login_in_numbers_is_blanked_whatever_stands_between_them(form: str) -> None:
    raw = f"<model>DS-2CD2143G0-I</model><r>{NUMBERS[form]}</r><p>10.0.0.31 2024-11-27</p>".encode()
    shown = given()[0].blank(raw)
    assert (shown[:32], shown[-31:], len(shown)) == (raw[:32], raw[-31:], len(raw))
    left, were = (re.findall(rb"[0-9A-Fa-f]+", one) for one in (shown, raw))
    assert len(left) <= len(were) - len(PASSWORD.encode()) // (4 if form.startswith("words") else 1) + 2, shown


@pytest.mark.parametrize("raw", ["<n>{}</n>", '<a i="{}"/>', "ch {} on, ", "{}.", "{}:{}:{}, "])
def test_numbers_of_a_device_stay(raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(drawn.seed())
    monkeypatch.setattr("camcensus.discovery.login.secrets.token_hex", lambda size: chance.randbytes(size).hex())
    numbers = [*range(256), *(chance.randrange(300) for _ in range(600))]
    text = "".join(raw.format(*numbers[at:]) for at in range(len(numbers) - 3)).encode()
    for login in (LOGIN, Login("admin", "1234"), Login("admin", "admin123"), Login("root", "Tr0ub4dor&3x")):
        made = GivenLogin(login)
        nonce = chance.randbytes(16).hex()  # Not 0 to f in their order, which 30 to 39 are in hexadecimal numbers.
        made.note(f"GET / HTTP/1.1\r\n{Digest('r', nonce, None, 'MD5').header(login, 'GET', '/')}\r\n".encode())
        assert made.blank(text) == text


def pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


SCATTERED = {
    "lines of a log": lambda text: "\n".join(f"<134>Nov 29 02:51:0{at} cam httpd[{200 + at}]: {one}" for at, one in enumerate(pieces(text, 6))),
    "chunks of a transfer": lambda text: "".join(f"{len(one):x}\r\n{one}\r\n" for one in pieces(text, 5)) + "0\r\n\r\n",
    "lines of JSON": lambda text: "\n".join(f'{{"seq":{at},"data":{json.dumps(one)}}}' for at, one in enumerate(pieces(text, 5))),
    "parts of a query": lambda text: "&".join(f"p{at}={urllib.parse.quote(one)}" for at, one in enumerate(pieces(text, 4))),
    "base64 in numbered lines": lambda text: "\n".join(
        f"{at:3}. {one}" for at, one in enumerate(pieces(base64.b64encode(f"xx{text}".encode()).decode(), 8))
    ),
    "hexadecimal in lines of a log": lambda text: "\n".join(f"[{at}.07] rx {one}" for at, one in enumerate(pieces(text.encode().hex(), 8))),
}  # fmt: skip


@pytest.mark.parametrize("form", SCATTERED)
@pytest.mark.parametrize("secret", ["Marten_77!brook-Q", base64.b64encode(b"nora.field:Marten_77!brook-Q").decode()])
def test_a_login_in_pieces_is_blanked_whatever_stands_between_them(form: str, secret: str) -> None:
    made, _ = given(Login("nora.field", "Marten_77!brook-Q"))
    raw = f"<model>DS-2CD2143G0-I</model><r>{SCATTERED[form](secret)}</r>".encode()
    shown = made.blank(raw)
    assert shown.startswith(b"<model>DS-2CD2143G0-I</model><r>")
    read = [secret, secret.encode().hex(), *pieces(base64.b64encode(f"xx{secret}".encode()).decode(), 8)]
    left = [one for part in read for one in pieces(part, 4) if len(one) == 4 and one.encode() in shown]
    assert len(left) <= 2, (left, shown)


def test_pieces_in_another_order_or_far_apart_are_ordinary_words() -> None:
    made, _ = given(Login("nora.field", "Marten_77!brook-Q"))
    for raw in (
        b"k-Q! <a>brook</a> <b>77!b</b> <c>marten_</c>",
        b"marten_" + b" word" * 60 + b" 77!b" + b" word" * 60 + b" rook-Q",
    ):
        assert made.blank(raw) == raw


@pytest.mark.parametrize(
    "packed", [lambda data: json.dumps(list(data), indent=14), lambda data: dump(data, pairs=False).decode()]
)
def test_what_is_packed_and_then_written_as_numbers_holds_no_login(packed: Callable[[bytes], str]) -> None:
    data = gzip.compress(b"hello there " + PASSWORD.encode())
    shown = given()[0].blank(packed(data).encode())
    assert shown.count(b"*") >= len(data)


def test_a_secret_of_one_letter_costs_no_more() -> None:
    one = Scattered()
    for size in (20, 100, 400):
        one.learn(b"a" * size)
    assert cpu_s(lambda: list(one.find(b"a" * 65536)), tries=1) < LONG_S


LINES = {
    "numbered": lambda at: f"\n{at:>4}: ",
    "with its place": lambda at: f"\r\n{at:08x} | ",
    "quoted": lambda _: "\n> ",
    "of a page": lambda at: f"<br/>{at}) ",
    "coloured": lambda _: "\x1b[1;31m",
}


@pytest.mark.parametrize("line", LINES)
def test_what_begins_each_line_hides_no_login(line: str) -> None:
    made, _ = given()
    for secret in (PASSWORD, base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()):
        text = "".join(LINES[line](at) + secret[at : at + 4] for at in range(0, len(secret), 4))
        shown = made.blank(f"<r>{text}\n</r>".encode()).decode()
        assert not [at for at in range(0, len(secret), 4) if LINES[line](at) + secret[at : at + 4] in shown], shown


@pytest.mark.parametrize("form", ['"{0}": "{1}", ', '<c i="{0}" v="{1}"/>', "<c{0}>{1}</c{0}>\n"])
def test_letters_that_stand_alone_are_no_password_together(form: str) -> None:
    password = "Wq9-zomRuf!eld"
    raw = "".join(form.format(at, one) for at, one in enumerate(password)).encode()
    clean = "".join(form.format(at, "*") for at, _ in enumerate(password)).encode()
    assert given(Login(USER, password))[0].blank(b"<r>" + raw + b"</r>") == b"<r>" + clean + b"</r>"


def test_numbers_and_letters_of_a_device_stay_as_they_are() -> None:
    raw = (
        "<a>10.0.0.31, 10.0.0.32, 255.255.255.0</a><b>Caméra d’entrée №2 ｶﾒﾗ ①②③</b><c>001002003004005006007008</c><d>aabbccddeeffgghh</d>"
        "<e>U+0041</e>" + "".join(f"<p>{one}</p>" for one in "abcdefghijkl")
    ).encode() + bytes(64)
    assert given()[0].blank(raw) == raw


def dump(data: bytes, *, pairs: bool) -> bytes:
    """As xxd (`pairs`) and hexdump write it."""
    lines = []
    for at in range(0, len(data), 16):
        some = data[at : at + 16]
        digits = some.hex(" ", 2 if pairs else 1)
        plain = "".join(chr(one) if 32 <= one < 127 else "." for one in some)
        lines.append(f"{at:08x}: {digits:<40} {plain}" if pairs else f"{at:08x}  {digits:<49} |{plain}|")
    return "\n".join(lines).encode()


@pytest.mark.parametrize("pairs", [True, False])
def test_a_dump_of_the_request_holds_no_login(pairs: bool) -> None:
    made, request = given()
    shown = made.blank(b"<pre>\n" + dump(request, pairs=pairs) + b"\n</pre>").decode()
    digits = "".join(line.split("|")[0][9:50].replace(" ", "") for line in shown.splitlines()[1:-1])
    left = re.sub(r"[^0-9a-f]+", "*", digits)
    for secret in (PASSWORD.encode(), base64.b64encode(f"{USER}:{PASSWORD}".encode())):
        assert not [at for at in range(len(secret) - 5) if secret[at : at + 6].hex() in left]
    assert "GET" in shown


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("name", DIGITS_OF_85)
def test_a_request_in_base85_holds_no_login_wherever_its_groups_begin(name: str, before: int) -> None:
    made, request = given()
    digits = DIGITS_OF_85[name]
    shown = made.blank(b"<pre>\n" + in_85(b"x" * before + request, digits) + b"\n</pre>")[6:-7]
    read = bytearray()
    for at in range(0, len(shown), 5):
        group, number = shown[at : at + 5], 0
        for digit in group:
            number = number * 85 + digits.find(digit)
        read += (number % (1 << 32)).to_bytes(4) if b"****" not in group + b"*" * (5 - len(group)) else b"\xff" * 4
    for secret in (PASSWORD.encode(), USER.encode(), base64.b64encode(f"{USER}:{PASSWORD}".encode())):
        assert not [at for at in range(len(secret) - 7) if secret[at : at + 8] in read]
    assert b"GET" in read


def test_a_login_that_comes_in_two_answers_is_in_neither() -> None:
    made, _ = given()
    for cut in range(11, len(PASSWORD) - 7):
        for part in (PASSWORD[:cut], PASSWORD[cut:]):
            clean = made.blank(f"<a>{part}</a>".encode()).decode()
            assert len(clean.removeprefix("<a>").removesuffix("</a>").replace("*", "")) <= 8, clean


def test_a_password_of_common_words_leaves_those_words_where_they_are() -> None:
    made, _ = given(Login("admin", "Hikvision2024!"))
    raw = b"<model>HIKVISION 2023 DS-2CD2143</model><p>vision2024</p><date>2024-11-27</date>"
    assert made.blank(raw) == raw


def test_bombs_in_an_answer_cost_little() -> None:
    made, _ = given()
    bomb = zlib.compress(zlib.compress(b"0123456789abcdef" * 500_000))
    for raw in (
        (bomb + b"\n") * 20,
        base64.b64encode(bomb) * 40,
        gzip.compress(b"a" * 10_000_000),
        b"eJ" * 30_000,
        b"H4sI" * 16_000,
        b"00 " * 20_000,
    ):
        assert cpu_s(lambda raw=raw: made.blank(raw[:65536]), tries=1) < LONG_S  # type: ignore[misc]


def test_the_whole_request_that_comes_back_holds_no_proof() -> None:
    made, request = given()
    for raw in (
        request,
        html.escape(request.decode()).encode(),
        request.decode().encode("utf-16-le"),
        base64.b64encode(request),
    ):
        clean = made.blank(raw)
        plain = clean.replace(b"\0", b"")
        for proof in (b"response=", b"Basic "):
            after = plain.partition(proof)[2][:12]
            assert not after or after.strip(b'"&quot;')[:1] == b"*", after
    assert b"0123456789abcdef" not in made.blank(request)


@pytest.mark.parametrize(
    ("user", "password", "raw", "clean"),
    [
        ("admin", "abc", b"abc admin <password>abc</password><userName>admin</userName>",
         b"abc admin <password>***</password><userName>*****</userName>"),
        ("admin", "12345", b"<serial>DS123456</serial><p>Use 12345.</p>rtsp://admin:12345@h/?user=admin&x=12345",
         b"<serial>DS123456</serial><p>Use *****.</p>rtsp://***********@h/?user=*****&x=*****"),
        ("admin", "hikvision", b'<I xmlns="http://www.hikvision.com/x"><hikvision a="1">hikvision</hikvision></I>',
         b'<I xmlns="http://www.hikvision.com/x"><hikvision a="1">*********</hikvision></I>'),
        ("admin", "password", b"<password>password</password>\r\nUser.password=password",
         b"<password>********</password>\r\nUser.password=********"),
        ("Admin", "x1y2z3w4", b"<title>Administrator, admin</title>login=ADMIN;", b"<title>Administrator, admin</title>login=*****;"),
        ("", "", b"<a>anything</a>", b"<a>anything</a>"),
    ],
)  # fmt: skip
def test_short_and_common_words_go_only_where_they_are_the_login(user: str, password: str, raw: bytes, clean: bytes) -> None:
    assert GivenLogin(Login(user, password)).blank(raw) == clean


def test_a_device_that_makes_up_a_short_nonce_does_not_blank_its_own_words() -> None:
    made = GivenLogin(Login("admin", "x1y2z3w4"))
    made.note(f"GET / HTTP/1.1\r\n{Digest('DS-2CD', 'IPC', None, 'MD5').header(Login('admin', 'x'), 'GET', '/')}\r\n".encode())
    assert made.blank(b"<model>IPC-DS-2CD</model>") == b"<model>IPC-DS-2CD</model>"


PROOF = bytes(range(3, 250, 15))[:16]
PROOFS = {
    "hex": PROOF.hex(),
    "hex backwards": PROOF.hex()[::-1],
    "base64 of the bytes": base64.b64encode(PROOF).decode(),
    "base64 of the bytes, backwards": base64.b64encode(PROOF).decode()[::-1],
    "base64 of the digits": base64.b64encode(PROOF.hex().encode()).decode(),
    "base32 of the bytes": base64.b32encode(PROOF).decode(),
    "one number": str(int.from_bytes(PROOF)),
    "one number, the last byte first": str(int.from_bytes(PROOF, "little")),
}


@pytest.mark.parametrize("form", PROOFS)
def test_the_proof_of_a_digest_is_blanked_however_it_is_written(form: str) -> None:
    made = GivenLogin(LOGIN)
    digest = f'Digest username="viewer", realm="r", uri="/x", response="{PROOF.hex()}"'
    made.note(f"GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: {digest}\r\n\r\n".encode())
    shown = made.blank(f"<deviceName>{PROOFS[form]}</deviceName><model>DS-2CD2143G0-I</model>".encode())
    assert not [at for at in range(len(PROOFS[form]) - 11) if PROOFS[form][at : at + 12].encode() in shown]
    assert b"<model>DS-2CD2143G0-I</model>" in shown


@pytest.mark.parametrize("words", [PASSWORD + USER, f"{USER}::{PASSWORD}"])
def test_a_digest_of_both_in_another_order_is_blanked(words: str) -> None:
    made, _ = given()
    digest = hashlib.sha256(words.encode()).hexdigest()
    assert made.blank(f"<a>{digest}</a>".encode()) == b"<a>" + b"*" * 64 + b"</a>"
