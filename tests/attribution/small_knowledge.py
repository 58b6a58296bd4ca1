"""A knowledge base of a few makers, made up where it says so, in which the ladder can be worked by hand."""

from __future__ import annotations

from typing import Any

from camcensus.model.device import Observation, Reading
from camcensus.model.knowledge import (
    BrandRecord,
    Fingerprint,
    Knowledge,
    MacBlock,
    Manufacturer,
    Source,
)
from statement_samples import statement

SOURCE = Source("src", "A published text", "Somebody", "https://example.org/", "2024-05", "2026-11")


def maker(id: str, name: str, parent: str | None = None, seat: str | None = None) -> Manufacturer:
    return Manufacturer(id, name, None, seat, parent, None, "src", seat_source="src" if seat else None)


def brand(id: str, name: str, made_by: str, relation: Any, **more: Any) -> BrandRecord:
    fields: dict[str, Any] = {
        "models": None,
        "since": None,
        "until": None,
        "against": False,
        "basis": "maker",
        "note": "",
        "source": "src",
        "verified": True,
    }
    return BrandRecord(brand=id, brand_name=name, made_by=made_by, relation=relation, **(fields | more))


def does(id: str, kind: str, pattern: str, subject: str, group: Any, strength: Any = "strong", **more: Any) -> Fingerprint:
    why = more.pop("why", f"It shows {id}.")
    return Fingerprint(
        id, kind, pattern, "does", group, more.pop("role", "manufacturer"), subject, strength, why, "src", **more
    )


def says(id: str, kind: str, pattern: str, subject: str, strength: Any = "strong", **more: Any) -> Fingerprint:
    why = more.pop("why", f"It shows {id}.")
    return Fingerprint(id, kind, pattern, "says", "claim", more.pop("role", "brand"), subject, strength, why, "src", **more)


MAKERS = {
    entry.id: entry
    for entry in (
        maker("hikvision", "Hikvision", seat="China"),
        maker("ezviz-co", "EZVIZ Network", "hikvision"),
        maker("dahua", "Dahua", seat="China"),
        maker("axis", "Axis"),
        maker("honeywell", "Honeywell"),
        maker("uniview", "Uniview", seat="China"),
        maker("tvt", "TVT"),
    )
}
BRANDS = (
    brand("hikvision", "Hikvision", "hikvision", "own_brand"),
    brand("ezviz", "EZVIZ", "hikvision", "subsidiary"),
    brand("dahua", "Dahua", "dahua", "own_brand"),
    brand("axis", "AXIS", "axis", "own_brand"),
    brand("uniview", "Uniview", "uniview", "own_brand"),
    brand("honeywell", "Honeywell", "dahua", "partial_oem"),
    brand("honeywell", "Honeywell", "hikvision", "former_oem"),
    brand("cp-plus", "CP Plus", "dahua", "oem_rebrand"),
    brand("bcs", "BCS", "dahua", "oem_rebrand", verified=False),
    brand("lonely", "Lonely", "tvt", "oem_rebrand"),
    brand("line", "Line", "tvt", "own_brand", models="^L-"),
    brand("ended", "Ended", "tvt", "own_brand", until="2022-04"),
    brand("denied", "Denied", "tvt", "oem_rebrand"),
    brand("denied", "Denied", "tvt", "oem_rebrand", against=True),
)
FINGERPRINTS = (
    does("dhip", "dhip.answer", "^client", "dahua", "protocol", "conclusive", why="It answers Dahua's own discovery protocol."),
    does("sadp", "sadp.answer", "^ProbeMatch$", "hikvision", "protocol", "conclusive"),
    does(
        "dahua-scopes",
        "onvif.scope",
        "/extension/unique_identifier",
        "dahua",
        "scope-skeleton",
        why="It announces itself in the fixed form of Dahua's firmware.",
    ),
    does("hik-namespace", "xml.namespace", "onvifext", "hikvision", "soap"),
    does("hik-realm", "http.realm", r"^IP Camera\(", "hikvision", "auth"),
    does("hik-rtsp", "rtsp.realm", r"^IP Camera\(", "hikvision", "rtsp"),
    does("dahua-realm", "http.realm", "^Login to ", "dahua", "auth"),
    does("dahua-weak", "rtsp.server", "^Rtsp Server", "dahua", "rtsp", "weak"),
    does("hik-weak", "http.server", "^App-webs", "hikvision", "web", "weak"),
    does("uniview-unverified", "http.title", "^Uni", "uniview", "web", verified=False),
    does("chip", "rtsp.server", "^Hipcam", "dahua", "rtsp", role="component"),
    does("recorder", "dhip.device_class", "^NVR$", "recorder", "protocol", role="kind"),
    says("axis-name", "onvif.scope", "/name/AXIS", "axis", why="It calls itself AXIS."),
)
MACS = {
    "3cef8c": MacBlock("3cef8c", "Dahua", "manufacturer", "dahua", True),
    "4419b6": MacBlock("4419b6", "Hikvision", "manufacturer", "hikvision", True),
    "accc8e": MacBlock("accc8e", "Axis", "manufacturer", "axis", True),
    "004084": MacBlock("004084", "Honeywell", "brand", "honeywell", True),
    "c0ffee": MacBlock("c0ffee", "CP Plus", "brand", "cp-plus", True),
    "74dada": MacBlock("74dada", "Shared", "manufacturer", "tvt", False),
    "f4f26d": MacBlock("f4f26d", "A router company", None, None, False),
}
STATEMENTS = {
    "uk": statement("uk", "hikvision", "dahua"),
    "wms": statement("wms", seat="China", reading="It names nobody; this is our reading.", text="It names nobody."),
    "us": statement("us", "dahua", default_on=False),
}


def small_knowledge(**changed: Any) -> Knowledge:
    parts: dict[str, Any] = {
        "version": "test",
        "sources": {"src": SOURCE},
        "manufacturers": MAKERS,
        "brands": BRANDS,
        "fingerprints": FINGERPRINTS,
        "macs": MACS,
        "statements": STATEMENTS,
        "junk_serials": frozenset({"0123456789", "default1"}),
        "junk_macs": frozenset({"00:11:22:33:44:55"}),
    }
    return Knowledge(**(parts | changed))


def seen(probe: str, address: str = "10.0.0.5", at: str = "2026-11-24T10:00:00Z", **more: Any) -> Observation:
    """An observation; keyword names with "__" for "." are fields: `onvif__scope=("a", "b")` or one text.

    `mac` is the number of the line itself (from the neighbour table), `claims_mac` the field of that name.
    """
    known = {name: more.pop(name) for name in ("ask", "network", "port", "mac", "raw") if name in more}
    state = more.pop("state", "read")
    fields = {
        name.removeprefix("claims_").replace("__", "."): (value,) if isinstance(value, str) else tuple(value)
        for name, value in more.items()
    }
    raw = known.pop("raw", repr(sorted(fields.items())).encode())
    return Observation(probe=probe, address=address, at=at, raw=raw, reading=Reading(state, fields), **known)


def read_by_person(basis: str, at: str = "2026-11-20", **said: str) -> Observation:
    fields = {f"person__{name}": value for name, value in said.items()}
    return seen("person", person__basis=basis, person__when=at, **fields)


DAHUA_SCOPE = "onvif://www.onvif.org/extension/unique_identifier/1"
HIK_NAMESPACE = "http://www.onvifext.com/onvif/ext/ver10/schema"
