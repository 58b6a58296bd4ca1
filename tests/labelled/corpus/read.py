"""Reads the corpus: each row's replies as a search reads them, and what it is in truth."""

from __future__ import annotations

import hashlib
import struct
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from camcensus.model.device import Observation
from labelled import packets
from labelled.case import Case
from labelled.packets import Packet
from labelled.strangers import FORMS as STRANGERS

HERE = Path(__file__).parent
Half = Literal["open", "held"]
HALVES: tuple[Half, ...] = ("open", "held")


@dataclass(frozen=True, slots=True)
class Row:
    """`kind` in truth, `also` what is right as well; `lenient` why an ordinary one may be called a possible camera.

    `maker` is our id, "" where it is none of ours, None where it is not judged. `told` and `kind_told` are False where the
    replies do not hold enough to say so.
    """

    case: Case
    kind: str
    also: tuple[str, ...]
    lenient: str
    maker: str | None
    told: bool
    kind_told: bool

    @property
    def id(self) -> str:
        """How it is named."""
        return self.case.id

    def observations(self) -> tuple[Observation, ...]:
        """The replies, read."""
        return self.case.observations()


def half_of(identity: str) -> Half:
    """Which half a row belongs to, by its id alone."""
    return "held" if hashlib.sha256(identity.encode()).digest()[-1] & 1 else "open"


def ordinary(half: Half) -> tuple[Row, ...]:
    """What is no camera and no recorder."""
    return _rows(half, "ordinary")


def cameras(half: Half) -> tuple[Row, ...]:
    """What is one."""
    return _rows(half, "camera")


def _rows(half: Half, what: Literal["ordinary", "camera"]) -> tuple[Row, ...]:
    path = HERE / f"{'ordinary' if what == 'ordinary' else 'cameras'}_{half}.toml"
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[what]
    return tuple(_row(row, what) for row in rows)


def _row(row: Mapping[str, Any], what: str) -> Row:
    maker = row.get("maker", "" if what == "ordinary" else None)
    basis = row.get("truly") or row["note"]
    case = Case(row["id"], what, maker or None, False, basis, tuple(map(_packet, row["replies"])), source=row.get("source", ""))
    told = bool(maker) and row.get("told", True) and what == "camera"
    also = tuple(row.get("also", ()))
    return Row(case, row.get("kind", "other"), also, row.get("lenient", ""), maker, told, row.get("kind_told", True))


def _packet(reply: Mapping[str, Any]) -> Packet:
    return FORMS[reply["form"]](**{key: value for key, value in reply.items() if key != "form"})


def _upnp(
    *, manufacturer: str, model: str, kind: str = "Basic:1", description: str = "", serial: str = "1", friendly: str = ""
) -> Packet:
    """A UPnP device description whose name is not its model."""
    plain = packets.upnp(manufacturer, model, serial, kind, description)
    name = f"<friendlyName>{model}<".encode()
    return Packet("upnp", plain.raw.replace(name, f"<friendlyName>{friendly or model}<".encode()), port=plain.port)


def _host(*, name: str) -> Packet:
    """The address record of a host name."""
    owner = b"".join(bytes([len(part)]) + part for part in (name.encode(), b"local")) + b"\0"
    record = owner + struct.pack(">HHIH", 1, 1, 120, 4) + bytes(map(int, packets.ADDRESS.split(".")))
    return Packet("mdns", struct.pack(">HHHHHH", 0, 0x8400, 0, 1, 0, 0) + record, port=5353)


_NAMES = {"CN": 3, "C": 6, "L": 7, "ST": 8, "O": 10, "OU": 11}


def _der(tag: int, data: bytes) -> bytes:
    length = bytes([len(data)]) if len(data) < 128 else bytes([0x82]) + len(data).to_bytes(2, "big")
    return bytes([tag]) + length + data


def _name(parts: Sequence[str]) -> bytes:
    sets = b""
    for part in parts:
        kind, _, value = part.partition("=")
        pair = _der(0x06, bytes([0x55, 0x04, _NAMES[kind]])) + _der(0x0C, value.encode())
        sets += _der(0x31, _der(0x30, pair))
    return _der(0x30, sets)


def _cert(*, subject: list[str], issuer: list[str] | None = None, port: int = 443) -> Packet:
    """A certificate as far as a search reads it. Source: RFC 5280."""
    head = _der(0x02, b"\x01") + _der(0x30, b"") + _name(issuer or subject) + _der(0x30, b"") + _name(subject)
    return Packet("tls", _der(0x30, _der(0x30, head)), port=port)


def _scoped(*, scopes: list[str], types: str) -> Packet:
    return packets.wsd(*scopes, types=types)


FORMS: Mapping[str, Callable[..., Packet]] = {
    **STRANGERS, "upnp_device": _upnp, "mdns_host": _host, "cert": _cert, "wsd": _scoped,
}  # fmt: skip
"""How a reply is rebuilt, by its `form`."""
