"""People who are made up, and what they would do: a run of a flow up to some point, by the engine itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final, final

from attrs import evolve, field, frozen

from alliancekit.errors import AllianceKitError
from alliancekit.flow._analysis._domains import domain_of
from alliancekit.flow._analysis._scene import Scene
from alliancekit.flow._analysis._world import EVERYBODY, World
from alliancekit.flow._clauses import targets
from alliancekit.flow._conditions import parts
from alliancekit.flow._plan import AgreeStep, AskStep, RepeatStep, RevealStep, SayStep
from alliancekit.flow._requests import AnyRequest, Blank
from alliancekit.flow._session import Session
from alliancekit.flow._task import Task
from alliancekit.model import EVERYONE, ClausesAnswer, Member, Prompt
from alliancekit.typing import Json
from alliancekit.values import FrozenMap

__all__ = ["NAMES", "Answers", "Run", "Runs", "suited"]

NAMES: Final = ("ana", "ben", "cem", "dora")
"""Who takes part in a run that is made up."""

# Nothing here reads a clock, and no run hangs on the day.
_WHEN: Final = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@final
@frozen(kw_only=True)
class Answers:
    """
    What the people of a run answer; on what is left out, they pass.

    Attributes:
        values: The answers, by member and prompt or follow-up.
        shared: Those that are shared although their prompt is private.
    """

    values: dict[tuple[str, str], Json] = field(factory=dict[tuple[str, str], Json])
    shared: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, scene: Scene, world: World) -> Answers:
        """Return the answers that *world* supposes."""
        values: dict[tuple[str, str], Json] = {}
        shared: set[tuple[str, str]] = set()
        for (who, question, public), reading in world.readings.items():
            domain = scene.domain(question)
            if domain is None or reading & 1:
                continue
            both = reading & world.readings.get((who, question, not public), reading)
            value = domain.first(both if both & ~1 else reading)
            for name in NAMES if who == EVERYBODY else NAMES[who : who + 1]:
                values[name, question] = value
                if public:
                    shared.add((name, question))
        return cls(values=values, shared=frozenset(shared))


@final
@frozen(kw_only=True)
class Run:
    """
    What took place.

    Attributes:
        members: Who took part.
        session: Where it came to.
        offered: The steps with which somebody had something to do.
    """

    members: tuple[Member, ...]
    session: Session
    offered: frozenset[str]

    @property
    def requests(self) -> tuple[AnyRequest, ...]:
        """What they sent."""
        # Nobody here has anything forgotten, so nothing is blank.
        return tuple(one for one in self.session.requests if not isinstance(one, Blank))


@final
class Runs:
    """
    Runs of one flow.

    Args:
        scene: The flow.
        can_start: Whether a session of it can start at all.
        most: How much may be done in all of them together, counted in steps that are looked at.
    """

    def __init__(self, scene: Scene, *, can_start: bool, most: int = 60_000) -> None:
        self.scene, self.can_start, self.left = scene, can_start, most
        # After each request it is judged anew which joint step comes next, and that may take going through many conditions.
        self._look, self._request = len(scene.places) + _placeholders(scene), _REQUEST + _joint_parts(scene) // 5
        self._silent: list[Run | None] = []
        kinds = scene.flow.kinds
        self.members = tuple(_people(scene, 3 if kinds == ("team",) else 2))

    def silent(self) -> Run | None:
        """Return the run to the end in which everybody passes on everything; None where there is none."""
        if not self._silent:
            self._silent.append(self.run(Answers()))
        return self._silent[0]

    def run(self, answers: Answers, until: Callable[[Session], bool] = lambda _: False) -> Run | None:
        """Return the run in which all give *answers* and agree, up to where *until* holds; None where there is none."""
        self.left -= self._look
        session = self._started() if self.left >= 0 else None
        offered: set[str] = set()
        moved = True
        while session is not None and moved and not session.is_done and not until(session):
            moved = False
            for who in session.present:
                self.left -= self._look
                if self.left < 0:
                    return None
                tasks = session.view(who).tasks
                offered.update(task.step for task in tasks)
                after = self._acted(session, tasks, answers)
                session, moved = after, moved or after is not session
                if until(session):
                    break
        return Run(members=self.members, session=session, offered=frozenset(offered)) if session is not None else None

    def _started(self) -> Session | None:
        steps = [place.step for place in self.scene.places]
        if not self.can_start or any(isinstance(one, RepeatStep) and one.over == "open-commitments" for one in steps):
            return None  # whose, is not in the flow
        try:
            return Session.start(
                self.scene.flow, self.scene.bank, id="run", alliance_id="run", title="Run", members=self.members
            )
        except AllianceKitError:
            return None

    def _acted(self, session: Session, tasks: tuple[Task, ...], answers: Answers) -> Session:
        """Return *session* after a member has done their *tasks*; what one answer hides is left."""
        for task in tasks:
            self.left -= self._request
            if self.left < 0:
                return session
            for request in _done(task, answers):
                try:
                    session, _ = session.send(request)
                except AllianceKitError:
                    return session
        return session


# A request takes about as long as it does to look at so many steps.
_REQUEST: Final = 25


def _joint_parts(scene: Scene) -> int:
    """Return how many parts the conditions of all joint steps have."""
    return sum(1 for place in scene.places if place.is_joint and place.when is not None for _ in parts(place.when))


def _placeholders(scene: Scene) -> int:
    """Return how many places there are in the texts of a flow, and of its prompts, that a view fills in."""
    says = (place.step.text for place in scene.places if isinstance(place.step, SayStep))
    asked = (scene.bank.prompts[name].text for name in scene.asks if name in scene.bank.prompts)
    return sum(text.count("{") for text in (*says, *asked))


def _people(scene: Scene, number: int) -> Iterator[Member]:
    roles: dict[str, None] = {}
    for place in scene.places:
        step = place.step
        if isinstance(step, AskStep) and step.who != EVERYONE:
            roles[step.who] = None
        elif isinstance(step, RevealStep) and step.once == "facilitator":
            roles["facilitator"] = None
        elif isinstance(step, AgreeStep) and step.decided_by is not None:
            roles[step.decided_by] = None
    return (Member(id=who, name=who.title(), roles=tuple(roles)) for who in NAMES[:number])


def _done(task: Task, answers: Answers) -> Iterator[AnyRequest]:
    match task.kind:
        case "answer":
            yield from _answered(task, answers)
        case "submit" if not task.is_late:
            yield task.submit(at=_WHEN)
        case "respond":
            yield task.accept(at=_WHEN)
        case "ratify":
            # The digest binds a yes to the alliance of this session, and the run is sent to another.
            yield evolve(task.ratify(at=_WHEN), digest=None)
        case "reveal" if not task.is_optional:
            yield task.reveal(at=_WHEN)
        case _:
            pass


def _answered(task: Task, answers: Answers) -> Iterator[AnyRequest]:
    assert task.prompt is not None
    key = (task.member, task.prompt.id)
    further = {
        one.id: answers.values.get((task.member, f"{task.prompt.id}.{one.id}")) for one in task.prompt.follow_ups
    }
    value = answers.values.get(key)
    if value is None and not any(further.values()):
        yield from () if task.is_optional else (task.pass_(at=_WHEN),)
        return
    private = task.prompt.visibility == "private"
    yield task.answer(suited(task.prompt, value), at=_WHEN, share=private and key in answers.shared)
    for name, said in further.items():
        if said is not None:
            shared = (task.member, f"{task.prompt.id}.{name}") in answers.shared
            yield task.answer(said, at=_WHEN, follow_up=name, share=private and shared)


def suited(prompt: Prompt, value: Json) -> Json:
    """Return an answer to *prompt*: *value*, or any where that stands for one."""
    if isinstance(prompt.answer, ClausesAnswer):
        return (_CLAUSES.get((*targets(prompt), "")[0], _CLAUSES[""]),)
    if value is not None:
        return value
    domain = domain_of(prompt.answer, ())
    return domain.first(domain.answered) if domain is not None else None


_CLAUSES: Final[dict[str, Json]] = {
    "": FrozenMap({"text": "Something.", "known_by": "It shows."}),
    "concerns": FrozenMap({"text": "Something."}),
    "cadence.check_ins": FrozenMap({"id": "weekly", "frequency": "weekly"}),
    "cadence.channels": FrozenMap({"id": "chat", "purpose": "Questions."}),
    "cadence.review": FrozenMap({"frequency": "yearly"}),
}
