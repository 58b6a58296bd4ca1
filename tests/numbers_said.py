"""Numbers of reports, out of their blocks: sentences with their numbers taken out, and tables added up again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from unittest import mock

import samples
from bench.plan_pages import PRICES
from camcensus.model.blocks import (
    Block,
    Bullets,
    Fact,
    Heading,
    OnePage,
    Prose,
    ReportDocument,
    Row,
    TableBlock,
    plain,
)
from camcensus.model.foi import FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.report.pdf.paper import settled
from camcensus.store.inventory import Inventory
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports import annexes, evidence, foi, kit, plan, register, summary
from camcensus.tasks.reports.catalogue import KINDS
from camcensus.tasks.reports.making import Choices, Making

ROOT = Path(__file__).resolve().parents[1]
REPORTS = {
    "register": register.register,
    "summary": summary.summary,
    "plan": lambda making: plan.plan(making, PRICES),
    "foi": foi.foi,
    "evidence": evidence.evidence,
    "code": annexes.code,
    "dpia": annexes.dpia,
}
NUMBER = re.compile(r"£?\d[\d,]*(?:\.\d+)?(?: to £?\d[\d,]*(?:\.\d+)?)?%?")
_NO_NUMBER = re.compile(
    r"\b[A-Z]{3}-\d+\b(?: to [A-Z]{3}-\d+)?"  # refs
    r"|\b\d{1,2} [A-Z][a-z]+ \d{4}(?:, \d\d:\d\d(?: to \d\d:\d\d)?)?|\b\d{4}-\d\d(?:-\d\d)?\b|\b(?:19|20)\d\d(?:\.\d\d\.\d\d)?(?:\+\w+)?\b"
    r"|“[^”]*”|\b\d+ 63\.5|\bsection \d+|\b[Pp]riority \d|\bpage \d+|\d{2}:\d{2}|^\d+\. ",
)
"""Refs, days, years, titles, sections, priorities: they count nothing, and tell sentences apart."""
_BARE = re.compile(r"(?!.*\b(?:are|have|were|wait|stay)\b)# [a-z ]+(?:(?:,| and) # [a-z ]+)*\.?")
"""Numbers without a word of what they are of: their heading says it."""
_ROOM = re.compile(r"The plan’s appendices have #( more)?( risks?)?\.")
"""What a page has room for: an edition that says less has room for more."""
_SPELT = str.maketrans("0123456789", "abcdefghij")


def documents(inventory: Inventory, knowledge: Knowledge, rows: Sequence[AssetRow]) -> Iterator[tuple[str, ReportDocument]]:
    """Every report of a register in each of its editions, with the words it has on paper, by its name."""
    with ExitStack() as stack:
        for module in (kit, plan):
            stack.enter_context(mock.patch.object(module, "judged_now", return_value={}))
            stack.enter_context(mock.patch.object(module, "rows", return_value=tuple(rows)))
        for name, says in REPORTS.items():
            for audience in next(kind for kind in KINDS if kind.name == name).audiences:
                making = Making(
                    inventory=inventory, knowledge=knowledge, path=Path("a.pdf"), data_dir=ROOT,
                    now=samples.NOW + timedelta(days=1), choices=Choices(audience, request=FoiRequest("", "2026-11-17")),  # type: ignore[arg-type]
                )  # fmt: skip
                yield f"{name}, {audience}", settled(says(making), ROOT / "resources" / "fonts")


def blocks_of(blocks: Sequence[Block]) -> Iterator[Block]:
    """All blocks, those inside others too."""
    for block in blocks:
        if isinstance(block, OnePage):
            yield from blocks_of(block.ways[0])
        else:
            yield block


def sentences(document: ReportDocument) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sentence outside tables that has a number: its words with "#" for each, and the numbers."""
    under = ""
    for block in blocks_of(document.blocks):
        if isinstance(block, Heading):
            under = block.text
        for text in _texts_in(block):
            for sentence in re.split(r"(?<=[.])\s+", _NO_NUMBER.sub(lambda found: found[0].translate(_SPELT), text)):
                numbers = tuple(NUMBER.findall(sentence))
                words = _one_or_many(NUMBER.sub("#", sentence))
                if numbers and not _ROOM.match(words):
                    yield (f"{under}: {words}" if _BARE.fullmatch(words) else words), numbers


def texts(document: ReportDocument) -> Iterator[str]:
    """All that a report says in sentences: headings, paragraphs, bullets, notes, and cells with sentences."""
    for block in blocks_of(document.blocks):
        yield from _texts_in(block)


def _texts_in(block: Block) -> list[str]:
    if isinstance(block, Heading | Prose):
        return [plain(block.text)]
    if isinstance(block, Bullets):
        return [plain(one) for one in block.items]
    if isinstance(block, TableBlock):
        return [plain(block.note), *_in_cells(block)]
    return []


def _in_cells(table: TableBlock) -> Iterator[str]:
    """The sentences in cells that are not figures; an answer begins with its question."""
    for row in table.rows:
        asked = row.cells[0] if isinstance(row.cells[0], str) and row.cells[0].endswith("?") else ""
        for cell in row.cells:
            for one in cell if isinstance(cell, list | tuple) else (cell,):
                text = plain(one.text) if isinstance(one, Fact) else one if isinstance(one, str) else ""
                if text.endswith((".", "?")):
                    each = text.replace(
                        ". Not recorded", f". {asked.partition('. ')[2]} Not recorded"
                    )  # of its question, not of others
                    yield text if text == asked or not asked else f"{asked} {each}"


def kind_of(words: str) -> str:
    """A sentence with numbers without the names in it, as "#", and no more than its first words."""
    words = re.sub(r"“[^”]*”|\([^)]*\)", "…", words)
    words = re.sub(r"(?<=[a-z,:;#…] )(?:(?:[A-Z][\w’'.-]*|and [A-Z]\S*),? ?)+", "… ", words)
    return " ".join(re.sub(r"\b[A-Z]{3}-[a-j]+\b", "…", words).split()[:10])


def _one_or_many(words: str) -> str:
    """The sentence as it is said of many."""
    for one, many in ((" is ", " are "), (" has ", " have "), (" it ", " they "), (" was ", " were "), (" waits ", " wait ")):
        words = words.replace(one, many)
    return re.sub(
        r"(# (?:\w+ ){0,2}?)(camera|item|recorder|device|row|place|site|year|batch|network|question)\b(?!s)", r"\1\2s", words
    )


def amounts(cell: object) -> tuple[int, int] | None:
    """The least and the most that a cell of figures says, in hundredths; None where it says no number."""
    said = plain(cell.text) if isinstance(cell, Fact) else cell if isinstance(cell, str) else ""
    if said in ("–", "", "0", "£0") or said.startswith("Not priced"):
        return 0, 0
    found = re.fullmatch(r"£?(-?[\d,]+(?:\.\d+)?)(?: to £?([\d,]+(?:\.\d+)?))?", said.removeprefix("-"))
    if found is None:
        return None
    ends = [round(float(one.replace(",", "")) * 100) for one in (found[1], found[2] or found[1])]
    sign = -1 if said.startswith("-") else 1
    return sign * ends[0], sign * ends[1]


def added_wrong(table: TableBlock) -> Iterator[str]:
    """Columns of figures whose rows do not add up to the row that says their total."""
    total = next((at for at, row in enumerate(table.rows) if row.kind == "total"), None)
    if total is None or total == 0:
        return
    rows = table.rows[:total]
    groups = [row for row in rows if row.kind == "group"]
    for at, column in enumerate(table.columns):
        if column.figures:
            cells = [cell_at(row, at, len(table.columns)) for row in (groups or rows)]
            ends, last = [amounts(cell) for cell in cells], amounts(cell_at(table.rows[total], at, len(table.columns)))
            if last is None or None in ends:
                continue
            added = tuple(map(sum, zip(*(one for one in ends if one), strict=True)))
            if added != last:
                yield f"{table.columns[0].head}, {column.head}: {cells} is not {cell_at(table.rows[total], at, len(table.columns))}"


def cell_at(row: Row, column: int, columns: int) -> object:
    """What a row says in a column."""
    at = 0
    for cell, span in zip(row.cells, row.spans(columns), strict=True):
        if at <= column < at + span:
            return cell if column == at + span - 1 or span == 1 else ""
        at += span
    return ""


_BY_DECISION = re.compile(
    r"(?:Replace|Isolate|Remove) (\d+(?:,\d+)*)(?: without replacement)?"
    r"(?:, (?:(all|both|[\d,]+) )?(by a listed maker))?(?:(?!Replace|Isolate|Remove)[^;“.])*(?:; staff: |\.\n)"
)


def acted_on(text: str) -> tuple[int, str]:
    """How many are replaced, isolated and removed in a plan for staff, and how many of them are by a listed maker."""
    items, by = 0, 0
    for number, said, listed in _BY_DECISION.findall(re.sub(r" (?=[,;])", "", text)):
        many = int(number.replace(",", ""))
        items += many
        by += (many if listed else 0) if said in ("all", "both", "") else int(said.replace(",", ""))
    return items, str(by)


_N, _P = r"(\d[\d,]*(?: to \d[\d,]*)?)", r"(£[\d,]+(?:\.\d\d)?)"
QUANTITIES: tuple[tuple[str, str], ...] = (
    ("cameras", rf"(?:We found|We have|has|each answer about) {_N} cameras?\b"),
    ("cameras", rf"; {_N} (?:is|are) in the record"),
    ("recorders", rf"(?:We found|We have) (?:{_N.replace('(', '(?:', 1)} cameras?(?:, | and ))?{_N} recorders?\b"),
    ("cameras", rf"cameras and recorders are there\? {_N} cameras?"),
    ("recorders", rf"cameras and recorders are there\? (?:{_N.replace('(', '(?:', 1)} cameras?(?:, | and ))?{_N} recorders?\b"),
    ("cameras by Not known", rf"The makers? of {_N} cameras? (?:is|are) not known"),
    ("listed cameras", rf"As far as we can tell, {_N} (?:of [\d,]+ )?cameras?"),
    ("items not known", rf"(?:could not tell who made|Find out who made|Still to look at:) {_N} items?"),
    ("items not known", rf"The makers? of {_N} items? (?:is|are) not known"),
    ("items not known", rf"Maker not known: {_N} items?"),
    ("contingency", rf"The contingency of {_P} (?:covers|does not cover) it"),
    ("items to act on", rf"Of the {_N} items? to act on"),
    ("expected cameras", rf"(?:expected about|About) {_N} cameras?\b"),
    ("the amount", rf"We are asking for {_P} \(excluding VAT\)"),
    ("the amount", rf"The last signature approves [^£]*{_P} excluding VAT"),
    ("the amount", rf"Together {_P}\."),
    ("the amount with VAT", rf"{_P} including VAT"),
    ("contingency", rf"{_P} for contingency"),
    ("before contingency", rf"to the {_P} before contingency"),
)
"""What a number counts, where sentences of different words count the same. Those of makers are in `tests/ui/test_counts_agree.py`."""


_YEARS = rf"{_P} (?:in (20\d\d(?:-\d\d)?)\b|(?:with|has) (no year yet))"


def quantities(document: ReportDocument) -> Iterator[tuple[str, str]]:
    """What the sentences count, by its name."""
    text = " ".join(texts(document))
    for sentence in re.split(r"(?<=[.]) +", text):
        taxed = "with VAT " if sentence.startswith("Including VAT") else ""
        for amount, year, undated in re.findall(_YEARS, sentence):
            yield f"cost {taxed}of {year or undated.capitalize()}", amount
    for name, pattern in QUANTITIES:
        for found in re.finditer(pattern, text):
            yield name, next(one for one in reversed(found.groups()) if one)
