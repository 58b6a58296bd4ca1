"""Files dropped anywhere on the window go where they belong; where that is not plain, one question is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent

from camcensus.model.words import clean, count
from camcensus.tasks.brought import kinds_of
from camcensus.ui.cameras.page import CamerasPage
from camcensus.ui.find.import_list import FILES
from camcensus.ui.find.page import FindPage
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.dialogs import choose, tell
from camcensus.ui.places.page import PlacesPage
from camcensus.ui.record_frame import RecordFrame
from camcensus.ui.settings.page import SettingsPage

NOT_READ = (
    "Camcensus reads its own records, roll-ups and back-ups, spreadsheets and other lists, network captures, photos, folders "
    "of photos, and floor plans."
)
ONE_KIND = "These files are of different kinds. Drop one kind of file at a time."


class Dropping(QObject):
    """Takes what is dropped on the window, but for photos on the details of one device."""

    def __init__(self, window: RecordFrame, open_path: Callable[[Path], object], new_rollup: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._open_path, self._new_rollup = window, open_path, new_rollup
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
        file_dialogs.open_files(self._window, "Import a list", lambda paths: self.take(paths, here=""), FILES)

    def take(self, paths: Sequence[Path], here: str | None = None) -> None:
        """Brings files where they belong; `here` is the page that they are for, without it the one in view."""
        found = kinds_of(paths)
        lists = [*found.pop("capture", []), *found.pop("list", [])]
        if len(found) + bool(lists) > 1:
            tell(self._window, "One kind at a time", ONE_KIND)
            return
        kind, files = next(iter(found.items()), ("lists", lists))
        if not files:
            return
        if kind == "unknown":
            tell(self._window, f"{clean(files[0].name, 60)} is of another kind", NOT_READ)
        elif self._window.audit is not None and kind in ("exchange", "folder", "sheet"):
            self._to_rollup(files)
        elif kind in ("record", "rollup", "backup", "exchange"):
            self._open(kind, files)
        elif self._window.session.inventory is None:
            tell(self._window, "Open a record first", "Then drop these files again.")
        elif self._window.session.readonly_reason is not None and kind != "knowledge":
            tell(self._window, "Nothing can be changed", self._window.session.readonly_reason)
        else:
            self._to_record(kind, files, self._window.page.name if here is None else here)

    def _open(self, kind: str, files: list[Path]) -> None:
        if len(files) == 1:
            self._open_path(files[0])
        elif kind == "exchange":
            choose(
                self._window,
                f"{count(len(files), 'file')} for an auditor",
                "To add them up, make or open a roll-up, then drop them on it. To read one, drop that one alone.",
                ("New roll-up…", self._new_rollup),
            )
        else:
            tell(self._window, "One at a time", "Camcensus opens one record, roll-up or back-up at a time.")

    def _to_rollup(self, files: list[Path]) -> None:
        audit = self._window.audit
        if audit is None:
            return
        audit.show_page("audit")
        audit.audit.take_in(files)

    def _to_record(self, kind: str, files: list[Path], here: str) -> None:
        name = clean(files[0].name, 60)
        if kind == "lists" or (kind == "sheet" and here == FindPage.name):
            self._to_find(files)
        elif kind == "sheet" and here == CamerasPage.name:
            self._to_register(files)
        elif kind == "sheet":
            choose(
                self._window,
                f"What is in {name}?",
                "Your own register of cameras, or a list of devices that a program made, such as DHCP leases?",
                ("Devices", lambda: self._to_find(files)),
                ("Our register", lambda: self._to_register(files)),
            )
        elif kind == "folder" or (kind == "picture" and (len(files) > 1 or here == CamerasPage.name)):
            self._to_photos(files)
        elif kind == "picture" and here != PlacesPage.name:
            choose(
                self._window,
                f"What does {name} show?",
                "A camera or its label, or the plan of a floor?",
                ("A floor plan", lambda: self._to_plan(files)),
                ("A camera", lambda: self._to_photos(files)),
            )
        elif kind in ("picture", "pdf"):
            self._to_plan(files)
        else:
            self._window.show_record_page(SettingsPage.name)
            self._window.settings.take_update(files[0])

    def _to_find(self, files: list[Path]) -> None:
        self._window.show_record_page(FindPage.name)
        if self._window.finder.running:
            tell(self._window, "A search is running", "Stop it, or wait until it has ended. Then drop these files again.")
        else:
            self._window.finder.bring_list(files)

    def _to_register(self, files: list[Path]) -> None:
        self._window.show_record_page(CamerasPage.name)
        self._window.cameras.files.import_register(files[0])

    def _to_photos(self, files: list[Path]) -> None:
        self._window.show_record_page(CamerasPage.name)
        self._window.cameras.walk.give_photos(files)

    def _to_plan(self, files: list[Path]) -> None:
        was_there = self._window.page.name == PlacesPage.name
        self._window.show_record_page(PlacesPage.name)
        places = self._window.places
        place = places.list.current
        if place is None:
            tell(self._window, "Choose a place first", "Add or choose the floor, then drop its plan there.")
        elif was_there:
            places.take_picture(files[0])
        else:
            choose(
                self._window,
                f"The plan of {clean(place.name, 60)}?",
                "For another place, choose that place and drop the plan there.",
                ("Use as its plan", lambda: places.take_picture(files[0])),
            )


def files_of(data: QMimeData) -> list[Path]:
    """Files and folders of this computer in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
