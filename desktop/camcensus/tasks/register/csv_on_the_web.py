"""What the columns of the register's CSV mean, for programs. Source: Metadata Vocabulary for Tabular Data, W3C, 2015."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from camcensus.model.registers import FIELD_WORDS
from camcensus.model.words import clean
from camcensus.tasks.register.table import COLUMNS

METADATA = "csv-metadata.json"
"""Where a program that reads the table looks for it."""
_TYPES: Mapping[str, Any] = {
    "purchase_cost_gbp": "decimal",
    "retention_days": {"base": "integer", "minimum": 0},
    "as_at": "dateTime",
}
_WORDS: Mapping[str, str] = {
    **{str(name): words for name, words in FIELD_WORDS.items()},
    "record_id": "Record id, which never changes: the same device has it in every export",
    "body_name": "Organisation", "body_code": "Official number of the organisation", "sold_as": "Brand on the box",
    "made_by": "Who made it, as far as is known", "made_by_certainty": "How certain it is who made it",
    "purchase_cost_gbp": "Cost in pounds", "analytics": "What its pictures can be searched for, and whether that is on",
    "first_seen": "First seen by a search (UTC)", "last_seen": "Last seen by a search (UTC)", "seen_by": "How it is known",
    "list_status": "What the lists that are on say of its maker", "list_version": "Version of the knowledge about makers",
    "as_at": "When this table was written (UTC)", "based_in_china": "Whether its maker is based in China",
    "flaws_and_support": "Known flaws and support, in words", "known_flaws": "Known flaws, by their numbers (CVE)",
}  # fmt: skip


def csvw_metadata(url: str, title: str, as_at: str) -> bytes:
    """The metadata of the register at `url`; each row is about the device with its record id."""
    columns = [
        {
            "name": name, "titles": name, "dc:description": _WORDS.get(name, name.replace("_", " ").capitalize()),
            "datatype": _TYPES.get(name, "string"), **({"required": True} if name == "record_id" else {}),
        }
        for name in COLUMNS
    ]  # fmt: skip
    said = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": f"Cameras and recorders of {clean(title, 200)}" if title else "Cameras and recorders",
        "dc:issued": as_at[:10],
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {"columns": columns, "primaryKey": "record_id", "aboutUrl": "urn:uuid:{record_id}"},
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
