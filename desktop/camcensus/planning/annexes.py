"""What a register knows of what the Surveillance Camera Code and the ICO ask: counted, and judged by nobody but the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from camcensus.model.asset import INSIDE_OUTSIDE_WORDS, OWNERSHIP_WORDS
from camcensus.model.foi import NOT_KNOWN
from camcensus.model.records import Capability
from camcensus.model.words import clean, count, long_date
from camcensus.planning.foi_answers import ANSWERERS, FACE, PEOPLE, answered, state_of
from camcensus.planning.foi_facts import FoiFacts
from camcensus.planning.rows import PlannedRow

Topic = Literal[
    "all", "purpose", "dpia", "sensitive", "signs", "whose", "policy", "kept", "access", "security", "pictures", "functions",
    "inside",
]  # fmt: skip
NAMED, FOUND_NAMED, WORDS = 5, 3, 60
_FUNCTIONS = (("Faces", FACE), ("Other analysis of people", PEOPLE))


def tally(values: Iterable[object]) -> str:
    """ "Gate (10), Stairs (3), 2 more (4), not recorded (5)": those of most first; "" where nothing is recorded."""
    found = Counter(clean(" ".join(str(value).split()), WORDS) if value not in (None, "") else "" for value in values)
    bare = found.pop("", 0)
    named = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    said = [f"{value} ({number:,})" for value, number in named[:NAMED]]
    if rest := named[NAMED:]:
        said.append(f"{len(rest):,} more ({sum(number for _, number in rest):,})")
    return ", ".join([*said, *([f"not recorded ({bare:,})"] if bare and said else [])])


def in_short(facts: FoiFacts) -> Mapping[Topic, str]:
    """The facts of the cameras that fit a cell; "" where nothing is recorded."""
    cameras = facts.cameras
    able = [f"{name}: {tally(_function(row, group) for row in cameras)}." for name, group in _FUNCTIONS]
    return {
        "purpose": tally(row.asset.purpose for row in cameras),
        "inside": tally(INSIDE_OUTSIDE_WORDS[row.asset.inside_outside] if row.asset.inside_outside else "" for row in cameras),
        "functions": " ".join(able) if any(state_of(row, FACE + PEOPLE) != NOT_KNOWN for row in cameras) else "",
        "kept": tally(_days(row.asset.retention_days) for row in cameras),
        "dpia": tally(row.asset.dpia_ref for row in cameras),
    }


def known(facts: FoiFacts) -> Mapping[Topic, tuple[str, ...]]:
    """What the record says of each topic, as sentences; none where it says nothing."""
    cameras, short = facts.cameras, in_short(facts)
    recording = [row for row in facts.present if row.asset.kind in ("camera", "recorder")]
    whose = tally(OWNERSHIP_WORDS[one] if (one := row.asset.ownership) else "" for row in cameras)
    sensitive = sum(row.asset.sensitive for row in cameras)
    checked = [day for row in cameras if (day := row.asset.last_picture_check)]
    last = f", last on {long_date(max(checked))}" if checked else ""
    network = ANSWERERS["network"](facts)
    seen = f"A person has checked the picture of {len(checked):,} of {count(len(cameras), 'camera')}{last}."
    said: dict[Topic, tuple[str, ...]] = {
        "all": (ANSWERERS["total"](facts).answer if facts.present else "",),
        "purpose": (_said("What the cameras are for", short["purpose"]),),
        "inside": (_said("Where they look", short["inside"]),),
        "dpia": (answered(facts, "dpia"), _said("Impact assessment of each camera", short["dpia"])),
        "sensitive": (
            f"{count(sensitive, 'camera is', 'cameras are')} in a place that staff marked as sensitive." if sensitive else "",
        ),
        "signs": (answered(facts, "signs"),),
        "whose": (
            _said("Whose the cameras are", whose),
            _said("Who maintains them", tally(row.asset.maintainer_name for row in cameras)),
        ),
        "policy": (answered(facts, "policy"),),
        "kept": (
            _said(
                "Days that footage is kept, at cameras and recorders",
                tally(_days(row.asset.retention_days) for row in recording),
            ),
            found_against_kept(recording),
        ),
        "access": (answered(facts, "footage_access"),),
        "security": (network.answer if any(network.values) else "", ANSWERERS["flaws"](facts).answer if recording else ""),
        "pictures": (seen if cameras else "",),
        "functions": (short["functions"],),
    }
    return {topic: tuple(filter(None, sentences)) for topic, sentences in said.items()}


def _said(lead: str, numbers: str) -> str:
    return f"{lead}: {numbers}." if numbers else ""


def found_against_kept(rows: Sequence[PlannedRow]) -> str:
    """What was found on the recorder against what is promised, where the register has both; "" where it has nowhere."""
    both = [
        (row.asset.ref, found, kept)
        for row in rows
        if (found := row.asset.retention_found_days) is not None and (kept := row.asset.retention_days) is not None
    ]
    if not both:
        return ""
    fewer = [f"{ref}: {found:,} of {kept:,} days" for ref, found, kept in both if found < kept]
    more = [f"{ref}: {found:,} for {kept:,} days" for ref, found, kept in both if found > kept]
    said = (
        f"Footage found against days kept, for {count(len(both), 'item')}: fewer days at {_some(fewer)}, more at {_some(more)}"
    )
    return f"{said}, as many at {len(both) - len(fewer) - len(more):,}."


def _some(which: Sequence[str]) -> str:
    named = "; ".join(which[:FOUND_NAMED]) + ("; …" if len(which) > FOUND_NAMED else "")
    return f"{len(which):,} ({named})" if which else "0"


def _days(days: int | None) -> str:
    return "" if days is None else count(days, "day")


def _function(row: PlannedRow, group: Sequence[Capability]) -> str:
    state = state_of(row, group)
    return "able, not known whether on" if state == "able" else state
