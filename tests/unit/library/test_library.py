from pathlib import Path

import pytest

from alliancekit import library
from alliancekit.errors import DocumentError, UnknownNameError
from alliancekit.flow import AskStep, GroupStep, RepeatStep, Step, problems
from alliancekit.model import Prompt
from tests.banks import make_bank, write_bank

TOPICS = ("conflict", "challenge", "decisions", "communication", "meetings", "repair", "leaving", "other")

# Every prompt of the practice: who answers, in what form, and what it informs.
PRACTICE = {
    "one-to-one": """
        why             each    text            members.why
        hopes           each    text
        worries         each    clauses         concerns
        powerful        each    text
        working         each    clauses+known   success
        count-on        each    clauses+known   commitments
        challenged      shared  clauses         ground_rules.conflict
        stuck           each    text            members.stuck_signal
        intention       shared  text            intention
        values          shared  clauses+known   values
        tone            each    choices+note    atmosphere
        acknowledgment  each    text            members.prefers.acknowledgment
        feedback        each    text            members.prefers.feedback
        communication   each    text            members.prefers.communication
        trust           each    clauses         expectations
        check-ins       shared  clauses         cadence.check_ins
        between         shared  clauses         cadence.channels
        review          shared  clauses         cadence.review
    """,
    "team": """
        purpose             shared  text            intention
        culture             each    clauses+known   atmosphere
        feel                each    choices+note    atmosphere
        flourish            each    clauses         success
        accountability      each    text            members.accountable_for
        count-on-you        each    clauses+known   commitments
        commit              each    clauses+known   commitments
        own-accountability  shared  clauses         ground_rules.repair
        difficult           shared  clauses+known   ground_rules.conflict
        ground-rules        shared  clauses         ground_rules.decisions ground_rules.other
        conflict            shared  clauses         ground_rules.conflict
        challenge           shared  clauses         ground_rules.challenge
        form                shared  text
        check-ins           shared  clauses         cadence.check_ins
        between             shared  clauses         cadence.channels
        review              shared  clauses         cadence.review
    """,
    "check-in": """
        kept         each    choice+note
        pulse-trust  each    scale-5     pulse
        pulse-safe   each    scale-5     pulse
        pulse-aim    each    scale-5     pulse
        changed      each    text
        guidance     each    text
        next         shared  clauses     expectations commitments ground_rules.*
    """,
}
FOLLOW_UPS = {
    "one-to-one": {"tone": 1},
    "team": {"culture": 1, "commit": 1, "difficult": 2, "conflict": 2},
    "check-in": {},
}


def row(prompt: Prompt) -> list[str]:
    answer = prompt.answer
    form = type(answer).__name__.removesuffix("Answer").lower()
    form += "+known" if getattr(answer, "evidence", False) else ""
    form += "+note" if getattr(answer, "note", False) else ""
    form += f"-{answer.points}" if hasattr(answer, "points") else ""
    return [prompt.id, prompt.scope, form, *_shortened(prompt.informs)]


def _shortened(informs: tuple[str, ...]) -> list[str]:
    rules = [one for one in informs if one.startswith("ground_rules.")]
    kept = [one for one in informs if one not in rules]
    return [*kept, "ground_rules.*"] if len(rules) == len(TOPICS) else list(informs)


def asked(steps: tuple[Step, ...]) -> list[str]:
    found: list[str] = []
    for step in steps:
        if isinstance(step, AskStep):
            found += step.asked
        elif isinstance(step, GroupStep | RepeatStep):
            found += asked(step.steps)
    return found


class TestBuiltIn:
    def test_the_names(self) -> None:
        """The three practices are there, each as a bank and as a flow."""
        assert library.bank_names() == library.flow_names() == ("check-in", "one-to-one", "team")

    @pytest.mark.parametrize("name", PRACTICE)
    def test_a_bank_asks_what_the_practice_asks(self, name: str) -> None:
        """No prompt of the practice is left out, and each is answered by whom, and in the form, that it says."""
        expected = sorted(line.split() for line in PRACTICE[name].strip().splitlines())
        assert sorted(row(one) for one in library.bank(name).prompts.values()) == expected

    @pytest.mark.parametrize("name", FOLLOW_UPS)
    def test_follow_ups(self, name: str) -> None:
        """The follow-ups of the practice are asked."""
        prompts = library.bank(name).prompts.values()
        assert {one.id: len(one.follow_ups) for one in prompts if one.follow_ups} == FOLLOW_UPS[name]

    def test_worries_are_private(self) -> None:
        """A worry stays with its author, who may share it; nothing else is private."""
        prompts = [one for name in library.bank_names() for one in library.bank(name).prompts.values()]
        assert [one.id for one in prompts if one.visibility == "private"] == ["worries"]

    def test_scales_say_which_end_is_good(self) -> None:
        """Each pulse question has a polarity."""
        prompts = library.bank("check-in").prompts.values()
        assert all(getattr(one.answer, "polarity", None) for one in prompts if hasattr(one.answer, "points"))

    @pytest.mark.parametrize("name", PRACTICE)
    def test_each_prompt_has_its_place(self, name: str) -> None:
        """Each prompt is in one section, says why it is asked, and is one question."""
        bank = library.bank(name)
        assert sorted(one for section in bank.sections for one in section.prompts) == sorted(bank.prompts)
        assert [one.id for one in bank.prompts.values() if not one.why or one.text.count("?") > 1] == []

    @pytest.mark.parametrize("name", PRACTICE)
    def test_a_flow_asks_each_prompt_once(self, name: str) -> None:
        """Every prompt of the bank is asked once by the flow of the same name, and the flow has no findings."""
        flow, bank = library.flow(name), library.bank(name)
        assert sorted(asked(flow.steps)) == sorted(bank.prompts)
        assert problems(flow, bank) == ()

    @pytest.mark.parametrize("name", PRACTICE)
    def test_the_short_way_to_the_prompts(self, name: str) -> None:
        """`prompt_ids` says what the bank says when it is read."""
        prompts = library.bank(name).prompts
        expected = {*prompts, *(f"{key}.{more.id}" for key, one in prompts.items() for more in one.follow_ups)}
        assert library.prompt_ids(name) == expected

    def test_it_is_read_once(self) -> None:
        """A built-in bank is read once, and is the same value from then on."""
        assert library.bank("team") is library.bank("team")


class TestNames:
    @pytest.mark.parametrize("find", [library.bank, library.flow, library.prompt_ids])
    def test_unknown_names(self, find: object) -> None:
        """An unknown name is answered with the nearest, or with those that there are."""
        assert callable(find)
        with pytest.raises(UnknownNameError, match="did you mean 'one-to-one'"):
            find("one-to-on")
        with pytest.raises(UnknownNameError, match="there are check-in, one-to-one, team"):
            find("zzz")

    def test_paths(self, tmp_path: Path) -> None:
        """What looks like a path is read as a file: a path object, a text with a slash, one with an ending."""
        path = write_bank(tmp_path, make_bank("mine"))
        assert library.bank(path).id == library.bank(str(path)).id == "mine"
        with pytest.raises(DocumentError):
            library.bank("one-to-one.bank.yaml")

    def test_a_name_that_no_file_can_have(self, tmp_path: Path) -> None:
        """A name that is too long for a file is unknown, also where files are looked for."""
        with pytest.raises(UnknownNameError):
            library.bank("a" * 5000, beside=tmp_path / "mine.flow.yaml")

    def test_beside(self, tmp_path: Path) -> None:
        """A bank that lies beside the flow comes before a built-in one of that name."""
        write_bank(tmp_path, make_bank("team", "team-why"))
        assert list(library.bank("team", beside=tmp_path / "x.flow.yaml").prompts) == ["team-why"]
        assert "purpose" in library.bank("team", beside=tmp_path / "elsewhere" / "x.flow.yaml").prompts
