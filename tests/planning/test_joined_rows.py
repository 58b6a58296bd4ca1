"""Small rows of a published table: none is shown, what is shown adds up, and no subtraction gives back what is not."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from camcensus.planning.foi_counts import SMALL
from camcensus.planning.joined_rows import HELD, ROW, BesideCount, CountsOfTable, JoinedRows, ShownPack, join_rows

ALONE = CountsOfTable(key="kind", counts=("cameras",))
PARTS = CountsOfTable(
    key="kind", counts=("cameras", "listed", "not_known"), beside=(BesideCount("listed_proven", "listed"),),
    parts=(("cameras", ("listed", "not_known")),), holders=(("listed", "bodies"), ("listed_proven", "sure")),
)  # fmt: skip


def of_cameras(*numbers: int) -> list[dict[str, Any]]:
    return [{"kind": chr(97 + at), "cameras": number} for at, number in enumerate(numbers)]


def cameras(done: JoinedRows) -> list[int | None]:
    return [row["cameras"] for row in done.rows]


def test_a_table_without_small_counts_stays_as_it_is() -> None:
    done = join_rows(of_cameras(0, 5, 90), ALONE)
    assert (cameras(done), done.several, done.unsaid) == ([0, 5, 90], None, frozenset())


def test_one_small_row_takes_the_next_smallest_with_it() -> None:
    done = join_rows(of_cameras(40, 3, 12, 90), ALONE)
    assert cameras(done) == [40, None, None, 90]
    assert done.several == {"cameras": 15}


def test_small_rows_that_are_many_enough_together_take_none_with_them() -> None:
    assert cameras(join_rows(of_cameras(3, 4, 90), ALONE)) == [None, None, 90]
    assert cameras(join_rows(of_cameras(1, 2, 7, 90), ALONE)) == [None, None, None, 90]


def test_rows_that_cannot_be_hidden_by_others_are_none_of_them_shown() -> None:
    done = join_rows(of_cameras(3), ALONE)
    assert (cameras(done), done.several, done.unsaid) == ([None], None, {"cameras"})


def test_what_the_organisations_have_at_least_is_not_all_that_joined_rows_hold() -> None:
    of = CountsOfTable(key="kind", counts=("cameras",), holders=(("cameras", "bodies"),))
    rows = [{"kind": "a", "cameras": 3, "bodies": 3}, {"kind": "b", "cameras": 2, "bodies": 2},
            {"kind": "c", "cameras": 9, "bodies": 1}, {"kind": "d", "cameras": 99, "bodies": 9}]  # fmt: skip
    assert cameras(join_rows(rows, of)) == [None, None, None, 99]


def held(kind: str, *numbers: int) -> dict[str, Any]:
    return {"kind": kind, "cameras": sum(numbers), HELD: {"cameras": {f"{kind}{at}": n for at, n in enumerate(numbers)}}}


def test_what_one_or_two_organisations_have_is_joined_with_what_others_have() -> None:
    many = held("d", *[11] * 9)
    assert cameras(join_rows([held("a", 70), held("b", 0, 0), held("c", 7, 7, 6), many], ALONE)) == [None, None, None, 99]
    assert cameras(join_rows([held("a", 70, 70), held("c", 9, 9, 9), many], ALONE)) == [None, None, 99]
    assert cameras(join_rows([held("a", 70, 0, 0), held("b", 30, 30, 30), many], ALONE)) == [None, None, 99]


def test_what_one_organisation_has_nearly_alone_is_joined() -> None:
    few, many = held("b", 30, 20, 15), held("c", *[11] * 9)
    assert cameras(join_rows([held("a", 50, 40, 4), few, many], ALONE)) == [None, None, 99]
    assert cameras(join_rows([held("a", 50, 40, 5), few, many], ALONE)) == [95, 65, 99]


def test_where_organisations_are_named_one_camera_of_each_is_not_shown() -> None:
    of = CountsOfTable(key="kind", counts=("cameras",), holders=(("cameras", "bodies"),), named=frozenset({"cameras"}))
    rows = [{"kind": "a", "cameras": 6, "bodies": 6}, {"kind": "b", "cameras": 9, "bodies": 5},
            {"kind": "c", "cameras": 99, "bodies": 9}]  # fmt: skip
    assert cameras(join_rows(rows, of)) == [None, None, 99]
    assert cameras(join_rows(rows, replace(of, named=frozenset()))) == [6, 9, 99]


def shown(rows: list[dict[str, Any]], done: JoinedRows) -> ShownPack:
    return ShownPack({row["kind"]: row[HELD] for row in rows}, done.together)


def known(rows: list[dict[str, Any]], *before: ShownPack) -> JoinedRows:
    return join_rows([row | {ROW: row["kind"]} for row in rows], ALONE, before=before)


def test_a_row_that_differs_by_one_organisation_from_an_earlier_pack_is_joined() -> None:
    first = [held("a", 20, 20, 20), held("b", 30, 30, 30), held("c", 40, 40, 40)]
    pack = shown(first, known(first))
    assert cameras(known(first, pack)) == [60, 90, 120], "the same again tells nothing"
    more = [held("a", 20, 20, 20, 50), held("b", 35, 36, 37, 9), held("c", 40, 40, 40)]
    assert cameras(known(more)) == [110, 117, 120]
    assert cameras(known(more, pack)) == [None, None, 120], "a has one organisation more"
    all_new = [held("a", 26, 26, 26), held("b", 30, 30, 30), held("c", 40, 40, 40)]
    assert cameras(known(all_new, pack)) == [78, 90, 120], "three that changed hide each other"


def test_where_all_that_is_new_is_one_organisation_no_table_shows_any_total() -> None:
    first = [held("a", 20, 20, 20), held("b", 30, 30, 30)]
    done = known([held("a", 20, 20, 20, 50), held("b", 30, 30, 30)], shown(first, known(first)))
    assert (cameras(done), done.unsaid) == ([None, None], {"cameras"})


def test_what_was_joined_in_an_earlier_pack_stays_joined() -> None:
    first = [held("a", 70), held("b", 30, 30, 30), held("c", 40, 40, 40)]
    before = known(first)
    assert cameras(before) == [None, None, 120]
    grown = [held("a", 70, 60, 60), held("b", 36, 30, 30), held("c", 40, 40, 40)]
    assert cameras(known(grown)) == [190, 96, 120]
    assert cameras(known(grown, shown(first, before))) == [None, None, 120]


def test_only_what_is_beside_a_count_goes_where_it_alone_tells() -> None:
    rows = [
        {"kind": kind, "cameras": 100, "listed_proven": low, "listed": 50, "not_known": 20, "bodies": 9, "sure": 9}
        for kind, low in (("a", 48), ("b", 40), ("c", 50))
    ]
    done = join_rows(rows, PARTS)
    assert [(row["listed_proven"], row["listed"]) for row in done.rows] == [(None, 50), (None, 50), (50, 50)]
    assert done.several is None


def test_what_there_are_at_the_most_is_hidden_only_by_rows_with_as_many_not_known() -> None:
    most = BesideCount("most", "listed", ((("not_known", "listed"), ("most",)),), room="not_known")
    of = CountsOfTable(key="kind", counts=("cameras", "listed", "not_known"), beside=(most,))
    rows = [
        {"kind": kind, "cameras": 200, "listed": 50, "not_known": unknown, "most": 50 + may}
        for kind, unknown, may in (("a", 20, 3), ("b", 0, 0), ("c", 40, 20), ("d", 90, 0))
    ]
    assert [row["most"] for row in join_rows(rows, of).rows] == [None, 50, None, 50]
    left_over = [rows[0] | {"most": 67}, *rows[1:]]  # all but 3 of those that are not known
    assert [row["most"] for row in join_rows(left_over, of).rows] == [None, 50, None, 50]


def test_a_row_that_is_published_elsewhere_hides_no_other() -> None:
    of = CountsOfTable(key="kind", counts=("cameras",), known=frozenset({"a"}))
    assert cameras(join_rows(of_cameras(6, 3, 70), of)) == [6, None, None]


def drawn(draw: random.Random, rows: int, most: int) -> list[dict[str, Any]]:
    made = []
    for at in range(rows):
        sure, likely, other, unknown = (draw.choice((0, 0, draw.randint(0, most))) for _ in range(4))
        made.append(
            {
                "kind": chr(97 + at), "cameras": sure + likely + other + unknown, "listed_proven": sure, "listed": sure + likely,
                "not_known": unknown, "bodies": draw.randint(0, sure + likely) and 1, "sure": int(sure > 0),
            }
        )  # fmt: skip
    return made


NAMES = ("cameras", "listed_proven", "listed", "not_known")


def splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to part a number into so many."""
    for bars in itertools.combinations(range(total + parts - 1), parts - 1):
        ends = (-1, *bars, total + parts - 1)
        yield tuple(ends[at + 1] - ends[at] - 1 for at in range(parts))


@pytest.mark.parametrize("seed", range(150))
def test_nothing_small_is_shown_and_what_is_shown_adds_up(seed: int) -> None:
    draw = random.Random(seed)
    rows = drawn(draw, draw.randint(1, 9), draw.choice((6, 30, 200)))
    done = join_rows(rows, PARTS)
    total = {name: None if name in done.unsaid else sum(row[name] for row in rows) for name in NAMES}
    for values in (*done.rows, *filter(None, [done.several]), total):
        shown = {name: values[name] for name in NAMES if values[name] is not None}
        assert not any(0 < number < SMALL for number in shown.values()), values
        for whole, part in (("listed", "listed_proven"), ("cameras", "listed"), ("cameras", "not_known")):
            if shown.keys() >= {whole, part}:
                assert not 0 < shown[whole] - shown[part] < SMALL, values
        if shown.keys() >= {"cameras", "listed", "not_known"}:
            assert not 0 < shown["cameras"] - shown["listed"] - shown["not_known"] < SMALL, values
    if done.several is not None:
        for name in ("cameras", "listed", "not_known"):
            if name not in done.unsaid:
                shown_sum = sum(row[name] for row in done.rows if row[name] is not None)
                assert shown_sum + (done.several[name] or 0) == total[name]


@pytest.mark.parametrize("seed", range(150))
def test_every_way_to_fill_in_what_is_not_shown_leaves_each_count_open(seed: int) -> None:
    """The reader knows every total, and that no count is below none or below what its organisations have."""
    draw = random.Random(seed)
    of = CountsOfTable(key="kind", counts=("cameras",), holders=(("cameras", "bodies"),))
    rows = [{"kind": str(at), "cameras": number, "bodies": draw.randint(0, number)}
            for at, number in enumerate(draw.choice((0, 1, 2, 3, 4, 5, 6, 8)) for _ in range(draw.randint(1, 5)))]  # fmt: skip
    done = join_rows(rows, of)
    hidden = [at for at, row in enumerate(done.rows) if row["cameras"] is None]
    if done.unsaid or not hidden:
        return
    left = sum(rows[at]["cameras"] for at in hidden)
    possible = [
        one
        for one in splits(left, len(hidden))
        if all(number >= rows[at]["bodies"] for at, number in zip(hidden, one, strict=True))
    ]
    for place in range(len(hidden)):
        assert len({one[place] for one in possible}) > 1, (rows, done)


@pytest.mark.parametrize("seed", range(150))
def test_every_way_to_fill_in_what_is_proven_leaves_each_open(seed: int) -> None:
    """The reader knows the counts, how many of all are proven, and how many organisations have one that is proven."""
    draw = random.Random(seed)
    of = CountsOfTable(
        key="kind", counts=("listed",), beside=(BesideCount("listed_proven", "listed"),), holders=(("listed_proven", "sure"),)
    )
    rows = []
    for at in range(draw.randint(1, 5)):
        high = draw.choice((0, 5, 6, 9))
        low = draw.randint(0, high)
        rows.append({"kind": str(at), "listed": high, "listed_proven": low, "sure": draw.randint(0, low)})
    done = join_rows(rows, of)
    hidden = [at for at, row in enumerate(done.rows) if row["listed_proven"] is None]
    if "listed_proven" in done.unsaid or not hidden:
        return
    left = sum(rows[at]["listed_proven"] for at in hidden)
    possible = [
        one
        for one in itertools.product(*(range(rows[at]["sure"], rows[at]["listed"] + 1) for at in hidden))
        if sum(one) == left
    ]
    for place, at in enumerate(hidden):
        low, high = rows[at]["listed_proven"], rows[at]["listed"]
        if 0 < low < SMALL or 0 < high - low < SMALL:
            assert len({one[place] for one in possible}) > 1, (rows, done)
