"""What was seen, with its raw bytes. Kept and never edited; everything concluded is recomputed from it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Literal

from camcensus.model.frozen import frozen

RAW_LIMIT_BYTES = 96 * 1024
"""Longest reply kept whole; a longer one is cut here and marked. Source: the capture file's contract."""

EMPTY_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType({})

ReadingState = Literal["read", "unread", "broken"]


@frozen
class Reading:
    """What a codec read in one reply.

    `fields` maps a field name (`wire/fields.py`) to its values in the order sent. `state` is
    "unread" where no codec for the probe exists yet and "broken" where the reply breaks its protocol (`problem` says how).
    """

    state: ReadingState = "unread"
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: EMPTY_FIELDS)
    codec: str = ""
    problem: str | None = None

    def first(self, name: str) -> str | None:
        """The first non-empty value of a field, or None."""
        return next((value for value in self.fields.get(name, ()) if value), None)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field, in the order sent; empty when it was not sent."""
        return self.fields.get(name, ())


UNREAD = Reading()


@frozen(kw_only=True)
class Observation:
    """One reply of one host to one question, or one fact about it (a neighbour line, a person's reading of the label).

    `at` is UTC, ISO 8601, ending in Z. `raw` is what the host sent, at most RAW_LIMIT_BYTES (`cut` where it stopped there).
    `mac` is what the neighbour table says of the address, lower case with colons. `ask` is the request line, None for the
    plain first question. Source: capture file of the outside contract.
    """

    probe: str
    address: str
    at: str
    raw: bytes = b""
    ask: str | None = None
    network: str | None = None
    port: int | None = None
    mac: str | None = None
    cut: bool = False
    reading: Reading = UNREAD
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    def known_as(self, identity: str) -> Observation:
        """Itself, with the id under which it was kept, so that it need not be worked out again."""
        object.__setattr__(self, "_id", identity)
        return self

    @property
    def id(self) -> str:
        """32 hexadecimal digits that depend on all that was seen and when, not on how it was read."""
        if self._id is not None:
            return self._id
        parts = (self.probe, self.ask, self.network, self.address, self.port, self.mac, self.at, self.cut)
        digest = hashlib.sha256(repr(parts).encode() + b"\0" + self.raw)
        object.__setattr__(self, "_id", digest.hexdigest()[:32])
        return self.id
