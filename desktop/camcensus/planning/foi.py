"""Draft answers to the questions that requests really ask, each with how it was counted. People decide what is released.

Nothing that staff typed and no answer of a device is quoted, but the names of firms, in an answer that is not for release
before the FOI lead has looked at it.
"""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.model.foi import QUESTIONS, FoiAnswer
from camcensus.planning.foi_answers import ANSWERERS
from camcensus.planning.foi_facts import FoiFacts

NOTHING = "No camera is in the record."


def answers(facts: FoiFacts, questions: Sequence[str] = tuple(QUESTIONS)) -> tuple[FoiAnswer, ...]:
    """The draft answers to the questions named, in the order of the pack, numbered from 1."""
    wanted = [key for key in QUESTIONS if key in questions]
    drafts = []
    for number, key in enumerate(wanted, 1):
        said = ANSWERERS[key](facts)
        drafts.append(
            FoiAnswer(
                number=number, key=key, question=QUESTIONS[key], answer=said.answer or NOTHING, counted=said.counted, status=said.status,
                hint=said.hint,
            )
        )  # fmt: skip
    return tuple(drafts)
