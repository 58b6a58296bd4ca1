"""The kinds of organisation: what each is called, who decides and signs there, when its year starts, whether FOI covers it.

An inventory holds the key of a kind; `type` is the wider word that exchange files and roll-ups have had from the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from camcensus.model import frozen

ActCovers = Literal["yes", "partly", "no", "unsure"]
"""Whether the Freedom of Information Act 2000 gives people a right to ask this kind of organisation."""

_PLAN_SIGNERS = ("Prepared by", "Estates", "IT", "Data protection officer")


@frozen(kw_only=True)
class OrganisationKind:
    """One kind. `year_starts` is the month (1 to 12) in which its financial year usually starts.

    `called` is "the school" in a sentence, `deciders` who the one-page summary is for, `head` who signs answers for release,
    `building` a building of theirs where the kind tells it.
    """

    type: str
    label: str
    called: str
    head: str
    deciders: str
    plan_signers: tuple[str, ...]
    year_starts: int = 4
    building: str = "not recorded"
    example: str
    act: ActCovers = "yes"
    act_says: str
    foi_lead: str = "FOI lead"
    network: str = "IT team"
    """Who looks after the network there: "your IT team"."""


def _plan(budget: str, approves: str) -> tuple[str, ...]:
    return (*_PLAN_SIGNERS, budget, approves)


ORGANISATIONS: Mapping[str, OrganisationKind] = {
    "school": OrganisationKind(
        type="school",
        label="Maintained school (run with the council)",
        called="the school",
        head="Head teacher",
        deciders="governors",
        plan_signers=_plan("Head teacher", "Chair of governors"),
        building="school",
        example="Elm Park Primary School",
        act_says="Yes: maintained schools, in Schedule 1, Part IV.",
    ),
    "academy": OrganisationKind(
        type="school",
        label="Academy or free school",
        called="the school",
        head="Head teacher",
        deciders="governors and trustees",
        plan_signers=_plan("Head teacher", "Chair of trustees"),
        year_starts=9,
        building="school",
        example="Elm Park Academy",
        act_says="Yes: the trust that runs an academy, in Schedule 1, Part IV.",
    ),
    "academy-trust": OrganisationKind(
        type="school",
        label="Academy trust with several schools",
        called="the trust",
        head="Chief executive",
        deciders="trustees",
        plan_signers=_plan("Chief executive", "Chair of trustees"),
        year_starts=9,
        building="school",
        example="Elm Park Academies Trust",
        act_says="Yes: the trust that runs academies, in Schedule 1, Part IV.",
    ),
    "college": OrganisationKind(
        type="college",
        label="College",
        called="the college",
        head="Principal",
        deciders="governors",
        plan_signers=_plan("Principal", "Chair of governors"),
        year_starts=8,
        building="college",
        example="Elm Park College",
        act_says="Yes: further education colleges, in Schedule 1, Part IV.",
    ),
    "university": OrganisationKind(
        type="university",
        label="University",
        called="the university",
        head="Vice-chancellor",
        deciders="the university’s council",
        plan_signers=_plan("Finance director", "Registrar"),
        year_starts=8,
        building="university",
        example="University of Elm Park",
        act_says="Yes: publicly funded universities, in Schedule 1, Part IV.",
    ),
    "nhs": OrganisationKind(
        type="nhs",
        label="NHS trust, hospital or clinic",
        called="the trust",
        head="Chief executive",
        deciders="the board",
        plan_signers=_plan("Finance director", "Chief executive"),
        building="hospital or clinic",
        example="Elm Park NHS Trust",
        act_says="Yes: NHS bodies, in Schedule 1, Part III.",
    ),
    "gp": OrganisationKind(
        type="nhs",
        label="GP surgery",
        called="the surgery",
        head="Senior partner",
        deciders="the partners",
        plan_signers=("Prepared by", "Practice manager", "IT", "Data protection officer", "Senior partner"),
        building="hospital or clinic",
        example="Elm Park Surgery",
        act="partly",
        act_says="Only what you do for the NHS (Schedule 1, Part III), not private work.",
        foi_lead="Practice manager",
    ),
    "council": OrganisationKind(
        type="council",
        label="Council",
        called="the council",
        head="Monitoring officer",
        deciders="councillors",
        plan_signers=_plan("Finance director", "Chief executive"),
        example="Elm Park District Council",
        act_says="Yes: local councils, in Schedule 1, Part II.",
    ),
    "police": OrganisationKind(
        type="police",
        label="Police force",
        called="the force",
        head="Chief constable",
        deciders="chief officers",
        plan_signers=_plan("Chief finance officer", "Chief constable"),
        building="police building",
        example="Elmshire Police",
        act_says="Yes: police forces, in Schedule 1, Part V.",
    ),
    "government": OrganisationKind(
        type="government",
        label="Government department or agency",
        called="the department",
        head="Permanent secretary or chief executive",
        deciders="the board",
        plan_signers=_plan("Finance director", "Senior responsible owner"),
        example="Department for Elm Parks",
        act_says="Yes: government departments, in Schedule 1, Part I.",
    ),
    "shop": OrganisationKind(
        type="shop",
        label="Shop or business",
        called="the business",
        head="Owner or director",
        deciders="the owner",
        plan_signers=("Prepared by", "Manager", "Owner or director"),
        building="shop",
        example="Elm Park Stores",
        act="no",
        act_says="No: it gives no right to ask a private business, unless public bodies own all of it (section 6).",
        foi_lead="Whoever answers",
        network="IT contact",
    ),
    "other": OrganisationKind(
        type="other",
        label="Another organisation",
        called="the organisation",
        head="Head of the organisation",
        deciders="those who decide",
        plan_signers=_plan("Budget holder", "Approved"),
        example="Elm Park Trust",
        act="unsure",
        act_says="Check: it covers the public bodies in Schedule 1, and companies that they own (section 6).",
    ),
}
"""In the order of the window's list.

Source: Freedom of Information Act 2000, section 6 and the parts of Schedule 1; financial years as the sectors' accounts have
them (maintained schools April, academies September, colleges and universities August).
"""


def organisation_kind(key: str) -> OrganisationKind:
    """The kind of that key; "other" for a word of somebody else's file."""
    return ORGANISATIONS.get(key, ORGANISATIONS["other"])
