"""mDNS: zeroconf asks and resolves; a plain receiver hears who answered. In passive mode there is only the receiver.

What is kept is one DNS message per service instance, written from its records. zeroconf does not say which address an
answer came from, and the address in it is only a claim: so answers are asked for by multicast, the receiver hears them too,
and only an address that an answer came from is ever contacted. Source: RFC 6762, RFC 6763.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field

from zeroconf import (  # type: ignore[attr-defined,unused-ignore]
    DNSAddress,
    DNSIncoming,
    DNSOutgoing,
    DNSPointer,
    DNSQuestionType,
    DNSRecord,
    DNSService,
    DNSText,
    IPVersion,
    ServiceStateChange,
    Zeroconf,
)
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from camcensus.discovery.pace import MULTICAST_PORTS, may_ask
from camcensus.discovery.probe import Emit, Network, RepeatFilter, Reply, ServedPort, Tally, forever
from camcensus.discovery.scope import network_of
from camcensus.discovery.udp import Crowd, UdpEndpoint, say
from camcensus.wire.mdns_services import DOOR_OF

GROUP = "224.0.0.251"
PORT = MULTICAST_PORTS["mdns"]

_TYPES = {kind.lower(): kind for kind in DOOR_OF}

RESOLVE_MS = 3000
INSTANCES_LIMIT = 1_000
"""Service instances that are resolved on one network."""
_RESPONSE = 0x8400
_Resolve = Callable[[Zeroconf, str, str], Coroutine[None, None, None]]


@dataclass(slots=True)
class _HeardInstance:
    pointer: DNSPointer
    service: DNSService | None = None
    text: DNSText | None = None


@dataclass(slots=True)
class _Sender:
    """What one address has said so far: records of one instance may come in several messages."""

    instances: dict[str, _HeardInstance] = field(default_factory=dict)
    hosts: dict[str, dict[bytes, DNSAddress]] = field(default_factory=dict)

    def take(self, records: Iterable[DNSRecord]) -> None:
        for record in records:
            if record.ttl == 0 or len(self.instances) > INSTANCES_LIMIT:
                continue  # A goodbye; it deletes nothing here.
            if isinstance(record, DNSPointer):
                if record.name.lower() in _TYPES:
                    self._instance(record.alias, record.name).pointer = record
            elif isinstance(record, DNSAddress):
                self.hosts.setdefault(record.name.lower(), {})[record.address] = record
            elif isinstance(record, DNSService | DNSText):
                kind = record.name.partition(".")[2]
                if kind.lower() not in _TYPES:
                    continue
                if isinstance(record, DNSService):
                    self._instance(record.name, kind).service = record
                else:
                    self._instance(record.name, kind).text = record

    def _instance(self, name: str, kind: str) -> _HeardInstance:
        known = self.instances.get(name.lower())
        if known is None:
            known = self.instances[name.lower()] = _HeardInstance(DNSPointer(kind, 12, 1, 4500, name, 0.0))
        return known

    def addresses(self, instance: _HeardInstance) -> tuple[DNSAddress, ...]:
        if instance.service is None:
            return ()
        found = self.hosts.get(instance.service.server.lower(), {})
        return tuple(found[address] for address in sorted(found))


class Mdns:
    """Browses a network for cameras' services, and hears announcements there."""

    name = "mdns"

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd

    async def run(self, target: Network, emit: Emit) -> None:
        """Asks, then listens until cancelled; when `target` is passive it only listens."""
        seen = RepeatFilter()
        senders: dict[str, _Sender] = {}
        told: set[str] = set()

        def tell(instance: _HeardInstance, addresses: tuple[DNSAddress, ...], address: str, contact: bool) -> None:
            told.add(instance.pointer.alias.lower())
            message = write_instance(instance.pointer, instance.service, instance.text, addresses)
            if seen.is_new(address, message):
                emit(
                    Reply(
                        probe=self.name,
                        address=address,
                        port=PORT,
                        raw=message,
                        interface=target.interface,
                        doors=_doors(instance),
                        contact=contact,
                    )
                )

        def heard(data: bytes, address: str, _port: int, _overheard: bool) -> None:
            message = DNSIncoming(data)
            if not message.valid or not message.is_response():
                return
            records = message.answers()
            sender = senders.setdefault(address, _Sender())
            sender.take(records)
            names = {name.lower() for record in records for name in (record.name, getattr(record, "alias", ""))}
            for name, instance in sender.instances.items():
                of_host = instance.service is not None and instance.service.server.lower() in names
                if (name in names or of_host) and (instance.service or instance.text):
                    endpoint.tally.received += name in names
                    tell(instance, sender.addresses(instance), address, contact=True)

        async def resolve(zeroconf: Zeroconf, kind: str, name: str) -> None:
            info = AsyncServiceInfo(kind, name)
            await info.async_request(zeroconf, RESOLVE_MS, question_type=DNSQuestionType.QM)
            endpoint.tally.sent += 1
            endpoint.catch_up()  # The answer came to both receivers.
            if name.lower() in told:
                return
            claimed = next((str(ip) for ip in info.ip_addresses_by_version(IPVersion.V4Only) if ip in network), None)
            if claimed:
                instance = _HeardInstance(info.dns_pointer(), info.dns_service(), info.dns_text())
                tell(instance, tuple(info.dns_addresses(version=IPVersion.V4Only)), claimed, contact=False)

        network = network_of(target.interface)
        async with UdpEndpoint(target, self.name, self._crowd, heard) as endpoint:
            await endpoint.listen(PORT, GROUP)
            if target.passive:
                await forever()
            await _browse(str(target.interface.address.split("/")[0]), endpoint.tally, resolve)


async def _browse(address: str, tally: Tally, resolve: _Resolve) -> None:
    """Browses on one card until cancelled, resolving each instance that turns up."""
    try:
        found = AsyncZeroconf(interfaces=[address], ip_version=IPVersion.V4Only)
    except OSError as problem:
        tally.blocked(say(problem))
        await forever()
        return
    tasks: dict[str, asyncio.Task[None]] = {}
    loop = asyncio.get_running_loop()

    def changed(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is not ServiceStateChange.Removed and name not in tasks and len(tasks) < INSTANCES_LIMIT:
            tasks[name] = loop.create_task(resolve(zeroconf, service_type, name))

    browser = None
    try:
        browser = AsyncServiceBrowser(found.zeroconf, list(DOOR_OF), handlers=[changed], question_type=DNSQuestionType.QM)
        tally.sent += len(DOOR_OF)
        await forever()
    finally:
        for task in tasks.values():
            task.cancel()
        if browser is not None:
            await asyncio.shield(browser.async_cancel())
        with contextlib.suppress(OSError):
            await asyncio.shield(found.async_close())


def write_instance(
    pointer: DNSPointer, service: DNSService | None, text: DNSText | None, addresses: Iterable[DNSAddress]
) -> bytes:
    """One DNS message with the records of one service instance. Source: RFC 1035, 4.1."""
    message = DNSOutgoing(_RESPONSE)
    for record in (pointer, service, text, *addresses):
        if record is not None:
            message.add_answer_at_time(record, 0)
    return message.packets()[0]


def _doors(instance: _HeardInstance) -> tuple[ServedPort, ...]:
    kind = DOOR_OF.get(_TYPES.get(instance.pointer.name.lower(), ""))
    if kind is None or instance.service is None or not may_ask(instance.service.port):
        return ()
    return (ServedPort(kind, instance.service.port),)
