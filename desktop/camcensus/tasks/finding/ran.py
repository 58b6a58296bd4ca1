"""Who ran a search, on which computer, with which program: for its record."""

from __future__ import annotations

import getpass
import platform

import camcensus
from camcensus.model.policy import Policy
from camcensus.model.scan import Ran
from camcensus.tasks.policy import policy_in_force

NAME_LIMIT_CHARACTERS = 200


def ran_here(policy: Policy | None = None) -> Ran:
    """This computer, this program and the system's name of its user, whom the IT team's policy may leave out."""
    allowed = policy or policy_in_force()
    by = _user() if allowed.name_user else None
    return Ran(by, platform.node()[:NAME_LIMIT_CHARACTERS] or None, f"Camcensus {camcensus.__version__}")


def _user() -> str | None:
    try:
        return getpass.getuser()[:NAME_LIMIT_CHARACTERS] or None
    except (OSError, KeyError, ImportError):
        return None
