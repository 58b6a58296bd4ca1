"""An estate on another day: some devices gone, moved to other addresses, or with other firmware. Each gives a new estate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from camcensus.demo.estate import Estate, SimDevice
from camcensus.model.errors import DemoError


def without(estate: Estate, *identities: str) -> Estate:
    """The estate without these devices. Raises DemoError where it has no such device."""
    for identity in identities:
        _device(estate, identity)
    return replace(estate, devices=tuple(device for device in estate.devices if device.id not in identities))


def moved(estate: Estate, identity: str, address: str) -> Estate:
    """The estate with a device at another address. Raises DemoError where the device is not there, or the address is taken."""
    if any(device.address == address and device.id != identity for device in estate.devices):
        raise DemoError(f"The simulation has a device at {address} already.")
    return _with(estate, identity, lambda device: replace(device, address=address))


def with_values(estate: Estate, identity: str, **values: str) -> Estate:
    """The estate with a device that answers other values, such as firmware. Raises DemoError where that is not there."""

    def change(device: SimDevice) -> SimDevice:
        if unknown := sorted(values.keys() - device.values.keys()):
            raise DemoError(f"The simulated device {identity} has no value {', '.join(unknown)}.")
        return replace(device, values={**device.values, **values})

    return _with(estate, identity, change)


def _with(estate: Estate, identity: str, change: Callable[[SimDevice], SimDevice]) -> Estate:
    changed = change(_device(estate, identity))
    return replace(estate, devices=tuple(changed if device.id == identity else device for device in estate.devices))


def _device(estate: Estate, identity: str) -> SimDevice:
    found = next((device for device in estate.devices if device.id == identity), None)
    if found is None:
        raise DemoError(f"The simulation has no device {identity}.")
    return found
