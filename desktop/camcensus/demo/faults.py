"""What a simulated device does wrong. One mechanism for the school, large fleets and hostile devices.

Kinds, and what `value` means. How an answer is sent:

- `silent`: takes the question and never answers.
- `slow`: answers after `value` seconds.
- `drip`: sends a byte at a time, `value` seconds apart (TCP).
- `cut`: sends the first `value` bytes only, then ends.
- `wrong-length`: every length it states is off by `value` bytes.
- `repeat`: sends the answer `value` times (UDP).
- `other-port`: answers from a port that nobody asked (UDP).
- `reset`: drops the connection without an answer (TCP).
- `endless`: continues sending the answer's last byte until the other side leaves, at most `value` bytes (TCP).
- `huge`: the same, with that length stated (HTTP).
- `chunked`, `no-length`: in chunks, or ended by closing (HTTP).

What is in it (`spoiled.py`), with `text` where the table says so:

- `bare`: the SOAP envelope is left out. `spaces`: blanks in scopes are not escaped. `nuls`: `value` NULs at the end.
- `no-links`: it names no address of its services. `doubled`: two matches in one datagram. `unclosed`: no end tags in SADP.
- `new-id`: another endpoint id in each answer. `same-id`: the one endpoint id of all devices with this fault.
- `other-host`: links name the host `text`. `redirect`: to a page of its own that leads on to another, in a ring; to `text`.
- `named`: the device's names are `text`. `gbk`: they are Chinese, in GBK, whatever the answer says of its encoding.
- `bomb`: entities that unfold to a billion laughs. `plain`: no SOAP, under a SOAP type. `garbage`: `value` random bytes.
- `fault`: a SOAP fault under status 200. `status`: status `value` with an ordinary fault (HTTP).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from camcensus.model.errors import DemoError

FaultKind = Literal[
    "silent", "slow", "drip", "cut", "wrong-length", "repeat", "other-port", "reset", "endless", "huge", "chunked", "no-length",
    "bare", "spaces", "nuls", "no-links", "doubled", "unclosed",
    "new-id", "same-id", "other-host", "redirect", "named", "gbk", "bomb", "plain", "garbage",
    "fault", "status",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, in what a device says over `protocol` ("wsdiscovery", "sadp", …, "http", "onvif", "rtsp", or "*")."""

    protocol: str
    kind: FaultKind
    value: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of one device."""

    faults: tuple[Fault, ...] = ()

    def find(self, protocol: str, kind: FaultKind) -> Fault | None:
        """The first fault of this kind in this protocol, None when the device does not have it."""
        return next((one for one in self.faults if one.kind == kind and one.protocol in (protocol, "*")), None)

    def value(self, protocol: str, kind: FaultKind) -> float | None:
        """The value of a fault of this kind in this protocol, None when the device does not have it."""
        fault = self.find(protocol, kind)
        return None if fault is None else fault.value

    def has(self, protocol: str, kind: FaultKind) -> bool:
        """Whether the device has a fault of this kind in this protocol."""
        return self.value(protocol, kind) is not None

    def lie_bytes(self, protocol: str) -> int:
        """By how much the lengths it states are wrong."""
        return int(self.value(protocol, "wrong-length") or 0)

    def delay_s(self, protocol: str) -> float:
        """How long it waits before it answers, in seconds, beside what the protocol asks."""
        return self.value(protocol, "slow") or 0.0

    def cut(self, protocol: str, data: bytes) -> bytes:
        """What it really sends of `data`."""
        limit = self.value(protocol, "cut")
        return data if limit is None else data[: int(limit)]


def read_faults(rows: Iterable[Mapping[str, object]], where: str) -> Faults:
    """Faults as a device file lists them. Raises DemoError for a kind that does not exist."""
    faults = []
    for row in rows:
        kind = str(row.get("kind"))
        if kind not in get_args(FaultKind):
            raise DemoError(f"The simulated device {where} has a fault of an unknown kind: {kind}.")
        value, text = float(str(row.get("value", 0))), str(row.get("text", ""))
        faults.append(Fault(str(row.get("protocol", "*")), kind, value, text))  # type: ignore[arg-type]
    return Faults(tuple(faults))
