"""Which official numbers tell one organisation from another, and which several have in common. Pure; in any order the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

type Number = tuple[str, str]
"""Kind and value."""


class Numbered(Protocol):
    """What gives official numbers: a row of the list, or a file."""

    @property
    def ids(self) -> Mapping[str, str]: ...


class ListedNumbers(Numbered, Protocol):
    """A row of the list."""

    @property
    def type(self) -> str: ...


def shared_numbers(rows: Sequence[ListedNumbers]) -> dict[Number, None]:
    """Numbers that tell no row from another: of rows that contradict each other, or are of different kinds.

    Such is the number of a trust beside those of its schools, and the number of a school that its trust's row gives.
    """
    of: dict[Number, list[ListedNumbers]] = {}
    for row in rows:
        for key in row.ids.items():
            of.setdefault(key, []).append(row)
    return {key: None for key, some in of.items() if len(some) > 1 and _at_odds(some)}


def _at_odds(rows: Sequence[ListedNumbers]) -> bool:
    return together(row.ids for row in rows) is None or len({row.type for row in rows}) > 1


def own_numbers(ids: Mapping[str, str], shared: Mapping[Number, None]) -> Mapping[str, str]:
    """The numbers that tell a row from others; its only number where it has no other; none where it has several of others."""
    own = {kind: number for kind, number in ids.items() if (kind, number) not in shared}
    return own or (ids if len(ids) == 1 else {})


def companies_of_several(sent: Iterable[Numbered], by_number: Mapping[Number, object]) -> set[Number]:
    """Company numbers not on the list that files give beside different other numbers: of trusts, given by their schools."""
    beside: dict[Number, dict[str, set[str]]] = {}
    for one in sent:
        company = one.ids.get("company_no")
        if company is not None and ("company_no", company) not in by_number:
            others = beside.setdefault(("company_no", company), {})
            for kind, value in one.ids.items():
                others.setdefault(kind, set()).add(value)
    return {key for key, others in beside.items() if any(len(values) > 1 for values in others.values())}


def without_trust(ids: dict[str, str], by_number: Mapping[Number, object]) -> dict[str, str]:
    """The numbers without that of a company on the list, where another number finds a body on it: a school, and its trust."""
    rest = {kind: value for kind, value in ids.items() if kind != "company_no"}
    company = by_number.get(("company_no", ids.get("company_no", "")))
    found = {by_number[key] for key in rest.items() if key in by_number}
    return rest if company is not None and found and company not in found else ids


def together(all_ids: Iterable[Mapping[str, str]]) -> dict[str, str] | None:
    """All official numbers as one body's; None where two of a kind differ."""
    found: dict[str, str] = {}
    for ids in all_ids:
        for kind, value in ids.items():
            if found.setdefault(kind, value) != value:
                return None
    return found
