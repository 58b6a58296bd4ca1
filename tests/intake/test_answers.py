"""Spreadsheets of answers: what each column asks, what a cell says, and that no reply is lost or guessed at."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer_sheets import HEADINGS, MAKERS, claims, columns_of, read
from camcensus.intake.answers import PUBLIC_PAGE, PUBLIC_TABLE, read_answer_file
from camcensus.model.claims import Figure
from camcensus.model.errors import IntakeError
from camcensus.registers.answer_cells import CellAnswer, is_blank, read_answer
from camcensus.registers.answer_columns import asks_in, asks_named
from camcensus.registers.answers import ReadAnswers

HEAD = "body_name,as_at,made_by,certainty_band,camera_type,inside_outside,building_kind,installed_financial_year,count,decision_band\n"


@pytest.mark.parametrize(
    ("heading", "asks"),
    [
        ("How many cameras?", "cameras"),
        ("1. Number of CCTV cameras", "cameras"),
        ("Q1. How many CCTV cameras does the Trust operate?", "cameras"),
        ("How many cameras do you have? (number)", "cameras"),
        ("Q3. How many of these are manufactured by Hikvision?", "count:hikvision"),
        ("Hikvision", "has:hikvision"),
        ("Q2. Do you have any Hikvision cameras?", "has:hikvision"),
        ("No. of Dahua Technology cameras", "count:dahua"),
        ("i-PRO (Y/N)", "has:i-pro"),
        ("Made by a listed manufacturer?", "has:listed"),
        ("Number of cameras of unknown make", "count:not-known"),
        ("How many by another manufacturer", "count:others"),
        ("of which Hikvision", "has:hikvision"),
        ("incl. Dahua", "has:dahua"),
        ("No. of cams", "cameras"),
        ("Any Hikvision or Dahua cameras?", "has:dahua+hikvision"),
        ("How many cameras are made by Hikvision and/or Dahua?", "count:dahua+hikvision"),
        ("If so, how many are Hikvision?", "count:hikvision"),
    ],
)
def test_a_plain_question_is_understood_however_it_is_worded(heading: str, asks: str) -> None:
    assert asks_in(heading, MAKERS) == asks


@pytest.mark.parametrize(
    "heading",
    [
        "Are cameras made by Hikvision or Dahua still being bought?",
        "Do you plan to remove Hikvision cameras?",
        "Cameras not made by Hikvision",
        "Cameras (excluding Hikvision)",
        "Cameras, no Hikvision",
        "How many Hikvision cameras face the street?",
        "How many cameras and recorders are there?",
        "How many fixed cameras?",
        "How many cameras in 2019?",
        "Spent on Hikvision cameras",
        "Same",
        "Other cameras",
        "Is a DPIA held?",
        "% Hikvision",
        "How many Hikvision and Dahua cameras?",
        "How many sites have cameras?",
    ],
)
def test_a_question_that_asks_for_more_or_less_is_for_a_person(heading: str) -> None:
    assert asks_in(heading, MAKERS) is None


def test_a_column_with_a_makers_name_alone_counts_where_its_cells_do() -> None:
    assert [one.asks for one in columns_of("Organisation,Hikvision,Dahua,Axis\nOak,12,1,yes\nElm,0,0,no\n")] == [
        "organisation", "count:hikvision", "has:dahua", "has:axis",
    ]  # fmt: skip
    assert claims("Organisation,Dahua\nOak,1\n")["Oak", "maker:dahua"].figure == Figure(1, None, True), "a tick"


def test_questions_that_are_plainly_of_something_else_are_kept_in_words() -> None:
    heads = "Organisation,Is there a policy?,Is a DPIA held?,Is there a policy on Hikvision?,How many fixed cameras?"
    assert [one.asks for one in columns_of(f"{heads}\nOak,a,b,c,d\n")] == ["organisation", "other", "other", None, None]


def test_the_first_short_heading_with_a_word_for_it_names_the_organisation() -> None:
    text = "Note,Which school,How many cameras?\nA1,Oak,12\n"
    assert [one.asks for one in columns_of(text)] == ["reply", "organisation", "cameras"]


def test_what_a_person_says_of_a_heading_goes_before_what_it_seems_to_ask() -> None:
    text = "Organisation,Kit,Hikvision?\nOak,12,Yes\n"
    assert [one.asks for one in columns_of(text)] == ["organisation", None, "has:hikvision"]
    assert [one.asks for one in columns_of(text, {"kit": "cameras", "hikvision": "leave"})] == [
        "organisation",
        "cameras",
        "leave",
    ]
    assert asks_named("count: Dahua Technology", MAKERS) == "count:dahua"
    assert asks_named("has:Foo Vision+hikvision", MAKERS) == "has:hikvision+name:foo vision"
    assert [asks_named(one, MAKERS) for one in ("count:", "how many", "name")] == [None, None, None]


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        (12.0, Figure(12, 12)), ("0", Figure(0, 0)), ("1", Figure(1, 1)), ("1,234 cameras", Figure(1234, 1234)),
        ("12.0", Figure(12, 12)), ("about 40", Figure(40, 40)), ("c. 1 200", Figure(1200, 1200)), ("approx. 24", Figure(24, 24)),
        ("24 (estimated)", Figure(24, 24)), ("Yes", Figure(1, None, True)), ("N", Figure(0, 0, False)), ("none", Figure(0, 0)),
    ],
)  # fmt: skip
def test_a_number_and_yes_or_no_are_read(cell: str | float, figure: Figure) -> None:
    said = read_answer(cell)
    assert said is not None
    assert (said.state, said.figure) == ("answered", figure)


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("10-20", Figure(10, 20)), ("between 10 and 20", Figure(10, 20)), ("<5", Figure(0, 4)), ("fewer than 5", Figure(0, 4)),
        ("up to 20", Figure(0, 20)), ("over 100", Figure(101, None)), ("100+", Figure(100, None)), ("at least 3", Figure(3, None)),
        ("Yes - 12", Figure(12, 12, True)), ("Yes (approx 12)", Figure(12, 12, True)),
    ],
)  # fmt: skip
def test_a_range_is_read_as_its_ends(cell: str, figure: Figure) -> None:
    assert read_answer(cell) == CellAnswer("answered", figure)


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("No reply, chased twice", "no-reply"), ("Overdue - complaint made", "no-reply"), ("awaiting reply: due Friday", "no-reply"),
        ("Not held – run by the police", "not-held"), ("Info not held, ask the landlord", "not-held"),
        ("Not held, but 14 at the depot", "replied"), ("pending; 12 cameras", "replied"), ("Not held (except Hikvision)", "replied"),
    ],
)  # fmt: skip
def test_a_remark_behind_no_reply_or_not_held_changes_nothing_unless_it_may_say_more(cell: str, state: str) -> None:
    assert read_answer(cell) == CellAnswer(state)  # type: ignore[arg-type]


def test_a_refusal_of_another_question_is_a_refusal() -> None:
    told = claims("Organisation,Is a DPIA held?\nOak,Exempt s31\nElm,a\n")
    assert sorted((who, one.state, one.section) for (who, _), one in told.items() if who in ("Oak", "Elm")) == [
        ("Elm", "answered", None), ("Oak", "refused", "31"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "section"),
    [
        ("Refused", None), ("Refused under section 31(1)(a)", "31(1)(a)"), ("s.40(2)", "40(2)"), ("FOI s31 & s24", "31, 24"),
        ("Exempt - Section 31 (law enforcement)", "31"), ("EIR reg 12(5)(a)", "12(5)(a)"), ("Regulation 12(4)(b) EIR", "12(4)(b)"),
        ("Exceeds the cost limit", "12"), ("s12 FOIA", "12"), ("Neither confirm nor deny, s.31(3)", "31(3)"),
        ("Withheld: sections 24 and 31(1)(a)", "24, 31(1)(a)"), ("refused under s22A", "22A"),
    ],
)  # fmt: skip
def test_a_refusal_is_read_with_its_section(cell: str, section: str | None) -> None:
    said = read_answer(cell)
    assert said is not None
    assert (said.state, said.section, said.figure) == ("refused", section, None)


@pytest.mark.parametrize(
    ("cell", "state"),
    [("Information not held", "not-held"), ("we do not hold this information", "not-held"), ("No response", "no-reply")],
)
def test_not_held_and_no_reply_are_read(cell: str, state: str) -> None:
    said = read_answer(cell)
    assert said is not None
    assert said.state == state


@pytest.mark.parametrize(
    "cell",
    [
        -1.0, 1.5, 1e12, "-5", "20 to 10", "2,000,000", "1.000", "1.234", "a few", "twelve", "see attached", "Hikvision 14",
        "Yes - we have 6 Hikvision and 3 Dahua", "20 per site", "24 plus 6 at the annexe", "partly refused s31",
        "Refused under s.31 but we have 24 cameras", "we do not hold any Hikvision cameras", "none of ours are Hikvision",
        "24 (excluding schools)", "12/20", "Yes, in 2 schools", "hmm", "no, they are Axis", "N/A", "refused twice",
    ],
)  # fmt: skip
def test_all_else_is_a_reply_that_nobody_has_read(cell: str | float) -> None:
    said = read_answer(cell)
    assert said is not None
    assert (said.state, said.figure) == ("replied", None)


@pytest.mark.parametrize("cell", [None, "", "-", "–", "?", "."])
def test_an_empty_cell_says_nothing(cell: str | None) -> None:
    assert read_answer(cell) is None


def test_a_wide_sheet_gives_a_claim_for_each_question_of_a_row() -> None:
    found = claims(
        "Organisation,URN,Date sent,Reply date,Status,Hikvision?,How many cameras?,Is there a policy?,Notes,Typed by\n"
        "Oak,100001,1/2/2026,20/2/2026,Answered,Yes,40,On our site,By post,Ruth\n"
        "Ash,100002,1/2/2026,,No reply,,,,,\n"
        "Elm,100003,1/2/2026,2/3/2026,Partial,withheld s31,10-20,,,\n"
        "Fir,100004,1/2/2026,9/9/2026,Late,No,,,,\n",
    )
    oak = found["Oak", "maker:hikvision"]
    assert (oak.figure, oak.asked_on, oak.answered_on) == (Figure(1, None, True), "2026-02-01", "2026-02-20")
    assert (oak.typed_by, dict(oak.claimant.ids)) == ("Ruth", {"urn": "100001"})
    assert found["Oak", "other:is there a policy"].words == "On our site\nBy post"
    assert {one.state for (name, _), one in found.items() if name == "Ash"} == {"no-reply"}
    elm = found["Elm", "maker:hikvision"]
    assert (elm.state, elm.section, elm.figure) == ("refused", "31", None)
    assert (found["Elm", "cameras"].figure, found["Elm", "cameras"].words) == (Figure(10, 20), "10-20\nPartial")
    assert found["Fir", "maker:hikvision"].figure == Figure(0, 0, False)


def test_no_reply_is_lost_whatever_the_column_and_none_is_made_up() -> None:
    found = claims(
        "Organisation,How many cameras?,Kit,Response,Reply date\nOak,see attached,,,\nElm,,,Yes - we have 6 Hikvision and 3 Dahua,\n"
        "Ash,,Hikvision 14,,\nFir,,,,2/3/2026\nYew,,,Refused s31,\nIvy,,,,\nBay,,thing,No reply,\n"
    )
    assert {name: {one.state for (who, _), one in found.items() if who == name} for name, _ in found} == {
        "Oak": {"replied"}, "Elm": {"replied"}, "Ash": {"replied"}, "Fir": {"replied"}, "Yew": {"refused"}, "Ivy": {"no-reply"},
        "Bay": {"no-reply"},
    }  # fmt: skip
    assert found["Elm", "other:the whole request"].words == "Yes - we have 6 Hikvision and 3 Dahua"


def test_a_long_sheet_has_a_row_for_each_question_and_is_read_as_a_wide_one() -> None:
    found = claims(
        "body,question,maker,answer,exemption\nOak,How many cameras?,,40,\n,How many?,Hikvision,12,\n"
        "Oak,Is there a policy?,,Yes on our site,\nElm,How many cameras?,,withheld,31\nOak,How many cameras?,,41,\n"
    )
    assert found["Oak", "maker:hikvision"].figure == Figure(12, 12)
    assert found["Oak", "other:is there a policy"].words == "Yes on our site"
    assert (found["Elm", "cameras"].state, found["Elm", "cameras"].section) == ("refused", "31")
    assert found["Oak", "cameras"].figure == Figure(41, 41), "a row of its own, and the later one counts"


def test_an_official_number_is_of_the_kind_that_its_heading_or_its_form_says() -> None:
    found = claims("Organisation,URN,ODS code,Official number,Notes\nOak,100001,RXH,E06000043,x\nElm,,,01234567,x\n")
    assert dict(found["Oak", "other:the whole request"].claimant.ids) == {"urn": "100001", "ods": "RXH", "gss": "E06000043"}


def test_what_is_no_number_and_no_date_is_named_by_row_and_column_and_the_rest_is_in() -> None:
    found = read("Organisation,URN,Reply date,How many cameras?\nOak,100001,99/99/2026,-5\nElm,1,2/3/2026,4\n,,2/3/2026,4\n")
    assert [(one.row, one.column) for one in found.problems] == [(2, "Reply date"), (3, "URN"), (4, None)]
    assert all(one.say.startswith(f"Row {one.row}") for one in found.problems)
    assert [(one.claimant.name, one.state) for one in found.claims] == [("Oak", "replied"), ("Elm", "answered")]


def test_two_columns_that_ask_the_same_and_differ_are_named() -> None:
    found = read("Organisation,How many cameras?,Total cameras\nOak,40,41\nElm,7,7\n", {"total cameras": "cameras"})
    assert [(one.claimant.name, one.figure) for one in found.claims] == [("Oak", Figure(40, 40)), ("Elm", Figure(7, 7))]
    assert [(one.row, one.column) for one in found.problems] == [(2, "Total cameras")]


def test_yes_or_no_in_one_column_and_how_many_in_another_are_one_answer() -> None:
    heads = "Organisation,Do you use Hikvision?,How many Hikvision cameras?\n"
    found = read(heads + "Oak,Yes,45\nElm,No,0\nAsh,Yes,refused s31\nYew,withheld,3\nFir,No,3\nBox,yes,10 to 20\n")
    assert [(one.claimant.name, one.figure, one.state) for one in found.claims] == [
        ("Oak", Figure(45, 45, True), "answered"),
        ("Elm", Figure(0, 0, False), "answered"),
        ("Ash", Figure(1, None, True), "answered"),
        ("Yew", Figure(3, 3), "answered"),
        ("Fir", Figure(0, 0, False), "answered"),
        ("Box", Figure(10, 20, True), "answered"),
    ]
    assert [one.row for one in found.problems] == [6], "only what contradicts is left out, and named"


def test_more_cameras_of_makers_than_in_all_are_for_a_person() -> None:
    heads = "Organisation,How many cameras?,How many Hikvision cameras?,How many Dahua cameras?\n"
    found = read(heads + "Oak,10,12,0\nElm,10,6,5\nAsh,10,6,4\nFir,over 10,12,0\n")
    unread = [(one.claimant.name, one.asked.asks, one.words) for one in found.claims if one.state == "replied"]
    assert unread == [
        ("Oak", "cameras", "10"), ("Oak", "maker:hikvision", "12"),
        ("Elm", "cameras", "10"), ("Elm", "maker:hikvision", "6"), ("Elm", "maker:dahua", "5"),
    ]  # fmt: skip
    assert [one.row for one in found.problems] == [2, 3]
    assert "It says 12 of 10 cameras" in found.problems[0].say


def test_a_sheet_of_states_alone_is_about_the_whole_request() -> None:
    found = claims("Organisation,Status,Exemption,Not held\nOak,Refused,31(1)(a) and 24,\nElm,Not held,,\nAsh,,,Yes\n")
    assert {(name, one.state, one.section) for (name, _), one in found.items()} == {
        ("Oak", "refused", "31(1)(a), 24"), ("Elm", "not-held", None), ("Ash", "not-held", None),
    }  # fmt: skip


def packed(path: Path, members: dict[str, str]) -> Path:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    path.write_bytes(data.getvalue())
    return path


def test_the_zip_for_the_public_is_opened_and_a_simulation_is_known(tmp_path: Path) -> None:
    row = "Oak,2026-10-01,Axis,likely,dome,inside,school,2019,7,keep\n"
    real = read_answer_file(packed(tmp_path / "a.zip", {PUBLIC_TABLE: HEAD + row, PUBLIC_PAGE: "Read me."}), HEADINGS)
    assert not real.simulated
    page = "This is a simulation: these devices are not real."
    assert read_answer_file(packed(tmp_path / "b.zip", {PUBLIC_TABLE: HEAD + row, PUBLIC_PAGE: page}), HEADINGS).simulated
    with pytest.raises(IntakeError):
        read_answer_file(packed(tmp_path / "c.zip", {"letter.txt": "hello"}), HEADINGS)
    with pytest.raises(IntakeError, match="unpacks to more"):
        read_answer_file(packed(tmp_path / "d.zip", {PUBLIC_TABLE: "x" * (17 << 20)}), HEADINGS)


SPOILED = (
    "=cmd|'/c calc'!A1", "+1", "@SUM(1)", "-5", "1e999", "9" * 40, "12.5", "0x10", "twelve", "10 to 5", "١٢", "NaN", "∞", "?",
    "31/02/2026", "2026-13-01", "00/00/0000", "1/1/0001", "later", "\u202e12", "12\x00", "\x1b[31m12", "a" * 100_000,
    "<b>12</b>", "12 " * 5000, "\u200b", "No; yes", "12\r\n13", "﷽" * 300, "s40 s31 s12", "refused", "100001", "Provided", "Answered in full", "Disclosed",
)  # fmt: skip
"""What one cell of a spreadsheet of answers may hold."""


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_spoiled_cell_is_named_or_read_and_costs_no_other_row(drawn: st.DataObject) -> None:
    heads = ["Organisation", "URN", "Reply date", "Status", "Hikvision?", "How many cameras?"]
    rows = [[f"School {at}", f"10000{at}", f"{at}/3/2026", "Answered", "No", f"{10 + at}"] for at in range(1, 7)]
    row, column = drawn.draw(st.integers(0, len(rows) - 1)), drawn.draw(st.integers(0, len(heads) - 1))
    cell = drawn.draw(st.sampled_from(SPOILED) | st.text(max_size=40))
    sound = read_cells([heads, *rows])
    spoiled = read_cells(
        [heads, *([*one[:column], cell, *one[column + 1 :]] if at == row else one for at, one in enumerate(rows))]
    )
    told = [one for one in spoiled.problems if one.row == row + 2]
    assert [one for one in spoiled.problems if one not in told] == []
    others = [one for one in sound.claims if one.row != row + 2]
    assert [one for one in spoiled.claims if one.row != row + 2] == others
    kept = [one for one in spoiled.claims if one.row == row + 2]
    assert told or len(kept) >= 2 or is_blank(cell.replace("\x00", "").strip() or None), "an answer is gone without a word"
    assert all(f"Row {row + 2}" in one.say and one.column in (None, *heads) for one in told)
    assert all(len(one.say) < 600 and one.say.isprintable() for one in told)


def read_cells(rows: list[list[str]]) -> ReadAnswers:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return read(text.getvalue())


def test_how_many_behind_a_question_of_a_maker_counts_that_maker() -> None:
    asks = [
        one.asks
        for one in columns_of('Force,1. Any Hikvision?,2. How many?,Dahua (Y/N),"If so, how many cameras?"\nA,Yes,4,No,\n')
    ]
    assert asks == ["organisation", "has:hikvision", "count:hikvision", "has:dahua", "count:dahua"]


def test_sites_of_an_organisation_add_up_and_one_that_refused_leaves_it_open() -> None:
    found = claims("Trust,Site,Cameras,Hikvision cameras\nLeeds,North,40,3\nLeeds,South,60,refused s31\nMersey,One,5,0\n")
    assert found["Leeds", "cameras"].figure == Figure(100, 100)
    assert found["Leeds", "maker:hikvision"].figure == Figure(3, None)
    assert found["Mersey", "cameras"].figure == Figure(5, 5)


def test_a_reply_of_one_site_that_is_to_be_read_keeps_what_every_site_said() -> None:
    found = claims("Trust,Site,Cameras,Makes\nLeeds,North,40,Mostly Hikvision\nLeeds,South,see attached,A few Dahua\n")
    cameras = found["Leeds", "cameras"]
    assert (cameras.state, cameras.figure, cameras.words) == ("replied", None, "North: 40\nSouth: see attached")
    (makes,) = (one for (_, asks), one in found.items() if asks != "cameras")
    assert makes.words == "North: Mostly Hikvision\nSouth: A few Dahua"


def test_a_row_for_the_whole_is_said_instead_of_its_sites_and_a_year_is_not_added() -> None:
    found = claims("Council,Location,Date,Cameras\nArun,Arun,2024-05-01,100\nArun,Arun,2026-05-01,110\n")
    assert found["Arun", "cameras"].figure == Figure(110, 110)
    for whole in ("All sites", "", "Whole trust", "Total"):
        for rows in (f"Leeds,North,5\nLeeds,South,7\nLeeds,{whole},12\n", f"Leeds,{whole},12\nLeeds,North,5\nLeeds,South,7\n"):
            assert claims("Trust,Site,Cameras\n" + rows)["Leeds", "cameras"].figure == Figure(12, 12), whole


def test_all_saints_is_a_site_and_a_row_that_is_there_twice_counts_once() -> None:
    found = claims("Trust,Site,Cameras\nMercia,All Saints Primary,24\nMercia,Elm Primary,6\nMercia,Elm Primary,6\n")
    assert found["Mercia", "cameras"].figure == Figure(30, 30)


def test_a_site_without_a_word_is_no_reply_of_the_organisation() -> None:
    found = claims("Trust,Site,Cameras,Date received\nOak,North,5,2026-05-01\nOak,South,,\n")
    assert found["Oak", "cameras"].figure == Figure(5, None)
    assert ("Oak", "other:the whole request") not in found


def test_a_row_for_each_maker_counts_makers_and_no_total() -> None:
    found = claims("Body,Maker,Number of cameras\nArun,Hikvision,40\nArun,Axis,1\nBoston,Hikvision,0\nCorby,Refused s31,\n")
    assert found["Arun", "maker:hikvision"].figure == Figure(40, 40)
    assert found["Arun", "maker:axis"].figure == Figure(1, 1)
    assert ("Arun", "cameras") not in found
    assert {one.state for (name, _), one in found.items() if name == "Corby"} == {"refused"}


@pytest.mark.parametrize(
    "sheet",
    [
        ",Number of CCTV cameras,Number from Hikvision\nAylesbury,15,3\nBanbury,20,2\n",
        "Department;Cameras (total);Hikvision cameras still in use\nAylesbury;15;3\nBanbury;20;2\n",
        "Question,Aylesbury Council,Banbury Council\nHow many CCTV cameras?,15,20\nHow many are Hikvision?,3,2\n",
        "Awdurdod / Authority;Nifer / Number of cameras;Hikvision\nAylesbury;15;3\nBanbury;20;2\n",
        "Authority,CCTV cameras,Manufacturer,\n,Number,Hikvision,Axis\nAylesbury,15,3,1\nBanbury,20,2,1\n",
    ],
)
def test_sheets_of_other_shapes_are_the_same_answers(sheet: str) -> None:
    figures = {(name.split()[0], asks): one.figure for (name, asks), one in claims(sheet).items()}
    assert figures.items() >= {
        ("Aylesbury", "cameras"): Figure(15, 15), ("Aylesbury", "maker:hikvision"): Figure(3, 3),
        ("Banbury", "cameras"): Figure(20, 20), ("Banbury", "maker:hikvision"): Figure(2, 2),
    }.items()  # fmt: skip


def test_not_applicable_beside_no_is_nothing_to_read_and_alone_it_is() -> None:
    found = claims("Body,Any Hikvision?,How many Hikvision cameras?\nA,No,N/A\nB,n/a,\nC,NCND,NCND\n")
    assert found["A", "maker:hikvision"].figure == Figure(0, 0, False)
    assert (found["B", "maker:hikvision"].state, found["C", "maker:hikvision"].state) == ("replied", "refused")


def test_a_column_of_whether_they_responded_says_who_did_not() -> None:
    found = claims("Body,Response received?,How many cameras?,Hikvision %\nA,Yes,40,10%\nB,No,,\nC,Refused,,\n")
    assert (found["B", "cameras"].state, found["C", "cameras"].state) == ("no-reply", "refused")
    assert not any(one.state == "replied" for one in found.values())


def test_no_cctv_is_no_camera_and_yes_waits_for_the_number() -> None:
    found = claims("Body,Have you got CCTV?,Any Hikvision?,How many cameras?\nA,Yes,No,40\nB,No,,\nC,Yes,Yes,\n")
    figures = [found[name, "cameras"].figure for name in "ABC"]
    assert figures == [Figure(40, 40, True), Figure(0, 0, False), Figure(1, None, True)]
    assert found["C", "maker:hikvision"].figure == Figure(1, None, True)
