"""What the codes on a camera's label say, of which its security code is no part."""

from __future__ import annotations

from camcensus.model import frozen
from camcensus.model.words import upper_first


@frozen
class LabelReading:
    """What one code on a label says; "" for what it does not say. `mac` is in small letters with colons."""

    brand: str = ""
    model: str = ""
    serial: str = ""
    mac: str = ""

    @property
    def said(self) -> str:
        """ "Model DS-2CD2042, serial number 123456789", to be shown once `clean`."""
        named = (("Brand", self.brand), ("model", self.model), ("serial number", self.serial), ("MAC address", self.mac))
        return upper_first(", ".join(f"{name} {value}" for name, value in named if value))
