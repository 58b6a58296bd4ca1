"""The smaller dialogs for screenshots.py, each as a person opens it: the name of its picture, and what opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from camcensus.ui.asset.firm import FirmDialog
from camcensus.ui.asset.sign_in import SignInDialog
from camcensus.ui.cameras.walk_entry import WalkEntry
from camcensus.ui.find.import_list import ImportDialog
from camcensus.ui.inventory.organisation import OrganisationDialog
from camcensus.ui.inventory.untouched import UntouchedDialog
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.manufacturers.own_brand import OwnBrandDialog
from camcensus.ui.opening_copies import PassphraseDialog
from camcensus.ui.places.dialog import PlaceDialog
from camcensus.ui.window import MainWindow

type Open = Callable[[MainWindow], object]


def smaller(inventory: Path) -> dict[str, Open]:
    """Over the list of the practice school, with the first entries of it."""

    def listed(window: MainWindow) -> Dialog:
        path = inventory.with_name("list.csv")
        rows = "".join(f"Device {at},10.0.0.{at},02:00:00:00:00:{at:02x}\n" for at in range(1, 9))
        path.write_text(f"Name,IP address,MAC address\n{rows}", "utf-8")
        return ImportDialog(window.session, [path], window)

    made: dict[str, Callable[[MainWindow], Dialog]] = {
        "firm": lambda window: FirmDialog(window.session, "seller", parent=window),
        "sign-in": lambda window: SignInDialog(window.session, window.session.rows()[:3], window),
        "walk-entry": lambda window: WalkEntry(window.session, window),
        "import-list": listed,
        "organisation": lambda window: OrganisationDialog(window.session, window),
        "untouched": lambda window: UntouchedDialog(window.session, window),
        "passphrase": lambda window: PassphraseDialog(inventory.with_suffix(".camcensus-backup"), window),
        "place": lambda window: PlaceDialog(window.session, "site", None, parent=window),
        "own-brand": lambda window: OwnBrandDialog(window.session, "Sentinel", window),
    }
    opened: dict[str, Open] = {name: lambda window, make=make: make(window).show_over() for name, make in made.items()}
    opened |= {
        "questions": lambda window: window.reports.choices.form.ask_questions(),
    }
    return {f"dialog-{name}": opens for name, opens in opened.items()}
