"""What takes an edit back stands in the file: undo and redo take only steps of ours, on tables of ours."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from camcensus.model.errors import StoreError
from camcensus.store.edits import placing, tagging
from camcensus.store.inventory import Inventory, create_inventory, open_inventory
from camcensus.store.keeping import SavedDevice
from samples import LATER, NOW, body, scan, verdict

ROW, OTHER = "row-1", "row-2"


def steps(do: Any, table: Any, keys: Any, values: Any) -> str:
    return json.dumps([[do, table, keys, values]], ensure_ascii=False, separators=(",", ":"))


STRANGE = {
    "no table of ours": steps("set", "nosuch", [ROW], {"notes": "x"}),
    "a table of SQLite": steps("delete", "sqlite_schema", [1], {}),
    "a list for a table": steps("set", ["asset"], [ROW], {"notes": "x"}),
    "no deed of ours": steps("drop", "asset", [ROW], {}),
    "a row with no key": steps("insert", "asset", [], {"ref": "X"}),
    "two rows of one": steps("insert", "asset", ["x", "y"], {"ref": "X"}),
    "a key too short": steps("set", "device_key", [["a"]], {"trust": "strong"}),
    "no values": steps("set", "asset", [ROW], None),
    "a list for values": steps("set", "asset", [ROW], ["notes"]),
    "a list for a text": steps("set", "asset", [ROW], {"notes": ["x"]}),
    "a number beyond SQLite's": steps("set", "asset", [ROW], {"cost_pence": 10**30}),
    "half a character": '[["set","asset",["row-1"],{"notes":"\\ud800"}]]',
    "a step too short": '[["set","asset"]]',
    "an empty step": "[[]]",
    "a number without end": f'[["set","asset",["row-1"],{{"cost_pence":1{"0" * 4400}}}]]',
    "a circle of rows": steps("set", "asset", [ROW], {"connected_to": ROW}),
    "a list of makers that is none": steps("insert", "setting", ["own_list"], {"value": "5"}),
    "brands that are none": steps("insert", "setting", ["own_brands"], {"value": '{"a":1}'}),
}
HARMLESS = {
    "columns of a later program": steps("set", "asset", [ROW], {"nosuch": 1}),
    "nothing of a row": steps("set", "asset", [ROW], {}),
    "no row": steps("set", "asset", [], {"notes": "x"}),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "school.camcensus"
    with create_inventory(path, body(), now=NOW) as inventory:
        kept = [
            SavedDevice(
                id=f"device-{at}", new=True, device=verdict(at).device, verdict=verdict(at), outcome="Camera", prefix="CAM",
                matched="New.",
            )
            for at in (1, 2)
        ]  # fmt: skip
        inventory.keep(scan(), [], kept, NOW)
        inventory.do(placing.add_place("site", "Elm Park", None), by="A", now=NOW)
        inventory.do(tagging.set_tags([inventory.assets()[0].id], {"purpose": "Gate"}), by="A", now=NOW)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE asset SET id = 'row-' || rowid")
        db.execute("UPDATE place SET id = 'place-1'")
        db.commit()
    return path


def saying(path: Path, text: str, *, undone: bool) -> Inventory:
    with contextlib.closing(sqlite3.connect(path)) as db:
        change = "(SELECT max(id) FROM change)"
        if undone:
            db.execute(f"UPDATE change SET steps = ?, undone_at = '2026-11-24T10:00:00Z' WHERE id = {change}", [text])
        else:
            db.execute(f"UPDATE change SET inverse = ? WHERE id = {change}", [text])
        db.commit()
    return open_inventory(path)


@pytest.mark.parametrize("undone", [False, True])
@pytest.mark.parametrize("name", [*STRANGE, *HARMLESS])
def test_what_we_never_note_is_a_sentence_and_changes_nothing(path: Path, name: str, undone: bool) -> None:
    with saying(path, STRANGE.get(name) or HARMLESS[name], undone=undone) as inventory:
        before = inventory.assets(), inventory.places(), inventory.changes()
        with contextlib.nullcontext() if name in HARMLESS else pytest.raises(StoreError):
            if undone:
                inventory.redo()
            else:
                inventory.undo(LATER)
        assert (inventory.assets(), inventory.places()) == before[:2]
        if name in STRANGE:
            assert inventory.changes() == before[2]
    with open_inventory(path, readonly=True) as inventory:
        inventory.own_list()
        inventory.own_brands()
