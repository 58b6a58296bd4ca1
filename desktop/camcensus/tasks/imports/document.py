"""The JSON of `import --json`: what a list came to, row by row."""

from __future__ import annotations

from typing import Any

from camcensus.model.words import clean
from camcensus.tasks.documents import CONTRACT_VERSION
from camcensus.tasks.imports.changes import CellChange, ImportRow
from camcensus.tasks.imports.staff_register import Imported, ImportPreview


def import_document(plan: ImportPreview, done: Imported | None) -> dict[str, Any]:
    """`import --json`; `done` is None where nothing was written (`--dry-run`)."""
    return {
        "contract_version": CONTRACT_VERSION,
        "written": done is not None,
        "say": clean(done.changes.say, 300) if done is not None else "Nothing was written.",
        "file": {
            "name": clean(plan.file.name), "sheet": _said(plan.file.sheet),
            "sheets": [clean(name) for name in plan.file.sheets], "heading_rows": list(plan.file.heading_rows),
            "rows": len(plan.file.rows),
        },
        "columns": [
            {"letter": one.column.letter, "heading": clean(one.column.heading), "field": one.field, "why": clean(one.why, 300)}
            for one in plan.mapping
        ],
        "matched": [
            _row(row)
            | {
                "asset": row.asset, "ref": clean(row.ref or ""), "by": row.by, "reason": clean(row.say, 300),
                "differs": [clean(say, 300) for say in row.differs],
            }
            for row in plan.of("matched")
        ],
        "only_listed": [
            _row(row)
            | {
                "asset": done.added.get(row.row.number) if done is not None else None, "entries": row.row.entries,
                "assets": list(done.more.get(row.row.number, ())) if done is not None else [],
                "values": {
                    name: clean(value, 1000) if isinstance(value, str) else value for name, value in row.row.values.items()
                },
            }
            for row in plan.of("new")
        ],
        "only_seen": [{"asset": one.id, "ref": clean(one.ref), "seen": one.seen} for one in plan.only_seen],
        "ambiguous": [
            {
                "row": row.row.number, "say": clean(row.say, 400),
                "candidates": [{"asset": asset, "ref": clean(ref)} for asset, ref in row.candidates],
            }
            for row in plan.of("asked")
        ],
        "problems": [
            {"row": one.row, "column": _said(one.column), "say": clean(one.say, 400)} for one in plan.problems
        ],
        "groups": [
            {
                "column": clean(one.column.named), "value": clean(one.value, 300), "rows": list(one.rows),
                "say": clean(one.say, 400),
                "choices": [{"answer": answer, "say": words} for answer, words in one.choices],
                "answer": one.answer, "default": one.default,
            }
            for one in plan.groups
        ],
        "not_saved": [clean(one.named) for one in plan.not_saved],
        "notes": [{"row": one.row, "say": clean(one.say, 400)} for one in plan.notes],
        "new_places": [clean(name) for name in plan.new_places],
        "new_firms": [clean(name) for name in plan.new_firms],
    }  # fmt: skip


def _row(row: ImportRow) -> dict[str, Any]:
    return {"row": row.row.number, "changes": [_change(change) for change in row.changes]}


def _change(change: CellChange) -> dict[str, str]:
    return {"field": change.field, "title": change.title, "was": clean(change.was, 1000), "is": clean(change.is_now, 1000)}


def _said(text: str | None) -> str | None:
    return clean(text) if text is not None else None
