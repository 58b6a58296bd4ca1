"""Where the program starts, with a window or without."""

from __future__ import annotations

import sys
from pathlib import Path

from camcensus.model.errors import KnowledgeError

_INSTALLED = "data"
"""The folder beside this file that a wheel carries."""


def data_dir() -> Path:
    """The folder that holds vendors.db and resources/: beside the package when installed, else the checkout.

    Raises KnowledgeError where neither is there. vendors.db itself may be missing: `knowledge build` makes it.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / _INSTALLED, *here.parents[1:2]):
        if (folder / "resources" / "schema").is_dir():
            return folder
    raise KnowledgeError("Camcensus cannot find its own data (vendors.db and resources); install it again.")


def main(argv: list[str] | None = None) -> int:
    """Run the command line; open the window where one is wanted. Gives the exit status."""
    from camcensus.cli import run

    return run(sys.argv[1:] if argv is None else argv, data_dir=data_dir, window=_window)


def _window(inventory: Path | None, data: Path, demo: bool) -> int:
    """Open the window; status 3 with a sentence where the system lacks what Qt needs."""
    try:
        from camcensus.ui.main_window import open_window
    except ImportError as error:
        if (error.name or "").startswith("camcensus"):
            raise
        print(_no_qt(error), file=sys.stderr)  # noqa: T201
        return 3
    return open_window(inventory, data, demo)


def _no_qt(error: ImportError) -> str:
    """The sentence for a Qt that cannot be loaded: the library it misses is named where the system says so."""
    missing = str(error).partition(":")[0].strip()
    library = f" ({missing} is missing)" if missing.startswith("lib") else ""
    return (
        f"The window cannot be opened because a library of this system that Qt needs is not installed{library}; run "
        "“python3 run.py demo” once, or use the commands without a window (camcensus --help)."
    )
