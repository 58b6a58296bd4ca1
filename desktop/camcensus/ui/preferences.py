"""What the window remembers between runs, in one small file of this user's. Nothing about cameras is in it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from camcensus.store.vendors_db.updates import FOLDER
from camcensus.ui.kit.theme import Choice

CHOICES: tuple[Choice, ...] = ("system", "light", "dark")
MOST_RECENT = 8


class Preferences:
    """The last inventories, colours, text size, columns, the name last typed, and the window's size."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or _usual_path()
        self._settings = QSettings(str(self.path), QSettings.Format.IniFormat)

    @property
    def last_inventory(self) -> Path | None:
        """The inventory that was open last, if it is still there."""
        text = str(self._settings.value("last_inventory", ""))
        return Path(text) if text and Path(text).is_file() else None

    @last_inventory.setter
    def last_inventory(self, path: Path) -> None:
        self._settings.setValue("last_inventory", str(path))
        others = (str(one) for one in self.recent if one != path)
        self._settings.setValue("recent", "\n".join((str(path), *others)))

    @property
    def recent(self) -> tuple[Path, ...]:
        """What was open lately, the newest first; nobody looks whether it is still there, which on a share takes long."""
        lines = str(self._settings.value("recent", "")).splitlines()
        return tuple(Path(line) for line in lines if line)[:MOST_RECENT]

    def forget(self, path: Path) -> None:
        """Takes a file from what was open lately."""
        self._settings.setValue("recent", "\n".join(str(one) for one in self.recent if one != path))

    @property
    def last_folder(self) -> Path | None:
        """Where the file that was chosen last lay."""
        text = str(self._settings.value("last_folder", ""))
        return Path(text) if text else None

    @last_folder.setter
    def last_folder(self, folder: Path) -> None:
        self._settings.setValue("last_folder", str(folder))

    @property
    def colours(self) -> Choice:
        """Light, dark, or as the system says."""
        text = str(self._settings.value("colours", "system"))
        return next((choice for choice in CHOICES if choice == text), "system")

    @colours.setter
    def colours(self, choice: Choice) -> None:
        self._settings.setValue("colours", choice)

    @property
    def text_percent(self) -> int:
        """Text size."""
        text = str(self._settings.value("text_percent", "100"))
        return int(text) if text.isdecimal() and len(text) < 4 else 100

    @text_percent.setter
    def text_percent(self, percent: int) -> None:
        self._settings.setValue("text_percent", str(percent))

    @property
    def person(self) -> str:
        """The name last typed where a person stands for something."""
        return str(self._settings.value("person", ""))[:200]

    @person.setter
    def person(self, name: str) -> None:
        self._settings.setValue("person", name)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the register that were chosen; none before that."""
        return tuple(name for name in str(self._settings.value("columns", ""))[:2000].split("+") if name)

    @columns.setter
    def columns(self, names: tuple[str, ...]) -> None:
        self._settings.setValue("columns", "+".join(names))

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window was."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)


def _usual_path() -> Path:
    """In the folder that CAMCENSUS_DATA names (a program on a stick keeps all there), else where this system keeps settings."""
    named = os.environ.get(FOLDER)
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return (Path(named) if named else Path(usual) / "camcensus") / "window.ini"
