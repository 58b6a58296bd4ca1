"""Files of the register: importing one that staff keep, and exporting ours, from the Cameras page and from the menu."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.asset import ASSET_SYSTEMS, ENDINGS, SYSTEM_WORDS, AssetSystem
from camcensus.model.changes import Changes
from camcensus.model.words import clean, count, utc_second
from camcensus.tasks.files import Written, write_through
from camcensus.tasks.register import table as register_table
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.asset_systems import write_for
from camcensus.ui.cameras.import_register import RegisterDialog
from camcensus.ui.job import Emit, Job, answer_failure
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.buttons import Button
from camcensus.ui.own_pen import own_pen
from camcensus.ui.session import Session

CSV, XLSX = "CSV (*.csv)", "Excel workbook (*.xlsx)"
FOR: Mapping[str, AssetSystem] = {f"For {SYSTEM_WORDS[one]} (*{ENDINGS[one]})": one for one in ASSET_SYSTEMS}
"""Kinds of file in the dialog that another program imports."""


class RegisterFiles(QObject):
    """The two buttons and what they do. `defect` is of ours."""

    defect = Signal(object)

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self.job: Job | None = None
        self.import_button, self.export_button = Button("Import a list…", then=session.hub.lists_wanted), Button("Export")
        self.export_button.clicked.connect(lambda _=False: self.export())

    def import_register(self, path: Path) -> None:
        """Goes through a file step by step."""
        window = self._page.window()
        if self._session.waiting:
            self._session.hub.troubled.emit("Not now", self._session.waiting)
            return
        dialog = RegisterDialog(self._session, path, window)
        dialog.defect.connect(self.defect)
        dialog.show_over()

    def export(self) -> None:
        """Asks where and in which form, and writes the whole register there."""
        if self._session.inventory is None or (self.job is not None and self.job.running):
            return
        body = self._session.body
        name = file_dialogs.stem_of(f"{body.name if body else ''} register {self._session.clock():%Y-%m-%d}", 100)

        def export(path: Path, kind: str) -> None:
            system = FOR.get(kind)
            wanted = ENDINGS[system] if system is not None else ".xlsx" if kind == XLSX else ".csv"
            endings = (wanted,) if system is not None else (".csv", ".xlsx")
            if path.name == f"{name}.csv":
                path = path.with_suffix(wanted)
            elif path.suffix.lower() not in endings:
                path = path.with_name(path.name + wanted)
            self.export_to(path, system)

        file_dialogs.save_as_kind(self._page, "Export the register", f"{name}.csv", ";;".join((CSV, XLSX, *FOR)), export)

    def export_to(self, path: Path, system: AssetSystem | None = None) -> None:
        """Writes the register to a path in a Job: for `system`, else as XLSX or CSV, by its ending.

        Says so, or why not and what to do.
        """
        session, inventory = self._session, self._session.inventory
        if inventory is None:
            return
        as_at, known = utc_second(session.clock()), session.knowledge

        def work(_: Emit) -> Written:
            with own_pen(inventory, session.clock()) as pen:
                rows = register.rows(pen, known)
                if system is not None:
                    return write_for(system, pen, rows, known, as_at, path)
                if path.suffix.lower() == ".xlsx":
                    return register_table.write_register_xlsx(pen, rows, known, as_at, path)
                return write_through(path, lambda: (register_table.register_csv(pen, rows, known, as_at), len(rows)))

        self.export_button.setEnabled(False)
        self.job = Job(
            work, finished=self._written, failed=self._failed, cancelled=lambda: self.export_button.setEnabled(True)
        ).start()

    def _written(self, written: Written) -> None:
        self.export_button.setEnabled(True)
        self._session.hub.publish(Changes(say=f"Saved {clean(written.path.name, 80)}, {count(written.pages, 'row')}."))

    def _failed(self, error: BaseException) -> None:
        self.export_button.setEnabled(True)
        answer_failure(error, partial(self._session.hub.troubled.emit, "The register was not exported"), self.defect.emit)
