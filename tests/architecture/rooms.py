"""What the architecture tests know of src/alliancekit: its rooms, their modules, and who imports whom, read with `ast`."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import resolve_name
from pathlib import Path

from attrs import frozen

from tests.shared import ROOT

HOME = ROOT / "src" / "alliancekit"
FRONT = "alliancekit"


@frozen
class Import:
    """
    One import statement's one name.

    Attributes:
        module: The module that imports, as ``alliancekit.flow._state``.
        target: The module that is imported.
        name: What is taken from it; empty for ``import target``.
        inner: Whether it stands inside a function.
        typing_only: Whether it stands under ``if TYPE_CHECKING``.
        line: Where, counted from 1.
    """

    module: str
    target: str
    name: str
    inner: bool
    typing_only: bool
    line: int

    @property
    def room(self) -> str:
        return room_of(self.module)

    def __str__(self) -> str:
        what = f"from {self.target} import {self.name}" if self.name else f"import {self.target}"
        return f"{self.module}:{self.line}: {what}"


def room_of(module: str) -> str:
    """Return the room of a module: the part below ``alliancekit``; the front desk is ``alliancekit`` itself."""
    return module.split(".")[1] if "." in module else FRONT


@cache
def modules() -> dict[str, Path]:
    """Return the file of every module, by its dotted name."""
    return {_dotted(path): path for path in sorted(HOME.rglob("*.py"))}


@cache
def rooms() -> tuple[str, ...]:
    """Return the public rooms that stand so far, as dotted names; the front desk is first."""
    return tuple(name for name in modules() if name.count(".") <= 1 and not name.rpartition(".")[2].startswith("_"))


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> tuple[Import, ...]:
    """Return every import of a module, wherever in it."""
    return tuple(_walk(tree(module), module, inner=False, typing_only=False))


@cache
def all_imports() -> tuple[Import, ...]:
    return tuple(one for module in modules() for one in imports(module))


def own_module(one: Import) -> str:
    """Return the module of ours that is imported, which ``from a import b`` may name as *b*; empty for a foreign one."""
    if one.target.partition(".")[0] != FRONT:
        return ""
    longer = f"{one.target}.{one.name}"
    return longer if one.name and longer in modules() else one.target


def foreign_package(one: Import) -> str:
    """Return the distribution's package that is imported, or an empty text for ours and the standard library's."""
    top = one.target.partition(".")[0]
    return "" if top == FRONT or top in sys.stdlib_module_names else top


@cache
def eager() -> frozenset[str]:
    """Return the modules that ``import alliancekit`` brings along: those it reaches without calling a function."""
    found: set[str] = set()
    waiting = [FRONT]
    while waiting:
        module = waiting.pop()
        if module in found or module not in modules():
            continue
        found.add(module)
        now = (one for one in imports(module) if not one.inner and not one.typing_only)
        waiting += [step for one in now if (own := own_module(one)) for step in _with_parents(own)]
    return frozenset(found)


def face(module: str) -> set[str]:
    """Return the public names that a room's face binds: what it defines, and what it takes from its own private files."""
    bound = {name for node in tree(module).body for name in _bound(node)}
    if modules()[module].name == "__init__.py":
        bound |= {one.name for one in imports(module) if one.name and not one.inner and _is_own(one, module)}
    return {name for name in bound if not name.startswith("_") and name != "annotations"}


def declared(module: str) -> tuple[str, ...] | None:
    """Return a module's ``__all__`` as it is written, or None."""
    for node in tree(module).body:
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == "__all__" for to in node.targets):
            return tuple(ast.literal_eval(node.value))
    return None


def _is_own(one: Import, module: str) -> bool:
    # The front desk re-exports from every room; a room only from its own files.
    return one.target == module or one.target.startswith(f"{module}.")


def _bound(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets, value=value) if not _is_type_variable(value):
            yield from (part.id for to in targets for part in ast.walk(to) if isinstance(part, ast.Name))


def _is_type_variable(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"TypeVar", "ParamSpec"}
    )


def _dotted(path: Path) -> str:
    parts = path.relative_to(HOME.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _with_parents(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts) + 1)]


def _walk(node: ast.AST, module: str, *, inner: bool, typing_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(module, name.name, "", inner, typing_only, child.lineno) for name in child.names)
        elif isinstance(child, ast.ImportFrom):
            target = _absolute(child, module)
            yield from (Import(module, target, name.name, inner, typing_only, child.lineno) for name in child.names)
        else:
            deeper = inner or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            hidden = typing_only or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test))
            yield from _walk(child, module, inner=deeper, typing_only=hidden)


def _absolute(node: ast.ImportFrom, module: str) -> str:
    if not node.level:
        return node.module or ""
    is_package = modules()[module].name == "__init__.py"
    return resolve_name("." * node.level + (node.module or ""), module if is_package else module.rpartition(".")[0])
