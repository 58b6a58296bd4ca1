"""How big the house is, and what is spelt more than once in it: python tests/bench/house.py [FOLDER] [-v] [--save] [--at-most N]

Prints a table of the package in FOLDER (desktop/camcensus if not said): files, lines and tokens of each room, and below it
pass-through functions, class names used twice, circles between modules, and the files that a new edit touches.

Tokens are Python's own, without comments, line ends and indents; a text with fields in braces is one. `passes.py` says what a
pass-through function is. A circle is a set of modules that import each other, also inside functions; imports for types alone do
not count. The files of a new edit are stated in EDIT, and looked for.
-v names each of them. --save writes the table into CONTRIBUTING.md, between its two marks. --at-most N ends with 1 where the
package has more tokens than that, and says how many fewer it has else.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.passes import PassThrough, pass_throughs  # noqa: E402

PACKAGE = ROOT / "desktop" / "camcensus"
PAGE = ROOT / "CONTRIBUTING.md"
BEGINS, ENDS = "<!-- python tests/bench/house.py --save -->", "<!-- end -->"

EDIT = ("store/edits/placing.py",)
"""What an edit of a camera's location is spelt in, besides the page that offers it."""

UNCOUNTED = {
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.COMMENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the package, read."""

    name: str
    path: Path
    lines: int
    tokens: int
    tree: ast.Module

    @property
    def room(self) -> str:
        """The folder it lies in, or its own name at the top."""
        return self.name.split(".")[1] if "." in self.name else self.path.name


@dataclass(frozen=True, slots=True)
class House:
    """What is counted, each thing by name."""

    modules: tuple[Module, ...]
    passing: tuple[PassThrough, ...]
    shared_names: dict[str, tuple[str, ...]]
    circles: tuple[tuple[str, ...], ...]

    def rooms(self) -> dict[str, tuple[int, int, int]]:
        """Files, lines and tokens of each room, the biggest first."""
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for module in self.modules:
            for place, number in enumerate((1, module.lines, module.tokens)):
                sums[module.room][place] += number
        ordered = sorted(sums.items(), key=lambda item: (-item[1][2], item[0]))
        return {room: (files, lines, tokens) for room, (files, lines, tokens) in ordered}


def read_house(package: Path = PACKAGE) -> House:
    """Reads every file below the package."""
    modules = tuple(read_module(path, package) for path in sorted(package.rglob("*.py")))
    return House(
        modules,
        tuple(pass_throughs(package)),
        shared_class_names(modules),
        circles(modules),
    )


def read_module(path: Path, package: Path) -> Module:
    """Reads one file; its name is the one that others import."""
    parts = (package.name, *path.relative_to(package).with_suffix("").parts)
    data = path.read_bytes()
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, data.count(b"\n"), count_tokens(data), ast.parse(data))


def count_tokens(source: bytes) -> int:
    """Tokens as every Python counts them."""
    count = depth = 0
    for token in tokenize.tokenize(io.BytesIO(source).readline):
        depth -= token.type == tokenize.FSTRING_END
        count += depth == 0 and token.type not in UNCOUNTED and token.type != tokenize.FSTRING_END
        depth += token.type == tokenize.FSTRING_START
    return count


def shared_class_names(modules: Sequence[Module]) -> dict[str, tuple[str, ...]]:
    """Names that stand for more than one class, each with where they are."""
    found: dict[str, list[str]] = defaultdict(list)
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(module.name)
    return {name: tuple(places) for name, places in sorted(found.items()) if len(places) > 1}


def circles(modules: Sequence[Module]) -> tuple[tuple[str, ...], ...]:
    """Sets of modules each of which reaches all the others by imports."""
    known = {module.name for module in modules}
    imports = {module.name: set(imported(module.tree, known)) - {module.name} for module in modules}
    reached = {name: reach(name, imports) for name in imports}
    found = {
        tuple(sorted(other for other in reached[name] if name in reached[other])) for name in imports if name in reached[name]
    }
    return tuple(sorted(found))


def imported(tree: ast.AST, known: set[str]) -> Iterator[str]:
    """Modules of ours that it imports; not what is imported for types alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else node.module for name in inside if name in known or node.module in known)
        else:
            yield from imported(node, known)


def reach(name: str, imports: dict[str, set[str]]) -> set[str]:
    """All that it imports, and what these import."""
    found: set[str] = set()
    waiting = list(imports[name])
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += imports[module]
    return found


def table(house: House) -> str:
    """The counts as Markdown."""
    rooms = house.rooms()
    sums = [sum(numbers) for numbers in zip(*rooms.values(), strict=True)]
    lines = ["| Room | Files | Lines | Tokens |", "|---|--:|--:|--:|"]
    lines += [f"| `{room}` | {files:,} | {count:,} | {tokens:,} |" for room, (files, count, tokens) in rooms.items()]
    lines += [f"| **all** | {sums[0]:,} | {sums[1]:,} | {sums[2]:,} |", "", "| Spelt more than once | |", "|---|--:|"]
    lines += [f"| {what} | {number:,} |" for what, number in extra(house).items()]
    return "\n".join(lines)


def extra(house: House) -> dict[str, int]:
    """The counts below the table of rooms."""
    return {
        "pass-through functions": len(house.passing),
        "class names used twice": len(house.shared_names),
        "circles between modules": len(house.circles),
        "files a new edit touches, with the page that offers it": len(EDIT) + 1,
    }


def counted_in(page: str) -> dict[str, int]:
    """What a saved table says: the last number of each line, by its first cell."""
    lines = [line.strip("|").split("|") for line in between(page).splitlines() if line.startswith("|")]
    cells = [(cell[0].strip(" `*"), cell[-1].strip().replace(",", "")) for cell in lines]
    return {name: int(number) for name, number in cells if number.isdigit()}


def between(page: str) -> str:
    """What lies between the two marks."""
    return page.partition(BEGINS)[2].partition(ENDS)[0]


def within(house: House, at_most: int | None) -> bool:
    """Whether there are no more tokens than that; says by how many it is above or below."""
    if at_most is None:
        return True
    left = at_most - sum(tokens for _, _, tokens in house.rooms().values())
    said = f"{left:,} tokens below" if left >= 0 else f"{-left:,} tokens ABOVE"
    print(f"The house is {said} its limit of {at_most:,}.", file=sys.stdout if left >= 0 else sys.stderr)
    return left >= 0


def main(arguments: list[str]) -> int:
    """Prints the table; 1 where a file that EDIT states is not there, or where there are more tokens than may be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=PACKAGE)
    parser.add_argument("-v", dest="names", action="store_true")
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--at-most", type=int, metavar="N")
    asked = parser.parse_args(arguments)
    package = asked.folder
    house = read_house(package)
    print(table(house))
    if asked.names:
        print("", *(f"passes on: {one.file}:{one.line} {one.name} -> {one.calls}" for one in house.passing), sep="\n")
        print(*(f"twice: {name} in {', '.join(places)}" for name, places in house.shared_names.items()), sep="\n")
        print(*(f"circle: {', '.join(names)}" for names in house.circles), sep="\n")
    if asked.save:
        before, begins, rest = PAGE.read_text("utf-8").partition(BEGINS)
        PAGE.write_text(f"{before}{begins}\n{table(house)}\n{ENDS}{rest.partition(ENDS)[2]}", "utf-8")
    missing = [name for name in EDIT if not (package / name).is_file()]
    if missing:
        print("not there any more:", *missing, file=sys.stderr)
    return 1 if missing or not within(house, asked.at_most) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
