"""The words of other languages, laid one under another and put into a bank or a flow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, final

from attrs import evolve, field, frozen

from alliancekit.flow import Flow, GroupStep, RepeatStep, SayStep, Step
from alliancekit.library._languages import canonical
from alliancekit.library._units import Key, Translatable, Translation, Unit, units
from alliancekit.model import AnswerKind, Bank, Prompt
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["Wording", "translated"]

T = TypeVar("T", Bank, Flow)


@final
@frozen
class Wording:
    """
    What is known of the words of another language: of one translation, or of several together.

    Attributes:
        tags: The languages that it is made of, the narrowest first.
        units: The words, by what they are of.
    """

    tags: tuple[str, ...] = ()
    units: Mapping[Key, Unit] = field(factory=dict[Key, Unit])

    @classmethod
    def of(cls, translation: Translation) -> Wording:
        """Return the words of one translation."""
        return cls((canonical(translation.language),), units(translation))

    @classmethod
    def own(cls, source: Translatable) -> Wording:
        """Return the words that *source* is written in, which fit themselves."""
        tags = () if source.language is None else (canonical(source.language),)
        return cls(tags, {key: evolve(one, source=one.digest) for key, one in units(source).items()})

    def over(self, wider: Wording) -> Wording:
        """Return these words, and those of *wider* for every text that they leave out."""
        both = {key: self.units[key].over(unit) if key in self.units else unit for key, unit in wider.units.items()}
        return Wording(_narrowest((*self.tags, *wider.tags)), {**self.units, **both})

    def below(self, top: Bank, base: Bank, whole: Bank) -> Wording:
        """
        Return what of these words still stands in *whole*: where *top* lies over *base*, which they are of.

        What the top has in place of something is not what was translated, unless it says the same.
        """
        old, new, left = units(base), units(top), units(whole)
        kept = {
            key: unit if key not in new else evolve(unit, parts=_shared(unit, old[key], new[key]))
            for key, unit in self.units.items()
            if not (key[0] == "prompt" and key[1] in top.remove)
            and key in old
            and key in left  # a section goes with the last of its prompts
            and (key not in new or old[key].digest == new[key].digest)
        }
        # However little is left, the prompts that were taken over are in that language.
        return Wording(self.tags, kept)


def _shared(unit: Unit, old: Unit, new: Unit) -> dict[str, str]:
    return {name: text for name, text in unit.parts.items() if old.parts.get(name) == new.parts.get(name)}


def _narrowest(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(tags), key=lambda tag: -tag.count("-")))


def translated(source: T, *translations: Translation) -> T:
    """
    Return *source* in the words of *translations*; what they leave out stays as it is.

    What they translate and *source* does not have is passed over; `translation_gaps` finds it. Of a bank that took
    prompts over, a translation of the other bank reaches those prompts alone, and not what came in their place.

    Args:
        source: A bank or a flow.
        translations: Its translations, the narrowest first: ``pt-BR`` before ``pt``.

    .. versionadded:: 0.1
    """
    whole = Wording()
    for one in translations:
        whole = whole.over(_reaching(source, one))
    return in_words(source, whole)


def _reaching(source: Translatable, translation: Translation) -> Wording:
    words = Wording.of(translation)
    if translation.translates == source.id or isinstance(source, Flow):
        return words
    own = {key: one for key, one in words.units.items() if source.origins.get(key[1]) == translation.translates}
    return Wording(words.tags if own else (), {key: one for key, one in own.items() if key[0] == "prompt"})


def in_words(source: T, words: Wording) -> T:
    """Return *source* in those words."""
    if not words.tags:
        return source
    said = {key: unit.parts for key, unit in words.units.items()}
    title = said.get(("title", ""), EMPTY).get("title", source.title)
    if isinstance(source, Flow):
        return evolve(source, title=title, language=words.tags[0], steps=_steps(source.steps, said))
    return evolve(
        source,
        title=title,
        language=words.tags[0],
        sections=[evolve(one, title=_of(said, "section", one.id).get("title", one.title)) for one in source.sections],
        prompts=FrozenMap(
            {key: _prompt(one, _of(said, "prompt", key)) for key, one in source.prompts.items()},
            extra=source.prompts.extra,
        ),
    )


def _of(said: Mapping[Key, Mapping[str, str]], what: str, name: str) -> Mapping[str, str]:
    return said.get((what, name), EMPTY)


def _steps(steps: tuple[Step, ...], said: Mapping[Key, Mapping[str, str]]) -> list[Step]:
    return [_step(one, said) for one in steps]


def _step(step: Step, said: Mapping[Key, Mapping[str, str]]) -> Step:
    parts = _of(said, "step", step.id)
    changes: dict[str, Any] = {}
    if step.title is not None and "title" in parts:
        changes["title"] = parts["title"]
    if isinstance(step, SayStep) and "text" in parts:
        changes["text"] = parts["text"]
    if isinstance(step, GroupStep | RepeatStep):
        changes["steps"] = _steps(step.steps, said)
    return evolve(step, **changes) if changes else step


def _prompt(prompt: Prompt, parts: Mapping[str, str]) -> Prompt:
    if not parts:
        return prompt
    return evolve(
        prompt,
        text=parts.get("text", prompt.text),
        why=parts.get("why", prompt.why) if prompt.why is not None else None,
        answer=_answer(prompt.answer, parts),
        follow_ups=[evolve(one, text=parts.get(f"follow_ups/{one.id}", one.text)) for one in prompt.follow_ups],
    )


def _answer(answer: AnswerKind, parts: Mapping[str, str]) -> AnswerKind:
    held: Any = answer
    changes: dict[str, Any] = {
        name: parts[name] for name in ("low", "high", "unit") if name in parts and getattr(held, name, None) is not None
    }
    options: FrozenMap[str] | None = getattr(held, "options", None)
    if options is not None:
        labels = {key: parts.get(f"options/{key}", label) for key, label in options.items()}
        changes["options"] = FrozenMap(labels, extra=options.extra)
    return evolve(held, **changes) if changes else held  # type: ignore[no-any-return]
