#!/usr/bin/env python3
"""Starts Camcensus from a checkout: finds a Python, makes .venv from the lock, checks Qt's system libraries, runs.

    python3 run.py                  the window
    python3 run.py demo [...]       the simulated school (add --headless for no window)
    python3 run.py scan|show|...    any other command of camcensus
    python3 run.py test [...]       the tests (words after it go to pytest)
    python3 run.py check            lint, types, import contracts, vendors.db, advisories about what is locked
    python3 run.py check --hostile  hostile files, devices and fuzzing, damaged files, kills: the figures (half an hour)
    python3 run.py knowledge build  vendors.db from resources/vendors; also check, review, import, flaws, diff, rehearse
    python3 run.py package KIND     builds a package into dist/ (wheel, sdist, deb, rpm, windows, macos, all; offline-bundle)
    python3 run.py release [X.Y.Z]  builds all that this machine can, with checksums and SBOM; with a version, cuts it first
    python3 run.py lock             makes installers/requirements*.txt anew
    python3 run.py advisories [DIR] holds them against known advisories; with a folder of OSV records, brings those first

Standard library only, and itself fine on any Python 3.8 or newer.
"""

import hashlib
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
OLDEST, TOO_NEW = (3, 12), (3, 16)
KNOWLEDGE = os.path.join(ROOT, "installers", "knowledge", "__main__.py")
KNOWLEDGE_COMMANDS = ("build", "check", "review", "import", "flaws", "diff", "rehearse")
ROOM_MB = {"run": 600, "test": 1200, "package": 700}
"""What .venv takes while it is filled: 351 MB to run and 833 MB to test on Linux in November 2026, and what pip unpacks."""
QUIET_S = 5
"""After so many seconds without a word from pip a line says that it is still at work."""

LOCKS = {"run": "requirements.txt", "test": "requirements-test.txt", "package": "requirements-package.txt"}
LOCK_INPUTS = {
    "requirements-test.txt": ["pyproject.toml"] + ["--extra=" + name for name in ("test", "check")],
    "requirements-engines.txt": ["pyproject.toml", "--extra=engines", "-c", "installers/requirements-test.txt"],
    "requirements-photos.txt": ["pyproject.toml", "--extra=heic", "-c", "installers/requirements-test.txt"],
    "requirements.txt": ["pyproject.toml", "-c", "installers/requirements-test.txt"],
    "requirements-package.txt": ["pyproject.toml", "--group", "package", "-c", "installers/requirements-test.txt"],
    "macos/requirements.txt": ["--group", "macos", "-c", "installers/requirements-test.txt"],
    "requirements-schemas.txt": ["--group", "schemas", "-c", "installers/requirements-test.txt"],
    "requirements-build.txt": ["--group", "build", "-c", "installers/requirements-test.txt"],
}

# What Qt's wheels need from the system: library -> Debian packages, the first that the system knows is taken.
LIBRARIES = {
    "qt": {
        "libEGL.so.1": ["libegl1"],
        "libGL.so.1": ["libgl1"],
        "libxkbcommon.so.0": ["libxkbcommon0"],
        "libdbus-1.so.3": ["libdbus-1-3"],
        "libfontconfig.so.1": ["libfontconfig1"],
        "libglib-2.0.so.0": ["libglib2.0-0t64", "libglib2.0-0"],
        "libgssapi_krb5.so.2": ["libgssapi-krb5-2"],
    },
    "window": {
        "libxkbcommon-x11.so.0": ["libxkbcommon-x11-0"],
        "libxcb-cursor.so.0": ["libxcb-cursor0"],
        "libxcb-icccm.so.4": ["libxcb-icccm4"],
        "libxcb-keysyms.so.1": ["libxcb-keysyms1"],
        "libxcb-shape.so.0": ["libxcb-shape0"],
        "libxcb-xkb.so.1": ["libxcb-xkb1"],
        "libX11-xcb.so.1": ["libx11-xcb1"],
    },
}
# Programs that tests use where they are installed; without them those tests are skipped and say so.
TEST_PROGRAMS = {"pdfinfo": ["poppler-utils"], "ip": ["iproute2"]}


class Stop(Exception):
    """One sentence: what is missing and what to do."""


class Wrong(Stop):
    """One sentence: which word is not understood."""


def main(words):
    """Does what the first word asks; returns the exit status."""
    if words[:1] == ["lock"]:
        return lock()
    if words[:1] == ["test"]:
        python = ready("test", ["qt"], TEST_PROGRAMS)
        workers = (os.cpu_count() or 1) + 1  # one more than processors: many tests wait for answers of the network
        return run([python, "-m", "pytest"] + (words[1:] or ["-n", str(workers), "--dist", "loadgroup"]))
    if words[:1] == ["check"]:
        unknown = [word for word in words[1:] if word != "--hostile"]
        if unknown:
            raise Wrong("run.py check knows only --hostile, not %s; see run.py --help." % " ".join(unknown))
        if words[1:]:
            python = ready("test", ["qt", "window"], TEST_PROGRAMS)
            return run([python, os.path.join(ROOT, "tests", "bench", "all_hostile.py")])
        return check(ready("test", [], {}))
    if words[:1] in (["package"], ["release"]):
        python = ready("package", ["qt", "window"] if "try-linux" in words else [], {})
        return run([python, os.path.join(ROOT, "installers", words[0] + ".py")] + words[1:])
    if words[:1] == ["advisories"]:
        return run([ready("test", [], {}), os.path.join(ROOT, "installers", "advisories.py")] + words[1:])
    if words[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    if words[:1] == ["knowledge"] and words[1:2] and words[1] in KNOWLEDGE_COMMANDS:
        return run([ready("run", [], {}), "-P", KNOWLEDGE] + words[1:])
    wants_window = not words or (words[0] == "demo" and not {"--headless", "-h", "--help"} & set(words))
    if wants_window and sys.platform.startswith("linux"):  # said before minutes of installing
        screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        if not any(os.environ.get(name) for name in screens):
            raise Stop(
                "There is no screen here (DISPLAY is not set), so no window can be opened, and nothing was installed. "
                "Without a window: python3 run.py demo --headless, or any other command (python3 run.py --help)."
            )
    python = ready("run", ["qt", "window"] if wants_window else [], {})
    return run([python, "-P", "-m", "camcensus"] + words)


def check(python):
    """Lint, types, import contracts, the knowledge base, advisories; all are run, the status tells whether one failed."""
    scripts = os.path.dirname(python)
    steps = [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [os.path.join(scripts, "lint-imports"), "--no-cache"],
        [python, "-P", os.path.join("installers", "knowledge", "__main__.py"), "check"],
        [python, os.path.join("installers", "advisories.py")],
    ]
    failed = [" ".join(step[-3:]) for step in steps if subprocess.call(step, cwd=ROOT) != 0]
    for name in failed:
        say("failed: " + name)
    return 1 if failed else 0


def lock():
    """Resolves pyproject.toml for all platforms into installers/, every file by hash and no registry named."""
    python = ready("test", [], {})
    if subprocess.call([python, "-m", "pip", "install", "-q", "uv"], cwd=ROOT) != 0:
        raise Stop("uv could not be installed; it makes the lock.")
    for name, inputs in LOCK_INPUTS.items():
        command = [python, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.12", "-q"]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
        command += inputs + ["-o", os.path.join("installers", name)]
        if subprocess.call(command, cwd=ROOT) != 0:
            return 1
    return 0


def ready(level, library_sets, programs):
    """The path of a Python in which everything of `level` ("run", "test" or "package") is installed. Raises Stop."""
    python = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")
    wanted = fingerprint(level)
    stamp = os.path.join(VENV, "camcensus-" + level + ".stamp")
    above = os.path.join(VENV, "camcensus-test.stamp")  # tests need all that running needs
    stale = read(stamp) != wanted and (level != "run" or read(above) != fingerprint("test"))
    base = None
    if stale:
        base = None if works(python) else find_python(lacking(library_sets))
        room_to_install(level)
    if sys.platform.startswith("linux"):  # before minutes of installing: what is missing is said at once
        system_packages(library_sets, programs)
    if stale:
        make_environment(python, base, level)
        with open(stamp, "w") as out:
            out.write(wanted)
    return python


def fingerprint(level):
    """Changes when the lock, the project file or this checkout's place changes."""
    digest = hashlib.sha256(ROOT.encode("utf-8", "replace"))
    for name in ["pyproject.toml", "installers/requirements-build.txt", "installers/" + LOCKS[level]]:
        with open(os.path.join(ROOT, name), "rb") as source:
            digest.update(source.read())
    return digest.hexdigest()


def read(path):
    """The text of a small file, empty where there is none."""
    try:
        with open(path, encoding="utf-8", errors="replace") as source:
            return source.read()
    except OSError:
        return ""


def room_to_install(level):
    """Raises Stop where nothing can be written beside this file, or the disk is too full for what has to be installed."""
    try:
        with tempfile.TemporaryFile(dir=ROOT):
            pass
    except OSError as error:
        raise Stop(  # noqa: B904
            "Nothing can be written to %s (%s); copy this folder to one of your own, and start run.py there."
            % (ROOT, error.strerror or error)
        )
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < ROOM_MB[level]:
        raise Stop(
            "The disk of %s has %d MB left, and installing needs %d MB; make room, then run this again."
            % (ROOT, free, ROOM_MB[level])
        )


def make_environment(python, base, level):
    """Makes .venv with the Python `base` (None where one is there that works), and installs the lock, hashes checked."""
    if base is not None:
        say("Making .venv with %s …" % base)
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.call([base, "-I", "-m", "venv", VENV]) != 0:
            raise Stop("%s could not make a virtual environment in %s; is the disk full?" % (base, VENV))
    say("Installing what Camcensus needs, once; this takes a minute or two, with a slow network longer.")
    pip = [python, "-u", "-m", "pip", "--disable-pip-version-check", "--no-color", "--no-input", "install"]
    pip += ["--progress-bar", "off", "--no-warn-script-location"]
    locked = pip + ["--require-hashes", "--no-build-isolation", "-r"]
    build_lock = os.path.join(ROOT, "installers", "requirements-build.txt")
    lock = os.path.join(ROOT, "installers", LOCKS[level])
    # onvif-zeep comes as source only, so what builds it is pinned and installed first. That is little: where no package
    # index answers, the first few seconds show it.
    install(pip + ["--retries", "1", "--timeout", "10", "--require-hashes", "-r", build_lock], number_of_parts(build_lock))
    install(locked + [lock], number_of_parts(lock))
    install(pip + ["--no-deps", "--no-build-isolation", "-e", ROOT], 1)


def number_of_parts(path):
    """How many packages a lock names, those for other systems too."""
    return len(re.findall(r"^[A-Za-z0-9]", read(path), re.MULTILINE))


def install(command, parts):
    """Runs pip and says what it is doing, a line for each part; raises Stop where it fails."""
    words = []
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=ROOT)
    lines = queue.Queue()
    reader = threading.Thread(target=pass_on, args=(process.stdout, lines))
    reader.daemon = True
    reader.start()
    began, part = time.monotonic(), 0
    try:
        while True:
            try:
                line = lines.get(timeout=QUIET_S)
            except queue.Empty:
                say("  still at work, after %d seconds" % (time.monotonic() - began))
                continue
            if line is None:
                break
            words.append(line)
            part, parts, told = progress(line, part, parts)
            if told:
                say("  " + told)
    except BaseException:
        process.kill()
        raise
    finally:
        status = process.wait()
        process.stdout.close()
    if status == 0:
        return
    if any("from versions: none" in line or "connection error" in line.lower() for line in words):
        raise Stop(
            "No package index answers, so nothing can be installed from here: connect this computer to the internet (behind a "
            "proxy, set HTTPS_PROXY), or install a package of Camcensus that brings everything (README.md)."
        )
    say("\n".join(words[-12:]))
    raise Stop("Installing failed (its last words are above). Check the network and the disk, then run this again.")


def pass_on(stream, lines):
    """Puts each line of a stream into a queue, then None."""
    for line in iter(stream.readline, b""):
        lines.put(line.decode("utf-8", "replace").rstrip())
    lines.put(None)


def progress(line, part, parts):
    """After a line of pip's: which part it is at, of how many, and what to say of it (None: nothing)."""
    if line.startswith("Ignoring "):  # a part for another system
        return part, parts - 1, None
    found = re.match(r"(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9._-]+)", line)
    if found:
        part += 1
        return part, max(part, parts), "%d of %d: %s" % (part, max(part, parts), found.group(1))
    found = re.match(r"\s+Downloading .*\((\d+(?:\.\d+)? [MG]B)\)", line)
    if found:
        return part, parts, "fetching %s" % found.group(1)
    if line.startswith("Installing collected packages:"):
        return part, parts, "unpacking them …" if "," in line else None
    return part, parts, None


def find_python(libraries=()):
    """A Python from 3.12 to 3.15 that runs and can make virtual environments. Raises Stop, which names the libraries that
    Qt misses too: what is missing is said once."""
    seen, without_venv = set(), None
    for candidate in candidates():
        path = os.path.realpath(candidate) if os.sep in candidate else candidate
        if path in seen:
            continue
        seen.add(path)
        found = version_of(candidate)
        if found is None or not OLDEST <= found[0] < TOO_NEW:
            continue
        if found[1]:
            return candidate
        without_venv = without_venv or found[0]
    if without_venv:
        packages = [["python%d.%d-venv" % without_venv, "python3-venv"]] + list(libraries)
        if install_packages(packages):
            return find_python()
        also = " and Qt needs system libraries that are not here" if libraries else ""
        raise Stop(
            "Python %d.%d is here but cannot make virtual environments%s. Run: %s" % (without_venv + (also, apt_line(packages)))
        )
    raise Stop(without_python(libraries))


def without_python(libraries=()):
    """What to do where no Python is new enough: the system's own, else our .deb, which brings one, else python.org's."""
    wants = "Camcensus needs Python 3.12, 3.13, 3.14 or 3.15, and none was found"
    if not sys.platform.startswith("linux"):
        return wants + "; install one from python.org, then run this again."
    if shutil.which("apt-cache"):
        for number in ["3.13", "3.14", "3.12", "3.15"]:
            if output(["apt-cache", "show", "python" + number]):
                return "%s. Run: %s" % (wants, apt_line([["python" + number], ["python%s-venv" % number]] + list(libraries)))
        return (
            "%s, nor has this system (%s) one to install. Do one of these, then run this again:\n"
            "  Fetch a Python: %s, then pipx install uv, then ~/.local/bin/uv python install 3.13.\n"
            "  Or install the package that brings its own. There is no download of it yet: build it on a Debian 13 as root "
            "(python3 run.py package deb), then here run: %s"
            % (wants, system_name(), apt_line([["pipx"]]), apt_line([["./" + deb_name()]]))
        )
    return wants + "; install one of them from your system's packages, then run this again."


def system_name():
    """What this Linux calls itself, such as Debian GNU/Linux 12 (bookworm)."""
    found = re.search(r'^PRETTY_NAME="?([^"\n]+)', read("/etc/os-release"), re.MULTILINE)
    return found.group(1) if found else "Linux"


def deb_name():
    """The name of this version's .deb; where one was built here, with its folder."""
    found = re.search(r'__version__ = "([^"]+)"', read(os.path.join(ROOT, "desktop", "camcensus", "__init__.py")))
    name = "camcensus_%s_amd64.deb" % (found.group(1) if found else "VERSION")
    return "dist/" + name if os.path.exists(os.path.join(ROOT, "dist", name)) else name


def candidates():
    """Paths of Pythons, likely ones first: this one, then every match on the path, then usual places."""
    yield sys.executable
    names = ["python3.13", "python3.14", "python3.12", "python3.15", "python3", "python"]
    folders = os.environ.get("PATH", "").split(os.pathsep)
    if not WINDOWS:
        folders += ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", os.path.expanduser("~/.local/bin")]
    for name in names:
        for folder in folders:
            path = os.path.join(folder, name + (".exe" if WINDOWS else ""))
            if os.path.isfile(path):
                yield path
    if WINDOWS and shutil.which("py"):
        for number in ["3.13", "3.14", "3.12", "3.15"]:
            answer = output(["py", "-" + number, "-c", "import sys; print(sys.executable)"])
            if answer:
                yield answer


def version_of(python):
    """((major, minor), can make virtual environments), or None for a shim or a broken Python that does not run."""
    code = (
        "import sys, importlib.util as u; "
        "print(sys.version_info[0], sys.version_info[1], int(bool(u.find_spec('venv') and u.find_spec('ensurepip'))))"
    )
    words = output([python, "-I", "-c", code]).split()
    if len(words) != 3:
        return None
    return (int(words[0]), int(words[1])), words[2] == "1"


def works(python):
    """Whether .venv's own Python runs and is of a version that Camcensus takes."""
    found = version_of(python) if os.path.exists(python) else None
    return found is not None and OLDEST <= found[0] < TOO_NEW


def output(command):
    """What a command prints, stripped; empty where it fails or takes over 20 seconds."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def lacking(library_sets):
    """The Debian packages of libraries that Qt needs and this Linux has not; each entry lists alternatives."""
    if not sys.platform.startswith("linux"):
        return []
    import ctypes

    wanted = []
    for name in library_sets:
        for library, packages in LIBRARIES[name].items():
            try:
                ctypes.CDLL(library)
            except OSError:
                wanted.append(packages)
    return wanted


def system_packages(library_sets, programs):
    """Installs, or names, what Qt needs from a Linux system. Raises Stop with the one line to run."""
    wanted = lacking(library_sets)
    missing_programs = [packages for program, packages in programs.items() if shutil.which(program) is None]
    if not wanted and not missing_programs:
        return
    if install_packages(wanted + missing_programs) or not wanted:
        return
    raise Stop("Qt needs system libraries that are not here. Run: " + apt_line(wanted))


def install_packages(packages):
    """Installs Debian packages when we are root and there is apt; each entry lists alternatives. True when it worked."""
    if WINDOWS or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    say(
        "Installing packages of this system with apt-get, as you are root, because Python, Qt or the tests need them: %s …"
        % " ".join(entry[0] for entry in packages)
    )
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "env": dict(os.environ, DEBIAN_FRONTEND="noninteractive")}
    said = subprocess.run(["apt-get", "-qq", "update"], **quiet).stderr
    names = [known_package(entry) for entry in packages]
    done = subprocess.run(["apt-get", "-qq", "-y", "--no-install-recommends", "install"] + names, **quiet)
    if done.returncode != 0:
        words = (said + done.stderr).decode("utf-8", "replace").strip().splitlines()
        say("That failed (%s). Is this computer on the internet?" % (words[0][:200] if words else "apt-get says nothing"))
    return done.returncode == 0


def known_package(alternatives):
    """The first of the names that this system's package lists know."""
    if shutil.which("apt-cache"):
        for name in alternatives:
            if output(["apt-cache", "show", name]):
                return name
    return alternatives[0]


def apt_line(packages):
    """The one line a person runs."""
    return ("" if not WINDOWS and os.geteuid() == 0 else "sudo ") + "apt install " + " ".join(map(known_package, packages))


def run(command):
    """Becomes the command where the system can; else runs it and returns its status."""
    sys.stdout.flush()
    if WINDOWS:
        return subprocess.call(command)
    os.execv(command[0], command)
    return 0


def say(text):
    """A line for the person, on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as problem:
        say(str(problem))
        sys.exit(2 if isinstance(problem, Wrong) else 3)
    except KeyboardInterrupt:
        sys.exit(130)
