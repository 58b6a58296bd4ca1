"""What you know about it: all that staff say of one row or of many, kept as one change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from camcensus.model.tags import FIELDS, TagField
from camcensus.model.words import clean, count
from camcensus.planning.counts import is_counted
from camcensus.store.edits.tagging import describe
from camcensus.tasks.register.alike import brand_and_model
from camcensus.tasks.register.suggestions import suggestions
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui import phrases
from camcensus.ui.asset.firm import FirmEditor
from camcensus.ui.asset.tag_editors import ChoiceEditor, Editor, FreeTags, LongEditor, TextEditor
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.controls import Check
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine
from camcensus.ui.kit.layout import fill, panel, row
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

CARRIERS = ("recorder", "encoder", "software", "other")
"""What cameras are connected to: recorders, and switches, which are listed as other things."""


class TagsDialog(Dialog):
    """The fields of one row or of a selection. Only what was changed is written; Ctrl+Z takes all of it back."""

    def __init__(self, session: Session, rows: Sequence[AssetRow], parent: QWidget) -> None:
        one = rows[0].asset if len(rows) == 1 else None
        what = clean(one.ref) if one is not None else count(len(rows), "item")
        lead = phrases.place_of(rows[0]) if one is not None else "Fields that differ say so. Only what you change is written."
        super().__init__(parent, f"What you know about {what}", width=640, lead=lead)
        self._session, self._rows = session, rows
        assets = [item.asset for item in rows]

        def held(name: str) -> list[object]:
            return [getattr(asset, name) for asset in assets]

        def text(name: str) -> TextEditor:
            known = suggestions(session.inventory, name) if FIELDS[name].learns else ()
            return TextEditor(name, held(name), known, FIELDS[name].hint)

        self._today = LinkButton("I looked today", "caption", then=self._looked_today)

        def editor(field: TagField) -> Editor:
            if field.kind == "choice":
                return ChoiceEditor(field.name, held(field.name), [(word, value) for value, word in field.choices.items()])
            if field.kind == "contact":
                return FirmEditor(session, "seller" if field.name == "seller" else "maintainer", held(field.name))
            if field.kind == "row":
                return ChoiceEditor(field.name, held(field.name), self._carriers(), nothing="Nothing, or not known")
            return text(field.name)

        self.editors: dict[str, Editor] = {name: editor(field) for name, field in FIELDS.items() if field.group}
        self.editors |= {
            "ask_note": LongEditor("ask_note", held("ask_note"), title="What to ask my installer"),
            "notes": LongEditor("notes", held("notes")),
        }
        self.tags = FreeTags([asset.tags for asset in assets], suggestions(session.inventory, "tags"))
        self.summary = MissingLine()
        name = brand_and_model(rows[0]) if one is not None else ""
        alike = [item for item in session.rows() if name and brand_and_model(item).casefold() == name.casefold()]
        self._alike = [item for item in alike if is_counted(item.asset)]
        self.for_all = Check(f"Write what I change to all {len(self._alike):,} of this model ({name})")
        self.for_all.setVisible(len(self._alike) > 1)
        self._lay_out()
        self.offer("Cancel", "Save")
        self.editors["purpose"].entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        wide = not theme.THEME.large
        groups: dict[str, list[str]] = {}
        for field in FIELDS.values():
            if field.group:
                groups.setdefault(field.group, []).append(field.name)
        grid = QGridLayout()
        grid.setContentsMargins(3, 3, 12, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        at = 0
        for title, names in groups.items():
            head = Text(title, "strong")
            if names[0] == "last_picture_check":
                line = panel(row(head, self._today, None, gap=16))
                grid.addWidget(line, at, 0, 1, 2)
            else:
                grid.addWidget(head, at, 0, 1, 2)
            at += 1
            for number, name in enumerate(names):
                across = 2 if wide else 1
                alone = name == "purpose" or (name == names[-1] and number % across == 0 and names[0] != "purpose")
                if name == "purpose":
                    grid.addWidget(self.editors[name], at, 0, 1, 2)
                    at += 1
                    continue
                place = (number - (names[0] == "purpose")) % across
                grid.addWidget(self.editors[name], at, place, 1, 1 if wide else 2)
                at += place == across - 1 or alone
            grid.setRowMinimumHeight(at, 8)
            at += 1
        grid.addWidget(self.tags, at, 0, 1, 2)
        grid.addWidget(self.editors["ask_note"], at + 1, 0, 1, 2)
        grid.addWidget(self.editors["notes"], at + 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        inner = panel(grid)
        self._scroll = Scroll(inner, "What you know about it")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what has the keyboard is brought into view
        over = self.parentWidget()
        room = over.window().height() - 240 if over is not None else 480
        self._scroll.setMinimumHeight(max(160, min(inner.sizeHint().height(), room)))
        fill(self.body, (self._scroll, 1), self.for_all, self.summary)

    def accept(self) -> None:
        wrong = [editor for editor in (*self.editors.values(), self.tags) if not editor.check()]
        if wrong:
            self.summary.say(f"{count(len(wrong), 'field')} cannot be saved yet; the reason is under it. Nothing was saved.")
            wrong[0].entry.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(wrong[0], 0, 24)
            return
        values: dict[str, object] = {name: editor.now for name, editor in self.editors.items() if editor.changed}
        if not values and not self.tags.added and not self.tags.removed:
            super().accept()
            return
        if values.get("ask_note"):
            values["ask_installer"] = True
        if values.get("picture_checked_by"):
            self._session.person = str(values["picture_checked_by"])
        ids = [item.asset.id for item in (self._alike if self.for_all.isChecked() else self._rows)]
        if self._session.do(describe(ids, values, add=self.tags.added, remove=self.tags.removed)):
            super().accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The Tab key brings what it goes to into view, also when it comes round."""
        done = super().focusNextPrevChild(forward)
        field = self.focusWidget()
        if field is not None and self._scroll.isAncestorOf(field):
            self._scroll.ensureWidgetVisible(field, 0, 32)
        return done

    def _looked_today(self) -> None:
        for name, text in (
            ("last_picture_check", self._session.clock().strftime("%d/%m/%Y")),
            ("picture_checked_by", self._session.person or self._session.by),
        ):
            editor = self.editors[name]
            if isinstance(editor, TextEditor):
                editor.set_text(text)

    def _carriers(self) -> list[tuple[str, str]]:
        """Recorders, switches, and whatever something is connected to already; never a row to itself."""
        own = {item.asset.id for item in self._rows}
        every = self._session.rows()
        used = {item.asset.connected_to for item in every}
        found = [item for item in every if (item.asset.kind in CARRIERS or item.asset.id in used) and item.asset.id not in own]
        return [(f"{clean(item.asset.ref)} · {phrases.place_of(item)}", item.asset.id) for item in found]
