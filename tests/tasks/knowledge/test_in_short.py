from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.assessment.on_record import NOTHING_ON_RECORD
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.knowledge.makers import in_short, maker_page

KNOWN = load_knowledge(Path(__file__).resolve().parents[3] / "vendors.db")
ON = frozenset(one.id for one in KNOWN.lists.values() if one.default_on)


def short(maker: str, enabled: frozenset[str] = ON, known: Knowledge = KNOWN) -> list[str]:
    return in_short(maker_page(known, maker), enabled)


@pytest.mark.parametrize("maker", sorted(KNOWN.manufacturers))
def test_every_maker_is_told_in_120_words_of_whole_sentences(maker: str) -> None:
    said = short(maker)
    assert len(" ".join(said).split()) <= 120
    assert all(one.endswith(".") and ".." not in one for one in said)


def test_who_owns_it_is_said_with_who_says_so_and_when() -> None:
    who = short("axis")[0]
    assert "It belongs to Canon." in who
    assert "99.26%" in who
    assert who.endswith("(Axis Communications, seen 2 December 2026).")
    assert short("concept-pro")[0].endswith("We hold no source that says who owns it.")


def test_each_kind_of_record_has_a_line_with_how_many_are_answered() -> None:
    told = short("axis")
    assert told[1] == "Human rights: 1 record, 1 answered, newest 2020."
    assert told[-2].startswith("First among them: “Amnesty: Axis")
    assert short("concept-pro")[1:-1] == [NOTHING_ON_RECORD]


def test_what_is_about_an_owner_is_never_said_of_the_maker_itself() -> None:
    told = short("pyronix")
    assert any(line.endswith("are about Hikvision.") for line in told)
    assert told[-1].startswith("A list that you use names Hikvision.")


def test_what_names_nobody_is_counted_for_nobody() -> None:
    told = short("netposa")
    assert not any("Departments were told" in line for line in told)
    assert "by our reading" in told[-1]


def test_a_list_in_use_and_our_reading_are_told_apart() -> None:
    assert short("hikvision")[-1].startswith("A list that you use names it; by our reading")
    assert short("tiandy")[-1].startswith("No list that you use names it; by our reading")
    assert short("hikvision", frozenset())[-1].startswith("No list that you use names it.")


def test_a_seller_says_whose_goods_are_shown_or_that_nobody_shows_it() -> None:
    assert "Dahua and RaySharp made some of its range." in short("lorex")[0]
    few = replace(KNOWN, brands=tuple(one for one in KNOWN.brands if one.brand != "lorex"))
    assert "Who makes its range is not known." in short("lorex", known=few)[0]
