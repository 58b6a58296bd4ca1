"""What staff may say of a register row: the fields, what each takes, and one sentence where a value does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from camcensus.model import frozen
from camcensus.model.asset import (
    CAMERA_TYPE_WORDS,
    EXPOSURE_QUESTIONS,
    EXPOSURE_WORDS,
    INSIDE_OUTSIDE_WORDS,
    OWNERSHIP_WORDS,
    WORKING_WORDS,
)
from camcensus.model.errors import StoreError
from camcensus.model.words import clean, long_date, pounds

TagKind = Literal["text", "long", "choice", "days", "number", "date", "part-date", "money", "contact", "row", "yes-no"]
TagValue = str | int | None

SHORT_LIMIT_CHARACTERS = 1000
LONG_LIMIT_CHARACTERS = 10_000
"""Notes of a page or two; more belongs in a document of its own."""
DAYS_LIMIT = 3650
"""Ten years: footage is kept for days or weeks, and a number beyond is a slip of the finger."""
PENCE_LIMIT = 100_000_000_00
CHANNEL_LIMIT = 1024
TAG_LIMIT_CHARACTERS = 60
TAGS_LIMIT = 100
EARLIEST_YEAR = 1970


@frozen
class TagField:
    """A field of a row, an attribute of `Asset` and a column of its table by the same name: the one place that says what it is.

    `choices` are stored value -> word where there is a fixed vocabulary; `learns` where values typed before are offered again.
    `group` is the heading that it stands under where people type it, `hint` an example. `column` is its name in `show --csv`
    and in a list; "" where a list says it in another way, or not at all. What `follows` another field goes with that one.
    A `plain` one says what it says: table, details, JSON and the printed register show it by its kind, without more code.
    """

    name: str
    title: str
    kind: TagKind
    choices: Mapping[str, str] = MappingProxyType({})
    learns: bool = False
    group: str = ""
    hint: str = ""
    column: str = ""
    follows: str = ""
    plain: bool = False


def _plain[T: str](words: Mapping[T, str]) -> Mapping[str, str]:
    return MappingProxyType({str(value): word for value, word in words.items()})


_FOR, _FIRMS, _WHOSE, _LINK = "What it is for", "Who sold and maintains it", "Ownership", "What it is connected to"
_DATA, _BOUGHT, _LOOKED = "Data protection", "Bought and installed", "Somebody looked at its picture"
_NET = "Main network and internet, as IT or your installer says"
_WORKS = "Whether it works, and what is planned"

_ALL = (
    TagField("purpose", "Purpose", "text", learns=True, group=_FOR, hint="For example: watches the gate", column="purpose"),
    TagField(
        "inside_outside", "Inside or outside", "choice", _plain(INSIDE_OUTSIDE_WORDS), group=_FOR, column="inside_outside"
    ),
    TagField("camera_type", "Camera type", "choice", _plain(CAMERA_TYPE_WORDS), group=_FOR, column="camera_type"),
    TagField("seller", "Who sold it", "contact", group=_FIRMS),
    TagField("maintainer", "Who maintains it", "contact", group=_FIRMS),
    TagField("ownership", "Whose it is", "choice", _plain(OWNERSHIP_WORDS), group=_WHOSE, column="ownership"),
    TagField(
        "owner", "Owner", "text", learns=True, group=_WHOSE, hint="For example: the landlord", column="owner",
        follows="ownership",
    ),
    TagField("connected_to", "Connected to", "row", group=_LINK),
    TagField("channel", "Channel", "number", group=_LINK, hint="For example: 4", column="channel", follows="connected_to"),
    TagField(
        "dpia_ref", "DPIA reference", "text", learns=True, group=_DATA, hint="For example: DPIA-14", column="dpia_ref"
    ),
    TagField(
        "retention_days", "Days footage is kept", "days", group=_DATA, hint="For example: 31", column="retention_days"
    ),
    TagField(
        "retention_found_days", "Days of footage found", "days", group=_DATA, hint="On the recorder, for example: 28",
        column="retention_found_days", plain=True,
    ),
    TagField(
        "installed_on", "Installed", "part-date", group=_BOUGHT, hint="A day, a month or a year", column="installed_date"
    ),
    TagField(
        "installed_basis", "How the date is known", "text", learns=True, group=_BOUGHT, hint="For example: invoice",
        column="install_date_basis", follows="installed_on",
    ),
    TagField(
        "cost_pence", "Purchase cost", "money", group=_BOUGHT, hint="For example: 180.50", column="purchase_cost_gbp"
    ),
    TagField(
        "warranty_until", "Warranty until", "part-date", group=_BOUGHT, hint="A day, a month or a year",
        column="warranty_until", plain=True,
    ),
    TagField(
        "support_until", "Support ends", "part-date", group=_BOUGHT, hint="A day, a month or a year",
        column="support_until", plain=True,
    ),
    TagField("working", "Working", "choice", _plain(WORKING_WORDS), group=_WORKS, column="working", plain=True),
    TagField(
        "working_since", "Since", "part-date", group=_WORKS, hint="For example: 03/2026", column="working_since",
        follows="working", plain=True,
    ),
    TagField(
        "replace_by", "Replace by", "part-date", group=_WORKS, hint="A day, a month or a year", column="replace_by",
        plain=True,
    ),
    TagField(
        "action", "Action noted", "text", learns=True, group=_WORKS, hint="For example: quote for replacement",
        column="action_noted", plain=True,
    ),
    TagField(
        "last_picture_check", "Picture last checked", "date", group=_LOOKED, hint="For example: 24/11/2026",
        column="last_picture_check",
    ),
    TagField(
        "picture_checked_by", "Picture checked by", "text", learns=True, group=_LOOKED, hint="Who looked",
        column="picture_checked_by", follows="last_picture_check",
    ),
    TagField("notes", "Notes", "long"),
    *(
        field
        for one in EXPOSURE_QUESTIONS
        for field in (
            TagField(one.name, one.title, "choice", _plain(EXPOSURE_WORDS), group=_NET, column=one.name),
            TagField(one.on, f"{one.title}: said on", "date", group=_NET, hint="Today", column=one.on, follows=one.name),
            TagField(one.by, f"{one.title}: said by", "text", learns=True, group=_NET, column=one.by, follows=one.name),
        )
    ),
    TagField("ask_installer", "Ask my installer", "yes-no"),
    TagField("ask_note", "What to ask", "long"),
)  # fmt: skip
FIELDS: Mapping[str, TagField] = MappingProxyType({field.name: field for field in _ALL})
OF_COLUMN: Mapping[str, TagField] = MappingProxyType({field.column: field for field in _ALL if field.column})
"""The fields by their name in a table."""
PLAIN = tuple(field for field in _ALL if field.plain)


def checked(field: str, value: object) -> TagValue:
    """The value as it is saved, from what a person typed or chose; None for nothing.

    Dates become ISO 8601, money pence (a whole number is pence already), choices their stored word. Raises StoreError with one
    sentence that names the field; KeyError for a field that is not in FIELDS.
    """
    known = FIELDS[field]
    if isinstance(value, str):
        value = value.strip(" ") if value.strip() else None
    if value is None:
        return 0 if known.kind == "yes-no" else None
    return _CHECKS[known.kind](known, value)


def in_words(field: TagField, value: TagValue) -> str:
    """A stored value as a person reads it: "1 March 2027", "03/2027", "£180.50", the word of a choice; "" for None."""
    if value is None:
        return ""
    if field.kind == "yes-no":
        return "Yes" if value else "No"
    if field.kind == "money":
        return pounds(int(value))
    if field.kind in ("date", "part-date"):
        day = str(value)
        return long_date(day) if len(day) >= 10 else "/".join(reversed(day.split("-")))
    return field.choices.get(str(value), str(value))


def checked_tag(tag: str) -> str:
    """A free tag without blanks around it or doubled inside. Raises StoreError for none, or one that is too long."""
    text = " ".join(tag.split())
    if not text:
        raise StoreError("A tag needs a word; type one.")
    if len(text) > TAG_LIMIT_CHARACTERS:
        raise StoreError(f"The tag “{clean(text, 30)}” is longer than {TAG_LIMIT_CHARACTERS} characters; shorten it.")
    return text


def checked_tags(tags: Iterable[str]) -> list[str]:
    """The free tags of a row, each once. Raises StoreError where one cannot be, or they are too many."""
    found = list(dict.fromkeys(map(checked_tag, tags)))
    if len(found) > TAGS_LIMIT:
        raise StoreError(f"An entry can have {TAGS_LIMIT} tags at most; choose the ones that matter.")
    return found


def iso_date(text: str) -> str | None:
    """ISO 8601 of a date as people in the UK write it ("24/11/2026", "24 Nov 2026", "2026-11-24"); None where it is none."""
    parts = part_date(text)
    return parts if parts is not None and len(parts) == 10 else None


def pence_of(text: str) -> int | None:
    """Pence of "180", "180.50", "£1,640" or "1 640.5"; None where it is no sum of money.

    A comma or a blank parts thousands and nothing else: "1,50" is refused, not taken for 150.
    """
    plain = " ".join(text.split()).removesuffix("GBP").removeprefix("£").strip()
    found = re.fullmatch(r"(\d{1,11}|\d{1,3}(?:[ ,]\d{3}){1,3})(?:\.(\d{1,2}))?", plain, re.ASCII)
    if found is None:
        return None
    return int(re.sub("[ ,]", "", found[1])) * 100 + int((found[2] or "0").ljust(2, "0"))


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?([A-Za-z]{3,9})\.?,?[ -](\d{4})", re.ASCII)


def part_date(text: str) -> str | None:
    """As `iso_date`, and also a month ("11/2026", "Nov 2026", "2026-11") or a year; None where it is none of these."""
    text = text.strip()
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ][\d:.]+Z?)?)?)?", text, re.ASCII)
    if found:
        return _real(found[1], found[2], found[3])
    found = re.fullmatch(r"(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-](\d{4})", text, re.ASCII)
    if found:
        return _real(found[3], found[2], found[1])
    found = _NAMED.fullmatch(text)
    name = found[2].lower()[:3] if found else ""
    if found is None or name not in _MONTHS:
        return None
    return _real(found[3], str(_MONTHS.index(name) + 1), found[1])


def _real(year: str, month: str | None, day: str | None) -> str | None:
    try:
        made = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if made.year < EARLIEST_YEAR or made.year > 2100:
        return None
    return made.isoformat()[: 10 if day else 7 if month else 4]


def _text(field: TagField, value: object) -> TagValue:
    limit = LONG_LIMIT_CHARACTERS if field.kind == "long" else SHORT_LIMIT_CHARACTERS
    text = str(value)
    if len(text) > limit:
        raise StoreError(f"{field.title} is longer than {limit:,} characters; shorten it.")
    return text


def _choice(field: TagField, value: object) -> TagValue:
    text = str(value)
    folded = text.casefold()
    for stored, word in field.choices.items():
        if folded in (stored.casefold(), word.casefold()):
            return stored
    words = ", ".join(field.choices.values())
    raise StoreError(f"{field.title} cannot be “{clean(text, 40)}”; choose one of: {words}.")


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value == int(value) else None
    found = re.fullmatch(r"(\d{1,6})(?:\.0)?(?: ?days?)?", str(value).strip(), re.ASCII | re.IGNORECASE)
    return int(found[1]) if found else None


def _days(field: TagField, value: object) -> TagValue:
    number = _whole(value)
    if number is None or not 0 <= number <= DAYS_LIMIT:
        raise StoreError(f"{field.title} must be a whole number of days up to {DAYS_LIMIT:,}, like 31.")
    return number


def _number(field: TagField, value: object) -> TagValue:
    number = _whole(value)
    if number is None or not 0 <= number <= CHANNEL_LIMIT:
        raise StoreError(f"{field.title} must be a whole number up to {CHANNEL_LIMIT:,}, like 4.")
    return number


def _date(field: TagField, value: object) -> TagValue:
    found = iso_date(str(value))
    if found is None:
        raise StoreError(f"{field.title} must be a date, like 24/11/2026.")
    return found


def _part_date(field: TagField, value: object) -> TagValue:
    found = part_date(str(value))
    if found is None:
        raise StoreError(f"{field.title} must be a date, a month or a year, like 24/11/2026, 11/2026 or 2026.")
    return found


def _money(field: TagField, value: object) -> TagValue:
    pence = value if isinstance(value, int) and not isinstance(value, bool) else pence_of(str(value))
    if pence is None or not 0 <= pence <= PENCE_LIMIT:
        raise StoreError(f"{field.title} must be a number of pounds, like 180 or 180.50.")
    return pence


def _yes_no(field: TagField, value: object) -> TagValue:
    if isinstance(value, (bool, int)):
        return int(bool(value))
    word = str(value).casefold()
    if word in ("yes", "y", "true", "1", "x"):
        return 1
    if word in ("no", "n", "false", "0"):
        return 0
    raise StoreError(f"{field.title} must be yes or no.")


def _id(field: TagField, value: object) -> TagValue:
    del field
    return str(value)


_CHECKS: Mapping[TagKind, Callable[[TagField, object], TagValue]] = {
    "text": _text,
    "long": _text,
    "choice": _choice,
    "days": _days,
    "number": _number,
    "date": _date,
    "part-date": _part_date,
    "money": _money,
    "contact": _id,
    "row": _id,
    "yes-no": _yes_no,
}
