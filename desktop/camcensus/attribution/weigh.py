"""What the signs of one device add up to: the maker, the brand, the grade, and which signs stand for and against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from camcensus.attribution.brands import own_brand_of
from camcensus.attribution.explain import explain
from camcensus.attribution.index import index_of
from camcensus.attribution.ladder import LABEL, Case, Spoken, climb, grade_of, in_order, is_named_by_weak_signs, spoken
from camcensus.attribution.match import sort_key
from camcensus.model.device import Attribution, Evidence, Grade
from camcensus.model.knowledge import Knowledge

_STRENGTH_ORDER = {"conclusive": 0, "strong": 1, "weak": 2}
_WRITTEN = 4
"""Level of a company that a letter or a confirming label names: above the ladder."""


def weigh(evidence: Iterable[Evidence], knowledge: Knowledge, model: str | None) -> Attribution:
    """The attribution that the signs of one device give, whatever their order. `model` is looked up in brand records."""
    signs = in_order(tuple(evidence))
    day = max((sign.at for sign in signs if sign.at and sign.group != "person"), default=None)
    case = Case(signs, index_of(knowledge), model, day)
    does, says = spoken(case)
    levels, heard = climb(does, says, case)
    grade, leaders = grade_of(levels)
    written = _confirmed(case, levels)
    if written:
        grade = "confirmed" if len(written) == 1 else "conflicting"
        leaders = tuple(sorted(written))
    named = {root: written.get(root) or _firmest_company(root, heard, knowledge) for root in {*levels, *leaders}}
    maker = named[leaders[0]] if grade not in ("conflicting", "unknown") else None
    if grade == "possible" and not is_named_by_weak_signs(leaders[0], heard, knowledge):
        maker = None
    name, brand = _brand(case)
    supports, against, other = _sides(case, grade, leaders, (*does, *says), name)
    candidates = [named[root] for root in leaders]
    if grade != "conflicting":
        rest = (root for root in levels if root not in leaders)
        candidates += [named[root] for root in sorted(rest, key=lambda root: (-levels[root], root))]
    attribution = Attribution(
        manufacturer=maker,
        brand=brand,
        grade=grade,
        candidates=tuple(candidates),
        supports=supports,
        against=against,
        other=other,
        reason="",
        knowledge_version=knowledge.version,
    )
    return replace(attribution, reason=explain(attribution, knowledge))


def _confirmed(case: Case, levels: Mapping[str, int]) -> dict[str, str]:
    """Makers confirmed in writing: top of the ownership path -> the company named. Letters first, else labels; often none."""
    knowledge = case.knowledge
    letters = {
        knowledge.root_of(sign.subject): sign.subject
        for sign in case.signs
        if sign.group == "person" and sign.role == "manufacturer" and sign.strength == "conclusive"
    }
    if letters:
        return letters
    brands = {sign.subject for sign in case.signs if sign.fingerprint == LABEL}
    makers = {own_brand_of(brand, case.index, model=case.model, day=case.day) for brand in brands}
    if len(makers) != 1 or (maker := makers.pop()) is None:
        return {}
    root = knowledge.root_of(maker)
    contradicted = any(level >= 2 for other, level in levels.items() if other != root) or any(
        sign.role == "manufacturer"
        and sign.group != "person"
        and sign.verified
        and sign.strength != "weak"
        and knowledge.root_of(sign.subject) != root
        for sign in case.signs
    )
    return {} if contradicted else {root: maker}


def _firmest_company(root: str, heard: Sequence[Spoken], knowledge: Knowledge) -> str:
    """Which company of one ownership path is named: the one with the firmest sign; between equals the parent."""
    best: dict[str, int] = {}
    for item in heard:
        for maker, level in item.levels.items():
            if knowledge.root_of(maker) == root:
                best[maker] = max(level, best.get(maker, 0))
    return min(best, key=lambda maker: (-best[maker], maker != root, maker), default=root)


def _sides(
    case: Case, grade: Grade, leaders: tuple[str, ...], items: Sequence[Spoken], name: str | None
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Signs for, against, and about other things; the firmest first. Where no maker is named, all leaders' signs are "for".

    A brand name is for a maker where it speaks of that one alone, or says as much as the grade; else it is only a name, and
    counts against. Then, too, it supports the answer to what it speaks of, where it is the `name` that is given; so does what
    speaks of a kind or a part.
    """
    levels_of = {id(item.sign): item.levels for item in items}  # the very signs of the case
    supports: list[tuple[int, Evidence]] = []
    against: list[tuple[int, Evidence]] = []
    other: list[Evidence] = []
    for sign in case.signs:
        if sign.role not in ("manufacturer", "brand") or not (sign.subject or sign.subjects):
            other.append(_turned(sign, supports=_is_said(sign, name)))
            continue
        says = dict.fromkeys(sign.subjects, 1) if sign.subjects else levels_of.get(id(sign))
        if says is None:
            says = {sign.subject: _WRITTEN} if sign.role == "manufacturer" else case.levels_of_brand(sign.subject)
        level = max((level for name, level in says.items() if case.knowledge.root_of(name) in leaders), default=0)
        alone = all(case.knowledge.root_of(name) in leaders for name in says)
        enough = 2 if sign.role == "brand" and not alone and grade in ("confirmed", "almost-certain", "likely") else 1
        if level >= enough:
            supports.append((level, _turned(sign, supports=True)))
        elif grade in ("conflicting", "unknown"):
            other.append(_turned(sign, supports=_is_said(sign, name)))
        else:
            against.append((max(says.values(), default=0), _turned(sign, supports=_is_said(sign, name))))
    return _firmest_first(supports), _firmest_first(against), tuple(sorted(other, key=sort_key))


def _turned(sign: Evidence, *, supports: bool) -> Evidence:
    return sign if sign.supports is supports else replace(sign, supports=supports)


def _is_said(sign: Evidence, name: str | None) -> bool:
    """Whether a sign that is not for the maker supports what is answered all the same."""
    return sign.subject == name if sign.role == "brand" else sign.role != "manufacturer"


def _firmest_first(found: list[tuple[int, Evidence]]) -> tuple[Evidence, ...]:
    order = sorted(found, key=lambda item: (-item[0], item[1].family, _STRENGTH_ORDER[item[1].strength], sort_key(item[1])))
    return tuple(sign for _, sign in order)


_READ_ORDER = {LABEL: 0, "person.invoice.brand": 1}


def _brand(case: Case) -> tuple[str | None, str | None]:
    """The name on the box, its id and how it is written.

    What a person read last, else what the device says most firmly and most often, else its block's.
    """
    read = [sign for sign in case.signs if sign.group == "person" and sign.role == "brand"]
    if read:
        best = min(_READ_ORDER.get(sign.fingerprint, 2) for sign in read)
        last = max(
            (sign for sign in read if _READ_ORDER.get(sign.fingerprint, 2) == best),
            key=lambda sign: (sign.at or "", sort_key(sign)),
        )
        return last.subject, case.index.brand_as_read(last.subject, last.seen)
    score: dict[str, tuple[int, int]] = {}
    for sign in case.signs:
        if sign.role == "brand" or (sign.role == "manufacturer" and sign.group == "claim"):
            rank = 0 if sign.group == "mac" else 2 if sign.strength != "weak" else 1
            best_rank, count = score.get(sign.subject, (0, 0))
            score[sign.subject] = (max(best_rank, rank), count + 1)
    if not score:
        return None, None
    subject = min(score, key=lambda name: (-score[name][0], -score[name][1], name))
    return subject, case.index.brand_name(subject) or subject
