"""What a simulated device does wrong. One mechanism for the school, large fleets and hostile devices.

Kinds, and what `value` means:

- `silent`: takes the question and never answers.
- `slow`: answers after `value` seconds.
- `drip`: sends a byte at a time, `value` seconds apart (TCP).
- `cut`: sends the first `value` bytes only, then ends.
- `wrong-length`: every length it states is off by `value` bytes.
- `repeat`: sends the answer `value` times (UDP).
- `reset`: drops the connection without an answer (TCP).
- `endless`: goes on sending the answer's last byte until the other side leaves, at most `value` bytes (TCP).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from camcensus.model.errors import DemoError

FaultKind = Literal["silent", "slow", "drip", "cut", "wrong-length", "repeat", "reset", "endless"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, in what a device says over `protocol` ("wsdiscovery", "sadp", …, "http", "onvif", "rtsp", or "*")."""

    protocol: str
    kind: FaultKind
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of one device."""

    faults: tuple[Fault, ...] = ()

    def value(self, protocol: str, kind: FaultKind) -> float | None:
        """The value of a fault of this kind in this protocol, None when the device does not have it."""
        for fault in self.faults:
            if fault.kind == kind and fault.protocol in (protocol, "*"):
                return fault.value
        return None

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
        faults.append(Fault(str(row.get("protocol", "*")), kind, float(str(row.get("value", 0)))))  # type: ignore[arg-type]
    return Faults(tuple(faults))
