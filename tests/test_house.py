"""The house stays as CONTRIBUTING says: its table is not stale, a class has a name of its own, modules make no circles."""

from __future__ import annotations

import re
from pathlib import Path

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
    read_house,
    within,
)
from bench.passes import pass_throughs
from conftest import ROOT

WITHIN_PERCENT = 10
"""How far a room may grow or shrink before the table has to be saved again."""


@pytest.fixture(scope="module")
def house() -> House:
    return read_house()


def test_the_table_of_the_house_is_not_stale(house: House) -> None:
    page = PAGE.read_text("utf-8")
    assert page.count(BEGINS) == page.count(ENDS) == 1
    said = counted_in(page)
    rooms = {room: tokens for room, (_, _, tokens) in house.rooms().items()}
    assert set(rooms) <= set(said), "python tests/bench/house.py --save"
    stale = [room for room, tokens in rooms.items() if abs(tokens - said[room]) * 100 > said[room] * WITHIN_PERCENT + 5_000]
    assert stale == [], "python tests/bench/house.py --save"


def test_the_page_is_narrow_and_names_files_that_are_there() -> None:
    page = PAGE.read_text("utf-8")
    assert [line for line in page.splitlines() if len(line) > 100] == []
    named = set(re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|toml|md|json|csv))[`:]", page))
    homes = (ROOT, PACKAGE, PACKAGE / "store", PACKAGE / "tasks", ROOT / "resources" / "vendors")
    assert len(named) > 60
    assert [name for name in sorted(named) if not any((home / name).exists() for home in homes)] == []


def test_no_more_functions_only_pass_on_than_the_table_says(house: House) -> None:
    said = counted_in(PAGE.read_text("utf-8"))
    assert len(house.passing) <= said["pass-through functions"] + 2, house.passing
    assert all(said[name] == number for name, number in extra(house).items() if name.startswith("files a new edit"))


def test_a_class_has_a_name_of_its_own(house: House) -> None:
    assert house.shared_names == {}, "name it by its field"


def test_modules_make_no_circles(house: House) -> None:
    assert house.circles == ()


def test_the_files_of_an_edit_are_there() -> None:
    assert [name for name in EDIT if not (PACKAGE / name).is_file()] == []


@pytest.mark.parametrize(
    ("source", "passes"),
    [
        ("def place(self, ids, to):\n    'Moves.'\n    return self.inventory.place(ids, to, self.by, self.clock())", True),
        ("def place(self, ids, to):\n    return self.edit('set-place', lambda pen: put(pen, ids, to))", True),
        ("async def place(ids, to):\n    return await put(ids, to=to)", True),
        ("def place(self, ids):\n    with self.reading():\n        return put(ids)", True),
        ("def place(ids, to):\n    put([*ids], to)", False),
        ("def place(ids, to):\n    return put(sorted(ids), to)", False),
        ("def place(ids, to):\n    return Place(ids, to)", False),
        ("def place(ids):\n    return len(ids)", False),
        ("def sizeHint(self, of):\n    return size(of)", False),
        ("def place():\n    return put()", False),
    ],
)
def test_a_function_passes_on_if_it_hands_on_what_it_was_given(source: str, passes: bool, tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(source)
    assert bool(pass_throughs(tmp_path)) is passes


def test_what_lies_between_the_marks_is_the_table() -> None:
    assert counted_in(f"a 7\n{BEGINS}\n| `ui` | 2 | 1,234 |\n| **all** | 3 | 4 |\n{ENDS}\n| x | 9 |") == {"ui": 1234, "all": 4}
    assert between("") == ""


def test_a_house_that_grew_is_said_by_how_much(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    tokens = sum(count for _, _, count in house.rooms().values())
    assert within(house, None)
    assert within(house, tokens + 5)
    assert capsys.readouterr().out == f"The house is 5 tokens below its limit of {tokens + 5:,}.\n"
    assert not within(house, tokens - 1_000)
    assert capsys.readouterr().err == f"The house is 1,000 tokens ABOVE its limit of {tokens - 1_000:,}.\n"
