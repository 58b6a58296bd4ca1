"""An inventory of an older program, in which devices' echoes of logins were kept, is cleaned when it is opened, and says so."""

from __future__ import annotations

import base64
import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.cli import keeping
from camcensus.model.errors import DamagedFileError
from camcensus.model.observation import Observation, Reading
from camcensus.store import cleaning, connecting
from camcensus.store.inventory import create_inventory, open_inventory
from camcensus.store.keeping import SavedDevice
from samples import LATER, NOW, body, observation, scan, verdict
from wire.test_echoes import BASIC, DIGEST, PAIR, PASSWORD, PROOFS, TOKEN, WRITINGS

REPLIES = len({write(text) for write in WRITINGS.values() for text in (BASIC, DIGEST)}) + 2
"""Those below and one more: of the token and of the search that was cut off; of the token and one without any."""


def old_reply(number: int, text: bytes, **changes: object) -> Observation:
    raw = b"HTTP/1.1 200 OK\r\n\r\n<title>Gate</title>" + text
    reading = Reading("read", {"http.status": ("200",), "http.title": (text.decode("latin-1"),)}, "http/0")
    return observation(number, raw=raw, reading=reading, **changes)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """As an older program left it: an echo in each writing, in replies, an answer, a sighting, and a search that was cut off."""
    path = tmp_path / "old.camcensus"
    seen = [old_reply(1, write(text)) for write in WRITINGS.values() for text in (BASIC, DIGEST)]
    seen += [old_reply(1, TOKEN.encode(), probe="onvif.GetScopes"), old_reply(1, b"nothing")]
    answer = verdict(1)
    answer = replace(answer, device=replace(answer.device, observations=tuple(seen)))
    answer = replace(answer, description=replace(answer.description, name=BASIC, firmware=f"{TOKEN} “V1”"))
    with create_inventory(path, body(), now=NOW) as inventory:
        kept = SavedDevice(
            id="d1", new=True, device=answer.device, verdict=answer, outcome=f"Camera {BASIC}", prefix="CAM", firmware=DIGEST
        )
        inventory.keep(scan(), [], [kept], NOW)
        inventory.note_seen(scan("later"), [old_reply(2, BASIC.encode())], NOW)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0010_echoes'")
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")
    return path


def found_in(path: Path) -> list[str]:
    data = path.read_bytes()
    forms = {
        secret: (secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-16-be")) for secret in (*PROOFS, PASSWORD)
    }
    wrapped = [WRITINGS["base64"](BASIC)[36:60]]
    return [secret for secret, several in forms.items() if any(one in data for one in several)] + [
        "base64" for one in wrapped if one in data
    ]


def test_what_devices_had_sent_back_is_in_no_byte_of_the_file_afterwards(old: Path) -> None:
    assert set(found_in(old)) >= {PAIR, "base64"}
    before = old.read_bytes()
    with open_inventory(old, now=LATER) as inventory:
        (copy,) = [one for one in old.parent.glob("*.camcensus") if one != old]
        assert inventory.cleaned is not None
        assert copy.name in inventory.cleaned
        assert f"in {REPLIES} replies" in inventory.cleaned
        assert inventory.changes()[0].say in inventory.cleaned
        assert inventory.setting(cleaning.CLEANED) is None
        seen = inventory.observations("d1")
        assert len(seen) == REPLIES
        assert {one.reading.first("http.title") for one in seen if one.probe == "http"} == {"Gate", "nothing"}
        assert any(one.raw.endswith(b"nothing") for one in seen)
        answer = inventory.verdict_of(inventory.answers()["d1"])
        assert answer.description.name == "Authorization: Basic " + "*" * len(PAIR)
        assert answer.attribution.reason == "Made by Dahua – likely."
        (cut_off,) = inventory.unfinished()
        assert PAIR.encode() not in cut_off.observations[0].raw
    assert found_in(old) == []
    assert set(found_in(copy)) >= {PAIR}
    assert len(before) > 0
    with open_inventory(old, now=LATER) as inventory:
        assert inventory.cleaned is None
    with contextlib.closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_file_that_is_only_read_is_shown_clean_and_left_as_it_is(old: Path) -> None:
    before = old.read_bytes(), sorted(old.parent.iterdir())
    with open_inventory(old, now=LATER, readonly=True) as inventory:
        assert not [one for one in inventory.observations() if PAIR.encode() in one.raw]
    assert (old.read_bytes(), sorted(old.parent.iterdir())) == before


def test_a_file_without_echoes_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.camcensus"
    create_inventory(path, body(), now=NOW).close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0010_echoes'")
        connection.commit()
    with open_inventory(path, now=LATER) as inventory:
        assert inventory.cleaned is None
        assert inventory.changes() == ()


def test_a_failure_half_way_leaves_the_file_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()
    monkeypatch.setattr(cleaning, "_clean_texts", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        open_inventory(old, now=LATER)
    assert old.read_bytes() == before


def test_a_damaged_text_is_one_sentence(old: Path) -> None:
    with contextlib.closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE seen SET observation = '{'")
        connection.commit()
    with pytest.raises(DamagedFileError):
        open_inventory(old, now=LATER)


def test_the_command_line_says_it(old: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from attribution.small_knowledge import small_knowledge

    with keeping.open_to_keep(old, small_knowledge()):
        pass
    assert "devices had sent it back" in capsys.readouterr().err


def test_migrations_have_run(old: Path) -> None:
    open_inventory(old, now=LATER).close()
    with connecting.reading(old) as db:
        assert "m0010_echoes" in {name for (name,) in db.execute("SELECT name FROM _sqlite_migrations")}
    assert base64.b64decode(PAIR)
