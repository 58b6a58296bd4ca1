"""The page of one maker or brand: what is on record, the reply, the names it is sold under, flaws and abilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.assessment.on_record import Cited, OnRecord, QuotedReply, by_heading
from camcensus.model.words import clean, count, long_date, upper_first
from camcensus.tasks.knowledge.makers import BrandPage, MakerPage, SoldAs, in_short
from camcensus.tasks.register.maker_search import Mine
from camcensus.ui.kit.buttons import Button, Fold, LinkButton
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.layout import column, fill, grid, panel, row
from camcensus.ui.kit.ledger import Ledger, LedgerLine
from camcensus.ui.kit.links import source_link
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.widgets import Text
from camcensus.ui.manufacturers import lines

MADE_FOR_IT = "Who makes what is sold under its name"
ABLE = "What its devices are able to do"
NO_MAKER = "No source that we have seen says who makes what is sold under this name. The label and a device’s own answers may."
_TOP = Qt.AlignmentFlag.AlignTop


class MakerSheet(QWidget):
    """Built anew for each maker, so only what is shown exists."""

    switch = Signal(str, bool)
    """A list's id, and whether it is to be used."""
    go = Signal(str, str)
    """To the page of another ("maker" or "brand", id)."""
    own = Signal()
    """The organisation's own list is to be changed."""

    def __init__(self) -> None:
        super().__init__()
        self._column = column(margins=(0, 0, 12, 20), of=self)
        self.ledgers: list[Ledger] = []
        self.folds: list[Fold] = []

    def show_maker(
        self,
        page: MakerPage,
        enabled: frozenset[str],
        yours: dict[tuple[str, str], int],
        own: tuple[str, str, str] | None,
        *,
        may_edit: bool,
    ) -> None:
        """A company in short; everything else that is known of it where it is asked for."""
        for line in in_short(page, enabled):
            fill(self._column, Text(line), 6)
        self._own_rule(own, may_edit=may_edit)
        for heading, records in by_heading(page.records):
            build = partial(self._records, heading, records, enabled)
            self._folded(f"{heading}: {count(len(records), 'record')}", build)
        if page.replies:
            self._folded("What the maker replies", lambda: self._replies(page.replies))
        self._folded("The company, with sources", lambda: self._facts(_maker_facts(page), page.told_by))
        for said, proven in (("Names it is sold under", True), ("Names that are not proven", False)):
            claims = [one for one in page.sold_as if one.proven is proven]
            if claims:
                self._folded(said, partial(self._card, lines.SOLD_AS, said, lines.sold_as_lines(claims, yours)))
        if page.made_for_it:
            self._folded(MADE_FOR_IT, lambda: self._made_by(page.made_for_it, MADE_FOR_IT))
        if page.flaws or page.noted or page.role != "brand-owner":
            self._folded("Known flaws and support", lambda: self._flaws(page))
        if page.abilities:
            self._folded(ABLE, lambda: self._abilities(page))
        self._column.addStretch(1)

    def show_brand(self, page: BrandPage) -> None:
        """Everything that is known of a name."""
        facts = [("Also written", ", ".join(page.also)), ("Used by", page.owner or ""), ("Note", page.note)]
        self._facts([(name, text) for name, text in facts if text], page.source)
        if page.made_by:
            self._made_by(page.made_by, "Who makes what is sold under this name")
        else:
            self._column.addWidget(Text(NO_MAKER))
        self._column.addStretch(1)

    def _records(self, heading: str, records: Sequence[OnRecord], enabled: frozenset[str]) -> None:
        self._card(lines.record_columns(records), heading, lines.record_lines(records, enabled))

    def _abilities(self, page: MakerPage) -> None:
        fill(self._column, 4, Text(_ABLE, "body", "secondary"), 6)
        self._card(lines.ABILITIES, ABLE, lines.ability_lines(page.abilities))

    def _facts(self, facts: Sequence[tuple[str, str]], source: Cited | None) -> None:
        said = [*facts, ("Source", source.line)] if source else facts
        named = [(Text(name, "body", "secondary", wrap=False), Text(clean(words, 600))) for name, words in said]
        fill(self._column, grid(*(((name, _TOP), words) for name, words in named), gap=(16, 4), shares=(0, 1)), 8)
        self._link(source.url if source else None)

    def _card(self, columns: tuple[ViewColumn, ...], name: str, rows: list[LedgerLine]) -> None:
        """A table in a card."""
        ledger = Ledger(columns, name)
        ledger.toggled.connect(self.switch)
        self._column.addWidget(card_of(ledger))
        self.ledgers.append(ledger)
        ledger.set_lines(rows)

    def _folded(self, said: str, build: Callable[[], None]) -> None:
        """A part that is made when it is first asked for."""
        fold, room = Fold(said), column()
        holder = panel(room)
        holder.hide()
        self.folds.append(fold)
        fill(self._column, 12, (fold, 0, Qt.AlignmentFlag.AlignLeft), holder)

        def show(on: bool) -> None:
            if on and not room.count():
                page, self._column = self._column, room
                build()
                self._column = page
            holder.setVisible(on)

        fold.toggled.connect(show)

    def _own_rule(self, own: tuple[str, str, str] | None, *, may_edit: bool) -> None:
        change = Button("Take it off your list…" if own else "Put it on your list…", then=self.own)
        change.setEnabled(may_edit)
        if own is not None:
            by, why, at = own
            when = f", {long_date(at[:10])}" if at else ""
            fill(self._column, 12, Text(f"On your organisation’s own list: {clean(why)}. {clean(by, 60)}{when}."))
        fill(self._column, 12, (change, 0, Qt.AlignmentFlag.AlignLeft))

    def _replies(self, replies: Sequence[QuotedReply]) -> None:
        for reply in replies:
            who = f"{reply.by}, {long_date(reply.date)}. {reply.source.line}."
            self._cited(clean(reply.text, 1_200), who, reply.source.url)

    def _cited(self, words: str, who: str, url: str | None) -> None:
        """What somebody says, with who it is and where to read it."""
        fill(self._column, 8, Text(words), 4, Text(who, "caption", "secondary"))
        self._link(url)

    def _link(self, url: str | None) -> None:
        if link := source_link(url):
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)  # of fixed width: it would cap that of the words

    def _made_by(self, claims: Sequence[SoldAs], title: str) -> None:
        self._card(lines.MADE_BY, title, lines.made_by_lines(claims))
        makers = dict.fromkeys((one.maker, one.maker_name) for one in claims)
        links = row(gap=16)
        for maker, name in list(makers)[:MOST_LINKS]:
            link = LinkButton(f"See {clean(name, 40)}")
            link.clicked.connect(lambda _=False, maker=maker: self.go.emit("maker", maker))
            links.addWidget(link)
        links.addStretch(1)
        fill(self._column, 4, links)

    def _flaws(self, page: MakerPage) -> None:
        used = "it" if page.flaws == 1 else f"{page.flaws_exploited:,} of them"
        attacked = f" Attackers are known to use {used}, by a list seen {page.exploited_seen}." if page.flaws_exploited else ""
        held = count(page.flaws, "flaw is", "flaws are") if page.flaws else "No flaw is"
        words = f"{held} on record here in what {page.name} makes.{attacked} "
        looked = upper_first(page.flaws_looked_for)
        fill(self._column, 4, Text(f"{words}Whether one is in a device depends on its model and firmware. {looked}"))
        for noted in page.noted:
            self._cited(noted.words, ", ".join(filter(None, (noted.publisher, long_date(noted.date)))), noted.url)


MOST_LINKS = 4
_ABLE = "Able to: whether it is switched on, only the device or its recorder can tell."


def _maker_facts(page: MakerPage) -> list[tuple[str, str]]:
    facts = [
        ("Legal name", page.legal_name),
        ("Legal seat", f"{page.seat} ({page.seat_source.line})" if page.seat_source else ""),
        ("Note", page.note if page.verified else f"{page.note} Not proven: we have not seen the original.".strip()),
    ]
    return [(name, text) for name, text in facts if text]


def mine_words(mine: Mine | None, sold: int, *, any_known: bool) -> str:
    """ "9 of yours (of which 8 proven). Also sold under 63 other names."; None: nobody's cameras."""
    also = f" Also sold under {count(sold, 'other name')}." if sold else ""
    if mine is None:
        return also.strip()
    if not mine.number.most:
        return f"{'None of yours, as far as we can tell.' if any_known else 'You have no cameras here yet.'}{also}"
    number = mine.number
    cameras = "" if mine.cameras.number == number.number else f", {mine.cameras.of('camera')}"
    return f"{number} of yours{cameras}{number.in_brackets}.{also}"
