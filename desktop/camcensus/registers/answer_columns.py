"""Which column of a spreadsheet of answers is what, and what the question in a heading or a cell asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from camcensus.model.claims import ANSWER_FIELD_WORDS, ANSWER_FIELDS, AnswerField, QuestionAsked
from camcensus.model.prose import lower_first
from camcensus.model.registers import SheetColumn
from camcensus.model.words import clean
from camcensus.registers.columns import JOINT, Headings
from camcensus.registers.plain_headings import plain

QUESTION_LIMIT_CHARACTERS = 160

_OPENS_QUESTION = re.compile(
    r"(?:q ?\d+[a-z]?\b|how|do|does|did|are|is|was|were|has|have|had|which|what|when|where|who|why|any|will|can|could|please)\b"
)
_FILLERS = frozenset((
    "a", "an", "and", "any", "are", "at", "by", "camera", "cameras", "cctv", "count", "current", "currently", "device",
    "devices", "do", "does", "either", "for", "from", "has", "have", "held", "how", "if", "in", "install", "installed",
    "ip", "is", "it", "made", "make", "makes", "many", "n", "number", "of", "on", "one", "operate", "operated", "or",
    "organisation", "own", "owned", "q", "surveillance", "the", "them", "there", "these", "total", "units", "use",
    "used", "uses", "using", "we", "with", "y", "yes", "you", "your",
))  # fmt: skip
"""Words that change nothing of what "How many … cameras?" asks for; "no" does, but for "no. of"."""
_NUMBERING = re.compile(r"^\s*(?:q(?:uestion)?\.?\s*)?\d{1,2}[a-z]?\s*[.):]?\s+|^\s*q\d{1,2}[a-z]?\s*[.):]*\s*", re.I)
_NUMBER_OF = re.compile(r"\bno of\b|\bno$")
_MAKER = frozenset(("maker", "makers", "manufacturer", "manufacturers", "brand", "brands"))
_OTHERS = frozenset(("another", "other", "others"))
_OF_MAKERS = _MAKER | {"make", "makes"}
_LISTED = _MAKER | {"listed"}
_UNKNOWN = _MAKER | {"not", "unknown", "unidentified", "known", "identified"}


OTHER_MAKERS = QuestionAsked("maker", "maker:others", "Made by any other maker")
"""Of makers that no other question of the row names."""


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """What a column is taken for, None for nothing; `asks` is the question of one that is `ask`. `why` is one sentence."""

    column: SheetColumn
    field: AnswerField | None
    why: str
    asks: QuestionAsked | None = None


@dataclass(frozen=True, slots=True)
class MakerNames:
    """Makers by their names in plain letters. `longest` is how many words the longest name has."""

    ids: Mapping[str, str]
    longest: int


def make_answer_headings(tables: Mapping[str, Mapping[str, Sequence[str]]], left: Sequence[str]) -> Headings:
    """The usual headings of answers (field -> "is" and "has"). Raises ValueError where one heading has two fields."""
    found: dict[str, dict[str, str]] = {"is": {plain(name): name for name in ANSWER_FIELDS}, "has": {}}
    for name, table in tables.items():
        if name not in ANSWER_FIELDS:
            raise ValueError(f"“{name}” is no field of an answer")
        for key, into in found.items():
            for heading in table.get(key, ()):
                if into.setdefault(plain(heading), name) != name:
                    raise ValueError(f"“{heading}” stands for {into[plain(heading)]} and {name}")
    # `Headings` is of registers; which fields it gives is for the one who reads it to know.
    whole, held = cast("Any", found["is"]), cast("Any", found["has"])
    return Headings(whole, held, frozenset(map(plain, left)), "an organisation")


def maker_names(names: Mapping[str, Sequence[str]]) -> MakerNames:
    """`names` are those of each maker by its id; one that two makers share is left out."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for maker, said in names.items():
        for name in map(plain, said):
            if name and found.setdefault(name, maker) != maker:
                shared.add(name)
    ids = {name: maker for name, maker in found.items() if name not in shared and name not in _FILLERS}
    return MakerNames(ids, max((len(name.split()) for name in ids), default=1))


def asked_in(text: str, makers: MakerNames) -> QuestionAsked:
    """What a question asks for. Only one that asks for nothing besides is counted; any other is kept in its own words."""
    heading = clean(" ".join(text.split()), QUESTION_LIMIT_CHARACTERS)
    words = _words(text)
    named, left = _named(words, makers)
    rest = frozenset(left)
    if named and rest <= _FILLERS:
        return QuestionAsked("maker", f"maker:{'+'.join(sorted(named))}", heading, tuple(sorted(named)))
    unknown = rest & {"unknown", "unidentified"} or {"not", "known"} <= rest or {"not", "identified"} <= rest
    if unknown and not named and rest <= _FILLERS | _UNKNOWN:
        return QuestionAsked("not-known", "not-known", heading)
    if rest & _OTHERS and rest & _OF_MAKERS and not named and rest <= _FILLERS | _MAKER | _OTHERS:
        return replace(OTHER_MAKERS, heading=heading)
    if "listed" in rest and not named and rest <= _FILLERS | _LISTED:
        return QuestionAsked("listed", "listed", heading)
    if rest & {"cameras", "camera"} and not named and rest <= _FILLERS:
        return QuestionAsked("cameras", "cameras", heading)
    return QuestionAsked("other", f"other:{' '.join(words)[:QUESTION_LIMIT_CHARACTERS]}", heading)


def _words(text: str) -> list[str]:
    """The words of a question; those in brackets too, as they may turn it round: "cameras (excluding …)"."""
    return _NUMBER_OF.sub(" ", plain(re.sub(r"[()]", " ", _NUMBERING.sub("", text.replace(JOINT, " "))))).split()


def maker_asked(question: str, maker: str, makers: MakerNames) -> QuestionAsked:
    """The question of a row that names the maker in a cell of its own."""
    named, left = _named(plain(maker).split(), makers)
    ids = tuple(sorted(named)) if named and not set(left) - {"and", "or"} else (f"name:{plain(maker)[:80]}",)
    heading = clean(f"{question}: {maker}" if question else maker, QUESTION_LIMIT_CHARACTERS)
    if set(_words(question)) - _FILLERS - set(_words(maker)):
        return QuestionAsked("other", f"{asked_in(question, makers).asks[:80]}: {'+'.join(ids)}", heading)
    return QuestionAsked("maker", f"maker:{'+'.join(ids)}", heading, ids)


def _named(words: Sequence[str], makers: MakerNames) -> tuple[set[str], list[str]]:
    """The makers that words name, the longest names first, and the words that are left."""
    found: set[str] = set()
    left: list[str] = []
    at = 0
    while at < len(words):
        for long in range(min(makers.longest, len(words) - at), 0, -1):
            maker = makers.ids.get(" ".join(words[at : at + long]))
            if maker is not None:
                found.add(maker)
                at += long
                break
        else:
            left.append(words[at])
            at += 1
    return found, left


def guess_answer_columns(columns: Sequence[SheetColumn], headings: Headings, makers: MakerNames) -> tuple[AnswerColumn, ...]:
    """One guess a column, in order; a field is given to the first column that has its heading, questions to any number."""
    taken: set[str] = set()
    return tuple(_guess(column, headings, makers, taken) for column in columns)


def _guess(column: SheetColumn, headings: Headings, makers: MakerNames, taken: set[str]) -> AnswerColumn:
    heading, words = clean(column.heading, 60), plain(column.heading)
    under = plain(column.heading.rpartition(JOINT)[2])
    field = cast("AnswerField | None", headings.whole.get(words) or headings.whole.get(under))
    if field is None and words not in headings.left:
        asked = asked_in(column.heading, makers)
        if asked.question != "other":
            return AnswerColumn(column, "ask", f"“{heading}” asks how many.", asked)
        if "?" in column.heading or _OPENS_QUESTION.match(words):
            return AnswerColumn(column, "ask", f"“{heading}” is a question.", asked)
        held = max((one for one in headings.held if f" {one} " in f" {words} "), key=len, default=None)
        field = cast("AnswerField | None", headings.held[held]) if held is not None else None
    if field is None:
        said = f"“{heading}” is left out." if words in headings.left else "Nothing in its heading says what it is."
        return AnswerColumn(column, None, said if heading else "It has no heading.")
    says = lower_first(ANSWER_FIELD_WORDS[field])
    if field in taken:
        return AnswerColumn(column, None, f"“{heading}” looks like {says} too, and another column has that.")
    taken.add(field)
    return AnswerColumn(column, field, f"“{heading}” is a usual heading for {says}.")


def chosen_answer_columns(
    guesses: Sequence[AnswerColumn], chosen: Mapping[int, AnswerField | None], makers: MakerNames
) -> tuple[AnswerColumn, ...]:
    """The guesses with what a person chose, by the column's place; a field that they gave is taken from any other column."""
    given = {name for name in chosen.values() if name not in (None, "ask")}
    made = []
    for guess in guesses:
        place = guess.column.place
        if place in chosen:
            field = chosen[place]
            asks = asked_in(guess.column.named, makers) if field == "ask" else None
            made.append(AnswerColumn(guess.column, field, "You chose this.", asks))
        elif guess.field in given:
            made.append(AnswerColumn(guess.column, None, "You chose another column for this."))
        else:
            made.append(guess)
    return tuple(made)
