"""The check-ins of one alliance, one after another: what became of each promise, and when people met."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, final

from attrs import evolve, field, frozen

from alliancekit.cadence import next_check_in
from alliancekit.consent import Applied, apply_check_in, standing_after
from alliancekit.errors import Suggestions, did_you_mean, require, require_all
from alliancekit.findings import Finding, Severity
from alliancekit.living._story import Looked, Story
from alliancekit.model import Alliance, Amendment, Cadence, CheckIn, Commitment, Member
from alliancekit.values import FrozenMap, pointer_of, shorten

__all__ = ["Chain", "Meeting", "Replayed", "chain", "due_after"]


@final
@frozen(kw_only=True)
class Meeting:
    """
    One check-in in its chain.

    Attributes:
        record: What came of it.
        due: The day on which it was due, by what the one before it says or else by the rhythm; None for the first, and
            where nothing says so.
        carried: The commitments that were open before it and are open after it.
        closed: Those that it closed: kept or broken for good, let go, or dropped.
        opened: Those that it added, or opened again.

    .. versionadded:: 0.1
    """

    record: CheckIn
    due: date | None
    carried: tuple[str, ...]
    closed: tuple[str, ...]
    opened: tuple[str, ...]

    @property
    def date(self) -> date:
        """The day of the meeting."""
        return self.record.date

    @property
    def days_late(self) -> int:
        """How many days after the due one it was held; 0 where it was in time, or nothing was due."""
        return max(0, (self.date - self.due).days) if self.due is not None else 0


@final
@frozen(kw_only=True)
class Replayed:
    """
    What a chain of check-ins makes of the alliance with which it began.

    Attributes:
        steps: What each record did, in order.
        alliance: The alliance after the last of them, with what all of them amended; the ratifications are those of the
            beginning.
        findings: What is wrong with the records, each with the day of its record before it.

    .. versionadded:: 0.1
    """

    steps: tuple[Applied, ...]
    alliance: Alliance
    findings: tuple[Finding, ...]

    @property
    def left_over(self) -> tuple[CheckIn, ...]:
        """What could not be applied."""
        return tuple(one.left_over for one in self.steps if one.left_over is not None)


@final
@frozen(kw_only=True)
class Chain:
    """
    The check-ins of one alliance, in the order of their days.

    Attributes:
        alliance: The alliance, as it is now.
        meetings: Its check-ins; of two on one day, the one that was given first comes first.
        stories: What became of each commitment that the alliance or a record names, by id.
        findings: What is wrong with the records together, each with the day of its record before it.

    .. versionadded:: 0.1
    """

    alliance: Alliance
    meetings: tuple[Meeting, ...]
    stories: FrozenMap[Story]
    findings: tuple[Finding, ...] = field(repr=False)

    @property
    def next(self) -> date | None:
        """The day of the next check-in: as the last record says, or else by the rhythm; None where nothing says so."""
        return due_after(self.meetings[-1].record, self.alliance) if self.meetings else None

    @property
    def gaps(self) -> tuple[Meeting, ...]:
        """The meetings that were held more than a day after they were due."""
        return tuple(one for one in self.meetings if one.days_late > 1)

    def records(self) -> list[dict[str, Any]]:
        """
        Return a row for each commitment at each meeting at which it was there: plain data, for a table.

        ``date`` and ``commitment``; ``standing`` as it was called, None where nobody looked; ``amendment`` is ``add``,
        ``change``, ``drop`` or None; ``open`` says whether it stood open afterwards.
        """
        return [row for one in self.meetings for row in _rows(one)]

    def replayed(self, founding: Alliance) -> Replayed:
        """
        Return what all the records make of *founding*, one after another.

        Members come and go as the alliance of now says: on the day on which they joined or left, or with the first
        record that names them.

        Args:
            founding: The alliance as it was before the first of them.

        Raises:
            InvalidValueError: It is no alliance.
        """
        require(founding, Alliance, "replayed", "founding")
        now, steps, findings = founding, list[Applied](), list[Finding]()
        for meeting in self.meetings:
            applied = apply_check_in(_with_people(now, self.alliance, meeting.record), meeting.record)
            steps.append(applied)
            findings += (_dated(one, meeting.record) for one in applied.findings)
            now = applied.proposed
        return Replayed(steps=tuple(steps), alliance=now, findings=tuple(findings))


def chain(alliance: Alliance, records: Iterable[CheckIn]) -> Chain:
    """
    Return the check-ins of *alliance* as one story.

    What was open when is told by the records: what none of them added was there from the beginning, and what none of them
    names stood all along as it stands now.

    Args:
        alliance: The alliance, as it is now.
        records: The records of its check-ins, in any order; those of another alliance are left out, with a finding.

    Raises:
        InvalidValueError: One of them is something else.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "chain", "alliance")
    given = require_all(records, CheckIn, "chain", "records")
    ordered = sorted((one for one in given if one.alliance == alliance.id), key=lambda one: one.date)
    strange = tuple(_of_another(one, alliance) for one in given if one.alliance != alliance.id)
    return Chain(
        alliance=alliance,
        meetings=tuple(_meetings(alliance, ordered)),
        stories=FrozenMap((name, _story(name, ordered)) for name in _named(alliance, ordered)),
        findings=(*strange, *_findings(alliance, ordered)),
    )


# What each promise went through -----------------------------------------------------------------------------------------


def _of_commitments(record: CheckIn) -> Iterator[Amendment]:
    return (one for one in record.amendments.values() if one.element == "commitments")


def _named(alliance: Alliance, records: Collection[CheckIn]) -> dict[str, None]:
    """Return the commitments that the alliance or a record names, in the order in which they came up."""
    since = {name: None for record in records for name in _touched(record)}
    return {**dict.fromkeys(alliance.commitments), **since}


def _touched(record: CheckIn) -> Iterator[str]:
    yield from record.reviewed
    yield from (one.id for one in _of_commitments(record))


def _story(name: str, records: Collection[CheckIn]) -> Story:
    amended = [(one.date, one.amendments[name].action) for one in records if name in one.amendments]
    return Story(
        id=name,
        added=next((day for day, action in amended if action == "add"), None),
        changed=tuple(day for day, action in amended if action == "change"),
        dropped=next((day for day, action in reversed(amended) if action == "drop"), None),
        looked=tuple(
            Looked(date=one.date, standing=one.reviewed[name].standing) for one in records if name in one.reviewed
        ),
    )


# The meetings -----------------------------------------------------------------------------------------------------------


def _meetings(alliance: Alliance, records: Collection[CheckIn]) -> Iterator[Meeting]:
    held, before = _beginning(alliance, records), None
    for record in records:
        was = {name for name, one in held.items() if one.standing == "open"}
        held = _after(held, record)
        stands = [name for name, one in held.items() if one.standing == "open"]
        still = frozenset(stands)
        yield Meeting(
            record=record,
            due=due_after(before, alliance) if before is not None else None,
            carried=tuple(name for name in stands if name in was),
            closed=tuple(sorted(was - still)),
            opened=tuple(name for name in stands if name not in was),
        )
        before = record


def _beginning(alliance: Alliance, records: Collection[CheckIn]) -> dict[str, Commitment]:
    """
    Return the commitments before the first record, as far as anything tells: all that none of them added.

    What a record names was open; what none names stood as it stands now.
    """
    first: dict[str, str] = {}
    for record in records:
        for one in _of_commitments(record):
            first.setdefault(one.id, one.action)
    names = [name for name in _named(alliance, records) if first.get(name) != "add"]
    touched = {name for record in records for name in _touched(record)}
    blank = Commitment(id="blank", by=("everyone",), text="It is told by its records alone.")
    held = {name: alliance.commitments.get(name, blank) for name in names}
    return {name: one.with_standing("open") if name in touched else one for name, one in held.items()}


def _after(held: Mapping[str, Commitment], record: CheckIn) -> dict[str, Commitment]:
    found = dict(held)
    for name, said in record.reviewed.items():
        was = found.get(name)
        if was is not None and (stands := standing_after(was, said.standing)) != was.standing:
            found[name] = was.with_standing(stands)
    for one in _of_commitments(record):
        if one.action == "drop":
            found.pop(one.id, None)
        else:
            found[one.id] = _begun(found.get(one.id), one)
    return found


def _begun(was: Commitment | None, amendment: Amendment) -> Commitment:
    day = amendment.due or (was.due if was is not None and amendment.repeats is None else None)
    return Commitment(id=amendment.id, by=("everyone",), text=amendment.text or "It is told by its records.", due=day)


def due_after(record: CheckIn, alliance: Alliance) -> date | None:
    """Return when the check-in after *record* is: a day that it names counts where it is a later one."""
    if record.next is not None and record.next > record.date:
        return record.next
    return next_check_in(alliance.cadence or Cadence(), held=record.date)


def _rows(meeting: Meeting) -> Iterator[dict[str, Any]]:
    record = meeting.record
    amended = {one.id: one.action for one in _of_commitments(record)}
    stands = {*meeting.carried, *meeting.opened}
    for name in {
        **dict.fromkeys((*meeting.carried, *meeting.closed, *meeting.opened)),
        **dict.fromkeys(_touched(record)),
    }:
        said = record.reviewed.get(name)
        yield {
            "date": record.date.isoformat(),
            "commitment": name,
            "standing": said.standing if said is not None else None,
            "amendment": amended.get(name),
            "open": name in stands,
        }


# The people -------------------------------------------------------------------------------------------------------------


def _with_people(alliance: Alliance, now: Alliance, record: CheckIn) -> Alliance:
    """Return *alliance* with its members as they were on the day of *record*, as far as the alliance of *now* tells."""
    people = {who for one in record.amendments.values() for who in (*one.by, *one.to, *one.of)} | {*record.present}
    found = [one for one in now.members.values() if _is_there(one, alliance, record, people)]
    changed = [one for one in (_on(one, record, alliance.members.get(one.id)) for one in found) if one is not None]
    return alliance.with_members(*changed) if changed else alliance


def _is_there(member: Member, alliance: Alliance, record: CheckIn, people: Collection[str]) -> bool:
    has_joined = member.joined is not None and member.joined <= record.date
    return member.id in alliance.members or member.id in people or has_joined


def _on(member: Member, record: CheckIn, was: Member | None) -> Member | None:
    """Return a member as they were on the day of *record*, where that is not as they *was*."""
    left = member.left if member.left is not None and member.left <= record.date else None
    if was is None:
        return evolve(member, left=left)
    return evolve(was, left=left) if left is not None and was.left is None else None


# What is wrong ----------------------------------------------------------------------------------------------------------


def _dated(finding: Finding, record: CheckIn) -> Finding:
    return evolve(finding, message=f"{record.date}: {finding.message}")


def _of_another(record: CheckIn, alliance: Alliance) -> Finding:
    message = f"the record is about {shorten(record.alliance)}, and this alliance is {shorten(alliance.id)}"
    hint = did_you_mean(record.alliance, [alliance.id]) or "keep it with the alliance that it names"
    return _dated(Finding(rule="unknown-alliance", message=message, pointer="/alliance", hint=hint), record)


def _findings(alliance: Alliance, records: Collection[CheckIn]) -> Iterator[Finding]:
    known = {*alliance.commitments}
    # What was dropped since has been there.
    known |= {one.id for record in records for one in _of_commitments(record) if one.action != "change"}
    suggestions, before = Suggestions(), None
    for record in records:
        yield from (_dated(one, record) for one in _out_of_order(record, before))
        for index, who in enumerate(record.present):
            if who not in alliance.members:
                message = f"{alliance.id} has no member named {shorten(who)}"
                hint = suggestions.did_you_mean(who, alliance.members)
                found = Finding(rule="unknown-member", message=message, pointer=pointer_of("present", index), hint=hint)
                yield _dated(found, record)
        for pointer, name in _named_in(record):
            if name not in known:
                message = f"{alliance.id} has no commitment {shorten(name)}, and no check-in added it"
                hint = suggestions.did_you_mean(name, known)
                found = Finding(rule="unknown-commitment", message=message, pointer=pointer, on_key=True, hint=hint)
                yield _dated(found, record)
        before = record


def _named_in(record: CheckIn) -> Iterator[tuple[str, str]]:
    yield from ((pointer_of("reviewed", name), name) for name in record.reviewed)
    yield from ((pointer_of("amendments", one.id), one.id) for one in _of_commitments(record) if one.action == "change")


def _out_of_order(record: CheckIn, before: CheckIn | None) -> Iterator[Finding]:
    if before is not None and before.date == record.date:
        message = "there are two records of this day, and nothing tells which came first"
        hint = "where they are of one meeting, keep one of them"
        yield Finding(rule="dates-out-of-order", message=message, pointer="/date", hint=hint, severity=Severity.WARNING)
    if record.next is not None and record.next < record.date:
        message = f"the next check-in is on {record.next}, before this one"
        yield Finding(rule="dates-out-of-order", message=message, pointer="/next", hint="one of the two dates is wrong")
