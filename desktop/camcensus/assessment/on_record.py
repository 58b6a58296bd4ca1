"""Published statements about a maker, its owners and its seat, ready to show: by weight (1 is heaviest), with replies."""

from __future__ import annotations

from collections.abc import Iterable

from camcensus.assessment.listings import ownership_path
from camcensus.model import frozen
from camcensus.model.knowledge import Knowledge
from camcensus.model.statements import Named, PublishedReply, Statement, naming
from camcensus.model.words import long_date, quoted

NOTHING_ON_RECORD = "Nothing that Camcensus holds names this maker. That does not mean it has been checked or approved."
NO_ANSWER = "We hold no answer of {} to this."
HUMAN_RIGHTS, OTHER = "Human rights", "Security, buying, trade and use"


@frozen
class Cited:
    """A source as it is shown: dates are ISO 8601 or None; `url` is None where there is no address."""

    title: str
    publisher: str
    date: str | None
    url: str | None
    retrieved: str | None

    @property
    def line(self) -> str:
        """ "“A paper” · A publisher · April 2025": a title is somebody else's words."""
        return " · ".join(part for part in (quoted(self.title), self.publisher, self.when) if part)

    @property
    def when(self) -> str:
        """Its own date as a person reads it, "" where it has none."""
        return long_date(self.date) if self.date else ""


@frozen
class QuotedReply:
    """What somebody answered, with its source. `lead` says who and when: "Answer from the UK Government, 1 November 2021",
    `opening` only who. `besides` is True if it answers none of our statements: somebody else said it, or it is older.
    """

    by: str
    date: str
    opening: str
    lead: str
    besides: bool
    text: str
    source: Cited

    @property
    def line(self) -> str:
        """Who, when and what."""
        return f"{self.lead}: {self.text}"


@frozen
class OnRecord:
    """One statement about a maker. `text` is its content with the maker's name, `quote` the words that name it.

    `through` names the owner that the statement names, None where it names the maker itself. `our_reading` is True where it
    names no company: `quote` is "" then, and `said.reading` says why it is shown here. `scope` is what of the maker is meant,
    "" where nothing is said. `named_on` is the day since which it is named, ISO 8601: mostly the statement's. `why` is what
    staff gave as a reason.
    """

    said: Statement
    text: str
    quote: str
    scope: str
    named_on: str
    why: str
    through: str | None
    our_reading: bool
    source: Cited
    named_by: Cited
    answers: tuple[QuotedReply, ...]

    @property
    def id(self) -> str:
        """The statement's."""
        return self.said.id

    @property
    def unanswered(self) -> bool:
        """Whether it names the maker and nobody's answer to it is held; then that is said."""
        return bool(self.quote) and not self.answers

    @property
    def heading(self) -> str:
        """Under which heading it is shown: what our reading only takes in stands apart from what names the maker."""
        if self.our_reading:
            return f"Based in {self.said.seat} (our reading)"
        return HUMAN_RIGHTS if self.said.about == "human-rights" else OTHER

    @property
    def since(self) -> str:
        """When it came to be named, where that is another day than the statement's."""
        return long_date(self.named_on) if self.named_on != self.said.date else ""

    @property
    def date(self) -> str:
        """The day that counts for this maker as a person reads it, "" where it is not known."""
        return long_date(self.named_on) if self.named_on else ""

    @property
    def begun(self) -> str:
        """ "First made 9 October 2019; names this maker since 10 December 2024", "" where both are one day."""
        if not self.since:
            return ""
        first = f"First made {long_date(self.said.date)}; names" if self.said.date else "Names"
        return f"{first} this maker since {self.since}"

    @property
    def naming(self) -> str:
        """ "Named in these words: “…” (a newspaper)"."""
        return naming(self.quote, self.named_by.publisher)

    @property
    def cites(self) -> tuple[Cited, ...]:
        """Where it can be read: the statement, and where the maker is named. What was said before it was named is left out."""
        return (self.named_by,) if self.since else tuple(dict.fromkeys((self.source, self.named_by)))

    @property
    def addressed(self) -> str:
        """ "Addressed to the UK Government. Not addressed to schools."."""
        to = f"Addressed to {self.said.addressed_to}."
        return f"{to} Not addressed to {self.said.not_addressed_to}." if self.said.not_addressed_to else to


def on_record(knowledge: Knowledge, maker: str) -> tuple[OnRecord, ...]:
    """Statements that name a maker or an owner of it, and those that we read as meant for its legal seat.

    What matters most comes first, the newest first among what matters alike.
    """
    path = ownership_path(maker, knowledge)
    found = [_held(knowledge, path, one, named) for one, named in knowledge.on_record(path)]
    entry = knowledge.manufacturers.get(maker)
    seat = entry.seat if entry else None
    read = (one for one in knowledge.statements.values() if seat is not None and one.seat == seat)
    found += [_held(knowledge, path, one, None) for one in read]
    found.sort(key=lambda one: (one.said.date, one.said.id), reverse=True)
    return tuple(sorted(found, key=lambda one: one.said.weight))


def by_heading(records: Iterable[OnRecord]) -> tuple[tuple[str, tuple[OnRecord, ...]], ...]:
    """Records under their headings, human rights first, our readings last; a heading with none is left out."""
    groups: dict[str, list[OnRecord]] = {HUMAN_RIGHTS: [], OTHER: []}
    for one in records:
        groups.setdefault(one.heading, []).append(one)
    return tuple((heading, tuple(group)) for heading, group in groups.items() if group)


def replies_of(knowledge: Knowledge, maker: str) -> tuple[QuotedReply, ...]:
    """A maker's own replies to no single statement, the newest first; where it has none, those of its nearest owner."""
    for company in ownership_path(maker, knowledge):
        entry = knowledge.manufacturers.get(company)
        if entry is not None and entry.answers:
            newest = sorted(entry.answers, key=lambda answer: answer.date, reverse=True)
            return tuple(_reply(knowledge, answer) for answer in newest)
    return ()


def cited(knowledge: Knowledge, identity: str) -> Cited:
    """A source by its id. Raises KeyError for one that is not known."""
    source = knowledge.sources[identity]
    return Cited(source.title, source.publisher, source.date, source.url, source.retrieved)


def _held(knowledge: Knowledge, path: tuple[str, ...], said: Statement, named: Named | None) -> OnRecord:
    maker = named.manufacturer if named else path[0]
    name = knowledge.name_of(maker)
    return OnRecord(
        said=said,
        text=said.text_for(name),
        quote=named.quote if named else "",
        scope=named.scope if named else "",
        named_on=(named.effective if named else None) or said.date,
        why=named.why if named else "",
        through=None if maker == path[0] else name,
        our_reading=named is None,
        source=cited(knowledge, said.source),
        named_by=cited(knowledge, named.source if named else said.source),
        answers=tuple(_reply(knowledge, answer) for answer in said.answers_for(path)),
    )


def _reply(knowledge: Knowledge, answer: PublishedReply) -> QuotedReply:
    said = cited(knowledge, answer.source)
    return QuotedReply(answer.who, answer.date, answer.opening, answer.lead, answer.besides, answer.text, said)
