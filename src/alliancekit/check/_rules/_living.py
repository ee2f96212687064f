"""
Rules about what the check-ins of an alliance tell together, one after another.

Nothing is expected of an alliance that has ended or rests. All but the first rule ask what never happened, and can say
so only where a folder was searched: who names single records has others too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from alliancekit.check._facts import Facts
from alliancekit.check._rule import INFO, WARNING, Hit, Rule
from alliancekit.check._together import Together
from alliancekit.values import pointer_of

__all__ = ["RULES"]


def _lives(together: Together) -> Iterator[tuple[Facts, tuple[Facts, ...]]]:
    """Yield each alliance that neither rests nor has ended, with its check-ins."""
    for name, chain in together.chains.items():
        alliance = together.alliances.get(name)
        if alliance is not None and alliance.status in ("draft", "active"):
            yield alliance, chain


def _whole_lives(together: Together) -> Iterator[tuple[Facts, tuple[Facts, ...]]]:
    """Yield of them those whose check-ins are certainly all here."""
    return ((alliance, chain) for alliance, chain in _lives(together) if together.is_searched(alliance, *chain))


def _review_without_next(together: Together) -> Iterator[tuple[Facts, Hit]]:
    for _, chain in _lives(together):
        last = chain[-1]
        if last.is_whole and last.next is None:
            message = "nobody wrote down when the next check-in is"
            yield last, Hit(pointer="/next", message=message, hint='agree on a day: next: "YYYY-MM-DD"')


def _never_revised(together: Together) -> Iterator[tuple[Facts, Hit]]:
    most = together.settings.most_quiet_check_ins
    for _, chain in _whole_lives(together):
        quiet = list(takewhile(lambda one: one.is_whole and not one.amended, reversed(chain)))
        if len(quiet) >= most > 0:
            message = f"the last {len(quiet)} check-ins have changed nothing"
            hint = "ask what no longer fits, and change or drop it; or what is missing, and add it"
            there = ((quiet[-1], "/date", "the first of them"),) if len(quiet) > 1 else ()
            yield quiet[0], Hit(pointer="/date", message=message, hint=hint, elsewhere=there)


def _broken_unchanged(together: Together) -> Iterator[tuple[Facts, Hit]]:
    for alliance, chain in _whole_lives(together):
        broken = _broken(chain)
        for clause in (one for one in alliance.commitments if len(broken.get(one, ())) > 1):
            first, *_, last = broken[clause]
            message = f"{clause} was broken at {len(broken[clause])} check-ins in a row, and never changed"
            hint = "ask what stands in its way; change it, or let it go"
            there = ((first, pointer_of("reviewed", clause), "broken for the first time"),)
            yield (
                last,
                Hit(pointer=pointer_of("reviewed", clause), message=message, hint=hint, on_key=True, elsewhere=there),
            )


def _broken(chain: tuple[Facts, ...]) -> dict[str, list[Facts]]:
    """Return of each commitment the check-ins at which it was broken, since it was last kept, let go or changed."""
    found: defaultdict[str, list[Facts]] = defaultdict(list)
    for one in chain:
        for clause in {*one.reviewed, *one.amended} - {*one.broken}:
            found.pop(clause, None)
        for clause in one.broken:
            found[clause].append(one)
        for clause in one.amended:
            found.pop(clause, None)
    return found


def _never_tested(together: Together) -> Iterator[tuple[Facts, Hit]]:
    most = together.settings.most_quiet_check_ins
    for alliance, chain in _whole_lives(together):
        added = {clause: number for number, one in enumerate(chain, 1) for clause in one.added}
        asked = {clause: number for number, one in enumerate(chain, 1) for clause in one.reviewed}
        for clause in alliance.lasting:
            since = added.get(clause, 0)
            if len(chain) - since >= most > 0 and asked.get(clause, 0) <= since:
                message = f"none of the last {len(chain) - since} check-ins looked at {clause}"
                hint = "ask at the next one how it stands; what nobody asks about, nobody misses"
                yield alliance, Hit(pointer=pointer_of("commitments", clause), message=message, hint=hint, on_key=True)


RULES: Final = (
    Rule(
        code="review-without-next",
        group="Living",
        severity=WARNING,
        across=_review_without_next,
        why="A check-in that does not say when the next one is tends to be the last. It is asked of the newest record of an alliance that neither rests nor has ended.",
        failing="""
            # 2026-11-12.check-in.yaml
            # no next
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        passing="""
            # 2026-11-12.check-in.yaml
            next: "2026-11-19"
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        source="Practice: never one-and-done.",
    ),
    Rule(
        code="never-revised",
        group="Living",
        severity=WARNING,
        across=_never_revised,
        why="A one-time charter hardly helps; revising it does. Three check-ins in a row that amend nothing are perhaps a ritual. How many is a setting, `most_quiet_check_ins`.",
        failing="""
            # 2026-11-12.check-in.yaml
            date: "2026-11-12"
            # 2026-11-19.check-in.yaml
            date: "2026-11-19"
            # 2026-11-26.check-in.yaml
            date: "2026-11-26"
            next: "2026-12-03"
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        passing="""
            # 2026-11-12.check-in.yaml
            date: "2026-11-12"
            # 2026-11-19.check-in.yaml
            date: "2026-11-19"
            # 2026-11-26.check-in.yaml
            date: "2026-11-26"
            amendments:
              flag-slips:
                action: change
                element: commitments
                text: Say it within the hour when a date moves.
            next: "2026-12-03"
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        source="Team charters of 1,891 teams: what helps is to revise them.",
    ),
    Rule(
        code="broken-unchanged",
        group="Living",
        severity=WARNING,
        across=_broken_unchanged,
        why="A promise that is broken again and again no longer is one. It is changed to what can be kept, or let go, before others learn that promises here mean nothing. Two check-ins in a row that looked at it and called it broken are enough.",
        failing="""
            # 2026-11-12.check-in.yaml
            date: "2026-11-12"
            reviewed:
              flag-slips:
                standing: broken
            # 2026-11-19.check-in.yaml
            date: "2026-11-19"
            reviewed:
              flag-slips:
                standing: broken
            next: "2026-11-26"
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        passing="""
            # 2026-11-12.check-in.yaml
            date: "2026-11-12"
            reviewed:
              flag-slips:
                standing: broken
            # 2026-11-19.check-in.yaml
            date: "2026-11-19"
            reviewed:
              flag-slips:
                standing: broken
            amendments:
              flag-slips:
                action: change
                element: commitments
                text: Say it on Thursday when a date has moved.
            next: "2026-11-26"
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        source="Practice: what is broken repeatedly and never changed fails.",
    ),
    Rule(
        code="never-tested",
        group="Living",
        severity=INFO,
        across=_never_tested,
        why="A commitment that no check-in looks at is kept or broken, and nobody knows. It is said of those that stand open and are not for one day, after as many check-ins since they were made as `most_quiet_check_ins` says: three.",
        failing="""
            # 2026-11-12.check-in.yaml
            date: "2026-11-12"
            # 2026-11-19.check-in.yaml
            date: "2026-11-19"
            # 2026-11-26.check-in.yaml
            date: "2026-11-26"
            amendments:
              flag-slips:
                action: change
                element: commitments
                text: Say it within the hour when a date moves.
            next: "2026-12-03"
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        passing="""
            # 2026-11-12.check-in.yaml
            date: "2026-11-12"
            # 2026-11-19.check-in.yaml
            date: "2026-11-19"
            # 2026-11-26.check-in.yaml
            date: "2026-11-26"
            reviewed:
              flag-slips:
                standing: kept
              one-page-plan:
                standing: kept
            amendments:
              flag-slips:
                action: change
                element: commitments
                text: Say it within the hour when a date moves.
            next: "2026-12-03"
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        source="Practice: what was never tested is no agreement yet.",
    ),
)
