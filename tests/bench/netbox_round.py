"""The register into a real NetBox, and again: python tests/bench/netbox_round.py NETBOX PYTHON [--save FILE]

NETBOX is the folder that holds NetBox's manage.py, PYTHON an interpreter that has what NetBox needs; its configuration, PostgreSQL
and Redis are as NetBox's documentation says, and `manage.py migrate` has run. The files are given to the pages on which people import
(upload, format and delimiter left to NetBox), and the list of devices is exported as people export it. All of it is in one
transaction that is taken back at the end. Prints a table; status 1 where a device is missing, doubled or not as the register says.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
AS_AT = "2026-11-24T10:42:00Z"
PAGES = {"1": "sites", "2": "manufacturers", "3": "device-roles", "4": "device-types", "5": "devices"}
CHARS = 'Hall "A", left; 7" | ¼ Łódź 中 🎥 \' # : - {x} %'
OTHERS = {
    "1": "- {name: elm park, slug: elm-park, status: active}",
    "2": "- {name: DAHUA, slug: dahua}\n- {name: Hik Vision, slug: hik-vision}",
    "3": "- {name: Switch, slug: switch, color: aaaaaa}",
    "4": "- {manufacturer: DAHUA, model: PFS3010, slug: pfs3010, u_height: 1}\n"
    "- {manufacturer: Hik Vision, model: DS-3E, slug: ds-3e, u_height: 1}",
    "5": "- {name: sw-1, role: Switch, manufacturer: DAHUA, device_type: PFS3010, site: elm park, status: active}\n"
    "- {name: sw-2, role: Switch, manufacturer: Hik Vision, device_type: DS-3E, site: elm park, status: active}",
}
"""What NetBox has before: names that differ from ours in case alone, or by what a slug leaves out, of devices that are not ours."""


# --- In NetBox ---------------------------------------------------------------------------------------------------


def inside(netbox: str) -> int:
    """Does what each line on standard input asks, and answers with a line."""
    sys.path[:1] = [netbox]
    import django  # type: ignore[import-not-found]

    django.setup()
    from django.contrib.auth import get_user_model  # type: ignore[import-not-found]
    from django.db import transaction  # type: ignore[import-not-found]
    from django.test import Client  # type: ignore[import-not-found]

    class Back(Exception):
        """Takes back all that was done."""

    try:
        with transaction.atomic():
            user = get_user_model().objects.create_superuser("camcensus-bench", "bench@example.org", "Bench-bench-1")
            web = Client()
            web.force_login(user)
            for line in sys.stdin:
                print(json.dumps(_answer(json.loads(line), web, user)), flush=True)
            raise Back
    except Back:
        return 0


def _answer(asked: dict[str, str], web: Any, user: Any) -> Any:
    import html
    import re

    from core.models import ObjectChange  # type: ignore[import-not-found]
    from dcim.models import Device  # type: ignore[import-not-found]
    from django.core.files.uploadedfile import SimpleUploadedFile  # type: ignore[import-not-found]

    if "import" in asked:
        path = Path(asked["import"])
        given = SimpleUploadedFile(path.name, path.read_bytes())
        form = {"import_method": "upload", "upload_file": given, "format": "auto", "csv_delimiter": "auto"}
        said = web.post(f"/dcim/{asked['page']}/import/", form)
        toasts = re.findall(r"(?s)toast-body.*?</div>", said.content.decode())
        words = [" ".join(html.unescape(re.sub(r"^[^>]*>|<[^>]*>", " ", one)).split()) for one in toasts]
        why = [one for one in words if not one.startswith("Imported ")]
        return "" if said.status_code == 302 else "; ".join(why) or f"status {said.status_code}"
    if "export" in asked:
        user.config.set("csv_delimiter", asked["delimiter"], commit=True)
        said = web.get("/dcim/devices/?export")
        Path(asked["export"]).write_bytes(b"".join(said.streaming_content) if said.streaming else said.content)
        return ""
    if "place" in asked:
        from dcim.models import Location, Rack  # type: ignore[import-not-found]

        device = Device.objects.get(asset_tag=asked["place"])
        device.location = Location.objects.create(name="Cellar", slug="cellar", site=device.site)
        device.rack = Rack.objects.create(name="R1", site=device.site, location=device.location)
        device.save()
        return ""
    fields = {"name": "name", "location": "location__name", "rack": "rack__name", "serial": "serial", "status": "status", "description": "description", "comments": "comments",
              "role": "role__name", "manufacturer": "device_type__manufacturer__name", "device_type": "device_type__model",
              "site": "site__name", "asset_tag": "asset_tag", "id": "id"}  # fmt: skip
    held = [dict(zip(fields, row, strict=True)) for row in Device.objects.values_list(*fields.values())]
    return {"devices": held, "changes": ObjectChange.objects.filter(changed_object_type__model="device").count()}


# --- Here --------------------------------------------------------------------------------------------------------


class NetBox:
    """The worker inside NetBox."""

    def __init__(self, netbox: Path, python: Path) -> None:
        import os

        words = [str(python), str(HERE), "--inside", str(netbox.resolve())]
        there = os.environ | {"DJANGO_SETTINGS_MODULE": "netbox.settings"}
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=there)

    def ask(self, **asked: str) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate(timeout=120)


def rounds(netbox: NetBox, folder: Path) -> list[dict[str, Any]]:
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "desktop")]
    from camcensus.store.edits import by_hand, tagging
    from camcensus.store.edits.by_hand import NewRow
    from camcensus.store.vendors_db.read import load_knowledge
    from camcensus.tasks.finding.keep import save_census
    from camcensus.tasks.imports.device_lists import look_at_lists
    from camcensus.tasks.register import verbs as register
    from camcensus.tasks.register.asset_systems import netbox_zip, read_theirs
    from camcensus.tasks.register.table import entries
    from samples import NOW, body

    knowledge = load_knowledge(ROOT / "vendors.db")
    makers = ("Dahua", "Hikvision", "HIKVISION", "Hik-Vision", "Elm", "Камера", CHARS)
    models = ("IPC-HDW1431T1-S4", "ipc-hdw1431t1-s4", '7" dome', '7"", dome', "DS-2CD2143G0-I", CHARS, "x" * 180)
    rows = [f"Cam {n},10.0.{n // 200}.{n % 200 + 1},58:50:ed:00:{n // 256:02x}:{n % 256:02x},S{n:05}" for n in range(120)]
    (folder / "list.csv").write_text("\n".join(("name,ip,mac,serial", *rows)), encoding="utf-8")
    done: list[dict[str, Any]] = []
    labels: dict[str, dict[str, str]] = {}

    def take(what: str, theirs: str | None) -> None:
        before, into = netbox.ask(state=""), folder / str(len(done))
        into.mkdir()
        if theirs is not None:
            netbox.ask(export=str(folder / "theirs.csv"), delimiter=theirs)
        told = register.rows(inventory, knowledge)
        given = read_theirs(folder / "theirs.csv") if theirs is not None else ()
        texts = [
            {**one, **labels.get(str(one["record_id"]), {})} for one in entries(inventory, told, knowledge, AS_AT, whole=False)
        ]
        with zipfile.ZipFile(io.BytesIO(netbox_zip(texts, AS_AT, given))) as packed:
            packed.extractall(into)
        says = [netbox.ask(**{"import": str(one), "page": PAGES[one.name[0]]}) for one in sorted(into.glob("[0-9]-*"))]
        after = netbox.ask(state="")
        done.append(compared(what, into, [one for one in says if one], before, after, {row.asset.id for row in told}))

    with register.new_inventory(folder / "a.camcensus", body("Elm Park"), NOW) as inventory:
        save_census(inventory, look_at_lists([folder / "list.csv"], inventory, knowledge, NOW).census, knowledge, NOW)
        for number, row in enumerate(register.rows(inventory, knowledge)):
            labels[row.asset.id] = {"sold_as": makers[number % len(makers)], "model": models[number % 6 + number % 2]}
            inventory.do(tagging.set_tags((row.asset.id,), {"purpose": CHARS}), by="A", now=NOW)
        for number, text in OTHERS.items():
            (folder / "other.yaml").write_text(text, encoding="utf-8")
            if said := netbox.ask(**{"import": str(folder / "other.yaml"), "page": PAGES[number]}):
                raise RuntimeError(said)
        take("first, into a NetBox with two devices of others", "comma")
        first = register.rows(inventory, knowledge)[0].asset
        inventory.do(tagging.set_tags((first.id,), {"purpose": 'Front "door", left'}), by="A", now=NOW)
        labels[first.id]["sold_as"] = "Axis"
        inventory.do(by_hand.add_rows([NewRow(kind="recorder", prefix="NVR", place=None)]), by="A", now=NOW)
        take("second: one changed, one new", "comma")
        take("third: nothing changed; exported with semicolons", "semicolon")
        netbox.ask(place=first.id)
        take("fourth: nothing changed but what staff of NetBox did, who put one into a rack", "comma")
        labels[first.id]["site"] = "Mill Lane"
        take("fifth: that one moved to another site", "comma")
        take("sixth, without NetBox’s export", None)
    return done


def compared(
    what: str, into: Path, says: list[str], before: dict[str, Any], after: dict[str, Any], ours: set[str]
) -> dict[str, Any]:
    """What a round did, and whether NetBox has then what the file says."""
    import yaml

    given = list(yaml.safe_load_all((into / "5-devices.yaml").read_text(encoding="utf-8")))
    mine = [one for one in after["devices"] if one["asset_tag"]]
    held, old = {one["asset_tag"]: one for one in mine}, {one["asset_tag"]: one for one in before["devices"]}
    wrong = [] if says else [one["asset_tag"] for one in given if any(
        (held.get(one["asset_tag"], {}).get(name) or "") != " ".join(text.split())
        for name, text in one.items() if name not in ("id", "position", "face"))]  # fmt: skip
    return {
        "what": what, "files": len(list(into.glob("[0-9]-*"))), "refused": says, "new": len(mine) - len(old.keys() - {None, ""}),
        "changed": sum(tag in old and old[tag] != one for tag, one in held.items()),
        "doubled": len(mine) - len(held), "missing": len(ours - held.keys()), "not as the file says": len(wrong),
    }  # fmt: skip


def main() -> int:
    words = argparse.ArgumentParser(description=(__doc__ or "").split(":", maxsplit=1)[0])
    words.add_argument("netbox", type=Path)
    words.add_argument("python", type=Path)
    words.add_argument("--save", type=Path)
    given = words.parse_args()
    netbox = NetBox(given.netbox, given.python)
    try:
        with tempfile.TemporaryDirectory() as folder:
            done = rounds(netbox, Path(folder))
    finally:
        netbox.close()
    lines = ["| Import | Files | New | Changed | Doubled | Missing | Not as the file says | NetBox said |"]
    lines.append("|---|--:|--:|--:|--:|--:|--:|---|")
    for one in done:
        figures = ("what", "files", "new", "changed", "doubled", "missing", "not as the file says")
        lines.append(f"| {' | '.join(str(one[name]) for name in figures)} | {' '.join(one['refused']) or '–'} |")
    text = "\n".join(lines) + "\n"
    print(text)
    if given.save is not None:
        given.save.write_text(text, encoding="utf-8")
    bad = [one for one in done if one["doubled"] or one["missing"] or one["not as the file says"]]
    return 1 if bad or any(one["refused"] for one in done[:-1]) else 0


if __name__ == "__main__":
    sys.exit(inside(sys.argv[2]) if sys.argv[1:2] == ["--inside"] else main())
