"""The number on Home holds the likely and the proven; a device whose signs disagree only may be listed."""

from __future__ import annotations

from dataclasses import replace

import samples
from camcensus.model.asset import KnownBy, Way
from camcensus.model.device import Grade
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import COUNT_CAMERAS, Count
from camcensus.tasks.register.rows import listed_to_decide, may_be_twice
from camcensus.tasks.register.verbs import AssetRow, count_rows
from camcensus.ui.home.numbers import found_words, how_sure
from ui_rows import row


def graded(number: int, grade: Grade, kind: str = "camera", **changes: object) -> AssetRow:
    verdict = samples.verdict(number)
    return row(
        number, f"R-{number}", replace(verdict, attribution=replace(verdict.attribution, grade=grade)), kind=kind, **changes
    )


def test_the_number_of_listed_devices_is_of_the_likely_and_surer() -> None:
    rows = [
        graded(1, "confirmed"), graded(2, "almost-certain"), graded(3, "likely"), graded(4, "conflicting"),
        graded(5, "almost-certain", "recorder"), row(6, "R-6", samples.verdict(6, maker=None)),
        graded(7, "almost-certain", status="removed"), graded(8, "almost-certain", "other"),
        graded(9, "almost-certain", status="spare"),
    ]  # fmt: skip
    counts = count_rows(rows)
    assert (counts.items.total, counts.items.undecided) == (6, 6)
    assert str(counts.cameras.listed) == "3"
    assert counts.items.listed == Count(3, 4, 5)
    assert counts.made_by_listed(str.title) == "4 devices made by a listed maker: 3 cameras, 1 recorder"
    assert how_sure(counts) == "Of which 3 proven, up to 5 in all with those that may be."
    assert found_words(counts, rows) == "5 cameras and 1 recorder. Also 1 device of another kind and 1 spare, not counted."


def test_without_doubt_nothing_is_said_of_it() -> None:
    counts = count_rows([graded(1, "almost-certain"), graded(2, "almost-certain")])
    assert counts.made_by_listed(str.title) == "2 cameras made by a listed maker"
    assert how_sure(counts) == "Proven."
    assert how_sure(count_rows([row(3, "R-3", samples.verdict(3, maker=None))])) == "No maker is known yet."


def test_a_shop_with_one_recorder_hears_who_made_it_and_what_to_do(knowledge: Knowledge) -> None:
    counts = count_rows([graded(1, "likely", "recorder")])
    assert counts.made_by_listed(str.title) == "1 recorder made by Dahua, listed"
    assert how_sure(counts) == f"Not proven yet. A search, or the labels, can prove it. {COUNT_CAMERAS}"
    assert listed_to_decide(counts, knowledge) == (
        "1 recorder made by Dahua, listed. Decide whether to keep, replace or remove it."
    )


def test_cameras_of_a_list_without_addresses_may_be_those_of_a_search() -> None:
    def known(number: int, *ways: Way, bare: bool) -> AssetRow:
        made = graded(number, "likely", known_by=tuple(KnownBy(way, "2026-12-02") for way in ways))
        return replace(made, addresses=(), mac=None, serial=None) if bare else made

    listed, found = known(1, "list", bare=True), known(2, "search", bare=False)
    assert may_be_twice([listed, found]) == (
        "Your list has 1 camera without an address or serial number, and a search found 1 that it may mean. "
        "Some may be counted twice: add addresses, or choose two on Cameras and “These two are one device”."
    )
    for settled in (
        [listed], [found], [known(1, "list", bare=False), found], [known(1, "person", "list", bare=True), found],
        [listed, known(2, "search", "list", bare=False)], [replace(listed, asset=replace(listed.asset, status="removed")), found],
    ):  # fmt: skip
        assert may_be_twice(settled) == ""
