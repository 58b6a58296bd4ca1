"""An exchange file to be looked at: what it is, whether it is whole, what it counts, and its register. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from camcensus.model import frozen
from camcensus.model.device import GRADES, Grade
from camcensus.model.words import BASED, GRADE_SHORT, clean, count, long_date
from camcensus.store.exchange_file import reading
from camcensus.store.exchange_file.reading import Checked, check_exchange, read_export, reading_exchange

COUNTED = ("camera", "recorder", "encoder", "intercom", "may-be-camera", "software", "other", "gone")
_COUNTED_WORDS = {
    "camera": ("camera", "cameras"), "recorder": ("recorder", "recorders"), "encoder": ("encoder", "encoders"),
    "intercom": ("intercom", "intercoms"), "may-be-camera": ("that may be a camera", "that may be cameras"),
    "software": ("viewing program", "viewing programs"), "other": ("of another kind", "of another kind"),
    "gone": ("no longer here", "no longer here"),
}  # fmt: skip


@frozen
class ExchangeRow:
    """A row of the register as the file has it. `listed` are ids of lists that the organisation goes by.

    `based` is that the maker is based in China, by our reading of a statement that it goes by.
    """

    ref: str
    counts_as: str
    place: str
    maker: str
    grade: Grade
    brand: str
    model: str
    listed: tuple[str, ...]
    based: bool
    decision: str


@frozen
class ExchangeView:
    """What one file says. `about` are its own lines, heading and text."""

    body: str
    lead: str
    export: dict[str, Any]
    checked: Checked
    about: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    rows: tuple[ExchangeRow, ...]

    @property
    def counted(self) -> tuple[str, ...]:
        """ "37 cameras", "1 recorder", and so on."""
        return tuple(count(number, *_COUNTED_WORDS[name]) for name, number in self.counts)


def read_exchange_file(path: Path) -> ExchangeView:
    """Reads one, with every text cleaned. Raises StoreError."""
    with reading_exchange(path) as db:
        export = read_export(db)
        checked = check_exchange(db)
        about = tuple((clean(head, 80), clean(text, 2000)) for head, text in reading.read_about(db))
        body = reading.read_body_name(db)
        counts = reading.read_counts(db)
        rows = tuple(_rows(db))
    try:
        made_on = long_date(str(export["made_at"]))
    except (ValueError, IndexError):
        made_on = "a day that is not known"
    return ExchangeView(
        clean(body), f"This is a copy made for auditors on {made_on}.", export, checked, about,
        tuple((name, counts[name]) for name in COUNTED if counts.get(name)), rows,
    )  # fmt: skip


def _rows(db: Any) -> Iterator[ExchangeRow]:
    listed, based = reading.read_listed(db)
    for row in reading.read_rows(db):
        device = row["device"]
        texts = {name: clean(row[name] or "", 120) for name in ("place", "maker", "brand", "model", "decision")}
        yield ExchangeRow(
            ref=clean(row["ref"], 40), counts_as=row["counts_as"], grade=row["grade"] if row["grade"] in GRADES else "unknown",
            listed=tuple(clean(name, 60) for name in listed.get(device, ())), based=device in based, **texts,
        )  # fmt: skip


def exchange_text(view: ExchangeView) -> str:
    """An exchange file for a terminal."""
    parts = [view.lead, view.checked.say, "", view.body]
    parts += [f"  {one}" for one in view.counted] or ["  no rows"]
    parts += ["", *(f"{head}: {text}" for head, text in view.about), ""]
    for row in view.rows:
        made = f"{row.maker} – {GRADE_SHORT[row.grade].lower()}" if row.maker else GRADE_SHORT[row.grade]
        on_record = ", ".join([*row.listed, *([BASED] if row.based else [])])
        words = (row.ref, row.counts_as, row.place, made, row.model, on_record, row.decision)
        parts.append("  ".join(word for word in words if word))
    return "\n".join(parts)


def exchange_document(view: ExchangeView) -> dict[str, Any]:
    """The same as one JSON document."""
    return {
        "contract_version": 1,
        "exchange": {
            "lead": view.lead, "body": view.body, "state": view.checked.state, "say": view.checked.say,
            "fingerprint": view.checked.fingerprint, "counts": dict(view.counts),
            **{name: view.export[name] for name in ("id", "inventory_id", "made_at", "as_at", "method", "knowledge_version")},
            "simulation": bool(view.export["simulation"]),
        },
        "rows": [
            {
                "ref": row.ref, "counts_as": row.counts_as, "place": row.place, "maker": row.maker, "grade": row.grade,
                "brand": row.brand, "model": row.model, "listed": list(row.listed), "based_in_china": row.based,
                "decision": row.decision,
            }
            for row in view.rows
        ],
    }  # fmt: skip
