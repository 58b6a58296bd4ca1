"""What is read of an exchange file to show it: its lines for people, its register, what is on record about each device."""

from __future__ import annotations

import sqlite3

from camcensus.store.named_rows import read


def read_about(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Heading and text of its lines for people, 50 at most."""
    return connection.execute("SELECT heading, text FROM about LIMIT 50").fetchall()


def read_body_name(connection: sqlite3.Connection) -> str:
    """The organisation's name."""
    return str(connection.execute("SELECT name FROM body").fetchone()[0])


def read_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many entries of the register count as each word."""
    return dict(connection.execute("SELECT counts_as, count(*) FROM asset GROUP BY 1").fetchall())


def read_listed(connection: sqlite3.Connection) -> tuple[dict[str, list[str]], set[str]]:
    """By the lists that are on: the ids of those that name a device's maker, and the devices whose maker is based in China."""
    listed, based = dict[str, list[str]](), set[str]()
    for device, name, kind in connection.execute(
        "SELECT DISTINCT device, subject, finding.kind FROM finding JOIN list_used ON list_used.id = subject AND is_on"
        " WHERE (finding.kind, state) IN (('listing', 'listed'), ('seat', 'based')) ORDER BY 1, 2"
    ):
        if kind == "seat":
            based.add(device)
        else:
            listed.setdefault(device, []).append(name)
    return listed, based


def read_rows(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """The register by ref: ref, counts_as, place, maker, grade, brand, model, device, decision."""
    return read(
        connection,
        "SELECT ref, counts_as, place.path AS place, manufacturer_name AS maker, coalesce(grade, 'unknown') AS grade, brand,"
        " device.model AS model, asset.device AS device, decision.what AS decision FROM asset"
        " LEFT JOIN place ON place.id = asset.place LEFT JOIN device ON device.id = asset.device"
        " LEFT JOIN attribution ON attribution.device = asset.device LEFT JOIN decision ON decision.asset = asset.id"
        " ORDER BY substr(ref, 1, 3), length(ref), ref",
    ).fetchall()
