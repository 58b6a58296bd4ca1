"""Whether a network loses what is sent: told by hosts that answered only what was sent to them for the second time.

A port that stays silent says nothing of the network: a firewall is silent too.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from types import TracebackType
from typing import Self

LOOKS = 2
"""How often what stayed silent on a network that loses what is sent is asked once more."""
_SHARE = 1 / 6
"""Of the hosts of a network that answered, so many late ones say that it does."""
_AGAIN_S = 0.9
"""Systems begin a connection that nobody answered again after 1 s. Source: RFC 6298, 2.1."""
_LOOKED_S = 0.5
_LAG_S = 0.1


class Waiting:
    """Waits for an answer as long as its block lasts; `late` is then whether it came to what the system had sent again.

    Not where this computer was busy, and may have looked late at an answer in time: it has to have looked in between.
    """

    def __init__(self) -> None:
        self.late = False
        self._looked = False

    def __enter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._began_s = self._loop.time()
        self._timer = self._loop.call_later(_LOOKED_S, self._look)
        return self

    def _look(self) -> None:
        self._looked = self._loop.time() - self._began_s < _LOOKED_S + _LAG_S

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        self.late = self._looked and self._loop.time() - self._began_s >= _AGAIN_S


def lossy_networks(answers: Iterable[tuple[str, bool]]) -> set[str]:
    """The networks that lose what is sent, of pairs: the network of a host that answered, and whether it did so late."""
    heard, late = Counter[str](), Counter[str]()
    for network, was_late in answers:
        heard[network] += 1
        late[network] += was_late
    return {network for network in heard if late[network] >= max(1, heard[network] * _SHARE)}
