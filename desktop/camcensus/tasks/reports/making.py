"""One report in the making: from what it says to a file, in the format that the file's name asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from camcensus.model import frozen
from camcensus.model.blocks import ReportDocument
from camcensus.model.foi import FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import count, joined
from camcensus.report.html.writer import write_html
from camcensus.report.plan.whole import PlanPart
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written, write_through
from camcensus.tasks.progress import Progress, collector_paused, halves
from camcensus.tasks.reports.editions import Audience, Edition
from camcensus.tasks.reports.scope import ReportScope


@frozen
class Choices:
    """What a person chose for one report. `place` is the id of the place whose plan is drawn.

    `version` is a version of the plan that was made, None for the plan as it is now. It and `scope` are said anew each time.
    `part` is what is drawn of the plan.
    """

    audience: Audience = "internal"
    place: str | None = None
    request: FoiRequest = field(default_factory=FoiRequest)
    version: int | None = None
    part: PlanPart = "all"
    scope: ReportScope = field(default_factory=ReportScope)


@frozen(kw_only=True)
class Making:
    """A report to be made: of which inventory, by which knowledge, with which choices, into which file.

    `progress` is called with what is done and of how much; what it raises ends the work.
    """

    inventory: Inventory
    knowledge: Knowledge
    path: Path
    data_dir: Path
    now: datetime
    choices: Choices = field(default_factory=Choices)
    progress: Progress | None = None

    @property
    def edition(self) -> Edition:
        """What its readers are given."""
        return Edition(self.choices.audience)


Format = Literal["pdf", "html", "docx"]
FORMAT_WORDS: Mapping[Format, str] = {
    "pdf": "PDF",
    "html": "Web page",
    "docx": "Word document",
}
"""What each kind of file is called. The last is for whoever edits the text."""


def format_of(path: Path) -> Format | None:
    """The format that a file's name asks for: a PDF where it has no ending, None where reports are not written so."""
    ending = {"": "pdf", "htm": "html"}.get(named := path.suffix.lower().removeprefix("."), named)
    return next((one for one in FORMAT_WORDS if one == ending), None)


def why_not_as(path: Path, formats: tuple[Format, ...]) -> str:
    """A sentence that says which endings a file of this report may have, where its name has another; else ""."""
    if format_of(path) in formats:
        return ""
    return f"Give a file name that ends in {joined([f'.{one}' for one in formats], ' or ')}."


def made_words(written: Written) -> str:
    """How much was written: "3 pages", or what kind of document where only the program that opens it knows its pages."""
    made = format_of(written.path)
    return FORMAT_WORDS[made] if made == "docx" else count(written.pages, "page")


def write_report(this: Making, says: Callable[[Making], ReportDocument]) -> Written:
    """Write what it says as the file's name asks for; an older file stays unless all went well.

    Raises DiskError, what `says` raises, and what the progress raises.
    """
    reading, drawing = halves(this.progress)
    return write_said(this.path, this.data_dir, lambda: says(replace(this, progress=reading)), drawing)


def write_said(path: Path, data_dir: Path, says: Callable[[], ReportDocument], progress: Progress | None) -> Written:
    """Write a report as the file's name asks for: a tagged PDF, a page for a browser, or a document to edit."""

    fonts = data_dir / "resources" / "fonts"

    def drawn() -> tuple[bytes, int]:  # what draws is imported late: it takes long to load
        from camcensus.report.pdf.paper import draw, settled

        match format_of(path):
            case "html":
                return write_html(settled(says(), fonts)), 1
            case "docx":
                from camcensus.report.docx.writer import write_docx

                return write_docx(settled(says(), fonts)), 1
            case _:
                with collector_paused():
                    return draw(says(), fonts, progress)

    return write_through(path, drawn)
