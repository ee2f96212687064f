import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from alliancekit import library
from alliancekit.check import find_gaps
from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.model import (
    Alliance,
    Bank,
    ChoicesAnswer,
    Commitment,
    FollowUp,
    Kind,
    Member,
    Prompt,
    ScaleAnswer,
    Section,
)
from alliancekit.model._sampling import Rotation
from tests.banks import layout, make_bank

BANK = Bank(
    id="ours",
    title="Ours & theirs",
    language="pt-BR",
    kinds=["team"],
    prompts=[
        Prompt(id="energy", text="What gives you energy?", tags=["tone", "daily"]),
        Prompt(id="give", text="What do you give?", informs=["commitments"], tags=["daily"]),
        Prompt(id="clash", text="And when you clash?", informs=["ground_rules.conflict", "ground_rules.repair"]),
        Prompt(id="pulse", text="How is it?", answer=ScaleAnswer(low="bad", high="good"), informs=["pulse"]),
    ],
    sections=[
        Section(id="work", title="Work <b>", prompts=["give", "energy"]),
        Section(id="hard", title="Hard", prompts=["clash", "energy"]),
    ],
    origins={"pulse": "check-in"},
)


def ids(bank: Bank) -> str:
    return " ".join(bank.prompts)


class TestFilter:
    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({}, "energy give clash pulse"),
            ({"tags": "daily"}, "energy give"),
            ({"tags": ["tone", "daily"]}, "energy give"),
            ({"tags": "daily", "informs": "commitments"}, "give"),
            ({"section": "hard"}, "energy clash"),
            ({"section": ("hard", "work")}, "energy give clash"),
            ({"informs": "ground_rules.repair"}, "clash"),
            ({"informs": "ground_rules"}, "clash"),
            ({"informs": {"ground_rules", "pulse"}}, "clash pulse"),
            ({"informs": "intention"}, ""),
            ({"answer": "scale"}, "pulse"),
            ({"answer": ["scale", "text"]}, "energy give clash pulse"),
            ({"origin": "check-in"}, "pulse"),
            ({"origin": "ours"}, "energy give clash"),
            ({"kind": "team"}, "energy give clash pulse"),
            ({"kind": "one-to-one"}, ""),
            ({"language": "pt"}, "energy give clash pulse"),
            ({"language": "PT-br"}, "energy give clash pulse"),
            ({"language": ["en", "pt-BR"]}, "energy give clash pulse"),
            ({"language": "pt-PT"}, ""),
            ({"tags": []}, ""),
        ],
    )
    def test_what_is_left(self, asked: dict[str, Any], expected: str) -> None:
        """All that is asked for must fit; of several names for one thing any will do."""
        assert ids(BANK.filter(**asked)) == expected

    def test_a_bank_for_any_kind_and_in_no_language(self) -> None:
        """A bank that names no kind is for any; one that names no language is in none that could be asked for."""
        bank = evolve(BANK, kinds=(), language=None)
        assert ids(bank.filter(kind="one-to-one")) == ids(bank)
        assert ids(bank.filter(language="pt")) == ""

    def test_what_stays_of_the_bank(self) -> None:
        """Sections keep those of their prompts that are left, and go where none is; the rest of the bank is as it was."""
        assert layout(BANK.filter(tags="daily")) == ["work: give energy", "hard: energy"]
        assert layout(BANK.filter(section="hard")) == ["hard: clash energy"]
        assert layout(BANK.filter(section=(one for one in ("hard",)))) == ["hard: clash energy"]
        assert layout(BANK.filter(answer="scale")) == []
        assert BANK.filter(answer="scale").origin("pulse") == "check-in"
        assert dict(BANK.filter(tags="daily").origins) == {}
        assert evolve(BANK.filter(tags="daily"), prompts=BANK.prompts, sections=BANK.sections) == BANK

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            ({"tags": "dialy"}, "no tag is named 'dialy'; did you mean 'daily'"),
            ({"section": ["hard", "wrok"]}, "no section is named 'wrok'; did you mean 'work'"),
            ({"informs": "comitments"}, "no element is named 'comitments'; did you mean 'commitments'"),
            ({"answer": "scales"}, "no kind of answer is named 'scales'; did you mean 'scale'"),
            ({"origin": "our"}, "no origin is named 'our'; did you mean 'ours'"),
            ({"kind": "teams"}, "no kind is named 'teams'; did you mean 'team'"),
        ],
    )
    def test_names_that_there_are_not(self, asked: dict[str, Any], message: str) -> None:
        """A name that cannot be is missed, with the one that was meant."""
        with pytest.raises(UnknownNameError, match=message):
            BANK.filter(**asked)


class TestSample:
    def test_the_same_everywhere(self) -> None:
        """What a seed gives is written down here: no machine and no version of Python may change it."""
        bank = make_bank("seven", "a b c d e f g")
        assert [one.id for one in bank.sample(7, seed=7)] == ["e", "g", "c", "d", "b", "a", "f"]
        assert [one.id for one in bank.sample(3, seed="team-a")] == ["f", "e", "a"]
        assert bank.sample(3, seed="7") == bank.sample(3, seed=7)

    def test_what_was_had_comes_later(self) -> None:
        """First what was never had; then what was had the longest ago, by the last time that it was."""
        bank = make_bank("four", "a b c d")
        history = ["c", "a", "gone", "c"]
        sample = [one.id for one in bank.sample(4, seed=7, history=history)]
        assert set(sample[:2]) == {"b", "d"}
        assert sample[2:] == ["a", "c"]

    def test_a_history_of_prompts(self) -> None:
        """What was drawn before can be handed back as it came; one id alone is one id."""
        bank = make_bank("four", "a b c d")
        had: list[Prompt] = []
        for _ in range(2):
            had += bank.sample(2, seed=1, history=had)
        assert {one.id for one in had} == {"a", "b", "c", "d"}
        assert "a" not in {one.id for one in bank.sample(3, seed=1, history="a")}

    def test_more_than_there_are(self) -> None:
        """A sample repeats nothing: of a small bank it is all that there is."""
        bank = make_bank("two", "a b")
        assert len(bank.sample(5, seed=1)) == 2
        assert bank.sample(0, seed=1) == make_bank("none").sample(1, seed=1) == ()

    def test_a_prompt_more(self) -> None:
        """A prompt that is added leaves the others in their order."""
        bank = make_bank("bank", "a b c d e")
        more = bank.with_prompts(Prompt(id="f", text="F?"))
        assert [one for one in more.sample(6, seed=3) if one.id != "f"] == list(bank.sample(6, seed=3))

    @pytest.mark.parametrize("count", [-1, 1.0, True, "1"])
    def test_no_number(self, count: Any) -> None:
        """How many is a whole number."""
        with pytest.raises(InvalidValueError, match="must be a whole number, 0 or more"):
            BANK.sample(count, seed=1)


class TestRotation:
    BANK = make_bank("seven", "a b c d e f g")

    def test_all_come_before_one_comes_again(self) -> None:
        """The sessions of a round have every prompt; then they come again in the same order."""
        rotation = self.BANK.rotation(3, seed="team-a")
        found = [one.id for session in rotation.sessions(7) for one in session]
        assert found == [one.id for one in rotation.order] * 3
        assert set(found[:7]) == set(self.BANK.prompts)
        assert len(rotation.sessions()) == 3
        assert rotation.sessions(0) == ()

    def test_other_teams_have_other_orders(self) -> None:
        """Each team has its own order, and keeps it."""
        orders = {self.BANK.rotation(3, seed=f"team-{name}").order for name in "abcdef"}
        assert len(orders) == 6
        assert self.BANK.rotation(3, seed="team-a") == self.BANK.rotation(3, seed="team-a")

    @pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 9])
    def test_it_is_what_samples_give(self, size: int) -> None:
        """Any session is the sample that has all sessions before it as its history."""
        rotation, had = self.BANK.rotation(size, seed=5), list[Prompt]()
        for number in range(1, 12):
            sample = self.BANK.sample(size, seed=5, history=had)
            assert rotation.session(number) == sample
            had += sample

    def test_a_bank_without_prompts(self) -> None:
        """It has no sessions, and each that is asked for is empty."""
        rotation = make_bank("none").rotation(3, seed=1)
        assert (rotation.sessions(), rotation.session(4)) == ((), ())

    @pytest.mark.parametrize(
        ("named", "ask"),
        [
            ("Bank.rotation.size", lambda bank: bank.rotation(0, seed=1)),
            ("Rotation.size", lambda _: Rotation(order=(), size=0)),
            ("Rotation.session.number", lambda bank: bank.rotation(1, seed=1).session(0)),
            ("Rotation.sessions.count", lambda bank: bank.rotation(1, seed=1).sessions(-1)),
        ],
    )
    def test_no_such_session(self, named: str, ask: Callable[[Bank], object]) -> None:
        """Sessions are counted from 1, and have one prompt at least; what was wrong is named."""
        with pytest.raises(InvalidValueError, match=f"^{named}: must be a whole number"):
            ask(self.BANK)

    def test_in_a_log(self) -> None:
        """It says how many, and nobody's words."""
        assert repr(self.BANK.rotation(3, seed=1)) == "Rotation(3 of 7 prompts)"


class TestCoverage:
    def test_what_is_asked_for_and_by_what(self) -> None:
        """Each element has the prompts that ask for it; the others are missing, and some of those are needed."""
        found = BANK.coverage()
        assert found.kinds == ("team",)
        assert dict(found.elicited) == {
            "commitments": ("give",),
            "ground_rules.conflict": ("clash",),
            "ground_rules.repair": ("clash",),
            "pulse": ("pulse",),
        }
        assert (len(found.missing), found.talk) == (21, ("energy",))
        assert found.lacking == (
            "intention",
            "success",
            "ground_rules.decisions",
            "ground_rules.leaving",
            "cadence.check_ins",
            "cadence.review",
        )

    def test_the_built_in_banks(self) -> None:
        """They ask for all that is needed but for what few agree on at the beginning."""
        assert library.bank("one-to-one").coverage().lacking == ("ground_rules.repair", "ground_rules.leaving")
        assert library.bank("team").coverage().lacking == ("ground_rules.leaving",)
        assert "members.prefers.feedback" in library.bank("team").coverage("one-to-one").lacking

    def test_any_kind(self) -> None:
        """A bank for any kind is held to what any of them needs; a kind that there is not is missed."""
        assert make_bank("any").coverage().kinds == ("one-to-one", "team")
        kind: Any = "teem"
        with pytest.raises(UnknownNameError, match="did you mean 'team'"):
            BANK.coverage(kind)

    @pytest.mark.parametrize("kind", ["one-to-one", "team"])
    def test_what_is_needed_is_what_check_misses(self, kind: Kind) -> None:
        """An element is needed where `check` would miss it in an agreement and a question could bring it."""
        elements = [row["element"] for row in BANK.coverage().records()]
        asking = Bank(
            id="all",
            title="All",
            prompts=[Prompt(id=f"p{at}", text="?", informs=[one]) for at, one in enumerate(elements)],
        )
        members = [Member(id="ana", name="Ana"), Member(id="ben", name="Ben")]
        empty = Alliance(id="empty", title="Empty", kind=kind, members=members)
        given = evolve(empty, commitments=[Commitment(id="tell", text="Tell early", by=["ana"])])
        gaps = [gap for one in (empty, given) for gap in find_gaps(one, bank=asking).missing if gap.rule != "one-sided"]
        missed = {element for gap in gaps for prompt in gap.asks for element in prompt.informs}
        assert set(asking.coverage(kind).needed) == missed

    def test_as_a_person_reads_it(self) -> None:
        """As text it is a line for each element; a log gets the counts; a row is flat."""
        found = BANK.coverage()
        lines = str(found).splitlines()
        assert lines[0] == "intention                       - (needed)"
        assert lines[5] == "commitments                     give"
        assert lines[-2] == "cadence.review                  - (needed)"
        assert found._repr_html_() == f'<pre class="alliancekit-bank-coverage">{found}</pre>'
        assert repr(found) == "BankCoverage(4 of 25 elements, 6 lacking)"
        assert found.records()[5] == {"element": "commitments", "needed": True, "prompts": 1, "asked_by": "give"}


class TestRecords:
    def test_one_row_for_each_prompt(self) -> None:
        """Rows come as the sections say, each prompt once, and what stands in no section last."""
        rows = BANK.records()
        assert [(row["id"], row["section"]) for row in rows] == [
            ("give", "work"),
            ("energy", "work"),
            ("clash", "hard"),
            ("pulse", None),
        ]
        assert rows[3]["origin"] == "check-in"
        assert (rows[3]["points"], rows[3]["low"], rows[3]["options"]) == (5, "bad", None)
        assert (rows[2]["informs"], rows[1]["tags"]) == ("ground_rules.conflict; ground_rules.repair", "tone; daily")

    def test_they_are_flat(self) -> None:
        """All rows have the same keys, each with a text, a number, a yes or no, or nothing."""
        rows = [row for name in library.bank_names() for row in library.bank(name).records()]
        assert len({tuple(row) for row in rows}) == 1
        assert {type(value) for row in rows for value in row.values()} <= {str, int, float, bool, type(None)}

    def test_options_and_follow_ups(self) -> None:
        """They stand as lines in one cell."""
        prompt = Prompt(
            id="tone",
            text="Tone?",
            answer=ChoicesAnswer(options={"direct": "Direct", "warm": "Warm"}, note=True),
            follow_ups=[FollowUp(id="more", text="More?"), FollowUp(id="why", text="Why?")],
        )
        (row,) = Bank(id="one", title="One", prompts=[prompt]).records()
        assert (row["options"], row["note"], row["kind"]) == ("direct: Direct\nwarm: Warm", True, "choices")
        assert row["follow_ups"] == "more: More?\nwhy: Why?"

    def test_into_a_table(self) -> None:
        """They go through the writer of CSV as they are, and come back."""
        out, rows = io.StringIO(), BANK.records()
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        assert [row["text"] for row in csv.DictReader(io.StringIO(out.getvalue()))] == [row["text"] for row in rows]

    def test_in_a_notebook(self) -> None:
        """A notebook shows a table with the titles of the sections, and takes nobody's words for HTML."""
        page = BANK._repr_html_()
        assert page.startswith('<table class="alliancekit-bank"><caption>Ours &amp; theirs (4 prompts)</caption>')
        assert '<tr><th colspan="4">Work &lt;b&gt;</th></tr><tr><td dir="auto">give</td>' in page
        assert '<tr><th colspan="4">In no section</th></tr><tr><td dir="auto">pulse</td>' in page
