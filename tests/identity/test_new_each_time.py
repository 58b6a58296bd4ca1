"""Which endpoint ids are new each time, and so no mark."""

from __future__ import annotations

from datetime import timedelta

import pytest

from camcensus.identity.known_by import marks_of
from camcensus.identity.new_each_time import changing, differing, never_twice, without_ids
from camcensus.model.observation import Observation
from tasks.finding.networks import Box, home, seen_of
from tasks.finding.test_known_by import BEGAN

NAME = "uuid wsdiscovery"


def seen(week: int, number: int) -> list[Observation]:
    return seen_of({"10.0.0.1": home(Box(1, id_of=number))}, week)


@pytest.mark.parametrize(
    ("ids", "is_new_each_time"),
    [
        ((1, 2, 3), True),
        ((1, 2, 3, 4, 5), True),
        ((1, 2), False),
        ((1,), False),
        ((1, 1, 1), False),
        ((1, 2, 3, 1), False),
        ((1, 2, 2, 3, 4), False),
    ],
)
def test_three_searches_have_to_see_ids_of_which_no_two_are_the_same(ids: tuple[int, ...], is_new_each_time: bool) -> None:
    began = [(BEGAN + timedelta(weeks=week)).strftime("%Y-%m-%dT%H:%M:%SZ") for week in range(len(ids))]
    every = [one for week, number in enumerate(ids) for one in seen(week, number)]
    assert never_twice(every, began) == (frozenset({NAME}) if is_new_each_time else frozenset())
    assert never_twice([one for one in every for _ in range(2)], began) == never_twice(every, began)


def test_several_ids_in_one_search_are_of_several_devices() -> None:
    assert never_twice([one for number in range(1, 6) for one in seen(0, number)], ["2026-11-24T10:00:00Z"]) == frozenset()


def test_each_look_has_to_show_ids_that_no_other_did() -> None:
    one, two, three, none = seen(0, 1), seen(0, 2), seen(0, 3), seen_of({"10.0.0.1": home(Box(1, frozenset()))}, 0)
    assert differing(one, two) == changing({NAME}, [one, two, three]) == {NAME}
    for looks in ([one, two, two], [one, two, one], [one, two, none], [one, two, [*two, *three]]):
        assert changing({NAME}, looks) == frozenset()
    assert differing(one, one) == frozenset()


def test_all_else_that_is_told_there_stays() -> None:
    every = seen(0, 1)
    rest = marks_of(without_ids(every, {NAME}))
    assert rest == {name: values for name, values in marks_of(every).items() if name != NAME}
    assert without_ids(every, frozenset()) == tuple(every)
