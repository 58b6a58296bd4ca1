"""DNS service discovery: one DNS message with the records of one service instance.

Source: RFC 1035 (message, compression), RFC 6762 (multicast DNS), RFC 6763 (services). Compression is bounded: a pointer goes
backwards only, a name has at most 255 bytes and 128 labels, so that no message can loop.
"""

from __future__ import annotations

import re
import struct

from camcensus.model import frozen
from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, ipv4_of, read_mac
from camcensus.wire.fields import decode as decode_text

VERSION = 2

RECORDS_LIMIT = 256
"""A message about one instance has about six records."""
NAME_LIMIT_BYTES = 255
_A, _PTR, _TXT, _SRV = 1, 12, 16, 33
_HEADER = struct.Struct(">HHHHHH")
_RECORD = struct.Struct(">HHIH")
_RESPONSE = 0x8000

_OTHER_NAMES = """
    _ipp._tcp _ipps._tcp _printer._tcp _pdl-datastream._tcp _scanner._tcp _uscan._tcp _smb._tcp _afpovertcp._tcp _adisk._tcp
    _airplay._tcp _raop._tcp _googlecast._tcp _nvstream._tcp _spotify-connect._tcp
"""
_OTHER = frozenset(_OTHER_NAMES.split())
"""Services of printers, file servers, televisions and game streaming: no camera announces them."""
_HOMEKIT_KINDS = {"17": "camera", "18": "intercom"}
"""HomeKit accessory categories: IP camera, video doorbell. Source: HomeKit Accessory Protocol, accessory categories."""
_HOMEKIT_BRIDGE = "2"
"""A bridge speaks for other makers' devices: the model that its record gives is the bridge's own program, or one of theirs."""


@frozen
class Record:
    """A resource record: owner name as labels, type, and where its data lies in the message."""

    name: tuple[str, ...]
    kind: int
    at: int
    length: int


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question."""
    records = read_records(data)
    into = Collector()
    for record in records:
        _collect_record(into, data, record)
    if not into.fields():
        raise WireError("The DNS message names no service.")
    return into.fields()


def read_records(data: bytes) -> tuple[Record, ...]:
    """Answer, authority and additional records. Raises WireError where the message is broken, a question, or too long."""
    if len(data) < _HEADER.size:
        raise WireError("The DNS message is too short.")
    _, flags, questions, *counts = _HEADER.unpack_from(data)
    if not flags & _RESPONSE:
        raise WireError("This is a DNS question; it names no device.")
    if questions + sum(counts) > RECORDS_LIMIT:
        raise WireError(f"The DNS message has more than {RECORDS_LIMIT} records; such a message is not read.")
    at = _HEADER.size
    for _ in range(questions):
        _, at = read_name(data, at)
        at += 4
    records: list[Record] = []
    for _ in range(sum(counts)):
        name, at = read_name(data, at)
        if at + _RECORD.size > len(data):
            raise WireError("The DNS message ends inside a record.")
        kind, _, _, length = _RECORD.unpack_from(data, at)
        at += _RECORD.size
        if at + length > len(data):
            raise WireError("The DNS message ends inside a record.")
        records.append(Record(name, kind, at, length))
        at += length
    return tuple(records)


def read_name(data: bytes, at: int) -> tuple[tuple[str, ...], int]:
    """The labels of a name, and where reading continues. Raises WireError for a loop, a forward pointer or a long name."""
    labels: list[str] = []
    after: int | None = None
    size = 0
    lowest = at
    while True:
        if at >= len(data):
            raise WireError("The DNS message ends inside a name.")
        length = data[at]
        if length == 0:
            return tuple(labels), at + 1 if after is None else after
        if length & 0xC0 == 0xC0:
            if at + 1 >= len(data):
                raise WireError("The DNS message ends inside a name.")
            target = (length & 0x3F) << 8 | data[at + 1]
            if target >= lowest:
                raise WireError("A DNS name points forwards or at itself; such a message is not read.")
            after = at + 2 if after is None else after
            at = lowest = target
            continue
        if length & 0xC0:
            raise WireError("A DNS name has a label of an unknown kind.")
        label = data[at + 1 : at + 1 + length]
        size += length + 1
        if len(label) < length or size > NAME_LIMIT_BYTES:
            raise WireError("A DNS name is cut or too long.")
        labels.append(decode_text(label))
        at += 1 + length


def _collect_record(into: Collector, data: bytes, record: Record) -> None:
    if record.kind == _PTR:
        target, _ = read_name(data, record.at)
        if record.name[:1] == ("_services",):  # the list of service types names no instance
            _collect_service(into, target)
        else:
            _collect_service(into, record.name)
            _collect_instance(into, target)
    elif record.kind == _SRV and record.length >= 7:
        _collect_instance(into, record.name)
        target, _ = read_name(data, record.at + 6)
        into.add("mdns.host", _dotted(target))
        into.add("hostname", target[0] if target else None)
        (port,) = struct.unpack_from(">H", data, record.at + 4)
        if _split(record.name)[1][:1] in (("_http",), ("_axis-video",)) and port:
            into.add("http_port", str(port))
    elif record.kind == _TXT:
        _collect_instance(into, record.name)
        _collect_txt(into, data[record.at : record.at + record.length], record.name)
    elif record.kind == _A and record.length == 4:
        into.add("ipv4", ipv4_of(data[record.at : record.at + 4]))
        into.add("mdns.host", _dotted(record.name))


def _collect_service(into: Collector, name: tuple[str, ...]) -> None:
    if name and name[0].startswith("_"):
        into.add("mdns.service", _dotted(name))
        if ".".join(name[:2]).lower() in _OTHER:
            into.add("kind", "other")


def _split(name: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Instance and service of a full name; "" where there is no instance.

    Writers that split names at every dot (zeroconf) make several labels of an instance such as "Front Door v1.0".
    """
    for at in range(1, len(name) - 1):
        if name[at].startswith("_") and name[at + 1].lower() in ("_tcp", "_udp"):
            return ".".join(name[:at]), name[at:]
    return "", name


def _collect_instance(into: Collector, name: tuple[str, ...]) -> None:
    instance, service = _split(name)
    if not instance:
        return
    _collect_service(into, service)
    into.add("mdns.instance", instance)
    into.add("name", instance)
    found = re.fullmatch(r"(AXIS .{1,60}?) - ([0-9A-F]{12})", instance, re.I)
    if found:
        into.add("model", found[1])
        into.add("mac", read_mac(found[2]))


def _collect_txt(into: Collector, data: bytes, name: tuple[str, ...]) -> None:
    homekit = _split(name)[1][:1] == ("_hap",)
    pairs = _pairs(data)
    into.add("mdns.txt", *(f"{key}={value}" if value is not None else key for key, value in pairs))
    said = {key.lower(): value or "" for key, value in reversed(pairs)}
    for key in ("macaddress", "mac"):
        if key in said:
            _collect_mac(into, said[key])
    if homekit and "ci" in said:
        into.add("kind", _HOMEKIT_KINDS.get(said["ci"], "other"))
    if homekit and said.get("ci") != _HOMEKIT_BRIDGE:
        into.add("model", said.get("md"))


def _pairs(data: bytes) -> list[tuple[str, str | None]]:
    """The pairs of a TXT record, in order; None for a key alone."""
    found: list[tuple[str, str | None]] = []
    at = 0
    while at < len(data):
        length = data[at]
        key, mark, value = decode_text(data[at + 1 : at + 1 + length]).partition("=")
        found.append((key, value if mark else None))
        at += 1 + length
    return found


def _collect_mac(into: Collector, value: str) -> None:
    """Axis: "ACCC8E000001". Arecont: number and model, "00-1A-07-00-00-01/AV2105"."""
    mac, slash, model = value.partition("/")
    if read_mac(mac):
        into.add("mac", read_mac(mac))
        into.add("model", model if slash else None)


def _dotted(labels: tuple[str, ...]) -> str:
    return ".".join(labels) + "."
