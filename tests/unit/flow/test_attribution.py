"""Answers without their authors: what is shown, in which order, and that nothing tells whose they are."""

import json
from typing import Any

import pytest

from alliancekit import wire
from alliancekit.errors import InvalidValueError
from alliancekit.flow import AgreeStep, Answer, AskStep, Count, Every, Leave, RevealStep, Said, SayStep, Session, Some
from alliancekit.model import ClausesAnswer, Prompt
from alliancekit.values import FrozenMap
from tests.scripts import BANK, NOW, do, make_flow, make_session, refusal, send, task, walk

TEAM = ("ana", "ben", "cem", "dora")
SHOWN = RevealStep(id="seen", of=["first"], attribution="anonymous", missing="pass")


def anonymous(*prompts: str, then: Any = (), members: Any = TEAM, **more: Any) -> Session:
    """Return a session in which *prompts* are asked blind and revealed without names."""
    flow = make_flow(AskStep(id="first", prompts=prompts, mode="blind", **more), SHOWN, *then, AskStep(id="day"))
    return make_session(flow, *members, roles={"ana": ["lead"]})


def said(session: Session, prompt: str, **values: Any) -> Session:
    """Return *session* after each has answered *prompt*, or passed on it where the value is None."""
    for who, value in values.items():
        session = do(session, who, "pass_", prompt) if value is None else do(session, who, "answer", prompt, value)
    return session


def ready(session: Session, *members: str) -> Session:
    """Return *session* after *members* have submitted."""
    for who in members:
        session = do(session, who, "submit", "first")
    return session


def everything(session: Session, who: str) -> str:
    """Return all that *who* gets."""
    view = session.view(who)
    parts = [view.to_dict(), str(view), repr(view), *map(repr, view.revealed), wire.unstructure(session.alliance())]
    return json.dumps(parts)


def shown(session: Session, who: str = "ana") -> list[Any]:
    """Return the answers that *who* sees, in their order."""
    return [one.value for revealed in session.view(who).revealed for one in revealed.answers]


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a flow start that should not: what it asks has an author, and the engine must not tell who it is even so."""
    for module in ("_starting", "_session"):
        monkeypatch.setattr(f"alliancekit.flow.{module}.problems", lambda *_: ())


class TestShown:
    def test_once_where_they_were_asked_openly(self):
        """Until the reveal nobody reads them, and then they stand with it alone; the one answer of all is read at once."""
        flow = make_flow(AskStep(id="first", prompts=["hopes", "aim"], mode="open"), SHOWN, AskStep(id="day"))
        session = do(do(make_session(flow, *TEAM), "ana", "answer", "aim", "This."), "ana", "answer", "hopes", "That.")
        assert [(one.step, one.answers[0].value) for one in session.view("ben").revealed] == [("first", "This.")]
        session = walk(session, until="day")
        assert [(one.step, len(one.answers)) for one in session.view("ana").revealed] == [("first", 1), ("seen", 5)]

    def test_all_answers_and_no_author(self):
        """Everybody reads every answer, and nobody is named in any of them."""
        session = ready(said(anonymous("hopes"), "hopes", ana="A.", ben="B.", cem="C.", dora=None), *TEAM)
        (revealed,) = session.view("ben").revealed
        assert sorted(one.value for one in revealed.answers) == ["A.", "B.", "C."]
        assert {(one.by, one.is_anonymous) for one in revealed.answers} == {(None, True)}
        assert revealed.attribution == "anonymous"
        assert "by somebody" in repr(revealed.answers[0])
        assert "  somebody, hopes: A.\n" in str(session.view("ben"))
        assert session.alliance().responses == ()

    def test_to_swap_two_answers_changes_nothing_for_the_others(self):
        """The order hangs on the answers, not on who gave them or when."""
        one = ready(said(anonymous("hopes"), "hopes", ana="A.", ben="B.", cem="C.", dora="D."), *TEAM)
        two = ready(said(anonymous("hopes"), "hopes", dora="A.", ana="D.", cem="C.", ben="B."), *reversed(TEAM))
        assert everything(one, "cem") == everything(two, "cem")

    def test_the_seed_decides_the_order(self):
        """Another seed is another order; the same seed is the same."""
        flow = make_flow(AskStep(id="first", prompts=["hopes"], mode="blind"), SHOWN, AskStep(id="day"))
        orders = set()
        for seed in (1, 1, 2, 3, 4, 5):
            start = make_session(flow, *TEAM)
            session = type(start)(**{**_fields(start), "seed": seed})
            found = shown(ready(said(session, "hopes", ana="A.", ben="B.", cem="C.", dora="D."), *TEAM))
            orders.add(tuple(found))
        assert 1 < len(orders) < 6

    def test_the_one_answer_of_all_is_told_apart(self):
        """What all say together has no author either, and is not anonymous."""
        flow = make_flow(AskStep(id="first", prompts=["hopes", "aim"]), SHOWN, AskStep(id="day"))
        session = said(make_session(flow, *TEAM), "hopes", ana="A.", ben="B.", cem="C.", dora="D.")
        session = ready(said(session, "aim", ben="Ship."), *TEAM)
        (revealed,) = session.view("ana").revealed[-1:]
        assert {(one.prompt, one.by, one.is_anonymous) for one in revealed.answers} == {
            ("hopes", None, True),
            ("aim", None, False),
        }

    def test_an_open_ask_waits_for_its_reveal(self):
        """Who forgets to ask blind shows no name before the reveal that hides names."""
        flow = make_flow(AskStep(id="first", prompts=["hopes"]), SHOWN, AskStep(id="day"))
        session = ready(said(make_session(flow, *TEAM), "hopes", ana="A.", ben="B."), "ana", "ben")
        assert shown(session, "cem") == []
        assert shown(ready(said(session, "hopes", cem="C.", dora=None), "cem", "dora"), "cem") != []

    def test_what_is_kept_private_is_not_shown(self):
        """A private answer is among the others only where its author shares it."""
        session = anonymous("secret")
        for who in TEAM:
            session = do(session, who, "answer", "secret", f"{who} says.", share=who != "cem")
        assert sorted(shown(ready(session, *TEAM))) == ["ana says.", "ben says.", "dora says."]

    def test_the_way_it_was_written_does_not_tell(self):
        """The order of options and keys, numbers with a point, ids and keys of one's own are not shown."""
        session = said(anonymous("tone", "hours"), "tone", ana=["warm", "direct"], ben={"choices": ["calm"]})
        session = said(session, "tone", cem={"note": "So.", "choices": ["warm", "direct"]}, dora=None)
        session = ready(said(session, "hours", ana=2.0, ben=2, cem=2, dora=3), *TEAM)
        assert sorted(map(repr, shown(session))) == sorted(
            map(repr, [("direct", "warm"), ("calm",), _noted("direct", "warm"), 2, 2, 2, 3])
        )


def _fields(session: Session) -> dict[str, Any]:
    names = ("id", "plan", "alliance_id", "title", "kind", "members", "made_with")
    return {name: getattr(session, name) for name in names}


def _noted(*choices: str) -> Any:
    return FrozenMap({"choices": choices, "note": "So."})


class TestTooFew:
    def test_a_session_of_two_does_not_start(self):
        """Between two, who did not write it knows who did."""
        with pytest.raises(InvalidValueError, match=r"seen hides who said what.* 3 .* 2 are asked in first"):
            anonymous("hopes", members=("ana", "ben"))
        with pytest.raises(InvalidValueError, match="1 is asked in first"):
            anonymous("hopes", who="lead")

    def test_fewer_than_three_who_submitted_show_nothing(self):
        """The reveal takes place, and the others learn neither an answer nor how many there are."""
        two = ready(said(anonymous("hopes"), "hopes", ana="A.", ben="B."), "ana", "ben")
        two = do(two, "ana", "reveal", "seen")
        one = do(ready(said(anonymous("hopes"), "hopes", ana="A."), "ana"), "ana", "reveal", "seen")
        assert shown(two) == []
        assert two.view("cem") == one.view("cem")

    def test_a_pass_counts_as_having_submitted(self):
        """Who passed may have written it, as far as the others know."""
        session = ready(said(anonymous("hopes"), "hopes", ana="A.", ben=None, cem=None, dora=None), *TEAM)
        assert shown(session) == ["A."]


class TestTime:
    def test_who_leaves_takes_nothing_along(self):
        """After somebody has gone the answers are the same: otherwise it would be known which one was theirs."""
        session = ready(said(anonymous("hopes"), "hopes", ana="A.", ben="B.", cem="C.", dora="D."), *TEAM)
        after = send(session, Leave(by="ben", id="go", at=NOW, member="ben"))
        assert shown(after) == shown(session)

    def test_who_leaves_changes_no_condition(self):
        """``every`` still counts the answer of who has gone, and ``count`` too."""
        says = [
            SayStep(id="high", text="All high.", when=Every(prompt="score", ge=4)),
            SayStep(id="four", text="Four.", when=Count(prompt="score", eq=4)),
            SayStep(id="low", text="One low.", when=Some(prompt="score", lt=3)),
        ]
        session = ready(said(anonymous("score", then=says), "score", ana=5, ben=1, cem=4, dora=5), *TEAM)
        after = send(session, Leave(by="ben", id="go", at=NOW, member="ben"))
        for now in (session, after):
            assert [one.step for one in now.view("ana").items if isinstance(one, Said)] == ["four", "low"]

    def test_who_never_answered_is_not_told_by_leaving(self):
        """Somebody who was missing counts as one without an answer, there or gone."""
        says = [SayStep(id="high", text="All high.", when=Every(prompt="score", ge=4))]
        session = ready(said(anonymous("score", then=says), "score", ana=5, ben=4, cem=4), "ana", "ben", "cem")
        session = do(session, "ana", "reveal", "seen")
        after = send(session, Leave(by="dora", id="go", at=NOW, member="dora"))
        for now in (session, after):
            assert not [one for one in now.view("ana").items if isinstance(one, Said)]

    @pytest.mark.usefixtures("unchecked")
    def test_nobody_is_late(self):
        """What comes after the reveal would be known by its time, so it is not asked for any more."""
        late = RevealStep(id="seen", of=["first"], attribution="anonymous", missing="pass", late="mark")
        flow = make_flow(AskStep(id="first", prompts=["hopes"], mode="blind"), late, AskStep(id="day"))
        session = ready(said(make_session(flow, *TEAM), "hopes", ana="A.", ben="B.", cem="C."), "ana", "ben", "cem")
        session = do(session, "ana", "reveal", "seen")
        assert [one.about for one in session.view("dora").tasks] == ["day"]


class TestTables:
    TABLE = (AgreeStep(id="settle", elements=["success", "atmosphere"]),)

    def session(self) -> Session:
        """Return a session at a table with what was said without names."""
        bank = BANK.with_prompts(Prompt(id="signs", text="Signs?", answer=ClausesAnswer(), informs=["success"]))
        flow = make_flow(AskStep(id="first", prompts=["signs", "tone"], mode="blind"), SHOWN, *self.TABLE)
        session = make_session(flow, *TEAM, bank=bank)
        for who in TEAM:
            session = do(session, who, "answer", "signs", [{"id": f"by-{who}", "text": f"Sign of {who}."}])
            session = do(session, who, "answer", "tone", ["direct"])
        return ready(session, *TEAM)

    def test_candidates_have_no_author(self):
        """What was said without names lies there by nobody, under an id that nobody chose."""
        table = self.session().view("ana").table
        assert sorted(one.id for one in table) == ["direct", "signs-1", "signs-2", "signs-3", "signs-4"]
        assert {one.by for one in table} == {()}
        assert {tuple(one.responses) for one in table} == {()}

    def test_nobody_has_accepted_by_having_written(self):
        """Everybody is asked about everything, who wrote it too: to be left out would tell."""
        session = self.session()
        asked = {who: [one.about for one in session.view(who).tasks if one.kind == "respond"] for who in TEAM}
        assert {tuple(one) for one in asked.values()} == {tuple(asked["ana"])}
        assert len(asked["ana"]) == 5
        assert "by-" not in everything(session, "ana")

    def test_it_is_agreed_to_like_anything_else(self):
        """The members accept it, and it is in the alliance."""
        session = walk(self.session())
        assert session.is_done
        assert sorted(session.alliance().success) == ["signs-1", "signs-2", "signs-3", "signs-4"]

    @pytest.mark.usefixtures("unchecked")
    def test_what_has_an_author_by_nature_is_no_candidate(self):
        """A commitment or a concern says whose it is, so without a name it is read and nothing else."""
        session = anonymous("give", "worries", then=[AgreeStep(id="settle", elements=["commitments"])])
        for who in TEAM:
            session = do(session, who, "answer", "give", [{"text": f"Give {who}.", "known_by": "It is."}])
            session = do(session, who, "answer", "worries", [{"text": f"Worry {who}."}], share=True)
        session = ready(session, *TEAM)
        assert len(shown(session)) == 8
        assert session.view("ana").table == ()
        assert not session.alliance().concerns

    @pytest.mark.usefixtures("unchecked")
    def test_it_fills_no_field_of_a_member(self):
        """A field of a member names them."""
        session = ready(said(anonymous("why"), "why", ana="A.", ben="B.", cem="C.", dora="D."), *TEAM)
        assert {one.why for one in session.alliance().members.values()} == {None}

    @pytest.mark.usefixtures("unchecked")
    def test_an_id_that_nobody_sees_is_not_taken(self):
        """The id that somebody gave their own clause is not used, so it may be given again."""
        session = anonymous("ask", then=[AskStep(id="more", prompts=["give"])])
        entry = [{"id": "early", "text": "Early.", "known_by": "So."}]
        session = do(session, "ana", "answer", "ask", [{"id": "early", "text": "Early."}])
        session = ready(said(session, "ask", ben=None, cem=None, dora=None), *TEAM)
        assert do(session, "ana", "answer", "give", entry)


class TestTask:
    def test_says_how_the_answer_will_be_shown(self):
        """Who answers knows beforehand whether their name will stand beside it."""
        asked = task(anonymous("hopes"), "ana", "hopes")
        assert (asked.attribution, asked.may_share) == ("anonymous", False)
        assert task(anonymous("secret"), "ana", "secret").may_share

    def test_there_is_nothing_to_share_by_name(self):
        """Without names is without names: no answer may be an exception."""
        request = Answer(by="ana", id="r", at=NOW, prompt="hopes", value="A.", share=True)
        assert "share is for private prompts" in refusal(anonymous("hopes"), request)
