"""Settings: the organisation, how the window looks, how it searches, what it knows, its back-ups, and what IT allows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, qVersion
from PySide6.QtGui import QCursor, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.errors import CamcensusError
from camcensus.model.policy import Policy
from camcensus.model.words import clean, count, long_date
from camcensus.store.edits.settings import set_camera_use
from camcensus.store.policy_file import system_place
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.store.vendors_db.updates import default_folder
from camcensus.tasks import policy, safekeeping
from camcensus.tasks.knowledge import updates
from camcensus.tasks.own_parts import own_parts, versions
from camcensus.tasks.register.lists import lists_in_use
from camcensus.tasks.register.people import ROLE_WORDS, Person, Role, people, save_people
from camcensus.tasks.register.recheck import MONTHS_OFFERED, NEVER, census_months, set_census_months
from camcensus.tasks.register.untouched import by_it_words, untouched
from camcensus.ui import phrases
from camcensus.ui.inventory.lists import ListsDialog
from camcensus.ui.inventory.organisation import MONTHS, OrganisationDialog
from camcensus.ui.inventory.untouched import UntouchedDialog
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import ask, show_text
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.segmented import Segmented
from camcensus.ui.kit.theme import THEME, Choice
from camcensus.ui.page import Page, PageHeading
from camcensus.ui.preferences import Preferences
from camcensus.ui.session import Session
from camcensus.ui.settings.knowledge_update import UpdateDialog
from camcensus.ui.settings.setting_list import SettingGroup, SettingRow

MEASURE = 720
COLOURS: tuple[tuple[str, Choice], ...] = (("System", "system"), ("Light", "light"), ("Dark", "dark"))
NOWHERE = "No record is open."
MOST_BACKUPS = 60
PEOPLE = "Saved in this record. Your IT contact is printed on the IT notice. Copies for others leave all of these people out."
USE = "Saved in this record. Your answers are in the file that you make for an auditor, and in no other copy."
AGAIN = "Home reminds you when the last search, walk-round or import is older."
KEPT_WORDS = "Saved for you on this computer, not in the record."


class SettingsPage(Page):
    """One column of groups, made anew when something changed."""

    name = "settings"
    help_page = "settings"
    defect = Signal(object)

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__(session)
        self._preferences = preferences
        self._first: QWidget = self
        self._opened = set[str]()
        """The titles of the folded groups that somebody opened."""
        self.update_dialog: UpdateDialog | None = None
        self._scroll = Scroll(QWidget(), "Settings")
        heading = PageHeading("Settings")
        heading.note.setText("For this record, and for you on this computer.")
        column(heading, (self._scroll, 1), gap=16, margins=(32, 0, 16, 0), of=self)
        session.hub.changed.connect(self.follow)
        theme.THEME.changed.connect(self.follow)

    def enter(self, wish: object = None) -> None:
        """Reads everything again: IT may have changed what is allowed. The wish "update" asks for an update's file."""
        self.behind = True
        self.catch_up()
        if wish == "update":
            self.take_update()

    def start_focus(self) -> QWidget:
        return self._first

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catch_up()

    def refresh(self) -> None:
        at, focus = self._scroll.verticalScrollBar().value(), _name_of(self._scroll.focusWidget())
        body = QWidget()
        body.setMaximumWidth(theme.px(MEASURE))
        groups = column(gap=24, margins=(0, 0, 12, 24), of=body)
        for group in (
            self._organisation(), self._people(), self._use(), self._appearance(), self._search(), self._knowledge(),
            self._backups(), self._allowed(), self._about(),
        ):  # fmt: skip
            groups.addWidget(group)
        groups.addStretch(1)
        room = QWidget()
        row((body, 100), None, of=room)
        self._scroll.change(room)
        self._scroll.verticalScrollBar().setValue(at)
        again = next((one for one in room.findChildren(QWidget) if focus and _name_of(one) == focus), None)
        if again is not None and self.isVisible():
            again.setFocus()

    # Groups

    def _organisation(self) -> SettingGroup:
        session, body = self.session, self.session.body
        may = session.may_edit
        kind = body.kind.label if body is not None else ""
        expected = f"About {body.expected_cameras:,} cameras expected." if body and body.expected_cameras else ""
        change = _button(
            "Change…", "Change the organisation", lambda: OrganisationDialog(session, self.window()).show_over(), may
        )
        self._first = change
        return SettingGroup(
            "Organisation",
            [
                SettingRow(
                    clean(body.name) if body and body.name else NOWHERE,
                    f"{kind}. The financial year starts in {MONTHS[body.year_starts - 1]}. {expected}".strip() if body else "",
                    change,
                ),
                SettingRow("Check all cameras again", AGAIN, self._months(may)),
            ],
        )

    def _people(self) -> SettingGroup:
        """A name and a way to reach them for each job; an empty name is nobody."""
        named = {one.role: one for one in people(self.session.inventory)}
        fields: dict[Role, tuple[Field, Field]] = {}

        def save() -> None:
            made = [Person(role, name.text(), reach.text()) for role, (name, reach) in fields.items() if name.typed]
            if made != list(people(self.session.inventory)):
                self.session.do(save_people(made))

        for role, words in ROLE_WORDS.items():
            one = named.get(role, Person(role, ""))
            name = Field("Name", name=f"{words}: name", text=one.name)
            reach = Field("Telephone or e-mail", name=f"{words}: telephone or e-mail", text=one.reach)
            fields[role] = name, reach
            for field in (name, reach):
                field.setEnabled(self.session.may_edit)
                field.editingFinished.connect(save)
        return SettingGroup(
            "People", [SettingRow(ROLE_WORDS[role], "", *pair) for role, pair in fields.items()], PEOPLE, self._opened
        )

    def _use(self) -> SettingGroup:
        """What every review asks, answered once for the whole organisation; the first answer is that there is none."""
        rows = []
        for one in USE_QUESTIONS:
            combo = Combo(one.ask, (("Not answered", None), *((words, word) for word, words in one.answers.items())))
            combo.choose(getattr(self.session.body, one.name) if self.session.body is not None else None)
            combo.setEnabled(self.session.may_edit)
            combo.activated.connect(
                lambda at, name=one.name, combo=combo: self.session.do(set_camera_use({name: combo.itemData(at)}))
            )
            rows.append(SettingRow(one.ask, "", combo))
        return SettingGroup("How you use your cameras", rows, USE, self._opened)

    def _months(self, may: bool) -> Combo:
        held = census_months(self.session.inventory)
        combo = Combo("Check all cameras again")
        for months in sorted({*MONTHS_OFFERED, *([held] if held else [])}):
            combo.addItem(f"After {count(months, 'month')}", months)
        combo.addItem("Never remind me", NEVER)
        combo.choose(held)
        combo.activated.connect(lambda at: self.session.do(set_census_months(combo.itemData(at))))
        combo.setEnabled(may)
        return combo

    def _appearance(self) -> SettingGroup:
        colours = Segmented(*(words for words, _ in COLOURS), name="Colours")
        colours.choose(next(at for at, (_, choice) in enumerate(COLOURS) if choice == THEME.choice))
        colours.chosen.connect(self._choose_colours)
        size = Combo("Text size", ((f"{percent}%", percent) for percent in theme.TEXT_PERCENTS))
        size.choose(THEME.percent)
        size.activated.connect(lambda at: self._choose_size(int(size.itemData(at))))
        return SettingGroup(
            "How it looks",
            [
                SettingRow("Colours", "Follows the system, or is always light or dark.", colours),
                SettingRow("Text size", "Ctrl+plus and Ctrl+minus change it on every page.", size),
            ],
            KEPT_WORDS,
        )

    def _search(self) -> SettingGroup:
        allowed = policy.policy_in_force()
        lists = lists_in_use(self.session.inventory, self.session.known)
        on = sum(one.on for one in lists)
        may = self.session.may_edit
        leave = _button(
            "Change…", "Change the addresses never asked", lambda: UntouchedDialog(self.session, self.window()).show_over(), may
        )
        choose = _button("Choose…", "Choose lists", lambda: ListsDialog(self.session, parent=self.window()).show_over(), may)
        return SettingGroup(
            "Searching and lists",
            [
                SettingRow("Devices to leave alone", self._left_alone(allowed), leave),
                SettingRow(
                    "Lists you use", f"{on} of {count(len(lists), 'list')} in use. Each says to whom it is addressed.", choose
                ),
            ],
        )

    def _left_alone(self, allowed: Policy) -> str:
        try:
            own = len(untouched(self.session.inventory))
        except CamcensusError as error:
            return str(error)
        by_it = len(allowed.never_ask)
        if not own and not by_it:
            return "You have not left out any."
        said = count(own + by_it, "address or range", "addresses or ranges")
        return f"{said}{by_it_words(own, by_it)}."

    def _knowledge(self) -> SettingGroup:
        version, now = self.session.knowledge.version, self.session.clock()
        old = updates.age_notice(version, now.date())
        day = version[:10].replace(".", "-")
        try:
            words = f"From {long_date(day)}. Version {clean(version, 40)}."
        except ValueError:
            words = f"Version {clean(version, 40)}."
        take = _button(
            "Install an update from a file…", "Install an update of the knowledge from a file", self.take_update, True
        )
        return SettingGroup(
            "What it knows",
            [SettingRow("Makers, brands and lists", f"{words} {old}" if old else words, take)],
            "Camcensus never fetches anything by itself. Whoever looks after it for you brings a signed file.",
        )

    def _backups(self) -> SettingGroup:
        path, now = self.session.path, self.session.clock()
        found = safekeeping.list_backups(path, now) if path is not None else ()
        where = (
            f"{clean(str(path.parent), 300)}, in the folder {clean(path.name, 80)}-backups." if path is not None else NOWHERE
        )
        if found:
            newest = f"{count(len(found), 'back-up')}. Newest: {phrases.when(found[0].at.isoformat(), now)}."
        else:
            newest = "No back-ups yet. One is made when a record is opened and when it is closed." if path is not None else ""
        offered: list[QWidget] = []
        if found:
            which = Combo("Which back-up", ((f"{one.on}, {one.at:%H:%M}", one) for one in found[:MOST_BACKUPS]))
            may = not self.session.simulated
            which.setEnabled(may)
            offered = [which, _button("Go back to it", "Go back to a back-up", lambda: self._go_back(which.currentData()), may)]
        return SettingGroup("Back-ups of this record", [SettingRow("Back-ups", newest, *offered), SettingRow("Where", where)])

    def _allowed(self) -> SettingGroup:
        allowed = policy.policy_in_force()
        lines = policy.limits(allowed)
        if not lines:
            nothing = f"Nothing is limited. A policy would be read from {clean(str(system_place()), 200)}."
            return SettingGroup("What your IT team allows", [SettingRow("No policy", nothing)])
        return SettingGroup(
            "What your IT team allows", [SettingRow(what, clean(said, 2000)) for what, said in lines], allowed.who
        )

    def _about(self) -> SettingGroup:
        qt = f"Qt {qVersion()}"
        said = ", ".join(version if what == "System" else f"{what} {version}" for what, version in versions())
        return SettingGroup(
            "About",
            [
                SettingRow(f"Camcensus {versions()[0][1]}", f"{said.partition(', ')[2]}, {qt}."),
                SettingRow("Your own files", f"Settings: {clean(str(self._preferences.path), 300)}\n"
                           f"Updates: {clean(str(default_folder()), 300)}"),
                SettingRow("Licences", "Of Camcensus and of every part of it.",
                           _button("Show…", "Show the licences", self._offer_licences, True)),
            ],
        )  # fmt: skip

    # What a person chooses

    def _choose_colours(self, at: int) -> None:
        choice = COLOURS[at][1]
        if choice != THEME.choice:
            self._preferences.colours = choice
            THEME.choose(choice)

    def _choose_size(self, percent: int) -> None:
        THEME.resize(percent)
        self._preferences.text_percent = THEME.percent

    def _go_back(self, offer: safekeeping.Offer) -> None:
        sentence = "Your present record stays too, under another name. The back-up lacks what you changed after it."
        ask(self.window(), "Go back to a back-up?", sentence, "Go back", lambda: self.session.hub.going_back.emit(offer))

    def _offer_licences(self) -> None:
        """A part at a time, with the text of its licence as it came with it."""
        menu = Menu(parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for part in own_parts(self.session.data_dir):
            menu.addAction(part.name).triggered.connect(
                lambda _=False, part=part: show_text(
                    self.window(), f"{part.name} {part.version}".strip(), f"Licence: {part.licence}", part.text()
                )
            )
        menu.popup(QCursor.pos())

    def take_update(self, path: Path | None = None) -> None:
        """Asks for the file of an update, where none was brought, and whether to use it."""
        dialog = UpdateDialog(self.session, self.window())
        if path is not None:
            dialog.use_file(path)
        dialog.taken.connect(self._use_update)
        dialog.defect.connect(self.defect)
        self.update_dialog = dialog
        dialog.show_over()

    def _use_update(self, path: Path) -> None:
        try:
            self.session.use_knowledge(load_knowledge(path))
        except CamcensusError as error:
            self.session.hub.troubled.emit("The update is not in use yet", str(error))


def _button(words: str, name: str, do: Callable[[], object], enabled: bool) -> Button:
    button = Button(words, then=lambda _=False: do())
    button.setAccessibleName(name)
    button.setEnabled(enabled)
    return button


def _name_of(widget: QWidget | None) -> str:
    """What a screen reader calls it, by which it is found again when the page was made anew."""
    if widget is None:
        return ""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
