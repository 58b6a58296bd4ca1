"""Which list version all bodies are judged by: a choice, and what it would take, told before it begins."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from shiboken6 import isValid

from camcensus.model.words import clean
from camcensus.store.vendors_db.updates import load_brought
from camcensus.tasks.rollup.judging import ReassessmentWork
from camcensus.tasks.rollup.view import judging_by, version_words
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.audit.operations import Version
from camcensus.ui.job import Emit, Job, answer_failure
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.dialogs import ask, tell, tell_defect

OTHER = "Another file…"


class VersionChoice(Combo):
    """The version that the totals go by, the one at hand, and a way to bring another. Choosing one asks before it works."""

    def __init__(self, desk: AuditDesk) -> None:
        super().__init__("Judged by the list of")
        self._desk = desk
        self._versions: list[Version | None] = []
        self._brought: Version | None = None
        self._reading: Job | None = None
        self.wanted: Version | None = None
        """What judging was asked, begun or stopped for last."""
        self.activated.connect(self._choose)
        desk.told.connect(self._ask)
        self.refresh()

    def refresh(self) -> None:
        """Shows what the totals go by now."""
        figures = self._desk.figures
        now = figures.knowledge_version if figures is not None else ""
        known = [self._desk.at_hand(), *([self._brought] if self._brought is not None else [])]
        self._versions = [next((one for one in known if one.knowledge.version == now), None)]
        self._versions += [one for one in known if one.knowledge.version != now]
        self.blockSignals(True)
        self.clear()
        self.addItem(_words(now, [one.knowledge.version for one in known]) if now else "…")
        for one in self._versions[1:]:
            assert one is not None
            self.addItem(_words(one.knowledge.version, [now]))
        self.addItem(OTHER)
        self.setCurrentIndex(0)
        self.blockSignals(False)
        self.updateGeometry()

    def version_to_go_on(self) -> Version | None:
        """Where judging was stopped: the version it goes to, if it is at hand."""
        wanted = judging_by(self._desk.reading)
        known = [self._desk.at_hand(), *([self._brought] if self._brought is not None else [])]
        return next((one for one in known if one.knowledge.version == wanted), None)

    def _choose(self, at: int) -> None:
        if at == self.count() - 1:
            file_dialogs.open_file(self.window(), "A list version", self.bring, "vendors.db (*.db);;All files (*)")
        elif at and (chosen := self._versions[at]) is not None:
            self.ask_for(chosen)
        self.setCurrentIndex(0)

    def bring(self, path: Path) -> None:
        """Takes a vendors.db from a file, to judge this roll-up by; what this computer uses stays as it is."""
        if self._reading is not None and self._reading.running:
            return

        def read(_: Emit) -> Version:
            return Version(load_brought(path), path)

        def finished(brought: Version) -> None:
            if isValid(self):
                self._brought = brought
                self.refresh()
                self.ask_for(brought)

        def failed(error: BaseException) -> None:
            if isValid(self):
                say = partial(tell, self.window(), "The list version was not opened")
                answer_failure(error, say, partial(tell_defect, self.window()))

        self._reading = Job(read, finished=finished, failed=failed).start()

    def ask_for(self, version: Version) -> None:
        """Looks how much there is to do, then asks."""
        if self._desk.busy:
            tell(self.window(), "Not now", "Wait for this to finish, or stop it.")
            return
        self.wanted = version
        self._desk.tell_work(version)

    def _ask(self, work: ReassessmentWork) -> None:
        version = self.wanted
        if version is None:
            return
        if not work.devices:
            self._desk.judge(version)
            return
        ask(
            self.window(),
            f"Re-check all organisations by the version of {version_words(version.knowledge.version)}?",
            f"{work.say} The totals stay as they are until it is finished. If you stop it, it can continue later.",
            "Re-check",
            lambda: self._desk.judge(version),
        )


def _words(version: str, others: list[str]) -> str:
    """The day alone, with what tells it from another of the same day."""
    words = version_words(version)
    same = any(one != version and version_words(one) == words for one in others)
    return f"{words} ({clean(version.partition('+')[2], 12)})" if same else words
