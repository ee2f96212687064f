"""What the texts of a flow have placeholders for, and whether that is there to be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final, final

from attrs import frozen

from alliancekit.errors import Suggestions
from alliancekit.findings import Finding
from alliancekit.flow._placeholders import FOR, placeholders
from alliancekit.flow._plan import AskStep, Flow, GroupStep, RepeatStep, SayStep, Step
from alliancekit.model import Prompt
from alliancekit.values import shorten

__all__ = ["text_problems"]

# Nobody reads more about one text, and a hostile flow could have thousands in each.
_MOST_OF_A_TEXT: Final = 20


@final
@frozen(kw_only=True)
class _Text:
    """
    A text that a flow shows.

    Attributes:
        text: The text.
        at: Where it stands in the flow, or where the prompt is named that it is of.
        what: What it is, for a person.
        order: How many texts and prompts of the flow come before it.
        is_joint: Whether all read it alike.
        is_repeated: Whether it stands in a repeat.
    """

    text: str
    at: str
    what: str
    order: int
    is_joint: bool = False
    is_repeated: bool = False


def text_problems(flow: Flow, prompts: Mapping[str, Prompt], suggestions: Suggestions) -> Iterator[Finding]:
    """Yield what is wrong with the placeholders in the texts of *flow* and of the *prompts* that it asks."""
    asked: dict[str, int] = {}
    texts = tuple(_texts(flow, prompts, asked.setdefault))
    known = [*asked, *(f"{one}.{two.id}" for one in asked if one in prompts for two in prompts[one].follow_ups)]

    def nearest(name: str) -> str:
        return suggestions.did_you_mean(name, known)

    for text in texts:
        found = (_wrong(text, name, prompts, asked, nearest) for name in dict.fromkeys(placeholders(text.text)))
        yield from islice((one for one in found if one is not None), _MOST_OF_A_TEXT)


def _wrong(
    text: _Text, name: str, prompts: Mapping[str, Prompt], asked: Mapping[str, int], nearest: Callable[[str], str]
) -> Finding | None:
    braced = "{" + name + "}"
    if name == FOR and text.is_repeated:
        return None
    if name == FOR:
        message = f"{text.what} has {braced}, and stands in no repeat"
        return Finding(rule="unknown-reference", message=message, pointer=text.at)
    main, _, follow_up = name.partition(".")
    prompt = prompts.get(main)
    if prompt is None or main not in asked or (follow_up and all(one.id != follow_up for one in prompt.follow_ups)):
        hint = nearest(name) or "double the braces where they are meant"
        message = f"{text.what} has {shorten(braced).strip(chr(39))}, and no such prompt is asked in this flow"
        return Finding(rule="unknown-reference", message=message, pointer=text.at, hint=hint)
    if asked[main] > text.order:
        message, hint = f"{text.what} has {braced}, which is asked later", "a text says what was answered before"
        return Finding(rule="forward-reference", message=message, pointer=text.at, hint=hint)
    if text.is_joint and prompt.scope == "each":
        message = f"{text.what} is read by all alike, and {braced} is what each has answered for themselves"
        return Finding(rule="leak", message=message, pointer=text.at, hint="say it in a say step, which each reads")
    return None


def _texts(flow: Flow, prompts: Mapping[str, Prompt], ask: Callable[[str, int], object]) -> Iterator[_Text]:
    order = 0

    def walk(steps: tuple[Step, ...], at: str, *, is_repeated: bool) -> Iterator[_Text]:
        nonlocal order
        for index, step in enumerate(steps):
            here = f"{at}/steps/{index}"
            inside = is_repeated or isinstance(step, RepeatStep)
            joint = not isinstance(step, SayStep | AskStep)
            if step.title:
                what = f"the title of {step.id}"
                yield _Text(
                    text=step.title, at=f"{here}/title", what=what, order=order, is_joint=joint, is_repeated=inside
                )
            if isinstance(step, SayStep):
                yield _Text(text=step.text, at=f"{here}/text", what=step.id, order=order, is_repeated=inside)
            elif isinstance(step, AskStep):
                for number, name in enumerate(step.asked):
                    order += 1
                    there = f"{here}/prompts/{number}" if step.prompts else here
                    yield from _of_prompt(prompts.get(name), there, order, is_repeated=inside)
                    ask(name, order)
            elif isinstance(step, GroupStep | RepeatStep):
                yield from walk(step.steps, here, is_repeated=inside)

    return walk(flow.steps, "", is_repeated=False)


def _of_prompt(prompt: Prompt | None, at: str, order: int, *, is_repeated: bool) -> Iterator[_Text]:
    if prompt is None:
        return
    for text in (prompt.text, prompt.why or ""):
        yield _Text(text=text, at=at, what=f"the prompt {prompt.id}", order=order - 1, is_repeated=is_repeated)
    for one in prompt.follow_ups:  # it comes with the answer to its prompt
        what = f"the follow-up {prompt.id}.{one.id}"
        yield _Text(text=one.text, at=at, what=what, order=order, is_repeated=is_repeated)
