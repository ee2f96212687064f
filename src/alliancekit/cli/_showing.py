"""How what all may know is shown in the terminal: answers, proposals, and what one says yes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from attrs import evolve

from alliancekit import consent, wire
from alliancekit.cli._console import is_list, is_mapping, tell
from alliancekit.flow import Figure, OnTable, Revelation, value_text
from alliancekit.model import (
    Alliance,
    Channel,
    ChoiceAnswer,
    ChoicesAnswer,
    Clause,
    Commitment,
    Expectation,
    Prompt,
    Review,
    ScaleAnswer,
    ScheduledCheckIn,
)
from alliancekit.values import EMPTY

TITLES: Final[Mapping[str, str]] = {
    "intention": "What it is for",
    "atmosphere": "Atmosphere",
    "values": "Values",
    "success": "Signs that it works",
    "expectations": "What we ask of each other",
    "commitments": "What we give each other",
    "ground_rules": "Ground rules",
    "cadence": "Time and attention",
}
_DETAILS: Final[Mapping[str, str]] = {
    "topic": "about",
    "known_by": "known by",
    "due": "due",
    "repeats": "how often",
    "interval": "every how many",
    "weekdays": "on",
    "nth": "which of them",
    "day": "day of the month",
    "starts": "from",
    "at": "at",
    "timezone": "time zone",
    "minutes": "minutes",
    "where": "where",
    "hours": "hours",
    "reply_within_hours": "hours until a reply",
}

_KINDS: Final[Mapping[type, str]] = {
    ScheduledCheckIn: "A regular check-in",
    Channel: "Between meetings",
    Review: "The review of all of it",
}

_ACTIONS: Final[Mapping[str, str]] = {"add": "", "change": ", in other words", "drop": ", to be dropped"}

Names: TypeAlias = Mapping[str, str]
Agreed: TypeAlias = Clause | ScheduledCheckIn | Channel | Review


def listed(names: Names, who: tuple[str, ...]) -> str:
    """Return names in words: *Ana, Ben and Cem*."""
    *first, last = [names.get(one, one) for one in who] or ["nobody"]
    return f"{', '.join(first)} and {last}" if first else last


def show_answers(one: Revelation, prompts: Mapping[str, Prompt], names: Names, texts: Names = EMPTY) -> None:
    """
    Show the answers of a revealed round, question by question.

    Args:
        one: The round.
        prompts: What was asked, by id.
        names: What people are called, by id.
        texts: What the clauses say that an answer may change or drop, by id.
    """
    asked = ""
    for given in one.answers:
        if given.text != asked:
            asked = given.text
            tell(f"\n{asked}", indent="  ")
            _show_ends(prompts[given.prompt.partition(".")[0]], given.prompt)
        name = names[given.by] if given.by else ("Somebody" if given.is_anonymous else "Together")
        late = " (later)" if given.is_late else " (revised)" if given.is_revised else ""
        prompt = prompts.get(given.prompt)
        lines = ["taken back"] if given.value is None else list(value_lines(given.value, prompt, texts))
        if len(lines) == 1:
            only = lines[0].removeprefix("- ") if is_list(given.value) else lines[0]
            tell(f"{name}{late}: {only}", indent="    ", hang="      ")
        else:
            tell(f"{name}{late}:", indent="    ")
            for each in lines:
                tell(each, indent="      ", hang="        ")
        for each in (part for value in given.earlier for part in value_lines(value, prompt, texts)):
            tell(f"before: {each}", indent="      ", hang="        ")


def show_figures(figures: Iterable[Figure], prompts: Mapping[str, Prompt]) -> None:
    """Show what is told of answers that are not shown one by one."""
    for one in figures:
        answer = prompts[one.prompt].answer
        labels: Names = answer.options if isinstance(answer, ChoiceAnswer | ChoicesAnswer) else EMPTY
        told = [f"{labels.get(name, name)}: {count}" for name, count in (one.counts or {}).items()]
        tell(f"\n{one.text}", indent="  ")
        _show_ends(prompts[one.prompt], one.prompt)
        tell(f"{one.answers} answers; {', '.join(told) or f'on average {one.mean}'}", indent="    ")


def _show_ends(prompt: Prompt, question: str) -> None:
    if isinstance(prompt.answer, ScaleAnswer) and question == prompt.id:
        tell(f"from {ends_of(prompt.answer)}", indent="    ")


def ends_of(scale: ScaleAnswer) -> str:
    """Return the ends of a scale, with what they mean."""
    low, high = scale.low, scale.high
    return f"1 ({low}) to {scale.points} ({high})" if low and high else f"1 to {scale.points}"


def value_lines(value: Any, prompt: Prompt | None, texts: Names = EMPTY) -> Iterator[str]:
    """Yield an answer in words, a line for each clause and for what belongs to it; see `show_answers`."""
    if is_list(value) and value and is_mapping(value[0]):
        for entry in value:
            first, *more = _entry_lines(entry, texts)
            yield f"- {first}"
            yield from (f"  {line}" for line in more)
    elif prompt is not None and isinstance(prompt.answer, ChoiceAnswer | ChoicesAnswer):
        yield _labelled(value, prompt.answer.options)
    else:
        yield value_text(value)


def _entry_lines(entry: Mapping[str, Any], texts: Names) -> Iterator[str]:
    """Yield what somebody wrote of a clause; of one that changes or drops another, that one's words first."""
    if "drops" in entry:
        yield f"drop: {texts.get(entry['drops'], entry['drops'])}"
    elif "changes" in entry:
        yield f"change: {texts.get(entry['changes'], entry['changes'])}"
        if "text" in entry or "purpose" in entry:
            yield f"to: {_heading(entry)}"
    else:
        yield _heading(entry)
    yield from _details(entry)


def _labelled(value: Any, options: Mapping[str, str]) -> str:
    note = value.get("note") if is_mapping(value) else None
    held = value.get("choices", value.get("choice")) if is_mapping(value) else value
    chosen = [str(one) for one in held] if is_list(held) else [str(held)]
    return ", ".join(options.get(one, one) for one in chosen) + (f" ({note})" if note else "")


def show_proposal(one: OnTable, names: Names, place: str, texts: Names) -> None:
    """
    Show a proposal, whom it concerns, and what was said about it.

    Args:
        one: The proposal.
        names: What people are called, by id.
        place: Where it stands among the others.
        texts: What the clauses say that it may answer, by id.
    """
    tell(f"\n{place} {_kind(one.clause) or TITLES[one.element]}{_parties(one, names)}{_ACTIONS[one.action]}")
    if one.action == "drop":
        tell("This would no longer hold:", indent="    ")
    show_clause(one.clause, texts)
    if one.action == "change" and one.was is not None:
        _show_before(one.was, one.clause, texts)
    if one.version > 1:
        tell(f"version {one.version} of at most {one.rounds}", indent="    ")
    for who, reason in one.objections.items():
        tell(f"{names.get(who, who)} objects: {reason}", indent="    ", hang="      ")


def _show_before(was: Any, clause: Any, texts: Names) -> None:
    """Show what a clause said, as far as the one that takes its place says something else."""
    before, after = _lines_of(was, texts), _lines_of(clause, texts)
    lost = [line for line in before if line not in after]
    for number, each in enumerate(lost):
        tell(f"{'before: ' if not number else '        '}{each}", indent="    ", hang="            ")


def _parties(one: OnTable, names: Names) -> str:
    if one.element not in ("expectations", "commitments"):
        return f", from {listed(names, one.by)}" if one.by else ""
    givers = one.clause.by
    whom = (one.clause.of if one.element == "expectations" else one.clause.to) or one.concerns
    others = tuple(who for who in whom if who not in givers) or whom
    return f": {_between(one.element, names, givers, others)}"


def _kind(clause: object) -> str:
    return next((name for cls, name in _KINDS.items() if isinstance(clause, cls)), "")


def _between(element: str, names: Names, by: tuple[str, ...], whom: tuple[str, ...]) -> str:
    return f"{listed(names, by)} {'asks' if element == 'expectations' else 'to'} {listed(names, whom)}"


def show_clause(clause: Any, texts: Names, *, but: str = "") -> None:
    """Show what a clause says, *but* for what was said, what belongs to it, and what it answers, in the words of *texts*."""
    heading, *details = _lines_of(clause, texts)
    if heading != but:
        tell(heading, indent="    ", hang="      ")
    for line in details:
        tell(line, indent="      ", hang="        ")


def _lines_of(clause: Any, texts: Names) -> list[str]:
    plain = {"text": clause} if isinstance(clause, str) else wire.unstructure(clause)
    answered = [f"answers: {texts[one]}" for one in plain.get("meets", ()) if one in texts]
    return [_heading(plain), *_details(plain), *answered]


def in_words(alliance: Alliance, clause: Agreed, names: Names) -> str:
    """Return a clause of *alliance* in one line: between whom, and what it says."""
    said = _heading(wire.unstructure(clause))
    if isinstance(clause, Commitment | Expectation):
        whom = (clause.to if isinstance(clause, Commitment) else clause.of) or alliance.others(*clause.by)
        element = "commitments" if isinstance(clause, Commitment) else "expectations"
        return f"{_between(element, names, clause.by, whom)}: {said}"
    return f"{kind}: {said}" if (kind := _kind(clause)) else said


def _heading(plain: Mapping[str, Any]) -> str:
    way = f"{plain['id']}: " if "purpose" in plain and "id" in plain else ""
    return way + str(plain.get("text") or plain.get("purpose") or plain.get("frequency", "…"))


def _details(plain: Mapping[str, Any]) -> Iterator[str]:
    for key, label in _DETAILS.items():
        if key in plain:
            yield f"{label}: {_words(plain[key])}"


def _words(value: Any) -> str:
    if is_mapping(value):
        return ", ".join(_words(one) for one in value.values())
    return ", ".join(map(str, value)) if is_list(value) else str(value)


def show_agreement(alliance: Alliance, member: str, names: Names, before: Alliance | None = None) -> None:
    """Show what *member* says yes to, and nothing that concerns only others; what was not so *before* is marked."""
    held = {one.id: one for _, one in before.clauses()} if before is not None else {}
    if alliance.intention:
        tell(f"\n{TITLES['intention']}\n  {alliance.intention}")
    texts = {name: one.text for name, one in alliance.expectations.items()}
    last = ""
    for element, one in alliance.clauses():
        if not consent.concerns(alliance, one, member):
            continue
        part = element.partition(".")[0]
        if part != last:
            tell(f"\n{TITLES[part]}")
            last = part
        if before is not None and (mark := _mark(held.get(one.id), one)):
            tell(mark, indent="  ")
        if isinstance(one, Commitment | Expectation):
            whom = (one.to if isinstance(one, Commitment) else one.of) or alliance.others(*one.by)
            tell(f"{_between(part, names, one.by, whom)}:", indent="  ")
        elif kind := _kind(one):
            tell(f"{kind}:", indent="  ")
        show_clause(one, texts)
        if isinstance(one, Expectation) and one.declined_by:
            tell(f"declined by: {listed(names, one.declined_by)}", indent="      ")
    for left in alliance.unresolved.values():
        tell(f"\nNot agreed, and kept as that: {left.text}", hang="  ")
    if before is not None:
        _show_gone(alliance, before, member, names)


def _mark(was: Agreed | None, now: Agreed) -> str:
    """Return what stands above a clause that was not so before; how a promise stands is no part of what is agreed to."""
    if was is None:
        return "* new"
    if isinstance(was, Commitment) and isinstance(now, Commitment):
        was = evolve(was, standing=now.standing)
    return "" if was == now else "* in other words than before"


def _show_gone(alliance: Alliance, before: Alliance, member: str, names: Names) -> None:
    kept = {one.id for _, one in alliance.clauses()}
    gone = (
        [one for _, one in before.clauses() if one.id not in kept and consent.concerns(before, one, member)]
        if member in before.members
        else []
    )
    if gone:
        tell("\nNo longer in it")
    for one in gone:
        tell(in_words(before, one, names), indent="    ", hang="      ")
    new = [name for who, name in names.items() if who in alliance.members and who not in before.members]
    for name in new:
        tell(f"\n{name} is new, and agrees to all of it too.")
