from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QButtonGroup, QWidget
from pytestqt.qtbot import QtBot

from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Combo, Field, Radio
from camcensus.ui.kit.forms import MissingLine, form, labelled
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.widgets import LOOKED_AGAIN_MS, Text
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


def test_fields_side_by_side_that_are_no_form_stay_with_their_names_where_one_is_wrong(app: QApplication, qtbot: QtBot) -> None:
    left, right, problem, whole = Field(name="Left"), Combo("Right", (("One", 1),)), MissingLine(), QWidget()
    qtbot.addWidget(whole)
    column(row((labelled("Left", left), 1), (labelled("Right", right), 1)), problem, None, of=whole)
    whole.resize(300, 300)
    whole.show()
    settle(app)
    before = top(right)
    problem.say("The number of cameras must be a number, like 40. Leave it empty if you don’t know.", left)
    settle(app)
    assert problem.height() > left.height(), "of several lines"
    assert (top(left), top(right)) == (before, before)


def test_what_was_said_of_a_field_goes_when_it_is_changed_and_nothing_moves_then(
    asked: Asked, app: QApplication, qtbot: QtBot
) -> None:
    asked.problem.say("Not like this.", asked.left)
    settle(app)
    places = [top(one) for one in (asked.below, asked.choice, asked.bare)]
    qtbot.keyClick(asked.left, Qt.Key.Key_A)
    settle(app)
    assert not asked.problem.text()
    assert [top(one) for one in (asked.below, asked.choice, asked.bare)] == places
    asked.problem.say("Nor like this.", asked.left)
    qtbot.keyClick(asked.below, Qt.Key.Key_A)
    assert asked.problem.text() == "Nor like this.", "another field has nothing to do with it"


def test_what_was_said_of_radio_buttons_goes_with_any_of_them(app: QApplication, qtbot: QtBot) -> None:
    first, second, problem, whole = Radio("Keep"), Radio("Replace"), MissingLine(), QWidget()
    qtbot.addWidget(whole)
    group = QButtonGroup(whole)
    group.addButton(first)
    group.addButton(second)
    column(first, second, problem, of=whole)
    whole.show()
    problem.say("Choose one of the two answers.", first)
    second.click()
    settle(app)
    assert not problem.text()


def test_a_click_that_leaves_a_wrong_field_ends_on_what_it_began_on(app: QApplication, qtbot: QtBot) -> None:
    field, other, problem, button, whole = (
        Field(name="Received on"),
        Field(name="Ref"),
        MissingLine(),
        Button("Choose"),
        QWidget(),
    )
    qtbot.addWidget(whole)
    column(labelled("Received on", field), labelled("Ref", other), problem, button, None, of=whole)
    whole.resize(300, 300)
    whole.show()
    pressed = list[int]()
    button.clicked.connect(lambda: pressed.append(1))
    field.editingFinished.connect(lambda: problem.say("No date." if field.typed != "today" else "", field, lead=False))
    for text, said in (("soon", True), ("today", False)):
        field.setText(text)
        field.setFocus()
        settle(app)
        before = top(button)
        qtbot.mousePress(button, Qt.MouseButton.LeftButton)
        settle(app)
        assert not field.hasFocus()
        assert top(button) == before, text
        qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda said=said: problem.isVisible() is said)  # type: ignore[misc]
    assert len(pressed) == 2


def test_what_a_click_answers_is_not_said_after_it(app: QApplication, qtbot: QtBot) -> None:
    field, problem, button, whole = Field(name="Received on"), MissingLine(), Button("Start again"), QWidget()
    qtbot.addWidget(whole)
    column(labelled("Received on", field), problem, button, None, of=whole)
    whole.show()
    field.editingFinished.connect(lambda: problem.say("No date.", field, lead=False))
    button.clicked.connect(lambda: problem.say(""))
    field.setFocus()
    settle(app)
    qtbot.keyClicks(field, "soon")
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert not field.hasFocus()
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    qtbot.wait(4 * LOOKED_AGAIN_MS)
    assert not problem.isVisible()
    assert not field.wrong


def test_a_sentence_takes_the_place_of_a_note(app: QApplication, qtbot: QtBot) -> None:
    field, note, below, whole = Field(name="Who"), Text("The name is saved.", "caption"), Button("Start"), QWidget()
    qtbot.addWidget(whole)
    problem = MissingLine(instead_of=note)
    column(labelled("Who", field), 4, note, problem, 12, below, None, of=whole)
    whole.resize(300, 300)
    whole.show()
    settle(app)
    before = top(below)
    problem.say("Type who allows it.", field)
    settle(app)
    assert problem.isVisible()
    assert not note.isVisible()
    assert top(below) == before
    problem.say("")
    settle(app)
    assert note.isVisible()
    assert top(below) == before
