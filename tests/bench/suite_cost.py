"""What the tests cost: python tests/bench/suite_cost.py [WORDS FOR PYTEST]...

Runs pytest with these words (all tests, on all processors, if none) and prints seconds of processor time, the programs that tests
start included: of each room, and of the 40 files, tests and fixtures that take most. A fixture's is also its test's. On a busy
computer the same work takes up to twice as much; compare what was measured side by side.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "CAMCENSUS_SUITE_COST"
SHOWN = 40


def _used_s() -> float:
    return sum(os.times()[:4])


def _note(kind: str, name: str, began_s: float) -> None:
    with (Path(os.environ[FOLDER]) / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as notes:
        print(json.dumps([kind, name, _used_s() - began_s]), file=notes)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Notes what a test costs, with what is made for it."""
    began_s = _used_s()
    try:
        return (yield)
    finally:
        _note("test", item.nodeid, began_s)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
    """Notes what a fixture costs."""
    began_s = _used_s()
    try:
        return (yield)
    finally:
        _note("fixture", f"{fixturedef.baseid}::{fixturedef.argname}", began_s)


def main(words: list[str]) -> int:
    """Runs the tests and prints the table; gives the status of pytest."""
    words = words or ["-q", "-n", str((os.cpu_count() or 1) + 1), "--dist", "loadgroup"]
    with tempfile.TemporaryDirectory(prefix="camcensus-cost-") as folder:
        paths = os.pathsep.join([str(ROOT / "desktop"), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
        environment = os.environ | {FOLDER: folder, "PYTHONPATH": paths}
        command = [sys.executable, "-m", "pytest", "-p", "bench.suite_cost", *words]
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        lines = [json.loads(line) for path in Path(folder).glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    cost: dict[str, Counter[str]] = {kind: Counter() for kind in ("room", "file", "test", "fixture")}
    for kind, name, used_s in lines:
        cost[kind][name.partition("[")[0]] += used_s
        if kind == "test":
            file = name.partition("::")[0]
            cost["file"][file] += used_s
            cost["room"]["/".join(file.split("/")[:2])] += used_s
    print(f"\nAll tests: {cost['room'].total():.0f} s of processor time")
    for kind, found in cost.items():
        print(f"\n| {kind} | s |\n|---|--:|")
        print("\n".join(f"| {name} | {used_s:.1f} |" for name, used_s in found.most_common(SHOWN)))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
