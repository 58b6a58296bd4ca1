"""Which camera of the register a photo of a label belongs to, by what its codes say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from camcensus.identity.values import same_serial
from camcensus.intake.code_search import can_read_codes
from camcensus.intake.label_codes import KNOWN_FEWEST, plain_value
from camcensus.intake.labels import read_labels
from camcensus.model.errors import IntakeError
from camcensus.model.frozen import frozen
from camcensus.model.labels import LabelReading
from camcensus.model.words import clean
from camcensus.tasks.register.photo_files import photo_bytes
from camcensus.tasks.register.rows import AssetRow

__all__ = ["SURE", "FitBy", "LabelFit", "LabelMatcher", "LabelPhoto", "can_read_codes"]

FitBy = Literal["MAC address", "serial number", "model"]
SURE: tuple[FitBy, ...] = ("MAC address", "serial number")
"""What one camera alone has; a model is a hint, where one entry with no photo has it."""


@frozen
class LabelFit:
    """What a photo's codes say, and the entry that it fits. `asset` is None where none or several do.

    `reading` is of the codes that name a value of the entry, or else of all, which a person then looks at: what may be saved.
    `said` tells it in a sentence, "" with no code.
    """

    readings: tuple[LabelReading, ...] = ()
    asset: str | None = None
    by: FitBy | None = None
    reading: LabelReading | None = None
    said: str = ""


@frozen
class LabelPhoto:
    """A photo that was looked at. `problem` says why it could not be read."""

    path: Path
    fit: LabelFit = LabelFit()
    problem: str = ""


class LabelMatcher:
    """Fits labels to entries of the register as it was given; `rows` are those that a photo may be of."""

    def __init__(self, rows: Iterable[AssetRow]) -> None:
        self.rows = [row for row in rows if row.asset.in_use and row.asset.kind not in ("other", "software")]
        self._by_mac: dict[str, list[AssetRow]] = {}
        self._by_model: dict[str, list[AssetRow]] = {}
        for row in self.rows:
            if row.mac:
                self._by_mac.setdefault(plain_value(row.mac), []).append(row)
            if row.model and not row.asset.photos:
                self._by_model.setdefault(plain_value(row.model), []).append(row)
        values = (plain_value(value) for row in self.rows for value in (row.mac, row.serial) if value)
        self.known = frozenset(value for value in values if len(value) >= KNOWN_FEWEST)

    def look(self, path: Path) -> LabelPhoto:
        """Read a photo and fit it."""
        try:
            return LabelPhoto(path, self.fit(read_labels(photo_bytes(path), self.known, f"“{clean(path.name, 60)}”")))
        except IntakeError as error:
            return LabelPhoto(path, problem=str(error))

    def fit(self, readings: Sequence[LabelReading]) -> LabelFit:
        """The one entry that codes speak of; several labels in one photo fit none of them."""
        if not readings:
            return LabelFit()
        every, sure = tuple(readings), [(reading, *one) for reading in readings for one in self._sure(reading)]
        refs = {row.asset.id: row.asset.ref for _, row, _ in sure}
        if len(refs) > 1:
            named = " and ".join(clean(ref, 20) for ref in sorted(refs.values()))
            return LabelFit(every, said=f"The codes in this photo fit {named}. Choose one.")
        if sure:
            row, by = sure[0][1], min((how for _, _, how in sure), key=SURE.index)
            reading = _joined([one for one, _, _ in sure]) or sure[0][0]  # other codes may be of a label beside it
            said = f"The label says: {reading.said}. It fits {clean(row.asset.ref, 20)} by its {by}."
            return LabelFit(every, row.asset.id, by, reading, said)
        whole = _joined(every)
        if whole is None:
            return LabelFit(every, said="The codes in this photo are of several labels. Choose the camera yourself.")
        alike = self._by_model.get(plain_value(whole.model), []) if whole.model else []
        alike = [row for row in alike if not (whole.serial and row.serial) and not (whole.mac and row.mac)]
        said = f"The label says: {whole.said}."
        if len(alike) == 1:
            said = f"{said} It fits {clean(alike[0].asset.ref, 20)} by its model. Look before you give it."
            return LabelFit(every, alike[0].asset.id, "model", whole, said)
        return LabelFit(every, reading=whole, said=f"{said} It fits no camera in the list.")

    def _sure(self, reading: LabelReading) -> Iterator[tuple[AssetRow, FitBy]]:
        """Entries with this MAC address or serial number; makers that print one number for both give it as either."""
        for value in _numbers(reading):
            for row in self._by_mac.get(value, ()):
                yield row, "MAC address"
        if reading.serial and len(plain_value(reading.serial)) >= KNOWN_FEWEST:
            for row in self.rows:
                if row.serial and same_serial(row.serial, reading.serial):
                    yield row, "serial number"


def _numbers(reading: LabelReading) -> set[str]:
    return {plain_value(reading.mac), plain_value(reading.serial)} - {""}


def _joined(readings: Sequence[LabelReading]) -> LabelReading | None:
    """What the codes of one label say together; None where two of them differ, as those of two labels do."""
    values: dict[str, str] = {}
    for name in ("brand", "model", "serial", "mac"):
        said = sorted({value for one in readings if (value := getattr(one, name))}, key=len)
        if any(
            not (same_serial(said[-1], one) if name == "serial" else plain_value(said[-1]) == plain_value(one)) for one in said
        ):
            return None
        values[name] = said[-1] if said else ""
    return LabelReading(**values)
