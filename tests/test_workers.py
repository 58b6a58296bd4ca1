"""One worker runs what cannot run beside others, and what makes something once."""

from __future__ import annotations

from pathlib import Path

import pytest

from workers import group_of

TESTS = Path(__file__).resolve().parent


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("tests/demo/test_serve.py", "demo"),
        ("tests/ui/test_story.py", "demo"),
        ("tests/bench/test_benches.py", "tests/bench/test_benches.py"),
        ("tests/wire/test_recorded.py", None),
    ],
)
def test_a_file_is_of_the_group_it_names_or_of_its_own(path: str, group: str | None) -> None:
    assert group_of(path) == group


def test_every_group_that_a_file_names_is_read() -> None:
    others = [path for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    named = [path for path in others if "pytest.mark.xdist_group" in path.read_text("utf-8")]
    assert len(named) > 4
    assert {group_of(str(path.relative_to(TESTS.parent))) for path in named} == {"demo"}
