"""The parts of Camcensus with version and licence, read from what is installed."""

from __future__ import annotations

import platform
import re
import sqlite3
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import camcensus
from camcensus.model import frozen

_TEXT = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice|authors)[^/]*$", re.I)
_EXTRA = re.compile(r";.*\bextra\b")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
QT = "pyside6-essentials"
GATHERED, ON_DEBIAN = "licences", Path("/usr/share/doc/camcensus/licences")
"""Where installers put the texts of all parts: Qt's wheels bring none of their own."""
IN_SOURCES = Path("installers") / "shared" / "licences"
_CLASSIFIER = "License :: "
LONGEST_CHARACTERS = 200_000


@frozen
class OwnPart:
    """One part. `texts` are the files with its licence, as they came with it; none where it brought none."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]

    def text(self) -> str:
        """The text of its licence, as far as it came with it."""
        texts = [path.read_text("utf-8", errors="replace") for path in self.texts if path.is_file()]
        return "\n\n".join(texts)[:LONGEST_CHARACTERS] or "No text of the licence came with this part. Its name is above."


def own_parts(data_dir: Path) -> tuple[OwnPart, ...]:
    """Camcensus itself, the languages and libraries it runs on, its letters and pictures; the program first."""
    resources = data_dir / "resources"
    own = next(iter(_texts("camcensus")), data_dir / "LICENSE")
    found = [
        OwnPart("Camcensus", camcensus.__version__, "Apache-2.0", tuple(filter(Path.is_file, [own]))),
        OwnPart("Python", platform.python_version(), "PSF-2.0", _python_licence()),
        OwnPart("SQLite", sqlite3.sqlite_version, "Public domain", ()),
        OwnPart("Qt", _version_of(QT), "LGPL-3.0-only", _gathered("Qt") or _in_folder(data_dir / IN_SOURCES)),
    ]
    found += sorted(_installed(), key=lambda part: part.name.casefold())
    found += [
        OwnPart("Lucide (icons)", "", "ISC", (resources / "icons" / "LICENSE.lucide.txt",)),
        OwnPart("Noto Sans (letters)", "", "OFL-1.1", (resources / "fonts" / "OFL.txt",)),
    ]
    return tuple(found)


def versions() -> tuple[tuple[str, str], ...]:
    """What a person is asked for when something went wrong: the program, Python, SQLite, the system."""
    system = f"{platform.system()} {platform.release()}".strip()
    return (
        ("Camcensus", camcensus.__version__),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
        ("System", f"{system}, {platform.machine()}".strip(", ")),
    )


def _version_of(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _gathered(name: str) -> tuple[Path, ...]:
    """The texts that an installer put beside the program for a part."""
    places = [folder / GATHERED for folder in Path(camcensus.__file__).parents[:4]]
    return next((found for place in (*places, ON_DEBIAN) if (found := _in_folder(place / name))), ())


def _in_folder(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.glob("*") if path.is_file())) if folder.is_dir() else ()


def _installed() -> Iterator[OwnPart]:
    """What Camcensus needs, and what that needs in turn."""
    waiting, seen = ["camcensus"], {"camcensus"}
    while waiting:
        try:
            every = metadata.requires(waiting.pop()) or []
        except metadata.PackageNotFoundError:
            continue
        for line in every:
            name = _NAME.match(line)
            plain = re.sub(r"[-_.]+", "-", name[0]).lower() if name else ""
            if not plain or plain in seen or _EXTRA.search(line):
                continue
            seen.add(plain)
            waiting.append(plain)
            try:
                told = metadata.metadata(plain)
            except metadata.PackageNotFoundError:
                continue  # For another system.
            texts = tuple(_texts(plain)) or _gathered(plain)
            yield OwnPart(str(told["Name"]), str(told["Version"]), _licence(told), texts)


def _licence(told: metadata.PackageMetadata) -> str:
    """The licence as the part names it, on one line."""
    named = told.get("License-Expression") or ""
    if not named:
        named = " or ".join(
            one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or [] if one.startswith(_CLASSIFIER)
        )
    text = named or (told.get("License") or "").strip().split("\n")[0]
    return text[:80] or "See its text"


def _texts(name: str) -> Iterator[Path]:
    try:
        every = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return
    for file in every:
        if ".dist-info" in str(file) and _TEXT.search(file.as_posix()):
            path = Path(str(file.locate()))
            if path.is_file():
                yield path


def _python_licence() -> tuple[Path, ...]:
    """The text that came with this Python, where it did."""
    library = Path(platform.__file__).parent
    places = (library / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE")
    return tuple([place for place in places if place.is_file()][:1])
