"""Every declared field of an entry where the window takes and shows it: one that is added to the declaration is there too."""

from __future__ import annotations

from camcensus.model.tags import FIELDS, PLAIN, checked, in_words
from camcensus.store.edits import tagging
from camcensus.ui.asset.known import known_facts
from camcensus.ui.asset.tag_editors import TextEditor
from camcensus.ui.asset.tags import TagsDialog
from camcensus.ui.window import MainWindow
from tasks.register.test_every_field import typed
from ui.asset.test_tags import asked, asset, choose, shown

OTHERWISE = {"ask_installer"}
"""What is a verb of its own."""


def test_every_field_is_typed_and_saved(window: MainWindow) -> None:
    choose(window, "10.0.0.31")
    window.cameras.actions_.edit()
    dialog = asked(window, TagsDialog)
    assert dialog.editors.keys() == FIELDS.keys() - OTHERWISE
    texts = [name for name, editor in dialog.editors.items() if isinstance(editor, TextEditor) and name != "channel"]
    for name in texts:
        dialog.editors[name].entry.setText(typed(FIELDS[name]))  # type: ignore[attr-defined]
    dialog.accept()
    kept = asset(window, "10.0.0.31")
    assert {name: getattr(kept, name) for name in texts} == {name: checked(name, typed(FIELDS[name])) for name in texts}


def test_a_plain_field_is_in_the_details_and_a_column(window: MainWindow) -> None:
    ids = choose(window, "10.0.0.31")
    assert window.session.do(tagging.set_tags(ids, {field.name: typed(field) for field in PLAIN}))
    kept = asset(window, "10.0.0.31")
    facts, row = dict(known_facts(kept, {})), window.cameras.model.row_of(ids[0])
    for field in PLAIN:
        assert facts[field.title] == in_words(field, getattr(kept, field.name))
        assert shown(window.cameras, row, field.name)
