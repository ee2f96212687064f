"""
Measures alliancekit against its peers, side by side in one run; see README.md beside this file.

Run it with ``make bench``, which sets up the environment that it needs.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Self

from attrs import frozen

HERE = Path(__file__).parent
ROOT = HERE.parent
ALLIANCE = HERE / "ana-ben.alliance.yaml"
PEERS = ["attrs", "cattrs", "check-jsonschema", "pydantic", "PyYAML", "python-statemachine", "ruamel.yaml", "yaml-rs"]
FILES = int(os.environ.get("FILES", "300"))
MICRO = 1_000_000


@frozen
class Row:
    """
    One comparison.

    Attributes:
        work: What was done.
        ours: Seconds that we took.
        peer: Seconds that the peer took.
        target: What is aimed at, as a ratio of ours to the peer's.
        name: The peer.
    """

    work: str
    ours: float
    peer: float
    target: float
    name: str

    def __str__(self) -> str:
        ratio = self.ours / self.peer
        met = "yes" if ratio <= self.target else "no"
        times = f"{self.ours * MICRO:12,.1f} | {self.peer * MICRO:12,.1f}"
        return f"| {self.work:44} | {times} | {ratio:6.2f} | {self.target:6.2f} | {met:3} | {self.name} |"


def in_turns(
    ours: Callable[[], object], peer: Callable[[], object], *, rounds: int, each: int = 1
) -> tuple[float, float]:
    """Return the median seconds of each call, measured in turns so that a slow minute slows both; the first round is not counted."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for call, found in zip((ours, peer), times, strict=True):
            start = perf_counter()
            for _ in range(each):
                call()
            found.append((perf_counter() - start) / each)
    return median(times[0][1:]), median(times[1][1:])


def process(*command: str, expected: int = 0, **more: str) -> Callable[[], object]:
    """Return a call that runs a whole process, which must end as *expected*: a failure that is fast proves nothing."""
    # The round that warms up leaves byte code behind, as an installation does, also where the shell says not to.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more

    def call() -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
        assert done.returncode == expected, f"{' '.join(command)}: {done.stdout}{done.stderr}"
        assert not done.stderr, f"{' '.join(command)}: {done.stdout}{done.stderr}"

    return call


def python(code: str, *more: str) -> Callable[[], object]:
    return process(sys.executable, "-c", code, *more)


def import_row() -> Row:
    """The nouns and the engine, against what they are made of."""
    ours, peer = in_turns(python("import alliancekit"), python("import attrs, cattrs"), rounds=15)
    return Row("import, whole process", ours, peer, 1.5, "import attrs, cattrs")


def check_one_row() -> Row:
    """One sound file through the command line; both report nothing."""
    (schema,) = (ROOT / "schemas").glob("alliance-1.schema.json")
    command = Path(sys.executable).with_name("check-jsonschema")
    ours, peer = in_turns(
        process(str(command.with_name("alliancekit")), "check", str(ALLIANCE)),
        process(str(command), "--schemafile", str(schema), str(ALLIANCE)),
        rounds=9,
    )
    return Row("check one file, whole process", ours, peer, 0.6, "check-jsonschema")


class Many:
    """A folder of alliances, as a company or a study has them; a few are broken, so both sides end with 1."""

    def __enter__(self) -> Self:
        from many import write

        self.folder = TemporaryDirectory()
        self.paths = write(Path(self.folder.name), FILES)
        return self

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()

    def check(self, *options: str, before: str = "") -> Callable[[], object]:
        """Return a call that checks them all in one process on one core."""
        code = f"import sys{before}; from alliancekit.cli import main; sys.exit(main())"
        command = (sys.executable, "-c", code, "check", "--jobs", "1", *options, self.folder.name)
        return process(*command, expected=1, XDG_CACHE_HOME=f"{self.folder.name}/.kept")

    def peer(self) -> Callable[[], object]:
        """Return a call that has check-jsonschema check them all."""
        (schema,) = (ROOT / "schemas").glob("alliance-1.schema.json")
        command = Path(sys.executable).with_name("check-jsonschema")
        return process(str(command), "--schemafile", str(schema), *map(str, self.paths), expected=1)

    def parse(self) -> None:
        """Read the bytes, and have the fastest parser read them, and nothing else."""
        from yaml_rs import loads

        for path in self.paths:
            try:
                loads(path.read_bytes().decode("utf-8"), parse_datetime=False)
            except ValueError:
                continue

    def judge(self) -> None:
        """Check them in this process: everything but starting and telling."""
        from alliancekit.check import check_paths

        assert len(check_paths([self.folder.name]).files) == FILES


WITHOUT_FAST = '; sys.modules["yaml_rs"] = None'


def check_many_row() -> Row:
    """All rules over many files, with the extra, cold."""
    with Many() as many:
        took = in_turns(many.check("--no-cache"), many.peer(), rounds=2)
    return Row(f"check {FILES:,} files", *took, 1 / 12, "check-jsonschema")


def check_many_pure_row() -> Row:
    """The same without the extra."""
    with Many() as many:
        took = in_turns(many.check("--no-cache", before=WITHOUT_FAST), many.peer(), rounds=2)
    return Row(f"check {FILES:,} files without the extra", *took, 1.0, "check-jsonschema")


def check_many_parse_row() -> Row:
    """All rules over many files, against only reading and parsing them."""
    with Many() as many:
        took = in_turns(many.judge, many.parse, rounds=5)
    return Row(f"check {FILES:,} files, in one process", *took, 4.0, "read the bytes, and yaml-rs")


def check_many_warm_row() -> Row:
    """What was judged before and has not changed, against judging it anew."""
    with Many() as many:
        took = in_turns(many.check(), many.check("--no-cache"), rounds=3)
    return Row(f"check {FILES:,} files again", *took, 1 / 8, "itself, without the cache")


def load_row() -> Row:
    """One alliance from text to a typed value, by the fast reader."""
    from alliancekit import Alliance, loads
    from peers import load

    text = ALLIANCE.read_text(encoding="utf-8")
    assert isinstance(loads(text), Alliance)
    ours, peer = in_turns(lambda: loads(text), lambda: load(text), rounds=15, each=10)
    return Row("load one alliance to typed values", ours, peer, 0.5, "pydantic and PyYAML's C loader")


class Engine:
    """A session whose first question is answered again and again: the cheapest thing that a host can ask for."""

    at = datetime(2026, 11, 1, 9, tzinfo=UTC)

    def __init__(self) -> None:
        import alliancekit as ak
        from alliancekit import library

        members = [ak.Member(id="ana", name="Ana"), ak.Member(id="ben", name="Ben")]
        self.session: Any = ak.Session.start(
            library.flow("one-to-one"),
            library.bank("one-to-one"),
            id="s1",
            alliance_id="ana-ben",
            title="Ana and Ben",
            members=members,
        )
        self.prompt = self.session.view("ana").tasks[0].about
        self.sent = 0

    def send(self) -> None:
        from alliancekit import Answer

        # Each request is another, built and accepted: one that was sent before would change nothing and cost nothing.
        self.sent += 1
        request = Answer(by="ana", id=f"r{self.sent}", at=self.at, prompt=self.prompt, value="Tell me early.")
        self.session, facts = self.session.send(request)
        assert facts

    def grow(self, requests: int) -> Engine:
        for _ in range(requests):
            self.send()
        return self


def engine_row() -> Row:
    """One accepted request, against one event that leads back to the same state."""
    from peers import Question

    question = Question()
    ours, peer = in_turns(Engine().grow(100).send, lambda: question.send("answer"), rounds=15, each=200)
    return Row("engine, one request", ours, peer, 0.25, "python-statemachine's send")


def engine_flat_row(requests: int = 20_000) -> Row:
    """A request late in a long session, against one early in it."""
    late, early = in_turns(Engine().grow(requests).send, Engine().grow(100).send, rounds=15, each=100)
    return Row(f"engine, a request after {requests:,}", late, early, 1.3, "itself, after 100")


class Sides:
    """A flow of 500 prompts with 400 conditions that chain, all of it answered, and the same survey in survey-core."""

    def __init__(self) -> None:
        from long import Long, Survey

        self.ours, self.peer = Long(), Survey()

    def row(self, work: str, ours: str, peer: str, target: float, *, each: int = 1) -> Row:
        took = in_turns(getattr(self.ours, ours), getattr(self.peer, peer), rounds=15, each=each)
        self.peer.stop()
        name = "survey-core's setValue" if peer == "set" else "survey-core's new Model"
        return Row(f"500 prompts, {work}", *took, target, name)


def long_load_row() -> Row:
    """The flow and its bank from YAML, against the YAML parser alone, which is in pure Python as ours is."""
    from yaml import SafeLoader, load

    import alliancekit as ak
    from long import bank_text, flow_text

    texts = bank_text(), flow_text()
    ours, peer = in_turns(
        lambda: [ak.loads(text) for text in texts], lambda: [load(text, SafeLoader) for text in texts], rounds=5
    )
    return Row("500 prompts, load flow and bank", ours, peer, 2.0, "PyYAML in pure Python")


def long_start_row() -> Row:
    """From the flow and the bank to a session that can be asked, with all that was wrong with them found."""
    return Sides().row("start a session", "start", "start", 0.5)


def long_request_row() -> Row:
    """One answer on which fifty conditions hang."""
    return Sides().row("one request", "send", "set", 0.1, each=10)


def long_view_row() -> Row:
    """What a host does for each answer: the request, and all that its author may see then."""
    return Sides().row("one request and a view", "send_and_view", "set", 1.0, each=3)


def next_row(frequency: str) -> Row:
    """The next five of a check-in that began ten years ago, to the minute."""
    from rhythms import sides

    took = in_turns(*sides(frequency), rounds=25, each=20)
    return Row(f"next five of ten years, {frequency}", *took, 0.1, "dateutil's rrule")


ROWS: dict[str, Callable[[], Row]] = {
    "import": import_row,
    "check-one": check_one_row,
    "check-many": check_many_row,
    "check-many-pure": check_many_pure_row,
    "check-many-parse": check_many_parse_row,
    "check-many-warm": check_many_warm_row,
    "load": load_row,
    "engine": engine_row,
    "engine-flat": engine_flat_row,
    # A session holds 100,000 requests, and the row itself sends some.
    "engine-flattest": lambda: engine_flat_row(98_000),
    "long-load": long_load_row,
    "long-start": long_start_row,
    "long-request": long_request_row,
    "long-view": long_view_row,
    "next": lambda: next_row("weekly"),
    "next-monthly": lambda: next_row("monthly"),
}


def main(names: list[str]) -> int:
    """Run the rows of those *names*, or all; a row that cannot run says why, and then the exit code is 1."""
    unknown = sorted(set(names) - set(ROWS))
    if unknown:
        print(f"no row is named {', '.join(unknown)}; there are {', '.join(ROWS)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}; " + ", ".join(f"{name} {version(name)}" for name in PEERS))
    print(f"| {'work':44} | {'ours, µs':>12} | {'peer, µs':>12} | {'ratio':>6} | {'target':>6} | met | peer |")
    print("|---|---:|---:|---:|---:|---|---|")
    failed = False
    for name in names or ROWS:
        try:
            print(ROWS[name](), flush=True)
        except Exception as error:  # noqa: BLE001 - one row that fails must not hide the others
            failed = True
            print(f"| {name} could not run: {type(error).__name__}: {error} |", flush=True)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
