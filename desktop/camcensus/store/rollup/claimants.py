"""Whose each claim is, by the organisations that files and the list of those asked are of; reads and writes nothing.

Claims never change whose a file is, and no order of sheets and files matters. A claim that gives a number on the list, or of a
file, is that organisation's; one that gives none is its by the name alone, where no other organisation has that name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camcensus.model import frozen
from camcensus.model.body_names import names_agree
from camcensus.model.official_ids import OFFICIAL_IDS
from camcensus.model.words import clean
from camcensus.store.rollup.whose import SEVERAL_NUMBERS, UNKNOWN_BODY, BodyExports, Numbers

SEVERAL_NAMES = "Several organisations here have this name; give the official number in the spreadsheet."
OTHER_NUMBER = (
    "The list, or files of the organisation of this name, give another official number; correct the spreadsheet or the list."
)
MISNAMED_ROW = "Its official number is that of “{}”; correct the name or the number."
NO_NAME = "No organisation here has this number, and the row gives no name; type the name in."


@frozen
class ClaimantKey:
    """What rows of sheets say of an organisation; equal for rows that say the same."""

    name: str
    ids: tuple[tuple[str, str], ...]


def give_claims(
    claimants: Iterable[ClaimantKey], bodies: list[BodyExports], names: Mapping[BodyExports, frozenset[str]], *, listed: bool
) -> dict[ClaimantKey, BodyExports | str]:
    """Each claimant with its organisation, or with why it has none. Organisations that only claims name are added to `bodies`.

    `names` are the plain names of each body; `listed` is True where a list of those asked was loaded.
    """
    by_number: Numbers = {}
    by_name: dict[str, list[BodyExports]] = {}
    for body in bodies:
        if body.is_unclear:
            continue
        for key in body.ids.items():
            by_number.setdefault(key, body)
        for name in names[body]:
            by_name.setdefault(name, []).append(body)
    found: dict[ClaimantKey, BodyExports | str] = {}
    for one in sorted(set(claimants), key=lambda one: (not one.ids, one.ids, one.name)):
        whose = _whose(one, by_number, by_name, names)
        if whose is None and listed:
            whose = UNKNOWN_BODY
        elif whose is None and not one.name:
            whose = NO_NAME
        elif whose is None:
            whose = BodyExports(ids=dict(one.ids), code=_code(one))
            bodies.append(whose)
            by_name.setdefault(one.name, []).append(whose)
        if isinstance(whose, BodyExports):
            by_number.update(dict.fromkeys(one.ids, whose))
        found[one] = whose
    return found


def _whose(
    one: ClaimantKey, by_number: Numbers, by_name: Mapping[str, list[BodyExports]], names: Mapping[BodyExports, frozenset[str]]
) -> BodyExports | str | None:
    numbered = list(dict.fromkeys(by_number[key] for key in one.ids if key in by_number))
    if len(numbered) > 1:
        return SEVERAL_NUMBERS
    if numbered:
        known, others = names.get(numbered[0], frozenset()), by_name.get(one.name, ())
        swapped = bool(others) and numbered[0] not in others
        if one.name and known and (swapped or not any(names_agree(one.name, name) for name in known)):
            return MISNAMED_ROW.format(clean(numbered[0].name or min(known), 80))
        return OTHER_NUMBER if _contradicts(one, numbered[0]) else _or_why(numbered[0])
    named = list(dict.fromkeys(by_name.get(one.name, ())))
    if not one.ids and len(named) > 1:
        return SEVERAL_NAMES
    return _or_why(named[0]) if len(named) == 1 and not (one.ids and named[0].ids) else None


def _contradicts(one: ClaimantKey, body: BodyExports) -> bool:
    return any(body.ids.get(kind, value) != value for kind, value in one.ids)


def _or_why(body: BodyExports) -> BodyExports | str:
    return body if body.held is None else body.held


def _code(one: ClaimantKey) -> str:
    """By what it is known from round to round."""
    kinds = dict(one.ids)
    return next((f"{kind}:{kinds[kind]}" for kind in OFFICIAL_IDS if kind in kinds), f"name:{one.name}")
