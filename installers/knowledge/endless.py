"""Can a pattern backtrack without bound? Judged from the pattern alone, so that a camera's reply cannot stall the program.

A pattern passes when every repeat it holds can stop in one place only: no repeat inside a repeat without a mark between the
rounds, no two open repeats that could share the same characters, and an open repeat only after a fixed start.
Own code, on CPython's own reading of a pattern: google-re2, which never backtracks, has no build for every Python and system
that we run on, and knows no look-ahead, which our patterns use.
Source: the regular expression engine of CPython tries every split of a text between repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

OPEN_REPEAT = 256
"""A repeat that may continue this often counts as open: field values are at most 4 KiB, so 256 squared is already slow."""

EVERYTHING = frozenset(range(256))
_CATEGORY = {
    op.CATEGORY_DIGIT: re.compile(r"\d"),
    op.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    op.CATEGORY_SPACE: re.compile(r"\s"),
    op.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    op.CATEGORY_WORD: re.compile(r"\w"),
    op.CATEGORY_NOT_WORD: re.compile(r"\W"),
}


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing a pattern matches in turn: the characters it may take, and whether it may take ever more of them."""

    characters: frozenset[int]
    open: bool
    optional: bool


def endless(pattern: str) -> str | None:
    """Why a pattern can backtrack without bound, None where it cannot. Raises re.error for a pattern that is none."""
    tree = list(parser.parse(pattern))
    nested = _nested(tree)
    if nested is not None:
        return nested
    anchored = bool(tree) and tree[0][0] is op.AT and tree[0][1] in (op.AT_BEGINNING, op.AT_BEGINNING_STRING)
    start = [] if anchored else [_Step(EVERYTHING, open=True, optional=True)]
    for steps in _walks(tree):
        reason = _shared(start + steps)
        if reason is not None:
            return reason
    return None


def _shared(steps: list[_Step]) -> str | None:
    for first, one in enumerate(steps):
        if not one.open:
            continue
        between: list[frozenset[int]] = []
        for other in steps[first + 1 :]:
            if other.open and one.characters & other.characters and all(mark & other.characters for mark in between):
                return "two open repeats can take the same characters: bound them or put a mark between"
            if not other.optional:
                between.append(other.characters)
                if not one.characters & other.characters:
                    break
    return None


def _nested(tree: list[Any]) -> str | None:
    for code, value in tree:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _low, high, body = value
            inner = list(body)
            if high > 1 and _variable(inner) and not _marked(inner):
                return "a repeat inside a repeat can split a text in endless ways"
            if high > OPEN_REPEAT and _undecided(inner):
                return "a choice inside an open repeat can begin in two ways with the same character"
        for part in _parts(code, value):
            reason = _nested(part)
            if reason is not None:
                return reason
    return None


def _marked(body: list[Any]) -> bool:
    """Does each round begin or end with one character that the rest of the round cannot hold?"""
    while len(body) == 1 and body[0][0] is op.SUBPATTERN:
        body = list(body[0][1][-1])
    return bool(body) and (_apart(body[0], body[1:]) or _apart(body[-1], body[:-1]))


def _apart(mark: tuple[Any, Any], rest: list[Any]) -> bool:
    return mark[0] is op.LITERAL and not any(mark[1] in step.characters for steps in _walks(rest) for step in steps)


def _undecided(tree: list[Any]) -> bool:
    for code, value in tree:
        if code is op.BRANCH:
            seen: frozenset[int] = frozenset()
            for branch in value[1]:
                first = next((steps[0].characters for steps in _walks(list(branch)) if steps), EVERYTHING)
                if first & seen:
                    return True
                seen |= first
        if any(_undecided(part) for part in _parts(code, value)):
            return True
    return False


def _variable(tree: list[Any]) -> bool:
    for code, value in tree:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[0] != value[1]:
            return True
        if any(_variable(part) for part in _parts(code, value)):
            return True
    return False


def _parts(code: Any, value: Any) -> Iterator[list[Any]]:
    if code is op.BRANCH:
        yield from (list(branch) for branch in value[1])
    elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        yield list(value[2])
    elif code in (op.SUBPATTERN, op.ASSERT, op.ASSERT_NOT):
        yield list(value[-1])
    elif code is op.ATOMIC_GROUP:
        yield list(value)


def _walks(tree: list[Any]) -> list[list[_Step]]:
    """The ways through a pattern, one for each choice between branches (at most 512, which no sane pattern reaches)."""
    walks: list[list[_Step]] = [[]]
    for code, value in tree:
        if code is op.SUBPATTERN:
            options = _walks(list(value[-1]))
        elif code is op.ATOMIC_GROUP:
            options = _walks(list(value))
        elif code is op.BRANCH:
            options = [steps for branch in value[1] for steps in _walks(list(branch))]
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            options = [_repeat(value)]
        elif code in (op.AT, op.ASSERT, op.ASSERT_NOT):
            continue
        else:
            options = [[_Step(_characters(code, value), open=False, optional=False)]]
        walks = [walk + option for walk in walks for option in options][:512]
    return walks


def _repeat(value: Any) -> list[_Step]:
    low, high, body = value
    inside = _walks(list(body))
    if high <= 1:
        return [_Step(step.characters, step.open, optional=True) for step in max(inside, key=len)] if low == 0 else inside[0]
    taken: frozenset[int] = frozenset()
    for steps in inside:
        for step in steps:
            taken |= step.characters
    return [_Step(taken, open=low != high and high > OPEN_REPEAT, optional=low == 0)]


def _characters(code: Any, value: Any) -> frozenset[int]:
    """The characters a part may take, in both cases: in many fields capital and small letters are one."""
    taken = _taken(code, value)
    return taken | {ord(other) for number in taken if ord(other := chr(number).swapcase()[:1]) < 256}


def _taken(code: Any, value: Any) -> frozenset[int]:
    if code is op.LITERAL:
        return frozenset({value}) if value < 256 else frozenset()
    if code is op.NOT_LITERAL:
        return EVERYTHING - {value}
    if code is op.RANGE:
        return frozenset(range(value[0], min(value[1], 255) + 1))
    if code is op.CATEGORY:
        return frozenset(number for number in EVERYTHING if _CATEGORY[value].match(chr(number)))
    if code is op.IN:
        taken: frozenset[int] = frozenset()
        negated = bool(value) and value[0][0] is op.NEGATE
        for inner_code, inner_value in value[1:] if negated else value:
            taken |= _taken(inner_code, inner_value)
        return EVERYTHING - taken if negated else taken
    return EVERYTHING
