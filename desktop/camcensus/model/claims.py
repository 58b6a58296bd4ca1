"""What organisations answered to an auditor's questions: one claim an organisation and question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from camcensus.model import frozen

ClaimState = Literal["answered", "replied", "refused", "not-held", "no-reply"]
"""`replied`: in words that nobody has read yet."""


CLAIM_STATE_WORDS: Mapping[ClaimState, str] = {
    "answered": "Answered",
    "replied": "Replied, not read yet",
    "refused": "Refused",
    "not-held": "Not held",
    "no-reply": "No reply",
}

ClaimQuestion = Literal["cameras", "maker", "listed", "not-known", "other"]
"""What is counted: all cameras, those of makers that the question names, of listed makers, of makers not known; or other."""

ASKS_WORDS: Mapping[str, str] = {
    "organisation": "Organisation",
    "number": "Official number",
    "kind": "Kind of organisation",
    "site": "The site, one in each row: figures add up",
    "cameras": "How many cameras in all",
    "state": "Replied, refused and so on",
    "refused": "Refused under",
    "not_held": "Not held",
    "reply": "The reply in their words",
    "date": "Date of the reply",
    "asked_on": "Date on which it was asked",
    "document": "File of the reply",
    "typed_by": "Who typed it",
    "question": "The question, one in each row",
    "maker": "The maker asked about, one in each row",
    "answer": "The answer to the question of the row",
    "other": "Another question",
    "leave": "Nothing they said: leave it out",
}
"""What a column of answers can be, besides "has:" and "count:" with makers."""

ANY_LIMIT = 1_000_000
"""No organisation has more cameras."""


@frozen
class Figure:
    """A number or a range; `high` is None for "or more". `yes` is what was said where it was yes or no."""

    low: int
    high: int | None
    yes: bool | None = None


@frozen
class QuestionAsked:
    """What a question asks for. `asks` is the same for the same question, however it is worded; `heading` are its words.

    `makers` are ids of ours, or "name:" and a name that we do not know.
    """

    question: ClaimQuestion
    asks: str
    heading: str
    makers: tuple[str, ...] = ()


@frozen(kw_only=True)
class Claimant:
    """An organisation as a row names it. `ids` has its official numbers; `type` is None where the row does not say."""

    name: str
    type: str | None
    ids: Mapping[str, str] = field(default_factory=dict)


@frozen(kw_only=True)
class Claim:
    """One answer. `row` is the one of its sheet; `document` names the reply's file; dates are ISO 8601."""

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
