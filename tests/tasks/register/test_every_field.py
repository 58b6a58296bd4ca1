"""Every declared field of an entry, by every way in and every way out: one that is added to the declaration is carried too."""

from __future__ import annotations

import contextlib
import csv
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from camcensus.model.asset import Asset
from camcensus.model.knowledge import Knowledge
from camcensus.model.tags import FIELDS, OF_COLUMN, PLAIN, TagField, TagValue, checked, in_words
from camcensus.report.register import PRINTED
from camcensus.store.edits import merging, tagging
from camcensus.store.exchange_file.schema import TABLES
from camcensus.store.inventory import Inventory
from camcensus.tasks import documents
from camcensus.tasks.imports import staff_register as importing
from camcensus.tasks.imports.staff_register import ImportChoices
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.history import cells_of
from camcensus.tasks.register.table import register_csv, register_xlsx
from camcensus.tasks.rollup import taking
from camcensus.tasks.share.columns import COLUMNS
from camcensus.tasks.share.making import ShareWish, share
from report.reading import read
from report_estate import knowledge
from report_writing import write
from samples import LATER, NOW, body

LISTED = {name: field for name, field in OF_COLUMN.items() if name != "channel"}
"""A channel goes with the recorder that a list names; both have tests of their own."""
NOT_IN_JSON = {"picture_checked_by", "seller", "maintainer", "connected_to"}
"""The name of a member of staff; and what is given by its name, not by its id."""
NOT_FOR_AUDITORS = {"action", "owner", "picture_checked_by", "notes", "ask_installer", "ask_note"}


def typed(field: TagField) -> str:
    """What a person types, another for each field."""
    at = list(FIELDS).index(field.name)
    return {
        "choice": next(iter(field.choices.values()), ""), "days": str(31 + at), "number": str(1 + at), "yes-no": "yes",
        "date": f"{at + 1:02d}/10/2026", "part-date": f"{at % 12 + 1:02d}/{2000 + at}", "money": f"{100 + at}.50",
    }.get(field.kind, f"Words {at}")  # fmt: skip


SAID: dict[str, TagValue] = {field.name: checked(field.name, typed(field)) for field in LISTED.values()}


def said_of(asset: Asset) -> dict[str, object]:
    return {name: getattr(asset, name) for name in SAID}


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture
def inventory(tmp_path: Path, known: Knowledge) -> Iterator[Inventory]:
    """CAM-001 of which everything was said in one edit, CAM-002 of which nothing was."""
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        rows = [hand.HandRow(brand="Dahua", model="X"), hand.HandRow(brand="Axis", model="Y")]
        added = register.do(made, known, hand.add_rows(known, rows, "A"), by="A", now=NOW)
        first = next(one.id for one in made.assets() if one.ref == "CAM-001")
        assert first in added.assets
        register.do(
            made, known, tagging.set_tags([first], {field.name: typed(field) for field in LISTED.values()}), by="A", now=NOW
        )
        yield made


def table(inventory: Inventory, known: Knowledge) -> bytes:
    return register_csv(inventory, register.rows(inventory, known), known, "2026-11-24T10:42:00Z")


def test_an_edit_and_a_row_by_hand_say_every_field(inventory: Inventory, known: Knowledge) -> None:
    assert said_of(inventory.assets()[0]) == SAID
    values = {field.name: typed(field) for field in LISTED.values()}
    register.do(inventory, known, hand.add_rows(known, [hand.HandRow(values=values)], "A"), by="A", now=LATER)
    assert said_of(inventory.assets()[2]) == SAID


def test_the_edit_is_told_and_taken_back_field_by_field(inventory: Inventory) -> None:
    told = {cell.title: cell.is_now for cell in cells_of(inventory, inventory.changes()[0].id)}
    assert told == {field.title: in_words(field, SAID[field.name]) for field in LISTED.values()}
    inventory.undo(LATER)
    assert set(said_of(inventory.assets()[0]).values()) == {None}


def test_two_rows_merged_keep_every_field(inventory: Inventory, known: Knowledge) -> None:
    full, empty = inventory.assets()
    shown = {fact.title for fact in register.merge_preview(inventory, empty.id, full.id).facts}
    assert shown >= {field.title for field in LISTED.values() if not field.follows}
    register.do(inventory, known, merging.merge(empty.id, full.id), by="A", now=LATER)
    assert said_of(inventory.assets()[0]) == SAID


@pytest.mark.parametrize("by_title", [True, False])
def test_a_list_says_every_field_by_its_title_and_by_our_name(
    inventory: Inventory, known: Knowledge, data_dir: Path, by_title: bool
) -> None:
    text, path = io.StringIO(), inventory.path.with_name("list.csv")
    writer = csv.writer(text)
    writer.writerow(["Ref", *(field.title if by_title else name for name, field in LISTED.items())])
    writer.writerow(["CAM-002", *map(typed, LISTED.values())])
    path.write_text(text.getvalue(), encoding="utf-8")
    plan = importing.preview(inventory, known, path, data_dir)
    assert [guess.field for guess in plan.mapping] == ["ref", *LISTED]
    assert plan.problems == ()
    shown = {change.title: change.is_now for change in plan.rows[0].changes}
    assert shown == {field.title: in_words(field, SAID[field.name]) for field in LISTED.values()}
    importing.apply(inventory, known, plan, ImportChoices(), "A", LATER)
    assert said_of(inventory.assets()[1]) == SAID


def test_tables_and_json_say_every_field(inventory: Inventory, known: Knowledge, data_dir: Path) -> None:
    content = table(inventory, known).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(content, newline="")))
    assert {name for name in LISTED if not row[name]} == set()
    assert {checked(field.name, row[name]) for name, field in LISTED.items()} == set(SAID.values())
    for name, written in (
        ("a.csv", content.encode()),
        ("a.xlsx", register_xlsx(inventory, register.rows(inventory, known), known, "2026-11-24T10:42:00Z")),
    ):
        path = inventory.path.with_name(name)
        path.write_bytes(written)
        plan = importing.preview(inventory, known, path, data_dir)
        assert [one.changes for one in plan.rows] == [(), ()]
    (first, _) = documents.inventory_document(inventory, register.rows(inventory, known), known)["devices"]
    document = first["asset"]
    nested = {f"{name}{end}": document[name][key] for name in ("core_network", "internet_reachable") for key, end in ENDS}
    assert {name: (document | nested)[name] for name in SAID if name not in NOT_IN_JSON} == {
        name: value for name, value in SAID.items() if name not in NOT_IN_JSON
    }


ENDS = (("answer", ""), ("on", "_on"), ("by", "_by"))


def test_an_auditors_file_says_every_field_and_adds_up(
    inventory: Inventory, known: Knowledge, tmp_path: Path, data_dir: Path
) -> None:
    assert set(FIELDS) - set(TABLES["asset"].columns) == NOT_FOR_AUDITORS
    path = tmp_path / "for auditors.camcensus"
    share(inventory, known, path, ShareWish("auditor", "A"), NOW, key_folder=tmp_path / "keys")
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        row = db.execute("SELECT * FROM asset WHERE ref = 'CAM-001'").fetchone()
        by = {f"{name}_by" for name in ("core_network", "internet_reachable")}
        names = SAID.keys() - NOT_FOR_AUDITORS - by
        assert {name: row[name] for name in names} == {name: SAID[name] for name in names}
        assert all(row[name] for name in by)
    with taking.open_for_taking(tmp_path / "a.camrollup", data_dir, known, NOW) as rollup:
        (taken,) = taking.take_in(rollup, [path], known, NOW).files
        assert taken.state == "accepted"


def test_a_plain_field_is_printed_and_is_given_to_nobody_who_is_not_named(
    inventory: Inventory, known: Knowledge, tmp_path: Path
) -> None:
    write("register", inventory, known, tmp_path / "register.pdf", now=NOW)
    text = " ".join(read((tmp_path / "register.pdf").read_bytes()).root.words.split())
    assert {field.title for field in PRINTED if field.title not in text} == set()
    assert {in_words(field, SAID[field.name]) for field in PLAIN if in_words(field, SAID[field.name]) not in text} == set()
    assert {field.column for field in PLAIN}.isdisjoint(
        column for files in COLUMNS.values() for some in files.values() for column in some
    )
