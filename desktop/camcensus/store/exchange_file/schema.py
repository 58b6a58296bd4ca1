"""An exchange file's tables: what an organisation gives to its auditor, declared once in SQL that says what each column means.

Only texts and whole numbers, no view, trigger, index of ours or computed column: a reader may refuse a file that has any. What
each column means is written into every file, in its `data_dictionary`.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from camcensus.model import frozen
from camcensus.model.tags import PLAIN
from camcensus.store.schema import EXCHANGE_ID

# The tables of an exchange file and what each of their columns means.
#
# What a row is, a query to begin with, the meaning of a column, and in brackets its words or its form where the SQL does not
# say them, stand as comments: `read_tables` reads them. Plain fields of the register are columns by themselves.

_WHOLE = "INTEGER CHECK ({0} >= 0), -- {1}, as staff say."
_FORMS = {
    "part-date": "TEXT CHECK ({0} LIKE '____' OR {0} LIKE '____-__' OR {0} LIKE '____-__-__'),"
    " -- {1}, as staff say. [year, year-month or ISO date]",
    "date": "TEXT CHECK ({0} LIKE '____-__-__'), -- {1}, as staff say.",
    "days": _WHOLE,
    "number": _WHOLE,
    "money": _WHOLE,
}

COMMENTED_SCHEMA = """
CREATE TABLE about ( -- A line for a person who opens this file.
    -- SELECT heading, text FROM about ORDER BY number
  number INTEGER PRIMARY KEY, -- Its place.
  heading TEXT NOT NULL, -- What it is about.
  text TEXT NOT NULL -- The line.
) STRICT, WITHOUT ROWID;
CREATE TABLE data_dictionary ( -- What a table (column_name is empty) or a column of it means.
    -- SELECT * FROM data_dictionary WHERE table_name = 'asset'
  table_name TEXT NOT NULL, -- The table.
  column_name TEXT NOT NULL, -- The column; empty for the table itself.
  meaning TEXT NOT NULL, -- What it holds.
  words TEXT NOT NULL, -- The words it may hold, or the form.
  sample_query TEXT NOT NULL, -- A query to begin with; for tables only.
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;
CREATE TABLE export ( -- This copy; one row.
    -- SELECT made_at, as_at, method, left_out FROM export
  id TEXT PRIMARY KEY, -- Made for this copy.
  inventory_id TEXT NOT NULL, -- Of the working file it was made from: a newer copy with the same one takes its place.
  body TEXT NOT NULL REFERENCES body(id), -- body.id
  schema_version INTEGER NOT NULL, -- Of these tables.
  made_at TEXT NOT NULL CHECK (made_at LIKE '____-__-__T%Z'), -- When it was made.
  made_by TEXT NOT NULL, -- Who made it, as a role unless staff names were asked for.
  made_with TEXT NOT NULL, -- Version of Camcensus.
  audience TEXT NOT NULL CHECK (audience = 'auditor'), -- Whom it was made for.
  with_staff INTEGER NOT NULL CHECK (with_staff IN (0, 1)), -- Whether staff names are in it.
  left_out TEXT NOT NULL CHECK (json_valid(left_out)), -- What of the record is not in this file: a JSON list of sentences.
  knowledge_version TEXT NOT NULL, -- Version of the knowledge of makers that all answers were judged with.
  as_at TEXT NOT NULL CHECK (as_at LIKE '____-__-__T%Z'),
    -- The newest moment at which anything of the record was seen, read or edited.
  searched_at TEXT CHECK (searched_at LIKE '____-__-__T%Z'),
    -- When the newest search of a network ended; empty where none was made.
  method TEXT NOT NULL, -- How the rows that are here came into the record, joined by +. [search, walk, import]
  simulation INTEGER NOT NULL CHECK (simulation IN (0, 1)),
    -- Whether anything in it is a simulation: then it is not to be counted.
  tables TEXT NOT NULL CHECK (json_valid(tables)),
    -- Rows and SHA-256 of each other table: a JSON object. How it is worked out is in the help of Camcensus.
  public_key TEXT, -- Key to check the signature with, in minisign's form; empty where it is not signed.
  signature TEXT, -- Signature of this row (without the last two columns) in minisign's form.
  CHECK ((public_key IS NULL) = (signature IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE body ( -- The organisation; one row.
    -- SELECT name, type, coalesce(urn, ods, gss, company_no) FROM body
  id TEXT PRIMARY KEY, -- Made once.
  name TEXT NOT NULL, -- Its name, as typed.
  type TEXT NOT NULL, -- Its kind. [school, college, university, nhs, council, police, government, shop, other]
  urn TEXT, -- Unique Reference Number of a school.
  ods TEXT, -- Code of an NHS organisation.
  gss TEXT, -- Code of a council.
  company_no TEXT, -- Number at Companies House.
  expected_cameras INTEGER CHECK (expected_cameras >= 0), -- How many cameras staff expect to have.
  expected_basis TEXT CHECK (expected_basis IN ('counted', 'estimate')), -- Whether somebody counted them.
  year_starts INTEGER NOT NULL CHECK (year_starts BETWEEN 1 AND 12), -- Month its financial year starts in. [1 to 12]
  building_kind TEXT, -- Kind of its buildings, where its own kind tells that.
  dpia TEXT CHECK (dpia IN ('all', 'some', 'none')), -- Whether it has made a data protection impact assessment of its cameras.
  policy TEXT CHECK (policy IN ('published', 'written', 'none')), -- Whether it has a written CCTV policy that anybody can read.
  signs TEXT CHECK (signs IN ('all', 'some', 'none')), -- Whether signs tell people that there are cameras.
  footage_access TEXT CHECK (footage_access IN ('named', 'staff', 'others')),
    -- Who may look at footage. [named (people), (any member of) staff, others (outside the organisation) too]
  equality TEXT CHECK (equality IN ('yes', 'no', 'not-known')), -- Whether it has assessed how its cameras affect equality.
  consultation TEXT CHECK (consultation IN ('yes', 'no', 'not-known')), -- Whether people were asked before cameras were put up.
  face_policy TEXT CHECK (face_policy IN ('yes', 'no', 'not-known')), -- Whether it has a written policy on face recognition.
  watch_lists TEXT CHECK (watch_lists IN ('yes', 'no', 'not-known')), -- Whether faces or plates are compared with a list.
  complaints TEXT CHECK (complaints IN ('yes', 'no', 'not-known')), -- Whether complaints about cameras are written down.
  CHECK ((expected_cameras IS NULL) = (expected_basis IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE place ( -- A site, building, floor or room, as staff name it.
    -- SELECT place.path, count(*) FROM asset JOIN place ON place.id = asset.place WHERE counts_as = 'camera' GROUP BY 1
  id TEXT PRIMARY KEY, -- Made once.
  parent TEXT REFERENCES place(id), -- The place that it is in.
  kind TEXT NOT NULL CHECK (kind IN ('site', 'building', 'floor', 'room')), -- What it is.
  name TEXT NOT NULL, -- Its name.
  path TEXT NOT NULL, -- Names from the site down.
  sensitive INTEGER NOT NULL CHECK (sensitive IN (0, 1)), -- Whether staff marked it as sensitive.
  in_sensitive INTEGER NOT NULL CHECK (in_sensitive IN (0, 1)), -- Whether it or a place that it is in is so marked.
  building_kind TEXT -- As of the body; empty where not known.
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_role ( -- A company that sold or maintains devices.
    -- SELECT name, role FROM contact_role
  id TEXT PRIMARY KEY, -- Made once.
  name TEXT NOT NULL, -- The company.
  role TEXT NOT NULL CHECK (role IN ('seller', 'maintainer')), -- What it does.
  contract_end TEXT CHECK (contract_end LIKE '____-__-__') -- When its contract ends.
) STRICT, WITHOUT ROWID;
CREATE TABLE device ( -- A device that answered or that somebody read, also one that is no camera.
    -- SELECT kind, count(*) FROM device GROUP BY kind
  id TEXT PRIMARY KEY, -- Made once.
  kind TEXT NOT NULL CHECK (kind IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other', 'unknown')),
    -- What its answers say it is.
  kind_reason TEXT NOT NULL, -- Why.
  what TEXT, -- What it is where kind does not say.
  network TEXT, -- Network it was seen on, by the searching computer's card.
  mac TEXT, -- MAC address.
  addresses TEXT NOT NULL CHECK (json_valid(addresses)), -- Network addresses: a JSON list.
  claimed_manufacturer TEXT, -- Maker by its own word.
  claimed_model TEXT, -- Model by its own word.
  model TEXT, -- Model.
  serial TEXT, -- Serial number.
  firmware TEXT, -- Version of its firmware.
  firmware_date TEXT, -- When that was built.
  channels_analogue INTEGER CHECK (channels_analogue >= 0), -- Analogue channels that a recorder reports.
  channels_digital INTEGER CHECK (channels_digital >= 0), -- Network channels that a recorder reports.
  activated INTEGER CHECK (activated IN (0, 1)), -- Whether it was set up; empty where not known.
  cloud_state TEXT NOT NULL CHECK (cloud_state IN ('able', 'on', 'off', 'unknown')), -- Its link to its maker's cloud.
  cloud_seen TEXT, -- What it said of that.
  probes_answered TEXT NOT NULL CHECK (json_valid(probes_answered)), -- Which questions it answered: a JSON list.
  seen_by TEXT NOT NULL CHECK (seen_by IN ('search', 'walk', 'import')),
    -- How it is known: by a search, else by a person, else from a list.
  first_seen TEXT, -- First answer to a search; empty where none saw it. [UTC, ISO 8601, ending in Z]
  last_seen TEXT -- Last answer to a search; empty where none saw it. [UTC, ISO 8601, ending in Z]
) STRICT, WITHOUT ROWID;
CREATE TABLE device_key ( -- A thing by which a device can be recognised.
    -- SELECT value FROM device_key WHERE kind = 'mac' AND trust = 'strong'
  device TEXT NOT NULL REFERENCES device(id), -- device.id
  kind TEXT NOT NULL CHECK (kind IN ('mac', 'uuid', 'serial', 'addr')), -- What it is.
  value TEXT NOT NULL, -- Its value.
  trust TEXT NOT NULL CHECK (trust IN ('strong', 'weak')), -- Whether it tells one device from all others.
  rank INTEGER NOT NULL, -- 0 is the best of the device.
  first_seen TEXT NOT NULL, -- First seen. [UTC, ISO 8601, ending in Z]
  last_seen TEXT NOT NULL, -- Last seen. [UTC, ISO 8601, ending in Z]
  PRIMARY KEY (device, kind, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE asset ( -- A row of the register: what is counted.
    -- SELECT counts_as, count(*) FROM asset GROUP BY counts_as
  id TEXT PRIMARY KEY, -- Made once.
  ref TEXT NOT NULL UNIQUE, -- What staff call it.
  kind TEXT NOT NULL CHECK (kind IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other', 'unknown')),
    -- What it is.
  kind_said_by TEXT NOT NULL CHECK (kind_said_by IN ('answers', 'person')), -- Whose word that is.
  status TEXT NOT NULL CHECK (status IN ('present', 'not-seen', 'removed')),
    -- Whether it is here. [present, not-seen (in the last search), removed (or a spare)]
  counts_as TEXT NOT NULL CHECK (counts_as = CASE WHEN status = 'removed' THEN 'gone' WHEN kind = 'unknown' THEN 'may-be-camera'
    ELSE kind END), -- What it counts as. [camera, recorder, encoder, intercom, may-be-camera, software, other, gone]
  device TEXT UNIQUE REFERENCES device(id), -- device.id; empty where nothing answered and nobody read a label.
  place TEXT REFERENCES place(id), -- place.id
  in_sensitive INTEGER NOT NULL CHECK (in_sensitive IN (0, 1)), -- Whether it is at a sensitive place.
  building_kind TEXT, -- Kind of building.
  inside_outside TEXT CHECK (inside_outside IN ('inside', 'outside')), -- Where it is.
  camera_type TEXT CHECK (camera_type IN
    ('fixed', 'dome', 'turret', 'bullet', 'ptz', 'panoramic', 'thermal', 'body-worn', 'other')), -- Type.
  purpose TEXT, -- What it is for, as staff say.
  ownership TEXT CHECK (ownership IN ('ours', 'not-ours')), -- Whose it is.
  dpia_ref TEXT, -- Reference of its data protection impact assessment.
  retention_days INTEGER CHECK (retention_days >= 0), -- How many days footage is kept.
  seller TEXT REFERENCES contact_role(id), -- contact_role.id
  maintainer TEXT REFERENCES contact_role(id), -- contact_role.id
  connected_to TEXT REFERENCES asset(id), -- asset.id of its recorder or switch.
  channel INTEGER CHECK (channel >= 0), -- Its channel there.
  unconfirmed INTEGER NOT NULL CHECK (unconfirmed IN (0, 1)), -- Whether it is a channel that nobody has seen.
  installed_on TEXT CHECK (installed_on LIKE '____' OR installed_on LIKE '____-__' OR installed_on LIKE '____-__-__'),
    -- When it was put in. [year, year-month or ISO date]
  installed_basis TEXT, -- How that is known.
  installed_year INTEGER CHECK (installed_year BETWEEN 1900 AND 2999), -- The year of that.
  installed_financial_year TEXT, -- The financial year of that, '2026-27'; a year alone where the month is not known.
  cost_pence INTEGER CHECK (cost_pence >= 0), -- What it cost, in pence.
{plain}  last_picture_check TEXT CHECK (last_picture_check LIKE '____-__-__'), -- When a person last looked at its picture.
  core_network TEXT CHECK (core_network IN ('yes', 'no', 'not-known')),
    -- Whether it is on the organisation's main (core) network, as staff say; empty where nobody was asked.
  core_network_on TEXT CHECK (core_network_on LIKE '____-__-__'), -- The day of that answer.
  core_network_by TEXT, -- Who gave it, as a role unless staff names were asked for.
  internet_reachable TEXT CHECK (internet_reachable IN ('yes', 'no', 'not-known')),
    -- Whether it can be reached from the internet, as staff say; empty where nobody was asked.
  internet_reachable_on TEXT CHECK (internet_reachable_on LIKE '____-__-__'), -- The day of that answer.
  internet_reachable_by TEXT, -- Who gave it, as a role unless staff names were asked for.
  method TEXT NOT NULL CHECK (method IN ('search', 'walk', 'import')),
    -- How it is known: by a search, else by a person, else from a list.
  first_seen TEXT, -- First answer to a search; empty where none saw it. [UTC, ISO 8601, ending in Z]
  last_seen TEXT -- Last answer to a search; empty where none saw it. [UTC, ISO 8601, ending in Z]
) STRICT, WITHOUT ROWID;
CREATE TABLE observation ( -- A reply that the answer for a device is drawn from: what was read in it, not its bytes.
    -- SELECT probe, at, fields FROM observation ORDER BY at LIMIT 20
  id TEXT PRIMARY KEY, -- Depends on all that was seen.
  device TEXT NOT NULL REFERENCES device(id), -- device.id
  scan TEXT REFERENCES scan(id), -- scan.id
  probe TEXT NOT NULL, -- Which question it answers.
  ask TEXT, -- The request line, where there is one.
  network TEXT, -- Network it was seen on.
  address TEXT NOT NULL, -- Address that answered.
  port INTEGER CHECK (port BETWEEN 0 AND 65535), -- Port that answered.
  mac TEXT, -- MAC address by the neighbour table.
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T%Z'), -- When.
  cut INTEGER NOT NULL CHECK (cut IN (0, 1)), -- Whether the reply was longer than is kept.
  state TEXT NOT NULL CHECK (state IN ('read', 'unread', 'broken')), -- Whether it could be read.
  fields TEXT NOT NULL CHECK (json_valid(fields)), -- What was read: a JSON object, field name to a list of values.
  codec TEXT NOT NULL -- What read it, with its version.
) STRICT, WITHOUT ROWID;
CREATE TABLE attribution ( -- Who made a device, and how sure that is.
    -- SELECT manufacturer_name, grade, count(*) FROM asset JOIN attribution USING (device) WHERE counts_as = 'camera' GROUP BY
    -- 1, 2
  device TEXT PRIMARY KEY REFERENCES device(id), -- device.id
  grade TEXT NOT NULL CHECK (grade IN ('confirmed', 'almost-certain', 'likely', 'possible', 'conflicting', 'unknown')),
    -- How sure.
  manufacturer TEXT, -- Id of the maker; empty where it is not known, signs disagree, or only weak signs speak for one.
  manufacturer_name TEXT, -- Its name.
  candidates TEXT NOT NULL CHECK (json_valid(candidates)), -- Makers that signs speak for, best first: a JSON list of ids.
  brand TEXT, -- Name on the box.
  reason TEXT NOT NULL, -- Why, in a sentence.
  knowledge_version TEXT NOT NULL, -- Version of the knowledge it was judged with.
  judged_at TEXT NOT NULL CHECK (judged_at LIKE '____-__-__T%Z') -- When that answer was given.
) STRICT, WITHOUT ROWID;
CREATE TABLE evidence ( -- A sign: something in a reply that speaks for a maker, a brand, a kind or a model.
    -- SELECT seen, why, strength, supports FROM evidence WHERE device = (SELECT device FROM evidence LIMIT 1)
  device TEXT NOT NULL REFERENCES device(id), -- device.id
  number INTEGER NOT NULL CHECK (number >= 1), -- Signs for come first, then against, then others.
  fingerprint TEXT NOT NULL, -- Which pattern matched.
  probe TEXT NOT NULL, -- Which question was answered.
  ask TEXT, -- The request line.
  observation TEXT NOT NULL, -- observation.id of the reply.
  family TEXT NOT NULL CHECK (family IN ('does', 'says')), -- What the device does, or says.
  sign_group TEXT NOT NULL, -- Signs of one group count once.
  role TEXT NOT NULL CHECK (role IN ('manufacturer', 'brand', 'kind', 'component', 'model')), -- What it speaks of.
  subject TEXT NOT NULL, -- Id of the maker or brand that it speaks for.
  strength TEXT NOT NULL CHECK (strength IN ('conclusive', 'strong', 'weak')), -- How strong.
  supports INTEGER NOT NULL CHECK (supports IN (0, 1)), -- Whether it speaks for the answer given.
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)), -- Whether we have seen its source.
  exclusive INTEGER NOT NULL CHECK (exclusive IN (0, 1)), -- Whether a block of MAC addresses is used by one maker only.
  seen TEXT NOT NULL, -- The text that matched, as sent.
  why TEXT NOT NULL, -- What it means.
  source TEXT NOT NULL, -- source.id of who says so.
  at TEXT, -- When it was seen.
  PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE finding ( -- What is on record about the maker or the model of a device.
    -- SELECT subject, count(DISTINCT asset.id) FROM finding JOIN attribution USING (device) JOIN asset USING (device) WHERE
    -- finding.kind = 'listing' AND state = 'listed' AND counts_as = 'camera' AND grade IN ('confirmed', 'almost-certain')
    -- GROUP BY subject
  device TEXT NOT NULL REFERENCES device(id), -- device.id
  number INTEGER NOT NULL CHECK (number >= 1), -- Its place.
  kind TEXT NOT NULL CHECK (kind IN ('listing', 'seat', 'advisory', 'capability')), -- What kind.
  subject TEXT NOT NULL, -- Id of the list, of the statement that names no company, of the published flaw, or the capability.
  state TEXT NOT NULL,
    -- How it applies. [listed, may-be-listed (listing); based, may-be-based (seat); yes, maybe (advisory); able, on, off,
    -- unknown]
  manufacturer TEXT, -- For a listing: the maker that the list names; for a seat: the maker that is based there.
  path TEXT NOT NULL CHECK (json_valid(path)),
    -- For a listing: from the device's maker through its owners to the one that is listed. A JSON list.
  country TEXT, -- For a seat: where the maker is based. That the statement means it is our reading; it is no listing.
  product_type TEXT NOT NULL, -- For a flaw: the kind of product it is in; empty where that is not known.
  fixed_in TEXT NOT NULL, -- For a flaw: what mends it; empty where no record says.
  known_exploited INTEGER NOT NULL CHECK (known_exploited IN (0, 1)), -- For a flaw: whether attacks are known.
  said_by TEXT CHECK (said_by IN ('device', 'maker')), -- For a capability: whose word it is.
  seen TEXT, -- For a capability: the name by which it was told.
  why TEXT, -- For a flaw: why it applies.
  source TEXT, -- source.id
  PRIMARY KEY (device, number),
  CHECK (state IN ('listed', 'may-be-listed') OR kind <> 'listing'),
  CHECK (state IN ('based', 'may-be-based') OR kind <> 'seat'),
  CHECK ((country IS NULL) = (kind <> 'seat')),
  CHECK (state IN ('yes', 'maybe') OR kind <> 'advisory'),
  CHECK (state IN ('able', 'on', 'off', 'unknown') OR kind <> 'capability')
) STRICT, WITHOUT ROWID;
CREATE TABLE list_used ( -- A list or a public statement, and whether the organisation goes by it.
    -- SELECT title, addressed_to, is_on FROM list_used
  id TEXT PRIMARY KEY, -- The list.
  version TEXT NOT NULL, -- Version of the knowledge that it is in.
  title TEXT NOT NULL, -- Its title.
  said_by TEXT NOT NULL, -- Who said it.
  addressed_to TEXT NOT NULL, -- To whom it is addressed.
  not_addressed_to TEXT NOT NULL, -- To whom it is not addressed.
  date TEXT NOT NULL, -- When it was said.
  names_makers INTEGER NOT NULL CHECK (names_makers IN (0, 1)),
    -- Whether it names makers; else it is read as makers based in China, which is our reading.
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)), -- Whether the organisation goes by it.
  chosen INTEGER NOT NULL CHECK (chosen IN (0, 1)), -- Whether somebody chose that; else it is as by default.
  by TEXT, -- Who chose.
  why TEXT, -- Why.
  at TEXT CHECK (at LIKE '____-__-__T%Z'), -- When.
  source TEXT NOT NULL -- source.id
) STRICT, WITHOUT ROWID;
CREATE TABLE own_listing ( -- A maker on the organisation's own list.
    -- SELECT manufacturer_name, why FROM own_listing
  manufacturer TEXT PRIMARY KEY, -- Id of the maker.
  manufacturer_name TEXT NOT NULL, -- Its name.
  by TEXT NOT NULL, -- Who put it there.
  why TEXT NOT NULL, -- Why.
  at TEXT NOT NULL -- When. [UTC, ISO 8601, ending in Z]
) STRICT, WITHOUT ROWID;
CREATE TABLE source ( -- A published text that signs, findings and lists rest on.
    -- SELECT title, publisher, url, date FROM source
  id TEXT PRIMARY KEY, -- Its id.
  title TEXT NOT NULL, -- Its title.
  publisher TEXT NOT NULL, -- Who published it.
  url TEXT, -- Where.
  date TEXT, -- Its own date.
  retrieved TEXT -- When we saw it; empty where others cite it and we have not.
) STRICT, WITHOUT ROWID;
CREATE TABLE decision ( -- What a person decided for a row; the newest.
    -- SELECT what, year, count(*) FROM decision GROUP BY 1, 2
  asset TEXT PRIMARY KEY REFERENCES asset(id), -- asset.id
  what TEXT NOT NULL CHECK (what IN ('keep', 'keep-review', 'separate', 'replace', 'remove')), -- What.
  by TEXT NOT NULL, -- Who.
  at TEXT NOT NULL, -- When. [UTC, ISO 8601, ending in Z]
  why TEXT NOT NULL, -- Why.
  review_on TEXT, -- When to look again. [ISO date]
  year TEXT -- Financial year it is to be done in.
) STRICT, WITHOUT ROWID;
CREATE TABLE place_progress ( -- How far a site or a sensitive place is with devices of listed makers, by the lists that are on.
    -- SELECT place.path, progress, on_date FROM place_progress JOIN place ON place.id = place
  place TEXT PRIMARY KEY REFERENCES place(id), -- place.id; a place of which it cannot be told has no row.
  progress TEXT NOT NULL CHECK (progress IN ('never-had', 'has', 'disconnected', 'planned', 'replaced')), -- How far.
  on_date TEXT NOT NULL CHECK (on_date LIKE '____-__-__'), -- As at.
  basis TEXT NOT NULL CHECK (basis IN ('staff', 'computed')), -- Whether staff said so, or it was worked out from the register.
  listed_now INTEGER NOT NULL CHECK (listed_now >= 0), -- Rows there that are by a listed maker.
  listed_gone INTEGER NOT NULL CHECK (listed_gone >= 0), -- Rows by a listed maker that are marked as removed.
  not_known INTEGER NOT NULL CHECK (not_known >= 0) -- Cameras and recorders there whose maker is not known.
) STRICT, WITHOUT ROWID;
CREATE TABLE channel ( -- A channel of a recorder.
    -- SELECT count(*) FROM channel WHERE asset IS NULL
  recorder TEXT NOT NULL REFERENCES asset(id), -- asset.id of the recorder.
  entry INTEGER NOT NULL CHECK (entry >= 1), -- Its place.
  number INTEGER NOT NULL CHECK (number >= 0), -- Number of the channel.
  wiring TEXT NOT NULL CHECK (wiring IN ('analogue', 'network', 'not-known')), -- How the camera hangs on it.
  asset TEXT REFERENCES asset(id), -- asset.id of its camera; empty where the register has none: then it is not counted.
  reported INTEGER NOT NULL CHECK (reported IN (0, 1)), -- Whether the recorder reports it.
  confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)), -- Whether a person or a search saw it.
  reported_manufacturer TEXT, -- Maker by the recorder's word.
  reported_model TEXT, -- Model by the recorder's word.
  PRIMARY KEY (recorder, entry)
) STRICT, WITHOUT ROWID;
CREATE TABLE scan ( -- A search of a network.
    -- SELECT number, started_at, ended_at, stopped_early FROM scan ORDER BY number
  id TEXT PRIMARY KEY, -- Made once.
  number INTEGER NOT NULL, -- First is 1.
  started_at TEXT NOT NULL CHECK (started_at LIKE '____-__-__T%Z'), -- Begin.
  ended_at TEXT NOT NULL CHECK (ended_at LIKE '____-__-__T%Z'), -- End.
  stopped_early INTEGER NOT NULL CHECK (stopped_early IN (0, 1)), -- Whether it was stopped.
  knowledge_version TEXT NOT NULL, -- Version of the knowledge used.
  interfaces TEXT NOT NULL CHECK (json_valid(interfaces)), -- Network cards searched on: a JSON list.
  ranges TEXT NOT NULL CHECK (json_valid(ranges)), -- Ranges named: a JSON list.
  passive INTEGER NOT NULL CHECK (passive IN (0, 1)), -- Whether it only listened.
  pace TEXT NOT NULL CHECK (pace IN ('gentle', 'normal', 'fast')), -- Pace.
  not_covered TEXT NOT NULL CHECK (json_valid(not_covered)), -- What it did not cover: a JSON list.
  allowed_by TEXT, -- Who allowed it.
  simulation INTEGER NOT NULL CHECK (simulation IN (0, 1)) -- Whether it was a simulation.
) STRICT, WITHOUT ROWID;
CREATE TABLE coverage ( -- What one kind of question did on one network in a search.
    -- SELECT probe, network, sent, received, state, reason FROM coverage
  scan TEXT NOT NULL REFERENCES scan(id), -- scan.id
  probe TEXT NOT NULL, -- Which question.
  network TEXT NOT NULL, -- Where.
  sent INTEGER NOT NULL CHECK (sent >= 0), -- Sent.
  received INTEGER NOT NULL CHECK (received >= 0), -- Received.
  state TEXT NOT NULL CHECK (state IN ('done', 'partial', 'blocked', 'skipped')), -- How it went.
  reason TEXT, -- Why not whole.
  PRIMARY KEY (scan, probe, network)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan_total ( -- The replacement plan of one financial year.
    -- SELECT year, items, total_ex_vat_pence / 100 FROM plan_total
  year TEXT PRIMARY KEY, -- Financial year, or 'not dated'.
  items INTEGER NOT NULL CHECK (items >= 0), -- How many items.
  unpriced INTEGER NOT NULL CHECK (unpriced >= 0), -- Of these, how many nobody has priced: they are left out of the money.
  total_ex_vat_pence INTEGER NOT NULL CHECK (total_ex_vat_pence >= 0) -- In pence, without VAT, contingency included.
) STRICT, WITHOUT ROWID;
""".replace(
    "{plain}",
    "".join(
        f"  {one.name} {_FORMS.get(one.kind, 'TEXT, -- {1}, as staff say.').format(one.name, one.title)}\n"
        for one in PLAIN
        if one.kind != "text"  # an auditor is given no words that staff typed for themselves
    ),
)


APPLICATION_ID = EXCHANGE_ID
""" "CAMC" at byte 68 of the file."""

SCHEMA_VERSION = 3
"""In user_version, and in `export.schema_version`. A reader refuses any other."""

_COMMENT = re.compile(r"\s*-- ([^\n]*)")

SCHEMA = _COMMENT.sub("", COMMENTED_SCHEMA)
"""The SQL that makes the tables, letter by letter: a reader refuses a file whose tables are spelt otherwise."""

_WORDS = (
    (re.compile(r" IN \(0, 1\)"), "0 no, 1 yes"),
    (re.compile(r" IN\s+\(('[^)]+')\)"), ""),
    (re.compile(r" = ('\w+')\)"), ""),
    (re.compile(r" LIKE '____-__-__T%Z'"), "UTC, ISO 8601, ending in Z"),
    (re.compile(r"\(\w+ LIKE '____-__-__'\)"), "ISO date"),
)
"""What a column's CHECK says of its words: said of it in the dictionary, unless a comment says otherwise in brackets."""


@frozen
class ExchangeTable:
    """What a row of a table is, a query to begin with, each column's meaning and words, and the primary key.

    Rows are hashed in the order of their key.
    """

    meaning: str
    query: str
    columns: Mapping[str, tuple[str, str]]
    key: tuple[str, ...]


def read_tables(schema: str) -> dict[str, ExchangeTable]:
    """The tables of a commented schema, by name."""
    found = {}
    for name, declared in re.findall(r"^CREATE TABLE (\w+) (\(.+?)^\) STRICT", schema, re.MULTILINE | re.DOTALL):
        head, *parts = re.split(r"\n(?=  \S)", declared)
        meaning, *query = _COMMENT.findall(head)
        columns = {part.split()[0]: _meaning_and_words(part) for part in parts if part.lstrip()[0].islower()}
        (key,) = re.findall(r"(\w+) \w+ PRIMARY KEY|PRIMARY KEY \((.+)\)", declared)
        found[name] = ExchangeTable(meaning, " ".join(query), columns, tuple("".join(key).split(", ")))
    return found


def _meaning_and_words(column: str) -> tuple[str, str]:
    meaning, bracket, words = " ".join(_COMMENT.findall(column)).partition(" [")
    if bracket:
        return meaning, words.removesuffix("]")
    said = ((pattern.search(_COMMENT.sub("", column)), words) for pattern, words in _WORDS)
    return meaning, next((words or match[1].replace("'", "") for match, words in said if match), "")


TABLES: Mapping[str, ExchangeTable] = read_tables(COMMENTED_SCHEMA)

HASHED: tuple[str, ...] = tuple(sorted(table for table in TABLES if table != "export"))
"""The tables whose rows and digest are in `export.tables`."""

_TOGETHER = 100
"""Rows read at a time: a stranger's may be of two megabytes each."""

NOT_SIGNED: tuple[str, ...] = ("public_key", "signature")
"""Columns of `export` that the signature is not over."""


def row_of(table: str, source: Any, /, **values: Any) -> tuple[Any, ...]:
    """A row of `table`, column by column: the value given for it here, else what `source`, an object or a mapping, has by that
    name. True and False become 1 and 0. What staff wrote is given, so that whoever makes the row takes names out of it.

    Raises TypeError for a value of no column, AttributeError or KeyError where a column has none.
    """
    columns = TABLES[table].columns
    if unknown := values.keys() - columns:
        raise TypeError(f"{table} has no column {', '.join(sorted(unknown))}")
    read = source.__getitem__ if isinstance(source, Mapping) else functools.partial(getattr, source)
    made = [values[name] if name in values else read(name) for name in columns]
    return tuple([int(value) if value is True or value is False else value for value in made])


def dictionary_rows() -> Iterator[tuple[str, str, str, str, str]]:
    """The rows of `data_dictionary`, by table and column."""
    for name, table in sorted(TABLES.items()):
        yield name, "", table.meaning, "", table.query
        for column, (meaning, words) in sorted(table.columns.items()):
            yield name, column, meaning, words, ""


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table in the order of the schema."""
    return tuple(row[1] for row in connection.execute(f'PRAGMA table_info("{table}")'))


class TableDigest(NamedTuple):
    """How many rows a table has, the SHA-256 of its canonical text, how many bytes its longest line has, whether it is UTF-8.

    SQLite takes any bytes for text, and what is no UTF-8 cannot be read as a text afterwards.
    """

    rows: int
    sha256: str
    longest_bytes: int
    is_text: bool


def table_digest(connection: sqlite3.Connection, table: str) -> tuple[int, str]:
    """How many rows a table has, and the SHA-256 of its canonical text.

    The text is UTF-8, one line a row: a JSON array of the values in the order of the schema, without blanks, ended by "\\n"; of
    characters only `"`, `\\` and those below U+0020 are escaped. Rows are in the order of their primary key, texts compared
    byte by byte.
    """
    return digest_of(connection, table)[:2]


def digest_of(connection: sqlite3.Connection, table: str) -> TableDigest:
    """The same, with its longest line: no value in the table is longer than that."""
    rows = connection.execute(_lines_of(table))
    digest, number, longest, is_text = hashlib.sha256(), 0, 0, True
    while lines := list(chain.from_iterable(rows.fetchmany(_TOGETHER))):
        number += len(lines)
        longest = max(longest, *map(len, lines))
        text = b"\n".join([*lines, b""])
        digest.update(text)
        is_text = is_text and _is_utf8(text)
    return TableDigest(number, digest.hexdigest(), longest, is_text)


@functools.cache
def _lines_of(table: str) -> str:
    values = ", ".join(f'"{name}"' for name in TABLES[table].columns)
    order = ", ".join(f'"{name}" COLLATE BINARY' for name in TABLES[table].key)
    return f'SELECT CAST(json_array({values}) AS BLOB) FROM "{table}" ORDER BY {order}'


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def signed_text(export: Mapping[str, object]) -> bytes:
    """What a signature is over: the one row of `export`, with the digest of every other table in it.

    A JSON object with the names in alphabetical order, without blanks and without NOT_SIGNED, UTF-8, no end of line.
    """
    held = {name: value for name, value in export.items() if name not in NOT_SIGNED}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
