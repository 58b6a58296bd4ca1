"""Each bench still starts as its first lines say: what it imports is there under that name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHES = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_"))
LOADED = "import runpy, sys; sys.path[0] = sys.argv[1]; runpy.run_path(sys.argv[2], run_name='loaded')"


@pytest.mark.parametrize("path", BENCHES, ids=lambda path: path.stem)
def test_a_bench_finds_all_that_it_imports(path: Path) -> None:
    command = [sys.executable, "-c", LOADED, str(path.parent), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
