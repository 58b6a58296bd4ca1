"""Flaws and support on paper: in every report for our own staff and a supplier, and nothing of one device for the public."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import samples
from camcensus.model.device import AdvisoryFinding, CareFinding
from camcensus.model.knowledge import Knowledge
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from report.reading import read
from report_estate import NOW, knowledge
from report_writing import write
from tasks.reports.test_reports_on_paper import content_of

FLAW = "CVE-2017-7921"
CARE = (
    CareFinding(
        "exploited-flaw", f"It has 1 flaw that attackers are known to use: {FLAW}.", "Update it now.", None, None, (FLAW,)
    ),
    CareFinding("support-ended", "The maker’s support ended in March 2023, says Axis.", "Plan to replace it.", "2023-03"),
)
WORDS = {
    "plan": "law that attackers use",
    "register": "Flaw that attackers use; support ended",
    "evidence": f"attackers are known to use: {FLAW}.",
    "summary": "have a flaw that attackers use: update or isolate them now.",
}


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, known: Knowledge) -> Path:
    answers = (AdvisoryFinding(FLAW, "yes", True, "Its model is one of those named."),)
    verdicts = tuple(
        replace(samples.verdict(number, maker="hikvision", version=known.version), care=CARE, advisories=answers)
        for number in (1, 2, 3)
    )
    observations = tuple(one for verdict in verdicts for one in verdict.device.observations)
    scan = samples.scan(knowledge_version=known.version)
    path = tmp_path_factory.mktemp("care") / "care.camcensus"
    with register.new_inventory(path, samples.body(), NOW) as inventory:
        census = Census(scan=scan, observations=observations, verdicts=verdicts)
        register.save_census(inventory, census, known, NOW)
    return path


def test_a_row_gives_what_was_kept_with_its_answer(record: Path, known: Knowledge) -> None:
    with register.open_inventory(record, NOW, readonly=True) as inventory:
        for row in register.rows(inventory, known):
            assert row.care == CARE
            assert row.verdict is not None
            assert row.verdict.care == CARE


@pytest.mark.parametrize("audience", ["internal", "supplier", "public"])
@pytest.mark.parametrize("kind", WORDS)
def test_each_edition_says_it_or_nothing_of_it(
    record: Path, known: Knowledge, tmp_path: Path, kind: str, audience: str
) -> None:
    said = " ".join(read(content_of(record, known, kind, audience, tmp_path / "a.pdf")).words.split())
    assert (WORDS[kind] in said) is (audience != "public")
    if kind == "plan":  # which of them is done first is for our own staff; the tables of items have it for a supplier
        assert ("a flaw that attackers use: CAM-00" in said) is (audience == "internal")
    if audience == "public":
        for word in (FLAW, "exploited", "attackers", "upport ended"):
            assert word not in said


def test_the_installer_is_asked_who_made_what_nobody_knows(known: Knowledge, tmp_path: Path) -> None:
    with register.new_inventory(tmp_path / "a.camcensus", samples.body(), NOW) as inventory:
        rows = [hand.HandRow(kind="camera"), hand.HandRow(kind="recorder")]
        rows.append(hand.HandRow(kind="camera", firmware="V1.2", basis="register"))
        register.do(inventory, known, hand.add_rows(known, rows, "A"), by="A", now=NOW)
        written = write("questions", inventory, known, tmp_path / "q.pdf", now=NOW)
        paper = write("register", inventory, known, tmp_path / "r.pdf", now=NOW)
    asked = " ".join(read(written.path.read_bytes()).words.split())
    assert "Maker, exact model and firmware?" in asked
    assert "Maker and exact model?" in asked, "its firmware is recorded"
    hubs = " ".join(read(paper.path.read_bytes()).words.split()).partition("Connected to it, by channel")[2]
    assert " 0 " not in hubs.partition("Not recorded yet")[0], "nobody has recorded it"


def test_the_installer_is_asked_to_update(record: Path, known: Knowledge, tmp_path: Path) -> None:
    with register.open_inventory(record, NOW, readonly=True) as inventory:
        written = write("questions", inventory, known, tmp_path / "q.pdf", now=NOW)
    said = " ".join(read(written.path.read_bytes()).words.split())
    assert "Please update now: the firmware has a flaw that attackers are known to use." in said
