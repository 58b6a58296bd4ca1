"""What two checkers of accessibility say of a PDF: outloud (PDF/UA-1 and WCAG 2.2) and pdfua (PDF/UA-1)."""

from __future__ import annotations

from pathlib import Path

import outloud
import pdfua
from outloud.findings import Finding
from pypdf import PdfReader

from camcensus.report.pdf.ink import MM
from camcensus.report.pdf.paper import FOOT_RULE_MM, HEAD_RULE_MM
from report.reading import read


def complaints(path: Path) -> list[str]:
    """Every error and warning of outloud, every finding of pdfua, and every rule of theirs that failed itself.

    outloud takes what recurs on three pages, figures apart, for a head or a foot wherever it is in the outer eighth of a page:
    rows of a long table too. Heads and feet of ours are beyond the rules at both ends, so only what is there is one.
    """
    heard, checked = outloud.check(str(path)), pdfua.validate(str(path))
    said = [f"outloud cannot read it: {heard.error}"] if heard.error else []
    said += [f"outloud {run.rule} failed: {run.reason}" for run in heard.runs if run.status == "crashed"]
    found = [
        one
        for one in heard.findings
        if one.severity != "info" and not (_is_of_the_column(one, path) or _is_a_heading_again(one, path))
    ]
    said += [f"outloud {one.rule}: {one.message} ({one.evidence})" for one in found]
    return said + [f"pdfua {one.rule_id}: {one.message}" for one in checked.findings]


def _is_a_heading_again(found: Finding, path: Path) -> bool:
    """Whether what no reader hears is a table's heading on its next page: it was heard on the first."""
    if found.rule != "TAG-002" or found.count != 1:
        return False
    heard = {word for cell in read(path.read_bytes()).root.all("TH") for word in cell.words.split()}
    return {*str(found.evidence).split()} <= heard


def _is_of_the_column(found: Finding, path: Path) -> bool:
    """Whether all that it takes for heads and feet is between our rules; not where it does not say where each is."""
    if found.rule != "PAG-001" or len(found.boxes) != found.count:
        return False
    heights = [float(page.mediabox.height) for page in PdfReader(path).pages]
    return all(
        box["y0"] >= FOOT_RULE_MM * MM and box["y1"] <= heights[box["page"] - 1] - HEAD_RULE_MM * MM for box in found.boxes
    )
