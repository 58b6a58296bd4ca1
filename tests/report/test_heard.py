"""Both checkers of accessibility are asked, and hear what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from camcensus.report.pdf.fonts import Fonts
from camcensus.report.pdf.ink import BODY, MM
from camcensus.report.pdf.tags import Node, TaggedCanvas
from camcensus.report.pdf.text import Typesetter, draw_lines
from report.heard import complaints
from report.sample import AS_AT, FONTS


def test_a_paper_without_tags_or_title_is_complained_of_by_both(tmp_path: Path) -> None:
    path = tmp_path / "bare.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "Cameras")
    canvas.save()
    assert {said.partition(" ")[0] for said in complaints(path)} == {"outloud", "pdfua"}


@pytest.mark.parametrize(("from_top_mm", "heard"), [(8, True), (26, False), (262, False), (284, True)])
def test_a_line_on_each_page_is_a_head_or_a_foot_only_where_these_are(tmp_path: Path, from_top_mm: float, heard: bool) -> None:
    canvas = TaggedCanvas((210 * MM, 297 * MM), title="Rows", author="Elm Park", subject="Rows", made_at=AS_AT)
    typesetter = Typesetter(Fonts(FONTS))
    for number in range(7):
        for name, text, top_mm in (
            ("H1" if not number else "P", f"Page of words {number}", 100),
            ("P", f"CAM-{number} Hall", from_top_mm),
        ):
            node = canvas.root.add(Node(name), canvas.page)
            draw_lines(canvas, typesetter.fonts, typesetter.lines(text, BODY, 300), node, x=60, top=(297 - top_mm) * MM)
        canvas.end_page()
    path = tmp_path / "rows.pdf"
    path.write_bytes(canvas.finish())
    assert any("PAG-001" in one for one in complaints(path)) == heard
