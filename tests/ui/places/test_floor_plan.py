"""The plan near and far: zoom, pan, placing, and labels that do not cover each other. Real keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QNativeGestureEvent, QPainter, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camcensus.ui import phrases
from camcensus.ui.places.floor_plan import MOST_ZOOM, FloorPlan
from camcensus.ui.places.pins import PinShown

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


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


def middle_of(plan: FloorPlan, at: int) -> QPoint:
    return plan.pin_rect(plan.pins[at]).center().toPoint()


def near(one: QPoint, other: QPoint, most: int = 2) -> bool:
    return (one - other).manhattanLength() <= most


def whole_of(plan: FloorPlan) -> QRect:
    return plan.mapFromScene(plan.sceneRect()).boundingRect()


def wheel(plan: FloorPlan, at: QPoint, notches: float) -> bool:
    event = QWheelEvent(
        QPointF(at), QPointF(plan.viewport().mapToGlobal(at)), QPoint(), QPoint(0, round(notches * 120)),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plan.viewport(), event)
    return event.isAccepted()


def drag(plan: FloorPlan, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(plan.viewport(), LEFT, pos=start)
    QTest.mouseMove(plan.viewport(), end)
    QTest.mouseRelease(plan.viewport(), LEFT, pos=end)


def test_wheel_keys_and_buttons_zoom_and_the_rest_scrolls_the_page(plan: FloorPlan) -> None:
    spot = middle_of(plan, 1)
    assert not wheel(plan, spot, -1)  # the whole plan is seen: the page scrolls
    assert wheel(plan, spot, 2)
    assert plan.zoom > 1.5
    assert near(middle_of(plan, 1), spot)
    QTest.keyClick(plan, Qt.Key.Key_Plus)
    larger = plan.zoom
    QTest.keyClick(plan, Qt.Key.Key_Minus)
    assert plan.zoom < larger
    QTest.keyClick(plan, Qt.Key.Key_0)
    assert plan.zoom == 1
    for _ in range(20):
        plan.zoom_in()
    assert plan.zoom == MOST_ZOOM


def test_two_fingers_on_a_touch_pad_zoom_where_they_are(plan: FloorPlan) -> None:
    spot = middle_of(plan, 1)
    for value, nearer in ((0.5, True), (-0.2, False)):
        before = plan.zoom
        pinch = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, QPointF(spot), QPointF(spot),
            QPointF(plan.viewport().mapToGlobal(spot)), value, QPointF(),
        )  # fmt: skip
        QApplication.sendEvent(plan.viewport(), pinch)
        assert (plan.zoom > before) == nearer
        assert near(middle_of(plan, 1), spot)


def test_two_fingers_on_a_screen_zoom_where_they_are(plan: FloorPlan, app: QApplication) -> None:
    spot = middle_of(plan, 1)
    screen = QTest.createTouchDevice()
    fingers = QTest.touchEvent(plan.windowHandle(), screen)
    for apart in (20, 30, 60, 100, 140):
        for finger, side in ((0, -1), (1, 1)):
            at = plan.mapTo(plan.window(), spot + QPoint(side * apart, 0))
            (fingers.press if apart == 20 else fingers.move)(finger, at, plan.windowHandle())
        fingers.commit()
        app.processEvents()
    assert plan.zoom > 1.5
    assert near(middle_of(plan, 1), spot, 16)
    for finger, side in ((0, -1), (1, 1)):
        fingers.release(finger, plan.mapTo(plan.window(), spot + QPoint(side * 140, 0)), plan.windowHandle())
    fingers.commit()
    app.processEvents()


def test_a_drag_beside_the_pins_and_ctrl_with_arrows_move_the_picture(plan: FloorPlan) -> None:
    for _ in range(6):
        plan.zoom_in()
    plan.choose("a-2")
    before = whole_of(plan)
    drag(plan, QPoint(300, 60), QPoint(320, 90))
    after = whole_of(plan)
    assert (after.left() - before.left(), after.top() - before.top()) == (20, 30)
    assert plan.current == "a-2"  # a drag lets nothing go
    assert plan.pins[1] == pin(2, 0.5, 0.5)
    QTest.keyClick(plan, Qt.Key.Key_Right, CONTROL)
    assert whole_of(plan).left() < after.left()


def test_a_pin_that_is_chosen_by_keyboard_comes_into_view(plan: FloorPlan) -> None:
    for _ in range(9):
        plan.zoom_in()
    for _ in range(4):
        QTest.keyClick(plan, Qt.Key.Key_Right)
        chosen = next(one for one in plan.pins if one.asset == plan.current)
        assert QRectF(plan.rect()).contains(plan.pin_rect(chosen))


def test_nothing_changes_size_while_a_pin_is_pressed(plan: FloorPlan) -> None:
    plan.chosen.connect(lambda _: plan.resize(700, 300))  # a card that comes in under the plan
    before, start = whole_of(plan).size(), middle_of(plan, 0)
    moved: list[tuple[str, float, float]] = []
    plan.moved.connect(lambda *one: moved.append(one))
    QTest.mousePress(plan.viewport(), LEFT, pos=start)
    assert plan.height() == 300
    assert whole_of(plan).size() == before
    QTest.mouseMove(plan.viewport(), start + QPoint(2, 1))
    QTest.mouseRelease(plan.viewport(), LEFT, pos=start + QPoint(2, 1))
    assert moved == []  # a hand that trembles moves nothing
    assert whole_of(plan).size() != before


def test_a_pin_is_moved_where_the_picture_is_near(plan: FloorPlan) -> None:
    for _ in range(5):
        plan.zoom_in()
    moved: list[tuple[str, float, float]] = []
    plan.moved.connect(lambda *one: moved.append(one))
    drag(plan, middle_of(plan, 1), middle_of(plan, 1) + QPoint(60, 0))
    ((asset, x, _),) = moved
    assert asset == "a-2"
    assert x == pytest.approx(0.5 + 60 / whole_of(plan).width(), abs=0.002)


def test_placing_records_the_spot_that_a_person_clicks_and_nothing_else(plan: FloorPlan) -> None:
    placed: list[tuple[str, float, float]] = []
    hints: list[str] = []
    plan.placed.connect(lambda *one: placed.append(one))
    plan.hinted.connect(hints.append)
    plan.start_placing(pin(9, 0, 0))
    assert hints[-1].startswith("Click where CAM-009 hangs")
    QTest.mouseMove(plan.viewport(), QPoint(200, 200))
    QTest.mouseClick(plan.viewport(), LEFT, pos=QPoint(2, 2))  # beside the picture
    assert placed == []
    assert plan.end_moving()
    assert plan.placing is None
    assert hints[-1] == ""
    QTest.mouseClick(plan.viewport(), LEFT, pos=QPoint(200, 200))
    assert placed == []
    plan.start_placing(pin(9, 0, 0))
    plan.zoom_in()
    QTest.mouseClick(plan.viewport(), LEFT, pos=middle_of(plan, 0))  # on another pin
    spot = plan.mapToScene(QPoint(200, 200))
    plan.start_placing(pin(10, 0, 0))
    QTest.mouseClick(plan.viewport(), LEFT, pos=QPoint(200, 200))
    assert [one[0] for one in placed] == ["a-9", "a-10"]
    assert placed[1][1:] == pytest.approx((spot.x() / 1400, spot.y() / 800), abs=0.002)


def test_labels_give_way_to_each_other_and_come_back_where_the_plan_is_near(plan: FloorPlan) -> None:
    crowd = [pin(at, 0.4 + 0.02 * (at % 10), 0.4 + 0.02 * (at // 10)) for at in range(60)]
    plan.show_plan(picture(), crowd)

    def labels() -> list[QRectF]:
        return [rect for one in plan.pins if (rect := plan.pin_rect(one)).height() > 20]

    far = labels()
    assert 0 < len(far) < 60
    assert not any(one.intersects(other) for at, one in enumerate(far) for other in far[:at])
    plan.choose("a-33")
    assert plan.pin_rect(crowd[33]).height() > 20  # what is chosen is named
    for _ in range(9):
        plan.zoom_in()
    assert len(labels()) > len(far)


def test_a_thin_line_of_a_large_drawing_is_still_seen(plan: FloorPlan) -> None:
    drawn = picture(4000, 2400)
    painter = QPainter(drawn)
    for x in range(0, 4000, 97):
        painter.fillRect(x, 0, 1, 2400, Qt.GlobalColor.black)
    painter.end()
    plan.show_plan(drawn, [])
    seen = plan.viewport().grab().toImage()
    dark = sum(seen.pixelColor(x, 230).lightness() < 245 for x in range(60, 640))
    assert dark >= 20


@pytest.mark.parametrize("size", [(1, 1), (4000, 16), (16, 4000), (513, 511)])
def test_a_picture_of_any_shape_is_drawn_near_and_far(plan: FloorPlan, size: tuple[int, int]) -> None:
    plan.show_plan(picture(*size), [pin(1, 0, 0), pin(2, 1, 1)])
    for _ in range(12):
        plan.grab()
        plan.zoom_in()
    plan.show_plan(QImage(), [pin(1, 0.5, 0.5)])
    plan.grab()
