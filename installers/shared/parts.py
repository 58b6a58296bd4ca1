"""What is inside a package: the locked Python packages, and parts that no package index knows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installers.shared.facts import ROOT, BuildError

LOCK = ROOT / "installers" / "requirements.txt"
PARTS = Path(__file__).with_name("parts.toml")
PLATFORMS = ("python", "linux", "windows", "macos")

LEFT_OUT = frozenset({"pip", "tzdata"})
"""sqlite-utils asks for the first to install its own plugins, python-dateutil for the second to name time zones elsewhere;
programs that are installed as a whole do without."""

_LICENCES = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "isodate": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "click-default-group": "BSD-3-Clause",
}
"""For packages whose own words are no SPDX expression: by these words or by name. Source: their licence files."""


@dataclass(frozen=True)
class Locked:
    """A Python package of the lock; `hashes` are SHA-256 of the files that may stand for it."""

    name: str
    version: str
    hashes: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Something inside that is no Python package; `text` is the path of its licence within this repository, or empty."""

    name: str
    version: str
    licence: str
    supplier: str
    origin: str
    text: str
    note: str


def locked(platform: str, lock: Path = LOCK) -> list[Locked]:
    """The locked packages that a platform's package holds: "python" (a wheel's dependencies), "linux", "windows", "macos"."""
    environment = {"linux": "linux", "windows": "win32", "macos": "darwin"}
    found = []
    for line in lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        words, *hashes = line.split(" --hash=sha256:")
        if not words.strip():
            continue
        requirement = Requirement(words.strip())
        marker = requirement.marker
        there = {"sys_platform": environment[platform]} if platform in environment else {}
        if marker is not None and not marker.evaluate(there):
            continue
        if platform != "python" and canonicalize_name(requirement.name) in LEFT_OUT:
            continue
        version = next(iter(requirement.specifier)).version
        found.append(Locked(canonicalize_name(requirement.name), version, tuple(one.strip() for one in hashes)))
    return found


def parts(platform: str, versions: Mapping[str, str]) -> list[Part]:
    """The other parts of a platform's package; `versions` gives those that only the build knows, by name."""
    found = []
    for row in tomllib.loads(PARTS.read_text(encoding="utf-8"))["part"]:
        if not {"all", platform} & set(row["in"]):
            continue
        version = row["version"] or versions.get(row["name"], "")
        if not version:
            raise BuildError(f"The build has to say which version of {row['name']} is inside.")
        texts = {name: str(row.get(name, "")) for name in ("name", "licence", "supplier", "origin", "text", "note")}
        found.append(Part(version=version, **texts))
    return found


def licence_of(distribution: metadata.Distribution) -> str:
    """The licence of an installed package as an SPDX expression. Raises BuildError where its words are none that we know."""
    said = distribution.metadata
    name = canonicalize_name(said["Name"])
    words = (said.get("License-Expression") or said.get("License") or "").strip()
    found = _LICENCES.get(name) or _LICENCES.get(words) or words
    if not found or " " in found.replace(" OR ", "").replace(" AND ", "").replace(" WITH ", ""):
        raise BuildError(f"The licence of {name} is no SPDX expression (“{words[:40]}”); add it to {Path(__file__).name}.")
    return str(found)
