"""The ZIP of CSV files, photographs and a page to read first that a supplier or the public is given."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from camcensus.intake.pictures import plain_picture
from camcensus.model import frozen
from camcensus.model.addresses import without_addresses
from camcensus.model.device import Evidence
from camcensus.model.errors import DiskError, IntakeError, shown
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import DISCLAIMER, clean, count, long_date, utc_second
from camcensus.store.exchange_file.write import read_names
from camcensus.store.inventory import Inventory
from camcensus.store.sharing import put_in_place
from camcensus.tasks.finding.judging import judged_now
from camcensus.tasks.progress import EVERY, Progress, begun, counted_off
from camcensus.tasks.register.lists import with_own_list
from camcensus.tasks.register.plan import plan
from camcensus.tasks.register.rows import AssetRow, rows
from camcensus.tasks.register.table import Value, cell, entries
from camcensus.tasks.reports.editions import Edition
from camcensus.tasks.reports.foi import foi_csv
from camcensus.tasks.reports.scope import InScope, ReportScope, looked_up
from camcensus.tasks.share.columns import COLUMNS, Audience, stays
from camcensus.tasks.share.staff import Staff

# The CSV files for a supplier and for the public, made from the list of columns that each may have and from nothing else.

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


READ_FIRST = "read-me-first.txt"
_MARK = "Made by Camcensus for "
_FOR = {"supplier": "a supplier", "public": "the public"}
PHOTOS_NOTE = (
    "Photographs may show labels with serial numbers, and with security codes where letters were kept. "
    "Look at each before this file is sent on."
)
SIMULATION = "This is a simulation: these devices are not real."


@frozen
class WrittenZip:
    """A ZIP that is on the disk and was read back: its members, each with its rows (None for a photograph), and its SHA-256.

    `part` says which part of the register it holds, "" for all.
    """

    sha256: str
    size_bytes: int
    members: tuple[tuple[str, int | None], ...]
    photos: int
    part: str


def write_zip(
    inventory: Inventory,
    knowledge: Knowledge,
    path: Path,
    audience: Audience,
    now: datetime,
    *,
    scope: ReportScope,
    photos: bool = True,
    progress: Progress | None = None,
) -> WrittenZip:
    """The file for a supplier or the public. Raises StoreError, and what `progress` raises; then nothing was written."""
    with inventory.as_it_is():
        tables, part = share_tables(inventory, knowledge, audience, scope, now, progress)
        pictures = [*_pictures(inventory, part)] if photos and audience == "supplier" else []
        simulation = any(scan.simulation for scan in inventory.scans()) or inventory.setting("simulation") is not None
        says = Staff(inventory.look(read_names), shown=False).text(part.sentence) if part else ""
        read_first = _read_first(inventory, knowledge, audience, tables, len(pictures), now, says, simulation=simulation)

        def write(draft: BinaryIO) -> None:
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in ((READ_FIRST, read_first), *((one.name, one.data) for one in tables)):
                    archive.writestr(_entry(name, now), data, zipfile.ZIP_DEFLATED)
                for done, (name, load) in enumerate(pictures):
                    if progress is not None:
                        progress(done, len(pictures))
                    archive.writestr(_entry(name, now), load(), zipfile.ZIP_STORED)

        digest, size = put_in_place(
            path, write, is_shared_zip, lambda draft: _read_back(draft, path, 1 + len(tables) + len(pictures))
        )
    members = (*((one.name, one.rows) for one in tables), *((name, None) for name, _ in pictures))
    return WrittenZip(digest, size, members, len(pictures), says)


def is_shared_zip(path: Path) -> bool:
    """Whether a file is a ZIP that was made here."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(READ_FIRST) as page:
            return page.read(200).decode("utf-8-sig", "replace").startswith(_MARK)
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, ValueError, EOFError):
        return False


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    """A member with nothing of this computer in it: no user, no local time, no permissions of ours."""
    entry = zipfile.ZipInfo(name, (now.year, now.month, now.day, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _pictures(inventory: Inventory, part: InScope | None) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Photographs of rows that are here, named by the row: what somebody called the file may name a person."""
    numbers: dict[str, int] = {}
    refs = {one.id: one.ref for one in inventory.assets() if one.in_use and one.kind != "other"}
    for photo in inventory.photos():
        if photo.asset not in refs or (part is not None and photo.asset not in part.entries):
            continue
        ref = re.sub(r"[^A-Za-z0-9_-]", "_", refs[photo.asset])[:40] or "device"
        numbers[ref] = numbers.get(ref, 0) + 1
        name = f"photos/{ref}-{numbers[ref]}"
        picture = inventory.picture(photo.picture)
        suffix = "png" if picture.media == "image/png" else "jpg"
        yield f"{name}.{suffix}", lambda sha256=photo.picture, name=name: _bare(inventory, sha256, name)  # type: ignore[misc]


def _bare(inventory: Inventory, sha256: str, name: str) -> bytes:
    try:
        return plain_picture(inventory.picture(sha256).data, name)
    except IntakeError as error:
        raise DiskError(f"{error} Nothing was written.") from error


def _read_first(
    inventory: Inventory,
    knowledge: Knowledge,
    audience: Audience,
    tables: Sequence[CsvTable],
    photos: int,
    now: datetime,
    part: str,
    *,
    simulation: bool,
) -> bytes:
    lines = [
        f"{_MARK}{_FOR[audience]} on {long_date(now)}",
        f"Organisation: {without_addresses(clean(inventory.body.name))}",
        f"List version: {knowledge.version}",
    ]
    if simulation:
        lines += ["", SIMULATION]
    if part:
        lines += ["", without_addresses(part)]
    lines += ["", "What is in this file"]
    for one in tables:
        lines.append(f"- {one.name}: {count(one.rows, 'row')}, SHA-256 {hashlib.sha256(one.data).hexdigest()}")
        lines.append(f"  Columns: {', '.join(COLUMNS[audience][one.name])}")
    if photos:
        lines.append(f"- photos: {count(photos, 'photograph')}, named by the device's reference. {PHOTOS_NOTE}")
    lines += ["", "What is left out", stays(audience), "", DISCLAIMER, ""]
    return "\r\n".join(lines).encode("utf-8-sig", "replace")


def _read_back(draft: BinaryIO, path: Path, members: int) -> None:
    """Open it again, check each sum, and count what is in it. Raises DiskError."""
    try:
        with zipfile.ZipFile(draft) as archive:
            sound = archive.testzip() is None and len(archive.namelist()) == members
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise DiskError(f"“{shown(path)}” reads back differently from what was written; save it somewhere else.") from error
    if not sound:
        raise DiskError(f"“{shown(path)}” reads back differently from what was written; save it somewhere else.")
