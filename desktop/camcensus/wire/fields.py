"""Field names: the one vocabulary of codecs, fingerprints and identity; and the collector that codecs fill."""

from __future__ import annotations

import ipaddress
import json
import re
from typing import Any

from camcensus.model.builds import read_firmware_date
from camcensus.model.errors import WireError
from camcensus.model.words import storable

type Fields = dict[str, tuple[str, ...]]
"""What a codec gives: values by field name."""

_NAMES = """
    mac serial firmware firmware_date model manufacturer hostname name uuid ipv4 http_port kind activated cloud
    channels.analogue channels.digital
    xml.namespace xml.prefix
    onvif.scope onvif.type onvif.xaddr onvif.manufacturer onvif.model onvif.hardware_id onvif.analytics_module
    onvif.analytics_type onvif.topic onvif.service onvif.video_sources onvif.channel onvif.fault wsd.action
    sadp.answer sadp.oem_code sadp.oem_info sadp.device_type sadp.ezviz sadp.disks
    dhip.answer dhip.vendor dhip.manufacturer dhip.device_class dhip.device_type dahua-v1.answer
    hanwha.answer bosch.answer bosch.device_type vivotek.answer panasonic.answer sony.answer
    tvt.answer tvt.device_type tvt.vendor ubiquiti.answer ubiquiti.platform
    xiongmai.answer xiongmai.device_type xiongmai.channels tp-link.answer tp-link.device_type tp-link.hardware
    isapi.device_type isapi.oem_code isapi.contact isapi.channel isapi.input isapi.supports
    dahua-cgi.answer dahua-cgi.vendor dahua-cgi.device_type dahua-cgi.device_class dahua-cgi.processor dahua-cgi.channel
    dahua-cgi.rule
    axis-cgi.answer axis-cgi.brand axis-cgi.soc axis-cgi.type axis-cgi.hardware_id axis-cgi.application
    tls.subject tls.issuer
    ssdp.server ssdp.st ssdp.usn ssdp.location
    upnp.manufacturer upnp.model upnp.model_number upnp.model_description upnp.device_type upnp.friendly_name
    mdns.service mdns.instance mdns.txt mdns.host
    dhcp.vendor_class
    http.status http.server http.auth http.realm http.title http.location http.path http.plugin http.link
    http.element http.code http.product http.meta http.text http.copyright http.program http.stream
    rtsp.status rtsp.server rtsp.realm rtsp.public sdp.session sdp.info sdp.tool sdp.attribute
    list.kind list.name list.model list.manufacturer list.serial list.firmware list.at list.basis list.device list.file list.row
    person.basis person.brand person.model person.serial person.manufacturer person.who person.when
"""

FIELDS: frozenset[str] = frozenset(_NAMES.split())
"""Every name that a codec may give. A fingerprint's `kind` is one of these, or one of REGISTERED."""

REGISTERED: frozenset[str] = frozenset({"registrant"})
"""What no device says: who registered its MAC address. Fingerprints look at it as at a field."""

VALUE_LIMIT_CHARACTERS = 4096
"""Longest value kept. Longer ones are cut here: no name, scope or realm of a real device comes near."""

VALUES_LIMIT = 512
"""Most values of one field. An Axis GetServices has 30 services; a reply with thousands is an attack on the matcher."""


class Collector:
    """Gathers values by field name, in the order given, each once. `fields()` is what a codec returns."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, None]] = {}

    def add(self, name: str, *values: str | None, keep_empty: bool = False) -> None:
        """Adds values without surrounding blanks. None, and empty ones unless `keep_empty`, are left out.

        Lone surrogates, which JSON can carry and UTF-8 cannot, become U+FFFD. Raises KeyError for a name not in FIELDS.
        """
        if name not in FIELDS:
            raise KeyError(name)
        for value in values:
            if value is None:
                continue
            kept = storable(value[:VALUE_LIMIT_CHARACTERS]).strip(" \t\r\n\x00")
            if not kept and not keep_empty:
                continue
            held = self._values.setdefault(name, {})
            if len(held) < VALUES_LIMIT:
                held.setdefault(kept)

    def has(self, name: str) -> bool:
        """True where the field has a value."""
        return name in self._values

    def fields(self) -> Fields:
        """What was gathered."""
        return {name: tuple(values) for name, values in self._values.items()}


# Bytes to text, and the forms in which devices write MAC addresses, versions and IP addresses.

_ENCODING_NAMES = """
    utf-8 utf8 utf-16 utf-16le utf-16be us-ascii ascii iso-8859-1 latin1 iso-8859-15 windows-1250 windows-1251 windows-1252
    gb2312 gbk gb18030 big5 shift_jis euc-jp euc-kr
"""
ENCODINGS = frozenset(_ENCODING_NAMES.split())
"""Encodings that devices were seen or can be expected to declare. Python knows codecs that are no text encodings at all
(zlib, rot13, idna), so a declared name is used only when it is one of these."""

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "windows-1252", "latin1": "windows-1252"}


_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of any bytes; never raises. A byte order mark wins, then UTF-8, then `declared`, then Windows-1252."""
    encoding, mark = encoding_of(data, declared)
    return data[mark:].decode(encoding, "replace")


def encoding_of(data: bytes, declared: str | None = None) -> tuple[str, int]:
    """The encoding by which `decode` reads them, and how many bytes their byte order mark has."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    name = (declared or "").strip().lower()
    names = ["utf-8", _WIDER.get(name, name)] if name in ENCODINGS and not name.startswith("utf-16") else ["utf-8"]
    for encoding in names:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding, 0
    return "windows-1252", 0


_MAC = re.compile(r"(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{12}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}", re.I)


def read_mac(text: str | None) -> str | None:
    """A MAC address as "aa:bb:cc:dd:ee:ff", from AA:BB:…, AA-BB-…, AABBCC… or aabb.ccdd.eeff; None for all else."""
    if text is None:
        return None
    text = text.strip()
    if not _MAC.fullmatch(text):
        return None
    digits = re.sub(r"[^0-9a-f]", "", text.lower())
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def mac_of(data: bytes) -> str | None:
    """A MAC address from its six bytes; None for all else, zeros and a broadcast's ones included."""
    return ":".join(f"{byte:02x}" for byte in data) if len(data) == 6 and set(data) not in ({0}, {0xFF}) else None


def fixed_text(data: bytes, start: int, length: int) -> str:
    """Text in a field of a fixed length, up to its first zero byte; as far as the data go."""
    return decode(data[start : start + length].split(b"\x00")[0]).strip()


_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def read_uuid(text: str | None) -> str | None:
    """A UUID in lower case without "urn:uuid:"; None for all else.

    "urn:uuid:unknown" (TP-Link VIGI C350), "uuid:Upnp-BasicDevice-1_0-…" (Axis) and the nil UUID are no UUIDs of one device.
    """
    if text is None:
        return None
    bare = text.strip().lower().removeprefix("urn:").removeprefix("uuid:").split("::")[0].strip("{}")
    return bare if _UUID.fullmatch(bare) and set(bare) != {"0", "-"} else None


def read_ipv4(text: str | None) -> str | None:
    """A usable IPv4 address, None for all else: not 0.0.0.0, 169.254.…, loopback or multicast."""
    if text is None:
        return None
    try:
        address = ipaddress.IPv4Address(text.strip())
    except ValueError:
        return None
    if address.is_unspecified or address.is_link_local or address.is_loopback or address.is_multicast:
        return None
    return str(address)


def ipv4_of(data: bytes) -> str | None:
    """The address in four bytes, the first one first; None where there are more or fewer, and what `read_ipv4` refuses."""
    return read_ipv4(".".join(map(str, data))) if len(data) == 4 else None


def read_number(text: str | None, limit: int = 65535) -> int | None:
    """A plain decimal number from 0 to `limit`, None for all else."""
    if text is None:
        return None
    text = text.strip()
    if not re.fullmatch(r"[0-9]{1,10}", text):
        return None
    number = int(text)
    return number if number <= limit else None


def read_port(text: str | None) -> str | None:
    """A port, 1 to 65535, as decimal text; None for all else."""
    number = read_number(text)
    return str(number) if number else None


_DATE_PART = re.compile(r"[,;]\s{0,8}build\s{0,8}(?:date)?\s{0,8}[:=]", re.I)


def read_firmware(text: str | None) -> str | None:
    """A firmware version without the date that Dahua writes after it: "2.800.0000000.13.R, build : 2019-05-23"."""
    if text is None:
        return None
    found = _DATE_PART.search(text, 0, 4096)
    return (text[: found.start()] if found else text).strip()


def add_firmware(into: Collector, text: str | None) -> None:
    """The version that a device names as its own, and the day inside it."""
    into.add("firmware", read_firmware(text))
    into.add("firmware_date", read_firmware_date(text))


_URL = re.compile(
    r"([a-z][a-z0-9+.-]{0,15})://(?:[^/@\s]*@)?(\[[0-9a-f:.]{2,60}(?:%[\w.-]{1,32})?\]|[^:/?#\[\]\s]{1,255})(?::([0-9]{1,5}))?([/?#]\S*)?",
    re.I,
)


def split_url(url: str) -> tuple[str, str, int | None, str] | None:
    """Scheme, host, port (None when left out) and path of an address a device gave; None where it is not one. Never raises.

    An IPv6 host comes without brackets and zone. (`urlsplit` raises ValueError for "http://[::1".)
    """
    found = _URL.fullmatch(url.strip()[:2048])
    if not found:
        return None
    scheme, host, port, path = found[1].lower(), found[2], found[3], found[4] or "/"
    number = int(port) if port else None
    if number is not None and not 1 <= number <= 65535:
        return None
    return scheme, host.strip("[]").split("%")[0].lower(), number, path


# One safe reader for the JSON that devices and people send.

SIZE_LIMIT_BYTES = 256 * 1024
"""A UDP datagram has 64 KiB at most, a kept reply 96."""


def read_json_object(data: bytes) -> dict[str, Any]:
    """The JSON object at the start of the bytes; what follows it is ignored. Raises WireError for all else.

    Nesting is bounded by the interpreter, whole numbers by its limit on digits: both end as WireError.
    """
    if len(data) > SIZE_LIMIT_BYTES:
        raise WireError(f"The JSON is longer than {SIZE_LIMIT_BYTES:,} bytes; such a reply is not read.")
    try:
        value, _ = json.JSONDecoder().raw_decode(decode(data).strip("\x00\r\n\t \ufeff"))
    except (ValueError, RecursionError):
        raise WireError("The reply's JSON cannot be read.") from None
    if not isinstance(value, dict):
        raise WireError("The reply's JSON is not an object.")
    return value


def text_of(value: Any) -> str | None:
    """Text of a JSON value that is a string or a whole number; None for all else."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63:
        return str(value)
    return None


def blank_members(raw: bytes, *names: str) -> bytes:
    """The bytes with the text of every member of one of the names blanked by "*", the same length; also in broken JSON.

    Names are compared without regard to case. Text that is empty stays so.
    """
    wanted = b"|".join(re.escape(name.encode("ascii")) for name in names)
    member = re.compile(rb'("(?:%s)"[ \t\r\n]{0,16}:[ \t\r\n]{0,16}")((?:[^"\\]|\\.?)*)' % wanted, re.I | re.S)
    return member.sub(lambda found: found[1] + b"*" * len(found[2]), raw)
