"""A finished PDF goes to the system's printing as it is; what the system says against it becomes a sentence."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from camcensus.model.errors import DiskError
from camcensus.tasks import printing
from camcensus.tasks.printing import PrintChoices, lp_words, makes_a_file, print_pdf, system_printing

needs_shell = pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for CUPS' programs")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the system's programs, empty."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setattr(printing, "FOLDERS", str(folder))
    return folder


def program(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def test_every_choice_of_the_dialog_is_said_to_the_system(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    assert lp_words(path, PrintChoices("office", "Register -o x")) == [
        "-d", "office", "-t", "Register -o x", "-n", "1", "-o", "print-scaling=none", str(path),
    ]  # fmt: skip
    every = PrintChoices(
        "office", "Register", 3, collate=False, pages="2-3,5", sides="two-sided-long-edge", grey=True, media="A4", fit=True,
        options=(("number-up", "2"), ("media", "A3"), ("-x", "y"), ("fold", "-z")),
    )  # fmt: skip
    words = lp_words(path, every)
    assert words[:8] == ["-d", "office", "-t", "Register", "-n", "3", "-P", "2-3,5"]
    assert [word for word in words[8:-1] if word != "-o"] == [
        "print-scaling=fit", "media=A3", "sides=two-sided-long-edge", "print-color-mode=monochrome", "collate=false",
        "number-up=2",
    ]  # fmt: skip


@needs_shell
def test_the_file_itself_is_handed_over(programs: Path, tmp_path: Path) -> None:
    program(programs, "lp", f'for last; do :; done; cp "$last" {tmp_path}/got; echo "request id is office-1"')
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7 ours")
    asyncio.run(print_pdf(tmp_path / "paper.pdf", PrintChoices("office", "Register")))
    assert (tmp_path / "got").read_bytes() == b"%PDF-1.7 ours"


@needs_shell
@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            'echo "lp: The printer is not there." >&2; exit 1',
            r"did not take the job \(The printer is not there\.\)\. Save the PDF",
        ),
        ("exit 1", r"did not take the job\. Save the PDF"),
        (None, r"did not take the job\. Save the PDF"),
    ],
)
def test_a_job_that_is_not_taken_is_a_sentence(programs: Path, tmp_path: Path, body: str | None, says: str) -> None:
    if body is not None:
        program(programs, "lp", body)
    assert (system_printing() is None) == (body is None)
    with pytest.raises(DiskError, match=says):
        asyncio.run(print_pdf(tmp_path / "paper.pdf", PrintChoices("office", "Register")))


@needs_shell
@pytest.mark.parametrize(
    ("printer", "device", "is_file"),
    [
        ("PDF", "device for PDF: cups-pdf:/", True),
        ("office", "device for office: ipp://10.0.0.9/ipp/print", False),
        ("office", "device for office: file:///cups-pdf:/", False),
        ("Microsoft Print to PDF", "", True),
    ],
)
def test_a_printer_that_makes_a_file_is_known(programs: Path, printer: str, device: str, is_file: bool) -> None:
    program(programs, "lpstat", f'echo "{device}"')
    assert asyncio.run(makes_a_file(printer)) is is_file


def test_without_the_systems_programs_no_printer_makes_a_file(programs: Path) -> None:
    assert asyncio.run(makes_a_file("PDF")) is False
