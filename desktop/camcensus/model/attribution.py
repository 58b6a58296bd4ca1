"""Who made it: the answer, how sure, and the signs for and against."""

from __future__ import annotations

from typing import Literal

from camcensus.model.frozen import frozen

Family = Literal["does", "says"]
Group = Literal[
    "protocol", "soap", "scope-skeleton", "auth", "web", "rtsp", "serial", "firmware", "tls", "claim", "mac", "person"
]
Role = Literal["manufacturer", "brand", "kind", "component", "model"]
Strength = Literal["conclusive", "strong", "weak"]
Grade = Literal["confirmed", "almost-certain", "likely", "possible", "conflicting", "unknown"]

GRADES: tuple[Grade, ...] = ("confirmed", "almost-certain", "likely", "possible", "conflicting", "unknown")
NAMED_GRADES: tuple[Grade, ...] = ("confirmed", "almost-certain", "likely")
"""Grades that name a manufacturer firmly enough to carry a listing."""


@frozen(order=True)
class Evidence:
    """One sign: a fingerprint that matched in one reply.

    `subject` is a manufacturer id, brand id, kind or component, by `role`; "" where several makers share the sign: `subjects`
    then holds their ids. `reply` is the observation's id (signs in one
    reply are not independent). `seen` is the matched text as sent; `why` is one sentence for a layperson. `supports` is about
    the answer that is given to what its role speaks of: False where the sign speaks for another maker, or for another brand
    than the one that is named. `ask` is the question's request line, None for the plain first question of the probe.
    """

    fingerprint: str
    probe: str
    reply: str
    family: Family
    group: Group
    role: Role
    subject: str
    strength: Strength
    seen: str
    why: str
    source: str
    verified: bool = True
    exclusive: bool = False
    at: str | None = None
    supports: bool = True
    ask: str | None = None
    subjects: tuple[str, ...] = ()

    @property
    def read_on_it(self) -> bool:
        """Whether a person read it on the device or in its papers, and not on another one of the same brand and model."""
        return self.probe == "person" and not self.fingerprint.startswith("person.alike.")


@frozen
class Attribution:
    """The manufacturer (or None), the brand on the box (or None), the grade, and the signs, sorted.

    `candidates` holds the manufacturer ids that the signs speak for, best first; for "conflicting" all of them. A "possible"
    maker is named where weak signs bear each other out; else it is only a candidate.
    """

    manufacturer: str | None
    brand: str | None
    grade: Grade
    candidates: tuple[str, ...]
    supports: tuple[Evidence, ...]
    against: tuple[Evidence, ...]
    other: tuple[Evidence, ...]
    reason: str
    knowledge_version: str

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All signs: for, against, and those about kind, component or model."""
        return self.supports + self.against + self.other
