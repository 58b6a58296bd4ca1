"""What is on record about models: flaws, what they can do, ends of support, and what could replace them."""

from __future__ import annotations

from typing import Literal, get_args

from camcensus.model import frozen

Capability = Literal[
    "face-detection",
    "face-recognition",
    "face-attributes",
    "gender-age",
    "emotion",
    "ethnicity",
    "skin-colour",
    "mask",
    "person-vehicle",
    "line-crossing",
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

ClaimKind = Literal["able", "one-of", "none"]
"""What a claim says of its capabilities: all of them, one of them at a time or by variant, or that none is listed."""

ProductType = Literal["camera", "recorder", "encoder", "intercom", "access-terminal", "switch", "storage", "software"]
"""What kind of product a published flaw is in; "software" is a program for a PC or server, a phone app or a cloud service."""


@frozen
class Affected:
    """One range of devices that a source says a flaw is in: these models with this firmware.

    `models` are regular expressions, searched in the model a device or person gives; "." where the source means all models of
    the maker, empty where it names none that can be told from a name: any may be meant. `kind` is set where the advisory is
    about products of several kinds and this range about one of them. `firmware` is a regular expression, searched in the
    firmware a device gives: the range is about firmware in which it is found and no other (a version that numbers cannot
    order, a build for one board); a device whose firmware is known and lacks it is outside. Bounds are None where the source
    states none.
    `built_from` and `built_until` include their day, `built_before` does not (ISO dates of the firmware's build).
    `version_from` and `version_until` include their version, `version_before` does not; digits and dots only ("5.4.4",
    "1.0.5.185"), compared number by number with the numbers of the device's version, whatever is between ("1.0.5-0185").
    "Before V5.7.13 build 230822" is two ranges: before version 5.7.13, and version 5.7.13 built before that day. A maker who
    mends several branches of its firmware has a range for each branch. `every_firmware` is True where the source says all
    firmware, or names none and says that none is mended. `certain` is False where firmware inside the bounds can be free of
    the flaw (a build the version does not show), or a model that fits can be another.
    """

    models: tuple[str, ...] = ()
    kind: ProductType | None = None
    firmware: str | None = None
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
        bounds = (self.firmware, self.built_from, self.built_until, self.built_before)
        return self.every_firmware or any((*bounds, self.version_from, self.version_until, self.version_before))


@frozen
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

    It says nothing at all about a device of a kind that is not among `product_types`, and a range with a `kind` nothing about
    another kind.

    `models_said` and `firmware_said` keep the source's own words (quoted text, to be marked as such). `models_complete` is
    False where the source continues ("and more", "many"). `published` is the day of the record. `exploited` means that
    attacks are known; `exploited_listed` is when it was listed as such, `exploited_as_of` the date of the catalogue that was
    looked at. `title`, `summary` and `fixed_in` are our words; `fixed_in` says what mends it, empty where no source says.
    """

    id: str
    manufacturer: str
    title: str
    summary: str
    source: str
    verified: bool
    product_types: tuple[ProductType, ...]
    brand: str | None = None
    affected: tuple[Affected, ...] = ()
    models_complete: bool = False
    models_said: str = ""
    firmware_said: str = ""
    fixed_in: str = ""
    published: str | None = None
    cvss: float | None = None
    cvss_version: str | None = None
    exploited: bool = False
    exploited_listed: str | None = None
    exploited_as_of: str | None = None

    @property
    def is_software(self) -> bool:
        """True where it is about programs only, never about a device."""
        return self.product_types == ("software",)


@frozen
class CapabilityClaim:
    """What one source says that models can do. Never that it is on: whether it is used only the device can tell.

    By `kind`: "able", every model meant can do each of `capabilities`; "one-of", a model does one of them at a time, or by its
    variant or licence; "none", the maker's own text was read and lists none of `capabilities`, which does not say
    that they are absent. `models` is a regular expression for the model; None where the source speaks of a
    range or a program that no model name identifies (`models_said` has its words): such a claim is shown on the maker's page
    and says nothing about one device. `said_by` is "" where the maker says so itself, else who does.
    """

    manufacturer: str
    kind: ClaimKind
    capabilities: tuple[Capability, ...]
    models: str | None
    models_said: str
    how: str
    source: str
    verified: bool
    said_by: str = ""
    brand: str | None = None


@frozen
class Replacement:
    """A maker's product line that somebody may look at instead, with what is stated about it. No recommendation, no price."""

    manufacturer: str
    product_line: str
    country: str
    statement: str
    note: str
    source: str
    verified: bool


@frozen
class FlawSearch:
    """The day when records of flaws in one maker's devices were last looked for; `not_held` are those nobody has read yet."""

    manufacturer: str
    looked_at: str
    not_held: tuple[str, ...] = ()


@frozen
class EndOfLife:
    """When models were last sold or supported. `models` is a regular expression, None where the source tells a policy.

    `at_the_latest` is True where the source says that it had ended by then, not when.
    """

    manufacturer: str
    models: str | None
    models_said: str
    end_of_sale: str | None
    end_of_support: str | None
    note: str
    source: str
    verified: bool
    at_the_latest: bool = False
