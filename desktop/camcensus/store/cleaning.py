"""Blanks logins that older programs saved where a device had sent one back: in replies, what was read in them, and answers.

Nobody knows those logins any more, so they are found by their shape (`wire/echoes.py`). Call inside a transaction.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlite_utils import Database

from camcensus.model.words import count
from camcensus.store import changelog
from camcensus.wire.echoes import blank, find_credentials
from camcensus.wire.read import read, redact

CLEANED = "cleaned_replies"
"""The setting that counts the replies that were cleaned, until `say` has said so."""

_TEXTS = {
    "judgement": ("answer", "was", "is_now", "why", "brand", "model", "serial", "firmware"),
    "sighting": ("firmware", "model"),
}
"""Columns that repeat what devices said."""


def clean(db: Database) -> None:
    """Clean every reply and what repeats it; how many replies it were is kept for `say`."""
    number = _clean_replies(db) + _clean_unfinished(db)
    for table, columns in _TEXTS.items():
        for column in columns:
            _clean_texts(db, table, column)
    if number:
        db.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", [CLEANED, str(number)])


def say(db: Database, copy: str, at: str) -> str | None:
    """The sentence for people, noted in the change log too; None where nothing was cleaned. `copy` is the file as it was."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", [CLEANED]).fetchone()
    if row is None:
        return None
    db.execute("DELETE FROM setting WHERE key = ?", [CLEANED])
    replies = count(int(row[0]), "reply", "replies")
    done = f"Camcensus blanked what looks like a user name or password in {replies}: devices had sent it back."
    changelog.note(db, "clean", done, by=None, at=at)
    return f"{done} The copy “{copy}” and older back-ups still hold it: delete them when you no longer need them."


def _clean_replies(db: Database) -> int:
    changed = 0
    for digest, probe in db.execute("SELECT DISTINCT reply, probe FROM observation ORDER BY reply, probe").fetchall():
        (raw,) = db.execute("SELECT raw FROM reply WHERE sha256 = ?", [digest]).fetchone()
        cleaned = redact(probe, raw)
        if cleaned == raw:
            continue
        changed += 1
        new = hashlib.sha256(cleaned).hexdigest()
        db.execute("INSERT OR IGNORE INTO reply (sha256, raw) VALUES (?, ?)", [new, cleaned])
        same = db.execute("SELECT id, ask FROM observation WHERE reply = ? AND probe = ?", [digest, probe]).fetchall()
        for identity, ask in same:
            reading = read(probe, ask, cleaned)
            fields = json.dumps({name: list(values) for name, values in reading.fields.items()}, ensure_ascii=False)
            db.execute(
                "UPDATE observation SET reply = ?, state = ?, fields = ?, codec = ?, problem = ? WHERE id = ?",
                [new, reading.state, fields, reading.codec, reading.problem, identity],
            )
    db.execute("DELETE FROM reply WHERE sha256 NOT IN (SELECT reply FROM observation)")
    return changed


def _clean_unfinished(db: Database) -> int:
    """What a search that was cut off had seen, as `seeing` keeps it."""
    changed = 0
    for running, number in db.execute("SELECT running, number FROM seen ORDER BY running, number").fetchall():
        where = [running, number]
        plain, raw = db.execute("SELECT observation, raw FROM seen WHERE running = ? AND number = ?", where).fetchone()
        one = json.loads(plain)
        cleaned = redact(one["probe"], raw)
        if cleaned != raw:
            changed += 1
            one["reading"] = _blanked(one["reading"])
            values = [json.dumps(one, ensure_ascii=False), cleaned, *where]
            db.execute("UPDATE seen SET observation = ?, raw = ? WHERE running = ? AND number = ?", values)
    return changed


def _clean_texts(db: Database, table: str, column: str) -> None:
    rows = db.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL").fetchall()
    for (text,) in rows:
        cleaned = _blanked_json(text) if column == "answer" else _blank(text)
        if cleaned != text:
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [cleaned, text])


def _blank(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    cleaned = blank(data, find_credentials)
    return text if cleaned == data else cleaned.decode("utf-8", "replace")


def _blanked_json(text: str) -> str:
    if _blank(text) == text:
        return text
    return json.dumps(_blanked(json.loads(text)), ensure_ascii=False, separators=(",", ":"))


def _blanked(value: Any) -> Any:
    if isinstance(value, str):
        return _blank(value)
    if isinstance(value, list):
        return [_blanked(one) for one in value]
    return {name: _blanked(one) for name, one in value.items()} if isinstance(value, dict) else value
