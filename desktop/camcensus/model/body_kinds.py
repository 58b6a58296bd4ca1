"""Kinds of organisations as they are kept: a key of ours, a kind of a public register, or what somebody typed."""

from __future__ import annotations

from camcensus.model.organisations import ORGANISATIONS

PUBLIC_KINDS = (
    # Source: Get Information about Schools, Department for Education: establishment types and phases of education.
    "Academy 16-19 converter", "Academy 16 to 19 sponsor led", "Academy alternative provision converter",
    "Academy alternative provision sponsor led", "Academy converter", "Academy secure 16 to 19", "Academy special converter",
    "Academy special sponsor led", "Academy sponsor led", "All-through", "British schools overseas", "City technology college",
    "Community school", "Community special school", "Foundation school", "Foundation special school", "Free schools",
    "Free schools 16 to 19", "Free schools alternative provision", "Free schools special", "Further education",
    "Higher education institutions", "Institution funded by other government department", "Local authority nursery school",
    "Middle deemed primary", "Middle deemed secondary", "Non-maintained special school", "Nursery", "Offshore schools",
    "Online provider", "Other independent school", "Other independent special school", "Pupil referral unit", "Secure units",
    "Service children's education", "16 plus", "Sixth form centres", "Special post 16 institution", "Studio schools",
    "University technical college", "Voluntary aided school", "Voluntary controlled school", "Welsh establishment",
    # Kinds of public bodies in the acts that set them up.
    "Acute trust", "Ambulance trust", "Clinical commissioning group", "Combined authority", "Community trust",
    "County council", "District council", "Fire and rescue service", "Foundation trust", "GP practice", "Health board",
    "Integrated care board", "London borough", "Mental health trust", "Metropolitan district", "National park authority",
    "NHS foundation trust", "NHS trust", "Parish council", "Police and crime commissioner", "Town council",
    "Unitary authority",
    # Others that have cameras.
    "Airport", "Bank", "Care home", "Charity", "Court", "Embassy", "Fire service", "Hospital", "Hotel", "Housing association",
    "Independent school", "Leisure centre", "Library", "Multi-academy trust", "Museum", "Port", "Prison", "Railway station",
    "Special school", "Stadium", "Supermarket", "Transport operator", "Utility",
)  # fmt: skip
KIND_WORDS = {
    "school": "Schools", "college": "Colleges", "university": "Universities", "nhs": "NHS organisations", "council": "Councils",
    "police": "Police forces", "shop": "Shops", "government": "Government departments", "Primary": "Primary schools",
    "Secondary": "Secondary schools", "other": "Other organisations", "All bodies": "All organisations",
}  # fmt: skip
"""The printed words of the kinds that a roll-up counts (keys of ours, two phases of the register) and of the row of all."""


def _plain(words: str) -> str:
    return words.casefold().replace("’", "'")


_SPELLED = {
    _plain(words): kind
    for words, kind in (
        *((words, kind) for kind, printed in KIND_WORDS.items() if kind != "All bodies" for words in (kind, printed)),
        *((words, one.type) for key, one in ORGANISATIONS.items() for words in (key, one.label)),
        *zip(PUBLIC_KINDS, PUBLIC_KINDS, strict=True),
    )
}


def kind_spelled(typed: str) -> str:
    """A kind as we spell it, from any word of ours or a register's for it, whatever its capitals and apostrophes.

    So that two spellings count as one. A kind that we do not know stays.
    """
    return _SPELLED.get(_plain(typed), typed)
