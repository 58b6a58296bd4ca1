"""Which tests one worker runs, one after another, and which it begins with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

ROOT = Path(__file__).resolve().parent.parent
_GROUP = re.compile(r'\bxdist_group\("([^"]+)"\)')
_ONCE = re.compile(r'@pytest\.fixture\([^)]*scope="module"')
LONGEST = (
    "tests/hostile/test_secrets_traced.py::test_what_is_written_on_the_way_holds_no_secret_either",
    "demo",
    "tests/ui/test_fits.py",
    "tests/hostile/test_secrets.py",
    "tests/hostile/test_files.py::test_each_ends_in_a_sentence_in_time_and_changes_nothing_of_others",
    "tests/tasks/rollup/test_parquet.py",
    "tests/tasks/reports/test_real_checkers.py",
    "tests/tasks/reports/test_reports_on_paper.py",
    "tests/report/test_plan_wording.py",
    "tests/bench/test_benches.py",
)
"""What takes longest, by `tests/bench/suite_cost.py`: begun last, they would keep one worker while the others have nothing."""


class Grouped(LoadScopeScheduling):  # type: ignore[misc]
    """Tests go to whichever worker is free, but those of one group to one, in the order of `in_order`.

    A file is of the group that it names (`xdist_group`), or of its own where a fixture makes something once for all of it. The
    file's text tells: xdist 3.8 writes groups of tests where pytest 9.2 no longer reads them.
    """

    def schedule(self) -> None:
        """Begin, or go on with workers that came later."""
        self.config.option.loadscopereorder = False  # by the number of tests: a group of few may be the longest
        super().schedule()

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """Forget a group once its last test is done: after each test xdist counts what is left of all that a worker ever got."""
        super().mark_test_complete(node, item_index, duration)
        scope = self._split_scope(self.registered_collections[node][item_index])
        if all(self.assigned_work[node][scope].values()):
            del self.assigned_work[node][scope]

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def scope_of(nodeid: str) -> str:
    """What a test is given to a worker with: its group, or itself."""
    return group_of(nodeid.partition("::")[0]) or nodeid


def in_order(nodeids: Sequence[str]) -> list[int]:
    """The places of these tests in the order in which they are begun: the longest groups, the largest, then each test alone."""
    scopes = [scope_of(one) for one in nodeids]
    number = Counter(scopes)
    rank = {scope: (-(scope in LONGEST), LONGEST.index(scope) if scope in LONGEST else 0, -number[scope]) for scope in number}
    first = dict[str, int]()
    for at, scope in enumerate(scopes):
        first.setdefault(scope, at)
    return sorted(range(len(nodeids)), key=lambda at: (rank[scopes[at]], first[scopes[at]], at))


@cache
def group_of(path: str) -> str | None:
    """The group of a file of tests, None where each of its tests goes alone."""
    text = (ROOT / path).read_text("utf-8")
    named = _GROUP.search(text)
    return named[1] if named else path if _ONCE.search(text) else None
