"""Both checkers of accessibility are asked, and hear what is wrong."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from report.heard import complaints


def test_a_paper_without_tags_or_title_is_complained_of_by_both(tmp_path: Path) -> None:
    path = tmp_path / "bare.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "Cameras")
    canvas.save()
    assert {said.partition(" ")[0] for said in complaints(path)} == {"outloud", "pdfua"}
