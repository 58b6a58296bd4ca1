"""What staff know of the networks that reach a camera: the answers, who gave them, and on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camcensus.model.errors import StoreError
from camcensus.model.exposure import EXPOSURE_QUESTIONS, ExposureAnswer
from camcensus.store.edits.tagging import set_tags
from camcensus.store.edits.wording import these
from camcensus.store.pen import Pen, edit


@edit("set-exposure", failed="The answers were not recorded")
def answer(pen: Pen, rows: Sequence[str], answers: Mapping[str, ExposureAnswer | None], who: str, day: str) -> str:
    """Record answers by the name of their question (`model.exposure`), for rows; None takes one back.

    Raises StoreError without an answer, a name or a day.
    """
    if not answers:
        raise StoreError("There is no answer yet; choose at least one.")
    if not who.strip() or not day.strip():
        raise StoreError("Who said so, and on which day, is needed; type both.")
    values: dict[str, object] = {}
    for one in EXPOSURE_QUESTIONS:
        if one.name in answers:
            given = answers[one.name]
            values |= {one.name: given} if given is None else {one.name: given, one.on: day, one.by: who}
    said = these(pen.db, rows)
    pen.do(set_tags(rows, values))
    return f"Network answers recorded for {said}."
