"""Which tests one worker runs, one after another."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
_GROUP = re.compile(r'\bxdist_group\("([^"]+)"\)')
_ONCE = re.compile(r'@pytest\.fixture\([^)]*scope="module"')


class Grouped(LoadScopeScheduling):  # type: ignore[misc]
    """Tests go to whichever worker is free, but those of one group to one.

    A file is of the group that it names (`xdist_group`), or of its own where a fixture makes something once for all of it. The
    file's text tells: xdist 3.8 writes groups of tests where pytest 9.2 no longer reads them.
    """

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.partition("::")[0]) or nodeid


@cache
def group_of(path: str) -> str | None:
    """The group of a file of tests, None where each of its tests goes alone."""
    text = (ROOT / path).read_text("utf-8")
    named = _GROUP.search(text)
    return named[1] if named else path if _ONCE.search(text) else None
