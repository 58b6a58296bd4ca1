"""Where a scan may look, how it continues, and what it covered."""

from __future__ import annotations

import re
from typing import Literal

from camcensus.model import frozen
from camcensus.model.words import clean

Pace = Literal["gentle", "normal", "fast"]
CoverageState = Literal["done", "partial", "blocked", "skipped"]


TECHNICAL = re.compile(
    r"vlan|subnet|multicast|broadcast|\boui\b|v?eth(?!ernet\b)|vethernet|bridge|switch|adapter|tunnel",
    re.IGNORECASE,
)
"""Words of network people, which no member of staff is asked to know."""


@frozen
class Interface:
    """A network card of this computer with one of its addresses: `address` is "10.0.0.2/24"."""

    name: str
    address: str
    index: int = 0

    @property
    def network(self) -> str:
        """How observations name it: "eth0 10.0.0.2/24"."""
        return f"{self.name} {self.address}"

    @property
    def words(self) -> str:
        """What a person calls the card: "Network cable" for a name that only the kernel uses, such as "enp3s0".

        A name that is no word of theirs, such as "br0" or "VLAN 20", is "Another network".
        """
        name = clean(self.name)
        if re.fullmatch(r"(?:eth|en[opsx]|em|bond)[0-9a-z]*(?:[.@:].*)?", name):
            return "Network cable"
        if re.fullmatch(r"(?:wl[0-9a-z]+|ath[0-9]+)(?:[.@:].*)?", name):
            return "Wi-Fi"
        plain = re.fullmatch(r"[A-Z][^\W\d_]*(?:[ ’'-][^\W\d_]+)*(?: [0-9]{1,2})?", name)
        return name if plain and not TECHNICAL.search(name) else "Another network"


@frozen
class Scope:
    """Where and how a scan may look; made and checked by `discovery.scope.make_scope`.

    `ranges` are CIDRs that were named. `limit_s` is None for "until replies stop, 15 minutes at most". `exclude` are CIDRs
    that are never sent anything directly; nor is what lies outside `allowed`, the CIDRs that the IT team's policy names (None:
    it names none).
    """

    interfaces: tuple[Interface, ...]
    ranges: tuple[str, ...] = ()
    passive: bool = False
    pace: Pace = "gentle"
    limit_s: float | None = None
    exclude: tuple[str, ...] = ()
    allowed: tuple[str, ...] | None = None


@frozen
class ScanProgress:
    """How far a scan is. `done` of `total` addresses or seconds; `found` hosts answered; `phase` is a short sentence."""

    phase: str
    done: int
    total: int
    found: int


@frozen
class AskedAddress:
    """One address was asked directly: what came of it ("answered", "silent", "refused").

    `network` is the card it was asked on, None beyond a router; `sent` counts connections, questions and datagrams to it.
    """

    address: str
    outcome: Literal["answered", "silent", "refused"]
    network: str | None = None
    sent: int = 0


@frozen(order=True)
class Coverage:
    """What one probe did on one network, counted in datagrams or connections."""

    probe: str
    network: str
    sent: int
    received: int
    state: CoverageState
    reason: str | None = None


@frozen
class Advice:
    """What a search could not see, or what was in its way, and the next step; each a sentence for staff."""

    topic: str
    say: str
    next: str


@frozen(kw_only=True)
class CaptureSummary:
    """What a network capture held. Times are UTC, ISO 8601, ending in Z.

    `spoke` counts the addresses that sent anything, `announced` those that said in a discovery protocol what they are. `short`
    counts the packets of which only the beginning was captured.
    """

    file: str
    first_at: str
    last_at: str
    packets: int
    spoke: int
    announced: int
    stopped_early: bool = False
    short: int = 0


@frozen
class Ran:
    """Who ran a scan (the system's name of the user), on which computer, with which program; None where it is not known."""

    by: str | None = None
    computer: str | None = None
    program: str | None = None


@frozen(kw_only=True)
class ScanRecord:
    """The log entry of one scan. Times are UTC, ISO 8601, ending in Z. `allowed_by` is who allowed it, as typed."""

    id: str
    started_at: str
    ended_at: str
    stopped_early: bool
    knowledge_version: str
    interfaces: tuple[Interface, ...]
    ranges: tuple[str, ...]
    passive: bool
    pace: Pace
    coverage: tuple[Coverage, ...]
    not_covered: tuple[str, ...]
    allowed_by: str | None = None
    simulation: bool = False
    advice: tuple[Advice, ...] = ()
    ran: Ran = Ran()

    @property
    def is_search(self) -> bool:
        """Whether a network was searched; lists, captures and readings with a login are no searches."""
        return bool(self.interfaces or self.ranges)
