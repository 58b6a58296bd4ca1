"""What staff's own words in a cell mean: "Scrapped" is a camera that is gone, "Vandal dome" a dome."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from camcensus.model.registers import FIELDS, RegisterField
from camcensus.registers.plain_headings import plain_words

_FIRST_COUNTS = ("kind", "camera_type")
_CLAUSE = re.compile(
    r"\s*(?:[^\w\s'’]|\s-\s|\d|\b(?:in|on|by|when|as|after|during|since|because|due|from|early|mid|late|spring|summer|autumn|winter"
    r"|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b)",
    re.I,
)
"""What comes behind the words that say so: a date, a reason, a sign."""


@dataclass(frozen=True, slots=True)
class Words:
    """The reviewed table of words: whole cells, and words inside longer ones, each with the value it means."""

    whole: Mapping[RegisterField, Mapping[str, str]] = field(default_factory=dict)
    held: Mapping[RegisterField, Mapping[str, str]] = field(default_factory=dict)
    values: Mapping[RegisterField, tuple[str, ...]] = field(default_factory=dict)
    _patterns: dict[RegisterField, re.Pattern[str]] = field(default_factory=dict)
    _found: dict[tuple[RegisterField, str], tuple[str | None, bool]] = field(default_factory=dict)

    def meaning(self, name: RegisterField, text: str) -> tuple[str | None, bool]:
        """(the value that a text means, whether it says more than that); (None, True) where it means none, or two."""
        key = (name, text)
        if key not in self._found:
            self._found[key] = self._meaning(name, plain_words(text))
        return self._found[key]

    def begins_gone(self, text: str) -> bool:
        """Whether a remark begins by saying that the camera is gone: "Removed 2023, ward closed", not "Removed the lens"."""
        first = _CLAUSE.split(text.strip())[0]
        return self.meaning("status", first)[0] == "removed" and plain_words(first) in self._gone

    @property
    def _gone(self) -> frozenset[str]:
        """The words for a camera that is gone."""
        lists = (self.whole.get("status", {}), self.held.get("status", {}))
        return frozenset(word for words in lists for word, value in words.items() if value == "removed")

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
        if len(told) > 1 and "neither" in told:
            told.remove("neither")
        return (told[0] if len(told) == 1 or (told and name in _FIRST_COUNTS) else None), True


def make_words(tables: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]) -> Words:
    """The reviewed table (field -> value -> "is" and "has"). Raises ValueError where one word means two values."""
    made: dict[str, dict[RegisterField, dict[str, str]]] = {"is": {}, "has": {}}
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
    return Words(made["is"], made["has"], order)
