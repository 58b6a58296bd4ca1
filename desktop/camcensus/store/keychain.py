"""Logins in the operating system's own keyring, where a person chose that. They are saved nowhere else.

Only the keyrings of Windows, macOS, and the Linux desktops are taken: the keyring package also knows back ends that write
plain text, and takes one without asking where it is installed. Where none of these is there, a login is asked for each time.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import secrets
from typing import Any, Protocol

from camcensus.model.errors import StoreError

SERVICE = "Camcensus"
BACKENDS = (
    ("keyring.backends.Windows", "WinVaultKeyring", "Windows Credential Manager"),
    ("keyring.backends.macOS", "Keyring", "the macOS Keychain"),
    ("keyring.backends.SecretService", "Keyring", "the desktop's keyring (Secret Service)"),
    ("keyring.backends.kwallet", "DBusKeyring", "KWallet"),
)
"""Module, class, and what people call it; the first that works is taken."""
TEXT_LIMIT_CHARACTERS = 500
"""Windows keeps some 1,280 characters under one name."""


class Backend(Protocol):
    """What of a keyring back end is used."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class Keychain:
    """One keyring of the system. Entries have random names, which say nothing of the login in them."""

    def __init__(self, backend: Backend, name: str) -> None:
        self._backend = backend
        self.name = name

    def save(self, user: str, password: str) -> str:
        """Keeps a login; gives the random name of its entry. Raises StoreError where the keyring refuses."""
        if len(user) + len(password) > TEXT_LIMIT_CHARACTERS:
            raise StoreError("The user name and the password are too long for the keyring: they are kept for this run only.")
        entry = secrets.token_hex(16)
        try:
            self._backend.set_password(SERVICE, entry, json.dumps([user, password]))
        except Exception as error:
            raise StoreError(f"{self.name} did not keep the login, so it is kept for this run only.") from _named(error)
        return entry

    def load(self, entry: str) -> tuple[str, str] | None:
        """The user name and password of an entry; None where there is none. Raises StoreError where the keyring refuses."""
        try:
            text = self._backend.get_password(SERVICE, entry)
        except Exception as error:
            raise StoreError(f"{self.name} did not give the login: unlock it, or type the login again.") from _named(error)
        with contextlib.suppress(ValueError, TypeError):
            user, password = json.loads(text or "")
            if isinstance(user, str) and isinstance(password, str):
                return user, password
        return None

    def forget(self, entry: str) -> None:
        """Removes an entry; fine where it is gone already. Raises StoreError where it is still there afterwards."""
        with contextlib.suppress(Exception):
            self._backend.delete_password(SERVICE, entry)
        if self.load(entry) is not None:
            raise StoreError(f"{self.name} did not remove the login: remove the entry “{SERVICE}” there by hand.")


def open_keychain() -> Keychain | None:
    """The system's keyring; None where there is none that is taken, and then a login is asked for each time."""
    for module, name, spoken in BACKENDS:
        backend = _backend(module, name)
        if backend is not None:
            return Keychain(backend, spoken)
    return None


def _backend(module: str, name: str) -> Backend | None:
    """An instance of a back end that works here. Its class is named, so that nothing else that is installed takes its place."""
    try:
        kind: Any = getattr(importlib.import_module(module), name)
        # The priority of a back end that cannot work here raises; one of 0 or less is not recommended by its makers.
        backend: Backend | None = kind() if kind.priority > 0 else None
    except Exception:
        return None
    return backend


def _named(error: Exception) -> Exception:
    """An error that says only its kind: what a back end says may hold what it was given."""
    return RuntimeError(type(error).__name__)
