"""What two checkers of accessibility say of a PDF: outloud (PDF/UA-1 and WCAG 2.2) and pdfua (PDF/UA-1)."""

from __future__ import annotations

from pathlib import Path

import outloud
import pdfua


def complaints(path: Path) -> list[str]:
    """Every error and warning of outloud, every finding of pdfua, and every rule of theirs that failed itself."""
    heard, checked = outloud.check(str(path)), pdfua.validate(str(path))
    said = [f"outloud cannot read it: {heard.error}"] if heard.error else []
    said += [f"outloud {run.rule} failed: {run.reason}" for run in heard.runs if run.status == "crashed"]
    said += [f"outloud {one.rule}: {one.message} ({one.evidence})" for one in heard.findings if one.severity != "info"]
    return said + [f"pdfua {one.rule_id}: {one.message}" for one in checked.findings]
