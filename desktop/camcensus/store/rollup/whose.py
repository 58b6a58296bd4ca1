"""Whose each export is, worked out from what the files and the list of those asked say; reads and writes nothing.

The list is believed before the files, and of them those that give a number on it. Nothing hangs on the order in which files
and list came, except among files that contradict each other, or of which one would join two bodies that both have numbers: then
those that were there first are believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from camcensus.model import frozen
from camcensus.model.body_names import name_words, names_agree
from camcensus.model.official_ids import ID_WORDS, OFFICIAL_IDS, OfficialId
from camcensus.model.words import clean

UNKNOWN_BODY = "Its organisation is not on the list of those you asked; add it to the list, then load the list again."
NO_NUMBER = (
    "An organisation of this name is on the list with an official number that this file does not give; ask it to type the"
    " number in and send the file again, or add it to the list if it is another organisation."
)
UNCLEAR_NAME = (
    "The list of those you asked has its name and no number, and several organisations here have that name; give the official"
    " number on the list and ask those whose files give none to type it in, or take out the file that is not theirs."
)
MISNAMED = "It gives a number of “{}”, and its name is “{}”; ask who sent it, or agree that they are one."
SECOND = "A record of “{}” is in already, and this one was begun apart from it; ask them, or agree that both are theirs."
SEVERAL_NUMBERS = "Nobody can say whose it is: its numbers belong to several organisations here; ask who sent it."
OTHER_NUMBERS = (
    "Nobody can say whose it is: the list, or earlier files of its organisation, give other official numbers; ask who sent it,"
    " or correct the list."
)
_TWICE = "“{}” is on the list twice; it was counted once."
_ONE_BODY = "“{}” has the official number of “{}” on the list; they were counted as one organisation."


@frozen(kw_only=True)
class ExpectedBody:
    """A body that was asked. `ids` has its official numbers, one at least unless the list knows it by its name alone."""

    name: str
    type: str
    ids: Mapping[str, str]
    expected_cameras: int | None = None
    region: str | None = None
    pupils: int | None = None
    beds: int | None = None
    population: int | None = None


@frozen(kw_only=True)
class Sent:
    """What an export that is in says of its body. `id` is its uuid, `body` the number that Camcensus made for the body.

    `names` is its name as `plain_name` has it; `name` is as it is written.
    `agreed` where an auditor said that it is its organisation's, whatever speaks against that.
    """

    id: str
    body: str
    ids: Mapping[str, str]
    names: frozenset[str]
    name: str = ""
    agreed: bool = False


@dataclass(slots=True, eq=False)
class BodyExports:
    """A body and its exports. `listed` is its row on the list; `held` says why its exports do not count, where they do not.

    `is_unclear` where its one export cannot be given to a body; `near` are those that it may be of, `why` a word for programs.
    """

    exports: list[Sent] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    listed: ExpectedBody | None = None
    held: str | None = None
    code: str = ""
    is_unclear: bool = False
    near: tuple[BodyExports, ...] = ()
    why: str = "numbers-unclear"

    @property
    def name(self) -> str:
        """What it is called by the list, else by its first file."""
        return self.listed.name if self.listed is not None else next((one.name for one in self.exports), "")


def plain_name(name: str) -> str:
    """A name as it is compared: without regard to capitals, blanks, stops, apostrophes, "the", "&" and "NHS FT"."""
    words = re.sub(r"['’.,]", "", name.casefold()).replace("&", " and ").removeprefix("the ").split()
    return re.sub(r"\bnhs ?ft$", "nhs foundation trust", " ".join(words))


def whose(sent: Iterable[Sent], listed: Sequence[ExpectedBody] | None) -> tuple[list[BodyExports], list[str]]:
    """The bodies of all exports, those that came first first, and of all rows of the list, None where there is none.

    Gives a sentence for each row of the list that could not be found as it is.
    """
    rows = [one for one in listed or () if one.ids]
    shared = shared_numbers(rows)
    bodies, by_number, problems = _by_list(rows, shared)
    bodies += _by_files(sent, by_number, shared)
    bodies += list(_doubtful(bodies))
    if listed is not None:
        problems += _ask_by_name(bodies, [one for one in listed if not one.ids])
        on_list = {plain_name(one.name) for one in listed if one.ids}
        for body in bodies:
            if body.listed is None and body.held is None:
                known = any(name in on_list for one in body.exports for name in one.names)
                body.held = NO_NUMBER if known else UNKNOWN_BODY
    for body in bodies:
        body.code = body.code or _code(body)
    return bodies, problems


type Numbers = dict[tuple[str, str], BodyExports]
"""(kind, value) of an official number, or ("id", the one that Camcensus made) -> whose it is."""


def _by_list(
    rows: Sequence[ExpectedBody], shared: Mapping[tuple[str, str], None]
) -> tuple[list[BodyExports], Numbers, list[str]]:
    """A body for each row, or for rows that have numbers in common and none against each other.

    One that has none of its own, and only those of several others, was asked all the same, and stays without files.
    """
    bodies: list[BodyExports] = []
    by_number: Numbers = {}
    problems: list[str] = []
    for kind, number in shared:
        what = f"{ID_WORDS[cast(OfficialId, kind)]} {number}"
        problems.append(f"Rows of the list share {what}, so it was left out: it tells none from another.")
    apart: dict[str, int] = {}
    for one in rows:
        row = replace(one, ids=own_numbers(one.ids, shared))
        if not row.ids:
            problems.append(f"“{row.name}” has a number that another row of the list has too, so no file was matched to it.")
            code = f"list:{_number(one.ids)}"
            apart[code] = apart.get(code, 0) + 1
            bodies.append(BodyExports(listed=one, code=code if apart[code] == 1 else f"{code}#{apart[code]}"))
            continue
        near = list(dict.fromkeys(by_number[key] for key in row.ids.items() if key in by_number))
        if not near:
            bodies.append(BodyExports(listed=row, ids=dict(row.ids)))
            by_number.update(dict.fromkeys(row.ids.items(), bodies[-1]))
            continue
        body, *joined = near if len(near) == 1 else sorted(near, key=bodies.index)
        first = row if body.listed is None else body.listed
        same = plain_name(first.name) == plain_name(row.name)
        problems.append(_TWICE.format(row.name) if same else _ONE_BODY.format(row.name, first.name))
        for other in joined:
            problems.append(_ONE_BODY.format(first.name if other.listed is None else other.listed.name, first.name))
            bodies.remove(other)
        body.ids = together([row.ids, body.ids, *(other.ids for other in joined)]) or body.ids
        by_number.update(dict.fromkeys(body.ids.items(), body))
    return bodies, by_number, problems


def _by_files(sent: Iterable[Sent], by_number: Numbers, shared: Mapping[tuple[str, str], None]) -> list[BodyExports]:
    """Gives each export to its body on the list; the others' bodies, and those of exports that cannot be given to one."""
    named: list[Sent] = []
    others: list[Sent] = []
    said: dict[str, Mapping[str, str]] = {}
    every = list(sent)
    of_several = companies_of_several(every, by_number)
    # What several rows share finds no body but the one whose only number it is; it can still speak against one.
    for full in every:
        said[full.id] = full.ids
        own = dict(key for key in full.ids.items() if key not in shared)
        own = dict(key for key in own.items() if key not in of_several) or own
        own = without_trust(own, by_number)
        one = replace(full, ids=own or dict(key for key in full.ids.items() if key in by_number))
        (named if any(key in by_number for key in one.ids.items()) else others).append(one)
    bodies: dict[BodyExports, None] = {}
    senders: dict[str, set[BodyExports]] = {}
    gave: dict[BodyExports, dict[str, set[str]]] = {}
    givers: dict[tuple[str, str], set[BodyExports]] = {}
    # What Camcensus' own number of a body is, strangers can know: it says nothing against an official one.
    on_list = dict(by_number)
    for one in named:
        near = list(dict.fromkeys(on_list[key] for key in one.ids.items() if key in on_list))
        if len(near) > 1 or together([said[one.id], near[0].ids]) is None:
            bodies[_unclear(one, near)] = None
            continue
        near[0].exports.append(one)
        for kind, value in one.ids.items():
            gave.setdefault(near[0], {}).setdefault(kind, set()).add(value)
            givers.setdefault((kind, value), set()).add(near[0])
        senders.setdefault(one.body, set()).add(near[0])
    # A number that is not on the list is a body's where all its files agree on it, and those of no other row give it.
    for body, kinds in gave.items():
        for kind, values in kinds.items():
            if kind not in body.ids and len(values) == 1 and len(givers[kind, min(values)]) == 1:
                body.ids[kind] = min(values)
                by_number[kind, min(values)] = body
    for one in others:
        keys = [("id", one.body), *one.ids.items()]
        near = list(dict.fromkeys([*senders.get(one.body, ()), *(by_number[key] for key in keys if key in by_number)]))
        ids = together([one.ids, *(body.ids for body in near)])
        if ids is None or together([said[one.id], ids]) is None or sum(bool(body.ids) for body in near) > 1:
            bodies[_unclear(one, near)] = None
            continue
        near.sort(key=lambda body: (body.listed is None, -len(body.exports)))
        body, *joined = near or [BodyExports()]
        for other in joined:
            body.exports += other.exports
            del bodies[other]
            by_number.update(dict.fromkeys([*(("id", each.body) for each in other.exports), *other.ids.items()], body))
        body.exports.append(one)
        body.ids = ids
        if body.listed is None:
            bodies[body] = None
        by_number.update(dict.fromkeys(keys, body))
    return list(bodies)


def _doubtful(bodies: Sequence[BodyExports]) -> Iterator[BodyExports]:
    """Takes what nobody agreed to out of each body: files by another name, and records that were begun apart."""
    by_name: dict[tuple[str, ...], BodyExports] = {}
    for body in bodies:
        if body.listed is not None:
            by_name.setdefault(name_words(body.listed.name), body)
    for body in bodies:
        if body.is_unclear:
            continue
        first: Sent | None = None
        for one in list(body.exports):
            if _is_of_trust(one, body):
                continue
            called = body.listed.name if body.listed is not None else one.name if first is None else first.name
            other = by_name.get(name_words(one.name))
            held = None
            swapped = other not in (None, body) and name_words(one.name) != name_words(called)
            if one.name and not one.agreed and (swapped or not names_agree(one.name, called)):
                held = MISNAMED.format(clean(called, 80), clean(one.name, 80))
            elif not one.agreed and first is not None and one.body != first.body:
                held = SECOND.format(clean(called, 80))
            if held is None:
                first = first or one
                continue
            body.exports.remove(one)
            yield BodyExports([one], held=held, is_unclear=True, near=(body, *([other] if other else [])), why="not-agreed")


def _is_of_trust(one: Sent, body: BodyExports) -> bool:
    """Whether a school's file is the trust's by the company number alone: its name and its record are its own."""
    return "urn" in one.ids and {kind for kind, value in one.ids.items() if body.ids.get(kind) == value} == {"company_no"}


def _unclear(one: Sent, near: Sequence[BodyExports]) -> BodyExports:
    held = SEVERAL_NUMBERS if len(near) > 1 else OTHER_NUMBERS
    return BodyExports([one], held=held, is_unclear=True, near=tuple(near))


def _ask_by_name(bodies: list[BodyExports], rows: Sequence[ExpectedBody]) -> Iterator[str]:
    """Files of one name and no number are all of one body. Where one of them has a number, they are of several."""
    named: dict[str, list[BodyExports]] = {}
    for body in bodies:
        if body.listed is None and not body.is_unclear:
            for name in sorted({name for one in body.exports for name in one.names}):
                named.setdefault(name, []).append(body)
    asked: set[str] = set()
    gone: set[BodyExports] = set()
    for row in rows:
        name = plain_name(row.name)
        there = named.get(name, [])
        free = [body for body in there if body.listed is None and body not in gone]
        if name in asked:
            yield _TWICE.format(row.name)
            continue
        asked.add(name)
        if there and not free:
            bodies.append(BodyExports(listed=row, code=f"name:{name}"))
            yield f"Files of another organisation on the list give “{row.name}” as its name too; none was matched to it."
            continue
        if len(free) > 1 and any(body.ids for body in free):
            for body in free:
                body.held = UNCLEAR_NAME
            bodies.append(BodyExports(listed=row, code=f"name:{name}"))
            yield f"“{row.name}” is the name of several organisations; give its official number on the list."
            continue
        body, *others = free or [BodyExports()]
        for other in others:
            body.exports += other.exports
        gone.update(others)
        if not free:
            bodies.append(body)
        body.listed, body.held = row, None
    bodies[:] = [body for body in bodies if body not in gone]


def _number(ids: Mapping[str, str]) -> str | None:
    return next((f"{kind}:{ids[kind]}" for kind in OFFICIAL_IDS if kind in ids), None)


def _code(body: BodyExports) -> str:
    """By what a body is known from round to round: its official number, else its name on the list, else Camcensus' own."""
    if body.is_unclear:
        return f"file:{body.exports[0].id}"
    by_name = None if body.listed is None else f"name:{plain_name(body.listed.name)}"
    return _number(body.ids) or by_name or f"id:{min(one.body for one in body.exports)}"


type Number = tuple[str, str]
"""Kind and value."""


def shared_numbers(rows: Sequence[ExpectedBody]) -> dict[Number, None]:
    """Numbers that tell no row from another: of rows that contradict each other, or are of different kinds.

    Such is the number of a trust beside those of its schools, and the number of a school that its trust's row gives.
    """
    of: dict[Number, list[ExpectedBody]] = {}
    for row in rows:
        for key in row.ids.items():
            of.setdefault(key, []).append(row)
    return {key: None for key, some in of.items() if len(some) > 1 and _at_odds(some)}


def _at_odds(rows: Sequence[ExpectedBody]) -> bool:
    return together(row.ids for row in rows) is None or len({row.type for row in rows}) > 1


def own_numbers(ids: Mapping[str, str], shared: Mapping[Number, None]) -> Mapping[str, str]:
    """The numbers that tell a row from others; its only number where it has no other; none where it has several of others."""
    own = {kind: number for kind, number in ids.items() if (kind, number) not in shared}
    return own or (ids if len(ids) == 1 else {})


def companies_of_several(sent: Iterable[Sent], by_number: Mapping[Number, object]) -> set[Number]:
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
            whose = BodyExports(ids=dict(one.ids), code=_claimed_code(one))
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


def _claimed_code(one: ClaimantKey) -> str:
    """By what it is known from round to round."""
    kinds = dict(one.ids)
    return next((f"{kind}:{kinds[kind]}" for kind in OFFICIAL_IDS if kind in kinds), f"name:{one.name}")
