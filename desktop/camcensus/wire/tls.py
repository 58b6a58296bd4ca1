"""The certificate that a device shows on an encrypted port: who it says it is, and who signed that. Nothing is verified.

Source: RFC 5280 (certificate), X.690 (DER), RFC 4514 (names as text). Devices send certificates that break all three; only
what is read here must hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_mac

VERSION = 1

SIZE_LIMIT_BYTES = 64 * 1024
"""A certificate of a device has one or two thousand bytes."""
ATTRIBUTES_LIMIT = 64
"""Of one name; real ones have up to eight."""

_SEQUENCE, _SET, _OID, _INTEGER, _EXPLICIT_0 = 0x30, 0x31, 0x06, 0x02, 0xA0
_ENCODINGS = {0x0C: "utf-8", 0x12: "latin-1", 0x13: "latin-1", 0x14: "latin-1", 0x16: "latin-1", 0x1A: "latin-1",
              0x1C: "utf-32-be", 0x1E: "utf-16-be"}  # fmt: skip
_NAMES = {
    "2.5.4.3": "CN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.12": "title",
    "1.2.840.113549.1.9.1": "emailAddress",
    "0.9.2342.19200300.100.1.1": "UID",
    "0.9.2342.19200300.100.1.25": "DC",
}
_SPECIAL = re.compile(r'([,+"\\<>;=])')
_NUMBER = re.compile(r"(?:axis-)?([0-9a-f]{12})(?:-[a-z0-9-]{1,24})?", re.I)


def decode(data: bytes, _ask: str | None = None) -> Fields:
    """Fields of a certificate in DER. Raises WireError where it is none.

    Names are written most particular part first, as in "CN=axis-accc8e000001,O=Axis Communications AB". A MAC address is
    read where the name or the serial number in the subject is one, as in device certificates after IEEE 802.1AR.
    """
    if len(data) > SIZE_LIMIT_BYTES:
        raise WireError(f"The certificate is longer than {SIZE_LIMIT_BYTES:,} bytes; it is not read.")
    if data[:1] != bytes((_SEQUENCE,)):
        raise WireError("The reply is not a certificate.")
    _, start, end = _element(data, 0, len(data))
    tag, start, end = _element(data, start, end)
    if tag != _SEQUENCE:
        raise WireError("The reply is not a certificate.")
    parts = _parts(data, start, end)
    first = next(parts, None)
    if first is not None and first[0] == _EXPLICIT_0:
        first = next(parts, None)
    fields = [first, *(next(parts, None) for _ in range(4))]  # number, algorithm, issuer, validity, subject
    wanted = (_INTEGER, _SEQUENCE, _SEQUENCE, _SEQUENCE, _SEQUENCE)
    if any(part is None or part[0] != tag for part, tag in zip(fields, wanted, strict=True)):
        raise WireError("The reply is not a certificate.")
    issuer, subject = (_name(data, part[1], part[2]) for part in (fields[2], fields[4]) if part is not None)
    into = Collector()
    into.add("tls.subject", _as_text(subject))
    into.add("tls.issuer", _as_text(issuer))
    serials = [value for kind, value in subject if kind == "serialNumber"]
    into.add("serial", *serials)
    names = [value for kind, value in subject if kind in ("CN", "UID")]
    into.add("mac", *(_mac(value) for value in (*names, *serials)))
    return into.fields()


def _element(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """Tag, start and end of the contents of the element at `at`. Raises WireError where it goes beyond `end`."""
    if at + 2 > end or data[at] & 0x1F == 0x1F:
        raise WireError("The certificate breaks off or is not in DER.")
    tag, length, start = data[at], data[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 3 or start + count > end:
            raise WireError("The certificate breaks off or is not in DER.")
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + length > end:
        raise WireError("The certificate breaks off or is not in DER.")
    return tag, start, start + length


def _parts(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    while at < end:
        part = _element(data, at, end)
        yield part
        at = part[2]


def _name(data: bytes, start: int, end: int) -> list[tuple[str, str]]:
    """Kind and value of each attribute of a name, in the order encoded: the most general first, as a rule."""
    found: list[tuple[str, str]] = []
    for tag, set_start, set_end in _parts(data, start, end):
        for inner, pair_start, pair_end in _parts(data, set_start, set_end) if tag == _SET else ():
            pair = list(_parts(data, pair_start, pair_end)) if inner == _SEQUENCE else []
            if len(pair) != 2 or pair[0][0] != _OID or pair[1][0] not in _ENCODINGS:
                continue
            if len(found) >= ATTRIBUTES_LIMIT:
                raise WireError(f"The certificate has a name of more than {ATTRIBUTES_LIMIT} parts; it is not read.")
            kind = _oid(data[pair[0][1] : pair[0][2]])
            value = data[pair[1][1] : pair[1][2]].decode(_ENCODINGS[pair[1][0]], "replace")
            found.append((_NAMES.get(kind, kind), value))
    return found


def _oid(data: bytes) -> str:
    numbers, number = [], 0
    for byte in data[:32]:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    if not numbers:
        return "0"
    first = min(numbers[0] // 40, 2)
    return ".".join(str(part) for part in (first, numbers[0] - 40 * first, *numbers[1:]))


def _as_text(name: list[tuple[str, str]]) -> str:
    ordered = name if name and name[0][0] == "CN" else name[::-1]
    return ",".join(f"{kind}={_SPECIAL.sub(r'\\\1', value.strip())}" for kind, value in ordered)


def _mac(text: str) -> str | None:
    """A MAC address; twelve decimal digits are taken for a serial number."""
    found = _NUMBER.fullmatch(text.strip())
    bare = found[1] if found else text.strip()
    return None if bare.isdigit() else read_mac(bare)
