"""Whether a device's firmware is one that a source means: by the day it was built, and by version, number by number."""

from __future__ import annotations

import re
from typing import Literal

from camcensus.assessment.records_index import names_model
from camcensus.model import frozen
from camcensus.model.builds import read_firmware_date
from camcensus.model.records import Affected

Place = Literal["inside", "outside", "unknown"]

_NUMBERS_LIMIT = 12
_VERSION = re.compile(r"[0-9]")
_HARDWARE = re.compile(
    r"(?:[A-Z0-9-]{1,20}\([A-Z]{2}\)_)?V[0-9]_(?=[0-9]+\.[0-9])|[A-Z][A-Z0-9-]{1,20}_V(?=[0-9]+\.[0-9])", re.I
)
"""What some makers write before the version: the model, or it and the hardware, "SRN4000_v2.16", "C200(US)_V3_1.4.5"."""
_NUMBER = re.compile(r"[0-9]{1,18}")


@frozen
class Firmware:
    """What a device says of its firmware: build date (ISO 8601), numbers of the version, all words; unknown where empty."""

    built: str | None
    numbers: tuple[int, ...]
    text: str = ""

    @property
    def is_unknown(self) -> bool:
        """True where there is nothing to compare."""
        return self.built is None and not self.text


def read_firmware(version: str | None, built: str | None) -> Firmware:
    """ "V5.4.4 build 161125" gives 5, 4, 4 (the first word that has numbers), and its day where `built` gives none."""
    word = next((word for word in (version or "")[:256].split() if _VERSION.search(word)), "")
    word = _HARDWARE.sub("", word, count=1) if _HARDWARE.match(word) else word
    numbers = tuple(int(digits) for digits in _NUMBER.findall(word)[:_NUMBERS_LIMIT])
    return Firmware(built or read_firmware_date(version), numbers, (version or "").strip())


def place_of(firmware: Firmware, affected: Affected) -> Place:
    """Where the firmware lies: outside as soon as one bound says so, inside only where every stated bound could be compared."""
    if affected.every_firmware:
        return "inside"
    if not affected.states_firmware:
        return "unknown"
    told = [
        names_model(affected.firmware, (firmware.text,)) if affected.firmware and firmware.text else None,
        _after(firmware.built, affected.built_from),
        _not(_after(firmware.built, affected.built_until, strictly=True)),
        _not(_after(firmware.built, affected.built_before)),
        _order(firmware.numbers, affected.version_from, allowed=(1, 0)),
        _order(firmware.numbers, affected.version_until, allowed=(-1, 0)),
        _order(firmware.numbers, affected.version_before, allowed=(-1,)),
    ]
    bounds = (
        affected.firmware, affected.built_from, affected.built_until, affected.built_before,
        affected.version_from, affected.version_until, affected.version_before,
    )  # fmt: skip
    stated = [answer for answer, bound in zip(told, bounds, strict=True) if bound is not None]
    if any(answer is False for answer in stated):
        return "outside"
    return "inside" if all(answer is True for answer in stated) else "unknown"


def _after(day: str | None, bound: str | None, strictly: bool = False) -> bool | None:
    """Whether a day is at or after a bound (`strictly`: after it); a bound may be a year or month alone."""
    if day is None or bound is None:
        return None
    cut = day[: len(bound)]
    return cut > bound if strictly else cut >= bound


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _order(numbers: tuple[int, ...], bound: str | None, allowed: tuple[int, ...]) -> bool | None:
    """Whether the version stands to a bound in one of the allowed ways (-1 before, 0 equal, 1 after).

    A version that continues where the bound ends is taken as equal to it; one that ends before the bound cannot be compared.
    """
    if bound is None or not numbers:
        return None
    wanted = tuple(int(digits) for digits in _NUMBER.findall(bound)[:_NUMBERS_LIMIT])
    for mine, other in zip(numbers, wanted, strict=False):
        if mine != other:
            return (1 if mine > other else -1) in allowed
    return 0 in allowed if len(numbers) >= len(wanted) else None
