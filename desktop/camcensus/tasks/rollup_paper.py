"""The report of a roll-up as a PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from camcensus.model.errors import DiskError
from camcensus.tasks.files import Written
from camcensus.tasks.rollup import RollUp
from camcensus.tasks.rollup_figures import Figures


def write_rollup_pdf(rollup: RollUp, figures: Figures, path: Path, *, data_dir: Path, now: datetime) -> Written:
    """Write the figures at `path`, whole or not at all. Raises DiskError."""
    del rollup, figures, path, data_dir, now
    raise DiskError("This version writes the roll-up as CSV and JSON, not yet as PDF; leave -o out.")
