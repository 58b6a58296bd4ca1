"""Total for each year: the twin of the year columns, to be read and added up."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.model.plan import YearTotal
from camcensus.model.words import pounds
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.ledger import Cell, Ledger, LedgerLine
from camcensus.ui.kit.parts import Surface

STACK_BELOW = 640
"""Width, at 100% text, under which the sums of a year are below it."""


def columns(total: YearTotal) -> tuple[ViewColumn, ...]:
    """Those that have something to say: other costs and VAT only where there are any, so that each row adds up."""
    other = [ViewColumn("other", "Other", "number", 84)] if total.other else []
    taxed = [ViewColumn("taxed", "With VAT", "number", 104)] if total.with_vat is not None else []
    return (
        ViewColumn("year", "Bought in", "text", 0),
        ViewColumn("cameras", "Cameras", "number", 82),
        ViewColumn("recorders", "Recorders", "number", 88),
        ViewColumn("equipment", "Equipment", "number", 94),
        ViewColumn("fitting", "Fitting", "number", 84),
        *other,
        ViewColumn("contingency", "Contingency", "number", 100),
        ViewColumn("total", "Total, ex VAT", "number", 106),
        *taxed,
    )


class YearTable(Surface):
    """Years, then their total, in one card."""

    def __init__(self) -> None:
        super().__init__("base", shape="card")
        self._layout = column(margins=(1, 4, 1, 4), of=self)
        self._use(columns(YearTotal("Total", 0, 0, 0, 0, 0, 0)))

    def show_years(self, years: Sequence[YearTotal], total: YearTotal) -> None:
        """Shows the sums; pence, excluding VAT."""
        wanted = columns(total)
        if wanted != self.ledger.columns:
            self.ledger.hide()
            self._layout.removeWidget(self.ledger)
            self.ledger.deleteLater()
            self._use(wanted)
        lines = [_line(year.year, year, wanted) for year in years]
        self.ledger.set_lines([*lines, _line("Total", total, wanted, strong=True)] if lines else [])

    def _use(self, wanted: tuple[ViewColumn, ...]) -> None:
        self.ledger = Ledger(wanted, "Total for each year", stack_below=STACK_BELOW)
        self._layout.addWidget(self.ledger)


def _line(name: str, year: YearTotal, wanted: Sequence[ViewColumn], *, strong: bool = False) -> LedgerLine:
    said = {
        "year": name,
        "cameras": f"{year.cameras:,}",
        "recorders": f"{year.recorders:,}",
        "equipment": pounds(year.equipment),
        "fitting": pounds(year.fitting),
        "other": pounds(year.other),
        "contingency": pounds(year.contingency),
        "total": pounds(year.total),
        "taxed": "" if year.with_vat is None else pounds(year.with_vat),
    }
    if not year.total:  # what nobody priced costs something
        said |= dict.fromkeys(("equipment", "fitting", "other", "contingency", "taxed"), "–") | {"total": "Not priced"}
    return LedgerLine(name, tuple(Cell(said[one.name], strong=strong or one.name == "total") for one in wanted))
