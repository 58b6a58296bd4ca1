"""Lists of companies that authorities publish: where one of our names joins or leaves a list, that becomes a draft.

A match of names is no fact. Other companies bear the same name, and a list may be about other goods: a person reads the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from camcensus.model.errors import IntakeError, shown
from camcensus.model.words import clean, count, fitting, upper_first
from installers.knowledge.brought import Bringing, Brought, with_drafts
from installers.knowledge.calendar import TO_BE_READ_AT_THE_SOURCE
from installers.knowledge.names import names_of
from installers.knowledge.published import read_rows
from installers.knowledge.reviewed import ImportKind
from installers.knowledge.tables import PublishedRow


@dataclass(frozen=True, slots=True)
class NameList:
    """A published list: ours of the same (None where we hold none), its name, and which rows and columns of a table count.

    `columns` are headings (letters and digits only) of the columns with names, empty for all cells of all rows; with
    `column_of` and `having`, only rows whose cell under that heading holds that text count. A file that holds none of the
    words `told_by` is another one: that no maker is in it would say nothing of the list.
    """

    list_id: str | None
    name: str
    columns: tuple[str, ...] = ()
    column_of: str = ""
    having: str = ""
    told_by: tuple[str, ...] = ()


LISTS: dict[ImportKind, NameList] = {
    "fcc": NameList("us-fcc-covered", "the Covered List of the United States FCC", told_by=("covered",)),
    "entity-list": NameList(
        "us-entity-list", "the United States Entity List", ("name", "altnames"), column_of="source", having="entity list"
    ),
    "debarment": NameList(None, "the UK’s procurement debarment list", told_by=("debar", "exclu", "supplier")),
}


def bring_names(bringing: Bringing) -> Brought:
    """Which of the companies and brands that we follow a list names. Raises IntakeError."""
    about = LISTS[bringing.kind]
    names = names_of(bringing.reviewed)
    listed = {
        named.manufacturer: item
        for item in bringing.reviewed.statements
        if item.value.id == about.list_id
        for named in item.value.names
    }
    found: dict[str, tuple[str, str, str]] = {}
    rows = 0
    for file in bringing.files:
        for row in _rows(file, about):
            rows += 1
            for company, name in names.in_text(" | ".join(row.cells)):
                found.setdefault(company, (name, f"{shown(file)}:{row.line}", _around(row, name)))
    if not rows:
        raise IntakeError(f"No row of {about.name} was found in the file; save the list as its publisher shows it.")
    drafts = []
    for company, (name, where, words) in sorted(found.items()):
        if company not in listed:
            say = f"{upper_first(about.name)} holds the name “{name}”, in “{words}”. {TO_BE_READ_AT_THE_SOURCE}."
            drafts.append(bringing.draft(f"{bringing.kind}-{company}", company, where, say))
    for company, item in sorted(listed.items()):
        if company not in found:
            say = (
                f"Our sources say that {about.name} names {company}; no name of it was found there. {TO_BE_READ_AT_THE_SOURCE}."
            )
            where = f"{item.file}:{item.line}"
            drafts.append(bringing.draft(f"{bringing.kind}-{company}-gone", company, where, say))
    held = sum(company in listed for company in found)
    read = f"{count(rows, 'row')} read; {count(held, 'company', 'companies')} of our list {fitting(held)} named."
    return with_drafts(bringing, Brought(read, ()), drafts)


def _rows(path: Path, about: NameList) -> Iterator[PublishedRow]:
    """The rows that count, each with the cells that count."""
    headings: dict[str, int] | None = None if about.columns else {}
    told = not about.told_by
    for row in read_rows(path):
        told = told or any(word in cell.casefold() for word in about.told_by for cell in row.cells)
        if headings is None:
            plain = [re.sub(r"[^a-z0-9]", "", cell.lower()) for cell in row.cells]
            if "name" in plain:
                headings = {text: at for at, text in reversed(list(enumerate(plain)))}
                if about.column_of and about.column_of not in headings:
                    raise IntakeError(f"“{shown(path)}” has no column “{about.column_of}”; bring the list as it is published.")
            continue
        if not about.columns:
            yield row
        elif about.having in _cell(row, headings, about.column_of).lower():
            yield PublishedRow(row.line, tuple(_cell(row, headings, column) for column in about.columns))
    if not told:
        raise IntakeError(f"“{shown(path)}” is not {about.name}; save the list as its publisher shows it.")


def _cell(row: PublishedRow, headings: dict[str, int], column: str) -> str:
    at = headings.get(column)
    return "" if at is None or at >= len(row.cells) else row.cells[at]


def _around(row: PublishedRow, name: str) -> str:
    """A few words of the row around the name."""
    cell = next((cell for cell in row.cells if name.casefold() in cell.casefold()), row.cells[0] if row.cells else "")
    at = max(0, cell.casefold().find(name.casefold()))
    return clean(cell[max(0, at - 60) : at + len(name) + 60].strip(), 160)
