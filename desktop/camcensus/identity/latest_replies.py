"""The latest replies to each question, from which a device's answer is drawn. Older ones stay saved, for its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from camcensus.identity.shared import is_tcp_probe
from camcensus.model.device import Observation

SEARCHES = 8
"""To each question the replies of so many searches count, the newest that brought any.

Many replies differ each time (a clock, a nonce), so without a limit an answer rests on more with each search, and takes longer.
Two would do for what a device is today. Eight outlast a bad week: a device that refuses what it told before, asked each day,
and a new firmware still says so well within a year of monthly searches. It is searches that count, not replies, because one
search gets several different replies to one question (SSDP, mDNS), and all of them belong to what the device said then.
"""

ALWAYS = frozenset({"person", "list"})
"""Probes that no search asks: what a person read and what a list has stays said."""


class ReplyDigest(NamedTuple):
    """What of an observation decides whether it counts: no bytes, nothing read. `digest` is of its bytes.

    `search` is the id of the search that saw it, or a day where none did.
    """

    id: str
    search: str
    probe: str
    ask: str | None
    network: str | None
    address: str
    port: int | None
    mac: str | None
    at: str
    digest: str
    state: str


def told(one: Observation, digest: str, search: str | None) -> ReplyDigest:
    """The same of an observation in hand."""
    return ReplyDigest(
        one.id, search or one.at[:10], one.probe, one.ask, one.network, one.address, one.port, one.mac, one.at, digest,
        one.reading.state,
    )  # fmt: skip


def newest(seen: Iterable[ReplyDigest]) -> list[ReplyDigest]:
    """Those of one device that count, oldest first; the same for any order of them.

    Of replies with the same bytes to one question the newest, and of those the ones of the newest SEARCHES. A question is what
    was asked, at one TCP port (over UDP a device may answer from any port). A reply that breaks its protocol takes no place
    from one that was read. So a device that answers fewer questions, or worse, keeps what it told before.
    """
    alike: dict[tuple[Question, str | None, str, str | None, str], ReplyDigest] = {}
    for one in seen:
        key = (question_of(one), one.network, one.address, one.mac, one.digest)
        held = alike.get(key)
        if held is None or (one.at, one.id) > (held.at, held.id):
            alike[key] = one
    times: dict[Question, dict[str, str]] = defaultdict(dict)
    for (question, *_), one in alike.items():
        times[question][one.search] = max(one.at, times[question].get(one.search, ""))
    count = {question: _last(searches) for question, searches in times.items()}
    counting = [one for (question, *_), one in alike.items() if one.probe in ALWAYS or one.search in count[question]]
    return sorted(counting, key=lambda one: (one.at, one.id))


def _last(searches: dict[str, str]) -> frozenset[str]:
    """The newest of some searches, given when each brought its last reply."""
    return frozenset(sorted(searches, key=lambda search: (searches[search], search))[-SEARCHES:])


Question = tuple[str, str | None, int | None, str]


def question_of(one: ReplyDigest) -> Question:
    """What a reply answers, and how well it was read."""
    return one.probe, one.ask, one.port if is_tcp_probe(one.probe) else None, one.state
