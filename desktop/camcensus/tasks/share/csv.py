"""The CSV files for a supplier and for the public, made from the list of columns that each may have and from nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from camcensus.model.addresses import without_addresses
from camcensus.model.device import Evidence
from camcensus.model.frozen import frozen
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import utc_second
from camcensus.store.exchange_file.write import read_names
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.judging import judged_now
from camcensus.tasks.progress import EVERY, Progress, begun, counted_off
from camcensus.tasks.register.lists import with_own_list
from camcensus.tasks.register.plan import plan
from camcensus.tasks.register.rows import AssetRow, rows
from camcensus.tasks.register.table import Value, cell, entries
from camcensus.tasks.reports.editions import Edition
from camcensus.tasks.reports.foi import foi_csv
from camcensus.tasks.reports.scope import InScope, ReportScope, looked_up
from camcensus.tasks.share.columns import COLUMNS, Audience
from camcensus.tasks.share.staff import Staff

_WRITTEN = frozenset({"site", "building", "floor", "room_or_area", "purpose"})
"""Columns with what somebody wrote, where a name of staff may stand."""
_LINKS = frozenset({"source_url"})


@frozen
class CsvTable:
    """A CSV file: its name in the ZIP, its bytes, and how many rows it has besides the headings."""

    name: str
    data: bytes
    rows: int


def edition_for(audience: Audience) -> Edition:
    """What readers of a file are given in words, as on paper."""
    return Edition(audience if audience in ("public", "supplier") else "internal")


def share_tables(
    inventory: Inventory,
    knowledge: Knowledge,
    audience: Audience,
    scope: ReportScope,
    now: datetime,
    progress: Progress | None,
) -> tuple[tuple[CsvTable, ...], InScope | None]:
    """The tables for an audience, and the part of the register that they hold, None for all of it.

    Raises StoreError where there is no such part, and what `progress` raises.
    """
    known = with_own_list(inventory, knowledge)
    register = rows(inventory, known, judged_now(inventory, known), progress=progress)
    part = looked_up(scope, inventory, knowledge, register, now=now, edition=edition_for(audience))
    if audience == "public":
        data, number = foi_csv(inventory, known, register, now, progress, scope=part)
        return (CsvTable("foi_public.csv", data, number),), part
    columns = COLUMNS[audience]
    here = register if part is None else part.of(register)
    made = []
    for name, values in (
        ("devices.csv", _devices(inventory, here, known, now, progress)),
        ("plan.csv", _plan(inventory, knowledge, register, now, progress, part)),
        ("evidence.csv", _evidence(here, known, progress)),
    ):
        made.append(_table(name, columns[name], values))
    return tuple(made), part


def _table(name: str, columns: tuple[str, ...], values: Iterable[Mapping[str, Value]]) -> CsvTable:
    """UTF-8 with a mark, CRLF, one row of headings; only `columns`, whatever else a row holds."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    number = 0
    for row in values:
        writer.writerow([_without_addresses(column, cell(column, row.get(column))) for column in columns])
        number += 1
    return CsvTable(name, text.getvalue().encode("utf-8-sig", "replace"), number)


def _without_addresses(column: str, shown: str) -> str:
    return shown if column in _LINKS else without_addresses(shown)


def _devices(
    inventory: Inventory, register: tuple[AssetRow, ...], knowledge: Knowledge, now: datetime, progress: Progress | None
) -> Iterator[Mapping[str, Value]]:
    here = [row for row in register if row.asset.kind != "other"]
    staff = Staff(inventory.look(read_names), shown=False)
    for done, row in enumerate(entries(inventory, here, knowledge, utc_second(now), whole=False)):
        if progress is not None and done % EVERY == 0:
            progress(done, len(here))
        yield {name: _told(name, value, staff) for name, value in row.items()}


def _told(column: str, value: Value, staff: Staff) -> Value:
    """The value without names of staff, where somebody wrote it."""
    return staff.text(value) if column in _WRITTEN and isinstance(value, str) else value


def _plan(
    inventory: Inventory,
    knowledge: Knowledge,
    register: tuple[AssetRow, ...],
    now: datetime,
    progress: Progress | None,
    part: InScope | None,
) -> Iterator[Mapping[str, Value]]:
    refs = {row.asset.id: row.asset.connected_ref for row in register}
    begun(progress)
    for item in plan(inventory, knowledge, now, register=register).items:
        if part is not None and item.asset not in part.entries:
            continue
        yield {
            "ref": item.ref, "priority": item.priority, "option": item.option, "quantity": item.quantity,
            "financial_year": item.year, "depends_on_ref": refs.get(item.asset),
        }  # fmt: skip


def _evidence(register: tuple[AssetRow, ...], knowledge: Knowledge, progress: Progress | None) -> Iterator[Mapping[str, Value]]:
    """The signs about makers and brands, without what a device sent: what they suggest, and who says that they do."""
    for row in counted_off(register, progress):
        verdict = row.verdict
        if verdict is None or row.asset.kind == "other":
            continue
        for sign in verdict.attribution.evidence:
            if sign.role not in ("manufacturer", "brand"):
                continue
            source = knowledge.sources.get(sign.source)
            yield {
                "ref": row.asset.ref, "sign_type": f"{sign.family} {sign.group}", "suggests_maker": _suggests(sign, knowledge),
                "direction": "for" if sign.supports else "against", "strength": sign.strength,
                "source_name": source.title if source else "", "source_date": source.date if source else "",
                "source_url": source.url if source else "",
            }  # fmt: skip


def _suggests(sign: Evidence, knowledge: Knowledge) -> str:
    """A name that we know, never what somebody wrote."""
    if sign.role == "brand":
        return knowledge.brand_names.get(sign.subject, "")
    makers = (knowledge.manufacturers.get(one) for one in sign.subjects or (sign.subject,))
    return " or ".join(maker.name for maker in makers if maker)
