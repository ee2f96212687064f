"""
Values to plain data and back: the strict converter that is asked, and the explanation of why it said no.

It knows no domain: everything it does, it reads from `alliancekit.shapes`.
"""

from alliancekit.wire._converter import configure_converter, make_converter
from alliancekit.wire._explain import Explained, explain
from alliancekit.wire._structure import structure, unstructure

__all__ = ["Explained", "configure_converter", "explain", "make_converter", "structure", "unstructure"]
