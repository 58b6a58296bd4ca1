"""Inside the window's own process: answers what a person would see there, and changes nothing.

One JSON line on standard input asks, one on standard output answers. "look": every control and text in view that can be used now, by
the name a screen reader says, with its place on the screen. "under": what a click at a point would do. "stalls": how long events
waited since the last time. "picture": saves the screen. What lies behind an open dialog or menu cannot be used, so it is not seen.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict

from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, QSize, QSocketNotifier, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from shiboken6 import getCppPointer

from camcensus.ui.page import Page
from hostile.watching import Watch

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit)
Found = dict[str, object]


class Eyes(QObject):
    """Answers questions about the window for as long as the program runs."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app, self._said = app, b""
        self.watch = Watch(self)
        self._answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
        os.dup2(2, 1)  # what else is printed is no answer
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._asked)

    def _asked(self, *_: object) -> None:
        came = os.read(sys.stdin.fileno(), 65_536)
        if not came:
            self._notifier.setEnabled(False)
            self._app.closeAllWindows()
            return
        self._said += came
        *lines, self._said = self._said.split(b"\n")
        for line in lines:
            try:
                found = self._answer(json.loads(line))
            except Exception as error:  # who asked would wait for ever
                found = {"failed": f"{type(error).__name__}: {error}"}
            self._answers.write(json.dumps(found) + "\n")
        self.watch.forget()  # looking is no work of the window's

    def _answer(self, asked: dict[str, object]) -> object:
        ask = asked["ask"]
        if ask == "look":
            return self.look()
        if ask == "under":
            found = under(QPoint(int(asked["x"]), int(asked["y"])))  # type: ignore[call-overload]
            found["popup"] = self._app.activePopupWidget() is not None
            found["page"] = [page.name for page in self._app.allWidgets() if isinstance(page, Page) and page.isVisible()]
            return found
        if ask == "picture":
            return self._app.primaryScreen().grabWindow(0).save(str(asked["path"]))
        stalls = [asdict(one) for one in self.watch.stalls]
        self.watch.stalls.clear()
        self.watch.step = str(asked.get("step", ""))
        return stalls

    def look(self) -> Found:
        """The windows, and what can be used in the one that is before the others."""
        windows = [one for one in self._app.topLevelWidgets() if one.isVisible() and one.windowType() != Qt.WindowType.ToolTip]
        before = self._app.activePopupWidget() or self._app.activeModalWidget() or self._app.activeWindow()
        if before is None and windows:
            before = windows[-1]
        focus = self._app.focusWidget()
        return {
            "windows": [
                {"title": one.windowTitle(), "frame": _four(one.frameGeometry()), "popup": _pops_up(one)} for one in windows
            ],
            "before": before.windowTitle() if before is not None else None,
            "focus": _control(focus) if isinstance(focus, CONTROLS) else None,
            "seen": list(_seen(before)) if before is not None else [],
        }


def _seen(window: QWidget) -> Iterator[Found]:
    for widget in (window, *window.findChildren(QWidget)):
        shown = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
        if not widget.isVisible() or widget.window() is not window or shown.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QMenu):
            yield from _actions(widget)
        elif isinstance(widget, QHeaderView):
            continue
        elif isinstance(widget, QAbstractItemView):
            yield from _items(widget)
        elif isinstance(widget, CONTROLS):
            yield _control(widget)
        elif isinstance(widget, QLabel) or (not widget.focusPolicy() and _says(widget)):
            yield {"role": "text", "name": _says(widget), **_where(widget, widget.rect())}


def _control(widget: QWidget) -> Found:
    role = "field" if isinstance(widget, (QLineEdit, QPlainTextEdit, QAbstractSpinBox)) else "choice"
    if isinstance(widget, QAbstractButton):
        role = "tick" if widget.isCheckable() else "button"
    found: Found = {"role": role, "name": _name(widget), "can": widget.isEnabled(), **_where(widget, widget.rect())}
    if isinstance(widget, QAbstractButton):
        found["on"] = widget.isChecked()
    if isinstance(widget, QLineEdit):
        found["value"] = widget.text()
    if isinstance(widget, QComboBox):
        found["value"] = widget.currentText()
    return found


def _items(view: QAbstractItemView) -> Iterator[Found]:
    model, port = view.model(), view.viewport()
    if model is None:
        return
    columns = [0]
    if isinstance(view, QTableView):
        columns = [at for at in range(model.columnCount(QModelIndex())) if not view.isColumnHidden(at)]
    at = view.indexAt(QPoint(2, 2))
    rows = range(max(at.row(), 0), min(model.rowCount(QModelIndex()), max(at.row(), 0) + 60))
    for row in rows:
        if isinstance(view, QListView) and view.isRowHidden(row):
            continue
        whole = ""
        for column in columns:
            index = model.index(row, column)
            rect = view.visualRect(index).intersected(port.rect())
            if rect.isEmpty():
                continue
            text = str(model.data(index) or model.data(index, Qt.ItemDataRole.AccessibleTextRole) or "")
            whole = whole or text
            found = {"role": "item", "name": text, "row": row, "of": _name(view), "can": _usable(index)}
            yield found | {"on": view.selectionModel().isSelected(index), **_where(port, rect, view.visualRect(index))}


def _actions(menu: QMenu) -> Iterator[Found]:
    for action in menu.actions():
        if action.isVisible() and not action.isSeparator():
            name = action.text().replace("&", "").partition("\t")[0]
            yield {"role": "action", "name": name, "can": action.isEnabled(), **_where(menu, menu.actionGeometry(action))}


def _usable(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)


def _where(widget: QWidget, rect: QRect, whole: QRect | None = None) -> Found:
    """Where it lies on the screen, how much of it is in view, and whether what hides the rest can be scrolled."""
    shown = widget.visibleRegion().boundingRect().intersected(rect)
    corner = widget.mapToGlobal(QPoint(0, 0))
    return {
        "id": getCppPointer(widget)[0],
        "rect": _four((whole or rect).translated(corner)),
        "view": _four(shown.translated(corner)),
        "scrolls": _scrolls(widget),
    }


def _scrolls(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return isinstance(widget, QAbstractScrollArea)


def _name(widget: QWidget | None) -> str:
    """What a screen reader says it is called."""
    if widget is None:
        return ""
    said = QAccessible.queryAccessibleInterface(widget)
    name = said.text(QAccessible.Text.Name) if said is not None and said.isValid() else ""
    return (name or (widget.text() if isinstance(widget, QAbstractButton) else "")).replace("&", "")


def _says(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return widget.text()
    said = QAccessible.queryAccessibleInterface(widget)
    return said.text(QAccessible.Text.Name) if said is not None and said.isValid() else ""


def under(point: QPoint) -> Found:
    """What a click there would reach: a control (a grey one too), an item, a choice of a menu; only the window where it would reach nothing."""
    popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
    widget = popup if popup is not None else QApplication.widgetAt(point)
    if popup is None and modal is not None and (widget is None or widget.window() is not modal):
        return _nothing(modal)
    if isinstance(widget, QMenu):
        action = widget.actionAt(widget.mapFromGlobal(point))
        if action is None or not action.isEnabled():
            return _nothing(widget)
        where = _four(widget.actionGeometry(action).translated(widget.mapToGlobal(QPoint(0, 0))))
        return {
            "id": getCppPointer(widget)[0],
            "name": action.text().replace("&", ""),
            "rect": where,
            "window": _window(widget),
        }
    step = widget
    if popup is not None:
        step = popup.childAt(popup.mapFromGlobal(point)) or popup
    while step is not None:
        if isinstance(step, QAbstractItemView):
            return _item_under(step, point)
        if isinstance(step, CONTROLS):
            where = _four(QRect(step.mapToGlobal(QPoint(0, 0)), step.size()))
            return {"id": getCppPointer(step)[0], "name": _name(step), "rect": where, "window": _window(step)}
        step = None if step.isWindow() else step.parentWidget()
    return _nothing(widget)


def _nothing(widget: QWidget | None) -> Found:
    return {"id": None, "name": None, "rect": None, "window": _window(widget) if widget is not None else None}


def _item_under(view: QAbstractItemView, point: QPoint) -> Found:
    port = view.viewport()
    index = view.indexAt(port.mapFromGlobal(point))
    if not index.isValid():
        return _nothing(view)
    where = _four(view.visualRect(index).translated(port.mapToGlobal(QPoint(0, 0))))
    name = str(
        index.siblingAtColumn(0).data() or index.siblingAtColumn(0).data(Qt.ItemDataRole.AccessibleTextRole) or index.row()
    )
    return {"id": getCppPointer(view)[0], "name": name, "rect": where, "window": _window(view), "item": True}


def _window(widget: QWidget) -> str:
    return str(getCppPointer(widget.window())[0])


def _pops_up(widget: QWidget) -> bool:
    return widget.windowType() == Qt.WindowType.Popup


def _four(rect: QRect) -> list[int]:
    size: QSize = rect.size()
    return [rect.x(), rect.y(), size.width(), size.height()]
