"""A defect of ours while a login is typed, sent or read tells nobody the password: not the report, the settings or the clipboard."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from camcensus.discovery.login import Login, SentLogin
from camcensus.tasks.register import reading
from camcensus.ui.asset.sign_in import SignInDialog
from camcensus.ui.job import Job
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.main_window import make_window
from camcensus.ui.preferences import Preferences
from camcensus.ui.window import MainWindow
from hostile.echoing import PASSWORD, USER
from hostile.seeking import hits
from ui.asset.test_sign_in import cameras, dialog_for, good, serving  # noqa: F401
from ui_rows import let_go

PAIR = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
Break = Callable[[pytest.MonkeyPatch], None]


def _where_the_job_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(_pen: object, ticked: object, login: Login, *_: object, **__: object) -> None:
        raise ValueError(f"{ticked!r} {login!r} {login.password} {PAIR}")

    monkeypatch.setattr(reading, "read_rows", fail)


def _where_a_request_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(sent: SentLogin, request: bytes) -> None:
        try:
            request.decode("utf-16", "strict").index("x" + "".join(vars(sent)["_parts"]))
        except ValueError as error:
            raise RuntimeError(f"{sent!r} {vars(sent)} {request!r}") from error

    monkeypatch.setattr(SentLogin, "note", fail)


def _where_the_window_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(dialog: SignInDialog, *_: object) -> None:
        typed = dialog.user.text(), PASSWORD
        raise LookupError(f"{typed} {dialog!r} {dialog._session!r}")

    monkeypatch.setattr(SignInDialog, "_finished", fail)


def texts_of(widget: QWidget) -> str:
    """All that a widget shows or says to a reader."""
    parts = [widget.windowTitle()]
    for one in widget.findChildren(QWidget):
        parts += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        parts += [one.text()] if isinstance(one, (QLabel, QLineEdit)) else []
        parts += [one.toPlainText()] if isinstance(one, QPlainTextEdit) else []
    return "\n".join(parts)


def report_saved(dialog: Dialog, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is shown of a defect and what is copied of it; its report is saved in the folder."""
    made = folder / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(made), ""))
    next(one for one in dialog.findChildren(Button) if one.text() == "Save…").click()
    assert ".py" in made.read_text("utf-8")
    for one in dialog.findChildren(QPlainTextEdit):
        one.selectAll()
        one.copy()
    assert "Where it happened" in QGuiApplication.clipboard().text()
    said = texts_of(dialog)
    dialog.accept()
    return said


def defects(window: QWidget) -> list[Dialog]:
    return [one for one in window.findChildren(Dialog) if one.isVisible() and one.windowTitle().startswith("Something went")]


@pytest.mark.parametrize("broken", [_where_the_job_begins, _where_a_request_is_sent, _where_the_window_shows_it])
def test_its_report_holds_no_login(
    cameras: MainWindow, broken: Break, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,  # noqa: F811
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    broken(monkeypatch)
    over = cameras
    if broken is _where_the_window_shows_it:  # what is raised in a slot goes to the program's hook, as Qt hands it on
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)
        over = make_window(QApplication.instance(), cameras.session.data_dir, Preferences(tmp_path / "other.ini"))  # type: ignore[arg-type]
        monkeypatch.setattr(Job, "_end", _handing_on(Job._end, lambda error: sys.excepthook(type(error), error, None)))
    with serving(good(PASSWORD)):
        dialog = dialog_for(cameras, 1, USER, PASSWORD)
        dialog.defect.connect(cameras.show_defect)
        dialog.go.click()
        qtbot.waitUntil(lambda: bool(defects(over)))
        said = report_saved(defects(over)[0], tmp_path, monkeypatch)
    assert dialog.password.text() == ""
    dialog.user.clear()  # where it was typed
    said += texts_of(dialog) + texts_of(cameras) + QGuiApplication.clipboard().text()
    dialog.reject()
    for one in {cameras, over}:
        one.preferences._settings.sync()
    assert hits(tmp_path, said + "".join(capfd.readouterr()), [], set()) == []
    if over is not cameras:
        let_go(over)


def _handing_on(end: Callable[..., None], hook: Callable[[BaseException], object]) -> Callable[..., None]:
    def handing_on(job: Job, *given: Any) -> None:
        try:
            end(job, *given)
        except Exception as error:
            hook(error)

    return handing_on
