"""Lines of print: the names in each and what follows them, which becomes a value only where it can be read in one way."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence

from camcensus.intake.label_codes import SECRET_NAME, LabelField, fit_value, known_values, names_secret_only, plain_value
from camcensus.model.labels import LabelReading

type Named = tuple[LabelField | None, str]
"""A field, None for a name of something else, and what follows the name."""

_FIELD_NAMES: dict[LabelField, str] = {
    "serial": r"(?:(?:device|camera)[ _]?)?(?:s ?/ ?n|sn|ser(?:ia[l1i/|])?\.?(?:[ '._-]?(?:number|num|no))?)(?: ?#)?\.?",
    "mac": r"(?:(?:device|ethernet|lan|wired)[ _]?)?mac(?:[ '._-]?(?:address|addr|id|no))?\.?",
    "model": r"(?:(?:device|camera)[ _]?)?(?:m ?/ ?n|mode[l1i/|](?:[ '._-]?(?:number|name|num|no|id))?)(?: ?#)?\.?",
    "brand": r"brand",
}
"""What labels call them. Engines take an l for another stroke."""
_OTHER_NAMES = r"(?:wi-?fi|wlan|wireless|bluetooth|bt)[ _]?mac(?: ?(?:address|addr|id))?|p ?/ ?n|part ?no|hw ?/ ?n|item ?no"
_NAME = re.compile(
    rf"(?P<other>{_OTHER_NAMES})|" + "|".join(f"(?P<{field}>{names})" for field, names in _FIELD_NAMES.items()), re.IGNORECASE
)
_SIGNS = " \t:=;.,|>\uff1a\uff1b\u00b7-_"
"""What engines read between a name and its value: they lose a colon, or take another sign for it."""
_ANY_NAME = re.compile(r"\W*[A-Za-z][A-Za-z /.&-]{1,24}[:\uff1a]")
"""Any name with its colon, such as "Input:"; no MAC address."""
_PAIRS = re.compile(r"((?:[0-9A-Fa-f]{2}[ :.\uff1a-]{0,2}){5}[0-9A-Fa-f]{2})(?![0-9A-Fa-f])")
_PAIRS_BEGUN = re.compile(r"(?:[0-9A-Fa-f]{2}[:\uff1a-]?){2,5}")
_CODE_LIKE = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9()/.:-]{2,}|[A-Z]{4,}")
_CUT = ("-", "/")
"""What a value ends in that goes on in the next line."""
_END = re.compile(r"[A-Z0-9][A-Z0-9()/.-]*")
_MEASURE = re.compile(
    r"[0-9.,]{1,4} ?(?:v(?:ac|dc)?|w|m?ah?|mm|mp|k|hz|g|gb)(?:[/~=-].*)?|20[0-9]{2}[-/.][01]?[0-9]", re.IGNORECASE
)
"""What is on labels and no number of anything: "12V", "2.8mm", "2024-05"."""


def names_in(text: str) -> list[Named]:
    """The names of a line from left to right, each with what follows it up to the next name; [] where none begins it."""
    found = _names(text)
    ends = [match.start() for match in found[1:]] + [len(text)] * bool(found)
    fields = [next(field for field in (*_FIELD_NAMES, None) if field is None or match[field]) for match in found]
    return [(field, text[match.end() : end].strip(_SIGNS)) for field, match, end in zip(fields, found, ends, strict=True)]


def _names(text: str) -> list[re.Match[str]]:
    found = [match for match in _NAME.finditer(text) if _is_name(text, match)]
    return found if found and not re.search(r"[^\W_]", text[: found[0].start()]) else []


def value_start(text: str) -> int:
    """Where the first name of a line ends, 0 for none."""
    found = _names(text)
    return found[0].end() if found else 0


def names_only(text: str) -> list[tuple[int, int]]:
    """Where each name begins and ends in a line of several names and nothing else; [] for another line."""
    found = _names(text)
    starts = [*(match.start() for match in found), len(text)]
    is_bare = len(found) > 1 and not any(re.search(r"[^\W_]", rest) for _, rest in names_in(text))
    return [(start, end) for start, end in itertools.pairwise(starts)] if is_bare else []


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a name is one: apart from what is before it, and from its value unless that is plain."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before.isalnum() or (before in ("/", "-") and match.start()):
        return False
    if not after.isalnum():
        return True
    said, rest = match[0], text[match.end() :]
    is_plain = said[-1] in ".#" or "/" in said or (said[-1].islower() and not after.islower())
    return not text[: match.start()].strip() and (is_plain or (match["mac"] is not None and _PAIRS.match(rest) is not None))


def is_name_alone(text: str) -> bool:
    """Whether a line is a name of a field with nothing after it: its value is somewhere else."""
    named = names_in(text)
    return len(named) == 1 and not re.search(r"[^\W_]", named[0][1])


def is_any_name(text: str) -> bool:
    """Whether a line is a name with nothing after it: of a field, of a security code, or of anything with a colon."""
    return is_name_alone(text) or names_secret_only(text) or _ANY_NAME.fullmatch(text.strip()) is not None


def may_be_value(text: str) -> bool:
    """Whether a line may be the value of a name elsewhere: it has no name itself."""
    is_mac = begins_mac(text) or _PAIRS.match(text.strip(_SIGNS)) is not None
    return is_mac or not (names_in(text) or SECRET_NAME.search(text) or _ANY_NAME.match(text))


def print_value(field: LabelField, text: str) -> str:
    """The value at the beginning of what follows a name, "" where there is none or it can be read in more than one way."""
    words = text.strip(_SIGNS).split()
    if field == "mac":
        pairs = _PAIRS.match(text.strip(_SIGNS))
        return fit_value("mac", plain_value(pairs[1])) if pairs else ""
    if not words or field == "brand" or _MEASURE.fullmatch(words[0]) or text.rsplit(maxsplit=1)[-1].endswith(_CUT):
        return fit_value("brand", words[0]) if words and field == "brand" else ""
    if not re.search(r"[0-9]", words[0]):
        named_before = field == "model" and len(words) == 2 and len(words[1]) > 3 and words[0].isalpha()
        return fit_value(field, " ".join(words)) if named_before and _CODE_LIKE.fullmatch(words[1]) else ""
    if len(words) > 1 and _CODE_LIKE.fullmatch(words[1]) and not _MEASURE.fullmatch(words[1]) and field == "serial":
        return ""
    return fit_value(field, words[0])


def begins_mac(text: str) -> bool:
    """Whether a text is the beginning of a MAC address, which goes on in the next line."""
    return _PAIRS_BEGUN.fullmatch(text.strip(_SIGNS)) is not None


def joined(field: LabelField | None, value: str, below: str) -> str:
    """A value with the line below it, which may be its end: both where that is plain, "" where nobody knows, else `value`."""
    rest = below.strip()
    if field == "mac" and _PAIRS_BEGUN.fullmatch(value) and _PAIRS.fullmatch(value + rest):
        return value + rest
    if value.endswith(_CUT):
        return value + rest if _END.fullmatch(rest) and len(rest) <= len(value) else ""
    return "" if field != "mac" and _CODE_LIKE.fullmatch(rest) and not _MEASURE.fullmatch(rest) else value


def read_lines(lines: Sequence[str], known: Collection[str]) -> LabelReading | None:
    """What lines of print say of a camera, or None; a field for which they say two values has none.

    `known` is as `read_code` takes it.
    """
    said: dict[LabelField, set[str]] = {"brand": set(), "model": set(), "serial": set(), "mac": set()}
    for field, value in (found for line in lines for found in (*_values(line), *known_values(line, known))):
        said[field].add(value)
    if not any(said.values()):
        return None
    one = {field: next(iter(values)) if len(values) == 1 else "" for field, values in said.items()}
    return LabelReading(one["brand"], one["model"], one["serial"], one["mac"], from_print=True) if any(one.values()) else None


def _values(line: str) -> Iterator[tuple[LabelField, str]]:
    for field, rest in names_in(line):
        if field is not None and not SECRET_NAME.match(rest) and (value := print_value(field, rest)):
            yield field, value
