"""Hostile spreadsheets and archives: name -> the end of the file's name, and its bytes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import partial

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = "".join(
    f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("Name", "MAC address", "IP address", "Make", "Model")
)
ROW = "".join(
    f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in ("Hall", "00:40:8c:01:02:03", "10.0.0.9", "Axis", "P3245")
)
SOUND = f"<row>{HEAD}</row><row>{ROW}</row>"


def members(sheet: str, more: dict[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    """The parts of an XLSX with one sheet."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{RELATIONS}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{sheet}</sheetData></worksheet>",
    } | (more or {})


def packed(parts: dict[str, str | bytes], *, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", kind, compresslevel=9) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def book(sheet: str, more: dict[str, str | bytes] | None = None) -> bytes:
    """An XLSX with these rows."""
    return packed(members(sheet, more))


def cell(reference: str, value: str = "1", kind: str = "n") -> bytes:
    """An XLSX whose second row has a cell at this place."""
    return book(f'{SOUND}<row r="3"><c r="{reference}" t="{kind}"><v>{value}</v></c></row>')


def inline(text: str) -> bytes:
    """An XLSX with this text in each cell of its second row."""
    return book(f"<row>{HEAD}</row><row>" + f'<c t="inlineStr"><is><t>{text}</t></is></c>' * 5 + "</row>")


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))


def with_doctype(doctype: str, use: str) -> bytes:
    """An XLSX whose sheet begins so."""
    return book(
        "",
        {"xl/worksheets/sheet1.xml": f"{doctype}<worksheet><sheetData><row><c><v>{use}</v></c></row></sheetData></worksheet>"},
    )


def spreadsheet(content: str) -> bytes:
    """An ODS with this in its one table."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
            f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="A">{content}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def many_members(count: int) -> bytes:
    """A ZIP of so many empty parts."""
    return packed(members(SOUND, {f"x/{n}": "" for n in range(count)}))


def changed(at_signature: bytes, offset: int, value: bytes) -> bytes:
    """A sound XLSX with some bytes of each such record changed."""
    data = bytearray(book(SOUND))
    at = data.find(at_signature)
    while at >= 0:
        data[at + offset : at + offset + len(value)] = value
        at = data.find(at_signature, at + 4)
    return bytes(data)


def oldest(sectors: int = 4, chain: int = 0, size: int = 0xFFFFFFF0) -> bytes:
    """An XLS's container whose chain of sectors is so. Source: MS-CFB, 2.2 to 2.6."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    table = struct.pack("<I", chain) * 128
    name = "Workbook".encode("utf-16-le")
    entry = (
        name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, 2, 1) + bytes(44) + struct.pack("<IQ", 2, size) + bytes(4)
    )
    root = "Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 22, 5, 1) + struct.pack("<III", 1, 1, 1)
    return bytes(head) + table + (root.ljust(128, b"\0") + entry[:128]).ljust(512, b"\0") + bytes(512 * sectors)


def bomb(size: int) -> bytes:
    """A sound XLSX with a part of so many blanks, which pack well."""
    sheet = b"<worksheet><sheetData>"
    return book("", {"xl/worksheets/sheet1.xml": sheet + b" " * size + b"</sheetData></worksheet>"})


def shared(size: int) -> bytes:
    """Ten thousand cells that each are the same text of this size."""
    text = f"<sst><si><t>{'x' * size}</t></si></sst>"
    return book("<row>" + '<c t="s"><v>0</v></c>' * 10_000 + "</row>", {"xl/sharedStrings.xml": text})


BOOKS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a cell in row 11,111,111,111": (".xlsx", partial(cell, "A11111111111")),
    "a cell in the last corner": (".xlsx", partial(cell, "XFD1048576")),
    "a cell past the last corner": (".xlsx", partial(cell, "ZZZZZZ99999999")),
    "a cell whose place is 40 digits": (".xlsx", partial(cell, "A1" + "0" * 39)),
    "a cell in row 0": (".xlsx", partial(cell, "A0")),
    "a cell without a place": (".xlsx", partial(cell, "")),
    "a date 10 to the 300": (".xlsx", partial(cell, "A3", "1e300", "d")),
    "a text that is not in the list": (".xlsx", partial(cell, "A3", "4294967295", "s")),
    "a number that is none": (".xlsx", partial(cell, "A3", "nan")),
    "a sheet of 200 MB of blanks": (".xlsx", partial(bomb, 200 << 20)),
    "one text 10,000 times": (".xlsx", partial(shared, 30_000)),
    "billion laughs in a sheet": (".xlsx", partial(with_doctype, LAUGHS + "]>", "&j;")),
    "a file named in a sheet": (".xlsx", partial(with_doctype, "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", "&a;")),
    "a page of the web named in a sheet": (".xlsx", partial(with_doctype, "<!DOCTYPE x SYSTEM 'http://127.66.66.66/x.dtd'>", "1")),
    "a dimension that lies": (".xlsx", lambda: book("", {"xl/worksheets/sheet1.xml": f'<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{SOUND}</sheetData></worksheet>'})),
    "merged cells over all": (".xlsx", lambda: book("", {"xl/worksheets/sheet1.xml": f'<worksheet><sheetData>{SOUND}</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'})),
    "50,000 merged cells": (".xlsx", lambda: book("", {"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{SOUND}</sheetData><mergeCells>" + "".join(f'<mergeCell ref="A{n}:Z{n + 1}"/>' for n in range(50_000)) + "</mergeCells></worksheet>"})),
    "DDE in a formula": (".xlsx", lambda: book(f"{SOUND}<row><c><f>cmd|'/c calc'!A1</f><v>1</v></c></row>")),
    "formulas for text": (".xlsx", partial(inline, "=cmd|'/c calc'!A1")),
    "half a character": (".xlsx", partial(inline, "&#xD800;")),
    "NUL in a text": (".xlsx", partial(inline, "a&#0;b")),
    "bidi in a text": (".xlsx", partial(inline, "\u202egnp.exe\u2066\u200b")),
    "markup in a text": (".xlsx", partial(inline, "&lt;table&gt;&lt;tr&gt;&lt;td&gt;" * 20)),
    "a text of 1 MB": (".xlsx", partial(inline, "x" * 1_000_000)),
    "a row of 16,384 cells": (".xlsx", lambda: book(SOUND + "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>")),
    "a row of 300,000 cells": (".xlsx", lambda: book(SOUND + "<row>" + "<c><v>1</v></c>" * 300_000 + "</row>")),
    "300,000 empty rows": (".xlsx", lambda: book(SOUND + "<row/>" * 300_000)),
    "XML 100,000 deep": (".xlsx", lambda: book("<row>" * 100_000)),
    "a sheet that is cut": (".xlsx", lambda: book("", {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row><c><v>1"})),
    "a sheet outside": (".xlsx", lambda: book(SOUND, {"xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="../../../../etc/passwd"/></Relationships>'})),
    "a sheet on the web": (".xlsx", lambda: book(SOUND, {"xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="http://127.66.66.66/" TargetMode="External"/></Relationships>'})),
    "a sheet that is not there": (".xlsx", lambda: book(SOUND, {"xl/_rels/workbook.xml.rels": "<Relationships/>"})),
    "10,000 sheets": (".xlsx", lambda: book(SOUND, {"xl/workbook.xml": f'<workbook xmlns:r="{RELATIONS}"><sheets>' + '<sheet name="A" sheetId="1" r:id="rId1"/>' * 10_000 + "</sheets></workbook>"})),
    "no workbook": (".xlsx", lambda: packed({"[Content_Types].xml": "<Types/>"})),
    "20,000 parts": (".xlsx", partial(many_members, 20_000)),
    "parts with names that lead out": (".xlsx", lambda: packed(members(SOUND, {"../../../out.txt": "x", "/tmp/out.txt": "x", "C:\\out.txt": "x"}))),
    "an archive in an archive": (".zip", lambda: packed({"inner.zip": packed({"inner.xlsx": book(SOUND)})})),
    "an archive that is locked": (".xlsx", partial(changed, b"PK\x01\x02", 8, b"\x01\x00")),
    "an archive of another packing": (".xlsx", partial(changed, b"PK\x01\x02", 10, b"\x63\x00")),
    "an archive whose sums are wrong": (".xlsx", partial(changed, b"PK\x01\x02", 16, b"\xff\xff\xff\xff")),
    "an archive whose sizes lie": (".xlsx", partial(changed, b"PK\x01\x02", 20, b"\x10\x00\x00\x00\x10\x00\x00\x00")),
    "an archive of 4 GB parts": (".xlsx", partial(changed, b"PK\x01\x02", 20, b"\xfe\xff\xff\xff\xfe\xff\xff\xff")),
    "an archive whose parts lie elsewhere": (".xlsx", partial(changed, b"PK\x01\x02", 42, b"\xf0\xff\xff\x7f")),
    "an archive that is cut": (".xlsx", lambda: book(SOUND)[:-200]),
    "an archive's end alone": (".xlsx", lambda: b"PK\x05\x06" + bytes(18)),
    "noise that says it is an archive": (".xlsx", lambda: b"PK\x03\x04" + bytes(range(256)) * 200),
    "a table repeated 2,000,000,000 times": (".ods", partial(spreadsheet, '<table:table-row table:number-rows-repeated="2000000000"><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>')),
    "a cell repeated 2,000,000,000 times": (".ods", partial(spreadsheet, '<table:table-row><table:table-cell table:number-columns-repeated="2000000000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>')),
    "1,000 rows of 1,000 repeated cells": (".ods", partial(spreadsheet, '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>')),
    "a count that is none": (".ods", partial(spreadsheet, '<table:table-row table:number-rows-repeated="-1"><table:table-cell table:number-columns-repeated="many"/></table:table-row>')),
    "an ODS that is cut": (".ods", lambda: spreadsheet("<table:table-row>")[:-300]),
    "an XLS whose sectors loop": (".xls", oldest),
    "an XLS of 4 GB": (".xls", partial(oldest, 4, 3, 0xFFFFFFFF)),
    "an XLS that points outside": (".xls", partial(oldest, 4, 0x7FFFFFFF)),
    "an XLS's header alone": (".xls", lambda: oldest()[:512]),
    "an XLS that is noise": (".xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 40_000),
}  # fmt: skip
