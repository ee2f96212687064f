"""What a script makes of a flow, as a golden file: who did what, what all know since, and nothing else."""

import pickle

import pytest
from hypothesis import given

from alliancekit import wire
from alliancekit.errors import DocumentError
from alliancekit.flow import (
    AgreeStep,
    AskStep,
    Changed,
    Erase,
    Figure,
    Given,
    Passed,
    RatifyStep,
    RevealStep,
    Settled,
    TheAnswer,
    transcript,
)
from alliancekit.flow._tools._transcript import _stands
from tests.property.test_engine import QUICK
from tests.scripts import BANK, BLIND, DULL, TEXT, make_flow, make_script, play

NAMES = ("why", "worries", "tone", "give", "ask")
ASKED = make_flow(
    AskStep(id="first", prompts=["why", "secret"], mode="blind"),
    RevealStep(id="seen", of=["first"]),
    AskStep(id="aim"),
    AgreeStep(id="settle", elements=["intention"]),
    RatifyStep(id="sign"),
)


def answered(by, *names, **values):
    """Return answers of *by* to *names*, and to others as *values* say."""
    return [
        {"by": by, "answer": name, "value": value} for name, value in ({n: DULL[n] for n in names} | values).items()
    ]


class TestText:
    def test_is_told_whole(self):
        """The text tells who did what, what silence did, what all know since, what lies on the table, and the end."""
        told = play(
            ASKED,
            *answered("ana", "why", "secret"),
            *answered("ben", why="Ben's why."),
            *answered("ben", aim="Ship it."),
            {"by": "ana", "object": "intention", "reason": "Too  short."},
            {"by": "ana", "propose": "intention", "value": "Ship it in June."},
        )
        assert str(told) == (
            "Ours, through the flow small\n"
            "With ana (Ana), ben (Ben)\n"
            "\n"
            "  1. ana answers or passes: why [to ana]\n"
            "  2. ana answers or passes: secret [to ana]\n"
            "  3. ben answers or passes: why [to ben]\n"
            "  4. (silence) ana is ready with first [to ana]\n"
            "5-6. (silence) ben passes, as nothing was said: secret [to ben]; is ready with first [to ben]\n"
            "     -> shown by seen: first [to all]\n"
            "     -> open now: aim [to all]\n"
            "     all know now, by seen:\n"
            "       why: Why?\n"
            "         ana: Because.\n"
            "         ben: Ben's why.\n"
            "  7. ben answers or passes: aim [to ben]\n"
            "     all know now, by aim:\n"
            "       aim: What for?\n"
            "         together: Ship it.\n"
            "  8. (silence) ana is ready with aim [to ana]\n"
            "  9. (silence) ben is ready with aim [to ben]\n"
            "     -> open now: settle [to all]\n"
            "     on the table:\n"
            "       intention (intention) by ben: Ship it.\n"
            " 10. ana objects to intention, because: Too short. [to all]\n"
            " 11. ana proposes intention [to all]\n"
            "     -> intention (intention, version 2) needs the word of ana and ben [to all]\n"
            "     on the table:\n"
            "       intention (intention, version 2) by ana: Ship it in June.\n"
            " 12. (silence) ana is ready with settle [to ana]\n"
            "13-14. (silence) ben accepts intention [to all]; is ready with settle [to ben]\n"
            "     -> settle is settled; adopted: intention; unresolved: nothing [to all]\n"
            "     -> open now: sign [to all]\n"
            " 15. (silence) ana ratifies: sign [to all]\n"
            " 16. (silence) ben ratifies: sign [to all]\n"
            "     -> finished: the alliance is active [to all]\n"
            "\n"
            "At the end\n"
            "  ana has nothing left to do\n"
            "  ben has nothing left to do\n"
            "  The alliance is active; ana and ben said yes to it\n"
        )

    def test_says_where_each_stands_when_it_stops(self):
        """Who has something to do is told with it, and who waits is told with what they wait for."""
        told = play(BLIND, *answered("ana", *NAMES))
        assert str(told).endswith(
            "At the end\n"
            "  ana can do nothing now: waiting for the others\n"
            "  ben has still to answer why, answer worries, answer tone, answer give and answer ask\n"
            "  The alliance is draft; nobody said yes to it\n"
        )
        assert [(one.member, len(one.tasks)) for one in told.standings] == [("ana", 0), ("ben", 5)]
        assert not told.is_done

    def test_says_who_left(self):
        """Whoever went has nothing to do any more, and what stays unresolved is told with the objection."""
        told = play(
            make_flow(
                AskStep(id="aim"), AgreeStep(id="settle", elements=["intention"], rounds=1), RatifyStep(id="sign")
            ),
            *answered("ana", "aim"),
            {"by": "ben", "object": "intention", "reason": "No."},
            {"by": "cem", "leave": "cem"},
            members=("ana", "ben", "cem"),
        )
        assert "settle is settled; adopted: nothing; unresolved: intention [to all]" in str(told)
        assert "intention (intention) by ana: Ship it. - unresolved; ben objects: No." in str(told)
        assert "cem says that cem goes [to ana, ben and cem]" in str(told)
        assert "\n  cem has left\n" in str(told)


class TestEntries:
    def test_can_be_looked_at(self):
        """A test can look for a fact, for what was shown, and for what silence did."""
        told = play(BLIND, *answered("ana", *NAMES), *answered("ben", *NAMES), *answered("ben", "aim"))
        (settled,) = [fact for one in told.entries for fact in one.facts if isinstance(fact, Settled)]
        assert "intention" in settled.adopted
        shown = [
            given.prompt for one in told.entries for step in one.shown if step.step == "seen" for given in step.answers
        ]
        assert shown == ["why", "why", "tone", "tone", "give", "give", "ask", "ask"]
        assert [one.verb for one in told.entries if not one.is_silence] == ["respond"] * 11
        assert {one.verb for one in told.entries if one.is_silence} == {"submit", "accept", "ratify"}
        assert told.is_done
        assert told.status == "active"

    def test_are_numbered_and_travel(self):
        """Entries count from one; a transcript is a value that is pickled, and equal to itself made again."""
        told = play(BLIND, *answered("ana", *NAMES))
        assert [one.number for one in told.entries] == [*range(1, len(told.entries) + 1)]
        assert pickle.loads(pickle.dumps(told)) == told == play(BLIND, *answered("ana", *NAMES))


class TestPrivacy:
    def test_of_what_is_not_shown(self):
        """No unrevealed answer, reason of a pass, or answer kept private is in the text or in any repr."""
        hidden = "Nobody is to read this"
        told = play(
            BLIND,
            *answered(
                "ana", "why", "give", "ask", worries=[{"text": hidden}], tone={"choices": ["warm"], "note": "Mild."}
            ),
            {"by": "ben", "pass": "why", "reason": hidden},
            *answered("ben", tone=["calm"]),
        )
        assert any(one.shown for one in told.entries)
        whole = str(told) + repr(told) + repr(told.entries) + repr(told.standings)
        assert hidden not in whole
        whole = str(play(BLIND, *answered("ana", why=hidden)))
        assert hidden not in whole

    def test_of_an_answer_and_a_pass(self):
        """Whether somebody answered and kept it, or passed, is not told: not in the text, and in no entry."""
        told = [
            play(BLIND, one, *answered("ana", "why", "tone", "give", "ask"), *answered("ben", *NAMES, "aim"))
            for one in ({"by": "ana", "pass": "worries"}, *answered("ana", "worries"))
        ]
        assert told[0] == told[1]
        assert str(told[0]) == str(told[1])
        assert not any(isinstance(fact, Changed | Passed) for one in told[0].entries for fact in one.facts)

    @given(one=TEXT, other=TEXT)
    @QUICK
    def test_hangs_on_nothing_unrevealed(self, one, other):
        """What is not revealed when the script ends can be anything, and the transcript stays byte for byte."""
        made = [play(BLIND, *answered("ana", why=value)) for value in (one, other)]
        assert str(made[0]) == str(made[1])
        assert made[0] == made[1]

    def test_who_is_asked_more_by_a_secret_has_no_more_to_do_for_all(self):
        """What Ben has still to answer would say what he has answered; once that is shown, it may be said."""
        flow = make_flow(
            AskStep(id="first", prompts=["sure"], mode="blind"),
            AskStep(id="more", prompts=["hopes"], mode="blind", when=TheAnswer(prompt="sure", eq=True)),
            RevealStep(id="seen", of=["first"]),
            AskStep(id="most", prompts=["why"], mode="blind", when=TheAnswer(prompt="sure", eq=True)),
            RevealStep(id="all", of=["more", "most"]),
        )
        said = [{"by": "ben", "answer": "sure", "value": True}, {"by": "ben", "answer": "sure", "value": False}]
        texts = {str(play(flow, one)) for one in said}
        assert len(texts) == 1
        assert "ben can do nothing now: waiting for the others" in texts.pop()
        shown = play(flow, said[0], {"by": "ana", "answer": "sure", "value": False})
        assert {one.member: one.tasks for one in shown.standings}["ben"] == (("answer", "hopes"), ("answer", "why"))


class TestWrong:
    def test_script_is_a_finding(self):
        """A request that does not fit is a finding with its place, and no half transcript."""
        script = make_script({"by": "ana", "answer": "why", "value": 3})
        with pytest.raises(DocumentError) as caught:
            transcript(script, BLIND, BANK)
        assert [one.pointer for one in caught.value.findings] == ["/requests/0"]

    def test_shows_no_wire(self):
        """A transcript comes from the values that an answers file is read into, and leaves them as they are."""
        script = make_script(*answered("ana", "why"))
        before = wire.unstructure(script)
        transcript(script, BLIND, BANK)
        assert wire.unstructure(script) == before


class TestRevisions:
    def test_are_told_when_they_are_submitted(self):
        """What somebody revises is told with what it is now; until then the transcript says that they went back."""
        flow = make_flow(
            AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["why"]), AskStep(id="aim"), RatifyStep(id="sign")
        )
        again = [{"by": "ana", "reopen": "why"}, {"by": "ana", "answer": "why", "value": "On reflection."}]
        begun = [*answered("ana", "why"), *answered("ben", "why"), *again]
        assert "  7. ana answers or passes: why [to ana]\n" not in str(play(flow, *begun))
        told = str(play(flow, *begun, {"by": "ana", "submit": "why"}))
        assert "ana goes back to why [to ana]\n" in told
        assert "     -> revised in why: why [to all]\n" in told
        assert "         ana (revised): On reflection.\n" in told


SHARED = Given(prompt="why", text="Why?", by=None, value="Ours.")


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        (Given(prompt="why", text="Why?", by="ana", value="A."), False),
        (Given(prompt="why", text="Why?", by="ben", value="B."), True),
        (Given(prompt="why.more", text="More?", by="ana", value="A."), False),
        (Given(prompt="why", text="Why?", by=None, value="A.", is_anonymous=True), False),
        (SHARED, True),
        (Given(prompt="why", text="Why?", by=None, value="What was ours."), False),
        (Figure(prompt="why", text="Why?", answers=5), False),
        (Figure(prompt="score", text="How much?", answers=5), True),
    ],
    ids=repr,
)
def test_what_was_erased_is_not_told(told, stands):
    """The answer itself goes, and with it what nobody can tell from it, and the figures that it was among."""
    assert _stands(told, Erase(by="ana", prompt="why"), [SHARED]) is stands


class TestErased:
    FLOW = make_flow(
        AskStep(id="first", prompts=["why", "give"], mode="blind"),
        RevealStep(id="seen", of=["first"]),
        AgreeStep(id="settle", elements=["commitments"]),
        AskStep(id="aim"),
        RatifyStep(id="sign"),
    )

    def test_is_not_told_anywhere(self):
        """An answer that is erased later, with its clauses and their ids, is not told from the start; the rest is."""
        promise = [{"id": "my-promise", "text": "Never late again.", "known_by": "A clock."}]
        asked = [
            *answered("ana", why="A plain secret.", give=promise),
            *answered("ben", "why", "give"),
            {"by": "ben", "object": "my-promise", "reason": "Never is long."},
            {"by": "ben", "accept": "my-promise"},
            *answered("ben", "aim"),
        ]
        kept = str(play(self.FLOW, *asked))
        assert all(words in kept for words in ("A plain secret.", "my-promise", "Never late again.", "Never is long."))
        gone = play(self.FLOW, *asked, {"by": "ana", "erase": "why"}, {"by": "ana", "erase": "give"})
        whole = str(gone) + repr(gone) + repr(gone.entries)
        assert [w for w in ("A plain secret.", "my-promise", "Never late again.", "Never is long.") if w in whole] == []
        assert "ana has an answer forgotten: give" in whole
        assert "Answer within a day." in whole
