"""What the doctor says: of coverage, network and cards in; sentences out."""

from __future__ import annotations

import pytest

from camcensus.discovery.doctor import (
    Findings,
    Surroundings,
    advise,
    before,
    is_vpn,
    look_around,
)
from camcensus.discovery.udp import say
from camcensus.model.scan import Advice, Coverage, Interface, Scope

CARD = Interface("eth0", "10.0.0.2/24", 2)
NET = "10.0.0.0/24"
HEARD = (Coverage("wsdiscovery", NET, 12, 9, "done"), Coverage("sadp", NET, 3, 0, "done"))
SILENT = (Coverage("wsdiscovery", NET, 12, 0, "done"), Coverage("sadp", NET, 3, 0, "done"))


def advice(
    coverage: tuple[Coverage, ...] = HEARD,
    found: Findings | None = None,
    *,
    ranges: tuple[str, ...] = (),
    cards: tuple[Interface, ...] = (CARD,),
    passive: bool = False,
    **around: object,
) -> dict[str, Advice]:
    scope = Scope(interfaces=cards[:1], ranges=ranges, passive=passive)
    surroundings = Surroundings(cards=cards, **({"platform": "linux"} | around))  # type: ignore[arg-type]
    return {one.topic: one for one in advise(scope, coverage, found or Findings(), surroundings)}


def test_a_search_that_heard_devices_is_told_of_other_networks_only() -> None:
    said = advice()
    assert list(said) == ["other-networks"]
    assert "VLAN" in said["other-networks"].say
    assert "name each range" in said["other-networks"].next


def test_who_named_ranges_is_not_told_of_other_networks() -> None:
    assert "other-networks" not in advice(ranges=("10.20.0.0/16",))


def test_devices_that_are_there_and_do_not_answer_are_kept_apart_by_wifi_or_a_firewall() -> None:
    said = advice(SILENT, Findings(neighbours={NET: 14}))
    assert said["kept-apart"].say.startswith("14 devices can be seen on 10.0.0.0/24, and none answered")
    assert "cable" in said["kept-apart"].next
    assert "3702" in said["linux-firewall"].next
    assert "kept-apart" not in advice(HEARD, Findings(neighbours={NET: 14}))
    assert "kept-apart" not in advice(SILENT, Findings(neighbours={NET: 14}), passive=True)


def test_when_nothing_announced_itself_the_next_steps_are_said() -> None:
    quiet = (Coverage("wsdiscovery", NET, 0, 0, "done"), Coverage("neighbour", NET, 0, 12, "done"))
    said = advice(quiet, passive=True)["nothing-announced"]
    assert "network capture" in said.next
    assert "Listen for an hour" in said.next
    assert "nothing-announced" not in advice((Coverage("dhcp", NET, 0, 1, "done"),), passive=True)
    assert "nothing-announced" not in advice(SILENT)


def test_only_a_router_in_sight_is_perhaps_a_guest_network() -> None:
    said = advice(SILENT, Findings(neighbours={NET: 1}))
    assert "guest network" in said["alone"].say


def test_where_anything_answered_nobody_is_said_to_keep_devices_apart() -> None:
    assert advice(SILENT, Findings(neighbours={NET: 14}, heard=frozenset({NET}))).keys() == {"other-networks"}
    beyond = Findings(neighbours={NET: 1}, heard=frozenset({""}))
    assert "alone" not in advice(SILENT, beyond, ranges=("10.20.0.0/24",))
    assert "kept-apart" in advice(SILENT, Findings(neighbours={NET: 5}, heard=frozenset({"10.1.0.0/24"})))


def test_one_machine_that_answers_for_many_addresses_is_said_once() -> None:
    said = advice(SILENT, Findings(heard=frozenset({NET}), one_for_many={NET: 253}))["one-for-many"]
    assert said.say.startswith("One machine answers for 253 addresses on 10.0.0.0/24")
    assert "network that the cameras are on" in said.next


def test_on_windows_its_firewall_is_named_where_nothing_answered() -> None:
    for found in (Findings(neighbours={NET: 5}), Findings()):
        assert "Private" in advice(SILENT, found, platform="win32")["windows-firewall"].next
    heard = Findings(heard=frozenset({""}))
    assert "windows-firewall" not in advice(SILENT, heard, platform="win32")


def test_macos_refusing_the_local_network_is_told_by_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr("errno.EHOSTUNREACH", 65)
    reason = say(OSError(65, "No route to host"))
    said = advice((Coverage("wsdiscovery", NET, 0, 0, "blocked", reason),), platform="darwin")
    assert "Local Network" in said["macos-local-network"].next


def test_a_refusal_of_the_firewall_and_a_card_without_a_cable_are_told_apart() -> None:
    refused = "This computer's firewall or rules refused: ask IT to allow Camcensus, then search again."
    unplugged = "The network card is not connected: check the cable or Wi-Fi, then search again."
    assert "firewall" in advice((Coverage("sadp", NET, 0, 0, "blocked", refused),))["firewall"].next
    assert advice((Coverage("sadp", NET, 0, 0, "blocked", unplugged),))["blocked"].next == unplugged


def test_a_vpn_and_a_wrong_address_each_get_a_next_step() -> None:
    found = Findings(outside=("192.168.1.64",), lost=("wlan0",))
    said = advice(found=found, cards=(Interface("docker0", "172.17.0.1/16"), Interface("utun4", "10.8.0.2/32")))
    assert list(said) == ["card-lost", "vpn", "wrong-network", "other-networks"]
    assert "1 device has an address that does not belong to a network searched (192.168.1.64)" in said["wrong-network"].say
    assert "utun4" in said["vpn"].say
    assert all(one.say.endswith(".") and one.next.endswith(".") for one in said.values())


def test_a_search_of_this_computer_itself_gets_no_advice() -> None:
    assert advise(Scope(interfaces=(Interface("lo", "127.0.0.1/8"),)), HEARD, Findings(), Surroundings()) == ()


@pytest.mark.parametrize(
    ("name", "address", "vpn"),
    [
        ("eth0", "10.0.0.2/24", False),
        ("Intel(R) Ethernet Connection I219-LM", "10.0.0.2/24", False),
        ("utun3", "10.8.0.2/24", True),
        ("wg0", "10.8.0.2/24", True),
        ("TAP-Windows Adapter V9", "10.8.0.2/24", True),
        ("Cisco AnyConnect Virtual Miniport Adapter", "10.9.0.7/22", True),
        ("ppp0", "100.64.0.9/32", True),
        ("docker0", "172.17.0.1/16", False),
        ("Hyper-V Virtual Ethernet Adapter", "172.20.0.1/20", False),
        ("vmnet8", "192.168.220.1/24", False),
        ("lo", "127.0.0.1/8", False),
    ],
)
def test_kinds_of_network_cards(name: str, address: str, vpn: bool) -> None:
    assert is_vpn(Interface(name, address)) == vpn


def test_this_computer_is_looked_at() -> None:
    around = look_around()
    assert any(card.address.startswith("127.") for card in around.cards)


def test_before_a_search_only_what_makes_it_pointless_or_hides_devices_is_said() -> None:
    loopback = Interface("lo", "127.0.0.1/8")
    office = Interface("eth0", "10.0.0.2/24")
    tunnel = Interface("tun0", "10.8.0.2/32")
    public = Interface("wlan0", "203.0.113.7/24")
    assert before([loopback]) is None
    assert before([loopback, office]) is None
    for cards in ([loopback, tunnel], [public], [public, tunnel]):
        said = before(cards)
        assert said is not None
        assert said.topic == "guest-or-vpn"
    beside = before([office, tunnel])
    assert beside is not None
    assert (beside.topic, "tun0" in beside.say) == ("vpn", True)
