"""Charts: their numbers in words, their table twin, four fills that differ in grey, and nothing outside the figure."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pymupdf
import pytest
from PIL import Image, ImageStat

from camcensus.model.blocks import LABELS, Bar, Block, Heading, ReportDocument
from camcensus.report.charts import STEPS, bar_chart, in_words, shortened, twin
from camcensus.report.maker_charts import NOT_KNOWN, ages, makers, places
from camcensus.report.pdf.charts import BAR, LEGEND, ROW, ROWS, LaidChart
from camcensus.report.pdf.fonts import Fonts
from camcensus.report.pdf.paper import draw
from camcensus.report.pdf.text import Typesetter
from report.heard import complaints
from report.reading import Paper, read
from report.sample import FONTS, pdf_of, school_rows

BARS = [Bar("Dahua", (4, 9, 2, 0)), Bar("Axis", (9, 0, 0, 0)), Bar(NOT_KNOWN, (0, 0, 0, 5))]


SCHOOL = [
    ("Main block", {"Hikvision": 5, "Dahua": 2, "Axis": 1, "Uniview": 2, NOT_KNOWN: 2}),
    ("Grounds and gates", {"Hikvision": 2, "Dahua": 1, "Axis": 1}),
    ("Sports hall", {"Dahua": 1}),
]


def drawn(*blocks: Block, landscape: bool = False) -> bytes:
    """The blocks on paper, under a heading."""
    document = ReportDocument(
        title="Charts of the cameras, Elm Park", kind="Charts", organisation="Elm Park", handling="For a test", foot=("As at", "Made by"),
        made_at=datetime(2026, 11, 24, tzinfo=UTC), landscape=landscape, blocks=[Heading("Charts", 1), *blocks],
    )  # fmt: skip
    return draw(document, FONTS)[0]


def figures(cells: list[str]) -> list[int]:
    return [int(re.sub(r"[£,]", "", cell)) for cell in cells]


def test_the_words_of_a_chart_are_all_its_numbers() -> None:
    assert in_words(BARS) == (
        "Dahua 15 (4 confirmed, 9 almost certain, 2 likely); Axis 9 (9 confirmed); Not known 5 (5 not known)"
    )
    assert in_words([Bar("Under 5 years", (3, 0, 0, 0)), Bar("5 to 9 years", (0, 0, 0, 0))], ()) == (
        "Under 5 years 3; 5 to 9 years 0"
    )


def test_the_rest_share_a_bar_and_nothing_is_lost() -> None:
    bars = [Bar(f"Maker {at}", (10 - at, at % 3, 0, 0)) for at in range(9)] + [Bar(NOT_KNOWN, (0, 0, 0, 4))]
    short = shortened(bars, 4, "other makers", NOT_KNOWN)
    assert [bar.name for bar in short] == ["Maker 0", "Maker 1", "Maker 2", "6 other makers", NOT_KNOWN]
    for step in range(4):
        assert sum(bar.counts[step] for bar in short) == sum(bar.counts[step] for bar in bars)
    assert shortened(bars, 9, "other makers", NOT_KNOWN) == bars


def test_a_twin_has_a_row_for_each_bar_and_its_columns_add_up() -> None:
    paper = read(drawn(bar_chart(BARS, "Three bars."), twin("Made by", "Cameras", BARS)))
    head, *rows, total = paper.table("Made by").cells
    assert head == ["Made by", *STEPS, "Cameras"]
    assert [row[0] for row in rows] == [bar.name for bar in BARS]
    for row, bar in zip(rows, BARS, strict=True):
        assert figures(row[1:-1]) == [*bar.counts]
        assert row[-1] == str(bar.total)
    assert figures(total[1:-1]) == [sum(column) for column in zip(*(figures(row[1:-1]) for row in rows), strict=True)]
    assert int(total[-1]) == sum(bar.total for bar in BARS)


def test_places_beyond_those_named_share_a_row() -> None:
    many = [(f"Block {at:02d}", {"Maker": at, NOT_KNOWN: 1}) for at in range(1, 41)]
    _, *rows, total = read(drawn(places(many, 5))).table("Place").cells
    assert [row[0] for row in rows] == ["Block 40", "Block 39", "Block 38", "Block 37", "36 other places"]
    assert sum(int(row[1]) for row in rows) == int(total[1]) == sum(at + 1 for at in range(1, 41))


def test_a_key_that_is_too_wide_goes_onto_the_next_line() -> None:
    steps = ("A rather long name of a maker", "Another rather long one", "Other makers", "Not known")
    chart = LaidChart(replace(bar_chart([Bar("A", (1, 1, 1, 1))], "One bar."), steps=steps))
    chart.set(Typesetter(Fonts(FONTS)), 260, 700)
    narrow = chart.height
    chart.set(Typesetter(Fonts(FONTS)), 700, 700)
    assert narrow > chart.height


def test_a_chart_without_cameras_is_drawn_too() -> None:
    (figure,) = read(drawn(bar_chart([Bar("None", (0, 0, 0, 0))], "Nothing."), twin("What", "Cameras", BARS))).root.all(
        "Figure"
    )
    assert "0" in figure.words


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
def test_the_four_fills_differ_in_grey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROWS, "open", 60.0)
    bars = [Bar(str(step), tuple(10 if step == at else 0 for at in range(4))) for step in range(4)]  # type: ignore[arg-type]
    (tmp_path / "a.pdf").write_bytes(drawn(bar_chart(bars, "Four bars.")))
    subprocess.run(["pdftoppm", "-r", "72", "-gray", "-singlefile", "a.pdf", "a"], cwd=tmp_path, check=True)
    page = Image.open(tmp_path / "a.pgm")
    zero = 20 * 72 / 25.4 + LABELS * 482
    first = 24 * 72 / 25.4 + 29 + 4 + LEGEND + (60 - BAR * 60 / ROW) / 2  # under the heading and the key
    means = []
    for at in range(4):
        top = int(first) + 60 * at
        box = page.crop((int(zero) + 20, top + 6, int(zero) + 200, top + 30))
        means.append(ImageStat.Stat(box).mean[0])
    full, light, hatched, dashed = means
    assert full < 90
    assert 195 < light < 225
    assert 120 < hatched < light - 10
    assert dashed > 240


# -- in the plan


@pytest.fixture(scope="module")
def school() -> Paper:
    return read(pdf_of(school_rows())[0])


def chart(paper: Paper, beginning: str) -> str:
    return next(figure.alt for figure in paper.root.all("Figure") if figure.alt and figure.alt.startswith(beginning))


def test_a_chart_stands_on_the_page_of_its_table(school: Paper) -> None:
    kids = [element for element in school.root.walk() if element.tag in ("Figure", "Table")]
    for one, after in itertools.pairwise(kids):
        if one.tag == "Figure":
            assert after.tag == "Table"
            assert one.page == after.page


@pytest.mark.parametrize("landscape", [False, True])
def test_checkers_find_nothing_in_a_page_of_charts(tmp_path: Path, landscape: bool) -> None:
    path = tmp_path / "charts.pdf"
    blocks = [places(SCHOOL, 3), *makers(BARS, 8, beside=landscape), ages((("Under 5 years", 3), ("Older", 9)))]
    path.write_bytes(drawn(*blocks, landscape=landscape))
    assert complaints(path) == []


@pytest.mark.parametrize("sites", [1, 8, 33, 40, 400])
def test_a_chart_of_many_bars_flows_over_pages_and_nothing_is_outside_a_page(sites: int) -> None:
    """The last sites were drawn below the paper from 33 sites on; a heading stays with the first bars."""
    bars = [Bar(f"Site {number:03}", (100_000 + number, 0, 0, 0)) for number in range(sites)]
    chart = bar_chart(bars, "Money by site.", legend=False)
    table = twin("Site", "Cost", bars, steps=())
    with pymupdf.open(stream=drawn(Heading("Money by site", 2), chart, table)) as paper:
        pages = [page.get_text("words") for page in paper]
        for page, words in zip(paper, pages, strict=True):
            boxes = [pymupdf.Rect(word[:4]) for word in words] + [drawing["rect"] for drawing in page.get_drawings()]
            assert all(box in page.rect for box in boxes), page.number
            foot = min(word[1] for word in words if word[4] == "As" and word[1] > page.rect.height / 2)
            assert all(word[3] < foot for word in words if word[4].isdigit() and len(word[4]) == 3), page.number
    said = Counter(word[4] for page in pages for word in page)
    assert all(said[f"{number:03}"] >= 2 for number in range(sites)), "in the chart and in its table"
    headed = next(page for page in pages if any(word[4] == "Money" for word in page))
    assert any(word[4] == "000" for word in headed)
