"""
Rules about time, which speak only where a day is given.

What they say was not so yesterday and nobody has touched the file: so they fail nothing, unless that is asked for.
An alliance that has ended or rests owes nothing to the calendar; that it has expired can be said of one that rests.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from shlex import quote
from typing import Final

from alliancekit.cadence import counted_from, dates, exists, next_check_in, review_due
from alliancekit.check._facts import Facts
from alliancekit.check._rule import WARNING, Hit, Rule, Subject
from alliancekit.check._rules._consent import to_ratify
from alliancekit.check._together import Together
from alliancekit.model import Cadence, Review, ScheduledCheckIn
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of

__all__ = ["RULES"]

_A_DAY: Final = timedelta(days=1)
# Clocks change twice a year, so whoever looks a year ahead sees each change once.
_AHEAD: Final = timedelta(days=366)
# More check-ins than anybody keeps; a hostile file has thousands, each with a year of dates.
_MOST_CHECK_INS: Final = 50


def _day(subject: Subject) -> date:
    assert subject.as_of is not None  # a rule about time is asked with a day
    return subject.as_of


def _review_overdue(subject: Subject) -> Iterator[Hit]:
    due = review_due(subject.alliance) if subject.is_active else None
    if due is not None and due < _day(subject):
        agreed = counted_from(subject.alliance)
        message = f"the review was due on {due}, and nobody has agreed to anything since {agreed}"
        hint = f"look at the alliance as a whole; whoever still says yes runs {to_ratify(subject)}"
        yield Hit(pointer="/cadence/review", message=message, hint=hint, on_key=True)


def _commitment_overdue(subject: Subject) -> Iterator[Hit]:
    today = _day(subject)
    for key, one in subject.alliance.commitments.items() if subject.alliance.status != "paused" else ():
        if one.due is not None and one.due < today and one.standing == "open":
            message = f"{key} was due on {one.due}, and stands open"
            hint = "write how it stands here, with standing: kept, broken or released; or agree on another day"
            yield Hit(pointer=pointer_of("commitments", key, "due"), message=message, hint=hint)


def _alliance_expired(subject: Subject) -> Iterator[Hit]:
    alliance = subject.alliance
    if alliance.expires is not None and alliance.expires < _day(subject):
        message = f"it held until {alliance.expires}, and its status is {alliance.status}"
        yield Hit(pointer="/expires", message=message, hint="write status: closed, or agree on a later day")


def _waiver_expired(subject: Subject) -> Iterator[Hit]:
    for key, one in subject.alliance.waivers.items() if subject.alliance.status != "paused" else ():
        if one.until is not None and one.until < _day(subject):
            message = f"{key} held until {one.until}, and {one.clause} holds for all again"
            pointer = pointer_of("waivers", key, "until")
            yield Hit(pointer=pointer, message=message, hint="take it out, or agree on a later day")


def _future_check_in(subject: Subject) -> Iterator[Hit]:
    if subject.check_in.date > _day(subject):
        message = f"the check-in is dated {subject.check_in.date}, and today is {_day(subject)}"
        yield Hit(pointer="/date", message=message, hint="a record is made when the members have met")


def _check_in_in_gap(subject: Subject) -> Iterator[Hit]:
    alliance, today = subject.alliance, _day(subject)
    if alliance.cadence is None or alliance.status == "paused":
        return
    for pointer, one in islice(_meetings(alliance.cadence), _MOST_CHECK_INS):
        if one.at is None or one.timezone is None:
            continue
        starts = one.starts or counted_from(alliance) or today
        for day in dates(one, starts=starts, after=_before(today), until=_after(today)):
            if not exists(day, one.at, one.timezone):
                message = f"on {day} there is no {one.at:%H:%M} in {one.timezone}: clocks go forward"
                hint = "agree on another time, for that day or for all"
                yield Hit(pointer=f"{pointer}/at", message=message, hint=hint)
                break


def _meetings(cadence: Cadence) -> Iterator[tuple[Pointer, ScheduledCheckIn | Review]]:
    if cadence.review is not None:
        yield "/cadence/review", cadence.review
    for key, one in cadence.check_ins.items():
        yield pointer_of("cadence", "check_ins", key), one


def _before(day: date) -> date | None:
    return day - _A_DAY if day > date.min else None


def _after(day: date) -> date | None:
    return day + _AHEAD if date.max - day > _AHEAD else None


def _check_in_missed(together: Together) -> Iterator[tuple[Facts, Hit]]:
    for name, chain in together.chains.items():
        alliance = together.alliances.get(name)
        if alliance is None or alliance.status != "active" or not together.is_searched(alliance, *chain):
            continue
        last = chain[-1]
        due, is_written = _following(last, alliance)
        # A day of grace: a record is seldom written within the hour.
        if due is not None and together.as_of is not None and (together.as_of - due) > _A_DAY:
            message = f"the check-in after the one of {last.date} was due on {due}, and there is no record of it"
            hint = f"meet, and write it down: alliancekit guide check-in --alliance {quote(alliance.path)}"
            yield last, Hit(pointer="/next" if is_written else "/date", message=message, hint=hint)


def _following(record: Facts, alliance: Facts) -> tuple[date | None, bool]:
    """Return when the check-in after *record* is, and whether the record itself says so; else the cadence does."""
    held = date.fromisoformat(record.date or "")
    if record.next is not None and (written := date.fromisoformat(record.next)) > held:
        return written, True
    return next_check_in(alliance.read_cadence(), held=held), False


RULES: Final = (
    Rule(
        code="review-overdue",
        group="Time",
        severity=WARNING,
        find=_review_overdue,
        needs=("status", "cadence", "ratifications"),
        why="A charter that is made once hardly helps; one that is revised does. The review is due on its first day after the newest ratification; where it says no start, it is counted from that one. It is asked of an alliance that is active.",
        failing="""
            # as of 2027-02-02
            status: active
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
              review:
                frequency: monthly
                interval: 3
            ratifications:
              ana:
                date: "2026-11-01"
                digest: "sha256:923879d6577b36b18d84422398ac149c39b04023e686a07b43b661959db87be1"
              ben:
                date: "2026-11-01"
                digest: "sha256:923879d6577b36b18d84422398ac149c39b04023e686a07b43b661959db87be1"
            """,
        passing="""
            # as of 2027-02-01
            status: active
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
              review:
                frequency: monthly
                interval: 3
            ratifications:
              ana:
                date: "2026-11-01"
                digest: "sha256:923879d6577b36b18d84422398ac149c39b04023e686a07b43b661959db87be1"
              ben:
                date: "2026-11-01"
                digest: "sha256:923879d6577b36b18d84422398ac149c39b04023e686a07b43b661959db87be1"
            """,
        source="Team charters of 1,891 teams: what helps is to revise them.",
    ),
    Rule(
        code="commitment-overdue",
        group="Time",
        severity=WARNING,
        find=_commitment_overdue,
        once_closed=False,
        needs=("status",),
        why="The day of a promise has passed and nobody has said how it stands. Whoever counts on it does not know; whoever kept it is not thanked.",
        failing="""
            # as of 2026-12-08
            commitments:
              one-page-plan:
                by: [ana]
                text: Send the plan for the spring.
                known_by: It is in the shared folder.
                due: "2026-12-07"
              two-page-plan:
                by: [ben]
                text: Send the plan for the summer.
                known_by: It is in the shared folder.
                due: "2027-03-01"
            """,
        passing="""
            # as of 2026-12-08
            commitments:
              one-page-plan:
                by: [ana]
                text: Send the plan for the spring.
                known_by: It is in the shared folder.
                due: "2026-12-07"
                standing: kept
              two-page-plan:
                by: [ben]
                text: Send the plan for the summer.
                known_by: It is in the shared folder.
                due: "2027-03-01"
            """,
        source="Practice: commitments are come back to.",
    ),
    Rule(
        code="check-in-missed",
        group="Time",
        severity=WARNING,
        across=_check_in_missed,
        why="What nobody comes back to is forgotten. The check-in after the last record is due on the day that the record names as next, or else by the rhythm of the alliance; a meeting that was moved stands for the date nearest to it. It is missed when a day more has passed. It is asked of alliances that are active and keep records, and only where a folder was searched, for elsewhere may be a newer record.",
        failing="""
            # ana-ben.alliance.yaml
            # as of 2026-11-21
            status: active
            # 2026-11-12.check-in.yaml
            # as of 2026-11-21
            next: "2026-11-19"
            """,
        passing="""
            # ana-ben.alliance.yaml
            # as of 2026-11-21
            status: active
            # 2026-11-12.check-in.yaml
            # as of 2026-11-21
            next: "2026-11-19"
            # 2026-11-20.check-in.yaml
            # as of 2026-11-21
            date: "2026-11-20"
            next: "2026-11-26"
            """,
        source="Practice: never one-and-done.",
    ),
    Rule(
        code="alliance-expired",
        group="Time",
        severity=WARNING,
        find=_alliance_expired,
        once_closed=False,
        needs=("status",),
        why="It was agreed until a day that has passed. It is closed, or agreed to for longer; in between nobody knows whether it holds.",
        failing="""
            # as of 2027-01-01
            expires: "2026-12-31"
            """,
        passing="""
            # as of 2027-01-01
            expires: "2027-12-31"
            """,
        source="Sociocracy 3.0: an agreement has an end, or a date on which it is looked at.",
    ),
    Rule(
        code="waiver-expired",
        group="Time",
        severity=WARNING,
        find=_waiver_expired,
        once_closed=False,
        needs=("status",),
        why="An exemption that has run out reads as if it still held.",
        failing="""
            # as of 2026-12-02
            waivers:
              on-call:
                clause: flag-slips
                members: [ben]
                reason: On call that week.
                until: "2026-12-01"
            """,
        passing="""
            # as of 2026-12-02
            waivers:
              on-call:
                clause: flag-slips
                members: [ben]
                reason: On call that week.
                until: "2026-12-08"
            """,
        source="Practice: an exemption names its members, its reason and its end.",
    ),
    Rule(
        code="future-check-in",
        group="Time",
        severity=WARNING,
        find=_future_check_in,
        about="check-in",
        why="A record tells of a meeting that has been. One of a day to come was filled in beforehand, or its year is wrong.",
        failing="""
            # as of 2026-11-12
            date: "2027-11-12"
            next: "2027-11-19"
            """,
        passing="""
            # as of 2026-11-12
            date: "2026-11-12"
            """,
        source="Plain sense.",
    ),
    Rule(
        code="check-in-in-gap",
        group="Time",
        severity=WARNING,
        find=_check_in_in_gap,
        once_closed=False,
        needs=("status", "cadence"),
        why="Where clocks go forward, an hour of the night does not exist. A check-in or a review in it is held an hour later by some clocks and left out by others. The next one within a year is named.",
        failing="""
            # as of 2026-11-01
            cadence:
              check_ins:
                nightly:
                  frequency: weekly
                  weekdays: [sunday]
                  at: "01:30"
                  timezone: Europe/Lisbon
              review:
                frequency: monthly
                interval: 3
            """,
        passing="""
            # as of 2026-11-01
            cadence:
              check_ins:
                nightly:
                  frequency: weekly
                  weekdays: [sunday]
                  at: "02:30"
                  timezone: Europe/Lisbon
              review:
                frequency: monthly
                interval: 3
            """,
        source="The tz database; RFC 5545.",
    ),
)
