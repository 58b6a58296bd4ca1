"""The report of a defect says where and what kind, and no text that was at hand there."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable

import pytest

from camcensus.model.defects import place_of, report_of
from costs import PATIENCE_S

CANARY = "CANARY-7f-Zürich"


class _OfSomebody(Exception):
    """An error that cannot say what it is."""

    def __str__(self) -> str:
        raise ValueError(CANARY)


def _chained() -> None:
    try:
        raise KeyError(CANARY)
    except KeyError:
        raise RuntimeError(f"no login for {CANARY}") from ValueError(CANARY)


def _dealt_with() -> None:
    try:
        int(CANARY)
    except ValueError:
        {}[CANARY]


def _noted() -> None:
    error = OSError(2, CANARY, f"/home/{CANARY}")
    error.add_note(CANARY)
    raise error


def _group() -> None:
    raise ExceptionGroup(CANARY, [ValueError(CANARY), ExceptionGroup(CANARY, [TypeError(CANARY)])])


def _attribute() -> None:
    raise AttributeError(f"'Login' object has no attribute '{CANARY}'")


def _bytes() -> None:
    f"x{CANARY}".encode("ascii")


def _ring() -> None:
    first, second = ValueError(CANARY), ValueError(CANARY)
    first.__cause__, second.__cause__ = second, first
    raise first


def _somebodys() -> None:
    raise _OfSomebody


def _cancelled() -> None:
    raise asyncio.CancelledError(CANARY)


@pytest.mark.parametrize(
    "fail", [_chained, _dealt_with, _noted, _group, _attribute, _bytes, _ring, _somebodys, _cancelled]
)  # fmt: skip
def test_no_text_is_in_it_and_the_place_is(fail: Callable[[], None]) -> None:
    password = CANARY
    with pytest.raises(BaseException) as caught:
        fail()
    report = report_of(caught.value)
    assert not any(part in report for part in (password, "CANARY-", "7f-Z", "Zürich", "xfcrich"))
    assert f", in {fail.__name__}" in report
    assert type(caught.value).__name__ in report
    assert "test_defects.py" in place_of(caught.value)


@pytest.mark.parametrize(
    ("fail", "says"),
    [
        (lambda: None.x, "AttributeError: 'NoneType' object has no attribute 'x'"),  # type: ignore[attr-defined]
        (lambda: [].__getitem__(3), "IndexError: list index out of range"),
        (lambda: 1 + "", "TypeError: unsupported operand type(s) for +: 'int' and 'str'"),  # type: ignore[operator]
        (lambda: 1 < "", "TypeError: '<' not supported between instances of 'int' and 'str'"),  # type: ignore[operator]
        (lambda: len(3), "TypeError: object of type 'int' has no len()"),  # type: ignore[arg-type]
        (lambda: iter(3), "TypeError: 'int' object is not iterable"),  # type: ignore[call-overload]
        (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda: unknown, "NameError: name 'unknown' is not defined"),  # type: ignore[name-defined] # noqa: F821
        (place_of, "TypeError: place_of() missing 1 required positional argument: 'error'"),  # type: ignore[call-arg]
    ],
)  # fmt: skip
def test_the_interpreters_own_sentences_stay(fail: Callable[[], None], says: str) -> None:
    with pytest.raises(Exception) as caught:
        fail()
    assert says in report_of(caught.value)


UNCAUGHT = """
import asyncio, gc, logging, sys, threading
from camcensus.app import leave_texts_out
leave_texts_out()
def in_thread(): raise ValueError(sys.argv[1])
one = threading.Thread(target=in_thread); one.start(); one.join()
class Left:
    def __del__(self): raise ValueError(sys.argv[1])
Left(); gc.collect()
async def lost(): raise ValueError(sys.argv[1])
async def work():
    task = asyncio.create_task(lost(), name=sys.argv[1]); await asyncio.sleep(0); await asyncio.sleep(0)
    del task; gc.collect()
asyncio.run(work())
logging.getLogger('zeroconf').warning('a packet of %s', sys.argv[1])
logging.getLogger('x').error('%d', sys.argv[1])
try: raise ValueError(sys.argv[1])
except ValueError: logging.getLogger('y').exception(sys.argv[1])
raise KeyError(sys.argv[1])
"""


def test_what_nobody_catches_and_what_libraries_log_is_printed_without_it() -> None:

    done = subprocess.run(
        [sys.executable, "-c", UNCAUGHT, CANARY], capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 1
    assert "CANARY" not in done.stdout + done.stderr
    for where in (
        "in in_thread",
        "in __del__",
        "in lost",
        "asyncio: error",
        "zeroconf: warning",
        "y: error",
        "KeyError (it says",
    ):
        assert where in done.stderr, (where, done.stderr)
