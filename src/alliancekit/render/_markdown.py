"""
An alliance, what was said at a check-in, or a bank, in Markdown, for a person to read.

Every line is put together from words of ours and, through `escape_markdown`, words of the members.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from alliancekit.consent import Consent, MemberStatus, status
from alliancekit.errors import InvalidValueError, UnknownNameError, require
from alliancekit.flow import value_text
from alliancekit.model import Alliance, Bank, CheckIn, Clause, Commitment, Expectation, GroundRule, Member, Response
from alliancekit.render._check_in import Record
from alliancekit.render._escape import escape_markdown
from alliancekit.render._exports import bank_page
from alliancekit.render._words import names_in_words, rhythm_in_words

__all__ = ["to_markdown"]

_KINDS: Final = {"one-to-one": "An alliance between two", "team": "An alliance of a team"}
_TITLES: Final = {
    "atmosphere": "Atmosphere",
    "values": "Values",
    "success": "Signs that it works",
    "expectations": "What we ask of each other",
    "commitments": "What we give each other",
    "ground_rules": "Ground rules",
}
_SAID: Final = {
    Consent.AGREED: "agreed on {day}",
    Consent.STALE: "agreed on {day}; what concerns them has changed since, and they have to agree again",
    Consent.OPEN: "has not agreed yet",
}


def to_markdown(
    document: Alliance | CheckIn | Bank, *, member: str | None = None, alliance: Alliance | None = None
) -> str:
    """
    Return an alliance, the record of a check-in, or a bank, as Markdown.

    Args:
        document: What to show. Of a bank the page says everything, so that `alliancekit.intake.read_bank` makes the same
            bank of it; of free keys, which begin with ``x-``, those of its prompts.
        member: Who reads it. A member who has not left sees the texts that are for members; anybody else, and None,
            only those that are public. Of a check-in, who was there is a member. A bank is the same for everybody.
        alliance: For a check-in, the alliance that it is about: it gives the names of members and the words of clauses.

    Raises:
        UnknownNameError: The document has no such member.
        InvalidValueError: It is none of these, the check-in is about another alliance, or a bank has a reader.

    .. versionadded:: 0.1
    """
    if isinstance(document, Bank):
        return _questions(document, member, alliance)
    parts = _record(document, member, alliance) if isinstance(document, CheckIn) else _page(document, member)
    return "\n\n".join(parts) + "\n"


def _questions(bank: Bank, member: str | None, alliance: Alliance | None) -> str:
    for name, given in (("member", member), ("alliance", alliance)):
        if given is not None:
            raise InvalidValueError("to_markdown", name, "goes with an alliance or a check-in, and not with a bank")
    return bank_page(bank)


def _record(record: CheckIn, member: str | None, alliance: Alliance | None) -> Iterator[str]:
    if alliance is not None and alliance.id != record.alliance:
        raise InvalidValueError(
            "to_markdown", "alliance", f"is {alliance.id!r}, and the record is about {record.alliance!r}"
        )
    present = record.present if alliance is None else (*record.present, *alliance.present())
    if member is not None and member not in present:
        raise UnknownNameError("member", member, present)
    return Record(record, alliance, member is not None).blocks()


def _page(alliance: Alliance, member: str | None) -> Iterator[str]:
    require(alliance, Alliance, "to_markdown", "document")
    if member is not None and member not in alliance.members:
        raise UnknownNameError("member", member, tuple(alliance.members))
    parts = (
        _head(alliance),
        _members(alliance),
        *(_clauses(alliance, element, title) for element, title in _TITLES.items()),
        _cadence(alliance),
        _spoken(alliance, is_member=member in alliance.present()),
        _unresolved(alliance),
        _waivers(alliance),
        _consent(alliance),
    )
    return (block for part in parts for block in part)


def _head(alliance: Alliance) -> Iterator[str]:
    yield f"# {escape_markdown(alliance.title)}"
    relationship = f" ({escape_markdown(alliance.relationship)})" if alliance.relationship else ""
    until = f", until {alliance.expires.isoformat()}" if alliance.expires else ""
    yield f"{_KINDS[alliance.kind]}{relationship}: {alliance.status}{until}."
    if alliance.intention is not None:
        yield f"**What it is for:** {escape_markdown(alliance.intention)}"
    if alliance.steward:
        yield f"**Looked after by:** {_names(alliance, alliance.steward)}"


def _names(alliance: Alliance, members: Iterable[str]) -> str:
    return escape_markdown(names_in_words(alliance, members))


def _members(alliance: Alliance) -> Iterator[str]:
    if alliance.members:
        yield "## Members"
        yield "\n".join(line for one in alliance.members.values() for line in _member(one))


def _member(member: Member) -> Iterator[str]:
    agent = " (a software agent)" if member.agent else ""
    left = f", left on {member.left.isoformat()}" if member.left else ""
    yield f"- **{escape_markdown(member.name)}**{agent}{left}"
    likes = member.prefers
    yield from _details(
        ("Why", member.why),
        ("Accountable for", "; ".join(member.accountable_for) or None),
        ("When stuck", member.stuck_signal),
        ("Communication", likes and likes.communication),
        ("Acknowledgment", likes and likes.acknowledgment),
        ("Feedback", likes and likes.feedback),
        ("Time zone", member.timezone),
    )


def _details(*details: tuple[str, str | None]) -> Iterator[str]:
    return (f"  - {name}: {escape_markdown(text)}" for name, text in details if text is not None)


def _clauses(alliance: Alliance, element: str, title: str) -> Iterator[str]:
    held: Mapping[str, Clause] = getattr(alliance, element)
    if held:
        yield f"## {title}"
        yield "\n".join(line for one in held.values() for line in _clause(alliance, one))


def _clause(alliance: Alliance, clause: Clause) -> Iterator[str]:
    text = escape_markdown(clause.text)
    match clause:
        case Commitment():
            people = f"{_names(alliance, clause.by)} to {_names(alliance, clause.to or alliance.others(*clause.by))}"
            yield f"- **{people}:** {text}"
            yield from _details(("Known by", clause.known_by), *_promised(alliance, clause))
        case Expectation():
            asked = clause.of or alliance.others(*clause.by)
            asks = "ask" if len(clause.by) > 1 else "asks"
            yield f"- **{_names(alliance, clause.by)} {asks} {_names(alliance, asked)}:** {text}"
            declined = names_in_words(alliance, clause.declined_by) or None
            yield from _details(("Known by", clause.known_by), ("Declined by", declined), *_met(alliance, clause))
        case GroundRule():
            yield f"- **{clause.topic.capitalize()}:** {text}"
            yield from _details(("Known by", clause.known_by))
        case _:
            yield f"- {text}"
            yield from _details(("Known by", clause.known_by))


def _promised(alliance: Alliance, commitment: Commitment) -> Iterator[tuple[str, str | None]]:
    if commitment.due is not None:
        yield "Due", commitment.due.isoformat()
    if commitment.repeats is not None:
        yield "When", rhythm_in_words(commitment.repeats)
    asked = (alliance.expectations.get(one) for one in commitment.meets)
    yield "Answers", "; ".join(one.text for one in asked if one is not None) or None
    if commitment.standing != "open":
        yield "Standing", commitment.standing


def _met(alliance: Alliance, expectation: Expectation) -> Iterator[tuple[str, str | None]]:
    givers = [name for one in alliance.commitments.values() if expectation.id in one.meets for name in one.by]
    yield "Met by", names_in_words(alliance, dict.fromkeys(givers)) or None


def _cadence(alliance: Alliance) -> Iterator[str]:
    cadence = alliance.cadence
    if cadence is None:
        return
    lines: list[str] = []
    for meeting in cadence.check_ins.values():
        where = f", {escape_markdown(meeting.where)}" if meeting.where else ""
        lines.append(f"- **Check-in ({meeting.id}):** {escape_markdown(rhythm_in_words(meeting))}{where}")
    for channel in cadence.channels.values():
        hours = f"; {escape_markdown(channel.hours)}" if channel.hours else ""
        reply = f"; a reply within {_hours(channel.reply_within_hours)}" if channel.reply_within_hours else ""
        lines.append(f"- **Between ({channel.id}):** {escape_markdown(channel.purpose)}{hours}{reply}")
    if cadence.review is not None:
        where = f", {escape_markdown(cadence.review.where)}" if cadence.review.where else ""
        lines.append(f"- **Review of this alliance:** {escape_markdown(rhythm_in_words(cadence.review))}{where}")
    if lines:
        yield "## Time and attention"
        yield "\n".join(lines)


def _hours(count: int) -> str:
    return f"{count} hour{'' if count == 1 else 's'}"


def _asked(alliance: Alliance, one: Response) -> str:
    """Return what was asked, and about whom or what where it was asked for each of several."""
    if one.for_ is None:
        return one.prompt
    member = alliance.members.get(one.for_)
    return f"{one.prompt} for {member.name if member is not None else one.for_}"


def _spoken(alliance: Alliance, *, is_member: bool) -> Iterator[str]:
    """Yield the concerns and the answers that the reader may read, and whether there are others."""
    concerns = [one for one in alliance.concerns.values() if is_member or one.visibility == "public"]
    responses = [one for one in alliance.responses if is_member or one.visibility == "public"]
    if concerns:
        yield "## Concerns"
        yield "\n".join(f"- **{_names(alliance, one.by)}:** {escape_markdown(one.text)}" for one in concerns)
    if responses:
        yield "## Answers"
        who = ((one, _names(alliance, [one.by]) if one.by else "together") for one in responses)
        yield "\n".join(
            f"- **{name}, {escape_markdown(_asked(alliance, one))}:** {escape_markdown(value_text(one.answer))}"
            for one, name in who
        )
    if len(concerns) + len(responses) < len(alliance.concerns) + len(alliance.responses):
        yield "Some concerns or answers are for members only, and are not shown here."


def _unresolved(alliance: Alliance) -> Iterator[str]:
    if not alliance.unresolved:
        return
    yield "## Not agreed"
    lines: list[str] = []
    for one in alliance.unresolved.values():
        lines.append(f"- **{_TITLES.get(one.element, one.element.capitalize())}:** {escape_markdown(one.text)}")
        objections = ((_names(alliance, [name]), escape_markdown(why)) for name, why in one.objections.items())
        lines += [f"  - {name} objects: {why}" for name, why in objections]
    yield "\n".join(lines)


def _waivers(alliance: Alliance) -> Iterator[str]:
    if not alliance.waivers:
        return
    texts = {one.id: one.text for _, one in alliance.clauses() if isinstance(one, Clause)}
    yield "## Waivers"
    lines: list[str] = []
    for one in alliance.waivers.values():
        until = f"until {one.until.isoformat()}" if one.until else "until further notice"
        what = escape_markdown(texts.get(one.clause, one.clause))
        lines.append(f"- **{_names(alliance, one.members)}, {until}:** {escape_markdown(one.reason)}")
        lines.append(f"  - Not held to: {what}")
    yield "\n".join(lines)


def _consent(alliance: Alliance) -> Iterator[str]:
    members = status(alliance).members
    if members:
        yield "## Who has agreed"
        yield "\n".join(f"- **{escape_markdown(one.name)}** {_said(one)}" for one in members)


def _said(member: MemberStatus) -> str:
    return _SAID[member.consent].format(day=member.date and member.date.isoformat())
