"""
One bank over another: the one place that says what that means, by file and by code.

The upper bank is done to the lower one, in this order: what it removes is taken out, its prompts are put in place of
those with their ids or added, and its sections are placed. A prompt that the upper one removes *and* defines loses the
section that it had.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve

from alliancekit.values import FrozenMap

if TYPE_CHECKING:  # banks layer themselves, so their module comes after this one
    from alliancekit.model._banks import Bank, Section

__all__ = ["layered", "sections_over"]


def layered(base: Bank, top: Bank) -> Bank:
    """Return *top* over *base*; see `Bank.over`."""
    gone = frozenset(top.remove)
    kept = {name: one for name, one in base.prompts.items() if name not in gone}
    prompts = FrozenMap({**kept, **top.prompts}, extra=top.prompts.extra)
    origins = {name: base.origin(name) for name in kept if name not in top.prompts}
    origins.update((name, top.origin(name)) for name in top.prompts)
    return evolve(
        top,
        extends=base.extends,
        remove=_removed(base, top),
        prompts=prompts,
        sections=sections_over(base.sections, top.sections, gone),
        origins={name: bank for name, bank in origins.items() if bank != top.id},
    )


def _removed(base: Bank, top: Bank) -> tuple[str, ...]:
    """Return what both together take out of a bank below them; nothing where none is below."""
    is_whole = not base.extends and not base.remove
    return () if is_whole else tuple(dict.fromkeys((*base.remove, *top.remove)))


def sections_over(below: Sequence[Section], above: Sequence[Section], gone: Collection[str]) -> tuple[Section, ...]:
    """
    Return the sections *above* placed among those *below*, which lose the prompts that are *gone* or placed anew.

    Those that both have keep the slots that they have, in the order from above. A new one stands after the one named
    before it, else before the one named after it, else at the end. One that is named without prompts keeps those that
    it has below, and one that nobody names and that lost all its prompts goes.
    """
    named = {one.id: one for one in above}
    left = {*gone, *(name for one in above for name in one.prompts)}
    found: dict[str, Section] = {}
    for one in below:
        kept = one if left.isdisjoint(one.prompts) else evolve(one, prompts=[p for p in one.prompts if p not in left])
        if one.id in named or kept.prompts or not one.prompts:
            found[one.id] = kept
    order = _order([*found], [*named])
    for key, one in named.items():
        found[key] = evolve(one, prompts=found[key].prompts) if key in found and not one.prompts else one
    return tuple(found[key] for key in order)


def _order(below: Sequence[str], above: Sequence[str]) -> list[str]:
    known = frozenset(below)
    shared = (name for name in above if name in known)
    slots = known.intersection(above)
    order = [next(shared) if name in slots else name for name in below]
    for before, name in pairwise(("", *above)):
        if name not in known:
            order.insert(_slot(order, before, above), name)
    return order


def _slot(order: Sequence[str], before: str, above: Sequence[str]) -> int:
    """Return where a new section goes that is named after *before*, which stands already, or first of all."""
    if before:
        return order.index(before) + 1
    return next((order.index(name) for name in above if name in order), len(order))
