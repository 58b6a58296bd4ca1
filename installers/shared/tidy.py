"""Makes a tree of files small and the same each time it is built."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import zipfile
from pathlib import Path

from installers.shared.facts import BuildError, run

_UNCHECKED = b"\x01\0\0\0"
"""The flags of a .pyc that holds the hash of its source and is not compared with it. Source: PEP 552."""


def files_of(tree: Path) -> list[Path]:
    """All files of a tree in an order that does not depend on the disk; links are among them."""
    found = [path for path in tree.rglob("*") if path.is_symlink() or path.is_file()]
    return sorted(found, key=lambda path: path.relative_to(tree).as_posix())


def remove(tree: Path, patterns: list[str]) -> None:
    """Delete what matches any of the patterns, files and folders; a pattern that matches nothing is fine."""
    for pattern in patterns:
        for path in list(tree.glob(pattern)):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.is_symlink() or path.exists():
                path.unlink()


def drop_empty_folders(tree: Path) -> None:
    """Delete folders with nothing in them, from the inside out."""
    for folder in sorted((path for path in tree.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def compile_tree(tree: Path, shown_as: str, python: Path, version: tuple[int, int]) -> None:
    """Compile every module to a .pyc that holds no time and is never checked against its source.

    `python` compiles and has to be of the version that will read them; `shown_as` is the path that tracebacks print
    for the tree. Raises BuildError.
    """
    # -B: what the compiler itself imports from the tree would else be written with times in it, and left so.
    ours = run([python, "-B", "-c", "import sys; print(*sys.version_info[:2])"]).split()
    if ours != [str(part) for part in version]:
        raise BuildError(f"Python {version[0]}.{version[1]} has to compile the modules, and {python} is {'.'.join(ours)}.")
    remove(tree, ["**/__pycache__"])
    how = ["-q", "-f", "-j", "1", "--invalidation-mode", "unchecked-hash", "-s", tree, "-p", shown_as]
    run([python, "-B", "-m", "compileall", *how, tree])
    timed = [path for path in tree.rglob("*.pyc") if path.read_bytes()[4:8] != _UNCHECKED]
    if timed:
        raise BuildError(f"{timed[0].name} holds a time, so no two builds would be the same.")


def leave_compiled(tree: Path) -> None:
    """Put the compiled modules of a tree in the place of their sources."""
    for path in list(tree.rglob("__pycache__/*.pyc")):
        source = path.parent.parent / f"{path.name.partition('.')[0]}.py"
        path.rename(source.with_suffix(".pyc"))
        source.unlink()


def settle(tree: Path, moment: int) -> None:
    """Give every file and folder the same time, and plain rights: 755 for folders and programs, 644 for the rest."""
    for path in [*tree.rglob("*"), tree]:
        if not path.is_symlink():
            runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.suffixes and path.suffix != ".py")
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def write_hash_list(tree: Path, path: Path, prefix: str = "") -> None:
    """Write SHA-256 and name of every file of a tree, as `sha256sum --check` reads it; for security software's lists."""
    lines = [f"{digest(one)}  {prefix}{one.relative_to(tree).as_posix()}" for one in files_of(tree) if not one.is_symlink()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def write_checksums(folder: Path, names: list[str]) -> Path:
    """Write SHA256SUMS of files in a folder, sorted by name."""
    path = folder / "SHA256SUMS"
    lines = [f"{digest(folder / name)}  {name}" for name in sorted(names)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return path


def zip_tree(tree: Path, path: Path, moment: int, inside: str = "") -> None:
    """Pack a tree as a zip whose bytes depend on nothing but its files, their names and the moment. `inside`: folder in it."""
    when = time.gmtime(moment)[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for one in files_of(tree):
            entry = zipfile.ZipInfo(f"{inside}{one.relative_to(tree).as_posix()}", when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100755 if one.stat().st_mode & 0o100 else 0o100644) << 16
            packed.writestr(entry, one.read_bytes())
