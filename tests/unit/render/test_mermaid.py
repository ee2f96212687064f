"""Flows and sessions as Mermaid diagrams."""

import json
import re
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest

from alliancekit import library
from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.flow import (
    AgreeStep,
    All,
    Any_,
    AskStep,
    AtLeast,
    Count,
    Every,
    Flow,
    GroupStep,
    Not,
    Quorum,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
    Session,
    Some,
    TheAnswer,
)
from alliancekit.model import Member
from alliancekit.render import escape_mermaid, to_mermaid
from tests.node import needs_node, run_node
from tests.scripts import BANK, BLIND, do, make_flow, make_session, walk
from tests.shared import SHARED, needs_shared

ATTACKS = (
    'quoted "words"',
    '"]; click begin "javascript:alert(1)"',
    '"]\n  evil["x"] --> begin\n  a["',
    "end",
    "end\nsubgraph x",
    "[a](b){c}|d|<e>/f\\",
    "%%{init: {'theme': 'dark', 'securityLevel': 'loose'}}%%",
    "%% a comment",
    "---\ntitle: x\n---",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "a<br>b<br/>c",
    "&lt;b&gt; &#64; &amp; &quot;",
    "#quot; #35; #9829; #lt;img#gt;",
    "\ufb02\xb0lt\xb6\xdfb\ufb02\xb0\xb034\xb6\xdf",
    "`code` and `**bold**`",
    "`",
    "**bold** __bold__ *x* _y_ ~~z~~ a_b_c",
    "1. one",
    "1) one",
    "- item",
    "+ item",
    "# heading",
    "> quote",
    "=== ---",
    "[x](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "http://evil.example www.evil.example a@evil.example",
    "fa:fa-car fab:fa-github",
    "$$x^2$$",
    "a\\nb",
    "style x fill:#f00;",
    "style 10:30#f00; more",
    "classDef x fill:#f00;",
    "a:::b --> c ~~~ d & e",
    "x@{ shape: rounded }",
    "\u202eelif \u200b \x1b[31m \x00 \x07 \x9b",
    "two\u2028lines\r\nand\tmore",
    "```",
    "\U0001f600 \u00e4\u00f6\u00fc \u4e2d\u6587 \u05e2\u05d1",
    "",
    "   ",
)
"""What somebody may write who wants more than a label."""


def plain(text: str) -> str:
    """Return what a browser shows of an escaped text, without the spaces of no width."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text).replace("\u200b", "")


def titled(words: str) -> str:
    """Return what of *words* a title can hold."""
    return " ".join("".join(one for one in words if one.isprintable() or one.isspace()).split()) or "x"


def planted(words: str) -> Flow:
    """Return a flow with *words* wherever somebody may write what they like."""
    label = titled(words)
    return make_flow(
        SayStep(id="hear", text=label, title=label),
        AskStep(id="why", title=label),
        GroupStep(
            id="more",
            title=label,
            steps=[AskStep(id="hopes", title=label, when=TheAnswer(prompt="why", eq=label))],
        ),
        AgreeStep(id="settle", title=label, elements=["values"], when=Some(prompt="why", in_=[label, "x"])),
        RatifyStep(id="sign", title=label),
    )


class TestEscape:
    """Somebody's words in a diagram."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("We say it early: in the room (mostly).", "We say it early: in the room (mostly)."),
            ("one-to-one, and/or 3.5 - R & D", "one-to-one, and/or 3.5 - R & D"),
            ('a "b"', "a #34;b#34;"),
            ("#quot;", "#35;quot;"),
            ("%%{init}%%", "#37;#37;#123;init#125;#37;#37;"),
            ("<b>", "#60;b#62;"),
            ("fa:fa-car", "fa#58;fa-car"),
            ("- a", "#45; a"),
            ("1. a", "1#46; a"),
            ("two\n lines", "two lines"),
            ("a\u202eb\x1b", "a\ufffdb\ufffd"),
            ("\ufb02\xb0lt\xb6\xdf", "\ufb02\u200b\xb0lt\xb6\u200b\xdf"),
            ("\u00e4\U0001f600", "\u00e4\U0001f600"),
            ("", "…"),
        ],
    )
    def test_escape(self, text: str, expected: str) -> None:
        """What does harm is escaped, and what does none is left as it is."""
        assert expected == escape_mermaid(text)

    @pytest.mark.parametrize("words", ATTACKS)
    def test_nothing_special_stays(self, words: str) -> None:
        """Nothing is left that ends a label, begins an entity of its own, or is a directive, markup or a link."""
        found = escape_mermaid(words)
        assert re.search(r'["<>`%{}\[\]|\\*_$@~^=\n\r]|#(?!\d+;)|(?<!\d);(?! |$)|:(?! |$)', found) is None
        assert plain(found) == plain(escape_mermaid(plain(found)))

    @needs_shared
    @pytest.mark.parametrize("name", sorted(path.name for path in (SHARED / "render").glob("[htm][tde]*.json")))
    def test_attacks_by_others(self, name: str) -> None:
        """The attacks by other authors, on terminals, HTML and Markdown, fail too."""
        case = json.loads((SHARED / "render" / name).read_text(encoding="utf-8"))
        found = escape_mermaid(case["input"])
        assert [one for one in (*case["must_not_contain"], "<", '"', "\n") if one in found] == []


class TestFlow:
    def test_whole(self) -> None:
        """Steps, a group, a reveal, a table and conditions, as they are written."""
        flow = make_flow(
            SayStep(id="welcome", text="Welcome."),
            GroupStep(
                id="alone",
                title="Each alone",
                steps=[AskStep(id="first", prompts=["why", "worries"], mode="blind"), AskStep(id="tone")],
            ),
            RevealStep(id="seen", of=["first"]),
            SayStep(id="talk", text="Talk.", when=Some(prompt="worries")),
            AgreeStep(id="settle", elements=["atmosphere"], rule="unanimous"),
            RatifyStep(id="sign"),
        )
        expected = """\
%%{init: {"flowchart": {"nodeSpacing": 30, "rankSpacing": 30, "subGraphTitleMargin": {"top": 4, "bottom": 12}}}}%%
flowchart TD
  %% [ ] is read, ( ) is asked; all that comes after waits for {{ }} shown, [[ ]] agreed on, and [/ \\] ratified
  %% -.-> is taken where what lies beside it is hidden
  begin(["A small flow"])
  say_welcome["welcome
to read"]
  subgraph group_alone["Each alone"]
    ask_first("first
why, worries
asked blind")
    ask_tone("tone
asked openly")
  end
  reveal_seen{{"seen
shown to all"}}
  say_talk["talk
to read"]
  agree_settle[["settle
atmosphere
agreed unanimously"]]
  ratify_sign[/"sign
ratified by everybody"\\]
  finish(["done"])
  begin --> say_welcome
  say_welcome --> ask_first
  ask_first --> reveal_seen
  say_welcome --> ask_tone
  ask_tone --> reveal_seen
  reveal_seen -->|"if somebody answered worries"| say_talk
  reveal_seen --> agree_settle
  say_talk --> agree_settle
  agree_settle --> ratify_sign
  ratify_sign --> finish
  classDef ends fill:#475569,stroke:#475569,color:#ffffff
  classDef say fill:#f8fafc,stroke:#94a3b8,color:#475569,stroke-dasharray:4 3
  classDef part fill:#94a3b81a,stroke:#94a3b8
  classDef ask fill:#eff6ff,stroke:#3b82f6,color:#1e3a8a
  classDef barrier fill:#fef3c7,stroke:#d97706,color:#78350f,stroke-width:2px
  class begin,finish ends
  class say_welcome,say_talk say
  class group_alone part
  class ask_first,ask_tone ask
  class reveal_seen,agree_settle,ratify_sign barrier
"""
        assert expected == to_mermaid(flow)

    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            pytest.param(
                [AskStep(id="why"), AskStep(id="hopes", when=TheAnswer(prompt="why"))],
                [
                    "begin --> ask_why",
                    "ask_why --> finish",
                    'begin -->|"if why is answered"| ask_hopes',
                    "ask_hopes --> finish",
                ],
                id="what is asked in any case leads on",
            ),
            pytest.param(
                [
                    AskStep(id="why"),
                    RatifyStep(id="a"),
                    AskStep(id="hopes", when=Some(prompt="why")),
                    RatifyStep(id="b"),
                ],
                [
                    "begin --> ask_why",
                    "ask_why --> ratify_a",
                    'ratify_a -->|"if somebody answered why"| ask_hopes',
                    "ask_hopes --> ratify_b",
                    'ratify_a -.->|"otherwise"| ratify_b',
                    "ratify_b --> finish",
                ],
                id="around what may be hidden leads a bypass",
            ),
            pytest.param(
                [AskStep(id="why"), RatifyStep(id="a", when=Some(prompt="why")), AskStep(id="hopes")],
                [
                    "begin --> ask_why",
                    "ask_why --> ratify_a",
                    "ratify_a --> after_ratify_a",
                    'begin -.->|"otherwise"| after_ratify_a',
                    "after_ratify_a --> ask_hopes",
                    "ask_hopes --> finish",
                ],
                id="a barrier that may be hidden",
            ),
            pytest.param(
                [
                    AskStep(id="why"),
                    GroupStep(
                        id="g",
                        when=Some(prompt="why"),
                        steps=[SayStep(id="s", text="x"), AskStep(id="hopes"), RatifyStep(id="a"), AskStep(id="tone")],
                    ),
                    RatifyStep(id="b"),
                ],
                [
                    "begin --> ask_why",
                    "ask_why --> ratify_a",
                    "begin --> say_s",
                    "say_s --> ask_hopes",
                    "ask_hopes --> ratify_a",
                    "ratify_a --> ask_tone",
                    "ask_tone --> ratify_b",
                    "ratify_a --> after_group_g",
                    'begin -.->|"otherwise"| after_group_g',
                    "after_group_g --> ratify_b",
                    "ratify_b --> finish",
                ],
                id="a group with a barrier that may be hidden",
            ),
            pytest.param(
                [
                    GroupStep(id="g", when=Count(prompt="why"), steps=[SayStep(id="s", text="x"), AskStep(id="hopes")]),
                    RatifyStep(id="a"),
                ],
                [
                    "begin --> say_s",
                    "say_s --> ask_hopes",
                    "ask_hopes --> ratify_a",
                    'begin -.->|"otherwise"| ratify_a',
                    "say_s --> ratify_a",
                    "ratify_a --> finish",
                ],
                id="a group of personal steps that may be hidden",
            ),
            pytest.param(
                [AskStep(id="why", mode="blind"), RatifyStep(id="a"), RevealStep(id="seen", of=["why"])],
                [
                    "begin --> ask_why",
                    "ask_why --> reveal_seen",
                    "begin --> ratify_a",
                    "ratify_a --> reveal_seen",
                    "reveal_seen --> finish",
                ],
                id="blind answers go to their reveal, wherever it stands",
            ),
        ],
    )
    def test_the_way(self, steps: list[Any], expected: list[str]) -> None:
        """Each question leads to the barrier that shows or closes its answers, and every way goes on to the end."""
        lines = [line.strip() for line in to_mermaid(make_flow(*steps)).splitlines()]
        found = [line for line in lines if re.search(r"-->|-\.->", line) and not line.startswith("%%")]
        if "say_s --> ask_hopes" in expected and "ratify_b" not in str(expected):
            assert sorted(expected) == sorted(found)
        else:
            assert expected == found

    @pytest.mark.parametrize(
        ("step", "expected"),
        [
            (AskStep(id="why", who="lead", optional=True), "why/asked openly of each lead, optional"),
            (
                AskStep(id="q", prompts=["why", "hopes", "tone", "meet", "sure"]),
                "q/why, hopes, tone and 2 more/asked openly",
            ),
            (AskStep(id="why", title="Your why"), "Your why/why/asked openly"),
            (RevealStep(id="all-seen", of=["why"], once=Quorum(quorum=3)), "all seen/shown to all, once 3 are ready"),
            (
                RevealStep(id="seen", of=["why"], once="facilitator", attribution="anonymous"),
                "seen/shown without names, when a facilitator opens it",
            ),
            (RevealStep(id="seen", of=["why"], attribution="aggregate"), "seen/shown as figures"),
            (
                AgreeStep(id="settle", elements=["ground_rules"], decided_by="lead"),
                "settle/ground rules/agreed by consent, each lead decides",
            ),
            (AgreeStep(id="cadence", elements=["cadence"]), "cadence/agreed by consent"),
            (RatifyStep(id="sign", when=Some(prompt="why")), "sign/ratified by everybody/if somebody answered why"),
        ],
    )
    def test_labels(self, step: Any, expected: str) -> None:
        """A node says what it is called, what it is about, and what takes place in it."""
        (node,) = re.findall(
            r'^  (?:ask|reveal|agree|ratify)_[^"\s]*"([^"]*)"', to_mermaid(make_flow(step)), re.MULTILINE
        )
        assert expected == node.replace("\n", "/")

    @pytest.mark.parametrize(
        ("when", "expected"),
        [
            (TheAnswer(prompt="meet", in_=["daily", "weekly"]), "meet is daily or weekly"),
            (TheAnswer(prompt="sure", eq=True), "sure is yes"),
            (TheAnswer(prompt="score", ge=2, lt=4), "score is at least 2 and is less than 4"),
            (Some(prompt="tone", has="warm"), "somebody answered tone, and it has warm"),
            (Every(prompt="score", gt=3), "everybody answered score, and it is more than 3"),
            (AtLeast(number=2, prompt="why"), "at least 2 answered why"),
            (Count(prompt="why", le=3), "the number of answers to why is at most 3"),
            (Count(prompt="why"), "the number of answers to why is more than 0"),
            (
                Not(condition=Any_(conditions=[Some(prompt="a"), Some(prompt="b")])),
                "not (somebody answered a or somebody answered b)",
            ),
            (
                All(conditions=[Some(prompt="a"), Not(condition=Some(prompt="b"))]),
                "somebody answered a and not somebody answered b",
            ),
            (
                All(conditions=[Some(prompt="long-name") for _ in range(9)]),
                "somebody answered long-name and somebody answered long-n…",
            ),
        ],
    )
    def test_conditions(self, when: Any, expected: str) -> None:
        """A condition stands on its arrow in words; a long one is cut."""
        text = to_mermaid(make_flow(AskStep(id="why", when=when)))
        assert f'|"if {expected}"| ask_why' in plain(text)

    @pytest.mark.parametrize(("over", "expected"), [("members", "member"), ("open-commitments", "open commitment")])
    def test_repeat(self, over: Any, expected: str) -> None:
        """What is repeated is drawn once, in a frame that says for what."""
        text = to_mermaid(make_flow(RepeatStep(id="r", over=over, steps=[AskStep(id="why")], title="Round")))
        assert f'  subgraph repeat_r["Round\nfor each {expected}"]\n    ask_why("why\nasked openly")\n  end\n' in text

    def test_wrong_use(self) -> None:
        """What is no flow and no session is refused, and so is a member for a flow."""
        with pytest.raises(InvalidValueError, match="must be a Flow or a Session, not Bank"):
            to_mermaid(BANK)  # type: ignore[arg-type]
        with pytest.raises(InvalidValueError, match="a flow is the same for everybody"):
            to_mermaid(BLIND, member="ana")


def looks(session: Session, member: str | None = None) -> dict[str, str]:
    """Return how each node of the picture looks."""
    text = to_mermaid(session, member=member)
    rows = re.findall(r"^  class (\S+) (\w+)$", text, re.MULTILINE)
    return {node: look for nodes, look in rows for node in nodes.split(",")}


class TestSession:
    def test_where_each_step_is(self) -> None:
        """The picture is the flow's, with where each step is for the one who looks."""
        session = walk(make_session(), ["ana"])
        text = to_mermaid(session, member="ana")
        assert '  begin(["Ours\nas Ana sees it"])\n' in text
        assert '  ask_first("first\nwhy, worries, tone and 2 more\nasked blind\nsubmitted")\n' in text
        assert looks(session, "ana") == {
            "begin": "done",
            **dict.fromkeys(["say_welcome", "reveal_seen"], "open"),
            "ask_first": "waiting",
            **dict.fromkeys(["say_talk", "ask_aim", "agree_settle", "ratify_sign", "finish"], "pending"),
        }
        assert looks(session, "ben")["ask_first"] == looks(session)["ask_first"] == "open"

    def test_what_all_know(self) -> None:
        """Without a member it shows what all may know."""
        session = walk(make_session(), until="settle")
        assert '  begin(["Ours\nas all may know it"])\n' in to_mermaid(session)
        assert looks(session)["say_welcome"] == looks(session)["ask_first"] == "done"
        assert looks(session)["agree_settle"] == "open"

    def test_the_end(self) -> None:
        """When all is done, everything is."""
        session = walk(make_session())
        assert {*looks(session).values()} == {*looks(session, "ben").values()} == {"done"}

    def test_no_answer(self) -> None:
        """Nothing that was answered is in it, revealed or not."""
        session = do(make_session(), "ana", "answer", "why", "A quagga.")
        session = do(session, "ben", "answer", "worries", [{"text": "Two quaggas."}])
        for now, member in product((session, walk(session)), (None, "ana", "ben")):
            assert "quagga" not in to_mermaid(now, member=member)

    def test_readiness_of_another(self) -> None:
        """Whether Ben has answered, passed or submitted makes no difference to Ana, or to what all know."""
        before = make_session()
        after = walk(before, ["ben"])
        said = do(before, "ben", "answer", "why", "My secret.")
        for member, session in product((None, "ana"), (after, said)):
            assert to_mermaid(before, member=member) == to_mermaid(session, member=member)
        assert to_mermaid(before, member="ben") != to_mermaid(after, member="ben")

    def test_repeated(self) -> None:
        """Fifty of a kind are one node that counts them."""
        members = [Member(id=f"m{number}", name=f"M {number}") for number in range(50)]
        flow = make_flow(
            RepeatStep(id="r", over="members", steps=[AskStep(id="why")]), RatifyStep(id="sign"), kinds=["team"]
        )
        session = Session.start(flow, BANK, id="s", alliance_id="ours", title="Ours", members=members)
        assert 'subgraph repeat_r["for 50 members"]' in to_mermaid(session)
        assert 'ask_why("why\nasked openly\n50 open")' in to_mermaid(session)
        session = walk(do(session, "m1", "answer", "why", "Because."), ["m1"], until="sign")
        assert re.search(
            r'ask_why\("why\nasked openly\n(\d+ open, )?\d+ submitted"\)', to_mermaid(session, member="m1")
        )
        assert to_mermaid(session).count("\n") < 40

    def test_nothing_to_repeat(self) -> None:
        """Where there is nothing to repeat it for, the frame says so."""
        flow = make_flow(
            RepeatStep(id="r", over="open-commitments", steps=[AskStep(id="why")]),
            AskStep(id="hopes"),
            RatifyStep(id="a"),
        )
        session = make_session(flow)
        assert 'subgraph repeat_r["for no open commitment"]' in to_mermaid(session)
        assert looks(session)["ask_why"] == "pending"

    def test_wrong_use(self) -> None:
        """Somebody unknown is refused by name."""
        with pytest.raises(UnknownNameError, match="did you mean 'ana'"):
            to_mermaid(make_session(), member="anna")


@cache
def read(*texts: str) -> Any:
    """Return what Mermaid itself reads in *texts*."""
    return run_node("mermaid_parse.mjs", texts)


def stray(count: int) -> list[str]:
    """Return texts of what Mermaid, Markdown and HTML are made of, put together at random."""
    random, parts = (
        Random(3),
        [
            '"',
            "#",
            ";",
            "%%",
            "{",
            "}",
            "<",
            ">",
            "`",
            "end",
            "[",
            "]",
            "|",
            "--",
            "\n",
            ":",
            "&",
            "a",
            " ",
            "1",
            ".",
            "\\",
            "(",
            ")",
            "\xb6\xdf",
            "\ufb02\xb0",
            "style",
            "$$",
            "@",
            "_",
            "*",
        ],
    )
    return ["".join(random.choices(parts, k=random.randint(1, 12))) for _ in range(count)]


@needs_node
class TestMermaidItself:
    """What Mermaid's own parser makes of it."""

    @pytest.mark.parametrize("name", library.flow_names())
    def test_built_in_flows(self, name: str) -> None:
        """Every step is a node in its frame, and every arrow joins two of them."""
        (found,) = read(to_mermaid(library.flow(name)))
        assert found["error"] is None
        names = {one["id"] for one in found["nodes"]}
        assert {"begin", "finish"} < names
        assert {one[end] for one in found["arrows"] for end in ("source", "target")} <= names
        assert {one["part"] for one in found["nodes"] if one["id"] == "ratify_sign"} == {None}
        assert all(one["look"] in found["styles"] for one in found["nodes"])

    def test_planted(self) -> None:
        """Whatever is written in a flow is a label, whole, and adds no node, arrow, link, class or setting."""
        words = [*ATTACKS, *stray(60)]
        calm, *found = read(*(to_mermaid(planted(one)) for one in ("calm", *words)))
        assert [one["error"] for one in found] == [None] * len(words)
        for word, one in zip(words, found, strict=True):
            assert shape_of(calm) == shape_of(one), word
            hear = next(node for node in one["nodes"] if node["id"] == "say_hear")
            assert hear["label"].replace("\u200b", "") == f"{plain(escape_mermaid(titled(word)))}\nto read", word

    def test_sessions(self) -> None:
        """A session on its way is a diagram too, for each who looks."""
        session = walk(make_session(), until="settle")
        assert [one["error"] for one in read(*(to_mermaid(session, member=who) for who in (None, "ana", "ben")))] == [
            None
        ] * 3

    def test_errors(self) -> None:
        """The parser finds fault with what is no diagram, so that it says something when it does not."""
        assert [one["error"] is None for one in read("flowchart TD\n a[", 'flowchart TD\n a["x"]')] == [False, True]


def shape_of(found: Any) -> Any:
    """Return all that Mermaid has read but the labels."""
    nodes = [{**one, "label": None} for one in found["nodes"]]
    return nodes, [{**one, "label": None} for one in found["arrows"]], found["config"], found["styles"]
