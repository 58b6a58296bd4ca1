"""Import a list in the window: what was understood first, kept when confirmed; dropped files too."""

from __future__ import annotations

import contextlib
import itertools
import struct
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

import pcaps
import samples
from camcensus.intake import pcap
from camcensus.intake.pcap_file import PacketFile
from camcensus.model.scan import ScanProgress
from camcensus.ui.find.import_list import ImportDialog
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from pcaps import said, timed

NEW = "3c:ef:8c:00:70:01"
KNOWN = "3c:ef:8c:00:00:31"
"""The number of a camera that the record of the tests has."""


def listed(folder: Path) -> Path:
    path = folder / "leases.csv"
    path.write_text(
        f"MAC address,IP address,Name\n{NEW},10.0.0.71,new\n{KNOWN},10.0.0.31,known\n00:00:5e:00:53:01,10.0.0.72,pc\nnonsense,,x\n"
    )
    return path


def open_dialog(window: MainWindow, qtbot: QtBot) -> ImportDialog:
    dialog = next(one for one in window.findChildren(Dialog) if isinstance(one, ImportDialog) and one.isVisible())
    qtbot.waitUntil(lambda: not dialog.running)
    QApplication.processEvents()
    return dialog


def words(dialog: Dialog) -> str:
    return "\n".join(text.text() for text in dialog.findChildren(Text) if text.isVisible())


def test_a_list_is_looked_at_then_kept(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = listed(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    window.show_page("find", "form")
    before = len(window.session.rows())
    window.finder.import_button.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ImportDialog)))
    dialog = open_dialog(window, qtbot)
    assert "3 rows of 1 file: 3 devices, 1 known and 2 new." in words(dialog)
    assert "1 of the new ones is, or may be, a camera, and joins the register" in words(dialog)
    assert "What could not be read" in words(dialog)
    assert dialog.problems.toPlainText() == "leases.csv: 1 row without a MAC address left out (row 5)."
    shown = [[dialog.model.index(row, at).data() for at in range(3)] for row in range(dialog.model.rowCount())]
    assert [row[0] for row in shown] == ["New", "New", "Known"]
    assert len(window.session.rows()) == before
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.running and len(window.session.rows()) == before + 1)
    assert any("10.0.0.71" in row.addresses for row in window.session.rows())
    last = window.session.last_scan()
    assert last is not None
    assert last.id == samples.scan().id, "a list is no search"


def test_a_network_capture_is_read_with_progress_and_looked_at(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "hour.pcapng"
    frames = [said(samples.packet("dhip/camera"), 37810, address="10.0.0.71", mac=NEW)] * 9_000
    path.write_bytes(pcaps.pcapng(timed(frames, 0.4)))
    window.finder.bring_list([path])
    dialog = open_dialog(window, qtbot)
    assert "hour.pcapng: 59 minutes, 24 November 2026, 08:01 to 09:00 UTC; 1 device spoke, 1 announced itself." in words(dialog)
    assert "1 device, 1 known and 0 new" in words(dialog)
    dialog._show_progress((ScanProgress("Reading hour.pcapng", 12, 400, 3),))
    assert "Reading hour.pcapng: 12 of 400 MiB. 3 devices found." in words(dialog)
    dialog.reject()


def test_cancel_ends_the_reading_of_a_long_capture(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = said(b"video", 40_000, 40_001)
    record = struct.pack("<IIII", pcaps.BEGAN_S, 0, len(frame), len(frame)) + frame
    long_one = itertools.chain([pcaps.pcap([])], itertools.repeat(record * 1_000))
    monkeypatch.setattr(pcap, "open_packets", lambda _: contextlib.nullcontext(PacketFile(lambda _: next(long_one))))
    path = tmp_path / "hour.pcap"
    path.write_bytes(pcaps.pcap([]))
    window.finder.bring_list([path])
    dialog = next(one for one in window.findChildren(Dialog) if isinstance(one, ImportDialog) and one.isVisible())
    job = dialog.job
    assert job is not None
    qtbot.wait(200)
    dialog.reject()
    qtbot.waitUntil(lambda: not job.running)


def test_cancel_keeps_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    before = len(window.session.rows())
    window.finder.bring_list([listed(tmp_path)])
    dialog = open_dialog(window, qtbot)
    dialog.reject()
    assert len(window.session.rows()) == before
    assert window.session.inventory is not None
    assert len(window.session.inventory.scans()) == 1


def test_a_file_of_another_kind_is_one_sentence(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all")
    window.finder.bring_list([path])
    dialog = open_dialog(window, qtbot)
    assert "is not a capture, and no list with MAC addresses" in words(dialog)
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_a_record_that_can_only_be_read_takes_no_list(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert window.session.inventory is not None
    window.session.inventory.readonly_reason = "The folder can only be read."
    window.finder.bring_list([listed(tmp_path)])
    dialog = open_dialog(window, qtbot)
    assert "The folder can only be read." in words(dialog)
    dialog.reject()
    assert window.session.inventory.scans()[-1].id == samples.scan().id
