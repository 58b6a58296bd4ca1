"""Servers that none of us wrote are found and read over loopback, and signed in to where they want a login.

Beside `ipycam`, which has a file of its own:

- `rtsp-rs` and `HAP-python`, from the test extra: an RTSP server alone, and a HomeKit camera announced by mDNS;
- `onvif_simple_server` (the ONVIF of cameras with free firmware), github.com/roleoroleo/onvif_simple_server, built with `make` in
  $CAMCENSUS_THIRD_PARTIES/onvif_simple_server; needs Debian's lighttpd, and libtomcrypt-dev, libjson-c-dev, zlib1g-dev to build;
- `onvif-go`, github.com/EthanFlower1/onvif-go, built with `go build -o onvif-go-server ./cmd/onvif-server` to
  $CAMCENSUS_THIRD_PARTIES/onvif-go-server.

The last two are on no package registry, so they are looked for in that folder and skipped where they are not.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from camcensus.attribution.attribute import attribute
from camcensus.discovery.login import Login
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.sign_in import LoginOutcome, Target, read_signed_in
from camcensus.identity.describe import describe
from camcensus.identity.group import group
from camcensus.identity.same_device import DeviceFacts
from camcensus.model.device import Observation, is_watched
from camcensus.store.vendors_db.read import load_knowledge
from costs import LONG_S
from discovery.looking import Looked, look

pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow")  # onvif-zeep signs with it

USER, PASSWORD = "someone", "s3cret"
TOPIC = "tns1:RuleEngine/MyRuleDetector/FaceDetect"
GO_ADDRESS = "127.77.3.1"
STARTS_IN_S = 30


def beside(*names: str) -> Path:
    """The folder of third parties' servers, where it has all of these."""
    folder = Path(os.environ.get("CAMCENSUS_THIRD_PARTIES", "/nowhere"))
    missing = [name for name in names if not (folder / name).exists()]
    if missing:
        pytest.skip(
            f"{' and '.join(missing)} not in the folder that CAMCENSUS_THIRD_PARTIES names: it is on no package registry"
        )
    return folder


@pytest.fixture
def multicast() -> None:
    """Lets others send to groups on loopback, in a network in which there is nothing else."""
    if [name for _, name in socket.if_nameindex()] != ["lo"]:
        pytest.skip("this process has no network of its own, so others' servers are not started")
    done = subprocess.run(["ip", "route", "replace", "224.0.0.0/4", "dev", "lo"], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("routes cannot be set here")


@contextlib.contextmanager
def running(*command: str | Path, cwd: Path, port: int | None = None, address: str = "127.0.0.1") -> Iterator[None]:
    """A program that is ended afterwards. Its last words are the failure where it ends before it listens on `port`."""
    with (cwd / "log.txt").open("ab") as log:
        program = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
    try:
        if port is not None:
            asyncio.run(wait_until_it_listens(program, address, port))
        if program.poll() is not None:
            pytest.fail((cwd / "log.txt").read_text(errors="replace")[-3000:])
        yield
    finally:
        program.terminate()
        try:
            program.wait(LONG_S)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait(LONG_S)


async def wait_until_it_listens(program: subprocess.Popen[bytes], address: str, port: int) -> None:
    until = time.monotonic() + STARTS_IN_S
    while program.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(address, port)
            writer.close()
            return
        await asyncio.sleep(0.1)


def look_until(probe: str, **how: Any) -> Looked:
    """Scans until something answers a probe: some servers hear questions only a second after they started."""
    looked = asyncio.run(look(**how))
    for _ in range(10):
        if looked.of(probe):
            break
        looked = asyncio.run(look(**how))
    return looked


def sign_in(
    port: int, password: str = PASSWORD, times: int = 1, address: str = "127.0.0.1"
) -> tuple[list[LoginOutcome], list[Observation]]:
    async def read() -> tuple[list[LoginOutcome], list[Observation]]:
        seen: list[Observation] = []
        door = ServedPort("onvif", port, "/onvif/device_service")
        target = Target(address=address, facts=DeviceFacts(address), onvif=door)
        turnstile = Turnstile("fast")
        login = Login(USER, password)
        return [await read_signed_in(target, login, seen.append, turnstile=turnstile) for _ in range(times)], seen

    return asyncio.run(read())


def described(looked: Looked, data_dir: Path) -> list[tuple[str, str | None]]:
    """(kind, claimed model) of what a scan and a login found."""
    knowledge = load_knowledge(data_dir / "vendors.db")
    devices = group(looked.observations, knowledge)
    found = [describe(device, attribute(device.observations, knowledge).evidence) for device in devices]
    return [(one.kind, one.claimed_model) for one in found]


@pytest.fixture
def simple_server(tmp_path: Path, multicast: None) -> Iterator[int]:
    """onvif_simple_server behind lighttpd, and its WS-Discovery; gives the port."""
    port = 18881
    built = beside("onvif_simple_server/onvif_simple_server", "onvif_simple_server/wsd_simple_server") / "onvif_simple_server"
    lighttpd = shutil.which("lighttpd") or shutil.which("lighttpd", path="/usr/sbin")
    if lighttpd is None:
        pytest.skip("lighttpd, which onvif_simple_server answers through, is not installed")
    (tmp_path / "camera.conf").write_text(
        f"model=Yard 1\nmanufacturer=Made Up\nfirmware_ver=0.3.7\nhardware_id=AFUS\nserial_num=SN0042\nifs=lo\nport={port}\n"
        f"scope=onvif://www.onvif.org/Profile/Streaming\nuser={USER}\npassword={PASSWORD}\n"
        "name=Profile_0\nwidth=64\nheight=48\nurl=rtsp://%s/0\nsnapurl=http://%s/0\ntype=H264\nevents=1\n"
        f"topic={TOPIC}\nsource_name=Source\nsource_type=xsd:string\nsource_value=VideoSourceToken\ninput_file={tmp_path}/people\n"
    )
    pages = tmp_path / "www" / "onvif"
    pages.mkdir(parents=True)
    for service in ("device_service", "media_service", "events_service"):
        script = pages / service
        script.write_text(f"#!/bin/sh\ncd '{built}' && exec ./onvif_simple_server -c '{tmp_path}/camera.conf' {service}\n")
        script.chmod(0o755)
    (tmp_path / "lighttpd.conf").write_text(
        f'server.modules = ("mod_cgi")\nserver.document-root = "{tmp_path}/www"\nserver.bind = "127.0.0.1"\n'
        f'server.port = {port}\nserver.errorlog = "{tmp_path}/errors.txt"\ncgi.assign = ("_service" => "")\n'
    )
    announce = built / "wsd_simple_server"
    at = f"http://%s:{port}/onvif/device_service"
    with (
        running(lighttpd, "-D", "-f", "lighttpd.conf", cwd=tmp_path, port=port),
        running(
            announce, "-f", "-i", "lo", "-x", at, "-m", "Yard 1", "-n", "Made Up", "-p", tmp_path / "pid", "-t", built / "wsd_files",
            cwd=tmp_path,
        ),
    ):  # fmt: skip
        yield port


def test_onvif_simple_server_is_found_by_multicast_and_read_signed_in(simple_server: int, data_dir: Path) -> None:
    looked = look_until("wsdiscovery")
    matches = [one for one in looked.of("wsdiscovery") if one.reading.all("onvif.xaddr")]
    assert {one.address for one in matches} == {"127.0.0.1"}
    assert {xaddr for one in matches for xaddr in one.reading.all("onvif.xaddr")} == {
        f"http://127.0.0.1:{simple_server}/onvif/device_service"
    }
    assert not any(one.reading.first("onvif.model") for one in looked.observations)
    (outcome,), read = sign_in(simple_server)
    assert outcome.state == "read", outcome.say
    assert {one.reading.first("onvif.model") for one in read} >= {"Yard 1"}
    assert {one.reading.first("serial") for one in read} >= {"SN0042"}
    topics = {topic for one in read for topic in one.reading.all("onvif.topic")}
    assert topics == {TOPIC}
    looked.observations += read
    assert not any(one.reading.state == "broken" for one in looked.observations)
    assert ("camera", "Yard 1") in described(looked, data_dir)


def test_onvif_simple_server_hears_a_wrong_password_once(simple_server: int) -> None:
    outcomes, read = sign_in(simple_server, "wrong")
    assert [one.state for one in outcomes] == ["refused"]
    assert not any(one.reading.first("onvif.model") for one in read)


@pytest.fixture
def onvif_go(tmp_path: Path) -> Iterator[int]:
    """onvif-go's server, which does not announce itself; gives the port."""
    program = beside("onvif-go-server") / "onvif-go-server"
    login = ("-username", USER, "-password", PASSWORD)
    about = ("-manufacturer", "Made Up", "-model", "Many Eyes", "-serial", "SN-0043")
    with running(program, "-host", GO_ADDRESS, "-port", "8000", *login, *about, cwd=tmp_path, port=8000, address=GO_ADDRESS):
        yield 8000


def test_onvif_go_is_found_by_asking_its_address_and_read_signed_in(onvif_go: int, data_dir: Path) -> None:
    looked = look_until("onvif.GetSystemDateAndTime", ranges=(f"{GO_ADDRESS}/32",))
    assert any(one.probe.startswith("onvif.") and one.port == onvif_go for one in looked.observations)
    (outcome,), read = sign_in(onvif_go, address=GO_ADDRESS)
    assert outcome.state == "read", outcome.say
    assert {one.reading.first("onvif.model") for one in read} >= {"Many Eyes"}
    looked.observations += read
    assert not any(one.reading.state == "broken" for one in looked.observations)
    assert ("camera", "Many Eyes") in described(looked, data_dir)


def test_onvif_go_hears_a_wrong_password_once(onvif_go: int) -> None:
    outcomes, read = sign_in(onvif_go, "wrong", address=GO_ADDRESS)
    assert [one.state for one in outcomes] == ["refused"]
    assert not any(one.reading.first("onvif.model") for one in read)


HOMEKIT = """
from pyhap.accessory_driver import AccessoryDriver
from pyhap.camera import Camera, VIDEO_CODEC_PARAM_LEVEL_TYPES, VIDEO_CODEC_PARAM_PROFILE_ID_TYPES
video = {
    "codec": {
        "profiles": [VIDEO_CODEC_PARAM_PROFILE_ID_TYPES["BASELINE"]], "levels": [VIDEO_CODEC_PARAM_LEVEL_TYPES["TYPE3_1"]],
    },
    "resolutions": [[320, 240, 15]],
}
options = {"video": video, "audio": {"codecs": [{"type": "OPUS", "samplerate": 24}]}, "address": "127.0.0.1", "srtp": True}
driver = AccessoryDriver(address="127.0.0.1", port=51826, persist_file="state", interface_choice=["127.0.0.1"])
driver.add_accessory(Camera(options, driver, "Hall Camera"))
driver.start()
"""
RTSP = """
import time
import rtsp
server = rtsp.Server("127.77.3.2:8554")
server.start()
time.sleep(600)
"""


def test_a_homekit_camera_is_found_by_what_it_announces(tmp_path: Path, multicast: None, data_dir: Path) -> None:
    pytest.importorskip("pyhap")
    with running(sys.executable, "-c", HOMEKIT, cwd=tmp_path, port=51826):
        looked = look_until("mdns")
    seen = looked.of("mdns")[0].reading
    assert seen.first("mdns.service") == "_hap._tcp.local."
    assert "ci=17" in seen.all("mdns.txt")
    assert not any(one.reading.state == "broken" for one in looked.observations)
    assert described(looked, data_dir) == [("camera", "Hall Camera")]


def test_a_server_that_speaks_rtsp_alone_is_found_by_asking_its_address(tmp_path: Path, data_dir: Path) -> None:
    pytest.importorskip("rtsp")
    with running(sys.executable, "-c", RTSP, cwd=tmp_path, port=8554, address="127.77.3.2"):
        looked = look_until("rtsp", ranges=("127.77.3.2/32",))
    answers = {one.ask: one.reading for one in looked.of("rtsp", "127.77.3.2")}
    assert set(answers) == {"OPTIONS", "DESCRIBE"}
    assert {one.first("rtsp.status") for one in answers.values()} == {"200"}
    assert (answers["OPTIONS"].first("rtsp.server") or "").startswith("rtsp-rs/")
    (found,) = described(looked, data_dir)
    assert is_watched(found[0])
