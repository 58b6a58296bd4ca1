"""Where a scan may look."""

from __future__ import annotations

from ipaddress import IPv4Network

import ifaddr
import pytest

from camcensus.discovery import scope as room
from camcensus.discovery.ranges import addresses_of
from camcensus.discovery.scope import interfaces, make_scope, may_contact
from camcensus.model.errors import ScopeError
from camcensus.model.scan import Interface

OFFICE = Interface("eth0", "10.0.0.2/24", 2)
PUBLIC = Interface("eth1", "203.0.113.5/24", 3)
TUNNEL = Interface("tun0", "10.9.0.2/32", 4)
LO = Interface("lo", "127.0.0.1/8", 1)


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "every_interface", lambda: (OFFICE, PUBLIC, LO, TUNNEL))


def test_default_is_every_private_card_and_neither_loopback_nor_public_nor_a_tunnel(cards: None) -> None:
    assert make_scope([], []).interfaces == (OFFICE,)
    assert interfaces() == (OFFICE,)


@pytest.mark.parametrize("name", ["10.0.0.2", "10.0.0.2/24", "eth0", " 10.0.0.2 "])
def test_a_card_is_named_by_address_or_name(cards: None, name: str) -> None:
    assert make_scope([name], []).interfaces == (OFFICE,)


def test_loopback_is_allowed_only_when_named(cards: None) -> None:
    assert make_scope(["127.0.0.1"], ["127.77.1.0/24"]).interfaces == (LO,)
    with pytest.raises(ScopeError, match="this computer itself"):
        make_scope([], ["127.77.1.0/24"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("8.8.8.0/24", "not a private range"),
        ("8.8.8.8", "not a private range"),
        ("172.32.0.0/24", "not a private range"),
        ("10.0.0.0/7", "not a private range"),
        ("0.0.0.0/0", "not a private range"),
        ("126.0.0.0/7", "not a private range"),
        ("192.0.2.0/24", "not a private range"),
        ("100.64.1.0/24", "internet provider"),
        ("10.0.0.0/21", "2,048 addresses"),
        ("10.0.0.0/8", "too many"),
        ("169.254.169.254", "give themselves"),
        ("169.254.0.0/24", "give themselves"),
        ("239.255.255.250", "messages to groups"),
        ("255.255.255.255", "messages to groups"),
        ("fd00::/64", "IPv6"),
        ("10.0.0.0/33", "not a range"),
        ("10.0.0", "not a range"),
        ("", "not a range"),
        ("../etc\u202e", "not a range"),
    ],
)
def test_ranges_that_may_not_be_scanned_are_one_sentence(cards: None, text: str, says: str) -> None:
    with pytest.raises(ScopeError, match=says) as caught:
        make_scope([], [text], allow_large=text == "10.0.0.0/8")
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    assert "\u202e" not in str(caught.value)


def test_a_large_range_needs_a_yes_and_host_bits_are_forgiven(cards: None) -> None:
    assert make_scope([], ["10.0.0.0/21"], allow_large=True).ranges == ("10.0.0.0/21",)
    assert make_scope([], ["10.0.0.77/24", "10.0.0.0/24"]).ranges == ("10.0.0.0/24",)
    assert make_scope([], ["10.0.0.0/22"]).ranges == ("10.0.0.0/22",)


@pytest.mark.parametrize(
    ("name", "says"), [("10.0.0.99", "no network card"), ("203.0.113.5", "not a private one"), ("wlan9", "no network card")]
)
def test_a_card_that_is_not_there_or_not_private_is_refused(cards: None, name: str, says: str) -> None:
    with pytest.raises(ScopeError, match=says):
        make_scope([name], [])


def test_without_a_private_network_there_is_one_sentence_unless_a_range_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "every_interface", lambda: (PUBLIC, LO))
    with pytest.raises(ScopeError, match="not on a private network"):
        make_scope([], [])
    assert make_scope([], ["10.1.0.0/24"]).interfaces == ()


@pytest.mark.parametrize("limit_s", [0.0, -1.0, float("nan")])
def test_a_limit_must_be_a_time(cards: None, limit_s: float) -> None:
    with pytest.raises(ScopeError, match="limit"):
        make_scope([], [], limit_s=limit_s)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("10.0.0.31", True),
        ("10.0.0.0", False),
        ("10.0.0.255", False),
        ("10.0.1.31", False),
        ("169.254.169.254", False),
        ("203.0.113.9", False),
        ("239.1.1.1", False),
        ("camera.local", False),
    ],
)
def test_only_host_addresses_in_scope_are_contacted(address: str, allowed: bool) -> None:
    networks = [IPv4Network("10.0.0.0/24"), IPv4Network("203.0.113.0/24"), IPv4Network("169.254.0.0/16")]
    assert may_contact(address, networks) is allowed


def test_a_range_leaves_out_this_computer_and_broadcasts() -> None:
    asked = list(addresses_of("10.0.0.0/23", (OFFICE,)))
    assert len(asked) == 510 - 2
    assert not {"10.0.0.2", "10.0.0.0", "10.0.0.255", "10.0.1.255"} & set(asked)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            # Windows, as GetAdaptersAddresses gives them: descriptions for names, and cards without a cable have no address.
            [
                ("Intel(R) Ethernet Connection I219-LM", [("10.0.0.2", 24)], 7),
                ("Hyper-V Virtual Ethernet Adapter", [("172.20.0.1", 20)], 33),
                ("TAP-Windows Adapter V9", [("169.254.10.20", 16)], 12),
                ("Software Loopback Interface 1", [("127.0.0.1", 8)], 1),
            ],
            ["172.20.0.1/20", "10.0.0.2/24", "169.254.10.20/16"],
        ),
        (
            # macOS, as getifaddrs gives them: awdl and llw have IPv6 only, a tunnel has one address.
            [
                ("lo0", [("127.0.0.1", 8)], 1),
                ("en0", [("10.4.1.7", 22), ("192.168.1.5", 24)], 14),
                ("awdl0", [], 15),
                ("utun4", [("10.8.0.2", 32)], 22),
                ("bridge100", [("192.168.64.1", 24)], 23),
            ],
            ["192.168.64.1/24", "10.4.1.7/22", "192.168.1.5/24"],
        ),
    ],
)
def test_cards_as_windows_and_macos_give_them(
    monkeypatch: pytest.MonkeyPatch, names: list[tuple[str, list[tuple[str, int]], int]], expected: list[str]
) -> None:
    adapters = [
        ifaddr.Adapter(
            name, name, [*(ifaddr.IP(at, size, name) for at, size in ips), ifaddr.IP(("fe80::1", 0, 4), 64, name)], index
        )
        for name, ips, index in names
    ]
    monkeypatch.setattr("ifaddr.get_adapters", lambda: adapters)
    assert [card.address for card in interfaces()] == expected
    assert {card.index for card in interfaces()} <= {index for *_, index in names}
