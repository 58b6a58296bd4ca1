#!/usr/bin/env python3
"""Builds packages: `python3 run.py package wheel|sdist|deb|rpm|windows|macos|offline-bundle|all [--out DIR]`.

Each platform has a folder with a `build.py`, which is run with `--out DIR`, `--only KIND` where it makes more than one kind,
and the options that are not known here. Paths of what was built are printed on standard output. Exit status: 0 built ·
2 wrong words · 3 something failed · 4 this kind of machine cannot build it (with `all`: nothing failed, but not all was built).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from installers.shared.facts import DONE, FAILED, NOT_HERE, say  # noqa: E402

BUILDS = {
    "wheel": ("python", "wheel"),
    "sdist": ("python", "sdist"),
    "deb": ("linux", "deb"),
    "rpm": ("linux", "rpm"),
    "windows": ("windows", None),
    "macos": ("macos", None),
    "offline-bundle": ("offline", None),
}
"""What can be asked for: the folder of its build, and the word for `--only`."""

TRIALS = {"try-linux": "linux/try_in_chroots.py", "try-windows": "windows/try_under_wine.py"}
"""What tries the packages that were built, as people would."""

ALL = ("python", "linux", "windows", "macos")


def main(words: list[str]) -> int:
    """Build what the words ask for; gives the exit status."""
    parser = argparse.ArgumentParser(prog="run.py package", description="Build packages of Camcensus.", allow_abbrev=False)
    parser.add_argument("kind", choices=(*BUILDS, "all", *TRIALS))
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR", help="where to write (dist)")
    known, others = parser.parse_known_args(words)
    if known.kind in TRIALS:
        return subprocess.call([sys.executable, str(ROOT / "installers" / TRIALS[known.kind]), *others], cwd=ROOT)
    if known.kind == "all":
        return build_all(known.out.resolve())
    folder, only = BUILDS[known.kind]
    return build(folder, known.out.resolve(), [*(["--only", only] if only else []), *others])


def build(folder: str, out: Path, options: list[str]) -> int:
    """Run one platform's build; gives its exit status."""
    script = ROOT / "installers" / folder / "build.py"
    if not script.is_file():
        say(f"installers/{folder} has no build.py.")
        return FAILED
    out.mkdir(parents=True, exist_ok=True)
    return subprocess.call([sys.executable, str(script), "--out", str(out), *options], cwd=ROOT)


def build_all(out: Path, options: Mapping[str, list[str]] = MappingProxyType({})) -> int:
    """Build for every platform, with the options of some; one that fails or cannot be built here does not stop the others."""
    ended = {}
    for folder in ALL:
        say(f"— {folder} —")
        ended[folder] = build(folder, out, options.get(folder, []))
    words = {DONE: "built", NOT_HERE: "cannot be built on this machine"}
    for folder, status in ended.items():
        say(f"{folder:8} {words.get(status, f'failed (status {status})')}")
    if set(ended.values()) <= {DONE, NOT_HERE}:
        return max(ended.values())
    return FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
