"""A third-party ONVIF server that none of us wrote is found by a scan over multicast on loopback.

`ipycam` answers with a bare ProbeMatch and an unescaped space in a scope, and says 401 where no login is needed.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from camcensus.discovery.login import Login
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.sign_in import LoginOutcome, Target, read_signed_in
from camcensus.identity.same_device import DeviceFacts
from camcensus.model.device import Observation
from costs import LONG_S
from discovery.looking import Looked, look

ONVIF_PORT = 18880


def make_video(path: Path) -> None:
    """Two seconds of Motion JPEG, which ipycam plays as its picture."""
    cv2 = pytest.importorskip("cv2")
    numpy = pytest.importorskip("numpy")
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 5.0, (64, 48))
    assert writer.isOpened()
    for shade in range(10):
        writer.write(numpy.full((48, 64, 3), shade * 20, numpy.uint8))
    writer.release()


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow")  # onvif-zeep signs with it
@pytest.mark.parametrize("login", [False, True], ids=["open", "login"])
def test_ipycam_is_found_and_survived(tmp_path: Path, login: bool) -> None:
    pytest.importorskip("ipycam")
    make_video(tmp_path / "film.avi")
    config = {
        "name": "Front Door Camera",
        "local_ip": "127.0.0.1",
        "onvif_port": ONVIF_PORT,
        "manufacturer": "Made Up",
        "model": "Virtual 1",
        "main_width": 64,
        "main_height": 48,
        "sub_width": 64,
        "sub_height": 48,
        **({"username": "someone", "password": "secret"} if login else {}),
    }
    (tmp_path / "camera.json").write_text(json.dumps(config))
    log = (tmp_path / "log.txt").open("wb")
    program = subprocess.Popen(
        [sys.executable, "-m", "ipycam", "--config", "camera.json", "--source", "film.avi"],
        cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        looked = asyncio.run(look_once_it_listens(program))
        outcome, read = asyncio.run(read_with_login()) if login and looked else (None, [])
    finally:
        program.terminate()
        try:
            program.wait(LONG_S)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait(LONG_S)
        log.close()
    if looked is None:
        pytest.fail((tmp_path / "log.txt").read_text(errors="replace")[-3000:])
    matches = [one for one in looked.of("wsdiscovery") if one.reading.state == "read"]
    assert any(b"<d:ProbeMatch>" in one.raw or b"ProbeMatch>" in one.raw for one in matches)
    assert matches[0].address == "127.0.0.1"
    xaddrs = {xaddr for one in matches for xaddr in one.reading.all("onvif.xaddr")}
    assert xaddrs == {f"http://127.0.0.1:{ONVIF_PORT}/onvif/device_service"}
    assert "NetworkVideoTransmitter" in matches[0].reading.all("onvif.type")
    names = [scope for scope in matches[0].reading.all("onvif.scope") if "/name/" in scope]
    assert names == ["onvif://www.onvif.org/name/Front Door Camera"]
    web = [one for one in looked.of("http") if one.port == ONVIF_PORT]
    assert {one.reading.first("http.status") for one in web} <= {"200", "401"}
    information = looked.of("onvif.GetDeviceInformation")
    if login:
        assert not any(one.reading.first("onvif.model") for one in information)
        assert "401" in {one.reading.first("http.status") for one in web}
        assert outcome is not None
        assert outcome.state == "read", outcome.say
        assert {one.reading.first("onvif.model") for one in read} >= {"Virtual 1"}
    else:
        assert information[0].reading.first("onvif.model") == "Virtual 1"
    assert not any(one.reading.state == "broken" for one in looked.observations)
    assert looked.outcome is not None
    assert not looked.outcome.stopped_early


async def look_once_it_listens(program: subprocess.Popen[bytes]) -> Looked | None:
    until = time.monotonic() + 30
    while program.poll() is None and time.monotonic() < until:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", ONVIF_PORT)
        except OSError:
            await asyncio.sleep(0.2)
            continue
        writer.close()
        return await look()
    return None


async def read_with_login() -> tuple[LoginOutcome, list[Observation]]:
    """Reads it after login, as it asks to be logged in to."""
    seen: list[Observation] = []
    door = ServedPort("onvif", ONVIF_PORT, "/onvif/device_service")
    target = Target(address="127.0.0.1", facts=DeviceFacts("127.0.0.1"), onvif=door)
    login = Login("someone", "secret")
    outcome = await read_signed_in(target, login, seen.append, turnstile=Turnstile("fast"))
    return outcome, seen
