"""Where a file lies: on a disk of this computer, on a network share, or in a folder that a program copies elsewhere.

Two programs that write one file over a network, or a copying program that takes a file and its log at different moments, are
how inventories get lost. So such places are told apart, said, and written to in a slower way (`connecting.settle`).
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath
from typing import Literal

from camcensus.model import frozen
from camcensus.model.words import clean

Kind = Literal["local", "network", "synchronised"]

NETWORK_TYPES = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "webdav", "davfs", "davfs2", "ceph",
    "glusterfs", "lustre", "gfs2", "ocfs2", "beegfs", "9p", "vboxsf", "vmhgfs", "prl_fs", "virtiofs",
})  # fmt: skip
"""File systems on another computer, or on the host of a virtual one: locks and shared memory are not to be relied on there."""

NETWORK_DRIVERS = frozenset({
    "sshfs", "rclone", "gvfsd-fuse", "davfs", "davfs2", "s3fs", "goofys", "glusterfs", "ceph", "curlftpfs", "smbnetfs",
    "vmhgfs-fuse", "mfs", "juicefs", "beegfs",
})  # fmt: skip
"""The same among `fuse.<driver>`; a fuse driver that is not here (ntfs-3g, exfat) is a disk of this computer."""

SYNC_DRIVERS = {"onedriver": "OneDrive", "google-drive-ocamlfuse": "Google Drive", "insync": "Insync", "pcloud": "pCloud"}

_FOLDERS = (
    (re.compile(r"OneDrive(?: ?- ?.+)?", re.I), "OneDrive"),
    (re.compile(r"SharePoint(?: ?- ?.+)?", re.I), "SharePoint"),
    (re.compile(r"Dropbox(?: ?[(-] ?.+)?", re.I), "Dropbox"),
    (re.compile(r"Google ?Drive(?: ?[(-] ?.+)?", re.I), "Google Drive"),
    (re.compile(r"iCloud ?Drive|Mobile Documents|com~apple~CloudDocs", re.I), "iCloud"),
    (re.compile(r"Nextcloud\d*", re.I), "Nextcloud"),
    (re.compile(r"ownCloud\d*", re.I), "ownCloud"),
    (re.compile(r"Box ?Sync|Box-Box", re.I), "Box"),
    (re.compile(r"SynologyDrive|Synology ?Drive", re.I), "Synology Drive"),
    (re.compile(r"pCloud ?Drive|pCloudDrive", re.I), "pCloud"),
    (re.compile(r"Syncthing", re.I), "Syncthing"),
)
"""Names of folders that the programs give themselves, whole names only."""

_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")

_MOUNT_WITHIN_S = 2.0


@frozen
class Whereabouts:
    """`name` is the share ("nas:/office") or the program that copies ("OneDrive"); "" on a disk of this computer."""

    kind: Kind
    name: str = ""

    @property
    def is_safe(self) -> bool:
        """Whether the quick way of writing keeps edits safe here."""
        return self.kind == "local"


LOCAL = Whereabouts("local")


@frozen
class Mount:
    """One file system in the tree: where, of which type, and from what."""

    at: str
    type: str
    source: str


def locate(path: Path) -> Whereabouts:
    """Where a file, or one that is to be made, lies. Never raises: what cannot be found out counts as this computer's disk."""
    places = [path.absolute()]
    with contextlib.suppress(OSError, RuntimeError):
        places.append(path.resolve())
    roots = _roots()
    for place in dict.fromkeys(places):
        found = by_name(place, roots)
        if found.kind != "local":
            return found
    return _drive(places[-1]) if sys.platform == "win32" else by_mount(places[-1], _mounts())


def by_name(path: PurePath, roots: Mapping[str, str]) -> Whereabouts:
    """What the path alone says: a share's own notation, a folder that a copying program named, or one of `roots` -> program."""
    text = str(path)
    share = re.match(r"\\\\(?:\?\\UNC\\)?(?![?.])([^\\/]+)[\\/]([^\\/]+)", text, re.I)
    if share is not None:
        return Whereabouts("network", clean(f"\\\\{share[1]}\\{share[2]}", 80))
    parts = _parts(text)[:-1]
    for root, program in roots.items():
        if parts[: len(_parts(root))] == _parts(root):
            return Whereabouts("synchronised", program)
    for part in parts:
        for pattern, program in _FOLDERS:
            if pattern.fullmatch(part):
                return Whereabouts("synchronised", program)
    for at in range(len(parts)):
        if parts[at : at + 2] == ["library", "cloudstorage"] and at + 2 < len(parts):
            return Whereabouts("synchronised", clean(_spelt(text)[at + 2].partition("-")[0], 40))
    return LOCAL


def by_mount(path: PurePath, mounts: Iterable[Mount]) -> Whereabouts:
    """What the file system says on which `path` lies: the longest mount point above it, the last of several."""
    last: dict[PurePath, Mount] = {PurePosixPath(mount.at): mount for mount in mounts}
    best = next((last[above] for above in (path, *path.parents) if above in last), None)
    if best is None or best.at == "/":  # a computer whose own disk is a network's or a host's has no better one
        return LOCAL
    kind, _, driver = best.type.lower().partition(".")
    if kind in ("fuse", "fuseblk", "macfuse", "osxfuse") and driver in SYNC_DRIVERS:
        return Whereabouts("synchronised", SYNC_DRIVERS[driver])
    if kind in NETWORK_TYPES or driver in NETWORK_DRIVERS:
        return Whereabouts("network", clean(best.source, 80))
    return LOCAL


def read_mountinfo(text: str) -> tuple[Mount, ...]:
    """The lines of Linux's /proc/self/mountinfo, in order; other lines are left out. Source: proc_pid_mountinfo(5)."""
    found = []
    for line in text.splitlines():
        before, dash, after = line.partition(" - ")
        fields, rest = before.split(" "), after.split(" ")
        if dash and len(fields) >= 6 and len(rest) >= 2:
            found.append(Mount(_unescaped(fields[4]), rest[0], _unescaped(rest[1])))
    return tuple(found)


def read_mount_lines(text: str) -> tuple[Mount, ...]:
    """What macOS's `mount` prints: "//user@server/share on /Volumes/share (smbfs, nodev)"; a name before the @ is left out."""
    found = []
    for line in text.splitlines():
        fits = re.fullmatch(r"(.+?) on (/.*) \(([\w.]+)(?:,.*)?\)", line)
        if fits is not None:
            found.append(Mount(fits[2], fits[3], re.sub(r"^//[^@/]*@", "//", fits[1])))
    return tuple(found)


def _roots() -> dict[str, str]:
    """Folders that copying programs told the system of, or always take -> the program."""
    roots = {os.environ[name]: "OneDrive" for name in _VARIABLES if os.environ.get(name)}
    with contextlib.suppress(RuntimeError):
        roots[str(Path.home() / "Box")] = "Box"
    return roots


def _spelt(text: str) -> list[str]:
    return re.split(r"[\\/]", text.rstrip("\\/"))


def _parts(text: str) -> list[str]:
    """Lower case, on every system: a folder's name is compared, not looked up."""
    return [part.lower() for part in _spelt(text)]


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda fits: chr(int(fits[1], 8)), text)


def _mounts() -> Sequence[Mount]:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "darwin":
            done = subprocess.run(["/sbin/mount"], capture_output=True, timeout=_MOUNT_WITHIN_S, check=False)
            return read_mount_lines(done.stdout.decode("utf-8", "replace"))
        return read_mountinfo(Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape"))
    return ()


if sys.platform == "win32":
    import ctypes

    _REMOTE = 4

    def _drive(path: Path) -> Whereabouts:
        """A mapped drive letter is a share; Google Drive gives its letter a label of its own."""
        root = path.drive + "\\"
        if ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOTE:
            return Whereabouts("network", path.drive)
        label = ctypes.create_unicode_buffer(261)
        if ctypes.windll.kernel32.GetVolumeInformationW(root, label, 261, None, None, None, None, 0):
            return Whereabouts("synchronised", "Google Drive") if label.value.startswith("Google Drive") else LOCAL
        return LOCAL
else:

    def _drive(_: Path) -> Whereabouts:
        """Drives have letters on Windows only."""
        return LOCAL
