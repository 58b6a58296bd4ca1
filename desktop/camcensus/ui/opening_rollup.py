"""Opening a roll-up in the window, and making a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.dialogs import tell
from camcensus.ui.kit.menus import Menu
from camcensus.ui.session import Session

if TYPE_CHECKING:
    from camcensus.ui.audit_frame import AuditFrame

# An auditor's pages are loaded when a roll-up is opened: nobody else waits for them at the start.


def open_in(session: Session, parent: QWidget, path: Path, menu: Menu) -> AuditFrame | None:
    """The pages of a roll-up, or None and a sentence why it was not opened."""
    from camcensus.ui.audit_frame import AuditFrame

    try:
        return AuditFrame(session, path, menu)
    except CamcensusError as error:
        tell(parent, f"{clean(path.name)} was not opened", str(error))
        return None


def make(session: Session, parent: QWidget, then: Callable[[Path], object]) -> None:
    """Asks where to save a new roll-up, makes it and hands it on."""
    from camcensus.tasks.rollup.marks import SUFFIX

    file_dialogs.save_file(
        parent, "A new roll-up", f"roll-up{SUFFIX}", f"Camcensus roll-up (*{SUFFIX})",
        lambda path: make_at(session, parent, path, then),
    )  # fmt: skip


def make_at(session: Session, parent: QWidget, path: Path, then: Callable[[Path], object]) -> None:
    """Makes a roll-up at a path, or says why not. One that is there is opened, never written over."""
    from camcensus.tasks.rollup.view import new_rollup

    try:
        then(new_rollup(path, session.data_dir, session.knowledge, session.clock()))
    except CamcensusError as error:
        tell(parent, "The roll-up was not made", str(error))
