"""The pane beside the plan: one batch, what it costs, what it waits for, where it is to go. A field is kept when it is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from camcensus.model.errors import StoreError
from camcensus.model.plan_fields import checked_field
from camcensus.model.words import pounds
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, IconButton, LinkButton
from camcensus.ui.kit.controls import Combo, Field, SettledCombo
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.forms import labelled
from camcensus.ui.kit.icons import Glyph
from camcensus.ui.kit.layout import clear, column, fill, panel, row
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Hairline, Scroll, Surface
from camcensus.ui.kit.widgets import Text, when_released
from camcensus.ui.plan.batch_model import BatchShown, Offered
from camcensus.ui.plan.costs import typed

WIDTH = 320


class BatchPane(Surface):
    """`edited` tells a batch, the field and its new value; `going` the year it is to go to; `leaving` that it is taken out.

    The other signals carry the id of the batch of which more is wanted.
    """

    spoken_role = QAccessible.Role.Grouping

    edited = Signal(str, str, object)
    going = Signal(str, str)
    leaving = Signal(str)
    rows_wanted = Signal(str)
    details_wanted = Signal(str)
    needs_wanted = Signal(str)
    again_wanted = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__("pane", lines="l")
        self.batch: BatchShown | None = None
        self._filling = False
        self.may_edit = True
        self._lead, self._holds = Text("", "caption", "secondary"), Text("", "caption", "secondary")
        self._name, self._amount = Text("", "heading"), Text("", "heading", wrap=False)
        self.rows_link, self.details_link = LinkButton("Its cameras", "caption"), LinkButton("More details", "caption")
        self.again_link, self.needs_link = (
            LinkButton("Undo my changes here", "caption"),
            LinkButton("Answer these", "caption"),
        )
        self.close_button = IconButton("x", "Close", then=self.closed)
        self.name = Field("For example, cabling", name="What")
        self.why, self._found = Field("Nobody wrote why yet", name="Why"), Text("", "caption", "secondary")
        self.year, self.priority, self.option = SettledCombo("Year"), SettledCombo("Priority"), SettledCombo("What to do")
        self.unit, self.fitting = Field("No price", name="Unit £"), Field("No price", name="Fitting £")
        self.quantity = Field("1", name="Quantity")
        self.sum = Text("", "body", "secondary")
        self.problem = Text("", "caption", "wrong")
        self._depends_title, self._depends = Text("Depends on", "strong"), QVBoxLayout()
        self._depends.setSpacing(8)
        self.out_button = Button("Leave out")
        self._build()
        self._connect()

    def _build(self) -> None:
        title = row((self._name, 1), (self._amount, 0, Qt.AlignmentFlag.AlignTop))
        top = row((self._lead, 1), self.close_button)
        self._option_part, self._money = QWidget(), QWidget()
        self._name_part = panel(column(labelled("What", self.name), 10))
        column(labelled("What to do", self.option), 10, of=self._option_part)
        self._sums = QGridLayout()
        self._sums.setHorizontalSpacing(12)
        self._sums.setVerticalSpacing(8)
        self._pieces = tuple(
            panel(labelled(title, field))
            for title, field in (("Unit £", self.unit), ("Fitting £", self.fitting), ("Quantity", self.quantity))
        )
        self._columns = 0
        money = column(12, Text("Cost of each, excluding VAT", "strong"), 8, self._sums, of=self._money)
        for part in (self.problem, self.sum):
            fill(money, 4, part)
        body = QWidget()
        inner = column(
            top,
            title,
            2,
            self._holds,
            Flow(self.rows_link, self.details_link, gap=14),
            10,
            Hairline(),
            12,
            self._option_part,
            self._name_part,
            labelled("Year", self.year),
            self._money,
            10,
            labelled("Why", self.why),
            2,
            self._found,
            8,
            labelled("Priority", self.priority),
            14,
            Hairline(),
            12,
            margins=(24, 20, 14, 16),
            of=body,
        )
        depends = row((self._depends_title, 1), self.needs_link)
        fill(inner, depends, 8, self._depends, 12, Flow(self.again_link), None)
        foot = Surface("pane", lines="t")
        row(self.out_button, None, margins=(24, 9, 16, 9), of=foot)
        self._scroll = Scroll(body, "The chosen batch")
        column((self._scroll, 1), foot, margins=(1, 0, 0, 0), of=self)
        self.retheme()

    def _connect(self) -> None:
        self.name.editingFinished.connect(lambda: self._keep("name", self.name.typed) if self.name.typed else None)
        self.why.editingFinished.connect(lambda: self._keep("why", self.why.typed))
        for field, combo in (("year", self.year), ("priority", self.priority), ("option", self.option)):
            combo.settled.connect(lambda field=field, combo=combo: self._keep(field, combo.currentData()))
        for field, line in (("unit", self.unit), ("fitting", self.fitting), ("quantity", self.quantity)):
            line.editingFinished.connect(lambda field=field, line=line: self._keep_figure(field, line))
        for line in (self.unit, self.fitting, self.quantity):
            line.textEdited.connect(self._add_up)
        for button, signal in (
            (self.out_button, self.leaving),
            (self.rows_link, self.rows_wanted),
            (self.details_link, self.details_wanted),
            (self.needs_link, self.needs_wanted),
            (self.again_link, self.again_wanted),
        ):
            button.clicked.connect(lambda _=False, signal=signal: self._tell(signal))

    # What is shown

    @property
    def first(self) -> QWidget:
        """Where the keyboard comes in: what to do, or the name of a line of staff's own."""
        return self.name if self.batch is not None and self.batch.own else self.option

    def show_batch(self, batch: BatchShown, *, may_edit: bool) -> None:
        """Shows a batch; of the same one, what somebody is typing stays, and nothing moves while the mouse is pressed."""
        same = self.batch is not None and self.batch.id == batch.id
        self.batch, self.may_edit = batch, may_edit
        if same:
            when_released(self, lambda: self._show(batch, same=True) if self.batch is batch else None)
        else:
            self._show(batch, same=False)

    def _show(self, batch: BatchShown, *, same: bool) -> None:
        may_edit, self._filling = self.may_edit, True
        self.setAccessibleName(f"Group: {batch.name}")
        self._lead.setText(batch.lead)
        self._name.setText(batch.name)
        self._amount.setText(batch.amount)
        self._holds.setText(batch.holds)
        self._holds.setVisible(bool(batch.holds))
        self.rows_link.setVisible(not batch.own and not batch.gone)
        self.again_link.setVisible(batch.again or batch.gone)
        self.again_link.setText("Remove" if batch.gone else "Undo my changes here")
        self.again_link.updateGeometry()
        self._found.setText(f"Found by Camcensus: {batch.why_hint}" if batch.why_hint else "")
        self._found.setVisible(bool(batch.why_hint))
        self.details_link.setVisible(not batch.own)
        for combo, offered, chosen in (
            (self.year, batch.years, batch.year),
            (self.priority, batch.priorities, batch.priority),
            (self.option, batch.options, batch.option),
        ):
            _offer(combo, offered, chosen)
        self._option_part.setVisible(not batch.own)
        self._name_part.setVisible(batch.own)
        self._money.setVisible(batch.acting)
        for line, text in (
            (self.name, batch.name),
            (self.why, batch.why),
            (self.unit, typed(batch.unit)),
            (self.fitting, typed(batch.fitting)),
            (self.quantity, str(batch.quantity)),
        ):
            if not (same and line.hasFocus() and line.isModified()):
                line.setText(text)
                line.wrong = False
                line.update()
        if not same:
            self._scroll.verticalScrollBar().setValue(0)
            self.problem.hide()
        self._show_depends(batch.depends)
        for part in (self.name, self.why, self.priority, self.option, self.unit, self.fitting, self.quantity):
            part.setEnabled(may_edit)
        self.year.setEnabled(may_edit and batch.acting)
        self.out_button.setText("Remove line" if batch.own else "Put back" if batch.out else "Leave out")
        self.out_button.updateGeometry()
        self.out_button.setVisible(not batch.gone)
        for button in (self.out_button, self.again_link, self.needs_link, self.details_link):
            button.setEnabled(may_edit)
        self._filling = False
        self._add_up()

    def _show_depends(self, depends: tuple[tuple[Glyph, str], ...]) -> None:
        clear(self._depends)
        self._depends_title.setVisible(bool(depends))
        self.needs_link.setVisible(bool(depends))
        for glyph, sentence in depends:
            ink = "todo_ink" if glyph == "question" else "secondary"
            sign = SignMark(glyph, ink)
            line = row((sign, 0, Qt.AlignmentFlag.AlignTop), (Text(sentence), 1), gap=12)
            self._depends.addLayout(line)

    def retheme(self) -> None:
        """Sums of money go below one another where letters are large: a figure must be seen whole."""
        columns = 3 if not theme.THEME.large else 2
        if columns != self._columns:
            self._columns = columns
            for at, piece in enumerate(self._pieces):
                self._sums.removeWidget(piece)
                self._sums.addWidget(piece, at // columns, at % columns)

    # What a person does here

    def _tell(self, signal: object) -> None:
        if self.batch is not None:
            signal.emit(self.batch.id)  # type: ignore[attr-defined]

    def _keep(self, field: str, value: object) -> None:
        batch = self.batch
        if batch is None or self._filling or not self.may_edit or getattr(batch, field) == value:
            return
        if field == "year":
            self.going.emit(batch.id, str(value))
        else:
            self.edited.emit(batch.id, field, value)

    def _keep_figure(self, field: str, line: Field) -> None:
        """A sum of money or a number, as typed; a sentence beside it where it is none."""
        try:
            value = checked_field(field, line.text())
        except StoreError as error:
            line.wrong = True
            self.problem.setText(str(error))
            when_released(self.problem, self.problem.show)
        else:
            line.wrong = False
            self.problem.setVisible(any(one.wrong for one in (self.unit, self.fitting, self.quantity)))
            if line.isModified():
                line.setModified(False)
                self._keep(field, value)
        line.update()

    def _add_up(self) -> None:
        batch = self.batch
        other, needs_unit = (batch.other, batch.needs_unit) if batch is not None else (None, True)
        figures = self.unit.text(), self.fitting.text(), self.quantity.text()
        self.sum.setText(sum_in_words(*figures, other, needs_unit=needs_unit))


def sum_in_words(unit: str, fitting: str, quantity: str, other: int | None = None, *, needs_unit: bool = True) -> str:
    """ "4 × (£180 + £120) = £1,200" of what is typed; that it is not priced; "" where something typed is no figure.

    `needs_unit`: what is bought is not priced before it has a unit price.
    """
    try:
        each, fit, number = (
            checked_field(field, text) for field, text in (("unit", unit), ("fitting", fitting), ("quantity", quantity))
        )
    except StoreError:
        return ""
    if not isinstance(number, int):
        return ""
    sums = [sum_ for sum_ in (each, fit) if isinstance(sum_, int)]
    if (each is None and needs_unit) or (not sums and other is None):
        return "Not priced yet: left out of the total."
    inside = f"({' + '.join(map(pounds, sums))})" if len(sums) > 1 else pounds(sum(sums))
    parts = [f"{number:,} × {inside}"] if sums else []
    parts += [pounds(other)] if other else []
    return f"{' + '.join(parts)} = {pounds(number * sum(sums) + (other or 0))}"


def _offer(combo: Combo, offered: Offered, chosen: str) -> None:
    if [(combo.itemText(at), combo.itemData(at)) for at in range(combo.count())] != list(offered):
        combo.clear()
        combo.offer(offered)
    combo.choose(chosen)
