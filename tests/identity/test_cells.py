"""Any cell of any column is read or is one sentence that says what is wrong with it."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camcensus.model import registers
from camcensus.model.registers import Cell, RegisterField
from camcensus.registers.cells import Unreadable, read_cell

FIELDS = registers.FIELDS
ODD: tuple[Cell, ...] = (
    "9" * 5000, "£" + "9" * 5000 + ".50", "9" * 5000 + "/1/2026", "9" * 5000 + " days", "FY" + "9" * 5000, "1" * 5000 + ".0.0.1",
    float("inf"), float("-inf"), float("nan"), 1e308, -1e308, 5e-324, -0.0, 2958466.0, -1.0, "١٢", "²", "0x10", "1e400", "\0",
    "\ud800", date.max, date.min, True,
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_an_odd_cell_is_read_or_one_sentence(field: RegisterField) -> None:
    for cell in ODD:
        with contextlib.suppress(Unreadable):
            read_cell(field, cell, "Column")


@given(st.sampled_from(FIELDS), st.one_of(st.text(max_size=60), st.floats(), st.dates(), st.booleans(), st.none()))
def test_so_is_any_cell(field: RegisterField, cell: Cell) -> None:
    with contextlib.suppress(Unreadable):
        read_cell(field, cell, "Column")
