"""An end of support reaches all 40 cameras of a model, typed once or out of another system's list: everywhere, and as staff's."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import samples
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory
from camcensus.tasks.imports import staff_register as importing
from camcensus.tasks.register import plan as planning
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.table import register_csv
from camcensus.ui.asset.tag_editors import TextEditor
from camcensus.ui.asset.tags import TagsDialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from report.reading import read
from report_writing import write
from ui_rows import settle

MANY = 40
SNIPE_IT = (
    "Asset Tag",
    "Asset Name",
    "Serial",
    "Model",
    "Category",
    "Manufacturer",
    "Location",
    "End of support",
    "Warranty Expires",
)
NETBOX = (
    "asset_tag",
    "name",
    "serial",
    "device_type",
    "role",
    "manufacturer",
    "site",
    "cf_end_of_support",
    "cf_warranty_expires",
)
MODEL = "DS-2CD2143G0-I"
ENDED, WARRANTY = "2025-03-31", "2028-05"


def list_of(heads: tuple[str, ...], ends: str, warranty: str) -> str:
    lines = [heads]
    lines += [
        (f"A-{at}", f"Camera {at}", f"X{at:05d}", MODEL, "Camera", "Hikvision", "North", ends, warranty) for at in range(MANY)
    ]
    lines.append(("A-99", "Other", "X99999", "P3245-V", "Camera", "Axis", "North", "", ""))
    return "\n".join(",".join(line) for line in lines)


def record_of(folder: Path, text: str, knowledge: Knowledge, data_dir: Path) -> Path:
    path, sheet = folder / "forty.camcensus", folder / "list.csv"
    sheet.write_text(text)
    with register.new_inventory(path, samples.body(), samples.NOW) as inventory:
        plan = importing.preview(inventory, knowledge, sheet, data_dir)
        importing.apply(inventory, knowledge, plan, importing.ImportChoices(), "A", samples.NOW)
    return path


@pytest.fixture
def record(tmp_path: Path, knowledge: Knowledge, data_dir: Path) -> Path:
    return record_of(tmp_path, list_of(SNIPE_IT, "", ""), knowledge, data_dir)


def said_of(kind: str, inventory: Inventory, knowledge: Knowledge, folder: Path) -> str:
    written = write(kind, inventory, knowledge, folder / f"{kind}.pdf", now=samples.NOW)
    return " ".join(read(written.path.read_bytes()).words.split())


def everywhere(inventory: Inventory, knowledge: Knowledge, folder: Path) -> None:
    """The date is in the CSV, the plan's reasons and each paper, with who said it."""
    rows = register.rows(inventory, knowledge)
    table = list(csv.DictReader(io.StringIO(register_csv(inventory, rows, knowledge, "2026-11-24").decode("utf-8-sig"))))
    assert sum(line["support_until"] == ENDED and "upport ended" in line["flaws_and_support"] for line in table) == MANY
    plan = planning.plan(inventory, knowledge, samples.NOW, register=rows)
    reasons = [item.reason for item in (*plan.items, *plan.undecided)]
    assert sum("upport ended on 31 March 2025, as recorded" in one for one in reasons) == MANY
    paper = said_of("register", inventory, knowledge, folder)
    assert paper.count("Support ended") >= MANY
    assert "40 devices are no longer supported (40 by a recorded date)" in said_of("foi", inventory, knowledge, folder)
    assert "Support has ended for 40 items" in said_of("summary", inventory, knowledge, folder)
    assert "upport ended on 31 March 2025, as recorded" in said_of("plan", inventory, knowledge, folder)


def test_typed_once_for_a_model_it_reaches_all_of_them(
    window: MainWindow, app: QApplication, knowledge: Knowledge, tmp_path: Path
) -> None:
    window.show_page("cameras")
    first = next(row for row in window.session.rows() if row.model == MODEL)
    window.cameras.chosen.choose([first.asset.id])
    settle(app)
    window.cameras.actions_.edit()
    dialog = next(one for one in window.findChildren(TagsDialog) if one.isVisible())
    editor = dialog.editors["support_until"]
    assert isinstance(editor, TextEditor)
    editor.set_text("31/03/2025")
    assert dialog.for_all.text() == f"Write what I change to all 40 of this model (Hikvision {MODEL})"
    dialog.for_all.setChecked(True)
    dialog.accept()
    settle(app)
    window.show_page("home")
    settle(app)
    said = [one.text() for one in window.home.findChildren(Text)]
    assert "Support has ended for 40 items (40 by a recorded date): plan to replace them." in said
    assert said[said.index("known to be no longer supported") - 1] == "40"
    assert window.session.inventory is not None
    everywhere(window.session.inventory, knowledge, tmp_path)


@pytest.mark.parametrize("heads", [SNIPE_IT, NETBOX])
def test_two_systems_lists_bring_it(tmp_path: Path, knowledge: Knowledge, data_dir: Path, heads: tuple[str, ...]) -> None:
    path = record_of(tmp_path, list_of(heads, ENDED, WARRANTY), knowledge, data_dir)
    with register.open_inventory(path, samples.NOW, readonly=True) as inventory:
        everywhere(inventory, knowledge, tmp_path)
        plan = planning.plan(inventory, knowledge, samples.NOW)
        reasons = [item.reason for item in (*plan.items, *plan.undecided)]
        assert sum("under warranty until May 2028, as recorded" in one for one in reasons) == MANY


def test_a_date_that_is_still_to_come_is_said_and_ends_nothing(tmp_path: Path, knowledge: Knowledge, data_dir: Path) -> None:
    path = record_of(tmp_path, list_of(SNIPE_IT, "2028", ""), knowledge, data_dir)
    with register.open_inventory(path, samples.NOW, readonly=True) as inventory:
        rows = register.rows(inventory, knowledge)
        assert not any(one.kind == "support-ended" for row in rows for one in row.care)
        plan = planning.plan(inventory, knowledge, samples.NOW, register=rows)
        assert sum("upport ends in 2028, as recorded" in one.reason for one in plan.undecided) == MANY
        assert "When it ends is recorded for 40 items: 2028." in said_of("summary", inventory, knowledge, tmp_path)


def test_the_day_by_which_an_asset_is_to_go_is_a_reason(tmp_path: Path, knowledge: Knowledge, data_dir: Path) -> None:
    text = list_of(SNIPE_IT, "2028-05-04", "").replace("End of support", "EOL Date", 1)
    path = record_of(tmp_path, text, knowledge, data_dir)
    with register.open_inventory(path, samples.NOW, readonly=True) as inventory:
        plan = planning.plan(inventory, knowledge, samples.NOW)
        assert sum("to be replaced by 4 May 2028, as recorded" in one.reason for one in plan.undecided) == MANY
        assert "By when to replace is recorded for 40 items, first 4 May 2028." in said_of(
            "summary", inventory, knowledge, tmp_path
        )
