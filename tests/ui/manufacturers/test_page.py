from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from camcensus.assessment.listings import ownership_path
from camcensus.model.changes import Changes
from camcensus.model.errors import DiskError
from camcensus.model.knowledge import Knowledge
from camcensus.model.statements import Named, PublishedReply
from camcensus.model.words import BASED, typeset
from camcensus.store.edits import tagging
from camcensus.tasks.knowledge.makers import in_short, maker_page
from camcensus.tasks.register import lists, recheck
from camcensus.tasks.register.lists import lists_in_use
from camcensus.ui.inventory.lists import ListsDialog, OwnListDialog
from camcensus.ui.kit import links
from camcensus.ui.kit.buttons import Button, Fold, LinkButton
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Check, Lines
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.ledger import Cell, Ledger, LedgerLine
from camcensus.ui.kit.theme import THEME
from camcensus.ui.kit.widgets import Text
from camcensus.ui.manufacturers import lines as maker_lines
from camcensus.ui.manufacturers.list import ALL
from camcensus.ui.manufacturers.model import sentence
from camcensus.ui.manufacturers.own_brand import OwnBrandDialog
from camcensus.ui.session import Session
from camcensus.ui.window import MainWindow
from statement_samples import statement
from ui_rows import HOSTILE, settle


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that would have gone to the browser."""
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()) or True)
    return asked


def dialogs(window: MainWindow) -> list[Dialog]:
    return [one for one in window.findChildren(Dialog) if one.isVisible()]


def words(widget: QWidget) -> str:
    return "\n".join(text.text() for text in widget.findChildren(Text) if not text.isHidden())


def spoken(window: MainWindow) -> str:
    """All that the tables of the page say to a screen reader."""
    ledgers = window.manufacturers.sheet.ledgers
    return "\n".join(ledger.sentence(row) for ledger in ledgers for row in range(len(ledger.lines)))


def show(window: MainWindow, maker: str, *, folded: bool = False) -> None:
    """The page of a maker, everything on it opened unless it is to stay folded."""
    window.show_page("manufacturers", maker)
    if not folded:
        unfold(window)
    settle(QApplication.instance())


def unfold(window: MainWindow) -> None:
    for fold in window.manufacturers.sheet.folds:
        fold.setChecked(True)


def names(window: MainWindow) -> list[str]:
    return [sentence(one) for one in window.manufacturers.list.model.rows]


def test_makers_of_what_is_here_come_with_how_many(window: MainWindow) -> None:
    window.show_page("manufacturers")
    assert names(window) == [
        "Axis. Not listed. Yours: 2.",
        "Hikvision. Listed. Based in China (our reading). Yours: 2.",
        "Dahua. Listed. Based in China (our reading). Yours: 1.",
    ]
    window.manufacturers.list.which.choose(ALL)
    assert len(names(window)) == len(window.session.knowledge.manufacturers)


def test_a_maker_that_only_our_reading_takes_in_is_never_called_listed(window: MainWindow, knowledge: Knowledge) -> None:
    on = window.session.enabled_lists()
    only = next(
        one.id
        for one in knowledge.manufacturers.values()
        if knowledge.seat_by(one.id, "uk-wms-2022")
        and not any(knowledge.lists[name].naming(ownership_path(one.id, knowledge)) for name in on)
    )
    show(window, only)
    page = window.manufacturers
    assert page.pill.accessibleName() == BASED
    assert not page.seat_pill.isVisible()
    assert page.list.current is not None
    assert BASED in sentence(page.list.current)
    assert any(fold.text().startswith(BASED) for fold in page.sheet.folds)
    assert window.session.do(lists.switch_lists(window.session.knowledge, {"uk-wms-2022": False}, "a trial"), by="R. Khan")
    assert page.pill.accessibleName() == "Not listed"


def test_a_listed_maker_that_is_based_there_says_both(window: MainWindow) -> None:
    show(window, "hikvision")
    page = window.manufacturers
    assert (page.pill.accessibleName(), page.seat_pill.accessibleName()) == ("Listed", BASED)
    assert page.seat_pill.isVisible()
    assert window.session.do(lists.switch_lists(window.session.knowledge, {"uk-wms-2022": False}, "a trial"), by="R. Khan")
    assert not page.seat_pill.isVisible()


def test_a_brand_is_found_by_another_spelling_with_the_makers_behind_it(window: MainWindow, knowledge: Knowledge) -> None:
    window.show_page("manufacturers")
    page = window.manufacturers
    page.list.which.choose(ALL)
    page.list.search.setText("LO-REX")
    assert any("sold as Lorex" in one for one in names(window))
    brand = next(one for one in knowledge.brand_names if one not in knowledge.manufacturers)
    page.list.search.setText(knowledge.brand_names[brand])
    assert (page.list.model.rows[0].kind, page.list.model.rows[0].id) == ("brand", brand)
    assert not page.pill.isVisible()
    assert page.title.text() == knowledge.brand_names[brand]


def test_nothing_found_says_where_else_to_look(window: MainWindow) -> None:
    window.show_page("manufacturers")
    page = window.manufacturers
    page.list.search.setText("honeywell international")
    assert names(window) == []
    assert "No maker or brand in your building has “honeywell international” in its name." in words(page.list)
    assert not page._page.isEnabled()
    page.list._look_in_all.click()
    assert names(window)[0].startswith("Honeywell")
    assert window.page.escape()
    assert page.list.search.text() == ""


def test_a_listed_makers_page_says_who_said_what_when_and_to_whom(window: MainWindow, knowledge: Knowledge) -> None:
    show(window, "dahua")
    said = spoken(window)
    call = knowledge.lists["uk-mps-2022"]
    (named,) = call.naming(("dahua",))
    for text in (call.title, named.quote, f"Today: {call.standing}", f"Not addressed to {call.not_addressed_to}"):
        assert typeset(text).rstrip(".") in said
    assert "4 July 2022" in said
    assert "Quoted from “" in said
    assert any(fold.text() == "What the maker replies" for fold in window.manufacturers.sheet.folds)
    assert "Zhejiang Dahua Technology" in words(window.manufacturers.sheet)
    assert "Whether one is in a device depends on its model and firmware." in words(window.manufacturers.sheet)
    assert "List" in window.manufacturers.pill.accessibleName()


def test_a_makers_page_begins_with_at_most_120_words_and_the_rest_is_there_when_it_is_asked_for(window: MainWindow) -> None:
    show(window, "hikvision", folded=True)
    sheet = window.manufacturers.sheet
    assert sheet.ledgers == []
    assert len(words(sheet).split()) <= 120
    assert "Human rights: " in words(sheet)
    assert sheet.folds[0].text().startswith("Human rights: ")
    assert window.manufacturers.first_to_read() in (window.manufacturers.see_button, sheet.folds[0])
    sheet.folds[0].click()
    assert sheet.ledgers
    sheet.folds[0].click()
    assert not sheet.ledgers[0].isVisible()


def test_what_was_opened_stays_open_where_the_same_maker_is_shown_anew(window: MainWindow) -> None:
    show(window, "dahua", folded=True)
    window.manufacturers.sheet.folds[0].click()
    window.session.hub.publish(Changes(settings=True))
    assert window.manufacturers.sheet.folds[0].isChecked()
    assert window.manufacturers.sheet.ledgers
    show(window, "axis", folded=True)
    assert not any(fold.isChecked() for fold in window.manufacturers.sheet.folds)


def test_what_answered_a_statement_stands_under_it_and_all_of_it_is_there_when_asked(
    window: MainWindow, knowledge: Knowledge, qtbot: QtBot, opened: list[str]
) -> None:
    source = knowledge.lists["uk-mps-2022"].source
    long = "Axis answered at length. " * 12
    made = statement(
        "a-report", is_list=False, default_on=False, about="human-rights", title="A report on a camp", source=source,
        names=(Named("axis", "cameras of Axis at a camp", "", None, source),), text="All that {manufacturer} was told.",
        answers=(PublishedReply("Axis", "axis", "2024-12", long.strip(), source), PublishedReply("Dahua", "dahua", "2024", "Not Axis.", source)),
    )  # fmt: skip
    lesser = replace(made, id="lesser", title="A lesser report", weight=2, answers=())
    axis = replace(knowledge.manufacturers["axis"], answers=(PublishedReply("Axis", "axis", "2023", long.strip(), source),))
    window.session.knowledge = replace(
        knowledge,
        statements={made.id: made, lesser.id: lesser},
        manufacturers={**knowledge.manufacturers, "axis": axis},
    )
    window.session.hub.publish(Changes(settings=True))
    show(window, "axis")
    sheet = window.manufacturers.sheet
    assert any(fold.text().startswith("Human rights") for fold in sheet.folds)
    lines = sheet.ledgers[0].lines
    assert [line.continues for line in lines] == [False, True, False]
    assert long.strip() in lines[1].cells[0].fact
    assert "Not Axis" not in spoken(window)
    reply = next(text for text in sheet.findChildren(Text) if text.text() == long.strip())
    assert reply.width() > 400
    assert reply.height() >= reply.heightForWidth(reply.width())
    assert "A lesser report" in spoken(window)
    assert "All that Axis was told." in spoken(window)


def test_a_name_spelt_almost_right_is_asked_about(window: MainWindow) -> None:
    window.show_page("manufacturers")
    page = window.manufacturers
    page.list.search.setText("Toshima")
    assert "Did you mean “Toshiba”?" in words(page.list)
    page.list.search.setText("zzzzqqq")
    assert "Did you mean" not in words(page.list)


def test_words_too_long_for_the_width_take_more_lines_and_widen_nothing(app: QApplication, qtbot: QtBot) -> None:
    fold = Fold("A committee of MPs recommended that Hikvision and Dahua should not operate in the UK")
    qtbot.addWidget(fold)
    one_line = fold.sizeHint()
    assert fold.minimumSizeHint().width() < one_line.width()
    assert fold.heightForWidth(one_line.width()) == one_line.height()
    assert fold.heightForWidth(one_line.width() // 2) > one_line.height()


def test_names_that_are_not_proven_stand_apart(window: MainWindow, knowledge: Knowledge) -> None:
    mine = [one for one in knowledge.brands if one.made_by == "hikvision"]
    proven_ones = tuple(replace(one, verified=at % 2 == 0, against=False) for at, one in enumerate(mine))
    others = tuple(one for one in knowledge.brands if one.made_by != "hikvision")
    window.session.knowledge = replace(knowledge, brands=(*others, *proven_ones))
    show(window, "hikvision")
    sheet = window.manufacturers.sheet
    proven = next(ledger for ledger in sheet.ledgers if ledger.columns is maker_lines.SOLD_AS)
    assert not any("not proven" in line.cells[1].fact for line in proven.lines)
    apart = [ledger for ledger in sheet.ledgers if ledger.columns is maker_lines.SOLD_AS][1]
    page = maker_page(window.session.known, "hikvision")
    assert len(apart.lines) == sum(not one.proven for one in page.sold_as)
    assert all("not proven" in line.cells[1].fact or "speaks against" in line.cells[1].fact for line in apart.lines)


def test_the_button_leads_to_the_rows_of_that_maker(window: MainWindow) -> None:
    show(window, "hikvision")
    assert window.manufacturers.see_button.text() == "Show them in the list"
    window.manufacturers.see_button.click()
    assert window.page is window.cameras
    assert {row.verdict.attribution.manufacturer for row in _shown(window) if row.verdict} == {"hikvision"}
    assert len(_shown(window)) == 2


def _shown(window: MainWindow) -> list:  # type: ignore[type-arg]
    model = window.cameras.model
    return [item.row for item in map(model.at, range(model.rowCount())) if item is not None]


def test_a_maker_that_no_statement_names_is_not_called_approved(window: MainWindow, knowledge: Knowledge) -> None:
    unnamed = next(one for one in knowledge.manufacturers if not maker_page(knowledge, one).records)
    show(window, unnamed)
    said = words(window.manufacturers.sheet)
    assert "Nothing that Camcensus holds names this maker. That does not mean it has been checked or approved." in said


def test_a_seller_names_its_makers_and_leads_to_them(window: MainWindow) -> None:
    show(window, "honeywell")
    page = window.manufacturers
    next(link for link in page.sheet.findChildren(LinkButton) if link.text() == "See Dahua").click()
    assert page.title.text() == "Dahua"


def test_a_source_opens_on_a_click_and_only_web_addresses(app: QApplication, opened: list[str], qtbot: QtBot) -> None:
    ledger = Ledger(maker_lines.RECORDS, "Statements")
    qtbot.addWidget(ledger)
    ledger.resize(700, 100)
    cells = (Cell("What", "More"), Cell("Who", "1 May 2022"), Cell("UK", "In force"), Cell("“Title”", "Publisher, 2022"))
    ledger.set_lines(
        [LedgerLine("1", cells, "https://example.org/a"), LedgerLine("2", cells, "file:///etc/passwd"), LedgerLine("3", cells)]
    )
    ledger.show()
    settle(app)
    assert opened == []
    (link,) = ledger.findChildren(LinkButton)
    link.click()
    assert opened == ["https://example.org/a"]
    assert "Source: “Title”, Publisher, 2022" in words(ledger)


@pytest.mark.parametrize("url", [None, "", "file:///etc/passwd", "javascript:alert(1)", "httpsx://a", "mailto:a@b"])
def test_what_is_no_web_address_is_never_opened(app: QApplication, opened: list[str], url: str | None) -> None:
    assert not links.open_web(url)
    assert links.source_link(url) is None
    assert opened == []


def test_hostile_text_in_a_table_is_shown_as_it_is_and_bounded(app: QApplication, qtbot: QtBot) -> None:
    ledger = Ledger(maker_lines.MADE_BY, "Made by")
    qtbot.addWidget(ledger)
    ledger.resize(700, 100)
    ledger.set_lines([LedgerLine("1", (Cell(HOSTILE, "a\x1b[2Jb"), Cell("x" * 90_000), Cell("t")), "https://e.org/")])
    ledger.show()
    settle(app)
    said = words(ledger)
    assert "\u202e" not in said
    assert "\\u202e" in said
    assert "\x1b" not in said
    assert "x" * 4_001 not in said


def test_a_table_stacks_where_it_is_narrow(app: QApplication, qtbot: QtBot) -> None:
    ledger = Ledger((ViewColumn("use", "Use", "check", 44), *maker_lines.SOLD_AS), "Names")
    qtbot.addWidget(ledger)
    cells = (Cell(), Cell("What " * 20, "note"), Cell("To whom"), Cell("“Title”"), Cell("4"))
    ledger.resize(760, 50)
    ledger.set_lines([LedgerLine("a", cells, None, True)] * 3)
    ledger.show()
    settle(app)
    assert "Basis: To whom" not in words(ledger)
    ledger.resize(400, ledger.height())
    settle(app)
    assert words(ledger).count("Basis: To whom") == 3


def test_ticking_a_list_asks_who_and_why_and_one_undo_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    show(window, "dahua")
    ledger = window.manufacturers.sheet.ledgers[0]
    before = window.session.enabled_lists()
    first = ledger.lines[0].id
    assert first in before
    box = next(iter(ledger.findChildren(Check)))
    box.click()
    assert box.isChecked(), "nothing is said yet"
    (dialog,) = dialogs(window)
    assert isinstance(dialog, ListsDialog)
    assert dialog.wanted == {first: False}
    dialog._by.setText("")
    dialog.accept()
    assert "Enter who decided." in words(dialog)
    dialog._by.setText("R. Khan")
    dialog.accept()
    assert "Type why" in words(dialog)
    assert window.session.enabled_lists() == before
    dialog._why.setText("Governors, 12 October")
    dialog.accept()
    assert window.session.enabled_lists() == before - {first}
    choice = next(one.choice for one in lists_in_use(window.session.inventory, window.session.known) if one.said.id == first)
    assert choice is not None
    assert (choice.by, choice.why) == ("R. Khan", "Governors, 12 October")
    assert [line.checked for line in window.manufacturers.sheet.ledgers[0].lines if line.id == first] == [False]
    assert window.strip.isVisible()
    window.strip.button.click()
    assert window.session.enabled_lists() == before


def test_without_lists_nobody_is_listed(window: MainWindow) -> None:
    assert window.session.do(
        lists.switch_lists(window.session.knowledge, dict.fromkeys(window.session.enabled_lists(), False), "a trial"),
        by="R. Khan",
    )
    show(window, "dahua")
    assert window.manufacturers.pill.accessibleName() == "Not listed"
    assert not any("Listed." in one.replace("Not listed.", "") for one in names(window))


def test_saving_lists_without_a_tick_says_so(window: MainWindow) -> None:
    window.manufacturers.choose_lists()
    (dialog,) = dialogs(window)
    dialog.accept()
    assert "Tick or untick a list first." in words(dialog)
    dialog.reject()


def test_a_maker_goes_on_the_own_list_with_a_reason_and_off_again(window: MainWindow) -> None:
    show(window, "axis")
    assert window.manufacturers.pill.accessibleName() == "Not listed"
    window.manufacturers.change_own_list()
    dialog = dialogs(window)[0]
    assert isinstance(dialog, OwnListDialog)
    dialog._by.setText("S. Ellis")
    dialog.accept()
    assert "Type why." in words(dialog)
    dialog._why.setText("Trust board, 12 October")
    dialog.accept()
    assert window.manufacturers.pill.accessibleName() == "Listed"
    unfold(window)
    assert "On your organisation’s own list: Trust board, 12 October. S. Ellis" in words(window.manufacturers.sheet)
    assert "Your organisation put Axis on its own list." in spoken(window)
    window.manufacturers.change_own_list()
    dialogs(window)[0].accept()
    assert window.manufacturers.pill.accessibleName() == "Not listed"
    assert window.session.undo()
    assert window.manufacturers.pill.accessibleName() == "Listed"


def test_a_mistake_is_a_text_to_copy_or_save_and_nothing_is_sent(
    window: MainWindow, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    show(window, "dahua")
    window.manufacturers.mistake_link.click()
    (dialog,) = dialogs(window)
    text = dialog.findChildren(Lines)[0].toPlainText()
    assert "About: Dahua (maker dahua)" in text
    assert window.session.knowledge.version in text
    next(button for button in dialog.findChildren(Button) if button.text() == "Copy").click()
    assert QGuiApplication.clipboard().text() == text
    for path in (tmp_path / "mistake.txt", tmp_path / "no folder" / "mistake.txt"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        next(button for button in dialog.findChildren(Button) if button.text() == "Save…").click()
    assert (tmp_path / "mistake.txt").read_text("utf-8") == text
    assert len(dialogs(window)) == 2
    for one in dialogs(window):
        one.reject()
    assert opened == []


def test_at_200_per_cent_list_and_page_take_turns(window: MainWindow, app: QApplication, qtbot: QtBot) -> None:
    window.show_page("manufacturers")
    page = window.manufacturers
    THEME.resize(200)
    settle(app)
    assert page.list.isVisible()
    assert not page._page.isVisible()
    page.list.view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    settle(app)
    assert page._page.isVisible()
    assert not page.list.isVisible()
    assert window.page.escape()
    assert page.list.isVisible()
    THEME.resize(100)


def test_the_keyboard_goes_to_search_list_and_page(window: MainWindow, app: QApplication, qtbot: QtBot) -> None:
    window.activateWindow()
    show(window, "dahua")
    page = window.manufacturers
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.page is page
    assert QApplication.focusWidget() is page.list.search
    for expected in (page.list.view, page.see_button, window.navigation.list):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        assert QApplication.focusWidget() is expected
    page.list.view.setFocus()
    before = page.title.text()
    qtbot.keyClick(page.list.view, Qt.Key.Key_Up if page.list.view.currentIndex().row() else Qt.Key.Key_Down)
    assert page.title.text() != before


def older(session: Session, knowledge: Knowledge) -> None:
    """The window's knowledge becomes newer than what the record was judged by."""
    session.knowledge = replace(knowledge, version="2027.01.01+abc")
    session.hub.publish(Changes(settings=True))


def test_answers_by_an_older_list_are_said_with_their_date_and_judged_again(
    window: MainWindow, knowledge: Knowledge, qtbot: QtBot
) -> None:
    window.show_page("cameras")
    strip = window.cameras.stale
    assert not strip.isVisible()
    older(window.session, knowledge)
    assert strip.isVisible()
    assert "6 answers were given by an older list, since 24 November 2026." in words(strip)
    window.resize(1024, 640)
    settle(QApplication.instance())
    assert window.cameras.report_button.height() == window.cameras.report_button.sizeHint().height()
    chosen = window.session.rows()[0].asset.id
    strip.button.click()
    assert strip.running
    assert not window.session.do(tagging.set_status([chosen], "removed"))
    assert "Answers are being re-checked." in words(dialogs(window)[0])
    dialogs(window)[0].reject()
    assert not window.open_path(Path("nowhere"))
    for dialog in dialogs(window):
        dialog.reject()
    qtbot.waitUntil(lambda: not strip.running)
    assert not strip.isVisible()
    assert "re-checked" in words(window.strip)
    window.resize(1366, 768)
    settle(QApplication.instance())
    assert "2 devices are no longer listed" in words(window.strip)
    assert dialogs(window) == []
    assert window.session.do(tagging.set_status([chosen], "removed"))


def test_judging_again_that_fails_is_one_sentence_and_edits_go_on(
    window: MainWindow, knowledge: Knowledge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> object:
        raise DiskError("The disk is full; free some space and try again.")

    monkeypatch.setattr(recheck, "reassess_all", refuse)
    window.show_page("cameras")
    older(window.session, knowledge)
    window.cameras.stale.button.click()
    qtbot.waitUntil(lambda: not window.cameras.stale.running)
    assert "The disk is full" in words(dialogs(window)[0])
    assert window.cameras.stale.isVisible()
    assert window.session.waiting == ""
    dialogs(window)[0].reject()


def test_the_wording_rules_hold_in_every_row_of_every_makers_page(knowledge: Knowledge) -> None:
    """Our own words: not the quotations and titles, which are marked as quoted."""
    never = re.compile(r"\b(?:spy camera|chinese camera|banned|illegal|unsafe|compromised|blacklist|backdoor|red flag)", re.I)
    wrong = []
    for maker in knowledge.manufacturers:
        page = maker_page(knowledge, maker)
        rows = [
            *maker_lines.record_lines(page.records, frozenset()),
            *maker_lines.sold_as_lines(page.sold_as, {}),
            *maker_lines.made_by_lines(page.made_for_it),
            *maker_lines.ability_lines(page.abilities),
        ]
        cells = [cell for row in rows for each in row.cells for cell in (each.fact, each.note)]
        for text in (*cells, *in_short(page, frozenset())):
            ours = re.sub(r"“[^”]*”", "", text)
            wrong += [(maker, found.group(), ours) for found in never.finditer(ours)]
    assert wrong == []


def test_a_brand_of_our_own_is_added_changed_and_removed_from_the_page(window: MainWindow, qapp: QApplication) -> None:
    show(window, "axis")
    window.manufacturers.brand_link.click()
    (dialog,) = dialogs(window)
    assert isinstance(dialog, OwnBrandDialog)
    dialog.brand.setText("Fenview")
    dialog.accept()
    assert "Choose who makes it" in words(dialog)
    dialog.maker.setText("dahua")
    dialog.said_by.setText("Fenland Security Ltd")
    dialog.day.setText("3/5/2026")
    dialog.by.setText("R. Khan")
    dialog.accept()
    settle(qapp)
    (held,) = window.session.inventory.own_brands()
    assert (held.name, held.maker, held.said_on, held.by) == ("Fenview", "dahua", "2026-05-03", "R. Khan")
    window.manufacturers.list.choose("brand", "own-brands.fenview")
    settle(qapp)
    assert "Your organisation recorded that it makes it (letter from the maker, 3 May 2026)" in spoken(window)
    window.manufacturers.brand_link.click()
    (dialog,) = dialogs(window)
    assert isinstance(dialog, OwnBrandDialog)
    assert (dialog.brand.text(), dialog.maker.text(), dialog.day.text()) == ("Fenview", "Dahua", "03/05/2026")
    dialog.remove.click()
    settle(qapp)
    assert window.session.inventory.own_brands() == ()
