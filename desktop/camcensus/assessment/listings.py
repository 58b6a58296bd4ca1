"""Which lists name the maker of a device, through its ownership path."""

from __future__ import annotations

from camcensus.model.attribution import NAMED_GRADES, Attribution
from camcensus.model.knowledge import Knowledge
from camcensus.model.verdict import Finding


def listings(attribution: Attribution, knowledge: Knowledge, enabled: frozenset[str] | None = None) -> tuple[Finding, ...]:
    """The listings that an attribution carries, sorted. `enabled` are list ids; None for those on by default.

    Confirmed, almost certain and likely carry the maker's listings; "possible" carries them as `may`; where signs disagree
    only lists that name every candidate count, each candidate's listing for itself; an unknown maker carries none.
    """
    wanted = enabled if enabled is not None else frozenset(key for key, entry in knowledge.lists.items() if entry.default_on)
    if attribution.grade == "conflicting":
        found = [_of(maker, knowledge, wanted, may=False) for maker in attribution.candidates]
        common = frozenset.intersection(*(frozenset(item.list for item in one) for one in found)) if found else frozenset()
        return _sorted([item for one in found for item in one if item.list in common])
    if attribution.grade == "possible":
        return _sorted(_of(attribution.candidates[0], knowledge, wanted, may=True)) if attribution.candidates else ()
    if attribution.manufacturer is not None and attribution.grade in NAMED_GRADES:
        return _sorted(_of(attribution.manufacturer, knowledge, wanted, may=False))
    return ()


def ownership_path(manufacturer: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The manufacturer and its owners, itself first; a loop ends where it closes."""
    path = [manufacturer]
    while (entry := knowledge.manufacturers.get(path[-1])) and entry.parent and entry.parent not in path:
        path.append(entry.parent)
    return tuple(path)


def _of(manufacturer: str, knowledge: Knowledge, wanted: frozenset[str], *, may: bool) -> list[Finding]:
    path = ownership_path(manufacturer, knowledge)
    return [
        Finding(
            list=statement.id,
            manufacturer=named.manufacturer,
            path=path[: path.index(named.manufacturer) + 1],
            may=may,
            our_reading=False,
        )
        for statement in knowledge.lists.values()
        if statement.id in wanted
        for named in statement.naming(path)
    ]


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(found)))
