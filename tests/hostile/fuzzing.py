"""Fuzzing of everything that reads what strangers wrote: sound examples, mutated; only our own errors may come out, and soon.

`TARGETS` are the readers with their examples. `Fuzz` is one run; the same seed gives the same inputs.
"""

from __future__ import annotations

import gzip
import random
import re
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pcaps
from camcensus.intake.capture import parse_line
from camcensus.intake.lists import read_file
from camcensus.intake.pictures import read_picture
from camcensus.intake.registers import read_headings, read_register_bytes
from camcensus.intake.sheets import read_book
from camcensus.model.errors import CamcensusError, WireError
from camcensus.store.policy_file import read_policy
from camcensus.store.signatures import read_public_key, verify
from camcensus.wire.read import CODECS, PREFIX_CODECS, codec_of, redact
from hostile import file_books, file_pictures, file_texts
from hostile.payloads import PAYLOADS
from installers.knowledge.endless import endless
from installers.knowledge.published import parse_json, read_rows

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
LONGEST_BYTES, EXAMPLE_BYTES = 200_000, 20_000
SLOW_S = 2.0
PIECES = (
    b"\0", b"\xff" * 4, b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"-1", b"9" * 40, b"1e999", b"NaN", b"\xed\xa0\x80", b"\\ud800",
    b"<![CDATA[", b"]]>", b"<!DOCTYPE x>", b"&#0;", b"&a;", b"<x>" * 40, b"[" * 400, b"{" * 400, b'"', b"'", b"\r\n", b"\r\n\r\n", b"\xe2\x80\xae",
    "\u0660\u00b2\uff11".encode(), b"%00", b"../", b"=cmd|", b"::ffff:1.2.3.4", b"ff:ff:ff:ff:ff:ff", b"\xc0\x0c", b"A" * 5_000,
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A reader. `takes` says how much of the time it gets, `may` what it may raise."""

    name: str
    read: Callable[[bytes], object]
    examples: tuple[bytes, ...]
    may: tuple[type[BaseException], ...]
    takes: int = 1


@dataclass
class Fault:
    """An input that brought out something else, or took too long."""

    target: str
    what: str
    data: bytes


@dataclass
class Fuzz:
    """One run: how often each target was tried, and what went wrong."""

    seed: int
    runs: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    slow_s: float = SLOW_S

    def run(self, targets: tuple[Target, ...], *, seconds: float = 0, times: int = 0) -> None:
        """Each target in turn for its share of so many seconds, or so many times."""
        shares = sum(target.takes for target in targets)
        for target in targets:
            chance = random.Random(f"{self.seed} {target.name}")
            until = time.monotonic() + seconds * target.takes / shares
            done = 0
            while done < times * target.takes or (seconds and time.monotonic() < until):
                self.once(target, mutated(chance, target.examples))
                done += 1
                if sum(fault.target == target.name for fault in self.faults) >= 5:
                    break
            self.runs[target.name] = done

    def once(self, target: Target, data: bytes) -> None:
        """One input; what went wrong is noted."""
        began = time.process_time()
        try:
            target.read(data)
        except target.may:
            pass
        except Exception as error:
            at = error.__traceback__
            while at is not None and at.tb_next is not None:
                at = at.tb_next
            where = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at is not None else "?"
            self.faults.append(Fault(target.name, f"{type(error).__name__} at {where}: {str(error)[:120]}", data))
        took = time.process_time() - began
        if took > self.slow_s:
            self.faults.append(Fault(target.name, f"took {took:.1f} s", data))


def mutated(chance: random.Random, examples: tuple[bytes, ...]) -> bytes:
    """An example changed in one to six ways."""
    data = bytearray(chance.choice(examples))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(9):
            case 0 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 1 if data:
                data[at % len(data)] = chance.randrange(256)
            case 2:
                del data[at : at + chance.randint(1, 40)]
            case 3:
                data[at:at] = chance.choice(PIECES)
            case 4:
                data[at : at + 4] = chance.choice(PIECES)
            case 5:
                size = chance.randint(1, 60)
                data[at:at] = data[at : at + size] * chance.randint(1, 50)
            case 6:
                other = chance.choice(examples)
                start = chance.randrange(len(other) + 1)
                data[at : at + 60] = other[start : start + chance.randint(1, 400)]
            case 7:
                del data[at:]
            case _:
                data = bytearray(_other_number(bytes(data), chance))
    return bytes(data[:LONGEST_BYTES])


def _other_number(data: bytes, chance: random.Random) -> bytes:
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return data
    found = chance.choice(numbers)
    return (
        data[: found.start()]
        + chance.choice((b"0", b"-1", b"65536", b"4294967296", b"9" * 30, b"1e9", b""))
        + data[found.end() :]
    )


def _recorded(probe: str) -> tuple[bytes, ...]:
    folder = ROOT / "tests" / "data" / probe.rstrip(".")
    return tuple(path.read_bytes()[:EXAMPLE_BYTES] for path in sorted(folder.glob("*.bin")))


ASKS = {
    "onvif.": "GetDeviceInformation",
    "isapi.": "System/deviceInfo",
    "dahua-cgi.": "getSystemInfo",
    "axis-cgi.": "basicdeviceinfo",
}


def codec_targets() -> Iterator[Target]:
    """Each protocol's reader, and what blanks secrets in its replies."""
    hostile = tuple(data for data in PAYLOADS.values() if len(data) <= EXAMPLE_BYTES)
    for name in (*CODECS, *PREFIX_CODECS):
        probe = name + ASKS.get(name, "")
        codec = codec_of(probe)
        assert codec is not None

        def read(data: bytes, decode: Callable[[bytes, str | None], object] = codec.decode, probe: str = probe) -> None:
            kept = redact(probe, data)
            assert len(kept) == len(data), "blanking changes the length"
            decode(kept, None)

        yield Target(f"wire {name}", read, (*_recorded(name) * 3, *hostile), (WireError,), 2)


def _pattern(data: bytes) -> None:
    """A pattern that passes for bounded is bounded: over a text made to make it try everything."""
    pattern = data.decode("utf-8", "replace")[:200]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if endless(pattern) is None:
            for text in ("a" * 4_096, "A1-" * 1_365, "\n " * 2_048):
                re.search(pattern, text)


LARGE = ("MB", "000", "million")
"""Words in the names of files that take long to make."""


def _of(table: dict[str, tuple[str, Callable[[], bytes]]], *ends: str) -> tuple[bytes, ...]:
    """The small ones of these hostile files, of all kinds or whose names end so."""
    made = [
        make() for name, (end, make) in table.items() if (not ends or end in ends) and not any(word in name for word in LARGE)
    ]
    return tuple(data for data in made if len(data) <= EXAMPLE_BYTES)


def packet_captures() -> tuple[bytes, ...]:
    """Recordings of what devices said: each protocol's datagrams and a connection, in both forms of file and packed."""
    frames = pcaps.conversation(80, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", _recorded("http")[0])
    frames += [
        pcaps.ethernet(pcaps.ip(pcaps.udp(data[:1_400], port, port), 17), 0x0800)
        for name, port in (("wsdiscovery", 3702), ("sadp", 37020), ("dhip", 37810), ("ssdp", 1900), ("mdns", 5353))
        for data in _recorded(name)[:3]
    ]
    frames += [pcaps.arp("44:19:b6:01:02:03", pcaps.CAMERA)]
    parts = [frames[at : at + 25] for at in range(0, len(frames), 25)]
    files = [make(pcaps.timed(part)) for part in parts for make in (pcaps.pcap, pcaps.pcapng)]
    return (*files, gzip.compress(files[0], mtime=0), *_of(file_texts.TEXTS, ".pcap", ".pcapng"))


def targets(folder: Path) -> tuple[Target, ...]:
    """All of them; `folder` is for what is read from a file."""
    headings = read_headings(ROOT / "resources" / "registers")
    books, pictures = _of(file_books.BOOKS), _of(file_pictures.PICTURES)
    tables = (file_texts.HEAD + file_texts.ROW * 5, *_of(file_texts.TEXTS))
    captures = (file_texts.line(), file_texts.line(port=None), *_of(file_texts.TEXTS, ".jsonl"))
    path = folder / "fuzzed"

    def through(read: Callable[[Path], object]) -> Callable[[bytes], object]:
        def work(data: bytes) -> object:
            path.write_bytes(data)
            found = read(path)
            return list(found) if isinstance(found, Iterator) else found

        return work

    ours = (CamcensusError,)
    policy = (
        (ROOT / "resources" / "policy-template.toml").read_bytes().replace(b"\n# ", b"\n"),
        *_of(file_texts.TEXTS, ".toml"),
    )
    minisign = (
        b"untrusted comment: x\nRWQ" + b"A" * 53 + b"\n",
        b"untrusted comment: x\nRUQ" + b"A" * 97 + b"\ntrusted comment: x\n" + b"A" * 86 + b"==\n",
    )
    patterns = (b"^DS-2CD\\d{4}(?:-[A-Z0-9]+)*$", b"(?:a|b)*c", b"^[A-Z]{2,9}-\\d+", b"(a+)+$", b"x*y*z*")
    return (
        *codec_targets(),
        Target("captures", parse_line, captures, (ValueError,), 4),
        Target("lists", through(lambda one: read_file(one, NOW, headings=headings)), tables, ours, 4),
        Target("network captures", through(lambda one: read_file(one, NOW)), packet_captures(), ours, 6),
        Target("registers", lambda data: read_register_bytes(data, "cameras", headings), tables, ours, 4),
        Target("published tables", through(read_rows), tables, ours, 2),
        Target("JSON", lambda data: parse_json(data, "answers"), _of(file_texts.TEXTS, ".json", ".jsonl"), ours, 2),
        Target("spreadsheets in the worker", lambda data: read_book(data, "cameras"), books, ours, 4),
        Target("pictures in the worker", lambda data: read_picture(data, "plan"), pictures, ours, 2),
        Target("policies", through(read_policy), policy, ours, 2),
        Target("keys", lambda data: read_public_key(data.decode("utf-8", "replace"), name="key"), minisign, ours),
        Target("signatures", lambda data: verify(b"x", data.decode("utf-8", "replace"), (), name="file"), minisign, ours),
        Target("patterns", _pattern, patterns, (re.error, RecursionError, OverflowError)),
    )


def fuzz(seed: int, *, seconds: float = 0, times: int = 0, only: str = "") -> Fuzz:
    """A whole run, or of the targets whose name begins so."""
    run = Fuzz(seed)
    with tempfile.TemporaryDirectory(prefix="camcensus-fuzz-") as folder:
        run.run(tuple(one for one in targets(Path(folder)) if one.name.startswith(only)), seconds=seconds, times=times)
    return run
