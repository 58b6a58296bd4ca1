"""Blocks as documents that people edit: all of them, in order, as text only, with styles, heads of tables and words for pictures."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from camcensus.model.blocks import (
    TOLD,
    Block,
    Bullets,
    Column,
    Fact,
    Heading,
    LabelPage,
    Link,
    OnePage,
    PinnedPlan,
    PlanPin,
    Prose,
    ReportDocument,
    Row,
    StickyLabel,
    Strong,
    TableBlock,
    disarmed,
    key_facts,
)
from camcensus.model.pictures import Picture
from camcensus.report.docx.writer import write_docx
from camcensus.report.pdf.paper import settled
from camcensus.report.plan.whole import plan_report
from camcensus.report.unpaged import widths_mm
from report.checkers import OFFICE, needs_office
from report.document_reading import ReadDocument, read_document
from report.sample import AS_AT, BODY, COSTS, FONTS, KNOWLEDGE, SCANS, plan_of, school_rows


def picture(form: str = "PNG") -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "#88a").save(out, form)
    return Picture("0" * 64, "photo", f"image/{form.lower()}", 40, 20, out.getvalue())


def report(*blocks: Block, title: str = "Cameras, Elm Park", landscape: bool = False) -> ReportDocument:
    return ReportDocument(
        title=title, kind="Cameras", organisation="Elm Park & Co", handling="For the public", landscape=landscape,
        foot=("As at 1 May", "Made by search"), made_at=datetime(2026, 11, 24, tzinfo=UTC),
        blocks=[Heading("Cameras", 1), *blocks],
    )  # fmt: skip


def made(*blocks: Block, title: str = "Cameras, Elm Park") -> ReadDocument:
    return read_document(write_docx(report(*blocks, title=title)))


def test_the_same_report_gives_the_same_bytes() -> None:
    one = report(Prose("We have 2 cameras."), PinnedPlan(picture(), [], "A hall."), key_facts([("Made by", "Axis")]))
    assert write_docx(one) == write_docx(one)


def test_headings_paragraphs_and_lists_have_styles_by_name() -> None:
    read = made(
        Prose("What we ask.", "ask", bar=True), Heading("Next", 2, new_page=True), Bullets(["one", [Strong("two"), " 2"]]),
        Bullets(["tick"], boxes=True), Heading("Small", 3), Prose("A note.", "note"),
    )  # fmt: skip
    assert read.headings == [(1, "Cameras"), (2, "Next"), (3, "Small")]
    assert [text for _, text in read.paragraphs] == ["What we ask.", "A note."]
    assert [style.replace("_20_", " ") for style, _ in read.paragraphs] == ["Ask with bar", "Note"]
    assert read.items == ["one", "two 2", "tick"]


def test_a_table_says_which_row_is_its_head_and_how_wide_cells_are() -> None:
    columns = [Column("Place\nand use"), Column("Kind"), Column("Cameras", figures=True)]
    rows = [Row(["Hall", [Fact("Dome", mark="likely"), Fact("Inside", "second")], "3"]), Row(["Total", "3"], "total", 2)]
    read = made(Heading("Cameras by place", 2), TableBlock(columns, rows, note="A note."), key_facts([("Serial", "")]))
    table, facts = read.tables
    assert table.cells == [["Place and use", "Kind", "Cameras"], ["Hall", "Dome Inside", "3"], ["Total", "3"]]
    assert (table.heads, table.name, table.spans[2]) == (1, "Cameras by place", [2, 1])
    assert (facts.heads, facts.cells) == (0, [["Serial", ""]])
    assert ("Note", "A note.") in read.paragraphs


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pictures_are_in_the_file_and_have_their_words(kind: str) -> None:
    pin = PlanPin(label="3", state="listed", x=0.5, y=0.25, walked=False)
    photo = picture(kind)
    read = made(PinnedPlan(photo, [pin], "Plan of the hall with 1 pin."))
    assert read.alts == ["Plan of the hall with 1 pin."]
    assert photo.data in read.parts.values()


@needs_office
def test_the_decision_paper_is_two_pages_in_libreoffice(tmp_path: Path) -> None:
    rows = school_rows()
    said = plan_report(
        plan_of(rows, COSTS, year_starts=4), body=BODY, knowledge=KNOWLEDGE, scans=SCANS, rows=rows, as_at=AS_AT,
        enabled_lists=KNOWLEDGE.lists.keys(), part="decision",
    )  # fmt: skip
    (tmp_path / "plan.docx").write_bytes(write_docx(settled(said, FONTS)))
    words = [OFFICE, f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*words, "--outdir", str(tmp_path), str(tmp_path / "plan.docx")], check=True, capture_output=True, timeout=300
    )
    pages = [page.extract_text() for page in PdfReader(tmp_path / "plan.pdf").pages]
    assert len(pages) == 2
    assert "Sign-off" in pages[0]


def test_of_ways_to_fit_one_page_the_fullest_is_taken_and_labels_are_a_list() -> None:
    label = StickyLabel("CAM-001", ["Elm Park"], "x")
    read = made(OnePage([[Prose("All of it.")], [Prose("Part.")]]), LabelPage([label]))
    assert read.paragraphs[0][1] == "All of it."
    assert read.items == ["CAM-001 Elm Park"]


def test_only_addresses_of_our_own_can_be_opened() -> None:
    read = made(
        Prose("Printed as they were sent.", key=TOLD),
        Prose(disarmed("go to http://evil.example now")),
        Prose(["See ", Link("the list", "https://example.org/a?b=1&c=2"), Link("x", "javascript:1")]),
    )
    assert len(read.links) == 2
    assert read.links[0].removeprefix("#") == read.marks[0]
    assert read.links[1] == "https://example.org/a?b=1&c=2"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ('<img src="file:///etc/passwd"> <b>bold</b> &amp; ]]> <!-- <a href="http://evil.example">x</a>', None),
        ("{1/0} %s {0.__class__} =HYPERLINK(1) [Table:Sheet] / \\ * ? '", None),
        ("\u202egnp.exe \u200b\u2066 \x00 \x1b[31m \x07 \ufffe \ud800", None),
        ("a   b\t c\n d", "a b c d"),
        ("監視 \U0001f4f7 عربى", None),
    ],
)
def test_hostile_text_is_shown_and_nothing_more(name: str, said: str | None) -> None:
    rows = [Row([name, Fact(name, "mono")])]
    blocks = [
        Heading(name, 2), Prose(name), Bullets([name], boxes=True), TableBlock([Column(name), Column("B")], rows, note=name),
        PinnedPlan(picture(), [], name),
    ]  # fmt: skip
    read = made(*blocks, title=name)
    shown = read.headings[1][1]
    assert shown == said or said is None
    assert "\u202e" not in shown
    if name.isascii() and name.isprintable():
        assert shown == " ".join(name.split())
    assert read.tables[0].cells == [[shown, "B"], [shown, shown]]
    assert read.items == [shown]
    assert [" ".join(one.split()) for one in (read.title, read.tables[0].name, *read.alts)] == [shown] * 3
    assert not read.links


def test_nothing_of_the_computer_or_of_the_libraries_is_in_the_file() -> None:
    one = write_docx(report(Prose("Two."), key_facts([("a", "b")]), PinnedPlan(picture(), [], "A hall."), landscape=True))
    read = read_document(one)
    held = read.everything.lower()
    for word in ("python-docx", "libreoffice/", "macintosh", "root", "/tmp", "/work", "camcensus", "sharepoint"):
        assert word not in held, word


def test_no_word_of_a_head_is_broken() -> None:
    columns = [Column("Year"), *(Column(head, figures=True) for head in ("Equipment", "Contingency", "Recorders", "Total"))]
    table = TableBlock(columns, [Row(["2026-27", "1", "2", "3", "4"])])
    widths = widths_mm(table, 174)
    assert sum(widths) == pytest.approx(174)
    assert all(width > 2 * len(column.head) for width, column in zip(widths, columns, strict=True))
    assert sum(widths_mm(TableBlock([Column("A" * 200), Column("")], []), 174)) == pytest.approx(174)
