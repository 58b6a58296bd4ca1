"""Sign in to read more, from end to end: a real camera on loopback that wants a digest, and a record that keeps what it told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.device import Verdict
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import settings
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.finding.sign_in import DeviceOutcome
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.untouched import save_untouched
from camcensus.ui.asset.abilities import AbilitiesSection
from camcensus.ui.asset.sign_in import SignInDialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from camcensus.wire.read import read
from discovery import packets
from discovery.cameras import CAMERAS, camera, credentialed
from discovery.servers import Served, in_a_thread, tcp

CANARY = "CANARY-19f-4d"
HOSTS = tuple(f"127.77.60.{number}" for number in range(1, 6))
PORT = 8080


def good(password: str = CANARY) -> Callable[[bytes], bytes]:
    return camera(CAMERAS["dahua"], password=password)


@contextmanager
def serving(*answers: Callable[[bytes], bytes]) -> Iterator[list[Served]]:
    """Cameras that answer from a thread while the window works."""
    served = list[Served]()

    async def begin(stack: AsyncExitStack) -> None:
        for host, answer in zip(HOSTS, answers, strict=False):
            served.append(await stack.enter_async_context(tcp(answer, host=host, port=PORT)))

    with in_a_thread(begin):
        yield served


def found_at(number: int, knowledge: Knowledge) -> Verdict:
    """What a search found there: a camera that answers Dahua's own question, and has a web page."""
    page, mac = good()(b"GET / HTTP/1.1\r\n\r\n"), f"3c:ef:8c:00:60:{number:02x}"
    told = packets.dhip_of(HOSTS[number - 1], PORT, mac, f"6C00000PAG0000{number}")
    common = {"address": HOSTS[number - 1], "network": "lo 127.0.0.1/8", "mac": mac}
    seen = [
        samples.observation(1, **common, probe="dhip", ask=None, port=37810, raw=told, reading=read("dhip", None, told)),
        samples.observation(1, **common, port=PORT, raw=page, reading=read("http", "GET /", page)),
    ]
    (verdict,) = judge(seen, knowledge)
    assert verdict.description.kind == "camera"
    return verdict


@pytest.fixture
def cameras(window: MainWindow, knowledge: Knowledge, tmp_path: Path) -> MainWindow:
    """The window on a record of five cameras on loopback, as a simulation has."""
    session = window.session
    session.create(tmp_path / "loopback.camcensus", samples.body())
    assert session.inventory is not None
    verdicts = tuple(found_at(number, knowledge) for number in range(1, 6))
    seen = tuple(one for verdict in verdicts for one in verdict.device.observations)
    found = Census(scan=samples.scan("first"), observations=seen, verdicts=verdicts)
    session.hub.publish(register.save_census(session.inventory, found, knowledge, samples.NOW))
    session.inventory.do(settings.set_setting("simulation", "Cameras of a test."), by=None, now=samples.NOW)
    return window


def dialog_for(window: MainWindow, number: int, user: str = "admin", password: str = CANARY) -> SignInDialog:
    """The dialog for the first rows, filled in."""
    dialog = SignInDialog(window.session, window.session.rows()[:number], window)
    dialog.show_over()
    dialog.user.setText(user)
    dialog.password.setText(password)
    return dialog


def said(dialog: SignInDialog) -> str:
    return "\n".join(text.text() for text in dialog.findChildren(Text) if text.isVisible())


def run(dialog: SignInDialog, qtbot: QtBot) -> list[DeviceOutcome]:
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.job is not None and not dialog.running)
    QApplication.processEvents()
    return dialog._results


def states(results: list[DeviceOutcome]) -> list[str]:
    return [one.outcome.state for one in results]


def test_one_device_is_listed_read_kept_and_shown(cameras: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    with serving(good()) as served:
        dialog = dialog_for(cameras, 1)
        assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
        assert "One try for each ticked device; after three refusals Camcensus stops." in said(dialog)
        for word in ("Ticked", "127.77.60.1", "Dahua", "3c:ef:8c:00:60:01", "Compared with last time: new"):
            assert word in dialog.listed_model.sentence(dialog._list[0])
        assert dialog._changed.isHidden()
        (result,) = run(dialog, qtbot)
    assert result.outcome.state == "read", result
    assert dialog.password.text() == ""
    assert "1 of 1 device answered with the login." in said(dialog)
    assert credentialed(served[0])
    dialog.go.click()
    cameras.show_page("cameras")
    cameras.cameras.chosen.choose([result.row.asset])
    section = cameras.cameras.pane.findChild(AbilitiesSection)
    assert "Link to the maker’s cloud: off" in "\n".join(text.text() for text in section.findChildren(Text))
    assert cameras.session.inventory is not None
    assert cameras.session.inventory.scans()[-1].allowed_by == "R. Khan"
    again = dialog_for(cameras, 1)
    assert "Compared with last time: as last time" in again.listed_model.sentence(again._list[0])
    again.reject()
    cameras.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert CANARY.encode() not in kept


def test_three_refusals_end_the_round_and_those_that_are_unticked_get_nothing(cameras: MainWindow, qtbot: QtBot) -> None:
    with serving(*[good("another")] * 5) as served:
        dialog = dialog_for(cameras, 5)
        dialog.listed.ticked.emit([0])
        assert "Not ticked" in dialog.listed_model.sentence(dialog._list[0])
        results = run(dialog, qtbot)
        assert states(results) == ["refused"] * 3
        assert "3 devices refused it, so no more were asked: check the user name and the password" in said(dialog)
        assert [len(credentialed(one)) for one in served] == [0, 1, 1, 1, 0]
        dialog.change_button.click()
        assert dialog.go.isEnabled()
        dialog.reject()


def test_nothing_is_sent_without_a_tick(cameras: MainWindow) -> None:
    dialog = dialog_for(cameras, 1)
    dialog.listed.ticked.emit([0])
    dialog.go.click()
    assert "Tick the devices to sign in to." in said(dialog)
    assert dialog.job is None
    dialog.reject()


def test_stop_keeps_what_was_read_and_the_dialog_says_what_is_missing(cameras: MainWindow, qtbot: QtBot) -> None:
    dialog = dialog_for(cameras, 1, user="")
    dialog.go.click()
    assert "Type the user name." in said(dialog)
    dialog.user.setText("admin")
    dialog.password.clear()
    dialog.go.click()
    assert "Type the password." in said(dialog)
    dialog.password.setText(CANARY)
    with serving(good()):
        dialog.go.click()
        dialog.reject()
        qtbot.waitUntil(lambda: not dialog.running)
    assert dialog.isVisible()
    dialog.go.click()


def test_a_changed_device_is_not_ticked_and_read_after_a_tick(cameras: MainWindow, knowledge: Knowledge, qtbot: QtBot) -> None:
    inventory = cameras.session.inventory
    assert inventory is not None
    at = samples.LATER.strftime("%Y-%m-%dT%H:%M:%SZ")
    told = packets.dhip_of(HOSTS[0], PORT, "3c:ef:8c:00:60:01", "9Z99999PAG99999")
    now = [
        replace(one, at=at, raw=told, reading=read("dhip", None, told)) if one.probe == "dhip" else replace(one, at=at)
        for one in found_at(1, knowledge).device.observations
    ]
    found = Census(
        scan=samples.scan("later", started_at=at, ended_at=at), observations=tuple(now), verdicts=judge(now, knowledge)
    )
    cameras.session.hub.publish(register.save_census(inventory, found, knowledge, samples.LATER))
    with serving(good()) as served:
        dialog = dialog_for(cameras, 1)
        sentence = dialog.listed_model.sentence(dialog._list[0])
        assert "changed: serial number" in sentence
        assert sentence.startswith("Not ticked")
        assert dialog._changed.isVisible()
        dialog.go.click()
        assert served[0].accepted == []
        dialog.listed.ticked.emit([0])
        assert states(run(dialog, qtbot)) == ["read"]
    dialog.go.click()


def test_what_turns_out_changed_on_the_connection_is_listed_so_and_may_be_ticked(cameras: MainWindow, qtbot: QtBot) -> None:
    with serving(good()):
        dialog = dialog_for(cameras, 1)
        facts = replace(dialog._list[0].target.facts, serials={"dahua-cgi.getSystemInfo": ("another",)})
        dialog._list = (replace(dialog._list[0], target=replace(dialog._list[0].target, facts=facts)),)
        assert states(run(dialog, qtbot)) == ["changed"]
        assert "its serial number changed" in dialog.results.sentence(dialog.results.rows[0])
        dialog.change_button.click()
        assert "changed: serial number" in dialog.listed_model.sentence(dialog._list[0])
        dialog.listed.ticked.emit([0])
        dialog.password.setText(CANARY)
        assert states(run(dialog, qtbot)) == ["read"]
    dialog.go.click()


def test_addresses_that_are_never_asked_get_no_login(cameras: MainWindow, qtbot: QtBot) -> None:
    inventory = cameras.session.inventory
    assert inventory is not None
    inventory.do(save_untouched(f"{HOSTS[0]} the pump"), by="R. Khan", now=samples.NOW)
    with serving(good()) as served:
        dialog = dialog_for(cameras, 1)
        assert dialog._list == ()
        assert not dialog.go.isEnabled()
        assert "These cannot be read with a login" in said(dialog)
        dialog._which.setCurrentIndex(dialog._which.count() - 1)
        assert len(dialog._list) == 4
        assert dialog.go.isEnabled()
        assert "These cannot be read with a login" not in said(dialog)
    assert not served[0].accepted
    dialog.reject()


def test_nothing_is_offered_for_a_simulation_or_a_printer(window: MainWindow) -> None:
    window.show_page("cameras")
    other = next(row for row in window.session.rows() if row.asset.kind == "camera")
    window.cameras.chosen.choose([other.asset.id])
    section = window.cameras.pane.findChild(AbilitiesSection)
    assert section.button.isVisible()
    assert window.session.inventory is not None
    window.session.inventory.do(settings.set_setting("simulation", "None of this is real."), by=None, now=samples.NOW)
    window.cameras.pane._row = None
    window.cameras._chosen()
    assert window.cameras.pane.findChild(AbilitiesSection).button.isHidden()
