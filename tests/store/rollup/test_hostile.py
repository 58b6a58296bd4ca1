"""Files of strangers that mean harm, or are none of ours: each is refused with a reason, and nothing else is lost."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import struct
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from camcensus.model.errors import DamagedFileError, NotOurFileError
from camcensus.store.rollup.check import inspect
from camcensus.store.rollup.file import open_rollup, open_rollup_readonly
from camcensus.store.rollup.worker import Inspectors
from camcensus.store.schema import APPLICATION_ID as INVENTORY_ID
from camcensus.tasks.rollup import taking as tasks
from costs import soon
from rollup_estate import NOW, ROOT, BodyTruth, Estate, knowledge, make_estate, write_file


@pytest.fixture(scope="module")
def estate() -> Estate:
    return make_estate(3, 4, 60)


@pytest.fixture(scope="module")
def sound(estate: Estate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "sound.camcensus"
    write_file(estate, _body(estate, 0), estate.bodies[0].cameras, path, 0, 1)
    return path


def _body(estate: Estate, number: int) -> BodyTruth:
    one = estate.bodies[number]
    return BodyTruth(one.number, one.name, one.type, one.ids)


def edit(path: Path, *statements: str) -> None:
    """Change a file as somebody with SQLite at hand would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE").fetchone()
        for statement in statements:
            db.execute(statement)


def _view(path: Path) -> None:
    edit(path, "CREATE VIEW extra AS SELECT * FROM asset")


def _view_for_table(path: Path) -> None:
    edit(path, "DROP TABLE plan_total", "CREATE VIEW plan_total AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
         " SELECT i AS year, i AS items, i AS unpriced, i AS total_ex_vat_pence FROM n")  # fmt: skip


def _trigger(path: Path) -> None:
    edit(path, "CREATE TRIGGER extra AFTER INSERT ON asset BEGIN DELETE FROM asset; END")


def _virtual(path: Path) -> None:
    edit(path, "CREATE VIRTUAL TABLE extra USING fts5(text)")


def _generated(path: Path) -> None:
    edit(path, "DROP TABLE plan_total", "CREATE TABLE plan_total (year TEXT PRIMARY KEY, items INTEGER NOT NULL AS (1) STORED,"
         " unpriced INTEGER NOT NULL, total_ex_vat_pence INTEGER NOT NULL) STRICT, WITHOUT ROWID")  # fmt: skip


def _more_columns(path: Path) -> None:
    edit(path, "ALTER TABLE asset ADD COLUMN extra TEXT")


def _fewer_tables(path: Path) -> None:
    edit(path, "DROP TABLE plan_total", "VACUUM")


def _index(path: Path) -> None:
    edit(path, "CREATE INDEX extra ON asset(ref)")


def _expression_index(path: Path) -> None:
    edit(path, "CREATE INDEX extra ON asset(zeroblob(1))")


def _wrong_types(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        sql = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'scan'").fetchone()[0]
        db.execute("PRAGMA writable_schema = 1")
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'scan'", [sql.replace("STRICT, ", "")])
        db.execute("PRAGMA writable_schema = RESET")
        db.execute("UPDATE scan SET number = 'many', interfaces = '[]'")
        db.execute("PRAGMA writable_schema = 1")
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'scan'", [sql])


def _blob_for_text(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        sql = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'source'").fetchone()[0]
        db.execute("PRAGMA writable_schema = 1")
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'source'", [sql.replace("STRICT, ", "")])
        db.execute("PRAGMA writable_schema = RESET")
        db.execute("UPDATE source SET title = x'00ff'")
        db.execute("PRAGMA writable_schema = 1")
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'source'", [sql])


def _against_checks(path: Path) -> None:
    edit(path, "PRAGMA ignore_check_constraints = 1", "UPDATE asset SET counts_as = 'camera', status = 'removed'")


def _huge_text(path: Path) -> None:
    edit(path, "UPDATE asset SET purpose = printf('%.*c', 100000000, 'x') WHERE ref = (SELECT min(ref) FROM asset)")


def _long_text(path: Path) -> None:
    edit(path, "UPDATE body SET name = printf('%.*c', 20000, 'x')")


def _bad_utf8(path: Path) -> None:
    edit(path, "UPDATE body SET name = CAST(x'41ff42' AS TEXT)")


def _other_encoding(path: Path) -> None:
    with closing(sqlite3.connect(path.with_name("other"), isolation_level=None)) as other:
        other.execute("PRAGMA encoding = 'UTF-16le'")
        with closing(sqlite3.connect(path)) as db:
            other.executescript("\n".join(db.iterdump()))
            for pragma in ("application_id", "user_version"):
                other.execute(f"PRAGMA {pragma} = {db.execute(f'PRAGMA {pragma}').fetchone()[0]}")
    path.with_name("other").replace(path)


def _deep_json(path: Path) -> None:
    edit(path, "UPDATE observation SET fields = (SELECT printf('%.*c', 900, '[') || printf('%.*c', 900, ']'))")


def _two_exports(path: Path) -> None:
    edit(path, "UPDATE body SET id = id", "INSERT INTO export SELECT 'other', inventory_id, body, schema_version, made_at, made_by, made_with,"
         " audience, with_staff, left_out, knowledge_version, as_at, searched_at, method, simulation, tables, NULL, NULL FROM export")  # fmt: skip


def _no_export(path: Path) -> None:
    edit(path, "DELETE FROM export")


def _orphans(path: Path) -> None:
    edit(path, "PRAGMA foreign_keys = OFF", "UPDATE asset SET device = 'nowhere' WHERE ref = (SELECT min(ref) FROM asset)")


def _free_pages(path: Path) -> None:
    edit(path, "DELETE FROM evidence")


def _corrupted_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(data)


def _page_loop(path: Path) -> None:
    """An inner page of a table points at itself, without end."""
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        if data[page * 4096] == 2:  # an inner page of a table without rowid
            data[page * 4096 + 8 : page * 4096 + 12] = struct.pack(">I", page + 1)
    path.write_bytes(data)


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0" * 4096)


def _sparse(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(2 << 30)


def _honest_sparse(path: Path) -> None:
    """Its header says that it is so long."""
    with path.open("r+b") as stream:
        stream.truncate(900 << 20)
        stream.seek(28)
        stream.write(struct.pack(">I", (900 << 20) // 4096))


def _wal_mode(path: Path) -> None:
    edit(path, "PRAGMA journal_mode = WAL", "UPDATE body SET name = 'Other'")


def _wal_beside(path: Path) -> None:
    Path(f"{path}-wal").write_bytes(b"\x37\x7f\x06\x82" + b"\0" * 5000)


def _html(path: Path) -> None:
    path.write_text("<!DOCTYPE html><html><title>Sign in</title></html>" * 20, encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _few_bytes(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def _text(path: Path) -> None:
    path.write_text("Dear auditor, please find attached.\n" * 10, encoding="utf-8")


def _link(path: Path) -> None:
    target = path.with_name("elsewhere")
    path.rename(target)
    path.symlink_to(target)


def _dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere"))


def _inventory(path: Path) -> None:
    edit(path, f"PRAGMA application_id = {INVENTORY_ID}")


def _other_program(path: Path) -> None:
    edit(path, "PRAGMA application_id = 252006674")


def _version_zero(path: Path) -> None:
    edit(path, "PRAGMA user_version = 0")


def _negative_version(path: Path) -> None:
    edit(path, "PRAGMA user_version = -5")


def _maker_of_markup(path: Path) -> None:
    edit(path, "UPDATE attribution SET manufacturer = '<b>' || device")


REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "a view": (_view, "view"),
    "an endless view in a table's place": (_view_for_table, "view"),
    "a trigger": (_trigger, "trigger"),
    "a virtual table": (_virtual, "tables"),
    "a generated column": (_generated, "columns"),
    "another column": (_more_columns, "columns"),
    "a table less": (_fewer_tables, "tables"),
    "an index": (_index, "tables"),
    "an index that computes": (_expression_index, "tables"),
    "wrong types": (_wrong_types, "damaged"),
    "bytes for text": (_blob_for_text, "damaged"),
    "against its own rules": (_against_checks, "damaged"),
    "100 MB in a cell": (_huge_text, "values that no exchange file has"),
    "20,000 characters in a name": (_long_text, "values that no exchange file has"),
    "text that is no text": (_bad_utf8, "damaged"),
    "texts of another encoding": (_other_encoding, "not a file that Camcensus made"),
    "JSON of another kind, 900 deep": (_deep_json, "values that no exchange file has"),
    "two exports": (_two_exports, "whose it is"),
    "no export": (_no_export, "whose it is"),
    "orphans": (_orphans, "damaged"),
    "deleted rows that travel": (_free_pages, "changed in another program"),
    "corrupted pages": (_corrupted_pages, "damaged"),
    "a page that points at itself": (_page_loop, "damaged"),
    "cut short": (_cut_short, "cut short"),
    "longer than it says": (_longer, "cut short"),
    "2 GB of nothing": (_sparse, "larger than"),
    "900 MB of nothing": (_honest_sparse, "damaged"),
    "opened for writing": (_wal_mode, "opened for writing"),
    "a log beside it": (_wal_beside, "open in another program"),
    "a web page": (_html, "web page"),
    "an empty file": (_empty, "empty"),
    "a header alone": (_few_bytes, "not a file that Camcensus made"),
    "a letter": (_text, "not a file that Camcensus made"),
    "a symbolic link": (_link, "link"),
    "a link to nowhere": (_dangling, "link"),
    "an inventory": (_inventory, "this is the working file; use Share"),
    "another program's": (_other_program, "another program"),
    "version 0": (_version_zero, "older Camcensus"),
    "version -5": (_negative_version, "older Camcensus"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_a_reason(name: str, sound: Path, tmp_path: Path) -> None:
    make, word = REFUSED[name]
    path, private = tmp_path / "theirs.camcensus", tmp_path / "private"
    private.mkdir()
    shutil.copyfile(sound, path)
    make(path)
    beside = sorted(one.name for one in tmp_path.iterdir())
    found = soon(lambda: inspect(path, private / "copy"))
    assert found.ending == "refused", found
    assert word in found.reason
    assert sorted(one.name for one in tmp_path.iterdir()) == beside, "the stranger's folder was changed"
    assert list(private.iterdir()) == [], "the private copy stays"


def test_what_was_changed_since_it_was_written_is_held(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "theirs.camcensus"
    shutil.copyfile(sound, path)
    edit(path, "UPDATE body SET name = 'Another body altogether'", "VACUUM")
    found = inspect(path, tmp_path / "copy")
    assert (found.ending, found.why) == ("held", "changed")
    assert "changed since it was written" in found.reason


def test_a_locked_backup_is_called_one(tmp_path: Path) -> None:
    path = tmp_path / "theirs.camcensus-backup"
    path.write_bytes(b"CAMCENSUS-BACKUP\1" + bytes(200))
    found = inspect(path, tmp_path / "copy")
    assert (found.ending, found.why) == ("refused", "backup")
    assert "Share" in found.reason


def test_what_a_newer_program_made_is_held(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "theirs.camcensus"
    shutil.copyfile(sound, path)
    edit(path, "PRAGMA user_version = 99")
    found = inspect(path, tmp_path / "copy")
    assert (found.ending, found.why) == ("held", "newer")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name")
def test_a_pipe_a_socket_and_a_device_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.camcensus")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.camcensus"))
        for path in (tmp_path / "pipe.camcensus", tmp_path / "socket.camcensus", Path("/dev/zero")):
            found = inspect(path, tmp_path / "copy")
            assert (found.ending, found.why) == ("refused", "no-file")


def test_a_crafted_journal_deletes_nothing(sound: Path, tmp_path: Path) -> None:
    """A journal that names a victim as its super-journal: SQLite would delete that file when it opened the database."""
    victim = tmp_path / "victim.txt"
    victim.write_text("precious", encoding="utf-8")
    path = tmp_path / "theirs.camcensus"
    shutil.copyfile(sound, path)
    magic = bytes.fromhex("d9d505f920a163d7")
    name = str(victim).encode()
    head = magic + struct.pack(">IIIII", 0, 0, path.stat().st_size // 4096, 512, 4096)
    tail = struct.pack(">I", path.stat().st_size // 4096 + 1) + name + struct.pack(">II", len(name), sum(name)) + magic
    journal = Path(f"{path}-journal")
    journal.write_bytes(head.ljust(512, b"\0") + tail)
    with Inspectors(frozenset(), 1) as inspectors:
        ((_, found),) = inspectors.inspect([path])
    assert (found.ending, found.why) == ("refused", "side-file")
    assert victim.read_text(encoding="utf-8") == "precious"
    assert journal.exists()


def test_a_crafted_journal_beside_the_roll_up_itself_is_not_played_back(tmp_path: Path) -> None:
    national = tmp_path / "national.camcensus-rollup"
    tasks.open_for_taking(national, ROOT, knowledge(), NOW).file.close()
    victim = tmp_path / "victim.txt"
    victim.write_text("precious", encoding="utf-8")
    name, magic = str(victim).encode(), bytes.fromhex("d9d505f920a163d7")
    head = magic + struct.pack(">IIIII", 0, 0, 1, 512, 4096)
    Path(f"{national}-journal").write_bytes(
        head.ljust(512, b"\0") + struct.pack(">I", 2) + name + struct.pack(">II", len(name), sum(name)) + magic
    )
    with pytest.raises(Exception, match="not ours"):
        tasks.open_for_taking(national, ROOT, knowledge(), NOW)
    assert victim.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO answer (key, kind, grade, based_in_china, candidates) VALUES ('\"x\"', 'camera', 'likely', 0, '[]')",
        "INSERT INTO answer (key, kind, grade, based_in_china, candidates) VALUES ('no JSON', 'camera', 'likely', 0, '[]')",
        "INSERT INTO answer (key, kind, grade, based_in_china, candidates) VALUES ('[1, 2]', 'camera', 'likely', 0, '[]')",
        """INSERT INTO answer (key, kind, grade, based_in_china, candidates) VALUES ('["camera", null, "likely", null, [], [5]]', 'camera', 'likely', 0, '[]')""",
        """INSERT INTO answer (key, kind, grade, based_in_china, candidates) VALUES ('["camera", null, "likely", null, [], []]', 'camera', 'likely', 0, '5')""",
        "INSERT INTO file (key, path, at, state, why, warnings) VALUES ('a', 'a', '2026-11-27T10:00:00Z', 'held', 'x', 'no JSON')",
        "INSERT INTO file (key, path, at, state, why, warnings) VALUES ('a', 'a', '2026-11-27T10:00:00Z', 'held', 'x', '{}')",
        "INSERT INTO round (name, kept_at, knowledge_version, lists) VALUES ('a', '2026-11-27T10:00:00Z', '1', 'no JSON')",
    ],
)
def test_a_roll_up_with_a_value_that_none_of_ours_has_is_damaged(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "a.camcensus-rollup"
    open_rollup(path, NOW, make=True).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(statement)
        db.commit()
    for door in (lambda: open_rollup(path, NOW), lambda: open_rollup_readonly(path)):
        with pytest.raises(DamagedFileError, match="make it again"):
            door()


def test_one_bad_file_costs_no_other_file_and_leaves_the_roll_up_sound(estate: Estate, sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(1, 4):
        write_file(estate, _body(estate, number), estate.bodies[number].cameras, folder / f"good-{number}.camcensus", 0, number)
    for at, name in enumerate(REFUSED):
        path = folder / f"bad-{at:02d}.camcensus"
        shutil.copyfile(sound, path)
        REFUSED[name][0](path)
    for one in folder.glob("*elsewhere"):
        one.unlink()
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        done = tasks.take_in(rollup, [folder], knowledge(), NOW)
        good = [one for one in done.files if one.path.name.startswith("good")]
        bad = [one for one in done.files if one.path.name.startswith("bad")]
        assert [one.state for one in good] == ["accepted"] * 3
        assert len(bad) == len(REFUSED)
        assert {one.state for one in bad} == {"refused"}
        assert all(one.reason and one.reason.count("\n") == 0 and len(one.reason) < 400 for one in bad)
        connection = rollup.file.connection
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM export").fetchone() == (3,)


def test_a_maker_that_is_markup_is_refused_by_the_one_who_writes(estate: Estate, tmp_path: Path) -> None:
    path = tmp_path / "theirs.camcensus"
    write_file(
        estate, _body(estate, 0), estate.bodies[0].cameras, path, 0, 1, change=lambda db: db.execute("UPDATE attribution SET manufacturer = '<b>x</b>'")
    )  # fmt: skip
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        (taken,) = tasks.take_in(rollup, [path], knowledge(), NOW).files
        assert (taken.state, taken.why) == ("refused", "rows")
        assert rollup.file.connection.execute("SELECT (SELECT count(*) FROM item), (SELECT count(*) FROM body)").fetchone() == (
            0,
            0,
        )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes no such names")
def test_names_with_line_ends_and_controls_are_shown_in_one_line(estate: Estate, tmp_path: Path) -> None:
    path = tmp_path / "line\nend\x1b[31m.camcensus"
    body = _body(estate, 0)
    body.name = "Elm\nPark\u202e=cmd|x"
    write_file(estate, body, estate.bodies[0].cameras, path, 0, 1)
    worse = tmp_path / "empty\r\nfile.camcensus"
    worse.write_bytes(b"")
    from camcensus.cli.rollup import _line

    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        done = tasks.take_in(rollup, [path, worse], knowledge(), NOW)
    assert [one.state for one in done.files] == ["accepted", "refused"]
    for one in done.files:
        line = _line(one)
        assert line.isprintable()


def test_a_process_that_dies_costs_only_its_file(
    estate: Estate, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = []
    for number in range(6):
        paths.append(tmp_path / f"{number}.camcensus")
        shutil.copyfile(sound, paths[-1])
    with Inspectors(frozenset(), 1) as inspectors:
        found = []
        for path, one in inspectors.inspect(paths):
            found.append(one.ending)
            if path == paths[1]:
                inspectors._processes[0].process.kill()
    assert found[:2] == ["sound", "sound"]
    assert found.count("refused") <= 1
    assert len(found) == 6


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE asset SET cost_pence = 9000000000000000000",
        "UPDATE plan_total SET total_ex_vat_pence = 9000000000000000000",
        "UPDATE plan_total SET items = 9000000000000000000",
        "UPDATE place_progress SET listed_now = 9000000000000000000",
        "UPDATE finding SET subject = '<b>' || subject WHERE kind = 'advisory'",
        "UPDATE asset SET retention_days = 1000001",
        "UPDATE body SET expected_cameras = 1000001, expected_basis = 'estimate'",
        "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO finding (device, number,"
        " kind, subject, state, path, product_type, fixed_in, known_exploited) SELECT (SELECT min(device) FROM asset JOIN"
        " attribution USING (device)), i, 'advisory', printf('CVE-%070d', i), 'yes', '[]', '', '', 0 FROM n",
    ],
)
def test_what_no_sum_can_hold_and_a_flaw_that_is_markup_are_refused(estate: Estate, tmp_path: Path, change: str) -> None:
    path = tmp_path / "theirs.camcensus"
    write_file(estate, _body(estate, 0), estate.bodies[0].cameras, path, 0, 1, change=lambda db: db.execute(change))
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        (taken,) = tasks.take_in(rollup, [path], knowledge(), NOW).files
        assert (taken.state, taken.why) == ("refused", "rows")
        for table in ("item", "plan_year", "site", "answer_flaw"):
            assert rollup.file.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE place SET path = CAST(x'41ff42' AS TEXT)",
        "UPDATE observation SET codec = CAST(x'41ff42' AS TEXT)",
        "UPDATE about SET text = CAST(x'c3' AS TEXT)",
    ],
)
def test_a_text_that_is_no_text_is_refused_whatever_the_file_says_of_its_rows(
    estate: Estate, tmp_path: Path, change: str
) -> None:
    path = tmp_path / "theirs.camcensus"
    write_file(estate, _body(estate, 0), estate.bodies[0].cameras, path, 0, 1, change=lambda db: db.execute(change))
    found = inspect(path, tmp_path / "copy")
    assert (found.ending, found.why) == ("refused", "damaged")


@pytest.mark.parametrize("limit", ["TIME_S", "_FINDINGS_LIMIT_BYTES"])
def test_what_takes_more_time_or_memory_to_copy_than_a_sound_file_is_refused_and_leaves_nothing(
    estate: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    from camcensus.store.rollup import rows as rollup_rows

    paths = [tmp_path / f"{number}.camcensus" for number in range(2)]
    for number, path in enumerate(paths):
        write_file(estate, _body(estate, number), estate.bodies[number].cameras, path, 0, number)
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        before = rollup.file.connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH)
        with monkeypatch.context() as patch:
            patch.setattr(rollup_rows, limit, -60.0 if limit == "TIME_S" else 40)
            if limit == "TIME_S":
                patch.setattr(rollup_rows, "_TICKS", 1)
            (taken,) = tasks.take_in(rollup, paths[:1], knowledge(), NOW).files
        assert (taken.state, taken.why) == ("refused", "rows")
        for table in ("item", "detail", "observation", "export", "answer"):
            assert rollup.file.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        assert rollup.file.connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == before
        done = tasks.take_in(rollup, paths, knowledge(), NOW)
        assert [one.state for one in done.files] == ["accepted", "accepted"]
        assert rollup.file.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_exchange_file_or_an_inventory_is_never_taken_for_the_roll_up(sound: Path, tmp_path: Path) -> None:
    with pytest.raises(NotOurFileError):
        tasks.open_for_taking(sound, ROOT, knowledge(), NOW)
    path = tmp_path / "inventory.camcensus"
    shutil.copyfile(sound, path)
    _inventory(path)
    before = path.read_bytes()
    with pytest.raises(NotOurFileError):
        tasks.open_for_taking(path, ROOT, knowledge(), NOW)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["inventory.camcensus"]


def test_only_folders_of_ours_are_removed(tmp_path: Path) -> None:
    from camcensus.store.rollup.worker import remove_folder

    precious = tmp_path / "camcensus-rollup-x"
    precious.mkdir()
    (precious / "file").write_bytes(b"x")
    remove_folder(precious)
    remove_folder(Path("/"))
    assert (precious / "file").exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are texts there")
def test_a_name_that_is_no_text_is_no_fault_of_ours(sound: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / os.fsdecode(b"a\xff.camcensus"), tmp_path / os.fsdecode(b"b\xfe.camcensus")
    shutil.copyfile(sound, good)
    bad.write_bytes(b"")
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        done = tasks.take_in(rollup, [good, bad], knowledge(), NOW)
        assert [one.state for one in done.files] == ["accepted", "refused"]
        again = tasks.take_in(rollup, [good, bad], knowledge(), NOW)
        assert [one.state for one in again.files] == ["accepted", "refused"]


def test_what_takes_too_long_is_refused(estate: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from camcensus.store.rollup import check as rollup_check

    path = tmp_path / "long.camcensus"
    write_file(estate, _body(estate, 0), estate.bodies[0].cameras, path, 0, 1, change=lambda db: db.executemany(
        "INSERT INTO source VALUES (?, 'x', 'x', NULL, NULL, NULL)", [(f"more-{number}",) for number in range(20_000)]))  # fmt: skip
    assert inspect(path, tmp_path / "copy").ending == "sound"
    (tmp_path / "copy").unlink()
    monkeypatch.setattr(rollup_check, "TIME_S", 0.0)
    monkeypatch.setattr(rollup_check, "TIME_S_PER_MB", 0.0)
    found = inspect(path, tmp_path / "copy")
    assert (found.ending, found.why) == ("refused", "too-slow")
    assert not (tmp_path / "copy").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no SIGSTOP here")
def test_a_process_that_hangs_is_ended_and_costs_one_file(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from camcensus.store.rollup import worker as rollup_worker

    paths = []
    for number in range(5):
        paths.append(tmp_path / f"{number}.camcensus")
        shutil.copyfile(sound, paths[-1])
    with Inspectors(frozenset(), 1) as inspectors:
        found = []
        for path, one in inspectors.inspect(paths):
            found.append((one.ending, one.why))
            if path == paths[0]:
                monkeypatch.setattr(rollup_worker, "TIME_S", 1.0)
                os.kill(inspectors._processes[0].process.pid, signal.SIGSTOP)
    assert len(found) == 5
    assert found[0] == ("sound", "")
    assert found.count(("refused", "too-slow")) <= 1
    assert found[-1] == ("sound", "")
