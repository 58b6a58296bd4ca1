"""One cell of a spreadsheet of answers: how many, yes or no, refused and under which section."""

from __future__ import annotations

import re

from camcensus.model.claims import ANY_LIMIT, ClaimState, Figure
from camcensus.model.registers import Cell
from camcensus.registers.cells import BLANK, Unreadable, text_of, yes_or_no

WORDS_LIMIT_CHARACTERS = 4000

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.00?(?!\d))?"
_ABOUT = r"(?:about|approx(?:imately|\.)?|around|circa|c\.?|roughly|~|some|total(?: of)?:?|estimated)?\s*"
_NOUN = r"(?:\s*(?:cctv\s+)?(?:cameras?|devices?|units?))?(?:\s+(?:in total|approx(?:imately|\.)?|or so))?\.?"
_ONE = re.compile(rf"{_ABOUT}{_NUMBER}{_NOUN}")
_RANGE = re.compile(rf"{_ABOUT}(?:between\s+)?{_NUMBER}\s*(?:-|–|—|to|and)\s*{_NUMBER}{_NOUN}")
_FEWER = re.compile(rf"(?:<|less than|fewer than|under|below)\s*{_NUMBER}{_NOUN}")
_MOST = re.compile(rf"(?:<=|≤|up to|at most|max(?:imum)?(?: of)?|no more than)\s*{_NUMBER}{_NOUN}")
_MORE = re.compile(rf"(?:>|more than|over|above)\s*{_NUMBER}{_NOUN}")
_LEAST = re.compile(rf"(?:>=|≥|at least|min(?:imum)?(?: of)?|not fewer than|no fewer than)\s*{_NUMBER}{_NOUN}")
_YES_AND = re.compile(r"yes\s*[,:(–-]\s*(.+?)\)?")
_LEAST_AFTER = re.compile(rf"{_ABOUT}{_NUMBER}\s*(?:\+|or more|plus)")
_NONE = frozenset(("none", "nil", "zero", "no cameras", "none held", "no such cameras", "we have none", "we do not have any"))

_STATES: tuple[tuple[ClaimState, str], ...] = (
    ("no-reply", r"no (?:reply|response|answer)|not (?:replied|responded|answered)|did not (?:reply|respond|answer)"
     r"|acknowledge(?:d|ment)(?: only| sent| received)?(?: on)?(?:\W*\d[\w /.]*\)?)?|holding (?:reply|response)"
     r"|non.?respon\w*|outstanding|awaiting\b.*|overdue|awaited|pending|chased"),
    ("over-cost-limit", r".*\b(?:cost|costs|fees|time) limit\b.*|(?:exceeds?|over|above|exceeded) (?:the )?(?:limit|cost limit"
     r"|18 hours)|too (?:costly|expensive)|(?:section|s\.?)\s*12\b.*"),
    ("not-held", r"(?:information )?not held|(?:we )?do(?:es)? not hold\b.*|no (?:records?|information)(?: held)?"
     r"|not recorded|don.?t know|do not know|unknown|not known"),
    ("partial", r"(?:answered |partly |partially )*(?:partial(?:ly)?|partly|in part)(?: answered| answer| disclosure| reply"
     r"| response| refused| withheld)?|part(?:ial)? disclosure"),
    ("refused", r"(?:partly |fully )?(?:refused|refusal|declined|withheld|exempt(?:ed|ion)?|rejected)\b.*"
     r"|(?:section|s\.?)\s*\d{2}\b.*|(?:vexatious|repeated request|manifestly unreasonable)\b.*"
     r"|neither confirm\w* nor den\w*.*|ncnd"),
    ("late", r"(?:answered |replied |response )?late(?: reply| response| answer)?|after (?:the )?deadline|out of time"),
    ("answered", r"answered|yes|y|replied|responded|reply|response|complete[d]?|full(?:y)?(?: answered| disclosure| response)?"
     r"|received|disclosed|provided|held|answered in full|granted|done|closed|on time"),
)  # fmt: skip
"""In this order: "part refused" is partial before it is refused."""
_PARTS = r"\s*\(\w{1,4}\)"
_ONE_SECTION = rf"\d{{1,2}}[A-Z]?(?!\w)(?:{_PARTS}(?:\s*(?:,|&|and|or|to|[-–])(?={_PARTS}))?)*"
_OPENS_SECTION = r"(?:sections?|s\.?|ss\.?|regulations?|regs?\.?)\s*"
_NEXT_SECTION = rf"(?:\s*[,;&/+]\s*|\s+)(?:and\s+|or\s+|&\s*)?(?:{_OPENS_SECTION})?"
_ENDS_SECTION = r"(?!\s*/\s*\d)(?=\s*(?:$|[,;&/+.:)–-]|(?:and|or|of|appl\w*|foia?|exempt\w*|because|as|s\.?\s*\d|section)\b))"
_SECTIONS = re.compile(rf"\b{_OPENS_SECTION}{_ONE_SECTION}(?:{_NEXT_SECTION}{_ONE_SECTION}{_ENDS_SECTION})*", re.I)
_ABOUT_ONLY = re.compile(r"\b(?:about|approx\w*|around|circa|c(?=\.?\s*\d)|roughly|some|estimated|or so)\b|\bc(?=\d)|~")


def is_about(cell: Cell) -> bool:
    """Whether the figure that `figure_in` reads in a cell is said to be near the true one only: "about 20", "~30"."""
    return isinstance(cell, str) and any(map(str.isdigit, cell)) and _ABOUT_ONLY.search(cell[:200].casefold()) is not None


def figure_in(cell: Cell) -> Figure | None:
    """How many a cell says; None where it says no number and neither yes nor no. Raises Unreadable for no possible number."""
    if isinstance(cell, float):
        if not cell.is_integer() or not 0 <= cell <= ANY_LIMIT:
            raise Unreadable("must be a whole number of cameras, a range like 10 to 20, or yes or no")
        return Figure(int(cell), int(cell))
    if isinstance(cell, str) and re.fullmatch(r"\s*-\s*\d+\s*", cell):
        raise Unreadable("must be a whole number of cameras, a range like 10 to 20, or yes or no")
    said = yes_or_no(cell) if not isinstance(cell, str) or cell.strip() not in ("1", "0") else None
    if said is not None:
        return Figure(1, None, True) if said else Figure(0, 0, False)
    text = " ".join(text_of(cell)[:200].casefold().replace("\xa0", " ").split()).rstrip(".")
    if text in _NONE:
        return Figure(0, 0)
    more = _YES_AND.fullmatch(text)
    if more is not None:
        number = figure_in(more[1])
        return Figure(number.low, number.high, True) if number is not None and number.yes is None and number.low else None
    for pattern, make in (
        (_ONE, lambda found: (_count(found[1]), _count(found[1]))),
        (_RANGE, lambda found: (_count(found[1]), _count(found[2]))),
        (_FEWER, lambda found: (0, _count(found[1]) - 1)),
        (_MOST, lambda found: (0, _count(found[1]))),
        (_MORE, lambda found: (_count(found[1]) + 1, None)),
        (_LEAST, lambda found: (_count(found[1]), None)),
        (_LEAST_AFTER, lambda found: (_count(found[1]), None)),
    ):
        found = pattern.fullmatch(text)
        if found is not None:
            low, high = make(found)
            if low > ANY_LIMIT or (high is not None and not 0 <= low <= high <= ANY_LIMIT):
                raise Unreadable("must be a whole number of cameras, a range like 10 to 20, or yes or no")
            return Figure(low, high)
    return None


def _count(text: str) -> int:
    return int(text.replace(",", ""))


def state_in(cell: Cell) -> tuple[ClaimState, str | None] | None:
    """The state that a cell names and the section in it; None where it names none."""
    text = " ".join(text_of(cell)[:200].casefold().replace("-", " ").split()).rstrip(".")
    for state, pattern in _STATES:
        if re.fullmatch(pattern, text):
            return state, section_in(text_of(cell))
    return None


def section_in(text: str) -> str | None:
    """ "31(1)(a)" of "Refused under section 31(1)(a)", "31(1)(a), 24" of "s31(1)(a) & s24"; None where no section is named."""
    named = [one for found in _SECTIONS.finditer(text[:400]) for one in re.findall(_ONE_SECTION, found[0], re.I)]
    return ", ".join(dict.fromkeys(re.sub(r"\s*(?:&|and|or)\s*", ",", one).replace(" ", "") for one in named)) or None


def words_in(cell: Cell) -> str | None:
    """What was said, as it was said; None for an empty cell. Raises Unreadable for what is far too long."""
    text = text_of(cell).strip()
    if len(text) > WORDS_LIMIT_CHARACTERS:
        raise Unreadable(f"is longer than {WORDS_LIMIT_CHARACTERS:,} characters; give it as a file of the reply")
    return text or None


def is_blank(cell: Cell) -> bool:
    """Whether nothing is in a cell, or a mark for nothing."""
    return cell is None or (isinstance(cell, str) and cell.casefold().strip() in BLANK)
