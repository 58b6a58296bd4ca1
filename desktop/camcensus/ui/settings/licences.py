"""What Camcensus is made of: one part at a time, with the text of its licence as it came with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from camcensus.tasks.own_parts import OwnPart, own_parts
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Combo, Lines
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import labelled
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.widgets import Text

LONGEST_CHARACTERS = 200_000


class LicencesDialog(Dialog):
    """A drop-down of the parts, and the text."""

    def __init__(self, data_dir: Path, parent: QWidget) -> None:
        super().__init__(parent, "Licences", width=640, lead="Camcensus is free software, made of free software.")
        self._parts = own_parts(data_dir)
        self.choice = Combo("Part")
        for part in self._parts:
            self.choice.addItem(f"{part.name} {part.version}".strip())
        self._licence = Text("", "body", "secondary")
        self.text = Lines("Text of the licence", read_only=True)
        self.text.setMinimumHeight(theme.unless_large(280, 280))
        box = card_of(self.text, (8, 4, 4, 4))
        fill(self.body, labelled("Part", self.choice), 8, self._licence, 8, (box, 1))
        self.offer_close()
        self.choice.currentIndexChanged.connect(self._show)
        self._show(0)

    def _show(self, at: int) -> None:
        part = self._parts[at]
        self._licence.setText(f"Licence: {part.licence}")
        self.text.setPlainText(_read(part))


def _read(part: OwnPart) -> str:
    texts = []
    for path in part.texts:
        try:
            texts.append(path.read_text("utf-8", errors="replace"))
        except OSError:
            continue
    return "\n\n".join(texts)[:LONGEST_CHARACTERS] or "No text of the licence came with this part. Its name is above."
