"""The IT team's policy, applied: every search, every login and every file that is written for people comes by here.

It tightens what this program allows by itself. It keeps people from doing by mistake what IT does not want; it is no lock.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from ipaddress import IPv4Network, collapse_addresses
from pathlib import Path

from camcensus.discovery.scope import LOOPBACK, network_of
from camcensus.model.errors import PolicyError, ScopeError, shown
from camcensus.model.policy import GIVEN, PACES, Given, Policy
from camcensus.model.scan import Interface, Pace, Scope
from camcensus.model.words import clean
from camcensus.store.policy_file import read_in_force

GIVEN_WORDS: dict[Given, str] = {
    "auditor": "a copy for auditors",
    "supplier": "an edition for suppliers",
    "public": "an edition for the public",
    "backup": "an encrypted copy",
}


def policy_in_force() -> Policy:
    """What IT allows on this computer, read anew. Never raises: where it cannot be read, its `problem` says so."""
    return read_in_force()


def bounded(scope: Scope, policy: Policy, named: Iterable[str] = ()) -> Scope:
    """The scope as far as the policy allows it. Doing it twice changes nothing.

    Network cards outside the allowed ranges are left out, and are an error where they were `named` or none is left; a range
    outside them, a pace that is not allowed, and anything but listening where only that is allowed are errors too.
    Raises ScopeError, one sentence that says who set it.
    """
    if policy.problem:
        raise ScopeError(policy.problem)
    if policy.passive_only and not scope.passive:
        raise ScopeError(f"Only listening is allowed here (--passive), so nothing was sent. {policy.who}")
    if not scope.passive and scope.pace not in policy.paces:
        allowed = " and ".join(policy.paces) or "none"
        raise ScopeError(f"The pace “{scope.pace}” is not allowed here, only {allowed}. {policy.who}")
    exclude = tuple(dict.fromkeys((*scope.exclude, *policy.never_ask)))
    if policy.allowed_ranges is None:
        return replace(scope, exclude=exclude)
    for text in scope.ranges:
        if not _is_allowed(IPv4Network(text), policy):
            raise ScopeError(f"{text} is outside the ranges that may be searched here ({_ranges(policy)}). {policy.who}")
    cards = tuple(card for card in scope.interfaces if may_search(card, policy))
    wanted = set(named)
    for card in scope.interfaces:
        if card not in cards and wanted & {card.name, card.address, card.address.split("/")[0]}:
            raise ScopeError(_outside(card, policy))
    if not cards and not scope.ranges:
        raise ScopeError(
            _outside(scope.interfaces[0], policy)
            if len(scope.interfaces) == 1
            else f"No network of this computer is in the ranges that may be searched here ({_ranges(policy)}). {policy.who}"
        )
    return replace(scope, interfaces=cards, exclude=exclude, allowed=policy.allowed_ranges)


def may_search(card: Interface, policy: Policy) -> bool:
    """Whether the whole network of a card may be searched: a question to all reaches each device on it."""
    return policy.allowed_ranges is None or _is_allowed(network_of(card), policy)


def why_no_search(policy: Policy) -> str:
    """Why nothing at all may be searched, as a sentence; "" where something may."""
    if policy.problem:
        return policy.problem
    if policy.allowed_ranges == ():
        return f"No search is allowed on this computer. {policy.who}"
    return ""


def usual_pace(policy: Policy, wanted: Pace | None = None) -> Pace:
    """The pace to search at where none is named: what a person chose, else the slowest that is allowed."""
    if wanted is not None and wanted in policy.paces:
        return wanted
    return policy.usual_pace or "gentle"


def is_simulation(scope: Scope) -> bool:
    """Whether a search stays on this computer itself, as that of the demonstration does: no policy is about that."""
    networks = [network_of(card) for card in scope.interfaces] + [IPv4Network(text) for text in scope.ranges]
    return all(network.subnet_of(LOOPBACK) for network in networks)


def why_no_login(policy: Policy) -> str:
    """Why no login may be used, as a sentence; "" where one may."""
    if policy.problem:
        return policy.problem
    if policy.logins and policy.paces and not policy.passive_only:
        return ""
    return f"Logins are not used on this computer. {policy.who}"


def refuse_login(policy: Policy) -> None:
    """Raises ScopeError where no login may be used."""
    why = why_no_login(policy)
    if why:
        raise ScopeError(why)


def why_not_for(audience: str, policy: Policy) -> str:
    """Why nothing may be made for these readers, as a sentence; "" where it may, as it always may for "internal"."""
    given = next((one for one in GIVEN if one == audience), None)
    if given is None or given in policy.for_others:
        return ""
    return f"On this computer {GIVEN_WORDS[given]} is not made. {policy.who}"


def refuse_audience(audience: str, policy: Policy | None = None) -> None:
    """Raises PolicyError where nothing may be made for these readers."""
    why = why_not_for(audience, policy or policy_in_force())
    if why:
        raise PolicyError(why)


def refuse_folder(path: Path, policy: Policy | None = None) -> None:
    """Raises PolicyError where the file may not be saved at `path`."""
    why = why_not_kept_there(path, policy)
    if why:
        raise PolicyError(why)


def why_not_kept_there(path: Path, policy: Policy | None = None) -> str:
    """Why a file may not be saved at `path`, as a sentence; "" where it may. Drafts in our own temporary folders always may."""
    policy = policy or policy_in_force()
    if policy.folders is None:
        return ""
    here = Path(os.path.realpath(path))
    if any(here.is_relative_to(Path(folder).resolve()) for folder in policy.folders):
        return ""
    temporary = Path(tempfile.gettempdir()).resolve()
    if any(one.parent == temporary and one.name.startswith("camcensus-") for one in here.parents):
        return ""
    folders = ", ".join(clean(folder, 120) for folder in policy.folders) or "no folder at all"
    return f"“{shown(path)}” is not kept in that folder, only in: {folders}. {policy.who}"


def limits(policy: Policy) -> tuple[tuple[str, str], ...]:
    """What is set, as (what, sentence), in the order in which people read it; empty without a policy."""
    if not policy.is_set:
        return ()
    if policy.problem:
        return (("Cannot be used", policy.problem),)
    said: list[tuple[str, str]] = []
    if policy.allowed_ranges is not None:
        said.append(("Where a search may look", ", ".join(policy.allowed_ranges) or "Nowhere: no search is allowed."))
    if policy.never_ask:
        said.append(("Never asked", ", ".join(policy.never_ask)))
    if policy.passive_only:
        said.append(("How", "Only listening; nothing is sent."))
    elif policy.paces != PACES:
        said.append(("Pace", ", ".join(policy.paces).capitalize() + " only." if policy.paces else "None."))
    if not policy.logins:
        said.append(("Logins", "Not used."))
    if not policy.name_user:
        said.append(("Who ran a search", "Not recorded."))
    if policy.folders is not None:
        said.append(("Where files may be kept", ", ".join(policy.folders) or "Nowhere."))
    if policy.for_others != GIVEN:
        missing = [GIVEN_WORDS[given].partition(" ")[2] for given in GIVEN if given not in policy.for_others]
        said.append(("Not made here", ", ".join(missing).capitalize() + "."))
    said = said or [("Limits", "None.")]
    if policy.contact:
        said.append(("Whom to ask", policy.contact))
    said.append(("Read from", ", ".join(clean(name, 160) for name in policy.files)))
    return tuple(said)


def _is_allowed(network: IPv4Network, policy: Policy) -> bool:
    whole = collapse_addresses(IPv4Network(text) for text in policy.allowed_ranges or ())
    return any(network.subnet_of(one) for one in whole)


def _outside(card: Interface, policy: Policy) -> str:
    return (
        f"{network_of(card)}, the network of {clean(card.address.split('/')[0])}, is outside the ranges that may be searched "
        f"here ({_ranges(policy)}). {policy.who}"
    )


def _ranges(policy: Policy) -> str:
    return ", ".join(policy.allowed_ranges or ()) or "none"


def policy_document(policy: Policy) -> dict[str, object]:
    """The policy as JSON; null means no limit."""
    return {
        "contact": policy.contact or None,
        "search": {
            "allowed_ranges": _list(policy.allowed_ranges),
            "never_ask": list(policy.never_ask),
            "paces": list(policy.paces),
            "passive_only": policy.passive_only,
            "logins": policy.logins,
            "name_user": policy.name_user,
        },
        "files": {"folders": _list(policy.folders), "for_others": list(policy.for_others)},
        "read_from": list(policy.files),
        "problem": policy.problem or None,
    }


def _list(entries: tuple[str, ...] | None) -> list[str] | None:
    return None if entries is None else list(entries)
