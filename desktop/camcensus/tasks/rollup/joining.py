"""For auditors: join roll-ups that several computers made into one, as if all their files had been given to it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from camcensus.model.disk import need_room, shown
from camcensus.model.errors import IntakeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.prose import listed
from camcensus.store.rollup import joining, reading
from camcensus.store.rollup.answers import Answers
from camcensus.store.rollup.check import Inspected
from camcensus.store.rollup.given import FileOutcome
from camcensus.store.rollup.part_check import inspect_part
from camcensus.store.rollup.rows import Unsound
from camcensus.store.rollup.worker import Inspectors
from camcensus.tasks.progress import Progress
from camcensus.tasks.rollup.taking import PartOutcome, RollUp, RollupImport, copies_kept, final_outcomes, settle

_OTHER_LIST = (
    "“{}” has another list of organisations than this roll-up; this roll-up’s was used. If it is the wrong one, add the right "
    "list."
)
_TAKEN_OUT = "What was taken out of “{}” was taken out here too, and is not counted any more: {}. Look whether that was meant."
NAMED_MOST = 5
"""Records named in that sentence."""


def join_parts(
    rollup: RollUp,
    paths: Sequence[Path],
    knowledge: Knowledge,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> RollupImport:
    """Join roll-ups; the result is the same in whatever order they are named. Killed or stopped, the next call continues.

    All are looked at as strangers' files before any is joined; one that is not sound is refused, and the others are joined.
    Raises StoreError, IntakeError.
    """
    for path in paths:
        if not path.exists():
            raise IntakeError(f"There is no file “{shown(path)}”; check the name.")
        if path.resolve() == rollup.file.path.resolve():
            raise IntakeError(f"“{shown(path)}” is this roll-up itself; name the roll-ups to join to it.")
    need_room(rollup.file.path, 2 * sum(path.stat().st_size for path in paths))
    parts: dict[Path, PartOutcome] = {}
    files: list[FileOutcome] = []
    problems: list[str] = []
    stopped = False
    answers = Answers(rollup.file.connection, knowledge)
    with (
        Inspectors(frozenset(), look=inspect_part, beside=rollup.file.path.parent) as inspectors,
        copies_kept(rollup, inspectors),
    ):
        looked_at = dict(inspectors.inspect(list(dict.fromkeys(paths))))
        for path in sorted(
            looked_at, key=lambda path: (looked_at[path].export.get("made_at", ""), looked_at[path].sha256 or "")
        ):
            found = looked_at[path]
            if found.copy is None:
                parts[path] = PartOutcome(
                    path, found.sha256, "held" if found.ending == "held" else "refused", found.why, found.reason
                )
                continue
            stopped = stopped or stop()
            if stopped:
                continue
            if joining.has_other_list(rollup.file, Path(found.copy)):
                problems.append(_OTHER_LIST.format(shown(path)))
            if gone := joining.ours_taken_out(rollup.file, Path(found.copy)):
                problems.append(_TAKEN_OUT.format(shown(path), listed(gone, NAMED_MOST)))
            done = _join(rollup, path, found, answers, knowledge, now, files, stop)
            Path(found.copy).unlink(missing_ok=True)
            stopped = done is None
            if done is not None:
                parts[path] = done
            if progress is not None:
                progress(len(parts), len(looked_at))
    settle(rollup)
    return RollupImport(
        tuple(final_outcomes(rollup, files)),
        tuple(problems),
        reading.count_stale(rollup.file.connection),
        stopped,
        parts=tuple(parts[path] for path in looked_at if path in parts),
    )


def _join(
    rollup: RollUp,
    path: Path,
    found: Inspected,
    answers: Answers,
    knowledge: Knowledge,
    now: datetime,
    files: list[FileOutcome],
    stop: Callable[[], bool],
) -> PartOutcome | None:
    """None where it was stopped: what is joined by then stays, and the next call continues."""
    done: list[FileOutcome] = []
    try:
        with contextlib.closing(joining.join(rollup.file, Path(found.copy or ""), answers, knowledge, now)) as outcomes:
            for one in outcomes:
                done.append(one)
                if stop():
                    files += done
                    return None
    except Unsound:
        reason = f"“{shown(path)}” holds values that no roll-up has; make it again from the exchange files."
        return PartOutcome(path, found.sha256, "refused", "rows", reason)
    files += done
    return PartOutcome(path, found.sha256, "joined", files=len(done))
