"""The help window: contents and search at the left, a page at the right. It stays open beside the work."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from camcensus.model.words import count
from camcensus.ui.help.book import CONTENTS, HelpBook, HelpSection, anchor_of
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog, most_of_window
from camcensus.ui.kit.layout import column, fill, panel, row
from camcensus.ui.kit.parts import SlimBar
from camcensus.ui.kit.widgets import Text, announce

NARROW_BELOW = 640
"""Width, at 100% text, under which the contents and the page take turns."""
_PLACE = Qt.ItemDataRole.UserRole
_PICTURE = re.compile(r"!\[([^\]]+)\]\((pictures/[\w-]+\.png)\)")


class HelpView(QTextBrowser):
    """A page of the help, which comes with the program: its pictures as wide as there is room, with their words under them."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._shown = folder, ("", "")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(12)
        self.document().setIndentWidth(16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.show_page(*self._shown)

    def loadResource(self, _: int, name: QUrl | str) -> object:
        """A picture of ours, not wider than the page; nothing else is read."""
        image = QImage(str(self._folder / QUrl(name).path()))
        room = self.viewport().width() - 48
        return image if image.width() <= room else image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)

    def show_page(self, markdown: str, anchor: str) -> None:
        """Shows a page from its top, or from a heading."""
        self._shown = markdown, anchor
        self.document().setDefaultFont(theme.font("body"))
        said = _PICTURE.sub(r"\g<0>\n\n*\1*", markdown)
        self.document().setMarkdown(said, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        block, top = self.document().begin(), 0.0
        while block.isValid():
            if level := block.blockFormat().headingLevel():
                cursor, letters = QTextCursor(block), QTextCharFormat()
                letters.setFont(theme.font("heading" if level == 1 else "strong"))
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(letters)
                above = block.blockFormat()
                above.setTopMargin(10)
                cursor.setBlockFormat(above)
                if level == 1 or anchor_of(block.text()) == anchor:
                    self.setAccessibleName(block.text())
                    top = self.document().documentLayout().blockBoundingRect(block).top()
            block = block.next()
        self.verticalScrollBar().setValue(int(top) if anchor else 0)


class HelpDialog(Dialog):
    """One for each window that asks; `go` shows a place, as "reports#saving-and-printing"."""

    def __init__(self, parent: QWidget | None, book: HelpBook) -> None:
        super().__init__(parent, "Help")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.book = book
        self.place = ""
        self._before: list[str] = []
        self.search = Field("For example, recorder", name="Search the help")
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._first)
        self.list = QListWidget()
        self.list.setAccessibleName("Contents")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._pick)
        self.found = Text("", "caption", "secondary")
        self.found.hide()
        self.view = HelpView(book.folder)
        self.view.anchorClicked.connect(lambda link: self.go(link.toString().replace(".md", "")))
        self._left = panel(column(self.search, 6, self.found, 2, (self.list, 1)))
        fill(self.body, (row(self._left, (self.view, 1), gap=24), 1))
        self.back = Button("Back", icon="undo-2", then=self.go_back)
        self.contents = Button("Contents", then=self._to_search)
        self.buttons.insertWidget(0, self.back)
        self.buttons.insertWidget(1, self.contents)
        self.offer_close()
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.go_back)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._to_search)
        self.retheme()

    def sizeHint(self) -> QSize:
        return most_of_window(self.parentWidget(), (64, 64), 940, 680)

    def retheme(self) -> None:
        """Contents beside the page, or in its place where the text is large."""
        self._narrow = self.sizeHint().width() * 100 / theme.THEME.percent < NARROW_BELOW
        self._left.setFixedWidth(theme.px(250)) if not self._narrow else self._left.setMaximumWidth(16_777_215)
        self.contents.setVisible(self._narrow)
        self._turn(to_contents=False)
        if self.place:
            self._show(self.place)

    def _turn(self, *, to_contents: bool) -> None:
        """Where there is room for one only: the contents, or the page."""
        self._left.setVisible(to_contents or not self._narrow)
        self.view.setVisible(not to_contents or not self._narrow)

    def _to_search(self) -> None:
        self._turn(to_contents=True)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go(self, place: str) -> None:
        """Shows a page from its top, or from a heading of it."""
        if place == self.place:
            return
        if self.place:
            self._before.append(self.place)
        self._show(place)

    def go_back(self) -> None:
        """Shows what was shown before."""
        if self._before:
            self._show(self._before.pop())

    def _show(self, place: str) -> None:
        page, _, anchor = place.partition("#")
        self.place = place
        self.setWindowTitle(next((section.title for section in self.book.of(page)), "Help"))
        self.view.show_page(self.book.markdown(page), anchor)
        self._turn(to_contents=False)
        self.back.setEnabled(bool(self._before))
        self._fill()
        announce(self, self.view.accessibleName())

    def _fill(self) -> None:
        """The contents, with the sections of the page that is shown; or what a search found."""
        self.list.blockSignals(True)
        self.list.clear()
        words, page = self.search.typed, self.place.partition("#")[0]
        if words:
            found = self.book.search(words)
            for section in found:
                self._add(f"{section.heading}\n{section.title}" if section.anchor else section.title, section)
            self.found.setText(count(len(found), "part") + " of the help" if found else "Nothing found. Try another word.")
        else:
            for group, pages in CONTENTS:
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(theme.font("caption"))
                self.list.addItem(head)
                for name in pages:
                    for section in self.book.of(name):
                        if name == page or not section.anchor:
                            self._add(f"    {section.heading}" if section.anchor else section.title, section)
        self.found.setVisible(bool(words))
        self.list.blockSignals(False)

    def _add(self, words: str, section: HelpSection) -> None:
        item = QListWidgetItem(words)
        item.setData(_PLACE, section.place)
        item.setSizeHint(QSize(0, theme.px(24) * (1 + words.count("\n"))))
        item.setFont(theme.font("strong" if section.place == self.place else "body"))
        self.list.addItem(item)
        if section.place == self.place:
            self.list.setCurrentItem(item)

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_PLACE):
            self.go(str(item.data(_PLACE)))

    def _first(self) -> None:
        found = self.book.search(self.search.text())
        if found:
            self.go(found[0].place)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)


def show_help(parent: QWidget, folder: Path, place: str) -> HelpDialog:
    """Shows a place of the help, in the help window of `parent` where it is open."""
    dialog = next((one for one in parent.findChildren(HelpDialog) if one.isVisible() and one.parent() is parent), None)
    if dialog is None:
        dialog = HelpDialog(parent, HelpBook(folder))
        dialog.resize(dialog.sizeHint())
    dialog.search.clear()
    dialog.show()
    dialog.go(place)
    dialog.raise_()
    dialog.activateWindow()
    dialog.view.setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog
