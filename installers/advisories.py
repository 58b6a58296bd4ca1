#!/usr/bin/env python3
"""Advisories about the packages in our lock files: python3 run.py advisories [FOLDER]

Without a folder, holds the lock files against `advisories.toml`: each locked package must have been looked up in it, and no
locked version may be affected by an advisory that is not accepted there with a reason. It says how old the records are. With
FOLDER, of OSV records in JSON that a person brought (PyPI's `all.zip` from osv.dev, unpacked), makes `advisories.toml` anew
from them; what was accepted stays. A word after FOLDER names where they are from. Facts only: id, package, versions, days.
Status 1 where something is wrong.

Source: OSV schema 1.6, https://ossf.github.io/osv-schema/ (evaluation of ranges)
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from packaging.utils import canonicalize_name  # noqa: E402
from packaging.version import InvalidVersion, Version  # noqa: E402

from installers.shared.facts import BuildError, say  # noqa: E402

SNAPSHOT = ROOT / "installers" / "advisories.toml"
MOST_DAYS = 92
"""How old the records may be at a release."""
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)


@dataclass(frozen=True, slots=True)
class Advisory:
    """What was published about versions of a package. `ranges` are (introduced, fixed, last affected), "" for no such end."""

    id: str
    aliases: tuple[str, ...]
    published: str
    ranges: tuple[tuple[str, str, str], ...]
    versions: tuple[str, ...]

    def affects(self, version: str) -> bool:
        """Whether a version is one of those. What cannot be compared is affected."""
        if version in self.versions:
            return True
        try:
            return any(_within(Version(version), *one) for one in self.ranges)
        except InvalidVersion:
            return True


def _within(version: Version, introduced: str, fixed: str, last: str) -> bool:
    begins = introduced in ("", "0") or version >= Version(introduced)
    return begins and not (fixed and version >= Version(fixed)) and not (last and version > Version(last))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a person brought. `as_of` is the newest day of its records; `accepted` says why (package, id) may stand."""

    source: str
    as_of: str
    looked_at: str
    packages: dict[str, tuple[Advisory, ...]]
    accepted: dict[tuple[str, str], str]


def locked(folder: Path = ROOT / "installers") -> dict[str, set[str]]:
    """Every package in every lock file, with its versions."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*requirements*.txt")):
        for name, version in _PIN.findall(path.read_text("utf-8")):
            found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def read_snapshot(path: Path = SNAPSHOT) -> Snapshot:
    """The records in the repository. Raises BuildError."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        packages = {
            one["name"]: tuple(
                Advisory(
                    item["id"], tuple(item.get("aliases", ())), item["published"],
                    tuple((begins, fixed, last) for begins, fixed, last in item.get("ranges", ())),
                    tuple(item.get("versions", ())),
                )
                for item in one.get("advisory", ())
            )
            for one in table["package"]
        }  # fmt: skip
        accepted = {(one["package"], one["id"]): one["why"] for one in table.get("accepted", ())}
        return Snapshot(table["source"], table["as_of"], table["looked_at"], packages, accepted)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BuildError(f"{path.name} cannot be read ({error}); make it anew: python3 run.py advisories FOLDER") from error


def faults(snapshot: Snapshot, pins: dict[str, set[str]]) -> list[str]:
    """A sentence for each package that was not looked up, and each locked version that is affected."""
    missing = pins.keys() - snapshot.packages
    said = [f"{name} was not looked up; bring records and run: python3 run.py advisories FOLDER" for name in missing]
    for name, versions in pins.items():
        for one in snapshot.packages.get(name, ()):
            if (name, one.id) in snapshot.accepted:
                continue
            affected = [version for version in versions if one.affects(version)]
            said += [f"{name} {version} is affected by {one.id} ({', '.join(one.aliases)})" for version in affected]
    stale = [f"{name} {what} is accepted and no longer in the records" for name, what in snapshot.accepted
             if what not in {one.id for one in snapshot.packages.get(name, ())}]  # fmt: skip
    return sorted(said + stale)


def too_old(snapshot: Snapshot, today: date) -> str | None:
    """A sentence where the records are older than a release may have them."""
    days = (today - date.fromisoformat(snapshot.as_of)).days
    if days <= MOST_DAYS:
        return None
    return (
        f"The newest advisory record is of {snapshot.as_of}, {days} days ago; a release needs one of {MOST_DAYS} days. "
        "Bring newer ones: python3 run.py advisories FOLDER"
    )


def read_records(folder: Path) -> Iterator[dict[str, Any]]:
    """The OSV records in a folder; raises BuildError for a file that is none."""
    for path in sorted(folder.rglob("*.json")):
        try:
            record = json.loads(path.read_text("utf-8"))
            if not isinstance(record, dict) or not isinstance(record["id"], str):
                raise ValueError("no OSV record")
        except (OSError, ValueError, KeyError) as error:
            raise BuildError(f"{path.name} is no OSV record ({error}); nothing was written.") from error
        yield record


def remake(
    records: Iterable[dict[str, Any]],
    pins: Iterable[str],
    source: str,
    today: date,
    accepted: Mapping[tuple[str, str], str],
) -> str:
    """The snapshot as text. Raises BuildError where there is no record."""
    found: dict[str, dict[str, Advisory]] = {name: {} for name in pins}
    newest = ""
    for record in records:
        newest = max(newest, str(record.get("modified", ""))[:10])
        if record.get("withdrawn"):
            continue
        for about in record.get("affected", ()):
            package = about.get("package", {})
            name = canonicalize_name(str(package.get("name", "")))
            if package.get("ecosystem") != "PyPI" or name not in found:
                continue
            one = _advisory(record, about)
            before = found[name].get(one.id)
            if before is not None:
                one = Advisory(one.id, one.aliases, one.published, before.ranges + one.ranges, before.versions + one.versions)
            found[name][one.id] = one
    if not newest:
        raise BuildError("There is no OSV record in that folder; nothing was written.")
    lines = [
        "# Published advisories about the packages in our lock files, those without any among them.",
        "# Made by: python3 run.py advisories FOLDER",
        "# What is accepted is written by hand: [[accepted]] with package, id, and why the advisory may stand.",
        f"source = {json.dumps(source)}", f'as_of = "{newest}"', f'looked_at = "{today}"', "",
    ]  # fmt: skip
    for (name, what), why in sorted(accepted.items()):
        lines += ["[[accepted]]", f"package = {json.dumps(name)}", f"id = {json.dumps(what)}"]
        lines += [f"why = {json.dumps(why, ensure_ascii=False)}", ""]
    for name in sorted(found):
        lines += ["[[package]]", f"name = {json.dumps(name)}", ""]
        for one in sorted(found[name].values(), key=lambda one: (one.published, one.id)):
            lines += ["[[package.advisory]]", f"id = {json.dumps(one.id)}", f"aliases = {json.dumps(one.aliases)}"]
            lines += [f"published = {json.dumps(one.published)}"]
            lines += [f"ranges = {json.dumps(one.ranges)}"] if one.ranges else []
            lines += [f"versions = {json.dumps(one.versions)}"] if one.versions else []
            lines += [""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _advisory(record: dict[str, Any], about: dict[str, Any]) -> Advisory:
    """Ranges of releases, and the versions that are named beside them."""
    ranges: list[tuple[str, str, str]] = []
    for one in about.get("ranges", ()):
        if one.get("type") != "ECOSYSTEM":
            continue
        introduced: str | None = None
        for event in one.get("events", ()):
            if "introduced" in event:
                if introduced is not None:
                    ranges.append((introduced, "", ""))
                introduced = str(event["introduced"])
            elif introduced is not None and ("fixed" in event or "last_affected" in event):
                ranges.append((introduced, str(event.get("fixed", "")), str(event.get("last_affected", ""))))
                introduced = None
        if introduced is not None:
            ranges.append((introduced, "", ""))
    aliases = tuple(sorted(str(alias) for alias in record.get("aliases", ())))
    one = Advisory(record["id"], aliases, str(record.get("published", ""))[:10], tuple(ranges), ())
    return replace(one, versions=tuple(named for named in map(str, about.get("versions", ())) if not one.affects(named)))


def main(words: list[str]) -> int:
    """Check, or make anew."""
    try:
        if words:
            before = read_snapshot() if SNAPSHOT.exists() else None
            source = words[1] if len(words) > 1 else before.source if before else "https://osv.dev/"
            accepted, today = before.accepted if before else {}, datetime.now(UTC).date()
            made = remake(read_records(Path(words[0])), locked(), source, today, accepted)
            SNAPSHOT.write_text(made, "utf-8", newline="\n")
        snapshot = read_snapshot()
    except BuildError as problem:
        say(str(problem))
        return 1
    pins = locked()
    wrong = faults(snapshot, pins)
    today = datetime.now(UTC).date()
    for sentence in [*wrong, *filter(None, [too_old(snapshot, today)])]:
        say(sentence)
    print(result(snapshot, len(pins), len(wrong), today))
    return int(bool(wrong))


def result(snapshot: Snapshot, pins: int, wrong: int, today: date) -> str:
    """What was found, in one line with the day and the age of the records: it says nothing of what was published since."""
    number, days = sum(len(one) for one in snapshot.packages.values()), (today - date.fromisoformat(snapshot.as_of)).days
    return (
        f"{pins} locked packages, {number} advisories about them up to {snapshot.as_of} ({days} days ago; later ones are not "
        f"known here), {wrong} things wrong."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
