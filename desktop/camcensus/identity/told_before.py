"""Whether what a login is told is of the device that took the last one: some tell who they are to nobody else.

Without a login such a device shows its page alone, as any other of its make does, so another at its address is told apart by
the first answer and not before.
"""

from __future__ import annotations

from collections.abc import Iterable

from camcensus.identity.known_by import TELLS, Marks, marks_of
from camcensus.identity.values import same_serial
from camcensus.model.observation import Observation

_WORDS = {"claimed": "MAC address", "uuid": "endpoint id", "serial": "serial number"}


def another_told(before: Marks, shown: Iterable[Observation], now: Observation) -> tuple[str, ...]:
    """What a reply to a login tells otherwise than the same question did `before`, at this port or else at any.

    What it has `shown` without a login is no other: that was looked at before the login went.
    """
    said, open_marks = [], marks_of(shown)
    for name, values in marks_of([now]).items():
        kind = name.partition(" ")[0]
        if name.startswith(TELLS) and (told := before.get(name) or _at_other_ports(before, name)):
            told = (*told, *(value for other, some in open_marks.items() if other.startswith(f"{kind} ") for value in some))
            if not any(one == two or (kind == "serial" and same_serial(one, two)) for one in values for two in told):
                said.append(f"its {_WORDS[kind]} is another ({', '.join(values)})")
    return tuple(said)


def _at_other_ports(before: Marks, name: str) -> tuple[str, ...]:
    question = name.rpartition(" ")[0]
    return tuple(value for other, values in before.items() if other.rpartition(" ")[0] == question for value in values)
