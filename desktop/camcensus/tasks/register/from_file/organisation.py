"""What a file of edits may say of the organisation: its name and numbers, people, lists, brands, what is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from camcensus.model.asset import ExpectedBasis
from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.errors import StoreError
from camcensus.model.official_ids import OFFICIAL_IDS, official_id
from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.words import clean
from camcensus.store.edits import settings
from camcensus.store.own_brands import OwnBrand
from camcensus.store.pen import Edit
from camcensus.tasks.knowledge.own_knowledge import BASES
from camcensus.tasks.register.from_file.given import Given
from camcensus.tasks.register.from_file.words import VERBS, FileEdit, verb
from camcensus.tasks.register.lists import switch_lists
from camcensus.tasks.register.own_brands import add_brands, remove_brand
from camcensus.tasks.register.own_list import put_on_own_list, take_off_own_list
from camcensus.tasks.register.people import ROLES, Person, people, save_people
from camcensus.tasks.register.recheck import MONTHS_LIMIT, set_census_months
from camcensus.tasks.register.untouched import save_untouched


@verb(
    "organisation",
    "name, type, year_starts (month), expected_cameras, expected_basis (counted, estimate), urn, ods, gss, company_no",
)
def _organisation(given: Given) -> Edit[str]:
    """Change what is said of the organisation; what is not named stays."""
    body, said = given.inventory.body, dict[str, Any]()
    if given.has("name"):
        said["name"] = given.text("name").strip()
        if not said["name"]:
            raise StoreError("An organisation needs a name.")
    if given.has("type"):
        said["type"] = given.choice("type", tuple(ORGANISATIONS))
    if given.has("year_starts"):
        said["year_starts"] = given.choice("year_starts", tuple(range(1, 13)))
    if given.has("expected_cameras"):
        said["expected_cameras"] = given.choice("expected_cameras", range(100_001), none=True)
    if given.has("expected_basis"):
        said["expected_basis"] = given.choice("expected_basis", ExpectedBasis, none=True)
    for number in OFFICIAL_IDS:
        if given.has(number):
            try:
                said[number] = official_id(number, given.some_text(number))
            except ValueError as error:
                raise StoreError(str(error)) from error
    if not said:
        raise StoreError("It names nothing to change.")
    return settings.set_body(replace(body, **said))


@verb("people", f"values ({', '.join(ROLES)}: a name, or null)")
def _people(given: Given) -> Edit[str]:
    """Say who does a job here; who is not named stays."""
    said = given.values("values")
    if unknown := [role for role in said if role not in ROLES]:
        raise StoreError(f"“{clean(unknown[0], 40)}” is no job here; it is one of: {', '.join(ROLES)}.")
    kept = {one.role: one for one in people(given.inventory)}
    kept |= {role: Person(role, str(name or "")) for role, name in said.items()}  # type: ignore[misc,arg-type]
    return save_people(tuple(kept.values()))


@verb("camera-use", f"values ({', '.join(one.name for one in USE_QUESTIONS)}: an answer, or null)")
def _camera_use(given: Given) -> Edit[str]:
    """Say how the organisation uses its cameras; what is not named stays."""
    said = given.values("values")
    names = [one.name for one in USE_QUESTIONS]
    if unknown := [name for name in said if name not in names]:
        raise StoreError(f"“{clean(unknown[0], 40)}” is no question; it is one of: {', '.join(names)}.")
    return settings.set_camera_use({name: getattr(given.inventory.body, name) for name in names} | said)


VERBS["re-check"] = FileEdit(
    "months (0 for no reminder)",
    "Say after how many months the window asks to check all cameras again.",
    lambda given: set_census_months(given.choice("months", tuple(range(MONTHS_LIMIT + 1)))),
)


VERBS["list"] = FileEdit(
    "list (its id, as “show --json” has it), on (true, false), why",
    "Switch a list on or off; who does the edits decided it.",
    lambda given: switch_lists(given.knowledge, {given.text("list"): given.flag("on")}, given.text("why")),
)


@verb("own-list", "maker, on (true, false), why")
def _own_list(given: Given) -> Edit[str]:
    """Put a maker on the organisation's own list, or take it off."""
    maker, on, why = given.maker(), given.flag("on"), given.text("why", "")
    return put_on_own_list(given.knowledge, maker, why) if on else take_off_own_list(given.knowledge, maker)


@verb("brand", f"name, maker (or null), basis ({', '.join(BASES)}), said_by, said_on")
def _brand(given: Given) -> Edit[str]:
    """Record who makes what has this name on its box."""
    name, maker, basis = given.text("name"), given.some_maker("maker"), given.text("basis")
    one = OwnBrand(name, maker, basis, given.text("said_by"), given.text("said_on"), given.pen.by or "")
    return add_brands(given.knowledge, [one])


VERBS["remove-brand"] = FileEdit(
    "name", "Remove a brand of the organisation's own.", lambda given: remove_brand(given.text("name"))
)


VERBS["untouched"] = FileEdit(
    "lines (an address, a range or a MAC address in each, and why)",
    "Say which devices a search never asks anything, in place of those before.",
    lambda given: save_untouched("\n".join(given.texts("lines"))),
)
