"""The macOS bundle, as far as it can be told without a Mac: its Info.plist, its icon, its description, what would be run."""

from __future__ import annotations

import ast
import plistlib
import struct
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from camcensus.wire.mdns_services import DOOR_OF  # noqa: E402
from installers.macos import build, facts  # noqa: E402
from installers.macos.icon import SIZES, write_icns  # noqa: E402
from installers.shared.facts import CannotBuildHereError, version  # noqa: E402
from installers.shared.parts import parts  # noqa: E402

HERE = ROOT / "installers" / "macos"


def test_the_bundle_names_every_service_that_the_search_browses_or_macos_would_hide_them() -> None:
    plist = plistlib.loads(plistlib.dumps(facts.info_plist()))
    assert [f"{kind}.local." for kind in plist["NSBonjourServices"]] == list(DOOR_OF)
    assert all(kind.endswith("._tcp") for kind in plist["NSBonjourServices"])


def test_the_system_asks_for_the_network_in_words_that_a_person_can_answer() -> None:
    plist = facts.info_plist()
    assert "asks the cameras on this network what they are" in plist["NSLocalNetworkUsageDescription"]
    assert plist["CFBundleShortVersionString"] == version()


def test_our_files_belong_to_the_program_and_the_two_declarations_name_the_same_types() -> None:
    plist = facts.info_plist()
    exported, opened = plist["UTExportedTypeDeclarations"], plist["CFBundleDocumentTypes"]
    endings = [one["UTTypeTagSpecification"]["public.filename-extension"] for one in exported]
    assert endings == [["camcensus"], ["camcensus-rollup"], ["camcensus-backup"]]
    assert [one["LSItemContentTypes"] for one in opened] == [[one["UTTypeIdentifier"]] for one in exported]


def test_the_entitlements_are_few_and_are_a_plist() -> None:
    entitlements = plistlib.loads((HERE / "entitlements.plist").read_bytes())
    assert set(entitlements.values()) == {True}
    assert not [name for name in entitlements if name.endswith(("disable-library-validation", "get-task-allow", "camera"))]


def test_the_bundles_description_compiles_and_takes_its_facts_from_one_place() -> None:
    source = (HERE / "camcensus.spec").read_text("utf-8")
    tree = ast.parse(source)
    compile(tree, "camcensus.spec", "exec")
    (bundle,) = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "BUNDLE"]
    given = {one.arg: ast.unparse(one.value) for one in bundle.keywords}
    assert given["info_plist"] == "info_plist()"
    assert given["bundle_identifier"] == "BUNDLE_ID"
    assert given["version"] == "version()"


def test_the_icon_holds_a_picture_of_each_size(tmp_path: Path) -> None:
    data = write_icns(tmp_path / "a.icns").read_bytes()
    assert struct.unpack(">4sI", data[:8]) == (b"icns", len(data))
    at, found = 8, {}
    while at < len(data):
        kind, length = struct.unpack(">4sI", data[at : at + 8])
        assert data[at + 8 : at + 12] == b"\x89PNG"
        found[kind.decode()] = struct.unpack(">I", data[at + 24 : at + 28])[0]
        at += length
    assert found == SIZES


def test_signing_and_notarising_come_in_the_order_that_apple_wants(tmp_path: Path) -> None:
    app, image = tmp_path / "Camcensus.app", tmp_path / "a.dmg"
    commands = build.pack_commands(app, image, tmp_path, "Developer ID Application: Elm Park", "school")
    words = [" ".join(map(str, command[:3])) for command in commands]
    order = [next(n for n, one in enumerate(words) if one.startswith(begin)) for begin in
             ("codesign --verify", "hdiutil create", "codesign --force", "xcrun notarytool", "xcrun stapler", "spctl")]  # fmt: skip
    assert order == sorted(order)
    plain = build.pack_commands(app, image, tmp_path, None, None)
    assert [command[0] for command in plain] == ["mkdir", "ditto", "ln", "hdiutil"]


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac can")
def test_another_system_says_that_it_takes_a_mac(tmp_path: Path) -> None:
    with pytest.raises(CannotBuildHereError, match="built on a Mac"):
        build.build(["--out", str(tmp_path)])


def test_the_list_of_parts_has_the_libraries_that_come_with_python() -> None:
    listed = {one.name: one.version for one in parts("macos", build.python_parts())}
    assert {"CPython", "SQLite", "OpenSSL", "libffi"} <= listed.keys()
    assert listed["OpenSSL"][0].isdigit()


def test_the_bundle_carries_the_licence_of_each_part_and_of_nothing_that_only_builds_it(tmp_path: Path) -> None:
    if not (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt").is_file():
        pytest.skip("this Python has no licence text beside its library")
    out = build.gather_licences(Path(sys.executable), tmp_path / "licences")
    there = {path.name for path in out.iterdir() if path.is_dir()}
    assert {"Camcensus", "CPython", "Qt", "pyside6-essentials", "lxml"} <= there
    assert not {"pytest", "ruff", "mypy"} & there
    assert '(os.environ["CAMCENSUS_LICENCES"], "licences")' in (HERE / "camcensus.spec").read_text("utf-8")


def test_what_builds_it_is_pinned_by_hash() -> None:
    lines = (HERE / "requirements.txt").read_text("utf-8").splitlines()
    assert any(line.startswith("pyinstaller==") for line in lines)
    assert all(line.endswith("\\") or line.strip().startswith("--hash=sha256:") for line in lines if line.strip())
