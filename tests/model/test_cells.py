"""No cell that Camcensus writes is taken for a formula."""

from __future__ import annotations

import pytest

from camcensus.model.cells import guarded


@pytest.mark.parametrize("sign", [*"=+-@", *"＝＋－＠"])
def test_a_cell_that_begins_like_a_formula_is_marked_as_text(sign: str) -> None:
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"
    assert guarded(f"  {sign}1+1").startswith("'")


def test_any_other_cell_stays_as_it_is() -> None:
    assert guarded("Hall = 3") == "Hall = 3"
