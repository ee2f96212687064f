"""What a member can do now: each task carries all that a form needs, and makes the request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

from attrs import frozen

from alliancekit.flow._amending import Action
from alliancekit.flow._answers import answer_schema, proposal_schema
from alliancekit.flow._requests import (
    Accept,
    Answer,
    Clear,
    Decline,
    Object,
    Pass,
    Propose,
    Ratify,
    Reopen,
    Reveal,
    StandAside,
    Submit,
    Withdraw,
)
from alliancekit.model import Prompt
from alliancekit.typing import Json
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["OnTable", "Task", "TaskKind"]

TaskKind: TypeAlias = Literal["answer", "submit", "respond", "ratify", "reveal", "withdraw", "reopen"]
"""
What a member can do: answer a prompt; say that they are ready with a step; give their word about a proposal; ratify;
open a reveal; take back that they were ready, that they ratified, or what they revise; or go back to a step.
"""


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
        action: What it does to the alliance: ``add``, ``change`` or ``drop``.
        was: The clause as it was, where it is changed or dropped.
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
    action: Action = "add"
    was: Any = None

    @property
    def awaits(self) -> tuple[str, ...]:
        """Whose word is missing."""
        return tuple(who for who in self.concerns if who not in self.responses)

    def __repr__(self) -> str:
        return f"OnTable({self.id}, version {self.version}, {self.outcome})"


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
        for_: Inside a repeat, for which clause or member; None elsewhere, and for what is submitted together.
        subject: The same in words: what the commitment says, or the name of the member; empty elsewhere.
        prompt: For an answer: the prompt, with its text, reason, options and follow-ups.
        proposal: For a response: what lies on the table.
        may: The responses that fit: ``accept``, ``stand_aside``, ``object``, ``decline``.
        elements: For being ready with an agree step: what can still be proposed for.
        amendable: The clauses that an answer of clauses, or a proposal, may change or drop; by id, with what each is for.
        value: The member's own answer so far; None where there is none.
        follow_ups: Their answers to the follow-ups.
        has_passed: Whether they have passed.
        attribution: For an answer: how it will be shown: ``named``, ``anonymous`` or ``aggregate``.
        may_share: Whether the member decides about sharing it: what is private; and whose it is, where figures are shown.
        is_shared: Whether their answer will be shared, where they decide.
        is_optional: Whether it may be left out.
        is_late: Whether it comes after the reveal.
        is_revision: Whether it revises answers that stand; the others see what stood until it is submitted.
        digest: To ratify: the digest of what the member is shown.
        number: How many requests of the member were accepted before.

    .. versionadded:: 0.1
    """

    kind: TaskKind
    member: str
    step: str
    title: str = ""
    for_: str | None = None
    subject: str = ""
    prompt: Prompt | None = None
    proposal: OnTable | None = None
    may: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    amendable: FrozenMap[str] = EMPTY
    value: Json = None
    follow_ups: FrozenMap[Json] = EMPTY
    has_passed: bool = False
    attribution: str = "named"
    may_share: bool = False
    is_shared: bool = False
    is_optional: bool = False
    is_late: bool = False
    is_revision: bool = False
    digest: str | None = None
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
        return f"{self.kind}.{self.step}.{self.about}" + (f".{self.for_}" if self.for_ else "")

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
            return answer_schema(self.prompt, self.amendable)
        if self.proposal is not None:
            return proposal_schema(self.proposal.element)
        return {"oneOf": [_of(one, self.amendable) for one in self.elements]} if self.elements else None

    def answer(
        self, value: Json, *, at: datetime, share: bool = False, follow_up: str = "", id: str | None = None
    ) -> Answer:
        """
        Return the request that answers the prompt.

        Args:
            value: The answer, as `schema` says.
            at: Now.
            share: Whether the others may read it, by name; where the member decides about that.
            follow_up: The follow-up that is answered, in place of the prompt.
            id: The id of the request; by default it follows from what was accepted before.
        """
        question = f"{self.about}.{follow_up}" if follow_up else self.about
        name = id or self._id("answer", question)
        return Answer(by=self.member, id=name, at=at, prompt=question, for_=self.for_, value=value, share=share)

    def pass_(self, *, at: datetime, reason: str | None = None, id: str | None = None) -> Pass:
        """Return the request that passes on the prompt; the reason stays private."""
        return Pass(by=self.member, id=id or self._id("pass"), at=at, prompt=self.about, for_=self.for_, reason=reason)

    def clear(self, *, at: datetime, id: str | None = None) -> Clear:
        """Return the request that takes the answer, or the pass, back."""
        return Clear(by=self.member, id=id or self._id("clear"), at=at, prompt=self.about, for_=self.for_)

    def submit(self, *, at: datetime, id: str | None = None) -> Submit:
        """Return the request that says one is ready with the step."""
        return Submit(by=self.member, id=id or self._id("submit", self.step), at=at, step=self.step, for_=self.for_)

    def withdraw(self, *, at: datetime, id: str | None = None) -> Withdraw:
        """Return the request that takes back that one was ready, that one ratified, or what one revises."""
        return Withdraw(by=self.member, id=id or self._id("withdraw", self.step), at=at, step=self.step, for_=self.for_)

    def reopen(self, *, at: datetime, id: str | None = None) -> Reopen:
        """Return the request that goes back to the step."""
        return Reopen(by=self.member, id=id or self._id("reopen", self.step), at=at, step=self.step, for_=self.for_)

    def reveal(self, *, at: datetime, id: str | None = None) -> Reveal:
        """Return the request that opens the reveal."""
        return Reveal(by=self.member, id=id or self._id("reveal", self.step), at=at, step=self.step, for_=self.for_)

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
        """Return the request that says yes to what concerns the member, as they were shown it."""
        name = id or self._id("ratify", self.step)
        return Ratify(by=self.member, id=name, at=at, step=self.step, digest=self.digest)

    def _id(self, verb: str, about: str = "") -> str:
        tail = f"-{self.for_}" if self.for_ else ""
        return f"{self.member}-{self.number + 1}-{verb}-{about or self.about}{tail}"

    def __repr__(self) -> str:
        return f"Task({self.id})"


def _of(element: str, amendable: Mapping[str, str]) -> dict[str, Any]:
    value = proposal_schema(element, amendable)
    return {
        "type": "object",
        "properties": {"propose": {"const": element}, "value": value},
        "required": ["propose", "value"],
        "additionalProperties": False,
    }
