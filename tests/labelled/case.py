"""A labelled case: replies, and who really made the device."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from camcensus.model.device import Observation
from camcensus.wire.read import read
from labelled.packets import ADDRESS, Packet
from labelled.publications import named_in

AT = "2026-11-24T10:41:02.113Z"


@dataclass(frozen=True, slots=True)
class Case:
    """`truth` is the manufacturer's id, None where nobody knows or it is no camera.

    `told` says whether its replies hold enough, by published facts, for a careful person to name the maker, `kind_told` the
    same of its kind; both are decided by the facts, not by what we answer. `basis` names the facts, `source` the published
    text that they are from; a case without one is from what its basis names. `maker_judged` is False where the
    publication does not say who made it: then any answer about the maker counts as nothing.
    """

    id: str
    theme: str
    truth: str | None
    told: bool
    basis: str
    packets: tuple[Packet, ...]
    kind: str | None = None
    kind_told: bool = True
    maker_judged: bool = True
    source: str = ""

    @property
    def sources(self) -> frozenset[str]:
        """The publications that its facts are from, as `labelled.publications` spells them."""
        return named_in(self.source or self.basis) or frozenset({f"labelled/{self.theme}"})

    def observations(self) -> tuple[Observation, ...]:
        """The replies, read as a scan reads them."""
        return tuple(
            Observation(
                probe=packet.probe, address=ADDRESS, at=AT, raw=packet.raw, ask=packet.ask, port=packet.port, mac=packet.mac,
                network="eth0 10.0.0.2/24", reading=read(packet.probe, packet.ask, packet.raw),
            )
            for packet in self.packets
        )  # fmt: skip


def case(
    theme: str, id: str, truth: str | None, *packets: Packet, told: bool = True, basis: str, kind: str | None = None
) -> Case:
    """A case of a theme."""
    return Case(f"{theme}/{id}", theme, truth, told, basis, tuple(packets), kind)


def slug(text: str) -> str:
    """A name as part of an id."""
    return "".join(letter if letter.isalnum() else "-" for letter in text.lower()).strip("-")


def unique(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases; raises ValueError where two have one id or the same replies and truth."""
    seen: set[object] = set()
    for one in cases:
        for key in (one.id, (one.truth, tuple((p.probe, p.ask, p.raw, p.mac) for p in one.packets))):
            if key in seen:
                raise ValueError(f"{one.id} stands twice")
            seen.add(key)
    return tuple(cases)
