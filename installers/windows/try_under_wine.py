#!/usr/bin/env python3
"""Try the Windows setup under wine, as a person and as an IT team would; prints what held, and fails where something did not.

    python3 installers/windows/try_under_wine.py [--setup FILE] [--portable FILE] [--out DIR] [--without-tests] [ROOM …]

It installs silently into a Windows of its own, runs the command line and the simulated school, opens the window on a
screen of its own (pictures are kept), runs the tests of the rooms named (or the usual ones) with the Windows Python and
the packages that were installed, uninstalls, and compares: nothing of ours may be left but what belongs to the person.
Needs wine, wine64, xvfb, x11-utils, imagemagick, gcc-mingw-w64-x86-64-win32 (apt). What wine cannot tell stands in
installers/README.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installers.shared.adding_up import add_up
from installers.shared.budget import tree_bytes
from installers.shared.facts import CACHE, ROOT, WORK, BuildError, empty, run, run_build, say, version
from installers.windows.prefix import Prefix, Screen
from installers.windows.stage import BUILD_LOCK, PLATFORM, fetch_python

INSTALLED = "users/{user}/AppData/Local/Programs/Camcensus"
ROOMS = ("model", "wire", "identity", "attribution", "assessment", "planning", "store", "report")
"""The pure rooms, the store and the reports; others when they are named."""
TEST_LOCK = ROOT / "installers" / "requirements-test.txt"
NOT_UNDER_WINE = ROOT / "installers" / "windows" / "not_under_wine.txt"
# Wine's C runtime lacks functions that NumPy asks for; only a server that some tests start on Linux needs it.
UNUSABLE = ("numpy", "numpy.libs", "cv2", "ipycam")
ONLY_FOR_TESTS = ("PySide6/QtTest.pyd", "PySide6/Qt6Test.dll")
WINDOW = "Camcensus"


def try_setup(words: list[str]) -> list[Path]:
    """Try the setup that the words name; gives the files that tell of it."""
    given = _options().parse_args(words)
    setup = given.setup.resolve()
    if not setup.is_file():
        raise BuildError(f"There is no {setup}; build it first: python3 run.py package windows")
    out = given.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    figures: dict[str, object] = {"setup": setup.name, "setup_mb": round(setup.stat().st_size / 1e6, 1)}
    prefix = Prefix(empty(WORK / "wine"))
    prefix.make()
    keepsake = prefix.drive / "users" / prefix.user / "Documents" / "Elm Park.camcensus"
    keepsake.parent.mkdir(parents=True, exist_ok=True)
    before, keys_before = prefix.files(), prefix.keys()

    installed = prefix.drive / INSTALLED.format(user=prefix.user)
    figures["install_s"] = _install(prefix, setup, installed)
    figures["installed_mb"] = round(tree_bytes(installed) / 1e6, 1)
    _use_commands(prefix, installed, out, figures)
    shutil.copyfile(out / "inventory.camcensus", keepsake)
    _open_window(prefix, installed, keepsake, setup, out, figures)
    if given.portable is not None:
        _try_portable(prefix, given.portable.resolve(), out)
    if not given.without_tests:
        figures["tests"] = _run_tests(prefix, installed, given.rooms or list(ROOMS), out)
    _install(prefix, setup, installed)
    say("installed again over itself")
    _refuse_older(prefix, setup)
    _uninstall(prefix, installed)
    _compare(prefix, before, keys_before, keepsake)

    path = out / "under-wine.json"
    path.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    say(path.read_text("utf-8"))
    return [path, *sorted(out.glob("*.png"))]


def _install(prefix: Prefix, setup: Path, installed: Path) -> float:
    start = time.monotonic()
    status, _ = prefix.run(setup, "/S", within_s=600)
    if status != 0 or not (installed / "Camcensus.exe").is_file() or not (installed / "uninstall.exe").is_file():
        raise BuildError(f"The silent setup ended with status {status} and did not install everything.")
    return round(time.monotonic() - start, 1)


def _refuse_older(prefix: Prefix, setup: Path) -> None:
    """A setup that finds a newer Camcensus changes nothing, unless it is told to."""
    prefix.run("reg", "add", r"HKCU\Software\Camcensus", "/v", "Version", "/d", "999.0.0.0", "/f")
    status, said = prefix.run(setup, "/S", within_s=600)
    _hold(status == 5, "a silent setup of an older version ends with status 5", said)
    status, said = prefix.run(setup, "/S", "/OLDER", within_s=600)
    _hold(status == 0, "with /OLDER it takes the place of the newer one", said)


def _use_commands(prefix: Prefix, installed: Path, out: Path, figures: dict[str, object]) -> None:
    """The command line as in a terminal: its version, the simulated school, what it wrote, a wrong file."""
    program = installed / "bin" / "camcensus.exe"
    status, said = prefix.run(program, "--version")
    _hold(status == 0 and version() in said, "camcensus --version", said)
    start = time.monotonic()
    prefix.run(program, "--help")
    figures["command_s"] = round(time.monotonic() - start, 2)
    status, said = prefix.run(program, "demo", "--headless", "-o", r"C:\demo", within_s=300)
    made = prefix.drive / "demo"
    _hold(status == 0 and "21 cameras, 2 recorders" in said, "camcensus demo --headless finds the simulated school", said)
    paper = made / "plan.pdf"
    _hold(paper.is_file() and paper.read_bytes()[:5] == b"%PDF-", "it writes the replacement plan", said)
    shutil.copyfile(paper, out / "plan.pdf")
    shutil.copyfile(made / "inventory.camcensus", out / "inventory.camcensus")
    status, said = prefix.run(program, "show", r"C:\demo\inventory.camcensus", "--json")
    shown = json.loads(said) if status == 0 else {"devices": []}
    makers = {device["manufacturer"] for device in shown["devices"]}
    _hold({"hikvision", "dahua", "axis"} <= makers, "camcensus show --json prints one document with makers", said[:300])
    status, said = prefix.run(program, "scan", "--interface", "127.0.0.1", "--limit-s", "3", "--json", within_s=120)
    _hold(status == 0 and json.loads(said)["contract_version"] == 1, "camcensus scan --json prints one document", said[:300])
    status, said = prefix.run(program, "show", r"C:\demo\plan.pdf", errors=True)
    _hold(status == 3 and len(said.strip().splitlines()) == 1, "a wrong file is one sentence and status 3", said)
    status, said = prefix.run(program, "demo", "--headless", "-o", r"C:\dänu – Schule\ünter", within_s=300)
    _hold(status == 0, "folders with other letters than English ones", said[-300:])
    folder = empty(prefix.drive / "auditor")

    def camcensus(words: list[str]) -> str:
        status, said = prefix.run(program, *words, folder=folder, within_s=300)
        _hold(status == 0, f"camcensus {words[0]}", said[-1000:])
        return said

    say(f"holds: {add_up(folder, camcensus)}")
    shutil.rmtree(folder)


def _open_window(prefix: Prefix, installed: Path, inventory: Path, setup: Path, out: Path, figures: dict[str, object]) -> None:
    """The window on a screen of its own: the simulated school, then an inventory as a double click opens it."""
    prefix.rest()
    with Screen() as screen:
        for name, words in (("window-demo", ["demo"]), ("window-open", ["open", prefix.windows_path(inventory)])):
            waits = []
            for _ in range(3 if name == "window-open" else 1):
                program = prefix.start(installed / "Camcensus.exe", *words, display=screen.display)
                waits.append(screen.wait_for(WINDOW, within_s=120))
                time.sleep(8 if name == "window-demo" else 3)
                screen.picture(out / f"{name}.png")
                if name == "window-demo":
                    status, _ = prefix.run(setup, "/S", display=screen.display, within_s=300)
                    _hold(
                        status == 3, "a setup while Camcensus runs ends with status 3 and changes nothing", f"status {status}"
                    )
                prefix.run("taskkill", "/IM", "Camcensus.exe", display=screen.display)
                status = program.wait(timeout=60)
                _hold(status == 0, f"the window of “Camcensus {words[0]}” opens and closes", f"status {status}")
            figures[f"{name.replace('-', '_')}_s"] = round(min(waits), 2)


def _try_portable(prefix: Prefix, packed: Path, out: Path) -> None:
    """The zip from a stick: its window opens, and what it remembers stays in its own folder."""
    stick = prefix.drive / "stick"
    with zipfile.ZipFile(packed) as archive:
        for name in archive.namelist():
            archive.extract(name, stick)
    theirs = prefix.drive / "users" / prefix.user / "AppData" / "Local" / "camcensus"
    shutil.rmtree(theirs, ignore_errors=True)
    prefix.rest()
    with Screen() as screen:
        program = prefix.start(stick / "Camcensus" / "Camcensus.exe", display=screen.display)
        screen.wait_for(WINDOW, within_s=120)
        time.sleep(3)
        screen.picture(out / "window-first.png")
        prefix.run("taskkill", "/IM", "Camcensus.exe", display=screen.display)
        program.wait(timeout=60)
    kept = (stick / "Camcensus" / "settings" / "window.ini").is_file()
    _hold(kept and not theirs.exists(), "the zip keeps what it remembers in its own folder", "")
    shutil.rmtree(stick)


def _run_tests(prefix: Prefix, installed: Path, rooms: list[str], out: Path) -> str:
    """The tests of rooms with the Windows Python, on the packages as installed; what pytest only needs is put beside them."""
    place = empty(prefix.drive / "try")
    python = fetch_python(CACHE)
    shutil.copytree(installed / "python", place / "python")
    for name in ("python.exe",):
        (place / "python" / name).write_bytes(python.files[name])
    extra = place / "extra"
    which = ["--python", sys.executable, "--python-version", ".".join(map(str, python.version)), "--python-platform", PLATFORM]
    how = ["-q", "--no-compile", "--require-hashes", "--build-constraints", BUILD_LOCK]
    run([sys.executable, "-m", "uv", "pip", "install", *which, *how, "--target", extra, "-r", TEST_LOCK])
    shutil.copytree(installed / "packages", place / "packages")
    for name in ONLY_FOR_TESTS:
        shutil.copyfile(extra / name, place / "packages" / name)
    for name in (*UNUSABLE, *(path.name for path in (installed / "packages").iterdir())):
        shutil.rmtree(extra / name, ignore_errors=True)
    source = place / "source"
    source.mkdir()
    tracked = run(["git", "ls-files", "-z"]).split("\0")
    for name in filter(None, tracked):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    places = (r"source\desktop", r"source\tests", "packages", "extra")
    found = [f"{python.library}.zip", ".", *(rf"C:\try\{name}" for name in places)]
    (place / "python" / f"{python.library}._pth").write_text("\r\n".join(found) + "\r\n", "utf-8")
    left_out = [line.partition("#")[0].strip() for line in NOT_UNDER_WINE.read_text("utf-8").splitlines()]
    words = ["-m", "pytest", "-q", *(f"tests/{room}" for room in rooms)]
    words += [f"--deselect={name}" for name in left_out if name]
    status, said = prefix.run(place / "python" / "python.exe", *words, folder=source, within_s=3000, errors=True)
    (out / "tests.log").write_text(said, "utf-8")
    last = said.strip().splitlines()[-1] if said.strip() else ""
    _hold(status == 0, f"tests of {', '.join(rooms)}: {last}", said[-3000:])
    shutil.rmtree(place)
    return last


def _uninstall(prefix: Prefix, installed: Path) -> None:
    status, said = prefix.run(installed / "uninstall.exe", "/S", within_s=300)
    _hold(status == 0, "uninstall.exe /S", said)
    end = time.monotonic() + 120
    while installed.exists() and time.monotonic() < end:  # it goes on as a copy of itself, for it cannot delete itself
        time.sleep(0.5)


def _compare(prefix: Prefix, before: set[str], keys_before: set[str], keepsake: Path) -> None:
    """Nothing of ours is left but what is the person's: the inventory, what they made, and what the window remembers."""
    theirs = ("demo/", "dänu – schule/", "users/{user}/appdata/local/camcensus/window.ini", "users/{user}/appdata/local/temp/")
    allowed = tuple(one.format(user=prefix.user.lower()) for one in theirs)
    left = {
        name for name in prefix.files() - before if not name.lower().startswith(allowed) and "windows/" not in name[:8].lower()
    }
    left.discard(keepsake.relative_to(prefix.drive).as_posix())
    beside = keepsake.parent.relative_to(prefix.drive).as_posix()
    left = {name for name in left if not name.startswith(f"{beside}/Elm Park.camcensus-backups/")}
    _hold(keepsake.is_file(), "the inventory is still there", "")
    _hold(left == set(), "no file of ours is left", ", ".join(sorted(left)[:20]))
    keys = {key for key in prefix.keys() - keys_before if "camcensus" in key.lower()}
    _hold(keys == set(), "no registry key of ours is left", ", ".join(sorted(keys)[:20]))


def _hold(holds: bool, what: str, said: str) -> None:
    """Say that something held. Raises BuildError with what was seen where it did not."""
    if not holds:
        raise BuildError(f"Did not hold: {what}.\n{said}")
    say(f"holds: {what}")


def _options() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description="Try the Windows setup under wine.", allow_abbrev=False)
    usual = ROOT / "dist" / f"Camcensus-{version()}-win64-setup.exe"
    made.add_argument("--setup", type=Path, default=usual, metavar="FILE", help="the setup to try (the one in dist)")
    made.add_argument("--out", type=Path, default=WORK / "under-wine", metavar="DIR", help="where pictures and figures go")
    made.add_argument("--portable", type=Path, metavar="FILE", help="also try this zip")
    made.add_argument("--without-tests", action="store_true", help="do not run the tests")
    made.add_argument("rooms", nargs="*", metavar="ROOM", help="the folders of tests/ to run")
    return made


if __name__ == "__main__":
    run_build(try_setup)
