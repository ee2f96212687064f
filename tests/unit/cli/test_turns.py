import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliancekit import Alliance, Answer, Session, load
from alliancekit.cli import _console, _line
from alliancekit.flow import Propose
from alliancekit.limits import LIMITS
from alliancekit.values import thaw
from tests.shared import ROOT
from tests.unit.cli.terminal import Said, asking, flow, run

SECRET = "PLANTEDSECRET"
GOLDEN = ROOT / "tests" / "golden" / "guide-short.txt"

WHOLE = [
    *["Ana", "", "Ben", ""],
    *["", SECRET, "", "", ":pass", ""],
    *["", "Too much work", "", "y", "For fun.", "Ship it by June", ""],
    *["", "n", "Ship it by July", "", ""],
    *["", "object", "too early", "y", "Ship it by August", "", ""],
    *["", "accept", "", "y", ""],
    *["", "y", ""],
]
"""All that two people type from the first name to the second yes."""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    flow(tmp_path)
    return tmp_path


def guide(lines: list[str], *more: str) -> Said:
    return run("guide", "./short.flow.yaml", *more, typed="".join(f"{line}\n" for line in lines))


class TestTheWholeWay:
    def test_the_transcript(self) -> None:
        """What two people read and type, from the first name to the ratified alliance, is what was written down."""
        said = guide(WHOLE)
        assert (said.code, said.err) == (0, "")
        assert said.out == GOLDEN.read_text(encoding="utf-8")

    def test_what_comes_out(self) -> None:
        """The alliance has what was agreed on, what was shared, and both yeses."""
        guide(WHOLE)
        alliance = load("ana-ben.alliance.yaml", Alliance)
        assert (alliance.status, alliance.intention) == ("active", "Ship it by August")
        assert [one.text for one in alliance.concerns.values()] == ["Too much work"]
        assert sorted(alliance.ratifications) == ["ana", "ben"]
        assert run("check", ".", "--fail-on", "never").code == 0

    def test_a_private_worry_stays_with_its_author(self, here: Path) -> None:
        """What Ana keeps to herself is on her own screen, and nowhere after she has handed over."""
        said = guide(WHOLE)
        hers, others = said.out.split("Ben, this is yours alone", 1)
        assert SECRET in hers
        assert SECRET not in others
        assert SECRET not in Path("ana-ben.alliance.yaml").read_text()
        assert SECRET in Path("ana-ben.session.json").read_text()
        assert stat.S_IMODE((here / "ana-ben.session.json").stat().st_mode) == 0o600

    @given(stop=st.integers(2, len(WHOLE) - 2))
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_nothing_is_lost(self, stop: int) -> None:
        """Wherever somebody stops, what was answered is saved, and to go on from there is possible: exit code 1."""
        said = guide([*WHOLE[:stop], ":save"], "--force")
        if stop < 4:
            assert (said.code, said.err) == (1, "alliancekit: stopped before it began; nothing was saved\n")
            return
        assert (said.code, said.err) == (1, "")
        assert "--resume ana-ben.session.json" in said.out
        before = load("ana-ben.session.json", Session)
        again = guide([":save"], "--resume", "ana-ben.session.json")
        assert (again.code, again.err) == (1, "")
        assert load("ana-ben.session.json", Session) == before

    def test_each_at_their_own_time(self) -> None:
        """With ``--as`` one member is asked, and the other goes on later; what is new is shown once."""
        assert guide(["Ana", "Ben", "", ":pass", ":save"], "--as", "ana").code == 1
        first = guide(["Because.", ""], "--resume", "ana-ben.session.json", "--as", "ana")
        second = guide([":pass", "For fun.", "Ship it", "", ""], "--resume", "ana-ben.session.json", "--as", "ben")
        third = guide([":save"], "--resume", "ana-ben.session.json", "--as", "ana")
        fourth = guide([":save"], "--resume", "ana-ben.session.json", "--as", "ben")
        assert [one.code for one in (first, second, third, fourth)] == [1, 1, 1, 1]
        assert "yours alone" not in first.out + second.out
        assert "Ana: Because." in second.out
        assert "Ben: For fun." in third.out
        assert "Ana: Because." not in fourth.out


class TestOneQuestion:
    @pytest.mark.parametrize(
        ("prompt", "lines", "told", "value"),
        [
            ("why", ["", "Because \\", "of it."], "Something is needed here", "Because \nof it."),
            ("meet", ["monthly", "2"], "There is no 'monthly'; type a number from 1 to 2.", "weekly"),
            ("meet", ["1, 2", "every day"], "One number, please.", "daily"),
            ("tone", ["3", "2, direct", "", ""], "There is no '3'", ["warm", "direct"]),
            ("score", ["6", "x", "5"], "A whole number from 1 to 5, please.", 5),
            ("sure", ["", "perhaps", "no"], "Yes or no?", False),
            ("hours", ["many", "2.5"], "the answer is a number, not 'many'", 2.5),
            ("hours", ["41", "4"], "the answer is at most 40, not 41", 4),
            ("day", ["soon", "2026-12-01"], "the answer is a date like 2026-11-01, not 'soon'", "2026-12-01"),
            ("why", [":bak", "x"], "There is no :bak; did you mean ':back'?", "x"),
            ("why", [":nonsense", "x"], "There is no :nonsense; :pass leaves a question", "x"),
            ("why", [":help", "x"], "nobody is told why, or whether you passed", "x"),
            ("why", ["\x07bell", "x"], "That does not fit", "x"),
        ],
    )
    def test_wrong_input(self, here: Path, prompt: str, lines: list[str], told: str, value: object) -> None:
        """What does not fit is said, and asked again; what fits is saved."""
        flow(here, asking(prompt))
        said = guide(["Ana", "Ben", "", "", *lines])
        assert (said.code, said.err) == (1, "")
        assert told in said.out
        (request, *_) = load("ana-ben.session.json", Session).requests
        assert thaw(getattr(request, "value", None)) == value

    def test_a_note_and_a_follow_up(self, here: Path) -> None:
        """A choice may have a note and a follow-up; a follow-up may be left out, and ``:back`` leads to its question."""
        flow(here, asking("tone"))
        guide(["Ana", "Ben", "", "", "1", "gently", ":back", "", "", "listening"])
        requests = load("ana-ben.session.json", Session).requests
        given = [(one.prompt, thaw(one.value)) for one in requests if isinstance(one, Answer)]
        assert given[-1] == ("tone.works", "listening")
        assert dict(given)["tone"] == {"choices": ["direct"], "note": "gently"}

    def test_leaving_a_follow_up_out_keeps_the_answer(self, here: Path) -> None:
        """``:pass`` at a follow-up leaves out the follow-up only."""
        flow(here, asking("tone"))
        guide(["Ana", "Ben", "", "", "1", "", ":pass"])
        requests = load("ana-ben.session.json", Session).requests
        assert [type(one).__name__ for one in requests] == ["Answer", "Submit"]


class TestClauses:
    def given(self, *lines: str) -> object:
        guide(["Ana", "Ben", "", "", *lines])
        (request, *_) = load("ana-ben.session.json", Session).requests
        return thaw(getattr(request, "value", None))

    def test_field_by_field(self, here: Path) -> None:
        """A clause is asked field by field, several after another; a date that is none is said at once."""
        flow(here, asking("give"))
        found = self.given("Answer", "No mail waits", "soon", "2026-12-24", "Call", "A note", "", "wee", "", "", "")
        assert found == [
            {"text": "Answer", "known_by": "No mail waits", "due": "2026-12-24"},
            {"text": "Call", "known_by": "A note", "repeats": {"frequency": "weekly"}},
        ]

    def test_a_rhythm_of_its_own(self, here: Path) -> None:
        """How often a promise comes back is asked like that of a check-in: every how many weeks, and on which days."""
        flow(here, asking("give"))
        again = [":back", "", "", "", "", "", "wednesday", ""]
        found = self.given("Call", "A note", "", "weekly", "2", "tue and thu", *again)
        assert found == [
            {
                "text": "Call",
                "known_by": "A note",
                "repeats": {"frequency": "weekly", "interval": 2, "weekdays": ["wednesday"]},
            }
        ]

    def test_a_number_is_no_choice_where_none_is_shown(self, here: Path) -> None:
        """Where the options have no numbers, a number is none of them."""
        flow(here, asking("give"))
        said = guide(["Ana", "Ben", "", "", "Call", "A note", "", "2", "weekly", "1", "", ""])
        assert "there is no '2'; one of daily, weekly" in said.out
        (request, *_) = load("ana-ben.session.json", Session).requests
        assert isinstance(request, Answer)
        assert thaw(request.value) == [{"text": "Call", "known_by": "A note", "repeats": {"frequency": "weekly"}}]

    def test_back_to_the_field_before(self, here: Path) -> None:
        """``:back`` goes to the field before, and from the first one to the clause before; Enter keeps what was there."""
        flow(here, asking("give"))
        found = self.given("Anser", ":back", "Answer", "Mail", "", "", ":back", "", "Letters", "", "", "")
        assert found == [{"text": "Answer", "known_by": "Letters"}]

    def test_taking_out(self, here: Path) -> None:
        """A dash takes out what was written before: a field, or in the first field the clause."""
        flow(here, asking("ask"))
        found = self.given("One", "seen", "Two", "", ":back", "", ":back", ":back", "-", "Two", "", "")
        assert found == [{"text": "Two"}]

    def test_pass_in_the_middle(self, here: Path) -> None:
        """``:pass`` after a clause ends the list; before the first it passes the question."""
        flow(here, asking("ask"))
        assert self.given("One", "", ":pass") == [{"text": "One"}]


class TestNothingTypedIsLost:
    """What was written to the end is kept, whichever way somebody leaves."""

    START = ("Ana", "Ben", "", "")

    def worries(self) -> list[str]:
        slot = load("ana-ben.session.json", Session).state.slots[("worries", "ana")]
        assert not slot.is_shared
        value: Any = thaw(slot.value)
        return [one["text"] for one in value]

    def test_back_where_it_may_be_shared(self) -> None:
        """``:back`` at the question whether to share asks the entries again, and each is there."""
        said = guide([*self.START, "One", "Two", "", ":back", "", "Second", "", "", ":save"])
        assert "Ana" in said.out
        assert self.worries() == ["One", "Second"]

    def test_a_stop_where_it_may_be_shared(self) -> None:
        """A stop at that question keeps what was written, to oneself."""
        guide([*self.START, "One", "Two", "", ":save"])
        assert self.worries() == ["One", "Two"]

    def test_pass_where_it_may_be_shared(self) -> None:
        """``:pass`` at that question passes only that: the answer stays, and is not shared."""
        guide([*self.START, "One", "", ":pass", ":save"])
        assert self.worries() == ["One"]

    def test_back_to_the_question_before(self, here: Path) -> None:
        """``:back`` from the first entry saves the list, goes to the question before, and then comes back to the list."""
        flow(here, asking("why", "ask"))
        typed = ["Fun", "One", "", "Two", "", ":back", ":back", ":back", "Joy"]
        said = guide([*self.START, *typed, "", "", "2", "", "", ":save"])
        assert "What you wrote is saved; you come to it again." in said.out
        assert said.out.count("again: What do you ask?") == 1
        slots = load("ana-ben.session.json", Session).state.slots
        assert slots[("why", "ana")].value == "Joy"
        assert thaw(slots[("ask", "ana")].value) == [{"text": "One"}, {"text": "2"}]

    def test_a_stop_while_going_through_it_again(self, here: Path) -> None:
        """Whoever stops at the first of three that were there before keeps the other two."""
        flow(here, asking("ask", "why"))
        guide([*self.START, "One", "", "Two", "", "Three", "", "", ":back", "1", ":save"])
        slot = load("ana-ben.session.json", Session).state.slots[("ask", "ana")]
        assert thaw(slot.value) == [{"text": "1"}, {"text": "Two"}, {"text": "Three"}]

    def test_pass_in_the_middle_of_an_entry(self, here: Path) -> None:
        """``:pass`` in an entry says that it drops this one only, and asks."""
        flow(here, asking("ask"))
        typed = ["One", "", "Two", ":pass", "n", "", "Three", ":pass", "y", "Four", "", ""]
        said = guide([*self.START, *typed])
        assert said.out.count("drops this entry only") == 2
        slot = load("ana-ben.session.json", Session).state.slots[("ask", "ana")]
        assert thaw(slot.value) == [{"text": "One"}, {"text": "Two"}, {"text": "Four"}]

    def test_pass_where_something_was_written(self, here: Path) -> None:
        """``:pass`` at a question that has an answer asks first; a no leaves the answer."""
        flow(here, asking("why", "meet"))
        guide([*self.START, "Fun", ":back", ":pass", "n", "", ":save"])
        assert load("ana-ben.session.json", Session).state.slots[("why", "ana")].value == "Fun"
        guide([*self.START, "Fun", ":back", ":pass", "y", ":save"], "--force")
        assert load("ana-ben.session.json", Session).state.slots[("why", "ana")].value is None

    def test_back_from_a_note(self, here: Path) -> None:
        """``:back`` at a note asks the choice again, which stands, and a stop there keeps the choice."""
        flow(here, asking("tone"))
        guide([*self.START, "1", ":back", "", ":save"])
        assert thaw(load("ana-ben.session.json", Session).state.slots[("tone", "ana")].value) == ["direct"]


class TestGoingBack:
    def test_to_the_question_before(self, here: Path) -> None:
        """``:back`` asks what was asked before, with the answer that stands; twice goes two back."""
        flow(here, asking("why", "meet", "score"))
        said = guide(["Ana", "Ben", "", "", "One", "1", ":back", ":back", "Two", "3", ":back", "4", ":save"])
        assert said.out.count("Ana, again: Why do you do this?") == 1
        state = load("ana-ben.session.json", Session).state
        assert state.slots[("why", "ana")].value == "Two"
        assert state.slots[("meet", "ana")].value == "daily"
        assert state.slots[("score", "ana")].value == 4

    def test_nothing_before(self) -> None:
        """At the first question there is nothing to go back to, and in the beginning nothing to pass."""
        said = guide(["Ana", ":pass", "Ben", "", ":back", ":back", ":save"])
        assert "There is nothing to pass or to go back to yet" in said.out
        assert "There is nothing before this that can still be changed." in said.out


PROMISES = """\
  - ask: trust
    prompts: [ask, give]
    mode: blind
  - reveal: seen
    of: [trust]
  - agree: settle
    elements: [commitments, expectations]
    rounds: 2
  - ratify: sign
"""


class TestAgreeing:
    BEGIN = (
        *["Ana", "Ben", "", ""],
        *["Tell me early", "", "", "Answer fast", "Mails", "", "", "", ""],
        *["", "No calls", "", "", "Review soon", "PRs", "", "", ""],
    )

    @pytest.fixture(autouse=True)
    def promises(self, here: Path) -> None:
        base = asking("ask")
        flow(here, base[: base.index("  - ask:")] + PROMISES)

    def test_a_promise_that_meets_and_one_declined(self) -> None:
        """An expectation is met by a promise of the one who is asked, or declined; both are in the alliance."""
        ben = ["commit", "I say it at once", "By noon", "", "", "accept", "", ""]
        ana = ["", "decline", "accept", "accept", "", "y", "", "", "y", ""]
        said = guide([*self.BEGIN, *ben, *ana])
        assert (said.code, said.err) == (0, ""), said.out[-1500:]
        alliance = load("ana-ben.alliance.yaml", Alliance)
        ((met, asked),) = [(one.meets, one.by) for one in alliance.commitments.values() if one.meets]
        assert (alliance.expectations[met[0]].text, asked) == ("Tell me early", ("ben",))
        assert [one.declined_by for one in alliance.expectations.values()] == [(), ("ana",)]
        assert "What we ask of each other: Ana asks Ben" in said.out
        assert "answers: Tell me early" in said.out

    def test_a_promise_that_was_given_already(self) -> None:
        """Who is asked may name a promise of theirs that meets the request; its words stay, and it says what it meets."""
        ben = ["gave", ":back", "name", "Review soon", "accept", "", ""]
        ana = ["", "decline", "accept", "accept", "", "y", "", "", "y", ""]
        said = guide([*self.BEGIN, *ben, *ana])
        assert (said.code, said.err) == (0, ""), said.out[-1500:]
        alliance = load("ana-ben.alliance.yaml", Alliance)
        (met,) = [one for one in alliance.commitments.values() if one.meets]
        assert (met.by, met.text, met.known_by) == (("ben",), "Review soon", "PRs")
        assert [alliance.expectations[one].text for one in met.meets] == ["Tell me early"]
        assert "accept, and leave open how it is met" in said.out

    def test_an_objection_that_stays(self) -> None:
        """Where an objection stands after the last round, it is kept as not agreed."""
        ben = ["accept", "object", "too fast", "n", "", ""]
        said = guide([*self.BEGIN, *ben, *["", "accept", "accept", "1", "Answer in a day", "", "", "", "", ""]])
        assert "other words for: Answer fast (Ben objects: too fast)" in said.out
        assert "version 2 of at most 2" in guide(["", ":save"], "--resume", "ana-ben.session.json").out

    def test_something_more(self) -> None:
        """Whoever has nothing to answer any more may put something else on the table, for the one whom it concerns."""
        said = guide([*self.BEGIN, "accept", "accept", "1", "One thing more", "Seen", "", "", "", "", "", ":save"])
        assert "something more: What we give each other" in said.out
        assert "One thing more" in guide(["", "1", "1", ":save"], "--resume", "ana-ben.session.json").out

    def test_back_in_a_part_of_the_menu(self) -> None:
        """``:back`` in a reason, other words or a promise leaves only that, and the menu is there again."""
        ways = ["object", ":back", "reword", ":back", "commit", "Half", ":back", ":back", "object", ":pass"]
        said = guide([*self.BEGIN, *ways, "decline", "accept", ":save"])
        assert said.out.count("Left; nothing was sent.") == 4
        requests = load("ana-ben.session.json", Session).requests
        assert [type(one).__name__ for one in requests if one.by == "ben"][-2:] == ["Decline", "Accept"]

    def test_back_after_an_objection(self) -> None:
        """``:back`` in the other words that follow an objection leaves the objection as it is."""
        said = guide([*self.BEGIN, "accept", "object", "too fast", "y", ":back", ":save"])
        assert "Ben, [1 of 2]" in said.out
        requests = load("ana-ben.session.json", Session).requests
        assert [type(one).__name__ for one in requests if one.by == "ben"][-2:] == ["Accept", "Object"]

    def test_what_does_not_fit_on_the_table(self) -> None:
        """What the table has no room for is said, and asked again with what was typed."""
        more = ["accept", "accept", "1", "x" * (LIMITS.text + 1), "Seen", "", "", "One", "", "", "", ":save"]
        said = guide([*self.BEGIN, *more])
        assert "That does not fit" in said.out
        last = load("ana-ben.session.json", Session).requests[-1]
        assert isinstance(last, Propose)
        assert thaw(last.value) == {"text": "One", "known_by": "Seen"}

    def test_back_in_something_more(self) -> None:
        """``:back`` while something more is written shows the menu of the table again, and reopens nothing."""
        said = guide([*self.BEGIN, "accept", "accept", "1", "One", ":back", ":back", ":save"])
        assert said.out.count("Ben: is there anything to add") == 2
        requests = load("ana-ben.session.json", Session).requests
        assert [type(one).__name__ for one in requests if one.by == "ben"][-2:] == ["Accept", "Accept"]

    def test_a_no_at_the_end(self) -> None:
        """Who does not say yes to all of it has not ratified, and nothing is recorded."""
        ben = ["accept", "accept", "", ""]
        said = guide([*self.BEGIN, *ben, "", "accept", "accept", "", "n", ""])
        assert said.code == 1
        assert "Then nothing is recorded." in said.out
        assert not load("ana-ben.session.json", Session).alliance().ratifications


RHYTHM = """\
  - ask: rhythm
  - agree: settle
    elements: [cadence]
    rule: unanimous
  - ratify: sign
"""


class TestRhythm:
    @pytest.fixture(autouse=True)
    def rhythm(self, here: Path) -> None:
        base = asking("ask")
        flow(here, base[: base.index("  - ask:")] + RHYTHM)

    MEETING = (
        "a regular",
        "fortnightly",
        "weekly",
        "two",
        "2",
        "thursday, frday",
        "thu and fri",
        "soon",
        "",
        "ten",
        "10:00",
    )
    MEETING += ("Europe/Lisbonn", "Europe/Lisbon", "2000", "30", "Room 4", "")
    CHANNEL = ("a way", "5 pm", "Voice chat", "Quick questions", "mornings", "800", "4")
    REVIEW = ("when", "yearly", "1", "2027-11-01", "", "")

    def test_each_kind_is_asked_for_what_it_needs(self) -> None:
        """A meeting, a channel and the review are asked field by field; what makes no sense there is not asked."""
        typed = ["Ana", "Ben", "", "", *self.MEETING, *self.CHANNEL, *self.REVIEW]
        said = guide([*typed, ":save"])
        assert (said.code, said.err) == (1, "")
        for told in (
            "there is no 'fortnightly'; ",
            "a whole number, please",
            "there is no 'frday'; did you mean 'friday'?",
            "it must be a date like 2026-11-01, not 'soon'",
            "it must be a time like 09:30, not 'ten'",
            "  'Europe/Lisbonn' is no time zone of the tz database; use a name like Europe/Lisbon",
            "it must be a whole number from 1 to 1440, not 2000",
            "it becomes a name in the file",
            "it must be a whole number from 1 to 720, not 800",
        ):
            assert told in said.out
        (request, *_) = load("ana-ben.session.json", Session).requests
        assert isinstance(request, Answer)
        assert thaw(request.value) == [
            {
                "element": "cadence.check_ins",
                "frequency": "weekly",
                "interval": 2,
                "weekdays": ["thursday", "friday"],
                "at": "10:00",
                "timezone": "Europe/Lisbon",
                "minutes": 30,
                "where": "Room 4",
                "id": "weekly",
            },
            {
                "element": "cadence.channels",
                "id": "voice-chat",
                "purpose": "Quick questions",
                "hours": "mornings",
                "reply_within_hours": 4,
            },
            {"element": "cadence.review", "frequency": "yearly", "starts": "2027-11-01", "id": "review"},
        ]

    def test_two_of_one_kind(self) -> None:
        """A name is given once: a second rhythm is numbered, and a second way of that name is asked again."""
        typed = ["a regular", "daily", *[""] * 5, "a regular", "daily", *[""] * 5]
        typed += ["a way", "chat", "Questions", "", "", "a way", "Chat!", "Phone", "Fire", "", ""]
        said = guide(["Ana", "Ben", "", "", *typed, ":save"])
        assert "another one is called chat already" in said.out
        (request, *_) = load("ana-ben.session.json", Session).requests
        assert isinstance(request, Answer)
        found: Any = thaw(request.value)
        assert [one["id"] for one in found] == ["daily", "daily-2", "chat", "phone"]

    def test_it_is_agreed_and_put_in_other_words(self) -> None:
        """What lies on the table is shown by what it is; whoever it concerns may change one part of it."""
        typed = ["Ana", "Ben", "", "", *self.CHANNEL, *self.REVIEW[:1], "monthly", "", "", "", ""]
        ben = ["", "y", "reword", "", "", "8", "accept", "", ""]
        ana = ["", "accept", "", "y", "", "", "y", ""]
        said = guide([*typed, "", "", *ben, *ana])
        assert (said.code, said.err) == (0, ""), said.out[-1500:]
        cadence = load("ana-ben.alliance.yaml", Alliance).cadence
        assert cadence is not None
        assert [(one.id, one.reply_within_hours) for one in cadence.channels.values()] == [("voice-chat", 8)]
        assert cadence.review is not None
        assert "Between meetings, from Ana" in said.out
        assert "The review of all of it:" in said.out


class TestTeam:
    def test_whom_a_promise_is_for(self, here: Path) -> None:
        """A promise may say to whom, by their names; when one stops in the middle of another, it is saved."""
        flow(here, asking("give").replace("one-to-one", "team"))
        guide(["Ana", "Ben", "Cem", "", "", "", "Answer", "Mails", "Bem", "ben and cem", "", "", "Half", ":save"])
        (request, *_) = load("ana-ben-cem.session.json", Session).requests
        assert isinstance(request, Answer)
        assert thaw(request.value) == [{"text": "Answer", "known_by": "Mails", "to": ["ben", "cem"]}]


class TestWhatIsRead:
    def test_two_names_that_are_the_same(self) -> None:
        """A name that is there already, or that has no letter, is asked again."""
        said = guide(["Ana", "ana", "42", "-", "Ben", "", ":save"])
        assert "ana is here already; add something that tells the two apart." in said.out
        assert said.out.count("A name has a letter in it, please.") == 2
        assert [one.name for one in load("ana-ben.session.json", Session).members.values()] == ["Ana", "Ben"]

    def test_a_heading_is_there_once(self) -> None:
        """What both said stands under the heading of its part, which is said once; one entry has no bullet."""
        said = run("guide", "one-to-one", typed="Ana\nBen\n\n" + "\nFun\nJoy\nMeetings\n\ny\n\n" * 2 + ":save\n")
        after = said.out[said.out.index("then it is Ben's turn") :]
        assert after.count("Open and together\n----") == 1
        assert after.count("What you both said\n") == 1
        assert "    Ben: Meetings\n" in after

    def test_what_comes_next(self) -> None:
        """At the end it says what to type next, and what to keep out of git."""
        said = guide(WHOLE)
        assert "  alliancekit check ana-ben.alliance.yaml\n  alliancekit render ana-ben.alliance.yaml" in said.out
        assert said.out.endswith("put *.session.json into .gitignore.\n")


class TestTheScreen:
    def test_lines_are_broken_between_words(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """At a terminal no line is wider than it, and no word is broken: in prompts, help and complaints."""
        prompts: list[str] = []
        monkeypatch.setattr("builtins.input", lambda text: prompts.append(text) or ":save")
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
        words = " ".join(f"number{each}," for each in range(30))
        with pytest.raises(_line.Stop):
            _line.line(f"  {words}")
        before = capsys.readouterr().out
        _line.tell(_line.MORE, hang="        ")
        _console.complain(words, 2)
        said = capsys.readouterr()
        assert max(map(len, [*prompts, *before.splitlines(), *said.out.splitlines(), *said.err.splitlines()])) < 80
        assert f"{words}>" in " ".join(f"{before}{prompts[0]}".split())
        assert " ".join(said.err.split()) == f"alliancekit: {words}"

    def test_lines_are_whole_in_a_file(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Where no terminal shows it, no line is broken, so that a program can look for a path in it."""
        monkeypatch.setenv("COLUMNS", "40")
        _console.tell("a path " * 20, indent="  ")
        _console.complain("a path " * 20, 2)
        said = capsys.readouterr()
        assert (said.out.count("\n"), said.err.count("\n")) == (1, 1)

    def test_it_is_cleared_with_what_can_be_scrolled_back_to(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """At a terminal the screen and the lines above it are cleared; elsewhere nothing is written."""
        written: list[str] = []
        monkeypatch.setattr(_console.click, "echo", lambda text, **_: written.append(text))
        _console.wipe()
        assert written == []
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        _console.wipe()
        assert written == ["\x1b[H\x1b[2J\x1b[3J"]

    def test_it_is_cleared_after_each_turn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every turn ends with a clear screen, and so does a stop in the middle of one."""
        wiped: list[int] = []
        monkeypatch.setattr("alliancekit.cli._turns.wipe", lambda: wiped.append(1))
        guide(WHOLE)
        assert len(wiped) == 6
        wiped.clear()
        guide(["Ana", "Ben", "", "", "x", ":save"], "--force")
        assert len(wiped) == 1

    def test_no_line_is_remembered(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The arrow keys bring back nobody's answer: line editing keeps no history."""
        readline = pytest.importorskip("readline")
        kept: list[bool] = []
        monkeypatch.setattr(readline, "set_auto_history", kept.append)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        _line.prepare_line_editing()
        assert kept == [False]

    def test_escapes_do_not_reach_the_terminal(self) -> None:
        """What somebody types cannot command the terminal of another."""
        said = guide(["Ana", "Ben", "\x1b[31mred", "", "Ours", ":save"])
        assert "\x1b[31m" not in said.out.replace("\x1b[31mred\n", "", 1)


def test_a_team(here: Path) -> None:
    """Three people go through the first round of the built-in flow, and each reads what all have said."""
    each = ["Calm", "We laugh", "", "", "1", "", "Time", "", "", ""]
    typed = ["Ana", "Ben", "Cem", "", "", "", "Run the harbour", *each, "", "", *each, "", "", *each, ":save"]
    said = run("guide", "team", typed="".join(f"{line}\n" for line in typed))
    assert (said.code, said.err) == (1, "")
    assert "ana-ben-cem.session.json" in said.out
    shown = said.out[said.out.index("What you all said") :]
    assert [name for name in ("Ana", "Ben", "Cem") if f"    {name}:" not in shown] == []
