"""The text of a QR code or barcode on a label: brand, model, serial number and MAC address, and nothing else of it.

Labels of several makers hold a security or verification code beside the serial number, with which a stranger can add the camera
to an account of their own. So nothing of a text comes out but a value after a name in `_NAMES`, a value that the register has
already, and what `_of_lines` says. What no rule knows is dropped here, before anything is saved, shown or logged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Literal

from camcensus.model.labels import LabelReading

type _Field = Literal["brand", "model", "serial", "mac"]

TEXT_MOST = 2_000
"""Characters of a code; the largest QR code has 4,296, a label's never over some hundred."""
KNOWN_FEWEST = 8
"""Letters and digits of a value with no name, that the register has: a shorter one may be there by chance."""
_SHAPES: dict[_Field, re.Pattern[str]] = {
    "serial": re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{4,39}"),
    "model": re.compile(r"[A-Za-z0-9][A-Za-z0-9 ()/._+-]{1,39}"),
    "brand": re.compile(r"[A-Za-z][A-Za-z0-9 &.-]{1,39}"),
}
_NAMES: dict[str, _Field] = {
    "sn": "serial", "s/n": "serial", "serial": "serial", "serialno": "serial", "serialnumber": "serial", "serialnum": "serial",
    "mac": "mac", "macaddress": "mac", "macaddr": "mac", "macid": "mac", "ethernetmac": "mac", "lanmac": "mac",
    "model": "model", "modelno": "model", "modelnumber": "model", "modelname": "model", "m/n": "model", "devicemodel": "model",
    "brand": "brand",
}  # fmt: skip
_NAMED = re.compile(
    r"(?<![A-Za-z0-9])(s/n|m/n|sn|serial(?:[ _]?(?:no|num|number))?\.?"
    r"|(?:ethernet[ _]|lan[ _])?mac(?:[ _]?(?:address|addr|id))?"
    r"|(?:device[ _]?)?model(?:[ _]?(?:no|number|name))?\.?|brand)[\"']?[ \t]?[:=][ \t]?[\"']?"
    r"((?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}|[A-Za-z0-9][A-Za-z0-9()/._+-]*)",
    re.IGNORECASE,
)
_SECRET_NAME = re.compile(
    r"\b(?:(?:(?:verif\w*?|secur\w*?|safe\w*?|auth\w*?|activation|pairing|device|admin\w*?)"
    r"[ .:_-]*(?:c[o0]de|key|pin|pass\w*?)"
    r"|c[o0]de(?!c\b)|pass(?:w[o0]rd|code|phrase|wd|wort)|password|verifica\w*|kennwort|mot de passe|contrase\w+|wachtwoord"
    r"|(?:sicherheits|verifizierungs|best\w+tigungs)-?code|c[o\u00f3]dig[o0]|codice|secret|token)(?-i:(?![a-z]))"
    r"|(?:pass|pin|key|pwd|wpa|psk|oak)(?![a-z])|(?:p/?w|uid|s[/.]?c|v[/.]?c)(?![a-z0-9]))"
    r"|\u9a8c\u8bc1\u7801|\u5b89\u5168\u7801|\u6821\u9a8c\u7801",
    re.IGNORECASE,
)
"""What labels call a code that a stranger must not have."""
_MAC = re.compile(r"[0-9a-f]{12}|[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}", re.IGNORECASE)
_NAMED_ALONE = re.compile(
    rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, sorted(_NAMES, key=len, reverse=True)))})(?![A-Za-z0-9])", re.IGNORECASE
)
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9:-]*")
_SERIAL_LINE = re.compile(r"[0-9]{9}|[A-Z][0-9]{8}")
_SECRET_LINE = re.compile(r"[A-Za-z0-9]{4,8}|")
_MODEL_LINE = re.compile(r"(?=.*[0-9])[A-Z]{2,4}-[A-Z0-9][A-Z0-9()/.-]{2,30}")

_MODEL_TAG = re.compile(r"(?=.*[0-9])[A-Z][A-Z0-9]{0,11}(?:-[A-Z0-9()/.]{1,12}){1,5}")
_BRACED = re.compile(r"\{([^{}\"\r\n]{1,400})\}")
_PARTED = re.compile(r"([0-9][A-Z0-9]{14}):([A-Z]{2,4}-[A-Z0-9-]{3,30}):[A-Za-z0-9]{4,8}")


def read_code(text: str, known: Collection[str]) -> LabelReading | None:
    """What a code says of a camera, or None. `known` are `plain_value`s of the register: serial numbers and MAC addresses."""
    text = text[:TEXT_MOST]
    found: dict[_Field, str] = {}
    for field, value in (*_of_json(text), *_of_names(text), *_of_lines(text), *_of_tagged(text), *_known_values(text, known)):
        found.setdefault(field, value)
    if not found:
        return None
    return LabelReading(found.get("brand", ""), found.get("model", ""), found.get("serial", ""), found.get("mac", ""))


def plain_value(text: str) -> str:
    """A serial number or MAC address as it is compared: small letters and digits only."""
    return re.sub(r"[^0-9a-z]", "", text.lower())


def _of_json(text: str) -> Iterator[tuple[_Field, str]]:
    """A JSON object's values, one level deep, by their names."""
    if not text.lstrip().startswith("{"):
        return
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return
    for name, value in held.items() if isinstance(held, dict) else ():
        field = _NAMES.get(re.sub(r"[ _.-]", "", str(name).lower()))
        if field is not None and isinstance(value, str | int) and (fit := _fit_value(field, str(value))):
            yield field, fit


def _of_names(text: str) -> Iterator[tuple[_Field, str]]:
    """ "S/N: …", "MAC=…" and their like, anywhere in a text. A name alone is no value of the one before."""
    for match in _NAMED.finditer(text):
        field = _NAMES.get(re.sub(r"[ _.]", "", match[1].lower()))
        names = (one.match(text, match.start(2)) for one in (_NAMED_ALONE, _SECRET_NAME))
        if (
            field is not None
            and not any(one and one.end() >= match.end(2) for one in names)
            and (fit := _fit_value(field, match[2]))
        ):
            yield field, fit


def _of_lines(text: str) -> Iterator[tuple[_Field, str]]:
    """An address, a serial number of 9 characters, the verification code and the model, a line each; the code is passed over.

    Source: the demo of EZVIZ’s Open SDK for Android, read in public copies: "address, serial, verification code, device type".
    """
    lines = [line.strip() for line in re.split(r"[\r\n]+", text.strip())]
    if len(lines) < 3 or "." not in lines[0] or not _SERIAL_LINE.fullmatch(lines[1]) or not _SECRET_LINE.fullmatch(lines[2]):
        return
    yield "serial", lines[1]
    if len(lines) > 3 and _MODEL_LINE.fullmatch(lines[3]):
        yield "model", lines[3]


def _of_tagged(text: str) -> Iterator[tuple[_Field, str]]:
    """The serial number and the model (DT) of "{SN:…,DT:…,SC:…}", also with ";", and of "serial:model:code".

    No brand is taken from it: makers sell devices with such codes under many brands, and the brand is what is on the box. One
    interpreter of rules in a file would be no smaller than this. Source: seen in public programs that add cameras of Dahua and
    Imou (a module "deviceaddmodule" of Imou's Open SDK demo for Android).
    """
    if braced := _BRACED.fullmatch(text.strip()):
        parts = [part.partition(":") for part in re.split("[,;]", braced[1])]
        held = {name.strip().upper(): value.strip() for name, _, value in parts}
        serial, model = held.get("SN", ""), held.get("DT", "")
    elif parted := _PARTED.fullmatch(text.strip()):
        serial, model = parted[1], parted[2]
    else:
        return
    if _fit_value("serial", serial):
        yield "serial", serial
        if _MODEL_TAG.fullmatch(model):
            yield "model", model


def _known_values(text: str, known: Collection[str]) -> Iterator[tuple[_Field, str]]:
    """A value with no name, such as a barcode of nothing else, where the register has it already."""
    for token in _TOKEN.findall(text):
        plain = plain_value(token)
        if len(plain) >= KNOWN_FEWEST and plain in known:
            is_mac = _MAC.fullmatch(token) is not None
            yield ("mac", _as_mac(plain)) if is_mac else ("serial", token)


def _fit_value(field: _Field, value: str) -> str:
    """A value as it is shown, "" where it cannot be one."""
    value = value.strip(" \t/._+-")
    if field == "mac":
        match = _MAC.fullmatch(value)
        return _as_mac(plain_value(match[0])) if match else ""
    if field == "serial" and not re.search(r"[0-9]", value):
        return ""  # a word, or a security code of letters only
    return value if _SHAPES[field].fullmatch(value) else ""


def _as_mac(plain: str) -> str:
    return ":".join(plain[at : at + 2] for at in range(0, 12, 2))
