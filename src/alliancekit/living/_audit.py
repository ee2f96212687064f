"""
Whether agreements are revised, told from what a repository knows of them.

Revision is what makes an agreement work, and most are made once and forgotten: so what counts here is when each came to
say something else, and not how often its file was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, final

from attrs import evolve, frozen

from alliancekit import consent, documents
from alliancekit.cadence import counted_from, review_due
from alliancekit.errors import InvalidValueError, require
from alliancekit.living._audited import AllianceFacts, AuditedAgreement, Neglect
from alliancekit.living._chain import due_after
from alliancekit.living._history import AgreementHistory, AgreementVersion, History
from alliancekit.model import Alliance, CheckIn
from alliancekit.values import FrozenMap

__all__ = ["MOST_DAYS", "Audit", "audit"]

MOST_DAYS: Final = 90
"""So many days an agreement may rest that does not say itself when it is looked at: a quarter, as the practice has it."""

_QUARTER: Final = 365.2425 / 4
# A day of grace: a record is seldom written within the hour.
_A_DAY: Final = timedelta(days=1)


@final
@frozen(kw_only=True)
class Audit:
    """
    What is said of all agreements of a repository.

    Attributes:
        repository: The folder, as it was named.
        as_of: The day to which their age is counted.
        most_days: How many days an agreement may rest that does not say when it is looked at.
        commit: The hash of the last commit; empty where there is none yet.
        last_commit: Its day: until then the repository went on.
        agreements: The agreements, by path.
        notes: What could not be found out and why, each a sentence for a person.

    .. versionadded:: 0.1
    """

    repository: str
    as_of: date
    most_days: int
    commit: str
    last_commit: date | None
    agreements: tuple[AuditedAgreement, ...]
    notes: tuple[str, ...]

    @property
    def neglected(self) -> tuple[AuditedAgreement, ...]:
        """The agreements that are neglected, those first that nobody has changed for longest."""
        found = (one for one in self.agreements if one.neglect)
        return tuple(sorted(found, key=lambda one: (-one.age_days, one.path)))

    @property
    def summary(self) -> FrozenMap[int]:
        """How many agreements and alliances there are, how many were never revised after their first day, and the neglect."""
        found = Counter(reason for one in self.agreements for reason in one.neglect)
        counts = {
            "agreements": len(self.agreements),
            "alliances": sum(one.is_alliance for one in self.agreements),
            "never_revised_later": sum(one.is_one_and_done is True for one in self.agreements),
            "neglected": len(self.neglected),
        }
        return FrozenMap({**counts, **{reason.value.replace("-", "_"): found[reason] for reason in Neglect}})

    def to_dict(self, *, names: bool = False) -> dict[str, Any]:
        """
        Return it as plain data.

        Args:
            names: Whether to say who wrote the agreements.
        """
        return {
            "repository": self.repository,
            "as_of": self.as_of.isoformat(),
            "most_days": self.most_days,
            "commit": self.commit,
            "last_commit": self.last_commit and self.last_commit.isoformat(),
            "summary": dict(self.summary),
            "agreements": [one.to_dict(names=names) for one in self.agreements],
            "notes": list(self.notes),
        }


def audit(history: History, *, as_of: date, most_days: int = MOST_DAYS) -> Audit:
    """
    Return what is said of the agreements in *history*.

    A file that says that it is a session is left out, whatever it is called. So are agreements and records of later
    days than *as_of*; but what an alliance says is what it says in the last commit.

    Args:
        history: What the repository knows.
        as_of: The day to which their age is counted.
        most_days: How many days an agreement may rest: a plain text, and an alliance that has no review.

    Raises:
        InvalidValueError: *most_days* is no number of days.

    .. versionadded:: 0.1
    """
    require(history, History, "audit", "history")
    if most_days < 0:
        raise InvalidValueError("audit", "most_days", f"must be 0 or more, not {most_days}")
    last = _day_of(as_of)
    held = _held(history.check_ins, last)
    there = [one for one in (_until(each, last) for each in history.agreements) if one is not None]
    found = [_audited(one, held, as_of, most_days) for one in there]
    hidden = found.count(None)
    told = f"{hidden} of the files {'is a session' if hidden == 1 else 'are sessions'}, which nobody may read here"
    return Audit(
        repository=history.repository,
        as_of=as_of,
        most_days=most_days,
        commit=history.commit,
        last_commit=history.last_commit,
        agreements=tuple(one for one in found if one is not None),
        notes=(*history.notes, *((told,) if hidden else ()), *_about_later(history, there, last)),
    )


def _day_of(as_of: date) -> date:
    """Return the last day that somewhere on earth is *as_of* when it is that here."""
    return as_of + _A_DAY if as_of < date.max else as_of


def _until(agreement: AgreementHistory, last: date) -> AgreementHistory | None:
    """Return *agreement* as far as it was known on the day *last*; None where it was not there yet."""
    versions = tuple(one for one in agreement.versions if one.day <= last)
    return evolve(agreement, versions=versions) if versions or not agreement.versions else None


def _about_later(history: History, there: Sequence[AgreementHistory], last: date) -> Iterator[str]:
    if later := len(history.agreements) - len(there):
        yield f"{later} {'agreement was' if later == 1 else 'agreements were'} made after that day, and left out"
    if history.last_commit is not None and history.last_commit > last:
        yield "the history goes on after that day: what was changed since is not counted, and alliances are read as they are now"


def _held(records: Iterable[tuple[str, bytes]], last: date) -> Mapping[str, list[CheckIn]]:
    """Return the records of each alliance until *last*, the oldest first; what is no sound record counts for none."""
    found: dict[str, list[CheckIn]] = {}
    for path, data in records:
        value = documents.examine(data, CheckIn, path=path).value
        if value is not None and value.date <= last:
            found.setdefault(value.alliance, []).append(value)
    return {name: sorted(chain, key=lambda one: one.date) for name, chain in found.items()}


def _audited(
    agreement: AgreementHistory, held: Mapping[str, list[CheckIn]], as_of: date, most_days: int
) -> AuditedAgreement | None:
    """Return what is said of *agreement*; None of a session."""
    alliance: Alliance | None = None
    if agreement.text is not None:
        examined = documents.examine(agreement.text, Alliance, path=agreement.path)
        if examined.is_private:
            return None
        alliance = examined.value
    said = _dated(agreement, as_of)
    facts = alliance and _facts(alliance, held.get(alliance.id, []))
    return evolve(said, alliance=facts, neglect=tuple(_neglect(said, facts, as_of, most_days)))


def _dated(agreement: AgreementHistory, as_of: date) -> AuditedAgreement:
    """Return what git alone says of *agreement*."""
    changes = _revisions(agreement.versions)
    days = [one.day for one in changes]
    shown = [one.day for one in agreement.versions[:1]]
    created = min([*shown, *days]) if agreement.is_whole else None
    changed = max(days or shown, default=None)
    made = agreement.versions[:1] if agreement.is_whole else ()
    people = _people([*made, *changes])
    return AuditedAgreement(
        path=agreement.path,
        is_alliance=agreement.is_alliance,
        is_whole=agreement.is_whole,
        created=created,
        changed=changed,
        age_days=max(0, (as_of - changed).days) if changed else 0,
        revisions=len(changes),
        quarters=FrozenMap(sorted(Counter(map(_quarter, days)).items())),
        per_quarter=_rate(len(changes), created, as_of) if created else None,
        authors=len(people),
        names=people,
    )


def _revisions(versions: Iterable[AgreementVersion]) -> list[AgreementVersion]:
    """
    Return the versions that came to say something else, but for the first.

    The same change that was taken over on another branch is one; a file that was taken away and brought back as it was
    is none.
    """
    found: dict[object, AgreementVersion] = {}
    said: set[str] = set()
    for one in versions:
        is_other = one.after != one.before if one.before else bool(said) and one.after not in said
        if is_other:
            found.setdefault((one.before, one.after, one.author, one.day), one)
        said |= {one.before, one.after}
    return list(found.values())


def _people(versions: Iterable[AgreementVersion]) -> tuple[str, ...]:
    """Return who wrote *versions*; one address is one person, whatever name it has."""
    by_address = {one.author.rpartition("<")[2].casefold(): one.author for one in versions}
    return tuple(sorted(by_address.values()))


def _quarter(day: date) -> str:
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def _rate(revisions: int, created: date, as_of: date) -> float:
    return round(revisions / max(1.0, (as_of - created).days / _QUARTER), 2)


def _facts(alliance: Alliance, records: list[CheckIn]) -> AllianceFacts:
    status = consent.status(alliance)
    last = records[-1] if records else None
    return AllianceFacts(
        id=alliance.id,
        title=alliance.title,
        status=alliance.status,
        members=len(status.members),
        agreed=len(status.members) - len(status.waiting),
        stale=len(status.stale),
        agreed_on=counted_from(alliance),
        review_due=review_due(alliance),
        check_ins=len(records),
        last_check_in=last and last.date,
        next_check_in=last and due_after(last, alliance),
    )


def _neglect(said: AuditedAgreement, facts: AllianceFacts | None, as_of: date, most_days: int) -> Iterator[Neglect]:
    """Yield in what an agreement is neglected; one that has ended or rests owes nothing."""
    if facts is not None and facts.status in {"paused", "closed"}:
        return
    if said.age_days > most_days and not (facts and _is_looked_at(facts, as_of, most_days)):
        is_first = said.is_one_and_done and not (facts and facts.check_ins)
        yield Neglect.ONE_AND_DONE if is_first else Neglect.UNTOUCHED
    if facts is None or facts.status != "active":
        return
    if facts.review_due is not None and facts.review_due < as_of:
        yield Neglect.REVIEW_OVERDUE
    if facts.next_check_in is not None and as_of - facts.next_check_in > _A_DAY:
        yield Neglect.CHECK_IN_MISSED
    if facts.stale:
        yield Neglect.STALE_RATIFICATION


def _is_looked_at(facts: AllianceFacts, as_of: date, most_days: int) -> bool:
    """Return whether an alliance is held to its own review, or was looked at lately without being changed."""
    looked = [one for one in (facts.agreed_on, facts.last_check_in) if one is not None]
    # Of a draft nobody says that its review is due.
    is_held = facts.status == "active" and facts.review_due is not None
    return is_held or any((as_of - one).days <= most_days for one in looked)
