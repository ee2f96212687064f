"""
Which translations there are, and banks and flows in the language that somebody asks for.

A translation lies beside what it translates, with its language in its name: ``team.pt-BR.bank.yaml``. Whoever asks for
``pt-BR`` reads the words of ``pt-BR``, under them those of ``pt``, and under these the source (RFC 4647, section 3.4). A
bank that extends others is read in the words of its own translation, and what it takes over in those of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, overload

from alliancekit.documents import KINDS, kind_of
from alliancekit.errors import AllianceKitError
from alliancekit.findings import Finding, Severity
from alliancekit.flow import Flow, FlowTranslation
from alliancekit.library._coverage import Coverage, covered
from alliancekit.library._gaps import gaps
from alliancekit.library._languages import canonical, fallbacks, is_tag, required_tag
from alliancekit.library._localised import Wording, in_words
from alliancekit.library._places import File, Folder, Home, Place
from alliancekit.library._shelf import Located, home_of, located, place_of
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

_KINDS: Final[Mapping[type[Translation], Kind]] = {BankTranslation: "bank", FlowTranslation: "flow"}


def bank_in(found: Located, language: str | None) -> Bank:
    """Return the bank that was *found*, in *language*; None means its own."""
    tag = found.stack.top.language if language is None else required_tag(language, "bank")
    return in_words(*_worded(found, tag)) if tag else found.stack.whole()


def flow_in(place: Place, language: str) -> Flow:
    """Return the flow at *place* in *language*."""
    flow = place.load(Flow)
    return in_words(flow, _own(flow, place, None, required_tag(language, "flow")))


def _worded(found: Located, tag: str, *, wider: bool = False) -> tuple[Bank, Wording]:
    """
    Return the bank that was *found* whole and as it is written, and its words in the language *tag*.

    Args:
        found: The bank, and what it builds on.
        tag: The language.
        wider: Whether of the topmost only translations count that are wider than *tag*.
    """
    lowest, *others = found.stack.banks
    whole, words = lowest, _own(lowest, found.places[lowest.id], found.home, tag, wider=wider and not others)
    for top in others:
        own = _own(top, found.places[top.id], found.home, tag, wider=wider and top is found.stack.top)
        laid = top.over(whole)
        words = own.over(words.below(top, whole, laid))
        whole = laid
    return found.stack.whole(), words


def _own(source: Translatable, place: Place, home: Home | None, tag: str, *, wider: bool = False) -> Wording:
    """Return the words that *source* has of its own in the language *tag*, or only in those that are wider."""
    wanted = fallbacks(tag)
    own = None if source.language is None else canonical(source.language)
    # What it was written in is nearer than anything wider.
    asked = wanted[: wanted.index(own)] if own in wanted else wanted
    files = dict(_files(source, place, home))
    if not files.keys() >= set(asked):  # only then packs are looked into
        files = {**dict(_in_packs(source, place)), **files}
    words = Wording()
    for one in asked:
        if one in files and not (wider and one == wanted[0]):
            words = words.over(Wording.of(_read(source, one, files[one])))
    return words.over(Wording.own(source)) if own in wanted else words


def _files(source: Translatable, place: Place, home: Home | None) -> Iterator[tuple[str, Place]]:
    """Yield the translations of a bank or flow by their languages, those that count less first."""
    kind = kind_of(type(source)).name
    homes = [(place.home, stem) for stem in dict.fromkeys((source.id, place.stem))]
    if home is not None and place.home != home:  # what is built in can be translated where it is used
        homes.append((home, source.id))
    for one, stem in homes:
        for tag, file in one.translations(kind, stem):
            if is_tag(tag):
                yield canonical(tag), file


def _in_packs(source: Translatable, place: Place) -> Iterator[tuple[str, Place]]:
    """Yield what packs have in other languages for a bank or flow at hand that is not theirs, what counts less first."""
    if isinstance(place, File) and not place.is_built_in:
        return  # nobody but who wrote a file knows what is meant by its name
    from alliancekit.library._packs import packs

    kind = kind_of(type(source)).name
    for pack in reversed(packs()):
        if pack.near(kind, source.id) is None:
            for tag, file in pack.translations(kind, source.id):
                if is_tag(tag):
                    yield canonical(tag), file


def _read(source: Translatable, tag: str, place: Place) -> Translation:
    kind = kind_of(type(source)).name
    found: Translation = place.load(KINDS[f"{kind}-translation"].cls)
    if canonical(found.language) != tag:
        raise _misnamed(
            place, "bad-language", f"is named for {tag}, and says that it is in {found.language}", "language"
        )
    if found.translates != source.id:
        reason = f"is named for the {kind} {source.id}, and translates {found.translates}"
        raise _misnamed(place, "unknown-base", reason, "translates")
    return found


def _misnamed(place: Place, rule: str, reason: str, key: str) -> AllianceKitError:
    return place.refused((Finding(rule=rule, message=reason, pointer=f"/{key}"),))


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


def _listed(name: Source, kind: Kind, beside: Source | None) -> tuple[Translatable, dict[str, Place]]:
    home = home_of(beside)
    place = place_of(kind, name, home)
    source: Translatable = place.load(KINDS[kind].cls)
    return source, dict((*_in_packs(source, place), *_files(source, place, home)))


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
    home = home_of(beside)
    name = _translated_by(translation, beside, home)
    if isinstance(translation, FlowTranslation):
        return place_of("flow", name, home).load(Flow)
    return located(name, home).stack.whole()


def _translated_by(translation: Translation, beside: Source | None, home: Home | None) -> Source:
    """Return what finds that which *translation* translates: its name, or the file that is called as this one is."""
    kind, name = _KINDS[type(translation)], translation.translates
    if beside is None or not isinstance(home, Folder):
        return name
    stem = File(beside).stem.rpartition(".")[0]
    near = home.near(kind, stem) if stem not in ("", name) else None
    return near.path if near is not None and near.load(KINDS[kind].cls).id == name else name


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
    home, tag = home_of(beside), canonical(translation.language)
    name = _translated_by(translation, beside, home)
    source: Translatable
    if isinstance(translation, FlowTranslation):
        place = place_of("flow", name, home)
        source = place.load(Flow)
        below = _own(source, place, home, tag, wider=True)
    else:
        found = located(name, home)
        place = found.places[found.stack.top.id]
        source, below = _worded(found, tag, wider=True)
    misnamed = _unfound(translation, source, place, beside) if isinstance(home, Folder) and beside is not None else ()
    return (*misnamed, *gaps(source, Wording.of(translation), below))


def _unfound(translation: Translation, source: Translatable, place: Place, beside: Source) -> Iterator[Finding]:
    """Yield why *translation*, which is the file *beside*, is not found by those who ask for its language."""
    kind, name, language = _KINDS[type(translation)], Path(beside).name, canonical(translation.language)
    if translation.translates != source.id:
        message = f"the {kind} that {translation.translates!r} names has the id {source.id!r}"
        yield Finding(rule="unknown-base", message=message, pointer="/translates", hint=f"write {source.id}")
        return
    stem, _, tag = File(beside).stem.rpartition(".")
    is_told = is_tag(tag) and canonical(tag) == language and stem in (source.id, place.stem)
    if not (is_told and name.startswith(f"{stem}.{tag}.{kind}.")):
        message = f"nobody who asks for {source.id} in {language} finds it by this name"
        hint = f"call it {source.id}.{language}.{kind}{Path(name).suffix}"
        pointer = "/language"
        yield Finding(
            rule="missing-translation", message=message, severity=Severity.WARNING, pointer=pointer, hint=hint
        )


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
    tag, home = required_tag(language, "translation_coverage"), home_of(beside)
    if kind == "bank":
        return covered(*_worded(located(name, home), tag), tag)
    place = place_of("flow", name, home)
    flow = place.load(Flow)
    return covered(flow, _own(flow, place, home, tag), tag)
