"""The answer in words that a layperson can read: made by whom, how sure, because of what, and what speaks against it."""

from __future__ import annotations

from camcensus.attribution.brands import own_brand_of
from camcensus.attribution.index import index_of
from camcensus.model.device import Attribution, Description, Evidence, Grade
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import CANNOT_TELL, UNKNOWN_MAKER, clean, joined

_WORDS: dict[Grade, str] = {
    "confirmed": "confirmed",
    "almost-certain": "almost certain",
    "likely": "likely",
    "possible": "possible",
}
_BEGINNINGS = frozenset(
    {"It", "Its", "The", "A", "An", "One", "This", "That", "There", "In", "Every", "Each", "Both", "On", "Your"}
)
"""First words that are written small inside a sentence; others may be names."""


def explain(attribution: Attribution, knowledge: Knowledge) -> str:
    """ "Made by Dahua – likely, because …. The name on it is Honeywell." Two or three short sentences."""
    if attribution.grade == "conflicting":
        return _disagree(attribution, knowledge)
    if attribution.grade == "possible" and attribution.manufacturer is None:
        return _only_possible(attribution, knowledge)
    if attribution.manufacturer is None:
        return _not_known(attribution, knowledge)
    maker = knowledge.name_of(attribution.manufacturer)
    reasons = [_clause(sign, attribution, knowledge) for sign in _deciding(attribution)]
    because = f", because {', and '.join(reasons)}" if reasons else ""
    parts = [f"Made by {maker} – {_WORDS[attribution.grade]}{because}."]
    contrary = _contrary(attribution)
    if contrary is not None:
        parts.append(f"Against this: {_inner(contrary.why)}.")
    name = _name_on_it(attribution, knowledge)
    if name and not any(sign.role == "brand" for sign in _deciding(attribution)):
        parts.append(name)
    if attribution.grade == "possible":
        parts.append("This needs checking.")
    return " ".join(parts)


def explain_other(attribution: Attribution, description: Description) -> str:
    """ "This looks like a printer or scanner, not a camera: it offers to print or scan." And its maker, where that is firm:
    what is only possible needs checking, and nobody checks what is no camera.

    For a device that is no camera, recorder, encoder or door station, by what is known of its kind.
    """
    what, why = description.what or "another kind of device", description.kind_reason
    text = why if description.kind_grade == "unknown" else f"This looks like {what}, not a camera: {_inner(why)}."
    return f"{text} {attribution.reason}" if attribution.manufacturer is not None and attribution.grade != "possible" else text


def label_was_read(attribution: Attribution) -> bool:
    """Whether a person has read the label: then nobody needs to be told that it may say more."""
    return any(sign.fingerprint.startswith("person.label.") for sign in attribution.evidence)


def _deciding(attribution: Attribution) -> tuple[Evidence, ...]:
    """The firmest sign, and for "almost certain" without a maker's own protocol the second one that makes it so.

    What was read on the device or in a letter is what confirms, however firm the other signs are.
    """
    if attribution.grade == "confirmed" and (read := [sign for sign in attribution.supports if sign.group == "person"]):
        return tuple(read[:1])
    first = attribution.supports[:1]
    if attribution.grade != "almost-certain" or not first or first[0].strength == "conclusive":
        return first
    for second in attribution.supports[1:]:
        if second.group != first[0].group and second.strength == "strong" and second.role == "manufacturer":
            return (first[0], second)
    return first


def _clause(sign: Evidence, attribution: Attribution, knowledge: Knowledge) -> str:
    """The sign as the part after "because"; a brand name says whose brand it is."""
    inner = _inner(sign.why)
    if sign.role != "brand" or attribution.manufacturer is None:
        return inner
    made = _who_makes_it(sign, attribution.manufacturer, attribution.grade, knowledge)
    return f"{inner}, and {made}" if made else inner


def _who_makes_it(sign: Evidence, manufacturer: str, grade: Grade, knowledge: Knowledge) -> str:
    """ "Hikvision makes some ABUS devices": what the records of the brand say of this maker; "" for its own name."""
    maker, index = knowledge.name_of(manufacturer), index_of(knowledge)
    brand = clean(index.brand_name(sign.subject) or "")
    if brand.casefold() in maker.casefold():
        return ""
    root = knowledge.root_of(manufacturer)
    records = [
        entry for entry in index.records.get(sign.subject, ()) if knowledge.root_of(entry.made_by) == root and not entry.against
    ]
    seen_said = [entry for entry in records if entry.verified]
    recorded = next((entry.recorded for entry in records if entry.recorded), "")
    if recorded and not seen_said:
        return f"your organisation recorded that {brand} is made by {maker} ({recorded})"
    if any(entry.relation == "own_brand" and not entry.until for entry in seen_said):
        return f"{brand} is a brand of {maker}"
    if grade != "possible":
        return f"{maker} makes {brand} devices"
    if not seen_said:
        return f"it is said, but not shown, that {maker} makes {brand} devices"
    if all(entry.relation == "former_oem" or entry.until for entry in seen_said):
        return f"{maker} made {brand} devices in the past"
    return f"{maker} makes some {brand} devices"


def _inner(why: str) -> str:
    """A sentence as part of another: no full stop, and a small first letter unless it is a name."""
    text = why.strip().rstrip(".")
    first = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if first in _BEGINNINGS else text


def _contrary(attribution: Attribution) -> Evidence | None:
    """The firmest sign for another maker; brand names have a sentence of their own."""
    return next((sign for sign in attribution.against if sign.role == "manufacturer"), None)


def _name_on_it(attribution: Attribution, knowledge: Knowledge) -> str:
    """ "The name on it is Honeywell." where that is not the maker's own name; against it where it is another maker's own."""
    brand = attribution.brand
    if brand is None:
        return ""
    maker = knowledge.name_of(attribution.manufacturer) if attribution.manufacturer else ""
    if maker and (brand.casefold() in maker.casefold() or maker.casefold() in brand.casefold()):
        return ""
    read = next((s for s in attribution.evidence if s.fingerprint == "person.label.brand"), None)
    if read is not None:
        owner = own_brand_of(read.subject, index_of(knowledge), model=None, day=None)
        if owner and attribution.manufacturer and knowledge.root_of(owner) != knowledge.root_of(attribution.manufacturer):
            return f"Against this: the label says {clean(brand)}."
        return f"The label says {clean(brand)}, which is a brand name."
    return f"The name on it is {clean(brand)}."


def _disagree(attribution: Attribution, knowledge: Knowledge) -> str:
    parts = []
    for maker in attribution.candidates:
        root = knowledge.root_of(maker)
        sign = next((s for s in attribution.supports if _speaks_for(s, root, knowledge)), None)
        why = f", because {_inner(sign.why)}" if sign else ""
        parts.append(f"One says {knowledge.name_of(maker)}{why}.")
    if len(parts) > 1:
        parts[1:] = [part.replace("One says", "Another says", 1) for part in parts[1:]]
    name = _name_on_it(attribution, knowledge)
    return " ".join(["Signs disagree – needs checking.", *parts, *([name] if name else [])])


def _speaks_for(sign: Evidence, root: str, knowledge: Knowledge) -> bool:
    if sign.role == "manufacturer":
        return knowledge.root_of(sign.subject) == root
    records = index_of(knowledge).records.get(sign.subject, ())
    return any(knowledge.root_of(record.made_by) == root and not record.against for record in records)


def _only_possible(attribution: Attribution, knowledge: Knowledge) -> str:
    """ "May be made by Dahua: one weak sign. Look at the label." What a brand name says of the maker is given instead."""
    maker = attribution.candidates[0]
    sign = attribution.supports[0]
    weak = (
        [_inner(sign.why)]
        if sign.role == "brand"
        else ["one weak sign" if len(attribution.supports) == 1 else "weak signs only"]
    )
    made = _who_makes_it(sign, maker, attribution.grade, knowledge) if sign.role == "brand" else ""
    parts = [f"May be made by {knowledge.name_of(maker)}: {', and '.join(filter(None, [*weak, made]))}."]
    if sign.role != "brand" and (name := _name_on_it(attribution, knowledge)):
        parts.append(name)
    if not label_was_read(attribution):
        parts.append("Look at the label.")
    return " ".join(parts)


def _not_known(attribution: Attribution, knowledge: Knowledge) -> str:
    parts = [CANNOT_TELL if label_was_read(attribution) else UNKNOWN_MAKER]
    if len(attribution.candidates) > 1:
        names = [knowledge.name_of(maker) for maker in attribution.candidates]
        parts.append(f"Weak signs speak for {joined(names, ' and for ')}.")
    name = _name_on_it(attribution, knowledge)
    if name:
        parts.append(name)
    index = index_of(knowledge)
    brand = index.brand_named(attribution.brand or "") or ""
    records = index.records.get(brand, ())
    if brand in knowledge.brand_entries and all(record.against or record.relation == "listed" for record in records):
        parts.append(f"Who makes {clean(attribution.brand or '')} devices is not known: ask your installer.")
        if any(not record.against for record in records):
            parts.append("One person’s list names a maker for it, and nobody has shown that.")
    return " ".join(parts)
