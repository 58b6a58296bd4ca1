"""Plugins of sqlite-utils that lie on a computer never run in ours: every database is opened without them."""

from __future__ import annotations

import ast
from pathlib import Path

import camcensus


def test_every_database_is_opened_without_plugins() -> None:
    calls = [
        (path.name, node)
        for path in Path(camcensus.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Database"
    ]
    assert calls
    for name, call in calls:
        said = {one.arg: one.value for one in call.keywords}
        assert isinstance(said.get("execute_plugins"), ast.Constant), name
        assert said["execute_plugins"].value is False, name  # type: ignore[attr-defined]
