"""What the libraries and programs of a tree need from each other and from the system, read from the files themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from elftools.common.exceptions import ELFError
from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

from installers.shared.tidy import files_of


@dataclass(frozen=True)
class Binary:
    """A library or program; `needs` are names of libraries, `versions` the symbol versions it needs of each."""

    path: Path
    name: str
    needs: tuple[str, ...]
    versions: dict[str, tuple[str, ...]] = field(default_factory=dict)


def binaries(tree: Path) -> list[Binary]:
    """All libraries and programs of a tree, sorted by path."""
    found = (read_binary(path) for path in files_of(tree) if not path.is_symlink())
    return [one for one in found if one is not None]


def read_binary(path: Path) -> Binary | None:
    """What a file says of itself, or None where it is no library and no program."""
    with path.open("rb") as source:
        if source.read(4) != b"\x7fELF":
            return None
        source.seek(0)
        try:
            elf = ELFFile(source)
            dynamic = elf.get_section_by_name(".dynamic")
            needed = elf.get_section_by_name(".gnu.version_r")
        except ELFError:
            return None
        name, needs = path.name, []
        if isinstance(dynamic, DynamicSection):
            for tag in dynamic.iter_tags():
                if tag.entry.d_tag == "DT_NEEDED":
                    needs.append(tag.needed)
                elif tag.entry.d_tag == "DT_SONAME":
                    name = tag.soname
        versions = {}
        if isinstance(needed, GNUVerNeedSection):
            for library, symbols in needed.iter_versions():
                versions[library.name] = tuple(sorted(symbol.name for symbol in symbols))
        return Binary(path, name, tuple(needs), versions)


def outside(found: list[Binary]) -> dict[str, set[str]]:
    """Libraries that the binaries need and that none of them is, with the names of the files that need each."""
    within = {one.name for one in found} | {one.path.name for one in found}
    asked: dict[str, set[str]] = {}
    for one in found:
        for name in one.needs:
            if name not in within:
                asked.setdefault(name, set()).add(one.path.name)
    return asked


def reached(found: list[Binary], roots: set[Path]) -> set[Path]:
    """The roots, and all that they need, directly or not, among the binaries."""
    by_name = {name: one for one in found for name in (one.name, one.path.name)}
    by_path = {one.path: one for one in found}
    todo, seen = list(roots), set(roots)
    while todo:
        for name in by_path[todo.pop()].needs:
            other = by_name.get(name)
            if other is not None and other.path not in seen:
                seen.add(other.path)
                todo.append(other.path)
    return seen


def newest_glibc(found: list[Binary]) -> str:
    """The newest version of glibc that any of the binaries needs, such as 2.35."""
    asked = {name for one in found for names in one.versions.values() for name in names if name.startswith("GLIBC_2")}
    newest = max(asked, key=lambda name: [int(part) for part in name.removeprefix("GLIBC_").split(".")])
    return newest.removeprefix("GLIBC_")
