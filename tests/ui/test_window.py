from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.knowledge import Knowledge
from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.scan import AskedAddress, Coverage, Interface, ScanProgress, Scope
from camcensus.store.edits import placing
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import verbs as register
from camcensus.ui.find import searching
from camcensus.ui.find.searching import Searched, Wish
from camcensus.ui.find.start import LISTEN_FIRST
from camcensus.ui.help.book import sections_of
from camcensus.ui.inventory.organisation import OrganisationDialog
from camcensus.ui.inventory.untouched import UntouchedDialog
from camcensus.ui.job import Emit, Job
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.theme import TEXT_PERCENTS, THEME, advance, pitch
from camcensus.ui.kit.widgets import Text
from camcensus.ui.main_window import make_window
from camcensus.ui.navigation import _lines
from camcensus.ui.plan.costs import CostsDialog, pence
from camcensus.ui.plan.shown import ask
from camcensus.ui.preferences import Preferences
from camcensus.ui.session import NOTHING_TO_REDO, NOTHING_TO_UNDO
from camcensus.ui.window import MainWindow
from ui_rows import settle

ROOT = Path(__file__).resolve().parents[2]
CARD = Interface("School network", "192.168.1.20/24")


def visible(window: MainWindow) -> str:
    return "\n".join(text.text() for text in window.findChildren(Text) if text.isVisible())


def dialogs(window: MainWindow) -> list[Dialog]:
    return [one for one in window.findChildren(Dialog) if one.isVisible()]


def test_keys_go_to_pages_panes_and_help(window: MainWindow, app: QApplication, qtbot: QtBot) -> None:
    window.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    for key, page in (
        (Qt.Key.Key_2, window.finder),
        (Qt.Key.Key_3, window.cameras),
        (Qt.Key.Key_4, window.places),
        (Qt.Key.Key_5, window.checking),
        (Qt.Key.Key_H, window.history),
        (Qt.Key.Key_6, window.manufacturers),
        (Qt.Key.Key_7, window.plan),
        (Qt.Key.Key_8, window.reports),
        (Qt.Key.Key_9, window.share),
        (Qt.Key.Key_1, window.home),
    ):
        qtbot.keyClick(window, key, control)
        assert window.page is page
    qtbot.keyClick(window, Qt.Key.Key_3, control)
    window.cameras.table.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.cameras.pane.record_button
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.navigation.list
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.cameras.pane.record_button
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert [dialog.windowTitle() for dialog in dialogs(window)] == ["Cameras and recorders"]
    dialogs(window)[0].reject()


def test_text_size_keys_are_remembered(window: MainWindow, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_Plus, control)
    qtbot.keyClick(window, Qt.Key.Key_Plus, control)
    assert (THEME.percent, window.preferences.text_percent) == (130, 130)
    qtbot.keyClick(window, Qt.Key.Key_0, control)
    assert (THEME.percent, window.preferences.text_percent) == (100, 100)


def test_first_run_makes_a_record_and_leads_to_find(app: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    window = make_window(app, ROOT, Preferences(tmp_path / "window.ini"))
    window.start._folder = tmp_path / "Camcensus"
    window.show()
    window.show_start()
    window.start.organisation.setText("Oak Trust / Academy <b>")
    window.start.kind.choose("nhs")
    window.start._expected.setText("forty")
    window.start.go.click()
    assert "must be a number" in visible(window)
    assert window.start.organisation.text() == "Oak Trust / Academy <b>"
    window.start._expected.setText("40")
    window.start.go.click()
    assert window.page is window.finder
    body = window.session.body
    assert body is not None
    assert (body.name, body.type, body.year_starts, body.expected_cameras) == ("Oak Trust / Academy <b>", "nhs", 4, 40)
    path = window.session.path
    assert path is not None
    assert path.name == "oak-trust-academy-b.camcensus"
    assert window.preferences.last_inventory == path
    assert "Oak Trust / Academy <b>" in visible(window)
    window.close()


@pytest.mark.parametrize("key", ORGANISATIONS)
def test_each_kind_of_organisation_brings_its_year_an_example_and_its_deciders(window: MainWindow, key: str) -> None:
    kind = ORGANISATIONS[key]
    window.start.kind.choose(key)
    assert window.start._month.currentData() == kind.year_starts
    assert window.start.organisation.placeholderText() == f"For example, {kind.example}"
    dialog = OrganisationDialog(window.session, window)
    dialog._kind.choose(key)
    dialog.accept()
    assert window.session.body is not None
    assert window.session.body.type == key
    assert window.session.example_of_why == f"For example: {kind.deciders}, 12 October"


def test_the_organisation_can_be_changed_later(window: MainWindow) -> None:
    dialog = OrganisationDialog(window.session, window)
    dialog._expected.setText("many")
    dialog.accept()
    assert window.session.body is not None
    assert window.session.body.expected_cameras == 8
    dialog._name.setText("Elm Park Academy")
    dialog._month.setCurrentIndex(8)
    dialog._expected.setText("12")
    dialog.accept()
    body = window.session.body
    assert (body.name, body.year_starts, body.expected_cameras) == ("Elm Park Academy", 9, 12)
    assert "Elm Park Academy" in visible(window)
    assert window.session.undo()
    assert window.session.body.name == "Elm Park Primary School"


def test_a_folder_that_cannot_be_made_is_one_sentence(app: QApplication, tmp_path: Path) -> None:
    window = make_window(app, ROOT, Preferences(tmp_path / "window.ini"))
    (tmp_path / "file").write_text("")
    window.start._folder = tmp_path / "file" / "Camcensus"
    window.show()
    window.show_start()
    window.start.go.click()
    assert window.start._problem.text().endswith(".")
    assert window.session.inventory is None
    window.close()


def test_a_file_that_is_not_ours_is_refused_in_one_sentence_and_what_was_open_stays(window: MainWindow, tmp_path: Path) -> None:
    other = tmp_path / "letter.camcensus"
    other.write_text("Dear all")
    before = window.session.path
    assert not window.open_path(other)
    assert window.session.path == before
    assert len(dialogs(window)) == 1
    dialogs(window)[0].reject()


def test_nothing_is_searched_before_somebody_allows_it(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "interfaces", lambda: (CARD,))
    window.show_page("find", "form")
    form = window.finder.start_form
    form.refresh()
    QApplication.processEvents()
    before = form.start_button.mapTo(window, QPoint()).y()
    form.start_button.click()
    QApplication.processEvents()
    assert not window.finder.running
    assert "Type who allows this search" in visible(window)
    assert form.start_button.mapTo(window, QPoint()).y() == before, "it stays under the pointer"
    assert "It does not try passwords" in visible(window)


def test_a_search_starts_with_a_name_and_one_button_and_says_what_it_will_do(
    window: MainWindow, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    cable = Interface("enp3s0", "192.168.1.20/24")
    monkeypatch.setattr(searching, "interfaces", lambda: (cable, Interface("wlan0", "10.4.0.9/23")))
    monkeypatch.setattr(searching.scopes, "every_interface", lambda: (cable,))
    window.resize(1024, 640)
    window.show_page("find", "form")
    settle(app)
    form = window.finder.start_form
    shown = visible(window)
    assert [check.text() for _, check in form._cards] == [
        "Network cable", "Wi-Fi",
    ]  # fmt: skip
    assert "Asks every address there what it is, gently: 20 questions a second." in shown
    assert not form._ranges.isVisible()
    assert not form._all.isVisible()
    corner = form.start_button.mapTo(window, form.start_button.rect().bottomRight())
    assert corner.y() < window.height()
    assert not form.start_button.visibleRegion().isEmpty()
    assert form.start_button.visibleRegion().boundingRect() == form.start_button.rect()
    form._listen.setChecked(True)
    form._who.setText("R. Khan, IT")
    assert "Listens for a minute, and sends nothing." in visible(window)


def test_a_hospital_begins_by_listening_and_goes_on_with_the_ranges_that_it_named(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "interfaces", lambda: (CARD,))
    window.show_page("find", "form")
    form = window.finder.start_form
    assert form._all.isChecked()
    assert LISTEN_FIRST not in visible(window)
    dialog = OrganisationDialog(window.session, window)
    dialog._kind.setCurrentIndex(dialog._kind.findText("NHS trust, hospital or clinic"))
    dialog.accept()
    assert form._listen.isChecked()
    assert LISTEN_FIRST in visible(window)
    wishes: list[Wish] = []
    monkeypatch.setattr(window.finder, "run", lambda scope, *_: scopes.append(scope))
    scopes: list[Scope] = []
    form.start.connect(wishes.append)
    form._who.setText("R. Khan, IT")
    monkeypatch.setattr(searching.scopes, "every_interface", lambda: (CARD,))
    form.start_button.click()
    form._agreed.click()
    form._ranges.setText("10.20.0.0/24; 10.20.1.0/24")
    form.start_button.click()
    assert [(wish.passive, wish.every_address, wish.ranges) for wish in wishes] == [
        (True, False, ()), (False, False, ("10.20.0.0/24", "10.20.1.0/24")),
    ]  # fmt: skip
    assert [(scope.passive, scope.ranges) for scope in scopes] == [(True, ()), (False, ("10.20.0.0/24", "10.20.1.0/24"))]
    assert window.session.allowed("10.20.0.0/24") == "R. Khan, IT"
    form._ranges.setText("8.8.8.0/24")
    form.start_button.click()
    assert "is not a private range" in visible(window)


def test_addresses_that_are_never_asked_are_typed_once_and_every_search_leaves_them_alone(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "interfaces", lambda: (CARD,))
    monkeypatch.setattr(searching.scopes, "every_interface", lambda: (CARD,))
    window.show_page("find", "form")
    form = window.finder.start_form
    assert "Every address may be asked." not in visible(window)
    form.more.click()
    assert "Every address may be asked." in visible(window)
    form.untouched_button.click()
    dialog = dialogs(window)[0]
    assert isinstance(dialog, UntouchedDialog)
    dialog.lines.setPlainText("192.168.1.5 lift\nthe pumps")
    dialog.accept()
    assert "Line 2: “the” is not an address to leave alone" in visible(window)
    dialog.lines.setPlainText("192.168.1.5 lift\n192.168.1.64/28 pumps")
    dialog.accept()
    assert "2 addresses or ranges are never asked." in visible(window)
    begun: list[Scope] = []

    async def find(scope: Scope, emit: Emit, **_: object) -> Census:
        begun.append(scope)
        return Census(scan=samples.scan("again"), observations=(), verdicts=())

    monkeypatch.setattr(searching.census, "find", find)
    form._who.setText("R. Khan, IT")
    form.start_button.click()
    while window.finder.running:
        QApplication.processEvents()
    assert begun[0].exclude == ("192.168.1.5/32", "192.168.1.64/28")


def test_a_guest_network_or_vpn_is_said_before_the_search(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching.scopes, "every_interface", lambda: (Interface("tun0", "10.8.0.2/32"),))
    window.show_page("find", "form")
    form = window.finder.start_form
    assert "You seem to be on guest Wi-Fi or a VPN" in visible(window)
    form.start_button.click()
    assert "Choose where to look." in visible(window)
    assert form._ranges.isVisible()
    monkeypatch.setattr(searching.scopes, "every_interface", lambda: (CARD,))
    form._again.click()
    assert "You seem to be" not in visible(window)


def test_a_search_is_live_ends_and_is_kept(
    window: MainWindow, qtbot: QtBot, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "interfaces", lambda: (CARD,))
    monkeypatch.setattr(searching.Wish, "scope", lambda self: searching.simulated_scope())
    verdicts = (samples.verdict(50), samples.verdict(51, "other", None))

    async def find(scope: object, emit: Emit, **options: object) -> Census:
        import asyncio

        assert options["allowed_by"] == "R. Khan, IT"
        emit(ScanProgress("Asking the whole network", 1, 2, 0))
        emit(AskedAddress("10.0.0.50", "answered"))
        for verdict in verdicts:
            emit(verdict)
        emit(Coverage("http", samples.NETWORK, 2, 2, "done"))
        await asyncio.sleep(0.2)
        seen = tuple(one for verdict in verdicts for one in verdict.device.observations)
        return Census(scan=samples.scan("second", allowed_by="R. Khan, IT"), observations=seen, verdicts=verdicts)

    monkeypatch.setattr(searching.census, "find", find)
    window.show_page("find", "form")
    form = window.finder.start_form
    form.refresh()
    form._who.setText("R. Khan, IT")
    form.start_button.click()
    assert window.finder.running
    assert window.finder.stop_button.isVisible()
    qtbot.waitUntil(lambda: window.finder.live.model.rowCount() == 2)
    assert "1 camera and 1 other device" in visible(window)
    qtbot.waitUntil(lambda: not window.finder.running)
    assert "You expected about 8." in visible(window)
    assert len(window.session.rows()) == 7
    assert window.session.allowed(CARD.network) == "R. Khan, IT"
    live = window.finder.live
    assert "Dahua made 1" in live.makers.text() or "not known" in live.makers.text()
    assert live.next_button.isVisible()
    live.next_button.click()
    assert window.page is not window.finder


def test_a_search_that_finds_no_cameras_says_why_that_is_common(window: MainWindow, app: QApplication) -> None:
    window.show_page("find")
    census = Census(scan=samples.scan("none"), observations=(), verdicts=(samples.verdict(60, "other", None),))
    window.finder.live.begin(searching.simulated_scope(), "School network")
    window.finder._finished(Searched(census, None))
    app.processEvents()
    assert "We found no cameras on this network" in visible(window)
    assert "1 device answered" in visible(window)


def test_a_search_that_fails_says_one_sentence(window: MainWindow, qtbot: QtBot) -> None:
    from camcensus.model.errors import DiscoveryError

    async def work(_: Emit) -> object:
        raise DiscoveryError("The network connection was lost; plug the cable in and search again.")

    window.show_page("find")
    window.finder.run(searching.simulated_scope(), work, "School network")
    qtbot.waitUntil(lambda: not window.finder.running)
    assert "plug the cable in" in visible(window)
    for dialog in dialogs(window):
        dialog.reject()


def test_closing_during_a_real_search_is_clean_and_keeps_what_was_found(
    app: QApplication, tmp_path: Path, qtbot: QtBot, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("camcensus.discovery.scan.LEAST_S", 600.0)  # however late rows are drawn, it has not ended by itself
    window = make_window(app, data_dir, Preferences(tmp_path / "window.ini"))
    window.show()
    window.practise(tmp_path)
    path = window.session.path
    assert path is not None
    assert "Practice" in window.navigation.badge.accessibleName()
    assert window.navigation.badge.isVisible()
    assert "No camera here is real." in visible(window)
    qtbot.waitUntil(lambda: window.finder.live.model.rowCount() >= 3)
    seen = window.finder.live.model.rowCount()
    window.close()
    qtbot.waitUntil(lambda: not Job._alive)
    with register.open_inventory(path, samples.NOW) as inventory:
        assert inventory.scans()[-1].stopped_early
        assert inventory.scans()[-1].simulation
        assert len(inventory.device_keys()) >= seen


def test_the_plan_is_drawn_shown_and_saved(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.show_page("plan")
    window.plan.print_out()
    preview = window.reports
    qtbot.waitUntil(lambda: preview._paper.document.pageCount() > 0)
    assert any(text.text().startswith("Page 1 of") for text in preview.findChildren(Text))
    preview.save_as(tmp_path / "plan")
    qtbot.waitUntil(lambda: preview._paper.state.text().startswith("Saved plan.pdf"))
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")
    preview.save_as(tmp_path / "no such folder" / "plan.pdf")
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialogs(window)[0].reject()


def test_costs_are_the_persons_own_and_are_remembered(window: MainWindow) -> None:
    assert window.session.costs.camera_unit is None
    dialog = CostsDialog(window.session, window)
    dialog._fields["camera_unit"].setText("180 pounds")
    dialog.accept()
    assert any("A camera: the cost must be a number" in text.text() for text in dialog.findChildren(Text))
    dialog._fields["camera_unit"].setText("£1,180.50")
    dialog._fields["camera_fitting"].setText("120")
    dialog.accept()
    costs = window.session.costs
    assert (costs.camera_unit, costs.camera_fitting, costs.recorder_unit) == (118_050, 12_000, None)


def test_the_rate_of_vat_and_other_usual_costs_are_remembered(window: MainWindow) -> None:
    dialog = CostsDialog(window.session, window)
    dialog._vat.setText("a fifth")
    dialog.accept()
    assert any(text.text().startswith("VAT must be a rate from 0 to 100") for text in dialog.findChildren(Text))
    dialog._vat.setText("17.5%")
    dialog._fields["remove_unit"].setText("40")
    dialog.accept()
    assert (window.session.costs.vat_hundredths, window.session.costs.remove_unit) == (1750, 4000)
    again = CostsDialog(window.session, window)
    assert again._vat.text() == "17.50"
    again.accept()
    assert window.session.costs.vat_hundredths == 1750, "what was not touched stays"


@pytest.mark.parametrize("text", ["-5", "1e9", "12.345", "1.000", "1,50", "£", "٣", "99999999", "NaN"])
def test_what_is_no_sum_of_money_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"money|much"):
        pence(text)


@pytest.mark.parametrize("text", ["101", "-1", "1,5", "0050000", "9" * 5000])
def test_contingency_is_a_whole_number_up_to_100(window: MainWindow, text: str) -> None:
    before = window.session.costs
    dialog = CostsDialog(window.session, window)
    dialog._percent.setText(text)
    dialog.accept()
    assert any(said.text() == "Contingency must be a whole number from 0 to 100." for said in dialog.findChildren(Text))
    assert window.session.costs == before


def test_a_plan_without_decisions_says_what_to_do(window: MainWindow) -> None:
    from camcensus.tasks.register import plan as plan_module

    assert window.session.inventory is not None
    plan = plan_module.plan(window.session.inventory, window.session.knowledge, samples.NOW)
    assert ask(plan).startswith("You have not decided to replace anything yet.")


def test_a_defect_is_shown_as_one_with_its_report(window: MainWindow, app: QApplication) -> None:
    window.show_defect(RuntimeError("a <b>bold</b> defect"))
    app.processEvents()
    shown = dialogs(window)
    assert [dialog.windowTitle() for dialog in shown] == ["Something went wrong inside Camcensus"]
    shown[0].reject()


@pytest.mark.parametrize("page", ["home", "find", "cameras", "manufacturers", "plan", "start", "about"])
def test_every_page_has_a_help_page_in_plain_words(page: str) -> None:
    content = sections_of(page, (ROOT / "resources" / "help" / f"{page}.md").read_text("utf-8"))
    assert content[0].anchor == ""
    assert content[0].title
    assert not any(mark in one.heading + one.text for one in content for mark in ("**", "`", "](", "# "))


def test_at_the_last_search_undo_says_that_it_goes_no_further(window: MainWindow, app: QApplication, qtbot: QtBot) -> None:
    window.show_page("cameras")
    window.activateWindow()
    asset = window.session.rows()[0].asset
    window.session.do(placing.set_place_named([asset.id], ["Elm Park"]))
    for say in (f"Undone: {asset.ref} moved to Elm Park.", NOTHING_TO_UNDO):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle(app)
        assert say in visible(window)
        assert window.strip.button.isHidden()
    for say in (f"{asset.ref} moved to Elm Park.", NOTHING_TO_REDO):
        qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        settle(app)
        assert say in visible(window)


@pytest.mark.parametrize("percent", TEXT_PERCENTS)
def test_every_word_of_the_navigation_is_read_whole(window: MainWindow, app: QApplication, percent: int) -> None:
    window.navigation.show_number("checking", 12_345)
    try:
        THEME.resize(percent)
        settle(app)
        view = window.navigation.list
        painter = view.itemDelegate()
        for at, entry in enumerate(window.navigation.entries):
            index = view.model().index(at, 0)
            room = painter._room(index)  # type: ignore[attr-defined]
            lines = _lines(entry.title, room)
            assert all(advance(line, "strong") <= room + 8 for line in lines), entry.title
            assert view.visualRect(index).height() >= len(lines) * pitch("body"), entry.title
    finally:
        THEME.resize(100)
