"""A device: the observations that belong to one box, and what they say of it besides its maker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from camcensus.model.observation import Observation

KeyKind = Literal["mac", "uuid", "serial", "addr"]
Trust = Literal["strong", "weak"]
DeviceKind = Literal["camera", "recorder", "encoder", "intercom", "software", "other", "unknown"]
State = Literal["able", "on", "off", "unknown"]

COUNTED_KINDS: tuple[DeviceKind, ...] = ("camera", "recorder", "encoder", "unknown")
"""Kinds that get a row in the register by themselves; "other" (printers, NAS) is listed and never counted."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One thing a device can be recognised by.

    `value` by kind: mac "3c:ef:8c:00:00:01" · uuid lower case · serial "<manufacturer>:<serial>" · addr "<network>/<ip>".
    """

    kind: KeyKind
    value: str
    trust: Trust = "strong"

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Device:
    """Observations of one host, sorted, with the keys they give (best first). The key of the device is `keys[0]`."""

    keys: tuple[Key, ...]
    addresses: tuple[str, ...]
    network: str | None
    mac: str | None
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True, order=True)
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


@dataclass(frozen=True, slots=True, order=True)
class Feature:
    """Something that a device says it has, in the words in which it said so (`seen`), and to which question (`probe`)."""

    name: FeatureName
    seen: str
    probe: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a device says of itself, beside who made it. Unknown values are None, never guessed.

    `what` names the thing where `kind` does not ("a printer or scanner"). `claimed_*` is the device's own word.
    `firmware_date` is ISO 8601. Channels count what the recorder reports.
    """

    kind: DeviceKind = "unknown"
    kind_reason: str = ""
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
