"""What staff's own words in a cell mean: "Scrapped" is a camera that is gone, "Vandal dome" a dome."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import field

from camcensus.model import frozen
from camcensus.model.registers import FIELDS, RegisterField
from camcensus.registers.plain_headings import plain_words

PLACE_SEPARATOR = " > "
_FIRST_COUNTS = ("kind", "camera_type")
_CLAUSE = re.compile(
    r"\s*(?:[^\w\s'’]|\s-\s|\d|\b(?:in|on|by|when|as|after|during|since|because|due|from|early|mid|late|spring|summer|autumn|winter"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)\b)",
    re.I,
)
"""What comes behind the words that say so: a date, a reason, a sign."""
_PARTS = re.compile(r"\s[-–—]\s|[–—;,:()\[\]/|\n]|\.\s+(?=[A-Z])")
_OF_CAMERAS = frozenset(("camera", "cameras", "cam", "cams", "cctv"))
_DESIGNATORS = frozenset(("one", "two", "three", "four", "north", "south", "east", "west"))


@frozen
class Words:
    """The reviewed table of words: whole cells, words inside longer ones, first and last ones; each with the value it means."""

    whole: Mapping[RegisterField, Mapping[str, str]] = field(default_factory=dict)
    held: Mapping[RegisterField, Mapping[str, str]] = field(default_factory=dict)
    begins: Mapping[RegisterField, Mapping[str, str]] = field(default_factory=dict)
    ends: Mapping[RegisterField, Mapping[str, str]] = field(default_factory=dict)
    values: Mapping[RegisterField, tuple[str, ...]] = field(default_factory=dict)
    _patterns: dict[RegisterField, re.Pattern[str]] = field(default_factory=dict)
    _found: dict[tuple[RegisterField, str], tuple[str | None, bool]] = field(default_factory=dict)

    def meaning(self, name: RegisterField, text: str) -> tuple[str | None, bool]:
        """(the value that a text means, whether it says more than that); (None, True) where it means none, or two."""
        key = (name, text)
        if key not in self._found:
            self._found[key] = self._meaning(name, plain_words(text))
        return self._found[key]

    def clause(self, name: RegisterField, text: str) -> str | None:
        """What a remark begins by saying: "Removed 2023, ward closed" that a camera is gone, not "Removed the lens"."""
        text = text.strip()
        ends = [*(one.start() for one in _CLAUSE.finditer(text)), len(text)]
        firsts = [plain_words(text[:end]) for end in ends[:3]]  # “Not in use” has one of the words inside
        whole = self.whole.get(name, {}).get(firsts[0])
        held = next((value for first in firsts if (value := self.held.get(name, {}).get(first))), None)
        return held or (whole if whole != "spare" else None)  # “Stores” is a room too

    def told(self, name: RegisterField, text: str, *, whole: bool = False) -> str | None:
        """The one value that parts of a name begin or end with, or (`whole`) that parts of a remark are; else None."""
        found = set[str | None]()
        for part in _PARTS.split(text):
            said = plain_words(part).split()
            while said and (
                said[-1] in _OF_CAMERAS or (not whole and len(said) > 1 and len(said[-1]) < 3 and said[-1].isdigit())
            ):
                del said[-1]
            first, last = ((), (len(said),)) if whole else ((3, 2, 1), (3, 2, 1))
            begun = _first(self.begins.get(name, {}), (said[:number] for number in first))
            found.add(begun or _first(self.ends.get(name, {}), (said[-number:] for number in last if number)))
        found -= {None}
        value = found.pop() if len(found) == 1 else None
        return None if value == "neither" else value

    def level_of(self, place: str) -> RegisterField | None:
        """Whether a place is a site, a building or a floor, by the word that it ends with: "Block B", "High Street"."""
        said = plain_words(place).split()
        if len(said) > 1 and (len(said[-1]) == 1 or said[-1][0].isdigit() or said[-1] in _DESIGNATORS):
            del said[-1]
        if "floor" in said[1:]:  # “Ground Floor Main Block”
            return "floor"
        return _first(self.whole.get("location", {}), (said[-2:], said[-1:]))

    def place(self, parts: Sequence[str], taken: Container[str | None] = ()) -> dict[RegisterField, str]:
        """A place by level: a site, a building and a floor where words of the first ones say so, then the rest as a path."""
        found, left = dict[RegisterField, str](), list(parts)
        while len(left) > 1 and (level := self.level_of(left[0])) and level not in found and level not in taken:
            found[level] = left.pop(0)
        return found | ({"location": PLACE_SEPARATOR.join(left)} if left else {})

    def _meaning(self, name: RegisterField, words: str) -> tuple[str | None, bool]:
        if words in self.whole.get(name, {}):
            return self.whole[name][words], False
        held = self.held.get(name)
        if not held:
            return None, True
        if name not in self._patterns:
            some = "|".join(sorted(map(re.escape, held), key=len, reverse=True))
            self._patterns[name] = re.compile(rf"(?<![a-z0-9])({some})(?:s|\d+\w*)?(?![a-z0-9])")
        found = {held[one[1]] for one in self._patterns[name].finditer(words)}
        told = [value for value in self.values[name] if value in found]
        for weak, than in (("neither", ""), ("removed", "spare"), ("spare", "present")):
            if len(told) > 1 and weak in told and (not than or than in told):
                told.remove(weak)
        return (told[0] if len(told) == 1 or (told and name in _FIRST_COUNTS) else None), True


def _first(values: Mapping[str, str], some: Iterable[Sequence[str]]) -> str | None:
    return next((values[words] for one in some if (words := " ".join(one)) in values), None)


def make_words(tables: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]) -> Words:
    """The reviewed table (field -> value -> "is", "has", "begins", "ends"). Raises ValueError for a word of two values."""
    made: dict[str, dict[RegisterField, dict[str, str]]] = {"is": {}, "has": {}, "begins": {}, "ends": {}}
    order: dict[RegisterField, tuple[str, ...]] = {}
    for name, values in tables.items():
        if name not in FIELDS:
            raise ValueError(f"“{name}” is no field of a register")
        order[name] = tuple(values)
        for value, lists in values.items():
            for key, into in made.items():
                for word in map(plain_words, lists.get(key, ())):
                    if into.setdefault(name, {}).setdefault(word, value) != value:
                        raise ValueError(f"“{word}” means two values of {name}")
    return Words(made["is"], made["has"], made["begins"], made["ends"], order)
