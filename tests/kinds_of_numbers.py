"""Which kinds of sentences and columns of reports have numbers: a number of another kind is one that nobody declared.

A sentence is parted at commas and "and", and from what is in brackets; what is left of it without names, days, refs and words of others is its kind.
`data/kinds_of_numbers.txt` has all of them; `bench/every_number.py --list` adds those that are new, for a person to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from camcensus.model.blocks import ReportDocument, TableBlock
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import KIND_NOUNS
from camcensus.tasks.register.verbs import AssetRow
from numbers_said import blocks_of, texts

LISTED = Path(__file__).parent / "data" / "kinds_of_numbers.txt"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_APART = (
    (re.compile(r"“[^”]*”"), "…"),
    (re.compile(r"https?://\S+"), "…"),
    (re.compile(r"\b[A-Z]{3}-\d+(?:\s*to\s[A-Z]{3}-\d+)?"), "name"),
    (re.compile(rf"\b(?:\d{{1,2}} )?(?:{_MONTHS}) \d{{4}}\b"), "day"),
    (re.compile(r"\b\d\d:\d\d\b"), "hour"),
    (re.compile(r"\b(?:19|20)\d\d(?:-\d\d)?(?:\.\d\d\.\d\d)?(?:\+\w+)?\b"), "year"),
    (re.compile(r"\b[Ss]ections? \d+|\b[Pp]riority \d|\b[Vv]ersion \d+|\b[Bb]atch \d+|^\d+\. "), "label"),
)
"""What counts nothing, and what stands for it. A year, a ref, a label tells things apart."""
_YEAR = _APART[-2][0]
_NUMBER = re.compile(r"£?\d+(?:,\d{3})*(?:\.\d+)?(?: to £?\d+(?:,\d{3})*(?:\.\d+)?)?%?")
_NOUNS = sorted({noun for nouns in KIND_NOUNS.values() for noun in nouns}, key=len, reverse=True)
_THINGS = "|".join([*map(re.escape, _NOUNS), "items?", "devices?", "rows?", "places?", "sites?", "viewing programs?"])
_COUNTED = re.compile(rf"# (?:of # )?(?:other )?(?:{_THINGS})\b(?:(?:, | and )# (?:other )?(?:{_THINGS})\b)*")
_ALIKE = {
    "is": "are", "was": "were", "has": "have", "waits": "wait", "stays": "stay", "it": "they", "its": "they", "their": "they",
    "them": "they", "leaves": "leave", "counts": "count", "needs": "need", "questions": "question", "years": "year",
    "cameras": "camera", "items": "item", "statements": "statement",
    "replace": "do", "isolate": "do", "remove": "do", "keep": "do",
    "replaced": "done", "isolated": "done", "removed": "done", "kept": "done",
}  # fmt: skip
"""Forms of one word, and the work that is done: how many are replaced is said as how many are kept."""
_THE_SAME = re.compile(
    r" over # year\b| that have no year yet\b| (?:from other networks|without replacement|without a price|in year)$|(?<=the # things to act on) .*"
)
_PART = re.compile(r",\s|;\s|:\s|\sand\s|\sor\s|\n")
_WITHIN = re.compile(r"\s*\(([^()]*)\)")


def pieces(text: str, names: Sequence[str] = ()) -> Iterator[str]:
    """What is said of each number of a text, in a form that names nothing."""
    for pattern, word in _APART:
        text = pattern.sub(word, text)
    if names:
        text = re.sub(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b", "name", text)
    within, text = _WITHIN.findall(text), _WITHIN.sub("", text)
    for sentence in (*re.split(r"(?<=[.?!])\s+", text), *within):
        for piece in _PART.split(_COUNTED.sub("# things", _NUMBER.sub("#", sentence))):
            if "#" in piece:
                words = " ".join(_ALIKE.get(word, word) for word in re.sub(r"[^\w#’ -]", "", piece).casefold().split())
                yield _THE_SAME.sub("", re.sub(r"\b(name|year|day)(?: \1)+\b", r"\1", re.sub(r"#(?: #)+", "#", words)))


def kinds(document: ReportDocument, names: Sequence[str]) -> Iterator[str]:
    """The kinds of a report's numbers: those of its sentences, and of its columns of figures."""
    for text in texts(document):
        yield from pieces(text, names)
    for block in blocks_of(document.blocks):
        if isinstance(block, TableBlock):
            first = " ".join(block.columns[0].head.split()) or "Fact"
            for column in block.columns:
                if column.figures:
                    head = next(pieces(column.head, names), "") or _YEAR.sub("year", " ".join(column.head.split()))
                    yield f"column: {'name' if head in names else head}, by {first}"


def names_in(rows: Iterable[AssetRow], knowledge: Knowledge) -> list[str]:
    """What the places of a register and all makers are called."""
    places = {name for row in rows for name in row.asset.place_path}
    return sorted(places | {one.name for one in knowledge.manufacturers.values()})


def of_knowledge(knowledge: Knowledge) -> frozenset[str]:
    """The kinds of the numbers in what is known of makers: words of others, that count nothing here."""
    said: set[str] = set()
    for entry in knowledge.statements.values():
        said |= {entry.title, entry.text, entry.said_by, entry.today, entry.addressed_to, entry.not_addressed_to, entry.reading}
        said |= {one.text for one in entry.answers} | {one.by for one in entry.answers}
        said |= {one.quote for one in entry.names} | {one.scope for one in entry.names}
    for maker in knowledge.manufacturers.values():
        said |= {one.text for one in maker.answers} | {maker.name}
    for source in knowledge.sources.values():
        said |= {source.title, source.publisher}
    names = [one.name for one in knowledge.manufacturers.values()]
    return frozenset(piece for text in said if text for piece in pieces(text, names))


def listed() -> frozenset[str]:
    """The kinds that somebody read."""
    return frozenset(LISTED.read_text(encoding="utf-8").splitlines()) if LISTED.exists() else frozenset()
