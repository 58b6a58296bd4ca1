"""Functions that only pass on: the body, docstring aside, is one call that hands on the function's own parameters.

A call hands on where each of its arguments is a parameter, a part of one (`self.by`, `entry.id`), a constant, a plain call of a
part that takes nothing (`self.clock()`), or a `lambda` that only passes such things on; at least one argument, or what is
called, must be a parameter or a part of one. A `with` around the call that names no other parameter (`with self._reading():`)
is passed over. Not counted: what calls a function of Python itself or makes a value (`len(self.rows)`, `Style(size)`), as that
is a word for something, not a way to it; properties; overrides of Qt (`sizeHint`); answers by `super()`.
`house.py` counts and names them.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class PassThrough:
    """A function that only passes on: where it is, and what it calls."""

    file: str
    line: int
    name: str
    calls: str


def pass_throughs(folder: Path) -> list[PassThrough]:
    """All below a folder, by file and line."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for function in _functions(tree):
            called = _only_call(function)
            if called is not None:
                found.append(
                    PassThrough(path.relative_to(folder).as_posix(), function.lineno, function.name, ast.unparse(called.func))
                )
    return found


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions of the module and methods of its classes; one inside another is part of that one's work."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield inner


def _only_call(function: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.Call | None:
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    while len(body) == 1 and isinstance(body[0], ast.With) and not _names(body[0].items[0].context_expr) - {"self"}:
        body = body[0].body
    if len(body) != 1 or not isinstance(body[0], ast.Return | ast.Expr):
        return None
    value = body[0].value
    if isinstance(value, ast.Await):
        value = value.value
    if not isinstance(value, ast.Call) or function.name.startswith("__"):
        return None
    own = {argument.arg for argument in ast.walk(function.args) if isinstance(argument, ast.arg)}
    if not own or "super()" in ast.unparse(value.func) or _no_way(function, value.func):
        return None
    given = [*value.args, *(keyword.value for keyword in value.keywords)]
    if not all(_handed_on(one, own) for one in given):
        return None
    return value if any(_names(one) & own for one in given) or _names(value.func) & (own - {"self"}) else None


def _no_way(function: ast.FunctionDef | ast.AsyncFunctionDef, called: ast.expr) -> bool:
    """Whether the function is a word for something: it calls Python, makes a value, is a property or an override of Qt."""
    named = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    word = called.value if isinstance(called, ast.Attribute) else called
    return (
        not named
        or isinstance(word, ast.Constant | ast.JoinedStr | ast.Call)
        or hasattr(builtins, named)
        or named.lstrip("_")[:1].isupper()
        or ast.unparse(word) in ("re", "json", "os", "math")
        or any(character.isupper() for character in function.name)
        or any("property" in ast.unparse(one) or ".setter" in ast.unparse(one) for one in function.decorator_list)
    )


def _handed_on(node: ast.expr, own: set[str]) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name in own
        case ast.Starred(value=inner) | ast.Attribute(value=inner):
            return _handed_on(inner, own)
        case ast.Call(func=func, args=[], keywords=[]):
            return isinstance(func, ast.Attribute) and _handed_on(func.value, own)
        case ast.Lambda(args=arguments, body=ast.Call(args=inside, keywords=named)):
            more = own | {one.arg for one in ast.walk(arguments) if isinstance(one, ast.arg)}
            return all(_handed_on(one, more) for one in (*inside, *(keyword.value for keyword in named)))
    return False


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
