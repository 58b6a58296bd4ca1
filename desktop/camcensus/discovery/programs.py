"""Asking a program of the system: by its full path, without a window, and no longer than it may take."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import PureWindowsPath


def of_windows(name: str) -> str:
    """The full path of a program in Windows' own folder, such as "arp.exe".

    By its name alone Windows would first look beside us and in the current folder, which for a file that was opened with a
    double click is the folder of downloads. Source: CreateProcessW, lpCommandLine.
    """
    return str(PureWindowsPath(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / name)


async def output_of(command: Sequence[str], within_s: float) -> bytes | None:
    """What a program prints; None where it cannot be started or takes too long, and then it is ended.

    Programs of Windows that are named without a folder are taken from Windows' own.
    """
    words = list(command)
    if sys.platform == "win32" and not PureWindowsPath(words[0]).anchor:
        words[0] = of_windows(words[0])
    program: asyncio.subprocess.Process | None = None
    try:
        async with asyncio.timeout(within_s):
            program = await asyncio.create_subprocess_exec(
                *words,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # a black window would flash up behind ours
            )
            output, _ = await program.communicate()
    except (OSError, TimeoutError):
        return None
    finally:
        if program is not None and program.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                program.kill()
    return output
