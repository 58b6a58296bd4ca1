"""The Python that is shipped: Debian's own source of it, with Debian's security patches, built against an old glibc.

Qt for Python needs Python 3.12 or newer, and the oldest system that we ship for, Debian 12, has 3.11 and glibc 2.36. So the
source package of Debian 13 is compiled in a fresh Debian 12. What comes out runs from any folder. SQLite is compiled with it
and is part of it, as Debian 12's is too old for inventories: it takes json_valid in their tables for unsafe.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import sys
import sysconfig
import tarfile
from dataclasses import dataclass
from pathlib import Path

from installers.shared.facts import CACHE, WORK, BuildError, CannotBuildHereError, empty, need, run, say

OLD = "bookworm"
"""Debian 12: nothing newer than its glibc is needed by what is built in it."""
SOURCE, DATABASE = "python3.13", "sqlite3"
"""Debian's names of the source packages of Python and SQLite."""
MINOR = (3, 13)

_TOOLS = "gcc,libc6-dev,make,pkgconf,tcl,libssl-dev,libffi-dev,zlib1g-dev"
"""What compiles it. Of the optional modules only those come that have their library here: ssl, ctypes, zlib, and SQLite."""

_SQLITE = (
    "-DSQLITE_THREADSAFE=1 -DSQLITE_SECURE_DELETE -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_FTS4 -DSQLITE_ENABLE_FTS5 "
    "-DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_MAX_VARIABLE_NUMBER=250000"
)
"""As Debian builds it, without what nobody here asks of it."""

_SYSTEM_LIBRARIES = ("libsqlite3.so.0", "libexpat.so.1", "libmpdec.so.4")
"""What Debian's own Python needs beside itself and the built one has in itself."""
_IS_OF_SYSTEM = re.compile(r"__pycache__|sitecustomize|EXTERNALLY|lib-dynload/(?:_bz2|_lzma|_curses|_dbm|_uuid|readline)")
"""What Debian's own Python has and the built one has not."""

_SCRIPT = """set -e
export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH={moment}
cd /build/sqlite3
./configure -q --disable-tcl --disable-readline
make -s sqlite3.c
gcc -O2 -g0 -fPIC -fvisibility=hidden {sqlite} -c sqlite3.c -o sqlite3.o
ar rcsD libsqlite3.a sqlite3.o
cd /build/source
export LIBSQLITE3_CFLAGS=-I/build/sqlite3 LIBSQLITE3_LIBS="-L/build/sqlite3 -lsqlite3 -lm"
./configure -q --prefix=/build/python --without-ensurepip --without-readline --disable-test-modules CFLAGS=-g0
make -s -j"$(nproc)"
make -s install
cp LICENSE /build/python/LICENSE
cd /build/python
rm -rf bin/idle* bin/pydoc* bin/2to3* bin/*config* share include lib/pkgconfig lib/*.a
bin/python3.13 -c 'import ctypes, sqlite3, ssl, zlib; assert sqlite3.sqlite_version_info >= (3, 46)'
strip --strip-unneeded bin/python3.13 lib/python3.13/lib-dynload/*.so
tar --sort=name --mtime=@{moment} --owner=0 --group=0 --numeric-owner -cf /build/python.tar .
"""


@dataclass(frozen=True)
class Interpreter:
    """A built Python: a tar of bin/, lib/ and LICENSE, and the versions of the source packages it was built from."""

    tar: Path
    version: str
    sqlite: str

    @property
    def upstream(self) -> str:
        """Python's own version, such as 3.13.5."""
        return self.version.partition("-")[0]

    @property
    def versions(self) -> dict[str, str]:
        """What the list of parts says of it."""
        return {
            "CPython": f"{self.upstream} (Debian {self.version})",
            "SQLite": f"{self.sqlite.partition('-')[0]} (Debian {self.sqlite})",
        }


def build_interpreter() -> Interpreter:
    """Build the shipped Python, or take it from build/cache where the same source was built before.

    Raises CannotBuildHereError anywhere but on a Debian with its package lists.
    """
    need("apt-get", "apt (this build runs on Debian only)")
    mmdebstrap = need("mmdebstrap", "mmdebstrap")
    need("dpkg-source", "dpkg-dev")
    python, sqlite = fetch_sources(SOURCE), fetch_sources(DATABASE)
    script = _SCRIPT.format(moment=_moment_of(python), sqlite=_SQLITE)
    key = hashlib.sha256((script + _TOOLS + OLD + _digest(python) + _digest(sqlite)).encode()).hexdigest()[:12]
    made = CACHE / f"python_{_version_of(python)}_{key}.tar"
    if not made.is_file():
        say(f"Building Python {_version_of(python)} with SQLite {_version_of(sqlite)} in a fresh {OLD} (some minutes, once) …")
        work = empty(CACHE.parent / "interpreter")
        for name, sources in {"source": python, "sqlite3": sqlite}.items():
            run(["dpkg-source", "--no-copy", "-x", sources, work / name], log=work / f"{name}.log")
        (work / "build.sh").write_text(script)
        hooks = [
            f"--customize-hook=mkdir -p $1/build && cp -a {work}/source {work}/sqlite3 {work}/build.sh $1/build/",
            "--customize-hook=chroot $1 sh /build/build.sh",
            f"--customize-hook=cp $1/build/python.tar {work}/python.tar",
        ]
        command = [mmdebstrap, "--variant=apt", "--format=null", f"--include={_TOOLS}", *hooks]
        run([*command, OLD, "/dev/null", debian_mirror()], log=work / "build.log")
        CACHE.mkdir(parents=True, exist_ok=True)
        shutil.move(work / "python.tar", made)
        shutil.rmtree(work)
    return Interpreter(made, _version_of(python), _version_of(sqlite))


def system_interpreter() -> Interpreter:
    """This system's own Python and SQLite, to see what a package weighs and that it starts: no release holds it.

    Raises CannotBuildHereError on any other system than a Debian with this version of Python.
    """
    library = Path(f"/usr/lib/python{MINOR[0]}.{MINOR[1]}")
    libraries = [Path("/usr/lib") / str(sysconfig.get_config_var("MULTIARCH")) / name for name in _SYSTEM_LIBRARIES]
    there = all(path.is_file() for path in (library / "LICENSE.txt", *libraries))
    if sys.version_info[:2] != MINOR or Path(sys.base_prefix) != Path("/usr") or not there:
        raise CannotBuildHereError(f"Here the package is built with Debian 13's own Python {MINOR[0]}.{MINOR[1]} only.")
    made = empty(WORK / "linux-python") / "python.tar"
    with tarfile.open(made, "w", dereference=True) as packed:
        for name in ("python3", library.name):
            packed.add(Path("/usr/bin") / library.name, f"bin/{name}")
        packed.add(library, f"lib/{library.name}", filter=lambda one: None if _IS_OF_SYSTEM.search(one.name) else one)
        packed.add(library / "LICENSE.txt", "LICENSE")
        for path in libraries:
            packed.add(path, f"lib/{path.name}")
    return Interpreter(made, sys.version.partition(" ")[0], sqlite3.sqlite_version)


def unpack(interpreter: Interpreter, into: Path) -> None:
    """Unpack a built Python into a folder."""
    with tarfile.open(interpreter.tar) as packed:
        packed.extractall(into, filter="fully_trusted")  # noqa: S202 - we made it


def fetch_sources(name: str) -> Path:
    """The .dsc of the newest source package of a name that this system's package lists name, signatures checked by apt."""
    work = CACHE / "apt"
    for folder in ("lists/partial", "archives/partial", "parts", "source"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    found = [*Path("/etc/apt/sources.list.d").glob("debian*.sources"), Path("/etc/apt/sources.list")]
    for path in found:
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"^Types:.*$", "Types: deb-src", text, flags=re.M)
            text = re.sub(r"^deb ", "deb-src ", text, flags=re.M)
            (work / "parts" / path.name.replace("sources.list", "main.list")).write_text(text, encoding="utf-8")
    options = ["Dir::Etc::sourcelist=/dev/null", f"Dir::Etc::sourceparts={work}/parts"]
    options += [f"Dir::State::Lists={work}/lists", f"Dir::Cache={work}", "APT::Sandbox::User=root"]
    apt = ["apt-get", "-q", *(word for option in options for word in ("-o", option))]
    try:
        run([*apt, "update"])
        addresses = run([*apt, "--only-source", "--print-uris", "source", name])
        run([*apt, "--only-source", "--download-only", "source", name], cwd=work / "source")
    except BuildError as problem:
        raise CannotBuildHereError(f"Debian's source of {name} is not to be had here: {problem}") from problem
    named = re.search(rf" ({re.escape(name)}_\S+\.dsc) ", addresses)
    if named is None or not (work / "source" / named[1]).is_file():
        raise BuildError(f"apt did not say which source package of {name} is the newest.")
    return work / "source" / named[1]


def debian_mirror() -> str:
    """The address of the archive that this system installs Debian from. Raises CannotBuildHereError where it is none."""
    printed = run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(ORIGIN) $(LABEL)", "Created-By: Packages"])
    for line in printed.splitlines():
        address, *whose = line.split()
        if whose == ["Debian", "Debian"]:
            return address
    raise CannotBuildHereError("This system has no Debian archive in its package lists; build the Linux packages on Debian.")


def _version_of(dsc: Path) -> str:
    return dsc.name.partition("_")[2].removesuffix(".dsc")


def _digest(dsc: Path) -> str:
    return hashlib.sha256(dsc.read_bytes()).hexdigest()


def _moment_of(dsc: Path) -> int:
    """The moment of the newest entry of the source package's change log, as its Debian files carry it."""
    packed = dsc.with_name(dsc.name.replace(".dsc", ".debian.tar.xz"))
    with tarfile.open(packed) as files:
        member = files.getmember("debian/changelog")
        return int(member.mtime)
