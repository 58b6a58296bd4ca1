"""Answers to a freedom-of-information request, as a draft that a person decides on, and the table that may be released."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from camcensus.model import frozen
from camcensus.model.words import Count

FoiStatus = Literal["held", "in-part", "not-here", "consider"]

STATUS_WORDS: dict[FoiStatus, str] = {
    "held": "Held",
    "in-part": "Held in part",
    "not-here": "Not found in this record",
    "consider": "Consider exemption",
}

QUESTIONS: Mapping[str, str] = {
    "total": "How many cameras and recorders are there?",
    "makers": "Who made them?",
    "named": "How many cameras are made by Hikvision or Dahua?",
    "listed": "How many cameras are made by a maker on a list that the organisation uses?",
    "types": "How many are fixed, how many can be moved, how many are body-worn?",
    "inside": "How many are inside, how many outside?",
    "buildings": "In which kind of building are they?",
    "bought": "When was each installed or bought?",
    "spend": "What was spent in each financial year since 2012-13?",
    "buying": "Are cameras made by Hikvision or Dahua still being bought?",
    "removal": "Are there plans to remove or replace cameras, and by when?",
    "analytics": "Is face recognition or other analysis of people in use?",
    "flaws": "How many have a known security flaw, or are no longer supported by their maker?",
    "network": "Can any be reached from the internet, and are any on the organisation’s main network?",
    "dpia": "Is a data protection impact assessment held?",
    "recorders": "Which recorders and which viewing software are used?",
    "retention": "How long is footage kept, and where?",
    "suppliers": "Who supplies and maintains them, and until when?",
    "policy": "Is there a policy on CCTV?",
    "where": "Where is each camera?",
}
"""Id -> the question, as such requests really put it, in the order of the pack. An id never changes its meaning."""

NOT_RECORDED, NOT_KNOWN = "not recorded", "not known"


@frozen
class FoiRequest:
    """The request that is answered. `received` is an ISO date, None where nobody gave it; `questions` are ids."""

    ref: str = ""
    received: str | None = None
    questions: tuple[str, ...] = tuple(QUESTIONS)
    join_small: bool = False
    """Whether small rows of the table for release are joined (`planning.foi_joining`)."""


@frozen(kw_only=True)
class FoiAnswer:
    """One draft answer. `number` is its place in the pack, `counted` says how it was counted, `hint` is for the FOI lead alone.

    What has the status "consider" is in no edition for the public: whether it is released is for the FOI lead to decide.
    """

    number: int
    key: str
    question: str
    answer: str
    counted: str
    status: FoiStatus
    hint: str = ""


@frozen(order=True)
class PublicCount:
    """A row of the table for release: how many cameras share these words. Nothing else of the record is in it."""

    made_by: str
    certainty_band: str
    camera_type: str
    inside_outside: str
    building_kind: str
    installed_financial_year: str
    decision_band: str
    count: int


@frozen
class MakerCounted:
    """A maker with how many cameras it made."""

    name: str
    number: Count
    status: str = ""
    """ "Listed", "Based in China (our reading)", or "Not listed"."""


@frozen
class DueDate:
    """When a request is to be answered. `certain` is False where bank holidays are not known as far as `by`."""

    by: date
    certain: bool
