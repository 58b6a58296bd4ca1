"""One row of a list as an observation, and the forms in which lists write MAC addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal

from camcensus.intake.capture import UnreadLine
from camcensus.model import frozen
from camcensus.model.device import Observation
from camcensus.model.numbers import address_in, mac_in
from camcensus.model.words import count, joined
from camcensus.registers.programs import ListProgram
from camcensus.wire.read import read

__all__ = ["ListKind", "ROWS_LIMIT", "ListRow", "ListRows", "address_in", "mac_in", "observation_of", "said"]

ListKind = Literal["dhcp", "switch", "nmap", "table"]

ROWS_LIMIT = 60_000
"""Three times the largest estate, and all that is judged together; a list with more is read no further."""
TEXT_LIMIT_CHARACTERS = 200
NAMED_ROWS = 5
"""So many of the rows that were left out are named."""


@frozen(kw_only=True)
class ListRow:
    """What a list says of one device. `mac` is lower case with colons; `address` is "" where the list has none.

    `at` is when the list saw it (UTC, ending in Z), None where it does not say; `hangs_at` is the port of a switch. Of a
    register `file` is its name, `row` the number there, and `device` the kind of device that it states.
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
    device: str | None = None
    file: str | None = None
    row: int | None = None


def observation_of(row: ListRow, kind: ListKind, at: str, now: str) -> Observation:
    """The row as an observation (probe "list"). `at` counts where the row has no time of its own; none is later than `now`."""
    values = {
        "name": row.name, "model": row.model, "manufacturer": row.manufacturer, "serial": row.serial, "firmware": row.firmware,
        "at": row.hangs_at,
    }  # fmt: skip
    if row.file is None:
        values["kind"] = kind
    else:
        values |= {"basis": "register", "device": row.device, "file": row.file, "row": str(row.row)}
    told = {name: value[:TEXT_LIMIT_CHARACTERS] for name, value in values.items() if value}
    raw = json.dumps(told, ensure_ascii=True, sort_keys=True).encode("ascii")
    seen_at = min(row.at or at, now)
    return Observation(probe="list", address=row.address, at=seen_at, raw=raw, mac=row.mac, reading=read("list", None, raw))


class ListRows:
    """Gathers the rows of a list: the newest of each MAC address, how many lines had none, and which program wrote it.

    `columns` is how many the headings name where they are several, 0 for a list of one column or without headings.
    """

    def __init__(self) -> None:
        self._rows: dict[str, ListRow] = {}
        self.without_number = 0
        self.without_numbers_at: list[int] = []
        self.without_address = 0
        self.without_address_at: list[int] = []
        self.program: ListProgram | None = None
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

    def leave_out(self, number: int) -> None:
        """Counts a row of a table that has no MAC address; `number` is the row's, as a spreadsheet program shows it."""
        self.without_number += 1
        if len(self.without_numbers_at) < NAMED_ROWS:
            self.without_numbers_at.append(number)

    def leave_address(self, number: int) -> None:
        """Counts a row whose IP address is damaged; the rest of the row is taken."""
        self.without_address += 1
        if len(self.without_address_at) < NAMED_ROWS:
            self.without_address_at.append(number)

    def __iter__(self) -> Iterator[ListRow]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def all_problems(self, why: str = "") -> tuple[UnreadLine, ...]:
        """What was left out, in sentences."""
        problems = list(self.problems)
        if self.without_number:
            without = f"{count(self.without_number, 'row')} without a MAC address left out{self._named()}{why}."
            problems.append(UnreadLine(next(iter(self.without_numbers_at), None), without))
        if self.without_address:
            named = _rows_named(self.without_address, self.without_address_at)
            say = f"{count(self.without_address, 'row')} with a damaged IP address{named}: the address was left out."
            problems.append(UnreadLine(self.without_address_at[0], say))
        return tuple(problems)

    def why_empty(self, why: str) -> str:
        """The same in few words, where nothing is left: " (row 2)", or `why`; "" where the list has no rows at all."""
        return f"{self._named()}{why}" if self.without_number else ""

    def _named(self) -> str:
        return _rows_named(self.without_number, self.without_numbers_at)


def _rows_named(number: int, places: list[int]) -> str:
    """ " (rows 2, 5 and others)", "" where none is known; `number` is how many there are."""
    numbers = [str(place) for place in places]
    if number > len(numbers) > 0:
        numbers.append("others")
    return f" (row{'s' if len(numbers) > 1 else ''} {joined(numbers)})" if numbers else ""


def said(text: str | None) -> str | None:
    """A text of a cell, None where it says nothing."""
    shown = (text or "").replace("\x00", "").strip()
    return shown if shown and shown.strip("-*?./ ").lower() not in ("", "n/a", "na", "none", "null", "unknown") else None
