"""What a device says that it has besides a lens: pan and tilt, sound, a thermal picture, storage. Only its own word counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from camcensus.model.device import Feature, FeatureName
from camcensus.model.observation import Observation

_SIGNS: tuple[tuple[FeatureName, str, str], ...] = (
    ("ptz", "onvif.scope", r"onvif://\S{1,200}/type/ptz"),
    ("ptz", "onvif.service", r"http://www\.onvif\.org/ver20/ptz/wsdl"),
    ("ptz", "isapi.device_type", r"IPPTZ"),
    ("audio", "onvif.scope", r"onvif://\S{1,200}/type/audio_encoder"),
    ("thermal", "onvif.service", r"http://www\.onvif\.org/ver10/thermal/wsdl"),
    ("thermal", "isapi.device_type", r"ThermalCamera"),
    ("storage", "onvif.service", r"http://www\.onvif\.org/ver10/recording/wsdl"),
    ("storage", "sadp.disks", r"[1-9][0-9]{0,3}"),
)
"""Source: ONVIF Core (scopes), the namespaces of ONVIF's services; ISAPI's deviceType; SADP's DiskNumber."""


def features(by_trust: Iterable[Observation]) -> tuple[Feature, ...]:
    """Each thing once, with the first words that say so; in the order of FeatureName."""
    found: dict[FeatureName, Feature] = {}
    held = tuple(by_trust)
    for name, field, pattern in _SIGNS:
        if name in found:
            continue
        for item in held:
            seen = next((value for value in item.reading.all(field) if re.fullmatch(pattern, value.strip(), re.I)), None)
            if seen is not None:
                found[name] = Feature(name, seen.strip(), item.probe)
                break
    return tuple(found.values())
