from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from camcensus.model.asset import KnownBy, Vendor
from camcensus.model.device import CapabilityFinding, Grade
from camcensus.model.foi import QUESTIONS, FoiAnswer
from camcensus.planning.foi import answers
from camcensus.planning.foi_answers import ANSWERERS
from camcensus.planning.foi_counts import installed_year, makers_counted, public_counts
from camcensus.planning.foi_facts import FoiFacts
from camcensus.planning.working_days import LONGEST_FOR_SCHOOLS, due
from plan_row import PlanRow
from report.sample import KNOWLEDGE, decision, row, school_rows, verdict

HOLIDAYS = frozenset(date.fromisoformat(day) for day in ("2026-11-30", "2026-12-25", "2026-12-28", "2027-01-01", "2027-01-04"))


def facts(rows: list[PlanRow] | None = None, **changes: object) -> FoiFacts:
    given: dict[str, object] = {
        "rows": school_rows() if rows is None else rows, "firms": (), "lists": tuple(KNOWLEDGE.lists.values()),
        "body_type": "school", "year_starts": 4,
    }  # fmt: skip
    return FoiFacts(**(given | changes))  # type: ignore[arg-type]


def answer(key: str, rows: list[PlanRow] | None = None, **changes: object) -> FoiAnswer:
    (one,) = answers(facts(rows, **changes), [key])
    return one


def tagged(rows: list[PlanRow], **values: object) -> list[PlanRow]:
    return [replace(row, asset=replace(row.asset, **values)) for row in rows]  # type: ignore[arg-type]


def test_every_question_is_answered_and_in_the_order_of_the_pack() -> None:
    assert tuple(ANSWERERS) == tuple(QUESTIONS)
    drafts = answers(facts(), ["where", "total"])
    assert [(one.number, one.key) for one in drafts] == [(1, "total"), (2, "where")]


@pytest.mark.parametrize("key", list(QUESTIONS))
def test_an_empty_record_answers_without_inventing_anything(key: str) -> None:
    one = answer(key, [], lists=())
    assert one.answer
    assert one.status in ("not-here", "held", "in-part", "consider")
    assert "None" not in one.answer + one.counted


def test_the_total_counts_what_is_there_and_says_what_is_doubtful() -> None:
    rows = school_rows()
    rows[0] = replace(rows[0], asset=replace(rows[0].asset, status="removed"))
    rows[1] = replace(rows[1], asset=replace(rows[1].asset, kind="other"))
    rows[2] = replace(rows[2], asset=replace(rows[2].asset, kind="unknown"))
    rows[3] = replace(rows[3], asset=replace(rows[3].asset, device=None, channel=4, known_by=()))
    rows[4] = replace(rows[4], asset=replace(rows[4].asset, ownership="not-ours"))
    one = answer("total", rows)
    assert one.answer == "39 cameras and 2 recorders. 1 more device may be a camera."
    assert "41 answered a search and 1 is reported by a recorder alone." in one.counted
    assert "1 of them belong to somebody else." in one.counted


def test_makers_have_one_number_each_and_the_rest_is_not_known() -> None:
    one = answer("makers")
    assert one.answer.startswith("Dahua 15; Axis 9; Hanwha Vision 6; Hikvision 4; Bosch 3. 35 of these are proven.")
    assert one.answer.endswith("The maker of 5 cameras is not known.")
    assert "Proven means confirmed, or almost certain" in one.counted
    assert one.status == "in-part"


def test_the_two_makers_that_are_asked_for_are_what_the_record_says_and_what_is_proven() -> None:
    one = answer("named")
    assert one.answer == (
        "19 cameras by our record (Dahua 15 and Hikvision 4), of which 17 proven. Also 1 recorder. "
        "The maker of 5 cameras is not known."
    )
    assert one.counted.startswith("All 19 items answered a search.")
    assert one.status == "in-part"


def of_list(number: int, *, brand: str | None, grade: Grade = "likely", kind: str = "camera") -> list[PlanRow]:
    """Rows that a list alone names, with what it says of their make."""
    known = (KnownBy("list", "2026-12-02", "cameras.xlsx, row 2"),)
    assets = [replace(one.asset, kind=kind, known_by=known) for one in school_rows()[:number]]  # type: ignore[arg-type]
    maker = "hikvision" if grade == "likely" else None
    return [row(asset, verdict(f"k-{at}", maker, grade, brand=brand)) for at, asset in enumerate(assets)]


def test_a_register_of_makes_is_held_and_nothing_of_it_is_proven() -> None:
    one = answer("named", of_list(4, brand="Hikvision"))
    assert (one.answer, one.status) == ("4 cameras by our record, not proven yet.", "held")
    assert one.counted.startswith("All 4 items are recorded from a list.")
    assert answer("makers", of_list(4, brand="Hikvision")).answer == "Hikvision 4. No maker is proven yet."
    in_doubt = answer("named", of_list(2, brand="Hikvision", grade="conflicting"))
    assert (
        in_doubt.answer == "0 cameras by our record. 2 more have one of these names in the record; who made it is in question."
    )
    assert answer("named", of_list(2, brand=None, grade="unknown")).status == "not-here"


def test_a_shop_with_one_recorder_is_answered_by_its_recorder() -> None:
    rows = of_list(1, brand="Hikvision", kind="recorder")
    assert answer("named", rows).answer == "1 recorder by our record, not proven yet."
    assert answer("makers", rows).answer == "Hikvision 1. No maker is proven yet."
    assert {answer(key, rows).status for key in ("makers", "named")} == {"held"}
    assert answer("listed", rows, lists=()).status == "held"
    some = answer("listed", [*rows, *of_list(3, brand=None, grade="unknown")])
    assert some.answer.startswith("1 recorder by makers named in “")
    assert some.status == "in-part", "the recorder’s maker is in the record"


def test_lists_say_to_whom_they_are_addressed_and_which_name_nobody() -> None:
    one = answer("listed")
    lines = one.answer.split("\n")
    number = "19 cameras and 1 recorder by makers "
    assert all(line.startswith(number) and " (of which 18 proven). " in line and " Addressed to " in line for line in lines)
    (read,) = (line for line in lines if "named in" not in line)
    assert read.startswith(f"{number}based in China, by our reading (no list: it names no company) of “")
    assert one.counted.startswith("One item may be in several of these. Proven means")
    assert "government departments, not to schools, councils or NHS bodies" in one.answer
    assert "A proposal; it binds nobody." in one.answer
    assert answer("listed", lists=()).answer == "The organisation uses no list of makers."


def test_the_internet_and_the_main_network_are_answered_by_what_staff_said_of_each_device() -> None:
    rows = school_rows()
    assert answer("network", rows).status == "not-here"
    assert "Ask IT" in answer("network", rows).hint
    many = sum(row.asset.kind != "other" for row in rows)
    told = [*tagged(rows[:3], internet_reachable="no"), *tagged(rows[3:4], internet_reachable="yes", core_network="not-known")]
    one = answer("network", [*told, *rows[4:]])
    assert one.answer == (
        f"On the main network: not known for 1; nobody has answered for {many - 1}. "
        f"Reachable from the internet: yes for 1; no for 3; nobody has answered for {many - 4}."
    )
    assert one.status == "consider", "it is in no edition for the public before the FOI lead decides"


def test_what_staff_did_not_record_is_said_and_never_guessed() -> None:
    for key in ("types", "inside", "bought", "spend", "dpia"):
        assert answer(key).status == "not-here", key
    rows = school_rows()
    half = [*tagged(rows[:20], camera_type="ptz", inside_outside="inside", installed_on="2019-05-01"), *rows[20:]]
    assert (
        answer("types", half).answer
        == "Moving (PTZ) 20. None is recorded as body-worn. Not recorded for 22 cameras, unless names or notes say it."
    )
    assert answer("inside", half).answer == "20 inside, 0 outside. Not recorded for 22 cameras, unless names or notes say it."
    assert answer("bought", half).answer == "2019-20: 20. Not recorded for 22 cameras, unless names or notes say it."
    assert {answer(key, half).status for key in ("types", "inside", "bought")} == {"in-part"}


def test_spending_is_added_up_by_financial_year_with_removed_items_and_to_the_penny() -> None:
    rows = tagged(school_rows()[:4], cost_pence=12_345, installed_on="2014-04-01")
    rows += tagged(school_rows()[4:6], cost_pence=100, installed_on="2012-03-31")
    rows += tagged(school_rows()[6:7], cost_pence=200, status="removed")
    rows += school_rows()[7:8]
    one = answer("spend", rows)
    assert one.answer == (
        "2014-15: £493.80; Before 2012-13: £2; Year not recorded: £2. Not recorded for 1 item, unless names or notes say it."
    )
    assert answer("spend", rows[6:7]).status == "in-part"


def test_analysis_of_people_is_on_able_off_or_not_known() -> None:
    rows = school_rows()[:4]
    states = ("on", "able", "off")
    for at, state in enumerate(states):
        assert rows[at].verdict is not None
        found = CapabilityFinding("face-detection", state, None, "s", "device")  # type: ignore[arg-type]
        rows[at] = replace(rows[at], verdict=replace(rows[at].verdict, capabilities=(found,)))  # type: ignore[type-var]
    one = answer("analytics", rows)
    assert one.answer.startswith(
        "Face detection or recognition: on for 1; 1 can do it, and whether it is on is not known; off for 1; not known for 1."
    )
    assert "Other analysis of people: not known for 4." in one.answer
    assert answer("analytics", rows[1:2]).status == "held"


def test_what_is_said_of_flaws_is_what_was_held_against_them() -> None:
    bare = of_list(2, brand="Hikvision") + of_list(2, brand="Swann", grade="unknown")
    one = answer("flaws", bare)
    assert "For 4 devices it is not known." in one.answer
    assert one.counted.endswith("2 by maker alone and 2 not at all, for want of a maker.")
    described = [
        _described(row, "DS-2CD2143G0-I", firmware) for row, firmware in zip(bare, ("V5.5.0", None, None), strict=False)
    ]
    one = answer("flaws", [*described, bare[3]])
    assert "For 3 devices it is not known." in one.answer
    assert one.counted.endswith("1 by model and firmware, 1 by model alone and 2 not at all, for want of a maker.")
    assert one.status == "consider", "it is in no edition for the public"


def _described(row: PlanRow, model: str, firmware: str | None) -> PlanRow:
    assert row.verdict is not None
    said = replace(row.verdict.description, model=model, firmware=firmware)
    return replace(row, verdict=replace(row.verdict, description=said))


def test_a_recorders_days_count_and_a_switch_is_no_storage() -> None:
    rows = of_list(4, brand="Hikvision")
    switch = replace(rows[0], asset=replace(rows[0].asset, id="sw", kind="other"))
    recorder = replace(rows[0], asset=replace(rows[0].asset, id="rec", kind="recorder"))
    on_switch, on_recorder = tagged(rows, connected_to="sw"), tagged(rows, connected_to="rec")
    assert answer("retention", [*on_switch, switch]).answer == "Not recorded for 4 items, unless names or notes say it."
    stored = answer("retention", [*on_recorder, *tagged([recorder], retention_days=28)])
    assert stored.answer == (
        "28 days for 1 item. Not recorded for 4 items, unless names or notes say it. 4 cameras are recorded as connected to a recorder."
    )
    assert stored.status == "in-part"
    fewer = answer("retention", tagged(rows[:2], retention_days=30, retention_found_days=12)).answer
    assert fewer == "30 days for 2 items. Fewer days than that were found for 2 items."


def test_the_newest_date_is_a_cameras_and_of_no_camera_there_is_none() -> None:
    cameras = tagged(of_list(2, brand="Hikvision"), installed_on="2016-11-09", status="removed")
    intercom = tagged(of_list(1, brand="Hikvision", kind="intercom"), installed_on="2025-05-01")
    one = answer("buying", [*cameras, *intercom])
    assert (one.answer, one.status) == ("The newest with a date is of 2016-17.", "in-part")
    assert "removed cameras too" in one.counted
    none = answer("buying", intercom)
    assert (none.answer, none.status) == ("No camera is in the record.", "not-here")


def test_what_nobody_recorded_is_not_held_and_places_are_those_of_the_register() -> None:
    rows = tagged(of_list(4, brand="Hikvision"), place_path=(), decision=None)
    assert [answer(key, rows, body_type="other").status for key in ("buildings", "where", "removal")] == ["not-here"] * 3
    paths = [("A", "Hall"), ("A", "Gate", "Left"), ("A", "Gate", "Right"), ()]
    rows = [replace(row, asset=replace(row.asset, place_path=path)) for row, path in zip(rows, paths, strict=True)]
    assert answer("where", rows).answer == "They are in 3 places. Not recorded for 1 camera, unless names or notes say it."
    other = tagged(rows[:1], place_path=("B",))
    assert answer("where", [*rows[1:3], *other]).answer == "They are in 3 places on 2 sites."


def test_what_the_organisation_answered_of_itself_is_held() -> None:
    use = {"policy": "Yes, not published", "dpia": "No"}
    assert answer("policy", use=use).answer == "The organisation’s own answer: yes, not published."
    assert answer("policy", use=use).status == "held"
    assert (
        answer("dpia", use=use).answer
        == "The organisation’s own answer: no. Not recorded for 42 cameras, unless names or notes say it."
    )


def test_makes_that_nothing_is_known_of_are_not_makes_that_nobody_recorded() -> None:
    rows = [
        *of_list(2, brand="Hikvision"),
        *of_list(2, brand="Aiphone", grade="unknown"),
        *of_list(1, brand=None, grade="unknown"),
    ]
    assert answer("makers", rows).answer == (
        "Hikvision 2. No maker is proven yet. The maker of 3 cameras is not known (2 have a brand in the record)."
    )


def test_firms_and_spending_count_the_same_items() -> None:
    firm = Vendor("v", "Sample Security Ltd")
    rows = tagged(of_list(3, brand="Hikvision"), seller="v", cost_pence=100, installed_on="2020-05-01")
    rows[0] = replace(rows[0], asset=replace(rows[0].asset, status="removed"))
    assert answer("suppliers", rows, firms=(firm,)).answer == "Sample Security Ltd (sold 3)."
    assert answer("spend", rows).answer == "2020-21: £3."
    assert "removed items too" in answer("suppliers", rows, firms=(firm,)).counted
    assert "removed ones too; a list’s price may be a quotation, and not paid" in answer("spend", rows).counted


def test_plans_are_counted_by_year_and_a_year_that_is_no_year_is_not_printed() -> None:
    rows = school_rows()
    rows[0] = replace(rows[0], asset=replace(rows[0].asset, decision=decision("replace", "ask Mrs Marsh")))
    one = answer("removal", rows)
    assert "Replacing or removing 17 cameras is recorded, 17 of them made by Hikvision or Dahua: " in one.answer
    assert "2026-27: 8; 2027-28: 8; no year recorded: 1." in one.answer
    assert "Marsh" not in one.answer


def test_firms_are_named_for_the_foi_lead_and_the_answer_is_not_for_release_yet() -> None:
    firm = Vendor(
        "v", "Sample Security Ltd", "maintainer", contract_number="C-77", contract_end="2027-03-31", email="a@b.example"
    )
    one = answer("suppliers", tagged(school_rows(), maintainer="v"), firms=(firm,))
    assert one.status == "consider"
    assert one.answer == "Sample Security Ltd (maintains 44, contract to 31 March 2027)."


def test_no_answer_names_a_place() -> None:
    for one in answers(facts()):
        for name in ("Main entrance", "Nursery gate", "Elm Park", "Main block", "Ground floor"):
            assert name not in one.answer + one.counted + one.hint


def test_the_public_table_adds_up_and_has_the_numbers_of_the_makers() -> None:
    cameras = facts().cameras
    counts = public_counts(cameras, body_type="school", year_starts=4)
    assert sum(one.count for one in counts) == len(cameras) == 42
    dahua = [one for one in counts if one.made_by == "Dahua"]
    (made,) = [one for one in makers_counted(cameras) if one.name == "Dahua"]
    assert sum(one.count for one in dahua if one.certainty_band == "likely") == made.number.number - made.number.proven == 2
    assert sum(one.count for one in dahua) == made.number.number
    assert counts[-1].made_by == "not known"


def test_the_order_of_the_rows_changes_nothing() -> None:
    there, back = facts(), facts(list(reversed(school_rows())))
    assert answers(there) == answers(back)
    assert public_counts(there.cameras, body_type="nhs", year_starts=9) == public_counts(
        back.cameras, body_type="nhs", year_starts=9
    )


@pytest.mark.parametrize(
    ("installed", "starts", "year"),
    [
        ("2019-03-31", 4, "2018-19"), ("2019-04-01", 4, "2019-20"), ("2019-04", 9, "2018-19"), ("2019", 4, "2019"),
        ("2019-06-01", 1, "2019"), (None, 4, "not recorded"), ("ZQYY", 4, "not recorded"), ("2019-13", 4, "not recorded"),
    ],
)  # fmt: skip
def test_the_financial_year_of_a_date(installed: str | None, starts: int, year: str) -> None:
    assert installed_year(installed, starts) == year


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("2026-11-16", "2026-12-15"),  # 30 November is a bank holiday in Scotland
        ("2026-11-14", "2026-12-14"),  # a Saturday: the first working day is the Monday
        ("2026-12-10", "2027-01-13"),  # Christmas Day, Boxing Day's Monday, New Year's Day, 4 January in Scotland
    ],
)
def test_the_twentieth_working_day_leaves_out_weekends_and_bank_holidays(received: str, by: str) -> None:
    found = due(date.fromisoformat(received), HOLIDAYS, date(2026, 1, 1), date(2027, 12, 31))
    assert (found.by.isoformat(), found.certain) == (by, True)


def test_a_day_for_which_no_holidays_are_known_is_said_to_be_uncertain() -> None:
    assert not due(date(2028, 12, 20), HOLIDAYS, date(2026, 1, 1), date(2028, 12, 31)).certain
    assert not due(date(2025, 12, 20), HOLIDAYS, date(2026, 1, 1), date(2028, 12, 31)).certain
    assert due(date(2026, 11, 17), HOLIDAYS, date(2026, 1, 1), date(2028, 12, 31), LONGEST_FOR_SCHOOLS).by > date(2027, 2, 1)


def test_a_year_to_replace_by_is_held_though_nothing_is_decided() -> None:
    rows = tagged(of_list(2, brand="Axis"), replace_by="2027-06", decision=None)
    found = answer("removal", rows)
    assert "No decision to replace or remove a camera is recorded." in found.answer
    assert "By when to replace, not yet decided, is recorded for 2 cameras: 2027: 2." in found.answer
