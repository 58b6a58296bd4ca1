"""Import files for asset systems: the columns each wants, and a second file that updates what the first one made.

The three importers here do what the documentation of each says of rows that it has already.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from camcensus.cli import run as run_cli
from camcensus.model.asset import ASSET_SYSTEMS, ENDINGS, SYSTEM_WORDS, AssetSystem
from camcensus.model.errors import DiskError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import GRADE_SHORT
from camcensus.store.edits import by_hand, tagging
from camcensus.store.edits.by_hand import NewRow
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.keep import save_census
from camcensus.tasks.imports.device_lists import look_at_lists
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.asset_systems import netbox_zip, write_for
from camcensus.tasks.register.table import cell
from samples import NOW, body

AS_AT = "2026-11-24T10:42:00Z"
LIST = (
    "name,ip,mac,manufacturer,model,serial\n"
    "Hall,10.0.0.31,3c:ef:8c:00:00:01,Dahua,IPC-HDW1431T1-S4,6J0E022PAG00001\n"
    "Gate,10.0.0.32,58:50:ed:00:00:02,Hikvision,DS-2CD2143G0-I,=1+1\n"
    "Yard,10.0.0.33,58:50:ed:00:00:03,Hikvision,DS-2CD2143G0-I,\n"
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(Path(__file__).parents[3] / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path, knowledge: Knowledge) -> Iterator[Inventory]:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    with register.new_inventory(tmp_path / "a.camcensus", body("Elm Park"), NOW) as made:
        save_census(made, look_at_lists([tmp_path / "list.csv"], made, knowledge, NOW).census, knowledge, NOW)
        changes = made.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by="A", now=NOW)
        made.do(tagging.set_tags([*changes.assets], {"purpose": "=cmd|' /C calc'!A0"}), by="A", now=NOW)
        yield made


def written(inventory: Inventory, knowledge: Knowledge, system: AssetSystem, path: Path) -> bytes:
    done = write_for(system, inventory, register.rows(inventory, knowledge), knowledge, AS_AT, path)
    assert done.pages == len([row for row in register.rows(inventory, knowledge) if row.asset.kind != "other"])
    return path.read_bytes()


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def documents(data: bytes) -> list[dict[str, Any]]:
    return list(pytest.importorskip("yaml").safe_load_all(data.decode("utf-8")))


def imported(held: dict[str, dict[str, str]], rows: list[dict[str, str]]) -> None:
    """Snipe-IT with “Update existing values”: a row whose asset tag is there updates, another is added."""
    for row in rows:
        held[row["Asset Tag"]] = {**held.get(row["Asset Tag"], {}), **row}


def test_a_second_import_updates_and_doubles_nothing(inventory: Inventory, knowledge: Knowledge, tmp_path: Path) -> None:
    held: dict[str, dict[str, str]] = {}
    imported(held, table(written(inventory, knowledge, "snipe-it", tmp_path / "first.csv")))
    refs = {row.asset.ref for row in register.rows(inventory, knowledge)}
    assert set(held) == refs
    first = next(row.asset for row in register.rows(inventory, knowledge) if row.model == "IPC-HDW1431T1-S4")
    inventory.do(tagging.set_tags((first.id,), {"purpose": "Front door", "installed_on": "2019-05"}), by="A", now=NOW)
    imported(held, table(written(inventory, knowledge, "snipe-it", tmp_path / "second.csv")))
    assert set(held) == refs
    assert held[first.ref]["Item Name"].endswith("Front door")
    assert (held[first.ref]["Serial number"], held[first.ref]["Made by"]) == ("6J0E022PAG00001", "Dahua")
    assert held[first.ref]["Purchase Date"] == "2019-05-01"


def test_a_maker_stands_for_a_brand_that_nobody_knows_only_where_it_is_almost_certain() -> None:
    entry = {"record_id": "1", "ref": "CAM-001", "kind": "camera", "made_by": "Dahua"}
    for grade, said in (("confirmed", "Dahua"), ("almost-certain", "Dahua"), ("likely", "Unknown"), ("possible", "Unknown")):
        data = netbox_zip([entry | {"made_by_certainty": GRADE_SHORT[grade]}], AS_AT)  # type: ignore[index]
        assert documents(members(data)["5-devices.yaml"])[0]["manufacturer"] == said
    data = netbox_zip([entry | {"sold_as": "Elm", "made_by_certainty": GRADE_SHORT["confirmed"]}], AS_AT)
    assert documents(members(data)["5-devices.yaml"])[0]["manufacturer"] == "Elm"


def test_netbox_gets_all_that_its_devices_refer_to(inventory: Inventory, knowledge: Knowledge, tmp_path: Path) -> None:
    first = members(written(inventory, knowledge, "netbox", tmp_path / "first.zip"))
    held = documents(first["5-devices.yaml"])
    sites = {row["name"] for row in documents(first["1-sites.yaml"])}
    makers = {row["name"] for row in documents(first["2-manufacturers.yaml"])}
    assert {one["site"] for one in held} == sites
    assert {one["manufacturer"] for one in held} == makers
    assert first["4-device-types.yaml"].decode().count("---") == len(
        {(one["manufacturer"], one["device_type"]) for one in held}
    )
    assert all(len(one["asset_tag"]) <= 50 and len(one["name"]) <= 64 for one in held)


def test_names_that_differ_in_case_alone_are_one_to_netbox() -> None:
    """NetBox makes the same slug of both, and refuses the whole file."""
    entries = [
        {"record_id": tag, "ref": tag, "kind": "camera", "sold_as": brand, "model": "a-1", "site": "Elm"}
        for tag, brand in (("a", "Dahua"), ("b", "dahua"), ("c", "X-Y"), ("d", "x y"))
    ]
    made = members(netbox_zip(entries, AS_AT))
    assert [row["slug"] for row in documents(made["2-manufacturers.yaml"])] == ["dahua", "x-y", "x-y-2"]
    assert [row["manufacturer"] for row in documents(made["5-devices.yaml"])] == ["Dahua", "Dahua", "X-Y", "x y"]


def test_netbox_reads_each_text_as_the_register_has_it() -> None:
    text = 'Hall "A", left; 7" | ¼ Łódź 中 🎥 \' # : - {x} % \\ \u2028 \x85 \u200b'
    made = members(netbox_zip([{"record_id": "1", "ref": "CAM-001", "kind": "camera", "model": text}], AS_AT))
    assert documents(made["4-device-types.yaml"])[0]["model"] == documents(made["5-devices.yaml"])[0]["device_type"]
    assert documents(made["5-devices.yaml"])[0]["device_type"] == cell("model", text)


def test_netbox_finds_a_site_by_its_name_also_where_that_was_cut_at_a_blank_or_is_blank() -> None:
    for text in ("z" * 99 + " tail", "  lead", " "):
        entry = {"record_id": "1", "ref": "CAM-001", "kind": "camera"} | dict.fromkeys(("site", "sold_as", "model"), text)
        made = members(netbox_zip([entry], AS_AT))
        [device], [site] = documents(made["5-devices.yaml"]), documents(made["1-sites.yaml"])
        named = [site["name"], *(device[name] for name in ("site", "manufacturer", "device_type"))]
        assert named == [text[:100].strip() or "Unknown"] * 4


@pytest.mark.parametrize("system", ASSET_SYSTEMS)
def test_no_cell_is_computed_and_the_same_register_is_the_same_file(
    inventory: Inventory, knowledge: Knowledge, tmp_path: Path, system: AssetSystem
) -> None:
    data = written(inventory, knowledge, system, tmp_path / f"a{ENDINGS[system]}")
    assert data == written(inventory, knowledge, system, tmp_path / f"b{ENDINGS[system]}")
    for name, part in (members(data) if data.startswith(b"PK") else {"a.csv": data}).items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(part.decode("utf-8-sig"), newline="")):
                assert not [value for value in row if value.startswith(("=", "+", "-", "@"))], name
    assert SYSTEM_WORDS[system]


def test_an_inventory_never_gives_way_to_an_import_file(inventory: Inventory, knowledge: Knowledge, tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="another kind"):
        written(inventory, knowledge, "snipe-it", tmp_path / "a.camcensus")


def test_the_command_writes_a_file_and_says_what_does_not_go_together(
    inventory: Inventory, tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: object) -> int:
        return run_cli([str(word) for word in words], data_dir=lambda: data_dir, window=lambda *_: 0)

    file = tmp_path / "a.camcensus"
    inventory.close()
    assert run("show", file, "--for", "snipe-it", "-o", tmp_path / "snipe-it.csv") == 0
    assert "snipe-it.csv: 4 devices, SHA-256" in capsys.readouterr().err
    assert run("show", file, "--for", "snipe-it") == 2
    assert run("show", file, "-o", tmp_path / "x.csv") == 2
    assert not (tmp_path / "x.zip").exists()
