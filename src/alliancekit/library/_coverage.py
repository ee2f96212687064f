"""How much of a bank or a flow somebody reads in a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, final

from attrs import frozen

from alliancekit.findings import Finding
from alliancekit.flow import Flow
from alliancekit.library._gaps import gaps
from alliancekit.library._localised import Wording
from alliancekit.library._units import Key, Translatable, Unit, units
from alliancekit.values import FrozenMap

__all__ = ["Coverage", "Share", "covered"]

_SORTS: Final = {
    "title": "titles",
    "text": "texts",
    "why": "whys",
    "options": "options",
    "low": "ends",
    "high": "ends",
    "unit": "units",
    "follow_ups": "follow_ups",
}


@final
@frozen
class Share:
    """
    How many of some texts are there in another language.

    Attributes:
        done: How many.
        total: Of how many.

    .. versionadded:: 0.1
    """

    done: int
    total: int

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


@final
@frozen(kw_only=True)
class Coverage:
    """
    How much of a bank or a flow somebody reads in a language.

    A bank that extends others is counted whole: with the prompts that it takes over, and their translations.

    Attributes:
        kind: ``bank`` or ``flow``.
        name: Its id.
        language: The language that is asked for.
        tags: The languages whose words are read, the narrowest first; empty where there is no translation.
        total: How many prompts, or steps with words, it has.
        complete: Those of which every text is there and none was changed since.
        missing: Those that lack a text, or all.
        stale: Those that were changed after they were translated.
        unstamped: Those that do not say what was translated.
        texts: Of each sort of text, how many are there: ``titles``, ``texts``, ``whys``, ``options``, ``follow_ups``, …
        findings: All gaps, one by one; empty where it is complete.

    .. versionadded:: 0.1
    """

    kind: str
    name: str
    language: str
    tags: tuple[str, ...]
    total: int
    complete: tuple[str, ...]
    missing: tuple[str, ...]
    stale: tuple[str, ...]
    unstamped: tuple[str, ...]
    texts: FrozenMap[Share]
    findings: tuple[Finding, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every text is there, fits, and is known to."""
        return not self.findings

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, for JSON."""
        return {
            "kind": self.kind,
            "name": self.name,
            "language": self.language,
            "from": list(self.tags),
            "is_complete": self.is_complete,
            "total": self.total,
            "complete": len(self.complete),
            "missing": list(self.missing),
            "stale": list(self.stale),
            "unstamped": list(self.unstamped),
            "texts": {sort: {"done": one.done, "total": one.total} for sort, one in self.texts.items()},
            "findings": [
                {"rule": one.rule, "severity": str(one.severity), "message": one.message} for one in self.findings
            ],
        }


def covered(source: Translatable, wording: Wording, language: str) -> Coverage:
    """Return how much of *source* those who read *language* get from *wording*."""
    is_flow = isinstance(source, Flow)
    known = units(source)
    asked = {key: unit for key, unit in known.items() if key[0] == ("step" if is_flow else "prompt")}
    states = {key: _state(unit, wording.units.get(key)) for key, unit in asked.items()}

    def named(state: str) -> tuple[str, ...]:
        return tuple(name for (_, name), is_so in states.items() if state in is_so)

    return Coverage(
        kind="flow" if is_flow else "bank",
        name=source.id,
        language=language,
        tags=wording.tags,
        total=len(asked),
        complete=named("complete"),
        missing=named("missing"),
        stale=named("stale"),
        unstamped=named("unstamped"),
        texts=_shares(known, wording.units),
        findings=gaps(source, wording),
    )


def _state(unit: Unit, own: Unit | None) -> frozenset[str]:
    if own is None:
        return frozenset({"missing"})
    found = {
        "missing": not unit.parts.keys() <= own.parts.keys(),
        "stale": own.is_stale(unit),
        "unstamped": not own.is_stamped,
    }
    return frozenset(name for name, is_so in found.items() if is_so) or frozenset({"complete"})


def _shares(known: Mapping[Key, Unit], held: Mapping[Key, Unit]) -> FrozenMap[Share]:
    there = {key: unit.parts.keys() for key, unit in held.items()}
    total = Counter(_sorts(name for unit in known.values() for name in unit.parts))
    done = Counter(_sorts(name for key, unit in known.items() for name in unit.parts if name in there.get(key, ())))
    return FrozenMap({sort: Share(done[sort], total[sort]) for sort in dict.fromkeys(_SORTS.values()) if total[sort]})


def _sorts(names: Iterable[str]) -> Iterable[str]:
    return (_SORTS[name.partition("/")[0]] for name in names)
