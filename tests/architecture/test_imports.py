"""
Which room may import which, and what from outside.

Arrows point down only; siblings do not know each other; a room is entered through its face. The table is whole: a room
that is not in it has to be written in before it can stand.
"""

from collections.abc import Mapping
from tomllib import loads
from types import MappingProxyType
from typing import Final

import pytest
from attrs import frozen

from tests.architecture.rooms import (
    FRONT,
    Import,
    all_imports,
    declared,
    eager,
    foreign_package,
    modules,
    own_module,
    room_of,
)
from tests.shared import ROOT

# Cheap to import, so they may stand at the head of any module whose room has them.
LIGHT: Final = frozenset({"attrs", "rpds"})


@frozen
class Room:
    """
    What one room may import.

    Attributes:
        rooms: Other rooms.
        lazily: Packages inside functions, or at the head of modules that ``import alliancekit`` does not load.
        inside: Packages inside functions only.
    """

    rooms: frozenset[str]
    lazily: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()


def _room(*rooms: str, lazily: str = "", inside: str = "") -> Room:
    return Room(frozenset(rooms), frozenset(lazily.split()), frozenset(inside.split()))


# Each line says the names below it, so that a row can say "and all below".
GROUND = ("typing", "values", "limits", "findings", "errors")
NOUNS = (*GROUND, "shapes", "model")
ALLIANCES = (*NOUNS, "wire", "schema", "consent", "cadence", "flow")
WORK = (*ALLIANCES, "documents", "library", "intake", "living", "render")
ALL = (*WORK, "check")

TABLE: Final[Mapping[str, Room]] = MappingProxyType(
    {
        "typing": _room(),
        "values": _room("typing"),
        "limits": _room("typing", "values", lazily="attrs"),
        "findings": _room("typing", "values", "limits", lazily="attrs"),
        "errors": _room("typing", "values", "limits", "findings", lazily="attrs"),
        "shapes": _room(*GROUND, lazily="attrs"),
        "wire": _room(*GROUND, "shapes", lazily="attrs cattrs"),
        "schema": _room(*GROUND, "shapes", lazily="attrs", inside="jsonschema referencing"),
        "model": _room(*GROUND, "shapes", lazily="attrs"),
        "consent": _room(*NOUNS, "wire", lazily="attrs rfc8785"),
        "cadence": _room(*NOUNS, "wire", lazily="attrs", inside="icalendar"),
        "flow": _room(*NOUNS, "wire", "schema", "consent", "cadence", lazily="attrs rpds"),
        "documents": _room(*ALLIANCES, lazily="attrs ruamel filelock", inside="yaml_rs"),
        "library": _room(*ALLIANCES, "documents", "_installed", lazily="attrs"),
        "intake": _room(*ALLIANCES, "documents", lazily="attrs", inside="markdown_it"),
        "living": _room(*ALLIANCES, "documents", lazily="attrs"),
        "render": _room(*ALLIANCES, "documents", lazily="attrs"),
        "check": _room(*WORK, "_version", "_installed", lazily="attrs", inside="pathspec"),
        "cli": _room(*ALL, FRONT, lazily="attrs click"),
        "__main__": _room("cli"),
        "_version": _room(),
        "_installed": _room(),
        FRONT: _room(*ALL, "_version"),
    }
)


def _listed(wrong: list[Import]) -> str:
    return "\n" + "\n".join(map(str, wrong))


@pytest.mark.parametrize("module", modules())
def test_every_room_is_in_the_table(module: str) -> None:
    """A new room says first what it may import."""
    assert room_of(module) in TABLE


def test_the_table_has_no_circle() -> None:
    """Arrows point down only, so the rooms can be put in an order."""
    done: set[str] = set()
    while ready := [name for name, room in TABLE.items() if name not in done and room.rooms <= done]:
        done |= set(ready)
    assert done == set(TABLE)


def test_rooms_import_what_the_table_says() -> None:
    """No room imports a room that stands above or beside it."""
    wrong = [
        one
        for one in all_imports()
        if (own := own_module(one)) and room_of(own) not in TABLE[one.room].rooms | {one.room}
    ]
    assert not wrong, _listed(wrong)


def test_rooms_are_entered_through_their_faces() -> None:
    """From another room only a name of its ``__all__`` is imported, and never one of its files."""
    wrong = [
        one for one in all_imports() if (own := own_module(one)) and room_of(own) != one.room and not _by_face(one)
    ]
    assert not wrong, _listed(wrong)


def _by_face(one: Import) -> bool:
    own = own_module(one)
    if own.count(".") > 1:
        return False
    names = declared(own) if own in modules() else None
    if own != one.target or not one.name or own == "alliancekit._version":
        return True  # the room itself was imported
    return one.name in (names or ())


def test_packages_are_those_of_the_room() -> None:
    """A package from outside is used only in the rooms that are there to use it."""
    wrong = [
        one
        for one in all_imports()
        if (package := foreign_package(one)) and package not in TABLE[one.room].lazily | TABLE[one.room].inside
    ]
    assert not wrong, _listed(wrong)


def test_heavy_packages_wait() -> None:
    """``import alliancekit`` loads no heavy package: it stands inside a function, or in a module that is loaded later."""
    wrong = [
        one
        for one in all_imports()
        if (package := foreign_package(one))
        and not one.inner
        and not one.typing_only
        and package not in LIGHT
        and (one.module in eager() or package in TABLE[one.room].inside)
    ]
    assert not wrong, _listed(wrong)


def test_packages_are_declared() -> None:
    """What is imported is asked for by name, and does not come by way of another package."""
    project = loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    # The package's name where it is not that of the distribution.
    packages = {
        "rpds-py": "rpds",
        "ruamel.yaml": "ruamel",
        "python-dateutil": "dateutil",
        "yaml-rs": "yaml_rs",
        "markdown-it-py": "markdown_it",
    }
    names = {name: packages.get(name, name) for name in (one.partition(">")[0] for one in asked)}

    wrong = [one for one in all_imports() if (package := foreign_package(one)) and package not in names.values()]

    # schema may name `referencing`, which is part of how jsonschema is called.
    wrong = [one for one in wrong if foreign_package(one) != "referencing"]
    assert not wrong, _listed(wrong)
