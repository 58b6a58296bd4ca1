"""The packets in tests/data: bytes as a device would send them, beside what is to be read in them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
NAMESPACES = {"xml.namespace", "xml.prefix"}
"""Compared only where a packet's file names them; they are long and the same in most."""


@dataclass(frozen=True)
class Packet:
    """One reply. `fields` is None where it is broken, `broken` then the sentence."""

    protocol: str
    name: str
    probe: str
    ask: str | None
    raw: bytes
    origin: str
    fields: dict[str, tuple[str, ...]] | None
    broken: str | None

    def __str__(self) -> str:
        return f"{self.protocol}/{self.name}"


def packets(protocol: str | None = None) -> list[Packet]:
    """All packets of a protocol, or of all, by name."""
    found = []
    for path in sorted(DATA.glob(f"{protocol or '*'}/*.bin")):
        about = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
        fields = {name: tuple(values) for name, values in about.get("fields", {}).items()}
        found.append(
            Packet(
                protocol=path.parent.name,
                name=path.stem,
                probe=about["probe"],
                ask=about.get("ask"),
                raw=path.read_bytes(),
                origin=about["origin"],
                fields=None if "broken" in about else fields,
                broken=about.get("broken"),
            )
        )
    return found


def packet(protocol: str, name: str) -> Packet:
    """One packet by name."""
    return next(found for found in packets(protocol) if found.name == name)
