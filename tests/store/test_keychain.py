"""Logins go into the system's own keyring under random names, and into nothing else that calls itself a keyring."""

from __future__ import annotations

import importlib
import sys
import types

import pytest

from camcensus.model.errors import StoreError
from camcensus.store.keychain import BACKENDS, SERVICE, Keychain, open_keychain


class Vault:
    """A keyring in memory. `broken` names what it refuses."""

    priority = 5.0

    def __init__(self, broken: str = "") -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = broken

    def _refuse(self, what: str, text: str = "") -> None:
        if self.broken == what:
            raise RuntimeError(f"cannot {what} {text}")

    def get_password(self, service: str, username: str) -> str | None:
        self._refuse("get")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._refuse("set", password)
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._refuse("delete")
        del self.kept[service, username]


def test_a_login_is_kept_given_back_and_forgotten() -> None:
    vault = Vault()
    chain = Keychain(vault, "a vault")
    entry = chain.save("admin", "pa:ss\n\u00e9")
    assert list(vault.kept) == [(SERVICE, entry)]
    assert "admin" not in entry
    assert chain.load(entry) == ("admin", "pa:ss\n\u00e9")
    chain.forget(entry)
    chain.forget(entry)
    assert chain.load(entry) is None
    assert vault.kept == {}


@pytest.mark.parametrize("broken", ["set", "get", "delete"])
def test_a_keyring_that_refuses_is_a_sentence_without_the_login(broken: str) -> None:
    vault = Vault(broken)
    chain = Keychain(vault, "a vault")
    vault.kept[SERVICE, "x"] = '["admin", "CANARY"]'
    act = {"set": lambda: chain.save("admin", "CANARY"), "get": lambda: chain.load("x"), "delete": lambda: chain.forget("x")}
    with pytest.raises(StoreError) as raised:
        act[broken]()
    assert "CANARY" not in f"{raised.value}{raised.value.__cause__}"
    assert str(raised.value).endswith(".")


def test_what_another_program_put_there_is_no_login() -> None:
    vault = Vault()
    for text in ("", "x", "[]", '["a", 1]', '{"a": 1}', "null"):
        vault.kept[SERVICE, "x"] = text
        assert Keychain(vault, "a vault").load("x") is None


def test_a_login_too_long_for_windows_is_not_cut() -> None:
    with pytest.raises(StoreError, match="too long"):
        Keychain(Vault(), "a vault").save("admin", "x" * 500)


def module(name: str, **members: object) -> types.ModuleType:
    made = types.ModuleType(name)
    vars(made).update(members)
    return made


def test_only_real_keyrings_are_taken_even_where_a_plain_file_offers_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = type("PlaintextKeyring", (Vault,), {"priority": 100.0})
    weak = type("Keyring", (Vault,), {"priority": 0.0})
    for name in ("keyring", "keyring.backends", "keyrings", "keyrings.alt"):
        monkeypatch.setitem(sys.modules, name, module(name, get_keyring=plain))
    monkeypatch.setitem(sys.modules, "keyrings.alt.file", module("keyrings.alt.file", PlaintextKeyring=plain))
    for name, kind, _ in BACKENDS:
        monkeypatch.setitem(sys.modules, name, module(name, **{kind: weak, "PlaintextKeyring": plain}))
    assert open_keychain() is None
    for name, kind, spoken in BACKENDS:
        with monkeypatch.context() as one:
            one.setitem(sys.modules, name, module(name, **{kind: Vault}))
            chain = open_keychain()
            assert chain is not None
            assert chain.name == spoken


def test_the_names_are_those_of_the_keyring_package() -> None:
    pytest.importorskip("keyring")
    for name, kind, _ in BACKENDS:
        assert isinstance(getattr(importlib.import_module(name), kind), type)
