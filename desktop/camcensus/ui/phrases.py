"""Words the pages share: what a register row says in each column, and times as a person says them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from camcensus.discovery.pace import RATES
from camcensus.model.asset import DECISION_WORDS, Decision
from camcensus.model.device import URGENT, DeviceKind, Grade, Verdict, register_kind
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Pace
from camcensus.model.words import CARE_WORDS, KIND_WORDS, clean, count, in_zone, kinds_in_words, long_date, short_date
from camcensus.tasks.register.verbs import LIST_WORDS, ListState
from camcensus.tasks.register.verbs import AssetRow as Row
from camcensus.ui.kit.marks import Mark

RATE_WORDS: dict[Pace, str] = {pace: f"{rate.per_second:.0f} questions a second" for pace, rate in RATES.items()}
PACES: tuple[tuple[str, Pace], ...] = (
    (f"Gentle: {RATE_WORDS['gentle']}", "gentle"),
    (f"Normal: {RATE_WORDS['normal']}", "normal"),
)


LISTED = Mark(LIST_WORDS["listed"], "listed", "listed")
BASED = Mark(LIST_WORDS["based"], "based", "neutral")
MAY_BE_BASED = Mark(LIST_WORDS["may-be-based"], "question", "todo")
MAY_BE_LISTED = Mark(LIST_WORDS["may"], "question", "todo")
NOT_LISTED = Mark(LIST_WORDS["not-listed"], "dash", "neutral")
NOT_KNOWN = Mark(LIST_WORDS["not-known"], "dash", "neutral")
_LISTING: dict[ListState, Mark] = {
    "listed": LISTED, "based": BASED, "may": MAY_BE_LISTED, "may-be-based": MAY_BE_BASED, "not-listed": NOT_LISTED,
    "not-known": NOT_KNOWN,
}  # fmt: skip
NOT_DECIDED = Mark("Not decided", "question", "todo")

KIND_ICONS: dict[DeviceKind, str] = {
    "camera": "cctv",
    "recorder": "hard-drive",
    "camera-or-recorder": "circle-question-mark",
    "encoder": "video",
    "intercom": "bell",
    "access-terminal": "bell",
    "switch": "network",
    "software": "monitor",
    "screen": "monitor",
    "other": "network",
    "unknown": "circle-question-mark",
}


def grade_of(row: Row) -> Grade:
    """How sure we are of the maker."""
    return row.grade


def maker_id(one: Verdict | Row | None) -> str | None:
    """Who made a device or a row, None where that is not known."""
    return one.maker if isinstance(one, Row) else one.attribution.manufacturer if one is not None else None


def maker_of(one: Verdict | Row | None, knowledge: Knowledge) -> str:
    """The name of who made a device or a row, or "Not known"."""
    maker = maker_id(one)
    return "Not known" if maker is None else clean(knowledge.name_of(maker))


def state_mark(state: ListState) -> Mark:
    """Listed, based in China by our reading, may be either, not listed, or not known, as the lists in use say of a maker."""
    return _LISTING[state]


def urgent_mark(row: Row) -> Mark | None:
    """The most urgent thing to act on where it cannot wait, else None."""
    first = next((one.kind for one in row.care if one.kind in URGENT), None)
    return Mark(CARE_WORDS[first], "to", "listed") if first is not None else None


def decision_mark(decision: Decision | None) -> Mark:
    """What a person decided, short enough for a pill."""
    if decision is None:
        return NOT_DECIDED
    if decision.what in ("replace", "remove"):
        return Mark(f"{DECISION_WORDS[decision.what]} {clean(decision.year or '')}".strip(), "to", "listed")
    if decision.what == "keep-review":
        return Mark(
            f"Keep, review {short_date(decision.review_on)}" if decision.review_on else "Keep for now", "dash", "neutral"
        )
    return Mark("Keep, separate" if decision.what == "separate" else "Keep", "dash", "neutral")


def place_of(row: Row) -> str:
    """The nearest place, or where on the network it answered."""
    if row.asset.place_path:
        return clean(row.asset.place_path[-1])
    if row.addresses:
        return f"At {clean(row.addresses[0])}"
    return "No location yet"


def counted(kinds: Iterable[DeviceKind]) -> str:
    """ "42 cameras and 2 recorders": the kinds that are there, in the order of the register."""
    return kinds_in_words(Counter(register_kind(kind) for kind in kinds))


def kind_words(verdict: Verdict) -> str:
    """ "Recorder, up to 16 channels", "Camera"."""
    words = KIND_WORDS[verdict.description.kind]
    channels = (verdict.description.channels_analogue or 0) + (verdict.description.channels_digital or 0)
    if verdict.description.kind in ("recorder", "encoder") and channels:
        return f"{words}, up to {count(channels, 'channel')}"
    return words


def when(iso: str | None, now: datetime, *, long: bool = False) -> str:
    """ "today, 10:42" or "24 Nov 2026" (`long`: the month in full), in this computer's time; "" for nothing or no date."""
    if not iso:
        return ""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return clean(iso)
    if moment.tzinfo is None:
        return (long_date if long else short_date)(iso)
    local = in_zone(moment, now)
    return f"today, {local:%H:%M}" if local.date() == now.date() else (long_date if long else short_date)(local.isoformat())


def day_and_time(iso: str, now: datetime) -> str:
    """ "24 November 2026, 10:42", in this computer's time; a day alone where there is no time."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return clean(iso)
    if moment.tzinfo is None:
        return long_date(iso)
    local = in_zone(moment, now)
    return f"{long_date(local)}, {local:%H:%M}"
