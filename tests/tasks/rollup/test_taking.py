"""What becomes of a file: accepted, superseded, held, refused; bodies by their numbers; taken out again; rounds; older schemas."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from books import xlsx
from camcensus.model.errors import DamagedFileError, FileBusyError, IntakeError, NewerFileError, StoreError
from camcensus.store.rollup.tables import read_sql
from camcensus.store.rollup.whose import NO_NUMBER, OTHER_NUMBERS, SEVERAL_NUMBERS, UNCLEAR_NAME
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.rollup import bodies_list
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.bodies_list import read_bodies
from camcensus.tasks.rollup.figures import Figures, code_words, lists_of, read_devices_of, read_figures
from camcensus.tasks.rollup.files import figures_document
from camcensus.tasks.rollup.judging import is_current, reassess_all, work_left
from camcensus.tasks.rollup.view import record_round
from rollup_estate import (
    NAMED,
    NOW,
    ROOT,
    BodyTruth,
    Camera,
    Estate,
    knowledge,
    listed_makers,
    make_estate,
    truth,
    write_estate,
    write_file,
)

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def estate() -> Estate:
    return make_estate(5, 6, 120, double_share=0)


@pytest.fixture
def rollup(tmp_path: Path) -> Iterator[tasks.RollUp]:
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as opened:
        yield opened


def body_of(estate: Estate, number: int, **ids: str) -> BodyTruth:
    one = estate.bodies[number]
    return BodyTruth(one.number, one.name, one.type, ids or one.ids)


def put(estate: Estate, folder: Path, number: int, name: str, *, part: int = 0, at: datetime = NOW - DAY, seed: int = 1,
        cameras: list[Camera] | None = None, body: BodyTruth | None = None, **more: object) -> Path:  # fmt: skip
    path = folder / f"{name}.camcensus"
    write_file(estate, body or body_of(estate, number), cameras or estate.bodies[number].cameras, path, part, seed, at, **more)  # type: ignore[arg-type]
    return path


def agree_to(rollup: tasks.RollUp, *paths: Path) -> None:
    """The auditor agreed to each file beforehand, whatever its name and wherever it began."""
    for path in paths:
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            ids = db.execute("SELECT inventory_id FROM export").fetchall()
            with rollup.file.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO agreed VALUES (?)", ids)


def take(rollup: tasks.RollUp, *paths: Path, agreed: bool = True, **more: object) -> list[tasks.FileOutcome]:
    """Takes files in that the auditor agreed to."""
    if agreed:
        agree_to(rollup, *paths)
    return list(tasks.take_in(rollup, paths, knowledge(), NOW, **more).files)  # type: ignore[arg-type]


def figures(rollup: tasks.RollUp) -> Figures:
    return read_figures(rollup, lists_of(rollup), "2026-11-24")


def test_a_newer_export_of_the_same_record_takes_its_place_in_either_order(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    old = put(estate, tmp_path, 0, "old", at=NOW - 9 * DAY, seed=1, cameras=estate.bodies[0].cameras[:3])
    new = put(estate, tmp_path, 0, "new", at=NOW - DAY, seed=2)
    (first,) = take(rollup, old)
    assert first.state == "accepted"
    second, again = take(rollup, new, old)
    assert (second.state, again.state) == ("accepted", "superseded")
    assert "that of 23 November 2026" in (again.reason or "")
    assert figures(rollup).bodies[0].cameras == len(estate.cameras_of(estate.bodies[0]))
    with tasks.open_for_taking(tmp_path / "m.camcensus-rollup", ROOT, knowledge(), NOW) as other:
        states = {one.path: one.state for one in take(other, new, old)}
        assert states == {new: "accepted", old: "superseded"}
        assert [one.rows for one in figures(other).tables] == [one.rows for one in figures(rollup).tables]


def test_what_was_superseded_can_be_given_again_when_the_newer_one_is_taken_out(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    old = put(estate, tmp_path, 0, "old", at=NOW - 9 * DAY, seed=1, cameras=estate.bodies[0].cameras[:3])
    new = put(estate, tmp_path, 0, "new", at=NOW - DAY, seed=2)
    _, newer = take(rollup, old, new)
    tasks.take_out(rollup, str(newer.export_id), NOW)
    assert [one.state for one in take(rollup, old, new)] == ["accepted", "held"]


def test_a_body_has_the_name_of_its_newest_file_in_either_order(estate: Estate, tmp_path: Path) -> None:
    renamed = body_of(estate, 0)
    renamed.name = "Renamed"
    old = put(estate, tmp_path, 0, "old", at=NOW - 9 * DAY, part=0)
    new = put(estate, tmp_path, 0, "new", at=NOW - DAY, part=1, seed=2, body=renamed)
    for number, files in enumerate(((old, new), (new, old))):
        with tasks.open_for_taking(tmp_path / f"{number}.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
            take(rollup, *files)
            assert [one.name for one in figures(rollup).bodies] == ["Renamed"]


def test_both_in_one_run_tell_the_older_as_superseded(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    old = put(estate, tmp_path, 0, "a-old", at=NOW - 9 * DAY, seed=1)
    new = put(estate, tmp_path, 0, "b-new", at=NOW - DAY, seed=2)
    assert [one.state for one in take(rollup, old, new)] == ["superseded", "accepted"]


def test_several_records_of_one_body_are_added(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    cameras = [one for one in estate.bodies[0].cameras if one.template is not None]
    a = put(estate, tmp_path, 0, "a", part=0, cameras=cameras[:5])
    b = put(estate, tmp_path, 0, "b", part=1, cameras=cameras[5:], seed=2)
    assert [one.state for one in take(rollup, a, b)] == ["accepted", "accepted"]
    (row,) = figures(rollup).bodies
    assert row.files == 2
    assert row.cameras == sum(estate.counts_as(one) == "camera" for one in cameras)


def test_warnings_tell_what_is_old_or_thin(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    old = put(estate, tmp_path, 0, "old", at=NOW - 400 * DAY)
    thin = put(estate, tmp_path, 1, "thin", seed=2, method="search")
    first, second = take(rollup, old, thin)
    assert second.state == "accepted", second
    assert first.warnings[0].startswith("Its record is older than 12 months (as at 20 October 2025)")
    assert second.warnings == ("Its cameras were found by search only, so there may be more.",)
    flags = {one.name: one.flags for one in figures(rollup).bodies}
    assert flags == {estate.bodies[0].name: ("old",), estate.bodies[1].name: ("search-only",)}


def test_a_device_in_two_bodies_is_counted_for_both_and_once_in_the_nation(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    shared = next(one for one in estate.bodies[0].cameras if one.template is not None and estate.templates[one.template].keyed
                  and estate.counts_as(one) == "camera")  # fmt: skip
    a = put(estate, tmp_path, 0, "a", cameras=[shared])
    b = put(estate, tmp_path, 1, "b", cameras=[shared], seed=2, at=NOW - 3 * DAY)
    first, second = take(rollup, a, b)
    assert (
        first.warnings
        == second.warnings
        == ("1 device of it is also in another organisation: counted for both, once in the totals.",)
    )
    held = figures(rollup)
    assert [one.cameras for one in held.bodies] == [1, 1]
    assert (held.totals.cameras, held.totals.cameras_in_bodies) == (1, 2)
    assert [one.kind for one in held.problems] == ["device-in-two-bodies"]
    assert estate.bodies[0].name in held.problems[0].say
    assert estate.bodies[1].name in held.problems[0].say
    (number,) = held.problems[0].numbers
    assert number.split()[-1] in held.problems[0].whole
    assert number.split()[-1] not in held.problems[0].say, "papers and CSV files go further than the auditor"
    assert number.split()[-1] not in json.dumps(figures_document(held)), "and so does the JSON"
    assert [one.cameras_elsewhere for one in held.bodies] == [0, 1], "the newest record’s counts"
    tasks.take_out(rollup, str(first.export_id), NOW)
    held = figures(rollup)
    assert (held.totals.cameras, held.totals.cameras_in_bodies, held.problems[0].kind) == (1, 1, "held-taken-out")
    assert [one.cameras_elsewhere for one in held.bodies] == [0]


def test_what_is_taken_out_leaves_nothing_and_is_not_taken_in_again_by_itself(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    a, b = put(estate, tmp_path, 0, "a"), put(estate, tmp_path, 1, "b", seed=2)
    take(rollup, b)
    before = [one.rows for one in figures(rollup).tables]
    (taken,) = take(rollup, a)
    assert "was taken out" in tasks.take_out(rollup, str(taken.export_id), NOW)
    assert [one.rows for one in figures(rollup).tables] == before
    connection = rollup.file.connection
    for table in ("item", "detail", "observation", "item_key"):
        key = "id" if table == "item" else "item"
        assert connection.execute(
            f"SELECT count(*) FROM {table} WHERE {key} NOT IN (SELECT id FROM item WHERE export IN (SELECT id FROM export))"
        ).fetchone() == (0,)
    (again,) = take(rollup, a)
    assert (again.state, again.why) == ("held", "taken-out")
    assert "24 November 2026" in (again.reason or "")
    tasks.put_back(rollup, str(taken.export_id))
    (back,) = take(rollup, a)
    assert back.state == "accepted"
    with pytest.raises(IntakeError, match="no export"):
        tasks.take_out(rollup, "nothing", NOW)


def listing(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_bodies_that_are_not_on_the_list_are_held_and_counted_when_a_list_names_them(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    files = [put(estate, tmp_path, number, f"b{number}", seed=number) for number in range(3)]
    ids = [estate.bodies[number].ids["urn"] for number in range(3)]
    short = listing(
        tmp_path / "asked.csv",
        f"URN,EstablishmentName,PhaseOfEducation (name)\n{ids[0]},Elm Park,Primary\n{ids[1]},Oak,Secondary\n999999,Never,Primary\n",
    )
    agree_to(rollup, *files)
    done = tasks.take_in(rollup, files, knowledge(), NOW, bodies=short)
    assert [one.state for one in done.files] == ["accepted", "accepted", "held"]
    assert done.files[2].why == "body-unknown"
    held = figures(rollup)
    assert (held.totals.asked, held.totals.answered, held.totals.counted) == (3, 2, 2)
    assert held.missing == (("urn:999999", "Never", "Primary"),)
    assert [(one.name, one.type) for one in held.bodies] == [("Elm Park", "Primary"), ("Oak", "Secondary")]
    longer = listing(
        tmp_path / "more.csv",
        f"name;type;urn;expected_cameras\nElm Park;Primary;{ids[0]};7\nOak;Secondary;{ids[1]};\nAsh;Primary;{ids[2]};2\n",
    )
    tasks.load_bodies(rollup, longer)
    held = figures(rollup)
    assert (held.totals.asked, held.totals.answered) == (3, 3)
    assert held.missing == ()
    assert {one.name: one.expected for one in held.bodies} == {"Elm Park": 7, "Oak": None, "Ash": 2}
    assert [one.state for one in take(rollup, *files)] == ["accepted"] * 3
    tasks.load_bodies(rollup, short)
    assert [one.state for one in take(rollup, *files)] == ["accepted", "accepted", "held"]


def test_a_body_that_was_set_up_twice_is_one_body_by_its_number(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    urn = estate.bodies[0].ids["urn"]
    a = put(estate, tmp_path, 0, "a")
    b = put(estate, tmp_path, 1, "b", seed=2, body=body_of(estate, 1, urn=urn))
    take(rollup, a, b)
    held = figures(rollup)
    assert len(held.bodies) == 1
    assert held.bodies[0].flags == ("two-names",)
    assert [one.kind for one in held.problems] == ["body-twice"]


@pytest.mark.parametrize("also", [{}, {"gss": "E00000001"}])
def test_a_file_whose_numbers_are_of_two_bodies_is_held(
    also: dict[str, str], estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    """Also where one body could have both, a school's and a council's: no file makes two bodies one."""
    urn = estate.bodies[0].ids["urn"]
    a = put(estate, tmp_path, 0, "a")
    b = put(estate, tmp_path, 1, "b", seed=2, body=body_of(estate, 1, **also))
    take(rollup, a, b)
    ids = {"urn": urn, **also} if also else estate.bodies[1].ids
    both = put(estate, tmp_path, 0, "c", part=7, seed=3, body=body_of(estate, 0, **ids))
    (taken,) = take(rollup, both)
    assert (taken.state, taken.why, taken.reason) == ("held", "numbers-unclear", SEVERAL_NUMBERS)
    assert [one.files for one in figures(rollup).bodies] == [1, 1]
    assert [one.state for one in take(rollup, a, b, both)] == ["accepted", "accepted", "held"]
    (export,) = rollup.file.connection.execute("SELECT export_id FROM file WHERE path LIKE '%a.camcensus'").fetchone()
    tasks.take_out(rollup, export, NOW)
    assert [one.state for one in take(rollup, a, b, both)] == ["held", "accepted", "accepted"], "nothing speaks against it now"


def test_a_stranger_cannot_take_the_place_of_another_bodys_record(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    take(rollup, put(estate, tmp_path, 0, "a"))
    posing = put(estate, tmp_path, 1, "b", at=NOW - DAY / 2, seed=2)
    with sqlite3.connect(posing) as db:
        inventory = rollup.file.connection.execute("SELECT inventory FROM export").fetchone()[0]
        db.execute("UPDATE export SET inventory_id = ?", [inventory])
    (taken,) = take(rollup, posing)
    assert (taken.state, taken.why) == ("held", "body-unclear")
    assert len(figures(rollup).bodies) == 1


def test_a_file_from_the_future_and_a_simulation_are_not_counted(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    future = put(estate, tmp_path, 0, "future", at=NOW + 30 * DAY)
    demo = put(estate, tmp_path, 1, "demo", seed=2)
    with sqlite3.connect(demo) as db:
        db.execute("UPDATE export SET simulation = 1")
    assert [(one.state, one.why) for one in take(rollup, future, demo)] == [("refused", "future"), ("held", "simulation")]


def test_another_file_with_the_number_of_one_that_is_in_is_held(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    take(rollup, put(estate, tmp_path, 0, "a", seed=1))
    other = put(estate, tmp_path, 0, "b", seed=2, cameras=estate.bodies[0].cameras[:2])
    with sqlite3.connect(other) as db:
        db.execute("UPDATE export SET id = ?", rollup.file.connection.execute("SELECT uuid FROM export").fetchone())
    (taken,) = take(rollup, other)
    assert (taken.state, taken.why) == ("held", "changed")


def test_rounds_are_kept_and_compared(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    number = next(body.number for body in estate.bodies if truth(estate, body)["listed"] > 1)
    cameras = [replace(one, status="present") for one in estate.bodies[number].cameras]
    take(rollup, put(estate, tmp_path, number, "a", at=NOW - 9 * DAY, cameras=cameras))
    then = figures(rollup).bodies[0]
    assert "with 1 organisation that sent a file" in record_round(rollup, "Spring 2026", lists_of(rollup), NOW)
    with pytest.raises(IntakeError, match="already"):
        record_round(rollup, "Spring 2026", lists_of(rollup), NOW)
    listed = [one for one in read_devices_of(rollup, then.body) if one.list_ids and one.counts]
    assert listed
    gone = [replace(one, status="removed") if estate.maker(one) in listed_makers() else one for one in cameras]
    take(rollup, put(estate, tmp_path, number, "b", at=NOW - DAY, seed=2, cameras=gone))
    held = figures(rollup)
    change = next(table for table in held.tables if table.name == "change")
    row = dict(zip(change.columns, change.rows[0], strict=True))
    assert (row["compared"], row["listed_then"], row["listed_now"]) == (1, then.listed, held.bodies[0].listed)
    assert held.bodies[0].listed == 0
    assert held.bodies[0].replaced == len(listed)


def test_judging_again_is_told_and_a_stop_takes_all_of_it_back(estate: Estate, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes((ROOT / "vendors.db").read_bytes())
    with sqlite3.connect(other) as db:
        db.execute("UPDATE meta SET value = value || '.1' WHERE key = 'version'")
    newer = load_knowledge(other)
    folder = tmp_path / "files"
    write_estate(estate, folder, two_files=0)
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [folder], knowledge(), NOW)
        before = figures(rollup)
        assert is_current(rollup, knowledge())
        assert not is_current(rollup, newer)
        devices = sum(one.template is not None for body in estate.bodies for one in body.cameras)
        assert work_left(rollup, newer) == devices
        import camcensus.tasks.rollup.judging as judging

        kept, judging.TOGETHER = judging.TOGETHER, 40
        try:
            assert reassess_all(rollup, newer, stop=lambda: True) is False
            assert work_left(rollup, newer) == devices
            assert figures(rollup).knowledge_version == knowledge().version, "no total mixes two"
            assert figures(rollup).totals == before.totals
            done: list[int] = []
            assert reassess_all(rollup, newer, progress=lambda at, of: done.append(at)) is True
            assert (done[0], done[-1]) == (40, devices)
        finally:
            judging.TOGETHER = kept
        after = figures(rollup)
        assert after.knowledge_version == newer.version
        assert is_current(rollup, newer)
        assert after.totals == before.totals, "the same signs give the same answers, from what the devices said"
        assert [one.rows for one in after.tables] == [one.rows for one in before.tables]


def test_an_export_of_other_knowledge_is_judged_by_the_roll_ups_own(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    def forged(db: sqlite3.Connection) -> None:
        db.execute("UPDATE attribution SET manufacturer = 'axis', candidates = '[\"axis\"]', grade = 'almost-certain'")

    path = put(estate, tmp_path, 0, "a", version="2019.01.01+old", change=forged)
    done = tasks.take_in(rollup, [path], knowledge(), NOW)
    devices = sum(one.template is not None for one in estate.bodies[0].cameras)
    assert done.stale == devices
    assert reassess_all(rollup, knowledge())
    held = figures(rollup)
    assert held.stale == 0
    expected = truth(estate, estate.bodies[0])
    assert {key: getattr(held.bodies[0], key) for key in expected} == expected


def test_the_devices_of_a_body_are_at_hand(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    take(rollup, put(estate, tmp_path, 0, "a"))
    (row,) = figures(rollup).bodies
    devices = read_devices_of(rollup, row.body)
    assert sum(one.counts for one in devices) == row.cameras


def test_a_list_of_bodies_is_read_from_a_workbook(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "bodies.xlsx"))
    sheet = book.add_worksheet()
    for at, row in enumerate(
        [
            ["Bodies that were asked"],
            [],
            ["Name", "Type", "ODS code", "Number of cameras"],
            ["Oak Trust", "NHS trust", "RXH", 120.0],
            ["Bad", "NHS trust", "??", ""],
        ]
    ):
        sheet.write_row(at, 0, row)
    book.close()
    found = read_bodies(tmp_path / "bodies.xlsx")
    assert [(one.name, one.type, dict(one.ids), one.expected_cameras) for one in found.bodies] == [
        ("Oak Trust", "NHS trust", {"ods": "RXH"}, 120)
    ]
    assert len(found.problems) == 1
    assert found.problems[0].startswith("Row 5 of the list was left out: An ODS code is 3 to 8")
    with pytest.raises(IntakeError, match="no list of organisations"):
        read_bodies(listing(tmp_path / "other.csv", "a,b\n1,2\n"))


def test_one_writer_at_a_time_and_readers_beside(rollup: tasks.RollUp, tmp_path: Path) -> None:
    with pytest.raises(FileBusyError):
        tasks.open_for_taking(rollup.file.path, ROOT, knowledge(), NOW)
    with tasks.open_for_reading(rollup.file.path, ROOT) as reading:
        assert figures(reading).bodies == ()


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE answer_list",
        "ALTER TABLE answer RENAME TO answer_2",
        "ALTER TABLE body ADD COLUMN odd TEXT",
        "CREATE TABLE odd (one)",
        "CREATE TRIGGER odd AFTER INSERT ON body BEGIN DELETE FROM body; END",
        "CREATE VIEW odd AS SELECT 1",
    ],
)
def test_a_roll_up_with_other_tables_than_ours_is_a_sentence_and_left_alone(tmp_path: Path, change: str) -> None:
    path = tmp_path / "n.camcensus-rollup"
    tasks.open_for_taking(path, ROOT, knowledge(), NOW).file.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute(change)
    before = path.read_bytes()
    with pytest.raises(DamagedFileError):
        tasks.open_for_taking(path, ROOT, knowledge(), NOW)
    with pytest.raises(DamagedFileError):
        tasks.open_for_reading(path, ROOT)
    assert path.read_bytes() == before


def test_damage_that_shows_only_when_a_roll_up_is_read_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "n.camcensus-rollup"
    tasks.open_for_taking(path, ROOT, knowledge(), NOW).file.close()
    with pytest.raises(StoreError), tasks.open_for_reading(path, ROOT) as rollup:
        rollup.file.connection.execute("SELECT odd FROM body")


def test_a_roll_up_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "n.camcensus-rollup"
    tasks.open_for_taking(path, ROOT, knowledge(), NOW).file.close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE _sqlite_migrations SET name = 'm9999_future' WHERE name LIKE 'm0001%'")
    before = path.read_bytes()
    with pytest.raises(NewerFileError):
        tasks.open_for_taking(path, ROOT, knowledge(), NOW)
    assert path.read_bytes() == before


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_after_a_kill_it_goes_on_where_it_was_and_no_file_is_half_taken(tmp_path: Path) -> None:
    many = make_estate(9, 40, 900, double_share=0.02)
    folder = tmp_path / "files"
    write_estate(many, folder, two_files=0.1)
    expected = _whole(tmp_path / "whole.camcensus-rollup", folder)
    national = tmp_path / "n.camcensus-rollup"
    draw = random.Random(1)
    for _ in range(3):
        kill_during(national, folder, draw.uniform(0.6, 2.5))
        if national.exists():
            assert half_taken(national) == []
    with tasks.open_for_taking(national, ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [folder], knowledge(), NOW)
        held = figures(rollup)
    assert [one.rows for one in held.tables] == [one.rows for one in expected.tables]


def _whole(path: Path, folder: Path) -> Figures:
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [folder], knowledge(), NOW)
        return figures(rollup)


def kill_during(national: Path, folder: Path, seconds: float) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "desktop")}
    process = subprocess.Popen(
        [sys.executable, "-m", "camcensus", "rollup", str(national), str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )  # fmt: skip
    time.sleep(seconds)
    process.kill()
    process.wait()


def half_taken(national: Path) -> list[object]:
    """Exports that do not have all their rows, and rows that have no export."""
    db = sqlite3.connect(national)
    try:
        if db.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,):
            return ["no tables"]
        wrong: list[object] = db.execute(
            "SELECT uuid FROM export WHERE items <> (SELECT count(*) FROM item WHERE item.export = export.id)"
        ).fetchall()
        wrong += db.execute("SELECT id FROM item WHERE export NOT IN (SELECT id FROM export)").fetchall()
        wrong += db.execute(
            "SELECT export_id FROM file WHERE state = 'accepted' AND export_id NOT IN (SELECT uuid FROM export)"
        ).fetchall()
        wrong += [row for row in db.execute("PRAGMA quick_check") if row != ("ok",)]
        return wrong
    finally:
        db.close()


def test_what_is_printed_is_plain_json(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    from camcensus.tasks.rollup.files import figures_document

    take(rollup, put(estate, tmp_path, 0, "a"))
    document = json.loads(json.dumps(figures_document(figures(rollup))))
    assert all(
        isinstance(cell, (str, int, type(None))) for table in document["tables"] for row in table["rows"] for cell in row
    )


def test_what_is_cancelled_has_counted_what_is_in(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def progress(done: int, _of: int) -> None:
        if done == 2:
            raise Cancelled

    files = [put(estate, tmp_path, number, f"b{number}", seed=number) for number in range(4)]
    with pytest.raises(Cancelled):
        tasks.take_in(rollup, files, knowledge(), NOW, progress=progress)
    held = figures(rollup)
    assert (held.settled, len(held.bodies)) == (True, 2)
    assert held.totals.cameras == sum(one.cameras for one in held.bodies) > 0
    done = tasks.take_in(rollup, files, knowledge(), NOW)
    assert [one.again for one in done.files] == [True, True, False, False]


def test_a_stop_ends_between_two_files_and_the_next_call_goes_on(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    files = [put(estate, tmp_path, number, f"b{number}", seed=number) for number in range(3)]
    asked = iter([False, True])
    done = tasks.take_in(rollup, files, knowledge(), NOW, stop=lambda: next(asked))
    assert (done.stopped, len(done.files)) == (True, 1)
    assert len(take(rollup, *files)) == 3


def test_a_file_that_is_no_longer_signed_by_the_one_before_is_told(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    take(rollup, put(estate, tmp_path, 0, "a", at=NOW - 9 * DAY))
    rollup.file.connection.execute("UPDATE export SET signer = '3f9c 21ab'")
    (taken,) = take(rollup, put(estate, tmp_path, 0, "b", seed=2))
    assert taken.state == "accepted"
    assert any("not signed with the key" in one for one in taken.warnings)


def test_what_was_wrong_with_a_file_is_forgotten_when_another_lies_in_its_place(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    path = tmp_path / "sent.camcensus"
    path.write_bytes(b"")
    other = tmp_path / "other.camcensus"
    other.write_bytes(b"")
    take(rollup, path, other)
    assert len(figures(rollup).problems) == 2
    other.write_bytes(b"x")
    take(rollup, other)
    assert len(figures(rollup).problems) == 2
    put(estate, tmp_path, 0, "sent")
    other.unlink()
    other.hardlink_to(path)
    assert [one.state for one in take(rollup, path, other)] == ["accepted", "accepted"]
    assert figures(rollup).problems == ()


def test_a_file_that_was_changed_says_whose_it_is_as_it_stands(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    path = put(estate, tmp_path, 0, "changed")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE place SET name = 'Another'")
    db.close()
    (taken,) = take(rollup, path)
    assert (taken.state, taken.why, taken.body_name) == ("held", "changed", estate.bodies[0].name)
    assert taken.export_id
    assert estate.bodies[0].name in figures(rollup).problems[0].say


@pytest.mark.parametrize("files", [1, 2])
def test_a_list_by_names_finds_bodies_without_numbers_whenever_it_is_loaded(files: int, estate: Estate, tmp_path: Path) -> None:
    """Police forces have no official number."""
    asked = listing(tmp_path / "asked.csv", "name,type\nKent Police,police\nEssex Police,police\n")
    paths = []
    for number in range(files):
        force = BodyTruth(number, ("Kent Police", "KENT POLICE")[number], "police", {})
        paths.append(put(estate, tmp_path, number, f"kent-{number}", body=force))
    found = []
    for order in ("before", "after"):
        with tasks.open_for_taking(tmp_path / f"{order}.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
            if order == "before":
                tasks.load_bodies(rollup, asked)
            take(rollup, *paths)
            if order == "after":
                assert len(figures(rollup).bodies) == files
                assert tasks.load_bodies(rollup, asked) == ()
            assert {one.state for one in take(rollup, *paths)} == {"accepted"}
            seen = figures(rollup)
            assert [name for _, name, _ in seen.missing] == ["Essex Police"]
            found.append((seen.totals, [table.rows for table in seen.tables]))
    assert found[0] == found[1]


@pytest.mark.parametrize("order", ["before", "after"])
def test_a_list_by_names_alone_finds_bodies_whose_files_have_numbers(order: str, estate: Estate, tmp_path: Path) -> None:
    asked = listing(tmp_path / "asked.csv", f"name,type\n{estate.bodies[0].name.upper()},school\nNever,school\n")
    path = put(estate, tmp_path, 0, "a")
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        if order == "before":
            tasks.load_bodies(rollup, asked)
        take(rollup, path)
        for _ in range(2):  # the same list again changes nothing
            assert tasks.load_bodies(rollup, asked) == ()
            assert [one.state for one in take(rollup, path)] == ["accepted"]
            seen = figures(rollup)
            assert [one.code for one in seen.bodies] == [f"urn:{estate.bodies[0].ids['urn']}"]
            assert [name for _, name, _ in seen.missing] == ["Never"]


@pytest.mark.parametrize("order", ["before", "after"])
@pytest.mark.parametrize("first", ["numbered", "named"])
def test_a_row_of_the_same_name_without_a_number_is_another_body(
    first: str, order: str, estate: Estate, tmp_path: Path
) -> None:
    """Whichever of the two rows comes first, and whether files or the list are there first."""
    name, urn = estate.bodies[0].name, estate.bodies[0].ids["urn"]
    rows = [f"{name},school,{urn}", f"{name},school,"]
    text = "\n".join(["name,type,urn", *(rows if first == "numbered" else rows[::-1])]) + "\n"
    asked = listing(tmp_path / "asked.csv", text)
    path = put(estate, tmp_path, 0, "a")
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        if order == "before":
            tasks.load_bodies(rollup, asked)
        take(rollup, path)
        for _ in range(2):
            assert tasks.load_bodies(rollup, asked) == ()
            seen = figures(rollup)
            assert (seen.totals.asked, [one.code for one in seen.bodies]) == (2, [f"urn:{urn}"])
            assert [one[1] for one in seen.missing] == [name]


@pytest.mark.parametrize("order", ["before", "after"])
def test_names_are_compared_without_capitals_blanks_and_kinds_of_apostrophes(
    order: str, estate: Estate, tmp_path: Path
) -> None:
    path = put(estate, tmp_path, 0, "a", body=replace(body_of(estate, 0), name="St  Mary\u2019s "))
    asked = listing(tmp_path / "asked.csv", "name,type\nSt Mary's,school\n")
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        if order == "before":
            tasks.load_bodies(rollup, asked)
        take(rollup, path)
        assert tasks.load_bodies(rollup, asked) == ()
        seen = figures(rollup)
        assert (seen.totals.asked, seen.totals.answered, seen.missing) == (1, 1, ())


A, B, G, AG, NO = {"urn": "100001"}, {"urn": "100002"}, {"gss": "E00000001"}, {"urn": "100001", "gss": "E00000001"}, {}
"""The official numbers that a file gives: those of one school, of another, of a council, two of one body, none."""
MARY, OAK = "St Mary\u2019s", "Oak"


@pytest.mark.parametrize(
    ("listed", "files", "bodies", "held", "asked"),
    [
        pytest.param(["St Mary's,,"], [(0, 0, 9, A, MARY), (1, 0, 9, B, MARY)], [], 2, 1, id="two schools of the name"),
        pytest.param(["St Mary's,,"], [(0, 0, 9, A, MARY), (1, 0, 9, NO, MARY)], [], 2, 1, id="one of the name has a number"),
        pytest.param(
            ["St Mary's,,"], [(0, 0, 9, NO, MARY), (1, 0, 9, NO, MARY), (1, 1, 9, NO, MARY)], [("name:st marys", 3)], 0, 1,
            id="none has one",
        ),
        pytest.param(
            ["St Mary's,,"], [(0, 0, 9, NO, MARY), (1, 0, 9, NO, MARY), (1, 0, 5, A, MARY)], [], 2, 1, id="a number that came later",
        ),
        pytest.param(
            ["St Mary's,100001,", "St Mary's,,"], [(0, 0, 9, A, MARY), (1, 0, 9, NO, MARY)],
            [("name:st marys", 1), ("urn:100001", 1)], 0, 2, id="a row with its number and one without",
        ),
        pytest.param(
            ["Elm,100001,"], [(0, 0, 9, A, MARY), (1, 0, 9, NO, MARY), (1, 1, 9, NO, MARY), (1, 0, 5, A, MARY)],
            [("urn:100001", 3)], 0, 1, id="files without a number before the one that gives it",
        ),
        pytest.param(
            None, [(0, 0, 9, A, MARY), (1, 0, 9, NO, MARY), (1, 0, 5, A, MARY)], [("urn:100001", 2)], 0, None, id="no list",
        ),
        pytest.param(
            ["St Mary's,,", "Oak,,", "Elm,,"],
            [(1, 0, 9, NO, MARY), (0, 0, 9, NO, MARY), (0, 1, 8, NO, OAK), (2, 0, 9, NO, OAK)],
            [("name:oak", 1), ("name:st marys", 3)], 0, 3, id="names in a chain",
        ),
        pytest.param(
            ["Elm,100001,E00000001"], [(0, 0, 9, G, MARY), (1, 0, 9, AG, MARY)], [("urn:100001", 2)], 0, 1, id="two numbers",
        ),
        pytest.param(
            ["Elm,100001,E00000001"], [(0, 0, 9, G, MARY), (1, 0, 9, A, MARY)], [("urn:100001", 2)], 0, 1,
            id="a row with the numbers of two files",
        ),
        pytest.param(
            ["Elm,100001,E00000009"], [(0, 0, 9, AG, MARY), (1, 0, 9, B, OAK)], [], 2, 1,
            id="a row with another number than the file",
        ),
        pytest.param(
            ["Elm,100001,E00000001", "Ash,100002,E00000001", "Yew,100003,E00000001"],
            [(0, 0, 9, AG, MARY), (1, 0, 9, B, OAK)], [("urn:100001", 1), ("urn:100002", 1)], 0, 3, id="a trust's number in every row",
        ),
        pytest.param(
            ["Elm,100001,E00000001", "Ash,100001,E00000002", "Yew,100001,E00000003", "Elm,100001,"],
            [(0, 0, 9, A, MARY)], [("urn:100001", 1)], 0, 4, id="rows that contradict each other",
        ),
        pytest.param(
            ["Elm,100001,E00000001", "Ash,100002,E00000001"],
            [(0, 0, 9, A, MARY), (0, 1, 9, G, MARY), (1, 0, 9, G, OAK)], [("urn:100001", 2)], 1, 2,
            id="a trust's number alone is no school's",
        ),
        pytest.param(
            ["Elm,100001,E00000001", "Ash,100002,E00000003", "Yew,100002,E00000004"], [(0, 0, 9, {**B, **G}, OAK)],
            [], 1, 3, id="a shared number speaks against a row all the same",
        ),
        pytest.param(
            ["Trust,,E00000001", "Elm,100001,E00000001", "Ash,100002,E00000001"],
            [(0, 0, 9, AG, MARY), (1, 0, 9, B, OAK), (2, 0, 9, G, OAK), (3, 0, 9, {"urn": "100004", **G}, OAK)],
            [("gss:E00000001", 1), ("urn:100001", 1), ("urn:100002", 1)], 1, 3, id="the trust itself and its schools",
        ),
        pytest.param(
            ["Elm,100001,", "Ash,100002,", "Yew,100003,"],
            [(0, 0, 9, AG, MARY), (1, 0, 9, {"urn": "100002", **G}, OAK), (2, 0, 9, {"urn": "100003", **G}, OAK)],
            [("urn:100001", 1), ("urn:100002", 1), ("urn:100003", 1)], 0, 3, id="a trust's number in every file",
        ),
        pytest.param(
            ["Elm,100001,", "Ash,,E00000001"], [(0, 0, 9, A, MARY), (1, 0, 9, G, OAK), (2, 0, 9, AG, OAK)],
            [("gss:E00000001", 1), ("urn:100001", 1)], 1, 2, id="a stranger with the numbers of two bodies",
        ),
        pytest.param(
            ["Elm,100001,", "Ash,100002,"], [(0, 0, 9, A, MARY), (1, 0, 9, B, OAK), (0, 1, 5, B, OAK)],
            [("urn:100001", 1), ("urn:100002", 2)], 0, 2, id="a stranger with one body's number and another's of Camcensus",
        ),
        pytest.param(
            ["Elm,100001,", "St Mary's,,"], [(0, 0, 9, A, OAK), (0, 1, 9, B, MARY), (1, 0, 9, NO, MARY)],
            [("name:st marys", 1), ("urn:100001", 1)], 1, 2, id="a file that contradicts its body has no say in names",
        ),
    ],
)  # fmt: skip
def test_whose_a_file_is_does_not_hang_on_the_order_of_files_and_list(
    listed: list[str] | None, files: list[tuple[int, int, int, dict[str, str], str]], bodies: list[tuple[str, int]], held: int,
    asked: int | None, estate: Estate, tmp_path: Path,
) -> None:  # fmt: skip
    """Files are (number of the body that Camcensus made, of its record, age in days, official numbers, name).

    Also where another list was there first, and where a file was taken out and put back.
    """
    paths = [
        put(
            estate, tmp_path, number, f"{at}", part=part, at=NOW - age * DAY, seed=at + 1, cameras=estate.bodies[at].cameras[:3],
            body=BodyTruth(number, name, "school", ids),
        )
        for at, (number, part, age, ids, name) in enumerate(files)
    ]  # fmt: skip
    other = listing(
        tmp_path / "other.csv", "name,urn,gss\nElm,100001,E00000003\nSt Mary's,100007,\nOak,,\nAsh,100002,E00000001\n"
    )
    last = None if listed is None else listing(tmp_path / "asked.csv", "\n".join(["name,urn,gss", *listed]))
    steps: list[Path] = [*paths, *([] if last is None else [last])]
    found = []
    dice = random.Random(3)
    for number in range(3):
        with tasks.open_for_taking(tmp_path / f"{number}.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
            if number == 2 and last is not None:
                tasks.load_bodies(rollup, other)
            for step in steps if number == 0 else dice.sample(steps, len(steps)):
                if step == last:
                    tasks.load_bodies(rollup, step)
                else:
                    (taken,) = take(rollup, step)
                    if number == 1 and taken.state != "superseded":
                        tasks.take_out(rollup, str(taken.export_id), NOW)
                        tasks.put_back(rollup, str(taken.export_id))
                        take(rollup, step)
            take(rollup, *paths)
            states = {one.path.name: (one.state, one.why, one.reason) for one in take(rollup, *paths)}
            seen = figures(rollup)
            assert sorted((one.code, one.files) for one in seen.bodies) == bodies
            assert ([state for state, *_ in states.values()].count("held"), seen.totals.asked) == (held, asked)
            found.append((seen.totals, [table.rows for table in seen.tables], seen.missing, seen.problems, states))
            assert _loose_ends(rollup) == []
    first, *others = found
    assert all(one == first for one in others)


def _loose_ends(rollup: tasks.RollUp) -> list[object]:
    """What a settled roll-up has none of: rows that belong to nothing, and counts that are not of what is in."""
    connection = rollup.file.connection
    tally = read_sql(ROOT / "resources", "tally")
    return [
        *connection.execute("SELECT uuid FROM export WHERE body NOT IN (SELECT id FROM body)"),
        *connection.execute("SELECT code FROM body WHERE asked = 0 AND id NOT IN (SELECT body FROM export)"),
        *connection.execute("SELECT body FROM unsettled"),
        *set(connection.execute(tally)).symmetric_difference(connection.execute("SELECT * FROM tally")),
    ]


def test_a_file_without_the_number_that_the_list_has_is_told_so(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    asked = listing(tmp_path / "asked.csv", "name,type,urn\nElm,school,100001\nAsh,school,100001\n")
    assert tasks.load_bodies(rollup, asked) == (
        "“Ash” has the official number of “Elm” on the list; they were counted as one organisation.",
    )
    (taken,) = take(rollup, put(estate, tmp_path, 0, "a", body=BodyTruth(0, "ELM", "school", {})))
    assert (taken.state, taken.reason) == ("held", NO_NUMBER)


@pytest.mark.parametrize("newer_first", [False, True])
def test_a_record_that_gives_another_number_than_before_takes_no_bodys_place(
    newer_first: bool, estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    """A record that was copied for the next school; or a school that became an academy, whose old file is taken out."""
    tasks.load_bodies(rollup, listing(tmp_path / "asked.csv", "name,type,urn\nElm,school,100001\nAsh,school,100002\n"))
    first = put(estate, tmp_path, 0, "a", at=NOW - 9 * DAY, body=BodyTruth(0, "Elm", "school", A))
    second = put(estate, tmp_path, 0, "b", seed=2, body=BodyTruth(0, "Ash", "school", B))
    if newer_first:
        first, second = second, first
    (taken,) = take(rollup, first)
    (other,) = take(rollup, second)
    assert (taken.state, other.state, other.why) == ("accepted", "held", "body-unclear")
    assert [one.files for one in figures(rollup).bodies] == [1]
    tasks.take_out(rollup, str(taken.export_id), NOW)
    assert [one.state for one in take(rollup, second)] == ["accepted"]


def test_a_kind_of_body_that_was_neither_asked_nor_answered_is_in_no_table_and_no_round(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    tasks.load_bodies(rollup, listing(tmp_path / "asked.csv", "name,type,urn\nElm,school,100001\n"))
    take(rollup, put(estate, tmp_path, 0, "a", body=BodyTruth(0, "Elm", "school", A)))
    (held,) = take(rollup, put(estate, tmp_path, 1, "b", seed=2, body=BodyTruth(1, "Zoo", "zebra", B)))
    assert held.state == "held"
    assert [table.name for table in figures(rollup).tables if any("zebra" in row for row in table.rows)] == []
    record_round(rollup, "Spring", lists_of(rollup), NOW)
    assert rollup.file.connection.execute("SELECT code FROM round_body").fetchall() == [("urn:100001",)]


def test_nothing_counts_before_it_is_known_whose_it_is(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill between the last file and the counting, and for who reads beside."""
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "settle", lambda _: None)
        take(rollup, put(estate, tmp_path, 0, "a"))
    seen = figures(rollup)
    assert (seen.settled, seen.totals.answered) == (False, 0)
    tasks.settle(rollup)
    assert figures(rollup).totals.answered == 1


def test_a_code_is_shown_as_the_official_number_it_has_or_not_at_all() -> None:
    codes = ("urn:100005", "list:urn:100005", "list:company_no:01234567#2", "name:kent police", "id:0e52", "file:1", "")
    assert [code_words(code) for code in codes] == ["URN 100005", "URN 100005", "Company no. 01234567", "", "", "", ""]


def test_a_copy_of_one_inventory_under_another_name_is_held_until_the_auditor_agrees(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    take(rollup, put(estate, tmp_path, 0, "a", at=NOW - 9 * DAY, body=BodyTruth(0, "Avon Police", "police", {})), agreed=False)
    other = put(estate, tmp_path, 0, "b", seed=2, body=BodyTruth(0, "D\u00e9von Police", "police", {}))
    asked = listing(tmp_path / "asked.csv", "name,type\nAvon Police,police\nD\u00e9von Police,police\n")
    assert tasks.load_bodies(rollup, asked) == ()
    (held,) = take(rollup, other, agreed=False)
    assert (held.state, "Avon Police" in str(held.reason), "D\u00e9von Police" in str(held.reason)) == ("held", True, True)
    seen = figures(rollup)
    assert (seen.totals.answered, seen.missing) == (1, ()), "who sent a file that is held is not missing"
    states = next(one for one in seen.tables if one.name == "bodies")
    assert [row[states.columns.index("state")] for row in states.rows] == ["measured", "held"]
    assert "counts" in tasks.agree(rollup, str(held.export_id))
    assert [one.state for one in take(rollup, other, agreed=False)] == ["accepted"]


@pytest.mark.parametrize("with_list", [True, False])
def test_a_file_whose_name_and_number_are_of_two_organisations_is_held_with_both_names(
    with_list: bool, estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    right = put(estate, tmp_path, 0, "a", body=BodyTruth(0, "Coldford Primary School", "school", {"urn": "100001"}))
    wrong = put(estate, tmp_path, 1, "b", body=BodyTruth(1, "Fairton Primary School", "school", {"urn": "100001"}))
    if with_list:
        text = "name,type,urn\nColdford Primary School,school,100001\nFairton Primary School,school,100002\nIvy,school,100003\n"
        tasks.load_bodies(rollup, listing(tmp_path / "asked.csv", text))
    first, second = take(rollup, right, wrong, agreed=False)
    assert (first.state, second.state) == ("accepted", "held")
    assert "Coldford" in str(second.reason)
    assert "Fairton" in str(second.reason)
    assert [name for _, name, _ in figures(rollup).missing] == (["Ivy"] if with_list else []), "Fairton replied"
    tasks.agree(rollup, str(second.export_id))
    assert figures(rollup).totals.answered == 1
    assert figures(rollup).bodies[0].files == 2


def test_a_record_that_was_begun_apart_from_one_that_is_in_is_held_until_the_auditor_agrees(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    body = BodyTruth(0, "Oak School", "school", {"urn": "100001"})
    own = [put(estate, tmp_path, 0, name, part=part, seed=part + 1, body=body) for part, name in enumerate("ab")]
    forged = put(estate, tmp_path, 1, "c", seed=9, body=replace(body, number=1))
    assert [one.state for one in take(rollup, *own, forged, agreed=False)] == ["accepted", "accepted", "held"]
    held = take(rollup, forged, agreed=False)[0]
    assert "begun apart" in str(held.reason)
    assert figures(rollup).bodies[0].files == 2
    tasks.agree(rollup, str(held.export_id))
    assert figures(rollup).bodies[0].files == 3


def test_a_zip_of_exchange_files_is_taken_and_a_letter_is_called_one(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    paths = [put(estate, tmp_path, number, f"b{number}", seed=number) for number in range(2)]
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as packed:
        for path in paths:
            packed.write(path, f"files/../{path.name}")
        packed.writestr("read me.txt", "hello")
    done = take(rollup, tmp_path / "sent.zip")
    assert [(one.state, one.path.name) for one in done] == [("accepted", "b0.camcensus"), ("accepted", "b1.camcensus")]
    assert [one.again for one in take(rollup, tmp_path / "sent.zip")] == [True, True]
    for name, head, words in (
        ("reply.pdf", b"%PDF-1.7", "is a PDF"), ("reply.docx", b"PK\x03\x04word", "is a document"),
        ("mail.eml", b"From: a", "is an e-mail"), ("answers.xlsx", b"PK\x03\x04", "give it as answers"),
        ("other.zip", b"PK\x03\x04", "without an exchange file"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(head)
        (refused,) = take(rollup, tmp_path / name)
        assert (refused.state, words in str(refused.reason)) == ("refused", True), refused.reason


def test_a_newer_file_is_believed_as_the_one_before_it_was(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    """Two files of one body with two URNs: the one that was there first is believed, also when it is sent anew."""
    first = put(estate, tmp_path, 0, "a", at=NOW - 9 * DAY, body=BodyTruth(0, "Elm", "school", A))
    other = put(estate, tmp_path, 0, "b", part=1, at=NOW - 9 * DAY, seed=2, body=BodyTruth(0, "Elm", "school", B))
    newer = put(estate, tmp_path, 0, "c", at=NOW - DAY, seed=3, body=BodyTruth(0, "Elm", "school", A))
    assert [one.state for one in take(rollup, first, other)] == ["accepted", "held"]
    assert [one.state for one in take(rollup, newer, other)] == ["accepted", "held"]
    assert take(rollup, other)[0].reason == OTHER_NUMBERS


def test_bodies_that_one_file_made_one_are_found_by_the_numbers_of_both(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    """Body 1 has no number until its second record gives that of body 0; a third record of it has none again."""
    files = [(0, 0, A), (1, 0, NO), (1, 1, A), (1, 2, NO)]
    paths = [
        put(estate, tmp_path, number, f"{at}", part=part, seed=at + 1, body=BodyTruth(number, "Elm", "school", ids))
        for at, (number, part, ids) in enumerate(files)
    ]
    take(rollup, *paths[:2])
    record_round(rollup, "Spring", lists_of(rollup), NOW)
    take(rollup, *paths[2:])
    seen = figures(rollup)
    assert [(one.code, one.files) for one in seen.bodies] == [("urn:100001", 4)]
    (change,) = [one for one in seen.tables if one.name == "change"]
    assert [dict(zip(change.columns, row, strict=True))["compared"] for row in change.rows] == [1, 1]
    kept = rollup.file.connection.execute("SELECT code FROM round_body ORDER BY code LIKE 'id:%'").fetchall()
    assert kept[0] == ("urn:100001",)
    assert kept[1][0].startswith("id:"), "what was two bodies then is compared as it was"


def test_two_files_of_one_name_are_told_why_neither_counts(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    """The second takes back what the first was taken for; a list with the number settles it."""
    body = replace(body_of(estate, 0), name="St Mary’s")
    first = put(estate, tmp_path, 0, "a", body=body)
    second = put(estate, tmp_path, 1, "b", seed=2, body=replace(body_of(estate, 1), name="St Mary’s"))
    tasks.load_bodies(rollup, listing(tmp_path / "asked.csv", "name,type\nSt Mary's,school\n"))
    assert [one.state for one in take(rollup, first)] == ["accepted"]
    assert [one.state for one in take(rollup, second)] == ["held"]
    assert {one.say.partition(": ")[2] for one in figures(rollup).problems} == {UNCLEAR_NAME}
    seen = figures(rollup)
    assert (seen.bodies, seen.totals.asked, seen.totals.answered) == ((), 1, 0)
    assert [name for _, name, _ in seen.missing] == [], "whoever it is replied"
    tasks.load_bodies(rollup, listing(tmp_path / "asked.csv", f"name,type,urn\nSt Mary's,school,{body.ids['urn']}\n"))
    (counted,) = figures(rollup).bodies
    assert counted.code == f"urn:{body.ids['urn']}"
    assert {one.say.partition(": ")[2] for one in figures(rollup).problems} == {NO_NUMBER}


def test_the_lists_number_of_cameras_is_there_again_when_a_body_no_longer_says_none(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    listed = f"name,type,urn,cameras\nA,school,{estate.bodies[0].ids['urn']},40\n"
    tasks.load_bodies(rollup, listing(tmp_path / "asked.csv", listed))
    for age, says, expected in ((9, 0, 0), (5, 12, 40)):
        take(rollup, put(estate, tmp_path, 0, f"{age}", at=NOW - age * DAY, seed=age, change=_says("school", says)))
        assert [one.expected for one in figures(rollup).bodies] == [expected]


def _says(kind: str, cameras: int | None) -> Callable[[sqlite3.Connection], object]:
    basis = None if cameras is None else "counted"
    return lambda db: db.execute("UPDATE body SET type = ?, expected_cameras = ?, expected_basis = ?", [kind, cameras, basis])


def test_kind_and_expected_cameras_are_those_of_the_newest_file_in_any_order(estate: Estate, tmp_path: Path) -> None:
    """Of another record of the body and of a newer file of the same record; and the older one's when the newer is taken out."""
    other = put(estate, tmp_path, 0, "other", part=1, at=NOW - 9 * DAY, seed=1, change=_says("other", 12))
    old = put(estate, tmp_path, 0, "old", at=NOW - 5 * DAY, seed=2, change=_says("college", 30))
    new = put(estate, tmp_path, 0, "new", at=NOW - DAY, seed=3, change=_says("school", 40))
    for at, order in enumerate(((other, old, new), (new, old, other), (old, new, other))):
        with tasks.open_for_taking(tmp_path / f"{at}.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
            taken = {path: take(rollup, path)[0] for path in order}
            assert [(one.type, one.expected) for one in figures(rollup).bodies] == [("school", 40)]
            tasks.take_out(rollup, str(taken[new].export_id), NOW)
            assert [(one.type, one.expected) for one in figures(rollup).bodies] == [("other", 12)]


@pytest.mark.parametrize(
    ("kind", "status", "counted", "not_known"),
    [
        ("recorder", "present", True, 1),
        ("encoder", "present", True, 1),
        ("intercom", "present", True, 1),
        ("software", "present", True, 1),
        ("camera", "removed", True, 0),
        ("other", "present", False, 0),
    ],
)
def test_a_body_with_devices_for_cameras_and_no_camera_is_not_known(
    kind: str, status: str, counted: bool, not_known: int, estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    """Cameras behind a recorder answer no search: such a body is not one without cameras by a listed maker."""

    def change(db: sqlite3.Connection) -> None:
        counts_as = "gone" if status == "removed" else kind
        db.execute("UPDATE asset SET kind = ?, kind_said_by = 'person', status = ?, counts_as = ?", [kind, status, counts_as])

    path = put(estate, tmp_path, 0, "a", cameras=estate.bodies[0].cameras[:1], change=change, method="search")
    (taken,) = take(rollup, path)
    said = "There is no camera in it, and a" if counted else "No camera or recorder is in it"
    assert [one.startswith(said) for one in taken.warnings] == [True]
    seen = figures(rollup)
    assert [one.counted for one in seen.bodies] == [counted]
    assert (seen.totals.counted, seen.totals.cameras, seen.totals.bodies_not_known) == (int(counted), 0, not_known)


def test_that_a_body_has_no_cameras_is_for_itself_to_say(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    path = tmp_path / "nothing.camcensus"
    write_file(estate, body_of(estate, 0), [], path, 0, 1, NOW - DAY, method="")
    take(rollup, path)
    urn = estate.bodies[0].ids["urn"]
    tasks.load_bodies(rollup, listing(tmp_path / "asked.csv", f"name,type,urn,cameras\nA,school,{urn},0\n"))
    (body,) = figures(rollup).bodies
    assert (body.expected, body.counted, body.method) == (0, False, "search"), "an empty register was searched all the same"


@pytest.mark.parametrize("cameras", ["", "0", "3"])
@pytest.mark.parametrize("list_first", [False, True])
def test_no_list_takes_back_that_a_body_says_itself_that_it_has_no_camera(
    cameras: str, list_first: bool, estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    def says_none(db: sqlite3.Connection) -> None:
        db.execute("UPDATE body SET expected_cameras = 0, expected_basis = 'counted'")

    path = tmp_path / "none.camcensus"
    write_file(estate, body_of(estate, 0), [], path, 0, 1, NOW - DAY, method="search", change=says_none)
    asked = listing(tmp_path / "asked.csv", f"name,type,urn,cameras\nA,school,{estate.bodies[0].ids['urn']},{cameras}\n")
    steps = [lambda: take(rollup, path), lambda: tasks.load_bodies(rollup, asked)]
    for step in reversed(steps) if list_first else steps:
        step()
    for _ in range(2):
        (body,) = figures(rollup).bodies
        assert (body.expected, body.counted) == (0, True)
        tasks.load_bodies(rollup, asked)


def test_a_held_file_is_told_by_the_number_of_its_body(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    tasks.load_bodies(rollup, listing(tmp_path / "asked.csv", "name,type\nNever,school\n"))
    take(rollup, put(estate, tmp_path, 0, "a"))
    (problem,) = figures(rollup).problems
    assert (problem.kind, problem.bodies) == ("held-body-unknown", (f"urn:{estate.bodies[0].ids['urn']}",))


def test_a_name_of_two_bodies_is_asked_for_its_number(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    """There are many schools of one name; none of them is taken for another."""
    paths = [
        put(estate, tmp_path, number, f"st-mary-{number}", body=replace(body_of(estate, number), name="St Mary’s"), seed=number)
        for number in range(2)
    ]
    take(rollup, *paths)
    asked = listing(tmp_path / "asked.csv", "name,type\nSt Mary’s,school\n")
    assert tasks.load_bodies(rollup, asked) == (
        "“St Mary’s” is the name of several organisations; give its official number on the list.",
    )
    assert figures(rollup).bodies == ()


def test_what_a_body_expects_by_itself_outlives_a_list_that_does_not_say(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    def expects(db: sqlite3.Connection) -> None:
        db.execute("UPDATE body SET expected_cameras = 12, expected_basis = 'counted'")

    take(rollup, put(estate, tmp_path, 0, "a", change=expects))
    listed = f"name,type,urn,cameras\nA,school,{estate.bodies[0].ids['urn']}"
    for text, expected in ((f"{listed},\n", 12), (f"{listed},\n", 12), (f"{listed},40\n", 40), (f"{listed},\n", 12)):
        tasks.load_bodies(rollup, listing(tmp_path / "asked.csv", text))
        assert [one.expected for one in figures(rollup).bodies] == [expected]


def test_a_body_whose_devices_may_be_cameras_is_not_known(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    """It has no camera that is one for certain: to count it as without a listed maker would be a guess."""
    may = next(
        one
        for body in estate.bodies
        for one in body.cameras
        if estate.counts_as(one) == "may-be-camera" and one.status == "present"
    )
    take(rollup, put(estate, tmp_path, 0, "a", cameras=[may]))
    seen = figures(rollup).totals
    assert (seen.counted, seen.cameras, seen.bodies, seen.bodies_not_known) == (1, 0, 0, 1)


def test_channels_of_a_recorder_that_no_row_stands_for_leave_a_body_not_known(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    """Three cameras of Axis and a recorder that reports sixteen: nobody knows who made the rest."""
    listed = listed_makers()
    every = [one for body in estate.bodies for one in body.cameras if one.status == "present" and one.said_kind is None]
    known = next(one for one in every if estate.counts_as(one) == "camera" and estate.grade(one) in NAMED
                 and estate.maker(one) not in listed)  # fmt: skip
    recorder = next(one for one in every if estate.counts_as(one) == "recorder")

    def report(db: sqlite3.Connection) -> None:
        (asset,) = db.execute("SELECT id FROM asset WHERE kind = 'recorder'").fetchone()
        (camera,) = db.execute("SELECT id FROM asset WHERE kind = 'camera'").fetchone()
        db.executemany(
            "INSERT INTO channel VALUES (?, ?, ?, 'network', ?, 1, ?, NULL, NULL)",
            [(asset, number, number, camera if number == 1 else None, int(number == 1)) for number in range(1, 17)],
        )

    before = put(estate, tmp_path, 0, "a", cameras=[known, recorder])
    take(rollup, before)
    assert figures(rollup).totals.bodies_not_known == 0
    (taken,) = take(rollup, put(estate, tmp_path, 0, "a", cameras=[known, recorder], at=NOW, seed=2, change=report))
    assert "Its recorders report 15 channels without a row, so there may be more cameras." in taken.warnings
    seen = figures(rollup)
    assert (seen.totals.cameras, seen.totals.bodies, seen.totals.bodies_not_known) == (1, 0, 1)
    assert seen.bodies[0].or_more
    assert "channels" in seen.bodies[0].flags


@pytest.mark.parametrize(("says_none", "counted"), [(False, 0), (True, 1)])
def test_a_search_that_found_nothing_is_an_answer_and_not_counted(
    says_none: bool, counted: int, estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    """CCTV is often on a network of its own. A body that says that it has no camera, and searched, is counted."""

    def change(db: sqlite3.Connection) -> None:
        if says_none:
            db.execute("UPDATE body SET expected_cameras = 0, expected_basis = 'counted'")

    path = tmp_path / "nothing.camcensus"
    write_file(estate, body_of(estate, 0), [], path, 0, 1, NOW - DAY, method="search", change=change)
    (taken,) = take(rollup, path)
    assert any(one.startswith("No camera or recorder is in it") for one in taken.warnings) == (not says_none)
    take(rollup, put(estate, tmp_path, 1, "other"))
    seen = figures(rollup)
    assert (seen.totals.answered, seen.totals.counted) == (2, 1 + counted)
    nothing = next(one for one in seen.bodies if one.cameras == 0)
    assert nothing.counted == bool(counted)
    assert ("found-nothing" in nothing.flags) == (not counted)


def test_the_warnings_of_a_file_stay_when_a_list_names_its_body_later(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    path = put(estate, tmp_path, 1, "old", at=NOW - 500 * DAY, method="search")
    (held,) = take(rollup, path, bodies=listing(tmp_path / "a.csv", "name,type,urn\nOther,school,999999\n"))
    assert (held.state, len(held.warnings)) == ("held", 2)
    name = next(iter(estate.bodies[1].ids))
    asked = listing(tmp_path / "b.csv", f"name,type,{name}\nMine,school,{estate.bodies[1].ids[name]}\n")
    (taken,) = take(rollup, path, bodies=asked)
    assert (taken.state, taken.warnings) == ("accepted", held.warnings)


def strong_macs(path: Path) -> list[str]:
    with sqlite3.connect(path) as db:
        found = db.execute(
            "SELECT value FROM device_key JOIN asset ON asset.device = device_key.device"
            " WHERE trust = 'strong' AND device_key.kind = 'mac' AND status <> 'removed'"
        ).fetchall()
    db.close()
    return [value for (value,) in found]


def claims(values: list[str]) -> Callable[[sqlite3.Connection], None]:
    """One device of a file is given the numbers of many."""

    def change(db: sqlite3.Connection) -> None:
        (device,) = db.execute("SELECT device FROM asset WHERE device IS NOT NULL AND status = 'present' LIMIT 1").fetchone()
        db.execute("DELETE FROM device_key")
        when = "2026-11-20T10:40:00Z"
        db.executemany(
            "INSERT INTO device_key VALUES (?, 'mac', ?, 'strong', ?, ?, ?)",
            [(device, value, number, when, when) for number, value in enumerate(values, 1)],
        )

    return change


def test_a_strangers_file_that_claims_every_number_takes_no_row_out_of_another_body(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    theirs = put(estate, tmp_path, 2, "theirs")
    take(rollup, theirs)
    (before,) = figures(rollup).bodies
    in_nation = figures(rollup).totals.cameras
    few = [one for one in estate.bodies[3].cameras if one.template is not None and one.status == "present"][:3]
    (stranger,) = take(rollup, put(estate, tmp_path, 3, "stranger", at=NOW, cameras=few, change=claims(strong_macs(theirs))))
    assert stranger.state == "accepted"
    assert "also in another organisation" in stranger.warnings[0]
    seen = figures(rollup)
    after = next(one for one in seen.bodies if one.body == before.body)
    assert (after.cameras, after.cameras_elsewhere) == (before.cameras, 0)
    assert seen.totals.cameras >= in_nation
    tasks.take_out(rollup, str(stranger.export_id), NOW)
    assert figures(rollup).totals.cameras == in_nation


def test_two_rows_of_one_record_are_two_devices_whatever_number_they_share(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    def one_number(db: sqlite3.Connection) -> None:
        done = db.execute("UPDATE OR IGNORE device_key SET value = '3c:ef:8c:00:00:01' WHERE kind = 'mac' AND trust = 'strong'")
        assert done.rowcount > 5

    (taken,) = take(rollup, put(estate, tmp_path, 2, "one", change=one_number))
    assert (taken.state, taken.reason) == ("accepted", None)
    (body,) = figures(rollup).bodies
    assert body.cameras == len(estate.cameras_of(estate.bodies[2]))
    assert figures(rollup).problems == ()


def test_a_deep_folder_and_one_that_is_gone_cost_no_other_file(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = put(estate, tmp_path, 0, "good")
    folder = tmp_path / "files"
    deep = folder / "deep"
    deep.mkdir(parents=True)
    (folder / "gone").mkdir()
    with contextlib.chdir(deep), contextlib.ExitStack() as below:
        for _ in range(1100):
            Path("d").mkdir()
            below.enter_context(contextlib.chdir("d"))
        Path("good.camcensus").write_bytes(good.read_bytes())
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "gone":
            raise PermissionError(13, "Permission denied")
        return real(path)

    with monkeypatch.context() as refusing:
        refusing.setattr(os, "scandir", scandir)
        done = {one.path.name: one for one in take(rollup, folder)}
    assert done["good.camcensus"].state == "accepted"
    assert done["gone"].state == "refused"
    assert "could not be opened" in (done["gone"].reason or "")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_of_too_many_organisations_is_refused_and_never_cut(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies_list, "ROWS_LIMIT", 5)
    rows = [["name", "urn"], *([f"School {at}", f"{100_000 + at}"] for at in range(5 + bodies_list.HEADING_ROWS))]
    path = tmp_path / f"asked.{form}"

    def written(rows: list[list[str]]) -> Path:
        path.write_bytes(xlsx(("Asked", rows)) if form == "xlsx" else "".join(",".join(row) + "\n" for row in rows).encode())
        return path

    with pytest.raises(IntakeError, match="more than 5 rows"):
        bodies_list.read_bodies(written(rows))
    assert len(bodies_list.read_bodies(written(rows[:-1])).bodies) == len(rows) - 2


def test_of_a_pack_that_we_published_one_file_stands_for_all(tmp_path: Path) -> None:
    pack = tmp_path / "national" / "pack"
    pack.mkdir(parents=True)
    for name in ("counts.sqlite", "datapackage.json", "bodies.csv", "letters.xlsx"):
        (pack / name).write_bytes(b"")
    (tmp_path / "national" / "answers.csv").write_bytes(b"")
    assert [one.name for one in tasks.files_in([tmp_path])] == ["answers.csv", "counts.sqlite"]
