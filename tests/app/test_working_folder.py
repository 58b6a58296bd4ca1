"""Whatever lies in the working folder, among a stranger's files, is never run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import camcensus
from costs import PATIENCE_S

PACKAGE = Path(camcensus.__file__).parent
NAMES = (
    "camcensus_",
    "json",
    "re",
    "multiprocessing",
    "threading",
    "pickle",
    "signal",
    "socket",
    "sqlite3",
    "PIL",
    "sitecustomize",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r} + ' ')\n")
    (folder / "list.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "list.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(5000))
    return folder


@pytest.mark.parametrize("file", ["list.xlsx", "list.xls"])
@pytest.mark.parametrize("how", ["module", "script"])
def test_no_module_of_the_working_folder_is_run(folder: Path, tmp_path: Path, how: str, file: str) -> None:
    script = tmp_path / "bin" / "camcensus"
    script.parent.mkdir()
    script.write_text("import sys\nfrom camcensus.app import main\nif __name__ == '__main__':\n    sys.exit(main())\n")
    words = [str(script)] if how == "script" else ["-m", "camcensus"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    done = subprocess.run(
        [sys.executable, *words, "identify", file],
        check=False, cwd=folder, env=environment | {"PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True, text=True, timeout=PATIENCE_S,
    )  # fmt: skip
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text()
