"""An exchange file's lines for each device: its answer, the signs, what is on record, and the replies behind them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from camcensus.assessment.listings import listings
from camcensus.model import frozen
from camcensus.model.device import NAMED_GRADES, Attribution, Finding, Grade, SeatFinding, register_kind
from camcensus.model.knowledge import Knowledge
from camcensus.model.plain import from_plain, to_plain
from camcensus.store.exchange_file import write
from camcensus.store.exchange_file.schema import TABLES, row_of
from camcensus.store.exchange_file.write import DeviceRow
from camcensus.store.inventory import Inventory
from camcensus.store.own_list import LIST as OWN
from camcensus.store.rows import write_answer
from camcensus.tasks.finding.judging import judged_now
from camcensus.tasks.share.staff import Staff

Row = tuple[Any, ...]
Put = Callable[[str, Iterable[Row]], None]
"""Takes rows of a table, in the order of the schema's columns."""

_EMPTY_FINDING: dict[str, Any] = dict.fromkeys(TABLES["finding"].columns) | {
    "path": "[]", "product_type": "", "fixed_in": "", "known_exploited": 0,
}  # fmt: skip
SENT_BY_STAFF = ("person.who",)
"""Fields of a reply that name somebody of the staff."""


@frozen
class DeviceAnswer:
    """What of a device's answer the register's tables need. `lists` are those in use that its maker is on."""

    grade: Grade
    lists: frozenset[str]
    channels: tuple[Mapping[str, Any], ...]


@dataclass(slots=True)
class Devices:
    """Puts the devices of an inventory into an exchange file; afterwards `told` (by device) and `cited` (sources) are full."""

    inventory: Inventory
    knowledge: Knowledge
    own: Knowledge
    """The knowledge with the organisation's own list."""
    enabled: frozenset[str]
    staff: Staff
    told: dict[str, DeviceAnswer] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)
    _own: dict[tuple[str | None, Grade, tuple[str, ...]], tuple[Finding, ...]] = field(default_factory=dict)
    _sources: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lists = self.own.lists.values()
        self._sources = {(entry.id, named.manufacturer): named.source for entry in lists for named in entry.names}
        self._sources |= {("advisory", one.id): one.source for one in self.knowledge.advisories}

    def put(self, ids: Sequence[str], method: Mapping[str, str], put: Put) -> None:
        """Some devices with all that belongs to them; answers that are not of this knowledge are re-checked."""
        inventory = self.inventory
        some = inventory.look(lambda db: write.read_devices(db, ids))
        old = [one.id for one in some if not one.fresh or one.knowledge_version != self.knowledge.version]
        again = judged_now(self.inventory, self.knowledge, old) if old else {}
        rows: dict[str, list[Row]] = {
            name: [] for name in ("device", "device_key", "observation", "attribution", "evidence", "finding")
        }

        def read(db: Database) -> None:
            for one in some:
                text = write_answer(again[one.id]) if one.id in again else one.answer
                if text is not None:
                    self._device(one, json.loads(text), method.get(one.id) or ("search" if one.last_seen else "import"), rows)
            there = [row[0] for row in rows["device"]]
            rows["device_key"] += write.read_keys(db, there)
            rows["observation"] += map(self._observation, write.read_told(db, there))

        inventory.look(read)
        for name, made in rows.items():
            put(name, made)

    def _device(self, one: DeviceRow, answer: Mapping[str, Any], method: str, rows: dict[str, list[Row]]) -> None:
        said, who = answer["description"], answer["attribution"]
        rows["device"].append(
            row_of(
                "device", said, id=one.id, kind=register_kind(said["kind"]), network=one.network, mac=one.mac,
                addresses=one.addresses, probes_answered=_json(said["probes_answered"]), seen_by=method,
                first_seen=one.first_seen, last_seen=one.last_seen,
            )
        )  # fmt: skip
        maker, grade, candidates = who["manufacturer"], who["grade"], tuple(who["candidates"])
        rows["attribution"].append(
            row_of(
                "attribution", who, device=one.id, manufacturer_name=self.knowledge.name_of(maker) if maker else None,
                candidates=_json(candidates), reason=self.staff.text(who["reason"]), knowledge_version=self.knowledge.version,
                judged_at=write.to_the_second(one.judged_at),
            )
        )  # fmt: skip
        for number, sign in enumerate((*who["supports"], *who["against"], *who["other"], *said["kind_evidence"]), 1):
            self.cited.add(sign["source"])
            rows["evidence"].append(
                row_of(
                    "evidence", sign, device=one.id, number=number, ask=sign.get("ask"), observation=sign["reply"],
                    sign_group=sign["group"], why=self.staff.text(sign["why"]),
                )
            )  # fmt: skip
        found = [from_plain(Finding, entry) for entry in answer["findings"]]
        listed = sorted({*found, *self._on_own_list(maker, grade, candidates)})
        based = from_plain(SeatFinding, answer["seat"]) if answer.get("seat") else None
        rows["finding"] += self._findings(one.id, listed, based, answer)
        firm = {entry.list for entry in listed if not entry.may} if grade in NAMED_GRADES else set()
        channels = tuple(said.get("reported_channels", ()))
        self.told[one.id] = DeviceAnswer(grade, frozenset(firm) & self.enabled, channels)

    def _findings(
        self, device: str, listed: Sequence[Finding], based: SeatFinding | None, answer: Mapping[str, Any]
    ) -> list[Row]:
        """Numbered: listings, where the maker is based, then flaws that apply or may, then capabilities."""
        found: list[Row] = []

        def add(kind: str, subject: str, state: str, cited: str | None, **more: Any) -> None:
            held = {"device": device, "number": len(found) + 1, "kind": kind, "subject": subject, "state": state}
            found.append(row_of("finding", _EMPTY_FINDING | held | more, source=cited))
            if cited:
                self.cited.add(cited)

        for one in listed:
            state = "may-be-listed" if one.may else "listed"
            add(
                "listing", one.list, state, self._sources.get((one.list, one.manufacturer)), manufacturer=one.manufacturer,
                path=_json(one.path),
            )  # fmt: skip
        if based is not None:
            state = "may-be-based" if based.may else "based"
            add("seat", based.reading, state, based.source, manufacturer=based.manufacturer, country=based.country)
        for flaw in answer.get("advisories", ()):
            if flaw["applies"] != "no":
                cited = self._sources.get(("advisory", flaw["id"]))
                add(
                    "advisory", flaw["id"], flaw["applies"], cited, known_exploited=flaw["known_exploited"], why=flaw["why"],
                    product_type=flaw.get("product_type") or "", fixed_in=flaw.get("fixed_in") or "",
                )  # fmt: skip
        for able in answer.get("capabilities", ()):
            if able["state"] == "unknown" and (able.get("claim"), able.get("said_by")) != ("none", "maker"):
                continue
            add("capability", able["capability"], able["state"], able["source"], said_by=able["said_by"], seen=able["seen"])
        return found

    def _on_own_list(self, maker: str | None, grade: Grade, candidates: tuple[str, ...]) -> tuple[Finding, ...]:
        if self.own is self.knowledge:
            return ()
        key = (maker, grade, candidates)
        if key not in self._own:
            judged = Attribution(maker, None, grade, candidates, (), (), (), "", "")
            self._own[key] = listings(judged, self.own, frozenset([OWN]))
        return self._own[key]

    def _observation(self, one: Mapping[str, Any]) -> Row:
        """Without the names of staff, unless they were asked for."""
        if one["probe"] != "person" or self.staff.shown:
            return row_of("observation", one)
        fields = {name: values for name, values in json.loads(one["fields"]).items() if name not in SENT_BY_STAFF}
        return row_of("observation", one, fields=_json(fields))


def _json(value: Any) -> str:
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))
