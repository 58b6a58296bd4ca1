"""What a Python package carries inside that is no Python package: libraries in its compiled code and beside it."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from installers.shared.facts import ROOT, BuildError

INSIDE = Path(__file__).with_name("inside.toml")
_COMPILED = re.compile(r"\.(?:so|pyd|dll|dylib)(?:\.[\d.]+)?$")
_LIBRARY = re.compile(r"^(lib[A-Za-z0-9_+]*?)(?:[-.][0-9a-f.]+)*?(?:-[0-9a-f]{8,})?\.(?:so|dylib|dll)(?:\.[\d.]+)?$")


@dataclass(frozen=True)
class Carried:
    """A part of a package. `licence` is an SPDX expression, or "" where the package's list gives none."""

    name: str
    version: str
    licence: str
    author: str = ""
    purl: str = ""
    note: str = ""
    is_optional: bool = False
    """The package's list says that a build of it may be without."""


def carried(distribution: metadata.Distribution, platform: str) -> list[Carried]:
    """The parts of an installed package that a platform's package holds ("python", "linux", "windows", "macos"), by name.

    By the package's own lists (PEP 770) and by `inside.toml`. Raises BuildError where it has compiled code and neither, or
    where a library lies beside it that nothing names.
    """
    name = canonicalize_name(distribution.metadata["Name"])
    left_out = {part for row in _rows("left_out", name) if platform in row["in"] for part in row["parts"]}
    lists = [json.loads(path.read_text("utf-8")) for path in _lists(distribution)]
    rows = _rows("inside", name)
    every = [one.name for bom in lists for one in _listed(bom, name, set())] + [row["name"] for row in rows]
    _refuse_unnamed(distribution, name, every)
    found = [one for bom in lists for one in _listed(bom, name, left_out)]
    found += [_of_row(row, distribution, platform) for row in rows if platform in row.get("in", (platform,))]
    return sorted({(one.name, one.version): one for one in found}.values(), key=lambda one: (one.name.lower(), one.version))


@cache
def _table() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(INSIDE.read_text("utf-8"))


def _rows(kind: str, name: str) -> list[dict[str, Any]]:
    return [row for row in _table()[kind] if row["package"] == name]


def _lists(distribution: metadata.Distribution) -> list[Path]:
    name, version = canonicalize_name(distribution.metadata["Name"]), distribution.version
    folders = Path(str(distribution.locate_file(""))).glob(f"*-{version}.dist-info")
    return sorted(
        path
        for folder in folders
        if canonicalize_name(folder.name.removesuffix(f"-{version}.dist-info")) == name
        for path in (folder / "sboms").glob("*.json")
    )


def _listed(bom: dict[str, Any], package: str, left_out: set[str]) -> list[Carried]:
    """The parts of one list, without the package itself, what only built it, and what only parts need that are left out."""
    own = f"pkg:pypi/{package}@"
    components = {one.get("bom-ref", one["name"]): one for one in bom.get("components", ())}
    needs = {one["ref"]: set(one.get("dependsOn", ())) for one in bom.get("dependencies", ())}
    gone = {ref for ref, one in components.items() if one["name"] in left_out}
    whole = bom.get("metadata", {}).get("component", {}).get("bom-ref", "")
    needed = {ref for one, refs in needs.items() if one != whole for ref in refs}
    reached, waiting = set[str](), components.keys() - needed
    while waiting:
        ref = waiting.pop()
        if ref not in reached and ref not in gone:
            reached.add(ref)
            waiting |= needs.get(ref, set())
    return [
        Carried(
            one["name"],
            str(one.get("version", "")),
            _licence(one),
            str(one.get("author", "")),
            _purl(one),
            is_optional=one.get("scope") == "optional",
        )
        for ref, one in components.items()
        if ref in reached and one.get("scope") != "excluded" and not str(one.get("purl", "")).startswith(own)
    ]


def _licence(component: dict[str, Any]) -> str:
    said = [
        one.get("expression") or one.get("license", {}).get("id") or one.get("license", {}).get("name", "")
        for one in component.get("licenses", ())
    ]
    return " AND ".join(one for one in said if one)


def _purl(component: dict[str, Any]) -> str:
    """Its address in an index; a path on the computer that built it is none."""
    purl = str(component.get("purl", ""))
    return "" if "download_url=file:" in purl else purl


def _of_row(row: dict[str, Any], distribution: metadata.Distribution, platform: str) -> Carried:
    seen = row["version"] if platform == "linux" else ""
    version = seen or f"as in {row['package']} {distribution.version}"
    return Carried(row["name"], version, row["licence"], note=row["seen"])


def _refuse_unnamed(distribution: metadata.Distribution, name: str, parts: list[str]) -> None:
    files = [path for path in distribution.files or () if _COMPILED.search(path.name)]
    if files and not parts and not _rows("alone", name):
        where = INSIDE.relative_to(ROOT)
        raise BuildError(f"{name} carries compiled code and no list of what is in it; say what it holds in {where}.")
    known = [_plain(one) for one in parts]
    given = {file for row in _rows("inside", name) for file in row.get("files", ())}
    given |= {file for row in _rows("named", name) for file in row["files"]}
    for path in files:
        library = _LIBRARY.match(path.name)
        if library is None or not path.parts[0].endswith((".libs", ".dylibs")) or library[1] in given:
            continue
        plain = _plain(library[1])
        if not any(one.startswith(plain) or plain.startswith(one) for one in known if one):
            raise BuildError(f"{name} carries {path.name}, which no list names; say what it is in {INSIDE.relative_to(ROOT)}.")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower()).removeprefix("lib")
