"""Agreements in many shapes, and the drafts that they come to."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import alliancekit as ak
from alliancekit import check, intake
from alliancekit.intake import ImportedAlliance
from alliancekit.intake._outline import lines_of
from tests.shared import SHARED, needs_shared
from tests.unit.intake.laws import lost, lost_sentences, made_up

HERE = Path(__file__).parent / "agreements"
SAMPLES = sorted(one for one in HERE.iterdir() if one.suffix in {".md", ".json", ".txt"})
REAL = SHARED / "agreements"


def read(path: Path) -> ImportedAlliance:
    return intake.read_alliance(path.read_bytes(), name=path.name)


def of(text: str, name: str = "", **rest: Any) -> ImportedAlliance:
    return intake.read_alliance(text, name=name, **rest)


def texts(imported: ImportedAlliance, element: str = "ground_rules") -> list[str]:
    return [one.text for one in getattr(imported.alliance, element).values()]


def topics(imported: ImportedAlliance) -> Counter[str]:
    return Counter(one.topic for one in imported.alliance.ground_rules.values())


def kept(imported: ImportedAlliance) -> list[tuple[int, int]]:
    return [(one.line, one.end_line) for one in imported.kept]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
class TestSamples:
    def test_it_comes_to_the_draft_beside_it(self, path: Path) -> None:
        """What an agreement comes to is written in a file with its name; ``python -m tests.unit.intake`` writes them."""
        expected = path.with_name(f"{path.name}.expected.yaml").read_text(encoding="utf-8")
        assert ak.dumps(read(path).alliance) == expected

    def test_the_draft_is_a_document(self, path: Path) -> None:
        """It loads as it was written, and every rule can be asked about it."""
        alliance = read(path).alliance
        written = ak.dumps(alliance)
        assert ak.loads(written) == alliance
        assert not [one for one in check.check_text(written) if one.rule in {"wrong-value", "unreadable"}]

    def test_nothing_is_lost_or_made_up(self, path: Path) -> None:
        """Every word of the source is in the draft or was kept aside, and the draft has no word of its own."""
        text, imported = path.read_text(encoding="utf-8"), read(path)
        assert lost(text, imported, path.name) == {}
        assert made_up(text, imported, path.name) == {}

    def test_places_are_lines_of_the_source(self, path: Path) -> None:
        """Each clause and each member says where it stands, within the file."""
        imported, count = read(path), len(lines_of(path.read_text(encoding="utf-8")))
        assert {f"/members/{one}" for one in imported.alliance.members} <= set(imported.places)
        clauses = [f"/{element}/{one.id}" for element, one in imported.alliance.clauses() if element != "cadence"]
        assert set(clauses) <= set(imported.places)
        assert all(1 <= start <= end <= count for start, end in imported.places.values())


@needs_shared
class TestRealAgreements:
    @pytest.mark.parametrize(
        "path", sorted(one for one in REAL.glob("*") if one.suffix in {".md", ".json"}), ids=lambda path: path.name
    )
    def test_every_sentence_is_somewhere(self, path: Path) -> None:
        """In a clause, with a member, in a heading or a question, or in what was kept aside."""
        text, imported = path.read_text(encoding="utf-8"), read(path)
        assert lost_sentences(text, imported, path.name) == []
        assert lost(text, imported, path.name) == {}
        assert made_up(text, imported, path.name) == {}
        assert ak.loads(ak.dumps(imported.alliance)) == imported.alliance

    def test_questions_with_answers(self) -> None:
        """Four members by the list; 22 answers are ground rules; strengths and wishes have no field, and are kept."""
        imported = read(REAL / "project-prep-java.md")
        alliance = imported.alliance
        assert (alliance.title, alliance.kind, alliance.intention) == ("Cooperation Plan", "team", None)
        assert list(alliance.members) == ["ada", "ned", "cem", "jun"]
        assert all(" " in one.name for one in alliance.members.values())
        assert topics(imported) == {"conflict": 5, "communication": 9, "other": 7, "challenge": 1}
        asked = [one for one in alliance.ground_rules.values() if "x-question" in one.extra]
        assert len(asked) == 14
        assert kept(imported) == [(5, 5), (9, 15), (27, 35), (81, 81)]
        assert not alliance.commitments
        assert not alliance.values

    def test_a_paragraph_about_each_person(self) -> None:
        """Four members whose names stand before paragraphs about them, which are kept; 14 ground rules under four plans."""
        imported = read(REAL / "project-prep-power.md")
        assert [one.name for one in imported.alliance.members.values()] == ["Lior", "Remy", "Rosa E", "Dara"]
        assert topics(imported) == {"communication": 7, "conflict": 5, "other": 2}
        assert kept(imported) == [(4, 10)]

    def test_headings_as_clauses(self) -> None:
        """Five rules, each a heading with what it means; nobody is named, and the introduction is kept."""
        imported = read(REAL / "teaching-systems-lab.md")
        assert not imported.alliance.members
        assert len(texts(imported)) == 5
        assert all("\n\n" in one for one in texts(imported))
        assert kept(imported) == [(2, 4)]

    def test_boards_with_notes(self) -> None:
        """The purpose is the intention; twelve principles are values, ten notes rules; the areas of work are kept."""
        imported = read(REAL / "eresearch-charter.json")
        assert imported.alliance.intention
        assert (len(texts(imported, "values")), len(texts(imported))) == (12, 10)
        assert [one.pointer for one in imported.kept][:2] == ["/interval", "/boards/3/title"]
        assert len(imported.kept) == 7


class TestPeople:
    def test_a_capital_letter_is_no_evidence(self) -> None:
        """Words that could be names are none where nothing says that they are."""
        assert not of(
            "# Courage and Care\n## Working Remotely\n- Slack: for questions\n- Jira: for tasks\n"
        ).alliance.members

    def test_a_first_name_is_that_of_the_full_one(self) -> None:
        """Whoever was named in full is meant by the first name, where only one has it."""
        found = of("Members: Ada Quill, Ben Osei\n\n# Commitments\n- Ada: comes early\n- Dora: comes late\n").alliance
        assert [one.by for one in found.commitments.values()] == [("ada",)]
        assert [one.text for one in found.ground_rules.values()] == ["Dora: comes late"]
        both = of("Members: Ada Quill, Ada Moss\n\n# Commitments\n- Ada: comes early\n").alliance
        assert list(both.members) == ["ada", "ada-moss"]
        assert not both.commitments

    @pytest.mark.parametrize(
        "label",
        ["Ada & Ben", "Ada and Ben", "Ada, Ben", "Ada + Ben", "Ada/Ben", "Ada&Ben", "Ada und Ben", "@ada e @ben"],
    )
    @pytest.mark.parametrize("listed", ["Ada, Ben, Cem", "Ada Quill, Ben Osei, Cem Aydin"])
    def test_several_before_a_colon_give_it_together(self, label: str, listed: str) -> None:
        """A promise of two is the promise of both, and the heading over it holds the promise alone."""
        found = of(f"# Us\nMembers: {listed}\n\n## Commitments\n- {label}: prepare the demo\n").alliance
        [promise] = found.commitments.values()
        assert (promise.by, promise.text) == (("ada", "ben"), "prepare the demo")
        held = {one["text"]: one["holds"] for one in found.extra["x-lines"]}
        assert list(held["Commitments"]) == [promise.id]
        assert [one.name for one in found.members.values()] == listed.split(", ")

    @pytest.mark.parametrize("label", ["Ada & Zoe", "Ada and others", "Ada, Zoe", "Ada / the cook", "Ada with Ben"])
    def test_who_is_not_known_gives_nothing(self, label: str) -> None:
        """Where one of several before a colon is no member, the line is a rule with all its words."""
        found = of(f"# Us\nMembers: Ada, Ben\n\n## Commitments\n- {label}: prepare the demo\n").alliance
        assert not found.commitments
        assert [one.text for one in found.ground_rules.values()] == [f"{label}: prepare the demo"]

    def test_an_aside_makes_nobody_two(self) -> None:
        """Pronouns and a role beside a name leave one giver."""
        for label in ("Ada (she/her)", "Ada, the cook", "Ada (tea & cake)"):
            found = of(f"# Us\nMembers: Ada, Ben\n\n## Commitments\n- {label}: prepares the demo\n").alliance
            assert [one.by for one in found.commitments.values()] == [("ada",)], label

    def test_who_signed_has_not_said_yes(self) -> None:
        """Signatures are kept, with names and dates."""
        found = of("# Rules\n- Be kind\n\n# Signatures\n- Ada, 2024-01-02\n")
        assert not found.alliance.ratifications
        assert kept(found) == [(4, 5)]


class TestWords:
    @pytest.mark.parametrize(
        "heading",
        [
            "What happens when someone breaks an agreement?",
            "Was tun wir, wenn etwas schiefgeht?",
            "O que fazemos quando alguém quebra um acordo?",
        ],
    )
    def test_a_question_about_what_is_broken_is_about_repair(self, heading: str) -> None:
        """What stands below it says how to repair, in each language."""
        assert topics(of(f"# Us\n\n## {heading}\n- They say so the same day.\n")) == {"repair": 1}

    def test_a_review_is_one_of_the_agreement(self) -> None:
        """A note says what to write yourself; reviews of other things have none."""
        found = of("# A\n- We review this every 3 months, first on 2027-01-15.\n- PRs are reviewed within one day.\n")
        said = [one.line for one in found.notes if one.how.endswith("write cadence.review yourself")]
        assert said == [2]

    def test_letters_of_mathematics_make_an_id(self) -> None:
        """Their plain forms are capitals until they are folded."""
        assert of("\U0001d4d0").alliance.id == "a"


class TestWhatIsGiven:
    def test_the_title_comes_of_the_heading_the_front_matter_or_the_name(self) -> None:
        """In that order; where there is none of them, of the first words."""
        assert of("# A\n- b\n", "c.md").alliance.title == "A"
        assert of("---\ntitle: A\n---\n- b\n", "c.md").alliance.title == "A"
        assert of("- b\n", "TEAM_CHARTER.md").alliance.title == "Team charter"
        assert of("- b\n").alliance.title == "b"
        assert of("").alliance.title == "Agreement"

    def test_the_format_is_said_by_the_caller_the_name_or_the_text(self) -> None:
        """Markdown may begin with a bracket, and a charter may have no name."""
        assert texts(of('["a", "b"]')) == ["a", "b"]
        assert texts(of("[a](b) and c\n")) == ["[a](b) and c"]
        assert texts(of('["a"] or b', format="markdown")) == ['["a"] or b']
        with pytest.raises(ak.InvalidValueError, match="format"):
            of("a", format="toml")

    def test_the_language_is_said_by_the_caller_or_the_source(self) -> None:
        """What is no language tag is kept with the rest of the front matter."""
        assert of("- a", language="de").alliance.language == "de"
        assert of("---\nlang: pt-BR\n---\n- a").alliance.language == "pt-BR"
        assert of('{"language": "en", "rules": ["a"]}').alliance.language == "en"
        assert of("---\nlang: English, mostly\n---\n- a").alliance.extra["x-lang"] == "English, mostly"

    def test_what_no_document_can_carry_is_replaced_and_noted(self) -> None:
        """Control characters become U+FFFD, and the note says in which line."""
        found = of("- a\x00b\n- c\x0bd\n")
        assert texts(found) == ["a\ufffdb", "c d"]
        assert [one.line for one in found.notes][:2] == [1, 2]

    def test_what_is_too_long_or_too_much_is_kept(self) -> None:
        """A clause has 10,000 characters at most, and a draft 2,000 clauses."""
        found = of("- " + "a" * 10_001 + "\n- " + "b" * 10_000 + "\n")
        assert [len(one) for one in texts(found)] == [10_000]
        assert [one.line for one in found.kept] == [1]
        many = of("".join(f"- rule {number}\n" for number in range(2_010)))
        assert len(texts(many)) == 2_000
        assert (many.kept[0].line, many.kept[0].end_line) == (2_001, 2_010)
        assert ak.loads(ak.dumps(many.alliance)) == many.alliance

    def test_a_source_that_is_none_says_what_is_wrong(self) -> None:
        """JSON with a slip, bytes that are no UTF-8, and a file that is too large are errors with a place."""
        for data, rest in ((b"\xff", {}), ('{"a": }', {"format": "json"}), ("a" * (1 << 20) + "b", {})):
            with pytest.raises(ak.DocumentError) as caught:
                intake.read_alliance(data, **rest)
            assert caught.value.findings
        with pytest.raises(ak.DocumentError, match="larger than a document"):
            of("\n".join(f"- {index} {'a' * 200}" for index in range(4_900)))


def test_a_page_that_nobody_agrees_to() -> None:
    """A page of more than 5,000 lines is refused before anyone waits for it; one line less is read."""
    with pytest.raises(ak.DocumentError, match="it has 5,001 lines; of an agreement at most 5,000 are read"):
        intake.read_alliance("- a\n" * 5_000 + "b", name="a.md")
    assert intake.read_alliance("# A\n\n- We sing.\n" + "\n" * 4_996, name="a.md").alliance.ground_rules


def test_two_columns_of_one_name() -> None:
    """What stands in either of two columns that are called alike is there."""
    (rule,) = of("| Name | Name | Rule |\n|---|---|---|\n| Oak | Elm | We sing |\n").alliance.ground_rules.values()
    assert (rule.text, dict(rule.extra)) == ("We sing", {"x-name": "Oak", "x-name-2": "Elm"})
