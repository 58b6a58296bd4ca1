"""The UDP ports of the discovery protocols."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

QUESTION_PORTS: Mapping[str, int] = MappingProxyType(
    {
        "wsdiscovery": 3702,
        "sadp": 37020,
        "dhip": 37810,
        "dahua-v1": 5050,
        "hanwha": 7701,
        "bosch": 1757,
        "vivotek": 10000,
        "panasonic": 10670,
        "sony": 2380,
        "xiongmai": 34569,
        "tvt": 23456,
        "tp-link": 20002,
        "ubiquiti": 10001,
        "foscam": 10000,
        "vstarcam": 8600,
        "360-vision": 3600,
        "gige-vision": 3956,
        "hid": 4070,
        "ssdp": 1900,
        "mdns": 5353,
    }
)
"""By probe: where the question goes. Most devices answer from this port too."""

ANSWER_PORTS: Mapping[str, int] = MappingProxyType({"hanwha": 7711, "bosch": 1758, "panasonic": 10669})
"""By probe: where answers go that do not go back to the asker's own port or to the question's."""
