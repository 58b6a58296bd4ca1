"""Answers go in as they were written: what is near, unclear or out of order is named, and no row vanishes without a word."""

from __future__ import annotations

import pytest

from answer_sheets import claims, read
from camcensus.registers.answer_cells import section_in, state_in
from camcensus.registers.answer_figures import said_in


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("s31(1)(a) & s24", "31(1)(a), 24"),
        ("sections 24 and 31(1)(a)", "24, 31(1)(a)"),
        ("s31(1)(a) and (b)", "31(1)(a),(b)"),
        ("s.24/31", "24, 31"),
        ("S31(1)(a); S 40(2)", "31(1)(a), 40(2)"),
        ("Regulations 12(4)(b), 13", "12(4)(b), 13"),
        ("section 31, 24 and 43(2) of the Act", "31, 24, 43(2)"),
        ("s31 and s31", "31"),
        ("s31, 12 cameras", "31"),
        ("section 31, 12/04/2026", "31"),
        ("section 24, and 3 days late", "24"),
        ("s40(3A)(a)", "40(3A)(a)"),
        ("section 40(5B)(a)(i)", "40(5B)(a)(i)"),
        ("s31(1A)", "31(1A)"),
        ("s40(2) and (3A)", "40(2),(3A)"),
        ("Sections 31 and 40(3A)(a)", "31, 40(3A)(a)"),
        ("no section", None),
    ],
)
def test_every_section_that_is_named_is_kept_and_no_other_number(text: str, section: str | None) -> None:
    assert section_in(text) == section


def test_a_column_of_sections_keeps_each_of_them() -> None:
    found = claims(
        'organisation,status,exemption,How many cameras?\nElm,Refused,31(1)(a) & s24,\nOak,Refused,s40 and 43,\nAsh,Refused,"21, 1",\n'
        "Fir,Refused,40(3A)(a),\n"
    )
    assert [one.section for one in found.values()] == ["31(1)(a), 24", "40, 43", "21, 1", "40(3A)(a)"]


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("Vexatious (s14)", ("refused", "14")),
        ("Vexatious", ("refused", None)),
        ("Repeated request, section 14(2)", ("refused", "14(2)")),
        ("Acknowledged", ("no-reply", None)),
        ("Acknowledged on 2 March", ("no-reply", None)),
        ("Acknowledgement only", ("no-reply", None)),
        ("Acknowledged and refused", None),
    ],
)
def test_a_vexatious_request_is_refused_and_an_acknowledgement_is_no_reply(
    cell: str, state: tuple[str, str | None] | None
) -> None:
    assert state_in(cell) == state


@pytest.mark.parametrize(
    "cell", ["about 20", "~30", "c. 20", "c20", "20 or so", "around 10 to 20", "Yes, roughly 5", "estimated 7"]
)
def test_a_figure_that_is_only_near_is_told_from_one_that_is_exact(cell: str) -> None:
    said = said_in(cell)
    assert said is not None
    assert said.about


@pytest.mark.parametrize(
    "cell", ["20", "10-20", "total of 20", "20 cameras", "20 cctv cameras", "100+", "fewer than 5", "Yes", 20.0]
)
def test_a_figure_that_is_exact_or_a_range_is_not_near(cell: str | float) -> None:
    said = said_in(cell)
    assert said is not None
    assert not said.about


def test_a_figure_that_is_only_near_keeps_its_words_and_its_rows_are_named() -> None:
    found = read("organisation,How many cameras?,Hikvision?,Reply text\nElm,about 20,3,a letter\nOak,30,~4,\nAsh,c. 7,2,\n")
    told = {(one.claimant.name, one.asked.asks): (one.figure and one.figure.low, one.words) for one in found.claims}
    assert told == {
        ("Elm", "cameras"): (20, "about 20\na letter"), ("Elm", "maker:hikvision"): (3, "a letter"),
        ("Oak", "cameras"): (30, None), ("Oak", "maker:hikvision"): (4, "~4"),
        ("Ash", "cameras"): (7, "c. 7"), ("Ash", "maker:hikvision"): (2, None),
    }  # fmt: skip
    assert [one.say.partition(";")[0] for one in found.problems] == [
        "How many cameras?: the figure is only about right in rows 2, 4",
        "Hikvision?: the figure is only about right in row 3",
    ]


@pytest.mark.parametrize("asked", ["1/2/2026", "31/2/2026"])
def test_who_was_asked_and_said_nothing_has_not_replied(asked: str) -> None:
    found = read(f"organisation,date asked,status,How many cameras?,Is there a policy?\nElm,{asked},,,\nOak,{asked},,4,\n")
    assert [(one.claimant.name, one.asked.question, one.state) for one in found.claims] == [
        ("Elm", "cameras", "no-reply"), ("Elm", "other", "no-reply"), ("Oak", "cameras", "answered"),
    ]  # fmt: skip
    by_row = read(f"organisation,date asked,question,answer\nElm,{asked},How many cameras?,\n")
    assert [(one.asked.asks, one.state) for one in by_row.claims] == [("cameras", "no-reply")]


@pytest.mark.parametrize(
    "line",
    ["Elm,,,,,", "Elm,1/2/2026,1/3/2026,,,", "Elm,,,Answered,,", "Elm,1/2/2026,,,-,", "Elm,,,,,letter.pdf", ",,,,12,"],
)
def test_no_row_vanishes_without_a_word(line: str) -> None:
    found = read(f"organisation,date asked,reply date,status,How many cameras?,File\nOak,,,,4,\n{line}\n")
    assert {one.row for one in found.claims} == {2}
    assert [one.row for one in found.problems] == [3]
    assert "left out" in found.problems[0].say


@pytest.mark.parametrize(
    ("dates", "told", "named"),
    [
        (["03/04/2026", "25/04/2026"], ["2026-04-03", "2026-04-25"], None),
        (["03/04/2026", "04/13/2026"], [None, "2026-04-13"], "row 2 "),
        (["03/04/2026", "25/04/2026", "04/13/2026", "7/8/26"], [None, "2026-04-25", "2026-04-13", None], "rows 2, 5 "),
        (["2026-04-03", "04/04/2026", "04/13/2026", "3 April 2026"],
         ["2026-04-03", "2026-04-04", "2026-04-13", "2026-04-03"], None),
    ],
)  # fmt: skip
def test_a_column_that_mixes_two_orders_of_day_and_month_is_not_guessed(
    dates: list[str], told: list[str | None], named: str | None
) -> None:
    lines = "".join(f"Org {n},01/02/2020,{day},4\n" for n, day in enumerate(dates))
    found = read(f"organisation,date asked,reply date,How many cameras?\n{lines}")
    assert [one.answered_on for one in found.claims] == told
    assert {one.asked_on for one in found.claims} == {"2020-02-01"}, "a column of its own"
    said = [one.say for one in found.problems]
    assert len(said) == (0 if named is None else 1)
    assert named is None or (said[0].startswith("reply date: row") and f"those of {named}were left out" in said[0])


def test_a_reply_before_the_request_is_named() -> None:
    found = read("organisation,date asked,reply date,How many cameras?\nElm,1/3/2026,1/2/2026,5\nOak,1/3/2026,1/3/2026,6\n")
    assert [one.answered_on for one in found.claims] == ["2026-02-01", "2026-03-01"]
    assert [one.say for one in found.problems] == ["Row 2, reply date: it is before the day on which it was asked; check both."]
