"""A census or a register as plain text for a terminal. Text from outside is cleaned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from camcensus.model import frozen
from camcensus.model.asset import DECISION_WORDS
from camcensus.model.device import (
    COUNTED_KINDS,
    DOOR_KINDS,
    DeviceKind,
    Finding,
    Grade,
    SeatFinding,
    Verdict,
    may_be_camera,
    register_kind,
)
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import ScanRecord
from camcensus.model.words import (
    BASED,
    DISCLAIMER,
    GRADE_SHORT,
    KIND_WORDS,
    Count,
    clean,
    count,
    joined,
    kinds_in_words,
    lower_first,
    upper_first,
)
from camcensus.planning.counts import CountedRow, Counts, counted, is_counted, made
from camcensus.report.method import NOT_SEARCHED
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census
from camcensus.tasks.finding.given_files import FileProblem, summary_line, unread_probes, written_line
from camcensus.tasks.finding.judging import Reassessment, changed_by, list_news
from camcensus.tasks.register.verbs import LIST_WORDS, AssetRow, list_state, others
from camcensus.tasks.reports.kit import is_unsearched

SIMULATION = "This is a simulation: these devices are not real."

_WIDTHS = (8, 24, 36, 40, 34, 36, 60, 40)


@frozen
class _Line:
    """One row of the printed table, with what the totals need."""

    ref: str
    where: str
    kind: DeviceKind
    counted: bool
    verdict: Verdict | None
    findings: tuple[Finding, ...]
    place: str = ""
    decision: str = ""
    seat: SeatFinding | None = None

    @property
    def row(self) -> CountedRow:
        """What of it is counted."""
        answer = self.verdict.attribution if self.verdict else None
        return CountedRow(
            kind=register_kind(self.kind), removed=not self.counted, decided=bool(self.decision),
            grade=answer.grade if answer else "unknown", maker=answer.manufacturer if answer else None,
            listed=any(not one.may for one in self.findings), based=self.seat is not None and not self.seat.may,
        )  # fmt: skip


def census_text(census: Census, knowledge: Knowledge, enabled: frozenset[str], problems: Sequence[FileProblem] = ()) -> str:
    """What a scan or `identify` found, for people."""
    lines = [_line_of(verdict, enabled) for verdict in census.verdicts]
    parts = [SIMULATION] if census.scan.simulation else []
    parts += [summary_line(one) for one in census.heard]
    parts += [written_line(*one) for one in census.written_by]
    parts += [_table(lines, knowledge), *_totals(lines, knowledge, enabled)]
    unread = unread_probes(census.observations)
    if unread:
        named = ", ".join(f"{clean(probe)} {number}" for probe, number in unread.items())
        parts.append(f"Not yet read: {count(sum(unread.values()), 'reply', 'replies')} ({named}).")
    if problems:
        parts.append(f"Left out: {count(len(problems), 'line or file', 'lines or files')} that could not be read, named above.")
    parts += _looked(census.scan)
    return "\n".join([*parts, "", DISCLAIMER])


def inventory_text(
    inventory: Inventory,
    rows: Sequence[AssetRow],
    knowledge: Knowledge,
    enabled: frozenset[str],
    answers: Mapping[str, Verdict] | None = None,
    part: str = "",
) -> str:
    """An inventory, for people. `answers` are those re-checked for this print (device id -> verdict).

    `part` says which part of the register the rows are, "" for all; what has no row is in no part.
    """
    lines = [
        _Line(
            row.asset.ref, ", ".join(row.addresses) or "–", row.asset.kind,
            _counts(row.asset.kind) and is_counted(row.asset), row.verdict,
            row.findings, " › ".join(row.asset.place_path),
            DECISION_WORDS[row.asset.decision.what].rstrip("…") if row.asset.decision else "", row.seat,
        )
        for row in rows
    ]  # fmt: skip
    lines += [] if part else [_line_of(verdict, enabled) for verdict in others(inventory, answers)]
    scans = inventory.scans()
    parts = [SIMULATION] if any(scan.simulation for scan in scans) else []
    parts += [clean(inventory.body.name), *([part] if part else []), ""]
    if not part and is_unsearched(rows, scans):
        parts += [NOT_SEARCHED, *(["", _table(lines, knowledge)] if lines else [])]
    else:
        parts += [_table(lines, knowledge), *_totals(lines, knowledge, enabled)]
    if answers:
        changes = changed_by(inventory, answers, knowledge)
        kept = count(len(answers), "answer that was", "answers that were")
        parts.append(f"Re-checked with list version {knowledge.version} for this print: {kept} kept under an older one.")
        parts += change_lines(changes, "is now")
    if not part and (news := list_news(inventory, answers or {}, knowledge)):
        parts.append(news)
    if scans:
        parts += _looked(scans[-1])
    return "\n".join([*parts, "", DISCLAIMER])


def change_lines(changes: Sequence[Reassessment], now: str) -> list[str]:
    """Was, is and why of each, for people; `now` is how it continues ("is now", "would be")."""
    lines = []
    for one in changes:
        lines.append(f"  {clean(' '.join(filter(None, (one.ref, one.address))))}")
        lines.append(f"    was: {clean(one.was, 400)}")
        lines.append(f"    {now}: {clean(one.is_now, 400)}")
        lines.append(f"    why: {clean(one.why, 2000)}")
    return lines or ["  No answer changed."]


def _line_of(verdict: Verdict, enabled: frozenset[str]) -> _Line:
    kind = verdict.description.kind
    counted = _counts(kind)
    findings = tuple(finding for finding in verdict.findings if finding.list in enabled)
    seat = verdict.seat if verdict.seat is not None and verdict.seat.reading in enabled else None
    return _Line("", ", ".join(verdict.device.addresses) or "–", kind, counted, verdict, findings, seat=seat)


def _counts(kind: DeviceKind) -> bool:
    return kind in COUNTED_KINDS or may_be_camera(kind)


def _table(lines: Sequence[_Line], knowledge: Knowledge) -> str:
    if not lines:
        return "Nothing that answers as a camera was found. CCTV is often on its own network or plugged into a recorder."
    head = ["Ref", "Address", "What", "Made by", "Sold as, model", "On the lists you use", "Place", "Decision"]
    table = [head] + [_cells(line, knowledge) for line in lines]
    used = [column for column in range(len(head)) if any(row[column] for row in table[1:])]
    widths = {column: min(max(len(row[column]) for row in table), _WIDTHS[column]) for column in used}
    shown = ["  ".join(_fit(row[column], widths[column]) for column in used).rstrip() for row in table]
    shown.insert(1, "  ".join("─" * widths[column] for column in used))
    return "\n".join(shown) + "\n"


def _cells(line: _Line, knowledge: Knowledge) -> list[str]:
    verdict = line.verdict
    what = KIND_WORDS[line.kind]
    if verdict is not None and line.kind in COUNTED_KINDS and verdict.description.kind_grade == "possible":
        what += " – possible"
    if _counts(line.kind) and not line.counted:
        what += ", no longer here"
    if verdict is None:
        return [line.ref, line.where, what, "–", "", "", line.place, line.decision]
    if verdict.description.what and line.kind in ("other", "intercom"):
        what = upper_first(verdict.description.what)
    if register_kind(line.kind) in ("other", "software"):
        name = " ".join(filter(None, (verdict.description.claimed_manufacturer, verdict.description.model)))
        return [line.ref, line.where, what, "–", clean(name, 80), "", line.place, line.decision]
    model = verdict.description.model
    brand = verdict.attribution.brand
    named = bool(brand and model and model.casefold().startswith(brand.casefold()))
    sold = " ".join(part for part in (None if named else brand, model) if part)
    listed = LIST_WORDS[list_state(verdict, line.findings, line.seat)]
    names = sorted({finding.list for finding in line.findings})
    return [
        line.ref, line.where, what, maker_words(verdict, knowledge), clean(sold, 80),
        _listed(listed, names), clean(line.place), line.decision,
    ]  # fmt: skip


def _listed(word: str, lists: Sequence[str]) -> str:
    """ "Listed: uk-wms-2022", "Listed: 3 lists"."""
    return f"{word}: {lists[0] if len(lists) == 1 else f'{len(lists)} lists'}" if lists else word


def maker_words(verdict: Verdict, knowledge: Knowledge) -> str:
    """ "Dahua – almost certain", "Dahua or Axis – signs disagree", "May be Dahua – possible", "Not known"."""
    attribution = verdict.attribution
    grade = GRADE_SHORT[attribution.grade]
    names = [attribution.manufacturer] if attribution.manufacturer else []
    if attribution.grade in ("conflicting", "possible") and not names:
        names = list(attribution.candidates)
    if attribution.grade == "unknown" or not names:
        return grade
    may = "May be " if attribution.grade == "possible" and attribution.manufacturer is None else ""
    return f"{may}{joined([knowledge.name_of(name) for name in names], ' or ')} – {lower_first(grade)}"


def _totals(lines: Sequence[_Line], knowledge: Knowledge, enabled: frozenset[str]) -> list[str]:
    here = [line for line in lines if line.counted]
    counts = counted(line.row for line in here)
    may_be = counts.may_be_cameras
    said = [f"{kinds_in_words(counts.kinds) or '0 cameras'}; maker not known or needs checking: {counts.items.not_known}."]
    intercoms = sum(line.kind in DOOR_KINDS for line in lines)
    other = sum(not _counts(line.kind) for line in lines) - intercoms
    aside = [(intercoms, "intercom", "intercoms")]
    aside.append((other, "device of another kind", "devices of another kind"))
    beside = [count(number, one, many) for number, one, many in aside if number]
    if beside:
        said.append(f"Not counted as cameras: {', '.join(beside)}.")
    gone = sum(_counts(line.kind) for line in lines) - len(here)
    if gone:
        said.append(f"No longer here, not counted: {gone:,}.")
    said += _why_doubtful(here)
    if counts.items.makers:
        said.append("")
        said.append(
            f"By manufacturer ({'cameras, recorders and what may be a camera' if may_be else 'cameras and recorders'}):"
        )
        said += _by_maker(counts, knowledge)
    said += _by_list(here, knowledge, enabled)
    said.append("")
    return said


def _why_doubtful(counted: Iterable[_Line]) -> list[str]:
    """Why each thing that may be a camera is called so."""
    doubtful = [line for line in counted if may_be_camera(line.kind) and line.verdict is not None]
    why = [
        f"  {clean(line.ref or line.where, 60)}: {clean(line.verdict.description.kind_reason, 300)}"
        for line in doubtful
        if line.verdict is not None and line.verdict.description.kind_reason
    ]
    return ["", "Why these may be cameras:", *why] if why else []


def _by_maker(counts: Counts, knowledge: Knowledge) -> list[str]:
    makers = counts.items.makers
    wide = max(len(knowledge.name_of(one.maker)) for one in makers)
    digits = max(4, *(len(str(one.number)) for one in makers))
    lines = []
    for one in makers:
        grades: tuple[tuple[Grade, int], ...] = (
            ("confirmed", one.confirmed), ("almost-certain", one.almost_certain), ("likely", one.likely),
        )  # fmt: skip
        parts = ", ".join(f"{number} {GRADE_SHORT[grade].lower()}" for grade, number in grades if number)
        lines.append(f"  {_fit(knowledge.name_of(one.maker), wide)}  {one.number!s:>{digits}}  ({parts})")
    return lines


def _by_list(here: Sequence[_Line], knowledge: Knowledge, enabled: frozenset[str]) -> list[str]:
    """How many each list names, of which how many are proven, and up to how many with those that may be."""
    said, read = list[str](), list[str]()
    for entry in sorted(knowledge.lists.values(), key=lambda entry: (entry.date, entry.id)):
        if entry.id not in enabled:
            continue
        named, may = list[CountedRow](), 0
        for line in here:
            mine = [finding.may for finding in line.findings if finding.list == entry.id]
            mine += [line.seat.may] if line.seat is not None and line.seat.reading == entry.id else []
            if mine and not all(mine) and line.row.named:
                named.append(line.row)
            elif mine:
                may += 1
        number = made(named) + Count(0, 0, may)
        addressed, title = _addressed(entry.addressed_to), clean(entry.title)
        if entry.names_makers:
            said.append(f"  {entry.id}: {number} of {len(here)}{number.in_brackets}. {title}. {addressed}")
        else:
            read += ["", f"{BASED}: {number} of {len(here)}{number.in_brackets}. {title}; it names no company. {addressed}"]
    return [*(["", "On the lists you use:", *said] if said else []), *read]


def _addressed(to: str) -> str:
    return f"Addressed to: {clean(to)}." if to else ""


def _looked(scan: ScanRecord) -> list[str]:
    said = []
    if scan.stopped_early:
        said.append("The search was stopped early: this is the result so far.")
    held = [one for one in scan.coverage if one.state in ("blocked", "partial")]
    said += [
        f"{clean(one.probe)} on {clean(one.network)}: {one.state}" + (f" ({clean(one.reason)})" if one.reason else "")
        for one in held
    ]
    if scan.not_covered:
        said.append(f"Not covered: {'; '.join(clean(one) for one in scan.not_covered)}.")
    said += [f"{clean(one.say, 600)} {clean(one.next, 600)}" for one in scan.advice]
    if scan.ran.program:
        who = f"by {clean(scan.ran.by, 80)} " if scan.ran.by else ""
        where = f"on {clean(scan.ran.computer, 80)} " if scan.ran.computer else ""
        said.append(f"Run {who}{where}with {clean(scan.ran.program, 80)}.")
    said.append(f"List version {scan.knowledge_version}.")
    return said


def _fit(text: str, width: int) -> str:
    return f"{text[: width - 1]}…" if len(text) > width else text.ljust(width)
