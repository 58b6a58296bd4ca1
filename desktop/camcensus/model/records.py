"""What is on record about models: flaws, what they can do, ends of support, and what could replace them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Capability = Literal[
    "face-detection",
    "face-recognition",
    "face-attributes",
    "gender-age",
    "emotion",
    "ethnicity",
    "skin-colour",
    "mask",
    "behaviour",
    "fight",
    "person-tracking",
    "people-counting",
    "crowd",
    "number-plate",
    "audio",
    "temperature",
]
"""What a model can do. Source: the outside contract, capabilities."""

CAPABILITIES: tuple[Capability, ...] = get_args(Capability)


@dataclass(frozen=True, slots=True)
class Affected:
    """One range of devices that a source says a flaw is in: these models with this firmware.

    `models` are regular expressions, searched in the model a device or person gives; empty where the source names no model
    that can be told from a name: any model may be meant. Bounds are None where the source states none. `built_from` and
    `built_until` include their day, `built_before` does not (ISO dates of the firmware's build). `version_from` and
    `version_until` include their version, `version_before` does not; digits and dots only ("5.4.4", "1.0.5.185"), compared
    number by number with the numbers of the device's version, whatever stands between those ("1.0.5-0185").
    `every_firmware` is True where the source says all firmware. `certain` is False where firmware inside the bounds can be
    free of the flaw (a maker with several patched branches, a build the version does not show).
    """

    models: tuple[str, ...] = ()
    built_from: str | None = None
    built_until: str | None = None
    built_before: str | None = None
    version_from: str | None = None
    version_until: str | None = None
    version_before: str | None = None
    every_firmware: bool = False
    certain: bool = True

    @property
    def states_firmware(self) -> bool:
        """True where the source says which firmware is meant, in a form that can be compared."""
        bounds = (self.built_from, self.built_until, self.built_before)
        return self.every_firmware or any((*bounds, self.version_from, self.version_until, self.version_before))


@dataclass(frozen=True, slots=True)
class Advisory:
    """A published flaw. `id` is the CVE number, or an id of ours where none was given.

    It is about devices of `manufacturer` (a company id) whatever name they carry, and, where `brand` is set, about devices
    that carry that brand whoever made them. How it applies to a device:

    - yes: one of `affected` names its model, states its firmware in comparable form, holds the device's build date or
      version inside the bounds (or is `every_firmware`), and is `certain`;
    - no: `models_complete`, it carries a brand of its maker's own (relabels have other model names), its model is known, and
      no pattern of any `affected` matches; or its firmware is known and outside the bounds of every range that may mean its
      model;
    - maybe: everything else. An advisory that is not `verified` is never more than maybe.

    `models_said` and `firmware_said` keep the source's own words (quoted text, to be marked as such). `models_complete` is
    False where the source goes on ("and more", "many"). `software` is True where it is about a program for a PC or server,
    a phone app or a cloud service, not about the firmware of a camera or recorder. `exploited` means that attacks are known;
    `exploited_listed` is when it was listed as such, `exploited_as_of` the date of the catalogue that was looked at.
    `summary` and `fixed_in` are our words.
    """

    id: str
    manufacturer: str
    title: str
    summary: str
    source: str
    verified: bool
    brand: str | None = None
    affected: tuple[Affected, ...] = ()
    models_complete: bool = False
    models_said: str = ""
    firmware_said: str = ""
    fixed_in: str = ""
    software: bool = False
    cvss: float | None = None
    cvss_version: str | None = None
    exploited: bool = False
    exploited_listed: str | None = None
    exploited_as_of: str | None = None


@dataclass(frozen=True, slots=True)
class CapabilityClaim:
    """A dated claim that models can do something. It says able, never on: whether it is used only the device can tell.

    `models` is a regular expression for the model; None where the source speaks of a range or a program that no model name
    tells (`models_said` has its words): such a claim is shown on the maker's page and says nothing about one device.
    """

    manufacturer: str
    capability: Capability
    models: str | None
    models_said: str
    how: str
    source: str
    verified: bool
    brand: str | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    """A maker's product line that somebody may look at instead, with what is stated about it. No recommendation, no price."""

    manufacturer: str
    product_line: str
    country: str
    statement: str
    note: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class EndOfLife:
    """When models were last sold or supported. `models` is a regular expression, None where the source tells a policy."""

    manufacturer: str
    models: str | None
    models_said: str
    end_of_sale: str | None
    end_of_support: str | None
    note: str
    source: str
    verified: bool
