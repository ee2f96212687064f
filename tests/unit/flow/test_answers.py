"""What an answer must look like, in words for the member and as a schema for a form."""

import jsonschema
import pytest

from alliancekit.flow._answers import answer_schema, proposal_schema, unsuitable
from alliancekit.flow._clauses import CLASSES, generated
from alliancekit.model import ChoiceAnswer, ChoicesAnswer, ClausesAnswer, Prompt
from alliancekit.values import freeze
from tests.scripts import BANK, DULL

WRONG = [
    ("why", 3, "the answer is a text, not 3"),
    ("why", "  ", "the answer is empty; to leave it out, pass"),
    ("why", "x" * 10_001, "the answer has 10,001 characters; at most 10,000 are allowed"),
    ("why", "bell\x07", "the answer holds a control character, which no document can carry"),
    ("why", None, "the answer is a text, not null"),
    ("tone", ["loud"], "'loud' is not among the options: direct, warm, calm"),
    ("tone", [], "the answer is one or more of direct, warm, calm"),
    ("tone", ["warm", "warm"], "an option is chosen twice"),
    ("tone", {"choices": ["warm"], "notes": "x"}, "the answer has choices and note, and no 'notes'"),
    ("tone", {"choices": ["warm"], "note": ""}, "the note is empty; to leave it out, pass"),
    ("tone", "warm", "the answer is one or more of direct, warm, calm"),
    ("meet", "yearly", "'yearly' is not among the options: daily, weekly"),
    ("meet", {"choice": "daily"}, "there is no room for a note here; the answer is only the choice"),
    ("score", 6, "the answer is a whole number from 1 to 5, not 6"),
    ("score", 3.0, "the answer is a whole number from 1 to 5, not 3.0"),
    ("score", True, "the answer is a whole number from 1 to 5, not true"),
    ("sure", "yes", "the answer is yes or no (true or false), not 'yes'"),
    ("hours", 41, "the answer is at most 40, not 41"),
    ("hours", -1, "the answer is at least 0, not -1"),
    ("hours", "2", "the answer is a number, not '2'"),
    ("hours", float("nan"), "the answer is a number, not nan"),
    ("day", "2026-02-30", "the answer is a date like 2026-11-01, not '2026-02-30'"),
    ("day", "20260201", "the answer is a date like 2026-11-01, not '20260201'"),
    ("give", "Answer.", "the answer is a list of clauses, at least one; to leave it out, pass"),
    ("give", ["Answer."], "a clause is a mapping with its text, not 'Answer.'"),
    ("give", [{"text": "Answer."}], "say in known_by how you would know that you had it"),
    ("give", [{"text": "x", "known_by": "x", "too": ["ben"]}], "a clause here has no 'too'; did you mean 'to'?"),
    ("give", [{"text": "x", "known_by": "x", "to": ["bem"]}], "to: no member is called 'bem'; did you mean 'ben'?"),
    (
        "give",
        [{"text": "x", "known_by": "x", "element": "values"}],
        "'values' is not what this is for; it is for commitments",
    ),
    (
        "give",
        [{"id": "intention", "text": "x", "known_by": "x"}],
        "'intention' is kept for the intention itself; choose another id",
    ),
    (
        "give",
        [{"id": "a1", "text": "x", "known_by": "x"}, {"id": "a1", "text": "y", "known_by": "y"}],
        "two clauses have the id 'a1'; give one of them another",
    ),
]


@pytest.mark.parametrize(("prompt", "value", "expected"), WRONG)
def test_an_unsuitable_answer_is_explained(prompt, value, expected):
    """What is wrong, and what would be right, in a sentence for the one who answered."""
    assert expected == unsuitable(freeze(value), BANK.prompts[prompt], follow_up=False, members=("ana", "ben"))


@pytest.mark.parametrize("prompt", DULL)
def test_a_suitable_answer_suits_the_schema_too(prompt):
    """A form that follows the schema gives what the engine takes."""
    assert unsuitable(freeze(DULL[prompt]), BANK.prompts[prompt], follow_up=False, members=("ana", "ben")) == ""
    jsonschema.Draft202012Validator(answer_schema(BANK.prompts[prompt])).validate(DULL[prompt])


@pytest.mark.parametrize(
    ("prompt", "value"),
    [
        (prompt, value)
        for prompt, value, _ in WRONG
        if (prompt, value) not in (("why", "bell\x07"), ("score", 3.0)) and prompt not in ("give", "day", "hours")
    ],
)
def test_the_schema_refuses_what_the_engine_refuses(prompt, value):
    """As far as a schema can say it, both give one verdict."""
    assert not jsonschema.Draft202012Validator(answer_schema(BANK.prompts[prompt])).is_valid(value)


@pytest.mark.parametrize("element", sorted({"intention", *(name.partition(".")[0] for name in CLASSES)} - {"concerns"}))
def test_every_element_has_a_schema_for_proposals(element):
    """A proposal for any element can be asked for by a form; nobody writes who says it."""
    schema = proposal_schema(element)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert '"by"' not in str(schema).replace("'", '"').split("$defs")[0]


def test_a_clause_may_choose_its_part_of_the_cadence():
    """Where a prompt informs several parts of the cadence, the schema offers each, and the engine takes what it offers."""
    parts = ["cadence.check_ins", "cadence.channels", "cadence.review"]
    prompt = Prompt(id="rhythm", text="?", answer=ClausesAnswer(), informs=parts)
    value = [
        {"element": "cadence.channels", "purpose": "Questions"},
        {"element": "cadence.review", "frequency": "monthly"},
    ]
    assert jsonschema.Draft202012Validator(answer_schema(prompt)).is_valid(value)
    assert unsuitable(freeze(value), prompt, follow_up=False, members=["ana"]) == ""


def test_a_clause_may_choose_among_what_the_prompt_informs():
    """Of several elements each clause names its own; without one it is the first."""
    prompt = Prompt(
        id="next", text="?", answer=ClausesAnswer(), informs=["expectations", "commitments", "ground_rules.repair"]
    )
    good = [
        {"text": "a"},
        {"element": "commitments", "text": "b"},
        {"topic": "repair", "text": "c"},
        {"element": "ground_rules", "text": "d"},
    ]
    assert unsuitable(freeze(good), prompt, follow_up=False, members=("ana",)) == ""
    bad = freeze([{"text": "a"}, {"topic": "conflict", "text": "b"}])
    assert unsuitable(bad, prompt, follow_up=False, members=("ana",)).startswith(
        "clause 2: 'conflict' is not what this is for"
    )
    jsonschema.Draft202012Validator(answer_schema(prompt)).validate(good)


def test_generated_ids_stay_within_their_length():
    """However long the names, the id is legal and ends in its number."""
    assert generated("give", "ana", 1) == "give-ana-1"
    assert generated("rules", "", 2) == "rules-2"
    long = generated("p" * 64, "m" * 64, 12)
    assert (len(long) <= 64, long[-3:]) == (True, "-12")


@pytest.mark.parametrize("answer", [ChoiceAnswer(), ChoicesAnswer(note=True), ClausesAnswer()])
def test_where_nothing_can_be_chosen_nothing_suits(answer):
    """A choice without options, and clauses that inform nothing, have a schema that is one, and that takes no answer."""
    schema = answer_schema(Prompt(id="q", text="?", answer=answer))
    jsonschema.Draft202012Validator.check_schema(schema)
    for value in ("a", ["a"], {"choices": ["a"]}, [{"text": "x"}]):
        assert not jsonschema.Draft202012Validator(schema).is_valid(value)
