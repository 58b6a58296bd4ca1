"""What one cell of a staff register says, by the field it is for. What cannot be read in one way only is asked, not guessed."""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from camcensus.model.asset import DECISION_WORDS, STATUS_WORDS
from camcensus.model.numbers import mac_in
from camcensus.model.registers import Cell, RegisterField, Value
from camcensus.model.tags import (
    CHANNEL_LIMIT,
    DAYS_LIMIT,
    LONG_LIMIT_CHARACTERS,
    OF_COLUMN,
    PENCE_LIMIT,
    SHORT_LIMIT_CHARACTERS,
    TagKind,
)
from camcensus.registers.dates import date_in, financial_year
from camcensus.registers.words import Words

DAYS_IN_MONTH = 30

BLANK = frozenset((
    "n/a", "na", "n.a.", "none", "null", "nil", "unknown", "not known", "unk", "tbc", "tbd", "tba", "?", "??", "???",
    "-", "--", "---", "–", "—", ".", "not applicable", "#n/a",
))  # fmt: skip
"""What people type into a cell that they cannot fill."""


_UNSURE = frozenset((
    "don't know", "don’t know", "dont know", "not sure", "unsure", "no idea", "not recorded", "not available", "n/k", "nk",
    "can't tell", "can’t tell", "to be confirmed", "not visible", "not legible",
))  # fmt: skip
"""The same, but for questions that take such an answer."""


class Unreadable(Exception):
    """A cell that is not what its column is for. The text continues from the column's name ("must be a number")."""


_ERROR = re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|GETTING_DATA|SPILL!|CALC!)")
READ_LIMIT_CHARACTERS = 1000
"""No date, sum or list of addresses is longer; Python refuses to read a number of more than 4,300 digits."""
NO_WORDS = Words()


def read_cell(field: RegisterField, cell: Cell, heading: str, words: Words = NO_WORDS) -> tuple[Value | None, str | None]:
    """(value, how it was told) of a cell; (None, None) for one that says nothing. Raises Unreadable.

    How it was told is None where there is one way only and the value is all that it says, else a `DateStyle`, or "more" (the
    cell says more than the value, or something besides).
    """
    if cell is None or (isinstance(cell, str) and cell.casefold() in BLANK and field not in ("notes", "name")):
        return None, None
    if isinstance(cell, str) and field not in MUST and field not in _LONG and cell.casefold() in _UNSURE:
        return None, None
    if isinstance(cell, float) and not math.isfinite(cell):
        raise Unreadable("is a number without an end; type it again")
    if isinstance(cell, str) and _ERROR.fullmatch(cell):
        raise Unreadable("is an error of the spreadsheet; mend it there, or leave it out")
    if field not in _LONG and isinstance(cell, str) and len(cell) > READ_LIMIT_CHARACTERS:
        raise Unreadable(f"is longer than {READ_LIMIT_CHARACTERS:,} characters; shorten it")
    kind = _KINDS.get(field)
    if kind in ("date", "part-date"):
        return _day(cell, parts=kind == "part-date")
    if kind == "days":
        return _retention(cell)
    if kind == "money":
        return _pence(cell), None
    if field in MUST:
        return _worded(field, " ".join(text_of(cell).split()), heading, words)
    reader = _READERS.get(field)
    if reader is not None:
        return reader(cell), None
    text = text_of(cell) if field in _LONG else " ".join(text_of(cell).split())
    most = LONG_LIMIT_CHARACTERS if field in _LONG else SHORT_LIMIT_CHARACTERS
    if len(text) > most:
        raise Unreadable(f"is longer than {most:,} characters; shorten it")
    return text or None, None


def text_of(cell: Cell) -> str:
    """A cell as the text that a person sees in it, as far as the file tells."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    return cell.isoformat() if isinstance(cell, date) else cell.strip()


_LONG = frozenset(("notes", "decision_why"))
_KINDS: Mapping[RegisterField, TagKind] = {
    **{name: field.kind for name, field in OF_COLUMN.items()},
    "contract_end": "date", "decision_date": "date", "decision_review_on": "date",
}  # fmt: skip


_ABOUT = re.compile(
    r"(?:eol|eos|about|circa|ca?\.?|approx(?:\.|imately)?|around|~|est\.?|early|mid|late|spring|summer|autumn|winter|year)[- ]*"
    r"((?:19|20)\d{2})\??"
    r"|((?:19|20)\d{2})\s*(?:\?|approx\.?|\(?est\.?\)?)",
    re.I,
)
"""A year that somebody was not sure of."""


def _day(cell: Cell, *, parts: bool) -> tuple[str, str | None]:
    found = date_in(cell, parts=parts)
    if found is None and parts and len(text_of(cell)) > len("26/27") and (year := financial_year(text_of(cell))):
        return year, "more"
    if found is None and parts and (about := _ABOUT.fullmatch(text_of(cell))):
        return about[1] or about[2], "more"
    if found is None:
        raise Unreadable("must be a date, like 24/11/2026 or 2026-11-24" + (", or a year" if parts else ""))
    return found[0], {"plain": None, "quarter": "more"}.get(found[1], found[1])


_MONEY = re.compile(r"(?:£|gbp)?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2})0*)?\s*(?:£|gbp)?", re.I)
_WITHOUT_TAX = re.compile(r"\s*(?:\(?(?:ex(?:cl)?\.?(?:uding)?\s*vat|\+\s*vat|each|per unit)\)?|\bea\.?)\s*$", re.I)


def _pence(cell: Cell) -> int:
    if isinstance(cell, float):
        pence = round(max(-1.0, min(cell, PENCE_LIMIT)) * 100)
    else:
        text = _WITHOUT_TAX.sub("", text_of(cell).replace("\xa0", " ").strip())
        if text.startswith("="):
            raise Unreadable("is a formula with no result; open the file, save it and import it again")
        found = _MONEY.fullmatch(text)
        if found is None:
            raise Unreadable("must be a number, like 180 or 180.50")
        pence = int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
    if not 0 <= pence <= PENCE_LIMIT:
        raise Unreadable("is more than any device costs; give it in pounds, like 180.50")
    return pence


_SPAN = re.compile(
    r"(?:up to |max(?:imum)?\.? )?(\d{1,5})(?:\.\d+)?"
    r"\s*(d|days?|w|wks?|weeks?|m|mths?|months?|y|yrs?|years?)?\.?",
    re.I,
)
_SPAN_DAYS = {"d": 1, "w": 7, "m": DAYS_IN_MONTH, "y": 365}


def _retention(cell: Cell) -> tuple[int, str | None]:
    text = " ".join(text_of(cell).casefold().split())
    bare = re.sub(r"\s*\([^()]*\)$", "", text)  # “60 days (cloud)”
    found = _SPAN.fullmatch(bare.replace("calendar ", ""))
    if found is None:
        raise Unreadable("must be a number of days, like 30, or “1 month”")
    unit = (found[2] or "d")[0]
    days = int(found[1]) * _SPAN_DAYS[unit]
    if not 0 <= days <= DAYS_LIMIT:
        raise Unreadable(f"must be a number of days up to {DAYS_LIMIT:,}")
    return days, "more" if unit == "m" or bare != text or "." in text.rstrip(".") else None


YES = frozenset(("yes", "y", "true", "1", "x", "✓", "✔"))
NO = frozenset(("no", "n", "false", "0"))


def yes_or_no(cell: Cell) -> bool | None:
    """True for yes, False for no, None for anything else."""
    text = text_of(cell).casefold()
    return True if text in YES else False if text in NO else None


MUST: Mapping[RegisterField, str] = MappingProxyType(
    {
        "inside_outside": "inside or outside", "kind": "camera, recorder, encoder, intercom, software or other",
        "camera_type": "fixed, dome, turret, bullet, PTZ, panoramic, thermal, body-worn or other",
        "status": "in use, spare or removed",
        "working": "working or not working",
        "ownership": "ours or not ours", "core_network": "yes, no or not known", "internet_reachable": "yes, no or not known",
        "decision": "keep, keep for now, isolate, replace or remove",
    }
)  # fmt: skip
"""The fields that take one of a few values, by the reviewed table of words, and how a sentence names them."""
CHOICES: Mapping[RegisterField, Mapping[str, str]] = MappingProxyType(
    {
        "status": {"present": "In use", "spare": STATUS_WORDS["spare"], "removed": STATUS_WORDS["removed"]},
        "decision": {str(what): words for what, words in DECISION_WORDS.items()},
        "kind": {
            "camera": "Camera", "recorder": "Recorder", "encoder": "Encoder", "intercom": "Intercom",
            "other": "Another kind of device",
        },
        **{name: field.choices for name, field in OF_COLUMN.items() if field.choices},
        "quantity": {"several": "As many as it says", "one": "One"},
        "purchase_cost_gbp": {"each": "For each", "all": "For all of them"},
    }
)  # fmt: skip
_OPPOSITES: Mapping[RegisterField, tuple[str, str]] = {
    "inside_outside": ("inside", "outside"), "status": ("present", "removed"), "ownership": ("ours", "not-ours"),
    "working": ("yes", "no"),
}  # fmt: skip
"""In a column "External?" or "Decommissioned", yes is what its heading says and no the other."""


_OF_SEVERAL = re.compile(r"\d{1,3}\s*(?:of|/|out of)\s*\d{1,3}\b(?!\s*/)", re.I)
_YES_NO = re.compile(r"\b(?:y\W*n|yes\W*(?:or\W*)?no)\b", re.I)
_ASKS = re.compile(r"\b(?:is|are|it|they|the|camera|device|still|currently|now)\b", re.I)


def _worded(field: RegisterField, text: str, heading: str, words: Words) -> tuple[str | None, str | None]:
    if _OF_SEVERAL.match(text):  # “1 of 2 working”
        return None, "more"
    value, more = words.meaning(field, text)
    answer = yes_or_no(text)
    if answer is not None and value is None and field in _OPPOSITES:
        first, second = _OPPOSITES[field]
        about = words.meaning(field, _YES_NO.sub("", heading))[0] or {"ownership": "ours", "working": "yes"}.get(field)
        if field == "status" and not answer:  # "Working: no" does not say that it is gone
            value, more = words.meaning(field, "not " + _ASKS.sub(" ", heading))[0], False
            value = "present" if about == "spare" else value
        elif field == "status" and about == "spare":
            return about, None
        elif about in (first, second):
            return (about if answer else second if about == first else first), None
    if field == "status" and value is None and is_gone(heading, text, words):
        return "removed", "more"
    if answer is not None and "yes" in CHOICES[field]:
        return ("yes" if answer else "no"), None
    if field == "decision" and text.casefold().rstrip("….") in ("not decided", "undecided", "none yet"):
        return None, None
    if value is None and not (field == "status" and words.meaning("working", text)[0]):  # “Defective”
        raise Unreadable(f"must be {MUST[field]}")
    if value in (None, "neither") or (field == "working" and text[:1].isdigit()):  # “1 not working”, of several
        return None, "more"
    return value, "more" if more or (value == "spare" and text.casefold() != value) else None


_SINCE = re.compile(r"\bsince\s+(\w[\w/. -]*)", re.I)


def works(text: str, words: Words, *, remark: bool = False) -> dict[RegisterField, Value]:
    """Whether a text says that a camera works, and since when: "Not working since 03/2025"; a remark that begins so."""
    value = words.clause("working", text) if remark else words.meaning("working", text)[0]
    if value is None or text[:1].isdigit():
        return {}
    said = _SINCE.search(text)
    since = date_in(said[1].partition(" - ")[0].strip(), parts=True) if said else None
    return {"working": value, **({"working_since": since[0]} if since else {})}


def is_gone(heading: str, text: str, words: Words) -> bool:
    """Whether a cell says that a camera is gone: a remark that begins so, or a day in a column for when it went."""
    of_going = words.meaning("status", heading)[0] == "removed"
    return words.clause("status", text) == "removed" or (
        of_going and (text.casefold() in YES or date_in(text, parts=True) is not None)
    )


def kind_and_type(cell: Cell, words: Words) -> tuple[str | None, str | None, bool]:
    """(kind of device, type of camera, whether it says more) of a cell; each may be None. "Dome camera" names both."""
    text = text_of(cell)
    (kind, of_kind), (found, of_type) = words.meaning("kind", text), words.meaning("camera_type", text)
    if kind is not None and kind not in ("camera", "unknown", "other"):
        return kind, None, of_kind
    return kind, found, of_kind and of_type


def _mac(cell: Cell) -> str:
    found = mac_in(text_of(cell))
    if found is None:
        raise Unreadable("must be a MAC address, like 3C:EF:8C:00:00:01")
    return found


def _addresses(cell: Cell) -> str | None:
    text = text_of(cell).casefold()
    if text in ("dhcp", "dynamic", "auto"):
        return None
    found = [address_of(part) for part in re.split(r"[\s,;]+", text) if part]
    if not found or not all(found):
        raise Unreadable("must be a network address, like 10.0.0.31")
    return " ".join(found)


def address_of(text: str) -> str:
    """The network address that a text is, else ""; also out of a link, with a port, a prefix, zeros ("010.000.000.031")."""
    text = re.sub(r"^(?:https?|rtsp)://", "", text).partition("/")[0]
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?", text):
        text = ".".join(str(int(part)) for part in text.partition(":")[0].split("."))
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    # A loopback address is one too: the simulation's devices have such, and so has the table that is written of them.
    return "" if address.is_unspecified or address.is_multicast else str(address)


def _serial(cell: Cell) -> str:
    text = text_of(cell)
    too_long = isinstance(cell, float) and (not cell.is_integer() or abs(cell) >= 1e15)
    if too_long or re.fullmatch(r"\d(?:\.\d+)?e\+?\d+", text, re.I):
        raise Unreadable(f"was cut by a spreadsheet ({text[:24]}); format the column as text and type the number again")
    if len(text) > SHORT_LIMIT_CHARACTERS:
        raise Unreadable(f"is longer than {SHORT_LIMIT_CHARACTERS} characters; shorten it")
    return text


_CHANNEL = re.compile(r"(?:(?:channels?|chan|chs?|inputs?|cameras?|cams?|[da])[ .#:-]*)?(\d{1,4})", re.I)
SEVERAL_LIMIT = 200
"""Of one row of a list no more entries are made."""


def _channels(cell: Cell) -> Value:
    """4, or "7 8 9 10" of "7-10" and "4 5" of "4 & 5"."""
    if isinstance(cell, date):
        raise Unreadable("was turned into a date by a spreadsheet; format the column as text and type it again")
    found: dict[int, None] = {}
    for part in re.split(r"\s*(?:,|&|\+|;|\band\b)\s*", text_of(cell)):
        ends = [one] if (one := _CHANNEL.fullmatch(part)) else [
            _CHANNEL.fullmatch(end) for end in re.split(r"\s*(?:-|–|—|\bto\b)\s*", part)
        ]  # fmt: skip
        if len(ends) > 2 or not all(ends):
            raise Unreadable("must be a channel number, like 4, or several, like 7-10")
        first, last = int(ends[0][1]), int(ends[-1][1])  # type: ignore[index]
        if not 0 <= last - first < SEVERAL_LIMIT or last > CHANNEL_LIMIT:
            raise Unreadable("must be a channel number, like 4, or several, like 7-10")
        found |= dict.fromkeys(range(first, last + 1))
    return next(iter(found)) if len(found) == 1 else " ".join(map(str, found))


_QUANTITY = re.compile(
    r"(?:x|qty\.?|approx\.?|about|around|circa|c\.|~)?\s*(\d{1,4})\s*(?:x|off|no\.?|nr|pcs?|units?|cameras?|cams?)?"
    r"(?:\s*(?:\+|plus|and)\s*\d{1,3}\s*spares?)?",
    re.I,
)
"""Also “approx 5” and “10 + 2 spare”, which count as 5 and 10."""


def _quantity(cell: Cell) -> int:
    found = _QUANTITY.fullmatch(text_of(cell))
    if found is None or not 1 <= int(found[1]) <= SEVERAL_LIMIT:
        raise Unreadable(f"must be a number from 1 to {SEVERAL_LIMIT}")
    return int(found[1])


_SEVERAL = re.compile(
    r"(?:^|[\s(])[x×]\s?(\d{1,2})(?=\s*(?:$|[),;]))"
    r"|^(?!\d\dx\s+ptz)(\d{1,2})\s?(?:x|×|no\.?|nr\.?|off)\s+(?!zoom|optical|channel|ch\b|way|port|tb)(?=[a-z\d])"
    r"|^(\d{1,2})\s+(?!(?:m|mp|mm|tb|ch|channel|lens|way|port|storey|megapixel)\b)"
    r"(?=(?:[\w-]+\s+){0,3}(?:cameras|cams|domes|minidomes|bullets|turrets|eyeballs|ptzs|recorders|nvrs|dvrs)\b)",
    re.I,
)


def several_in(text: str, *, place: bool = False) -> tuple[int, str]:
    """(how many devices a text says, the text without that): "dome x4", "2no. bullet", "3 cameras"; 1 where it has none.

    The name of a `place` begins with no such number ("12 Acacia Road"), and stays whole.
    """
    found = _SEVERAL.search(text)
    number = int(next(filter(None, found.groups()))) if found and (found[1] or not place) else 1
    if found is None or number < 2 or place:
        return number, text
    return number, " ".join(f"{text[: found.start()]} {text[found.end() :]}".replace("()", " ").split())


def _year(cell: Cell) -> str:
    first = financial_year(text_of(cell))
    if first is None:
        raise Unreadable("must be a financial year, like 2026-27")
    return f"{first}-{(int(first) + 1) % 100:02d}"


def _tags(cell: Cell) -> str | None:
    found = dict.fromkeys(part.strip() for part in re.split(r"[;,]", text_of(cell)) if part.strip())
    if any(len(part) > 60 for part in found):
        raise Unreadable("has a tag longer than 60 characters; separate tags with semicolons")
    return "; ".join(found) or None


_READERS: Mapping[RegisterField, Callable[[Cell], Value | None]] = MappingProxyType(
    {
        "mac": _mac, "ip": _addresses, "serial": _serial, "channel": _channels,
        "quantity": _quantity, "decision_year": _year, "tags": _tags,
    }
)  # fmt: skip
