#!/usr/bin/env python3
"""Build Camcensus for Windows on Linux: a per-user setup, and a zip to run from a stick.

    python3 run.py package windows [--out DIR] [--only setup|portable]
        [--python-zip python-3.13.N-embed-amd64.zip --python-sha256 HEX]
        [--pfx KEY.pfx --pfx-password-file FILE [--timestamp-url URL]]

Without --python-zip the embeddable Python of python.requirements.txt is taken, which is for CI and proof and not for a release.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installers.shared.budget import check_size
from installers.shared.facts import CACHE, ROOT, WORK, BuildError, empty, epoch, run_build, say, version
from installers.shared.sbom import write_sbom
from installers.shared.tidy import compile_tree, leave_compiled, settle, write_hash_list, zip_tree
from installers.shared.wheel import build_wheel
from installers.windows.icon import write_ico
from installers.windows.pack import Signing, build_setup, sign
from installers.windows.stage import PORTABLE, WindowsPython, fetch_python, make_tree, read_python_zip

TREE = WORK / "windows" / "Camcensus"


def build(words: list[str]) -> list[Path]:
    """Build what the words ask for; gives the files that were written. The tree that was packed stays in build/windows."""
    given = _options().parse_args(words)
    out = given.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    signing = _signing(given)
    work = empty(WORK / "windows")
    python = _python(given)
    say(f"Python {python.full_version} from {python.origin}")
    icon = write_ico(work / "camcensus.ico")
    TREE.mkdir()
    make_tree(TREE, python, build_wheel(work), icon, work / "launcher")
    compile_tree(TREE / "packages", "packages", Path(sys.executable), python.version)
    leave_compiled(TREE / "packages")
    for program in (TREE / "Camcensus.exe", TREE / "bin" / "camcensus.exe"):
        sign(program, signing)
    settle(TREE, epoch())

    written = []
    if given.only in (None, "setup"):
        written.append(build_setup(TREE, out, icon, work, signing))
        check_size("windows-setup", written[-1], TREE)
    written.append(write_sbom(out, "windows", python.parts, TREE / "packages"))
    hashes = out / f"camcensus-{version()}-windows-files.sha256"
    write_hash_list(TREE, hashes)
    written.append(hashes)
    if given.only in (None, "portable"):
        (TREE / "portable.txt").write_text(PORTABLE, "utf-8", newline="\r\n")
        settle(TREE, epoch())
        path = out / f"Camcensus-{version()}-win64-portable.zip"
        zip_tree(TREE, path, epoch(), inside="Camcensus/")
        (TREE / "portable.txt").unlink()
        written.append(path)
        check_size("windows-portable", path, TREE)
    return written


def _python(given: argparse.Namespace) -> WindowsPython:
    if given.python_zip is None:
        return fetch_python(CACHE)
    if not given.python_sha256:
        raise BuildError("--python-zip also needs --python-sha256, as python.org states it for that file.")
    return read_python_zip(given.python_zip, given.python_sha256)


def _signing(given: argparse.Namespace) -> Signing | None:
    if given.pfx is None:
        return None
    if given.pfx_password_file is None:
        raise BuildError("--pfx also needs --pfx-password-file.")
    return Signing(given.pfx.resolve(), given.pfx_password_file.resolve(), given.timestamp_url)


def _options() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description="Camcensus for Windows: setup and portable zip.", allow_abbrev=False)
    made.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR", help="where to write (dist)")
    made.add_argument("--only", choices=("setup", "portable"), help="one of the two")
    made.add_argument("--python-zip", type=Path, metavar="FILE", help="the embeddable Python of python.org, for a release")
    made.add_argument("--python-sha256", metavar="HEX", help="the SHA-256 of that file")
    made.add_argument("--pfx", type=Path, metavar="FILE", help="the key to sign with")
    made.add_argument("--pfx-password-file", type=Path, metavar="FILE", help="the file that holds its password")
    made.add_argument("--timestamp-url", metavar="URL", help="the time stamp service of whoever sold the key")
    return made


if __name__ == "__main__":
    run_build(build)
