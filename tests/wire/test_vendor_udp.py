"""SADP, DHIP and Dahua's old protocol: the fixed questions, what is blanked, and attacks."""

from __future__ import annotations

import json
import struct
from xml.etree import ElementTree

import pytest

from camcensus.model.errors import WireError
from camcensus.wire import dahua_v1, dhip, gige_vision, sadp
from camcensus.wire.read import redact
from wire.recorded import packet


def test_the_sadp_inquiry_is_the_only_message_and_carries_an_upper_case_id() -> None:
    data = sadp.encode_inquiry("6f1e0b52-0000-4000-8000-00000000000a")
    root = ElementTree.fromstring(data)
    assert (root.tag, root.findtext("Uuid"), root.findtext("Types")) == (
        "Probe",
        "6F1E0B52-0000-4000-8000-00000000000A",
        "inquiry",
    )
    assert [name for name in vars(sadp) if name.startswith("encode")] == ["encode_inquiry"]
    with pytest.raises(WireError):
        sadp.decode(data)


def test_the_dhip_search_is_the_only_message_and_asks_for_unicast() -> None:
    data = dhip.encode_search()
    size, magic, session, number, length, zero, again, last = struct.unpack_from("<I4sIIIIII", data)
    assert (size, magic, session, number, zero, last) == (32, b"DHIP", 0, 0, 0, 0)
    assert length == again == len(data) - 32
    assert json.loads(data[32:]) == {"method": "DHDiscover.search", "params": {"mac": "", "uni": 1}}
    assert [name for name in vars(dhip) if name.startswith("encode")] == ["encode_search"]
    with pytest.raises(WireError):
        dhip.decode(data)


def test_the_search_of_gige_vision_carries_a_number_that_is_never_0() -> None:
    assert gige_vision.encode_search(0x51234).hex() == "4211000200001234"
    assert gige_vision.encode_search(0x10000).hex() == "4211000200000001"


def test_the_old_dahua_search_is_the_published_one() -> None:
    assert dahua_v1.encode_search().hex() == "a3010001" + "00" * 12 + "02" + "00" * 15
    with pytest.raises(WireError):
        dahua_v1.decode(dahua_v1.encode_search())


@pytest.mark.parametrize(
    ("counts", "kind"),
    [
        ({"AnalogChannelNum": "1", "DigitalChannelNum": "0"}, ("camera",)),
        ({"AnalogChannelNum": "0", "DigitalChannelNum": "1"}, ("camera",)),
        ({"AnalogChannelNum": "4", "DigitalChannelNum": "0"}, ("recorder",)),
        ({"AnalogChannelNum": "1", "DigitalChannelNum": "0", "DiskNumber": "1"}, ("recorder",)),
        ({"AnalogChannelNum": "0", "DigitalChannelNum": "0"}, ()),
    ],
)
def test_sadp_one_picture_of_either_sort_is_a_camera_and_more_or_disks_a_recorder(
    counts: dict[str, str], kind: tuple[str, ...]
) -> None:
    said = "".join(f"<{name}>{value}</{name}>" for name, value in counts.items())
    raw = f"<ProbeMatch><MAC>c4-2f-90-00-00-01</MAC>{said}</ProbeMatch>".encode()
    assert sadp.decode(raw).get("kind", ()) == kind


def test_sadp_salt_and_codes_are_blanked_and_nothing_else() -> None:
    raw = packet("sadp", "camera").raw.replace(
        b"</ProbeMatch>", b"<EZVIZCode>ABCDEF</EZVIZCode><PasswordResetCode>12345</PasswordResetCode></ProbeMatch>"
    )
    blanked = redact("sadp", raw)
    assert len(blanked) == len(raw)
    assert b"<Salt>" + b"*" * 32 + b"</Salt>" in blanked
    assert b"<EZVIZCode>******</EZVIZCode><PasswordResetCode>*****</PasswordResetCode>" in blanked
    assert b"<PasswordResetAbility>true</PasswordResetAbility>" in blanked
    assert b"12345" not in blanked
    assert redact("sadp", blanked) == blanked
    before, after = sadp.decode(raw), sadp.decode(blanked)
    assert {name for name in before if before[name] != after[name]} == {"sadp.ezviz"}


def test_malformed_sadp_is_blanked_too() -> None:
    assert redact("sadp", b"<ProbeMatch>\n<Salt>deadbeef\n<MAC>") == b"<ProbeMatch>\n<Salt>********\n<MAC>"


def test_attack_sadp_dtd_is_not_read_line_by_line_either() -> None:
    with pytest.raises(WireError, match="document type"):
        sadp.decode(b'<!DOCTYPE a [<!ENTITY x "y">]>' + packet("sadp", "camera").raw.partition(b"?>")[2])


def test_attack_dhip_json_of_great_depth() -> None:
    for body in (b"[" * 60_000, b'{"a":' * 40_000, b'{"mac":' + b"9" * 60_000 + b"}"):
        with pytest.raises(WireError):
            dhip.decode(struct.pack("<I4sIIIIII", 32, b"DHIP", 0, 0, len(body), 0, len(body), 0) + body)


def test_dhip_lengths_that_lie_do_not_matter() -> None:
    raw = packet("dhip", "camera").raw
    for length in (0, 1, 0xFFFFFFFF):
        assert dhip.decode(raw[:16] + struct.pack("<I", length) + raw[20:]) == dhip.decode(raw)


def test_only_the_full_form_counts_as_the_makers_own_answer() -> None:
    raw = packet("dhip", "camera").raw
    assert "dhip.answer" in dhip.decode(raw)
    assert "dhip.answer" not in dhip.decode(raw.replace(b"3c:ef:8c:00:00:01", b"no number at all!"))
    assert "dhip.answer" not in dhip.decode(raw.replace(b"client.notifyDevInfo", b"client.notifySomeone"))
    raw = packet("sadp", "camera").raw
    for name in (b"MAC", b"DeviceSN", b"DeviceDescription"):
        assert "sadp.answer" not in sadp.decode(raw.replace(b"<%s>" % name, b"<X>").replace(b"</%s>" % name, b"</X>"))


def test_dahua_neutral_vendors_claim_no_manufacturer() -> None:
    raw = packet("dhip", "camera").raw
    assert "manufacturer" not in dhip.decode(raw)
    assert dhip.decode(raw.replace(b'"Vendor": "Private"', b'"Vendor": "CPPlus"'))["manufacturer"] == ("CPPlus",)


def test_attack_sadp_of_empty_elements_is_no_answer() -> None:
    with pytest.raises(WireError, match="empty"):
        sadp.decode(b"<ProbeMatch>" + b"<a>" * 30_000)


def test_old_dahua_answers_are_known_by_their_first_byte() -> None:
    raw = packet("dahua-v1", "camera").raw
    assert dahua_v1.decode(raw)["dahua-v1.answer"] == ("b3",)
    with pytest.raises(WireError, match="old discovery"):
        dahua_v1.decode(b"\xa3" + raw[1:])
