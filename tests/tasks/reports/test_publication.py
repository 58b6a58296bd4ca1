"""A publishing pack: sound files, no device or address in them, and for the public no small count and nothing for attackers."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import random
import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from camcensus.model.cells import guarded
from camcensus.model.errors import DiskError
from camcensus.store.rollup.tables import TABLES, DeclaredColumn, DeclaredTable, read_declared
from camcensus.tasks.reports.pack_report import PackWords, pack_report
from camcensus.tasks.reports.publication import suggested_title, write_pack
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answers import take_answer_files
from camcensus.tasks.rollup.drawn_tables import FEWER, NOT_SHOWN, FilledTable
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.kinds import kind_published
from camcensus.tasks.rollup.published import RULE, Publication, for_the_public, publication
from camcensus.tasks.rollup.view import record_round
from report.heard import complaints
from report.reading import read
from rollup_estate import NOW, ROOT, Estate, knowledge, make_estate, write_estate

WORDS = PackWords(title="Cameras of Northmoor", authors=("Office of Northmoor", "A. Auditor"), licence="ogl")
DECLARED = {name: read_declared(ROOT / "resources", name) for name in TABLES}
FOR_ALL = [name for name, one in DECLARED.items() if one is not None and one.pack != "asked"]
FOR_THOSE_WHO_ASKED = [name for name, one in DECLARED.items() if one is not None and one.pack == "asked"]
HIDDEN = ("", FEWER, NOT_SHOWN)


def figures_of(rollup: tasks.RollUp) -> Figures:
    return read_figures(rollup, lists_of(rollup, ("uk-mps-2022", "uk-wms-2022")), "2026-11-24")


def publication_of(rollup: tasks.RollUp, *, whole: bool = False) -> Publication:
    return publication(figures_of(rollup), knowledge(), NOW.year, whole=whole)


def rows_of(said: Publication, name: str) -> list[dict[str, Any]]:
    (table,) = (one for one in said.tables if one.table.name == name)
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Estate, tasks.RollUp]]:
    folder = tmp_path_factory.mktemp("country")
    estate = make_estate(5, 40, 900, double_share=0.02)
    estate.bodies[0].name = "=1+1 <b>School</b>"
    write_estate(estate, folder / "files", two_files=0.2)
    with tasks.open_for_taking(folder / "Northmoor.camcensus-rollup", ROOT, knowledge(), NOW) as opened:
        tasks.take_in(opened, [folder / "files"], knowledge(), NOW)
        yield estate, opened


@pytest.fixture(scope="module")
def pack(country: tuple[Estate, tasks.RollUp], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack") / "northmoor"
    write_pack(country[1], figures_of(country[1]), knowledge(), folder, WORDS, data_dir=ROOT, now=NOW)
    return folder


def of_csv(pack: Path, name: str) -> list[dict[str, str]]:
    with (pack / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_table_of_a_roll_up_is_published_or_left_out_on_purpose() -> None:
    assert {*TABLES}.difference(FOR_ALL, FOR_THOSE_WHO_ASKED) == {"answers"}, "in their words"
    assert FOR_THOSE_WHO_ASKED == [
        "by_capability_and_maker", "cost_by_year", "by_purpose", "by_supplier", "spend_by_year", "by_site", "by_region",
    ]  # fmt: skip


def test_the_description_is_sound_and_says_what_every_column_means(pack: Path) -> None:
    held = json.loads((pack / "datapackage.json").read_text("utf-8"))
    assert {one["path"] for one in held["resources"]} == {f"tables/{path.name}" for path in (pack / "tables").iterdir()}
    for one in held["resources"]:
        fields = one["schema"]["fields"]
        assert re.fullmatch(r"[-a-z0-9._/]+", one["name"])
        assert all(field["description"] and field["title"] for field in fields)
        numbers = [field["name"] for field in fields if field["type"] == "integer"]
        for row in of_csv(pack, Path(one["path"]).stem):
            assert list(row) == [field["name"] for field in fields]
            assert all(row[name] in one["schema"]["missingValues"] or row[name].isdecimal() for name in numbers)
    assert held["licenses"][0]["path"].startswith("https://www.nationalarchives.gov.uk/")
    assert [one["title"] for one in held["contributors"]] == list(WORDS.authors)


def test_a_validator_takes_the_description(pack: Path) -> None:
    report = pytest.importorskip("frictionless").validate(str(pack / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])


def test_the_same_roll_up_gives_the_same_bytes(country: tuple[Estate, tasks.RollUp], pack: Path, tmp_path: Path) -> None:
    later = NOW + timedelta(days=400)
    write_pack(country[1], figures_of(country[1]), knowledge(), tmp_path / "n", WORDS, data_dir=ROOT, now=later)
    assert (tmp_path / "n" / "SHA256SUMS.txt").read_bytes() == (pack / "SHA256SUMS.txt").read_bytes()


def test_the_database_has_the_same_tables_and_nothing_else(pack: Path) -> None:
    with contextlib.closing(sqlite3.connect(f"{(pack / 'counts.sqlite').as_uri()}?mode=ro", uri=True)) as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        assert names == {*FOR_ALL, "about", "data_dictionary"}
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for name in FOR_ALL:
            rows = db.execute(f'SELECT * FROM "{name}"').fetchall()
            said = [["" if cell in HIDDEN else cell for cell in row.values()] for row in of_csv(pack, name)]
            assert [["" if cell is None else guarded(str(cell)) for cell in row] for row in rows] == said
        about = dict(db.execute("SELECT what, words FROM about"))
        assert about["Small counts"] == RULE
        assert {"Title", "Authors", "Licence", "List version", "Method 1"} <= about.keys()


def test_the_hashes_are_of_every_other_file(pack: Path) -> None:
    lines = (pack / "SHA256SUMS.txt").read_text("utf-8").splitlines()
    said = {name: digest for digest, name in (line.split("  ") for line in lines)}
    held = {path.relative_to(pack).as_posix(): path for path in pack.rglob("*") if path.is_file()}
    assert said.keys() == held.keys() - {"SHA256SUMS.txt"}
    assert all(hashlib.sha256(held[name].read_bytes()).hexdigest() == digest for name, digest in said.items())


def test_the_report_prints_the_rule_and_the_same_counts(pack: Path) -> None:
    paper = read((pack / "report.pdf").read_bytes())
    said = " ".join(" ".join(paper.root.words.split()).split("­"))
    assert WORDS.title in said
    assert "a count from 1 to 4 reads “fewer than 5”" in said
    total = of_csv(pack, "by_body_type")[-1]
    assert f"{int(total['cameras_once']):,}" in said
    assert "Open Government Licence v3.0" in said


def test_checkers_of_accessibility_find_nothing_in_the_report(pack: Path) -> None:
    assert complaints(pack / "report.pdf") == []


def test_an_older_pack_is_not_written_over(country: tuple[Estate, tasks.RollUp], pack: Path) -> None:
    with pytest.raises(DiskError, match="not an empty folder"):
        write_pack(country[1], figures_of(country[1]), knowledge(), pack, WORDS, data_dir=ROOT, now=NOW)


def test_what_is_stopped_leaves_no_half_of_a_pack(country: tuple[Estate, tasks.RollUp], tmp_path: Path) -> None:
    def stop(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_pack(
            country[1], figures_of(country[1]), knowledge(), tmp_path / "pack", WORDS, data_dir=ROOT, now=NOW, progress=stop
        )  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_the_public_is_told_no_small_count_and_nothing_for_an_attacker(country: tuple[Estate, tasks.RollUp]) -> None:
    said, whole = publication_of(country[1]), publication_of(country[1], whole=True)
    assert {one.table.name for one in whole.tables} == {*FOR_ALL, *FOR_THOSE_WHO_ASKED}
    for one in said.tables:
        for row in rows_of(said, one.table.name):
            numbers = [row[column.name] for column in one.columns if column.is_count]
            assert not any(isinstance(number, int) and 0 < number < 5 for number in numbers), (one.table.name, row)
            assert "sensitive" not in f"{row.get('place_type')} {row.get('place')}".casefold()
    assert any(FEWER in row.values() for row in rows_of(said, "by_maker"))
    assert not any(FEWER in row for one in whole.tables for row in one.rows)
    assert {"cameras", "listed_cameras"} <= rows_of(whole, "bodies")[0].keys()
    assert {"cameras", "listed_cameras"}.isdisjoint(rows_of(said, "bodies")[0])
    assert {row["body_type"] for row in rows_of(said, "by_known_flaw")} == {"All organisations"}
    assert len({row["body_type"] for row in rows_of(whole, "by_known_flaw")}) > 1


def test_no_security_fact_of_an_organisation_can_be_read_by_the_public() -> None:
    """Of drawn counts: who has it is never a few, all, or nearly all of those with cameras."""
    draw = random.Random(38)
    column = DeclaredColumn("bodies", "number", "Organisations", "Such.")
    table = DeclaredTable("by_flaw", "T", "M", (column,), pack="security")

    def shown(number: int, of: int) -> int | str:
        return for_the_public(FilledTable(table, ((number,),)), with_cameras=of).rows[0][0]  # type: ignore[no-any-return]

    for _ in range(500):
        of = draw.randint(1, 30)
        number = draw.randint(0, of)
        said = shown(number, of)
        alike = {had for had in range(of + 1) if shown(had, of) == said}
        assert 5 <= number <= of - 5 if isinstance(said, int) else len(alike) >= min(5, of + 1) > 1, (number, of, said)


def test_a_flaw_that_nearly_all_named_organisations_have_is_not_told() -> None:
    column = DeclaredColumn("bodies", "number", "Organisations", "Such.")
    table = DeclaredTable("by_flaw", "T", "M", (column,), pack="security")
    for number, said in ((6, NOT_SHOWN), (9, NOT_SHOWN), (5, 5), (10, NOT_SHOWN), (11, 11)):
        shown = for_the_public(FilledTable(table, ((number,),)), with_cameras=40, named=(10,))
        assert shown.rows == ((said,),), number


@pytest.mark.parametrize("listed", [False, True])
def test_what_is_planted_in_any_column_of_an_exchange_file_is_nowhere_in_the_pack(tmp_path: Path, listed: bool) -> None:
    """A value of its own in every text column of every table; the roll-up is filled with it past every check."""
    path = fill(tmp_path, listed=listed)
    marks, empty = plant(path)
    assert empty == (set() if listed else {"listed"})
    assert {"body.type", "claim.heading", "claim.words", "claim.asks", "claim_maker.maker", "sheet.name"} <= {*marks.values()}
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        write_pack(rollup, figures_of(rollup), knowledge(), tmp_path / "pack", WORDS, data_dir=ROOT, now=NOW)
    files = [one for one in (tmp_path / "pack").rglob("*") if one.is_file()]
    assert len(files) == len(FOR_ALL) + 6
    assert of_csv(tmp_path / "pack", "by_question")
    for one in files:
        data = one.read_bytes()
        whole = data + (" ".join(read(data).root.words.split()).encode() if one.suffix == ".pdf" else b"")
        found = {column for mark, column in marks.items() if mark.encode() in whole}
        assert not found, (one.name, found)


_LEFT_ALONE = {
    "_sqlite_migrations", "setting", "list", "body.name", "body.urn", "body.ods", "body.gss", "body.company_no", "body.code",
    "answer.grade", "answer.kind", "answer_list.list", "answer.key", "answer.candidates", "file.warnings", "round.lists",
    "export.state", "item.status", "file.state", "tally.counts_as", "answer_capability.state", "export.signed",
    "claim.question", "claim.state", "double.kind",
}  # fmt: skip
"""Ours, or what a pack names of an organisation; what has a fixed form cannot hold anything else."""
_SHEET = """organisation,type,question,answer,reply text,file of the reply,typed by,section,URN
,school,How many cameras?,4,"At 10.1.2.3.",reply.txt,A. Typist,,100000
,school,Hikvision?,yes,words,,A. Typist,,100000
Body 100007,school,Which address has the recorder 10.1.2.3?,yes,words,,A. Typist,,100007
Body 100008,school,Listed makers?,refused,words,,A. Typist,s31,100008
"""


def fill(folder: Path, *, listed: bool) -> Path:
    """A roll-up that has something in every table: files, one taken out, answers with a document, a round, a list."""
    estate = make_estate(9, 4, 120, double_share=0.3)
    write_estate(estate, folder / "files", two_files=0)
    (folder / "reply.txt").write_text("They have 4.", "utf-8")
    (folder / "answers.csv").write_text(_SHEET, "utf-8")
    (folder / "asked.csv").write_text(
        "name,type,urn,region,pupils\n" + "".join(f"Body {n},school,{n},North,900\n" for n in range(100000, 100009)), "utf-8"
    )
    path = folder / "n.camcensus-rollup"
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        if listed:
            tasks.load_bodies(rollup, folder / "asked.csv")
        done = tasks.take_in(rollup, [folder / "files"], knowledge(), NOW)
        take_answer_files(rollup, [folder / "answers.csv"], knowledge(), NOW)
        record_round(rollup, "Then", lists_of(rollup, ("uk-mps-2022",)), NOW)
        tasks.take_out(rollup, done.files[-1].export_id or "", NOW)
        tasks.agree(rollup, done.files[-1].export_id or "")
    return path


def plant(path: Path) -> tuple[dict[str, str], set[str]]:
    """Put a mark into each text column of each row of a roll-up; gives the mark's beginning -> its column, and empty tables."""
    marks: dict[str, str] = {}
    empty: set[str] = set()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for _, column, kind, *_ in db.execute(f"PRAGMA table_info('{table}')").fetchall():
                if kind != "TEXT" or {table, f"{table}.{column}"} & _LEFT_ALONE or column.endswith("at"):  # a moment
                    continue
                if db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,):
                    empty.add(table)
                    continue
                mark = f"qz{len(marks):03d}x"
                number = "rowid" if db.execute(f"PRAGMA table_list({table})").fetchone()[4] == 0 else "''"
                some = " WHERE asks LIKE 'other:%'" if column == "asks" else ""  # the others have a fixed form
                with contextlib.suppress(sqlite3.IntegrityError):
                    db.execute(f"UPDATE OR FAIL {table} SET {column} = '{mark}' || {number}{some}")
                    marks[mark] = f"{table}.{column}"
    return marks, empty


def test_a_question_that_names_an_address_is_published_in_our_words(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "organisation,type,question,answer\n"
        "Elm 10.9.8.7,school,Hikvision?,4\nOak,school,How many cameras?,4\nAsh,school,Zorkcam?,3\n"
        'Elm 10.9.8.7,school,"Which address has the recorder 10.1.2.3 AA:BB:CC:DD:EE:FF room B12?",yes\n'
        "Oak,school,Who has the key of room B13?,Mrs Smith\n",
        "utf-8",
    )
    asked = ("Elm 10.9.8.7", "Oak", "Ash", "Fir 10.9.8.7")
    (tmp_path / "asked.csv").write_text("name,type\n" + "".join(f"{name},school\n" for name in asked), "utf-8")
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        tasks.load_bodies(rollup, tmp_path / "asked.csv")
        take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW)
        write_pack(rollup, figures_of(rollup), knowledge(), tmp_path / "pack", WORDS, data_dir=ROOT, now=NOW)
    assert {row["question"] for row in of_csv(tmp_path / "pack", "by_question")} == {
        "How many cameras", "Cameras made by Hikvision", "Another question",
    }  # fmt: skip
    assert "Fir (address left out)" in {row["name"] for row in of_csv(tmp_path / "pack", "missing")}
    for one in (tmp_path / "pack").rglob("*"):
        data = one.read_bytes() if one.is_file() else b""
        whole = data + (" ".join(read(data).root.words.split()).encode() if one.suffix == ".pdf" else b"")
        assert not re.search(rb"10\.1\.2\.3|10\.9\.8\.7|AA:BB|room B1|Smith|Zorkcam", whole), one.name


def test_a_pack_of_answers_alone_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "organisation,type,Hikvision?,Dahua?\nElm,school,Yes,No\nOak,school,No,No\nAsh,council,,Yes\n", "utf-8"
    )
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW)
        figures = figures_of(rollup)
        words = PackWords(title=suggested_title(figures))
        write_pack(rollup, figures, knowledge(), tmp_path / "pack", words, data_dir=ROOT, now=NOW)
    assert words.title == "Cameras of 3 organisations"
    read_me = (tmp_path / "pack" / "README.txt").read_text("utf-8")
    assert "Counted by their answers alone: fewer than 5" in read_me
    assert "Sent a file: 0" in read_me
    assert "Replied by letter or sheet alone: fewer than 5" in read_me
    assert "No organisation sent a file of its cameras. Each is counted by what it answered by letter or in a sheet" in read_me
    assert "made a file of its cameras" not in read_me, "nothing was measured"
    said = " ".join(read((tmp_path / "pack" / "report.pdf").read_bytes()).root.words.split())
    assert (
        "Of fewer than 5 organisations counted, fewer than 5 of them by what they answered, fewer than 5 have at least" in said
    )


def test_where_nobody_sent_or_answered_anything_no_pack_says_that_somebody_did(tmp_path: Path) -> None:
    (tmp_path / "asked.csv").write_text("name,type\n" + "".join(f"Org {at},school\n" for at in range(4)), "utf-8")
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        tasks.load_bodies(rollup, tmp_path / "asked.csv")
        write_pack(rollup, figures_of(rollup), knowledge(), tmp_path / "pack", WORDS, data_dir=ROOT, now=NOW)
    read_me = (tmp_path / "pack" / "README.txt").read_text("utf-8")
    assert "Method 1: No organisation sent a file of its cameras, so nothing in this pack was measured or recorded." in read_me
    said = " ".join(read((tmp_path / "pack" / "report.pdf").read_bytes()).root.words.split())
    described = json.loads((tmp_path / "pack" / "datapackage.json").read_text("utf-8"))["description"]
    for words in (read_me, said, described):
        assert "made a file of its cameras" not in words
        assert "Each is counted by what it answered" not in words
    assert "By kind of organisation" not in said, "noughts that nobody measured"


def test_a_pack_of_letters_draws_no_table_of_what_was_measured(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "organisation,type,How many cameras?,Hikvision?\n" + "".join(f"Org {at},school,{at + 9},{at}\n" for at in range(6)),
        "utf-8",
    )
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW)
        said = pack_report(publication_of(rollup), WORDS, NOW)
    assert [one.title for one in said.sections] == [
        "Measured, recorded and answered together", "Makers, measured, recorded and answered together", "What became of each question",
    ]  # fmt: skip


def test_kinds_are_published_in_words_of_ours_or_of_public_registers(tmp_path: Path) -> None:
    typed = ["school", "Academy converter", "ACADEMY CONVERTER", "10.1.2.3", "AA:BB:CC:DD:EE:FF", "Mrs Smith, room B12", "nhs"]
    lines = [(f"Org {at} {number}", kind) for at, kind in enumerate(typed) for number in range(3)]
    with (tmp_path / "asked.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("name", "type"), *lines])
    (tmp_path / "a.csv").write_text("organisation,Hikvision?\n" + "".join(f"{name},Yes\n" for name, _ in lines[1:]), "utf-8")
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        tasks.load_bodies(rollup, tmp_path / "asked.csv")
        take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW)
        write_pack(rollup, figures_of(rollup), knowledge(), tmp_path / "pack", WORDS, data_dir=ROOT, now=NOW)
    rows = of_csv(tmp_path / "pack", "by_type_and_way")
    assert {row["body_type"]: row["counted"] for row in rows} == {
        "Schools": FEWER, "NHS organisations": FEWER, "Academy converter": "6", "All organisations": "20",
        "Another kind": FEWER,
    }  # fmt: skip
    for one in (tmp_path / "pack").rglob("*"):
        data = one.read_bytes() if one.is_file() else b""
        whole = data + (" ".join(read(data).root.words.split()).encode() if one.suffix == ".pdf" else b"")
        assert not re.search(rb"10\.1\.2\.3|AA:BB|Smith", whole), one.name


def test_a_name_that_a_spreadsheet_would_compute_is_text(pack: Path) -> None:
    for path in (pack / "tables").iterdir():
        assert not re.search(r'(?m)(^|,)"?[=+@-]', path.read_text("utf-8"))


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize(
    ("spellings", "kept"), [(["Hospital", "hospital", "HOSPITAL"], "Hospital"), (["School", "school"], "school")]
)
def test_a_kind_is_one_whatever_its_capitals(tmp_path: Path, spellings: list[str], kept: str, answered: bool) -> None:
    lines = "".join(f"Org {at},{kind},Yes\n" for at, kind in enumerate(spellings * 2))
    (tmp_path / "a.csv").write_text("organisation,type,Dahua?\n" + lines, "utf-8")
    name = "by_type_and_way" if answered else "by_body_type"
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        if answered:
            take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW)
        else:
            tasks.load_bodies(rollup, tmp_path / "a.csv")
        (table,) = (one for one in figures_of(rollup).tables if one.name == name)
    assert {row[table.columns.index("body_type")] for row in table.rows} == {kept, "All bodies"}


def test_a_kind_of_ours_or_of_a_register_has_its_words_whatever_its_capitals() -> None:
    kinds = ["PRIMARY", "Police", "academy CONVERTER", "ALL BODIES", "All bodies"]
    assert list(map(kind_published, kinds)) == [
        "Primary schools", "Police forces", "Academy converter", "Another kind", "All organisations",
    ]  # fmt: skip
