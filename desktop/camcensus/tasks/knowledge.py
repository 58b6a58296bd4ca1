"""What a person can ask of the knowledge base: build it, check it, look a name up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from camcensus.model.knowledge import Knowledge
from camcensus.model.words import count, long_date
from camcensus.store.build_knowledge import build, check
from camcensus.store.knowledge_entries import Problem
from camcensus.tasks.makers import SOME_MODELS, STATUS_WORDS, BrandPage, Cited, MakerPage, brand_page, fold, maker_page


def build_sources(sources_dir: Path, out_path: Path) -> str:
    """Builds vendors.db and says so in one line. Raises KnowledgeError and DiskError."""
    version = build(sources_dir, out_path)
    return f"Built {out_path.name} {version}, {out_path.stat().st_size / 1000:.0f} KB."


def check_sources(sources_dir: Path, db_path: Path) -> list[Problem]:
    """What is wrong with the sources or with vendors.db; empty where all is well."""
    return check(sources_dir, db_path)


def show_name(knowledge: Knowledge, name: str) -> list[str]:
    """Lines about the manufacturers and brands of that name, each statement with its source; empty where none is known."""
    wanted = fold(name)
    lines: list[str] = []
    for maker in knowledge.manufacturers.values():
        if wanted in {fold(text) for text in (maker.id, maker.name, maker.legal_name or maker.name)}:
            lines += _maker_lines(maker_page(knowledge, maker.id))
    brands = {record.brand for record in knowledge.brands if wanted in (fold(record.brand), fold(record.brand_name))}
    brands |= {identity for spelling, identity in knowledge.brand_spellings.items() if spelling == wanted}
    for brand in sorted(brands):
        if lines:
            lines.append("")
        lines += _brand_lines(brand_page(knowledge, brand))
    return lines


def _maker_lines(page: MakerPage) -> Iterator[str]:
    yield f"{page.name} ({page.id}), manufacturer"
    for label, value in (("Legal name", page.legal_name), ("Based in", page.country), ("Ownership", page.ownership)):
        if value:
            yield f"  {label}: {value}"
    if page.owners:
        yield f"  Belongs to: {', then '.join(page.owners)}"
    if page.note:
        yield f"  {page.note}"
    yield f"  Source: {_source(page.source)}"
    yield f"  Known by {count(page.signs, 'sign')} and {count(page.blocks, 'block')} of network numbers"
    for listed in page.lists:
        reading = " (our reading)" if listed.our_reading else ""
        through = f" through {listed.through}" if listed.through else ""
        yield f"  On record: {listed.title}{reading}{through}, addressed to {listed.addressed_to}"
        yield f"    Source: {_source(listed.named_by)}"
    for one in page.statements:
        when = f", {long_date(one.date)}" if one.date else ""
        proven = "" if one.verified else ", not proven"
        yield f"  Also on record: {one.instrument}, {one.issued_by}{when}"
        yield f"    {one.jurisdiction}. {STATUS_WORDS[one.status]}{proven}."
        for text in filter(None, (one.scope, one.note)):
            yield f"    {text}"
        yield f"    Source: {_source(one.source)}"
    if page.reply and page.reply_source:
        yield f"  Its reply: {page.reply}"
        yield f"    Source: {_source(page.reply_source)}"
    if page.flaws:
        attacked = f", {page.flaws_exploited} with known attacks" if page.flaws_exploited else ""
        yield f"  Flaws on record in what it makes: {page.flaws}{attacked}"
    for noted in page.noted:
        yield f"  {noted.words} ({noted.publisher})"
    sold_as = sorted({one.name for one in page.sold_as if one.proven}, key=str.casefold)
    if sold_as:
        yield f"  Also sold, now or formerly, in whole or in part, as: {', '.join(sold_as)}"


def _brand_lines(page: BrandPage) -> Iterator[str]:
    yield f"{page.name} ({page.id}), brand"
    if not page.made_by:
        yield "  No source that we have seen says who makes it."
    for one in page.made_by:
        yield f"  {one.maker_name}: {one.words.replace(SOME_MODELS, f'models {one.models}')}"
        if one.note:
            yield f"    {one.note}"
        yield f"    Source: {_source(one.source)}"
    if page.owner:
        yield f"  The name is used by: {page.owner}"


def _source(source: Cited) -> str:
    return f"{source.line} · {source.url}" if source.url else source.line
