"""The simulated estate as values: devices read from TOML, each with literal replies and the truth about it.

A device file may name a `family`, and a family another: a TOML file with the same tables, overridden by the file that names it.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from camcensus.demo.template import LiteralReply, Sending, fill, placeholders, read_reply
from camcensus.model import frozen
from camcensus.model.asset import PlaceKind
from camcensus.model.device import DeviceKind, Grade
from camcensus.model.errors import DemoError

MOST_DEVICES = 500
"""Each device takes some six sockets; beyond this ordinary computers run out of them."""

UDP_PROTOCOLS = (
    "wsdiscovery", "uniview", "sadp", "dhip", "dahua-v1", "hanwha", "bosch", "vivotek", "panasonic", "sony", "xiongmai", "tvt",
    "tp-link", "ubiquiti", "ssdp", "mdns",
)  # fmt: skip
_NAMESPACE = uuid.UUID("6f1cb0f2-5a1f-4b53-9c58-0a5ad1c0de00")
_NOTHING = LiteralReply("text", "", "nothing")
_MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}")


@frozen
class Truth:
    """What a device really is. `grades` are those that its replies deserve; `channels` is what a recorder reports."""

    manufacturer: str | None
    brand: str | None
    kind: DeviceKind
    grades: tuple[Grade, ...]
    channels: int | None = None
    why: str = ""


@frozen
class Speaker:
    """What a device says over one UDP protocol. It answers questions about what it `offers` (types, STs, names).

    `deaf_to` is text whose presence in a question makes this firmware ignore it.
    """

    protocol: str
    reply: LiteralReply
    offers: tuple[str, ...] = ()
    deaf_to: str | None = None


@frozen
class DemoPort:
    """What a device says on one TCP port. `answers` maps "GET /path", "DESCRIBE" or "onvif.<Operation>" to a reply.

    `otherwise` answers what is not there, `refused` an ONVIF operation that needs a login. A door that speaks "raw" takes what
    comes and says nothing. `tls` is whether it speaks inside TLS.
    """

    name: str
    speaks: str
    port: int
    answers: Mapping[str, LiteralReply]
    otherwise: LiteralReply
    refused: LiteralReply | None
    onvif_path: str | None
    tls: bool = False


@frozen
class SimDevice:
    """One simulated device. `pin` is where it is on the floor plan, in thousandths of its width and height."""

    id: str
    address: str
    mac: str
    name: str
    place: tuple[str, ...]
    purpose: str
    pin: tuple[int, int] | None
    values: Mapping[str, str]
    speakers: tuple[Speaker, ...]
    doors: tuple[DemoPort, ...]
    truth: Truth
    sending: Sending


@frozen
class SimPlace:
    """A place of the simulated organisation: the names from the site down to it."""

    path: tuple[str, ...]
    kind: PlaceKind
    sensitive: bool


@frozen
class SimFirm:
    """A firm that sold or maintains devices; invented like the rest. `facts` are its contract and how it is reached."""

    name: str
    role: Literal["seller", "maintainer"]
    facts: Mapping[str, str]


@frozen
class SimRecord:
    """What staff have written down of some devices at once: values by the name of the field.

    `seller` and `maintainer` name firms, `connected_to` a recorder by its id.
    """

    devices: tuple[str, ...]
    values: Mapping[str, str | int]


@frozen
class Estate:
    """The whole simulation. `name` is the organisation's; `notice` is the sentence that says none of this is real."""

    name: str
    type: str
    notice: str
    expected_cameras: int
    places: tuple[SimPlace, ...]
    floor_plan: Path
    devices: tuple[SimDevice, ...]
    firms: tuple[SimFirm, ...] = ()
    records: tuple[SimRecord, ...] = ()


def load_estate(directory: Path, devices: int | None = None) -> Estate:
    """The estate kept in `directory`, in the order of its catalogue, with as many devices as asked for.

    Fewer are the first of the catalogue; more repeat it with other serial numbers, MAC addresses and addresses, always the
    same ones. Raises DemoError.
    """
    if devices is not None and not 1 <= devices <= MOST_DEVICES:
        raise DemoError(f"The simulation can have 1 to {MOST_DEVICES} devices; {devices} were asked for.")
    school = read_toml(directory / "school.toml")
    catalogue = load_catalogue(directory)
    wanted = len(catalogue) if devices is None else devices
    built = tuple(unit(catalogue[n % len(catalogue)], n // len(catalogue)) for n in range(wanted))
    places = tuple(SimPlace(tuple(row["path"]), row["kind"], row.get("sensitive", False)) for row in school["places"])
    return Estate(
        school["name"],
        school["type"],
        school["notice"],
        school["expected_cameras"],
        places,
        directory / school["floor_plan"],
        built,
        tuple(SimFirm(row.pop("name"), row.pop("role"), row) for row in school["firms"]),
        tuple(SimRecord(tuple(row.pop("devices")), row) for row in school["records"]),
    )


def load_catalogue(directory: Path) -> tuple[SimDevice, ...]:
    """The devices of the catalogue as written: `unit` makes any number of each. Raises DemoError."""
    return tuple(_device(directory, identity) for identity in read_toml(directory / "school.toml")["devices"])


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a file. Raises DemoError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise DemoError(f"The simulated estate lacks the file {path.name}; install Camcensus again.") from None
    except tomllib.TOMLDecodeError as problem:
        raise DemoError(f"The simulated estate's file {path.name} cannot be read: {problem}.") from None


def merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """The tables of `under`, overridden by those of `over`, table by table."""
    merged = dict(under)
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def _device(directory: Path, identity: str) -> SimDevice:
    table = read_toml(directory / "devices" / f"{identity}.toml")
    while family := table.pop("family", None):
        table = merge(read_toml(directory / "families" / f"{family}.toml"), table)
    try:
        return read_device(identity, table, directory / "replies")
    except (KeyError, TypeError, ValueError) as problem:
        raise DemoError(f"The simulated device {identity} is not described in full ({problem}).") from None


def read_device(identity: str, table: Mapping[str, Any], replies: Path | Sequence[Path]) -> SimDevice:
    """One device from its table, its values as written: `unit` spells them out.

    Raises DemoError, and KeyError, TypeError or ValueError for what is missing or misspelt.
    """
    if not _MAC.fullmatch(table["mac"]):
        raise ValueError(f"mac {table['mac']}")
    truth = table["truth"]
    pin = table.get("pin")
    speakers = tuple(
        Speaker(
            protocol,
            read_reply(replies, row["reply"], row.get("body")),
            tuple(row.get("offers", ())),
            row.get("deaf_to"),
        )
        for protocol in UDP_PROTOCOLS
        if (row := table.get(protocol)) and not row.get("off")
    )
    doors = tuple(_door(name, row, replies) for name, row in table.get("door", {}).items() if not row.get("off"))
    return SimDevice(
        identity,
        table["address"],
        table["mac"],
        table["name"],
        tuple(table["place"]),
        table.get("purpose", ""),
        (pin[0], pin[1]) if pin else None,
        {key: str(value) for key, value in table.get("values", {}).items()},
        speakers,
        doors,
        Truth(
            truth.get("manufacturer"),
            truth.get("brand"),
            truth["kind"],
            tuple(truth["grades"]),
            truth.get("channels"),
            truth.get("why", ""),
        ),
        Sending(),
    )


def _door(name: str, row: Mapping[str, Any], replies: Path | Sequence[Path]) -> DemoPort:
    refused = row.get("refused")
    return DemoPort(
        name,
        row["speaks"],
        row["port"],
        {ask: read_reply(replies, reply) for ask, reply in row.get("answers", {}).items() if reply},
        _NOTHING if row["speaks"] == "raw" else read_reply(replies, row["otherwise"]),
        read_reply(replies, refused) if refused else None,
        row.get("onvif_path"),
        row.get("tls", False),
    )


def _spell_out(device: SimDevice) -> dict[str, str]:
    """The device's values with the spellings of its MAC address added and placeholders inside values replaced."""
    plain = device.mac.replace(":", "")
    values = {
        "mac": device.mac,
        "mac_upper": device.mac.upper(),
        "mac_dashes": device.mac.replace(":", "-"),
        "mac_plain": plain,
        "mac_plain_upper": plain.upper(),
        "mac_tail_upper": plain[6:].upper(),
        "name": device.name,
    }
    waiting = dict(device.values)
    while waiting:
        ready = [key for key, value in waiting.items() if placeholders(value) <= values.keys()]
        for key in ready or list(waiting)[:1]:
            values[key] = fill(waiting.pop(key), values, device.id)
        if "serial" in values:
            values["serial_tail"] = values["serial"][-5:]
    return values


def unit(device: SimDevice, lap: int) -> SimDevice:
    """The device itself on lap 0; on each later lap another unit of the same model, always the same one."""
    if lap:
        a, b, c, d = device.address.split(".")
        tail = f"{(int(device.mac.replace(':', '')[6:], 16) + lap * 4099) % (1 << 24):06x}"
        values = dict(device.values)
        if "{mac" not in values.get("uuid", "{mac"):
            values["uuid"] = str(uuid.uuid5(_NAMESPACE, f"{device.id} {lap}"))
        if "{mac" not in values.get("serial", "{mac"):
            values["serial"] = _other_serial(values["serial"], lap)
        device = replace(
            device,
            id=f"{device.id}-{lap + 1}",
            address=f"{a}.{b}.{int(c) + lap}.{d}",
            mac=device.mac[:9] + ":".join((tail[0:2], tail[2:4], tail[4:6])),
            name=f"{device.name} {lap + 1}",
            values=values,
            pin=None,
        )
    spelt = _spell_out(device)
    speakers = tuple(
        replace(speaker, offers=tuple(fill(offer, spelt, device.id) for offer in speaker.offers)) for speaker in device.speakers
    )
    return replace(device, values=spelt, speakers=speakers)


def _other_serial(serial: str, lap: int) -> str:
    """Another serial number of the same layout: the last five digits of its last long run of digits are counted on."""
    runs = list(re.finditer(r"\d{5,}", serial))
    if not runs:
        return serial
    end = runs[-1].end()
    return f"{serial[: end - 5]}{(int(serial[end - 5 : end]) + lap * 79) % 100_000:05d}{serial[end:]}"
