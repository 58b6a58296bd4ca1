"""SADP (UDP 37020): Hikvision's own discovery, spoken by all its rebrands. Only the inquiry is ever built.

Source: replies published by users; the protocol also carries activate, update and reset messages, none of which exists here.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, add_firmware, read_ipv4, read_mac, read_number, read_port
from camcensus.wire.fields import decode as decode_text
from camcensus.wire.xml import SIZE_LIMIT_BYTES, read_xml

VERSION = 2

_ROOTS = ("ProbeMatch", "Hello")
_FULL = ("MAC", "DeviceSN", "DeviceDescription")
_LINE = re.compile(r"<([A-Za-z][A-Za-z0-9_]{0,40})>([^<>\r\n]{0,400})(?:</|$)")
_SECRET = re.compile(
    rb"(<(Salt|PasswordReset[A-Za-z]{0,30}|ResetCode|SecurityCode|EZVIZCode|VerificationCode)>)([^<\r\n]{1,512})", re.I
)
_BOOLEANS = frozenset({b"true", b"false", b"flase", b"0", b"1"})


def encode_inquiry(uuid: str) -> bytes:
    """The inquiry. `uuid` is any UUID; it is sent in upper case, as the maker's own tool does."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Probe><Uuid>{escape(uuid.upper())}</Uuid><Types>inquiry</Types></Probe>'
    ).encode()


def redact(raw: bytes) -> bytes:
    """The reply with password salts and reset or verification codes blanked by "*", the same length.

    Plain yes and no values under such names (PasswordResetAbility) stay. Source: SADP replies, elements Salt, PasswordReset*,
    EZVIZCode.
    """
    return _SECRET.sub(_blank, raw)


def _blank(found: re.Match[bytes]) -> bytes:
    plain = found[3].strip().lower() in _BOOLEANS
    return found[0] if plain else found[1] + b"*" * len(found[3])


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of a ProbeMatch or Hello. Raises WireError, also for a question overheard from another computer.

    Malformed XML, which some firmware sends, is read line by line. Booleans include "flase".
    """
    into = Collector()
    root, values = _read(data, into)
    if root not in _ROOTS:
        raise WireError("This is a SADP question or another message; it names no device.")
    if not any(values.values()):
        raise WireError("The SADP answer is empty.")
    if all(values.get(name) for name in _FULL):
        into.add("sadp.answer", root)
    firmware = values.get("SoftwareVersion")
    into.add("mac", read_mac(values.get("MAC")))
    into.add("serial", values.get("DeviceSN"))
    into.add("model", values.get("DeviceDescription"))
    add_firmware(into, firmware)
    into.add("ipv4", read_ipv4(values.get("IPv4Address")))
    into.add("http_port", read_port(values.get("HttpPort")))
    into.add("activated", _boolean(values.get("Activated")))
    into.add("sadp.oem_code", values.get("DetailOEMCode"))
    into.add("sadp.oem_info", values.get("OEMInfo"))
    into.add("sadp.device_type", values.get("DeviceType"))
    into.add("sadp.ezviz", values.get("EZVIZCode"))
    into.add("sadp.disks", values.get("DiskNumber"))
    into.add("cloud", _cloud(values))
    _collect_channels(into, values)
    return into.fields()


def _read(data: bytes, into: Collector) -> tuple[str, dict[str, str]]:
    try:
        document = read_xml(data)
    except WireError:
        if len(data) > SIZE_LIMIT_BYTES or b"<!DOCTYPE" in data.upper():
            raise
        return _read_lines(data)
    into.add("xml.namespace", *document.namespaces)
    into.add("xml.prefix", *document.prefixes)
    return document.root.name, {child.name: child.text for child in document.root.children}


def _read_lines(data: bytes) -> tuple[str, dict[str, str]]:
    text = decode_text(data)
    root = next((name for name in _ROOTS if re.search(rf"<{name}[\s>]", text)), "")
    if not root:
        raise WireError("The reply is not a SADP answer.")
    values: dict[str, str] = {}
    for line in text.splitlines():
        for found in _LINE.finditer(line):
            values.setdefault(found[1], found[2].strip())
    values.pop(root, None)
    return root, values


def _boolean(text: str | None) -> str | None:
    """ "true" or "false"; None for all else. "flase" is what DS-2CD2385G1-I with V5.6.2 sends."""
    known = {"true": "true", "1": "true", "false": "false", "flase": "false", "0": "false"}
    return known.get(text.strip().lower()) if text else None


def _cloud(values: dict[str, str]) -> str | None:
    """Hik-Connect: "on", "off", or "able" where only the ability is told."""
    if _boolean(values.get("SupportHCPlatform")) != "true":
        return None
    return {"true": "on", "false": "off", None: "able"}[_boolean(values.get("HCPlatformEnable"))]


def _collect_channels(into: Collector, values: dict[str, str]) -> None:
    analogue = read_number(values.get("AnalogChannelNum"), 1024)
    digital = read_number(values.get("DigitalChannelNum"), 1024)
    disks = read_number(values.get("DiskNumber"), 1024)
    into.add("channels.analogue", None if analogue is None else str(analogue))
    into.add("channels.digital", None if digital is None else str(digital))
    model = (values.get("DeviceDescription") or "").upper()
    if disks or (analogue and analogue + (digital or 0) > 1):
        into.add("kind", "recorder")
    elif model.startswith("DS-K"):
        into.add("kind", "intercom")  # Hikvision's access control and door stations answer with one channel too
    elif analogue is not None and digital is not None and analogue + digital == 1:
        into.add("kind", "camera")
