"""The register as a table: plain rows, named columns, search, filters and sorting. Needs no event loop.

20,000 rows are usual at a hospital trust: a text is made when it is first shown or ordered by, an edit touches the rows that it
changed, and nothing is compared that is not text or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import is_
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from camcensus.model import frozen
from camcensus.model.asset import Vendor, names_apart
from camcensus.model.device import FLAWS, Grade
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, natural
from camcensus.planning.counts import is_counted
from camcensus.tasks.register.care import has
from camcensus.tasks.register.checking import UNSURE, sought
from camcensus.tasks.register.verbs import LIST_WORDS
from camcensus.tasks.register.verbs import AssetRow as Row
from camcensus.ui.asset.columns import AT, COLUMNS, TOLD, About, listing, said_in
from camcensus.ui.kit.cells import GradeRole, IdRole, MarkRole, SortRole
from camcensus.ui.kit.marks import Mark
from camcensus.ui.kit.table_model import Columned, Index
from camcensus.ui.kit.widgets import plain_tip
from camcensus.ui.phrases import NOT_DECIDED

MORE: Mapping[str, tuple[str, Callable[[Row], bool]]] = {
    "unconfirmed": ("Not confirmed", lambda row: row.asset.unconfirmed),
    "not-seen": ("Marked as not seen", lambda row: row.asset.status == "not-seen"),
    "spare": ("Spare, not in use", lambda row: row.asset.status == "spare"),
    "removed": ("No longer here", lambda row: row.asset.status == "removed"),
    "not-ours": ("Not ours, but on our site", lambda row: row.asset.ownership == "not-ours"),
    "installer": ("Asked of my installer", lambda row: row.asset.ask_installer),
    "exploited": ("With a flaw that attackers use", lambda row: has(row, ("exploited-flaw",))),
    "flaws": ("With a known flaw", lambda row: has(row, FLAWS)),
    "never-set-up": ("Never set up", lambda row: has(row, ("never-set-up",))),
    "unsupported": ("Support ended", lambda row: has(row, ("support-ended",))),
    "off-plan": ("Not on a plan yet", lambda row: row.asset.pin is None and row.asset.in_use),
}
"""Filters that few need: name -> words, and what they let through."""


@frozen
class Wanted:
    """What a person looks for: words, and one choice each of place, maker and decision; "" is any.

    `place` is a place's id, and `places` that one with all that lies in it. `more` are names of MORE, all of which must hold.
    """

    words: str = ""
    place: str = ""
    maker: str = ""
    decision: str = ""
    only: str = ""
    """ "listed", "based" (in China, by our reading), "only-based" (on no list), "checking" (not known) or ""."""
    more: frozenset[str] = frozenset()
    tag: str = ""
    places: frozenset[str | None] = frozenset()


class ShownRow:
    """One row as it is shown; its texts are made where they are first asked for. All text is clean."""

    __slots__ = ("_about", "_search", "_texts", "row")

    def __init__(self, row: Row, about: About) -> None:
        self.row = row
        self._about = about
        self._texts: dict[int, str] = {}
        self._search = ""

    def text(self, at: int) -> str:
        """What a column says."""
        text = self._texts.get(at)
        if text is None:
            text = self._texts[at] = TOLD[at].text(self.row, self._about)
        return text

    def key(self, at: int) -> str | int:
        """What a column is ordered by."""
        made = TOLD[at].key
        return natural(self.text(at)) if made is None else made(self.row, self._about)

    @property
    def search(self) -> str:
        """All its words, in small letters."""
        if not self._search:
            self._search = said_in(self.row, self._about)
        return self._search

    @property
    def grade(self) -> Grade:
        """How sure we are of the maker."""
        return self.row.grade

    @property
    def listing(self) -> Mark:
        """What is on record."""
        return listing(self.row)

    @property
    def decision(self) -> Mark:
        """What a person decided."""
        return self._about.decision(self.row.asset.decision)


class AssetModel(Columned):
    """Rows of the register that match what is wanted, in the order of one column.

    After an edit that leaves the same rows in view they stay where they are, until a person orders them again.
    """

    def __init__(self, knowledge: Knowledge, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._about = About(knowledge)
        self._all: list[ShownRow] = []
        self._seen: list[ShownRow] = []
        self._where: dict[str, int] | None = None
        self._order: tuple[int, Qt.SortOrder] = (0, Qt.SortOrder.AscendingOrder)
        self._rank: list[ShownRow] | None = None
        self._warm = 0
        self.wanted = Wanted()

    def set_rows(
        self,
        rows: Iterable[Row],
        knowledge: Knowledge | None = None,
        vendors: Mapping[str, Vendor] | None = None,
        today: date = date.min,
        places: Iterable[tuple[str, ...]] = (),
    ) -> None:
        """Takes the register as it is now (by ref); rows that are the same objects as before are not told anew.

        `places` are the paths of all places: a place is told apart from those of its name that hold nothing, too.
        """
        about = self._about
        firms = about.vendors if vendors is None else vendors
        known = knowledge or about.knowledge
        rows = list(rows)
        named = names_apart([*places, *(row.asset.place_path for row in rows)])
        apart = {path: ", ".join(clean(name, 60) for name in names) for path, names in named.items()}
        anew = known is not about.knowledge or firms != about.vendors or today != about.today or apart != about.places
        if anew:
            about, self._all = About(known, firms, today, apart), []
            self._about = about
        before = {id(item.row): item for item in self._all}
        find = before.get
        fresh = [find(id(row)) or ShownRow(row, about) for row in rows]
        if not anew and len(fresh) == len(self._all) and all(map(is_, fresh, self._all)):
            return
        if len(fresh) != len(self._all) or not all(map(_same_ref, fresh, self._all)):
            fresh.sort(key=_by_ref)
        self._all, self._rank, self._warm = fresh, None, 0
        self._take_changes()

    def warm(self, number: int) -> bool:
        """Makes the words of so many further rows ready for searching; False where all are."""
        for item in self._all[self._warm : self._warm + number]:
            _ = item.search
        self._warm += number
        return self._warm < len(self._all)

    def want(self, wanted: Wanted) -> None:
        """Shows only what matches."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._show(_match(self._ranked(), self.wanted))

    @property
    def total(self) -> int:
        """Rows in the register, shown or not."""
        return len(self._all)

    @property
    def rows(self) -> Sequence[Row]:
        """All rows of the register."""
        return [item.row for item in self._all]

    @property
    def every(self) -> Sequence[ShownRow]:
        """All rows of the register with their words, by ref."""
        return self._all

    def at(self, row: int) -> ShownRow | None:
        """The row as shown, None where there is none."""
        return self._seen[row] if 0 <= row < len(self._seen) else None

    def row_of(self, asset_id: str) -> int:
        """Where an asset is shown, -1 where it is not."""
        if self._where is None:
            self._where = {item.row.asset.id: at for at, item in enumerate(self._seen)}
        return self._where.get(asset_id, -1)

    def choices(self, name: str) -> list[str]:
        """The different texts of a column, for its filter."""
        at = AT[name]
        return sorted({text for item in self._all if (text := item.text(at))}, key=natural)

    def tags(self) -> list[str]:
        """The free tags that rows have."""
        return sorted({tag for item in self._all if item.row.asset.tags for tag in item.row.asset.tags}, key=natural)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._seen)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.at(index.row())
        if item is None:
            return None
        at = self.shown[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.text(at)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return sentence(item) if not index.column() else f"{COLUMNS[at].title}: {item.text(at) or '–'}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(item.text(at))
        if role == SortRole:
            return item.key(at)
        if role == IdRole:
            return item.row.asset.id
        if role == GradeRole:
            return item.grade
        if role == MarkRole:
            return {"list": item.listing, "decision": item.decision}.get(COLUMNS[at].name)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Orders by one column, then by ref; what is empty stays last either way."""
        self._order, self._rank = (column, order), None
        self._show(_match(self._ranked(), self.wanted))

    def _ranked(self) -> list[ShownRow]:
        """All rows in the order that is asked for, kept until the rows or the order change."""
        if self._rank is None:
            self._rank = self._ordered()
        return self._rank

    def _ordered(self) -> list[ShownRow]:
        """By the column, then by ref: `_all` is by ref, and Python's sort keeps what is equal."""
        column, order = self._order
        down = order == Qt.SortOrder.DescendingOrder
        if column == 0:
            return self._all[::-1] if down else list(self._all)
        told = [item for item in self._all if item.text(column)]
        empty = [item for item in self._all if not item.text(column)]
        # A key for each row and no pair of both: 20,000 new pairs set Python off on a search for garbage.
        if TOLD[column].key is not None:
            told.sort(key=lambda item: item.key(column), reverse=down)
        else:
            keys = {text: natural(text) for text in {item.text(column) for item in told}}
            told.sort(key=lambda item: keys[item.text(column)], reverse=down)
        return told + empty

    def _take_changes(self) -> None:
        """Changes the rows in place where the same ones are to be seen, in the order they had."""
        matching = _match(self._all, self.wanted)
        by_id = {item.row.asset.id: item for item in matching}
        if len(by_id) != len(self._seen) or any(item.row.asset.id not in by_id for item in self._seen):
            self._show(_match(self._ranked(), self.wanted))
            return
        changed = []
        for at, item in enumerate(self._seen):
            fresh = by_id[item.row.asset.id]
            if fresh is not item:
                self._seen[at] = fresh
                changed.append(at)
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(self.shown) - 1))

    def _show(self, seen: list[ShownRow]) -> None:
        if len(seen) == len(self._seen) and all(map(is_, seen, self._seen)):
            return
        self.beginResetModel()
        self._seen, self._where = seen, None
        self.endResetModel()


def _same_ref(one: ShownRow, other: ShownRow) -> bool:
    return one is other or one.row.asset.ref == other.row.asset.ref


def _by_ref(item: ShownRow) -> str:
    ref = item.row.asset.ref
    number = ref[4:]
    return f"{ref[:4].casefold()}{number:0>18}" if number.isdecimal() and number.isascii() else natural(ref)


def sentence(item: ShownRow) -> str:
    """A whole row for a screen reader: "CAM-003, Playground. Made by Dahua, likely. Listed. Not decided."."""
    words = f"{item.text(0)}, {item.text(1)}. Made by: {item.text(2)}, {item.text(3).lower()}."
    return f"{words} {LIST_WORDS[item.row.state]}. {item.decision.words}."


def _match(items: list[ShownRow], wanted: Wanted) -> list[ShownRow]:
    """The rows that hold all that is wanted; every word must be found somewhere in the row."""
    found = items
    if wanted.only or wanted.decision == NOT_DECIDED.words:
        found = [item for item in found if is_counted(item.row.asset)]
    if wanted.only == "listed":
        found = [item for item in found if item.row.state == "listed"]
    elif wanted.only == "based":
        found = [item for item in found if item.row.based]
    elif wanted.only == "only-based":
        found = [item for item in found if item.row.state == "based"]
    elif wanted.only == "checking":
        found = [item for item in found if item.row.grade in UNSURE]
    if wanted.place:
        within = wanted.places or frozenset[str | None]([wanted.place])
        found = [item for item in found if item.row.asset.place in within]
    if wanted.maker:
        found = [item for item in found if item.text(AT["maker"]) == wanted.maker]
    if wanted.decision:
        found = [item for item in found if item.decision.words == wanted.decision]
    if wanted.tag:
        found = [item for item in found if wanted.tag in item.row.asset.tags]
    for name in wanted.more:
        holds = MORE[name][1]
        found = [item for item in found if holds(item.row)]
    for word, parts in sought(wanted.words).words:  # one after the other: 20,000 rows are gone through at each key
        found = [item for item in found if word in item.search or (parts and all(part in item.search for part in parts))]
    return list(found)
