#!/usr/bin/env python3
"""Build Camcensus for macOS, on a Mac: the application in a disk image, signed and notarised where a key is named.

    python3 run.py package macos [--out DIR] [--identity "Developer ID Application: …"] [--notary-profile NAME]

The profile is made once with “xcrun notarytool store-credentials NAME”. One processor a build: that of the Mac it runs on.
This script has not been run on a Mac yet; what was tried elsewhere stands in installers/README.md.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import ssl
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installers.macos.icon import write_icns
from installers.shared.budget import check_size
from installers.shared.facts import ROOT, WORK, BuildError, CannotBuildHereError, empty, run, run_build, version
from installers.shared.licences import write_licences
from installers.shared.parts import locked, parts
from installers.shared.sbom import write_sbom

HERE = Path(__file__).resolve().parent
LOCKS = ("requirements-build.txt", "requirements.txt", "macos/requirements.txt")

Command = list[str | Path]


def build(words: list[str]) -> list[Path]:
    """Build what the words ask for; gives the files that were written."""
    given = options().parse_args(words)
    if sys.platform != "darwin":
        raise CannotBuildHereError("The macOS application is built on a Mac with Xcode's command line tools; run this there.")
    out = given.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    work = empty(WORK / "macos")
    python = make_environment(work / "venv")
    app = freeze(python, work, given.identity, gather_licences(python, work / "licences"))
    image = out / f"Camcensus-{version()}-macos-{platform.machine()}.dmg"
    for command in pack_commands(app, image, work, given.identity, given.notary_profile):
        run(command)
    check_size("macos", image, app)
    return [image, write_sbom(out, "macos", python_parts())]


def make_environment(folder: Path) -> Path:
    """The Python of a new environment that holds the locks and nothing else, every file by hash. Raises BuildError."""
    run([sys.executable, "-m", "venv", folder])
    python = folder / "bin" / "python"
    for lock in LOCKS:
        how: Command = ["-q", "--disable-pip-version-check", "--require-hashes", "--no-build-isolation"]
        run([python, "-m", "pip", "install", *how, "-r", ROOT / "installers" / lock])
    return python


def gather_licences(python: Path, out: Path) -> Path:
    """The folder with the licence of every part that goes into the bundle. Raises BuildError where one has no text."""
    where = "import sysconfig; print(sysconfig.get_path('purelib')); print(sysconfig.get_path('stdlib'))"
    packages, library = map(Path, run([python, "-c", where]).splitlines())
    shipped = {one.name for one in locked("macos")}
    write_licences(packages, parts("macos", python_parts()), library / "LICENSE.txt", out, "macos", shipped)
    return out


def freeze(python: Path, work: Path, identity: str | None, licences: Path) -> Path:
    """Run PyInstaller on camcensus.spec; gives what it made (on a Mac Camcensus.app, else the folder). Raises BuildError."""
    find = "import importlib.metadata as m; print(*(p.locate() for p in m.files('onvif-zeep') if p.name == 'devicemgmt.wsdl'))"
    descriptions = Path(run([python, "-c", find]).strip()).resolve().parent
    environment = {
        "CAMCENSUS_WSDL": str(descriptions),
        "CAMCENSUS_LICENCES": str(licences),
        "CAMCENSUS_ICON": str(write_icns(work / "Camcensus.icns")),
        "CAMCENSUS_IDENTITY": identity or "",
    }
    command: Command = [python, "-m", "PyInstaller", "--noconfirm", "--distpath", work / "made", "--workpath", work / "between"]
    run([*command, HERE / "camcensus.spec"], environment=environment, log=work / "pyinstaller.log")
    made = work / "made" / ("Camcensus.app" if sys.platform == "darwin" else "Camcensus")
    if not made.is_dir():
        raise BuildError(f"PyInstaller did not make {made.name}.")
    return made


def python_parts() -> dict[str, str]:
    """What the list of parts says of the Python that is packed, which runs this, and of the libraries that come with it."""
    return {
        "CPython": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "OpenSSL": ssl.OPENSSL_VERSION.split()[1],
    }


def pack_commands(app: Path, image: Path, work: Path, identity: str | None, notary_profile: str | None) -> list[Command]:
    """What is run on a Mac from the application to the disk image that can be given away, in order."""
    folder = work / "image"
    commands: list[Command] = [
        ["mkdir", "-p", folder],
        ["ditto", app, folder / app.name],
        ["ln", "-sfn", "/Applications", folder / "Applications"],
    ]
    if identity:
        commands.append(["codesign", "--verify", "--deep", "--strict", "--verbose=2", folder / app.name])
    commands.append(["hdiutil", "create", "-volname", "Camcensus", "-srcfolder", folder, "-ov", "-format", "UDZO", image])
    if identity:
        commands.append(["codesign", "--force", "--timestamp", "--sign", identity, image])
    if notary_profile:
        commands.append(["xcrun", "notarytool", "submit", image, "--keychain-profile", notary_profile, "--wait"])
        commands.append(["xcrun", "stapler", "staple", image])
        commands.append(["spctl", "--assess", "--type", "open", "--context", "context:primary-signature", "--verbose=2", image])
    return commands


def options() -> argparse.ArgumentParser:
    """The options of this build."""
    made = argparse.ArgumentParser(description="Camcensus for macOS.", allow_abbrev=False)
    made.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR", help="where to write (dist)")
    made.add_argument(
        "--identity", metavar="NAME", help="the Developer ID to sign with; without it the application is not signed"
    )
    made.add_argument("--notary-profile", metavar="NAME", help="the stored credentials of notarytool")
    return made


if __name__ == "__main__":
    run_build(build)
