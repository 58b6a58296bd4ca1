"""Lines, columns and pages: nothing sticks out, nothing is torn apart that belongs together."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camcensus.model.blocks import Bullets, Column, Heading, Link, Prose, Row, Strong, TableBlock
from camcensus.report.pdf.dealing import deal
from camcensus.report.pdf.fonts import Fonts
from camcensus.report.pdf.ink import BODY, CELL, CELL_HEAD
from camcensus.report.pdf.laid import LaidBlock, LaidBullets, LaidHeading, LaidProse
from camcensus.report.pdf.paper import draw
from camcensus.report.pdf.pulse import EVERY
from camcensus.report.pdf.table import LaidTable
from camcensus.report.pdf.table_layout import PAD_X, column_widths
from camcensus.report.pdf.tags import TaggedCanvas
from camcensus.report.pdf.text import Typesetter
from camcensus.report.sheet import Occasion
from report.reading import read
from report.sample import AS_AT, FONTS
from report.sample import BODY as SCHOOL

PAGE, WIDTH = 700.0, 482.0


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(Fonts(FONTS))


def text_of(typesetter: Typesetter, text: object, room: float) -> list[str]:
    return ["".join(span.text for span in line.spans) for line in typesetter.lines(text, BODY, room)]  # type: ignore[arg-type]


class Fixed(LaidBlock):
    """A block of a known height."""

    def __init__(self, height: float, *, keeps_next: bool = False, new_page: bool = False) -> None:
        self.height, self.keeps_next, self.new_page = height, keeps_next, new_page

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None: ...

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None: ...


# -- lines


def test_lines_are_no_wider_than_their_column(typesetter: Typesetter) -> None:
    text = "We are asking for £9,640 (excluding VAT) over 2 years to replace 17 of 42 cameras and 1 of 2 recorders."
    lines = typesetter.lines(text, BODY, 120)
    assert len(lines) > 3
    assert all(line.width <= 120.01 for line in lines)
    assert "".join(text_of(typesetter, text, 120)).strip() == text


@settings(max_examples=60)
@given(st.text(max_size=200), st.floats(60, 500))
def test_any_text_fits_any_column_and_loses_no_letter(text: str, room: float) -> None:
    setter = Typesetter(Fonts(FONTS))
    lines = setter.lines(text, BODY, room)
    assert all(line.width <= room + 0.02 for line in lines)
    printable = setter.fonts.printable(text, "regular")
    drawn = "".join(span.text for line in lines for span in line.spans)
    assert drawn.replace(" ", "") == printable.replace("\n", "").replace(" ", "")


def test_long_words_part_after_a_mark_where_there_is_one(typesetter: Typesetter) -> None:
    assert text_of(typesetter, "IPC-HDW1431T1-S4", 90) == ["IPC-HDW1431T1- ", "S4 "]
    assert "".join(line.strip() for line in text_of(typesetter, "A" * 300, 70)) == "A" * 300


def test_line_ends_in_the_text_end_lines(typesetter: Typesetter) -> None:
    assert text_of(typesetter, "Location\nand purpose", 400) == ["Location ", "and purpose "]


def test_bold_pieces_join_their_neighbours_without_a_space(typesetter: Typesetter) -> None:
    assert text_of(typesetter, ["to replace ", Strong("17 of 42 cameras"), "."], 400) == ["to replace 17 of 42 cameras. "]


def test_pieces_that_look_different_are_not_mixed_up(typesetter: Typesetter) -> None:
    plain = typesetter.lines(["word"], BODY, 400)
    strong = typesetter.lines([Strong("word")], BODY, 400)
    link = typesetter.lines([Link("word", "https://example.org")], BODY, 400)
    assert plain[0].spans[0].style == BODY
    assert strong[0].spans[0].style == BODY.strong()
    assert link[0].spans[0].url == "https://example.org"


def test_a_space_that_does_not_break_holds_words_together(typesetter: Typesetter) -> None:
    room = typesetter.fonts.width("Axis 9", "regular", 10) + 1
    assert text_of(typesetter, "and Axis\u00a09", room) == ["and ", "Axis\u00a09 "]


def test_what_the_font_lacks_is_written_by_number(typesetter: Typesetter) -> None:
    fonts = typesetter.fonts
    assert fonts.printable("é Ω Ж 摄 \u202e \x07", "regular") == "é Ω Ж [U+6444] [U+202E] [U+0007]"
    assert fonts.printable("a\tb\nc", "regular") == "a b\nc"
    assert fonts.printable("e\u0301", "bold") == "é"


@pytest.mark.parametrize("face", ["regular", "medium", "semibold", "bold", "mono"])
def test_every_face_has_letters_of_europe_and_our_signs(typesetter: Typesetter, face: str) -> None:
    letters = "AZaz09 £€–—‘’“”…•· ÀÿĀſ ΑΩαω АЯая"
    assert typesetter.fonts.printable(letters, face) == letters  # type: ignore[arg-type]


# -- pages


def test_blocks_are_dealt_in_order_and_none_sticks_out() -> None:
    blocks = [Fixed(300), Fixed(300), Fixed(300), Fixed(700), Fixed(1)]
    pages = deal(blocks, PAGE)
    assert [[block for block, _ in page] for page in pages] == [blocks[:2], blocks[2:3], blocks[3:4], blocks[4:]]
    assert all(y + block.height <= PAGE for page in pages for block, y in page)


def test_what_keeps_the_next_moves_on_with_it() -> None:
    heading, lead, table = Fixed(30, keeps_next=True), Fixed(20, keeps_next=True), Fixed(200)
    pages = deal([Fixed(500), heading, lead, table], PAGE)
    assert [block for block, _ in pages[1]] == [heading, lead, table]


def test_a_new_page_is_begun_where_asked() -> None:
    assert len(deal([Fixed(200), Fixed(300, new_page=True)], PAGE)) == 2
    assert len(deal([Fixed(200), Fixed(50, new_page=True), Fixed(50)], PAGE)) == 2
    assert len(deal([Fixed(10, new_page=True)], PAGE)) == 1


def test_a_beginning_follows_on_a_page_that_holds_next_to_nothing() -> None:
    assert len(deal([Fixed(10), Fixed(300, new_page=True)], PAGE)) == 1
    assert len(deal([Fixed(50), Fixed(37), Fixed(300, new_page=True)], PAGE)) == 1
    assert len(deal([Fixed(50), Fixed(38), Fixed(300, new_page=True)], PAGE)) == 2


def test_a_sheet_of_labels_is_a_page_of_its_own() -> None:
    sheet = Fixed(PAGE, new_page=True)
    sheet.at_edge = True
    assert len(deal([Fixed(10), sheet], PAGE)) == 2


def test_the_page_before_ends_sooner_where_the_last_would_hold_next_to_nothing(typesetter: Typesetter) -> None:
    for rows in range(20, 120):
        block = table([Row([f"CAM-{number}", "Main entrance", "£300"]) for number in range(rows)])
        block.set(typesetter, WIDTH, PAGE)
        filled = [y + part.height for page in deal([block], PAGE) for part, y in page]
        assert all(height <= PAGE for height in filled)
        assert len(filled) == 1 or filled[-1] > PAGE / 8, rows


def test_a_block_higher_than_a_page_still_gets_one() -> None:
    assert [len(page) for page in deal([Fixed(10), Fixed(900), Fixed(10)], PAGE)] == [1, 1, 1]


def test_a_paragraph_over_two_pages_stays_one_element(typesetter: Typesetter) -> None:
    prose = LaidProse(Prose("word " * 400))
    prose.set(typesetter, WIDTH, PAGE)
    first, rest = prose.split(100) or (None, None)
    assert isinstance(first, LaidProse)
    assert isinstance(rest, LaidProse)
    assert first.node is rest.node
    assert first.height + rest.height == pytest.approx(prose.height)
    assert first.height <= 100


def test_no_single_line_of_a_paragraph_is_left_alone(typesetter: Typesetter) -> None:
    prose = LaidProse(Prose("word " * 60))
    prose.set(typesetter, WIDTH, PAGE)
    lines = round(prose.height / BODY.leading)
    for room in range(0, int(prose.height), 3):
        parts = prose.split(room)
        if parts is not None:
            assert all(part.height >= 2 * BODY.leading for part in parts)
    assert lines == 4


def test_headings_and_the_ask_are_never_parted(typesetter: Typesetter) -> None:
    for block in (LaidHeading(Heading("word " * 90, 2)), LaidProse(Prose("word " * 400, bar=True))):
        block.set(typesetter, WIDTH, PAGE)
        assert block.split(100) is None


def test_short_lists_stay_together_and_long_ones_are_parted(typesetter: Typesetter) -> None:
    short, long = LaidBullets(Bullets(["one"] * 5)), LaidBullets(Bullets(["one"] * 90))
    for block in (short, long):
        block.set(typesetter, WIDTH, PAGE)
    assert short.least == short.height
    assert long.least < 60
    parts = long.split(200)
    assert parts is not None
    assert sum(len(part._laid) for part in parts if isinstance(part, LaidBullets)) == 90


# -- tables

COLUMNS = [Column("Ref"), Column("Place", 2), Column("Total", figures=True)]


def table(rows: list[Row], **changes: object) -> LaidTable:
    return LaidTable(TableBlock(COLUMNS, rows, **changes))  # type: ignore[arg-type]


def rows_on(pages: list[list[tuple[LaidBlock, float]]]) -> list[list[str]]:
    return [[str(row.cells[0]) for block, _ in page if isinstance(block, LaidTable) for row in block.rows] for page in pages]


def test_a_long_table_parts_between_rows_and_each_part_has_the_head(typesetter: Typesetter) -> None:
    block = table([Row([f"CAM-{number}", "Main entrance", "£300"]) for number in range(100)])
    block.set(typesetter, WIDTH, PAGE)
    pages = deal([block], PAGE)
    parts = [part for page in pages for part, _ in page if isinstance(part, LaidTable)]
    assert [ref for on in rows_on(pages) for ref in on] == [f"CAM-{number}" for number in range(100)]
    assert [part.continued for part in parts] == [False, *[True] * (len(parts) - 1)]
    assert all(part.height <= PAGE for part in parts)
    assert len({id(part.node) for part in parts}) == 1


@pytest.mark.parametrize("before", range(0, 690, 23))
def test_a_total_never_stands_alone_and_short_tables_stay_whole(typesetter: Typesetter, before: int) -> None:
    rows = [*(Row([f"CAM-{number}", "Hall", "£300"]) for number in range(22)), Row(["Subtotal", "", "£6,600"], "total")]
    block = table(rows, note="A note that stays with the table.")
    short = table(rows[-4:])
    for each in (block, short):
        each.set(typesetter, WIDTH, PAGE)
    found = [on for on in rows_on(deal([Fixed(before), block], PAGE)) if on]
    assert all(on != ["Subtotal"] for on in found)
    assert all(len(on) > 1 for on in found)
    assert len([on for on in rows_on(deal([Fixed(before), short], PAGE)) if on]) == 1


@pytest.mark.parametrize("count", range(25, 75))
def test_what_is_left_of_a_table_begins_a_page_where_a_low_row_would_still_fit(typesetter: Typesetter, count: int) -> None:
    block = table([Row([f"CAM-{number}", "word " * (60 if number == count - 1 else 1), "£300"]) for number in range(count)])
    block.set(typesetter, WIDTH, PAGE)
    pages = deal([block], PAGE)
    assert all(len(page) == 1 for page in pages)
    assert all(len(on) > 1 for on in rows_on(pages))


def test_figures_are_never_wrapped_and_columns_fill_the_width(typesetter: Typesetter) -> None:
    block = table([Row(["CAM-1", "word " * 60, "£1,234,567.89"])])
    block.set(typesetter, WIDTH, PAGE)
    boxes = block._laid[0].boxes
    assert len(boxes[2].facts[0][2]) == 1
    assert boxes[2].x + boxes[2].room == pytest.approx(WIDTH)


def test_no_word_of_a_head_is_broken_where_heads_are_wider_than_the_page(typesetter: Typesetter) -> None:
    heads = "Newest\nrecord|Counted|Organisations|Share of\ncounted|Cameras|Made by a\nlisted maker|Based in China\n(our reading)|Not\nknown"
    columns = [Column(head, figures=at > 0) for at, head in enumerate(heads.split("|"))]
    one = ("2026", "40", "35 to 37", "87.5% to 92.5%", "221", "96 to 104", "133 to 141", "26")
    widths = column_widths(typesetter, columns, [Row(one)], WIDTH, row_heads=True)
    assert sum(widths) == pytest.approx(WIDTH)
    for column, cell, room in zip(columns, one, widths, strict=True):
        words = [*column.head.split(), cell]
        assert all(typesetter.fonts.width(word, CELL_HEAD.face, CELL_HEAD.size) <= room - PAD_X for word in words)


def test_a_row_too_high_for_a_page_is_cut_and_says_so(typesetter: Typesetter) -> None:
    block = table([Row(["CAM-1", "word " * 5_000, "£1"])])
    block.set(typesetter, WIDTH, PAGE)
    assert block.height < PAGE
    last = block._laid[0].boxes[1].facts[0][2][-1]
    assert "more lines)" in last.spans[0].text


def test_tables_made_alike_have_the_same_columns(typesetter: Typesetter) -> None:
    small, large = Row(["CAM-1", "Hall", "£1"]), Row(["CAM-1", "Hall", "£1,234,567"])
    one, two = table([small], like=[small, large]), table([large], like=[small, large])
    for each in (one, two):
        each.set(typesetter, WIDTH, PAGE)
    assert [box.x for box in one._laid[0].boxes] == [box.x for box in two._laid[0].boxes]


def test_cells_are_set_in_the_type_of_tables(typesetter: Typesetter) -> None:
    block = table([Row(["CAM-1", "Hall", "0"])])
    block.set(typesetter, WIDTH, PAGE)
    looks = [box.facts[0][1] for box in block._laid[0].boxes]
    assert looks[0] == CELL.strong()
    assert looks[1] == CELL
    assert looks[2].colour != CELL.colour  # a zero is quiet


def test_tables_that_share_their_measure_have_the_same_columns(typesetter: Typesetter) -> None:
    small, large = Row(["CAM-1", "Hall", "£1"]), Row(["CAM-1", "Hall", "£1,234,567"])
    alike = [small, large]
    one, two, three = table([small], like=alike), table([large], like=alike), table([small], like=[small, large])
    for each in (one, two, three):
        each.set(typesetter, WIDTH, PAGE)
    assert len({tuple(box.x for box in each._laid[0].boxes) for each in (one, two, three)}) == 1


# -- long papers


class Cancelled(Exception):
    pass


def long_paper(progress: Callable[[int, int], None] | None = None, rows: int = 400) -> bytes:
    held = TableBlock(COLUMNS, [Row([f"CAM-{number}", "Main entrance", "£300"]) for number in range(rows)])
    occasion = Occasion(body=SCHOOL, as_at=AS_AT, knowledge_version="1")
    return draw(occasion.document("Long", [Heading("Long", 1), held]), FONTS, progress)[0]


def test_progress_goes_up_to_all_of_it_and_leaves_the_paper_as_it_is() -> None:
    told: list[tuple[int, int]] = []
    content = long_paper(lambda done, total: told.append((done, total)))
    assert content == long_paper()
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) > 400 * 11 / EVERY / 2


@pytest.mark.parametrize("at", [0.0, 0.2, 0.5, 0.9])
def test_what_progress_raises_ends_the_drawing(at: float) -> None:
    def stop(done: int, total: int) -> None:
        if done >= total * at:
            raise Cancelled

    with pytest.raises(Cancelled):
        long_paper(stop)


def test_elements_lie_in_object_streams_and_all_are_found() -> None:
    content = long_paper(rows=1_000)
    assert content.count(b"/Type/ObjStm") > 5
    assert b"/StructElem" not in content
    paper = read(content)
    assert [row[0] for row in paper.table("Ref").cells[1:]] == [f"CAM-{number}" for number in range(1_000)]


# -- no page with a single thing

LEFT = PAGE / 4


def things_on(pages: list[list[tuple[LaidBlock, float]]]) -> list[tuple[int, float]]:
    return [(sum(block.things for block, _ in page), page[-1][1] + page[-1][0].height) for page in pages]


@pytest.mark.parametrize("seed", range(40))
def test_no_page_of_any_paper_holds_a_single_bullet_or_row(typesetter: Typesetter, seed: int) -> None:
    chance = random.Random(seed)
    blocks: list[LaidBlock] = []
    for number in range(chance.randint(1, 9)):
        blocks.append(LaidHeading(Heading(f"Part {number}", 2, new_page=chance.random() < 0.2)))
        kind = chance.choice(("bullets", "table", "prose"))
        if kind == "bullets":
            blocks.append(LaidBullets(Bullets(["word " * chance.randint(1, 60)] * chance.randint(1, 30))))
        elif kind == "table":
            rows = [Row([f"CAM-{at}", "word " * chance.randint(1, 40), "£1"]) for at in range(chance.randint(1, 40))]
            blocks.append(table(rows, note="A note." if chance.random() < 0.3 else ""))
        else:
            blocks += [LaidProse(Prose("word " * chance.randint(5, 200))) for _ in range(chance.randint(1, 4))]
    for block in blocks:
        block.set(typesetter, WIDTH, PAGE)
    pages = deal(blocks, PAGE)
    assert all(y + block.height <= PAGE + 0.02 for page in pages for block, y in page)
    if len(pages) > 1:
        assert not [number for number, (things, filled) in enumerate(things_on(pages)) if things <= 1 and filled <= LEFT]
    words = sum(block.things for page in pages for block, _ in page if not isinstance(block, LaidProse))
    assert words == sum(block.things for block in blocks if not isinstance(block, LaidProse))


def test_a_beginning_of_one_line_begins_no_page() -> None:
    assert len(deal([Fixed(10), Fixed(10, new_page=True)], PAGE)) == 1


def test_what_a_last_bullet_belongs_to_moves_on_with_it_or_the_white_shrinks(typesetter: Typesetter) -> None:
    bullets = LaidBullets(Bullets(["one"]))
    bullets.set(typesetter, WIDTH, PAGE)
    paper = [Fixed(PAGE - 100), Fixed(95), bullets]
    pages = deal(paper, PAGE)
    assert [len(page) for page in pages] == [1, 2]
