"""`scan --login` from outside: found, read with the login, and the password in no argument, file, log or document."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from camcensus.app import main
from costs import PATIENCE_S
from discovery import packets
from discovery.cameras import CAMERAS, camera, credentialed
from discovery.servers import Served, http, in_a_thread, tcp

ADDRESS, PORT = "127.77.12.1", 8080
CANARY = "CANARY/9c:1é7"


def hikvision(password: str) -> Callable[[bytes], bytes]:
    """A camera that tells its maker before login, and its clock, and all else only with a digest."""
    plain = camera(CAMERAS["hikvision"], password=password)

    def answer(request: bytes) -> bytes:
        if request.startswith((b"GET /ISAPI", b"GET /cgi-bin", b"POST /axis-cgi")):
            return plain(request)
        if b"GetSystemDateAndTime" in request:
            now = datetime.now(UTC)
            return http(packets.clock(now.year, now.month, now.day, now.hour, now.minute))
        if b"GetScopes" in request:
            return http(packets.SCOPES)
        if b"GetDeviceInformation" in request:
            return http(packets.information_of("DS-2CD214320190101AAWR11111111"))
        return http(b"", b"Server: App-webs/", status=b"404 Not Found")

    return answer


@contextmanager
def serving(answer: Callable[[bytes], bytes]) -> Iterator[Served]:
    """A camera that answers from a thread while commands run."""
    served = list[Served]()

    async def begin(stack: AsyncExitStack) -> None:
        served.append(await stack.enter_async_context(tcp(answer, host=ADDRESS, port=PORT)))

    with in_a_thread(begin):
        yield served[0]


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    path = folder / "password"
    path.write_text(CANARY + "\n", "utf-8")
    path.chmod(0o600)
    return path


def scan(tmp_path: Path, password_file: Path, *more: object) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable, "-m", "camcensus", "scan", "--interface", "127.0.0.1", "--range", f"{ADDRESS}/32", "--pace", "fast",
        "--login", "admin", "--password-file", str(password_file), "--json", *map(str, more),
    ]  # fmt: skip
    environment = {**os.environ, "CAMCENSUS_DATA": str(tmp_path / "user"), "CAMCENSUS_DEBUG": "1", "PYTHONASYNCIODEBUG": "1"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False, env=environment)


def forms(password: str) -> list[bytes]:
    """The ways a password may stand in a file."""
    plain = password.encode()
    return [
        plain, password.encode("utf-16-le"), base64.b64encode(plain), base64.b64encode(b"admin:" + plain),
        urllib.parse.quote(password).encode(), urllib.parse.quote(password, safe="").encode(), json.dumps(password)[1:-1].encode(),
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")
def test_a_camera_is_read_with_the_login_and_the_password_is_nowhere(
    tmp_path: Path, password_file: Path, data_dir: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    files = ("--inventory", kept / "a.camcensus", "--capture", kept / "a.jsonl")
    with serving(hikvision(CANARY)) as served:
        done = scan(tmp_path, password_file, *files)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    jsonschema.validate(document, json.loads((data_dir / "resources/schema/scan.schema.json").read_text("utf-8")))
    assert [(one["address"], one["state"]) for one in document["signed_in"]] == [(ADDRESS, "read")]
    (device,) = [one for one in document["devices"] if ADDRESS in one["addresses"]]
    assert "isapi.System/deviceInfo" in device["probes_answered"]
    assert device["cloud_link"]["state"] == "on"
    reported = sorted((one["channel"], one["input"]) for one in device["reported_channels"])
    assert reported == [(1, "analogue"), (1, "digital"), (2, "digital"), (3, "analogue"), (3, "digital")]
    assert "isapi.System/deviceInfo" in (kept / "a.jsonl").read_text("utf-8")
    assert credentialed(served)
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path != password_file]
    assert written
    for secret in forms(CANARY):
        assert secret not in (done.stdout + done.stderr).encode()
        assert not [path for path in written if secret in path.read_bytes()]
        assert secret not in b"".join(served.requests)


@pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")
def test_a_wrong_password_is_tried_once_and_the_device_is_named(
    tmp_path: Path, password_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "user"))
    monkeypatch.setattr("camcensus.discovery.scan.LEAST_S", 0.5)
    monkeypatch.setattr("camcensus.discovery.scan.QUIET_S", 0.2)
    command = ["scan", "--interface", "127.0.0.1", "--range", f"{ADDRESS}/32", "--pace", "fast", "--json"]
    command += ["--login", "admin", "--password-file", str(password_file)]
    with serving(hikvision("another")) as served:
        assert main(command) == 1
    said = "".join(printed := capsys.readouterr())
    assert [one["state"] for one in json.loads(printed.out)["signed_in"]] == ["refused"]
    assert f"{ADDRESS} refused" in printed.err
    assert len(credentialed(served)) == 1
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path != password_file]
    for secret in forms(CANARY):
        assert secret not in said.encode()
        assert not [path for path in written if secret in path.read_bytes()]


@pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")
def test_another_device_at_a_known_address_gets_no_login_before_a_person_names_it(
    tmp_path: Path, password_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "user"))
    monkeypatch.setattr("camcensus.discovery.scan.LEAST_S", 0.5)
    monkeypatch.setattr("camcensus.discovery.scan.QUIET_S", 0.2)
    command = ["scan", "--interface", "127.0.0.1", "--range", f"{ADDRESS}/32", "--pace", "fast", "--json"]
    command += ["--inventory", str(tmp_path / "a.camcensus")]
    login = ["--login", "admin", "--password-file", str(password_file)]
    real = hikvision(CANARY)

    def spoof(request: bytes) -> bytes:
        return re.sub(rb"(<\w+:SerialNumber>)[^<]*", rb"\g<1>DS-2CD214320260101AAWR99999999", real(request))

    with serving(real):
        assert main(command) == 0
        capsys.readouterr()
        main([*command, *login])
        assert re.search(rf"{ADDRESS} .* as last time", capsys.readouterr().err)
    with serving(spoof) as served:
        assert main([*command, *login]) == 1
        out, err = capsys.readouterr()
        assert json.loads(out)["signed_in"][0]["state"] == "changed"
        assert "changed: serial number" in err
        assert f"if it is the device you mean, add --only {ADDRESS}" in err
        assert credentialed(served) == []
        main([*command, *login, "--only", ADDRESS])
        assert json.loads(capsys.readouterr().out)["signed_in"][0]["state"] == "read"
        assert credentialed(served)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--login", "admin"], "--password-file"),
        (["--password-file", "x"], "--login"),
        (["--only", "10.0.0.1"], "--login"),
        (["--login", "admin", "--password-file", "none"], "cannot be read"),
        (["--login", "admin", "--password-file", "empty"], "empty"),
        (["--login", "admin", "--password-file", "binary"], "UTF-8"),
        (["--login", "admin", "--password-file", "long"], "far too long"),
        (["--login", "admin", "--password-file", "good", "--passive"], "passive"),
        (["--login", "admin", "--password", "CANARY"], "--password"),
    ],
)
def test_a_login_that_cannot_be_used_is_one_sentence_before_anything_is_sent(
    tmp_path: Path, options: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in (("empty", b"\n"), ("binary", b"\xff\xfe\x00"), ("long", b"x" * 5000), ("good", b"secret")):
        (tmp_path / name).write_bytes(content)
        (tmp_path / name).chmod(0o600)
    assert main(["scan", "--interface", "127.0.0.1", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1
    assert "secret" not in err
