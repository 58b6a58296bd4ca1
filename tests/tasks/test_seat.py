"""Makers based in China (our reading), from the register to every paper and file: told apart from listed ones everywhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.knowledge import Knowledge
from camcensus.model.words import BASED, BASED_MEANS, MAY_BE_BASED
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.documents import inventory_document
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.lists import switch_lists
from camcensus.tasks.register.table import register_csv
from camcensus.tasks.reports.foi import checked_request
from camcensus.tasks.tables import inventory_text
from report.reading import read
from report_writing import write
from samples import NOW, body

ROOT = Path(__file__).resolve().parents[2]
STATEMENT = "uk-wms-2022"
LABELS = {"listed": ("Dahua", "IPC-HDW1431T1-S4"), "based": ("Milesight", "MS-C2962-RFPC"), "not-listed": ("Axis", "P3245-LVE")}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "vendors.db")


@pytest.fixture
def path(tmp_path: Path, knowledge: Knowledge) -> Path:
    """A record with three cameras whose labels were read: one listed and based there, one only based there, one neither."""
    made = tmp_path / "a.camcensus"
    with register.new_inventory(made, body(), NOW) as inventory:
        labels = [register.HandRow(brand=brand, model=model, serial=f"S{model}") for brand, model in LABELS.values()]
        register.do(inventory, knowledge, hand.add_rows(knowledge, labels, "R. Khan"), by="Sam Okafor", now=NOW)
    return made


@pytest.fixture
def inventory(path: Path) -> Iterator[Inventory]:
    with register.open_inventory(path, NOW) as opened:
        yield opened


def by_state(inventory: Inventory, knowledge: Knowledge) -> dict[str, register.AssetRow]:
    found = {row.brand: row for row in register.rows(inventory, knowledge)}
    return {state: found[brand] for state, (brand, _) in LABELS.items()}


def test_each_row_says_which_of_the_three_its_maker_is(inventory: Inventory, knowledge: Knowledge) -> None:
    rows = by_state(inventory, knowledge)
    assert {state: row.state for state, row in rows.items()} == {state: state for state in LABELS}
    assert {state: row.based for state, row in rows.items()} == {"listed": True, "based": True, "not-listed": False}
    assert {state: row.named_state for state, row in rows.items()} == {
        "listed": "listed", "based": "not-listed", "not-listed": "not-listed",
    }  # fmt: skip
    assert not any(one.list == STATEMENT for row in rows.values() for one in row.findings)


def test_switched_off_it_is_said_of_nobody_and_what_is_listed_stays(inventory: Inventory, knowledge: Knowledge) -> None:
    inventory.do(switch_lists(knowledge, {STATEMENT: False}, "Governors"), by="R. Khan", now=NOW)
    rows = by_state(inventory, knowledge)
    assert {state: row.state for state, row in rows.items()} == {
        "listed": "listed", "based": "not-listed", "not-listed": "not-listed",
    }  # fmt: skip
    assert not any(row.seat for row in rows.values())
    assert "our reading" not in inventory_text(
        inventory, tuple(rows.values()), knowledge, register.enabled_lists(inventory, knowledge)
    )


def test_the_json_has_listings_that_name_the_maker_and_its_seat_beside(inventory: Inventory, knowledge: Knowledge) -> None:
    rows = by_state(inventory, knowledge)
    devices = inventory_document(inventory, tuple(rows.values()), knowledge)["devices"]
    listed, based, neither = devices
    assert STATEMENT not in {one["list"] for device in devices for one in device["listings"]}
    assert listed["listings"]
    assert listed["seat"] == {
        "country": "China", "source": knowledge.manufacturers["dahua"].seat_source, "reading": STATEMENT,
    }  # fmt: skip
    assert (based["listings"], based["seat"]["country"], based["seat"]["reading"]) == ([], "China", STATEMENT)
    assert (neither["listings"], neither["seat"]) == ([], None)


def test_the_csv_has_a_column_of_its_own(inventory: Inventory, knowledge: Knowledge) -> None:
    rows = by_state(inventory, knowledge)
    data = register_csv(inventory, tuple(rows.values()), knowledge, "2026-11-24T10:42:00Z")
    held = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [(row["list_status"], row["based_in_china"]) for row in held] == [
        ("Listed", BASED), ("Not listed", BASED), ("Not listed", ""),
    ]  # fmt: skip


def test_where_signs_disagree_the_maker_may_be_based_there_and_is_not_said_to_be(
    inventory: Inventory, knowledge: Knowledge
) -> None:
    row = by_state(inventory, knowledge)["listed"]
    unsure = [replace(row, grade=grade) for grade in ("conflicting", "possible")]
    held = csv.DictReader(
        io.StringIO(register_csv(inventory, unsure, knowledge, "2026-11-24T10:42:00Z").decode("utf-8-sig"), newline="")
    )
    assert [one["based_in_china"] for one in held] == [MAY_BE_BASED, MAY_BE_BASED]
    assert [(one.seat_words, one.based) for one in unsure] == [(MAY_BE_BASED, False)] * 2


def test_the_terminal_counts_lists_and_our_reading_apart(inventory: Inventory, knowledge: Knowledge) -> None:
    rows = tuple(by_state(inventory, knowledge).values())
    said = inventory_text(inventory, rows, knowledge, register.enabled_lists(inventory, knowledge))
    assert "  uk-mps-2022: 1 of 3." in said
    assert f"{BASED}: 2 of 3." in said
    assert f"  {STATEMENT}:" not in said


@pytest.mark.parametrize("kind", ["plan", "register", "summary", "evidence", "foi"])
def test_every_paper_that_counts_tells_both_apart_and_says_what_our_reading_is(
    inventory: Inventory, knowledge: Knowledge, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "a.pdf"
    write(kind, inventory, knowledge, out, request=checked_request("", None), now=NOW)
    words = read(out.read_bytes()).words
    assert BASED_MEANS in words
    assert "(our reading)" in words.replace(BASED_MEANS, "")
    apart = {
        "plan": "1 of 3 cameras is made by another maker, based in China (our reading): 1 by ",
        "register": BASED,
        "summary": "1 camera is made by another maker, based in China (our reading).",
        "evidence": BASED,
        "foi": "2 cameras by makers based in China, by our reading (no list: it names no company) of ",
    }
    assert apart[kind] in words
