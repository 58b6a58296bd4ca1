"""Logins that devices refused, remembered in the person's own folder.

Not in an inventory: a camera counts wrong passwords whichever inventory is open, or none, and inventories are given to others.
The file holds digests that a random salt keeps from being looked up, and no password, user name or address.
"""

from __future__ import annotations

import contextlib
import json
import re
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from camcensus.model.disk import disk_error
from camcensus.model.errors import DiskError
from camcensus.model.logins import LoginRecord
from camcensus.model.plain import from_plain, to_plain
from camcensus.model.words import utc_second
from camcensus.store.files import write_whole

NAME = "refused-logins.json"
SIZE_LIMIT_BYTES = 16 << 20
"""Some 150,000 devices."""
PAUSE = timedelta(minutes=15)


def read_refusals(folder: Path, now: datetime) -> LoginRecord:
    """What is remembered; a new record where there is none yet.

    A damaged file is set aside under the name ".damaged", and logins pause: what it said is not known any more. Raises
    DiskError where it cannot be read, and then no login may be tried.
    """
    path = folder / NAME
    try:
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT_BYTES + 1)
    except FileNotFoundError:
        return LoginRecord(secrets.token_hex(16))
    except OSError as error:
        raise disk_error(path, error) from error
    with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError, RecursionError):
        record = from_plain(LoginRecord, json.loads(data))
        if _is_sound(record) and len(data) <= SIZE_LIMIT_BYTES:
            return record
    with contextlib.suppress(OSError):
        path.replace(path.with_name(f"{NAME}.damaged"))
    record = LoginRecord(secrets.token_hex(16), paused_until=utc_second(now + PAUSE))
    write_refusals(folder, record)
    return record


def write_refusals(folder: Path, record: LoginRecord) -> None:
    """Keeps the record, whole or not at all, on the disk before it returns. Raises DiskError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / NAME, json.dumps(to_plain(record)).encode())
    except DiskError as error:
        raise DiskError(f"No login was tried, because it could not be noted that it was: {error}") from error
    except OSError as error:
        raise disk_error(folder, error) from error


def _is_sound(record: LoginRecord) -> bool:
    if record.paused_until is not None and datetime.fromisoformat(record.paused_until).tzinfo is None:
        return False
    digests = all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in record.tried)
    return digests and bool(re.fullmatch(r"[0-9a-f]{32}", record.salt)) and record.in_a_row >= 0
