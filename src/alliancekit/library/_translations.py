"""
Which translations there are, and banks and flows in the language that somebody asks for.

A translation lies beside what it translates, with its language in its name: ``team.pt-BR.bank.yaml``. Whoever asks for
``pt-BR`` reads the words of ``pt-BR``, under them those of ``pt``, and under these the source (RFC 4647, section 3.4). A
bank that extends others is read in the words of its own translation, and what it takes over in those of theirs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, overload

from alliancekit.documents import KINDS, kind_of, load
from alliancekit.errors import DocumentError
from alliancekit.findings import Finding
from alliancekit.flow import Flow, FlowTranslation
from alliancekit.library._coverage import Coverage, covered
from alliancekit.library._gaps import gaps
from alliancekit.library._languages import canonical, fallbacks, is_tag, required_tag
from alliancekit.library._localised import Wording, in_words
from alliancekit.library._shelf import SHELF, Located, located, place_of, read
from alliancekit.library._units import Translatable, Translation
from alliancekit.model import Bank, BankTranslation
from alliancekit.typing import Source

__all__ = [
    "bank_in",
    "check_translation",
    "flow_in",
    "languages_of",
    "source_of",
    "translation_coverage",
    "translations_of",
]

Kind: TypeAlias = Literal["bank", "flow"]

_SUFFIXES: Final = ("yaml", "yml", "json")
_ENDING: Final = re.compile(r"(\.(bank|flow))?\.(ya?ml|json)\Z", re.IGNORECASE)
_READ: dict[Path, Translation] = {}  # what was read from here before; frozen, so all may share it


def bank_in(found: Located, language: str | None) -> Bank:
    """Return the bank that was *found*, in *language*; None means its own."""
    tag = found.stack.top.language if language is None else required_tag(language, "bank")
    return in_words(*_worded(found, tag)) if tag else found.stack.whole()


def flow_in(flow: Flow, name: Source, language: str) -> Flow:
    """Return *flow*, which was asked for as *name*, in *language*."""
    return in_words(flow, _own(flow, place_of("flow", name, None), None, required_tag(language, "flow")))


def _worded(found: Located, tag: str, *, wider: bool = False) -> tuple[Bank, Wording]:
    """
    Return the bank that was *found* whole and as it is written, and its words in the language *tag*.

    Args:
        found: The bank, and what it builds on.
        tag: The language.
        wider: Whether of the topmost only translations count that are wider than *tag*.
    """
    lowest, *others = found.stack.banks
    whole, words = lowest, _own(lowest, found.places[lowest.id], found.folder, tag, wider=wider and not others)
    for top in others:
        own = _own(top, found.places[top.id], found.folder, tag, wider=wider and top is found.stack.top)
        words = own.over(words.below(top, whole))
        whole = top.over(whole)
    return found.stack.whole(), words


def _own(source: Translatable, place: Path, folder: Path | None, tag: str, *, wider: bool = False) -> Wording:
    """Return the words that *source* has of its own in the language *tag*, or only in those that are wider."""
    files = dict(_files(source, place, folder))
    words = Wording()
    for one in fallbacks(tag):
        if source.language is not None and one == canonical(source.language):
            return words.over(Wording.own(source))  # nothing wider is nearer
        if one in files and not (wider and one == canonical(tag)):
            words = words.over(Wording.of(_read(source, one, files[one])))
    return words


def _files(source: Translatable, place: Path, folder: Path | None) -> Iterator[tuple[str, Path]]:
    """Yield the translations of a bank or flow by their languages, those that count less first."""
    kind = kind_of(type(source)).name
    for stem in dict.fromkeys((source.id, _ENDING.sub("", place.name))):
        yield from _in_folder(kind, place.parent, stem)
    if folder is not None and place.parent != folder:  # what is built in can be translated where it is used
        yield from _in_folder(kind, folder, source.id)


def _in_folder(kind: str, folder: Path, stem: str) -> Iterator[tuple[str, Path]]:
    name = re.compile(rf"{re.escape(stem)}\.([^.]+)\.{kind}\.({'|'.join(_SUFFIXES)})\Z")
    try:
        listed = sorted(folder.iterdir())
    except OSError:
        return
    for one in listed:
        if (found := name.match(one.name)) and is_tag(found[1]):
            yield canonical(found[1]), one


def _read(source: Translatable, tag: str, path: Path) -> Translation:
    if path in _READ:
        return _READ[path]
    kind = kind_of(type(source)).name
    found: Translation = load(path, KINDS[f"{kind}-translation"].cls)
    if canonical(found.language) != tag:
        reason = f"is named for {tag}, and says that it is in {found.language}"
        raise _misnamed(path, "bad-language", reason, "language")
    if found.translates != source.id:
        reason = f"is named for the {kind} {source.id}, and translates {found.translates}"
        raise _misnamed(path, "unknown-base", reason, "translates")
    if path.is_relative_to(SHELF):
        _READ[path] = found
    return found


def _misnamed(path: Path, rule: str, reason: str, key: str) -> DocumentError:
    return DocumentError((Finding(rule=rule, message=reason, path=os.fspath(path), pointer=f"/{key}"),))


def languages_of(name: Source, kind: Kind = "bank", *, beside: Source | None = None) -> tuple[str, ...]:
    """
    Return the languages into which a bank or a flow is translated, sorted; its own is not among them.

    It goes by the names of the files, and reads no translation.

    Args:
        name: The id of a bank or flow at hand, or a path.
        kind: ``bank`` or ``flow``.
        beside: A file whose folder is looked in first.

    Raises:
        UnknownNameError: No bank or flow has that name.
        DocumentError: Its file has findings.

    .. versionadded:: 0.1
    """
    _, files = _listed(name, kind, beside)
    return tuple(sorted(files))


@overload
def translations_of(
    name: Source, kind: Literal["bank"] = "bank", *, beside: Source | None = None
) -> tuple[BankTranslation, ...]: ...
@overload
def translations_of(
    name: Source, kind: Literal["flow"], *, beside: Source | None = None
) -> tuple[FlowTranslation, ...]: ...
def translations_of(name: Source, kind: Kind = "bank", *, beside: Source | None = None) -> tuple[Any, ...]:
    """
    Return the translations of a bank or a flow that there are, by language.

    Args:
        name: The id of a bank or flow at hand, or a path.
        kind: ``bank`` or ``flow``.
        beside: A file whose folder is looked in first.

    Raises:
        UnknownNameError: No bank or flow has that name.
        DocumentError: Its file has findings, or a translation has, or is named for another language.

    .. versionadded:: 0.1
    """
    source, files = _listed(name, kind, beside)
    return tuple(_read(source, tag, files[tag]) for tag in sorted(files))


def _listed(name: Source, kind: Kind, beside: Source | None) -> tuple[Translatable, dict[str, Path]]:
    folder = _folder(beside)
    source: Translatable = read(kind, name, folder, KINDS[kind].cls)
    return source, dict(_files(source, place_of(kind, name, folder), folder))


def _folder(beside: Source | None) -> Path | None:
    return None if beside is None else Path(beside).parent


def source_of(translation: Translation, *, beside: Source | None = None) -> Translatable:
    """
    Return the bank, whole, or the flow that *translation* translates, in its own language.

    Args:
        translation: The translation.
        beside: Its file: what it translates is looked for in the same folder first.

    Raises:
        UnknownNameError: Nothing of that name is at hand.
        DocumentError: What it translates has findings.

    .. versionadded:: 0.1
    """
    if isinstance(translation, FlowTranslation):
        return read("flow", translation.translates, _folder(beside), Flow)
    return located(translation.translates, _folder(beside)).stack.whole()


def check_translation(translation: Translation, *, beside: Source | None = None) -> tuple[Finding, ...]:
    """
    Return what *translation* lacks and what of it does not fit, as `translation_gaps` does, with what it translates found.

    What a wider translation has, or that of a bank whose prompts were taken over, is not missing.

    Args:
        translation: The translation.
        beside: Its file: what it translates is looked for in the same folder first.

    Raises:
        UnknownNameError: Nothing of that name is at hand.
        DocumentError: What it translates has findings, or another translation that it needs has.

    .. versionadded:: 0.1
    """
    folder, tag, name = _folder(beside), canonical(translation.language), translation.translates
    source: Translatable
    if isinstance(translation, FlowTranslation):
        source = read("flow", name, folder, Flow)
        below = _own(source, place_of("flow", name, folder), folder, tag, wider=True)
    else:
        source, below = _worded(located(name, folder), tag, wider=True)
    return gaps(source, Wording.of(translation), below)


def translation_coverage(name: Source, language: str, kind: Kind = "bank", *, beside: Source | None = None) -> Coverage:
    """
    Return how much of a bank or a flow somebody reads in *language*, and what is missing.

    Args:
        name: The id of a bank or flow at hand, or a path.
        language: A BCP 47 tag.
        kind: ``bank`` or ``flow``.
        beside: A file whose folder is looked in first.

    Raises:
        UnknownNameError: No bank or flow has that name.
        DocumentError: It has findings, or a translation has.
        InvalidValueError: *language* is no tag.

    .. versionadded:: 0.1
    """
    tag, folder = required_tag(language, "translation_coverage"), _folder(beside)
    if kind == "bank":
        return covered(*_worded(located(name, folder), tag), tag)
    flow = read("flow", name, folder, Flow)
    return covered(flow, _own(flow, place_of("flow", name, folder), folder, tag), tag)
