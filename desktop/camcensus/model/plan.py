"""A replacement plan. Money is whole pence and always the user's own figures; it excludes VAT where nothing else is said."""

from __future__ import annotations

from typing import Literal

from camcensus.model import frozen
from camcensus.model.device import CareKind, DeviceKind, Grade
from camcensus.model.words import upper_first

Option = Literal["keep", "separate", "replace", "replace-with-recorder", "remove"]
Priority = Literal[1, 2, 3, 4]
Level = Literal["room", "floor", "building", "site"]
Status = Literal["planned", "approved", "ordered", "done"]
NeedKind = Literal["recorder", "viewing", "power", "cables", "storage", "dpia", "asbestos", "access", "network", "footage"]
NeedState = Literal["open", "done", "not-needed"]
Typed = Literal[
    "name", "year", "priority", "reason", "quantity", "unit", "fitting", "other", "target_date", "disposal",
    "wiped_on", "wipe_certificate", "weee_note", "status", "note",
]  # fmt: skip
"""What staff may have typed of a batch; the rest of it is proposed from the register."""

PRIORITY_WORDS: dict[Priority, str] = {
    1: "in the first year",
    2: "within 2 years",
    3: "in years 3 to 5",
    4: "at end of life",
}
OPTION_WORDS: dict[Option, str] = {
    "keep": "Keep",
    "separate": "Keep and isolate",
    "replace": "Replace",
    "replace-with-recorder": "Replace with its recorder",
    "remove": "Remove",
}
LEVEL_WORDS: dict[Level, str] = {"room": "Room", "floor": "Floor", "building": "Building", "site": "Site"}
STATUS_WORDS: dict[Status, str] = {"planned": "Planned", "approved": "Approved", "ordered": "Ordered", "done": "Done"}
NEED_WORDS: dict[NeedKind, str] = {
    "recorder": "The recorder works with the new cameras",
    "viewing": "The viewing software shows them, and licences",
    "power": "Power at the switch (PoE)",
    "cables": "The cables can be used again",
    "storage": "Storage for the days kept",
    "dpia": "Data protection impact assessment",
    "asbestos": "Asbestos register read before drilling",
    "access": "Access, permits and escorts",
    "network": "A separate network",
    "footage": "Old footage kept as long as it must be",
}
NEED_STATE_WORDS: dict[NeedState, str] = {"open": "To do", "done": "Done", "not-needed": "Not needed"}
NOT_DATED = "No year yet"
"""How the year None is printed."""
REPLACING: frozenset[Option] = frozenset({"replace", "replace-with-recorder"})
"""Options that buy something."""


@frozen
class Costs:
    """What the user pays for one item, by kind; None where the user gave no figure. Pence, excluding VAT.

    They hold for every batch that has no price of its own. `vat_hundredths` is hundredths of a per cent (2000 is 20%), None
    where no rate was given.
    """

    camera_unit: int | None = None
    camera_fitting: int | None = None
    recorder_unit: int | None = None
    recorder_fitting: int | None = None
    contingency_percent: int = 10
    separate_unit: int | None = None
    remove_unit: int | None = None
    vat_hundredths: int | None = None


@frozen(kw_only=True)
class PlanItem:
    """One register row in the plan. `unit`, `fitting`, `total` are pence for this one, None: "not priced", left out of totals.

    What is bought is counted by its `batch`, whose quantity may be another than its rows.
    """

    asset: str
    ref: str
    kind: DeviceKind
    place_path: tuple[str, ...]
    sensitive: bool
    purpose: str | None
    brand: str | None
    model: str | None
    manufacturer: str | None
    manufacturer_name: str | None
    grade: Grade
    listed_on: tuple[str, ...]
    reason: str
    priority: Priority
    option: Option
    year: str | None
    quantity: int
    unit: int | None
    fitting: int | None
    total: int | None
    core: bool = False
    reachable: bool = False
    """A person said that it can be reached from the internet."""
    batch: str = ""
    based: bool = False
    """No list in use names the maker, and it is based in China by our reading, where the plan counts that."""
    care: tuple[CareKind, ...] = ()


@frozen
class Need:
    """What has to be settled before a batch's work. `ref` is the recorder or program it needs, `note` what staff typed."""

    kind: NeedKind
    ref: str | None = None
    state: NeedState = "open"
    note: str = ""


@frozen(kw_only=True)
class Batch:
    """Rows of one place that are treated alike. `total` is quantity × (unit + fitting) + other, None where not priced.

    `option` is None where nothing is decided; `year` None is "No year yet". `listed` counts rows of listed makers,
    `based` rows of other makers based in China, where the plan counts these. `typed` names
    what staff set, all else is proposed; of a `touched` one the rows stay together, and new ones do not join by themselves.
    `notes` are sentences about what changed since ("CAM-009 is no longer in the
    register.").
    A batch without `assets` is left out of every total: its cameras are no longer in use.
    """

    id: str
    name: str
    kind: DeviceKind
    option: Option | None
    priority: Priority
    year: str | None
    place_path: tuple[str, ...]
    assets: tuple[str, ...]
    refs: tuple[str, ...]
    sensitive: bool
    core: bool
    listed: int
    reason: str
    quantity: int
    unit: int | None = None
    fitting: int | None = None
    other: int | None = None
    total: int | None = None
    reachable: bool = False
    needs: tuple[Need, ...] = ()
    notes: tuple[str, ...] = ()
    typed: frozenset[Typed] = frozenset()
    touched: bool = False
    out: bool = False
    target_date: str | None = None
    disposal: str | None = None
    wiped_on: str | None = None
    wipe_certificate: str | None = None
    weee_note: str | None = None
    status: Status = "planned"
    note: str | None = None
    based: int = 0

    @property
    def acting(self) -> bool:
        """Whether it is work that the plan asks for."""
        return self.option not in (None, "keep") and not self.out and bool(self.assets)

    @property
    def buys(self) -> bool:
        """Whether something is bought for it."""
        return self.acting and self.option in REPLACING

    def price_of(self, quantity: int) -> int | None:
        """What so many of its items cost with their fitting, in pence; None where it is not priced."""
        return None if self.total is None else quantity * ((self.unit or 0) + (self.fitting or 0))


@frozen(kw_only=True)
class OwnLine:
    """A line that is no camera: "Cabling, lift hire". `total` is quantity × (unit + fitting), None without a unit price."""

    id: str
    name: str
    quantity: int = 1
    unit: int | None = None
    fitting: int | None = None
    year: str | None = None
    priority: Priority = 2
    reason: str = ""

    @property
    def total(self) -> int | None:
        """Pence, excluding VAT and contingency."""
        return None if self.unit is None else self.quantity * (self.unit + (self.fitting or 0))


@frozen
class YearTotal:
    """One financial year ("2026-27"), pence excluding VAT but for `vat`, which is None where no rate was given.

    `cameras` and `recorders` count what is bought, priced or not. equipment + fitting + other + contingency = total.
    """

    year: str
    cameras: int
    recorders: int
    equipment: int
    fitting: int
    contingency: int
    total: int
    other: int = 0
    vat: int | None = None

    @property
    def with_vat(self) -> int | None:
        """The total including VAT, None where no rate was given."""
        return None if self.vat is None else self.total + self.vat


@frozen(kw_only=True)
class Alternative:
    """One way to go, worked out with the same figures. `years` is empty and `total` None where it has no price.

    `unpriced` counts the items and `unpriced_lines` staff's own lines that its cost leaves out. `means`, `good` and `risk` are
    sentences, and `recording` says where recording stops; `planned` marks what the plan asks for. `left_open` are the items to
    act on that can be attacked once its first year is over.
    """

    way: Literal["nothing", "isolate", "phased", "at-once"]
    title: str
    years: tuple[YearTotal, ...]
    total: YearTotal | None
    unpriced: int
    unpriced_lines: int = 0
    good: str
    means: str
    recording: str = ""
    risk: str
    planned: bool = False
    left_open: int = 0


@frozen
class PlanQuestion:
    """What has to be answered before the work: what is known of it from the record, and who answers.

    `kind` is what a batch needs that the answer settles.
    """

    ask: str
    known: str
    who: str
    kind: NeedKind

    def __str__(self) -> str:
        return f"{self.ask} {self.known} ({self.who})"


@frozen
class ForOthers:
    """Sentences of a plan for readers outside: they name no device and tell staff nothing."""

    risks: tuple[str, ...] = ()
    questions: tuple[PlanQuestion, ...] = ()


@frozen
class VersionInfo:
    """A version that was made: the plan as it stood then is kept. `made_at` is UTC, `total` pence excluding VAT."""

    number: int
    made_at: str
    made_by: str
    note: str
    total: int
    with_vat: int | None = None


@frozen
class PlanDifference:
    """What changed since a version: of which batch or line ("" for the whole plan), and how ("moved from 2026-27 to 2027-28").

    `batch` is its id; only our own staff and a supplier read `subject`, and nothing that staff typed is in `say`.
    """

    batch: str
    subject: str
    say: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.say}." if self.subject else f"{upper_first(self.say)}."


@frozen(kw_only=True)
class Plan:
    """The plan: items to act on sorted by year, priority, place and ref; items kept; what could not be priced or identified.

    `items`, `kept`, `undecided` and `taken_out` hold each row of the register once; `unidentified` and `unpriced` point into
    them. `batches` are all batches, those to act on first, in the order of the plan; `lines` are staff's own.
    `dependencies` are `questions` as sentences. `year_choices` are the years that a batch may be moved to.
    """

    items: tuple[PlanItem, ...]
    kept: tuple[PlanItem, ...]
    undecided: tuple[PlanItem, ...]
    unidentified: tuple[PlanItem, ...]
    unpriced: tuple[PlanItem, ...]
    years: tuple[YearTotal, ...]
    total: YearTotal
    cameras_all: int
    recorders_all: int
    costs: Costs
    year_starts: int
    dependencies: tuple[str, ...]
    risks: tuple[str, ...]
    questions: tuple[PlanQuestion, ...] = ()
    taken_out: tuple[PlanItem, ...] = ()
    batches: tuple[Batch, ...] = ()
    lines: tuple[OwnLine, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    level: Level = "room"
    this_year: str = ""
    year_choices: tuple[str, ...] = ()
    version: VersionInfo | None = None
    """The newest version that was made, None before the first."""
    changes: tuple[PlanDifference, ...] = ()
    """What changed since that version."""
    urgent: tuple[str, ...] = ()
    """What cannot wait for a replacement, as sentences that name devices."""
    told: ForOthers = ForOthers()
    """Risks and questions for others than our own staff; `risks` and `questions` name devices. Old versions have none."""

    @property
    def acting(self) -> tuple[Batch, ...]:
        """Batches that are work."""
        return tuple(batch for batch in self.batches if batch.acting)

    def batch(self, batch_id: str) -> Batch | None:
        """The batch with that id, None where there is none."""
        return next((batch for batch in self.batches if batch.id == batch_id), None)
