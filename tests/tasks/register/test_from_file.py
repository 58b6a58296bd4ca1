"""A file of edits: every edit of the window has its word, all are one change, and what does not fit changes nothing."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camcensus.model.errors import IntakeError, StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.store.changelog import TABLES
from camcensus.store.inventory import Inventory
from camcensus.tasks.register import doing, plan
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.from_file.doing import VERBS, do_edits, read_edits
from costs import cpu_s
from samples import NOW
from tasks.register.test_own_list import inventory, knowledge

__all__ = ["inventory", "knowledge"]

ELSEWHERE = {
    "photo": "needs the bytes of a picture",
    "set-plan": "needs the bytes of a picture",
    "pin": "a spot is chosen on a picture; taking pins off and walking are `unpin` and `walked`",
    "doubt": "answers a question that has no name of its own",
    "check": "answers a question that has no name of its own",
    "split": "parts what the window shows side by side",
    "walk": "the walk-round's own grid; `import` takes its sheet",
    "import": "a spreadsheet of cameras: `import` takes it",
}
"""Edits of the window without a word in a file, and why."""

SAME = {
    "set-body": "organisation", "set-setting": "people", "set-list": "list", "set-brands": "brand", "add-vendor": "firm",
    "change-vendor": "firm", "remove-vendor": "remove-firm", "set-tags": "describe", "set-vendor": "describe",
    "set-kind": "kind", "set-status": "status", "add-place": "place", "set-progress": "progress", "plan-choose": "plan-choices",
    "set-exposure": "exposure", "set-camera-use": "camera-use",
}  # fmt: skip


def state(one: Inventory) -> dict[str, list[tuple[Any, ...]]]:
    """All that an edit can change."""
    return {
        table: sorted(one.look(lambda db, table=table: db.execute(f"SELECT * FROM {table}").fetchall()), key=repr)
        for table in TABLES
    }


def done(one: Inventory, knowledge: Knowledge, *edits: dict[str, Any]) -> list[str]:
    said, _ = do_edits(one, knowledge, list(edits), by="R. Khan", now=NOW)
    return [each.say for each in said]


def test_each_edit_that_the_window_can_make_has_a_word_or_a_reason(data_dir: Path) -> None:
    verbs = set()
    for path in (
        *(data_dir / "desktop" / "camcensus" / "store" / "edits").glob("*.py"),
        *(data_dir / "desktop" / "camcensus" / "tasks").rglob("*.py"),
    ):
        verbs |= {line.split('"')[1] for line in path.read_text("utf-8").splitlines() if line.startswith('@edit("')}
    assert len(verbs) > 25
    unsaid = {name for name in verbs if SAME.get(name, name) not in VERBS and name not in ELSEWHERE}
    assert unsaid == set()


STORY: list[dict[str, Any]] = [
    {"do": "organisation", "name": "Elm Park", "type": "academy", "urn": "123 456", "expected_cameras": 4, "expected_basis": "counted"},
    {"do": "people", "values": {"owner": "A. Mensah", "it": "J. Okafor"}},
    {"do": "own-list", "maker": "Axis", "on": True, "why": "Governors, 3 November"},
    {"do": "brand", "name": "Guardcam Pro", "maker": "Dahua", "basis": "invoice", "said_by": "SecureCo", "said_on": "3/5/2026"},
    {"do": "remove-brand", "name": "guardcam pro"},
    {"do": "untouched", "lines": ["10.20.0.9 Infusion pumps"]},
    {"do": "firm", "name": "SecureCo", "role": "seller", "email": "help@secureco.example"},
    {"do": "firm", "name": "secureco", "contract_end": "31/03/2027"},
    {"do": "add", "kind": "camera", "brand": "Axis", "model": "P3245", "place": "", "values": {"seller": "SecureCo"}, "tags": ["new"]},
    {"do": "place", "place": "Elm Park > Main hall > Ground > Stage", "sensitive": True},
    {"do": "set-place", "assets": ["CAM-001"], "place": ["Elm Park", "Main hall", "Ground", "Stage"]},
    {"do": "change-place", "place": "Elm Park > Main hall", "name": "Old hall"},
    {"do": "progress", "place": "Elm Park", "progress": "has", "on": "2026-11-02"},
    {"do": "describe", "assets": ["CAM-001"], "values": {"cost_pence": "£180.50", "camera_type": "dome"}, "add_tags": ["north"]},
    {"do": "describe", "assets": "CAM-001", "remove_tags": ["north"]},
    {"do": "connect", "assets": ["CAM-001"], "to": "REC-001"},
    {"do": "check-picture", "assets": ["CAM-001"], "who": "A. Mensah", "day": "2/11/2026"},
    {"do": "ask-installer", "assets": ["CAM-001"], "ask": True, "note": "Which firmware?"},
    {"do": "kind", "assets": ["CAM-001"], "kind": "camera"},
    {"do": "status", "assets": ["CAM-001"], "status": "present"},
    {"do": "read", "asset": "CAM-001", "basis": "label", "brand": "Dahua", "model": "IPC-HDW1"},
    {"do": "decide", "assets": ["CAM-001", "REC-001"], "what": "replace", "why": "Listed", "year": "2027-28"},
    {"do": "costs", "values": {"camera_unit": "£180.50", "camera_fitting": 9000, "vat_hundredths": 2000}},
    {"do": "plan-choices", "level": "site", "count_based": False},
    {"do": "plan-line", "name": "Cabling", "values": {"quantity": 2, "unit": "£40"}},
    {"do": "plan-line", "name": "cabling", "values": {"quantity": 3}},
    {"do": "plan-version", "note": "For the governors"},
    {"do": "camera-use", "values": {"signs": "all"}},
    {"do": "re-check", "months": 6},
    {"do": "exposure", "assets": ["CAM-001"], "internet_reachable": "not-known", "who": "J. Okafor", "day": "3/11/2026"},
]  # fmt: skip


@pytest.fixture
def story(inventory: Inventory, knowledge: Knowledge) -> list[dict[str, Any]]:
    found = [dict(one) for one in STORY]
    done(inventory, knowledge, {"do": "place", "place": "Store"})
    next(one for one in found if one["do"] == "add")["place"] = "Store"
    return found


def test_a_whole_file_is_one_change_and_is_taken_back_whole(
    inventory: Inventory, knowledge: Knowledge, story: list[dict[str, Any]]
) -> None:
    before, lines = state(inventory), len(inventory.changes(1000))
    said = done(inventory, knowledge, *story)
    assert len(said) == len(story)
    assert len(inventory.changes(1000)) == lines + 1
    assert inventory.changes(1)[0].by == "R. Khan"
    assert inventory.body.urn == "123456"
    row = next(one for one in register.rows(inventory, knowledge) if one.asset.ref == "CAM-001")
    stage = next(one.id for one in inventory.places() if one.name == "Stage")
    assert (row.asset.cost_pence, row.asset.camera_type, row.asset.place) == (18050, "dome", stage)
    assert (row.asset.decision.what, row.asset.decision.by) == ("replace", "R. Khan")
    (line,) = plan.plan(inventory, knowledge, NOW).lines
    assert (line.quantity, line.unit) == (3, 4000)
    assert doing.undo(inventory, knowledge, NOW) is not None
    assert state(inventory) == before


def test_half_a_character_in_any_text_is_saved_as_one_that_can_be(
    inventory: Inventory, knowledge: Knowledge, story: list[dict[str, Any]]
) -> None:
    """Also where the window hands it over. In a name or a number it may be refused, in a sentence."""
    saved = 0
    for one in story:
        for name, value in one.items():
            if isinstance(value, str) and name not in ("do", "asset"):
                with contextlib.suppress(StoreError):
                    do_edits(inventory, knowledge, [one | {name: f"{value}\ud800"}], by="R. \udcff Khan", now=NOW)
                    saved += 1
    assert saved > 10
    assert inventory.changes(1)[0].by == "R. \ufffd Khan"


def test_batches_of_the_plan_are_changed_as_in_the_window(inventory: Inventory, knowledge: Knowledge) -> None:
    done(inventory, knowledge, {"do": "decide", "assets": ["CAM-001", "REC-001"], "what": "replace", "year": "2027-28"})
    names = [one.name for one in plan.plan(inventory, knowledge, NOW).batches]
    said = done(
        inventory,
        knowledge,
        {"do": "plan-set", "batches": names[:1], "values": {"unit": "£200", "name": "First"}},
        {"do": "plan-need", "batches": ["First"], "need": "power", "state": "done", "note": "Checked"},
        {"do": "plan-year", "batches": ["First"], "year": "2028-29"},
        {"do": "plan-out", "batches": ["First"], "out": True},
        {"do": "plan-out", "batches": ["First"], "out": False},
        {"do": "plan-option", "batches": ["First"], "option": "remove"},
    )
    assert len(said) == 6
    first = next(one for one in plan.plan(inventory, knowledge, NOW).batches if one.name == "First")
    assert (first.unit, first.year, first.option) == (20000, "2028-29", "remove")
    assert done(inventory, knowledge, {"do": "plan-again", "batches": ["First"]})


@pytest.mark.parametrize("at", range(0, len(STORY), 3))
def test_one_edit_that_does_not_fit_leaves_everything_as_it_was(
    inventory: Inventory, knowledge: Knowledge, story: list[dict[str, Any]], at: int
) -> None:
    before = state(inventory)
    story[at] = story[at] | {"colour": "red"}
    with pytest.raises(StoreError, match=rf"^Edit {at + 1} \({story[at]['do']}\): .*colour.* Nothing was changed\."):
        done(inventory, knowledge, *story)
    assert state(inventory) == before


def test_only_looking_writes_nothing_and_says_the_same(
    inventory: Inventory, knowledge: Knowledge, story: list[dict[str, Any]]
) -> None:
    before, lines = state(inventory), len(inventory.changes(1000))
    looked, changes = do_edits(inventory, knowledge, story, by="R. Khan", now=NOW, dry_run=True)
    assert (changes, state(inventory)) == (None, before)
    assert len(inventory.changes(1000)) == lines
    assert [one.say for one in looked] == done(inventory, knowledge, *story)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ({"do": "fly"}, "is nothing that can be done; it is one of: organisation"),
        ({}, "is nothing that can be done"),
        ({"do": "decide", "assets": ["CAM-999"], "what": "keep"}, "no CAM-999"),
        ({"do": "decide", "assets": [], "what": "keep"}, "names no row"),
        ({"do": "decide", "what": "keep"}, "needs “assets”"),
        ({"do": "decide", "assets": ["CAM-001"], "what": "burn"}, "it is one of: keep"),
        ({"do": "decide", "assets": ["CAM-001"], "what": "replace", "year": "soon"}, "financial year"),
        ({"do": "kind", "assets": ["CAM-001"], "kind": True}, "is no “kind”"),
        ({"do": "organisation", "urn": "7"}, "A URN is 5 or 6 digits"),
        ({"do": "organisation"}, "names nothing"),
        ({"do": "list", "list": "x", "on": True, "why": ""}, "not in the knowledge"),
        ({"do": "list", "list": "x", "on": "yes", "why": ""}, "must be true or false"),
        ({"do": "own-list", "maker": "Nobody", "on": True, "why": "x"}, "No maker"),
        ({"do": "describe", "assets": ["CAM-001"], "values": {"colour": "red"}}, "no field of a row"),
        ({"do": "describe", "assets": ["CAM-001"], "values": {"seller": "Nobody"}}, "no firm"),
        ({"do": "describe", "assets": ["CAM-001"], "values": {"channel": 1.5}}, "whole number"),
        ({"do": "set-place", "assets": ["CAM-001"]}, "needs “place”"),
        ({"do": "connect", "assets": ["CAM-001"], "to": "CAM-001"}, "connected to itself"),
        ({"do": "plan-set", "batches": ["Nothing"], "values": {"unit": 3}}, "no batch"),
        ({"do": "costs", "values": {"camera_unit": "cheap"}}, "must be a cost"),
        ({"do": "costs", "values": {"camera_unit": True}}, "must be a cost"),
        ({"do": "add", "mac": "nonsense"}, "no MAC address"),
        ({"do": "channels", "recorder": "REC-001", "channels": ["1-x"]}, "no number of a channel"),
        ({"do": "channels", "recorder": "REC-001", "channels": ["0-9999"]}, "whole number up to 1,024"),
        ({"do": "merge", "keep": "CAM-001", "absorb": "CAM-001"}, "into itself"),
        ({"do": "describe", "assets": ["CAM-001"], "add_tags": [f"tag {n}" for n in range(101)]}, "100 tags at most"),
        ({"do": "add", "tags": [f"tag {n}" for n in range(101)]}, "100 tags at most"),
        ({"do": "organisation", "name": "x" * 3_000_000}, "too long to be saved"),
        ({"do": "set-place", "assets": ["CAM-001"], "place": "x" * 5_000}, "too long to be saved"),
        ({"do": "firm", "name": "x" * 5_000, "role": "seller"}, "too long to be saved"),
        ({"do": "decide", "assets": ["CAM-001"], "what": "keep", "why": "x" * 5_000}, "too long to be saved"),
        ({"do": "untouched", "lines": ["10.0.0.1"] * 1_001}, "1,000 can be kept"),
    ],
)
def test_what_does_not_fit_is_said_with_what_would(
    inventory: Inventory, knowledge: Knowledge, edit: dict[str, Any], says: str
) -> None:
    before = state(inventory)
    with pytest.raises(StoreError, match=says):
        done(inventory, knowledge, edit)
    assert state(inventory) == before


def test_channels_are_numbers_and_ranges_each_once(inventory: Inventory, knowledge: Knowledge) -> None:
    (said,) = done(inventory, knowledge, {"do": "channels", "recorder": "REC-001", "channels": ["9", "2-4", " 0 - 3", "1024"]})
    assert said == "7 channels of REC-001 added, not confirmed."
    assert {row[0] for row in inventory.look(lambda db: db.execute("SELECT channel FROM asset").fetchall())} >= {
        0,
        1,
        2,
        3,
        4,
        9,
        1024,
    }


def test_a_range_that_is_said_again_and_again_takes_no_time(inventory: Inventory, knowledge: Knowledge) -> None:
    def refused() -> None:
        with pytest.raises(StoreError, match="whole number up to 1,024"):
            done(inventory, knowledge, {"do": "channels", "recorder": "REC-001", "channels": ["0-9999"] * 200_000})

    assert cpu_s(refused, tries=1) < 10


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**12) | st.text(max_size=8) | st.floats() | st.sampled_from(["CAM-001", "REC-001"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6) | st.sampled_from(["unit", "seller"]), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip
_fields = sorted({word.strip().split(" ")[0] for one in VERBS.values() for word in one.takes.split("(")[0].split(",")})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(
    name=st.sampled_from(sorted(VERBS)),
    rest=st.dictionaries(st.sampled_from([*_fields, "what", "on", "why", "values"]), _values),
)
def test_whatever_a_file_says_the_answer_is_an_edit_or_a_sentence(
    inventory: Inventory, knowledge: Knowledge, name: str, rest: dict[str, Any]
) -> None:
    with contextlib.suppress(StoreError):
        do_edits(inventory, knowledge, [{"do": name} | rest], by="R. Khan", now=NOW, dry_run=True)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"edits": []}', '{"edits": [3]}', '{"by": 3, "edits": [{}]}', '{"edits": {}, "x": 1}', "[" * 9000, '{"edits":' + '[{"a":' * 400 + "1" + "}]" * 400 + "}" ]
)  # fmt: skip
def test_what_is_no_file_of_edits_is_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "edits.json"
    path.write_text(text, "utf-8")
    if text.startswith('{"edits":[{"a"'):
        assert read_edits(path)[0] == ""
        return
    with pytest.raises(IntakeError):
        read_edits(path)
