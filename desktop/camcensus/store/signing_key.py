"""The key that a person signs exports with: made once, saved in their own data folder, never in an inventory or a log."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from pathlib import Path

from nacl.signing import SigningKey

from camcensus.model.errors import StoreError, disk_error, shown
from camcensus.store.files import write_whole
from camcensus.store.signatures import SecretKey, write_public_key
from camcensus.store.vendors_db.updates import default_folder

NAME, PUBLIC_NAME = "signing.key", "signing.pub"
_MARK = "camcensus secret key 1 "
_LIMIT_BYTES = 400


def signing_key(folder: Path | None) -> SecretKey:
    """The person's key, made where there is none yet; its public part lies beside it, to be given away. Raises StoreError."""
    where = folder or default_folder()
    path = where / NAME
    try:
        with path.open("rb") as stream:
            text = stream.read(_LIMIT_BYTES).decode("ascii", "replace")
    except FileNotFoundError:
        return _make(where)
    except OSError as error:
        raise disk_error(path, error) from error
    key = _read(text, path)
    if not (where / PUBLIC_NAME).is_file():
        write_whole(where / PUBLIC_NAME, write_public_key(key.public).encode())
    return key


def public_key_file(folder: Path | None) -> Path:
    """Where the public part lies."""
    return (folder or default_folder()) / PUBLIC_NAME


def _make(folder: Path) -> SecretKey:
    key = SecretKey(secrets.token_bytes(8), SigningKey.generate())
    path = folder / NAME
    text = f"{_MARK}{base64.b64encode(key.id + bytes(key.signing)).decode()}\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Never one that another program is making at this moment; nobody else may read it.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, text.encode())
            os.fsync(handle)
        finally:
            os.close(handle)
    except FileExistsError:
        return signing_key(folder)
    except OSError as error:
        raise disk_error(path, error) from error
    write_whole(folder / PUBLIC_NAME, write_public_key(key.public).encode())
    return key


def _read(text: str, path: Path) -> SecretKey:
    try:
        raw = base64.b64decode(text.removeprefix(_MARK).strip().encode(), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raw = b""
    if not text.startswith(_MARK) or len(raw) != 40:
        raise StoreError(
            f"Your signing key “{shown(path)}” cannot be read; put back a copy of it, or remove it so that a new one is made."
        )
    return SecretKey(raw[:8], SigningKey(raw[8:]))
