"""Whether a room's tests see a fault in it: python tests/bench/mutants.py [--number N] [--seed N|clock] [--room ROOM …]

Draws places in the pure rooms, changes each a little (a comparison, a number, `and` for `or`, a `not` less, a statement left
out), and runs the room's own tests against a copy of the package with that one change. Prints each mutant that survived, with
its line before and after, and the share. Nothing in the checkout is changed. A mutant whose tests take over two minutes counts
as seen: it hangs.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path("desktop") / "camcensus"
TESTS = {
    "model": ("model",), "wire": ("wire",),
    "registers": ("intake/test_registers.py", "intake/test_programs.py", "intake/test_answers.py", "tasks/imports"),
    "identity": ("identity",), "attribution": ("attribution",), "assessment": ("assessment",), "planning": ("planning",),
}  # fmt: skip
"""Each pure room, and its tests."""
LINKED = ("resources", "vendors.db", "installers", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "run.py")
LIMIT_S = 120

_OTHER: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.In: "not in", ast.NotIn: "in",
    ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: lines `first` to `last` of a file (from 1) become `new`; `old` is what stood there."""

    path: Path
    first: int
    last: int
    old: str
    new: str


def main() -> int:
    """The share of mutants that survived; the exit status is 1 where it is over a tenth."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--number", type=int, default=20)
    words.add_argument("--seed", default="1", help="a number, or clock")
    words.add_argument("--room", action="append", choices=tuple(TESTS))
    asked = words.parse_args()
    seed = time.time_ns() % 1_000_000 if asked.seed == "clock" else int(asked.seed)
    every = [(room, mutant) for room in asked.room or TESTS for mutant in mutants(room)]
    drawn = random.Random(seed).sample(every, min(asked.number, len(every)))
    print(f"{len(drawn)} of {len(every):,} mutants, seed {seed}")
    survived = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        for room in dict.fromkeys(room for room, _ in drawn):
            if not is_green(copy, room):
                sys.exit(f"The tests of {room} fail without any change; nothing can be said.")
        for room, mutant in drawn:
            if survives(copy, room, mutant):
                survived += 1
                print(
                    f"{room} survived: {mutant.path}:{mutant.first}\n  - {mutant.old.strip()}\n  + {mutant.new.strip()}",
                    flush=True,
                )
    print(f"{survived} of {len(drawn)} survived ({100 * survived / len(drawn):.0f}%)")
    return int(survived * 10 > len(drawn))


def mutants(room: str) -> Iterator[Mutant]:
    """Every small change that we know to make in a room, in the order of its files and lines."""
    for path in sorted((ROOT / PACKAGE / room).rglob("*.py")):
        text = path.read_text("utf-8")
        lines = text.splitlines(keepends=True)
        for node in ast.walk(ast.parse(text)):
            for part, new in _changes(node, text):
                first, last = part.lineno, part.end_lineno or part.lineno
                old = "".join(lines[first - 1 : last])
                start = len(lines[first - 1].encode()[: part.col_offset].decode())
                end = len(old) - len(lines[last - 1]) + len(lines[last - 1].encode()[: part.end_col_offset].decode())
                yield Mutant(path.relative_to(ROOT), first, last, old, old[:start] + new + old[end:])


def _changes(node: ast.AST, text: str) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """A part of the program and what may stand in its place."""

    def said(part: ast.AST) -> str:
        return ast.get_source_segment(text, part) or ""

    match node:
        case ast.Compare(left=left, ops=[one], comparators=[right]):
            yield node, f"({said(left)} {_OTHER[type(one)]} {said(right)})"
        case ast.BoolOp(op=op, values=values):
            yield node, "(" + f" {'or' if isinstance(op, ast.And) else 'and'} ".join(f"({said(one)})" for one in values) + ")"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield node, f"({said(operand)})"
        case ast.Constant(value=bool() as value):
            yield node, str(not value)
        case ast.Constant(value=int() as value) if said(node).isdigit():
            yield node, str(value + 1)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield node, f"({said(orelse)} if {said(test)} else {said(body)})"
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign() | ast.Continue():
            yield node, "pass"
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield node, "return None"
        case _:
            return


def copied(folder: Path) -> Path:
    """A checkout of its own: the package and the tests copied, all else linked."""
    for name in ("desktop", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    return folder


def is_green(copy: Path, room: str) -> bool:
    """Whether the room's tests pass against the copy. Raises TimeoutExpired."""
    paths = [f"tests/{name}" for name in TESTS[room] if (copy / "tests" / name).exists()]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *paths]
    environment = os.environ | {"PYTHONPATH": str(copy / "desktop"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=LIMIT_S, check=False)
    return done.returncode == 0


def survives(copy: Path, room: str, mutant: Mutant) -> bool:
    """Whether no test of the room sees the change."""
    path = copy / mutant.path
    text = path.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    path.write_text("".join([*lines[: mutant.first - 1], mutant.new, *lines[mutant.last :]]), "utf-8")
    try:
        return is_green(copy, room)
    except subprocess.TimeoutExpired:
        return False
    finally:
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
