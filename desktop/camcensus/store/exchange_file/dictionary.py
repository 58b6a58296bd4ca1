"""What each table and column of an exchange file means, with its words and a query: written into every such file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

DATE = "UTC, ISO 8601, ending in Z"
YES = "0 no, 1 yes"


@dataclass(frozen=True, slots=True)
class Described:
    """A table: what a row of it is, a query to begin with, and its columns with their meaning and their words."""

    row: str
    query: str
    columns: Mapping[str, str | tuple[str, str]]


DICTIONARY: Mapping[str, Described] = {
    "about": Described(
        "A line for a person who opens this file.",
        "SELECT heading, text FROM about ORDER BY number",
        {"number": "Its place.", "heading": "What it is about.", "text": "The line."},
    ),
    "data_dictionary": Described(
        "What a table (column_name is empty) or a column of it means.",
        "SELECT * FROM data_dictionary WHERE table_name = 'asset'",
        {
            "table_name": "The table.", "column_name": "The column; empty for the table itself.", "meaning": "What it holds.",
            "words": "The words it may hold, or the form.", "sample_query": "A query to begin with; for tables only.",
        },
    ),
    "export": Described(
        "This copy; one row.",
        "SELECT made_at, as_at, method, left_out FROM export",
        {
            "id": "Made for this copy.",
            "inventory_id": "Of the working file it was made from: a newer copy with the same one takes its place.",
            "body": "body.id",
            "schema_version": "Of these tables.",
            "made_at": ("When it was made.", DATE),
            "made_by": "Who made it, as a role unless staff names were asked for.",
            "made_with": "Version of Camcensus.",
            "audience": ("Whom it was made for.", "auditor"),
            "with_staff": ("Whether staff names are in it.", YES),
            "left_out": "What of the record is not in this file: a JSON list of sentences.",
            "knowledge_version": "Version of the knowledge of makers that all answers were judged with.",
            "as_at": ("The newest moment at which anything of the record was seen, read or edited.", DATE),
            "searched_at": ("When the newest search of a network ended; empty where none was made.", DATE),
            "method": ("How the rows that are here came into the record, joined by +.", "search, walk, import"),
            "simulation": ("Whether anything in it is a simulation: then it is not to be counted.", YES),
            "tables": "Rows and SHA-256 of each other table: a JSON object. How it is worked out is in the help of Camcensus.",
            "public_key": "Key to check the signature with, in minisign's form; empty where it is not signed.",
            "signature": "Signature of this row (without the last two columns) in minisign's form.",
        },
    ),
    "body": Described(
        "The organisation; one row.",
        "SELECT name, type, coalesce(urn, ods, gss, company_no) FROM body",
        {
            "id": "Made once.",
            "name": "Its name, as typed.",
            "type": ("Its kind.", "school, college, university, nhs, council, police, government, shop, other"),
            "urn": "Unique Reference Number of a school.",
            "ods": "Code of an NHS organisation.",
            "gss": "Code of a council.",
            "company_no": "Number at Companies House.",
            "expected_cameras": "How many cameras staff expect to have.",
            "expected_basis": ("Whether somebody counted them.", "counted, estimate"),
            "year_starts": ("Month its financial year starts in.", "1 to 12"),
            "building_kind": "Kind of its buildings, where its own kind tells that.",
        },
    ),
    "place": Described(
        "A site, building, floor or room, as staff name it.",
        "SELECT place.path, count(*) FROM asset JOIN place ON place.id = asset.place WHERE counts_as = 'camera' GROUP BY 1",
        {
            "id": "Made once.", "parent": "The place that it is in.", "kind": ("What it is.", "site, building, floor, room"),
            "name": "Its name.", "path": "Names from the site down.",
            "sensitive": ("Whether staff marked it as sensitive.", YES),
            "in_sensitive": ("Whether it or a place that it is in is so marked.", YES),
            "building_kind": "As of the body; empty where not known.",
        },
    ),
    "contact_role": Described(
        "A company that sold or maintains devices.",
        "SELECT name, role FROM contact_role",
        {
            "id": "Made once.", "name": "The company.", "role": ("What it does.", "seller, maintainer"),
            "contract_end": ("When its contract ends.", "ISO date"),
        },
    ),
    "device": Described(
        "A device that answered or that somebody read, also one that is no camera.",
        "SELECT kind, count(*) FROM device GROUP BY kind",
        {
            "id": "Made once.",
            "kind": ("What its answers say it is.", "camera, recorder, encoder, intercom, software, other, unknown"),
            "kind_reason": "Why.",
            "what": "What it is where kind does not say.",
            "network": "Network it was seen on, by the searching computer's card.",
            "mac": "MAC address.",
            "addresses": "Network addresses: a JSON list.",
            "claimed_manufacturer": "Maker by its own word.",
            "claimed_model": "Model by its own word.",
            "model": "Model.",
            "serial": "Serial number.",
            "firmware": "Version of its firmware.",
            "firmware_date": "When that was built.",
            "channels_analogue": "Analogue channels that a recorder reports.",
            "channels_digital": "Network channels that a recorder reports.",
            "activated": ("Whether it was set up; empty where not known.", YES),
            "cloud_state": ("Its link to its maker's cloud.", "able, on, off, unknown"),
            "cloud_seen": "What it said of that.",
            "probes_answered": "Which questions it answered: a JSON list.",
            "seen_by": ("How it is known.", "search, walk, import"),
            "first_seen": ("First answer or reading.", DATE),
            "last_seen": ("Last answer or reading.", DATE),
        },
    ),
    "device_key": Described(
        "A thing by which a device can be recognised.",
        "SELECT value FROM device_key WHERE kind = 'mac' AND trust = 'strong'",
        {
            "device": "device.id", "kind": ("What it is.", "mac, uuid, serial, addr"), "value": "Its value.",
            "trust": ("Whether it tells one device from all others.", "strong, weak"), "rank": "0 is the best of the device.",
            "first_seen": ("First seen.", DATE), "last_seen": ("Last seen.", DATE),
        },
    ),
    "asset": Described(
        "A row of the register: what is counted.",
        "SELECT counts_as, count(*) FROM asset GROUP BY counts_as",
        {
            "id": "Made once.",
            "ref": "What staff call it.",
            "kind": ("What it is.", "camera, recorder, encoder, intercom, software, other, unknown"),
            "kind_said_by": ("Whose word that is.", "answers, person"),
            "status": ("Whether it is here.", "present, not-seen (in the last search), removed"),
            "counts_as": ("What it counts as.", "camera, recorder, encoder, intercom, may-be-camera, software, other, gone"),
            "device": "device.id; empty where nothing answered and nobody read a label.",
            "place": "place.id",
            "in_sensitive": ("Whether it is at a sensitive place.", YES),
            "building_kind": "Kind of building.",
            "inside_outside": ("Where it is.", "inside, outside"),
            "camera_type": ("Type.", "fixed, dome, turret, bullet, ptz, panoramic, thermal, body-worn, other"),
            "purpose": "What it is for, as staff say.",
            "ownership": ("Whose it is.", "ours, not-ours"),
            "dpia_ref": "Reference of its data protection impact assessment.",
            "retention_days": "How many days footage is kept.",
            "seller": "contact_role.id",
            "maintainer": "contact_role.id",
            "connected_to": "asset.id of its recorder or switch.",
            "channel": "Its channel there.",
            "unconfirmed": ("Whether it is a channel that nobody has seen.", YES),
            "installed_on": ("When it was put in.", "year, year-month or ISO date"),
            "installed_basis": "How that is known.",
            "installed_year": "The year of that.",
            "installed_financial_year": "The financial year of that, '2026-27'; a year alone where the month is not known.",
            "cost_pence": "What it cost, in pence.",
            "last_picture_check": ("When a person last looked at its picture.", "ISO date"),
            "method": ("How this row came into the record.", "search, walk, import"),
            "first_seen": ("First answer or reading.", DATE),
            "last_seen": ("Last answer or reading.", DATE),
        },
    ),
    "observation": Described(
        "A reply that the answer for a device is drawn from: what was read in it, not its bytes.",
        "SELECT probe, at, fields FROM observation ORDER BY at LIMIT 20",
        {
            "id": "Depends on all that was seen.",
            "device": "device.id",
            "scan": "scan.id",
            "probe": "Which question it answers.",
            "ask": "The request line, where there is one.",
            "network": "Network it was seen on.",
            "address": "Address that answered.",
            "port": "Port that answered.",
            "mac": "MAC address by the neighbour table.",
            "at": ("When.", DATE),
            "cut": ("Whether the reply was longer than is kept.", YES),
            "state": ("Whether it could be read.", "read, unread, broken"),
            "fields": "What was read: a JSON object, field name to a list of values.",
            "codec": "What read it, with its version.",
        },
    ),
    "attribution": Described(
        "Who made a device, and how sure that is.",
        "SELECT manufacturer_name, grade, count(*) FROM asset JOIN attribution USING (device) WHERE counts_as = 'camera' "
        "GROUP BY 1, 2",
        {
            "device": "device.id",
            "grade": ("How sure.", "confirmed, almost-certain, likely, possible, conflicting, unknown"),
            "manufacturer": "Id of the maker; empty where it is not known, signs disagree, or only weak signs speak for one.",
            "manufacturer_name": "Its name.",
            "candidates": "Makers that signs speak for, best first: a JSON list of ids.",
            "brand": "Name on the box.",
            "reason": "Why, in a sentence.",
            "knowledge_version": "Version of the knowledge it was judged with.",
            "judged_at": ("When that answer was given.", DATE),
        },
    ),
    "evidence": Described(
        "A sign: something in a reply that speaks for a maker, a brand, a kind or a model.",
        "SELECT seen, why, strength, supports FROM evidence WHERE device = (SELECT device FROM evidence LIMIT 1)",
        {
            "device": "device.id",
            "number": "Signs for come first, then against, then others.",
            "fingerprint": "Which pattern matched.",
            "probe": "Which question was answered.",
            "ask": "The request line.",
            "observation": "observation.id of the reply.",
            "family": ("What the device does, or says.", "does, says"),
            "sign_group": "Signs of one group count once.",
            "role": ("What it speaks of.", "manufacturer, brand, kind, component, model"),
            "subject": "Id of the maker or brand that it speaks for.",
            "strength": ("How strong.", "conclusive, strong, weak"),
            "supports": ("Whether it speaks for the answer given.", YES),
            "verified": ("Whether we have seen its source.", YES),
            "exclusive": ("Whether a block of MAC addresses is used by one maker only.", YES),
            "seen": "The text that matched, as sent.",
            "why": "What it means.",
            "source": "source.id of who says so.",
            "at": "When it was seen.",
        },
    ),
    "finding": Described(
        "What is on record about the maker or the model of a device.",
        "SELECT subject, count(DISTINCT asset.id) FROM finding JOIN attribution USING (device) JOIN asset USING (device) "
        "WHERE finding.kind = 'listing' AND state = 'listed' AND counts_as = 'camera' "
        "AND grade IN ('confirmed', 'almost-certain') GROUP BY subject",
        {
            "device": "device.id",
            "number": "Its place.",
            "kind": ("What kind.", "listing, seat, advisory, capability"),
            "subject": "Id of the list, of the statement that names no company, of the published flaw, or the capability.",
            "state": (
                "How it applies.",
                "listed, may-be-listed (listing); based, may-be-based (seat); yes, maybe (advisory); able, on, off, unknown",
            ),
            "manufacturer": "For a listing: the maker that the list names; for a seat: the maker that is based there.",
            "path": "For a listing: from the device's maker through its owners to the one that is listed. A JSON list.",
            "country": "For a seat: where the maker is based. That the statement means it is our reading; it is no listing.",
            "product_type": "For a flaw: the kind of product it is in; empty where that is not known.",
            "fixed_in": "For a flaw: what mends it; empty where no record says.",
            "known_exploited": ("For a flaw: whether attacks are known.", YES),
            "said_by": ("For a capability: whose word it is.", "device, maker"),
            "seen": "For a capability: the name by which it was told.",
            "why": "For a flaw: why it applies.",
            "source": "source.id",
        },
    ),
    "list_used": Described(
        "A list or a public statement, and whether the organisation goes by it.",
        "SELECT title, addressed_to, is_on FROM list_used",
        {
            "id": "The list.", "version": "Version of the knowledge that it is in.", "title": "Its title.",
            "said_by": "Who said it.", "addressed_to": "To whom it is addressed.",
            "not_addressed_to": "To whom it is not addressed.", "date": "When it was said.",
            "names_makers": ("Whether it names makers; else it is read as makers based in China, which is our reading.", YES),
            "is_on": ("Whether the organisation goes by it.", YES),
            "chosen": ("Whether somebody chose that; else it is as by default.", YES), "by": "Who chose.",
            "why": "Why.", "at": ("When.", DATE), "source": "source.id",
        },
    ),
    "own_listing": Described(
        "A maker on the organisation's own list.",
        "SELECT manufacturer_name, why FROM own_listing",
        {
            "manufacturer": "Id of the maker.", "manufacturer_name": "Its name.", "by": "Who put it there.", "why": "Why.",
            "at": ("When.", DATE),
        },
    ),
    "source": Described(
        "A published text that signs, findings and lists rest on.",
        "SELECT title, publisher, url, date FROM source",
        {
            "id": "Its id.", "title": "Its title.", "publisher": "Who published it.", "url": "Where.", "date": "Its own date.",
            "retrieved": "When we saw it; empty where others cite it and we have not.",
        },
    ),
    "decision": Described(
        "What a person decided for a row; the newest.",
        "SELECT what, year, count(*) FROM decision GROUP BY 1, 2",
        {
            "asset": "asset.id", "what": ("What.", "keep, keep-review, separate, replace, remove"), "by": "Who.",
            "at": ("When.", DATE), "why": "Why.", "review_on": ("When to look again.", "ISO date"),
            "year": "Financial year it is to be done in.",
        },
    ),
    "place_progress": Described(
        "How far a site or a sensitive place is with devices of listed makers, by the lists that are on.",
        "SELECT place.path, progress, on_date FROM place_progress JOIN place ON place.id = place",
        {
            "place": "place.id; a place of which it cannot be told has no row.",
            "progress": ("How far.", "never-had, has, disconnected, planned, replaced"),
            "on_date": ("As at.", "ISO date"),
            "basis": ("Whether staff said so, or it was worked out from the register.", "staff, computed"),
            "listed_now": "Rows there that are by a listed maker.",
            "listed_gone": "Rows by a listed maker that are marked as removed.",
            "not_known": "Cameras and recorders there whose maker is not known.",
        },
    ),
    "channel": Described(
        "A channel of a recorder.",
        "SELECT count(*) FROM channel WHERE asset IS NULL",
        {
            "recorder": "asset.id of the recorder.", "entry": "Its place.", "number": "Number of the channel.",
            "wiring": ("How the camera hangs on it.", "analogue, network, not-known"),
            "asset": "asset.id of its camera; empty where the register has none: then it is not counted.",
            "reported": ("Whether the recorder reports it.", YES), "confirmed": ("Whether a person or a search saw it.", YES),
            "reported_manufacturer": "Maker by the recorder's word.", "reported_model": "Model by the recorder's word.",
        },
    ),
    "scan": Described(
        "A search of a network.",
        "SELECT number, started_at, ended_at, stopped_early FROM scan ORDER BY number",
        {
            "id": "Made once.", "number": "First is 1.", "started_at": ("Begin.", DATE), "ended_at": ("End.", DATE),
            "stopped_early": ("Whether it was stopped.", YES), "knowledge_version": "Version of the knowledge used.",
            "interfaces": "Network cards searched on: a JSON list.", "ranges": "Ranges named: a JSON list.",
            "passive": ("Whether it only listened.", YES), "pace": ("Pace.", "gentle, normal, fast"),
            "not_covered": "What it did not cover: a JSON list.", "allowed_by": "Who allowed it.",
            "simulation": ("Whether it was a simulation.", YES),
        },
    ),
    "coverage": Described(
        "What one kind of question did on one network in a search.",
        "SELECT probe, network, sent, received, state, reason FROM coverage",
        {
            "scan": "scan.id", "probe": "Which question.", "network": "Where.", "sent": "Sent.", "received": "Received.",
            "state": ("How it went.", "done, partial, blocked, skipped"), "reason": "Why not whole.",
        },
    ),
    "plan_total": Described(
        "The replacement plan of one financial year.",
        "SELECT year, items, total_ex_vat_pence / 100 FROM plan_total",
        {
            "year": "Financial year, or 'not dated'.", "items": "How many items.",
            "unpriced": "Of these, how many nobody has priced: they are left out of the money.",
            "total_ex_vat_pence": "In pence, without VAT, contingency included.",
        },
    ),
}  # fmt: skip


def dictionary_rows() -> Iterator[tuple[str, str, str, str, str]]:
    """The rows of `data_dictionary`, by table and column."""
    for table, described in sorted(DICTIONARY.items()):
        yield table, "", described.row, "", described.query
        for column, said in sorted(described.columns.items()):
            meaning, words = (said, "") if isinstance(said, str) else said
            yield table, column, meaning, words, ""
