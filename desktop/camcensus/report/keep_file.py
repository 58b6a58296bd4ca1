"""A finished file put in place: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from camcensus.model.disk import disk_error, patiently


def keep_file(path: Path, content: bytes) -> None:
    """`content` at `path`, through a synced file beside it. Raises DiskError; an older file then stays as it was."""
    draft = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        patiently(lambda: draft.replace(path))
    except OSError as error:
        raise disk_error(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
