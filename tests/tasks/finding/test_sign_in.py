"""Many devices with one login: the list before it goes out, one try each, three refusals, and a password that is nowhere."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from attribution.small_knowledge import small_knowledge
from camcensus.discovery.login import Login
from camcensus.discovery.sign_in import LoginOutcome
from camcensus.identity.same_device import Compared, DeviceFacts
from camcensus.model.device import Device, Key, Observation, Verdict
from camcensus.model.scan import ScanProgress
from camcensus.store.inventory import create_inventory
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.finding.sign_in import (
    Candidate,
    DeviceOutcome,
    LastTime,
    SignedIn,
    as_census,
    read_signed_in,
    sign_in_list,
)
from camcensus.tasks.register.verbs import save_census
from camcensus.wire import after_login
from camcensus.wire.read import read
from discovery.cameras import CAMERAS, camera, credentialed
from discovery.servers import Served, tcp
from samples import LATER, NOW, body, scan, verdict

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
    device = Device((Key("mac", mac),), (served.host,), "lo 127.0.0.1/8", None, (seen,))
    return replace(verdict(number, kind=kind), device=device)


def run(
    answers: Sequence[Callable[[bytes], bytes]],
    *,
    emit: Callable[[object], None] = lambda _: None,
    kinds: Sequence[Any] = (),
    loopback: bool = True,
    exclude: Sequence[str] = (),
    twice: bool = False,
) -> tuple[SignedIn, list[Served]]:
    async def go() -> tuple[SignedIn, list[Served]]:
        async with AsyncExitStack() as stack:
            served = [
                await stack.enter_async_context(tcp(answer, host=f"127.77.9.{number}"))
                for number, answer in enumerate(answers, 1)
            ]
            every = kinds or ["camera"] * len(served)
            found = [found_at(number, one, kind) for number, (one, kind) in enumerate(zip(served, every, strict=True), 1)]
            candidates = [Candidate(one, None, "Camera") for one in found]
            rows = sign_in_list(candidates, small_knowledge(), loopback=loopback, exclude=exclude)
            rows = (*rows, *rows) if twice else rows
            return await read_signed_in(rows, LOGIN, emit, pace="fast", exclude=exclude, loopback=loopback), served

    return asyncio.run(go())


def good(password: str = CANARY) -> Callable[[bytes], bytes]:
    return camera(CAMERAS["dahua"], password=password)


def test_a_wrong_password_for_all_is_three_tries_in_all_and_the_round_says_why_it_ended() -> None:
    signed, served = run([good("other"), good(), *[good("other")] * 4])
    assert [one.outcome.state for one in signed.outcomes] == ["refused", "read", "refused", "refused"]
    assert signed.stopped_early
    assert "1 of 6 devices answered with the login. 3 devices refused it, so no more were asked" in signed.say
    assert [len(credentialed(one)) > 0 for one in served] == [True, True, True, True, False, False]
    assert [len(credentialed(served[at])) for at in (0, 2, 3)] == [1, 1, 1]


def test_an_address_that_is_listed_twice_is_tried_once() -> None:
    signed, served = run([good("other")], twice=True)
    assert [one.outcome.state for one in signed.outcomes] == ["refused", "held"]
    assert len(credentialed(served[0])) == 1


def test_only_cameras_and_recorders_at_allowed_addresses_get_a_login() -> None:
    kinds = ["other", "unknown", "software", "recorder", "camera"]
    signed, served = run([good()] * 5, kinds=kinds, exclude=("127.77.9.5",))
    assert [one.row.target.address for one in signed.outcomes] == ["127.77.9.4"]
    assert [bool(one.accepted) for one in served] == [False, False, False, True, False]
    nothing, served = run([good()], loopback=False)
    assert (nothing.outcomes, served[0].accepted) == ((), [])


def test_stop_keeps_what_was_read() -> None:
    def stop(event: object) -> None:
        if isinstance(event, ScanProgress) and event.done == 1:
            task = asyncio.current_task()
            assert task is not None
            task.cancel()

    signed, served = run([good()] * 3, emit=stop)
    assert signed.stopped_early
    assert [one.outcome.state for one in signed.outcomes] == ["read"]
    assert signed.observations
    assert not served[2].accepted


def test_a_row_says_name_address_maker_mac_address_and_what_changed() -> None:
    found = found_at(1, Served("127.77.9.1", 80))
    before = DeviceFacts("127.77.9.1", mac="3c:ef:8c:00:00:99")
    candidates = [Candidate(found, None, "Front gate"), Candidate(found, before, "Yard")]
    new, changed = sign_in_list(candidates, small_knowledge(), loopback=True)
    assert new.words == ("Front gate", "127.77.9.1", "Dahua", "3c:ef:8c:00:00:01", "new")
    assert changed.words[-1] == "changed: MAC address"
    assert changed.target.allowed == frozenset()
    assert changed.allowed().target.allowed == {"MAC address"}
    (named,) = sign_in_list(candidates[1:], small_knowledge(), loopback=True, only=["127.77.9.1"])
    assert named.target.allowed == {"MAC address", "serial number"}


def test_what_was_read_is_saved_as_known_fields_and_the_login_is_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    knowledge = small_knowledge()
    caplog.set_level(logging.DEBUG)
    signed, _ = run([good()])
    census = as_census(signed, knowledge, started_at=NOW, ended_at=NOW, allowed_by="R. Khan")
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:
        save_census(inventory, census, knowledge, NOW)
        (device,) = inventory.device_keys()
        seen = inventory.observations(device)
        assert {one.probe for one in seen} >= {"dahua-cgi.getSystemInfo", "dahua-cgi.getConfig"}
        assert all(one.raw.startswith(after_login.MARK) for one in seen)
        (known,) = inventory.verdicts().values()
        assert known.description.cloud_state == "off"
    every = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert CANARY.encode() not in every
    assert CANARY not in caplog.text + repr(signed)


def seen_at(at: str, mac: str, serial: str = "S1") -> tuple[Observation, ...]:
    told = f'<?xml version="1.0"?><DeviceInfo><serialNumber>{serial}</serialNumber><model>x</model></DeviceInfo>'.encode()
    probe = "isapi.System/deviceInfo"
    return (
        Observation(
            probe=probe, address="10.0.0.31", at=at, port=80, raw=told, network="eth0 10.0.0.2/24", mac=mac,
            reading=read(probe, None, told),
        ),
    )  # fmt: skip


def test_the_last_time_is_the_last_login_else_the_first_search(tmp_path: Path) -> None:
    knowledge, first, other = small_knowledge(), "3c:ef:8c:00:00:01", "3c:ef:8c:00:00:02"
    later = LATER.strftime("%Y-%m-%dT%H:%M:%SZ")

    def searched(name: str, at: str, mac: str) -> Census:
        seen = seen_at(at, mac)
        return Census(scan=scan(name, started_at=at, ended_at=at), observations=seen, verdicts=judge(seen, knowledge))

    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:
        save_census(inventory, searched("one", "2026-11-24T10:00:00Z", first), knowledge, NOW)
        (device,) = inventory.held()
        assert (
            LastTime(inventory).facts(device, searched("one", "2026-11-24T10:00:00Z", first).verdicts[0].device) is None
        )  # Once: new.
        now = searched("two", later, other)
        ((found, _),) = LastTime(inventory).found_again(now.verdicts)
        assert found == device
        before = LastTime(inventory).facts(device)
        assert before is not None
        assert (before.mac, before.serials) == (first, {"isapi.System/deviceInfo": ("S1",)})
        row, *_ = sign_in_list([Candidate(replace(verdict(1), device=now.verdicts[0].device), before, "a", device)], knowledge)
        assert row.compared == Compared(is_new=False, changed=("MAC address",))
        LastTime(inventory).note(SignedIn((), (DeviceOutcome(row, LoginOutcome("read", "x")),), 1))
        noted = LastTime(inventory).facts(device)
        assert noted is not None
        assert noted.mac == other
        assert LastTime(inventory).facts("a new one", now.verdicts[0].device) == noted


def test_a_new_device_is_held_against_the_one_that_had_its_address(tmp_path: Path) -> None:
    knowledge = small_knowledge()
    later = LATER.strftime("%Y-%m-%dT%H:%M:%SZ")
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:
        for name, at, mac, serial in (
            ("one", "2026-11-24T10:00:00Z", "3c:ef:8c:00:00:01", "S1"),
            ("two", later, "3c:ef:8c:00:00:02", "S2"),
        ):
            seen = seen_at(at, mac, serial)
            found = Census(scan=scan(name, started_at=at, ended_at=at), observations=seen, verdicts=judge(seen, knowledge))
            save_census(inventory, found, knowledge, NOW)
        ((new, held),) = [one for one in inventory.held().items() if "mac:3c:ef:8c:00:00:02" in map(str, one[1].device.keys)]
        ((_, replies),) = inventory.latest_replies([new])
        before = LastTime(inventory).facts(new, replace(held.device, observations=replies))
        assert before is not None
        assert (before.mac, before.serials["isapi.System/deviceInfo"]) == ("3c:ef:8c:00:00:01", ("S1",))
