"""A line of progress on a terminal."""

from __future__ import annotations

import sys

CLEAR = "\r" + " " * 78 + "\r" if sys.platform == "win32" else "\r\x1b[K"
"""Goes back to the beginning of the line and empties it. Windows' consoles may print escape sequences as they are."""
