"""What an importer makes of published files: what would change, and the texts that would be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from camcensus.model.errors import IntakeError
from camcensus.model.words import clean
from installers.knowledge.calendar import DRAFTS
from installers.knowledge.reviewed import ImportKind, ReviewDraft, Reviewed
from installers.knowledge.writing import draft_text

ChangeKind = Literal["added", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Bringing:
    """What an importer is given: the files, our sources as read from `folder`, and the day on which the files were got.

    `output` is the list of organisations to make or to check, for the registers of organisations.
    """

    kind: ImportKind
    files: tuple[Path, ...]
    folder: Path
    reviewed: Reviewed
    seen: date
    output: Path | None = None

    def draft(self, identity: str, found: str, where: str, say: str, proposal: str = "") -> ReviewDraft:
        """A draft of this importer, of the day on which the files were got."""
        return ReviewDraft(identity, self.kind, found, where, self.seen.isoformat(), say, proposal)


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """One difference between a published file and ours. `where` is the brought file and line, `place` ours ("" for new)."""

    kind: ChangeKind
    say: str
    where: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What the files hold (one sentence), how it differs from ours, what could not be read, and texts by their path.

    `dated` is the day that the files say they are of, None where they say none.
    """

    read: str
    changes: tuple[PublishedChange, ...]
    problems: tuple[str, ...] = ()
    writes: dict[Path, str] = field(default_factory=dict)
    dated: str | None = None


def with_drafts(bringing: Bringing, brought: Brought, drafts: Iterable[ReviewDraft]) -> Brought:
    """`brought` with drafts that are not among ours yet: each is a change, and all are written to one file."""
    held = [item.value for item in bringing.reviewed.drafts if item.value.importer == bringing.kind]
    known = {draft.id for draft in held}
    new = {draft.id: draft for draft in drafts if draft.id not in known}
    if not new:
        return brought
    changes = tuple(PublishedChange("added", f"Draft: {draft.say}", draft.where) for draft in new.values())
    path = bringing.folder / DRAFTS / f"{bringing.kind}.toml"
    writes = {**brought.writes, path: draft_text([*held, *new.values()])}
    return replace(brought, changes=(*brought.changes, *changes), writes=writes)


def source_text(bringing: Bringing, file: str) -> str:
    """The text of one of our sources. Raises IntakeError where it is gone."""
    try:
        return (bringing.folder / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(f"“{clean(file, 80)}” of the sources cannot be read; run “knowledge check”.") from error
