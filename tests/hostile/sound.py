"""The sound files that hostile ones are made from, made by the program's own commands."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sqlite3
import stat
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from camcensus.app import data_dir
from camcensus.cli import run
from camcensus.intake import apart
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Costs
from camcensus.store.edits import placing, settings, tagging
from camcensus.store.edits import plan as plans
from camcensus.store.pen import Edit, Made
from camcensus.store.signatures import SecretKey
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.store.vendors_db.schema import digest_rows
from camcensus.tasks.register import by_hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.by_hand import HandRow
from camcensus.tasks.register.people import Person, save_people
from camcensus.tasks.register.plan import plan
from hostile.file_labels import coded
from hostile.file_pictures import real_jpeg
from store.vendors_db.signed_sample import note, publisher_key, sign_file, write_key

LIST = (
    "Name,MAC address,IP address,Make,Model,Location\n"
    "Hall,00:40:8c:01:02:03,10.0.0.9,Axis,P3245,Hall\n"
    "Gate,44:19:b6:01:02:03,10.0.0.10,Hikvision,DS-2CD2143,Gate\n"
    "Yard,3c:ef:8c:01:02:03,10.0.0.11,Dahua,IPC-HDW2431,Yard\n"
)
TEXTS = {
    "bodies": ".csv", "answers": ".csv", "policy": ".toml", "passphrase": ".txt",
    "cve": ".json", "meanings": ".json",
}  # fmt: skip
POLICY = """
contact = "IT, it@example.org"
[search]
allowed_ranges = ["10.0.0.0/8"]
never_ask = ["10.20.5.0/28"]
paces = ["gentle"]
passive_only = false
logins = true
[files]
folders = ["/"]
for_others = ["auditor", "backup"]
"""
CVE = {
    "dataType": "CVE_RECORD", "dataVersion": "5.1",
    "cveMetadata": {"cveId": "CVE-2026-12345", "state": "PUBLISHED", "datePublished": "2026-02-02T00:00:00Z"},
    "containers": {"cna": {
        "descriptions": [{"lang": "en", "value": "A flaw in a camera."}],
        "affected": [{"vendor": "Axis", "product": "P3245", "versions": [{"version": "1.0", "status": "affected"}]}],
        "references": [{"url": "https://maker.example/notice"}],
        "metrics": [{"cvssV3_1": {"baseScore": 9.8, "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}],
    }},
}  # fmt: skip
SCHOOLS = (
    "URN,LA (code),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (code),EstablishmentStatus (name)\n"
    "100001,201,Elm Park Primary School,Community school,1,Open\n100002,201,Old Hall School,Community school,2,Closed\n"
)
COVERED = """<!doctype html><html><body><h1>List of Equipment and Services Covered</h1><table>
<tr><th>Covered Equipment or Services</th><th>Date of Inclusion on Covered List</th></tr>
<tr><td>Video surveillance equipment produced by Maker B Technology Co., including its subsidiaries</td><td>March 12, 2021</td></tr>
</table></body></html>"""
VERSION = "2099.01.01+00000000"
SIGNED_MOST = 100 << 20


@dataclass(frozen=True)
class Sound:
    """`of` has a sound file of each kind, `mine` is what the person has."""

    of: dict[str, Path]
    mine: Path
    key: SecretKey

    def sign(self, path: Path) -> None:
        """A publisher's signature over whatever lies there: signed is not the same as sane."""
        side = path.with_name(path.name + ".minisig")
        with contextlib.suppress(OSError):
            state = path.lstat()
            if stat.S_ISREG(state.st_mode) and state.st_size <= SIGNED_MOST and not side.is_symlink() and not side.exists():
                sign_file(path, self.key, note(path.read_bytes(), VERSION).line())


def make_sound(root: Path, data: Path) -> Sound:
    """All of them, in this folder."""
    mine = root / "mine"
    mine.mkdir()
    (mine / "list.csv").write_text(LIST)
    (mine / "passphrase.txt").write_text("correct horse battery staple\n")
    inventory, exchange = mine / "school.camcensus", mine / "exchange.camcensus"
    national, backup, locked = (
        mine / "national.camcensus-rollup",
        root / "plain.camcensus-backup",
        root / "locked.camcensus-backup",
    )
    texts = {
        "bodies.csv": "name,type,urn\nElm Park Primary School,school,100001\n",
        "meanings.json": '{"Hikvision?": "has:hikvision"}',
        "answers.csv": "organisation,urn,status,How many cameras?,Hikvision?\nElm Park Primary School,100001,Answered,12,No\n",
        "policy.toml": (data / "resources" / "policy-template.toml").read_text("utf-8") + POLICY,
        "passphrase.txt": "correct horse battery staple\n",
        "cve.json": json.dumps(CVE),
        "schools.csv": SCHOOLS,
        "covered.html": COVERED,
    }
    for name, text in texts.items():
        (root / name).write_text(text, "utf-8")
    (root / "picture.png").write_bytes(real_jpeg())
    (root / "label.png").write_bytes(coded("MAC: 00:40:8c:01:02:03 S/N: 12345678"))
    _run("identify", str(mine / "list.csv"), "--inventory", str(inventory))
    _edit(inventory, load_knowledge(data / "vendors.db"), root)
    _run("export", str(inventory), "--audience", "auditor", "-o", str(exchange))
    _run("export", str(inventory), "--audience", "backup", "--plain", "-o", str(backup))
    _run("export", str(inventory), "--audience", "backup", "--passphrase-file", str(mine / "passphrase.txt"), "-o", str(locked))
    asked = ("--bodies", str(root / "bodies.csv"), "--answers", str(root / "answers.csv"), "--keep-round", "Autumn")
    _run("rollup", str(national), str(exchange), *asked)
    key = publisher_key()
    write_key(mine / "publisher.pub", key)
    (mine / "locked.camcensus-backup").write_bytes(locked.read_bytes())
    newer = make_newer(data / "vendors.db", root / "vendors.db", VERSION)
    shutil.copyfile(root / "label.png", mine / "label.png")
    (mine / "no-logins.toml").write_text("[search]\nlogins = false\n")
    for side in [*mine.iterdir()]:
        if side.is_dir():
            shutil.rmtree(side)
        elif side.name.endswith((".lock", "-wal", "-shm")):
            side.unlink()
    of = {
        "inventory": inventory, "exchange": exchange, "rollup": national, "backup": locked, "knowledge": newer,
        "list": mine / "list.csv", "picture": root / "picture.png", "label": root / "label.png", "key": mine / "publisher.pub",
        "schools": root / "schools.csv", "covered": root / "covered.html",
    } | {name: root / f"{name}{end}" for name, end in TEXTS.items()}  # fmt: skip
    apart._drop()  # a process that is forked from this one starts its own
    made = Sound(of, mine, key)
    made.sign(newer)
    return made


def make_newer(built_in: Path, path: Path, version: str) -> Path:
    """The knowledge base as one of a later day."""
    shutil.copyfile(built_in, path)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE meta SET value = ? WHERE key = 'version'", [version])
        db.execute("UPDATE meta SET value = ? WHERE key = 'digest'", [digest_rows(db)])
        db.commit()
    return path


def _edit(path: Path, knowledge: Knowledge, root: Path) -> None:
    """What a person does in the window: an organisation, people, places, a firm, tags, decisions, costs, a row, a version."""
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    with register.open_inventory(path, now, readonly=False) as inventory:

        def do(edit: Edit[str] | Edit[Made]) -> Any:
            return register.do(inventory, knowledge, edit, by="Ruth", now=now).made

        do(
            settings.set_body(
                replace(inventory.body, name="Elm Park Primary School", type="school", urn="100001", year_starts=4)
            )
        )
        do(save_people((Person("owner", "Ruth"),)))
        ids = {one.ref: one.id for one in inventory.assets()}
        hall = do(placing.place_named(["Main block", "Hall"], kind="room"))
        do(placing.set_place([ids["CAM-001"]], hall))
        acme = do(tagging.add_vendor("Acme", "seller", phone="020 7946 0000"))
        values = {"seller": acme, "cost_pence": "£180.50", "installed_on": "2024-05-01"}
        do(tagging.set_tags([ids["CAM-001"]], values))
        do(tagging.decide([ids["CAM-001"], ids["CAM-002"]], "replace", why="old", year="2027-28"))
        do(settings.set_costs(Costs(camera_unit=12_000, vat_hundredths=2000)))
        typed = HandRow(kind="camera", place=hall, brand="Axis", model="P3245", serial="ACCC8E000001", basis="label")
        do(by_hand.add_rows(knowledge, [typed], "Ruth"))
        do(plans.make_version(plan(inventory, knowledge, now), knowledge.version, "first"))


def _run(*words: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = run(list(words), data_dir=data_dir, window=lambda *_: 0)
    if status != 0:
        raise AssertionError(f"{' '.join(words)}: {said.getvalue()}")
