"""Logins remembered between runs: that one was tried, never the login itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from camcensus.model.prose import joined

LoginState = Literal["read", "refused", "held", "paused", "clock", "clear", "changed", "silent"]
"""How reading a device with a login ended.

"read": it answered. "refused": the device took the login for wrong; asked once and no more. "held": not tried, for the reason
said. "paused": not tried, because several devices refused. "clock" and "clear" ask a person: the device's clock is off, or it
wants the password itself. "changed" asks one too: the device is not as it was known. "silent": no answer.
"""


@dataclass(frozen=True, slots=True)
class LoginRecord:
    """Logins that were tried and not taken, and the pause after refusals. Holds no password and no user name.

    `salt` is 16 random bytes as hexadecimal digits. `tried` maps a digest of device and login to the day it was tried.
    `in_a_row` counts refusals since a login was last taken; `paused_until` is UTC, ISO 8601, ending in Z.
    """

    salt: str
    tried: Mapping[str, str] = field(default_factory=dict)
    in_a_row: int = 0
    paused_until: str | None = None


@dataclass(frozen=True, slots=True)
class LoginOutcome:
    """How reading one device with a login ended; `say` is one sentence.

    `ask` names this change of this device, where a person is asked about one that is not as it was known. `yes` are those that
    they had said yes to, without which no login had been sent; `pages` are the front pages among that.
    """

    state: LoginState
    say: str
    ask: str = ""
    yes: frozenset[str] = frozenset()
    pages: Mapping[str, str] = field(default_factory=dict, hash=False)


def changed(address: str, what: Sequence[str], key: str = "") -> LoginOutcome:
    """The outcome for a device of which `what` (one or more) is not as it was known; a yes holds for its `key` alone.

    It is a yes to what is, whatever that was before: what goes to and fro is asked about once each way.
    """
    said, now = joined(what, ", and "), [_WAS.sub(" ", one, count=1) for one in what]
    ask = hashlib.sha256("\0".join((address, *now, key)).encode()).hexdigest()[:ASK_CHARACTERS]
    return LoginOutcome("changed", f"{address} is not as it was known: {said}. No login was sent; check what is there.", ask)


def unsure(address: str, what: Sequence[str]) -> LoginOutcome:
    """The outcome for a device of which nothing is another, and which nothing tells from others; a yes holds for `what`."""
    say = f"Camcensus cannot tell whether {address} is the device that you mean: {joined(what, ', and ')}. No login was sent."
    return replace(changed(address, what), say=f"{say} Open {address} in a browser, or ask IT, and allow it if it is.")


_WAS = re.compile(r" was .*?(?= and is )", re.S)
ASK_CHARACTERS = 10
"""So many hexadecimal digits are one change of one device."""


@dataclass(frozen=True, slots=True)
class LoginAllowances:
    """What a person said yes to, for one run.

    `clock`: log in although the device's clock is off by 10 minutes to 24 hours. `clear_in_tls`: give the password itself to a
    device that asks for it, only inside TLS. `changed`: log in although a device is not as it was known, for these changes
    (`LoginOutcome.ask`) and no others.
    """

    clock: bool = False
    clear_in_tls: bool = False
    changed: frozenset[str] = frozenset()
