"""Table models hold plain rows: no window and no event loop is needed here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

import samples
from camcensus.model.asset import Decision
from camcensus.model.device import Key
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import natural
from camcensus.ui import phrases
from camcensus.ui.asset.columns import COLUMNS
from camcensus.ui.asset.model import AssetModel, Wanted
from camcensus.ui.find.model import COLUMNS as FIND_COLUMNS
from camcensus.ui.find.model import FindModel
from camcensus.ui.kit.cells import GradeRole, IdRole, MarkRole, SortRole
from costs import soon
from ui_rows import HOSTILE, make_rows

AT = {column.name: at for at, column in enumerate(COLUMNS)}


@pytest.fixture
def model(knowledge: Knowledge) -> AssetModel:
    made = AssetModel(knowledge)
    made.set_rows(make_rows())
    return made


def column(model: AssetModel, name: str) -> list[str]:
    return [model.index(row, AT[name]).data() for row in range(model.rowCount())]


def test_an_empty_register_shows_nothing_of_the_one_before(model: AssetModel) -> None:
    assert model.rowCount()
    model.set_rows([], today=date(2027, 1, 1))
    assert (model.total, model.rowCount()) == (0, 0)


def test_refs_are_ordered_as_people_count(model: AssetModel) -> None:
    assert column(model, "ref") == ["CAM-1", "CAM-2", "CAM-9", "CAM-10", "REC-1"]
    model.sort(AT["ref"], Qt.SortOrder.DescendingOrder)
    assert column(model, "ref")[0] == "REC-1"


def test_how_sure_sorts_by_grade_and_not_by_letter(model: AssetModel) -> None:
    model.sort(AT["grade"])
    assert [model.index(row, AT["grade"]).data(GradeRole) for row in range(5)] == ["likely"] * 4 + ["unknown"]


def test_what_is_empty_stays_last_either_way(model: AssetModel) -> None:
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        model.sort(AT["purpose"], order)
        assert column(model, "purpose")[0] == "Watches the gate"


def test_the_location_tells_places_of_one_name_apart(knowledge: Knowledge) -> None:
    paths = [
        ("Elm Park", "Main block", "Ground floor", "Hall"),
        ("Elm Park", "Sports block", "Ground floor", "Hall"),
        ("Elm Park", "Sports block", "Ground floor", "Gym"),
        ("Oak Hill", "Main block", "Ground floor", "Room 10"),
        ("Oak Hill", "Main block", "Ground floor", "Room 6"),
    ]
    rows = [
        replace(row, asset=replace(row.asset, place=" > ".join(path), place_path=path))
        for row, path in zip(make_rows(), paths, strict=True)
    ]
    model = AssetModel(knowledge)
    model.set_rows(rows)
    model.sort(AT["place"])
    assert column(model, "place") == ["Gym", "Hall, Main block", "Hall, Sports block", "Room 6", "Room 10"]
    model.set_rows([row for row in rows if row.asset.place_path != paths[1]])
    assert column(model, "place") == ["Gym", "Hall", "Room 6", "Room 10"]
    model.set_rows([row for row in rows if row.asset.place_path != paths[1]], places=paths)
    assert column(model, "place")[1] == "Hall, Main block"  # an empty hall is a hall too


def test_every_word_must_be_found_somewhere(model: AssetModel) -> None:
    model.want(Wanted(words="hall DAHUA"))
    assert column(model, "ref") == ["CAM-2"]
    model.want(Wanted(words="hall hikvision"))
    assert model.rowCount() == 0
    model.want(Wanted(words="elm park"))
    assert column(model, "ref") == ["CAM-2"]


def test_a_place_is_found_however_its_names_are_parted_and_the_order_stays(knowledge: Knowledge) -> None:
    rooms = [("Site 1", "Block 1", "Floor 0", f"Room {at}") for at in (10, 12, 1, 2)] + [
        ("Site 1", "Block 10", "Floor 0", "Room 1")
    ]
    rows = [
        replace(row, asset=replace(row.asset, place=" > ".join(path), place_path=path))
        for row, path in zip(make_rows(), rooms, strict=True)
    ]
    model = AssetModel(knowledge)
    model.set_rows(rows)
    for typed in ("Block 1 › Floor 0", "Block 1 > Floor 0", "block 1/floor 0", "Floor 0, Block 1", ">Block 1:Floor 0"):
        model.want(Wanted(words=typed))
        assert len(column(model, "ref")) == 5
        assert column(model, "place")[-1] == "Room 1, Block 10"
    model.want(Wanted(words="Room 1"))
    assert len(column(model, "place")) == 5  # the 1 of Block 1 is a word of the others
    model.sort(AT["ref"], Qt.SortOrder.DescendingOrder)
    assert column(model, "ref") == sorted(column(model, "ref"), key=natural, reverse=True)  # the order stays
    model.sort(AT["place"], Qt.SortOrder.DescendingOrder)
    assert column(model, "place")[:2] == ["Room 12", "Room 10"]  # whoever orders by the place reads that order
    model.want(Wanted(words=rows[0].mac or rows[0].addresses[0]))
    assert column(model, "ref") == [rows[0].asset.ref]


def test_filters_are_joined_and_taken_back(model: AssetModel) -> None:
    model.want(Wanted(only="listed"))
    assert set(column(model, "list")) == {"Listed"}
    model.want(Wanted(only="checking"))
    assert column(model, "ref") == ["CAM-9"]
    model.want(Wanted(decision="Not decided", maker="Dahua"))
    assert "CAM-2" not in column(model, "ref")
    model.want(Wanted())
    assert model.rowCount() == 5 == model.total


def test_column_nought_reads_the_whole_row(model: AssetModel) -> None:
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "CAM-2, Hall. Made by: Dahua, likely. Listed. Replace 2026-27."
    assert model.index(1, AT["decision"]).data(Qt.ItemDataRole.AccessibleTextRole) == "Decision: Replace 2026-27"


def test_text_from_a_device_is_clean_in_every_role(model: AssetModel) -> None:
    at = model.row_of("a-10")
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        text = model.index(at, AT["model"]).data(role)
        assert "\u202e" not in text
        assert len(text) < 260
    tip = model.index(at, AT["model"]).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("<qt>&lt;table")
    assert HOSTILE.startswith("<table>")


def test_pills_and_ids_have_their_own_roles(model: AssetModel) -> None:
    assert model.index(0, AT["list"]).data(MarkRole) == phrases.LISTED
    assert model.index(0, AT["decision"]).data(MarkRole) == phrases.NOT_DECIDED
    assert model.index(0, AT["ref"]).data(IdRole) == "a-1"
    assert model.index(0, AT["ref"]).data(SortRole) == natural("CAM-1")


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (None, "Not decided"),
        (Decision("keep", "S", "2026-11-24T10:00:00Z"), "Keep"),
        (Decision("separate", "S", "2026-11-24T10:00:00Z"), "Keep, separate"),
        (Decision("keep-review", "S", "2026-11-24T10:00:00Z", review_on="2027-07-01"), "Keep, review 1 Jul 2027"),
        (Decision("replace", "S", "2026-11-24T10:00:00Z", year="2026-27"), "Replace 2026-27"),
        (Decision("remove", "S", "2026-11-24T10:00:00Z"), "Remove"),
    ],
)
def test_a_decision_is_short_enough_for_a_pill(decision: Decision | None, words: str) -> None:
    assert phrases.decision_mark(decision).words == words


def test_a_device_keeps_its_row_while_the_answer_changes(knowledge: Knowledge) -> None:
    model = FindModel(knowledge)
    first, second = samples.verdict(1), samples.verdict(2)
    assert model.take(first, "10:41")
    assert model.take(second, "10:42")
    better = replace(first, attribution=replace(first.attribution, grade="almost-certain"))
    assert not model.take(better, "10:43")
    texts = [[model.index(row, at).data() for at in range(len(FIND_COLUMNS))] for row in range(model.rowCount())]
    assert [row[0] for row in texts] == ["10:42", "10:41"]
    assert texts[1][4] == "Almost certain"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == ("10:42: Camera at 10.0.0.2. Made by: Dahua, likely.")


def test_devices_that_turn_out_to_be_one_are_one_row_at_the_end(knowledge: Knowledge) -> None:
    model = FindModel(knowledge)
    one, two = samples.verdict(1), samples.verdict(2)
    model.take(one, "10:41")
    model.take(two, "10:42")
    both = replace(one, device=replace(one.device, keys=one.device.keys + two.device.keys, addresses=("10.0.0.1", "10.0.0.2")))
    model.replace((both,))
    assert model.rowCount() == 1
    assert model.index(0, 0).data() == "10:41"
    assert model.cells() == {"10.0.0.1": "camera", "10.0.0.2": "camera"}


def test_counts_name_what_is_there() -> None:
    assert (
        phrases.counted(["camera", "recorder", "camera", "unknown"])
        == "2 cameras, 1 recorder and 1 device that may be a camera"
    )
    assert phrases.counted([]) == ""


def test_a_device_is_known_by_any_of_its_keys_also_when_it_gives_fewer(knowledge: Knowledge) -> None:
    model = FindModel(knowledge)
    both = samples.verdict(1)
    for keys in (both.device.keys, both.device.keys[:1], both.device.keys[1:], both.device.keys):
        model.take(replace(both, device=replace(both.device, keys=keys)), "10:41")
    assert model.rowCount() == 1


def test_a_flood_of_five_thousand_devices_is_taken_in_without_a_stall(knowledge: Knowledge) -> None:
    plain = samples.verdict(1)
    flood = [
        replace(
            plain, device=replace(plain.device, keys=(Key("mac", f"02:00:00:{number:06x}"),), addresses=(f"10.0.{number}",))
        )
        for number in range(5_000)
    ]

    def take() -> int:
        model = FindModel(knowledge)
        for verdict in (*flood, *flood):
            model.take(verdict, "10:41")
        return model.rowCount()

    assert soon(take) == 5_000
