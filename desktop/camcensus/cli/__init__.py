"""The command line: every command of the outside contract that this version has. No Qt.

Exit status: 0 done · 1 done, but something was refused or held · 2 wrong arguments · 3 could not do it.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from camcensus.cli.common import COULD_NOT, DONE, WRONG, DataDir, Stopping, Window, Wrong, open_window, print_no_more, say
from camcensus.cli.keeping import tightened
from camcensus.model.defects import place_of
from camcensus.model.errors import CamcensusError, ScopeError, disk_error
from camcensus.model.words import clean

DEBUG = "CAMCENSUS_DEBUG"
"""With this variable set, a fault of ours is shown with its stack; its text is left out as in the window's report."""


def run(
    argv: Sequence[str], *, data_dir: DataDir, window: Window, commands: Callable[[], argparse.ArgumentParser] | None = None
) -> int:
    """Carry out one command, of Camcensus or of these; gives the exit status. Every fault is one sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    stopping = Stopping()
    stopping.hold()
    try:
        arguments = _asked(argv, commands)
        if isinstance(arguments, int):
            return arguments
        arguments.stopping = stopping
        if not arguments.stops:
            stopping.release()
        with tightened(arguments.policy):
            status = int(arguments.do(arguments, data_dir, window))
        _print_all()
    except (Wrong, ScopeError) as error:
        return say(error, WRONG)
    except CamcensusError as error:
        return say(error, COULD_NOT)
    except BrokenPipeError:
        print_no_more(sys.stdout)
        return DONE
    except KeyboardInterrupt:
        return say("Stopped before it was finished; nothing was written.", COULD_NOT)
    except OSError as error:
        print_no_more(sys.stdout)
        if isinstance(error.filename, (str, bytes)):
            return say(disk_error(Path(os.fsdecode(error.filename)), error), COULD_NOT)
        why = clean(error.strerror or type(error).__name__, 80)
        return say(f"The system refused to print or to read ({why}); free some space and try again.", COULD_NOT)
    except Exception as error:
        if DEBUG in os.environ:
            raise
        where = f"{type(error).__name__}{place_of(error)}"
        return say(f"Something went wrong in Camcensus ({where}); report this line to its makers.", COULD_NOT)
    finally:
        stopping.end()
    return status


def _asked(argv: Sequence[str], commands: Callable[[], argparse.ArgumentParser] | None) -> argparse.Namespace | int:
    """The command, or the status where there was only help to be printed, or wrong arguments to be told of.

    Without a word the window opens, and no command is loaded for it: people wait for it.
    """
    if not argv and commands is None:
        return argparse.Namespace(do=open_window, stops=False, policy=[])
    from camcensus.cli.arguments import parsed

    try:
        return parsed(argv, commands)
    except SystemExit as end:
        _print_all()
        return int(end.code or 0)


def _print_all() -> None:
    """What was printed is given to the system, which may refuse it."""
    if sys.stdout is not None:
        sys.stdout.flush()
