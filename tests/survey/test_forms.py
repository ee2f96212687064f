"""A form of several hundred questions and rules is told as a flow by a stranger, and hides and shows what a survey does."""

import json
from random import Random
from typing import Any

import pytest

from alliancekit import Bank, Flow, loads
from alliancekit.flow import problems
from alliancekit.flow._conditions import subjects
from alliancekit.flow._walk import walk
from alliancekit.model import Prompt
from tests.node import needs_node, run_node
from tests.survey.forms import (
    CODES,
    OPENING,
    PLAIN,
    bank_of,
    coded,
    flow_of,
    linked,
    questionnaire,
    questions,
    survey_from,
)
from tests.survey.test_walks import SEED, WALKS
from tests.survey.walker import Walker, differences

MOVES = 60


def told(form: dict[str, Any]) -> tuple[Flow, Bank]:
    """Return the form as a reader of the two documents has it."""
    return loads(json.dumps(flow_of(form)), Flow), loads(json.dumps(bank_of(form)), Bank)


def valuing(form: dict[str, Any]) -> Any:
    """Return what makes an answer to a prompt: mostly one that the rules of the form tell from others."""
    items = {linked(link): one for link, one in questions(form).items()}

    def value(rng: Random, prompt: Prompt) -> Any:
        item = items[prompt.id]
        if item["type"] != "choice":
            return rng.choice(PLAIN[item["type"]])
        chosen = [coded(one) for one in rng.sample(CODES, rng.randint(1, 2))]
        return chosen if item["repeats"] else chosen[0]

    return value


class TestALongForm:
    def test_is_as_long_as_it_says(self):
        """It has more than 400 questions and 400 rules, each kind of rule among them, and groups in groups in groups."""
        form = questionnaire(Random(1))
        flow, bank = told(form)
        conditions = [step.when for _, step in walk(flow) if step.when is not None]
        rules = {rule["operator"] for one in questions(form).values() for rule in one.get("enableWhen", ())}
        assert len(bank.prompts) >= 420
        assert sum(len([*subjects(one)]) for one in conditions) > 400
        assert rules == {"exists", "=", "!=", "<", ">", "<=", ">="}
        assert max(at.count("/steps/") for at, _ in walk(flow)) > 6
        assert problems(flow, bank) == ()

    @needs_node
    @pytest.mark.parametrize("seed", range(SEED, SEED + max(1, WALKS // 200)))
    def test_is_walked_as_a_survey_is(self, seed):
        """Whoever fills it in is shown the same questions as by a survey that was made from the form itself."""
        rng = Random(seed)
        form = questionnaire(rng)
        first = frozenset(linked(f"{number}") for number in range(1, OPENING + 1))
        walked = Walker(*told(form), rng, valuing(form), people=("ana",), first=first).walk(MOVES)
        asked = {"survey": survey_from(form), "people": ["ana"], "moves": walked.moves}
        (theirs,) = run_node("walk.mjs", [asked])
        assert differences(walked, theirs) == []
        assert len({sights["ana"].visible for sights in walked.sights}) > MOVES // 4
