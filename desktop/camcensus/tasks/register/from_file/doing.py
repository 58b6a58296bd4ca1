"""A file of edits, done as one change: what the window does to a record, for programs and for people with long lists.

The file is JSON: `{"by": "R. Khan", "edits": [{"do": "decide", "assets": ["CAM-001"], "what": "replace", "year": "2027-28"}]}`.
Rows go by their references, places by their names from the site down, firms and batches of the plan by their names. Money is
text ("£180.50") or pence, dates are written as in the window. VERBS has every edit that the window offers and that needs no
picture and no answer to a question of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from camcensus.intake.published import read_json
from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError, IntakeError, StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, count
from camcensus.store.inventory import Inventory
from camcensus.store.pen import Made, Pen, edit
from camcensus.tasks.register.doing import do
from camcensus.tasks.register.from_file import organisation, places, plan, rows
from camcensus.tasks.register.from_file.given import FIELDS_LIMIT, Given
from camcensus.tasks.register.from_file.words import VERBS, FileEdit

__all__ = ["VERBS", "EditDone", "FileEdit", "do_edits", "organisation", "places", "plan", "read_edits", "rows"]

EDITS_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class EditDone:
    """One edit of the file and the sentence that it ends with."""

    do: str
    say: str


def read_edits(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """Who does the edits ("" where the file does not say), and the edits. Raises IntakeError for what is no such file."""
    value, name = read_json(path), clean(path.name, 80)
    if not isinstance(value, dict) or not isinstance(value.get("edits"), list) or set(value) - {"by", "edits"}:
        raise IntakeError(
            f'“{name}” is no file of edits; it begins {{"by": "your name", "edits": [ and lists one edit after another.'
        )
    by, found = value.get("by", ""), value["edits"]
    if not isinstance(by, str) or not all(isinstance(one, dict) and len(one) <= FIELDS_LIMIT for one in found):
        raise IntakeError(f"“{name}” has an edit that is no object, or a “by” that is no name; look at it again.")
    if not found:
        raise IntakeError(f"“{name}” has no edit in it.")
    if len(found) > EDITS_LIMIT:
        raise IntakeError(f"“{name}” has more than {EDITS_LIMIT:,} edits; part it into several files.")
    return by.strip(), found


class _OnlyLooked(Exception):
    pass


def do_edits(
    inventory: Inventory,
    knowledge: Knowledge,
    edits: list[dict[str, Any]],
    *,
    by: str,
    now: datetime,
    dry_run: bool = False,
) -> tuple[tuple[EditDone, ...], Changes | None]:
    """Do all edits as one change that can be taken back, or none of them; None for Changes where `dry_run`.

    Raises StoreError with the number of the edit that does not fit.
    """
    done: list[EditDone] = []

    @edit("edits", failed="The edits were not made")
    def all_of_them(pen: Pen) -> str:
        for number, fields in enumerate(edits, 1):
            done.append(_one(pen, knowledge, fields, number))
        if dry_run:
            raise _OnlyLooked
        return done[0].say if len(done) == 1 else f"{count(len(done), 'edit')} made from a file."

    try:
        changes = do(inventory, knowledge, all_of_them(), by=by, now=now)
    except _OnlyLooked:
        return tuple(done), None
    return tuple(done), changes


def _one(pen: Pen, knowledge: Knowledge, fields: Mapping[str, Any], number: int) -> EditDone:
    name = str(fields.get("do", ""))
    known = VERBS.get(name)
    if known is None:
        raise StoreError(f"Edit {number}: “{clean(name, 40)}” is nothing that can be done; it is one of: {', '.join(VERBS)}.")
    given = Given({key: value for key, value in fields.items() if key != "do"}, pen, knowledge)
    try:
        asked = known.work(given)
        given.refuse_rest(known.takes)
        said = asked.work(pen)
    except CamcensusError as error:
        raise StoreError(f"Edit {number} ({name}): {error} Nothing was changed.") from error
    except (TypeError, ValueError, OverflowError) as error:
        raise StoreError(
            f"Edit {number} ({name}) has a value that does not fit; it takes: {known.takes}. Nothing was changed."
        ) from error
    return EditDone(name, said.say if isinstance(said, Made) else said)
