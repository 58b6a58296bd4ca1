"""What organisations answered to an auditor's questions: one claim an organisation and question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

ClaimState = Literal["answered", "partial", "refused", "not-held", "over-cost-limit", "late", "no-reply"]


CLAIM_STATE_WORDS: Mapping[ClaimState, str] = {
    "answered": "Answered",
    "partial": "Answered in part",
    "refused": "Refused",
    "not-held": "Not held",
    "over-cost-limit": "Over the cost limit",
    "late": "Late",
    "no-reply": "No reply",
}

ClaimQuestion = Literal["cameras", "maker", "listed", "not-known", "other"]
"""What is counted: all cameras, those of makers that the question names, of listed makers, of makers not known; or other."""

AnswerField = Literal[
    "name",
    "type",
    "urn",
    "ods",
    "gss",
    "company_no",
    "question",
    "maker",
    "answer",
    "state",
    "section",
    "asked_on",
    "answered_on",
    "words",
    "document",
    "typed_by",
    "ask",
]
"""What a column of answers can be. `ask` is an answer to the question in its own heading; several columns can be that."""

ANSWER_FIELDS: tuple[AnswerField, ...] = get_args(AnswerField)

ANSWER_FIELD_WORDS: Mapping[AnswerField, str] = {
    "name": "Organisation",
    "type": "Kind of organisation",
    "urn": "URN (school)",
    "ods": "ODS code (NHS)",
    "gss": "GSS code (council, police area)",
    "company_no": "Company number",
    "question": "Question",
    "maker": "Maker asked about",
    "answer": "Answer",
    "state": "Answered, refused and so on",
    "section": "Section refused under",
    "asked_on": "Asked on",
    "answered_on": "Answered on",
    "words": "In their words",
    "document": "File of the reply",
    "typed_by": "Typed by",
    "ask": "Answer to the question in its heading",
}

ANY_LIMIT = 1_000_000
"""No organisation has more cameras."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a range; `high` is None for "or more". `yes` is what was said where it was yes or no."""

    low: int
    high: int | None
    yes: bool | None = None


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """What a question asks for. `asks` is the same for the same question, however it is worded; `heading` are its words.

    `makers` are ids of ours, or "name:" and a name that we do not know.
    """

    question: ClaimQuestion
    asks: str
    heading: str
    makers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """An organisation as a row names it. `ids` has its official numbers; `type` is None where the row does not say."""

    name: str
    type: str | None
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One answer. `row` is the one of its sheet; `document` is the SHA-256 of the reply's file; dates are ISO 8601."""

    row: int
    claimant: Claimant
    asked: QuestionAsked
    state: ClaimState
    section: str | None = None
    asked_on: str | None = None
    answered_on: str | None = None
    figure: Figure | None = None
    words: str | None = None
    document: str | None = None
    typed_by: str | None = None
