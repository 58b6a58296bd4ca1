"""The ladder: which level, 0 to 3, the signs give each maker, and the grade that follows. An auditor can redo it by hand.

Parent and child count as one maker. Signs are independent when they are of different groups and come from different
replies; the same question asked again is not another reply.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from camcensus.attribution.brands import brand_levels, own_brand_of
from camcensus.attribution.index import CACHED_VALUES, Index
from camcensus.attribution.match import sort_key
from camcensus.attribution.names import is_name
from camcensus.model import frozen
from camcensus.model.device import Evidence, Grade
from camcensus.model.knowledge import Knowledge
from camcensus.model.numbers import mac_in

LABEL = "person.label.brand"
"""Id of the sign that a person read this brand on the device itself."""
_DOES_LEVEL = {"conclusive": 3, "strong": 2, "weak": 1}


@frozen
class Case:
    """The signs of one device, sorted, and what is needed to look up what they say.

    `model` is its model as far as known; `day` when its replies were last seen (UTC), None where it never replied.
    """

    signs: tuple[Evidence, ...]
    index: Index
    model: str | None
    day: str | None

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge base the case is judged by."""
        return self.index.knowledge

    def levels_of_brand(self, brand: str) -> Mapping[str, int]:
        """What a brand name alone says: manufacturer id -> 1 or 2."""
        key = (brand, self.model, self.day[:10] if self.day else None)
        kept = self.index.levels
        if key not in kept:
            if len(kept) >= CACHED_VALUES:
                kept.clear()
            kept[key] = brand_levels(brand, self.index, model=self.model, day=key[2])
        return kept[key]


@frozen
class Spoken:
    """A sign, and the level it gives each maker by itself (manufacturer id -> 1 to 3)."""

    sign: Evidence
    levels: Mapping[str, int]

    @property
    def level(self) -> int:
        """The highest of the levels, 0 where it names no maker."""
        return max(self.levels.values(), default=0)


def is_does(sign: Evidence) -> bool:
    """True for a sign of what a rebrand cannot easily change, about the maker."""
    return sign.family == "does" and sign.role == "manufacturer"


def is_says(sign: Evidence) -> bool:
    """True for a sign of a name or a MAC address. What a person read is weighed by itself."""
    return sign.group != "person" and not is_does(sign) and sign.role in ("brand", "manufacturer")


def spoken(case: Case) -> tuple[tuple[Spoken, ...], tuple[Spoken, ...]]:
    """The does-signs and the says-signs, each with what it says by itself.

    A brand that staff recorded, or read on the device or in its papers, says what the base holds of that name, as a name that
    a device tells does; or whom the organisation itself recorded for it. A label that was read outranks what was recorded.
    """
    own = [Spoken(sign, _does_levels(sign)) for sign in case.signs if is_does(sign) and not sign.subjects]
    says = tuple(Spoken(sign, _says_levels(sign, case)) for sign in case.signs if is_says(sign))
    shared = [sign for sign in case.signs if is_does(sign) and sign.subjects]
    narrowed = _narrowed(shared, (*own, *says), case.knowledge) if shared else {}
    does = (*own, *(Spoken(sign, {maker: 1 for maker in sign.subjects if maker in narrowed}) for sign in shared))
    recorded = [sign for sign in case.signs if is_recorded(sign) and sign.subject]
    read = [sign for sign in recorded if sign.fingerprint == LABEL] or recorded
    return does, (*says, *(Spoken(sign, _says_levels(sign, case)) for sign in read))


def _narrowed(shared: Sequence[Evidence], others: Sequence[Spoken], knowledge: Knowledge) -> frozenset[str]:
    """The makers that shared signs leave: those of all their sets, and of these, where there are such, those that the device's
    other signs speak of. Sets that have no maker in common narrow nothing down.
    """

    def of(roots: frozenset[str]) -> frozenset[str]:
        return frozenset(maker for sign in shared for maker in sign.subjects if knowledge.root_of(maker) in roots)

    sets = [frozenset(knowledge.root_of(maker) for maker in sign.subjects) for sign in shared]
    left = frozenset.intersection(*sets) or frozenset.union(*sets)
    named = left & {knowledge.root_of(maker) for item in others for maker in item.levels}
    return of(named or left)


def _does_levels(sign: Evidence) -> Mapping[str, int]:
    return {sign.subject: _DOES_LEVEL[sign.strength] if sign.verified else 1}


def _says_levels(sign: Evidence, case: Case) -> Mapping[str, int]:
    """A block of one maker, or a brand whose records name one maker: 2; shared, unverified, weak or partial: 1."""
    if sign.role == "manufacturer" and sign.group == "mac":
        return {sign.subject: 2 if is_own_block(sign) else 1}
    levels = case.levels_of_brand(sign.subject)
    if sign.role == "manufacturer":
        levels = {sign.subject: levels.get(sign.subject, 1)}
    weak = sign.strength == "weak" and not is_name(sign)
    if weak or not sign.verified:
        levels = dict.fromkeys(levels, 1)
    return levels


def climb(does: Sequence[Spoken], says: Sequence[Spoken], case: Case) -> tuple[dict[str, int], tuple[Spoken, ...]]:
    """Level of each maker (the top of its ownership path), and the signs heard: says-signs only where no does-sign is 2.

    An exclusive block of another maker keeps the only firm maker at 2: two devices may have been merged. Where every sign
    speaks for one maker, three that are independent, or what it does and what staff recorded, make level 3.
    """
    levels, heard = _climbed(does, says, case.knowledge)
    firm = [root for root, level in levels.items() if level >= 2]
    if len(firm) == 1 and levels[firm[0]] == 2 and _is_borne_out(firm[0], (*does, *says), case):
        levels[firm[0]] = 3
    return levels, heard


def _is_borne_out(root: str, items: Sequence[Spoken], case: Case) -> bool:
    """Whether enough independent signs speak for this maker, and none for another but a name that several makers sell under.

    Without a sign of what the device does, the names must be the maker's own. A block of the maker's own is one of the signs,
    also where other things than cameras have it.
    """
    knowledge = case.knowledge

    def is_mine(item: Spoken) -> bool:
        return any(level == item.level and knowledge.root_of(maker) == root for maker, level in item.levels.items())

    if not all(map(is_mine, items)):
        return False
    signs = [item.sign for item in items if item.level >= 2 or (item.sign.group == "mac" and item.sign.role == "manufacturer")]
    if not any(is_does(sign) and not sign.subjects for sign in signs):
        brands = {item.sign.subject for item in items if item.sign.role == "brand" or item.sign.group == "claim"}
        owners = {own_brand_of(brand, case.index, model=case.model, day=case.day) for brand in brands}
        if {owner and knowledge.root_of(owner) for owner in owners} != {root}:
            return False
    elif any(is_recorded(one) and is_does(other) and one.reply != other.reply for one in signs for other in signs):
        return True
    kept = list({(_source_of(one), one.probe, one.ask, one.reply): one for one in signs}.values())
    return any(all(are_independent(one, two) for one, two in combinations(three, 2)) for three in combinations(kept, 3))


def _source_of(sign: Evidence) -> str:
    """What a sign is independent by: its group; claims are apart by the language in which they are made."""
    if sign.group != "claim":
        return sign.group
    language = sign.probe.partition(".")[0]
    return f"claim {_LANGUAGES.get(language, language)}"


_LANGUAGES = {"wsdiscovery": "onvif", "ssdp": "upnp"}


def _climbed(does: Sequence[Spoken], says: Sequence[Spoken], knowledge: Knowledge) -> tuple[dict[str, int], tuple[Spoken, ...]]:
    by_root: dict[str, list[Spoken]] = defaultdict(list)
    for item in does:
        for root in {knowledge.root_of(maker) for maker in item.levels}:
            by_root[root].append(item)
    levels = {root: _does_level(root, group, says, knowledge) for root, group in by_root.items()}
    if max(levels.values(), default=0) >= 2:
        firm = [root for root, level in levels.items() if level >= 2]
        if len(firm) == 1 and any(is_own_block(item.sign) and knowledge.root_of(item.sign.subject) != firm[0] for item in says):
            levels[firm[0]] = 2
        return levels, tuple(does)
    for item in says:
        for maker, level in item.levels.items():
            root = knowledge.root_of(maker)
            levels[root] = max(level, levels.get(root, 0))
    return levels, (*does, *says)


def _does_level(root: str, group: Sequence[Spoken], says: Sequence[Spoken], knowledge: Knowledge) -> int:
    level = max(item.level for item in group)
    if level != 2:
        return level
    strong = [item.sign for item in group if item.level == 2]
    blocks = [item.sign for item in says if is_own_block(item.sign) and knowledge.root_of(item.sign.subject) == root]
    return 3 if any(are_independent(one, two) for one in strong for two in (*strong, *blocks)) else 2


def is_own_block(sign: Evidence) -> bool:
    """True for a MAC address from a block that one camera maker alone uses, not one in a text that staff can type."""
    is_firm = sign.exclusive and sign.verified and sign.strength != "weak"
    return sign.group == "mac" and sign.role == "manufacturer" and is_firm


def is_recorded(sign: Evidence) -> bool:
    """True for a name that staff recorded: in their register, or read on the device or in its papers."""
    return sign.group == "person" and sign.role == "brand"


def are_independent(one: Evidence, two: Evidence) -> bool:
    """True for signs of different sources seen in answers to different questions."""
    if _source_of(one) == _source_of(two) or (one.probe, one.ask) == (two.probe, two.ask) or _are_one_number(one, two):
        return False
    # A line of the neighbour table is not the device's reply, also where one observation carries both.
    return one.reply != two.reply or "neighbour" in (one.probe, two.probe)


def _are_one_number(one: Evidence, two: Evidence) -> bool:
    """True where one sign is a MAC address, and all that the other was seen in is that very number."""
    number, other = (one, two) if one.group == "mac" else (two, one)
    return number.group == "mac" and mac_in(other.seen) == number.seen


def is_named_by_weak_signs(root: str, heard: Sequence[Spoken], knowledge: Knowledge) -> bool:
    """Whether independent weak signs bear each other out: two of the maker itself, or one and a brand that it may make.

    One weak sign, any number of times the same brand name, or signs that several makers share only say who may have made it.
    """
    signs = [item.sign for item in heard if any(knowledge.root_of(maker) == root for maker in item.levels)]
    own = [sign for sign in signs if sign.role == "manufacturer" and not sign.subjects]
    return any(are_independent(one, two) for one in own for two in signs)


def grade_of(levels: Mapping[str, int]) -> tuple[Grade, tuple[str, ...]]:
    """The grade, and the makers at the top of the ladder, sorted (one, unless they are level)."""
    if not levels:
        return "unknown", ()
    top = max(levels.values())
    leaders = tuple(sorted(root for root, level in levels.items() if level == top))
    if len(leaders) > 1:
        return ("conflicting" if top >= 2 else "unknown"), leaders
    next_best = max((level for root, level in levels.items() if root not in leaders), default=0)
    if top == 3:
        return ("almost-certain" if next_best <= 1 else "likely"), leaders
    return ("likely" if top == 2 else "possible"), leaders


def in_order(signs: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The signs, each once, in the order that does not depend on their arrival."""
    return tuple(sorted(set(signs), key=sort_key))
