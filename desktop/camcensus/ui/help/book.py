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

type Block = tuple[str, str]
"""("title" | "heading" | "item" | "body", text), ("picture", "file|what is to be seen") or ("link", "page#anchor|words")."""

_PICTURE = re.compile(r"!\[([^\]]+)\]\((pictures/[\w-]+\.png)\)")
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([a-z]+)\.md(#[a-z0-9-]+)?\)")
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
    """The sections of a page's text."""
    found: list[HelpSection] = []
    title, heading, anchor, words = "", "", "", list[str]()

    def close() -> None:
        if title and heading != SEE_ALSO:
            found.append(HelpSection(page, title, heading, anchor, " ".join(words)))
        words.clear()

    for kind, text in blocks(markdown):
        if kind == "title":
            title = heading = text
        elif kind == "heading":
            close()
            heading, anchor = text, anchor_of(text)
        elif kind in ("item", "body"):
            words.append(text)
    close()
    return found


def anchor_of(heading: str) -> str:
    """What a link calls a heading: "Saving and printing" is "saving-and-printing"."""
    return re.sub(r"[^a-z0-9]+", "-", heading.casefold()).strip("-")


def blocks(markdown: str) -> list[Block]:
    """Headings, list items and paragraphs of a page without marks for bold and code, each followed by its links to pages."""
    found: list[Block] = []
    paragraph: list[str] = []

    def add(kind: str, text: str) -> None:
        found.append((kind, _plain(text)))
        found.extend(("link", f"{page}{anchor}|{_plain(words)}") for words, page, anchor in _LINK.findall(text))

    def close() -> None:
        if paragraph:
            add("body", " ".join(paragraph))
            paragraph.clear()

    lines = re.sub(r"\n {2,}(?=\S)(?![-*] )", " ", markdown).splitlines()  # a list item may continue in the next line
    for line in lines:
        text = line.strip()
        if not text:
            close()
        elif picture := _PICTURE.fullmatch(text):
            close()
            found.append(("picture", f"{picture[2]}|{_plain(picture[1])}"))
        elif text.startswith("#"):
            close()
            found.append(("title" if text.startswith("# ") else "heading", _plain(text.lstrip("# "))))
        elif text.startswith(("- ", "* ")):
            close()
            add("item", text[2:])
        else:
            paragraph.append(text)
    close()
    return found


def _plain(text: str) -> str:
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return text.replace("**", "").replace("`", "")
