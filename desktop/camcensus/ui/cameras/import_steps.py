"""What was read of a list that is imported, and which of its columns is what."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from camcensus.model.registers import ENCODING_WORDS, ColumnGuess, RegisterField, RegisterFile
from camcensus.model.words import clean, count
from camcensus.tasks.imports.columns import chosen_columns, column_choices
from camcensus.tasks.imports.staff_register import ImportPreview
from camcensus.ui.cameras.import_model import MAPPING_COLUMNS, NOT_USED, MappingModel
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.forms import labelled
from camcensus.ui.kit.layout import column, panel
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import Text

NOTES_SHOWN = 4
ENCODING_ASKED = "Encoding (how letters are written)"


def file_words(file: RegisterFile) -> str:
    """ "list.xlsx: 206 rows and 14 columns. The headings are in row 3." and what was left out of it."""
    heads = [f"{row}" for row in file.heading_rows]
    where = f"The headings are in {'row' if len(heads) == 1 else 'rows'} {' and '.join(heads)}."
    if not heads:
        named = any(column.heading for column in file.columns)
        where = "The headings are the names in the file." if named else "It has no row of headings."
    said = [f"{clean(file.name, 80)}: {count(len(file.rows), 'row')} and {count(len(file.columns), 'column')}. {where}"]
    return " ".join([*said, *(clean(note.say, 200) for note in file.notes[:NOTES_SHOWN])])


class ColumnsStep(QWidget):
    """A line for each column and, under them, what the chosen one is. What a person chooses here is remembered.

    `sheet_wanted` names another sheet, `encoding_wanted` how a text file is written that does not say so itself.
    """

    sheet_wanted = Signal(str)
    encoding_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._base: tuple[ColumnGuess, ...] = ()
        self.mapping: dict[int, RegisterField | None] = {}
        self.model = MappingModel(self)
        self.table = Table(MAPPING_COLUMNS, "Columns of the list", row_height=36, model=self.model, one_row=True)
        self.table.setMinimumHeight(96)
        self._title, self._why = Text("", "strong"), Text("", "caption", "secondary")
        self.field = Combo(
            "What this column is", [(NOT_USED, None), *((words, name) for name, words in column_choices())], width=260
        )
        self.site = Combo("Site of rows that name none", width=220)
        self.sheet = Combo("Sheet", width=220)
        self.encoding = Combo(ENCODING_ASKED, ((words, name) for name, words in ENCODING_WORDS.items()), width=220)
        self._sites, self._which, self._written = (
            panel(labelled(one.accessibleName(), one)) for one in (self.site, self.sheet, self.encoding)
        )
        card = card_of(self.table)
        which = panel(column(self._title, 4, self.field, 4, self._why))
        column(
            Text("This is how each column will be imported. Change what is wrong: Camcensus remembers it for lists like this."),
            (card, 1),
            Flow(which, self._sites, self._which, self._written, gap=24),
            gap=10,
            of=self,
        )
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.table.opened.connect(lambda: self.field.setFocus(Qt.FocusReason.TabFocusReason))
        self.field.activated.connect(self._choose)
        self.sheet.activated.connect(lambda _: self.sheet_wanted.emit(str(self.sheet.currentData())))
        self.encoding.activated.connect(lambda _: self.encoding_wanted.emit(str(self.encoding.currentData())))
        self._which.hide()
        self._written.hide()

    def ask_encoding(self, encoding: str | None) -> None:
        """Offers the encodings, with the one that was used chosen; None where none fits."""
        self.encoding.setCurrentIndex(self.encoding.findData(encoding))
        self._written.show()

    def show_plan(self, plan: ImportPreview, sites: tuple[str, ...]) -> None:
        """Takes the guesses of a file that was just read; nothing is chosen yet."""
        self._base, self.mapping = plan.mapping, {}
        self.sheet.clear()
        self.sheet.offer((clean(name, 60), name) for name in plan.file.sheets)
        self.sheet.choose(plan.file.sheet)
        self._which.setVisible(len(plan.file.sheets) > 1)
        self._written.setVisible(plan.file.encoding is not None)
        if plan.file.encoding is not None:
            self.ask_encoding(plan.file.encoding)
        self.model.show_file(plan.file)
        self.model.set_rows(())
        self.model.set_rows(self._base)
        self.site.clear()
        of_sheet = plan.file.site
        none = f"{clean(of_sheet, 60)} (the sheet’s name)" if of_sheet is not None else "Not said"
        self.site.offer([(none, None), *((clean(name, 60), name) for name in sites or (plan.ours.body,))])
        self._sites.setVisible(len(sites) > 1 or of_sheet is not None)
        if self._base:
            self.table.selectRow(0)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.show_column(3, on=theme.at_100(self.width()) >= 760)

    @property
    def chosen_site(self) -> str | None:
        """The site for rows that name none."""
        site = self.site.currentData()
        return str(site) if site is not None else None

    @property
    def choice(self) -> Mapping[int, RegisterField | None]:
        """What a person chose, by the column's place."""
        return dict(self.mapping)

    def _show(self) -> None:
        at = self.table.currentIndex().row()
        guess = self.model.rows[at] if 0 <= at < len(self.model.rows) else None
        self.field.setEnabled(guess is not None)
        if guess is None:
            return
        name = clean(guess.column.named, 60)
        self._title.setText(
            f"Column {guess.column.letter}, “{name}”, is:" if guess.column.heading else f"Column {guess.column.letter} is:"
        )
        self.field.setAccessibleName(f"What {name} is")
        self._why.setText(guess.why)
        self.field.choose(guess.field)

    def _choose(self, _: int) -> None:
        guess = self.model.rows[self.table.currentIndex().row()]
        wanted: RegisterField | None = self.field.currentData()
        if wanted not in (None, "notes"):
            taken = [place for place, name in self.mapping.items() if name == wanted and place != guess.column.place]
            for place in taken:
                self.mapping[place] = None
        self.mapping[guess.column.place] = wanted
        self.model.set_rows(chosen_columns(self._base, self.mapping))
        self._show()
