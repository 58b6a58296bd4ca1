"""What must hold of claims about makers and brands: who may be called a maker, and what may be called verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from camcensus.model.knowledge import SHOWN
from installers.knowledge.entries import SourceProblem
from installers.knowledge.reviewed import Reviewed


def check_roles(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """A company that only sells makes nothing: no sign, block or claim names it as the maker. One that makes says what."""
    owners = {item.value.id for item in reviewed.manufacturers if item.value.role == "brand-owner"}
    known = {item.value.id for item in reviewed.manufacturers}
    for one in reviewed.fingerprints:
        if one.value.role == "manufacturer" and one.value.subject in owners:
            yield one.problem(f'"{one.value.subject}" makes no cameras: the sign is of a brand')
    for block in reviewed.macs:
        if block.value.role == "manufacturer" and block.value.subject in owners:
            yield block.problem(f'"{block.value.subject}" makes no cameras: the block is of a brand')
    for claim in reviewed.claims:
        if claim.value.made_by in owners:
            yield claim.problem(f'"{claim.value.made_by}" makes no cameras')
    for brand in reviewed.brands:
        if brand.value.owner is not None and brand.value.owner not in known:
            yield brand.problem(f'the owner "{brand.value.owner}" is no company known here')
        if (brand.value.note or brand.value.owner) and not brand.value.source:
            yield brand.problem("what is said of a brand needs a source")
    own = {(item.value.brand, item.value.made_by) for item in reviewed.claims if item.value.relation == "own_brand"}
    for maker in reviewed.manufacturers:
        if maker.value.role != "brand-owner" and (maker.value.id, maker.value.id) not in own:
            yield maker.problem("it makes goods, yet no claim says that its own name is its own brand: its role is brand-owner")


def check_bases(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """A claim is verified only where its source shows it, or where newspapers of two publishers say it."""
    publishers = {item.value.id: item.value.publisher for item in reviewed.sources}
    papers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in reviewed.claims:
        if item.value.basis == "press" and not item.value.against:
            papers[item.value.brand, item.value.made_by].add(publishers.get(item.value.source, ""))
    for item in reviewed.claims:
        claim = item.value
        if not claim.verified or claim.basis in SHOWN:
            continue
        if claim.basis != "press" or len(papers[claim.brand, claim.made_by]) < 2:
            yield item.problem(f'it is verified on the word of "{claim.basis}" alone: say verified = false')
