"""Spreadsheets made by code for tests, in the three formats that offices keep registers in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

Rows = Sequence[Sequence[Any]]
Merged = Sequence[tuple[int, int, int, int]]


def xlsx(
    *sheets: tuple[str, Rows], merged: Merged = (), hidden: Sequence[int] = (), also: Callable[[Any], None] | None = None
) -> bytes:
    """An XLSX. `merged` and `hidden` (rows, from 0) are of the first sheet; `also` does more with it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, (name, rows) in enumerate(sheets):
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)  # type: ignore[arg-type]
                elif cell not in (None, ""):
                    sheet.write(row, column, cell)
        for range_ in merged if number == 0 else ():
            text = rows[range_[0]][range_[1]]
            sheet.merge_range(range_[0], range_[1], range_[2], range_[3], text)
        for row in hidden if number == 0 else ():
            sheet.set_row(row, None, None, {"hidden": True})
        if also is not None and number == 0:
            also(sheet)
    book.close()
    return out.getvalue()


def xls(rows: Rows, *, merged: Merged = (), name: str = "Register") -> bytes:
    """An XLS (Excel 97 to 2003)."""
    out = io.BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    covered = {
        (row, column)
        for top, left, bottom, right in merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell not in (None, "") and (row, column) not in covered:
                sheet.write(row, column, cell, *([day] if isinstance(cell, date) else []))
    for top, left, bottom, right in merged:
        sheet.write_merge(top, bottom, left, right, rows[top][left])
    book.save(out)
    return out.getvalue()


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Register">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
REST_OF_SHEET = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: Rows, *, behind: str = REST_OF_SHEET) -> bytes:
    """An ODS as LibreOffice writes it: each row filled up to the last column, the rest of the sheet as one repeated row."""
    text = []
    for cells in rows:
        text.append(
            f'<table:table-row>{"".join(map(_ods_cell, cells))}<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        )
    return packed(
        {"mimetype": _TYPE, "META-INF/manifest.xml": _manifest(), "content.xml": _ODS.format(rows="".join(text) + behind)}
    )


def _ods_cell(cell: Any) -> str:
    if cell in (None, ""):
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"><text:p>{cell:%d/%m/%y}</text:p></table:table-cell>'
    if isinstance(cell, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


def _manifest() -> str:
    where = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{where}">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/></manifest:manifest>'
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of these parts, packed well."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    """The same file with one part exchanged or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {member: archive.read(member) for member in archive.namelist()}
    return packed(parts | {name: content})
