"""Small rows of the table for release: joined by the rule, and no camera lost."""

from __future__ import annotations

import random

import pytest

from camcensus.model.foi import PublicCount
from camcensus.planning.foi_counts import SMALL
from camcensus.planning.foi_joining import SEVERAL, join_small


def row(
    made_by: str = "Axis", year: str = "2020-21", number: int = 1, *, type_: str = "dome", decided: str = "keep"
) -> PublicCount:
    return PublicCount(made_by, "likely", type_, "inside", "school", year, decided, number)


def drawn(seed: int) -> list[PublicCount]:
    pick = random.Random(seed)
    found = {}
    for _ in range(pick.randrange(40)):
        words = (
            pick.choice(("Axis", "Dahua", "not known")), pick.choice(("likely", "not known")), pick.choice(("dome", "bullet")),
            pick.choice(("inside", "outside")), "school", pick.choice(("2019", "2020-21", "not recorded")),
            pick.choice(("keep", "not decided")),
        )  # fmt: skip
        found[words] = PublicCount(*words, count=pick.choice((1, 1, 2, 4, 5, 9, 40)))
    return list(found.values())


@pytest.mark.parametrize("seed", range(200))
def test_no_row_is_small_unless_all_are_and_every_camera_is_counted_once(seed: int) -> None:
    rows = drawn(seed)
    total = sum(one.count for one in rows)
    joined = join_small(rows)
    assert sum(one.count for one in joined) == total
    assert all(one.count >= SMALL for one in joined) or (len(joined) == 1 and total < SMALL)
    assert join_small(joined) == joined
    assert len(set(joined)) == len(joined)


def test_rows_that_differ_only_in_the_year_are_joined_first() -> None:
    rows = [row(year="2019", number=2), row(year="2020-21", number=3), row("Dahua", number=7)]
    assert join_small(rows) == (row(year=SEVERAL, number=5), row("Dahua", number=7))


def test_the_maker_stays_named_as_long_as_its_rows_are_enough() -> None:
    rows = [row("Dahua", number=2), row("Dahua", type_="bullet", decided="remove", number=4), row(number=6)]
    assert [(one.made_by, one.count) for one in join_small(rows)] == [("Axis", 6), ("Dahua", 6)]


def test_a_left_over_goes_into_the_smallest_row_so_that_no_subtraction_tells_it() -> None:
    rows = [row("Dahua", number=1), row(number=6), row("Bosch", number=9)]
    assert [(one.made_by, one.count) for one in join_small(rows)] == [("Bosch", 9), (SEVERAL, 7)]


def test_large_rows_stay_as_they_are() -> None:
    rows = (row(number=SMALL), row("Dahua", number=50))
    assert join_small(rows) == rows
    assert join_small(()) == ()
