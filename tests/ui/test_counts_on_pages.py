"""Every number of one record on every page of the real window, in its reports and in a file for auditors: read as a person reads.

What is counted and not known to `KNOWN` is a fault too: a new number has to be held here. A record that
fails is named by its number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import drawn
import samples
from camcensus.model.changes import Changes
from camcensus.model.device import NAMED_GRADES, DeviceKind
from camcensus.model.foi import FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Batch
from camcensus.model.scan import Interface
from camcensus.report.html.writer import write_html
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports.making import Choices, Making
from camcensus.ui.find import searching
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.column_list import RowRole
from camcensus.ui.kit.widgets import Text
from camcensus.ui.preferences import Preferences
from camcensus.ui.session import Session
from camcensus.ui.window import MainWindow
from counts_read import KIND_WORDS, NAMES, REPORTS, kinds, of_report, of_window, plain, texts, truth
from random_estates import estate, search_of, write_down
from report.html_reading import read_html
from ui_rows import let_go, settle

SEEDS = (129, 6, 38, 0)
THING = "|".join((*KIND_WORDS.values(), r"(?:more |other )?(?:items?|devices?)", r"rows? of the register"))
ONE = rf"\d[\d,]* (?:{THING})"
SOME = rf"{ONE}(?:, {ONE})*(?: and {ONE})?"
DID = {"Replace": ("replace",), "Remove": ("remove",), "Isolate": ("separate",)}
KEPT = ("keep", "keep-review")
OF_HISTORY = {
    "Keep": "keep", "Keep for now": "keep-review", "Keep and isolate": "separate",
    "Replace": "replace", "Remove": "remove",
}  # fmt: skip


class Truth:
    """What is so, counted row by row."""

    def __init__(self, rows: Sequence[AssetRow], knowledge: Knowledge, census: Census) -> None:
        self.rows, self.found = rows, Counter(one.description.kind for one in census.verdicts)
        self.here = [row for row in rows if row.asset.status != "removed" and row.asset.kind != "other"]
        self.said = truth(rows, knowledge.name_of)
        named = [row for row in self.here if row.grade in NAMED_GRADES]
        self.listed = [row for row in named if any(not one.may for one in row.findings)]
        self.exploited, self.unsupported = (
            sum(any(one.kind == kind for one in row.care) for row in self.here) for kind in ("exploited-flaw", "support-ended")
        )

    def decided(self, *what: str | None) -> list[AssetRow]:
        """The rows that are here with one of these decisions."""
        return [row for row in self.here if (row.asset.decision.what if row.asset.decision else None) in what]

    def kinds_of(self, rows: Sequence[AssetRow]) -> dict[str, int]:
        """How many of each kind, as `kinds` reads a sentence."""
        return in_words(Counter(row.asset.kind for row in rows))

    def in_plan(self, rows: Sequence[AssetRow]) -> dict[str, int]:
        """How many cameras, recorders and other items, as the plan's columns say."""
        named = {"camera": "camera", "recorder": "recorder"}
        return dict(Counter(named.get(row.asset.kind, "other item") for row in rows))


def in_words(of: Mapping[DeviceKind, int]) -> dict[str, int]:
    names: tuple[DeviceKind, ...] = ("camera", "recorder", "encoder", "intercom", "software", "unknown")
    return {words: of[kind] for words, kind in zip(KIND_WORDS, names, strict=True) if of.get(kind)}


type Holds = Callable[[re.Match[str], Truth], bool]


def is_kinds(found: re.Match[str], so: Truth) -> bool:
    return kinds(found[0]) == so.kinds_of(so.here)


def number(at: int, of: Callable[[Truth], int]) -> Holds:
    return lambda found, so: int(plain(found[at] or "0")) == of(so)


def both(*held: Holds) -> Holds:
    return lambda found, so: all(one(found, so) for one in held)


def anything(_found: re.Match[str], _so: Truth) -> bool:
    """A number of something else: of one place, batch, edit or group, which is held below, or of no total."""
    return True


def all_found(so: Truth) -> int:
    return so.found.total()


def is_asked(found: re.Match[str], so: Truth) -> bool:
    """ "3 of 22 cameras, 1 of 4 recorders and 1 other item": what is decided, of how many there are."""
    wanted, every = (Counter(row.asset.kind for row in rows) for rows in (so.decided("replace"), so.here))
    for number, of, words in re.findall(r"(\d+)(?: of (\d+))? (camera|recorder|encoder|intercom|other item)", found[1]):
        kinds_ = ("unknown", "software") if words == "other item" else (words,)
        if int(number) != sum(wanted.pop(kind, 0) for kind in kinds_) or (of and int(of) != every[words]):
            return False
    return not wanted.total()


def is_undecided(found: re.Match[str], so: Truth) -> bool:
    return kinds(found[1]) == so.kinds_of([row for row in so.listed if row.asset.decision is None])


def is_made(found: re.Match[str], so: Truth) -> bool:
    """ "Dahua made 4, others 2. The maker of 3 items is not known.": no more than answered."""
    said = [int(plain(one)) for one in re.findall(r"(?:made|others|maker of) (\d[\d,]*)", found[0])]
    return sum(said) <= all_found(so)


def of_kind(kind: str) -> Callable[[Truth], int]:
    return lambda so: sum(row.asset.kind == kind for row in so.here)


KNOWN: dict[str, tuple[tuple[str, Holds], ...]] = {
    "home": (
        (rf"({SOME}) by .* \(listed\) ha(?:s|ve) no decision yet", is_undecided),
        (r"Who made the (\d[\d,]*) cameras?", number(1, of_kind("camera"))),
        (r"(\d+) \w+ ha(?:s|ve) a flaw that attackers use", number(1, lambda so: so.exploited)),
        (r"Support has ended for (\d+) items?", number(1, lambda so: so.unsupported)),
        (r"made by a listed maker(?:: (.*))?", lambda found, so: kinds(found[1] or "") in ({}, so.kinds_of(so.listed))),
        (r"(\d+) devices? seen, (\d+) new", both(number(1, all_found), number(2, all_found))),
        (r"(?:Decision for|Set for) \d+ \w+|\d+ \w+ moved to|^\d+ items? .*", anything),
        (SOME, is_kinds),
    ),
    "find": (
        (r"^(?:.* made \d.*|The maker of .*)$", is_made),
        (r"(\d+) devices? answered", number(1, all_found)),
        (rf"(?:We found |^){SOME}", lambda found, so: kinds(found[0]) in (in_words(so.found), {"cameras": so.found["camera"]})),
    ),
    "cameras": ((rf"^{SOME}(?=[.,])", is_kinds),),
    "places": ((rf"{SOME}\.|\. \d+ items?\.", anything),),
    "checking": ((r"Same answer for \d+ others? like it", anything),),
    "history": (
        (r"Search 1: (\d+) devices? seen, (\d+) new", both(number(1, all_found), number(2, all_found))),
        (rf"Decision for {ONE}|{ONE} moved to|{ONE} marked|^{ONE}", anything),
    ),
    "manufacturers": (
        (r", \d+ cameras?(?= \(|\.)", anything),
        (r"“[^“”]*”(?: \([^()]*\))?", anything),  # what others said, and its translation
    ),
    "plan": (
        (r"(.*) (?:is|are) to be replaced", is_asked),
        (r"(\d+) \w+ ha(?:s|ve) a flaw that attackers use", number(1, lambda so: so.exploited)),
        (r"Not priced yet: (\d+) items?", number(1, lambda so: len(so.decided("replace", "remove", "separate")))),
        (r"Not in this plan: (\d+) items? kept", number(1, lambda so: len(so.decided(*KEPT)))),
        (rf"(?:^|· |\. |Replace |Remove |Isolate ){ONE}(?:, {ONE})*", anything),
    ),
    "share": (
        (r"(\d+) rows? of the register", number(1, lambda so: len(so.rows))),
        (r"(\d+) devices?", number(1, all_found)),
    ),
}  # fmt: skip


@pytest.fixture
def opened(app: QApplication, knowledge: Knowledge, data_dir: Path, tmp_path: Path) -> MainWindow:
    """The window, with nothing in it."""
    session = Session(knowledge, data_dir, clock=lambda: samples.NOW)
    session.person = "S. Ellis"
    made = MainWindow(session, Preferences(tmp_path / "window.ini"))
    made.resize(1366, 768)
    made.show()
    return made


@pytest.mark.parametrize("at", range(len(SEEDS) + 1))
def test_every_number_on_every_page_is_known_and_so(
    opened: MainWindow, app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, at: int
) -> None:
    window, session = opened, opened.session
    seed = SEEDS[at] if at < len(SEEDS) else drawn.seed()
    path = tmp_path / "a.camcensus"
    rows = estate(seed, session.knowledge, frozenset(session.knowledge.lists))
    census = search_of(rows, session.knowledge, samples.scan())
    register.new_inventory(path, samples.body(), samples.NOW).close()
    assert window.open_path(path)
    search(window, app, qtbot, monkeypatch, census)
    inventory = session.inventory
    assert inventory is not None
    write_down(inventory, rows, session.knowledge)
    session.hub.publish(Changes(settings=True, assets=frozenset(row.asset.id for row in session.rows())))
    so = Truth(session.rows(), session.knowledge, census)
    NAMES.clear()
    NAMES.update({"Not known", *(name.removeprefix("made by ") for name in so.said if name.startswith("made by "))})
    for name in ("home", "cameras"):
        window.show_page(name)
        settle(app)
    for about, said in of_window(window):
        assert said == so.said.get(about, "0"), f"record {seed}: Home or Cameras says {said} of “{about}”"
    for kind, says in REPORTS.items():
        making = Making(
            inventory=inventory, knowledge=session.knowledge, path=Path("a.html"), data_dir=session.data_dir,
            now=samples.NOW, choices=Choices("public" if kind == "foi" else "internal", request=FoiRequest("", "2026-11-17")),
        )  # fmt: skip
        for about, said in of_report(kind, read_html(write_html(says(making)))):
            assert said == so.said.get(about, "0"), f"record {seed}: the report {kind} says {said} of “{about}”"
    wrong: list[str] = []
    for name in window.pages:
        window.show_page(name)
        settle(app)
        if name == "plan":
            qtbot.waitUntil(lambda: window.plan.actions_.plan is not None or not so.here)
            plan_adds_up(window, so, f"record {seed}")
        elif name == "share":
            window.share.save_as(tmp_path / "out.camcensus")
            qtbot.waitUntil(lambda: window.share.shared is not None and not window.share.busy)
        settle(app)
        wrong += [f"{name}: {one}" for said in texts(window.pages[name]) for one in faults_of(said, KNOWN.get(name, ()), so)]
    assert sorted(set(wrong)) == [], f"record {seed}"
    places_add_up(window, so, f"record {seed}")
    checking_adds_up(window, f"record {seed}")
    history_adds_up(window, so, f"record {seed}")
    window.close()
    let_go(window)


def faults_of(said: str, known: Sequence[tuple[str, Holds]], so: Truth) -> Iterator[str]:
    """The numbers of a text that are not so, and those that nobody knows."""
    left = said
    for pattern, holds in known:
        yield from (f"“{match[0]}” is not so, in “{said}”" for match in re.finditer(pattern, left) if not holds(match, so))
        left = re.sub(pattern, "…", left)
    if re.search(rf"\d (?:{THING})\b", left):
        yield f"nobody knows what “{said}” counts"


def search(window: MainWindow, app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, census: Census) -> None:
    """Searches from the form."""

    async def find(*_: object, **__: object) -> Census:
        return census

    monkeypatch.setattr(searching.census, "find", find)
    monkeypatch.setattr(searching, "interfaces", lambda: (Interface("School network", "127.0.0.1/8", 1),))
    window.show_page("find", "form")
    settle(app)
    window.finder.start_form._who.setText("R. Khan, IT")
    window.finder.start_form.start_button.click()
    assert "Looking on another network" in list(texts(window.finder))
    qtbot.waitUntil(lambda: not window.finder.running)
    settle(app)


def places_add_up(window: MainWindow, so: Truth, which: str) -> None:
    window.show_page("places")
    places = window.places.list
    counted = [row for row in so.here if row.asset.kind != "software"]
    index = places.view.model().index(0, 0)
    while index.isValid():
        path, over = [str(index.data())], index.parent()
        while over.isValid():
            path, over = [str(over.data()), *path], over.parent()
        inside = [row for row in counted if row.asset.place_path[: len(path)] == tuple(path)]
        if path == ["No location yet"]:
            inside = [row for row in counted if not row.asset.place_path]
        spoken = str(index.data(0x0B) or "")
        assert index.data(RowRole).number == str(len(inside)), f"{which}: {path}"
        assert f" {len(inside)} item" in spoken
        places.view.setCurrentIndex(index)
        heads = [kinds(one.text()) for one in window.places.findChildren(Text) if one.isVisible() and kinds(one.text())]
        assert all(one == so.kinds_of(inside) for one in heads), f"{which}: {path} {heads}"
        assert heads or not inside
        index = places.view.indexBelow(index)


def checking_adds_up(window: MainWindow, which: str) -> None:
    window.show_page("checking")
    queue = window.pages["checking"].queue  # type: ignore[attr-defined]
    number = len(queue.model.every)
    assert queue.note.text() == (f"0 of {number} done" if number else ""), which
    home = " ".join(texts(window.navigation))
    assert (f"Needs checking, {number}" in home) == bool(number), which
    window.show_page("home")
    links = [one.text() for one in window.home.findChildren(LinkButton) if one.property("only") == "checking"]
    assert links == ([f"See the {number:,}" if number > 1 else "See it"] if number else []), which


def history_adds_up(window: MainWindow, so: Truth, which: str) -> None:
    inventory = window.session.inventory
    assert inventory is not None
    decided: Counter[str] = Counter()
    for one in inventory.changes():
        if found := re.match(r"Decision for (?:(\d+) \w+(?: \w+)*|[A-Z]+-\d+): (.*?)(?:, review on .*)?\.$", one.say):
            decided[OF_HISTORY[found[2]]] += int(found[1] or 1)
    assert decided == Counter(row.asset.decision.what for row in so.rows if row.asset.decision), which


def plan_adds_up(window: MainWindow, so: Truth, which: str) -> None:
    plan = window.plan.actions_.plan
    if plan is None:
        return
    work: Counter[tuple[str, str]] = Counter()
    window.plan.left_out_link.setChecked(True)
    for column in window.plan.board.columns:
        said = column.list.accessibleName()
        cards = Counter[str]()
        for at in range(column.list.model().rowCount()):
            words = str(column.list.model().index(at, 0).data(0x0B))
            for one, kind in re.findall(r"(?:· |\. )(\d+) (camera|recorder|item)s?(?=[ .])", words):
                cards["other item" if kind == "item" else kind] += int(one)
        heads = Counter[str]()
        for one, kind in re.findall(r"(\d+) (camera|recorder|other item)s?(?=[ ,.])", said):
            heads[kind] += int(one)
        assert heads == cards, f"{which}: the column “{said}” holds {cards}"
        for verb, some in re.findall(r"(Replace|Remove|Isolate) ([^.]*)\.", said):
            for one, kind in re.findall(r"(\d+) (camera|recorder|other item)", some):
                work[verb, kind] += int(one)
        if said.startswith("Not decided"):
            assert dict(heads) == so.in_plan(so.decided(None)), which
        elif said.startswith("Kept"):
            assert dict(heads) == so.in_plan(so.decided(*KEPT)), which
    for verb, what in DID.items():
        assert {kind: one for (of, kind), one in work.items() if of == verb} == so.in_plan(so.decided(*what)), which
    batches: Sequence[Batch] = plan.batches
    assert sum(len(one.assets) for one in batches) == len(so.here), which
