"""
The fast way through a YAML text that is tame, where a native reader is installed: that reads its value.

Its places are found line by line, when somebody asks for one, and count only where the lines read the very value that
the native reader did. Whatever is refused on the way, and whatever may pass a limit, is left to the careful reader, which
alone says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from alliancekit.documents._amounts import is_within
from alliancekit.documents._lines import read_lines
from alliancekit.documents._tree import Node, Tree
from alliancekit.documents._yaml import read_yaml
from alliancekit.limits import Limits
from alliancekit.values import is_mapping, is_same

__all__ = ["read_fast"]

_OLDEST: Final = (0, 1, 6)


def read_fast(text: str, limits: Limits) -> Tree | None:
    """Return the tree of *text*, which is sound, or None: then the careful reader has to say what it is."""
    if (load := _native()) is None:
        return None
    from alliancekit.documents._tame import is_tame

    if not _has_short_lines(text, limits) or not is_tame(text):
        return None
    value = _loaded(load, text)
    if not is_mapping(value) or not (_is_small(text, limits) or is_within(value, limits)):
        return None
    return Tree(text, value, root=lambda: _root(text, value, limits), is_tame=True)


def _root(text: str, value: object, limits: Limits) -> Node | None:
    root = read_lines(text)
    return root if root is not None and is_same(root.value, value) else read_yaml(text, limits).root


def _has_short_lines(text: str, limits: Limits) -> bool:
    """Return whether no line of *text* can be too long, whatever its characters weigh in UTF-8."""
    most = limits.line_bytes // 4
    return len(text) <= most or max(map(len, text.split("\n"))) <= most


def _is_small(text: str, limits: Limits) -> bool:
    """
    Return whether *text* cannot pass a limit, so that nobody need count.

    A character makes at most two parts. What is tame nests deeper only where it is indented further, or by a list at
    the same indentation, or by the brackets of one line: with 12 spaces at most 32 times.
    """
    length = len(text)
    is_short = length <= limits.text and 2 * length <= limits.nodes and length <= 2 * limits.keys
    return is_short and limits.depth >= 32 and f"\n{' ' * 13}" not in text


def _loaded(load: Callable[..., Any], text: str) -> object:
    """Return what the native reader takes *text* for; None for whatever it cannot read, and however it fails."""
    try:
        return load(text, parse_datetime=False)
    except Exception:  # noqa: BLE001 - the careful reader says what is wrong
        return None
    except BaseException as error:
        # A panic of native code is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        return None


@cache
def _native() -> Callable[..., Any] | None:
    """Return the function of the native reader; None where it is not installed, cannot be loaded, or is too old."""
    try:
        import yaml_rs

        found = re.match(r"([0-9]+)\.([0-9]+)\.([0-9]+)", yaml_rs.__version__)
        return yaml_rs.loads if found and tuple(map(int, found.groups())) >= _OLDEST else None
    except Exception:  # noqa: BLE001 - a broken installation is none
        return None
