"""What is on record about the makers of a register, as it is printed: statements of the lists in use, and the replies."""

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
from camcensus.tasks.makers import Cited, OnList, cited, maker_page
from camcensus.tasks.register import AssetRow, enabled_lists

if TYPE_CHECKING:
    from camcensus.report.maker_pages import Cite, MakerRecord, Statement


def maker_records(given: kit.Read, here: Sequence[AssetRow]) -> list[MakerRecord]:
    """Makers that are named firmly for some device, those with most devices first."""
    from camcensus.report.maker_pages import MakerRecord

    on = enabled_lists(given.inventory, given.knowledge)
    numbers = Counter(row.maker for row in here if row.maker and row.grade in NAMED_GRADES)
    made: list[MakerRecord] = []
    for maker, number in sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0] or "")):
        if maker not in given.knowledge.manufacturers:
            continue
        page = maker_page(given.knowledge, maker)
        reply, source = page.reply, page.reply_source
        root = given.knowledge.root_of(maker)
        if not reply and root != maker:
            owner = maker_page(given.knowledge, root)
            reply, source = owner.reply, owner.reply_source
        made.append(
            MakerRecord(
                name=page.name,
                named=f"Named as the maker of {count(number, 'device')} in this record.",
                statements=tuple(_statement(one, given.edition) for one in page.lists if one.id in on),
                reply=reply or "",
                reply_cite=_cite(source),
            )
        )
    return made


def _statement(one: OnList, edition: Edition) -> Statement:
    from camcensus.report.maker_pages import Statement

    ours = (one.reading or one.basis or "It names no maker; counting this one is our reading.") if one.our_reading else ""
    if one.id == OWN:  # why the organisation counts it is what staff typed
        ours = one.basis if edition.gives("notes") else ""
    return Statement(
        date=one.date,
        said_by=one.said_by,
        text=one.text,
        quote=one.quote,
        addressed_to=one.addressed_to,
        not_addressed_to=one.not_addressed_to,
        ours=ours,
        through=f"Through its owner, {one.through}." if one.through else "",
        cite=_cite(one.source),
    )


def source_cited(knowledge: Knowledge, name: str) -> Cite:
    from camcensus.report.maker_pages import Cite

    return _cite(cited(knowledge, name)) or Cite(said=name, url=None)


def _cite(source: Cited | None) -> Cite | None:
    from camcensus.report.maker_pages import Cite

    if source is None:
        return None
    said = ", ".join(part for part in (source.title, source.publisher, source.when) if part)
    return Cite(said=said, url=source.url)
