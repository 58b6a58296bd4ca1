"""One edit as a file of edits gives it: its fields, each read once, as ids and values of the inventory that it is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from camcensus.model.asset import Vendor
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Batch
from camcensus.model.prose import listed
from camcensus.model.words import clean
from camcensus.store.inventory import Inventory
from camcensus.store.pen import Pen
from camcensus.tasks.knowledge.makers import fold
from camcensus.tasks.register.place_names import KnownPlace, PlaceFinder, clear_names
from camcensus.tasks.register.plan import plan

FIELDS_LIMIT = 60
NAMES_SHOWN = 12


class Given:
    """The fields of one edit. Each method takes a field; raises StoreError with a sentence where it does not fit.

    The inventory is read when a field is, so that an edit sees what those before it in the file have done.
    """

    def __init__(self, fields: Mapping[str, Any], pen: Pen, knowledge: Knowledge) -> None:
        self.pen = pen
        self.knowledge = knowledge
        self._left = dict(fields)

    @property
    def inventory(self) -> Inventory:
        """The inventory, for reading; it has not been saved yet."""
        return cast(Inventory, self.pen.inventory)

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._left

    def text(self, name: str, default: str | None = None) -> str:
        """A text; without a default it has to be there."""
        value = self._take(name, default)
        if not isinstance(value, str):
            raise StoreError(f"“{name}” must be text.")
        return value

    def some_text(self, name: str) -> str | None:
        """A text, or null, or nothing."""
        value = self._left.pop(name, None)
        if value is not None and not isinstance(value, str):
            raise StoreError(f"“{name}” must be text or null.")
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        """true or false."""
        value = self._take(name, default)
        if not isinstance(value, bool):
            raise StoreError(f"“{name}” must be true or false.")
        return value

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts, or one text alone."""
        value = self._take(name, default)
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise StoreError(f"“{name}” must be a list of texts.")
        return tuple(value)

    def values(self, name: str, default: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Names and values: an object whose values are text, numbers, true, false or null."""
        value = self._take(name, default)
        if not isinstance(value, Mapping) or any(isinstance(one, list | dict | float) for one in value.values()):
            raise StoreError(f"“{name}” must be an object of names, each with a text or a whole number.")
        return dict(value)

    def choice(self, name: str, words: object, *, none: bool = False) -> Any:
        """One of a vocabulary (a Literal, or its values), or null where `none`; then a field that is missing is null too."""
        known = [*(get_args(words) or cast(tuple[Any, ...], words))]
        value = self._take(name, None, none=none)
        if value is None or (value in known and not isinstance(value, bool)):
            return value
        raise StoreError(f"“{clean(str(value), 40)}” is no “{name}”; it is one of: {', '.join(map(str, known))}.")

    def assets(self, name: str = "assets") -> list[str]:
        """The rows of references: ["CAM-001", "REC-002"]."""
        refs = self.texts(name)
        ids = {one.ref: one.id for one in self.inventory.assets(None)}
        unknown = [clean(ref, 24) for ref in refs if ref not in ids]
        if unknown:
            raise StoreError(f"The register has no {listed(unknown, NAMES_SHOWN)}; look at its references again.")
        if not refs:
            raise StoreError(f"“{name}” names no row.")
        return [ids[ref] for ref in refs]

    def asset(self, name: str = "asset") -> str:
        """One row."""
        (found, *more) = self.assets(name)
        if more:
            raise StoreError(f"“{name}” must name one row.")
        return found

    def some_asset(self, name: str) -> str | None:
        """One row, or null."""
        return None if self.is_null(name) else self.asset(name)

    def names(self, name: str = "place") -> tuple[str, ...]:
        """The names of a place from the site down: "Elm Park > Main hall", or a list of them."""
        if isinstance(self._left.get(name), str):
            return clear_names(self.text(name))
        return self.texts(name)

    def place(self, name: str = "place") -> KnownPlace:
        """A place that is there."""
        path = self.names(name)
        found = [
            one for one in PlaceFinder(self.inventory.places()).all if tuple(map(fold, one.path)) == tuple(map(fold, path))
        ]
        if not found:
            raise StoreError(f"There is no place {clean(' › '.join(path), 80)}; write its names from the site down.")
        return found[0]

    def firm(self, name: str = "name") -> Vendor:
        """A firm that is there."""
        return self._firm(self.text(name))

    def tags(self, name: str = "values") -> dict[str, Any]:
        """Tag fields, firms by their names and rows by their references."""
        said = self.values(name, {})
        for field in ("seller", "maintainer"):
            if said.get(field):
                said[field] = self._firm(str(said[field])).id
        if said.get("connected_to"):
            said["connected_to"] = Given({"to": str(said["connected_to"])}, self.pen, self.knowledge).asset("to")
        return said

    def maker(self, name: str = "maker") -> str:
        """A maker, by its name or id."""
        text = self.text(name)
        if text in self.knowledge.manufacturers:
            return text
        makers = self.knowledge.manufacturers.values()
        found = [one.id for one in makers if fold(text) in {fold(one.name), fold(one.legal_name or one.name)}]
        if len(found) != 1:
            raise StoreError(f"No maker “{clean(text, 60)}” is known; use the name on the Manufacturers page.")
        return found[0]

    def some_maker(self, name: str) -> str | None:
        """A maker, or null."""
        return None if self.is_null(name) else self.maker(name)

    def batches(self, name: str = "batches") -> list[Batch]:
        """Batches of the plan as it is now, by their names."""
        drawn = plan(self.inventory, self.knowledge, self.pen.now)
        found = []
        for text in self.texts(name):
            alike = [one for one in drawn.batches if fold(one.name) == fold(text)]
            if len(alike) != 1:
                how = "no batch" if not alike else f"{len(alike)} batches"
                raise StoreError(f"The plan has {how} “{clean(text, 60)}”; look at its names again.")
            found += alike
        return found

    def batch(self, name: str = "batch") -> Batch:
        """One batch."""
        found = self.batches(name)
        if len(found) != 1:
            raise StoreError(f"“{name}” must name one batch.")
        return found[0]

    def refuse_rest(self, takes: str) -> None:
        """Raises StoreError where a field was not read: one that was misspelt would have done nothing."""
        if self._left:
            names = listed([f"“{clean(str(name), 40)}”" for name in self._left], NAMES_SHOWN)
            raise StoreError(f"It takes no {names}; its fields are: {takes}.")

    def _firm(self, name: str) -> Vendor:
        found = [one for one in self.inventory.vendors() if fold(one.name) == fold(name)]
        if len(found) != 1:
            how = "no firm" if not found else "more than one firm"
            raise StoreError(f"There is {how} “{clean(name, 60)}”; see Settings, Vendors.")
        return found[0]

    def is_null(self, name: str) -> bool:
        if name in self._left and self._left[name] is None:
            del self._left[name]
            return True
        return False

    def _take(self, name: str, default: object, *, none: bool = False) -> Any:
        value = self._left.pop(name, default)
        if value is None and not none:
            raise StoreError(f"It needs “{name}”.")
        return value
