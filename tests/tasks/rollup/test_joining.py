"""Roll-ups that several computers made, joined: the very roll-up that one computer makes of all the files."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from camcensus.model.errors import IntakeError
from camcensus.store.rollup.carrying import carrying
from camcensus.store.rollup.schema import MIGRATIONS
from camcensus.store.rollup.tables import JOINED, MADE_ANEW
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answer_files import take_answer_files
from camcensus.tasks.rollup.figures import lists_of, read_figures
from camcensus.tasks.rollup.joining import join_parts
from rollup_estate import NOW, ROOT, knowledge, make_estate, write_estate, write_file
from rollup_same import differences


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Records of one body in several files, newer and older files of one record, a refused one, devices in two bodies."""
    folder = tmp_path_factory.mktemp("country") / "files"
    estate = make_estate(5, 24, 500, double_share=0.1)
    write_estate(estate, folder, two_files=0.4)
    for body in estate.bodies[:4]:
        at, cameras = body.records[0]
        for days in (3, -3):
            write_file(
                estate, body, cameras[:-2], folder / f"x{body.number}{days}.camcensus", 0, 60 + days, at + timedelta(days=days)
            )
    (folder / "page.camcensus").write_text("<html>Sign in to see this file</html>", "utf-8")
    answers = ["organisation,urn,status,Hikvision or Dahua?,How many cameras?"]
    answers += [f"{one.name},{one.ids.get('urn', '')},,yes,40" for one in estate.bodies[:9]]
    answers += [f"Far School {n},,{'refused s31' if n % 2 else ''},{'' if n % 2 else 'no'}," for n in range(5)]
    (folder / "answers.csv").write_text("\n".join(answers), "utf-8")
    (folder / "later.csv").write_text(f"organisation,urn,How many cameras?\n{answers[1].split(',')[0]},,44", "utf-8")
    rows = [f'"{body.name}",{body.type},{body.ids.get("urn", "")}' for body in estate.bodies[2:]]
    (folder.parent / "asked.csv").write_text("\n".join(["name,type,urn", *rows, "School,school,155000"]), "utf-8")
    return sorted(folder.iterdir())


def make(path: Path, files: Sequence[Path], **more: Path) -> Path:
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [one for one in files if one.suffix != ".csv"], knowledge(), NOW, **more)  # type: ignore[arg-type]
        take_answer_files(rollup, [one for one in files if one.suffix == ".csv"], knowledge(), NOW)
    return path


def join(path: Path, parts: Sequence[Path]) -> tasks.RollupImport:
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        return join_parts(rollup, parts, knowledge(), NOW)


def tables_of(path: Path) -> object:
    with tasks.open_for_reading(path, ROOT) as rollup:
        figures = read_figures(rollup, lists_of(rollup), "2026-11-24")
        return figures.tables, figures.totals, [replace(one, body=0) for one in figures.bodies]


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [line for line in db.iterdump() if "_sqlite_migrations" not in line]


@pytest.fixture(scope="module")
def whole(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("whole") / "whole.camcensus-rollup", files, bodies=files[0].parent.parent / "asked.csv")


@pytest.mark.parametrize("number", [2, 13])
def test_parts_joined_in_any_order_are_the_roll_up_that_one_computer_makes(
    whole: Path, files: list[Path], tmp_path: Path, number: int
) -> None:
    asked = {"bodies": files[0].parent.parent / "asked.csv"}
    parts = [make(tmp_path / f"{n}.camcensus-rollup", files[n::number], **(asked if n == 1 else {})) for n in range(number)]
    dumps = []
    for order in (parts, parts[::-1], random.Random(1).sample(parts, number)):
        joined = tmp_path / "joined.camcensus-rollup"
        joined.unlink(missing_ok=True)
        done = join(joined, order)
        assert [part.path for part in done.parts] == list(order)
        assert {part.state for part in done.parts} == {"joined"}
        assert len(done.files) == len(files)
        assert differences(joined, whole) == []
        assert tables_of(joined) == tables_of(whole)
        dumps.append(dump(joined))
    assert dumps[0] == dumps[1] == dumps[2]
    assert all(one.again for one in join(joined, parts).files)
    assert dump(joined) == dumps[0]


def test_parts_joined_one_after_the_other_are_the_same_roll_up(whole: Path, files: list[Path], tmp_path: Path) -> None:
    parts = [make(tmp_path / f"{n}.camcensus-rollup", files[n::3]) for n in range(3)]
    for part in parts[::-1]:
        join(tmp_path / "joined.camcensus-rollup", [part])
    make(tmp_path / "joined.camcensus-rollup", [], bodies=files[0].parent.parent / "asked.csv")
    assert differences(tmp_path / "joined.camcensus-rollup", whole) == []
    assert tables_of(tmp_path / "joined.camcensus-rollup") == tables_of(whole)


def test_parts_joined_to_the_first_of_them_are_the_same_roll_up(whole: Path, files: list[Path], tmp_path: Path) -> None:
    parts = [make(tmp_path / f"{n}.camcensus-rollup", files[n::3]) for n in range(3)]
    join(parts[0], parts[1:])
    make(parts[0], [], bodies=files[0].parent.parent / "asked.csv")
    assert differences(parts[0], whole) == []
    assert tables_of(parts[0]) == tables_of(whole)


def test_rows_of_a_file_that_do_not_lie_side_by_side_are_joined_too(whole: Path, files: list[Path], tmp_path: Path) -> None:
    asked = {"bodies": files[0].parent.parent / "asked.csv"}
    parts = [make(tmp_path / f"{n}.camcensus-rollup", files[n::2], **asked) for n in range(2)]
    with closing(sqlite3.connect(parts[1])) as db, db:
        db.execute("UPDATE observation SET id = -id")
        db.execute("UPDATE observation SET id = -2 * id")
    joined = tmp_path / "joined.camcensus-rollup"
    assert [one.state for one in join(joined, parts).parts] == ["joined", "joined"]
    assert differences(joined, whole) == []


def test_a_join_that_is_stopped_within_a_part_goes_on_later(whole: Path, files: list[Path], tmp_path: Path) -> None:
    asked = files[0].parent.parent / "asked.csv"
    parts = [make(tmp_path / f"{n}.camcensus-rollup", files[n::2], **({"bodies": asked} if n else {})) for n in range(2)]
    looks = iter(range(10**6))
    with tasks.open_for_taking(tmp_path / "joined.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        done = join_parts(rollup, parts, knowledge(), NOW, stop=lambda: next(looks) >= 7)
    assert done.stopped
    assert done.parts == ()
    assert 0 < len(done.files) < len(files) / 2
    assert not join(tmp_path / "joined.camcensus-rollup", parts).stopped
    assert tables_of(tmp_path / "joined.camcensus-rollup") == tables_of(whole)


@pytest.mark.parametrize("together", [1, 4, 64])
def test_a_join_that_was_ended_in_the_middle_loses_nothing_and_goes_on(
    whole: Path, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    asked = {"bodies": files[0].parent.parent / "asked.csv"}
    parts = [make(tmp_path / f"{n}.camcensus-rollup", files[n::3], **asked) for n in range(3)]
    joined = tmp_path / "joined.camcensus-rollup"
    taken = 0

    from camcensus.store.rollup import joining

    monkeypatch.setattr(joining, "_TOGETHER", together)
    real = joining.take

    def ended(*words: object, **more: object) -> object:
        nonlocal taken
        taken += 1
        if taken == 15:
            raise KeyboardInterrupt
        return real(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(joining, "take", ended)
    with pytest.raises(KeyboardInterrupt):
        join(joined, parts)
    with closing(sqlite3.connect(joined)) as db:
        assert 0 < db.execute("SELECT count(*) FROM export").fetchone()[0] < 15
        assert not db.execute("SELECT 1 FROM unsettled").fetchall()
    done = join(joined, parts)
    assert any(one.again for one in done.files)
    assert differences(joined, whole) == []
    assert not list(tmp_path.glob("camcensus-rollup-*"))


def _join_and_count(path: Path, parts: Sequence[Path], most: int | None = None) -> int:
    """Join; gives how many statements that took. The process kills itself by SIGKILL before it would run `most` of them."""
    statements = 0

    def count(_: str) -> None:
        nonlocal statements
        statements += 1
        if statements == most:
            os.kill(os.getpid(), signal.SIGKILL)

    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        rollup.file.connection.set_trace_callback(count)
        join_parts(rollup, parts, knowledge(), NOW)
    return statements


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no SIGKILL here")
@pytest.mark.filterwarnings("ignore:This process")
def test_a_join_that_is_killed_twenty_times_loses_nothing_and_ends_as_the_same_roll_up(
    whole: Path, files: list[Path], tmp_path: Path
) -> None:
    asked = {"bodies": files[0].parent.parent / "asked.csv"}
    parts = [make(tmp_path / f"{n}.camcensus-rollup", files[n::2], **asked) for n in range(2)]
    joined = tmp_path / "joined.camcensus-rollup"
    every = _join_and_count(tmp_path / "counted.camcensus-rollup", parts)
    draw, kills, within, before = random.Random(21), 0, 0, 0
    while kills < 20:
        most = draw.randrange(1, every)
        child = os.fork()
        if not child:
            try:
                _join_and_count(joined, parts, most)
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        assert status == 0 or os.WIFSIGNALED(status)
        kills += status != 0
        with closing(sqlite3.connect(joined)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            half = "SELECT uuid FROM export WHERE items <> (SELECT count(*) FROM item WHERE export = export.id)"
            assert db.execute(half).fetchall() == []
            (held,) = db.execute("SELECT count(*) FROM export").fetchone()
        assert held >= before
        within += before < held
        before = held
        if status == 0:
            assert differences(joined, whole) == []
            joined.unlink()
            before = 0
    assert within > 3
    join(joined, parts)
    assert differences(joined, whole) == []
    assert not list(tmp_path.glob("camcensus-rollup-*"))


def test_what_was_taken_out_of_a_part_is_out(files: list[Path], tmp_path: Path) -> None:
    parts = [make(tmp_path / f"{n}.camcensus-rollup", files[:6] if n else files[3:9]) for n in range(2)]
    with tasks.open_for_taking(parts[0], ROOT, knowledge(), NOW) as rollup:
        (number,) = rollup.file.connection.execute("SELECT uuid FROM export ORDER BY id LIMIT 1").fetchone()
        tasks.take_out(rollup, number, NOW)
    for order in (parts, parts[::-1]):
        joined = tmp_path / "joined.camcensus-rollup"
        joined.unlink(missing_ok=True)
        join(joined, order)
        with closing(sqlite3.connect(joined)) as db:
            assert not db.execute("SELECT 1 FROM export WHERE uuid = ?", [number]).fetchall()
            assert db.execute("SELECT why FROM file WHERE export_id = ?", [number]).fetchall() == [("taken-out",)]


def test_what_is_taken_out_here_because_it_was_there_is_said_with_its_number(files: list[Path], tmp_path: Path) -> None:
    ours = make(tmp_path / "ours.camcensus-rollup", files[:3])
    theirs = make(tmp_path / "theirs.camcensus-rollup", files[3:5])
    with closing(sqlite3.connect(ours)) as db:
        name, number = db.execute("SELECT body_name, uuid FROM export ORDER BY id LIMIT 1").fetchone()
    with closing(sqlite3.connect(theirs)) as db, db:
        db.execute("INSERT INTO taken_out VALUES (?, '2026-11-24T10:42:00Z')", [number])
    said = " ".join(join(ours, [theirs]).problems)
    assert number in said
    assert name in said
    assert "taken out here too" in said
    assert not join(ours, [theirs]).problems, "it is said once"


def test_a_part_by_other_knowledge_counts_as_its_files_would(files: list[Path], tmp_path: Path) -> None:
    part = make(tmp_path / "part.camcensus-rollup", files)
    with closing(sqlite3.connect(part)) as db, db:
        db.execute("UPDATE setting SET value = 'other' WHERE key = 'judged_by'")
        db.execute("UPDATE item SET answer = (SELECT min(id) FROM answer), stale = 0")
    join(tmp_path / "joined.camcensus-rollup", [part])
    assert differences(tmp_path / "joined.camcensus-rollup", make(tmp_path / "whole.camcensus-rollup", files)) == []


def test_another_list_of_organisations_is_named_and_not_used(whole: Path, files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "asked.csv").write_text("name,type,urn\nOther,school,155001\n", "utf-8")
    part = make(tmp_path / "part.camcensus-rollup", [], bodies=tmp_path / "asked.csv")
    joined = shutil.copy(whole, tmp_path / "joined.camcensus-rollup")
    (problem,) = join(joined, [part]).problems
    assert "another list of organisations" in problem
    assert differences(joined, whole) == []


def _statement(sql: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("PRAGMA ignore_check_constraints = 1")
            db.execute(sql)

    return spoil


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def _garbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(3 * 4096 + 8, len(data), 4096):
        data[at : at + 8] = b"\xff" * 8
    path.write_bytes(data)


def _open_elsewhere(path: Path) -> None:
    path.with_name(path.name + "-wal").write_bytes(b"x")


SPOILT: dict[str, Callable[[Path], None]] = {
    "a view": _statement("CREATE VIEW extra AS SELECT 1"),
    "a trigger": _statement("CREATE TRIGGER extra AFTER INSERT ON item BEGIN DELETE FROM item; END"),
    "a table": _statement("CREATE TABLE extra (x)"),
    "an index": _statement("CREATE INDEX extra ON item(status)"),
    "a value that no column may hold": _statement("UPDATE item SET status = 'new'"),
    "a kind that there is not": _statement("UPDATE item SET said_kind = 'tree'"),
    "an item of no file": _statement("UPDATE item SET export = 999999"),
    "an item without details": _statement("DELETE FROM detail WHERE item = 1"),
    "a year that there is not": _statement("UPDATE item SET installed_year = 9223372036854775807"),
    "channels without end": _statement("UPDATE export SET channels_without_row = 9223372036854775807"),
    "a cost that no sum can hold": _statement("UPDATE item SET cost_pence = 9223372036854775807 WHERE id = 1"),
    "a plan that no sum can hold": _statement("UPDATE plan_year SET total_pence = 9223372036854775807"),
    "a text without end": _statement("UPDATE detail SET model = printf('%.*c', 100000, 'x') WHERE item = 1"),
    "a text that is no text": _statement("UPDATE detail SET place = CAST(x'41ff42' AS TEXT) WHERE item = 1"),
    "addresses that are no JSON": _statement("UPDATE detail SET addresses = '[1' WHERE item = 1"),
    "replies that are no JSON": _statement("UPDATE observation SET fields = '[]' WHERE id = 1"),
    "an answer by another key": _statement("UPDATE answer SET key = '[1, 2, 3, 4, [], [[1]]]' WHERE id = (SELECT min(answer) FROM item)"),
    "an answer with a maker that is none": _statement("UPDATE answer SET key = '[\"camera\", \"No Id\", \"likely\", null, [], []]' WHERE id = (SELECT min(answer) FROM item)"),
    "a newer program's": _statement("UPDATE _sqlite_migrations SET name = 'm9999_new' WHERE id = 1"),
    "an older program's": _statement("DELETE FROM _sqlite_migrations WHERE name LIKE 'm0003%'"),
    "a file cut short": _cut,
    "a garbled file": _garbled,
    "a file that is open": _open_elsewhere,
}  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_hostile_part_is_refused_with_a_reason_and_the_others_are_joined(
    files: list[Path], tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    good, bad = (make(tmp_path / f"{name}.camcensus-rollup", some) for name, some in (("good", files[:3]), ("bad", files[3:6])))
    spoil(bad)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    done = join(tmp_path / "joined.camcensus-rollup", [bad, good])
    states = {part.path.stem: (part.state in ("refused", "held"), bool(part.reason)) for part in done.parts}
    assert states == {"bad": (True, True), "good": (False, False)}
    assert {path: path.read_bytes() for path in before} == before
    assert differences(tmp_path / "joined.camcensus-rollup", good) == []


def test_files_that_are_no_roll_up_are_refused_with_a_reason(files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "empty.camcensus-rollup").touch()
    (tmp_path / "link.camcensus-rollup").symlink_to(files[0])
    done = join(
        tmp_path / "joined.camcensus-rollup",
        [files[0], tmp_path / "empty.camcensus-rollup", tmp_path / "link.camcensus-rollup"],
    )
    assert [(part.state, part.why) for part in done.parts] == [
        ("refused", "exchange-file"),
        ("refused", "empty"),
        ("refused", "link"),
    ]
    with pytest.raises(IntakeError, match="no file"):
        join(tmp_path / "joined.camcensus-rollup", [tmp_path / "nothing"])
    with pytest.raises(IntakeError, match="itself"):
        join(tmp_path / "joined.camcensus-rollup", [tmp_path / "joined.camcensus-rollup"])


def test_every_table_of_a_roll_up_is_joined_or_says_why_not(tmp_path: Path) -> None:
    from sqlite_utils import Database

    db = Database(sqlite3.connect(":memory:"))
    MIGRATIONS.apply(db)
    carried = {table.name for root in JOINED for table in carrying(db.conn, root).tables} | set(JOINED)
    every = {name for name in db.table_names() if not name.startswith("sqlite_")}
    assert carried | MADE_ANEW.keys() == every
    assert not carried & MADE_ANEW.keys()
