"""The manual page, written from the command line's own parser: it names every command and option that there is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from camcensus.cli.arguments import parser

ENDS = (
    ("0", "Done."),
    ("1", "Done, but something was refused; each is named."),
    ("2", "Wrong arguments."),
    ("3", "It could not be done; one sentence says why."),
)
FILES = (
    ("*.camcensus", "An inventory: the working file. It stays where you put it, also when Camcensus is removed."),
    (
        "$XDG_DATA_HOME/Camcensus",
        "Newer knowledge of makers, taken by “camcensus knowledge update”. CAMCENSUS_DATA names another folder.",
    ),
    ("/etc/camcensus/policy.toml", "What the IT team allows; a template is in /usr/share/doc/camcensus."),
)
Command = tuple[tuple[str, ...], argparse.ArgumentParser]
"""The words that call a command, and its parser."""


def manual_page(version: str, day: date) -> str:
    """The manual page of section 1, in roff."""
    top = parser()
    lines = [
        f'.TH CAMCENSUS 1 "{day.isoformat()}" "camcensus {version}" "User commands"',
        ".SH NAME",
        r"camcensus \- find cameras, see who made them, and plan their replacement",
        ".SH SYNOPSIS",
        r".B camcensus",
        "[\\fICOMMAND\\fR] [\\fIOPTION\\fR ...]",
        ".SH DESCRIPTION",
        _text(top.description or ""),
        ".SH COMMANDS",
    ]
    for names, command in commands(top):
        lines += _command(names, command)
    lines += [".SH EXIT STATUS"]
    for status, meaning in ENDS:
        lines += [".TP", f".B {status}", _text(meaning)]
    lines += [".SH FILES"]
    for path, meaning in FILES:
        lines += [".TP", f".I {_text(path)}", _text(meaning)]
    lines += [
        ".SH LICENCE",
        "Apache\\-2.0; the licences of all parts are in",
        ".IR /usr/share/doc/camcensus/licences .",
    ]
    return "\n".join(lines) + "\n"


def commands(
    top: argparse.ArgumentParser, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command with the words that call it, those within another after it."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, within in action.choices.items():
                yield (*before, name), within
                yield from commands(within, (*before, name))


def _command(names: tuple[str, ...], command: argparse.ArgumentParser) -> list[str]:
    options = [one for one in command._actions if not isinstance(one, argparse._HelpAction | argparse._SubParsersAction)]
    lines = [f".SS camcensus {_text(' '.join(names))}", _text(command.description or "")]
    for option in options:
        if option.help is argparse.SUPPRESS:
            continue
        lines += [".TP", _heading(option), _text(_help(option))]
    return lines


def _heading(option: argparse.Action) -> str:
    value = _text(str(option.metavar or (", ".join(map(str, option.choices)) if option.choices else option.dest.upper())))
    if not option.option_strings:
        return f"\\fI{value}\\fR"
    names = ", ".join(f"\\fB{_text(name)}\\fR" for name in option.option_strings)
    return names if option.nargs == 0 else f"{names} \\fI{value}\\fR"


def _help(option: argparse.Action) -> str:
    words = option.help or ("A file or name that the command works on." if not option.option_strings else "")
    return words.replace("%%", "%") % {"default": option.default} if "%(" in words else words.replace("%%", "%")


def _text(words: str) -> str:
    """Words as roff prints them, in ASCII: nothing in them is a command, and no reader has to know their encoding."""
    safe = words.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ").strip()
    safe = "".join(one if one.isascii() else f"\\[u{ord(one):04X}]" for one in safe)
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe
