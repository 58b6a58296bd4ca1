"""Questions in makers' own protocols, as their devices read them: by the bytes that the published layouts name.

Where questions and answers use one port, each reader takes questions only. Source: protocol notes, section 4.
"""

from __future__ import annotations

from camcensus.demo.questions import PROTOCOLS, UdpProtocol, UdpQuestion, answer_always


def _read_dahua_v1(data: bytes) -> UdpQuestion | None:
    if len(data) < 32 or data[:2] != b"\xa3\x01":
        return None
    return UdpQuestion("dahua-v1", "search", "search")


def _read_hanwha(data: bytes) -> UdpQuestion | None:
    if len(data) != 262 or data[0] == 0x0B:
        return None
    return UdpQuestion("hanwha", f"message {data[0]}", "search", writes=data[0] != 1 or any(data[1:]))


def _read_bosch(data: bytes) -> UdpQuestion | None:
    if len(data) != 12 or data[:4] != bytes.fromhex("9939a427"):
        return None
    return UdpQuestion("bosch", "search", "search", (), {"transaction": data[4:8].hex()}, data[8:] != bytes.fromhex("ff0006de"))


def _read_vivotek(data: bytes) -> UdpQuestion | None:
    if len(data) != 5 or data[1:] != bytes.fromhex("4a5d8f1c"):
        return None
    return UdpQuestion("vivotek", "search", "search", (), {"session": data[:1].hex()})


def _read_panasonic(data: bytes) -> UdpQuestion | None:
    if len(data) != 52 or data[:6] != bytes.fromhex("00010000000d"):
        return None
    return UdpQuestion("panasonic", "search", "search")


def _read_sony(data: bytes) -> UdpQuestion | None:
    if not data.startswith(b"\x02ENQ:") and not data.startswith(b"\x02SET"):
        return None
    line = data[1:].split(b"\xff")[0].decode("ascii", "replace")
    return UdpQuestion("sony", line, line, writes=not line.startswith("ENQ:"))


def _read_xiongmai(data: bytes) -> UdpQuestion | None:
    if len(data) < 20 or data[0] != 0xFF:
        return None
    message = int.from_bytes(data[14:16], "little")
    if message == 1531:
        return None
    return UdpQuestion("xiongmai", f"message {message}", "search", writes=message != 1530 or len(data) > 20)


def _read_tvt(data: bytes) -> UdpQuestion | None:
    if len(data) < 10 or data[:4] != b"MHED":
        return None
    command = int.from_bytes(data[8:10], "little")
    if command == 2:
        return None
    return UdpQuestion("tvt", f"command {command}", "search", writes=command != 1)


def _read_tp_link(data: bytes) -> UdpQuestion | None:
    if len(data) < 16 or data[0] != 2 or b"result" in data:
        return None
    return UdpQuestion("tp-link", "search", "search", writes=len(data) > 16 and b"rsa_key" not in data)


def _read_ubiquiti(data: bytes) -> UdpQuestion | None:
    return UdpQuestion("ubiquiti", "search", "search") if data == bytes((1, 0, 0, 0)) else None


def _read_gige_vision(data: bytes) -> UdpQuestion | None:
    if len(data) < 8 or data[0] != 0x42:
        return None
    command = int.from_bytes(data[2:4])
    return UdpQuestion("gige-vision", f"command {command}", "search", (), {"number": data[6:8].hex()}, writes=command != 2)


def _read_hid(data: bytes) -> UdpQuestion | None:
    word = data.split(b";")[0].decode("ascii", "replace")
    if word == "discovered":
        return None
    return UdpQuestion("hid", word, word, writes=data != b"discover;013;")


MAKERS = (
    UdpProtocol("dahua-v1", "", 5050, _read_dahua_v1, answer_always, "sender", True, "Dahua's older search (UDP port 5050)"),
    UdpProtocol(
        "hanwha", "", 7701, _read_hanwha, answer_always, "broadcast", True, "Hanwha's search (UDP port 7701)", reply_port=7711
    ),
    UdpProtocol(
        "bosch", "", 1757, _read_bosch, answer_always, "sender", True, "Bosch's search (UDP port 1757)", reply_port=1758
    ),
    UdpProtocol("vivotek", "", 10000, _read_vivotek, answer_always, broadcast=True, title="Vivotek's search (UDP port 10000)"),
    UdpProtocol(
        "panasonic", "", 10670, _read_panasonic, answer_always, "sender", True, "Panasonic's search (UDP port 10670)",
        reply_port=10669,
    ),
    UdpProtocol("sony", "", 2380, _read_sony, answer_always, "broadcast", True, "Sony's search (UDP port 2380)"),
    UdpProtocol("xiongmai", "", 34569, _read_xiongmai, answer_always, "broadcast", True, "Xiongmai's search (UDP port 34569)"),
    UdpProtocol(
        "tvt", "234.55.55.55", 23456, _read_tvt, answer_always, "group", title="TVT's search (UDP port 23456)",
        reply_group="234.55.55.56",
    ),
    UdpProtocol("tp-link", "", 20002, _read_tp_link, answer_always, broadcast=True, title="TP-Link's search (UDP port 20002)"),
    UdpProtocol(
        "ubiquiti", "233.89.188.1", 10001, _read_ubiquiti, answer_always, broadcast=True,
        title="Ubiquiti's search (UDP port 10001)",
    ),
    UdpProtocol(
        "gige-vision", "", 3956, _read_gige_vision, answer_always, broadcast=True, title="GigE Vision's search (UDP port 3956)"
    ),
    UdpProtocol("hid", "", 4070, _read_hid, answer_always, broadcast=True, title="HID's search (UDP port 4070)"),
)  # fmt: skip

EVERY = (*PROTOCOLS, *MAKERS)
"""Every protocol that simulated devices speak over UDP."""
