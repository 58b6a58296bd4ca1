"""Reads the reviewed text of what is on record besides the lists, of the registry of MAC addresses and of copying hosts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from camcensus.model.records import (
    Advisory,
    Affected,
    Capability,
    CapabilityClaim,
    ClaimKind,
    EndOfLife,
    ProductType,
    Replacement,
)
from camcensus.store.cve.score import read_vector, words_beyond
from camcensus.store.vendors_db.entries import SourceProblem, TomlEntry, entries, tables_of
from camcensus.store.vendors_db.reviewed import Reviewed


def read_registry(reviewed: Reviewed, file: str, path: Path) -> None:
    """registry.txt: "# source=<id> date=<day>", then lines of a registrant, a tab, and its prefixes."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = re.fullmatch(r"# source=([a-z0-9-]+) date=(\d{4}-\d{2}-\d{2})", lines[0]) if lines else None
    if head is None:
        reviewed.problems.append(SourceProblem(file, 1, 'the first line must be like "# source=<id> date=2026-10-24"'))
        return
    reviewed.registry_source, reviewed.registry_date = head[1], head[2]
    seen: set[str] = set()
    for number, line in enumerate(lines[1:], 2):
        name, tab, prefixes = line.partition("\t")
        if not name or not tab:
            reviewed.problems.append(SourceProblem(file, number, "a line is a registrant, a tab, and its prefixes"))
            continue
        for prefix in prefixes.split(" "):
            if not re.fullmatch(r"[0-9a-f]{6}(?:[0-9a-f]|[0-9a-f]{3})?", prefix):
                reviewed.problems.append(SourceProblem(file, number, f'"{prefix}" is no prefix of 6, 7 or 9 lower-case digits'))
            elif prefix in seen:
                reviewed.problems.append(SourceProblem(file, number, f"the block {prefix} stands twice"))
            else:
                seen.add(prefix)
                reviewed.registry.append((prefix, name))


def read_hosts(reviewed: Reviewed, file: str, path: Path) -> None:
    """hosts.toml: `mirrors`, host names (with * for any part) of those that copy other publishers' texts."""
    for _, entry in entries(reviewed.problems, file, path):
        entry.only("mirrors")
        reviewed.mirrors += entry.words("mirrors")


def read_advisories(reviewed: Reviewed, file: str, path: Path) -> None:
    """advisories/*.toml: [[advisory]], each with a list `affected`.

    `vector` is the score's vector. It is kept out of the compiled file: here it holds our words to what the score bears out.
    """
    for entry in tables_of(reviewed.problems, file, path, "advisory"):
        entry.only(*Advisory.__slots__, "vector")
        advisory = Advisory(
            id=entry.word("id"),
            manufacturer=entry.word("manufacturer"),
            title=entry.word("title"),
            summary=entry.word("summary"),
            source=entry.word("source"),
            verified=entry.flag("verified", True),
            product_types=entry.all_of("product_types", get_args(ProductType)),
            brand=entry.maybe("brand"),
            affected=tuple(_affected(one) for one in entry.tables("affected")),
            models_complete=entry.flag("models_complete", False),
            models_said=entry.word("models_said", ""),
            firmware_said=entry.word("firmware_said", ""),
            fixed_in=entry.word("fixed_in", ""),
            published=entry.maybe("published"),
            cvss=entry.number("cvss"),
            cvss_version=entry.maybe("cvss_version"),
            exploited=entry.flag("exploited", False),
            exploited_listed=entry.maybe("exploited_listed"),
            exploited_as_of=entry.maybe("exploited_as_of"),
        )
        reviewed.advisories.append(entry.placed(advisory))
        if (vector := entry.maybe("vector")) is not None:
            _hold_to_score(entry, advisory, vector)


def _hold_to_score(entry: TomlEntry, advisory: Advisory, vector: str) -> None:
    score = read_vector(vector)
    if score is None:
        entry.fault("vector", f'vector "{vector}" is not a vector of version 3 or 4')
        return
    if not vector.startswith(f"CVSS:{advisory.cvss_version}"):
        entry.fault("vector", f"the vector is not of the version {advisory.cvss_version} that cvss_version names")
    for fault in words_beyond(advisory.title, advisory.summary, score):
        entry.fault("title", fault)


def _affected(entry: TomlEntry) -> Affected:
    entry.only(*Affected.__slots__)
    return Affected(
        models=entry.words("models"),
        kind=entry.one_of("kind", get_args(ProductType)) if "kind" in entry.table else None,
        firmware=entry.maybe("firmware"),
        built_from=entry.maybe("built_from"),
        built_until=entry.maybe("built_until"),
        built_before=entry.maybe("built_before"),
        version_from=entry.maybe("version_from"),
        version_until=entry.maybe("version_until"),
        version_before=entry.maybe("version_before"),
        every_firmware=entry.flag("every_firmware", False),
        certain=entry.flag("certain", True),
    )


def read_capabilities(reviewed: Reviewed, file: str, path: Path) -> None:
    """capabilities/*.toml: [[capability]]."""
    for entry in tables_of(reviewed.problems, file, path, "capability"):
        entry.only(*CapabilityClaim.__slots__)
        claim = CapabilityClaim(
            manufacturer=entry.word("manufacturer"),
            kind=entry.one_of("kind", get_args(ClaimKind)),
            capabilities=entry.many_of("capabilities", get_args(Capability)),
            models=entry.maybe("models"),
            models_said=entry.word("models_said"),
            how=entry.word("how"),
            source=entry.word("source"),
            verified=entry.flag("verified", True),
            said_by=entry.word("said_by", ""),
            brand=entry.maybe("brand"),
        )
        reviewed.capabilities.append(entry.placed(claim))


def read_replacements(reviewed: Reviewed, file: str, path: Path) -> None:
    """replacements.toml: [[replacement]]."""
    for entry in tables_of(reviewed.problems, file, path, "replacement"):
        entry.only(*Replacement.__slots__)
        replacement = Replacement(
            manufacturer=entry.word("manufacturer"),
            product_line=entry.word("product_line"),
            country=entry.word("country"),
            statement=entry.word("statement"),
            note=entry.word("note", ""),
            source=entry.word("source"),
            verified=entry.flag("verified", True),
        )
        reviewed.replacements.append(entry.placed(replacement))


def read_ends_of_life(reviewed: Reviewed, file: str, path: Path) -> None:
    """ends-of-life.toml: [[end_of_life]]."""
    for entry in tables_of(reviewed.problems, file, path, "end_of_life"):
        entry.only(*EndOfLife.__slots__)
        end = EndOfLife(
            manufacturer=entry.word("manufacturer"),
            models=entry.maybe("models"),
            models_said=entry.word("models_said"),
            end_of_sale=entry.maybe("end_of_sale"),
            end_of_support=entry.maybe("end_of_support"),
            note=entry.word("note", ""),
            source=entry.word("source"),
            verified=entry.flag("verified", True),
            at_the_latest=entry.flag("at_the_latest", False),
        )
        reviewed.ends_of_life.append(entry.placed(end))
