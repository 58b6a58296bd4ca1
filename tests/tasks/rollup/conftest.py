"""What these tests give to a roll-up is looked at in the test's own process: the processes are tested in store/rollup and from the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from camcensus.store.rollup.check import Inspected, inspect
from camcensus.store.rollup.worker import Inspectors


class _Here(Inspectors):
    """The same answers and the same private copies, one file after the other."""

    def inspect(self, paths: Sequence[Path]) -> Iterator[tuple[Path, Inspected]]:
        for number, path in enumerate(paths):
            yield path, inspect(path, self._copy(number), self._known)


@pytest.fixture(autouse=True)
def looked_at_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camcensus.tasks.rollup.taking.Inspectors", _Here)
