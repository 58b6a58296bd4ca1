"""Share and import: who gets a file, what is in it and what stays out of it, make it, and what it came to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from camcensus.model.changes import Changes
from camcensus.model.words import clean, count, long_date
from camcensus.tasks.progress import Progress as Tell
from camcensus.tasks.register.verbs import Inventory
from camcensus.tasks.share.columns import AUDIENCE_WORDS, COLUMNS, GOES, UNLOCKED, Audience, left_out
from camcensus.tasks.share.making import Shared, share, suggested_name
from camcensus.ui.job import Job, answer_failure
from camcensus.ui.kit import file_dialogs, theme
from camcensus.ui.kit.bars import Progress
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.layout import clear, column, faces, panel, row
from camcensus.ui.kit.parts import Scroll, Surface
from camcensus.ui.kit.widgets import ITEM, Text, announce
from camcensus.ui.own_pen import own_pen
from camcensus.ui.page import EmptyState, Page
from camcensus.ui.session import Session
from camcensus.ui.share.choices import ShareChoices

CHOICES_WIDTH = 296
_TITLES: dict[Audience, str] = {
    "auditor": "A file for our auditor",
    "supplier": "A file for a supplier",
    "public": "A file for the public",
    "backup": "A back-up of everything",
}
_FILTERS: dict[Audience, str] = {
    "auditor": "Camcensus exchange file (*.camcensus)",
    "supplier": "ZIP (*.zip)",
    "public": "ZIP (*.zip)",
    "backup": "Camcensus back-up (*.camcensus-backup)",
}
_TABLES = {
    "asset": ("row of the register", "rows of the register"), "device": ("device", "devices"), "evidence": ("sign", "signs"),
    "finding": ("finding on record", "findings on record"), "observation": ("reply", "replies"), "place": ("place", "places"),
    "decision": ("decision", "decisions"), "scan": ("search", "searches"),
}  # fmt: skip
"""What is counted on the page; the rest is in the file."""


class SharePage(Page):
    """The choices at the left; at the right what goes, what stays, and what came of it."""

    name = "share"
    help_page = "share"
    defect = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.job: Job | None = None
        self.choices = ShareChoices(session)
        self._title, self._goes, self._stays = Text("", "title"), Text(""), Text("")
        self._file = Text("", "body", "secondary", wrap=False)
        self._state, self._bar = Text("", "body", "secondary", wrap=False), Progress("Making the file")
        self.cancel_button, self.save_button = Button("Cancel"), Button("Save…", "primary", "download", then=self.save)
        self._result = Surface("nav", shape="sunken")
        self._result_room = column(gap=4, margins=(20, 16, 20, 16), of=self._result)
        self.copy_link = LinkButton("Copy for the covering letter")
        self.shared: Shared | None = None
        self._opened: Inventory | None = None
        self._find = Button("Find cameras", "primary", then=lambda: self.session.hub.asked_for.emit("find", None))
        bring = Button("Import a list…", then=self.session.hub.lists_wanted)
        say = "Find or import your cameras first. Then you can share the list."
        self._empty = EmptyState("share-2", "No cameras yet", say, self._find, bring)
        self._lay_out()
        self._connect()
        self._show_choice()

    def _lay_out(self) -> None:
        body = QWidget()
        page = column(
            self._title, 20, Text("What goes", "strong"), 4, self._goes, 20, Text("What stays here", "strong"), 4, self._stays,
            24, self._result, None,
        )  # fmt: skip
        page.setContentsMargins(32, 24, 24, 24)
        body.setLayout(page)
        foot = Surface("base", lines="t")
        words = column(self._file, self._state, self._bar, gap=4)
        row((words, 1), self.cancel_button, self.save_button, gap=12, margins=(32, 12, 24, 12), of=foot)
        right = QWidget()
        self._scroll = Scroll(body, "What goes and what stays")
        column(self._scroll, foot, of=right)
        whole = panel(row(self.choices, (right, 1), gap=0))
        self._faces = faces(self, whole, self._empty)

    def _connect(self) -> None:
        self.choices.changed.connect(self._show_choice)
        self.cancel_button.clicked.connect(self.escape)
        self.session.hub.changed.connect(self._take)

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """What there is to share."""
        del wish
        inventory = self.session.inventory
        if self._opened is inventory:
            self.choices.scope.refresh()
        else:
            self._opened = inventory
            self.choices.scope.refresh("all")
        self._faces.setCurrentIndex(0 if self.session.rows() else 1)
        self._show_choice()

    def start_focus(self) -> QWidget:
        return self._find if self._faces.currentIndex() else self.choices.audiences.checkedButton() or self.choices

    def panes(self) -> list[QWidget]:
        return [self.start_focus()] if self._faces.currentIndex() else [self.start_focus(), self.save_button]

    def escape(self) -> bool:
        """Stops what is being made."""
        busy = self.busy
        if self.job is not None:
            self.job.cancel()
        return busy

    def set_narrow(self, narrow: bool) -> None:
        del narrow
        self.choices.setFixedWidth(min(self.width() // 2, theme.px(CHOICES_WIDTH)))

    # Making

    @property
    def busy(self) -> bool:
        """Whether a file is being made."""
        return self.job is not None and self.job.running

    def save(self) -> None:
        """Asks where, and makes the file there."""
        inventory = self.session.inventory
        if inventory is None or not self.save_button.isEnabled():
            return
        audience = self.choices.audience
        file_dialogs.save_file(self, _TITLES[audience], self._name(), _FILTERS[audience], self.save_as)

    def save_as(self, path: Path) -> None:
        """Makes the file at a path, or says why not and what to do."""
        suffix = "".join(Path(self._name()).suffixes[-1:])
        path = path if path.suffix else path.with_name(path.name + suffix)
        session, inventory, now = self.session, self.session.inventory, self.session.clock()
        wish, passphrase = self.choices.wish(self._person()), self.choices.passphrase()
        if inventory is None or self.busy:
            return

        def work(tell: Tell) -> Shared:
            with own_pen(inventory, now) as pen:
                return share(pen, session.knowledge, path, wish, now, passphrase=passphrase, progress=tell)

        job = self.job = Job.counting(work)
        job.progressed.connect(self._progressed)  # methods, not lambdas: Qt forgets them with the page
        job.finished.connect(self._made)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._stopped)
        job.start()
        self._show_choice("Making the file…")

    def letter(self) -> str:
        """What is put into a covering letter: the file, what is in it, and its SHA-256."""
        shared = self.shared
        if shared is None:
            return ""
        made = [f"File: {clean(shared.path.name)}", f"Made: {long_date(self.session.clock())}"]
        made += [shared.part] if shared.part else []
        made += [f"Holds: {shared.say}", f"Size: {shared.size_bytes:,} bytes", f"SHA-256: {shared.sha256}"]
        return "\n".join(made)

    # What happens

    def _person(self) -> str:
        return self.session.person or self.session.by

    def _name(self) -> str:
        inventory = self.session.inventory
        if inventory is None:
            return ""
        return suggested_name(inventory, self.choices.audience, self.session.clock(), self.choices.part)

    def _show_choice(self, words: str = "") -> None:
        audience, busy = self.choices.audience, self.busy
        self._title.setText(_TITLES[audience])
        open_to_all = audience == "backup" and self.choices.plain.isChecked()
        holds = [f"{ITEM}{name}: {', '.join(columns).replace('_', ' ')}" for name, columns in COLUMNS.get(audience, {}).items()]
        self._goes.setText("\n".join([UNLOCKED if open_to_all else GOES[audience], *holds]))
        kept = left_out(audience, with_staff=self.choices.staff.isChecked())
        self._stays.setText("\n".join(f"{ITEM}{one[:1].upper()}{one[1:]}" for one in kept) or "Nothing.")
        self._file.setText(f"File: {self._name()}" if self._name() else "")
        self._state.setText(words)
        self._state.setVisible(bool(words))
        self._bar.setVisible(busy)
        self.cancel_button.setVisible(busy)
        self.choices.setEnabled(not busy)
        self.save_button.setEnabled(not busy and not self.choices.missing() and self.session.inventory is not None)
        self._result.setVisible(self.shared is not None and self.shared.audience == audience)

    def _progressed(self, told: tuple[tuple[int, int], ...]) -> None:
        self._bar.set_part(*told[-1])

    def _stopped(self) -> None:
        self._show_choice("Stopped. No file was made.")

    def _made(self, shared: Shared) -> None:
        self.shared = shared
        self.choices.forget()
        self._fill_result(shared)
        say = f"Saved {clean(shared.path.name)}: {shared.say}."
        self._show_choice("Saved.")
        QTimer.singleShot(0, lambda: self._scroll.ensureWidgetVisible(self._result, 0, 24))
        announce(self, say)
        if self.session.readonly_reason is None:
            self.session.note_report(f"file for: {AUDIENCE_WORDS[shared.audience].lower()}", say.removesuffix("."))

    def _fill_result(self, shared: Shared) -> None:
        room = self._result_room
        clear(room)
        self.copy_link = LinkButton(
            "Copy for the covering letter", then=lambda: QGuiApplication.clipboard().setText(self.letter())
        )
        room.addWidget(Text(f"Saved {clean(shared.path.name)}", "strong"))
        room.addWidget(Text(f"It was opened again and counted: {self._counted(shared)}."))
        if shared.part:
            room.addWidget(Text(shared.part))
        digest = Text(f"SHA-256 {shared.sha256}", "caption", "secondary", exact=True)
        room.addWidget(digest)
        for note in shared.notes:
            room.addWidget(Text(note, "caption", "secondary"))
        room.addLayout(row(self.copy_link, None))

    @staticmethod
    def _counted(shared: Shared) -> str:
        if shared.audience != "auditor":
            return f"{shared.say}, {shared.size_bytes:,} bytes"
        numbers = dict(shared.rows)
        parts = [count(numbers[name], *words) for name, words in _TABLES.items() if numbers.get(name)]
        return f"{', '.join(parts)}, in {count(len(numbers), 'table')}, {shared.size_bytes:,} bytes"

    def _failed(self, error: BaseException) -> None:
        self._show_choice()
        answer_failure(error, partial(self.session.hub.troubled.emit, "The file was not made"), self.defect.emit)

    def _take(self, changes: Changes) -> None:
        if changes.settings or changes.assets:
            if changes.settings:
                self.shared = None
            if self.isVisible():
                self.enter()
