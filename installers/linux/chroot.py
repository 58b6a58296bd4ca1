"""A clean Debian in a folder, and commands run in it as a person would run them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from installers.linux.interpreter import debian_mirror
from installers.shared.facts import BuildError, need, run

PERSON = "person"
HOME = Path("home") / PERSON
SCREENS = Path("/tmp/.X11-unix")  # noqa: S108 - where X servers have their sockets

_ENTER = """set -e
root=$1 user=$2
shift 2
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm" "$root/tmp/.X11-unix"
mount -t tmpfs tmpfs "$root/dev/shm"
if [ -d /tmp/.X11-unix ]; then mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"; fi
ip link set lo up
exec chroot --userspec="$user:$user" "$root" "$@"
"""


@dataclass(frozen=True)
class Debian:
    """A Debian of one release in a folder; what is mounted into it is seen by its own processes only."""

    release: str
    root: Path

    def command(
        self, words: Sequence[str], *, user: str = PERSON, network: bool = False, settings: Mapping[str, str] | None = None
    ) -> list[str]:
        """The words that run a command inside, with mounts and processes of its own and, unless `network`, loopback only."""
        home = "/root" if user == "root" else f"/{HOME}"
        given = {"HOME": home, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", **(settings or {})}
        away = ["--mount", "--pid", "--fork", "--kill-child", *([] if network else ["--net"])]
        environment = ["env", "-i", *(f"{name}={value}" for name, value in given.items())]
        return ["unshare", *away, "sh", "-c", _ENTER, "enter", str(self.root), user, *environment, *words]

    def run(self, words: Sequence[str], *, user: str = PERSON, network: bool = False) -> str:
        """What a command inside printed. Raises BuildError where it fails."""
        try:
            return run(self.command(words, user=user, network=network))
        except BuildError as problem:
            raise BuildError(f"On {self.release}, {' '.join(words)}: {problem}") from problem

    def remove(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.root, ignore_errors=True)


def make_debian(release: str, root: Path) -> Debian:
    """Make the smallest Debian that has apt, with one person in it, anew in a folder. Has to be root."""
    mmdebstrap = need("mmdebstrap", "mmdebstrap")
    need("ip", "iproute2")
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    run([mmdebstrap, "--variant=minbase", release, root, debian_mirror()])
    made = Debian(release, root)
    made.run(["useradd", "--create-home", PERSON], user="root")
    return made


@contextmanager
def started(debian: Debian, words: Sequence[str], settings: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs inside for as long as the block does; its output is thrown away."""
    away = subprocess.DEVNULL
    program = subprocess.Popen(
        debian.command(words, settings=settings), stdin=away, stdout=away, stderr=away, start_new_session=True
    )
    try:
        yield program
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def worked_s(program: subprocess.Popen[bytes]) -> float:
    """Seconds of processor time that a started program and all that it started have taken so far."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[3]) == program.pid:
            ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")
