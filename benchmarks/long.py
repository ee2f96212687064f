"""A flow of 500 prompts with 400 conditions, each of which hangs on the answer before it; and the same as a survey."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROMPTS = 500
FREE = 100
"""How many of them, the first, are shown to everybody; each of the others where the one before it was answered by 2 or more."""

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
CHANGED = "p450"


def bank_text() -> str:
    """Return the bank as YAML."""
    prompts = "".join(
        f"  {name}:\n    text: How is {name}?\n    answer: {{kind: scale, points: 5}}\n" for name in names()
    )
    return f"alliancekit: bank/1\nid: long\ntitle: A long bank\nprompts:\n{prompts}"


def flow_text() -> str:
    """Return the flow as YAML; it ends with a ratification, so that nothing is over."""
    steps = "".join(_step(index, name) for index, name in enumerate(names()))
    return f"alliancekit: flow/1\nid: long\ntitle: A long flow\nbank: long\nsteps:\n{steps}  - ratify: sign\n"


def names() -> Iterator[str]:
    """Yield the prompts."""
    return (f"p{index}" for index in range(PROMPTS))


def _step(index: int, name: str) -> str:
    when = f"\n    when: {{answer: p{index - 1}, ge: 2}}" if index >= FREE else ""
    return f"  - ask: {name}{when}\n"


class Long:
    """A session in which Ana has answered everything, and changes one of the later answers again and again."""

    def __init__(self) -> None:
        import alliancekit as ak

        self.bank = ak.loads(bank_text(), ak.Bank)
        self.flow = ak.loads(flow_text(), ak.Flow)
        self.session = self.start()
        self.sent = 0
        for name in names():
            self.send(name)

    def start(self) -> Any:
        """Return the session in which nothing was said, ready for its first request."""
        import alliancekit as ak

        members = [ak.Member(id="ana", name="Ana"), ak.Member(id="ben", name="Ben")]
        session = ak.Session.start(self.flow, self.bank, id="s1", alliance_id="ours", title="Ours", members=members)
        assert session.state
        return session

    def send(self, prompt: str = CHANGED) -> None:
        """Answer a prompt, with another number than the last time."""
        from alliancekit import Answer

        self.sent += 1
        request = Answer(by="ana", id=f"r{self.sent}", at=AT, prompt=prompt, value=3 + self.sent % 2)
        self.session, facts = self.session.send(request)
        assert facts

    def view(self) -> None:
        """Look at what Ana may see."""
        assert self.session.view("ana").progress.total == PROMPTS

    def send_and_view(self) -> None:
        """Do what a host does for each answer."""
        self.send()
        self.view()


class Survey:
    """The same in survey-core, in a node of its own: each call is one line there and one line back, tens of microseconds."""

    def __init__(self) -> None:
        self.node = subprocess.Popen(
            ["node", str(HERE / "survey.mjs"), json.dumps(survey())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names():
            self.set(name)

    def start(self) -> None:
        """Make the survey anew, beside the one that is filled in."""
        self._ask("start")

    def set(self, name: str = CHANGED) -> None:
        """Answer a question, with another number than the last time."""
        assert self._ask(name) == PROMPTS

    def _ask(self, line: str) -> int:
        assert self.node.stdin is not None
        assert self.node.stdout is not None
        self.node.stdin.write(f"{line}\n")
        self.node.stdin.flush()
        return int(self.node.stdout.readline())

    def stop(self) -> None:
        """End it."""
        assert self.node.stdin is not None
        self.node.stdin.close()
        self.node.wait()


def survey() -> dict[str, Any]:
    """Return the flow as a survey."""
    elements = [
        {
            "type": "rating",
            "name": name,
            "rateMax": 5,
            **({"visibleIf": f"{{p{index - 1}}} >= 2"} if index >= FREE else {}),
        }
        for index, name in enumerate(names())
    ]
    return {"clearInvisibleValues": "onHidden", "elements": elements}
