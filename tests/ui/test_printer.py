"""Printing a paper that was drawn: our own file where the printer is one, pictures of its pages elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen import canvas

from camcensus.tasks.files import Written
from camcensus.ui.printer import pages_of, print_paper, print_pictures

PAGES = 5


@pytest.fixture
def paper(app: QApplication, tmp_path: Path) -> tuple[Written, QPdfDocument]:
    path = tmp_path / "paper.pdf"
    drawn = canvas.Canvas(str(path), pagesize=(595.28, 841.89))
    for page in range(1, PAGES + 1):
        drawn.drawString(72, 700, f"page {page}")
        drawn.showPage()
    drawn.save()
    document = QPdfDocument(app)
    document.load(str(path))
    return Written(path, PAGES, ""), document


class Heard:
    """What became of a print."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.failed: list[str] = []


def printed(paper: tuple[Written, QPdfDocument], printer: QPrinter, qtbot: QtBot) -> Heard:
    heard = Heard()
    print_paper(None, *paper, printer, heard.told.append, heard.failed.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(heard.told or heard.failed))
    return heard


def to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_print_to_a_file_gives_our_own_file(paper: tuple[Written, QPdfDocument], tmp_path: Path, qtbot: QtBot) -> None:
    heard = printed(paper, to_file(tmp_path / "out.pdf"), qtbot)
    assert (heard.told, heard.failed) == (["Saved out.pdf, 5 pages"], [])
    assert (tmp_path / "out.pdf").read_bytes() == paper[0].path.read_bytes()


@pytest.mark.parametrize("name", ["", "Microsoft Print to PDF"])
def test_some_pages_are_never_a_file_with_all_of_them(
    paper: tuple[Written, QPdfDocument], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution) if name else to_file(tmp_path / "out.pdf")
    monkeypatch.setattr(QPrinter, "printerName", lambda _self: name)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: pytest.fail("asked where to save"))
    printer.setPageRanges(QPageRanges.fromString("2-3"))
    heard = printed(paper, printer, qtbot)
    assert heard.told == []
    assert "all 5 pages, and you chose 2" in heard.failed[0]
    assert not (tmp_path / "out.pdf").exists()


def test_a_file_that_cannot_be_written_is_said(paper: tuple[Written, QPdfDocument], tmp_path: Path, qtbot: QtBot) -> None:
    heard = printed(paper, to_file(tmp_path / "none" / "out.pdf"), qtbot)
    assert heard.told == []
    assert len(heard.failed) == 1


@pytest.mark.parametrize("chosen", ["elsewhere.pdf", ""])
def test_in_place_of_a_printer_that_makes_a_file_ours_is_saved(
    paper: tuple[Written, QPdfDocument], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    asked: list[str] = []

    def ask(*_: object, **__: object) -> tuple[str, str]:
        asked.append("once")
        return (str(tmp_path / chosen) if chosen else ""), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QPrinter, "printerName", lambda _self: "Microsoft Print to PDF")
    heard = Heard()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    print_paper(None, *paper, printer, heard.told.append, heard.failed.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(asked))
    if chosen:
        assert (tmp_path / chosen).read_bytes() == paper[0].path.read_bytes()
    assert (heard.told, heard.failed) == (["Saved elsewhere.pdf, 5 pages"] if chosen else [], [])


def test_pictures_are_of_the_chosen_pages_as_large_as_the_sheet(
    paper: tuple[Written, QPdfDocument], tmp_path: Path, qtbot: QtBot
) -> None:
    printer = to_file(tmp_path / "pictures.pdf")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    heard, over = Heard(), QWidget()
    qtbot.addWidget(over)
    print_pictures(over, paper[1], printer, [2, 4, 5], heard.told.append, heard.failed.append)
    qtbot.waitUntil(lambda: bool(heard.told))
    assert heard.told == ["Sent to the printer, 3 pages"]
    made = PdfReader(tmp_path / "pictures.pdf")
    assert len(made.pages) == 3


@pytest.mark.parametrize(("ranges", "pages"), [("", [1, 2, 3, 4, 5]), ("2-3,5", [2, 3, 5]), ("4-9", [4, 5]), ("7", [])])
def test_ranges_name_pages_that_there_are(app: QApplication, ranges: str, pages: list[int]) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if ranges:
        printer.setPageRanges(QPageRanges.fromString(ranges))
    assert pages_of(printer, PAGES) == pages
