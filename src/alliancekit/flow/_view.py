"""
What one member may see, and nothing else: `View` is the only thing that leaves the engine for a member.

It is a plain frozen value. What it says of others is only what all may know, or what the table shows to everybody; of
what others have not revealed it depends on nothing: not on the value, not on whether it is an answer or a pass, not on
whether it will be shared.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, final

from attrs import fields, frozen

from alliancekit.flow._answers import answer_schema, proposal_schema
from alliancekit.flow._clauses import is_list
from alliancekit.flow._requests import (
    Accept,
    Answer,
    Clear,
    Decline,
    Object,
    Pass,
    Propose,
    Ratify,
    Reveal,
    StandAside,
    Submit,
    Withdraw,
)
from alliancekit.model import Alliance, Prompt
from alliancekit.shapes import Wired
from alliancekit.typing import Json
from alliancekit.values import EMPTY, FrozenMap, thaw

__all__ = ["Given", "OnTable", "Progress", "Revelation", "Said", "Task", "TaskKind", "View"]

TaskKind: TypeAlias = Literal["answer", "submit", "respond", "ratify", "reveal", "withdraw"]
"""
What a member can do: answer a prompt; say that they are ready with a step; give their word about a proposal; ratify;
open a reveal; or take back that they were ready.
"""


@final
@frozen(kw_only=True, repr=False)
class Said:
    """
    Something to read.

    Attributes:
        step: The step.
        title: What stands above it; empty when nothing does.
        text: The text.

    .. versionadded:: 0.1
    """

    step: str
    title: str
    text: str

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
        by: Who gave it; None for the one answer of all.
        value: The answer.
        is_late: Whether it came after the reveal.

    .. versionadded:: 0.1
    """

    prompt: str
    text: str
    by: str | None
    value: Json
    is_late: bool = False

    def __repr__(self) -> str:
        return f"Given({self.prompt}, by {self.by or 'all'})"


@final
@frozen(kw_only=True, repr=False)
class Revelation:
    """
    The answers that one step has shown to all.

    Attributes:
        step: The reveal step; for an open ask, the ask step.
        title: What stands above it; empty when nothing does.
        answers: The answers; who passed, kept theirs private, or gave none is not told apart.

    .. versionadded:: 0.1
    """

    step: str
    title: str
    answers: tuple[Given, ...]

    def __repr__(self) -> str:
        return f"Revelation({self.step}, {len(self.answers)} answers)"


@final
@frozen(kw_only=True, repr=False)
class OnTable:
    """
    A proposal on the table of an agree step.

    Attributes:
        id: The clause's id; for a single field the element's name.
        element: The element that it is for.
        text: What it says.
        clause: The whole clause; for a single field its text.
        by: Who put it there.
        version: Which version it is, from 1.
        rounds: How many versions there may be.
        concerns: Whose word is asked.
        responses: What each has said: ``accept``, ``stand_aside``, ``object`` or ``decline``.
        objections: Who objects, and why.
        outcome: ``open``, ``adopted`` or ``unresolved``.

    .. versionadded:: 0.1
    """

    id: str
    element: str
    text: str
    clause: Any
    by: tuple[str, ...]
    version: int
    rounds: int
    concerns: tuple[str, ...]
    responses: FrozenMap[str]
    objections: FrozenMap[str]
    outcome: str

    @property
    def awaits(self) -> tuple[str, ...]:
        """Whose word is missing."""
        return tuple(who for who in self.concerns if who not in self.responses)

    def __repr__(self) -> str:
        return f"OnTable({self.id}, version {self.version}, {self.outcome})"


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
@frozen(kw_only=True, repr=False)
class Task:
    """
    Something that a member can do; its methods make the request.

    A request has an id that follows from the member's own accepted requests and from what it is about, so that sending
    it twice changes nothing.

    Attributes:
        kind: What can be done.
        member: Who can do it.
        step: The step.
        title: What stands above it; empty when nothing does.
        prompt: For an answer: the prompt, with its text, reason, options and follow-ups.
        proposal: For a response: what lies on the table.
        may: The responses that fit: ``accept``, ``stand_aside``, ``object``, ``decline``.
        elements: For being ready with an agree step: what can still be proposed for.
        value: The member's own answer so far; None where there is none.
        follow_ups: Their answers to the follow-ups.
        has_passed: Whether they have passed.
        is_shared: Whether their private answer will be shared.
        is_optional: Whether it may be left out.
        is_late: Whether it comes after the reveal.
        number: How many requests of the member were accepted before.

    .. versionadded:: 0.1
    """

    kind: TaskKind
    member: str
    step: str
    title: str = ""
    prompt: Prompt | None = None
    proposal: OnTable | None = None
    may: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    value: Json = None
    follow_ups: FrozenMap[Json] = EMPTY
    has_passed: bool = False
    is_shared: bool = False
    is_optional: bool = False
    is_late: bool = False
    number: int = 0

    @property
    def about(self) -> str:
        """What it is about: a prompt, a clause, or a step."""
        if self.prompt is not None:
            return self.prompt.id
        return self.proposal.id if self.proposal is not None else self.step

    @property
    def id(self) -> str:
        """Unique in a view."""
        return f"{self.kind}.{self.step}.{self.about}"

    @property
    def text(self) -> str:
        """What the member reads."""
        if self.prompt is not None:
            return self.prompt.text
        return self.proposal.text if self.proposal is not None else ""

    @property
    def schema(self) -> dict[str, Any] | None:
        """The JSON Schema of the expected answer; None where none is expected."""
        if self.prompt is not None:
            return answer_schema(self.prompt)
        if self.proposal is not None:
            return proposal_schema(self.proposal.element)
        return {"oneOf": [_of(one) for one in self.elements]} if self.elements else None

    def answer(
        self, value: Json, *, at: datetime, share: bool = False, follow_up: str = "", id: str | None = None
    ) -> Answer:
        """
        Return the request that answers the prompt.

        Args:
            value: The answer, as `schema` says.
            at: Now.
            share: Whether the others may read it; for a private prompt.
            follow_up: The follow-up that is answered, in place of the prompt.
            id: The id of the request; by default it follows from what was accepted before.
        """
        question = f"{self.about}.{follow_up}" if follow_up else self.about
        name = id or self._id("answer", question)
        return Answer(by=self.member, id=name, at=at, prompt=question, value=value, share=share)

    def pass_(self, *, at: datetime, reason: str | None = None, id: str | None = None) -> Pass:
        """Return the request that passes on the prompt; the reason stays private."""
        return Pass(by=self.member, id=id or self._id("pass"), at=at, prompt=self.about, reason=reason)

    def clear(self, *, at: datetime, id: str | None = None) -> Clear:
        """Return the request that takes the answer, or the pass, back."""
        return Clear(by=self.member, id=id or self._id("clear"), at=at, prompt=self.about)

    def submit(self, *, at: datetime, id: str | None = None) -> Submit:
        """Return the request that says one is ready with the step."""
        return Submit(by=self.member, id=id or self._id("submit", self.step), at=at, step=self.step)

    def withdraw(self, *, at: datetime, id: str | None = None) -> Withdraw:
        """Return the request that takes back that one was ready."""
        return Withdraw(by=self.member, id=id or self._id("withdraw", self.step), at=at, step=self.step)

    def reveal(self, *, at: datetime, id: str | None = None) -> Reveal:
        """Return the request that opens the reveal."""
        return Reveal(by=self.member, id=id or self._id("reveal", self.step), at=at, step=self.step)

    def accept(self, *, at: datetime, id: str | None = None) -> Accept:
        """Return the request that says yes to the proposal."""
        return Accept(by=self.member, id=id or self._id("accept"), at=at, clause=self.about)

    def stand_aside(self, *, at: datetime, id: str | None = None) -> StandAside:
        """Return the request that lets the proposal pass."""
        return StandAside(by=self.member, id=id or self._id("stand-aside"), at=at, clause=self.about)

    def object(self, reason: str, *, at: datetime, id: str | None = None) -> Object:
        """Return the request that says no to the proposal, and why."""
        return Object(by=self.member, id=id or self._id("object"), at=at, clause=self.about, reason=reason)

    def decline(self, *, at: datetime, id: str | None = None) -> Decline:
        """Return the request that says no to what the expectation asks."""
        return Decline(by=self.member, id=id or self._id("decline"), at=at, clause=self.about)

    def propose(self, element: Any, value: Json, *, at: datetime, id: str | None = None) -> Propose:
        """
        Return the request that puts a clause on the table, or another version of one that lies there.

        Args:
            element: The element that it is for.
            value: The clause; for the intention, its text.
            at: Now.
            id: The id of the request; by default it follows from what was accepted before.
        """
        return Propose(by=self.member, id=id or self._id("propose", element), at=at, element=element, value=value)

    def ratify(self, *, at: datetime, id: str | None = None) -> Ratify:
        """Return the request that says yes to what concerns the member."""
        return Ratify(by=self.member, id=id or self._id("ratify", self.step), at=at, step=self.step)

    def _id(self, verb: str, about: str = "") -> str:
        return f"{self.member}-{self.number + 1}-{verb}-{about or self.about}"

    def __repr__(self) -> str:
        return f"Task({self.id})"


def _of(element: str) -> dict[str, Any]:
    value = proposal_schema(element)
    return {
        "type": "object",
        "properties": {"propose": {"const": element}, "value": value},
        "required": ["propose", "value"],
        "additionalProperties": False,
    }


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
        from alliancekit.flow._text import as_text

        return as_text(self)


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
        return {name: _plain(part) for name, part in found.items() if part is not None}
    return [_plain(one) for one in value] if is_list(value) else thaw(value)


_OURS: Final = (Said, Given, Revelation, OnTable, Progress, Task, View)
