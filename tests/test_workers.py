"""One worker runs what cannot run beside others, and what makes something once."""

from __future__ import annotations

from pathlib import Path

import pytest

from workers import LONGEST, group_of, in_order, scope_of

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


def test_the_longest_groups_are_begun_first_then_the_largest_then_each_test_alone() -> None:
    alone, once = "tests/wire/test_recorded.py", "tests/store/rollup/test_hostile.py"
    nodeids = [f"{alone}::b", f"{once}::a", f"{alone}::a", f"{once}::b", "tests/demo/test_serve.py::a", f"{LONGEST[2]}::a"]
    assert [nodeids[at] for at in in_order(nodeids)] == [
        "tests/demo/test_serve.py::a", f"{LONGEST[2]}::a", f"{once}::a", f"{once}::b", f"{alone}::b", f"{alone}::a",
    ]  # fmt: skip


def test_what_is_begun_first_is_there() -> None:
    for one in LONGEST:
        path, alone, name = one.partition("::")
        if alone:
            assert f"\ndef {name}(" in (TESTS.parent / path).read_text("utf-8")
        assert one == "demo" or one == scope_of(one)
