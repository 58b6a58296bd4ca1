"""What the knowledge base says of a name that a person asks for, in lines."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from camcensus.assessment.on_record import NO_ANSWER, Cited, by_heading
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, long_date, upper_first
from camcensus.tasks.knowledge.makers import BrandPage, MakerPage, brand_page, fold, in_short, maker_page
from camcensus.tasks.register.maker_search import near_names


def show_name(knowledge: Knowledge, name: str, *, everything: bool = False) -> list[str]:
    """Lines about the manufacturers and brands of that name, with sources; empty where none is known.

    What is on record in short, and how to see it all; all of it with `everything`.
    """
    wanted = fold(name)
    lines: list[str] = []
    for maker in knowledge.manufacturers.values():
        if wanted in {fold(text) for text in (maker.id, maker.name, maker.legal_name or maker.name)}:
            lines += _maker_lines(maker_page(knowledge, maker.id), everything=everything)
    brands = {record.brand for record in knowledge.brands if wanted in (fold(record.brand), fold(record.brand_name))}
    brands |= {identity for spelling, identity in knowledge.brand_spellings.items() if spelling == wanted}
    for brand in sorted(brands):
        if lines:
            lines.append("")
        lines += _brand_lines(brand_page(knowledge, brand))
    return lines


def unknown_name(knowledge: Knowledge, name: str) -> str:
    """What to say of a name that is not known: "Did you mean Toshiba?" where one like it is."""
    like = near_names(knowledge, name)
    asked = f"No maker or brand “{clean(name, 60)}” is known"
    return f"{asked}. Did you mean {' or '.join(like)}?" if like else f"{asked}; try another spelling."


def _maker_lines(page: MakerPage, *, everything: bool) -> Iterator[str]:
    yield f"{page.name} ({page.id}), manufacturer"
    yield from (f"  {line}" for line in in_short(page, ())[:-1])
    if page.legal_name:
        yield f"  Legal name: {page.legal_name}"
    if page.seat_source:
        yield f"  Legal seat: {page.seat}"
        yield f"    Source: {_source(page.seat_source)}"
    if page.note:
        yield f"  {page.note}"
    if page.told_by:
        yield f"    Source: {_source(page.told_by)}"
    if everything:
        yield from _record_lines(page)
    elif page.records:
        yield f"  All that is on record: camcensus knowledge show {shlex.quote(page.name)} --all"
    for reply in page.replies:
        yield f"  Its reply, {long_date(reply.date)}: {reply.text}"
        yield f"    Source: {_source(reply.source)}"
    if page.flaws:
        attacked = (
            f", {page.flaws_exploited} with known attacks by a list seen {page.exploited_seen}" if page.flaws_exploited else ""
        )
        yield f"  Flaws on record in what it makes: {page.flaws}{attacked}"
    for noted in page.noted:
        yield f"  {noted.words} ({noted.publisher})"
    sold_as = sorted({one.name for one in page.sold_as if one.proven}, key=str.casefold)
    if sold_as:
        yield f"  Also sold, now or formerly, in whole or in part, as: {', '.join(sold_as)}"


def _record_lines(page: MakerPage) -> Iterator[str]:
    for heading, records in by_heading(page.records):
        yield f"  On record: {heading}"
        for one in records:
            yield f"    {one.said.title}"
            yield f"      {upper_first(one.said.said_by)}, {one.date}. {one.addressed}"
            yield f"      Status: {one.said.standing}"
            yield f"      {one.text}"
            if words := f"Our reading: {one.said.reading}" if one.our_reading else one.naming:
                yield f"      {words}"
            if one.begun:
                yield f"      {one.begun}."
            if one.scope:
                yield f"      What is meant: {one.scope}"
            if one.through:
                yield f"      It is about {one.through}, which {page.name} belongs to."
            for cite in one.cites:
                yield f"      Source: {_source(cite)}"
            for reply in one.answers:
                yield f"      {reply.line}"
                yield f"        Source: {_source(reply.source)}"
            if one.unanswered:
                yield f"      {NO_ANSWER.format(page.name)}"


def _brand_lines(page: BrandPage) -> Iterator[str]:
    yield f"{page.name} ({page.id}), brand"
    if not page.made_by and not page.note:
        yield "  No source that we have seen says who makes it: ask your installer."
    for one in page.made_by:
        yield f"  {one.maker_name}: {one.words}"
        if one.note:
            yield f"    {one.note}"
        yield f"    Source: {_source(one.source)}"
    if page.note:
        yield f"  {page.note}"
        if page.source is not None:
            yield f"    Source: {_source(page.source)}"
    if page.owner:
        yield f"  The name is used by: {page.owner}"


def _source(source: Cited) -> str:
    return f"{source.line} · {source.url}" if source.url else source.line
