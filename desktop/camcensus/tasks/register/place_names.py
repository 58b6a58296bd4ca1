"""What somebody typed for a place: the places that it fits, best first, and the new places that it could be.

People type ">", "›", "/" or "," between the names, any part of a path, and straight or curly apostrophes. Names have "/" and
"," in them too ("Art/DT"), so a text can be read in more than one way: a place that is there comes before a new one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from camcensus.model.asset import Place, PlaceKind
from camcensus.model.ordering import natural_path
from camcensus.model.words import clean

KINDS: tuple[PlaceKind, ...] = ("site", "building", "floor", "room")
PLACE_KIND_WORDS: dict[PlaceKind, str] = {"site": "site", "building": "building", "floor": "floor", "room": "room or area"}
_ARROW = "←-⇿➔-➾⟨-⟿⤀-⥿⬀-⯿〈-》▲-◅"
_CLEAR = re.compile(rf"\s?(?<![-=–—~])[-=–—~]*+[>›»|¦‖\\{_ARROW}]+\s?")
"""What nobody has in a name: arrows, bars and angles. All of these are for a text without doubled blanks."""
_SPACED = re.compile(r"[,;:]\s|\s(?:[/:·•∙]|[-–—]+)\s|::|\.{2,}|…")
"""What some have in a name, so spaced that it parts names rather."""
ANY_SEPARATOR = re.compile(rf"{_CLEAR.pattern}|\s?(?:[/,;:·•∙…]|\.{{2,}})+\s?|\s[-–—]+\s")
"""All that people put between the names of a path."""
_LOOSE = re.compile(rf"{ANY_SEPARATOR.pattern}|\s?(?<![._])[._]++\s|\s[-+@=~_*<]+(?!(?<=-)\d)\s?|\s(?=[-–—]\d)|_+")
"""That and what is in many names: it parts names only where a place is there that the first of them call. " -1" is a floor."""
_LEVELS = (re.compile(r"(?!)"), re.compile(rf"{_CLEAR.pattern}|{_SPACED.pattern}"), ANY_SEPARATOR, _LOOSE)
"""How a text is parted, one way after the other until it names a place: not at all, by what is clear, by more and more."""
_AROUND = " \"'“”„()[]{}!?*"
"""What people put around a name that is there without it."""
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?:(?<![\w])-)?[^\W_]*[0-9][^\W_]*(?:[./-][^\W_]*[0-9][^\W_]*)*")
"""A word with a number, with its sign and all that belongs to it: "-1", "10", "B1", "1.12"; not the "1" of "Block-1"."""
_OF_FLOOR = re.compile(r"\b(?:floor|level|storey|basement|mezzanine)\b")
_OF_BUILDING = re.compile(r"\b(?:block|building|house|wing|centre)$")
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place with its names from the site down."""

    id: str
    kind: PlaceKind
    path: tuple[str, ...]

    @property
    def words(self) -> str:
        """Its names in one line."""
        return " › ".join(clean(name, 60) for name in self.path)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
        names = tuple(filter(None, _CLEAR.split(text)))
        return (names,) if names else ()
    names, whole = tuple(filter(None, ANY_SEPARATOR.split(text))), (text,)
    if not names:
        return ()
    if len(names) == 1:
        return (names,)
    turned = (names[::-1],) if "," in text else ()
    return (names, *turned, whole) if _SPACED.search(text) else (whole, names, *turned)


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
        self._parts: dict[tuple[str, int], _Parts] = {}
        self._pieces = {
            place: [piece for name in names for piece in self._parted(name, 2)[::2]] for place, names in self._plain.items()
        }
        self._joined = {one.id: " ".join(_words(" ".join(one.path))) for one in self.all}
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
        ranked = self._ranked(typed) if readings(typed) else []
        return [one for rank, one in ranked if rank == ranked[0][0] and rank <= _IN_FULL]

    def read(self, typed: str) -> PlacesTyped:
        """What a text can mean: places that fit, best first, then new ones."""
        if not readings(typed):
            return PlacesTyped(self.all, (), None)
        ranked = self._ranked(typed)
        fits = tuple(one for _, one in ranked)
        new, problem = self._new(typed, exact=bool(ranked) and ranked[0][0] <= _NAMED)
        if not ranked:
            # The first name of all, with several sites, would be one more site by accident.
            stray = bool(new) and not new[0].known and bool(self._sites)
            if stray:
                problem = f"Type the site before it, like {clean(self._sites[0].path[0], 40)} > {clean(new[0].path[-1], 40)}."
            return PlacesTyped((), new, new[0] if new and not stray else None, problem)
        best = [one for rank, one in ranked if rank == ranked[0][0]]
        same = [one for one in best if self._plain[one.id][-1] == self._plain[best[0].id][-1]]
        if len(same) > 1:
            said = f"{len(same)} places are called ‘{clean(best[0].path[-1], 60)}’. Choose one, or type what it lies in."
            return PlacesTyped(fits, new, None, said)
        if ranked[0][0] > _IN_FULL and not _same_numbers(typed, best[0].path):
            is_named = bool(new) and len(new[0].path) - new[0].known < len(clear_names(typed))
            return PlacesTyped(fits, new, new[0] if is_named else None)
        return PlacesTyped(fits, new, best[0])

    def _ranked(self, typed: str) -> list[tuple[int, KnownPlace]]:
        text, words = plain(typed), _words(typed)
        parted = [_parts(text, level) for level in range(len(_LEVELS))]
        parted = parted if parted[-1] != parted[0] else parted[:1]  # a name alone, without signs around it
        found = []
        for one in self.all:
            joined = self._joined[one.id]
            if words and all(word in joined for word in words):
                found.append((self._rank(one, parted, is_turned="," in text), one))
        found.sort(key=lambda pair: pair[0])
        return found

    def _rank(self, one: KnownPlace, parted: Sequence[_Parts], *, is_turned: bool) -> int:
        """How well a text fits that is `parted`, once for each level.

        Three for each level: 0 its whole path, 1 its end, 2 its name after names of its path; then, after parts of these,
        _NAMED, the beginning of its name, in its name; last in its path.
        """
        least, names, pieces = _IN_PATH, self._plain[one.id], self._pieces[one.id]
        for level, typed in enumerate(parted):
            named = [self._parted(name, level) for name in names]
            ways = [(typed, named)]
            if is_turned and level:
                ways.append((typed[::-1], [name[::-1] for name in named]))
            for given, path in ways:
                before = _before(given, path[-1])
                how = _above(before, path[:-1]) if before is not None else None
                if how is not None:
                    return level * 3 + how
                if before is not None and _are_within(before[::2], pieces):
                    least = min(least, _NAMED)
                elif _are_within(given[:-1:2], pieces[:-1]):
                    begins, within = names[-1].startswith(given[-1]), given[-1] in names[-1]
                    least = min(least, _NAMED + (1 if begins else 2 if within else 3))
        return least

    def _parted(self, name: str, level: int) -> _Parts:
        """The parts of a name in plain letters, which many places share."""
        if (name, level) not in self._parts:
            self._parts[name, level] = _parts(name, level)
        return self._parts[name, level]

    def _new(self, typed: str, *, exact: bool) -> tuple[tuple[NewPlace, ...], str]:
        """New places that a text could be, the likeliest first; none that is there already, nor of a text that names one."""
        found, problem = list[NewPlace](), ""
        loose = tuple(filter(None, _LOOSE.split(one_line(typed))))
        may_be = filter(None, (self._after_own(typed), *readings(typed), loose if self._head(loose)[1] else ()))
        for names in sorted(dict.fromkeys(may_be), key=lambda names: not self._head(names)[1]):
            if exact or self.called(names):
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
        return tuple(found), "" if found else problem

    def _after_own(self, typed: str) -> tuple[str, ...]:
        """The names after a name that is there and has a ">" itself: "A > B" of "A > B > Lab"; () where there is none."""
        typed = one_line(typed)
        for sign in reversed(list(_CLEAR.finditer(typed))[-len(KINDS) :]):
            head = typed[: sign.start()]
            if _CLEAR.search(head) and self.called((head,)):
                return (head, *filter(None, _CLEAR.split(typed[sign.end() :])))
        return ()

    def _head(self, names: Sequence[str]) -> tuple[KnownPlace | None, int, list[KnownPlace]]:
        """What is there of a path: the place, how many names say it, and the places among which they do not decide."""
        for upto in range(min(len(names) - 1, len(KINDS)), 0, -1):
            heads = self.called(names[:upto])
            if heads:
                return (heads[0], upto, []) if len(heads) == 1 else (None, 0, heads)
        return None, 0, []


_IN_FULL, _NAMED = len(_LEVELS) * 3 - 1, len(_LEVELS) * 3
_IN_PATH = _NAMED + 3
"""The last ranks at which a text is a place's own name: with whole names before it, and with parts of names."""
type _Parts = tuple[str, ...]
"""Names and the signs between them, by turns: ("art", "/", "dt")."""


def _parts(text: str, level: int) -> _Parts:
    """A text in plain letters, parted in one of the ways of _LEVELS, without signs before the first name and after the last."""
    found, at = list[str](), 0
    strip = _bare if _LEVELS[level] is _LOOSE else str.strip
    for sign in _LEVELS[level].finditer(text):
        if name := strip(text[at : sign.start()]):
            found += (name, "")
        if found:
            found[-1] += sign[0].strip()
        at = sign.end()
    rest = strip(text[at:])
    return (*found, rest) if rest else tuple(found[:-1])


def _bare(text: str) -> str:
    """A name without the signs around it: "- hall." and "(hall)!" are "hall"; "-1" is a floor."""
    first, _, rest = text.strip().partition(" ")
    return (text if _WORD.search(first) else rest).strip(_AROUND).rstrip(".-_=~" + _AROUND)


def _before(typed: _Parts, name: _Parts) -> _Parts | None:
    """What is typed before a whole name at its end; None where it does not end so."""
    return typed[: -len(name) - 1] if name and typed[-len(name) :] == name else None


def _above(typed: _Parts, names: Sequence[_Parts]) -> int | None:
    """Whether what is typed is whole names at the end of a path: 0 all of it, 1 its end, 2 with names left out; None for no."""
    if not typed:
        return 1 if names else 0
    if not names:
        return None
    before = _before(typed, names[-1])
    if before is not None and (how := _above(before, names[:-1])) is not None:
        return how
    return None if _above(typed, names[:-1]) is None else 2


def _are_within(typed: Sequence[str], pieces: Sequence[str]) -> bool:
    """Whether each is in a piece of a path, in order."""
    rest = iter(pieces)
    return all(any(piece in name for name in rest) for piece in typed)


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


def _numbers(text: str) -> Counter[str]:
    """The numbers in a text as they are, each as often as it is there: neither "1" is "-1", nor part of "10"."""
    return Counter(one.lstrip("0") or "0" for one in _NUMBER.findall(plain(text)))


def _same_numbers(typed: str, path: Sequence[str]) -> bool:
    """Whether a path has each number that was typed, and its last name no other one than the last name typed."""
    given, own = _numbers(typed), _numbers(path[-1])
    return given <= _numbers(" > ".join(path)) and (own <= given or not all(_numbers(names[-1]) for names in readings(typed)))


def _too_deep(above: KnownPlace | None) -> str:
    if above is not None and above.kind == "room":
        return f"{above.words} is a room or area, and nothing lies inside one. Type the floor or building before the new name."
    return "A place has at most four names: site > building > floor > room."


def _words(text: str) -> list[str]:
    """Its words without signs: "head's (east)" is "heads" and "east"."""
    return _WORD.findall(plain(text).replace("'", ""))
