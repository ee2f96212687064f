"""What every part of a turn needs: the session, what each member has read, and a request that is sent and saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from attrs import define, evolve, field

from alliancekit import consent, wire
from alliancekit.cli._changing import Held
from alliancekit.cli._console import now, tell
from alliancekit.cli._showing import in_words, show_answers, show_figures
from alliancekit.flow import AnyRequest, Figure, Given, Refused, Revelation, Said, Session, Task, View
from alliancekit.model import Prompt
from alliancekit.values import thaw


@define
class Desk:
    """
    The session on the table, and who has read what of it.

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

    @property
    def _names(self) -> dict[str, str]:
        return {who: member.name for who, member in self.session.members.items()} | {"everyone": "everyone"}

    @property
    def _prompts(self) -> dict[str, Prompt]:
        return {one.id: one for one in self.session.running.prompts.values()}

    @property
    def _texts(self) -> dict[str, str]:
        """What the clauses of the alliance say that the session is about, in one line each."""
        about = self.session.before
        return {one.id: in_words(about, one, self._names) for _, one in about.clauses()} if about is not None else {}

    def _held(self, task: Task) -> Held | None:
        """Return what *task*'s member may change or drop: what concerns them, and does not lie on a table yet."""
        about, who = self.session.before, task.member
        if about is None or not task.amendable:
            return None
        is_new = who not in about.members
        taken = {one.id for one in self.session.view(who).table}
        plain = {
            one.id: {**wire.unstructure(one), "id": one.id, "element": task.amendable[one.id]}
            for _, one in about.clauses()
            if one.id in task.amendable and one.id not in taken and not is_new and consent.concerns(about, one, who)
        }
        texts = self._texts
        return Held(plain, {name: texts[name] for name in plain}, self._others(who, also=True))

    def _others(self, member: str, *, also: bool = False) -> dict[str, str]:
        """Return whom a clause of *member* may name: the others, and in a team *also* themselves."""
        here = self.session.present
        return {who: self._names[who] for who in here if who != member or (also and len(here) > 2)}

    def _show_news(self, view: View) -> None:
        known, busy = self._known[view.member], {one.step for one in view.tasks}
        begun = False
        for one in view.revealed:
            # What all answer as one is shown where each is asked whether it holds for them too.
            new = tuple(
                each for each in one.answers if key_of(one, each) not in known and (each.by or one.step not in busy)
            )
            figures = tuple(each for each in one.figures if key_of(one, each) not in known)
            if new or figures:
                known |= {*(key_of(one, each) for each in new), *(key_of(one, each) for each in figures)}
                self._show_title(one.title)
                if not begun:
                    tell(f"\nWhat you {'both' if len(self.session.present) == 2 else 'all'} said")
                begun = True
                show_answers(evolve(one, answers=new), self._prompts, self._names, self._texts)
                show_figures(figures, self._prompts)
        for said in view.items:
            if isinstance(said, Said) and (said.step, said.for_ or "") not in known:
                known.add((said.step, said.for_ or ""))
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
            self._known[member].update(key_of(one, each) for each in mine)

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


def key_of(one: Revelation, given: Given | Figure) -> tuple[str, ...]:
    """Return what tells one answer, or the figures about one prompt, from another, so that each is shown once."""
    if isinstance(given, Figure):
        return (one.step, given.prompt, given.for_ or "")
    return (one.step, given.prompt, given.for_ or "", given.by or "", json.dumps(thaw(given.value), sort_keys=True))


def known_to(session: Session, member: str) -> set[tuple[str, ...]]:
    """Return what *member* had before them when they last did something: that need not be shown again."""
    own = [index for index, request in enumerate(session.requests) if request.by == member]
    if not own:
        return set()
    before: Any = session  # the checker cannot see a field that is filled when it is first asked for
    view: View = evolve(before, requests=session.requests[: own[-1]], seal=None).view(member)
    told = {key_of(one, each) for one in view.revealed for each in one.answers}
    return told | {key_of(one, each) for one in view.revealed for each in one.figures}
