"""What a screen reader is given of a window: the same tree from Qt's own interfaces and from the accessibility bus, and its faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QCheckBox, QTableView, QWidget

CELLS = 300
"""Children of one table or list that are looked at: a register has thousands of cells, all made alike."""
OF_CELLS = ("Table", "List", "Tree")
FIELDS = ("EditableText", "ComboBox", "SpinBox")
OF_CELLS_INSIDE = ("Cell", "ListItem", "TreeItem", "ColumnHeader")
NOT_FOR_CONTROLS = ("Client", "NoRole", "Border", "Whitespace", "Grip")
"""Roles of things that nobody can use or read: for a screen reader they are not there."""
MARKUP = ("<qt>", "</qt>")


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing of the tree; `labels` are what names it beside itself, `more_columns` of a table those that nobody sees."""

    role: str
    name: str
    description: str = ""
    labels: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    more_columns: int = 0
    what: str = ""
    inside: tuple[Heard, ...] = ()

    def every(self) -> Iterator[Heard]:
        """This and all that is in it."""
        yield self
        for one in self.inside:
            yield from one.every()


TICK = "tick"
"""A state that no toolkit has: this is drawn as a box with a tick, so that it may be called a check box."""
STATES = ("focusable", "checkable", "checked", "expandable", "expanded", "collapsed", "readOnly", "disabled")


def heard(widget: QWidget) -> Heard:
    """The tree under a widget, of what is shown."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    assert spoken is not None
    return _heard(spoken)


def _heard(spoken: QAccessibleInterface) -> Heard:
    state, role = spoken.state(), spoken.role().name
    of = spoken.object()
    inside = []
    number = spoken.childCount()
    for at in range(min(number, CELLS) if role in OF_CELLS else number):
        child = spoken.child(at)
        if child is not None and child.isValid() and not child.state().invisible and _shown(child):
            inside.append(_heard(child))
    name, description = spoken.text(QAccessible.Text.Name), spoken.text(QAccessible.Text.Description)
    labels = [
        other.text(QAccessible.Text.Name)
        for other, relation in spoken.relations()
        if relation == QAccessible.RelationFlag.Label
    ]
    return Heard(
        role,
        name,
        description,
        tuple(labels),
        frozenset(one for one in STATES if getattr(state, one)) | ({TICK} if isinstance(of, QCheckBox) else set()),
        _more_columns(of),
        f"{type(of).__name__} {of.objectName()}".strip() if of is not None else "",
        tuple(inside),
    )


def _more_columns(view: object) -> int:
    """How many more columns a table says it has than it shows."""
    if not isinstance(view, QTableView):
        return 0
    return sum(view.isColumnHidden(at) for at in range(view.model().columnCount()))


def _shown(spoken: QAccessibleInterface) -> bool:
    """Whether it is seen, or could be scrolled to; what Qt hides in a page of a stack says only that it is off the screen."""
    of = spoken.object()
    return not isinstance(of, QWidget) or of.isVisible()


def faults(root: Heard) -> list[str]:
    """What somebody who only hears the window would stumble over."""
    found = []
    for one in root.every():
        said = f"{one.what or one.role} “{one.name}”"
        if "focusable" in one.states and not one.name.strip() and one.role not in OF_CELLS_INSIDE:
            found.append(f"no name: {said} ({one.role})")
        if one.role in NOT_FOR_CONTROLS and ("focusable" in one.states or one.name.strip()):
            found.append(f"no role: {said} ({one.role})")
        if one.role == "CheckBox" and not {"checkable", TICK} <= one.states:
            found.append(f"a check box that cannot be ticked: {said}")
        found += [
            f"markup is read out: {said}: {text}" for text in (one.name, one.description) if any(x in text for x in MARKUP)
        ]
        if one.role in FIELDS and not any(label.strip() for label in one.labels):
            found.append(f"no label: {said} ({one.role})")
        if one.more_columns:
            found.append(f"{one.more_columns} columns more than are shown: {said}")
    return found
