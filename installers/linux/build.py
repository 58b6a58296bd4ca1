#!/usr/bin/env python3
"""Builds the .deb and the .rpm for 64-bit PCs, on Debian; and the list of parts and the hashes of all files inside."""

from __future__ import annotations

import argparse
import gzip
import platform
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from installers.linux.debian import build_deb  # noqa: E402
from installers.linux.elf import binaries  # noqa: E402
from installers.linux.interpreter import Interpreter, build_interpreter, system_interpreter  # noqa: E402
from installers.linux.manual import manual_page  # noqa: E402
from installers.linux.rpm import build_rpm  # noqa: E402
from installers.linux.tree import PREFIX, build_tree, tidy_tree  # noqa: E402
from installers.shared.budget import check_size  # noqa: E402
from installers.shared.facts import WORK, CannotBuildHereError, empty, epoch, run_build, say, version  # noqa: E402
from installers.shared.icon import MARK, draw_icon  # noqa: E402
from installers.shared.licences import write_licences  # noqa: E402
from installers.shared.parts import parts  # noqa: E402
from installers.shared.sbom import write_sbom  # noqa: E402
from installers.shared.tidy import write_hash_list  # noqa: E402
from installers.shared.wheel import build_wheel  # noqa: E402

FILES = Path(__file__).with_name("files")
SHARE = Path("usr/share")
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def build(words: list[str]) -> list[Path]:
    """Build into the folder named by `--out`; gives what was written."""
    arguments = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    arguments.add_argument("--out", type=Path, required=True, metavar="DIR")
    arguments.add_argument("--only", choices=("deb", "rpm"))
    arguments.add_argument("--here", action="store_true", help="with the Python and packages of this system; for no release")
    known = arguments.parse_args(words)
    if sys.platform != "linux" or platform.machine() != "x86_64":
        raise CannotBuildHereError("The Linux packages are built on Debian on a 64-bit PC.")
    interpreter = system_interpreter() if known.here else build_interpreter()
    say(f"Python {interpreter.version} with SQLite {interpreter.sqlite}")
    stage = WORK / "linux" / "root"
    packages = build_tree(stage, interpreter, build_wheel(empty(WORK / "linux-wheel")), installed=known.here)
    sbom = write_sbom(known.out, "linux", interpreter.versions, packages)
    write_documents(stage, packages, interpreter, sbom)
    write_desktop_files(stage)
    tidy_tree(stage)
    found = binaries(stage)
    written = [sbom, known.out / f"camcensus-{version()}-linux-files.sha256"]
    write_hash_list(stage, written[-1], prefix="/")
    for kind, make in {"deb": build_deb, "rpm": build_rpm}.items():
        if known.only in (None, kind):
            written.append(make(stage, found, version(), known.out))
            check_size(kind, written[-1], stage)
    return written


def write_documents(stage: Path, packages: Path, interpreter: Interpreter, sbom: Path) -> None:
    """Write what people and auditors read: licences, the list of parts, changes, the manual page."""
    shared = stage / SHARE / "doc" / "camcensus"
    others = parts("linux", interpreter.versions)
    write_licences(packages, others, stage / PREFIX / "LICENSE", shared / "licences", "linux")
    (stage / PREFIX / "LICENSE").unlink()
    shutil.copyfile(FILES / "copyright", shared / "copyright")
    shutil.copyfile(sbom, shared / sbom.name)
    template = ROOT / "resources" / "policy-template.toml"
    if template.is_file():
        shutil.copyfile(template, shared / template.name)
    _write_packed(shared / "changelog.gz", (ROOT / "CHANGELOG.md").read_bytes())
    page = manual_page(version(), datetime.fromtimestamp(epoch(), UTC).date())
    _write_packed(stage / SHARE / "man" / "man1" / "camcensus.1.gz", page.encode())


def write_desktop_files(stage: Path) -> None:
    """Write what a desktop reads: the entry, the file type, the description, the icon in its sizes."""
    day = datetime.fromtimestamp(epoch(), UTC).date().isoformat()
    described = (FILES / "camcensus.metainfo.xml").read_text(encoding="utf-8").format(version=version(), date=day)
    placed = {
        "applications/camcensus.desktop": (FILES / "camcensus.desktop").read_text(encoding="utf-8"),
        "mime/packages/camcensus.xml": (FILES / "camcensus.mime.xml").read_text(encoding="utf-8"),
        "metainfo/org.camcensus.Camcensus.metainfo.xml": described,
        "icons/hicolor/scalable/apps/camcensus.svg": MARK.read_text(encoding="utf-8"),
    }
    for name, text in placed.items():
        path = stage / SHARE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for size in ICON_SIZES:
        draw_icon(size, stage / SHARE / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "camcensus.png")


def _write_packed(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data, 9, mtime=0))


if __name__ == "__main__":
    run_build(build)
