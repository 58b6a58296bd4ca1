"""One report in the making: from what it says to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from camcensus.model.blocks import ReportDocument
from camcensus.model.foi import FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.report.html.writer import write_html
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written, write_through
from camcensus.tasks.finding.judging import collector_paused
from camcensus.tasks.progress import Progress, halves
from camcensus.tasks.reports.editions import Audience, Edition
from camcensus.tasks.reports.scope import Scope


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for one report. `place` is the id of the place whose plan is drawn, `ref` what people call a row.

    `version` is a version of the plan that was made, None for the plan as it is now. It and `scope` are said anew each time.
    """

    audience: Audience = "internal"
    place: str | None = None
    request: FoiRequest = field(default_factory=FoiRequest)
    ref: str | None = None
    version: int | None = None
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
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


def is_html(path: Path) -> bool:
    """Whether a file's name says that it is a page for a browser."""
    return path.suffix.lower() in (".html", ".htm")


def write_report(this: Making, says: Callable[[Making], ReportDocument]) -> Written:
    """Write what it says as a tagged PDF, or as HTML where the file is called so; an older file stays unless all went well.

    Raises DiskError, what `says` raises, and what the progress raises.
    """
    reading, drawing = halves(this.progress)
    return write_said(this.path, this.data_dir, lambda: says(replace(this, progress=reading)), drawing)


def write_said(path: Path, data_dir: Path, says: Callable[[], ReportDocument], progress: Progress | None) -> Written:
    """Write a report as a tagged PDF, or as HTML where the file is called so."""

    def drawn() -> tuple[bytes, int]:
        if is_html(path):
            return write_html(says()), 1
        from camcensus.report.pdf.paper import draw  # it takes long to load

        with collector_paused():
            return draw(says(), data_dir / "resources" / "fonts", progress)

    return write_through(path, drawn)
