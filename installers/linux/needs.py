"""What the Linux packages ask of the system, from what their binaries need: nothing is listed by hand that is not needed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from installers.linux.elf import Binary, newest_glibc, outside
from installers.shared.facts import BuildError

SYSTEM = Path(__file__).with_name("system.toml")


@dataclass(frozen=True)
class Needs:
    """Packages or libraries that have to be there, and those that are good to have; sorted."""

    required: tuple[str, ...]
    recommended: tuple[str, ...]


def debian_needs(found: list[Binary]) -> Needs:
    """What the .deb asks for. Raises BuildError where a library is in no package of system.toml."""
    known = tomllib.loads(SYSTEM.read_text(encoding="utf-8"))
    asked = outside(found)
    unknown = sorted(name for name in asked if name not in known["debian"] and name not in known["recommended"])
    if unknown:
        users = ", ".join(sorted(asked[unknown[0]])[:3])
        raise BuildError(f"{unknown[0]} (needed by {users}) is in no Debian package that {SYSTEM.name} names.")
    unused = sorted(name for name in known["debian"] if name not in asked)
    if unused:
        raise BuildError(f"{unused[0]} in {SYSTEM.name} is needed by nothing.")
    glibc = newest_glibc(found)
    required = {known["debian"][name].format(glibc=glibc) for name in asked if name in known["debian"]}
    recommended = {known["recommended"][name]["debian"] for name in asked if name in known["recommended"]}
    return Needs(tuple(sorted(required)), tuple(sorted(recommended)))


def rpm_needs(found: list[Binary]) -> Needs:
    """What the .rpm asks for: libraries by name, as rpm itself would find them, and the glibc that has all symbols."""
    known = tomllib.loads(SYSTEM.read_text(encoding="utf-8"))
    asked = outside(found)
    required = {f"{name}()(64bit)" for name in asked if name not in known["recommended"]}
    required |= {f"libc.so.6(GLIBC_{newest_glibc(found)})(64bit)"}
    recommended = {known["recommended"][name]["rpm"] for name in asked if name in known["recommended"]}
    return Needs(tuple(sorted(required)), tuple(sorted(recommended)))
