"""Gathers the licence of everything that a package holds, so that it travels inside."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from importlib import metadata
from pathlib import Path

from packaging.utils import canonicalize_name

from installers.shared.facts import ROOT, BuildError, empty
from installers.shared.inside import carried
from installers.shared.parts import Part, licence_of

TEXTS = Path(__file__).with_name("licences")
_WITHOUT_TEXT = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "pyside6-pdf": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}
"""Packages that carry no licence file of their own, and the texts that they name."""


def write_licences(
    packages: Path,
    others: list[Part],
    python_licence: Path | None,
    out: Path,
    platform: str,
    only: Collection[str] | None = None,
) -> None:
    """Write the licence texts of all installed packages and other parts into a folder, and LICENCES.txt, which lists them.

    `packages` is the folder that the Python packages of `platform` are installed in; `only` names those that are shipped, where
    it also holds what builds. What a package carries inside is listed below it. Raises BuildError where one has no text, or
    carries what nobody names.
    """
    empty(out)
    rows = [("Camcensus", "Apache-2.0", "Camcensus")]
    _copy([ROOT / "LICENSE"], out / "Camcensus")
    for distribution in sorted(metadata.distributions(path=[str(packages)]), key=_name):
        name = _name(distribution)
        if name == "camcensus" or (only is not None and name not in only):
            continue
        texts = _texts(distribution) or [TEXTS / text for text in _WITHOUT_TEXT.get(name, ())]
        if not texts:
            raise BuildError(f"{name} carries no licence text; add one to {TEXTS.relative_to(ROOT)}.")
        _copy(texts, out / name)
        rows.append((f"{name} {distribution.version}", licence_of(distribution), name))
        for one in carried(distribution, platform):
            by = f", by {one.author}" if one.author else ""
            rows.append((f"  {one.name} {one.version}".rstrip(), one.licence or "not said by its list", f"in {name}{by}"))
    for part in others:
        folder = part.name.replace(" ", "-")
        texts = [ROOT / part.text] if part.text else []
        if part.name == "CPython" and python_licence is not None:
            texts = [python_licence]
        if texts:
            _copy(texts, out / folder)
        where = folder if texts else part.note or part.origin
        rows.append((f"{part.name} {part.version}", part.licence, where))
    lines = [
        "Camcensus is made of these parts. Each line: the part, its licence, and the folder beside this file with its text.",
        "Parts inside another stand below it, as its makers list them.",
        "",
    ]
    lines += [f"{what:44} {licence:52} {where}" for what, licence, where in rows]
    lines += [
        "",
        "Qt is used as shared libraries under the LGPL-3.0: its files may be replaced by your own build of the same version.",
    ]
    (out / "LICENCES.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _name(distribution: metadata.Distribution) -> str:
    return canonicalize_name(distribution.metadata["Name"])


def _texts(distribution: metadata.Distribution) -> list[Path]:
    words = ("licen", "copying", "notice", "authors")
    files = distribution.files or []
    found = [one for one in files if ".dist-info" in one.parts[0] and one.name.lower().startswith(words)]
    return [Path(str(one.locate())) for one in found if Path(str(one.locate())).is_file()]


def _copy(texts: list[Path], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for text in texts:
        into = folder / text.name
        if into.exists():
            into = folder / f"{text.parent.name}-{text.name}"
        shutil.copyfile(text, into)
