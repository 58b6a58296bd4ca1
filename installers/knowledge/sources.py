"""The reviewed text of the knowledge base (resources/vendors) as values, each with the file and line it is in.

Layout: vocabulary.toml, hosts.toml, junk.toml, replacements.toml, ends-of-life.toml, flaw-searches.toml, calendar.toml,
CHANGES.md, oui.csv, registry.txt, and in folders sources/*.toml (by the kind of fact that rests on them),
manufacturers/<id>.toml, brands/*.toml ([[brand]] names, [[claim]] who makes it), fingerprints/<kind>.toml, kinds/*.toml
([[pattern]] how kinds are named), statements/*.toml, advisories/*.toml, capabilities/*.toml,
and drafts/*.toml while something waits to be read. What cannot be read is a Problem, never an exception.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import replace
from pathlib import Path

from camcensus.model.knowledge import (
    Also,
    Brand,
    BrandRecord,
    Fingerprint,
    KindPattern,
    MacBlock,
    Manufacturer,
    Source,
)
from installers.knowledge.calendar import CALENDAR, read_calendar, read_drafts
from installers.knowledge.entries import Placed, SourceProblem, TomlEntry, dated_lines, entries, tables_of
from installers.knowledge.record_sources import (
    read_advisories,
    read_capabilities,
    read_ends_of_life,
    read_flaw_searches,
    read_hosts,
    read_registry,
    read_replacements,
)
from installers.knowledge.reviewed import Reviewed, Vocabulary
from installers.knowledge.statements import read_replies, read_statements


def read_sources(folder: Path) -> Reviewed:
    """All that the sources in `folder` say, in the order of file names; faults of form are in `problems`."""
    reviewed = Reviewed()
    for name, read in _SINGLE.items():
        path = folder / name
        if path.is_file():
            read(reviewed, name, path)
        else:
            reviewed.problems.append(SourceProblem(name, 1, "this file is missing"))
    for sub, read in _FOLDERS.items():
        paths = sorted((folder / sub).glob("*.toml"), key=lambda path: path.name)
        if not paths:
            reviewed.problems.append(SourceProblem(sub, 1, "this folder holds no .toml file"))
        for path in paths:
            read(reviewed, f"{sub}/{path.name}", path)
    read_drafts(reviewed, folder)
    return reviewed


def digest_of(folder: Path) -> str:
    """SHA-256 over the names and texts of all source files; line endings do not count."""
    digest = hashlib.sha256()
    paths = [item for item in folder.rglob("*") if item.suffix in (".toml", ".csv", ".md", ".txt")]
    # By the parts as text: paths themselves have another order on Windows, where case does not count.
    for path in sorted(paths, key=lambda one: one.relative_to(folder).parts):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()


def _read_source_list(reviewed: Reviewed, file: str, path: Path) -> None:
    for entry in tables_of(reviewed.problems, file, path, "source"):
        entry.only(*Source.__dataclass_fields__)
        reviewed.sources.append(entry.placed(entry.value(Source)))


def _read_vocabulary(reviewed: Reviewed, file: str, path: Path) -> None:
    for _, entry in entries(reviewed.problems, file, path):
        entry.only("kinds", "components", "device_kinds")
        words = (frozenset(entry.words(key)) for key in ("kinds", "components", "device_kinds"))
        reviewed.vocabulary = Vocabulary(*words)


def _read_junk(reviewed: Reviewed, file: str, path: Path) -> None:
    for _, entry in entries(reviewed.problems, file, path):
        entry.only("serials", "macs")
        reviewed.junk_serials += entry.words("serials")
        reviewed.junk_macs += entry.words("macs")
        for mac in entry.words("macs"):
            if not re.fullmatch(r"(?:[0-9a-f]{2}:){2,5}[0-9a-f]{2}", mac):
                entry.fault("macs", f'"{mac}" is not a MAC address like 00:11:22:33:44:55, nor how one begins')


def _read_changes(reviewed: Reviewed, file: str, path: Path) -> None:
    dates = re.findall(r"(?m)^## (\d{4})-(\d{2})-(\d{2})\s*$", path.read_text(encoding="utf-8"))
    if dates:
        reviewed.reviewed = ".".join(max(dates))
    else:
        reviewed.problems.append(SourceProblem(file, 1, 'no heading like "## 2026-11-24" says when the sources were reviewed'))


def _read_macs(reviewed: Reviewed, file: str, path: Path) -> None:
    found = dated_lines(reviewed.problems, file, path)
    if found is None:
        return
    reviewed.mac_source, reviewed.mac_date, lines = found
    for number, row in enumerate(csv.reader(lines), 2):
        if number == 2:
            if row != ["prefix", "registrant", "role", "subject", "exclusive"]:
                reviewed.problems.append(SourceProblem(file, 2, "the columns must be prefix,registrant,role,subject,exclusive"))
                return
            continue
        if len(row) != 5 or not re.fullmatch(r"[0-9a-f]{6,9}", row[0]) or len(row[0]) == 8:
            reviewed.problems.append(
                SourceProblem(file, number, "a row needs five columns and a prefix of 6, 7 or 9 lower-case digits")
            )
            continue
        prefix, registrant, role, subject, exclusive = row
        known = role in ("manufacturer", "brand") and bool(subject)
        if exclusive not in ("yes", "no") or not (known or (role == "" and subject == "" and exclusive == "no")):
            say = "role is manufacturer or brand with a subject, or both are empty; exclusive is yes or no"
            reviewed.problems.append(SourceProblem(file, number, say))
            continue
        block = MacBlock(
            prefix,
            registrant,
            None if not role else "manufacturer" if role == "manufacturer" else "brand",
            subject or None,
            exclusive == "yes",
        )
        reviewed.macs.append(Placed(block, file, number))


def _read_manufacturer(reviewed: Reviewed, file: str, path: Path) -> None:
    for _, entry in entries(reviewed.problems, file, path):
        entry.only(*Manufacturer.__dataclass_fields__)
        plain = entry.value(Manufacturer, answers=())
        manufacturer = replace(plain, answers=read_replies(entry, plain.id, plain.name))
        if manufacturer.id != path.stem:
            entry.fault("id", f'id "{manufacturer.id}" is not the name of the file')
        reviewed.manufacturers.append(entry.placed(manufacturer))


def _read_brands(reviewed: Reviewed, file: str, path: Path) -> None:
    for name, entry in entries(reviewed.problems, file, path, "brand", "claim"):
        if name == "brand":
            entry.only(*Brand.__dataclass_fields__)
            reviewed.brands.append(entry.placed(entry.value(Brand)))
        elif name == "claim":
            entry.only(*(name for name in BrandRecord.__dataclass_fields__ if name not in _NOT_WRITTEN), "read_again")
            read_again = entry.maybe("read_again")
            if read_again is not None:
                reviewed.read_again[file, entry.line] = read_again
            record = entry.value(BrandRecord, against=entry.flag("against", False), **_NOT_WRITTEN)
            reviewed.claims.append(entry.placed(record))
        else:
            entry.only()


_NOT_WRITTEN = {"brand_name": "", "recorded": ""}
"""Fields of a claim that its text has not."""


def _read_fingerprints(reviewed: Reviewed, file: str, path: Path) -> None:
    for entry in tables_of(reviewed.problems, file, path, "fingerprint"):
        entry.only(*Fingerprint.__dataclass_fields__, "shared")
        subject = entry.word("subject", "" if "subjects" in entry.table else None)
        fingerprint = entry.value(Fingerprint, subject=subject, also=_also(entry))
        if fingerprint.kind != path.stem:
            entry.fault("kind", f'kind "{fingerprint.kind}" is not the name of the file')
        reviewed.shared[fingerprint.id] = frozenset(entry.words("shared"))
        reviewed.fingerprints.append(entry.placed(fingerprint))


def _read_kind_patterns(reviewed: Reviewed, file: str, path: Path) -> None:
    for entry in tables_of(reviewed.problems, file, path, "pattern"):
        entry.only(*KindPattern.__dataclass_fields__)
        strength = entry.one_of("strength", ("strong", "weak"))
        reviewed.kind_patterns.append(entry.placed(entry.value(KindPattern, strength=strength)))


def _also(entry: TomlEntry) -> Also | None:
    value = entry.table.get("also")
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) != {"kind", "pattern", "example"} or not all(map(_is_text, value.values())):
        entry.fault("also", "also needs kind, pattern and example, all text")
        return None
    return Also(**value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


_SINGLE = {
    "vocabulary.toml": _read_vocabulary,
    "junk.toml": _read_junk,
    "CHANGES.md": _read_changes,
    "oui.csv": _read_macs,
    "registry.txt": read_registry,
    "hosts.toml": read_hosts,
    "replacements.toml": read_replacements,
    "ends-of-life.toml": read_ends_of_life,
    "flaw-searches.toml": read_flaw_searches,
    CALENDAR: read_calendar,
}
_FOLDERS = {
    "sources": _read_source_list,
    "manufacturers": _read_manufacturer,
    "brands": _read_brands,
    "fingerprints": _read_fingerprints,
    "kinds": _read_kind_patterns,
    "statements": read_statements,
    "advisories": read_advisories,
    "capabilities": read_capabilities,
}
