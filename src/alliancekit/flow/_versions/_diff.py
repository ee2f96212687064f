"""Two versions of a plan, compared by id: every change, each with its kind, its place and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, final

from attrs import frozen

from alliancekit.flow._plan import AskStep, Flow, GroupStep, Plan, RepeatStep, Step
from alliancekit.flow._versions._changes import Change, ChangeKind
from alliancekit.flow._versions._compared import differences
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of

__all__ = ["diff"]


def diff(old: Plan, new: Plan) -> tuple[Change, ...]:
    """
    Return every change from *old* to *new*, in the order of the new plan.

    Steps and prompts are matched by id, so what has another id was removed and added. It is empty only for equal plans,
    and what it names from *old* to *new* it names the other way round too.

    .. versionadded:: 0.1
    """
    found = tuple(_Two(old, new).changes())
    if not found and old != new:  # what no name tells apart: two steps of one id, which cannot be run
        return (Change(kind=ChangeKind.RESTATED, pointer="", text="the plan is written otherwise"),)
    return found


@final
@frozen
class _Node:
    """A step in its place: with the id of what it stands in, and of which step asks what."""

    step: Step
    at: Pointer
    parent: str


_ROOT: Final = ""


def _nodes(flow: Flow) -> dict[str, _Node]:
    found: dict[str, _Node] = {}

    def walk(steps: tuple[Step, ...], parent: str, at: str) -> None:
        for index, step in enumerate(steps):
            here = f"{at}/steps/{index}"
            found.setdefault(step.id, _Node(step, here, parent))
            if isinstance(step, GroupStep | RepeatStep):
                walk(step.steps, step.id, here)

    walk(flow.steps, _ROOT, "/flow")
    return found


def _asked(nodes: Mapping[str, _Node]) -> dict[str, str]:
    return {name: node.step.id for node in nodes.values() if isinstance(node.step, AskStep) for name in node.step.asked}


class _Two:
    """Two plans, with their steps by id and the step that asks each prompt."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.old, self.new = old, new
        self.before, self.after = _nodes(old.flow), _nodes(new.flow)
        self.asked_before, self.asked_after = _asked(self.before), _asked(self.after)

    def changes(self) -> Iterator[Change]:
        for kind, at, text in differences(self.old, self.new):
            yield Change(kind=kind, pointer=pointer_of(*at), text=text)
        for kind, at, text in differences(self.old.flow, self.new.flow):
            yield Change(kind=kind, pointer=f"/flow{pointer_of(*at)}", text=text)
        moved = self._moved()
        for name, node in self.after.items():
            if name not in self.before:
                yield _step(ChangeKind.STEP_ADDED, node, "was added")
                continue
            if name in moved:
                yield _step(ChangeKind.STEP_MOVED, node, "stands elsewhere")
            yield from self._changed(self.before[name], node)
        for name, node in self.before.items():
            if name not in self.after:
                yield _step(ChangeKind.STEP_REMOVED, node, "was removed")
        yield from self._prompts()

    def _changed(self, old: _Node, new: _Node) -> Iterator[Change]:
        if type(old.step) is not type(new.step):
            yield _step(ChangeKind.STEP_RETYPED, new, f"was a {_kind(old.step)} and is a {_kind(new.step)}")
            return
        for kind, at, text in differences(old.step, new.step):
            base = old.at if kind in _REMOVED else new.at
            yield Change(
                kind=kind, step=new.step.id, pointer=base + pointer_of(*at), text=f"step {new.step.id}: {text}"
            )
        if isinstance(old.step, AskStep) and isinstance(new.step, AskStep):
            yield from self._order(old.step, new.step, new.at)

    def _order(self, old: AskStep, new: AskStep, at: Pointer) -> Iterator[Change]:
        if [one for one in old.asked if one in new.asked] != [one for one in new.asked if one in old.asked]:
            text = f"step {new.id}: another order, {', '.join(new.asked)}"
            yield Change(kind=ChangeKind.PROMPTS_REORDERED, step=new.id, pointer=f"{at}/prompts", text=text)
        elif old.prompts != new.prompts and old.asked == new.asked:
            text = f"step {new.id}: its prompts are written otherwise"
            yield Change(kind=ChangeKind.RESTATED, step=new.id, pointer=at, text=text)

    def _moved(self) -> set[str]:
        common = [name for name in self.before if name in self.after]
        moved = {name for name in common if self.before[name].parent != self.after[name].parent}
        for parent in dict.fromkeys(self.before[name].parent for name in common):
            here = [name for name in common if name not in moved and self.before[name].parent == parent]
            there = [name for name in self.after if name in set(here)]
            moved.update(set(here) - kept_in_order(here, there))
        return moved

    def _prompts(self) -> Iterator[Change]:
        names = dict.fromkeys((*self.asked_after, *self.new.prompts, *self.asked_before, *self.old.prompts))
        for name in names:
            was, now = self.asked_before.get(name), self.asked_after.get(name)
            old, new = self.old.prompts.get(name), self.new.prompts.get(name)
            if was != now or (old is None) != (new is None):
                yield self._reasked(name, was, now, is_there=new is not None)
            if old is not None and new is not None:
                for kind, at, text in differences(old, new):
                    pointer = pointer_of("prompts", name, *at)
                    yield Change(
                        kind=kind, step=now or was, prompt=name, pointer=pointer, text=f"prompt {name}: {text}"
                    )
        if self.old.prompts.extra != self.new.prompts.extra:
            yield Change(kind=ChangeKind.RESTATED, pointer="/prompts", text="keys beginning x- differ")

    def _reasked(self, name: str, was: str | None, now: str | None, *, is_there: bool) -> Change:
        if was is not None and now is not None and was != now:
            text = f"prompt {name}: step {was} asked it, and step {now} does"
            return Change(kind=ChangeKind.PROMPT_MOVED, step=now, prompt=name, pointer=self._at(name), text=text)
        if now is not None and (was is None or is_there):
            text = f"prompt {name}: step {now} asks it too"
            return Change(kind=ChangeKind.PROMPT_ADDED, step=now, prompt=name, pointer=self._at(name), text=text)
        pointer = pointer_of("prompts", name)
        if was is None and is_there:
            text = f"prompt {name} was added, and no step asks it"
            return Change(kind=ChangeKind.PROMPT_ADDED, prompt=name, pointer=pointer, text=text)
        text = f"prompt {name}: " + (
            f"step {was} asks it no more" if was is not None else "no step asked it, and it is gone"
        )
        return Change(kind=ChangeKind.PROMPT_REMOVED, step=was, prompt=name, pointer=pointer, text=text)

    def _at(self, name: str) -> Pointer:
        node = self.after[self.asked_after[name]]
        assert isinstance(node.step, AskStep)
        return f"{node.at}/prompts/{node.step.prompts.index(name)}" if node.step.prompts else node.at


def _step(kind: ChangeKind, node: _Node, text: str) -> Change:
    return Change(kind=kind, step=node.step.id, pointer=node.at, text=f"step {node.step.id} {text}")


def _kind(step: Step) -> str:
    return type(step).__name__.removesuffix("Step").lower()


_REMOVED: Final = frozenset({ChangeKind.OF_REMOVED, ChangeKind.ELEMENT_REMOVED})


def kept_in_order(first: Iterable[str], second: Iterable[str]) -> set[str]:
    """
    Return the most names that stand in the same order in both; of several such sets, the first by name.

    What comes before what is asked of both alike, so it does not matter which is the first.
    """
    here, there = [*first], [*second]
    if here == there:
        return {*here}
    place = {name: index for index, name in enumerate(there)}
    chains: dict[str, tuple[str, ...]] = {}
    for name in here:
        before = (chain for last, chain in chains.items() if place[last] < place[name])
        chains[name] = (*min(before, key=_longest, default=()), name)
    return {*min(chains.values(), key=_longest, default=())}


def _longest(chain: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return -len(chain), chain
