"""Sockets on loopback only: an address for every device where the system has 127.0.0.0/8, one address for all elsewhere.

Linux and Windows answer on all of 127.0.0.0/8; macOS has only 127.0.0.1, so there each device gets ports of its own.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import struct
import sys

from camcensus.model.errors import DemoError

INTERFACE = "127.0.0.1"
BROADCAST = "127.255.255.255"
LOCK_PORT = 17770
"""Held while a simulation runs: two would answer the same multicast questions."""

_IP_MULTICAST_ALL = 49
"""Linux: whether a socket also hears groups that other programs joined on other interfaces. Source: ip(7)."""

BUSY = "Another simulation is already running on this computer; close it, then start this one again."


def has_own_addresses() -> bool:
    """Whether this system lets a device have a loopback address of its own."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        try:
            trial.bind(("127.77.1.1", 0))
        except OSError:
            return False
    return True


def lock() -> socket.socket | None:
    """A socket that only one simulation can have; None when another has it. Raises DemoError without loopback."""
    holder = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    try:
        holder.bind((INTERFACE, LOCK_PORT))
        holder.listen(1)
    except OSError as problem:
        holder.close()
        if problem.errno in (errno.EADDRINUSE, errno.EACCES):
            return None
        raise DemoError("This computer's loopback network (127.0.0.1) does not work, so the simulation cannot start.") from None
    return holder


def allow_sockets(number: int) -> None:
    """Raises this process's limit on open sockets to `number` and some more, as far as the system allows."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number + 512
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def udp_at(address: str, port: int) -> socket.socket:
    """A shareable UDP socket at an address, which sends multicast out of loopback only. Raises OSError."""
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sys.platform != "win32" and (sys.platform == "darwin" or port == 5353):
            # mDNS programs set both; a socket without SO_REUSEPORT could not share the port with them.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(INTERFACE))
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        made.setblocking(False)
        made.bind((address, port))
    except BaseException:
        made.close()
        raise
    return made


def udp_receivers(group: str, port: int, broadcast: bool) -> list[socket.socket]:
    """Sockets that hear a multicast group on loopback ("": none), and the broadcast if asked. Raises OSError."""
    receivers: list[socket.socket] = []
    try:
        # Linux delivers to the address bound; Windows and macOS want the wildcard for multicast and broadcast alike.
        if group or sys.platform != "linux":
            receivers.append(udp_at(group if sys.platform == "linux" else "", port))
        if group:
            if sys.platform == "linux":
                receivers[0].setsockopt(socket.IPPROTO_IP, _IP_MULTICAST_ALL, 0)
            membership = struct.pack("4s4s", socket.inet_aton(group), socket.inet_aton(INTERFACE))
            receivers[0].setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
        if broadcast and sys.platform == "linux":
            receivers.append(udp_at(BROADCAST, port))
    except BaseException:
        for receiver in receivers:
            receiver.close()
        raise
    return receivers


def tcp_at(address: str, port: int) -> socket.socket:
    """A listening socket at an address; another program's port is refused. Raises OSError."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setblocking(False)
        made.bind((address, port))
        made.listen(64)
    except BaseException:
        made.close()
        raise
    return made
