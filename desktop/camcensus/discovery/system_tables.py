"""The system's own tables, as each system gives them: its neighbours and its routes. Nothing is sent.

Windows and macOS are asked in ways that do not depend on their language; where Windows' library refuses, its program is
read by the shape of its lines, because its words are translated.
Source: Linux proc(5); Windows iphlpapi, netioapi.h; macOS arp(8), netstat(1).
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from collections.abc import Callable
from pathlib import Path

from camcensus.discovery.programs import output_of
from camcensus.model import frozen

PROGRAM_TIMEOUT_S = 3.0
_IPV4 = 2
"""AF_INET, in Windows' numbering."""


@frozen
class Printed[Row]:
    """A program that prints a table, and how what it prints is read."""

    command: tuple[str, ...]
    parse: Callable[[str], tuple[Row, ...]]


@frozen
class WindowsTable[Row]:
    """A function of Windows' iphlpapi that gives a table, the size of its rows, and how they are read as they lie in memory."""

    function: str
    row_bytes: int
    read: Callable[[bytes], tuple[Row, ...]]


@frozen
class SystemTable[Row]:
    """Where one table is on each system."""

    linux: str
    parse_linux: Callable[[str], tuple[Row, ...]]
    windows: WindowsTable[Row]
    windows_printed: Printed[Row]
    macos: Printed[Row]


async def read_table[Row](table: SystemTable[Row]) -> tuple[Row, ...]:
    """What this system has now; empty where it cannot be read."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return table.parse_linux(Path(table.linux).read_text(encoding="ascii", errors="replace"))
        return ()
    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):
            held = _held(table.windows)
            if held is not None:
                return table.windows.read(held)
        return await _printed(table.windows_printed)
    return await _printed(table.macos)


def _held(table: WindowsTable[object]) -> bytes | None:
    """The table as it lies in memory: the number of rows, and from byte 8 on the rows. None where the system refuses."""
    library = ctypes.WinDLL("iphlpapi")  # type: ignore[attr-defined,unused-ignore]
    found = ctypes.c_void_p()
    if getattr(library, table.function)(_IPV4, ctypes.byref(found)) != 0 or not found.value:
        return None
    try:
        count = ctypes.c_uint32.from_address(found.value).value
        return ctypes.string_at(found.value, 8 + count * table.row_bytes)
    finally:
        library.FreeMibTable(found)


async def _printed[Row](table: Printed[Row]) -> tuple[Row, ...]:
    output = await output_of(table.command, PROGRAM_TIMEOUT_S)
    return () if output is None else table.parse(output.decode("ascii", "replace"))
