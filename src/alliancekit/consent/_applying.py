"""What the record of a check-in does to the alliance that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import final

from attrs import evolve, frozen

from alliancekit.consent._amended import amended
from alliancekit.consent._amendments import read_amendments
from alliancekit.errors import Suggestions, did_you_mean, require
from alliancekit.findings import Finding, Severity
from alliancekit.model import Alliance, Amendment, CheckIn, Reviewed
from alliancekit.values import FrozenMap, pointer_of, shorten

__all__ = ["Applied", "apply_check_in"]


@final
@frozen(kw_only=True)
class Applied:
    """
    What the record of a check-in does to an alliance.

    Attributes:
        alliance: The alliance with its commitments as they stand now; what anybody agreed to is as it was.
        proposed: The same with the amendments too: what the members would say yes to next. The ratifications are those
            of before, so that `status` tells who has to agree again.
        carried: The commitments that stood open and stand open still, in the order of the alliance: what the next
            check-in looks at again.
        closed: Those that stood open, and were kept or broken for good, let go, or dropped.
        opened: Those that were added, or promised anew after they had been closed.
        findings: What is wrong with the record, in its order; a pointer in one is into the record.
        left_over: What could not be applied, as a record that can be mended and applied; None where nothing is left.

    .. versionadded:: 0.1
    """

    alliance: Alliance
    proposed: Alliance
    carried: tuple[str, ...]
    closed: tuple[str, ...]
    opened: tuple[str, ...]
    findings: tuple[Finding, ...]
    left_over: CheckIn | None


def apply_check_in(alliance: Alliance, record: CheckIn) -> Applied:
    """
    Return what *record* does to *alliance*: how its commitments stand after it, and what it would say from then on.

    An amendment is applied whole or not at all; one with a finding is left over. What a record cannot say stays as it
    was: members, where a clause came from, who declined an expectation, what could not be agreed, the hour and the room
    of a meeting, the hours of a channel, and that a clause has lost its evidence, its day or its addressee.

    Args:
        alliance: What was agreed before the meeting.
        record: What came of the meeting.

    Raises:
        InvalidValueError: One of them is something else.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "apply_check_in", "alliance")
    require(record, CheckIn, "apply_check_in", "record")
    if record.alliance != alliance.id:
        return _of_another(alliance, record)
    judged = read_amendments(alliance, record)
    entries = [entry for entry, _ in judged.values() if entry is not None]
    known = {name: one for name, one in record.reviewed.items() if name in alliance.commitments}
    now = amended(alliance, (), known)
    proposed = amended(alliance, entries, known)
    proposed = _resolved(proposed, {one.id for one in entries})
    # What is added at the same meeting stands open, whatever was said of it.
    new = {one.id for one in entries if one.element == "commitments"}
    strange = {name: one for name, one in record.reviewed.items() if name not in {*known, *new}}
    findings = (*_about(alliance, record), *_unknown(alliance, strange), *_of(judged.values()))
    left = {name: record.amendments[name] for name, (entry, _) in judged.items() if entry is None}
    return _applied(alliance, now, proposed, findings, _left_over(record, strange, left))


def _resolved(alliance: Alliance, names: set[str]) -> Alliance:
    """Return *alliance* without what could not be agreed before, and was agreed now."""
    held = alliance.unresolved
    return evolve(alliance, unresolved=FrozenMap({k: v for k, v in held.items() if k not in names}, extra=held.extra))


def _applied(
    before: Alliance, now: Alliance, proposed: Alliance, findings: tuple[Finding, ...], left_over: CheckIn | None
) -> Applied:
    was, stands = _open(before), _open(proposed)
    return Applied(
        alliance=now,
        proposed=proposed,
        carried=tuple(name for name in stands if name in was),
        closed=tuple(name for name in was if name not in stands),
        opened=tuple(name for name in stands if name not in was),
        findings=findings,
        left_over=left_over,
    )


def _open(alliance: Alliance) -> dict[str, None]:
    return {one.id: None for one in alliance.commitments.values() if one.standing == "open"}


def _of_another(alliance: Alliance, record: CheckIn) -> Applied:
    message = f"the record is about {shorten(record.alliance)}, and this alliance is {shorten(alliance.id)}"
    hint = did_you_mean(record.alliance, [alliance.id]) or "apply it to the alliance that it names"
    finding = Finding(rule="unknown-alliance", message=message, pointer="/alliance", hint=hint)
    left = _left_over(record, record.reviewed, record.amendments)
    return _applied(alliance, alliance, alliance, (finding,), left)


def _left_over(
    record: CheckIn, reviewed: Mapping[str, Reviewed], amendments: Mapping[str, Amendment]
) -> CheckIn | None:
    if not reviewed and not amendments:
        return None
    return CheckIn(
        alliance=record.alliance,
        date=record.date,
        reviewed=FrozenMap(reviewed),
        amendments=FrozenMap(amendments),
    )


def _of(judged: Iterable[tuple[object, tuple[Finding, ...]]]) -> Iterator[Finding]:
    return (finding for _, findings in judged for finding in findings)


def _about(alliance: Alliance, record: CheckIn) -> Iterator[Finding]:
    """Yield what is wrong with the day of a record, and with who was there."""
    last = max(alliance.ratifications.values(), key=lambda one: one.date, default=None)
    if last is not None and record.date < last.date:
        message = f"the check-in was on {record.date}, and {last.id} has agreed to the alliance since, on {last.date}"
        yield Finding(
            rule="dates-out-of-order",
            message=message,
            severity=Severity.WARNING,
            pointer="/date",
            hint="see that it was not applied before",
        )
    suggestions = Suggestions()
    for index, who in enumerate(record.present):
        if who not in alliance.members:
            message = f"{alliance.id} has no member named {shorten(who)}"
            hint = suggestions.did_you_mean(who, alliance.members) or "who is new is put among the members first"
            yield Finding(rule="unknown-member", message=message, pointer=pointer_of("present", index), hint=hint)


def _unknown(alliance: Alliance, strange: Mapping[str, Reviewed]) -> Iterator[Finding]:
    suggestions = Suggestions()
    for name in strange:
        yield Finding(
            rule="unknown-commitment",
            message=f"{alliance.id} has no commitment {shorten(name)}",
            pointer=pointer_of("reviewed", name),
            on_key=True,
            hint=suggestions.did_you_mean(name, alliance.commitments) or "call it as the alliance does",
        )
