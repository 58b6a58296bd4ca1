"""Whether a device is as it was the last time: its certificates, its MAC address and its serial numbers, at one address.

Compared once before a login goes out, and once on the connection that it then uses; a person decides about what differs. Two
devices behind one port, and one that shows the same facts on purpose, are not told apart.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Literal

from camcensus.identity.values import same_serial
from camcensus.model import frozen
from camcensus.model.device import Observation
from camcensus.model.words import joined

Fact = Literal["certificate", "MAC address", "serial number"]
CERTIFICATE: Fact = "certificate"
MAC: Fact = "MAC address"
SERIAL: Fact = "serial number"


@frozen
class DeviceFacts:
    """What a device showed at an address. `mac` is the network's, "" where it shows none.

    `certificates` maps a TCP port to the SHA-256 of what was shown there, `serials` a question (its probe) to the serial
    numbers that it was answered with: some devices give each question another.
    """

    address: str
    mac: str = ""
    certificates: Mapping[str, str] = field(default_factory=dict)
    serials: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def with_serials_of(self, before: DeviceFacts | None) -> DeviceFacts:
        """Also with the serial numbers that only a login was told the last time."""
        return replace(self, serials={**before.serials, **self.serials}) if before else self


@frozen
class Compared:
    """How a device compares with the last time: which facts `changed`; `is_new` where none could be compared."""

    is_new: bool
    changed: tuple[Fact, ...] = ()

    @property
    def say(self) -> str:
        """ "as last time", "new" or "changed: certificate and MAC address"."""
        return f"changed: {joined(self.changed)}" if self.changed else "new" if self.is_new else "as last time"


def facts_of(observations: Iterable[Observation], address: str = "") -> DeviceFacts:
    """The facts in some replies, oldest first, from an address or from any; of each question the newest answer counts."""
    mac, certificates, serials = "", dict[str, str](), defaultdict[str, dict[str, tuple[str, ...]]](dict)
    for one in observations:
        if address not in ("", one.address) or one.probe in ("list", "person"):
            continue
        mac = (one.mac or mac).lower()
        if one.probe == "tls":
            certificates[str(one.port)] = certificate_digest(one.raw)
        elif told := one.reading.all("serial"):
            serials[one.probe][str(one.port)] = told
    flat = {probe: tuple(sorted({value for told in ports.values() for value in told})) for probe, ports in serials.items()}
    return DeviceFacts(address, mac, certificates, flat)


def compare(before: DeviceFacts | None, now: DeviceFacts) -> Compared:
    """Holds facts against those of the last time. A fact that one of the two does not have is not compared.

    But a device that showed a certificate and shows none any more has changed: the other facts can be claimed by anybody.
    """
    if before is None:
        return Compared(is_new=True)
    changed, same = list[Fact](), 0
    ports = before.certificates.keys() & now.certificates.keys()
    if before.certificates:
        is_same = bool(ports) and all(before.certificates[port] == now.certificates[port] for port in ports)
        changed += [] if is_same else [CERTIFICATE]
        same += is_same
    if before.mac and now.mac:
        changed += [] if before.mac == now.mac else [MAC]
        same += before.mac == now.mac
    questions = before.serials.keys() & now.serials.keys()
    if questions:
        is_same = all(shares_serial(before.serials[one], now.serials[one]) for one in questions)
        changed += [] if is_same else [SERIAL]
        same += is_same
    return Compared(is_new=not changed and not same, changed=tuple(changed))


def shares_serial(before: Iterable[str], now: Iterable[str]) -> bool:
    """Whether one serial number is in both, in whatever form."""
    return any(same_serial(one, two) for one in before for two in now)


def certificate_digest(certificate: bytes | None) -> str:
    """The SHA-256 of a certificate (DER), of nothing where none was shown."""
    return hashlib.sha256(certificate or b"").hexdigest()
