"""
Text to documents and back: reading with places, writing, editing in place, saving.

One exception family leaves this room: whatever bytes it is given, there is a value, or a `DocumentError` whose
findings say what is wrong and where.
"""

from __future__ import annotations

from alliancekit.documents._comments import comments_in
from alliancekit.documents._edit import OpenDocument, edit
from alliancekit.documents._kinds import HEADERS, KINDS, DocumentKind, kind_of
from alliancekit.documents._load import Examined, dump, dumps, examine, load, loads, to_plain
from alliancekit.documents._reading import Format, examine_tree, format_of, read_bytes, read_text, read_tree
from alliancekit.documents._reference import describe_keys, reference_page
from alliancekit.documents._saving import save_atomically, write_atomically
from alliancekit.documents._schemas import SCHEMA_NAMES, schema_files, schema_of
from alliancekit.documents._splice import splice
from alliancekit.documents._tree import Node, Tree
from alliancekit.documents._writer import write_json, write_yaml

__all__ = [
    "HEADERS",
    "KINDS",
    "SCHEMA_NAMES",
    "DocumentKind",
    "Examined",
    "Format",
    "Node",
    "OpenDocument",
    "Tree",
    "comments_in",
    "describe_keys",
    "dump",
    "dumps",
    "edit",
    "examine",
    "examine_tree",
    "format_of",
    "kind_of",
    "load",
    "loads",
    "read_bytes",
    "read_text",
    "read_tree",
    "reference_page",
    "save_atomically",
    "schema_files",
    "schema_of",
    "splice",
    "to_plain",
    "write_atomically",
    "write_json",
    "write_yaml",
]
