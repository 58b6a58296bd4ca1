"""A planted password and its proofs, sought in every byte that the program writes, with devices that send back what they get.

Each device knows the password too (it is its own), and sends that back beside the request. Sought are the password, the user
name and every proof that a device received, in all forms, in files as they are and in what is packed in them.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import ssl
import subprocess
import sys
import urllib.parse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from camcensus.app import main
from camcensus.discovery.login import Login
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import reading
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.catalogue import KINDS
from discovery.servers import Served
from hostile.echoing import DEVICES, PASSWORD, USER, certificate, serving
from hostile.seeking import SHORTEST, STEP, WINDOW, hits

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    try:
        return certificate(tmp_path_factory.mktemp("tls"))
    except (OSError, subprocess.SubprocessError):
        pytest.skip("openssl is not here to make a certificate")


def write_all(kept: Path, inventory: Path, run: Callable[..., int]) -> None:
    """Everything that is made of an inventory."""
    phrase = kept.parent / "outside" / "phrase"
    phrase.write_text("a long passphrase\n", "utf-8")
    phrase.chmod(0o600)
    for audience, name in (("auditor", "a.camcensus"), ("supplier", "s.zip"), ("public", "p.zip")):
        assert run("export", inventory, "--audience", audience, "-o", kept / f"for-{name}") == 0
    assert run("export", inventory, "--audience", "backup", "--plain", "-o", kept / "plain.camcensus-backup") == 0
    for kind in KINDS:
        for audience in kind.audiences if kind.name != "floor" else ():
            chosen = ("--audience", audience) if len(kind.audiences) > 1 else ()
            made = kept / f"{kind.name}-{audience}.pdf"
            run("report", inventory, "--kind", kind.name, *chosen, "-o", made)
    for form in ("--json", "--csv"):
        assert run("show", inventory, form) == 0
    assert run("show", inventory, "--xlsx", kept / "a.xlsx") == 0
    assert len(list(kept.glob("*.pdf"))) >= 5


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for what is written; the person's own folder, temporary files and the password's file lie beside it."""
    for name in ("kept", "user", "temporary", "outside"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "user"))
    monkeypatch.setenv("CAMCENSUS_DEBUG", "1")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr("camcensus.discovery.scan.LEAST_S", 0.5)
    monkeypatch.setattr("camcensus.discovery.scan.QUIET_S", 0.2)
    return tmp_path / "kept"


def runner(said: list[str], capsys: pytest.CaptureFixture[str]) -> Callable[..., int]:
    def run(*words: object) -> int:
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        said.extend((out, err))
        return status

    return run


def test_a_search_with_a_login_leaves_no_secret_in_any_byte(
    kept: Path, tls: ssl.SSLContext, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    password, inventory, capture = kept.parent / "outside" / "password", kept / "a.camcensus", kept / "a.jsonl"
    password.write_text(PASSWORD + "\n", "utf-8")
    password.chmod(0o600)
    said: list[str] = []
    run = runner(said, capsys)
    with serving(tls) as heard:
        run("scan", "--interface", "127.0.0.1", "--range", "127.77.62.0/28", "--pace", "fast", "--login", USER, "--password-file",
            password, "--inventory", inventory, "--capture", capture, "--json")  # fmt: skip
        states = {one["address"]: one["state"] for one in json.loads(said[0])["signed_in"]}
        run("scan", "--interface", "127.0.0.1", "--range", "127.77.62.0/28", "--pace", "fast", "--inventory", inventory)
    assert {DEVICES[address]: state for address, state in states.items()} == {
        **dict.fromkeys(DEVICES.values(), "read"), "redirect": "refused", "basic": "held"
    }  # fmt: skip
    assert len([one for one in heard if b"\r\nAuthorization:" in one or b"UsernameToken" in one]) >= len(DEVICES) - 1
    assert b"isapi.System/deviceInfo" in capture.read_bytes()
    write_all(kept, inventory, run)
    assert run("identify", capture, "--inventory", kept / "b.camcensus", "--json") == 0
    write_all(kept.parent / "temporary", kept / "b.camcensus", run)
    assert list(kept.glob("a.camcensus-backups/*.camcensus"))
    assert hits(kept.parent, "".join(said) + caplog.text, heard, {password}) == []


def test_signing_in_from_the_window_leaves_no_secret_in_any_byte(
    kept: Path, tls: ssl.SSLContext, data_dir: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    said: list[str] = []
    run = runner(said, capsys)
    path, knowledge = kept / "a.camcensus", load_knowledge(data_dir / "vendors.db")
    with serving(tls) as heard:
        run("scan", "--interface", "127.0.0.1", "--range", "127.77.62.0/28", "--pace", "fast", "--inventory", path)
        with register.open_inventory(path, datetime.now(UTC)) as inventory:
            listed = reading.sign_in_list(inventory, register.rows(inventory, knowledge), knowledge, loopback=True)
            read = asyncio.run(
                reading.read_rows(
                    inventory, listed, Login(USER, PASSWORD), lambda _: None, knowledge=knowledge,
                    clock=lambda: datetime.now(UTC), allowed_by="R. Khan", loopback=True,
                )
            )  # fmt: skip
    assert sorted(one.outcome.state for one in read.outcomes) == ["held", *["read"] * (len(DEVICES) - 2), "refused"]
    write_all(kept, path, run)
    assert hits(kept.parent, "".join(said) + repr(read) + caplog.text, heard, set()) == []


def test_a_form_is_found_wherever_it_begins(tmp_path: Path) -> None:
    assert SHORTEST == STEP + WINDOW - 1
    for before in range(2 * STEP):
        folder = tmp_path / str(before)
        folder.mkdir()
        (folder / "a").write_bytes(b"x" * before + USER.encode() + b"y" * (before % 2))
        assert hits(folder, "", [], set())


def test_what_is_sought_would_be_found(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.gz", "wb") as packed:
        packed.write(base64.b64encode(b"x" + f"{USER}:{PASSWORD}".encode()))
    (tmp_path / "b.txt").write_bytes(PASSWORD.upper().encode("utf-16-be"))
    assert {one.partition(":")[0] for one in hits(tmp_path, urllib.parse.quote(f"<{PASSWORD}>"), [], set())} == {
        "a.gz",
        "b.txt",
        "printed",
    }
    assert isinstance(Served("", 0), Served)
