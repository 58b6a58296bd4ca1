"""Runs a scan on loopback and keeps all that it emits."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from camcensus.discovery.scan import ScanOutcome, scan
from camcensus.model.device import Observation
from camcensus.model.scan import AskedAddress, Coverage, Interface, Pace, ScanProgress, Scope
from costs import LONG_S

_Loop: Any = asyncio.SelectorEventLoop if sys.platform != "win32" else asyncio.ProactorEventLoop
LO = Interface("lo", "127.0.0.1/8", 1)
STOP_S = 0.5
"""So long a search goes on at most after Stop."""


@dataclass
class Looked:
    """What a scan emitted."""

    observations: list[Observation] = field(default_factory=list)
    asked: list[AskedAddress] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    progress: list[ScanProgress] = field(default_factory=list)
    outcome: ScanOutcome | None = None

    def take(self, event: object) -> None:
        kept = {Observation: self.observations, AskedAddress: self.asked, Coverage: self.coverage, ScanProgress: self.progress}
        kept[type(event)].append(event)  # type: ignore[attr-defined]

    def of(self, probe: str, address: str | None = None) -> list[Observation]:
        return [one for one in self.observations if one.probe == probe and address in (None, one.address)]

    def row(self, probe: str, network: str = "127.0.0.0/8") -> Coverage:
        assert self.outcome is not None
        return next(one for one in self.outcome.coverage if (one.probe, one.network) == (probe, network))


async def look(
    *,
    passive: bool = False,
    pace: Pace = "fast",
    ranges: tuple[str, ...] = (),
    limit_s: float | None = None,
    cards: tuple[Interface, ...] = (LO,),
    is_camera_mac: Callable[[str], bool] = lambda _: False,
    into: Looked | None = None,
    exclude: tuple[str, ...] = (),
    allowed: tuple[str, ...] | None = None,
) -> Looked:
    looked = into or Looked()
    scope = Scope(
        interfaces=cards, ranges=ranges, passive=passive, pace=pace, limit_s=limit_s, exclude=exclude, allowed=allowed
    )
    looked.outcome = await scan(scope, looked.take, is_camera_mac=is_camera_mac, clock=lambda: datetime.now(UTC))
    return looked


def open_files() -> int:
    """How many files and sockets this process has open; 0 where the system keeps no list of them (Windows)."""
    listed = Path("/dev/fd")
    return len(list(listed.iterdir())) if listed.is_dir() else 0


def let_go(before: int) -> bool:
    """Whether no more files and sockets are open than `before`, as soon as the system has closed the last of them."""
    end = time.monotonic() + LONG_S
    while open_files() > before and time.monotonic() < end:
        time.sleep(0.01)
    return open_files() <= before


class WaitedLoop(_Loop):
    """Its clock says how long it waited for a time to come, so that a busy computer makes nothing take longer.

    It stands still while anything is done, and while a reply is on its way.
    """

    _now_s = 0.0

    def time(self) -> float:
        return self._now_s

    def _process_events(self, events: list[object]) -> None:
        if not events and not self._ready and not self._stopping and self._scheduled:
            self._now_s = max(self._now_s, self._scheduled[0].when())
        super()._process_events(events)


def run(
    work: Callable[[AsyncExitStack], object], loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
) -> object:
    """Runs a coroutine function that gets a stack for its servers."""

    async def main() -> object:
        async with AsyncExitStack() as stack:
            return await work(stack)  # type: ignore[misc]

    return asyncio.run(main(), loop_factory=loop)
