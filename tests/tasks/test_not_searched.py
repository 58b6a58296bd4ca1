"""A record in which nobody has looked yet: no paper may be read as "there are no cameras"."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from camcensus.model.knowledge import Knowledge
from camcensus.store.knowledge import load_knowledge
from camcensus.tasks import register
from camcensus.tasks.evidence_report import write_evidence
from camcensus.tasks.foi import checked_request, write_foi
from camcensus.tasks.register_report import write_register
from camcensus.tasks.summary_report import write_summary
from report.reading import read
from samples import NOW, body

ROOT = Path(__file__).resolve().parents[2]
NONE = re.compile(r"no cameras|\b0 cameras|Dahua\)?: 0|\(0 confirmed|^0\.", re.IGNORECASE | re.MULTILINE)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "vendors.db")


@pytest.mark.parametrize("kind", ["summary", "register", "evidence", "foi"])
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_it_says_that_nobody_has_looked(kind: str, audience: str, tmp_path: Path, knowledge: Knowledge) -> None:
    writers: dict[str, Any] = {"summary": write_summary, "register": write_register, "evidence": write_evidence}
    made: dict[str, Any] = {"audience": audience, "data_dir": ROOT, "now": NOW}
    if kind == "foi":
        writers["foi"], made["request"] = write_foi, checked_request("", None)
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:
        writers[kind](inventory, knowledge, tmp_path / "a.pdf", **made)
    words = read((tmp_path / "a.pdf").read_bytes()).words
    assert re.search(r"obody has\s+searched", words)
    assert NONE.search(words) is None
