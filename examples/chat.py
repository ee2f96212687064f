"""A chat host: messages come in, views go out, and the session is a file that is saved before anybody is told."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import alliancekit as ak


class Chat:
    """One session in a file; whose phone is whose, the chat platform knows."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def receive(self, who: str, text: str, *, id: str, at: datetime) -> dict[str, str]:
        """Take in a message, with the id that the platform gave it; return what to write to whom."""
        with ak.edit(self.path, ak.Session) as document:  # locked until it is saved: one writer puts messages in order
            view = document.value.view(who)
            if not view.tasks:
                return {who: str(view)}
            document.value, facts = document.value.send(request(view.tasks[0], text, id=id, at=at))
        for fact in facts:
            if type(fact) is ak.Refused:
                return {who: f"That does not fit: {fact.reason}\n"}  # it may quote the answer: for its author alone
        told = {member for fact in facts for member in fact.to}  # of a second delivery there are no facts: nobody
        return {member: str(document.value.view(member)) for member in document.value.present if member in told}


def request(task: ak.Task, text: str, *, id: str, at: datetime) -> ak.AnyRequest:
    """Return what *text* says about *task*: an answer, or a word such as pass, ok or no."""
    match task.kind, text.partition(":"):
        case "answer", ("pass", _, reason):
            return task.pass_(reason=reason.strip() or None, at=at, id=id)
        case "answer", _:
            return task.answer(int(text) if text.isdecimal() else text, at=at, id=id)
        case "respond", ("no", _, reason):
            return task.object(reason.strip() or "Not like this.", at=at, id=id)
        case "respond", _:
            return task.accept(at=at, id=id)
        case "reveal", _:
            return task.reveal(at=at, id=id)
        case "ratify", _:
            return task.ratify(at=at, id=id)
        case _:
            return task.submit(at=at, id=id)


BANK = ak.Bank(
    id="friday",
    title="Questions for a Friday",
    prompts=[
        ak.Prompt(id="hard", text="What was hard this week?"),
        ak.Prompt(
            id="mood", text="How is your mood, from 1 to 5?", answer=ak.ScaleAnswer(points=5, polarity="positive")
        ),
        ak.Prompt(id="aim", text="What is one thing that we want next week?", scope="shared", informs=["intention"]),
    ],
)
FLOW = ak.Flow(
    id="friday",
    title="Friday",
    bank="friday",
    steps=[
        ak.AskStep(id="alone", prompts=["hard", "mood"], mode="blind"),
        ak.RevealStep(id="seen", of=["alone"], once="facilitator", missing="pass", late="mark"),
        ak.AskStep(id="aim"),
        ak.AgreeStep(id="settle", elements=["intention"]),
        ak.RatifyStep(id="sign"),
    ],
)
PEOPLE = [
    ak.Member(id="ida", name="Ida", roles=["facilitator"]),
    ak.Member(id="sam", name="Sam"),
    ak.Member(id="tom", name="Tom"),
]
TALK = """\
m1 ida: The move of the archive.
m2 ida: seven
m3 ida: 4
m4 ida: ready
m5 sam: That nobody answered my question.
m5 sam: That nobody answered my question.
m6 sam: 2
m7 sam: ready
m8 ida: show it
m9 tom: pass: I was away.
"""


def main() -> None:
    """Let three people talk; `m5` is delivered twice, and Tom is late."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "friday.session.json"
        ak.dump(ak.Session.start(FLOW, BANK, id="s1", alliance_id="friday", title="Friday", members=PEOPLE), path)
        chat, at = Chat(path), datetime(2026, 11, 20, 15, tzinfo=UTC)
        for line in TALK.splitlines():
            id, who, text = line.replace(": ", " ", 1).split(" ", 2)
            at += timedelta(minutes=1)
            sys.stdout.write(f"> {line}\n")
            for member, message in chat.receive(who, text, id=id, at=at).items():
                sys.stdout.write(f"to {member}:\n" + "".join(f"    {one}\n" for one in message.splitlines() if one))


if __name__ == "__main__":
    main()
