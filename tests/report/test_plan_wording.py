"""The sentences of the decision paper against the plan they are of, over random plans: what the sum buys, and what it does not."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from camcensus.model.asset import Asset, Body
from camcensus.model.blocks import Block, Bullets, Prose, ReportDocument, Strong, TableBlock
from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.plan import NOT_DATED, Costs, OwnLine, Plan
from camcensus.model.plan_edits import PlanEdits
from camcensus.model.words import long_date
from camcensus.planning.plan import make_plan
from camcensus.planning.reasons import says_why
from camcensus.planning.spending import NO_SITE, by_site, by_work, spending
from camcensus.report.pdf.fonts import Fonts
from camcensus.report.pdf.paper import Paper, draw
from camcensus.report.pdf.text import Typesetter
from camcensus.report.plan.ask import ask, left_out
from camcensus.report.plan.brief import Brief
from camcensus.report.plan.front import first_page, front
from camcensus.report.plan.reasons import FEW_RISKS, ReasonsRoom, reasons, second_page
from camcensus.report.plan.room import ROOMS
from camcensus.report.plan.signers import approval, signed_for
from camcensus.report.plan.whole import plan_report
from camcensus.report.plan.work import work
from camcensus.report.sheet import Occasion
from plan_row import PlanRow
from random_plans import random_plan as drawn_plan
from report.reading import read
from report.sample import AS_AT, BODY, FONTS, KNOWLEDGE, SCANS, TODAY, decision, row, verdict
from report.test_plan_sums import pence

random_plan = cache(drawn_plan)
NOTHING = Occasion(body=BODY, as_at=AS_AT, knowledge_version="1").document("Nothing", [])
SEEDS = range(9_100, 9_500)
VERBS = {"replace": "replace", "separate": "isolate", "remove": "remove"}
KINDS = ("camera", "camera", "camera", "recorder", "intercom", "encoder")


def brief_of(plan: Plan, rows: Sequence[PlanRow] = (), **fields: object) -> Brief:
    given = {
        "plan": plan, "body": BODY, "knowledge": KNOWLEDGE, "scans": (), "rows": rows, "enabled_lists": frozenset({"a-list"}),
        "as_at": AS_AT if AS_AT.tzinfo else AS_AT.replace(tzinfo=UTC), "audience": "internal", "simulation": False,
    }  # fmt: skip
    return Brief(**given | fields)  # type: ignore[arg-type]


def words(pieces: str | Iterable[object]) -> str:
    if isinstance(pieces, str):
        return pieces
    return "".join(one if isinstance(one, str) else one.text for one in pieces if isinstance(one, str | Strong))


def said(blocks: Iterable[Block]) -> str:
    """Paragraphs, bullets and notes, each on a line of its own."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Prose):
            lines.append(words(block.text))
        elif isinstance(block, Bullets):
            lines += [words(one) for one in block.items]
        elif isinstance(block, TableBlock):
            lines.append(block.note)
    return "\n".join(lines)


def pages_of(document: ReportDocument) -> list[str]:
    """The words of each page."""
    return ["".join(page.texts.values()).replace("\u00a0", " ") for page in read(draw(document, FONTS)[0]).pages]


def numbers(text: str) -> int:
    """How many items "8 of 21 cameras, 2 other recorders and 1 intercom" are."""
    return sum(int(one.replace(",", "")) for one in re.findall(r"(?:^|, | and )([\d,]+) (?:of [\d,]+ |other )?[a-z]", text))


def paying() -> list[Plan]:
    return [plan for seed in SEEDS if (plan := random_plan(seed)[0]).total.total]


def test_each_sum_of_the_ask_names_only_the_items_that_it_pays_for() -> None:
    mixed = 0
    for plan in paying():
        brief, works = brief_of(plan), by_work(plan)
        sentence, beside = words(ask(brief, works)), " ".join(left_out(brief))
        for spend in works:
            if not spend.pence or spend.work == "other":
                continue
            part = re.search(
                rf" to {VERBS[spend.work]} (.*?)(?: from other networks| without replacement|(?:,| and) £|, and for a decision|[:.]|$)",
                sentence,
            )
            assert part is not None, sentence
            assert numbers(part[1]) == len(spend.priced), sentence
            if spend.unpriced:
                lacking = re.search(rf"(?:^|, | and )((?:(?! to ).)*) to {VERBS[spend.work]}", beside)
                assert lacking is not None, beside
                assert re.search(r"ha(s|ve) no price yet and (is|are) not in the amount: a quotation settles it\.", beside)
                mixed += 1
        beside = re.sub(r" \([A-Z].*?\)", "", beside)
        unpriced = sum(len(spend.unpriced) for spend in works)
        assert numbers(re.sub(r" to (replace|isolate|remove)", "", beside).split(" ha")[0] if unpriced else "") >= unpriced
    assert mixed > 10


def test_the_recommendation_parts_what_is_paid_for_from_what_has_no_price() -> None:
    mixed = 0
    for plan in paying():
        text = said(front(brief_of(plan, audience="public"), ROOMS[0]))
        for spend in spending(plan):
            if spend.work == "other":
                continue
            when = "No year yet" if spend.year == NOT_DATED else f"In {spend.year}"
            line = next(one for one in text.splitlines() if one.startswith(f"{when}: "))
            works = {"replace": "replace ", "separate": "keep ", "remove": "remove "}
            parts = [
                one.removeprefix(works[spend.work]).replace(", isolated from other networks", "")
                for one in line.removeprefix(f"{when}: ").rstrip(".").split("; ")
                if one.startswith(works[spend.work])
            ]
            bare = [one for one in parts if one.endswith(" (no price yet)")]
            assert sum(numbers(re.sub(r" \([^)]*\)| for -?£[\d,.]*\d", "", one)) for one in bare) == len(spend.unpriced)
            assert sum(numbers(re.sub(r" \([^)]*\)| for -?£[\d,.]*\d", "", one)) for one in parts) == len(spend.items)
            mixed += bool(spend.unpriced and spend.priced)
    assert mixed > 10


def test_a_year_in_which_nothing_has_a_price_is_not_asked_for() -> None:
    rows = [device(1, "camera", decision("replace", "2026-27")), device(2, "intercom", decision("replace", "2027-28"))]
    brief = brief_of(make_plan(rows, Costs(camera_unit=20_000), today=TODAY, year_starts=4))
    assert (
        words(ask(brief, by_work(brief.plan))) == "We are asking for £220 (excluding VAT) in 2026-27 to replace 1 of 1 camera."
    )
    assert (
        next(iter(left_out(brief)))
        == "1 intercom (INT-002) to replace has no price yet and is not in the amount: a quotation settles it."
    )


def device(
    number: int, kind: str, decided: object, place: tuple[str, ...] = (), maker: str | None = "axis", grade: str = "likely"
) -> PlanRow:
    asset = Asset(
        id=f"id-{number}",
        ref=f"{kind[:3].upper()}-{number:03d}",
        kind=kind,
        device=f"d-{number}",
        place_path=place,
        decision=decided,
    )  # type: ignore[arg-type]
    return row(asset, verdict(f"k{number}", maker, grade if maker else "unknown"))  # type: ignore[arg-type]


def trust(seed: int) -> Plan:
    """A register of several sites; each has its own prices by what is there, so that cost lies evenly or at a few of them."""
    dice = random.Random(seed)
    sites = dice.randint(2, 14)
    rows = []
    for number in range(dice.randint(4, 60)):
        site = min(dice.randrange(sites), dice.randrange(sites)) if seed % 2 else number % sites
        decided = decision(dice.choice(("replace", "replace", "separate", "remove")), "2026-27")
        place = () if dice.random() < 0.1 else (f"Site {site}", "Main", "Ground", "Hall")
        rows.append(device(number, dice.choice(KINDS), decided, place))
    return make_plan(
        rows, Costs(18_000, 9_000, 110_000, None, separate_unit=4_000, remove_unit=3_000), today=TODAY, year_starts=4
    )


PAPER, TYPESETTER = Paper(NOTHING), Typesetter(Fonts(FONTS))


_PAGES = dict[tuple[int, int], tuple[Brief, Sequence[Block]]]()


@pytest.fixture(scope="module", autouse=True)
def made_once() -> Iterator[None]:
    """What is drawn and printed here is kept for all of these tests, and no longer."""
    yield
    _PAGES.clear()
    random_plan.cache_clear()


def page_2(brief: Brief) -> Sequence[Block]:
    """Made once of each plan: several tests look at the pages of the same ones."""
    key = (id(brief.plan), id(brief.rows))
    if key not in _PAGES or _PAGES[key][0] != brief:
        _PAGES[key] = brief, PAPER.way(second_page(brief), TYPESETTER)
    return _PAGES[key][1]


def test_page_2_fits_a_page_with_all_that_it_says() -> None:
    for seed in SEEDS[:150]:
        plan, rows = random_plan(seed)
        assert PAPER.fits(page_2(brief_of(plan, rows)), TYPESETTER), seed


def test_what_the_sites_cost_and_what_is_at_none_add_up_to_the_amount() -> None:
    heard = set()
    plans = [trust(seed) for seed in range(150)] + paying()
    for plan in plans:
        text = said(page_2(brief_of(plan)))
        found = re.search(r"Before contingency, it costs (.*?)(?:, together (£[\d,.]*\d))?\.$", text, re.MULTILINE)
        if found is None:
            continue
        sums = {one.site: one.pence for one in by_site(plan)}
        amounts = [pence(one) for one in re.findall(r"(-?£[\d,.]*\d) (?:at|for) ", found[1])]
        assert sum(amounts) == plan.total.total - plan.total.contingency
        assert found[2] is None if len(amounts) < 2 else pence(found[2]) == sum(amounts)
        nowhere = re.search(r"(-?£[\d,.]*\d) for (items with no location yet|other work)?", found[1])
        assert (nowhere is not None) == bool(sums.get(NO_SITE))
        if nowhere is not None:
            assert pence(nowhere[1]) == sums[NO_SITE]
        heard |= {nowhere and nowhere[2], "other site" in found[1]}
    assert {"items with no location yet", "other work", None, True, False} <= heard


def test_what_has_no_place_is_named_as_what_the_money_is_for() -> None:
    rows = [device(1, "camera", decision("replace", "2026-27")), device(2, "intercom", decision("replace", None))]
    rows[0] = replace(rows[0], asset=replace(rows[0].asset, place_path=("Elm Park", "Hall")))
    rows.append(device(3, "camera", decision("replace", "2026-27")))
    rows[2] = replace(rows[2], asset=replace(rows[2].asset, place_path=("Oak Trust", "Hall")))
    rows[1] = replace(rows[1], asset=replace(rows[1].asset, place_path=()))
    line = OwnLine(id="line", name="Cabling", quantity=1, unit=30_000, year=None, priority=1)
    plan = make_plan(rows, Costs(camera_unit=20_000), today=TODAY, year_starts=4, edits=PlanEdits(lines=(line,)))
    plan = replace(plan, items=tuple(replace(one, year=None) if one.kind == "intercom" else one for one in plan.items))
    text = said(reasons(brief_of(plan), ReasonsRoom(9, 3)))
    assert "£300 for other work, together £700.\n" in text


def test_fitting_is_left_out_of_some_cameras_where_others_have_a_price_for_it() -> None:
    rows = [device(number, "camera", decision("replace", "2026-27")) for number in (1, 2)]
    plan = make_plan(rows, Costs(camera_unit=20_000), today=TODAY, year_starts=4)
    assert [*left_out(brief_of(plan))] == ["Fitting of the cameras has no price and is left out."]
    one, other = plan.items
    plan = replace(plan, items=(replace(one, fitting=100), other))
    assert [*left_out(brief_of(plan))] == ["Fitting of some cameras has no price and is left out."]


def test_that_everything_has_a_price_is_said_only_where_nothing_is_left_out() -> None:
    heard = set()
    for plan in paying():
        text = said(front(brief_of(plan), ROOMS[0]))
        bare = any(item.total is None for item in plan.items) or any(line.total is None for line in plan.lines)
        every = "All the work is priced." in text
        assert every != (bare or "no price" in text)
        heard.add(every)
    assert heard == {True, False}


def test_years_are_named_as_long_as_a_smaller_ask_makes_room_for_them() -> None:
    dated = [at for at, room in enumerate(ROOMS) if room.years]
    assert dated == [*range(len(dated))]
    assert {room.ask for room in ROOMS if room.years} == {"ask", "lead", "body"}


def test_the_line_above_the_signatures_says_how_much_is_approved_and_what_is_not_part_of_it() -> None:
    heard = set()
    for seed in SEEDS[:200]:
        plan, _ = random_plan(seed)
        brief = brief_of(plan)
        for signed in ("whole", "short", "least"):
            text = words(approval(brief, signed))  # type: ignore[arg-type]
            amounts = [pence(one) for one in re.findall(r"-?£[\d,.]*\d", text)]
            if not plan.total.total:
                assert amounts == []
                assert "no amount" in text or "No replacement is to be approved yet" in text
                continue
            approved = [plan.total.total, *([] if plan.total.with_vat is None else [plan.total.with_vat])]
            assert amounts[: len(approved)] == approved
            lacking = any(one.total is None for one in (*plan.items, *plan.lines)), bool(plan.undecided)
            assert ("price" in text, "decision" in text) == lacking
            heard.add((signed, *lacking))
        planned = next((way.title for way in plan.alternatives if way.planned), None)
        if planned is not None and plan.total.total:
            assert f"“{planned}”: " in words(approval(brief))
            undated = sum(year.total for year in plan.years if year.year == NOT_DATED)
            assert bool(undated) == ("no year yet" in words(approval(brief)))
    assert len(heard) == 12


def test_the_paper_says_by_when_to_decide_or_has_room_to_write_it() -> None:
    def front_of(plan: Plan) -> str:
        return said(front(brief_of(plan), ROOMS[0]))

    def one(**fields: object) -> Plan:
        batches = [replace(batch, **fields) for batch in decided.acting[:1]]  # type: ignore[arg-type]
        return replace(decided, batches=tuple(batches), lines=())

    decided = next(plan for seed in SEEDS if (plan := random_plan(seed)[0]).acting)
    later, day = TODAY.year + 2, f"{TODAY.year + 1}-02-12"
    begins = replace(one(year=f"{later}-{(later + 1) % 100}", target_date=None), year_starts=9)
    assert f"Decide before 1 September {later}, when {later}-{(later + 1) % 100}, the first year of this work, begins." in (
        front_of(begins)
    )
    assert f"Decide before 12 February {TODAY.year + 1}, the target date of the first work." in front_of(one(target_date=day))
    assert "Decision needed by" not in front_of(begins) + front_of(one(target_date=day))
    for plan in (
        one(year=decided.this_year, target_date=None),
        one(year=None, target_date=None),
        one(target_date="2020-01-01"),
    ):
        assert "Decision needed by: ___" in front_of(plan)
        assert "Decide before" not in front_of(plan)
    nothing = make_plan([], Costs(), today=TODAY, year_starts=4)
    assert "Deci" not in front_of(nothing).replace("Decision paper", "")


def test_the_reasons_that_staff_wrote_are_counted_and_the_most_frequent_is_said_first() -> None:
    whys = ("too old", "too old.", "no support", "see minutes")
    rows = [device(at, "camera", replace(decision("replace", "2026-27"), why=why)) for at, why in enumerate(whys)]
    rows.append(device(9, "camera", replace(decision("keep"), why="new")))
    plan = make_plan(rows, Costs(camera_unit=20_000), today=TODAY, year_starts=4)
    brief = brief_of(plan, rows)
    told = [said(reasons(brief, ReasonsRoom(9, most))) for most in (3, 1)]
    assert "Of the 4 items to act on, 1 has no reason in the record." in told[0]
    assert "Replace 4; staff: “too old” (2 items), “no support” (1) and only “see minutes” (1).\n" in told[0]
    assert "For 1 of the 5 items decided, no reason is recorded: ask why before you sign." in told[0]
    assert "Replace 4; staff: “too old” (2 items), 1 more reason (1) and only “see minutes” (1).\n" in told[1]
    assert "The plan’s appendices have the other reasons. For 1 of the 5 items decided" in told[1]
    assert "too old" not in said(reasons(brief_of(plan, rows, audience="supplier"), ReasonsRoom(9, 3)))
    assert "Keep 1; staff: “new” (1).\n" in said(reasons(brief, ReasonsRoom(9, 3, every=True)))


@pytest.mark.parametrize(
    "words",
    [
        "", "-", "12 October 2026", "governors", "Governors, 12 October", "governors and trustees, 3 May 2027", "Head", "see minutes",
        "Agreed by governors 12 October", "approved by SLT", "not sure", "TBC", "Agreed by Mrs Khan", "Signed off by Head teacher",
        "Agreed by R. Khan, 12th May", "agreed by khan", "By Jane O’Neil-Smith and Tom Patel", "AGREED BY GOVERNORS", "Approved",
        "decided by the board on Monday 3 Sept", "See minutes of governors’ meeting 12/10/2026", "Data protection officer",
        "Agreed with governors", "Agreed with Mr Jones", "Agreed at full governing body", "agreed by mary patel", "Cllr Jones",
        "agreed by school business manager", "Agreed by governors (FGB)", "No decision yet", "undecided", "unknown", "don’t know",
        "to be confirmed", "OK", "yes", "none",
        "Approved at full council, 3 May", "approved by finance committee", "signed off by the site manager", "Agreed in March",
        "Decided with the senior leadership team", "agreed by tom o’neil", "It was agreed by governors", "Not yet decided", "N/A",
        "do not know", "No reason", "Agreed by Jane Patel and Tom Jones", "Cllr. Jones", "Dr Ahmed, 3 May", "Okay, governors", "None yet",
        # wholly “agreed by …” with two words: which of them is a name nobody can tell
        "Agreed by Khan Rusted", "agreed by khan leaking", "agreed by khan vandals", "Agreed by Khan Condensation",
    ],
)  # fmt: skip
def test_who_decided_and_when_is_no_reason(words: str) -> None:
    assert not says_why(words)


@pytest.mark.parametrize("kind", ORGANISATIONS)
def test_who_decides_and_signs_there_is_no_reason_and_any_word_beside_them_is(kind: str) -> None:
    of = ORGANISATIONS[kind]
    for who in (of.deciders, of.head, *of.plan_signers):
        for note in (who, f"{who.upper()}, 12 October", f"agreed by {who}", f"Approved by the {who.lower()}, 3 May 2027"):
            assert not says_why(note), note
            for why in ("Broken", "obsolete", "Vandalised", "no support", "坏了"):
                assert says_why(f"{note}: {why}"), note
                assert says_why(f"{why}, {note}"), note


@pytest.mark.parametrize(
    "words",
    [
        "Broken", "Obsolete", "Vandalised, 12 May", "dark", "too old", "Governors: too old", "Der Vertrag endet", "Not working",
        "Approved by SLT. Obsolete", "Agreed by governors, broken", "Agreed by Mrs Khan - leaking", "Made by Dahua", "Data protection",
        "Signed off by R. Khan. Vandalised", "Monitoring", "Budget", "Governors agreed: unsafe", "may fail", "Head office asked",
        "Agreed by SLT CCTV Failing", "Agreed by SLT Old", "Approved by SLT NDAA", "Mr Jones Old", "Agreed by Mr Jones Broken",
        "AGREED BY MRS PATEL TOO OLD", "MRS PATEL BROKEN LENS",
        "R. Khan Rusty", "Agreed by governors Lens Cracked", "Agreed with Head Obsolete", "DR KHAN NO SUPPORT",
        "Approved by Jane Patel Poor Picture", "Decided by cost", "decided by age", "Not on", "Unknown maker",
        "none working", "not ok", "No IT support", "miss focus", "Mrs Khan and Mr Jones Faulty", "Agreed by Khan NDAA", "No picture", "OK broken",
    ],
)  # fmt: skip
def test_one_word_is_a_reason(words: str) -> None:
    assert says_why(words)


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("", ""), ("see minutes", "only “see minutes” (1)"), ("Obsolete", "“Obsolete” (1)"),
    ],
)  # fmt: skip
def test_what_staff_wrote_for_keeping_what_is_listed_is_said(why: str, told: str) -> None:
    rows = [device(1, "camera", decision("replace", "2026-27")), device(2, "camera", replace(decision("keep"), why=why))]
    rows[1] = replace(rows[1], listed_on=("a-list",))
    brief = brief_of(make_plan(rows, Costs(camera_unit=20_000), today=TODAY, year_starts=4), rows)
    for most in (3, 1):
        staff = f"; staff: {told}" if told else ""
        assert f"Keep 1, though it is by a listed maker – CAM-002{staff}.\n" in said(reasons(brief, ReasonsRoom(9, most)))


def test_what_is_removed_and_not_replaced_is_argued() -> None:
    rows = [device(at, "camera", decision("replace", "2026-27"), ("Elm", "Hall")) for at in range(3)]
    gone = [device(at, "camera", replace(decision("remove", "2026-27"), why="")) for at in (4, 5)]
    gone[0] = replace(gone[0], asset=replace(gone[0].asset, place_path=("Elm", "Hall")))
    gone[1] = replace(gone[1], asset=replace(gone[1].asset, place_path=("Elm", "Attic")), listed_on=("a-list",))

    def text(why: str) -> str:
        written = [replace(one, asset=replace(one.asset, decision=replace(one.asset.decision, why=why))) for one in gone]
        every = [*rows, *written]
        brief = brief_of(make_plan(every, Costs(camera_unit=20_000), today=TODAY, year_starts=4), every)
        return said(reasons(brief, ReasonsRoom(9, 1)))

    counts = "Remove 2 without replacement, 1 by a listed maker; staff:"
    assert counts.replace("; staff:", ".\n") in text("")
    assert f"{counts} only “governors” (2).\n" in text("governors")
    assert f"{counts} “Broken” (2).\n" in text("Broken")
    assert (
        "what they alone covered is lost. Of the 2 places recorded for these cameras, 1 has no other camera that is sure to stay (views not compared).\n"
        in text("")
    )


def test_page_1_says_listed_in_words_that_need_no_page_2() -> None:
    for plan, rows in (random_plan(seed) for seed in SEEDS[:100]):
        for room in (ROOMS[0], ROOMS[-1]):
            text = said(block for block in front(brief_of(plan, rows), room) if not isinstance(block, TableBlock))
            assert "isted maker" not in text
            assert "our reading" not in text
            assert "Decide about" not in text


def test_kept_ones_are_the_others_only_where_all_are_decided() -> None:
    for plan in (random_plan(seed)[0] for seed in SEEDS):
        line = next((one for one in said(front(brief_of(plan), ROOMS[0])).splitlines() if one.startswith("Keep ")), None)
        assert (line is not None) == bool(plan.kept)
        if line is not None:
            everything = bool(plan.items) and not plan.undecided and not plan.taken_out
            assert line.startswith(("Keep the other ", "Keep the others: ")) == everything


def test_items_of_a_kind_that_a_sentence_has_named_are_others() -> None:
    what = ("replace", "remove", "separate")
    rows = [device(at, KINDS[at % len(KINDS)], decision(what[at % 3], "2026-27")) for at in range(36)]
    brief = brief_of(
        make_plan(rows, Costs(18_000, 0, 90_000, 0, separate_unit=100, remove_unit=100), today=TODAY, year_starts=4)
    )
    sentence = words(ask(brief, by_work(brief.plan)))
    assert re.search(r"to replace \d+ of 18 cameras", sentence)
    assert sentence.count(" of 18 cameras") == 1
    assert len(re.findall(r"\d+ other cameras", sentence)) == 2
    bullet = next(one for one in said(front(brief, ROOMS[0])).splitlines() if one.startswith("In 2026-27: "))
    assert "replace 6 cameras" in bullet
    assert "remove 6 other cameras" in bullet


def test_one_number_is_said_and_once_what_proven_means_where_some_are_not() -> None:
    heard = set()
    for seed in SEEDS:
        plan, rows = random_plan(seed)
        brief = brief_of(plan, rows)
        first, second = said(front(brief, ROOMS[0])), said(page_2(brief))
        assert not re.search(r"(?<![\d-])\d+ to \d", first + second), seed
        doubted = re.search(r"\((?:of which [\d,]+|not) proven", second) is not None
        assert second.count("Proven means") == doubted, seed
        heard.add(doubted)
    assert heard == {True, False}


def test_where_nothing_is_urgent_the_paper_says_among_how_many_that_was_looked_for() -> None:
    last = device(9, "camera", None)
    unknown = replace(last, verdict=None, asset=replace(last.asset, known_by=()))
    rows = [device(at, "camera", None) for at in range(5)] + [unknown]
    plan = make_plan(rows, Costs(), today=TODAY, year_starts=4)
    assert plan.urgent == ()
    text = said(front(brief_of(plan, rows, scans=SCANS), ROOMS[0]))
    assert "Do now: not known. Flaws go by model and firmware, and no firmware is in the record: ask the installer." in text
    assert "Do now" not in said(front(brief_of(plan, rows, audience="public"), ROOMS[0]))
    unseen = [replace(one, verdict=None, asset=replace(one.asset, known_by=())) for one in rows]
    assert "none was looked up in the published flaws" in said(front(brief_of(plan, unseen), ROOMS[0]))


def test_items_to_act_on_without_any_reason_are_counted_and_what_all_share_is_said_of_all() -> None:
    heard = set()
    for seed in SEEDS:
        plan, rows = random_plan(seed)
        if len(plan.items) < 2:
            continue
        text = said(page_2(brief_of(plan, rows)))
        line = next((one for one in text.splitlines() if " to act on, " in one), "")
        own = {one.asset.id for one in rows if one.asset.decision and one.asset.decision.why}
        own |= {asset for batch in plan.batches if "reason" in batch.typed for asset in batch.assets}
        bare = [
            item
            for item in plan.items
            if not (item.listed_on or item.based or item.sensitive or item.core or item.asset in own)
        ]
        found = re.search(r"([\d,]+) (?:has|have) no reason in the record|none has a reason in the record", line)
        assert (found is not None) == bool(bare), seed
        if found is not None:
            assert int(found[1] or len(plan.items)) == len(bare)
        assert not re.search(rf"(?:,|and) {len(plan.items)} (?:are|have) ", line)
        heard |= {found and found[1] is None, " all are " in line}
    assert heard == {None, True, False}


def test_kept_ones_of_listed_makers_are_counted() -> None:
    heard = 0
    for plan in (random_plan(seed)[0] for seed in SEEDS):
        brief = brief_of(plan)
        line = next((one for one in said(front(brief, ROOMS[0])).splitlines() if one.startswith("Keep ")), "")
        number = brief.counts_of(plan.kept).items.listed
        assert ("by a maker on the school’s list" in line) == bool(number)
        heard += bool(number)
    assert heard


def test_every_kind_that_a_listed_maker_made_is_counted_by_its_name() -> None:
    rows = [
        replace(device(at, kind, None), listed_on=("a-list",)) for at, kind in enumerate(("camera", "recorder", "intercom"))
    ]
    text = said(page_2(brief_of(make_plan(rows, Costs(), today=TODAY, year_starts=4), rows)))
    shares = "1 of 1 camera, 1 of 1 recorder and 1 of 1 intercom (not proven yet) are made by a maker on the lists"
    assert shares in text
    assert "That is 3 by Axis. Proven means" in text


def test_the_makers_that_are_named_add_up_to_the_numbers_before_them() -> None:
    heard = set()
    for seed in SEEDS[:150]:
        plan, rows = random_plan(seed)
        brief = brief_of(plan, rows)
        text = said(page_2(brief))
        wanted = brief.counts.items.listed
        found = re.search(r"That is (.*? by .*?)\.(?: |$)", text, re.MULTILINE)
        assert (found is not None) == bool(wanted), seed
        if found is not None:
            numbers = re.findall(r"(?:^|, | and )([\d,]+) by ", found[1])
            assert sum(map(int, numbers)) == wanted.number
            heard.add(len(numbers) > 1)
    assert heard == {True, False}


def test_all_that_is_done_and_when_adds_up_to_the_register() -> None:
    heard = set()
    for seed in SEEDS[:150]:
        plan, rows = random_plan(seed)
        tables = [one for one in front(brief_of(plan, rows), ROOMS[0]) if isinstance(one, TableBlock)]
        table = next((one for one in tables if one.columns[0].head == "Action"), None)
        heard.add(table is not None)
        if table is None:
            continue
        heads = [column.head for column in table.columns]
        cells = {str(one.cells[0]): [int(str(cell)) for cell in one.cells[1:]] for one in table.rows}
        total = cells.pop("Total")
        assert total == [sum(column) for column in zip(*cells.values(), strict=True)], seed
        kinds = [at for at, head in enumerate(heads[1:]) if head in ("Cameras", "Recorders", "Others")]
        assert all(sum(row[at] for at in kinds) == row[-1] for row in cells.values())
        years = [at for at in range(len(total) - 1) if at not in kinds]
        done = [row for head, row in cells.items() if head in ("Replace", "Keep and isolate", "Remove")]
        assert all(sum(row[at] for at in years) == row[-1] for row in done)
        assert sum(row[-1] for row in done) == len(plan.items)
        assert total[-1] == len(plan.items + plan.kept + plan.undecided + plan.taken_out)
    assert heard == {True, False}


def test_entries_of_unknown_maker_are_named_or_the_appendices_list_them() -> None:
    for number in (2, 5):
        rows = [device(at, "camera", decision("replace", "2026-27"), ("Elm", f"Room {at}"), maker=None) for at in range(number)]
        paper = plan_report(
            make_plan(rows, Costs(), today=TODAY, year_starts=4), body=BODY, knowledge=KNOWLEDGE, scans=(), rows=rows,
            enabled_lists={"a-list"}, as_at=AS_AT,
        )  # fmt: skip
        pages = pages_of(paper)
        if number == 2:
            assert "The maker of 2 items is not known: CAM-000 (Room 0) and CAM-001 (Room 1)." in pages[1]
        else:
            at = next(at for at, words in enumerate(pages, 1) if "Maker not known: 5 items" in words)
            assert "CAM-000 to CAM-004" in pages[at - 1]
            assert f"The maker of 5 items is not known. The plan’s appendices (page {at}) list them." in pages[1]


def test_entries_of_unknown_maker_are_pointed_to_behind_other_pages_and_listed_by_ref_for_the_public() -> None:
    rows = [
        device(at, "camera", decision("replace", "2026-27"), (f"Site {-at % 3}", f"Room {at}"), maker=None if at % 3 else f"Maker {at % 11}")
        for at in range(14)
    ]  # fmt: skip
    plan = make_plan(rows, Costs(), today=TODAY, year_starts=4)
    for audience in ("internal", "public"):
        paper = plan_report(
            plan, body=BODY, knowledge=KNOWLEDGE, scans=(), rows=rows, enabled_lists={"a-list"}, as_at=AS_AT, audience=audience
        )
        pages = pages_of(paper)
        at = next(at for at, words in enumerate(pages, 1) if "Maker not known: 9 items" in words)
        assert f"The plan’s appendices (page {at}) list them" in pages[1]
    assert "CAM-001, CAM-002, CAM-004, CAM-005, CAM-007" in pages[at - 1], "nobody learns what lies at one site"


def test_the_appendices_are_pointed_to_by_the_page_they_are_on() -> None:
    pointed = Counter[str]()
    for seed in SEEDS[:12]:
        plan, rows = random_plan(seed)

        def pages(part: str, plan: Plan = plan, rows: Sequence[PlanRow] = rows) -> list[str]:
            paper = plan_report(
                plan, body=BODY, knowledge=KNOWLEDGE, scans=(), rows=rows, enabled_lists=KNOWLEDGE.lists, as_at=AS_AT,
                part=part,  # type: ignore[arg-type]
            )  # fmt: skip
            return pages_of(paper)

        every = pages("all")
        for words, heading in (
            (r"have \d+ (?:more )?risks?\.", "More risks and assumptions"), (r"have them", "What the work depends on"),
            (r"list them", "Maker not known: "), (r"have it site", "Money by site"),
        ):  # fmt: skip
            found = re.search(rf"[Tt]he plan’s appendices (?:\(page (\d+)\) )?(?:{words})", every[1])
            if found is not None:
                assert heading in every[int(found[1]) - 1], (seed, heading)
                pointed[heading] += 1
        assert "(page" not in "".join(pages("decision"))
    assert {"More risks and assumptions", "What the work depends on"} <= set(pointed)


def test_old_firmware_is_no_more_than_its_age() -> None:
    rows = [device(at, "camera", replace(decision("replace", "2026-27"), why="too old to update")) for at in range(2)]
    plan = make_plan(rows, Costs(), today=TODAY, year_starts=4)
    told = "marked “firmware over 3 years old”"
    assert told not in said(page_2(brief_of(plan, rows)))
    plan = replace(plan, items=tuple(replace(item, care=("old-firmware",)) for item in plan.items))
    assert told in said(page_2(brief_of(plan, rows)))
    assert told not in said(page_2(brief_of(plan, rows, audience="public")))


def test_every_year_of_the_work_has_its_last_day() -> None:
    rows = [device(1, "camera", decision("replace", "2026-27")), device(2, "camera", decision("remove", "2027-28"))]
    for costs in (Costs(), Costs(camera_unit=20_000)):
        for room in (ROOMS[0], ROOMS[-1]):
            text = said([*front(brief_of(make_plan(rows, costs, today=TODAY, year_starts=9)), room)])
            assert "2026-27 ends on 31 August 2027 and 2027-28 on 31 August 2028." in text


def test_the_lists_that_name_makers_here_are_named_with_what_they_are() -> None:
    heard = set()
    for seed in SEEDS[:100]:
        plan, rows = random_plan(seed)
        brief = brief_of(plan, rows)
        text = said(reasons(brief, ReasonsRoom(0, 1)))
        used = {name for item in brief.everything for name in item.listed_on}
        assert ("The list is a public statement, kept" in text or "The lists are public statements, kept" in text) == bool(used)
        for name in [*used][:2] if len(used) < 3 else ():
            entry = KNOWLEDGE.lists[name]
            assert f"“{entry.title}” ({long_date(entry.date)}" in text
        heard.add(bool(used))
    assert heard == {True, False}


def test_the_risks_that_are_left_to_the_appendices_are_counted() -> None:
    heard = set()
    for seed in SEEDS[:150]:
        plan, rows = random_plan(seed)
        brief = brief_of(plan, rows)
        page = second_page(brief)
        text = said(page_2(brief))
        left = said(part for one in work(brief, (first_page(brief), page)) for part in PAPER.way(one, TYPESETTER))
        alone = said(work(brief, ()))
        assert all((risk in text) != (risk in left) for risk in plan.risks), seed
        assert all(risk in alone for risk in plan.risks)
        named = sum(risk in text for risk in plan.risks)
        note = re.search(r"\nThe plan’s appendices have (\d+)( more)? risks?\.\n", text)
        assert (note is not None) == (named < len(plan.risks))
        if note is not None:
            assert (int(note[1]), bool(note[2])) == (len(plan.risks) - named, named > 0)
        heard.add(None if note is None else bool(named))
    assert {None, True} <= heard


def test_page_2_names_all_risks_that_it_has_room_for() -> None:
    cut = 0
    for seed in SEEDS[:150]:
        plan, rows = random_plan(seed)
        brief = brief_of(plan, rows)
        text = said(page_2(brief))
        named = sum(risk in text for risk in plan.risks)
        if named < len(plan.risks):
            least = ReasonsRoom(named + 1, 1, least=named + 1 < FEW_RISKS)
            assert not PAPER.fits([*reasons(brief, least)], TYPESETTER), seed
            cut += 1
    assert cut


def test_the_options_note_counts_items_as_the_first_page_does() -> None:
    heard, names = 0, {"nothing": "doing nothing", "isolate": "isolating", "phased": "phasing", "at-once": "all at once"}
    for plan in paying():
        if not plan.alternatives:
            continue
        text = said(page_2(brief_of(plan)))
        assert "batch or line" not in text
        for way in plan.alternatives:
            found = re.search(rf"[^.]*{names[way.way]}[^.]* (?:leaves|leave) out (.*?) without a price", text, re.IGNORECASE)
            expected = way.way == "isolate" and way.total is not None and bool(way.unpriced or way.unpriced_lines)
            assert (found is not None) == expected
            if found is not None:
                assert numbers(re.sub(r" \([A-Z].*?\)", "", found[1])) == way.unpriced + way.unpriced_lines
                heard += 1
    assert heard


@pytest.mark.parametrize("key", ORGANISATIONS)
def test_every_kind_of_organisation_is_called_by_its_own_word(key: str) -> None:
    kind = ORGANISATIONS[key]
    plan, rows = next(one for seed in SEEDS if (one := random_plan(seed))[0].total.total and one[0].alternatives)
    brief = brief_of(plan, rows, body=Body("1", "Elm Park", key, expected_cameras=400))
    text = said([*front(brief, ROOMS[0]), *page_2(brief)])
    assert f"{kind.called} expected about 400 cameras".lower() in text.lower()
    assert f"entered by {kind.called}." in text
    assert "the school" not in text or kind.called == "the school"


def test_who_signs_for_a_trust_of_schools_is_no_head_teacher() -> None:
    kind = ORGANISATIONS["academy-trust"]
    assert kind.called == "the trust"
    assert "Head teacher" not in (*kind.plan_signers, kind.head)


def test_a_sample_has_no_room_to_sign() -> None:
    plan, rows = random_plan(SEEDS[0])
    table = [one for one in front(brief_of(plan, rows, simulation=True), ROOMS[0]) if isinstance(one, TableBlock)][-1]
    assert [row.cells[0] for row in table.rows] == [*signed_for(brief_of(plan, rows))]
    assert len(table.rows) > 1
    assert "DD / MM / YYYY" not in repr(table.rows)


def test_the_foot_of_every_page_is_whole() -> None:
    plan, rows = random_plan(SEEDS[1])
    for part in ("decision", "appendices"):
        paper = plan_report(
            plan, body=replace(BODY, id="5c9d2f60-0000-4000-8000-000000000001"), knowledge=replace(KNOWLEDGE, version="2026.11.27+b1079078"), scans=(), rows=rows,
            enabled_lists=(), as_at=datetime(2026, 11, 24, 10, 42, tzinfo=UTC), part=part,  # type: ignore[arg-type]
        )  # fmt: skip
        pages = read(draw(paper, FONTS)[0]).pages
        assert "record 5c9d-2f60" in (paper.foot[0] + paper.foot[1]).lower()
        for page in pages[1:]:
            assert not [line for line in page.artifacts if "…" in line]
            assert any(line.startswith("Record 5C9D-2F60") for line in page.artifacts)


def test_why_not_the_others_compares_what_each_year_costs() -> None:
    heard = set()
    for seed in SEEDS:
        plan, rows = random_plan(seed)
        ways = {way.way: way for way in plan.alternatives}
        text = said(page_2(brief_of(plan, rows)))
        assert ("Why not the others: doing nothing and isolating keep what is due to go" in text) == bool(ways)
        if not ways:
            continue
        amounts = re.search(r"all at once takes £([\d,.]+) in one year, phasing (£.*?)\.(?= |$)", text, re.MULTILINE)
        planned = "phased" in ways and ways["phased"].planned
        paid = {year.year: year.total for year in plan.years}
        later = paid.pop(NOT_DATED, 0)
        differs = max(paid.values(), default=0) > 0 and sum(map(bool, (*paid.values(), later))) > 1
        assert (amounts is not None) == (planned and differs)
        if amounts:
            once = ways["at-once"].total
            assert once is not None
            assert pence(f"£{amounts[1]}") == once.total
            each = re.findall(r"(£[\d,.]*\d) (?:in (\S+?)|with (no year yet))(?=,| and|$)", amounts[2])
            assert {year or NOT_DATED: pence(amount) for amount, year, _ in each} == {
                year.year: year.total for year in plan.years if year.total
            }
        heard.add((planned, amounts is not None, later > max(paid.values(), default=0)))
    assert {(True, True, False), (True, True, True), (False, False, False)} <= heard


def test_what_cameras_and_recorders_cost_is_said_of_each_and_adds_up() -> None:
    heard = 0
    for seed in SEEDS:
        plan = random_plan(seed)[0]
        replaced = {spend.year: spend for spend in spending(plan) if spend.work == "replace"}
        for year, told in re.findall(r"^(?:In )?(20\d\d-\d\d|No year yet): (.*)$", said(front(brief_of(plan), ROOMS[0])), re.M):
            amounts = re.findall(r" for (-?£[\d,.]*\d)", told.partition(";")[0])
            if amounts:
                assert sum(map(pence, amounts)) == replaced[year].pence, (seed, told)
                heard += 1
    assert heard > 10
