"""The steps of a flow, the flow, and the plan that a session carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias, final

from attrs import field, frozen

from alliancekit.flow._conditions import Condition
from alliancekit.model import BY_ID, PER_MEMBER, Bank, Element, Id, Kind, Label, Language, Prompt, Prose, Ref
from alliancekit.shapes import Items, Key, Number, Options, Wired, ids, keyed, many, table
from alliancekit.values import EMPTY, FrozenMap

__all__ = [
    "AgreeStep",
    "AskStep",
    "Flow",
    "GroupStep",
    "JointStep",
    "Plan",
    "Quorum",
    "RatifyStep",
    "RepeatStep",
    "RevealStep",
    "SayStep",
    "Step",
    "make_plan",
]

Mode: TypeAlias = Annotated[
    Literal["open", "blind"],
    Options(
        docs={
            "open": "The others read what has been submitted.",
            "blind": "Nobody reads the answers of another before they are revealed.",
        }
    ),
]
"""Who may read an answer before the next barrier."""

Rule: TypeAlias = Annotated[
    Literal["consent", "unanimous"],
    Options(
        docs={
            "consent": "It stands when nobody whom it concerns objects; standing aside is allowed.",
            "unanimous": "It stands when everybody whom it concerns has accepted it.",
        }
    ),
]
"""What it takes for a proposal to stand."""

Missing: TypeAlias = Annotated[
    Literal["wait", "pass"],
    Options(
        docs={
            "wait": "It waits for everybody.",
            "pass": "The others may open it; who is missing counts as having passed.",
        }
    ),
]
"""What a reveal does about a member who has not submitted."""

Late: TypeAlias = Annotated[
    Literal["refuse", "mark"],
    Options(
        docs={
            "refuse": "An answer that comes after the reveal is refused.",
            "mark": "An answer that comes after the reveal is taken in, and marked as late.",
        }
    ),
]
"""What a reveal does about an answer that comes after it."""

Attribution: TypeAlias = Annotated[
    Literal["named", "anonymous", "aggregate"],
    Options(
        docs={
            "named": "Each answer is shown with its author.",
            "anonymous": "The answers are shown in another order, without their authors.",
            "aggregate": "Only figures about the answers are shown.",
        }
    ),
]
"""How the answers are shown."""

Once: TypeAlias = Annotated[
    Literal["all", "facilitator"],
    Options(docs={"all": "When everybody has submitted.", "facilitator": "When a facilitator says so."}),
]
"""When the answers are shown."""

Over: TypeAlias = Annotated[
    Literal["members", "open-commitments"],
    Options(docs={"members": "Once for each member.", "open-commitments": "Once for each open commitment."}),
]
"""What the steps are repeated for."""


@frozen(kw_only=True, repr=False)
class StepBase(Wired):
    """
    What all steps have; each states it again, so that on the wire the key of its kind comes first.

    Attributes:
        title: What people read above it.
        when: When it is shown; None means always.
    """

    title: Label | None = None
    when: Condition | None = None


@final
@frozen(kw_only=True, repr=False)
class SayStep(StepBase):
    """
    Something to read.

    Attributes:
        id: Unique in the flow.
        text: What the members read.

    .. versionadded:: 0.1
    """

    id: Annotated[Id, Key("say", tag=True)]
    text: Prose
    title: Label | None = None
    when: Condition | None = None


@final
@frozen(kw_only=True, repr=False)
class AskStep(StepBase):
    """
    Prompts that are answered together.

    Attributes:
        id: Unique in the flow.
        prompts: The prompts, in their order; empty means the one that has the step's id.
        mode: Who may read an answer before the next barrier.
        who: Who is asked: ``everyone``, or a role.
        optional: Whether prompts may be left out without passing on them; everybody still submits.

    .. versionadded:: 0.1
    """

    id: Annotated[Id, Key("ask", tag=True)]
    prompts: Annotated[tuple[Ref, ...], Items(least=1)] = field(default=(), converter=ids)
    mode: Mode = "open"
    who: Ref = "everyone"
    optional: bool = False
    title: Label | None = None
    when: Condition | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The prompts that it asks."""
        return self.prompts or (self.id,)


@final
@frozen(kw_only=True, repr=False)
class Quorum(Wired):
    """
    So many members are enough.

    Attributes:
        quorum: How many must have submitted.

    .. versionadded:: 0.1
    """

    quorum: Annotated[int, Number(1, 1000)]


@final
@frozen(kw_only=True, repr=False)
class RevealStep(StepBase):
    """
    The moment in which answers that were given blind are shown to all.

    Attributes:
        id: Unique in the flow.
        of: The ask steps whose answers it shows.
        once: When it takes place.
        missing: What it does about a member who has not submitted.
        late: What it does about an answer that comes after it.
        attribution: How the answers are shown.

    .. versionadded:: 0.1
    """

    id: Annotated[Id, Key("reveal", tag=True)]
    of: Annotated[tuple[Ref, ...], Items(least=1)] = field(converter=ids)
    once: Once | Quorum = "all"
    missing: Missing = "wait"
    late: Late = "refuse"
    attribution: Attribution = "named"
    title: Label | None = None
    when: Condition | None = None


@final
@frozen(kw_only=True, repr=False)
class AgreeStep(StepBase):
    """
    What the members have on the table becomes what they agree to, or stays unresolved.

    Attributes:
        id: Unique in the flow.
        elements: The elements of the alliance that are settled; they enter it in no other way.
        rule: What it takes for a proposal to stand.
        rounds: How many versions of one proposal there may be.
        decided_by: The role that decides; None means everybody whom a proposal concerns.

    .. versionadded:: 0.1
    """

    id: Annotated[Id, Key("agree", tag=True)]
    elements: Annotated[tuple[Element, ...], Items(least=1)] = field(converter=ids)
    rule: Rule = "consent"
    rounds: Annotated[int, Number(1, 100)] = 3
    decided_by: Ref | None = None
    title: Label | None = None
    when: Condition | None = None


@final
@frozen(kw_only=True, repr=False)
class RatifyStep(StepBase):
    """
    Each member says yes to exactly the content that concerns them.

    Attributes:
        id: Unique in the flow.

    .. versionadded:: 0.1
    """

    id: Annotated[Id, Key("ratify", tag=True)]
    title: Label | None = None
    when: Condition | None = None


@final
@frozen(kw_only=True, repr=False)
class GroupStep(StepBase):
    """
    Steps that belong together; where it is hidden, so are they.

    Attributes:
        id: Unique in the flow.
        steps: The steps, in their order.

    .. versionadded:: 0.1
    """

    id: Annotated[Id, Key("group", tag=True)]
    steps: Annotated[tuple[Step, ...], Items(least=1)] = field(converter=many)
    title: Label | None = None
    when: Condition | None = None


@final
@frozen(kw_only=True, repr=False)
class RepeatStep(StepBase):
    """
    Steps that are taken once for each of something.

    Attributes:
        id: Unique in the flow.
        over: What they are repeated for.
        most: How often at most.
        steps: The steps, in their order.

    .. versionadded:: 0.1
    """

    id: Annotated[Id, Key("repeat", tag=True)]
    over: Over
    most: Annotated[int, Number(1, 1000)] = 50
    steps: Annotated[tuple[Step, ...], Items(least=1)] = field(converter=many)
    title: Label | None = None
    when: Condition | None = None


Step: TypeAlias = SayStep | AskStep | RevealStep | AgreeStep | RatifyStep | GroupStep | RepeatStep
"""One step of a flow; its kind is the key that carries its id."""

JointStep: TypeAlias = RevealStep | AgreeStep | RatifyStep
"""A step that all take together: what comes after it waits for it."""


@final
@frozen(kw_only=True, repr=False)
class Flow(Wired):
    """
    The script that walks members through prompts.

    Attributes:
        id: Unique among the flows of a place.
        title: What people call it.
        language: The language that it is written in.
        kinds: The kinds of alliance that it is for; empty means any.
        bank: The bank that its prompts come from.
        steps: The steps, in their order.

    .. versionadded:: 0.1
    """

    id: Id
    title: Label
    language: Language | None = None
    kinds: Annotated[tuple[Kind, ...], Items()] = field(default=(), converter=ids)
    bank: Ref
    steps: Annotated[tuple[Step, ...], Items(least=1)] = field(converter=many)


@final
@frozen(kw_only=True, repr=False)
class Plan(Wired):
    """
    What a session runs: the flow and the prompts that it uses, so that it resumes without the packs they came from.

    Attributes:
        flow: The flow.
        prompts: The prompts that it asks, after layering.
        languages: The language of each member, where it is known.

    .. versionadded:: 0.1
    """

    flow: Flow
    prompts: Annotated[FrozenMap[Prompt], BY_ID] = field(default=EMPTY, converter=keyed)
    languages: Annotated[FrozenMap[Language], PER_MEMBER] = field(default=EMPTY, converter=table)


def make_plan(flow: Flow, bank: Bank, *, languages: Mapping[str, str] = EMPTY) -> Plan:
    """
    Return the plan of a session that runs *flow* with the prompts of *bank*.

    Args:
        flow: The script.
        bank: Where its prompts come from, after layering.
        languages: The language of each member, where it is known.

    Raises:
        UnknownNameError: The flow asks a prompt that the bank has not; `problems` names all that is wrong.

    .. versionadded:: 0.1
    """
    asked = dict.fromkeys(name for step in _asks(flow.steps) for name in step.asked)
    return Plan(flow=flow, prompts=[bank.prompt(name) for name in asked], languages=languages)


def _asks(steps: tuple[Step, ...]) -> Iterator[AskStep]:
    for step in steps:
        if isinstance(step, AskStep):
            yield step
        elif isinstance(step, GroupStep | RepeatStep):
            yield from _asks(step.steps)
