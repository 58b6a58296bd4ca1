"""Is an exchange file as it was written, and as it was signed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from typing import Any, Literal

from camcensus.model.errors import SignatureError
from camcensus.model.frozen import frozen
from camcensus.store.exchange_file.schema import HASHED, TableDigest, columns_of, digest_of, signed_text
from camcensus.store.signatures import PublicKey, read_public_key, verify

CheckState = Literal["ok", "unsigned", "changed-since-signed", "changed-since-written"]

CHECK_WORDS: Mapping[CheckState, str] = {
    "ok": "Signed, and not changed since",
    "unsigned": "Not signed; not changed since it was written",
    "changed-since-signed": "Changed since it was signed",
    "changed-since-written": "Changed since it was written",
}


@frozen
class Checked:
    """How a file stands. `key` is the one it was signed with, whoever that is: only its
    owner can say whether it is theirs.

    `fingerprint` is of that key, for reading out on the telephone. `say` is one sentence.
    """

    state: CheckState
    say: str
    key: PublicKey | None = None
    fingerprint: str | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing was changed."""
        return self.state in ("ok", "unsigned")


def check_exchange(connection: sqlite3.Connection, digests: Mapping[str, TableDigest] | None = None) -> Checked:
    """Compares every row with what `export` says of its table, and that row with its signature.

    `digests` of all tables save working them out, where they are known.
    The connection is of a file that was looked at as an enemy's before. Raises sqlite3.Error.
    """
    export = read_export(connection)
    digests = digests or {table: digest_of(connection, table) for table in HASHED}
    as_written = _as_written(digests, export)
    if export.get("signature") is None:
        state: CheckState = "unsigned" if as_written else "changed-since-written"
        return Checked(state, f"{CHECK_WORDS[state]}.")
    try:
        key = read_public_key(str(export["public_key"]), name="The key in it")
        signed = verify(signed_text(export), str(export["signature"]), [key], name="It")
    except (SignatureError, ValueError, TypeError):
        return Checked("changed-since-signed", f"{CHECK_WORDS['changed-since-signed']}.")
    mark = fingerprint(key)
    if not as_written or signed.comment != f"camcensus export {export['id']}":
        return Checked("changed-since-signed", f"{CHECK_WORDS['changed-since-signed']} with the key {mark}.", key, mark)
    return Checked("ok", f"{CHECK_WORDS['ok']}, with a key that nobody here has vouched for: {mark}.", key, mark)


def read_export(connection: sqlite3.Connection) -> dict[str, Any]:
    """The one row of `export`, by column; empty where there is not exactly one."""
    names = columns_of(connection, "export")
    rows = connection.execute('SELECT * FROM "export" LIMIT 2').fetchall()
    return dict(zip(names, rows[0], strict=True)) if len(rows) == 1 else {}


def fingerprint(key: PublicKey) -> str:
    """The first half of the SHA-256 of a public key, in groups of four: "3f9c 21ab …"."""
    digits = hashlib.sha256(key.key).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def _as_written(digests: Mapping[str, TableDigest], export: Mapping[str, Any]) -> bool:
    try:
        said = json.loads(str(export.get("tables")))
        wanted = {name: (said[name]["rows"], said[name]["sha256"]) for name in HASHED}
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return all(digests[name][:2] == wanted[name] for name in HASHED)
