"""Which cameras a report is about, chosen in the window: all, a place, those chosen in Cameras, a year of the plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from camcensus.store.edits import placing
from camcensus.tasks.reports import catalogue as reports
from camcensus.tasks.reports.scope import ReportScope
from camcensus.ui.reports.page import ReportsPage
from camcensus.ui.window import MainWindow
from ui.reports.opened import at_rest, logged, opened, text_of


def drawn(page: ReportsPage, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: at_rest(page))
    assert page.desk.written is not None
    return text_of(page.desk.written.path)


def choose(page: ReportsPage, which: str) -> None:
    page.choices.scope.which.choose(which)


def test_make_report_in_cameras_opens_the_register_of_the_rows_that_are_chosen(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("cameras")
    rows = window.session.rows()
    window.cameras.chosen.choose([row.asset.id for row in rows[1:3]])
    window.cameras.report_button.click()
    page = window.reports
    assert page.isVisible()
    assert page.choices.kind.name == "register"
    assert page.choices.scope.which.currentText() == "The 2 chosen in Cameras"
    said = drawn(page, qtbot)
    assert f"2 entries that were chosen, {rows[1].asset.ref} and {rows[2].asset.ref}." in said
    assert rows[0].asset.ref not in said
    choose(page, "all")
    assert "Part of the register" not in drawn(page, qtbot)
    choose(page, "assets")
    assert "2 entries that were chosen" in drawn(page, qtbot)


def test_one_row_alone_is_what_the_page_opens_with_so_the_report_is_of_all(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("cameras")
    window.cameras.report_button.click()
    assert window.reports.choices.choices.scope == ReportScope()
    assert window.reports.choices.kind.name == "register"
    offered = window.reports.choices.scope.which
    assert offered.itemText(offered.findData("assets")) == f"{window.session.rows()[0].asset.ref}, chosen in Cameras"


def test_a_report_of_what_is_chosen_follows_another_choice_in_cameras(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("cameras")
    rows = window.session.rows()
    window.cameras.chosen.choose([row.asset.id for row in rows[1:3]])
    window.cameras.report_button.click()
    page = window.reports
    assert "2 entries that were chosen" in drawn(page, qtbot)
    window.show_page("cameras")
    window.cameras.chosen.choose([row.asset.id for row in rows[:3]])
    window.show_page("reports")
    assert page.choices.scope.which.currentText() == "The 3 chosen in Cameras"
    assert "3 entries that were chosen" in drawn(page, qtbot)


def test_what_is_chosen_in_cameras_is_offered_to_a_supplier_and_the_public_too(window: MainWindow) -> None:
    window.show_page("cameras")
    rows = window.session.rows()
    window.cameras.chosen.choose([row.asset.id for row in rows[1:3]])
    window.show_page("share")
    form = window.share.choices
    next(one for one in form.audiences.buttons() if "supplier" in one.text().lower()).click()
    form.scope.which.choose("assets")
    assert form.part == ReportScope(assets=tuple(row.asset.id for row in rows[1:3]))


def test_a_report_of_a_place_is_saved_under_its_name_and_logged_with_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = [row.asset.id for row in window.session.rows()[:2]]
    window.session.do(placing.set_place_named(inside, ["Elm Park", "Main hall"]))
    hall = next(one for one in window.session.places() if one.name == "Main hall")
    page = opened(window, qtbot, "register")
    choose(page, "place")
    page.choices.scope.place.choose(hall.id)
    assert f"Part of the register: Elm Park › {hall.name}, with all in it (2 entries)." in drawn(page, qtbot)
    offered: list[str] = []

    def where(_parent: object, _title: str, name: str, _filter: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(tmp_path / "hall.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    page.save()
    qtbot.waitUntil(lambda: (tmp_path / "hall.pdf").exists() and bool(logged(window)))
    assert hall.name.lower().replace(" ", "-") in offered[0]
    assert hall.name in logged(window)[0]
    assert reports.choices_kept(window.session.inventory, reports.kind_called("register")).scope == ReportScope()  # type: ignore[arg-type]


def test_reports_that_are_of_no_part_do_not_ask(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot, "register")
    choose(page, "year")
    for name in ("floor", "it-notice"):
        page.choices.show_kind(reports.kind_called(name))
        assert page.choices.scope.isHidden()
        assert page.choices.choices.scope == ReportScope()
    page.choices.show_kind(reports.kind_called("plan"))
    assert not page.choices.scope.isHidden()
    assert page.choices.choices.scope.year
    qtbot.waitUntil(lambda: at_rest(page) or bool(page.desk.written))


def test_what_was_chosen_is_forgotten_when_it_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    form = window.reports.choices.scope
    window.session.chosen = tuple(row.asset.id for row in window.session.rows()[:2])
    form.refresh("assets")
    assert form.scope.assets
    window.session.chosen = ("gone",)
    form.refresh()
    assert form.scope == ReportScope()
