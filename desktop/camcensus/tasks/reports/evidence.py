"""The evidence appendix on paper: for each device what we saw and what it suggests, as far as each audience may read it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from camcensus.identity.history import RegisterHistory as History
from camcensus.identity.history import row_events
from camcensus.identity.kinds import SUBJECTS
from camcensus.model import frozen
from camcensus.model.asset import DECISION_WORDS, Decision, way_short, ways_said
from camcensus.model.blocks import ReportDocument
from camcensus.model.device import DOUBTS, GRADES, NAMED_GRADES, Evidence, Grade, Group, Strength, Verdict
from camcensus.model.errors import StoreError
from camcensus.model.history import RowNow
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import (
    GRADE_WORDS,
    KIND_WORDS,
    UNKNOWN_MAKER,
    clean,
    count,
    joined,
    lower_first,
    typeset,
    upper_first,
    why_this_kind,
)
from camcensus.report.certainty import Measured
from camcensus.report.evidence import (
    KIND_SIGNS_PRINTED,
    SIGNS_PRINTED,
    Appendix,
    EvidenceAnswer,
    Exhibit,
    Past,
    PrintedSign,
    Side,
    Upkeep,
    evidence_report,
)
from camcensus.report.method import NOT_SEARCHED, Looked
from camcensus.tasks.register.abilities import abilities
from camcensus.tasks.register.care import care_lines, flaw_records_of
from camcensus.tasks.register.lists import title_in_use
from camcensus.tasks.register.verbs import LIST_WORDS, AssetRow, count_rows, enabled_lists
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.editions import Audience, Edition, Kept
from camcensus.tasks.reports.maker_records import source_cited
from camcensus.tasks.reports.making import Making

type Sides = tuple[tuple[Side, Sequence[Evidence]], ...]

HOLDS: tuple[Kept, ...] = ("place", "network", "sent", "serial", "staff", "notes", "history", "flaws")
HANDLING: dict[Audience, str] = {
    "internal": "For internal use: holds network addresses",
    "supplier": "For a supplier: no network details, no names",
    "public": "For the public: no locations, no network details, no names",
}
GROUP_WORDS: dict[Group, str] = {
    "protocol": "A maker’s own protocol",
    "soap": "ONVIF answers",
    "scope-skeleton": "ONVIF scopes",
    "auth": "Login prompt",
    "web": "Web page",
    "rtsp": "Video stream",
    "serial": "Serial number",
    "firmware": "Firmware",
    "tls": "Certificate",
    "claim": "What it calls itself",
    "mac": "MAC address",
    "person": "Read by a person",
}
REGISTER = "From a register"
"""Of a name that a list has, which nobody read on the device."""
STRENGTH_WORDS: dict[Strength, str] = {"conclusive": "Decides it", "strong": "Strong", "weak": "Weak"}
FLAWS_PRINTED = 4
"""Flaws of one kind that are printed with their words; the window has them all."""
FEW = 5
"""Up to so many devices all are printed with their signs; of more, those that are chosen."""
SEEN_TOGETHER = 3
"""Texts that say the same and are printed under one sign."""
_OF_THE_RECORD = frozenset(("set-tags", "set-purpose", "set-vendor", "ask-installer", "pin"))
"""Edits that say nothing of what a device is, where it is or what becomes of it; History holds them."""
_SURE_WORDS: dict[Grade, str] = {
    "almost-certain": "almost certain",
    "conflicting": "where signs disagree",
    "unknown": "not known",
}
_OUR_WORDS: dict[Group, str] = {
    "person": "A person read it on the device or in its papers",
    "mac": "Its MAC address is from a block that is registered",
    "claim": "It calls itself so",
}


@frozen
class Citing:
    """What is cited while devices are gone through: what a fingerprint means in our words, and the number of each source."""

    ours: Mapping[str, str]
    numbers: dict[str, int] = field(default_factory=dict)

    def number_of(self, source: str) -> int:
        """The number of a source, from 1 in the order in which they come up."""
        return self.numbers.setdefault(source, len(self.numbers) + 1)


def evidence(this: Making) -> ReportDocument:
    """The appendix."""
    given = kit.read(this)
    return evidence_report(given.occasion(), appendix_of(given, measured(this.data_dir)))


def measured(data_dir: Path) -> Measured:
    """The error rates that this version was measured with. Raises StoreError where they are missing."""
    try:
        found: dict[str, Any] = json.loads((data_dir / "resources" / "measured" / "unseen.json").read_text("utf-8"))
        return Measured(
            version=found["version"],
            command=found["command"],
            cases=found["cases"],
            captures=found["captures"],
            grades=tuple((grade, *found["grades"][grade]) for grade in GRADES),
            not_tellable=tuple(found["not_tellable"]),
            kind_told=found["kind_told"],
            kind_tellable=found["kind_tellable"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError("The measured error rates are missing or damaged. Install Camcensus again.") from error


def appendix_of(given: kit.Read, rates: Measured) -> Appendix:
    """What the appendix says to this audience."""
    edition = given.edition
    here = [row for row in given.here if row.asset.kind != "software"]
    asked = [row for row in here if row.judged or not row.asset.unconfirmed] if _in_detail(given, here) else []
    history = History(given.inventory.history()) if edition.gives("history") and asked else None
    kept = {row.id: row for row in history.history.rows} if history is not None else {}
    behind = sum(row.asset.unconfirmed for row in here)
    citing = Citing({entry.id: entry.why for entry in given.knowledge.fingerprints})
    return Appendix(
        lead=tuple(_lead(given, here)),
        looked=Looked(scans=given.scans, as_at=given.now, network=edition.gives("network"), staff=edition.gives("staff")),
        behind=f"{count(behind, 'camera')} on recorders’ channels could not be asked." if behind else "",
        answers=[*_answers(given, here)],
        exhibits=[exhibit(given, row, citing, history, kept.get(row.asset.id)) for row in asked],
        makers=tuple(given.knowledge.name_of(one.maker) for one in count_rows(here).items.makers),
        part=given.scope is not None,
        sources=[source_cited(given.knowledge, name) for name in citing.numbers],
        measured=rates,
        left_out=edition.left_out(HOLDS),
        handling=HANDLING[edition.audience],
        methods=given.methods(),
    )


def _in_detail(given: kit.Read, here: Sequence[AssetRow]) -> bool:
    """Whether the signs of each device are printed: of entries that were chosen, and where there are but a few."""
    return len(here) <= FEW or (given.scope is not None and bool(given.scope.scope.assets))


def _answers(given: kit.Read, here: Sequence[AssetRow]) -> Iterable[EvidenceAnswer]:
    """Every device with its answer, those that are answered alike together, in the order of the first."""
    alike: dict[tuple[str, Grade, int, int], list[str]] = {}
    for row in here:
        sides = {side: _alike(signs) for side, signs in _about_maker(row.verdict)} if row.verdict is not None else {}
        signs_for, against = len(sides.get("for", ())), len(sides.get("against", ()))
        alike.setdefault((_verdict(given, row), row.grade, signs_for, against), []).append(row.asset.ref)
    for (verdict, grade, signs_for, against), refs in alike.items():
        yield EvidenceAnswer(refs=tuple(refs), verdict=verdict, grade=grade, signs_for=signs_for, signs_against=against)


def _lead(given: kit.Read, here: Sequence[AssetRow]) -> Iterable[str]:
    if given.unsearched:
        yield NOT_SEARCHED
        return
    grades, of = Counter(row.grade for row in here), kit.in_words(count_rows(here))
    yield (
        f"This appendix shows why each answer about {of} was given: each sign, what it suggests, "
        f"who says so, and what speaks against it. Makers were judged with list version {clean(given.knowledge.version, 40)}."
    )
    if known := ways_said(row.known_by for row in given.here):
        yield known
    said = ", ".join(f"{number:,} {_SURE_WORDS.get(grade, grade)}" for grade in GRADES if (number := grades[grade]))
    if said:
        yield f"How sure the answers are: {said}."
    on = enabled_lists(given.inventory, given.knowledge)
    names = [clean(title_in_use(given.knowledge.lists[name]), 200) for name in sorted(on)]
    yield f"Lists in use: {'; '.join(names)}." if names else "No list is in use, so nothing is counted as listed."
    if given.reading:
        yield given.reading


# -- one device


def exhibit(given: kit.Read, row: AssetRow, citing: Citing, history: History | None, kept: RowNow | None) -> Exhibit:
    """One device as evidence."""
    edition, asset = given.edition, row.asset
    verdict = row.verdict
    where = ", ".join(clean(name, 60) for name in reversed(asset.place_path[1:]) if name.strip())
    network = tuple(part for part in (", ".join(row.addresses), row.mac or "") if part)
    sold = " ".join(part for part in (row.brand or "", row.model or "") if part)
    serial = f", serial {row.serial}" if row.serial and edition.gives("serial") else ""
    return Exhibit(
        ref=asset.ref,
        where=edition.only("place", where),
        verdict=_verdict(given, row),
        grade=row.grade,
        kind=KIND_WORDS[asset.kind],
        sold_as=f"{sold}{serial}" if sold else serial.removeprefix(", "),
        network=edition.only("network", network),
        listing=LIST_WORDS[row.state],
        lists=_lists(given, row),
        seat=_seat(given, row),
        decision=_decision(asset.decision, edition),
        confirmed=_confirmed(row, edition),
        abilities=edition.only("sent", tuple(_abilities(verdict, citing))),
        signs=tuple(_signs(given, _about_maker(verdict), citing, SIGNS_PRINTED)) if verdict is not None else (),
        why_kind=why_this_kind(verdict.description.kind) if verdict is not None else "",
        kind_signs=tuple(_signs(given, _about_kind(verdict), citing, KIND_SIGNS_PRINTED)) if verdict is not None else (),
        history=tuple(_history(history, kept, edition)) if history is not None and kept is not None else None,
        upkeep=edition.only("flaws", tuple(_upkeep(given, row))),
    )


def _upkeep(given: kit.Read, row: AssetRow) -> Iterable[Upkeep]:
    for line in care_lines(row, given.knowledge):
        named = "; ".join(
            f"{flaw.id}: {flaw.title.rstrip('.')}" for flaw in line.flaws[:FLAWS_PRINTED] if line.kind not in DOUBTS
        )
        said = line.source.publisher if line.source else ""
        yield Upkeep(title=line.title, why=f"{line.sentence} {named}.".removesuffix(" ."), said_by=said)
    if records := flaw_records_of(row, given.knowledge):
        yield Upkeep(title="No flaw shown", why=records, said_by="")


def _abilities(verdict: Verdict | None, citing: Citing) -> Iterable[str]:
    """What is known of its AI functions, each with who says so; nothing where nothing is known."""
    for one in abilities(verdict):
        if one.sources:
            numbers = ", ".join(str(citing.number_of(source)) for source in one.sources)
            yield f"{one.title}: {lower_first(one.what)}. {one.note} Source {numbers}."


def _verdict(given: kit.Read, row: AssetRow) -> str:
    """The whole reason for our own staff; for others who made it and how sure, as a reason can quote what was read."""
    verdict = row.verdict
    if verdict is None:
        return f"{UNKNOWN_MAKER} How it is known: {lower_first(way_short(row.known_by))}."
    if given.edition.gives("sent"):
        return typeset(verdict.attribution.reason or UNKNOWN_MAKER)
    if row.maker is None and row.grade == "possible" and row.candidates:
        return f"May be made by {clean(given.knowledge.name_of(row.candidates[0]), 60)}: weak signs only."
    if row.maker is None or row.grade not in (*NAMED_GRADES, "possible"):
        return GRADE_WORDS[row.grade] + "." if row.grade == "conflicting" else UNKNOWN_MAKER
    return f"Made by {clean(given.knowledge.name_of(row.maker), 60)} – {GRADE_WORDS[row.grade].lower()}."


def _lists(given: kit.Read, row: AssetRow) -> str:
    lists = given.knowledge.lists
    named = [lists[name] for name in dict.fromkeys(finding.list for finding in row.findings) if name in lists]
    return "; ".join(clean(one.title, 120) for one in named)


def _seat(given: kit.Read, row: AssetRow) -> str:
    """Where the maker is based, by our reading of a statement, whether or not a list names the maker too."""
    if row.seat is None:
        return ""
    said = given.knowledge.lists[row.seat.reading]
    return f"{row.seat_words}. The statement of {kit.date_of(said.date)} names no company."


def _decision(decision: Decision | None, edition: Edition) -> str:
    if decision is None:
        return "None yet"
    what = DECISION_WORDS[decision.what].removesuffix(", review on…")
    if decision.what == "keep-review" and decision.review_on:
        what += f", review on {kit.date_of(decision.review_on)}"
    said = what + (f", {decision.year}" if decision.year else "")
    if edition.gives("staff"):
        said += f". {clean(decision.by, 60)}, {kit.date_of(decision.at)}"
    if decision.why and edition.gives("notes"):
        said += f": {clean(decision.why, 160)}"
    return said


def _confirmed(row: AssetRow, edition: Edition) -> str:
    asset, verdict = row.asset, row.verdict
    if asset.confirmed_at:
        by = f" by {clean(asset.confirmed_by, 60)}" if asset.confirmed_by and edition.gives("staff") else ""
        return f"{kit.date_of(asset.confirmed_at)}{by}"
    read = [sign for sign in (verdict.attribution.evidence if verdict else ()) if sign.probe == "person" and sign.at]
    own = [sign for sign in read if sign.read_on_it]
    if read:
        whose = "Its label or papers were" if own else "The label of another one of this brand and model was"
        return f"{whose} read on {kit.date_of(max(sign.at or '' for sign in own or read))}."
    return "Nobody has confirmed the maker."


def is_recorded(sign: Evidence) -> bool:
    """Whether only a list says it."""
    return sign.group == "person" and sign.probe == "list"


def _about_maker(verdict: Verdict) -> Sides:
    answer = verdict.attribution
    return (("for", answer.supports), ("against", answer.against), ("other", answer.other))


def _about_kind(verdict: Verdict) -> Sides:
    signs = verdict.description.kind_evidence
    return (("for", [one for one in signs if one.supports]), ("against", [one for one in signs if not one.supports]))


def _signs(given: kit.Read, sides: Sides, citing: Citing, most: int) -> Iterable[PrintedSign]:
    """Signs that say the same, for the same side, as one; those for first, the firmest first. The first `most` are cited."""
    for side, signs in sides:
        for at, members in enumerate(_alike(signs)):
            yield _sign(given, side, members, citing, cited=at < most)


def _alike(signs: Sequence[Evidence]) -> Collection[Sequence[Evidence]]:
    order: dict[Strength, int] = {"conclusive": 0, "strong": 1, "weak": 2}
    together: dict[tuple[str, str], list[Evidence]] = {}
    for sign in sorted(signs, key=lambda sign: (order[sign.strength], sign.fingerprint)):
        together.setdefault((sign.why, sign.subject), []).append(sign)
    return together.values()


def _sign(given: kit.Read, side: Side, members: Sequence[Evidence], citing: Citing, *, cited: bool) -> PrintedSign:
    first, edition = members[0], given.edition
    seen = list(dict.fromkeys(sign.seen for sign in members if sign.seen))
    more = len(seen) - SEEN_TOGETHER
    shown = (*seen[:SEEN_TOGETHER], *([f"({more} more)"] if more > 0 else []))
    newest = max((sign.at for sign in members if sign.at), default=None)
    return PrintedSign(
        name=REGISTER if is_recorded(first) else GROUP_WORDS[first.group],
        seen=edition.only("sent", shown),
        suggests=_suggests(given.knowledge, first),
        why=_why(given, first, citing),
        source=citing.number_of(first.source) if cited and first.source in given.knowledge.sources else 0,
        seen_on=kit.day(newest),
        side=side,
        strength=STRENGTH_WORDS[first.strength] if side != "other" else "",
    )


def _why(given: kit.Read, sign: Evidence, citing: Citing) -> str:
    """What the sign means, as a sentence. For others only words of our own: those that were kept can quote what was read."""
    why = sign.why
    if not given.edition.gives("sent"):
        ours = (
            sign.why
            if sign.fingerprint.startswith("kind.")
            else REGISTER
            if is_recorded(sign)
            else _OUR_WORDS.get(sign.group, "")
        )
        why = citing.ours.get(sign.fingerprint, ours)
    why = why.strip().rstrip(".")
    return f"{typeset(why)}." if why else ""


def _suggests(knowledge: Knowledge, sign: Evidence) -> str:
    if sign.role == "manufacturer":
        return joined(list(map(knowledge.name_of, sign.subjects or (sign.subject,))), " or ")
    if sign.role == "brand":
        return f"Sold as {knowledge.brand_names.get(sign.subject, sign.subject)}"
    if sign.role == "kind":
        kind, what = SUBJECTS.get(sign.subject, ("other", None))
        return upper_first(what) if what else KIND_WORDS[kind]
    return "A part of it, not who made it" if sign.role == "component" else "Its model, not who made it"


def _history(history: History, kept: RowNow, edition: Edition) -> Iterable[Past]:
    of_the_record = {edit.change for edit in history.edits[kept.id] if edit.verb in _OF_THE_RECORD}
    for event in row_events(history, kept):
        if event.undone or event.change in of_the_record:
            continue
        yield Past(when=kit.date_of(event.at), what=event.say, by=(event.by or "") if edition.gives("staff") else "")
