"""The exact words: certainty, kinds, dates, money; and `clean`, the one gate for text from outside.

Source: the product's wording rules. No percentages, no colours, never "safe".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from camcensus.model import frozen
from camcensus.model.device import CareKind, DeviceKind, Grade

GRADE_WORDS: dict[Grade, str] = {
    "confirmed": "Confirmed",
    "almost-certain": "Almost certain",
    "likely": "Likely",
    "possible": "Possible – needs checking",
    "conflicting": "Signs disagree – needs checking",
    "unknown": "Not known",
}
GRADE_SHORT: dict[Grade, str] = GRADE_WORDS | {"possible": "Possible", "conflicting": "Signs disagree"}

KIND_WORDS: dict[DeviceKind, str] = {
    "camera": "Camera",
    "recorder": "Recorder",
    "camera-or-recorder": "May be a camera",
    "encoder": "Encoder",
    "intercom": "Intercom",
    "access-terminal": "Access terminal",
    "switch": "Network switch",
    "software": "Software",
    "screen": "Screen for camera pictures",
    "other": "Another kind of device",
    "unknown": "May be a camera",
}

_KIND_NAMES: dict[DeviceKind, str] = {
    "camera": "a camera",
    "recorder": "a recorder",
    "encoder": "an encoder",
    "intercom": "an intercom",
    "access-terminal": "an access terminal",
    "switch": "a network switch",
    "software": "a program",
    "screen": "a screen",
    "other": "no camera",
}


def why_this_kind(kind: DeviceKind) -> str:
    """The heading over the signs for a kind: "Why we say it is a camera", "Why it may be a camera"."""
    return f"Why we say it is {_KIND_NAMES[kind]}" if kind in _KIND_NAMES else "Why it may be a camera"


CARE_WORDS: dict[CareKind, str] = {
    "exploited-flaw": "Flaw that attackers use",
    "never-set-up": "Never set up",
    "known-flaw": "Known flaw",
    "support-ended": "Support ended",
    "flaw-to-check": "Flaw to check",
    "maker-to-check": "Maker to check",
    "model-to-check": "Model to check",
    "old-firmware": "Firmware over 3 years old",
    "sale-ended": "No longer sold",
}

NOT_LISTED = "This maker is not on the list you are using. That does not mean it has been checked or approved."
BASED = "Based in China (our reading)"
MAY_BE_BASED = "May be based in China (our reading) – check"
BASED_MEANS = (
    "‘Based in China (our reading)’ means that the maker’s own legal seat is in China. The UK Government’s statement of "
    "24 November 2022 speaks of companies subject to China’s National Intelligence Law and names none. That it means this "
    "maker is our reading of it. It does not mean that a device is faulty."
)
"""Printed wherever a count or a row says BASED."""
OUR_READING = "We read the UK Government’s statement of 24 November 2022, which names no company, as meant for such makers."
"""The same in one sentence, for a page with little room."""
CANNOT_TELL = "We can't tell who made this."
UNKNOWN_MAKER = f"{CANNOT_TELL} The label on the camera usually says."
DISCLAIMER_ALONE = (
    "Makers are identified from evidence that can be wrong. ‘Listed’ means that a list in use names the maker, "
    "not that a device is faulty."
)
"""For paper that no evidence pages go with."""
COUNT_CAMERAS = "Count the cameras on the recorder’s screen, and add them: no camera is in the record."
DISCLAIMER = DISCLAIMER_ALONE.replace("wrong. ", "wrong. The evidence report has the signs. ")
BEFORE_SEARCH = (
    "Camcensus will ask each device on this network what it is. It does not try passwords, watch video or change "
    "settings. Only search a network you are allowed to."
)

CLEAN_LIMIT_CHARACTERS = 200
_BREAKS = re.compile(r"(?<=.)\r?\n(?=.)", re.DOTALL)
_HIDDEN = {0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0}


def clean(text: str, limit: int = CLEAN_LIMIT_CHARACTERS) -> str:
    """Text from outside, fit to be shown, printed or logged: NFC, at most `limit` characters, hidden ones as escapes.

    A line break within it becomes a space; control, bidirectional, zero-width and unassigned characters "\\u202e"-like
    escapes; a cut ends in "…".
    """
    if len(text) <= limit and text.isprintable() and (text.isascii() or _is_clean(text)):
        return text  # Most of it is, and 1,000 devices have 50,000 texts to show.
    text = unicodedata.normalize("NFC", _BREAKS.sub(" ", text[: limit * 4]))
    shown = ""
    for character in text:
        shown += _escape(character)
        if len(shown) > limit:  # what follows would be cut off: 300 hidden ones in each cell of a list take long
            return shown[: limit - 1] + "…"
    return shown


def _is_clean(text: str) -> bool:
    """Whether printable text is as it should be: dashes, curly quotes and accents are."""
    return unicodedata.is_normalized("NFC", text) and _HIDDEN.isdisjoint(map(ord, text))


def _escape(character: str) -> str:
    code = ord(character)
    if unicodedata.category(character)[0] in "C" or unicodedata.category(character) in ("Zl", "Zp") or code in _HIDDEN:
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return character


def storable(text: str) -> str:
    """The text with lone surrogates replaced by U+FFFD, so that every store and file can hold it.

    JSON can carry them and UTF-8 cannot; Python makes them of bytes in arguments and names of files that are no UTF-8.
    """
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def typeset(text: str) -> str:
    """Prose with curly apostrophes ("the maker’s", "makers’ own"), for where it is shown; never for what is matched.

    Quotation marks stay as they are: a straight single one that opens is left alone, and then those after an s too.
    """
    if "'" not in text:
        return text
    text = _WITHIN_WORD.sub("’", text)
    return text if _OPENING.search(text) else _AFTER_S.sub("’", text)


_WITHIN_WORD = re.compile(r"(?<=[^\W_])'(?=[^\W_])")
_AFTER_S = re.compile(r"(?<=s)'(?=[\s,.;:)]|$)")
_OPENING = re.compile(r"(?<!\S)'(?=\S)")


def quoted(text: str) -> str:
    """Words of somebody else, marked as such: quotation marks within become single ones. "" stays "" ."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”" if text else ""


def utc_second(moment: datetime) -> str:
    """UTC, ISO 8601 to the second, ending in Z. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def long_date(day: str | date) -> str:
    """A day, or "2026-11-24…", as "24 November 2026"; "2026-11" as "November 2026"; "2026" as it is."""
    iso = day if isinstance(day, str) else day.isoformat()
    parts = iso[:10].split("-")
    if len(parts) == 3:
        whole = date(int(parts[0]), int(parts[1]), int(parts[2]))
        return f"{whole.day} {_MONTHS[whole.month - 1]} {whole.year}"
    if len(parts) == 2:
        return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return iso


def is_over(day: str, today: str) -> bool:
    """Whether a day, a month or a year (ISO 8601) is over on another day; never where `today` is "", not known."""
    return day < today[: len(day)] or (len(day) == 10 and day == today)


def dated(iso: str) -> str:
    """ "on 4 May 2028", "in May 2028", "in 2028"."""
    return f"{'on' if len(iso) == 10 else 'in'} {date_words(iso)}"


def date_words(iso: str) -> str:
    """As `long_date`; text from outside that is no date as it may be shown."""
    try:
        return long_date(iso)
    except (ValueError, IndexError):
        return clean(iso, 40)


def short_date(iso: str) -> str:
    """ "2026-11-24T10:42:00Z" as "24 Nov 2026"."""
    day = date.fromisoformat(iso[:10])
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def local_time(iso: str, moment: datetime) -> datetime:
    """A stored UTC time in the zone of `moment`."""
    stored = datetime.fromisoformat(iso)
    return in_zone(stored if stored.tzinfo else stored.replace(tzinfo=UTC), moment)


def in_zone(at: datetime, moment: datetime) -> datetime:
    """A time in the zone of `moment`; as it is where that has no such time, as on the last day of the year 9999."""
    try:
        return at.astimezone(moment.tzinfo or UTC)
    except OverflowError:
        return at


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def pounds(pence: int) -> str:
    """ "£1,640", or "£1,640.50" where there are odd pence."""
    whole, odd = divmod(abs(pence), 100)
    sign = "-" if pence < 0 else ""
    return f"{sign}£{whole:,}.{odd:02d}" if odd else f"{sign}£{whole:,}"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 camera", "17 cameras"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


# How a sentence is put together: lists with "and", ranges, the form that fits a number, first letters.


def joined(parts: Sequence[str], last: str = " and ") -> str:
    """ "a", "a and b", "a, b and c"; `last` is ", and " where a part may hold an "and" of its own."""
    return last.join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def shortened(parts: Sequence[str], most: int) -> list[str]:
    """At most `most` parts, and behind them "4 more": for `joined`."""
    rest = len(parts) - most
    return [*parts[:most], f"{rest:,} more"] if rest > 0 else list(parts)


def listed(parts: Sequence[str], most: int) -> str:
    """ "a, b, c", or "a, b and 4 more"."""
    return joined(shortened(parts, most)) if len(parts) > most else ", ".join(parts)


def fitting(number: int, one: str = "is", many: str = "are") -> str:
    """The form that fits the number."""
    return one if number == 1 else many


def range_words(low: int, high: int) -> str:
    """ "17 to 19", or "17"."""
    return f"{low:,}" if low >= high else f"{low:,} to {high:,}"


def upper_first(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The first letter small, the rest as it is."""
    return text[:1].lower() + text[1:]


def run_of_refs(refs: Sequence[str]) -> str:
    """ "CAM-001 to CAM-004" for refs that follow each other, else "CAM-017, CAM-018"; in the order given.

    A space that does not break holds the last ref to its "to".
    """
    runs: list[list[str]] = []
    for ref in (clean(ref, 24) for ref in refs):
        if runs and _follows(runs[-1][-1], ref):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    return ", ".join(", ".join(run) if len(run) < 3 else f"{run[0]} to\u00a0{run[-1]}" for run in runs)


def _follows(first: str, second: str) -> bool:
    one, two = re.fullmatch(r"(.*?)(\d{1,9})", first), re.fullmatch(r"(.*?)(\d{1,9})", second)
    return bool(one and two and one[1] == two[1] and len(one[2]) == len(two[2]) and int(one[2]) + 1 == int(two[2]))


# A number with its doubt beside it, and how many of each kind: printed in one way everywhere.

KIND_NOUNS: dict[DeviceKind, tuple[str, str]] = {
    "camera": ("camera", "cameras"),
    "recorder": ("recorder", "recorders"),
    "encoder": ("encoder", "encoders"),
    "intercom": ("intercom", "intercoms"),
    "software": ("viewing program", "viewing programs"),
    "unknown": ("device that may be a camera", "devices that may be cameras"),
    "other": ("other device", "other devices"),
}
"""The kinds of register entries in the order in which they are said."""


PROVEN_MEANS = "Proven means confirmed, or almost certain by signs independent of each other."
"""Said once on a paper that says of how many the maker is proven."""


@frozen
class Count:
    """How many are likely or surer: the one `number` that is printed. `proven` of them are confirmed or almost certain.

    `most` adds those of which the same only may be true.
    """

    proven: int
    number: int
    most: int

    def __add__(self, other: Count) -> Count:
        return Count(self.proven + other.proven, self.number + other.number, self.most + other.most)

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        return f"{self.number:,}"

    @property
    def doubt(self) -> str:
        """ "of which 12 proven, up to 19 in all with those that may be"; "" where all are proven and no more may be."""
        proven = f"of which {self.proven:,} proven" if self.proven else "not proven yet"
        most = f"up to {self.most:,} in all with those that may be"
        return ", ".join([proven] * (self.proven < self.number) + [most] * (self.most > self.number))

    @property
    def in_brackets(self) -> str:
        """ " (of which 12 proven)", to stand behind the number and its noun; "" without a doubt."""
        return f" ({self.doubt})" if self.doubt else ""

    def of(self, one: str, many: str | None = None) -> str:
        """ "17 cameras", "1 camera"."""
        return f"{self} {self.fitting(one, many or f'{one}s')}"

    def fitting(self, one: str = "is", many: str = "are") -> str:
        """The form that fits the number."""
        return fitting(self.number, one, many)


NONE = Count(0, 0, 0)


def proven_means(*numbers: Count) -> str:
    """What "proven" means, where the doubt of one of the numbers says it."""
    return PROVEN_MEANS if any(one.proven < one.number for one in numbers) else ""


def exactly(number: int) -> Count:
    """A number without a doubt."""
    return Count(number, number, number)


def kinds_counted(kinds: Mapping[DeviceKind, int]) -> list[str]:
    """["42 cameras", "2 recorders"]: the kinds that are there, in the order of the register."""
    return [f"{kinds[kind]:,} {fitting(kinds[kind], *nouns)}" for kind, nouns in KIND_NOUNS.items() if kinds.get(kind)]


def kinds_in_words(kinds: Mapping[DeviceKind, int]) -> str:
    """ "42 cameras and 2 recorders"; "" where there is none."""
    return joined(kinds_counted(kinds))


# Names and refs in the order in which people count: "Room 6" before "Room 10", CAM-9 before CAM-10.

_NUMBER = re.compile(r"[0-9]{1,18}")


@lru_cache(maxsize=65536)
def natural(text: str) -> str:
    """A sort key that compares numbers as numbers and takes no notice of capitals."""
    return _NUMBER.sub(lambda found: found[0].zfill(18), text.casefold())


def natural_path(names: Iterable[str]) -> tuple[str, ...]:
    """A sort key for the names of a place from the site down: what lies in a place follows it."""
    return tuple(map(natural, names))
