"""A maker in short, for somebody with a minute: who it is, what is on record by kind, and what that means here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping

from camcensus.assessment.on_record import NOTHING_ON_RECORD, OnRecord
from camcensus.model.prose import fitting, upper_first
from camcensus.model.statements import About
from camcensus.model.words import count, long_date, quoted
from camcensus.tasks.knowledge.makers import MakerPage

ROLES = {
    "maker": "makes cameras or recorders",
    "both": "makes and sells cameras or recorders",
    "brand-owner": "sells cameras or recorders under its own name",
}
KINDS: Mapping[About, str] = {
    "human-rights": "Human rights",
    "security": "Security",
    "procurement": "Buying",
    "trade": "Trade",
    "data": "Personal data",
    "use": "Use",
}
YOURS_TO_DECIDE = "Records are about makers, not devices; you decide what to keep."


def in_short(page: MakerPage, enabled: Container[str]) -> list[str]:
    """Fixed sentences on a company: first who it is and who owns it, last what that means where these lists are in use."""
    kinds: dict[About, list[OnRecord]] = defaultdict(list)
    named = [one for one in page.records if not one.our_reading]
    for one in named:
        kinds[one.said.about].append(one)
    lines = [f"{words}: {_counted(kinds[kind])}." for kind, words in KINDS.items() if kind in kinds]
    through = [one.through for one in named if one.through]
    if through:
        lines.append(f"{len(through)} of these {fitting(len(through))} about {through[0]}.")
    lines.append(f"First among them: {quoted(named[0].said.title)}." if named else NOTHING_ON_RECORD)
    return [_who(page), *lines, _means(page, enabled)]


def _who(page: MakerPage) -> str:
    seat = f"legal seat: {page.seat}" if page.seat else "legal seat not known"
    who = f"{page.name} {ROLES[page.role]} ({seat})."
    if page.role == "brand-owner":
        made = " and ".join(dict.fromkeys(one.maker_name for one in page.made_for_it if one.proven))
        who += f" {made} made some of its range." if made else " Who makes its range is not known."
    if page.owners:
        who += f" It belongs to {', part of '.join(page.owners)}."
    said = page.told_by
    if page.ownership and said is not None:
        when = said.when or f"seen {long_date(said.retrieved or '')}"
        who += f" {page.ownership.rstrip('.')} ({said.publisher}, {when})."
    return who if page.ownership or page.owners else f"{who} We hold no source that says who owns it."


def _counted(records: list[OnRecord]) -> str:
    answered = sum(any(not answer.besides for answer in one.answers) for one in records)
    newest = max(one.named_on for one in records)[:4]
    said = [count(len(records), "record"), f"{answered} answered" if answered else "no answer held"]
    return ", ".join([*said, f"newest {newest}"] if newest else said)


def _means(page: MakerPage, enabled: Container[str]) -> str:
    used = [one for one in page.records if one.id in enabled]
    named = next((one.through or "it" for one in used if not one.our_reading), "")
    listed = f"a list that you use names {named}" if named else "no list that you use names it"
    read = "; by our reading a UK statement to departments means it" if any(one.our_reading for one in used) else ""
    return f"{upper_first(listed)}{read}. {YOURS_TO_DECIDE}"
