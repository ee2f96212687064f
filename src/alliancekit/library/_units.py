"""
What is translated, unit by unit: a title, a section, a prompt, a step.

A bank, a flow and their translations all come apart into the same units with the same parts, so that whatever compares
them, counts them or lays one under another is written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, TypeAlias, final
from unicodedata import normalize

from attrs import evolve, frozen

from alliancekit.consent import fingerprint
from alliancekit.flow import Flow, FlowTranslation, GroupStep, RepeatStep, Step
from alliancekit.model import Bank, BankTranslation, FollowUp, Prompt, PromptTranslation, Section, SectionTranslation
from alliancekit.values import pointer_of

__all__ = ["Key", "Translatable", "Translation", "Unit", "digest_of", "name_of", "steps_in", "units"]

Translatable: TypeAlias = Bank | Flow
Translation: TypeAlias = BankTranslation | FlowTranslation
Key: TypeAlias = tuple[str, str]
"""What a unit is (``title``, ``section``, ``prompt`` or ``step``), and its id."""

# Not in the digest: it helps whoever answers, and a better reason changes no question.
_NOT_IN_DIGEST: Final = frozenset({"why"})


@final
@frozen(kw_only=True)
class Unit:
    """
    What is translated together, and has one digest.

    Attributes:
        key: What it is, and its id.
        pointer: Where it stands in its document.
        parts: Its texts, each by where it stands in the unit: ``text``, ``options/direct``, ``follow_ups/works``.
        source: In a translation, the digest of what was translated; None in a source, and where nothing was stamped.
        lent: The same of the wider languages from which it has some of its texts.
    """

    key: Key
    pointer: str
    parts: Mapping[str, str]
    source: str | None = None
    lent: frozenset[str | None] = frozenset()

    @property
    def is_stamped(self) -> bool:
        """Whether it is known of all its texts what was translated."""
        return None not in (self.source, *self.lent)

    def is_stale(self, original: Unit) -> bool:
        """Return whether *original* is not what some of its texts were translated from."""
        return not {self.source, *self.lent} <= {None, original.digest}

    def over(self, wider: Unit) -> Unit:
        """Return it with what *wider* has and it has not."""
        missing = wider.parts.keys() - self.parts.keys()
        is_lent = any(name.partition("/")[0] not in _NOT_IN_DIGEST for name in missing)
        lent = self.lent | wider.lent | {wider.source} if is_lent else self.lent
        return evolve(self, parts={**wider.parts, **self.parts}, lent=lent)

    @cached_property
    def digest(self) -> str:
        """The digest of its texts, in the one way of writing."""
        plain: dict[str, Any] = {}
        for name, text in self.parts.items():
            outer, _, inner = name.partition("/")
            if outer in _NOT_IN_DIGEST or not (said := _one_way(text)):
                continue
            if inner:
                plain.setdefault(outer, {})[inner] = said
            else:
                plain[outer] = said
        return fingerprint(plain)


def _one_way(text: str) -> str:
    return normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def units(document: Translatable | Translation) -> dict[Key, Unit]:
    """Return the units of *document* by their keys, in its order; those that say nothing are left out."""
    found = _of_flow(document) if isinstance(document, Flow | FlowTranslation) else _of_bank(document)
    return {unit.key: unit for unit in found if unit.parts}


def name_of(key: Key) -> str:
    """Return what a person calls the unit with that key: its id, or ``title``."""
    what, name = key
    return name or what


def digest_of(document: Translatable, name: str) -> str:
    """
    Return the digest of the prompt or the step *name* of a bank or a flow.

    It is the SHA-256 of the canonical JSON (RFC 8785) of its text, options, ends of a scale, unit and follow-ups, or of
    its title and text: what a translation of it carries as ``source``.

    Raises:
        KeyError: There is none of that name that has words.

    .. versionadded:: 0.1
    """
    return units(document)["step" if isinstance(document, Flow) else "prompt", name].digest


def _of_bank(bank: Bank | BankTranslation) -> Iterator[Unit]:
    yield _head(bank)
    sections: Iterable[Section | SectionTranslation] = bank.sections
    for index, section in enumerate(sections):
        yield Unit(
            key=("section", section.id),
            pointer=pointer_of("sections", index),
            parts={"title": section.title},
            source=getattr(section, "source", None),
        )
    entries: Iterable[Prompt | PromptTranslation] = bank.prompts.values()
    for one in entries:
        yield Unit(
            key=("prompt", one.id),
            pointer=pointer_of("prompts", one.id),
            parts=_said(one),
            source=getattr(one, "source", None),
        )


def _of_flow(flow: Flow | FlowTranslation) -> Iterator[Unit]:
    yield _head(flow)
    if isinstance(flow, FlowTranslation):
        for key, one in flow.steps.items():
            parts = _present(title=one.title, text=one.text)
            yield Unit(key=("step", key), pointer=pointer_of("steps", key), parts=parts, source=one.source)
        return
    for pointer, step in steps_in(flow.steps):
        parts = _present(title=step.title, text=getattr(step, "text", None))
        yield Unit(key=("step", step.id), pointer=pointer, parts=parts)


def steps_in(steps: tuple[Step, ...], above: str = "") -> Iterator[tuple[str, Step]]:
    """Yield *steps* at any depth, each with its pointer."""
    for index, step in enumerate(steps):
        here = f"{above}{pointer_of('steps', index)}"
        yield here, step
        if isinstance(step, GroupStep | RepeatStep):
            yield from steps_in(step.steps, here)


def _head(document: Translatable | Translation) -> Unit:
    source = getattr(document, "source", None)
    return Unit(key=("title", ""), pointer="", parts=_present(title=document.title), source=source)


def _said(prompt: Prompt | PromptTranslation) -> dict[str, str]:
    """Return the texts of a prompt; what is about its answer stands in the answer, and in a translation beside the text."""
    about: Any = prompt.answer if isinstance(prompt, Prompt) else prompt
    ends = {name: getattr(about, name, None) for name in ("low", "high", "unit")}
    options: Mapping[str, str] = getattr(about, "options", {})
    follow_ups: tuple[FollowUp, ...] = prompt.follow_ups
    return {
        **_present(text=prompt.text, why=prompt.why, **ends),
        **{f"options/{key}": label for key, label in options.items()},
        **{f"follow_ups/{one.id}": one.text for one in follow_ups},
    }


def _present(**texts: str | None) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text is not None}
