"""What somebody typed for a place: the places that it fits, best first, and the new places that it could be.

Places that are there are found by words: whatever sign is typed between them, and in any part of a path. In a new place ">"
parts names; "/" and "," may, or may be part of one ("Art/DT").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from camcensus.model import frozen
from camcensus.model.asset import Place, PlaceKind
from camcensus.model.words import clean, natural_path

KINDS: tuple[PlaceKind, ...] = ("site", "building", "floor", "room")
PLACE_KIND_WORDS: dict[PlaceKind, str] = {"site": "site", "building": "building", "floor": "floor", "room": "room or area"}
_CLEAR = re.compile(r"\s?(?<![-=])[-=]*+[>›»|\\→]+\s?")
"""What nobody has in a name: arrows, bars and angles. For a text without doubled blanks."""
ANY_SEPARATOR = re.compile(rf"{_CLEAR.pattern}|\s?[/,;:]+\s?|\s[-–—]+\s")
"""All that people put between the names of a path."""
_WORD = re.compile(r"(?:(?<!\w)-(?=\d))?[^\W_]+")
"""A word, or a number with its sign: floor "-1" is another than "1"."""
_OF_FLOOR = re.compile(r"\b(?:floor|level|storey|basement|mezzanine)\b")
_OF_BUILDING = re.compile(r"\b(?:block|building|house|wing|centre)$")
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"})
MOST_WORDS = 40
"""A text of more words is no place."""


@frozen
class KnownPlace:
    """A place with its names from the site down."""

    id: str
    kind: PlaceKind
    path: tuple[str, ...]

    @property
    def words(self) -> str:
        """Its names in one line."""
        return " › ".join(clean(name, 60) for name in self.path)


@frozen
class NewPlace:
    """A place that would be made: `path` from the site down, of which the first `known` names are there; `kind` of the last."""

    path: tuple[str, ...]
    known: int
    kind: PlaceKind

    @property
    def words(self) -> str:
        """ "Add a new room or area ‘Stage’ in Elm Park › Main hall"."""
        names = [clean(name, 60) for name in self.path]
        above = f" in {' › '.join(names[: self.known])}" if self.known else ""
        between = f", inside new {' › '.join(names[self.known : -1])}" if len(names) - self.known > 1 else ""
        return f"Add a new {PLACE_KIND_WORDS[self.kind]} ‘{names[-1]}’{between}{above}"


@frozen
class PlacesTyped:
    """What a text can mean. `sure` is what it means where nobody says otherwise; None where two places are called so.

    `problem` is a sentence, "" for none.
    """

    fits: tuple[KnownPlace, ...]
    new: tuple[NewPlace, ...]
    sure: KnownPlace | NewPlace | None
    problem: str = ""


def plain(text: str) -> str:
    """How names are compared: without capitals, accents, doubled blanks and curls of apostrophes."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.translate(_SAME)) if not unicodedata.combining(one))
    return " ".join(bare.casefold().split())


def one_line(text: str) -> str:
    """Without doubled blanks, as names are parted."""
    return " ".join(text.split())


def readings(typed: str) -> tuple[tuple[str, ...], ...]:
    """The names that a text may stand for, likeliest first; () where nothing was typed."""
    text = one_line(typed)
    if _CLEAR.search(text):
        names = clear_names(text)
        return (names,) if names else ()
    names = tuple(filter(None, ANY_SEPARATOR.split(text)))
    return ((text,), names) if len(names) > 1 else (names,) if names else ()


def clear_names(typed: str) -> tuple[str, ...]:
    """The names in a text that are parted by ">" or "›", which nobody has in a name."""
    return tuple(filter(None, _CLEAR.split(one_line(typed))))


class PlaceFinder:
    """The places of an inventory, to be found by what people type. `places` has parents first."""

    def __init__(self, places: Iterable[Place]) -> None:
        paths: dict[str, KnownPlace] = {}
        for place in places:
            above = paths.get(place.parent or "")
            paths[place.id] = KnownPlace(place.id, place.kind, (*(above.path if above else ()), place.name))
        self.all = tuple(sorted(paths.values(), key=lambda one: natural_path(one.path)))
        self._sites = [one for one in self.all if one.kind == "site"]
        self._plain = {one.id: tuple(map(plain, one.path)) for one in self.all}
        self._words = {one.id: tuple(map(_words, one.path)) for one in self.all}
        self._ends: dict[tuple[str, ...], list[KnownPlace]] = {}
        for one in self.all:
            names = self._plain[one.id]
            for start in range(len(names)):
                self._ends.setdefault(names[start:], []).append(one)

    def called(self, names: Sequence[str]) -> list[KnownPlace]:
        """The place at this path, else all whose path ends so."""
        folded = tuple(map(plain, names))
        found = self._ends.get(folded, [])
        return [one for one in found if self._plain[one.id] == folded] or found

    def named(self, typed: str) -> list[KnownPlace]:
        """The places that a text names in full: by the path, or by as much of it as somebody typed."""
        ranked = self._ranked(typed)
        return [one for rank, one in ranked if rank == ranked[0][0] and rank < _IN_PART]

    def read(self, typed: str) -> PlacesTyped:
        """What a text can mean: places that fit, best first, then new ones."""
        if not readings(typed):
            return PlacesTyped(self.all, (), None)
        ranked = self._ranked(typed)
        fits = tuple(one for _, one in ranked)
        new, problem = self.new(typed) if not ranked or ranked[0][0] >= _IN_PART else ((), "")
        if not ranked:
            return PlacesTyped((), new, new[0] if new and not problem else None, problem)
        best = [one for rank, one in ranked if rank == ranked[0][0]]
        same = [one for one in best if self._plain[one.id][-1] == self._plain[best[0].id][-1]]
        if len(same) > 1:
            said = f"{len(same)} places are called ‘{clean(best[0].path[-1], 60)}’. Choose one, or type what it lies in."
            return PlacesTyped(fits, new, None, said)
        given = _numbers(readings(typed)[-1][-1])
        if ranked[0][0] >= _IN_PART and given and not _numbers(best[0].path[-1]) <= given:
            is_named = bool(new) and len(new[0].path) - new[0].known < len(clear_names(typed))
            return PlacesTyped(fits, new, new[0] if is_named else None)
        return PlacesTyped(fits, new, best[0])

    def _ranked(self, typed: str) -> list[tuple[int, KnownPlace]]:
        words, exact = _words(typed), self.called((one_line(typed),)) or self.called(clear_names(typed))
        if not words or len(words) > MOST_WORDS:
            return []
        found = [
            (0 if one in exact else _rank(words, self._words[one.id], is_turned="," in typed), one)
            for one in self.all
            if _are_within(words, sum(self._words[one.id], ()))
        ]
        found.sort(key=lambda pair: pair[0])
        return found

    def new(self, typed: str) -> tuple[tuple[NewPlace, ...], str]:
        """New places that a text could be, the likeliest first, none that is there already; and what speaks against them."""
        found, problem = list[NewPlace](), ""
        for names in sorted(readings(typed), key=lambda names: not self._head(names)[1]):
            if self.called(names):
                return (), ""
            above, known, tied = self._head(names)
            if tied:
                where = " or ".join(one.words for one in tied[:2])
                return (), f"{len(tied)} places are called ‘{clean(tied[0].path[-1], 60)}’: {where}. Type which."
            rest = names[known:]
            if above is None and len(self._sites) == 1:
                above = self._sites[0]
            depth = KINDS.index(above.kind) if above is not None else -1
            if depth + len(rest) >= len(KINDS):
                problem = problem or _too_deep(above)
                continue
            path = (*(above.path if above else ()), *rest)
            kinds = list(_kinds(rest[-1], depth + len(rest), whole=len(names) > 1))
            found += [NewPlace(path, len(path) - len(rest), kind) for kind in (kinds[:1] if found else kinds)]
        if found and not found[0].known and len(found[0].path) == 1 and self._sites:
            # With several sites it would be one more site by accident.
            problem = f"Type the site before it, like {clean(self._sites[0].path[0], 40)} > {clean(found[0].path[-1], 40)}."
            return tuple(found), problem
        return tuple(found), "" if found else problem

    def _head(self, names: Sequence[str]) -> tuple[KnownPlace | None, int, list[KnownPlace]]:
        """What is there of a path: the place, how many names say it, and the places among which they do not decide."""
        for upto in range(min(len(names) - 1, len(KINDS)), 0, -1):
            heads = self.called(names[:upto])
            if heads:
                return (heads[0], upto, []) if len(heads) == 1 else (None, 0, heads)
        return None, 0, []


type _Words = tuple[str, ...]
_IN_PART = 2


def _rank(typed: _Words, path: Sequence[_Words], *, is_turned: bool) -> int:
    """How well words name a path: 1 its name after some of it; then the beginning of its name, or any words of it."""
    end = len(path[-1])
    turned = is_turned and typed[:end] == path[-1]  # "Stage, Main hall"
    if _is_named(typed, path) or (turned and _is_named(typed[end:] + typed[:end], path)):
        return 1
    return _IN_PART + (not path[-1][:1] or not path[-1][0].startswith(typed[-1]))


def _is_named(typed: _Words, path: Sequence[_Words]) -> bool:
    """Whether words are whole names of a path, its last one with them."""
    some = (above for many in range(len(path)) for above in combinations(path[:-1], many))
    return any(typed == sum((*above, path[-1]), ()) for above in some)


def _are_within(typed: _Words, words: _Words) -> bool:
    """Whether each begins a word of a path, or is in it."""
    return all(any(one.lstrip("-") in word for word in words) for one in typed)


def _kinds(name: str, least: int, *, whole: bool) -> Iterator[PlaceKind]:
    """What a new place may be, the likeliest first: a room, unless its name says a floor or a building.

    Of a path typed from the site down (`whole`) the second name is a building.
    """
    text, allowed = plain(name), KINDS[least:]
    usual: PlaceKind = "building" if whole and least == KINDS.index("building") else "room"
    wanted: PlaceKind = "floor" if _OF_FLOOR.search(text) else "building" if _OF_BUILDING.search(text) else usual
    first = "site" if "site" in allowed else wanted if wanted in allowed else allowed[0]
    yield first
    if first != "site":
        yield from (kind for kind in reversed(allowed) if kind != first)


def _words(text: str) -> _Words:
    """Its words without signs: "head's (east)" is "heads" and "east"."""
    return tuple(word.lstrip("0") or "0" for word in _WORD.findall(plain(text).replace("'", "")))


def _numbers(text: str) -> frozenset[str]:
    return frozenset(word for word in _words(text) if any(map(str.isdigit, word)))


def _too_deep(above: KnownPlace | None) -> str:
    if above is not None and above.kind == "room":
        return f"{above.words} is a room or area, and nothing lies inside one. Type the floor or building before the new name."
    return "A place has at most four names: site > building > floor > room."
