"""Draft answers to freedom-of-information questions, each with how it was counted. People decide what is released.

Nothing that staff typed and no answer of a device is quoted, but the names of firms, in an answer that is not for release
before the FOI lead has looked at it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from camcensus.model.foi import QUESTIONS, FoiAnswer
from camcensus.planning.foi_answers import ANSWERERS
from camcensus.planning.foi_facts import FoiFacts, Said

NOTHING = "No camera is in the record."
NOT_SEARCHED = "Not known yet: nobody has searched for cameras, and none was entered by hand."


def answers(
    facts: FoiFacts, questions: Sequence[str] = tuple(QUESTIONS), between: Callable[[], None] = lambda: None
) -> tuple[FoiAnswer, ...]:
    """The draft answers to the questions named, in the order of the pack, numbered from 1. `between` is called before each."""
    wanted = [key for key in QUESTIONS if key in questions]
    drafts = []
    for number, key in enumerate(wanted, 1):
        between()
        said = Said(NOT_SEARCHED, "", ()) if facts.unsearched else ANSWERERS[key](facts)
        answer = said.answer or NOTHING
        drafts.append(
            FoiAnswer(
                number=number,
                key=key,
                question=QUESTIONS[key],
                answer=answer,
                counted=said.counted,
                status=said.status,
                hint=said.hint,
            )
        )
    return tuple(drafts)
