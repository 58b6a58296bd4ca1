"""Shares and folders that are copied elsewhere are told from disks of this computer, by names and mount tables."""

from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from camcensus.store import whereabouts
from camcensus.store.whereabouts import LOCAL, Mount, Whereabouts, by_mount, by_name, locate

ROOTS = {r"C:\Users\rk\School files": "OneDrive", "/home/rk/Team": "Dropbox"}


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        (PureWindowsPath(r"\\srv01\office\Elm Park.camcensus"), "network", r"\\srv01\office"),
        (PureWindowsPath(r"\\?\UNC\srv01\office\a.camcensus"), "network", r"\\srv01\office"),
        (PureWindowsPath(r"\\?\C:\Users\rk\a.camcensus"), "local", ""),
        (PureWindowsPath(r"C:\Users\rk\OneDrive\a.camcensus"), "synchronised", "OneDrive"),
        (PureWindowsPath(r"C:\Users\rk\OneDrive - Elm Park School\Documents\a.camcensus"), "synchronised", "OneDrive"),
        (PureWindowsPath(r"c:\users\RK\school FILES\a.camcensus"), "synchronised", "OneDrive"),
        (PureWindowsPath(r"C:\Users\rk\School files of 2020\a.camcensus"), "local", ""),
        (PureWindowsPath(r"C:\Users\rk\Dropbox (Elm Park)\a.camcensus"), "synchronised", "Dropbox"),
        (PureWindowsPath(r"C:\Users\rk\iCloudDrive\a.camcensus"), "synchronised", "iCloud"),
        (PureWindowsPath(r"C:\Users\rk\Google Drive\My Drive\a.camcensus"), "synchronised", "Google Drive"),
        (PurePosixPath("/Users/rk/Library/Mobile Documents/com~apple~CloudDocs/a.camcensus"), "synchronised", "iCloud"),
        (PurePosixPath("/Users/rk/Library/CloudStorage/GoogleDrive-rk@elm.example/My Drive/a.camcensus"), "synchronised",
         "Google Drive"),
        (PurePosixPath("/Users/rk/Library/CloudStorage/ProtonDrive-rk/a.camcensus"), "synchronised", "ProtonDrive"),
        (PurePosixPath("/Users/rk/Library/CloudStorage/OneDrive-ElmPark/a.camcensus"), "synchronised", "OneDrive"),
        (PurePosixPath("/home/rk/Nextcloud/a.camcensus"), "synchronised", "Nextcloud"),
        (PurePosixPath("/home/rk/Nextcloud2/sub/a.camcensus"), "synchronised", "Nextcloud"),
        (PurePosixPath("/home/rk/Team/a.camcensus"), "synchronised", "Dropbox"),
        (PurePosixPath("/home/rk/Teamwork/a.camcensus"), "local", ""),
        (PurePosixPath("/home/rk/Documents/Dropbox"), "local", ""),
        (PurePosixPath("/home/rk/Dropboxes/a.camcensus"), "local", ""),
        (PurePosixPath("//srv/office/a.camcensus"), "local", ""),
    ],
)  # fmt: skip
def test_what_a_path_says(path: PurePath, kind: str, name: str) -> None:
    assert by_name(path, ROOTS) == Whereabouts(kind, name)  # type: ignore[arg-type]


MOUNTINFO = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:35 / /mnt/office rw,relatime shared:20 - nfs4 nas:/office rw,vers=4.2
41 22 0:36 / /mnt/old\040share rw,relatime - cifs //srv01/old\040share rw,username=x
42 22 0:37 / /home/rk/far rw,nosuid - fuse.sshfs rk@far:/ rw,user_id=1000
43 22 8:17 / /media/stick rw,nosuid - fuseblk /dev/sdb1 rw
44 40 8:33 / /mnt/office/local rw - ext4 /dev/sdc1 rw
45 22 0:41 / /home/rk/one rw - fuse.onedriver onedriver rw
46 22 0:50 / /media/twice rw - nfs nas:/a rw
47 22 8:49 / /media/twice rw - ext4 /dev/sdd1 rw
a line of another shape
"""


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/home/rk/a.camcensus", "local", ""),
        ("/mnt/office/a.camcensus", "network", "nas:/office"),
        ("/mnt/office2/a.camcensus", "local", ""),
        ("/mnt/office/local/a.camcensus", "local", ""),
        ("/mnt/old share/x/a.camcensus", "network", "//srv01/old share"),
        ("/home/rk/far/a.camcensus", "network", "rk@far:/"),
        ("/media/stick/a.camcensus", "local", ""),
        ("/home/rk/one/a.camcensus", "synchronised", "OneDrive"),
        ("/media/twice/a.camcensus", "local", ""),
    ],
)
def test_what_a_mount_table_says(path: str, kind: str, name: str) -> None:
    mounts = whereabouts.read_mountinfo(MOUNTINFO)
    assert len(mounts) == 9
    assert by_mount(PurePosixPath(path), mounts) == Whereabouts(kind, name)  # type: ignore[arg-type]


def test_what_macos_mount_prints() -> None:
    text = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "//rk@srv01/office on /Volumes/office (smbfs, nodev, nosuid, mounted by rk)\n"
        "nas:/vol on /Volumes/a (b) (nfs)\n"
        "nonsense\n"
    )
    mounts = whereabouts.read_mount_lines(text)
    assert mounts[1:] == (Mount("/Volumes/office", "smbfs", "//srv01/office"), Mount("/Volumes/a (b)", "nfs", "nas:/vol"))
    assert by_mount(PurePosixPath("/Volumes/office/a.camcensus"), mounts) == Whereabouts("network", "//srv01/office")
    assert by_mount(PurePosixPath("/Users/rk/a.camcensus"), mounts) == LOCAL


def test_a_disk_of_this_computer_that_is_itself_remote_has_no_better_one() -> None:
    assert by_mount(PurePosixPath("/srv/a.camcensus"), [Mount("/", "nfs", "boot:/root")]) == LOCAL


def test_a_link_into_a_copied_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    try:
        (tmp_path / "cctv").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege here")
    assert locate(tmp_path / "cctv" / "a.camcensus") == Whereabouts("synchronised", "Dropbox")
