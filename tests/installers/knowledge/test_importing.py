"""`knowledge import`: each kind of published file, made here in its publisher's layout, is held against the sample sources."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from camcensus.tasks.rollup.bodies_list import read_bodies
from installers.knowledge.__main__ import main
from installers.knowledge.build import build
from installers.knowledge.calendar import IMPORT_KINDS
from installers.knowledge.checks import check_reviewed
from installers.knowledge.importing import IMPORTERS
from installers.knowledge.sources import digest_of, read_sources
from store.vendors_db.sources_sample import FILES, write_sources

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Carries out `knowledge import` in this process, on 10 March 2026; gives status, stdout and stderr."""
    monkeypatch.setattr("installers.knowledge.__main__.now", lambda: datetime(2026, 3, 10, 12, tzinfo=UTC))

    def carry_out(*argv: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["import", *(str(argument) for argument in argv)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err + out
        return status, out, err

    return carry_out


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    general = FILES["sources/general.toml"] + (
        '\n[[source]]\nid = "ieee-registry"\ntitle = "Blocks"\npublisher = "IEEE"\nretrieved = "2026-01"\n'
    )
    return write_sources(tmp_path / "vendors", {"sources/general.toml": general})


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def sound(sources: Path) -> bool:
    return check_reviewed(read_sources(sources)) == []


def looked_at(sources: Path, kind: str) -> str | None:
    return next(item.value.looked_at for item in read_sources(sources).calendar if item.value.importer == kind)


def catalogue(*rows: dict[str, Any], day: str = "2026-03-01") -> str:
    document = {
        "title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": day.replace("-", "."),
        "dateReleased": f"{day}T17:04:19.9796Z", "count": len(rows), "vulnerabilities": list(rows),
    }  # fmt: skip
    return json.dumps(document)


def exploited(number: str, vendor: str, added: str, product: str = "IP Camera") -> dict[str, Any]:
    return {
        "cveID": number, "vendorProject": vendor, "product": product, "vulnerabilityName": f"{vendor} {product} Vulnerability",
        "dateAdded": added, "shortDescription": "It has a flaw.", "requiredAction": "Apply mitigations.", "dueDate": "2026-04-01",
        "knownRansomwareCampaignUse": "Unknown", "notes": "", "cwes": ["CWE-78"],
    }  # fmt: skip


def cve(number: str, vendor: str, product: str = "A9 Series", vector: str = "", **about: str) -> str:
    document = {
        "dataType": "CVE_RECORD", "dataVersion": "5.1",
        "cveMetadata": {"cveId": number, "state": "PUBLISHED", "assignerShortName": "maker", "datePublished": "2026-02-02T00:00:00Z"}
        | about,
        "containers": {"cna": {
            "descriptions": [{"lang": "en", "value": "A flaw in a camera."}],
            "affected": [{"vendor": vendor, "product": product, "versions": [{"version": "1.0", "status": "affected"}]}],
            "references": [{"url": "https://maker.example/notice"}],
            "metrics": [{"cvssV3_1": {"baseScore": 9.9, "vectorString": vector}}],
        }},
    }  # fmt: skip
    return json.dumps(document)


COVERED = """<!doctype html><html><body><h1>List of Equipment and Services Covered</h1><table>
<tr><th>Covered Equipment or Services</th><th>Date of Inclusion on Covered List</th></tr>
<tr><td>Video surveillance equipment produced by Maker B Technology Co., including its subsidiaries</td><td>March 12, 2021</td></tr>
</table></body></html>"""

SCREENING = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,"
    "license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,"
    "remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids\n"
    "e1,Entity List (EL) - Bureau of Industry and Security,,,,Some Institute,,X,,2020-01-01,,,,,,,,,,,,https://x,"
    '"Maker B; MB Research",,,,,https://x,\n'
    "e2,Denied Persons List (DPL) - Bureau of Industry and Security,,,,Holding,,X,,2020-01-01,,,,,,,,,,,,https://x,,,,,,https://x,\n"
)

OUI = "Registry,Assignment,Organization Name,Organization Address\n"
MA_L = (
    OUI
    + 'MA-L,AABBCC,Maker A,1 Road\nMA-L,AABBCD,Another Shop,1 Road\nMA-L,001122,A switch maker,2 Road\nMA-L,AABBEE,Maker A,"1 Road"\n'
)
MA_M = OUI + "MA-M,0011223,A lamp maker,X\nMA-M,AABBCE1,A router firm,X\n"
MA_S = OUI + "MA-S,001122345,A lamp maker,X\nIAB,0050C2DD6,An older one,X\n"

SCHOOLS = (
    "URN,LA (code),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (code),EstablishmentStatus (name)\n"
    "100001,201,Elm Park Primary School,Community school,1,Open\n100002,201,Old Hall School,Community school,2,Closed\n"
    '100003,201,=Oak College,Further education,3,"Open, but proposed to close"\n10,201,Broken,Community school,1,Open\n'
)
TRUSTS = (
    '"RXH","A TRUST","Y56","QHM","1 ROAD","","","TOWN","","AB1 2CD","20020401","","","","","","","","","","","0","","","","",""\n'
    '"RXX","A CLOSED TRUST","Y56","QHM","1 ROAD","","","TOWN","","AB1 2CD","20020401","20200331","","","","","","","","","","0","","","","",""\n'
)
COUNCILS = "LAD25CD,LAD25NM,LAD25NMW,ObjectId\nE06000043,Brighton and Hove,,1\nW06000001,Isle of Anglesey,Ynys Môn,2\n"


def test_every_kind_that_the_command_offers_has_an_importer(run: Run) -> None:
    assert tuple(IMPORTERS) == IMPORT_KINDS
    assert run("rumours", "x.csv")[0] == 2


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("exploited", {"kev.json": catalogue(exploited("CVE-2021-12345", "Maker A", "2022-03-04"))}),
        ("cve", {"CVE-2021-12345.json": cve("CVE-2021-12345", "Maker A")}),
        ("ieee", {"oui.csv": MA_L, "mam.csv": MA_M, "oui36.csv": MA_S}),
        ("fcc", {"covered.html": COVERED}),
        ("entity-list", {"consolidated.csv": SCREENING}),
        ("debarment", {"list.csv": "Supplier,Ground\nMaker B Limited,National security\n"}),
    ],
)
def test_what_would_change_is_said_first_and_written_only_when_asked_into_sound_sources(
    run: Run, sources: Path, tmp_path: Path, data_dir: Path, kind: str, files: dict[str, str]
) -> None:
    paths = [written(tmp_path / "got" / name, text) for name, text in files.items()]
    before = digest_of(sources)
    status, out, err = run(kind, *paths, "--sources", sources)
    assert (status, err) == (0, "") or kind == "ieee"
    assert "Nothing was written. With --write: calendar.toml" in out
    assert digest_of(sources) == before
    status, plain, _ = run(kind, *paths, "--sources", sources, "--json")
    document = json.loads(plain)
    schema = json.loads((data_dir / "resources" / "schema" / "knowledge-import.schema.json").read_text("utf-8"))
    jsonschema.validate(document, schema)
    assert document["changes"]
    assert all(one["say"] and (one["where"] or one["place"]) for one in document["changes"])
    status, out, _ = run(kind, *paths, "--sources", sources, "--write")
    assert (status, "Wrote" in out) == (0, True)
    assert digest_of(sources) != before
    assert sound(sources)
    assert looked_at(sources, kind) == ("2026-03-01" if kind == "exploited" else "2026-03-10")
    build(sources, tmp_path / "vendors.db")
    # A second time there is nothing new.
    assert json.loads(run(kind, *paths, "--sources", sources, "--json")[1])["changes"] == []


def test_a_flaw_of_ours_that_is_listed_is_marked_and_an_unknown_one_of_a_maker_is_a_draft(
    run: Run, sources: Path, tmp_path: Path
) -> None:
    rows = [
        exploited("CVE-2021-12345", "Maker A", "2022-03-04"),
        exploited("CVE-2026-00001", "Maker A", "2026-02-02"),
        exploited("CVE-2026-00002", "Maker B", "2026-02-02", "Router"),
        exploited("CVE-2026-00003", "Nobody", "2026-02-02"),
        {"cveID": 7},
    ]  # fmt: skip
    path = written(tmp_path / "kev.json", catalogue(*rows))
    _, out, err = run("exploited", path, "--sources", sources, "--write")
    assert "CVE-2021-12345 (maker-a): listed as exploited since 4 March 2022, in ours since 10 January 2022." in out
    assert "CVE-2026-00001: Maker A IP Camera is listed as exploited" in out
    assert "CVE-2026-00002" not in out
    assert "CVE-2026-00003" not in out
    assert err == "Entry 5 has no number or no day, and was left out.\n"
    known = {item.value.id: item.value for item in read_sources(sources).advisories}
    assert (known["CVE-2021-12345"].exploited_listed, known["CVE-2021-12345"].exploited_as_of) == ("2022-03-04", "2026-03-01")
    assert set(known) == {"CVE-2021-12345", "maker-a-2020-01"}
    assert "\n  { models" in (sources / "advisories" / "maker-a.toml").read_text("utf-8")


def test_a_flaw_that_is_no_longer_listed_is_said_and_left_to_a_person(run: Run, sources: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "kev.json", catalogue(exploited("CVE-2026-00003", "Nobody", "2026-02-02")))
    _, out, _ = run("exploited", path, "--sources", sources, "--write")
    assert "Gone: 1" in out
    assert next(item.value for item in read_sources(sources).advisories).exploited


@pytest.mark.parametrize(
    ("text", "say"),
    [
        (catalogue(day="2020-01-01"), "This catalogue is of 1 January 2020; ours is of 25 August 2025 already."),
        ("{}", "is not CISA’s catalogue"),
        ("[1, 2]", "is not CISA’s catalogue"),
        ("no", "is no JSON"),
    ],
)
def test_another_or_an_older_catalogue_is_refused(run: Run, sources: Path, tmp_path: Path, text: str, say: str) -> None:
    status, out, err = run("exploited", written(tmp_path / "kev.json", text), "--sources", sources, "--write")
    assert (status, out, say in err, err.count("\n")) == (3, "", True, 1)


def test_a_record_of_a_maker_becomes_a_draft_that_no_build_takes_for_an_advisory(
    run: Run, sources: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "cves"
    written(folder / "26" / "CVE-2026-11111.json", cve("CVE-2026-11111", "Maker A", product="A9'''\n[[advisory]]\nid = 'x'"))
    written(folder / "26" / "CVE-2026-11112.json", cve("CVE-2026-11112", "Nobody"))
    written(folder / "26" / "CVE-2026-11113.json", "{")
    _, out, err = run("cve", folder, "--sources", sources, "--write")
    assert out.startswith("3 records read.\nNew: 1\n")
    assert "CVE-2026-11113.json: “CVE-2026-11113.json” is no JSON" in err
    reviewed = read_sources(sources)
    assert [item.value.found for item in reviewed.drafts] == ["maker-a"]
    assert "[[advisory]]" in reviewed.drafts[0].value.proposal
    assert len(reviewed.advisories) == 2
    assert sound(sources)


def test_a_record_that_was_withdrawn_or_changed_since_we_read_it_is_to_be_read_again(
    run: Run, sources: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "delta.zip", "w") as packed:
        packed.writestr("CVE-2021-12345.json", cve("CVE-2021-12345", "Maker A", dateUpdated="2026-03-02T01:02:03Z"))
    _, out, _ = run("cve", tmp_path / "delta.zip", "--sources", sources)
    assert "its record was changed on 2 March 2026; we read it last in 5 January 2026" in out
    path = written(tmp_path / "one.json", cve("CVE-2021-12345", "Maker A", state="REJECTED"))
    assert "CVE-2021-12345: its record was withdrawn." in run("cve", path, "--sources", sources)[1]


def test_a_record_whose_score_bears_out_less_than_we_say_is_to_be_read_again_and_its_vector_waits(
    run: Run, sources: Path, tmp_path: Path
) -> None:
    score = "CVSS:3.1/AV:N/AC:L/PR:{}/UI:N/S:U/C:H/I:H/A:H"
    for login, waits in (("H", True), ("N", False)):
        path = written(tmp_path / "one.json", cve("CVE-2021-12345", "Maker A", vector=score.format(login)))
        _, out, _ = run("cve", path, "--sources", sources, "--write")
        assert ("the score says that it takes an administrator's login" in out) is waits
        assert ("vector =" in (sources / "advisories/maker-a.toml").read_text("utf-8")) is not waits
        assert sound(sources)
        write_sources(sources, {"sources/general.toml": (sources / "sources/general.toml").read_text("utf-8")})


def test_blocks_that_changed_hands_are_drafts_and_the_registry_is_written_anew(run: Run, sources: Path, tmp_path: Path) -> None:
    paths = [written(tmp_path / name, text) for name, text in (("oui.csv", MA_L), ("mam.csv", MA_M), ("oui36.csv", MA_S))]
    _, _, err = run("ieee", *paths, "--sources", sources, "--write")
    assert err == "1 row of another registry, or not readable, left out.\n"
    assert (
        (sources / "registry.txt")
        .read_text("utf-8")
        .startswith("# source=ieee-registry date=2026-03-10\nA lamp maker\t0011223 001122345\n")
    )
    drafts = {item.value.id: item.value for item in read_sources(sources).drafts}
    assert set(drafts) == {"ieee-aabbcd", "ieee-aabbee"}
    assert "is registered for Another Shop now" in drafts["ieee-aabbcd"].say
    assert drafts["ieee-aabbee"].proposal == "aabbee,Maker A,manufacturer,maker-a,yes"
    assert "aabbcd,Shop,brand,shop,no" in (sources / "oui.csv").read_text("utf-8")


def test_another_spelling_of_a_registrant_and_a_block_of_the_closed_registry_are_no_news(
    run: Run, sources: Path, tmp_path: Path
) -> None:
    more = "0050c2123,A small firm,brand,shop,no\n"
    written(sources / "oui.csv", FILES["oui.csv"].replace("aabbcd,Shop", "aabbcd,Shop (also of others)") + more)
    text = MA_L.replace("Another Shop", "Shop").replace("MA-L,AABBEE,Maker A", "MA-L,AABBEE,Maker A\u200b")
    paths = [written(tmp_path / name, text) for name, text in (("oui.csv", text), ("mam.csv", MA_M), ("oui36.csv", MA_S))]
    run("ieee", *paths, "--sources", sources, "--write")
    assert [item.value.id for item in read_sources(sources).drafts] == ["ieee-aabbee"]
    assert "\u200b" not in (sources / "registry.txt").read_text("utf-8")


def test_a_registry_that_is_cut_off_or_not_whole_is_not_written(run: Run, sources: Path, tmp_path: Path) -> None:
    short = written(tmp_path / "oui.csv", OUI + "MA-L,AABBEE,Maker A,1 Road\n")
    status, _, err = run("ieee", short, "--sources", sources, "--write")
    assert (status, "lacks most of the blocks" in err) == (3, True)
    status, _, err = run("ieee", written(tmp_path / "oui.csv", MA_L), "--sources", sources, "--write")
    assert (status, "bring all three of one day" in err) == (0, True)
    assert (sources / "registry.txt").read_text("utf-8") == FILES["registry.txt"]
    status, _, err = run("ieee", written(tmp_path / "oui.csv", "name,address\n"), "--sources", sources)
    assert (status, "is no registry of the IEEE" in err) == (3, True)


@pytest.mark.parametrize(("kind", "name", "text"), [
    ("fcc", "covered.html", COVERED), ("entity-list", "list.csv", SCREENING), ("debarment", "list.csv", "Supplier\nMaker B Limited\n"),
])  # fmt: skip
def test_a_name_on_a_list_flags_nobody(run: Run, sources: Path, tmp_path: Path, kind: str, name: str, text: str) -> None:
    statements = read_sources(sources).statements
    run(kind, written(tmp_path / name, text), "--sources", sources, "--write")
    reviewed = read_sources(sources)
    assert reviewed.statements == statements
    assert [item.value.found for item in reviewed.drafts] == ["maker-b"]
    assert "To be read at the source" in reviewed.drafts[0].value.say


def test_a_maker_of_our_list_that_is_gone_from_the_published_one_stays_until_a_person_has_read_it(
    run: Run, sources: Path, tmp_path: Path
) -> None:
    path = sources / "statements" / "some.toml"
    text = path.read_text("utf-8").replace('id = "a-list"', 'id = "us-fcc-covered"')
    written(path, text)
    _, out, _ = run("fcc", written(tmp_path / "covered.html", COVERED), "--sources", sources, "--write")
    assert "names holding; no name of it was found there. To be read at the source." in out
    assert path.read_text("utf-8") == text
    named = written(tmp_path / "covered.html", COVERED.replace("Maker B Technology", "Holding Technology"))
    assert "1 company of our list is named." in run("fcc", named, "--sources", sources)[1]


def test_a_name_is_found_as_whole_words_only_and_on_the_list_that_is_meant(run: Run, sources: Path, tmp_path: Path) -> None:
    for text in ("Supplier\nMakers Bakery\nMaker Before Ltd\n", "Supplier\nThe Shops\nWorkshop Ltd\n"):
        _, out, _ = run("debarment", written(tmp_path / "list.csv", text), "--sources", sources)
        assert "Nothing in it differs from ours." in out
    _, out, _ = run("entity-list", written(tmp_path / "list.csv", SCREENING.replace("Maker B;", "")), "--sources", sources)
    assert "Holding" not in out


def test_a_draft_that_was_settled_is_not_found_again(run: Run, sources: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", "Supplier\nMaker B Limited\n")
    run("debarment", path, "--sources", sources, "--write")
    drafts = sources / "drafts" / "debarment.toml"
    written(drafts, drafts.read_text("utf-8") + 'settled = "Another company (2026-03-11)"\n')
    text = drafts.read_text("utf-8")
    assert "Nothing in it differs" in run("debarment", path, "--sources", sources, "--write")[1]
    assert drafts.read_text("utf-8") == text


@pytest.mark.parametrize(("kind", "text", "bodies", "say"), [
    ("urn", SCHOOLS, [("'=Oak College", "college", {"urn": "100003"}), ("Elm Park Primary School", "school", {"urn": "100001"})],
     "3 entries read, 2 open."),
    ("ods", TRUSTS, [("A TRUST", "nhs", {"ods": "RXH"})], "2 entries read, 1 open."),
    ("gss", COUNCILS, [("Brighton and Hove", "council", {"gss": "E06000043"}), ("Isle of Anglesey", "council", {"gss": "W06000001"})],
     "2 entries read, 2 open."),
])  # fmt: skip
def test_a_register_becomes_the_list_that_a_roll_up_reads(
    run: Run, sources: Path, tmp_path: Path, kind: str, text: str, bodies: list[Any], say: str
) -> None:
    register, asked = written(tmp_path / "register.csv", text), tmp_path / "asked.csv"
    status, out, _ = run(kind, register, "--sources", sources, "-o", asked)
    assert (status, asked.exists(), say in out) == (0, False, True)
    run(kind, register, "--sources", sources, "-o", asked, "--write")
    assert [(one.name, one.type, dict(one.ids)) for one in read_bodies(asked).bodies] == bodies
    assert looked_at(sources, kind) == "2026-03-10"


def test_without_sources_a_register_makes_the_list_alone(run: Run, tmp_path: Path) -> None:
    register, asked = written(tmp_path / "register.csv", COUNCILS), tmp_path / "asked.csv"
    assert run("gss", register, "--sources", tmp_path / "nowhere", "-o", asked, "--write")[0] == 0
    assert len(read_bodies(asked).bodies) == 2
    assert not (tmp_path / "nowhere").exists()
    status, _, err = run("gss", register, "--sources", tmp_path / "nowhere")
    assert (status, "with -o" in err) == (3, True)


def test_a_list_that_is_there_is_checked_and_never_written_over(run: Run, sources: Path, tmp_path: Path) -> None:
    text = "name,type,urn\nElm Park Infants,school,100001\nOld Hall School,school,100002\nNew School,school,100009\nOak,shop,\n"
    asked, register = written(tmp_path / "asked.csv", text), written(tmp_path / "register.csv", SCHOOLS)
    _, out, _ = run("urn", register, "--sources", sources, "-o", asked, "--write")
    assert "100001: Elm Park Primary School, on the list Elm Park Infants." in out
    assert "100002: Old Hall School is closed." in out
    assert "100009: New School is not in the register." in out
    assert asked.read_text("utf-8") == text


def test_a_file_that_is_no_such_register_is_refused(run: Run, sources: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "register.csv", "colour,size\nred,large\n" * 30)
    for kind in ("urn", "ods", "gss"):
        status, _, err = run(kind, path, "--sources", sources, "-o", tmp_path / "asked.csv")
        assert (status, "is not such a register" in err) == (3, True)


@pytest.mark.parametrize(
    ("kind", "name", "data", "say"),
    [
        ("fcc", "a.png", b"\x89PNG\r\n\x1a\n\x00\xff\nIHDR", "is not the Covered List of the United States FCC; save"),
        ("fcc", "a.csv", b"Supplier,Ground\nMaker B Limited,x\n", "is not the Covered List of the United States FCC; save"),
        ("debarment", "a.html", COVERED.encode(), "is not the UK’s procurement debarment list; save"),
        ("cve", "a.png", b"\x89PNG\r\n\x1a\n\x00", "No record could be read. a.png: “a.png” is no JSON that can be read"),
        ("cve", "a.json", b"", "No record could be read. a.json: “a.json” is no JSON that can be read"),
    ],
)
def test_another_file_is_refused_and_counts_as_no_look_at_the_list(
    run: Run, sources: Path, tmp_path: Path, kind: str, name: str, data: bytes, say: str
) -> None:
    """That no maker of ours stands in a picture says nothing of the list, and the list stays due."""
    (tmp_path / name).write_bytes(data)
    before = digest_of(sources)
    status, out, err = run(kind, tmp_path / name, "--sources", sources, "--write")
    assert (status, out) == (3, "")
    assert say in err
    assert digest_of(sources) == before
