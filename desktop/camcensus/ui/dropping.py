"""Files dropped anywhere on the window go where they belong; where that is not plain, one question is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent

from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean
from camcensus.ui.job import Emit, Job
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.dialogs import choose, tell
from camcensus.ui.record_frame import RecordFrame

if TYPE_CHECKING:
    from camcensus.intake.doors import ListSort

NOT_READ = (
    "Camcensus reads its own records, roll-ups and back-ups, spreadsheets and other lists, network captures, photos, folders "
    "of photos, and floor plans."
)
ONE_KIND = "These files are of different kinds. Drop one kind of file at a time."


class Dropping(QObject):
    """Takes what is dropped on the window, but for photos on the details of one device."""

    def __init__(self, window: RecordFrame, open_path: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._window, self._open_path = window, open_path
        self.job: Job | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        window.session.hub.lists_wanted.connect(self._ask_for_lists)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files of this computer are taken; everything else continues."""
        if isinstance(event, QDropEvent):  # a drag that enters is one too
            paths = files_of(event.mimeData())
            if paths:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.take(paths)
                return True
        return super().eventFilter(watched, event)

    def _ask_for_lists(self) -> None:
        from camcensus.ui.find.import_list import FILES

        file_dialogs.open_files(self._window, "Import a list", self.take, FILES)

    def take(self, paths: Sequence[Path]) -> None:
        """Brings files where they belong."""
        from camcensus.tasks.brought import kinds_of

        found = kinds_of(paths)
        if self._window.audit is None:
            lists = [path for kind in ("capture", "list", "sheet") for path in found.pop(kind, [])]
            found |= {"list": lists} if lists else {}
        if len(found) > 1:
            tell(self._window, "One kind at a time", ONE_KIND)
            return
        if not found:
            return
        ((kind, files),) = found.items()
        if kind == "unknown":
            tell(self._window, f"{clean(files[0].name, 60)} is of another kind", NOT_READ)
        elif self._window.audit is not None and kind in ("exchange", "folder", "sheet"):
            self._to_rollup(files)
        elif kind in ("record", "rollup", "backup", "exchange"):
            self._open(files)
        elif self._window.session.inventory is None:
            tell(self._window, "Open a record first", "Then drop these files again.")
        elif self._window.session.readonly_reason is not None and kind != "knowledge":
            tell(self._window, "Nothing can be changed", self._window.session.readonly_reason)
        else:
            self._to_record(kind, files, self._window.page.name)

    def _open(self, files: list[Path]) -> None:
        if len(files) == 1:
            self._open_path(files[0])
        else:
            tell(self._window, "One at a time", "To add up files for an auditor, make or open a roll-up, then drop them on it.")

    def _to_rollup(self, files: list[Path]) -> None:
        audit = self._window.audit
        if audit is None:
            return
        audit.show_page("audit")
        audit.audit.take_in(files)

    def _to_record(self, kind: str, files: list[Path], here: str) -> None:
        if kind in ("list", "sheet", "capture"):
            self._look_at(files)
        elif kind == "folder" or (kind == "picture" and (len(files) > 1 or here != "places")):
            self._to_photos(files)
        elif kind in ("picture", "pdf"):
            self._to_plan(files)
        else:
            self._window.show_record_page("settings")
            self._window.settings.take_update(files[0])

    def _look_at(self, files: list[Path]) -> None:
        """Reads what the lists are beside the window, then brings them where they belong."""
        from camcensus.intake.registers import read_headings
        from camcensus.tasks.imports.device_lists import sort_of_file

        folder = self._window.session.data_dir / "resources" / "registers"

        async def work(_: Emit) -> frozenset[ListSort]:
            headings = read_headings(folder)
            return frozenset(sort_of_file(path, headings) for path in files)

        self._window.setCursor(Qt.CursorShape.BusyCursor)
        self.job = Job(work, finished=partial(self._looked_at, files), failed=self._failed).start()

    def _failed(self, error: BaseException) -> None:
        self._window.unsetCursor()
        if isinstance(error, CamcensusError):
            tell(self._window, "Nothing was imported", str(error))
        else:
            self._window.show_defect(error)

    def _looked_at(self, files: list[Path], sorts: frozenset[ListSort]) -> None:
        self._window.unsetCursor()
        if sorts == {"devices"}:
            self._to_find(files)
        elif len(files) > 1:
            tell(self._window, "One register at a time", "Import each register of cameras by itself.")
        elif sorts == {"register"}:
            self._to_register(files)
        else:
            choose(
                self._window,
                f"What is in {clean(files[0].name, 60)}?",
                "Only cameras and recorders, or every device on a network, such as computers and printers too?",
                ("Every device", lambda: self._to_find(files)),
                ("Cameras and recorders", lambda: self._to_register(files)),
            )

    def _to_find(self, files: list[Path]) -> None:
        self._window.show_record_page("find")
        if self._window.finder.running:
            tell(self._window, "A search is running", "Stop it, or wait until it has ended. Then drop these files again.")
        else:
            self._window.finder.bring_list(files)

    def _to_register(self, files: list[Path]) -> None:
        self._window.show_record_page("cameras")
        self._window.cameras.files.import_register(files[0])

    def _to_photos(self, files: list[Path]) -> None:
        self._window.show_record_page("cameras")
        self._window.cameras.walk.give_photos(files)

    def _to_plan(self, files: list[Path]) -> None:
        if self._window.page.name == "places" and self._window.places.list.current is not None:
            self._window.places.take_picture(files[0])
        else:
            tell(self._window, "Choose a place first", "In Places, add or choose the floor, then drop its plan there.")


def files_of(data: QMimeData) -> list[Path]:
    """Files and folders of this computer in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
