"""Many devices with one login: three refusals in all, a pause that survives a restart, and a password that is nowhere."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from camcensus.discovery.login import Login
from camcensus.model.device import Device, Key
from camcensus.model.logins import LoginAllowances
from camcensus.model.observation import Observation, Reading
from camcensus.model.scan import ScanProgress
from camcensus.model.verdict import Verdict
from camcensus.store.edits import placing
from camcensus.store.inventory import create_inventory
from camcensus.store.keychain import Keychain
from camcensus.tasks.finding.signed_in import SignedIn, as_census, read_signed_in
from camcensus.tasks.register.saved_logins import forget_login, login_for, save_login, saved_for, verdicts_of
from camcensus.tasks.register.verbs import rows, save_census
from camcensus.wire.read import read
from discovery.cameras import CAMERAS, camera, credentialed
from discovery.servers import Served, tcp
from samples import NOW, body, scan, verdict
from store.test_keychain import Vault

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")

CANARY = "CANARY-7d1f5a"
LOGIN = Login("admin", CANARY)


def found_at(number: int, served: Served, kind: Any = "camera") -> Verdict:
    """What a search found at 127.77.9.<number>."""
    page, mac = good()(b"GET / HTTP/1.1\r\n\r\n"), f"3c:ef:8c:00:00:{number:02x}"
    seen = Observation(
        probe="http", address=served.host, at="2026-11-24T10:00:00Z", ask="GET /", port=served.port, raw=page,
        network="lo 127.0.0.1/8", mac=mac, reading=read("http", "GET /", page),
    )  # fmt: skip
    told = replace(seen, probe="upnp", ask=None, reading=Reading("read", {"mac": (mac,)}, "upnp 1"))
    device = Device((Key("mac", mac),), (served.host,), "lo 127.0.0.1/8", None, (seen, told))
    return replace(verdict(number, kind=kind), device=device)


def run(
    folder: Path,
    answers: Sequence[Callable[[bytes], bytes]],
    *,
    times: int = 1,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    emit: Callable[[object], None] = lambda _: None,
    kinds: Sequence[Any] = (),
    **more: Any,
) -> tuple[list[SignedIn], list[Served]]:
    async def go() -> tuple[list[SignedIn], list[Served]]:
        async with AsyncExitStack() as stack:
            served = [
                await stack.enter_async_context(tcp(answer, host=f"127.77.9.{number}"))
                for number, answer in enumerate(answers, 1)
            ]
            every = kinds or ["camera"] * len(served)
            verdicts = [found_at(number, one, kind) for number, (one, kind) in enumerate(zip(served, every, strict=True), 1)]
            more.setdefault("loopback", True)
            results = [
                await read_signed_in(verdicts, lambda _: LOGIN, emit, folder=folder, pace="fast", clock=clock, **more)
                for _ in range(times)
            ]
            return results, served

    return asyncio.run(go())


def good(password: str = CANARY) -> Callable[[bytes], bytes]:
    """A camera whose clock is right: it does not tell."""
    plain = camera(CAMERAS["dahua"], password=password)
    return lambda request: re.sub(rb"Date: [^\r]*\r\n", b"", plain(request))


def test_a_wrong_password_for_all_is_three_attempts_in_all_and_the_pause_survives_a_restart(tmp_path: Path) -> None:
    now = NOW
    (first, second), served = run(tmp_path, [good("other")] * 6, times=2, clock=lambda: now)
    assert [one.outcome.state for one in first.outcomes] == ["refused"] * 3 + ["paused"]
    assert first.paused_until == NOW + timedelta(minutes=15)
    assert "check the user name and the password" in first.say
    assert [one.outcome.state for one in second.outcomes] == ["paused"]
    assert [len(credentialed(one)) for one in served] == [1, 1, 1, 0, 0, 0]
    now = NOW + timedelta(minutes=16)
    (third,), served = run(tmp_path, [good("other")] * 6, clock=lambda: now)
    assert [one.outcome.state for one in third.outcomes] == ["held"] * 3 + ["refused"] * 3
    assert [len(credentialed(one)) for one in served] == [0, 0, 0, 1, 1, 1]


def test_a_person_may_have_a_login_tried_again(tmp_path: Path) -> None:
    run(tmp_path, [good("other")])
    (held,), _ = run(tmp_path, [good()])
    (read_again,), _ = run(tmp_path, [good()], again=True)
    assert [one.outcomes[0].outcome.state for one in (held, read_again)] == ["held", "read"]


def test_only_cameras_and_recorders_at_allowed_addresses_get_a_login(tmp_path: Path) -> None:
    kinds = ["other", "unknown", "software", "recorder", "camera"]
    (result,), served = run(tmp_path, [good()] * 5, kinds=kinds, exclude=("127.77.9.5",))
    assert [one.address for one in result.outcomes] == ["127.77.9.4"]
    assert [bool(one.accepted) for one in served] == [False, False, False, True, False]
    (nothing,), served = run(tmp_path, [good()], loopback=False)
    assert (nothing.outcomes, served[0].accepted) == ((), [])


def test_what_needs_a_person_is_handed_out(tmp_path: Path) -> None:
    plain = camera(CAMERAS["dahua"], password=CANARY)
    (asks,), _ = run(tmp_path, [plain], clock=lambda: NOW)
    assert [one.outcome.state for one in asks.outcomes] == ["clock"]
    (done,), _ = run(tmp_path, [plain], clock=lambda: NOW, allowed=LoginAllowances(clock=True))
    assert [one.outcome.state for one in done.outcomes] == ["read"]


def test_stop_keeps_what_was_read(tmp_path: Path) -> None:
    def stop(event: object) -> None:
        if isinstance(event, ScanProgress) and event.done == 1:
            task = asyncio.current_task()
            assert task is not None
            task.cancel()

    (result,), served = run(tmp_path, [good()] * 3, emit=stop)
    assert result.stopped_early
    assert [one.outcome.state for one in result.outcomes] == ["read"]
    assert result.observations
    assert not served[2].accepted


def test_what_was_read_is_kept_beside_what_is_known(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from attribution.small_knowledge import small_knowledge

    knowledge = small_knowledge()
    caplog.set_level(logging.DEBUG)
    (result,), _ = run(tmp_path / "user", [good()])
    census = as_census(result, knowledge, started_at=NOW, ended_at=NOW, allowed_by="R. Khan")
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:
        save_census(inventory, census, knowledge, NOW)
        (device,) = inventory.device_keys()
        assert {one.probe for one in inventory.observations(device)} >= {"dahua-cgi.getSystemInfo", "dahua-cgi.getConfig"}
        (known,) = inventory.verdicts().values()
        assert known.description.cloud_state == "off"
    every = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert CANARY.encode() not in every
    assert CANARY not in caplog.text + repr(result)


def test_a_kept_login_is_found_by_device_then_by_place_and_leaves_no_trace_in_the_inventory(tmp_path: Path) -> None:
    vault = Vault()
    chain = Keychain(vault, "a vault")
    path = tmp_path / "a.camcensus"
    with create_inventory(path, body(), now=NOW) as inventory:
        from camcensus.store.keeping import SavedDevice

        kept = [
            SavedDevice(id="d1", new=True, device=verdict(1).device, verdict=verdict(1), outcome="x", prefix="CAM", matched="")
        ]
        inventory.keep(scan(), (), kept, NOW)
        site = inventory.do(placing.add_place("site", "Elm Park", None), by="R. Khan", now=NOW).made
        room = inventory.do(placing.add_place("building", "Main", site), by="R. Khan", now=NOW).made
        (asset,) = inventory.assets()
        assert login_for(inventory, chain, asset) is None
        inventory.do(placing.set_place([asset.id], room), by="R. Khan", now=NOW)
        (asset,) = inventory.assets()
        of_place = save_login(inventory, chain, LOGIN, ("place", site), by="R. Khan", now=NOW)
        assert saved_for(inventory, asset) == ("place", site)
        assert login_for(inventory, chain, asset) == of_place
        save_login(inventory, chain, Login("root", CANARY), ("device", "d1"), by="R. Khan", now=NOW)
        of_device = save_login(inventory, chain, Login("viewer", CANARY), ("device", "d1"), by="R. Khan", now=NOW)
        assert login_for(inventory, chain, asset) == of_device
        assert len(vault.kept) == 2
        assert forget_login(inventory, chain, ("device", "d1"), by="R. Khan", now=NOW)
        assert not forget_login(inventory, chain, ("device", "d1"), by="R. Khan", now=NOW)
        assert login_for(inventory, chain, asset) == of_place
        said = [one.say for one in inventory.changes()]
        assert said[:2] == ["A login was removed from the keyring.", "A login was saved in the keyring."]
        from attribution.small_knowledge import small_knowledge

        (ready,) = verdicts_of(inventory, rows(inventory, small_knowledge()))
        assert ready.device.observations == verdict(1).device.observations
    every = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert CANARY.encode() not in every
