"""A working inventory may come from anybody: what our own program never makes is a sentence, and nothing in it runs."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from camcensus.model.errors import DamagedFileError, StoreError
from camcensus.store import opening, pen, soundness
from camcensus.store.backups import restore_backup
from camcensus.store.edits import placing, tagging
from camcensus.store.inventory import create_inventory, open_inventory
from camcensus.store.keeping import SavedDevice
from samples import LATER, NOW, body, scan, verdict


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "school.camcensus"
    with create_inventory(path, body(), now=NOW) as inventory:
        inventory.do(placing.add_place("site", "Elm Park", None), by="A", now=NOW)
        inventory.do(placing.add_place("site", "Oak Park", None), by="A", now=NOW)
        found = [
            SavedDevice(
                id=f"device-{at}",
                new=True,
                device=verdict(at).device,
                verdict=verdict(at),
                outcome="Camera, Dahua – Likely",
                prefix="CAM",
                matched="New.",
            )
            for at in (1, 2)
        ]
        inventory.keep(scan(), [], found, NOW)
    return path


def change(path: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        for one in statements:
            db.execute(one)
        db.commit()
        db.execute("PRAGMA journal_mode = DELETE").fetchone()


FOREIGN = (
    ("CREATE VIEW more AS SELECT 1",),
    ("CREATE TABLE more (a TEXT)",),
    ("CREATE TRIGGER wipe AFTER INSERT ON place BEGIN UPDATE asset SET decision = NULL; END",),
    ("CREATE TRIGGER wipe AFTER UPDATE ON asset BEGIN DELETE FROM photo; END",),
    ("CREATE INDEX more ON place(name)",),
    ("ALTER TABLE place ADD COLUMN slow TEXT GENERATED ALWAYS AS (replace(hex(zeroblob(10000000)), '0', 'x')) VIRTUAL",),
    ("DROP INDEX asset_place",),
    ("ALTER TABLE place RENAME TO place_", "CREATE VIEW place AS SELECT * FROM place_"),
    ("CREATE VIRTUAL TABLE more USING fts5(a)",),
    ("ALTER TABLE change RENAME COLUMN say TO said",),
    (
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_stat1', 'place', 0, 'CREATE TRIGGER sqlite_stat1 AFTER INSERT "
        "ON place BEGIN UPDATE asset SET decision = NULL; END')",
    ),
    (
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema VALUES ('view', 'sqlite_stat1', 'sqlite_stat1', 0, 'CREATE VIEW sqlite_stat1 AS SELECT 1')",
    ),
    (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'name TEXT', 'nameTEXT') WHERE name = 'place'",
    ),
    (
        "ALTER TABLE _sqlite_migrations RENAME TO more",
        "CREATE VIEW _sqlite_migrations AS WITH RECURSIVE count(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM count) "
        "SELECT id, 'camcensus' AS migration_set, 'x' AS name FROM count",
    ),
)
WRONG = (
    ("DELETE FROM body",),
    ("UPDATE change SET id = 9223372036854775807 WHERE id = 1",),
    ("UPDATE ref_counter SET last = 9223372036854775807",),
    ("UPDATE scan SET number = 9223372036854775807",),
    ("UPDATE asset SET cost_pence = -9223372036854775807",),
    ("UPDATE place SET parent = id",),
    ("UPDATE place SET parent = (SELECT max(id) FROM place)",),
    ("UPDATE judgement SET grade = 'certain'",),
    ("UPDATE judgement SET candidates = '{'",),
    ("UPDATE scan SET started_at = '2026-11-27T19:20*30Z'",),
    ("UPDATE scan SET started_at = '2026-02-31T19:20:30Z'",),
    ("UPDATE scan SET advice = ''",),
    ("UPDATE device SET first_seen = '2026-13-01T00:00:00Z'",),
    *(
        (f"UPDATE scan SET started_at = '{one}'",)
        for one in (
            "0000-01-01T00:00:00Z",
            "2026-11-24T99:99:99Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T23:59:60Z",
            "2026-11-24T10:42Z",
            "2026-11-24T10:42:00 Z",
            "2026-11-24TZ",
            "2026-11-24Tnoon Z",
            "2026-11-24T10:42:00+05:00Z",
        )
    ),
    ("UPDATE device SET last_seen = '0000-01-01'",),
    ("UPDATE device_key SET last = '2026-11-24 10:42:00'",),
    ("UPDATE asset SET status = 'lost'",),
    ("UPDATE asset SET decision = 'keep'",),
    ("UPDATE asset SET connected_to = id",),
    ("UPDATE asset SET tags = '[1'",),
    ("UPDATE device SET addresses = 'x'",),
    ("UPDATE device SET addresses = '[1, null]'",),
    ("UPDATE device SET addresses = '{}'",),
    ("UPDATE asset SET tags = '[[]]'",),
    ("UPDATE judgement SET care = '5'",),
    ("UPDATE observation SET fields = '[]'", "UPDATE judgement SET findings = '[1]'"),
    ("UPDATE change SET inverse = '[{}]'",),
    ("UPDATE body SET name = replace(hex(zeroblob(600000)), '0', 'n')",),
    ("UPDATE place SET name = CAST(zeroblob(2000000) AS TEXT) WHERE rowid = 1",),
    (f"INSERT INTO setting VALUES ('costs', '{'[' * 100_000}')",),
    (f"INSERT INTO setting VALUES ('people', '{'{"a":' * 5_000}1{'}' * 5_000}')",),
)


@pytest.mark.parametrize("statements", [*FOREIGN, *WRONG])
@pytest.mark.parametrize("readonly", [False, True])
def test_what_we_never_make_is_a_sentence(path: Path, statements: tuple[str, ...], readonly: bool) -> None:
    change(path, *statements)
    before = path.read_bytes()
    with pytest.raises(DamagedFileError, match="is damaged"):
        open_inventory(path, readonly=readonly)
    assert path.read_bytes() == before


HEAVY = ("UPDATE setting SET value = hex(zeroblob(35000000)) WHERE key = 'made_at'",)


@pytest.mark.parametrize("statement", HEAVY)
def test_a_text_that_would_fill_the_memory_is_refused_before_it_is_read(
    path: Path, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: object) -> bool:
        raise AssertionError("its values were read")

    monkeypatch.setattr(opening, "_fits_together", never)
    monkeypatch.setattr(opening, "has_our_values", never)
    change(path, statement)
    with pytest.raises(DamagedFileError):
        open_inventory(path, readonly=True)


def test_what_an_edit_may_save_opens_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With small limits: each edit is refused in a sentence, or the file opens."""
    limits = {"LONGEST_TEXT_BYTES": 800, "LONGEST_LIST_BYTES": 4_000}
    for name, most in limits.items():
        monkeypatch.setattr(soundness, name, most)
    monkeypatch.setattr(pen, "LONGEST_LIST_BYTES", limits["LONGEST_LIST_BYTES"])
    said: set[str] = set()
    for size, letter in itertools.product(range(1, 100, 14), ("a", "\u20ac")):
        tags = [f"{letter * 30}{at}" for at in range(size)]
        with open_inventory(path) as inventory:
            ids = [row.id for row in inventory.assets()]
            for one in (tagging.add_tags(ids, tags), tagging.remove_tags(ids, tags)):
                try:
                    said.add(inventory.do(one, by="A", now=LATER).say[:5])
                except StoreError as error:
                    said.add(str(error))
        open_inventory(path, readonly=True).close()
    assert any(one.endswith("is too long to be saved; shorten it.") for one in said)
    assert len(said) > 1


@pytest.mark.parametrize("statements", FOREIGN)
def test_nothing_in_a_foreign_table_is_computed(
    path: Path, statements: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: object) -> bool:
        raise AssertionError("SQLite looked at its values")

    change(path, *statements)
    monkeypatch.setattr(opening, "_fits_together", never)
    with pytest.raises(DamagedFileError):
        open_inventory(path, readonly=True)


@pytest.mark.parametrize("statements", FOREIGN)
def test_it_is_never_put_in_the_place_of_a_sound_file(path: Path, tmp_path: Path, statements: tuple[str, ...]) -> None:
    other = tmp_path / "other.camcensus"
    other.write_bytes(path.read_bytes())
    change(other, *statements)
    before = path.read_bytes()
    with pytest.raises(DamagedFileError):
        restore_backup(path, other, LATER)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE device SET addresses = CAST(x'5b22fffe225d' AS TEXT)",
        "UPDATE place SET name = CAST(x'c328ff' AS TEXT)",
        "UPDATE judgement SET answer = '[1, 2, 3]'",
        "INSERT INTO setting (key, value) VALUES ('own_list', '5')",
        "INSERT INTO setting (key, value) VALUES ('own_brands', '{\"a\": 1}')",
        "INSERT INTO running (id, scan, noted_at) VALUES ('r', '{}', '2026-11-24T10:42:00Z')",
    ],
)
def test_what_can_only_be_seen_by_reading_it_is_not_put_back_either(path: Path, tmp_path: Path, statement: str) -> None:
    other = tmp_path / "other.camcensus"
    other.write_bytes(path.read_bytes())
    change(other, statement)
    before = path.read_bytes()
    with pytest.raises(DamagedFileError):
        restore_backup(path, other, LATER)
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["other.camcensus", "school.camcensus"]


@pytest.mark.parametrize("at", [18, 19])
def test_a_header_that_sqlite_would_take_for_write_protected_is_damaged(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] |= 4
    path.write_bytes(data)
    with pytest.raises(DamagedFileError, match="is damaged"):
        open_inventory(path)


@pytest.mark.parametrize(("deep", "is_sound"), [(soundness.DEEPEST_PLACE, True), (soundness.DEEPEST_PLACE + 1, False)])
def test_a_place_lies_only_so_deep_in_others(path: Path, deep: int, is_sound: bool) -> None:
    with open_inventory(path) as inventory:
        first = inventory.places()[0].id
    above = [first, *(f"place-{number}" for number in range(deep))]
    with contextlib.closing(sqlite3.connect(path)) as db:
        columns = ", ".join(row[1] for row in db.execute("PRAGMA table_info(place)"))
        values = columns.replace("id,", "?,", 1).replace("parent,", "?,", 1)
        for upper, lower in itertools.pairwise(above):
            db.execute(f"INSERT INTO place ({columns}) SELECT {values} FROM place WHERE id = ?", [lower, upper, first])
        db.commit()
    with contextlib.nullcontext() if is_sound else pytest.raises(DamagedFileError):
        open_inventory(path, readonly=True).close()


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-24T10:42:00Z",
        "2026-11-24T23:59:59.9999Z",
        "9999-12-31T23:59:59.9996Z",
        "2026-11-24T10:42:00.113456Z",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
    ],
)
def test_moments_that_we_write_open(path: Path, moment: str) -> None:
    change(path, f"UPDATE scan SET started_at = '{moment}', ended_at = '{moment}'", f"UPDATE observation SET at = '{moment}'")
    open_inventory(path, readonly=True).close()


def test_names_that_one_edit_adds_are_read_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    @pen.edit("add-place", failed="No places were made")
    def work(one: pen.Pen) -> str:
        one.db.conn.set_trace_callback(asked.append)
        for at in range(60):
            one.do(placing.place_named((f"Site {at}", f"Block {at % 3}", "Hall")))
            one.do(placing.place_named((f"SITE {at}", f"block {at % 3}", "hall")))
        first = next(place for place in one.inventory.places() if place.name == "Site 0")
        one.do(placing.change_place(replace(first, name="Site A")))
        one.do(placing.place_named(("Site 0", "Block 0")))
        one.do(placing.place_named(("site a", "Block 0")))
        return "Done."

    with open_inventory(path) as inventory:
        inventory.do(work(), by="A", now=NOW)
        names = [place.name for place in inventory.places()]
    assert sum("SELECT parent, name, id FROM place" in sql for sql in asked) == 2
    assert not any("WHERE parent IS" in sql for sql in asked)
    assert (len(names), names.count("Site 0"), names.count("Site A"), names.count("Hall")) == (2 + 60 * 3 + 2, 1, 1, 60)


@pytest.mark.parametrize("table", ["place", "judgement", "scan", "observation", "device", "asset"])
def test_text_that_is_no_text_is_a_sentence_wherever_it_is_met(path: Path, table: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[2] == "TEXT"]
    for column in columns:
        copy = path.with_name(f"{column}.camcensus")
        copy.write_bytes(path.read_bytes())
        with contextlib.closing(sqlite3.connect(copy)) as db, contextlib.suppress(sqlite3.IntegrityError):
            db.execute(f"UPDATE {table} SET {column} = CAST(x'c328ff' AS TEXT)")
            db.commit()
        with contextlib.suppress(DamagedFileError), open_inventory(copy, readonly=True) as inventory:
            inventory.places()
            inventory.assets()
            inventory.answers()
            inventory.judged()
            inventory.scans()
            inventory.observations()


def test_the_columns_of_very_many_tables_of_others_are_not_read(path: Path) -> None:
    change(path, *(f"CREATE TABLE more{at} (a TEXT)" for at in range(300)))
    asked: list[str] = []
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.set_trace_callback(asked.append)
        assert not soundness.has_our_schema(Database(connection, execute_plugins=False))
    assert len(asked) < 50
