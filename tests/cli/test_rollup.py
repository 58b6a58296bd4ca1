"""`rollup` and `rollup-report` from outside: one JSON document that its schema takes, endings with their status, CSV and Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from camcensus.app import main
from rollup_estate import NOW, make_estate, write_estate

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    def carry_out(*argv: object) -> tuple[int, str, str]:
        capsysbinary.readouterr()
        status = main([str(argument) for argument in argv])
        out, err = capsysbinary.readouterr()
        assert b"Traceback" not in err + out
        return status, out.decode(), err.decode()

    return carry_out


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rollup") / "files"
    write_estate(make_estate(2, 8, 160), folder, two_files=0)
    return folder


def validated(data_dir: Path, name: str, text: str) -> dict[str, object]:
    schema = json.loads((data_dir / "resources" / "schema" / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document: dict[str, object] = json.loads(text)
    jsonschema.Draft202012Validator(schema).validate(document)
    return document


def test_files_are_taken_in_and_totals_are_printed(files: Path, tmp_path: Path, data_dir: Path, run: Run) -> None:
    national = tmp_path / "national.camcensus-rollup"
    status, out, err = run("rollup", national, files, "--json")
    document = validated(data_dir, "rollup", out)
    assert (status, err) == (0, "")
    assert [one["state"] for one in document["files"]] == ["accepted"] * 8  # type: ignore[attr-defined]
    status, out, _ = run("rollup", national, files)
    assert status == 0
    assert "8 files: 8 taken in" in out
    status, out, err = run("rollup-report", national, "--json")
    report = validated(data_dir, "rollup-report", out)
    assert (status, err) == (0, "")
    assert (report["asked"], report["answered"]) == (None, 8)
    assert {"by_body_type", "by_maker", "by_list", "by_capability"} <= {table["name"] for table in report["tables"]}  # type: ignore[attr-defined]
    status, out, err = run("rollup-report", national, "--csv", tmp_path / "csv")
    assert status == 0
    assert "8 organisations counted by a file (8 sent a file)" in out
    assert len(list(csv.DictReader(io.StringIO((tmp_path / "csv" / "rollup.csv").read_text("utf-8-sig"))))) == 8


def test_a_list_of_bodies_alone_says_that_it_is_in_use(tmp_path: Path, run: Run) -> None:
    asked = tmp_path / "asked.csv"
    asked.write_text("name,type,urn\nElm Park,school,100001\nOak,school,100002\n", "utf-8")
    status, out, err = run("rollup", tmp_path / "n.camcensus-rollup", "--bodies", asked)
    assert (status, out) == (0, "")
    assert err == "The list of organisations is in use: 2 organisations were asked.\n"


def test_the_endings_have_their_status_and_sentence(files: Path, tmp_path: Path, data_dir: Path, run: Run) -> None:
    national = tmp_path / "national.camcensus-rollup"
    working = tmp_path / "working.camcensus"
    from camcensus.tasks.register import verbs as register
    from samples import body

    register.new_inventory(working, body(), NOW).close()
    page = tmp_path / "page.camcensus"
    page.write_text("<html></html>", encoding="utf-8")
    status, out, _ = run("rollup", national, working, page, sorted(files.iterdir())[0], "--json")
    document = validated(data_dir, "rollup", out)
    assert status == 1
    assert [one["state"] for one in document["files"]] == ["refused", "refused", "accepted"]  # type: ignore[attr-defined]
    assert "this is the working file; use Share" in document["files"][0]["reason"]  # type: ignore[index]
    export = document["files"][2]["export_id"]  # type: ignore[index]
    status, out, err = run("rollup", national, "--take-out", export)
    assert out == "", "no files were given, so none are counted"
    assert (status, "was taken out" in err) == (0, True)
    status, out, _ = run("rollup", national, sorted(files.iterdir())[0])
    assert (status, out.startswith("held:")) == (1, True)


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["rollup", "{new}"], 2, "Name the exchange files"),
        (["rollup", "{new}", "{folder}/nothing"], 3, "There is no file or folder"),
        (["rollup", "{file}", "{file}"], 3, "exchange file, not a roll-up"),
        (["rollup", "{folder}", "{file}"], 3, "not a file"),
        (["rollup", "{folder}/x.camcensus", "{file}"], 3, "look like an inventory"),
        (["rollup", "{new}", "{file}", "--bodies", "{file}"], 3, "no list of organisations|no spreadsheet|no table"),
        (["rollup-report", "{new}"], 3, "There is no roll-up file"),
        (["rollup-report", "{file}"], 3, "exchange file, not a roll-up"),
        (["rollup", "{new}", "--take-out", "x"], 3, "no export"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    words: list[str], status: int, sentence: str, files: Path, tmp_path: Path, run: Run
) -> None:
    import re

    told = {"new": str(tmp_path / "n.camcensus-rollup"), "folder": str(tmp_path), "file": str(sorted(files.iterdir())[0])}
    got, out, err = run(*(word.format(**told) for word in words))
    assert (got, out) == (status, "")
    assert len(err.strip().splitlines()) == 1
    assert re.search(sentence, err)


def test_a_list_that_is_not_known_is_named_with_those_that_are(files: Path, tmp_path: Path, run: Run) -> None:
    national = tmp_path / "n.camcensus-rollup"
    run("rollup", national, files)
    status, _, err = run("rollup-report", national, "--list", "uk-mps-2023")
    assert (status, "uk-mps-2022" in err) == (3, True)


def test_parquet_is_written_into_a_new_folder(files: Path, tmp_path: Path, run: Run) -> None:
    national = tmp_path / "n.camcensus-rollup"
    run("rollup", national, files)
    status, _, err = run("rollup-report", national, "--parquet", tmp_path / "parquet")
    assert (status, "tables in" in err) == (0, True)
    assert (tmp_path / "parquet" / "item").is_dir()


ANSWERS = (
    "organisation,urn,reply date,status,How many cameras?,Hikvision?,Dahua?,Kit\n"
    "Far School,150001,1/3/2026,Answered,40,Yes,No,3\nNear School,150002,1/3/2026,Answered,12,No,No,4\n"
    "Shut School,150003,1/3/2026,Refused s31,,,,\nSilent School,150004,,No reply,,,,\n"
)


def test_answers_are_taken_in_and_counted_beside_what_was_measured(
    files: Path, tmp_path: Path, data_dir: Path, run: Run
) -> None:
    national, answers = tmp_path / "national.camcensus-rollup", tmp_path / "answers.csv"
    answers.write_text(ANSWERS, "utf-8")
    status, out, err = run("rollup", national, files, "--answers", answers, "--json")
    document = validated(data_dir, "rollup", out)
    (sheet,) = [one for one in document["files"] if one["path"] == str(answers)]  # type: ignore[attr-defined]
    assert (status, sheet["state"], err) == (1, "accepted", "")
    assert "not read yet" in sheet["warnings"][0], "what needs a person is first"
    assert "“Kit”: it is not understood what this column asks" in sheet["warnings"][1]
    assert {"heading": "Kit", "asks": None} in sheet["columns"]
    run("rollup", national, "--take-out", sheet["export_id"])
    run("rollup", national, "--put-back", sheet["export_id"])
    status, out, err = run("rollup", national, "--answers", answers, "--map", "Kit=other")
    assert (status, "1 file: 1 taken in" in out) == (0, True), out + err
    status, out, _ = run("rollup-report", national, "--list", "uk-mps-2022", "--json")
    report = validated(data_dir, "rollup-report", out)
    assert report["ways"]["counted"] == {"measured": 8, "recorded": 0, "claimed": 2}  # type: ignore[index]
    assert report["ways"]["replied"] == 11  # type: ignore[index]
    status, out, _ = run("rollup-report", national, "--csv", tmp_path / "csv")
    assert "With answers: 10 counted (8 measured, 0 recorded, 2 answered)" in out
    said = list(csv.DictReader(io.StringIO((tmp_path / "csv" / "answers-words.csv").read_text("utf-8-sig"))))
    assert {row["question"] for row in said} == {"How many cameras?", "Hikvision?", "Dahua?", "Kit", "The whole request"}
    assert all(row["typed_by"].endswith("by the command line") for row in said)


@pytest.mark.parametrize(
    ("text", "words", "say"),
    [
        ("a,b\n1,2\n", (), "Camcensus cannot tell which column names the organisation; say it with --map"),
        ("organisation,urn\nElm,2\n", (), "Camcensus cannot tell which column has an answer; say it with --map"),
        ("organisation,Cameras?\nElm,a few\n", (), "1 reply is not read yet"),
        (
            "organisation,Cameras?\nElm,4\n",
            ("--map", "Nothing=other"),
            "has no column “Nothing”; it has: organisation, Cameras?",
        ),
        ("organisation,Cameras?\nElm,4\n", ("--map", "B=camera"), "A column cannot ask “camera”; say organisation"),
        ("", (), "is empty; give a spreadsheet with one row an organisation"),
    ],
)
def test_answers_that_cannot_be_read_end_in_a_sentence(
    text: str, words: tuple[str, ...], say: str, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "answers.csv").write_text(text, "utf-8")
    status, out, err = run("rollup", tmp_path / "n.camcensus-rollup", "--answers", tmp_path / "answers.csv", *words)
    assert status in (1, 3)
    assert say in out + err


def test_a_pack_for_publication_is_written_whole_and_never_over_an_older_one(files: Path, tmp_path: Path, run: Run) -> None:
    national = tmp_path / "national.camcensus-rollup"
    run("rollup", national, files)
    status, _, err = run("rollup-report", national, "--publish", tmp_path / "pack", "--author", "Office", "--licence", "ogl")
    assert status == 0
    assert "Saved 34 files" in err
    said = (tmp_path / "pack" / "README.txt").read_text("utf-8")
    assert "Authors: Office\nLicence: Open Government Licence v3.0" in said
    assert "Title: Cameras of 8 organisations" in said
    assert run("rollup-report", national, "--publish", tmp_path / "whole", "--for", "asked")[0] == 0
    assert "Do not publish it" in (tmp_path / "whole" / "README.txt").read_text("utf-8")
    assert run("rollup-report", national, "--for", "public")[0] == 2
    status, _, err = run("rollup-report", national, "--publish", tmp_path / "pack")
    assert status == 3
    assert "not an empty folder" in err


def test_a_review_to_practise_on_is_made_with_its_tables_and_its_report(tmp_path: Path, run: Run) -> None:
    status, out, _ = run("demo", "--auditor", "--headless", "--bodies", "3", "-o", tmp_path / "review")
    assert status == 0
    assert "This is a simulation" in out
    made = {path.name for path in (tmp_path / "review").iterdir()}
    assert {"files", "asked.csv", "answers.csv", "national.camcensus-rollup", "tables", "report.pdf"} <= made
    assert (tmp_path / "review" / "tables" / "by_retention.csv").exists()
    assert run("demo", "--auditor", "--headless", "--bodies", "61", "-o", tmp_path / "other")[0] == 3


def test_a_script_is_written_for_an_engine_and_never_without_its_folder(files: Path, tmp_path: Path, run: Run) -> None:
    national = tmp_path / "national.camcensus-rollup"
    run("rollup", national, files)
    status, _, err = run("rollup-report", national, "--parquet", tmp_path / "out", "--for", "duckdb")
    assert status == 0
    assert "duckdb.sql" in err
    assert (tmp_path / "out" / "duckdb.sql").read_text("utf-8").startswith("-- For DuckDB 1.")
    assert (tmp_path / "out" / "expected" / "by_maker" / "part-0.parquet").exists()
    status, _, err = run("rollup-report", national, "--for", "spark")
    assert status == 2
    assert "--parquet DIR --for ENGINE" in err
    assert run("rollup-report", national, "--parquet", tmp_path / "more", "--for", "excel")[0] == 2


def test_the_same_of_several_rows_is_said_once(run: Run, tmp_path: Path) -> None:
    """Dates in two orders, one row after the other: one line, with the rows that have it."""
    sheet = tmp_path / "answers.csv"
    rows = "".join(f"Body {at},0{at}/13/2026,{at}\n" for at in range(1, 3)) + "".join(
        f"Body {at},0{at}/02/2026,{at}\n" for at in range(3, 9)
    )
    sheet.write_text(f"Organisation,Date of reply,How many cameras?\n{rows}", encoding="utf-8")
    _, out, err = run("rollup", tmp_path / "n.camcensus-rollup", "--answers", sheet)
    assert (out + err).count("must be a date in one order") == 1
    assert "The same in rows 5, 6, 7, 8 and 9." in out + err
