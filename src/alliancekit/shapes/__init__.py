"""
One description of each class on the wire: its keys, what each holds, its limits and its documentation.

A model carries annotations and a docstring; `shape_of` reads them once. The constructor, the strict converter, the
explanation of what is wrong, the JSON Schemas and the reference pages all read the same `Record`, so they cannot
disagree. Nothing here knows the domain.

A plain annotation speaks for itself: ``bool``, ``int``, ``float``, ``date``, ``time``, ``datetime``, another class, a
``Literal``, ``tuple[X, ...]``, ``FrozenMap[X]``, a union. What a type cannot say stands in ``Annotated``::

    name: Annotated[str, Text()]
    minutes: Annotated[int, Number(1, 1440)] | None = None       # None: may be left out, and null is never legal
    by: Annotated[tuple[str, ...], Items(least=1, rule="to-nobody")]
    id: Annotated[str, Text(pattern=ID), Key("say", tag=True)]   # another name on the wire; marks the class in a union

What is *structural* (kinds, keys, patterns, counts, enumerations) is in the schemas too. ``check`` functions are not:
real dates, zones and the like are for `alliancekit.check` to say.
"""

from alliancekit.shapes._kinds import (
    Anything,
    Const,
    Flag,
    Items,
    Key,
    Number,
    OneOf,
    Options,
    Scalar,
    Shape,
    Table,
    Text,
)
from alliancekit.shapes._record import ASIDE, Field, Record, Wired, entries, ids, keyed, many, shape_of, table

__all__ = [
    "ASIDE",
    "Anything",
    "Const",
    "Field",
    "Flag",
    "Items",
    "Key",
    "Number",
    "OneOf",
    "Options",
    "Record",
    "Scalar",
    "Shape",
    "Table",
    "Text",
    "Wired",
    "entries",
    "ids",
    "keyed",
    "many",
    "shape_of",
    "table",
]
