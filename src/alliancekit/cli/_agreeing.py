"""Agreeing in the terminal: a word on each proposal, something more for the table, and the yes to all of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from attrs import define

from alliancekit.cli._changing import changed
from alliancekit.cli._clause import clause, variant_of
from alliancekit.cli._console import say, tell
from alliancekit.cli._desk import Desk
from alliancekit.cli._line import Aside, Stop, choose, line, pause, yes
from alliancekit.cli._showing import TITLES, listed, show_agreement, show_proposal
from alliancekit.flow import OnTable, Task, View, proposal_schema
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
# No element has a colon in its name.
_CHANGES: Final = ":changes"
_DROPS: Final = ":drops"


@define
class Agreeing(Desk):
    """What a member does where something is agreed on; the same fields as a `Desk`."""

    def _respond(self, task: Task, view: View, place: str = "") -> None:
        assert task.proposal is not None
        self._open_table(task)
        table = [one for one in view.table if one.outcome == "open" and task.member in one.concerns]
        asked = [one for one in table if task.member not in one.by]
        done = sum(task.member in one.responses for one in asked)
        held = {one.id: one.text for one in view.draft.expectations.values()}
        texts = held | {one.id: one.text for one in view.table}
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
        names = self._others(task.member, also=True)
        written = clause(schema, names, before)
        while not self._send(task, Task.propose, one.element, {**written, "id": one.id}):
            written = clause(schema, names, written)  # nothing that was typed is lost

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
        held = self._held(task)
        if held is not None and held.plain:
            options |= {_CHANGES: "change something that there is", _DROPS: "drop something that there is"}
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
        elif picked in (_CHANGES, _DROPS):
            self._amend(task, picked.lstrip(":"))
        elif picked == "intention":
            self._send(task, Task.propose, picked, line("  in your words"))
        else:
            taken = {one.id for one in self.session.view(task.member).table}
            names = self._others(task.member)
            written = clause(proposal_schema(picked), names, taken=taken)
            while not self._send(task, Task.propose, picked, written):
                written = clause(proposal_schema(picked), names, written, taken=taken)

    def _amend(self, task: Task, verb: str) -> None:
        """Put on the table that a clause, which *task*'s member picks, changes or goes."""
        held = self._held(task)
        assert held is not None
        name = choose(held.words)
        element = task.amendable[name].partition(".")[0]
        written = {"drops": name} if verb == "drops" else changed(proposal_schema(element), held, {"changes": name})
        while written and not self._send(task, Task.propose, element, written):
            if verb == "drops":
                return
            written = changed(proposal_schema(element), held, written)

    def _ratify(self, task: Task, view: View) -> None:
        tell(f"\nThis is what you agree to, {self._names[task.member]}:")
        show_agreement(view.draft, task.member, self._names, self.session.before)
        say()
        if not yes("Do you say yes to all of it?"):
            tell("Then nothing is recorded. Talk about it; whoever goes on later is asked again.")
            pause("Press Enter")
            raise Stop
        self._send(task, Task.ratify)


def _finishes(do: Callable[..., None], *details: Any) -> bool:
    """Return whether *do* came to its end; with ``:back`` or ``:pass`` the person leaves it, and nothing else."""
    try:
        do(*details)
    except Aside:
        tell("Left; nothing was sent.", indent="  ")
        return False
    return True


def _schema_for(element: str, plain: dict[str, Any]) -> dict[str, Any]:
    return dict(variant_of(proposal_schema(element), plain))


def _reasons(one: OnTable, names: dict[str, str]) -> str:
    return "; ".join(f"{listed(names, (who,))} objects: {reason}" for who, reason in one.objections.items())
