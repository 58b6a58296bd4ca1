"""`export` makes a file for each audience and says what is in it; `backups --restore` opens a back-up; `show` reads a copy."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from nacl.pwhash import argon2id

from camcensus import cli
from camcensus.store import sealed
from costs import PATIENCE_S
from report_estate import estate

Run = Callable[..., tuple[int, str, str]]
PHRASE = "four plain words here"


@pytest.fixture
def run(data_dir: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sealed, "OPS", argon2id.OPSLIMIT_MIN)
    monkeypatch.setattr(sealed, "MEMORY_BYTES", argon2id.MEMLIMIT_MIN)

    def run(*arguments: object) -> tuple[int, str, str]:
        status = cli.run([str(one) for one in arguments], data_dir=lambda: data_dir, window=lambda *_: 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return run


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("estate") / "elm.camcensus"
    estate(path)
    return path


@pytest.mark.parametrize("audience", ["auditor", "supplier", "public", "backup"])
def test_each_audience_gets_its_file_and_one_json_document(
    record: Path, run: Run, data_dir: Path, tmp_path: Path, audience: str
) -> None:
    more: tuple[object, ...] = ("--plain",) if audience == "backup" else ("--sign",) if audience == "auditor" else ()
    to = tmp_path / "file.camcensus-backup"
    status, out, err = run("export", record, "--audience", audience, *more, "-o", to, "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    schema = json.loads((data_dir / "resources" / "schema" / "export.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    assert document["sha256"] == hashlib.sha256(to.read_bytes()).hexdigest()
    assert document["signed"] == (audience == "auditor")
    assert bool(document["left_out"]) == (audience != "backup")


def test_a_part_of_the_register_is_shared_and_shown(record: Path, run: Run, tmp_path: Path) -> None:
    to = tmp_path / "part.zip"
    status, out, _ = run("export", record, "--audience", "supplier", "--scope", "rows:CAM-001,CAM-003", "-o", to)
    assert status == 0
    assert "Part of the register: 2 entries that were chosen, CAM-001 and CAM-003." in out
    document = json.loads(run("export", record, "--audience", "public", "--year", "2026-27", "-o", to, "--json")[1])
    assert document["part"].startswith("Part of the register: what the plan acts on in 2026-27")
    shown = json.loads(run("show", record, "--assets", "CAM-001,CAM-003", "--json")[1])
    assert [one["asset"]["ref"] for one in shown["devices"]] == ["CAM-001", "CAM-003"]
    assert "CAM-001 and CAM-003" in shown["part"]
    assert json.loads(run("show", record, "--json")[1])["part"] is None
    status, out, _ = run("show", record, "--place", "Site 1 > Block 1")
    assert status == 0
    assert "Part of the register: Site 1 › Block 1, with all in it" in out
    assert "Site 1 › Block 2" not in out
    assert run("show", record, "--assets", "CAM-001", "--year", "2027")[0] == 2


def test_a_place_is_called_by_as_much_of_its_path_as_only_it_has(record: Path, run: Run) -> None:
    whole = run("show", record, "--place", "Site 1 > Block 1 > Floor 0", "--json")[1]
    for typed in ("Block 1 > Floor 0", "block 1/floor 0", "Floor 0, Block 1", "Site 1: Block 1: Floor 0"):
        assert run("show", record, "--place", typed, "--json")[:2] == (0, whole)
    assert run("show", record, "--place", "Block 1")[0] == 0
    status, out, err = run("show", record, "--place", "Floor 0")
    assert status
    assert "places are called “Floor 0”: Site 1 › Block 1 › Floor 0 and Site 1 › Block 2 › Floor 0;" in out + err
    status, out, err = run("show", record, "--place", "Bloc")
    assert status
    assert "There is no place “Bloc”" in out + err
    assert "Did you mean Site 1 › Block 1?" in out + err


def test_the_text_names_counts_sha_and_what_is_left_out(record: Path, run: Run, data_dir: Path, tmp_path: Path) -> None:
    to = tmp_path / "a.camcensus"
    status, out, _ = run("export", record, "--audience", "auditor", "-o", to)
    assert status == 0
    assert hashlib.sha256(to.read_bytes()).hexdigest() in out
    assert "asset: 39 rows" in out
    assert "Not in the file: names of staff" in out
    status, out, _ = run("show", to)
    assert status == 0
    assert "This is a copy made for auditors on " in out
    assert "  37 cameras\n  1 recorder\n" in out
    status, out, _ = run("show", to, "--json")
    document = json.loads(out)
    assert document["exchange"]["state"] == "unsigned"
    jsonschema.validate(document, json.loads((data_dir / "resources" / "schema" / "exchange.schema.json").read_text("utf-8")))
    assert run("show", to, "--csv")[0] == 2


def test_a_locked_backup_comes_back_with_its_passphrase_and_not_with_another(record: Path, run: Run, tmp_path: Path) -> None:
    phrase, wrong = tmp_path / "phrase", tmp_path / "wrong"
    phrase.write_text(f"{PHRASE}\nmore\n", "utf-8")
    wrong.write_text("not these four words", "utf-8")
    backup, new = tmp_path / "b.camcensus-backup", tmp_path / "new.camcensus"
    status, out, err = run("export", record, "--audience", "backup", "--passphrase-file", phrase, "-o", backup)
    assert (status, err) == (0, "")
    assert PHRASE not in out
    status, _, err = run("backups", new, "--restore", backup, "--passphrase-file", wrong)
    assert status == 3
    assert err.count("\n") == 1
    assert "does not open this back-up" in err
    assert not new.exists()
    status, out, _ = run("backups", new, "--restore", backup, "--passphrase-file", phrase)
    assert status == 0
    with sqlite3.connect(new) as db:
        assert db.execute("SELECT count(*) FROM asset").fetchone() == (39,)
    db.close()
    backup.write_bytes(backup.read_bytes()[:-100])
    status, _, err = run("backups", tmp_path / "other.camcensus", "--restore", backup, "--passphrase-file", phrase)
    assert (status, err.count("\n")) == (3, 1)
    assert "damaged or cut short" in err


@pytest.mark.parametrize(
    "wrong",
    [
        ("--audience", "public", "--sign"),
        ("--audience", "supplier", "--with-staff"),
        ("--audience", "auditor", "--plain"),
        ("--audience", "auditor", "--no-photos"),
        ("--audience", "everybody"),
        ("--audience", "auditor", "--assets", "CAM-001"),
        ("--audience", "backup", "--plain", "--year", "2026-27"),
        ("--audience", "supplier", "--assets", "CAM-001", "--year", "2026-27"),
        ("--audience", "backup", "--plain", "--passphrase-file", "x"),
        ("--audience", "backup", "--passphrase-file", "nowhere"),
    ],
)
def test_what_does_not_fit_is_one_sentence(record: Path, run: Run, tmp_path: Path, wrong: tuple[str, ...]) -> None:
    status, out, err = run("export", record, *wrong, "-o", tmp_path / "a")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert not (tmp_path / "a").exists()


def test_a_passphrase_that_is_short_or_no_text_is_one_sentence(record: Path, run: Run, tmp_path: Path) -> None:
    for content, status in ((b"short", 3), (b"\xff\xfe\x00", 2), (b"x" * 5000, 2), (b"", 3)):
        (tmp_path / "phrase").write_bytes(content)
        found = run("export", record, "--audience", "backup", "--passphrase-file", tmp_path / "phrase", "-o", tmp_path / "b")
        assert (found[0], found[2].count("\n")) == (status, 1)


def test_without_a_terminal_a_passphrase_is_never_waited_for(record: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "camcensus", "export", str(record), "--audience", "backup", "-o", str(tmp_path / "b")]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Give --passphrase-file" in done.stderr


def test_a_record_and_files_of_others_are_never_written_over(record: Path, run: Run, tmp_path: Path) -> None:
    before = record.read_bytes()
    for audience in ("auditor", "supplier", "public"):
        status, _, err = run("export", record, "--audience", audience, "-o", record)
        assert (status, err.count("\n")) == (3, 1)
        assert "of another kind" in err
    assert run("export", record, "--audience", "backup", "--plain", "-o", record)[0] == 3
    assert record.read_bytes() == before
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a", "b")
    assert run("export", record, "--audience", "public", "-o", other)[0] == 3


def _changed(path: Path, sql: str) -> None:
    with sqlite3.connect(path) as db:
        db.executescript(sql)
    db.close()


@pytest.mark.parametrize(
    "change",
    [
        "CREATE VIEW v AS SELECT * FROM asset",
        "CREATE TRIGGER t AFTER INSERT ON asset BEGIN DELETE FROM body; END",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
        "ALTER TABLE asset ADD COLUMN more TEXT",
        "DELETE FROM export",
        "INSERT INTO body SELECT 'b', name, type, urn, ods, gss, company_no, expected_cameras, expected_basis, 4"
        + 10 * ", NULL"
        + " FROM body",
        "PRAGMA foreign_keys = OFF; UPDATE asset SET place = 'nowhere'",
        "PRAGMA user_version = 0",
        "DROP TABLE about",
        "PRAGMA user_version = 9",
    ],
)
def test_a_copy_that_is_not_as_ours_are_is_refused_in_a_sentence(record: Path, run: Run, tmp_path: Path, change: str) -> None:
    to = tmp_path / "a.camcensus"
    assert run("export", record, "--audience", "auditor", "-o", to)[0] == 0
    _changed(to, change)
    status, out, err = run("show", to)
    assert (status, out, err.count("\n")) == (3, "", 1)


def test_texts_of_a_copy_are_shown_clean_and_a_change_is_told(record: Path, run: Run, tmp_path: Path) -> None:
    to = tmp_path / "a.camcensus"
    assert run("export", record, "--audience", "auditor", "-o", to)[0] == 0
    _changed(to, "UPDATE body SET name = 'Elm' || char(8238, 27) || '[31m'; UPDATE asset SET ref = char(10) || ref")
    status, out, _ = run("show", to)
    assert status == 0
    assert "\u202e" not in out
    assert "\x1b" not in out
    assert "Changed since it was written." in out
