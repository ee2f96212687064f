"""One list from the lists of several languages: entries belong together by id, else by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from alliancekit.intake._questions._draft import PLAIN, Choice, Draft, Entry, Words

__all__ = ["joined"]


def joined(drafts: Mapping[str, Draft], into: Draft) -> None:
    """
    Add the entries of *drafts*, each in the language that is its key, to *into*; what fits no entry is one of its own.

    Args:
        drafts: What was read of each language, the main one first.
        into: Where they go.
    """
    main, *others = drafts
    entries = [_in(main, one) for one in drafts[main].entries]
    single: list[Entry] = []
    for language in others:
        found = [_in(language, one) for one in drafts[language].entries]
        pairs = _pairs(entries, found)
        for place, one in enumerate(found):
            if place in pairs:
                entries[pairs[place]] = _both(entries[pairs[place]], one)
            else:
                single.append(one)
        _title([(found[one], entries[two]) for one, two in pairs.items()], drafts[language], drafts[main], language)
    into.languages += [tag for tag in drafts if tag not in into.languages]
    into.entries += [*entries, *single]
    for tag, draft in drafts.items():
        into.kept += draft.kept
        into.add_notes(draft)
        used = {key for one in (*entries, *single) for key in one.sections}
        for key, section in draft.sections.items():
            if key in used:
                into.section(key, _tagged(section.title, tag), section.id)


def _pairs(entries: list[Entry], found: list[Entry]) -> dict[int, int]:
    """Return for places in *found* the places in *entries* of what they translate."""
    places = {one.id: place for place, one in enumerate(entries) if one.id}
    if places and any(one.id in places for one in found):
        by_id = {place: places[one.id] for place, one in enumerate(found) if one.id in places}
        return by_id if len(set(by_id.values())) == len(by_id) else {}
    return {place: place for place in range(len(found))} if len(found) == len(entries) else {}


def _in(language: str, entry: Entry) -> Entry:
    answer = entry.answer
    return evolve(
        entry,
        text=_tagged(entry.text, language),
        why=_tagged(entry.why, language),
        follow_ups=_choices(entry.follow_ups, language),
        answer=evolve(
            answer,
            options=_choices(answer.options, language),
            low=_tagged(answer.low, language),
            high=_tagged(answer.high, language),
            unit=_tagged(answer.unit, language),
        ),
    )


def _tagged(words: Words, language: str) -> dict[str, str]:
    return {tag or language: text for tag, text in words.items() if tag != PLAIN or text}


def _choices(choices: tuple[Choice, ...], language: str) -> tuple[Choice, ...]:
    return tuple(evolve(one, words=_tagged(one.words, language)) for one in choices)


def _both(entry: Entry, other: Entry) -> Entry:
    one, two = entry.answer, other.answer
    return evolve(
        entry,
        text={**other.text, **entry.text},
        why={**other.why, **entry.why},
        follow_ups=_by_place(entry.follow_ups, other.follow_ups),
        answer=evolve(
            one,
            options=_by_place(one.options, two.options),
            low={**two.low, **one.low},
            high={**two.high, **one.high},
            unit={**two.unit, **one.unit},
        ),
        extra={**other.extra, **entry.extra},
    )


def _by_place(choices: tuple[Choice, ...], others: tuple[Choice, ...]) -> tuple[Choice, ...]:
    if len(choices) != len(others):
        return choices or others
    return tuple(evolve(one, words={**two.words, **one.words}) for one, two in zip(choices, others, strict=True))


def _title(pairs: Sequence[tuple[Entry, Entry]], draft: Draft, main: Draft, language: str) -> None:
    """Give the sections of the main list the titles that those of their translations have."""
    for one, entry in pairs:
        for key, own in zip(one.sections, entry.sections, strict=False):
            title = draft.sections[key].title.get(PLAIN, "")
            main.sections[own].title.setdefault(language, title)
