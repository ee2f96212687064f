"""The documents that are judged together, as rules across files look at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import final

from attrs import field, frozen

from alliancekit.check._facts import Facts
from alliancekit.check._settings import SETTINGS, Settings

__all__ = ["Together"]


def _by_path(facts: Iterable[Facts]) -> tuple[Facts, ...]:
    return tuple(sorted(facts, key=lambda one: one.path))


def _hides_nothing(_name: str) -> bool:
    return False


@final
@frozen(kw_only=True)
class Together:
    """
    The documents that are judged together.

    Attributes:
        facts: What is known of each, by path, so that it does not matter who was named first.
        searched: The paths that were found in a folder. Whoever names single files has more than these, so that
            something is missing can be said of a searched folder only.
        may_hide: Whether a document that could not be read may be the alliance of that name, so that it cannot be called
            missing.
        as_of: The day for rules about time; None leaves those out.
        settings: How strictly to judge.

    .. versionadded:: 0.1
    """

    facts: tuple[Facts, ...] = field(converter=_by_path)
    searched: frozenset[str] = frozenset()
    may_hide: Callable[[str], bool] = _hides_nothing
    as_of: date | None = None
    settings: Settings = SETTINGS

    @cached_property
    def alliances(self) -> Mapping[str, Facts]:
        """The alliances by id; of several with one id the first."""
        named = ((one.id, one) for one in reversed(self.facts) if one.kind == "alliance")
        return {name: one for name, one in named if name is not None}

    @cached_property
    def chains(self) -> Mapping[str, tuple[Facts, ...]]:
        """The check-ins of each alliance, by date."""
        found: defaultdict[str, list[Facts]] = defaultdict(list)
        for one in self.facts:
            if one.alliance is not None and one.date is not None:
                found[one.alliance].append(one)
        return {name: tuple(sorted(chain, key=lambda one: (one.date or "", one.path))) for name, chain in found.items()}

    def is_searched(self, *facts: Facts) -> bool:
        """Return whether documents were found in a folder, together with whatever belongs to them."""
        return all(one.path in self.searched for one in facts)
