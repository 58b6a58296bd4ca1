"""Which lists name the maker of a device, through its ownership path; and whether our reading of a statement takes it in."""

from __future__ import annotations

from camcensus.model.device import NAMED_GRADES, Attribution, Finding, SeatFinding
from camcensus.model.knowledge import Knowledge


def listings(attribution: Attribution, knowledge: Knowledge, enabled: frozenset[str] | None = None) -> tuple[Finding, ...]:
    """The listings that an attribution carries, sorted. `enabled` are list ids; None for those on by default.

    Confirmed, almost certain and likely carry the maker's listings; "possible" carries them as `may`; where signs disagree
    only lists that name every candidate count, each candidate's listing for itself; an unknown maker carries none.
    """
    wanted = enabled if enabled is not None else _on_by_default(knowledge)
    if attribution.grade == "conflicting":
        found = [_of(maker, knowledge, wanted, may=False) for maker in attribution.candidates]
        common = frozenset.intersection(*(frozenset(item.list for item in one) for one in found)) if found else frozenset()
        return _sorted([item for one in found for item in one if item.list in common])
    if attribution.grade == "possible":
        return _sorted(_of(attribution.candidates[0], knowledge, wanted, may=True)) if attribution.candidates else ()
    if attribution.manufacturer is not None and attribution.grade in NAMED_GRADES:
        return _sorted(_of(attribution.manufacturer, knowledge, wanted, may=False))
    return ()


def seat(attribution: Attribution, knowledge: Knowledge, enabled: frozenset[str] | None = None) -> SeatFinding | None:
    """What our reading of a statement that names no company says of a device's maker: its own legal seat, never an owner's.

    Graded as listings are: a possible maker's is `may`; where signs disagree, or a possible maker is one of several, every
    candidate must be based there, and the first is named. It is `may` too where another company of the same name is based
    there, and no source says which of them made the device. None too where the seat is not known, which is not that the
    maker is based elsewhere.
    """
    wanted = enabled if enabled is not None else _on_by_default(knowledge)
    if attribution.grade not in (*NAMED_GRADES, "possible", "conflicting"):
        return None
    named = attribution.manufacturer if attribution.grade != "conflicting" else None
    makers = (named,) if named else attribution.candidates
    for reading in sorted(wanted & knowledge.lists.keys()):
        own = [knowledge.seat_by(maker, reading) for maker in makers]
        found = [seat or knowledge.other_seat_by(maker, reading) for maker, seat in zip(makers, own, strict=True)]
        if found and found[0] is not None and all(found):
            country, source = found[0]
            return SeatFinding(makers[0], country, source, reading, may=attribution.grade == "possible" or not all(own))
    return None


def ownership_path(manufacturer: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The manufacturer and its owners, itself first; a loop ends where it closes."""
    path = [manufacturer]
    while (entry := knowledge.manufacturers.get(path[-1])) and entry.parent and entry.parent not in path:
        path.append(entry.parent)
    return tuple(path)


def _on_by_default(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(key for key, entry in knowledge.lists.items() if entry.default_on)


def _of(manufacturer: str, knowledge: Knowledge, wanted: frozenset[str], *, may: bool) -> list[Finding]:
    path = ownership_path(manufacturer, knowledge)
    return [
        Finding(statement.id, named.manufacturer, path[: path.index(named.manufacturer) + 1], may)
        for statement in knowledge.lists.values()
        if statement.id in wanted and statement.names_makers
        for named in statement.naming(path)
    ]


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(found)))
