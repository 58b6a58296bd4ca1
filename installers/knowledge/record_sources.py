"""Reads the reviewed sources of records besides lists, of MAC address blocks, and of hosts that copy others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from camcensus.model.records import (
    Advisory,
    Affected,
    Capability,
    CapabilityClaim,
    EndOfLife,
    FlawSearch,
    ProductType,
    Replacement,
)
from installers.knowledge.cve.score import read_vector, words_beyond
from installers.knowledge.entries import SourceProblem, TomlEntry, dated_lines, entries, tables_of
from installers.knowledge.reviewed import Reviewed


def read_registry(reviewed: Reviewed, file: str, path: Path) -> None:
    """registry.txt: "# source=<id> date=<day>", then lines of a registrant, a tab, and its prefixes."""
    found = dated_lines(reviewed.problems, file, path)
    if found is None:
        return
    reviewed.registry_source, reviewed.registry_date, lines = found
    seen: set[str] = set()
    for number, line in enumerate(lines, 2):
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
        entry.only(*Advisory.__dataclass_fields__, "vector")
        advisory = entry.value(
            Advisory,
            product_types=entry.all_of("product_types", get_args(ProductType)),
            affected=tuple(_affected(one) for one in entry.tables("affected")),
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
    entry.only(*Affected.__dataclass_fields__)
    return entry.value(Affected)


def read_capabilities(reviewed: Reviewed, file: str, path: Path) -> None:
    """capabilities/*.toml: [[capability]]."""
    for entry in tables_of(reviewed.problems, file, path, "capability"):
        entry.only(*CapabilityClaim.__dataclass_fields__)
        claim = entry.value(CapabilityClaim, capabilities=entry.many_of("capabilities", get_args(Capability)))
        reviewed.capabilities.append(entry.placed(claim))


def read_replacements(reviewed: Reviewed, file: str, path: Path) -> None:
    """replacements.toml: [[replacement]]."""
    for entry in tables_of(reviewed.problems, file, path, "replacement"):
        entry.only(*Replacement.__dataclass_fields__)
        reviewed.replacements.append(entry.placed(entry.value(Replacement, note=entry.word("note", ""))))


def read_ends_of_life(reviewed: Reviewed, file: str, path: Path) -> None:
    """ends-of-life.toml: [[end_of_life]]."""
    for entry in tables_of(reviewed.problems, file, path, "end_of_life"):
        entry.only(*EndOfLife.__dataclass_fields__)
        reviewed.ends_of_life.append(entry.placed(entry.value(EndOfLife, note=entry.word("note", ""))))


def read_flaw_searches(reviewed: Reviewed, file: str, path: Path) -> None:
    """flaw-searches.toml: [[search]]."""
    for entry in tables_of(reviewed.problems, file, path, "search"):
        entry.only(*FlawSearch.__dataclass_fields__)
        reviewed.flaw_searches.append(entry.placed(entry.value(FlawSearch)))
