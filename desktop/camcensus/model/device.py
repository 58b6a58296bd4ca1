"""A device: the observations that belong to one box, and what they say of it besides its maker."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Literal, get_args

from camcensus.model import frozen
from camcensus.model.records import Capability, ClaimKind, ProductType

# A verdict: everything concluded about one device, its kind, its maker, and what is on record about that maker.

# Who made it: the answer, how sure, and the signs for and against.

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


Applies = Literal["yes", "maybe", "no"]
CareKind = Literal[
    "exploited-flaw", "never-set-up", "known-flaw", "support-ended", "maker-to-check", "flaw-to-check", "model-to-check",
    "old-firmware",
    "sale-ended",
]  # fmt: skip
"""What about a device needs somebody to act, the most urgent first."""

CARE_KINDS: tuple[CareKind, ...] = get_args(CareKind)
URGENT: tuple[CareKind, ...] = ("exploited-flaw", "never-set-up")
"""What cannot wait for a replacement."""
FLAWS: tuple[CareKind, ...] = ("exploited-flaw", "known-flaw")
"""What says that a published flaw is in a device."""
DOUBTS: tuple[CareKind, ...] = ("flaw-to-check", "model-to-check")
"""What somebody has to look up before anything can be said."""


@frozen(order=True)
class Finding:
    """A listing that applies to a device, through the ownership path `path` (manufacturer ids, the device's own first).

    `may` is True where the maker is only possible: the window then says "May be listed – check".
    """

    list: str
    manufacturer: str
    path: tuple[str, ...]
    may: bool


@frozen
class SeatFinding:
    """That the maker's legal seat is in a country that a statement speaks of without naming companies; our reading of it.

    `source` says where the company is based, `reading` is the id of the statement. `may`: the maker is only possible.
    """

    manufacturer: str
    country: str
    source: str
    reading: str
    may: bool


@frozen
class AdvisoryFinding:
    """A published flaw, and whether it is in this device as far as its answers tell; `why` is one sentence.

    `known_exploited` is True where attacks with it are known. `product_type` is the kind of product that the answer is about,
    `fixed_in` says what mends it, "" where the record does not.
    """

    id: str
    applies: Applies
    known_exploited: bool
    why: str
    product_type: ProductType = "camera"
    fixed_in: str = ""


@frozen
class CareFinding:
    """Something about one device that somebody should act on: what it is, why we say so, and what mends it, a sentence each.

    `since` is the date that it is about (ISO 8601, a year or month alone is allowed), `source` the id of the text that says so,
    None for what the device itself says. `flaws` are the ids of the published flaws that it sums up.
    """

    kind: CareKind
    why: str
    mend: str
    since: str | None = None
    source: str | None = None
    flaws: tuple[str, ...] = ()


@frozen
class CapabilityFinding:
    """What is known of one capability of a device. `seen` is the name in its own answer, or the models a page speaks of.

    The state is "able" only by the device's or the maker's word. It stays "unknown" where the maker's text says "one of" or
    lists none (`claim`), and where somebody else says so (`said_by` "other", `who` names them): a reason is then known.
    """

    capability: Capability
    state: State
    seen: str | None
    source: str
    said_by: Literal["device", "maker", "other"]
    claim: ClaimKind = "able"
    who: str = ""


@frozen
class Verdict:
    """All that is concluded about one device, under one knowledge version.

    `capabilities` holds those of which something is known; of the others nothing is, which is not that they are absent. `care`
    is what to act on, the most urgent first.
    """

    device: Device
    description: Description
    attribution: Attribution
    findings: tuple[Finding, ...]
    advisories: tuple[AdvisoryFinding, ...] = ()
    capabilities: tuple[CapabilityFinding, ...] = ()
    seat: SeatFinding | None = None
    care: tuple[CareFinding, ...] = ()


# What was seen, with its raw bytes. Kept and never edited; everything concluded is recomputed from it.

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


KeyKind = Literal["mac", "uuid", "serial", "addr"]
Trust = Literal["strong", "weak"]
DeviceKind = Literal[
    "camera", "recorder", "camera-or-recorder", "encoder", "intercom", "access-terminal", "switch", "software", "screen",
    "other", "unknown",
]  # fmt: skip
State = Literal["able", "on", "off", "unknown"]

COUNTED_KINDS: tuple[DeviceKind, ...] = ("camera", "recorder", "encoder")
"""Kinds that a count "at least" takes."""
MAY_BE_CAMERAS: tuple[DeviceKind, ...] = ("camera-or-recorder", "unknown")
"""Kinds that a count "at most" adds: "May be a camera" in every list, and always one to check."""
DOOR_KINDS: tuple[DeviceKind, ...] = ("intercom", "access-terminal")
"""Door stations and terminals: a column of their own, beside the cameras."""
WATCHED_KINDS: tuple[DeviceKind, ...] = COUNTED_KINDS + MAY_BE_CAMERAS + DOOR_KINDS
"""Kinds that get an entry in the register by themselves; the others are listed and never counted."""

_REGISTERED: dict[DeviceKind, DeviceKind] = {
    "camera-or-recorder": "unknown", "access-terminal": "intercom", "switch": "other", "screen": "other",
}  # fmt: skip


def may_be_camera(kind: DeviceKind) -> bool:
    """Whether a kind is counted as "May be a camera"."""
    return kind in MAY_BE_CAMERAS


def is_watched(kind: DeviceKind) -> bool:
    """Whether a kind gets an entry in the register by itself."""
    return kind in WATCHED_KINDS


def register_kind(kind: DeviceKind) -> DeviceKind:
    """The kind of a register entry for a kind that was identified: the register and the exchange file know seven."""
    return _REGISTERED.get(kind, kind)


@frozen(order=True)
class Key:
    """One thing a device can be recognised by.

    `value` by kind: mac "3c:ef:8c:00:00:01" · uuid lower case · serial "<manufacturer>:<serial>" · addr "<network>/<ip>".
    """

    kind: KeyKind
    value: str
    trust: Trust = "strong"

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@frozen
class Device:
    """Observations of one host, sorted, with the keys they give (best first). The key of the device is `keys[0]`."""

    keys: tuple[Key, ...]
    addresses: tuple[str, ...]
    network: str | None
    mac: str | None
    observations: tuple[Observation, ...]


@frozen(order=True)
class ReportedChannel:
    """A camera behind a recorder, as the recorder reports it: its word, not the camera's own. What it leaves out is None.

    `manufacturer` is how the recorder speaks to it ("HIKVISION", "ONVIF"). `address` may lie on the recorder's own network.
    `analogue` is True for a camera that is plugged into the recorder by its own cable and has no network.
    """

    number: int
    name: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    serial: str | None = None
    firmware: str | None = None
    address: str | None = None
    analogue: bool = False


FeatureName = Literal["ptz", "audio", "thermal", "storage"]


@frozen(order=True)
class Feature:
    """Something that a device says it has, in the words in which it said so (`seen`), and to which question (`probe`)."""

    name: FeatureName
    seen: str
    probe: str


@frozen
class Description:
    """What a device says of itself, beside who made it. Unknown values are None, never guessed.

    `kind_grade` is how sure the kind is; `kind_evidence` has the signs for it first, then those against it (`supports` False).
    `what` names the thing where `kind` does not ("a printer or scanner"). `claimed_*` is the device's own word.
    `firmware_date` is ISO 8601. Channels count what the recorder reports.
    """

    kind: DeviceKind = "unknown"
    kind_reason: str = ""
    kind_grade: Grade = "unknown"
    kind_evidence: tuple[Evidence, ...] = ()
    what: str | None = None
    claimed_manufacturer: str | None = None
    claimed_model: str | None = None
    model: str | None = None
    serial: str | None = None
    firmware: str | None = None
    firmware_date: str | None = None
    name: str | None = None
    channels_analogue: int | None = None
    channels_digital: int | None = None
    activated: bool | None = None
    cloud_state: State = "unknown"
    cloud_seen: str | None = None
    probes_answered: tuple[str, ...] = ()
    probes_unread: tuple[str, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    reported_channels: tuple[ReportedChannel, ...] = ()
    features: tuple[Feature, ...] = ()
