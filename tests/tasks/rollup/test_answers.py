"""What organisations answered: the published study typed in as a spreadsheet, beside organisations that were measured."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from added_by_hand import LIST, MAKERS, add_up
from camcensus.store.rollup.tables import CountRule
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answer_files import take_answer_files
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
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

    def figures(self, rule: CountRule | None = None) -> Figures:
        return read_figures(self.rollup, lists_of(self.rollup, [LIST]), "2026-11-24", rule=rule)


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
    shares = {row["body_type"]: (row["bodies_min"], row["counted"]) for row in rows(figures, "by_type_and_way")}
    assert shares["All bodies"] == (740, 1217)
    for kind, name in (("All bodies", "all"), ("council", "council"), ("English secondary school",) * 2, ("nhs", "nhs")):
        have, counted = shares[kind]
        assert round(100 * have / counted, 1 if name == "all" else None) == SHARES[name], name
    of_all = {row["maker"]: row for row in rows(figures, "by_maker_and_way") if row["body_type"] == "All bodies"}
    for maker in MAKERS:
        assert round(100 * of_all[maker]["bodies_min"] / of_all[maker]["users_min"]) == SHARES[maker]
    assert figures.totals.counted == 0, "nothing was measured"


@pytest.mark.parametrize("pct", [100, 90, 60])
def test_an_independent_script_adds_up_the_same_cell_by_cell(study: Study, pct: int) -> None:
    figures = study.figures(CountRule(none_found_pct=pct))
    again = add_up(study.folder / "answers.csv", sorted((study.folder / "files").iterdir()), pct)
    held = rows(figures, "by_type_and_way")
    assert {row["body_type"] for row in held if row["counted"]} == again["kinds"].keys()
    for row in held:
        cells = again["kinds"][row["body_type"]]
        assert (row["measured"], row["claimed"]) == (cells["counted", "measured"], cells["counted", "claimed"])
        assert row["counted"] == row["measured"] + row["claimed"]
        assert row["counted"] == row["bodies_max"] + row["bodies_none"] + row["bodies_not_known"]
        for name in ("bodies_min", "bodies_max", "bodies_none", "bodies_not_known"):
            parts = (row[f"{name}_measured"], row[f"{name}_claimed"])
            assert parts == (cells[name, "measured"], cells[name, "claimed"]), (row["body_type"], name)
            assert row[name] == sum(parts)
        assert (row["cameras_measured"], row["cameras_claimed"]) == (cells["cameras", "measured"], cells["cameras", "claimed"])
    for row in rows(figures, "by_maker_and_way"):
        if row["maker"] in MAKERS:
            cells = again["makers"][row["body_type"], row["maker"]]
            for name in ("bodies_min", "bodies_max"):
                parts = (row[f"{name}_measured"], row[f"{name}_claimed"])
                assert parts == (cells[name, "measured"], cells[name, "claimed"]), (row["body_type"], row["maker"])
                assert row[name] == sum(parts)


def test_measured_wins_unless_the_auditor_says_otherwise(study: Study) -> None:
    measured, answered = study.figures(), study.figures(CountRule(answers_first=True))
    assert measured.ways is not None
    assert answered.ways is not None
    assert measured.ways.counted == (60, 1217)
    both = {one.code for one in study.figures().bodies} & {row["code"] for row in rows(measured, "answers")}
    assert answered.ways.counted == (60 - len(both), 1217 + len(both))
    assert sum(measured.ways.counted) == sum(answered.ways.counted), "no organisation counts twice"


def test_the_answer_stands_beside_what_was_measured_and_the_difference_is_named(study: Study) -> None:
    figures = study.figures()
    measured = {one.code: one for one in figures.bodies}
    beside = [row for row in rows(figures, "answers") if row["code"] in measured]
    assert beside
    for row in beside:
        body = measured[row["code"]]
        if row["question_id"] == "cameras":
            assert row["measured_min"] == row["measured_max"] == body.cameras
            assert row["compared"] == ("same" if row["low"] == body.cameras else "measured-fewer")
        elif row["question_id"] == "maker:hikvision" and row["yes"] == 0:
            assert row["compared"] == ("measured-more" if row["measured_min"] else "same")
    assert {row["compared"] for row in beside} == {"same", "measured-fewer", "measured-more"}
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


def test_every_state_of_a_reply_is_in_the_table_of_questions(study: Study) -> None:
    by_question = {row["question_id"]: row for row in rows(study.figures(), "by_question")}
    row = by_question["maker:hikvision"]
    assert (row["refused"], row["no_reply"]) == (1, 1)
    assert row["with_some"] + row["with_none"] == row["with_figure"] == row["answered"]
