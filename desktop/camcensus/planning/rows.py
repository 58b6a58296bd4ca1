"""The register as planning reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from camcensus.model import frozen
from camcensus.model.asset import Asset
from camcensus.model.device import NAMED_GRADES, CareFinding, CareKind, Grade, Verdict
from camcensus.model.words import joined, lower_first


@frozen
class Light:
    """What a plan needs of every answer; the whole answer is only asked of recorders."""

    brand: str | None = None
    model: str | None = None
    manufacturer: str | None = None
    grade: Grade = "unknown"
    care: tuple[CareKind, ...] = ()
    firmware: str | None = None
    ended: str = ""
    """When its support ended, and who says so: "support ended in May 2023, as recorded"; "" where it has not."""


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


def ended_said(care: Iterable[CareFinding]) -> str:
    """What the findings say of the end of support, as a part of a sentence."""
    return next((lower_first(one.why.rstrip(".")) for one in care if one.kind == "support-ended"), "")


def looked_up(rows: Iterable[PlannedRow]) -> str:
    """ "3 by model and firmware and 8 by model alone": by what flaws were looked up."""
    numbers = Counter(_looked_up(row.light) for row in rows)
    return joined([f"{numbers[how]:,} {how}" for how in (BY_FIRMWARE, BY_MODEL, BY_MAKER, NOT_LOOKED_UP) if numbers[how]])


BY_FIRMWARE, BY_MODEL, BY_MAKER = "by model and firmware", "by model alone", "by maker alone"
NOT_LOOKED_UP = "not at all, for want of a maker"


def _looked_up(light: Light) -> str:
    if light.manufacturer is None or light.grade not in NAMED_GRADES:
        return NOT_LOOKED_UP
    return BY_MAKER if not light.model else BY_FIRMWARE if light.firmware else BY_MODEL
