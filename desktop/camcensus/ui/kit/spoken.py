"""What a screen reader is given where Qt guesses wrong: roles of painted widgets, what is open, labels, tips as plain text.

A widget says what it is with `spoken_role`, and with a method `is_open` whether what it opens is shown. Qt takes a button that
stays down for a check box, and a painted widget for nothing at all.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface, QAccessibleStateChangeEvent
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

from camcensus.ui.kit.widgets import Text, plain_tip, shown_in_tip


class _Spoken(QAccessibleWidget):
    """A widget in the role that it names; where it is a button, it can be pressed."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, widget.spoken_role)  # type: ignore[attr-defined]

    def state(self) -> QAccessible.State:
        state, of = super().state(), self.object()
        is_open = getattr(of, "is_open", None)
        if is_open is not None:
            state.expandable, state.expanded, state.collapsed = True, is_open(), not is_open()
        return state

    def text(self, of: QAccessible.Text) -> str:
        widget = self.object()
        if of == QAccessible.Text.Name and isinstance(widget, QAbstractButton) and not widget.accessibleName():
            return widget.text()
        return super().text(of)

    def actionNames(self) -> list[str]:
        press = [QAccessibleActionInterface.pressAction()] if isinstance(self.object(), QAbstractButton) else []
        return [*press, *super().actionNames()]

    def doAction(self, name: str) -> None:
        widget = self.object()
        if name == QAccessibleActionInterface.pressAction() and isinstance(widget, QAbstractButton):
            widget.click()
        else:
            super().doAction(name)


def _made(_: str, widget: QObject) -> QAccessibleInterface | None:
    return _Spoken(widget) if isinstance(widget, QWidget) and hasattr(widget, "spoken_role") else None


QAccessible.installFactory(_made)


def say_open(widget: QWidget) -> None:
    """Tells a screen reader that something was opened or closed."""
    if QAccessible.isActive():
        state = QAccessible.State()
        state.expanded = True
        QAccessible.updateAccessibility(QAccessibleStateChangeEvent(widget, state))


def set_tip(widget: QWidget, words: str) -> None:
    """A tooltip, and the same for a screen reader without Qt's markup."""
    widget.setToolTip(plain_tip(words))
    widget.setAccessibleDescription(shown_in_tip(words))


class _Unseen(QObject):
    """Gives a field that no words beside it name a label that only screen readers find: of a choice they hear nothing else."""

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        """When the field is first shown, or is moved into something else."""
        if event.type() == QEvent.Type.Polish and isinstance(field, QWidget):
            _label_unseen(field)
        return False


_UNSEEN = _Unseen()


def label_unless_named(field: QWidget) -> None:
    """Lets a field have its name as a label, where nothing that is shown is its label when it is first shown itself."""
    field.installEventFilter(_UNSEEN)


def _label_unseen(field: QWidget) -> None:
    beside = field.parentWidget()
    if beside is None or any(isinstance(one, Text) and one.buddy() is field for one in beside.children()):
        return
    words = Text(field.accessibleName())
    words.setParent(beside)
    words.hide()
    words.setBuddy(field)
    field.destroyed.connect(words.deleteLater)
