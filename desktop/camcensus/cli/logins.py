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

from camcensus.cli.options import option
from camcensus.model.disk import open_file
from camcensus.model.words import clean

if TYPE_CHECKING:
    from camcensus.discovery.login import Login
    from camcensus.model.knowledge import Knowledge
    from camcensus.store.inventory import Inventory
    from camcensus.tasks.finding.census import Census
    from camcensus.tasks.finding.signed_in import SignedIn

FILE_LIMIT_BYTES = 4096


def add_login_options(scan: argparse.ArgumentParser) -> None:
    """The options of reading with a login."""
    login = scan.add_argument_group(
        "reading with a login",
        "After the search, the cameras and recorders found are read with a login, one attempt each. Most lock after a few "
        "wrong passwords, so one that failed is never tried there again, and three refusals in a row pause everything.",
    )
    option(login, "--login", "read with this user name", "USER")
    login.add_argument("--password-file", type=Path, metavar="F", help="its password is the first line of this file")
    login.add_argument("--only", action="append", default=[], metavar="ADDR", help="read only this address (repeat for more)")
    option(login, "--login-again", "try logins that failed before once more")
    login.add_argument(
        "--allow-changed", action="append", default=[], metavar="CHANGE",
        help="log in although a device is not as it was known: the change that was named (repeat for more)",
    )  # fmt: skip
    option(login, "--allow-clock", "log in although a clock is off by up to 24 hours")
    option(login, "--allow-clear-in-tls", "give the password itself where asked, inside TLS only")


def login_of(arguments: argparse.Namespace, wrong: type[Exception]) -> Login | None:
    """The login that was asked for, None where none was. Raises `wrong` where the options or the file cannot be used."""
    more = (
        arguments.password_file,
        *arguments.only,
        arguments.login_again,
        *arguments.allow_changed,
        arguments.allow_clock,
        arguments.allow_clear_in_tls,
    )
    if arguments.login is None:
        if any(more):
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
) -> SignedIn:
    """Reads what was found with the login, one attempt a device; what the inventory knows must be as it was known."""
    from camcensus.model.logins import LoginAllowances
    from camcensus.tasks.finding import signed_in
    from camcensus.tasks.finding.known_by import FoundAgain

    again = FoundAgain(inventory, found) if inventory is not None else None

    read = await signed_in.read_signed_in(
        found.verdicts,
        lambda _: login,
        emit,
        pace=arguments.pace,
        allowed=LoginAllowances(
            clock=arguments.allow_clock, clear_in_tls=arguments.allow_clear_in_tls, changed=frozenset(arguments.allow_changed)
        ),
        again=arguments.login_again,
        exclude=exclude,
        only=frozenset(arguments.only),
        loopback=any(card.address.startswith("127.") for card in found.scan.interfaces),
        what_changed=again.changed if again is not None else lambda _: (),
        certificates=again.certificates if again is not None else None,
        usual=again.usual if again is not None else lambda _: (),
        clock=clock,
        known=again.replies if again is not None else None,
        trusted=again.trusted if again is not None else lambda _: None,
        yes=again.yes if again is not None else lambda _: frozenset(),
        knowledge=knowledge,
    )
    if again is not None:
        again.note(found.verdicts, read, arguments.allow_changed)
        read = replace(read, others=again.others(found.verdicts, read))
    return read


def add_to(found: Census, read: SignedIn, knowledge: Knowledge, capture: Path | None) -> Census:
    """The census with what was read, which goes into the capture too where one was asked for."""
    from camcensus.intake.capture_writer import CaptureWriter
    from camcensus.tasks.finding.signed_in import with_signed_in

    if capture is not None and read.observations:
        with CaptureWriter(capture) as writer:
            for observation in read.observations:
                writer.write(observation)
    return with_signed_in(found, read, knowledge)


def outcomes_document(read: SignedIn) -> list[dict[str, str]]:
    """How each device was read, for `--json`."""
    return [
        {"address": one.address, "key": clean(one.key), "state": one.outcome.state, "say": clean(one.outcome.say, 400)}
        for one in read.outcomes
    ]


def tell(read: SignedIn) -> bool:
    """Says on stderr how it went, each device that was not read by name; True where there is one."""
    for one in read.outcomes:
        if one.outcome.state not in ("read", "paused"):
            allow = f" To log in all the same, give --allow-changed {one.outcome.ask}." if one.outcome.ask else ""
            print(clean(one.outcome.say, 400) + allow, file=sys.stderr)
    print(clean(read.say, 600), file=sys.stderr)
    return any(one.outcome.state != "read" for one in read.outcomes)
