"""A chat host in memory: two members, one writer, and a session that is saved and resumed half way."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import alliancekit as ak
from alliancekit import library

HERE = Path(__file__).parent / "walk"
WORDS = {  # what each member will type; the script of an example stands in for people
    (request.by, request.prompt): request.value
    for request in ak.load(HERE / "ida-sam.answers.yaml", ak.Script).requests
    if isinstance(request, ak.Answer)
}


class Chat:
    """Sends what members say to the session, in one order, and tells them what happened."""

    def __init__(self, session: ak.Session) -> None:
        self.session = session
        self.clock = datetime(2026, 11, 15, 16, tzinfo=UTC)

    def deliver(self, request: ak.AnyRequest) -> None:
        """Send a request; each fact names those who may be told of it."""
        self.session, facts = self.session.send(request)
        told = [f"{type(fact).__name__} for {' and '.join(fact.to)}" for fact in facts]
        print(f"{request.id}: {', '.join(told) or 'nothing, it was here before'}")

    def next_word(self) -> ak.AnyRequest | None:
        """Return what somebody says next: a host would show the task as a form, and wait."""
        self.clock += timedelta(minutes=1)
        for member in self.session.present:
            for task in self.session.view(member).tasks:
                match task.kind:
                    case "answer" if (member, task.about) in WORDS:
                        return task.answer(WORDS[member, task.about], at=self.clock)
                    case "submit":
                        return task.submit(at=self.clock)
                    case "ratify":
                        return task.ratify(at=self.clock)
                    case "respond":
                        return task.accept(at=self.clock)
        return None


people = [ak.Member(id="ida", name="Ida"), ak.Member(id="sam", name="Sam")]
flow, bank = library.flow(HERE / "walk.flow.yaml"), library.bank(HERE / "walk.bank.yaml")
chat = Chat(ak.Session.start(flow, bank, id="s1", alliance_id="ida-sam", title="Ida and Sam", members=people))
while (word := chat.next_word()) is not None:
    chat.deliver(word)
    if isinstance(word, ak.Submit) and word.step == "alone":
        chat.deliver(word)  # a network that delivers twice
        chat.session = ak.loads(ak.dumps(chat.session, format="json"), ak.Session)  # and a host that starts again
print(f"done: {chat.session.alliance().status}, {len(chat.session.requests)} requests")
