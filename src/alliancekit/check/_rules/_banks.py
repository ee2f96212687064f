"""Rules about banks as a whole, what they build on, and their translations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancekit.check import _fixes
from alliancekit.check._rule import ERROR, INFO, WARNING, Hit, Rule, Subject
from alliancekit.findings import Finding
from alliancekit.model import ChoiceAnswer, ChoicesAnswer, ScaleAnswer
from alliancekit.values import pointer_of

__all__ = ["RULES"]

# As many as people keep in mind are one section by themselves.
_MOST_WITHOUT_SECTION: Final = 7


def _no_section(subject: Subject) -> Iterator[Hit]:
    whole = subject.whole_bank
    if whole is None or subject.is_broken("/sections"):
        return
    own = subject.bank.prompts
    if not whole.sections:
        if len(own) > _MOST_WITHOUT_SECTION:
            message = f"{len(own)} prompts are in no section"
            yield Hit(pointer="/prompts", message=message, hint="put them into sections, in their order", on_key=True)
        return
    placed = {name for section in whole.sections for name in section.prompts}
    for name in own:
        if name not in placed:
            hint = "name it under prompts of a section; sections say in which order people are asked"
            yield Hit(pointer=pointer_of("prompts", name), message=f"{name} is in no section", hint=hint, on_key=True)


def _scale_without_polarity(subject: Subject) -> Iterator[Hit]:
    for name, one in subject.bank.prompts.items():
        if isinstance(one.answer, ScaleAnswer) and one.answer.polarity is None:
            yield Hit(
                pointer=pointer_of("prompts", name, "answer"),
                message="nothing says which end of the scale is the good one",
                hint="add polarity: positive, where more is better, or negative, where less is",
                on_key=True,
            )


def _options_missing(subject: Subject) -> Iterator[Hit]:
    for name, one in subject.bank.prompts.items():
        match one.answer:
            case ChoiceAnswer(options=options, note=note) if len(options) < (1 if note else 2):
                what = "there is only one option to choose" if options else "there is nothing to choose from"
            case ChoicesAnswer(options=options) if not options:
                what = "there is nothing to choose from"
            case _:
                continue
        hint = "add options: the id of each with what people read"
        yield Hit(pointer=pointer_of("prompts", name, "answer"), message=what, hint=hint, on_key=True)


def _bank_without_licence(subject: Subject) -> Iterator[Hit]:
    if subject.bank.licence is None:
        hint = "add licence, for example MIT or CC-BY-4.0; for nobody but you, say so in words"
        yield Hit(pointer="/licence", message="nothing says who may use this bank", hint=hint)


def _unknown_base(subject: Subject) -> Iterator[Hit]:
    return (_hit(one) for one in subject.beneath if one.rule == "unknown-base")


def _stale_translation(subject: Subject) -> Iterator[Hit]:
    return (_hit(one) for one in subject.beneath if one.rule == "stale-translation")


def _missing_translation(subject: Subject) -> Iterator[Hit]:
    return (_hit(one) for one in subject.beneath if one.rule == "missing-translation")


def _hit(one: Finding) -> Hit:
    return Hit(pointer=one.pointer, message=one.message, hint=one.hint, on_key=one.on_key)


RULES: Final = (
    Rule(
        code="no-section",
        group="Banks",
        severity=INFO,
        about="bank",
        find=_no_section,
        why="Sections say in which order people are asked, and give a translator, a page and a form their headings. A bank of up to seven prompts needs none. A prompt that the bank takes from another one's place keeps that place.",
        failing="""
            sections:
              - id: work
                title: Work
                prompts:
                  - hope
            prompts:
              hope:
                text: What do you hope for?
              worry:
                text: What worries you?
            """,
        passing="""
            sections:
              - id: work
                title: Work
                prompts:
                  - hope
                  - worry
            prompts:
              hope:
                text: What do you hope for?
              worry:
                text: What worries you?
            """,
        source="The lists that people share are sorted by topic; those that are not get a topic as their first issue.",
    ),
    Rule(
        code="scale-without-polarity",
        group="Banks",
        severity=ERROR,
        about="bank",
        find=_scale_without_polarity,
        why="Whether 5 of 5 is good or bad is nowhere in the number. Without it a mean, a trend and a comparison may say the opposite of what people said.",
        failing="""
            prompts:
              mistakes:
                text: How far is a mistake held against you here?
                answer:
                  kind: scale
                  points: 5
            """,
        passing="""
            prompts:
              mistakes:
                text: How far is a mistake held against you here?
                answer:
                  kind: scale
                  points: 5
                  low: Not at all
                  high: Very much
                  polarity: negative
            """,
        source="The first item of the best-known scale of psychological safety is printed both ways.",
    ),
    Rule(
        code="options-missing",
        group="Banks",
        severity=ERROR,
        about="bank",
        find=_options_missing,
        why="A choice without options can be answered by nobody, and one with a single option is none, unless a note may be written instead.",
        failing="""
            prompts:
              rhythm:
                text: How often do you want to meet?
                answer:
                  kind: choice
            """,
        passing="""
            prompts:
              rhythm:
                text: How often do you want to meet?
                answer:
                  kind: choice
                  options:
                    weekly: Every week
                    monthly: Every month
            """,
        source="Plain sense.",
    ),
    Rule(
        code="unknown-base",
        group="Banks",
        severity=ERROR,
        about=("bank", "bank-translation", "flow-translation"),
        find=_unknown_base,
        fix=_fixes.unknown_name,
        why="A bank stands on those that it `extends`, as a translation does on what it `translates`: they are beside it, built in, or in a package that is installed. Where one is missing, cannot be read or builds on itself, nobody knows what is asked.",
        failing="""
            extends:
              - one-to-on
            """,
        passing="""
            extends:
              - one-to-one
            """,
        source="Configurations that extend each other end in circles.",
    ),
    Rule(
        code="missing-translation",
        group="Banks",
        severity=WARNING,
        about=("bank-translation", "flow-translation"),
        find=_missing_translation,
        needs=("prompts", "sections", "steps"),
        why="Whoever reads in this language would be asked half of it in another. Prompts, options, ends of scales, follow-ups, titles and what a flow says are compared with what is translated, which is beside it or at hand. What a wider language has, `pt` under `pt-BR`, is not missing.",
        failing="""
            # questions.bank.yaml
            id: questions
            prompts:
              hope:
                text: What do you hope for?
              worry:
                text: What worries you?
            # questions.pt.bank.yaml
            translates: questions
            title: Perguntas para dois
            source: "sha256:0c9f2fd9988035c4d897ac99421bd08a438c4c273e0d215db591ec9954de8d0b"
            prompts:
              hope:
                text: O que esperas?
                source: "sha256:692421ec3940ed8fe359629ed55b1fe2c5451bea6bf25f26e746111ece658eeb"
            """,
        passing="""
            # questions.bank.yaml
            id: questions
            prompts:
              hope:
                text: What do you hope for?
              worry:
                text: What worries you?
            # questions.pt.bank.yaml
            translates: questions
            title: Perguntas para dois
            source: "sha256:0c9f2fd9988035c4d897ac99421bd08a438c4c273e0d215db591ec9954de8d0b"
            prompts:
              hope:
                text: O que esperas?
                source: "sha256:692421ec3940ed8fe359629ed55b1fe2c5451bea6bf25f26e746111ece658eeb"
              worry:
                text: O que te preocupa?
                source: "sha256:e4bd2b2f67c21b9c2a232b236d13cca8af44d4768852d8fbdd4288c959fdb89b"
            """,
        source="Lists of questions are translated once, and grow in the language that they began in.",
    ),
    Rule(
        code="stale-translation",
        group="Banks",
        severity=WARNING,
        about=("bank-translation", "flow-translation"),
        find=_stale_translation,
        why="A question was changed and its translation was not, so people in two languages answer two questions. Each entry carries, as `source`, a digest of what was translated: `alliancekit banks stamp FILE` writes it. An entry without one cannot be watched.",
        failing="""
            # questions.bank.yaml
            id: questions
            prompts:
              hope:
                text: What do you hope for in the next year?
            # questions.pt.bank.yaml
            translates: questions
            title: Perguntas para dois
            source: "sha256:0c9f2fd9988035c4d897ac99421bd08a438c4c273e0d215db591ec9954de8d0b"
            prompts:
              hope:
                text: O que esperas?
                source: "sha256:692421ec3940ed8fe359629ed55b1fe2c5451bea6bf25f26e746111ece658eeb"
            """,
        passing="""
            # questions.bank.yaml
            id: questions
            prompts:
              hope:
                text: What do you hope for?
            # questions.pt.bank.yaml
            translates: questions
            title: Perguntas para dois
            source: "sha256:0c9f2fd9988035c4d897ac99421bd08a438c4c273e0d215db591ec9954de8d0b"
            prompts:
              hope:
                text: O que esperas?
                source: "sha256:692421ec3940ed8fe359629ed55b1fe2c5451bea6bf25f26e746111ece658eeb"
            """,
        source="Translations of software carry what they were made from for the same reason.",
    ),
    Rule(
        code="bank-without-licence",
        group="Banks",
        severity=INFO,
        about="bank",
        find=_bank_without_licence,
        why="Who finds a bank wants to use it, and may not without a licence. A translation has that of its bank.",
        failing="""
            # no licence
            title: Questions for two
            """,
        passing="""
            title: Questions for two
            licence: CC-BY-4.0
            """,
        source="Half of the public lists of questions say nothing.",
    ),
)
