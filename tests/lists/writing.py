"""Writes a list as its owner has it: an XLSX with merged cells, heading rows and notes in cells, or a CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import xlsxwriter

from lists.rows import UP, Column, List, Sheet, uk_date


def write(made: List, folder: Path) -> Path:
    """The list's file in a folder."""
    path = folder / made.file
    if path.suffix == ".xlsx":
        _workbook(made, path)
    else:
        _text(made, path)
    return path


def _text(made: List, path: Path) -> None:
    (sheet,) = made.sheets
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=made.delimiter, quoting=csv.QUOTE_ALL if made.quote_all else csv.QUOTE_MINIMAL)
    for line in sheet.title:
        writer.writerow([line])
    writer.writerow([column.heading for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow(row.cells)
    path.write_bytes(lines.getvalue().encode(made.encoding))


def _workbook(made: List, path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        forms = {
            "": book.add_format({"text_wrap": True, "valign": "top"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "money": book.add_format({"num_format": "£#,##0.00"}),
            "number": book.add_format({}),
            "title": book.add_format({"bold": True, "font_size": 14}),
        }
        for sheet in made.sheets:
            _sheet(sheet, book.add_worksheet(sheet.name), bold, forms)


def _sheet(sheet: Sheet, page: Any, bold: Any, forms: dict[str, Any]) -> None:
    if not sheet.headed:
        for number, row in enumerate(sheet.rows):
            for index, cell in enumerate(row.cells):
                page.write_string(number, index, cell)
        return
    top = 0
    for line in sheet.title:
        if len(sheet.columns) > 1 and line:
            page.merge_range(top, 0, top, len(sheet.columns) - 1, line, forms["title"])
        top += 1
    if sheet.above:
        start = 0
        for text, span in sheet.above:
            if span > 1:
                page.merge_range(top, start, top, start + span - 1, text, bold)
            elif text:
                page.write_string(top, start, text, bold)
            start += span
        top += 1
    for index, column in enumerate(sheet.columns):
        page.write_string(top, index, column.heading, bold)
        page.set_column(index, index, column.width, None, {"hidden": column.hidden})
    top += 1
    for index, column in enumerate(sheet.columns):
        _cells(sheet, page, index, column, top, forms)
    for (number, heading), text in sheet.comments.items():
        index = next(at for at, column in enumerate(sheet.columns) if column.heading == heading)
        page.write_comment(top + number, index, text)


def _cells(sheet: Sheet, page: Any, index: int, column: Column, top: int, forms: dict[str, Any]) -> None:
    texts = [row.cells[index] for row in sheet.rows]
    number = 0
    while number < len(texts):
        end = number + 1
        while end < len(texts) and texts[end] == UP:
            end += 1
        text, form = texts[number], forms[column.write if column.write in forms else ""]
        if end - number > 1:
            page.merge_range(top + number, index, top + end - 1, index, "", form)
        value = typed(text, column.write)
        if isinstance(value, str):
            if value:
                page.write_string(top + number, index, value, form if value == text else forms[""])
        elif column.write == "date":
            page.write_datetime(top + number, index, value, form)
        else:
            page.write_number(top + number, index, value, form)
        number = end


def typed(text: str, write: str) -> Any:
    """A cell's value as a spreadsheet program holds it."""
    if write == "date":
        return uk_date(text) or text
    if write in ("number", "money"):
        try:
            return float(text.replace("£", "").replace(",", ""))
        except ValueError:
            return text
    return text
