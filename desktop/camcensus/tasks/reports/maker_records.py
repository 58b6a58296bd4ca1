"""What is on record about the makers of a register, a sheet each: the statements that matter most, and the replies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.assessment.on_record import NO_ANSWER, Cited, OnRecord, QuotedReply, by_heading, cited
from camcensus.model import frozen
from camcensus.model.blocks import ReportDocument
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import joined
from camcensus.planning.counts import MakerCount
from camcensus.report.maker_pages import Cite, OnMakers, PrintedAnswer, PrintedStatement, makers_report
from camcensus.store.own_list import LIST as OWN
from camcensus.tasks.knowledge.makers import in_short, maker_page
from camcensus.tasks.register.verbs import count_rows, enabled_lists
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.editions import Edition, Kept
from camcensus.tasks.reports.making import Making

HOLDS: tuple[Kept, ...] = ("notes",)


def makers(this: Making) -> ReportDocument:
    """The sheets: one for each maker that is named firmly for some device."""
    given = kit.read(this)
    named = [one for one in count_rows(given.here).items.makers if one.maker in given.knowledge.manufacturers]
    sheets = [(given.knowledge.name_of(one.maker), maker_records(given, [one])) for one in named]
    return makers_report(given.occasion(), sheets, given.edition.left_out(HOLDS), given.methods())


def maker_records(given: kit.Read, makers: Sequence[MakerCount]) -> OnMakers:
    """What is on record about these makers: each statement once, with whom it is about.

    Only the statements that matter most, and of lists those that the organisation uses.
    """
    on = enabled_lists(given.inventory, given.knowledge)
    pages = [(maker_page(given.knowledge, one.maker), one.number.of("device")) for one in makers]
    about: dict[str, list[_About]] = {}
    unprinted: set[str] = set()
    for page, devices in pages:
        for one in page.records:
            if one.id in on if one.said.is_list else one.said.weight == 1:
                about.setdefault(one.id, []).append(_About(page.name, devices, one))
            else:
                unprinted.add(one.id)
    newest = sorted((each[0].record for each in about.values()), key=lambda one: (one.said.date, one.id), reverse=True)
    with_any = {each.maker for found in about.values() for each in found}
    return OnMakers(
        shorts=tuple(in_short(page, on)[0] for page, _ in pages if page.name in with_any),
        groups=tuple(
            (heading, tuple(_statement(about[one.id], given.edition) for one in group)) for heading, group in by_heading(newest)
        ),
        more=len(unprinted),
        replies=tuple(dict.fromkeys(_answered(reply, reply.by) for page, _ in pages for reply in page.replies)),
        silent=tuple(page.name for page, _ in pages if page.name in with_any and not page.replies),
    )


@frozen
class _About:
    """A statement as it is about one maker, with how many devices here are its, in words."""

    maker: str
    devices: str
    record: OnRecord


def _how(record: OnRecord) -> Iterator[str]:
    """How a maker comes to be meant: through its owner, or since another day than the statement's."""
    if record.through:
        yield f"belongs to {record.through}"
    if record.since:
        yield f"named since {record.since}"


def _statement(about: Sequence[_About], edition: Edition) -> PrintedStatement:
    first = about[0].record
    answers = dict.fromkeys(_answered(reply, reply.opening) for each in about for reply in each.record.answers)
    said = first.said
    named = list(dict.fromkeys(each.record.through or each.maker for each in about))
    whom = joined([f"{each.maker} ({', '.join(filter(None, (each.devices, *_how(each.record))))})" for each in about])
    ours = [f"Our reading includes {whom}. {said.reading}"] if first.our_reading else [f"About {whom}."]
    silent = list(dict.fromkeys(each.maker for each in about if each.record.unanswered))
    if silent:
        ours.append(NO_ANSWER.format(joined(silent)))
    if first.id == OWN and edition.gives("notes"):  # why the organisation counts a maker is what staff typed
        ours += [f"{each.maker}: {each.record.why}" for each in about if each.record.why]
    return PrintedStatement(
        title=said.title,
        date=_date(about),
        said_by=said.said_by,
        text=said.text_for(joined(named)),
        quotes=tuple(dict.fromkeys(each.record.naming for each in about if each.record.naming)),
        addressed_to=said.addressed_to,
        not_addressed_to=said.not_addressed_to,
        today=said.standing,
        about=tuple(ours),
        cites=tuple(dict.fromkeys(_short(cite) for each in about for cite in each.record.cites)),
        answers=tuple(sorted(answers, key=lambda one: one.date)),
    )


def _date(about: Sequence[_About]) -> str:
    """The day that counts for all these makers: when it came to name them, where that is one other day than the statement's."""
    days = {each.record.named_on for each in about}
    return days.pop() if len(days) == 1 else about[0].record.said.date


def _answered(reply: QuotedReply, lead: str) -> PrintedAnswer:
    return PrintedAnswer(lead=lead, date=reply.date, text=reply.text, cite=_short(reply.source))


def _short(source: Cited) -> Cite:
    """Publisher and date: the address says the rest."""
    return Cite(said=", ".join(part for part in (source.publisher, source.when) if part), url=source.url)


def source_cited(knowledge: Knowledge, name: str) -> Cite:
    """A source by its id, with its title. Raises KeyError for one that is not known."""
    source = cited(knowledge, name)
    said = ", ".join(part for part in (source.title, source.publisher, source.when) if part)
    return Cite(said=said, url=source.url)
