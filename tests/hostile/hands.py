"""Goes through the window's doors as a person does, step by step while its events go on; for what keeps the window from answering."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from camcensus.model.scan import Interface
from camcensus.store.edits import placing
from camcensus.ui import job
from camcensus.ui.asset.photos import PhotosSection
from camcensus.ui.cameras.import_register import BUSY, DONE, RegisterDialog
from camcensus.ui.cameras.photo_round import PhotoRound
from camcensus.ui.collector import GarbageSearch
from camcensus.ui.find.import_list import ImportDialog
from camcensus.ui.find.searching import Wish
from camcensus.ui.main_window import make_window
from camcensus.ui.opening_copies import put_at
from camcensus.ui.preferences import Preferences
from camcensus.ui.record_frame import ENTRIES
from camcensus.ui.settings.knowledge_update import UpdateDialog
from camcensus.ui.window import MainWindow
from hostile.files import VICTIM, HostileFile
from hostile.sound import Sound
from hostile.watching import Watch

STEP_EVERY_MS, LONGEST_S, QUIET_S = 15, 60.0, 0.15
REPORTS = ("register", "plan", "foi", "summary", "evidence")
PASSPHRASE = "correct horse battery staple"

Steps = Iterator[Callable[[], bool]]
"""What is waited for after each step."""


class Hands:
    """The real window on a sound inventory in `folder`, and what is done with it."""

    def __init__(self, app: QApplication, data: Path, sound: Sound, folder: Path) -> None:
        self.app, self.sound, self.folder, self.said = app, sound, folder, list[str]()
        GarbageSearch(app)
        self.window: MainWindow = make_window(app, data, Preferences(folder / "window.ini"))
        self.window.resize(1280, 720)
        self.window.show()
        self.faults: list[str] = []
        self.found: list[int] = []
        MainWindow.show_defect = lambda _, error: self.faults.append(f"{type(error).__name__}: {error}"[:200])  # type: ignore[method-assign]
        self.watch = Watch()
        self.number = 0

    def go(self, steps: Steps) -> None:
        """Take the steps, each when what the one before waits for has come, or in a minute."""
        waited: list[Callable[[], bool]] = [lambda: True]
        since = [time.monotonic()]

        def look() -> None:
            if not waited[0]() and time.monotonic() - since[0] < LONGEST_S:
                return
            if time.monotonic() - since[0] >= LONGEST_S:
                self.faults.append(f"{self.watch.step}: it did not end")
            try:
                waited[0], since[0] = next(steps), time.monotonic()
            except StopIteration:
                timer.stop()
                self.app.exit()
            except Exception as error:
                self.faults.append(f"{self.watch.step}: {type(error).__name__}: {error}"[:300])
                timer.stop()
                self.app.exit()

        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(STEP_EVERY_MS)
        self.watch.forget()
        self.app.exec()

    def end(self) -> None:
        """Close the window."""
        self.watch.stop()
        self.window.close()

    # What is waited for

    def quiet(self) -> Callable[[], bool]:
        """Nothing is being done beside the window, and has not been for a moment."""
        since = [time.monotonic()]

        def look() -> bool:
            if any(one.running for one in job.Job._alive):
                since[0] = time.monotonic()
            return time.monotonic() - since[0] > QUIET_S

        return look

    def shut(self) -> None:
        """Close every dialog, as with Esc; one that asks first is answered: else it stays, and asks again each time."""
        open_ = self._dialogs()
        for dialog in open_:
            dialog.reject()
        for question in [one for one in self._dialogs() if one not in open_]:
            question.accept()

    def _dialogs(self) -> list[QDialog]:
        return [one for one in self.app.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]

    # Steps

    def sound_record(self) -> Steps:
        """The person's own inventory, a fresh copy."""
        self.number += 1
        self.mine = self.folder / f"mine-{self.number}"
        shutil.copytree(self.sound.mine, self.mine)
        self.window.open_path(self.mine / "school.camcensus")
        yield self.quiet()

    def pages(self) -> Steps:
        """Every page in turn."""
        here = self.window.audit
        names = list(here.pages) if here is not None else [entry.name for entry in ENTRIES]
        for name in names:
            (here or self.window).show_page(name)
            yield self.quiet()

    def search(self, wish: Wish, while_searching: float = 25.0) -> Steps:
        """A search, with the pages looked at meanwhile."""
        self.window.show_page("find")
        self.window.finder.search(wish)
        if not self.window.finder.running:
            self.faults.append(f"the search did not start: {self.window.finder.start_form._problem.text()}")
        begun = time.monotonic()
        yield lambda: time.monotonic() - begun > QUIET_S  # a person goes to the next page with a click of its own
        ends = time.monotonic() + while_searching
        while self.window.finder.running and time.monotonic() < ends:
            for name in ("cameras", "find", "checking", "find"):
                self.window.show_page(name)
                for _ in range(4):
                    until = time.monotonic() + 0.5
                    yield lambda until=until: time.monotonic() > until
        if self.window.finder.running:
            self.window.finder.stop()
        yield self.quiet()
        self.found.append(len(self.window.session.rows()) + len(self.window.session.others()))
        yield from self.pages()

    def lay(self, file: HostileFile, kind: str, suffix: str) -> Path:
        """A hostile file in a folder of its own."""
        self.number += 1
        place = self.folder / f"theirs-{self.number}"
        place.mkdir()
        victim = place / "victim" / "letter.txt"
        victim.parent.mkdir()
        victim.write_bytes(VICTIM)
        path = place / f"theirs{file.suffix or suffix}"
        file.lay(path, self.sound.of[kind].read_bytes(), victim)
        return path

    def through(self, door: str, path: Path) -> Steps:
        """One file through one door of the window, and what it then shows."""
        yield from getattr(self, f"_{door.replace(' ', '_')}")(path)
        self.shut()
        yield self.quiet()

    def _open(self, path: Path) -> Steps:
        self.window.open_path(path)
        yield self.quiet()
        self.shut()
        if self.window.session.path is not None or self.window.audit is not None:
            yield from self.pages()
        yield from self.sound_record()

    def _list(self, path: Path) -> Steps:
        dialog = ImportDialog(self.window.session, [path], self.window)
        dialog.show_over()
        yield self.quiet()
        if dialog.go.isEnabled():
            dialog.accept()
            yield self.quiet()

    def _register(self, path: Path) -> Steps:
        dialog = RegisterDialog(self.window.session, path, self.window)
        dialog.show_over()
        yield self.quiet()
        for _ in range(2):
            if dialog.step in (BUSY, DONE) or not dialog.next_button.isEnabled():
                break
            dialog.go_on()
            yield self.quiet()

    def _back_up(self, path: Path) -> Steps:
        window = self.window
        put_at(
            window.session, window, path, self.folder / f"back-{self.number}.camcensus", PASSPHRASE, window.open_path,
            window.show_defect,
        )  # fmt: skip
        yield self.quiet()
        self.shut()
        yield from self.sound_record()

    def _update(self, path: Path) -> Steps:
        with contextlib.suppress(OSError, sqlite3.Error):
            self.sound.sign(path)
        dialog = UpdateDialog(self.window.session, self.window)
        dialog.show_over()
        dialog.use_file(path)
        dialog.use_key(self.sound.mine / "publisher.pub")
        dialog.accept()
        yield self.quiet()

    def _bodies(self, path: Path) -> Steps:
        yield from self._of_rollup(lambda: self.window.audit and self.window.audit.audit.load_list(path))

    def _answers(self, path: Path) -> Steps:
        yield from self._of_rollup(lambda: self.window.audit and self.window.audit.audit.take_answers(path))

    def _exchange_files(self, path: Path) -> Steps:
        yield from self._of_rollup(lambda: self.window.audit and self.window.audit.audit.take_in([path]))

    def _of_rollup(self, do: Callable[[], object]) -> Steps:
        self.window.open_path(self.mine / "national.camcensus-rollup")
        yield self.quiet()
        do()
        yield self.quiet()
        yield from self.pages()
        yield from self.sound_record()

    def _plan(self, path: Path) -> Steps:
        window = self.window
        if not window.session.places():
            window.session.do(placing.set_place_named([window.session.rows()[0].asset.id], ["Main block"]))
            yield self.quiet()
        window.show_page("places")
        window.places.list.choose(window.session.places()[0].id)
        window.places.take_picture(path)
        yield self.quiet()

    def _photo(self, path: Path) -> Steps:
        section = PhotosSection(self.window.session, self.window.session.rows()[0], self.window)
        section.add_files([path])
        yield self.quiet()
        section.deleteLater()

    def _photo_round(self, path: Path) -> Steps:
        dialog = PhotoRound(self.window.session, [path], self.window)
        dialog.show_over()
        yield self.quiet()
        dialog.give()
        yield self.quiet()

    def _check(self, path: Path) -> Steps:
        """The photo or the letter of the form that says what a device is."""
        self.window.show_page("checking")
        form = self.window.checking.form
        form.add_photos([path], form.letter_button)
        yield self.quiet()

    def _folder(self, path: Path) -> Steps:
        """The folder that the file lies in, as photos."""
        self.window.show_page("cameras")
        self.window.cameras.walk.give_photos([path.parent])
        yield self.quiet()

    def _folder_of_files(self, path: Path) -> Steps:
        yield from self._of_rollup(lambda: self.window.audit and self.window.audit.audit.take_in([path.parent]))

    def _drop(self, path: Path) -> Steps:
        """The file dropped on the window, wherever it then belongs."""
        self.window.show_page("cameras")
        self.window.dropping.take([path])
        yield self.quiet()
        self.shut()
        yield from self.sound_record()

    def _held_picture(self, path: Path) -> Steps:
        """What an inventory holds in place of its floor plan and its photos."""
        yield from self._plan(self.sound.of["picture"])
        yield from self._photo(self.sound.of["picture"])
        held = self.window.session.path
        assert held is not None
        theirs = self.folder / f"held-{self.number}.camcensus"
        self.window.open_path(self.sound.mine / "school.camcensus")
        yield self.quiet()
        shutil.copyfile(held, theirs)
        with contextlib.closing(sqlite3.connect(theirs)) as db, db:
            db.execute("UPDATE picture SET data = ?", [path.read_bytes()])
        self.watch.forget()
        self.window.open_path(theirs)
        yield self.quiet()
        yield from self.pages()
        yield from self.sound_record()


CHOSEN = {
    "asset/photos.py:_choose": "photo", "asset/photos.py:dropEvent": "photo",
    "audit/page.py:choose_answers": "answers", "audit/page.py:choose_files": "exchange files",
    "audit/page.py:choose_folder": "folder of files", "audit/page.py:choose_list": "bodies",
    "cameras/walk_round.py:choose_photos": "photo round", "dropping.py:__init__": "drop", "dropping.py:_ask_for_lists": "drop",
    "needs_checking/form.py:_choose_letter": "check",
    "needs_checking/form.py:_choose_photo": "check", "opening_copies.py:open_backup": "back up",
    "places/verbs.py:choose_picture": "plan", "settings/knowledge_update.py:_ask": "update", "window.py:open_record": "open",
    "window.py:open_beside": "open",
}  # fmt: skip
"""Where a person chooses or drops a file, in `ui`, and the door of Hands that goes the same way."""


def usual_work(hands: Hands, record: Path, card: Interface, books: Iterable[Path], list_: Path) -> Steps:
    """What a large organisation does: looks at its pages, searches, imports lists and registers, has reports drawn."""
    watch, window = hands.watch, hands.window
    watch.step = "opening"
    window.open_path(record)
    yield hands.quiet()
    watch.step = "pages"
    yield from hands.pages()
    watch.step = "search"
    yield from hands.search(Wish((card,), False, False, "fast", "The bench"))
    watch.step = "import: list"
    yield from hands.through("list", list_)
    for book in books:
        watch.step = f"import: register{book.suffix}"
        yield from hands.through("register", book)
    watch.step = "one answer for many"
    window.show_page("checking")
    yield hands.quiet()
    page = window.checking
    for item in window.session.to_check():
        if not page.form.alike.others and page.queue.choose(item.id):
            page.form.alike.same.setChecked(True)
    print(f"one answer for {len(page.form.alike.others) + 1} entries", file=sys.stderr)
    page.form.brand.setText("Hikvision")
    page.form.who.setText("The bench")
    page.save_and_next()
    yield hands.quiet()
    for kind in REPORTS:
        watch.step = f"report: {kind}"
        window.show_page("reports", kind)
        yield hands.quiet()
    watch.step = "pages after it"
    yield from hands.pages()


def doors_of(file: HostileFile) -> tuple[tuple[str, str, str], ...]:
    """(door, the kind of sound file it is made from, how its name ends) of each door that such a file is brought to."""
    databases = (
        ("open", "inventory", ".camcensus"), ("open", "exchange", ".camcensus"), ("open", "rollup", ".camcensus-rollup"),
        ("back up", "inventory", ".camcensus-backup"), ("update", "knowledge", ".db"),
        ("exchange files", "exchange", ".camcensus"), ("folder of files", "exchange", ".camcensus"),
        ("drop", "inventory", ".camcensus"),
    )  # fmt: skip
    pictures = (
        ("plan", "picture", ".png"), ("photo", "picture", ".png"), ("photo round", "picture", ".png"), ("folder", "label", ".png"),
        ("check", "picture", ".png"), ("held picture", "picture", ".png"), ("drop", "picture", ".png"),
    )  # fmt: skip
    lists = (
        ("list", "list", ".csv"), ("register", "list", ".csv"),
        ("bodies", "bodies", ".csv"),
        ("answers", "answers", ".csv"), ("drop", "list", ".csv"),
    )  # fmt: skip
    match file.family:
        case "database" | "beside":
            return databases
        case "no file":
            return (*databases, *(one for one in pictures if one[0] != "held picture"), *lists)
        case "picture":
            return pictures
        case "harmed":
            return (*lists, *pictures)
        case _:
            return (*lists, ("open", "list", ".camcensus"))


def cases(hands: Hands, files: Iterable[tuple[HostileFile, tuple[str, str, str]]]) -> Steps:
    """Each file through its door, on a sound inventory."""
    yield from hands.sound_record()
    for file, (door, kind, suffix) in files:
        hands.watch.step = f"{door}: {file.name}"
        path = hands.lay(file, kind, suffix)
        hands.watch.forget()
        yield from hands.through(door, path)
        hands.said.append(hands.watch.step)
