"""CHANGELOG.md at a release: what was “Unreleased” becomes a version and its day."""

from __future__ import annotations

import re
from datetime import date

from packaging.version import Version

from installers.shared.facts import BuildError

OPEN = "## Unreleased"


def cut(text: str, version: str, day: date) -> str:
    """The text with all that is unreleased under a version and its day. Raises BuildError where that cannot be."""
    before, found, rest = text.partition(f"\n{OPEN}\n")
    if not found:
        raise BuildError(f"CHANGELOG.md has no “{OPEN}”.")
    if not re.sub(r"^#.*$", "", rest.split("\n## ")[0], flags=re.M).strip():
        raise BuildError("CHANGELOG.md says nothing of what is new; write that first.")
    last = newest(text)
    if last is not None and Version(version) <= Version(last):
        raise BuildError(f"{version} is not newer than {last}, the newest version in CHANGELOG.md.")
    return f"{before}\n{OPEN}\n\n## {version} - {day.isoformat()}\n{rest}"


def newest(text: str) -> str | None:
    """The newest version that the text has a section of, or None."""
    found = re.search(r"^## (\d+\.\d+\.\d+\S*) - \d{4}-\d\d-\d\d$", text, re.M)
    return found[1] if found else None
