"""The command `import`: a list into an inventory, its JSON, its exit status, and the tables that `show` writes for it."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from books import xls, xlsx
from camcensus.cli import imports
from camcensus.cli import run as run_cli
from camcensus.store import backups
from camcensus.store.edits import by_hand, settings
from camcensus.store.edits.by_hand import NewRow
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.imports import staff_register
from camcensus.tasks.register import recheck
from camcensus.tasks.register import verbs as register
from samples import NOW, body

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], data_dir: Path) -> Run:
    def call(*argv: object) -> tuple[int, str, str]:
        status = run_cli([str(one) for one in argv], data_dir=lambda: data_dir, window=lambda *_: 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:
        inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by="A", now=NOW)
    return tmp_path / "a.camcensus"


def written(folder: Path, content: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def document(out: str, data_dir: Path) -> Any:
    schema = json.loads((data_dir / "resources" / "schema" / "import.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    found = json.loads(out)
    jsonschema.Draft202012Validator(schema).validate(found)
    return found


GOOD = "Ref,Purpose,Room\nCAM-001,Door,Hall\nK7,Gate,Yard\n"
BAD = "Ref,Purpose,Cost\nCAM-001,Door,abc\n"


def test_json_follows_its_schema_and_a_dry_run_writes_nothing(run: Run, file: Path, tmp_path: Path, data_dir: Path) -> None:
    before = file.read_bytes()
    status, out, err = run("import", file, written(tmp_path, GOOD), "--dry-run", "--json")
    assert (status, err) == (0, "")
    found = document(out, data_dir)
    assert found["written"] is False
    assert [(row["row"], row["ref"], row["by"]) for row in found["matched"]] == [(2, "CAM-001", "ref")]
    assert [(row["row"], row["values"]["ref"], row["asset"]) for row in found["only_listed"]] == [(3, "K7", None)]
    assert found["only_seen"] == found["problems"] == []
    assert found["new_places"] == ["Elm Park Primary School > Hall", "Elm Park Primary School > Yard"]
    assert file.read_bytes() == before


def test_an_inventory_in_a_copied_folder_is_warned_of(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Elm Park"
    folder.mkdir()
    with register.new_inventory(folder / "a.camcensus", body(), NOW) as inventory:
        inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by="A", now=NOW)
    status, _, err = run("import", folder / "a.camcensus", written(tmp_path, GOOD))
    assert status == 0
    assert "OneDrive" in err


def test_import_sets_adds_and_names_problems_with_status_1(run: Run, file: Path, tmp_path: Path, data_dir: Path) -> None:
    status, out, err = run("import", file, written(tmp_path, BAD), "--json")
    found = document(out, data_dir)
    assert status == 1
    say = "Row 2: Cost must be a number, like 180 or 180.50; “abc” is saved in the notes."
    assert found["problems"] == [{"row": 2, "column": "Cost", "say": say}]
    said = "Cost: “abc”, on 1 row. It must be a number, like 180 or 180.50. (row 2) Unless you say otherwise: save it in the notes."
    assert said in err
    assert [change["field"] for row in found["matched"] for change in row["changes"]] == ["purpose", "notes"]
    status, out, err = run("import", file, written(tmp_path, GOOD))
    assert (status, err) == (0, "")
    assert "1 row added and 1 row changed from list.csv." in out
    with register.open_inventory(file, NOW, readonly=True) as inventory:
        assert {(one.ref, one.purpose, one.place_path[-1]) for one in inventory.assets()} == {
            ("CAM-001", "Door", "Hall"),
            ("K7", "Gate", "Yard"),
        }


@pytest.mark.parametrize("form", ["--csv", "--xlsx"])
def test_what_show_writes_is_imported_with_no_change(
    file: Path, tmp_path: Path, data_dir: Path, capfdbinary: pytest.CaptureFixture[bytes], form: str
) -> None:
    path = tmp_path / "table"
    if form == "--csv":
        assert run_cli(["show", str(file), "--csv"], data_dir=lambda: data_dir, window=lambda *_: 0) == 0
        path.write_bytes(capfdbinary.readouterr().out)
        table = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        assert [row["ref"] for row in table] == ["CAM-001"]
    else:
        assert run_cli(["show", str(file), "--xlsx", str(path)], data_dir=lambda: data_dir, window=lambda *_: 0) == 0
        printed = capfdbinary.readouterr()
        assert (printed.out, b"1 row, SHA-256" in printed.err) == (b"", True)
        again = run_cli(["show", str(file), "--xlsx", str(file)], data_dir=lambda: data_dir, window=lambda *_: 0)
        assert (again, b"of another kind" in capfdbinary.readouterr().err) == (3, True)
    assert run_cli(["import", str(file), str(path), "--json"], data_dir=lambda: data_dir, window=lambda *_: 0) == 0
    found = document(capfdbinary.readouterr().out.decode(), data_dir)
    assert [(row["by"], row["changes"], row["differs"]) for row in found["matched"]] == [("record_id", [], [])]
    assert found["only_listed"] == found["only_seen"] == found["ambiguous"] == []


def test_columns_and_sheets_can_be_named(run: Run, file: Path, tmp_path: Path) -> None:
    book = xlsx(("One", [["Ref", "Purpose"], ["CAM-001", "x"]]), ("Two", [["Key", "Words"], ["CAM-001", "Stage"]]))
    path = written(tmp_path, book, "book.xlsx")
    assert run("import", file, path, "--sheet", "two", "--map", "Key=ref", "--map", "B=purpose")[0] == 0
    with register.open_inventory(file, NOW, readonly=True) as inventory:
        assert [one.purpose for one in inventory.assets()] == ["Stage"]
    assert run("import", file, written(tmp_path, xls([["Ref", "Purpose"], ["CAM-001", "Old"]]), "a.xls"))[0] == 0


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (["none.csv"], 3, "no “none.csv”"),
        (["list.csv", "--map", "Ref"], 2, "like --map"),
        (["list.csv", "--map", "Nothing=ref"], 3, "no column “Nothing”"),
        (["list.csv", "--map", "Ref=colour"], 3, "cannot be “colour”"),
        (["list.csv", "--sheet", "One"], 3, "has no sheets"),
        ([], 2, "FILE"),
    ],
)
def test_what_cannot_be_imported_is_one_sentence(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], status: int, words: str
) -> None:
    monkeypatch.chdir(written(tmp_path, GOOD).parent)
    before = file.read_bytes()
    found = run("import", file, *argv)
    assert (found[0], found[1]) == (status, "")
    assert words in found[2]
    assert found[2].count("\n") == 1
    assert file.read_bytes() == before


def test_an_inventory_that_may_only_be_read_is_refused(run: Run, file: Path, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    with register.open_inventory(file, NOW):
        status, out, err = run("import", file, path)
        assert (status, out) == (3, "")
        assert err.count("\n") == 1
        assert run("import", file, path, "--dry-run")[0] == 0


def test_what_was_there_before_an_import_is_in_a_back_up(run: Run, file: Path, tmp_path: Path) -> None:
    assert run("import", file, written(tmp_path, GOOD))[0] == 0
    with register.open_inventory(file, NOW) as inventory:
        inventory.do(settings.set_setting("edited", "within the hour"), by=None, now=NOW)
    assert run("import", file, written(tmp_path, "Ref,Purpose\nCAM-001,Roof\n"))[0] == 0
    kept = set()
    for one in backups.list_backups(file):
        with register.open_inventory(one.path, NOW, readonly=True) as inventory:
            kept.add(inventory.assets()[0].purpose)
    assert {None, "Door"} <= kept or {"", "Door"} <= kept


def test_a_list_begins_an_inventory_with_a_name(run: Run, tmp_path: Path, data_dir: Path) -> None:
    new, rows = tmp_path / "new.camcensus", written(tmp_path, "Ref,Make,Model,Room\nK1,Hikvision,DS-2CD2047G2-LU,Yard\n")
    status, out, err = run("import", new, rows)
    assert (status, out, new.exists()) == (2, "", False)
    assert err == "There is no “new.camcensus” yet; to begin it, give your organisation’s --name.\n"
    status, out, _ = run("import", new, rows, "--name", "Oak Surgery", "--dry-run", "--json")
    assert (status, document(out, data_dir)["written"], new.exists()) == (0, False, False)
    status, out, _ = run("import", new, rows, "--name", "Oak Surgery", "--json")
    assert status == 0
    assert [row["values"]["ref"] for row in document(out, data_dir)["only_listed"]] == ["K1"]
    with register.open_inventory(new, NOW) as inventory:
        assert inventory.body.name == "Oak Surgery"
        assert [asset.ref for asset in inventory.assets()] == ["K1"]
        assert inventory.body.type == "other", "what it is was not said, so nobody calls it a school"
    status, out, _ = run("import", new, rows, "--name", "Another", "--json")
    assert (status, len(document(out, data_dir)["matched"])) == (0, 1)
    with register.open_inventory(new, NOW) as inventory:
        assert inventory.body.name == "Oak Surgery", "a file that is there is imported into"


def test_a_new_inventory_says_what_the_organisation_is(run: Run, tmp_path: Path) -> None:
    new, rows = tmp_path / "new.camcensus", written(tmp_path, GOOD)
    assert run("import", new, rows, "--name", "Oak College", "--type", "college")[0] == 0
    with register.open_inventory(new, NOW) as inventory:
        assert (inventory.body.type, inventory.body.year_starts) == ("college", 8)


def test_show_counts_refs_as_people_do_and_says_what_is_gone(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new.camcensus"
    rows = written(tmp_path, "Ref,Kind,Make,Status\n10,Camera,Axis,\n9,Camera,Axis,\n2,Camera,,Removed\n")
    assert run("import", new, rows, "--name", "Oak Surgery")[0] == 0
    lines = run("show", new)[1].splitlines()
    shown = [line.split("  ")[0] for line in lines if "Camera" in line]
    assert shown == ["2", "9", "10"]
    assert [line.split("  ")[0] for line in lines if "Camera, no longer here" in line] == ["2"]
    first = json.loads(run("show", new, "--json")[1])["devices"][0]
    assert first["reason"] == "Nothing recorded says who made it. The label usually says."


def test_a_list_that_cannot_be_read_begins_nothing(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new.camcensus"
    leases = "address,hwaddr,client_id,valid_lifetime,expire\n10.0.0.9,3c:ef:8c:00:00:31,,4000,1795200000\n"
    for text, say in (("", "is empty"), (leases, "not only cameras; use “camcensus identify --inventory”")):
        status, _, err = run("import", new, written(tmp_path, text), "--name", "Oak Surgery")
        assert (status, new.exists(), say in err) == (3, False, True)


def test_a_list_of_which_nothing_is_understood_begins_nothing(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new.camcensus"
    status, _, err = run("import", new, written(tmp_path, "hello\nworld\n", "t.txt"), "--name", "Shop")
    assert (status, err) == (3, "No column of “t.txt” is understood (column A): name one with --map.\n")
    assert not new.exists()


@pytest.mark.parametrize("wrong", [("--map", "Nope=model"), ("--value", "Nope:x=notes"), ("--sheet", "Nope")])
def test_nothing_is_left_of_an_import_that_fails(run: Run, tmp_path: Path, wrong: tuple[str, str]) -> None:
    status, _, err = run("import", tmp_path / "new.camcensus", written(tmp_path, GOOD), "--name", "Elm Park", *wrong)
    assert (status, bool(err)) == (3, True)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("new")] == []


def test_a_stop_is_heeded_while_a_list_is_saved_and_what_is_saved_is_said(
    run: Run, file: Path, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "Ref,Make\n" + "".join(f"N{row},Axis\n" for row in range(200)))
    saved, asked = Inventory.do, [os.getpid()]

    def stopped_before(inventory: Inventory, *words: Any, **more: Any) -> Any:
        os.kill(asked[0], signal.SIGTERM)
        return saved(inventory, *words, **more)

    def stopped_after(inventory: Inventory, *words: Any, **more: Any) -> Any:
        changes = saved(inventory, *words, **more)
        os.kill(asked[0], signal.SIGTERM)
        return changes

    monkeypatch.setattr(Inventory, "do", stopped_before)
    status, _, err = run("import", file, path)
    assert (status, err) == (3, "Stopped before it was finished; nothing was written.\n")
    monkeypatch.setattr(Inventory, "do", stopped_after)
    status, out, err = run("import", file, path)
    assert (status, out, err.splitlines()[-1]) == (1, "", imports.SAVED)
    monkeypatch.undo()
    with register.open_inventory(file, NOW) as inventory:
        knowledge = load_knowledge(data_dir / "vendors.db")
        assert recheck.stale(register.rows(inventory, knowledge)) == "200 devices have no answer yet, because work was stopped."
    shown = json.loads(run("show", file, "--json")[1])["devices"]
    assert sum(one["manufacturer"] == "axis" for one in shown) == 200


def test_a_list_with_more_rows_than_one_import_takes_says_so_first(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_register, "NEW_ROWS_MOST", 3)
    rows = "Ref\n" + "".join(f"N{row}\n" for row in range(5))
    status, _, err = run("import", file, written(tmp_path, rows))
    assert (status, "has 5 rows; at most 3 new ones are imported at once" in err) == (3, True)


def test_nothing_is_left_where_no_column_is_understood(run: Run, tmp_path: Path) -> None:
    status, _, err = run("import", tmp_path / "new.camcensus", written(tmp_path, "hello\nworld\n"), "--name", "Elm Park")
    assert (status, bool(err)) == (3, True)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("new")] == []


def test_what_a_list_says_in_words_is_counted_and_said_once(run: Run, tmp_path: Path, data_dir: Path) -> None:
    """How many a row says, whether a cost is of each or of all, and a recorder that is on no row: each with its default."""
    content = "Where,What,Qty,Cost,NVR\nYard,dome x4,,,NVR 1\nHall,bullet,2,300,NVR 1\n"
    status, _, err = run("import", tmp_path / "new.camcensus", written(tmp_path, content), "--name", "Elm Park")
    assert status == 1, "a recorder that is on no row"
    assert "What: “dome x4”, on 1 row. It says 4, so it may be 4 devices, or one. (row 2)" in err
    assert "Cost, on 1 row of several devices: is it for each, or for all of them? (row 3)" in err
    assert "NVR: “NVR 1”, on 2 rows, has no row of its own. (rows 2, 3) Unless you say otherwise: save it in the notes." in err
    answers = ("--value", "What:dome x4=one", "--value", "Cost:=all", "--value", "NVR:NVR 1=recorder")
    status, _, err = run("import", tmp_path / "b.camcensus", written(tmp_path, content), "--name", "Elm Park", *answers)
    assert (status, err) == (0, "")
    with register.open_inventory(tmp_path / "b.camcensus", NOW, readonly=True) as inventory:
        found = [(one.ref, one.place_path[-1:], one.cost_pence, one.connected_ref) for one in inventory.assets()]
    assert sorted(found) == [
        ("CAM-001", ("Yard",), None, "NVR 1"),
        ("CAM-002", ("Hall",), 15000, "NVR 1"),
        ("CAM-003", ("Hall",), 15000, "NVR 1"),
        ("NVR 1", (), None, None),
    ]


def test_every_question_says_how_it_is_answered(run: Run, tmp_path: Path) -> None:
    conditions = "".join(f"C{at},Axis,{text},\n" for at, text in enumerate("abcdefghi"))
    content = f'Ref,Make,Status,Replace by\nC10,Axis,"odd\n?",ASAP\n{conditions}'
    file = written(tmp_path, content)
    _, _, err = run("import", tmp_path / "new.camcensus", file, "--name", "Elm Park")
    assert "--value “Replace by:ASAP=…”, where … is leave." in err
    assert "--value “Status:a=…”, where … is present, spare, removed, leave." in err
    assert "  They are: odd ?, f, g, h, i." in err
    assert "--value “Status:*=…”" in err
    assert "\\x0a" not in err
    status, _, err = run("import", tmp_path / "b.camcensus", file, "--name", "Elm Park", "--value", "Replace by:ASAP=2027")
    assert (status, len(err) < 200, "write an answer that the question names, notes" in err) == (3, True, True)
    words = "Ref,Qty,Cost\nC1,2,660\n"
    answer = ("--value", "Cost:660=all")
    assert run("import", tmp_path / "c.camcensus", written(tmp_path, words), "--name", "Elm Park", *answer)[0] == 0


@pytest.mark.parametrize("headings", ["NVR make,NVR model", "NVR make and model,Remarks"])
def test_a_list_that_names_only_the_recorders_models_keeps_its_cameras(run: Run, tmp_path: Path, headings: str) -> None:
    nvr = "Hikvision,DS-7616NI-K2" if "," in headings and "NVR model" in headings else "Hikvision DS-7616NI-K2,"
    file = written(tmp_path, f"Store,No of cams,{headings}\nLeeds,12,{nvr}\nYork,8,{nvr}\n")
    assert run("import", tmp_path / "new.camcensus", file, "--name", "Shops")[0] == 0
    with register.open_inventory(tmp_path / "new.camcensus", NOW, readonly=True) as inventory:
        found = Counter((one.kind, one.place_path) for one in inventory.assets())
        models = {one["model"] for one in inventory.recorded().values() if one.get("model")}
    assert found == {
        ("camera", ("Leeds",)): 12, ("camera", ("York",)): 8, ("recorder", ("Leeds",)): 1, ("recorder", ("York",)): 1,
    }  # fmt: skip
    assert models == {"DS-7616NI-K2"}


def test_recorders_that_a_column_beside_the_cameras_names_are_added_once(run: Run, tmp_path: Path) -> None:
    rows = "North,2,Axis P3245,1,Hikvision DS-7608NI-K2\nSouth,1,Axis P3245,2,Dahua NVR4108\nSouth,1,Axis M3045,2,Dahua NVR4108\nEast,1,Axis P1,0,\n"
    file = written(tmp_path, f"Store,Qty cameras,Camera make/model,Qty NVR,NVR make/model\n{rows}")
    for _ in range(2):
        status, _, err = run("import", tmp_path / "new.camcensus", file, "--name", "Shops")
        assert (status, "3 recorders beside cameras, on 3 rows, without a row." in err) == (0, True)
        with register.open_inventory(tmp_path / "new.camcensus", NOW, readonly=True) as inventory:
            found = Counter((one.kind, one.place_path) for one in inventory.assets())
        assert found == {
            ("camera", ("North",)): 2, ("camera", ("South",)): 2, ("camera", ("East",)): 1,
            ("recorder", ("North",)): 1, ("recorder", ("South",)): 2,
        }  # fmt: skip


def imported(run: Run, folder: Path, content: str) -> tuple[dict[str, dict[str, Any]], str]:
    """What a list becomes, by reference, and what the command prints."""
    path = folder / "new.camcensus"
    _, out, err = run("import", path, written(folder, content), "--name", "Elm Park")
    shown = json.loads(run("show", path, "--json")[1])["devices"]
    return {one["asset"]["ref"]: one for one in shown}, out + err


def test_a_list_that_is_not_of_cameras_alone_counts_its_cameras_alone(run: Run, tmp_path: Path) -> None:
    rows, said = imported(
        run, tmp_path,
        "Scheme,System,Component,Make,Model,Qty\n"
        "Elm House,Fire alarm,Smoke detector,Apollo,XP95,42\n"
        "Elm House,Lift,Autodialler,Memco,Memcom,1\n"
        "Elm House,CCTV,Camera - lobby,Dahua,IPC-HFW2431S,2\n"
        "Elm House,CCTV,NVR,Hikvision,,1\n"
        "Elm House,Access control,Card reader,Paxton,P75,3\n",
    )  # fmt: skip
    kinds = Counter(one["kind"] for one in rows.values())
    assert (kinds["camera"], kinds["recorder"]) == (2, 1)
    assert rows["OTH-001"]["asset"]["notes"].endswith("Qty: 42"), "one entry, and how many it says"
    assert "System: “Lift”, on 1 row." in said
    assert {tuple(one["asset"]["place"]) for one in rows.values()} == {("Elm House",)}


def test_parts_of_an_order_are_no_cameras_and_one_firm_has_two_orders(run: Run, tmp_path: Path) -> None:
    rows, said = imported(
        run, tmp_path,
        "Date,PO number,Supplier,Description,Qty,Unit price\n"
        "03/04/2023,PO-1,Norbain,Hikvision DS-2CD2347G2-L 4MP turret camera,2,92.50\n"
        "03/04/2023,PO-1,Norbain,Cat6 cable 305m box,2,85\n"
        "21/06/2023,PO-2,Norbain,Junction box PFA130-E,12,9.5\n"
        "21/06/2023,PO-2,Norbain,Wall card reader,1,40\n",
    )  # fmt: skip
    assert sorted(rows) == ["CAM-001", "CAM-002", "OTH-001", "OTH-002", "OTH-003"]
    assert rows["CAM-001"]["asset"]["cost_pence"] == 9250
    assert "PO number: PO-2" in rows["OTH-002"]["asset"]["notes"]
    assert "is another in row" not in said
    assert "not saved: Date" in said


@pytest.mark.parametrize("title", ["DVR in back office – Hikvision DS-7208HQHI-K1\n", ""])
def test_a_recorders_channels_are_cameras_and_an_unused_one_is_none(run: Run, tmp_path: Path, title: str) -> None:
    rows, said = imported(run, tmp_path, f"{title}CH1 Front door\nCH2 Till\nCH3 Aisle (bullet)\nCH4 not used\n")
    cameras = {ref: one["asset"]["place"][-1] for ref, one in rows.items() if one["kind"] == "camera"}
    assert cameras == {"CAM-001": "Front door", "CAM-002": "Till", "CAM-003": "Aisle"}
    assert "is spare and names no device, so it was left out" in said
    found = [(one["manufacturer"], one["model"]) for one in rows.values() if one["kind"] == "recorder"]
    assert found == ([("hikvision", "DS-7208HQHI-K1")] if title else [])


def test_what_stands_above_the_headings_is_said_word_for_word(run: Run, tmp_path: Path) -> None:
    title = "Hall CCTV: all cameras Hikvision unless stated"
    rows, said = imported(
        run, tmp_path, f"{title},,,\nUpdated by A. Khan,,,\nRef,Location,Model,Notes\n1,Foyer,,\n2,Bar,,Axis M2025-LE\n"
    )
    assert f"2 rows above the headings left out: “{title}”, “Updated by A. Khan”." in said
    assert {ref: one["manufacturer"] for ref, one in rows.items()} == {"1": None, "2": "axis"}, "its owner knows which is meant"


def test_a_shop_whose_cameras_are_numbered_keeps_makes_places_and_words(run: Run, tmp_path: Path) -> None:
    rows, _ = imported(
        run, tmp_path,
        "Camera;What it sees;Make;In or out\nCam 1;Front door;Hikvision turret;Out\nCam 2;Dance floor;Swann;In\n"
        "DVR;Under desk;Swann 8 channel;In\n",
    )  # fmt: skip
    told = {ref: (one["kind"], one["asset"]["place"][-1], one["asset"]["inside_outside"]) for ref, one in rows.items()}
    assert told == {
        "Cam 1": ("camera", "Front door", "outside"),
        "Cam 2": ("camera", "Dance floor", "inside"),
        "DVR": ("recorder", "Under desk", "inside"),
    }
    assert rows["Cam 1"]["manufacturer"] == "hikvision"
    assert rows["Cam 1"]["asset"]["camera_type"] == "turret"
    assert (rows["DVR"]["model"], rows["DVR"]["asset"]["notes"]) == (None, "Make: Swann 8 channel")


@pytest.mark.parametrize(
    ("content", "quantities"),
    [
        ("Site,Cameras,Make\nLouth,0,Hikvision\nSpilsby,3,Axis\n", [3]),
        ("Site,Cameras\nReception,1\nCorridor,1\nPlayground,2\n", [1, 1, 2]),
        ("Site,Cameras\nReception,1\nCorridor,1\nAll sites,2\n", [1, 1]),
        ("Ref,Make,Camera VLAN\nC1,Axis,20\nC2,Axis,20\n", [1, 1]),
        ("Make,Model,Camera height\nAxis,P3245-V,3\nAxis,M3116,4\n", [1, 1]),
    ],
)
def test_what_a_row_counts_is_what_it_says(run: Run, tmp_path: Path, content: str, quantities: list[int]) -> None:
    run("import", tmp_path / "new.camcensus", written(tmp_path, content), "--name", "Elm Park")
    with register.open_inventory(tmp_path / "new.camcensus", NOW, readonly=True) as inventory:
        assert len(inventory.assets()) == sum(quantities)
