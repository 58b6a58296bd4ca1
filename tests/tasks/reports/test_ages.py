"""How old cameras are, whenever somebody says that they were installed."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from camcensus.tasks.reports.counts import AGES, by_age


@pytest.mark.parametrize("installed", ["0001-01-01", "0001", "0000", "0999-05", "1066-10-14", "2010"])
def test_what_is_older_than_any_camera_is_among_the_oldest(installed: str) -> None:
    row: Any = SimpleNamespace(asset=SimpleNamespace(installed_on=installed))
    found = dict(by_age([row], date(2026, 11, 24)))
    assert {age: number for age, number in found.items() if number != (0,)} == {AGES[-1][0]: (1,)}
