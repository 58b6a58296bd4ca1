"""Sign in to read more, from end to end: a real camera on loopback that wants a digest, and a record that keeps what it told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.knowledge import Knowledge
from camcensus.model.verdict import Verdict
from camcensus.store.edits import settings
from camcensus.store.keychain import Keychain
from camcensus.tasks.finding import signed_in
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import reading
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.reading import RowRead
from camcensus.tasks.register.untouched import save_untouched
from camcensus.ui.asset.abilities import AbilitiesSection
from camcensus.ui.asset.sign_in import SignInDialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from camcensus.wire.read import read
from discovery import packets
from discovery.cameras import CAMERAS, camera, credentialed
from discovery.servers import Served, in_a_thread, tcp
from store.test_keychain import Vault

CANARY = "CANARY-19f-4d"
HOSTS = tuple(f"127.77.60.{number}" for number in range(1, 6))
PORT = 8080


def good(password: str = CANARY) -> Callable[[bytes], bytes]:
    """A camera whose clock is right: it does not tell."""
    plain = camera(CAMERAS["dahua"], password=password)
    return lambda request: re.sub(rb"Date: [^\r]*\r\n", b"", plain(request))


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
def cameras(window: MainWindow, knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window on a record of five cameras on loopback, as a simulation has; refusals are kept in a folder of the test."""
    folder = tmp_path / "user"
    monkeypatch.setattr(signed_in, "default_folder", lambda: folder)
    monkeypatch.setattr(reading, "default_folder", lambda: folder)
    monkeypatch.setattr("camcensus.ui.asset.sign_in.open_keychain", lambda: None)
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


def run(dialog: SignInDialog, qtbot: QtBot) -> list[RowRead]:
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.job is not None and not dialog.running)
    QApplication.processEvents()
    return dialog._results


def test_one_device_is_read_kept_and_shown(cameras: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    with serving(good()) as served:
        dialog = dialog_for(cameras, 1)
        assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
        assert dialog.keep.isHidden()
        assert "One try for each device. After three refusals in a row Camcensus stops and asks." in said(dialog)
        (result,) = run(dialog, qtbot)
    assert result.state == "read", result
    assert result.ref == cameras.session.rows()[0].asset.ref
    assert dialog.password.text() == ""
    assert "1 device of 1 answered with the login." in said(dialog)
    assert credentialed(served[0])
    dialog.go.click()
    cameras.show_page("cameras")
    cameras.cameras.chosen.choose([result.asset])
    section = cameras.cameras.pane.findChild(AbilitiesSection)
    assert "Link to the maker’s cloud: off" in "\n".join(text.text() for text in section.findChildren(Text))
    assert cameras.session.inventory is not None
    assert cameras.session.inventory.scans()[-1].allowed_by == "R. Khan"
    cameras.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert CANARY.encode() not in kept


def test_three_refusals_pause_and_the_next_dialog_says_so_and_waits(cameras: MainWindow, qtbot: QtBot) -> None:
    with serving(*[good("another")] * 5) as served:
        dialog = dialog_for(cameras, 5)
        results = run(dialog, qtbot)
        assert [one.state for one in results] == ["refused"] * 3 + ["paused"]
        assert [len(credentialed(one)) for one in served] == [1, 1, 1, 0, 0]
        dialog.change_button.click()
        assert not dialog.go.isEnabled()
        assert "3 devices in a row refused a login" in said(dialog)
        assert "Ask your installer for the right login" in said(dialog)
        dialog.reject()
        again = dialog_for(cameras, 1)
        assert not again.go.isEnabled()
        again.reject()


def test_a_clock_that_is_off_is_asked_about_and_only_those_left_are_tried_again(cameras: MainWindow, qtbot: QtBot) -> None:
    with serving(good(), camera(CAMERAS["dahua"], password=CANARY)) as served:
        dialog = dialog_for(cameras, 2)
        cameras.session.clock = lambda: samples.NOW
        assert sorted(one.state for one in run(dialog, qtbot)) == ["clock", "read"]
        assert "Asks you: its clock is off" in dialog.ledger.lines.sentence(1)
        dialog.change_button.click()
        assert dialog.clock.isVisible()
        dialog.clock.setChecked(True)
        dialog.password.setText(CANARY)
        (result,) = run(dialog, qtbot)
        assert result.state == "read"
    dialog.go.click()
    assert len({one.split()[1] for one in credentialed(served[0])}) == len(credentialed(served[0]))


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


def test_a_device_that_is_not_as_it_was_known_is_asked_about_and_read_after_a_yes(
    cameras: MainWindow, knowledge: Knowledge, qtbot: QtBot
) -> None:
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
        assert dialog.changed.isHidden()
        (result,) = run(dialog, qtbot)
        assert result.state == "changed"
        assert "its serial number is another" in dialog.ledger.lines.sentence(0)
        assert served[0].accepted == []
        dialog.change_button.click()
        assert dialog.changed.isVisible()
        assert not dialog.changed.isChecked()
        dialog.changed.setChecked(True)
        dialog.password.setText(CANARY)
        (result,) = run(dialog, qtbot)
        assert result.state == "read"
    dialog.go.click()


def test_addresses_that_are_never_asked_get_no_login(cameras: MainWindow, qtbot: QtBot) -> None:
    inventory = cameras.session.inventory
    assert inventory is not None
    inventory.do(save_untouched(f"{HOSTS[0]} the pump"), by="R. Khan", now=samples.NOW)
    with serving(good()) as served:
        dialog = dialog_for(cameras, 1)
        assert run(dialog, qtbot) == []
        assert "These devices may not be asked" in said(dialog)
    assert not served[0].accepted
    dialog.go.click()


def test_a_login_goes_into_the_keyring_only_when_ticked_and_only_when_it_worked(
    cameras: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = Vault()
    monkeypatch.setattr("camcensus.ui.asset.sign_in.open_keychain", lambda: Keychain(vault, "a vault"))
    with serving(good("another"), good()):
        for number, password, tick in ((1, CANARY, True), (2, CANARY, False), (2, CANARY, True)):
            dialog = SignInDialog(cameras.session, [cameras.session.rows()[number - 1]], cameras)
            dialog.show_over()
            assert dialog.keep.text() == "Keep this login in a vault"
            assert not dialog.keep.isChecked()
            dialog.user.setText("admin")
            dialog.password.setText(password)
            dialog.keep.setChecked(tick)
            run(dialog, qtbot)
            assert len(vault.kept) == (1 if (number, tick) == (2, True) else 0)
            dialog.go.click()
        dialog = SignInDialog(cameras.session, [cameras.session.rows()[1]], cameras)
        dialog.show_over()
        assert dialog.kept.isChecked()
        assert not dialog.password.isEnabled()
        assert [one.state for one in run(dialog, qtbot)] == ["read"]
        dialog.go.click()
    dialog = SignInDialog(cameras.session, [cameras.session.rows()[1]], cameras)
    dialog.show_over()
    dialog.forget.click()
    qtbot.waitUntil(lambda: not dialog.running)
    assert not vault.kept
    assert "removed 1 login from the keyring" in said(dialog)
    assert dialog.kept.isHidden()
    assert dialog.forget.isHidden()
    assert dialog.password.isEnabled()
    assert dialog.go.isEnabled()
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
