"""What staff read before they ask for more: no word of network people, however the cards of the computer are called."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import samples
from camcensus.model.scan import Interface, Scope
from camcensus.store.policy_file import FURTHER
from camcensus.tasks.finding.census import Census
from camcensus.ui.find import searching
from camcensus.ui.find.searching import Searched
from camcensus.ui.window import MainWindow
from heard import heard
from ui_rows import HOSTILE, settle

NETWORK_WORDS = re.compile(
    r"\b(?:v?lans?|ouis?|subnets?|multicasts?|v?eth\w*\d|enp\w+|wlan\d|br\d|network n(?:umber|o\b))"
    r"|\d+\.\d+\.\d+\.\d+(?:/\d+| (?:to|–|-) \d)",
    re.IGNORECASE,
)
CARDS = (
    "eth0", "eth0.20", "enp3s0", "enx00e04c680001", "wlan0", "wlp2s0", "br0", "docker0", "virbr0", "vlan20", "tun0",
    "VLAN 20 (Cameras)", "vEthernet (Default Switch)", "OUI test", "subnet multicast", HOSTILE, "<b>eth0</b>",
    "Network Bridge", "Ethernet 2", "Wi-Fi", "School network",
)  # fmt: skip


def networks(number: int) -> tuple[Interface, ...]:
    return tuple(Interface(name, f"10.{at}.0.20/24", at) for at, name in enumerate(CARDS[:number]))


def shown_words(window: MainWindow) -> list[str]:
    return [one.name for one in heard(window).every() if NETWORK_WORDS.search(one.name)]


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_called_what_people_call_it(name: str) -> None:
    words = Interface(name, "10.0.0.2/24").words
    assert not NETWORK_WORDS.search(words)
    assert words in ("Network cable", "Wi-Fi", "Another network", name)


@pytest.mark.parametrize("number", [0, 1, 2, len(CARDS)])
def test_no_page_says_a_word_of_network_people_before_more(
    window: MainWindow, app: QApplication, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(searching, "interfaces", lambda: networks(number))
    for name in window.pages:
        window.show_page(name)
        settle(app)
        assert shown_words(window) == [], name
    window.show_start()
    settle(app)
    assert shown_words(window) == []


def test_what_it_is_called_by_network_people_is_behind_more(
    window: MainWindow, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "interfaces", lambda: networks(3))
    window.show_page("find", "form")
    window.finder.start_form.more.click()
    settle(app)
    said = [one.name for one in heard(window).every()]
    assert "Network cable (2): eth0.20, 10.1.0.1 to 10.1.0.254" in said


def test_one_network_is_one_sentence_and_one_button(
    window: MainWindow, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "interfaces", lambda: networks(1))
    window.show_page("find", "form")
    settle(app)
    form = window.finder.start_form
    roles = [one.role for one in heard(form).every() if one.role in ("CheckBox", "RadioButton", "ComboBox", "EditableText")]
    assert roles == ["EditableText"]
    said = [one.name for one in heard(form).every()]
    assert "Camcensus will search the network that this computer is on: Network cable." in said


def test_neither_a_search_nor_its_end_says_them(window: MainWindow, app: QApplication) -> None:
    scope = Scope(interfaces=networks(len(CARDS)))

    window.show_page("find")
    window.finder.live.begin(scope, ", ".join(card.words for card in scope.interfaces))
    window.finder._show(1)
    settle(app)
    assert shown_words(window) == []
    scan = replace(samples.scan(), interfaces=scope.interfaces)
    window.finder._finished(Searched(Census(scan=scan, observations=(), verdicts=()), None))
    settle(app)
    assert shown_words(window) == []


def test_what_it_allows_is_said_without_them(
    window: MainWindow, app: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('[search]\nallowed_ranges = ["10.0.0.0/24"]\n', "utf-8")
    monkeypatch.setenv(FURTHER, str(path))
    monkeypatch.setattr(searching, "interfaces", lambda: networks(2))
    window.show_page("find", "form")
    settle(app)
    assert "Only some networks may be searched" in " ".join(one.name for one in heard(window).every())
    assert shown_words(window) == []
