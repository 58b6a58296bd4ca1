"""The page of one maker or brand: what is on record, the reply, the names it is sold under, flaws and abilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.assessment.on_record import SEAT_NOT_KNOWN, Cited, QuotedReply, by_heading
from camcensus.model.words import clean, count, long_date
from camcensus.tasks.knowledge.in_short import in_short
from camcensus.tasks.knowledge.makers import BrandPage, MakerPage, SoldAs
from camcensus.tasks.register.maker_search import Mine
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, Fold, LinkButton
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.layout import Item, column, fill, grid, panel, row
from camcensus.ui.kit.ledger import Ledger
from camcensus.ui.kit.ledger_model import LedgerLine
from camcensus.ui.kit.links import source_link
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Surface, card_of
from camcensus.ui.kit.widgets import Text
from camcensus.ui.manufacturers import lines

SOURCE_WIDTH = 900
"""Pixels at 100% text up to which a source is on one line, the link to it beside it."""
MADE_FOR_IT = "Who makes what is sold under its name"
ROLE_WORDS = {
    "maker": "Makes cameras or recorders",
    "brand-owner": "Sells under its own name what others make",
    "both": "Makes cameras or recorders, and sells them under its own name",
}
NO_MAKER = "No source that we have seen says who makes what is sold under this name. The label and a device’s own answers may."


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
        short = in_short(page, enabled)
        fill(self._column, Text(short.who), 12, *map(Text, short.records), 12, Text(short.means))
        self._own_rule(own, may_edit=may_edit)
        if page.records:
            said = f"All {count(len(page.records), 'record')}" if len(page.records) > 1 else "The record"
            self._folded(said, lambda: self._records(page, enabled))
        if page.replies:
            said = "The maker’s reply" if len(page.replies) == 1 else "The maker’s replies"
            self._folded(said, lambda: self._replies(page.replies))
        self._folded("The company and its owners", lambda: self._facts(_maker_facts(page), page.told_by))
        for is_proven, one, many in (
            (True, "name it is sold under", "names it is sold under"),
            (False, "name that is not proven", "names that are not proven"),
        ):
            claims = [claim for claim in page.sold_as if claim.proven is is_proven]
            if claims:
                said = count(len(claims), one, many)
                self._folded(said, partial(self._card, lines.SOLD_AS, said, lines.sold_as_lines(claims, yours)))
        if page.made_for_it:
            self._folded(MADE_FOR_IT, lambda: self._made_by(page.made_for_it, MADE_FOR_IT))
        if page.flaws or page.noted:
            self._folded("Known flaws and support", lambda: self._flaws(page))
        if page.abilities:
            said = f"{count(len(page.abilities), 'statement')} on what its devices are able to do"
            self._folded(said, lambda: self._abilities(page, said))
        self._column.addStretch(1)

    def show_brand(self, page: BrandPage) -> None:
        """Everything that is known of a name."""
        facts = [("Also written", ", ".join(page.also)), ("Used by", page.owner or ""), ("Note", page.note)]
        self._facts([(name, text) for name, text in facts if text], page.source)
        if page.made_by:
            self._made_by(page.made_by, "Who makes what is sold under this name", space=0)
        else:
            self._column.addWidget(Text(NO_MAKER))
        self._column.addStretch(1)

    def _records(self, page: MakerPage, enabled: frozenset[str]) -> None:
        for heading, records in by_heading(page.records):
            fill(self._column, 8, Text(heading, "strong"), 6)
            self._card(lines.record_columns(records), heading, lines.record_lines(records, enabled))

    def _abilities(self, page: MakerPage, said: str) -> None:
        fill(self._column, 4, Text(_ABLE, "body", "secondary"), 6)
        self._card(lines.ABILITIES, said, lines.ability_lines(page.abilities))

    def _facts(self, facts: Sequence[tuple[str, str]], source: Cited | None) -> None:
        if not facts and source is None:
            return
        said: list[tuple[str, Item]] = [(name, Text(clean(text, 600))) for name, text in facts]
        if source is not None:
            link, words = source_link(source.url), row(Text(source.line, width=theme.px(SOURCE_WIDTH)), gap=16)
            words.setStretch(0, 0)
            if link is not None:
                words.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
            words.addStretch(1)
            said.append(("Source", words))
        cells = (((Text(name, "body", "secondary", wrap=False), Qt.AlignmentFlag.AlignTop), part) for name, part in said)
        fill(self._column, grid(*cells, gap=(16, 4), shares=(0, 1)), 16)

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
        aside = Surface("nav", shape="sunken")
        words = column()
        for at, reply in enumerate(replies):
            day = long_date(reply.source.retrieved) if reply.source.retrieved else ""
            read = f". We read it {'on' if day[:1].isdigit() else 'in'} {day}" if day else ""
            fill(
                words,
                12 if at else 0,
                Text(clean(reply.text, 1_200)),
                4,
                Text(f"{reply.by}, {long_date(reply.date)}. {reply.source.line}{read}.", "caption", "secondary"),
            )
            link = source_link(reply.source.url)
            if link is not None:
                words.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)  # a link of fixed width would cap that of the words
        words.addStretch(1)  # at the top without an alignment, which would hold the words to the height of another width
        sign = SignMark(icon="message-square-quote", ink="secondary", size=20)
        row((sign, 0, Qt.AlignmentFlag.AlignTop), (words, 1), gap=12, margins=(20, 14, 20, 14), of=aside)
        fill(self._column, 4, aside)

    def _made_by(self, claims: Sequence[SoldAs], title: str, space: int = 16) -> None:
        if not claims:
            return
        self._column.addSpacing(space)
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
        words = f"{count(page.flaws, 'flaw is', 'flaws are')} on record in what {page.name} makes.{attacked} "
        fill(self._column, 4, Text(words + "Whether one is in a device depends on its model and firmware."))
        for noted in page.noted:
            when = f", {long_date(noted.date)}" if noted.date else ""
            fill(self._column, 8, Text(noted.words), Text(f"{noted.publisher}{when}", "caption", "secondary"))
            if (link := source_link(noted.url)) is not None:
                self._column.addWidget(link)


MOST_LINKS = 4
_ABLE = "Able to: whether it is switched on, only the device or its recorder can tell."


def _maker_facts(page: MakerPage) -> list[tuple[str, str]]:
    path = " › ".join([page.name, *page.owners]) if page.owners else ""
    facts = [
        ("Legal name", page.legal_name),
        ("Legal seat", _seat(page)),
        ("Belongs to", path),
        ("Ownership", page.ownership),
        ("What it does", ROLE_WORDS.get(page.role, "")),
        ("Note", page.note if page.verified else f"{page.note} Not proven: we have not seen the original.".strip()),
    ]
    return [(name, text) for name, text in facts if text]


def _seat(page: MakerPage) -> str:
    """ "China (IEEE Registration Authority, 24 October 2026)": the country, and who says so."""
    if page.seat is None or page.seat_source is None:
        return SEAT_NOT_KNOWN
    return f"{page.seat} ({', '.join(part for part in (page.seat_source.publisher, page.seat_source.when) if part)})"


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
