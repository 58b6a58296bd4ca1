"""A device: the observations that belong to one box, and what they say of it besides its maker."""

from __future__ import annotations

from typing import Literal

from camcensus.model.attribution import Evidence, Grade
from camcensus.model.frozen import frozen
from camcensus.model.observation import Observation

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
