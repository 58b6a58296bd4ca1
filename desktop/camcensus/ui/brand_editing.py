"""The session's verbs for brands that the organisation recorded itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from camcensus.model.changes import Changes
from camcensus.model.knowledge import Knowledge
from camcensus.tasks.knowledge.makers import fold
from camcensus.tasks.register import own_brands
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.own_brands import OwnBrand


class BrandEditing(QObject):
    """Brands of the organisation's own: each verb is one edit that can be taken back."""

    inventory: register.Inventory | None
    knowledge: Knowledge
    clock: Callable[[], datetime]

    def _edit(self, what: str, verb: Callable[[register.Inventory], Changes | None]) -> bool:
        raise NotImplementedError

    def own_brands(self) -> tuple[OwnBrand, ...]:
        """The brands that the organisation recorded itself."""
        return self.inventory.own_brands() if self.inventory is not None else ()

    def own_brand(self, name: str) -> OwnBrand | None:
        """The brand of that name that the organisation recorded; None where it recorded none."""
        return next((one for one in self.own_brands() if fold(one.name) == fold(name)), None)

    def record_brands(self, brands: Sequence[OwnBrand]) -> bool:
        """Saves who makes what is sold under names, and works the answers out again."""
        return self._edit(
            "The brand was not saved",
            lambda inventory: own_brands.add_brands(inventory, self.knowledge, brands, self.clock()),
        )

    def remove_brand(self, name: str, by: str) -> bool:
        """Removes a brand that the organisation recorded."""
        return self._edit(
            "The brand was not removed",
            lambda inventory: own_brands.remove_brand(inventory, self.knowledge, name, by=by, now=self.clock()),
        )

    def give_brands(self, path: Path) -> bool:
        """Writes the organisation's brands into a file for another one."""
        return self._edit(
            "The file was not saved",
            lambda inventory: Changes(say=own_brands.write_brands_file(inventory, self.knowledge, path)),
        )
