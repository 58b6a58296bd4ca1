"""What packages carry inside is named: by their own lists, by ours, or the build stops."""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from installers.shared import inside
from installers.shared.facts import BuildError
from installers.shared.inside import carried
from installers.shared.parts import PLATFORMS, locked
from installers.shared.sbom import write_sbom

CPYTHON = {"CPython": "3.13.5", "SQLite": "3.46.1", "OpenSSL": "3.0.15"}


def wheel(folder: Path, *files: str, bom: dict[str, Any] | None = None) -> metadata.Distribution:
    """An installed package of these files, with a list of what is inside, or none."""
    about = folder / "thing-1.0.dist-info"
    (about / "sboms").mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.4\nName: thing\nVersion: 1.0\n")
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    (about / "RECORD").write_text("".join(f"{name},,\n" for name in files))
    if bom is not None:
        (about / "sboms" / "thing.cdx.json").write_text(json.dumps(bom))
    return metadata.Distribution.at(about)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_package_with_compiled_code_says_what_is_in_it(platform: str) -> None:
    """No locked package stops the build, and what our list says of one is of a package that is locked."""
    names = {one.name for one in locked(platform)}
    assert names >= {row["package"] for rows in inside._table().values() for row in rows}
    found = {name: {part.name for part in carried(metadata.distribution(name), platform)} for name in names}
    assert {"libxml2", "libxslt and libexslt", "zlib", "libiconv"} <= found["lxml"]
    assert {"calamine", "zip", "quick-xml"} <= found["python-calamine"]
    assert "libjpeg / libjpeg-turbo" in found["pillow"]
    assert ("libavif" in found["pillow"]) == (platform in ("python", "macos")), "our packages leave it out"


def test_the_versions_that_we_wrote_down_are_those_inside() -> None:
    """Where a package says itself which version it holds."""
    said = {part.name: part.version for part in carried(metadata.distribution("lxml"), "linux")}
    if not sys.platform.startswith("linux"):
        pytest.skip("they are those of the wheels for Linux")
    assert said["libxml2"] == ".".join(map(str, etree.LIBXML_COMPILED_VERSION))
    assert said["libxslt and libexslt"] == ".".join(map(str, etree.LIBXSLT_COMPILED_VERSION))
    names = [path.name for path in metadata.distribution("pillow").files or () if path.parts[0] == "pillow.libs"]
    pillow = {part.name: part.version for part in carried(metadata.distribution("pillow"), "linux")}
    for part, library in (("Zstandard", "libzstd"), ("XZ Utils (liblzma)", "liblzma")):
        assert any(re.fullmatch(rf"{library}-[0-9a-f]+\.so\.{re.escape(pillow[part])}", name) for name in names), part


def test_compiled_code_without_any_list_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="thing carries compiled code and no list"):
        carried(wheel(tmp_path, "thing/_fast.cpython-313-x86_64-linux-gnu.so"), "linux")


@pytest.mark.parametrize("name", ["libodd-0a1b2c3d.so.1.2", "libodd.dylib", "libodd-0a1b2c3d.dll"])
def test_a_library_beside_a_wheel_that_nothing_names_stops_the_build(tmp_path: Path, name: str) -> None:
    bom = {"components": [{"name": "libeven", "version": "1"}]}
    with pytest.raises(BuildError, match=f"thing carries {re.escape(name)}, which no list names"):
        carried(wheel(tmp_path, f"thing.libs/{name}", bom=bom), "linux")


def test_a_list_is_read_without_the_package_itself_and_what_only_built_it(tmp_path: Path) -> None:
    bom = {
        "components": [
            {"name": "thing", "version": "1.0", "purl": "pkg:pypi/thing@1.0"},
            {"name": "builder", "version": "3", "scope": "excluded"},
            {"name": "odd", "version": "2", "licenses": [{"license": {"id": "MIT"}}, {"license": {"id": "ISC"}}],
             "purl": "pkg:cargo/odd@2?download_url=file://odd"},
            {"name": "even", "version": "1", "scope": "optional", "licenses": [{"expression": "MIT OR Apache-2.0"}]},
        ]
    }  # fmt: skip
    even, odd = carried(wheel(tmp_path, "thing.libs/libodd.so.2", bom=bom), "linux")
    assert (even.name, even.licence, even.is_optional) == ("even", "MIT OR Apache-2.0", True)
    assert (odd.version, odd.licence, odd.purl) == ("2", "MIT AND ISC", "")


def test_a_package_of_plain_python_carries_nothing(tmp_path: Path) -> None:
    assert carried(wheel(tmp_path, "thing/__init__.py"), "linux") == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_list_of_parts_names_what_each_package_carries(tmp_path: Path, platform: str) -> None:
    said = json.loads(write_sbom(tmp_path, platform, CPYTHON).read_text("utf-8"))
    for one in said["components"]:
        if one.get("purl", "").startswith("pkg:pypi/"):
            parts = [(part.name, part.version) for part in carried(metadata.distribution(one["name"]), platform)]
            assert sorted((part["name"], part.get("version", "")) for part in one.get("components", ())) == sorted(parts)
