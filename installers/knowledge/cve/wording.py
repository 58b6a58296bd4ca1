"""Reads models and firmware in the words of CVE records: "DS-76xxNI-Qx(/xP)", "Build date before 250807".

Every function gives None for what it cannot read exactly: a person then looks at it. Nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from camcensus.model.records import Affected
from installers.knowledge.cve.records import CveProduct, CveVersion

Placeholder = Literal["x", "X"]
"""The letter that a maker writes for "any digit or letter here"; a name with the other letter case means itself."""

NAME_LIMIT_CHARACTERS = 120
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9/(). +_-]*")
_NUMBERS = r"[0-9]+(?:\.[0-9]+)*"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_BUILD = re.compile(rf"(?:v[0-9]_)?v?({_NUMBERS})(?:[ _.-]*build[ _.]*|_)([0-9]{{6}})(?![0-9]).*", re.I)
_PLAIN = re.compile(rf"v?({_NUMBERS})(?:-r?([0-9]+))?", re.I)
_FORMS = (
    (re.compile(r"build date before ([0-9]{6})", re.I), "built"),
    (re.compile(r"versions? below (?P<end>\S+) ?\(including (?P=end) ?\)", re.I), "until"),
    (re.compile(r"(\S+) and (?:the )?(?:versions? )?(?:prior(?: to it)?|earlier|below)(?: versions?)?", re.I), "until"),
    (re.compile(r"<= ?(\S+)"), "until"),
    (re.compile(r"(?:versions? )?(?:below|before|prior to|earlier than)(?: version)? (\S+)", re.I), "before"),
    (re.compile(r"< ?(\S+)"), "before"),
    (re.compile(r"versions? (?:which|whose) build time (?:is )?(?:before|prior to) (.+)", re.I), "built"),
    (re.compile(r"all(?: firmware)? versions?|\*", re.I), "all"),
)


def model_pattern(name: str, placeholder: Placeholder = "x", *, series: bool = False) -> str | None:
    """A regular expression for the models that a record's product name means, and no others; None for a name of another form.

    A run of `placeholder` stands for as many digits or letters; one that ends a part ("-Kx", "/xP") for one or two digits.
    "(/xP)" and "(B)" may be absent. The model ends there, or continues with a part of its own ("-I", "(2.8mm)"), which an exact
    name must not: `series` is True where the record names a family by its beginning.
    """
    name = " ".join(name.split())
    if len(name) > NAME_LIMIT_CHARACTERS or not _NAME.fullmatch(name) or not re.search(f"[0-9]|{placeholder * 2}", name):
        return None
    made, depth, place = [], 0, 0
    while place < len(name):
        run = len(name[place:]) - len(name[place:].lstrip(placeholder))
        letter = name[place]
        if run:
            after = name[place + run : place + run + 1]
            ends = run == 1 and after in ("", "(", "/", ")", " ", "P") and place > 0 and not name[place - 1].isdigit()
            made.append("[0-9]{1,2}" if ends else "[0-9A-Z]" + (f"{{{run}}}" if run > 1 else ""))
            place += run
            continue
        if letter in "()":
            depth += 1 if letter == "(" else -1
            if depth not in (0, 1):
                return None
            made.append(_opened(name, place) if letter == "(" else _closed(name, place))
        else:
            made.append({" ": " ?", ".": r"\.", "+": r"\+"}.get(letter, letter))
        place += 1
    if depth:
        return None
    return r"(?i)(?<![0-9A-Z])" + "".join(made) + ("(?![0-9A-Z])" if series else r"(?![0-9A-Z/(+])")


def _opened(name: str, place: int) -> str:
    """ "(/8P)" is a part that may follow; "(B)" is a part with its brackets that may follow."""
    return "(?:" if name[place + 1 : place + 2] == "/" else r"(?:\("


def _closed(name: str, place: int) -> str:
    return ")?" if name[name.rindex("(", 0, place) + 1] == "/" else r"\))?"


def bounds(version: CveVersion) -> tuple[Affected, ...] | None:
    """The firmware that one line of a record means, without models; None where its words have another form."""
    if not version.affected:
        return None
    if version.before is not None or version.until is not None:
        if version.before == "*" or version.until == "*":
            return (Affected(every_firmware=True),) if version.said in ("0", "", "*") else None
        end = _end(version.before or version.until or "", including=version.before is None)
        if end is None:
            return None
        begin = _PLAIN.fullmatch(version.said)
        if version.said in ("", "0", "*", "n/a", version.before, version.until):
            return end
        return tuple(replace(one, version_from=one.version_from or begin[1]) for one in end) if begin else None
    for form, kind in _FORMS:
        found = form.fullmatch(version.said.strip(" ."))
        if found is None:
            continue
        if kind == "all":
            return (Affected(every_firmware=True),)
        if kind == "built":
            day = read_day(found[1])
            return None if day is None else (Affected(built_before=day),)
        return _end(found[1], including=kind == "until")
    plain = _PLAIN.fullmatch(version.said)
    if plain is None or version.said == "0":
        return None
    number = _joined(plain)
    return (Affected(version_from=number, version_until=number),)


def _end(words: str, *, including: bool) -> tuple[Affected, ...] | None:
    """Everything up to a version, or up to a build of one: then all before the version, and the earlier builds of it."""
    built = _BUILD.fullmatch(words)
    if built is not None:
        day = read_day(built[2])
        if day is None:
            return None
        last = Affected(version_from=built[1], version_until=built[1])
        last = replace(last, built_until=day) if including else replace(last, built_before=day)
        return (Affected(version_before=built[1]), last)
    plain = _PLAIN.fullmatch(words)
    if plain is None:
        return None
    number = _joined(plain)
    return (Affected(version_until=number) if including else Affected(version_before=number),)


def _joined(found: re.Match[str]) -> str:
    return found[1] if found[2] is None else f"{found[1]}.{found[2]}"


def read_day(words: str) -> str | None:
    """ "250807", "2024/02/02", "16th April, 2025", "April 16, 2025" and "April, 2022" (its first day) as ISO 8601."""
    words = re.sub(r"\(.*?\)|(?<=[0-9])(?:st|nd|rd|th)\b|[,.]", " ", words.strip().casefold())
    parts = [part for part in re.split(r"[\s/-]+", words) if part]
    if len(parts) == 1 and re.fullmatch("[0-9]{6}", parts[0]):
        parts = ["20" + parts[0][:2], parts[0][2:4], parts[0][4:]]
    months = [part for part in parts if part[:3] in _MONTHS and part.isalpha()]
    numbers = [int(part) for part in parts if re.fullmatch("[0-9]{1,4}", part)]
    if len(numbers) + len(months) != len(parts) or len(months) > 1:
        return None
    years = [number for number in numbers if number > 1999]
    if len(years) != 1:
        return None
    rest = [number for number in numbers if number <= 1999]
    if months:
        rest = [_MONTHS.index(months[0][:3]) + 1, *(rest or [1])]
    elif not numbers or numbers[0] != years[0]:
        return None
    if len(rest) != 2 or not 1 <= rest[0] <= 12 or not 1 <= rest[1] <= 31:
        return None
    return f"{years[0]}-{rest[0]:02}-{rest[1]:02}"


def ranges(product: CveProduct) -> tuple[Affected, ...] | None:
    """The ranges of one product of a record, with its pattern; None where its name or an affected version cannot be read."""
    pattern = model_pattern(product.name)
    found = [bounds(version) for version in product.versions if version.affected]
    if pattern is None or not found or any(one is None for one in found):
        return None
    return tuple(replace(one, models=(pattern,)) for part in found if part for one in part)
