"""Which entries an answer about networks can be given for at once: those chosen, a whole network, or a whole place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from camcensus.model.words import clean, count
from camcensus.tasks.register.verbs import AssetRow


@dataclass(frozen=True, slots=True)
class AnswerScope:
    """Entries that one answer is for, and what they are called."""

    words: str
    ids: tuple[str, ...]


def answer_scopes(rows: Sequence[AssetRow], chosen: Sequence[AssetRow]) -> list[AnswerScope]:
    """The chosen entries, then each network that any of them is on, then each place that all of them are in, smallest first.

    `rows` is the register. What is no longer here is in no network or place.
    """
    name = f"Only {clean(chosen[0].asset.ref)}" if len(chosen) == 1 else f"The {count(len(chosen), 'item')} you chose"
    found = [AnswerScope(name, tuple(row.asset.id for row in chosen))]
    for network in sorted({row.network for row in chosen if row.network}):
        on = on_network(rows, network)
        found.append(AnswerScope(f"All on the network {clean(network, 60)} ({len(on):,})", on))
    paths = [row.asset.place_path for row in chosen]
    depth = min(map(len, paths), default=0)
    while depth and len({path[:depth] for path in paths}) > 1:
        depth -= 1
    for size in range(depth, 0, -1):
        path = paths[0][:size]
        inside = in_place(rows, path)
        found.append(AnswerScope(f"All in {' › '.join(clean(one, 60) for one in path)} ({len(inside):,})", inside))
    return [one for one in found if one.ids]


def on_network(rows: Sequence[AssetRow], network: str) -> tuple[str, ...]:
    """The entries that were seen on a network."""
    return tuple(row.asset.id for row in rows if row.network == network and row.asset.in_use)


def in_place(rows: Sequence[AssetRow], path: tuple[str, ...]) -> tuple[str, ...]:
    """The entries that are in a place or in what lies in it."""
    return tuple(row.asset.id for row in rows if row.asset.place_path[: len(path)] == path and row.asset.in_use)
