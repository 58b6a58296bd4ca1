#!/usr/bin/env python3
"""Starts Camcensus from a checkout: finds a Python, makes .venv from the lock, checks Qt's system libraries, runs.

    python3 run.py                  the window
    python3 run.py demo [...]       the simulated school (add --headless for no window)
    python3 run.py scan|show|...    any other command of camcensus
    python3 run.py test [...]       the tests (words after it go to pytest)
    python3 run.py check            lint, types, import contracts, vendors.db, advisories about what is locked
    python3 run.py check --hostile  hostile files, devices and fuzzing, damaged files, kills: the figures (hours)
    python3 run.py package KIND     builds a package into dist/ (wheel, sdist, deb, rpm, windows, macos, all; offline-bundle)
    python3 run.py release [X.Y.Z]  builds all that this machine can, with checksums and SBOM; with a version, cuts it first
    python3 run.py lock             makes installers/requirements*.txt anew
    python3 run.py advisories [DIR] holds them against known advisories; with a folder of OSV records, brings those first

Standard library only, and itself fine on any Python 3.8 or newer.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
OLDEST, TOO_NEW = (3, 12), (3, 16)

LOCKS = {"run": "requirements.txt", "test": "requirements-test.txt", "package": "requirements-package.txt"}
LOCK_INPUTS = {
    "requirements-test.txt": ["pyproject.toml"] + ["--extra=" + name for name in ("test", "check", "keyring", "parquet")],
    "requirements.txt": ["pyproject.toml", "-c", "installers/requirements-test.txt"],
    "requirements-package.txt": ["pyproject.toml", "--group", "package", "-c", "installers/requirements-test.txt"],
    "macos/requirements.txt": ["--group", "macos", "-c", "installers/requirements-test.txt"],
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
            python = ready("test", ["qt"], TEST_PROGRAMS)
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
    wants_window = not words or (words[0] == "demo" and not {"--headless", "-h", "--help"} & set(words))
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
        [python, "-m", "camcensus", "knowledge", "check"],
        [python, os.path.join("installers", "advisories.py")],
    ]
    failed = [" ".join(step[-3:]) for step in steps if subprocess.call(step, cwd=ROOT) != 0]
    for name in failed:
        say("failed: " + name)
    return 1 if failed else 0


def lock():
    """Resolves pyproject.toml for all platforms into installers/, every file by hash and no registry named."""
    python = ready("test", [], {})
    if subprocess.call([python, "-m", "pip", "install", "-q", "uv"]) != 0:
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
    if read(stamp) != wanted and (level != "run" or read(above) != fingerprint("test")):
        make_environment(python, level)
        with open(stamp, "w") as out:
            out.write(wanted)
    if sys.platform.startswith("linux"):
        system_packages(library_sets, programs)
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
        with open(path) as source:
            return source.read()
    except OSError:
        return ""


def make_environment(python, level):
    """Makes .venv and installs the lock into it, hashes checked."""
    if not works(python):
        base = find_python()
        say("Making .venv with %s …" % base)
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.call([base, "-m", "venv", VENV]) != 0:
            raise Stop("%s could not make a virtual environment in %s; is the disk full or read-only?" % (base, VENV))
    say("Installing what Camcensus needs (once, some minutes) …")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-warn-script-location"]
    locked = pip + ["--require-hashes", "--no-build-isolation", "-r"]
    steps = [
        # onvif-zeep comes as source only, so what builds it is pinned and installed first.
        pip + ["--require-hashes", "-r", os.path.join(ROOT, "installers", "requirements-build.txt")],
        locked + [os.path.join(ROOT, "installers", LOCKS[level])],
        pip + ["--no-deps", "--no-build-isolation", "-e", ROOT],
    ]
    for step in steps:
        if subprocess.call(step) != 0:
            raise Stop("Installing failed (see above). Check the network and the disk, then run this again.")


def find_python():
    """A Python from 3.12 to 3.15 that runs and can make virtual environments. Raises Stop."""
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
        packages = [["python%d.%d-venv" % without_venv, "python3-venv"]]
        if install_packages(packages):
            return find_python()
        raise Stop(
            "Python %d.%d is here but cannot make virtual environments. Run: %s" % (without_venv + (apt_line(packages),))
        )
    raise Stop(
        "Camcensus needs Python 3.12, 3.13, 3.14 or 3.15, and none was found. Install one from python.org or your system."
    )


def candidates():
    """Paths of Pythons, likely ones first: this one, then every match on the path, then usual places."""
    yield sys.executable
    names = ["python3.13", "python3.14", "python3.12", "python3.15", "python3", "python"]
    folders = os.environ.get("PATH", "").split(os.pathsep)
    if not WINDOWS:
        folders += ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
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


def system_packages(library_sets, programs):
    """Installs, or names, what Qt needs from a Linux system. Raises Stop with the one line to run."""
    import ctypes

    wanted = []
    for name in library_sets:
        for library, packages in LIBRARIES[name].items():
            try:
                ctypes.CDLL(library)
            except OSError:
                wanted.append(packages)
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
    say("Installing system packages: " + " ".join(entry[0] for entry in packages) + " …")
    quiet = {"stdout": subprocess.DEVNULL, "env": dict(os.environ, DEBIAN_FRONTEND="noninteractive")}
    subprocess.call(["apt-get", "-qq", "update"], **quiet)
    names = [known_package(entry) for entry in packages]
    return subprocess.call(["apt-get", "-qq", "-y", "--no-install-recommends", "install"] + names, **quiet) == 0


def known_package(alternatives):
    """The first of the names that this system's package lists know."""
    if shutil.which("apt-cache"):
        for name in alternatives:
            if output(["apt-cache", "show", name]):
                return name
    return alternatives[0]


def apt_line(packages):
    """The one line a person runs."""
    return "sudo apt install " + " ".join(known_package(entry) for entry in packages)


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
