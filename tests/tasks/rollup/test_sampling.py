"""Wilson's interval, by which the range of an estimate is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camcensus.tasks.rollup.sections import Z_95, wilson


@pytest.mark.parametrize(
    ("part", "of", "low", "high"),
    # Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(part: int, of: int, low: float, high: float) -> None:
    assert wilson(part, of) == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_its_ends_are_as_far_from_the_share_as_the_score_says(pair: tuple[int, int]) -> None:
    part, of = pair
    low, high = wilson(part, of)
    assert 0 <= low <= part / of <= high <= 1
    for end in (low, high):
        if 0 < end < 1:
            assert abs(end - part / of) == pytest.approx(Z_95 * (end * (1 - end) / of) ** 0.5)
