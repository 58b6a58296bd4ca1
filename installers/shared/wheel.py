"""The wheel and the source archive, from hatchling in .venv; nothing is fetched."""

from __future__ import annotations

import sys
from pathlib import Path

from installers.shared.facts import ROOT, BuildError, run, version

WHEEL = "camcensus-{version}-py3-none-any.whl"
SOURCE = "camcensus-{version}.tar.gz"


def build_wheel(out: Path, sources: Path = ROOT) -> Path:
    """Build the wheel, with vendors.db and resources inside, into a folder."""
    return _build("wheel", WHEEL, out, sources)


def build_source(out: Path, sources: Path = ROOT) -> Path:
    """Build the source archive into a folder; it builds the same wheel."""
    return _build("sdist", SOURCE, out, sources)


def _build(target: str, name: str, out: Path, sources: Path) -> Path:
    run([sys.executable, "-m", "hatchling", "build", "-t", target, "-d", out.resolve()], cwd=sources)
    made = out / name.format(version=version())
    if not made.is_file():
        raise BuildError(f"hatchling did not write {made.name}.")
    return made
