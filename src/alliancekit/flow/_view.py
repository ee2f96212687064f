"""
What one member may see, and nothing else: `View` is the only thing that leaves the engine for a member.

It is a plain frozen value. What it says of others is only what all may know, or what the table shows to everybody; of
what others have not revealed it depends on nothing: not on the value, not on whether it is an answer or a pass, not on
whether it will be shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, Final, Literal, final

from attrs import fields, frozen

from alliancekit.flow._clauses import is_list
from alliancekit.flow._task import OnTable, Task
from alliancekit.flow._text import value_text
from alliancekit.model import Alliance, Prompt
from alliancekit.shapes import Wired
from alliancekit.typing import Json
from alliancekit.values import FrozenMap, thaw

__all__ = ["Figure", "Given", "Progress", "Revelation", "Said", "View", "Waiting"]


@final
@frozen(kw_only=True, repr=False)
class Said:
    """
    Something to read.

    Attributes:
        step: The step.
        for_: Inside a repeat, for which clause or member; None elsewhere.
        title: What stands above it; empty when nothing does.
        text: The text.

    .. versionadded:: 0.1
    """

    step: str
    title: str
    text: str
    for_: str | None = None

    def __repr__(self) -> str:
        return f"Said({self.step})"


@final
@frozen(kw_only=True, repr=False)
class Given:
    """
    An answer that all may know.

    Attributes:
        prompt: The prompt, or ``prompt.follow_up``.
        text: What was asked.
        by: Who gave it; None for the one answer of all, and for one that is shown without its author.
        value: The answer.
        for_: Inside a repeat, for which clause or member; None elsewhere.
        is_late: Whether it came after the reveal.
        is_revised: Whether it was given anew after it was shown; ``value`` is None where nothing is shown any more.
        earlier: What had been shown before, the oldest first.
        is_anonymous: Whether somebody gave it of whom nobody is told who.

    .. versionadded:: 0.1
    """

    prompt: str
    text: str
    by: str | None
    value: Json
    for_: str | None = None
    is_late: bool = False
    is_revised: bool = False
    earlier: tuple[Json, ...] = ()
    is_anonymous: bool = False

    def __repr__(self) -> str:
        return f"Given({self.prompt}, by {self.by or ('somebody' if self.is_anonymous else 'all')})"


@final
@frozen(kw_only=True, repr=False)
class Figure:
    """
    What all may know of answers that are not shown one by one: of so many, and never of fewer than the session allows.

    Attributes:
        prompt: The prompt.
        text: What was asked.
        for_: Inside a repeat, for which clause or member; None elsewhere.
        answers: How many answered.
        mean: The mean of a scale or a number, rounded to one decimal; None for what is chosen.
        counts: How often each option was chosen, or ``yes`` and ``no``; None for what has a mean.

    .. versionadded:: 0.1
    """

    prompt: str
    text: str
    for_: str | None = None
    answers: int
    mean: float | None = None
    counts: FrozenMap[int] | None = None

    def __repr__(self) -> str:
        return f"Figure({self.prompt}, {self.answers} answers)"


@final
@frozen(kw_only=True, repr=False)
class Revelation:
    """
    The answers that one step has shown to all.

    Attributes:
        step: The reveal step; for an open ask, the ask step.
        title: What stands above it; empty when nothing does.
        answers: The answers; who passed, kept theirs private, or gave none is not told apart.
        figures: What is told of answers that are not shown one by one; where these are too few, nothing.
        attribution: How they are shown: ``named``, ``anonymous`` or ``aggregate``.
        for_: Inside a repeat, for which clause or member; None elsewhere.

    .. versionadded:: 0.1
    """

    step: str
    title: str
    answers: tuple[Given, ...]
    figures: tuple[Figure, ...] = ()
    attribution: str = "named"
    for_: str | None = None

    def __repr__(self) -> str:
        return f"Revelation({self.step}, {len(self.answers)} answers)"


@final
@frozen(kw_only=True)
class Progress:
    """
    How far one member has come with the prompts that they are shown.

    Attributes:
        done: How many they have answered or passed.
        total: How many there are, as far as they may know now.

    .. versionadded:: 0.1
    """

    done: int
    total: int


@final
@frozen(kw_only=True)
class Waiting:
    """
    What somebody waits for who has nothing to do, as far as it may be said.

    Attributes:
        why: ``members`` when it may be said for whose answers, ``ready`` when only how many are ready, ``others`` when
            not even that; ``open`` for a facilitator to open a reveal, ``agree`` for a table, ``ratify`` for the last yes.
        members: Who is waited for, where it may be said.
        ready: How many are ready, where only that may be said.
        asked: Of how many.
        opened_by: Who opens the reveal that is waited for, where it does not open by itself.

    .. versionadded:: 0.1
    """

    why: Literal["members", "ready", "others", "open", "agree", "ratify"]
    members: tuple[str, ...] = ()
    ready: int = 0
    asked: int = 0
    opened_by: tuple[str, ...] = ()


@final
@frozen(kw_only=True, repr=False)
class View:
    """
    What one member may see.

    Attributes:
        member: Who sees it.
        title: What the alliance is called.
        items: What to read and what to do now, in the order of the flow.
        changeable: What the member has done and may still change.
        waiting: Why there is nothing to do; empty when there is something, or when all is done.
        waits: The same as data; None when there is something, or when all is done.
        progress: How far the member has come.
        revealed: What all may know of the answers.
        table: What lies, or lay, on the tables of the agree steps.
        draft: The alliance as far as all may know it.
        is_done: Whether nothing is left to do for anybody.

    .. versionadded:: 0.1
    """

    member: str
    title: str
    items: tuple[Said | Task, ...]
    changeable: tuple[Task, ...]
    waiting: str
    progress: Progress
    revealed: tuple[Revelation, ...]
    table: tuple[OnTable, ...]
    draft: Alliance
    is_done: bool
    waits: Waiting | None = None

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What the member has to do now, in the order of the flow."""
        return tuple(one for one in self.items if isinstance(one, Task))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, which `json.dumps` takes."""
        plain: dict[str, Any] = _plain(self)
        plain["items"] = [_entry(one) for one in self.items]
        plain["changeable"] = [_entry(one) for one in self.changeable]
        return plain

    def __repr__(self) -> str:
        return f"View({self.member}, {len(self.tasks)} to do, {self.progress.done} of {self.progress.total} answered)"

    def __str__(self) -> str:
        return "\n".join(_lines(self)).strip() + "\n"

    def _repr_html_(self) -> str:
        """Return it as a notebook shows it to the member whose view it is: their own answers are in it."""
        return f'<pre class="alliancekit-view">{escape(str(self), quote=False)}</pre>'


def _entry(one: Said | Task) -> dict[str, Any]:
    if isinstance(one, Said):
        return {"kind": "say", **_plain(one)}
    return {
        "id": one.id,
        "about": one.about,
        "text": one.text,
        **_plain(one),
        **({"schema": one.schema} if one.schema else {}),
    }


def _plain(value: Any) -> Any:
    from alliancekit.wire import unstructure

    if isinstance(value, Prompt):
        return {"id": value.id, **unstructure(value)}
    if isinstance(value, Wired):
        return unstructure(value)
    if isinstance(value, _OURS):
        found = {one.name: getattr(value, one.name) for one in fields(type(value))}
        return {name.rstrip("_"): _plain(part) for name, part in found.items() if part is not None}
    return [_plain(one) for one in value] if is_list(value) else thaw(value)


_OURS: Final = (Said, Given, Figure, Revelation, Waiting, OnTable, Progress, Task, View)


# The same as text ----------------------------------------------------------------------------------------------------


def _lines(view: View) -> Iterator[str]:
    yield f"{view.title}: {view.progress.done} of {view.progress.total} answered"
    for shown in view.revealed:
        yield from ("", shown.title or shown.step)
        if not shown.answers and not shown.figures:
            yield "  (nothing that all may know)"
        yield from (_given_line(one) for one in shown.answers)
        yield from (_figure_line(one) for one in shown.figures)
    open_items = [one for one in view.table if one.outcome == "open"]
    if open_items:
        yield from ("", "On the table")
        yield from (_table_line(one) for one in open_items)
    for item in view.items:
        yield ""
        yield item.text if isinstance(item, Said) else _task_line(item)
    if view.waiting:
        yield from ("", view.waiting)
    if view.is_done:
        yield from ("", "Everything is done.")


def _given_line(one: Given) -> str:
    marks = [mark for mark, is_so in (("late", one.is_late), ("revised", one.is_revised)) if is_so]
    mark = f" ({', '.join(marks)})" if marks else ""
    about = f"{one.prompt} for {one.for_}" if one.for_ else one.prompt
    name = one.by or ("somebody" if one.is_anonymous else "together")
    value = "nothing any more" if one.value is None else value_text(one.value)
    before = "".join(f"\n    before: {value_text(each)}" for each in one.earlier)
    return f"  {name}{mark}, {about}: {value}{before}"


def _figure_line(one: Figure) -> str:
    about = f"{one.prompt} for {one.for_}" if one.for_ else one.prompt
    counts = ", ".join(f"{name} {count}" for name, count in (one.counts or {}).items())
    return f"  {about}: {one.answers} answers, {f'mean {one.mean}' if one.mean is not None else counts}"


def _table_line(one: OnTable) -> str:
    said = "".join(f"; {who}: {response}" for who, response in one.responses.items())
    reasons = "".join(f"\n    {who} objects: {reason}" for who, reason in one.objections.items())
    return f"  {one.id} ({one.element}, version {one.version} of {one.rounds}): {one.text}{said}{reasons}"


def _task_line(task: Task) -> str:
    match task.kind:
        case "answer":
            return f"? {task.text}" + (f" [{task.subject}]" if task.subject not in task.text else "")
        case "respond":
            return f"? {task.about}: {task.text} ({', '.join(task.may)})"
        case "submit" if task.elements:
            return f"? Propose something ({', '.join(task.elements)}), or say that you have nothing more: {task.step}"
        case _:
            return f"? {task.kind}: {task.step}"
