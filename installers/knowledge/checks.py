"""What must hold of the reviewed text before it may become vendors.db. Each fault is a Problem with its file and line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from camcensus.model.knowledge import Fingerprint, flags_of
from camcensus.wire.fields import FIELDS, REGISTERED
from installers.knowledge.calendar import check_calendar
from installers.knowledge.claim_checks import check_bases, check_roles
from installers.knowledge.claim_quotes import check_quotes
from installers.knowledge.entries import Placed, SourceProblem
from installers.knowledge.kind_checks import check_kind_patterns
from installers.knowledge.patterns import check_pattern
from installers.knowledge.record_checks import check_records, check_sources_seen, check_wording, is_date
from installers.knowledge.reviewed import Reviewed
from installers.knowledge.statement_checks import check_statements

SAYS_GROUPS = frozenset({"claim", "mac"})
UNCLAIMABLE = ("mac", "person.")
"""Fields no fingerprint may look at: MAC blocks are in oui.csv, and a person's reading is judged by rules of its own."""


def check_reviewed(reviewed: Reviewed) -> list[SourceProblem]:
    """All faults of form and content, sorted by file and line."""
    problems = list(reviewed.problems)
    checks: tuple[Callable[[Reviewed], Iterator[SourceProblem]], ...] = (
        _ids,
        _sources,
        _owners,
        _names,
        _claims,
        _vocabulary,
        _fingerprints,
        _shared_examples,
        _macs,
        check_statements,
        check_sources_seen,
        check_roles,
        check_bases,
        check_quotes,
        check_records,
        check_wording,
        check_kind_patterns,
        check_calendar,
    )
    for one in checks:
        problems += one(reviewed)
    return sorted(set(problems))


def _ids(reviewed: Reviewed) -> Iterator[SourceProblem]:
    groups: tuple[tuple[str, Iterable[Placed[Any]]], ...] = (
        ("source", reviewed.sources),
        ("manufacturer", reviewed.manufacturers),
        ("brand", reviewed.brands),
        ("fingerprint", reviewed.fingerprints),
        ("kind pattern", reviewed.kind_patterns),
        ("statement", reviewed.statements),
    )
    for what, items in groups:
        seen: dict[str, Placed[Any]] = {}
        for item in items:
            if not re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", item.value.id):
                yield item.problem(f'id "{item.value.id}" may hold only small letters, digits, "." and "-"')
            first = seen.setdefault(item.value.id, item)
            if first is not item:
                yield item.problem(f'the {what} "{item.value.id}" already stands in {first.file}:{first.line}')


def _sources(reviewed: Reviewed) -> Iterator[SourceProblem]:
    known = {item.value.id for item in reviewed.sources}
    cited: list[tuple[Placed[Any], str | None]] = []
    for items in (reviewed.manufacturers, reviewed.claims, reviewed.fingerprints, reviewed.kind_patterns):
        cited += [(item, item.value.source) for item in items]
    for item, source in cited:
        if source and source not in known:
            yield item.problem(f'the source "{source}" is unknown')
    if reviewed.mac_source and reviewed.mac_source not in known:
        yield SourceProblem("oui.csv", 1, f'the source "{reviewed.mac_source}" is unknown')
    for placed in reviewed.sources:
        for key in ("date", "retrieved"):
            value = getattr(placed.value, key)
            if value is not None and not is_date(value):
                yield placed.problem(f'{key} "{value}" is not a date like 2026, 2026-11 or 2026-11-24')


def _owners(reviewed: Reviewed) -> Iterator[SourceProblem]:
    parents = {item.value.id: item.value.parent for item in reviewed.manufacturers}
    for item in reviewed.manufacturers:
        parent, path = item.value.parent, [item.value.id]
        if parent is not None and parent not in parents:
            yield item.problem(f'the parent "{parent}" is no manufacturer known here')
        while parent is not None and parent not in path:
            path.append(parent)
            parent = parents.get(parent)
        if parent == item.value.id:
            yield item.problem(f"the ownership goes round in a circle: {' > '.join([*path, parent])}")


def _names(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """One name, one spelling, one id; a manufacturer and its own brand may share both."""
    seen: dict[str, tuple[str, str, str]] = {}
    spelt: list[tuple[Placed[Any], str, str]] = [(item, item.value.id, item.value.name) for item in reviewed.manufacturers]
    for brand in reviewed.brands:
        spelt += [(brand, brand.value.id, name) for name in (brand.value.name, *brand.value.also)]
    for item, identity, name in spelt:
        folded = fold(name)
        other_id, other_name, where = seen.setdefault(folded, (identity, name, f"{item.file}:{item.line}"))
        if other_id != identity:
            yield item.problem(f'"{name}" ({identity}) and "{other_name}" ({other_id}, {where}) are one name with two ids')
        elif other_name != name:
            yield item.problem(f'"{name}" is spelt "{other_name}" in {where}')


def fold(name: str) -> str:
    """A name without case, accents, blanks and signs, so that spellings can be compared."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum()) or plain


def _claims(reviewed: Reviewed) -> Iterator[SourceProblem]:
    brands = {item.value.id for item in reviewed.brands}
    makers = {item.value.id for item in reviewed.manufacturers}
    dated = {item.value.id for item in reviewed.sources if item.value.date or item.value.retrieved}
    seen: set[Any] = set()
    for item in reviewed.claims:
        claim = item.value
        if claim.brand not in brands:
            yield item.problem(f'the brand "{claim.brand}" is unknown')
        if claim.made_by not in makers:
            yield item.problem(f'the manufacturer "{claim.made_by}" is unknown')
        if claim.source not in dated:
            yield item.problem(f'the source "{claim.source}" of this brand has no date')
        for key in ("since", "until"):
            value = getattr(claim, key)
            if value is not None and not is_date(value):
                yield item.problem(f'{key} "{value}" is not a date like 2026, 2026-11 or 2026-11-24')
        if claim.models is not None:
            yield from check_pattern(item, "models", claim.models)
        if claim in seen:
            yield item.problem("the same claim stands twice")
        seen.add(claim)


def _vocabulary(reviewed: Reviewed) -> Iterator[SourceProblem]:
    for kind in sorted(reviewed.vocabulary.kinds):
        if kind not in FIELDS | REGISTERED:
            yield SourceProblem("vocabulary.toml", 1, f'no codec reads a field "{kind}"')
        if kind.startswith(UNCLAIMABLE):
            yield SourceProblem("vocabulary.toml", 1, f'no fingerprint may look at "{kind}"')


def _fingerprints(reviewed: Reviewed) -> Iterator[SourceProblem]:
    subjects = {
        "manufacturer": {item.value.id for item in reviewed.manufacturers},
        "brand": {item.value.id for item in reviewed.brands},
        "kind": reviewed.vocabulary.device_kinds,
        "component": reviewed.vocabulary.components,
    }
    seen: dict[tuple[object, ...], Placed[Fingerprint]] = {}
    for item in reviewed.fingerprints:
        one = item.value
        if one.kind not in reviewed.vocabulary.kinds:
            yield item.problem(f'the kind "{one.kind}" is not in vocabulary.toml')
        for subject in one.subjects or (one.subject,):
            if one.role in subjects and subject not in subjects[one.role]:
                yield item.problem(f'the {one.role} "{subject}" is unknown')
        if one.subjects and (one.subject or len(set(one.subjects)) < 2):
            yield item.problem("subjects are two makers or more, and then there is no subject")
        if one.subjects and (one.family, one.role, one.strength) != ("does", "manufacturer", "weak"):
            yield item.problem("a sign that several makers share is weak, and about what the device does")
        if one.also is not None and one.also.kind not in reviewed.vocabulary.kinds:
            yield item.problem(f'the kind "{one.also.kind}" in also is not in vocabulary.toml')
        if one.devices is not None and one.devices not in subjects["kind"]:
            yield item.problem(f'the devices "{one.devices}" are no kind')
        if (one.group in SAYS_GROUPS) != (one.family == "says"):
            yield item.problem(f'the group "{one.group}" does not go with the family "{one.family}"')
        if one.strength == "conclusive" and (one.family, one.group, one.role) != ("does", "protocol", "manufacturer"):
            yield item.problem("only a maker's own discovery protocol is conclusive")
        if one.family == "does" and one.role == "brand":
            yield item.problem("what a device does speaks of its manufacturer, not of its brand")
        if not re.fullmatch(r"[A-Z][^\n]*[^.\n]\.", one.why):
            yield item.problem("why must be one plain sentence")
        first = seen.setdefault((one.kind, one.pattern, one.role, one.subject, one.also), item)
        if first is not item:
            yield item.problem(f'it repeats "{first.value.id}"')
        for name in sorted(reviewed.shared.get(one.id, frozenset()) - {other.value.id for other in reviewed.fingerprints}):
            yield item.problem(f'it declares to share examples with "{name}", which is unknown')
        yield from _examples(item)


def _examples(item: Placed[Fingerprint]) -> Iterator[SourceProblem]:
    also = item.value.also
    faults = list(check_pattern(item, "pattern", item.value.pattern))
    faults += check_pattern(item, "also", also.pattern) if also is not None else ()
    yield from faults
    if not item.value.examples:
        yield item.problem("it has no example")
    if faults:
        return
    if also is not None and not re.search(also.pattern, also.example, flags_of(also.kind)):
        yield item.problem(f'the example "{also.example}" in also does not match')
    pattern = re.compile(item.value.pattern, item.value.flags)
    for example in item.value.examples:
        if not pattern.search(example):
            yield item.problem(f'its example "{example}" does not match')
    for example in item.value.counterexamples:
        if pattern.search(example):
            yield item.problem(f'its counterexample "{example}" matches')


def _shared_examples(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """An example may not speak for two subjects, unless that is declared, or one is the brand and the other its maker.

    A sign that several makers share speaks for none of them, and one that looks at another field besides is told apart there.
    """
    made = {(item.value.brand, item.value.made_by) for item in reviewed.claims}
    by_kind: dict[str, list[tuple[Placed[Fingerprint], re.Pattern[str]]]] = {}
    for item in reviewed.fingerprints:
        try:
            by_kind.setdefault(item.value.kind, []).append((item, re.compile(item.value.pattern, item.value.flags)))
        except re.error:
            continue
    for items in by_kind.values():
        for item, _ in items:
            for other, pattern in items:
                if not _rivals(item.value, other.value, made) or _declared(reviewed, item.value.id, other.value.id):
                    continue
                for example in item.value.examples:
                    if pattern.search(example):
                        yield item.problem(f'its example "{example}" also speaks for "{other.value.id}": declare it in shared')


def _rivals(one: Fingerprint, other: Fingerprint, made: set[tuple[str, str]]) -> bool:
    if one is other or one.subjects or other.subjects or one.also != other.also:
        return False
    if (one.role == "kind") != (other.role == "kind") or "model" in (one.role, other.role):
        return False
    if one.role == other.role:
        return one.subject != other.subject
    roles = {one.role: one.subject, other.role: other.subject}
    if "component" in roles:
        return True
    return roles["brand"] != roles["manufacturer"] and (roles["brand"], roles["manufacturer"]) not in made


def _declared(reviewed: Reviewed, one: str, other: str) -> bool:
    return other in reviewed.shared.get(one, frozenset()) or one in reviewed.shared.get(other, frozenset())


def _macs(reviewed: Reviewed) -> Iterator[SourceProblem]:
    subjects = {
        "manufacturer": {item.value.id for item in reviewed.manufacturers},
        "brand": {item.value.id for item in reviewed.brands},
    }
    seen: dict[str, int] = {}
    for item in reviewed.macs:
        block = item.value
        if block.role is not None and block.subject not in subjects[block.role]:
            yield item.problem(f'the {block.role} "{block.subject}" is unknown')
        if seen.setdefault(block.prefix, item.line) != item.line:
            yield item.problem(f"the block {block.prefix} already stands in line {seen[block.prefix]}")
