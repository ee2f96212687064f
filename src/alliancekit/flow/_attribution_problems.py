"""What cannot be shown without its authors, or in figures: between a reveal and the prompts whose answers it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from alliancekit.findings import Finding
from alliancekit.flow._plan import AskStep, RevealStep
from alliancekit.model import ClausesAnswer, DateAnswer, Prompt, TextAnswer

__all__ = ["attribution_problems"]

# Their clauses say who gives or asks, and a field of a member is that member's.
_AUTHORED: Final = ("expectations", "commitments", "concerns", "members")


def attribution_problems(
    reveal: RevealStep, at: str, asks: Mapping[str, AskStep], prompts: Mapping[str, Prompt]
) -> Iterator[Finding]:
    """
    Yield what is wrong with how *reveal* attributes the answers that it shows.

    Args:
        reveal: The step.
        at: Its pointer.
        asks: The ask steps of the flow, by id.
        prompts: The prompts of the bank.
    """
    if reveal.attribution == "named":
        return
    if reveal.late == "mark":
        message = f"{reveal.id} shows answers {_how(reveal)}, and whose came late would show by what it changes"
        yield Finding(rule="leak", message=message, pointer=f"{at}/late", hint="late: refuse")
    for index, name in enumerate(reveal.of):
        asked = asks[name].asked if name in asks else ()
        for prompt in (prompts[one] for one in asked if one in prompts):
            if (found := _unsuitable(reveal, prompt, f"{at}/of/{index}")) is not None:
                yield found


def _unsuitable(reveal: RevealStep, prompt: Prompt, at: str) -> Finding | None:
    if reveal.attribution == "anonymous":
        authored = next((one for one in prompt.informs if one.partition(".")[0] in _AUTHORED), None)
        if authored is None or prompt.scope == "shared":
            return None
        message = f"{reveal.id} hides who answered {prompt.id}, and what goes into {authored} names its author"
        return Finding(rule="leak", message=message, pointer=at, hint="attribution: named")
    if isinstance(prompt.answer, TextAnswer | DateAnswer | ClausesAnswer):
        message = f"{reveal.id} shows figures, and of the answers to {prompt.id} ({prompt.answer.kind}) there are none"
        return Finding(rule="type-mismatch", message=message, pointer=at, hint="attribution: named or anonymous")
    if prompt.visibility == "private":
        message = f"{reveal.id} shows figures of all answers, and {prompt.id} is private: each may keep theirs"
        return Finding(rule="type-mismatch", message=message, pointer=at, hint="make its visibility members")
    return None


def _how(reveal: RevealStep) -> str:
    return "without their authors" if reveal.attribution == "anonymous" else "in figures"
