"""What ordinary networks do: no question each time, and no password in the open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import samples
from camcensus.model.logins import LoginAllowances
from camcensus.model.observation import Observation
from camcensus.wire.read import read
from discovery.servers import http
from tasks.finding import networks
from tasks.finding.networks import Box, Line, Site, Wire, home, log_in, seen_of
from tasks.finding.test_doors import HERE, ROUTER, WAYS, A, known
from tasks.finding.test_known_by import keep


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mac", ["own", ROUTER])
@pytest.mark.parametrize("heard", [("", "fe80::1", "", "fe80::1"), ("fe80::1", "fe80::2", "fe80::3")])
def test_a_camera_that_is_heard_by_ipv6_at_times_is_not_asked_about(
    heard: tuple[str, ...], mac: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire({HERE: home(A, mac=mac)})
    wire.plug(monkeypatch)
    with known(tmp_path, wire.site) as inventory:
        for week, by in enumerate(heard, 1):
            monkeypatch.setattr(networks, "seen_of", partial(seen_too, by))
            if way == "window":
                keep(inventory, week, seen_too(by, wire.site, week))
            outcome = log_in(way, inventory, wire, tmp_path, week)
            assert (outcome.asked, outcome.told) == ({}, {(HERE, 80)}), outcome.said


def seen_too(by: str, site: Site, week: int) -> list[Observation]:
    """What a search saw, and its WS-Discovery answer from an address of IPv6."""
    found = seen_of(site, week)
    one = next(one for one in found if one.probe == "wsdiscovery")
    again = {"at": one.at, "probe": one.probe, "port": one.port, "raw": one.raw, "reading": read(one.probe, None, one.raw)}
    return [*found, samples.observation(1, address=by, mac=None, **again)] if by else found


@dataclass(frozen=True)
class Old(Box):
    """A camera that asks for the password itself."""

    def answer(self, request: bytes) -> bytes:
        is_asked = b"/cgi-bin/" in request and b"\r\nAuthorization:" not in request
        return (
            http(b"", b'WWW-Authenticate: Basic realm="x"', status=b"401 Unauthorized") if is_asked else super().answer(request)
        )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("version", ["TLSv1", "TLSv1.3"])
@pytest.mark.parametrize("number", [1, 2])
def test_the_password_itself_goes_into_no_old_tls(
    number: int, version: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also on the connection that is open already, where a mark or a yes vouches: its certificate is another's too."""
    old = Old(1, frozenset({"serial"} if number == 1 else ()), certificate=True)
    wire = Wire({HERE: home(old, 443, mac=None), "10.0.0.9": home(Old(2, frozenset(), certificate=True), 443, mac=None)})
    wire.plug(monkeypatch)
    monkeypatch.setattr(networks, "certificate_of", lambda _: b"the same on each")
    plain = LoginAllowances

    def allowed(**more: Any) -> LoginAllowances:
        return plain(**{**more, "clear_in_tls": True})

    monkeypatch.setattr(networks, "LoginAllowances", allowed)
    monkeypatch.setattr("camcensus.model.logins.LoginAllowances", allowed)
    monkeypatch.setattr(Line, "__init__", partial_init(Line, version))
    yes = frozenset[str]()
    with known(tmp_path, wire.site) as inventory:
        told = set[tuple[str, int]]()
        for week in (1, 2, 3):
            outcome = log_in(way, inventory, wire, tmp_path, week, yes)
            yes |= frozenset(outcome.asked.values())
            told |= outcome.told
    assert ((HERE, 443) in told) is (version == "TLSv1.3"), outcome.said


def partial_init(kind: type[Line], version: str) -> Any:
    plain = kind.__init__
    return lambda line, *given: plain(line, *given, tls_version=version)
