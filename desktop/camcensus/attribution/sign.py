"""A sign as far as it is needed to choose between many, and the sign in full."""

from __future__ import annotations

from typing import NamedTuple

from camcensus.model.device import Evidence, Observation
from camcensus.model.knowledge import Fingerprint

SEEN_LIMIT_CHARACTERS = 512
"""Longest part of a matched value kept as `seen`."""

SCOPE_LISTS: tuple[tuple[str, str], ...] = (("wsdiscovery", ""), ("wsdiscovery", "UniviewProbe"), ("onvif.GetScopes", ""))
"""Questions that all get the device's one list of scopes: what is in it is one cause, however often it is read."""


class Sign(NamedTuple):
    """A sign as far as it is needed to choose between many: most are seen in several replies, and one of each is kept.

    `key` is its fingerprint and subject, `question` what it answered, `arrival` orders signs of one question: strength (as it
    happens, "conclusive" < "strong" < "weak"), what was seen, when, and the reply. `place` is which of SCOPE_LISTS it was read
    in; None for another reply, and for what the answer's envelope shows.
    """

    key: tuple[str, str]
    question: tuple[str, str]
    arrival: tuple[str, str, str, str]
    place: int | None
    made: Evidence | tuple[Fingerprint, Observation, str, str | None]

    def evidence(self) -> Evidence:
        """The sign in full."""
        if isinstance(self.made, Evidence):
            return self.made
        fingerprint, observation, probe, ask = self.made
        return Evidence(
            fingerprint.id, probe, observation.id, fingerprint.family, fingerprint.group, fingerprint.role, fingerprint.subject,
            fingerprint.strength, self.arrival[1], fingerprint.why, fingerprint.source, fingerprint.verified, False,
            observation.at, True, ask, fingerprint.subjects,
        )  # fmt: skip


def make_sign(sign: Evidence) -> Sign:
    """A sign that is made in full at once."""
    arrival = (sign.strength, sign.seen, sign.at or "", sign.reply)
    question = (sign.probe, sign.ask or "")
    return Sign((sign.fingerprint, sign.subject), question, arrival, _place(question, sign.group), sign)


def sign_of(fingerprint: Fingerprint, observation: Observation, seen: str, *, probe: str, ask: str | None) -> Sign:
    """The sign of a fingerprint that was found in `seen`."""
    question = (probe, ask or "")
    return Sign(
        (fingerprint.id, fingerprint.subject), question, (fingerprint.strength, seen, observation.at, observation.id),
        _place(question, fingerprint.group), (fingerprint, observation, probe, ask),
    )  # fmt: skip


def _place(question: tuple[str, str], group: str) -> int | None:
    place = _SCOPE_PLACES.get(question)
    return place if place is not None and group not in ("soap", "protocol") else None


_SCOPE_PLACES = {question: place for place, question in enumerate(SCOPE_LISTS)}


def question_of(observation: Observation) -> str | None:
    """What was asked, None for the plain first question. Uniview's own discovery question shows in the answer's action."""
    if observation.ask is None and observation.reading.first("wsd.action") == "UniviewProbeMatches":
        return "UniviewProbe"
    return observation.ask
