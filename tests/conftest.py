"""What every test gets: its own network where the system allows one, and no way out of it."""

from __future__ import annotations

import gc
import hashlib
import importlib.util
import ipaddress
import os
import re
import shutil
import socket
import sqlite3
import struct
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db import read

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Files of tests lie in memory where there is room: tests hold what is written, not how long a busy disk takes to keep it.
MEMORY, ROOM_BYTES = Path("/dev/shm"), 2 << 30
if not os.environ.get("TMPDIR") and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# With its usual threshold the garbage collector takes a twelfth of the time of tests that draw windows or reports.
gc.set_threshold(50_000, 10, 10)

# A slow or busy computer fails no test; what is drawn is the same each time unless a seed is asked for (drawn.py).
IS_SAME = "CAMCENSUS_SEED" not in os.environ
settings.register_profile(
    "camcensus", derandomize=IS_SAME, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("camcensus")

# Every process that a test starts would compile the program anew, and every run the tests, where the environment keeps no bytecode.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A process of a test need not import what is only here, for engines: see there.
LEAN = str(ROOT / "tests" / "lean")
sys.path.insert(0, LEAN)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (LEAN, os.environ.get("PYTHONPATH"))))

# What the person running the tests took as an update of knowledge must not change a result: a folder that is not there.
os.environ.pop("CAMCENSUS_POLICY", None)
os.environ["CAMCENSUS_DATA"] = str(ROOT / "tests" / "nobody")


class _Later(ModuleType):
    """A module that is imported when it is asked something: jsonschema brings this one, which takes two seconds of each process."""

    def is_valid_syntax(self, *given: str) -> bool:
        sys.modules.pop(self.__name__, None)
        valid: bool = importlib.import_module(self.__name__).is_valid_syntax(*given)
        return valid


if (found := importlib.util.find_spec("rfc3987_syntax")) is not None:
    sys.modules[found.name] = _Later(found.name)
    sys.modules[found.name].__spec__ = found


def _read_once(really: Callable[[sqlite3.Connection], Knowledge]) -> Callable[[sqlite3.Connection], Knowledge]:
    """A knowledge base is one value, told by its bytes: each process of tests reads the shipped one once, not 600 times."""
    known: dict[bytes, Knowledge] = {}

    def give(connection: sqlite3.Connection) -> Knowledge:
        told = hashlib.sha256(Path(connection.execute("PRAGMA database_list").fetchone()[2]).read_bytes()).digest()
        if told not in known:
            known[told] = really(connection)
        return known[told]

    return give


read._read = _read_once(read._read)


def pytest_configure() -> None:
    """As root on Linux each test process moves into a network namespace of its own, with only loopback in it.

    Multicast on loopback would otherwise reach other test processes and whatever else runs on this computer.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        return
    try:
        os.unshare(os.CLONE_NEWNET)
    except OSError:
        return
    _raise_loopback()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Qt's warnings while a test is taken down fail it too: pytest-qt listens until then."""
    if "PySide6.QtCore" not in sys.modules:
        yield
        return
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    usual = [re.compile(one) for one in item.config.getini("qt_log_ignore")]
    bad = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    said: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, message: str) -> None:
        if kind in bad and not any(one.search(message) for one in usual):
            said.append(message)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    if said:
        pytest.fail(f"Qt warned: {'; '.join(said)}")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object | None:
    """With `--dist loadgroup`: files that cannot run beside others, or that make something once, go to one worker each."""
    if config.getoption("dist") != "loadgroup":
        return None
    from workers import Grouped

    return Grouped(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A worker's tests are in the order in which all workers begin them."""
    if getattr(config.option, "loadgroup", False):
        from workers import in_order

        items[:] = [items[at] for at in in_order([one.nodeid for one in items])]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """New inventories share their tables; and the garbage collector need not walk the collected tests again and again."""
    if opening := sys.modules.get("camcensus.store.opening"):
        opening.migrate = _tables_once(opening)  # type: ignore[attr-defined]
    gc.collect()
    gc.freeze()


def _tables_once(opening: Any) -> Callable[..., None]:
    """An empty file gets the pages that the first one got, and not every migration again; any other is brought up to date."""
    really, made = opening.migrate, dict[tuple[str, ...], sqlite3.Connection]()

    def migrate(db: Any, *more: Any, **named: Any) -> None:
        steps = tuple(step.name for step in opening.MIGRATIONS._migrations)
        if more or named or db.execute("SELECT 1 FROM sqlite_schema").fetchone() is not None:
            really(db, *more, **named)
        elif steps in made:
            made[steps].backup(db.conn)
        else:
            really(db)
            made[steps] = sqlite3.connect(":memory:")
            db.conn.backup(made[steps])

    return migrate


def _raise_loopback() -> None:
    import fcntl

    siocgifflags, siocsifflags, iff_up = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        answer = fcntl.ioctl(control, siocgifflags, struct.pack("16sh14x", b"lo", 0))
        flags = struct.unpack("16sh14x", answer)[1]
        fcntl.ioctl(control, siocsifflags, struct.pack("16sh14x", b"lo", flags | iff_up))


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every TCP connection beyond loopback; namespaces made by a test run in processes of their own."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse(address: object) -> None:
        if isinstance(address, tuple) and isinstance(address[0], str):
            try:
                allowed = ipaddress.ip_address(address[0].split("%")[0]).is_loopback
            except ValueError:
                allowed = address[0] == "localhost"
            if not allowed:
                raise AssertionError(f"a test tried to connect to {address[0]}")

    def guarded(self: socket.socket, address: object) -> None:
        if self.type & socket.SOCK_STREAM:
            refuse(address)
        connect(self, address)  # type: ignore[arg-type]

    def guarded_ex(self: socket.socket, address: object) -> int:
        if self.type & socket.SOCK_STREAM:
            refuse(address)
        return connect_ex(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are read in the tests' own process: another one would load the engine that reads print anew for each."""
    from camcensus.intake import apart

    monkeypatch.setattr(apart, "_is_worker", True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout; a test that needs it is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the reference material is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder that holds vendors.db and resources/."""
    return ROOT
