"""The page for IT teams says what the code sends: no port, group or key more, and none less."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from camcensus.discovery import pace, sent
from camcensus.discovery.vendor_udp import PROTOCOLS
from camcensus.store.edits import settings
from camcensus.store.policy_file import FURTHER, KEYS
from camcensus.tasks.register.people import Person, people, person, save_people
from camcensus.tasks.register.verbs import new_inventory
from camcensus.tasks.reports.it_notice import Computer, notice_of, ports
from samples import NOW, body

NAMES = {
    "wsdiscovery": "WS-Discovery (ONVIF)", "ssdp": "SSDP (UPnP)", "mdns": "mDNS (Bonjour)", "sadp": "Hikvision SADP",
    "dhip": "Dahua DHIP", "dahua-v1": "Dahua, older", "hanwha": "Hanwha", "bosch": "Bosch", "vivotek": "Vivotek",
    "panasonic": "Panasonic, i-PRO", "sony": "Sony", "xiongmai": "Xiongmai", "tvt": "TVT", "tp-link": "TP-Link",
    "ubiquiti": "Ubiquiti", "foscam": "Foscam", "vstarcam": "VStarcam", "360-vision": "360 Vision",
    "gige-vision": "GigE Vision", "hid": "HID door controllers",
}  # fmt: skip


def sent_lines() -> tuple[str, ...]:
    """What a search sends, one item a line of the page, from the code's own lists."""
    web, rtsp = sent.ports_of_hosts()
    lines = []
    for one in sent.questions_to_all():
        where = [*one.groups, *(["broadcast"] if one.broadcast else [])]
        back = f"; answers come to UDP {one.reply_port}" if one.reply_port is not None else ""
        lines.append(f"- {NAMES[one.name]}: UDP {one.port} to {', '.join(where)}{back}")
    lines.append(f"- To single devices, web page, certificate and ONVIF without a login: TCP {ports(web)}")
    lines.append(f"- To single devices, what its video is like (RTSP), not the video: TCP {ports(rtsp)}")
    lines.append("- To single devices, one WS-Discovery question: UDP 3702, at most as many a second as new connections")
    lines.append(
        f"- To single devices beyond a router, in a range that was named, the makers’ questions that reach no other network: "
        f"UDP {ports(sent.questions_beyond())}, each once; on this network to a device that did not answer what others with "
        "MAC addresses of its block answered"
    )
    lines.append("- To single devices, also the port that a device itself announced, unless it is one of those never asked")
    lines.append(
        f"- Never asked, whatever is there: TCP {ports(sent.never_asked())} (printers, controllers, medical equipment)"
    )
    lines.append(f"- To one device at most {pace.CONNECTIONS} connections in a search, besides those that it refuses")
    for name, rate in pace.RATES.items():
        gap = f", a new one each {rate.host_gap_s:g} s" if rate.host_gap_s else ""
        lines.append(
            f"- Pace {name}: at most {rate.per_second:,.0f} new connections a second in all, {pace.OPEN_PER_HOST} open to one "
            f"device{gap}"
        )
    return tuple(lines)


def answered_at() -> tuple[int, ...]:
    """The UDP ports of this computer that answers come to, sorted."""
    makers = {one.name for one in PROTOCOLS}
    fixed = {one.reply_port for one in PROTOCOLS if one.reply_port is not None}
    open_ = {one.port for one in sent.questions_to_all() if one.name not in makers}
    return tuple(sorted(fixed | open_))


def firewall_line() -> str:
    """What a firewall has to let in."""
    return f"- Let in, from the local network only: UDP {ports(answered_at())}"


@pytest.fixture(scope="module")
def page(data_dir: Path) -> str:
    return (data_dir / "resources" / "help" / "it.md").read_text("utf-8")


def test_the_page_holds_the_lines_that_the_code_gives_and_no_others_of_their_kind(page: str) -> None:
    assert "\n".join(sent_lines()) in page
    assert firewall_line() in page
    named = {int(number) for number in re.findall(r"UDP (\d+)", page)}
    assert named <= {*pace.MULTICAST_PORTS.values(), *answered_at()}
    assert set(pace.MULTICAST_PORTS.values()) <= named
    groups = set(re.findall(r"\b(?:22[4-9]|23\d)\.\d+\.\d+\.\d+", page)) | {"ff02::c"}
    assert groups == {group for one in sent.questions_to_all() for group in one.groups}


def test_the_sheet_tells_all_that_goes_to_one_device_as_the_page_does(tmp_path: Path) -> None:
    with new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:
        told = notice_of(inventory, Computer("LT07", ())).questions
    alone = [one.ports for one in told if one.to.startswith(("Devices that answered", "Devices beyond a router"))]
    web, rtsp = sent.ports_of_hosts()
    assert alone == [
        f"TCP {ports(web)}, and a port that the device itself announced", f"TCP {ports(rtsp)}", "UDP 3702",
        f"UDP {ports(sent.questions_beyond())}",
    ]  # fmt: skip
    assert len(alone) == sum(line.startswith("- To single devices") for line in sent_lines()) - 1  # A port is no question.


def test_answers_to_a_port_that_the_system_chooses_are_told(page: str) -> None:
    assert any(one.reply_port is None for one in sent.questions_to_all())
    assert "some to the port that the question left from" in page


def test_every_question_and_every_port_is_told() -> None:
    told = sent.questions_to_all()
    assert {one.name: one.port for one in told} == pace.MULTICAST_PORTS
    assert set(NAMES) == set(pace.MULTICAST_PORTS)
    assert {port for line in sent.ports_of_hosts() for port in line} == set(pace.PORTS)
    assert {group for one in PROTOCOLS for group in one.asks} <= {group for one in told for group in one.groups}
    assert ports(sent.never_asked()) == "102, 104, 502, 2575, 9100 to 9107, 11112, 44818, 47808"


def test_every_key_of_the_policy_file_is_explained(page: str) -> None:
    for table, keys in KEYS.items():
        for key in keys:
            assert f"- {table}.{key}: " in page
    assert "- contact: " in page


def test_what_a_deployment_tool_needs_to_know_is_what_the_setup_does(page: str, data_dir: Path) -> None:
    script = (data_dir / "installers" / "windows" / "setup.nsi").read_text("utf-8")
    line = next(line for line in page.splitlines() if line.startswith("- Windows, for the person who runs it"))
    told = set(re.findall(r" (\d) [A-Za-z]", line.partition("Exit status")[2]))
    assert told == {"0", *re.findall(r"SetErrorLevel (\d)", script)}
    assert "/S /ALL" in page
    assert '"/ALL"' in script


def test_the_it_notice_prints_the_policy_in_force_and_the_contact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('contact = "IT desk"\n[search]\nallowed_ranges = ["10.20.0.0/16"]\nnever_ask = ["10.20.5.0/28"]')
    with new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:
        plain = notice_of(inventory, Computer("LT07", ()))
        assert (plain.policy, plain.contact) == ((), "")
        monkeypatch.setenv(FURTHER, str(path))
        changes = inventory.do(save_people([Person("it", " R. Khan ", "ext. 12"), Person("dpo", "")]), by="me", now=NOW)
        assert changes.say == "People saved."
        assert people(inventory) == (Person("it", "R. Khan", "ext. 12"),)
        assert person(inventory, "dpo") is None
        notice = notice_of(inventory, Computer("LT07", ()))
        assert ("Where a search may look", "10.20.0.0/16") in notice.policy
        assert ("10.20.5.0/28", "Set by the IT team's policy") in notice.untouched
        assert notice.contact == "R. Khan, ext. 12"
        inventory.undo(NOW)
        assert people(inventory) == ()
        for spoiled in ("7", "[]", '{"it": 7}', '{"it": ["a"]}', "{"):
            inventory.do(settings.set_setting("people", spoiled), by=None, now=NOW)
            assert people(inventory) == ()
