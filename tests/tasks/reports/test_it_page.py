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
from camcensus.tasks.reports.it_notice import Computer, notice_of
from camcensus.tasks.reports.it_page import NAMES, firewall_line, ports, sent_lines
from samples import NOW, body


@pytest.fixture(scope="module")
def page(data_dir: Path) -> str:
    return (data_dir / "resources" / "help" / "it.md").read_text("utf-8")


def test_the_page_holds_the_lines_that_the_code_gives_and_no_others_of_their_kind(page: str) -> None:
    assert "\n".join(sent_lines()) in page
    assert firewall_line() in page
    named = {int(number) for number in re.findall(r"UDP (\d+)", page)}
    assert named <= {*pace.MULTICAST_PORTS.values(), *sent.answered_at()}
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
