"""The FOI answer pack: what it is counted from, the request it answers, its PDF in two editions, and the CSV for release."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from camcensus.attribution.brands import name_held
from camcensus.model.addresses import without_addresses
from camcensus.model.blocks import ReportDocument
from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.cells import guarded
from camcensus.model.errors import StoreError, disk_error
from camcensus.model.foi import QUESTIONS, FoiRequest, PublicCount
from camcensus.model.knowledge import Knowledge
from camcensus.model.organisations import organisation_kind
from camcensus.model.scan import ScanRecord
from camcensus.model.words import BASED_MEANS, clean, count, fitting, long_date
from camcensus.planning.foi import answers
from camcensus.planning.foi_counts import SMALL, makers_counted, public_counts
from camcensus.planning.foi_facts import FoiFacts
from camcensus.planning.foi_joining import RULE, join_small
from camcensus.planning.rows import PlannedRow
from camcensus.planning.working_days import LONGEST_FOR_SCHOOLS, due
from camcensus.report.foi_cover import Cover, Work
from camcensus.report.foi_pack import FoiPack, foi_report
from camcensus.store.inventory import Inventory
from camcensus.tasks.progress import Progress, begun, counted_off
from camcensus.tasks.register.plan import RegisterLine
from camcensus.tasks.register.verbs import AssetRow, count_rows, enabled_lists
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.making import Making
from camcensus.tasks.reports.scope import InScope

CSV_COLUMNS = (
    "body_name", "as_at", "made_by", "certainty_band", "camera_type", "inside_outside", "building_kind",
    "installed_financial_year", "count", "decision_band",
)  # fmt: skip
"""The allow-list: nothing else of the record is in the file."""
REF_CHARACTERS = 60
SCANS_NAMED = 3
LOG_LINES = 20_000
NOT_BY_STAFF = ("keep", "rejudge", "report", "begin", "allow", "set-setting", "clean")
"""Lines of the change log that are no work of staff on the register."""
_KEY = "report.foi"


def foi_request(inventory: Inventory) -> FoiRequest:
    """The request as it was given last, saved with the inventory; an empty one before that, or where it cannot be read."""
    try:
        kept = json.loads(inventory.setting(_KEY) or "{}")
        request = checked_request(str(kept["ref"]), kept["received"], [str(key) for key in kept["questions"]])
        return replace(request, join_small=kept.get("join_small") is True)
    except (ValueError, KeyError, TypeError):
        return FoiRequest()


def save_request(inventory: Inventory, request: FoiRequest) -> None:
    """Keep the request with the inventory; no edit, so undo passes it by. Raises StoreError."""
    plain: dict[str, object] = {"ref": request.ref, "received": request.received, "questions": list(request.questions)}
    if request.join_small:
        plain["join_small"] = True
    inventory.save_draft(_KEY, json.dumps(plain, ensure_ascii=False))


def checked_request(
    ref: str, received: str | None, questions: Iterable[str] | None = None, *, today: date | None = None
) -> FoiRequest:
    """The request as typed: a date as 2026-11-17 or 17/11/2026, not after `today`; question ids.

    Raises ValueError with a sentence.
    """
    wanted = tuple(QUESTIONS) if questions is None else tuple(key.strip() for key in questions if key.strip())
    unknown = [key for key in wanted if key not in QUESTIONS]
    if unknown:
        raise ValueError(f"There is no question “{clean(unknown[0], 40)}”; the questions are: {', '.join(QUESTIONS)}.")
    day = _day(received) if received and received.strip() else None
    if day is not None and today is not None and day > today:
        raise ValueError(f"{long_date(day.isoformat())} is still to come; give the day that the request was received.")
    return FoiRequest(
        ref.strip()[:REF_CHARACTERS], day.isoformat() if day else None, tuple(key for key in QUESTIONS if key in wanted)
    )


def _day(text: str) -> date:
    text = text.strip()
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"):
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 – a day has no zone
        except ValueError:
            continue
        if 2000 <= day.year <= 2100:
            return day
    raise ValueError(f"“{clean(text, 40)}” is not a date; give the day it was received like 17/11/2026 or 2026-11-17.")


# -- the pack


def foi(this: Making) -> ReportDocument:
    """The pack; for "public" only the answers and tables. Raises StoreError."""
    given = kit.read(this)
    if given.edition.audience == "public":
        _refuse_few(given.register, given.scope)
    pack = foi_pack(
        this.inventory,
        given.knowledge,
        given.register,
        this.choices.request,
        data_dir=this.data_dir,
        progress=this.progress,
        scope=given.scope,
    )
    return foi_report(given.occasion(), pack, audience=this.choices.audience)


def foi_table(this: Making) -> tuple[bytes, int]:
    """The table for release as CSV, and its number of rows."""
    given = kit.read(this)
    join = this.choices.request.join_small
    return foi_csv(this.inventory, given.knowledge, given.register, this.now, join=join, scope=given.scope)


def foi_csv(
    inventory: Inventory,
    knowledge: Knowledge,
    register: Sequence[AssetRow],
    now: datetime,
    progress: Progress | None = None,
    *,
    join: bool = False,
    scope: InScope | None = None,
) -> tuple[bytes, int]:
    """The CSV of a register, or of a part of it, and its number of rows.

    UTF-8 with a mark, CRLF, ISO dates, no cell that a spreadsheet would compute. Raises StoreError for a part of a few.
    """
    _refuse_few(register, scope)
    facts = facts_of(inventory, knowledge, register, progress, scope)
    counts = _for_release(facts, join=join)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(CSV_COLUMNS)
    body, as_at = guarded(without_addresses(inventory.body.name)), now.date().isoformat()
    for one in counts:
        writer.writerow(
            [
                body, as_at, guarded(one.made_by), one.certainty_band, one.camera_type, one.inside_outside, one.building_kind,
                one.installed_financial_year, one.count, one.decision_band,
            ]
        )  # fmt: skip
    return text.getvalue().encode("utf-8-sig", "replace"), len(counts)


def _refuse_few(register: Sequence[AssetRow], scope: InScope | None) -> None:
    """Raises StoreError where the counts of a part are facts of each of its few cameras."""
    cameras = 0 if scope is None else count_rows(scope.of(register)).cameras.total
    if 0 < cameras < SMALL:
        each = fitting(cameras, "it", "each of them")
        say = f"This part has {count(cameras, 'camera')}: counts for the public would be facts of {each}."
        raise StoreError(f"{say} Choose a part with {SMALL} or more, or all.")


def foi_pack(
    inventory: Inventory,
    knowledge: Knowledge,
    register: Sequence[AssetRow],
    request: FoiRequest,
    *,
    data_dir: Path,
    progress: Progress | None = None,
    scope: InScope | None = None,
) -> FoiPack:
    """What the pack says of the `register`. Each answer about a part says so, as answers are copied into letters."""
    facts = facts_of(inventory, knowledge, register, progress, scope)
    drafts = answers(facts, request.questions, lambda: begun(progress, len(facts.rows)))
    if scope is not None:
        drafts = tuple(replace(one, answer=f"For {scope.name}: {one.answer}") for one in drafts)
    counts = _for_release(facts, join=request.join_small)
    received = date.fromisoformat(request.received) if request.received else None
    holidays, known_from, known_until = _bank_holidays(data_dir / "resources" / "calendar" / "bank-holidays.toml")
    school = received is not None and organisation_kind(facts.body_type).type == "school"
    cover = Cover(
        ref=request.ref,
        received=received,
        due=due(received, holidays, known_from, known_until) if received else None,
        due_longest=due(received, holidays, known_from, known_until, LONGEST_FOR_SCHOOLS) if received and school else None,
        body_type=facts.body_type,
        asked=drafts,
        work=_work(inventory, facts),
        small=SMALL,
        small_rows=sum(one.count < SMALL for one in counts),
        joined=RULE if request.join_small else "",
    )
    return FoiPack(
        cover=cover,
        answers=drafts,
        makers=makers_counted(facts.cameras),
        unknown=facts.counts.cameras.not_known,
        counts=counts,
        method=tuple(_method(inventory, knowledge, facts)),
    )


def _for_release(facts: FoiFacts, *, join: bool) -> tuple[PublicCount, ...]:
    counts = public_counts(facts.cameras, body_type=facts.body_type, year_starts=facts.year_starts)
    return join_small(counts) if join else counts


def facts_of(
    inventory: Inventory,
    knowledge: Knowledge,
    register: Sequence[AssetRow],
    progress: Progress | None,
    scope: InScope | None,
) -> FoiFacts:
    unsearched = kit.is_unsearched(register, inventory.scans())
    firms = inventory.vendors()
    if scope is not None:
        register = scope.of(register)
        firms = tuple(firm for firm in firms if any(firm.id in (row.asset.seller, row.asset.maintainer) for row in register))
    on = enabled_lists(inventory, knowledge)
    return FoiFacts(
        rows=[plan_row(row, knowledge) for row in counted_off(register, progress)],
        firms=firms,
        lists=[entry for entry in knowledge.lists.values() if entry.id in on],
        body_type=inventory.body.type,
        year_starts=inventory.body.year_starts,
        use={one.name: one.answers[said] for one in USE_QUESTIONS if (said := getattr(inventory.body, one.name))},
        unsearched=unsearched,
        names={brand: held for brand in {row.brand for row in register} if brand and (held := name_held(brand, knowledge))},
    )


def plan_row(row: AssetRow, knowledge: Knowledge) -> PlannedRow:
    """The row; a maker that the knowledge does not hold has no name that may be printed, and counts as not known."""
    entry = knowledge.manufacturers.get(row.maker or "")
    return RegisterLine(row, row.listed_on, entry.name if entry else None)


def _work(inventory: Inventory, facts: FoiFacts) -> Work:
    scans = [scan for scan in inventory.scans() if scan.is_search]
    lines = [line for line in inventory.changes(LOG_LINES) if line.verb not in NOT_BY_STAFF and not line.undone]
    return Work(
        searches=len(scans),
        search_minutes=max(1, round(sum(_seconds(scan) for scan in scans) / 60)) if scans else 0,
        edits=len(lines),
        days=len({line.at[:10] for line in lines}),
        to_check=facts.counts.identifiable.not_known,
        unsearched=facts.unsearched,
    )


def _seconds(scan: ScanRecord) -> float:
    return max(0.0, (datetime.fromisoformat(scan.ended_at) - datetime.fromisoformat(scan.started_at)).total_seconds())


def _method(inventory: Inventory, knowledge: Knowledge, facts: FoiFacts) -> Iterable[str]:
    if facts.unsearched:
        yield "Nothing is counted: nobody has searched yet, and nothing was entered by hand."
    else:
        yield f"As at the day on the first page. {facts.known} What is recorded as removed or not in use is not counted."
    scans = [scan for scan in inventory.scans() if scan.is_search]
    for scan in scans[-SCANS_NAMED:]:
        early = "; it was stopped early" if scan.stopped_early else ""
        networks = count(max(1, len(scan.interfaces)), "network")
        minutes = count(max(1, round(_seconds(scan) / 60)), "minute")
        yield f"Searched {networks} on {long_date(scan.started_at)}, {minutes}{early}."
    if scans:
        yield "A search asks each device what it is. No password was tried, no picture was watched and no setting was changed."
        yield "A camera that is off, on another network or plugged into a recorder does not answer: others have to record it."
    yield f"Makers were judged with list version {knowledge.version.split('+')[0]}. The name on it is often not who made it."
    yield "Type, inside or outside, dates and costs are what a list or staff recorded, in a column, a heading or a name."
    yield "“Not recorded” is counted, and never guessed."
    yield "Financial years begin in the month that the organisation set. A year alone is one whose month is not recorded."
    yield "“Listed” counts makers that a list in use names; each list says to whom it is addressed."
    if any(row.based for row in facts.rows):
        yield BASED_MEANS


@lru_cache(maxsize=2)
def _bank_holidays(path: Path) -> tuple[frozenset[date], date, date]:
    """The days, and the first and last day for which they are known. Raises StoreError where the file cannot be read."""
    try:
        with path.open("rb") as file:
            held = tomllib.load(file)
        days = frozenset(entry["on"] for entry in held["day"])
        return days, min(days).replace(month=1, day=1), held["until"]
    except OSError as error:
        raise disk_error(path, error) from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise StoreError("The list of bank holidays that comes with Camcensus is damaged; install it again.") from error
