"""Writes a draft [[advisory]] from a CVE record. A person completes it: the build refuses a draft as it is written."""

from __future__ import annotations

import json
from dataclasses import fields

from camcensus.model.records import Affected
from installers.knowledge.cve.records import CveProduct, CveRecord
from installers.knowledge.cve.sentences import draft_words
from installers.knowledge.cve.wording import ranges

SAID_LIMIT_CHARACTERS = 300


def draft_source(record: CveRecord, assigner: str, seen: str) -> str:
    """The [[source]] of a record: `assigner` published it (the maker, CISA …); `seen` is the month or day when we read it."""
    lines = [
        "[[source]]",
        f"id = {_text(record.id.lower())}",
        f"title = {_text(record.id)}",
        f"publisher = {_text(f'{assigner} (CVE record)')}",
        f'url = "https://www.cve.org/CVERecord?id={record.id}"',
        *([f"date = {_text(record.published)}"] if record.published else []),
        f"retrieved = {_text(seen)}",
    ]
    return "\n".join(lines) + "\n"


def draft_advisory(record: CveRecord, manufacturer: str) -> str:
    """The draft, with a comment for everything that was not read and for everything that only a person can say.

    What the build demands and no record states (product types) is left empty, so that a draft cannot pass unread. Title and
    summary say no more than the record's words and score do; a person reads them against the record beside them.
    """
    known: dict[Affected, None] = {}
    unread: list[CveProduct] = []
    for product in record.products:
        found = ranges(product)
        if found is None:
            unread.append(product)
        else:
            known |= dict.fromkeys(found)
    title, summary = draft_words(record)
    lines = [
        "[[advisory]]",
        f"# the record: {_comment(record.description)}",
        f"id = {_text(record.id)}",
        f"manufacturer = {_text(manufacturer)}",
        "product_types = []  # to be said: camera, recorder, encoder, intercom, access-terminal, switch, storage, software",
        f"title = {_text(title)}  # to be read against the record",
        f"summary = {_text(summary)}",
        f"models_said = {_text(_cut(', '.join(product.name for product in record.products)))}",
        f"firmware_said = {_text(_cut(_firmware_said(record)))}",
        'fixed_in = ""  # to be said: what mends it',
        *([f"published = {_text(record.published)}"] if record.published else []),
        f"models_complete = {_text(not unread)}",
        *([f"cvss = {record.cvss}", f"cvss_version = {_text(record.cvss_version)}"] if record.cvss is not None else []),
        *([f"vector = {_text(record.vector)}"] if record.vector else []),
        *(["exploited = true", f"exploited_listed = {_text(record.exploited_listed)}"] if record.exploited_listed else []),
        f"source = {_text(record.id.lower())}",
    ]
    lines += [f"# not read: {_comment(f'{product.name}: {_versions(product)}')}" for product in unread]
    if record.unsupported:
        lines.append("# the record says: no longer supported when the number was given (an end of support)")
    lines += ["affected = [", *(f"  {range_line(one)}," for one in _joined(known)), "]"]
    return "\n".join(lines) + "\n"


def _joined(known: dict[Affected, None]) -> list[Affected]:
    """Ranges of the same firmware as one range with all their models."""
    together: dict[tuple[object, ...], list[str]] = {}
    first: dict[tuple[object, ...], Affected] = {}
    for one in known:
        key = tuple(getattr(one, field.name) for field in fields(one) if field.name != "models")
        first.setdefault(key, one)
        together.setdefault(key, []).extend(model for model in one.models if model not in together[key])
    made = []
    for key, one in first.items():
        values = {field.name: getattr(one, field.name) for field in fields(one)}
        made.append(Affected(**{**values, "models": tuple(together[key])}))
    return made


def range_line(one: Affected) -> str:
    """A range as an inline table, without what is as it is by default."""
    parts = []
    plain = Affected()
    for field in fields(one):
        value = getattr(one, field.name)
        if value == getattr(plain, field.name):
            continue
        if field.name == "models":
            parts.append("models = [" + ", ".join(_literal(model) for model in value) + "]")
        else:
            parts.append(f"{field.name} = {_literal(value) if field.name == 'firmware' else _text(value)}")
    return "{ " + ", ".join(parts) + " }"


def _firmware_said(record: CveRecord) -> str:
    return "; ".join(dict.fromkeys(_versions(product) for product in record.products))


def _versions(product: CveProduct) -> str:
    words = []
    for version in product.versions:
        end = f" before {version.before}" if version.before else f" up to {version.until}" if version.until else ""
        words.append(f"{'' if version.affected else 'not '}{version.said}{end}")
    return ", ".join(words)


def _cut(words: str) -> str:
    return words if len(words) <= SAID_LIMIT_CHARACTERS else words[: SAID_LIMIT_CHARACTERS - 2].rstrip() + " …"


def _literal(words: str) -> str:
    """A TOML text without escapes where there can be one; a pattern is easier to read so."""
    return f"'{words}'" if words.isprintable() and "'" not in words else _text(words)


def _text(value: object) -> str:
    """A TOML text or truth value. JSON's escapes are TOML's too; only the delete character is escaped by TOML alone."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(words: str) -> str:
    """Words of others on one line of a comment: control characters end none of our lines."""
    return _cut("".join(letter if letter.isprintable() else " " for letter in words))
