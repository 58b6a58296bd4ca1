"""What Camcensus is made of is read from what is installed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from camcensus.tasks.own_parts import own_parts, versions


def test_every_part_that_is_needed_is_named_with_its_licence(data_dir: Path) -> None:
    parts = {re.sub(r"[-_.]+", "-", one.name).lower(): one for one in own_parts(data_dir)}
    project = tomllib.loads((data_dir / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.sub(r"[-_.]+", "-", re.split(r"[><=~\[; ]", line)[0]).lower() for line in project["dependencies"]}
    assert needed <= set(parts)
    assert all(one.licence and "\n" not in one.licence for one in parts.values())
    assert all(text.is_file() for one in parts.values() for text in one.texts)
    assert "Apache License" in parts["camcensus"].texts[0].read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in parts["noto sans (letters)"].texts[0].read_text("utf-8").upper()
    assert next(iter(parts)) == "camcensus"
    assert any("LESSER GENERAL PUBLIC" in text.read_text("utf-8").upper() for text in parts["qt"].texts)


def test_what_a_person_is_asked_for_is_there() -> None:
    assert [what for what, _ in versions()] == ["Camcensus", "Python", "SQLite", "System"]
    assert all(version for _, version in versions())
