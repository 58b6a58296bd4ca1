"""What a network capture held, in a sentence and as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from camcensus.model.scan import CaptureSummary
from camcensus.model.words import count, long_date

NOTHING_ANNOUNCED = (
    "No device announced itself: capture for an hour or more, on a port that mirrors the cameras’ network, and try again."
)


def summary_line(one: CaptureSummary) -> str:
    """ "hour.pcapng: 1 hour 4 minutes, 27 November 2026, 12:01 to 13:05 UTC; 214 devices spoke, 31 announced themselves." """
    first, last = datetime.fromisoformat(one.first_at), datetime.fromisoformat(one.last_at)
    till = f" to {last:%H:%M}" if first.date() == last.date() else f" to {long_date(one.last_at)}, {last:%H:%M}"
    if one.first_at[:16] == one.last_at[:16]:
        till = ""
    said = (
        f"{one.file}: {_length(int((last - first).total_seconds()))}, {long_date(one.first_at)}, {first:%H:%M}{till} UTC; "
        f"{count(one.spoke, 'device')} spoke, {one.announced:,} announced {'itself' if one.announced == 1 else 'themselves'}."
    )
    if one.stopped_early:
        said += " Reading was stopped; this is the result so far."
    elif not one.announced:
        said += f" {NOTHING_ANNOUNCED}"
    if one.short and one.short * 100 >= one.packets:
        said += (
            f" Only the beginning of {count(one.short, 'packet')} was captured, so answers may be missing. Capture again with "
            "whole packets (tcpdump -s 0)."
        )
    return said


def _length(seconds: int) -> str:
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if hours >= 48:
        return count(hours // 24, "day")
    parts = [count(hours, "hour")] if hours else []
    parts += [count(minutes, "minute")] if minutes else []
    return " ".join(parts) or count(seconds, "second")


def capture_entry(one: CaptureSummary) -> dict[str, Any]:
    """One network capture for `identify --json`."""
    return {
        "file": one.file, "first_at": one.first_at, "last_at": one.last_at, "packets": one.packets, "spoke": one.spoke,
        "announced": one.announced, "short": one.short, "stopped_early": one.stopped_early, "say": summary_line(one),
    }  # fmt: skip
