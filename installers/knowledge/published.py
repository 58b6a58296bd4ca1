"""Files that publishers of lists and registers give out, read as rows or records with the line they are in.

Lists come as CSV, as a web page that was saved, or as XLSX, XLS or ODS; records as JSON: one file, a folder, or a ZIP.
Nothing in them is fetched, followed or run, and what is too large is refused.
"""

from __future__ import annotations

import html
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from camcensus.intake.decoding import text_of
from camcensus.model.errors import IntakeError, disk_error, open_file, shown
from camcensus.model.words import storable
from installers.knowledge.tables import COLUMNS_LIMIT, PublishedRow, bytes_of, few, rows_of, too_long

TABLE_LIMIT_BYTES = 160 << 20
"""The register of schools has some 61 MB."""
PAGE_LIMIT_BYTES = 16 << 20
RECORD_LIMIT_BYTES = 4 << 20
"""The catalogue of exploited flaws has 1.4 MB; a CVE record of hundreds of products less."""
RECORDS_LIMIT = 500_000
"""All CVE records there are, and half as many again."""

_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype|html|head|body|table)\b", re.IGNORECASE | re.DOTALL)
_BLOCKS = frozenset({"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "div", "caption", "table", "ul", "ol", "br"})
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""What may be half a character in JSON, which no store and no file of ours can hold."""
_TAG = re.compile(r"/?[A-Za-z][A-Za-z0-9]{0,20}")
_UNSEEN = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "template", "noscript")}
"""What a reader does not see, and where it ends."""


def read_rows(path: Path, limit_bytes: int | None = None) -> Iterator[PublishedRow]:
    """The rows of a CSV, a saved web page, or a spreadsheet's sheets one after the other. Raises IntakeError, also half way."""
    data, name = bytes_of(path, limit_bytes or TABLE_LIMIT_BYTES), shown(path)
    if _PAGE.match(text_of(data[:65_536])[:4096]) is None:
        yield from rows_of(data, name)
        return
    if len(data) > PAGE_LIMIT_BYTES:
        raise too_long(name, PAGE_LIMIT_BYTES)
    yield from few(_of_page(text_of(data)), name)


def read_json(path: Path) -> Any:
    """The JSON in a file. Raises IntakeError for what is none, is too large, or is nested too deeply."""
    return parse_json(bytes_of(path, RECORD_LIMIT_BYTES), shown(path))


def read_records(path: Path) -> Iterator[tuple[str, bytes]]:
    """The JSON records in a file, a folder or a ZIP, each with where it is. Raises IntakeError, also half way."""
    if path.is_dir():
        for number, one in enumerate(sorted(path.rglob("*.json"), key=str)):
            if number >= RECORDS_LIMIT:
                raise IntakeError(
                    f"“{shown(path)}” holds more than {RECORDS_LIMIT:,} records; bring those of the makers alone."
                )
            if one.is_file():
                yield one.name, bytes_of(one, RECORD_LIMIT_BYTES)
        return
    try:
        with open_file(path) as stream:  # a pipe is not waited for
            packed = zipfile.is_zipfile(stream)
    except OSError as error:
        raise IntakeError(str(disk_error(path, error))) from error
    if not packed:
        yield shown(path), bytes_of(path, RECORD_LIMIT_BYTES)
        return
    yield from _of_archive(path)


def _of_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    name = shown(path)
    try:
        with zipfile.ZipFile(path) as packed:
            members = [one for one in packed.infolist() if one.filename.lower().endswith(".json")]
            if len(members) > RECORDS_LIMIT:
                raise IntakeError(f"“{name}” holds more than {RECORDS_LIMIT:,} records; bring those of the makers alone.")
            for member in members:
                with packed.open(member) as part:
                    data = part.read(RECORD_LIMIT_BYTES + 1)
                if len(data) > RECORD_LIMIT_BYTES:
                    raise too_long(name, RECORD_LIMIT_BYTES)
                yield member.filename.rpartition("/")[2], data
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise IntakeError(f"“{name}” is a damaged or protected ZIP; get it again.") from error
    except OSError as error:
        raise IntakeError(str(disk_error(path, error))) from error


def parse_json(data: bytes, name: str) -> Any:
    """The value of a JSON text. `name` is of the file, for the sentence. Raises IntakeError."""
    try:
        text = data.decode(json.detect_encoding(data), "replace")
        value = json.loads(text)
        return json.loads(storable(json.dumps(value, ensure_ascii=False))) if _HALF.search(text) else value
    except (ValueError, RecursionError) as error:
        raise IntakeError(f"“{name}” is no JSON that can be read; get it again from its publisher.") from error


def _of_page(text: str) -> Iterator[PublishedRow]:
    """Rows of tables, and the paragraphs between them. One pass, whatever is in the page."""
    at, line, begun = 0, 1, 1
    cells: list[str] | None = None
    words: list[str] = []

    def said() -> str:
        plain = " ".join(html.unescape("".join(words)).split())
        words.clear()
        return plain

    while at < len(text):
        opens = text.find("<", at)
        opens = len(text) if opens < 0 else opens
        words.append(text[at:opens])
        line += text.count("\n", at, opens)
        comment = text.startswith("<!--", opens)
        closes = text.find("-->" if comment else ">", opens)
        if closes < 0:
            break
        at = closes + (3 if comment else 1)
        tag = None if comment else _TAG.match(text, opens + 1)
        name = "" if tag is None else tag[0].lower()
        if name in _UNSEEN:
            end = _UNSEEN[name].search(text, at)
            at = len(text) if end is None else end.start()
        line += text.count("\n", opens, at)
        if name == "tr":
            if plain := said():
                yield PublishedRow(begun, (plain,))
            cells, begun = [], line
        elif name in ("td", "th", "/td", "/th") and cells is not None:
            plain = said()
            if name.startswith("/"):
                cells.append(plain)
        elif name in ("/tr", "/table") and cells is not None:
            if any(cells):
                yield PublishedRow(begun, tuple(cells[:COLUMNS_LIMIT]))
            words.clear()
            cells, begun = None, line
        elif name.lstrip("/") in _BLOCKS and cells is None:
            if plain := said():
                yield PublishedRow(begun, (plain,))
            begun = line
        elif name.lstrip("/") in _BLOCKS:
            words.append(" ")
    if plain := said():
        yield PublishedRow(begun, (plain,))
