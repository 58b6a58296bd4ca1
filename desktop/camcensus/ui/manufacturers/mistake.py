"""Report a mistake: a text that the person may change, copy or save. Nothing is sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from camcensus.model.errors import DiskError
from camcensus.model.words import clean
from camcensus.store.files import write_whole
from camcensus.ui.kit import file_dialogs, theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Lines
from camcensus.ui.kit.dialogs import Dialog, tell
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.widgets import Text


def mistake_text(kind: str, name: str, identity: str, version: str) -> str:
    """What to send, with room for what only the person knows."""
    return (
        "A mistake in what Camcensus knows\n\n"
        f"About: {clean(name)} ({kind} {clean(identity)})\n"
        f"List version: {clean(version)}\n\n"
        "What is wrong:\n\n\n"
        "What is right:\n\n\n"
        "Where that is published (address and date):\n\n\n"
        "How to reach me, if you like:\n\n"
    )


class MistakeDialog(Dialog):
    """The text in a field, with Copy and Save."""

    def __init__(self, text: str, parent: QWidget) -> None:
        lead = "Camcensus sends nothing. Fill this in, then send it to whoever looks after Camcensus for you."
        super().__init__(parent, "Report a mistake", width=560, lead=lead)
        self.text = Lines("What to report", text, framed=True)
        self.text.setMinimumHeight(theme.px(240) if theme.THEME.percent < 130 else 260)
        self._done = Text("", "caption", "secondary")
        fill(self.body, (self.text, 1), 6, self._done)
        copy = Button("Copy", icon="copy", then=self._copy)
        name, kind = "camcensus-mistake.txt", "Text (*.txt)"
        save = Button("Save…", icon="download")
        save.clicked.connect(lambda: file_dialogs.save_file(self, "Save the report", name, kind, self.save_as))
        close = Button("Close", "primary", then=self.accept)
        fill(self.buttons, copy, save, close)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._done.setText("Copied.")

    def save_as(self, path: Path) -> None:
        """Writes the text, or says why not."""
        try:
            write_whole(path, self.text.toPlainText().encode("utf-8", "replace"))
        except DiskError as error:
            tell(self, "The report was not saved", str(error))
            return
        self._done.setText(f"Saved {clean(path.name)}.")
