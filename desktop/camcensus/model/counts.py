"""A number with its doubt beside it, and how many of each kind: printed in one way everywhere."""

from __future__ import annotations

from collections.abc import Mapping

from camcensus.model.device import DeviceKind
from camcensus.model.frozen import frozen
from camcensus.model.words import fitting, joined

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


PROVEN_MEANS = "Proven means confirmed, or almost certain by signs independent of each other."
"""Said once on a paper that says of how many the maker is proven."""


@frozen
class Count:
    """How many are likely or surer: the one `number` that is printed. `proven` of them are confirmed or almost certain.

    `most` adds those of which the same only may be true.
    """

    proven: int
    number: int
    most: int

    def __add__(self, other: Count) -> Count:
        return Count(self.proven + other.proven, self.number + other.number, self.most + other.most)

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        return f"{self.number:,}"

    @property
    def doubt(self) -> str:
        """ "of which 12 proven, up to 19 in all with those that may be"; "" where all are proven and no more may be."""
        proven = f"of which {self.proven:,} proven" if self.proven else "not proven yet"
        most = f"up to {self.most:,} in all with those that may be"
        return ", ".join([proven] * (self.proven < self.number) + [most] * (self.most > self.number))

    @property
    def in_brackets(self) -> str:
        """ " (of which 12 proven)", to stand behind the number and its noun; "" without a doubt."""
        return f" ({self.doubt})" if self.doubt else ""

    def of(self, one: str, many: str | None = None) -> str:
        """ "17 cameras", "1 camera"."""
        return f"{self} {self.fitting(one, many or f'{one}s')}"

    def fitting(self, one: str = "is", many: str = "are") -> str:
        """The form that fits the number."""
        return fitting(self.number, one, many)


NONE = Count(0, 0, 0)


def proven_means(*numbers: Count) -> str:
    """What "proven" means, where the doubt of one of the numbers says it."""
    return PROVEN_MEANS if any(one.proven < one.number for one in numbers) else ""


def exactly(number: int) -> Count:
    """A number without a doubt."""
    return Count(number, number, number)


def kinds_counted(kinds: Mapping[DeviceKind, int]) -> list[str]:
    """["42 cameras", "2 recorders"]: the kinds that are there, in the order of the register."""
    return [f"{kinds[kind]:,} {fitting(kinds[kind], *nouns)}" for kind, nouns in KIND_NOUNS.items() if kinds.get(kind)]


def kinds_in_words(kinds: Mapping[DeviceKind, int]) -> str:
    """ "42 cameras and 2 recorders"; "" where there is none."""
    return joined(kinds_counted(kinds))
