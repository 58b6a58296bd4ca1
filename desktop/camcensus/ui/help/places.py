"""What F1 opens where: the place of the help for each dialog and pane, by the name of its class."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

PLACES = {
    "AddRowDialog": "cameras#what-you-know-about-it",
    "AuditPaper": "audit",
    "BatchDetails": "plan#what-it-depends-on",
    "ChannelsDialog": "cameras#cameras-behind-a-recorder",
    "CoverDialog": "walkround#photos",
    "CostsDialog": "plan#costs",
    "AnswerColumns": "audit",
    "CountedLists": "audit",
    "DecisionDialog": "cameras#three-facts-that-are-never-mixed",
    "DetailPane": "cameras#the-details",
    "ExchangeDialog": "share#a-copy-that-somebody-gave-you",
    "FilesDialog": "audit",
    "FirmDialog": "cameras#what-you-know-about-it",
    "FloorPlan": "places#floor-plans",
    "ImportDialog": "find#import-a-list",
    "PublishDialog": "audit",
    "LabelDialog": "cameras#this-is-wrong",
    "ListsDialog": "manufacturers#lists-you-use",
    "LocationDialog": "places#set-location",
    "MergeDialog": "cameras#one-device-or-two",
    "OrganisationDialog": "settings",
    "OwnBrandDialog": "manufacturers#a-brand-of-your-own",
    "OwnListDialog": "manufacturers#lists-you-use",
    "PassphraseDialog": "share#back-ups",
    "PhotoRound": "walkround#photos",
    "PlaceDialog": "places",
    "QuestionsDialog": "reports#foi-answers",
    "RegisterDialog": "cameras#import-a-register",
    "RepliesToRead": "audit#what-organisations-answered",
    "SignInDialog": "find#sign-in-to-read-more",
    "StartPage": "start",
    "TagsDialog": "cameras#what-you-know-about-it",
    "UpdateDialog": "settings",
    "WalkEntry": "walkround#enter-your-walk-round-notes",
}


def place_of(widget: QWidget | None) -> str | None:
    """The place for what has the keyboard, or for what it is part of; None where only the page of the window says it."""
    while widget is not None:
        for kind in type(widget).__mro__:
            if kind.__name__ in PLACES:
                return PLACES[kind.__name__]
        widget = widget.parentWidget()
    return None


class HelpKey(QObject):
    """F1 in dialogs, where no key of the main window reaches. `show` gets the dialog and the place."""

    def __init__(self, window: QWidget, show: Callable[[QWidget, str], object]) -> None:
        super().__init__(window)
        self._window, self._show = window, show
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_F1:
            over = watched.window() if isinstance(watched, QWidget) else None
            place = place_of(watched) if isinstance(watched, QWidget) and over is not self._window else None
            if over is not None and place is not None and self._is_ours(over):
                self._show(over, place)
                return True
        return False

    def _is_ours(self, over: QWidget) -> bool:
        """Whether a dialog was opened by the window, or by a dialog of it."""
        above: QWidget | None = over
        while above is not None and above is not self._window:
            above = above.parentWidget()
        return above is not None
