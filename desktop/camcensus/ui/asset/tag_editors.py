"""One field of what staff know of rows: a title, a way to say it, and a sentence beside it where it does not fit.

Over several rows a field says "(different)" where they do not agree, and is written only where it was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from camcensus.model.errors import StoreError
from camcensus.model.tags import FIELDS, checked, checked_tags
from camcensus.model.words import clean, listed
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import ChoiceList, Combo, Field, Lines
from camcensus.ui.kit.forms import MissingLine
from camcensus.ui.kit.layout import column, fill
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.widgets import Text

DIFFERENT = "(different)"
EMPTIED = "Will be emptied"
USED_SHOWN = 8


def as_typed(field: str, value: object) -> str:
    """A kept value as a person types it: "24/11/2026", "11/2026", "180.50"; "" for none."""
    if value is None or value == "":
        return ""
    kind = FIELDS[field].kind
    if kind in ("date", "part-date"):
        return "/".join(reversed(str(value).split("-")))
    if kind == "money" and isinstance(value, int):
        pounds, pence = divmod(value, 100)
        return f"{pounds}.{pence:02d}" if pence else str(pounds)
    return str(value)


class LearnField(Field):
    """One line that offers what was typed before: the Down key shows all of it."""

    def __init__(self, known: Sequence[str], hint: str = "", name: str = "") -> None:
        super().__init__(hint, name=name)
        if known:
            completer = QCompleter(QStringListModel(list(known), self), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setPopup(ChoiceList(f"{name}: used before"))
            self.setCompleter(completer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down offers what fits, all of it where nothing is typed."""
        completer = self.completer()
        if event.key() == Qt.Key.Key_Down and completer is not None and not self._popup_shown():
            completer.setCompletionPrefix(self.text())
            completer.complete()
            return
        super().keyPressEvent(event)

    def _popup_shown(self) -> bool:
        popup = self.completer().popup()
        return popup is not None and popup.isVisible()


class Editor(QWidget):
    """A field. `before` is what all rows say, None where they differ; `now` what is said here, None where it is left alone."""

    def __init__(self, name: str, values: Iterable[object], title: str = "") -> None:
        super().__init__()
        self.name = name
        self.title = title or FIELDS[name].title
        held = {as_typed(name, value) for value in values}
        self.before = next(iter(held)) if len(held) == 1 else None
        self.problem = MissingLine()

    def lay_out(self, field: QWidget, *beside: QWidget) -> None:
        """Title, field with what is under it, and room for a sentence."""
        self.entry = field
        layout = column(Text(self.title, "caption", "secondary"), 4, field, of=self)
        for widget in beside:
            fill(layout, 2, widget)
        fill(layout, 4, self.problem, None)

    @property
    def now(self) -> str | None:
        """What the field says."""
        raise NotImplementedError

    @property
    def changed(self) -> bool:
        """Whether a person changed it."""
        return self.now != self.before

    def check(self) -> bool:
        """Whether what it says can be kept; says a sentence where not. What was typed stays."""
        sentence = ""
        try:
            if self.changed:
                checked(self.name, self.now)
        except StoreError as error:
            sentence = str(error)
        self.problem.say(sentence, self.entry, lead=False)
        return not sentence


class TextEditor(Editor):
    """One line; `known` was typed before, in this register."""

    def __init__(
        self, name: str, values: Iterable[object], known: Sequence[str], hint: str, title: str = "",
    ) -> None:  # fmt: skip
        super().__init__(name, values, title)
        self._hint = hint
        self.field = LearnField(known, name=self.title)
        self.field.setText(self.before or "")
        self.field.setPlaceholderText(DIFFERENT if self.before is None else hint)
        self.field.textChanged.connect(self._show_hint)
        self.lay_out(self.field)

    def set_text(self, text: str) -> None:
        """Types it for the person."""
        self.field.setText(text)
        self.field.setModified(True)
        self._show_hint()

    @property
    def now(self) -> str | None:
        """The words; None where rows differ and nobody typed."""
        if self.before is None and not self.field.isModified():
            return None
        return self.field.typed

    def _show_hint(self, *_: object) -> None:
        if self.before is None:
            self.field.setPlaceholderText(EMPTIED if self.field.isModified() else DIFFERENT)


class LongEditor(Editor):
    """Several lines."""

    def __init__(self, name: str, values: Iterable[object], title: str = "") -> None:
        super().__init__(name, values, title)
        self.lines = Lines(self.title, self.before or "", hint=DIFFERENT if self.before is None else "")
        self.lines.setFixedHeight(theme.px(72))
        self.lines.viewport().setAutoFillBackground(False)
        box = card_of(self.lines, (6, 2, 2, 2))
        self.lay_out(box)
        self.entry = self.lines

    @property
    def now(self) -> str | None:
        """The text; None where rows differ and nobody typed."""
        if self.before is None and not self.lines.document().isModified():
            return None
        return self.lines.toPlainText().strip()


class ChoiceEditor(Editor):
    """One of some: (words, value) pairs; "" is "Not said"."""

    def __init__(
        self, name: str, values: Iterable[object], choices: Iterable[tuple[str, str]], *beside: QWidget, title: str = "",
        nothing: str = "Not said",
    ) -> None:  # fmt: skip
        super().__init__(name, values, title)
        self._nothing = nothing
        self.combo = Combo(self.title)
        self.offer(choices)
        self.lay_out(self.combo, *beside)

    def offer(self, choices: Iterable[tuple[str, str]], chosen: str | None = None) -> None:
        """Offers these, and chooses one."""
        self.combo.clear()
        if self.before is None:
            self.combo.addItem(DIFFERENT, None)
        self.combo.offer([(self._nothing, ""), *choices])
        wanted = self.before if chosen is None else chosen
        self.combo.setCurrentIndex(0 if wanted is None else max(0, self.combo.findData(wanted)))

    @property
    def now(self) -> str | None:
        """The value that is chosen; None for "(different)"."""
        found = self.combo.currentData()
        return None if found is None else str(found)


class FreeTags(Editor):
    """Free tags with commas between them, those that all rows have; what is added or taken away, is so on each row."""

    def __init__(self, held: Sequence[Sequence[str]], known: Sequence[str]) -> None:
        super().__init__("tags", (), "Tags")
        self.field = Field("For example, gate, lift works", name="Tags")
        self.field.setText(", ".join(tag for tag in held[0] if all(tag in tags for tags in held)))
        self._before = self._typed
        others = [tag for tag in known if tag not in self._before]
        used = Text(f"Used before: {clean(listed(others, USED_SHOWN), 300)}" if others else "", "caption", "secondary")
        self.lay_out(self.field, used)

    @property
    def _typed(self) -> list[str]:
        return [tag for tag in map(str.strip, self.field.text().split(",")) if tag]

    @property
    def added(self) -> list[str]:
        """Tags that every row is to have."""
        return [tag for tag in self._typed if tag not in self._before]

    @property
    def removed(self) -> list[str]:
        """Tags that no row is to have."""
        return [tag for tag in self._before if tag not in self._typed]

    def check(self) -> bool:
        try:
            checked_tags(self.added)
        except StoreError as error:
            self.problem.say(str(error), self.entry, lead=False)
            return False
        return True
