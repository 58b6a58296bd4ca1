"""How many an answer says: a number in digits or words, near or exact, a range, "or more", yes or no, and nothing beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from camcensus.model.claims import ANY_LIMIT, Figure, QuestionAsked
from camcensus.model.registers import Cell
from camcensus.registers.answer_columns import MakerNames
from camcensus.registers.answer_makers import ASKED, with_makers_marked
from camcensus.registers.answer_none import HAVE, KIND, PLACES, THINGS, WHO, before_others, says_all, says_none
from camcensus.registers.cells import Unreadable, text_of, yes_or_no
from camcensus.registers.dates import date_in

READ_CHARACTERS = 200
_NO_COUNT = "must be a whole number of cameras, a range like 10 to 20, or yes or no"
type _Bound = Literal["fewer", "most", "more", "least"]

_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_UNITS = {word: number for number, word in enumerate(f"one two three four five six seven eight nine {_TEENS}".split(), 1)}
_TENS = {
    word: 10 * n for n, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_TIMES = {"hundred": 100, "dozen": 12}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_TO_99 = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{_UNIT}))?|{_UNIT})"
_TO_999 = rf"(?:(?:(?:a|{_UNIT})\s+hundred(?:\s+(?:and\s+)?{_TO_99})?)|(?:a|two|three|four|five|six)\s+dozen|{_TO_99})"
_WORDS = rf"(?:{_TO_999}|a)\s+thousand(?:,?\s+(?:and\s+)?{_TO_999})?|{_TO_999}"
_NUMBER = re.compile(
    rf"(?:(\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(?:\.00?(?!\d))?(?![\d.,]*\d)|({_WORDS})(?![a-z]))(?!st\b|nd\b|rd\b|th\b)"
)

_ASKED_THINGS = rf"{ASKED}(?: {KIND}(?:cameras?|cams?)\b|(?! {THINGS}))"
"""Of a maker's devices and units not all may be cameras."""
_LEAD = re.compile(
    rf"(?:there (?:are|is)|{WHO} (?:currently )?{HAVE})(?: currently)?\b"
    rf"|(?:a |the |in )?total(?: number)?(?: of)?(?: {THINGS})?(?: is| of)?(?![a-z])"
    rf"|(?:number|no\.?|quantity|count) of {THINGS}(?: is)?|answer(?=:)|currently\b|at present\b|in all(?=,)"
    rf"|{_ASKED_THINGS}(?=(?:\s*[:=]|\s+-\s)(?!\s*(?:19|20)\d\d$))|all(?: of)?(?: our| the)?(?=\s+\d)"
)
_NEAR = re.compile(
    r"(?:an? )?(?:about|approx(?:imate(?:ly)?)?\b\.?|around|roughly|some|circa|ca?\b\.?|c\.?(?=\d)|~|≈|\+/-|±|somewhere"
    r"|in the (?:region|order|vicinity) of|(?:we )?estimated?(?: (?:at|of|to be))?|nearly|almost|close to|nearer"
    r"|(?:just|a little|a bit|slightly|marginally) (?:under|over|below|above|more than|less than|short of)"
    r"|(?:is |are )?(?:believed|thought|understood) to be)(?![a-z])"
)
_NEAR_AFTER = re.compile(
    r"-?ish\b|(?:or so|or thereabouts|approx(?:imate(?:ly)?)?\b\.?|give or take|estimated?|est\b\.?|roughly)(?![a-z])"
)
_BOUNDS: dict[_Bound, re.Pattern[str]] = {
    "most": re.compile(r"<=|≤|(?:up to|at most|(?:a )?max(?:imum|\.)?(?: of)?|(?:no|not) more than)(?![a-z])"),
    "fewer": re.compile(r"<|(?:less than|fewer than|under|below)(?![a-z])"),
    "least": re.compile(r">=|≥|(?:at least|(?:a )?min(?:imum|\.)?(?: of)?|(?:not|no) (?:fewer|less) than|upwards of)(?![a-z])"),
    "more": re.compile(r">|(?:well |far |many )?(?:more than|over|above|in excess of)(?![a-z])"),
}
_AFTER: dict[_Bound, re.Pattern[str]] = {
    "least": re.compile(r"\+|(?:or more|or over|and (?:over|above)|plus|min(?:imum)?)(?![a-z])"),
    "most": re.compile(r"(?:or (?:fewer|less|under)|max(?:imum)?|at most)(?![a-z])"),
}
_BETWEEN = re.compile(r"(?:between|from)\b")
_TO = re.compile(r"[-–—]|to\b|or\b")
_AND = re.compile(r"[-–—]|to\b|and\b|&")
_THING = re.compile(rf"(?:no\.?|nr)?\s*{THINGS}|no\.(?!\w)|(?:x |× )?{_ASKED_THINGS}")
_SOME = r"(?:each|every|both|some|other|most)\b"
"""What makes a figure that of one place or a part of them."""
_TAIL = re.compile(
    r"(?:in total|in all|total|altogether|overall|all told|at present|at the moment|currently|installed|operational|on ?site"
    r"|in (?:use|operation|place|service)"
    rf"|across (?:(?:the|our|all|its|its own|\d{{1,4}})\s+)*(?:(?!{_SOME})\w+\s+)?{PLACES}"
    rf"|(?:at|on) (?:the|our|all|all our|this) {PLACES}"
    rf"|(?:of (?:them|these|those|ours|(?:our|the) cameras) |(?:out )?of (?:our |the )?\d{{1,9}} {KIND}cameras )?"
    rf"(?:(?:are|is) )?(?:made )?(?:by |from )?{_ASKED_THINGS})(?![a-z])"
)
_AS_AT = re.compile(r"as (?:at|of|on)\s+")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ADDS_NOTHING = re.compile(
    r"(?:please |pls )?see .*|(?:as )?attached|(?:incl?|including|includes)\b.*|.*\bsuppress\w*.*"
    r"|(?:in )?total|in all|nil|exact(?:ly)?"
)
_PARTED = re.compile(r"\s*(?:[,;&+/]|\band\b)\s*")
_A_PART = re.compile(r"(\d{1,9})(?:\s+[a-z][a-z' -]*)?|[a-z][a-z' -]*\s*[:=-]\s*(\d{1,9})")
_LIMITS = re.compile(r"\b(?:excl\w*|except\w*|not|only|without|per|each|plus)\b")
_SPACES = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*[:=-]?\s*(?=\w)")

_YES_AND = re.compile(r"yes\s*[,:;(–-]\s*(.+?)\)?")
_NO_AND = re.compile(r"no\s*[,:;(–-]\s*(.+?)\)?")


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """A figure; `about` where it is said to be near the true one only: "about 20", "~30"."""

    figure: Figure
    about: bool = False


_YES, _NO = SaidFigure(Figure(1, None, True)), SaidFigure(Figure(0, 0, False))


def said_in(cell: Cell, asked: QuestionAsked | None = None, makers: MakerNames | None = None) -> SaidFigure | None:
    """What a cell says; None where it says no number and neither yes nor no. Raises Unreadable for no possible number.

    `asked` is the question, and `makers` all that we know: its own makers may stand in the cell, as "no Hikvision cameras".
    Words that Camcensus does not know beside a number may limit it ("20 per site"), so that such a cell says no number.
    """
    if isinstance(cell, float):
        if not cell.is_integer() or not 0 <= cell <= ANY_LIMIT:
            raise Unreadable(_NO_COUNT)
        return SaidFigure(Figure(int(cell), int(cell)))
    if isinstance(cell, str) and re.fullmatch(r"\s*-\s*\d+\s*", cell):
        raise Unreadable(_NO_COUNT)
    text = " ".join(text_of(cell)[: READ_CHARACTERS + 1].casefold().replace("\xa0", " ").split()).rstrip(".")
    if len(text) > READ_CHARACTERS:
        return None
    return _said(with_makers_marked(text, asked, makers), of_some=asked is not None and asked.question == "maker")


def _said(text: str, *, of_some: bool) -> SaidFigure | None:
    yes = yes_or_no(text) if text not in ("1", "0") else None
    if yes is not None:
        return _YES if yes else _NO
    if says_none(text, of_some=of_some):
        return SaidFigure(Figure(0, 0))
    if says_all(text):
        return _YES
    if (before := before_others(text)) is not None:
        said = _said(before, of_some=of_some)
        return said if said and said.figure.high == 0 else None
    if (more := _YES_AND.fullmatch(text)) is not None:
        said = _said(more[1], of_some=of_some)
        return replace(said, figure=replace(said.figure, yes=True)) if said and said.figure.low else None
    if (more := _NO_AND.fullmatch(text)) is not None:
        said = _said(more[1], of_some=of_some)
        return _NO if said and said.figure.high == 0 else None
    return _FigureReader(text).read()


@dataclass(slots=True)
class _FigureReader:
    """A text read from left to right; what is left of it at the end speaks against what was read."""

    text: str
    at: int = field(default=0)
    about: bool = field(default=False)

    def read(self) -> SaidFigure | None:
        while self.take(_LEAD):
            self.take(_COLON)
        while self.take(_NEAR):
            self.about = True
        bound = next((name for name, pattern in _BOUNDS.items() if self.take(pattern)), None)
        between = self.take(_BETWEEN) is not None
        while self.take(_NEAR):
            self.about = True
        low = self.number()
        if low is None:
            return None
        high = self.upper(low, between=between)
        if (between and high is None) or (bound is not None and high is not None):
            return None
        first = low if high is None else high
        while self.at < len(self.text):
            after = None if bound or high is not None else next((name for name, one in _AFTER.items() if self.take(one)), None)
            bound = bound or after
            if after is None and not self.beside(first):
                return None
        return SaidFigure(_figure(low, high, bound), self.about)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found is not None:
            end = _SPACES.match(self.text, found.end())
            self.at = found.end() if end is None else end.end()
        return found

    def number(self) -> int | None:
        found = self.take(_NUMBER)
        return None if found is None else _count(found[1]) if found[1] else _worth(found[2])

    def upper(self, low: int, *, between: bool) -> int | None:
        """The upper end of a range; "3 or 4" is one, "20 or 200" is none."""
        start = self.at
        joint = self.take(_AND if between else _TO)
        high = self.number() if joint is not None else None
        if joint is None or high is None or (joint[0] == "or" and high != low + 1):
            self.at = start
            return None
        return high

    def beside(self, number: int) -> bool:
        """Whether words are taken that a number may stand beside, and still is the whole of the answer."""
        if self.take(_NEAR_AFTER):
            self.about = True
            return True
        if self.take(_THING) or self.take(_TAIL):
            return True
        if self.take(_AS_AT):
            rest, self.at = self.text[self.at :], len(self.text)
            return _is_day(rest)
        brackets = self.take(_IN_BRACKETS)
        return brackets is not None and self.explains(brackets[1].strip(" ."), number)

    def explains(self, inside: str, number: int) -> bool:
        """Whether what is in brackets says the number again, in parts too, or how sure it is, and takes nothing from it."""
        if _NEAR_AFTER.fullmatch(inside) or _NEAR.fullmatch(inside):
            self.about = True
            return True
        if (day := _AS_AT.match(inside)) is not None:
            return _is_day(inside[day.end() :])
        if _LIMITS.search(inside):
            return False
        again = _NUMBER.fullmatch(inside)
        if again is not None:
            return number == (_count(again[1]) if again[1] else _worth(again[2]))
        parts = [_A_PART.fullmatch(one) for one in _PARTED.split(inside)]
        adds_up = len(parts) > 1 and sum(int(one[1] or one[2]) if one else number + 1 for one in parts) == number
        return adds_up or _ADDS_NOTHING.fullmatch(inside) is not None


def _is_day(text: str) -> bool:
    return (date_in(text) or date_in(f"{text} 2000")) is not None or text in ("today", "now")


def _figure(low: int, high: int | None, bound: _Bound | None) -> Figure:
    """Raises Unreadable for no possible number."""
    end: int | None
    match bound:
        case "fewer":
            low, end = 0, low - 1
        case "most":
            low, end = 0, low
        case "more":
            low, end = low + 1, None
        case "least":
            end = None
        case None:
            end = low if high is None else high
    if low > ANY_LIMIT or (end is not None and not 0 <= low <= end <= ANY_LIMIT):
        raise Unreadable(_NO_COUNT)
    return Figure(low, end)


def _count(text: str) -> int:
    return int(text.replace(",", ""))


def _worth(words: str) -> int:
    """ "one hundred and twenty" is 120, "two dozen" 24."""
    whole, some = 0, 0
    for word in re.findall(r"[a-z]+", words):
        if word == "thousand":
            whole, some = max(some, 1) * 1000, 0
        elif word in _TIMES:
            some = max(some, 1) * _TIMES[word]
        else:
            some += _UNITS.get(word, _TENS.get(word, 0))
    return whole + some
