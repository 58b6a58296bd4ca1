"""What hangs on recorders that go, and what else sees a place, said by a plan: counted here from the register and the decisions."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from camcensus.model.plan import Plan, PlanItem
from camcensus.planning.plan import make_plan
from camcensus.planning.scoped import PlanScope
from drawn import seed
from plan_row import PlanRow
from planning.test_plan import decided, plan, row
from random_plans import costs_of, day_of, edits_of, rows_of

NO_YEAR = "no year"
"""Behind every year, as text too."""
SEES = ("camera", "recorder", "encoder", "unknown")


@cache
def drawn_plans(number: int = 600) -> list[tuple[int, Plan, dict[str, PlanRow]]]:
    """Plans of registers in which most cameras hang on a recorder, some of a part alone; rows by id."""
    made = []
    for at in range(seed() * 1_000, seed() * 1_000 + number):
        dice = random.Random(at)
        rows = rows_of(dice)
        recorders = [one.asset.id for one in rows if one.asset.kind == "recorder"]
        if recorders:
            rows = [
                replace(one, asset=replace(one.asset, connected_to=dice.choice(recorders) if dice.random() < 0.7 else None))
                if one.asset.kind != "recorder"
                else one
                for one in rows
            ]
        of = make_plan(rows, costs_of(dice), today=day_of(dice), year_starts=dice.randint(1, 12), edits=edits_of(dice, rows))
        made.append((at, of, {one.asset.id: one for one in rows}))
    return made


def year(item: PlanItem) -> str:
    return item.year or NO_YEAR


def hung_on(of: Plan, rows: dict[str, PlanRow], recorders: set[str]) -> Iterator[tuple[PlanItem, str, str]]:
    """Each that records on one of the recorders, with that one, and what is done with it: "stays" where nothing is."""
    for item in (*of.items, *of.kept, *of.undecided, *of.taken_out):
        to = rows[item.asset].asset.connected_to
        if to in recorders and item.kind in SEES:
            yield item, str(to), item.option if item in of.items and item.option != "separate" else "stays"


def test_all_that_records_on_a_removed_recorder_is_counted_and_named() -> None:
    heard = Counter[str]()
    for at, of, rows in drawn_plans():
        gone = {item.asset: item for item in of.items if item.kind == "recorder" and item.option == "remove"}
        left = {
            item.ref: done for item, to, done in hung_on(of, rows, {*gone}) if done != "remove" or year(item) > year(gone[to])
        }
        said = [risk for risk in of.risks if " still record" in risk]
        assert bool(said) == bool(left), at
        if not left:
            continue
        on, number, which = re.fullmatch(
            r"(.*) (?:is|are) removed, but (\d+) items? still records? on (?:it|them): (.*)\. Connect (?:it|them) elsewhere first\.",
            said[0],
        ).groups()  # type: ignore[union-attr]
        assert int(number) == len(left), (at, said)
        assert {*re.split(r", | and ", on)} == {
            gone[str(rows[one].asset.connected_to)].ref for one in rows if rows[one].asset.ref in left
        }
        if len(left) <= 6:
            assert {*re.split(r", | and ", which)} == {*left}, at
        assert of.told.risks[of.risks.index(said[0])].endswith(
            f"{number} item{'s' * (number != '1')} still record{'s' * (number == '1')} on {'it' if ' is removed' in said[0] else 'them'}."
        )
        heard.update(left.values())
    assert min(heard[one] for one in ("stays", "replace", "remove")) > 0, heard


def test_each_way_says_what_loses_its_recorder_in_it() -> None:
    heard = set()
    for at, of, rows in drawn_plans():
        gone = {item.asset: item for item in of.items if item.kind == "recorder" and item.option == "remove"}
        hung = [*hung_on(of, rows, {*gone})]
        for way in of.alternatives:
            found = re.search(r" (\d+) items? whose recorder is removed stops? too until connected elsewhere\.", way.recording)
            number = int(found[1]) if found else 0
            if way.way in ("nothing", "isolate"):
                assert number == 0, at
            elif way.way == "at-once":
                assert number == sum(done != "remove" for *_, done in hung), at
            elif way.planned:
                assert number == sum(done != "remove" or year(item) > year(gone[to]) for item, to, done in hung), at
            heard.add((way.way, number > 1))
    assert {("at-once", True), ("phased", True), ("phased", False)} <= heard


def test_a_place_has_another_camera_only_where_that_one_is_there_and_sure_to_stay() -> None:
    heard = set()
    for at, of, rows in drawn_plans():
        removed = [item for item in of.items if item.option == "remove" and item.kind == "camera"]
        sure = {
            item.place_path
            for item in (*of.kept, *(item for item in of.items if item.option != "remove"))
            if item.kind == "camera" and rows[item.asset].asset.status == "present"
        }
        places, nowhere = {item.place_path for item in removed if item.place_path}, sum(not item.place_path for item in removed)
        risk = next((risk for risk in of.risks if "removed without replacement" in risk), "")
        bare = len(places - sure)
        found = re.search(
            r"Of the (\d+) places? recorded for these cameras, (\d+) ha(?:s|ve) no other camera that is sure to stay", risk
        )
        assert (found is not None) == bool(bare), (at, risk)
        assert ("Each place recorded for these cameras has another camera" in risk) == (bool(places) and not bare), (at, risk)
        if found:
            assert (int(found[1]), int(found[2])) == (len(places), bare), (at, risk)
        missing = re.search(r"(\d+) of these cameras ha(?:s|ve) no location", risk)
        assert (int(missing[1]) if missing else 0) == nowhere, (at, risk)
        heard.add((len(places) and min(len(places), 2), (bare > 0) + (bare == len(places)), bool(nowhere)))
    assert {(1, 0, False), (1, 2, True), (2, 1, False), (2, 2, False), (0, 1, True)} <= heard, heard


def test_a_new_recorder_is_asked_about_all_that_records_on_it_for_a_while_or_came_before() -> None:
    heard = Counter[str]()
    for at, of, rows in drawn_plans():
        new = {item.asset: item for item in of.items if item.kind == "recorder" and item.option.startswith("replace")}
        stays, before = set[str](), set[str]()
        for item, to, done in hung_on(of, rows, {*new}):
            if item.kind == "recorder":
                continue
            if done == "stays" or year(item) > year(new[to]):
                stays.add(item.ref)
                heard["stays" if done == "stays" else f"{done} later"] += 1
            elif done.startswith("replace") and year(item) < year(new[to]):
                before.add(item.ref)
                heard["replaced before"] += 1
        asked = [one for one in of.questions if one.ask.startswith("Will the new recorder")]
        assert bool(asked) == bool(stays or before), at
        if not asked or len(stays) > 6 or len(before) > 6:
            continue
        found = re.fullmatch(
            r"Will the new recorders? work with (?:((?:(?!what takes).)*?))?(?:(?:, and with )?what takes the place of (.*))?\?",
            asked[0].ask,
        )
        assert found is not None
        assert {*re.split(r", | and ", found[1] or "")} - {""} == stays, (at, asked)
        assert {*re.split(r", | and ", found[2] or "")} - {""} == before, (at, asked)
        assert ("today, which" in asked[0].known) == bool(stays)
        assert ("replaced before" in asked[0].known) == bool(before)
    assert min(heard[one] for one in ("stays", "remove later", "replace later", "replaced before")) > 0, heard


def test_a_recorder_that_goes_after_its_cameras_is_asked_whether_it_works_with_the_new_ones() -> None:
    heard = Counter[str]()
    for at, of, rows in drawn_plans():
        works = {item.asset: item for item in of.items if item.kind == "recorder" and item.option != "separate"}
        every = {item.asset: item for item in (*of.items, *of.kept, *of.undecided, *of.taken_out) if item.kind == "recorder"}
        asked = [one for one in of.questions if re.match(r"Will (?!the (new|viewing)).* work with the new cameras", one.ask)]
        wanted = {
            every[to].ref
            for item, to, done in hung_on(of, rows, {*every})
            if item.kind == "camera" and done.startswith("replace") and (to not in works or year(item) < year(works[to]))
        }
        named = {ref for one in asked for ref in re.findall(r"REC-\d+", one.ask)}
        on_any = any(
            rows[item.asset].asset.connected_to
            for item in of.items
            if item.kind == "camera" and item.option.startswith("replace")
        )
        if on_any:
            assert named == wanted, (at, asked)
        heard["goes later"] += bool(wanted & {item.ref for item in works.values()})
    assert heard["goes later"] > 0


def test_the_day_on_which_a_recorder_goes_after_its_camera_is_said() -> None:
    def known(what: str, when: str | None) -> str:
        made = plan(
            row("REC-1", decided(what, when)),
            row("CAM-1", decided("replace", "2026-27"), connected_to="id-REC-1"),  # type: ignore[arg-type]
        )
        return next((one.known for one in made.questions if one.ask == "Will REC-1 work with the new cameras?"), "")

    def needed(what: str, when: str | None) -> set[str | None]:
        made = plan(
            row("REC-1", decided(what, when)),  # type: ignore[arg-type]
            row("CAM-1", decided("replace", "2026-27"), connected_to="id-REC-1"),
        )
        return {need.ref for batch in made.batches if "CAM-1" in batch.refs for need in batch.needs if need.kind == "recorder"}

    assert (
        needed("replace", "2029-30")
        == needed("remove", "2027-28")
        == needed("replace", None)
        == needed("keep", None)
        == {"REC-1"}
    )
    assert needed("replace", "2026-27") == set()
    assert known("replace", "2029-30").startswith(
        "1 camera recorded on it is replaced first. It is replaced only in 2029-30. Ask which"
    )
    assert known("remove", "2027-28").startswith(
        "1 camera recorded on it is replaced first. It is removed only in 2027-28. Ask which"
    )
    assert known("replace", "2026-27") == ""
    assert known("keep", None).startswith("1 camera recorded on it is replaced. Ask which")


def test_a_part_of_a_plan_knows_what_hangs_there_and_what_else_sees_a_place_outside_it() -> None:
    rows = [
        row("REC-1", decided("remove", "2026-27")),
        row("CAM-1", decided("keep"), connected_to="id-REC-1", place_path=("Elm", "Hall")),
        row("CAM-2", decided("remove", "2026-27"), place_path=("Elm", "Hall")),
    ]
    made = make_plan(
        rows,
        costs_of(random.Random(1)),
        today=day_of(random.Random(1)),
        year_starts=4,
        scope=PlanScope(("id-REC-1", "id-CAM-2")),
    )
    assert [item.ref for item in made.items] == ["CAM-2", "REC-1"]
    assert any(risk.startswith("REC-1 is removed, but 1 item still records on it: CAM-1.") for risk in made.risks)
    assert any("Each place recorded for these cameras has another camera that is sure to stay" in risk for risk in made.risks)


def test_where_cameras_or_recorders_have_no_site_the_recorders_that_stay_are_asked_about() -> None:
    for places in (((), ("Elm", "Office")), (("Elm", "Hall"), ()), ((), ())):
        rows = [
            row("REC-1", decided("keep"), place_path=places[1]),
            row("CAM-1", decided("replace", "2026-27"), place_path=places[0]),
        ]
        made = make_plan(rows, costs_of(random.Random(1)), today=day_of(random.Random(1)), year_starts=4)
        assert any(one.ask.startswith("Will REC-1 work with the new cameras?") for one in made.questions), places
