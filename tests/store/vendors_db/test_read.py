from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from camcensus.model.errors import DamagedFileError, KnowledgeError, NewerFileError, NotOurFileError
from camcensus.model.knowledge import Brand, BrandRecord, Knowledge, MacBlock
from camcensus.model.records import Affected
from camcensus.model.statements import Named, PublishedReply
from camcensus.store.vendors_db.read import load_knowledge
from installers.knowledge.build import build
from store.vendors_db.sources_sample import write_sources


@pytest.fixture
def database(tmp_path: Path) -> Path:
    build(write_sources(tmp_path / "sources"), tmp_path / "vendors.db")
    return tmp_path / "vendors.db"


@pytest.fixture
def knowledge(database: Path) -> Knowledge:
    return load_knowledge(database)


def test_everything_written_is_read_again(knowledge: Knowledge) -> None:
    assert knowledge.sources["paper"].date == "2025-04"
    maker = knowledge.manufacturers["maker-a"]
    assert maker.answers == (PublishedReply("Maker A", "maker-a", "2025-04", "Maker A said “We did not”.", "paper"),)
    assert (maker.country, maker.seat_source, maker.seat) == ("Norway", "paper", "Norway")
    assert knowledge.manufacturers["maker-b"].seat is None
    assert knowledge.root_of("maker-a") == "holding"
    assert knowledge.brands == (
        BrandRecord(
            *("maker-a", "Maker A", "maker-a", "own_brand", None, None, None, False, "maker", "Its own name.", "paper", True)
        ),
        BrandRecord(
            *(
                "maker-b",
                "Maker B",
                "maker-b",
                "own_brand",
                None,
                None,
                None,
                False,
                "authority",
                "Its own name.",
                "paper",
                True,
            )
        ),
        BrandRecord(
            *("shop", "Shop", "maker-a", "partial_oem", "^SH-", "2020", "2022-05", False),
            *("user-list", "Some models.", "paper", False, "", "Shop sells what Maker A makes"),
        ),
    )
    assert [one.id for one in knowledge.fingerprints] == ["dhip.answer.a", "http.server.a", "http.server.boa"]
    assert knowledge.fingerprints[1].examples == ("A-Webs",)
    assert knowledge.fingerprints[1].counterexamples == ("B-Webs",)
    assert knowledge.lists["a-list"].text_for("Maker A") == "Somebody named Maker A."
    assert set(knowledge.statements) == {"a-list", "a-report", "a-seat", "own"}
    assert set(knowledge.lists) == {"a-list", "a-seat", "own"}
    quote = "a rule about what Holding makes"
    assert knowledge.lists["a-list"].names == (Named("holding", quote, "everything", "2022-11-24", "paper"),)
    assert [one.names_makers for one in knowledge.lists.values()] == [True, False, True]
    assert knowledge.junk_serials == {"0123456789"}
    assert knowledge.junk_macs == {"00:00:00:00:00:00"}


def test_a_statement_is_asked_through_the_ownership_path(knowledge: Knowledge) -> None:
    found = knowledge.on_record(("maker-a", "holding"))
    assert [(one.id, named.manufacturer) for one, named in found] == [("a-list", "holding"), ("a-report", "maker-a")]
    assert knowledge.on_record(("maker-b",)) == ()
    listed = knowledge.lists["a-list"]
    assert [answer.by for answer in listed.answers] == ["The Government", "Maker A", "Maker B"]
    assert [answer.by for answer in listed.answers_for(("maker-a", "holding"))] == ["Maker A", "The Government"]
    assert listed.standing == "A proposal; it binds nobody. Nobody has followed it."


def test_the_longest_block_of_a_network_number_is_found(knowledge: Knowledge) -> None:
    assert knowledge.block_of("aa:bb:cc:01:02:03") == MacBlock("aabbcc", "Maker A", "manufacturer", "maker-a", True)
    assert knowledge.block_of("aa:bb:ce:12:34:56") == MacBlock("aabbce1", "A router firm", None, None, False)
    assert knowledge.block_of("aa:bb:ce:22:34:56") is None


def test_records_are_read_as_they_were_written(knowledge: Knowledge) -> None:
    assert knowledge.manufacturers["seller"].role == "brand-owner"
    assert not knowledge.manufacturers["seller"].verified
    assert knowledge.sources["unseen"].retrieved is None
    assert knowledge.brand_entries["shop"] == Brand(
        "shop", "Shop", ("The Shop",), "seller", "A name on boxes.", "paper", True, True
    )
    flaw, other = knowledge.advisories
    assert (flaw.id, flaw.brand, flaw.cvss, flaw.cvss_version, flaw.exploited) == ("CVE-2021-12345", "shop", 9.8, "3.1", True)
    assert (flaw.exploited_listed, flaw.exploited_as_of, flaw.models_complete) == ("2022-01-10", "2025-08-25", True)
    assert flaw.affected == (
        Affected((r"(?i)\bA1", r"(?i)\bA2"), built_before="2021-01-01"),
        Affected((r"(?i)\bA3",), version_from="1.0", version_until="1.4", certain=False),
        Affected((r"(?i)\bA4",), kind="recorder", firmware="^R7[a-c]"),
    )
    assert (flaw.product_types, flaw.published, flaw.is_software) == (("camera", "recorder"), "2021-01-20", False)
    assert (other.is_software, other.verified, other.affected) == (True, False, ())
    assert [(claim.kind, claim.capabilities, claim.models) for claim in knowledge.capabilities] == [
        ("able", ("people-counting",), r"(?i)\bA1")
    ]
    report = knowledge.statements["a-report"]
    assert (report.about, report.weight, report.status, report.is_list, report.read_again) == (
        *("human-rights", 2, "statement", False, None),
    )
    assert knowledge.replacements[0].country == "Norway"
    assert (knowledge.ends_of_life[0].end_of_sale, knowledge.ends_of_life[0].end_of_support) == ("2019", None)


def test_blocks_nobody_follows_are_found_in_the_registry(knowledge: Knowledge) -> None:
    assert knowledge.block_of("00:11:22:44:55:66") == MacBlock("001122", "A switch maker", None, None, False)
    assert knowledge.block_of("00:11:22:39:99:99") == MacBlock("0011223", "A lamp maker", None, None, False)
    assert knowledge.block_of("00:11:22:34:59:99") == MacBlock("001122345", "A lamp maker", None, None, False)
    assert knowledge.block_of("aa:bb:cc:01:02:03") == MacBlock("aabbcc", "Maker A", "manufacturer", "maker-a", True)
    assert knowledge.block_of("ff:ff:ff:ff:ff:ff") is None
    assert knowledge.block_of("00:11") is None
    assert knowledge.registry.sizes() == {6: 2, 7: 1, 9: 1}


def test_a_brand_is_found_by_each_of_its_spellings(knowledge: Knowledge) -> None:
    assert knowledge.brand_names["shop"] == "Shop"
    assert knowledge.brand_spellings["theshop"] == knowledge.brand_spellings["shop"] == "shop"


def test_reading_writes_nothing_and_needs_no_permission_to(database: Path) -> None:
    before = sorted(path.name for path in database.parent.iterdir())
    database.chmod(0o444)
    load_knowledge(database)
    assert sorted(path.name for path in database.parent.iterdir()) == before


def test_a_missing_file_and_files_that_are_not_ours_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        load_knowledge(tmp_path / "none.db")
    other = tmp_path / "other.db"
    for content in (b"", b"text", b"SQLite format 3\0" + b"\0" * 500):
        other.write_bytes(content)
        with pytest.raises(NotOurFileError):
            load_knowledge(other)
    with pytest.raises(NotOurFileError):
        load_knowledge(tmp_path)


def test_a_newer_file_is_refused(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerFileError):
        load_knowledge(database)


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TABLE statement_name",
        "DELETE FROM meta",
        "UPDATE fingerprint SET examples = '{'",
        "CREATE VIEW shadow AS SELECT 1",
        "CREATE TRIGGER shadow AFTER INSERT ON meta BEGIN SELECT 1; END",
        "CREATE TABLE extra (id)",
    ],
)
def test_a_damaged_file_is_refused(database: Path, harm: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(harm)
    with pytest.raises(DamagedFileError):
        load_knowledge(database)


def test_a_column_that_computes_is_refused_before_it_does(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'mac_block'").fetchone()
        connection.execute("PRAGMA writable_schema = 1")
        connection.execute(
            "UPDATE sqlite_schema SET sql = ? WHERE name = 'mac_block'",
            [sql.replace(" NOT NULL", " AS (hex(zeroblob(9999999)))", 1)],
        )
    with pytest.raises(DamagedFileError):
        load_knowledge(database)


@pytest.mark.parametrize("statement", [b"CREATE TABLE fingerprint", b"NOT NULL", b"id TEXT"])
def test_a_schema_with_bytes_that_are_no_text_is_refused(database: Path, statement: bytes) -> None:
    content = database.read_bytes()
    assert statement in content
    database.write_bytes(content.replace(statement, statement[:-2] + b"\xce" + statement[-1:]))
    with pytest.raises((DamagedFileError, NotOurFileError)):
        load_knowledge(database)


def test_a_file_cut_short_is_refused(database: Path) -> None:
    content = database.read_bytes()
    database.write_bytes(content[: len(content) // 2])
    with pytest.raises((DamagedFileError, NotOurFileError)):
        load_knowledge(database)
