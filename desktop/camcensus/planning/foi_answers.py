"""One function a question: the answer as a sentence, how it was counted, and what the FOI lead has to think of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from camcensus.model.asset import CAMERA_TYPE_WORDS, Place
from camcensus.model.counts import PROVEN_MEANS, Count, kinds_counted, kinds_in_words, proven_means
from camcensus.model.device import DeviceKind
from camcensus.model.exposure import EXPOSURE_QUESTIONS, EXPOSURE_WORDS
from camcensus.model.foi import NOT_KNOWN, NOT_RECORDED, FoiStatus
from camcensus.model.known import ways_said
from camcensus.model.prose import fitting, joined
from camcensus.model.records import Capability
from camcensus.model.statements import STATUS_WORDS, Statement
from camcensus.model.words import clean, count, long_date, pounds
from camcensus.planning.counts import counted, made
from camcensus.planning.foi_counts import NAMED, as_counted, building_kind, installed_year, maker_of, makers_counted
from camcensus.planning.foi_facts import Answerer, FoiFacts, Said, left, share
from camcensus.planning.plan import PlanRow
from camcensus.planning.years import first_year

FACE: tuple[Capability, ...] = ("face-detection", "face-recognition", "face-attributes")
PEOPLE: tuple[Capability, ...] = (
    "gender-age", "emotion", "ethnicity", "skin-colour", "mask", "person-vehicle", "line-crossing", "behaviour", "fight",
    "person-tracking", "people-counting", "crowd", "temperature",
)  # fmt: skip
FIRMS_NAMED = 12
SINCE = 2012


def _total(facts: FoiFacts) -> Said:
    counts = facts.counts
    rest = kinds_counted({kind: number for kind, number in counts.kinds.items() if kind not in ("camera", "unknown")})
    said = joined([count(counts.cameras.total, "camera"), *rest])
    unsure = counts.may_be_cameras
    may = f" {count(unsure, 'more device', 'more devices')} may be {fitting(unsure, 'a camera', 'cameras')}." if unsure else ""
    theirs = sum(row.asset.ownership == "not-ours" for row in facts.present)
    others = f" {theirs:,} of them belong to somebody else." if theirs else ""
    counted = f"{facts.known} What is marked as removed is not counted.{others}".lstrip()
    return Said(f"{said}.{may}", counted, "held" if facts.present else "not-here")


def _makers(facts: FoiFacts) -> Said:
    rows = _asked_about(facts)
    of, noun = counted(map(as_counted, rows)).items, "camera" if facts.cameras else "item"
    named = "; ".join(f"{one.name} {one.number}" for one in makers_counted(rows))
    number = of.named.proven
    some = f"{number:,} of these {fitting(number)} proven." if number else "No maker is proven yet."
    proven = some if number < of.named.number else "All of these are proven."
    not_known = f"The maker of {count(of.not_known, noun)} is not known." if of.not_known else ""
    names = sum(bool(row.light.brand) and maker_of(row) is None for row in rows)
    on_it = f"For {names:,} of these the record has the name on it, which need not be its maker’s." if names else ""
    said = (f"{named}." if named else "", proven if named else "", not_known, on_it)
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
    unknown = sum(maker_of(row) is None for row in rows) - unsure
    noun = f"{'other ' if unsure else ''}{'camera' if facts.cameras else 'item'}"
    rest = f" The maker of {count(unknown, noun)} is not known." if unknown else ""
    return Said(f"{recorded}{proven}.{also}{doubt if unsure else ''}{rest}", _how(mine), _makes_held(rows))


def _listed(facts: FoiFacts) -> Said:
    if not facts.lists:
        return Said("The organisation uses no list of makers.", "From the lists that are switched on.", "held")
    named, read, rows, means = dict[str, list[str]](), [], _asked_about(facts), ""
    by_name = {entry.id for entry in facts.lists if entry.names_makers}
    for entry in sorted(facts.lists, key=lambda one: (one.date, one.id)):
        title = clean(entry.title, 120)
        mine = [row for row in rows if (entry.id in row.listed_on if entry.names_makers else row.based)]
        number = f"{_made(mine)}" if facts.cameras else kinds_in_words(Counter(row.asset.kind for row in mine)) or "0"
        proven = f", {doubt}" if (doubt := _made(mine).doubt) else ""
        means = means or proven_means(_made(mine))
        if entry.names_makers:
            also = _also(row for row in facts.present if entry.id in row.listed_on) if facts.cameras else ""
            to = named.setdefault(_addressed(entry), [])
            to.append(f"{number} by makers named in “{title}”{proven}.{also} {STATUS_WORDS[entry.status]}.")
        else:
            above = _made(row for row in mine if by_name.intersection(row.listed_on))
            both = f" These include {above} counted above." if above else ""
            read.append(
                f"Based in China (our reading), not a list: {number}{proven}.{both} We read “{title}” "
                f"({_day(entry.date)}) so; it names no company.{_addressed(entry)}"
            )
    said = [" ".join(lines) + to for to, lines in named.items()] or ["The organisation uses no list that names makers."]
    known = sum(maker_of(row) is not None for row in facts.present)
    return Said("\n".join([*said, *read]), means, share(known, len(facts.present)))


def _addressed(entry: Statement) -> str:
    """ " Addressed to the UK Government, not to schools."; empty where nobody says. Lists of one addressee share it."""
    not_to = f", not to {clean(entry.not_addressed_to, 80)}" if entry.not_addressed_to else ""
    return f" Addressed to {clean(entry.addressed_to, 80)}{not_to}." if entry.addressed_to else ""


def _types(facts: FoiFacts) -> Said:
    kinds = Counter(row.asset.camera_type for row in facts.cameras if row.asset.camera_type)
    named = [f"{words} {kinds[kind]:,}" for kind, words in CAMERA_TYPE_WORDS.items() if kinds[kind] and kind != "body-worn"]
    known = sum(kinds.values())
    answer = f"{'; '.join(named)}. " if named else ""
    answer += f"Body-worn cameras: {kinds['body-worn']:,}." if known else ""
    answer += left(len(facts.cameras) - known)
    return Said(answer.strip(), "As staff recorded each camera.", share(known, len(facts.cameras)))


def _inside(facts: FoiFacts) -> Said:
    where = Counter(row.asset.inside_outside for row in facts.cameras if row.asset.inside_outside)
    known = sum(where.values())
    answer = f"{where['inside']:,} inside, {where['outside']:,} outside." if known else ""
    return Said(
        (answer + left(len(facts.cameras) - known)).strip(),
        "As staff recorded each camera.",
        share(known, len(facts.cameras)),
    )


def _buildings(facts: FoiFacts) -> Said:
    kind, spread = building_kind(facts.body_type), _spread(facts)
    if kind == NOT_RECORDED:
        return Said(f"The kind of each building is not recorded. {spread}", "Counts of places in the record.", "in-part")
    article = "an" if kind[0] in "aeiou" else "a"
    return Said(
        f"All are at {article} {kind}. {spread}", "By the kind of organisation; counts of places in the record.", "held"
    )


def _bought(facts: FoiFacts) -> Said:
    years = Counter(installed_year(row.asset.installed_on, facts.year_starts) for row in facts.cameras)
    unknown = years.pop(NOT_RECORDED, 0)
    each = "; ".join(f"{year}: {number:,}" for year, number in sorted(years.items()))
    return Said(
        f"{f'{each}.' if each else ''}{left(unknown)}".strip(),
        "By the date recorded, in financial years; a year alone is one whose month is not recorded.",
        share(sum(years.values()), len(facts.cameras)),
    )


def _spend(facts: FoiFacts) -> Said:
    bought = [row.asset for row in facts.rows if row.asset.kind != "other"]
    sums: Counter[str] = Counter()
    priced = [asset for asset in bought if asset.cost_pence is not None]
    for asset in priced:
        year = installed_year(asset.installed_on, facts.year_starts)
        first = first_year(year)
        early = first is not None and first < SINCE
        sums["before 2012-13" if early else "in a year that is not recorded" if first is None else year] += (
            asset.cost_pence or 0
        )
    each = "; ".join(f"{year}: {pounds(pence)}" for year, pence in sorted(sums.items()))
    answer = f"{each}." if each else ""
    answer += left(len(bought) - len(priced), "item")
    return Said(
        answer.strip() or "Nothing is recorded.",
        "What each item cost, as staff recorded it; removed items too, no fitting, no contracts.",
        share(len(priced), len(bought)),
        "Finance may hold more.",
    )


def _buying(facts: FoiFacts) -> Said:
    years = [
        year
        for row in _of_named(facts.rows)
        if (year := installed_year(row.asset.installed_on, facts.year_starts)) != NOT_RECORDED
    ]
    if not years:
        return Said(
            "No date of buying is recorded for a camera or recorder made by them.",
            "From the dates of installation in the record.",
            "not-here",
            "Ask whoever buys; say yes or no.",
        )
    return Said(
        f"The newest of these was installed or bought in {max(years)}.",
        "From the dates of installation in the record. It does not say what has been ordered since.",
        "in-part",
        "Ask whoever buys; say yes or no.",
    )


def _removal(facts: FoiFacts) -> Said:
    going = [row for row in facts.cameras if row.asset.decision and row.asset.decision.what in ("replace", "remove")]
    if not going:
        return Said("No decision to replace or remove a camera is recorded.", "From the decisions that staff recorded.", "held")
    years: Counter[str] = Counter()
    for row in going:
        year = row.asset.decision.year if row.asset.decision else None
        years[year.strip() if year and first_year(year) is not None else "no year given"] += 1
    each = "; ".join(f"{year}: {number:,}" for year, number in sorted(years.items()))
    mine = _of_named(going)
    of_them = f", {_made(mine)} of them made by Hikvision or Dahua" if mine else ""
    open_ = facts.counts.cameras.undecided
    return Said(
        f"Replacing or removing {count(len(going), 'camera')} is decided{of_them}: {each}."
        + (f" For {count(open_, 'camera')} nothing is decided yet." if open_ else ""),
        "From the decisions that staff recorded.",
        "held",
        "Section 22, if a plan is to be published.",
    )


def _analytics(facts: FoiFacts) -> Said:
    said = [
        f"{title}: {_states(facts.cameras, group)}."
        for title, group in (("Face detection or recognition", FACE), ("Other analysis of people", PEOPLE))
    ]
    known = sum(_state(row, FACE + PEOPLE) in ("on", "off") for row in facts.cameras)
    return Said(
        " ".join(said),
        "What cameras that were asked say of themselves, and makers of the model. Programs elsewhere are not looked for.",
        share(known, len(facts.cameras)),
        "Ask who runs the recorder.",
    )


def _flaws(facts: FoiFacts) -> Said:
    """Counts alone: which device can be attacked is for nobody outside."""
    number, flawed, asked = facts.counts.care, facts.counts.flawed, facts.counts.to_look_up
    attacked = number.get("exploited-flaw", 0)
    some = f", {'' if flawed == 1 else f'{attacked:,} of them '}one that attackers are known to use" if attacked else ""
    have = count(flawed, "device has", "devices have") if flawed else "No device is known to have"
    old = number.get("support-ended", 0)
    ended = count(old, "device is", "devices are") if old else "No device is known to be"
    its = "their" if flawed > 1 else "its"
    answer = f"{have} a published flaw in {its} firmware{some}. {ended} no longer supported by the maker."
    if asked:
        answer += f" For {count(asked, 'device')} it is not known."
    return Said(
        answer,
        "Model and firmware compared with published records, and with what makers say of their support.",
        "consider",
        "Section 31: a count can tell an attacker that an attack would work.",
    )


def _network(facts: FoiFacts) -> Said:
    """What staff answered, device by device; a search cannot see either."""
    rows = [row for row in facts.present if row.asset.kind != "other"]
    said, answered = [], 0
    for question in EXPOSURE_QUESTIONS:
        answers = Counter(getattr(row.asset, question.name) for row in rows)
        given = [f"{words.lower()} for {answers[one]:,}" for one, words in EXPOSURE_WORDS.items() if answers[one]]
        if answers[None]:
            given.append(f"nobody has answered for {answers[None]:,}")
        answered += answers["yes"] + answers["no"]
        if given:
            said.append(f"{question.title}: {'; '.join(given)}.")
    if not answered:
        return Said("Nobody has answered this.", "", "not-here", "Ask IT.")
    return Said(
        " ".join(said),
        "As staff answered for each camera, recorder and viewing program.",
        "consider",
        "Section 31: a count can tell an attacker that an attack would work.",
    )


def _dpia(facts: FoiFacts) -> Said:
    known = sum(bool(row.asset.dpia_ref) for row in facts.cameras)
    if not known:
        return Said("No reference to one is recorded.", "From the references that staff recorded.", "not-here", _ASK_DPO)
    return Said(
        f"Yes: a reference to one is recorded for {known:,} of {count(len(facts.cameras), 'camera')}.",
        "From the references that staff recorded.",
        share(known, len(facts.cameras)),
        _ASK_DPO,
    )


def _recorders(facts: FoiFacts) -> Said:
    recorders = [row for row in facts.present if row.asset.kind == "recorder"]
    programs = facts.counts.kinds.get("software", 0)
    makers = [f"{one.name} {one.number}" for one in makers_counted(recorders)]
    unknown = facts.counts.recorders.not_known
    if unknown:
        makers.append(f"maker not known {unknown:,}")
    made = f" ({joined(makers)})" if makers else ""
    answer = f"{count(len(recorders), 'recorder')}{made}, {count(programs, 'viewing program')} in the record."
    return Said(
        answer, "Counted like cameras.", "consider",
        "Sections 24 and 31: some bodies have withheld these names.",
    )  # fmt: skip


def _retention(facts: FoiFacts) -> Said:
    days = Counter(row.asset.retention_days for row in facts.cameras if row.asset.retention_days is not None)
    known = sum(days.values())
    each = "; ".join(f"{count(day, 'day')} for {count(number, 'camera')}" for day, number in sorted(days.items()))
    on_recorder = sum(row.asset.connected_to is not None for row in facts.cameras)
    stored = f" {count(on_recorder, 'camera is', 'cameras are')} recorded as connected to a recorder." if on_recorder else ""
    answer = f"{f'{each}.' if each else ''}{left(len(facts.cameras) - known)}{stored}".strip()
    return Said(answer, "As staff recorded each camera.", share(known, len(facts.cameras)))


def _suppliers(facts: FoiFacts) -> Said:
    used = Counter(firm for row in facts.present for firm in (row.asset.seller, row.asset.maintainer) if firm)
    if not used:
        return Said("No supplier or maintainer is recorded.", "From the register.", "not-here", "Ask procurement.")
    named = []
    for firm in facts.firms:
        if used[firm.id]:
            end = f", contract to {_day(firm.contract_end)}" if _day(firm.contract_end) else ""
            named.append(
                f"{clean(firm.name, 60)} ({'maintains' if firm.role == 'maintainer' else 'sold'} {used[firm.id]:,}{end})"
            )
    more = f"; {len(named) - FIRMS_NAMED:,} more firms" if len(named) > FIRMS_NAMED else ""
    return Said(
        f"{'; '.join(named[:FIRMS_NAMED])}{more}.",
        "Firms that staff recorded, with how many items each.",
        "consider",
        "Section 43; section 40 where a firm is one person.",
    )


def _policy(_: FoiFacts) -> Said:
    return Said("This record of cameras has no policies in it.", "", "not-here", "Ask whoever keeps it.")


def _where(facts: FoiFacts) -> Said:
    return Said(
        f"{_spread(facts)} Exact locations are not in this draft.",
        "Counts of places in the record.",
        "consider",
        "Section 31 is often considered for exact locations.",
    )


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

_ASK_DPO = "Ask your DPO for it and its date."


def _of_named(rows: Iterable[PlanRow]) -> list[PlanRow]:
    return [row for row in rows if maker_of(row) in NAMED]


def _also(rows: Iterable[PlanRow]) -> str:
    """ " Also 1 recorder.": what of the rows is no camera."""
    kinds = Counter[DeviceKind](row.asset.kind for row in rows if row.asset.kind != "camera")
    return f" Also {kinds_in_words(kinds)}." if kinds else ""


def _made(rows: Iterable[PlanRow]) -> Count:
    return made(map(as_counted, rows))


def _asked_about(facts: FoiFacts) -> list[PlanRow]:
    """The cameras; of a record without one, the recorders and the like."""
    return facts.cameras or [row for row in facts.present if row.asset.kind != "software"]


def _how(rows: Sequence[PlanRow]) -> str:
    return f"{ways_said(row.asset.known_by for row in rows)} {PROVEN_MEANS}".lstrip()


def _makes_held(rows: Sequence[PlanRow]) -> FoiStatus:
    """Held where every one has a make in the record."""
    return share(sum(maker_of(row) is not None or bool(row.light.brand) for row in rows), len(rows))


def _state(row: PlanRow, group: Sequence[Capability]) -> str:
    """ "on" where one of the group is on, else "able", else "off" where one is known to be off, else not known."""
    states = {one.state for one in row.verdict.capabilities if one.capability in group} if row.verdict else set()
    return next((state for state in ("on", "able", "off") if state in states), NOT_KNOWN)


def _states(rows: Sequence[PlanRow], group: Sequence[Capability]) -> str:
    numbers = Counter(_state(row, group) for row in rows)
    words = (
        ("on", "on"), ("able", "can do it, and whether it is on is not known"), ("off", "off"), (NOT_KNOWN, NOT_KNOWN),
    )  # fmt: skip
    return "; ".join(f"{what} for {numbers[state]:,}" if state != "able" else f"{numbers[state]:,} {what}"
                     for state, what in words if numbers[state]) or "no camera is in the record"  # fmt: skip


def _spread(facts: FoiFacts) -> str:
    """ "1 site, 3 buildings; 2 cameras have no place yet." with no name in it."""
    by_id = {place.id: place for place in facts.places}
    found: dict[str, set[str]] = {"site": set(), "building": set()}
    nowhere = 0
    for row in facts.cameras:
        place = by_id.get(row.asset.place or "")
        nowhere += place is None
        for above in _chain(place, by_id):
            if above.kind in found:
                found[above.kind].add(above.id)
    parts = [count(len(ids), kind) for kind, ids in found.items() if ids]
    none = f" {count(nowhere, 'camera has', 'cameras have')} no place in the record." if nowhere else ""
    return f"They are at {joined(parts)}.{none}" if parts else none.strip()


def _chain(place: Place | None, by_id: Mapping[str, Place]) -> list[Place]:
    chain: list[Place] = []
    while place is not None and place not in chain:
        chain.append(place)
        place = by_id.get(place.parent or "")
    return chain


def _day(iso: str | None) -> str:
    try:
        return long_date(iso) if iso and len(iso) == 10 else ""
    except (ValueError, IndexError):
        return ""
