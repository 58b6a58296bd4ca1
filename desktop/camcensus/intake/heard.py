"""Replies in a network capture, gathered while its packets go by: each once, within bounds, with the device that sent it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_address

from camcensus.intake.cards import Cards
from camcensus.model.device import RAW_LIMIT_BYTES, Observation
from camcensus.wire.read import read, redact

REPLIES_LIMIT = 50_000
KEPT_LIMIT_BYTES = 64 << 20
"""Of all replies together, as of a capture that a search wrote."""
REPLIES_OF_ONE = 64
"""Of one address in one protocol, as in a search."""
BYTES_OF_ONE = 1 << 20
SENDERS_LIMIT = 5_000
REQUEST_LIMIT_BYTES = 2048
"""Of a DHCP request: it is one packet."""
REPEATS_LIMIT = 400_000
"""Replies that are known to have come before; after so many they are looked at anew."""

_BYE = "Bye"

FULL = "The capture holds more than {}; what came after was not read."


@dataclass(slots=True)
class _Kept:
    """A reply, who gave it, and when it came last."""

    observation: Observation
    address: bytes
    mac: bytes
    at_ns: int


class Heard:
    """Gathers replies: each once, as of when it came last. `problem` is what did not fit, one sentence; "" where all did."""

    def __init__(self, cards: Cards, latest: datetime) -> None:
        self._cards = cards
        self._latest_ns = int(latest.timestamp()) * 1_000_000_000
        self._repeats: dict[tuple[str, bytes, bytes, int, int], _Kept | None] = {}
        self._told: dict[bytes, _Kept] = {}
        self._counts: Counter[tuple[str, bytes]] = Counter()
        self._bytes_of: Counter[bytes] = Counter()
        self._bytes = 0
        self._kept: list[_Kept] = []
        self._waiting: dict[bytes, Observation] = {}
        self.problem = ""
        self.announced: set[bytes] = set()

    @property
    def found(self) -> int:
        """Addresses that something was kept of."""
        return len(self._bytes_of)

    def take(
        self, probe: str, address: bytes, port: int | None, mac: bytes, at_ns: int, raw: bytes, *, announces: bool = False,
    ) -> bool:  # fmt: skip
        """One reply; whether it is one. What breaks its protocol (a question, say) is none."""
        repeat = (probe, address, mac, port or 0, hash(raw))
        if repeat in self._repeats:
            known = self._repeats[repeat]
            if known is not None:
                known.at_ns = max(known.at_ns, at_ns)
            return True
        if self._counts[probe, address] >= REPLIES_OF_ONE or self._bytes_of[address] > BYTES_OF_ONE:
            return True
        raw = redact(probe, raw[:RAW_LIMIT_BYTES])
        reading = read(probe, None, raw)
        if reading.state == "broken" or _BYE in reading.all("wsd.action"):
            return False
        if len(self._repeats) >= REPEATS_LIMIT:
            self._repeats.clear()
        self._repeats[repeat] = None
        if announces and len(self.announced) < REPEATS_LIMIT:
            self.announced.add(address)
        said = sorted(reading.fields.items())
        told = hashlib.sha256(repr((probe, address, mac, port, said)).encode("utf-8", "replace")).digest()
        if told in self._told:
            kept = self._repeats[repeat] = self._told[told]
            kept.at_ns = max(kept.at_ns, at_ns)
            return True
        if not self._fits(address, raw):
            return True
        self._counts[probe, address] += 1
        self._bytes_of[address] += len(raw)
        self._bytes += len(raw)
        made = Observation(probe=probe, address=shown(address), at="", raw=raw, port=port, reading=reading)
        kept = self._repeats[repeat] = self._told[told] = _Kept(made, address, mac, at_ns)
        self._kept.append(kept)
        return True

    def ask_for_address(self, mac: bytes, at_ns: int, raw: bytes) -> None:
        """A DHCP request; the last of each card is kept."""
        if len(raw) > REQUEST_LIMIT_BYTES or (len(self._waiting) >= SENDERS_LIMIT and mac not in self._waiting):
            return
        reading = read("dhcp", None, raw)
        if reading.state == "broken":
            return
        self._waiting[mac] = Observation(
            probe="dhcp", address=reading.first("ipv4") or "", at=self._utc(at_ns), raw=raw, port=68,
            reading=reading,
        )  # fmt: skip

    def observations(self, is_camera_mac: Callable[[str], bool]) -> Iterator[Observation]:
        """All that was kept, each with its device's own MAC address where that can be told, in the order it came.

        Of what only asked for an address or spoke ARP, only cards from a camera maker's block are given: the rest are staff's
        computers and telephones.
        """
        cards_of: defaultdict[bytes, set[bytes]] = defaultdict(set)
        for one in self._kept:
            if one.mac:
                cards_of[one.address].add(one.mac)
        owned: set[tuple[str, str]] = set()
        macs: set[str] = set()
        for one in self._kept:
            own = one.mac if self._cards.is_own(one.mac, one.address) else self._cards.own(one.address, cards_of[one.address])
            mac = own.hex(":") if own else None
            if mac is not None:
                owned.add((one.observation.address, mac))
                macs.add(mac)
            yield replace(one.observation, mac=mac, at=self._utc(one.at_ns))
        spoke = {address for address, _ in owned}
        at = self._utc(max((one.at_ns for one in self._kept), default=0))
        for card, address in self._cards.neighbours():
            pair = (shown(address), card.hex(":"))
            if pair in owned or (pair[0] not in spoke and is_camera_mac(pair[1])):
                macs.add(pair[1])
                yield Observation(probe="neighbour", address=pair[0], at=at, mac=pair[1], reading=read("neighbour", None, b""))
        for card, asked in self._waiting.items():
            mac = card.hex(":")
            if mac in macs or is_camera_mac(mac):
                yield replace(asked, mac=mac)

    def _utc(self, at_ns: int) -> str:
        """A moment as observations have it; one that the file does not tell, or that is yet to come, is now."""
        return utc_of_ns(at_ns if 0 < at_ns < self._latest_ns else self._latest_ns)

    def _fits(self, address: bytes, raw: bytes) -> bool:
        if address not in self._bytes_of and len(self._bytes_of) >= SENDERS_LIMIT:
            self.problem = self.problem or FULL.format(f"{SENDERS_LIMIT:,} devices that answer")
        elif len(self._kept) >= REPLIES_LIMIT:
            self.problem = self.problem or FULL.format(f"{REPLIES_LIMIT:,} replies")
        elif self._bytes + len(raw) > KEPT_LIMIT_BYTES:
            self.problem = self.problem or FULL.format(f"{KEPT_LIMIT_BYTES >> 20} MiB of replies")
        else:
            return True
        return False


def utc_of_ns(at_ns: int) -> str:
    """UTC, ISO 8601 to the millisecond, ending in Z, of nanoseconds since 1970."""
    seconds, rest = divmod(at_ns, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest // 1_000_000:03d}Z"


def shown(address: bytes) -> str:
    """An address as text."""
    return str(ip_address(address))
