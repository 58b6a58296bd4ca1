"""Services of cameras out of what is said by mDNS, as one DNS message for each service instance.

Source: RFC 1035, 4.1; RFC 6762, 6 (records of one answer may come in several messages), 10.1 (goodbye).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from camcensus.model.errors import WireError
from camcensus.wire.mdns import Record, read_name, read_records

DOOR_OF = {
    "_axis-video._tcp.local.": "http",
    "_axis-nvr._tcp.local.": "http",
    "_arec._tcp.local.": "http",
    "_psia._tcp.local.": "http",
    "_CGI._tcp.local.": "http",
    "_http._tcp.local.": "http",
    "_onvif._tcp.local.": "http",
    "_rtsp._tcp.local.": "rtsp",
    "_hap._tcp.local.": None,
    "_arlo-video._tcp.local.": None,
    "_ipp._tcp.local.": None,
    "_printer._tcp.local.": None,
    "_pdl-datastream._tcp.local.": None,
}
"""The services browsed, and what their port serves (None: nothing to ask). Printers are browsed so as to leave them alone."""
SERVICES = frozenset(kind.lower().removesuffix(".") for kind in DOOR_OF)
INSTANCES_LIMIT = 64
"""Of one sender: a camera announces up to six services, a bridge one for each of its accessories."""
ADDRESSES_LIMIT = 16
TEXT_LIMIT_BYTES = 2048
"""Source: RFC 6763, 6.2: up to 1,300 bytes."""

_A, _PTR, _TXT, _SRV = 1, 12, 16, 33
_HEADER = struct.pack(">HHHHHH", 0, 0x8400, 0, 0, 0, 0)
_TTL_S = 4500

Name = tuple[str, ...]


@dataclass(slots=True)
class _Instance:
    """The records of one service instance. `server` is the host that serves it, labels in lower case."""

    name: Name
    service: bytes | None = None
    server: Name = ()
    text: bytes | None = None


@dataclass(slots=True)
class Services:
    """What one sender said so far."""

    _instances: dict[Name, _Instance] = field(default_factory=dict)
    _hosts: dict[Name, dict[bytes, Name]] = field(default_factory=dict)

    def take(self, data: bytes) -> tuple[bytes, ...]:
        """One message; the whole of each instance that it says something of. Raises WireError, also for a question."""
        said: dict[Name, None] = {}
        for record in read_records(data):
            if data[record.at - 6 : record.at - 2] == bytes(4):
                continue  # A goodbye; it deletes nothing here.
            if record.kind == _A and record.length == 4:
                self._add_host(record, data)
                said[_lower(record.name)] = None
            elif record.kind in (_PTR, _SRV, _TXT):
                said |= dict.fromkeys(self._add(record, data))
        found = []
        for key, instance in self._instances.items():
            if (key in said or instance.server in said) and (instance.service or instance.text):
                found.append(_message(instance, self._hosts.get(instance.server, {})))
        return tuple(found)

    def _add_host(self, record: Record, data: bytes) -> None:
        host = self._hosts.setdefault(_lower(record.name), {}) if len(self._hosts) < INSTANCES_LIMIT else {}
        if len(host) < ADDRESSES_LIMIT:
            host[data[record.at : record.at + 4]] = record.name

    def _add(self, record: Record, data: bytes) -> tuple[Name, ...]:
        name = record.name
        if record.kind == _PTR:
            name, _ = read_name(data, record.at)
            if _kind_of(record.name) not in SERVICES:
                return ()
        if _kind_of(name[1:]) not in SERVICES:
            return ()
        key = _lower(name)
        if key not in self._instances and len(self._instances) >= INSTANCES_LIMIT:
            return ()
        instance = self._instances.setdefault(key, _Instance(name))
        if record.kind == _SRV and record.length >= 7:
            target, _ = read_name(data, record.at + 6)
            instance.server = _lower(target)
            instance.service = data[record.at : record.at + 6] + _written(target)
        elif record.kind == _TXT and record.length <= TEXT_LIMIT_BYTES:
            instance.text = data[record.at : record.at + record.length]
        return (key,)


def _lower(name: Name) -> Name:
    return tuple(label.lower() for label in name)


def _kind_of(name: Name) -> str:
    return ".".join(name).lower()


def _message(instance: _Instance, addresses: dict[bytes, Name]) -> bytes:
    kind = _written(instance.name[1:])
    records = [(kind, _PTR, _written(instance.name))]
    if instance.service is not None:
        records.append((_written(instance.name), _SRV, instance.service))
    if instance.text is not None:
        records.append((_written(instance.name), _TXT, instance.text))
    records += [(_written(name), _A, address) for address, name in sorted(addresses.items())]
    head = _HEADER[:6] + struct.pack(">H", len(records)) + _HEADER[8:]
    return head + b"".join(name + struct.pack(">HHIH", which, 1, _TTL_S, len(value)) + value for name, which, value in records)


def _written(name: Name) -> bytes:
    """A name's bytes, not compressed."""
    labels = [label.encode("utf-8")[:63] for label in name if label]
    written = b"".join(bytes((len(label),)) + label for label in labels) + b"\x00"
    if len(written) > 255:
        raise WireError("A DNS name is too long.")
    return written
