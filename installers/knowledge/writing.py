"""Changes to the text of the knowledge sources, line by line, so that a person reads a small difference."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from camcensus.model.words import clean
from installers.knowledge.reviewed import ReviewDraft

TEXT_LIMIT_CHARACTERS = 4000

_HEAD = """\
# Found by an importer and read by nobody yet: nothing here counts. Read each at its source, then write what it says where it
# belongs and delete it here, or say in `settled` why it is nothing (it is not found again then).
"""


def quoted(text: str) -> str:
    """A TOML string of one line. Nothing in it can end it."""
    return json.dumps(clean(text, TEXT_LIMIT_CHARACTERS), ensure_ascii=False)


def set_fields(text: str, changes: Mapping[int, Mapping[str, str]]) -> str:
    """The TOML text with fields of tables set. `changes`: the line of a table's heading -> field -> its TOML value.

    A field that is there keeps its place; a new one is before `source`, else at the end of the table.
    """
    lines = text.split("\n")
    for heading in sorted(changes, reverse=True):
        end = next((at for at in range(heading, len(lines)) if lines[at].startswith("[")), len(lines))
        while end > heading and not lines[end - 1].strip():
            end -= 1
        for key, value in changes[heading].items():
            found = _line_of(lines, key, heading, end)
            if found is not None:
                lines[found] = f"{key} = {value}"
                continue
            before = _line_of(lines, "source", heading, end)
            lines.insert(end if before is None else before, f"{key} = {value}")
            end += 1
    return "\n".join(lines)


def _line_of(lines: list[str], key: str, first: int, end: int) -> int | None:
    return next((at for at in range(first, end) if re.match(rf"{re.escape(key)}\s*=", lines[at])), None)


def draft_text(drafts: Iterable[ReviewDraft]) -> str:
    """The text of a file of drafts, by id."""
    parts = [_HEAD]
    for draft in sorted(drafts, key=lambda one: one.id):
        fields = (name for name in ReviewDraft.__slots__ if getattr(draft, name) or name not in ("proposal", "settled"))
        lines = (f"{name} = {_value(name, getattr(draft, name))}" for name in fields)
        parts.append("[[draft]]\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _value(name: str, text: str) -> str:
    if name != "proposal":
        return quoted(text)
    # A literal string over several lines ends at three quotation marks alone.
    plain = "\n".join(clean(line, TEXT_LIMIT_CHARACTERS) for line in text.split("\n")).replace("'''", "' ''")
    return f"'''\n{plain}'''" if not plain.endswith("'") else f"'''\n{plain}\n'''"
