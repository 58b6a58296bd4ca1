"""Names of batches, told apart: "Hall, Main block", "No location yet: cameras, listed"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from camcensus.model.asset import names_apart
from camcensus.model.plan import NOT_DATED, OPTION_WORDS, Batch
from camcensus.model.words import clean, lower_first

NO_PLACE = "No location yet"


def names_of(paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """What people call each place: "Hall", or "Hall, Main block" beside another one."""
    return {(): NO_PLACE} | {path: ", ".join(names) for path, names in names_apart(paths).items()}


def told_apart(batches: Sequence[Batch]) -> tuple[Batch, ...]:
    """The batches in their order, each name once: what was proposed says what differs. Names that staff typed stay."""
    alike: defaultdict[str, list[Batch]] = defaultdict(list)
    for batch in batches:
        alike[batch.name].append(batch)
    return tuple(
        batch
        if len(alike[batch.name]) == 1 or "name" in batch.typed
        else replace(batch, name=f"{batch.name}: {_apart(batch, alike[batch.name])}")
        for batch in batches
    )


def _apart(batch: Batch, group: Sequence[Batch]) -> str:
    """What tells it from the others, in as few words as will do; its first ref where nothing else does."""
    said: list[str] = []
    rest = [other for other in group if other is not batch]
    for words in _WORDS:
        still = [other for other in rest if words(other) == words(batch)]
        if len(still) < len(rest):
            said.append(words(batch))
            rest = still
        if not rest:
            break
    return ", ".join([*said, *([clean(batch.refs[0], 24)] if rest and batch.refs else [])])


def _option(batch: Batch) -> str:
    return "taken out" if batch.out else lower_first(OPTION_WORDS[batch.option]) if batch.option else "not decided"


def _maker(batch: Batch) -> str:
    return "listed" if batch.listed else "based in China (our reading)" if batch.based else "not listed"


def _place(batch: Batch) -> str:
    return "sensitive place" if batch.sensitive else "core network" if batch.core else "other place"


_KINDS = {"camera": "cameras", "recorder": "recorders"}
_WORDS: tuple[Callable[[Batch], str], ...] = (
    lambda batch: _KINDS.get(batch.kind, "other items"),
    _maker,
    _option,
    lambda batch: batch.year or NOT_DATED.lower(),
    _place,
    lambda batch: f"priority {batch.priority}",
)
