"""Minisign's format: made here, checked here, and held against the real program where it is installed."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from camcensus.model.errors import SignatureError
from camcensus.store.signatures import (
    SecretKey,
    read_public_key,
    sign,
    verify,
    write_public_key,
)
from costs import PATIENCE_S
from store.vendors_db.signed_sample import publisher_key

DATA = b"what was signed"
KEY = SecretKey(bytes(range(1, 9)), SigningKey(bytes(range(32))))
GOOD = sign(DATA, "file=vendors.db", KEY)


def test_the_four_lines_are_those_of_minisigns_format() -> None:
    """Each byte worked out from the format's description, not with our own reader."""
    first, second, third, fourth = GOOD.removesuffix("\n").split("\n")
    assert first.startswith("untrusted comment: ")
    assert third == "trusted comment: file=vendors.db"
    raw = base64.b64decode(second)
    assert (raw[:2], raw[2:10], len(raw)) == (b"ED", KEY.id, 74)
    own = KEY.signing.sign(hashlib.blake2b(DATA, digest_size=64).digest()).signature
    assert raw[10:] == own
    assert base64.b64decode(fourth) == KEY.signing.sign(own + b"file=vendors.db").signature


def test_what_was_signed_is_taken_and_says_its_comment() -> None:
    signed = verify(DATA, GOOD, [publisher_key().public, KEY.public], name="vendors.db")
    assert (signed.comment, signed.key) == ("file=vendors.db", KEY.public)
    assert verify(DATA, GOOD.replace("\n", "\r\n"), [KEY.public], name="vendors.db") == signed


def test_a_public_key_is_written_and_read() -> None:
    text = write_public_key(KEY.public)
    assert read_public_key(text, name="a.pub") == KEY.public
    assert read_public_key(text.splitlines()[1], name="a.pub") == KEY.public
    assert KEY.public.name == "0807060504030201"


@pytest.mark.parametrize("text", ["", "no key", "a\nb\nc\n", write_public_key(KEY.public)[:-9], "é" * 56])
def test_a_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(SignatureError, match=r"^a\.pub is not a public key of minisign"):
        read_public_key(text, name="a.pub")


def lines(**changes: str) -> str:
    parts = dict(zip(("first", "second", "third", "fourth"), GOOD.removesuffix("\n").split("\n"), strict=True))
    return "\n".join((parts | changes).values()) + "\n"


LEGACY = base64.b64encode(b"Ed" + KEY.id + KEY.signing.sign(DATA).signature).decode()
OTHER = sign(DATA, "file=vendors.db", SecretKey(KEY.id, SigningKey.generate()))

REFUSED = {
    "changed data": (DATA + b"!", GOOD, "is not the file that was signed"),
    "no data": (b"", GOOD, "is not the file that was signed"),
    "another key of the same id": (DATA, OTHER, "is not the file that was signed"),
    "unknown key": (DATA, sign(DATA, "file=vendors.db", publisher_key()), "a key that this Camcensus does not know"),
    "changed comment": (DATA, lines(third="trusted comment: file=vendors.dB"), "What is said about"),
    "comment of another file": (DATA, lines(fourth=sign(b"x", "file=vendors.db", KEY).split("\n")[3]), "What is said about"),
    "legacy format": (DATA, lines(second=LEGACY), "old format"),
    "unknown format": (DATA, lines(second=base64.b64encode(b"Ex" + bytes(72)).decode()), "cannot be read"),
    "short signature": (DATA, lines(second=base64.b64encode(b"ED" + KEY.id + bytes(63)).decode()), "cannot be read"),
    "no trusted comment": (DATA, lines(third="comment: file=vendors.db"), "cannot be read"),
    "fifth line": (DATA, GOOD + "more\n", "cannot be read"),
    "line in the middle": (DATA, GOOD.replace("\n", "\n\n", 1), "cannot be read"),
    "too long": (DATA, lines(first="untrusted comment: " + "x" * 5000), "cannot be read"),
    "empty": (DATA, "", "cannot be read"),
    "zeros": (DATA, lines(second=base64.b64encode(b"ED" + KEY.id + bytes(64)).decode()), "is not the file that was signed"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_was_not_signed_is_refused_with_one_sentence(case: str) -> None:
    data, signature, say = REFUSED[case]
    with pytest.raises(SignatureError, match=say) as refused:
        verify(data, signature, [KEY.public], name="vendors.db")
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@given(
    st.text(max_size=300) | st.integers(0, len(GOOD) - 2).map(lambda at: GOOD[:at] + chr(ord(GOOD[at]) ^ 1) + GOOD[at + 1 :])
)
def test_any_text_is_refused_or_changed_only_in_the_comment_nobody_signed(text: str) -> None:
    try:
        signed = verify(DATA, text, [KEY.public], name="vendors.db")
    except SignatureError:
        return
    assert signed.comment == "file=vendors.db"
    assert text.split("\n")[1:] == GOOD.split("\n")[1:]


def test_a_comment_of_two_lines_is_not_signed() -> None:
    with pytest.raises(ValueError):
        sign(DATA, "one\ntwo", KEY)


@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")
def test_minisign_and_we_read_each_other(tmp_path: Path) -> None:
    program = shutil.which("minisign") or ""
    file, public, secret = tmp_path / "vendors.db", tmp_path / "a.pub", tmp_path / "a.key"
    file.write_bytes(DATA)
    subprocess.run([program, "-G", "-W", "-p", public, "-s", secret], check=True, capture_output=True, timeout=PATIENCE_S)
    subprocess.run(
        [program, "-S", "-s", secret, "-m", file, "-t", "file=vendors.db"], check=True, capture_output=True, timeout=PATIENCE_S
    )
    theirs = read_public_key(public.read_text("utf-8"), name="a.pub")
    signature = tmp_path / "vendors.db.minisig"
    assert verify(DATA, signature.read_text("utf-8"), [theirs], name="vendors.db").comment == "file=vendors.db"
    subprocess.run([program, "-S", "-l", "-s", secret, "-m", file], check=True, capture_output=True, timeout=PATIENCE_S)
    with pytest.raises(SignatureError, match="old format"):
        verify(DATA, signature.read_text("utf-8"), [theirs], name="vendors.db")
    signature.write_text(GOOD, "utf-8")
    public.write_text(write_public_key(KEY.public), "utf-8")
    subprocess.run([program, "-V", "-p", public, "-m", file], check=True, capture_output=True, timeout=PATIENCE_S)
