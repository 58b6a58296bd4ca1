"""Pictures of every page, offscreen: `python tests/bench/screenshots.py OUT [INVENTORY]`.

Opens an inventory (without one, the simulated school is searched first) and saves each page, dialog and state at 1280 × 800
light, dark and with 200% text, and in a narrow window; with `--cross` at four sizes, light and dark, with 100% and 200% text. `--estate
audit` pictures a roll-up, `--estate none` and `--estate big` the pages with an empty record and with 3,000 devices, `--only WORD`
those whose name contains it, `--sheets` adds a sheet of each state. What tests/fitting.py finds is printed, with `--faults-only`
nothing else. To be looked at by a person beside the design's pictures, and noted in results/pages_looked_at.md: no test sees
ugliness.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests"), str(ROOT / "tests" / "bench")]

import dialog_pictures  # noqa: E402
from PySide6.QtCore import QPoint, Qt  # noqa: E402
from PySide6.QtGui import QImage, QPainter  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402

import fitting  # noqa: E402
from camcensus.model.plan import OwnLine  # noqa: E402
from camcensus.model.scan import Interface  # noqa: E402
from camcensus.store.edits import batches, tagging  # noqa: E402
from camcensus.store.edits import plan as plan_edits  # noqa: E402
from camcensus.store.policy_file import FURTHER  # noqa: E402
from camcensus.store.rollup.tables import TABLES  # noqa: E402
from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from camcensus.tasks import demo  # noqa: E402
from camcensus.tasks.finding.census import Census  # noqa: E402
from camcensus.tasks.register import verbs as register  # noqa: E402
from camcensus.tasks.register.care import has  # noqa: E402
from camcensus.tasks.rollup.answers import take_or_ask  # noqa: E402
from camcensus.tasks.rollup.taking import open_for_taking  # noqa: E402
from camcensus.ui.asset.care import CareSection  # noqa: E402
from camcensus.ui.asset.evidence import EvidenceSection  # noqa: E402
from camcensus.ui.audit.page import AuditPage  # noqa: E402
from camcensus.ui.cameras.import_register import RegisterDialog  # noqa: E402
from camcensus.ui.find import searching as searching_module  # noqa: E402
from camcensus.ui.help.window import HelpView, show_help  # noqa: E402
from camcensus.ui.kit.buttons import Fold  # noqa: E402
from camcensus.ui.kit.dialogs import Dialog  # noqa: E402
from camcensus.ui.kit.theme import THEME, Choice  # noqa: E402
from camcensus.ui.main_window import make_window  # noqa: E402
from camcensus.ui.plan.actions import PlanActions  # noqa: E402
from camcensus.ui.plan.costs import CostsDialog  # noqa: E402
from camcensus.ui.preferences import Preferences  # noqa: E402
from camcensus.ui.preview.dialog import PaperDialog  # noqa: E402
from camcensus.ui.record_frame import ENTRIES, SETTINGS  # noqa: E402
from camcensus.ui.window import MainWindow  # noqa: E402

POLICY = """contact = "IT service desk, 020 7946 0000"
[search]
allowed_ranges = ["192.168.0.0/16"]
never_ask = ["192.168.1.200/29"]
paces = ["gentle"]
logins = false
"""
CARDS = (Interface("School network", "192.168.1.20/24"), Interface("Office", "10.4.0.7/23"))
EMPTY = "Nobody.camcensus-rollup"
UNTOLD = ("Who", "URN", "Date of reply", "Outcome", "Kit", "Hikvision?", "Is there a policy?", "File")
ROUNDS = 8
"""Rounds of events after which layouts are at rest."""
SIZES = ((1024, 640), (1280, 680), (1366, 768), (1920, 1080))


@dataclass(frozen=True)
class Look:
    """How a window is looked at: its colours, the text size in per cent, its width and height."""

    name: str
    colours: Choice
    percent: int
    size: tuple[int, int]

    def __str__(self) -> str:
        return self.name


USUAL = (
    Look("light", "light", 100, (1280, 800)),
    Look("dark", "dark", 100, (1280, 800)),
    Look("200", "light", 200, (1280, 800)),
    Look("narrow", "light", 100, (1024, 640)),
)
CROSS = tuple(
    Look(f"{size[0]}x{size[1]}-{percent}-{colours}", colours, percent, size)
    for at, size in enumerate(SIZES)
    for percent in (100, 200)
    for colours in (("light", "dark")[(at + percent // 100) % 2],)
)
"""Each size with each text size. Colours move nothing: they take turns."""
ALL = tuple(
    Look(f"{size[0]}x{size[1]}-{percent}-{colours}", colours, percent, size)
    for size in SIZES
    for percent in (100, 200)
    for colours in ("light", "dark")
)


def main() -> int:
    """Saves the pictures and says where, or says what does not fit; 1 where something does not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("inventory", type=Path, nargs="?")
    parser.add_argument("--only", default="", help="names of pictures that contain this")
    parser.add_argument("--estate", choices=("demo", "none", "big", "audit"), default="demo", help="which record to picture")
    parser.add_argument("--cross", action="store_true", help="four sizes, light and dark, 100%% and 200%% text")
    parser.add_argument("--faults-only", action="store_true", help="no pictures: what tests/fitting.py finds")
    parser.add_argument("--sheets", action="store_true", help="of each state one sheet of all its pictures, half as large")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        inventory = arguments.inventory or make_estate(arguments.estate, Path(folder))
        app = QApplication([])
        searching_module.interfaces = lambda: CARDS
        window = make_window(app, ROOT, Preferences(Path(folder) / "window.ini"))
        window.show()
        taken, seen = dict[str, list[Path]](), set[type[QDialog]]()
        for look in ALL if arguments.cross else USUAL:
            wear(window, look)
            for plain, prepare in _of_estate(arguments.estate, inventory).items():
                name = plain if arguments.estate == "demo" else f"{plain}-{arguments.estate}"
                if arguments.only not in f"{name}-{look}":
                    continue
                prepare(window)
                settle(app, window, 0.1 if arguments.faults_only else 0.5)
                dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
                seen |= {type(one) for one in dialogs}
                for fault in fitting.faults_of_dialog(dialogs[0], window) if dialogs else fitting.faults(window):
                    bad += 1
                    print(f"{name}-{look}: {fault}", flush=True)
                if not arguments.faults_only:
                    path = arguments.out / f"{name}-{look}.png"
                    (dialogs[0] if dialogs else window).grab().save(str(path))
                    taken.setdefault(name, []).append(path)
                    print(path, flush=True)
                for dialog in dialogs:
                    dialog.close()
                settle(app, window, 0.1)
        if not arguments.only and arguments.estate == "demo":
            print(f"No picture of: {', '.join(sorted(one.__name__ for one in _kinds_of(Dialog) - seen))}")
        for name, paths in taken.items() if arguments.sheets else ():
            print(_sheet(arguments.out / f"sheet-{name}.png", paths))
        window.close()
    return 1 if bad else 0


def _kinds_of(kind: type[QDialog]) -> set[type[QDialog]]:
    """The classes of dialogs that are one of these."""
    return {one for kind_ in kind.__subclasses__() for one in (kind_, *_kinds_of(kind_))}


def wear(window: MainWindow, look: Look) -> None:
    """Colours, text size and size of a window."""
    THEME.choice, THEME.percent = look.colours, look.percent
    THEME.apply()
    window.resize(*look.size)


def _sheet(path: Path, pictures: list[Path]) -> Path:
    """Pictures half as large, four in a row."""
    images = [QImage(str(one)) for one in pictures]
    halves = [one.scaled(one.size() / 2, mode=Qt.TransformationMode.SmoothTransformation) for one in images]
    wide, high = max(one.width() for one in halves) + 8, max(one.height() for one in halves) + 8
    whole = QImage(wide * 4, high * -(-len(halves) // 4), QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.gray)
    painter = QPainter(whole)
    for at, one in enumerate(halves):
        painter.drawImage(at % 4 * wide, at // 4 * high, one)
    painter.end()
    whole.save(str(path))
    return path


def make_estate(name: str, folder: Path) -> Path:
    """A record without devices ("none"), the practice school of 24 ("demo"), 3,000 ("big"), or a roll-up ("audit")."""
    folder.mkdir(parents=True, exist_ok=True)
    return {"demo": _simulate, "none": _empty, "big": _big, "audit": _audit}[name](folder)


def _of_estate(estate: str, inventory: Path) -> dict[str, Callable[[MainWindow], None]]:
    if estate == "audit":
        return states_of_rollup(inventory)
    return pages(inventory) if estate != "demo" else pages(inventory) | states(inventory)


def _simulate(folder: Path) -> Path:
    knowledge = load_knowledge(ROOT / "vendors.db")
    return asyncio.run(demo.run_demo(ROOT, folder, knowledge)).inventory


def _empty(folder: Path) -> Path:
    path = folder / "empty.camcensus"
    body = register.new_body("Elm Park Primary School", expected_cameras=40)
    register.new_inventory(path, body, datetime.now().astimezone()).close()
    return path


def _big(folder: Path) -> Path:
    import big_inventory

    path = folder / "big.camcensus"
    big_inventory.make(path, 3000).close()
    return path


def _audit(folder: Path) -> Path:
    import rollup_files

    estate = rollup_files.make_files(folder / "files", 40, 900)
    rollup_files.spoil(folder / "files")
    asked = rollup_files.write_list(folder / "asked.csv", estate, 9)
    path = folder / "Northmoor.camcensus-rollup"
    known = load_knowledge(ROOT / "vendors.db")
    rollup_files.make_rollup(path, [folder / "files"], known, ROOT, asked)
    with open_for_taking(path, ROOT, known, rollup_files.NOW) as rollup:
        take_or_ask(rollup, rollup_files.write_answers(folder / "answers.csv", estate), known, rollup_files.NOW)
    rollup_files.make_rollup(folder / EMPTY, [], known, ROOT)
    rollup_files.write_answers(folder / "untold.csv", estate, UNTOLD)
    return path


def pages(inventory: Path) -> dict[str, Callable[[MainWindow], None]]:
    """Every page as it is when somebody goes there."""

    def page(name: str) -> Callable[[MainWindow], None]:
        def prepare(window: MainWindow) -> None:
            window.show_record()
            if window.session.path != inventory:
                window.open_path(inventory)
            window.show_page(name)

        return prepare

    return {f"page-{entry.name}": page(entry.name) for entry in (*ENTRIES, SETTINGS)}


def states_of_rollup(rollup: Path) -> dict[str, Callable[[MainWindow], None]]:
    """The pages of a roll-up, down to a device."""

    def page(then: Callable[[AuditPage], object], of: Path = rollup) -> Callable[[MainWindow], None]:
        def prepare(window: MainWindow) -> None:
            if window.audit is None or window.audit.desk.path != of:
                window.open_path(of)
            assert window.audit is not None
            desk, shown = window.audit.desk, window.audit.audit
            while desk.busy or desk.figures is None:
                settle(QApplication.instance(), window, 0.05)  # type: ignore[arg-type]
            window.audit.show_page("audit")
            shown.to_bodies()
            shown.which.choose(0)
            then(shown)

        return prepare

    def device(shown: AuditPage) -> None:
        shown.show_body(shown.bodies.lines.rows[2])
        shown.body.table.selectRow(0)
        shown.body.table.opened.emit()

    def problem(shown: AuditPage) -> None:
        shown.which.choose(2)
        shown.problems.selectRow(0)

    def answer(shown: AuditPage) -> None:
        shown.which.choose(3)
        shown.answers.selectRow(next(at for at, one in enumerate(shown.answer_model.rows) if one.words))
        shown.answers.opened.emit()

    def columns(shown: AuditPage) -> None:
        shown.take_answers(rollup.with_name("untold.csv"))
        while shown.desk.busy:
            settle(QApplication.instance(), shown.window(), 0.05)  # type: ignore[arg-type]

    def table(at: int) -> Callable[[AuditPage], None]:
        def choose(shown: AuditPage) -> None:
            shown.which.choose(4)
            while shown.desk.tables is None:
                settle(QApplication.instance(), shown.window(), 0.05)  # type: ignore[arg-type]
            shown.tables.which.setCurrentIndex(min(at, shown.tables.which.count() - 1))

        return choose

    return {
        **{f"table-{at:02d}": page(table(at)) for at in range(len(TABLES))},
        "publish": page(lambda shown: shown.publish()),
        "import": page(lambda shown: shown.import_button.menu().popup(shown.import_button.mapToGlobal(QPoint(0, 36)))),
        "bodies": page(lambda shown: shown.bodies.selectRow(1)),
        "missing": page(lambda shown: shown.which.choose(1)),
        "problems": page(problem),
        "answers": page(lambda shown: shown.which.choose(3)),
        "answer": page(answer),
        "columns": page(columns),
        "empty": page(lambda _: None, rollup.with_name(EMPTY)),
        "body": page(lambda shown: shown.show_body(shown.bodies.lines.rows[2])),
        "device": page(device),
        "files": page(lambda shown: shown.show_files()),
        "lists": page(lambda shown: shown.choose_lists()),
        "paper": page(lambda shown: shown.make_report()),
        "makers": page(lambda shown: shown.window().audit.show_page("manufacturers")),  # type: ignore[attr-defined]
    }


def settle(app: QApplication, window: MainWindow, seconds: float = 0.5) -> None:
    """Waits so long, and as long as something is worked out, drawn or laid out: on a busy computer that takes its time."""
    until, rounds = time.monotonic() + seconds, 0
    while time.monotonic() < until or rounds < ROUNDS:
        papers = (window.reports, *window.findChildren(PaperDialog))
        begins = window.page is window.reports and window.reports._settle.isActive()
        if begins or window.plan.desk.busy or any(one.desk.drawing for one in papers):
            until, rounds = time.monotonic() + seconds, 0
        app.processEvents()
        rounds += 1
        time.sleep(0.01 if time.monotonic() < until else 0.001)


def states(inventory: Path) -> dict[str, Callable[[MainWindow], None]]:
    """Pages as they are after somebody did something, and the dialogs, on the practice school."""

    def record(window: MainWindow, page: str, wish: object = None) -> None:
        window.show_record()
        if window.session.path != inventory:
            window.open_path(inventory)
        window.show_page(page, wish)

    def rebrand(window: MainWindow) -> None:
        record(window, "cameras", {})
        window.cameras.chosen.choose([window.session.rows()[0].asset.id])
        brand = next(
            row
            for row in window.session.rows()
            if row.verdict and row.verdict.attribution.brand and row.verdict.attribution.against
        )
        window.cameras.chosen.choose([brand.asset.id])

    def flaws(window: MainWindow) -> None:
        record(window, "cameras", {"more": "exploited"})
        window.cameras._open()
        window.cameras.chosen.choose([next(row.asset.id for row in window.session.rows() if has(row, ("exploited-flaw",)))])
        settle(QApplication.instance(), window, 0.2)  # type: ignore[arg-type]
        for fold in window.cameras.pane.findChildren(CareSection)[0].findChildren(Fold):
            fold.setChecked(True)

    def kind(window: MainWindow) -> None:
        record(window, "cameras", {})
        rebrand(window)
        window.cameras._open()
        fold = window.cameras.pane.findChildren(EvidenceSection)[0].findChildren(Fold)[-1]
        fold.setChecked(True)
        settle(QApplication.instance(), window, 0.2)  # type: ignore[arg-type]
        bar = window.cameras.pane._scroll.verticalScrollBar()
        bar.setValue(fold.mapTo(window.cameras.pane._scroll.widget(), fold.rect().topLeft()).y() - 60)

    def end_of_pane(window: MainWindow) -> None:
        rebrand(window)
        window.cameras._open()
        for fold in window.cameras.pane.findChildren(Fold):
            fold.setChecked(True)
        settle(QApplication.instance(), window, 0.2)  # type: ignore[arg-type]
        bar = window.cameras.pane._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def dialog(ask: Callable[[MainWindow], None]) -> Callable[[MainWindow], None]:
        def prepare(window: MainWindow) -> None:
            rebrand(window)
            ask(window)

        return prepare

    def on_recorder(ask: Callable[[MainWindow], None]) -> Callable[[MainWindow], None]:
        def prepare(window: MainWindow) -> None:
            record(window, "cameras", {})
            window.cameras.chosen.choose([next(row.asset.id for row in window.session.rows() if row.asset.kind == "recorder")])
            ask(window)

        return prepare

    def many(ask: Callable[[MainWindow], None]) -> Callable[[MainWindow], None]:
        def prepare(window: MainWindow) -> None:
            record(window, "cameras", {})
            cameras = [row.asset.id for row in window.session.rows() if row.asset.kind == "camera"][:2]
            window.cameras.chosen.choose(cameras)
            if window.session.rows()[0].asset.purpose != "Watches the gate":
                window.session.do(tagging.set_tags(cameras[:1], {"purpose": "Watches the gate", "retention_days": 31}))
                window.session.do(tagging.add_tags(cameras, ["gate"]))
            ask(window)

        return prepare

    def searching(window: MainWindow) -> None:
        record(window, "find")
        window.finder.search_again()
        settle(QApplication.instance(), window, 2.5)  # type: ignore[arg-type]

    def searched(window: MainWindow) -> None:
        searching(window)
        while window.finder.running:
            settle(QApplication.instance(), window, 0.2)  # type: ignore[arg-type]

    def nothing(window: MainWindow) -> None:
        record(window, "find")
        scan = window.session.last_scan()
        assert scan is not None
        window.finder._finished(searching_module.Searched(Census(scan=scan, observations=(), verdicts=()), None))

    def shared_part(window: MainWindow) -> None:
        record(window, "share")
        choices = window.share.choices
        choices.audiences.button(1).setChecked(True)
        choices.scope.which.choose("place")

    def maker(identity: str, *, folds: bool = False, down: bool = False) -> Callable[[MainWindow], None]:
        def prepare(window: MainWindow) -> None:
            record(window, "manufacturers")
            window.manufacturers.list.search.clear()
            window.manufacturers.enter(identity)
            settle(QApplication.instance(), window, 0.2)  # type: ignore[arg-type]
            for fold in window.manufacturers.sheet.findChildren(Fold) if folds else ():
                fold.setChecked(True)
            settle(QApplication.instance(), window, 0.2)  # type: ignore[arg-type]
            bar = window.manufacturers._scroll.verticalScrollBar()
            bar.setValue(bar.maximum() if down else 600 if folds else 0)

        return prepare

    def stale(window: MainWindow) -> None:
        record(window, "cameras")
        session = window.session
        session._rows = tuple(replace(row, stale=True, judged_at="2026-11-03T09:00:00Z") for row in session.rows())
        window.cameras.stale.refresh()
        window.cameras.set_narrow(window.cameras.narrow)

    def brand(words: str) -> Callable[[MainWindow], None]:
        def prepare(window: MainWindow) -> None:
            record(window, "manufacturers")
            window.manufacturers.to_list()
            window.manufacturers.list.which.choose(1)
            window.manufacturers.list.search.setText(words)

        return prepare

    def on_makers(ask: Callable[[MainWindow], None]) -> Callable[[MainWindow], None]:
        def prepare(window: MainWindow) -> None:
            maker("dahua")(window)
            ask(window)

        return prepare

    def importing(*, columns: bool = False) -> Callable[[MainWindow], None]:
        def prepare(window: MainWindow) -> None:
            record(window, "cameras")
            path = inventory.with_name("register.csv")
            rows = "".join(f"{row.asset.ref},Main block,Room {at},{at * 10}\n" for at, row in enumerate(window.session.rows()))
            path.write_text(f"Camera no,Building,Room,Cost\n{rows}C-77,Sports hall,Loft,lots\n", "utf-8")
            window.cameras.files.import_register(path)
            asked = next(one for one in window.findChildren(RegisterDialog) if one.isVisible())
            while asked.running:
                settle(QApplication.instance(), window, 0.05)  # type: ignore[arg-type]
            if columns:
                asked.back()

        return prepare

    def planned(ask: Callable[[MainWindow], object] = lambda _: None, *, down: bool = False) -> Callable[[MainWindow], None]:
        """The plan after some weeks of work on it: a version, then a price, a line, an answer, and one batch taken out."""

        def prepare(window: MainWindow) -> None:
            record(window, "plan")
            page, session = window.plan, window.session
            plan = page.actions_.plan
            assert plan is not None
            if plan.version is None:
                session.do(plan_edits.make_version(plan, session.knowledge.version, "Governors, 12 October"))
                session.do(batches.set_fields([plan.batches[0]], {"unit": "195", "fitting": "130", "quantity": "2"}))
                session.do(batches.set_need([plan.batches[0]], "asbestos", "done", "Read by S. Ellis, 3 November"))
                session.do(batches.take_out([plan.acting[-1]]))
                session.do(
                    plan_edits.add_line(OwnLine(id="", name="Cabling, lift hire", unit=86_000, year=plan.this_year, priority=1))
                )
            settle(QApplication.instance(), window, 0.2)  # type: ignore[arg-type]
            page.board.to_first()
            page.left_out_link.setChecked(down)
            page._closed = page.tight
            page._chosen()
            ask(window)
            settle(QApplication.instance(), window, 0.2)  # type: ignore[arg-type]
            bar = page._scroll.verticalScrollBar()
            bar.setValue(bar.maximum() if down else 0)

        return prepare

    def help_with_pictures(window: MainWindow) -> None:
        record(window, "reports")
        window.keys.show_help()
        settle(QApplication.instance(), window, 0.3)  # type: ignore[arg-type]
        window.findChildren(HelpView)[-1].verticalScrollBar().setValue(500)

    def on_plan(ask: Callable[[PlanActions, str], object]) -> Callable[[MainWindow], None]:
        return planned(lambda window: ask(window.plan.actions_, window.plan.board.current))

    def settings(ask: Callable[[MainWindow], object] | None = None, *, down: bool = False) -> Callable[[MainWindow], None]:
        def prepare(window: MainWindow) -> None:
            record(window, "settings")
            settle(QApplication.instance(), window, 0.2)  # type: ignore[arg-type]
            bar = window.settings._scroll.verticalScrollBar()
            bar.setValue(bar.maximum() if down else 0)
            if ask is not None:
                ask(window)

        return prepare

    def limited(prepare: Callable[[MainWindow], None]) -> Callable[[MainWindow], None]:
        """With a policy in force that stays so for this picture only."""

        def under(window: MainWindow) -> None:
            path = inventory.with_name("policy.toml")
            path.write_text(POLICY, "utf-8")
            os.environ[FURTHER] = str(path)
            prepare(window)
            del os.environ[FURTHER]

        return under

    def old(window: MainWindow) -> None:
        record(window, "home")
        session = window.session
        session.clock, now = (lambda: datetime(2028, 1, 3, 9, tzinfo=UTC)), session.clock
        window.home.refresh()
        session.clock = now

    return {
        "settings": settings(),
        "settings-end": settings(down=True),
        "settings-limited": limited(settings(down=True)),
        "find-limited": limited(lambda window: record(window, "find", "form")),
        "home-old": old,
        "dialog-update": settings(lambda window: window.settings.take_update()),
        "dialog-it": settings(lambda window: show_help(window, ROOT / "resources" / "help", "it")),
        "start": lambda window: window.show_start(),
        "home": lambda window: record(window, "home"),
        "find-start": lambda window: record(window, "find", "form"),
        "find-live": searching,
        "find-done": searched,
        "find-none": nothing,
        "cameras": rebrand,
        "cameras-stale": stale,
        "cameras-end": end_of_pane,
        "cameras-kind": kind,
        "cameras-flaws": flaws,
        "makers": maker("dahua"),
        "makers-folds": maker("dahua", folds=True),
        "makers-end": maker("hikvision", folds=True, down=True),
        "makers-seller": maker("honeywell"),
        "makers-search": brand("lorex"),
        "import-columns": importing(columns=True),
        "import-review": importing(),
        "plan": planned(),
        "plan-batch": planned(lambda window: window.plan.open_batch()),
        "plan-end": planned(down=True),
        "dialog-plan-details": on_plan(lambda do, batch: do.show_details(batch)),
        "reports": lambda window: record(window, "reports", "foi"),
        "share-part": shared_part,
        "dialog-decide": dialog(lambda window: window.cameras.record_decision()),
        "dialog-location": dialog(lambda window: window.cameras.set_location()),
        "dialog-tags": dialog(lambda window: window.cameras.actions_.edit()),
        "dialog-tags-many": many(lambda window: window.cameras.actions_.edit()),
        "dialog-merge": many(lambda window: window.cameras.actions_.merge()),
        "dialog-add-row": dialog(lambda window: window.cameras.actions_.add_by_hand()),
        "dialog-channels": on_recorder(lambda window: window.cameras.actions_.add_channels()),
        "dialog-label": dialog(lambda window: window.cameras.actions_.this_is_wrong()),
        "dialog-costs": dialog(lambda window: CostsDialog(window.session, window).show_over()),
        "dialog-lists": on_makers(lambda window: window.manufacturers.choose_lists()),
        "dialog-own-list": on_makers(lambda window: window.manufacturers.change_own_list()),
        "dialog-mistake": on_makers(lambda window: window.manufacturers.report_mistake()),
        "dialog-help": dialog(lambda window: window.keys.show_help()),
        "dialog-help-reports": help_with_pictures,
    } | {name: dialog(opens) for name, opens in dialog_pictures.smaller(inventory).items()}


if __name__ == "__main__":
    raise SystemExit(main())
