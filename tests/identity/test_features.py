"""Channels that any maker's recorder names by ONVIF, and what a device says that it has; its own word alone."""

from __future__ import annotations

from camcensus.identity.describe import describe, features, reported_channels
from camcensus.model.device import Device, Feature, Key, Observation, Reading
from camcensus.wire.read import read
from samples import packet

AT = "2026-11-24T10:00:00Z"


def read_as(probe: str, name: str, at: str = AT) -> Observation:
    raw = packet(name)
    return Observation(probe=probe, address="10.0.0.4", at=at, raw=raw, reading=read(probe, None, raw))


def saying(probe: str, **fields: str) -> Observation:
    told = {name.replace("__", "."): (value,) for name, value in fields.items()}
    return Observation(probe=probe, address="10.0.0.4", at=AT, reading=Reading("read", told, f"{probe}/1"))


PROFILES = read_as("onvif.GetProfiles", "onvif/profiles-recorder")


def test_the_sources_of_any_makers_recorder_are_its_channels() -> None:
    assert [(one.number, one.name, one.manufacturer) for one in reported_channels([PROFILES], "recorder")] == [
        (1, "Front gate", None), (2, "Hall", None), (3, "Yard", None),
    ]  # fmt: skip
    sources = read_as("onvif.GetVideoSources", "onvif/video-sources")
    assert [one.number for one in reported_channels([sources], "encoder")] == list(range(1, 9))


def test_a_camera_with_several_sensors_has_no_channels() -> None:
    assert reported_channels([PROFILES], "camera") == ()
    assert reported_channels([PROFILES], "unknown") == ()


def test_a_list_in_the_makers_own_language_goes_before() -> None:
    own = read_as("isapi.ContentMgmt/InputProxy/channels", "isapi/channels")
    found = reported_channels([PROFILES, own], "recorder")
    assert found == reported_channels([own], "recorder")
    assert [one.name for one in found][:2] == ["Gate", "Hall"]


def test_what_a_device_says_that_it_has_is_noted_with_where_it_says_so() -> None:
    scope, service = "onvif://www.onvif.org/type/ptz", "http://www.onvif.org/ver10/recording/wsdl"
    said = [
        saying("wsdiscovery", onvif__scope=scope),
        saying("onvif.GetServices", onvif__service=service),
        saying("isapi.System/deviceInfo", isapi__device_type="ThermalCamera"),
        saying("onvif.GetScopes", onvif__scope="onvif://www.onvif.org/Type/audio_encoder"),
    ]
    device = Device((Key("mac", "58:50:ed:00:00:12"),), ("10.0.0.4",), None, None, tuple(said))
    assert describe(device).features == (
        Feature("ptz", scope, "wsdiscovery"),
        Feature("audio", "onvif://www.onvif.org/Type/audio_encoder", "onvif.GetScopes"),
        Feature("thermal", "ThermalCamera", "isapi.System/deviceInfo"),
        Feature("storage", service, "onvif.GetServices"),
    )


def test_a_word_that_only_looks_like_it_is_no_feature() -> None:
    said = [
        saying("wsdiscovery", onvif__scope="onvif://www.onvif.org/name/type/ptz-dome"),
        saying("sadp", sadp__disks="0"),
        saying("http", http__title="PTZ camera with audio and thermal picture"),
        saying("isapi.System/deviceInfo", isapi__device_type="IPCamera"),
    ]
    assert features(said) == ()
