"""A planted password, its proofs and a passphrase, sought in every byte that is written on the way: also into files that are deleted.

strace tells each write of the program and of what it starts, each argument and environment that it gives on, and each name of a
file. What goes to the devices themselves is no file, and left out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import uuid
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from hostile.echoing import PASSWORD, USER, certificate, serving
from hostile.seeking import hits_in
from straced import Call, bytes_of, calls_of, needs_strace, text_of, traced

pytestmark = needs_strace
WORKS = Path(__file__).with_name("secret_works.py")
PHRASE = f"CANARY-phrase-{uuid.uuid4()}"
WRITES = ("write", "pwrite64")
UNKNOWN = ("writev", "pwritev", "pwritev2", "sendfile", "copy_file_range", "splice")
NAMES = (
    "openat",
    "open",
    "creat",
    "mkdir",
    "mkdirat",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
)
CALLS = ",".join((*WRITES, *UNKNOWN, *NAMES, "mmap", "execve"))
_FILE = re.compile(r"(?:^|, )(\d+)<(.*?)>")


def written(calls: list[Call]) -> Iterator[tuple[str, bytes]]:
    """Each file's writes in order, those that repeat any other left out; names; what processes were started with."""
    files, names, seen = defaultdict[str, bytearray](bytearray), list[str](), set[bytes]()
    started = 0
    for one in calls:
        at = _FILE.search(one.given)
        path = text_of(at[2]) if at else ""
        if one.name == "execve":
            started += 1
            if started > 1:  # the first is ours: its arguments hold the user name, as a person types it
                yield f"what process {started} was started with", b"\n".join(map(bytes_of, one.quoted))
        elif one.name in NAMES:
            names += [text_of(text) for text in one.quoted]
        elif not path.startswith("/"):  # a socket or a pipe
            continue
        elif one.name == "mmap":
            shared = "MAP_SHARED" in one.given and "PROT_WRITE" in one.given
            assert not shared or path.endswith("-shm"), f"{path} is written through memory, unseen"
        elif one.name in UNKNOWN:
            raise AssertionError(f"{one.name} of {path} is not read")
        elif (data := bytes_of(one.quoted[0])[: one.result]) not in seen:
            seen.add(data)
            files[path] += data
    yield "names", "\n".join(names).encode("utf-8", "surrogateescape")
    for path, content in files.items():
        yield path, b"\n" * content.startswith(b"SQLite") + bytes(content)  # pages in the order of writing: no database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With the files that hold the password and a passphrase, which nobody but the person wrote."""
    for name in ("kept", "user", "temporary", "outside", "home"):
        (tmp_path / name).mkdir()
    for name, secret in (("password", PASSWORD), ("phrase", PHRASE)):
        (tmp_path / "outside" / name).write_text(secret + "\n", "utf-8")
        (tmp_path / "outside" / name).chmod(0o600)
    return tmp_path


def test_what_is_written_on_the_way_holds_no_secret_either(folder: Path) -> None:
    places = {"HOME": "home", "XDG_CACHE_HOME": "home", "XDG_CONFIG_HOME": "home", "XDG_DATA_HOME": "home", "XDG_RUNTIME_DIR": "home",
              "TMPDIR": "temporary", "CAMCENSUS_DATA": "user"}  # fmt: skip
    env = {
        **os.environ, **{name: str(folder / place) for name, place in places.items()}, "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    said, found = b"", list[tuple[str, bytes]]()
    try:
        tls = certificate(folder / "outside")
    except (OSError, subprocess.SubprocessError):
        pytest.skip("openssl is not here to make a certificate")
    with serving(tls) as heard:
        for what in ("commands", "window"):
            trace = folder / f"{what}.trace"
            done = traced([sys.executable, WORKS, what, folder, USER], CALLS, trace, env)
            said += done.stdout + done.stderr
            assert done.returncode == 0, said[-3000:]
            found += written(list(calls_of(trace.read_text("ascii", "replace").splitlines())))
            trace.unlink()
    states = dict(re.findall(r"STATUS (\w+) (.*)", said.decode("utf-8", "replace")))
    assert set(states.values()) <= {"0", "1", "['held', 'read', 'refused']"}, states
    assert len(states) == 9
    assert sum(b"\r\nAuthorization:" in one or b"UsernameToken" in one for one in heard) >= 20
    assert any(path.startswith(f"{folder}/temporary/") for path, _ in found), "no temporary file was seen"
    proofs = [*heard, f"x\r\nAuthorization: Basic {PHRASE}\r\n".encode()]
    assert hits_in([*found, ("said", said)], proofs) == []


def test_what_is_sought_in_a_trace_would_be_found(tmp_path: Path) -> None:
    program = (
        "import os, subprocess, sys, tempfile; secret = sys.stdin.readline().encode() or os.environ['GIVEN'].encode()\n"
        "with tempfile.TemporaryFile() as one: one.write(b'x' + secret)\n"
        "path = tempfile.mkstemp()[1]; handle = os.open(path, os.O_WRONLY); os.unlink(path); os.pwrite(handle, secret[::1], 5)\n"
        "subprocess.run(['true', secret.decode()], check=True)\n"
        "open(tempfile.gettempdir() + '/' + secret.decode(), 'w').close()\n"
    )
    env = {**os.environ, "GIVEN": PASSWORD, "TMPDIR": str(tmp_path)}
    done = traced([sys.executable, "-c", program], CALLS, tmp_path / "trace", env)
    assert done.returncode == 0, done.stderr
    found = hits_in(written(list(calls_of((tmp_path / "trace").read_text("ascii").splitlines()))), [])
    where = {one.rpartition(": b")[0] for one in found}
    assert {"names", "what process 2 was started with"} < where
    assert len(where) >= 4, where
