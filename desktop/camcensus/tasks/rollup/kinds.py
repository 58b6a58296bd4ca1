"""The words of a roll-up for kinds of organisations and for what cameras can do."""

from __future__ import annotations

from camcensus.model.body_kinds import KIND_WORDS, PUBLIC_KINDS, kind_spelled
from camcensus.model.words import clean, upper_first

ABILITY_WORDS = {
    "any": "Any AI",
    "gender-age": "Gender or age",
    "number-plate": "Number plates",
    "person-vehicle": "People and vehicles apart",
    "skin-colour": "Skin colour",
}

COUNTS_AS_WORDS = {
    "camera": "Cameras", "recorder": "Recorders", "encoder": "Encoders", "intercom": "Intercoms",
    "software": "Viewing programs", "other": "Other devices, not cameras", "may-be-camera": "Devices that may be cameras",
    "gone": "No longer there, or a spare",
}  # fmt: skip


def kind_words(kind: str) -> str:
    """ "NHS bodies"; a kind that we have no word for, as it is."""
    return KIND_WORDS.get(kind_spelled(kind)) or upper_first(clean(kind or "not said", 40))


def kind_published(kind: str) -> str:
    """The same in a pack: what no register of ours has may be anybody's words."""
    spelled = kind_spelled(kind)
    return KIND_WORDS.get(spelled) or (spelled if spelled in PUBLIC_KINDS else "Another kind")
