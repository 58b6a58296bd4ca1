"""A secret in pieces, in their order, whatever stands between them: lines of a log, parts of a query, chunks of a transfer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

PIECE = 4
"""Shorter pieces are in any reply by chance; letter by letter is `dressed` and `tokens`."""
GAP = 160
"""So many bytes may stand between two pieces: as much as a line of a log has before its text."""
OVERLAP = 3
"""The last signs between two pieces may by chance be as the last of the first: the "n" of "\\n"."""
PIECES, TOGETHER = 3, 12
"""So many pieces that continue each other are no chance, where they are so long together."""


NEAR = 40
"""Two pieces that are the whole together may be so far apart."""

PLACES = 4
"""A piece that is in more places says nothing: a device may choose a nonce of one letter."""


class _Chain(NamedTuple):
    """Pieces of one secret: up to where in it, where the last one ends, where each is, and whether it is its first piece."""

    at: int
    end: int
    spans: tuple[tuple[int, int], ...]
    is_first: bool


class Scattered:
    """Secrets that are looked for in pieces. Of two that begin alike both are found."""

    def __init__(self) -> None:
        self._secrets = list[bytes]()
        self._places = defaultdict[bytes, list[tuple[int, int]]](list)

    def __len__(self) -> int:
        """How many it looks for."""
        return len(self._secrets)

    def learn(self, secret: bytes) -> None:
        """Look for a secret, in small letters."""
        if len(secret) < TOGETHER or secret in self._secrets:
            return
        self._secrets.append(secret)
        for at in range(len(secret) - PIECE + 1):
            places = self._places[secret[at : at + PIECE]]
            if len(places) < PLACES:
                places.append((len(self._secrets) - 1, at))

    def clear(self) -> None:
        """Forget them."""
        self._secrets.clear()
        self._places.clear()

    def find(self, low: bytes) -> Iterator[tuple[int, int]]:
        """Where the pieces are. Each byte of `low` is looked at once for each secret that it may continue."""
        places = self._places
        open_chains = dict[tuple[int, int], _Chain]()
        reached = dict[tuple[int, int], int]()
        for start in [start for start in range(len(low) - PIECE + 1) if low[start : start + PIECE] in places]:
            for number, at in places[low[start : start + PIECE]]:
                secret = self._secrets[number]
                if reached.get((number, start - at), 0) > start:
                    continue
                end, to = start + PIECE, at + PIECE
                while end < len(low) and to < len(secret) and low[end] == secret[to]:
                    end, to = end + 1, to + 1
                before = next((got for more in range(OVERLAP) if (got := open_chains.pop((number, at + more), None))), None)
                spans: tuple[tuple[int, int], ...] = ((start, end),)
                if before is not None and 0 <= start - before.end <= GAP:
                    spans = (*before.spans[-PIECES:], *spans)
                reached[number, start - at] = end
                open_chains[number, to] = _Chain(to, end, spans, is_first=at == 0)
                is_whole = before is not None and before.is_first and to == len(secret) and start - before.end <= NEAR
                if is_whole or (len(spans) >= PIECES and sum(right - left for left, right in spans) >= TOGETHER):
                    yield from spans
