"""The .deb, from the tree of files that it installs."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from installers.linux.elf import Binary
from installers.linux.needs import debian_needs
from installers.shared.budget import tree_bytes
from installers.shared.facts import contact, empty, epoch, need, run
from installers.shared.tidy import files_of, settle

SUMMARY = "register of cameras, their makers and their replacement"
DESCRIPTION = """\
 For schools, NHS bodies, councils and shops: which cameras do we have, where
 are they, who really made them, what is on record about those makers, and
 what would it take to replace them?
 .
 It asks the cameras on your own network what they are, keeps a register of
 places and decisions, and prints a replacement plan. It tries no passwords,
 watches no video, changes no setting, and sends nothing beyond your network.
"""
NAME = "camcensus_{version}_amd64.deb"


def maintainer() -> str:
    """Who the packages say made them; a draft may name no address."""
    return f"The Camcensus authors <{contact() or 'unset@localhost'}>"


def build_deb(stage: Path, found: list[Binary], version: str, out: Path) -> Path:
    """Pack the tree under `stage` (which stands for /) into a folder; `found` are its binaries."""
    dpkg = need("dpkg-deb", "dpkg")
    root = stage.with_name("deb")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(stage, root, symlinks=True)
    control = empty(root / "DEBIAN")
    needs = debian_needs(found)
    lines = [
        "Package: camcensus",
        f"Version: {debian_version(version)}",
        "Architecture: amd64",
        f"Maintainer: {maintainer()}",
        f"Installed-Size: {-(-tree_bytes(stage) // 1024)}",
        f"Depends: {', '.join(needs.required)}",
        f"Recommends: {', '.join(needs.recommended)}",
        "Section: utils",
        "Priority: optional",
        f"Description: {SUMMARY}",
    ]
    (control / "control").write_text("\n".join(lines) + "\n" + DESCRIPTION, encoding="utf-8")
    sums = [f"{_md5(path)}  {path.relative_to(stage).as_posix()}" for path in files_of(stage) if not path.is_symlink()]
    (control / "md5sums").write_text("\n".join(sums) + "\n", encoding="utf-8")
    settle(root, epoch())
    made = out / NAME.format(version=debian_version(version))
    run([dpkg, "--root-owner-group", "-Zxz", "-z6", "--threads-max=1", "--build", root, made])
    shutil.rmtree(root)
    return made


def debian_version(version: str) -> str:
    """The version as dpkg orders it: 1.0.0rc1 comes before 1.0.0."""
    for mark in ("a", "b", "rc"):
        before, found, after = version.partition(mark)
        if found:
            return f"{before}~{mark}{after}"
    return version


def _md5(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
