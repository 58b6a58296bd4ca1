"""The verbs of the replacement plan for the window; `Editing` is made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from camcensus.model.changes import Changes
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Batch, Level, NeedKind, NeedState, Option, OwnLine, Plan
from camcensus.tasks.register import planning
from camcensus.tasks.register import verbs as register
from camcensus.ui.brand_editing import BrandEditing


class PlanEditing(BrandEditing):
    """What a person does with batches and lines of the plan. A verb returns whether it was done; each can be taken back.

    Batches are given as they are in the plan that is shown. Setting an option is a decision about the rows, and bears the
    name of the person who works here.
    """

    knowledge: Knowledge
    inventory: register.Inventory | None
    clock: Callable[[], datetime]
    by: str
    person: str

    def _edit(self, what: str, verb: Callable[[register.Inventory], Changes | None]) -> bool:
        raise NotImplementedError

    def set_plan_fields(self, batches: Sequence[Batch], values: Mapping[str, object]) -> bool:
        """Says things of batches, field by field, as typed; None takes back what was said."""
        return self._edit(
            "The plan was not changed",
            lambda inventory: planning.set_fields(inventory, batches, values, self.by, self.clock()),
        )

    def set_option(self, batches: Sequence[Batch], option: Option | None) -> bool:
        """Decides what becomes of the rows of batches; None takes the decision back."""
        return self._edit(
            "The decision was not recorded",
            lambda inventory: planning.set_option(inventory, batches, option, self.person or self.by, self.clock()),
        )

    def move_to_year(self, batches: Sequence[Batch], year: str | None) -> bool:
        """Moves batches to a financial year; None is not dated."""
        return self._edit(
            "The batch was not moved",
            lambda inventory: planning.move_to_year(inventory, batches, year, self.by, self.clock()),
        )

    def take_out(self, batches: Sequence[Batch]) -> bool:
        """Takes batches out of the plan; their decisions stay."""
        return self._edit(
            "The batch was not taken out", lambda inventory: planning.take_out(inventory, batches, self.by, self.clock())
        )

    def put_back(self, batches: Sequence[Batch]) -> bool:
        """Puts back what was taken out."""
        return self._edit(
            "The batch was not put back", lambda inventory: planning.put_back(inventory, batches, self.by, self.clock())
        )

    def propose_again(self, batches: Sequence[Batch]) -> bool:
        """Drops what staff typed of batches; decisions stay."""
        return self._edit(
            "The plan was not changed", lambda inventory: planning.propose_again(inventory, batches, self.by, self.clock())
        )

    def split_batch(self, batch: Batch, assets: Sequence[str]) -> str:
        """Rows of a batch become a batch of their own. Its id, or "" where that was not done."""
        made: list[str] = []

        def verb(inventory: register.Inventory) -> Changes:
            changes, identity = planning.split(inventory, batch, assets, self.by, self.clock())
            made.append(identity)
            return changes

        return made[0] if self._edit("The batch was not split", verb) else ""

    def merge_batches(self, batches: Sequence[Batch], into: Batch) -> bool:
        """Puts batches together with one that stays."""
        return self._edit(
            "The batches were not put together",
            lambda inventory: planning.merge(inventory, batches, into, self.by, self.clock()),
        )

    def move_rows(self, assets: Sequence[str], into: Batch) -> bool:
        """Puts rows into another batch: they are then decided as its rows are."""
        return self._edit(
            "The rows were not moved", lambda inventory: planning.move_rows(inventory, assets, into, self.by, self.clock())
        )

    def take_out_rows(self, batch: Batch, assets: Sequence[str]) -> bool:
        """Takes some rows of a batch out of the plan."""
        return self._edit(
            "The rows were not taken out",
            lambda inventory: planning.take_out_rows(inventory, batch, assets, self.by, self.clock()),
        )

    def choose_plan(
        self, level: Level | None, first_year: str | None, core_networks: Sequence[str], *, count_based: bool = True
    ) -> bool:
        """Keeps the choices for the whole plan; None is as Camcensus would."""
        return self._edit(
            "The choices were not saved",
            lambda inventory: planning.choose(
                inventory,
                self.by,
                self.clock(),
                level=level,
                first_year_label=first_year,
                core_networks=core_networks,
                count_based=count_based,
            ),
        )

    def set_need(self, batches: Sequence[Batch], kind: NeedKind, state: NeedState, note: str) -> bool:
        """Answers what batches wait for."""
        return self._edit(
            "The answer was not kept",
            lambda inventory: planning.set_need(inventory, batches, kind, state, note, self.by, self.clock()),
        )

    def add_line(self, line: OwnLine) -> str:
        """A line of staff's own; its id is made. The id, or "" where it was not added."""
        made: list[str] = []

        def verb(inventory: register.Inventory) -> Changes:
            changes, identity = planning.add_line(inventory, line, self.by, self.clock())
            made.append(identity)
            return changes

        return made[0] if self._edit("The line was not added", verb) else ""

    def change_line(self, line: OwnLine) -> bool:
        """Keeps what was changed of a line of staff's own."""
        return self._edit(
            "The line was not saved", lambda inventory: planning.change_line(inventory, line, self.by, self.clock())
        )

    def remove_line(self, identity: str) -> bool:
        """Removes a line of staff's own."""
        return self._edit(
            "The line was not removed", lambda inventory: planning.remove_line(inventory, identity, self.by, self.clock())
        )

    def make_version(self, plan: Plan, note: str) -> bool:
        """Keeps the plan as it is now as a version, with a note of what it is for."""
        return self._edit(
            "No version was made",
            lambda inventory: planning.make_version(inventory, plan, self.knowledge, note, self.by, self.clock()),
        )
