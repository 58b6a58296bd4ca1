"""Knowledge bases of two days, and signatures over them by keys that each test makes for itself."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from nacl.signing import SigningKey

from camcensus.store.signatures import SecretKey, sign, write_public_key
from camcensus.store.vendors_db.updates import UpdateNote
from installers.knowledge.build import build
from store.vendors_db.sources_sample import FILES, write_sources

NEWER = {
    "CHANGES.md": FILES["CHANGES.md"] + "\n## 2026-03-04\n\nThird.\n",
    "manufacturers/maker-c.toml": 'id = "maker-c"\nname = "Maker C"\nrole = "brand-owner"\nsource = "paper"\n',
    "statements/some.toml": FILES["statements/some.toml"].replace(
        "[[statement.names]]",
        '[[statement.names]]\nmanufacturer = "maker-b"\nquote = "said of Maker B"\n\n[[statement.names]]',
        1,
    ),
    "fingerprints/dhip.answer.toml": FILES["fingerprints/dhip.answer.toml"].replace('"conclusive"', '"strong"'),
}


def publisher_key() -> SecretKey:
    """A key such as an organisation may have: its id is not marked as a test's, so it is taken from a file."""
    return SecretKey(b"\x01" + secrets.token_bytes(7), SigningKey.generate())


def older_and_newer(folder: Path) -> tuple[Path, Path]:
    """A built-in vendors.db of 3 February 2026, and one of 4 March 2026 in a folder of its own."""
    (folder / "program").mkdir()
    (folder / "brought").mkdir()
    build(write_sources(folder / "sources"), folder / "program" / "vendors.db")
    build(write_sources(folder / "newer sources", NEWER), folder / "brought" / "vendors.db")
    return folder / "program" / "vendors.db", folder / "brought" / "vendors.db"


def note(data: bytes, version: str, **changes: str) -> UpdateNote:
    """What is signed along with a knowledge base of that version."""
    said = {"created": "2026-03-05", "min_app": "0.1.0", "sha256": hashlib.sha256(data).hexdigest()}
    return UpdateNote(version, **(said | changes))


def sign_file(path: Path, key: SecretKey, comment: str) -> None:
    """Put a signature beside the file."""
    path.with_name(path.name + ".minisig").write_text(sign(path.read_bytes(), comment, key), "utf-8")


def write_key(path: Path, key: SecretKey) -> Path:
    """Put the public key into a file."""
    path.write_text(write_public_key(key.public), "utf-8")
    return path
