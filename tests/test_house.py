"""The house stays as CONTRIBUTING says: its table is not stale, a class has a name of its own, modules make no circles."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from bench.house import (
    BEGINS,
    EDIT,
    ENDS,
    PACKAGE,
    PAGE,
    House,
    between,
    counted_in,
    extra,
    functions_of,
    passes_on,
    read_house,
)

WITHIN_PERCENT = 10
"""How far a room may grow or shrink before the table has to be saved again."""


@cache
def house() -> House:
    return read_house()


def test_the_table_of_the_house_is_not_stale() -> None:
    page = PAGE.read_text("utf-8")
    assert page.count(BEGINS) == page.count(ENDS) == 1
    said = counted_in(page)
    rooms = {room: tokens for room, (_, _, tokens) in house().rooms().items()}
    assert set(rooms) <= set(said), "python tests/bench/house.py --save"
    stale = [room for room, tokens in rooms.items() if abs(tokens - said[room]) * 100 > said[room] * WITHIN_PERCENT + 5_000]
    assert stale == [], "python tests/bench/house.py --save"


def test_no_more_functions_only_pass_on_than_the_table_says() -> None:
    said = counted_in(PAGE.read_text("utf-8"))
    assert len(house().passing) <= said["pass-through functions"] + 2, house().passing
    assert all(said[name] == number for name, number in extra(house()).items() if name.startswith("files a new edit"))


def test_modules_make_no_circles() -> None:
    assert house().circles == ()


def test_the_files_of_an_edit_are_there() -> None:
    assert [name for name in EDIT if not (PACKAGE / name).is_file()] == []


@pytest.mark.parametrize(
    ("source", "passes"),
    [
        ("def place(self, ids, to):\n    '''Moves.'''\n    return self.inventory.place(ids, to, self.by)", True),
        ("def place(self, ids, to):\n    return self.edit('set-place', lambda pen: place(pen, ids, to))", True),
        ("async def place(ids, to):\n    return await place(ids, to=to)", True),
        ("def place(ids, to):\n    place(ids, 3)", False),
        ("def place(ids, to):\n    place([*ids], to)", False),
        ("def place(ids, to):\n    sort(ids, to)", False),
        ("def place(ids, to):\n    return place(sorted(ids), to)", False),
        ("def place():\n    return place()", False),
    ],
)
def test_a_function_passes_on_if_it_calls_one_of_ours_with_all_it_was_given(source: str, passes: bool) -> None:
    (function,) = functions_of(ast.parse(source))
    assert passes_on(function, {"place", "edit"}) is passes


def test_what_lies_between_the_marks_is_the_table() -> None:
    assert counted_in(f"a 7\n{BEGINS}\n| `ui` | 2 | 1,234 |\n| **all** | 3 | 4 |\n{ENDS}\n| x | 9 |") == {"ui": 1234, "all": 4}
    assert between("") == ""
