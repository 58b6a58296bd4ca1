"""A whole file locked with a passphrase: Argon2id and XChaCha20-Poly1305 in a stream, by libsodium (PyNaCl).

Source: libsodium documentation, "Encrypting a set of related messages" (secretstream) and "The pwhash API". The file is a
header (magic, version, cost of the passphrase, salt, the stream's own header) and then blocks of 64 KiB, each sealed together
with the header and bound to its place; the last one says that it is. So nothing can be changed, left out, added or cut off.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Callable
from typing import BinaryIO

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.utils import random

from camcensus.model.errors import DamagedFileError, NewerFileError, NotOurFileError, StoreError

MAGIC = b"CAMCENSUS-BACKUP"
VERSION = 1
BLOCK_BYTES = 64 * 1024
SALT_BYTES = argon2id.SALTBYTES
OPS, MEMORY_BYTES = argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE
"""What a try at the passphrase costs: about a second and 256 MB on a laptop."""
OPS_LIMIT, MEMORY_LIMIT_BYTES = 8, 1 << 30
"""The most that a file may ask for when it is opened: a stranger's file cannot take all memory."""
SHORTEST = 10
"""Characters of a passphrase that is taken."""

_HEAD = struct.Struct(">16sBIQ")
_STREAM_BYTES = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MORE_BYTES = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_OPENS = b"camcensus back-up"
"""The first block: where it cannot be opened, it is the passphrase or the beginning of the file."""

WRONG = "That passphrase does not open this back-up, or its beginning is damaged; type it again, or use another copy."
DAMAGED = "This back-up is damaged or cut short, so nothing of it was used; use another copy."
NOT_ONE = "This is not a back-up that is locked with a passphrase; choose a file whose name ends in .camcensus-backup."


def is_sealed(head: bytes) -> bool:
    """Whether the first bytes of a file say that it is locked so."""
    return head.startswith(MAGIC)


def check_passphrase(passphrase: str) -> bytes:
    """The passphrase as it is used, the same however a keyboard composes its letters. Raises StoreError for a short one."""
    plain = unicodedata.normalize("NFC", passphrase)
    if len(plain) < SHORTEST:
        raise StoreError(f"The passphrase must have at least {SHORTEST} characters; four words are easy to remember.")
    return plain.encode("utf-8", "surrogatepass")


def seal(source: BinaryIO, into: BinaryIO, passphrase: str, look: Callable[[], None] | None = None) -> int:
    """Writes what `source` holds, locked; gives how many bytes that was. Takes the same memory for any size."""
    salt = random(SALT_BYTES)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    key = _key(check_passphrase(passphrase), salt, OPS, MEMORY_BYTES)
    head = _HEAD.pack(MAGIC, VERSION, OPS, MEMORY_BYTES) + salt
    head += bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)

    def push(block: bytes, tag: int) -> None:
        into.write(bindings.crypto_secretstream_xchacha20poly1305_push(state, block, head, tag))

    into.write(head)
    push(_OPENS, _MESSAGE)
    total, block = 0, source.read(BLOCK_BYTES)
    while True:
        if look is not None:
            look()
        after = source.read(BLOCK_BYTES) if block else b""
        push(block, _MESSAGE if after else _FINAL)
        total += len(block)
        if not after:
            return total
        block = after


def unseal(source: BinaryIO, into: Callable[[bytes], object], passphrase: str, look: Callable[[], None] | None = None) -> int:
    """Gives what is locked in `source` to `into`, block by block; how many bytes that was.

    Nothing that was given may be used unless this returns: the end is checked last. Raises NotOurFileError, NewerFileError,
    DamagedFileError, StoreError for a wrong passphrase.
    """
    fixed = source.read(_HEAD.size)
    if len(fixed) < _HEAD.size or not is_sealed(fixed):
        raise NotOurFileError(NOT_ONE)
    _, version, ops, memory = _HEAD.unpack(fixed)
    if version > VERSION:
        raise NewerFileError("This back-up was made with a newer Camcensus; update Camcensus to open it.")
    if version < 1 or not 1 <= ops <= OPS_LIMIT or not argon2id.MEMLIMIT_MIN <= memory <= MEMORY_LIMIT_BYTES:
        raise DamagedFileError(DAMAGED)
    salt, stream = source.read(SALT_BYTES), source.read(_STREAM_BYTES)
    if len(salt) < SALT_BYTES or len(stream) < _STREAM_BYTES:
        raise DamagedFileError(DAMAGED)
    head = fixed + salt + stream
    key = _key(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"), salt, ops, memory)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, stream, key)

    def pull(block: bytes) -> tuple[bytes, int]:
        plain, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, block, head)
        return plain, tag

    try:
        if pull(source.read(len(_OPENS) + _MORE_BYTES)) != (_OPENS, _MESSAGE):
            raise StoreError(WRONG)
    except (CryptoError, ValueError) as error:
        raise StoreError(WRONG) from error
    total, tag = 0, _MESSAGE
    try:
        while tag == _MESSAGE:
            if look is not None:
                look()
            block, tag = pull(source.read(BLOCK_BYTES + _MORE_BYTES))
            into(block)
            total += len(block)
    except (CryptoError, ValueError) as error:
        raise DamagedFileError(DAMAGED) from error
    if tag != _FINAL or source.read(1):
        raise DamagedFileError(DAMAGED)
    return total


def _key(passphrase: bytes, salt: bytes, ops: int, memory: int) -> bytes:
    try:
        size = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES
        return argon2id.kdf(size, passphrase, salt, opslimit=ops, memlimit=memory)
    except (CryptoError, MemoryError) as error:
        raise StoreError(
            f"This computer has not the {memory >> 20} MB of memory free that the passphrase needs; close other programs."
        ) from error
