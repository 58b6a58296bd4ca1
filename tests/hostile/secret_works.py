"""What writes while or after a login is used, one of each kind; `test_secrets_traced` runs it under strace.

    python tests/hostile/secret_works.py FOLDER

FOLDER holds "outside" with the password and a passphrase in files; the devices of `echoing` are served by whoever runs it.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from costs import PATIENCE_S

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
NETWORK = "127.77.62.0/28"


def commands(folder: Path, user: str) -> None:
    """A search with a login, and all that makes, opens and puts back files of it."""
    from camcensus.app import main
    from camcensus.discovery import scan

    scan.LEAST_S, scan.QUIET_S = 0.5, 0.2
    kept, password, phrase = folder / "kept", folder / "outside" / "password", folder / "outside" / "phrase"
    inventory, locked, exchange = kept / "a.camcensus", kept / "locked.camcensus-backup", kept / "for-auditors.camcensus"
    search = ("scan", "--interface", "127.0.0.1", "--range", NETWORK, "--pace", "fast")
    backup = ("--audience", "backup", "--passphrase-file", phrase)
    for words in (
        (*search, "--login", user, "--password-file", password, "--inventory", inventory, "--capture",
         kept / "a.jsonl", "--json"),
        ("export", inventory, "--audience", "auditor", "-o", exchange),
        ("export", inventory, "--audience", "supplier", "-o", kept / "supplier.zip"),
        ("export", inventory, *backup, "-o", locked),
        ("show", exchange, "--json"),
        ("show", inventory, "--xlsx", kept / "a.xlsx"),
        ("import", inventory, kept / "a.xlsx"),
        ("report", inventory, "--kind", "evidence", "-o", kept / "evidence.pdf"),
        ("report", inventory, "--kind", "register", "-o", kept / "register.html"),
        ("identify", kept / "a.jsonl", "--inventory", kept / "b.camcensus", "--json"),
        ("rollup", kept / "national.camcensus-rollup", exchange),
        ("backups", kept / "c.camcensus", "--restore", locked, "--passphrase-file", phrase),
    ):  # fmt: skip
        status = main([str(word) for word in words])
        print(f"STATUS {words[0]} {status}", flush=True)


def window(folder: Path, user: str) -> None:
    """The same login typed into the window, and the window's settings."""
    from PySide6.QtWidgets import QApplication

    from camcensus.store.edits import settings
    from camcensus.tasks.register import verbs as register
    from camcensus.ui.asset.sign_in import SignInDialog
    from camcensus.ui.main_window import make_window
    from camcensus.ui.preferences import Preferences

    path = folder / "kept" / "a.camcensus"
    with register.open_inventory(path, datetime.now(UTC)) as inventory:
        inventory.do(settings.set_setting("simulation", "Devices of a test."), by=None, now=datetime.now(UTC))
    app = QApplication([])
    made = make_window(app, ROOT, Preferences(folder / "user" / "window.ini"))
    made.show()
    made.open_path(path)
    until(lambda: made.session.inventory is not None, app)
    dialog = SignInDialog(made.session, made.session.rows(), made)
    dialog.defect.connect(made.show_defect)
    dialog.show_over()
    dialog.user.setText(user)
    dialog.password.setText((folder / "outside" / "password").read_text("utf-8").strip())
    dialog._who.setText("R. Khan")
    dialog.go.click()
    until(lambda: dialog.job is not None and not dialog.running, app)
    states = {one.outcome.state for one in dialog._results}
    print("STATUS window", sorted(states), flush=True)
    dialog.go.click()
    made.close()


def until(so: Callable[[], bool], app: QApplication) -> None:
    """Let the window go on until something is so. QTest.qWait would let no other thread of Python go on meanwhile."""
    ends_s = time.monotonic() + PATIENCE_S
    while not so():
        if time.monotonic() > ends_s:
            raise TimeoutError("the window did not do it")
        app.processEvents()
        time.sleep(0.02)


if __name__ == "__main__":
    for name in ("_USE_CP_SENDFILE", "_USE_CP_COPY_FILE_RANGE"):
        if hasattr(shutil, name):
            setattr(shutil, name, False)  # what is copied is to be seen
    {"commands": commands, "window": window}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
