"""A flow in the terminal: one member after another, each with the screen to themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, final

from attrs import define, evolve, field

from alliancekit.cli._asking import answer_to
from alliancekit.cli._clauses import clause, is_variant
from alliancekit.cli._console import now, say, tell, wipe
from alliancekit.cli._line import BACK, PASS, WORDS, Aside, Stop, choose, line, pause, prepare_line_editing, yes
from alliancekit.cli._showing import TITLES, listed, show_agreement, show_answers, show_proposal, value_lines
from alliancekit.flow import AnyRequest, Given, OnTable, Refused, Revelation, Said, Session, Task, View, proposal_schema
from alliancekit.model import Prompt
from alliancekit.values import freeze, thaw
from alliancekit.wire import unstructure

_MAY: Final = {
    "accept": "accept",
    "stand_aside": "stand aside: I can live with it",
    "object": "object, and say why",
    "commit": "promise something new that meets it",
    "gave": "name a promise of mine that meets it",
    "decline": "decline what it asks; it stays there, with my no beside it",
    "reword": "propose other words",
}


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
    _known: dict[str, set[tuple[str, ...]]] = field(factory=dict[str, set[tuple[str, ...]]], init=False)
    _title: str = field(default="", init=False)
    _left: Task | None = field(default=None, init=False)

    def run(self) -> None:
        """Let everyone do what there is for them to do, until all is done, nobody can go on, or somebody stops."""
        prepare_line_editing()
        last = ""
        try:
            while (member := self._next(last)) is not None:
                self._begin(member)
                self._turn(member)
                while not self._is_over(member):
                    self._turn(member)
                wipe()
                last = member
        except (Stop, KeyboardInterrupt):
            wipe()
            say()

    # Whose turn it is ----------------------------------------------------------------------------------------------------

    @property
    def _names(self) -> dict[str, str]:
        return {who: member.name for who, member in self.session.members.items()} | {"everyone": "everyone"}

    @property
    def _prompts(self) -> dict[str, Prompt]:
        return {one.id: one for one in self.session.plan.prompts.values()}

    def _others(self, member: str, *, also: bool = False) -> dict[str, str]:
        """Return whom a clause of *member* may name: the others, and in a team *also* themselves."""
        here = self.session.present
        return {who: self._names[who] for who in here if who != member or (also and len(here) > 2)}

    def _next(self, last: str) -> str | None:
        order = [self.only] if self.only is not None else _from(last, self.session.present)
        return next((who for who in order if _required(self.session.view(who))), None)

    def _begin(self, member: str) -> None:
        name, self._title = self._names[member], ""
        if self.only is None:
            pause(f"{name}, this is yours alone. Press Enter when nobody else looks")
        progress = self.session.view(member).progress
        begun = f": {progress.done} of {progress.total} questions answered" if progress.done else ""
        tell(f"\n{name}{begun}\n{WORDS}")
        if member not in self._known:
            self._known[member] = _known_to(self.session, member)

    def _turn(self, member: str) -> None:
        while True:
            view = self.session.view(member)
            self._show_news(view)
            tasks = [self._left] if self._left is not None else _required(view)
            if not tasks:
                return
            try:
                self._do(tasks[0], view)
            except Aside as aside:
                self._aside(aside.word, tasks[0])

    def _is_over(self, member: str) -> bool:
        after = self._next(member)
        whose = f"; then it is {self._names[after]}'s turn" if after not in (None, member) else ""
        tell("\nThat is all for you for now.")
        if pause(f"Press Enter to clear the screen{whose}") != BACK:
            return True
        self._back(member)
        return False

    # What there is to read -----------------------------------------------------------------------------------------------

    def _show_news(self, view: View) -> None:
        known, busy = self._known[view.member], {one.step for one in view.tasks}
        begun = False
        for one in view.revealed:
            # What all answer as one is shown where each is asked whether it holds for them too.
            new = tuple(
                each for each in one.answers if _key(one, each) not in known and (each.by or one.step not in busy)
            )
            if new:
                known.update(_key(one, each) for each in new)
                self._show_title(one.title)
                if not begun:
                    tell(f"\nWhat you {'both' if len(self.session.present) == 2 else 'all'} said")
                begun = True
                show_answers(evolve(one, answers=new), self._prompts, self._names)
        for said in view.items:
            if isinstance(said, Said) and (said.step,) not in known:
                known.add((said.step,))
                self._show_title(said.title)
                tell(f"\n{said.text}")

    def _show_title(self, title: str) -> None:
        if title and title != self._title:
            self._title = title
            tell(f"\n{title}\n{'-' * len(title)}")

    def _mark_own(self, member: str, prompt: str) -> None:
        """Note that *member* has read what they wrote themselves."""
        for one in self.session.view(member).revealed:
            mine = (
                each for each in one.answers if each.prompt.partition(".")[0] == prompt and each.by in (None, member)
            )
            self._known[member].update(_key(one, each) for each in mine)

    # What there is to do -------------------------------------------------------------------------------------------------

    def _do(self, task: Task, view: View) -> None:
        self._show_title(task.title)
        match task.kind:
            case "answer" if self._left is not None:
                self._left = None
                self._answer(self._fresh(task), "again:")
            case "answer":
                progress = view.progress
                self._answer(task, f"[{progress.done + 1} of {progress.total}]")
            case "submit" if task.elements:
                self._close_table(task, view)
            case "submit":
                self._close_questions(task, view)
            case "respond":
                self._respond(task, view)
            case "ratify":
                self._ratify(task, view)
            case _:
                self._send(task, Task.reveal)

    def _answer(self, task: Task, place: str) -> None:
        assert task.prompt is not None
        prompt, before = task.prompt, task.value
        self._show_question(task, prompt, place)
        while True:
            try:
                value = answer_to(prompt, self._others(task.member), before)
            except (Stop, Aside) as left:
                before = left.answer or before
                if isinstance(left, Aside) and left.word == PASS and before is not None and not _drops():
                    continue
                self._keep(task, left)
                raise
            before = value
            share = self._is_to_share(task, prompt, value)
            if share is None:
                self._show_question(task, prompt, "again:")
            elif self._send(task, Task.answer, value, share=share):
                break
        self._follow_up(task, prompt)
        self._mark_own(task.member, prompt.id)

    def _show_question(self, task: Task, prompt: Prompt, place: str) -> None:
        whose = "Together" if prompt.scope == "shared" else self._names[task.member]
        tell(f"\n{whose}, {place} {prompt.text}")
        if prompt.why:
            tell(prompt.why, indent="    ")
        if prompt.visibility == "private":
            tell("Only you see this, unless you say that it may be shared.", indent="    ")

    def _keep(self, task: Task, left: Stop | Aside) -> None:
        """Save what was written before somebody left, so that it is there when they come back."""
        passes = isinstance(left, Aside) and left.word == PASS
        if not left.answer or passes or freeze(left.answer) == task.value:
            return
        if self._send(task, Task.answer, left.answer, share=task.is_shared) and isinstance(left, Aside):
            tell("What you wrote is saved; you come to it again.")
            self._left = self._fresh(task)

    def _is_to_share(self, task: Task, prompt: Prompt, value: Any) -> bool | None:
        """Return whether the others may read *value*; None to ask the question again, which loses nothing."""
        if prompt.visibility != "private":
            return False
        try:
            return yes("Share it with the others when it is revealed?", default=task.is_shared)
        except Aside as aside:
            return None if aside.word == BACK else False
        except Stop:
            self._send(task, Task.answer, value, share=task.is_shared)
            raise

    def _follow_up(self, task: Task, prompt: Prompt) -> None:
        for one in prompt.follow_ups:
            tell(f"\n{self._names[task.member]}: {one.text} (Enter: nothing)")
            try:
                text = line(optional=True, before=str(task.follow_ups.get(one.id, "")))
            except Aside as aside:
                if aside.word == BACK:
                    return self._answer(self._fresh(task), "again:")
                continue
            if text:
                self._send(task, Task.answer, text, follow_up=one.id)
        return None

    def _close_questions(self, task: Task, view: View) -> None:
        for one in view.changeable:
            if one.step != task.step or one.prompt is None or one.prompt.scope != "shared":
                continue
            given = next(each for each in view.revealed if each.step == task.step)
            keys = {_key(given, each) for each in given.answers if each.prompt == one.prompt.id}
            if not keys <= self._known[task.member]:
                self._keep_or_change(one, one.prompt)
        self._send(task, Task.submit)

    def _keep_or_change(self, task: Task, prompt: Prompt) -> None:
        tell(f"\n{self._names[task.member]}: {prompt.text}\nThe answer so far:")
        for each in value_lines(task.value, prompt):
            tell(each, indent="    ", hang="      ")
        if yes("Does it hold for you too?", default=True):
            self._mark_own(task.member, prompt.id)
        else:
            self._answer(task, "again:")

    # Agreeing ------------------------------------------------------------------------------------------------------------

    def _respond(self, task: Task, view: View, place: str = "") -> None:
        assert task.proposal is not None
        self._open_table(task)
        table = [one for one in view.table if one.outcome == "open" and task.member in one.concerns]
        asked = [one for one in table if task.member not in one.by]
        done = sum(task.member in one.responses for one in asked)
        texts = {one.id: one.text for one in view.table}
        place = f"{self._names[task.member]}, {place or f'[{done + 1} of {len(asked)}]'}"
        picked = ""
        while not picked or not _finishes(self._say_to, task, picked):
            show_proposal(task.proposal, self._names, place, texts)
            picked = choose(self._offered(task))

    def _offered(self, task: Task) -> dict[str, str]:
        """Return what *task*'s member may say to the proposal; who is asked for something may say how they meet it."""
        if "decline" not in task.may:
            return {one: label for one, label in _MAY.items() if one in (*task.may, "reword")}
        more = ("commit", *(["gave"] if self._given(task.member) else []), "reword")
        offered = {one: label for one, label in _MAY.items() if one in (*task.may, *more)}
        return offered | {"accept": "accept, and leave open how it is met"}

    def _given(self, member: str) -> dict[str, OnTable]:
        """Return the promises of *member* on the table that can still be put in other words."""
        table = self.session.view(member).table
        given = (one for one in table if one.element == "commitments" and member in one.clause.by)
        return {one.id: one for one in given if one.version < one.rounds}

    def _say_to(self, task: Task, picked: str) -> None:
        """Do what *task*'s member picked for the proposal."""
        assert task.proposal is not None
        match picked:
            case "accept":
                self._send(task, Task.accept)
            case "stand_aside":
                self._send(task, Task.stand_aside)
            case "object":
                self._object(task)
            case "decline":
                self._send(task, Task.decline)
            case "commit":
                self._commit(task)
            case "gave":
                self._name_given(task)
            case _:
                self._reword(task, task.proposal)

    def _open_table(self, task: Task) -> None:
        known = self._known[task.member]
        if ("agree", task.step) not in known:
            known.add(("agree", task.step))
            tell(
                "\nNow you agree. What was said is put before those whom it concerns; nothing counts without their word."
            )

    def _object(self, task: Task) -> None:
        assert task.proposal is not None
        one = task.proposal
        self._send(task, Task.object, line("  what would go wrong with it"))
        with suppress(Aside):  # the objection stands, and other words can come later
            if one.version < one.rounds and yes("Do you have other words for it now?"):
                self._reword(task, one)

    def _commit(self, task: Task) -> None:
        assert task.proposal is not None
        written = clause(proposal_schema("commitments"), self._others(task.member))
        if self._send(task, Task.propose, "commitments", {**written, "meets": [task.proposal.id]}):
            self._send(task, Task.accept)

    def _name_given(self, task: Task) -> None:
        """Let the member name a promise that they gave; it says from then on that it meets the request, too."""
        assert task.proposal is not None
        given = self._given(task.member)
        tell("\nWhich of them?")
        one = given[choose({name: each.text for name, each in given.items()})]
        plain = unstructure(one.clause)
        known = proposal_schema("commitments")["properties"]
        value = {key: value for key, value in plain.items() if key in known}
        meets = [*plain.get("meets", ()), task.proposal.id]
        if self._send(task, Task.propose, "commitments", {**value, "id": one.id, "meets": meets}):
            self._send(task, Task.accept)

    def _reword(self, task: Task, one: OnTable) -> None:
        if one.element == "intention":
            self._send(task, Task.propose, one.element, line("  in your words", before=one.text))
            return
        plain = unstructure(one.clause)
        schema = _schema_for(one.element, plain)
        before = {key: value for key, value in plain.items() if key in schema["properties"]}
        written = clause(schema, self._others(task.member, also=True), before)
        self._send(task, Task.propose, one.element, {**written, "id": one.id})

    def _close_table(self, task: Task, view: View) -> None:
        self._open_table(task)
        objected = {
            one.id: one
            for one in view.table
            if one.outcome == "open" and one.objections and task.member in one.concerns
        }
        options = {
            name: f"other words for: {one.text} ({_reasons(one, self._names)})" for name, one in objected.items()
        }
        options |= {one: f"something more: {TITLES.get(one, one)}" for one in task.elements}
        picked, asked = "", False
        while not asked or not _finishes(self._add, task, picked, objected):
            tell(
                f"\n{self._names[task.member]}: is there anything to add or to put in other words? "
                "Enter when that is all."
            )
            picked, asked = choose(options, optional=True), True

    def _add(self, task: Task, picked: str, objected: dict[str, OnTable]) -> None:
        """Put on the table what *task*'s member picked, or close it for them."""
        if not picked:
            self._send(task, Task.submit)
        elif picked in objected:
            self._reword(task, objected[picked])
        elif picked == "intention":
            self._send(task, Task.propose, picked, line("  in your words"))
        else:
            taken = {one.id for one in self.session.view(task.member).table}
            written = clause(proposal_schema(picked), self._others(task.member), taken=taken)
            self._send(task, Task.propose, picked, written)

    def _ratify(self, task: Task, view: View) -> None:
        tell(f"\nThis is what you agree to, {self._names[task.member]}:")
        show_agreement(view.draft, task.member, self._names)
        say()
        if not yes("Do you say yes to all of it?"):
            tell("Then nothing is recorded. Talk about it; whoever goes on later is asked again.")
            pause("Press Enter")
            raise Stop
        self._send(task, Task.ratify)

    # Going aside, and sending --------------------------------------------------------------------------------------------

    def _aside(self, word: str, task: Task) -> None:
        if word == BACK:
            self._back(task.member)
        elif task.kind == "answer":
            self._pass(task)
        else:
            say("There is nothing to pass here.")

    def _back(self, member: str) -> None:
        """Ask again what can still be changed, the last first; each ``:back`` goes one further."""
        but = self._left.id if self._left is not None else ""
        left = [one for one in self.session.view(member).changeable if not _is_own(one) and one.id != but]
        while left:
            task = self._fresh(left.pop())
            try:
                if task.kind == "answer":
                    return self._answer(task, "again:")
                if task.kind == "respond":
                    return self._respond(task, self.session.view(member), "again:")
                self._send(task, Task.withdraw)
            except Aside as aside:
                if aside.word == PASS and task.kind == "answer":
                    return self._pass(task)
                continue
            view = self.session.view(member)
            if any(one.step == task.step and one.elements for one in view.tasks):
                return None  # a table, which lies open again
            left += [one for one in view.changeable if one.step == task.step and one.kind == "answer"]
        return say("There is nothing before this that can still be changed.")

    def _pass(self, task: Task) -> None:
        self._send(task, Task.pass_)

    def _fresh(self, task: Task) -> Task:
        """Return *task* as it is now, so that its request has an id of its own."""
        view = self.session.view(task.member)
        return next((one for one in (*view.tasks, *view.changeable) if one.id == task.id), task)

    def _send(self, task: Task, verb: Callable[..., AnyRequest], *details: Any, **more: Any) -> bool:
        self.session, facts = self.session.send(verb(self._fresh(task), *details, at=now(), **more))
        refused = [one for one in facts if isinstance(one, Refused)]
        for one in refused:
            tell(f"That does not fit: {one.reason}", indent="  ")
        if not refused:
            self.save(self.session)
        return not refused


def _finishes(do: Callable[..., None], *details: Any) -> bool:
    """Return whether *do* came to its end; with ``:back`` or ``:pass`` the person leaves it, and nothing else."""
    try:
        do(*details)
    except Aside:
        tell("Left; nothing was sent.", indent="  ")
        return False
    return True


def _required(view: View) -> list[Task]:
    return [one for one in view.tasks if not one.is_optional]


def _drops() -> bool:
    try:
        return yes("To pass takes out what you wrote here. Pass all the same?")
    except Aside:
        return False


def _is_own(task: Task) -> bool:
    return task.proposal is not None and task.member in task.proposal.by


def _from(last: str, members: tuple[str, ...]) -> list[str]:
    start = members.index(last) if last in members else 0
    return [*members[start:], *members[:start]]


def _key(one: Revelation, given: Given) -> tuple[str, ...]:
    return (one.step, given.prompt, given.by or "", json.dumps(thaw(given.value), sort_keys=True))


def _known_to(session: Session, member: str) -> set[tuple[str, ...]]:
    """Return what *member* had before them when they last did something: that need not be shown again."""
    own = [index for index, request in enumerate(session.requests) if request.by == member]
    if not own:
        return set()
    before: Any = session  # the checker cannot see a field that is filled when it is first asked for
    view: View = evolve(before, requests=session.requests[: own[-1]]).view(member)
    return {_key(one, each) for one in view.revealed for each in one.answers}


def _schema_for(element: str, plain: dict[str, Any]) -> dict[str, Any]:
    schema = proposal_schema(element)
    return next(each for each in schema.get("anyOf", [schema]) if each is schema or is_variant(each, plain))


def _reasons(one: OnTable, names: dict[str, str]) -> str:
    return "; ".join(f"{listed(names, (who,))} objects: {reason}" for who, reason in one.objections.items())
