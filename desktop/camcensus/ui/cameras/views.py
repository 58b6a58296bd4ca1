"""Saved views of the register: what is looked for, the columns and the order, by a name.

They are kept on this computer, as columns are: how one person looks at a register is no fact about it, and a view also fits
another record. A place is kept by its names, as ids differ between records.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from camcensus.model.asset import Place
from camcensus.model.places import paths_of
from camcensus.model.words import clean
from camcensus.ui.asset.model import MORE, Wanted
from camcensus.ui.asset.place_model import NOWHERE
from camcensus.ui.kit.menus import Menu
from camcensus.ui.preferences import Preferences

MOST_VIEWS = 40
NAME_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at the register. `place` holds names from the site down, `order` a column and whether it goes down."""

    name: str
    words: str = ""
    place: tuple[str, ...] = ()
    maker: str = ""
    decision: str = ""
    only: str = ""
    more: tuple[str, ...] = ()
    tag: str = ""
    columns: tuple[str, ...] = ()
    order: str = ""
    down: bool = False

    def wanted(self, places: Iterable[Place]) -> Wanted:
        """What it looks for in a record with these places; a place that is not among them is left out."""
        paths = {path: identity for identity, path in paths_of((NOWHERE, *places)).items()}
        more = frozenset(name for name in self.more if name in MORE)
        found = paths.get(self.place, "")
        return Wanted(self.words, found, self.maker, self.decision, self.only, more, self.tag)


def view_of(name: str, wanted: Wanted, places: Iterable[Place], columns: tuple[str, ...], order: str, *, down: bool) -> View:
    """What is looked for now, by a name."""
    path = paths_of((NOWHERE, *places)).get(wanted.place, ())
    more = tuple(sorted(wanted.more))
    return View(name, wanted.words, path, wanted.maker, wanted.decision, wanted.only, more, wanted.tag, columns, order, down)


def written(views: Iterable[View]) -> str:
    """The views as text that `read` reads."""
    return json.dumps([asdict(view) for view in views], ensure_ascii=False)


def read(text: str) -> tuple[View, ...]:
    """The views of a text; what is no view is left out, whoever wrote it."""
    try:
        found = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    made = (_view(one) for one in found[:MOST_VIEWS]) if isinstance(found, list) else ()
    return tuple(view for view in made if view is not None)


def _view(values: object) -> View | None:
    if not isinstance(values, Mapping) or not isinstance(values.get("name"), str) or not values["name"].strip():
        return None
    taken: dict[str, Any] = {}
    for field in fields(View):
        value, usual = values.get(field.name), field.default
        if isinstance(usual, tuple) and isinstance(value, list) and all(isinstance(one, str) for one in value):
            taken[field.name] = tuple(value)
        elif field.name == "name" or (value is not None and type(value) is type(usual) and not isinstance(usual, tuple)):
            taken[field.name] = value
    return View(**taken)


class SavedViews(QObject):
    """The lines about views in the menu of further filters.

    `now` gives the present view by a name, `show` shows one, `name` says what is looked for.
    """

    def __init__(
        self, page: QWidget, now: Callable[[str], View], show: Callable[[View], None], name: Callable[[], str]
    ) -> None:
        super().__init__(page)
        self._now, self._show, self._name = now, show, name
        self.preferences: Preferences | None = None

    @property
    def views(self) -> tuple[View, ...]:
        """The views, in the order in which they were saved."""
        return read(self.preferences.views) if self.preferences is not None else ()

    def fill(self, menu: Menu) -> None:
        """Adds what can be done with views to a menu."""
        if self.preferences is None:
            return
        views = self.views
        inner = menu.inner("Saved views")
        for view in views:
            inner.addAction(_said(view), partial(self._show, view))
        if views:
            inner.addSeparator()
        inner.addAction("Save this view", partial(self.save, self._name()))
        if views:
            away = inner.inner("Delete a view")
            for view in views:
                away.addAction(_said(view), partial(self.forget, view.name))

    def save(self, name: str) -> None:
        """Saves what is shown now; a view of that name is replaced."""
        others = [view for view in self.views if view.name.casefold() != name.casefold()]
        self._write([*others, self._now(name)])

    def forget(self, name: str) -> None:
        """Deletes a view; what is shown stays."""
        self._write([view for view in self.views if view.name != name])

    def _write(self, views: list[View]) -> None:
        if self.preferences is not None:
            self.preferences.views = written(views[-MOST_VIEWS:])


def _said(view: View) -> str:
    return clean(view.name, NAME_CHARACTERS).replace("&", "&&")
