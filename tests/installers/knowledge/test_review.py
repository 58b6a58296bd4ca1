"""What is due is listed in order of its weight, an hour's work first, with where to look and what comes next."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from camcensus.model.errors import KnowledgeError
from installers.knowledge.__main__ import main
from installers.knowledge.review import DueReview, Review, review, review_document, review_lines
from store.vendors_db.sources_sample import FILES, write_sources

TODAY = date(2026, 3, 10)
CLAIM = (
    '\n[[claim]]\nbrand = "shop"\nmade_by = "maker-a"\nrelation = "oem_rebrand"\nbasis = "maker"\nnote = "All of it."\n'
    'source = "paper"\nread_again = "2026-02-01"\n'
)
DRAFT = (
    '[[draft]]\nid = "fcc-maker-b"\nimporter = "fcc"\nfound = "maker-b"\nwhere = "list.html:12"\nseen = "2026-02-03"\n'
    'say = "The list has the words “Maker B Ltd”. To be read at the source."\n'
)


def said(found: Review, kind: str) -> list[str]:
    return [one.say for one in found.due if one.kind == kind]


def test_what_was_looked_at_within_its_interval_is_not_due_and_comes_next(tmp_path: Path) -> None:
    found = review(write_sources(tmp_path), TODAY)
    assert said(found, "look") == []
    assert found.next_due == ("Facts of exploited: last looked at on 5 January 2026.", date(2026, 4, 6))
    later = review(tmp_path, date(2026, 4, 6))
    assert len(said(later, "look")) == 9
    assert [one.weight for one in later.due] == sorted(one.weight for one in later.due)


def test_an_entry_never_looked_at_is_due_before_one_that_is_late(tmp_path: Path) -> None:
    calendar = FILES["calendar.toml"]
    at = calendar.index('looked_at = "2026-01-05"', calendar.index('id = "fcc"'))
    changed = calendar[:at] + calendar[calendar.index("\n", at) + 1 :]
    found = review(write_sources(tmp_path, {"calendar.toml": changed}), date(2026, 6, 1))
    assert said(found, "look")[0] == "Facts of fcc: nobody has looked yet."


def test_statements_and_claims_that_nobody_read_again_are_due_and_those_read_again_after_their_interval(tmp_path: Path) -> None:
    changed = {"brands/maker-a.toml": FILES["brands/maker-a.toml"] + CLAIM}
    write_sources(tmp_path, changed)
    found = review(tmp_path, TODAY)
    assert not any("Somebody asked for a rule" in one for one in said(found, "statement"))  # Read again already.
    assert any("Somebody spoke of companies based in a country" in one for one in said(found, "statement"))
    assert not any("Your own list" in one for one in said(found, "statement"))
    assert said(found, "claim") == []
    late = review(tmp_path, date(2027, 2, 2))
    assert said(late, "claim") == ["Shop is said to be made by Maker A: read again on 1 February 2026."]
    write_sources(tmp_path, {"brands/maker-a.toml": changed["brands/maker-a.toml"].replace('read_again = "2026-02-01"\n', "")})
    again = review(tmp_path, TODAY)
    assert said(again, "claim") == ["Shop is said to be made by Maker A: nobody has read its source again."]
    assert next(one.look_at for one in again.due if one.kind == "claim") == "A paper, A publisher, https://example.org/"


def test_a_claim_that_leads_to_no_flag_is_not_asked_for(tmp_path: Path) -> None:
    claim = CLAIM.replace('read_again = "2026-02-01"\n', "")
    for harmless in (
        claim.replace("oem_rebrand", "partial_oem"),
        claim + "verified = false\n",
        claim.replace('"maker-a"', '"maker-b"'),
    ):
        found = review(write_sources(tmp_path, {"brands/maker-a.toml": FILES["brands/maker-a.toml"] + harmless}), TODAY)
        assert said(found, "claim") == []


def test_sources_are_due_where_unseen_undated_or_seen_long_ago_and_only_where_something_rests_on_them(tmp_path: Path) -> None:
    write_sources(tmp_path)
    found = review(tmp_path, TODAY)
    assert any(
        one.startswith("“Cited by others”, Another publisher: nobody here has seen it.") for one in said(found, "source")
    )
    assert "No date" not in str(found.due)  # Nothing rests on it.
    assert any(one.startswith("“A paper”") for one in said(review(tmp_path, date(2027, 1, 5)), "source"))


def test_an_open_draft_is_due_and_a_settled_one_is_not(tmp_path: Path) -> None:
    found = review(write_sources(tmp_path, {"drafts/fcc.toml": DRAFT}), TODAY)
    assert found.due[0].say.startswith("The list has the words “Maker B Ltd”. To be read at the source.")
    settled = review(write_sources(tmp_path, {"drafts/fcc.toml": DRAFT + 'settled = "Another company (2026-03-01)"\n'}), TODAY)
    assert said(settled, "draft") == []


def test_an_hour_is_filled_in_order_and_the_rest_is_counted() -> None:
    due = tuple(DueReview(1, "statement", f"Statement {number}.", ("a.toml", number), 25) for number in range(1, 5))
    found = Review(TODAY, due)
    assert len(found.hour) == 2
    lines = review_lines(found)
    assert lines[0] == "This quarter’s hour: 2 things to do, about 50 minutes."
    assert "  2 statements that nobody has read again, about 50 minutes" in lines
    assert review_lines(found, every=True)[0] == "All that is due: 4 things to do, about 100 minutes."
    assert len(Review(TODAY, (DueReview(1, "look", "A long one.", ("a.toml", 1), 200),)).hour) == 1
    assert review_lines(Review(TODAY, ())) == ["Nothing is due on 10 March 2026."]


def test_sources_of_wrong_form_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="run “knowledge check” first"):
        review(write_sources(tmp_path, {"calendar.toml": "[[entry]\n"}), TODAY)


def test_the_command_prints_sentences_or_a_document_and_its_status_says_whether_something_is_due(
    tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(tmp_path)
    assert main(["review", "--sources", str(tmp_path), "--today", "2026-03-10"]) == 1
    assert "Next due, on 6 April 2026" in capsys.readouterr().out
    assert main(["review", "--sources", str(tmp_path), "--today", "2026-03-10", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, json.loads((data_dir / "resources/schema/knowledge-review.schema.json").read_text("utf-8")))
    assert document == review_document(review(tmp_path, TODAY))
    assert main(["review", "--sources", str(tmp_path), "--today", "soon"]) == 2
    assert "is no day" in capsys.readouterr().err


def test_the_calendar_that_ships_is_read_and_reviewed(data_dir: Path) -> None:
    found = review(data_dir / "resources" / "vendors", date(2030, 1, 1))
    looks = [one for one in found.due if one.kind == "look"]
    assert {one.entry.importer for one in looks if one.entry is not None} >= {
        "cve",
        "exploited",
        "ieee",
        "fcc",
        "urn",
        "ods",
        "gss",
    }
    assert sum(one.minutes for one in found.hour) <= 60
