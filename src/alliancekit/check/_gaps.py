"""
What an agreement still lacks, and which questions would bring it.

A gap is what a rule found missing: the rules are the one place that knows what an agreement should have. What belongs
here is only which of them speak of something missing, in which order a team would mend it, and what to ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, final

from attrs import field, frozen

from alliancekit import library
from alliancekit.check._rules import RULES
from alliancekit.check._runner import check_value
from alliancekit.errors import require
from alliancekit.findings import Finding
from alliancekit.model import Alliance, Bank, Clause, Prompt
from alliancekit.values import FrozenMap

__all__ = ["Gap", "Gaps", "find_gaps"]

# The rules that find something missing, in the order in which one would mend it, each with what a question about it
# informs. A rule that has no question is mended by looking at what is there.
_ASKED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "member-count": (),
        "no-intention": ("intention",),
        "no-commitments": ("commitments",),
        "no-evidence": ("success",),
        "clause-without-evidence": (),
        "commitment-without-time": (),
        "owned-by-everyone": (),
        "expectation-unanswered": ("commitments",),
        "one-sided": ("commitments",),
        "unheard-member": (),
        "no-conflict-rule": ("ground_rules.conflict",),
        "no-decision-rule": ("ground_rules.decisions",),
        "no-repair-rule": ("ground_rules.repair",),
        "no-leaving-rule": ("ground_rules.leaving",),
        "no-preferences": (
            "members.prefers.communication",
            "members.prefers.acknowledgment",
            "members.prefers.feedback",
        ),
        "no-check-in": ("cadence.check_ins",),
        "no-review": ("cadence.review",),
        "review-without-next": ("cadence.review",),
        "no-steward": (),
        "placeholder": (),
        "too-many-clauses": (),
        "unresolved": (),
        "unratified": (),
        "stale-ratification": (),
    }
)
_COUNTED: Final = ("atmosphere", "values", "success", "expectations", "concerns", "commitments", "ground_rules")


@final
@frozen(kw_only=True)
class Gap:
    """
    One thing that an agreement lacks, in one place of it or in several.

    Attributes:
        rule: The rule that says so; ``alliancekit explain`` tells why it matters.
        findings: What it found, by place; one at least.
        asks: The prompts of the bank whose answers would fill it; empty where looking at what is there does.

    .. versionadded:: 0.1
    """

    rule: str
    findings: tuple[Finding, ...] = field(converter=tuple[Finding, ...])
    asks: tuple[Prompt, ...] = field(default=(), converter=tuple[Prompt, ...])

    @property
    def message(self) -> str:
        """What is missing; of several places, said of the first."""
        return self.findings[0].message

    @property
    def hint(self) -> str:
        """What would mend it; may be empty."""
        return self.findings[0].hint

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, for JSON."""
        return {
            "rule": self.rule,
            "message": self.message,
            "hint": self.hint,
            "places": [{"pointer": one.pointer, "line": one.line} for one in self.findings],
            "asks": [{"id": one.id, "text": one.text} for one in self.asks],
        }


@final
@frozen(kw_only=True)
class Gaps:
    """
    What an agreement has, and what it lacks.

    Attributes:
        has: How many there are of each thing that an agreement can have, by what it is.
        missing: What it lacks, what to mend first at the top.

    .. versionadded:: 0.1
    """

    has: FrozenMap[int]
    missing: tuple[Gap, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, for JSON."""
        return {"has": dict(self.has), "missing": [one.to_dict() for one in self.missing]}


def find_gaps(alliance: Alliance, findings: Iterable[Finding] | None = None, *, bank: Bank | None = None) -> Gaps:
    """
    Return what *alliance* has and what it lacks.

    Args:
        alliance: The agreement, in any state.
        findings: What `check_text` or `check_value` found in it, with the places that a reader shall see; None asks
            for it here.
        bank: Where the questions come from that would fill a gap; None takes the built-in one for its kind.

    Raises:
        InvalidValueError: If *alliance* is none.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "find_gaps", "alliance")
    found = list(check_value(alliance) if findings is None else findings)
    found += _unasked(alliance, found)
    asked = bank or library.bank(alliance.kind)
    by_rule = {rule: [one for one in found if one.rule == rule] for rule in _ASKED}
    gaps = (Gap(rule=rule, findings=some, asks=_asks(asked, rule)) for rule, some in by_rule.items() if some)
    return Gaps(has=FrozenMap(_has(alliance)), missing=tuple(gaps))


def _unasked(alliance: Alliance, found: list[Finding]) -> list[Finding]:
    """Return that nobody, or not everybody, has agreed: rules say it of what is active, and a draft lacks it too."""
    waiting = [name for name in alliance.present() if name not in alliance.ratifications]
    is_settled = alliance.members and not waiting
    if alliance.status != "draft" or is_settled or any(one.rule == "unratified" for one in found):
        return []
    nobody = len(waiting) == len(alliance.present())
    message = "nobody has agreed to it yet" if nobody else f"not agreed to it yet: {', '.join(waiting)}"
    hint = "alliancekit ratify records each member's yes, once it says what they want"
    severity = RULES["unratified"].severity
    return [Finding(rule="unratified", message=message, hint=hint, pointer="/ratifications", severity=severity)]


def _asks(bank: Bank, rule: str) -> tuple[Prompt, ...]:
    return tuple(one for one in bank.prompts.values() if set(_ASKED[rule]).intersection(one.informs))


def _has(alliance: Alliance) -> dict[str, int]:
    clauses = [one for _, one in alliance.clauses() if isinstance(one, Clause)]
    topics = Counter(one.topic for one in alliance.ground_rules.values())
    cadence = alliance.cadence
    return {
        "intention": int(alliance.intention is not None),
        "members": len(alliance.members),
        **{name: len(getattr(alliance, name)) for name in _COUNTED},
        **{f"ground_rules.{topic}": count for topic, count in topics.items()},
        "clauses with evidence": sum(one.known_by is not None for one in clauses),
        "check_ins": len(cadence.check_ins) if cadence else 0,
        "channels": len(cadence.channels) if cadence else 0,
        "review": int(cadence is not None and cadence.review is not None),
        "ratifications": len(alliance.ratifications),
    }
