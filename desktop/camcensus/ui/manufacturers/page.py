"""Manufacturers: find a maker or a brand by any name, see what is on record about it, and by whom, when and to whom."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.changes import Changes
from camcensus.model.words import clean, count
from camcensus.tasks.knowledge import makers
from camcensus.tasks.register import maker_search
from camcensus.tasks.register.lists import own_brand
from camcensus.tasks.register.maker_search import MakerMatch, Mine
from camcensus.ui import phrases
from camcensus.ui.inventory.lists import ListsDialog, OwnListDialog
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import show_text
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, panel, row
from camcensus.ui.kit.marks import Pill
from camcensus.ui.kit.parts import Scroll, Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.manufacturers.list import MINE, WIDTH, MakerList
from camcensus.ui.manufacturers.own_brand import OwnBrandDialog
from camcensus.ui.manufacturers.sheet import MakerSheet, mine_words
from camcensus.ui.session import Session
from camcensus.ui.two_columns import TwoColumns

ADD_BRAND = "Add a brand of your own…"


class ManufacturersPage(TwoColumns):
    """The list at the left, the page of one at the right; where there is no room for both they take turns."""

    name = "manufacturers"
    help_page = "manufacturers"
    back_words = "All makers"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.list = MakerList(session)
        self.title = Text("", "title")
        self.pill = Pill(phrases.NOT_LISTED)
        self.seat_pill = Pill(phrases.state_mark("based"))
        self.note = Text("", "body", "secondary")
        self.see_button = Button("Show all", "primary", then=self._see_mine)
        self.lists_link = LinkButton("Lists you use", "caption", then=self.choose_lists)
        self.mistake_link = LinkButton("Report a mistake", "caption", then=self.report_mistake)
        self.brand_link = LinkButton(ADD_BRAND, "caption", then=self.change_own_brand)
        self._version = Text("", "caption", "secondary", wrap=False)
        self.sheet = MakerSheet()
        self._scroll = Scroll(self.sheet, "About the maker")
        self._shown: tuple[MakerMatch, int] | None = None
        self._changed = 0
        self._build()
        self.list.chosen.connect(self._show)
        session.hub.changed.connect(self._take)
        self._take(Changes(settings=True))

    def _build(self) -> None:
        top = Flow(self.title, self.pill, self.seat_pill, self.see_button, gap=14, apart=3)
        head = column(row(self.back_button, None), top, self.note, gap=4, margins=(28, 24, 24, 14))
        body = column(self._scroll, margins=(28, 0, 4, 0))
        foot = Surface("base", lines="t")
        links = Flow(self._version, self.brand_link, self.lists_link, self.mistake_link, gap=20)
        row((links, 1), margins=(28, 6, 24, 8), of=foot)
        self._page = panel(column(head, (body, 1), foot))
        row(self.list, (self._page, 1), gap=0, of=self)
        self.take_turns(self.list, self.list.view, self._page, WIDTH, slimmer=16)

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Shows a maker by its id, where another page asked for one; what changed meanwhile is taken up now."""
        ours = self.session.inventory is not None
        self.brand_link.setVisible(ours)
        self.lists_link.setVisible(ours)
        self.list.refresh()
        if isinstance(wish, str) and wish in self.session.known.manufacturers:
            self.list.choose("maker", wish)
            self.read()
        elif not self.list.model.rows and self.list.which.at == MINE and not self.session.rows():
            self.list.which.choose(1)

    def start_focus(self) -> QWidget:
        return self.list.search if self.list.isVisible() or not self._reading else self.first_to_read()

    def panes(self) -> list[QWidget]:
        stops: list[QWidget] = [] if self.list.isHidden() else [self.list.search, self.list.view]
        return stops if self._page.isHidden() else [*stops, self.first_to_read()]

    def search_box(self) -> Field:
        """The field of the list, which is brought back where another is shown."""
        if self.list.search.isHidden() or self.list.isHidden():
            self.escape()
        return self.list.search

    def escape(self) -> bool:
        """Back to the list where they take turns, then clears the search."""
        if self.list.isHidden():
            self.to_list()
            return True
        if self.list.search.text():
            self.list.search.clear()
            return True
        return False

    def first_to_read(self) -> QWidget:
        if not self.see_button.isHidden():
            return self.see_button
        return next(iter((*self.sheet.folds, *self.sheet.ledgers)), self.lists_link)

    # What a person does here

    def choose_lists(self) -> None:
        """Opens the lists you use."""
        ListsDialog(self.session, parent=self.window()).show_over()

    def report_mistake(self) -> None:
        """Opens a text to send."""
        found = self.list.current
        if found is not None:
            text = mistake_text(found.kind, found.name, found.id, self.session.knowledge.version)
            lead = "Camcensus sends nothing. Fill this in, then send it to whoever looks after Camcensus for you."
            show_text(self.window(), "Report a mistake", lead, text, "camcensus-mistake.txt", typed=True)

    def change_own_brand(self) -> None:
        """Adds a brand of the organisation's own, or changes the one that is shown."""
        found = self.list.current
        name = found.name if found is not None and found.kind == "brand" else ""
        OwnBrandDialog(self.session, name, self.window()).show_over()

    def change_own_list(self) -> None:
        """Puts the maker on the organisation's own list, or takes it off."""
        found = self.list.current
        if found is not None and found.kind == "maker":
            OwnListDialog(self.session, found.id, self.window()).show_over()

    # How

    def _take(self, _: Changes) -> None:
        self._changed += 1
        version = clean(self.session.knowledge.version.split("+")[0], 40)
        self._version.setText(f"List version {version}")
        if self.isVisible():
            self.list.refresh()

    def _show(self, found: MakerMatch | None) -> None:
        if found is None:
            self._shown = None
            self._page.setEnabled(False)
            return
        if self._shown is not None and (found, self._changed) == self._shown:
            return
        same = self._shown is not None and (self._shown[0].kind, self._shown[0].id) == (found.kind, found.id)
        kept = self._scroll.verticalScrollBar().value() if same else 0
        opened = {fold.text() for fold in self.sheet.folds if same and fold.isChecked()}
        self._shown = (found, self._changed)
        self._page.setEnabled(True)
        self.title.setText(clean(found.name))
        self.pill.setVisible(found.kind == "maker")
        self.pill.set_mark(phrases.state_mark(found.state))
        self.seat_pill.setVisible(found.listed and found.based)
        session, sheet = self.session, MakerSheet()
        sheet.switch.connect(lambda identity, on: ListsDialog(session, {identity: on}, self.window()).show_over())
        sheet.go.connect(self._go)
        sheet.own.connect(self.change_own_list)
        if found.kind == "maker":
            page = makers.maker_page(session.known, found.id)
            may = session.may_edit
            yours = maker_search.mine_by_brand(session.rows(), session.known)
            sheet.show_maker(page, session.enabled_lists(), yours, session.own_reason(found.id), may_edit=may)
            mine, sold = (
                found.mine if session.inventory is not None else None,
                len({one.brand for one in page.sold_as if one.proven}),
            )
            self.note.setText(mine_words(mine, sold, any_known=bool(session.rows())))
        else:
            brand = makers.brand_page(session.known, found.id)
            sheet.show_brand(brand)
            self.note.setText(f"A name on boxes. {count(len({one.maker for one in brand.made_by}), 'maker')} on record.")
        self.note.setVisible(bool(self.note.text()))
        own = found.kind == "brand" and own_brand(session.inventory, found.name) is not None
        self.brand_link.setText("Change this brand…" if own else ADD_BRAND)
        self._show_button(found.mine)
        for fold in sheet.folds:
            fold.setChecked(fold.text() in opened)
        self.sheet = sheet
        self._scroll.setAccessibleName(f"About {clean(found.name)}")
        self._scroll.change(sheet)
        self._scroll.verticalScrollBar().setValue(kept)

    def _show_button(self, mine: Mine) -> None:
        self.see_button.setVisible(bool(mine.number))
        self.see_button.setText(f"Show {mine.number.fitting('it', 'them')} in the list")

    def _see_mine(self) -> None:
        found = self.list.current
        if found is not None:
            self.session.hub.asked_for.emit("cameras", {"maker": found.name})

    def _go(self, kind: str, identity: str) -> None:
        self.list.choose(kind, identity)
        self._scroll.verticalScrollBar().setValue(0)


def mistake_text(kind: str, name: str, identity: str, version: str) -> str:
    """What to send, with room for what only the person knows."""
    return (
        "A mistake in what Camcensus knows\n\n"
        f"About: {clean(name)} ({kind} {clean(identity)})\n"
        f"List version: {clean(version)}\n\n"
        "What is wrong:\n\n\n"
        "What is right:\n\n\n"
        "Where that is published (address and date):\n\n\n"
        "How to reach me, if you like:\n\n"
    )
