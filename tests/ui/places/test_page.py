from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camcensus.model.errors import IntakeError
from camcensus.store.edits import placing, tagging
from camcensus.ui import floor_pictures
from camcensus.ui.asset import own_page
from camcensus.ui.kit.column_list import RowRole
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.places.dialog import PlaceDialog
from camcensus.ui.places.list import PlaceRole
from camcensus.ui.session import Session
from camcensus.ui.window import MainWindow
from ui_rows import settle


@pytest.fixture
def school(session: Session) -> dict[str, str]:
    """Elm Park with a main block of two floors, a sports hall, and three cameras in it."""
    ids = {"Elm Park": session.do(placing.add_place("site", "Elm Park", None)).made}
    for kind, name, above in (
        ("building", "Main block", "Elm Park"),
        ("building", "Sports hall", "Elm Park"),
        ("floor", "Ground floor", "Main block"),
        ("floor", "First floor", "Main block"),
        ("room", "Hall", "Ground floor"),
    ):
        ids[name] = session.do(placing.add_place(kind, name, ids[above])).made  # type: ignore[arg-type]
    rows = [row.asset.id for row in session.rows()]
    session.do(placing.set_place(rows[:2], ids["Hall"]))
    session.do(placing.set_place(rows[2:3], ids["Ground floor"]))
    session.do(placing.set_place(rows[3:4], ids["Sports hall"]))
    return ids


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "ground.png"
    Image.new("RGB", (700, 400), "white").save(path)
    return path


def shown_places(window: MainWindow) -> list[QModelIndex]:
    view = window.places.list.view
    found, index = [], view.model().index(0, 0)
    while index.isValid():
        found.append(index)
        index = view.indexBelow(index)
    return found


def names(window: MainWindow) -> list[str]:
    return [str(index.data()) for index in shown_places(window)]


def open_places(window: MainWindow, place: str) -> None:
    window.show_page("places", place)
    settle(QApplication.instance())


def test_with_no_places_the_page_says_how_to_begin(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("places")
    page = window.places
    assert page._none.isVisible()
    qtbot.mouseClick(page._first_button, Qt.MouseButton.LeftButton)
    dialog = next(one for one in window.findChildren(PlaceDialog) if one.isVisible())
    dialog.accept()
    assert "Type a name." in [text.text() for text in dialog.findChildren(Text)]
    qtbot.keyClicks(dialog._name, "Elm Park")
    dialog.accept()
    settle(QApplication.instance())
    assert names(window) == ["Elm Park", "No location yet"]
    assert page.title.text() == "Elm Park"


def test_a_place_or_firm_that_was_added_is_taken_back_with_the_button(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.do(placing.add_place("site", "Elm Park", None))
    assert window.strip.button.isVisible()
    qtbot.mouseClick(window.strip.button, Qt.MouseButton.LeftButton)
    assert session.places() == ()
    session.do(tagging.add_vendor("Acme CCTV Ltd", "seller"))
    assert window.strip.button.isVisible()


def test_the_tree_counts_what_is_in_each_place_and_below(window: MainWindow, school: dict[str, str]) -> None:
    open_places(window, school["Ground floor"])
    lines = {str(index.data()): index for index in shown_places(window)}
    assert {name: index.data(RowRole).number for name, index in lines.items()} == {
        "Elm Park": "4", "Main block": "3", "Ground floor": "3", "Hall": "2", "First floor": "0", "Sports hall": "1",
        "No location yet": "2",
    }  # fmt: skip
    assert lines["Hall"].parent().parent().parent() == lines["Elm Park"]
    said = lines["First floor"].data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("First floor, in Elm Park, Main block. 0 items.")


def test_arrow_keys_open_and_close_branches_and_a_search_finds_by_the_path(
    window: MainWindow, school: dict[str, str], qtbot: QtBot
) -> None:
    open_places(window, school["Main block"])
    view = window.places.list.view
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert names(window) == ["Elm Park", "Main block", "Sports hall", "No location yet"]
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert "Hall" in names(window)
    window.places.list.choose(school["Hall"])
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex().data(PlaceRole).name == "Ground floor"
    qtbot.keyClicks(window.places.list.search, "main")
    assert sorted(names(window)) == ["Elm Park", "First floor", "Ground floor", "Hall", "Main block"]


def test_what_has_no_place_is_listed_and_cameras_shows_it_to_be_placed(
    window: MainWindow, school: dict[str, str], qtbot: QtBot
) -> None:
    open_places(window, school["Elm Park"])
    page, session = window.places, window.session
    unplaced = {row.asset.id for row in session.rows() if row.asset.place is None}
    qtbot.keyClick(page.list.view, Qt.Key.Key_End)
    assert page.title.text() == "No location yet"
    assert {row.asset.id for row in page.model.rows} == unplaced
    assert page.table.isVisible()
    assert not any(button.isVisible() for button in (page.change_button, page.picture_button, page.which))
    qtbot.mouseClick(page.locate_button, Qt.MouseButton.LeftButton)
    settle(QApplication.instance())
    cameras = window.cameras
    assert cameras.place.currentText() == "No location yet"
    shown = {item.row.asset.id for at in range(cameras.model.rowCount()) if (item := cameras.model.at(at)) is not None}
    assert shown == unplaced
    session.do(placing.set_place(sorted(unplaced), school["Hall"]))
    window.show_page("places")
    assert "No location yet" not in names(window)


def take(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    """Gives the page a picture and waits until it was read."""
    buttons = (window.places.picture_button, window.places.empty_button)
    window.places.take_picture(path)
    assert any(button.text() == "Reading…" for button in buttons)
    qtbot.waitUntil(lambda: all(button.text() != "Reading…" for button in buttons))


def test_a_picture_pins_by_keyboard_and_walking(
    window: MainWindow, school: dict[str, str], plan_file: Path, qtbot: QtBot, app: QApplication
) -> None:
    open_places(window, school["Ground floor"])
    page, session = window.places, window.session
    assert page._empty.isVisible()
    take(window, qtbot, plan_file)
    settle(app)
    assert page.plan.isVisible()
    assert len(page.unplaced.links) == 3
    link = page.unplaced.links[0]
    ref = link.accessibleName().split()[1]
    link.click()
    settle(app)
    row = next(row for row in session.rows() if row.asset.ref == ref)
    assert row.asset.pin is None  # nothing is recorded before a person chose the spot
    for _ in range(3):
        qtbot.keyClick(page.plan, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.plan, Qt.Key.Key_Return)
    row = session.row(row.asset.id)
    assert row is not None
    assert row.asset.pin is not None
    assert row.asset.pin.x == pytest.approx(0.5 + 30 / 277, abs=0.002)
    assert row.asset.pin.y == pytest.approx(0.5, abs=0.002)
    qtbot.keyClick(page.plan, Qt.Key.Key_Return)
    assert page.plan.moving
    qtbot.keyClick(page.plan, Qt.Key.Key_Down)
    qtbot.keyClick(page.plan, Qt.Key.Key_Return)
    row = session.row(row.asset.id)
    assert row is not None
    assert row.asset.pin is not None
    assert row.asset.pin.y > 0.5
    assert not row.asset.pin.walked
    page.card.walked.click()
    settle(app)
    row = session.row(row.asset.id)
    assert row is not None
    assert row.asset.pin is not None
    assert row.asset.pin.walked
    for _ in range(3):  # walked, moved, placed: each is one step back
        session.undo()
    row = session.row(row.asset.id)
    assert row is not None
    assert row.asset.pin is None


def test_the_page_opens_on_the_first_place_that_has_a_plan(
    window: MainWindow, school: dict[str, str], plan_file: Path, app: QApplication
) -> None:
    window.session.do(placing.set_plan(school["First floor"], floor_pictures.read_plan(plan_file)))
    window.show_page("places")
    settle(app)
    assert window.places.title.text() == "First floor"
    assert window.places.plan.isVisible()
    window.places.list.choose(school["Elm Park"])
    park = next(place for place in window.session.places() if place.id == school["Elm Park"])
    window.session.do(placing.change_place(replace(park, sensitive=True)))  # a change leaves a person where they are
    assert window.places.title.text() == "Elm Park"


def test_a_pin_is_dragged_with_the_mouse(
    window: MainWindow, school: dict[str, str], plan_file: Path, qtbot: QtBot, app: QApplication
) -> None:
    open_places(window, school["Ground floor"])
    page = window.places
    take(window, qtbot, plan_file)
    asset = next(row.asset.id for row in window.session.rows() if row.asset.place == school["Hall"])
    window.session.do(placing.put_pin(asset, school["Ground floor"], 0.5, 0.5))
    settle(app)
    start = page.plan.pin_rect(page.plan.pins[0]).center().toPoint()
    picture = page.plan.mapFromScene(page.plan.sceneRect()).boundingRect()
    end = start + QPoint(round(picture.width() / 4), 0)
    view = page.plan.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    row = window.session.row(asset)
    assert row is not None
    assert row.asset.pin is not None
    assert row.asset.pin.x == pytest.approx(0.75, abs=0.01)
    assert page.card.isVisible()


def test_what_is_no_picture_is_one_sentence_and_changes_nothing(
    window: MainWindow, school: dict[str, str], tmp_path: Path, qtbot: QtBot, app: QApplication
) -> None:
    open_places(window, school["Ground floor"])
    wrong = tmp_path / "plan.png"
    wrong.write_bytes(b"<html>not a picture</html>")
    take(window, qtbot, wrong)
    settle(app)
    dialog = next(one for one in window.findChildren(Dialog) if one.isVisible())
    assert dialog.windowTitle() == "The picture was not added"
    assert window.places._empty.isVisible()


def test_the_first_page_of_a_pdf_is_a_plan_and_a_locked_one_says_so(
    window: MainWindow, school: dict[str, str], tmp_path: Path, qtbot: QtBot, app: QApplication
) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "floor.pdf"
    canvas = Canvas(str(path), pagesize=(842, 595))
    canvas.rect(100, 100, 300, 200)
    canvas.showPage()
    canvas.save()
    open_places(window, school["Ground floor"])
    take(window, qtbot, path)
    place = next(one for one in window.session.places() if one.id == school["Ground floor"])
    inventory = window.session.inventory
    assert inventory is not None
    kept = inventory.picture(place.picture or "")
    assert kept is not None
    image = Image.open(io.BytesIO(kept.data)).convert("L")
    assert image.width > image.height
    assert image.getextrema() == (0, 255)
    path.write_bytes(b"%PDF-1.7\nnothing")
    take(window, qtbot, path)
    settle(app)
    assert any(one.windowTitle() == "The picture was not added" for one in window.findChildren(Dialog))


def test_a_page_that_never_ends_is_a_sentence_and_the_window_goes_on(tmp_path: Path) -> None:
    forms = [b"0 0 1 1 re f"] + [b"/F%d Do\n" % at * 30 for at in range(9)]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 600] /Contents 4 0 R /Resources << /XObject << /F9 14 0 R >> >> >>",
        b"<< /Length 6 >>\nstream\n/F9 Do\nendstream",
    ]
    for at, drawn in enumerate(forms):
        inner = b" /Resources << /XObject << /F%d %d 0 R >> >>" % (at - 1, at + 4) if at else b""
        head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 800 600]%s /Length %d >>" % (inner, len(drawn))
        objects.append(head + b"\nstream\n" + drawn + b"\nendstream")
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, one) for at, one in enumerate(objects, 1))
    path = tmp_path / "floor.pdf"
    path.write_bytes(body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1))
    with pytest.raises(IntakeError, match="takes too much time or memory to draw"):
        floor_pictures.read_plan(path)


def test_a_place_with_something_in_it_is_not_removed(window: MainWindow, school: dict[str, str], app: QApplication) -> None:
    open_places(window, school["Sports hall"])
    window.places.remove_place()
    settle(app)
    assert "Sports hall" in names(window)
    for dialog in window.findChildren(Dialog):
        dialog.reject()
    window.places.list.choose(school["First floor"])
    window.places.remove_place()
    settle(app)
    assert "First floor" not in names(window)


def test_a_site_is_marked_and_says_how_far_it_is(window: MainWindow, school: dict[str, str], app: QApplication) -> None:
    open_places(window, school["Elm Park"])
    window.places.change_place()
    dialog = next(one for one in window.findChildren(PlaceDialog) if one.isVisible())
    dialog._sensitive.setChecked(True)
    dialog._progress.setCurrentIndex(dialog._progress.findData("planned"))
    dialog.accept()
    settle(app)
    assert window.places.sensitive.isVisible()
    assert "Replacement is planned since 24 November 2026." in window.places.note.text()


def test_the_floor_is_drawn_to_be_printed(
    window: MainWindow, school: dict[str, str], plan_file: Path, qtbot: QtBot, app: QApplication, tmp_path: Path
) -> None:
    open_places(window, school["Ground floor"])
    page = window.places
    take(window, qtbot, plan_file)
    asset = next(row.asset.id for row in window.session.rows() if row.asset.place == school["Hall"])
    window.session.do(placing.put_pin(asset, school["Ground floor"], 0.5, 0.5))
    page.print_plan()
    reports = window.reports
    assert window.page is reports
    assert (reports.choices.kind.name, reports.choices.choices.place) == ("floor", school["Ground floor"])
    qtbot.waitUntil(reports.print_button.isEnabled)
    reports.save_as(tmp_path / "floor")
    qtbot.waitUntil((tmp_path / "floor.pdf").exists)
    document = QPdfDocument()
    document.load(str(tmp_path / "floor.pdf"))
    assert document.pageCount() >= 1


def test_the_list_is_the_twin_of_the_plan(window: MainWindow, school: dict[str, str], app: QApplication) -> None:
    open_places(window, school["Main block"])
    window.places.which.choose(1)
    settle(app)
    assert window.places.table.isVisible()
    assert window.places.model.rowCount() == 3


def test_the_card_of_a_pin_moves_takes_off_and_asks_before_its_page_is_opened(
    window: MainWindow,
    school: dict[str, str],
    plan_file: Path,
    qtbot: QtBot,
    app: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str | None] = []
    monkeypatch.setattr(own_page, "open_web", opened.append)
    open_places(window, school["Ground floor"])
    page, session = window.places, window.session
    take(window, qtbot, plan_file)
    item = next(row for row in session.rows() if row.asset.place == school["Hall"] and row.addresses)
    session.do(placing.put_pin(item.asset.id, school["Ground floor"], 0.3, 0.3))
    settle(app)

    page.plan.choose(item.asset.id)
    page.card.page_link.click()
    assert opened == []
    next(one for one in window.findChildren(Dialog) if one.isVisible()).accept()
    assert opened == [f"http://{item.addresses[0]}/"]
    page.card.move_button.click()
    assert page.plan.moving
    page.plan.end_moving()
    page.card.off_button.click()
    settle(app)
    row = session.row(item.asset.id)
    assert row is not None
    assert row.asset.pin is None


@pytest.mark.parametrize(
    ("addresses", "url"),
    [
        (("10.0.0.31",), "http://10.0.0.31/"),
        (("8.8.8.8", "192.168.1.4"), "http://192.168.1.4/"),
        (("fd00::4",), "http://[fd00::4]/"),
        (("8.8.8.8",), None),
        (("fe80::1%eth0",), None),
        (("cam.example/\u202e",), None),
        (("0.0.0.0",), None),
        ((), None),
    ],
)
def test_only_a_private_address_is_handed_to_the_browser(session: Session, addresses: tuple[str, ...], url: str | None) -> None:
    item = session.rows()[0]
    assert own_page.own_page(session, replace(item, addresses=addresses)) == url


def test_choosing_a_pin_does_not_change_the_size_of_the_plan(
    window: MainWindow, school: dict[str, str], plan_file: Path, qtbot: QtBot, app: QApplication
) -> None:
    open_places(window, school["Ground floor"])
    page = window.places
    take(window, qtbot, plan_file)
    for asset in [row.asset.id for row in window.session.rows() if row.asset.place == school["Hall"]]:
        window.session.do(placing.put_pin(asset, school["Ground floor"], 0.5, 0.5))
    settle(app)
    whole = page.plan.geometry()
    for one in page.plan.pins:
        page.plan.choose(one.asset)
        settle(app)
        assert page.card.isVisible()
        assert page.plan.geometry() == whole
    page.plan.choose("")
    settle(app)
    assert page.plan.geometry() == whole
