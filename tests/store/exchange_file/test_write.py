"""Exchange files: the tables, the digest anybody can work out again, the signature, and how one is put in its place."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camcensus.model.errors import DiskError, NotOurFileError
from camcensus.model.official_ids import official_id
from camcensus.store.exchange_file.reading import check_exchange, fingerprint, read_export
from camcensus.store.exchange_file.schema import (
    APPLICATION_ID,
    SCHEMA,
    TABLES,
    columns_of,
    dictionary_rows,
    row_of,
    table_digest,
)
from camcensus.store.exchange_file.write import ABOUT, Put, write_exchange
from camcensus.store.inventory import create_inventory, open_inventory
from camcensus.store.signatures import SecretKey
from camcensus.store.signing_key import public_key_file, signing_key
from samples import NOW, body
from store.vendors_db.signed_sample import publisher_key

AT = "2026-11-24T10:42:00Z"


def fill(put: Put) -> dict[str, Any]:
    """An organisation with one camera."""
    put("body", [("b-1", "Elm Park", "school", "123456", None, None, None, 40, "estimate", 4, "school", *[None] * 9)])
    put("data_dictionary", dictionary_rows())
    device: tuple[Any, ...] = (
        "d-1",
        "camera",
        "",
        None,
        None,
        None,
        "[]",
        *[None] * 6,
        None,
        None,
        None,
        "unknown",
        None,
        "[]",
    )
    put("device", [(*device, "search", AT, AT)])
    asset: tuple[Any, ...] = ("a-1", "CAM-001", "camera", "answers", "present", "camera", "d-1", None, 0, None)
    put("asset", [(*asset, *[None] * 10, 0, *[None] * (len(TABLES["asset"].columns) - 24), "search", AT, AT)])
    put("attribution", [("d-1", "likely", "dahua", "Dahua", '["dahua"]', None, "Made by Dahua.", "1", AT)])
    return {
        "inventory_id": "i-1", "body": "b-1", "made_at": AT, "made_by": "a member of staff", "made_with": "0.1.0",
        "audience": "auditor", "with_staff": 0, "left_out": ["notes"], "knowledge_version": "1", "as_at": AT,
        "searched_at": None, "method": "search", "simulation": 0,
    }  # fmt: skip


@contextlib.contextmanager
def opened(path: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True)) as db:
        yield db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "elm.camcensus"


def test_the_tables_are_those_of_the_contract_and_each_column_is_explained() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.executescript(SCHEMA)
        made = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
        assert {name for name, _ in made} == set(TABLES)
        assert all(sql.endswith("STRICT, WITHOUT ROWID") for _, sql in made)
        for name, declared in TABLES.items():
            assert columns_of(db, name) == tuple(declared.columns)
            keyed = [row[1] for row in sorted(db.execute(f'PRAGMA table_info("{name}")'), key=lambda row: row[5]) if row[5]]
            assert tuple(keyed) == declared.key
            db.execute(declared.query)
    assert set(TABLES) >= {
        "about", "export", "body", "place", "asset", "device", "device_key", "observation", "attribution", "evidence", "finding",
        "list_used", "source", "decision", "place_progress", "channel", "contact_role", "scan", "coverage", "plan_total",
        "data_dictionary",
    }  # fmt: skip
    assert len(ABOUT) == 21


def test_each_column_has_a_meaning_and_the_words_that_its_check_allows() -> None:
    for table in TABLES.values():
        assert table.meaning
        assert table.query.startswith("SELECT ")
        assert all(meaning and "--" not in meaning + words for meaning, words in table.columns.values())
    assert TABLES["device_key"].columns["trust"] == ("Whether it tells one device from all others.", "strong, weak")
    assert TABLES["asset"].columns["unconfirmed"][1] == "0 no, 1 yes"
    assert TABLES["asset"].columns["status"][1] == "present, not-seen (in the last search), removed (or a spare)"
    assert TABLES["asset"].columns["last_picture_check"][1] == "ISO date"
    assert TABLES["scan"].columns["ended_at"][1] == "UTC, ISO 8601, ending in Z"


def test_a_row_is_made_by_the_names_of_its_columns() -> None:
    whole = {"year": "2026-27", "items": 3, "unpriced": True}
    assert row_of("plan_total", whole, total_ex_vat_pence=5) == ("2026-27", 3, 1, 5)
    with pytest.raises(KeyError):
        row_of("plan_total", whole)
    with pytest.raises(AttributeError):
        row_of("plan_total", object())
    with pytest.raises(TypeError, match="plan_total has no column total_pence"):
        row_of("plan_total", whole, total_pence=5)


def test_a_file_is_compact_sound_and_counted(path: Path) -> None:
    made = write_exchange(path, fill)
    content = path.read_bytes()
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert (made.size_bytes, made.rows["asset"], made.signed) == (len(content), 1, False)
    assert int.from_bytes(content[68:72], "big") == APPLICATION_ID
    assert content[18:20] == b"\1\1"  # a rollback journal, no log
    with opened(path) as db:
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert db.execute("PRAGMA user_version").fetchone() == (3,)
        assert db.execute("SELECT DISTINCT type FROM sqlite_schema ORDER BY type").fetchall() == [("index",), ("table",)]
        assert check_exchange(db).state == "unsigned"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@given(st.lists(st.tuples(st.text(), st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)))))
def test_another_program_works_out_the_same_digest(rows: list[tuple[str, int | None]]) -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.executescript(SCHEMA)
        held = {text: abs(number or 0) % 2**62 for text, number in rows if not any("\ud800" <= one <= "\udfff" for one in text)}
        db.executemany("INSERT INTO plan_total VALUES (?, ?, 0, 7)", held.items())
        order = [(*row, 0, 7) for row in sorted(held.items(), key=lambda row: row[0].encode())]
        text = "".join(f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n" for row in order)
        assert table_digest(db, "plan_total") == (len(held), hashlib.sha256(text.encode()).hexdigest())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE attribution SET manufacturer = 'axis'",
        "DELETE FROM attribution",
        "UPDATE export SET as_at = '2020-01-01T00:00:00Z'",
        "UPDATE asset SET kind = 'other', counts_as = 'other'",
        "UPDATE export SET signature = replace(signature, 'RU', 'RV')",
        "UPDATE data_dictionary SET meaning = 'x' WHERE table_name = 'body'",
    ],
)
def test_what_was_changed_since_it_was_signed_is_seen(path: Path, change: str) -> None:
    key = publisher_key()
    real = SecretKey(b"\1" * 8, key.signing)
    write_exchange(path, fill, key=real)
    with opened(path) as db:
        good = check_exchange(db)
        assert (good.state, good.sound, good.fingerprint) == ("ok", True, fingerprint(real.public))
    with opened(path, "rw") as db, db:
        db.execute(change)
    with opened(path) as db:
        found = check_exchange(db)
        assert (found.state, found.sound) == ("changed-since-signed", False)


def test_a_file_says_whose_key_signed_it_and_vouches_for_nobody(path: Path) -> None:
    mine, theirs = SecretKey(b"\1" * 8, publisher_key().signing), SecretKey(b"\1" * 8, publisher_key().signing)
    write_exchange(path, fill, key=theirs)
    with opened(path) as db:
        found = check_exchange(db)
    assert (found.state, found.fingerprint) == ("ok", fingerprint(theirs.public))
    assert found.fingerprint != fingerprint(mine.public)
    assert "nobody here has vouched for" in found.say


def test_a_file_that_is_not_signed_and_was_changed_is_seen_too(path: Path) -> None:
    write_exchange(path, fill)
    with opened(path, "rw") as db, db:
        db.execute("UPDATE body SET name = 'Oak Park'")
    with opened(path) as db:
        assert check_exchange(db).state == "changed-since-written"
        assert read_export(db)["method"] == "search"


def test_an_older_export_is_replaced_and_anything_else_is_left_alone(path: Path, tmp_path: Path) -> None:
    first = write_exchange(path, fill)
    second = write_exchange(path, fill)
    assert first.id != second.id
    inventory = tmp_path / "record.camcensus"
    create_inventory(inventory, body(), now=NOW).close()
    for name, content in (("a.txt", b"a letter"), ("a.zip", b"PK\3\4"), ("record.camcensus", inventory.read_bytes())):
        other = tmp_path / name
        other.write_bytes(content)
        with pytest.raises(DiskError, match="of another kind"):
            write_exchange(other, fill)
        assert other.read_bytes() == content
    link = tmp_path / "link.camcensus"
    link.symlink_to(path)
    if link.is_symlink():  # wine makes links that it does not know again
        with pytest.raises(DiskError, match="left alone"):
            write_exchange(link, fill)
    with pytest.raises(DiskError):
        write_exchange(tmp_path / "nowhere" / "a.camcensus", fill)
    with pytest.raises(DiskError, match="folder"):
        write_exchange(tmp_path, fill)


class Stopped(Exception):
    pass


@pytest.mark.parametrize("at", [1, 3, 6, 7])
def test_a_stop_leaves_the_older_file_and_nothing_else(path: Path, at: int) -> None:
    write_exchange(path, fill)
    before = path.read_bytes()
    looked: list[int] = []

    def look() -> None:
        looked.append(1)
        if len(looked) == at:
            raise Stopped

    with pytest.raises(Stopped):
        write_exchange(path, fill, look=look)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_an_exchange_file_is_never_opened_as_a_record(path: Path) -> None:
    write_exchange(path, fill)
    with pytest.raises(NotOurFileError, match="made for others"):
        open_inventory(path)


def test_a_key_is_made_once_and_its_public_part_lies_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    assert not folder.exists()
    first = signing_key(folder)
    assert bytes(signing_key(folder).signing) == bytes(first.signing)
    if os.name == "posix":  # on Windows the person's own folder is closed to others, not each file in it
        assert (folder / "signing.key").stat().st_mode & 0o077 == 0
    assert public_key_file(folder).read_text().startswith("untrusted comment: minisign public key ")
    assert bytes(first.signing).hex() not in repr(first)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [("urn", " 123 456", "123456"), ("ods", "rxh", "RXH"), ("gss", "e06000043", "E06000043"),
     ("company_no", "1234567", "01234567"), ("company_no", "sc-123456", "SC123456"), ("urn", "", None), ("gss", None, None)],
)  # fmt: skip
def test_an_official_number_has_one_spelling(kind: Any, typed: str | None, kept: str | None) -> None:
    assert official_id(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"), [("urn", "12"), ("ods", "R"), ("gss", "X"), ("company_no", "12a"), ("urn", "١٢٣٤٥٦")]
)
def test_what_is_no_such_number_is_one_sentence(kind: Any, typed: str) -> None:
    with pytest.raises(ValueError, match=r", like .*\.$"):
        official_id(kind, typed)
