"""Signed files: minisign's prehashed Ed25519 format, read and written. No file is touched here.

Source: minisign's documentation, "Signature format" (jedisct1.github.io/minisign): four lines; the signature is over the
BLAKE2b-512 of the file, and a second one over the first and the trusted comment.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import field
from typing import TYPE_CHECKING

from camcensus.model import frozen
from camcensus.model.errors import SignatureError

if TYPE_CHECKING:
    from nacl.signing import SigningKey, VerifyKey

SIGNATURE_LIMIT_BYTES = 4096
"""A signature is about 400 bytes; a longer text is not read."""

_PREHASHED, _LEGACY, _KEY = b"ED", b"Ed", b"Ed"
_ID, _PUBLIC, _SIGNATURE = 8, 32, 64
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_OLD_FORMAT = "{} is signed in minisign’s old format, which can be misused; ask for a file signed in the present format."


@frozen
class PublicKey:
    """A key that signatures are checked with. `id` is 8 bytes that every signature made with it names."""

    id: bytes
    key: bytes

    @property
    def name(self) -> str:
        """The id as minisign prints it, like "4E9A1B2C3D4E5F60"."""
        return self.id[::-1].hex().upper()


@frozen
class SecretKey:
    """A key that signs. It is never shipped, and `repr` does not show it."""

    id: bytes
    signing: SigningKey = field(repr=False)

    @property
    def public(self) -> PublicKey:
        """What checks its signatures."""
        return PublicKey(self.id, bytes(self.signing.verify_key))


@frozen
class Signed:
    """What a good signature says: the key it was made with, and the comment that was signed along."""

    key: PublicKey
    comment: str


def read_public_key(text: str, *, name: str) -> PublicKey:
    """The key in a minisign `.pub` file. `name` is of the file, for the sentence. Raises SignatureError."""
    lines = [line.strip() for line in text.strip().splitlines()]
    raw = _decoded(lines[-1]) if 1 <= len(lines) <= 2 else b""
    if len(raw) != len(_KEY) + _ID + _PUBLIC or not raw.startswith(_KEY):
        raise SignatureError(f"{name} is not a public key of minisign; choose the file whose name ends in .pub.")
    return PublicKey(raw[2 : 2 + _ID], raw[2 + _ID :])


def write_public_key(key: PublicKey) -> str:
    """The text of a minisign `.pub` file."""
    return f"{_UNTRUSTED}minisign public key {key.name}\n{_encoded(_KEY + key.id + key.key)}\n"


def verify(data: bytes, signature: str, keys: Iterable[PublicKey], *, name: str) -> Signed:
    """What the signature of `data` says, checked with one of `keys`. `name` is of the signed file. Raises SignatureError."""
    lines = signature.removesuffix("\n").split("\n")
    lines = [line.removesuffix("\r") for line in lines]
    unreadable = SignatureError(f"The signature of {name} cannot be read; get the file and its .minisig again.")
    if len(signature) > SIGNATURE_LIMIT_BYTES or len(lines) != 4:
        raise unreadable
    first, trusted = _decoded(lines[1]), lines[2].removeprefix(_TRUSTED)
    if not lines[0].startswith(_UNTRUSTED) or not lines[2].startswith(_TRUSTED) or len(first) != 2 + _ID + _SIGNATURE:
        raise unreadable
    if first.startswith(_LEGACY):
        raise SignatureError(_OLD_FORMAT.format(name))
    if not first.startswith(_PREHASHED):
        raise unreadable
    identity, own = first[2 : 2 + _ID], first[2 + _ID :]
    key = next((one for one in keys if one.id == identity), None)
    if key is None:
        unknown = PublicKey(identity, b"").name
        raise SignatureError(f"{name} is signed with a key that this Camcensus does not know ({unknown}); it was not used.")
    from nacl.signing import VerifyKey

    checked = VerifyKey(key.key)
    if not _holds(checked, hashlib.blake2b(data).digest(), own):
        raise SignatureError(f"{name} is not the file that was signed: it was changed or is damaged; get it again.")
    if not _holds(checked, own + trusted.encode(), _decoded(lines[3])):
        raise SignatureError(f"What is said about {name} in its signature was changed; get the file and its .minisig again.")
    return Signed(key, trusted)


def sign(data: bytes, comment: str, key: SecretKey) -> str:
    """The text of a `.minisig` file over `data`, with a one-line comment that is signed along. Raises ValueError."""
    if any(ord(character) < 32 for character in comment):
        raise ValueError("a comment of one line")
    own = key.signing.sign(hashlib.blake2b(data).digest()).signature
    both = key.signing.sign(own + comment.encode()).signature
    return (
        f"{_UNTRUSTED}signature from minisign secret key\n{_encoded(_PREHASHED + key.id + own)}\n"
        f"{_TRUSTED}{comment}\n{_encoded(both)}\n"
    )


def _holds(key: VerifyKey, message: bytes, signature: bytes) -> bool:
    from nacl.exceptions import CryptoError

    try:
        key.verify(message, signature)
    except (CryptoError, ValueError):
        return False
    return True


def _decoded(text: str) -> bytes:
    """Base64, in its one proper spelling; empty where it is not."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return b""
    return data if _encoded(data) == text else b""


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()
