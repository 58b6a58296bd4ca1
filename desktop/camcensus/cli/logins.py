"""`scan --login`: the password from a file, never from an argument or the environment; and reading with it what was found."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from camcensus.cli.common import option
from camcensus.model.errors import open_file
from camcensus.model.words import clean

if TYPE_CHECKING:
    from camcensus.discovery.login import Login
    from camcensus.model.knowledge import Knowledge
    from camcensus.store.inventory import Inventory
    from camcensus.tasks.finding.census import Census
    from camcensus.tasks.finding.sign_in import SignedIn, SignInRow

FILE_LIMIT_BYTES = 4096


def add_login_options(scan: argparse.ArgumentParser) -> None:
    """The options of reading with a login."""
    login = scan.add_argument_group(
        "reading with a login",
        "After the search, the cameras and recorders found are listed and read with a login, one try each. What changed since "
        "the last time is read only where --only names it. After three refusals no more are asked.",
    )
    option(login, "--login", "read with this user name", "USER")
    login.add_argument("--password-file", type=Path, metavar="F", help="its password is the first line of this file")
    login.add_argument(
        "--only", action="append", default=[], metavar="ADDR",
        help="read only this address, also where it changed (repeat for more)",
    )  # fmt: skip


def login_of(arguments: argparse.Namespace, wrong: type[Exception]) -> Login | None:
    """The login that was asked for, None where none was. Raises `wrong` where the options or the file cannot be used."""
    if arguments.login is None:
        if arguments.password_file or arguments.only:
            raise wrong("Reading with a login needs a user name; give --login USER and --password-file F.")
        return None
    if arguments.passive:
        raise wrong("A passive search sends nothing, so nothing can be read with a login; leave out --passive or --login.")
    if arguments.password_file is None:
        raise wrong("The password is read from a file, never from the command line; give --password-file F.")
    from camcensus.discovery.login import Login

    return Login(arguments.login, _password(arguments.password_file, wrong))


def _password(path: Path, wrong: type[Exception]) -> str:
    name = clean(str(path), 120)
    try:
        with open_file(path) as stream:
            data = stream.read(FILE_LIMIT_BYTES + 1)
            open_to_all = os.name == "posix" and bool(os.fstat(stream.fileno()).st_mode & 0o077)
    except OSError as error:
        raise wrong(f"The password file {name} cannot be read ({clean(error.strerror or 'no reason given', 80)}).") from error
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise wrong(f"The password file {name} is not text in UTF-8; write the password into it as its first line.") from None
    if len(data) > FILE_LIMIT_BYTES or not lines or not lines[0]:
        raise wrong(f"The password file {name} is empty or far too long; write the password into it as its first line.")
    if open_to_all:
        print(f"Others on this computer may read {name}; keep it to yourself (chmod 600).", file=sys.stderr)
    return lines[0]


async def reading(
    found: Census,
    login: Login,
    arguments: argparse.Namespace,
    emit: Callable[[object], None],
    *,
    inventory: Inventory | None,
    exclude: Sequence[str],
    clock: Callable[[], datetime],
    knowledge: Knowledge,
) -> tuple[SignedIn, tuple[SignInRow, ...]]:
    """Lists what was found, and reads it with the login, one try each; also gives the rows that changed and were not read."""
    from camcensus.tasks.finding.sign_in import Candidate, LastTime, read_signed_in, sign_in_list

    last = LastTime(inventory) if inventory is not None else None
    again = last.found_again(found.verdicts) if last is not None else [("", verdict) for verdict in found.verdicts]
    loopback = any(card.address.startswith("127.") for card in found.scan.interfaces)
    candidates = [
        Candidate(
            verdict, last.facts(device, replace(verdict.device, observations=())) if last is not None else None,
            verdict.description.name or verdict.description.model or "Device", device,
        )
        for device, verdict in again
    ]  # fmt: skip
    rows = sign_in_list(candidates, knowledge, exclude=exclude, only=arguments.only, loopback=loopback)
    print(list_text(rows), file=sys.stderr)
    left = tuple(row for row in rows if row.compared.changed and not arguments.only)
    ticked = [row for row in rows if row not in left]
    read = await read_signed_in(ticked, login, emit, pace=arguments.pace, exclude=exclude, loopback=loopback, clock=clock)
    return read, left


def list_text(rows: Sequence[SignInRow]) -> str:
    """The list of what can be read with a login, before any goes out."""
    lines = [("Name", "Address", "Maker", "MAC address", "Compared"), *(row.words for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(4)]
    said = [" ".join((*(cell.ljust(width + 1) for cell, width in zip(line, widths, strict=False)), line[4])) for line in lines]
    return "\n".join(said) if rows else "Nothing was found that can be read with a login."


def add_to(found: Census, read: SignedIn, knowledge: Knowledge, capture: Path | None) -> Census:
    """The census with what was read, which goes into the capture too where one was asked for."""
    from camcensus.intake.capture_writer import CaptureWriter
    from camcensus.tasks.finding.sign_in import with_signed_in

    if capture is not None and read.observations:
        with CaptureWriter(capture) as writer:
            for observation in read.observations:
                writer.write(observation)
    return with_signed_in(found, read, knowledge)


def outcomes_document(read: SignedIn, left: Sequence[SignInRow]) -> list[dict[str, str]]:
    """How each device was read, for `--json`."""
    said = [(one.row, one.outcome.state, one.outcome.say) for one in read.outcomes]
    said += [(row, "changed", _left_words(row)) for row in left]
    return [
        {"address": row.target.address, "key": clean(str(row.keys[0])) if row.keys else row.target.address, "state": state,
         "say": clean(say, 400)}
        for row, state, say in said
    ]  # fmt: skip


def tell(read: SignedIn, left: Sequence[SignInRow]) -> bool:
    """Says on stderr how it went, each device that was not read by name; True where there is one."""
    for one in read.outcomes:
        if one.outcome.state != "read":
            print(clean(one.outcome.say, 400), file=sys.stderr)
    for row in left:
        print(_left_words(row), file=sys.stderr)
    print(clean(read.say, 600), file=sys.stderr)
    return bool(left) or read.refused_too_often or any(one.outcome.state != "read" for one in read.outcomes)


def _left_words(row: SignInRow) -> str:
    address = row.target.address
    return f"{address} {row.compared.say}. No login was sent; if it is the device you mean, add --only {address}."
