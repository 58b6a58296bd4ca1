"""What a person looks for in the register: words, a place with all that is in it, a maker, a decision, and what few need."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.model.words import clean, natural
from camcensus.ui import phrases
from camcensus.ui.asset.model import MORE, AssetModel, Wanted
from camcensus.ui.asset.place_model import NOWHERE, inside, parents
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Combo, DepthRole, Field
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import row
from camcensus.ui.kit.menus import Menu
from camcensus.ui.session import Session

ONLY_WORDS = {
    "listed": "Any listed maker",
    "based": "Based in China (our reading)",
    "only-based": "Based in China, not listed",
    "checking": "Needs checking",
}


class RegisterFilters(QWidget):
    """The row of filters. `changed` tells that something else is wanted; `columns` offers the choice of columns."""

    changed = Signal()

    def __init__(self, session: Session, model: AssetModel, columns: Callable[[Menu], None]) -> None:
        super().__init__()
        self._session, self._model, self.columns = session, model, columns
        self._more: set[str] = set()
        self._tag = ""
        self.search = Field("Search location, maker, ref", "search", name="Search location, maker, ref")
        self.search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the filters beside it come first
        self.place, self.maker, self.decision = (
            Combo("Location", width=136),
            Combo("Made by", width=124),
            Combo("Decision", width=124),
        )
        self.more_button = Button("More", then=self._offer_more)
        self.more_button.setAccessibleName("More filters, and columns")
        self.clear_button = Button("Clear", "quiet", then=self.clear)
        keeps = self.clear_button.sizePolicy()  # where it appears and goes, nothing beside it moves
        keeps.setRetainSizeWhenHidden(True)
        self.clear_button.setSizePolicy(keeps)
        self.clear_button.hide()
        self.line = row(
            (row((self.search, 1), self.clear_button), 1),
            Flow(self.place, self.maker, self.decision, self.more_button),
            margins=(32, 14, 24, 12),
            of=self,
        )
        self.search.textChanged.connect(self._tell)
        for combo in (self.place, self.maker, self.decision):
            combo.currentIndexChanged.connect(self._tell)

    @property
    def wanted(self) -> Wanted:
        """What is looked for now."""
        maker, place = str(self.maker.currentData() or ""), str(self.place.currentData() or "")
        only = maker.removeprefix("only:") if maker.startswith("only:") else ""
        return Wanted(
            words=self.search.text(),
            place=place,
            places=inside(self._session.places(), place) if place else frozenset(),
            maker="" if only else maker,
            decision=str(self.decision.currentData() or ""),
            only=only,
            more=frozenset(self._more),
            tag=self._tag,
        )

    @property
    def active(self) -> bool:
        """Whether anything is looked for."""
        chosen = any(combo.currentIndex() > 0 for combo in (self.place, self.maker, self.decision))
        return bool(self.search.text() or self._more or self._tag) or chosen

    def clear(self) -> None:
        """Looks for nothing: all rows."""
        parts = (self.search, self.place, self.maker, self.decision)
        for part in parts:
            part.blockSignals(True)
        self.search.clear()
        for combo in (self.place, self.maker, self.decision):
            combo.setCurrentIndex(0)
        for part in parts:
            part.blockSignals(False)
        self._more, self._tag = set(), ""
        self._tell()

    def want_only(self, only: str = "", maker: str = "", more: str = "", place: str = "") -> None:
        """What another page asked for: a name of ONLY_WORDS, "undecided", a maker's name, a name of MORE, or a place's id."""
        self.clear()
        if place:
            self.place.choose(place)
        if only == "undecided":
            self.decision.choose(phrases.NOT_DECIDED.words)
        elif maker:
            self.maker.choose(maker)
        elif only:
            self.maker.choose(f"only:{only}")
        elif more in MORE:
            self._switch(more, on=True)

    def refresh(self) -> None:
        """Offers what the register holds now, and keeps what was chosen, where it still exists."""
        model = self._model
        _offer(self.place, "All locations", self._places())
        only = [(words, f"only:{name}", 0) for name, words in ONLY_WORDS.items()] if model.total else []
        _offer(self.maker, "Any maker", [*only, *((text, text, 0) for text in model.choices("maker"))])
        _offer(self.decision, "Any decision", [(text, text, 0) for text in model.choices("decision")])
        for part in (self.search, self.place, self.maker, self.decision, self.more_button):
            part.setVisible(bool(model.total))

    def _places(self) -> list[tuple[str, str, int]]:
        """Places that hold rows, or lie above one that does, as a tree; then no place at all."""
        places = self._session.places()
        lines = parents(places)
        held: set[str] = set()
        for place in {item.asset.place for item in self._model.rows if item.asset.place}:
            held.update(lines.get(place or "", ()))
        children: dict[str | None, list[tuple[str, str]]] = {}
        for one in places:
            if one.id in held:
                children.setdefault(one.parent, []).append((clean(one.name, 80), one.id))
        found: list[tuple[str, str, int]] = []

        def walk(parent: str | None, depth: int) -> None:
            for name, identity in sorted(children.get(parent, ()), key=lambda pair: natural(pair[0])):
                found.append((name, identity, depth))
                walk(identity, depth + 1)

        walk(None, 0)
        if any(item.asset.place is None for item in self._model.rows):
            found.append((NOWHERE.name, NOWHERE.id, 0))
        return found

    def _offer_more(self) -> None:
        menu = Menu(parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, (words, _) in MORE.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(name in self._more)
            action.toggled.connect(lambda on, name=name: self._switch(name, on=on))
        tags = self._model.tags()
        if tags:
            inner = menu.inner("With the tag")
            group = QActionGroup(inner)
            for tag in ("", *tags):
                action = inner.addAction(clean(tag, 60).replace("&", "&&") or "Any, or none")
                action.setCheckable(True)
                action.setChecked(tag == self._tag)
                group.addAction(action)
                action.triggered.connect(lambda _=False, tag=tag: self._want_tag(tag))
        menu.addSeparator()
        self.columns(menu.inner("Columns"))
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _switch(self, name: str, *, on: bool) -> None:
        (self._more.add if on else self._more.discard)(name)
        self._tell()

    def _want_tag(self, tag: str) -> None:
        self._tag = tag
        self._tell()

    def _tell(self, *_: object) -> None:
        number = len(self._more) + bool(self._tag)
        self.more_button.setText(f"More ({number})" if number else "More")
        self.more_button.updateGeometry()
        self.clear_button.setVisible(self.active)
        self.changed.emit()


def _offer(combo: Combo, every: str, choices: list[tuple[str, str, int]]) -> None:
    """Fills a filter, where what it offers is new."""
    wanted = [(every, "", 0), *choices]
    held = [(combo.itemText(at), combo.itemData(at), combo.itemData(at, DepthRole)) for at in range(combo.count())]
    if wanted == held:
        return
    before = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for at, (words, data, depth) in enumerate(wanted):
        combo.addItem(words, data)
        combo.setItemData(at, depth, DepthRole)
    combo.choose(before)
    combo.blockSignals(False)
