"""Small networks that caretakers have: what each house says, what the search has to make of it. See tests/bench/arrangements.py."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labelled import packets
from others.street import NETWORK, SEARCHER, Street, listens

HERE = Path(__file__).parent
VIDEO = ("camera", "recorder", "camera-or-recorder")
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@dataclass(frozen=True, slots=True)
class House:
    """What stands at one address: its file for `canned.py`, its MAC address, orders of `ip` after it is there, and what is true of it.

    `truth` has a maker ("" where its answers do not tell) for each row that it has to be; none for what is no camera.
    """

    told: Mapping[str, Any]
    truth: Sequence[str] = ()
    mac: str = ""
    ip: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Houses at .10, .11, … of the network; ranges beyond a router at .10; how many other rows there may be; and a wanted advice."""

    houses: Sequence[House]
    beyond: Sequence[str] = ()
    others: int = 0
    advice: str = ""
    paces: Sequence[str] = ("fast",)


@dataclass(slots=True)
class Came:
    """What came of it: rows counted at each house, others, topics of advice, seconds.

    What may be a camera by its maker, and says nothing of its kind, counts as the program counts it.
    """

    wanted: int = 0
    found: int = 0
    makers: int = 0
    makers_wanted: int = 0
    counted: int = 0
    others: int = 0
    advice: tuple[str, ...] = ()
    seconds: float = 0.0
    rows: list[dict[str, Any]] = field(default_factory=list)


def page(body: str, head: str = HEAD) -> str:
    """A web answer."""
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}"


def onvif(maker: str, model: str, serial: str) -> list[list[str]]:
    """Answers of an ONVIF camera, which tells its model without a login."""
    return [
        ["GetSystemDateAndTime", page(packets.soap("GetSystemDateAndTime").raw.decode(), "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n")],
        ["GetDeviceInformation", page(packets.info(maker, model, "1.2.3", serial).raw.decode(), "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n")],
        ["GetScopes", page(packets.scopes(f"name/{maker}", f"hardware/{model}", "type/video_encoder").raw.decode(), "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n")],
        ["/onvif/device_service", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"],
        ["GET / ", page("<html><head><title>WEB</title></head></html>")],
    ]  # fmt: skip


def match(address: str, uuid: str, *scopes: str) -> str:
    """A ProbeMatch that leads to the address."""
    text = packets.wsd(*scopes, uuid=uuid, xaddr=f"http://{address}/onvif/device_service").raw.decode()
    return text.replace("<a:Action>", "<a:RelatesTo>{relates_to}</a:RelatesTo><a:Action>")


def refusing(realm: str, *headers: str) -> list[list[str]]:
    """A web page behind a login."""
    more = "".join(f"{line}\r\n" for line in headers)
    return [["", f'HTTP/1.1 401 Unauthorized\r\n{more}WWW-Authenticate: Digest realm="{realm}", nonce="1", qop="auth"\r\nContent-Length: 0\r\n\r\n']]  # fmt: skip


def video(realm: str, server: str = "") -> list[list[str]]:
    """A video server behind a login."""
    name = f"Server: {server}\r\n" if server else ""
    return [
        ["OPTIONS", f"RTSP/1.0 200 OK\r\nCSeq: {{cseq}}\r\n{name}Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n"],
        ["DESCRIBE", f'RTSP/1.0 401 Unauthorized\r\nCSeq: {{cseq}}\r\n{name}WWW-Authenticate: Digest realm="{realm}", nonce="1"\r\n\r\n'],
    ]  # fmt: skip


def plain(told: Mapping[int, list[list[str]]], **more: Any) -> dict[str, Any]:
    """A file for `canned.py`."""
    return {"tcp": {str(port): said for port, said in told.items()}, "card": "eth0", **more}


HIKVISION = refusing("DS-2CD2143G2-I", "Server: App-webs/")
DAHUA, AXIS = refusing("Login to 4K01FD2PAJ00001"), refusing("AXIS_ACCC8E000001")
PORTAL = [["", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 68\r\n\r\n<html><head><title>Guest wi-fi: please sign in</title></head></html> "]]  # fmt: skip
UUID = "4fadf8d4-0000-4d6c-a3fa-0000000000"


def _clone(number: int) -> House:
    """One of several whose firmware was copied with its endpoint id and serial number."""
    said = match(f"{NETWORK}.{number}", f"{UUID}01", "name/IPC", "hardware/IPC-122", "type/video_encoder")
    told = plain(
        {80: onvif("Milesight Technology Co.,Ltd.", "MS-C2964-PB", "0123456789"), 554: video("Milesight")}, udp={"3702": said}
    )
    return House(told, ("milesight",), f"1c:c3:16:50:00:{number:02x}")


def _slow(number: int, ports: Mapping[int, list[list[str]]], maker: str, mac: str, *, announced: bool) -> House:
    said = {"3702": match(f"{NETWORK}.{number}", f"{UUID}{number}", "name/slow", "type/video_encoder")} if announced else {}
    return House(plain(ports, wait_s=3.0, udp=said), (maker,), f"{mac}:51:00:{number:02x}")


def _head(said: str, maker: str, number: int) -> House:
    return House(plain({80: [["", said]]}), (maker,), f"02:00:00:52:00:{number:02x}")


def _six(number: int) -> House:
    at = f"fe80::46{number:02x}"
    said = match(
        f"[{at}]", f"{UUID}{number}", "name/HIKVISION%20DS-2CD2143G2-I", "hardware/DS-2CD2143G2-I", "type/video_encoder"
    )
    told = plain({80: HIKVISION}, udp={"3702": said}, six=True)
    return House(told, ("hikvision",), f"44:19:b6:53:00:{number:02x}", (("addr", "flush", "dev", "eth0"), ("addr", "add", f"{at}/64", "dev", "eth0", "nodad")))  # fmt: skip


def _camera(number: int) -> House:
    return House(plain({80: HIKVISION, 554: video("IP Camera(C1214)")}), ("hikvision",), f"44:19:b6:54:00:{number:02x}")


PACES = ("fast", "normal", "gentle")
SMALL: dict[str, Arrangement] = {
    "login page for all addresses": Arrangement(
        (House(plain({80: PORTAL}), mac="02:00:00:50:00:01", ip=(("route", "add", "local", f"{NETWORK}.128/26", "dev", "lo"),)),
         _camera(11), _camera(12)),
        others=1, advice="one-for-many",
    ),
    "login page beyond a router": Arrangement(
        (House(plain({80: PORTAL}), mac="02:00:00:50:00:01", ip=(("route", "add", "local", "10.47.0.0/24", "dev", "lo"),)), _camera(11)),
        beyond=("10.47.0.0/24",), others=2, advice="one-for-many",
    ),
    "clones with one serial number": Arrangement([_clone(number) for number in (10, 11, 12, 13)]),
    "answers after 3 s": Arrangement(
        (_slow(10, {80: onvif("Hikvision", "DS-2CD2143G2-I", "DS-2CD2143G2-I20210101AAWRG00000002")}, "hikvision", "44:19:b6", announced=True),
         _slow(11, {80: DAHUA}, "dahua", "3c:ef:8c", announced=False),
         _slow(12, {554: video("AXIS_ACCC8E000001")}, "axis", "ac:cc:8e", announced=False),
         _slow(13, {80: onvif("Uniview", "IPC2124LE-ADF28KM-G", "210235C3RT3204700001")}, "uniview", "48:ea:63", announced=False)),
        paces=PACES,
    ),
    "broken heads": Arrangement(
        (_head("HTTP/1.1 401\nServer: Hikvision-Webs\nWWW-Authenticate: Digest realm=\"DS-2CD2143G2-I\", nonce=\"1\"\n\n", "hikvision", 10),
         _head("<html><head><title>AXIS P3245-V Network Camera</title></head></html>", "axis", 11),
         _head("HTTP/1.0 200 OK\r\nServer Dahua\r\n: x\r\nContent-Length: -1\r\n\r\n<html><head><title>VIVOTEK Network Camera IP8332</title></head></html>", "vivotek", 12),
         _head("HTTP/1.1 401 Unauthorized\r\nServer: \r\nWWW-Authenticate: Digest  realm = \"Login to 4K01FD2PAJ00001\"  nonce=\"1\"\r\nContent-Length: 99999\r\n\r\n", "dahua", 13),
         _head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\nzz\r\n<html><head><title>Network Camera WV-S1131</title></head></html>", "panasonic", 14),
         _head("HTTP/1.1 401\r\nWWW-Authenticate: Basic realm=AXIS_ACCC8E000001\r\n\r\n", "axis", 15)),
    ),
    "IPv6 only": Arrangement([_six(10), _six(11)]),
    "video only": Arrangement((House(plain({554: video("IP Camera(C1214)")}), ("hikvision",), "44:19:b6:55:00:01"), House(plain({554: video("iPOLiS")}), ("hanwha",), "00:09:18:55:00:02"))),
    "HTTPS only": Arrangement((House(plain({443: HIKVISION}, tls=[443]), ("hikvision",), "44:19:b6:56:00:01"), House(plain({443: AXIS}, tls=[443]), ("axis",), "ac:cc:8e:56:00:02"))),
    "port forwards to three makers": Arrangement((House(plain({80: HIKVISION, 81: DAHUA, 8080: AXIS}), ("hikvision", "dahua", "axis"), "02:00:00:57:00:01"),), others=1),
    "recorder and two cameras forwarded by it": Arrangement((House(plain({
        80: onvif("Hikvision", "DS-7608NI-K2", "DS-7608NI-K20820210719CCRRG00000001WCVU"),
        65001: onvif("Hikvision", "DS-2CD2143G2-I", "DS-2CD2143G2-I20210101AAWRG00000002"),
        65002: onvif("Hikvision", "DS-2CD2043G2-I", "DS-2CD2043G2-I20210101AAWRG00000003"),
    }), ("hikvision",), "44:19:b6:58:00:01"),), advice="behind-a-recorder"),
}  # fmt: skip


def searched(arrangement: Arrangement, pace: str, place: Path) -> Came:
    """Builds the network and searches it. Raises NoStreetError."""
    came = Came()
    place.mkdir(parents=True, exist_ok=True)
    with Street() as street:
        for number, house in enumerate(arrangement.houses, 10):
            name = street.house(number)
            ip = ["ip", "-n", name]
            if house.mac:
                subprocess.run([*ip, "link", "set", "eth0", "down"], check=True)
                subprocess.run([*ip, "link", "set", "eth0", "address", house.mac, "up"], check=True)
            for order in house.ip:
                subprocess.run([*ip, *order], check=True)
            folder = place / str(number)
            folder.mkdir()
            (folder / "told.json").write_text(json.dumps(house.told), "utf-8")
            if house.told.get("tls"):
                made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "365", "-subj", "/CN=localhost"]
                subprocess.run(
                    [*made, "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True
                )
            program = street.start(name, [sys.executable, str(HERE / "canned.py"), str(folder / "told.json")], folder, {})
            listens(street, name, int(next(iter(house.told["tcp"]))), program)
        for beyond in arrangement.beyond:
            subprocess.run(["ip", "-n", street.searcher, "route", "add", beyond, "via", f"{NETWORK}.10"], check=True)
        command = [
            sys.executable,
            "-m",
            "camcensus",
            "scan",
            "--interface",
            SEARCHER,
            "--range",
            f"{NETWORK}.0/24",
            "--pace",
            pace,
            "--json",
        ]
        command += [word for beyond in arrangement.beyond for word in ("--range", beyond)]
        began = time.monotonic()
        done = street.run(command, 400.0, {"CAMCENSUS_DATA": str(place)})
        came.seconds = round(time.monotonic() - began, 1)
    if done.returncode:
        raise RuntimeError(done.stderr[-800:])
    told = json.loads(done.stdout)
    came.rows = told["devices"]
    came.advice = tuple(one.get("topic", "") for one in told["scan"]["advice"])
    left = list(told["devices"])
    for number, house in enumerate(arrangement.houses, 10):
        here = [
            row
            for row in left
            if {f"{NETWORK}.{number}", f"fe80::46{number:02x}"} & {one.partition("%")[0] for one in row["addresses"]}
        ]
        counted = [row for row in here if row["kind"] in VIDEO or (row["kind"] == "unknown" and row["manufacturer"])]
        left = [row for row in left if row not in here or (not house.truth)]
        came.wanted += len(house.truth)
        came.found += min(len(counted), len(house.truth))
        came.makers_wanted += sum(map(bool, house.truth))
        came.makers += sum(maker in [row["manufacturer"] for row in here] for maker in house.truth)
        came.counted += len(counted)
        came.others += len(here) - len(counted) if house.truth else 0
    came.others += len(left)
    came.counted += sum(row["kind"] in VIDEO for row in left)
    return came
