"""What is noted of a login that was taken: of that device alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tasks.finding.networks import Wire, home, log_in
from tasks.finding.test_doors import HERE, OTHER_PAGE, PAGE, THERE, known


def test_of_two_that_show_one_key_only_the_one_that_took_the_login_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By command; the window tries neither of two such rows."""
    wire = Wire({at: home(page, mac="06:11:22:33:44:55") for at, page in ((HERE, PAGE), (THERE, OTHER_PAGE))})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        yes = frozenset[str]()
        asked: dict[tuple[str, int], str] = {}
        for week in (1, 2, 3):
            asked = log_in("command", inventory, wire, tmp_path, week, yes).asked
            yes |= {ask for (at, _), ask in asked.items() if at == HERE}
        assert set(asked) == {(THERE, 1)}
        assert len(json.loads(inventory.setting("login_marks") or "{}")) == 1
        assert log_in("command", inventory, wire, tmp_path, 4).asked == asked
