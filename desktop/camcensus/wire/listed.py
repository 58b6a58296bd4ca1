"""A row of a list that a person brought (leases, switch table, another tool's export, the staff's own register), as JSON.

The MAC address and the address are in the observation itself. The fields have names of their own, which no fingerprint looks
at. A list of a network program says no more of who made a device than its MAC address does; what staff recorded in a register
(`basis` "register") counts as their word.
"""

from __future__ import annotations

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_json_object

VERSION = 2

NAMES = ("kind", "name", "model", "manufacturer", "serial", "firmware", "at", "basis", "device", "file", "row")
"""`kind` is what sort of list it was ("dhcp", "switch", "nmap", "table"); `at` where it says that the device hangs (a port).

Of a register: `basis` is "register", `device` the kind of device that it states, `file` and `row` where it says so; without
them somebody typed it.
"""


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of the row. Raises WireError where it is no JSON object of texts."""
    values = read_json_object(data)
    into = Collector()
    for name in NAMES:
        value = values.get(name)
        if value is not None and not isinstance(value, str):
            raise WireError(f"A row of a list has a {name} that is not text.")
        into.add(f"list.{name}", value)
    return into.fields()
