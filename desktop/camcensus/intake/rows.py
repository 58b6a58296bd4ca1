"""One row of a list as an observation, and the forms in which lists write MAC addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from camcensus.intake.capture import UnreadLine
from camcensus.model.numbers import address_in, mac_in
from camcensus.model.observation import Observation
from camcensus.model.words import count
from camcensus.wire.read import read

__all__ = ["ListKind", "ROWS_LIMIT", "ListRow", "ListRows", "address_in", "mac_in", "observation_of", "said"]

ListKind = Literal["dhcp", "switch", "nmap", "table"]

ROWS_LIMIT = 200_000
"""Ten times the largest estate; a list with more is read no further."""
TEXT_LIMIT_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """What a list says of one device. `mac` is lower case with colons; `address` is "" where the list has none.

    `at` is when the list saw it (UTC, ending in Z), None where it does not say; `hangs_at` is the port of a switch.
    """

    mac: str
    address: str = ""
    at: str | None = None
    name: str | None = None
    model: str | None = None
    manufacturer: str | None = None
    serial: str | None = None
    firmware: str | None = None
    hangs_at: str | None = None


def observation_of(row: ListRow, kind: ListKind, at: str, now: str) -> Observation:
    """The row as an observation (probe "list"). `at` counts where the row has no time of its own; none is later than `now`."""
    values = {
        "kind": kind, "name": row.name, "model": row.model, "manufacturer": row.manufacturer, "serial": row.serial,
        "firmware": row.firmware, "at": row.hangs_at,
    }  # fmt: skip
    told = {name: value[:TEXT_LIMIT_CHARACTERS] for name, value in values.items() if value}
    raw = json.dumps(told, ensure_ascii=True, sort_keys=True).encode("ascii")
    seen_at = min(row.at or at, now)
    return Observation(probe="list", address=row.address, at=seen_at, raw=raw, mac=row.mac, reading=read("list", None, raw))


class ListRows:
    """Gathers the rows of a list: the newest of each MAC address, and how many lines had none."""

    def __init__(self) -> None:
        self._rows: dict[str, ListRow] = {}
        self.without_number = 0
        self.problems: list[UnreadLine] = []
        self.full = False

    def add(self, row: ListRow) -> None:
        """Takes a row; of two with one MAC address the later one in time, then in the file."""
        known = self._rows.get(row.mac)
        if known is None and len(self._rows) >= ROWS_LIMIT:
            if not self.full:
                self.problems.append(UnreadLine(None, f"The list has more than {ROWS_LIMIT:,} rows; the rest was not read."))
            self.full = True
        elif known is None or (known.at or "") <= (row.at or ""):
            self._rows[row.mac] = row

    def __iter__(self) -> Iterator[ListRow]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def all_problems(self, why: str = "") -> tuple[UnreadLine, ...]:
        """What was left out, in sentences."""
        if not self.without_number:
            return tuple(self.problems)
        without = count(self.without_number, "row")
        return (*self.problems, UnreadLine(None, f"{without} without a MAC address left out{why}."))


def said(text: str | None) -> str | None:
    """A text of a cell, None where it says nothing."""
    shown = (text or "").replace("\x00", "").strip()
    return shown if shown and shown.strip("-*?./ ").lower() not in ("", "n/a", "na", "none", "null", "unknown") else None
