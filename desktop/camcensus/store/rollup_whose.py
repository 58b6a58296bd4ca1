"""Whose each export is, worked out from what the files and the list of those asked say; reads and writes nothing.

Nothing here hangs on the order in which files and list came, except where a file contradicts others, or gives the numbers of
two bodies: then those that were there first are believed. A stranger's file makes no two bodies one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from camcensus.model.official_ids import OFFICIAL_IDS

UNKNOWN_BODY = "Its body is not on the list of bodies that were asked; add it to the list, then load the list again."
UNCLEAR_NAME = (
    "The list of bodies that were asked has its name and no number, and several bodies here have that name; give the official"
    " number on the list, then load the list again."
)
SEVERAL_NUMBERS = "It cannot be told whose it is: its numbers are those of several bodies here; ask the body."
OTHER_NUMBERS = (
    "It cannot be told whose it is: it has other official numbers than the files of the same body before it; ask the body."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedBody:
    """A body that was asked. `ids` has its official numbers, one at least unless the list knows it by its name alone."""

    name: str
    type: str
    ids: Mapping[str, str]
    expected_cameras: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What an export that is in says of its body. `id` is its uuid, `body` the number that Camcensus made for the body.

    `names` are those that it and older files of its record give, as `plain_name` has them.
    """

    id: str
    body: str
    ids: Mapping[str, str]
    names: frozenset[str]


@dataclass(slots=True, eq=False)
class Body:
    """A body and its exports. `listed` is its row on the list; `held` says why its exports do not count, where they do not."""

    exports: list[Sent] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    listed: ExpectedBody | None = None
    held: str | None = None
    code: str = ""

    @property
    def is_unclear(self) -> bool:
        """Whether its one export cannot be given to a body."""
        return self.held in (SEVERAL_NUMBERS, OTHER_NUMBERS)


def plain_name(name: str) -> str:
    """A name as it is compared: without regard to capitals, blanks and the kind of apostrophe."""
    return " ".join(name.replace("\u2019", "'").casefold().split())


def whose(sent: Iterable[Sent], listed: Sequence[ExpectedBody] | None) -> tuple[list[Body], list[str]]:
    """The bodies of all exports, those that came first first, and of all rows of the list, None where there is none.

    Gives a sentence for each row of the list that could not be found as it stands.
    """
    bodies, by_number = _by_files(sent)
    problems: list[str] = []
    if listed is not None:
        problems += _ask_by_number(bodies, by_number, [one for one in listed if one.ids])
        problems += _ask_by_name(bodies, [one for one in listed if not one.ids])
        for body in bodies:
            if body.listed is None and body.held is None:
                body.held = UNKNOWN_BODY
    for body in bodies:
        body.code = body.code or _code(body)
    return bodies, problems


def _by_files(sent: Iterable[Sent]) -> tuple[list[Body], dict[tuple[str, str], Body]]:
    """Exports that share the number Camcensus made, or an official one, are of one body; no export joins two that have one."""
    bodies: dict[Body, None] = {}
    by_number: dict[tuple[str, str], Body] = {}
    for one in sent:
        keys = [("id", one.body), *one.ids.items()]
        near = list(dict.fromkeys(by_number[key] for key in keys if key in by_number))
        ids = _together([one.ids, *(body.ids for body in near)])
        if ids is None or sum(bool(body.ids) for body in near) > 1:
            bodies[Body([one], held=SEVERAL_NUMBERS if len(near) > 1 else OTHER_NUMBERS)] = None
            continue
        body, *others = near or [Body()]
        for other in others:
            body.exports += other.exports
            del bodies[other]
            by_number.update(dict.fromkeys([*(("id", one.body) for one in other.exports), *other.ids.items()], body))
        body.exports.append(one)
        body.ids = ids
        bodies[body] = None
        by_number.update(dict.fromkeys(keys, body))
    return list(bodies), by_number


def _ask_by_number(bodies: list[Body], by_number: dict[tuple[str, str], Body], rows: Sequence[ExpectedBody]) -> Iterator[str]:
    """A row that cannot be given to one body was asked all the same: it stays without files."""
    apart: set[str] = set()
    for row in rows:
        near = list(dict.fromkeys(by_number[key] for key in row.ids.items() if key in by_number))
        ids = _together([row.ids, *(body.ids for body in near)])
        if len(near) == 1 and ids is not None and near[0].listed is not None:
            yield f"“{row.name}” is on the list twice; it was counted once."
            continue
        if len(near) > 1 or ids is None:
            if any(body.listed is not None for body in near):
                what = "has a number that another row of the list has too"
            elif len(near) > 1:
                what = "has the numbers of several bodies"
            else:
                what = "has other numbers on the list than in its own file"
            code = f"list:{_number(row.ids)}"
            if code not in apart:
                apart.add(code)
                bodies.append(Body(listed=row, code=code))
            yield f"“{row.name}” {what}, so no file was taken for its own."
            continue
        if not near:
            near.append(Body())
            bodies.append(near[0])
        near[0].listed, near[0].ids = row, ids or {}
        by_number.update(dict.fromkeys(row.ids.items(), near[0]))


def _ask_by_name(bodies: list[Body], rows: Sequence[ExpectedBody]) -> Iterator[str]:
    """A body with an official number is taken before files without one, which are all of one body where they have one name."""
    named: dict[str, list[Body]] = {}
    for body in bodies:
        if body.listed is None and not body.is_unclear:
            for name in sorted({name for one in body.exports for name in one.names}):
                named.setdefault(name, []).append(body)
    asked: set[str] = set()
    gone: set[Body] = set()
    for row in rows:
        name = plain_name(row.name)
        there = named.get(name, [])
        free = [body for body in there if body.listed is None and body not in gone]
        if name in asked or (there and not free):
            yield f"“{row.name}” is on the list twice; it was counted once."
            continue
        asked.add(name)
        numbered = [body for body in free if body.ids]
        if len(numbered) > 1:
            for body in numbered:
                body.held = UNCLEAR_NAME
            bodies.append(Body(listed=row, code=f"name:{name}"))
            yield f"“{row.name}” is the name of several bodies; give its official number on the list."
            continue
        body, *others = numbered or free or [Body()]
        for other in others:
            body.exports += other.exports
        gone.update(others)
        if not free:
            bodies.append(body)
        body.listed, body.held = row, None
    bodies[:] = [body for body in bodies if body not in gone]


def _together(all_ids: Iterable[Mapping[str, str]]) -> dict[str, str] | None:
    """All official numbers as one body's; None where two of a kind differ."""
    found: dict[str, str] = {}
    for ids in all_ids:
        for kind, value in ids.items():
            if found.setdefault(kind, value) != value:
                return None
    return found


def _number(ids: Mapping[str, str]) -> str | None:
    return next((f"{kind}:{ids[kind]}" for kind in OFFICIAL_IDS if kind in ids), None)


def _code(body: Body) -> str:
    """By what a body is known from round to round: its official number, else its name on the list, else Camcensus' own."""
    if body.is_unclear:
        return f"file:{body.exports[0].id}"
    by_name = None if body.listed is None else f"name:{plain_name(body.listed.name)}"
    return _number(body.ids) or by_name or f"id:{min(one.body for one in body.exports)}"
