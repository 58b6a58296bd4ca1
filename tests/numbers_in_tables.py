"""Numbers in the cells of tables: each by what it counts, where sentences and other tables count it too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from camcensus.model.blocks import Fact, Heading, ReportDocument, TableBlock, plain
from numbers_said import amounts, blocks_of, cell_at

COLUMNS: tuple[tuple[str, str, str, str], ...] = (
    ("Made by", "Total", "Cameras", "cameras"),
    ("Made by", ".*", "Cameras", "cameras by {row}"),
    ("Age", "Total", "Cameras", "cameras"),
    ("Age", ".*", "Cameras", "cameras of age {row}"),
    ("When", "Today", "Cameras", "cameras"),
    ("When", ".*", "Cameras", "cameras {row}"),
    ("Place|Site|Rows", "Total|All devices", "Cameras", "cameras"),
    ("Place|Site|Rows", "Total|All devices", "Recorders", "recorders"),
    ("Place|Site|Rows", "Total|All devices", "Listed cameras", "listed cameras"),
    ("Place|Site|Rows", "Total|All devices", "Maker not known", "items not known"),
    ("Spent in|Year", "Total(?: excluding VAT)?", "Total", "the amount"),
    ("Spent in|Year", "Total including VAT", "Total", "the amount with VAT"),
    ("Spent in|Year", r"\d.*|No year yet", "Total", "cost of {row}"),
    ("Spent in|Year", "Total(?: excluding VAT)?", "Contingency", "contingency"),
    ("Option", r".* \(recommended\)", "Cost", "the amount"),
    ("Action", "Total", "Cameras", "cameras"),
    ("Action", "Total", "Recorders", "recorders"),
)
"""Of tables that begin with this column: rows of this name, the column, and what its cell counts."""


def cell_quantities(document: ReportDocument) -> Iterator[tuple[str, str]]:
    """What cells count, by its name, where `COLUMNS` says what that is."""
    for block in blocks_of(document.blocks):
        if isinstance(block, TableBlock):
            yield from _of_table(block)


def _of_table(table: TableBlock) -> Iterator[tuple[str, str]]:
    for row in table.rows:
        label = said(row.cells[0])
        for at, column in enumerate(table.columns[1:], 1):
            head, cell = " ".join(column.head.split()), said(cell_at(row, at, len(table.columns)))
            if amounts(cell) in (None, (0, 0)) or (not cell[0].isdigit() and not cell.startswith("£")):
                continue
            for first, rows, named, name in COLUMNS:
                if re.fullmatch(first, table.columns[0].head) and re.fullmatch(rows, label) and head == named:
                    yield name.format(row=label), cell
                    break


def said(cell: object) -> str:
    """What a cell says, in a line."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, Fact):
        return plain(cell.text)
    return " ".join(map(said, cell)) if isinstance(cell, list | tuple) else ""


def cells_by_place(document: ReportDocument) -> Mapping[str, tuple[str, ...]]:
    """Cells of figures by heading, first column, row and column; more than one of one name in their order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    under = ""
    for block in blocks_of(document.blocks):
        if isinstance(block, Heading):
            under = block.text
        elif isinstance(block, TableBlock):
            for row in block.rows:
                for at, column in enumerate(block.columns):
                    cell = said(cell_at(row, at, len(block.columns)))
                    if column.figures and cell not in ("", "–") and amounts(cell) is not None:
                        found[" / ".join((under, block.columns[0].head, said(row.cells[0]), column.head))].append(cell)
    return {name: tuple(sorted(cells)) for name, cells in found.items()}
