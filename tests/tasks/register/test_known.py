"""How rows are known: by a search, a person, a list, or their recorder alone; in the register, JSON, CSV and exchange file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.asset import KnownBy, ways_said
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import by_hand as rows_by_hand
from camcensus.store.edits import merging
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.documents import inventory_document
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.imports import staff_register as importing
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.table import entries
from camcensus.tasks.register.verbs import HandRow
from camcensus.tasks.share.making import ShareWish, share
from camcensus.wire.read import read
from samples import LATER, NOW, body, observation, packet, scan

AT, THEN = "2026-11-24T10:42:00Z", "2026-12-01T09:00:00Z"
LIST = (
    "Camera no,Make,Model,IP,Recorder,Channel,Picture last checked\n"
    "CAM-101,Hikvision,DS-2CD2143G0-I,10.0.0.5,,,2026-10-01\nCAM-102,Axis,P3245-V,,,,\nCAM-103,,,,REC-001,3,\n"
    "CAM-001,Dahua,IPC-HDW2431T,,,,\n"
)


@pytest.fixture
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path, knowledge: Knowledge, data_dir: Path) -> Iterator[Inventory]:
    """A camera that a search found, a recorder typed by hand with two channels, and a list of four rows, one of them known."""
    one = observation(31, probe="dhip", ask=None, port=None, raw=packet("dhip/camera"), mac="3c:ef:8c:00:00:01")
    seen = (replace(one, reading=read("dhip", None, one.raw)),)
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        register.save_census(made, Census(scan=scan(), observations=seen, verdicts=judge(seen, knowledge)), knowledge, NOW)
        register.do(made, knowledge, hand.add_rows(knowledge, [HandRow(kind="recorder")], "R. Khan"), by="R. Khan", now=NOW)
        recorder = next(one for one in made.assets() if one.ref == "REC-001")
        made.do(rows_by_hand.add_channels(recorder.id, (1, 2)), by="R. Khan", now=NOW)
        path = tmp_path / "cameras.csv"
        path.write_text(LIST)
        plan = importing.preview(made, knowledge, path, data_dir)
        importing.apply(made, knowledge, plan, importing.ImportChoices(), by="R. Khan", now=LATER)
        yield made


def known(inventory: Inventory) -> dict[str, tuple[KnownBy, ...]]:
    return {one.ref: one.known_by for one in inventory.assets()}


def test_each_row_says_what_happened_to_it(inventory: Inventory, knowledge: Knowledge) -> None:
    assert known(inventory) == {
        "CAM-001": (KnownBy("search", "2026-11-24T10:41:02.113Z"), KnownBy("list", THEN, "cameras.csv, row 5")),
        "CAM-002": (), "CAM-003": (),
        "CAM-101": (KnownBy("list", THEN, "cameras.csv, row 2"),),
        "CAM-102": (KnownBy("list", THEN, "cameras.csv, row 3"),),
        "CAM-103": (KnownBy("list", THEN, "cameras.csv, row 4"),),
        "REC-001": (KnownBy("person", AT, "R. Khan"),),
    }  # fmt: skip
    rows = {one.ref: one for one in inventory.assets()}
    assert {ref for ref, one in rows.items() if one.last_seen} == {"CAM-001"}
    assert {ref for ref, one in rows.items() if one.unconfirmed} == {"CAM-002", "CAM-003"}
    assert {ref for ref, one in rows.items() if one.confirmed} == {"CAM-001", "REC-001"}
    said = (
        "Of 7 items, 1 answered a search, 1 was entered or confirmed by a person, 4 are recorded from a list and 2 are reported"
    )
    assert ways_said(known(inventory).values()) == f"{said} by a recorder alone. Some are known in more than one way."
    inventory.do(rows_by_hand.confirm_channels([rows["CAM-002"].id], "S. Ellis"), by="R. Khan", now=LATER)
    register.do(
        inventory, knowledge, hand.read_label(knowledge, rows["CAM-102"].id, basis="maker-letter", manufacturer="axis"),
        by="S. Ellis", now=LATER,
    )  # fmt: skip
    assert known(inventory)["CAM-002"] == (KnownBy("person", THEN, "S. Ellis"),)
    assert known(inventory)["CAM-102"] == (KnownBy("person", THEN, "S. Ellis"), KnownBy("list", THEN, "cameras.csv, row 3"))
    inventory.do(merging.merge(rows["CAM-003"].id, rows["CAM-103"].id), by="R. Khan", now=LATER)
    assert known(inventory)["CAM-003"] == (KnownBy("list", THEN, "cameras.csv, row 4"),)


def test_what_others_read_says_the_same(inventory: Inventory, knowledge: Knowledge, tmp_path: Path) -> None:
    rows = register.rows(inventory, knowledge)
    devices = {one["asset"]["ref"]: one for one in inventory_document(inventory, rows, knowledge)["devices"]}
    assert devices["CAM-101"]["known_by"] == [{"way": "list", "at": THEN, "what": "cameras.csv, row 2"}]
    assert (devices["CAM-101"]["last_seen"], devices["CAM-101"]["addresses"]) == (None, ["10.0.0.5"])
    assert (devices["CAM-002"]["known_by"], devices["REC-001"]["last_seen"]) == ([], None)
    methods = {
        "CAM-001": "search", "CAM-002": "walk", "CAM-003": "walk", "CAM-101": "import", "CAM-102": "import",
        "CAM-103": "import", "REC-001": "walk",
    }  # fmt: skip
    table = {str(one["ref"]): one for one in entries(inventory, rows, knowledge, "2026-12-01")}
    assert {ref: one["seen_by"] for ref, one in table.items()} == methods
    assert {ref for ref, one in table.items() if one.get("last_seen")} == {"CAM-001"}
    path = tmp_path / "for-auditors.camcensus"
    share(inventory, knowledge, path, ShareWish("auditor", "R. Khan"), LATER)
    with sqlite3.connect(path) as db:
        assert dict(db.execute("SELECT ref, method FROM asset")) == methods
        asked = "SELECT ref FROM asset LEFT JOIN device ON device.id = asset.device WHERE device.last_seen IS NOT NULL"
        assert db.execute(asked).fetchall() == [("CAM-001",)]
    db.close()
