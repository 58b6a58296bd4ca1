"""What others than our own staff read of a plan: no device in a sentence, nobody's name, and nothing that staff are told to do."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from camcensus.model.blocks import Block, Bullets, Heading, OnePage, Prose, ReportDocument, TableBlock, plain
from camcensus.model.device import CareFinding, CareKind
from camcensus.model.plan import Plan
from camcensus.report.plan.whole import PlanPart, plan_report
from drawn import seed
from plan_row import PlanRow
from random_plans import costs_of, day_of, edits_of, make_plan, rows_of
from report.sample import AS_AT, BODY, KNOWLEDGE, LISTED, SCANS

STAFF = ("Nokomis Achterberg", "Why Quillfeather")
"""Who decided, and what staff wrote as their reason."""
CARE: tuple[CareKind, ...] = ("exploited-flaw", "never-set-up", "known-flaw", "support-ended")
ITEMS = {"Item", "Batch"}
"""Heads of tables whose rows are devices."""
TOLD = re.compile(
    r"Staff decide by|[Aa]sk staff|[Aa]sk the|ask them why|ask your|Look before|Connect \w+ elsewhere|Read the label|Check that|Do now|"
    r"who walks round|Decide before|Decision needed|Print this plan|Then print|Search the network|Tick each|Keep this page|before you|"
    r"Set a password|Update or isolate|_{4}"
)


def drawn_plans(number: int) -> Iterator[tuple[int, Plan, list[PlanRow]]]:
    """Plans of registers full of recorders and undecided items, with a reason and a name in each decision."""
    for at in range(seed() * 1_000, seed() * 1_000 + number):
        dice = random.Random(at)
        rows = rows_of(dice)
        recorders = [one.asset.id for one in rows if one.asset.kind == "recorder"] or [None]
        for place, one in enumerate(rows):
            decision = one.asset.decision and replace(one.asset.decision, by=STAFF[0], why=STAFF[1])
            # a number that no list version, price or year could be taken for
            asset = replace(one.asset, ref=f"ZQ-{900 + place}", decision=decision, sensitive=dice.random() < 0.5)
            if asset.kind != "recorder":
                on = {"channel": 1, "device": None} if dice.random() < 0.2 else {}
                asset = replace(asset, connected_to=dice.choice(recorders), **on)  # type: ignore[arg-type]
            care = [CareFinding(kind, "Why.", "What mends it.") for kind in CARE if dice.random() < 0.2]
            verdict = one.verdict and replace(one.verdict, care=tuple(care))
            rows[place] = replace(one, asset=asset, verdict=verdict if dice.random() < 0.8 else None)
        of = make_plan(rows, costs_of(dice), today=day_of(dice), year_starts=dice.randint(1, 12), edits=edits_of(dice, rows))
        yield at, of, rows


def paper_of(of: Plan, rows: list[PlanRow], audience: str, part: PlanPart = "all") -> ReportDocument:
    return plan_report(
        of, rows=rows, body=replace(BODY, expected_cameras=30), knowledge=KNOWLEDGE, scans=SCANS, as_at=AS_AT, part=part,
        enabled_lists=frozenset(name for names in LISTED.values() for name in names), audience=audience,
    )  # fmt: skip


def blocks(document: ReportDocument) -> Iterator[Block]:
    """As they are printed where there is room for all: the fullest way to say what is fitted to a page."""
    for block in document.blocks:
        yield from block.ways[0] if isinstance(block, OnePage) else (block,)


def sentences(document: ReportDocument, skipped: str = "Item") -> Iterator[str]:
    """Paragraphs, headings, bullets and notes, and the cells of tables; not of those with a `skipped` head, or whose rows are devices."""
    for block in blocks(document):
        if isinstance(block, Prose | Heading):
            yield plain(block.text)
        elif isinstance(block, Bullets):
            yield from (plain(one) for one in block.items)
        elif isinstance(block, TableBlock):
            yield block.note
            if not {column.head for column in block.columns} & {*ITEMS, skipped} and block.columns[0].head:
                yield from (repr(cell) for row in block.rows for cell in row.cells)


@pytest.mark.parametrize("audience", ["supplier", "public"])
def test_others_read_of_no_device_in_a_sentence_of_no_name_and_of_nothing_to_do(audience: str) -> None:
    heard = Counter[str]()
    for at, of, rows in drawn_plans(100):
        mine = [*sentences(paper_of(of, rows, "internal"))]
        theirs = [*sentences(paper_of(of, rows, audience), "Question" if audience == "supplier" else "Item")]
        for said in theirs:
            assert not TOLD.search(said), (at, said)
            assert not re.search(r"ZQ-\d", said) or re.fullmatch(r"ZQ-\d+((, | to\xa0)ZQ-\d+)*", said), (at, said)
        whole = "\n".join(map(repr, blocks(paper_of(of, rows, audience))))
        assert not any(word in whole for word in STAFF), at
        heard["device"] += any(re.search(r"ZQ-\d", said) is not None for said in mine)
        heard["told"] += any(TOLD.search(said) is not None for said in mine)
        heard["risk"] += any(" still record" in said for said in theirs)
        heard["undecided"] += any(said.startswith("Not decided yet: ") for said in theirs)
    assert min(heard[one] for one in ("device", "told", "risk", "undecided")) > 0, heard


@pytest.mark.parametrize("audience", ["supplier", "public"])
def test_others_are_told_the_same_risks_and_questions_in_number(audience: str) -> None:
    for _, of, rows in drawn_plans(100):
        reviews = sum("was kept until a review" in risk for risk in of.risks)
        assert len(of.told.risks) == len(of.risks) - max(0, reviews - 1)
        assert [one.kind for one in of.told.questions] == [one.kind for one in of.questions]
        alone = [*sentences(paper_of(of, rows, audience, "appendices"))]
        assert all(risk in alone for risk in of.told.risks)


def test_the_public_is_not_told_what_records_on_what() -> None:
    for _, of, _ in drawn_plans(100):
        for question in of.told.questions:
            assert not re.search(r"ZQ-\d", str(question))
