"""Starts a fleet, and runs programs at the scanner's end of its cable.

with Fleet(250) as fleet:
    ran = fleet.run([sys.executable, "-m", "camcensus", "scan", "--interface", fleet.address, "--json"])
    counts = fleet.report()
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from costs import LONG_S
from fleet.catalogue import FIRST, FIRST_LOOPBACK, HERE, Unit, draw_fleet, load_fleet


class NoNamespacesError(Exception):
    """Network namespaces cannot be made here."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A fleet drawn by a seed: on which ground, with what share of endpoint ids doubled, and how many devices one host repeats."""

    seed: int
    layout: str = "local"
    doubled: float = 0.0
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended. `code` is None where it was ended at its time limit; `memory_mb` is the most that it took, `cpu_s` the
    processor time.
    """

    out: str
    err: str
    code: int | None
    seconds: float
    memory_mb: int
    cpu_s: float


class Fleet:
    """A fleet of so many devices, from `with` on. Raises NoNamespacesError where none can be made, RuntimeError for a fault in it.

    On `loopback` it is on this process's own loopback network: no MAC addresses, no range, and what is counted of packets is 0.
    """

    station = HERE / "station.py"

    def __init__(
        self, size: int, folder: Path = HERE / "catalogue", *, loopback: bool = False, drawn: Drawn | None = None
    ) -> None:
        self._arguments = [str(size), str(folder), *(["loopback"] if loopback else [])]
        if drawn:
            self.units: tuple[Unit, ...] = draw_fleet(size, drawn.seed, doubled=drawn.doubled, repeats=drawn.repeats > 0)
            self._arguments += [str(drawn.seed), drawn.layout, str(drawn.doubled), str(drawn.repeats)]
        else:
            self.units = load_fleet(size, folder, first=FIRST_LOOPBACK if loopback else FIRST)
        self._loopback = loopback
        self.addresses: list[str] = []
        self.address = self.range = ""
        self._scanner = ""

    def __enter__(self) -> Self:
        if not self._loopback and (sys.platform != "linux" or os.geteuid() != 0):
            raise NoNamespacesError
        self._program = subprocess.Popen(
            [sys.executable, str(self.station), *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._program.stdout
        line = self._program.stdout.readline()
        ready = json.loads(line or "{}")
        if "ready" not in ready:
            self.__exit__(None, None, None)
            if "no_network" in ready:
                raise NoNamespacesError(ready["no_network"])
            raise RuntimeError("The fleet did not start; its own words are above.")
        self.address, self.range, self._scanner = ready["address"], ready["range"], ready["scanner"]
        self.addresses = ready["addresses"]
        self.notes: list[str] = ready["notes"]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for pipe in (self._program.stdin, self._program.stdout):
            if pipe:
                pipe.close()
        try:
            self._program.wait(LONG_S)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait(LONG_S)

    @property
    def enter(self) -> list[str]:
        """What stands before a command that is run at the scanner's end."""
        return ["nsenter", f"--net={self._scanner}"] if self._scanner else []

    def report(self, *, anew: bool = True) -> dict[str, Any]:
        """What the fleet counted; `anew` begins from nought."""
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.write(json.dumps({"report": True, "anew": anew}) + "\n")
        self._program.stdin.flush()
        return json.loads(self._program.stdout.readline())  # type: ignore[no-any-return]

    def run(self, command: Sequence[str], *, limit_s: float = 120.0, environment: Mapping[str, str] | None = None) -> Ran:
        """Runs a program at the scanner's end, and ends it at its time limit."""
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            began = time.monotonic()
            program = subprocess.Popen(
                [*self.enter, *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env={**os.environ, **(environment or {})},
            )
            memory_kb, over = 0, False
            while True:
                pid, status, usage = os.wait4(program.pid, os.WNOHANG)
                if pid:
                    break
                memory_kb = _most_memory_kb(program.pid) or memory_kb
                if not over and time.monotonic() - began > limit_s:
                    over = True
                    program.kill()
                time.sleep(0.02)
            seconds = time.monotonic() - began
            program.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            cpu_s = round(usage.ru_utime + usage.ru_stime, 1)
            code = None if over else program.returncode
            return Ran(out.read(), err.read(), code, round(seconds, 2), memory_kb // 1024, cpu_s)


def _most_memory_kb(pid: int) -> int:
    """The most memory that a program has taken since it began; the system's own account has that of its parent in it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
