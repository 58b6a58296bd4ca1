"""The window never phones home: a run over all its pages sends nothing, seen by Python's own hooks and by the network card."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from costs import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = r"""
import json, os, sys, tempfile
from pathlib import Path

root, way_out = Path(sys.argv[1]), sys.argv[2] == "way-out"
sys.path.insert(0, str(root / "tests"))
if way_out:
    import subprocess
    from conftest import _raise_loopback

    os.unshare(os.CLONE_NEWNET)
    Path("/proc/sys/net/ipv6/conf/default/disable_ipv6").write_text("1")
    _raise_loopback()
    for words in ("link add out type veth peer name far", "addr add 192.0.2.2/24 dev out", "link set out up", "link set far up",
                  "route add default dev out"):
        subprocess.run(["ip", *words.split()], check=True)

tried = []

def hook(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind"):
        tried.append([event, repr(arguments[1:])])
    elif event.startswith(("urllib.", "ftplib.", "smtplib.", "http.client.", "webbrowser.")):
        tried.append([event, repr(arguments)])

sys.addaudithook(hook)

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import samples
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import verbs as register
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.main_window import make_window
from camcensus.ui.preferences import Preferences

def packets():
    lines = Path("/proc/net/dev").read_text().splitlines()[2:]
    return {name.strip(): int(rest.split()[9]) for name, _, rest in (line.partition(":") for line in lines)}

before = packets() if sys.platform == "linux" else {}
app = QApplication([])
with tempfile.TemporaryDirectory(prefix="camcensus-") as folder:
    from ui.conftest import census

    path, knowledge = Path(folder) / "elm.camcensus", load_knowledge(root / "vendors.db")
    with register.new_inventory(path, samples.body(), samples.NOW) as inventory:
        register.save_census(inventory, census(knowledge), knowledge, samples.NOW)
    window = make_window(app, root, Preferences(Path(folder) / "window.ini"))
    window.show()
    assert window.open_path(path)
    visited = []
    for name in window.pages:
        window.show_page(name)
        QTest.qWait(300)
        visited.append(name)
    window.show_page("cameras")
    window.cameras.table.selectRow(0)
    for opener in (window.keys.show_help, lambda: window.keys._show_help(window, "about"), window.settings.take_update):
        opener()
        QTest.qWait(50)
        for dialog in window.findChildren(Dialog):
            dialog.reject()
    window.show_start()
    QTest.qWait(200)
    window.close()
    QTest.qWait(200)
if len(sys.argv) > 3:  # The hooks and the counters see what is done on purpose.
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth:
        mouth.sendto(b"x", ("198.51.100.1", 9))
    QTest.qWait(100)
after = packets() if sys.platform == "linux" else {}
sent = {name: after[name] - before.get(name, 0) for name in after}
print(json.dumps({"tried": tried, "sent": sent, "visited": visited, "qt_network": "PySide6.QtNetwork" in sys.modules}))
"""


def run(way: str, tmp_path: Path, *more: str) -> dict[str, object]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CAMCENSUS_DATA": str(tmp_path / "person")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ROOT), way, *more],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def test_no_page_and_no_dialog_opens_a_connection_or_looks_a_name_up(tmp_path: Path) -> None:
    told = run("as-it-is", tmp_path)
    assert told["tried"] == []
    assert told["qt_network"] is False
    assert {"home", "find", "plan", "reports", "manufacturers", "settings"} <= set(told["visited"])  # type: ignore[call-overload]


@pytest.mark.namespace
def test_with_a_way_out_no_packet_leaves_the_computer(tmp_path: Path) -> None:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root on Linux")
    told = run("way-out", tmp_path)
    assert told["tried"] == []
    assert told["sent"] == {"lo": 0, "out": 0, "far": 0}


@pytest.mark.namespace
def test_what_is_sent_on_purpose_is_seen(tmp_path: Path) -> None:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root on Linux")
    told = run("way-out", tmp_path, "on-purpose")
    assert told["tried"] == [["socket.sendto", "(('198.51.100.1', 9),)"]]
    assert told["sent"]["out"] > 0  # type: ignore[index]


def test_only_the_rooms_that_search_import_what_opens_connections() -> None:
    """Beside discovery and the simulator, no module of ours imports a module that talks to a network."""
    import ast

    networked = {
        "socket", "ssl", "http", "urllib", "requests", "zeroconf", "ftplib", "smtplib", "socketserver", "xmlrpc", "telnetlib",
        "aiohttp", "httpx", "urllib3", "webbrowser",
    }  # fmt: skip
    harmless = {"urllib.parse"}
    found = set()
    package = ROOT / "desktop" / "camcensus"
    for path in sorted(package.rglob("*.py")):
        room = path.relative_to(package).parts[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [one.name for one in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )
            for name in names:
                if (name.split(".")[0] in networked and name not in harmless) or name.startswith("PySide6.QtNetwork"):
                    found.add((room, path.relative_to(package).as_posix(), name))
    assert {room for room, _, _ in found} == {"discovery", "demo"}, found
