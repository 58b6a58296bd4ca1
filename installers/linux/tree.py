"""Puts together what both Linux packages install: a Python, the locked packages and Camcensus, in one folder.

    /usr/lib/camcensus/bin/python3         Debian's Python, which looks only here (python3._pth)
    /usr/lib/camcensus/lib/python3.13/     its library
    /usr/lib/camcensus/packages/           the locked packages, and Camcensus from its wheel
    /usr/bin/camcensus                     starts it

No program that freezes Python is used: the folder is what `pip install` makes, so nothing is imported in a hidden way, licences
and metadata stay with each package, and Qt's libraries can be replaced, as their licence wants. Modules are compiled only, as
in the embeddable Python for Windows: their sources are in the wheel and in each package's own.
"""

from __future__ import annotations

import shutil
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from installers.linux.elf import Binary, binaries, reached
from installers.linux.interpreter import MINOR, Interpreter, unpack
from installers.shared.facts import ROOT, BuildError, empty, epoch, need, run
from installers.shared.parts import LEFT_OUT, LOCK, locked
from installers.shared.tidy import compile_tree, drop_empty_folders, leave_compiled, remove, settle

PREFIX = Path("usr/lib/camcensus")
QT = ROOT / "installers" / "shared" / "qt.toml"
LIBRARY = f"lib/python{MINOR[0]}.{MINOR[1]}"

START = f"""#!/{PREFIX}/bin/python3
import sys

from camcensus.app import main

if __name__ == "__main__":
    sys.exit(main())
"""
"""Guarded, as a process that the program starts for a part of its work (multiprocessing) reads this file again."""

_UNUSED_LIBRARY = [
    "idlelib", "tkinter", "turtledemo", "turtle.py", "ensurepip", "venv", "pydoc_data", "pydoc.py", "doctest.py", "unittest",
    "wsgiref", "xmlrpc", "test", "lib2to3", "curses", "dbm",
    "__phello__", "__hello__.py", "_pyrepl", "config-*", "LICENSE.txt", "lib-dynload/_test*", "lib-dynload/xx*",
    "site-packages",
]  # fmt: skip
"""Of Python's library: what draws with Tk, teaches, tests or installs. The rest stays whole."""

_UNUSED_FILES = [
    "bin", "**/*.pyi", "**/*.pxd", "**/*.pyx", "**/*.c", "**/*.h", "**/*.hpp", "**/*.a", "**/py.typed",
    "*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED", "*.dist-info/direct_url.json",
    "*.dist-info/uv_cache.json", "*.dist-info/sboms",
    "PySide6/include", "PySide6/typesystems", "PySide6/glue", "PySide6/doc", "PySide6/scripts", "PySide6/lib", "PySide6/Qt/qml",
    "PySide6/Qt/metatypes", "PySide6/Qt/libexec", "PySide6/Qt/translations", "PySide6/Qt/resources", "PySide6/Qt/modules",
    "PySide6/Qt/sbom", "PySide6/[a-z]*[a-z]", "reportlab/graphics", "reportlab/fonts",
    "docx/templates/default-docx-template", "certifi/tests",
    "lxml/includes", "lxml/isoschematron", "lxml/html", "lxml/objectify*",
    "PIL/_avif*.so", "PIL/_webp*.so", "PIL/_imagingft*.so", "PIL/_imagingcms*.so", "PIL/_imagingtk*.so",
]  # fmt: skip
"""Of the packages: what only compilers, type checkers, installers and Qt's own tools read. Pictures are PNG and JPEG only; of
lxml only its trees of elements are used. No paper uses reportlab's charts, nor its fonts, of which two are not free."""


_WITH_SYMBOLS = ("PIL/*.so", "nacl/*.so", "python_calamine/*.so")
"""What comes with symbols for debuggers, half of their length."""


def build_tree(stage: Path, interpreter: Interpreter, wheel: Path, *, installed: bool = False) -> Path:
    """Make the tree anew under a folder that stands for /; gives the folder of the Python packages, not yet tidied.

    `installed`: the packages are copied from where they are installed here, not fetched.
    """
    home = empty(stage) / PREFIX
    home.mkdir(parents=True)
    unpack(interpreter, home)
    (home / "bin" / "python3").unlink()
    (home / "bin" / f"python{MINOR[0]}.{MINOR[1]}").rename(home / "bin" / "python3")
    remove(home / "bin", ["python", "pip*"])
    paths = [f"../{LIBRARY}", f"../{LIBRARY}/lib-dynload", "../packages"]
    (home / "bin" / "python3._pth").write_text("\n".join(paths) + "\n")
    remove(home / LIBRARY, _UNUSED_LIBRARY)
    packages = home / "packages"
    if installed:
        _copy_installed(packages)
    else:
        _install(packages, ["--require-hashes", "-r", LOCK])
        _gather_wsdl(packages)
    _install(packages, [wheel])
    for name in LEFT_OUT:
        remove(packages, [name, f"{name}-*.dist-info"])
    start = stage / "usr" / "bin" / "camcensus"
    start.parent.mkdir(parents=True)
    start.write_text(START)
    start.chmod(0o755)
    return packages


def tidy_tree(stage: Path) -> None:
    """Leave out what nobody uses, compile the modules, and give all files one time."""
    home = stage / PREFIX
    packages = home / "packages"
    remove(packages, _UNUSED_FILES)
    prune_qt(packages / "PySide6")
    prune_pillow(packages)
    for pattern in _WITH_SYMBOLS:
        run([need("strip", "binutils"), "--strip-unneeded", *packages.glob(pattern)])
    compile_tree(home, f"/{PREFIX}", home / "bin" / "python3", MINOR)
    leave_compiled(home)
    drop_empty_folders(stage)
    settle(stage, epoch())


def prune_qt(pyside: Path) -> None:
    """Keep the Qt modules and plugins of qt.toml, and the libraries that they need; nothing else of Qt stays."""
    wanted = tomllib.loads(QT.read_text(encoding="utf-8"))
    found = binaries(pyside)
    modules = {f"{name}.abi3.so" for name in wanted["modules"]}
    plugins = {f"{kind}/lib{name}.so" for kind, names in wanted["plugins"].items() for name in names}
    roots = {one.path for one in found if one.path.name in modules or "/".join(one.path.parts[-2:]) in plugins}
    lacking = modules - {path.name for path in roots}
    if lacking:
        raise BuildError(f"PySide6 has no {', '.join(sorted(lacking))}; see {QT.relative_to(ROOT)}.")
    _drop_unreached(found, roots)
    for link in [path for path in pyside.rglob("*.so*") if path.is_symlink() and not path.exists()]:
        link.unlink()


def prune_pillow(packages: Path) -> None:
    """Keep those of Pillow's own libraries that what is left of it needs."""
    found = binaries(packages / "PIL") + binaries(packages / "pillow.libs")
    _drop_unreached(found, {one.path for one in found if one.path.parent.name == "PIL"})


def _drop_unreached(found: list[Binary], roots: set[Path]) -> None:
    kept = reached(found, roots)
    for one in found:
        if one.path not in kept:
            one.path.unlink()


def _install(packages: Path, what: list[str | Path]) -> None:
    """Install into the folder for the shipped Python, whichever Python builds."""
    version = f"{MINOR[0]}.{MINOR[1]}"
    how = ["--target", packages, "--python-version", version, "--python-platform", "x86_64-manylinux_2_35"]
    run(
        [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--no-build-isolation",
            "--link-mode",
            "copy",
            *how,
            *what,
        ]
    )


def _copy_installed(packages: Path) -> None:
    for one in locked("linux"):
        found = metadata.distribution(one.name)
        if found.version != one.version:
            raise BuildError(f"{one.name} {found.version} is installed here, and the lock has {one.version}.")
        for file in found.files or ():
            if ".." not in file.parts and "__pycache__" not in file.parts:
                target = packages / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(str(found.locate_file(file))), target)


def _gather_wsdl(packages: Path) -> None:
    """Put onvif-zeep's WSDL files, which it installs for the Python that built it, where Camcensus looks first."""
    found = list(packages.glob("lib/python3.*/*-packages/wsdl"))
    if len(found) != 1:
        raise BuildError("onvif-zeep did not bring its WSDL files.")
    found[0].rename(packages / "wsdl")
    shutil.rmtree(packages / "lib")
