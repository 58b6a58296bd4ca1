"""When each kind of fact is looked at again (calendar.toml), and what importers left for a person to read (drafts/*.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

from installers.knowledge.entries import Placed, SourceProblem, tables_of
from installers.knowledge.reviewed import CalendarEntry, ImportKind, ReviewDraft

if TYPE_CHECKING:
    from installers.knowledge.reviewed import Reviewed

CALENDAR = "calendar.toml"
DRAFTS = "drafts"

EACH = ("statements", "brand-claims", "sources")
"""Entries whose interval and minutes are for one of many, each with a day of its own."""


IMPORT_KINDS: tuple[ImportKind, ...] = get_args(ImportKind)

TO_BE_READ_AT_THE_SOURCE = "To be read at the source"
"""What is on every draft: a name found by a program says nothing of a company."""


def read_calendar(reviewed: Reviewed, file: str, path: Path) -> None:
    """calendar.toml: [[entry]]."""
    for entry in tables_of(reviewed.problems, file, path, "entry"):
        entry.only(*CalendarEntry.__slots__)
        importer = entry.maybe("importer")
        if importer is not None and importer not in IMPORT_KINDS:
            entry.fault("importer", f'importer "{importer}" is none of {", ".join(IMPORT_KINDS)}')
            importer = None
        numbers = {}
        for key, low, high in (("every_days", 1, 3660), ("weight", 1, 3), ("minutes", 1, 240)):
            number = entry.number(key)
            if number is None or number != int(number) or not low <= number <= high:
                entry.fault(key, f"{key} is no whole number from {low} to {high}")
            numbers[key] = int(number or low)
        texts = {key: entry.word(key, "") for key in ("url", "bring")}
        value = entry.value(CalendarEntry, importer=importer, **texts, **numbers)
        reviewed.calendar.append(entry.placed(value))


def read_drafts(reviewed: Reviewed, folder: Path) -> None:
    """drafts/*.toml: [[draft]]; the folder is there only while something waits."""
    for path in sorted((folder / DRAFTS).glob("*.toml"), key=lambda one: one.name):
        for entry in tables_of(reviewed.problems, f"{DRAFTS}/{path.name}", path, "draft"):
            entry.only(*ReviewDraft.__slots__)
            value = entry.value(ReviewDraft)
            reviewed.drafts.append(entry.placed(value))


def check_calendar(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """Ids once each, real days, web addresses, an entry for each importer and each of EACH, drafts that say what they are."""
    seen: dict[str, Placed[CalendarEntry]] = {}
    importers: set[str] = set()
    for item in reviewed.calendar:
        entry = item.value
        first = seen.setdefault(entry.id, item)
        if first is not item:
            yield item.problem(f'"{entry.id}" already stands in {first.file}:{first.line}')
        if entry.looked_at is not None and day_in(entry.looked_at) is None:
            yield item.problem(f'looked_at "{entry.looked_at}" is not a day like 2026-11-24')
        if entry.url and (urlsplit(entry.url).scheme != "https" or not urlsplit(entry.url).hostname):
            yield item.problem(f'url "{entry.url}" is no https address')
        if entry.importer is not None:
            if entry.importer in importers:
                yield item.problem(f'the importer "{entry.importer}" has two entries')
            importers.add(entry.importer)
            if not entry.bring or not entry.url:
                yield item.problem("an entry with an importer says what to bring, and from where")
    for name in EACH:
        if reviewed.calendar and name not in seen:
            yield SourceProblem(CALENDAR, 1, f'there is no entry "{name}"')
    for kind in IMPORT_KINDS:
        if reviewed.calendar and kind not in importers:
            yield SourceProblem(CALENDAR, 1, f'no entry says where the file for "{kind}" comes from')
    for (file, line), day in reviewed.read_again.items():
        if day_in(day) is None:
            yield SourceProblem(file, line, f'read_again "{day}" is not a day like 2026-11-24')
    for draft in reviewed.drafts:
        if day_in(draft.value.seen) is None:
            yield draft.problem(f'seen "{draft.value.seen}" is not a day like 2026-11-24')
        if TO_BE_READ_AT_THE_SOURCE not in draft.value.say:
            yield draft.problem(f'say does not hold "{TO_BE_READ_AT_THE_SOURCE}"')


def day_in(text: str) -> date | None:
    """The first day that an ISO date, month or year names; None for anything else."""
    parts = text.split("-")
    if not 1 <= len(parts) <= 3 or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
        return None
    try:
        return date(*([int(part) for part in parts] + [1, 1])[:3])
    except ValueError:
        return None
