"""Papers of lists as people keep them: no sentence says more than the list, and none the opposite of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from camcensus.model.knowledge import Knowledge
from camcensus.tasks.imports import staff_register as importing
from camcensus.tasks.imports.staff_register import ImportChoices
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.rows import AssetRow
from report.reading import read
from report_estate import NOW, ROOT, knowledge
from report_writing import write
from samples import body

SURGERY = "Camera,Area,Working\n1,Front door,Yes\n2,Dispensary,No\n3,Car park,Yes\n"
INSTALLER = (
    "Description,Part No,Location,Fault Y/N,Recommended action,Replace by\n"
    "4MP dome,DS-2CD2143G2-I,Corridor,N,Replace,31/08/2027\n2MP PTZ,DS-2DE4225IW,Field,Y,Replace,\n"
    "16ch NVR,DS-7616NXI-K2,Cupboard,N,,\n8MP bullet,DS-2CD2T86G2,Nursery,N,Keep and isolate,\n"
)
SHOPS = (
    "Store,Cameras,Camera make,NVR model,NVR qty,In use?,Action,Replacement year\n"
    "12,approx 3,Swann,DS-7608NI,1,Yes,Replace,\n15,2 + 1 spare,Dahua,NVR4216,1,Yes,Rip and replace,2027\n"
    "24,2,Hikvision,DS-7604NI,1,No,Replace,\n30,4,Axis,XRN-820S,1,Yes,Keep,\n"
)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


def papers(folder: Path, known: Knowledge, text: str) -> tuple[list[AssetRow], dict[str, str]]:
    """The entries of a list, and the words of the papers of it."""
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    with register.new_inventory(folder / "a.camcensus", body(), NOW) as inventory:
        importing.apply(inventory, known, importing.preview(inventory, known, path, ROOT), ImportChoices(), "R. Khan", NOW)
        made = {
            kind: " ".join(read(write(kind, inventory, known, folder / f"{kind}.pdf", now=NOW).path.read_bytes()).words.split())
            for kind in ("foi", "plan", "summary", "register")
        }
        return [*register.rows(inventory, known)], made


def test_without_a_maker_nothing_is_said_to_be_not_listed(tmp_path: Path, known: Knowledge) -> None:
    _, said = papers(tmp_path, known, SURGERY)
    for words in said.values():
        assert "as far as we can tell" not in words.lower()
        assert "checked or approved" not in words
        assert "0 by makers named in" not in words
    assert said["foi"].count("The maker of 3 cameras is not known.") == 3
    assert "1 item still to decide is recorded as not working: item 2 (Dispensary)." in said["plan"]


def test_what_an_installer_recommends_is_recorded_and_not_decided(tmp_path: Path, known: Knowledge) -> None:
    rows, said = papers(tmp_path, known, INSTALLER)
    assert {row.asset.purpose: row.asset.working for row in rows} == {
        "4MP dome": "yes", "2MP PTZ": "no", "16ch NVR": "yes", "8MP bullet": "yes",
    }  # fmt: skip
    assert "Replacing or removing 2 cameras is recorded" in said["foi"]
    assert "A list may hold what was recommended, and not yet decided." in said["foi"]
    assert "by 31 August 2027: 1; no year recorded: 1" in said["foi"]
    assert "to be replaced by 31 August 2027, as recorded" in said["plan"]
    assert "1 is recorded as not working" in said["plan"]
    assert not any("recorded by staff" in words or "staff recorded by" in words.lower() for words in said.values())
    assert all("isolate" in said[kind].lower() for kind in ("foi", "plan", "summary", "register"))
    assert not any("separate from" in words or "but separate" in words for words in said.values())


def test_a_shop_that_is_closed_and_numbers_that_are_nearly_so(tmp_path: Path, known: Knowledge) -> None:
    rows, said = papers(tmp_path, known, SHOPS)
    assert sum(row.asset.in_use and row.asset.kind == "camera" for row in rows) == 3 + 2 + 4
    assert {row.model for row in rows if row.asset.kind == "recorder" and row.asset.in_use} == {
        "DS-7608NI", "NVR4216", "XRN-820S",
    }  # fmt: skip
    assert {row.asset.replace_by for row in rows if row.asset.place_path == ("15",) and row.asset.kind == "camera"} == {"2027"}
    assert "Decided, no year yet." in said["plan"]
    assert "At end of life." not in said["plan"]
    asked = {row.asset.ref for row in rows if row.model in ("DS-7608NI", "NVR4216")}
    assert f"Will {' and '.join(sorted(asked))} work with the new cameras?" in said["plan"]


def test_what_a_working_column_says_is_gone_is_in_no_count(tmp_path: Path, known: Knowledge) -> None:
    rows, said = papers(tmp_path, known, "Ref,Make,Room,Working?\n1,Axis,Hall,Yes\n2,Axis,Gym,No - removed 2024\n")
    assert [row.asset.status for row in rows] == ["present", "removed"]
    assert "We have 1 camera." in said["summary"]


def test_a_shop_of_one_recorder_has_no_tables_to_speak_of(tmp_path: Path, known: Knowledge) -> None:
    _, said = papers(tmp_path, known, "Item,Make,Where,Year purchased,Paid\nNVR,Hikvision,Till,2020,£180\n")
    assert "The second table" not in said["foi"]
    assert "2020: £180" in said["foi"]
