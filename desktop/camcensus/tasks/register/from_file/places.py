"""What a file of edits may say of places and of the firms that sold or maintain cameras."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from camcensus.model.asset import PlaceKind, Progress
from camcensus.model.errors import StoreError
from camcensus.store.edits import placing, tagging
from camcensus.store.pen import Edit, Made
from camcensus.tasks.register.from_file.given import Given
from camcensus.tasks.register.from_file.words import VERBS, FileEdit, verb


@verb("set-place", "assets, place (names from the site down, or null)")
def _set_place(given: Given) -> Edit[str]:
    """Move rows to a place, which is made where it is not there."""
    if not given.has("place"):
        raise StoreError("It needs “place”; null is for no place.")
    ids, names = given.assets(), given.names() if not given.is_null("place") else ()
    return placing.set_place_named(ids, names) if names else placing.set_place(ids, None)


@verb("place", f"place, kind ({', '.join(get_args(PlaceKind))}), sensitive (true, false)")
def _place(given: Given) -> Edit[Made]:
    """Make a place, and those it lies in."""
    kind = given.choice("kind", PlaceKind) if given.has("kind") else None
    return placing.place_named(given.names(), kind=kind, sensitive=given.flag("sensitive", False))


@verb("change-place", "place, name, into (a place, or null for the top), sensitive (true, false)")
def _change_place(given: Given) -> Edit[str]:
    """Rename a place, move it with all that is in it, or mark it as sensitive."""
    known = given.place()
    one = next(place for place in given.inventory.places() if place.id == known.id)
    one = replace(one, name=given.text("name", one.name), sensitive=given.flag("sensitive", one.sensitive))
    if given.has("into"):
        one = replace(one, parent=None if given.is_null("into") else given.place("into").id)
    return placing.change_place(one)


VERBS["progress"] = FileEdit(
    f"place, progress ({', '.join(get_args(Progress))}, or null), on",
    "Say how far a place is, and since when.",
    lambda given: placing.set_progress(given.place().id, given.choice("progress", Progress, none=True), given.some_text("on")),
)


VERBS["remove-place"] = FileEdit(
    "place", "Remove a place that holds nothing.", lambda given: placing.remove_place(given.place().id)
)


VERBS["unpin"] = FileEdit("assets", "Take rows off their floor plans.", lambda given: placing.remove_pin(given.assets()))


VERBS["walked"] = FileEdit(
    "assets, walked (true, false)",
    "Say whether somebody saw rows where their pins are.",
    lambda given: placing.walk_pin(given.assets(), given.flag("walked")),
)


@verb("firm", "name, role (seller, maintainer), contract_number, contract_end, email, phone, new_name")
def _firm(given: Given) -> Edit[str] | Edit[Made]:
    """Add a firm, or change one that is there; what is not named stays."""
    name = given.text("name")
    facts: dict[str, Any] = {
        field: given.some_text(field) for field in ("contract_number", "contract_end", "email", "phone") if given.has(field)
    }
    there = [one for one in given.inventory.vendors() if one.name.casefold() == name.strip().casefold()]
    role = given.choice("role", ("seller", "maintainer")) if given.has("role") or not there else there[0].role
    if not there:
        return tagging.add_vendor(name, role, **facts)
    return tagging.change_vendor(replace(there[0], role=role, name=given.text("new_name", there[0].name), **facts))


VERBS["remove-firm"] = FileEdit(
    "name", "Remove a firm that no row names.", lambda given: tagging.remove_vendor(given.firm().id)
)
