"""A file locked with a passphrase: it opens whole or not at all, and a wrong passphrase is one sentence."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.pwhash import argon2id

from camcensus.model.errors import CamcensusError, DamagedFileError, NewerFileError, NotOurFileError, StoreError
from camcensus.store import sealed

PHRASE = "four plain words here"


@pytest.fixture(autouse=True, scope="module")
def cheap() -> object:
    """The passphrase costs as little as libsodium allows: what a try costs is not what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "OPS", argon2id.OPSLIMIT_MIN)
        patch.setattr(sealed, "MEMORY_BYTES", argon2id.MEMLIMIT_MIN)
        yield


def locked(data: bytes) -> bytes:
    out = io.BytesIO()
    assert sealed.seal(io.BytesIO(data), out, PHRASE) == len(data)
    return out.getvalue()


def opened(data: bytes, phrase: str = PHRASE) -> bytes:
    parts: list[bytes] = []
    sealed.unseal(io.BytesIO(data), parts.append, phrase)
    return b"".join(parts)


@pytest.mark.parametrize(
    "size", [0, 1, sealed.BLOCK_BYTES - 1, sealed.BLOCK_BYTES, sealed.BLOCK_BYTES + 1, 3 * sealed.BLOCK_BYTES]
)
def test_what_goes_in_comes_out(size: int) -> None:
    data = bytes(at * 7 % 251 for at in range(size))
    made = locked(data)
    assert opened(made) == data
    assert data[:64] not in made or size < 64
    assert locked(data) != made  # another salt each time


def test_a_wrong_passphrase_says_so_and_one_typed_with_other_accents_opens() -> None:
    out = io.BytesIO()
    sealed.seal(io.BytesIO(b"x"), out, "caf\u00e9 au lait")
    assert opened(out.getvalue(), "cafe\u0301 au lait") == b"x"
    with pytest.raises(StoreError, match="passphrase does not open") as error:
        opened(out.getvalue(), "cafe au lait")
    assert "cafe" not in str(error.value)
    with pytest.raises(StoreError, match="at least 10 characters"):
        sealed.seal(io.BytesIO(b"x"), io.BytesIO(), "short")


def test_what_was_cut_off_swapped_or_added_is_damaged() -> None:
    made = locked(bytes(5 * sealed.BLOCK_BYTES))
    block = sealed.BLOCK_BYTES + 17
    first = len(made) - 5 * block
    a, b = made[first : first + block], made[first + block : first + 2 * block]
    for wrong in (
        made[:-1], made[: first + block], made + b"x", made[:first] + b + a + made[first + 2 * block :],
        made[:first] + a + made[first:], made[: first + 10] + bytes([made[first + 10] ^ 1]) + made[first + 11 :],
    ):  # fmt: skip
        with pytest.raises(DamagedFileError):
            opened(wrong)


def test_a_file_may_not_ask_for_all_memory_nor_be_newer_nor_another() -> None:
    made = locked(b"x")
    for ops, memory in ((1, 1 << 40), (1 << 30, argon2id.MEMLIMIT_MIN), (0, argon2id.MEMLIMIT_MIN), (1, 16)):
        with pytest.raises(DamagedFileError):
            opened(made[:17] + ops.to_bytes(4, "big") + memory.to_bytes(8, "big") + made[29:])
    with pytest.raises(NewerFileError):
        opened(made[:16] + b"\2" + made[17:])
    for other in (b"", b"SQLite format 3\0" + bytes(100), made[:20]):
        with pytest.raises((NotOurFileError, DamagedFileError)):
            opened(other)


@settings(max_examples=40)
@given(st.data())
def test_any_byte_that_was_changed_is_seen(data: st.DataObject) -> None:
    made = bytearray(locked(b"the whole record " * 9))
    at = data.draw(st.integers(0, len(made) - 1).filter(lambda at: not 17 <= at < 29))  # the cost has a test of its own
    made[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CamcensusError):
        opened(bytes(made))


class Stopped(Exception):
    pass


def test_it_can_be_stopped() -> None:
    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        sealed.seal(io.BytesIO(bytes(200)), io.BytesIO(), PHRASE, stop)
