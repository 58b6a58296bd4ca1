"""A second start on a record that is open in a window here brings that window to the front."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from camcensus.store.lock import FileLock

ANSWERS_WITHIN_MS = 1000


def _name(process: int) -> str:
    return f"camcensus-{process}"


def answer_second_starts(window: QWidget) -> QLocalServer:
    """Come forward whenever another Camcensus of this person asks for it."""
    server = QLocalServer(window)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

    def come_forward() -> None:
        server.nextPendingConnection().disconnectFromServer()
        window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
        window.raise_()
        window.activateWindow()

    server.newConnection.connect(come_forward)
    QLocalServer.removeServer(_name(os.getpid()))  # of an earlier process with our number
    server.listen(_name(os.getpid()))
    return server


def brought_forward(path: Path) -> bool:
    """Whether a window of this person on this computer has the record at `path` open, and was asked to come forward."""
    process = FileLock(path).process()
    if process is None:
        return False
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(process)
    socket = QLocalSocket()
    socket.connectToServer(_name(process))
    return socket.waitForConnected(ANSWERS_WITHIN_MS)
