"""What the documentation of the library shows first, as it stands there."""

from datetime import UTC, datetime

import alliancekit as ak
from alliancekit import library
from alliancekit.flow import problems


def test_the_first_example():
    """A bank with a prompt of one's own, a session, a task, its answer, and the draft."""
    now = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    # fmt: off
    bank = library.bank("one-to-one")                          # built in, from a file, or from an installed package
    mine = bank.with_prompts(ak.Prompt(id="energy", text="What gives you energy here?", informs=["atmosphere"]))

    session = ak.Session.start(library.flow("one-to-one"), mine, id="s1", alliance_id="ana-ben", title="Ana and Ben",
                               members=[ak.Member(id="ana", name="Ana"), ak.Member(id="ben", name="Ben")], at=now)
    task = session.view("ana").tasks[0]                        # all that may leave the engine for Ana
    session, facts = session.send(task.answer("Tell me early.", at=now))
    draft = session.alliance()                                 # with provenance; session.check_in() after a check-in flow
    # fmt: on
    assert [type(one).__name__ for one in facts] == ["Changed"]
    assert (session.at, draft.status, draft.made_with) == (
        now,
        "draft",
        ak.MadeWith(flow="one-to-one", bank="one-to-one"),
    )


def test_the_built_in_flows_hold_together():
    """Each fits its bank, and starts."""
    for name in ("one-to-one", "team", "check-in"):
        flow = library.flow(name)
        assert problems(flow, library.bank(flow.bank)) == ()
