"""SQL is written in the store alone: nobody else asks a database."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import camcensus

PACKAGE = Path(camcensus.__file__).parent
SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT (?:OR \w+ )?INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b|\bCREATE (?:TEMP )?TABLE\b", re.DOTALL
)


@pytest.mark.parametrize(
    "room", sorted(one.name for one in PACKAGE.iterdir() if one.is_dir() and one.name not in ("store", "data"))
)
def test_no_other_room_holds_sql(room: str) -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    ]
    assert not found
