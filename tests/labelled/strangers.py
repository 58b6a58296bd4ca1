"""Replies of real devices from publications that no rule was written from, written down before any verdict was seen.

Each is rebuilt from the published values (realm, server, title, scopes, model …; serials and versions partly invented) in `strangers.toml` and `strangers_kept.toml`;
what a publication does not show is left out. `half_of` says which file an id belongs to. The kept half is for measuring only:
whoever writes a rule, a fingerprint or a pattern does not read it. The newer ones were gathered later, and before any rule that
the older ones led to; each gathering keeps a half of its own.

`maker` is our id of the maker, "" where nobody made it (a program), absent where the publication does not say. `told`, and
`kind_told`, are false where the replies do not hold enough to say so.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from labelled import packets
from labelled.case import Case
from labelled.packets import Packet

HERE = Path(__file__).parent
HALVES = {
    "open": (
        HERE / "strangers.toml",
        HERE / "strangers_newer.toml",
        HERE / "strangers_third.toml",
        HERE / "strangers_fourth.toml",
        HERE / "strangers_fifth.toml",
    ),
    "kept": (HERE / "strangers_kept.toml", HERE / "strangers_newer_kept.toml", HERE / "strangers_fifth_kept.toml"),
}
"""The files of each half, from the older gathering to the fifth; the third and the fourth are all open."""


def half_of(identity: str) -> Literal["open", "kept"]:
    """Which half a stranger belongs to, by its id alone."""
    return "kept" if hashlib.sha256(identity.encode()).digest()[-1] & 1 else "open"


def _xml(probe: str) -> Callable[..., Packet]:
    def made(*, text: str, port: int = 80) -> Packet:
        return packets.raw(probe, text.encode(), port)

    return made


def _scoped(make: Callable[..., Packet]) -> Callable[..., Packet]:
    def made(*, scopes: list[str], **rest: Any) -> Packet:
        return make(*scopes, **rest)

    return made


def _headed(make: Callable[..., Packet]) -> Callable[..., Packet]:
    def made(*, headers: list[str] | None = None, **rest: Any) -> Packet:
        return make(*(headers or ()), **rest)

    return made


def _realm(make: Callable[..., Packet]) -> Callable[..., Packet]:
    def made(*, text: str, headers: list[str] | None = None, **rest: Any) -> Packet:
        return make(text, *(headers or ()), **rest)

    return made


def _page(
    *, body: str, headers: list[str] | None = None, status: str = "200 OK", port: int = 80, ask: str | None = None
) -> Packet:
    """A web answer with a body of its own."""
    head = "\r\n".join((f"HTTP/1.1 {status}", *(headers or ()), f"Content-Length: {len(body.encode())}"))
    return Packet("http", f"{head}\r\n\r\n{body}".encode(), ask=ask, port=port)


def _sdp(*, body: str, headers: list[str] | None = None) -> Packet:
    """An RTSP answer that describes its media."""
    head = "\r\n".join(
        ("RTSP/1.0 200 OK", "CSeq: 2", *(headers or ()), "Content-Type: application/sdp", f"Content-Length: {len(body)}")
    )
    return Packet("rtsp", f"{head}\r\n\r\n{body}".encode(), ask="DESCRIBE", port=554)


def _named(operation: str) -> Callable[..., Packet]:
    def made(*, name: str) -> Packet:
        text = f"<tds:HostnameInformation><tt:FromDHCP>false</tt:FromDHCP><tt:Name>{name}</tt:Name></tds:HostnameInformation>"
        return packets.soap(operation, text)

    return made


FORMS: Mapping[str, Callable[..., Packet]] = {
    "wsd": _scoped(packets.wsd), "scopes": _scoped(packets.scopes), "info": packets.info, "hostname": _named("GetHostname"),
    "http": _headed(packets.http), "page": _page, "realm": _realm(packets.realm), "rtsp": _headed(packets.rtsp),
    "rtsp_realm": _realm(packets.rtsp_realm), "sdp": _sdp, "ssdp": packets.ssdp, "upnp": packets.upnp, "mdns": packets.mdns,
    "sadp": packets.sadp, "dhip": packets.dhip, "neighbour": packets.neighbour, "isapi": _xml("isapi.System/deviceInfo"),
    "dahua-cgi": _xml("dahua-cgi.getSystemInfo"), "axis-cgi": _xml("axis-cgi.properties"),
}  # fmt: skip
"""How a reply is rebuilt, by its `form`; its other keys are the arguments."""


def _packet(reply: Mapping[str, Any]) -> Packet:
    return FORMS[reply["form"]](**{key: value for key, value in reply.items() if key != "form"})


def _read(path: Path, theme: str) -> tuple[Case, ...]:
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("stranger", [])
    return tuple(
        Case(
            id=f"{theme}/{row['id']}", theme=theme, truth=row.get("maker") or None, told=row.get("told", bool(row.get("maker"))),
            basis=row.get("note", row["source"]), packets=tuple(map(_packet, row["replies"])), kind=row.get("kind"),
            kind_told=row.get("kind_told", "kind" in row), maker_judged="maker" in row, source=row["source"],
        )
        for row in rows
    )  # fmt: skip


def strangers() -> tuple[Case, ...]:
    """The older open half: it may be read, and what is learnt from it is left out again when it is judged."""
    return _read(HALVES["open"][0], "stranger")


def newer_strangers() -> tuple[Case, ...]:
    """The newer open half."""
    return _read(HALVES["open"][1], "newer")


def third_strangers() -> tuple[Case, ...]:
    """The third gathering."""
    return _read(HALVES["open"][2], "third")


def fourth_strangers() -> tuple[Case, ...]:
    """The fourth gathering."""
    return _read(HALVES["open"][3], "fourth")


def fifth_strangers() -> tuple[Case, ...]:
    """The open half of the fifth gathering."""
    return _read(HALVES["open"][4], "fifth")


def fifth_kept_strangers() -> tuple[Case, ...]:
    """The kept half of the fifth gathering: count it, never read it."""
    return _read(HALVES["kept"][2], "fifth-kept")


def kept_strangers() -> tuple[Case, ...]:
    """The older kept half: count it, never read it."""
    return _read(HALVES["kept"][0], "kept")


def newer_kept_strangers() -> tuple[Case, ...]:
    """The newer kept half: count it, never read it."""
    return _read(HALVES["kept"][1], "newer-kept")
