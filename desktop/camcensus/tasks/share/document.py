"""What `export --json` prints. Source: the outside contract; resources/schema/export.schema.json."""

from __future__ import annotations

from typing import Any

from camcensus.tasks.share.making import Shared


def shared_document(made: Shared) -> dict[str, Any]:
    """A file that was made, as one JSON document."""
    return {
        "contract_version": 1,
        "path": str(made.path),
        "audience": made.audience,
        "export_id": made.id,
        "sha256": made.sha256,
        "size_bytes": made.size_bytes,
        "rows": dict(made.rows),
        "photos": made.photos,
        "left_out": list(made.left_out),
        "part": made.part or None,
        "signed": made.fingerprint is not None,
        "fingerprint": made.fingerprint,
        "public_key_file": str(made.key_file) if made.key_file is not None else None,
        "notes": list(made.notes),
        "say": made.say,
    }
