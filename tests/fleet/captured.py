"""A search with all that goes by on its cable in a file, and what is read out of that file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from costs import PATIENCE_S
from fleet.catalogue import HERE
from fleet.running import Fleet

Rows = list[dict[str, Any]]
TCPDUMP_BUFFER_KIB = 65_536


class NoTcpdumpError(Exception):
    """tcpdump is not installed."""


@contextmanager
def recorded(enter: Sequence[str], path: Path) -> Iterator[None]:
    """All that goes by on the card of a namespace, in a file, as long as the block lasts. `enter` stands before a command there."""
    command = [*enter, sys.executable, str(HERE / "record.py"), "eth0", str(path)]
    recorder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert recorder.stdout is not None
        assert recorder.stdout.readline() == b"ready\n"
        yield
    finally:
        recorder.communicate(timeout=PATIENCE_S)


@contextmanager
def recorded_by_tcpdump(enter: Sequence[str], path: Path, *, snaplen_bytes: int = 0, card: str = "eth0") -> Iterator[None]:
    """The same by tcpdump, which keeps so many bytes of each packet (0 for all); on all cards where `card` is "any".

    Raises NoTcpdumpError where there is none.
    """
    if (tcpdump := shutil.which("tcpdump")) is None:
        raise NoTcpdumpError
    # Without immediate mode the kernel hands packets over once a second, and the last of a search are lost.
    kept = ["--immediate-mode", "-s", str(snaplen_bytes), "-B", str(TCPDUMP_BUFFER_KIB), "-Z", "root"]
    recorder = subprocess.Popen([*enter, tcpdump, "-i", card, "-U", "-n", *kept, "-w", str(path)], stderr=subprocess.PIPE)
    try:
        assert recorder.stderr is not None
        said = b""
        while b"listening on" not in said:
            line = recorder.stderr.readline()
            assert line, said
            said += line
        yield
    finally:
        recorder.terminate()
        recorder.communicate(timeout=PATIENCE_S)


def searched(fleet: Fleet, folder: Path) -> Rows:
    """The devices of a search of a fleet."""
    command = [sys.executable, "-m", "camcensus", "scan", "--interface", fleet.address, "--range", fleet.range]
    ran = fleet.run([*command, "--pace", "fast", "--json"], environment={"CAMCENSUS_DATA": str(folder)})
    assert ran.code == 0, ran.err
    return json.loads(ran.out)["devices"]  # type: ignore[no-any-return]


def identified(path: Path, *more: str) -> dict[str, Any]:
    """What `identify --json` says of the capture."""
    command = [sys.executable, "-m", "camcensus", "identify", str(path), "--json", *more]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # type: ignore[no-any-return]
