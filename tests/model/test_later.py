"""A module that is imported late is the module itself."""

from __future__ import annotations

import sys

import pytest

from camcensus.model.later import later


def test_it_is_run_at_the_first_look_and_is_the_one_that_others_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    module = later("colorsys")
    assert module is sys.modules["colorsys"] is later("colorsys")
    assert module.rgb_to_hls(0, 0, 0) == (0, 0, 0)
    with pytest.raises(ModuleNotFoundError):
        later("no_such_module")
