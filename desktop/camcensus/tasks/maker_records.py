"""What is on record about the makers of a register, as it is printed: the statements that matter most, and the replies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from camcensus.model.attribution import NAMED_GRADES
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import count
from camcensus.store.own_list import LIST as OWN
from camcensus.tasks import report_kit as kit
from camcensus.tasks.editions import Edition
from camcensus.tasks.makers import maker_page
from camcensus.tasks.on_record import Cited, OnRecord, Reply, by_heading, cited
from camcensus.tasks.register import AssetRow, enabled_lists

if TYPE_CHECKING:
    from camcensus.report.maker_pages import Cite, MakerRecord, PrintedAnswer, PrintedStatement


def maker_records(given: kit.Read, here: Sequence[AssetRow]) -> list[MakerRecord]:
    """Makers that are named firmly for some device, those with most devices first.

    Of each the statements that matter most: of lists only those that the organisation uses.
    """
    from camcensus.report.maker_pages import MakerRecord

    on = enabled_lists(given.inventory, given.knowledge)
    numbers = Counter(row.maker for row in here if row.maker and row.grade in NAMED_GRADES)
    made: list[MakerRecord] = []
    for maker, number in sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0] or "")):
        if maker not in given.knowledge.manufacturers:
            continue
        page = maker_page(given.knowledge, maker)
        kept = [one for one in page.records if (one.id in on if one.said.is_list else one.said.weight == 1)]
        made.append(
            MakerRecord(
                name=page.name,
                named=f"Named as the maker of {count(number, 'device')} in this record.",
                groups=tuple(
                    (heading, tuple(_statement(one, given.edition) for one in group)) for heading, group in by_heading(kept)
                ),
                more=len(page.records) - len(kept),
                replies=tuple(_answered(reply) for reply in page.replies),
            )
        )
    return made


def _statement(one: OnRecord, edition: Edition) -> PrintedStatement:
    from camcensus.report.maker_pages import PrintedStatement

    ours = one.said.reading if one.our_reading else ""
    if one.id == OWN:  # why the organisation counts it is what staff typed
        ours = one.why if edition.gives("notes") else ""
    return PrintedStatement(
        title=one.said.title,
        date=one.said.date,
        said_by=one.said.said_by,
        text=one.text,
        quote=one.quote,
        addressed_to=one.said.addressed_to,
        not_addressed_to=one.said.not_addressed_to,
        today=one.said.standing,
        ours=ours,
        through=f"Through its owner, {one.through}." if one.through else "",
        cite=_cite(one.source),
        named_in=_cite(one.named_by) if one.named_by != one.source else None,
        answers=tuple(_answered(reply) for reply in one.answers),
    )


def _answered(reply: Reply) -> PrintedAnswer:
    from camcensus.report.maker_pages import PrintedAnswer

    return PrintedAnswer(by=reply.by, date=reply.date, text=reply.text, cite=_cite(reply.source))


def source_cited(knowledge: Knowledge, name: str) -> Cite:
    from camcensus.report.maker_pages import Cite

    return _cite(cited(knowledge, name)) or Cite(said=name, url=None)


def _cite(source: Cited | None) -> Cite | None:
    from camcensus.report.maker_pages import Cite

    if source is None:
        return None
    said = ", ".join(part for part in (source.title, source.publisher, source.when) if part)
    return Cite(said=said, url=source.url)
