from __future__ import annotations

from pathlib import Path

import pytest

from installers.knowledge.checks import check_reviewed
from installers.knowledge.entries import SourceProblem
from installers.knowledge.sources import read_sources
from store.vendors_db.sources_sample import FILES, edited, write_sources

HTTP = "fingerprints/http.server.toml"
KINDS = "kinds/trade.toml"
CLAIMS = "brands/maker-a.toml"
SAID = "statements/some.toml"


def problems(folder: Path, changed: dict[str, str]) -> list[SourceProblem]:
    return check_reviewed(read_sources(write_sources(folder, changed)))


def second(text: str, **fields: str) -> dict[str, str]:
    """The sample's web fingerprints with a third one that differs in `fields`."""
    values = {
        "id": "http.server.b",
        "kind": "http.server",
        "pattern": "^B-Webs$",
        "family": "does",
        "group": "web",
        "role": "manufacturer",
        "subject": "maker-b",
        "strength": "strong",
        "why": "Its web page comes from the web server of Maker B.",
        "source": "paper",
    } | fields
    lines = "".join(f"{key} = '{value}'\n" for key, value in values.items())
    return {HTTP: FILES[HTTP] + "\n[[fingerprint]]\n" + lines + text}


def test_the_sample_is_sound(tmp_path: Path) -> None:
    assert problems(tmp_path, {}) == []
    assert problems(tmp_path, second('examples = ["B-Webs"]\n')) == []


FAULTS = [
    ("unknown maker of a claim", edited(CLAIMS, 'made_by = "maker-a"', 'made_by = "nobody"'), CLAIMS, 1, '"nobody" is unknown'),
    ("unknown brand of a claim", edited(CLAIMS, 'brand = "shop"', 'brand = "nobody"'), CLAIMS, 17, '"nobody" is unknown'),
    ("brand without a dated source", edited(CLAIMS, 'source = "paper"', 'source = "undated"'), CLAIMS, 1, "has no date"),
    ("unknown source", edited(CLAIMS, 'source = "paper"', 'source = "rumour"'), CLAIMS, 1, 'source "rumour" is unknown'),
    ("no source", edited(CLAIMS, 'source = "paper"\n', ""), CLAIMS, 1, "source is missing"),
    ("no basis", edited(CLAIMS, 'basis = "authority"\n', ""), CLAIMS, 9, "basis is missing"),
    ("odd basis", edited(CLAIMS, '"user-list"', '"hearsay"'), CLAIMS, 24, '"hearsay" is none of'),
    ("a claim without a word", edited(CLAIMS, 'note = "Some models."\n', ""), CLAIMS, 17, "note is missing"),
    ("a claim without a quotation", edited(CLAIMS, 'quote = "Shop sells what Maker A makes"\n', ""), CLAIMS, 17, "no quotation"),
    ("words without the brand", edited(CLAIMS, "Shop sells what", "It sells what"), CLAIMS, 17, 'does not name "shop"'),
    ("words without the maker", edited(CLAIMS, "Maker A makes", "it makes"), CLAIMS, 17, 'does not name "maker-a"'),
    ("words that say nothing", edited(CLAIMS, "Shop sells what Maker A makes", "Shop and Maker A"), CLAIMS, 17, "no word of making"),
    ("words for ever", edited(CLAIMS, "Shop sells", "Shop " + "very " * 30 + "sells"), CLAIMS, 17, "30 are the most"),
    ("a list that proves", edited(CLAIMS, '"own_brand"', '"listed"'), CLAIMS, 1, "is not shown"),
    ("proof by a dealer", edited(CLAIMS, 'basis = "maker"', 'basis = "dealer"'), CLAIMS, 1, 'on the word of "dealer" alone'),
    ("proof by a list", edited(CLAIMS, "verified = false\n", ""), CLAIMS, 17, 'on the word of "user-list" alone'),
    ("proof by one newspaper", edited(CLAIMS, 'basis = "maker"', 'basis = "press"'), CLAIMS, 1, 'on the word of "press" alone'),
    ("a maker of nothing", edited(CLAIMS, 'brand = "maker-b"', 'brand = "shop"'), "manufacturers/maker-b.toml", 1, "its role is"),
    ("odd date", edited(CLAIMS, 'until = "2022-05"', 'until = "May 2022"'), CLAIMS, 17, "is not a date"),
    ("odd relation", edited(CLAIMS, '"partial_oem"', '"cousin"'), CLAIMS, 20, '"cousin" is none of'),
    ("endless models", edited(CLAIMS, "^SH-", "(S+)+$"), CLAIMS, 17, "backtrack"),
    ("the same claim twice", {CLAIMS: FILES[CLAIMS] + "\n" + FILES[CLAIMS]}, CLAIMS, 30, "stands twice"),
    ("unknown kind", edited("vocabulary.toml", '"serial"', '"smell"'), "vocabulary.toml", 1, 'no codec reads a field "smell"'),
    ("forbidden kind", edited("vocabulary.toml", '"serial"', '"person.brand"'), "vocabulary.toml", 1, "may look at"),
    ("kind not in the vocabulary", edited("vocabulary.toml", '"http.server", ', ""), HTTP, 1, "is not in vocabulary.toml"),
    ("kind not the file's", edited(HTTP, 'kind = "http.server"', 'kind = "serial"'), HTTP, 3, "is not the name of the file"),
    ("unknown subject", edited(HTTP, 'subject = "maker-a"', 'subject = "maker-z"'), HTTP, 1, '"maker-z" is unknown'),
    ("unknown component", edited(HTTP, 'subject = "boa"', 'subject = "goa"'), HTTP, 15, '"goa" is unknown'),
    ("devices that are no kind", second('examples = ["B-Webs"]\ndevices = "teapot"\n'), HTTP, 28, 'devices "teapot" are no kind'),
    ("says in a does group", edited(HTTP, 'family = "does"', 'family = "says"'), HTTP, 1, "does not go with"),
    ("conclusive web page", edited(HTTP, '"strong"', '"conclusive"'), HTTP, 1, "is conclusive"),
    ("no example", edited(HTTP, 'examples = ["Boa/0.94"]\n', ""), HTTP, 15, "no example"),
    ("example not matched", edited(HTTP, '["A-Webs"]', '["A-Web"]'), HTTP, 1, "does not match"),
    ("counterexample matched", edited(HTTP, '["B-Webs"]', '["A-Webs"]'), HTTP, 1, "counterexample"),
    ("endless pattern", edited(HTTP, "^Boa/", "Boa(/+)+$"), HTTP, 15, "backtrack"),
    ("no pattern at all", edited(HTTP, "^Boa/", "Boa("), HTTP, 15, "no regular expression"),
    ("two sentences of why", edited(HTTP, "many makers.", "many. Makers"), HTTP, 15, "one plain sentence"),
    ("forbidden words", edited(HTTP, "shared by many makers", "a backdoor"), HTTP, 15, "wording rules"),
    ("unknown field", edited(HTTP, 'strength = "weak"', 'strength = "weak"\ncolour = "red"'), HTTP, 24, '"colour"'),
    ("id twice", edited(HTTP, "http.server.boa", "http.server.a"), HTTP, 15, "already stands in"),
    ("odd id", edited(HTTP, "http.server.boa", "Boa_Server"), HTTP, 15, "may hold only"),
    ("two owners of one example", second('examples = ["A-Webs"]\n', pattern="^[AB]-Webs$"), HTTP, 1, '"http.server.b"'),
    ("a repeat", second('examples = ["A-Webs"]\n', pattern="^A-Webs$", subject="maker-a"), HTTP, 28, "repeats"),
    ("kind of nothing known", edited(KINDS, 'kind = "camera"', 'kind = "teapot"'), KINDS, 1, '"teapot" is unknown'),
    ("grammar of nobody", edited(KINDS, 'maker = "maker-a"', 'maker = "nobody"'), KINDS, 11, '"nobody" is neither'),
    ("kind without an example", edited(KINDS, 'examples = ["IPC9-S"]\n', ""), KINDS, 11, "no example"),
    ("kind example not matched", edited(KINDS, '["IPC9-S"]', '["IPX9"]'), KINDS, 11, "does not match"),
    ("kind counterexample matched", edited(KINDS, '["XIPC3"]', '["IPC4"]'), KINDS, 1, "counterexample"),
    ("endless kind pattern", edited(KINDS, "IPC[0-9]", "I(/+)+$"), KINDS, 1, "backtrack"),
    ("kind pattern that captures", edited(KINDS, "IPC[0-9]", "IPC([0-9])"), KINDS, 1, "captures"),
    ("no kind pattern at all", edited(KINDS, "IPC[0-9]", "IPC["), KINDS, 1, "no regular expression"),
    ("conclusive kind", edited(KINDS, '"strong"', '"conclusive"'), KINDS, 6, "none of strong"),
    ("kind of another source", edited(KINDS, 'source = "paper"', 'source = "rumour"'), KINDS, 1, '"rumour" is unknown'),
    ("one example of two kinds", edited(KINDS, 'maker = "maker-a"\n', ""), KINDS, 11, "another kind"),
    ("shared by one", second('examples = ["B-Webs"]\nsubjects = ["maker-b"]\n', subject="maker-b", strength="weak"), HTTP, 28, "two makers or more"),
    ("shared and firm", second('examples = ["B-Webs"]\nsubjects = ["maker-a", "maker-b"]\n', subject=""), HTTP, 28, "is weak"),
    ("shared with nobody", second('examples = ["B-Webs"]\nsubjects = ["maker-a", "maker-z"]\n', subject="", strength="weak"), HTTP, 28, '"maker-z" is unknown'),
    ("half a pair", second('examples = ["B-Webs"]\nalso = { kind = "serial" }\n'), HTTP, 40, "also needs kind"),
    ("a pair with an unknown field", second('examples = ["B-Webs"]\nalso = { kind = "smell", pattern = "x", example = "x" }\n'), HTTP, 28, '"smell" in also'),
    ("a pair that its example does not show", second('examples = ["B-Webs"]\nalso = { kind = "serial", pattern = "^x$", example = "y" }\n'), HTTP, 28, "in also does not match"),
    ("an endless pair", second('examples = ["B-Webs"]\nalso = { kind = "serial", pattern = "(x+)+$", example = "x" }\n'), HTTP, 28, "backtrack"),
    ("circle", {"manufacturers/holding.toml": 'id = "holding"\nname = "Holding"\nparent = "maker-a"\nsource = "paper"\n'},
     "manufacturers/holding.toml", 1, "holding > maker-a > holding"),
    ("unknown parent", edited("manufacturers/maker-a.toml", '"holding"', '"moon"'), "manufacturers/maker-a.toml", 1, "moon"),
    ("file and id differ", edited("manufacturers/maker-b.toml", '"maker-b"', '"maker-c"'), "manufacturers/maker-b.toml", 1, "maker-c"),
    ("reply without source", edited("manufacturers/maker-a.toml", 'not”."\nsource = "paper"\n', 'not”."\n'), "manufacturers/maker-a.toml", 9, "source is missing"),
    ("seat without a country", edited("manufacturers/maker-a.toml", 'country = "Norway"\n', ""), "manufacturers/maker-a.toml", 1, "country is missing"),
    ("seat by nobody", edited("manufacturers/maker-a.toml", 'seat_source = "paper"', 'seat_source = "rumour"'), "manufacturers/maker-a.toml", 1, '"rumour" is unknown'),
    ("two spellings", edited("brands/names.toml", '"Maker A"', '"MAKER-A"'), "brands/names.toml", 1, 'is spelt "Maker A"'),
    ("one name, two ids", edited("brands/names.toml", '"The Shop"', '"maker b"'), "brands/names.toml", 9, "with two ids"),
    ("odd block", edited("oui.csv", "aabbce1", "AABBCE"), "oui.csv", 5, "prefix"),
    ("block twice", edited("oui.csv", "aabbcd", "aabbcc"), "oui.csv", 4, "already stands in line 3"),
    ("block of nobody", edited("oui.csv", "brand,shop", "brand,stall"), "oui.csv", 4, '"stall" is unknown'),
    ("exclusive block of nobody", edited("oui.csv", ",,,no", ",,,yes"), "oui.csv", 5, "exclusive"),
    ("undated blocks", edited("oui.csv", " date=2026-01-02", ""), "oui.csv", 1, "first line"),
    ("odd junk", edited("junk.toml", "00:00:00:00:00:00", "zero"), "junk.toml", 2, '"zero"'),
    ("list without a date", edited(SAID, '"2022-11-24"\nwhere', '""\nwhere'), SAID, 5, "date is missing"),
    ("odd weight", edited(SAID, "weight = 1", "weight = 3"), SAID, 14, "weight is 1"),
    ("no quotation", edited(SAID, 'quote = "a rule about what Holding makes"\n', ""), SAID, 19, "quote is missing"),
    ("odd field of a name", edited(SAID, 'scope = "every', 'range = "every'), SAID, 22, '"range" is not a field'),
    ("odd field of an answer", edited(SAID, 'by = "Maker B"', 'by = "Maker B"\nwho = "x"'), SAID, 40, '"who" is not a field'),
    ("never reviewed", {"CHANGES.md": "# Changes\n"}, "CHANGES.md", 1, "no heading"),
    ("broken TOML", {"junk.toml": "serials = [\n"}, "junk.toml", 1, "not TOML"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "file", "line", "say"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_a_planted_fault_is_named_with_its_file_and_line(
    tmp_path: Path, changed: dict[str, str], file: str, line: int, say: str
) -> None:
    found = problems(tmp_path, changed)
    assert any(one.file == file and one.line == line and say in one.say for one in found), [str(one) for one in found]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    write_sources(tmp_path)
    (tmp_path / "oui.csv").unlink()
    assert [one.file for one in check_reviewed(read_sources(tmp_path))] == ["oui.csv"]


def test_a_shared_example_may_be_declared(tmp_path: Path) -> None:
    text = 'examples = ["A-Webs"]\nshared = ["http.server.a"]\n'
    assert problems(tmp_path, second(text, pattern="^[AB]-Webs$")) == []


def test_a_brand_and_its_maker_may_share_an_example(tmp_path: Path) -> None:
    text = 'examples = ["A-Webs"]\n'
    brand = {"family": "says", "group": "claim", "role": "brand", "subject": "shop", "pattern": "^A-Webs?$"}
    assert problems(tmp_path, second(text, **brand)) == []


CALENDAR_FAULTS = [
    ("an entry twice", edited("calendar.toml", 'id = "cve"', 'id = "exploited"'), 14, "already stands in"),
    ("odd day", edited("calendar.toml", '"2026-01-05"', '"last week"'), 1, "is not a day"),
    ("no address", edited("calendar.toml", '"https://example.org/"', '"example"'), 1, "is no https address"),
    ("nothing to bring", edited("calendar.toml", 'bring = "a file"', 'bring = ""'), 1, "says what to bring"),
    ("unknown importer", edited("calendar.toml", 'importer = "cve"', 'importer = "rumours"'), 21, "is none of"),
    ("an importer nobody feeds", edited("calendar.toml", 'importer = "cve"', 'importer = ""'), 1, "comes from"),
    ("never due", edited("calendar.toml", "every_days = 91", "every_days = 0"), 9, "no whole number from 1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "line", "say"), [fault[1:] for fault in CALENDAR_FAULTS], ids=[fault[0] for fault in CALENDAR_FAULTS]
)
def test_a_fault_in_the_calendar_is_named(tmp_path: Path, changed: dict[str, str], line: int, say: str) -> None:
    found = problems(tmp_path, changed)
    assert any(one.file == "calendar.toml" and one.line == line and say in one.say for one in found), [
        str(one) for one in found
    ]


DRAFT = (
    '[[draft]]\nid = "fcc-holding"\nimporter = "fcc"\nfound = "holding"\nwhere = "list.html:12"\nseen = "2026-02-03"\n'
    'say = "The list has the words “Holding Ltd”. To be read at the source."\n'
)


def test_a_draft_is_read_and_never_passes_for_a_fact(tmp_path: Path) -> None:
    assert problems(tmp_path, {"drafts/fcc.toml": DRAFT}) == []
    found = problems(tmp_path, {"drafts/fcc.toml": DRAFT.replace("To be read at the source", "It is listed")})
    assert [(one.file, one.line) for one in found] == [("drafts/fcc.toml", 1)]
    found = problems(tmp_path, {"drafts/fcc.toml": DRAFT.replace('"2026-02-03"', '"yesterday"')})
    assert [(one.file, one.line) for one in found] == [("drafts/fcc.toml", 1)]


@pytest.mark.parametrize(("publisher", "proven"), [("A gazette", True), ("A publisher", False)])
def test_two_newspapers_prove_together_what_neither_proves_alone(tmp_path: Path, publisher: str, proven: bool) -> None:
    """Two articles of one publisher are one newspaper."""
    first, rest = FILES[CLAIMS].replace('basis = "maker"', 'basis = "press"').split("\n\n", 1)
    again = first.replace('source = "paper"', 'source = "gazette"')
    more = f'[[source]]\nid = "gazette"\ntitle = "News"\npublisher = "{publisher}"\ndate = "2024"\nretrieved = "2026-11"\n'
    found = problems(tmp_path, {CLAIMS: "\n\n".join((first, again, rest)), "sources/more.toml": more})
    assert (
        [one.say for one in found] == []
        if proven
        else ['it is verified on the word of "press" alone: say verified = false'] * 2
    )


def test_case_counts_only_where_it_is_said_to(tmp_path: Path) -> None:
    assert problems(tmp_path, second('examples = ["b-WEBS"]\n')) == []
    (found,) = problems(tmp_path, second('examples = ["b-WEBS"]\nexact_case = true\n'))
    assert "does not match" in found.say


def test_what_is_told_apart_by_another_field_may_share_an_example(tmp_path: Path) -> None:
    text = 'examples = ["A-Webs"]\nalso = { kind = "serial", pattern = "^x$", example = "x" }\n'
    assert problems(tmp_path, second(text, pattern="^[AB]-Webs$")) == []
