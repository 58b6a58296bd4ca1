"""A statement is held against a maker only where its quotation names that maker; each other refusal, on a planted fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from installers.knowledge.checks import check_reviewed
from installers.knowledge.sources import read_sources
from installers.knowledge.statement_checks import count_words, registered_names, says_name
from store.vendors_db.sources_sample import FILES, edited, write_sources

SAID, SEAT, OWN = "statements/some.toml", "statements/seat.toml", "statements/own.toml"
QUOTE = "a rule about what Holding makes"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (SAID, QUOTE, "a rule about what they make", 'against "holding", but its quotation does not name'),
        (SAID, QUOTE, "a rule about holding companies", 'against "holding", but its quotation does not name'),
        (SAID, QUOTE, "a rule about Holdings", 'against "holding", but its quotation does not name'),
        (SAID, QUOTE, "a rule about Maker A", 'against "holding", but its quotation does not name'),
        (SAID, QUOTE, f"{QUOTE} {'and more ' * 13}", "has 32 words; 30 are the most"),
        (SAID, 'manufacturer = "holding"', 'manufacturer = "stranger"', 'the manufacturer "stranger" is unknown'),
        (SAID, 'manufacturer = "maker-b"', 'manufacturer = "stranger"', 'the manufacturer "stranger" is unknown'),
        (SAID, "Somebody asked for a rule", "Somebody asked for a rule " * 4, "characters; 90 are the most"),
        (SAID, 'read_again = "2026-11-27"', 'read_again = "yesterday"', '"yesterday" is not a date'),
        (SAID, 'effective = "2022-11-24"', 'effective = "24.11.2022"', '"24.11.2022" is not a date'),
        (SAID, 'date = "2023-01"', 'date = "January"', '"January" is not a date'),
        (SAID, 'date = "2023-01"', 'date = "2022-10"', 'what "The Government" said on 2022-10 came before the statement'),
        (SAID, 'status = "proposed"', 'status = "forever"', "none of in force"),
        (SAID, 'about = "human-rights"', 'about = "gossip"', "none of human-rights"),
        (SAID, 'status = "statement"\nsource = "paper"', 'status = "statement"\nsource = "press"', 'source "press" is unknown'),
        (
            SAID,
            'status = "statement"\nsource = "paper"',
            'status = "statement"\nsource = "unseen"',
            "nobody has seen its source",
        ),
        (SAID, '“no”."\nsource = "paper"', '“no”."\nsource = "unseen"', 'nobody has seen its source "unseen"'),
        (SAID, 'scope = "everything"', 'scope = "everything"\nsource = "unseen"', 'nobody has seen its source "unseen"'),
        (SAID, "list = true\ndefault_on = true", "default_on = true", "are of lists only"),
        (SAID, "default_on = true", 'default_on = true\nreading = "Ours."', "needs no reading"),
        (SAID, "Somebody named", "Somebody banned", 'text says "banned"'),
        (SAID, "It denied it.", "Same, second source.", "a note to ourselves"),
        (SAID, "Nobody has followed it.", "Nobody; check Hansard.", "a note to ourselves"),
        (SEAT, 'reading = "It names nobody; that it means these companies is our reading."\n', "", "needs a reading"),
        (SEAT, 'seat = "Norway"\n', "", "a list names companies, or has a seat"),
        (SEAT, "list = true\ndefault_on = true\n", "", "are of lists only"),
        (OWN, 'id = "own"', 'id = "owned"', "a list names companies, or has a seat"),
        ("manufacturers/maker-a.toml", "Maker A said", "Maker A said (TBC)", "a note to ourselves"),
    ],
)
def test_a_planted_fault_is_refused(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    problems = check_reviewed(read_sources(write_sources(tmp_path, edited(file, old, new))))
    assert [problem for problem in problems if says in problem.say], [str(problem) for problem in problems]
    assert all(problem.line >= 1 and problem.file in FILES for problem in problems)


def test_only_what_was_seen_in_a_reworded_copy_needs_no_quotation_and_then_weighs_little(tmp_path: Path) -> None:
    text = FILES[SAID].replace("cameras of Maker A watch the camp", "")
    reworded = text.replace('said_by = "a newspaper"', 'said_by = "a newspaper; seen by us in a reworded copy"')
    heavy = reworded.replace("weight = 2", "weight = 1")
    said = {name: check_reviewed(read_sources(write_sources(tmp_path / name, {SAID: words})))
            for name, words in (("plain", text), ("reworded", reworded), ("heavy", heavy))}  # fmt: skip
    assert said["reworded"] == []
    assert all("does not name that maker" in said[name][0].say for name in ("plain", "heavy"))


def test_a_seat_list_that_names_a_company_is_refused(tmp_path: Path) -> None:
    text = FILES[SEAT] + '\n[[statement.names]]\nmanufacturer = "maker-b"\nquote = "said of Maker B"\n'
    problems = check_reviewed(read_sources(write_sources(tmp_path, {SEAT: text})))
    assert [problem.say for problem in problems] == ["a list with a seat names no company"]


def test_a_text_about_the_maker_needs_a_maker(tmp_path: Path) -> None:
    text = FILES[SAID].replace("It wrote about a camp.", "It wrote about {manufacturer}.")
    text = text[: text.rindex("[[statement.names]]")]
    problems = check_reviewed(read_sources(write_sources(tmp_path, {SAID: text})))
    assert [problem.say for problem in problems] == ["its text speaks of {manufacturer}, yet it names nobody"]


def test_a_maker_is_named_once(tmp_path: Path) -> None:
    text = FILES[SAID] + '\n[[statement.names]]\nmanufacturer = "maker-a"\nquote = "Maker A again"\n'
    problems = check_reviewed(read_sources(write_sources(tmp_path, {SAID: text})))
    assert [problem.say for problem in problems] == ['"maker-a" is named twice']


def test_a_maker_is_known_by_its_names_its_brands_and_its_owners(tmp_path: Path) -> None:
    names = registered_names(read_sources(write_sources(tmp_path)))
    assert {"Maker A", "Holding"} <= names["maker-a"]
    assert "Maker A" not in names["holding"]
    assert "Shop" not in names["maker-a"]
    assert {"Seller", "Shop", "The Shop"} == names["seller"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("equipment of Hikvision, Dahua and others", "Hikvision"),
        ("HIKVISION’s cameras", "Hikvision"),
        ("Hangzhou Hikvision Digital Technology Co., Ltd.", "Hikvision"),
        ("made by TP\u2011Link", "TP-Link"),
        ("(Dahua)", "Dahua"),
        ("Hangzhou\nHikvision", "Hangzhou Hikvision"),
    ],
)
def test_a_name_is_found_as_a_word_of_its_own(text: str, name: str) -> None:
    assert says_name(text, name)


@pytest.mark.parametrize(
    ("text", "name"), [("Hikvisions", "Hikvision"), ("an axis of evil", "Axis"), ("a vista", "Vista"), ("", "Axis")]
)
def test_another_word_is_no_name(text: str, name: str) -> None:
    assert not says_name(text, name)


def test_dashes_and_dots_are_no_words() -> None:
    assert count_words("a ban – on Hikvision … and Dahua") == 6
