"""The report of a defect of ours: where it happened and of what kind, and no text that a device, a file or a person wrote.

What an error says of itself may hold anything that was at hand: a password, a reply that repeats one, a member of staff. So its
text is left out, unless it is one of the interpreter's own sentences, which name only parts of the program.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_CHAIN_MOST = 20
_TYPE, _NAME = r"'[A-Za-z_.]{1,60}'", r"'[A-Za-z_]{1,60}'"
_PLAIN = re.compile(
    rf"(?:type object |module )?{_TYPE}(?: object)? has no attribute {_NAME}"
    rf"|object of type {_TYPE} has no len\(\)|{_TYPE} object (?:is not|does not|can't|cannot) [a-z ]{{1,60}}"
    rf"|(?:unsupported operand type\(s\) for )?\S{{1,8}}:? (?:not supported between instances of )?{_TYPE} and {_TYPE}"
    rf"|name {_NAME} is not defined|cannot access (?:local|free) variable {_NAME} where it is not associated with a value"
    rf"|[A-Za-z_.]{{1,80}}\(\) (?:takes [a-z0-9 ]{{1,80}}|missing \d+ required [a-z -]{{1,40}}: (?:{_NAME}|,|and|\s){{1,400}})"
    r"|(?:[a-z]{1,20} )?index out of range|pop from (?:an )?empty [a-z]{1,10}|division by zero|maximum recursion depth exceeded"
    r"|(?:dictionary|set|deque) (?:changed size|keys changed|mutated) during iteration"
    r"|(?:not enough|too many) values to unpack \(expected \d+(?:, got \d+)?\)"
    r"|no such (?:table|column|function): [a-z_.]{1,60}|database is locked|(?:UNIQUE|NOT NULL|FOREIGN KEY) constraint failed"
    r"(?:: [a-z_., ]{1,200})?|database disk image is malformed|Internal C\+\+ object \([A-Za-z_.]{1,80}\) already deleted\."
)


def report_of(error: BaseException) -> str:
    """Its stack, and those of the errors that led to it, the oldest first."""
    return "\n".join(_lines(error, set()))


def place_of(error: BaseException) -> str:
    """ " at file.py line 12", the innermost; "" where it is not known."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return f" at {Path(at.tb_frame.f_code.co_filename).name} line {at.tb_lineno}" if at is not None else ""


def print_report(_: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """As `sys.excepthook`: on stderr, where there is one."""
    if sys.stderr is not None and error is not None:
        sys.stderr.write(report_of(error.with_traceback(trace)) + "\n")


def _lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen and len(seen) < _CHAIN_MOST:
        yield from _lines(before, seen)
        yield "which led to:" if before is error.__cause__ else "and while that was dealt with:"
    yield "Where it happened (the innermost last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    yield _said(error)
    for inner in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        if id(inner) not in seen and len(seen) < _CHAIN_MOST:
            yield "one of these:"
            yield from _lines(inner, seen)


def _said(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    try:
        text = str(error)
    except Exception:  # a class of somebody else's that cannot even say what it is
        text = "?"
    if not text or _PLAIN.fullmatch(text):
        return f"{kind}: {text}".rstrip(": ")
    return f"{kind} (it says {len(text)} characters more, left out because they may be of a device, a file or a person)"
