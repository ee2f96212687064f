"""
What installed packages offer by entry points, found without asking each of them where none offers anything.

To ask the standard library costs a tenth of checking one file, so it is asked only where a package names the group. What
was found is kept until a folder of the path changes, as it does when something is installed or removed.
"""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, redirect_stdout, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["Offered", "aside", "offered", "said_by"]

Offered: TypeAlias = "tuple[EntryPoint, str, str]"

# Each folder and archive of the path, and when it changed.
State: TypeAlias = tuple[tuple[str, int], ...]


def offered(group: str) -> tuple[Offered, ...]:
    """
    Return the entry points of *group*, by their names and values.

    With each come the name and the version of the distribution that it belongs to, empty where nobody knows.
    """
    return _offered(group, _state())


def aside() -> AbstractContextManager[object]:
    """Let what a package prints while it is imported go to the error stream: what stands on the other may be read by a program."""
    return redirect_stdout(sys.stderr)


def said_by(error: BaseException) -> str:
    """Return what *error*, which somebody's package raised, is and says, in one line."""
    try:
        said = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - what an error says of itself is not ours either
        said = ""
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _owner(entry: EntryPoint) -> tuple[str, str]:
    try:
        return (str(entry.dist.name or ""), str(entry.dist.version or "")) if entry.dist else ("", "")
    except Exception:  # noqa: BLE001 - what an installation has left behind may be damaged in any way
        return "", ""


def _state() -> State:
    found: dict[str, int] = {}
    for name in dict.fromkeys(sys.path):
        with suppress(OSError, ValueError):
            found[name] = os.stat(name or ".").st_mtime_ns  # noqa: PTH116 - a path would cost more than what is asked
    return tuple(found.items())


@lru_cache(maxsize=4)
def _offered(group: str, state: State) -> tuple[Offered, ...]:
    told = _told(state)
    if told is not None and group not in told:
        return ()
    from importlib.metadata import entry_points

    found = [(one, *_owner(one)) for one in entry_points(group=group)]
    return tuple(sorted(found, key=lambda one: (one[0].name, one[0].value, *one[1:])))


@lru_cache(maxsize=2)
def _told(state: State) -> str | None:
    """Return what all packages offer, as their files say it; None where an archive may say more."""
    found: list[str] = []
    for name, _ in state:
        folder = Path(name or ".")
        if folder.is_file():  # an archive, which is not opened for this
            return None
        for listed in folder.glob("*-info/entry_points.txt"):
            with suppress(OSError):
                found.append(listed.read_text(encoding="utf-8", errors="replace"))
    return "\n".join(found)
