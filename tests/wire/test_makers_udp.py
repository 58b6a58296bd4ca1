"""The other makers' discovery: the fixed questions, what is blanked, what makes an answer whole, and attacks."""

from __future__ import annotations

import struct
from types import ModuleType

import pytest

from camcensus.model.errors import WireError
from camcensus.wire import bosch, hanwha, panasonic, sony, tp_link, tvt, ubiquiti, vivotek, xiongmai
from camcensus.wire.read import read, redact
from wire.recorded import packet

QUESTIONS: tuple[tuple[ModuleType, bytes, str], ...] = (
    (xiongmai, xiongmai.encode_search(), "ff000000" + "00" * 10 + "fa05" + "00000000"),
    (tp_link, tp_link.encode_search(), "020000010000000000000000463cb5d3"),
    (hanwha, hanwha.encode_search(), "01" + "00" * 261),
    (bosch, bosch.encode_search(0x01020304), "9939a427" + "01020304" + "ff0006de"),
    (vivotek, vivotek.encode_search(7), "074a5d8f1c"),
    (sony, sony.encode_search(), "02" + b"ENQ:allinfo".hex() + "ff03"),
    (tvt, tvt.encode_search(), b"MHED".hex() + "080001000100" + "00" * 130),
    (ubiquiti, ubiquiti.encode_search(), "01000000"),
    (
        panasonic,
        panasonic.encode_search("10.1.3.2"),
        "00010000000d000000000000ffffffffffff0a010302000120111e11231f1e191300000200000000000000000000" + "0000ffff0000",
    ),
)


@pytest.mark.parametrize(("codec", "question", "published"), QUESTIONS, ids=lambda value: getattr(value, "__name__", ""))
def test_the_search_is_the_published_one_and_the_only_message(codec: ModuleType, question: bytes, published: str) -> None:
    assert question.hex() == published
    assert [name for name in vars(codec) if name.startswith("encode")] == ["encode_search"]
    with pytest.raises(WireError):
        codec.decode(question)


def test_numbers_of_a_question_are_kept_to_their_size() -> None:
    assert bosch.encode_search(1 << 40 | 5) == bosch.encode_search(5)
    assert vivotek.encode_search(0x107) == vivotek.encode_search(7)
    with pytest.raises(ValueError, match="10\\.1\\.3"):
        panasonic.encode_search("10.1.3")


def test_tp_link_owner_keys_and_the_clouds_name_are_blanked_and_nothing_else() -> None:
    raw = packet("tp-link", "camera").raw
    blanked = redact("tp-link", raw)
    assert len(blanked) == len(raw)
    for secret in (b"0011223344556677", b"0123456789abcdef", b"c2VjcmV0LWtleQ", b"c2VjcmV0LWRhdGE"):
        assert secret in raw
        assert secret not in blanked
    assert b'"owner": "' + b"*" * 32 + b'"' in blanked
    assert tp_link.decode(blanked) == tp_link.decode(raw)
    assert redact("tp-link", blanked) == blanked


@pytest.mark.parametrize(
    ("raw", "blanked"),
    [
        (b'"owner" :\t"abc', b'"owner" :\t"***'),
        (b'"OWNER":"a\\"b","mac":"x"', b'"OWNER":"****","mac":"x"'),
        (b'"owner":""', b'"owner":""'),
        (b'"owners":"abc"', b'"owners":"abc"'),
        (b'"owner":"abc\\', b'"owner":"****'),
    ],
)
def test_broken_json_is_blanked_too(raw: bytes, blanked: bytes) -> None:
    assert redact("tp-link", raw) == blanked


def test_xiongmai_passwords_are_blanked() -> None:
    raw = packet("xiongmai", "camera").raw.replace(b'"MaxBps"', b'"PassWord": "tlJwpbo6", "MaxBps"')
    blanked = redact("xiongmai", raw)
    assert b'"PassWord": "********"' in blanked
    assert xiongmai.decode(blanked) == xiongmai.decode(raw)


@pytest.mark.parametrize(
    ("name", "change", "answer"),
    [
        ("xiongmai/camera", (b'"Ret": 100', b'"Ret": 101'), "xiongmai.answer"),
        ("xiongmai/camera", (b'"TCPPort": 34567', b'"TCPPort": 0'), "xiongmai.answer"),
        ("xiongmai/no-number", (b'"Version"', b'"Virsion"'), "xiongmai.answer"),
        ("tp-link/camera", (b"9C-A2-F4-00-00-31", b"not a number"), "tp-link.answer"),
        ("tp-link/camera", (b'"device_model"', b'"device_nodel"'), "tp-link.answer"),
        ("sony/camera", (b"MAC:00-01-4a", b"MAC:-------"), "sony.answer"),
        ("sony/camera", (b"IPADR", b"IPADS"), "sony.answer"),
        ("bosch/xml", (b"friendlyName", b"unfriendName"), "bosch.answer"),
        ("tvt/camera", (b"TD-9544E3", b"\x00" * 9), "tvt.answer"),
        ("hanwha/camera", (b"XND-8080RV", b"\x00" * 10), "hanwha.answer"),
        ("vivotek/camera", (bytes.fromhex("02060002d1000081"), bytes.fromhex("0206000000000000")), "vivotek.answer"),
        ("panasonic/camera", (b"\x00\x20\x00\x04", b"\x00\x21\x00\x04"), "panasonic.answer"),
        ("ubiquiti/camera", (b"\x03\x00\x0fUVC", b"\x33\x00\x0fUVC"), "ubiquiti.answer"),
    ],
)
def test_only_the_full_form_counts_as_the_makers_own_answer(name: str, change: tuple[bytes, bytes], answer: str) -> None:
    whole = packet(*name.split("/"))
    codec = {"tp-link": tp_link}.get(whole.protocol) or globals()[whole.protocol]
    assert answer in codec.decode(whole.raw)
    assert whole.raw.count(change[0]) >= 1
    assert answer not in codec.decode(whole.raw.replace(*change))


def test_xiongmai_lengths_that_lie_do_not_matter() -> None:
    raw = packet("xiongmai", "camera").raw
    for length in (0, 1, 0xFFFFFFFF):
        assert xiongmai.decode(raw[:16] + struct.pack("<I", length) + raw[20:]) == xiongmai.decode(raw)


@pytest.mark.parametrize("text", ["0x0a01a8c", "0x0a01a8zz", "0x+a01a8c0", "0x000000000a", "", "0x00000000"])
def test_xiongmai_addresses_that_are_none(text: str) -> None:
    raw = packet("xiongmai", "camera").raw.replace(b"0x0a01a8c0", text.encode())
    assert xiongmai.decode(raw).get("ipv4", ()) == ()


def test_xiongmai_addresses_in_plain_form_are_read() -> None:
    assert xiongmai.decode(packet("xiongmai", "camera").raw.replace(b"0x0a01a8c0", b"10.1.3.9"))["ipv4"] == ("10.1.3.9",)


def test_tvt_commands_count_in_either_byte_order() -> None:
    raw = packet("tvt", "camera").raw
    assert tvt.decode(raw[:8] + b"\x00\x02" + raw[10:]) == tvt.decode(raw)


def test_messages_that_only_look_like_answers_are_refused() -> None:
    with pytest.raises(WireError, match="Sony"):
        sony.decode(b"\x02MODEL:SNC-EM600\xffENQ:allinfo\xff\x03")
    with pytest.raises(WireError, match="Ubiquiti"):
        ubiquiti.decode(b"\x03" + packet("ubiquiti", "camera").raw[1:])


def test_attack_values_without_end() -> None:
    many = b"".join(bytes((number & 0xFF,)) + b"\x00\x00" for number in range(20_000))
    mac = b"\x01\x00\x06\x00\x02\xd1\x00\x00\x01"
    assert ubiquiti.decode(b"\x02\x06\x00\x00" + mac + many)["mac"] == ("00:02:d1:00:00:01",)
    assert sony.decode(b"\x02MODEL:X\xff" + b"A:B\xff" * 100_000)["model"] == ("X",)
    with pytest.raises(WireError):
        panasonic.decode(bytes(53) + b"\x00\x01\x00\x00" * 20_000)
    with pytest.raises(WireError):
        vivotek.decode(b"\x01\x4a\x5d\x8f\x1c" + b"\x04\x01" * 30_000)


def test_what_is_not_known_of_vstarcams_answer_is_blanked_before_it_is_kept() -> None:
    raw = packet("vstarcam", "camera").raw
    blanked = redact("vstarcam", raw)
    assert len(blanked) == len(raw)
    assert b"hunter2" not in blanked
    assert b"admin" not in blanked
    assert read("vstarcam", None, blanked) == read("vstarcam", None, raw)
    assert redact("vstarcam", blanked) == blanked
    assert redact("vstarcam", b"DH") == b"DH"
