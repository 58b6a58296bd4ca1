"""Tables of reviewed TOML, read field by field, so that every fault names its file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from itertools import pairwise
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True, order=True)
class SourceProblem:
    """What is wrong, where: `file` is relative to the sources, `line` counts from 1."""

    file: str
    line: int
    say: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.say}"


@dataclass(frozen=True, slots=True)
class Placed[T]:
    """A value and where it was written."""

    value: T
    file: str
    line: int

    def problem(self, say: str) -> SourceProblem:
        """A Problem at this place."""
        return SourceProblem(self.file, self.line, say)


@dataclass(frozen=True, slots=True)
class TomlEntry:
    """One table of a TOML file, read field by field so that each fault names its line.

    `text` is what is written before its inner tables; `inner` has the first line and the text of each of these, by name.
    """

    problems: list[SourceProblem]
    file: str
    line: int
    text: tuple[str, ...]
    table: Mapping[str, Any]
    inner: Mapping[str, Sequence[tuple[int, tuple[str, ...]]]] = field(default_factory=dict)

    def at(self, key: str) -> int:
        """The line of a field, the first line of the table where it has none."""
        for offset, line in enumerate(self.text):
            if re.match(rf"\s*{re.escape(key)}\s*=", line):
                return self.line + offset
        return self.line

    def fault(self, key: str, say: str) -> None:
        """Notes a Problem at the line of a field."""
        self.problems.append(SourceProblem(self.file, self.at(key), say))

    def word(self, key: str, default: str | None = None) -> str:
        """A text that must be there (or `default`, where one is given)."""
        value = self.table.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.fault(key, f"{key} is missing or is not text")
            return default or ""
        return value

    def maybe(self, key: str) -> str | None:
        """A text that may be absent."""
        return self.word(key, "") or None

    def one_of(self, key: str, allowed: tuple[str, ...]) -> Any:
        """A text out of a fixed set."""
        value = self.word(key)
        if value and value not in allowed:
            self.fault(key, f'{key} "{value}" is none of {", ".join(allowed)}')
        return value

    def all_of(self, key: str, allowed: tuple[str, ...]) -> Any:
        """One text or more, each out of a fixed set, none twice."""
        values = self.words(key)
        if not values or len(set(values)) < len(values):
            self.fault(key, f"{key} is missing, empty, or says one thing twice")
        for value in values:
            if value not in allowed:
                self.fault(key, f'{key} "{value}" is none of {", ".join(allowed)}')
        return values

    def flag(self, key: str, default: bool) -> bool:
        """A truth value."""
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            self.fault(key, f"{key} is neither true nor false")
            return default
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where absent."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(key, f"{key} is not a list of texts")
            return ()
        return tuple(value)

    def many_of(self, key: str, allowed: tuple[str, ...]) -> tuple[Any, ...]:
        """A list of texts out of a fixed set, each once, in the order of the set; empty where absent."""
        values = self.words(key)
        for value in values:
            if value not in allowed:
                self.fault(key, f'{key} "{value}" is none of {", ".join(allowed)}')
        if len(set(values)) != len(values):
            self.fault(key, f"{key} names something twice")
        return tuple(one for one in allowed if one in values)

    def number(self, key: str) -> float | None:
        """A number that may be absent."""
        value = self.table.get(key)
        if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
            return None if value is None else float(value)
        self.fault(key, f"{key} is not a number")
        return None

    def tables(self, key: str) -> Iterator[TomlEntry]:
        """The tables of a list inside this one, each at its own line, or at that where the list begins; none where absent."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(key, f"{key} is not a list of tables")
            return
        places = self.inner.get(key, ())
        for at, item in enumerate(value):
            line, text = places[at] if at < len(places) else (self.at(key), ())
            yield TomlEntry(self.problems, self.file, line, text, item)

    def value[T](self, kind: type[T], **given: Any) -> T:
        """A value of a frozen class, each field read as its type says: a text, a text that may be absent, a truth value, a
        word out of a set, a list of texts, a number. Fields that are written otherwise are `given`.

        Where a field has a default, its text may be absent; a truth value without one is true.
        """
        hints = get_type_hints(kind)
        made = dict(given)
        for one in fields(cast(Any, kind)):
            if one.name not in given:
                made[one.name] = self._field(one.name, hints[one.name], None if one.default is MISSING else one.default)
        return kind(**made)

    def _field(self, key: str, hint: Any, default: Any) -> Any:
        if get_origin(hint) in (Union, UnionType):
            (hint,) = (part for part in get_args(hint) if part is not NoneType)
            if hint is str:
                return self.maybe(key)
            if hint is float or key not in self.table:
                return self.number(key) if hint is float else None
        if get_origin(hint) is Literal:
            return self.one_of(key, get_args(hint))
        if hint is bool:
            return self.flag(key, default is not False)
        return self.words(key) if get_origin(hint) is tuple else self.word(key, default)

    def only(self, *keys: str) -> None:
        """Notes each field that is not among `keys`."""
        for key in sorted(set(self.table) - set(keys)):
            self.fault(key, f'"{key}" is not a field known here')

    def placed[T](self, value: T) -> Placed[T]:
        """The value with this place."""
        return Placed(value, self.file, self.line)


def _load(problems: list[SourceProblem], file: str, path: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text.splitlines()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"at line (\d+)", str(error))
        problems.append(SourceProblem(file, int(found[1]) if found else 1, f"this is not TOML: {error}"))
        return {}, []


def dated_lines(problems: list[SourceProblem], file: str, path: Path) -> tuple[str, str, list[str]] | None:
    """A list's source, its date and the lines after the first, which says both; None, with a problem, where it does not."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = re.fullmatch(r"# source=([a-z0-9-]+) date=(\d{4}-\d{2}-\d{2})", lines[0]) if lines else None
    if head is None:
        problems.append(SourceProblem(file, 1, 'the first line must be like "# source=<id> date=2026-10-24"'))
        return None
    return head[1], head[2], lines[1:]


def entries(problems: list[SourceProblem], file: str, path: Path, *names: str) -> Iterator[tuple[str, TomlEntry]]:
    """The tables of a file: each of [[name]] for the names given, and the file's own top level as ""."""
    document, lines = _load(problems, file, path)
    starts = [number for number, line in enumerate(lines) if line.startswith("[")]
    top = {key: value for key, value in document.items() if key not in names}
    if top:
        yield "", TomlEntry(problems, file, 1, *_written(lines, starts, 0, len(lines), "", top))
    for name in names:
        headers = [number for number in starts if re.match(rf"\[\[{name}\]\]", lines[number])]
        for header, table in zip(headers, document.get(name, []), strict=False):
            others = (number for number in starts if number > header and not lines[number].startswith(f"[[{name}."))
            end = next(others, len(lines))
            yield name, TomlEntry(problems, file, header + 1, *_written(lines, starts, header, end, f"{name}.", table))


def tables_of(problems: list[SourceProblem], file: str, path: Path, name: str) -> Iterator[TomlEntry]:
    """The tables [[name]] of a file that holds nothing else; any other field or table is a fault."""
    for found, entry in entries(problems, file, path, name):
        if found:
            yield entry
        else:
            entry.only()


def _written(
    lines: list[str], starts: list[int], first: int, end: int, prefix: str, table: dict[str, Any]
) -> tuple[tuple[str, ...], dict[str, Any], dict[str, list[tuple[int, tuple[str, ...]]]]]:
    """A table's own lines, the table, and where its inner tables are written."""
    within = [number for number in starts if first < number < end or (not prefix and number == first)]
    inner: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for number, until in pairwise([*within, end]):
        found = re.match(rf"\[\[{re.escape(prefix)}(\w+)\]\]", lines[number])
        if found:
            inner.setdefault(found[1], []).append((number + 1, tuple(lines[number:until])))
    return tuple(lines[first : within[0] if within else end]), table, inner
