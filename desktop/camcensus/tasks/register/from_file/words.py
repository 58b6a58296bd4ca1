"""The edits that a file may hold, by name: each is registered where its fields are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from camcensus.store.pen import Edit, Made
from camcensus.tasks.register.from_file.given import Given

Work = Callable[[Given], Edit[str] | Edit[Made]]


@dataclass(frozen=True, slots=True)
class FileEdit:
    """One edit of a file. `takes` are its fields in words, `does` what it does."""

    takes: str
    does: str
    work: Work


VERBS: dict[str, FileEdit] = {}


def verb(name: str, takes: str) -> Callable[[Work], Work]:
    """Register what a file may ask for; the docstring is shown to people."""

    def registered(work: Work) -> Work:
        VERBS[name] = FileEdit(takes, (work.__doc__ or "").strip(), work)
        return work

    return registered
