"""What somebody who acts at random does with what they are shown; all chance is that of one `random.Random`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from alliancekit.flow._requests import (
    Accept,
    Answer,
    AnyRequest,
    Erase,
    Pass,
    Propose,
    Ratify,
    Reopen,
    Reveal,
    Submit,
    Withdraw,
)
from alliancekit.flow._task import OnTable, Task
from alliancekit.flow._view import View
from alliancekit.typing import Json

__all__ = ["Hand", "made_for"]

_WORDS: Final = ("We", "say", "it", "early", "plainly", "and", "twice", "before", "lunch", "or", "never")
_PATTERNS: Final[Mapping[str, str]] = {
    "^[0-9]{2}:[0-9]{2}$": "09:30",
    "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$": "Europe/Lisbon",
}
_DAY: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_ANY_TEXT: Final = "[^ \\t\\n\\r]"
_START: Final = date(2026, 1, 1)


def made_for(schema: Mapping[str, Any], chance: Random, members: Sequence[str]) -> Any:
    """Return plain data that *schema* describes, as the schemas of tasks are built."""
    return _made(schema, schema.get("$defs", {}), chance, members)


def _made(schema: Mapping[str, Any], defs: Mapping[str, Any], chance: Random, members: Sequence[str]) -> Any:
    if "$ref" in schema:
        return _made(defs[schema["$ref"].rpartition("/")[2]], defs, chance, members)
    for key in ("oneOf", "anyOf"):
        if key in schema:
            return _made(chance.choice(schema[key]), defs, chance, members)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return chance.choice(schema["enum"])
    match schema["type"]:
        case "object":
            return _object(schema, defs, chance, members)
        case "array":
            several = [_made(schema["items"], defs, chance, members) for _ in range(chance.choice((1, 1, 2)))]
            return [one for index, one in enumerate(several) if one not in several[:index]]
        case "boolean":
            return chance.random() < 0.5
        case "integer":
            return chance.randint(schema.get("minimum", 0), schema.get("maximum", 9))
        case "number":
            return chance.randint(int(schema.get("minimum", 0)), int(schema.get("maximum", 9)))
        case _:
            return _text(schema.get("pattern", _ANY_TEXT), chance)


def _object(schema: Mapping[str, Any], defs: Mapping[str, Any], chance: Random, members: Sequence[str]) -> Any:
    required = schema.get("required", ())
    found: dict[str, Any] = {}
    for name, part in schema["properties"].items():
        if name in required or chance.random() < _OFTEN.get(name, _SELDOM):
            found[name] = (
                chance.sample(members, chance.randint(1, len(members)))
                if name in ("to", "of")
                else _made(part, defs, chance, members)
            )
    return found


_SELDOM: Final = 0.05
_OFTEN: Final[Mapping[str, float]] = {"known_by": 0.5, "to": 0.2, "of": 0.2, "note": 0.4, "id": 0.3, "topic": 0.5}


def _text(pattern: str, chance: Random) -> str:
    if pattern == _DAY:
        return str(_START + timedelta(days=chance.randrange(700)))
    if pattern in _PATTERNS:
        return _PATTERNS[pattern]
    if pattern == _ANY_TEXT:
        return " ".join(chance.choices(_WORDS, k=chance.randint(1, 6)))
    return f"{chance.choice(('early', 'calm', 'draft', 'walk'))}-{chance.randrange(1000)}"


class Hand:
    """
    Makes the requests of one member, at random, out of their view.

    Attributes:
        who: The member.
        whims: How often they will still do what nothing asks of them.
    """

    def __init__(self, who: str, chance: Random, whims: int) -> None:
        self.who, self.whims = who, whims
        self._chance, self._count = chance, 0
        self._tried: dict[str, int] = {}
        self._answered: list[tuple[str, str | None]] = []

    def stamp(self, at: datetime) -> dict[str, Any]:
        """Return what every request of theirs has: whose it is, when, and an id that no other one has."""
        self._count += 1
        return {"by": self.who, "id": f"{self.who}-{self._count}", "at": at}

    def turn(self, view: View, members: Sequence[str], at: datetime) -> list[AnyRequest]:
        """Return what they do now, which may be nothing."""
        if self.whims > 0 and self._chance.random() < 0.3:
            self.whims -= 1
            made = self._whim(view, members, at)
            return [made] if made is not None else []
        must = [task for task in view.tasks if not task.is_optional]
        if must:
            several = self._chance.sample(must, self._chance.randint(1, len(must)))
            return [made for task in several for made in self._duty(task, members, at)]
        free = [task for task in view.tasks if task.kind == "reveal"]
        free = free or [task for task in view.tasks if self._tried.get(task.id, 0) == 0]
        return [made for task in free[:1] for made in self._duty(task, members, at)]

    def unsuitable(self, view: View, steps: Sequence[str], prompts: Sequence[str], at: datetime) -> AnyRequest:
        """Return something that a host with a fault, or somebody in the wrong place, could send."""
        chance, stamp = self._chance, self.stamp(at)
        step, prompt = chance.choice(steps), chance.choice(prompts)
        clause = chance.choice([*(one.id for one in view.table), "nothing"])
        made: tuple[AnyRequest, ...] = (
            Answer(**stamp, prompt=prompt, value={"wrong": [1, True]}),
            Answer(**stamp, prompt=f"{prompt}.nothing", value="Words."),
            Answer(by="stranger", id=stamp["id"], at=at, prompt=prompt, value="Words."),
            Pass(**stamp, prompt=prompt, for_="nothing"),
            Submit(**stamp, step=step),
            Withdraw(**stamp, step=step),
            Reveal(**stamp, step=step),
            Ratify(**stamp, step=step),
            Reopen(**stamp, step=step),
            Accept(**stamp, clause=clause),
            Propose(**stamp, element="commitments", value="no clause"),
        )
        return chance.choice(made)

    def _duty(self, task: Task, members: Sequence[str], at: datetime) -> Iterator[AnyRequest]:
        name = self.stamp(at)["id"]
        tries = self._tried[task.id] = self._tried.get(task.id, 0) + 1
        match task.kind:
            case "answer":
                # Whoever was refused again and again lets it be.
                if tries > 3 or self._chance.random() < 0.2:
                    yield task.pass_(at=at, id=name, reason=self._chance.choice((None, "Not today.")))
                else:
                    yield from self._answers(task, members, at, name)
            case "submit":
                yield task.submit(at=at, id=name)
            case "respond":
                yield self._word(task, at, name)
            case "ratify":
                yield task.ratify(at=at, id=name)
            case "reveal":
                yield task.reveal(at=at, id=name)
            case "withdraw":
                yield task.withdraw(at=at, id=name)
            case "reopen":
                yield task.reopen(at=at, id=name)

    def _answers(self, task: Task, members: Sequence[str], at: datetime, name: str) -> Iterator[AnyRequest]:
        assert task.prompt is not None
        assert task.schema is not None
        share = task.prompt.visibility == "private" and self._chance.random() < 0.5
        self._answered.append((task.about, task.for_))
        yield task.answer(made_for(task.schema, self._chance, members), at=at, id=name, share=share)
        for one in task.prompt.follow_ups:
            if self._chance.random() < 0.5:
                text = _text(_ANY_TEXT, self._chance)
                yield task.answer(text, at=at, id=self.stamp(at)["id"], follow_up=one.id, share=share)

    def _word(self, task: Task, at: datetime, name: str) -> AnyRequest:
        chosen = self._chance.choice(("accept", "accept", "accept", *task.may))
        if chosen == "object":
            return task.object("It asks too much.", at=at, id=name)
        found: AnyRequest = getattr(task, chosen)(at=at, id=name)
        return found

    def _whim(self, view: View, members: Sequence[str], at: datetime) -> AnyRequest | None:
        made = [*self._second_thoughts(view, members, at), *self._proposals(view, members, at)]
        if self._answered:
            prompt, for_ = self._chance.choice(self._answered)
            reached = [*(one.step for one in view.revealed), *(one.step for one in view.tasks)]
            step = self._chance.choice(reached or [prompt])
            made += [Erase(**self.stamp(at), prompt=prompt, for_=for_), Reopen(**self.stamp(at), step=step)]
        return self._chance.choice(made) if made else None

    def _second_thoughts(self, view: View, members: Sequence[str], at: datetime) -> Iterable[AnyRequest]:
        for task in view.changeable:
            if task.kind == "answer":
                yield task.clear(at=at, id=self.stamp(at)["id"])
            yield from [*self._duty(task, members, at)][:1]

    def _proposals(self, view: View, members: Sequence[str], at: datetime) -> Iterable[AnyRequest]:
        for task in view.tasks:
            if task.kind == "submit" and task.elements:
                element = self._chance.choice(task.elements)
                yield self._proposal(task, element, members, at)
                for item in view.table:
                    if item.outcome == "open" and self.who in item.concerns:
                        yield self._proposal(task, item.element, members, at, item)

    def _proposal(
        self, task: Task, element: str, members: Sequence[str], at: datetime, other: OnTable | None = None
    ) -> AnyRequest:
        schemas = (task.schema or {})["oneOf"]
        schema = next(one["properties"]["value"] for one in schemas if one["properties"]["propose"]["const"] == element)
        value: Json = made_for(schema, self._chance, members)
        if other is not None and isinstance(value, dict):
            value = {**value, "id": other.id}
        return task.propose(element, value, at=at, id=self.stamp(at)["id"])
