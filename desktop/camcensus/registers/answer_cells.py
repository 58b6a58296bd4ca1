"""One cell of a spreadsheet of answers: a number or range, yes, no, refused, not held; all else is for a person."""

from __future__ import annotations

import re
from datetime import date

from camcensus.model import frozen
from camcensus.model.claims import ANY_LIMIT, ClaimState, Figure
from camcensus.model.registers import Cell
from camcensus.registers.cells import NO, YES, text_of

WORDS_LIMIT_CHARACTERS = 4000
READ_CHARACTERS = 200

_NUMBER = r"(\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d{1,7})(?:\.00?)?"
_ABOUT = r"(?:(?:approx(?:imately)?\b\.?|about|around|circa|c\.?|ca\.|~|roughly|est(?:imated)?\b\.?)\s*)?"
_BEHIND = r"(?:\s*(?:cctv )?cameras?)?(?:\s*(?:in total|in all|total))?(?:\s*\(?(?:approx(?:imately)?\.?|estimated?)\)?)?"
_FIGURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(form))
    for kind, form in (
        ("exact", rf"{_ABOUT}{_NUMBER}{_BEHIND}"),
        ("yes", rf"yes\s*[,:;(–—-]*\s*{_ABOUT}{_NUMBER}{_BEHIND}\)?"),
        ("range", rf"(?:between )?{_NUMBER}\s*(?:-|–|to|and)\s*{_NUMBER}{_BEHIND}"),
        ("fewer", rf"(?:<\s*|(?:fewer|less) than ){_NUMBER}{_BEHIND}"),
        ("most", rf"(?:≤|<=|up to|at most|no more than)\s*{_NUMBER}{_BEHIND}"),
        ("more", rf"(?:>\s*|(?:more than|over) ){_NUMBER}{_BEHIND}"),
        ("least", rf"(?:≥|>=|at least)\s*{_NUMBER}{_BEHIND}|{_NUMBER}\s*(?:\+|or more){_BEHIND}"),
    )
)
_SECTION_NUMBER = r"\d{1,2}[a-z]?(?:\s*\((?:\d{1,2}[a-z]?|[a-z]{1,2}|[ivx]{1,4})\))*"
_SECTIONS = re.compile(
    rf"\b(?:sections?|ss?|regulations?|regs?)\.?\s*({_SECTION_NUMBER}(?:\s*(?:,|&|/|;|\band\b|\bor\b)\s*{_SECTION_NUMBER})*)(?!\w)"
)
_EACH_SECTION = re.compile(_SECTION_NUMBER)
_REFUSED = frozenset(
    (
        "refused",
        "refusal",
        "refuse",
        "declined",
        "exempt",
        "exempted",
        "exemption",
        "exemptions",
        "withheld",
        "ncnd",
        "vexatious",
    )
)
_WORDS_BESIDE = (
    "a act all and applied applies appropriate are as by commercial confirm cost costs crime data deny disclosure eir"
    " eirs engaged enforcement environmental exceeded exceeds foi foia foisa freedom from full fully health in"
    " information interest interests is it law limit national neither nor notice of on or over personal prejudice"
    " prevention public regulations repeated request safety security sections section the this time to under was we"
    " whole 2000 2002 2004"
)
_BESIDE_REFUSED = _REFUSED | frozenset(_WORDS_BESIDE.split())
"""All that may stand beside a section; "partly", a number of cameras or any other word leaves the cell to a person."""
_NOT_HELD = frozenset((
    "not held", "information not held", "not recorded", "no information held", "information is not held", "data not held",
    "we do not hold this information", "we do not hold this", "we do not hold the information", "do not hold",
    "no records held", "this information is not held", "no record",
    "no records",
))  # fmt: skip
_NO_REPLY = frozenset((
    "no reply", "no response", "no answer", "not replied", "not responded", "not answered", "did not reply", "did not respond",
    "awaiting reply", "awaiting response", "awaited", "awaiting", "outstanding", "overdue", "pending", "chased", "non-response",
    "acknowledged", "acknowledged only", "acknowledgement only", "holding reply", "holding response", "auto reply",
))  # fmt: skip
_REMARK = re.compile(r"\s*([,;:(–—]|\s-)\s*")
_SAYS_MORE = re.compile(r"\d|\b(?:but|however|yes|except|some|all|only|part(?:ly)?|cameras?|held)\b")
_NONE = frozenset(("none", "nil", "zero", "nil return", "no cameras", "no cctv", "no cctv cameras"))


@frozen
class CellAnswer:
    """What a cell says. `figure` only where it is answered; `section` only where it is refused."""

    state: ClaimState
    figure: Figure | None = None
    section: str | None = None


NOT_READ = CellAnswer("replied")
_YES, _NO = CellAnswer("answered", Figure(1, None, True)), CellAnswer("answered", Figure(0, 0, False))


def read_answer(cell: Cell, *, has: bool = False) -> CellAnswer | None:
    """What a cell says; None for an empty one or a dash. `has`: the column asks whether, so that a bare 1 is a yes."""
    if is_blank(cell):
        return None
    if has and text_of(cell) in ("1", "0"):
        return _YES if text_of(cell) == "1" else _NO
    if isinstance(cell, float):
        whole = cell.is_integer() and 0 <= cell <= ANY_LIMIT
        return CellAnswer("answered", Figure(int(cell), int(cell))) if whole else NOT_READ
    if isinstance(cell, date):
        return NOT_READ
    text = " ".join(text_of(cell)[: READ_CHARACTERS + 1].casefold().replace("’", "'").split()).rstrip(".")
    if len(text) > READ_CHARACTERS:
        return NOT_READ
    if text in YES - {"1"}:
        return _YES
    if text in NO - {"0"}:
        return _NO
    if text in _NONE:
        return CellAnswer("answered", Figure(0, 0))
    first = _before_remark(text)
    if first in _NOT_HELD:
        return CellAnswer("not-held")
    if first in _NO_REPLY:
        return CellAnswer("no-reply")
    return _refused(text) or _figure(text) or NOT_READ


def _before_remark(text: str) -> str:
    """What stands before a remark ("no reply" of "no reply, chased twice"); the whole where the remark may say more."""
    first, mark, remark = (part.strip() for part in (*_REMARK.split(text, maxsplit=1), "", "")[:3])
    return text if not mark or _SAYS_MORE.search(remark) else first.replace("info ", "information ")


def _refused(text: str) -> CellAnswer | None:
    """A refusal where a cell says nothing besides."""
    section = section_in(text)
    words = set(re.findall(r"[a-z0-9]+", _SECTIONS.sub(" ", text)))
    if words <= _BESIDE_REFUSED and (
        section or words & _REFUSED or {"neither", "confirm"} <= words or {"cost", "limit"} <= words
    ):
        return CellAnswer("refused", section=section or ("12" if {"cost", "limit"} <= words else None))
    return None


def section_in(text: str, *, bare: bool = False) -> str | None:
    """ "31(1)(a), 24" of "s31(1)(a) & s24"; with `bare` of "31(1)(a), 24" too. None where no section is named."""
    text = text[:READ_CHARACTERS].casefold()
    listed = (
        [text] if bare and re.fullmatch(rf"[\s,;&/]*(?:{_SECTION_NUMBER}(?:[\s,;&/]|and)*)+", text) else _SECTIONS.findall(text)
    )
    named = [re.sub(r"\s", "", one) for some in listed for one in _EACH_SECTION.findall(some)]
    return ", ".join(re.sub(r"^(\d+)([a-z])", lambda m: m[1] + m[2].upper(), one) for one in dict.fromkeys(named)) or None


def _figure(text: str) -> CellAnswer | None:
    for kind, form in _FIGURES:
        found = form.fullmatch(text)
        if found is None:
            continue
        low, *more = (int(re.sub(r"\D", "", one)) for one in found.groups() if one is not None)
        high: int | None = more[0] if more else low
        match kind:
            case "fewer":
                low, high = 0, low - 1
            case "most":
                low, high = 0, low
            case "more":
                low, high = low + 1, None
            case "least":
                high = None
        if low > ANY_LIMIT or (high is not None and not low <= high <= ANY_LIMIT):
            return None
        return CellAnswer("answered", Figure(low, high, True if kind == "yes" and low else None))
    return None


def words_in(cell: Cell) -> str | None:
    """What was said, as it was said; None for an empty cell. A reply that is far too long for a cell is cut."""
    text = text_of(cell).strip()
    return (text if len(text) <= WORDS_LIMIT_CHARACTERS else f"{text[:WORDS_LIMIT_CHARACTERS]} …") or None


def is_blank(cell: Cell) -> bool:
    """Whether nothing is in a cell, or a dash."""
    return not text_of(cell).strip(" \t\r\n-–—?.")
