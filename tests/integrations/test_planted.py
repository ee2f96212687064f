"""
What somebody keeps to themselves at a check-in is in nothing that is made of that check-in, for anybody else.

Bo answers what is asked of him and shares none of it; of what he is asked blind, some is not revealed yet. Whatever he
said, and whether he said anything, all that is made of the session afterwards is the same to the letter.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import alliancekit as ak
from alliancekit import cadence, consent, library, living, render
from alliancekit.errors import AllianceKitError
from alliancekit.flow import AgreeStep, AskStep, RatifyStep, RepeatStep, RevealStep, Session, Task
from alliancekit.model import Alliance, Bank, CheckIn, ClausesAnswer, Prompt, ScaleAnswer
from tests.scripts import NOW, make_flow, send
from tests.unit.cli.terminal import run, write
from tests.unit.consent.alliances import FIVE, alliance

WORD = "quartz"
DAY = date(2026, 11, 1)
MEETINGS = {"check_ins": {"weekly": {"frequency": "weekly", "starts": "2026-11-05", "where": "Room 4"}}}
BEFORE = alliance(FIVE, cadence=MEETINGS)
for who in BEFORE.present():
    BEFORE = consent.ratify(BEFORE, who, DAY)


def bank() -> Bank:
    """Return the questions of a check-in, with some whose answers are the author's own."""
    own: dict[str, Any] = {"visibility": "private"}
    built_in = library.bank("check-in")
    return built_in.with_prompts(
        evolve(built_in.prompts["kept"], visibility="private"),
        Prompt(id="fear", text="What do you fear?", **own),
        Prompt(id="worries", text="What worries you?", answer=ClausesAnswer(), informs=["concerns"], **own),
        Prompt(id="mine", text="What would you give?", answer=ClausesAnswer(), informs=["commitments"], **own),
        Prompt(id="energy", text="How much energy?", answer=ScaleAnswer(points=5), informs=["pulse"], **own),
        Prompt(id="late", text="What is left?"),
        Prompt(id="load", text="How much load?", answer=ScaleAnswer(points=5), informs=["pulse"]),
    )


LOOSE = (dict, list, str, bytes)
"""Plain data and texts, which show what they are."""
OWN = ("fear", "worries", "mine", "energy", "pulse-trust")
FLOW = make_flow(
    RepeatStep(id="promises", over="open-commitments", steps=[AskStep(id="kept", mode="blind")]),
    AskStep(id="own", prompts=OWN, mode="blind"),
    RevealStep(id="seen", of=["own"], attribution="named"),
    AskStep(id="next"),
    AgreeStep(id="settle", elements=["commitments"]),
    AskStep(id="last", prompts=["late", "load"], mode="blind"),
    RevealStep(id="last-seen", of=["last"], once="facilitator"),
    RatifyStep(id="sign"),
)
FACILITATOR = BEFORE.members["ed"].with_roles("facilitator")
OTHERS: dict[tuple[str, str], Any] = {
    ("ada", "next"): [{"changes": "tests", "text": "Tests run in 4 minutes."}],
    ("ada", "pulse-trust"): 4,
    ("cy", "pulse-trust"): 5,
}


def answers_of(word: str, number: int) -> dict[str, Any]:
    """Return what Bo says to each prompt."""
    text = f"It is {word}."
    worry, gift = ([{"id": f"{word}-{name}", "text": text}] for name in ("worry", "gift"))
    return {
        "kept": {"choice": "broken" if number > 3 else "release", "note": text},
        "fear": text,
        "worries": worry,
        "mine": gift,
        "energy": number,
        "late": text,
        "load": number,
    }


@cache
def played(word: str = WORD, number: int = 5, *, share: bool = False) -> Session:
    """Return a check-in up to where a facilitator would show what was asked last; without a word Bo passes."""
    said = answers_of(word, number) if word else {}
    session = Session.start(FLOW, bank(), id="c1", alliance=BEFORE, members=[FACILITATOR], at=NOW)
    moved = True
    while moved:
        moved = False
        for who in session.present:
            for one in [task for task in session.view(who).tasks if task.kind != "reveal"][:1]:
                value = said.get(one.about) if who == "bo" else None
                value = OTHERS.get((who, one.about), value)
                session, moved = send(session, step(one, value, share=share)), True
    return session


def step(task: Task, value: Any, *, share: bool) -> Any:
    """Return the request that gets *task* done: with *value* where it asks for one, and else without a word."""
    match task.kind:
        case "answer" if value is not None:
            return task.answer(value, at=NOW, share=share and task.may_share)
        case "answer":
            return task.pass_(at=NOW, reason=WORD)
        case "submit":
            return task.submit(at=NOW)
        case "ratify":
            return task.ratify(at=NOW)
        case _:
            return task.accept(at=NOW)


def made_of(session: Session) -> Iterator[tuple[str, Any]]:
    """Yield all that is made of a check-in, each with a name."""
    record, after = session.check_in(), session.alliance()
    applied = consent.apply_check_in(BEFORE, record)
    strange = consent.apply_check_in(evolve(BEFORE, id="another"), record)
    changes = consent.diff(BEFORE, after)
    chained = living.chain(after, [record])
    pulsed = living.pulse([record], bank=bank(), fewest=3)
    merged = living.merge_texts(ak.dumps(BEFORE), ak.dumps(applied.proposed), ak.dumps(after))
    yield "record", record
    yield "alliance", after
    yield from (("applied", one) for one in (applied, applied.alliance, applied.proposed, applied.findings))
    yield from (("left over", one) for one in (strange, strange.left_over, strange.findings))
    yield from (("diff", one) for one in (changes, changes.to_dict(), changes.as_public().to_dict()))
    yield from (("diff for one", changes.for_member(who)) for who in BEFORE.present())
    yield from (("status", one) for one in (consent.status(after), consent.status(after).to_dict()))
    yield from (("chain", one) for one in (chained, chained.records(), chained.replayed(BEFORE), chained.findings))
    yield from (("pulse", one) for one in (pulsed, pulsed.to_dict(), pulsed.records(), pulsed.findings))
    yield "relations", living.relations([after])
    yield "merge", consent.merge(BEFORE, applied.proposed, after)
    yield "merged texts", merged
    yield "merged text", merged.text
    yield "agenda", tuple(cadence.agenda(after, after=DAY, limit=20))
    yield "calendar", cadence.to_calendar(after, stamp=datetime(2026, 11, 1, tzinfo=UTC))
    for who in (None, *(one for one in BEFORE.present() if one != "bo")):
        yield "page", render.to_markdown(after, member=who)
        yield "page of the record", render.to_markdown(record, member=who, alliance=after)
    for who in (one for one in BEFORE.present() if one != "bo"):
        yield "view", session.view(who)
        yield "view as data", session.view(who).to_dict()


def told(session: Session) -> list[tuple[str, str]]:
    """Return it as texts: as it shows itself, as its values compare, and as it is saved."""
    return [(name, text) for name, one in made_of(session) for text in texts_of(one)]


def texts_of(one: Any) -> Iterator[str]:
    yield repr(one)
    yield str(one)
    if isinstance(one, Alliance | CheckIn):
        yield ak.dumps(one)
        yield ak.dumps(one, format="json")


def test_a_planted_answer_is_nowhere() -> None:
    """Bo's words are in nothing that is made of the session."""
    assert [name for name, text in told(played()) if WORD in text] == []


@pytest.mark.parametrize(("word", "number"), [("basalt", 1), (WORD, 3), ("", 0)], ids=["other", "less", "pass"])
def test_whatever_it_is(word: str, number: int) -> None:
    """Other words, another number or none at all: all that is made of the session is the same."""
    assert told(played(word, number)) == told(played())
    assert [one for _, one in made_of(played(word, number))] == [one for _, one in made_of(played())]


def test_what_is_shared_is_there() -> None:
    """The same words, once Bo shares them, are in the record and in what is made of it: so the places are looked at."""
    found = {name for name, text in told(played(share=True)) if WORD in text}
    assert found >= {"record", "alliance", "view as data", "page", "page of the record", "diff", "merged text"}


def test_a_repr_holds_no_answer() -> None:
    """What is shared may be read where it is asked for, and stands in no repr: these end up in logs."""
    shown = [
        name for name, one in made_of(played(share=True)) if f"is {WORD}" in repr(one) and not isinstance(one, LOOSE)
    ]
    assert shown == []


MISTAKES: dict[str, Callable[[Any], Any]] = {
    "apply": lambda session: consent.apply_check_in(BEFORE, session),
    "apply to": lambda session: consent.apply_check_in(session, session),
    "diff": lambda session: consent.diff(BEFORE, session),
    "merge": lambda session: consent.merge(BEFORE, BEFORE, session),
    "status": consent.status,
    "chain": lambda session: living.chain(BEFORE, [session]),
    "pulse": lambda session: living.pulse([session]),
    "relations": lambda session: living.relations([session]),
    "calendar": lambda session: cadence.to_calendar(session, stamp=NOW),
    "agenda": lambda session: list(cadence.agenda(session, after=DAY)),
    "page": render.to_markdown,
    "merged texts": lambda session: living.merge_texts(ak.dumps(BEFORE), ak.dumps(BEFORE), ak.dumps(session, format="json")),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_session_for_something_else(mistake: str) -> None:
    """Whoever hands over the session itself is told so without a word of it."""
    with pytest.raises(AllianceKitError) as caught:
        MISTAKES[mistake](played())
    assert WORD not in str(caught.value) + repr(caught.value)


COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "FILE"),
    "status": ("status", "FILE"),
    "ratify": ("ratify", "FILE", "--as", "ada", "--date", "2026-11-02"),
    "diff": ("diff", "FILE", "FILE"),
    "diff with": ("diff", "OTHER", "FILE"),
    "merge": ("merge", "OTHER", "OTHER", "FILE"),
    "next": ("next", "FILE", "--after", "2026-11-02"),
    "calendar": ("calendar", "FILE"),
    "render": ("render", "FILE", "--to", "markdown"),
    "mermaid": ("render", "FILE", "--to", "mermaid"),
    "import": ("import", "FILE", "--as", "alliance"),
    "gaps": ("gaps", "FILE"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["c1.session.json", "c1.alliance.json", "c1.check-in.json"])
@pytest.mark.parametrize("cut", [0, 3], ids=["whole", "damaged"])
def test_commands(tmp_path: Path, command: str, name: str, cut: int) -> None:
    """No command says a word of it, whatever the file is called, whole or damaged; and no file it writes does."""
    text = ak.dumps(played(), format="json")
    paths = {
        "FILE": write(tmp_path, name, text[: len(text) - cut]),
        "OTHER": write(tmp_path, "o.alliance.yaml", ak.dumps(BEFORE)),
    }
    said = run(*(paths.get(one, one) for one in COMMANDS[command]))
    assert WORD not in said.out + said.err
    assert [path.name for path in tmp_path.iterdir() if path != paths["FILE"] and WORD in path.read_text("utf-8")] == []
