from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.forms import MissingLine, form, labelled
from camcensus.ui.kit.layout import column
from ui_rows import settle


class Asked(QWidget):
    """Two fields side by side, one under them, one with no name of its own, and the line at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.right, self.below, self.bare = (Field(name=name) for name in ("Left", "Right", "Below", "Bare"))
        self.choice = Combo("Choice", (("One", 1), ("Two", 2)))
        self.problem = MissingLine()
        fields = form((self.left, self.right))
        column(fields, labelled("Below", self.below), labelled("Choice", self.choice), self.bare, self.problem, None, of=self)
        self.resize(500, 400)


@pytest.fixture
def asked(app: QApplication, qtbot: QtBot) -> Asked:
    made = Asked()
    qtbot.addWidget(made)
    made.show()
    settle(app)
    return made


def bottom(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), widget.rect().bottomLeft()).y()


def top(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), widget.rect().topLeft()).y()


@pytest.mark.parametrize("name", ["left", "right", "below", "choice"])
def test_what_is_wrong_is_said_right_under_its_field(asked: Asked, app: QApplication, name: str) -> None:
    field = getattr(asked, name)
    others = [one for one in (asked.left, asked.right, asked.below, asked.choice) if one is not field]
    assert asked.problem.say("Not like this.", field)
    settle(app)
    assert asked.problem.isVisible()
    assert 0 < top(asked.problem) - bottom(field) < 12
    assert top(asked.problem) < top(asked.bare)
    assert field.wrong
    assert not any(one.wrong for one in others)
    assert field.hasFocus()


def test_fields_side_by_side_stay_in_line_where_one_is_wrong(asked: Asked, app: QApplication) -> None:
    asked.problem.say("Not like this.", asked.left)
    settle(app)
    assert top(asked.left) == top(asked.right)
    assert asked.left.height() == asked.right.height()


def test_a_sentence_of_no_field_is_said_where_it_was_laid_out(asked: Asked, app: QApplication) -> None:
    asked.problem.say("Not like this.", asked.below)
    asked.problem.say("The disk is full.")
    settle(app)
    assert top(asked.problem) > bottom(asked.bare)
    assert not asked.below.wrong
    asked.problem.say("Nor like this.", asked.bare)
    settle(app)
    assert top(asked.problem) > bottom(asked.bare)
    assert asked.bare.wrong


def test_red_goes_when_somebody_types_and_all_of_it_when_nothing_is_wrong(
    asked: Asked, app: QApplication, qtbot: QtBot
) -> None:
    asked.problem.say("Not like this.", asked.left)
    qtbot.keyClick(asked.left, Qt.Key.Key_A)
    assert not asked.left.wrong
    assert asked.problem.isVisible()
    asked.problem.say("Choose two.", asked.choice)
    asked.choice.setCurrentIndex(1)
    assert not asked.choice.wrong
    asked.problem.say("Nor like this.", asked.right)
    assert not asked.problem.say("")
    assert not asked.right.wrong
    assert not asked.problem.isVisible()


def test_what_is_said_while_one_types_leaves_the_keyboard_where_it_is(asked: Asked) -> None:
    asked.left.setFocus()
    asked.problem.say("Not like this.", asked.right, lead=False)
    assert asked.left.hasFocus()
    assert asked.right.wrong
