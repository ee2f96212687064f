"""Rules about how the prompts of a bank are worded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Final, TypeAlias

from alliancekit.check._hints import Hints
from alliancekit.check._rule import ERROR, INFO, WARNING, Hit, Rule, Subject
from alliancekit.model import Bank, BankTranslation, ClausesAnswer, Prompt, TextAnswer
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of, shorten

__all__ = ["RULES"]

_MOST_NAMED: Final = 5

Text: TypeAlias = tuple[Pointer, str]


def _is_free(prompt: Prompt) -> bool:
    """Return whether the answer is in the words of whoever gives it: yes, or a point on a scale, is meant where it is asked."""
    return isinstance(prompt.answer, TextAnswer | ClausesAnswer)


def _closed_question(subject: Subject) -> Iterator[Hit]:
    for pointer, prompt, asking in subject.asked:
        if _is_free(prompt) and asking.is_closed:
            hint = "ask what, how or which; or say by answer that yes or no, a choice or a scale is meant"
            yield Hit(pointer=pointer, message="one word answers it", hint=hint)


def _several_questions(subject: Subject) -> Iterator[Hit]:
    from alliancekit.check._words import MOST_SENTENCES

    for pointer, _, asking in subject.asked:
        questions = asking.questions
        if len(questions) > 1:
            first = questions[1]
            said = asking.text[first.start : first.end]
            start = first.start + len(said) - len(said.lstrip())
            span = subject.tree.part(subject.origin(pointer), start, first.end) if subject.tree else None
            count = "many" if len(questions) == MOST_SENTENCES else len(questions)
            message = f"it asks {count} questions"
            hint = "keep the one that you want answered, and make follow-ups or prompts of the others"
            yield Hit(pointer=pointer, message=message, hint=hint, span=span)


def _not_a_question(subject: Subject) -> Iterator[Hit]:
    for pointer, prompt, asking in subject.asked:
        if not _is_free(prompt) or asking.asks:
            continue
        if asking.begins_as_question:
            yield Hit(pointer=pointer, message="it has no question mark", hint="end it with one")
        else:
            hint = "put it as a question, or say what to do: describe, tell, name"
            yield Hit(pointer=pointer, message="it asks for nothing", hint=hint)


def _duplicate_prompt(subject: Subject) -> Iterator[Hit]:
    for finding in subject.beneath:
        if finding.rule == "duplicate-prompt":
            yield Hit(pointer=finding.pointer, message=finding.message, hint=finding.hint)
    from alliancekit.check._words import alike

    bank = subject.bank
    below = _below(subject)
    prompts = [*below.values(), *bank.prompts.values()]
    for pair in alike((one.text for one in prompts), subject.prompt_words):
        later, earlier = prompts[pair.later].id, prompts[pair.earlier].id
        if pair.later >= len(below):
            yield _repeated(
                later, earlier, is_same=pair.is_same, origin=subject.whole_bank if earlier in below else None
            )


def _below(subject: Subject) -> dict[str, Prompt]:
    """Return the prompts that the bank takes from those that it extends."""
    whole, own = subject.whole_bank, subject.bank.prompts
    return (
        {key: one for key, one in whole.prompts.items() if key not in own}
        if whole and whole is not subject.bank
        else {}
    )


def _repeated(later: str, earlier: str, *, is_same: bool, origin: Bank | None) -> Hit:
    where = f" of the bank {origin.origin(earlier)}" if origin else ""
    message = f"it asks {'the same' if is_same else 'nearly the same'} as {earlier}{where}"
    there = () if origin else ((pointer_of("prompts", earlier, "text"), "the first one"),)
    hint = "keep the better one; what only one of them asks can be its follow-up"
    return Hit(pointer=pointer_of("prompts", later, "text"), message=message, hint=hint, related=there)


# --- blanks

_FOR: Final = "for"
_UNFILLED: Final = "people would read it as it is; say it in words that fit everybody, or fill it in"


def _placeholder_in_prompt(subject: Subject) -> Iterator[Hit]:
    match subject.value:
        case Bank() as bank:
            return _in_bank(subject, bank)
        case BankTranslation() as translation:
            return chain(_unequal(subject), _in_translation(subject, translation))
        case _:
            return _unequal(subject)


def _in_bank(subject: Subject, bank: Bank) -> Iterator[Hit]:
    name_problems = _unknown_names(subject)
    for pointer, text in _texts(bank):
        if found := _blanks(text):
            yield _blank(subject, pointer, text, found)
        elif "{" in text:
            yield from name_problems(pointer, text)


def _unequal(subject: Subject) -> Iterator[Hit]:
    for one in subject.beneath:
        if one.rule == "placeholder-in-prompt":
            yield Hit(pointer=one.pointer, message=one.message, hint=one.hint)


def _in_translation(subject: Subject, translation: BankTranslation) -> Iterator[Hit]:
    """Yield the blanks of a translation, but those that it has from what it translates: they are told there."""
    source = subject.source_bank
    there = {pointer for pointer, text in _texts(source) if _blanks(text)} if source else set[Pointer]()
    for pointer, text in _texts(translation):
        if pointer not in there and (found := _blanks(text)):
            yield _blank(subject, pointer, text, found)


def _blanks(text: str) -> list[tuple[int, int]]:
    from alliancekit.check._words import blanks_in

    found = [*blanks_in(text)]
    if "{" in text or "}" in text:
        from alliancekit.flow import stray_braces

        found += stray_braces(text)
    return sorted(found)


def _texts(bank: Bank | BankTranslation) -> Iterator[Text]:
    for key, one in bank.prompts.items():
        yield pointer_of("prompts", key, "text"), one.text
        for index, follow_up in enumerate(one.follow_ups):
            yield pointer_of("prompts", key, "follow_ups", index, "text"), follow_up.text


def _blank(subject: Subject, pointer: Pointer, text: str, found: list[tuple[int, int]]) -> Hit:
    start, end = found[0]
    span = subject.tree.part(subject.origin(pointer), start, end) if subject.tree else None
    names = dict.fromkeys(text[start:end] for start, end in found)
    said = ", ".join(shorten(one) for one in islice(names, _MOST_NAMED))
    if len(names) == 1 and said in ("'{'", "'}'"):
        return Hit(pointer=pointer, message=f"{said} stands alone", hint="double it where it is meant", span=span)
    what = "is a blank" if len(names) == 1 else "are blanks"
    return Hit(pointer=pointer, message=f"{said} {what}", hint=_UNFILLED, span=span)


def _unknown_names(subject: Subject) -> Callable[[Pointer, str], Iterator[Hit]]:
    """Return what says which placeholders name nothing that the bank asks; nothing where nobody knows all that it asks."""
    whole = subject.whole_bank
    if whole is None or subject.broken:
        return lambda _pointer, _text: iter(())
    asked = [*whole.prompts, *(f"{one.id}.{two.id}" for one in whole.prompts.values() for two in one.follow_ups)]
    known = frozenset(asked)
    hints = Hints(known, "double the braces where they are meant")

    def problems(pointer: Pointer, text: str) -> Iterator[Hit]:
        from alliancekit.flow import placeholders

        for name in dict.fromkeys(placeholders(text)):
            if name not in known and name != _FOR:
                start = text.index("{" + name + "}")
                span = (
                    subject.tree.part(subject.origin(pointer), start, start + len(name) + 2) if subject.tree else None
                )
                message = f"the bank asks nothing that is called {shorten(name)}, so nothing fills it in"
                yield Hit(pointer=pointer, message=message, hint=hints.about(name), span=span)

    return problems


RULES: Final = (
    Rule(
        code="duplicate-prompt",
        group="Banks",
        severity=WARNING,
        about="bank",
        find=_duplicate_prompt,
        why="Whoever is asked the same twice answers worse the second time. Two texts are the same in any case, punctuation and spacing; nearly the same, told for languages whose small words are known, with two thirds of the words in common that not every question has. Of two banks below that say different things of one prompt, somebody has to decide.",
        failing="""
            prompts:
              recognition:
                text: How do you like to be thanked for good work?
              thanks:
                text: How do you like to be thanked for good work at the end of the week?
              thanks-again:
                text: how do you like to be thanked for good work
            """,
        passing="""
            prompts:
              recognition:
                text: How do you like to be thanked for good work?
                follow_ups:
                  - id: often
                    text: How often is enough?
              criticism:
                text: How do you like to be told that you could do better?
            """,
        source="A list of 325 questions that many use asks eight of them twice.",
    ),
    Rule(
        code="closed-question",
        group="Banks",
        severity=INFO,
        about="bank",
        find=_closed_question,
        why="Yes ends a talk that what, how and which begin. Where yes or no, a choice or a point on a scale is the answer that you want, say so by `answer`: then it is meant. Told in languages whose questions are known.",
        failing="""
            prompts:
              trust:
                text: Do you trust each other?
            """,
        passing="""
            prompts:
              trust:
                text: What would let you trust each other more?
              pace:
                text: Is the pace right for you?
                answer:
                  kind: yes-no
            """,
        source="Coaching asks open questions; one in eleven of 325 questions for one-to-ones is closed.",
    ),
    Rule(
        code="several-questions",
        group="Banks",
        severity=INFO,
        about="bank",
        find=_several_questions,
        why="Of several questions in one people answer the last, and nobody can say what became of the others. A why after the question, a remark in brackets and what one or two words add are no questions of their own.",
        failing="""
            prompts:
              meetings:
                text: What do you get out of our meetings? What would you change about them?
            """,
        passing="""
            prompts:
              meetings:
                text: What do you get out of our meetings? Why?
                follow_ups:
                  - id: change
                    text: What would you change about them?
            """,
        source="One in five of 325 questions for one-to-ones asks several things.",
    ),
    Rule(
        code="placeholder-in-prompt",
        group="Banks",
        severity=ERROR,
        about=("bank", "bank-translation", "flow-translation"),
        find=_placeholder_in_prompt,
        why="Everybody reads the same text, and nobody fills in `[name]`, `<project>`, X, `___` or TBD before. What a flow can fill in is `{prompt}`, `{prompt.follow-up}` and `{for}`; a brace that is meant is doubled. A translation has the same ones as what it translates.",
        failing="""
            prompts:
              project:
                text: What worries you about [project]?
            """,
        passing="""
            prompts:
              project:
                text: What are you working on?
              worries:
                text: What worries you about {project}?
            """,
        source="A dozen of 325 questions for one-to-ones have a blank.",
    ),
    Rule(
        code="not-a-question",
        group="Banks",
        severity=INFO,
        about="bank",
        find=_not_a_question,
        why="A prompt is a question, or says what to do: describe, tell me about. To a statement nobody knows what to answer, unless the answer is a choice or a point on a scale. Told in languages whose requests are known.",
        failing="""
            prompts:
              feedback:
                text: Feedback on our meetings
            """,
        passing="""
            prompts:
              feedback:
                text: What would make our meetings better?
              story:
                text: Tell a story of a meeting that you enjoyed.
            """,
        source="Question lists that were copied from notes have headings among the questions.",
    ),
)
