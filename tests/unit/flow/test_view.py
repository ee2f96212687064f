"""What a member is shown."""

import json

import pytest

from alliancekit.errors import UnknownNameError
from alliancekit.flow import AskStep, GroupStep, Object, RevealStep, Said, SayStep
from alliancekit.model import Prompt
from tests.scripts import BANK, BLIND, NOW, do, make_flow, make_session, send, task, walk


class TestView:
    def test_shows_what_to_read_and_to_do_in_the_order_of_the_flow(self):
        """Texts and tasks come as the flow has them, up to the first barrier."""
        view = make_session().view("ana")
        assert isinstance(view.items[0], Said)
        assert [one.about for one in view.tasks] == ["why", "worries", "tone", "give", "ask"]
        assert (view.progress.done, view.progress.total) == (0, 6)

    def test_is_for_those_who_take_part(self):
        """A stranger sees nothing, and the host is told."""
        with pytest.raises(UnknownNameError):
            make_session().view("zoe")

    def test_asks_to_submit_when_a_step_is_answered(self):
        """Once each prompt is answered or passed there is one task: to say so."""
        session = make_session(make_flow(AskStep(id="first", prompts=["why", "hopes"])))
        session = do(do(session, "ana", "answer", "why", "Because."), "ana", "pass_", "hopes")
        assert [one.id for one in session.view("ana").tasks] == ["submit.first.first"]
        assert [(one.id, one.value, one.has_passed) for one in session.view("ana").changeable] == [
            ("answer.first.why", "Because.", False),
            ("answer.first.hopes", None, True),
        ]

    def test_says_why_there_is_nothing_to_do(self):
        """Who has something to do waits for nothing; between two the reason tells nothing about who is ready."""
        session = walk(make_session(BLIND), ["ana"])
        assert session.view("ana").waiting == "Waiting for the others."
        assert (session.view("ben").waiting, session.view("ben").waits) == ("", None)
        assert walk(session, until="").view("ana").waiting == ""

    def test_shows_what_was_revealed(self):
        """After the reveal, each shared answer stands with its author and what was asked."""
        session = make_session(
            make_flow(AskStep(id="first", prompts=["why", "tone"], mode="blind"), RevealStep(id="seen", of=["first"]))
        )
        session = do(session, "ana", "answer", "tone", ["warm"])
        session = send(session, task(session, "ana", "tone").answer("Walks.", at=NOW, follow_up="works"))
        (shown,) = walk(session).view("ben").revealed
        assert [(one.prompt, one.text, one.by) for one in shown.answers] == [
            ("why", "Why?", "ana"),
            ("why", "Why?", "ben"),
            ("tone", "Which tone?", "ana"),
            ("tone", "Which tone?", "ben"),
            ("tone.works", "What works?", "ana"),
        ]

    def test_shows_open_answers_once_they_are_submitted(self):
        """What is asked openly is read by the others when its author is ready with it."""
        session = do(make_session(make_flow(AskStep(id="hopes"))), "ana", "answer", "hopes", "Much.")
        assert session.view("ben").revealed == ()
        assert do(session, "ana", "submit", "hopes").view("ben").revealed[0].answers[0].value == "Much."

    def test_is_plain_data(self):
        """A view goes through JSON, with the schema of each expected answer."""
        for session in (make_session(), walk(make_session(), until="settle"), walk(make_session())):
            plain = session.view("ana").to_dict()
            assert json.loads(json.dumps(plain)) == plain
        assert make_session().view("ana").to_dict()["items"][1]["schema"]["type"] == "string"

    def test_is_plain_text(self):
        """A view reads as text: what was shown, what lies on the table, what to do."""
        session = walk(make_session(), until="settle")
        session = send(session, Object(by="ben", id="o", at=NOW, clause="intention", reason="Too vague."))
        text = str(session.view("ana"))
        assert text.startswith("Ours: 6 of 6 answered\n")
        assert "  ana, tone: direct (Gently.)\n" in text
        assert "  intention (intention, version 1 of 3): Ship it." in text
        assert "    ben objects: Too vague.\n" in text
        assert "? Propose something (intention, atmosphere, commitments, expectations)" in text
        assert str(walk(make_session()).view("ana")).endswith("Everything is done.\n")
        assert "? Why?" in str(make_session().view("ana"))

    def test_is_shown_in_a_notebook(self):
        """The text is there, and no markup of anybody's answers is."""
        session = make_session(make_flow(AskStep(id="first", prompts=["why"])))
        session = do(session, "ana", "answer", "why", "<b onclick='x()'>Because</b> & so on.")
        view = send(session, *(one.submit(at=NOW) for one in session.view("ana").tasks)).view("ben")
        assert view._repr_html_().startswith('<pre class="alliancekit-view">Ours: 0 of 1 answered\n')
        assert "&lt;b onclick='x()'&gt;Because&lt;/b&gt; &amp; so on." in view._repr_html_()

    def test_carries_titles(self):
        """A task stands under the title of its step, or of the group around it."""
        inner = (AskStep(id="why"), AskStep(id="hopes", title="Hopes"))
        flow = make_flow(GroupStep(id="open", title="Open and together", steps=[SayStep(id="hi", text="Hi."), *inner]))
        assert [one.title for one in make_session(flow).view("ana").items] == [
            "Open and together",
            "Open and together",
            "Hopes",
        ]

    def test_reads_doubled_braces_as_braces(self):
        """Braces that are meant stand once in what a member reads, also where nothing is to be filled in."""
        bank = BANK.with_prompts(Prompt(id="why", text="What goes into {{these}}?"))
        session = make_session(make_flow(AskStep(id="why")), bank=bank)
        assert task(session, "ana", "why").text == "What goes into {these}?"


class TestTask:
    def test_makes_ids_that_follow_from_the_members_own_requests(self):
        """What others have sent changes no id, and what is about something else has another."""
        session = make_session()
        one = task(session, "ana", "why").answer("Because.", at=NOW)
        other = do(session, "ben", "answer", "why", "Hidden.")
        assert task(other, "ana", "why").answer("Because.", at=NOW) == one
        assert one.id == "ana-1-answer-why"
        assert task(send(session, one), "ana", "worries").pass_(at=NOW).id == "ana-2-pass-worries"

    def test_takes_an_id_of_the_host(self):
        """A host may name its requests."""
        assert task(make_session(), "ana", "why").answer("x", at=NOW, id="message-7").id == "message-7"

    def test_offers_the_responses_that_fit(self):
        """Who is asked by an expectation may decline; its author may not."""
        session = walk(make_session(), until="settle")
        found = {one.about: one.may for one in session.view("ben").tasks if one.kind == "respond"}
        assert found["ask-ana-1"] == ("accept", "stand_aside", "object", "decline")
        assert found["give-ana-1"] == ("accept", "stand_aside", "object")

    def test_knows_how_a_proposal_would_look(self):
        """Being ready with a table comes with a schema for each element that can still be proposed for."""
        (ready,) = [one for one in walk(make_session(), until="settle").view("ana").tasks if one.kind == "submit"]
        assert ready.elements == ("intention", "atmosphere", "commitments", "expectations")
        assert [one["properties"]["propose"]["const"] for one in ready.schema["oneOf"]] == list(ready.elements)
        assert task(make_session(), "ana", "why").id == "answer.first.why"
