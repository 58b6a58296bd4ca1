"""The plan near and far: zoom, pan, placing, the menu on a pin, and labels that leave names readable. Real keys and clicks."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QNativeGestureEvent, QPainter, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camcensus.ui import phrases
from camcensus.ui.places.floor_plan import FloorPlan
from camcensus.ui.places.pin_layout import lay_out
from camcensus.ui.places.pins import PinShown
from camcensus.ui.places.plan_picture import PlanPicture
from camcensus.ui.places.view import MOST_ZOOM, PlanView

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def pin(number: int, x: float, y: float) -> PinShown:
    return PinShown(f"a-{number}", str(number), phrases.NOT_LISTED, x, y, True, f"CAM-{number:03}")


def picture(wide: int = 1400, high: int = 800) -> QImage:
    made = QImage(wide, high, QImage.Format.Format_RGB32)
    made.fill(QColor("white"))
    return made


@pytest.fixture
def plan(app: QApplication, qtbot: QtBot) -> FloorPlan:
    made = FloorPlan()
    qtbot.addWidget(made)
    made.resize(700, 460)
    made.show_plan(picture(), [pin(1, 0.25, 0.5), pin(2, 0.5, 0.5), pin(3, 0.75, 0.5)])
    made.show()
    made.setFocus()
    return made


def wheel(plan: FloorPlan, at: QPointF, notches: float, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
    event = QWheelEvent(
        at, plan.mapToGlobal(at), QPoint(), QPoint(0, round(notches * 120)), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plan, event)
    return event.isAccepted()


@pytest.mark.parametrize("seed", range(20))
def test_what_is_under_the_pointer_stays_there_and_no_edge_shows(seed: int) -> None:
    chance = random.Random(seed)
    view = PlanView()
    view.room = QRectF(0, 0, chance.randint(300, 1600), chance.randint(200, 900))
    view.size = QSizeF(chance.randint(50, 4000), chance.randint(50, 4000))
    whole = view.picture_rect()
    for _ in range(60):
        at = QPointF(chance.uniform(0, view.room.width()), chance.uniform(0, view.room.height()))
        before, inside = view.on_picture(at), view.picture_rect()
        roll = chance.random()
        if roll < 0.6:
            view.zoom_by(chance.uniform(0.5, 2), at)
        else:
            view.pan_by(chance.uniform(-900, 900), chance.uniform(-900, 900))
        where, room = view.picture_rect(), view.room.adjusted(12, 12, -12, -12)
        assert 1 <= view.zoom <= MOST_ZOOM
        for least, most, low, high in (
            (where.left(), where.right(), room.left(), room.right()),
            (where.top(), where.bottom(), room.top(), room.bottom()),
        ):
            if most - least > high - low + 0.01:
                assert least <= low + 0.01
                assert most >= high - 0.01
            else:
                assert (least + most) / 2 == pytest.approx((low + high) / 2)
        still = view.on_picture(at) - before
        well_inside = inside.contains(at) and roll < 0.6 and where.contains(view.room) and inside.contains(view.room)
        if well_inside and _free(where, room) and _free(inside, room):
            assert abs(still.x()) < 0.001
            assert abs(still.y()) < 0.001
    view.reset()
    assert view.picture_rect() == whole


def _free(where: QRectF, room: QRectF) -> bool:
    """Whether the picture could move either way: then no edge held it."""
    return where.adjusted(2, 2, -2, -2).contains(room)


def test_wheel_keys_and_buttons_zoom_and_the_rest_scrolls_the_page(plan: FloorPlan) -> None:
    middle = plan.pin_rect(plan.pins[1]).center()
    assert not wheel(plan, middle, -1)  # the whole plan is seen: the page scrolls
    assert wheel(plan, middle, 2)
    assert plan.view.zoom > 1.5
    assert plan._point(plan.pins[1]).toTuple() == pytest.approx(middle.toTuple(), abs=1)
    QTest.keyClick(plan, Qt.Key.Key_Plus)
    near = plan.view.zoom
    QTest.keyClick(plan, Qt.Key.Key_Minus)
    assert plan.view.zoom < near
    QTest.keyClick(plan, Qt.Key.Key_0)
    assert plan.view.zoom == 1
    plan.zoom_in()
    assert plan.view.zoom > 1


def test_two_fingers_on_a_touch_pad_zoom_where_they_are(plan: FloorPlan) -> None:
    middle = plan.pin_rect(plan.pins[0]).center()
    for value, nearer in ((0.5, True), (-0.2, False)):
        before = plan.view.zoom
        pinch = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, middle, middle,
            plan.mapToGlobal(middle), value, QPointF(),
        )  # fmt: skip
        QApplication.sendEvent(plan, pinch)
        assert (plan.view.zoom > before) == nearer
        assert plan._point(plan.pins[0]).toTuple() == pytest.approx(middle.toTuple(), abs=1)


def test_two_fingers_on_a_screen_zoom_where_they_are(plan: FloorPlan, app: QApplication) -> None:
    middle = plan.pin_rect(plan.pins[0]).center().toPoint()
    screen = QTest.createTouchDevice()
    fingers = QTest.touchEvent(plan.windowHandle(), screen)
    for apart in (20, 30, 60, 100, 140):
        for finger, side in ((0, -1), (1, 1)):
            at = plan.mapTo(plan.window(), middle + QPoint(side * apart, 0))
            (fingers.press if apart == 20 else fingers.move)(finger, at, plan.windowHandle())
        fingers.commit()
        app.processEvents()
    assert plan.view.zoom > 1.5
    assert plan._point(plan.pins[0]).toTuple() == pytest.approx(middle.toTuple(), abs=12)


def test_a_drag_beside_the_pins_and_ctrl_with_arrows_move_the_picture(plan: FloorPlan) -> None:
    for _ in range(6):
        plan.zoom_in()
    plan.choose("a-2")
    before = plan.picture_rect()
    QTest.mousePress(plan, Qt.MouseButton.LeftButton, pos=QPoint(300, 60))
    QTest.mouseMove(plan, QPoint(320, 90))
    QTest.mouseRelease(plan, Qt.MouseButton.LeftButton, pos=QPoint(320, 90))
    after = plan.picture_rect()
    assert (after.left() - before.left(), after.top() - before.top()) == pytest.approx((20, 30))
    assert plan.current == "a-2"  # a drag lets nothing go
    assert plan.pins[1] == pin(2, 0.5, 0.5)
    QTest.keyClick(plan, Qt.Key.Key_Right, CONTROL)
    assert plan.picture_rect().left() < after.left()


def test_a_pin_that_is_chosen_by_keyboard_comes_into_view(plan: FloorPlan) -> None:
    for _ in range(9):
        plan.zoom_in()
    for _ in range(4):
        QTest.keyClick(plan, Qt.Key.Key_Right)
        chosen = next(one for one in plan.pins if one.asset == plan.current)
        assert QRectF(plan.rect()).contains(plan.pin_rect(chosen))


def test_nothing_changes_size_while_a_pin_is_pressed(plan: FloorPlan) -> None:
    plan.chosen.connect(lambda _: plan.resize(700, 300))  # a card that comes in under the plan
    before, start = plan.picture_rect(), plan.pin_rect(plan.pins[0]).center().toPoint()
    QTest.mousePress(plan, Qt.MouseButton.LeftButton, pos=start)
    assert plan.height() == 300
    assert plan.picture_rect() == before
    moved: list[tuple[str, float, float]] = []
    plan.moved.connect(lambda *one: moved.append(one))
    QTest.mouseMove(plan, start + QPoint(2, 1))
    QTest.mouseRelease(plan, Qt.MouseButton.LeftButton, pos=start + QPoint(2, 1))
    assert moved == []  # a hand that trembles moves nothing
    assert plan.picture_rect() != before


def test_a_pin_is_moved_where_the_picture_is_near(plan: FloorPlan) -> None:
    for _ in range(5):
        plan.zoom_in()
    moved: list[tuple[str, float, float]] = []
    plan.moved.connect(lambda *one: moved.append(one))
    start = plan.pin_rect(plan.pins[1]).center().toPoint()
    QTest.mousePress(plan, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(plan, start + QPoint(60, 0))
    QTest.mouseRelease(plan, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    ((asset, x, _),) = moved
    assert asset == "a-2"
    assert x == pytest.approx(0.5 + 60 / plan.picture_rect().width(), abs=0.002)


def test_placing_records_the_spot_that_a_person_clicks_and_nothing_else(plan: FloorPlan) -> None:
    placed: list[tuple[str, float, float]] = []
    plan.placed.connect(lambda *one: placed.append(one))
    plan.start_placing(pin(9, 0, 0))
    QTest.mouseMove(plan, QPoint(200, 200))
    QTest.mouseClick(plan, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))  # beside the picture
    assert placed == []
    assert plan.end_moving()
    assert plan.placing is None
    QTest.mouseClick(plan, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    assert placed == []
    plan.start_placing(pin(9, 0, 0))
    plan.zoom_in()
    spot = plan.view.on_picture(QPointF(200, 200))
    QTest.mouseClick(plan, Qt.MouseButton.LeftButton, pos=plan.pin_rect(plan.pins[0]).center().toPoint())  # on another pin
    plan.start_placing(pin(10, 0, 0))
    QTest.mouseClick(plan, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    assert [one[0] for one in placed] == ["a-9", "a-10"]
    assert placed[1][1:] == pytest.approx(spot.toTuple(), abs=0.002)


def test_the_menu_is_on_the_pin_that_is_pointed_at_or_chosen(plan: FloorPlan) -> None:
    wanted: list[QPoint] = []
    plan.menu_wanted.connect(wanted.append)
    plan.choose("a-3")
    QTest.keyClick(plan, Qt.Key.Key_F10, SHIFT)
    assert len(wanted) == 1
    assert plan.pin_rect(plan.pins[2]).contains(QPointF(plan.mapFromGlobal(wanted[0])))


def test_labels_do_not_cover_what_is_written_on_the_plan(plan: FloorPlan) -> None:
    drawn = picture()
    painter = QPainter(drawn)
    font = painter.font()
    font.setPixelSize(34)
    painter.setFont(font)
    names = [QRectF(x, y, 240, 44) for x in range(60, 1200, 320) for y in range(80, 760, 170)]
    for name in names:
        painter.drawText(name, int(Qt.AlignmentFlag.AlignCenter), "Room 127")
    painter.end()
    over = [pin(number, name.center().x() / 1400, name.center().y() / 800) for number, name in enumerate(names, 100)]
    plan.show_plan(drawn, over)
    held, scale = PlanPicture(drawn), plan.picture_rect()
    for one in over:
        label = plan.pin_rect(one).translated(-scale.topLeft())
        part = QRectF(
            label.left() / scale.width(), label.top() / scale.height(),
            label.width() / scale.width(), label.height() / scale.height(),
        )  # fmt: skip
        assert held.ink(part) < 0.02, one
        assert not label.contains(QPointF(one.x * scale.width(), one.y * scale.height()))
        assert plan.pin_at(plan._point(one)) is not None  # the dot at the spot is the pin too


def test_labels_stay_at_their_spot_on_blank_paper_and_give_way_to_each_other() -> None:
    size = QSizeF(40, 24)
    apart = {name: QPointF(60 + 90 * at, 80) for at, name in enumerate("abc")}
    whole = QRectF(0, 0, 400, 300)
    assert list(lay_out(apart, dict.fromkeys("abc", size), whole, lambda _: 0).values()) == [QPointF()] * 3
    near = {"a": QPointF(100, 100), "b": QPointF(127, 102), "c": QPointF(2, 2)}
    found = lay_out(near, dict.fromkeys("abc", size), whole, lambda _: 0)
    crowd = {str(at): QPointF(100 + at % 5, 100 + at // 5) for at in range(60)}
    labels = [
        QRectF(crowd[name].x() + by.x() - 20, crowd[name].y() + by.y() - 12, 40, 24)
        for name, by in lay_out(crowd, dict.fromkeys(crowd, size), whole, lambda _: 0).items()
        if by is not None
    ]
    assert 0 < len(labels) < 60  # where there is no room, a dot has to do
    for at, one in enumerate(labels):
        for other in labels[:at]:
            both = one.intersected(other)
            assert both.width() * both.height() <= 0.2 * 40 * 24
    assert found["a"] == QPointF()
    assert found["b"] != QPointF()
    dark = lay_out(near, dict.fromkeys("abc", size), whole, lambda _: 1)
    assert dark["a"] == QPointF()  # where all is dark, nothing is better


def test_ink_is_counted_where_it_is() -> None:
    drawn = picture(3000, 2000)
    painter = QPainter(drawn)
    painter.fillRect(1500, 0, 1500, 2000, Qt.GlobalColor.black)
    painter.end()
    held = PlanPicture(drawn)
    assert held.ink(QRectF(0, 0, 0.4, 1)) == pytest.approx(0, abs=0.01)
    assert held.ink(QRectF(0.6, 0.2, 0.3, 0.3)) == pytest.approx(1, abs=0.01)
    assert held.ink(QRectF(0.25, 0, 0.5, 1)) == pytest.approx(0.5, abs=0.01)
    assert held.ink(QRectF(-5, -5, 1, 1)) == 0


@pytest.mark.parametrize("size", [(1, 1), (4000, 16), (16, 4000), (513, 511)])
def test_a_picture_of_any_shape_is_drawn_near_and_far(plan: FloorPlan, size: tuple[int, int]) -> None:
    plan.show_plan(picture(*size), [pin(1, 0, 0), pin(2, 1, 1)])
    for _ in range(12):
        plan.grab()
        plan.zoom_in()
    plan.show_plan(QImage(), [pin(1, 0.5, 0.5)])
    plan.grab()
