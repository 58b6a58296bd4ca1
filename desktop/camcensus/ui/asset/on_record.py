"""What is on record about a maker: who said it, when, to whom it was addressed, and what the maker replies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camcensus.assessment.on_record import replies_of
from camcensus.model.device import NAMED_GRADES, Finding, SeatFinding
from camcensus.model.knowledge import Knowledge, Source
from camcensus.model.statements import Statement
from camcensus.model.words import NOT_LISTED, clean, count, long_date, quoted
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui import phrases
from camcensus.ui.kit.buttons import Fold
from camcensus.ui.kit.layout import column, fill
from camcensus.ui.kit.links import source_link
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text

FROM_KNOWLEDGE = 1_200
"""Longest text of a list on record that is shown; ours are shorter."""
NO_MAKER_YET = "Records are about makers. Find out who made it, and they appear here."


class OnRecordSection(QWidget):
    """The lists that are on and that apply, each in its own words and with its addressee; then sources and the reply."""

    def __init__(self, row: AssetRow, knowledge: Knowledge) -> None:
        super().__init__()
        self._knowledge = knowledge
        self._layout = column(Text("What is on record", "strong"), 8, of=self)
        findings = sorted(row.findings, key=lambda finding: _date(knowledge, finding), reverse=True)
        if not findings:
            self._layout.addWidget(Text(_not_listed(row, knowledge)))
            if row.seat is not None:
                self._layout.addSpacing(10)
                self._based(row.seat, row.seat_words)
            return
        if any(finding.may for finding in findings):
            fill(self._layout, Text("May be listed – check. We are not sure enough who made this.", "body", "secondary"), 8)
        said = [(finding, self._knowledge.lists[finding.list]) for finding in findings if finding.list in self._knowledge.lists]
        for at, (finding, item) in enumerate(said):
            if at == 0:
                fill(self._layout, Text(clean(item.title, FROM_KNOWLEDGE)), 4, self._words(item, finding), 10)
                continue
            fold = Fold(item.title)
            words = self._words(item, finding)
            words.hide()
            fold.toggled.connect(words.setVisible)
            fill(self._layout, (fold, 0, Qt.AlignmentFlag.AlignLeft), words, 4)
        self._sources(findings)
        if row.seat is not None:
            self._layout.addSpacing(10)
            self._based(row.seat, row.seat_words)

    def _based(self, found: SeatFinding, heading: str) -> None:
        """Where the maker is based, apart from the lists that name it: our reading, the statement and its addressee."""
        said, maker = self._knowledge.lists[found.reading], clean(self._knowledge.name_of(found.manufacturer))
        whole = column(
            Text(heading, "strong"),
            Text(f"The legal seat of {maker} is in {found.country}. {clean(said.reading, FROM_KNOWLEDGE)}"),
            gap=4,
        )
        folded = QWidget()
        inner = column(
            Text(clean(said.text_for(maker), FROM_KNOWLEDGE)),
            4,
            Text("\n".join(_under(said, (found.manufacturer,))), "caption", "secondary"),
        )
        for name, words in ((found.source, "The seat"), (said.source, "The statement")):
            source = self._knowledge.sources.get(name)
            if source is not None:
                cited = f"{words}: {quoted(source.title)}. {source.publisher}{_when(source)}"
                inner.addWidget(Text(cited, "caption", "secondary"))
                _add_link(inner, source.url)
        folded.setLayout(inner)
        folded.hide()
        fold = Fold("The statement, to whom it is addressed, and the sources")
        fold.toggled.connect(folded.setVisible)
        fill(whole, (fold, 0, Qt.AlignmentFlag.AlignLeft), folded)
        self._layout.addLayout(whole)

    def _words(self, said: Statement, finding: Finding) -> QWidget:
        """The words on record, who said it and to whom; how the maker comes to be on it."""
        whole = QWidget()
        under = _under(said, finding.path)
        if len(finding.path) > 1:
            under.append(" is part of ".join(clean(self._knowledge.name_of(maker)) for maker in finding.path) + ".")
        column(Text(words_of(said, finding, self._knowledge)), 4, Text("\n".join(under), "caption", "secondary"), of=whole)
        return whole

    def _sources(self, findings: list[Finding]) -> None:
        sources: dict[str, Source] = {}
        for finding in findings:
            said = self._knowledge.lists.get(finding.list)
            for source in (self._knowledge.sources.get(said.source),) if said else ():
                if source is not None:
                    sources[source.id] = source
        maker = findings[0].path[0]
        replies = replies_of(self._knowledge, maker)
        number, reply_word = count(len(sources), "source"), "reply" if len(replies) == 1 else "replies"
        fold = Fold(f"{number} and the maker’s {reply_word}" if replies else number)
        folded = QWidget()
        inner = column(8, of=folded)
        for source in sources.values():
            inner.addWidget(Text(f"{quoted(source.title)}. {source.publisher}{_when(source)}"))
            _add_link(inner, source.url)
            inner.addSpacing(6)
        if replies:
            aside = Surface("nav", shape="sunken")
            words = column(
                Text(f"The {reply_word} of {clean(replies[0].by, 60)}", "strong"), gap=4, margins=(14, 12, 14, 12), of=aside
            )
            for reply in replies:
                fill(
                    words,
                    Text(clean(reply.text, FROM_KNOWLEDGE)),
                    Text(f"{reply.source.publisher}, {long_date(reply.date)}", "caption", "secondary"),
                )
                _add_link(words, reply.source.url)
            inner.addWidget(aside)
        folded.hide()
        fold.toggled.connect(folded.setVisible)
        fill(self._layout, (fold, 0, Qt.AlignmentFlag.AlignLeft), folded)


def _not_listed(row: AssetRow, knowledge: Knowledge) -> str:
    """What is said where no list names the maker. It approves nothing, and a seat that is not known is not elsewhere."""
    if phrases.grade_of(row) not in NAMED_GRADES:
        return NO_MAKER_YET
    maker = knowledge.manufacturers.get(row.maker or "")
    unknown = " Where the maker has its legal seat is not known." if maker is not None and maker.seat is None else ""
    return NOT_LISTED + unknown


def _who(said: Statement) -> str:
    apart = f", not addressed to {clean(said.not_addressed_to)}" if said.not_addressed_to else ""
    when = f", {long_date(said.date)}" if said.date else ""
    return f"Said by {clean(said.said_by)}{when}. Addressed to {clean(said.addressed_to)}{apart}."


def _under(said: Statement, path: tuple[str, ...]) -> list[str]:
    """What is under a statement, a paragraph each: who said it and to whom, what has become of it, what answered it."""
    answers = [clean(f"{answer.lead}: {answer.text}", FROM_KNOWLEDGE) for answer in said.answers_for(path)]
    return [_who(said), f"Today: {clean(said.standing, FROM_KNOWLEDGE)}", *answers]


def words_of(said: Statement, finding: Finding, knowledge: Knowledge) -> str:
    """The list's text on record, with the maker's name."""
    maker = clean(knowledge.name_of(finding.path[-1] if finding.path else finding.manufacturer))
    return clean(said.text_for(maker), FROM_KNOWLEDGE)


def _date(knowledge: Knowledge, finding: Finding) -> str:
    said = knowledge.lists.get(finding.list)
    return said.date if said else ""


def _when(source: Source) -> str:
    return f", {long_date(source.date)}" if source.date else ""


def _add_link(layout: QVBoxLayout, url: str | None) -> None:
    link = source_link(url)
    if link is not None:
        layout.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
