"""One bank over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from alliancekit.values import FrozenMap

if TYPE_CHECKING:
    from alliancekit.model import Bank, Prompt

__all__ = ["layer"]


def layer(base: Bank, top: Bank) -> Bank:
    """
    Return *top* over *base*: its prompts added or in place of those with the same id, what it removes left out.

    A section with a known id keeps its place and is replaced; a new one comes after the others. Everything else that
    a bank says about itself is the top's.

    .. versionadded:: 0.1
    """
    kept: dict[str, Prompt] = {key: one for key, one in base.prompts.items() if key not in top.remove}
    sections = {one.id: one for one in (*base.without_prompts(*top.remove).sections, *top.sections)}
    prompts = FrozenMap({**kept, **top.prompts}, extra=top.prompts.extra)
    return evolve(top, prompts=prompts, sections=sections.values(), extends=(), remove=())
