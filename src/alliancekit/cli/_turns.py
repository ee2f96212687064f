"""A flow in the terminal: one member after another, each with the screen to themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, final

from attrs import define, field

from alliancekit.cli._agreeing import Agreeing
from alliancekit.cli._asking import answer_to
from alliancekit.cli._console import say, tell, wipe
from alliancekit.cli._desk import key_of, known_to
from alliancekit.cli._line import BACK, PASS, WORDS, Aside, Stop, line, pause, prepare_line_editing, yes
from alliancekit.cli._showing import listed, show_clause, value_lines
from alliancekit.flow import Task, View
from alliancekit.model import Prompt
from alliancekit.values import freeze

_SHOWN: Final[Mapping[str, str]] = {
    "anonymous": "The others will read it without your name.",
    "aggregate": "The others will see figures of all answers, and yours only if you say so.",
    "few": "You are too few for figures: the others will see your answer only if you say so.",
}
"""What is said beside a question of how the answer will be shown."""


@final
@define
class Turns(Agreeing):
    """
    The session as it goes from hand to hand.

    Attributes:
        session: Where it stands.
        save: Called with the session after every request that was accepted.
        only: The one member who is here; None when all pass the keyboard on.
    """

    # The answer that the member went back from, and comes back to.
    _left: Task | None = field(default=None, init=False)

    def run(self) -> None:
        """Let everyone do what there is for them to do, until all is done, nobody can go on, or somebody stops."""
        prepare_line_editing()
        last = ""
        if self.only is not None and self._next(last) is None:
            self._tell_rest(self.only)
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
            self._known[member] = known_to(self.session, member)

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
        self._tell_rest(member)
        if pause(f"Press Enter to clear the screen{whose}") != BACK:
            return True
        self._back(member)
        return False

    def _tell_rest(self, member: str) -> None:
        """Say, where somebody need not agree again, that their yes of before still holds."""
        view, before = self.session.view(member), self.session.before
        held = before.ratifications.get(member) if before is not None else None
        is_signed = view.is_done or (view.waits is not None and view.waits.why == "ratify")
        if held is not None and is_signed and view.draft.ratifications.get(member) == held:
            told = f"your yes of {held.date.isoformat()} still holds, and you need not say it again"
            tell(f"Nothing that concerns you has changed, {self._names[member]}: {told}.")

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
                value = answer_to(prompt, self._others(task.member), before, self._held(task))
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
        self._show_subject(task)
        if prompt.why:
            tell(prompt.why, indent="    ")
        if prompt.visibility == "private":
            tell("Only you see this, unless you say that it may be shared.", indent="    ")
        is_few = task.attribution == "aggregate" and len(self.session.present) < self.session.fewest
        if shown := _SHOWN.get("few" if is_few else task.attribution):
            tell(shown, indent="    ")

    def _show_subject(self, task: Task) -> None:
        """Show what a question is about that is asked for each of something, beside the words that it has of it."""
        about = self.session.before
        one = about.commitments.get(task.for_ or "") if about is not None else None
        if about is not None and one is not None:
            whom = one.to or about.others(*one.by)
            tell(f"{listed(self._names, one.by)} to {listed(self._names, whom)}", indent="    ")
            texts = {name: each.text for name, each in about.expectations.items()}
            show_clause(one, texts, but=one.text if one.text in task.text else "")
        elif task.subject and task.subject not in task.text:
            tell(task.subject, indent="    ")

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
        if not task.may_share:
            return False
        private = prompt.visibility == "private"
        try:
            question = "Share it with the others when it is revealed?" if private else "Show yours with your name?"
            return yes(question, default=task.is_shared)
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
            if one.step != task.step or one.prompt is None or one.prompt.scope != "shared" or one.value is None:
                continue
            given = next(each for each in view.revealed if (each.step, each.for_) == (one.step, one.for_))
            keys = {key_of(given, each) for each in given.answers if each.prompt == one.prompt.id}
            if not keys <= self._known[task.member]:
                self._keep_or_change(one, one.prompt)
        self._send(task, Task.submit)

    def _keep_or_change(self, task: Task, prompt: Prompt) -> None:
        tell(f"\n{self._names[task.member]}: {prompt.text}\nThe answer so far:")
        for each in value_lines(task.value, prompt, self._texts):
            tell(each, indent="    ", hang="      ")
        if yes("Does it hold for you too?", default=True):
            self._mark_own(task.member, prompt.id)
        else:
            self._answer(task, "again:")

    # Going aside --------------------------------------------------------------------------------------------------------

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
        left = [one for one in self.session.view(member).changeable if _is_asked_again(one) and one.id != but]
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
            if any(one.step == task.step and (one.elements or one.kind == "ratify") for one in view.tasks):
                return None  # a table, which lies open again, or a yes, which is asked again
            left += [one for one in view.changeable if one.step == task.step and one.kind == "answer"]
        return say("There is nothing before this that can still be changed.")

    def _pass(self, task: Task) -> None:
        self._send(task, Task.pass_)


def _required(view: View) -> list[Task]:
    return [one for one in view.tasks if not one.is_optional]


def _drops() -> bool:
    try:
        return yes("To pass takes out what you wrote here. Pass all the same?")
    except Aside:
        return False


def _is_asked_again(task: Task) -> bool:
    # What is done and stands is no way back here: to go back to it is a step of its own, for all to see.
    is_own = task.proposal is not None and task.member in task.proposal.by
    return not is_own and task.kind != "reopen" and not task.is_revision


def _from(last: str, members: tuple[str, ...]) -> list[str]:
    start = members.index(last) if last in members else 0
    return [*members[start:], *members[:start]]
