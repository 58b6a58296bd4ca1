"""Network captures (tcpdump, Wireshark, a mirror port): what devices said in them, as a search would have heard it.

Only replies are kept, and never a question, but for DHCP. What is read: discovery protocols over UDP, by port and by who had
asked, DHCP requests and ARP. TCP is passed over. Memory is bounded whatever the length: the file goes by packet for packet.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from camcensus.intake.capture import Intake, UnreadLine
from camcensus.intake.cards import Cards
from camcensus.intake.frames import (
    ARP,
    ETHERNET,
    IP4,
    IP6,
    LINKS,
    TCP,
    VXLAN_HEAD_BYTES,
    VXLAN_PORT,
    Joiner,
    Packet,
    arp_sender,
    mirrored,
    ports_of,
    unwrap,
)
from camcensus.intake.heard import Heard, utc_of_ns
from camcensus.intake.pcap_file import PacketFile, open_packets
from camcensus.model.errors import IntakeError, WireError, disk_error, shown
from camcensus.model.scan import CaptureSummary, ScanProgress
from camcensus.wire.mdns_services import Services
from camcensus.wire.ports import ANSWER_PORTS, QUESTION_PORTS

EVERY_PACKETS = 4_096
"""Between two looks whether to stop."""
ASKERS_LIMIT = 8_192
TALKERS_LIMIT = 1_000
"""Senders of mDNS whose services are put together."""
TCP_ALONE = (
    "Nothing in this capture says what a device is: TCP connections are not read, only discovery over UDP, DHCP and ARP. "
    "Capture again for an hour, or while a recorder or the maker's own program looks for cameras."
)
_DHCP_TO_SERVER = 67
_MDNS = QUESTION_PORTS["mdns"]
_GOODBYE = b"ssdp:byebye"

_PROBES_AT: dict[int, tuple[str, ...]] = {}
for _probe, _port in (*QUESTION_PORTS.items(), *ANSWER_PORTS.items()):
    _PROBES_AT[_port] = (*_PROBES_AT.get(_port, ()), _probe)


def is_private(address: bytes) -> bool:
    """Whether an address is of a network that belongs to whoever runs it, or of this computer. Source: RFC 1918, 3927, 4193."""
    if len(address) == 4:
        first, second = address[0], address[1]
        return (
            first in (10, 127)
            or (first == 172 and 16 <= second < 32)
            or (first == 192 and second == 168)
            or (first == 169 and second == 254)
        )
    return address[0] in (0xFC, 0xFD) or (address[0] == 0xFE and address[1] & 0xC0 == 0x80) or address == bytes(15) + b"\x01"


def _is_group(address: bytes) -> bool:
    """Whether an address is of many hosts: multicast, or broadcast to all networks."""
    return address[0] == 0xFF if len(address) == 16 else address[0] >= 224


class Listener:
    """Takes packets one after the other. `strange` counts those of link types that are not read, `tcp` those of connections."""

    def __init__(self, heard: Heard, cards: Cards) -> None:
        self.heard = heard
        self.cards = cards
        self.strange = self.tcp = 0
        self.first_ns = self.last_ns = 0
        self._joiner = Joiner()
        self._askers: OrderedDict[bytes, str] = OrderedDict()
        self._talkers: OrderedDict[bytes, Services] = OrderedDict()

    def take(self, at_ns: int, link: int, frame: bytes, *, is_inner: bool = False) -> None:
        """One packet; where a switch has packed what it mirrors into packets of its own, what is in it."""
        layer = unwrap(link, frame)
        if at_ns:
            self.first_ns = min(self.first_ns or at_ns, at_ns)
            self.last_ns = max(self.last_ns, at_ns)
        if layer is None:
            self.strange += link not in LINKS
            return
        kind, start, mac = layer
        if kind == IP4:
            packet = self._joiner.ip4(frame, start)
            if packet is None:
                inner = None if is_inner else mirrored(frame, start)
                if inner is not None:
                    self.take(at_ns, ETHERNET, inner, is_inner=True)
                return
        elif kind == IP6:
            packet = self._joiner.ip6(frame, start)
        else:
            if kind == ARP and (said := arp_sender(frame, start)) is not None:
                self.cards.say(*said)
            return
        if packet is None:
            return
        ports = ports_of(packet)
        if ports is not None and ports[1] == VXLAN_PORT and not is_inner:
            self.take(at_ns, ETHERNET, packet.data[ports[2] + VXLAN_HEAD_BYTES : packet.end], is_inner=True)
            return
        source, target = packet.source, packet.target
        private = is_private(source)
        to_group = _is_group(target) or (len(target) == 4 and target[3] == 255)  # .255 may be a host too
        if mac and mac[0] & 1:
            mac = b""
        if any(source):
            self.cards.see(mac, source, packet.hops_left, to_one=not to_group, private=private)
        if ports is None:
            self.tcp += packet.protocol == TCP
        elif ports[1] == _DHCP_TO_SERVER:
            self._request(packet, ports, at_ns)
        elif ports[0] in _PROBES_AT or ports[1] in _PROBES_AT or target + ports[1].to_bytes(2) in self._askers:
            self._datagram(packet, ports, at_ns, mac, to_group, private)

    def _datagram(
        self, packet: Packet, ports: tuple[int, int, int], at_ns: int, mac: bytes, to_group: bool, private: bool
    ) -> None:
        source_port, target_port, start = ports
        asked = self._askers.get(packet.target + target_port.to_bytes(2))
        probes = dict.fromkeys((*_PROBES_AT.get(source_port, ()), *_PROBES_AT.get(target_port, ())))
        if asked is not None:
            probes[asked] = None
        if not probes or not (private or to_group) or _is_group(packet.source) or not any(packet.source):
            return
        payload = packet.data[start : packet.end]
        for probe in probes:
            if probe == "mdns":
                self._services(packet.source, at_ns, mac, payload)
            elif probe == "ssdp" and _GOODBYE in payload:
                continue
            elif self.heard.take(probe, packet.source, source_port, mac, at_ns, payload, announces=True):
                return
        for probe in _PROBES_AT.get(target_port, ()):
            if QUESTION_PORTS[probe] == target_port:
                self._note_asker(packet.source + source_port.to_bytes(2), probe)

    def _request(self, packet: Packet, ports: tuple[int, int, int], at_ns: int) -> None:
        """A DHCP request, also one that a router passed on."""
        payload = packet.data[ports[2] : packet.end]
        self.heard.ask_for_address(payload[28:34], at_ns, payload)

    def _note_asker(self, who: bytes, probe: str) -> None:
        self._askers[who] = probe
        if len(self._askers) > ASKERS_LIMIT:
            self._askers.popitem(last=False)

    def _services(self, source: bytes, at_ns: int, mac: bytes, payload: bytes) -> None:
        talker = self._talkers.setdefault(source, Services())
        self._talkers.move_to_end(source)
        if len(self._talkers) > TALKERS_LIMIT:
            self._talkers.popitem(last=False)
        with suppress(WireError):
            for message in talker.take(payload):
                self.heard.take("mdns", source, _MDNS, mac, at_ns, message, announces=True)


def read_packets(
    path: Path,
    now: datetime,
    *,
    is_camera_mac: Callable[[str], bool],
    tell: Callable[[ScanProgress], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Intake:
    """Read a network capture. Raises IntakeError where it cannot be opened, or none of its packets can be read.

    `tell` gets how far it is; where `stopped` says True, what was read so far is the result.
    """
    name = shown(path)
    cards = Cards()
    heard = Heard(cards, now)
    listener = Listener(heard, cards)
    was_stopped = False
    try:
        with open_packets(path) as file:
            was_stopped = _listen(file, listener, name, tell, stopped)
    except OSError as error:
        raise IntakeError(str(disk_error(path, error))) from error
    if not file.packets:
        raise IntakeError(f"“{name}” is a network capture without a packet: {file.problem or 'nothing was captured'}")
    if listener.strange == file.packets:
        raise IntakeError(
            f"“{name}” was captured on a kind of network that Camcensus does not read; capture on a wired network card."
        )
    observations = tuple(heard.observations(is_camera_mac))
    only_tcp = TCP_ALONE if listener.tcp and not observations else ""
    problems = [UnreadLine(None, say) for say in (file.problem, heard.problem, only_tcp) if say]
    last_ns = listener.last_ns or int(now.timestamp()) * 1_000_000_000
    summary = CaptureSummary(
        file=name, first_at=utc_of_ns(listener.first_ns or last_ns), last_at=utc_of_ns(last_ns), packets=file.packets,
        spoke=cards.spoke, announced=len(heard.announced), stopped_early=was_stopped,
        short=file.short,
    )  # fmt: skip
    return Intake(observations, tuple(problems), summary)


def _listen(
    file: PacketFile,
    listener: Listener,
    name: str,
    tell: Callable[[ScanProgress], None] | None,
    stopped: Callable[[], bool],
) -> bool:
    """Goes through the packets; True where it was stopped."""
    take = listener.take
    for number, (at_ns, link, frame) in enumerate(file):
        if number % EVERY_PACKETS == 0:
            if stopped():
                return True
            if listener.heard.problem:  # full
                break
            if tell is not None:
                tell(
                    ScanProgress(f"Reading {name}", file.done_bytes >> 20, max(1, file.size_bytes >> 20), listener.heard.found)
                )
        take(at_ns, link, frame)
    return False
