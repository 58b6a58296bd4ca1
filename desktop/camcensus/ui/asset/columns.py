"""The columns of the register: what each says of a row, and what it is ordered by. All text is clean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from camcensus.model import frozen
from camcensus.model.asset import (
    CAMERA_TYPE_WORDS,
    EXPOSURE_QUESTIONS,
    EXPOSURE_WORDS,
    INSIDE_OUTSIDE_WORDS,
    STATUS_WORDS,
    Decision,
    ExposureQuestion,
    Vendor,
)
from camcensus.model.device import CARE_KINDS, GRADES
from camcensus.model.knowledge import Knowledge
from camcensus.model.tags import PLAIN, TagField, in_words
from camcensus.model.words import BASED, GRADE_SHORT, KIND_WORDS, MAY_BE_BASED, clean, count, pounds, short_date
from camcensus.tasks.register.care import short
from camcensus.tasks.register.verbs import LIST_WORDS, ListState
from camcensus.tasks.register.verbs import AssetRow as Row
from camcensus.ui import phrases
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.marks import Mark

NOT_KNOWN = "Not known"


@dataclass(slots=True)
class About:
    """What rows are told with: names of makers, firms by id, the day. Words that many rows share are made once."""

    knowledge: Knowledge
    vendors: Mapping[str, Vendor] = field(default_factory=dict)
    today: date = date.min
    places: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """What tells each place from the others of its name (`names_apart`)."""
    _makers: dict[str, str] = field(default_factory=dict)
    _decisions: dict[tuple[object, ...], Mark] = field(default_factory=dict)
    _places: dict[tuple[str, ...], str] = field(default_factory=dict)

    def maker(self, row: Row) -> str:
        """The name of who made it, or "Not known"."""
        if row.maker is None:
            return NOT_KNOWN
        name = self._makers.get(row.maker)
        if name is None:
            name = self._makers[row.maker] = clean(self.knowledge.name_of(row.maker))
        return name

    def decision(self, decision: Decision | None) -> Mark:
        """What a person decided, as a pill says it."""
        if decision is None:
            return phrases.NOT_DECIDED
        key = (decision.what, decision.year, decision.review_on)
        mark = self._decisions.get(key)
        if mark is None:
            mark = self._decisions[key] = phrases.decision_mark(decision)
        return mark

    def path(self, names: tuple[str, ...]) -> str:
        """The names of a place from the site down, in one line."""
        words = self._places.get(names)
        if words is None:
            words = self._places[names] = " › ".join(clean(name) for name in names)
        return words

    def contract_end(self, row: Row) -> str:
        """The ISO date at which the contract of who maintains it, else of who sold it, ends."""
        firms = (self.vendors.get(row.asset.maintainer or ""), self.vendors.get(row.asset.seller or ""))
        return next((firm.contract_end for firm in firms if firm is not None and firm.contract_end), "") or ""

    def age(self, row: Row) -> str:
        """How long ago it was installed, in years."""
        installed = row.asset.installed_on
        if not installed or self.today == date.min:
            return ""
        year, month = int(installed[:4]), int(installed[5:7] or 1)
        years = (self.today.year * 12 + self.today.month - year * 12 - month) // 12
        return count(years, "year") if years > 0 else "Under a year" if years == 0 else ""


@frozen
class Told:
    """A column with what it says of a row; `key` is what it is ordered by, else the text as people count."""

    column: ViewColumn
    text: Callable[[Row, About], str]
    key: Callable[[Row, About], str | int] | None = None


SHORT: Mapping[ListState, Mark] = {
    "may": Mark("May be listed", phrases.MAY_BE_LISTED.glyph, phrases.MAY_BE_LISTED.tone),
    "based": Mark("Based in China", phrases.BASED.glyph, phrases.BASED.tone),
    "may-be-based": Mark("May be in China", phrases.MAY_BE_BASED.glyph, phrases.MAY_BE_BASED.tone),
}
"""What a column has room for; the details say the whole, with "our reading"."""


def listing(row: Row) -> Mark:
    """What is on record of its maker, in words that fit a column."""
    return SHORT.get(row.state) or phrases.state_mark(row.state)


def _day(iso: str | None) -> str:
    """ "24 Nov 2026", "Nov 2026" or "2026", as exactly as it is known."""
    if not iso:
        return ""
    if len(iso) >= 10:
        return short_date(iso)
    return short_date(f"{iso}-01").removeprefix("1 ") if len(iso) == 7 else iso


def _text(name: str, title: str, width: int, said: Callable[[Row], str | None]) -> Told:
    return Told(ViewColumn(name, title, "text", width), lambda row, _: clean(said(row) or ""))


def _dated(name: str, title: str, width: int, said: Callable[[Row], str | None]) -> Told:
    column = ViewColumn(name, title, "text", width)
    return Told(column, lambda row, _: _day(said(row)), lambda row, _: said(row) or "")


def _plain_column(field: TagField) -> Told:
    if field.kind in ("date", "part-date"):
        return _dated(field.name, field.title, 120, lambda row: getattr(row.asset, field.name))
    return _text(field.name, field.title, 144, lambda row: in_words(field, getattr(row.asset, field.name)))


def _connected(row: Row) -> str:
    ref, channel = row.asset.connected_ref, row.asset.channel
    return f"{ref}, channel {channel}" if ref and channel is not None else ref or ""


def _owner(row: Row) -> str:
    if row.asset.ownership == "not-ours":
        return f"Not ours: {row.asset.owner}" if row.asset.owner else "Not ours"
    return row.asset.owner or ("Ours" if row.asset.ownership == "ours" else "")


def where(row: Row, about: About) -> str:
    """Where it is; of what was taken away, that it is no longer there."""
    place = about.places.get(row.asset.place_path) or phrases.place_of(row)
    return place if row.asset.in_use else f"{STATUS_WORDS[row.asset.status]}: {place}"


def _exposure(question: ExposureQuestion) -> Callable[[Row], str]:
    return lambda row: EXPOSURE_WORDS.get(getattr(row.asset, question.name), "")


TOLD: tuple[Told, ...] = (
    _text("ref", "Ref", 80, lambda row: row.asset.ref),
    Told(ViewColumn("place", "Location", "text", 0), where),
    Told(ViewColumn("maker", "Made by", "text", 94), lambda row, about: about.maker(row)),
    Told(
        ViewColumn("grade", "How sure", "grade", 126),
        lambda row, _: GRADE_SHORT[row.grade],
        lambda row, _: GRADES.index(row.grade),
    ),
    Told(ViewColumn("list", "List or our reading", "pill", 150, roomy=164), lambda row, _: listing(row).words),
    Told(ViewColumn("decision", "Decision", "pill", 152), lambda row, about: about.decision(row.asset.decision).words),
    Told(
        ViewColumn("care", "Flaws and support", "text", 184),
        lambda row, _: short(row.care),
        lambda row, _: min((CARE_KINDS.index(one.kind) for one in row.care), default=len(CARE_KINDS)),
    ),
    Told(ViewColumn("kind", "What it is", "text", 132), lambda row, _: KIND_WORDS[row.asset.kind]),
    _text("brand", "Name on it", 120, lambda row: row.brand),
    _text("model", "Model", 152, lambda row: row.model),
    _text("serial", "Serial number", 152, lambda row: row.serial),
    _text("address", "Address", 128, lambda row: ", ".join(row.addresses)),
    _text("mac", "MAC address", 144, lambda row: row.mac),
    _text("firmware", "Firmware", 136, lambda row: row.firmware),
    _dated("first_seen", "First seen", 112, lambda row: row.asset.first_seen),
    _dated("last_seen", "Last seen", 112, lambda row: row.asset.last_seen),
    _text("purpose", "Purpose", 144, lambda row: row.asset.purpose),
    Told(ViewColumn("path", "Whole location", "text", 232), lambda row, about: about.path(row.asset.place_path)),
    _text("connected", "Connected to", 144, _connected),
    Told(
        ViewColumn("where", "Inside or outside", "text", 132),
        lambda row, _: INSIDE_OUTSIDE_WORDS[row.asset.inside_outside] if row.asset.inside_outside else "",
    ),
    Told(
        ViewColumn("type", "Camera type", "text", 112),
        lambda row, _: CAMERA_TYPE_WORDS[row.asset.camera_type] if row.asset.camera_type else "",
    ),
    _text("owner", "Owner", 152, _owner),
    _text("seller", "Sold by", 144, lambda row: row.asset.seller_name),
    _text("maintainer", "Maintained by", 144, lambda row: row.asset.maintainer_name),
    Told(
        ViewColumn("contract_end", "Contract ends", "text", 120),
        lambda row, about: _day(about.contract_end(row)),
        lambda row, about: about.contract_end(row),
    ),
    _text("dpia", "DPIA", 112, lambda row: row.asset.dpia_ref),
    Told(
        ViewColumn("retention", "Days kept", "number", 92),
        lambda row, _: "" if row.asset.retention_days is None else str(row.asset.retention_days),
        lambda row, _: row.asset.retention_days or 0,
    ),
    _dated("installed", "Installed", 112, lambda row: row.asset.installed_on),
    Told(ViewColumn("age", "Age", "text", 96), lambda row, about: about.age(row), lambda row, _: row.asset.installed_on or ""),
    Told(
        ViewColumn("cost", "Cost", "number", 96),
        lambda row, _: "" if row.asset.cost_pence is None else pounds(row.asset.cost_pence),
        lambda row, _: row.asset.cost_pence or 0,
    ),
    *(_plain_column(field) for field in PLAIN),
    _dated("picture_check", "Picture checked", 128, lambda row: row.asset.last_picture_check),
    *(_text(one.name, one.title, 168, _exposure(one)) for one in EXPOSURE_QUESTIONS),
    _text("tags", "Tags", 152, lambda row: ", ".join(row.asset.tags)),
    _text("notes", "Notes", 200, lambda row: " ".join((row.asset.notes or "").split())),
    Told(
        ViewColumn("photos", "Photos", "number", 76),
        lambda row, _: str(row.asset.photos) if row.asset.photos else "",
        lambda row, _: row.asset.photos,
    ),
)
COLUMNS: tuple[ViewColumn, ...] = tuple(told.column for told in TOLD)
DEFAULT_COLUMNS = ("ref", "place", "maker", "grade", "list", "decision")
AT: Mapping[str, int] = {column.name: at for at, column in enumerate(COLUMNS)}


def said_in(row: Row, about: About) -> str:
    """All words a row is found by, in small letters."""
    asset = row.asset
    parts: Iterable[str | None] = (
        asset.ref, where(row, about), about.path(asset.place_path), about.maker(row), GRADE_SHORT[row.grade],
        LIST_WORDS[row.state], BASED if row.based else MAY_BE_BASED if row.seat else "",
        about.decision(asset.decision).words, KIND_WORDS[asset.kind], row.brand, row.model, row.serial,
        *row.addresses, row.mac, row.firmware, asset.purpose, asset.connected_ref, asset.owner, asset.seller_name,
        asset.maintainer_name, asset.dpia_ref, *asset.tags, asset.notes, short(row.care),
    )  # fmt: skip
    return " ".join([part for part in parts if part]).casefold()
