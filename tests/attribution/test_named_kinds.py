"""What the names of a device say of its kind: the grammar of its maker, the words of the trade, and whose device it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from attribution.small_knowledge import read_by_person, seen
from camcensus.model.device import DeviceKind, Observation, Verdict
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import judge


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def judged(knowledge: Knowledge, *observations: Observation) -> Verdict:
    (verdict,) = judge(observations, knowledge)
    return verdict


SADP = {"sadp__answer": "ProbeMatch"}
DHIP = {"dhip__answer": "client.notifyDevInfo"}


@pytest.mark.parametrize(
    ("observation", "kind"),
    [
        # Models that no pattern has for an example: siblings of those that sources name.
        (seen("sadp", model="DS-2CD2T63G2-4I", **SADP), "camera"),
        (seen("sadp", model="iDS-2CD7A46G0-IZHS", **SADP), "camera"),
        (seen("sadp", model="DS-7616NXI-K2/16P", **SADP), "recorder"),
        (seen("sadp", model="DS-7204HGHI-F1", **SADP), "recorder"),
        (seen("sadp", model="DS-K1T673DX", **SADP), "access-terminal"),
        (seen("sadp", model="DS-KH8520-WTE1", **SADP), "intercom"),
        (seen("sadp", model="DS-KV8113-WME1", **SADP), "intercom"),
        (seen("sadp", model="DS-3E1310P-EI", **SADP), "switch"),
        (seen("sadp", model="DS-D5043UQ", **SADP), "screen"),
        (seen("sadp", **SADP), "camera-or-recorder"),
        (seen("dhip", model="DH-IPC-HFW5442T-ASE", **DHIP), "camera"),
        (seen("dhip", model="SD5A232XA-HNR", **DHIP), "camera"),
        (seen("dhip", model="DHI-NVR5432-16P-4KS2", **DHIP), "recorder"),
        (seen("dhip", model="VTO2202F-P-S2", **DHIP), "intercom"),
        (seen("dhip", model="ASI6214S-PW", **DHIP), "access-terminal"),
        (seen("dhip", model="ABC", **DHIP), "camera-or-recorder"),
        (seen("onvif.GetDeviceInformation", manufacturer="AXIS", model="P1467-LE"), "camera"),
        (seen("onvif.GetDeviceInformation", manufacturer="AXIS", model="M7116"), "encoder"),
        (seen("onvif.GetDeviceInformation", manufacturer="AXIS", model="I8116-E"), "intercom"),
        (seen("onvif.GetDeviceInformation", manufacturer="Hanwha Vision", model="XRN-1620SB1"), "recorder"),
        (seen("onvif.GetDeviceInformation", manufacturer="Hanwha Vision", model="PNV-A9082RZ"), "camera"),
        (seen("onvif.GetDeviceInformation", manufacturer="Hanwha Vision", model="TID-A800"), "intercom"),
        (seen("onvif.GetDeviceInformation", manufacturer="UNIVIEW", model="NVR302-16E2-P16"), "recorder"),
        (seen("onvif.GetDeviceInformation", manufacturer="Reolink", model="RLN36"), "recorder"),
        (seen("onvif.GetDeviceInformation", manufacturer="Reolink", model="RLN8-410-E"), "recorder"),
        (seen("http", http__realm="DCS-5222LB1"), "camera"),
        (seen("http", http__title="Network Camera NC-123"), "camera"),
        (seen("http", http__title="XVR LOGIN"), "recorder"),
        (seen("http", http__title="Web Viewer for Samsung DVR"), "recorder"),
        (seen("http", http__server="DVRNVRDVS"), "camera-or-recorder"),
        (seen("http", http__title="Netzwerkkamera"), "camera"),
        (seen("http", http__title="Grabador de vídeo en red"), "recorder"),
        (seen("http", http__title="网络摄像机"), "camera"),
        (seen("http", http__title="Videocitofono"), "intercom"),
        (seen("tls", tls__subject="CN=IntercomDoorBirdOne"), "intercom"),
        (seen("rtsp", rtsp__server="gortsplib"), "software"),
        (seen("rtsp", rtsp__server="ZLMediaKit(git hash:a226794)"), "software"),
        (seen("rtsp", rtsp__server="GStreamer RTSP server"), "software"),
        (seen("http", http__server="Motion/4.7.0"), "software"),
        (seen("http", http__server="Nx Witness/6.0 (Network Optix)"), "software"),
        (seen("http", http__title="Home Assistant"), "software"),
        (read_by_person("label", brand="Hikvision", model="DS-7608NI-K2"), "recorder"),
    ],
)
def test_models_words_and_programs_that_no_pattern_was_made_from(
    knowledge: Knowledge, observation: Observation, kind: DeviceKind
) -> None:
    told = judged(knowledge, observation).description
    assert told.kind == kind, told.kind_reason


@pytest.mark.parametrize(
    "text",
    [
        "Camera Station", "Network camera recorder software", "Switch", "TD-W8961N", "Archer C20", "HP LaserJet M1536dnf MFP",
        "Wireless Access Controller", "Remote Access Controller", "HP 10Gb Ethernet BL-c Switch", "DiskStation - Synology",
        "TiVo DVR", "SIMATIC IPC427E", "Voice recorder", "Intranet", "Companion", "Kamerad",
    ],
)  # fmt: skip
def test_names_of_other_things_make_nothing_a_camera(knowledge: Knowledge, text: str) -> None:
    assert judged(knowledge, seen("http", http__title=text)).description.kind in ("other", "switch", "software", "unknown")


def test_a_makers_grammar_is_not_looked_for_on_another_makers_device(knowledge: Knowledge) -> None:
    tp_link = judged(knowledge, seen("upnp", manufacturer="TP-Link", model="C210"))
    assert tp_link.description.kind == "camera"
    axis = judged(knowledge, seen("onvif.GetDeviceInformation", manufacturer="AXIS", model="C1410"))
    assert (axis.description.kind, axis.description.what) == ("other", "a television, speaker or media player")


def test_the_serial_number_in_one_makers_login_is_not_another_makers_model(knowledge: Knowledge) -> None:
    swann = {
        "manufacturer": "Swann",
        "model": "NHD-887MSB",
    }
    told = judged(knowledge, seen("onvif.GetDeviceInformation", **swann), seen("rtsp", rtsp__realm="IP Camera(E1234)"))
    assert told.attribution.manufacturer == "hikvision"
    assert "Reolink" not in " ".join(one.why for one in told.description.kind_evidence)
    own = {"manufacturer": "Reolink", "model": "E1 Pro"}
    plain = judged(knowledge, seen("onvif.GetDeviceInformation", **own), seen("rtsp", rtsp__realm="Reolink E1 Pro"))
    assert "Reolink names cameras like that" in " ".join(one.why for one in plain.description.kind_evidence)


@pytest.mark.parametrize("model", ["C210", "S13", "E31", "M73", "D25M"])
def test_a_makers_form_says_nothing_where_nobody_names_the_maker(knowledge: Knowledge, model: str) -> None:
    assert judged(knowledge, seen("upnp", model=model)).description.kind == "other"


ORDINARY = (
    "IP Camera Webshop - network camera, NVR, DVR", "Camera Club | Elm Park", "How to report a broken camera",
    "Hamster webcam - Class 3B blog", "IP Camera Network - TL-WR841N", "GS1920-24 - CAMERAS", "DVR upgrade: prices",
    "Hikvision CCTV policy", "Why we replaced our Dahua NVR", "Video intercom manual", "cctv.elmpark.sch.uk", "AVTECH Room Alert 3E",
    "Canon EOS 80D", "Digital camera",
)  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_a_sentence_is_no_products_name(knowledge: Knowledge, text: str) -> None:
    replies = [seen("http", http__title=text), seen("http", http__realm=text), seen("mdns", mdns__instance=text)]
    replies += [seen("tls", tls__subject=f"CN={text}"), seen("http", http__text=text), seen("http", http__meta=text)]
    for reply in replies:
        told = judged(knowledge, reply)
        assert told.description.kind in ("other", "unknown"), told.description.kind_reason
        assert told.attribution.manufacturer in (None, "canon")


@pytest.mark.parametrize(
    ("reply", "kind", "grade"),
    [
        (seen("http", http__title="Foobar Network Camera"), "camera", "possible"),  # a maker that we do not know
        (seen("http", http__title="Foobar Camera"), "other", "unknown"),
        (seen("http", http__text="AXIS Q6135-LE"), "camera", "likely"),
        (seen("http", http__text=("AXIS Q6135-LE", *map(str, range(20)))), "other", "unknown"),
        (seen("http", http__server="GNU rsp/1.0"), "recorder", "likely"),
        (seen("http", http__server="JAWS/1.0"), "recorder", "likely"),
        (seen("http", http__server="MJPG-Streamer/0.2"), "software", "likely"),
        (seen("rtsp", rtsp__server="VLC/3.0.20"), "software", "likely"),
        (seen("tls", tls__subject="CN=TPRI-DEVICE,O=TPRI,C=US"), "camera-or-recorder", "possible"),
        (seen("http", http__realm="BEWARD B1210R"), "camera-or-recorder", "possible"),
    ],
)
def test_a_products_name_is_one_as_a_whole(knowledge: Knowledge, reply: Observation, kind: DeviceKind, grade: str) -> None:
    told = judged(knowledge, reply).description
    assert (told.kind, told.kind_grade) == (kind, grade), told.kind_reason


def test_a_bare_webs_names_nobody(knowledge: Knowledge) -> None:
    told = judged(knowledge, seen("http", http__server="Webs", http__title="GS1920-24"))
    assert (told.attribution.candidates, told.description.kind) == ((), "other")


def test_a_name_that_staff_can_type_says_little(knowledge: Knowledge) -> None:
    told = judged(knowledge, seen("wsdiscovery", name="NVR room", onvif__type="NetworkVideoTransmitter")).description
    assert told.kind == "camera"
    assert told.kind_grade == "possible"


def test_the_reason_names_the_model_and_whose_grammar_it_is(knowledge: Knowledge) -> None:
    told = judged(knowledge, seen("onvif.GetDeviceInformation", manufacturer="AXIS", model="P1467-LE")).description
    assert "Its model name is P1467-LE, and Axis names cameras like that." in told.kind_reason
    assert {one.role for one in told.kind_evidence} == {"kind"}


def test_hostile_names_are_cleaned_where_they_are_quoted(knowledge: Knowledge) -> None:
    told = judged(knowledge, seen("http", http__title="Network Camera \u202eNC-1")).description
    assert told.kind == "camera"
    assert all("\u202e" not in one.why and len(one.seen) <= 200 for one in told.kind_evidence)


@pytest.mark.parametrize(
    ("field", "value", "kind", "grade"),
    [
        ("http.server", "dcs-lig-httpd", "camera", "likely"),
        ("http.server", "gen5th/1.0", "camera", "likely"),
        ("http.server", "HeiTel GmbH Web Server [V1.15/V1.14/V1.3]", "recorder", "likely"),
        ("http.server", "ev-compat", "camera", "possible"),
        ("http.realm", "GeneralUser/Administrator", "camera", "possible"),
        ("http.title", "WebView Livescope", "camera", "likely"),
        ("http.text", "DVR 4210 WatchDog (unit2)", "recorder", "likely"),
        ("rtsp.server", "HomeMonitor HD Pro", "camera", "likely"),
    ],
)
def test_a_makers_sign_raises_the_kind_where_only_some_of_its_devices_have_it(
    knowledge: Knowledge, field: str, value: str, kind: DeviceKind, grade: str
) -> None:
    found = judged(
        knowledge, seen("rtsp" if field.startswith("rtsp") else "http", **{field.replace(".", "__"): value})
    ).description
    assert (found.kind, found.kind_grade) == (kind, grade)


def test_a_sign_that_a_makers_other_devices_have_too_raises_no_kind(knowledge: Knowledge) -> None:
    assert judged(knowledge, seen("http", http__server="alphapd/2.1.8")).description.kind == "other"


PAGES = {80: "DNVRS-Webs", 81: "ADH-Web"}


def at_ports(*ports: int, server: str = "") -> list[Observation]:
    return [seen("http", port=port, http__server=server or PAGES[port]) for port in ports]


def test_one_address_whose_ports_lead_to_several_makers_devices_is_a_device_for_each(knowledge: Knowledge) -> None:
    found = judge(at_ports(80, 81), knowledge)
    assert [(str(one.device.keys[0]), one.attribution.manufacturer) for one in found] == [
        ("addr:/10.0.0.5:80", "hikvision"),
        ("addr:/10.0.0.5:81", "dedicated-micros"),
    ]


def test_a_letter_of_the_maker_says_whose_it_is_whatever_the_ports_show(knowledge: Knowledge) -> None:
    letter = read_by_person("maker-letter", manufacturer="Hikvision")
    assert judged(knowledge, *at_ports(80, 81), letter).attribution.manufacturer == "hikvision"


def test_ports_of_one_maker_are_one_device(knowledge: Knowledge) -> None:
    found = judged(knowledge, *at_ports(80, 81, server="Hikvision-Webs")).attribution
    assert (found.manufacturer, found.grade) == ("hikvision", "likely")
