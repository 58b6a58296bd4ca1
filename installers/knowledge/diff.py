"""Two knowledge bases held against each other: what the newer one adds, drops and says differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, count, listed

NAMED = 12
"""How many names are printed of each kind; the JSON has all."""


@dataclass(frozen=True, slots=True)
class KnowledgeDifference:
    """One kind of thing (`what`, plural; `one`, singular), and the names of those added, removed and changed, sorted."""

    what: str
    one: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether nothing of this kind differs."""
        return not (self.added or self.removed or self.changed)


def compare(old: Knowledge, new: Knowledge) -> tuple[KnowledgeDifference, ...]:
    """What differs from `old` to `new`, one part per kind, in a fixed order, also where nothing does."""
    return tuple(_part(what, one, of(old), of(new)) for what, one, of in _KINDS)


def diff_lines(parts: Sequence[KnowledgeDifference], was: str, version: str) -> list[str]:
    """The difference for people."""
    lines = [f"From {clean(was, 40)} to {clean(version, 40)}:"]
    for part in parts:
        if part.same:
            continue
        number = len(part.added) + len(part.removed) + len(part.changed)
        lines.append(f"  {count(number, part.one, part.what)}")
        for word, names in (("added", part.added), ("removed", part.removed), ("changed", part.changed)):
            if names:
                lines.append(f"    {word} {len(names)}: {listed([clean(name, 80) for name in names], NAMED)}")
    return lines if len(lines) > 1 else [*lines, "  Nothing that is known differs."]


Named = Mapping[str, Any]
"""What a thing is called, and all that is said of it: equal values mean that nothing changed."""


def _part(what: str, one: str, old: Named, new: Named) -> KnowledgeDifference:
    def by_name(names: set[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=lambda name: (name.casefold(), name)))

    both = old.keys() & new.keys()
    changed = {name for name in both if old[name] != new[name]}
    return KnowledgeDifference(what, one, by_name(set(new) - both), by_name(set(old) - both), by_name(changed))


def _makers(known: Knowledge) -> Named:
    return {f"{maker.name} ({maker.id})": maker for maker in known.manufacturers.values()}


def _brands(known: Knowledge) -> Named:
    records: dict[str, list[Any]] = {brand: [known.brand_entries.get(brand)] for brand in known.brand_names}
    for record in known.brands:
        records.setdefault(record.brand, []).append(record)
    return {f"{known.brand_names.get(brand, brand)} ({brand})": tuple(said) for brand, said in records.items()}


def _named(known: Knowledge) -> Named:
    return {
        f"{known.name_of(named.manufacturer)} in {statement.id}": named
        for statement in known.statements.values()
        for named in statement.names
    }


def _claims(rows: Callable[[Knowledge], Sequence[Any]]) -> Callable[[Knowledge], Named]:
    """Rows that have no name of their own, gathered under their maker's."""

    def of(known: Knowledge) -> Named:
        found: dict[str, list[Any]] = {}
        for row in rows(known):
            found.setdefault(known.name_of(row.manufacturer), []).append(row)
        return {maker: tuple(said) for maker, said in found.items()}

    return of


_KINDS: tuple[tuple[str, str, Callable[[Knowledge], Named]], ...] = (
    ("makers", "maker", _makers),
    ("brands", "brand", _brands),
    ("statements", "statement", lambda known: known.statements),
    ("makers named in statements", "maker named in a statement", _named),
    ("fingerprints", "fingerprint", lambda known: {one.id: one for one in known.fingerprints}),
    ("MAC address blocks", "MAC address block", lambda known: known.macs),
    ("advisories", "advisory", lambda known: {one.id: one for one in known.advisories}),
    ("makers with capabilities", "maker with capabilities", _claims(lambda known: known.capabilities)),
    ("makers with replacements", "maker with replacements", _claims(lambda known: known.replacements)),
    ("makers with ends of support", "maker with ends of support", _claims(lambda known: known.ends_of_life)),
    ("sources", "source", lambda known: known.sources),
)
