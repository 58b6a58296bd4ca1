"""Network addresses are taken out of any text in every form they are written in, and nothing else is."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address

import pytest

from camcensus.model.addresses import LEFT_OUT, without_addresses, without_addresses_in
from camcensus.model.blocks import Bullets, Column, Fact, Foreign, Heading, Link, Prose, ReportDocument, Row, TableBlock
from camcensus.model.words import clean

AROUND = ("{}", "Gate {}.", "hall ({}), upstairs", "“{}”", "its IP is {}; ask Sam", "cam={}\n")


def macs(chance: random.Random) -> list[str]:
    """One MAC address in the forms of labels, switches, routers, phones and people."""
    pairs = [f"{chance.randrange(256):02x}" for _ in range(6)]
    bare = "".join(pairs)
    forms = [mark.join(pairs) for mark in (":", "-", ".", "_", " ", " : ", "–", "\u2011", "：")]
    forms += [bare, f"0x{bare}", f"MAC_{bare}", ":".join(pair.lstrip("0") or "0" for pair in pairs)]
    forms += [mark.join((bare[:4], bare[4:8], bare[8:])) for mark in (".", "-", ":")]
    forms += [mark.join((bare[:6], bare[6:])) for mark in ("-", ":", " ")]
    forms += [":".join([*pairs[:3], "ff", "fe", *pairs[3:]]), "\u200b:".join(pairs)]
    return [*forms, *(form.upper() for form in forms if not form.startswith("0x")), clean("\u2060:".join(pairs))]


def ips(chance: random.Random) -> list[str]:
    """An IPv6 and an IPv4 address in many forms."""
    whole = IPv6Address(chance.getrandbits(128))
    local = IPv6Address((0xFE80 << 112) | chance.getrandbits(64))
    forms = [str(whole), whole.exploded, str(whole).upper(), f"{whole}/64", str(local), f"{local}%eth0", "2001:db8::1", "::1"]
    forms += [
        "fd12:3456:789a::/48",
        f"{str(whole).replace(':', '-')}.ipv6-literal.net",
        f"::ffff:10.1.2.{chance.randrange(256)}",
    ]
    forms += [whole.reverse_pointer]
    four = IPv4Address((10 << 24) | chance.getrandbits(24))
    parts = str(four).split(".")
    forms += [str(four), f"{four}:8080", f"{four}/24", ".".join(part.zfill(3) for part in parts), " . ".join(parts)]
    forms += ["[.]".join(parts), "(.)".join(parts), " dot ".join(parts), " [dot] ".join(parts), f"{'.'.join(parts[:3])}/24"]
    forms += [f"192{mark}168{mark}{parts[2]}{mark}{parts[3]}" for mark in ", /"] + [f"172 {chance.randint(16, 31)} 1 20"]
    forms += ["10.x.x.x", f"10.{parts[1]}.*.*", f"10.{parts[1]}.xxx.xxx", "192.168.xxx.xxx", f"10.{parts[1]}/16", "10.77.0.?"]
    return [*forms, f"cam-{'-'.join(parts)}", "81.2.69.160", "192.168.4.x", "192.168.17", "１０．７７．０．４"]


@pytest.mark.parametrize("seed", range(60))
def test_no_address_is_left_in_any_form_or_sentence(seed: int) -> None:
    chance = random.Random(seed)
    for form in (*macs(chance), *ips(chance)):
        for around in AROUND:
            said = without_addresses(around.format(form))
            rest = said.replace(LEFT_OUT, "")
            assert LEFT_OUT in said, form
            assert form not in said
            assert not re.search(r"[0-9]", rest), (form, said)


@pytest.mark.parametrize("seed", range(20))
def test_an_address_that_was_cut_at_the_end_of_a_text_is_left_out_too(seed: int) -> None:
    chance = random.Random(seed)
    for form in (*macs(chance), *ips(chance)):
        if (
            len(form) < 7
            or not re.search(r"[0-9]", form[:6])
            or not form.isascii()
            or "\\" in form
            or form.startswith(("MAC", "0x", "cam"))
        ):
            continue
        cut = clean(f"Gate {form}", 5 + chance.randint(6, len(form)))
        if "…" in cut and re.search(r"[0-9a-f]…", cut, re.IGNORECASE):
            assert LEFT_OUT in without_addresses(cut), cut


STAYS = (
    "£192,168.50", "192,168 cameras", "£1,192,168,100", "Windows 10.x", "rooms 10, 11, 12, 13", "10 11 12 13", "10.5 km", "172 16",
    "4 dots", "the dot on the lens", "12:30:45", "2026-11-28", "28/11/2026 03:27", "DS-2CD2143G2-I", "5.5.800", "V5.7.3 build 220112", "CAM-001 to CAM-004",
    "£12,345.60", "01632 960001", "Room 10.2", "10.2.1", "CVE-2021-36260", "16:9", "3:2:1", "Site 1 › Block 1 › Floor 1",
    "2.800.0000016.0.R", "08:00:00 to 17:30:00", "DHI-NVR5216-16P-4KS2E", "a decade added", "2026 2027 2028", "2026-27, 2027-28",
    "Bike shed 2…", "Watches the gate…", "Doors A:B:C", "ONVIF 21.12", "IPC-HDW2431T-AS-S2", "26 Nov 2026 10:42 UTC",
    "list version 2026.11.27+cc221705", "record 7F3A-19C2", "P3245-V", "1 to 2 of 12", "20220317AAWRJ48210933", "Version 3 (draft)",
)  # fmt: skip


@pytest.mark.parametrize("text", STAYS)
def test_times_dates_models_and_versions_stay(text: str) -> None:
    assert without_addresses(text) == text


def test_every_word_of_a_report_is_looked_at_and_links_to_sources_stay() -> None:
    typed = "Gate 0200000000a1"
    source = Link("https://example.org/0200000000a1", "https://example.org/0200000000a1")
    document = ReportDocument(
        title=typed, kind=typed, organisation=typed, handling=typed, foot=(typed, typed), made_at=datetime(2026, 11, 28, tzinfo=UTC),
        blocks=(
            Heading(typed, 1), Prose([typed, Foreign("http://10.0.0.5/"), source]), Bullets([typed, [typed]]),
            TableBlock([Column(typed)], [Row([Fact(typed), [Fact([typed, source])], typed])], note=typed),
        ),
    )  # fmt: skip
    cleared = without_addresses_in(document)
    assert str(cleared).replace(str(source), "").count("0200000000a1") == 0
    assert "10.0.0.5" not in str(cleared)
    assert str(cleared).count("https://example.org/0200000000a1") == 4
    assert without_addresses_in(cleared) == cleared
