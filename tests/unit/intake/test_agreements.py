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
SAMPLES = sorted(one for one in HERE.iterdir() if one.suffix in {".md", ".json"})
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
