"""What of an alliance a bank asks for, by which prompts, and what not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Any, Final, final

from attrs import field, frozen

from alliancekit.errors import UnknownNameError
from alliancekit.model._banks import Bank
from alliancekit.model._base import Kind
from alliancekit.model._choosing import ELEMENTS, KINDS
from alliancekit.shapes import ids, table
from alliancekit.values import FrozenMap

__all__ = ["BankCoverage", "coverage_of"]

_ANY: Final = frozenset(KINDS)
_PAIR: Final = frozenset({"one-to-one"})

# What an agreement of each kind should say: `check` misses it where it does not, and a test holds the two together.
_NEEDED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "intention": _ANY,
        "success": _ANY,
        "commitments": _ANY,
        "ground_rules.conflict": _ANY,
        "ground_rules.decisions": frozenset({"team"}),
        "ground_rules.repair": _ANY,
        "ground_rules.leaving": _ANY,
        "members.prefers.communication": _PAIR,
        "members.prefers.acknowledgment": _PAIR,
        "members.prefers.feedback": _PAIR,
        "cadence.check_ins": _ANY,
        "cadence.review": _ANY,
    }
)


@final
@frozen(kw_only=True, repr=False)
class BankCoverage:
    """
    What of an alliance the prompts of a bank ask for.

    As text, and in a notebook, it is a table of all elements.

    Attributes:
        kinds: The kinds of alliance that were looked at.
        elicited: The prompts that ask for each element, by the element; only elements that some prompt asks for.
        missing: The elements that no prompt asks for.
        needed: The elements that an alliance of these kinds should have.
        lacking: Those of them that no prompt asks for.
        talk: The prompts that inform no element: what is said to them stays beside the alliance.

    .. versionadded:: 0.1
    """

    kinds: tuple[str, ...] = field(converter=ids)
    elicited: FrozenMap[tuple[str, ...]] = field(converter=table)
    missing: tuple[str, ...] = field(converter=ids)
    needed: tuple[str, ...] = field(converter=ids)
    lacking: tuple[str, ...] = field(converter=ids)
    talk: tuple[str, ...] = field(converter=ids)

    def records(self) -> list[dict[str, Any]]:
        """Return a flat row for each element, in the order of an alliance, for a data frame."""
        return [
            {
                "element": name,
                "needed": name in self.needed,
                "prompts": len(self.elicited.get(name, ())),
                "asked_by": "; ".join(self.elicited.get(name, ())),
            }
            for name in ELEMENTS
        ]

    def __repr__(self) -> str:
        return f"BankCoverage({len(self.elicited)} of {len(ELEMENTS)} elements, {len(self.lacking)} lacking)"

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        width = max(map(len, ELEMENTS))
        for name in ELEMENTS:
            asked = ", ".join(self.elicited.get(name, ())) or ("- (needed)" if name in self.lacking else "-")
            yield f"{name:{width}}  {asked}"

    def _repr_html_(self) -> str:
        """Return it as a notebook shows it."""
        return f'<pre class="alliancekit-bank-coverage">{escape(str(self), quote=False)}</pre>'


def coverage_of(bank: Bank, kind: Kind | None) -> BankCoverage:
    """Return what *bank* asks for; see `Bank.coverage`."""
    if kind is not None and kind not in KINDS:
        raise UnknownNameError("kind of alliance", kind, KINDS)
    kinds = (kind,) if kind is not None else bank.kinds or KINDS
    elicited = {name: tuple(one.id for one in bank.prompts.values() if name in one.informs) for name in ELEMENTS}
    needed = [name for name in ELEMENTS if not _NEEDED.get(name, frozenset()).isdisjoint(kinds)]
    return BankCoverage(
        kinds=kinds,
        elicited={name: asked for name, asked in elicited.items() if asked},
        missing=[name for name, asked in elicited.items() if not asked],
        needed=needed,
        lacking=[name for name in needed if not elicited[name]],
        talk=[one.id for one in bank.prompts.values() if not one.informs],
    )
