"""What a room shows: its names, their types, and how light the front desk is."""

import ast
import inspect
import subprocess
import sys
from importlib import import_module
from typing import Any, get_args, get_type_hints

import pytest

from tests.architecture.rooms import FRONT, declared, face, imports, modules, rooms, tree

HEAVY = {"cattrs", "click", "filelock", "jsonschema", "referencing", "rfc8785", "ruamel", "yaml", "yaml_rs"}

# A face without __all__ is a room that is only begun.
BUILT = [room for room in rooms() if declared(room) is not None]


@pytest.mark.parametrize("room", [room for room in rooms() if face(room)])
def test_a_face_says_what_it_shows(room: str) -> None:
    """Each room has an ``__all__``."""
    assert declared(room) is not None


@pytest.mark.parametrize("room", BUILT)
def test_a_face_is_its_all(room: str) -> None:
    """``__all__`` names what the face binds, no less and no more, each once."""
    names = declared(room) or ()
    public = {name for name in names if not name.startswith("__")}

    # The front desk hands some names out on demand, and rooms as they are.
    expected = public if room == FRONT else face(room)

    assert expected == public
    assert face(room) <= public
    assert len(names) == len(set(names))


@pytest.mark.parametrize("room", BUILT)
def test_every_name_is_there(room: str) -> None:
    """Each name of ``__all__`` can be had."""
    module = import_module(room)
    assert [name for name in declared(room) or () if not hasattr(module, name)] == []


def test_what_a_host_matches_is_at_the_front_desk() -> None:
    """Every fact that `send` returns, and every request that it takes, can be had from ``alliancekit``."""
    flow = import_module(f"{FRONT}.flow")
    matched = {one.__name__ for union in (flow.AnyFact, flow.AnyRequest) for one in get_args(union)}
    assert matched - set(declared(FRONT) or ()) == set()


@pytest.mark.parametrize("room", BUILT)
def test_types_resolve(room: str) -> None:
    """The annotations of every public class, method and function can be read at run time."""
    module = import_module(room)
    for name in declared(room) or ():
        for thing in _annotated(getattr(module, name)):
            get_type_hints(thing, localns=_hidden(thing.__module__), include_extras=True)


def _hidden(module: str) -> dict[str, Any]:
    # A type of a heavy package or room may stand behind TYPE_CHECKING: who reads such an annotation has that loaded.
    hidden = [one for one in imports(module) if one.typing_only] if module in modules() else []
    return {one.name: getattr(import_module(one.target), one.name) for one in hidden}


def _annotated(thing: Any) -> list[Any]:
    if inspect.isclass(thing):
        ours = thing.__module__.partition(".")[0] == FRONT
        return [thing, *(part for name, part in vars(thing).items() if ours and _is_method(name, part))] if ours else []
    return [thing] if inspect.isfunction(thing) else []


def _is_method(name: str, part: Any) -> bool:
    # attrs writes its own __init__ and the like, with annotations that only attrs understands.
    return inspect.isfunction(part) and not name.startswith("_")


def test_the_front_desk_is_light() -> None:
    """``import alliancekit`` loads none of the heavy packages."""
    code = "import sys, alliancekit; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & HEAVY == set()


@pytest.mark.parametrize("module", modules())
def test_every_module_says_what_it_is(module: str) -> None:
    """Each module opens with a docstring."""
    assert ast.get_docstring(tree(module))
