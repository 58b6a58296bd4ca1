"""What a program asks of the system, as strace tells it: which files it opens, what it writes, what it starts, whom it connects to."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

needs_strace = pytest.mark.skipif(sys.platform != "linux" or shutil.which("strace") is None, reason="no strace here")
LONGEST_S = 900.0


class Call(NamedTuple):
    """A call that went well. `given` is what strace writes between the brackets; `opened` the path of what it gave, or ""."""

    process: str
    name: str
    given: str
    result: int
    opened: str

    @property
    def quoted(self) -> list[str]:
        """The texts that it was given, as strace writes them with -xx."""
        return re.findall(r'"(.*?)"', self.given)


def traced(
    command: Sequence[str | Path], calls: str, trace: Path, env: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Run a command, and what it starts, and write these calls into `trace`."""
    options = ("-f", "-qq", "-y", "-xx", "-v", "-s", str(1 << 25), "--seccomp-bpf", "-o", trace, "-e", f"trace={calls}")
    return subprocess.run(
        ["strace", *options, *command],
        capture_output=True,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        timeout=LONGEST_S,
        check=False,
    )


def calls_of(lines: Iterable[str], *, failed: bool = False) -> Iterator[Call]:
    """The calls of strace's lines in order, those that were interrupted put together; with `failed` also what was refused."""
    waiting: dict[str, str] = {}
    for line in lines:
        process, _, text = line.partition(" ")
        text = text.strip()
        if text.endswith("<unfinished ...>"):
            waiting[process] = text.removesuffix("<unfinished ...>").rstrip()
            continue
        if resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", text):
            text = waiting.pop(process, "") + resumed[1]
        fits = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*?)>)?", text)
        if fits is not None and (failed or int(fits[3]) >= 0):
            yield Call(process, fits[1], fits[2], int(fits[3]), text_of(fits[4] or ""))


def bytes_of(text: str) -> bytes:
    """What strace writes with -xx."""
    return bytes.fromhex(text.replace("\\x", ""))


def text_of(text: str) -> str:
    """The same as text; a path that it writes plainly stays."""
    return os.fsdecode(bytes_of(text)) if text.startswith("\\x") else text
