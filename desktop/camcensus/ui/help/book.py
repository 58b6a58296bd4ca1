"""The help as a book: its pages in order, their sections, and a search in them. Knows no Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from camcensus.model import frozen

CONTENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Begin", ("start", "home", "find", "reach", "walkround")),
    ("Your cameras", ("cameras", "checking", "places", "history", "manufacturers")),
    ("Decide, print, send", ("plan", "reports", "share", "audit", "national")),
    ("Camcensus itself", ("settings", "commands", "it", "security", "accessibility", "about")),
)
"""Every page, in groups, as the contents list them."""
MISSING = "# Help\n\nThe help pages are missing from this installation. Install Camcensus again."
MOST_FOUND = 30
SEE_ALSO = "See also"
"""The last heading of a page, over its links, is neither listed nor found."""

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]+\)")
_WORD = re.compile(r"[\w-]+")


@frozen
class HelpSection:
    """A heading of a page and what is under it; the page's own title and first words where `anchor` is empty."""

    page: str
    title: str
    heading: str
    anchor: str
    text: str

    @property
    def place(self) -> str:
        """Where it is, as "reports#saving-and-printing"."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


@dataclass(frozen=True)
class HelpBook:
    """The pages in a folder."""

    folder: Path

    def markdown(self, page: str) -> str:
        """The text of a page; a sentence where it is missing."""
        try:
            return (self.folder / f"{page}.md").read_text("utf-8")
        except (OSError, ValueError):
            return MISSING

    @cached_property
    def sections(self) -> tuple[HelpSection, ...]:
        """Every section of every page, in the order of the contents."""
        return tuple(section for _, pages in CONTENTS for page in pages for section in sections_of(page, self.markdown(page)))

    def of(self, page: str) -> tuple[HelpSection, ...]:
        """The sections of a page; the first is the page itself."""
        return tuple(section for section in self.sections if section.page == page)

    def search(self, words: str) -> tuple[HelpSection, ...]:
        """Sections that hold every word or its beginning, those with the words in their headings first."""
        wanted = [word.casefold() for word in _WORD.findall(words)]
        if not wanted:
            return ()
        found = []
        for at, section in enumerate(self.sections):
            heading = _WORD.findall(f"{section.heading} {section.title}".casefold())
            body = _WORD.findall(section.text.casefold())
            if all(any(word.startswith(one) for word in (*heading, *body)) for one in wanted):
                named = sum(any(word.startswith(one) for word in heading) for one in wanted)
                found.append((-named, at, section))
        return tuple(section for _, _, section in sorted(found, key=lambda one: one[:2])[:MOST_FOUND])


def sections_of(page: str, markdown: str) -> list[HelpSection]:
    """The sections of a page's text, in words without marks."""
    found: list[HelpSection] = []
    for part in re.split(r"^(?=#)", markdown, flags=re.MULTILINE):
        head, _, text = part.partition("\n")
        heading = plain(head.lstrip("# "))
        if heading and heading != SEE_ALSO:
            anchor = "" if head.startswith("# ") else anchor_of(heading)
            found.append(HelpSection(page, found[0].title if found else heading, heading, anchor, plain(text)))
    return found


def anchor_of(heading: str) -> str:
    """What a link calls a heading: "Saving and printing" is "saving-and-printing"."""
    return re.sub(r"[^a-z0-9]+", "-", heading.casefold()).strip("-")


def plain(markdown: str) -> str:
    """The words of a text, without marks for bold, code, lists and links."""
    return " ".join(re.sub(r"\*\*|`|^ *[-*] ", "", _LINK.sub(r"\1", markdown), flags=re.MULTILINE).split())
