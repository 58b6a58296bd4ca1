"""The list of the organisations you asked: a spreadsheet with one row a body, with the official numbers and its kind."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from camcensus.intake.csv_rows import CsvRows
from camcensus.intake.decoding import text_of
from camcensus.intake.delimited import DELIMITERS, refuse_long
from camcensus.intake.registers import FILE_LIMIT_BYTES
from camcensus.intake.sheets import OLE, cell_text, read_book
from camcensus.model import frozen
from camcensus.model.body_kinds import kind_spelled
from camcensus.model.errors import IntakeError, disk_error, open_file, shown
from camcensus.model.official_ids import OFFICIAL_IDS, official_id
from camcensus.model.words import clean
from camcensus.planning.foi_counts import NAMED
from camcensus.registers.answer_columns import asks_in, maker_names
from camcensus.store.rollup.bodies import SIZES
from camcensus.store.rollup.whose import ExpectedBody

HEADING_ROWS = 20
ROWS_LIMIT = 200_000
PROBLEMS_SAID = 20

_HEADINGS: dict[str, str] = {
    "name": r"(?:body|organisation|organization|establishment|school|trust|council|authority|company|force)?name|body"
    r"|organisation|organization|lad[0-9]{2}nm|cty[0-9]{2}nm|utla[0-9]{2}nm|ltla[0-9]{2}nm",
    "type": r"(?:body|organisation|establishment)?type|kind|sector|typeofestablishmentname|phaseofeducationname",
    "urn": r"(?:school)?urn",
    "ods": r"ods(?:code)?|orgid|organisationcode|orgcode|trustcode",
    "gss": r"gss(?:code)?|lad[0-9]{2}cd|cty[0-9]{2}cd|utla[0-9]{2}cd|ltla[0-9]{2}cd|onscode",
    "company_no": r"company(?:no|number|registrationnumber)|companieshouse(?:no|number)?|crn",
    "expected_cameras": r"(?:expected|number|noof|approx)(?:of)?(?:no|number)?(?:of)?cameras|cameras(?:expected)?",
    "region": r"region(?:name)?|gorname|governmentofficeregion|rgn[0-9]{2}nm",
    "pupils": r"(?:number|no)?(?:of)?pupils|numberonroll",
    "beds": r"(?:number|no)?(?:of)?beds",
    "population": r"population|residents",
}
"""What a column is by its heading, letters and digits only, in lower case: ours, and those of public registers."""


@frozen
class BodyList:
    """The bodies of a list, and a sentence for each row that could not be read. `answers` are headings of what was answered."""

    bodies: tuple[ExpectedBody, ...]
    problems: tuple[str, ...]
    answers: tuple[str, ...] = ()


def read_bodies(path: Path) -> BodyList:
    """Read a list of organisations from CSV, XLSX, XLS or ODS. Raises IntakeError where there is no such list in it."""
    try:
        with open_file(path) as stream:
            data = stream.read(FILE_LIMIT_BYTES + 1)
    except OSError as error:
        raise IntakeError(str(disk_error(path, error))) from error
    name = shown(path)
    if len(data) > FILE_LIMIT_BYTES:
        raise IntakeError(f"“{name}” is longer than {FILE_LIMIT_BYTES >> 20} MiB; give the list of organisations alone.")
    best: BodyList | None = None
    for rows in _tables(data, name):
        found = _read(_counted(rows, name))
        if found is not None and (best is None or len(found.bodies) > len(best.bodies)):
            best = found
    if best is None or not best.bodies:
        raise IntakeError(
            f"“{name}” is no list of organisations: give each one a row, with the headings name, type and urn, ods, gss or "
            "company_no."
        )
    return best


def _tables(data: bytes, name: str) -> Iterator[Iterable[Sequence[str]]]:
    if data.startswith((b"PK\x03\x04", OLE)):
        for sheet in read_book(data, name):
            yield ([cell_text(cell) for cell in row] for row in sheet.rows)
        return
    text = text_of(data)
    refuse_long(text, name)
    yield CsvRows(text.splitlines(), name, max(DELIMITERS, key=text[:4096].count))


def _counted(rows: Iterable[Sequence[str]], name: str) -> Iterator[Sequence[str]]:
    """Rows one after the other: of a register of all schools, all of them together would take ten times its length."""
    try:
        for number, cells in enumerate(rows):
            if number >= ROWS_LIMIT + HEADING_ROWS:
                raise IntakeError(f"“{name}” has more than {ROWS_LIMIT:,} rows; give the list of organisations alone.")
            yield cells
    except csv.Error as error:
        raise IntakeError(f"“{name}” is no table; give CSV, XLSX, XLS or ODS.") from error


def _read(rows: Iterator[Sequence[str]]) -> BodyList | None:
    found = None
    for at, cells in enumerate(islice(rows, HEADING_ROWS), 1):
        columns = _columns(cells)
        if "name" in columns:
            found = replace(_below(rows, columns, at + 1), answers=_answers(cells, columns))
            break
    deque(rows, maxlen=0)  # to the last, as a list that is too long is refused
    return found


def _columns(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells[:200]):
        plain = re.sub(r"[^a-z0-9]", "", cell[:80].lower())
        for name, pattern in _HEADINGS.items():
            if name not in found and re.fullmatch(pattern, plain):
                found[name] = place
                break
    return found


def _answers(cells: Sequence[str], columns: dict[str, int]) -> tuple[str, ...]:
    """Headings that ask something of an organisation, and are not read here."""
    makers = maker_names({name: (name,) for name in NAMED})
    left = [cell for at, cell in enumerate(cells[:200]) if at not in columns.values()]
    asks = (cell for cell in left if cell.strip().endswith("?") or asks_in(cell, makers) is not None)
    return tuple(clean(cell, 60) for cell in asks if cell.strip())


def _number(text: str | None, what: str, digits: int) -> int | None:
    """A whole number, thousands parted by commas or not; None for nothing. Raises ValueError."""
    plain = (text or "").replace(",", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= digits):
        raise ValueError(f"“{clean(text or '', 30)}” is no {what}.")
    return int(plain)


def _below(rows: Iterable[Sequence[str]], columns: dict[str, int], first: int) -> BodyList:
    bodies, problems = [], []
    for number, cells in enumerate(rows, first):
        said = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
        if not any(said.values()):
            continue
        try:
            if not said.get("name"):
                raise ValueError("It has no name.")
            ids = {kind: official_id(kind, said.get(kind)) for kind in OFFICIAL_IDS}
            region = clean(said.get("region") or "", 80) or None
            sizes = {name: _number(said.get(name), f"number ({name})", 9) for name in SIZES}
            bodies.append(
                ExpectedBody(
                    name=clean(said["name"], 200),
                    type=kind_spelled(clean(said.get("type") or "other", 80)),
                    ids={kind: value for kind, value in ids.items() if value is not None},
                    expected_cameras=_number(said.get("expected_cameras"), "number of cameras", 6),
                    region=region,
                    **sizes,
                )
            )
        except ValueError as error:
            problems.append(f"Row {number} of the list was left out: {error}")
    if len(problems) > PROBLEMS_SAID:
        problems = [*problems[:PROBLEMS_SAID], f"And {len(problems) - PROBLEMS_SAID} more rows."]
    return BodyList(tuple(bodies), tuple(problems))
