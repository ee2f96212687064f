"""From a draft to a bank and its translations: languages, ids, sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, Final, final

from attrs import evolve, field, frozen

from alliancekit.documents import to_plain
from alliancekit.errors import DocumentError
from alliancekit.findings import Finding, Position, Span
from alliancekit.intake._questions._draft import PLAIN, Choice, Draft, Entry, SectionDraft, Words
from alliancekit.intake._questions._ids import Ids, is_id, slug
from alliancekit.intake._questions._kinds import made_answer, named
from alliancekit.intake._questions._sound import cleaned, flaw, sound, written
from alliancekit.intake._report import Imported, aside
from alliancekit.limits import LIMITS
from alliancekit.model import (
    Bank,
    BankTranslation,
    FollowUp,
    Prompt,
    PromptTranslation,
    Section,
    SectionTranslation,
    TextAnswer,
)
from alliancekit.shapes import many
from alliancekit.values import FrozenMap, is_list, is_mapping

__all__ = ["ImportedBank", "build"]

_KINDS: Final = ("one-to-one", "team")
_NO_LANGUAGE: Final = (
    "is not said, so the rules of check read it as English: say it with language=… (--language) where it is another"
)


@final
@frozen(kw_only=True)
class ImportedBank(Imported):
    """
    A list of questions as a bank, and what is to be said about it.

    Attributes:
        bank: The bank; what was kept aside stands in it under ``x-kept``, so that its file alone loses nothing.
        translations: The words of other languages that the list had.
        notes: What was understood how, by line.
        kept: What could not be placed, by line, verbatim.

    .. versionadded:: 0.1
    """

    bank: Bank
    translations: tuple[BankTranslation, ...] = field(default=(), converter=many)


def build(draft: Draft, name: str, language: str | None) -> ImportedBank:
    """
    Return the bank of *draft*.

    Args:
        draft: What a reader made of a list.
        name: What the list is called, where it does not say so itself.
        language: The language that it is written in, where it does not say so itself.

    Raises:
        DocumentError: It has more questions than a bank may.
    """
    if len(draft.entries) > LIMITS.keys:
        raise DocumentError((_too_many(draft.entries),))
    building = _Building(draft, language)
    bank = building.bank(name)
    translations = tuple(building.translations(bank))
    notes, kept = draft.notes(), tuple(sorted(draft.kept))
    whole = evolve(bank, extra={**bank.extra, **aside(map(written, kept))})
    _check_size(whole)
    return ImportedBank(bank=whole, translations=translations, notes=notes, kept=kept)


def _too_many(entries: list[Entry]) -> Finding:
    message = f"the list has {len(entries):,} questions; the limit of a bank is {LIMITS.keys:,}"
    place = Position(entries[LIMITS.keys].line, 1)
    return Finding(rule="limit", message=message, hint="split it into several lists", span=Span(place, place))


def _check_size(bank: Bank) -> None:
    """Raise where no reader would take the file of *bank*."""
    count = _parts(to_plain(bank))
    if count > LIMITS.nodes:
        message = f"the bank would have {count:,} parts; the limit of a document is {LIMITS.nodes:,}"
        raise DocumentError((Finding(rule="limit", message=message, hint="split the list, or take columns out of it"),))


def _parts(value: Any) -> int:
    if is_mapping(value):
        return 1 + len(value) + sum(map(_parts, value.values()))
    return 1 + (sum(map(_parts, value)) if is_list(value) else 0)


def _main_language(draft: Draft, language: str | None, entries: list[Entry]) -> str:
    """Return the language of the bank; empty where nobody says it."""
    if language or draft.language:
        return language or draft.language
    counts = Counter(tag for one in entries for tag in one.text)
    # Beside texts of a language those without one are in another.
    beside = any(PLAIN in one.text and len(one.text) > 1 for one in entries)
    if not counts or beside or counts[PLAIN] > max((counts[tag] for tag in counts if tag), default=0):
        return ""
    listed = [tag for tag in draft.languages if counts[tag]]
    most = max(counts[tag] for tag in counts if tag)
    return listed[0] if listed else next(tag for tag in counts if tag and counts[tag] == most)


@final
class _Building:
    """The parts of one bank, in the order in which they depend on each other."""

    def __init__(self, draft: Draft, language: str | None) -> None:
        self.draft = draft
        found = (sound(one, draft) for one in draft.entries)
        self.entries = [one for one in found if one is not None]
        self.main = _main_language(draft, language, self.entries)
        if not self.main:
            draft.note(1, "the language", _NO_LANGUAGE)
        self.ids = list(self._ids())
        self.options = [named(one.answer.options, "option", self._read) for one in self.entries]
        self.follow_ups = [named(one.follow_ups, "follow-up", self._read) for one in self.entries]
        self.sections = list(self._sections())

    def _read(self, words: Words) -> str:
        """Return words in the language of the bank; where there are none, in the first that there is."""
        return words.get(PLAIN) or words.get(self.main) or next(iter(words.values()), "")

    def _beside(self, words: Words, text: Words) -> str:
        """Return words of the language in which *text*, the question, is there; what is in others alone translates it."""
        language = self.main if PLAIN in text or self.main in text else next(iter(text), "")
        return words.get(PLAIN) or words.get(language, "")

    def _ids(self) -> Iterator[str]:
        ids, texts = Ids("q"), set[str]()
        for position, one in enumerate(self.entries, 1):
            text = self._read(one.text)
            name, is_second = ids.give(one.id, text, position)
            if is_second:
                what = f"the id {one.id!r}" if one.id else "a question that begins as another"
                self.draft.note(one.line, what, f"is there twice; this one is {name}")
            if text.casefold() in texts:
                self.draft.note(one.line, "a question that is there already", "both are in the bank")
            texts.add(text.casefold())
            yield name

    def _sections(self) -> Iterator[tuple[str, SectionDraft]]:
        ids = Ids("section")
        for one, name in zip(self.entries, self.ids, strict=True):
            for key in one.sections:
                self.draft.sections[self.draft.section(key)].members.append(name)
        for key, section in self.draft.sections.items():
            title = self._read(section.title)
            if section.members or section.stays:
                yield ids.give(section.id or (key if is_id(key) else ""), title, len(ids) + 1)[0], section

    def bank(self, name: str) -> Bank:
        """Return the bank; *name* is what its source is called."""
        draft = self.draft
        stem = _stem(name)
        title = self._line(draft.title) or stem.replace("-", " ").replace("_", " ").strip() or "Questions"
        wanted = draft.id or slug(stem) or slug(title) or "questions"
        return Bank(
            id=wanted if is_id(wanted) else f"questions-{slug(wanted) or '1'}",
            title=title,
            language=self.main or None,
            licence=self._line(draft.licence) or None,
            kinds=tuple(one for one in dict.fromkeys(draft.kinds) if one in _KINDS),
            extends=tuple(filter(is_id, draft.extends)),
            remove=tuple(filter(is_id, draft.remove)),
            sections=[
                Section(
                    id=key, title=self._line(self._read(one.title)) or key, prompts=tuple(dict.fromkeys(one.members))
                )
                for key, one in self.sections
            ],
            prompts=FrozenMap((self.ids[place], self._prompt(place)) for place in range(len(self.entries))),
        )

    def _line(self, text: str) -> str:
        plain = cleaned(text)
        return "" if flaw(plain) else plain

    def _prompt(self, place: int) -> Prompt:
        one, name = self.entries[place], self.ids[place]
        answer = made_answer(one.answer, self.options[place], self._read, partial(self._beside, text=one.text))
        if answer is None:
            self.draft.keep(one.line, one.end_line, one.raw, "what it says about the answer fits no answer of ours")
        return Prompt(
            id=name,
            text=self._read(one.text),
            why=self._beside(one.why, one.text) or None,
            scope="shared" if one.scope == "shared" else "each",
            visibility="private" if one.visibility == "private" else "members",
            answer=answer or TextAnswer(),
            informs=one.informs,
            follow_ups=[FollowUp(id=key, text=self._read(choice.words)) for key, choice in self.follow_ups[place]],
            tags=one.tags,
            extra={**one.extra, **self._more(one, name)},
        )

    def _more(self, one: Entry, name: str) -> dict[str, str]:
        """Return what the id and the language of an entry were, where the prompt cannot say it otherwise."""
        found: dict[str, str] = {}
        if one.id and name not in {one.id, f"q-{one.id}"} and not flaw(one.id):
            found["x-id"] = one.id
            self.draft.note(one.line, "an id that cannot be one here", "kept as x-id")
        elif one.id and one.id != name:
            self.draft.note(one.line, "an id that is a number", "the id of the prompt is q- and the number")
        if PLAIN not in one.text and self.main not in one.text:
            found["x-language"] = next(iter(one.text))
            self.draft.note(one.line, "a question in another language only", "it is there in that one, with x-language")
        return found

    def translations(self, bank: Bank) -> Iterator[BankTranslation]:
        """Yield the words of the other languages."""
        for language in self._others():
            prompts = (self._translated(place, language, bank) for place in range(len(self.entries)))
            sections = [
                SectionTranslation(id=key, title=title)
                for key, one in self.sections
                if (title := self._line(one.title.get(language, "")))
            ]
            yield BankTranslation(
                translates=bank.id,
                language=language,
                title=self._line(self.draft.titles.get(language, "")) or None,
                sections=sections,
                prompts=FrozenMap((one.id, one) for one in prompts if one is not None),
            )

    def _others(self) -> list[str]:
        found = [tag for one in self.entries for words in (one.text, one.why) for tag in words]
        titles = [tag for _, one in self.sections for tag in one.title]
        ordered = dict.fromkeys([*(tag for tag in self.draft.languages if tag in found), *found, *titles])
        return [tag for tag in ordered if tag and tag != self.main]

    def _translated(self, place: int, language: str, bank: Bank) -> PromptTranslation | None:
        one, name = self.entries[place], self.ids[place]
        text = one.text.get(language)
        if not text:
            self._keep_untold(one, language)
            return None
        prompt = bank.prompts[name]
        answer = one.answer
        return PromptTranslation(
            id=name,
            text=text,
            why=one.why.get(language),
            options=_labels(self.options[place], language),
            low=answer.low.get(language),
            high=answer.high.get(language),
            unit=answer.unit.get(language),
            follow_ups=[
                FollowUp(id=two.id, text=choice.words[language])
                for two, (_, choice) in zip(prompt.follow_ups, self.follow_ups[place], strict=True)
                if choice.words.get(language)
            ],
        )

    def _keep_untold(self, one: Entry, language: str) -> None:
        """Keep the words of a language in which the question itself is not there: a translation begins with it."""
        choices = [choice.words for choice in (*one.follow_ups, *one.answer.options)]
        for words in (one.why, one.answer.low, one.answer.high, one.answer.unit, *choices):
            if language in words:
                reason = f"the question itself is not there in {language}"
                self.draft.keep(one.line, one.end_line, words[language], reason, one.pointer)


def _labels(options: tuple[tuple[str, Choice], ...], language: str) -> FrozenMap[str]:
    return FrozenMap((name, one.words[language]) for name, one in options if one.words.get(language))


def _stem(name: str) -> str:
    """Return what a file is called, without its folders and endings."""
    plain = name.replace("\\", "/").rpartition("/")[2].strip()
    return plain.partition(".")[0] or plain.strip(".")
