"""The demonstration for auditors: what it makes, and that a stranger who adds its files up again gets the same tables."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.readd import differences
from camcensus.demo.country import MOST_BODIES, load_country
from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.errors import DemoError, DiskError
from camcensus.model.words import pounds
from camcensus.report.rollup import RollupSection
from camcensus.store.rollup.tables import TABLES
from camcensus.tasks.audit_demo import AuditDemo, make_audit_demo
from camcensus.tasks.reports.rollup import write_rollup_pdf
from camcensus.tasks.rollup import taking
from camcensus.tasks.rollup.drawn_tables import BY_NAME, table_sections
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.files import figures_document, write_csv
from camcensus.tasks.rollup.sections import sections as all_sections
from conftest import ROOT
from report.reading import read
from rollup_estate import knowledge, make_estate, write_estate

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
BODIES = 12


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> AuditDemo:
    return make_audit_demo(ROOT, tmp_path_factory.mktemp("review"), knowledge(), NOW, bodies=BODIES)


@pytest.fixture(scope="module")
def figures(review: AuditDemo) -> Iterator[Figures]:
    with taking.open_for_reading(review.rollup, ROOT) as rollup:
        made = read_figures(rollup, lists_of(rollup), "2026-11-24")
        write_csv(made, review.rollup.parent / "tables")
        write_rollup_pdf(rollup, made, review.rollup.parent / "report.pdf", data_dir=ROOT, now=NOW)
        yield made


@pytest.fixture(scope="module")
def headings(review: AuditDemo, figures: Figures) -> set[str]:
    """Those of its report."""
    paper = read((review.rollup.parent / "report.pdf").read_bytes())
    return {one.words.strip() for one in paper.root.all("H1", "H2", "H3")}


def test_it_has_all_kinds_and_every_way_to_reply(figures: Figures) -> None:
    country = load_country(ROOT / "resources" / "demo")
    assert len(country.bodies) == MOST_BODIES
    assert {one.reply for one in country.bodies} == {"file", "late", "both", "letter", "refused", "none"}
    assert {one.type for one in load_country(ROOT / "resources" / "demo", BODIES).bodies} == {
        "school", "nhs", "council", "police", "university", "shop",
    }  # fmt: skip
    assert figures.totals.asked == BODIES
    assert 0 < figures.totals.answered < BODIES


def test_what_strangers_send_is_held_or_refused_and_the_rest_accepted(review: AuditDemo) -> None:
    states = {one.path.stem: (one.state, one.why) for one in review.imported.files}
    assert states["cut"][0] == states["letter"][0] == "refused"
    assert states["changed"] == ("held", "changed")
    assert {state for name, state in states.items() if name.isdecimal()} == {("accepted", "")}


def test_whoever_adds_the_files_up_again_has_every_cell(review: AuditDemo, figures: Figures) -> None:
    compared = differences(review.rollup.parent)
    assert compared.keys() == {table.name for table in figures.tables}
    assert {name: wrong for name, (_, wrong) in compared.items() if wrong} == {}
    assert not {name for name, (cells, _) in compared.items() if not cells}


REVIEW: dict[str, tuple[str, str]] = {
    "what cameras are able to do, and what is on, by kind of organisation": (
        "Ability|Kind of organisation|Cameras able|Cameras, on|Any AI|Schools|All organisations",
        "capability|body_type|cameras_able|cameras_on|any|school|All bodies",
    ),
    "the same by maker": ("Ability|Made by|Cameras able|Cameras, on|Any AI|Dahua", "capability|maker|cameras_on|any"),
    "the same by place": (
        "Ability|Place|Cameras able|Cameras, on|Any AI|Outside|In a sensitive place", "capability|place|cameras_on|any|outside"
    ),
    "links to a cloud": ("Link|cloud|On|Off|Not known|Cameras", "cloud_link|on|off|not known"),
    "age of firmware": ("firmware|Age|Whole years|5 years or more|Not known", "age|cameras|5 years or more"),
    "known flaws, by CVE": ("Flaw|Attacks known|CVE-2017-7921|Yes|No", "flaw|exploited|CVE-2017-7921"),
    "known flaws that are exploited": ("published flaw|of which attacks are known|Kind of organisation", "flawed|exploited|any"),
    "decisions, and what is left to do": ("Decision|Left to do|Gone|Replace|Undecided", "decision|left_to_do|replace"),
    "cost to replace, by year": ("Financial year|Cost|£|Not priced|2026", "year|total_pence|unpriced|2026"),
    "type of camera": ("Type|Bullet|Dome|Moving (PTZ)|Cameras", "camera_type|bullet|dome|ptz"),
    "purpose": ("Purpose|Car park|Corridor|Cameras", "purpose|Car park|cameras"),
    "inside or outside": ("Place|Inside|Outside|Cameras|Made by a listed maker", "place|inside|outside|cameras_once"),
    "retention": ("Footage is kept|8 to 31 days|Over 90 days|Cameras", "kept|8 to 31 days|cameras"),
    "assessment held": ("Question|Answer|Data protection impact assessment|Of some of them", "question|said|dpia|some"),
    "policy published": ("Question|Answer|CCTV policy|Yes, and anybody can read it", "question|said|policy|published"),
    "signs": ("Question|Answer|Signs|No|Not answered", "question|said|signs|none"),
    "who may see footage": ("Question|Who may look at footage|Any member of staff", "question|said|footage_access|staff"),
    "suppliers": ("Supplier|Spend|£|Harbour CCTV Ltd", "supplier|spend_pence|Harbour CCTV Ltd"),
    "spend by year": ("Put in|Spend|£|2019", "year|spend_pence|2019"),
    "sensitive sites": ("Sensitive|How far|Replaced|Listed devices there", "sensitive|progress|sites|replaced"),
    "region": ("Region|Asked|Sent a file|Replied|Midlands|With a listed maker", "region|asked|answered|replied|claimed|Midlands"),
    "size: pupils, beds, population": ("Size|Pupils|Beds|Population|Cameras", "measure|size|pupils|beds|population"),
    "change since the last round, with its total": (
        "Change since the last round|Compared|then|now|All organisations", "compared|cameras_then|cameras_now|All bodies"
    ),
}  # fmt: skip
"""What a national review asks, with words that a reader finds together in the table that answers it: on the page and on paper,
and in its CSV file. Written from the questions of reviews, not from the list of our tables."""


def of_all(words: str, text: str) -> bool:
    return all(re.search(rf"(?<!\w){re.escape(one)}", text, re.IGNORECASE) for one in words.split("|"))


@pytest.mark.parametrize("question", REVIEW)
def test_each_question_of_a_review_has_its_table(
    question: str, review: AuditDemo, figures: Figures, headings: set[str]
) -> None:
    people, columns = REVIEW[question]
    sections = tuple(table_sections(figures, whole=True))
    on_page = {one.title for one in sections if of_all(people, section_text(one))}
    on_paper = {one.title for one in all_sections(figures) if one.title.partition(":")[0] in on_page and one.rows}
    in_csv = [
        path.name
        for path in (review.rollup.parent / "tables").glob("*.csv")
        if path.name.startswith(("by_", "change", "cost_", "spend_")) and of_all(columns, path.read_text("utf-8-sig"))
    ]
    assert on_page
    assert on_paper & headings
    assert in_csv


def section_text(one: RollupSection) -> str:
    cells = ("\n".join(map(str, cell if isinstance(cell, tuple) else (cell,))) for row in one.rows for cell in row)
    return "\n".join([one.title, one.intro, *(head.word.replace("\n", " ") for head in one.heads), *cells])


def test_answers_stand_in_the_order_of_the_form_and_what_is_not_recorded_last(figures: Figures) -> None:
    tables = {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in figures.tables}
    for question in USE_QUESTIONS:
        said = dict.fromkeys(row["said"] for row in tables["by_use"] if row["question"] == question.name)
        form = [*question.answers, "not answered"]
        assert list(said) == [one for one in form if one in said], question.name
    for name in ("by_place_type", "by_capability_and_place"):
        groups: dict[tuple[str, ...], list[str]] = {}
        for row in tables[name]:
            groups.setdefault((row.get("capability", ""), row["place_type"]), []).append(row["place"])
        for places in groups.values():
            assert places == sorted(places, key=lambda place: (place == "not recorded", place)), name
    suppliers = [row["supplier"] for row in tables["by_supplier"]]
    assert suppliers == sorted(suppliers, key=lambda one: (one == "Not recorded", one))


def plain(cell: object) -> str:
    words = "".join(map(str, cell)) if isinstance(cell, tuple) else str(cell)
    return re.sub(r"[\s,;\xad]", "", words)


def test_the_paper_has_every_cell_that_the_page_has(review: AuditDemo, figures: Figures) -> None:
    tables = [
        [[plain(cell) for cell in row] for row in one.cells[1:]]
        for one in read((review.rollup.parent / "report.pdf").read_bytes()).root.all("Table")
    ]
    for section in table_sections(figures):
        rows = [[plain(cell) for cell in row] for row in section.rows]
        assert not rows or rows in tables, section.title


def test_the_page_has_every_number_of_the_tables_that_were_added_up(figures: Figures) -> None:
    sections = {one.title: one for one in table_sections(figures, whole=True)}
    for table in figures.tables:
        if table.declared is None or table.name in BY_NAME or (table.name, table.rows) == ("by_maker_and_way", ()):
            continue
        shown = sections[table.declared.title].rows
        assert len(shown) == len(table.rows), table.name
        for row, cells in zip(table.rows, shown, strict=True):
            said = {int(one.replace(",", "")) for cell in cells for one in re.findall(r"\d[\d,]*", str(cell))}
            values = dict(zip(table.columns, row, strict=True))
            for column in table.declared.columns:
                value = values[column.name]
                if column.kind == "number" and value is not None and cells[0] != "Not known":
                    assert value in said or (value == 0 and "none proven" in str(cells)), (table.name, column.name, row)
                elif column.kind == "pence":
                    assert any(pounds(value) in str(cell) for cell in cells), (table.name, row)


def test_each_declared_column_is_the_one_that_the_table_has(figures: Figures) -> None:
    for table in figures.tables:
        if table.declared is not None:
            names = {one.name for one in table.declared.columns}
            assert table.name in BY_NAME or names <= set(table.columns), table.name
            assert table.declared.meaning
            assert all(one.meaning.endswith(".") for one in table.declared.columns)
    assert {table.name for table in figures.tables} == set(TABLES)


def test_the_meaning_of_each_column_is_beside_the_tables(review: AuditDemo, figures: Figures) -> None:
    text = (review.rollup.parent / "tables" / "columns.csv").read_text(encoding="utf-8-sig")
    held = {(row["table"], row["column"]) for row in csv.DictReader(text.splitlines())}
    assert held == {
        (table.name, one.name)
        for table in figures.tables
        if table.declared
        for one in table.declared.columns
        if one.name in table.columns
    }


def test_everything_that_is_made_of_it_says_that_it_is_a_simulation(review: AuditDemo, figures: Figures) -> None:
    assert figures.simulation is not None
    assert figures_document(figures)["simulation"] is True
    how = (review.rollup.parent / "tables" / "how-to-count.txt").read_text(encoding="utf-8")
    assert how.startswith(figures.simulation)


def test_a_real_file_is_not_counted_in_it_and_its_files_in_no_real_roll_up(review: AuditDemo, tmp_path: Path) -> None:
    write_estate(make_estate(5, 1, 10, double_share=0), tmp_path / "real", processes=1)
    (real,) = (tmp_path / "real").iterdir()
    with taking.open_for_taking(review.rollup, ROOT, knowledge(), NOW) as rollup:
        (held,) = taking.take_in(rollup, [real], knowledge(), NOW).files
    assert (held.state, held.why) == ("held", "not-simulation")
    first = next(one.path for one in review.imported.files if one.state == "accepted")
    with taking.open_for_taking(tmp_path / "n", ROOT, knowledge(), NOW) as rollup:
        (held,) = taking.take_in(rollup, [first], knowledge(), NOW).files
    assert (held.state, held.why) == ("held", "simulation")


def test_a_real_roll_up_of_that_name_is_left_alone(tmp_path: Path) -> None:
    taking.open_for_taking(tmp_path / "national.camcensus-rollup", ROOT, knowledge(), NOW).file.close()
    before = (tmp_path / "national.camcensus-rollup").read_bytes()
    with pytest.raises(DiskError, match="not of the demo"):
        make_audit_demo(ROOT, tmp_path, knowledge(), NOW, bodies=1)
    assert (tmp_path / "national.camcensus-rollup").read_bytes() == before


def test_it_can_be_made_again_over_itself(tmp_path: Path) -> None:
    make_audit_demo(ROOT, tmp_path, knowledge(), NOW, bodies=2)
    assert make_audit_demo(ROOT, tmp_path, knowledge(), NOW, bodies=1).rollup.exists()


@pytest.mark.parametrize("bodies", [0, MOST_BODIES + 1])
def test_as_many_organisations_as_there_are(bodies: int) -> None:
    with pytest.raises(DemoError, match="1 to 60"):
        load_country(ROOT / "resources" / "demo", bodies)
