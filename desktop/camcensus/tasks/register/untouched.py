"""Addresses that are never asked: saved with the inventory, and honoured by every search and every login of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from camcensus.discovery.scope import excluded
from camcensus.model import frozen
from camcensus.model.errors import ScopeError, StoreError
from camcensus.model.scan import Scope
from camcensus.model.words import clean, count
from camcensus.store.edits.settings import set_setting
from camcensus.store.inventory import Inventory
from camcensus.store.pen import Pen, edit

_KEY = "do-not-touch"
MOST = 1_000
NOTE_LIMIT_CHARACTERS = 120


@frozen
class Untouched:
    """An address or a range as a person typed it ("10.0.0.5", "10.0.0.0/28", "10.0.0.5-10.0.0.9"), and what is there."""

    where: str
    note: str = ""

    @property
    def blocks(self) -> tuple[str, ...]:
        """As CIDRs. Raises ScopeError."""
        return excluded(self.where)


def untouched(inventory: Inventory | None) -> tuple[Untouched, ...]:
    """What this inventory says is never asked. Raises StoreError where it cannot be read: nothing may be searched then."""
    text = inventory.setting(_KEY) if inventory is not None else None
    try:
        found = tuple(Untouched(str(where), str(note)) for where, note in json.loads(text or "[]"))
        for one in found:
            one.blocks  # noqa: B018 – a list that cannot be understood is no list
    except (ValueError, TypeError, ScopeError) as error:
        raise StoreError(
            "The list of addresses that are never asked cannot be read, so nothing is searched: type the list again."
        ) from error
    return found


def never_asked(inventory: Inventory | None) -> tuple[str, ...]:
    """The same as CIDRs."""
    return tuple(dict.fromkeys(block for one in untouched(inventory) for block in one.blocks))


def leaving_alone(scope: Scope, inventory: Inventory | None) -> Scope:
    """The scope with what the inventory says is never asked, beside what was excluded for this search."""
    return replace(scope, exclude=tuple(dict.fromkeys((*scope.exclude, *never_asked(inventory)))))


def read_lines(text: str) -> tuple[Untouched, ...]:
    """One address or range a line, with a note after a space. Raises ScopeError, which names the line."""
    found: list[Untouched] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.replace(" - ", "-").replace("–", "-").replace(",", " ").split(maxsplit=1)
        if not words:
            continue
        note = words[1].strip(" #")[:NOTE_LIMIT_CHARACTERS] if len(words) > 1 else ""
        try:
            excluded(words[0])
        except ScopeError as error:
            raise ScopeError(f"Line {number}: {error}") from None
        found.append(Untouched(words[0], note))
    if len(found) > MOST:
        raise ScopeError(f"These are {len(found):,} lines, and {MOST:,} can be kept: write ranges like 10.0.0.0/28.")
    return tuple(dict.fromkeys(found))


def as_lines(entries: Sequence[Untouched]) -> str:
    """What `read_lines` reads."""
    return "\n".join(f"{clean(one.where)} {clean(one.note)}".strip() for one in entries)


def by_it_words(own: int, by_it: int) -> str:
    """Said after the number of both: ", 2 of them by your IT team", ", by your IT team" of one alone, or nothing."""
    of_them = "" if own + by_it == 1 else f"{by_it:,} of them "
    return f", {of_them}by your IT team" if by_it else ""


@edit("set-setting", failed="The list was not saved")
def save_untouched(pen: Pen, lines: str) -> str:
    """Keep the list, as typed, instead of the one before. Raises ScopeError, StoreError."""
    entries = read_lines(lines)
    text = json.dumps([[one.where, one.note] for one in entries], ensure_ascii=False)
    number = count(len(entries), "address or range is", "addresses or ranges are")
    say = f"{number} never asked from now on." if entries else "Every address may be asked again."
    return pen.do(set_setting(_KEY, text, say))
