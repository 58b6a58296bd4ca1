"""Words about a flaw are held to the vector of its score: whoever says more is told which word, and a draft never does."""

from __future__ import annotations

import json
from itertools import product

import pytest

from installers.knowledge.cve.records import read_cve_record
from installers.knowledge.cve.score import Score, read_vector, words_beyond
from installers.knowledge.cve.sentences import draft_words
from store.vendors_db.cve_sample import record

OPEN = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


def score(vector: str) -> Score:
    read = read_vector(vector)
    assert read is not None
    return read


def test_a_vector_is_read_in_any_order_and_version_4_counts_what_is_reached_through_the_device() -> None:
    assert score(OPEN) == Score("network", "none", False, False, True, True, True, True)
    assert score("CVSS:3.1/AC:L/AV:A/A:H/C:N/I:H/PR:N/S:U/UI:R") == Score(
        "same network", "none", True, False, False, True, True, False
    )
    four = score("CVSS:4.0/AV:N/AC:H/AT:P/PR:H/UI:P/VC:N/VI:N/VA:N/SC:H/SI:L/SA:N/E:P/AU:Y/U:Red")
    assert four == Score("network", "administrator", True, True, True, True, False, False)


@pytest.mark.parametrize(
    "vector", ["", "AV:N/AC:L/Au:N/C:P/I:P/A:P", "CVSS:3.1/AV:N", "CVSS:2.0/AV:N/AC:L", OPEN + "\n", "x" + OPEN]
)
def test_what_is_no_whole_vector_of_version_3_or_4_is_no_score(vector: str) -> None:
    assert read_vector(vector) is None


@pytest.mark.parametrize(
    ("title", "summary", "vector", "says"),
    [
        (
            "Anybody who reaches it on the network can crash it",
            "",
            "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
            "same network",
        ),
        ("Anybody on the same network can crash it", "", "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", "device itself"),
        ("Anybody on the same network can crash it", "A login.", "CVSS:3.1/AV:A/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H", "anybody can"),
        ("It can be crashed without a password", "A link.", "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H", "anybody can"),
        ("Somebody can take control of it", "", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 'bear out "take control"'),
        (
            "Somebody can run programs of their own on it",
            "",
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
            'out "programs of"',
        ),
        ("Somebody can see its pictures", "", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 'bear out "see"'),
        ("Somebody can stop it", "", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 'bear out "stop"'),
        ("Commands can be run on it", "", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:L", "takes a login"),
        ("Somebody with a login can stop it", "", "CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H", "an administrator's login"),
        ("Somebody can stop it", "", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H", "hard to use"),
        ("A script can be run", "", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:L/VI:L/VA:L/SC:N/SI:N/SA:N", "do something first"),
    ],
)
def test_each_way_to_say_more_than_the_score_is_named(title: str, summary: str, vector: str, says: str) -> None:
    assert any(says in fault for fault in words_beyond(title, summary, score(vector)))


@pytest.mark.parametrize(
    ("title", "summary", "vector"),
    [
        ("Anybody who reaches it on the network can take control of it without a password", "", OPEN),
        ("Somebody with a login can delete files on it", "", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H"),
        (
            "Anybody who reaches it on the network can become its administrator",
            "The report's text says so; its score counts only what could be read.",
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:N",
        ),
    ],
)
def test_what_the_score_bears_out_passes_and_so_does_a_difference_that_the_summary_tells(
    title: str, summary: str, vector: str
) -> None:
    assert not list(words_beyond(title, summary, score(vector)))


TEXTS = (
    "allows an unauthenticated remote attacker to execute arbitrary code on the camera.",
    "An authenticated user could inject commands (command injection).",
    "A network-adjacent attacker can bypass authentication.",
    "Live video streams can be viewed without authentication.",
    "Crafted packets cause a denial of service.",
    "A stack-based buffer overflow exists in the parser.",
    "An attacker may delete arbitrary files.",
    "Hard-coded credentials are used.",
    "Something is wrong.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_no_draft_says_more_than_its_score_whatever_the_text(text: str) -> None:
    impacts = ("C:H/I:N/A:N", "C:N/I:N/A:H", "C:L/I:L/A:L", "C:H/I:H/A:H")
    for reach, hard, login, led, impact in product("NALP", "LH", "NLH", "NR", impacts):
        vector = f"CVSS:3.1/AV:{reach}/AC:{hard}/PR:{login}/UI:{led}/S:U/{impact}"
        made = record(
            descriptions=[{"lang": "en", "value": text}], metrics=[{"cvssV3_1": {"baseScore": 5, "vectorString": vector}}]
        )
        title, summary = draft_words(read_cve_record(json.dumps(made)))
        assert not list(words_beyond(title, summary, score(vector))), (title, summary, vector)


@pytest.mark.parametrize(
    ("text", "vector", "title"),
    [
        (TEXTS[0], OPEN, "Anybody who reaches it on the network can run programs of their own on it without a password"),
        (
            "A network-adjacent attacker can execute code.",
            OPEN.replace("AV:N", "AV:A"),
            "Anybody on the same network can run programs of their own on it without a password",
        ),
        (
            "A buffer overflow may lead to remote code execution.",
            OPEN.replace("PR:N", "PR:H"),
            "Somebody with an administrator's login may be able to run programs of their own on it",
        ),
        ("A stack overflow exists.", OPEN.replace("PR:N", "PR:L"), "Somebody with a login can set off a fault in its memory"),
        (
            "A guest can change settings, but not full code execution.",
            OPEN.replace("PR:N", "PR:L"),
            "Somebody with a login can change its settings",
        ),
        (
            "A user list is open. Combined with another flaw, code execution follows.",
            OPEN,
            "Anybody who reaches it on the network can misuse a flaw in it",
        ),
        (
            "An attacker can log in with a default password and watch the video stream.",
            OPEN,
            "Somebody who knows its built-in or default password or key can see its pictures",
        ),
        (
            "A man-in-the-middle can obtain sensitive information.",
            OPEN,
            "Somebody who can listen in between, or change what passes, can read information that it should keep to itself",
        ),
        ("The cause is unknown.", "", "Somebody can misuse a flaw in it"),
    ],
)
def test_a_draft_says_who_and_what_by_the_records_words_and_score(text: str, vector: str, title: str) -> None:
    metrics = [{"cvssV3_1": {"baseScore": 5, "vectorString": vector}}] if vector else []
    made = record(descriptions=[{"lang": "en", "value": text}], metrics=metrics)
    assert draft_words(read_cve_record(json.dumps(made)))[0] == title


def test_a_draft_of_a_record_without_a_score_does_not_claim_that_no_login_is_needed() -> None:
    title, summary = draft_words(
        read_cve_record(json.dumps(record(descriptions=[{"lang": "en", "value": "It can be crashed."}])))
    )
    assert title == "Somebody can put it, or a part of it, out of action"
    assert summary == "The report does not say whether it takes a login."
