"""After a search: who made what answered, the next step, and what else can be done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import samples
from camcensus.model.asset import KnownBy
from camcensus.model.device import Verdict
from camcensus.model.scan import Advice, Coverage, Interface
from camcensus.tasks.finding.census import Census
from camcensus.ui.find import searching
from camcensus.ui.find.searching import Searched, Wish
from camcensus.ui.help.book import sections_of
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from ui_rows import row

CARD = Interface("School network", "192.168.1.20/24")


def visible(window: MainWindow) -> str:
    return "\n".join(text.text() for text in window.findChildren(Text) if text.isVisible())


def ended(window: MainWindow, *verdicts: Verdict, **changes: object) -> None:
    """The window after a search that found these."""
    window.show_page("find")
    window.finder.live.begin(searching.simulated_scope(), "School network")
    window.finder._finished(Searched(Census(scan=samples.scan("ended", **changes), observations=(), verdicts=verdicts), None))
    QApplication.processEvents()


def test_fewer_than_expected_is_asked_what_next_with_the_advice(window: MainWindow) -> None:
    advice = (Advice("vpn", "A VPN is connected (tun0).", "Disconnect it and search again."),)
    coverage = (Coverage("sadp", "10.0.0.0/24", 3, 0, "blocked", "The firewall refused it."),)
    ended(window, samples.verdict(31), advice=advice, coverage=coverage)
    words = visible(window)
    assert "You expected about 8. We found 1. What next?" in words
    assert "A VPN is connected (tun0).\nDisconnect it and search again." in words
    assert "Networks behind a router." in words
    assert "This computer blocked 1 way of searching." in words
    after = window.finder.live.next
    assert [one.text() for one in after.ways.values() if one.isVisible()] == [
        "Sign in to read more…", "Print walk-round sheet", "Try another network", "Import a list…",
    ]  # fmt: skip


def test_a_shop_with_one_recorder_hears_that_it_is_listed_and_that_its_list_may_name_the_same(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = window.session
    verdict = samples.verdict(31, "recorder")
    address = verdict.device.addresses[0]
    recorder = replace(row(31, "REC-031", verdict, kind="recorder"), state="listed", addresses=(address,))
    monkeypatch.setattr(session, "rows", lambda: (recorder,))
    ended(window, verdict)
    said = f"1 recorder made by {session.knowledge.name_of(recorder.maker or '')}, listed. Decide whether to keep"
    assert said in visible(window)
    listed, found = (
        replace(row(at, f"CAM-{at:03d}", samples.verdict(at), known_by=(KnownBy(way, "2026-12-02"),)), addresses=(), mac=None)
        for at, way in ((32, "list"), (33, "search"))
    )
    monkeypatch.setattr(session, "rows", lambda: (recorder, listed, found))
    ended(window, verdict)
    assert "Some may be counted twice" in visible(window)


def test_a_search_without_anything_to_do_shows_what_answered(window: MainWindow) -> None:
    ended(window, *(samples.verdict(number) for number in range(31, 39)))
    live = window.finder.live
    assert live.table.isVisible()
    assert "made" in live.makers.text()
    assert not live._cells.isVisible()
    assert "You expected about 8. We found 8 cameras." in visible(window)


def test_a_cable_that_came_out_can_be_carried_on_from(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Wish] = []
    monkeypatch.setattr(window.finder, "search", begun.append)
    window.finder._wish = wish = Wish((CARD,), True, False, "gentle", "R. Khan, IT")
    lost = Advice("card-lost", "The network card w1 went away during the search.", "Connect it and search again.")
    ended(window, samples.verdict(31), samples.verdict(32, "other"), advice=(lost,))
    assert "The network connection was lost" in visible(window)
    assert "2 items are saved." in visible(window)
    assert window.finder.live.next_button.text() == "Carry on"
    window.finder.live.next_button.click()
    assert begun == [wish]


def test_no_cameras_leads_to_how_to_reach_them(window: MainWindow, data_dir: Path) -> None:
    ended(window, samples.verdict(32, "other"))
    assert "We found no cameras on this network" in visible(window)
    assert "1 device answered" in visible(window)
    next(one for one in window.finder.findChildren(Button) if one.text() == "How to reach the CCTV network").click()
    (dialog,) = [one for one in window.findChildren(Dialog) if one.isVisible()]
    assert dialog.windowTitle() == "How to reach the CCTV network"
    dialog.reject()
    content = sections_of("reach", (data_dir / "resources" / "help" / "reach.md").read_text("utf-8"))
    assert not any(mark in one.text for one in content for mark in ("**", "`", "](", "# "))


def test_a_recorder_alone_is_said_to_hide_its_cameras(window: MainWindow) -> None:
    ended(window, samples.verdict(31, "recorder"))
    assert "Its cameras may not be visible. Count them on the screen." in visible(window)
