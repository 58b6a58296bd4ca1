"""Holds what was built against installers/size-budget.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

from installers.shared.facts import ROOT, BuildError, say

BUDGET = ROOT / "installers" / "size-budget.toml"
MB = 1_000_000


def check_size(kind: str, packed: Path, installed: Path | None = None) -> None:
    """Raise BuildError where a package, or the tree that it installs, is over the budget of its kind; say the sizes."""
    allowed = tomllib.loads(BUDGET.read_text(encoding="utf-8"))[kind]
    sizes = {"packed_mb": packed.stat().st_size / MB}
    if installed is not None:
        sizes["installed_mb"] = tree_bytes(installed) / MB
    said = ", ".join(f"{name.removesuffix('_mb')} {size:.1f} of {allowed[name]} MB" for name, size in sizes.items())
    say(f"{packed.name}: {said}")
    over = [name.removesuffix("_mb") for name, size in sizes.items() if size > allowed[name]]
    if over:
        raise BuildError(f"{packed.name} is over its budget ({', '.join(over)}); see {BUDGET.relative_to(ROOT)}.")


def tree_bytes(tree: Path) -> int:
    """The bytes of all files of a tree, each counted once; links count nothing."""
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
