"""How an organisation uses its cameras: the questions that reviews ask of each, and the answers that it may give."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from camcensus.model import frozen


@frozen
class UseQuestion:
    """A question about the whole organisation. `name` is its column in every file; `answers` are stored word -> words shown.

    `title` heads a table, `ask` stands on the form.
    """

    name: str
    title: str
    ask: str
    answers: Mapping[str, str]


_YES_NO = MappingProxyType({"yes": "Yes", "no": "No", "not-known": "Not known"})
USE_QUESTIONS: tuple[UseQuestion, ...] = (
    UseQuestion(
        "dpia",
        "Data protection impact assessment",
        "Have you made a data protection impact assessment (DPIA) of your cameras?",
        MappingProxyType({"all": "Yes, of all of them", "some": "Of some of them", "none": "No"}),
    ),
    UseQuestion(
        "policy",
        "CCTV policy",
        "Do you have a written CCTV policy?",
        MappingProxyType({"published": "Yes, and anybody can read it", "written": "Yes, not published", "none": "No"}),
    ),
    UseQuestion(
        "signs",
        "Signs",
        "Do signs tell people that there are cameras?",
        MappingProxyType({"all": "Yes, wherever there are cameras", "some": "In some places", "none": "No"}),
    ),
    UseQuestion(
        "footage_access",
        "Who may look at footage",
        "Who may look at footage?",
        MappingProxyType(
            {
                "named": "Only people who are named",
                "staff": "Any member of staff",
                "others": "People outside the organisation too",
            }
        ),
    ),
    UseQuestion(
        "equality",
        "Equality assessment",
        "Have you assessed how your cameras affect people with protected characteristics (equality impact assessment)?",
        _YES_NO,
    ),
    UseQuestion(
        "consultation",
        "Consultation",
        "Were people asked what they think before cameras were put up?",
        _YES_NO,
    ),
    UseQuestion(
        "face_policy",
        "Face-recognition policy",
        "Do you have a written policy on face recognition?",
        _YES_NO,
    ),
    UseQuestion(
        "watch_lists",
        "Watch lists",
        "Are faces or number plates compared with a watch list?",
        _YES_NO,
    ),
    UseQuestion(
        "complaints",
        "Complaints about cameras",
        "Can people complain about your cameras, and is each complaint written down?",
        _YES_NO,
    ),
)
USE_COLUMNS = ", ".join(one.name for one in USE_QUESTIONS)


def camera_use_values(answers: Mapping[str, str | None]) -> dict[str, str | None]:
    """An answer, or None, for each question by its name. Raises ValueError for a word that is no answer to it."""
    values = {one.name: answers.get(one.name) for one in USE_QUESTIONS}
    for one in USE_QUESTIONS:
        if values[one.name] is not None and values[one.name] not in one.answers:
            raise ValueError(f"“{values[one.name]}” is no answer to: {one.ask}")
    return values
