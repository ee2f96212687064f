"""The texts of a flow as one reader sees them: titles, and prompts with what was answered before in them."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from alliancekit.flow._eyes import Eyes, eyes_of
from alliancekit.flow._leaves import Leaf
from alliancekit.flow._moves import StepKind
from alliancekit.flow._placeholders import FOR, filled
from alliancekit.flow._state import ALL, State
from alliancekit.flow._text import answer_text
from alliancekit.model import Prompt

__all__ = ["prompt_for", "subject_of", "text_for", "title_for"]


def subject_of(state: State, leaf: Leaf) -> str:
    """Return in words what a step in a repeat is about: the member's name, or what the commitment says."""
    if leaf.for_ is None or leaf.repeat is None:
        return ""
    if leaf.repeat.over == "members":
        return state.members[leaf.for_].name
    assert state.head.before is not None
    return state.head.before.commitments[leaf.for_].text


def title_for(state: State, leaf: Leaf, who: str) -> str:
    """Return what stands above a step for *who*: its own title, or that of the nearest group that has one."""
    if leaf.step.title:
        personal = leaf.kind in (StepKind.SAY, StepKind.ASK)
        return text_for(state, leaf, who if personal else ALL, leaf.step.title)
    outer = next((one.title for one in reversed(leaf.within) if one.title), "") if leaf.within else ""
    return text_for(state, leaf, ALL, outer) if outer else ""


def text_for(state: State, leaf: Leaf, who: str, text: str) -> str:
    """Return a text of *leaf* as *who* reads it; as all do, for the one whom all are."""
    # Most texts have nothing to fill in, and a view has many of them.
    return filled(text, _known(state, eyes_of(state, who), leaf)) if "{" in text or "}" in text else text


def prompt_for(state: State, leaf: Leaf, who: str, prompt: Prompt) -> Prompt:
    """Return *prompt* as *who* reads it."""
    texts = (prompt.text, prompt.why or "", *(one.text for one in prompt.follow_ups))
    if not any("{" in text or "}" in text for text in texts):
        return prompt
    known = _known(state, eyes_of(state, who), leaf)
    follow_ups = (evolve(one, text=filled(one.text, known)) for one in prompt.follow_ups)
    why = filled(prompt.why, known) if prompt.why is not None else None
    return evolve(prompt, text=filled(prompt.text, known), why=why, follow_ups=follow_ups)


def _known(state: State, eyes: Eyes, leaf: Leaf) -> Callable[[str], str]:
    def known(name: str) -> str:
        if name == FOR and leaf.for_ is not None:
            return subject_of(state, leaf)
        route = state.route
        asked = (one for one in route.read_from(leaf, name) if route.ask_of(one) is not None)
        found = ((one, eyes.own(one, eyes.who)) for one in asked)
        return "; ".join(answer_text(value, route.prompt_of(one), one) for one, value in found if value is not None)

    return known
