"""Reads one CVE record, as the CVE Programme publishes it (JSON, version 5). Strict: what it cannot read it refuses.

Source: https://github.com/CVEProject/cve-schema (CVE_Record_Format.json, versions 5.0 to 5.2).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from camcensus.model.errors import NotOurFileError
from camcensus.model.words import storable

SIZE_LIMIT_BYTES = 4_000_000
PRODUCTS_LIMIT = 4096
VERSIONS_LIMIT = 4096
WORDS_LIMIT_CHARACTERS = 20_000

_ID = re.compile(r"CVE-[0-9]{4}-[0-9]{4,12}")
_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True, slots=True)
class CveVersion:
    """One version or range of a product in the record's words; `before` and `until` are upper bounds, None where absent."""

    said: str
    affected: bool
    before: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class CveProduct:
    """A product that a record names, and the versions that it lists."""

    vendor: str
    name: str
    versions: tuple[CveVersion, ...]


@dataclass(frozen=True, slots=True)
class CveRecord:
    """A published CVE record. Days are ISO 8601; every text is the record's own, to be cleaned where it is shown.

    `vector` is how the score was reached, in the record's own letters ("CVSS:3.1/AV:N/…"); None where it has none.
    `exploited_listed` is the day since when CISA lists it as exploited, by the record's own note; None where it has none.
    `unsupported` is True where the record says that the product was no longer supported when the number was given.
    """

    id: str
    published: str | None
    title: str
    description: str
    products: tuple[CveProduct, ...]
    references: tuple[str, ...]
    cvss: float | None = None
    cvss_version: str | None = None
    vector: str | None = None
    exploited_listed: str | None = None
    unsupported: bool = False


def read_cve_record(text: str) -> CveRecord:
    """The record in a JSON text. Raises NotOurFileError, with a sentence for people, where it is none or names no product."""
    if len(text.encode("utf-8", "surrogatepass")) > SIZE_LIMIT_BYTES:
        raise NotOurFileError("This file is too large for a CVE record.")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotOurFileError("This file is not JSON; download the CVE record again.") from error
    top = _table(document)
    about, containers = _table(top.get("cveMetadata")), _table(top.get("containers"))
    number = about.get("cveId")
    if top.get("dataType") != "CVE_RECORD" or not isinstance(number, str) or not _ID.fullmatch(number):
        raise NotOurFileError("This file is not a CVE record (JSON, version 5).")
    if about.get("state") != "PUBLISHED":
        raise NotOurFileError(f"{number} was withdrawn or is not published.")
    main = _table(containers.get("cna"))
    others = [_table(one) for one in _items(containers.get("adp"))]
    products = tuple(_product(_table(one)) for one in _items(main.get("affected"), PRODUCTS_LIMIT))
    if not products:
        raise NotOurFileError(f"{number} names no product.")
    score = next((found for part in (main, *others) if (found := _score(part))), (None, None, None))
    return CveRecord(
        id=number,
        published=_day(about.get("datePublished")),
        title=_words(main.get("title")),
        description=_english(main.get("descriptions")),
        products=products,
        references=tuple(filter(None, (_words(_table(one).get("url")) for one in _items(main.get("references"))))),
        cvss=score[0],
        cvss_version=score[1],
        vector=score[2],
        exploited_listed=next((day for part in others if (day := _listed(part))), None),
        unsupported="unsupported-when-assigned" in [_words(one) for one in _items(main.get("tags"))],
    )


def _product(table: dict[str, Any]) -> CveProduct:
    versions = tuple(_version(_table(one)) for one in _items(table.get("versions"), VERSIONS_LIMIT))
    return CveProduct(_words(table.get("vendor")), _words(table.get("product")), versions)


def _version(table: dict[str, Any]) -> CveVersion:
    before, until = _words(table.get("lessThan")), _words(table.get("lessThanOrEqual"))
    return CveVersion(_words(table.get("version")), _words(table.get("status")) == "affected", before or None, until or None)


def _score(part: dict[str, Any]) -> tuple[float, str, str | None] | None:
    """The first score of version 3, else 4, its version and vector; scores of other versions are not comparable."""
    metrics = [_table(one) for one in _items(part.get("metrics"))]
    for key in ("cvssV3_1", "cvssV3_0", "cvssV4_0"):
        for metric in metrics:
            values = _table(metric.get(key))
            score = values.get("baseScore")
            if isinstance(score, (int, float)) and not isinstance(score, bool) and 0 <= score <= 10:
                return float(score), key[5:].replace("_", "."), _words(values.get("vectorString")) or None
    return None


def _listed(part: dict[str, Any]) -> str | None:
    for metric in _items(part.get("metrics")):
        other = _table(_table(metric).get("other"))
        if _words(other.get("type")).casefold() == "kev":
            return _day(_table(other.get("content")).get("dateAdded"))
    return None


def _english(descriptions: Any) -> str:
    tables = [_table(one) for one in _items(descriptions)]
    return next((_words(one.get("value")) for one in tables if _words(one.get("lang")).casefold().startswith("en")), "")


def _day(value: Any) -> str | None:
    found = _DAY.match(value) if isinstance(value, str) else None
    return found[0] if found else None


def _words(value: Any) -> str:
    return storable(" ".join(value[:WORDS_LIMIT_CHARACTERS].split())) if isinstance(value, str) else ""


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: Any, limit: int = 512) -> list[Any]:
    """A list's items. More than `limit` are refused rather than cut: a cut list would call other models free of the flaw."""
    if not isinstance(value, list):
        return []
    if len(value) > limit:
        raise NotOurFileError("This CVE record lists more than Camcensus reads.")
    return value
