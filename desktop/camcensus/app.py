"""Where the program starts, with a window or without."""

from __future__ import annotations

import ctypes
import io
import logging
import os
import sys
import threading
from pathlib import Path, PureWindowsPath

from camcensus.model.defects import print_report, report_of
from camcensus.model.errors import KnowledgeError

_XCB_CURSOR = "libxcb-cursor.so.0"
"""Qt's window on X11 aborts without it, and says so only on stderr."""

_PACKAGES = (
    "libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libx11-xcb1 "
    "libdbus-1-3 libfontconfig1 libgssapi-krb5-2"
)
"""What brings all libraries that Qt's wheels need, by their names in Debian and Ubuntu."""

_INSTALLED = "data"
"""The folder beside this file that a wheel carries."""


def data_dir() -> Path:
    """The folder that holds vendors.db and resources/: beside the package when installed, else the checkout.

    Raises KnowledgeError where neither is there. vendors.db itself may be missing: `run.py knowledge build` makes it.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / _INSTALLED, *here.parents[1:2]):
        if (folder / "resources" / "schema").is_dir():
            return folder
    raise KnowledgeError("Camcensus cannot find its own data (vendors.db and resources); install it again.")


def main(argv: list[str] | None = None) -> int:
    """Run the command line; open the window where one is wanted. Gives the exit status."""
    if is_own_program(sys.executable):
        sys.frozen = True  # type: ignore[attr-defined]
    if argv is None:  # as a program of its own: or each such process would take modules from the working folder first
        os.environ["PYTHONSAFEPATH"] = "1"
        leave_texts_out()
    if getattr(sys, "frozen", False):  # a packed program is started anew for each process that looks at strangers' files
        import multiprocessing

        multiprocessing.freeze_support()
    unseen = None if sys.stderr is not None else _catch_words()
    status = _run(argv)
    if unseen is not None and status != 0 and unseen.getvalue().strip():
        _show(unseen.getvalue().strip())
    return status


def leave_texts_out() -> None:
    """What is printed of errors that nobody caught, and of what libraries log, says where and never what was at hand there."""
    sys.excepthook = print_report
    threading.excepthook = lambda given: print_report(given.exc_type, given.exc_value, given.exc_traceback)
    sys.unraisablehook = lambda given: print_report(given.exc_type, given.exc_value, given.exc_traceback)
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(_WhereOnly())


class _WhereOnly(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        said = f"{record.name}: {record.levelname.lower()} at {record.filename} line {record.lineno}"
        return said if error is None else f"{said}\n{report_of(error)}"


def is_own_program(executable: str) -> bool:
    """Whether a process was started by our own Windows launcher, whatever its name: it runs Camcensus and no other Python code.

    To `multiprocessing` that is a frozen program: it starts Camcensus.exe with --multiprocessing-fork, not with Python code.
    """
    name = PureWindowsPath(executable or "").name.lower()
    return name.endswith(".exe") and not name.startswith(("python", "pypy"))


def _run(argv: list[str] | None) -> int:
    try:
        from camcensus.cli import run
    except KeyboardInterrupt:
        print("Stopped before it was begun.", file=sys.stderr)  # noqa: T201
        return 3

    return run(sys.argv[1:] if argv is None else argv, data_dir=data_dir, window=_window)


def _catch_words() -> io.StringIO:
    """Where a Windows program without a console prints to, so that its one sentence can be shown at the end."""
    said = io.StringIO()
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = said
    return said


def _show(text: str) -> None:
    """The sentence in a box of Windows' own: Qt may be what does not start."""
    if sys.platform == "win32":
        error, foreground = 0x10, 0x10000
        ctypes.windll.user32.MessageBoxW(None, text[:2000], "Camcensus", error | foreground)


def _window(inventory: Path | None, data: Path, demo: bool) -> int:
    """Open the window; status 3 with a sentence where the system lacks a screen or what Qt needs."""
    refusal = _no_screen()
    if refusal is not None:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 3
    try:
        from camcensus.ui.main_window import open_window
    except ImportError as error:
        if (error.name or "").startswith("camcensus"):
            raise
        print(_lacking(str(error).partition(":")[0].strip()), file=sys.stderr)  # noqa: T201
        return 3
    return open_window(inventory, data, demo)


def _no_screen() -> str | None:
    """Why Qt would end the whole process at its start on this Linux, as a sentence; None where nothing speaks against it."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return None
    why = "there is no screen here (DISPLAY is not set)"
    if os.environ.get("DISPLAY"):
        try:
            ctypes.CDLL(_XCB_CURSOR)
        except OSError:
            return _lacking(_XCB_CURSOR)
        if _screen_answers():
            return None
        why = "the screen that DISPLAY names does not answer"
    command = "python3 run.py" if (data_dir() / "run.py").exists() else "camcensus"
    return (
        f"The window cannot be opened because {why}; use the commands without a window ({command} --help), or "
        f"“{command} demo --headless”."
    )


def _screen_answers() -> bool:
    """Whether the X server that DISPLAY names lets us in, asked as Qt will; True where that cannot be asked."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _lacking(missing: str) -> str:
    library = f" ({missing} is missing)" if missing.startswith("lib") else ""
    return (
        f"The window cannot be opened because a library of this system that Qt needs is not installed{library}; on Debian "
        f"and Ubuntu run “sudo apt install {_PACKAGES}”, or use the commands without a window (camcensus --help)."
    )
