"""A number with its doubt, and how many of each kind: printed in one way everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from camcensus.model.device import DeviceKind
from camcensus.model.prose import fitting, joined, range_words

KIND_NOUNS: dict[DeviceKind, tuple[str, str]] = {
    "camera": ("camera", "cameras"),
    "recorder": ("recorder", "recorders"),
    "encoder": ("encoder", "encoders"),
    "intercom": ("intercom", "intercoms"),
    "software": ("viewing program", "viewing programs"),
    "unknown": ("device that may be a camera", "devices that may be cameras"),
    "other": ("other device", "other devices"),
}
"""The kinds of register entries in the order in which they are said."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many: at least `low`, and up to `high` with those that are only likely."""

    low: int = 0
    high: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.low + other.low, self.high + other.high)

    def __bool__(self) -> bool:
        return self.high > 0

    def __str__(self) -> str:
        """ "17 to 19", or "17"."""
        return range_words(self.low, self.high)

    @property
    def likely(self) -> int:
        """Those that are only likely."""
        return self.high - self.low

    def of(self, one: str, many: str | None = None) -> str:
        """ "17 to 19 cameras", "1 camera"."""
        return f"{self} {self.fitting(one, many or f'{one}s')}"

    def fitting(self, one: str = "is", many: str = "are") -> str:
        """The form that fits the last number: "0 to 1 camera is"."""
        return fitting(self.high, one, many)


def exactly(number: int) -> Count:
    """A number without a doubt."""
    return Count(number, number)


def kinds_counted(kinds: Mapping[DeviceKind, int]) -> list[str]:
    """["42 cameras", "2 recorders"]: the kinds that are there, in the order of the register."""
    return [f"{kinds[kind]:,} {fitting(kinds[kind], *nouns)}" for kind, nouns in KIND_NOUNS.items() if kinds.get(kind)]


def kinds_in_words(kinds: Mapping[DeviceKind, int]) -> str:
    """ "42 cameras and 2 recorders"; "" where there is none."""
    return joined(kinds_counted(kinds))
