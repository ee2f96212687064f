"""
The record of a check-in in Markdown, for a person to read.

It names members and clauses by their ids; with the alliance at hand, in the members' own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, final

from attrs import frozen

from alliancekit.flow import value_text
from alliancekit.model import Alliance, Amendment, CheckIn, PulseAggregate, PulseByName, Response, Reviewed
from alliancekit.render._escape import escape_markdown
from alliancekit.render._words import listed, names_in_words, rhythm_in_words

__all__ = ["Record"]

_ACTIONS: Final = {"add": "New", "change": "In other words", "drop": "Dropped"}
_ELEMENTS: Final = {
    "atmosphere": "atmosphere",
    "values": "value",
    "success": "sign that it works",
    "expectations": "request",
    "commitments": "commitment",
    "ground_rules": "ground rule",
    "cadence": "time and attention",
}


@final
@frozen
class Record:
    """
    A check-in and who reads it.

    Attributes:
        record: What to show.
        alliance: The alliance that it is about, for names and words; None where it is not at hand.
        is_member: Whether the reader may read what is for members.
    """

    record: CheckIn
    alliance: Alliance | None
    is_member: bool

    def blocks(self) -> Iterator[str]:
        """Yield the page, block by block."""
        record, about = self.record, self.alliance
        title = about.title if about is not None else record.alliance
        yield f"# {escape_markdown(title)}: check-in of {record.date.isoformat()}"
        yield f"**There were:** {self._names(record.present) if record.present else 'nobody'}"
        for heading, lines in (
            ("How the promises stand", self._reviewed()),
            ("Pulse", self._pulse()),
            ("What changed", self._amended()),
            ("What else was said", self._said()),
        ):
            if found := "\n".join(lines):
                yield f"## {heading}"
                yield found
        if self.is_member and record.notes is not None:
            yield escape_markdown(record.notes)
        if not self.is_member and self._holds_back():
            yield "What was said by name is for members only, and is not shown here."
        if record.next is not None:
            yield f"**Next:** {record.next.isoformat()}"

    def _names(self, who: Iterable[str]) -> str:
        words = who if self.alliance is None else [names_in_words(self.alliance, [one]) for one in who]
        return escape_markdown(listed(words))

    def _words(self, name: str) -> str:
        """Return what a clause says; its id where the alliance does not have it."""
        held = {one.id: one for _, one in self.alliance.clauses()} if self.alliance is not None else {}
        return escape_markdown(getattr(held.get(name), "text", None) or name)

    def _holds_back(self) -> bool:
        record = self.record
        named = any(isinstance(one, PulseByName) for one in record.pulse.values())
        noted = any(one.note for one in record.reviewed.values())
        return named or noted or record.notes is not None or any(one.visibility != "public" for one in record.responses)

    # The parts ---------------------------------------------------------------------------------------------------------

    def _reviewed(self) -> Iterator[str]:
        for one in self.record.reviewed.values():
            yield f"- **{one.standing.capitalize()}:** {self._words(one.id)}"
            if self.is_member:
                yield from self._noted(one)

    def _noted(self, one: Reviewed) -> Iterator[str]:
        """Yield what each said of a promise, and what was noted of it if none of these says so."""
        said = [f"  - {self._by(each)}: {_value(each)}" for each in self._about(one.id)]
        if one.note is not None and not said:
            yield f"  - {escape_markdown(one.note)}"
        yield from said

    def _about(self, name: str) -> tuple[Response, ...]:
        return tuple(one for one in self.record.responses if one.for_ == name)

    def _pulse(self) -> Iterator[str]:
        for name, one in self.record.pulse.items():
            prompt = escape_markdown(name)
            if isinstance(one, PulseAggregate):
                yield f"- **{prompt}:** {one.mean:g} on average, of {one.answers} answers"
            elif self.is_member:
                given = ", ".join(f"{self._names([who])} {value}" for who, value in one.named.items())
                yield f"- **{prompt}:** {given}"

    def _amended(self) -> Iterator[str]:
        for one in self.record.amendments.values():
            by = f", by {self._names(one.by)}" if one.by and one.action == "add" else ""
            words = escape_markdown(one.text) if one.text is not None else self._words(one.id)
            yield f"- **{_ACTIONS[one.action]}** ({_ELEMENTS.get(one.element, escape_markdown(one.element))}{by}): {words}"
            yield from (f"  - {label}: {text}" for label, text in self._details(one))

    def _details(self, one: Amendment) -> Iterator[tuple[str, str]]:
        if one.known_by is not None:
            yield "Known by", escape_markdown(one.known_by)
        if one.to or one.of:
            yield "To" if one.to else "Asked", self._names(one.to or one.of)
        if one.due is not None:
            yield "Due", one.due.isoformat()
        if one.repeats is not None:
            yield "When", escape_markdown(rhythm_in_words(one.repeats))
        if one.meets:
            yield "Answers", "; ".join(self._words(name) for name in one.meets)

    def _said(self) -> Iterator[str]:
        for one in self.record.responses:
            if one.for_ in self.record.reviewed or not (self.is_member or one.visibility == "public"):
                continue
            about = f" for {self._words(one.for_)}" if one.for_ is not None else ""
            yield f"- **{self._by(one)}, {escape_markdown(one.prompt)}{about}:** {_value(one)}"

    def _by(self, one: Response) -> str:
        return self._names([one.by]) if one.by is not None else "together"


def _value(one: Response) -> str:
    return escape_markdown(value_text(one.answer))
