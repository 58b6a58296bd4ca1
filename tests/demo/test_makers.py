"""Makers' own questions, as simulated devices read them: the search is understood, answers are passed over, the rest writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from camcensus.demo.makers import MAKERS
from camcensus.demo.questions import UdpProtocol

DATA = Path(__file__).parents[1] / "data"
SENDER = ("10.0.0.2", 41000)
BY_NAME = {protocol.name: protocol for protocol in MAKERS}
ANSWERS = [
    (protocol, path)
    for protocol in MAKERS
    for path in sorted((DATA / protocol.name).glob("*.bin"))
    if path.stem not in ("question", "set-network", "foscam-question")
]


@pytest.mark.parametrize("protocol", MAKERS, ids=lambda protocol: protocol.name)
def test_the_recorded_search_is_read_as_a_search_that_writes_nothing(protocol: UdpProtocol) -> None:
    question = protocol.read((DATA / protocol.name / "question.bin").read_bytes())
    assert question is not None
    assert (question.protocol, question.writes) == (protocol.name, False)


@pytest.mark.parametrize(("protocol", "path"), ANSWERS, ids=lambda one: getattr(one, "stem", None) or one.name)
def test_an_answer_is_no_question(protocol: UdpProtocol, path: Path) -> None:
    assert protocol.read(path.read_bytes()) is None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tvt", b"MHED\x08\x00\x01\x00\x03\x00".ljust(140, b"\0")),
        ("xiongmai", bytes(14).replace(b"\0", b"\xff", 1) + (1040).to_bytes(2, "little") + bytes(4)),
        ("hanwha", b"\x02".ljust(262, b"\0")),
        ("bosch", bytes.fromhex("9939a427 00000001 ff0006df")),
        ("sony", b"\x02SETIP:1\xff\x03"),
    ],
)
def test_what_could_change_a_device_is_told_from_the_search(name: str, data: bytes) -> None:
    question = BY_NAME[name].read(data)
    assert question is not None
    assert question.writes


def test_answers_go_where_each_protocol_sends_them() -> None:
    to = {name: protocol.reply_to(SENDER, "10.0.3.255") for name, protocol in BY_NAME.items()}
    assert to["vivotek"] == to["tp-link"] == to["ubiquiti"] == SENDER
    assert to["bosch"] == ("10.0.0.2", 1758)
    assert to["panasonic"] == ("10.0.0.2", 10669)
    assert to["hanwha"] == ("10.0.3.255", 7711)
    assert to["sony"] == ("10.0.3.255", 2380)
    assert to["xiongmai"] == ("10.0.3.255", 34569)
    assert to["tvt"] == ("234.55.55.56", 23456)
