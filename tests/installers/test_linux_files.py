"""What a Linux desktop and its people read: the entry, the file type, the description, the manual page, what is asked of the system."""

from __future__ import annotations

import ast
import configparser
import gzip
import shlex
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from camcensus.cli.arguments import parser
from camcensus.store.backup_file import SUFFIX as BACKUP_SUFFIX
from camcensus.store.rollup.schema import SUFFIX as ROLLUP_SUFFIX
from camcensus.store.schema import APPLICATION_ID, ROLLUP_ID
from camcensus.store.sealed import MAGIC
from camcensus.store.vendors_db.updates import FOLDER, default_folder
from conftest import ROOT
from installers.linux.debian import debian_version
from installers.linux.elf import Binary, newest_glibc, outside, reached, read_binary
from installers.linux.manual import commands, manual_page
from installers.linux.needs import SYSTEM, debian_needs, rpm_needs
from installers.shared.facts import BuildError

FILES = ROOT / "installers" / "linux" / "files"
TYPES = [f"application/vnd.camcensus.{kind}" for kind in ("inventory", "rollup", "backup")]


def test_the_desktop_entry_runs_commands_that_there_are_and_takes_our_file_type() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(FILES / "camcensus.desktop", encoding="utf-8")
    for section in entry.sections():
        program, *words = shlex.split(entry[section]["Exec"])
        assert program == "/usr/bin/camcensus"
        parser().parse_args([word for word in words if word != "%f"])
    assert entry["Desktop Entry"]["MimeType"] == "".join(f"{kind};" for kind in TYPES)
    assert entry["Desktop Entry"]["Icon"] == "camcensus"


def test_the_file_types_know_our_files_by_their_ending_and_their_bytes() -> None:
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    found = {}
    for kind in ET.parse(FILES / "camcensus.mime.xml").getroot().findall("m:mime-type", space):
        marks = [(match.get("type"), match.get("offset"), match.get("value")) for match in kind.iterfind(".//m:match", space)]
        found[kind.get("type")] = ([glob.get("pattern") for glob in kind.findall("m:glob", space)], marks[-1])
    assert found == {
        TYPES[0]: (["*.camcensus"], ("big32", "68", f"0x{APPLICATION_ID:X}")),
        TYPES[1]: ([f"*{ROLLUP_SUFFIX}"], ("big32", "68", f"0x{ROLLUP_ID:X}")),
        TYPES[2]: ([f"*{BACKUP_SUFFIX}"], ("string", "0", MAGIC.decode())),
    }


def test_the_description_is_sound_and_names_entry_program_and_file_type(tmp_path: Path) -> None:
    text = (FILES / "camcensus.metainfo.xml").read_text(encoding="utf-8").format(version="1.2.3", date="2026-11-24")
    said = ET.fromstring(text)
    assert said.findtext("launchable") == "camcensus.desktop"
    assert said.findtext("provides/binary") == "camcensus"
    assert [kind.text for kind in said.findall("provides/mediatype")] == TYPES
    release = said.find("releases/release")
    assert release is not None
    assert dict(release.attrib) == {"version": "1.2.3", "date": "2026-11-24"}
    checker = shutil.which("appstreamcli")
    if checker is not None:
        path = tmp_path / "org.camcensus.Camcensus.metainfo.xml"
        path.write_text(text, encoding="utf-8")
        done = subprocess.run([checker, "validate", "--no-net", path], capture_output=True, text=True, check=False)
        faults = [line for line in done.stdout.splitlines() if line.startswith(("E:", "W:"))]
        assert [line for line in faults if "url-homepage-missing" not in line] == []


def test_the_manual_page_names_every_command_option_and_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = manual_page("1.2.3", date(2026, 11, 24))
    plain = page.replace("\\-", "-").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "")
    found = dict(commands(parser()))
    assert {("open",), ("demo",), ("scan",), ("knowledge", "update")} <= set(found)
    for names, command in found.items():
        assert f".SS camcensus {' '.join(names)}\n" in plain
        for option in command._actions:
            for name in option.option_strings:
                assert name in plain or name in ("-h", "--help")
    assert '.TH CAMCENSUS 1 "2026-11-24" "camcensus 1.2.3"' in page
    monkeypatch.delenv(FOLDER, raising=False)
    assert f"\n.I $XDG_DATA_HOME/{default_folder().name}\n" in page
    assert "\n.I /etc/camcensus/policy.toml\n" in page
    reader = shutil.which("man")
    if reader is not None:
        file = tmp_path / "camcensus.1"
        file.write_text(page, "utf-8")
        done = subprocess.run(
            [reader, "--warnings", "-l", str(file)],
            capture_output=True,
            text=True,
            env={"LC_ALL": "C.UTF-8"},
            check=False,
        )
        assert done.stderr == ""


def test_text_of_a_command_cannot_be_taken_for_a_command_of_the_manual_page() -> None:
    from installers.linux.manual import _text

    assert _text(".so /etc/passwd") == "\\&.so /etc/passwd"
    assert _text("a\\b\n.c") == "a\\eb .c"


def test_a_pre_release_comes_before_its_release() -> None:
    assert debian_version("1.0.0rc1") == "1.0.0~rc1"
    assert debian_version("1.0.0") == "1.0.0"


def _binary(name: str, *needs: str, glibc: str = "2.17") -> Binary:
    return Binary(Path(name), name, needs, {"libc.so.6": (f"GLIBC_{glibc}",)})


def test_what_is_within_is_asked_of_nobody_and_what_nothing_needs_is_not_kept() -> None:
    found = [_binary("a.so", "b.so", "libc.so.6"), _binary("b.so", "libz.so.1", glibc="2.35"), _binary("c.so", "libm.so.6")]
    assert outside(found) == {"libc.so.6": {"a.so"}, "libz.so.1": {"b.so"}, "libm.so.6": {"c.so"}}
    assert reached(found, {Path("a.so")}) == {Path("a.so"), Path("b.so")}
    assert newest_glibc(found) == "2.35"


def test_what_packages_ask_of_a_system_follows_from_the_binaries() -> None:
    known = tomllib.loads(SYSTEM.read_text(encoding="utf-8"))
    found = [_binary("program", *known["debian"], "libcups.so.2", glibc="2.34")]
    debian = debian_needs(found)
    assert "libc6 (>= 2.34)" in debian.required
    assert "libssl3t64 | libssl3" in debian.required
    assert debian.recommended == ("libcups2t64 | libcups2",)
    fedora = rpm_needs(found)
    assert {"libxcb-cursor.so.0()(64bit)", "libc.so.6(GLIBC_2.34)(64bit)"} <= set(fedora.required)
    assert fedora.recommended == ("cups-libs",)
    with pytest.raises(BuildError, match=r"libother\.so\.1 \(needed by other\)"):
        debian_needs([*found, _binary("other", "libother.so.1")])
    with pytest.raises(BuildError, match="needed by nothing"):
        debian_needs([_binary("program", "libc.so.6")])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads a program of Linux")
def test_a_real_program_says_what_it_needs() -> None:
    found = read_binary(Path(sys.executable).resolve())
    assert found is not None
    assert "libc.so.6" in found.needs
    assert read_binary(Path(__file__)) is None


def test_every_part_of_qt_that_is_used_is_shipped() -> None:
    kept = set(tomllib.loads((ROOT / "installers" / "shared" / "qt.toml").read_text(encoding="utf-8"))["modules"])
    used = set()
    for path in (ROOT / "desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                used.add((node.module or "").split(".")[1])
    assert used <= kept
    assert {"QtWidgets", "QtPdf"} <= used


def test_changes_have_the_name_that_debian_looks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from installers.linux import build
    from installers.linux.interpreter import Interpreter

    monkeypatch.setattr(build, "write_licences", lambda *_: None)
    monkeypatch.setattr(build, "parts", lambda *_: [])
    stage, sbom = tmp_path / "root", tmp_path / "a.cdx.json"
    (stage / build.PREFIX).mkdir(parents=True)
    (stage / build.PREFIX / "LICENSE").touch()
    (stage / "usr/share/doc/camcensus").mkdir(parents=True)
    sbom.touch()
    build.write_documents(stage, tmp_path, Interpreter(tmp_path / "python.tar", "3.13.5-2", "3.46.1-7"), sbom)
    shared = stage / "usr/share/doc/camcensus"
    assert gzip.decompress((shared / "changelog.gz").read_bytes()) == (ROOT / "CHANGELOG.md").read_bytes()
    assert {"copyright", "policy-template.toml", sbom.name} <= {path.name for path in shared.iterdir()}


def test_packed_text_has_no_time_in_it(tmp_path: Path) -> None:
    from installers.linux.build import _write_packed

    _write_packed(tmp_path / "a" / "changes.gz", b"new\n")
    data = (tmp_path / "a" / "changes.gz").read_bytes()
    assert gzip.decompress(data) == b"new\n"
    assert data[4:8] == b"\0\0\0\0"
