"""Each check of companies, sources and records fires on a planted fault, and names its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from installers.knowledge.checks import check_reviewed
from installers.knowledge.sources import read_sources
from store.vendors_db.sources_sample import FILES, edited, write_sources

ADVISORIES = "advisories/maker-a.toml"
VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
CAPABILITIES = "capabilities/maker-a.toml"
OWN_MAKER = "manufacturers/maker-a.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (OWN_MAKER, 'role = "both"', 'role = "seller"', "none of maker, brand-owner, both"),
        (OWN_MAKER, 'role = "both"', 'role = "brand-owner"', '"maker-a" makes no cameras'),
        ("manufacturers/seller.toml", "verified = false", "verified = true", 'nobody has seen its source "unseen"'),
        ("manufacturers/seller.toml", "It sells.", "It sells banned things.", 'note says "banned"'),
        ("brands/names.toml", 'owner = "seller"', 'owner = "nobody"', 'owner "nobody" is no company'),
        ("brands/names.toml", '\nsource = "paper"', "", "what is said of a brand needs a source"),
        ("brands/maker-a.toml", "verified = false", "verified = 1", "verified is neither true nor false"),
        ("hosts.toml", '"copies.example"', '"example.org"', "example.org copies other publishers"),
        (ADVISORIES, '"maker-a"', '"maker-x"', 'manufacturer "maker-x" is unknown'),
        (ADVISORIES, '"shop"', '"shopp"', 'brand "shopp" is unknown'),
        (ADVISORIES, 'source = "paper"', 'source = "press"', 'source "press" is unknown'),
        (ADVISORIES, "CVE-2021-12345", "CVE-21-1", "neither a CVE number"),
        (ADVISORIES, "maker-a-2020-01", "CVE-2021-12345", "already stands in advisories/maker-a.toml:1"),
        (ADVISORIES, "2022-01-10", "10.1.2022", "is not a date"),
        (ADVISORIES, '"2021-01-01"', '"2021-01"', "is not a day"),
        (ADVISORIES, '"1.4"', '"V1.4"', "is not of digits and dots only"),
        (ADVISORIES, "certain = false", "every_firmware = true", "every_firmware has no bounds beside it"),
        (ADVISORIES, "certain = false", "sure = false", '"sure" is not a field known here'),
        (ADVISORIES, "models = ['(?i)\\bA3'], ", "", "a range names no model"),
        (ADVISORIES, "'(?i)\\bA3'", "'(A+)+$'", "can backtrack without bound"),
        (ADVISORIES, "'(?i)\\bA3'", "'('", "models is no regular expression"),
        (ADVISORIES, '["software"]', '["program"]', 'product_types "program" is none of camera'),
        (ADVISORIES, '["software"]', "[]", "product_types is missing, empty"),
        (ADVISORIES, '"camera", "recorder"', '"camera", "camera"', "says one thing twice"),
        (ADVISORIES, 'kind = "recorder"', 'kind = "switch"', "about a switch, which product_types does not name"),
        (ADVISORIES, 'kind = "recorder"', 'kind = "radio"', 'kind "radio" is none of camera'),
        (ADVISORIES, "'^R7[a-c]'", "'('", "firmware is no regular expression"),
        (ADVISORIES, "2021-01-20", "20.1.2021", "is not a date"),
        (ADVISORIES, "cvss = 9.8", 'cvss = "9.8"', "cvss is not a number"),
        (ADVISORIES, "cvss = 9.8", 'cvss = 9.8\nvector = "AV:N"', 'vector "AV:N" is not a vector'),
        (ADVISORIES, "cvss = 9.8", f'cvss = 9.8\nvector = "{VECTOR.replace("3.1", "3.0")}"', "not of the version 3.1"),
        (ADVISORIES, "cvss = 9.8", f'cvss = 9.8\nvector = "{VECTOR.replace("PR:N", "PR:H")}"', "an administrator's login"),
        (
            ADVISORIES,
            "  { models = ['(?i)\\bA1', '(?i)\\bA2'], built_before = \"2021-01-01\" },",
            "  1,",
            "affected is not a list of tables",
        ),
        (ADVISORIES, "Anybody can read settings.", "A backdoor.", 'summary says "backdoor"'),
        (CAPABILITIES, "people-counting", "mind-reading", "none of face-detection"),
        (CAPABILITIES, '"people-counting"', '"people-counting", "people-counting"', "capabilities names something twice"),
        (CAPABILITIES, '["people-counting"]', "[]", "it names too few capabilities"),
        (CAPABILITIES, '"able"', '"one-of"', "it names too few capabilities"),
        (CAPABILITIES, '"able"', '"maybe"', "none of able, one-of, none"),
        (CAPABILITIES, 'kind = "able"', 'kind = "none"\nsaid_by = "a newspaper"', "only the maker's own text"),
        (CAPABILITIES, 'source = "paper"', 'source = "unseen"', "needs an address where it can be read again"),
        (CAPABILITIES, "'(?i)\\bA1'", "'(A*)*B'", "can backtrack without bound"),
        ("replacements.toml", '"maker-b"', '"nobody"', 'manufacturer "nobody" is unknown'),
        ("ends-of-life.toml", "'(?i)\\bA1'", "'(A|A)*$'", "can backtrack without bound"),
        ("ends-of-life.toml", 'source = "paper"', "", "source is missing"),
        ("registry.txt", "source=paper", "source=press", 'source "press" is unknown'),
        ("registry.txt", "# source", "#source", "first line must be like"),
        ("registry.txt", "0011223 001122345", "0011223 0011223", "0011223 stands twice"),
        ("registry.txt", "0011223 ", "00112233 ", "is no prefix of 6, 7 or 9"),
        ("registry.txt", "A switch maker\t001122", "A switch maker", "a registrant, a tab, and its prefixes"),
    ],
)
def test_a_planted_fault_is_found_with_its_file(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    problems = check_reviewed(read_sources(write_sources(tmp_path, edited(file, old, new))))
    assert [problem for problem in problems if says in problem.say], [str(problem) for problem in problems]
    assert all(problem.line >= 1 and problem.file in {*FILES, "brands/maker-a.toml"} for problem in problems)
