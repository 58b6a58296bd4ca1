"""One worker runs what cannot run beside others, and what makes something once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from workers import LONGEST, Grouped, group_of, in_order, scope_of

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


class Worker:
    """Runs what it is sent, when it is told to."""

    def __init__(self) -> None:
        self.sent, self.shutting_down, self.gateway = list[int](), False, SimpleNamespace(id="")

    def send_runtest_some(self, places: list[int]) -> None:
        self.sent += places

    def shutdown(self) -> None:
        self.shutting_down = True


def test_each_test_is_run_once_and_a_group_that_is_done_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else xdist counts after each test what is left of all that went before: of 14,000 tests that took four seconds."""
    monkeypatch.setattr("xdist.scheduler.loadscope.parse_tx_spec_config", lambda _: ["a", "b"])
    once, alone = "tests/store/rollup/test_hostile.py", "tests/wire/test_recorded.py"
    nodeids = [f"{once}::{at}" for at in range(5)] + [f"{alone}::{at}" for at in range(20)]
    log: Any = SimpleNamespace(loadscopesched=lambda *_: None)
    scheduler, workers, run = (
        Grouped(SimpleNamespace(option=SimpleNamespace()), log),
        (Worker(), Worker()),
        list[tuple[int, int]](),
    )
    for one in workers:
        scheduler.add_node(one)
    for one in workers:
        scheduler.add_node_collection(one, nodeids)
    scheduler.schedule()
    while any(one.sent for one in workers):
        for at, one in enumerate(workers):
            if one.sent:
                run.append((one.sent.pop(0), at))
                scheduler.mark_test_complete(one, run[-1][0])
                assert all(False in group.values() for group in scheduler.assigned_work[one].values())
    assert sorted(number for number, _ in run) == [*range(25)]
    assert len({at for number, at in run if number < 5}) == 1
    assert scheduler.tests_finished
    assert not scheduler.has_pending
