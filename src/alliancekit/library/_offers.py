"""All banks and flows at hand, each with where it is from, and what is wrong with those that cannot be had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import chain
from typing import Any, Final, TypeAlias, final

from attrs import field, frozen

from alliancekit.errors import AllianceKitError
from alliancekit.library._packs import KINDS, Pack, Shelved, clash, contents, found_by_name, in_full, packs
from alliancekit.library._problems import PackError, PackProblem
from alliancekit.library._shelf import built_in, located, place_of
from alliancekit.library._translations import languages_of

__all__ = ["Offer", "Offers", "offers"]

# A file of a pack, what it says, and what is wrong with it.
Examined: TypeAlias = tuple[Shelved, Any, tuple[PackProblem, ...]]

# By what is translated, and by the pack that does it.
Languages: TypeAlias = Mapping[tuple[str, str], Mapping[Pack, list[str]]]

# The class of each kind, and of a translation of it; the engine is imported only when a flow is read.
_CLASSES: Final = {
    "bank": ("alliancekit.model", "Bank", "BankTranslation"),
    "flow": ("alliancekit.flow", "Flow", "FlowTranslation"),
}


@final
@frozen(kw_only=True)
class Offer:
    """
    A bank or flow at hand.

    Attributes:
        kind: ``bank`` or ``flow``.
        name: What to ask for it by: its id, or ``pack:id`` where something else has that name too.
        id: What it calls itself.
        title: What people call it.
        languages: The languages that it can be read in, its own first.
        pack: The pack that it is from; empty for one that is built in.
        package: The distribution that brings the pack.
        version: The version of that.

    .. versionadded:: 0.1
    """

    kind: str
    name: str
    id: str
    title: str
    languages: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    pack: str = ""
    package: str = ""
    version: str = ""


@final
@frozen(kw_only=True)
class Offers:
    """
    What is at hand.

    Attributes:
        banks: The banks, by name.
        flows: The flows, by name.
        problems: What is wrong with packs. What cannot be had is not among the others; what only has a name that is
            taken is there, by its full name.

    .. versionadded:: 0.1
    """

    banks: tuple[Offer, ...] = field(default=(), converter=tuple[Offer, ...])
    flows: tuple[Offer, ...] = field(default=(), converter=tuple[Offer, ...])
    problems: tuple[PackProblem, ...] = field(default=(), converter=tuple[PackProblem, ...])


def offers() -> Offers:
    """
    Return all banks and flows at hand, built in and from installed packs.

    Whatever is wrong with a pack is among the problems, and the others are there. Every file of the packs is read for it;
    who wants names only asks for `bank_names` or `flow_names`.

    .. versionadded:: 0.1
    """
    held = [contents(one) for one in packs()]
    files = [one for each in held for one in each.files]
    own = [_built_in(kind, name) for kind in KINDS for name in built_in(kind)]
    theirs = [(one, *_examined(one)) for one in files]
    languages = _languages((one, value) for one, value, _ in theirs)
    found = sorted([*own, *_offered(theirs, languages)], key=lambda one: one.name)
    problems = [
        *(problem for each in held for problem in each.problems),
        *_taken(files),
        *(problem for _, _, wrong in theirs for problem in wrong),
    ]
    return Offers(
        banks=(one for one in found if one.kind == "bank"),
        flows=(one for one in found if one.kind == "flow"),
        problems=dict.fromkeys(problems),  # what is wrong with a bank is wrong with each flow that asks it
    )


def _built_in(kind: str, name: str) -> Offer:
    place = place_of(kind, name, None)
    value: Any = place.load(_class(kind))
    languages = (value.language, *languages_of(name, "flow" if kind == "flow" else "bank"))
    return Offer(kind=kind, name=name, id=name, title=value.title, languages=filter(None, languages))


def _offered(found: Iterable[Examined], languages: Languages) -> Iterator[Offer]:
    names = {one: name for kind in KINDS for name, one in found_by_name(kind, built_in(kind)).items()}
    for one, value, _ in found:
        if value is not None and not one.language:
            yield Offer(
                kind=one.kind,
                name=names[one],
                id=one.name,
                title=value.title,
                languages=filter(None, (value.language, *_languages_of(one, languages))),
                pack=one.pack.name,
                package=one.pack.package,
                version=one.pack.version,
            )


def _languages(found: Iterable[tuple[Shelved, Any]]) -> Languages:
    """Return the languages of the translations that can be read, by what each translates and the pack that it is from."""
    known: defaultdict[tuple[str, str], defaultdict[Pack, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one, value in found:
        if one.language and value is not None:
            known[one.kind, one.name][one.pack].append(value.language)
    return known


def _languages_of(one: Shelved, known: Languages) -> list[str]:
    """Return the languages of *one*: of its own pack, and of those that translate what they do not bring."""
    held = known.get((one.kind, one.name), {})
    theirs = (held[pack] for pack in held if pack == one.pack or pack.near(one.kind, one.name) is None)
    return sorted(set(chain.from_iterable(theirs)))


def _taken(files: Iterable[Shelved]) -> Iterator[PackProblem]:
    """Yield which names are wanted by more than one."""
    wanted: defaultdict[tuple[str, str], list[Shelved]] = defaultdict(list)
    for one in files:
        if not one.language:
            wanted[one.kind, one.name].append(one)
    for (kind, name), them in wanted.items():
        if name in built_in(kind):
            message = f"the {kind} {name!r} is built in, and stays so"
            yield from (one.problem(message, hint=f"ask for {in_full(one)!r}, or give it another id") for one in them)
        elif len(them) > 1:
            yield clash(them)


def _examined(one: Shelved) -> tuple[Any, tuple[PackProblem, ...]]:
    """Return what the file *one* says, if it can be had with all that belongs to it, and what is wrong with it."""
    try:
        value: Any = one.load(_class(one.kind, is_translation=bool(one.language)))
        wrong = tuple(map(one.problem, _misfits(one, value)))
    except PackError as error:
        return None, error.problems
    except AllianceKitError as error:
        return None, (one.problem(str(error)),)
    return (None if wrong else value), wrong


def _misfits(one: Shelved, value: Any) -> Iterator[str]:
    """Yield what keeps it from being used, although it reads well."""
    if one.kind == "bank":
        located(one.name, one.pack)  # a translation may be of a bank that is not in the pack
    elif one.language:
        place_of("flow", one.name, one.pack)
    else:
        from alliancekit.flow import problems

        for finding in problems(value, located(value.bank, one.pack).stack.whole()):
            yield f"{finding.pointer}: {finding.message}" if finding.pointer else finding.message


def _class(kind: str, *, is_translation: bool = False) -> type[Any]:
    module, plain, translated = _CLASSES[kind]
    found: type[Any] = getattr(import_module(module), translated if is_translation else plain)
    return found
