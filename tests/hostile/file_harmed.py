"""What belongs at a door, harmed: name -> what is done to the bytes of a sound text, a table, JSON or a picture."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import random
import re
from collections.abc import Callable
from typing import Any

Harm = Callable[[bytes], bytes]
MANY, LONG = 30_000, "x" * 100_000
_LINE_ENDS = re.compile(r"\r\n|\n")


def _text(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _is_table(text: str) -> bool:
    return "," in text.partition("\n")[0] and not text.startswith(("{", "#"))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _table(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    return _bytes(stream.getvalue())


def values(change: Callable[[str], Any]) -> Harm:
    """Each value of a table, of JSON or in quotes made another; the headings and names stay."""

    def walk(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: walk(held, key) for key, held in value.items()}
        if isinstance(value, list):
            return [walk(held, name) for held in value]
        return value if name == "do" else change(str(value))

    def harm(data: bytes) -> bytes:
        text = _text(data)
        if text is None:
            return data + _bytes(str(change("x")))
        if text.startswith("{"):
            return _json(walk(json.loads(text)))
        if _is_table(text):
            head, *rows = csv.reader(text.splitlines())
            return _table([head, *([str(change(cell)) for cell in row] for row in rows)])
        return _bytes(re.sub(r'"[^"\n]*"|(?<== )\S+', lambda found: f'"{change(found[0])}"', text))

    return harm


def rows(change: Callable[[list[list[str]]], list[list[str]]]) -> Harm:
    """The rows of a table made others; of what is no table the lines, of JSON the list in it."""

    def harm(data: bytes) -> bytes:
        text = _text(data)
        if text is None:
            return b"".join(b"".join(map(_bytes, row)) for row in change([["x"], ["y", "z"]])) + data
        if text.startswith("{"):
            held = json.loads(text)
            for name, value in held.items():
                if isinstance(value, list):
                    held[name] = [value[0] for _ in change([["x"]] * (len(value) + 1))[1:]]
            return _json(held)
        table = list(csv.reader(text.splitlines())) if _is_table(text) else [[line] for line in text.splitlines()]
        return _table(change(table)) if _is_table(text) else _bytes("\n".join(" ".join(row) for row in change(table)))

    return harm


def names(change: Callable[[str], str]) -> Harm:
    """The headings of a table, and the names in JSON and before an equals sign, made others."""

    def harm(data: bytes) -> bytes:
        text = _text(data)
        if text is None:
            return data
        if text.startswith("{"):
            return re.sub(rb'"([^"\n]*)":', lambda found: _json(change(found[1].decode())) + b":", _json(json.loads(text)))
        if _is_table(text):
            head, *rest = csv.reader(text.splitlines())
            return _table([[change(cell) for cell in head], *rest])
        return _bytes(re.sub(r"^\w+(?= *=)", lambda found: change(found[0]), text, flags=re.MULTILINE))

    return harm


def letters(encoding: str, *, mark: bytes = b"") -> Harm:
    """A text in another encoding."""
    return lambda data: mark + (_text(data) or "é").replace("a", "é", 3).encode(encoding, "replace")


def flipped(data: bytes) -> bytes:
    """A bit in each hundred bytes."""
    chance, held = random.Random(len(data)), bytearray(data)
    for _ in range(max(1, min(len(held) // 100, 10_000))):
        if held:
            held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
    return bytes(held)


def line_ends(end: str) -> Harm:
    return lambda data: data if (text := _text(data)) is None else _bytes(_LINE_ENDS.sub(end, text))


def deep(times: int) -> Any:
    held: Any = "x"
    for _ in range(times):
        held = [held]
    return held


HARMED: dict[str, Harm] = {
    "its values are formulas": values(lambda _: "=cmd|'/c calc'!A1"),
    "its values are markup": values(lambda _: "<table><tr><td>" * 20 + "<img src='file:///etc/passwd'>"),
    "its values move the terminal": values(lambda _: "\x1b[2J\x1b]0;x\x07\u202e\u2066\x9b31m"),
    "its values hold NUL": values(lambda value: f"a\0{value}"),
    "its values hold line ends": values(lambda value: f"{value}\r\n\u2028\x85{value}"),
    "its values are 100 kB": values(lambda _: LONG),
    "its values are 2 MB": values(lambda _: LONG * 20),
    "its values are empty": values(lambda _: ""),
    "its values are blanks": values(lambda _: " \u00a0\u200b\t"),
    "its values are half characters": values(lambda _: "\ud800"),
    "its values are digits without end": values(lambda _: "9" * 4_200),
    "its values are less than nothing": values(lambda _: "-1"),
    "its values are no numbers": values(lambda _: "1e999"),
    "its values are digits of other scripts": values(lambda _: "²٣Ⅷ"),
    "its values are days that never were": values(lambda _: "2026-02-31"),
    "its values are the last day": values(lambda _: "9999-12-31"),
    "its values are paths": values(lambda _: "../../../../etc/passwd"),
    "its values are paths of another computer": values(lambda _: "\\\\127.66.66.66\\x\\y.png"),
    "its values are web addresses": values(lambda _: "http://127.66.66.66/x?a=1"),
    "its values are reserved names": values(lambda _: "CON"),
    "its values are each other": values(lambda value: value[::-1]),
    "its values are null": values(lambda _: None),
    "its values are true": values(lambda _: True),
    "its values are whole numbers": values(lambda _: 10**18),
    "its values are larger than SQLite's": values(lambda _: 2**64),
    "its values are fractions": values(lambda _: 1.5),
    "its values are lists": values(lambda value: [value, value]),
    "its values are objects": values(lambda value: {value: value}),
    "its values are deep lists": values(lambda _: deep(600)),
    "its rows 30,000 times": rows(lambda held: [held[0], *(held[1:] * (MANY // max(1, len(held) - 1)))]),
    "its rows twice": rows(lambda held: held + held[1:]),
    "no rows of its own": rows(lambda held: held[:1]),
    "its rows without headings": rows(lambda held: held[1:]),
    "its rows shifted": rows(lambda held: [held[0], *([row[-1], *row[:-1]] for row in held[1:])]),
    "its rows without their last": rows(lambda held: [held[0], *(row[:-1] for row in held[1:])]),
    "its rows turned round": rows(lambda held: [row[::-1] for row in held]),
    "its columns twice": rows(lambda held: [row * 2 for row in held]),
    "its columns 900 times": rows(lambda held: [row * 900 for row in held]),
    "a row of 20,000 values": rows(lambda held: [*held, ["x"] * 20_000]),
    "names that are all the same": names(lambda _: "Name"),
    "names that are empty": names(lambda _: ""),
    "names that are formulas": names(lambda name: f"={name}"),
    "names in capitals with blanks": names(lambda name: f"  {name.upper()}\u00a0"),
    "names of 100 kB": names(lambda name: name + LONG),
    "cut in half": lambda data: data[: len(data) // 2],
    "cut by a byte": lambda data: data[:-1],
    "its end alone": lambda data: data[len(data) // 2 :],
    "bits of it flipped": flipped,
    "twice in one": lambda data: data + data,
    "an archive behind it": lambda data: data + b"PK\x05\x06" + bytes(18),
    "NULs behind it": lambda data: data + bytes(1 << 20),
    "5 MB of blanks before it": lambda data: b" " * 5_000_000 + data,
    "marks before it": lambda data: codecs.BOM_UTF8 * 2 + data,
    "packed": lambda data: gzip.compress(data, mtime=0),
    "in UTF-16": letters("utf-16"),
    "in UTF-16 without a mark": letters("utf-16-be"),
    "in UTF-32": letters("utf-32"),
    "in the letters of Windows": letters("cp1252"),
    "in the letters of Windows with a mark": letters("cp1252", mark=codecs.BOM_UTF8),
    "in letters of a mainframe": letters("cp037"),
    "line ends of old Macs": line_ends("\r"),
    "line ends that Unicode has": line_ends("\u2028"),
    "no line ends": line_ends(" "),
    "quotes left open": lambda data: data.replace(b",", b',"', 1),
    "no quotes": lambda data: data.replace(b'"', b""),
    "commas for semicolons": lambda data: data.replace(b",", b";"),
}  # fmt: skip
"""Some leave a picture or a database as it is but for bytes behind it."""
