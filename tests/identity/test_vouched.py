"""What vouches for a door: a mark told there, not one that many devices have, one of two, or a MAC address of two addresses."""

from __future__ import annotations

from camcensus.identity.known_by import shown_again
from camcensus.identity.vouched import is_vouched, own_mac_of
from camcensus.model.observation import Observation, Reading
from samples import observation

HOST, MAC = "10.0.0.1", "3c:ef:8c:00:00:01"


def told(serial: str, port: int = 80) -> Observation:
    return observation(1, probe="onvif.GetDeviceInformation", port=port, reading=Reading("read", {"serial": (serial,)}, "x/1"))


def test_a_serial_number_vouches_for_the_port_that_told_it_unless_many_devices_have_it() -> None:
    for serial, is_one in (("6C00000PAG00001", True), ("0123456789", False), ("000000000000", False), ("DEFAULTSERIAL", False)):
        assert is_vouched(HOST, 80, [told(serial)], [told(serial)]) is is_one
        assert not is_vouched(HOST, 81, [told(serial)], [told(serial)])


def test_of_two_answers_no_single_one_is_enough() -> None:
    both = [told("6C00000PAG00001"), told("6C00000PAG00002")]
    assert shown_again(both, both) == ()
    assert shown_again(both, both[:1]) != ()
    assert not is_vouched(HOST, 80, both, both[:1])


def test_a_mac_address_is_a_devices_own_at_one_address_alone() -> None:
    keys, here = (f"mac:{MAC}",), (HOST, MAC)
    assert own_mac_of(MAC, HOST, keys, [here]) == MAC
    assert own_mac_of(MAC, HOST, keys, [here, ("10.0.0.2", MAC)]) is None
    assert own_mac_of(MAC, HOST, (), [here]) is None
