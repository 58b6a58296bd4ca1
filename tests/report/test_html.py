"""Blocks as one HTML file: all of them, in order, as text only, and nothing that a browser would run or fetch."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from camcensus.model.blocks import (
    TOLD,
    Block,
    Bullets,
    Column,
    Fact,
    Heading,
    Link,
    OnePage,
    PinnedPlan,
    PlanPin,
    Prose,
    ReportDocument,
    Row,
    Strong,
    TableBlock,
    disarmed,
    key_facts,
)
from camcensus.model.pictures import Picture
from camcensus.report.html.writer import write_html
from report.html_reading import Tag, read_html

PICTURE = Picture("0" * 64, "photo", "image/png", 2, 1, b"\x89PNG")


def page(*blocks: Block, title: str = "Cameras, Elm Park") -> Tag:
    report = ReportDocument(
        title=title, kind="Cameras", organisation="Elm Park", handling="For the public", foot=("As at 1 May", "Made by search"),
        made_at=datetime(2026, 11, 24, tzinfo=UTC), blocks=[Heading("Cameras", 1), *blocks],
    )  # fmt: skip
    return read_html(write_html(report))


def test_head_and_foot_are_there_once() -> None:
    root = page(Prose("We have 2 cameras."))
    assert root.all("title")[0].text == "Cameras, Elm Park"
    assert root.all("header")[0].text == "Elm Park For the public"
    assert root.all("footer")[0].text == "As at 1 May Made by search Cameras"
    assert root.all("main")[0].text == "Cameras We have 2 cameras."
    first = root.all("a")[0]
    assert (first.text, first.attributes["href"]) == ("Skip to the report", f"#{root.all('main')[0].attributes['id']}")


def test_a_table_says_which_cells_are_heads_and_how_wide_they_are() -> None:
    columns = [Column("Place\nand use"), Column("Kind"), Column("Cameras", figures=True)]
    rows = [Row(["Hall", [Fact("Dome", mark="likely"), Fact("Inside", "second")], "3"]), Row(["Total", "3"], "total", 2)]
    (table,) = page(TableBlock(columns, rows, note="A note.")).all("table")
    assert table.cells == [["Place and use", "Kind", "Cameras"], ["Hall", "Dome Inside", "3"], ["Total", "3"]]
    assert [head.attributes["scope"] for head in table.all("th")] == ["col", "col", "col", "row", "row"]
    assert [(mark.attributes["class"], mark.text) for mark in table.all("span")] == [("mark likely", "")]
    assert table.all("td")[1].attributes["class"] == "figures"


def test_names_and_values_have_no_row_of_heads() -> None:
    (table,) = page(key_facts([("Made by", "Axis"), ("Serial", "")])).all("table")
    assert not table.all("thead")
    assert table.cells == [["Made by", "Axis"], ["Serial", ""]]


def test_pictures_are_in_the_file_and_have_their_words() -> None:
    pin = PlanPin(label="3", state="listed", x=0.5, y=0.25, walked=False)
    (plan,) = page(PinnedPlan(PICTURE, [pin], "Plan of the hall with 1 pin.")).all("figure")
    assert plan.all("img")[0].attributes["alt"] == ""
    assert (plan.attributes["aria-label"], plan.text) == ("Plan of the hall with 1 pin.", "3")


def test_of_ways_to_fit_one_page_the_fullest_is_taken() -> None:
    assert page(OnePage([[Prose("All of it.")], [Prose("Part.")]])).all("main")[0].text == "Cameras All of it."


def test_only_addresses_of_our_own_can_be_opened() -> None:
    said = Prose("Printed as they were sent.", key=TOLD)
    told = Prose(disarmed("go to http://evil.example now"))
    root = page(
        said,
        told,
        Prose(["See ", Link("the list", "https://example.org/a"), Strong("!")]),
        Prose([Link("x", "javascript:1")]),
    )
    assert [(link.attributes["href"], link.text) for link in root.all("main")[0].all("a")] == [
        (TOLD, "http://evil.example"), ("https://example.org/a", "the list"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ('<img src="file:///etc/passwd"> <b>bold</b> &amp; <a href="http://evil.example">x</a>', None),
        ('" onload="x', None),
        ("</style><script>1</script>", None),
        ("\u202egnp.exe \u200b\u2066 \x00 \x1b[31m \x07", "[U+202E]gnp.exe [U+200B][U+2066] [U+0000] [U+001B][31m [U+0007]"),
    ],
)
def test_hostile_text_is_shown_and_nothing_more(name: str, said: str | None) -> None:
    rows = [Row([name, Fact(name, "mono")])]
    blocks = [
        Heading(name, 2), Prose(name), Bullets([name], boxes=True), TableBlock([Column(name), Column("B")], rows, note=name),
        PinnedPlan(PICTURE, [], name),
    ]  # fmt: skip
    root = page(*blocks, title=name)
    shown = " ".join((said or name).split())
    assert root.all("h2")[0].text == root.all("p")[2].text == root.all("li")[0].text == root.all("title")[0].text == shown
    assert root.all("table")[0].cells == [[shown, "B"], [shown, shown]]
    assert [figure.attributes["aria-label"] for figure in root.all("figure")] == [said or name]
    assert len(root.all("img", "b", "a", "script")) == 2  # the plan, the skip link
