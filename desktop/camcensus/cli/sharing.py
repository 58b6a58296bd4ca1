"""The command that makes files for others: an exchange file, a ZIP of tables, a back-up; and passphrases from files."""

from __future__ import annotations

import argparse
import getpass
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from camcensus.cli.common import DONE, DataDir, Window, Wrong, load, now, option, print_json, progress_line
from camcensus.cli.scoping import OPTIONS, add_scope, read_scope, scope_of
from camcensus.model.words import clean, count

if TYPE_CHECKING:
    from camcensus.tasks.share.making import Shared

PASSPHRASE_LIMIT_BYTES = 4096


def add_export(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command and its options."""
    made = command("export", export_command, "Make a new file for an auditor, a supplier or the public, or a back-up.")
    made.add_argument("inventory", type=Path, metavar="INVENTORY")
    made.add_argument("--audience", required=True, choices=("auditor", "supplier", "public", "backup"), help="who gets it")
    made.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="with --audience backup: a file whose first line is the passphrase"
    )
    option(made, "--plain", "with --audience backup: leave it unlocked")
    option(made, "--with-staff", "with --audience auditor: also the names of staff")
    option(made, "--sign", "with --audience auditor: sign it with your own key")
    option(made, "--no-photos", "with --audience supplier: leave photographs out")
    add_scope(made)
    option(made, "-o", "the file to write", "FILE", dest="output", required=True)
    option(made, "--knowledge", "another vendors.db", "FILE")
    option(made, "--json", "print one JSON document")


def export_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Make the file, and print what is in it, what was left out, and its SHA-256 for the covering letter."""
    from camcensus.tasks.register import verbs as register
    from camcensus.tasks.share.making import ShareWish, share

    _refuse_what_does_not_fit(arguments)
    passphrase = None
    if arguments.audience == "backup" and not arguments.plain:
        passphrase = passphrase_of(arguments.passphrase_file, "Passphrase for the back-up: ", again=True)
    knowledge, moment = load(arguments, data_dir), now()
    progressing = progress_line("Making the file", percent=True)
    with register.open_inventory(arguments.inventory, moment, readonly=True) as inventory, progressing as progress:
        wish = ShareWish(
            arguments.audience, _person(), with_staff=arguments.with_staff, sign=arguments.sign, photos=not arguments.no_photos,
            plain=arguments.plain, scope=scope_of(arguments, inventory),
        )  # fmt: skip
        made = share(inventory, knowledge, arguments.output, wish, moment, passphrase=passphrase, progress=progress)
    if arguments.json:
        from camcensus.tasks.share.document import shared_document

        print_json(shared_document(made))
    else:
        print("\n".join(_lines(made)))
    return DONE


def passphrase_of(file: Path | None, ask: str, *, again: bool = False) -> str:
    """The first line of a file, else typed at a terminal and not shown. Raises Wrong where there is neither."""
    if file is None:
        if not sys.stdin.isatty():
            raise Wrong("Give --passphrase-file with a file whose first line is the passphrase.")
        typed = getpass.getpass(ask)
        if again and getpass.getpass("The same once more: ") != typed:
            raise Wrong("The two passphrases differ; try again.")
        return typed
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise Wrong(f"“{clean(file.name, 80)}” is not a file; give one whose first line is the passphrase.")
        with file.open("rb") as stream:
            text = stream.read(PASSPHRASE_LIMIT_BYTES + 1)
    except OSError as error:
        why = clean(error.strerror or "disk error", 80)
        raise Wrong(f"The file with the passphrase could not be read ({why}); check its name.") from error
    if len(text) > PASSPHRASE_LIMIT_BYTES:
        raise Wrong("The file with the passphrase is too long; write the passphrase alone on its first line.")
    try:
        return text.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError as error:
        raise Wrong("The file with the passphrase is not text in UTF-8; save it so.") from error


def _refuse_what_does_not_fit(arguments: argparse.Namespace) -> None:
    for given, name, audience in (
        (arguments.passphrase_file is not None, "--passphrase-file", "backup"),
        (arguments.plain, "--plain", "backup"),
        (arguments.with_staff, "--with-staff", "auditor"),
        (arguments.sign, "--sign", "auditor"),
        (arguments.no_photos, "--no-photos", "supplier"),
    ):
        if given and arguments.audience != audience:
            raise Wrong(f"{name} belongs to --audience {audience}; leave it out.")
    if read_scope(arguments) and arguments.audience in ("auditor", "backup"):
        raise Wrong(f"An auditor’s file and a back-up hold the whole record; leave {OPTIONS} out.")
    if arguments.plain and arguments.passphrase_file is not None:
        raise Wrong("A back-up is locked with a passphrase or left plain; give one of --passphrase-file and --plain.")


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _lines(made: Shared) -> Iterator[str]:
    yield f"Saved {clean(str(made.path), 300)}: {made.say}"
    if made.part:
        yield made.part
    for name, number in made.rows:
        yield f"  {name}: {count(number, 'row')}"
    if made.photos:
        yield f"  photos: {count(made.photos, 'photograph')}"
    yield f"{made.size_bytes:,} bytes, SHA-256 {made.sha256}"
    if made.fingerprint is not None:
        yield f"Signed with your key {made.fingerprint}; its public part, to be given to the auditor, is {made.key_file}"
    if made.left_out:
        yield f"Not in the file: {'; '.join(made.left_out)}."
    yield from made.notes
