"""Tying a socket to one network card, so that two cards on networks with the same addresses are not mixed up."""

from __future__ import annotations

import contextlib
import socket
import struct
import sys

from camcensus.discovery.scope import every_interface
from camcensus.model.scan import Interface

_LINUX_SO_BINDTODEVICE = 25
_LINUX_SIOCGIFFLAGS, _LINUX_IFF_RUNNING = 0x8913, 0x40
_MACOS_IP_BOUND_IF, _MACOS_IPV6_BOUND_IF = 25, 125
_WINDOWS_UNICAST_IF = 31


def tie(made: socket.socket, card: Interface) -> None:
    """Sends by one card, and on Linux also hears only what comes in there; where the system refuses, its routes decide.

    Source: socket(7), SO_BINDTODEVICE (also for ordinary users since Linux 5.7); macOS ip(4), IP_BOUND_IF; Windows
    IP_UNICAST_IF (the index in network byte order), IPV6_UNICAST_IF.
    """
    is_6 = made.family == socket.AF_INET6
    with contextlib.suppress(OSError):
        if sys.platform == "linux":
            made.setsockopt(socket.SOL_SOCKET, _LINUX_SO_BINDTODEVICE, card.name.encode() + b"\0")
        elif sys.platform == "darwin" and card.index:
            level, option = (socket.IPPROTO_IPV6, _MACOS_IPV6_BOUND_IF) if is_6 else (socket.IPPROTO_IP, _MACOS_IP_BOUND_IF)
            made.setsockopt(level, option, card.index)
        elif sys.platform == "win32" and card.index:
            level = socket.IPPROTO_IPV6 if is_6 else socket.IPPROTO_IP
            made.setsockopt(level, _WINDOWS_UNICAST_IF, struct.pack("=I" if is_6 else "!I", card.index))


def is_there(card: Interface) -> bool:
    """Whether the card still has its address and, where the system tells, a working link."""
    if not any(one.name == card.name and one.address == card.address for one in every_interface()):
        return False
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            answer = fcntl.ioctl(any_socket, _LINUX_SIOCGIFFLAGS, struct.pack("16sh14x", card.name.encode()[:15], 0))
            return bool(struct.unpack("16sh14x", answer)[1] & _LINUX_IFF_RUNNING)
    return True
