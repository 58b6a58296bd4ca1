"""CVE records, made up here, are read into values, ranges and drafts; what has another form is refused or left to a person."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from camcensus.model.errors import NotOurFileError
from camcensus.model.records import Affected
from installers.knowledge.cve.drafts import draft_advisory, draft_source
from installers.knowledge.cve.records import CveProduct, CveVersion, read_cve_record
from installers.knowledge.cve.wording import bounds, model_pattern, ranges, read_day
from store.vendors_db.cve_sample import PRODUCT, record


def test_a_record_is_read_with_its_products_score_and_the_day_it_was_listed_as_exploited() -> None:
    read = read_cve_record(json.dumps(record()))
    assert (read.id, read.published, read.description) == ("CVE-2025-00001", "2026-01-13", "A flaw in a maker's goods.")
    assert read.products == (CveProduct("Maker", "AB-76xxNI-Qx(/xP)", (CveVersion("Build date before 250807", True),)),)
    assert (read.cvss, read.cvss_version, read.exploited_listed, read.unsupported) == (8.8, "3.1", "2026-02-01", False)
    assert read.vector is None
    scored = [{"cvssV3_1": {"baseScore": 7.5, "vectorString": "CVSS:3.1/AV:N"}}]
    assert read_cve_record(json.dumps(record(metrics=scored))).vector == "CVSS:3.1/AV:N"
    assert read.references == ("https://maker.example/notice",)
    assert read_cve_record(json.dumps(record(tags=["unsupported-when-assigned"]))).unsupported


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{" * 100_000,
        "null",
        json.dumps({**record(), "dataType": "CSAF"}),
        json.dumps({**record(), "cveMetadata": {"cveId": "CVE-2025-00001", "state": "REJECTED"}}),
        json.dumps({**record(), "cveMetadata": {"cveId": "CVE-2025-1\n[[advisory]]", "state": "PUBLISHED"}}),
        json.dumps(record(affected=[])),
        json.dumps(record(affected=[PRODUCT] * 5000)),
        '{"a": "' + "x" * 4_100_000 + '"}',
    ],
)
def test_what_is_no_published_record_of_products_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotOurFileError, match=r"\.$"):
        read_cve_record(text)


def test_parts_of_the_wrong_kind_are_left_out_and_never_taken_for_another() -> None:
    read = read_cve_record(json.dumps(record({"vendor": 7, "product": ["a"], "versions": "all"}, metrics="x", references=[3])))
    assert read.products == (CveProduct("", "", ()),)
    assert read.references == ()


@pytest.mark.parametrize(
    ("name", "model", "named"),
    [
        ("AB-76xxNI-Qx(/xP)", "AB-7608NI-Q2/8P", True),
        ("AB-76xxNI-Qx(/xP)", "AB-7608NI-Q2", True),
        ("AB-76xxNI-Qx(/xP)", "AB-7608NI-K2/8P", False),
        ("AB-76xxNI-Qx(/xP)", "AB-7608NXI-Q2", False),
        ("AB-76xxNI-Qx(/xP)", "iAB-7608NI-Q2", False),
        ("AB-76xxNI-Qx", "AB-7608NI-Q2/8P", False),
        ("AB-96xxxNI-Hx", "AB-96128NI-H16", True),
        ("AB-96xxxNI-Hx", "AB-9632NI-H16", False),
        ("AB-72xxHI-M1(/T)", "AB-7204HI-M1/T", True),
        ("AB-90xxHI-M8/S(S)", "AB-9016HI-M8/S", True),
        ("AB-90xxHI-M8/S(S)", "AB-9016HI-M8/S(S)", True),
        ("AB-ExxHI-xx", "AB-E04HI-B1", True),
        ("AB-2CD1xxx", "AB-2CD10234", False),
    ],
)
def test_a_pattern_names_the_models_that_the_record_means_and_no_others(name: str, model: str, named: bool) -> None:
    pattern = model_pattern(name)
    assert pattern is not None
    assert bool(re.search(pattern, model)) is named


def test_a_family_goes_on_with_parts_of_its_own() -> None:
    pattern = model_pattern("AB-2CD1xxxG2", series=True)
    assert pattern is not None
    assert re.search(pattern, "AB-2CD1043G2-LIU(2.8mm)")
    assert not re.search(pattern, "AB-2CD1043G20-I")
    assert model_pattern("NVR4XXX", "X") == "(?i)(?<![0-9A-Z])NVR4[0-9A-Z]{3}(?![0-9A-Z/(+])"


@pytest.mark.parametrize("name", ["", "cameras", "A1; A2", "AB-1(", "AB-1((B))", "[AB-1", "AB-1|.*", "A1" * 100, "n/a"])
def test_a_name_of_another_form_gives_no_pattern(name: str) -> None:
    assert model_pattern(name) is None


DAY = "2023-08-22"


@pytest.mark.parametrize(
    ("version", "read"),
    [
        (CveVersion("Build date before 250807", True), (Affected(built_before="2025-08-07"),)),
        (CveVersion("Versions which Build time before 2023/12/13", True), (Affected(built_before="2023-12-13"),)),
        (
            CveVersion("Versions below V5.7.13_230822 (including V5.7.13_230822)", True),
            (Affected(version_before="5.7.13"), Affected(version_from="5.7.13", version_until="5.7.13", built_until=DAY)),
        ),
        (
            CveVersion("0", True, before="1.1.5_Build_230822_Rel.5n"),
            (Affected(version_before="1.1.5"), Affected(version_from="1.1.5", version_until="1.1.5", built_before=DAY)),
        ),
        (CveVersion("7.0.0", True, before="8.40.89"), (Affected(version_from="7.0.0", version_before="8.40.89"),)),
        (CveVersion("0", True, until="51.7.0.77-r12"), (Affected(version_until="51.7.0.77.12"),)),
        (CveVersion("Prior to version 2.22.05", True), (Affected(version_before="2.22.05"),)),
        (CveVersion("<5.32", True), (Affected(version_before="5.32"),)),
        (CveVersion("3.1.0", True), (Affected(version_from="3.1.0", version_until="3.1.0"),)),
        (CveVersion("All versions", True), (Affected(every_firmware=True),)),
        (CveVersion("0", True, until="*"), (Affected(every_firmware=True),)),
        (CveVersion("VVTK-0100d", True), None),
        (CveVersion("0", True), None),
        (CveVersion("n/a", True), None),
        (CveVersion("certain versions before 2.0 or so", True), None),
        (CveVersion("1.0", False), None),
    ],
)
def test_firmware_is_read_exactly_or_not_at_all(version: CveVersion, read: tuple[Affected, ...] | None) -> None:
    assert bounds(version) == read


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("250807", "2025-08-07"),
        ("2024/02/02", "2024-02-02"),
        ("April 16, 2025", "2025-04-16"),
        ("1st July 2025 (not including 1st July 2025)", "2025-07-01"),
        ("April, 2022", "2022-04-01"),
        ("251345", None),
        ("02/03/2024", None),
        ("soon", None),
    ],
)
def test_days_are_read_where_they_can_mean_one_day_only(words: str, day: str | None) -> None:
    assert read_day(words) == day


def test_a_product_with_one_version_that_cannot_be_read_has_no_ranges() -> None:
    product = CveProduct("Maker", "AB-1", (CveVersion("1.0", True), CveVersion("R7b", True)))
    assert ranges(product) is None


def test_a_draft_is_sound_toml_names_what_was_not_read_and_cannot_pass_unread() -> None:
    odd = {"vendor": "Maker", "product": 'the "new"\nline\x7f', "versions": [{"version": "R7b\u2028x", "status": "affected"}]}
    other = {**PRODUCT, "product": "AB-77xxNI-Qx"}
    read = read_cve_record(json.dumps(record(PRODUCT, other, odd)))
    draft = draft_advisory(read, "maker")
    entry = tomllib.loads(draft)["advisory"][0]
    assert (entry["product_types"], entry["title"], entry["models_complete"]) == ([], "Somebody can misuse a flaw in it", False)
    assert (entry["exploited"], entry["exploited_listed"], entry["published"]) == (True, "2026-02-01", "2026-01-13")
    assert len(entry["affected"]) == 1
    assert entry["affected"][0]["models"] == [model_pattern("AB-76xxNI-Qx(/xP)"), model_pattern("AB-77xxNI-Qx")]
    assert [line for line in draft.splitlines() if line.startswith("# not read")] == ['# not read: the "new" line : R7b x']
    source = tomllib.loads(draft_source(read, "Maker", "2026-11"))["source"][0]
    assert (source["id"], source["publisher"]) == ("cve-2025-00001", "Maker (CVE record)")
