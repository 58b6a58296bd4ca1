"""What a person can ask of the knowledge base: build it, check it, look a name up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from camcensus.model.knowledge import BrandRecord, Knowledge
from camcensus.model.words import count, long_date
from camcensus.store.build_knowledge import build, check
from camcensus.store.knowledge_entries import Problem

RELATION_WORDS = {
    "own_brand": "its own brand",
    "subsidiary": "a brand of its own group",
    "oem_rebrand": "made by it under another name",
    "partial_oem": "partly made by it under another name",
    "former_oem": "formerly made by it under another name",
}


def build_sources(sources_dir: Path, out_path: Path) -> str:
    """Builds vendors.db and says so in one line. Raises KnowledgeError and DiskError."""
    version = build(sources_dir, out_path)
    return f"Built {out_path.name} {version}, {out_path.stat().st_size / 1000:.0f} KB."


def check_sources(sources_dir: Path, db_path: Path) -> list[Problem]:
    """What is wrong with the sources or with vendors.db; empty where all is well."""
    return check(sources_dir, db_path)


def show_name(knowledge: Knowledge, name: str) -> list[str]:
    """Lines about the manufacturers and brands of that name, each statement with its source; empty where none is known."""
    wanted = _folded(name)
    lines: list[str] = []
    for maker in knowledge.manufacturers.values():
        if wanted in {_folded(text) for text in (maker.id, maker.name, maker.legal_name or maker.name)}:
            lines += _maker_lines(knowledge, maker.id)
    brands = {record.brand for record in knowledge.brands if wanted in (_folded(record.brand), _folded(record.brand_name))}
    brands |= {identity for spelling, identity in knowledge.brand_spellings.items() if spelling == wanted}
    for brand in sorted(brands):
        if lines:
            lines.append("")
        lines += _brand_lines(knowledge, brand)
    return lines


def _maker_lines(knowledge: Knowledge, identity: str) -> Iterator[str]:
    maker = knowledge.manufacturers[identity]
    yield f"{maker.name} ({maker.id}), manufacturer"
    for label, value in (("Legal name", maker.legal_name), ("Based in", maker.country), ("Ownership", maker.ownership)):
        if value:
            yield f"  {label}: {value}"
    if maker.parent:
        yield f"  Belongs to: {knowledge.name_of(maker.parent)}"
    yield f"  Source: {_source(knowledge, maker.source)}"
    signs = sum(one.role == "manufacturer" and one.subject == identity for one in knowledge.fingerprints)
    blocks = sum(block.subject == identity and block.role == "manufacturer" for block in knowledge.macs.values())
    yield f"  Known by {count(signs, 'sign')} and {count(blocks, 'block')} of network numbers"
    path = [identity]
    while (parent := knowledge.manufacturers[path[-1]].parent) is not None and parent not in path:
        path.append(parent)
    for row in knowledge.listings:
        if row.manufacturer in path:
            listed = knowledge.lists[row.list]
            reading = "" if listed.names_makers else " (our reading)"
            through = "" if row.manufacturer == identity else f" through {knowledge.name_of(row.manufacturer)}"
            yield f"  On record: {listed.title}{reading}{through}, addressed to {listed.addressed_to}"
            yield f"    Source: {_source(knowledge, row.source)}"
    if maker.reply and maker.reply_source:
        yield f"  Its reply: {maker.reply}"
        yield f"    Source: {_source(knowledge, maker.reply_source)}"
    proven = [record for record in knowledge.brands if record.made_by == identity and record.verified and not record.against]
    sold_as = sorted({record.brand_name for record in proven if record.brand != identity}, key=str.casefold)
    if sold_as:
        yield f"  Also sold, now or formerly, in whole or in part, as: {', '.join(sold_as)}"


def _brand_lines(knowledge: Knowledge, brand: str) -> Iterator[str]:
    yield f"{knowledge.brand_names.get(brand, brand)} ({brand}), brand"
    records = [record for record in knowledge.brands if record.brand == brand]
    if not records:
        yield "  No source that we have seen says who makes it."
    for record in records:
        yield f"  {knowledge.name_of(record.made_by)}: {_relation(record)}"
        if record.note:
            yield f"    {record.note}"
        yield f"    Source: {_source(knowledge, record.source)}"


def _relation(record: BrandRecord) -> str:
    words = RELATION_WORDS[record.relation]
    if record.against:
        words = f"a source speaks against this ({words})"
    if not record.verified:
        words += ", not proven"
    if record.models:
        words += f", models {record.models}"
    if record.since:
        words += f", since {long_date(record.since)}"
    if record.until:
        words += f", until {long_date(record.until)}"
    return words


def _source(knowledge: Knowledge, identity: str) -> str:
    source = knowledge.sources[identity]
    parts = [source.title, source.publisher]
    if source.date:
        parts.append(long_date(source.date))
    if source.url:
        parts.append(source.url)
    return " · ".join(parts)


def _folded(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
