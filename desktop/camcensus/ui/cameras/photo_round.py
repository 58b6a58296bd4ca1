"""Photos of a round given to rows: one large at a time, Enter gives it to the row and continues; all of it is one change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from camcensus.model.changes import Changes
from camcensus.model.words import count
from camcensus.tasks.register.verbs import HandRow
from camcensus.ui import phrases
from camcensus.ui.asset.photos import LargePhoto
from camcensus.ui.cameras.label_offers import LabelOffers
from camcensus.ui.cameras.photo_model import SKIPPED, PhotoModel, Taker
from camcensus.ui.cameras.photo_rows import RowChoice
from camcensus.ui.cameras.photo_saving import PhotoSaving
from camcensus.ui.cameras.photo_strip import PhotoStrip
from camcensus.ui.job import Job
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import Dialog, ask
from camcensus.ui.kit.layout import column, fill, panel, row
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.photo_loading import SHOWS_CODE, LargePictures, ordering
from camcensus.ui.session import Session

UNSAVED = "A photo that shows a code is not saved, only what the code says."


class PhotoRound(Dialog):
    """The photos at the left, the rows at the right. Nothing is saved before Finish."""

    leaves, widest = (32, 40), 1320

    defect = Signal(object)

    def __init__(self, session: Session, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        lead = (
            "Enter matches the photo to the row and shows the next one, Alt with left and right another one. Finish saves all "
            "of it as one change. Where a photo was taken, and on which phone, is not saved."
        )
        self._is_tight = theme.THEME.percent > 150
        super().__init__(parent, "Match photos to cameras", width=1180, lead=lead, has_heading=not self._is_tight)
        self._session = session
        self.photos, self.side = PhotoModel(self), RowChoice(session)
        self.rows, self.search, self.place, self.table = self.side.rows, self.side.search, self.side.place, self.side.table
        self.new: dict[str, HandRow] = {}
        self.large, self.strip = LargePhoto(), PhotoStrip(self.photos)
        self._pictures = LargePictures(self)
        self.about = Text("Looking at the photos…", "body", "secondary", wrap=False)
        self.says = Text("", "body", wrap=not self._is_tight)
        self.give_button, self.skip_button = Button("Give to this row", then=self.give), Button("Skip", then=self.skip)
        self.new_button = Button("New row", icon="plus", then=self.add_row)
        self._said = Text("", "caption", "wrong")
        self._at = 0
        self.labels_button = Button("Give all that fit", then=self.give_fitting)
        self._labels = LabelOffers(session.rows(), self._label_came, self)
        self.saving = PhotoSaving(session, self)
        self.job: Job | None = None
        self._build()
        self.cancel = Button("Cancel", then=self.reject)
        self.finish_button = Button("Finish", "primary", then=self.accept)
        fill(self.buttons, self.cancel, self.finish_button)
        self._connect()
        self.side.choose(0)
        self._look(paths)
        self._show()
        self.table.setFocus()  # Enter is for the photo, whatever button comes before it

    def _build(self) -> None:
        self.labels_button.hide()
        lines = [row((self.about, 1)), row((self.says, 1), self.labels_button, gap=8)]
        left = column((self.large, 1), 8, *(lines[::-1] if self._is_tight else lines), 8, self.strip)
        side = panel(column((self.side, 1), 8, row(self.give_button, self.skip_button, self.new_button, None)))
        side.setFixedWidth(theme.px(420) if theme.THEME.percent < 130 else 520)
        both = row((left, 1), side, gap=16)
        fill(self.body, (both, 1), 4, self._said)

    def _connect(self) -> None:
        self.strip.selectionModel().currentChanged.connect(lambda now, _: self._to(now.row()))
        self.table.opened.connect(self.give)
        self._pictures.ready.connect(lambda at: self._show() if at == self._at else None)
        self.search.returnPressed.connect(self.give)
        self.saving.said.connect(self._say)
        self.saving.saved.connect(self._saved)
        for keys, verb in (
            ("Ctrl+N", self.add_row),
            ("Ctrl+Return", self.accept),
            ("Ctrl+Enter", self.accept),
            ("Del", self.take_back_or_skip),
            ("Alt+Left", lambda: self.go_on(-1)),
            ("Alt+Right", lambda: self.go_on(1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(verb)

    # What people do

    def give(self) -> None:
        """This photo is of this row; on to the next one."""
        taker = self.rows.at(self.table.currentIndex().row())
        if taker is None or not self.photos.photos or self._at in self.photos.broken or self.busy:
            return
        self._became(taker.key)

    def give_fitting(self) -> None:
        """Each photo that the button speaks of is of the row that it fits; what was given or skipped already stays so."""
        if self.busy:
            return
        for at, to in self._fitting():
            self._note(at, to)
        self._counted()
        self._to(self.photos.open_after(self._at))
        self._say("")
        self._show()

    def skip(self) -> None:
        """This photo is of nothing here; on to the next one."""
        if self.photos.photos and not self.busy:
            self._became(SKIPPED)

    def take_back_or_skip(self) -> None:
        """Takes back a photo that was given; skips one that was not."""
        self.take_back() if self._at in self.photos.given else self.skip()

    def take_back(self) -> None:
        """Nothing became of this photo yet."""
        self.photos.give(self._at, "")
        self._counted()
        self._show()

    def add_row(self) -> None:
        """A camera that has no row yet, where the last one was, with this photo."""
        if not self.photos.photos or self._at in self.photos.broken or self.busy:
            return
        key = f"new {len(self.new) + 1}"
        before = next((to for at in range(self._at - 1, -1, -1) if (to := self.photos.given.get(at, SKIPPED)) != SKIPPED), "")
        path, place = self.side.here(before)
        self.new[key] = HandRow(place=place)
        self.photos.names[key] = f"New {len(self.new)}"
        self.rows.add(Taker(key, self.photos.names[key], path, "Camera, to be described"))
        self.side.choose(0)
        self._became(key)

    def go_on(self, by: int) -> None:
        """Another photo."""
        self._to(max(0, min(len(self.photos.photos) - 1, self._at + by)))

    def accept(self) -> None:
        """Saves what was given as one change."""
        gifts = [self._labels.gift(self.photos.photos[at].path, to) for at, to in self.photos.gifts()]
        if self._session.inventory is None or self.busy:
            return
        if not gifts:
            self._say("No photo was given to a row yet; choose a row and press Enter.")
            return
        self.saving.save(gifts, dict(self.new), [self.photos.photos[at].path for at in sorted(self.photos.broken)])
        self._show()

    def reject(self) -> None:
        """Nothing is saved; asks first where photos were given already."""
        if self.busy:
            return
        gifts = self.photos.gifts()
        if gifts:
            what = f"{count(len(gifts), 'photo is', 'photos are')} matched and not saved yet."
            ask(self, "Leave without saving the photos?", what, "Leave", self._leave)
            return
        self._leave()

    def _leave(self) -> None:
        super().reject()  # given as a slot, super().reject is this dialog's own, which asks again

    def done(self, result: int) -> None:
        """Lets go of photos and files."""
        if self.job is not None:
            self.job.cancel()
        self._pictures.stop()
        self._labels.stop()
        super().done(result)

    @property
    def busy(self) -> bool:
        """Whether it is saving photos."""
        return self.saving.busy

    # How

    def _look(self, paths: Sequence[Path]) -> None:
        self.job = Job(ordering(paths, self._pictures.missing), progressed=self._came, failed=self.defect)
        self.job.start()

    def _came(self, values: Sequence[object]) -> None:
        for value in values:
            if isinstance(value, list):
                self.photos.set_photos(value)
                self._pictures.set_paths([one.path for one in value])
                self._labels.read(value, self._pictures.missing)
                self._to(0)
            elif isinstance(value, tuple):
                at, thumb, problem = value
                self.photos.set_thumb(at, thumb, problem)
                if at == self._at:
                    self._show()

    def _label_came(self, path: Path) -> None:
        if self.photos.photos and path == self.photos.photos[self._at].path:
            self._choose_offered()
        self._show()

    def _choose_offered(self) -> None:
        """Chooses the row that the label fits, where nothing became of the photo yet; Enter is still the person's."""
        fit = self._labels.fit(self.photos.photos[self._at].path)
        if fit.asset is not None and self._at not in self.photos.given:
            self.side.choose_key(fit.asset)

    def _fitting(self) -> list[tuple[int, str]]:
        """(photo, row) of those of which nothing became yet and whose label fits for sure."""
        settled = {**self.photos.given, **self.photos.broken}
        left = ((at, one.path) for at, one in enumerate(self.photos.photos) if at not in settled)
        return [(at, to) for at, path in left if (to := self._labels.sure(path))]

    def _note(self, at: int, to: str) -> None:
        """Notes whose a photo is."""
        if to not in self.new and to != SKIPPED:
            taker = self.rows.taker(to)
            self.photos.names[to] = taker.ref if taker is not None else ""
        self.photos.give(at, to)

    def _became(self, to: str) -> None:
        at = self._at
        self._note(at, to)
        name = self.photos.names.get(to, "")
        self._counted()
        self._to(self.photos.open_after(at))
        left = len(self.photos.photos) - len(self.photos.given) - len(self.photos.broken)
        said = f"Given to {name}." if to != SKIPPED else "Skipped."
        announce(self, f"{said} {count(left, 'photo')} left." if left else f"{said} That was the last one.")
        if not left:
            self.finish_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _counted(self) -> None:
        self.rows.count(Counter(to for _, to in self.photos.gifts()))

    def _to(self, at: int) -> None:
        if not 0 <= at < len(self.photos.photos):
            return
        self._at = at
        index = self.photos.index(at)
        if self.strip.currentIndex() != index:
            self.strip.setCurrentIndex(index)
        self.strip.scrollTo(index)
        self._choose_offered()
        self._show()

    def _show(self) -> None:
        total = len(self.photos.photos)
        if total:
            one = self.photos.photos[self._at]
            problem = self.photos.broken.get(self._at, "")
            image = None if problem else self._pictures.image(self._at)
            words = problem or ("Reading the photo…" if image is None else f"Photo {self._at + 1}: {one.name}")
            self.large.show_image(None if image is None or image.isNull() else image, words)
            when = phrases.day_and_time(one.taken, self._session.clock())
            when = f"{when}, {one.taken[11:16]}" if len(one.taken) > 11 and one.taken[11:16] not in when else when
            source = "" if one.by_camera else " (time of the file)"
            self.about.setText(f"{self._at + 1} of {total} · {one.name} · {when}{source} · {self.photos.says(self._at)}")
            shows_code = image is not None and image.text(SHOWS_CODE) != ""
            unsaved = UNSAVED if shows_code and not self._is_tight else ""
            self.says.setText(" ".join(filter(None, (self._labels.words(one.path), unsaved))))
        fitting = self._fitting()
        self.labels_button.setText(f"Give {count(len(fitting), 'photo')} whose label fits")
        self.labels_button.setVisible(bool(fitting))
        self.labels_button.setEnabled(not self.busy)
        gifts = len(self.photos.gifts())
        self.finish_button.setText(f"Finish: save {count(gifts, 'photo')}" if gifts else "Finish")
        self.finish_button.updateGeometry()
        usable = bool(total) and not self.busy
        for button in (self.give_button, self.skip_button, self.new_button, self.finish_button):
            button.setEnabled(usable)
        self.cancel.setEnabled(not self.busy)

    def _saved(self, changes: Changes | None, unread: str) -> None:
        if changes is None:
            self._say(unread)
            self._show()
            return
        super().accept()
        if unread:
            self._session.hub.troubled.emit("Some photos were left out", unread)

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        announce(self, sentence)
