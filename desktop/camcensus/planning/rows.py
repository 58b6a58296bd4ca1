"""The register as planning reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from camcensus.model.asset import Asset
from camcensus.model.attribution import Grade
from camcensus.model.verdict import CareKind, Verdict


@dataclass(frozen=True, slots=True)
class Light:
    """What a plan needs of every answer; the whole answer is only asked of recorders."""

    brand: str | None = None
    model: str | None = None
    manufacturer: str | None = None
    grade: Grade = "unknown"
    network: str | None = None
    care: tuple[CareKind, ...] = ()


class PlannedRow(Protocol):
    """A row of the register, what was concluded about its device, and the ids of the lists in use that name its maker.

    `judged` says whether anything was concluded; asking for the whole `verdict` costs more. `based` is True where the maker is
    based in China, by our reading of a statement in use that names no company.
    `manufacturer_name` is how the maker's name is printed; the manufacturer's id where it is not given.
    """

    @property
    def asset(self) -> Asset: ...
    @property
    def judged(self) -> bool: ...
    @property
    def verdict(self) -> Verdict | None: ...
    @property
    def listed_on(self) -> tuple[str, ...]: ...
    @property
    def based(self) -> bool: ...
    @property
    def manufacturer_name(self) -> str | None: ...
    @property
    def light(self) -> Light: ...


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A `PlannedRow` whose whole answer is at hand."""

    asset: Asset
    verdict: Verdict | None
    listed_on: tuple[str, ...]
    manufacturer_name: str | None = None
    based: bool = False

    @property
    def judged(self) -> bool:
        """Whether it has a device."""
        return self.verdict is not None

    @property
    def light(self) -> Light:
        """Out of the whole answer."""
        if self.verdict is None:
            return Light()
        who, what = self.verdict.attribution, self.verdict.description
        care = tuple(one.kind for one in self.verdict.care)
        network = self.verdict.device.network
        return Light(who.brand, what.model or what.claimed_model, who.manufacturer, who.grade, network, care)
