"""How alliances belong together."""

from datetime import date
from typing import Any

import pytest

from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.living import relations
from alliancekit.model import Alliance, Member


def of(name: str, *members: str, **more: Any) -> Alliance:
    """Return an alliance between *members*; of three or more it is a team's."""
    kind = "team" if len(members) > 2 else "one-to-one"
    people = [Member(id=one, name=one.title()) for one in members or ("ana", "ben")]
    return Alliance(id=name, kind=kind, title=name, members=people, **more)


TEAM = of("harbour", "ana", "ben", "cem")


class TestTeams:
    def test_which_pairs_have_no_one_to_one(self) -> None:
        """Every two of a team have an alliance of their own, or are named; a closed one does not count."""
        told = relations(
            [TEAM, of("ab", "ana", "ben", team="harbour"), of("bc", "cem", "ben", team="harbour", status="closed")]
        )
        assert told.one_to_ones["harbour"] == ("ab", "bc")
        assert [*told.pairs_without("harbour")] == [("ana", "cem"), ("ben", "cem")]

    def test_who_has_left_is_in_no_pair(self) -> None:
        """A member who has left the team needs no alliance with anybody there."""
        gone = TEAM.with_members(Member(id="cem", name="Cem", left=date(2026, 11, 1)))
        assert [*relations([gone]).pairs_without("harbour")] == [("ana", "ben")]

    def test_who_is_not_in_the_team(self) -> None:
        """A one-to-one of a team with somebody who is not in it is named, and a closed one is not."""
        told = relations(
            [TEAM, of("ad", "ana", "dan", team="harbour"), of("be", "ben", "eve", team="harbour", status="closed")]
        )
        assert told.outsiders("harbour") == (("ad", "dan"),)

    def test_a_team_without_any(self) -> None:
        """All pairs of a team that has none are named; a team of a team is none of its one-to-ones."""
        told = relations([TEAM, of("cellar", "ana", "ben", "cem", team="harbour")])
        assert len([*told.pairs_without("harbour")]) == 3
        assert (told.outsiders("harbour"), dict(told.one_to_ones)) == ((), {})

    def test_unknown(self) -> None:
        """A team that is not here is refused, with the name that was meant."""
        told = relations([TEAM])
        for ask in (told.line, told.pairs_without, told.outsiders):
            with pytest.raises(UnknownNameError, match="did you mean 'harbour'"):
                ask("harbor")


class TestLines:
    def test_from_the_first_to_the_newest(self) -> None:
        """A line goes from the first alliance to the newest."""
        told = relations([of("c", supersedes="b"), of("a"), of("b", supersedes="a")])
        assert (told.newest, told.line("c"), told.line("a")) == (("c",), ("a", "b", "c"), ("a",))
        assert (dict(told.forks), told.circles, told.missing) == ({}, (), ())

    def test_a_fork(self) -> None:
        """Where two replace the same one, the line forks there."""
        told = relations([of("c", supersedes="a"), of("b", supersedes="a"), of("a")])
        assert dict(told.forks) == {"a": ("b", "c")}
        assert told.newest == ("b", "c")

    def test_circles(self) -> None:
        """A circle is told once, in the order in which each is replaced; itself is a circle of one."""
        told = relations(
            [
                of("z", supersedes="z"),
                of("b", supersedes="a"),
                of("c", supersedes="b"),
                of("a", supersedes="c"),
                of("d", supersedes="c"),
            ]
        )
        assert told.circles == (("a", "b", "c"), ("z",))
        assert (told.newest, told.line("d"), told.line("z")) == (("d",), ("a", "b", "c", "d"), ("z",))
        assert told.line("b") == ("c", "a", "b")

    def test_what_is_missing(self) -> None:
        """What is named and not here is told, with who names it."""
        told = relations([of("b", supersedes="a", team="harbour")])
        assert [(one.id, one.named_by, one.key) for one in told.missing] == [
            ("harbour", "b", "team"),
            ("a", "b", "supersedes"),
        ]
        assert (told.newest, told.line("b")) == (("b",), ("b",))

    def test_two_of_one_id(self) -> None:
        """Of two with one id the first counts, and both are named."""
        told = relations([of("a", "ana", "ben"), of("a", "ana", "cem")])
        assert (told.duplicates, [*told.alliances["a"].members]) == (("a",), ["ana", "ben"])

    def test_a_very_long_line(self) -> None:
        """A line of thousands is walked, and not climbed call by call."""
        told = relations([of("a0"), *(of(f"a{number}", supersedes=f"a{number - 1}") for number in range(1, 3000))])
        assert len(told.line("a2999")) == 3000

    def test_another_value(self) -> None:
        """What is no alliance is refused."""
        with pytest.raises(InvalidValueError, match="alliances: must be an Alliance, not str"):
            relations(["a"])  # type: ignore[list-item]
