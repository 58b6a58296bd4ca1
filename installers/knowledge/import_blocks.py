"""The IEEE's registry of MAC address blocks (oui.csv, mam.csv, oui36.csv), held against registry.txt and oui.csv of ours."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator

from camcensus.model.errors import IntakeError, shown
from camcensus.model.knowledge import MacBlock
from camcensus.model.words import clean, count
from camcensus.tasks.knowledge.makers import fold
from installers.knowledge.brought import Bringing, Brought, PublishedChange, with_drafts
from installers.knowledge.calendar import TO_BE_READ_AT_THE_SOURCE
from installers.knowledge.published import read_rows
from installers.knowledge.reviewed import ReviewDraft

SOURCE = "ieee-registry"
DIGITS = {"MA-L": 6, "MA-M": 7, "MA-S": 9}
ELSEWHERE = ("0050c2", "40d855")
"""Beginnings of small blocks of before MA-S: the IEEE lists them in a registry of their own (IAB), which is closed."""
CUT_OFF_PERCENT = 80
"""A file with fewer of the blocks that we hold is cut off, not a registry that shrank."""


def bring_blocks(bringing: Bringing) -> Brought:
    """Which blocks are new, gone, or of another registrant. Only all three files give a text. Raises IntakeError."""
    brought, wheres, problems = _read(bringing)
    held = dict(bringing.reviewed.registry)
    lengths = {len(prefix) for prefix in brought}
    for kind, digits in DIGITS.items():
        ours = [prefix for prefix in held if len(prefix) == digits]
        if digits in lengths and 100 * sum(one in brought for one in ours) < CUT_OFF_PERCENT * len(ours):
            raise IntakeError(f"The file of {kind} lacks most of the blocks that were there before; get it whole.")
    changes = tuple(_changes(held, brought, wheres, lengths))
    missing = [kind for kind, digits in DIGITS.items() if digits not in lengths]
    read = f"{count(len(brought), 'block')} read ({', '.join(kind for kind in DIGITS if kind not in missing)})."
    if missing:
        problems.append(f"Nothing is written without the file of {' and '.join(missing)}: bring all three of one day.")
        return Brought(read, changes, tuple(problems))
    writes = {bringing.folder / "registry.txt": _registry_text(brought, bringing.seen.isoformat())} if changes else {}
    return with_drafts(bringing, Brought(read, changes, tuple(problems), writes), _followed(bringing, brought, wheres))


def _read(bringing: Bringing) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Prefix -> registrant, prefix -> file and line, and sentences for rows that could not be read."""
    brought: dict[str, str] = {}
    wheres: dict[str, str] = {}
    bad = 0
    for file in bringing.files:
        rows = read_rows(file)
        first = next(rows, None)
        if first is None or [cell.strip().lower() for cell in first.cells[:3]] != [
            "registry",
            "assignment",
            "organization name",
        ]:
            raise IntakeError(
                f"“{shown(file)}” is no registry of the IEEE: its first line is not Registry,Assignment,Organization Name."
            )
        for row in rows:
            digits = DIGITS.get(row.cells[0].strip())
            prefix = row.cells[1].strip().lower() if len(row.cells) > 2 else ""
            if digits is None or not re.fullmatch(rf"[0-9a-f]{{{digits}}}", prefix):
                bad += 1
                continue
            brought.setdefault(prefix, _name(row.cells[2]))
            wheres.setdefault(prefix, f"{shown(file)}:{row.line}")
    return brought, wheres, [f"{count(bad, 'row')} of another registry, or not readable, left out."] if bad else []


def _changes(
    held: dict[str, str], brought: dict[str, str], wheres: dict[str, str], lengths: set[int]
) -> Iterator[PublishedChange]:
    for prefix, name in sorted(brought.items()):
        if prefix not in held:
            yield PublishedChange("added", f"{prefix}: {clean(name, 200)}", wheres[prefix])
        elif held[prefix] != name:
            yield PublishedChange(
                "changed", f"{prefix}: {clean(name, 200)}, before {clean(held[prefix], 200)}", wheres[prefix], "registry.txt"
            )
    for prefix, name in sorted(held.items()):
        if prefix not in brought and len(prefix) in lengths and not prefix.startswith(ELSEWHERE):
            yield PublishedChange("gone", f"{prefix}: {clean(name, 200)}", "", "registry.txt")


def _registry_text(brought: dict[str, str], day: str) -> str:
    by_name: dict[str, list[str]] = defaultdict(list)
    for prefix, name in brought.items():
        by_name[name].append(prefix)
    lines = [f"{name}\t{' '.join(sorted(prefixes))}" for name, prefixes in sorted(by_name.items())]
    return f"# source={SOURCE} date={day}\n" + "\n".join(lines) + "\n"


def _followed(bringing: Bringing, brought: dict[str, str], wheres: dict[str, str]) -> Iterator[ReviewDraft]:
    """Blocks of companies that we follow: gone, of somebody else now, or new under a name that has one use with us."""
    uses: dict[str, set[tuple[str | None, str | None, bool]]] = defaultdict(set)
    held = {}
    for item in bringing.reviewed.macs:
        block = item.value
        held[block.prefix] = item
        uses[fold(block.registrant)].add((block.role, block.subject, block.exclusive))
        now = brought.get(block.prefix)
        if block.subject is None or (now is None and block.prefix.startswith(ELSEWHERE)) or _is_same(now, block.registrant):
            continue
        what = "is in the registry no more" if now is None else f"is registered for {clean(now, 200)} now"
        say = (
            f"The block {block.prefix} of {block.subject} ({clean(block.registrant, 200)}) {what}. {TO_BE_READ_AT_THE_SOURCE}."
        )
        where = wheres.get(block.prefix, f"our {item.file}:{item.line}")
        yield bringing.draft(f"ieee-{block.prefix}", block.prefix, where, say)
    for prefix, name in sorted(brought.items()):
        used = uses.get(fold(name), set())
        if prefix in held or len(used) != 1:
            continue
        role, subject, exclusive = next(iter(used))
        if subject is None or role is None:
            continue
        line = _line(MacBlock(prefix, name, "brand" if role == "brand" else "manufacturer", subject, exclusive))
        whose = f"The block {prefix} is registered for {clean(name, 200)}, whose other blocks are of {subject}"
        say = f"{whose}. {TO_BE_READ_AT_THE_SOURCE}."
        yield bringing.draft(f"ieee-{prefix}", prefix, wheres[prefix], say, line)


def _name(text: str) -> str:
    """A registrant as published, on one line and without characters that nobody sees."""
    return (
        " ".join("".join(one if one.isprintable() else " " if one.isspace() else "" for one in text[:200]).split()) or "Private"
    )


def _is_same(now: str | None, before: str) -> bool:
    """Whether two spellings are of one registrant: one may continue, with a legal form or a remark of ours."""
    if now is None:
        return False
    one, other = sorted((fold(now), fold(before)), key=len)
    return bool(one) and other.startswith(one)


def _line(block: MacBlock) -> str:
    out = io.StringIO()
    cells = [block.prefix, block.registrant, block.role or "", block.subject or "", "yes" if block.exclusive else "no"]
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
