"""What is wrong with banks and translations: by themselves, with what they build on, and among others."""

import json
from pathlib import Path

import pytest

from alliancekit import check
from alliancekit.check import Settings, Words
from alliancekit.findings import Finding
from alliancekit.limits import LIMITS

HEAD = "alliancekit: bank/1\nid: mine\ntitle: Mine\nlanguage: en\nlicence: MIT\n"
TRANSLATION = "alliancekit: bank/1\ntranslates: mine\nlanguage: pt\n"


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str]]:
    return [(one.rule, one.pointer, one.message) for one in findings]


def found(text: str, rule: str) -> list[tuple[str | None, str]]:
    return [(one.pointer, one.message) for one in check.check_text(text) if one.rule == rule]


def asking(*texts: str, head: str = HEAD) -> str:
    return f"{head}prompts:\n" + "".join(f"  p{at}:\n    text: {json.dumps(one)}\n" for at, one in enumerate(texts, 1))


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name.replace('_', '.')}.bank.yaml").write_text(text, encoding="utf-8")


class TestWording:
    def test_what_is_meant(self) -> None:
        """Yes or no, a choice and a point on a scale may be asked for, and a statement may be judged on a scale."""
        kinds = {
            "yes-no": "",
            "choice": "\n      options: {a: A, b: B}",
            "scale": "\n      points: 5\n      polarity: positive",
        }
        for kind, more in kinds.items():
            text = f"{asking('Do you feel safe here')}    answer:\n      kind: {kind}{more}\n"
            assert check.check_text(text) == ()
        assert {one.rule for one in check.check_text(asking("Do you feel safe here"))} == {"not-a-question"}

    def test_follow_ups(self) -> None:
        """A follow-up may be closed, and is no second question."""
        text = f"{asking('What now?')}    follow_ups:\n      - id: more\n        text: Is there more? Or less of it?\n"
        assert check.check_text(text) == ()

    def test_an_unknown_language(self) -> None:
        """In a language without words what needs none is told: several questions, blanks, and the same twice."""
        text = asking("Oui ?", "oui", "Es-tu là ? Que fais-tu ici [nom] ?", head=HEAD.replace("en\n", "fr\n"))
        assert [(rule, pointer) for rule, pointer, _ in told(check.check_text(text))] == [
            ("duplicate-prompt", "/prompts/p2/text"),
            ("several-questions", "/prompts/p3/text"),
            ("placeholder-in-prompt", "/prompts/p3/text"),
        ]

    def test_words_of_ones_own(self) -> None:
        """Whoever hands over the words of a language has it judged."""
        words = Words(asking=("que", "pourquoi"), closed=("es-tu",), requests=("dis-moi",))
        text = asking("Es-tu là ?", "Que fais-tu ?", "Dis-moi tout.", "Rien.", head=HEAD.replace("en\n", "fr\n"))
        findings = check.check_text(text, settings=Settings(words={"fr": words}))
        assert [(rule, pointer) for rule, pointer, _ in told(findings)] == [
            ("closed-question", "/prompts/p1/text"),
            ("not-a-question", "/prompts/p4/text"),
        ]

    def test_places(self) -> None:
        """The second question and the blank are pointed at themselves, in any style."""
        text = f"{HEAD}prompts:\n  one:\n    text: >-\n      What do you want?\n      What do you fear\n      about [name]?\n"
        spans = {one.rule: one.span for one in check.check_text(text)}
        places = {
            rule: (one.start.line, one.start.column, one.end.line, one.end.column) for rule, one in spans.items() if one
        }
        assert places == {"several-questions": (10, 7, 11, 20), "placeholder-in-prompt": (11, 13, 11, 19)}


class TestBlanks:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("What of {Name}?", "'{Name}' is a blank"),
            ("What of { }?", "'{ }' is a blank"),
            ("What of {name?", "'{' stands alone"),
            ("What of name}?", "'}' stands alone"),
            ("What of [a], [b] and [a]?", "'[a]', '[b]' are blanks"),
            ("What of {p2} and {hope}?", "the bank asks nothing that is called 'hope', so nothing fills it in"),
            ("What of {p1.more}?", "the bank asks nothing that is called 'p1.more', so nothing fills it in"),
        ],
    )
    def test_found(self, text: str, message: str) -> None:
        """What nobody and no flow fills in is a blank."""
        assert found(asking(text, "What else?"), "placeholder-in-prompt") == [("/prompts/p1/text", message)]

    @pytest.mark.parametrize("text", ["What of {p2}?", "What of {for}?", "What of {{p9}}?", "What of {{}}?"])
    def test_filled(self, text: str) -> None:
        """What a flow fills in is none, and neither are braces that are meant."""
        assert found(asking(text, "What else?"), "placeholder-in-prompt") == []

    def test_what_a_base_asks(self, tmp_path: Path) -> None:
        """A placeholder may name what a bank below asks; where that is not at hand nobody can say."""
        text = asking("What of {trust}?", head=f"{HEAD}extends: [one-to-one]\n")
        assert found(text, "placeholder-in-prompt") == []
        assert found(text.replace("{trust}", "{trusst}"), "placeholder-in-prompt") != []
        assert found(text.replace("one-to-one", "nowhere"), "placeholder-in-prompt") == []

    def test_in_a_translation(self, tmp_path: Path) -> None:
        """A blank that what it translates has too is told there; a placeholder has to be in both."""
        write(tmp_path, mine=asking("What of [x]?", "What of {p1}?", "What else?"))
        text = f"{TRANSLATION}prompts:\n" + "".join(
            f"  p{at}:\n    text: {json.dumps(one)}\n" for at, one in enumerate(("E [x]?", "E ___?", "E {mais}?"), 1)
        )
        write(tmp_path, mine_pt=text)
        findings = [one for one in check.check_paths(tmp_path / "mine.pt.bank.yaml").findings if "placeh" in one.rule]
        assert told(tuple(findings)) == [
            ("placeholder-in-prompt", "/prompts/p2/text", "the text of the prompt p2 lacks {p1}"),
            ("placeholder-in-prompt", "/prompts/p2/text", "'___' is a blank"),
            (
                "placeholder-in-prompt",
                "/prompts/p3/text",
                "the text of the prompt p3 has {mais}, which the original has not",
            ),
        ]


class TestDuplicates:
    def test_the_first_one(self) -> None:
        """What was asked before is shown too."""
        (one,) = check.check_text(asking("What do you hope for?", "what do you hope for"))[:1]
        assert (one.message, one.line) == ("it asks the same as p1", 10)
        assert [(span.start.line, what) for span, what in one.related] == [(8, "the first one")]

    def test_a_prompt_of_a_base(self) -> None:
        """What a bank below asks already is found, with the bank that it is from."""
        head = f"{HEAD}extends: [one-to-one]\n"
        text = asking("What worries you about making this alliance?", head=head)
        assert found(text, "duplicate-prompt") == [
            ("/prompts/p1/text", "it asks the same as worries of the bank one-to-one")
        ]
        # Who writes it anew in its place means it.
        assert found(text.replace("p1:", "worries:"), "duplicate-prompt") == []

    def test_within_a_base(self, tmp_path: Path) -> None:
        """What a bank below asks twice is told there, and not of each bank above."""
        write(tmp_path, low=asking("What of it?", "what of it", head=HEAD.replace("mine", "low")))
        write(tmp_path, mine=asking("What else?", head=f"{HEAD}extends: [low]\n").replace("p1", "p3"))
        findings = [one for one in check.check_paths(tmp_path).findings if one.rule == "duplicate-prompt"]
        assert [Path(one.path or "").name for one in findings] == ["low.bank.yaml"]

    def test_two_bases(self, tmp_path: Path) -> None:
        """Two banks below that say different things of one prompt are told where they are named."""
        for name in "ab":
            write(tmp_path, **{name: asking(f"What of {name}?", head=HEAD.replace("mine", name))})
        write(tmp_path, mine=f"{HEAD}extends: [a, b]\n")
        (one,) = check.check_paths(tmp_path / "mine.bank.yaml").findings
        assert (one.rule, one.pointer) == ("duplicate-prompt", "/extends/1")


class TestSections:
    def test_none_at_all(self) -> None:
        """A short bank needs no sections, and a long one is told so once."""
        few, many = (asking(*(f"What of number{at}?" for at in range(count))) for count in (7, 8))
        assert found(few, "no-section") == []
        assert found(many, "no-section") == [("/prompts", "8 prompts are in no section")]

    def test_taken_over(self) -> None:
        """A prompt in the place of a base's keeps its section; a new one has none yet."""
        text = asking("What about trust?", "What about hope?", head=f"{HEAD}extends: [one-to-one]\n")
        text = text.replace("p1:", "trust:")
        assert found(text, "no-section") == [("/prompts/p2", "p2 is in no section")]

    def test_unknown(self) -> None:
        """A prompt that a section names or the bank removes, and that there is not, is told with what was meant."""
        sections = "sections:\n  - {id: a, title: A, prompts: [p1, p11]}\nremove: [trusst]\nextends: [one-to-one]\n"
        findings = [one for one in check.check_text(asking("What?", head=HEAD + sections)) if "unknown" in one.rule]
        assert [(one.rule, one.line, one.hint) for one in findings] == [
            ("unknown-prompt", 7, "did you mean 'p1'?"),
            ("unknown-prompt", 8, "did you mean 'trust'?"),
        ]

    def test_a_broken_prompt(self) -> None:
        """A prompt that could not be read is there all the same."""
        sections = "sections:\n  - {id: a, title: A, prompts: [p1]}\n"
        text = asking("What?", head=HEAD + sections).replace('text: "What?"', "text: 3")
        assert {one.rule for one in check.check_text(text)} == {"wrong-type"}


class TestAnswers:
    @pytest.mark.parametrize(
        ("answer", "message"),
        [
            ("kind: choice", "there is nothing to choose from"),
            ("kind: choices", "there is nothing to choose from"),
            ("kind: choice\n      note: true", "there is nothing to choose from"),
            ("kind: choice\n      options: {a: A}", "there is only one option to choose"),
            ("kind: choice\n      note: true\n      options: {a: A}", None),
            ("kind: choices\n      options: {a: A}", None),
            ("kind: choice\n      options: {a: A, b: B}", None),
        ],
    )
    def test_options(self, answer: str, message: str | None) -> None:
        """Something has to be there to choose."""
        text = f"{asking('What now?')}    answer:\n      {answer}\n"
        assert [one for _, one in found(text, "options-missing")] == ([message] if message else [])


class TestBases:
    @pytest.mark.parametrize(
        ("extends", "message"),
        [
            ("[one-to-on]", "no bank is named 'one-to-on'"),
            ("[mine]", "the bank 'mine' builds on itself"),
        ],
    )
    def test_unknown(self, tmp_path: Path, extends: str, message: str) -> None:
        """A base that there is not, or that is the bank itself, is told at its name."""
        write(tmp_path, mine=f"{HEAD}extends: {extends}\n")
        (one,) = check.check_paths(tmp_path).findings
        assert (one.rule, one.pointer, one.severity) == ("unknown-base", "/extends/0", "error")
        assert one.message.startswith(message) or "itself" in one.message

    def test_a_circle(self, tmp_path: Path) -> None:
        """Two banks that build on each other are told both."""
        for name, other in (("a", "b"), ("b", "a")):
            write(tmp_path, **{name: f"{HEAD.replace('mine', name)}extends: [{other}]\n"})
        findings = check.check_paths(tmp_path).findings
        assert [one.rule for one in findings] == ["unknown-base"] * 2

    @pytest.mark.parametrize("kind", ["bank", "flow"])
    def test_of_a_translation(self, kind: str) -> None:
        """A translation of nothing is told with what was meant."""
        text = f"alliancekit: {kind}/1\ntranslates: one-to-on\nlanguage: pt\n"
        (one,) = check.check_text(text)
        assert (one.rule, one.line, one.message) == ("unknown-base", 2, f"no {kind} is named 'one-to-on'")
        assert one.hint == "did you mean 'one-to-one'?"

    def test_a_broken_source(self, tmp_path: Path) -> None:
        """What is wrong with what is translated is said there, and not of its translation."""
        write(tmp_path, mine=f"{HEAD}nonsense: 1\n", mine_pt=f"{TRANSLATION}prompts:\n  a:\n    text: '[B]?'\n")
        findings = check.check_paths(tmp_path).findings
        assert {(Path(one.path or "").name, one.rule) for one in findings} == {
            ("mine.bank.yaml", "unknown-field"),
            ("mine.pt.bank.yaml", "placeholder-in-prompt"),
        }


class TestTranslations:
    def test_gaps_as_one(self, tmp_path: Path) -> None:
        """What lacks many entries is told once, with how many and the first of them."""
        write(tmp_path, mine=asking(*(f"What of number{at}?" for at in range(200))))
        write(tmp_path, mine_pt=f"{TRANSLATION}title: Meu\nprompts:\n  p1:\n    text: E?\n")
        findings = check.check_paths(tmp_path / "mine.pt.bank.yaml").findings
        (one,) = [one for one in findings if one.rule == "missing-translation"]
        assert one.message == "the prompts p2, p3, p4, p5, p6 and 194 more are not translated"

    def test_one_gap(self, tmp_path: Path) -> None:
        """One that is missing is named, and so is the part of one that lacks something."""
        more = "    follow_ups:\n      - {id: more, text: And more?}\n"
        write(tmp_path, mine=asking("What of it?", "What else?") + more)
        write(tmp_path, mine_pt=f"{TRANSLATION}title: Meu\nprompts:\n  p2:\n    text: E?\n")
        findings = check.check_paths(tmp_path / "mine.pt.bank.yaml").findings
        assert [(one.pointer, one.message) for one in findings if one.rule == "missing-translation"] == [
            ("/prompts", "the prompt p1 is not translated"),
            ("/prompts/p2", "the follow-up more of the prompt p2 is not translated"),
        ]

    def test_an_entry_for_nothing(self, tmp_path: Path) -> None:
        """An entry whose prompt or step there is not is told at its key."""
        write(tmp_path, mine=asking("What of it?"))
        write(tmp_path, mine_pt=f"{TRANSLATION}title: Meu\nprompts:\n  p1: {{text: E?}}\n  pp1: {{text: E?}}\n")
        findings = check.check_paths(tmp_path / "mine.pt.bank.yaml").findings
        (one,) = [one for one in findings if one.rule == "unknown-prompt"]
        assert (one.line, one.column, one.hint) == (7, 3, "did you mean 'p1'?")
        flow = "alliancekit: flow/1\ntranslates: one-to-one\nlanguage: fr\nsteps:\n  welcom:\n    text: Salut\n"
        (one,) = [one for one in check.check_text(flow) if one.rule == "unknown-reference"]
        assert (one.line, one.severity) == (5, "error")
        assert "missing-translation" in {one.rule for one in check.check_text(flow)}

    def test_twice(self, tmp_path: Path) -> None:
        """Two translations into one language are told, whatever the case of its tag; two of two banks are not."""
        write(tmp_path, mine=HEAD, other=HEAD.replace("mine", "other"))
        write(tmp_path, mine_pt=TRANSLATION, mine_PT=TRANSLATION.replace("pt", "PT"))
        write(tmp_path, other_pt=TRANSLATION.replace("mine", "other"))
        for name in ("a", "b"):
            flow = "alliancekit: flow/1\ntranslates: one-to-one\nlanguage: fr\n"
            (tmp_path / f"{name}.fr.flow.yaml").write_text(flow, encoding="utf-8")
        findings = [one for one in check.check_paths(tmp_path).findings if one.rule == "duplicate-id"]
        assert [(Path(one.path or "").name, one.line) for one in findings] == [
            ("b.fr.flow.yaml", 3),
            ("mine.pt.bank.yaml", 3),
        ]
        assert findings[1].message.startswith("mine is translated into 'pt' twice: here and in ")

    def test_suppressed(self, tmp_path: Path) -> None:
        """A comment silences a finding; whether one is needed depends on the other file, so none is called unused."""
        write(tmp_path, mine=asking("What of it?"))
        ignore = "# alliancekit: ignore[stale-translation, missing-translation] a draft\n"
        write(tmp_path, mine_pt=ignore + TRANSLATION)
        report = check.check_paths(tmp_path)
        assert {one.rule for one, _ in report.suppressed} <= {"stale-translation", "missing-translation"}
        assert "unused-suppression" not in {one.rule for one in report.findings}
        unused = "# alliancekit: ignore[closed-question] by mistake\n" + asking("What of it?")
        assert [one.rule for one in check.check_text(unused)] == ["unused-suppression"]


def test_hostile_bank() -> None:
    """A bank as large as a file may be is judged to its end, whatever its prompts say."""
    for text in ("what? " * 30, "[a {a do, " * 18, "trust safety work " * 10):
        prompts = {f"p{at}": {"text": f"{text}{at}"} for at in range(4_000)}
        bank = {"alliancekit": "bank/1", "id": "a", "title": "A", "language": "en", "prompts": prompts}
        data = json.dumps(bank)
        assert len(data) < LIMITS.file_bytes
        assert check.check_text(data, path="a.bank.json")
