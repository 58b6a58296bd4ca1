"""Flaws and support in the window: on Home with a button, as a filter and a column, and in the details with what mends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

import samples
from camcensus.model.device import CareFinding, CareKind
from camcensus.model.knowledge import Knowledge, Source
from camcensus.model.plan import Costs
from camcensus.planning.plan import make_plan
from camcensus.tasks.register.care import CareLine, FlawLine
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.asset.care import CareSection
from camcensus.ui.asset.columns import AT
from camcensus.ui.asset.model import AssetModel, Wanted
from camcensus.ui.kit.buttons import Button, Fold
from camcensus.ui.kit.widgets import Text
from camcensus.ui.plan.shown import urgent_filter, urgent_words
from camcensus.ui.window import MainWindow
from plan_row import PlanRow
from ui_rows import let_go, row, settle

YEAR: dict[str, Any] = {"today": date(2026, 11, 24), "year_starts": 4}


def cared(number: int, *kinds: CareKind, **changes: object) -> AssetRow:
    care = tuple(CareFinding(kind, "It is so.", "Do this.") for kind in kinds)
    return row(number, f"CAM-{number}", replace(samples.verdict(number), care=care), **changes)


ROWS = [
    cared(1),
    cared(2, "exploited-flaw", "old-firmware"),
    cared(3, "known-flaw", "support-ended"),
    cared(4, "never-set-up"),
    cared(5, "exploited-flaw", status="removed"),
]


@pytest.mark.parametrize(
    ("more", "refs"),
    [
        ("exploited", ["CAM-2"]),
        ("flaws", ["CAM-2", "CAM-3"]),
        ("never-set-up", ["CAM-4"]),
        ("unsupported", ["CAM-3"]),
    ],
)
def test_the_register_is_filtered_by_what_to_act_on(knowledge: Knowledge, more: str, refs: list[str]) -> None:
    model = AssetModel(knowledge)
    model.set_rows(ROWS)
    model.want(Wanted(more=frozenset((more,))))
    assert [shown.row.asset.ref for at in range(model.rowCount()) if (shown := model.at(at))] == refs


def test_a_column_says_it_and_the_most_urgent_comes_first(knowledge: Knowledge) -> None:
    model = AssetModel(knowledge)
    model.set_rows(ROWS)
    shown = {one.row.asset.ref: one for at in range(model.rowCount()) if (one := model.at(at))}
    assert shown["CAM-2"].text(AT["care"]) == "Flaw that attackers use; firmware over 3 years old"
    assert shown["CAM-1"].text(AT["care"]) == ""
    order = sorted(shown, key=lambda ref: (shown[ref].key(AT["care"]), ref))
    assert order == ["CAM-2", "CAM-5", "CAM-4", "CAM-3", "CAM-1"]


def test_home_says_what_cannot_wait_and_its_button_shows_the_devices(
    window: MainWindow, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.session, "rows", lambda: tuple(ROWS))
    window.show_page("home")
    window.home.refresh()
    settle(app)
    said = [text.text() for text in window.home.findChildren(Text) if text.isVisible()]
    assert "1 camera has a flaw that attackers use: update or isolate it now." in said
    assert any(text.startswith("1 camera was never set up:") for text in said)
    asked: list[tuple[str, object]] = []
    window.session.hub.asked_for.connect(lambda page, wish: asked.append((page, wish)))
    for button in [one for one in window.home.findChildren(Button) if one.isVisible() and one.text() == "Show it"]:
        button.click()
    assert asked == [("cameras", {"more": "exploited"}), ("cameras", {"more": "never-set-up"})]


def test_home_is_silent_where_nothing_is_urgent(window: MainWindow, app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window.session, "rows", lambda: (ROWS[0], ROWS[2]))
    window.show_page("home")
    window.home.refresh()
    settle(app)
    assert not [text for text in window.home.findChildren(Text) if "exploited" in text.text() or "never set up" in text.text()]


def test_the_details_show_what_is_known_and_fold_what_has_to_be_looked_up(app: QApplication) -> None:
    source = Source("cve", "CVE-1", "Somebody", "https://example.org/", "2024-05", "2026-11")
    flaw = FlawLine("CVE-1", "Anybody can watch.", "yes", True, "Its model is named.", "V5.4.5", source)
    section = CareSection(
        (
            CareLine("exploited-flaw", "Flaw that attackers use", "It has 1 flaw.", "Update it now.", source, (flaw,)),
            CareLine("flaw-to-check", "Flaw to check", "It may have 1 flaw.", "Look up its firmware.", source, ()),
        )
    )
    section.show()
    settle(app)

    def seen() -> list[str]:
        return [text.text() for text in section.findChildren(Text) if text.isVisible()]

    assert seen() == ["Flaws and support", "Flaw that attackers use", "It has 1 flaw.", "Update it now."]
    for fold in section.findChildren(Fold):
        fold.click()
    settle(app)
    for words in ("It may have 1 flaw.", "Look up its firmware.", "Anybody can watch.", "Mended by: V5.4.5"):
        assert words in seen()
    assert "Attackers are known to use it." in seen()
    assert "CVE-1, Somebody, May 2024" in seen()
    let_go(section)


def test_the_plan_says_what_cannot_wait_and_which_devices_it_is() -> None:
    def shown(*kinds: CareKind) -> tuple[str, str]:
        made = make_plan([PlanRow(one.asset, one.verdict, ()) for one in (cared(1), cared(2, *kinds))], Costs(), **YEAR)
        return urgent_words(made), urgent_filter(made)

    assert shown("exploited-flaw", "never-set-up") == (
        "1 item has a flaw that attackers use: CAM-2. Update or isolate it now.", "exploited",
    )  # fmt: skip
    assert shown("never-set-up")[1] == "never-set-up"
    assert shown("known-flaw")[1] == "flaws"
    assert shown("support-ended")[1] == "unsupported"
    assert shown("flaw-to-check")[0] == ""
