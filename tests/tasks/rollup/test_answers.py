"""What organisations answered: the published study typed in as a spreadsheet, beside organisations that were measured."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from added_by_hand import LIST, MAKERS, add_up
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answers import take_answer_files
from camcensus.tasks.rollup.figures import Figures, WayCount, lists_of, read_figures
from camcensus.tasks.rollup.sections import sections
from rollup_estate import NOW, ROOT, Estate, knowledge, make_estate, write_estate
from study import ANSWERED, BOTH, ENGLISH_SECONDARY, HAVE, HIKVISION, SHARES

HEADS = (
    "Organisation", "type", "urn", "ods", "gss", "company_no", "Asked on", "Answered on", "Status", "Hikvision?", "Dahua?",
    "How many cameras?",
)  # fmt: skip


class Study(NamedTuple):
    folder: Path
    estate: Estate
    rollup: tasks.RollUp

    def figures(self) -> Figures:
        return read_figures(self.rollup, lists_of(self.rollup, [LIST]), "2026-11-24")


WAYS = ("measured", "recorded", "claimed")


def rows(figures: Figures, name: str) -> list[dict[str, Any]]:
    table = next(table for table in figures.tables if table.name == name)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def study_rows() -> Iterator[list[str]]:
    """1,217 organisations of six kinds (schools in two), each with its answers to the two questions of the study."""
    kinds = {"English secondary school": ENGLISH_SECONDARY, "other school": ANSWERED["school"] - ENGLISH_SECONDARY}
    kinds |= {kind: number for kind, number in ANSWERED.items() if kind != "school"}
    number = had = 0
    for kind, many in kinds.items():
        for place in range(many):
            answers = ["No", "No"]
            if place < HAVE[kind]:
                answers = ["Yes" if had < HIKVISION else "No", "Yes" if had >= HIKVISION or had < BOTH else "No"]
                had += 1
            yield [
                f"{kind} {place:04d}",
                kind,
                "",
                "",
                "",
                f"9{number:07d}",
                "1/11/2021",
                "20/1/2022",
                "Answered",
                *answers,
                "",
            ]
            number += 1


def write_answers(path: Path, lines: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADS, *lines])
    return path


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """The study, 60 organisations that were measured, and answers of 40 of these, some of which say otherwise."""
    folder = tmp_path_factory.mktemp("study")
    estate = make_estate(20, 60, 1800, double_share=0)
    write_estate(estate, folder / "files", two_files=0)
    lines = list(study_rows())
    for body in estate.bodies[:40]:
        if body.ids:
            answers = ["No" if body.number % 3 else "Yes", "No", str(len(estate.cameras_of(body)) + body.number % 2)]
            numbers = [body.ids.get(kind, "") for kind in ("urn", "ods", "gss", "company_no")]
            lines.append([body.name, body.type, *numbers, "1/2/2026", "1/3/2026", "Answered", *answers])
    lines.append(["Silent School", "school", "199999", "", "", "", "1/2/2026", "", "No reply", "", "", ""])
    lines.append(["Shut Council", "council", "", "", "E99999999", "", "1/2/2026", "2/3/2026", "Refused s31(1)(a)", "", "", ""])
    write_answers(folder / "answers.csv", lines)
    with tasks.open_for_taking(folder / "study.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [folder / "files"], knowledge(), NOW)
        done = take_answer_files(rollup, [folder / "answers.csv"], knowledge(), NOW, typed_by="A. Typist")
        assert [(one.state, one.warnings) for one in done] == [("accepted", ())]
        yield Study(folder, estate, rollup)


def test_the_published_percentages_come_out_of_the_answers_alone(tmp_path: Path) -> None:
    write_answers(tmp_path / "a.csv", list(study_rows()))
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW)
        figures = read_figures(rollup, lists_of(rollup, [LIST]), "2026-11-24")
    shares = {row["body_type"]: (row["bodies"], row["counted"]) for row in rows(figures, "by_type_and_way")}
    assert shares["All bodies"] == (740, 1217)
    for kind, name in (("All bodies", "all"), ("council", "council"), ("English secondary school",) * 2, ("nhs", "nhs")):
        have, counted = shares[kind]
        assert round(100 * have / counted, 1 if name == "all" else None) == SHARES[name], name
    of_all = {row["maker"]: row for row in rows(figures, "by_maker_and_way") if row["body_type"] == "All bodies"}
    for maker in MAKERS:
        assert round(100 * of_all[maker]["bodies"] / of_all[maker]["users"]) == SHARES[maker]
    assert figures.totals.counted == 0, "nothing was measured"
    assert {one["bodies_proven"] for one in of_all.values()} == {0}, "an answer proves nothing"


def test_an_independent_script_adds_up_the_same_cell_by_cell(study: Study) -> None:
    figures = study.figures()
    again = add_up(study.folder / "answers.csv", sorted((study.folder / "files").iterdir()))
    held = rows(figures, "by_type_and_way")
    assert {row["body_type"] for row in held if row["counted"]} == again["kinds"].keys()
    for row in held:
        cells = again["kinds"][row["body_type"]]
        assert [row[way] for way in WAYS] == [cells["counted", way] for way in WAYS]
        assert row["counted"] == sum(row[way] for way in WAYS)
        assert row["counted"] == row["bodies"] + row["bodies_none"] + row["bodies_not_known"]
        for name in ("bodies", "bodies_none", "bodies_not_known", "cameras"):
            parts = [row[f"{name}_{way}"] for way in WAYS]
            assert parts == [cells[name, way] for way in WAYS], (row["body_type"], name)
            assert row[name] == sum(parts)
        assert row["bodies_proven"] == sum(cells["bodies_proven", way] for way in WAYS)
    for row in rows(figures, "by_maker_and_way"):
        if row["maker"] in MAKERS:
            cells = again["makers"][row["body_type"], row["maker"]]
            parts = [row[f"bodies_{way}"] for way in WAYS]
            assert parts == [cells["bodies", way] for way in WAYS], (row["body_type"], row["maker"])
            assert row["bodies"] == sum(parts)
            assert row["bodies_proven"] == sum(cells["bodies_proven", way] for way in WAYS)


def test_the_answer_stands_beside_what_was_measured_and_the_difference_is_named(study: Study) -> None:
    figures = study.figures()
    measured = {one.code: one for one in figures.bodies}
    beside = [row for row in rows(figures, "answers") if row["code"] in measured]
    assert beside
    for row in beside:
        body = measured[row["code"]]
        if row["question_id"] == "cameras":
            assert row["in_file"] == row["in_file_proven"] == body.cameras
            assert row["compared"] == ("same" if row["low"] == body.cameras else "file-fewer")
        elif row["question_id"] == "maker:hikvision" and row["yes"] == 0:
            assert row["compared"] == ("file-more" if row["in_file"] else "same")
    assert {row["compared"] for row in beside} == {"same", "file-fewer", "file-more"}
    other = {row["code"] for row in beside if row["compared"] != "same"}
    assert {one.code for one in figures.bodies if "answered-otherwise" in one.flags} == other


def test_answers_change_no_total_of_what_was_measured(study: Study, tmp_path: Path) -> None:
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [study.folder / "files"], knowledge(), NOW)
        alone = read_figures(rollup, lists_of(rollup, [LIST]), "2026-11-24")
    both = study.figures()
    assert alone.totals == both.totals
    assert alone.ways is None
    for name in ("by_maker", "by_list", "by_place_type", "by_year", "by_kind"):
        assert rows(alone, name) == rows(both, name), name


def test_a_file_that_proves_less_never_erases_what_an_organisation_said_itself(tmp_path: Path) -> None:
    estate = make_estate(5, 2, 30, double_share=0)
    write_estate(estate, tmp_path / "files", two_files=0)
    body = estate.bodies[0]
    number = body.ids["urn"]
    (tmp_path / "a.csv").write_text(f"organisation,urn,How many Hikvision cameras?\n{body.name},{number},900\n", "utf-8")
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [tmp_path / "files"], knowledge(), NOW)
        before = rows(read_figures(rollup, lists_of(rollup, [LIST]), "2026-11-24"), "by_type_and_way")[-1]
        take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW)
        figures = read_figures(rollup, lists_of(rollup, [LIST]), "2026-11-24")
    total, by_body = rows(figures, "by_type_and_way")[-1], {one.code: one for one in figures.bodies}
    mine = by_body[f"urn:{number}"]
    assert total["listed_claimed"] == 900 - mine.listed, "beyond what its file has"
    assert total["listed"] == before["listed"] + 900 - mine.listed == total["listed_measured"] + total["listed_claimed"]
    assert total["cameras_claimed"] == 900 - mine.cameras
    assert total["counted"] == before["counted"] == total["bodies"] + total["bodies_none"] + total["bodies_not_known"]
    (row,) = [one for one in rows(figures, "bodies") if one["code"] == f"urn:{number}"]
    assert (row["state"], row["listed_answered"]) == ("measured", 900 - mine.listed)


FILES_OF = ("Elm", "Oak", "Yew")


def small(folder: Path, steps: list[str], *, order: list[int] | None = None) -> tuple[Figures, list[str]]:
    """A roll-up of files of three organisations, a list and two sheets, taken in the order given."""
    folder.mkdir()
    estate = make_estate(5, 3, 30, double_share=0)
    for body, name in zip(estate.bodies, FILES_OF, strict=True):
        body.name, body.ids = name, {"urn": f"{100000 + body.number}"}
    write_estate(estate, folder / "files", two_files=0)
    (folder / "asked.csv").write_text(
        "name,type,urn\nElm,school,100000\nOak,school,100001\nAsh,school,100007\nFir,school,\n", "utf-8"
    )
    (folder / "one.csv").write_text(
        "organisation,urn,reply date,How many cameras?,Hikvision?\nElm,100000,1/3/2026,9,Yes\nAsh,100007,1/3/2026,4,No\n"
        "fir,,1/3/2026,3,No\nZoo,100099,1/3/2026,8,Yes\n",
        "utf-8",
    )
    (folder / "two.csv").write_text(
        "organisation,reply date,How many cameras?,Dahua?\nElm,2/3/2026,11,No\nASH,2/3/2026,5,No\nOak,1/3/2026,2,\n", "utf-8"
    )
    with tasks.open_for_taking(folder / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        for step in steps if order is None else [steps[at] for at in order]:
            if step == "asked":
                tasks.load_bodies(rollup, folder / "asked.csv")
            elif step == "files":
                tasks.take_in(rollup, [folder / "files"], knowledge(), NOW)
            else:
                take_answer_files(rollup, [folder / f"{step}.csv"], knowledge(), NOW)
        figures = read_figures(rollup, lists_of(rollup, [LIST]), "2026-11-24")
        return figures, sorted(one.say for one in figures.problems)


STEPS = ["asked", "files", "one", "two"]


def test_whose_an_answer_is_does_not_hang_on_the_order_of_files_list_and_sheets(tmp_path: Path) -> None:
    first, problems = small(tmp_path / "a", STEPS)
    for number, order in enumerate(([3, 2, 1, 0], [1, 2, 0, 3], [2, 0, 3, 1])):
        other, said = small(tmp_path / f"b{number}", STEPS, order=order)
        assert (other.ways, other.missing, said) == (first.ways, first.missing, problems)
        assert [rows(other, name) for name in ("answers", "by_type_and_way", "by_maker_and_way", "by_question")] == [
            rows(first, name) for name in ("answers", "by_type_and_way", "by_maker_and_way", "by_question")
        ]
        assert other.totals == first.totals
    found = {(row["code"], row["question_id"]): row["low"] for row in rows(first, "answers")}
    assert found["urn:100000", "cameras"] == 11, "the newer answer counts"
    assert found["urn:100007", "cameras"] == 5, "a row without a number is its organisation's by the name"
    assert found["name:fir", "cameras"] == 3
    assert not any(code == "urn:100099" for code, _ in found)
    assert [one for one in problems if "Zoo" in one], "an organisation that is not on the list is held, and named"
    assert first.missing == (), "those that only answered are not missing"


def test_a_sheet_is_taken_out_whole_and_put_back_and_the_same_twice_changes_nothing(tmp_path: Path) -> None:
    path = write_answers(tmp_path / "a.csv", list(study_rows())[:30])
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:

        def counted() -> object:
            return read_figures(rollup, lists_of(rollup, [LIST]), "2026-11-24", ()).ways

        (done,) = take_answer_files(rollup, [path], knowledge(), NOW)
        before = counted()
        (again,) = take_answer_files(rollup, [path], knowledge(), NOW)
        assert (again.again, again.state, counted()) == (True, "accepted", before)
        assert "was taken out" in tasks.take_out(rollup, str(done.export_id), NOW)
        assert counted() is None
        assert rollup.file.connection.execute("SELECT count(*) FROM body").fetchone() == (0,)
        (held,) = take_answer_files(rollup, [path], knowledge(), NOW)
        assert (held.state, held.why) == ("held", "taken-out")
        tasks.put_back(rollup, str(done.export_id))
        assert take_answer_files(rollup, [path], knowledge(), NOW)[0].state == "accepted"
        assert counted() == before


@pytest.mark.parametrize(
    ("heads", "cells", "least", "most"),
    [
        ("How many cameras?,Hikvision?,Bosch?", "10 to 20,2,1", 10, 20),
        ("Hikvision or Dahua?,Bosch?", "4,1", 4, None),
        ("Hikvision?,Other makers", "3,37", 40, None),
        ("Hikvision?,Maker not known", "3,5", 8, None),
    ],
)
def test_no_organisation_has_fewer_cameras_than_it_names_makers_of(
    heads: str, cells: str, least: int, most: int | None, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(f"organisation,What they said,{heads}\nElm,,{cells}\n", "utf-8")
    meant = {"Hikvision or Dahua?": "has:hikvision+dahua"} if "or Dahua" in heads else {}
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW, named=meant)
        total = rows(read_figures(rollup, lists_of(rollup, [LIST]), "2026-11-24"), "by_type_and_way")[-1]
    assert (total["cameras_claimed"], total["cameras_claimed_most"]) == (least, most or 0)
    assert total["bodies_without_number"] == int(most is None)
    assert total["listed_claimed"] <= total["cameras_claimed"]


def test_a_list_of_organisations_with_answers_in_it_says_that_they_are_not_counted(tmp_path: Path) -> None:
    (tmp_path / "asked.csv").write_text("name,type,urn,Hikvision?,Is there a policy?\nElm,school,100001,Yes,No\n", "utf-8")
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        (said,) = tasks.load_bodies(rollup, tmp_path / "asked.csv")
        assert "Hikvision? and Is there a policy?" in said
        assert take_answer_files(rollup, [tmp_path / "asked.csv"], knowledge(), NOW)[0].state == "accepted"
        ways = read_figures(rollup, lists_of(rollup, [LIST]), "2026-11-24", ()).ways
        assert ways is not None
        assert ways.counted == WayCount(0, 0, 1)


def test_every_state_of_a_reply_is_in_the_table_of_questions(study: Study) -> None:
    by_question = {row["question_id"]: row for row in rows(study.figures(), "by_question")}
    row = by_question["maker:hikvision"]
    assert (row["refused"], row["no_reply"]) == (1, 1)
    assert row["with_some"] + row["with_none"] == row["with_figure"] == row["answered"]


def test_regions_add_up_to_the_total_of_both_ways(study: Study) -> None:
    figures = study.figures()
    total = rows(figures, "by_type_and_way")[-1]
    same = ("replied", *WAYS, "bodies", "bodies_proven", "bodies_claimed", "cameras_claimed", "listed_proven", "listed_claimed")
    for name in same:
        assert sum(row[name] for row in rows(figures, "by_region")) == total[name], name
    for name in ("cameras", "listed"):
        by_file = total[f"{name}_measured"] + total[f"{name}_recorded"]
        assert sum(row[name] for row in rows(figures, "by_region")) == by_file, name


def test_a_sum_with_an_open_end_is_open_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "organisation,type,How many cameras?,Dahua?,What they said\nElm,school,30+,2,\nOak,school,10 to 20,3,\nAsh,school,5,,\n",
        "utf-8",
    )
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW)
        figures = read_figures(rollup, lists_of(rollup, [LIST]), "2026-11-24")
    found = {row["question_id"]: (row["low"], row["high"], row["without_high"]) for row in rows(figures, "by_question")}
    assert found == {"cameras": (45, None, 1), "maker:dahua": (5, 5, 0)}
    said = next(one for one in sections(figures) if one.title == "What became of each question")
    assert {row[0]: row[-2:] for row in said.rows} == {"How many cameras?": (("45",), "–"), "Dahua?": (("5",), ("5",))}
