"""The register as a table for a spreadsheet: CSV, and XLSX with typed dates and numbers. Importing either changes nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from camcensus.model.asset import Body, PlaceKind, Vendor, methods_of
from camcensus.model.device import FLAWS
from camcensus.model.knowledge import Knowledge
from camcensus.model.official_ids import ID_FOR_TYPE, OFFICIAL_IDS
from camcensus.model.tags import OF_COLUMN, PLAIN
from camcensus.model.words import GRADE_SHORT, clean
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written, write_through
from camcensus.tasks.register.care import short
from camcensus.tasks.register.rows import LIST_WORDS, AssetRow

COLUMNS = (
    "record_id", "body_name", "body_code", "ref", "kind", "site", "building", "floor", "room_or_area", "inside_outside",
    "purpose", "camera_type", "made_by", "made_by_certainty", "sold_as", "model", "serial", "firmware", "ip", "mac",
    "connected_to_ref", "installed_date", "install_date_basis", "purchase_cost_gbp", "supplier", "contract_end", "owner",
    "maintainer", "retention_days", "analytics", "first_seen", "last_seen", "last_picture_check", "seen_by", "list_status",
    "list_version", "decision", "decision_by", "decision_date", "notes", "as_at", "channel", "contract_number",
    "picture_checked_by", "status", "decision_why", "decision_review_on", "decision_year", "dpia_ref", "ownership", "tags",
    "based_in_china", "flaws_and_support", "known_flaws", "core_network", "core_network_on", "core_network_by",
    "internet_reachable", "internet_reachable_on", "internet_reachable_by", *(field.column for field in PLAIN),
)  # fmt: skip

_OF_ASSET = ("ref", "kind", "first_seen", "last_seen", "status", "notes")
"""Columns that an asset has by the same name, besides its fields."""

_LEVELS: Mapping[PlaceKind, str] = {"site": "site", "building": "building", "floor": "floor", "room": "room_or_area"}
_LONG = ("notes", "decision_why")
_LONG_CHARACTERS, _SHORT_CHARACTERS = 10_000, 1_000
_COMPUTED = re.compile(r"'*\s*[=+\-@\t\r\0＝＋－＠]")
"""What a spreadsheet would compute, after blanks and in wide signs too; or what begins with our mark against that already."""

NOT_OURS = "not ours"
"""Stands in the owner's column where a device is not ours and nobody has said whose it is."""

Value = str | int | None


def cell(name: str, value: Value) -> str:
    """A value as a cell of a CSV for the column of that name: nothing that a spreadsheet would compute."""
    return "" if value is None else _guarded(_written(name, value))


def register_csv(inventory: Inventory, rows: Sequence[AssetRow], knowledge: Knowledge, as_at: str) -> bytes:
    """The register as CSV: UTF-8 with a mark, CRLF, ISO dates; a text that a spreadsheet would compute gets a leading '."""
    text = io.StringIO(newline="")
    text.write(",".join(COLUMNS) + "\r\n")
    # All in quotation marks: a spreadsheet that takes another delimiter finds no cell that begins inside a text.
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for entry in entries(inventory, rows, knowledge, as_at):
        writer.writerow({name: _guarded(_written(name, value)) for name, value in entry.items() if value is not None})
    return text.getvalue().encode("utf-8-sig", "replace")


def write_register_xlsx(
    inventory: Inventory, rows: Sequence[AssetRow], knowledge: Knowledge, as_at: str, path: Path
) -> Written:
    """The same as XLSX at `path`, whole or not at all: headings that stay in view, dates and numbers as such, texts as texts.

    Raises DiskError. `pages` counts rows.
    """
    return write_through(path, lambda: (register_xlsx(inventory, rows, knowledge, as_at), len(rows)))


def register_xlsx(inventory: Inventory, rows: Sequence[AssetRow], knowledge: Knowledge, as_at: str) -> bytes:
    """The register as the bytes of an XLSX."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
    }  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    # The file says nothing of who wrote it, and is the same for the same register.
    book.set_properties({"created": datetime.fromisoformat(as_at).replace(tzinfo=None)})
    sheet = book.add_worksheet("Register")
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day, moment = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    money, wrapped = book.add_format({"num_format": "£#,##0.00"}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, name in enumerate(COLUMNS):
        sheet.write_string(0, place, name, heading)
        sheet.set_column(place, place, 38 if name in ("record_id", *_LONG) else max(10, min(26, len(name) + 3)))
    sheet.freeze_panes(1, 0)
    for number, entry in enumerate(entries(inventory, rows, knowledge, as_at), 1):
        for place, name in enumerate(COLUMNS):
            value = entry.get(name)
            if value is None or value == "":
                continue
            if name in _MONEY:
                sheet.write_number(number, place, int(value) / 100, money)
            elif isinstance(value, int):
                sheet.write_number(number, place, value)
            elif name in _DATES and (at := _moment(value)) is not None:
                sheet.write_datetime(number, place, at, day if len(value) == 10 else moment)
            else:
                sheet.write_string(number, place, _written(name, value), wrapped if name in _LONG else None)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    book.close()
    return out.getvalue()


_MONEY = frozenset(name for name, field in OF_COLUMN.items() if field.kind == "money")
_DATES = frozenset(
    (
        *(name for name, field in OF_COLUMN.items() if field.kind in ("date", "part-date")),
        "contract_end", "first_seen", "last_seen", "decision_date", "decision_review_on", "as_at",
    )
)  # fmt: skip


def _moment(value: str) -> datetime | None:
    """A whole date, or a date and time (UTC); None for a year or a month alone."""
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None) if len(value) >= 10 else None
    except ValueError:
        return None


def entries(
    inventory: Inventory, rows: Sequence[AssetRow], knowledge: Knowledge, as_at: str, *, whole: bool = True
) -> Iterator[dict[str, Value]]:
    """The rows, each by column; a column that says nothing of a row is missing there.

    `whole` is what takes the whole answer of each, which takes longer to build than all the rest: "analytics".
    """
    firms = {firm.id: firm for firm in inventory.vendors()}
    levels: dict[str, dict[str, str]] = {}
    for place in inventory.places():
        levels[place.id] = {**levels.get(place.parent or "", {}), _LEVELS[place.kind]: place.name}
    methods = methods_of([row.asset for row in rows])
    name, code = inventory.body.name, body_code(inventory.body)
    for row in rows:
        asset = row.asset
        entry = _entry(row, firms, knowledge, whole=whole) | levels.get(asset.place or "", {})
        seen = methods[asset.id]
        yield entry | {"body_name": name, "body_code": code, "seen_by": seen, "list_version": knowledge.version, "as_at": as_at}


def body_code(body: Body) -> str | None:
    """The official number of an organisation: the one its kind goes by first, else any."""
    first = ID_FOR_TYPE.get(body.kind.type)
    names = (first, *OFFICIAL_IDS) if first else OFFICIAL_IDS
    return next((number for name in names if (number := getattr(body, name))), None)


def _entry(row: AssetRow, firms: Mapping[str, Vendor], knowledge: Knowledge, *, whole: bool) -> dict[str, Value]:
    asset, decision = row.asset, row.asset.decision
    firm = firms.get(asset.maintainer or asset.seller or "")
    entry: dict[str, Value] = {
        **{name: getattr(asset, name) for name in _OF_ASSET},
        **{name: getattr(asset, field.name) for name, field in OF_COLUMN.items()},
        "record_id": asset.id, "connected_to_ref": asset.connected_ref, "supplier": asset.seller_name,
        "maintainer": asset.maintainer_name, "contract_end": firm.contract_end if firm else None,
        "contract_number": firm.contract_number if firm else None,
        "owner": asset.owner or (NOT_OURS if asset.ownership == "not-ours" else None),
        "tags": "; ".join(asset.tags), "list_status": LIST_WORDS[row.named_state],
        "based_in_china": row.seat_words or None, "flaws_and_support": short(row.care) or None,
    }  # fmt: skip
    if decision is not None:
        entry |= {
            "decision": decision.what, "decision_by": decision.by, "decision_date": decision.at, "decision_why": decision.why,
            "decision_review_on": decision.review_on, "decision_year": decision.year,
        }  # fmt: skip
    if row.judged:
        entry |= {
            "made_by": knowledge.name_of(row.maker) if row.maker else None, "made_by_certainty": GRADE_SHORT[row.grade],
            **{name: getattr(row, name) for name in ("model", "serial", "firmware", "mac")}, "sold_as": row.brand,
            "known_flaws": " ".join(name for one in row.care if one.kind in FLAWS for name in one.flaws) or None,
            "ip": " ".join(row.addresses), "analytics": _analytics(row) if whole else None,
        }  # fmt: skip
    return entry


def _analytics(row: AssetRow) -> str | None:
    """What its pictures can be searched for, each with whether that is on: "face-detection on; mask able"."""
    found = row.verdict.capabilities if row.verdict else ()
    return "; ".join(f"{one.capability} {one.state}" for one in found if one.state != "unknown") or None


def _written(name: str, value: str | int) -> str:
    """A value as text: pence as pounds; hidden characters shown, the ends of lines of a long text kept."""
    if isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}" if name in _MONEY else str(value)
    if name not in _LONG:
        return clean(value, _SHORT_CHARACTERS)
    lines = value.replace("\r\n", "\n").split("\n")
    return "\n".join(clean(line, _LONG_CHARACTERS) for line in lines)[:_LONG_CHARACTERS]


def _guarded(text: str) -> str:
    """Device names are an attacker's text: a spreadsheet must not take one for a formula."""
    return f"'{text}" if _COMPUTED.match(text) else text
