"""Organisations of which none sent a file and all answered by letter: every total is of what they say, and says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from camcensus.cli.rollup import figures_text
from camcensus.model.errors import IntakeError
from camcensus.store.rollup.given import FileOutcome
from camcensus.tasks.reports.rollup import write_rollup_pdf
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answer_files import take_answer_files
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.files import write_csv
from camcensus.tasks.rollup.questions import MOST_COLUMNS, declared_sections
from camcensus.tasks.rollup.sampling import estimate_rows, estimate_section
from camcensus.tasks.rollup.sections import counted_sections
from camcensus.tasks.rollup.to_read import Unread
from report.reading import read
from rollup_estate import NOW, ROOT, knowledge

LETTERS = (
    "name,type,urn,region,pupils\n"
    "Elm School,school,100001,North,400\nOak School,school,100002,North,300\nAsh School,school,100003,South,250\n"
    "Ivy School,school,100004,,900\nYew School,school,100005,South,100\n",
    "organisation,urn,status,How many cameras?,Hikvision?,Dahua?,What they said\n"
    "Elm School,100001,,12,2,0,\nOak School,100002,,at least 5,0,0,\nAsh School,100003,,7,0 to 1,0,\nIvy School,100004,refused,,,,\n",
)
"""A list of those asked, and what four of the five answered by letter; nobody sent a file."""


def rows(figures: Figures, name: str) -> list[dict[str, Any]]:
    table = next(table for table in figures.tables if table.name == name)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def of_letters(folder: Path) -> Figures:
    for name, text in zip(("asked.csv", "letters.csv"), LETTERS, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    with tasks.open_for_taking(folder / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        tasks.load_bodies(rollup, folder / "asked.csv")
        take_answer_files(rollup, [folder / "letters.csv"], knowledge(), NOW)
        return read_figures(rollup, lists_of(rollup, ["uk-mps-2022"]), "2026-11-24")


def test_regions_and_sizes_count_what_was_answered_by_letter(tmp_path: Path) -> None:
    figures = of_letters(tmp_path)
    claimed = (
        "asked",
        "answered",
        "replied",
        "measured",
        "recorded",
        "claimed",
        "bodies",
        "cameras_claimed",
        "listed_claimed",
    )
    regions = {row["region"]: tuple(row[name] for name in claimed) for row in rows(figures, "by_region")}
    assert regions == {
        "North": (2, 0, 2, 0, 0, 2, 1, 17, 2),
        "South": (2, 0, 1, 0, 0, 1, 0, 7, 0),
        "Not given": (1, 0, 1, 0, 0, 0, 0, 0, 0),
    }
    sizes = [row for row in rows(figures, "by_size") if row["body_type"] == "All bodies"]
    assert [
        (row["measure"], row["bodies"], row["bodies_claimed"], row["size_claimed"], row["cameras_claimed"]) for row in sizes
    ] == [("pupils", 0, 2, 650, 19)], "an organisation that says “at least” does not say how many it has"


def test_of_letters_alone_the_report_is_of_what_they_say(tmp_path: Path) -> None:
    figures = of_letters(tmp_path)
    titles = [one.title for one in counted_sections(figures)]
    assert "Organisations with a camera by a listed maker" not in titles
    assert titles[0] == "Measured, recorded and answered together", "not a table of noughts"
    heads = {one.title: [head.word for head in one.heads] for one in declared_sections(figures.tables)}
    assert max(map(len, heads.values())) <= MOST_COLUMNS, "a page has room for so many"
    assert heads["By region"][:4] == ["Region", "Asked", "Sent a\nfile", "Replied"]
    assert heads["By region: cameras"][0] == "Region"
    text = figures_text(figures).splitlines()[1]
    assert text == "No organisation sent a file: 5 asked, 4 replied by letter or sheet."
    with tasks.open_for_reading(tmp_path / "n.camcensus-rollup", ROOT) as rollup:
        write_rollup_pdf(rollup, figures, tmp_path / "r.pdf", data_dir=ROOT, now=NOW)
    said = " ".join(read((tmp_path / "r.pdf").read_bytes()).root.words.split())
    assert "Sent a file 0 Replied by letter or sheet alone 4" in said
    assert "The shares are of the organisations counted, and of no others" in said
    assert "Cameras of 3 organisations" in said
    assert "Confirmed or almost certain" not in said, "an answer is no evidence"
    assert "No organisation is counted by a file. With what others answered: 1 of 3" in said


def test_a_reply_of_many_lines_keeps_them_in_the_sheet_that_people_fill_in() -> None:
    said = (("How many?", "First.\nSecond."),)
    one = Unread(code="oak", name="Oak", ids={}, answered_on=None, said=said, boxes=())
    assert one.words == "How many?\nFirst.\nSecond."


def taken(folder: Path, sheet: str, asks: dict[str, str] | None = None) -> tuple[FileOutcome, Figures]:
    (folder / "s.csv").write_text(sheet, encoding="utf-8")
    with tasks.open_for_taking(folder / "s.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        (done,) = take_answer_files(rollup, [folder / "s.csv"], knowledge(), NOW, named=asks)
        return done, read_figures(rollup, lists_of(rollup, ["uk-mps-2022"]), "2026-11-24")


def test_columns_as_collectors_head_them_are_understood_or_asked(tmp_path: Path) -> None:
    sheet = (
        "NHS Board,% Hikvision,Hikvision or Dahua,Number made by Hikvision and/or Dahua,Make(s),Response received\n"
        "Anvil,10%,Yes,4,Hikvision,Y\nBirch,0%,No,0,Axis,Y\n"
    )
    done, figures = taken(tmp_path, sheet)
    assert dict(done.columns) == {
        "NHS Board": "organisation", "% Hikvision": "other", "Hikvision or Dahua": "has:dahua+hikvision",
        "Number made by Hikvision and/or Dahua": "count:dahua+hikvision", "Make(s)": None, "Response received": "state",
    }  # fmt: skip
    assert [row["listed_answered"] for row in rows(figures, "bodies")] == [4, 0]


def test_one_sentence_names_all_rows_with_the_same_fault(tmp_path: Path) -> None:
    lines = "".join(f"Body {at},{at},0{at}/2026/05\n" for at in range(1, 8))
    done, _ = taken(tmp_path, f"Organisation,How many cameras?,Date of reply\nBody 0,3,1/2/2026\n{lines}")
    assert [one for one in done.warnings if "Date of reply" in one] == [
        "Row 3, Date of reply: it must be a date in one order, like 24/11/2026 or 2026-11-24."
        " The same in rows 4, 5, 6, 7, 8 and 1 more."
    ]


def test_not_held_is_an_answer_and_words_in_other_columns_are_there_to_read(tmp_path: Path) -> None:
    sheet = "Organisation,Status,How many cameras?,Region\nAnvil,,Not held,East\nBirch,,,West\nCedar,Awaiting response,,North\n"
    _, figures = taken(tmp_path, sheet, {"Region": "other"})
    assert [(row["name"], row["state"]) for row in rows(figures, "bodies")] == [
        ("Anvil", "answered"), ("Birch", "replied-not-read"), ("Cedar", "no-reply"),
    ]  # fmt: skip
    assert [(one.name, one.said) for one in figures.to_read] == [("Birch", (("Region", "West"),))]


def test_a_map_of_columns_that_are_not_there_leaves_no_roll_up(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="has no column “Nope”"):
        taken(tmp_path, "Organisation,How many cameras?\nAnvil,3\n", {"Nope": "cameras"})
    assert [one.name for one in tmp_path.iterdir()] == ["s.csv"]


def test_an_estimate_of_all_asked_has_a_range_that_closes_as_all_reply(tmp_path: Path) -> None:
    figures = of_letters(tmp_path)
    found = {row[:2]: row[2:] for row in estimate_rows(figures)}
    assert found["body_type", "All bodies"] == (5, 3, 1, 1, 2, 1, 4), (
        "one of the two known, of five: at least the one, at most all but the one with none"
    )
    assert found["region", "North"] == (2, 2, 1, 0, 1, 1, 1), "nobody is left to estimate"
    section = estimate_section(figures)
    assert section is not None
    assert ("All organisations", "5", "3", "1", "1", "2", "1 to 4") in section.rows
    write_csv(figures, tmp_path / "csv")
    assert (tmp_path / "csv" / "estimates.csv").read_text(encoding="utf-8-sig").startswith("by,value,asked,counted")


def test_bodies_that_are_not_known_are_in_the_estimate_as_neither(tmp_path: Path) -> None:
    asked = "".join(f"Body {at},school,{100000 + at}\n" for at in range(12))
    said = "".join(f"Body {at},{100000 + at},20,{said}\n" for at, said in enumerate([3, 0, 0, "0 to 1", *["0 to 9"] * 8]))
    (tmp_path / "asked.csv").write_text(f"name,type,urn\n{asked}", encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"name,urn,How many cameras?,Hikvision and Dahua?\n{said}", encoding="utf-8")
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [], knowledge(), NOW, bodies=tmp_path / "asked.csv")
        take_answer_files(
            rollup, [tmp_path / "a.csv"], knowledge(), NOW, named={"Hikvision and Dahua?": "count:hikvision+dahua"}
        )
        figures = read_figures(rollup, lists_of(rollup, ["uk-mps-2022"]), "2026-11-24")
    found = {row[:2]: row[2:] for row in estimate_rows(figures)}
    assert found["body_type", "All bodies"] == (12, 12, 1, 9, 4, 1, 10), "a third of the known; up to all but the two with none"
    section = estimate_section(figures)
    assert section is not None
    assert "9 are not known" in section.intro


def test_makers_that_were_asked_for_together_have_no_count_of_their_own(tmp_path: Path) -> None:
    _, figures = taken(tmp_path, "Organisation,How many cameras?,Number made by Hikvision and/or Dahua\nAnvil,9,4\n")
    assert {row["maker"]: row["bodies"] for row in rows(figures, "by_maker_and_way")} == {"hikvision": None, "dahua": None}
    (section,) = (one for one in counted_sections(figures) if one.title.startswith("Makers, measured"))
    assert {row[-1] for row in section.rows} == {"–"}


def test_a_trust_on_the_list_is_the_same_however_a_collector_spells_it(tmp_path: Path) -> None:
    listing = tmp_path / "asked.csv"
    listing.write_text(
        "name,type\nOxford & District NHS Foundation Trust,nhs\nThe St. Mary’s School,school\n", encoding="utf-8"
    )
    sheet = "Name,How many cameras?\nOxford and District NHS FT,900\nSt Mary's School,8\n"
    path = tmp_path / "sheet.csv"
    path.write_text(sheet, encoding="utf-8")
    with tasks.open_for_taking(tmp_path / "r.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        tasks.load_bodies(rollup, listing)
        take_answer_files(rollup, [path], knowledge(), NOW)
        figures = read_figures(rollup, lists_of(rollup, ["uk-mps-2022"]), "2026-11-24")
    assert [row["state"] for row in rows(figures, "bodies")] == ["answered", "answered"]


def test_a_response_beside_its_question_is_the_answer(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Public body,Question,Response,Replied\n"
        "Elm School,How many CCTV cameras do you have?,342,02/05/2026\n"
        "Elm School,How many are made by Hikvision?,exempt under s31,02/05/2026\n",
        encoding="utf-8",
    )
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW)
        said = "SELECT asks, state, low, section, answered_on FROM claim ORDER BY id"
        assert [tuple(row) for row in rollup.file.connection.execute(said)] == [
            ("cameras", "answered", 342, None, "2026-05-02"),
            ("maker:hikvision", "refused", None, "31", "2026-05-02"),
        ]
