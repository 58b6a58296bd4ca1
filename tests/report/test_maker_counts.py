"""Tables of cameras by maker, by place and by age: the rest share a row, and columns add up."""

from __future__ import annotations

from camcensus.model.blocks import TableBlock
from camcensus.report.maker_counts import NOT_KNOWN, STEPS, Counted, makers, places, shortened

MAKERS: list[Counted] = [("Dahua", (4, 9, 2, 0)), ("Axis", (9, 0, 0, 0)), (NOT_KNOWN, (0, 0, 0, 5))]


def cells(table: TableBlock) -> list[list[str]]:
    return [[str(cell) for cell in row.cells] for row in table.rows]


def test_the_rest_share_a_row_and_nothing_is_lost() -> None:
    many: list[Counted] = [(f"Maker {at}", (10 - at, at % 3, 0, 0)) for at in range(9)] + [(NOT_KNOWN, (0, 0, 0, 4))]
    short = shortened(many, 4, "other makers", NOT_KNOWN)
    assert [name for name, _ in short] == ["Maker 0", "Maker 1", "Maker 2", "6 other makers", NOT_KNOWN]
    for step in range(4):
        assert sum(numbers[step] for _, numbers in short) == sum(numbers[step] for _, numbers in many)
    assert shortened(many, 9, "other makers", NOT_KNOWN) == many


def test_the_columns_of_makers_add_up() -> None:
    table = makers(MAKERS, 8, "tight")
    assert [column.head for column in table.columns] == ["Made by", *STEPS, "Cameras"]
    *rows, total = cells(table)
    assert [row[0] for row in rows] == [name for name, _ in MAKERS]
    assert [sum(map(int, row[1:-1])) for row in rows] == [int(row[-1]) for row in rows]
    assert [int(one) for one in total[1:]] == [sum(int(row[at]) for row in rows) for at in range(1, 6)]


def test_places_beyond_those_named_share_a_row() -> None:
    *rows, total = cells(places([(f"Block {at:02d}", (at + 1,)) for at in range(1, 41)], 5, "close"))
    assert [row[0] for row in rows] == ["Block 40", "Block 39", "Block 38", "Block 37", "36 other places"]
    assert sum(int(row[1]) for row in rows) == int(total[1]) == sum(at + 1 for at in range(1, 41))
