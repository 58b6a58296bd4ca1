"""What a cell says of the makers that its column asks for: none, some or all of theirs; what may mean another is named.

`made_by.tsv` was looked at to write the rule, `made_by_kept.tsv` only to score it.
"""

from __future__ import annotations

import time

import pytest

from answer_sheets import claims, outcome, read, written
from camcensus.model.claims import Figure
from camcensus.registers.answer_figures import READ_CHARACTERS


@pytest.mark.parametrize(("heading", "cell", "said"), written("made_by.tsv"))
def test_what_was_looked_at_is_read_as_it_was_meant(heading: str, cell: str, said: str) -> None:
    assert outcome(cell, heading) == said


def test_what_was_not_looked_at_is_read_right_or_named() -> None:
    kept = [(outcome(cell, heading), said.split("|"), cell) for heading, cell, said in written("made_by_kept.tsv")]
    assert [cell for made, said, cell in kept if made not in (*said, "named")] == []
    assert sum(made in said for made, said, _ in kept) >= LEAST_RIGHT


LEAST_RIGHT = 54
"""How many of 80 were right when the rule was scored on them for the first time; before it were 30."""


@pytest.mark.parametrize("maker", ["Hikvision", "Dahua Technology", "i-PRO", "Foo Vision"])
def test_none_of_a_maker_is_none_under_every_name_and_form_of_sheet(maker: str) -> None:
    rows = [f"{maker},no {maker} cameras", f"{maker},none of ours are {maker.upper()}"]
    found = claims("body,question,maker,answer\n" + "".join(f"Org {n},How many?,{row}\n" for n, row in enumerate(rows)))
    assert [one.figure for one in found.values()] == [Figure(0, 0)] * 2


def test_a_mark_of_ours_in_a_cell_is_no_maker() -> None:
    assert [outcome(f"no {mark} cameras", heading) for mark in "\x01\x02\x03\x04" for heading in HEADINGS] == ["named"] * 8


HEADINGS = ("How many cameras?", "How many Hikvision cameras?")


@pytest.mark.parametrize("words", ["none", "no Hikvision", "we do not have any"])
def test_a_cell_that_says_one_thing_over_and_over_is_read_at_once(words: str) -> None:
    long = words + " on site" * ((READ_CHARACTERS - len(words) - 2) // 8)
    begin = time.process_time()
    assert outcome(f"{long} x", HEADINGS[1]) == "named"
    assert time.process_time() - begin < 0.3
    assert outcome(long, HEADINGS[1]) == outcome(f"{words} onsite", HEADINGS[1]) == "0"


def test_no_answer_of_a_maker_is_one_of_all_cameras() -> None:
    found = read("organisation,How many cameras?,Other makers\nElm,no Hikvision cameras,none of ours are Hikvision\n")
    assert not found.claims
    assert [one.column for one in found.problems] == ["How many cameras?", "Other makers"]
