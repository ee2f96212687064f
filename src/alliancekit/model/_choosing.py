"""Some of the prompts of a bank: by tag, section, element, kind of answer, origin; and whole banks by kind and language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias, get_args

from attrs import evolve

from alliancekit.errors import UnknownNameError
from alliancekit.model._base import Kind
from alliancekit.model._prompts import AnswerKind, Informs, Prompt
from alliancekit.values import FrozenMap

if TYPE_CHECKING:  # banks filter themselves, so their module comes after this one
    from alliancekit.model._banks import Bank

__all__ = ["ELEMENTS", "KINDS", "Names", "filtered"]

Names: TypeAlias = str | Iterable[str]
"""One name, or several of which any will do."""

Has: TypeAlias = Callable[[Prompt], Iterable[str]]

ELEMENTS: Final[tuple[str, ...]] = get_args(get_args(Informs)[0])
"""What a prompt can inform, in the order of an alliance."""

KINDS: Final[tuple[str, ...]] = get_args(get_args(Kind)[0])
"""The kinds of alliance."""


def filtered(bank: Bank, asked: Mapping[str, Names | None]) -> Bank:
    """Return *bank* with the prompts that fit all that is *asked*; see `Bank.filter`."""
    wanted = {what: _several(what, names) for what, names in asked.items() if names is not None}
    kept = dict(bank.prompts)
    for what, names in wanted.items():
        has = _HAS[what](bank)
        _check(what, names, _known(what, bank) or {name for one in bank.prompts.values() for name in has(one)})
        kept = {key: one for key, one in kept.items() if not names.isdisjoint(has(one))}
    return _only(bank, kept, wanted.get("section"))


def _several(what: str, names: Names) -> frozenset[str]:
    several = frozenset((names,) if isinstance(names, str) else names)
    # Tags of a language mean the same in any case.
    return frozenset(one.lower() for one in several) if what == "language" else several


def _check(what: str, wanted: Iterable[str], known: Iterable[str]) -> None:
    for name in sorted({*wanted}.difference(known)) if what != "language" else ():
        raise UnknownNameError(_CALLED.get(what, what), name, tuple(sorted({*known})))


def _known(what: str, bank: Bank) -> tuple[str, ...]:
    """Return what can be asked for; nothing where it is what the prompts have."""
    match what:
        case "section":
            return tuple(one.id for one in bank.sections)
        case "informs":
            return tuple(wider for one in ELEMENTS for wider in _wider(one))
        case "answer":
            return tuple(str(one().kind) for one in get_args(AnswerKind))
        case "kind":
            return KINDS
        case _:
            return ()


def _wider(name: str, mark: str = ".") -> tuple[str, ...]:
    """Return *name* with all that it is part of: ``a.b`` and ``a``."""
    parts = name.split(mark)
    return tuple(mark.join(parts[:count]) for count in range(len(parts), 0, -1))


def _in_sections(bank: Bank) -> Has:
    found: dict[str, list[str]] = {}
    for section in bank.sections:
        for name in section.prompts:
            found.setdefault(name, []).append(section.id)
    return lambda prompt: found.get(prompt.id, ())


def _always(names: Iterable[str]) -> Has:
    kept = tuple(names)
    return lambda _: kept


_CALLED: Final[Mapping[str, str]] = MappingProxyType({"tags": "tag", "informs": "element", "answer": "kind of answer"})

# What a prompt has of each that can be asked for.
_HAS: Final[Mapping[str, Callable[[Bank], Has]]] = MappingProxyType(
    {
        "tags": lambda _: lambda prompt: prompt.tags,
        "section": _in_sections,
        "informs": lambda _: lambda prompt: (wider for one in prompt.informs for wider in _wider(one)),
        "answer": lambda _: lambda prompt: (prompt.answer.kind,),
        "origin": lambda bank: lambda prompt: (bank.origin(prompt.id),),
        "kind": lambda bank: _always(bank.kinds or KINDS),
        "language": lambda bank: _always(_wider((bank.language or "").lower(), "-")),
    }
)


def _only(bank: Bank, kept: Mapping[str, Prompt], sections: frozenset[str] | None) -> Bank:
    """Return *bank* with the prompts *kept* alone, and the sections that have some of them; of *sections* where given."""
    inside = (
        evolve(one, prompts=[name for name in one.prompts if name in kept])
        for one in bank.sections
        if sections is None or one.id in sections
    )
    return evolve(
        bank,
        prompts=FrozenMap(kept, extra=bank.prompts.extra),
        sections=[one for one in inside if one.prompts],
        origins={name: one for name, one in bank.origins.items() if name in kept},
    )
