"""Published files that a person brings to the knowledge sources: what would change, and the changed texts where wanted.

What is written is for a person to read (`git diff`) and is built only after that. An importer flags no company: a name that it
finds on a list is a draft, which counts for nothing until somebody has read the list and written down what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from camcensus.model.errors import KnowledgeError, on_disk
from camcensus.model.words import clean, count
from camcensus.store.files import write_whole
from camcensus.tasks.documents import CONTRACT_VERSION
from installers.knowledge.brought import Bringing, Brought, ChangeKind, source_text
from installers.knowledge.calendar import CALENDAR
from installers.knowledge.import_blocks import bring_blocks
from installers.knowledge.import_flaws import bring_exploited, bring_records
from installers.knowledge.import_names import bring_names
from installers.knowledge.import_registers import REGISTERS, bring_register
from installers.knowledge.reviewed import ImportKind, Reviewed
from installers.knowledge.sources import read_sources
from installers.knowledge.writing import quoted, set_fields

CHANGES_SHOWN = 20
"""Of each kind; a registry has thousands."""

IMPORTERS: dict[ImportKind, Callable[[Bringing], Brought]] = {
    "cve": bring_records,
    "exploited": bring_exploited,
    "ieee": bring_blocks,
    "fcc": bring_names,
    "entity-list": bring_names,
    "debarment": bring_names,
    "urn": bring_register,
    "ods": bring_register,
    "gss": bring_register,
}

_WORDS: dict[ChangeKind, str] = {"added": "New", "changed": "Changed", "gone": "Gone"}


def bring(kind: ImportKind, files: Sequence[Path], folder: Path, seen: date, output: Path | None = None) -> Brought:
    """What the files would change in the sources of `folder`, or in the list `output`. Writes nothing.

    `seen` is the day on which the files were got. Raises IntakeError for files that cannot be used and KnowledgeError for
    sources that cannot be read.
    """
    if kind in REGISTERS and not (folder / CALENDAR).is_file():
        # An auditor's computer has no sources: the list is all that is made.
        return IMPORTERS[kind](Bringing(kind, tuple(files), folder, Reviewed(), seen, output))
    reviewed = read_sources(folder)
    if reviewed.problems:
        raise KnowledgeError(f"The knowledge sources are wrong at {reviewed.problems[0]}; run “knowledge check” first.")
    bringing = Bringing(kind, tuple(files), folder, reviewed, seen, output)
    brought = IMPORTERS[kind](bringing)
    entry = next((item for item in reviewed.calendar if item.value.importer == kind), None)
    day = min(filter(None, (seen.isoformat(), brought.dated)))
    if entry is None or (entry.value.looked_at or "") >= day:
        return brought
    text = set_fields(source_text(bringing, CALENDAR), {entry.line: {"looked_at": quoted(day)}})
    return replace(brought, writes={**brought.writes, folder / CALENDAR: text})


def write(brought: Brought) -> list[str]:
    """Write the texts, each whole or not at all; gives a sentence for each. Raises DiskError."""
    said = []
    for path, text in brought.writes.items():
        with on_disk(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode("utf-8"))
        said.append(f"Wrote {clean(str(path), 300)}.")
    return said


def brought_lines(brought: Brought, *, written: bool) -> list[str]:
    """What was read and what differs, as sentences."""
    lines = [brought.read]
    for kind, word in _WORDS.items():
        changes = [one for one in brought.changes if one.kind == kind]
        if changes:
            lines.append(f"{word}: {len(changes):,}")
        for one in changes[:CHANGES_SHOWN]:
            places = " · ".join(filter(None, (one.where, one.place)))
            lines.append(f"  {clean(one.say, 500)} [{clean(places, 200)}]")
        if len(changes) > CHANGES_SHOWN:
            lines.append(f"  and {count(len(changes) - CHANGES_SHOWN, 'more', 'more')} (--json lists each)")
    if not brought.changes:
        lines.append("Nothing in it differs from ours.")
    if not written and brought.writes:
        names = ", ".join(sorted(path.name for path in brought.writes))
        lines.append(f"Nothing was written. With --write: {clean(names, 300)}.")
    return lines


def brought_document(kind: ImportKind, brought: Brought, *, written: bool) -> dict[str, Any]:
    """The same as plain values, every change."""
    return {
        "contract_version": CONTRACT_VERSION,
        "kind": kind,
        "read": brought.read,
        "changes": [{"kind": one.kind, "say": one.say, "where": one.where, "place": one.place} for one in brought.changes],
        "problems": list(brought.problems),
        "files": [path.name for path in brought.writes],
        "written": written,
    }
