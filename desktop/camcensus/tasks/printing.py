"""Hand a finished PDF to the system's printing, which prints its text and lines as such, on systems with CUPS."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from pathlib import Path
from typing import Literal

from camcensus.model import frozen
from camcensus.model.errors import DiskError
from camcensus.model.words import clean

type Sides = Literal["one-sided", "two-sided-long-edge", "two-sided-short-edge"]

WITHIN_S = 60
"""A print server that takes longer to accept a job than this is not there."""
FOLDERS = "/usr/bin:/bin:/usr/local/bin:/opt/homebrew/bin"
"""Where the system's own programs lie; never the current folder."""
FILE_PRINTERS = ("Microsoft Print to PDF",)
"""Printers of Windows that make a file."""
_FILE_DEVICES = (b"cups-pdf:",)
"""Beginnings of devices of CUPS that make a file."""
_OPTION = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


@frozen
class PrintChoices:
    """What a person chose in the system's dialog. `pages` as in "1-3,5", empty for all; `media` as in "A4".

    `fit` makes pages as large as a sheet that they were not drawn for; without it they are printed at 100%, as labels need.
    `options` are the printer's own, as CUPS names them.
    """

    printer: str
    title: str
    copies: int = 1
    collate: bool = True
    pages: str = ""
    sides: Sides | None = None
    grey: bool = False
    media: str = ""
    fit: bool = False
    options: tuple[tuple[str, str], ...] = ()


def system_printing() -> str | None:
    """The program that takes a PDF for printing; None where this system has none (Windows, or CUPS' programs are missing)."""
    return None if sys.platform == "win32" else shutil.which("lp", path=FOLDERS)


def lp_words(path: Path, choices: PrintChoices) -> list[str]:
    """The words after `lp` that print a file as was chosen. Source: CUPS, lp(1) and "Command-Line Printing and Options"."""
    words = ["-d", choices.printer, "-t", clean(choices.title, 120), "-n", str(max(1, choices.copies))]
    if choices.pages:
        words += ["-P", choices.pages]
    options = {"print-scaling": "fit" if choices.fit else "none"}
    if choices.media:
        options["media"] = choices.media
    if choices.sides:
        options["sides"] = choices.sides
    if choices.grey:
        options["print-color-mode"] = "monochrome"
    if choices.copies > 1:
        options["collate"] = "true" if choices.collate else "false"
    options |= {name: value for name, value in choices.options if _OPTION.fullmatch(name) and not value.startswith("-")}
    for name, value in options.items():
        words += ["-o", f"{name}={value}"]
    return [*words, str(path.absolute())]


async def print_pdf(path: Path, choices: PrintChoices) -> None:
    """Gives a PDF to the system's printing. Raises DiskError with what the system said where it does not take it."""
    program = system_printing()
    status, _, said = (1, b"", b"") if program is None else await _run(program, *lp_words(path, choices))
    if status:
        reason = clean(said.decode("utf-8", "replace").strip().removeprefix("lp: "), 160)
        raise DiskError(f"The printer did not take the job{f' ({reason})' if reason else ''}. Save the PDF and print that.")


async def makes_a_file(printer: str) -> bool:
    """Whether a printer is a PDF file: then our own, which screen readers can read, is saved in its place."""
    if printer in FILE_PRINTERS:
        return True
    program = None if sys.platform == "win32" else shutil.which("lpstat", path=FOLDERS)
    if program is None:
        return False
    _, device, _ = await _run(program, "-v", printer)
    return device.rpartition(f"{printer}: ".encode())[2].startswith(_FILE_DEVICES)


async def _run(program: str, *words: str) -> tuple[int, bytes, bytes]:
    """Status of a program, what it printed, and what it complained of."""
    quiet, heard = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
    try:
        process = await asyncio.create_subprocess_exec(program, *words, stdin=quiet, stdout=heard, stderr=heard)
    except OSError as error:
        return 1, b"", str(error.strerror).encode()
    try:
        said, complained = await asyncio.wait_for(process.communicate(), WITHIN_S)
    except TimeoutError:
        process.kill()
        return 1, b"", b"no answer within a minute"
    return process.returncode or 0, said, complained
