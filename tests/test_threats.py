"""THREATS.md names each threat and fault once, with tests that exist, and a reason where it is not held."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
IDS = (
    *(f"N{number}" for number in range(1, 16)),
    *(f"H{number}" for number in range(1, 9)),
    *(f"F{number}" for number in range(1, 9)),
    *(f"R{number}" for number in range(1, 13)),
    "S",
    "C",
)
STATES = ("held", "partly", "not held")


def rows() -> list[tuple[str, str, list[str], str, str]]:
    """Id, what must hold, tests, state, reason of each row."""
    found = []
    for line in (TESTS / "THREATS.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[0] != "Id":
            names = [name.strip("`") for name in cells[2].split("<br>")]
            found.append((cells[0], cells[1], names, cells[3], cells[4] if len(cells) > 4 else ""))
    return found


def test_each_row_is_there_once_with_a_state_and_a_reason_where_it_is_not_held(capsys: pytest.CaptureFixture[str]) -> None:
    assert [row[0] for row in rows()] == list(IDS)
    for identity, must, names, state, why in rows():
        assert must, identity
        assert state in STATES, identity
        assert names, identity
        assert state == "held" or why, identity
    counts = Counter(row[3] for row in rows())
    with capsys.disabled():
        print(f"\nTHREATS.md: {len(IDS)} rows, " + ", ".join(f"{counts[state]} {state}" for state in STATES))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_each_test_that_it_names_exists(row: tuple[str, str, list[str], str, str]) -> None:
    for name in row[2]:
        path, _, function = name.partition("::")
        assert re.fullmatch(r"(?:\w+/)*test_\w+\.py::test_\w+", name), name
        tree = ast.parse((TESTS / path).read_text("utf-8"))
        assert function in {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}, name
