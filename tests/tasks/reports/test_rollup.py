"""The report of a roll-up: its totals are those of the bodies added up, it is tagged and sound, and what bodies are called is text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.errors import DiskError
from camcensus.tasks.reports.rollup import write_rollup_pdf
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.kinds import doubt_words, share_words
from report.heard import complaints
from report.reading import Paper, read
from rollup_estate import NOW, ROOT, knowledge, make_estate, write_estate

HOSTILE = "<b>School</b> {1+1} \u202edrib\x07 <img src='file:///etc/passwd'/> 学校"


@pytest.fixture(scope="module")
def rollup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tasks.RollUp]:
    folder = tmp_path_factory.mktemp("country")
    write_estate(make_estate(5, 40, 900, double_share=0.02), folder / "files", two_files=0.2)
    (folder / "asked.csv").write_text(
        "URN,Name,Type\n100000,First School,school\n999999,Never Sent School,school\n", encoding="utf-8"
    )
    with tasks.open_for_taking(folder / "Northmoor.camcensus-rollup", ROOT, knowledge(), NOW) as opened:
        tasks.take_in(opened, [folder / "files"], knowledge(), NOW)
        yield opened


@pytest.fixture(scope="module")
def figures(rollup: tasks.RollUp) -> Figures:
    return read_figures(rollup, lists_of(rollup), "2026-11-24")


def paper_of(rollup: tasks.RollUp, figures: Figures, path: Path) -> Paper:
    written = write_rollup_pdf(rollup, figures, path, data_dir=ROOT, now=NOW)
    paper = read(path.read_bytes())
    assert len(paper.pages) == written.pages
    return paper


@pytest.fixture(scope="module")
def paper(rollup: tasks.RollUp, figures: Figures, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return paper_of(rollup, figures, tmp_path_factory.mktemp("paper") / "report.pdf")


def table_after(paper: Paper, heading: str) -> list[list[str]]:
    """The cells of the tables between a heading and the next one; a table goes on over pages."""
    rows: list[list[str]] = []
    inside = False
    for element in paper.root.kids[0].kids if len(paper.root.kids) == 1 else paper.root.kids:
        if element.tag in ("H1", "H2"):
            inside = element.words == heading
        elif inside and element.tag == "Table":
            rows += element.cells
    assert rows, f"no table under {heading}"
    return rows


def doubted(words: str) -> tuple[int, int]:
    """A number, and how many of it are proven."""
    words = words.replace(",", "")
    number, proven = re.match(r"\d+", words), re.search(r"(\d+) proven", words)
    assert number is not None
    return int(number[0]), 0 if "none proven" in words else int(proven[1] if proven is not None else number[0])


def test_the_totals_are_the_bodies_added_up(paper: Paper, figures: Figures) -> None:
    bodies = table_after(paper, "Organisations from A to Z")[1:]
    assert len(bodies) == figures.totals.answered
    assert [row[0] for row in bodies] == sorted((row[0] for row in bodies), key=str.casefold)
    listed = [doubted(row[3]) for row in bodies]
    kinds = table_after(paper, "Organisations with a camera by a listed maker")
    *rows, total = kinds[1:]
    assert doubted(total[4]) == (sum(number > 0 for number, _ in listed), sum(proven > 0 for _, proven in listed))
    for column in (2, 3, 5):
        assert int(total[column]) == sum(int(row[column]) for row in rows)
    assert doubted(total[4]) == tuple(map(sum, zip(*(doubted(row[4]) for row in rows), strict=True)))
    cameras = table_after(paper, "Organisations with a camera by a listed maker: cameras")[-1]
    printed = sum(int(re.sub(r"\D", "", row[1])) for row in bodies)
    assert int(cameras[1].replace(",", "")) == figures.totals.cameras < printed


def test_the_first_page_says_what_it_is_out_of(paper: Paper, figures: Figures) -> None:
    first = paper.pages[0]
    said = " ".join(first.texts.values())
    totals = figures.totals
    assert f"Of {totals.counted} organisations counted, " in said
    assert share_words(totals.bodies, totals.counted) in said
    assert "nobody gave a list of those who were asked" in said


def test_tables_say_their_number_and_what_they_are_out_of(rollup: tasks.RollUp, figures: Figures, tmp_path: Path) -> None:
    def ranged(row: tuple[object, ...]) -> tuple[object, ...]:
        return tuple({"bodies_proven": 3, "bodies": 5}.get(name, cell) for name, cell in zip(kinds.columns, row, strict=True))

    kinds = next(table for table in figures.tables if table.name == "by_body_type")
    some = tuple(
        replace(table, rows=tuple(map(ranged, table.rows))) if table.name == "by_body_type" else table
        for table in figures.tables
    )
    paper = paper_of(rollup, replace(figures, tables=some), tmp_path / "report.pdf")
    text = " ".join(" ".join((page.extract_text() or "").split()) for page in paper.reader.pages)
    assert len(re.findall(r"\b5 \d+\.\d% 3 proven", text)) >= len(kinds.rows), "each with its share of those counted"


def test_who_is_missing_is_named_where_a_list_was_loaded(rollup: tasks.RollUp, figures: Figures, tmp_path: Path) -> None:
    missing = (("urn:999999", "Never Sent School", "school"),)
    asked = replace(figures, totals=replace(figures.totals, asked=2), missing=missing)
    rows = table_after(paper_of(rollup, asked, tmp_path / "a.pdf"), "Organisations that are missing")
    assert rows[1:] == [["Never Sent School", "URN 999999", "Schools"]]


def test_it_is_a_sound_tagged_paper(paper: Paper) -> None:
    catalog = paper.reader.trailer["/Root"]
    assert catalog["/Lang"] == "en-GB"
    assert paper.reader.metadata is not None
    assert paper.reader.metadata.title == "Cameras of 40 organisations, Northmoor"
    assert all(not page.painted_outside and not page.stray for page in paper.pages)
    levels = [int(head.tag[1]) for head in paper.root.all("H1", "H2", "H3")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for table in paper.root.all("Table"):
        assert len({len(row.kids) for row in table.all("TR")}) == 1
        assert all(head.attributes["/Scope"] in ("/Row", "/Column") for head in table.all("TH"))


def test_checkers_of_accessibility_find_nothing(rollup: tasks.RollUp, figures: Figures, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    write_rollup_pdf(rollup, figures, path, data_dir=ROOT, now=NOW)
    assert complaints(path) == []


def test_hostile_names_are_printed_as_text(rollup: tasks.RollUp, figures: Figures, tmp_path: Path) -> None:
    bodies = (replace(figures.bodies[0], name=HOSTILE), replace(figures.bodies[1], name="N" * 10_000), *figures.bodies[2:])
    paper = paper_of(rollup, replace(figures, bodies=bodies), tmp_path / "a.pdf")
    said = table_after(paper, "Organisations from A to Z")[1][0]
    assert "<b>School</b> {1+1}" in said
    assert "\u202e" not in said
    assert "\\u202e" in said


def test_a_roll_up_without_files_says_so(tmp_path: Path) -> None:
    with tasks.open_for_taking(tmp_path / "empty.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        figures = read_figures(rollup, lists_of(rollup), "2026-11-24")
        paper = paper_of(rollup, figures, tmp_path / "a.pdf")
    said = " ".join(text for page in paper.pages for text in page.texts.values())
    assert "No organisation is counted yet" in said
    assert "the 0 ways" not in said


def test_cancel_leaves_the_file_that_was_there(rollup: tasks.RollUp, figures: Figures, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7 older")

    def stop(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_rollup_pdf(rollup, figures, path, data_dir=ROOT, now=NOW, progress=stop)
    assert path.read_bytes() == b"%PDF-1.7 older"


def test_a_file_of_another_kind_is_left_alone(rollup: tasks.RollUp, figures: Figures, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("ref\nCAM-001\n", encoding="utf-8")
    with pytest.raises(DiskError):
        write_rollup_pdf(rollup, figures, path, data_dir=ROOT, now=NOW)
    assert path.read_text(encoding="utf-8") == "ref\nCAM-001\n"


@pytest.mark.parametrize(
    ("part", "of", "said"), [(740, 1217, "60.8%"), (1, 3, "33.3%"), (1, 8, "12.5%"), (0, 0, "–"), (1, 2000, "0.1%")]
)
def test_shares_have_one_decimal(part: int, of: int, said: str) -> None:
    assert share_words(part, of) == said


@pytest.mark.parametrize(
    ("number", "proven", "most", "said"),
    [
        (5, 5, 5, ""), (0, 0, None, ""), (5, 3, None, "of which 3 proven"), (5, 0, 9, "none proven, up to 9 in all with those that may be"),
        (0, 0, 3, "up to 3 in all with those that may be"), (5, None, None, ""),
    ],
)  # fmt: skip
def test_beside_a_number_stands_only_what_is_another(number: int, proven: int | None, most: int | None, said: str) -> None:
    assert doubt_words(number, proven, most) == said


def test_cameras_that_nobody_has_checked_are_said_once(rollup: tasks.RollUp, figures: Figures, tmp_path: Path) -> None:
    (table,) = [one for one in figures.tables if one.name == "by_kind"]
    rows = tuple((*row[:-1], 12) if row[0] == "camera" else row for row in table.rows)
    tables = tuple(replace(one, rows=rows) if one is table else one for one in figures.tables)
    for those, times in ((figures.tables, 0), (tables, 1)):
        write_rollup_pdf(rollup, replace(figures, tables=those), tmp_path / "r.pdf", data_dir=ROOT, now=NOW)
        said = " ".join(read((tmp_path / "r.pdf").read_bytes()).root.words.split())
        assert said.count("Not yet checked on site: 12 cameras that a recorder reports") == times


def test_the_change_stands_only_where_a_round_was_kept(paper: Paper) -> None:
    """A heading with nothing under it took a whole page."""
    headings = [one.words for one in paper.root.walk() if one.tag == "H2"]
    assert "Organisations from A to Z" in headings
    assert "Change since the last round" not in headings
