"""Published flaws: CVE records, and CISA's catalogue of those that are being exploited, held against our advisories."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from camcensus.model.errors import CamcensusError, IntakeError, shown
from camcensus.model.records import Advisory
from camcensus.model.words import clean, count, long_date
from installers.knowledge.brought import Bringing, Brought, PublishedChange, source_text, with_drafts
from installers.knowledge.calendar import TO_BE_READ_AT_THE_SOURCE
from installers.knowledge.cve.drafts import draft_advisory, draft_source
from installers.knowledge.cve.records import CveRecord, read_cve_record
from installers.knowledge.cve.score import read_vector, words_beyond
from installers.knowledge.entries import Placed
from installers.knowledge.names import Names, camera_makers, names_of
from installers.knowledge.published import parse_json, read_json, read_records
from installers.knowledge.reviewed import ReviewDraft
from installers.knowledge.writing import quoted, set_fields

PROBLEMS_SAID = 20

_CAMERA = re.compile(
    r"(?i)\b(?:cameras?|ip ?cams?|cctv|surveillance|[dnx]vrs?|recorders?|video (?:encoders?|servers?)|doorbells?|intercoms?)\b"
)
"""What a flaw of a maker of many things must speak of; of a maker of cameras each is looked at."""


@dataclass(slots=True)
class _Found:
    """What an importer of flaws gathers."""

    changes: list[PublishedChange] = field(default_factory=list)
    drafts: list[ReviewDraft] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    fields: dict[str, dict[int, dict[str, str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    """Fields to set: our file -> line of the table -> field -> TOML value."""

    def set(self, item: Placed[Advisory], fields: Mapping[str, str]) -> None:
        self.fields[item.file][item.line] |= fields

    def brought(self, bringing: Bringing, read: str) -> Brought:
        """All of it, with the texts of our files as they would be."""
        writes = {bringing.folder / file: set_fields(source_text(bringing, file), lines) for file, lines in self.fields.items()}
        more = len(self.problems) - PROBLEMS_SAID
        said = [*self.problems[:PROBLEMS_SAID], *([f"And {count(more, 'more record')}."] if more > 0 else [])]
        return with_drafts(bringing, Brought(read, tuple(self.changes), tuple(said), writes), self.drafts)


def bring_exploited(bringing: Bringing) -> Brought:
    """Which of our flaws the catalogue lists, since when; flaws of ours or of makers that we follow. Raises IntakeError."""
    if len(bringing.files) != 1:
        raise IntakeError("Bring one catalogue of exploited flaws at a time.")
    path = bringing.files[0]
    document = read_json(path)
    rows = document.get("vulnerabilities") if isinstance(document, dict) else None
    day = _day(document.get("dateReleased")) if isinstance(document, dict) else None
    if not isinstance(rows, list) or day is None:
        raise IntakeError(f"“{shown(path)}” is not CISA’s catalogue of exploited vulnerabilities in JSON; get it again.")
    held = {item.value.id: item for item in bringing.reviewed.advisories}
    newest = max((item.value.exploited_as_of or "" for item in held.values()), default="")
    if day < newest:
        raise IntakeError(f"This catalogue is of {long_date(day)}; ours is of {long_date(newest)} already.")
    found, names, listed = _Found(), names_of(bringing.reviewed), set()
    makers = camera_makers(bringing.reviewed)
    for number, one in enumerate(rows, 1):
        row = one if isinstance(one, dict) else {}
        identity, added = row.get("cveID"), _day(row.get("dateAdded"))
        if not isinstance(identity, str) or added is None:
            found.problems.append(f"Entry {number} has no number or no day, and was left out.")
            continue
        listed.add(identity)
        where = f"{shown(path)}, entry {number}"
        if identity in held:
            _exploited(found, held[identity], added, where)
        else:
            _unheld(found, bringing, names, makers, row, identity, where)
    for identity, item in held.items():
        if item.value.exploited_as_of != day and (item.value.exploited_listed or "") <= day:
            found.set(item, {"exploited_as_of": quoted(day)})
        since = item.value.exploited_listed
        if item.value.exploited and since is not None and since <= day and identity not in listed:
            say = f"{identity}: in ours it is listed since {long_date(since)}; the catalogue of {long_date(day)} lacks it."
            found.changes.append(
                PublishedChange("gone", f"{say} A person decides; nothing is changed.", "", f"{item.file}:{item.line}")
            )
    brought = found.brought(bringing, f"{count(len(rows), 'entry', 'entries')} of the catalogue of {long_date(day)}.")
    return replace(brought, dated=day)


def _exploited(found: _Found, item: Placed[Advisory], added: str, where: str) -> None:
    advisory = item.value
    if advisory.exploited and advisory.exploited_listed == added:
        return
    say = f"{advisory.id} ({advisory.manufacturer}): listed as exploited since {long_date(added)}"
    before = f", in ours since {long_date(advisory.exploited_listed)}" if advisory.exploited_listed else ""
    found.changes.append(PublishedChange("changed", f"{say}{before}.", where, f"{item.file}:{item.line}"))
    found.set(item, {"exploited": "true", "exploited_listed": quoted(added)})


def _unheld(
    found: _Found, bringing: Bringing, names: Names, makers: frozenset[str], row: dict[str, Any], identity: str, where: str
) -> None:
    vendor, product = (clean(str(row.get(key) or ""), 120) for key in ("vendorProject", "product"))
    companies = {company for company, _ in names.in_text(vendor)}
    said = " ".join(str(row.get(key) or "") for key in ("product", "vulnerabilityName", "shortDescription"))
    if companies and (companies & makers or _CAMERA.search(said)):
        what = f"{clean(identity, 30)}: {vendor} {product} is listed as exploited, and no advisory of ours is about it"
        say = f"{what}. {TO_BE_READ_AT_THE_SOURCE}."
        identity = f"exploited-{clean(identity, 30).lower()}"
        found.drafts.append(bringing.draft(identity, ", ".join(sorted(companies)), where, say))


def bring_records(bringing: Bringing) -> Brought:
    """CVE records: what differs from our advisories, and drafts for flaws of makers that we follow. Raises IntakeError."""
    held = {item.value.id: item for item in bringing.reviewed.advisories}
    seen = {item.value.id: item.value.retrieved for item in bringing.reviewed.sources}
    found, names, read, unread = _Found(), names_of(bringing.reviewed), 0, 0
    makers = camera_makers(bringing.reviewed)
    for path in bringing.files:
        for where, data in read_records(path):
            read += 1
            try:
                _record(found, bringing, names, makers, held, seen, clean(where, 120), data)
            except CamcensusError as error:
                unread += 1
                found.problems.append(f"{clean(where, 120)}: {error}")
    if read == unread > 0:
        raise IntakeError(f"No record could be read. {found.problems[0]}")
    if not read:
        raise IntakeError("No JSON record was found in the files; bring CVE records in JSON.")
    return found.brought(bringing, f"{count(read, 'record')} read.")


def _record(
    found: _Found,
    bringing: Bringing,
    names: Names,
    makers: frozenset[str],
    held: Mapping[str, Placed[Advisory]],
    seen: Mapping[str, str | None],
    where: str,
    data: bytes,
) -> None:
    document = parse_json(data, where)
    about = document.get("cveMetadata") if isinstance(document, dict) else None
    about = about if isinstance(about, dict) else {}
    identity = about.get("cveId")
    item = held.get(identity) if isinstance(identity, str) else None
    if item is not None and about.get("state") == "REJECTED":
        say = f"{item.value.id}: its record was withdrawn. {TO_BE_READ_AT_THE_SOURCE}."
        found.drafts.append(bringing.draft(f"cve-{item.value.id.lower()}-withdrawn", item.value.id, where, say))
        return
    if item is None and not _may_concern(document, names):
        return
    record = read_cve_record(data.decode("utf-8", "replace"))
    if item is not None:
        _held_record(found, bringing, item, record, where, _day(about.get("dateUpdated")), seen.get(item.value.source))
        return
    companies = frozenset(_companies(record, names))
    if not companies & makers and not _CAMERA.search(f"{_products(record)} {record.title} {record.description}"):
        return
    for company in sorted(companies):
        assigner = about.get("assignerShortName")
        say = f"{record.id}: a flaw in what the record calls {_products(record)}. {TO_BE_READ_AT_THE_SOURCE}."
        proposal = draft_source(record, clean(str(assigner or "CVE"), 80), bringing.seen.isoformat())
        proposal += "\n" + draft_advisory(record, company)
        found.drafts.append(bringing.draft(f"cve-{record.id.lower()}-{company}", company, where, say, proposal))


def _held_record(
    found: _Found,
    bringing: Bringing,
    item: Placed[Advisory],
    record: CveRecord,
    where: str,
    updated: str | None,
    retrieved: str | None,
) -> None:
    advisory, place = item.value, f"{item.file}:{item.line}"
    listed = record.exploited_listed
    if listed is not None and not advisory.exploited:
        _exploited(found, item, listed, where)
    score = read_vector(record.vector or "")
    faults = list(words_beyond(advisory.title, advisory.summary, score)) if score else []
    if record.cvss is not None and record.cvss != advisory.cvss:
        was = "none" if advisory.cvss is None else f"{advisory.cvss}"
        found.changes.append(
            PublishedChange("changed", f"{record.id}: its score is {record.cvss}, in ours {was}.", where, place)
        )
        vector = {"vector": quoted(record.vector)} if record.vector and score and not faults else {}
        found.set(item, {"cvss": str(record.cvss), "cvss_version": quoted(record.cvss_version or ""), **vector})
    if faults:
        say = f"{record.id}: {'; '.join(faults)}. {TO_BE_READ_AT_THE_SOURCE}."
        found.drafts.append(bringing.draft(f"cve-{record.id.lower()}-words", record.id, where, say))
    if updated is not None and retrieved is not None and updated[: len(retrieved)] > retrieved:
        say = f"{record.id}: its record was changed on {long_date(updated)}; we read it last in {long_date(retrieved)}."
        identity = f"cve-{record.id.lower()}-{updated}"
        found.drafts.append(bringing.draft(identity, record.id, where, f"{say} {TO_BE_READ_AT_THE_SOURCE}."))


def _may_concern(document: Any, names: Names) -> bool:
    """A quick look over all that the record says, before it is read."""
    containers = document.get("containers") if isinstance(document, dict) else None
    return next(names.in_text(json.dumps(containers, ensure_ascii=False)), None) is not None


def _companies(record: CveRecord, names: Names) -> Iterator[str]:
    """Companies whose name the record gives as a product's vendor; where it gives none, that its description names."""
    vendors = {product.vendor for product in record.products} - {"", "n/a"}
    text = " | ".join(vendors) if vendors else record.description
    yield from {company for company, _ in names.in_text(text)}


def _products(record: CveRecord) -> str:
    return clean(", ".join(dict.fromkeys(f"{one.vendor} {one.name}".strip() for one in record.products)), 200)


def _day(value: object) -> str | None:
    """The day of an ISO date or time, None for anything else."""
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None
