"""Comments that silence findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from alliancekit import check, consent, edit, load
from alliancekit.check import Hit, Rule, Settings
from alliancekit.model import Alliance
from alliancekit.values import FrozenMap
from tests.documents.base import BASE

TBD = "intention: TBD"
SOUND = "intention: Ship the payments platform together by June 2027."


def document(*lines: str) -> str:
    """Return the sound alliance with *lines* in the place of its intention."""
    return BASE.replace(SOUND, "\n".join(lines))


def found(text: str, settings: Settings = Settings()) -> list[str]:  # noqa: B008 - it is frozen
    return [f"{one.rule} {one.line}" for one in check.check_text(text, path="a.alliance.yaml", settings=settings)]


def said(text: str) -> tuple[str, str]:
    """Return what is said of the one comment in *text* that is wrong."""
    (one,) = (one for one in check.check_text(text) if one.rule.endswith("-suppression"))
    return one.message, one.hint


class TestWhere:
    def test_at_the_end_of_the_line(self) -> None:
        """A comment silences what is found on its own line."""
        assert found(document(f"{TBD} # alliancekit: ignore[placeholder] agreed next week")) == []

    def test_alone_above(self) -> None:
        """A comment that stands alone silences what is found on the line below it."""
        assert found(document("# alliancekit: ignore[placeholder] agreed next week", TBD)) == []

    def test_stacked(self) -> None:
        """Several comments above a line all count, with others between them; a blank line ends them."""
        above = ("# alliancekit: ignore[placeholder] agreed next week", "# see the minutes")
        trap = "# alliancekit: ignore[yaml-trap] our tools read YAML 1.2"
        text = document(TBD, *above, trap, "expires: 2030-01-01").replace(TBD, f"{SOUND}")
        assert found(text) == ["unused-suppression 6"]
        text = document(*above, "", TBD)
        assert found(text) == ["unused-suppression 5", "placeholder 8"]

    def test_several_rules(self) -> None:
        """One comment may name several rules, with any spaces."""
        text = document("x-no: 10:00 #alliancekit:ignore[ yaml-trap ,placeholder ] read by us alone", SOUND)
        assert found(text) == ["unused-suppression 5"]
        assert found(text.replace(" ,placeholder ", "")) == []

    def test_elsewhere(self) -> None:
        """A comment says nothing about other lines, and nothing about other rules."""
        assert found(document(TBD, "# alliancekit: ignore[placeholder] too late")) == [
            "placeholder 5",
            "unused-suppression 6",
        ]
        assert found(document(f"{TBD} # alliancekit: ignore[no-intention] why")) == [
            "placeholder 5",
            "unused-suppression 5",
        ]

    @pytest.mark.parametrize(
        "lines",
        [
            ("intention: >- # alliancekit: ignore[placeholder] later", "  Ship it,", "  TBD."),
            ("# alliancekit: ignore[placeholder] later", "intention: Ship it,", "  TBD."),
            ('intention: "Ship it,', '  TBD." # alliancekit: ignore[placeholder] later'),
        ],
    )
    def test_a_text_of_several_lines(self, lines: tuple[str, ...]) -> None:
        """A text of several lines goes with its first line; a comment behind its last one counts too."""
        bare = document(*(line.partition(" #")[0] for line in lines if not line.startswith("#")))
        assert [one for one in found(document(*lines)) if not one.startswith("placeholder")] == (
            [] if found(bare) else ["unused-suppression 5"]
        )

    def test_a_finding_inside_a_text(self) -> None:
        """What a rule finds on a later line of a text is silenced at the first one, since no comment can stand inside."""
        rule = Rule(code="no-lunch", about="document", find=_in_line("lunch"))
        text = BASE.replace("lunch", "tea").replace(
            SOUND, "intention: >- # alliancekit: ignore[no-lunch] later\n  Ship it by 2027,\n  and have lunch."
        )
        assert check.check_text(text, rules=[rule]) == ()
        assert [one.line for one in check.check_text(text.replace("[no-lunch]", "[no-repair-rule]"), rules=[rule])] == [
            5,
            7,
        ]

    def test_in_a_text(self) -> None:
        """A text that looks like a comment silences nothing."""
        for value in ('"TBD # alliancekit: ignore[placeholder] x"', "|\n  TBD\n  # alliancekit: ignore[placeholder] x"):
            text = document(f"intention: {value}", "expires: 2030-01-01")
            assert found(text)[-1].startswith("yaml-trap")
            assert not any("suppression" in one for one in found(text))

    def test_json(self) -> None:
        """JSON has no comments: a text in it silences nothing."""
        assert (
            check.check_text('{"alliancekit": "alliance/1", "x-note": "# alliancekit: ignore[missing-field] x"}') != ()
        )

    def test_windows_line_ends_and_byte_order_mark(self) -> None:
        """Line ends and a byte order mark change nothing."""
        text = document("# alliancekit: ignore[placeholder] agreed next week", TBD)
        assert found("\ufeff" + text.replace("\n", "\r\n")) == []


def _in_line(word: str):  # type: ignore[no-untyped-def]
    def find(subject: check.Subject) -> Iterator[Hit]:
        assert subject.tree is not None
        at = subject.tree.text.index(word)
        yield Hit(pointer="/intention", message=f"it says {word}", span=subject.tree.stretch(at, at + len(word)))

    return find


class TestKept:
    def test_with_their_reasons(self, tmp_path: Path) -> None:
        """What is silenced is kept beside what is told, with the reason."""
        path = tmp_path / "a.alliance.yaml"
        path.write_text(document(f"{TBD} # alliancekit: ignore[placeholder] - agreed next week "), encoding="utf-8")
        (one,) = check.check_paths(path).files
        assert one.findings == ()
        assert [(finding.rule, finding.line, reason) for finding, reason in one.suppressed] == [
            ("placeholder", 5, "agreed next week")
        ]

    def test_not_in_the_exit_code(self, tmp_path: Path) -> None:
        """What is silenced fails nothing."""
        path = tmp_path / "a.alliance.yaml"
        path.write_text(document(SOUND, "steward: [zoe] # alliancekit: ignore[unknown-member] joins in May"), "utf-8")
        assert check.check_paths(path).exit_code("warning") == 0

    def test_across_files(self, tmp_path: Path) -> None:
        """What a rule about several files finds is silenced too, and never makes a comment unneeded."""
        for name in ("a", "b"):
            text = BASE.replace(
                "id: ana-ben", "id: ana-ben # alliancekit: ignore[duplicate-id] a copy to try things in"
            )
            (tmp_path / f"{name}.alliance.yaml").write_text(text, encoding="utf-8")
        assert check.check_paths(tmp_path).findings == ()
        assert check.check_paths(tmp_path / "a.alliance.yaml").findings == ()


class TestUnused:
    def test_place_and_words(self) -> None:
        """The finding is at the comment, and says which rule finds nothing where."""
        (one,) = check.check_text(document(f"{SOUND} # alliancekit: ignore[placeholder] why"))
        assert str(one) == (
            "5:62: nothing on line 5 is found by placeholder (take the comment out) [unused-suppression]"
        )

    def test_one_of_several(self) -> None:
        """Of several rules only those are named that find nothing."""
        (one,) = check.check_text(document(f"{TBD} # alliancekit: ignore[no-steward, placeholder, no-review] why"))
        assert one.message == "nothing on line 5 is found by no-steward or no-review"
        assert one.fix is not None
        assert [edit.text for edit in one.fix.edits] == ["placeholder"]

    def test_a_rule_that_is_off(self) -> None:
        """A rule that is switched off, or all but the selected ones, make no comment unneeded."""
        off = Settings(severities=FrozenMap({"placeholder": None}))
        assert found(document(f"{SOUND} # alliancekit: ignore[placeholder] why"), off) == []

    def test_time(self) -> None:
        """A rule about time makes a comment unneeded only where there is a day."""
        code = next((rule.code for rule in check.RULES.values() if rule.group == "Time"), None)
        if code is None:
            pytest.skip("there are no rules about time yet")
        text = document(f"{SOUND} # alliancekit: ignore[{code}] why")
        assert check.check_text(text) == ()
        assert [one.rule for one in check.check_text(text, as_of=date(2026, 1, 1))] == ["unused-suppression"]

    def test_what_could_not_be_read(self) -> None:
        """Where a part could not be read, a rule may have been silent for that, so nothing is unneeded."""
        text = document(f"{SOUND} # alliancekit: ignore[placeholder] why", "expires: never")
        assert found(text) == ["bad-date 6"]

    def test_configured(self) -> None:
        """It has a severity like every other rule, and can be switched off."""
        text = document(f"{SOUND} # alliancekit: ignore[placeholder] why")
        settings = Settings(severities=FrozenMap({"unused-suppression": check.RULES["syntax"].severity}))
        assert [one.severity for one in check.check_text(text, settings=settings)] == ["error"]
        assert found(text, Settings(severities=FrozenMap({"unused-suppression": None}))) == []

    def test_silenced_itself(self) -> None:
        """It can be silenced where a comment is needed only elsewhere, and then is never unneeded itself."""
        for line in (SOUND, TBD):
            text = document(f"{line} # alliancekit: ignore[placeholder, unused-suppression] as our template has it")
            assert found(text) == []
        text = document("# alliancekit: ignore[unused-suppression] as our template has it", SOUND)
        assert found(text.replace(SOUND, f"# alliancekit: ignore[placeholder] here\n{SOUND}")) == []

    def test_the_second_of_two(self) -> None:
        """Of two comments that silence the same only one is needed."""
        text = document("# alliancekit: ignore[placeholder] one", f"{TBD} # alliancekit: ignore[placeholder] two")
        assert found(text) == ["unused-suppression 6"]


MALFORMED = {
    "# alliancekit: ignore": "this names no rule in brackets, so it ignores nothing",
    "# alliancekit: ignore[] why": "this names no rule, so it ignores nothing",
    "# alliancekit: ignore[ , ] why": "this names no rule, so it ignores nothing",
    "# alliancekit: ignore[placeholder why": "the bracket is not closed, so this ignores nothing",
    "# alliancekit: ignore placeholder why": "this names no rule in brackets, so it ignores nothing",
    "# AllianceKit: ignore[placeholder] why": "this is not how a suppression is written, so it ignores nothing",
    "# alliancekit: IGNORE[placeholder] why": "this is not how a suppression is written, so it ignores nothing",
    "# alliancekit ignore[placeholder] why": "this is not how a suppression is written, so it ignores nothing",
    "# alliancekit: ignore(placeholder) why": "this is not how a suppression is written, so it ignores nothing",
    "# alliancekit: disable=placeholder": "this names no rule in brackets, so it ignores nothing",
    "# alliancekit: noqa": "this names no rule in brackets, so it ignores nothing",
    "# aliancekit: ignore[placeholder] why": "this is not how a suppression is written, so it ignores nothing",
    "# allianckit: ignore[placeholder] why": "this is not how a suppression is written, so it ignores nothing",
    "# why: alliancekit: ignore[placeholder]": "a suppression begins its comment, so this ignores nothing",
    "# alliancekit: ignore[placeholdr] why": "no rule is called 'placeholdr'",
    "# alliancekit: ignore[*] why": "no rule is called '*'",
    "# alliancekit: ignore[Placeholder] why": "no rule is called 'Placeholder'",
    "# alliancekit: ignore[unreadable] why": "unreadable cannot be suppressed",
    "# alliancekit: ignore[stale-ratification] why": "stale-ratification cannot be suppressed",
    "# alliancekit: ignore[unratified] why": "unratified cannot be suppressed",
}


class TestMalformed:
    @pytest.mark.parametrize("comment", MALFORMED)
    def test_is_told(self, comment: str) -> None:
        """A comment that was to silence something, and does not, is found."""
        assert said(document(f"{TBD} {comment}"))[0] == MALFORMED[comment]
        assert "placeholder 5" in found(document(f"{TBD} {comment}"))

    def test_says_what_would_be_right(self) -> None:
        """The hint says how it is written, with the rules that were named where they are known."""
        form = "write # alliancekit: ignore[rule] and why, at the end of the line or alone on the line above"
        assert said(document(f"{TBD} # alliancekit: ignore"))[1] == form
        assert said(document(f"{TBD} # Alliancekit: Ignore[Placeholder] x"))[1] == (
            "write # alliancekit: ignore[placeholder] and why"
        )
        assert said(document(f"{TBD} # alliancekit: ignore[placeholdr] x"))[1] == "did you mean 'placeholder'?"

    def test_two_in_one_comment(self) -> None:
        """A second suppression in the reason of the first is no second one."""
        message, hint = said(
            document(f"{TBD} # alliancekit: ignore[placeholder] a # alliancekit: ignore[no-steward] b")
        )
        assert message == "this is read as the reason of the suppression before it"
        assert hint == "name several rules in one: ignore[rule, rule]"

    @pytest.mark.parametrize(
        "comment",
        ["# alliancekit ignores what it does not know", "# alliances: ignore what they say", "# see alliancekit: init"],
    )
    def test_other_comments(self, comment: str) -> None:
        """A comment that only speaks of such things is left alone."""
        assert found(document(f"{SOUND} {comment}")) == []

    def test_without_a_reason(self) -> None:
        """It counts without a reason, and that is told; the telling can be silenced."""
        assert found(document(f"{TBD} # alliancekit: ignore[placeholder]")) == ["suppression-without-reason 5"]
        assert found(document(f"{TBD} # alliancekit: ignore[placeholder] -")) == ["suppression-without-reason 5"]
        assert found(document(f"{TBD} # alliancekit: ignore[placeholder, suppression-without-reason]")) == []

    def test_rules_of_others(self) -> None:
        """The rules of a package or a program can be silenced; where they are not at hand they are unknown."""

        def no_emoji(alliance: Alliance) -> Iterator[Hit]:
            yield Hit(pointer="/intention", message=alliance.id)

        text = document(f"{SOUND} # alliancekit: ignore[no-emoji] ours")
        assert check.check_text(text, rules=[no_emoji]) == ()
        assert found(text) == ["unknown-suppression 5"]
        assert found(text.replace("no-emoji]", "no-emoji, unknown-suppression]")) == []


class TestNever:
    def test_what_says_that_a_file_cannot_be_read(self) -> None:
        """What must not be silenced is told in spite of a comment."""
        text = BASE + "concerns:\n  load:\n    by: [ben]\n    text: More.\n    visibility: private"
        assert found(f"{text} # alliancekit: ignore[private-text-shared] why") == [
            "private-text-shared 53",
            "unknown-suppression 53",
        ]

    def test_a_broken_text(self) -> None:
        """Where the text cannot be read nothing is silenced, and nothing is said of comments."""
        assert found("# alliancekit: ignore[syntax]\na: [\n") == ["syntax 3"]


class TestLasting:
    def test_they_survive_an_edit_and_a_yes(self, tmp_path: Path) -> None:
        """A comment stays through an edit and a ratification, and has no part in what is agreed to."""
        path = tmp_path / "a.alliance.yaml"
        comment = "# alliancekit: ignore[vague-wording] we know what we mean"
        path.write_text(BASE.replace("Say it the same day when a date moves.", f"Tell me. {comment}"), encoding="utf-8")
        bare = tmp_path / "b.alliance.yaml"
        bare.write_text(path.read_text("utf-8").replace(f" {comment}", ""), encoding="utf-8")
        assert [consent.digest(load(one, Alliance), "ana") for one in (path,)] == [
            consent.digest(load(one, Alliance), "ana") for one in (bare,)
        ]
        with edit(path, Alliance) as open_one:
            open_one.value = consent.ratify(open_one.value, "ana", date(2026, 11, 1))
        with edit(path, Alliance) as open_one:
            open_one.value = open_one.value.with_status("paused")
        assert path.read_text("utf-8").count(comment) == 1
        assert "ratifications:" in path.read_text("utf-8")


def test_many_comments() -> None:
    """Of twenty thousand that silence nothing a thousand are told, as of everything else."""
    text = "# alliancekit: ignore[yaml-trap] x\n" * 20_000 + BASE
    assert len(check.check_text(text)) == 1_000
