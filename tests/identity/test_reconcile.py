"""Seen now against known: the same, new, or a question for staff."""

from __future__ import annotations

from camcensus.identity.reconcile import Match, reconcile
from camcensus.model.device import Device, Key

MAC, UUID, SERIAL = Key("mac", "3c:ef:8c:00:00:01"), Key("uuid", "u-1"), Key("serial", "dahua:2K00000PAG00002")
ADDRESS, ELSEWHERE = Key("addr", "eth0/10.0.0.5", "weak"), Key("addr", "eth0/10.0.0.6", "weak")


def device(*keys: Key) -> Device:
    return Device(keys, ("10.0.0.5",), "eth0", None, ())


def one(found: Device, **known: tuple[Key, ...]) -> Match:
    (match,) = reconcile([found], known)
    return match


def gist(match: Match) -> tuple[str, str | None]:
    return match.state, match.known_id


def test_any_strong_key_makes_it_the_same_wherever_it_is_now() -> None:
    for key in (MAC, UUID, SERIAL):
        assert gist(one(device(key, ELSEWHERE), d1=(key, ADDRESS))) == ("same", "d1")
    assert one(device(MAC, ELSEWHERE), d1=(MAC, ADDRESS)).reason == "Its MAC address is the one known."


def test_a_serial_is_the_same_when_its_maker_is_known_better_now() -> None:
    assert gist(one(device(SERIAL), d1=(Key("serial", "unknown:2K00000PAG00002"),))) == ("same", "d1")


def test_nothing_in_common_is_new() -> None:
    assert gist(one(device(MAC, ADDRESS), d1=(UUID, ELSEWHERE))) == ("new", None)
    assert reconcile([], {}) == ()


def test_another_device_at_a_known_address_is_new() -> None:
    assert gist(one(device(MAC, ADDRESS), d1=(Key("mac", "44:19:b6:00:00:01"), ADDRESS))) == ("new", None)


def test_an_address_alone_is_enough_only_where_neither_shows_more() -> None:
    assert gist(one(device(ADDRESS), d1=(ADDRESS,))) == ("same", "d1")
    assert gist(one(device(MAC, ADDRESS), d1=(ADDRESS,))) == ("ask", "d1")
    assert gist(one(device(ADDRESS), d1=(MAC, ADDRESS))) == ("ask", "d1")
    assert gist(one(device(ADDRESS), d1=(ADDRESS,), d2=(ADDRESS,))) == ("ask", "d1")


def test_weak_numbers_never_make_it_the_same() -> None:
    hint = Key("mac", MAC.value, "weak")
    assert gist(one(device(hint, ELSEWHERE), d1=(MAC, ADDRESS))) == ("new", None)
    assert gist(one(device(MAC, ELSEWHERE), d1=(hint, ADDRESS))) == ("new", None)


def test_keys_of_two_known_devices_are_a_question() -> None:
    match = one(device(MAC, UUID), d1=(UUID,), d2=(MAC,))
    assert gist(match) == ("ask", "d2")
    assert match.reason == "It shows what 2 known devices had: which of them is it?"


def test_two_devices_for_one_known_the_better_key_has_it() -> None:
    known = {"d1": (MAC, UUID)}
    first, second = reconcile([device(UUID), device(MAC)], known)
    assert (gist(first), gist(second)) == (("ask", "d1"), ("same", "d1"))
    both = reconcile([device(MAC, ADDRESS), device(MAC, ELSEWHERE)], known)
    assert [gist(match) for match in both] == [("ask", "d1"), ("ask", "d1")]


def test_the_answers_stand_in_the_order_given() -> None:
    devices = [device(UUID), device(SERIAL), device(MAC)]
    known = {"d1": (MAC,), "d2": (UUID,)}
    forward, backward = reconcile(devices, known), reconcile(devices[::-1], dict(reversed(known.items())))
    assert [match.device for match in forward] == devices
    assert forward == backward[::-1]
