"""What organisations answered, in a roll-up file: sheets and their claims written, given to organisations, taken out again."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence

from camcensus.assessment.listings import ownership_path
from camcensus.model.claims import Claim
from camcensus.model.knowledge import Knowledge
from camcensus.model.official_ids import OFFICIAL_IDS
from camcensus.model.words import clean
from camcensus.store.named_rows import insert, insert_columns, read
from camcensus.store.rollup.whose import BodyExports, ClaimantKey, give_claims, plain_name

NAME_LIMIT_CHARACTERS = 300
WHOLE = "other:the whole request"
HELD_ROWS = "Nobody could say whose these answers are; the problems name each row."
_COLUMNS = (
    "sheet", "row", "why", "body_name", "body_type", *OFFICIAL_IDS, "question", "asks", "heading", "state", "section",
    "asked_on", "answered_on", "low", "high", "yes", "words", "document", "typed_by", "newest",
)  # fmt: skip

_NEWEST_FIRST = (
    "claim.state = 'replied', coalesce(answered_on, '') DESC, sheet.given_at DESC, sheet.sha256 DESC, row DESC, asks DESC"
)
_SAYS_NOTHING = "({0}.question = 'other' AND {0}.state = 'answered')"
"""Of a claim: its column asks something that is not counted."""
_SAID = (
    "CASE WHEN claim.low IS NOT NULL THEN claim.low || '-' || coalesce(claim.high, '')"
    " WHEN claim.question = 'other' THEN claim.state || ' ' || coalesce(claim.words, '') ELSE claim.state END"
)


def sheet_uuid(sha256: str) -> str:
    """The number by which a sheet is taken out and put back: the same for the same file."""
    return f"answers-{sha256[:32]}"


def write_sheet(
    connection: sqlite3.Connection, claims: Sequence[Claim], knowledge: Knowledge, *, sha256: str, name: str, given_at: str
) -> None:
    """Write a sheet and its claims, in the open transaction."""
    rows = len({claim.row for claim in claims})
    sheet = insert(
        connection, "sheet", {"uuid": sheet_uuid(sha256), "sha256": sha256, "name": name, "given_at": given_at, "rows": rows}
    )
    first = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM claim").fetchone()[0])
    insert_columns(
        connection, "claim", ("id", *_COLUMNS), (_row(number, sheet, claim) for number, claim in enumerate(claims, first))
    )
    makers = [(number, maker) for number, claim in enumerate(claims, first) for maker in claim.asked.makers]
    insert_columns(connection, "claim_maker", ("claim", "maker"), makers)
    for maker in {maker for _, maker in makers}:
        called = knowledge.name_of(maker).removeprefix("name:")
        connection.execute("INSERT OR IGNORE INTO maker VALUES (?, ?)", [maker, called])


def _row(number: int, sheet: int, claim: Claim) -> tuple[object, ...]:
    who, asked, figure = claim.claimant, claim.asked, claim.figure
    return (
        number, sheet, claim.row, "", who.name[:NAME_LIMIT_CHARACTERS], who.type, *(who.ids.get(kind) for kind in OFFICIAL_IDS),
        asked.question, asked.asks, asked.heading, claim.state, claim.section, claim.asked_on, claim.answered_on,
        *((None, None, None) if figure is None else (figure.low, figure.high, figure.yes)),
        claim.words, claim.document, claim.typed_by, 0,
    )  # fmt: skip


def remove_sheet(connection: sqlite3.Connection, uuid: str) -> str | None:
    """Remove a sheet with all that came with it, in the open transaction; gives its name, None where it is not in."""
    row = connection.execute("SELECT id, name FROM sheet WHERE uuid = ?", [uuid]).fetchone()
    if row is None:
        return None
    connection.execute("DELETE FROM claim_maker WHERE claim IN (SELECT id FROM claim WHERE sheet = ?)", [row[0]])
    connection.execute("DELETE FROM claim WHERE sheet = ?", [row[0]])
    connection.execute("DELETE FROM sheet WHERE id = ?", [row[0]])
    return str(row[1])


def read_claimants(connection: sqlite3.Connection) -> dict[ClaimantKey, list[tuple[object, ...]]]:
    """What rows say of their organisations, each with the columns that claims of it have."""
    found: dict[ClaimantKey, list[tuple[object, ...]]] = defaultdict(list)
    columns = f"body_name, {', '.join(OFFICIAL_IDS)}"
    for name, *ids in connection.execute(f"SELECT DISTINCT {columns} FROM claim ORDER BY {columns}"):
        given = tuple((kind, value) for kind, value in zip(OFFICIAL_IDS, ids, strict=True) if value is not None)
        found[ClaimantKey(plain_name(clean(name, 200)), given)].append((name, *ids))
    return found


def claimants_of(
    connection: sqlite3.Connection, bodies: list[BodyExports], *, listed: bool
) -> dict[ClaimantKey, BodyExports | str]:
    """Whose each claim is; organisations that only claims name are added to `bodies`."""
    names = {
        body: frozenset({plain_name(body.listed.name)} if body.listed is not None else set[str]()).union(
            *(one.names for one in body.exports)
        )
        for body in bodies
    }
    return give_claims(read_claimants(connection), bodies, names, listed=listed)


def write_claimants(
    connection: sqlite3.Connection, given: Mapping[ClaimantKey, BodyExports | str], numbers: Mapping[BodyExports, int]
) -> None:
    """Give every claim to its organisation, or say why it is held; of two answers to one question the newer counts.

    One that is not read counts only where none is. Of two on one day, or with no date, the one that was given later does.
    """
    told = {row: key for key, same in read_claimants(connection).items() for row in same}
    changed = []
    for number, body, why, *row in connection.execute(
        f"SELECT id, body, why, body_name, {', '.join(OFFICIAL_IDS)} FROM claim"
    ).fetchall():
        whose = given[told[tuple(row)]]
        wanted = (numbers[whose], "") if isinstance(whose, BodyExports) else (None, whose)
        if wanted != (body, why):
            changed.append((*wanted, number))
    connection.executemany("UPDATE claim SET body = ?, why = ? WHERE id = ?", changed)
    connection.execute(
        "UPDATE claim SET newest = 1 - newest WHERE newest <> (id IN (SELECT id FROM (SELECT claim.id AS id, row_number()"
        f" OVER (PARTITION BY body, asks ORDER BY {_NEWEST_FIRST})"
        " AS place FROM claim JOIN sheet ON sheet.id = claim.sheet WHERE body IS NOT NULL) WHERE place = 1))"
    )
    # An organisation without a file, that is not on a list, is called as the newest of its claims does.
    newest = (
        "FROM claim JOIN sheet ON sheet.id = claim.sheet WHERE claim.body = body.id {} ORDER BY newest DESC, "
        f"{_NEWEST_FIRST} LIMIT 1"
    )
    connection.execute(
        f"UPDATE body SET name = coalesce((SELECT body_name {newest.format("AND body_name <> ''")}), code),"
        f" type = coalesce((SELECT body_type {newest.format('AND body_type IS NOT NULL')}), 'other')"
        " WHERE asked = 0 AND id NOT IN (SELECT body FROM export) AND id IN (SELECT body FROM claim)"
    )
    _write_files(connection)


def _write_files(connection: sqlite3.Connection) -> None:
    """What became of each sheet: held only where nobody can say whose any of its answers is."""
    rows = connection.execute(
        "SELECT uuid, max(claim.body IS NOT NULL) FROM sheet LEFT JOIN claim ON claim.sheet = sheet.id GROUP BY sheet.id"
    ).fetchall()
    for uuid, has_body in rows:
        state, why, reason = ("accepted", "", None) if has_body else ("held", "body-unknown", HELD_ROWS)
        connection.execute(
            "UPDATE file SET state = ?, why = ?, reason = ? WHERE export_id = ? AND why IN ('', 'body-unknown')",
            [state, why, reason, uuid],
        )


def relist_makers(connection: sqlite3.Connection, knowledge: Knowledge) -> None:
    """Which makers each list names by this knowledge, themselves (`is_named`) or by a company that owns them."""
    connection.execute("DELETE FROM list_maker")
    rows = []
    for maker in knowledge.manufacturers:
        path = ownership_path(maker, knowledge)
        for one in knowledge.lists.values():
            named = one.naming(path) if one.names_makers else ()
            if named:
                rows.append((one.id, maker, int(any(name.manufacturer == maker for name in named))))
    insert_columns(connection, "list_maker", ("list", "maker", "is_named"), rows)
    made = {maker: knowledge.name_of(maker) for _, maker, is_named in rows if is_named}
    connection.executemany("INSERT OR IGNORE INTO maker VALUES (?, ?)", made.items())


def held_claims(connection: sqlite3.Connection, most: int) -> list[tuple[str, int, str, str, str]]:
    """Rows that nobody can give to an organisation: sheet, row, name, why, and the number of the sheet."""
    return connection.execute(
        "SELECT DISTINCT sheet.name, claim.row, claim.body_name, claim.why, sheet.uuid FROM claim"
        f" JOIN sheet ON sheet.id = claim.sheet WHERE claim.body IS NULL ORDER BY sheet.name, claim.row LIMIT {most}"
    ).fetchall()


def read_unread(connection: sqlite3.Connection) -> tuple[list[sqlite3.Row], list[str], dict[str, str]]:
    """Replies in words that nobody has read, where none counts that was; the questions asked; makers' names.

    What such an organisation said under other headings stands beside it.

    A reply as a whole is left out where the organisation has answers, or where it refused.
    Words in columns that ask something else are there too where an organisation said nothing besides.
    """
    unread = (
        f"newest = 1 AND state = 'replied' AND NOT EXISTS (SELECT 1 FROM claim AS whole WHERE whole.body ="
        f" claim.body AND whole.newest = 1 AND (whole.asks = '{WHOLE}' AND whole.state <> 'replied' OR claim.asks = '{WHOLE}'"
        " AND whole.low IS NOT NULL))"
    )
    rows = read(
        connection,
        "SELECT body.code AS code, body.name AS name, body.urn AS urn, body.ods AS ods, body.gss AS gss,"
        " body.company_no AS company_no, claim.asks AS asks, claim.heading AS heading, claim.words AS words,"
        " claim.answered_on AS answered_on, claim.state AS state FROM claim JOIN body ON body.id = claim.body"
        f" WHERE claim.id IN (SELECT id FROM claim WHERE {unread}) OR claim.newest = 1 AND claim.asks LIKE 'other:%'"
        f" AND claim.asks <> '{WHOLE}' AND claim.words IS NOT NULL AND claim.body IN (SELECT body FROM claim WHERE {unread})"
        f" OR claim.newest = 1 AND {_SAYS_NOTHING.format('claim')} AND NOT EXISTS (SELECT 1 FROM claim AS told"
        f" WHERE told.body = claim.body AND told.newest = 1 AND NOT {_SAYS_NOTHING.format('told')})"
        " ORDER BY body.name, body.code, claim.id",
    ).fetchall()
    asked = [asks for (asks,) in connection.execute("SELECT DISTINCT asks FROM claim ORDER BY asks")]
    return rows, asked, dict(connection.execute("SELECT id, name FROM maker"))


def contradicting_claims(connection: sqlite3.Connection) -> list[tuple[str, str, str, int, str | None, int, str]]:
    """Answers of one organisation, on one day or with no date, to one question, that differ.

    Code, name, question, how many ways, the day, and the row and the sheet of the one that counts.
    """
    return connection.execute(
        f"SELECT body.code, body.name, best.heading, count(DISTINCT {_SAID}), best.answered_on, best.row, sheet.name"
        " FROM claim"
        " JOIN body ON body.id = claim.body"
        " JOIN claim AS best ON best.body = claim.body AND best.asks = claim.asks AND best.newest = 1"
        " JOIN sheet ON sheet.id = best.sheet WHERE coalesce(claim.answered_on, '') = coalesce(best.answered_on, '')"
        " AND claim.state <> 'replied'"
        f" GROUP BY best.id HAVING count(DISTINCT {_SAID}) > 1 ORDER BY body.name, body.code, best.asks"
    ).fetchall()


def read_answers(connection: sqlite3.Connection, answers: str) -> list[sqlite3.Row]:
    """The table of answers (`answers` is its SQL), each with what was said in words, who typed it, its sheet and row."""
    return read(
        connection,
        f"SELECT beside.*, claim.words, claim.typed_by, claim.row, sheet.name AS sheet FROM ({answers}) AS beside"
        " JOIN body ON body.code = beside.code JOIN claim ON claim.body = body.id AND claim.asks = beside.question_id"
        " AND claim.newest = 1 JOIN sheet ON sheet.id = claim.sheet",
    ).fetchall()


def has_claims(connection: sqlite3.Connection) -> bool:
    """Whether any answer was given to an organisation."""
    return connection.execute("SELECT 1 FROM claim WHERE body IS NOT NULL LIMIT 1").fetchone() is not None


def count_held_rows(connection: sqlite3.Connection, uuid: str | None) -> int:
    """How many rows of a sheet nobody can give to an organisation."""
    row = connection.execute(
        "SELECT count(DISTINCT claim.row) FROM claim JOIN sheet ON sheet.id = claim.sheet WHERE uuid = ? AND body IS NULL",
        [uuid],
    ).fetchone()
    return int(row[0])
