"""Sheets for working with: the walk-round, questions for the installer, and a floor with its pins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from camcensus.intake.pictures import read_picture
from camcensus.model.asset import paths_of
from camcensus.model.blocks import PinState, ReportDocument
from camcensus.model.device import NAMED_GRADES, WATCHED_KINDS
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import GRADE_SHORT, KIND_WORDS, clean, joined, listed, natural, natural_path, upper_first
from camcensus.report.floor_sheet import FloorPin, floor_report
from camcensus.report.questions import FIRMWARE_KNOWN, QUESTION, Asked, questions_report
from camcensus.report.walkround import WalkPlace, WalkRow, walkround_report
from camcensus.store.inventory import Inventory
from camcensus.tasks.register.care import CareLine, care_lines
from camcensus.tasks.register.verbs import LIST_WORDS, AssetRow, rows
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.making import Making
from camcensus.tasks.reports.scope import within

ASKED_OF_ONE = 2
"""Things that are asked about one device because of its flaws or its support: the most urgent."""
MOST_BY_SITE = 100
"""Questions that are asked site by site; where there are more, each model is asked about once for all sites."""
PLACES_NAMED, SITES_NAMED = 2, 8
NOT_WALKED = ("other", "software")
"""What nobody walks to: it is no camera, or it hangs on no wall."""


def walkround(this: Making) -> ReportDocument:
    """The walk-round sheet: every row by place, with empty rows for what no search finds."""
    inventory, knowledge = this.inventory, this.knowledge
    given = kit.read_kept(this)
    register = [row for row in given.rows if row.asset.in_use and row.asset.kind not in NOT_WALKED]
    sections, place = _sections(inventory), this.choices.scope.place
    walked = set() if given.scope else set(sections)
    if given.scope and place is not None:
        walked |= within(inventory.places(), place)
    found: dict[tuple[str, ...], list[WalkRow]] = {}
    for row in register:
        asset = row.asset
        section = sections.get(asset.place or "", ())
        below = asset.place_path[len(section) :]
        found.setdefault(section, []).append(
            WalkRow(
                ref=asset.ref,
                where=", ".join(below) or _address(row),
                known=_walk_words(row, knowledge),
                model=", ".join(filter(None, (row.model, "not working" if asset.working == "no" else ""))),
                channel=f"{asset.connected_ref}{f', {asset.channel}' if asset.channel is not None else ''}"
                if asset.connected_ref
                else "",
                unconfirmed=asset.unconfirmed,
            )
        )
    # A site or a building whose rooms are all on floors of their own needs no section with nothing in it.
    every = {*found, *(sections[one] for one in walked)}
    above = {section[:depth] for section in every for depth in range(len(section))}
    places = [
        WalkPlace(path=section, rows=tuple(sorted(found.get(section, ()), key=lambda one: (natural(one.where), one.ref))))
        for section in sorted(every, key=lambda one: (not one, natural_path(one)))
        if section in found or section not in above
    ]
    expected = None if given.scope else inventory.body.expected_cameras
    return walkround_report(given.occasion(), places, expected=expected, found=len(register))


def questions(this: Making) -> ReportDocument:
    """The questions for the installer, by site and model: who made what nobody knows, what is marked, what to update."""
    knowledge, given = this.knowledge, kit.read_kept(this)
    asks = {}
    for row in given.rows:
        if row.asset.in_use:
            unknown = row.asset.kind in WATCHED_KINDS and row.grade not in NAMED_GRADES
            usual = FIRMWARE_KNOWN if row.firmware else QUESTION
            asked = [row.asset.ask_note or usual] if row.asset.ask_installer or unknown else []
            asks[row.asset.id] = " ".join(asked + to_update(row, knowledge))
    about = [row for row in given.rows if asks.get(row.asset.id)]
    sections, above = kit.by_section(about)
    groups = [*_asked(sections, asks, knowledge, lambda path: clean(path[-1], 60) if len(path) > above else "", PLACES_NAMED)]
    if len(groups) > MOST_BY_SITE:
        groups = [*_asked({"": about}, asks, knowledge, lambda path: clean(path[0], 60) if path else "", SITES_NAMED)]
    return questions_report(given.occasion(), groups)


def _asked(
    sections: Mapping[str, Sequence[AssetRow]],
    asks: Mapping[str, str],
    knowledge: Knowledge,
    place: Callable[[Sequence[str]], str],
    most: int,
) -> Iterator[Asked]:
    """What is asked about devices that are alike, section by section, and how many are where; `most` places are named."""
    for name, section in sections.items():
        alike: dict[tuple[str, str], list[AssetRow]] = {}
        for row in section:
            alike.setdefault((_seen(row, knowledge), asks[row.asset.id]), []).append(row)
        for (seen, question), some in sorted(alike.items()):
            where = Counter(filter(None, (place(row.asset.place_path) for row in some)))
            yield Asked(
                site=name,
                refs=tuple(row.asset.ref for row in some),
                where=listed([f"{one} ({number:,})" if number > 1 else one for one, number in where.most_common()], most),
                seen=seen,
                question=question,
            )


def to_update(row: AssetRow, knowledge: Knowledge) -> list[str]:
    """What the installer is asked to do about a device because of its flaws or its support, the most urgent first.

    It names no device: all that are alike are asked about together. What only may be is asked where attackers are known to
    use the flaw: else the sheet would ask about every camera.
    """
    maker = clean(knowledge.name_of(row.maker), 40) if row.maker else "maker’s"
    asks = []
    for line in care_lines(row, knowledge):
        if line.kind == "exploited-flaw":
            asks.append(f"Please update now: the firmware has a flaw that attackers are known to use.{line.mended_by}")
        elif line.kind == "known-flaw" and not asks:
            asks.append(f"Please update: the firmware has a known flaw.{line.mended_by}")
        elif line.kind == "never-set-up":
            asks.append("Please set a password, or take this off the network.")
        elif line.kind == "support-ended":
            asks.append("The maker’s support has ended. What do you advise?")
        elif line.kind == "flaw-to-check" and line.exploited:
            which = f"Is its firmware, {clean(row.firmware, 40)}," if row.firmware else "Which firmware is in use, and is it"
            asks.append(f"{which} free of {_used(line)}?")
        elif line.kind == "model-to-check" and line.exploited:
            asks.append(f"Which {maker} model is this, and is its firmware free of {_used(line)}?")
    return asks[:ASKED_OF_ONE]


def _used(line: CareLine) -> str:
    """The flaws that attackers are known to use, by their ids."""
    names = [flaw.id for flaw in line.flaws if flaw.exploited]
    return joined(names)


_PINS: Mapping[str, PinState] = {"listed": "listed", "based": "based", "not-listed": ""}


def floor(this: Making) -> ReportDocument:
    """A place's plan with its pins, and their table.

    Raises StoreError where the place has no plan, and IntakeError where it cannot be read.
    """
    inventory, knowledge, place = this.inventory, this.knowledge, this.choices.place
    if place is None:
        raise StoreError("No place has a plan yet; add a picture of a floor in Places first.")
    here = next((one for one in inventory.places() if one.id == place), None)
    if here is None or not here.picture:
        raise StoreError("That place has no plan yet; add a picture of the floor first.")
    picture = read_picture(inventory.picture(here.picture).data, "plan", f"The plan of “{clean(here.name, 60)}”")
    names = paths_of(inventory.places())[here.id]
    register = [row for row in rows(inventory, knowledge) if row.asset.in_use]
    pins = [
        FloorPin(
            label=pin_label(row.asset.ref),
            ref=row.asset.ref,
            place=clean(row.asset.place_path[-1], 60) if row.asset.place_path else "",
            what=KIND_WORDS[row.asset.kind],
            made_by=upper_first(maker(row, knowledge)),
            listing=LIST_WORDS[row.state],
            state=_PINS.get(row.state, "checking"),
            x=row.asset.pin.x,
            y=row.asset.pin.y,
            walked=row.asset.pin.walked,
        )
        for row in register
        if row.asset.pin is not None and row.asset.pin.place == place
    ]
    inside = [row for row in register if row.asset.place_path[: len(names)] == names and row.asset.kind not in NOT_WALKED]
    not_placed = sum(row.asset.pin is None for row in inside)
    return floor_report(
        kit.read_nothing(this).occasion(),
        name=here.name,
        path=" › ".join(names[:-1]),
        picture=picture,
        pins=pins,
        not_placed=not_placed,
    )


def pin_label(ref: str) -> str:
    """ "CAM-003" is "3" on the plan, "REC-001" is "R1": the letter tells a recorder in black and white too."""
    prefix, _, number = ref.rpartition("-")
    number = number.lstrip("0") or "0"
    return clean(number if prefix in ("CAM", "") else f"{prefix[:1]}{number}", 12)


def maker(row: AssetRow, knowledge: Knowledge) -> str:
    """ "Dahua – likely", "may be Dahua", "Dahua or Axis – signs disagree", or "maker not known"."""
    if row.maker is None and row.grade == "possible" and row.candidates:
        return f"may be {clean(knowledge.name_of(row.candidates[0]), 40)}"
    if row.maker is None and row.grade == "conflicting" and row.candidates:
        names = joined([clean(knowledge.name_of(one), 40) for one in row.candidates], " or ")
        return f"{names} – {GRADE_SHORT[row.grade].lower()}"
    if row.maker is None:
        return "maker not known"
    return f"{clean(knowledge.name_of(row.maker), 40)} – {GRADE_SHORT[row.grade].lower()}"


def _walk_words(row: AssetRow, knowledge: Knowledge) -> str:
    """ "Dahua – likely" of a camera, whose ref says what it is; "Recorder, Dahua – likely"; "Camera" where nothing is known."""
    kind = KIND_WORDS[row.asset.kind]
    if not row.judged:
        return kind
    made_by = maker(row, knowledge)
    return upper_first(made_by) if row.asset.kind == "camera" else f"{kind}, {made_by}"


def _seen(row: AssetRow, knowledge: Knowledge) -> str:
    """What a row is, in a few words: "Dahua – likely, IPC-HDW2431"; "Recorder, maker not known"."""
    kind = "" if row.asset.kind == "camera" else KIND_WORDS[row.asset.kind]
    return upper_first(", ".join(part for part in (kind, maker(row, knowledge), clean(row.model or "", 40)) if part))


def _sections(inventory: Inventory) -> dict[str, tuple[str, ...]]:
    """Where on the sheet each place stands: place id -> names down to the floor, the building or the site it is of."""
    found: dict[str, tuple[str, ...]] = {}
    for place in inventory.places():  # parents before children
        above = found.get(place.parent or "", ())
        found[place.id] = above if place.kind == "room" and above else (*above, place.name)
    return found


def _address(row: AssetRow) -> str:
    return f"At {clean(row.addresses[0])}" if row.addresses else ""
