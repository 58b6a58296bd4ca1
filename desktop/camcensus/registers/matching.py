"""Rows of a staff register beside our own register: which is which, and why. Between two, staff are asked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from camcensus.model import frozen
from camcensus.model.registers import Ambiguous, Known, Listed, MatchBy, Matched, Reconciled
from camcensus.model.words import clean, joined, shortened
from camcensus.registers.words import PLACE_SEPARATOR

CANDIDATES_SHOWN = 8
SERIAL_FEWEST_CHARACTERS = 4
"""A typed serial number beside the one a device shows; shorter ones are counters."""

_ORDER: tuple[MatchBy, ...] = ("record_id", "ref", "mac", "serial", "address", "channel", "place-and-name")
_RANK = {
    by: rank for rank, by in enumerate(("record_id", "mac", "serial", "ref", "address", "channel", "place-and-name", "entry"))
}
_STRONG = frozenset(("record_id", "ref", "mac", "serial"))
_REASONS: dict[MatchBy, str] = {
    "ref": "It has the reference {ref}.",
    "channel": "It is on the recorder’s channel that {ref} is on.",
    "place-and-name": "It is at the same place as {ref} and is called the same.",
    "entry": "A list had the same entry before: {ref}.",
}
_WORDS: dict[MatchBy, str] = {
    "record_id": "record id", "ref": "reference", "mac": "MAC address", "serial": "serial number",
    "address": "network address", "channel": "channel", "place-and-name": "place and name", "entry": "entry",
}  # fmt: skip


def match_rows(rows: Sequence[Listed], known: Sequence[Known], site: str | None = None) -> Reconciled:
    """Every row as matched, only on the list, or asked; what of ours no row names is only seen. Order as given.

    `site` is that of rows which name none.
    """
    book = _Book(rows, known, site)
    found = [book.match(row) for row in rows]
    found = _contested(found, book)
    found, again = _entered_before(_same_number(found), book)
    named = {one.asset for one in found if isinstance(one, Matched)}
    asked = {asset for one in found if isinstance(one, Ambiguous) for asset, _ in one.candidates}
    return Reconciled(
        tuple(one for one in found if isinstance(one, Matched)),
        tuple(one for one in found if isinstance(one, Listed)),
        tuple(one for one in found if isinstance(one, Ambiguous)),
        tuple(one for one in known if one.here and one.id not in named | asked | again),
    )


_Found = Matched | Listed | Ambiguous


@frozen
class _Hit:
    by: MatchBy
    ids: frozenset[str]


class _Book:
    """Our register, by each key that a row can have."""

    def __init__(self, rows: Sequence[Listed], known: Sequence[Known], site: str | None) -> None:
        self.site = site
        self.known = {one.id: one for one in known}
        self._by: dict[MatchBy, dict[str, set[str]]] = {by: defaultdict(set) for by in _ORDER}
        for one in known:
            for by, key in _keys_of(one):
                self._by[by][key].add(one.id)
        serials = Counter(_serial(str(row.values["serial"])) for row in rows if "serial" in row.values)
        self._repeated = frozenset(serial for serial, number in serials.items() if number > 1)

    def match(self, row: Listed) -> _Found:
        hits = [hit for by in _ORDER if (hit := self._hit(row, by)) is not None]
        if not hits:
            return row
        best = hits[0]
        ids = best.ids
        if len(ids) > 1:
            for other in hits[1:]:
                ids = ids & other.ids or ids
            if len(ids) > 1 and best.by == "place-and-name" and all(self.known[asset].listed for asset in ids):
                return row  # `_entered_before` tells apart those that a list had
            if len(ids) > 1:
                return self.ask(row, ids, f"its {_WORDS[best.by]} is that of {{refs}}")
        (asset,) = ids
        for other in hits[1:]:
            if asset not in other.ids and (other.by in _STRONG or (best.by == "ref" and other.by == "address")):
                both = frozenset({asset}) | other.ids
                return self.ask(row, both, f"its {_WORDS[best.by]} and its {_WORDS[other.by]} are those of {{refs}}")
        one = self.known[asset]
        against = _against(row, one, best.by)
        if against is not None:
            return self.ask(row, ids, f"its {_WORDS[best.by]} is that of {{refs}}, and its {against} is another")
        return Matched(
            row,
            asset,
            one.ref,
            best.by,
            _REASONS.get(best.by, f"It has the {_WORDS[best.by]} of {{ref}}.").format(ref=one.ref),
            _differs(row, one),
        )

    def _hit(self, row: Listed, by: MatchBy) -> _Hit | None:
        ids: set[str] = set()
        for key in _keys_in(row, by):
            if by == "serial" and key in self._repeated:
                continue
            ids |= self._by[by].get(key, set())
        if by == "place-and-name":
            ids = {asset for asset in ids if _holds_place(row, self.known[asset])}
        return _Hit(by, frozenset(ids)) if ids else None

    def ask(self, row: Listed, ids: Iterable[str], why: str) -> Ambiguous:
        candidates = tuple(sorted(((asset, self.known[asset].ref) for asset in ids), key=lambda one: (len(one[1]), one[1])))
        named = joined(shortened([ref for _, ref in candidates], CANDIDATES_SHOWN))
        say = f"Row {row.number} was not matched: {why.format(refs=named)}; say which it is."
        return Ambiguous(row, candidates, say)


def _keys_of(one: Known) -> Iterable[tuple[MatchBy, str]]:
    yield "record_id", one.id.casefold()
    yield "ref", _plain(one.ref)
    for mac in one.macs:
        yield "mac", mac
    for serial in one.serials:
        if len(_serial(serial)) >= SERIAL_FEWEST_CHARACTERS:
            yield "serial", _serial(serial)
    for address in one.addresses:
        yield "address", address
    if one.connected_to_ref and one.channel is not None:
        yield "channel", f"{_plain(one.connected_to_ref)}/{one.channel}"
    for name in one.names:
        if _plain(name):
            yield "place-and-name", _plain(name)


def _keys_in(row: Listed, by: MatchBy) -> tuple[str, ...]:
    values = row.values
    if by == "record_id":
        return (str(values["record_id"]).casefold(),) if "record_id" in values else ()
    if by == "ref":
        return (_plain(str(values["ref"])),) if "ref" in values else ()
    if by == "mac":
        return (str(values["mac"]),) if "mac" in values else ()
    if by == "serial":
        serial = _serial(str(values.get("serial", "")))
        return (serial,) if len(serial) >= SERIAL_FEWEST_CHARACTERS else ()
    if by == "address":
        return tuple(str(values["ip"]).split()) if "ip" in values else ()
    if by == "channel":
        if "connected_to_ref" in values and "channel" in values:
            return (f"{_plain(str(values['connected_to_ref']))}/{values['channel']}",)
        return ()
    names = {_plain(str(values[name])) for name in ("name", "purpose") if name in values}
    return tuple(sorted(names - {""}))


def _places(row: Listed) -> set[str]:
    named = [*(name for _, name in row.place), *str(row.values.get("location", "")).split(PLACE_SEPARATOR)]
    return {_plain(name) for name in named} - {""}


def _holds_place(row: Listed, one: Known) -> bool:
    """True where the row names a place, and all of it is in the path of the other's place."""
    named = _places(row)
    return bool(named) and named <= {_plain(name) for name in one.place_path}


def _against(row: Listed, one: Known, by: MatchBy) -> str | None:
    """What speaks against a match, in a word or two; None for nothing."""
    values = row.values
    if by in ("record_id", "mac"):
        return None
    if "mac" in values and one.macs and values["mac"] not in one.macs:
        return "MAC address"
    if by == "serial":
        return None
    if "serial" in values and one.serials and _serial(str(values["serial"])) not in map(_serial, one.serials):
        return "serial number"
    theirs = str(one.values.get("model", ""))
    if by != "ref" and "model" in values and theirs and not _alike(str(values["model"]), theirs):
        return "model"
    return None


def _alike(one: str, other: str) -> bool:
    """True for model names that are one, or one with more behind it ("DS-2CD2143G2-I", "DS-2CD2143G2-I(2.8mm)")."""
    first, second = _serial(one), _serial(other)
    return first in second or second in first


def _contested(found: Sequence[_Found], book: _Book) -> list[_Found]:
    """Rows that are one device of ours: the one with the better key is it; between equals staff are asked."""
    rows: dict[str, list[Matched]] = defaultdict(list)
    for one in found:
        if isinstance(one, Matched):
            rows[one.asset].append(one)
    settled: list[_Found] = []
    for one in found:
        same = rows[one.asset] if isinstance(one, Matched) else []
        if not isinstance(one, Matched) or len(same) == 1:
            settled.append(one)
            continue
        best = min(_RANK[other.by] for other in same)
        if _RANK[one.by] == best and sum(_RANK[other.by] == best for other in same) == 1:
            settled.append(one)
            continue
        others = ", ".join(str(other.row.number) for other in same if other is not one)
        are = f"row {others} is" if len(same) == 2 else f"rows {others} are"
        say = f"Row {one.row.number} was not matched: {are} {one.ref} too; say which it is."
        settled.append(Ambiguous(one.row, ((one.asset, book.known[one.asset].ref),), say))
    return settled


def _same_number(found: Sequence[_Found]) -> list[_Found]:
    """Of rows that are only on the list, all but the first are asked that share a MAC address or reference, or are copies with
    one serial number.
    """
    first: dict[tuple[str, str], int] = {}
    settled: list[_Found] = []
    for one in found:
        if not isinstance(one, Listed):
            settled.append(one)
            continue
        clash = None
        for name, words in (("mac", "MAC address"), ("ref", "reference"), ("serial", "serial number")):
            if name in one.values:
                told = str(sorted(one.values.items())) if name == "serial" else str(one.values[name])
                before = first.setdefault((name, _plain(told)), one.number)
                clash = clash or ((before, words) if before != one.number else None)
        if clash is None:
            settled.append(one)
        else:
            say = f"Row {one.number} was not used: row {clash[0]} has the same {clash[1]}; say which is right."
            settled.append(Ambiguous(one, (), say))
    return settled


_Entry = tuple[str, str, str, str]


def _entered_before(found: Sequence[_Found], book: _Book) -> tuple[list[_Found], set[str]]:
    """A list again: rows without a number of their own are the entries that a list had with the same place, name, brand and
    model, as many as there are. Where one of these is another now, it is asked. Also gives the other entries of such rows.
    """
    taken = {one.asset for one in found if isinstance(one, Matched)}
    taken |= {asset for one in found if isinstance(one, Ambiguous) for asset, _ in one.candidates}
    alike, there = defaultdict[_Entry, list[str]](list), defaultdict[str, list[str]](list)
    for entry in book.known.values():
        if entry.listed is not None and entry.id not in taken:
            place = _plain(entry.place_path[-1]) if entry.place_path else ""
            brand, model = entry.listed
            alike[place, _plain("".join(entry.names[:1])), _plain(brand), _serial(model)].append(entry.id)
            there[place].append(entry.id)
    again: set[str] = set()
    settled: list[_Found] = []
    for one in found:
        if isinstance(one, Listed) and (mine := _fitting(one, alike[_entry_of(one)], again, book)):
            again.update(mine)
            ref = book.known[mine[0]].ref
            differs = (f"The list has {one.entries} of it; there are {len(mine)}.",) if len(mine) < one.entries else ()
            settled.append(Matched(one, mine[0], ref, "entry", _REASONS["entry"].format(ref=ref), differs))
        else:
            settled.append(one)
    for at, one in enumerate(settled):
        if isinstance(one, Listed) and _places(one) and not {"ref", "mac", "serial", "ip"} & one.values.keys():
            left = [asset for asset in there[_entry_of(one)[0]] if asset not in again and _may_be(one, book.known[asset], book)]
            if left:
                settled[at] = book.ask(one, left, "a list had {refs} at its place before")
    return settled, again


def _entry_of(row: Listed) -> _Entry:
    values = {name: str(value) for name, value in row.values.items()}
    levels = [name for _, name in row.place]
    if "room_or_area" not in values:
        levels += values.get("location", "").split(PLACE_SEPARATOR)[-1:]
    place = next((name for name in reversed(levels) if name), "")
    name = values.get("purpose") or values.get("name", "")
    return _plain(place), _plain(name), _plain(values.get("sold_as", "")), _serial(values.get("model", ""))


def _may_be(row: Listed, one: Known, book: _Book) -> bool:
    """Whether the entry is at the row's place, on the site of rows that name none, and has no other number."""
    here = not _places(row) or _holds_place(row, one)
    if here and book.site and "site" not in row.values and one.place_path:
        here = _plain(one.place_path[0]) == _plain(book.site)
    moved = "ip" in row.values and bool(one.addresses) and not {*str(row.values["ip"]).split()} & {*one.addresses}
    return here and not moved and _against(row, one, "ref") is None


def _fitting(row: Listed, ids: Sequence[str], again: set[str], book: _Book) -> list[str]:
    """As many of these entries as the row has devices, at its place."""
    free = (one for one in ids if one not in again and _may_be(row, book.known[one], book))
    return [one for one, _ in zip(free, range(row.entries), strict=False)]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _serial(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.casefold())


_SHOWN: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("sold_as", "brand", _plain),
    ("model", "model", _serial),
    ("serial", "serial number", _serial),
    ("mac", "MAC address", str.casefold),
)


def _differs(row: Listed, one: Known) -> tuple[str, ...]:
    """What the list says otherwise than the device shows; it is said, and the device's own word stays."""
    if one.typed:
        return ()
    said = []
    for name, words, key in _SHOWN:
        listed, ours = str(row.values.get(name, "")), clean(str(one.values.get(name, "")), 1000)
        if listed and ours and key(listed) != key(ours):
            said.append(f"The list has the {words} {clean(listed, 60)}; the device shows {clean(ours, 60)}.")
    return tuple(said)
