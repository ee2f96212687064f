"""A flow in the terminal: one member after another, each with the screen to themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, final

import click
from attrs import define, field

from alliancekit.cli._asking import BACK, HELP, LEAVES_OUT, PASS, Aside, Stop, answer_to, clause, line, yes
from alliancekit.cli._console import now, say
from alliancekit.flow import AnyRequest, Refused, Revelation, Said, Session, Task, View, proposal_schema, value_text

_WORDS: Final = {"accept": "accept", "stand_aside": "stand aside", "object": "object", "decline": "decline"}


@final
@define
class Turns:
    """
    The session as it goes from hand to hand.

    Attributes:
        session: Where it stands.
        save: Called with the session after every request that was accepted.
        only: The one member who is here; None when all pass the keyboard on.
    """

    session: Session
    save: Callable[[Session], None]
    only: str | None = None
    _seen: set[tuple[str, str]] = field(factory=set, init=False)

    @property
    def _names(self) -> dict[str, str]:
        return {who: member.name for who, member in self.session.members.items()}

    def run(self) -> None:
        """Let everyone do what there is for them to do, until all is done, nobody can go on, or somebody stops."""
        last = ""
        try:
            while (member := self._next(last)) is not None:
                self._hand_over(member, last)
                self._turn(member)
                last = member
        except Stop:
            say()

    def _next(self, last: str) -> str | None:
        order = [self.only] if self.only is not None else _from(last, self.session.present)
        required = (who for who in order if any(not one.is_optional for one in self.session.view(who).tasks))
        return next(required, None)

    def _hand_over(self, member: str, last: str) -> None:
        if self.only is None and last != member:
            name = self._names[member]
            if last:
                line(f"\nThat is all for now; press Enter and hand over to {name}", optional=True)
            click.clear()
            line(f"{name}, this is yours alone; press Enter when nobody else looks", optional=True)
        say(f"\n{HELP}")

    def _turn(self, member: str) -> None:
        while not self.session.is_done:
            view = self.session.view(member)
            self._show_news(view)
            task = next((one for one in view.tasks if not one.is_optional), None)
            if task is None:
                return
            try:
                self._do(task)
            except Aside as aside:
                self._aside(aside.word, task, view)

    def _show_news(self, view: View) -> None:
        for one in (*view.revealed, *(item for item in view.items if isinstance(item, Said))):
            key = (view.member, one.step)
            if key not in self._seen:
                self._seen.add(key)
                say(f"\n{one.text}" if isinstance(one, Said) else _told(one, self._names))

    def _do(self, task: Task) -> None:
        match task.kind:
            case "answer":
                self._answer(task)
            case "submit" if task.elements:
                self._close_table(task)
            case "submit":
                self._send(task.submit(at=now()))
            case "respond":
                self._respond(task)
            case "ratify":
                self._ratify(task)
            case _:
                self._send(task.reveal(at=now()))

    def _answer(self, task: Task) -> None:
        assert task.prompt is not None
        say(f"\n{task.text}")
        if task.prompt.why:
            say(f"  ({task.prompt.why})")
        value = answer_to(task.prompt)
        share = task.prompt.visibility == "private" and yes("Share it with the others when it is revealed?")
        if self._send(task.answer(value, at=now(), share=share)):
            for one in task.prompt.follow_ups:
                if text := line(f"{one.text}{LEAVES_OUT}\n", optional=True):
                    self._send(
                        task.answer(text, at=now(), follow_up=one.id, id=f"{task.member}-{task.number + 2}-{one.id}")
                    )

    def _respond(self, task: Task) -> None:
        assert task.proposal is not None
        one = task.proposal
        names = " and ".join(self._names[who] for who in one.by)
        say(f"\n{one.element.replace('_', ' ')}, from {names}: {one.text}")
        for who, reason in one.objections.items():
            say(f"  {self._names[who]} objects: {reason}")
        may = (*task.may, *(("commit",) if "decline" in task.may else ()), "reword")
        word = line(", ".join(_WORDS.get(each, each) for each in may)).replace(" ", "_")
        match word if word in may else "":
            case "accept":
                self._send(task.accept(at=now()))
            case "stand_aside":
                self._send(task.stand_aside(at=now()))
            case "object":
                self._send(task.object(line("why"), at=now()))
            case "decline":
                self._send(task.decline(at=now()))
            case "commit":
                self._commit(task)
            case "reword":
                self._reword(task)
            case _:
                say("Type one of these words.")

    def _commit(self, task: Task) -> None:
        assert task.proposal is not None
        written = clause(proposal_schema("commitments"))
        if self._send(task.propose("commitments", {**written, "meets": [task.proposal.id]}, at=now())):
            self._send(self._again(task).accept(at=now()))

    def _again(self, task: Task) -> Task:
        return next(one for one in self.session.view(task.member).tasks if one.id == task.id)

    def _reword(self, task: Task) -> None:
        assert task.proposal is not None
        one = task.proposal
        value: Any = line("how it should read") if one.element == "intention" else clause(proposal_schema(one.element))
        self._send(
            task.propose(one.element, value if one.element == "intention" else {"id": one.id, **value}, at=now())
        )

    def _close_table(self, task: Task) -> None:
        elements = ", ".join(one.replace("_", " ") for one in task.elements)
        element = line(f"\nAnything to propose ({elements})? Its name, or Enter when that is all\n", optional=True)
        element = element.replace(" ", "_")
        if not element:
            self._send(task.submit(at=now()))
        elif element in task.elements:
            self._send(
                task.propose(
                    element, line("") if element == "intention" else clause(proposal_schema(element)), at=now()
                )
            )
        else:
            say("That is none of them.")

    def _ratify(self, task: Task) -> None:
        say(f"\n{self.session.view(task.member)}")
        if not yes("Do you agree to everything above that concerns you?"):
            raise Stop
        self._send(task.ratify(at=now()))

    def _aside(self, word: str, task: Task, view: View) -> None:
        if word == PASS and task.kind == "answer":
            self._send(task.pass_(at=now()))
        elif word == BACK and (before := [one for one in view.changeable if one.kind == "answer"]):
            self._answer_again(before[-1])
        else:
            say("There is nothing to pass here." if word == PASS else "There is nothing before this that can change.")

    def _answer_again(self, task: Task) -> None:
        try:
            self._answer(task)
        except Aside as aside:
            if aside.word == PASS:
                self._send(task.pass_(at=now()))

    def _send(self, request: AnyRequest) -> bool:
        self.session, facts = self.session.send(request)
        refused = [one for one in facts if isinstance(one, Refused)]
        for one in refused:
            say(f"That does not fit: {one.reason}")
        if not refused:
            self.save(self.session)
        return not refused


def _from(last: str, members: tuple[str, ...]) -> list[str]:
    start = members.index(last) if last in members else 0
    return [*members[start:], *members[:start]]


def _told(one: Revelation, names: dict[str, str]) -> str:
    lines = [f"\n{one.title or one.step}: what was answered"]
    asked = ""
    for given in one.answers:
        if given.text != asked:
            asked = given.text
            lines.append(f"  {asked}")
        name = names[given.by] if given.by else "together"
        lines.append(f"    {name}: {value_text(given.value)}")
    return "\n".join(lines)
