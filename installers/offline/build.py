#!/usr/bin/env python3
"""Builds what an IT team takes to computers without internet: `python3 run.py package offline-bundle [--with FILE…]`.

One folder, and the same as a zip: the installers of this version that lie in DIR (or were named), the knowledge of makers with
its signature where there is one, the page for IT teams, the policy template (or a policy that was named, once it is sound),
the IT notice as a PDF, checksums, and a text that says what to do first. Same files, same bytes.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "desktop")]

from camcensus.model.asset import Body  # noqa: E402
from camcensus.model.errors import CamcensusError  # noqa: E402
from camcensus.model.knowledge import Knowledge  # noqa: E402
from camcensus.model.policy import Policy  # noqa: E402
from camcensus.store.policy_file import read_policy  # noqa: E402
from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from camcensus.tasks.register import verbs as register  # noqa: E402
from camcensus.tasks.reports.it_notice import Computer, it_notice  # noqa: E402
from camcensus.tasks.reports.making import Making, write_report  # noqa: E402
from installers.linux.debian import debian_version  # noqa: E402
from installers.shared.facts import BuildError, empty, epoch, run_build, version  # noqa: E402
from installers.shared.tidy import digest, files_of, zip_tree  # noqa: E402

INSTALLERS = ("-setup.exe", "-portable.zip", ".deb", ".rpm", ".whl", ".dmg", ".pkg")
"""How the names of what can be installed end."""
BESIDE = (".minisig", ".asc", ".cdx.json", "-files.sha256")
"""How the names of what tells of them end; SHA256SUMS of the whole is written here anew."""
RECORD = "00000000-0000-4000-8000-000000000000"
"""The notice belongs to nobody's record, and is the same each time."""
COMPUTER = "The computer that it is installed on"


def build(words: list[str]) -> list[Path]:
    """Build into the folder named by `--out`; gives the zip and the folder."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write, and where installers lie")
    parser.add_argument("--from", dest="source", type=Path, metavar="DIR", help="another folder in which installers lie")
    parser.add_argument("--with", dest="more", type=Path, nargs="+", default=[], metavar="FILE", help="further files to put in")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="your own policy.toml, in place of the template")
    parser.add_argument("--knowledge", type=Path, default=ROOT / "vendors.db", metavar="FILE", help="another vendors.db")
    known = parser.parse_args(words)
    name = f"camcensus-{version()}-offline"
    try:
        return _make(known, known.out / name)
    except (CamcensusError, OSError) as error:
        raise BuildError(str(error)) from error


def _make(known: argparse.Namespace, tree: Path) -> list[Path]:
    policy = read_policy(known.policy) if known.policy is not None else Policy()
    knowledge = load_knowledge(known.knowledge)
    found = installers_in(known.source or known.out)
    missing = [path for path in known.more if not path.is_file()]
    if missing:
        raise BuildError(f"There is no file {missing[0]}; check the name after --with.")
    if not found and not known.more:
        raise BuildError(
            f"{known.source or known.out} holds no installer of Camcensus {version()}: build one first, such as “python3 "
            "run.py package deb”, or name files with --with."
        )
    empty(tree)
    for path in (*found, *known.more):
        _copy(path, tree / "installers" / path.name)
    _copy(known.knowledge, tree / "knowledge" / "vendors.db")
    signature = known.knowledge.with_name(f"{known.knowledge.name}.minisig")
    if signature.is_file():
        _copy(signature, tree / "knowledge" / "vendors.db.minisig")
    resources = ROOT / "resources"
    _copy(resources / "help" / "it.md", tree / "IT.md")
    _copy(ROOT / "LICENSE", tree / "LICENSE.txt")
    if known.policy is not None:
        _copy(known.policy, tree / "policy" / "policy.toml")
    _copy(resources / "policy-template.toml", tree / "policy" / "policy-template.toml")
    _copy(resources / "schema" / "policy.schema.json", tree / "policy" / "policy.schema.json")
    write_notice(tree / "IT notice.pdf", knowledge, policy)
    text = READ_ME.format(
        version=version(), linux=debian_version(version()), knowledge=knowledge.version,
        signed=SIGNED if signature.is_file() else UNSIGNED,
        policy=OWN_POLICY if known.policy is not None else TEMPLATE,
    )  # fmt: skip
    (tree / "READ ME FIRST.txt").write_bytes(text.replace("\n", "\r\n").encode())
    sums = "".join(f"{digest(path)}  {path.relative_to(tree).as_posix()}\n" for path in files_of(tree))
    (tree / "SHA256SUMS").write_bytes(sums.encode())
    packed = tree.with_name(f"{tree.name}.zip")
    zip_tree(tree, packed, epoch(), f"{tree.name}/")
    return [packed, tree]


def installers_in(folder: Path) -> list[Path]:
    """The installers of this version in a folder, and what tells of them, by name."""
    if not folder.is_dir():
        return []
    ours = re.compile(rf"camcensus[-_]({'|'.join(map(re.escape, {version(), debian_version(version())}))})[-_.]", re.I)
    mine = [path for path in folder.iterdir() if path.is_file() and ours.match(path.name)]
    chosen = [path for path in mine if path.name.endswith(INSTALLERS)]
    names = {path.name for path in chosen}
    beside = [path for path in mine if path.name.endswith(BESIDE) and (path.name.endswith(BESIDE[2:]) or path.stem in names)]
    return sorted({*chosen, *beside}) if chosen else []


def write_notice(path: Path, knowledge: Knowledge, policy: Policy) -> None:
    """The IT notice of nobody's record yet, with the policy that goes with the bundle."""
    now = datetime.fromtimestamp(epoch(), UTC)
    with tempfile.TemporaryDirectory(prefix="camcensus-") as folder:
        body = Body(RECORD, "your organisation")
        with register.new_inventory(Path(folder) / "notice.camcensus", body, now) as inventory:
            making = Making(inventory=inventory, knowledge=knowledge, path=path, data_dir=ROOT, now=now)
            write_report(making, lambda this: it_notice(this, Computer(COMPUTER, ()), policy))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


SIGNED = "It is signed: vendors.db.minisig lies beside it."
UNSIGNED = "It is the one that the installers carry too; it is not signed, so it cannot be taken as an update."
TEMPLATE = "policy/policy-template.toml is a template. Fill it in, look at it with: camcensus policy policy.toml"
OWN_POLICY = "policy/policy.toml is your own, and was found sound. The template lies beside it."
READ_ME = """Camcensus {version}, for computers without internet
=====================================================

1. Check that nothing was changed on the way.
   Windows, in PowerShell, in this folder; it names what was changed or is missing, and nothing else:
     Get-Content SHA256SUMS | ForEach-Object {{ $sum, $name = $_ -split '  ', 2
       if ((Get-FileHash -LiteralPath $name).Hash -ne $sum) {{ "Not as it was: $name" }} }}
   Linux:    sha256sum -c SHA256SUMS

2. Read IT.md: what is sent on the network, ports, firewall, security software, silent installation.
   IT notice.pdf is the sheet that staff bring you before a search.

3. Decide what is allowed.
   {policy}
   Put it where only an administrator can write:
   Windows  C:\\ProgramData\\Camcensus\\policy.toml
   macOS    /Library/Application Support/Camcensus/policy.toml
   Linux    /etc/camcensus/policy.toml

4. Install from the folder installers. No administrator is needed on Windows.
   Windows  Camcensus-{version}-win64-setup.exe /S
   Debian, Ubuntu  apt install ./camcensus_{linux}_amd64.deb
   Fedora   dnf install ./camcensus-{linux}-1.x86_64.rpm
   On Linux they use libraries of the system that a desktop has; where one is missing, apt and dnf take it from your own mirror.
   The .whl, where there is one, also needs packages from an index of Python packages.

5. knowledge/vendors.db is what Camcensus knows of makers, brands and lists (version {knowledge}).
   {signed}
   Newer knowledge comes as two files, vendors.db and vendors.db.minisig: Settings, Take an update from a file,
   or: camcensus knowledge update vendors.db

Camcensus sends nothing to the internet: no updates, no reports, no statistics.
"""

if __name__ == "__main__":
    run_build(build)
