"""Ways to say a page, each said when it is asked for: most papers have room for one of the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import overload

from camcensus.model.blocks import Block

type Way = Sequence[Block]


class Ways[Room](Sequence[Way]):
    """A way for each room, the fullest first."""

    def __init__(self, rooms: Iterable[Room], say: Callable[[Room], Iterable[Block]]) -> None:
        self._rooms, self._say = [*rooms], say
        self._said: dict[int, Way] = {}

    def __len__(self) -> int:
        return len(self._rooms)

    @overload
    def __getitem__(self, at: int) -> Way: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Way]: ...
    def __getitem__(self, at: int | slice) -> Way | Sequence[Way]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        if at not in self._said:
            self._said[at] = [*self._say(self._rooms[at])]
        return self._said[at]
