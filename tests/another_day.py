"""An estate on another day: some devices gone, moved to other addresses, or with other firmware. Each gives a new estate."""

from __future__ import annotations

from dataclasses import replace

from camcensus.demo.estate import Estate, SimDevice


def without(estate: Estate, *identities: str) -> Estate:
    """The estate without these devices."""
    gone = [_device(estate, identity) for identity in identities]
    return replace(estate, devices=tuple(device for device in estate.devices if device not in gone))


def moved(estate: Estate, identity: str, address: str) -> Estate:
    """The estate with a device at another address."""
    assert address not in {device.address for device in estate.devices}
    return _with(estate, replace(_device(estate, identity), address=address))


def with_values(estate: Estate, identity: str, **values: str) -> Estate:
    """The estate with a device that answers other values, such as firmware."""
    device = _device(estate, identity)
    assert values.keys() <= device.values.keys()
    return _with(estate, replace(device, values={**device.values, **values}))


def _with(estate: Estate, changed: SimDevice) -> Estate:
    return replace(estate, devices=tuple(changed if device.id == changed.id else device for device in estate.devices))


def _device(estate: Estate, identity: str) -> SimDevice:
    (found,) = (device for device in estate.devices if device.id == identity)
    return found
