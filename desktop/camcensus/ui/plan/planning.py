"""The replacement plan as it is now, for whoever shows it: added up at once, or in a Job where the register is large."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from camcensus.model.errors import CamcensusError
from camcensus.model.plan import Plan
from camcensus.tasks.register import plan as planning
from camcensus.ui.job import Emit, Job
from camcensus.ui.own_pen import own_pen
from camcensus.ui.session import Session

SUMMED_AT_ONCE = 500
"""Rows whose plan is added up before anything else is done: in some 30 ms, also with a batch for each."""


class PlanDesk(QObject):
    """`ready` carries a Plan, or None where there is nothing to plan; `working` tells that it will take a moment."""

    ready = Signal(object)
    working = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.job: Job | None = None

    def read(self) -> None:
        """Adds the plan up as it is now; what was being added up before is let go."""
        self.let_go()
        session = self._session
        inventory, knowledge, now, rows = session.inventory, session.knowledge, session.clock(), session.rows()
        if inventory is None:
            self.ready.emit(None)
            return
        if len(rows) <= SUMMED_AT_ONCE:
            try:
                self.ready.emit(planning.plan(inventory, knowledge, now, register=rows))
            except CamcensusError as error:
                self.failed.emit(error)
            return

        def work(_: Emit) -> Plan:
            with own_pen(inventory, now) as reader:
                return planning.plan(reader, knowledge, now, register=rows)

        self.job = Job(work, finished=self._done, failed=self._failed).start()
        self.working.emit()

    def let_go(self) -> None:
        """What is being added up is wanted no more."""
        if self.job is not None:
            self.job.cancel()
            self.job = None

    @property
    def busy(self) -> bool:
        """Whether a plan is on its way."""
        return self.job is not None

    def _done(self, plan: Plan) -> None:
        if self.sender() is self.job:  # not one that was let go
            self.job = None
            self.ready.emit(plan)

    def _failed(self, error: BaseException) -> None:
        if self.sender() is self.job:
            self.job = None
            self.failed.emit(error)
