"""Whether what answers at one door (a TCP port of an address) is the device that a login was typed for.

**The rule: evidence is per door.** A login goes unasked only where nothing of the device is another than it was known, and
what answers at this very door, asked again just before, is vouched for by one of three:

1. the certificate that it is known to show at this port, where all that it told at this port, and something of all that it
   told, is told again: a maker's own certificate is on many;
2. a mark that it was known by (`known_by.Marks`: endpoint id, serial number, MAC address it claims), shown again in a reply
   that speaks for this door, and with it all that it is asked again: a clone shows one that everybody can read;
3. the network: the neighbour table shows, at this address and no other, a MAC address that software did not make up and that
   the device claimed in a reply that speaks for this door. What it told at this port it has to tell again all the same.

With each of them the front page of this port has to be the one that it is known by (`page_mark.py`), where it comes at all.
Only marks count that it had when a login last went to it, or else when it was first seen, and that no other device here shows.

A reply speaks for a door if it was told over TCP at this port, or if it names this very address and port as the device's own.
Behind a router that forwards ports a device names its address inside, so what it says by UDP or at another port vouches for
itself and not for what stands at the port beside it. A router's or range extender's MAC address is claimed by nothing behind
it. Values that many devices show (0123456789) are no marks, nor are ids that are new each time
(`new_each_time.py`). Two answers to one question that differ are a doubt.

Anything else is a question to a person. Their yes is for all that was shown then (`face_of`), and holds while that is shown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import urlsplit

from camcensus.identity.fickle import LINKS_LIMIT
from camcensus.identity.known_by import (
    CERTIFICATE,
    TELLS,
    Marks,
    claimed_in,
    is_same,
    is_shown_as_before,
    marks_of,
    without_junk,
)
from camcensus.identity.page_mark import FACES, pages_of
from camcensus.identity.shared import is_tcp
from camcensus.identity.values import is_made_up_mac
from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation

_PORT_OF = {"http": 80, "https": 443}
_FICKLE = re.compile(
    rb"(?im)^(?:date|expires|set-cookie|last-modified|etag|age)[ \t]*:[^\n]*\n"
    rb"|\b(?:nonce|opaque|cnonce)=\"[^\"]*\"|urn:uuid:[0-9a-f-]{36}"
)
"""What one device says otherwise each time it is asked the same. Source: RFC 7616, 3.3; RFC 9110; WS-Addressing, MessageID."""


def speaks_for(one: Observation, port: int) -> bool:
    """Whether a reply is of what answers at a port of its address."""
    return one.port == port if is_tcp(one) else port in _named_ports(one)


def is_vouched(
    address: str,
    port: int,
    known: Iterable[Observation],
    now: Iterable[Observation],
    own_mac: str | None = None,
    marks: Marks | None = None,
    asked: Iterable[Observation] = (),
) -> bool:
    """Whether replies say that a door is the device's that is `known` by some; `now` are those it gave when asked again.

    `own_mac` is what the neighbour table shows at this address and no other. Of its marks only those named
    in `marks` count (`vouching_marks`); None: all. What it gave to what was `asked` again it has to give again: at this port in
    any case, by UDP where only a mark vouches; else a clone of the one mark that everybody can read would do.
    """
    before = tuple(known)
    shown = marks_of((one for one in now if speaks_for(one, port)), usable=True)
    due = [one for one in asked if speaks_for(one, port)]
    if not _is_given_again([one for one in due if is_tcp(one)], shown, marks):
        return False
    if is_shown_as_before(_vouching(before, marks), shown) and _is_given_again(due, shown, marks):
        return True
    if own_mac is None or is_made_up_mac(own_mac):
        return False
    here = (one for one in before if one.address == address and speaks_for(one, port))
    return bool(claimed_in(_vouching(here, marks), {own_mac}))


def is_certified(port: int, now: Iterable[Observation], marks: Marks | None, asked: Sequence[Observation]) -> bool:
    """Whether a device whose certificate is shown shows itself too: all that is `asked` again at this port, something of all.

    Makers give one certificate, with its key, to all that they make.
    """
    every, due = tuple(now), [one for one in asked if is_tcp(one) and speaks_for(one, port)]
    names = [name for name in _vouching(asked, marks) if name.startswith(TELLS)]
    shown = marks_of(every, usable=True)
    return _is_given_again(due, shown, marks) and (not names or any(name in shown for name in names))


def _vouching(replies: Iterable[Observation], marks: Marks | None) -> Marks:
    return {name: values for name, values in marks_of(replies, usable=True).items() if marks is None or name in marks}


def _is_given_again(due: Iterable[Observation], shown: Marks, marks: Marks | None) -> bool:
    return all(name in shown for name in _vouching(due, marks) if name.startswith(TELLS))


def vouching_marks(
    known: Sequence[Observation], seen: Iterable[Observation], trusted: Marks | None, knowledge: Knowledge | None
) -> Marks:
    """The marks that may vouch for a device, of the replies it is `known` by; certificates and front pages of all `seen`.

    Only the `trusted` ones (None: all), which it had when a login last went to it, else when it was first seen: what was shown
    since may be another's. None that many devices show: `knowledge` lists more of those than their form tells.
    """
    usable = marks_of(without_junk(known, knowledge) if knowledge else known, usable=True)
    every = tuple(seen)
    shown = {**marks_of(every), **pages_of(every)} if trusted is None else trusted
    others = {name: values for name, values in shown.items() if name.startswith((CERTIFICATE, *FACES))}
    return others | {
        name: values
        for name, values in usable.items()
        if trusted is None or (name in trusted and is_same(name, values, trusted[name]))
    }


def is_known_certificate(port: int, certificate: bytes, marks: Marks | None) -> bool:
    """Whether a certificate is one of the `marks` that vouch."""
    return marks is None or hashlib.sha256(certificate).hexdigest() in marks.get(f"{CERTIFICATE}{port}", ())


def own_mac_of(mac: str | None, address: str, keys: Collection[str], table: Iterable[tuple[str, str | None]]) -> str | None:
    """A MAC address that is among the keys of a device and that a table of (address, MAC) shows there alone; else None.

    This computer itself has no line in the table.
    """
    if mac is None or f"mac:{mac.lower()}" not in keys:
        return None
    table = tuple(table)
    if not address.startswith("127.") and (address, mac.lower()) not in table:
        return None
    return None if any(at != address and shown == mac.lower() for at, shown in table) else mac.lower()


def face_of(answer: bytes, *more: str) -> str:
    """What a door shows without a login, as a few hexadecimal digits: the same each time, but for another device's."""
    plain = _FICKLE.sub(b"", answer)
    return hashlib.sha256(b"\0".join((plain, *(one.encode("utf-8", "replace") for one in more)))).hexdigest()[:12]


def _named_ports(one: Observation) -> set[int]:
    """The ports that a reply names as the device's own at the very address that it came from."""
    ports = set[int]()
    for link in (*one.reading.all("onvif.xaddr")[:LINKS_LIMIT], *one.reading.all("ssdp.location")[:LINKS_LIMIT]):
        try:
            parts = urlsplit(link)
            host, port = parts.hostname, parts.port or _PORT_OF.get(parts.scheme)
        except ValueError:
            continue
        if port and host == one.address:
            ports.add(port)
    claimed = one.reading.all("ipv4")  # Without addresses of this computer itself, at which no router forwards ports.
    if one.address in claimed or (not claimed and one.address.startswith("127.")):
        ports |= {int(port) for port in one.reading.all("http_port") if re.fullmatch(r"[0-9]{1,5}", port)}
    return ports
