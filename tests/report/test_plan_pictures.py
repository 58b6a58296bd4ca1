"""The plan in pictures: each floor says of each pin what the plan does with it, and the table that follows says the same."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from PIL import Image

from camcensus.model.blocks import Heading, PlanPin
from camcensus.model.pictures import Picture
from camcensus.report.html.writer import write_html
from camcensus.report.pdf.paper import draw, settled
from camcensus.report.plan.pictures import PlanFloor
from camcensus.report.plan.whole import PlanPart, plan_report
from random_plans import random_plan
from report.heard import complaints
from report.html_reading import read_html
from report.reading import read
from report.sample import AS_AT, BODY, FONTS, KNOWLEDGE, plan_of, school_rows

WORDS = {
    "replace": "Replace",
    "separate": "Keep and isolate",
    "remove": "Remove",
    "checking": "Nobody has decided",
    "": "Stays",
}


def picture() -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "#ddd").save(out, "PNG")
    return Picture(sha256="0" * 64, kind="plan", media="image/png", width=400, height=300, data=out.getvalue())


def floor(assets: list[str]) -> PlanFloor:
    pins = [(one, PlanPin(label=str(at), state="", x=at / 99, y=0.5, walked=at % 2 == 0)) for at, one in enumerate(assets)]
    return PlanFloor(("Elm Park", "Main block"), picture(), pins)


def test_each_pin_is_marked_by_what_the_plan_does_and_the_table_says_the_same() -> None:
    heard = set()
    for seed in range(40):
        plan, rows = random_plan(seed)
        given = {
            "plan": plan,
            "body": BODY,
            "knowledge": KNOWLEDGE,
            "scans": (),
            "rows": rows,
            "enabled_lists": (),
            "as_at": AS_AT,
        }
        floors = [floor([row.asset.id for row in rows] + ["nobody"])]
        page = read_html(write_html(plan_report(**given, part="pictures", floors=floors)))  # type: ignore[arg-type]
        items = {item.ref: item for item in (*plan.items, *plan.kept, *plan.undecided, *plan.taken_out)}
        pins = [
            (one.text, one.attributes["class"].split()) for one in page.all("span") if "pin" in one.attributes.get("class", "")
        ]
        table = next(one for one in page.all("table") if one.cells[0][:2] == ["Pin", "Ref"]).cells[1:] if pins else []
        assert sorted(cells[1] for cells in table) == sorted(items)
        for (label, looks), cells in zip(pins, table, strict=True):
            item = items[cells[1]]
            state = next((one for one in WORDS if one in looks and one), "")
            heard.add(state)
            assert label == cells[0]
            assert cells[3].startswith(WORDS[state])
            assert (state == "checking") == (item in plan.undecided)
            assert (state in ("replace", "separate", "remove")) == (item in plan.items)
            assert cells[4] == ((item.year or "No year yet") if item in plan.items else "")
    assert heard == set(WORDS)


@pytest.mark.parametrize("part", ["all", "decision", "appendices", "pictures"])
def test_no_heading_skips_a_level_whatever_the_plan_lacks(part: PlanPart) -> None:
    free = 0
    for seed in range(60):
        plan, rows = random_plan(seed)
        free += not plan.total.total
        said = plan_report(
            plan, body=BODY, knowledge=KNOWLEDGE, scans=(), rows=rows, enabled_lists={"a-list"} if seed % 2 else (),
            as_at=AS_AT, part=part, floors=[floor([row.asset.id for row in rows])],
        )  # fmt: skip
        levels = [block.level for block in settled(said, FONTS).blocks if isinstance(block, Heading)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), seed
    assert free


def test_floors_are_each_a_picture_with_its_table(tmp_path) -> None:  # type: ignore[no-untyped-def]
    rows = school_rows()
    floors = [floor([row.asset.id for row in rows])]
    said = plan_report(
        plan_of(rows), body=BODY, knowledge=KNOWLEDGE, scans=(), rows=rows, enabled_lists={"a-list"}, as_at=AS_AT,
        part="pictures", floors=floors,
    )  # fmt: skip
    path = tmp_path / "pictures.pdf"
    path.write_bytes(draw(said, FONTS)[0])
    paper = read(path.read_bytes())
    tables = [table.cells[0][0] for table in paper.root.all("Table")]
    assert len(list(paper.root.all("Figure"))) == 1
    assert tables == ["Pin"]
    assert complaints(path) == []
