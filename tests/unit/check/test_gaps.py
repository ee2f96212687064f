"""What an agreement has and lacks."""

import json
from datetime import date

import pytest
from attrs import evolve

from alliancekit import Alliance, Bank, GroundRule, Member, Prompt, Quality, Ratification, library, loads
from alliancekit.check import RULES, Gap, check_text, find_gaps
from alliancekit.check._gaps import _ASKED
from alliancekit.errors import InvalidValueError
from tests.shared import ROOT

DRAFT = Alliance(
    id="ours",
    kind="team",
    title="Ours",
    status="draft",
    members=[Member(id="ana", name="Ana"), Member(id="ben", name="Ben"), Member(id="cem", name="Cem")],
    ground_rules=[GroundRule(id="calm", topic="conflict", text="We stop and breathe, and go on the next day.")],
)


def named(alliance: Alliance, **more: object) -> dict[str, Gap]:
    return {one.rule: one for one in find_gaps(alliance, **more).missing}  # type: ignore[arg-type]


class TestFindGaps:
    def test_what_to_mend_first_stands_first(self) -> None:
        """What it is for comes before what anyone gives, that before how it is kept alive, and everyone's yes last."""
        found = [one.rule for one in find_gaps(DRAFT).missing]
        assert found == sorted(found, key=list(_ASKED).index)
        assert (found[0], found[-1]) == ("no-intention", "unratified")

    def test_each_comes_with_the_questions_that_would_fill_it(self) -> None:
        """The questions are those of the bank for that kind of alliance whose answers go there."""
        found = named(DRAFT)
        assert [one.id for one in found["no-intention"].asks] == ["purpose"]
        assert [one.id for one in found["no-review"].asks] == ["review"]
        assert "no-conflict-rule" not in found

    def test_the_bank_may_be_ones_own(self) -> None:
        """A host may ask its own questions."""
        own = Bank(id="own", title="Own", prompts=[Prompt(id="north", text="Where to?", informs=["intention"])])
        assert [one.text for one in named(DRAFT, bank=own)["no-intention"].asks] == ["Where to?"]

    def test_many_of_one_kind_are_one_gap(self) -> None:
        """What is wrong with several clauses in the same way is one gap, with each place."""
        plain = [Quality(id=f"q{number}", text=f"Quality {number}.") for number in range(3)]
        told = [*plain, Quality(id="seen", text="We laugh.", known_by="Somebody laughs on Monday.")]
        (gap,) = (
            one for one in find_gaps(evolve(DRAFT, atmosphere=told)).missing if one.rule == "clause-without-evidence"
        )
        assert [one.pointer for one in gap.findings] == [f"/atmosphere/q{number}" for number in range(3)]

    @pytest.mark.parametrize(
        ("agreed", "message"),
        [((), "nobody has agreed to it yet"), (("ana", "cem"), "not agreed to it yet: ben")],
    )
    def test_a_draft_lacks_everyones_yes(self, agreed: tuple[str, ...], message: str) -> None:
        """Rules ask for a yes once it is active; what a draft lacks is told here."""
        yes = [Ratification(id=who, date=date(2026, 11, 1), digest=f"sha256:{'0' * 64}") for who in agreed]
        alliance = evolve(DRAFT, ratifications=yes)
        assert named(alliance)["unratified"].message == message

    def test_where_nobody_is_named_nobody_has_agreed(self) -> None:
        """Without members there is nobody who could have agreed, and that is told too."""
        assert named(evolve(DRAFT, members=[]))["unratified"].message == "nobody has agreed to it yet"

    def test_a_draft_that_all_agreed_to(self) -> None:
        """A draft to which all have said yes lacks no yes."""
        yes = [Ratification(id=who, date=date(2026, 11, 1), digest=f"sha256:{'0' * 64}") for who in DRAFT.members]
        assert "unratified" not in named(evolve(DRAFT, ratifications=yes))

    def test_places_are_those_of_the_findings(self) -> None:
        """With findings that have places, each gap has them."""
        text = (ROOT / "tests/documents/invalid/alliance/no-review.yaml").read_text(encoding="utf-8")
        found = {one.rule: one for one in find_gaps(loads(text), check_text(text)).missing}
        assert found["no-review"].findings[0].line is not None

    def test_what_it_has(self) -> None:
        """Each thing is counted, a ground rule by its topic too."""
        has = find_gaps(DRAFT).has
        assert (has["members"], has["ground_rules"], has["ground_rules.conflict"], has["intention"]) == (3, 1, 1, 0)
        assert (has["review"], has["clauses with evidence"], has["ratifications"]) == (0, 0, 0)

    def test_a_whole_one_lacks_nothing_that_matters(self) -> None:
        """The example that is made with the flow for two lacks nothing but what rules mention in passing."""
        text = (ROOT / "examples/one-to-one/ana-ben.alliance.yaml").read_text(encoding="utf-8")
        found = find_gaps(loads(text), check_text(text))
        assert {str(one.findings[0].severity) for one in found.missing} <= {"info"}

    def test_as_plain_data(self) -> None:
        """What goes into JSON has counts, and for each gap the rule, the words, the places and the questions."""
        plain = json.loads(json.dumps(find_gaps(DRAFT).to_dict()))
        first = plain["missing"][0]
        assert (first["rule"], first["places"]) == ("no-intention", [{"pointer": "/intention", "line": None}])
        assert first["asks"][0]["id"] == "purpose"
        assert plain["has"]["members"] == 3

    def test_no_alliance(self) -> None:
        """Something else is refused in words."""
        with pytest.raises(InvalidValueError, match="must be an Alliance, not str"):
            find_gaps("x")  # type: ignore[arg-type]


def test_every_row_is_a_rule() -> None:
    """The table names rules that there are."""
    assert set(_ASKED) <= set(RULES)


@pytest.mark.parametrize("kind", ["one-to-one", "team"])
def test_what_a_kind_needs_is_asked(kind: str) -> None:
    """For what an agreement cannot do without, the built-in bank of each kind has a question."""
    asked = {name for one in library.bank(kind).prompts.values() for name in one.informs}
    for rule in ("no-intention", "no-commitments", "no-evidence", "no-conflict-rule", "no-check-in", "no-review"):
        assert asked.intersection(_ASKED[rule])
