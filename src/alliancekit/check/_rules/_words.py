"""
The words that the wording rules know, by language.

Adding a language is adding a row: a text in a language without one is not judged. A word is matched whole and without
regard to case; a hyphen or a space in an entry stands for either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Final, final

from attrs import frozen

__all__ = ["Words", "words_of"]


@final
@frozen(kw_only=True)
class Words:
    """
    What a language calls vague, what it hides behind, and what can be observed.

    Attributes:
        vague: Qualities and measures that nobody could film or count.
        weasel: Words that leave open whether anything will be done.
        observable: Numbers, times, channels and artefacts: with one of them beside it, a vague word is held to something.
    """

    vague: tuple[str, ...]
    weasel: tuple[str, ...]
    observable: tuple[str, ...]

    def vague_in(self, text: str) -> tuple[str, ...]:
        """Return the vague words of *text*, as they are written there, each once."""
        return _found(self.vague, text)

    def weasel_in(self, text: str) -> tuple[str, ...]:
        """Return the words of *text* that leave it open, as they are written there, each once."""
        return _found(self.weasel, text)

    def is_observable(self, text: str) -> bool:
        """Return whether *text* names something that can be seen or counted: a digit is enough."""
        return any(one.isdecimal() for one in text) or _pattern(self.observable).search(text) is not None


def words_of(language: str | None) -> Words | None:
    """Return the words of *language*, a BCP 47 tag; of English where it is None; None for one without a row."""
    return _WORDS.get((language or "en").partition("-")[0].casefold())


def _found(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[0] for one in _pattern(words).finditer(text)))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    # By the first letter, for at nearly every place of a text none of hundreds of words can begin.
    by_letter = groupby(sorted(words, key=str.casefold), key=lambda word: word[0].casefold())
    joined = "|".join(f"{letter}(?:{_endings(held)})" for letter, held in by_letter)
    return re.compile(rf"\b(?<!-)(?:{joined})(?![\w-])", re.IGNORECASE)


def _endings(words: Iterable[str]) -> str:
    # The longest first, so that "try to" is not found as "try".
    longest_first = sorted((one[1:] for one in words), key=len, reverse=True)
    return "|".join(re.escape(one).replace(r"\ ", r"[\s-]").replace(r"\-", r"[\s-]?") for one in longest_first)


def _split(text: str) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in text.split(","))


_ENGLISH: Final = Words(
    vague=_split(
        """
        accountable, adequate, adequately, appropriate, appropriately, approachable, be honest, be open, be present, better,
        care about, caring, collaborative, collaboratively, committed, communicate clearly, communicate effectively,
        communicate well, considerate, constructive, constructively, courteous, decent, do our best, do your best, do my best,
        effective, effectively, efficient, efficiently, empathetic, engaged, enough, excellent, fair, fairly, flexible, friendly,
        frequently, go the extra mile, good communication, good faith, good quality, healthy, helpful, high quality, in a timely
        manner, inclusive, be kind, kind to, kindly, mindful, more often, nice, often, open-minded, patient, polite, politely, positive,
        positive attitude, proactive, proactively, professional, professionally, promptly, properly, quickly, reasonable,
        reasonably, regularly, reliable, reliably, respect each other, respect one another, respectful, respectfully, responsible,
        responsibly, responsive, soon, sufficient, sufficiently, supportive, take ownership, team player, thoughtful, timely,
        transparent, transparently, trust each other, trust one another, work hard, work together
        """
    ),
    weasel=_split(
        """
        aim to, as appropriate, as far as possible, as much as possible, as needed, as necessary, as required,
        as soon as possible, asap, at some point, attempt to, best effort, best efforts, endeavor to, endeavour to,
        from time to time, generally, hope to, hopefully, ideally, if feasible, if I can, if necessary, if needed, if possible,
        if time allows, if time permits, if we can, in general, intend to, it depends, maybe, might, more or less,
        normally, occasionally, perhaps, possibly, preferably, probably, should, sometimes, strive, strive to, tend to,
        to the best of, try, try to, try and, trying to, usually, when appropriate, when I can, when necessary, when needed,
        when possible, when time allows, when we can, where appropriate, where feasible, where necessary, where possible,
        whenever possible, wherever possible
        """
    ),
    observable=_split(
        """
        two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, fifteen, twenty, thirty, sixty, ninety, hundred,
        once, twice, half, dozen, zero,
        minute, minutes, hour, hours, hourly, day, days, daily, week, weeks, weekly, weekend, weekends, weekday, weekdays, month,
        months, monthly, quarter, quarterly, year, years, yearly, monday, mondays, tuesday, tuesdays, wednesday, wednesdays,
        thursday, thursdays, friday, fridays, saturday, saturdays, sunday, sundays, january, february, april, june, july, august,
        september, october, november, december, today, tomorrow, tonight, morning, mornings, noon, afternoon, afternoons, evening,
        evenings, midnight, deadline, sprint, standup, stand-up, retro, retrospective, retrospectives, check-in, check-ins,
        chat, slack, discord, zoom, whatsapp, e-mail, e-mails, mail, mails, phone, call, calls, video, sms, message, messages,
        text message, voicemail, thread, channel, in person, face to face, in the room,
        agenda, backlog, board, branch, build, calendar, changelog, checklist, code review, demo, doc, document, documents, docs,
        draft, drafts, file, folder, form, invoice, issue, issues, kanban, list, log, logs, minutes of, notes, page, poll, PR, PRs,
        pull request, pull requests, readme, receipt, repo, repository, report, roadmap, shopping list, slide, slides,
        spreadsheet, survey, table, tests, ticket, tickets, vote, wiki
        """
    ),
)

_WORDS: Final[Mapping[str, Words]] = MappingProxyType({"en": _ENGLISH})
