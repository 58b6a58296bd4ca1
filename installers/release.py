#!/usr/bin/env python3
"""A release: `python3 run.py release X.Y.Z` cuts it, `python3 run.py release` builds it. Checklist: installers/RELEASE.md.

Cutting writes the version into its one place (desktop/camcensus/__init__.py) and makes “Unreleased” in CHANGELOG.md that
version with today's day; you look at both and commit. Building makes everything that this machine can into dist/, with the
Python for Windows that is named (--python-zip) and signed where a certificate is (--pfx); it names what it cannot build, and
writes SHA256SUMS; with `--key FILE` minisign signs that (it asks for the passphrase). `--sums` builds nothing and writes them
anew, of all that lies in dist/ by then. Exit status: 0 done · 2 wrong words · 3 it failed · 4 all that can be built here is
built, the rest needs another machine.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from installers import advisories  # noqa: E402
from installers.package import build_all  # noqa: E402
from installers.shared import changelog  # noqa: E402
from installers.shared.facts import DONE, FAILED, NOT_HERE, PACKAGE, BuildError, contact, empty, need, run, say, version  # noqa: E402
from installers.shared.tidy import write_checksums  # noqa: E402

CHANGES = ROOT / "CHANGELOG.md"
FOR_WINDOWS = {
    "python_zip": "the embeddable Python of python.org, which a release has to have",
    "python_sha256": "the SHA-256 that python.org states for it",
    "pfx": "the key to sign the Windows programs with",
    "pfx_password_file": "the file that holds its password",
    "timestamp_url": "the time stamp service of whoever sold the key",
}
"""Options that are handed to the Windows build."""


def main(words: list[str]) -> int:
    """Cut or build, as the words say; gives the exit status."""
    parser = argparse.ArgumentParser(prog="run.py release", description="Cut or build a release.", allow_abbrev=False)
    parser.add_argument("version", nargs="?", metavar="X.Y.Z", help="cut this version; without it, build the one that was cut")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR", help="where to build (dist); made anew")
    parser.add_argument("--draft", action="store_true", help="build although something is not committed or not cut")
    parser.add_argument("--sums", action="store_true", help="build nothing: write SHA256SUMS anew, of what is in dist")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the secret minisign key that signs the checksums")
    for name, told in FOR_WINDOWS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="WORD", help=f"{told} (installers/windows/README.md)")
    known = parser.parse_args(words)
    try:
        if known.version is not None:
            cut(known.version)
            return DONE
        if known.sums:
            sum_up(known.out.resolve(), known.key)
            return DONE
        return build(known.out.resolve(), known.key, draft=known.draft, windows=_for_windows(known))
    except BuildError as problem:
        say(str(problem))
        return FAILED


def _for_windows(known: argparse.Namespace) -> list[str]:
    """The options of the Windows build; files in full, as it runs in another folder."""
    words: list[str] = []
    for name in FOR_WINDOWS:
        said = getattr(known, name)
        if said is not None:
            is_file = name in ("python_zip", "pfx", "pfx_password_file")
            words += [f"--{name.replace('_', '-')}", str(Path(said).resolve()) if is_file else said]
    return words


def cut(new: str) -> None:
    """Write the version and cut the change log. Raises BuildError and writes nothing where one of them cannot be."""
    if re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", new) is None:
        raise BuildError(f"{new} is no version such as 1.2.0 or 1.2.0rc1.")
    if changed():
        raise BuildError("Something is not committed; commit it first, so that the release is all that changes.")
    changes = changelog.cut(CHANGES.read_text(encoding="utf-8"), new, datetime.now(UTC).date())
    source = PACKAGE / "__init__.py"
    stated = source.read_text(encoding="utf-8").replace(f'"{version()}"', f'"{new}"')
    source.write_text(stated, encoding="utf-8")
    CHANGES.write_text(changes, encoding="utf-8")
    say(f"Cut {new}. Look at git diff, then: git commit -am 'Camcensus {new}' && git tag v{new}; then as RELEASE.md says.")


def build(out: Path, key: Path | None, *, draft: bool, windows: list[str]) -> int:
    """Build everything that this machine can, write checksums, sign them where a key is given; gives the exit status."""
    cut_last = changelog.newest(CHANGES.read_text(encoding="utf-8"))
    if not draft and cut_last != version():
        raise BuildError(
            f"{version()} is not cut (CHANGELOG.md ends at {cut_last}); run: python3 run.py release X.Y.Z, or --draft."
        )
    if not draft and changed():
        raise BuildError("Something is not committed; a release is built from a commit. (--draft builds all the same.)")
    if not draft and "--python-zip" not in windows:
        raise BuildError(
            "Without --python-zip and --python-sha256 the Windows packages get a Python that is too old for a release; name a "
            "current one of python.org. (--draft builds all the same.)"
        )
    old = advisories.too_old(advisories.read_snapshot(), datetime.now(UTC).date())
    if not draft and old is not None:
        raise BuildError(f"{old} (--draft builds all the same.)")
    if not draft and not contact():
        raise BuildError("installers/release.toml names no contact, and a release has to. (--draft builds all the same.)")
    status = build_all(empty(out), {"windows": windows})
    if status not in (DONE, NOT_HERE):
        return status
    sum_up(out, key)
    return status


def sum_up(out: Path, key: Path | None) -> None:
    """Write SHA256SUMS of all files in a folder but itself and its signature, sign it where a key is given, and list them."""
    if not out.is_dir():
        raise BuildError(f"There is no folder {out}; build first: python3 run.py release")
    (out / "SHA256SUMS.minisig").unlink(missing_ok=True)  # It would be of other sums.
    sums = write_checksums(out, [path.name for path in out.iterdir() if path.is_file() and path.name != "SHA256SUMS"])
    comment = f"camcensus {version()} SHA256SUMS"
    if key is not None:
        signing = [need("minisign", "minisign"), "-S", "-s", str(key), "-m", str(sums), "-t", comment]
        if subprocess.call(signing) != 0:
            raise BuildError("The checksums were not signed.")
    else:
        say(f"Not signed. On the computer that has the key: minisign -S -s in-use.key -m {sums.name} -t '{comment}'")
    for path in sorted(out.iterdir()):
        if path.is_file():
            print(f"{path.stat().st_size / 1_000_000:8.1f} MB  {path.name}")


def changed() -> bool:
    """Whether something in the checkout is not committed."""
    return bool(run(["git", "status", "--porcelain"]).strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
