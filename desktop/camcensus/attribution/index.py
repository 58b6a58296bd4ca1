"""Knowledge made ready for matching: patterns compiled and grouped by field, names and brand records by key."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from camcensus.attribution.kind_index import KindIndex, kind_index
from camcensus.attribution.words import TextWords, read_words
from camcensus.model.errors import KnowledgeError
from camcensus.model.knowledge import BrandRecord, Fingerprint, Knowledge, MacBlock, flags_of
from camcensus.model.numbers import macs_within
from camcensus.model.once_each import once_for_each
from camcensus.model.words import clean

VALUES_LIMIT = 512
"""Most values of one field that are matched; the codecs keep no more."""
VALUE_LIMIT_CHARACTERS = 4096
"""Longest part of a value that is matched; values come from devices that may mean harm."""
NAME_LIMIT_CHARACTERS = 256
"""Longest text that is taken for a company's name with its legal form."""
NEARLY, NEARLY_FEWEST_CHARACTERS = 0.8, 5
"""How alike (difflib's ratio) a misspelt name is to a brand's, and the fewest letters of which that can be said."""
CACHED_VALUE_CHARACTERS = 256
CACHED_LIST_CHARACTERS = 2048
CACHED_VALUES = 8192
"""Namespaces, scopes and headers repeat from device to device; values of one device only are long or many."""

Pattern = tuple[Fingerprint, re.Pattern[str]]
_NOT_NAME = re.compile(r"[\W_]+")
_WORD_ENDS = re.compile(r"[\s,&/()]+")
_LEGAL_FORMS = frozenset({
    "inc", "incorporated", "corp", "corporation", "ltd", "limited", "llc", "llp", "plc", "co", "company", "coltd",
    "cokg", "gmbh", "mbh", "ag", "kg", "ab", "as", "asa", "oy", "bv", "nv", "sa", "sas", "sarl", "spa", "srl", "sro",
    "spzoo", "pty", "pvt", "pte", "private", "kk", "jsc",
})  # fmt: skip
"""Ends of companies' names that say only of which legal form they are, as plain_name writes them."""
_TRADE = re.compile(r"(?: (?:digital|technology|technologies))+\Z", re.I)
"""What stands between a brand and its company's legal form: "Milesight Technology Co.,Ltd."."""


@dataclass(slots=True)
class Index:
    """What `match` and `weigh` look things up in; made once for each Knowledge.

    `levels` keeps what a brand's name tells of a model on a day, which is asked again for every unit of it.
    """

    knowledge: Knowledge
    patterns: Mapping[str, tuple[Pattern, ...]]
    names: Mapping[str, str]
    records: Mapping[str, tuple[BrandRecord, ...]]
    kinds: KindIndex
    besides: Mapping[str, re.Pattern[str]]
    _found: dict[tuple[str, str], tuple[Fingerprint, ...]] = field(default_factory=dict)
    _lists: dict[tuple[str, tuple[str, ...]], tuple[tuple[Fingerprint, str], ...]] = field(default_factory=dict)
    _blocks: dict[str, MacBlock | None] = field(default_factory=dict)
    _texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _words: dict[str, TextWords] = field(default_factory=dict)
    _misspelt: dict[str, str | None] = field(default_factory=dict)
    levels: dict[tuple[str, str | None, str | None], Mapping[str, int]] = field(default_factory=dict)

    def fingerprints_in(self, kind: str, value: str) -> tuple[Fingerprint, ...]:
        """The fingerprints of a field that match a value of it, in the order of their ids."""
        patterns = self.patterns.get(kind)
        if not patterns:
            return ()
        key = (kind, value)
        found = self._found.get(key)
        if found is None:
            cut = value[:VALUE_LIMIT_CHARACTERS]
            found = tuple(fingerprint for fingerprint, pattern in patterns if pattern.search(cut))
            if len(value) <= CACHED_VALUE_CHARACTERS:
                if len(self._found) >= CACHED_VALUES:
                    self._found.clear()
                self._found[key] = found
        return found

    def signs_in(self, kind: str, values: tuple[str, ...]) -> tuple[tuple[Fingerprint, str], ...]:
        """The fingerprints that match the values of a field, with the value each: many devices send one list of namespaces."""
        key = (kind, values)
        found = self._lists.get(key)
        if found is None:
            found = tuple((fingerprint, value) for value in values for fingerprint in self.fingerprints_in(kind, value))
            if sum(map(len, values)) <= CACHED_LIST_CHARACTERS:
                if len(self._lists) >= CACHED_VALUES:
                    self._lists.clear()
                self._lists[key] = found
        return found

    def seen_with(self, fingerprint: Fingerprint, value: str, fields: Mapping[str, tuple[str, ...]]) -> str | None:
        """What was seen of a fingerprint: the value, with what another field must show besides; None where it does not."""
        also = fingerprint.also
        if also is None:
            return value
        pattern = self.besides[fingerprint.id]
        other = next(
            (one for one in fields.get(also.kind, ())[:VALUES_LIMIT] if pattern.search(one[:VALUE_LIMIT_CHARACTERS])), None
        )
        return None if other is None else f"{value} + {other}"

    def macs_in(self, text: str) -> tuple[str, ...]:
        """MAC addresses inside a text whose blocks we follow."""
        found = self._texts.get(text)
        if found is None:
            blocks = ((mac, self.block_of(mac)) for mac in macs_within(text))
            found = tuple(mac for mac, block in blocks if block is not None and block.subject is not None)
            self._keep(self._texts, text, found)
        return found

    def words_in(self, text: str) -> TextWords:
        """The brands and model numbers that the words of a text name."""
        found = self._words.get(text)
        if found is None:
            found = read_words(text, self)
            self._keep(self._words, text, found)
        return found

    def begins(self, text: str, at: int) -> bool:
        """Whether a name of a model begins at this place: before it is a maker's name at most, or three capitals."""
        before = text[:at].strip(" -_")
        return not before or (before.isupper() and len(before) <= 3) or self.words_in(before).naming == "whole"

    def _keep[T](self, kept: dict[str, T], text: str, found: T) -> None:
        if len(text) <= CACHED_VALUE_CHARACTERS:
            if len(kept) >= CACHED_VALUES:
                kept.clear()
            kept[text] = found

    def block_of(self, mac: str) -> MacBlock | None:
        """The registered block of a MAC address; a device shows its own in many replies."""
        if mac not in self._blocks:
            if len(self._blocks) >= CACHED_VALUES:
                self._blocks.clear()
            self._blocks[mac] = self.knowledge.block_of(mac)
        return self._blocks[mac]

    def brand_named(self, text: str) -> str | None:
        """The id of the brand, or else the manufacturer, whose name a text equals, or None.

        Case, punctuation and a company's legal form do not count: "VERKADA Inc." is Verkada. Nor does "Technology" before that.
        """
        cut = text[:VALUE_LIMIT_CHARACTERS]
        bare = without_legal_form(cut)
        brand = self.names.get(plain_name(cut)) or self.names.get(plain_name(bare))
        if brand is None and bare != cut:
            brand = self.names.get(plain_name(_TRADE.sub("", bare)))
            return None if brand is None or self.is_common_word(brand) else brand
        return brand

    def brand_of_cell(self, text: str) -> str | None:
        """The brand that a cell of a register names, alone or among other words; None for several that are not one maker's."""
        whole = self.brand_named(text) if text else None
        if whole is not None or not text:
            return whole
        named = self.words_in(text).brands
        owners = {self.knowledge.root_of(record.made_by) for brand in named for record in self.records.get(brand, ())}
        return named[0] if len(named) == 1 or (named and len(owners) == 1) else None

    def brand_misspelt(self, text: str) -> str | None:
        """The brand whose name a text nearly equals ("HIKVISON"), or None: for a person to say."""
        name = plain_name(text[:NAME_LIMIT_CHARACTERS])
        if name not in self._misspelt:
            near = get_close_matches(name, self.names, n=1, cutoff=NEARLY) if len(name) >= NEARLY_FEWEST_CHARACTERS else []
            if len(self._misspelt) >= CACHED_VALUES:
                self._misspelt.clear()
            self._misspelt[name] = self.names[near[0]] if near else None
        return self._misspelt[name]

    def is_common_word(self, brand: str) -> bool:
        """True for a brand whose name people use for other things too."""
        entry = self.knowledge.brand_entries.get(brand)
        return entry is not None and entry.common_word

    def brand_as_read(self, subject: str, text: str) -> str:
        """A brand's name for what somebody read or recorded: another name that it goes by ("i-PRO") where they wrote that."""
        other = plain_name(text)
        name = self.brand_name(subject) or text
        return text if self.knowledge.brand_spellings.get(other) == subject and plain_name(name) not in other else name

    def brand_name(self, subject: str) -> str | None:
        """The display name of a brand id or manufacturer id, None where we hold neither."""
        name = self.knowledge.brand_names.get(subject)
        if name is not None:
            return name
        for record in self.records.get(subject, ()):
            return record.brand_name
        maker = self.knowledge.manufacturers.get(subject)
        return maker.name if maker else None

    def source_of(self, subject: str) -> str:
        """The source id of what we hold of a brand id or manufacturer id, "" where we hold nothing."""
        for record in self.records.get(subject, ()):
            return record.source
        maker = self.knowledge.manufacturers.get(subject)
        return maker.source if maker else ""

    def maker_named(self, text: str) -> str | None:
        """The id of the manufacturer whose name, legal name or id a text equals, or the one maker of an own brand so called."""
        wanted = plain_name(text[:VALUE_LIMIT_CHARACTERS])
        if not wanted:
            return None
        makers = self.knowledge.manufacturers
        for maker in sorted(makers.values(), key=lambda entry: entry.id):
            if wanted in {plain_name(name) for name in (maker.id, maker.name, maker.legal_name) if name}:
                return maker.id
        brand = self.names.get(wanted)
        own = sorted({record.made_by for record in self.records.get(brand or "", ()) if record.relation == "own_brand"})
        return own[0] if len(own) == 1 else None


def plain_name(text: str) -> str:
    """A name without case, blanks and punctuation: "CP Plus", "CPPLUS" and "cp_plus" are one."""
    return _NOT_NAME.sub("", text).casefold()


def without_legal_form(text: str) -> str:
    """A company's name without the words at its end that say what kind of company it is; one word always stays."""
    if len(text) > NAME_LIMIT_CHARACTERS:
        return text
    words = [word for word in _WORD_ENDS.split(text) if plain_name(word)]
    while len(words) > 1 and plain_name(words[-1]) in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


@once_for_each
def index_of(knowledge: Knowledge) -> Index:
    """The index of this very Knowledge."""
    patterns: dict[str, list[Pattern]] = defaultdict(list)
    besides: dict[str, re.Pattern[str]] = {}
    for fingerprint in sorted(knowledge.fingerprints, key=lambda entry: entry.id):
        try:
            patterns[fingerprint.kind].append((fingerprint, re.compile(fingerprint.pattern, fingerprint.flags)))
            if (also := fingerprint.also) is not None:
                besides[fingerprint.id] = re.compile(also.pattern, flags_of(also.kind))
        except re.error as error:
            raise KnowledgeError(
                f"The knowledge base is damaged (the sign {clean(fingerprint.id, 60)}); install it again."
            ) from error
    records: dict[str, list[BrandRecord]] = defaultdict(list)
    for record in knowledge.brands:
        records[record.brand].append(record)
    names: dict[str, str] = {}
    for maker in sorted(knowledge.manufacturers.values(), key=lambda entry: entry.id):
        for name in (maker.id, maker.name, maker.legal_name or ""):
            names.setdefault(plain_name(name), maker.id)
            names.setdefault(plain_name(without_legal_form(name)), maker.id)
    for record in sorted(knowledge.brands, key=lambda entry: entry.brand):
        names[plain_name(record.brand_name)] = record.brand
    for brand, name in sorted(knowledge.brand_names.items()):
        names[plain_name(name)] = brand
    for spelling, brand in sorted(knowledge.brand_spellings.items()):
        names[plain_name(spelling)] = brand
    names.pop("", None)
    return Index(
        knowledge=knowledge,
        patterns={kind: tuple(found) for kind, found in patterns.items()},
        names=names,
        records={brand: tuple(sorted(found, key=_record_key)) for brand, found in records.items()},
        kinds=kind_index(knowledge),
        besides=besides,
    )


def _record_key(record: BrandRecord) -> tuple[str, ...]:
    return (record.made_by, record.relation, record.models or "", record.since or "", record.until or "", record.source)
