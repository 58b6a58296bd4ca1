"""An IT team's limits: where a search may look and how, and where files may be saved. Policies only tighten."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from pathlib import PurePath
from typing import Literal, get_args

from camcensus.model import frozen
from camcensus.model.scan import Pace

Given = Literal["auditor", "supplier", "public", "backup"]
"""What may be made for others: an exchange file for auditors, editions for a supplier and the public, an encrypted copy."""

PACES: tuple[Pace, ...] = get_args(Pace)
"""Slowest first."""
GIVEN: tuple[Given, ...] = get_args(Given)

type _Narrower = Callable[[str, str], str | None]
"""What two entries both allow, None where they have nothing in common."""


@frozen(kw_only=True)
class Policy:
    """What is allowed. None means no limit; an empty tuple allows nothing of its kind.

    `allowed_ranges` and `never_ask` are CIDRs, `folders` absolute paths; `contact` is whom staff may ask, as IT wrote it.
    `name_user` is whether a search's record says which user ran it. `files` are the policy files it was read from. `problem` is
    a sentence where one of them could not be used: then nothing is searched, whatever else is said here.
    """

    allowed_ranges: tuple[str, ...] | None = None
    never_ask: tuple[str, ...] = ()
    paces: tuple[Pace, ...] = PACES
    passive_only: bool = False
    logins: bool = True
    name_user: bool = True
    folders: tuple[str, ...] | None = None
    for_others: tuple[Given, ...] = GIVEN
    contact: str = ""
    files: tuple[str, ...] = ()
    problem: str = ""

    @property
    def is_set(self) -> bool:
        """Whether there is any policy at all."""
        return bool(self.files or self.problem)

    @property
    def who(self) -> str:
        """Who set this and whom to ask, a sentence for staff."""
        return f"Your IT team set this; ask {self.contact}." if self.contact else "Your IT team set this; ask them."

    @property
    def usual_pace(self) -> Pace | None:
        """The slowest pace that is allowed; None where none is."""
        return next((pace for pace in PACES if pace in self.paces), None)


def both(one: Policy, other: Policy) -> Policy:
    """What both allow: never more than either."""
    return Policy(
        allowed_ranges=_within(one.allowed_ranges, other.allowed_ranges, _ranges_within),
        never_ask=tuple(dict.fromkeys((*one.never_ask, *other.never_ask))),
        paces=tuple(pace for pace in one.paces if pace in other.paces),
        passive_only=one.passive_only or other.passive_only,
        logins=one.logins and other.logins,
        name_user=one.name_user and other.name_user,
        folders=_within(one.folders, other.folders, _folders_within),
        for_others=tuple(given for given in one.for_others if given in other.for_others),
        contact=one.contact or other.contact,
        files=tuple(dict.fromkeys((*one.files, *other.files))),
        problem=one.problem or other.problem,
    )


def all_of(policies: Iterable[Policy]) -> Policy:
    """What all of them allow; no limits where there are none. The contact is that of the first which names one."""
    return reduce(both, policies, Policy())


def _within(one: tuple[str, ...] | None, other: tuple[str, ...] | None, narrower: _Narrower) -> tuple[str, ...] | None:
    if one is None or other is None:
        return other if one is None else one
    return tuple(dict.fromkeys(found for a in one for b in other if (found := narrower(a, b)) is not None))


def _ranges_within(one: str, other: str) -> str | None:
    """The smaller of two ranges where one lies in the other: two ranges never overlap otherwise."""
    a, b = ipaddress.IPv4Network(one), ipaddress.IPv4Network(other)
    return one if a.subnet_of(b) else other if b.subnet_of(a) else None


def _folders_within(one: str, other: str) -> str | None:
    a, b = PurePath(one), PurePath(other)
    return one if a.is_relative_to(b) else other if b.is_relative_to(a) else None


def outside(ranges: Sequence[str], space: Sequence[ipaddress.IPv4Network]) -> tuple[ipaddress.IPv4Network, ...]:
    """What of `space` lies in none of `ranges`, as networks in order."""
    left = list(space)
    for text in ranges:
        hole = ipaddress.IPv4Network(text)
        kept: list[ipaddress.IPv4Network] = []
        for network in left:
            if network.subnet_of(hole):
                continue
            kept.extend(network.address_exclude(hole) if hole.subnet_of(network) else (network,))
        left = kept
    return tuple(sorted(left))
