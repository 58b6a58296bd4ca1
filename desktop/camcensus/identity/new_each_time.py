"""Questions that a device answers with another endpoint id each time: what it tells there is no mark, and vouches for nothing.

Some make one up at each start, or for each answer. `identity/fickle.py` says the same for the register, within one search.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from camcensus.identity.known_by import Marks, is_same, marks_of, shown_by_search
from camcensus.model.observation import Observation

SEARCHES = 3
"""In so many searches it showed another: one that was exchanged once, or got a new firmware, shows a new one in one of them."""
EACH_TIME = "its endpoint id is another each time it is asked"


def never_twice(observations: Iterable[Observation], searches: Sequence[str]) -> frozenset[str]:
    """The questions to which no search of SEARCHES or more was told an endpoint id that another one was told too.

    An id that was seen in two searches is a mark for good: who stands in its place since makes it none.
    """
    return frozenset(
        name
        for name, shown in shown_by_search(observations, searches).items()
        if name.startswith("uuid ") and len(shown) >= SEARCHES and len({*sum(shown, ())}) == len(sum(shown, ()))
    )


def differing(known: Iterable[Observation], now: Iterable[Observation]) -> frozenset[str]:
    """The questions that were answered with another endpoint id than the one that it is `known` by."""
    before, after = marks_of(known), marks_of(now)
    both = (name for name in after if name in before and name.startswith("uuid "))
    return frozenset(name for name in both if not is_same(name, after[name], before[name]))


def changing(names: Iterable[str], looks: Sequence[Iterable[Observation]]) -> frozenset[str]:
    """Those questions to which each of several looks, one after the other, was told ids that no other was told."""
    marks = [marks_of(one) for one in looks]
    shown = {name: [one[name] for one in marks if name in one] for name in names}
    return frozenset(
        name for name, some in shown.items() if len(some) == len(marks) and len({*sum(some, ())}) == len(sum(some, ()))
    )


def waived(told: Marks) -> frozenset[str]:
    """Questions for an endpoint id of which nothing counts, as `KnownDevices.trusted` names them."""
    return frozenset(name for name, values in told.items() if name.startswith("uuid ") and not values)


def without_ids(observations: Iterable[Observation], names: Collection[str]) -> tuple[Observation, ...]:
    """The same replies without the endpoint ids that these questions were answered with."""

    def plain(one: Observation) -> Observation:
        if not any(name in names for name in marks_of([one])):
            return one
        fields = {name: values for name, values in one.reading.fields.items() if name != "uuid"}
        return replace(one, reading=replace(one.reading, fields=fields)).known_as(one.id)

    return tuple(map(plain, observations)) if names else tuple(observations)
