"""The labels that are stuck on all devices."""

from __future__ import annotations

from camcensus.model.blocks import ReportDocument
from camcensus.report.labels import Label, labels_report
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.making import Making

LABELLED = ("camera", "recorder", "encoder", "intercom", "unknown")
"""What a label is stuck on."""


def labels(this: Making) -> ReportDocument:
    """Labels with QR codes for every device that hangs somewhere, and the list of where each goes."""
    given = kit.read(this)
    made = [
        Label(ref=row.asset.ref, what=kit.what(row), where=", ".join(reversed(row.asset.place_path[1:])))
        for row in given.here
        if row.asset.kind in LABELLED
    ]
    return labels_report(given.occasion(), made)
