#!/usr/bin/env python3
"""Builds the wheel and the source archive, and their list of parts. Same sources, same bytes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from installers.shared.budget import check_size  # noqa: E402
from installers.shared.facts import run_build  # noqa: E402
from installers.shared.sbom import write_sbom  # noqa: E402
from installers.shared.wheel import build_source, build_wheel  # noqa: E402


def build(words: list[str]) -> list[Path]:
    """Build into the folder named by `--out`; gives what was written."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--only", choices=("wheel", "sdist"))
    known = parser.parse_args(words)
    written = []
    if known.only != "sdist":
        written.append(build_wheel(known.out))
        check_size("wheel", written[-1])
    if known.only != "wheel":
        written.append(build_source(known.out))
    if known.only is None:
        written.append(write_sbom(known.out, "python", {}))
    return written


if __name__ == "__main__":
    run_build(build)
