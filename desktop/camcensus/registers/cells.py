"""What one cell of a staff register says, by the field it is for. What cannot be read in one way only is asked, not guessed."""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from camcensus.model.asset import DECISION_WORDS
from camcensus.model.numbers import mac_in
from camcensus.model.registers import Cell, RegisterField, Value
from camcensus.model.tags import CHANNEL_LIMIT, DAYS_LIMIT, LONG_LIMIT_CHARACTERS, PENCE_LIMIT, SHORT_LIMIT_CHARACTERS
from camcensus.registers.dates import DateStyle, date_in

DAYS_IN_MONTH = 30

BLANK = frozenset((
    "n/a", "na", "n.a.", "none", "null", "nil", "unknown", "not known", "unk", "tbc", "tbd", "tba", "?", "??", "???",
    "-", "--", "---", "–", "—", ".", "not applicable",
))  # fmt: skip
"""What people type into a cell that they cannot fill."""


class Unreadable(Exception):
    """A cell that is not what its column is for. The text continues from the column's name ("must be a number")."""


READ_LIMIT_CHARACTERS = 1000
"""No date, sum or list of addresses is longer; Python refuses to read a number of more than 4,300 digits."""


def read_cell(field: RegisterField, cell: Cell, heading: str) -> tuple[Value | None, str | None]:
    """(value, how it was told) of a cell; (None, None) for one that says nothing. Raises Unreadable.

    How it was told is None where there is one way only, else a `DateStyle` or "month" (a month counted as 30 days).
    """
    if cell is None or (isinstance(cell, str) and cell.casefold() in BLANK and field not in ("notes", "name")):
        return None, None
    if isinstance(cell, float) and not math.isfinite(cell):
        raise Unreadable("is a number without an end; type it again")
    if field not in _LONG and isinstance(cell, str) and len(cell) > READ_LIMIT_CHARACTERS:
        raise Unreadable(f"is longer than {READ_LIMIT_CHARACTERS:,} characters; shorten it")
    if field in _DATES:
        return _day(cell, parts=field == "installed_date")
    if field == "retention_days":
        return _retention(cell)
    if field == "inside_outside":
        return _side(text_of(cell), heading), None
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
_DATES = frozenset(
    (
        "installed_date",
        "contract_end",
        "last_picture_check",
        "decision_date",
        "decision_review_on",
        "core_network_on",
        "internet_reachable_on",
    )
)


def _day(cell: Cell, *, parts: bool) -> tuple[str, DateStyle | None]:
    found = date_in(cell, parts=parts)
    if found is None:
        raise Unreadable("must be a date, like 24/11/2026 or 2026-11-24" + (", or a year" if parts else ""))
    return found[0], None if found[1] == "plain" else found[1]


_MONEY = re.compile(r"(?:£|gbp)?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2})0*)?\s*(?:£|gbp)?", re.I)
_UNSURE_MONEY = re.compile(r"(?:£|gbp)?\s*\d{1,3}(?:\.\d{3})+(?:,\d+)?|(?:£|gbp)?\s*\d+,\d+", re.I)
_WITHOUT_TAX = re.compile(r"\s*(?:\(?(?:ex(?:cl)?\.?(?:uding)?\s*vat|\+\s*vat|each|per unit)\)?|\bea\.?)\s*$", re.I)


def _pence(cell: Cell) -> int:
    if isinstance(cell, float):
        pence = round(max(-1.0, min(cell, PENCE_LIMIT)) * 100)
    else:
        text = _WITHOUT_TAX.sub("", text_of(cell).replace("\xa0", " ").strip())
        if text.startswith("="):
            raise Unreadable("is a formula with no result; open the file, save it and import it again")
        if _UNSURE_MONEY.fullmatch(text) and not _MONEY.fullmatch(text):
            raise Unreadable(f"can be read in two ways ({text[:20]}); write it like 1640 or 1640.50")
        found = _MONEY.fullmatch(text)
        if found is None:
            raise Unreadable("must be a number, like 180 or 180.50")
        pence = int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
    if not 0 <= pence <= PENCE_LIMIT:
        raise Unreadable("is more than any device costs; give it in pounds, like 180.50")
    return pence


_SPAN = re.compile(
    r"(?:up to |max(?:imum)?\.? )?(\d{1,5})\s*(d|days?|w|wks?|weeks?|m|mths?|months?|y|yrs?|years?|h|hrs?|hours?)?\.?", re.I
)
_SPAN_WORDS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "six": "6", "twelve": "12"}
_SPAN_DAYS = {"d": 1, "w": 7, "m": DAYS_IN_MONTH, "y": 365}


def _retention(cell: Cell) -> tuple[int, str | None]:
    text = " ".join(_SPAN_WORDS.get(word, word) for word in text_of(cell).casefold().split())
    found = _SPAN.fullmatch(text.replace("calendar ", ""))
    if found is None:
        raise Unreadable("must be a number of days, like 30, or “1 month”")
    unit, number = (found[2] or "d")[0], int(found[1])
    if unit == "h":
        if number % 24:
            raise Unreadable("must be whole days, like 30")
        number, unit = number // 24, "d"
    days = number * _SPAN_DAYS[unit]
    if not 0 <= days <= DAYS_LIMIT:
        raise Unreadable(f"must be a number of days up to {DAYS_LIMIT:,}")
    return days, "month" if unit == "m" else None


YES = frozenset(("yes", "y", "true", "1", "x", "✓", "✔"))
NO = frozenset(("no", "n", "false", "0"))
_INSIDE = frozenset(("inside", "indoor", "indoors", "internal", "interior", "in", "int", "i"))
_OUTSIDE = frozenset(("outside", "outdoor", "outdoors", "external", "exterior", "out", "ext", "e", "o"))


def yes_or_no(cell: Cell) -> bool | None:
    """True for yes, False for no, None for anything else."""
    text = text_of(cell).casefold()
    return True if text in YES else False if text in NO else None


def _side(text: str, heading: str) -> str:
    words = set(re.findall(r"[a-z]+", heading.casefold()))
    plain = text.casefold().strip(".")
    if plain in _INSIDE:
        return "inside"
    if plain in _OUTSIDE:
        return "outside"
    answer = yes_or_no(text)
    about_out, about_in = bool(words & _OUTSIDE), bool(words & _INSIDE)
    if answer is None or about_out is about_in:
        raise Unreadable("must be inside or outside")
    return "outside" if answer is about_out else "inside"


_RECORDER = re.compile(r"\b(nvr|dvr|hvr|xvr|recorder|video recorder|vms server|storage server)s?\b", re.I)
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "camera": "camera", "cctv camera": "camera", "ip camera": "camera", "cam": "camera", "network camera": "camera",
        "analogue camera": "camera", "analog camera": "camera", "cctv": "camera", "recorder": "recorder", "encoder": "encoder",
        "video encoder": "encoder", "video server": "encoder", "intercom": "intercom", "doorbell": "intercom",
        "door station": "intercom", "video doorbell": "intercom", "access terminal": "intercom", "software": "software",
        "vms": "software", "other": "other", "another kind of device": "other", "switch": "other", "monitor": "other",
        "unknown": "unknown", "may be a camera": "unknown",
    }
)  # fmt: skip
_TYPES: tuple[tuple[str, str], ...] = (
    ("ptz", r"\bptz\b|pan.?tilt|speed ?dome|movable"),
    ("panoramic", r"panoram|fish.?eye|360|multi.?sensor|180"),
    ("thermal", r"thermal"),
    ("body-worn", r"body.?(?:worn|cam)|\bbwv?c?\b"),
    ("turret", r"turret|eyeball"),
    ("bullet", r"bullet"),
    ("dome", r"dome"),
    ("fixed", r"\bfixed\b|static|\bbox\b"),
    ("other", r"^other$|covert|pinhole|dash"),
)


def kind_and_type(cell: Cell) -> tuple[str | None, str | None]:
    """(kind of device, type of camera) that a cell names, either may be None. "Dome camera" names both."""
    text = text_of(cell).casefold()
    if _RECORDER.search(text):
        return "recorder", None
    kind = _KINDS.get(text)
    if kind is not None and kind != "other":
        return kind, None
    found = next((name for name, pattern in _TYPES if re.search(pattern, text)), None)
    return ("camera" if found and "cam" in text else kind), found


def _kind(cell: Cell) -> str:
    kind, found = kind_and_type(cell)
    if kind is None and found is None:
        raise Unreadable("must be camera, recorder, encoder, intercom, software or other")
    return kind or "camera"


def _camera_type(cell: Cell) -> str:
    _, found = kind_and_type(cell)
    if found is None:
        raise Unreadable("must be fixed, dome, turret, bullet, PTZ, panoramic, thermal, body-worn or other")
    return found


def _mac(cell: Cell) -> str:
    found = mac_in(text_of(cell))
    if found is None:
        raise Unreadable("must be a MAC address, like 3C:EF:8C:00:00:01")
    return found


def _addresses(cell: Cell) -> str | None:
    text = text_of(cell).casefold()
    if text in ("dhcp", "dynamic", "auto"):
        return None
    found = [_address(part) for part in re.split(r"[\s,;]+", text) if part]
    if not found or not all(found):
        raise Unreadable("must be a network address, like 10.0.0.31")
    return " ".join(found)


def _address(text: str) -> str:
    """Also out of a link, with a port or a prefix, and with zeros before ("010.000.000.031")."""
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


def _channel(cell: Cell) -> int:
    found = re.fullmatch(r"(?:channel|chan|ch|d|a|cam|camera)?[ .#-]*(\d{1,4})", text_of(cell), re.I)
    if found is None or int(found[1]) > CHANNEL_LIMIT:
        raise Unreadable("must be a channel number, like 4")
    return int(found[1])


_DECISIONS: Mapping[str, str] = MappingProxyType(
    {words.rstrip("…").casefold(): what for what, words in DECISION_WORDS.items()}
    | {what: what for what in DECISION_WORDS}
    | {
        "retain": "keep", "keep for now": "keep-review", "review": "keep-review", "isolate": "separate",
        "keep and separate from other networks": "separate", "replacement": "replace", "upgrade": "replace",
        "to be replaced": "replace", "to be removed": "remove", "decommission": "remove",
    }
)  # fmt: skip


def _decision(cell: Cell) -> str | None:
    text = text_of(cell).casefold().rstrip("….")
    if text in ("not decided", "undecided", "none yet"):
        return None
    found = _DECISIONS.get(text)
    if found is None:
        raise Unreadable("must be keep, keep for now, separate, replace or remove")
    return found


_HERE = frozenset((
    "in use", "active", "live", "installed", "working", "ok", "operational", "online", "present", "yes", "in service",
    "good", "fair", "poor",
))  # fmt: skip
_GONE = frozenset((
    "removed", "disposed", "disposed of", "decommissioned", "scrapped", "gone", "no longer here", "written off",
    "not in use", "redundant",
))  # fmt: skip


def _status(cell: Cell) -> str | None:
    text = text_of(cell).casefold()
    if text in ("not-seen", "not seen", "offline", "faulty", "broken", "spare"):
        return None
    if text in _HERE:
        return "present"
    if text in _GONE:
        return "removed"
    raise Unreadable("must be in use or removed")


def _ownership(cell: Cell) -> str:
    text = text_of(cell).casefold()
    if text in YES or text in ("ours", "us", "own", "owned"):
        return "ours"
    if text in NO or text in ("not-ours", "not ours", "landlord", "third party", "leased", "not ours, but on our site"):
        return "not-ours"
    raise Unreadable("must be ours or not ours")


def _answer(cell: Cell) -> str:
    text = text_of(cell).casefold().removesuffix(".")
    if text in YES:
        return "yes"
    if text in NO:
        return "no"
    if text in ("not known", "not-known", "unknown", "not sure", "unsure", "don't know", "don’t know", "?"):
        return "not-known"
    raise Unreadable("must be yes, no or not known")


def _year(cell: Cell) -> str:
    found = re.fullmatch(r"(?:fy)?\s*(20\d{2})\s*[-/–]\s*(?:20)?(\d{2})", text_of(cell), re.I)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        raise Unreadable("must be a financial year, like 2026-27")
    return f"{found[1]}-{found[2]}"


def _tags(cell: Cell) -> str | None:
    found = dict.fromkeys(part.strip() for part in re.split(r"[;,]", text_of(cell)) if part.strip())
    if any(len(part) > 60 for part in found):
        raise Unreadable("has a tag longer than 60 characters; separate tags with semicolons")
    return "; ".join(found) or None


_READERS: Mapping[RegisterField, Callable[[Cell], Value | None]] = MappingProxyType(
    {
        "purchase_cost_gbp": _pence, "kind": _kind, "camera_type": _camera_type, "mac": _mac, "ip": _addresses,
        "serial": _serial, "channel": _channel, "decision": _decision, "status": _status, "decision_year": _year, "tags": _tags,
        "ownership": _ownership, "core_network": _answer, "internet_reachable": _answer,
    }
)  # fmt: skip
