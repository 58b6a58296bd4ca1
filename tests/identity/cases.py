"""The table of identity cases. Addresses, names and numbers are invented; the troubles are those that users of other programs report.

A case is what each search saw, and for each search where each device was and what it was taken for: "new", "same", "moved
from <address>", or "ask" (kept as new, and staff are asked whether it is one they have). Two addresses of one device are
joined by "+"; several devices of one address are a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from identity.hosts_seen import LAN, Host, at_port, host, listed
from labelled.packets import Packet, dhip, http, info, interfaces, neighbour, rtsp_realm, sadp, wsd

Expected = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """`rows` is how many the register has at the end; `not_seen` where those were first seen that are "not seen" then."""

    name: str
    scans: Sequence[Sequence[Host]]
    expected: Sequence[Expected]
    rows: int
    not_seen: Sequence[str] = ()
    whole: bool = True


# MAC addresses of two Dahua blocks, a Hikvision block and an Axis block; far apart, or of one box with two cards.
DAHUA_A, DAHUA_B, DAHUA_C, DAHUA_D = (f"3c:ef:8c:{tail}" for tail in ("10:20:31", "44:50:62", "7a:00:93", "c0:11:04"))
HIK_A, HIK_B = "44:19:b6:21:00:0a", "44:19:b6:9f:33:70"
CARD_1, CARD_2 = "44:19:b6:50:00:08", "44:19:b6:50:00:09"
AXIS_A, AXIS_B = "ac:cc:8e:10:00:01", "ac:cc:8e:7f:20:02"
WIFI, EXTENDER, ROUTER = "d8:f1:5b:70:21:0c", "50:c7:bf:01:02:33", "00:1d:aa:10:20:30"
UUIDS = [f"{number}a7c8f30-6d1e-4b2a-9c55-1f0e2d3c4b5a" for number in range(10)]
S_A, S_B, S_C = "2K00000PAG00002", "2K00000PAG77771", "3M01B7CPAJ5F0A9"
HIK_LONG, HIK_SHORT = "DS-2CD2143G0-I20190523AAWRD31234567", "D31234567"
OFFICE = "eth1 10.0.0.77/24"
BEYOND = None
"""The network of what answers behind a router: no neighbour table speaks of it."""


def onvif(
    serial: str = "", *, maker: str = "Dahua", model: str = "IPC-HDW2431T", uuid: str | None = None
) -> tuple[Packet, ...]:
    """What most cameras say without a login."""
    endpoint = (wsd("type/Network_Video_Transmitter", f"hardware/{model}", uuid=uuid),) if uuid else ()
    return (*endpoint, info(maker, model, "2.800", serial))


def beside(mac: str, serial: str = "", **said: str) -> tuple[Packet, ...]:
    """The same with its line of the neighbour table."""
    return (neighbour(mac), *onvif(serial, **said))


def _two_with(serial: str) -> list[Host]:
    return [host("10.0.0.31", *beside(DAHUA_A, serial)), host("10.0.0.32", *beside(DAHUA_B, serial))]


def _junk_serial(serial: str, what: str) -> list[Case]:
    """Two cameras that show it: beside us with their numbers, and behind a router without."""
    near, far = _two_with(serial), [replace(one, network=BEYOND, packets=one.packets[1:]) for one in _two_with(serial)]
    return [
        Case(
            f"serial {what} on two cameras that swap addresses",
            [near, [replace(near[0], address="10.0.0.32"), replace(near[1], address="10.0.0.31")]],
            [
                {"10.0.0.31": "new", "10.0.0.32": "new"},
                {"10.0.0.31": "moved from 10.0.0.32", "10.0.0.32": "moved from 10.0.0.31"},
            ],
            2,
        ),
        Case(
            f"serial {what} on two cameras behind a router",
            [far, far],
            [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.31": "same", "10.0.0.32": "same"}],
            2,
        ),
    ]


def _junk_number(mac: str, what: str) -> Case:
    one, two = host("10.0.0.31", neighbour(mac), *onvif(S_A)), host("10.0.0.32", neighbour(mac), *onvif())
    return Case(
        f"{what} on two cameras",
        [[one, two], [host("10.0.0.41", *one.packets), two]],
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.41": "moved from 10.0.0.31", "10.0.0.32": "same"}],
        2,
    )


def _router(mac: str) -> Case:
    hosts = [host("10.0.0.31", neighbour(mac), *onvif(S_A)), host("10.0.0.32", neighbour(mac), *onvif(S_B))]
    bare = [host("10.0.0.33", neighbour(mac), *onvif()), host("10.0.0.34", neighbour(mac), *onvif())]
    return Case(
        "number of the router in front of four cameras",
        [[*hosts, *bare], [host("10.0.0.41", *hosts[0].packets), hosts[1], *bare]],
        [
            dict.fromkeys(("10.0.0.31", "10.0.0.32", "10.0.0.33", "10.0.0.34"), "new"),
            {"10.0.0.41": "moved from 10.0.0.31", "10.0.0.32": "same", "10.0.0.33": "same", "10.0.0.34": "same"},
        ],
        4,
    )


SERIALS = [
    *_junk_serial("0123456789", "0123456789"),
    *_junk_serial("SerialNumber", "SerialNumber"),
    *_junk_serial("00000000", "of zeros"),
    *_junk_serial("N/A", "N/A"),
    *_junk_serial("none", "none"),
    *_junk_serial("Not Available", "Not Available"),
    *_junk_serial("To be filled by O.E.M.", "to be filled"),
    *_junk_serial("IPC-HDW2431T", "that is the model"),
    *_junk_serial("ffffffffffff", "of one letter"),
    Case(
        "serial that is the address without dots",
        [
            [
                host("192.168.2.61", *onvif("192168261"), network=BEYOND),
                host("192.168.2.62", *onvif("192168262"), network=BEYOND),
            ],
            [host("192.168.2.62", *onvif("192168261"), network=BEYOND)],
        ],
        [{"192.168.2.61": "new", "192.168.2.62": "new"}, {"192.168.2.62": "same"}],
        2,
    ),
    Case(
        "two cameras with one serial and their own numbers in it",
        [
            [host("10.0.0.31", sadp("DS-A", HIK_LONG, HIK_A)), host("10.0.0.32", sadp("DS-A", HIK_LONG, HIK_B))],
            [host("10.0.0.32", sadp("DS-A", HIK_LONG, HIK_A)), host("10.0.0.31", sadp("DS-A", HIK_LONG, HIK_B))],
        ],
        [
            {"10.0.0.31": "new", "10.0.0.32": "new"},
            {"10.0.0.32": "moved from 10.0.0.31", "10.0.0.31": "moved from 10.0.0.32"},
        ],
        2,
    ),
    Case(
        "two cameras with one serial told apart by the neighbour table",
        [_two_with("C00PYSER1AL9"), _two_with("C00PYSER1AL9")],
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.31": "same", "10.0.0.32": "same"}],
        2,
    ),
    Case(
        "second camera with the serial of one that is switched off",
        [[host("10.0.0.31", *beside(DAHUA_A, "C00PYSER1AL9"))], [host("10.0.0.32", *beside(DAHUA_B, "C00PYSER1AL9"))]],
        [{"10.0.0.31": "new"}, {"10.0.0.32": "ask"}],
        2,
        not_seen=["10.0.0.31"],
    ),
    Case(
        "serial with the model before it and without after new firmware",
        [
            [host("10.0.0.31", *onvif(HIK_LONG, maker="HIKVISION", model="DS-2CD2143G0-I"), network=BEYOND)],
            [host("10.0.0.44", *onvif(HIK_SHORT, maker="HIKVISION", model="DS-2CD2143G0-I"), network=BEYOND)],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.44": "moved from 10.0.0.31"}],
        1,
    ),
    Case(
        "serial without the model and then with it",
        [
            [host("10.0.0.31", *onvif(HIK_SHORT, maker="HIKVISION"), network=BEYOND)],
            [host("10.0.0.44", sadp("DS-2CD2143G0-I", HIK_LONG, HIK_A))],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.44": "moved from 10.0.0.31"}],
        1,
    ),
    Case(
        "serials that only end alike are two",
        [
            [host("10.0.0.31", *onvif("2K00000PAG00002"), network=BEYOND)],
            [host("10.0.0.32", *onvif("3M99999PAG00002"), network=BEYOND)],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.32": "new"}],
        2,
    ),
    Case(
        "serial in small letters and in capitals",
        [
            [host("10.0.0.31", *onvif("2k00000pag00002"), network=BEYOND)],
            [host("10.0.0.44", *onvif("2K00000PAG00002"), network=BEYOND)],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.44": "moved from 10.0.0.31"}],
        1,
    ),
    Case(
        "serial with hyphens and without",
        [
            [host("10.0.0.31", *onvif("AA-BB-2017-00991"), network=BEYOND)],
            [host("10.0.0.44", *onvif("AABB201700991"), network=BEYOND)],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.44": "moved from 10.0.0.31"}],
        1,
    ),
    Case(
        "serial that is the MAC address of the camera",
        [
            [host("10.0.0.31", *onvif("ACCC8E100001", maker="AXIS", model="M3106-L"), network=BEYOND)],
            [host("10.0.0.44", *beside(AXIS_A, "", maker="AXIS", model="M3106-L"))],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.44": "moved from 10.0.0.31"}],
        1,
    ),
]

NUMBERS = [
    _junk_number("00:00:00:00:00:00", "number of zeros"),
    _junk_number("ff:ff:ff:ff:ff:ff", "number of all ones"),
    _junk_number("01:00:5e:7f:ff:fa", "number of a group"),
    _junk_number("02:42:ac:11:00:02", "number made up by software"),
    _junk_number("00:50:56:c0:00:08", "number of a virtual card on every computer"),
    _junk_number("00:00:5e:00:01:0a", "number of a pair of routers"),
    _junk_number("00:00:0c:07:ac:01", "number of another maker's pair of routers"),
    _junk_number("00:11:22:33:44:55", "number that firmware comes with"),
    _router(ROUTER),
    Case(
        "number made up at each start and one serial",
        [
            [host("10.0.0.31", neighbour("02:11:32:aa:01:02"), *onvif(S_A))],
            [host("10.0.0.44", neighbour("02:77:90:bb:0c:0d"), *onvif(S_A))],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.44": "moved from 10.0.0.31"}],
        1,
    ),
    Case(
        "cameras behind one extender that show their own numbers",
        [
            [
                host("10.0.0.31", neighbour(EXTENDER), *onvif(), interfaces(DAHUA_A)),
                host("10.0.0.32", neighbour(EXTENDER), *onvif(), interfaces(DAHUA_B)),
            ],
            [
                host("10.0.0.32", neighbour(EXTENDER), *onvif(), interfaces(DAHUA_A)),
                host("10.0.0.31", neighbour(EXTENDER), *onvif(), interfaces(DAHUA_B)),
            ],
        ],
        [
            {"10.0.0.31": "new", "10.0.0.32": "new"},
            {"10.0.0.32": "moved from 10.0.0.31", "10.0.0.31": "moved from 10.0.0.32"},
        ],
        2,
    ),
    Case(
        "one extender that serves another camera later",
        [
            [host("10.0.0.31", neighbour(EXTENDER), *onvif(), interfaces(DAHUA_A))],
            [host("10.0.0.40", neighbour(EXTENDER), *onvif(), interfaces(DAHUA_B))],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.40": "ask"}],
        2,
        not_seen=["10.0.0.31"],
    ),
    Case(
        "camera behind an extender that is cabled later",
        [
            [host("10.0.0.31", neighbour(EXTENDER), *onvif(), interfaces(DAHUA_A))],
            [host("10.0.0.40", neighbour(DAHUA_A), *onvif())],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.40": "moved from 10.0.0.31"}],
        1,
    ),
    Case(
        "cable and wireless of one camera at once",
        [
            [host("10.0.0.31", *beside(DAHUA_A, S_A)), host("10.0.0.32", *beside(WIFI, S_A))],
            [host("10.0.0.32", *beside(WIFI, S_A))],
        ],
        [{"10.0.0.31+10.0.0.32": "new"}, {"10.0.0.32": "moved from 10.0.0.31+10.0.0.32"}],
        1,
    ),
    Case(
        "cable first and wireless later",
        [[host("10.0.0.31", *beside(DAHUA_A, S_A))], [host("10.0.0.32", *beside(WIFI, S_A))]],
        [{"10.0.0.31": "new"}, {"10.0.0.32": "moved from 10.0.0.31"}],
        1,
    ),
    Case(
        "recorder with two network cards on one network",
        [
            [
                host("10.0.0.8", neighbour(CARD_1), sadp("DS-7716NI-K4", HIK_LONG, CARD_1, digital=16)),
                host("10.0.0.9", neighbour(CARD_2), sadp("DS-7716NI-K4", HIK_LONG, CARD_2, digital=16)),
            ]
        ]
        * 2,
        [{"10.0.0.8+10.0.0.9": "new"}, {"10.0.0.8+10.0.0.9": "same"}],
        1,
    ),
    Case(
        "recorder with a card in each of two networks",
        [
            [
                host("10.0.0.8", neighbour(CARD_1), *onvif(HIK_LONG, uuid=UUIDS[1])),
                host("192.168.7.9", neighbour(CARD_2), *onvif(HIK_LONG, uuid=UUIDS[1]), network="eth1 192.168.7.2/24"),
            ],
            [host("192.168.7.9", neighbour(CARD_2), *onvif(HIK_LONG, uuid=UUIDS[1]), network="eth1 192.168.7.2/24")],
        ],
        [{"10.0.0.8+192.168.7.9": "new"}, {"192.168.7.9": "moved from 10.0.0.8+192.168.7.9"}],
        1,
    ),
    Case(
        "link-local IPv6 beside IPv4",
        [
            [
                host("10.0.0.31", *beside(DAHUA_A)),
                host("fe80::3eef:8cff:fe10:2031%eth0", neighbour(DAHUA_A), *onvif()),
            ],
            [host("fe80::3eef:8cff:fe10:2031%eth0", neighbour(DAHUA_A), *onvif())],
        ],
        [
            {"10.0.0.31+fe80::3eef:8cff:fe10:2031%eth0": "new"},
            {"fe80::3eef:8cff:fe10:2031%eth0": "moved from 10.0.0.31+fe80::3eef:8cff:fe10:2031%eth0"},
        ],
        1,
    ),
]

ENDPOINTS = [
    Case(
        "one endpoint id in two cameras of one factory",
        [
            [
                host("10.0.0.31", *beside(DAHUA_A, uuid=UUIDS[1])),
                host("10.0.0.32", *beside(DAHUA_B, uuid=UUIDS[1])),
            ],
            [
                host("10.0.0.32", *beside(DAHUA_A, uuid=UUIDS[1])),
                host("10.0.0.31", *beside(DAHUA_B, uuid=UUIDS[1])),
            ],
        ],
        [
            {"10.0.0.31": "new", "10.0.0.32": "new"},
            {"10.0.0.32": "moved from 10.0.0.31", "10.0.0.31": "moved from 10.0.0.32"},
        ],
        2,
    ),
    Case(
        "one endpoint id in two cameras with serials of their own",
        [
            [
                host("10.0.0.31", *onvif(S_A, uuid=UUIDS[1]), network=BEYOND),
                host("10.0.0.32", *onvif(S_B, uuid=UUIDS[1]), network=BEYOND),
            ]
        ]
        * 2,
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.31": "same", "10.0.0.32": "same"}],
        2,
    ),
    Case(
        "firmware that changes the endpoint id, number seen",
        [[host("10.0.0.31", *beside(DAHUA_A, uuid=UUIDS[1]))], [host("10.0.0.31", *beside(DAHUA_A, uuid=UUIDS[2]))]],
        [{"10.0.0.31": "new"}, {"10.0.0.31": "same"}],
        1,
    ),
    Case(
        "firmware that changes the endpoint id, serial seen, address changed",
        [
            [host("10.0.0.31", *onvif(S_A, uuid=UUIDS[1]), network=BEYOND)],
            [host("10.0.0.44", *onvif(S_A, uuid=UUIDS[2]), network=BEYOND)],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.44": "moved from 10.0.0.31"}],
        1,
    ),
    Case(
        "another endpoint id at each search and nothing better",
        [[host("10.0.0.31", *onvif(uuid=UUIDS[number]), network=BEYOND)] for number in (1, 2, 3)],
        [{"10.0.0.31": "new"}, {"10.0.0.31": "same"}, {"10.0.0.31": "same"}],
        1,
    ),
    Case(
        "another endpoint id in each reply",
        [[host("10.0.0.31", *onvif(uuid=UUIDS[at]), *onvif(uuid=UUIDS[at + 1]), *onvif(uuid=UUIDS[at + 2]))] for at in (0, 3)],
        [{"10.0.0.31": "new"}, {"10.0.0.31": "same"}],
        1,
    ),
    Case(
        "another endpoint id and another model at the address",
        [
            [host("10.0.0.31", *onvif(uuid=UUIDS[1]), network=BEYOND)],
            [host("10.0.0.31", *onvif(uuid=UUIDS[2], maker="AXIS", model="M3106-L"), network=BEYOND)],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.31": "ask"}],
        2,
    ),
]

ADDRESSES = [
    Case(
        "changed address, number known",
        [[host("10.0.0.31", *beside(DAHUA_A))], [host("10.0.0.77", *beside(DAHUA_A))], [host("10.0.0.31", *beside(DAHUA_A))]],
        [{"10.0.0.31": "new"}, {"10.0.0.77": "moved from 10.0.0.31"}, {"10.0.0.31": "moved from 10.0.0.77"}],
        1,
    ),
    Case(
        "changed address and network, serial known",
        [[host("10.0.0.31", *onvif(S_A))], [host("172.16.4.9", *onvif(S_A), network="eth1 172.16.4.2/24")]],
        [{"10.0.0.31": "new"}, {"172.16.4.9": "moved from 10.0.0.31"}],
        1,
    ),
    Case(
        "two cameras that swap their addresses",
        [
            [host("10.0.0.31", *beside(DAHUA_A, S_A)), host("10.0.0.32", *beside(HIK_A, HIK_SHORT))],
            [host("10.0.0.32", *beside(DAHUA_A, S_A)), host("10.0.0.31", *beside(HIK_A, HIK_SHORT))],
        ],
        [
            {"10.0.0.31": "new", "10.0.0.32": "new"},
            {"10.0.0.32": "moved from 10.0.0.31", "10.0.0.31": "moved from 10.0.0.32"},
        ],
        2,
    ),
    Case(
        "three cameras whose addresses go round",
        [
            [host(f"10.0.0.{31 + number}", *beside(mac)) for number, mac in enumerate((DAHUA_A, DAHUA_B, DAHUA_C))],
            [host(f"10.0.0.{31 + number}", *beside(mac)) for number, mac in enumerate((DAHUA_C, DAHUA_A, DAHUA_B))],
        ],
        [
            {"10.0.0.31": "new", "10.0.0.32": "new", "10.0.0.33": "new"},
            {"10.0.0.32": "moved from 10.0.0.31", "10.0.0.33": "moved from 10.0.0.32", "10.0.0.31": "moved from 10.0.0.33"},
        ],
        3,
    ),
    Case(
        "replaced by the same model at the same address",
        [[host("10.0.0.31", *beside(DAHUA_A, S_A))], [host("10.0.0.31", *beside(DAHUA_B, S_B))]],
        [{"10.0.0.31": "new"}, {"10.0.0.31": "new"}],
        2,
        not_seen=["10.0.0.31"],
    ),
    Case(
        "replaced by the same model at the same address behind a router",
        [[host("10.0.0.31", *onvif(S_A), network=BEYOND)], [host("10.0.0.31", *onvif(S_B), network=BEYOND)]],
        [{"10.0.0.31": "new"}, {"10.0.0.31": "new"}],
        2,
    ),
    Case(
        "replaced by another maker's at the same address",
        [
            [host("10.0.0.31", *beside(DAHUA_A, S_A))],
            [host("10.0.0.31", *beside(AXIS_A, "ACCC8E100001", maker="AXIS", model="M3106-L"))],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.31": "new"}],
        2,
        not_seen=["10.0.0.31"],
    ),
    Case(
        "replaced by another maker's and neither shows a number",
        [
            [host("10.0.0.31", dhip("Private", "IPC", "", ""), network=BEYOND)],
            [host("10.0.0.31", *onvif(maker="AXIS", model="M3106-L"), network=BEYOND)],
            [host("10.0.0.31", *onvif(maker="AXIS", model="M3106-L"), network=BEYOND)],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.31": "ask"}, {"10.0.0.31": "same"}],
        2,
    ),
    Case(
        "seen by its address and later with its number",
        [[host("10.0.0.31", *onvif())], [host("10.0.0.31", *beside(DAHUA_A))], [host("10.0.0.50", *beside(DAHUA_A))]],
        [{"10.0.0.31": "new"}, {"10.0.0.31": "same"}, {"10.0.0.50": "moved from 10.0.0.31"}],
        1,
    ),
    Case(
        "answers less on a bad day",
        [
            [host("10.0.0.31", *beside(DAHUA_A, S_A, uuid=UUIDS[1]))],
            [host("10.0.0.31", rtsp_realm("IP Camera"))],
            [host("10.0.0.31", *beside(DAHUA_A, S_A, uuid=UUIDS[1]))],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.31": "same"}, {"10.0.0.31": "same"}],
        1,
    ),
    Case(
        "gone and back again",
        [
            [host("10.0.0.31", *beside(DAHUA_A)), host("10.0.0.32", *beside(DAHUA_B))],
            [host("10.0.0.32", *beside(DAHUA_B))],
            [host("10.0.0.31", *beside(DAHUA_A)), host("10.0.0.32", *beside(DAHUA_B))],
        ],
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.32": "same"}, {"10.0.0.31": "same", "10.0.0.32": "same"}],
        2,
    ),
    Case(
        "a search that was stopped says nothing of what it did not see",
        [[host("10.0.0.31", *beside(DAHUA_A)), host("10.0.0.32", *beside(DAHUA_B))], [host("10.0.0.32", *beside(DAHUA_B))]],
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.32": "same"}],
        2,
        whole=False,
    ),
    Case(
        "one network from a laptop with another address",
        [
            [host("10.0.0.31", *onvif()), host("10.0.0.32", *beside(DAHUA_B))],
            [host("10.0.0.31", *onvif(), network="Ethernet 10.0.0.200/24")],
        ],
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.31": "same"}],
        2,
        not_seen=["10.0.0.32"],
    ),
    Case(
        "two networks with the same private addresses at once",
        [[host("10.0.0.31", *onvif()), host("10.0.0.31", *onvif(), network=OFFICE)]] * 2,
        [{"10.0.0.31": ["new", "new"]}, {"10.0.0.31": ["same", "same"]}],
        2,
    ),
    Case(
        "another building with the same private addresses",
        [
            [host(f"10.0.0.{31 + number}", *beside(mac)) for number, mac in enumerate((DAHUA_A, DAHUA_B, DAHUA_C))],
            [host(f"10.0.0.{31 + number}", *beside(mac)) for number, mac in enumerate((HIK_A, HIK_B, AXIS_A))],
        ],
        [dict.fromkeys(("10.0.0.31", "10.0.0.32", "10.0.0.33"), "new")] * 2,
        6,
    ),
    Case(
        "weak at the address that a known camera left",
        [
            [host("10.0.0.31", *beside(DAHUA_A, S_A)), host("10.0.0.32", *onvif())],
            [host("10.0.0.32", *beside(DAHUA_A, S_A)), host("10.0.0.31", *onvif())],
        ],
        [
            {"10.0.0.31": "new", "10.0.0.32": "new"},
            {"10.0.0.32": "moved from 10.0.0.31", "10.0.0.31": "ask"},
        ],
        3,
        not_seen=["10.0.0.32"],
    ),
]

SHARED = [
    Case(
        "cameras behind a router's forwarded ports, told by their serials",
        [
            [
                host(
                    "10.0.0.1",
                    *(at_port(packet, 8001) for packet in onvif(S_A)),
                    *(at_port(packet, 8002) for packet in onvif(S_B)),
                    *(at_port(packet, 8003) for packet in onvif(S_C)),
                    network=BEYOND,
                )
            ]
        ]
        * 2,
        [{"10.0.0.1": ["new", "new", "new"]}, {"10.0.0.1": ["same", "same", "same"]}],
        3,
    ),
    Case(
        "a camera behind a recorder's own switch, reached through the recorder",
        [
            [
                host(
                    "10.0.0.8",
                    neighbour(HIK_A),
                    sadp("DS-7608NI-K2/8P", "DS-7608NI-K2/8P0820200102CCRRE11111111WCVU", HIK_A, digital=8),
                    at_port(info("HIKVISION", "DS-2CD2143G0-I", "5.6", HIK_LONG), 65001),
                    at_port(interfaces(HIK_B), 65001),
                )
            ]
        ]
        * 2,
        [{"10.0.0.8": ["new", "new"]}, {"10.0.0.8": ["same", "same"]}],
        2,
    ),
    Case(
        "a row of a list with a number only, found later",
        [[host("", listed(DAHUA_A, model="IPC-HDW2431T", manufacturer="Dahua"))], [host("10.0.0.31", *beside(DAHUA_A))]],
        [{"nowhere": "new"}, {"10.0.0.31": "moved from nowhere"}],
        1,
    ),
    Case(
        "two rows of a list found later at swapped addresses",
        [
            [host("10.0.0.31", listed(DAHUA_A)), host("10.0.0.32", listed(DAHUA_B))],
            [host("10.0.0.32", *beside(DAHUA_A)), host("10.0.0.31", *beside(DAHUA_B))],
        ],
        [
            {"10.0.0.31": "new", "10.0.0.32": "new"},
            {"10.0.0.32": "moved from 10.0.0.31", "10.0.0.31": "moved from 10.0.0.32"},
        ],
        2,
    ),
    Case(
        "a web server without a sign of a camera has no row",
        [[host("10.0.0.60", neighbour("00:1b:a9:10:20:30"), http("Server: printer"))]] * 2,
        [{"10.0.0.60": "no row, new"}, {"10.0.0.60": "no row, same"}],
        0,
    ),
    Case(
        "two cameras that both look like one known",
        [
            [host("10.0.0.31", *onvif(S_A, uuid=UUIDS[1]))],
            [host("10.0.0.32", *onvif(S_A, uuid=UUIDS[2])), host("10.0.0.33", *onvif("", uuid=UUIDS[1]))],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.32": "ask", "10.0.0.33": "moved from 10.0.0.31"}],
        2,
    ),
]


def _named(address: str, uuid: str) -> Packet:
    """What a camera at the address says of itself, also where another host repeats it."""
    return wsd("hardware/IPC-HDW2431T", uuid=uuid, xaddr=f"http://{address}/onvif/device_service")


STRANGERS = [
    Case(
        "one endpoint id on live cameras of two makers behind a router",
        [
            [
                host("10.0.0.31", *onvif(uuid=UUIDS[1]), network=BEYOND),
                host("10.0.0.32", *onvif(maker="AXIS", model="M3106-L", uuid=UUIDS[1]), network=BEYOND),
            ]
        ]
        * 2,
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.31": "same", "10.0.0.32": "same"}],
        2,
    ),
    Case(
        "one endpoint id on live cameras of one model behind a router",
        [[host(f"10.0.0.{number}", *onvif(uuid=UUIDS[1]), network=BEYOND) for number in (31, 32)]] * 2,
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.31": "same", "10.0.0.32": "same"}],
        2,
    ),
    Case(
        "one serial on live cameras of one model and nothing else in common",
        [[host(f"10.0.0.{number}", *onvif("C00PYSER1AL9"), network=BEYOND) for number in (31, 32)]] * 2,
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.31": "same", "10.0.0.32": "same"}],
        2,
    ),
    Case(
        "endpoint id and serial of one camera that answers behind a router at two addresses",
        [[host(f"10.0.0.{number}", *onvif(S_A, uuid=UUIDS[1]), network=BEYOND) for number in (31, 32)]] * 2,
        [{"10.0.0.31+10.0.0.32": "new"}, {"10.0.0.31+10.0.0.32": "same"}],
        1,
    ),
    Case(
        "endpoint id and serial in common, MAC addresses of two makers",
        [
            [
                host("10.0.0.31", *beside(DAHUA_A, S_A, uuid=UUIDS[1])),
                host("10.0.0.32", *beside(AXIS_A, S_A, uuid=UUIDS[1])),
            ]
        ]
        * 2,
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.31": "same", "10.0.0.32": "same"}],
        2,
    ),
    Case(
        "endpoint id and serial in common, one answers in a maker's own protocol and the other has another's number",
        [
            [
                host("10.0.0.31", *onvif(S_A, uuid=UUIDS[1]), dhip("Dahua", "IPC", S_A, "")),
                host("10.0.0.32", *beside(HIK_A, S_A, uuid=UUIDS[1])),
            ]
        ],
        [{"10.0.0.31": "new", "10.0.0.32": "new"}],
        2,
    ),
    Case(
        "discovery proxy that repeats what three cameras say",
        [
            [
                *(host(f"10.0.0.{31 + n}", neighbour(mac), _named(f"10.0.0.{31 + n}", UUIDS[n])) for n, mac in enumerate((DAHUA_A, DAHUA_B, DAHUA_C))),
                host("10.0.0.60", neighbour("00:1b:a9:10:20:30"), http("Server: proxy"), *(_named(f"10.0.0.{31 + n}", UUIDS[n]) for n in range(3))),
            ]
        ]
        * 2,
        [
            {**dict.fromkeys(("10.0.0.31", "10.0.0.32", "10.0.0.33"), "new"), "10.0.0.60": "no row, new"},
            {**dict.fromkeys(("10.0.0.31", "10.0.0.32", "10.0.0.33"), "same"), "10.0.0.60": "no row, same"},
        ],
        3,
    ),
    Case(
        "camera that says its own name and repeats its neighbour's",
        [
            [
                host("10.0.0.31", neighbour(DAHUA_A), _named("10.0.0.31", UUIDS[1]), _named("10.0.0.32", UUIDS[2])),
                host("10.0.0.32", neighbour(HIK_A), _named("10.0.0.32", UUIDS[2])),
            ]
        ]
        * 2,
        [{"10.0.0.31": "new", "10.0.0.32": "new"}, {"10.0.0.31": "same", "10.0.0.32": "same"}],
        2,
    ),
    Case(
        "another maker's camera with the serial of one that is switched off",
        [
            [host("10.0.0.31", *beside(DAHUA_A, "C00PYSER1AL9"))],
            [host("10.0.0.32", *beside(AXIS_A, "C00PYSER1AL9", maker="AXIS", model="M3106-L"))],
        ],
        [{"10.0.0.31": "new"}, {"10.0.0.32": "ask"}],
        2,
        not_seen=["10.0.0.31"],
    ),
    Case(
        "wireless card that names the cable's address too",
        [
            [
                host("10.0.0.31", neighbour(DAHUA_A), _named("10.0.0.31", UUIDS[1])),
                host("10.0.0.32", neighbour(WIFI), _named("10.0.0.31", UUIDS[1])),
            ]
        ]
        * 2,
        [{"10.0.0.31+10.0.0.32": "new"}, {"10.0.0.31+10.0.0.32": "same"}],
        1,
    ),
]  # fmt: skip

CASES: list[Case] = [*SERIALS, *NUMBERS, *ENDPOINTS, *ADDRESSES, *SHARED, *STRANGERS]
assert LAN
