"""Rules about names: whom and what a clause refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from alliancekit import library
from alliancekit.check import _fixes
from alliancekit.check._hints import Hints
from alliancekit.check._rule import ERROR, TEXT_ELEMENTS, WARNING, Hit, Rule, Subject
from alliancekit.check._rules._across import unknown_member
from alliancekit.errors import AllianceKitError
from alliancekit.model import EVERYONE, Bank, Clause
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of, shorten, tokens_of

__all__ = ["RULES"]

_WITH_CLAUSES: Final = (*TEXT_ELEMENTS, "cadence", "cadence/check_ins", "cadence/channels")
_PARTS: Final = ("by", "to", "of", "declined_by")


def _unknown_member(subject: Subject) -> Iterator[Hit]:
    known = subject.member_ids
    hints = Hints(known)
    for pointer, name in () if subject.is_lost("members") else _named_members(subject):
        if name not in known and name != EVERYONE:
            yield Hit(pointer=pointer, message=f"no member is named {shorten(name)}", hint=hints.about(name))


def _named_members(subject: Subject) -> Iterator[tuple[Pointer, str]]:
    """Yield every place that names a member, but the ratifications: those have a rule of their own."""
    alliance = subject.alliance
    for element in ("expectations", "concerns", "commitments"):
        for key, one in getattr(alliance, element).items():
            for part in _PARTS:
                if names := getattr(one, part, ()):
                    yield from _entries(pointer_of(element, key, part), names)
    yield from _entries("/steward", alliance.steward)
    for index, response in enumerate(alliance.responses):
        if response.by is not None:
            yield pointer_of("responses", index, "by"), response.by
    for key, open_one in alliance.unresolved.items():
        for name in open_one.objections:
            yield pointer_of("unresolved", key, "objections", name), name
    for key, waiver in alliance.waivers.items():
        yield from _entries(pointer_of("waivers", key, "members"), waiver.members)


def _entries(pointer: Pointer, names: tuple[str, ...]) -> Iterator[tuple[Pointer, str]]:
    for index, name in enumerate(names):
        yield f"{pointer}/{index}", name


def _unknown_clause(subject: Subject) -> Iterator[Hit]:
    asked, clauses = subject.clause_ids("expectations"), subject.all_clause_ids()
    met, waived = (
        Hints(asked, "meets names an expectation"),
        Hints(clauses, "a waiver names a clause; the review's is review"),
    )
    for key, one in () if subject.is_lost("expectations") else subject.alliance.commitments.items():
        for index, name in enumerate(one.meets):
            if name not in asked:
                what = "is no expectation" if name in clauses else "is no clause here"
                pointer = pointer_of("commitments", key, "meets", index)
                yield Hit(pointer=pointer, message=f"{shorten(name)} {what}", hint=met.about(name))
    for key, waiver in () if subject.is_lost(*_WITH_CLAUSES) else subject.alliance.waivers.items():
        if waiver.clause not in clauses:
            pointer = pointer_of("waivers", key, "clause")
            message = f"{shorten(waiver.clause)} is no clause here"
            yield Hit(pointer=pointer, message=message, hint=waived.about(waiver.clause))


_CHECK_IN: Final = "check-in"


def _unknown_prompt(subject: Subject) -> Iterator[Hit]:
    if subject.kind == "bank":
        return _unknown_prompt_of_bank(subject)
    if subject.kind == "bank-translation":
        return _unknown_prompt_of_translation(subject)
    return _unknown_prompt_of_alliance(subject)


def _unknown_prompt_of_translation(subject: Subject) -> Iterator[Hit]:
    for one in subject.beneath:
        if one.rule == "unknown-prompt":
            yield Hit(pointer=one.pointer, message=one.message, hint=one.hint, on_key=True)


def _unknown_prompt_of_bank(subject: Subject) -> Iterator[Hit]:
    for one in () if subject.is_lost("prompts", "extends", "remove") else subject.beneath:
        if one.rule == "unknown-prompt" and _prompt_named(subject.bank, one.pointer) not in subject.prompt_ids():
            yield Hit(pointer=one.pointer, message=one.message, hint=one.hint)


def _prompt_named(bank: Bank, pointer: Pointer) -> str:
    match tokens_of(pointer):
        case ["sections", section, "prompts", index]:
            return bank.sections[int(section)].prompts[int(index)]
        case _:
            return ""


def _unknown_prompt_of_alliance(subject: Subject) -> Iterator[Hit]:
    named = list(_named_prompts(subject))
    bank = subject.alliance.made_with and subject.alliance.made_with.bank
    known = _prompts(bank) if named and bank else None
    if known is None:
        return
    known |= library.prompt_ids(_CHECK_IN)  # what was agreed since comes from the questions of check-ins
    hints = Hints(known, "")
    for pointer, name in named:
        if name not in known:
            yield Hit(pointer=pointer, message=f"the bank {bank} has no prompt {shorten(name)}", hint=hints.about(name))


def _prompts(bank: str) -> frozenset[str] | None:
    """Return the prompts of a bank and their follow-ups; None where it is not at hand."""
    try:
        return library.prompt_ids(bank)
    except AllianceKitError:
        return None


def _named_prompts(subject: Subject) -> Iterator[tuple[Pointer, str]]:
    for element in (*TEXT_ELEMENTS, "concerns"):
        for key, one in getattr(subject.alliance, element).items():
            yield from _entries(pointer_of(element, key, "source_prompts"), one.source_prompts)
    for index, response in enumerate(subject.alliance.responses):
        yield pointer_of("responses", index, "prompt"), response.prompt


def _duplicate_clause(subject: Subject) -> Iterator[Hit]:
    for element in TEXT_ELEMENTS:
        held: Mapping[str, Clause] = getattr(subject.alliance, element)
        first: dict[object, str] = {}
        for key, one in held.items():
            earlier = first.setdefault(_says(one), key)
            if earlier != key:
                there = ((pointer_of(element, earlier), "the first one"),)
                message = f"{key} says the same as {earlier}"
                yield Hit(
                    pointer=pointer_of(element, key),
                    message=message,
                    hint="keep one of them",
                    on_key=True,
                    related=there,
                )


def _says(clause: Clause) -> object:
    people = tuple(tuple(sorted(getattr(clause, part, ()))) for part in ("by", "to", "of"))
    return people, " ".join(clause.text.casefold().split()).rstrip(".!")


def _self_commitment(subject: Subject) -> Iterator[Hit]:
    for key, one in subject.alliance.commitments.items():
        if len(one.by) == 1 and one.by == one.to and one.by != (EVERYONE,):
            message = f"{one.by[0]} gives this to nobody but {one.by[0]}"
            hint = "name in `to` whom it is given to, or leave `to` out"
            yield Hit(pointer=pointer_of("commitments", key, "to"), message=message, hint=hint)


RULES: Final = (
    Rule(
        code="unknown-member",
        group="References",
        severity=ERROR,
        fix=_fixes.unknown_name,
        find=_unknown_member,
        across=unknown_member,
        why="A clause that names nobody binds nobody. Most often it is a slip of the pen, and then one of two people believes in a promise that the other never gave.",
        failing="""
            commitments:
              flag-slips:
                by: [bne]
                to: [ana]
                text: Say it the same day when a date moves.
            """,
        passing="""
            commitments:
              flag-slips:
                by: [ben]
                to: [ana]
                text: Say it the same day when a date moves.
            """,
        source="The documents of real teams spell one name in two ways.",
    ),
    Rule(
        code="unknown-clause",
        group="References",
        severity=ERROR,
        fix=_fixes.unknown_name,
        find=_unknown_clause,
        why="`meets` answers an expectation, and a waiver lifts a clause. Where no such clause exists, a request looks unanswered or an exemption exempts from nothing.",
        failing="""
            commitments:
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
            waivers:
              on-call:
                clause: flag-slipps
                members: [ben]
                reason: On call that week.
            """,
        passing="""
            commitments:
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
            waivers:
              on-call:
                clause: flag-slips
                members: [ben]
                reason: On call that week.
            """,
        source="Practice: an exemption is published with what it exempts from.",
    ),
    Rule(
        code="unknown-prompt",
        group="References",
        severity=WARNING,
        about=("alliance", "bank", "bank-translation"),
        fix=_fixes.unknown_name,
        find=_unknown_prompt,
        why="The prompts that a clause came from show whose question it answers. A prompt that the bank does not have shows nothing. Nor does one that a section of a bank names, that it removes, or that its translation has, where there is none.",
        failing="""
            made_with:
              bank: one-to-one
            responses:
              - prompt: trusst
                by: ana
                answer: Tell me early.
            """,
        passing="""
            made_with:
              bank: one-to-one
            responses:
              - prompt: trust
                by: ana
                answer: Tell me early.
            """,
        source="The provenance of clauses.",
    ),
    Rule(
        code="duplicate-clause",
        group="References",
        severity=WARNING,
        fix=_fixes.duplicate_clause,
        find=_duplicate_clause,
        why="Two clauses that say the same drift apart when one of them is changed.",
        failing="""
            ground_rules:
              cool-off:
                topic: conflict
                text: Voices rise, and we stop until the next day.
              calm:
                topic: conflict
                text: voices rise, and we stop until the next day
            """,
        passing="""
            ground_rules:
              cool-off:
                topic: conflict
                text: Voices rise, and we stop until the next day.
            """,
        source="Contract tools look for repeated clauses too.",
    ),
    Rule(
        code="self-commitment",
        group="References",
        severity=WARNING,
        fix=_fixes.self_commitment,
        find=_self_commitment,
        why="A commitment is what someone gives to somebody else. A promise to oneself is a plan, and nobody else can count on it.",
        failing="""
            commitments:
              read-more:
                by: [ana]
                to: [ana]
                text: Read one paper a week.
            """,
        passing="""
            commitments:
              read-more:
                by: [ana]
                to: [ben]
                text: Send notes on one paper every Friday.
            """,
        source="What members can count on from each other.",
    ),
    Rule(
        code="to-nobody",
        group="References",
        severity=ERROR,
        fix=_fixes.to_nobody,
        hint="name somebody; to and of may be left out, and then mean the other of two, or everyone in a team",
        why="An empty list says that nobody gives it or nobody gets it. Left out, `to` and `of` mean the other of two, or everyone in a team.",
        failing="""
            commitments:
              flag-slips:
                by: [ben]
                to: []
                text: Say it the same day when a date moves.
            """,
        passing="""
            commitments:
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
            """,
        source="A commitment says by whom and to whom.",
    ),
)
