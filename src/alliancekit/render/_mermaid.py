"""
A flow, or a session on its way through it, as a Mermaid diagram.

The picture of a session is that of its flow, with where each step is for one member, or for all alike. Of what was said
it reads `Session.phase_of` and nothing else, so what a member may not know cannot be in it, and no answer is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.flow import Flow, Phase, RepeatStep, SayStep, Session, Step
from alliancekit.render._escape import escape_mermaid
from alliancekit.render._steps import condition_in_words, step_in_words
from alliancekit.render._way import (
    BEGIN,
    END,
    Arrow,
    Part,
    Single,
    is_barrier,
    kind_of,
    meetings,
    node_of,
    singles,
    way,
)

__all__ = ["to_mermaid"]

_LONGEST: Final = 60

# How the node of each kind begins and ends.
_SHAPES: Final[Mapping[str, tuple[str, str]]] = {
    "say": ("[", "]"),
    "ask": ("(", ")"),
    "reveal": ("{{", "}}"),
    "agree": ("[[", "]]"),
    "ratify": ("[/", "\\]"),
}
# A little closer than usual, so that a flow fits on a page, and no arrow ends in a title.
_CLOSE: Final = (
    '%%{init: {"flowchart": {"nodeSpacing": 30, "rankSpacing": 30, "subGraphTitleMargin": {"top": 4, "bottom": 12}}}}%%'
)
_LEGEND: Final = (
    "[ ] is read, ( ) is asked; all that comes after waits for {{ }} shown, [[ ]] agreed on, and [/ \\] ratified",
    "-.-> is taken where what lies beside it is hidden",
)
_LEGEND_OF_PHASES: Final = (
    "blue: there is something to do; yellow: ready, others are waited for; green: done; grey: not reached, or hidden",
)
_LOOKS: Final[Mapping[str, str]] = {
    "ends": "fill:#475569,stroke:#475569,color:#ffffff",
    "say": "fill:#f8fafc,stroke:#94a3b8,color:#475569,stroke-dasharray:4 3",
    "ask": "fill:#eff6ff,stroke:#3b82f6,color:#1e3a8a",
    "barrier": "fill:#fef3c7,stroke:#d97706,color:#78350f,stroke-width:2px",
    "open": "fill:#dbeafe,stroke:#2563eb,color:#1e3a8a,stroke-width:3px",
    "waiting": "fill:#fef3c7,stroke:#d97706,color:#78350f",
    "pending": "fill:#f8fafc,stroke:#cbd5e1,color:#64748b",
    "done": "fill:#dcfce7,stroke:#16a34a,color:#14532d",
    "part": "fill:#94a3b81a,stroke:#94a3b8",
}
_PHASES: Final[Mapping[Phase, str]] = {
    Phase.PENDING: "pending",
    Phase.SUBMITTED: "waiting",
    Phase.REVEALED: "done",
    Phase.CLOSED: "done",
    Phase.SETTLED: "done",
    Phase.RATIFIED: "done",
}
# How several look that are folded into one: like the first of these that one of them does.
_FOREMOST: Final = ("open", "waiting", "pending", "done")
_OVER: Final[Mapping[str, str]] = {"members": "member", "open-commitments": "open commitment"}
_BREAK: Final = "\n"


def to_mermaid(value: Flow | Session, *, member: str | None = None) -> str:
    """
    Return a flow, or a session on its way through it, as the text of a Mermaid flowchart.

    It holds no answer. Of a session it shows where each step is; what differs between members, such as who is ready, it
    shows of *member* alone.

    Args:
        value: What to draw.
        member: Who looks at a session; None shows what all may know. A flow is the same for everybody.

    Raises:
        UnknownNameError: The session has no such member.
        InvalidValueError: It is neither a flow nor a session, or a member was named for a flow.

    .. versionadded:: 0.1
    """
    if isinstance(value, Session):
        return "\n".join(_Picture(value.running.flow, _InSession(value, member)).lines()) + "\n"
    if type(value) is not Flow:
        raise InvalidValueError("to_mermaid", "value", f"must be a Flow or a Session, not {type(value).__name__}")
    if member is not None:
        raise InvalidValueError("to_mermaid", "member", "is for a session; a flow is the same for everybody")
    return "\n".join(_Picture(value, _Sight(value)).lines()) + "\n"


class _Sight:
    """What the picture of a flow says beside its steps."""

    def __init__(self, flow: Flow) -> None:
        self.head: tuple[str, ...] = (flow.title,)
        self.ends = "ends", "ends"
        self.legend: tuple[str, ...] = _LEGEND

    def look(self, step: Single) -> str:
        """Return how the node of a step looks."""
        return "barrier" if is_barrier(step) else str(kind_of(step))

    def where(self, step: Single) -> str:
        """Return in words where a step is; nothing where there is nothing to say."""
        del step
        return ""

    def times(self, step: RepeatStep) -> str:
        """Return in words what a repeat is taken for."""
        return f"for each {_OVER[step.over]}"


class _InSession(_Sight):
    """What the picture of a session says beside the steps, before the eyes of one member or of all."""

    def __init__(self, session: Session, member: str | None) -> None:
        members = session.state.members
        if member is not None and member not in members:
            raise UnknownNameError("member", member, tuple(members))
        super().__init__(session.running.flow)
        self.session = session
        self.whose = {} if member is None else {"member": member}
        self.head = session.title, f"as {'all may know' if member is None else members[member].name + ' sees'} it"
        self.ends = "done", "done" if session.is_done else "pending"
        self.legend = (*_LEGEND, *_LEGEND_OF_PHASES)
        self.behind = _behind(session)

    def phases(self, step: Single) -> tuple[Phase, ...]:
        """Return where a step is: once, or as often as it is repeated."""
        instances = (leaf.for_ for leaf in self.session.state.route.steps[step.id])
        return tuple(self.session.phase_of(step.id, **self.whose, for_=one) for one in instances)

    def look(self, step: Single) -> str:
        # A text stays open; where it is behind, it was read.
        looks = {"done" if step.id in self.behind else _PHASES.get(one, "open") for one in self.phases(step)}
        return next((one for one in _FOREMOST if one in looks), "pending")

    def where(self, step: Single) -> str:
        phases = self.phases(step)
        if isinstance(step, SayStep) or {*phases} <= {Phase.PENDING}:
            return ""
        counts = Counter(phases)
        return ", ".join(f"{counts[one]} {one}" if len(phases) > 1 else str(one) for one in Phase if one in counts)

    def times(self, step: RepeatStep) -> str:
        count = len(self.session.state.route.instances[step.id])
        return f"for {count or 'no'} {_OVER[step.over]}{'s' if count > 1 else ''}"


def _behind(session: Session) -> frozenset[str]:
    """Return the texts that stand before a barrier that is done; that it is, all know."""
    steps, found, is_behind = session.state.route.steps, set[str](), False
    for step in reversed(tuple(singles(*session.running.flow.steps))):
        if is_barrier(step):
            phases = (session.phase_of(step.id, for_=leaf.for_) for leaf in steps[step.id])
            is_behind = is_behind or any(_PHASES.get(one) == "done" for one in phases)
        elif is_behind and isinstance(step, SayStep):
            found.add(step.id)
    return frozenset(found)


class _Picture:
    """The lines of a diagram; which node looks like what is said at its end, in one place."""

    def __init__(self, flow: Flow, sight: _Sight) -> None:
        self.flow, self.sight = flow, sight
        self.looks: dict[str, list[str]] = {}

    def lines(self) -> Iterator[str]:
        first, last = self.sight.ends
        yield _CLOSE
        yield "flowchart TD"
        yield from (f"  %% {line}" for line in self.sight.legend)
        yield self.node(BEGIN, ("([", "])"), self.sight.head, first)
        yield from self.nodes(self.flow.steps, "  ")
        yield self.node(END, ("([", "])"), ("done",), last)
        arrows = way(self.flow)
        yield from (self.node(one, ("((", "))"), (" ",), "ends") for one in meetings(arrows))
        yield from map(_arrow, arrows)
        yield from (f"  classDef {look} {_LOOKS[look]}" for look in self.looks)
        yield from (f"  class {','.join(nodes)} {look}" for look, nodes in self.looks.items())

    def nodes(self, steps: tuple[Step, ...], indent: str) -> Iterator[str]:
        for step in steps:
            if isinstance(step, Part):
                self.looks.setdefault("part", []).append(node_of(step))
                yield f"{indent}subgraph {node_of(step)}[{_quoted(self.about(step))}]"
                yield from self.nodes(step.steps, f"{indent}  ")
                yield f"{indent}end"
            else:
                only = f"if {condition_in_words(step.when)}" if step.when is not None and is_barrier(step) else ""
                words = (*step_in_words(step), only, self.sight.where(step))
                yield self.node(node_of(step), _SHAPES[kind_of(step)], words, self.sight.look(step), indent)

    def about(self, step: Part) -> Iterator[str]:
        is_named = step.title is not None or not isinstance(step, RepeatStep)
        yield (step.title or step.id.replace("-", " ")) if is_named else ""
        if isinstance(step, RepeatStep):
            yield self.sight.times(step)
        if step.when is not None:
            yield f"if {condition_in_words(step.when)}"

    def node(self, name: str, shape: tuple[str, str], words: Iterable[str], look: str, indent: str = "  ") -> str:
        self.looks.setdefault(look, []).append(name)
        return f"{indent}{name}{shape[0]}{_quoted(words)}{shape[1]}"


def _quoted(words: Iterable[str]) -> str:
    # A line break, and not <br/>: beside HTML, Mermaid turns entities back before it looks for icons and Markdown.
    return f'"{_BREAK.join(escape_mermaid(_cut(line)) for line in words if line)}"'


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _arrow(arrow: Arrow) -> str:
    words = "otherwise" if arrow.is_bypass else f"if {condition_in_words(arrow.when)}" if arrow.when is not None else ""
    said = f"|{_quoted([words])}|" if words else ""
    return f"  {arrow.source} {'-.->' if arrow.is_bypass else '-->'}{said} {arrow.target}"
