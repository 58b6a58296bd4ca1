"""The two questions on networks are fields of an entry, recorded as one change with who said so and when."""

from __future__ import annotations

from camcensus.store.edits import tagging
from camcensus.ui.asset.known import known_facts
from camcensus.ui.asset.tag_editors import ChoiceEditor, TextEditor
from camcensus.ui.asset.tags import TagsDialog
from camcensus.ui.window import MainWindow
from ui.asset.test_tags import asked, asset, changes, choose


def test_an_answer_is_recorded_with_who_and_when_and_shown_in_the_details(window: MainWindow) -> None:
    ids = choose(window, "10.0.0.31")
    before = changes(window)
    window.cameras.actions_.edit()
    dialog = asked(window, TagsDialog)
    answer, day = dialog.editors["internet_reachable"], dialog.editors["internet_reachable_on"]
    assert isinstance(answer, ChoiceEditor)
    assert isinstance(day, TextEditor)
    answer.combo.choose("yes")
    day.set_text("3/11/2026")
    dialog.accept()
    assert changes(window) == before + 1
    now = asset(window, "10.0.0.31")
    assert (now.internet_reachable, now.internet_reachable_on, now.core_network) == ("yes", "2026-11-03", None)
    assert dict(known_facts(now, {}))["From internet"] == f"Yes ({now.internet_reachable_by}, 3 November 2026)"
    assert window.session.do(tagging.set_tags(ids, {"internet_reachable": None}))
    assert asset(window, "10.0.0.31").internet_reachable_by is None


def test_what_to_ask_puts_it_on_the_list_for_the_installer(window: MainWindow) -> None:
    choose(window, "10.0.0.31")
    window.cameras.actions_.ask_installer()
    assert asset(window, "10.0.0.31").ask_installer
    window.cameras.actions_.ask_installer()
    assert not asset(window, "10.0.0.31").ask_installer
    window.cameras.actions_.edit()
    dialog = asked(window, TagsDialog)
    dialog.editors["ask_note"].entry.setPlainText("Who made the lens?")  # type: ignore[attr-defined]
    dialog.accept()
    assert (asset(window, "10.0.0.31").ask_installer, asset(window, "10.0.0.31").ask_note) == (True, "Who made the lens?")
    for on in (False, True):
        window.cameras.actions_.ask_installer()
        assert (asset(window, "10.0.0.31").ask_installer, asset(window, "10.0.0.31").ask_note) == (on, "Who made the lens?")
