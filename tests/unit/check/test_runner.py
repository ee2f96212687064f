"""Running the rules over documents."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancekit import check, documents
from alliancekit.errors import InvalidValueError
from alliancekit.findings import Severity
from alliancekit.model import Alliance
from tests.documents.base import BASE, whole
from tests.shared import ROOT, SHARED, needs_shared


def rules(text: str) -> set[str]:
    return {one.rule for one in check.check_text(text)}


def with_parts(example: str) -> str:
    return whole(example.strip("\n"), is_sound=True)


class TestWhereSomethingIsBroken:
    def test_absence(self) -> None:
        """A commitment that is broken is not nobody giving anything, nor is its giver unheard."""
        text = with_parts("commitments:\n  flag-slips:\n    by: [ben]\n")
        assert rules(text) == {"missing-field"}

    def test_a_broken_member_is_known(self) -> None:
        """Who names a member whose entry is broken names nobody unknown."""
        assert rules(with_parts("members:\n  ana:\n    name: 12\n  ben:\n    name: Ben\n")) == {
            "wrong-type",
            "no-preferences",
        }

    def test_a_misspelt_key(self) -> None:
        """What a misspelt key was meant to be is not said to be missing."""
        assert rules(with_parts("# no intention\nintension: Ship it.")) == {"unknown-field"}
        assert rules(BASE.replace("known_by: We", "knwon_by: We")) == {"unknown-field"}

    def test_a_broken_clause_can_be_met(self) -> None:
        """An expectation that is broken is not unknown to what meets it."""
        text = with_parts("expectations:\n  early:\n    by: [ana]\n").replace(
            "    by: [ben]", "    by: [ben]\n    meets: [early]"
        )
        assert rules(text) == {"missing-field"}

    def test_a_broken_kind(self) -> None:
        """Rules that ask for the kind are silent where it is none."""
        assert rules(with_parts("kind: pair")) == {"wrong-value"}

    def test_a_digest_needs_everything(self) -> None:
        """Nobody is asked to agree again because of a slip of the pen."""
        text = with_parts('ratifications:\n  ana:\n    date: "2026-11-01"\n    digest: "sha256:' + "0" * 64 + '"\n')
        assert rules(text) == {"stale-ratification"}
        assert rules(text.replace("topic: repair", "topic: repairs")) == {"wrong-value"}

    def test_places_after_a_broken_entry(self) -> None:
        """An entry that was left out of a list does not move the places of those after it."""
        text = with_parts("responses:\n  - answer: x\n  - prompt: trust\n    by: anna\n    answer: y\n")
        lines = text.split("\n")
        placed = {one.rule: one.line for one in check.check_text(text)}
        assert lines[placed["unknown-member"] - 1].strip() == "by: anna"

    def test_a_trap_in_a_wrong_value(self) -> None:
        """One cause has one finding: a word that is refused is not also a trap."""
        assert rules(BASE.replace("kind: one-to-one", "kind: on")) == {"wrong-value"}

    def test_after_a_duplicate_key(self) -> None:
        """What stood under the second of two equal keys is not missed."""
        assert rules(f"{BASE}commitments: {{}}\n") == {"duplicate-key"}


class TestMeets:
    @pytest.mark.parametrize(
        ("name", "message", "hint"),
        [
            ("erly", "'erly' is no clause here", "did you mean 'early'?"),
            ("cool-off", "'cool-off' is no expectation", "meets names an expectation"),
        ],
    )
    def test_unknown(self, name: str, message: str, hint: str) -> None:
        """What a commitment meets is an expectation."""
        text = with_parts("expectations:\n  early:\n    by: [ana]\n    text: Tell me.\n    declined_by: [ben]\n")
        text = text.replace("    by: [ben]\n", f"    by: [ben]\n    meets: [{name}]\n")
        assert [(one.message, one.hint) for one in check.check_text(text)] == [(message, hint)]

    def test_hints_are_bounded(self) -> None:
        """Thousands of unknown names are answered without looking for the nearest of each."""
        names = ", ".join(f"bn{number}" for number in range(200))
        found = check.check_text(f"{BASE}steward: [{names}]\n")
        assert [one.hint for one in found if one.rule == "unknown-member"][-1] == "there are ana, ben"


class TestPrompts:
    def test_follow_ups(self) -> None:
        """A follow-up is known by the prompt that it follows."""
        example = "made_with:\n  bank: one-to-one\nresponses:\n  - prompt: {}\n    by: ana\n    answer: x"
        assert rules(with_parts(example.format("tone.works"))) == set()
        assert rules(with_parts(example.format("tone.wrks"))) == {"unknown-prompt"}

    def test_a_bank_that_is_not_at_hand(self) -> None:
        """Of a bank that is not at hand nothing is said."""
        example = "made_with:\n  bank: ours\nresponses:\n  - prompt: anything\n    by: ana\n    answer: x"
        assert rules(with_parts(example)) == set()


class TestSeverity:
    def test_once_active(self) -> None:
        """Some things are worse in an alliance that is active."""
        text = with_parts("# no intention\ntitle: A")
        severe = {one.rule: one.severity for one in check.check_text(text + "status: active\n")}
        mild = {one.rule: one.severity for one in check.check_text(text)}
        assert (severe["no-intention"], mild["no-intention"]) == (Severity.ERROR, Severity.WARNING)

    def test_what_stays(self, tmp_path: Path) -> None:
        """That nobody has looked into a file is told whatever the settings say."""
        path = tmp_path / "a.alliance.yaml"
        path.write_text("{", encoding="utf-8")
        per_file = check.PerFile(patterns=check.Patterns(["*"], str(tmp_path)), rules=frozenset({"syntax"}))
        for settings in (
            check.Settings(severities={"syntax": None}),
            check.Settings(severities={"syntax": Severity.INFO}),
            check.Settings(per_file=[per_file]),
        ):
            (found,) = check.check_text("{", path=str(path), settings=settings)
            assert (found.rule, found.severity) == ("syntax", Severity.ERROR)


class TestOnceClosed:
    TEAM = """\
kind: team
members:
  ana:
    name: Ana Silva
    left: "2027-01-31"
  ben:
    name: Ben Osei
expectations:
  early:
    by: [ben]
    of: [ana]
    text: Tell me on the same day when a date slips.
cadence: {}
"""

    def test_nothing_is_left_to_be_done(self) -> None:
        """Of an alliance that has ended nobody is asked to meet, to answer, or to find a second member."""
        to_do = {
            "member-count", "expectation-unanswered", "no-steward", "no-check-in", "no-review", "left-with-commitments",
        }  # fmt: skip
        assert to_do <= rules(with_parts(self.TEAM))
        assert not to_do & rules(with_parts(f"{self.TEAM}status: closed"))

    def test_nothing_is_reworded(self) -> None:
        """Nobody is asked to add or reword what has ended: whoever agreed to it would have to agree again."""
        clauses = "ground_rules:\n  tone:\n    topic: other\n    text: {}\n"
        texts = ("Open and honest.", "We try to listen, promptly.", "We always listen.", "Don't interrupt.")
        for text in (*map(clauses.format, texts), "unresolved:\n  a: {element: values, text: A.}\n"):
            assert rules(with_parts(text))
            assert rules(with_parts(f"{text}status: closed")) == set()

    def test_what_is_wrong_stays_wrong(self) -> None:
        """Names that lead nowhere are still errors."""
        assert "unknown-member" in rules(with_parts(f"{self.TEAM}status: closed\nsteward: [anna]"))


class TestTraps:
    @pytest.mark.parametrize(
        "text",
        [
            "no",
            "Yes",
            "on",
            "y",
            "10:00",
            "2026-11-01",
            "2026-11-01 10:00:00",
            "010",
            "08",
            "0o14",
            "1e3",
            "1_000",
            "0b1",
            "=",
        ],
    )
    def test_trap(self, text: str) -> None:
        """What a YAML 1.1 reader takes for something else is a warning, and quotes mend it."""
        assert "yaml-trap" in rules(f"{BASE}x-own: {text}\n")
        assert rules(f'{BASE}x-own: "{text}"\n') == set()

    @pytest.mark.parametrize(
        "text", ["note", "yesterday", "10", "1.5", "true", "one-to-one", "-3", "2026", "null", "~", "1.5e+3"]
    )
    def test_no_trap(self, text: str) -> None:
        """What both take for the same is none."""
        assert rules(f"{BASE}x-own: {text}\n") <= {"wrong-type", "wrong-value"}

    def test_keys(self) -> None:
        """Keys are looked at too."""
        assert "yaml-trap" in rules(f"{BASE}x-own:\n  on: 1\n")

    def test_json_has_none(self) -> None:
        """JSON quotes every text."""
        plain = documents.to_plain(documents.loads(BASE, Alliance))
        assert check.check_text(json.dumps({**plain, "expires": "2027-01-01"})) == ()


class TestWords:
    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("We treat each other with respect.", "vague-wording"),
            ("We communicate well, and often.", "vague-wording"),
            ("Reply in a timely manner.", "vague-wording"),
            ("Reply ASAP.", "weasel-wording"),
            ("We try to listen.", "weasel-wording"),
            ("Help where possible.", "weasel-wording"),
            ("We always give work back.", "absolute-wording"),
            ("Be kind.", "bare-adjective"),
            ("No blaming.", "negative-only"),
            ("We will listen and we will answer each other.", "compound-clause"),
        ],
    )
    def test_fires(self, text: str, rule: str) -> None:
        """A word that nobody could film, or that promises nothing, is a warning."""
        assert rule in rules(with_parts(f"ground_rules:\n  one:\n    topic: conflict\n    text: {text}"))

    @pytest.mark.parametrize(
        "text",
        [
            "Reply promptly, within 4 hours.",
            "Try to answer in chat on the same day.",
            "Often, twice a week.",
            "Respond quickly to each ticket.",
            "The tryst is nicely understood.",
            "Say in the name of a change what kind of work it is.",
        ],
    )
    def test_silent(self, text: str) -> None:
        """A number, a time, a channel or an artefact beside it makes it observable; parts of words do not count."""
        found = rules(with_parts(f"ground_rules:\n  one:\n    topic: conflict\n    text: {text}"))
        assert not {one for one in found if check.RULES[one].group == "Clauses"}

    def test_evidence(self) -> None:
        """With a ``known_by`` beside it the word is held to something."""
        example = "ground_rules:\n  one:\n    topic: conflict\n    text: Be nice.\n    known_by: Nobody is interrupted."
        assert "bare-adjective" not in rules(with_parts(example))

    @pytest.mark.parametrize(("language", "fires"), [("en", True), ("en-GB", True), ("tlh", False)])
    def test_language(self, language: str, fires: bool) -> None:
        """The words of a language are looked for in texts of that language."""
        text = with_parts(f"language: {language}\nground_rules:\n  one:\n    topic: conflict\n    text: Be nice.")
        assert fires is ("bare-adjective" in rules(text))

    def test_answers_are_free(self) -> None:
        """Free answers are not judged."""
        example = "responses:\n  - prompt: trust\n    by: ana\n    answer: We try to be nice. TBD"
        assert rules(with_parts(example)) == set()


class TestBlanks:
    @pytest.mark.parametrize(
        "text",
        [
            "TBD", "tbd.", "?", "???", "N/A", "n/a", "NA", "[…]", "[...]", "[ ]", "…", "-", "___", "To be decided.", "todo",
            "We meet on [day] at [time].", "Ship it by [insert date].", "TODO: ask Ben", "Lorem ipsum dolor\n  sit amet.",
            "The owner is TBD.", "Sign here: _____",
        ],
    )  # fmt: skip
    def test_fires(self, text: str) -> None:
        """A blank that was never filled is one wherever it stands, whole or inside a text."""
        assert "placeholder" in rules(with_parts(f"intention: {json.dumps(text)}"))

    @pytest.mark.parametrize(
        "text",
        [
            "Who decides? We do.", "What do we want?", "TODO comments carry the number of an issue.", "No TODO stays a week.",
            "See [our charter](https://example.org).", "[ana] writes the notes.", "We wait... and then answer.", "Na",
            "Ask before you say n/a.", "A - B",
        ],
    )  # fmt: skip
    def test_silent(self, text: str) -> None:
        """A question, a rule about code, a link, a name and an ellipsis are no blanks."""
        assert "placeholder" not in rules(with_parts(f"intention: {json.dumps(text)}"))

    def test_once_active(self) -> None:
        """In an alliance that is active a blank is an error."""
        text = with_parts("intention: TBD\nstatus: active")
        (found,) = (one for one in check.check_text(text) if one.rule == "placeholder")
        assert (found.severity, found.pointer) == (Severity.ERROR, "/intention")


class TestCounts:
    def test_settings(self) -> None:
        """How many rules are too many can be set."""
        settings = check.Settings(most_ground_rules=2, most_commitments=0)
        found = [one.message for one in check.check_text(BASE, settings=settings)]
        assert found == [
            "ana owes 1 commitments; at most 0",
            "ben owes 1 commitments; at most 0",
            "3 ground rules are more than people remember; at most 2",
        ]


class TestValues:
    def test_another_value(self) -> None:
        """What is no alliance has no findings, and is refused."""
        with pytest.raises(InvalidValueError, match="must be an Alliance, not Member"):
            check.check_value(documents.loads(BASE, Alliance).members["ana"])  # type: ignore[arg-type]

    def test_in_memory(self) -> None:
        """A value in memory is judged by the same rules; its findings have pointers and no places."""
        alliance = documents.loads(BASE, Alliance).without_clause("cool-off")
        (found,) = check.check_value(alliance)
        assert (found.rule, found.pointer, found.span) == ("no-conflict-rule", "/ground_rules", None)

    def test_the_same_as_its_text(self) -> None:
        """A value and its text have the same findings; a value has no comments that could silence any."""
        for path in sorted(Path(__file__).parents[2].glob("documents/valid/alliance/*.yaml")):
            text = path.read_text(encoding="utf-8")
            if "alliancekit: ignore[" in text:
                continue
            in_text = sorted(one.rule for one in check.check_text(text))
            assert in_text == sorted(one.rule for one in check.check_value(documents.loads(text, Alliance)))


class TestPaths:
    def test_standard_input(self) -> None:
        """``-`` is the document that is handed in, under the name it is given."""
        report = check.check_paths(["-"], stdin=b'{"alliancekit": "bnk/1"}', stdin_name="x.bank.json")
        assert [(one.rule, one.path) for one in report.findings] == [("unknown-document", "x.bank.json")]

    def test_beside_the_standard_input(self) -> None:
        """What an editor hands over is judged as the file is that it is called: a flow with the bank beside it."""
        path = ROOT / "examples" / "steps" / "answers.flow.yaml"
        data = path.read_bytes()
        there = check.check_paths(["-"], stdin=data, stdin_name=str(path))
        assert there.findings == check.check_paths(path).findings == ()
        (found,) = check.check_paths(["-"], stdin=data, stdin_name="answers.flow.yaml").findings
        assert found.rule == "unknown-reference"

    def test_several(self, tmp_path: Path) -> None:
        """Findings come file after file, each sorted by place."""
        for name in ("b", "a"):
            (tmp_path / f"{name}.alliance.yaml").write_text(
                "alliancekit: alliance/1\nid: A\nkind: pair\n", encoding="utf-8"
            )
        report = check.check_paths([tmp_path])
        places = [(one.path, one.line) for one in report.findings]
        assert places == sorted(places, key=lambda one: (str(one[0]), one[1] or 0))
        assert [len(one.excerpts) for one in report.files] == [len(one.findings) for one in report.files]
        assert report.files_checked == 2

    @pytest.mark.parametrize("text", ["# Our rules\n\n- Be on time: always\n", "- a\n- b\n", "{", ""])
    def test_markdown(self, tmp_path: Path, text: str) -> None:
        """An agreement in Markdown is told once what to do with it, whatever a reader of YAML takes it for."""
        path = tmp_path / "WORKING_AGREEMENT.md"
        path.write_text(text, encoding="utf-8")
        (found,) = check.check_paths(path).findings
        assert (found.rule, found.message) == ("unknown-document", "this is Markdown, and no document of alliancekit")
        path.write_text(BASE, encoding="utf-8")
        assert check.check_paths(path).findings == ()

    def test_one_path_is_a_list_of_one(self, tmp_path: Path) -> None:
        """A text is one path, and never its letters."""
        (tmp_path / "a.alliance.yaml").write_text(BASE, encoding="utf-8")
        assert check.check_paths(str(tmp_path)).files_checked == check.check_paths(tmp_path).files_checked == 1

    def test_a_flow_whose_bank_is_unknown(self) -> None:
        """A flow says where its questions are; a name that nothing has is said there, with the nearest one."""
        text = "alliancekit: flow/1\nid: mine\ntitle: Mine\nbank: one-to-on\nsteps:\n  - ratify: sign\n"
        (found,) = check.check_text(text, path="mine.flow.yaml")
        assert (found.rule, found.line, found.pointer) == ("unknown-reference", 4, "/bank")
        assert "did you mean 'one-to-one'?" in found.message

    def test_a_flow_in_which_thousands_of_things_are_wrong(self) -> None:
        """Of one rule, as much is reported as of any other."""
        steps = "".join(f"  - ask: no{number}\n" for number in range(1_100))
        text = f"alliancekit: flow/1\nid: mine\ntitle: Mine\nbank: one-to-one\nsteps:\n{steps}"
        found = [one.rule for one in check.check_text(text, path="mine.flow.yaml")]
        assert (found.count("unknown-reference"), "ends-without-ratify" in found) == (1_000, True)

    def test_a_session_that_was_changed_by_hand(self, tmp_path: Path) -> None:
        """An answer that another member is made to have given is found at the seal, and nothing of it is shown."""
        path = tmp_path / "a.session.json"
        text = (ROOT / "examples" / "one-to-one" / "ana-ben.session.json").read_text(encoding="utf-8")
        path.write_text(text.replace('"by": "ana"', '"by": "ben"', 1), encoding="utf-8")
        report = check.check_paths([path])
        assert [(one.rule, one.pointer) for one in report.findings] == [("wrong-value", "/seal")]
        assert report.files[0].excerpts == (None,)

    def test_no_line_of_a_session_is_shown(self, tmp_path: Path) -> None:
        """A session on one line has everybody's answers beside what is wrong with it: only the place is said."""
        path = tmp_path / "a.session.json"
        path.write_text(
            '{"alliancekit": "session/1", "title": 3, "requests": [{"value": "PLANTED"}]}', encoding="utf-8"
        )
        report = check.check_paths(path)
        assert any(one.line == 1 for one in report.findings)
        assert "PLANTED" not in report.to_step_summary() + "".join(map(report.to, check.FORMATS))


class TestBounds:
    def test_one_rule(self) -> None:
        """A thousand findings of one rule are told and no more, and the other rules still speak."""
        text = BASE.replace("kind: one-to-one", "kind: team") + "x-own:\n" + "- no\n" * 1_001
        found = [one.rule for one in check.check_text(text)]
        assert (found.count("yaml-trap"), "no-steward" in found) == (1_000, True)


class TestNothingBreaksIt:
    @given(st.text() | st.binary())
    def test_anything(self, data: str | bytes) -> None:
        """Any text and any bytes are answered."""
        assert check.check_text(data)

    @needs_shared
    def test_hostile(self) -> None:
        """Every hostile file gives findings or a value, and a report in bounded lines."""
        report = check.check_paths(sorted((SHARED / "hostile").iterdir()))
        assert report.files_checked
        assert max(map(len, report.to_text().split("\n"))) < 1000
        assert json.loads(report.to_json())["findings"]


def test_an_agreement_waits_for_nothing_of_banks() -> None:
    """Whoever checks an agreement does not load what reads questions, looks for gaps or writes HTML."""
    code = (
        f"import sys; from alliancekit import check; check.check_text({BASE!r});"
        "print([one for one in ('html', 'alliancekit.check._gaps', 'alliancekit.check._words._alike',"
        " 'alliancekit.check._words._asking', 'alliancekit.check._words._blanks') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
