"""The system's dialogs for files. Each begins where the last one ended, at first in Documents/Camcensus.

Without a folder the system's dialog begins in the working directory, which on Windows is the program's own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

ALL = "All files (*)"

type Then = Callable[[Path], object]


class Remembers(Protocol):
    """What keeps the folder of the last file from one run to the next."""

    @property
    def last_folder(self) -> Path | None: ...

    @last_folder.setter
    def last_folder(self, folder: Path) -> None: ...


_last: list[Remembers] = []


def keep_in(preferences: Remembers) -> None:
    """Remembers the last folder in these preferences from now on."""
    _last[:] = [preferences]


def documents() -> Path:
    """Documents/Camcensus where that is there, else Documents, else the person's own folder."""
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(home) if home and Path(home).is_dir() else Path.home()
    return folder / "Camcensus" if (folder / "Camcensus").is_dir() else folder


def last_folder() -> Path:
    """Where the next dialog begins."""
    kept = _last[0].last_folder if _last else None
    return kept if kept is not None and os.path.isdir(kept) else documents()  # noqa: PTH112  (False where it may not be looked into)


def stem_of(text: str, most: int = 60) -> str:
    """A text as (part of) a file's name: small letters, digits and hyphens, so that no name of a school leads elsewhere."""
    return re.sub(r"[^\w-]+", "-", text.strip().casefold()).strip("-")[:most]


def kinds_of(title: str, endings: Iterable[str]) -> str:
    """What a dialog shows first, and all files: "Registers (*.csv *.json);;All files (*)"."""
    return f"{title} ({' '.join(f'*{ending}' for ending in endings)});;{ALL}"


def open_file(parent: QWidget | None, title: str, then: Then, kinds: str = ALL) -> None:
    """A file to open. Here and below `then` gets what was chosen, and nothing follows where a person cancels."""
    _chosen(QFileDialog.getOpenFileName(parent, title, str(last_folder()), kinds)[0], then)


def open_files(parent: QWidget | None, title: str, then: Callable[[list[Path]], object], kinds: str = ALL) -> None:
    """Files to open."""
    names = QFileDialog.getOpenFileNames(parent, title, str(last_folder()), kinds)[0]
    if names:
        _chosen(names[0], lambda _: then([Path(name) for name in names]))


def open_folder(parent: QWidget | None, title: str, then: Then) -> None:
    """A folder that others filled. What is saved next lies beside it, not in it."""
    _chosen(QFileDialog.getExistingDirectory(parent, title, str(last_folder())), then)


def save_folder(parent: QWidget | None, title: str, then: Then) -> None:
    """A folder to write files into."""
    name = QFileDialog.getExistingDirectory(parent, title, str(last_folder()))
    if name:
        remember(Path(name))
        then(Path(name))


def save_file(parent: QWidget | None, title: str, suggested: str, kinds: str, then: Then) -> None:
    """Where to write. The `suggested` name lies in the last folder."""
    _chosen(QFileDialog.getSaveFileName(parent, title, str(last_folder() / suggested), kinds)[0], then)


def save_as_kind(parent: QWidget | None, title: str, suggested: str, kinds: str, then: Callable[[Path, str], object]) -> None:
    """The same; `then` gets the kind that was chosen too."""
    name, kind = QFileDialog.getSaveFileName(parent, title, str(last_folder() / suggested), kinds)
    _chosen(name, lambda path: then(path, kind))


def remember(folder: Path) -> None:
    """The next dialog begins in this folder."""
    if _last:
        _last[0].last_folder = folder


def _chosen(name: str, then: Then) -> None:
    if name:
        remember(Path(name).parent)
        then(Path(name))
