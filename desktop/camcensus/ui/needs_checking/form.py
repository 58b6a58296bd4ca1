"""One thing to check: what we see, and what a person reads on it, sees of it, or knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.attribution.explain import label_was_read
from camcensus.model.device import DeviceKind, Evidence
from camcensus.model.pictures import NewPhoto
from camcensus.model.words import GRADE_SHORT, KIND_WORDS, clean, count, joined, upper_first
from camcensus.tasks.register.checking import CheckAnswer, ToCheck
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui import floor_pictures, phrases
from camcensus.ui.asset.decide import place_choices
from camcensus.ui.asset.label import reading_choices
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.forms import form, labelled
from camcensus.ui.kit.layout import clear, column, fill, row
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Hairline
from camcensus.ui.kit.widgets import Text
from camcensus.ui.needs_checking.alike import AlikePart
from camcensus.ui.session import Session

KINDS: tuple[DeviceKind, ...] = ("camera", "recorder", "encoder", "intercom", "unknown")
LETTER_FILES = "Letters and photos (*.pdf *.png *.jpg *.jpeg)"
PHOTO_FILES = "Photos (*.jpg *.jpeg *.png)"
SIGNS_SHOWN = 3


def heading(item: ToCheck, row_: AssetRow | None) -> str:
    """The question, as one sentence."""
    where = _where(item, row_)
    if item.why == "channel":
        recorder = clean(item.asset.connected_ref or "the recorder")
        return f"{recorder} reports a camera on channel {item.asset.channel}. Is there one?"
    if item.asset.kind == "unknown":
        return f"What is the device{where}? It may be a camera."
    return f"Who made the {KIND_WORDS[item.asset.kind].lower()}{where}?"


def signs_of(item: ToCheck, row_: AssetRow | None) -> list[tuple[Evidence, bool]]:
    """The signs that bear on the question, with whether each is for it: on the kind where that is asked, else on the maker."""
    verdict = row_.verdict if row_ is not None else None
    if verdict is None:
        return []
    if item.asset.kind == "unknown":
        return [(sign, sign.supports) for sign in verdict.description.kind_evidence]
    said = verdict.attribution
    return [*((sign, True) for sign in said.supports), *((sign, False) for sign in said.against)]


def _where(item: ToCheck, row_: AssetRow | None) -> str:
    if item.asset.place_path:
        return f" in {clean(item.asset.place_path[-1], 60)}"
    return f" at {clean(row_.addresses[0])}" if row_ is not None and row_.addresses else f" {clean(item.asset.ref)}"


class CheckForm(QWidget):
    """The form. `answer` is what was typed; photos are read when they are chosen, so that what is wrong is said at once."""

    why_wanted = Signal()
    plan_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.photos: list[NewPhoto] = []
        self._reading = 0
        self._title, self._note = Text("", "heading"), Text("", "body", "secondary")
        self._signs = column()
        self.why_link = LinkButton("Why?", then=self.why_wanted)
        self.kind = Combo("It is", width=240)
        self.basis, self.maker, self._maker_part = reading_choices(session)
        self.kind.offer((KIND_WORDS[kind] if kind != "unknown" else "I am not sure", kind) for kind in KINDS)
        self.brand = Field("For example, Honeywell", name="Brand on the label")
        self.model = Field("For example, IPC-HDW2431", name="Model or P/N on the label")
        self.serial = Field("S/N", name="Serial number on the label")
        self.place = Combo("Where is it?")
        self.plan_button = Button("Show on plan", then=self.plan_wanted)
        self.letter_button = Button("Choose…", then=self._choose_letter)
        self.photo_button = Button("Add photo of label", icon="camera", then=self._choose_photo)
        self._photos = Text("", "caption", "secondary")
        self.who = Field("Your name", name="Checked by")
        self.alike = AlikePart()
        self._build()

    def _build(self) -> None:
        read = form(
            (("Brand", self.brand), ("Model or P/N", self.model)),
            (("Serial number", self.serial), ("Where did you read it?", self.basis)),
        )
        letter = column(
            Text("A letter or data sheet that names the maker"),
            Text("This can confirm who made it. A PDF or a picture.", "caption", "secondary"),
        )
        photo = column(Text("Photo of the label"), self._photos)
        place = labelled("Where is it?", self.place)
        where = row(place, (self.plan_button, 0, Qt.AlignmentFlag.AlignBottom))
        whole = column(
            self._title,
            2,
            self._note,
            8,
            self._signs,
            row(self.why_link, None),
            8,
            Hairline(),
            16,
            self.alike,
            row(labelled("It is", self.kind), None),
            20,
            Text("The label says", "strong"),
            8,
            read,
            8,
            self._maker_part,
            16,
            where,
            16,
        )
        for said, button in ((letter, self.letter_button), (photo, self.photo_button)):
            line = row((said, 1), button, gap=16)
            fill(whole, line, 16)
        whole.setContentsMargins(32, 26, 24, 28)
        fill(whole, labelled("Checked by", self.who), None)
        self.setLayout(whole)

    def show_item(self, item: ToCheck, row_: AssetRow | None) -> None:
        """Starts anew for another item; the name of the person stays."""
        asset = item.asset
        self._title.setText(heading(item, row_))
        self._note.setText(self._said(item, row_))
        self._show_signs(signs_of(item, row_))
        self.kind.choose("unknown" if asset.unconfirmed else asset.kind)
        for field in (self.brand, self.model, self.serial):
            field.clear()
        self.basis.setCurrentIndex(0)
        self.photos = []
        self._photos.setText("Saved on this computer. Where and when it was taken is removed.")
        self.who.setText(self.who.text() or self._session.person)
        self._fill_places(asset.place)
        self.plan_button.setEnabled(asset.pin is not None)

    def answer(self) -> CheckAnswer:
        """What was typed and chosen."""
        return CheckAnswer(
            kind=self.kind.currentData(),
            basis=self.basis.currentData(),
            brand=self.brand.text(),
            model=self.model.text(),
            serial=self.serial.text(),
            manufacturer=self.maker.currentData(),
            place=self.place.currentData() or "",
            photos=tuple(self.photos),
        )

    def add_photos(self, paths: Sequence[Path], button: Button) -> None:
        """Reads photos; where one is no picture a sentence says so, and none of them is kept."""
        photos = self.photos

        def took(found: list[NewPhoto]) -> None:
            self._reading -= 1
            photos.extend(found)
            if found and photos is self.photos:
                self._show_photos()

        def refused(sentence: str) -> None:
            self._reading -= 1
            self._session.hub.troubled.emit("The picture was not added", sentence)

        self._reading += 1
        if button is self.letter_button:
            floor_pictures.read_soon(floor_pictures.read_photo, paths, button, took, refused)
        else:
            floor_pictures.read_photos_soon(paths, button, took, refused)

    @property
    def is_reading(self) -> bool:
        """Whether a picture is still being read."""
        return self._reading > 0

    def _show_photos(self) -> None:
        names = ", ".join(clean(one.name, 40) for one in self.photos)
        self._photos.setText(f"{count(len(self.photos), 'picture')}: {names}")

    def _said(self, item: ToCheck, row_: AssetRow | None) -> str:
        if row_ is None or not row_.judged:
            return "Nothing says yet who made it."
        for one in row_.care:
            if one.kind == "maker-to-check":
                return one.why
        verdict = row_.verdict
        if verdict is not None and item.asset.kind == "unknown":
            return verdict.description.kind_reason
        supports = len(verdict.attribution.supports) if verdict else 0
        maker = phrases.maker_of(row_, self._session.knowledge)
        if row_.grade == "conflicting":
            names = joined([clean(self._session.knowledge.name_of(one)) for one in row_.candidates])
            return f"Signs disagree: {names}."
        if phrases.maker_id(row_) is None:
            if verdict is not None and (row_.grade == "possible" or label_was_read(verdict.attribution)):
                return verdict.attribution.reason
            return "The label usually says."
        weak = " (weak evidence)" if row_.grade == "possible" else ""
        return f"{GRADE_SHORT[row_.grade]}: made by {maker}{weak}, {count(supports, 'sign')}."

    def _show_signs(self, signs: Sequence[tuple[Evidence, bool]]) -> None:
        clear(self._signs)
        said = dict.fromkeys((upper_first(sign.why.rstrip(".")), speaks_for) for sign, speaks_for in signs)  # each once
        shown = list(said)[:SIGNS_SHOWN]
        for at, (why, speaks_for) in enumerate(shown):
            line = row(
                SignMark("check", "text") if speaks_for else SignMark("dash", "secondary"),
                (Text(why), 1),
                gap=12,
            )
            self._signs.addLayout(line)
            if at + 1 < len(shown):
                self._signs.addSpacing(4)
        self.why_link.setVisible(bool(signs))

    def _fill_places(self, current: str | None) -> None:
        self.place.clear()
        self.place.offer(place_choices(self._session, ""))
        self.place.choose(current or "")

    def _choose_photo(self) -> None:
        file_dialogs.open_files(
            self, "Photos of the label", lambda paths: self.add_photos(paths, self.photo_button), PHOTO_FILES
        )

    def _choose_letter(self) -> None:
        def take(path: Path) -> None:
            self.add_photos([path], self.letter_button)
            self.basis.setCurrentIndex(self.basis.findData("supplier-letter"))

        file_dialogs.open_file(self, "The letter", take, LETTER_FILES)
