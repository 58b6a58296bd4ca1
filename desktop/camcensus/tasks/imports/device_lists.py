"""Lists of devices from other programs (nmap, DHCP, switches, makers' tools, CSV): shown first, then saved when confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from camcensus.identity.reconcile import reconcile
from camcensus.intake.doors import ListSort, sort_of
from camcensus.intake.lists import NO_HEADINGS
from camcensus.intake.registers import read_register
from camcensus.model import frozen
from camcensus.model.errors import DeviceListError, IntakeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import ScanProgress
from camcensus.model.words import clean, count
from camcensus.registers.columns import Headings
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census
from camcensus.tasks.finding.given_files import FileProblem, identify, summary_line, written_line
from camcensus.tasks.finding.judging import ref_prefix

WRITTEN_SHOWN = 3
"""Of so many files it is said which program wrote them."""
Standing = Literal["known", "new", "ask"]
STANDING_WORDS: dict[Standing, str] = {"known": "Known", "new": "New", "ask": "New, may be known"}


@frozen
class ListLook:
    """What was understood of files, nothing of it kept yet. `standings` go with `census.verdicts`."""

    names: tuple[str, ...]
    census: Census
    problems: tuple[FileProblem, ...]
    standings: tuple[Standing, ...]
    new_rows: int

    @property
    def say(self) -> str:
        """ "120 rows of 1 file: 112 devices, 4 known and 108 new. 31 of the new ones are, or may be, cameras, and join …" """
        devices, seen = len(self.census.verdicts), Counter(self.standings)
        new = seen["new"] + seen["ask"]
        what = "reply" if self.census.heard else "row"
        rows = f"{count(len(self.census.observations), what, 'replies' if self.census.heard else None)}"
        rows += f" of {count(len(self.names), 'file')}"
        said = f"{rows}: {count(devices, 'device')}, {seen['known']:,} known and {new:,} new."
        if new:
            joins = "is, or may be, a camera, and joins" if self.new_rows == 1 else "are, or may be, cameras, and join"
            said += (
                f" {self.new_rows:,} of the new ones {joins} the register."
                if self.new_rows
                else " None of the new ones is a camera."
            )
        if seen["ask"]:
            said += f" {seen['ask']:,} may be a device you already have."
        heard = [clean(summary_line(one), 400) for one in self.census.heard]
        written = [written_line(*one) for one in self.census.written_by[:WRITTEN_SHOWN]]
        return " ".join((*heard, *written, said))

    @property
    def problem_lines(self) -> tuple[str, ...]:
        """What could not be read, a sentence each, with the file's name."""
        return tuple(clean(f"{one.file}: {one.say}", 600) for one in self.problems)


def sort_of_file(path: Path, headings: Headings) -> ListSort:
    """What a file of any list is; what cannot be read counts as a register, whose import says why."""
    try:
        return sort_of(read_register(path, headings), headings)
    except DeviceListError:
        return "devices"
    except IntakeError:
        return "register"


def look_at_lists(
    paths: Sequence[Path],
    inventory: Inventory,
    knowledge: Knowledge,
    now: datetime,
    *,
    headings: Headings = NO_HEADINGS,
    tell: Callable[[ScanProgress], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> ListLook:
    """Read files, judge them and compare them with the inventory; keeps nothing. Raises IntakeError where none can be read.

    `headings`, `tell` and `stopped` are as in `identify`.
    """
    census, problems = identify(paths, knowledge, now=now, headings=headings, tell=tell, stopped=stopped)
    matches = reconcile([one.device for one in census.verdicts], inventory.device_keys(), knowledge)
    words: dict[str, Standing] = {"same": "known", "new": "new", "ask": "ask"}
    standings = tuple(words[one.state] for one in matches)
    fresh = [one for one, standing in zip(census.verdicts, standings, strict=True) if standing != "known"]
    new_rows = sum(ref_prefix(one) is not None for one in fresh)
    return ListLook(tuple(clean(path.name) for path in paths), census, problems, standings, new_rows)
