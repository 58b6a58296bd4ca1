"""What the front page at a port shows of which device it is: its title, the realm it asks a login for, its server's name.

It never vouches for a device, since many are alike; but another page is another device, or has to be asked about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from camcensus.identity.steady_text import steady
from camcensus.model.observation import Observation
from camcensus.model.words import clean

PAGE, REALM = FACES = ("page ", "realm ")
"""How such marks are named, with the port: in `known_by.Marks` they stand beside the others. REALM is what a login is for, as
the device said when one last went to it.
"""
PAGES_LIMIT = 8
"""So many pages are kept of one port that logins went to."""
_REALM = "http.realm"
"""A login is made for it letter by letter, so no number in it is taken for a clock or a counter."""
_FIELDS = ("http.title", _REALM, "http.server")
_BUSY = re.compile("408|429|5[0-9][0-9]")
"""A device that starts or has too much to do shows another page for as long."""
_SHOWN_CHARACTERS = 60
COUNTING = 3
"""So many pages that differ in numbers alone are of a device that counts in its page."""
_COUNTS, _ANY = "\0", "\1"


def page_in(one: Observation) -> str | None:
    """The page that a reply shows, a line for each of the three; None where it is an answer to something else, or none."""
    status = one.reading.first("http.status")
    if one.probe != "http" or one.ask not in (None, "GET /") or status is None or _BUSY.fullmatch(status):
        return None
    if one.cut and one.reading.first("http.title") is None:
        return None
    told = {name: " ".join(one.reading.all(name)) for name in _FIELDS}
    return "\n".join(" ".join((text if name == _REALM else steady(text)).split()) for name, text in told.items())


def pages_of(replies: Iterable[Observation]) -> Mapping[str, tuple[str, ...]]:
    """Of each port the pages that some replies show there."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in replies:
        if one.port is not None and (page := page_in(one)) is not None:
            found[f"{PAGE}{one.port}"].add(page)
    return {name: tuple(sorted(pages)) for name, pages in sorted(found.items())}


def another_face(what: str, known: Sequence[str], looks: Sequence[str]) -> str:
    """What to say where none of the pages (or realms) that are `known` is shown, oldest first; "" where it is, or none came.

    `looks` are what it shows, one after the other. Numbers that differ between two looks, or between COUNTING pages that are
    known, do not count.
    """
    if not known or not looks or set(looks) <= set(known):
        return ""
    counted = [_without_numbers(one) for one in known]
    now = [_steady_of(values) for values in zip(*(one.split("\n") for one in looks), strict=True)]
    if _ANY not in now and counted.count(_without_numbers(looks[0])) >= COUNTING:
        return ""
    if any(now == [_form_of(new, old) for new, old in zip(now, one.split("\n"), strict=False)] for one in known):
        return ""
    return f"its {what} was {_words(known[0].split(chr(10)))} and is {_words(now)}"


def is_to_keep(looks: Sequence[str]) -> bool:
    """Whether a page that a person said yes to can be known again: not where it is another each time."""
    return len({_without_numbers(one) for one in looks}) == 1


def with_page(known: Sequence[str], page: str) -> tuple[str, ...]:
    """The pages that are known with one more, which is the last; of too many the first stays and the newest."""
    found = (*(one for one in known if one != page), page)
    return found if len(found) <= PAGES_LIMIT else (found[0], *found[2:])


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _steady_of(values: Sequence[str]) -> str:
    """What is the same in all; with 0 for each number where only those differ; _ANY where all differs."""
    if len(set(values)) == 1:
        return values[0]
    plain = {_without_numbers(one) for one in values}
    return f"{_COUNTS}{plain.pop()}" if len(plain) == 1 else _ANY


def _form_of(now: str, before: str) -> str:
    return f"{_COUNTS}{_without_numbers(before)}" if now.startswith(_COUNTS) else before


def _words(parts: Sequence[str]) -> str:
    said = " / ".join("another each time" if one == _ANY else one.removeprefix(_COUNTS) for one in parts if one)
    return f"“{clean(said, _SHOWN_CHARACTERS)}”" if said else "empty"
