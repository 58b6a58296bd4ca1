"""What the reports that are made from the register share: how a row is named, and how a finished paper is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from camcensus.model import frozen
from camcensus.model.asset import sources_said
from camcensus.model.device import NAMED_GRADES
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import ScanRecord
from camcensus.model.words import BASED_MEANS, KIND_WORDS, clean, count, kinds_in_words, long_date, natural, short_date
from camcensus.planning.counts import Counts, is_counted
from camcensus.report.sheet import Occasion
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.judging import list_news
from camcensus.tasks.progress import Progress, begun
from camcensus.tasks.register.verbs import AssetRow, count_rows, judged_now, rows, with_own_list
from camcensus.tasks.reports.editions import Edition
from camcensus.tasks.reports.making import Making
from camcensus.tasks.reports.scope import InScope, looked_up

NO_PLACE = "No location yet"
REMOVED = "Removed or not in use"
SECTION_ROWS = 4
"""Rows that a site or a building has on average, where they are parted by it."""
NO_ROW = "No camera is in the record yet. Find cameras, walk round, or import a list first."


@frozen
class Read:
    """The register as it is printed: one list version, one moment. `rows` are by ref, those no longer here too.

    `scope` is the part of it that the report is about, None for all; `rows` are then those of the part, `register` all.
    """

    inventory: Inventory
    knowledge: Knowledge
    register: tuple[AssetRow, ...]
    rows: tuple[AssetRow, ...]
    scans: tuple[ScanRecord, ...]
    now: datetime
    edition: Edition
    progress: Progress | None = None
    scope: InScope | None = None
    news: str = ""
    """What newer lists changed, for our own staff."""

    @property
    def here(self) -> list[AssetRow]:
        """Rows that nobody has marked as gone, without what is no camera, recorder, encoder or intercom."""
        return [row for row in self.rows if is_counted(row.asset)]

    @property
    def counts(self) -> Counts:
        """The numbers that every report of this register says."""
        return count_rows(self.rows)

    @property
    def unsearched(self) -> bool:
        """As `is_unsearched`; of a part something is known, or there were none."""
        return self.scope is None and is_unsearched(self.rows, self.scans)

    @property
    def simulation(self) -> bool:
        """Whether any of it is a simulation."""
        return any(scan.simulation for scan in self.scans)

    @property
    def reading(self) -> str:
        """What "Based in China (our reading)" means, where a row says it."""
        return BASED_MEANS if any(row.seat is not None for row in self.rows) else ""

    def occasion(self) -> Occasion:
        """What the head and the foot of each page say."""
        return Occasion(
            body=self.inventory.body,
            as_at=self.now,
            knowledge_version=self.knowledge.version,
            simulation=self.simulation,
            scope=self.scope.short if self.scope else "",
            scope_says=self.scope.sentence if self.scope else self.news,
        )

    def maker(self, row: AssetRow) -> str:
        """The maker's name, with the brand where that is another name; "" where it is not known."""
        brand = clean(row.brand or "", 60)
        if row.maker is None or row.grade not in (*NAMED_GRADES, "possible"):
            return f"Brand: {brand}" if brand else ""
        name = clean(self.knowledge.name_of(row.maker), 60)
        same = not brand or brand.casefold() in name.casefold() or name.casefold() in brand.casefold()
        return name if same else f"{name} (brand: {brand})"

    def methods(self) -> str:
        """ "Made from search and entries by hand": the last line of every page."""
        ways = sources_said((row.known_by for row in self.here), searched=any(scan.is_search for scan in self.scans))
        return f"Made from {ways}" if ways else ""


def read(this: Making) -> Read:
    """The register as it is now, or the part of it that was chosen, under one list version; nothing is saved of that."""
    knowledge = with_own_list(this.inventory, this.knowledge)
    begun(this.progress)
    answers = judged_now(this.inventory, knowledge)
    begun(this.progress)
    register = rows(this.inventory, knowledge, answers, progress=this.progress)
    begun(this.progress)
    news = list_news(this.inventory, answers, knowledge) if this.edition.internal else ""
    return replace(_read(this, knowledge, register), news=news)


def read_kept(this: Making) -> Read:
    """The register by the answers that are kept, for sheets to work with. A part of it may be empty."""
    return _read(this, this.knowledge, rows(this.inventory, this.knowledge), may_be_empty=True)


def read_nothing(this: Making) -> Read:
    """No rows, for a sheet that is not about them."""
    return _read(this, this.knowledge, (), scoped=False)


def _read(
    this: Making,
    knowledge: Knowledge,
    register: tuple[AssetRow, ...],
    *,
    scoped: bool = True,
    may_be_empty: bool = False,
) -> Read:
    now = this.now if this.now.tzinfo else this.now.replace(tzinfo=UTC)
    chosen = scope_of(this, register, may_be_empty=may_be_empty) if scoped else None
    here = register if chosen is None else chosen.of(register)
    scans = tuple(this.inventory.scans())
    return Read(this.inventory, knowledge, register, here, scans, now, this.edition, this.progress, chosen)


def scope_of(this: Making, register: Sequence[AssetRow], *, may_be_empty: bool = False) -> InScope | None:
    """The part of the register that was chosen, None for all of it. Raises StoreError, as `scope.looked_up`."""
    return looked_up(
        this.choices.scope,
        this.inventory,
        this.knowledge,
        register,
        now=this.now,
        edition=this.edition,
        may_be_empty=may_be_empty,
    )


def by_section(register: Sequence[AssetRow]) -> tuple[dict[str, list[AssetRow]], int]:
    """The rows by site, of one site by building, in counting order, and how many names of a place its heading says.

    Places with but a few rows each, a shop's tills, are no sections: then all are in one of no name. No place comes last.
    """
    paths = {row.asset.place_path[:2] for row in register if row.asset.place_path}
    depth = 1 if len({path[0] for path in paths}) > 1 else 2
    if len({path[:depth] for path in paths}) * SECTION_ROWS > len(register):
        depth = 0
    found: dict[str, list[AssetRow]] = {}
    for row in register:
        names = [clean(name, 60) for name in row.asset.place_path[:depth] if name.strip()]
        found.setdefault(names[-1] if names else NO_PLACE if depth else "", []).append(row)
    return {name: found[name] for name in sorted(found, key=lambda name: (name == NO_PLACE, natural(name)))}, depth


def room(row: AssetRow, above: int = 2) -> str:
    """Where a row is, the room first, without so many names of what it is in; "" where nobody has said."""
    return ", ".join(clean(name, 60) for name in reversed(row.asset.place_path[above:]) if name.strip())


def what(row: AssetRow) -> str:
    """ "Camera, IPC-HDW2431"."""
    model = clean(row.model or "", 60)
    return f"{KIND_WORDS[row.asset.kind]}, {model}" if model else KIND_WORDS[row.asset.kind]


def years_since(installed: str, today: date) -> int:
    """Whole years since a day, a month or a year ("2015-08-03", "2015-08", "2015"); never less than 0."""
    parts = [int(part) for part in installed.split("-") if part.isdecimal()]
    years = today.year - parts[0]
    if len(parts) > 1 and (today.month, today.day) < (parts[1], parts[2] if len(parts) > 2 else 1):
        years -= 1
    return max(0, years)


def age(installed: str | None, today: date) -> str:
    """ "11 years" since a day or a month, "about 11 years" since a year alone, "under 1 year"; "" where nobody knows."""
    if not installed or not installed[:4].isdecimal():
        return ""
    years = years_since(installed, today)
    if years < 1:
        return "under 1 year".replace(" ", "\u00a0")
    about = "about " if len(installed) == 4 else ""
    return f"{about}{count(years, 'year')}".replace(" ", "\u00a0")


def day(iso: str | None) -> str:
    """ "24 Nov 2026", "Nov 2026" or "2026", held together by spaces that do not break; "" for None."""
    if not iso or len(iso) == 4:
        return iso if iso and iso.isdecimal() else ""
    try:
        said = short_date(iso) if len(iso) >= 10 else short_date(f"{iso}-01").partition(" ")[2]
    except ValueError:  # another program wrote into the file
        return ""
    return said.replace(" ", "\u00a0")


def date_of(iso: str) -> str:
    """ "24 November 2026"; "" for what is no date: another program may have written into the file."""
    try:
        return long_date(iso) if iso[:4].isdecimal() else ""
    except (ValueError, IndexError):
        return ""


def is_unsearched(register: Sequence[AssetRow], scans: Iterable[ScanRecord]) -> bool:
    """Whether nobody has looked for cameras yet: then no count may be read as "there are none"."""
    return not register and not any(scan.is_search for scan in scans)


def in_words(counts: Counts) -> str:
    """ "21 cameras, 2 recorders and 1 intercom"."""
    return kinds_in_words(counts.kinds) or "no cameras and no recorders"
