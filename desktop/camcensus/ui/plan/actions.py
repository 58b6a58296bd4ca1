"""What a person does with the plan: by the id of a batch, or of a line of their own, as the page shows it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from camcensus.model.plan import Batch, Option, OwnLine, Plan
from camcensus.store.edits import batches
from camcensus.store.edits.plan import add_line, change_line, make_version, remove_line
from camcensus.ui.plan.batch_details import BatchDetails
from camcensus.ui.plan.cards import is_year
from camcensus.ui.session import Session

NEW_LINE = "Other work"


class PlanActions:
    """Verbs on the plan that is shown. Where there is no such batch, nothing happens."""

    def __init__(self, session: Session, page: QWidget) -> None:
        self._session, self._page = session, page
        self.plan: Plan | None = None
        self.batches: dict[str, Batch] = {}
        self.lines: dict[str, OwnLine] = {}

    def take(self, plan: Plan | None) -> None:
        """The plan as it is now."""
        self.plan = plan
        self.batches = {batch.id: batch for batch in plan.batches} if plan is not None else {}
        self.lines = {line.id: line for line in plan.lines} if plan is not None else {}

    # Edits

    def edit(self, identity: str, field: str, value: object) -> None:
        """A field of the pane holds something else."""
        line = self.lines.get(identity)
        if line is not None and field != "option":
            kept = int(str(value)) if field == "priority" else 1 if field == "quantity" and value is None else value
            self._session.do(change_line(replace(line, **{"reason" if field == "why" else field: kept})))  # type: ignore[arg-type]
        these = self._batches(identity)
        if these and field == "option":
            option: Option | None = str(value) or None  # type: ignore[assignment]
            self._session.do(batches.set_option(these, option), by=self._session.person or self._session.by)
        elif these:
            self._session.do(batches.set_fields(these, {"reason" if field == "why" else field: value}))

    def move(self, identity: str, column: str) -> None:
        """To another year, or to none; to no other column, as that would be a decision."""
        if not is_year(column):
            return
        line = self.lines.get(identity)
        if line is not None:
            self._session.do(change_line(replace(line, year=column or None)))
        if these := [batch for batch in self._batches(identity) if not batch.out]:
            self._session.do(batches.move_to_year(these, column or None))

    def take_out(self, identity: str) -> None:
        """Out of the plan, or back into it; a line of staff's own is removed. All of it can be undone."""
        if identity in self.lines:
            self._session.do(remove_line(identity))
        for batch in self._batches(identity):
            self._session.do((batches.put_back if batch.out else batches.take_out)([batch]))

    def propose_again(self, identity: str) -> None:
        """As Camcensus proposes it, without what staff typed."""
        if these := self._batches(identity):
            self._session.do(batches.propose_again(these))

    def keep_signed(self) -> None:
        """Keeps the plan as it is now: as it was signed."""
        if self.plan is not None:
            self._session.do(make_version(self.plan, self._session.knowledge.version, ""))

    def _batches(self, identity: str) -> list[Batch]:
        return [self.batches[identity]] if identity in self.batches else []

    # Windows

    def add_from_list(self) -> None:
        """To what nobody decided, where a decision is recorded."""
        self._session.hub.asked_for.emit("cameras", {"only": "undecided"})

    def add_own_line(self) -> str:
        """A line that is no row of the register, to be filled in beside the years; its id."""
        if self._session.inventory is None or not self._session.may_edit:
            return ""
        year = next((year for year in self.plan.year_choices if year), None) if self.plan is not None else None
        done = self._session.do(add_line(OwnLine(id="", name=NEW_LINE, year=year)))
        return done.made if done else ""

    def show_rows(self, identity: str) -> None:
        """The rows of a batch, chosen in the register: another decision or another year takes them out of it."""
        batch = self.batches.get(identity)
        if batch is not None:
            self._session.hub.asked_for.emit("cameras", {"assets": batch.assets})

    def show_details(self, identity: str) -> None:
        """More of a batch."""
        batch = self.batches.get(identity)
        if batch is not None and self._session.may_edit:
            BatchDetails(self._session, batch, self._page.window()).show_over()
