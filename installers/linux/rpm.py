"""The .rpm, from the tree of files that it installs."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installers.linux.debian import DESCRIPTION, SUMMARY, debian_version, maintainer
from installers.linux.elf import Binary
from installers.linux.needs import rpm_needs
from installers.linux.tree import PREFIX
from installers.shared.facts import CannotBuildHereError, epoch, run
from installers.shared.tidy import files_of

NAME = "camcensus-{version}-1.x86_64.rpm"
OURS = (PREFIX.as_posix(), "usr/share/doc/camcensus")
"""Folders that belong to us alone; all other files are named one by one, so that no folder of the system is claimed."""


def build_rpm(stage: Path, found: list[Binary], version: str, out: Path) -> Path:
    """Pack the tree under `stage` (which stands for /) into a folder; `found` are its binaries."""
    needs = rpm_needs(found)
    moment = datetime.fromtimestamp(epoch(), UTC).isoformat().replace("+00:00", "Z")
    contents: list[dict[str, Any]] = [
        {"src": str(stage / folder), "dst": f"/{folder}", "type": "tree", "file_info": {"mtime": moment}} for folder in OURS
    ]
    for path in files_of(stage):
        inside = path.relative_to(stage).as_posix()
        if not inside.startswith(tuple(f"{folder}/" for folder in OURS)):
            mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            contents.append({"src": str(path), "dst": f"/{inside}", "file_info": {"mode": mode, "mtime": moment}})
    recipe = {
        "name": "camcensus",
        "arch": "amd64",
        "platform": "linux",
        "version": debian_version(version),
        "version_schema": "none",
        "release": "1",
        "mtime": moment,
        "section": "utils",
        "maintainer": maintainer(),
        "license": "Apache-2.0",
        "description": _paragraphs(),
        "depends": list(needs.required),
        "recommends": list(needs.recommended),
        "contents": contents,
        "rpm": {"compression": "zstd:19", "packager": maintainer(), "buildhost": "localhost", "summary": SUMMARY},
    }
    written = stage.with_name("nfpm.json")
    written.write_text(json.dumps(recipe, indent=1), encoding="utf-8")
    nfpm = Path(sys.executable).with_name("nfpm")
    if not nfpm.is_file():
        raise CannotBuildHereError("nfpm is not in .venv; start this build by “python3 run.py package rpm”.")
    made = out / NAME.format(version=debian_version(version))
    run([nfpm, "package", "-p", "rpm", "-f", written, "-t", made])
    return made


def _paragraphs() -> str:
    """The .deb's description without the marks of its format."""
    return "\n".join(line.strip().removeprefix(".") for line in DESCRIPTION.splitlines())
