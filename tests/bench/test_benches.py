"""Each bench still starts as its first lines say: what it imports is there under that name."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from costs import PATIENCE_S

BENCHES = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_"))
LOADED = """
import json, runpy, sys, traceback
tests, before, failed = sys.argv[1].removesuffix("bench"), list(sys.path), {}
def lies(module):
    return getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), "")
for path in sys.argv[2:]:
    sys.path[:] = [sys.argv[1], *before[1:]]
    for name in [name for name, module in list(sys.modules.items()) if str(lies(module)).startswith(tests)]:
        del sys.modules[name]
    try:
        runpy.run_path(path, run_name="loaded")
    except BaseException:
        failed[path] = traceback.format_exc()
print(json.dumps(failed))
"""
"""Loads each bench as if it were alone: with the path that Python gives it, and nothing of the tests imported yet."""


@pytest.fixture(scope="module")
def failed() -> dict[str, str]:
    """What went wrong, of each bench that could not be loaded."""
    command = [sys.executable, "-c", LOADED, str(Path(__file__).parent), *map(str, BENCHES)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("path", BENCHES, ids=lambda path: path.stem)
def test_a_bench_finds_all_that_it_imports(path: Path, failed: dict[str, str]) -> None:
    assert str(path) not in failed, failed[str(path)]


@pytest.mark.parametrize("verdict", ["wrong", "overstated"])
def test_claims_read_again_fail_by_four_or_by_one_that_flags(verdict: str) -> None:
    bench = runpy.run_path(str(Path(__file__).with_name("claims.py")), run_name="loaded")

    def status(count: int, *, flag: bool) -> int:
        said = [bench["Claim"]("flaw", f"claim {number}", "source", "address", flag) for number in range(count)]
        words = {
            "draw": "1",
            "kind": "flaw",
            "flag": "yes" if flag else "no",
            "source": "source",
            "address": "address",
            "seen": "",
        }
        rows = [{**words, "claim": one.claim, "verdict": verdict} for one in said]
        text, ended = bench["judged"](rows, {(one.claim, one.address): one for one in said})
        assert f"{count} ({count if flag else 0})" in text
        return int(ended)

    assert status(3, flag=False) == 0
    assert status(4, flag=False) == 1
    assert status(1, flag=True) == 1
