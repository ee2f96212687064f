"""What a translation lacks, what has changed since it was made, and what of it fits nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from alliancekit.errors import Suggestions
from alliancekit.findings import Finding, Severity
from alliancekit.flow import Flow, placeholders
from alliancekit.library._localised import Wording
from alliancekit.library._units import Key, Translatable, Translation, Unit, name_of, steps_in, units
from alliancekit.values import EMPTY, shorten

__all__ = ["gaps", "translation_gaps"]

# What a person calls the parts of a unit.
_PARTS: Final = {
    "text": "text",
    "why": "why",
    "title": "title",
    "low": "low end",
    "high": "high end",
    "unit": "unit",
    "options": "option",
    "follow_ups": "follow-up",
}
# Only these are filled in for a reader; braces in a label are braces.
_FILLED: Final = frozenset({"text", "why", "title", "follow_ups"})
_MOST_NAMED: Final = 5


def translation_gaps(
    source: Translatable, translation: Translation, *, wider: Iterable[Translation] = ()
) -> tuple[Finding, ...]:
    """
    Return what *translation* lacks of *source*, and what of it does not fit, each with its pointer in the translation.

    The rules are ``missing-translation``, ``stale-translation``, ``unknown-prompt`` (a prompt, section, option or
    follow-up that the bank has not), ``unknown-reference`` (a step that the flow has not) and ``placeholder-in-prompt``.

    Args:
        source: The bank, whole, or the flow; in its own language.
        translation: Its words in another.
        wider: Translations whose words are read where this one has none: ``pt`` under ``pt-BR``, and those of the banks
            that a bank extends.

    .. versionadded:: 0.1
    """
    below = Wording()
    for one in wider:
        below = below.over(Wording.of(one))
    return gaps(source, Wording.of(translation), below)


def gaps(source: Translatable, wording: Wording, below: Wording | None = None) -> tuple[Finding, ...]:
    """Return the gaps of *wording*, where the words of *below* are read in place of those that it leaves out."""
    known, held = units(source), wording.units
    rest = {key: unit.parts for key, unit in below.units.items()} if below else {}
    found = [
        *_missing(known, held, rest),
        *_unstamped(known, held),
        *_stale(known, held),
        *_unknown(source, known, held),
        *_unequal(known, held),
    ]
    return tuple(sorted(found, key=lambda one: one.pointer))


def _missing(
    known: Mapping[Key, Unit], held: Mapping[Key, Unit], rest: Mapping[Key, Mapping[str, str]]
) -> Iterator[Finding]:
    whole: dict[str, list[str]] = {}
    for key, unit in known.items():
        own: Mapping[str, str] = held[key].parts if key in held else EMPTY
        lacking = [name for name in unit.parts if name not in own and name not in rest.get(key, ())]
        if lacking and not own and len(lacking) == len(unit.parts):
            whole.setdefault(key[0], []).append(key[1])
        elif lacking:
            message = f"{_listed(lacking)} of {_called(key)} {_are(lacking)} not translated"
            yield _warning("missing-translation", message, held[key].pointer if own else _above(key[0], held))
    for what, names in whole.items():
        # There may be hundreds, and the cause is one.
        called = "the title" if what == "title" else f"the {what}{'s' * (len(names) > 1)} {_few(names)}"
        yield _warning("missing-translation", f"{called} {_are(names)} not translated", _above(what, held))


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _unstamped(known: Mapping[Key, Unit], held: Mapping[Key, Unit]) -> Iterator[Finding]:
    bare = [name_of(key) for key, unit in held.items() if not unit.is_stamped and key in known]
    if bare:
        entries = "1 entry says" if len(bare) == 1 else f"{len(bare)} entries say"
        message = f"{entries} not what was translated, so nobody sees when it changes: {_few(bare)}"
        yield _warning("stale-translation", message, "", "alliancekit banks stamp FILE writes it, as `source`")


def _stale(known: Mapping[Key, Unit], held: Mapping[Key, Unit]) -> Iterator[Finding]:
    for key, unit in held.items():
        if key in known and unit.is_stale(known[key]):
            message = f"{_called(key)} was changed after it was translated"
            hint = "look at it again, and stamp it: alliancekit banks stamp FILE"
            yield _warning("stale-translation", message, unit.pointer, hint)


def _unknown(source: Translatable, known: Mapping[Key, Unit], held: Mapping[Key, Unit]) -> Iterator[Finding]:
    # What a bank takes over is not in it before it lies over the others.
    is_whole = isinstance(source, Flow) or not source.extends
    near = Suggestions()
    where = "flow" if isinstance(source, Flow) else "bank"
    names = {one: tuple(name for what, name in known if what == one) for one in dict.fromkeys(what for what, _ in held)}
    silent = _silent(source)
    for key, unit in held.items():
        if key not in known and is_whole:
            rule = "unknown-reference" if key[0] == "step" else "unknown-prompt"
            hint = near.did_you_mean(key[1], names[key[0]])
            told = "says nothing and has no title" if key in silent else f"is not in the {where}"
            yield _warning(rule, f"{_called(key)} {told}", unit.pointer, hint)
        if key in known:
            yield from _unknown_parts(key, unit, known[key], near)


def _silent(source: Translatable) -> frozenset[Key]:
    """Return the steps of a flow, all of them: one that is no unit has no words."""
    return (
        frozenset(("step", step.id) for _, step in steps_in(source.steps)) if isinstance(source, Flow) else frozenset()
    )


def _unknown_parts(key: Key, unit: Unit, known: Unit, near: Suggestions) -> Iterator[Finding]:
    rule = "unknown-reference" if key[0] == "step" else "unknown-prompt"
    inside: dict[str, list[str]] = {}
    for name in known.parts:
        outer, _, inner = name.partition("/")
        inside.setdefault(outer, []).append(inner)
    for name in (one for one in unit.parts if one not in known.parts):
        outer, _, inner = name.partition("/")
        hint = near.did_you_mean(inner, inside.get(outer, ())) if inner else ""
        # A follow-up stands in a list; its prompt is near enough.
        pointer = f"{unit.pointer}/{outer}" + (f"/{inner}" if outer == "options" else "")
        yield _warning(rule, f"{_called(key)} has no {_part(name)}", pointer, hint)


def _unequal(known: Mapping[Key, Unit], held: Mapping[Key, Unit]) -> Iterator[Finding]:
    for key, unit in held.items():
        if key not in known:
            continue
        original = known[key].parts
        for name, text in unit.parts.items():
            outer = name.partition("/")[0]
            if name not in original or outer not in _FILLED:
                continue
            wanted, there = set(placeholders(original[name])), set(placeholders(text))
            if wanted != there:
                said = [*(f"lacks {_braced(one)}" for one in sorted(wanted - there))]
                said += [f"has {_braced(one)}, which the original has not" for one in sorted(there - wanted)]
                pointer = f"{unit.pointer}/{outer}" if outer in {name, "follow_ups"} else unit.pointer
                message = f"the {_part(name)} of {_called(key)} {_few(said)}"
                yield Finding(rule="placeholder-in-prompt", message=message, pointer=pointer)


def _warning(rule: str, message: str, pointer: str, hint: str = "") -> Finding:
    return Finding(rule=rule, message=message, severity=Severity.WARNING, pointer=pointer, hint=hint)


def _braced(name: str) -> str:
    return "{" + shorten(name).strip("'") + "}"


def _called(key: Key) -> str:
    what, name = key
    return f"the {what} {name}" if name else "the title"


def _part(name: str) -> str:
    outer, _, inner = name.partition("/")
    return f"{_PARTS[outer]} {inner}".strip()


def _listed(names: list[str]) -> str:
    return _few([f"the {_part(name)}" for name in names])


def _few(words: list[str]) -> str:
    more = len(words) - _MOST_NAMED
    *first, last = words if more < 2 else [*words[:_MOST_NAMED], f"{more} more"]
    return f"{', '.join(first)} and {last}" if first else last


def _above(what: str, held: Mapping[Key, Unit]) -> str:
    """Return where entries that are missing would stand: their part of the document, where that is there."""
    there = {"section": "/sections", "prompt": "/prompts", "step": "/steps"}.get(what, "")
    return there if any(other == what for other, _ in held) else ""
