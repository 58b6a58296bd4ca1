"""The system's dialogs for files. Each begins where the last one ended, at first in Documents/Camcensus.

Without a folder the system's dialog begins in the working directory, which on Windows is the program's own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

ALL = "All files (*)"


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


def open_file(parent: QWidget | None, title: str, kinds: str = ALL) -> str:
    """A file to open; "" where none was chosen."""
    return _chosen(QFileDialog.getOpenFileName(parent, title, str(last_folder()), kinds)[0])


def open_files(parent: QWidget | None, title: str, kinds: str = ALL) -> Sequence[str]:
    """Files to open; none where none was chosen."""
    names = QFileDialog.getOpenFileNames(parent, title, str(last_folder()), kinds)[0]
    _chosen(names[0] if names else "")
    return names


def open_folder(parent: QWidget | None, title: str) -> str:
    """A folder that others filled; "" where none was chosen. What is saved next lies beside it, not in it."""
    return _chosen(QFileDialog.getExistingDirectory(parent, title, str(last_folder())))


def save_folder(parent: QWidget | None, title: str) -> str:
    """A folder to write files into; "" where none was chosen."""
    name = QFileDialog.getExistingDirectory(parent, title, str(last_folder()))
    return remember(name, Path(name))


def save_file(parent: QWidget | None, title: str, suggested: str | Path, kinds: str) -> tuple[str, str]:
    """Where to write, and the kind that was chosen; "" where nowhere. A `suggested` name alone lies in the last folder."""
    name, kind = QFileDialog.getSaveFileName(parent, title, str(last_folder() / suggested), kinds)
    return _chosen(name), kind


def remember(name: str, folder: Path) -> str:
    """The next dialog begins in this folder, where a name was chosen."""
    if name and _last:
        _last[0].last_folder = folder
    return name


def _chosen(name: str) -> str:
    return remember(name, Path(name).parent)
