"""One cell of a spreadsheet of answers: refused and under which section, not held, no reply, and in which words."""

from __future__ import annotations

import re

from camcensus.model.claims import ClaimState
from camcensus.model.registers import Cell
from camcensus.registers.answer_figures import READ_CHARACTERS
from camcensus.registers.cells import BLANK, Unreadable, text_of
from camcensus.registers.dates import date_in

WORDS_LIMIT_CHARACTERS = 4000

_STATES: tuple[tuple[ClaimState, str], ...] = (
    ("no-reply", r"no (?:reply|response|answer)|not (?:replied|responded|answered)|did not (?:reply|respond|answer)"
     r"|(?:holding|auto\w*) (?:reply|response)(?: only)?|non.?respon\w*|outstanding|awaiting\b.*"
     r"|overdue|awaited|pending|chased"),
    ("over-cost-limit", r".*\b(?:costs?|fees|time|appropriate) limit\b.*"
     r"|(?:exceeds?|over|above|exceeded) (?:the )?(?:limit|cost limit|18 hours)|too (?:costly|expensive)"
     r"|(?:section|s\.?)\s*12\b.*"),
    ("not-held", r"(?:information )?not held"
     r"|(?:(?:we|they|it|the(?: \w+){1,2}) )?(?:do(?:es)? not hold|holds? no)\b.*"
     r"|no (?:records?|information|data)(?: (?:is|are))?(?: held)?|not recorded|don.?t know|do not know|unknown|not known"),
    ("partial", r"(?:answered |partly |partially )*(?:partial(?:ly)?|partly|in part)(?: answered| answer| disclosure| reply"
     r"| response| refused| withheld)?|part(?:ial)? disclosure"),
    ("refused", r"(?:partly |fully )?(?:refus(?:ed|al|ing)|declin(?:ed|ing)|withh(?:eld|olding)|exempt(?:ed|ion)?|rejected)\b.*"
     r"|(?:sections?|ss?\.?)\s*\d{2}\b.*|(?:vexatious|repeated request|manifestly unreasonable)\b.*"
     r"|(?:(?:we|the(?: \w+){1,2}) )?(?:can |will |could |do |does )?neither confirm\w* nor den\w*.*"
     r"|ncnd\b.*|held\W+(?:but|and) (?:exempt|refused|withheld)\b.*"),
    ("late", r"(?:answered |replied |response )?late(?: reply| response| answer)?|after (?:the )?deadline|out of time"),
    ("answered", r"answered|yes|y|replied|responded|reply|response|complete[d]?|full(?:y)?(?: answered| disclosure| response)?"
     r"|received|disclosed|provided|held|answered in full|granted|done|closed|on time"),
)  # fmt: skip
"""In this order: "part refused" is partial before it is refused."""
_OPENING = re.compile(
    r"^(?:(?:(?:this|that|the|all|any) )?(?:requested )?(?:information|data) (?:is|are|has been|was) (?:being )?"
    r"|we (?:have|are) )"
)
"""How a letter begins the sentence that a spreadsheet has a word for."""
_PART = r"\s*\((?:\d{1,2}[a-z]?|[a-z]{1,2}|[ivx]{1,4})\)"
_PARTS = rf"{_PART}(?:\s*(?:,|&|and|or|to|[-–])(?={_PART})|{_PART})*"
_SECTION = rf"\d{{1,2}}[A-Z]?(?!\w)(?:{_PARTS})?"
_OPENS = r"(?:sections?|s\.?|ss\.?|regulations?|regs?\.?)\s*"
_OPENS_MANY = r"(?:sections|ss\.?|regulations|regs\.?)\s*"
_THEN = r"(?:\s*[,;&/+]\s*|\s+)(?:and\s+|or\s+|&\s*)?"
_ACT = r"of\s+(?:the\s+)?(?:\w+\s+)?(?:act|foia?|freedom|eirs?|foisa|regulations)\b"
_ENDS = rf"(?!\s*/\s*\d)(?=\s*(?:$|[,;&/+.:)–-]|{_ACT}|(?:and|or|appl\w*|foia?|exempt\w*|because|as|s\.?\s*\d|section)\b))"
_KNOWN_SECTION = r"(?:1[2478]|2[1-9]|22A|3\d|4[0-4])(?!\w)"
"""What a reply is refused under. Sources: Freedom of Information Act 2000, sections 12, 14 and 21 to 44; Freedom of Information
(Scotland) Act 2002, sections 12, 14, 17, 18 and 25 to 41. Any other number after a section is no section by itself."""
_NEXT = rf"(?:{_OPENS}{_SECTION}|\d{{1,2}}[A-Z]?{_PARTS}{_ENDS}|\d{{1,2}}[A-Z]?(?=\s+{_ACT})|{_KNOWN_SECTION}{_ENDS})"
_SECTIONS = re.compile(
    rf"\b(?:{_OPENS_MANY}{_SECTION}(?:{_THEN}(?:{_NEXT}|{_SECTION}{_ENDS}))*|{_OPENS}{_SECTION}(?:{_THEN}{_NEXT})*)", re.I
)
_ACKNOWLEDGED = re.compile(r"acknowledg(?:ed|e?ment)\b(?: only| sent| received| letter)*\W*")
_DONE = r"\b(?:refus|declin|withh|exempt|reject|answered|replied|provided|disclos)"
_REFERENCE = re.compile(rf"(?<!\w)(?:(?:our |your )?ref(?:erence)?\b(?!.*{_DONE}).*|(?:foi|eir|case)\W*\d[\w/ -]*$)")
_COUNT = re.compile(
    r"\b\d[\d,]*\s+(?:\w+\s+)?(?:cameras?|cams|devices?|units?)\b"
    r"|\b(?:approx(?:imate(?:ly)?)?\b\.?|about|around|circa|roughly|total(?: of)?|estimated?(?: at)?)\s*:?\s*\d[\d,]*\b"
    r"(?!\s*(?:hours?|hrs?|days?|weeks?|months?|years?|working|pages?|%|sites?|schools?))",
    re.I,
)
_NOT_HELD = re.compile(r"\b(?:not hold|holds? no)\b(.*?)(?=[.;]|\bbut\b|\b(?:not hold|holds? no)\b|$)")
_DETERMINERS = re.compile(r"[\s,]*(?:(?:any|all|an?|the|our|its|of|currently|at (?:present|the moment|this time))\b[\s,]*)*")
_OBJECT_ENDS = re.compile(
    r"\s(?:(?:about|across|as|at|broken|by|for|from|here|in|made|on|of|regarding|relating|requested|split|that|to|which|with"
    r"|within|you)\b|\()"
)
_OF_SOME = re.compile(r"\s*(?:that (?:are|were)|made|by|from)\b")
_ADVERBS = re.compile(r"(?:\s*\b(?:today|now|yet|here|either|anywhere|\w+ly)\b)+\W*$")
_RECORDS = (
    r"(?:information|info|data|statistics|stats|knowledge|evidence|paperwork|documentation|correspondence|footage|breakdown"
    r"|inventor(?:y|ies)|polic(?:y|ies)|address(?:es)?|(?:record|recording|detail|figure|number|count|total|list|log|register|spreadsheet|table"
    r"|document|report|file|cop(?:y|ie)|note|date|level|format|contract|invoice|answer|response|image|certificate)s?)"
)
_ATTRIBUTES = r"(?:make|maker|manufacturer|model|brand|supplier|type|location|site|age|cost|year|origin|version)s?"
_INFORMATION = re.compile(
    rf"(?:(?:this|that|it|them|anything|what|how|who|whether|when|where|which)\b.*|(?!(?:these|those|such|named)\b).*\b{_ATTRIBUTES}"
    rf"|.*\b{_RECORDS}(?: (?:held|sought|asked|wanted|needed))?)"
)
_ANY_CAMERAS = re.compile(r"(?:(?:cctv|security|surveillance|ip|video|cameras?|systems?|equipment|devices?|and|or)\b[\s,]*)+")
_OF_INFORMATION = re.compile(rf"\b(?:{_RECORDS}|(?:by|per) (?:\w+ )?{_ATTRIBUTES})\b")
"""Of what is not held, the last word before a preposition says what it is: "Hikvision camera records" are information, and
whatever is none is a thing: equipment, or a maker's name. No cameras "by make" or "in our register" is information again."""


def counts_beside(cell: Cell) -> bool:
    """Whether a cell has a number of cameras in its words: "refused under section 31, 24 cameras"."""
    return isinstance(cell, str) and _COUNT.search(cell[:READ_CHARACTERS]) is not None


def _holds_none(text: str) -> bool:
    """Whether a text says that there are none of some things, and not no record of them: "we hold no Hikvision cameras"."""
    return any(not _is_information(found[1]) for found in _NOT_HELD.finditer(text))


def _is_information(what: str) -> bool:
    """Whether what is not held is information."""
    what = _DETERMINERS.sub("", what, count=1)
    end = _OBJECT_ENDS.search(f" {what}")
    held, rest = (what, "") if end is None else (what[: max(end.start() - 1, 0)], what[max(end.start() - 1, 0) :])
    held = _ADVERBS.sub("", held).strip(" ,")
    if not held:
        return _OF_SOME.match(rest) is None
    if _INFORMATION.fullmatch(held):
        return True
    return _ANY_CAMERAS.fullmatch(held) is not None and _OF_INFORMATION.search(rest) is not None


def state_in(cell: Cell) -> tuple[ClaimState, str | None] | None:
    """The state that a cell names and the section in it; None where it names none, or what is an answer itself.

    That is no reply and a number of cameras, and none of some things: "we hold no Hikvision cameras".
    """
    text = " ".join(text_of(cell)[:READ_CHARACTERS].casefold().split()).rstrip(".")
    plain = _OPENING.sub("", " ".join(text.replace("-", " ").split()), count=1)
    state = next((state for state, pattern in _STATES if re.fullmatch(pattern, plain)), None)
    if state is None and _is_acknowledged(text):
        state = "no-reply"
    if state is None or (state == "no-reply" and counts_beside(cell)) or (state == "not-held" and _holds_none(plain)):
        return None
    section = section_in(text_of(cell))
    is_cost = state == "refused" and section == "12" and not re.search(r"\breg", text)
    return "over-cost-limit" if is_cost else state, section


def _is_acknowledged(text: str) -> bool:
    """Whether a request was acknowledged and nothing else; on which day, and under which reference, may stand there."""
    found = _ACKNOWLEDGED.match(text)
    if found is None:
        return False
    rest = _REFERENCE.sub("", re.sub(r"^on\s+", "", text[found.end() :])).strip(" ()[].,;:")
    return not rest or (date_in(rest) or date_in(f"{rest} 2000")) is not None


def section_in(text: str) -> str | None:
    """ "31(1)(a)" of "Refused under section 31(1)(a)", "31(1)(a), 24" of "s31(1)(a) & s24"; None where no section is named."""
    named = [one for found in _SECTIONS.finditer(text[:400]) for one in re.findall(_SECTION, found[0], re.I)]
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
