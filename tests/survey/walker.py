"""
Walks a flow at random, and says what each member was shown after each move and how a survey gets to the same place.

We keep the answer in a step that is hidden, and it comes back with the step; SurveyJS, told to clear what is invisible,
forgets it. That is the one difference between the two, and `Walker._forget` bridges it: what came back is taken away.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from attrs import frozen

from alliancekit.flow import Answer, Clear, Flow, Pass, Refused, Said, Session, View
from alliancekit.model import Bank, Member, Prompt
from tests.scripts import NOW
from tests.survey.translation import name_of

__all__ = ["Sight", "Walk", "Walker", "differences"]

PEOPLE = ("ana", "ben")


@frozen
class Sight:
    """
    What a member was shown: what is to be read or answered, what can be changed, and how many prompts there are.

    Attributes:
        todo: What to read and to answer, in order.
        done: What was answered or passed and may be changed, in order.
        total: How many prompts they are told that there are.
        said: Which of `todo` are only to be read.
    """

    todo: tuple[str, ...]
    done: tuple[str, ...]
    total: int
    said: frozenset[str]

    @property
    def visible(self) -> frozenset[str]:
        """Everything that was shown."""
        return frozenset((*self.todo, *self.done))

    def is_that(self, sequence: list[str]) -> bool:
        """Return whether it is *sequence*: the same parts, in the same order, and as many as were announced."""
        parts = [one for one in sequence if one in self.visible]
        todo, done = set(self.todo), set(self.done)
        return (
            parts == sequence
            and len(sequence) == len(todo) + len(done)
            and [one for one in sequence if one in todo] == [*self.todo]
            and [one for one in sequence if one in done] == [*self.done]
            and self.total == len(sequence) - len(self.said)
        )


def sight_of(view: View) -> Sight:
    """Return what *view* shows."""
    said = [one.step for one in view.items if isinstance(one, Said)]
    todo = [one.step if isinstance(one, Said) else one.about for one in view.items if _counts(one)]
    done = [one.about for one in view.changeable if one.kind == "answer"]
    return Sight(tuple(todo), tuple(done), view.progress.total, frozenset(said))


def _counts(item: Any) -> bool:
    return isinstance(item, Said) or item.kind == "answer"


@frozen
class Walk:
    """
    A walk that was taken.

    Attributes:
        moves: What a survey is told, one move for each of ours.
        sights: What each member was shown, first as it started and then after each move.
        returned: How many answers came back with their step, and were taken away.
    """

    moves: list[dict[str, Any]]
    sights: list[dict[str, Sight]]
    returned: int


class Walker:
    """
    Ana and Ben, who answer, take back and pass at random; or Ana alone, with Ben silent.

    What is *first* is what more of the moves are about, where much hangs on it.
    """

    def __init__(
        self,
        flow: Flow,
        bank: Bank,
        rng: Random,
        value: Callable[[Random, Prompt], Any],
        *,
        people: tuple[str, ...] = PEOPLE,
        first: frozenset[str] = frozenset(),
    ) -> None:
        members = [Member(id=one, name=one.title()) for one in PEOPLE]
        self.session = Session.start(flow, bank, id="s", alliance_id="ours", title="Ours", members=members)
        self.rng = rng
        self.value = value
        self.people = people
        self.first = first
        self.count = 0
        self.returned = 0
        self.authors: dict[str, str] = {}
        self.seen: dict[str, tuple[Session, View]] = {}

    def walk(self, length: int) -> Walk:
        """Return a walk of *length* moves."""
        moves: list[dict[str, Any]] = []
        sights = [self.look()]
        for _ in range(length):
            before = {who: sight.visible for who, sight in sights[-1].items()}
            move = self.move()
            if move is None:
                continue
            self._forget(before)
            moves.append(move)
            sights.append(self.look())
        return Walk(moves, sights, self.returned)

    def look(self) -> dict[str, Sight]:
        """Return what each member is shown now."""
        return {who: sight_of(self.view(who)) for who in self.people}

    def view(self, who: str) -> View:
        """Return what *who* sees now; it is made once for each session."""
        if who not in self.seen or self.seen[who][0] is not self.session:
            self.seen[who] = self.session, self.session.view(who)
        return self.seen[who][1]

    def move(self) -> dict[str, Any] | None:
        """Do something, and return how a survey does the same; None where nothing can be done."""
        who = self.rng.choice(self.people)
        view = self.view(who)
        tasks = [one for one in (*view.items, *view.changeable) if not isinstance(one, Said) and one.kind == "answer"]
        if not tasks:
            return None
        read = [one for one in tasks if one.about in self.first]
        task = self.rng.choice(read if read and self.rng.random() < 0.6 else tasks)
        assert task.prompt is not None
        prompt, chance = task.prompt, self.rng.random()
        mine = {} if prompt.scope == "shared" else {"who": who}
        here = {**mine, "name": name_of(prompt.id)}
        is_own = task.value is not None and (mine or self.authors.get(prompt.id) == who)
        if chance < 0.15 and is_own:
            self.send(Clear, who, prompt.id)
            return here
        if chance < 0.2 and mine:
            self.send(Pass, who, prompt.id)
            return here
        if chance < 0.5 and prompt.follow_ups and task.value is not None:
            text = self.value(self.rng, Prompt(id="any", text="Any?"))
            self.send(Answer, who, f"{prompt.id}.more", value=text)
            return {**mine, "name": name_of(f"{prompt.id}.more"), "value": text}
        value = self.value(self.rng, prompt)
        self.send(Answer, who, prompt.id, value=value)
        self.authors[prompt.id] = who
        return {**here, "value": _bare(value)}

    def _forget(self, before: Mapping[str, frozenset[str]]) -> None:
        """
        Take back every answer that came back.

        The first of them first: what comes after it may have come back only because of it. What is hidden for that
        moment and was seen before the move is no answer that came back.
        """
        for who in self.people:
            while back := self._came_back(who, before[who]):
                prompt = back.prompt
                author = self.authors[back.about] if prompt.scope == "shared" else who
                self.send(Clear, author, back.about)
                self.returned += 1

    def _came_back(self, who: str, before: frozenset[str]) -> Any:
        kept = self.view(who).changeable
        return next((one for one in kept if one.value is not None and one.about not in before), None)

    def send(self, kind: Any, who: str, prompt: str, **more: Any) -> None:
        """Send a request, which must be accepted."""
        self.count += 1
        request = kind(by=who, id=f"r{self.count}", at=NOW, prompt=prompt, **more)
        self.session, facts = self.session.send(request)
        assert not [one.reason for one in facts if isinstance(one, Refused)], request


def _bare(value: Any) -> Any:
    """Return what was chosen, without the note: a survey keeps that beside the answer, and compares without it too."""
    return value.get("choice", value.get("choices")) if isinstance(value, dict) else value


def differences(walk: Walk, theirs: list[dict[str, list[str]]], ours: Callable[[str], str] = str) -> list[str]:
    """
    Return, in words, each place of *walk* where a survey showed something else.

    Args:
        walk: The walk.
        theirs: What the survey showed, as `walk.mjs` says it.
        ours: What a question of the survey is called here.
    """
    assert len(theirs) == len(walk.sights)
    found: list[str] = []
    for number, (sights, shown) in enumerate(zip(walk.sights, theirs, strict=True)):
        for who, sight in sights.items():
            # A follow-up is shown with its prompt here, and is a question of its own there.
            sequence = [ours(one) for one in shown[who] if "_" not in ours(one)]
            if not sight.is_that(sequence):
                found.append(f"after {number} moves {who} was shown {sight}, and by the survey {sequence}")
    return found
