"""The kinds of organisations of a publishing pack, in words of ours or of public registers: what is typed may be anything."""

from __future__ import annotations

from collections.abc import Iterable

from camcensus.tasks.rollup.figures import Figures
from camcensus.tasks.rollup.kinds import KIND_WORDS

_ANOTHER = "Another kind"
_OF_REGISTERS = (
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
_PUBLIC = {name.casefold(): name for name in _OF_REGISTERS}


def published_kinds(figures: Figures) -> dict[str, str]:
    """What each kind is called; those that no register of ours has are numbered, and so are two that are called the same."""
    kinds = {one.type for one in figures.bodies} | {kind for _, _, kind in figures.missing}
    for table in figures.tables:
        for name in {"body_type", "type"} & set(table.columns):
            at = table.columns.index(name)
            kinds.update(row[at] for row in table.rows)
    return kinds_called(kinds)


def kinds_called(kinds: Iterable[str]) -> dict[str, str]:
    """Each kind as it is published; none is called as another is."""
    found: dict[str, str] = {}
    strange = []
    for kind in sorted(kinds):
        words = KIND_WORDS.get(kind) or _PUBLIC.get(kind.casefold())
        if words is None or words in found.values():
            strange.append(kind)
        else:
            found[kind] = words
    number = f"{_ANOTHER} ({{}})" if len(strange) > 1 else _ANOTHER
    return found | {kind: number.format(at) for at, kind in enumerate(strange, 1)}
