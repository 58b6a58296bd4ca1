"""The choices of each report on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from camcensus import cli
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import OwnLine
from camcensus.store.edits import by_hand
from camcensus.store.edits import plan as plan_edits
from camcensus.store.edits.by_hand import NewRow
from camcensus.tasks.register import plan as planning
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports import foi
from samples import NOW, body


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "a.camcensus"
    register.new_inventory(path, body(), NOW).close()
    return path


def run(data_dir: Path, *arguments: object) -> int:
    def window(*_: object) -> int:
        raise AssertionError("no window")

    return cli.run([str(one) for one in arguments], data_dir=lambda: data_dir, window=window)


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_foi_pack_takes_the_request_and_writes_the_table_too(
    record: Path, data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(
        data_dir, "report", record, "--kind", "foi", "--request-ref", "FOI-9", "--received", "17/11/2026", "--questions",
        "total,where", "-o", tmp_path / "f.pdf", "--csv", tmp_path / "f.csv",
    )  # fmt: skip
    said = capsys.readouterr().out
    assert status == 0, said
    assert said.count("Saved ") == 2
    text = text_of(tmp_path / "f.pdf")
    assert "FOI-9" in text
    assert "16 December 2026 (20 working days)" in text
    assert "2. Where is each camera?" in text
    assert "\n3. " not in text, text
    assert (tmp_path / "f.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_decision_paper_is_two_pages_and_the_appendices_a_file_of_their_own(
    data_dir: Path, tmp_path: Path, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = ["report", record, "--kind", "plan", "--part"]
    assert run(data_dir, *plan, "decision", "-o", tmp_path / "decision.pdf") == 0
    assert ": 2 pages," in capsys.readouterr().out
    assert run(data_dir, *plan, "appendices", "-o", tmp_path / "rest.pdf") == 0
    assert "Sign-off" in text_of(tmp_path / "decision.pdf")
    assert "Sign-off" not in text_of(tmp_path / "rest.pdf")


def test_what_was_kept_with_the_record_is_used_but_the_audience_is_said_anew(
    record: Path, data_dir: Path, tmp_path: Path
) -> None:
    with register.open_inventory(record, NOW) as inventory:
        foi.save_request(inventory, foi.checked_request("FOI-KEPT", "2026-11-17"))
        inventory.save_draft("report.choices.foi", '{"audience": "public"}')
    assert run(data_dir, "report", record, "--kind", "foi", "-o", tmp_path / "f.pdf") == 0
    assert "FOI-KEPT" in text_of(tmp_path / "f.pdf")
    assert run(data_dir, "report", record, "--kind", "foi", "--audience", "public", "-o", tmp_path / "p.pdf") == 0
    assert "FOI-KEPT" not in text_of(tmp_path / "p.pdf")


def test_the_plan_is_printed_as_it_was_in_a_version_with_its_table(
    record: Path, data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = Knowledge(version="1")
    with register.open_inventory(record, NOW) as inventory:
        inventory.do(plan_edits.add_line(OwnLine(id="", name="Lift hire", unit=123_45, year="2026-27")), by="Sam", now=NOW)
        inventory.do(plan_edits.make_version(planning.plan(inventory, known, NOW), known.version, ""), by="Sam", now=NOW)
        inventory.do(plan_edits.remove_line(planning.plan(inventory, known, NOW).lines[0].id), by="Sam", now=NOW)
    plan = ["report", record, "--kind", "plan", "-o", tmp_path / "p.pdf", "--csv", tmp_path / "p.csv"]
    assert run(data_dir, *plan) == 0
    assert "Lift hire: line removed (£123.45)." in text_of(tmp_path / "p.pdf")
    assert b"Lift hire" not in (tmp_path / "p.csv").read_bytes()
    assert run(data_dir, *plan, "--version", "1") == 0
    assert capsys.readouterr().out.count("Saved ") == 4
    assert "Version 1, made 24 November 2026" in text_of(tmp_path / "p.pdf")
    assert b'"Lift hire"' in (tmp_path / "p.csv").read_bytes()
    assert run(data_dir, *plan, "--version", "7") == 3
    assert "There is no version 7 of the plan. There are: 1." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--kind", "foi", "--received", "soon"], "“soon” is not a date"),
        (["--kind", "foi", "--questions", "novel"], "There is no question “novel”"),
        (["--kind", "foi", "--audience", "supplier"], "has no edition for supplier; it has: internal, public"),
        (["--kind", "plan", "--request-ref", "A"], "belong to --kind foi"),
        (["--kind", "plan", "--join-small"], "belongs to --kind foi"),
        (["--kind", "register", "--csv", "t.csv"], "has no table to save"),
        (["--kind", "register", "--part", "decision"], "--part belongs to --kind plan"),
        (["--kind", "register", "--version", "1"], "--version belongs to --kind plan"),
        (["--kind", "walkround", "--audience", "public"], "one edition"),
        (["--kind", "floor"], "Give --place with --kind floor"),
        (["--kind", "decision", "--part", "appendices"], "leave --part out"),
        (["--kind", "register", "--scope", "everything"], "Give --scope as place:ID"),
        (["--kind", "register", "--scope", "rows:"], "Give --scope as place:ID"),
        (["--kind", "register", "--scope", "rows:CAM-001", "--year", "2027"], "not both"),
    ],
)
def test_choices_that_do_not_fit_are_refused_with_a_sentence(
    record: Path, data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert run(data_dir, "report", record, *arguments, "-o", tmp_path / "x.pdf") == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (["--kind", "decision"], ["--kind", "plan", "--part", "decision"]),
        (["--kind", "register", "--scope", "rows:CAM-001"], ["--kind", "register", "--assets", "CAM-001"]),
        (["--kind", "summary", "--scope", "rows:CAM-001"], ["--kind", "summary", "--assets", "CAM-001"]),
    ],
)
def test_the_short_ways_of_the_contract_print_the_same(
    record: Path, data_dir: Path, tmp_path: Path, short: list[str], long: list[str]
) -> None:
    with register.open_inventory(record, NOW) as inventory:
        inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by="A", now=NOW)
    texts = []
    for at, words in enumerate((short, long)):
        path = tmp_path / f"{at}.html"
        assert run(data_dir, "report", record, *words, "-o", path) == 0
        texts.append(path.read_text("utf-8"))
    without_time = [re.sub(r"\d\d:\d\d(?::\d\d)?", "", text) for text in texts]
    assert without_time[0] == without_time[1]


def test_a_name_that_ends_in_html_makes_a_page_for_a_browser(
    record: Path, data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("foi", "summary"):
        path = tmp_path / f"{kind}.html"
        assert run(data_dir, "report", record, "--kind", kind, "--audience", "public", "-o", path) == 0
        assert path.read_bytes().startswith(b"<!DOCTYPE html>")
    assert capsys.readouterr().out.count(".html: 1 page") == 2


@pytest.mark.parametrize("form", ["html", "docx"])
def test_the_ending_of_the_file_says_what_is_written(
    record: Path, data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    path = tmp_path / f"answers.{form}"
    assert run(data_dir, "report", record, "--kind", "foi", "-o", path) == 0
    assert f"Saved {path}: " in capsys.readouterr().out
    assert path.read_bytes()[:4] == (b"<!DO" if form == "html" else b"PK\x03\x04")


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("register", "a.docx", "Give a file name that ends in .pdf or .html."),
        ("labels", "a.html", "Give a file name that ends in .pdf."),
        ("foi", "a.odt", "Give a file name that ends in .pdf, .html or .docx."),
        ("foi", "a.doc", "Give a file name that ends in .pdf, .html or .docx."),
    ],
)
def test_a_format_that_a_report_does_not_have_is_one_sentence(
    record: Path, data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, name: str, said: str
) -> None:
    assert run(data_dir, "report", record, "--kind", kind, "-o", tmp_path / name) == 2
    assert capsys.readouterr().err.strip() == said
    assert not (tmp_path / name).exists()
