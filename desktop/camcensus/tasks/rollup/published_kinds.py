"""The kinds of organisations of a publishing pack, in words of ours or of public registers: what is typed may be anything."""

from __future__ import annotations

from collections.abc import Iterable

from camcensus.model.body_kinds import KIND_WORDS, PUBLIC_KINDS, kind_spelled
from camcensus.tasks.rollup.figures import Figures

_ANOTHER = "Another kind"


def published_kinds(figures: Figures) -> dict[str, str]:
    """What each kind is called; those that no register of ours has are numbered, and so are two that are called the same."""
    kinds = {one.type for one in figures.bodies} | {kind for _, _, kind in figures.missing}
    for table in figures.tables:
        for name in {"body_type", "type"} & set(table.columns):
            at = table.columns.index(name)
            kinds.update(row[at] for row in table.rows)
    return kinds_called(kinds)


def kinds_called(kinds: Iterable[str]) -> dict[str, str]:
    """Each kind as it is published; none is called as another is."""
    found: dict[str, str] = {}
    strange = []
    for kind in sorted(kinds, key=lambda one: (kind_spelled(one) != one, one)):
        spelled = kind_spelled(kind)
        words = KIND_WORDS.get(spelled) or (spelled if spelled in PUBLIC_KINDS else None)
        if words is None or words in found.values():
            strange.append(kind)
        else:
            found[kind] = words
    number = f"{_ANOTHER} ({{}})" if len(strange) > 1 else _ANOTHER
    return found | {kind: number.format(at) for at, kind in enumerate(strange, 1)}
