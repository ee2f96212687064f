"""Every rule, whole: what is not in this table does not exist."""

from __future__ import annotations

from typing import Final

from alliancekit.check._rule import Rule
from alliancekit.check._rules import (
    _across,
    _alliance,
    _banks,
    _clauses,
    _consent,
    _custom,
    _document,
    _flows,
    _living,
    _missing,
    _privacy,
    _prompts,
    _references,
    _structure,
    _suppressions,
    _time,
    _wording,
)
from alliancekit.values import FrozenMap

__all__ = ["RULES"]

_ROOMS: Final = (
    _document,
    _structure,
    _references,
    _missing,
    _alliance,
    _clauses,
    _wording,
    _consent,
    _living,
    _time,
    _privacy,
    _across,
    _prompts,
    _banks,
    _flows,
    _suppressions,
    _custom,
)

RULES: Final[FrozenMap[Rule]] = FrozenMap((rule.code, rule) for room in _ROOMS for rule in room.RULES)
"""The rules, by code, in the order in which the reference names them."""
