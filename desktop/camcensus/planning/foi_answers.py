"""One function a question: the answer as a sentence, how it was counted, and what the FOI lead has to think of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from camcensus.model.asset import CAMERA_TYPE_WORDS, EXPOSURE_QUESTIONS, EXPOSURE_WORDS, ways_said
from camcensus.model.device import DOUBTS, FLAWS, WATCHED_KINDS, DeviceKind
from camcensus.model.foi import NOT_KNOWN, NOT_RECORDED
from camcensus.model.records import Capability
from camcensus.model.statements import STATUS_WORDS
from camcensus.model.words import (
    PROVEN_MEANS,
    Count,
    clean,
    count,
    date_words,
    fitting,
    joined,
    kinds_counted,
    kinds_in_words,
    pounds,
    proven_means,
)
from camcensus.planning.counts import counted, made, other_names
from camcensus.planning.foi_counts import NAMED, as_counted, building_kind, installed_year, maker_of, makers_counted
from camcensus.planning.foi_facts import Answerer, FoiFacts, Said, left
from camcensus.planning.rows import PlannedRow, looked_up
from camcensus.planning.years import first_year

FACE: tuple[Capability, ...] = ("face-detection", "face-recognition", "face-attributes")
PEOPLE: tuple[Capability, ...] = (
    "gender-age", "emotion", "ethnicity", "skin-colour", "mask", "person-vehicle", "line-crossing", "behaviour", "fight",
    "person-tracking", "people-counting", "crowd", "temperature",
)  # fmt: skip
FIRMS_NAMED = 12
AS_RECORDED = "As the list or staff recorded each camera."
DECIDED = "From what a list or staff recorded. A list may hold what was recommended, and not yet decided."
ATTACK = "Section 31: a count can tell an attacker that an attack would work."
SINCE = 2012
NO_CAMERA = "No camera is in the record"


def _total(facts: FoiFacts) -> Said:
    counts = facts.counts
    rest = kinds_counted({kind: number for kind, number in counts.kinds.items() if kind not in ("camera", "unknown")})
    said = joined([count(counts.cameras.total, "camera"), *rest])
    unsure = counts.may_be_cameras
    may = f" {count(unsure, 'more device', 'more devices')} may be {fitting(unsure, 'a camera', 'cameras')}." if unsure else ""
    theirs = sum(row.asset.ownership == "not-ours" for row in facts.present)
    others = f" {theirs:,} of them belong to somebody else." if theirs else ""
    counted = f"{facts.known} What is recorded as removed or not in use is not counted.{others}".lstrip()
    none = " No recorder is known." if facts.cameras and not counts.kinds.get("recorder") else ""
    if not facts.cameras:
        said = f"{NO_CAMERA}, only {joined(rest)}" if rest else NO_CAMERA
        none = " Count the cameras on the recorder’s screen before you answer." if counts.kinds.get("recorder") else ""
    return Said(f"{said}.{may}{none}", counted, [*facts.present, *([] if facts.cameras else [None])])


def _makers(facts: FoiFacts) -> Said:
    rows = _asked_about(facts)
    of, noun = counted(map(as_counted, rows)).items, "camera" if facts.cameras else "item"
    named = "; ".join(f"{one.name} {one.number}" for one in makers_counted(rows))
    number = of.named.proven
    some = f"{number:,} of these {fitting(number)} proven." if number else "No maker is proven yet."
    proven = some if number < of.named.number else "All of these are proven."
    said = (f"{named}." if named else "", proven if named else "", of.not_known_said(noun))
    return Said(" ".join(filter(None, said)), _how(rows), _makes_held(rows))


def _named(facts: FoiFacts) -> Said:
    """What the record says, how that is known, and what of it is proven."""
    rows = _asked_about(facts)
    mine = _of_named(rows)
    kinds, each = Counter(row.asset.kind for row in mine), [f"{one.name} {one.number}" for one in makers_counted(mine)]
    recorded = f"{kinds_in_words(kinds) or '0 cameras'} by our record{f' ({joined(each)})' if len(each) > 1 else ''}"
    proven = (f", {_made(mine).doubt}" if _made(mine).doubt else ", all proven") if mine else ""
    also = _also(_of_named(facts.present)) if facts.cameras else ""
    unsure = sum(maker_of(row) is None and (row.light.brand or "").strip().casefold() in NAMED for row in rows)
    doubt = f" {unsure:,} more {fitting(unsure, 'has', 'have')} one of these names in the record; who made it is in question."
    others = [row for row in rows if (row.light.brand or "").strip().casefold() not in NAMED]
    rest = counted(map(as_counted, others)).items.not_known_said("camera" if facts.cameras else "item")
    as_ = other_names((row.manufacturer_name, facts.names.get(row.light.brand or "")) for row in mine)
    said = f"{recorded}{proven}{f', including {as_}' if as_ else ''}.{also}{doubt if unsure else ''} {rest}".strip()
    return Said(said if unsure or not rest or any(map(maker_of, rows)) else rest, _how(mine or rows), _makes_held(rows))


def _listed(facts: FoiFacts) -> Said:
    if not facts.lists:
        return Said("The organisation uses no list of makers.", "From the lists that are switched on.", (True,))
    if not any(map(maker_of, facts.present)):
        return Said(counted(map(as_counted, facts.present)).items.not_known_said(), "", ())
    said, means = [], ""
    for entry in sorted(facts.lists, key=lambda one: (one.date, one.id)):
        title, to = clean(entry.title, 120), clean(entry.addressed_to, 80)
        on = (row for row in facts.present if (entry.id in row.listed_on if entry.names_makers else row.based))
        mine = [row for row in on if maker_of(row)]
        number, made_ = kinds_in_words(Counter(row.asset.kind for row in mine)) or "0", _made(mine)
        which = "named in" if entry.names_makers else "based in China, by our reading (no list: it names no company) of"
        not_to = f", not to {clean(entry.not_addressed_to, 80)}" if entry.not_addressed_to else ""
        means = means or proven_means(made_)
        addressed = f" Addressed to {to}{not_to}." if to else ""
        said.append(f"{number} by makers {which} “{title}”{made_.in_brackets}. {STATUS_WORDS[entry.status]}.{addressed}")
    return Said("\n".join(said), f"One item may be in several of these. {means}".strip(), map(maker_of, facts.present))


def _types(facts: FoiFacts) -> Said:
    kinds = Counter(row.asset.camera_type for row in facts.cameras if row.asset.camera_type)
    named = [f"{words} {kinds[kind]:,}" for kind, words in CAMERA_TYPE_WORDS.items() if kinds[kind] and kind != "body-worn"]
    number = f"Body-worn cameras: {kinds['body-worn']:,}." if kinds["body-worn"] else "None is recorded as body-worn."
    worn = number if kinds else ""
    rest, held = left(facts.cameras, lambda row: row.asset.camera_type)
    return Said(" ".join(filter(None, (f"{'; '.join(named)}." if named else "", worn, rest))), AS_RECORDED, held)


def _inside(facts: FoiFacts) -> Said:
    where = Counter(row.asset.inside_outside for row in facts.cameras if row.asset.inside_outside)
    known = f"{where['inside']:,} inside, {where['outside']:,} outside." if where else ""
    rest, held = left(facts.cameras, lambda row: row.asset.inside_outside)
    return Said(f"{known} {rest}".strip(), AS_RECORDED, held)


def _buildings(facts: FoiFacts) -> Said:
    kind = building_kind(facts.body_type)
    if kind == NOT_RECORDED:
        return Said("The kind of each building is not recorded, unless its name says it.", "By the kind of organisation.", ())
    return Said(f"All are at {'an' if kind[0] in 'aeiou' else 'a'} {kind}.", "By the kind of organisation.", facts.cameras)


def _bought(facts: FoiFacts) -> Said:
    years = Counter(_year(row, facts) for row in facts.cameras)
    each = "; ".join(f"{year}: {number:,}" for year, number in sorted(years.items()) if year)
    rest, held = left(facts.cameras, lambda row: _year(row, facts))
    how = "By the date recorded, in financial years; a year alone is one whose month is not recorded."
    return Said(f"{f'{each}.' if each else ''} {rest}".strip(), how, held)


def _year(row: PlannedRow, facts: FoiFacts) -> str:
    year = installed_year(row.asset.installed_on, facts.year_starts)
    return "" if year == NOT_RECORDED else year


def _spend(facts: FoiFacts) -> Said:
    sums: Counter[str] = Counter()
    for row in facts.bought:
        if row.asset.cost_pence is not None:
            first = first_year(year := _year(row, facts))
            early = first is not None and first < SINCE
            sums["Before 2012-13" if early else year or "Year not recorded"] += row.asset.cost_pence
    each = "; ".join(f"{year}: {pounds(pence)}" for year, pence in sorted(sums.items()))
    rest, held = left(facts.bought, lambda row: row.asset.cost_pence, "item")
    return Said(
        f"{f'{each}.' if each else ''} {rest}".strip() or "Nothing is recorded.",
        "The cost or price in the record of each item, removed ones too; a list’s price may be a quotation, and not paid.",
        [*held, "Year not recorded" not in sums and any(held)],
        "Finance may hold more.",
    )


def _buying(facts: FoiFacts) -> Said:
    mine = [row for row in _of_named(facts.rows) if row.asset.kind == "camera"]
    years = [year for row in mine if (year := _year(row, facts))]
    said = f"The newest with a date is of {max(years)}." if years else "No date is recorded for a camera made by them."
    unknown = counted(map(as_counted, facts.cameras)).items
    none = "No camera in the record is made by them, as far as we can tell." if unknown.is_known else ""
    none = f"{none} {unknown.not_known_said('camera')}".strip() if facts.cameras else f"{NO_CAMERA}."
    return Said(
        said if mine else none,
        "From the dates of installation in the record, removed cameras too. It does not say what has been ordered since.",
        [*years, None],
        "Ask whoever buys; say yes or no.",
    )


def _removal(facts: FoiFacts) -> Said:
    decided = [row.asset.decision or row.asset.replace_by or row.asset.action for row in facts.cameras]
    going = [row for row in facts.cameras if row.asset.decision and row.asset.decision.what in ("replace", "remove")]
    noted = sum(bool(row.asset.action) for row in facts.cameras if not row.asset.decision)
    note = f" For {count(noted, 'camera')} without a decision a list notes an action: read it." if noted else ""
    due = Counter(row.asset.replace_by[:4] for row in facts.cameras if row.asset.replace_by and not row.asset.decision)
    if due:
        each = "; ".join(f"{year}: {number:,}" for year, number in sorted(due.items()))
        note = f" By when to replace, not yet decided, is recorded for {count(due.total(), 'camera')}: {each}.{note}"
    if not going:
        return Said(f"No decision to replace or remove a camera is recorded.{note}", DECIDED, decided)
    years: Counter[str] = Counter()
    for row in going:
        year = row.asset.decision.year if row.asset.decision else None
        by = f"by {date_words(row.asset.replace_by)}" if row.asset.replace_by else "no year recorded"
        years[year.strip() if year and first_year(year) is not None else by] += 1
    each = "; ".join(f"{year}: {number:,}" for year, number in sorted(years.items()))
    mine = _of_named(going)
    of_them = f", {_made(mine)} of them made by Hikvision or Dahua" if mine else ""
    open_ = facts.counts.cameras.undecided
    return Said(
        f"Replacing or removing {count(len(going), 'camera')} is recorded{of_them}: {each}."
        + (f" For {count(open_, 'camera')} no decision is recorded." if open_ else "")
        + note,
        DECIDED,
        decided,
        "Section 22, if a plan is to be published.",
    )


def _analytics(facts: FoiFacts) -> Said:
    said = [
        f"{title}: {_states(facts.cameras, group)}."
        for title, group in (("Face detection or recognition", FACE), ("Other analysis of people", PEOPLE))
    ]
    return Said(
        " ".join(said),
        "What makers say of the model, or a camera of itself where that is on record. Programs elsewhere are not looked for.",
        [state_of(row, FACE + PEOPLE) != NOT_KNOWN for row in facts.cameras],
        "Ask who runs the recorder.",
    )


def _flaws(facts: FoiFacts) -> Said:
    """Counts alone: which device can be attacked is for nobody outside."""
    number, flawed = facts.counts.care, facts.counts.flawed
    rows = [row for row in facts.present if row.asset.kind in WATCHED_KINDS]
    attacked = number.get("exploited-flaw", 0)
    some = f", {'' if flawed == 1 else f'{attacked:,} of them '}one that attackers are known to use" if attacked else ""
    have = count(flawed, "device has", "devices have") if flawed else "No device is known to have"
    old = number.get("support-ended", 0)
    ended = count(old, "device is", "devices are") if old else "No device is known to be"
    ours = sum("support-ended" in row.light.care and row.asset.support_until is not None for row in rows)
    by_date = f" ({ours:,} by a recorded date)" if ours else ""
    settled = [_settled(row) for row in rows]
    rest = f" For {count(settled.count(False), 'device')} it is not known." if not all(settled) else ""
    return Said(
        f"{have} a published flaw in {'their' if flawed > 1 else 'its'} firmware{some}. "
        f"{ended} no longer supported{by_date}.{rest}",
        "A recorded date of support counts first. "
        f"Looked up in published flaws, and in what makers say of their support: {looked_up(rows)}.",
        rows,
        ATTACK,
        consider=True,
    )


def _settled(row: PlannedRow) -> bool:
    """Whether it has a flaw or no support, or is known by maker, model and firmware well enough to say that it has none."""
    care, light = row.light.care, row.light
    if any(kind in FLAWS or kind == "support-ended" for kind in care):
        return True
    return bool(maker_of(row) and light.model and light.firmware) and not any(kind in DOUBTS for kind in care)


def _network(facts: FoiFacts) -> Said:
    """What staff answered, device by device; a search cannot see either."""
    rows = [row for row in facts.present if row.asset.kind != "other"]
    said, held = [], []
    for question in EXPOSURE_QUESTIONS:
        answers = Counter(getattr(row.asset, question.name) for row in rows)
        given = [f"{words.lower()} for {answers[one]:,}" for one, words in EXPOSURE_WORDS.items() if answers[one]]
        if answers[None]:
            given.append(f"nobody has answered for {answers[None]:,}")
        held += [getattr(row.asset, question.name) in ("yes", "no") for row in rows]
        if given:
            said.append(f"{question.title}: {'; '.join(given)}.")
    if not any(held):
        return Said("Nobody has answered this.", "", (), "Ask IT.")
    return Said(" ".join(said), "As staff answered for each camera, recorder and viewing program.", held, ATTACK, consider=True)


def _dpia(facts: FoiFacts) -> Said:
    known = sum(bool(row.asset.dpia_ref) for row in facts.cameras)
    rest, held = left(facts.cameras, lambda row: row.asset.dpia_ref)
    said = f"A reference to one is recorded for {known:,} of {count(len(facts.cameras), 'camera')}." if known else rest
    words = f"{answered(facts, 'dpia')} {said}".strip()
    return Said(words, AS_RECORDED, [*held, *filter(None, [facts.use.get("dpia")])], "Ask your DPO for it and its date.")


def answered(facts: FoiFacts, name: str) -> str:
    """ "The organisation’s own answer: no.", "" where there is none."""
    words = facts.use.get(name)
    return f"The organisation’s own answer: {words[0].lower()}{words[1:]}." if words else ""


def _recorders(facts: FoiFacts) -> Said:
    recorders = [row for row in facts.present if row.asset.kind == "recorder"]
    programs = facts.counts.kinds.get("software", 0)
    makers = [f"{one.name} {one.number}" for one in makers_counted(recorders)]
    unknown = facts.counts.recorders.not_known
    if unknown:
        makers.append(f"maker not known {unknown:,}")
    made = f" ({joined(makers)})" if makers else ""
    answer = f"{count(len(recorders), 'recorder')}{made}, {count(programs, 'viewing program')} in the record."
    hint = "Sections 24 and 31: some bodies have withheld these names."
    return Said(answer, "Counted like cameras.", [*recorders, *[True] * programs], hint, consider=True)


def _retention(facts: FoiFacts) -> Said:
    recorders = [row for row in facts.present if row.asset.kind == "recorder"]
    rows = [*facts.cameras, *recorders]
    days = Counter(row.asset.retention_days for row in rows if row.asset.retention_days is not None)
    each = "; ".join(f"{count(day, 'day')} for {count(number, 'item')}" for day, number in sorted(days.items()))
    rest, held = left(rows, lambda row: row.asset.retention_days, "item")
    stored = [row.asset.connected_to in {one.asset.id for one in recorders} for row in facts.cameras]
    on = count(stored.count(True), "camera is", "cameras are")
    where = f"{on} recorded as connected to a recorder." if any(stored) else ""
    kept = [(row.asset.retention_days or 0, row.asset.retention_found_days) for row in rows]
    short = sum(one is not None and one < asked for asked, one in kept)
    found = f"Fewer days than that were found for {count(short, 'item')}." if short else ""
    how = "As recorded for each camera and recorder."
    return Said(" ".join(filter(None, (f"{each}." if each else "", found, rest, where))), how, [*held, *stored])


def _suppliers(facts: FoiFacts) -> Said:
    used = Counter(firm for row in facts.bought for firm in (row.asset.seller, row.asset.maintainer) if firm)
    named = []
    for firm in facts.firms:
        if used[firm.id]:
            end = f", contract to {date_words(firm.contract_end)}" if firm.contract_end else ""
            named.append(
                f"{clean(firm.name, 60)} ({'maintains' if firm.role == 'maintainer' else 'sold'} {used[firm.id]:,}{end})"
            )
    more = f"; {len(named) - FIRMS_NAMED:,} more firms" if len(named) > FIRMS_NAMED else ""
    rest, held = left(facts.bought, lambda row: row.asset.seller or row.asset.maintainer, "item")
    said = f"{'; '.join(named[:FIRMS_NAMED])}{more}. {rest}".strip() if named else rest
    hint = "Section 43; section 40 where a firm is one person." if any(held) else "Ask procurement."
    return Said(said, "Firms in the record, with how many items each; removed items too.", held, hint, consider=True)


def _policy(facts: FoiFacts) -> Said:
    said = answered(facts, "policy")
    hint = "Ask whoever keeps it."
    return Said(said or "This record of cameras has no policies in it.", "", filter(None, [facts.use.get("policy")]), hint)


def _where(facts: FoiFacts) -> Said:
    places = {row.asset.place_path for row in facts.cameras if row.asset.place_path}
    sites = {path[0] for path in places}
    on = f" on {len(sites):,} sites" if len(sites) > 1 else ""
    rest, held = left(facts.cameras, lambda row: row.asset.place_path or None)
    said = f"They are in {count(len(places), 'place')}{on}. " if places else ""
    hint = "Section 31 is often considered for exact locations."
    return Said(f"{said}{rest}".strip(), "Places in the record, without exact locations.", held, hint, consider=True)


ANSWERERS: Mapping[str, Answerer] = {
    "total": _total,
    "makers": _makers,
    "named": _named,
    "listed": _listed,
    "types": _types,
    "inside": _inside,
    "buildings": _buildings,
    "bought": _bought,
    "spend": _spend,
    "buying": _buying,
    "removal": _removal,
    "analytics": _analytics,
    "flaws": _flaws,
    "network": _network,
    "dpia": _dpia,
    "recorders": _recorders,
    "retention": _retention,
    "suppliers": _suppliers,
    "policy": _policy,
    "where": _where,
}


def _of_named(rows: Iterable[PlannedRow]) -> list[PlannedRow]:
    return [row for row in rows if maker_of(row) in NAMED]


def _also(rows: Iterable[PlannedRow]) -> str:
    """ " Also 1 recorder.": what of the rows is no camera."""
    kinds = Counter[DeviceKind](row.asset.kind for row in rows if row.asset.kind != "camera")
    return f" Also {kinds_in_words(kinds)}." if kinds else ""


def _made(rows: Iterable[PlannedRow]) -> Count:
    return made(map(as_counted, rows))


def _asked_about(facts: FoiFacts) -> list[PlannedRow]:
    """The cameras; of a record without one, the recorders and the like."""
    return facts.cameras or [row for row in facts.present if row.asset.kind != "software"]


def _how(rows: Sequence[PlannedRow]) -> str:
    return f"{ways_said(row.asset.known_by for row in rows)} {PROVEN_MEANS}".lstrip()


def _makes_held(rows: Sequence[PlannedRow]) -> list[object]:
    """Of each whether a make is in the record."""
    return [maker_of(row) or row.light.brand for row in rows]


def state_of(row: PlannedRow, group: Sequence[Capability]) -> str:
    """ "on" where one of the group is on, else "able", else "off" where one is known to be off, else not known."""
    states = {one.state for one in row.verdict.capabilities if one.capability in group} if row.verdict else set()
    return next((state for state in ("on", "able", "off") if state in states), NOT_KNOWN)


def _states(rows: Sequence[PlannedRow], group: Sequence[Capability]) -> str:
    numbers = Counter(state_of(row, group) for row in rows)
    words = (
        ("on", "on"), ("able", "can do it, and whether it is on is not known"), ("off", "off"), (NOT_KNOWN, NOT_KNOWN),
    )  # fmt: skip
    return "; ".join(f"{what} for {numbers[state]:,}" if state != "able" else f"{numbers[state]:,} {what}"
                     for state, what in words if numbers[state]) or "no camera is in the record"  # fmt: skip
