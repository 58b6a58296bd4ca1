"""Which line of print is the value of which name, by where the lines are: right of it or below it, in columns or not.

Every name may have the next line right of it, or the next below. Of all ways to give each name a line, and no line to two
names, those count that give the most; what is the same in all of these is a name's value, and nothing else is.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass

from camcensus.intake.label_codes import VALUE_FEWEST, LabelField, names_secret_only, plain_value
from camcensus.intake.label_names import (
    begins_mac,
    is_any_name,
    is_name_alone,
    joined,
    may_be_value,
    names_in,
    names_only,
    print_value,
    value_start,
)
from camcensus.intake.label_text import Point, PrintLine

RIGHT_FAR, BELOW_FAR = 25.0, 2.4
"""How far a value may be right of its name, edge to edge, and below it, middle to middle, in their height."""
RIGHT_OFF = 0.6
"""How far from the row of its name the middle of a value right of it may be, in their height."""
BELOW_TIGHT = 1.7
"""How far below a value, middle to middle, its end may be."""
BLANK_MOST = 0.6
"""How wide a blank within a value may be, in its height."""
RIGHT_NEAR = 3.0
"""A value so near right of its name is its value, whatever is below."""
NAMES_MOST = 8
"""Names that compete for the same lines; more of them have no values."""
NEARER = 0.75
"""A line above a name that is so much nearer than the one below it may be the value as well."""
_WORDS: dict[LabelField, str] = {"serial": "S/N: ", "mac": "MAC: ", "model": "Model: ", "brand": "Brand: "}


@dataclass(frozen=True, slots=True)
class Side:
    """Where another line is from a name, in their height: `gap` to its right, `down` from middle to middle, `shared` width."""

    gap: float
    down: float
    shared: float


@dataclass(frozen=True, slots=True)
class PrintPair:
    """A name alone, the lines of its value, and both in one line; where an engine joins several, a line for each."""

    names: tuple[PrintLine, ...]
    values: tuple[PrintLine, ...]
    text: str


def print_pairs(lines: Sequence[PrintLine]) -> list[PrintPair]:
    """The names that are alone in their line, with the lines that are their values and nothing else can be."""
    pairs = [pair for line in lines if (pair := _row(line, lines)) is not None]
    taken = {line for pair in pairs for line in (*pair.names, *pair.values)}
    names = [line for line in lines if line not in taken and (is_name_alone(line.text) or names_secret_only(line.text))]
    given = _sure([[line for line in _may_have(name, lines) if line not in taken] for name in names])
    if len([name for name in names if _next(name, lines, above=True) is not None]) > len(given):
        given = {at: value for at, value in given.items() if abs(_side(names[at], value).down) < RIGHT_OFF}
    taken |= {*names, *given.values()}
    for at, value in given.items():
        field = _field(names[at])
        if field is not None and not _is_nearer_above(names[at], value, lines, taken):
            text, values = _whole(field, value, 0, lines, taken)
            pairs.append(PrintPair((names[at],), values, f"{_WORDS[field]}{text}" if text else ""))
    return pairs


def _row(line: PrintLine, lines: Sequence[PrintLine]) -> PrintPair | None:
    """Names and the values below them in the same order, where an engine took several of one or the other for one line."""
    names: tuple[PrintLine, ...]
    values: tuple[PrintLine, ...]
    if parts := [line.part(*span) for span in names_only(line.text)]:
        names, values = (line,), tuple(_nearest(line, lines, lambda side: side.down))
        apart = [*values] if len(values) != 1 else _words_of(values[0])
    else:
        names, values = (
            tuple(name for name in _nearest(line, lines, lambda side: -side.down) if is_any_name(name.text)),
            (line,),
        )
        parts, apart = [*names], _words_of(line)
        if not may_be_value(line.text) or len(parts) < 2:
            return None
    both = list(zip(parts, apart, strict=False))
    if len(parts) != len(apart) or not all(_fits(name, value) for name, value in both):
        return None
    said = [f"{_WORDS[field]}{value.sure_text}" for name, value in both if (field := _field(name)) is not None]
    return PrintPair(names, values, "\n".join(said))


def _words_of(line: PrintLine) -> list[PrintLine]:
    return [line.part(*word.span()) for word in re.finditer(r"\S+", line.text)]


def _nearest(line: PrintLine, lines: Sequence[PrintLine], down: Callable[[Side], float]) -> list[PrintLine]:
    """The lines of the next row below, by what `down` gives, that share width with a line; from left to right."""
    sides = [(side, other) for other in lines if other is not line and (side := _side(line, other)).shared > 0.4]
    below = [(side, other) for side, other in sides if 0.5 < down(side) < BELOW_FAR]
    row = [one for one in below if down(one[0]) < min(down(side) for side, _ in below) + 0.5]
    return [other for _, other in sorted(row, key=_gap)]


def said_lines(lines: Sequence[PrintLine], hidden: frozenset[PrintLine]) -> list[str]:
    """The text of the lines that are not hidden, each value behind its name.

    What an engine makes of the modules of a code is no line.
    """
    lines = [line for line in lines if 2 * len(line.doubted) < len(line.text) and re.search(r"[A-Za-z0-9]", line.text)]
    pairs = print_pairs(lines)
    taken = hidden.union(*(pair.names + pair.values for pair in pairs))
    said = [line for pair in pairs if hidden.isdisjoint(pair.values) for line in pair.text.splitlines()]
    return [*said, *filter(None, (_with_rest(line, lines, taken) for line in lines if line not in taken))]


def _with_rest(line: PrintLine, lines: Sequence[PrintLine], taken: Set[PrintLine]) -> str:
    """A line with its name, value and the value's end in the line below; without the value where nobody can tell."""
    named = names_in(line.text)
    if not named or named[-1][0] is None or not named[-1][1]:
        return line.text
    start = line.text.rindex(named[-1][1])
    text, _ = _whole(named[-1][0], line, start, lines, taken)
    first = value_start(line.text)
    return f"{line.text[:first]}{line.sure_text[first:start]}{text}" if text else ""


def _whole(
    field: LabelField, line: PrintLine, start: int, lines: Sequence[PrintLine], taken: Set[PrintLine]
) -> tuple[str, tuple[PrintLine, ...]]:
    """A value from the letter `start` of a line on, and its end in the line below where it has one; "" where nobody can tell.

    Such a line begins where the value does.
    """
    value, begins = line.text[start:], line.part(start, len(line.text))
    sides = [(side.down, at) for at, other in enumerate(lines) if (side := _side(begins, other)).down > 0.5 and side.shared > 0]
    down, at = min(sides, default=(math.inf, 0))
    below, off = lines[at], abs(_along(line, begins.corners[0], lines[at].corners[0]))
    if down < BELOW_TIGHT and below not in taken and may_be_value(below.text) and off < (2 if start else 1):
        text = joined(field, value, below.text)
        if text != value:
            return (f"{line.sure_text[start:]}{below.sure_text}" if text else ""), (line, below)
    return line.sure_text[start:], (line,)


def _may_have(name: PrintLine, lines: Sequence[PrintLine]) -> list[PrintLine]:
    """The lines that may be the value of a name: the next right of it, the next below it."""
    right, below = _next_right(name, lines), _next(name, lines)
    if right is not None and _side(name, right).gap < RIGHT_NEAR:
        return [right]
    return [line for line in (right, below) if line is not None]


def _next_right(name: PrintLine, lines: Sequence[PrintLine]) -> PrintLine | None:
    """The next line right of a name where it fits; None where two rows may be meant."""
    sides = [(_side(name, line), line) for line in lines if line is not name]
    row = sorted((one for one in sides if abs(one[0].down) < 2 * RIGHT_OFF and -0.7 < one[0].gap < RIGHT_FAR), key=_gap)
    near = sorted((one for one in row if _side(row[0][1], one[1]).shared > 0.2), key=lambda one: abs(one[0].down))
    if not near or abs(near[0][0].down) > RIGHT_OFF or (len(near) > 1 and abs(near[1][0].down) < abs(near[0][0].down) + 0.4):
        return None
    value = near[0][1]
    follows = [one for one in row if one[1] is not value and abs(_side(value, one[1]).down) < RIGHT_OFF]
    is_parted = any(-0.7 < _side(value, one).gap < BLANK_MOST and may_be_value(one.text) for _, one in follows)
    return value if not is_parted and _fits(name, value) else None


def _next(name: PrintLine, lines: Sequence[PrintLine], *, above: bool = False) -> PrintLine | None:
    """The next line below a name, or above it, where it fits and is of this name alone; None where two lines are as near."""
    way = -1 if above else 1
    sides = [(_side(name, line), line) for line in lines if line is not name]
    column = sorted(
        (one for one in sides if 0.5 < way * one[0].down < BELOW_FAR and one[0].shared > 0.4),
        key=lambda one: abs(one[0].down),
    )
    if not column or (len(column) > 1 and abs(column[1][0].down) < abs(column[0][0].down) + 0.5):
        return None
    value = column[0][1]
    over = [line for line in lines if line is not value and is_any_name(line.text) and _stands_over(line, value, way)]
    return value if over == [name] and _fits(name, value) else None


def _stands_over(name: PrintLine, value: PrintLine, way: int) -> bool:
    side = _side(name, value)
    return 0.5 < way * side.down < BELOW_FAR and side.shared > 0.4


def _fits(name: PrintLine, value: PrintLine) -> bool:
    if not may_be_value(value.text):
        return False
    field = _field(name)
    if field is None:
        return len(plain_value(value.text)) >= VALUE_FEWEST
    return bool(print_value(field, value.text.rstrip("-/"))) or (field == "mac" and begins_mac(value.text))


def _field(name: PrintLine) -> LabelField | None:
    return names_in(name.text)[0][0] if is_name_alone(name.text) and not names_secret_only(name.text) else None


def _is_nearer_above(name: PrintLine, value: PrintLine, lines: Sequence[PrintLine], taken: Collection[PrintLine]) -> bool:
    down = _side(name, value).down
    above = _next(name, lines, above=True)
    return down > 0.5 and above is not None and above not in taken and -_side(name, above).down < NEARER * down


def _sure(may_have: Sequence[Sequence[PrintLine]]) -> dict[int, PrintLine]:
    """What each name has in all of the ways that give most names a line."""
    groups = list[tuple[set[int], set[PrintLine]]]()
    for at, lines in enumerate(may_have):
        touched = [group for group in groups if group[1].intersection(lines)]
        groups = [group for group in groups if group not in touched]
        groups.append((({at}.union(*(names for names, _ in touched))), set(lines).union(*(held for _, held in touched))))
    small = [_sure_of(sorted(names), may_have) for names, _ in groups if len(names) <= NAMES_MOST]
    return {at: line for one in small for at, line in one.items()}


def _sure_of(group: Sequence[int], may_have: Sequence[Sequence[PrintLine]]) -> dict[int, PrintLine]:
    best, ways = 0, list[tuple[PrintLine | None, ...]]()
    for way in itertools.product(*((*may_have[at], None) for at in group)):
        given = [line for line in way if line is not None]
        if len(set(given)) < len(given) or len(given) < best:
            continue
        best, ways = len(given), [*(ways if len(given) == best else ()), way]
    return {
        at: line
        for place, at in enumerate(group)
        if (line := ways[0][place]) is not None and all(way[place] == line for way in ways)
    }


def _side(name: PrintLine, other: PrintLine) -> Side:
    """Where another line is, along and across the way that both lie in."""
    (a, b, c, d), (e, f, g, h) = name.corners, other.corners
    x, y = b[0] + c[0] - a[0] - d[0] + f[0] + g[0] - e[0] - h[0], b[1] + c[1] - a[1] - d[1] + f[1] + g[1] - e[1] - h[1]
    long = math.hypot(x, y) or 1.0
    ux, uy = x / long, y / long
    high = max((math.dist(a, d) + math.dist(e, h)) / 2, 1.0)
    along = [sorted(px * ux + py * uy for px, py in corners) for corners in (name.corners, other.corners)]
    (left, right), (start, end) = ((sum(one[:2]) / 2, sum(one[2:]) / 2) for one in along)
    shared = (min(right, end) - max(left, start)) / max(min(right - left, end - start), 1.0)
    # Right of it the ends that face each other count, else the middles: lines lean to each other in perspective.
    faces = ((b, c), (e, h)) if start >= (left + right) / 2 and shared < 0.3 else (name.corners, other.corners)
    from_, to = (sum(py * ux - px * uy for px, py in points) / len(points) for points in faces)
    return Side((start - right) / high, (to - from_) / high, shared)


def _along(line: PrintLine, here: Point, there: Point) -> float:
    """How far a point is beyond another along a line, in its height."""
    a, b, _, d = line.corners
    long = math.dist(a, b) or 1.0
    return ((there[0] - here[0]) * (b[0] - a[0]) + (there[1] - here[1]) * (b[1] - a[1])) / long / max(math.dist(a, d), 1.0)


def _gap(one: tuple[Side, PrintLine]) -> float:
    return one[0].gap
