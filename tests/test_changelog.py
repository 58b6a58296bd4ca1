"""CHANGELOG.md is read by people who use Camcensus: one short line for each change."""

from __future__ import annotations

from conftest import ROOT

LONGEST = 100
LINES = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()


def test_a_change_is_one_short_line_and_nothing_else() -> None:
    body = [line for line in LINES[LINES.index("## Unreleased") :] if line and not line.startswith("#")]
    assert [line for line in body if not line.startswith("- ") or len(line) > LONGEST] == []
    assert 0 < len(body) == len(set(body))
    assert len(LINES) <= 60 or "## 1" in "\n".join(LINES), "what was never released is told in sixty lines"
