"""Every rule, whole: what is not in this table does not exist."""

from __future__ import annotations

from typing import Final

from alliancekit.check import (
    _rules_alliance,
    _rules_clauses,
    _rules_consent,
    _rules_document,
    _rules_flows,
    _rules_missing,
    _rules_references,
    _rules_structure,
)
from alliancekit.check._rule import Rule
from alliancekit.values import FrozenMap

__all__ = ["RULES"]

_ROOMS: Final = (
    _rules_document,
    _rules_structure,
    _rules_references,
    _rules_missing,
    _rules_alliance,
    _rules_clauses,
    _rules_consent,
    _rules_flows,
)

RULES: Final[FrozenMap[Rule]] = FrozenMap((rule.code, rule) for room in _ROOMS for rule in room.RULES)
"""The rules, by code, in the order in which the reference names them."""
