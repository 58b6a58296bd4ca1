"""A network of namespaces: one for each server, and one from which they are searched. Needs Linux, root and `ip`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from costs import LONG_S

NETWORK = "10.46.0"
SEARCHER = f"{NETWORK}.1"


class NoStreetError(Exception):
    """Namespaces cannot be made here."""


class Street:
    """From `with` on, houses with an address each on one bridge; what was started in them is ended afterwards."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._running: list[subprocess.Popen[bytes]] = []
        self._made = f"cc{os.getpid()}"

    def __enter__(self) -> Self:
        if sys.platform != "linux" or os.geteuid() != 0:
            raise NoStreetError
        try:
            self._house("s")
            self._ip("-n", self._name("s"), "link", "add", "bridge", "type", "bridge")
            self._ip("-n", self._name("s"), "link", "set", "bridge", "up")
            self.searcher = self.house(1)
        except (subprocess.CalledProcessError, OSError):
            self.__exit__(None, None, None)
            raise NoStreetError from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for program in self._running:
            program.terminate()
        for program in self._running:
            try:
                program.wait(LONG_S)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait(LONG_S)
        for name in self._names:
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)

    def _name(self, which: str) -> str:
        return f"{self._made}-{which}"

    def _house(self, which: str) -> str:
        name = self._name(which)
        self._ip("netns", "add", name)
        self._names.append(name)
        self._ip("-n", name, "link", "set", "lo", "up")
        # An IPv6 address that is still looked for elsewhere cannot be listened on, and some servers give up then.
        self._ip("netns", "exec", name, "sh", "-c", "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad || true")
        return name

    def _ip(self, *words: str) -> None:
        subprocess.run(["ip", *words], check=True, capture_output=True)

    def house(self, number: int) -> str:
        """The name of a namespace with the address NETWORK.number, on the bridge."""
        name, street = self._house(str(number)), self._name("s")
        self._ip("-n", street, "link", "add", f"v{number}", "type", "veth", "peer", "name", "eth0", "netns", name)
        self._ip("-n", street, "link", "set", f"v{number}", "master", "bridge", "up")
        self._ip("-n", name, "addr", "add", f"{NETWORK}.{number}/24", "brd", "+", "dev", "eth0")
        self._ip("-n", name, "link", "set", "eth0", "up")
        for there in ("224.0.0.0/4", "255.255.255.255"):
            self._ip("-n", name, "route", "add", there, "dev", "eth0")
        # A name server is asked in vain, and at once: some servers answer nobody while they wait for one.
        self._ip("-n", name, "route", "add", "unreachable", "default")
        return name

    def start(self, house: str, command: Sequence[str], place: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Starts a program in a house; what it says goes to `log.txt` in its folder."""
        with (place / "log.txt").open("ab") as log:
            program = subprocess.Popen(
                ["ip", "netns", "exec", house, *command], cwd=place, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, env={**os.environ, **environment},
            )  # fmt: skip
        self._running.append(program)
        return program

    def run(self, command: Sequence[str], limit_s: float, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Runs a program where the searches come from."""
        return subprocess.run(
            ["ip", "netns", "exec", self.searcher, *command], capture_output=True, text=True, timeout=limit_s, check=False,
            env={**os.environ, **environment},
        )  # fmt: skip


def listens(street: Street, house: str, port: int, program: subprocess.Popen[bytes], limit_s: float = 20.0) -> bool:
    """Whether a program begins to listen on a TCP or UDP port in its house before it ends or the time is over."""
    until = time.monotonic() + limit_s
    while program.poll() is None and time.monotonic() < until:
        said = subprocess.run(["ip", "netns", "exec", house, "ss", "-Hlntu"], capture_output=True, text=True, check=False)
        if any(line.split()[4].rpartition(":")[2] == str(port) for line in said.stdout.splitlines() if len(line.split()) > 4):
            return True
        time.sleep(0.2)
    return False
