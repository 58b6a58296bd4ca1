"""Small made-up values that several rooms' tests share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from camcensus.intake.capture_writer import CaptureWriter
from camcensus.model.asset import Body
from camcensus.model.device import Attribution, Description, Device, DeviceKind, Finding, Key, Observation, Reading, Verdict
from camcensus.model.scan import Coverage, Interface, ScanRecord

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
NETWORK = "eth0 10.0.0.2/24"
DATA = Path(__file__).resolve().parent / "data"


def body(name: str = "Elm Park Primary School") -> Body:
    return Body("5c9d2f60-0000-4000-8000-000000000001", name)


def packet(name: str) -> bytes:
    """Recorded bytes from tests/data, such as "dhip/camera"."""
    return (DATA / f"{name}.bin").read_bytes()


def observation(number: int, **changes: object) -> Observation:
    """A reply of the host 10.0.0.<number>."""
    plain = Observation(
        probe="http", address=f"10.0.0.{number}", at="2026-11-24T10:41:02.113Z", raw=b"HTTP/1.1 200 OK\r\n\r\n", ask="GET /",
        network=NETWORK, port=80, reading=Reading("read", {"http.status": ("200",)}, "http 1"),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def device(number: int, *observations: Observation) -> Device:
    mac = f"02:00:00:00:00:{number:02x}"
    seen = observations or (observation(number, mac=mac),)
    return Device(
        (Key("mac", mac), Key("addr", f"{NETWORK}/10.0.0.{number}", "weak")), (f"10.0.0.{number}",), NETWORK, mac, seen
    )


def verdict(number: int, kind: DeviceKind = "camera", maker: str | None = "dahua", version: str = "1") -> Verdict:
    attribution = Attribution(
        maker, "Honeywell" if maker else None, "likely" if maker else "unknown", (maker,) if maker else (), (), (), (),
        "Made by Dahua – likely." if maker else "We can't tell who made this.", version,
    )  # fmt: skip
    findings = (Finding("uk-fac-2021", maker, (maker,), False),) if maker else ()
    return Verdict(device(number), Description(kind=kind, model="X", probes_answered=("http",)), attribution, findings)


def scan(identity: str = "scan-1", **changes: object) -> ScanRecord:
    plain = ScanRecord(
        id=identity, started_at="2026-11-24T10:40:00Z", ended_at="2026-11-24T10:42:00Z", stopped_early=False,
        knowledge_version="1", interfaces=(Interface("eth0", "10.0.0.2/24"),), ranges=(), passive=False, pace="gentle",
        coverage=(Coverage("http", NETWORK, 3, 2, "done"),), not_covered=("networks behind a router",), allowed_by="R. Khan",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def write_capture(path: Path, observations: Iterable[Observation]) -> None:
    """A new capture with these observations, in this order."""
    path.unlink(missing_ok=True)
    with CaptureWriter(path) as writer:
        for observation in observations:
            writer.write(observation)
