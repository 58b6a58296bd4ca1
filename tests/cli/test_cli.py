"""The outside contract from outside: arguments in, exit status, one JSON document, one sentence, and never a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from camcensus.app import main
from camcensus.intake.capture_writer import line_of
from camcensus.model.device import Observation
from camcensus.store.inventory import create_inventory, open_inventory
from camcensus.wire.read import read
from costs import PATIENCE_S
from samples import NOW, body, observation, packet, write_capture

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Carries out a command in this process; gives status, stdout and stderr."""

    def carry_out(*argv: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(argument) for argument in argv])
        out, err = capsys.readouterr()
        assert "Traceback" not in err + out
        return status, out, err

    return carry_out


def outside(*argv: object, **more: Any) -> subprocess.CompletedProcess[str]:
    """Carries out a command in a process of its own."""
    command = [sys.executable, "-m", "camcensus", *map(str, argv)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False, **more)


def schema(data_dir: Path, name: str) -> jsonschema.Draft202012Validator:
    text = (data_dir / "resources" / "schema" / f"{name}.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    return jsonschema.Draft202012Validator(json.loads(text))


def is_sentence(text: str) -> bool:
    return text.endswith(".\n") and text.count("\n") == 1 and text[0].isprintable()


def reply(number: int, probe: str, name: str) -> Observation:
    raw = packet(name)
    return observation(number, probe=probe, ask=None, port=None, raw=raw, reading=read(probe, None, raw))


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """Replies of four hosts: a Dahua camera, a Hikvision recorder, a printer, and something that says little."""
    path = tmp_path / "capture.jsonl"
    hosts = [
        reply(31, "dhip", "dhip/camera"),
        reply(4, "sadp", "sadp/recorder"),
        reply(60, "mdns", "mdns/printer"),
        observation(9),
    ]
    write_capture(path, hosts)
    return path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The demonstration, carried out once."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, outside("demo", "--headless", "--devices", 8, "-o", folder)


def test_the_demo_prints_the_census_and_writes_inventory_and_plan(demo: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = demo
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(entry.name for entry in folder.iterdir()) == ["inventory.camcensus", "plan.pdf"]
    assert done.stdout.startswith("This is a simulation")
    assert "Honeywell" in done.stdout
    assert "By manufacturer" in done.stdout
    assert (folder / "plan.pdf").read_bytes().startswith(b"%PDF-")


def test_the_demo_replaces_an_older_demo_and_nothing_else(run: Run, tmp_path: Path) -> None:
    create_inventory(tmp_path / "inventory.camcensus", body(), now=NOW).close()
    before = (tmp_path / "inventory.camcensus").read_bytes()
    status, out, err = run("demo", "--headless", "-o", tmp_path)
    assert (status, out) == (3, "")
    assert is_sentence(err)
    assert "left alone" in err
    assert (tmp_path / "inventory.camcensus").read_bytes() == before


def test_show_json_follows_its_schema(run: Run, demo: tuple[Path, Any], data_dir: Path) -> None:
    status, out, err = run("show", demo[0] / "inventory.camcensus", "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    schema(data_dir, "show").validate(document)
    assert document["scan"]["simulation"] is True
    rows = [entry["asset"] for entry in document["devices"] if entry["asset"]]
    assert {row["spare"] for row in rows} == {False}
    rows[0]["status"] = "spare"
    assert not schema(data_dir, "show").is_valid(document)
    assert any(row["decision"] for row in rows)
    assert all(len(row["place"]) >= 2 for row in rows)
    pins = [row["pin"] for row in rows if row["pin"]]
    assert {tuple(pin["place"]) for pin in pins} == {("Elm Park", "Main block", "Ground floor")}
    assert {pin["walked"] for pin in pins} == {True, False}
    assert any(entry["asset"] is None and entry["kind"] == "other" for entry in document["devices"])


def test_the_demo_has_a_record_as_staff_keep_it(run: Run, demo: tuple[Path, Any]) -> None:
    shown = json.loads(run("show", demo[0] / "inventory.camcensus", "--json")[1])
    rows = {entry["asset"]["purpose"]: entry["asset"] for entry in shown["devices"] if entry["asset"]}
    door, recorder = rows["Who comes in at the front door"], rows["Records eight cameras"]
    assert (door["camera_type"], door["inside_outside"], door["installed_on"]) == ("dome", "inside", "2022-08")
    assert (door["recorder"], door["channel"], door["retention_days"]) == (recorder["ref"], 1, 31)
    assert not rows["Play area and north fence"]["installed_on"]  # nobody knows any more


def test_show_prints_a_table_and_leaves_no_trace(run: Run, demo: tuple[Path, Any]) -> None:
    before = {entry.name: entry.read_bytes() for entry in demo[0].iterdir()}
    status, out, _ = run("show", demo[0] / "inventory.camcensus")
    assert status == 0
    assert "CAM-001" in out
    assert "REC-001" in out
    assert {entry.name: entry.read_bytes() for entry in demo[0].iterdir()} == before


def test_show_csv_is_a_table_no_spreadsheet_computes(demo: tuple[Path, Any]) -> None:
    command = [sys.executable, "-m", "camcensus", "show", str(demo[0] / "inventory.camcensus"), "--csv"]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=True)
    assert done.stdout.startswith(b"\xef\xbb\xbfrecord_id,body_name,")
    assert done.stdout.count(b"\r\n") == done.stdout.count(b"\n")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    assert rows[0]["ref"] == "CAM-001"
    assert {row["body_name"] for row in rows} == {"Elm Park Primary School (simulation)"}


def test_report_writes_a_pdf_and_says_what_it_wrote(run: Run, demo: tuple[Path, Any], tmp_path: Path) -> None:
    status, out, err = run("report", demo[0] / "inventory.camcensus", "--kind", "plan", "-o", tmp_path / "p.pdf")
    assert (status, err) == (0, "")
    assert "pages, SHA-256 " in out
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF-")
    assert [entry.name for entry in tmp_path.iterdir()] == ["p.pdf"]


def test_identify_json_follows_its_schema(run: Run, capture: Path, data_dir: Path) -> None:
    status, out, err = run("identify", capture, "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    schema(data_dir, "identify").validate(document)
    schema(data_dir, "scan").validate(document)
    assert document["contract_version"] == 1
    kinds = {entry["addresses"][0]: entry["kind"] for entry in document["devices"]}
    assert kinds == {"10.0.0.4": "recorder", "10.0.0.9": "other", "10.0.0.31": "camera", "10.0.0.60": "other"}
    camera = next(entry for entry in document["devices"] if entry["kind"] == "camera")
    assert (camera["manufacturer"], camera["grade"]) == ("dahua", "almost-certain")
    assert {entry["list"] for entry in camera["listings"]} >= {"uk-mps-2022", "us-ndaa-889"}
    assert list(camera)[:10] == [
        "key", "keys", "addresses", "network", "mac", "kind", "brand", "manufacturer", "manufacturer_name", "candidates",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "name:x"), ("keys", [["ip", "x"]]), ("mac", "3C:EF:8C:00:00:01"), ("kind", "nvr"), ("manufacturer", "Dahua Inc"),
        ("grade", "certain"), ("grade", "unknown"), ("channels", 1), ("activated", "yes"), ("cloud_link", None),
        ("first_seen", "yesterday"), ("listings", [{"list": "x"}]), ("advisories", [{"id": "CVE-1"}]), ("evidence", [{}]),
    ],
)  # fmt: skip
def test_the_schema_refuses_what_the_contract_does(run: Run, capture: Path, data_dir: Path, field: str, value: object) -> None:
    document = json.loads(run("identify", capture, "--json")[1])
    camera = next(entry for entry in document["devices"] if entry["manufacturer"] == "dahua")
    camera["more"] = "anything may be added"
    assert schema(data_dir, "identify").is_valid(document)
    kept = camera.pop(field)
    assert not schema(data_dir, "identify").is_valid(document)
    camera[field] = kept
    assert schema(data_dir, "identify").is_valid(document)
    camera[field] = value
    assert not schema(data_dir, "identify").is_valid(document)


def test_every_reference_capture_gives_a_document_by_the_schema(run: Run, shared: Path, data_dir: Path) -> None:
    captures = sorted((shared / "reference" / "captures").glob("*.jsonl"))
    assert captures
    status, out, _ = run("identify", *captures, "--json")
    assert status == 0
    document = json.loads(out)
    schema(data_dir, "identify").validate(document)
    honeywell = [entry for entry in document["devices"] if entry["brand"] == "Honeywell"]
    assert {entry["manufacturer"] for entry in honeywell} == {"dahua"}
    assert document["not_read"] == {}


def test_a_broken_line_is_named_and_the_status_is_1(run: Run, capture: Path, data_dir: Path) -> None:
    capture.write_bytes(capture.read_bytes() + b"{broken\n" + line_of(reply(32, "dhip", "dhip/lorex-recorder")))
    status, out, err = run("identify", capture, "--json")
    assert status == 1
    assert err == "capture.jsonl: Line 5 was left out: it is not JSON.\n"
    document = json.loads(out)
    schema(data_dir, "identify").validate(document)
    assert len(document["devices"]) == 5
    assert [problem["line"] for problem in document["problems"]] == [5]
    status, out, _ = run("identify", capture)
    assert status == 1
    assert "Left out: 1 line or file" in out


def test_identify_keeps_in_an_inventory_and_twice_is_the_same(run: Run, capture: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.camcensus"
    status, _, err = run("identify", capture, "--inventory", path)
    assert status == 0
    assert "A new inventory was made" in err
    _, first, _ = run("show", path, "--json")
    assert run("identify", capture, "--inventory", path)[0] == 0
    _, second, _ = run("show", path, "--json")
    assert json.loads(first)["devices"] == json.loads(second)["devices"]
    assert [entry["asset"]["ref"] for entry in json.loads(second)["devices"] if entry["asset"]] == ["CAM-001", "REC-001"]


# Must never happen: a traceback, a changed file, more than one sentence.


def _newer(path: Path) -> None:
    create_inventory(path, body(), now=NOW).close()
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('camcensus.inventory', 'm9999_x', '2030-01-01')"
    )
    connection.commit()
    connection.close()


def _damaged(path: Path) -> None:
    create_inventory(path, body(), now=NOW).close()
    data = bytearray(path.read_bytes())
    data[4096:6000] = b"\xa5" * 1904
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "say"),
    [
        (lambda path: path.write_bytes(b"hello"), "not a Camcensus inventory"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(5000)), "another program"),
        (_newer, "newer Camcensus"),
        (_damaged, "damaged"),
        (lambda path: path.mkdir(), "not a file"),
    ],
    ids=["not ours", "another program's", "newer", "damaged", "a folder"],
)
@pytest.mark.parametrize("command", ["show", "report", "identify"])
def test_a_file_that_cannot_be_used_is_one_sentence_status_3_and_unchanged(
    run: Run, capture: Path, tmp_path: Path, make: Callable[[Path], Any], say: str, command: str
) -> None:
    path = tmp_path / "x.camcensus"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    names = sorted(entry.name for entry in tmp_path.iterdir())
    arguments: dict[str, list[object]] = {
        "show": ["show", path],
        "report": ["report", path, "--kind", "plan", "-o", tmp_path / "out.pdf"],
        "identify": ["identify", capture, "--inventory", path],
    }
    status, out, err = run(*arguments[command])
    assert (status, out) == (3, "")
    assert is_sentence(err)
    assert say in err
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == names


@pytest.mark.parametrize(
    ("argv", "status", "say"),
    [
        (["show", "none.camcensus"], 3, "no file"),
        (["identify", "none.jsonl"], 3, "check the name"),
        (["identify", os.devnull], 3, "not a file"),
        (["identify", __file__], 3, "not a capture"),
        (["identify", "--knowledge", __file__, "x"], 3, "not a knowledge base"),
        (["identify", "--knowledge", "none.db", "x"], 3, "check the name"),
        (["scan", "--interface", "nosuch0"], 2, "nosuch0"),
        (["scan", "--interface", "203.0.113.9"], 2, "203.0.113.9"),
        (["scan", "--range", "8.8.8.0/24"], 2, "not a private range"),
        (["scan", "--range", "10.0.0.0/8"], 2, "too many"),
        (["scan", "--range", "10.0.0.0/16"], 2, "--allow-large"),
        (["scan", "--range", "127.0.0.0/24"], 2, "127.0.0.1"),
        (["scan", "--range", "camera\u202eevil"], 2, "\\u202e"),
        (["scan", "--range", "0.0.0.0/0"], 2, ""),
        (["scan", "--range", "fe80::/64"], 2, ""),
        (["scan", "--range", ""], 2, ""),
        (["scan", "--limit-s", "0"], 2, "time limit"),
        (["scan", "--limit-s", "nan"], 2, "time limit"),
        (["scan", "--limit-s", "inf"], 2, "time limit"),
        (["scan", "--limit-s", "soon"], 2, "--limit-s"),
        (["scan", "--pace", "warp"], 2, "warp"),
        (["scan", "--js"], 2, "--js"),
        (["identify"], 2, "FILE"),
        (["nosuch"], 2, "nosuch"),
        (["export", "a", "-o", "b"], 2, "export"),
        (["show", "a", "--json", "--csv"], 2, "--csv"),
        (["report", "a", "--kind", "novel", "-o", "b.pdf"], 2, "no report"),
        (["report", "a", "--kind", "plan"], 2, "-o"),
        (["demo", "--headless", "--devices", "0"], 2, "1 to"),
        (["demo", "--headless", "--devices", "-3"], 2, "1 to"),
        (["demo", "--devices", "-3"], 2, "1 to"),
        (["demo", "--headless", "--devices", "100000"], 2, "1 to"),
        (["demo", "--devices", "many"], 2, "--devices"),
        (["knowledge"], 2, "needs show NAME, update FILE or comment"),
        (["knowledge", "show", "no such maker"], 1, "is known"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_one_sentence_and_the_contracts_status(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], status: int, say: str
) -> None:
    monkeypatch.chdir(tmp_path)
    got, out, err = run(*argv)
    assert (got, out) == (status, "")
    assert is_sentence(err), err
    assert say in err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a folder nobody can write is the proc file system here")
def test_a_folder_that_cannot_be_written_is_said(run: Run, demo: tuple[Path, Any], capture: Path) -> None:
    """/proc refuses root too, whom permissions do not stop."""
    status, _, err = run("report", demo[0] / "inventory.camcensus", "--kind", "plan", "-o", "/proc/plan.pdf")
    assert status == 3
    assert is_sentence(err)
    status, _, err = run("identify", capture, "--inventory", "/proc/new.camcensus")
    assert status == 3
    assert is_sentence(err)
    status, _, err = run("scan", "--interface", "127.0.0.1", "--limit-s", "1", "--capture", "/proc/capture.jsonl")
    assert status == 3
    assert is_sentence(err)


def test_scan_json_is_one_document_by_the_schema_and_stops_at_its_limit(data_dir: Path) -> None:
    done = outside("scan", "--interface", "127.0.0.1", "--limit-s", "1", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    schema(data_dir, "scan").validate(document)
    assert document["scan"]["stopped_early"] is True
    assert document["scan"]["interfaces"] == [{"name": document["scan"]["interfaces"][0]["name"], "address": "127.0.0.1/8"}]


def test_who_allowed_a_search_and_when_is_in_its_document_and_its_log(tmp_path: Path, data_dir: Path) -> None:
    path = tmp_path / "a.camcensus"
    scan = ("scan", "--interface", "127.0.0.1", "--limit-s", "1", "--json")
    done = outside(*scan, "--allowed-by", " J. Doe, head of IT ", "--inventory", path)
    assert done.returncode == 0, done.stderr
    shown = outside("show", path, "--json")
    for name, text in (("scan", done.stdout), ("show", shown.stdout)):
        document = json.loads(text)
        schema(data_dir, name).validate(document)
        assert document["scan"]["allowed_by"] == "J. Doe, head of IT"
        assert document["scan"]["allowed_at"] == document["scan"]["started_at"]
    with open_inventory(path, readonly=True) as inventory:
        (scanned,) = inventory.scans()
        assert inventory.allowed(scanned.interfaces[0].network) == "J. Doe, head of IT"
    by_hand = json.loads(outside(*scan).stdout)["scan"]
    assert by_hand["allowed_by"].endswith(", by the command line")
    nobody = outside(*scan, "--allowed-by", " ")
    assert (nobody.returncode, nobody.stdout) == (2, "")
    assert is_sentence(nobody.stderr)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to a whole console")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_like_stop_and_what_was_seen_is_kept(tmp_path: Path, data_dir: Path, number: int) -> None:
    path = tmp_path / "a.camcensus"
    command = [sys.executable, "-m", "camcensus", "scan", "--interface", "127.0.0.1", "--json", "--inventory", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as scanning:
        assert scanning.stderr is not None
        scanning.stderr.readline()
        time.sleep(1.5)
        scanning.send_signal(number)
        out, err = scanning.communicate(timeout=PATIENCE_S)
    assert scanning.returncode == 0, err
    document = json.loads(out)
    schema(data_dir, "scan").validate(document)
    assert document["scan"]["stopped_early"] is True
    shown = outside("show", path, "--json")
    assert json.loads(shown.stdout)["scan"]["stopped_early"] is True


def test_a_hospital_begins_by_listening_unless_it_says_where_to_ask(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "trust.camcensus"
    create_inventory(path, replace(body(), type="nhs"), now=NOW).close()
    monkeypatch.setattr("camcensus.discovery.scope.usable", lambda card: card.address.startswith("127."))
    for options, listens in ([], True), (["--range", "127.9.9.0/30", "--interface", "127.0.0.1"], False):
        status, out, err = run("scan", "--inventory", path, "--limit-s", "0.5", "--json", *options)
        assert status == 0
        asked = sum(row["sent"] for row in json.loads(out)["scan"]["coverage"])
        assert (asked == 0) is listens
        assert ("only listens" in err) is listens


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_ctrl_c_before_the_search_has_begun_ends_it_with_a_document(tmp_path: Path, data_dir: Path) -> None:
    """The signal comes in the middle of starting: sent by the program itself when it reads its knowledge."""
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell may start the tests with Ctrl+C ignored
        "from camcensus import app\n"
        "from camcensus.cli import commands\n"
        "load = commands.load\n"
        "def interrupted(*given):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return load(*given)\n"
        "commands.load = interrupted\n"
        "sys.exit(app.main(sys.argv[1:]))\n"
    )
    path = tmp_path / "a.camcensus"
    command = [sys.executable, "-c", code, "scan", "--interface", "127.0.0.1", "--json", "--inventory", str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    schema(data_dir, "scan").validate(document)
    assert document["scan"]["stopped_early"] is True
    assert json.loads(outside("show", path, "--json").stdout)["scan"]["stopped_early"] is True
    shown = subprocess.run(
        [sys.executable, "-c", code, "show", str(path)], capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False
    )
    assert shown.returncode == 3
    assert shown.stderr == "Stopped before it was finished; nothing was written.\n"


@pytest.mark.skipif(os.name == "nt", reason="no pipes that close early")
def test_a_reader_that_stops_early_is_no_error(demo: tuple[Path, Any]) -> None:
    command = f'"{sys.executable}" -m camcensus show "{demo[0] / "inventory.camcensus"}" --json | head -c 10'
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=True)
    assert len(done.stdout) == 10
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="no pipes that close early")
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_reader_that_left_before_anything_was_printed_is_no_error(capture: Path, form: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        command = [sys.executable, "-m", "camcensus", "identify", str(capture), *form]
        buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        done = subprocess.run(
            command, stdout=writer, stderr=subprocess.PIPE, env=buffered, encoding="utf-8", timeout=PATIENCE_S, check=False
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_text_from_devices_cannot_move_the_terminal(run: Run, tmp_path: Path) -> None:
    head = b'HTTP/1.1 401 Unauthorized\r\nServer: \x1b[2J\xe2\x80\xaeevil\r\nWWW-Authenticate: Basic realm="\x1b]0;pwned\x07"\r\n\r\n'
    path = tmp_path / ("red.jsonl" if os.name == "nt" else "\x1b[31mred.jsonl")  # Windows takes no such name
    write_capture(path, [observation(1, raw=head, reading=read("http", "GET /", head), network="\u202e eth0")])
    for form in ([], ["--json"]):
        _, out, err = run("identify", path, *form)
        assert not any(character in out + err for character in "\x1b\x07\u202e")


def test_a_terminal_that_knows_only_ascii_gets_the_census_all_the_same(capture: Path) -> None:
    done = outside("identify", capture, env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert done.returncode == 0
    assert "Dahua – almost certain" in done.stdout


def test_help_loads_nothing_heavy() -> None:
    assert outside("--help").returncode == 0
    probe = "import sys; from camcensus.app import main; main(['--help']); print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, encoding="utf-8", check=True
    ).stdout.splitlines()[-1]
    for heavy in ("zeroconf", "reportlab", "sqlite_utils", "PySide6", "lxml", "zeep", "requests"):
        assert f"'{heavy}'" not in loaded


def test_no_command_opens_the_window_and_a_missing_library_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "camcensus.ui.main_window":
                raise ImportError(
                    "libEGL.so.1: cannot open shared object file: No such file or directory", name="PySide6.QtGui"
                )

    monkeypatch.delitem(sys.modules, "camcensus.ui.main_window", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])
    for argv in ([], ["demo"]):
        status, out, err = run(*argv)
        assert (status, out) == (3, "")
        assert is_sentence(err)
        assert "libEGL.so.1 is missing" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_is_full_when_printing_is_a_sentence(demo: tuple[Path, Any]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "camcensus", "show", str(demo[0] / "inventory.camcensus"), "--json"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", timeout=PATIENCE_S, check=False)
    assert done.returncode == 3
    assert is_sentence(done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_help_that_cannot_be_printed_is_a_sentence_and_no_sentence_keeps_the_status(unbuffered: str) -> None:
    def ran(*argv: str, out: Any = subprocess.PIPE, err: Any = subprocess.PIPE) -> Any:
        command, env = [sys.executable, "-m", "camcensus", *argv], os.environ | {"PYTHONUNBUFFERED": unbuffered}
        return subprocess.run(command, stdout=out, stderr=err, env=env, encoding="utf-8", timeout=PATIENCE_S, check=False)

    with Path("/dev/full").open("w") as full:
        done = ran("--help", out=full)
        assert done.returncode == 3
        assert is_sentence(done.stderr)
        assert ran("show", "no-such-file", err=full).returncode == 3
        assert ran("show", err=full).returncode == 2


def test_a_mistake_of_ours_is_a_sentence_that_says_where(run: Run, capture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexError("no such thing")

    monkeypatch.setattr("camcensus.tasks.finding.given_files.identify", fail)
    status, out, err = run("identify", capture)
    assert (status, out) == (3, "")
    assert is_sentence(err)
    assert "IndexError at test_cli.py line" in err
    monkeypatch.setenv("CAMCENSUS_DEBUG", "1")
    with pytest.raises(IndexError):
        run("identify", capture)
