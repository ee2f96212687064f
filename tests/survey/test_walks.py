"""
Skip logic against a stranger: SurveyJS shows the same questions, in the same order, after each move of a random walk.

``ALLIANCEKIT_WALKS=1000`` walks that many, and ``ALLIANCEKIT_SEED`` begins elsewhere.
"""

import os
from collections.abc import Iterable
from random import Random
from typing import Any

import pytest

from alliancekit.flow._conditions import subjects
from alliancekit.flow._walk import walk as steps
from tests.node import needs_node, run_node
from tests.survey.flows import random_flow, value_for
from tests.survey.translation import FORMS, survey_of
from tests.survey.walker import PEOPLE, Walk, Walker, differences

WALKS = int(os.environ.get("ALLIANCEKIT_WALKS", "40"))
SEED = int(os.environ.get("ALLIANCEKIT_SEED", "1"))
BATCH = 20


def walked(seed: int) -> tuple[Walk, dict[str, Any]]:
    """Return a random walk over a random flow, and what a survey is asked about it, in one of the two `FORMS`."""
    rng = Random(seed)
    flow, bank = random_flow(rng)
    read = {one.prompt for _, step in steps(flow) if step.when is not None for one in subjects(step.when)}
    walk = Walker(flow, bank, rng, value_for, first=frozenset(read)).walk(rng.randint(10, 30))
    survey = survey_of(flow, bank, FORMS[seed % len(FORMS)])
    return walk, {"survey": survey, "people": PEOPLE, "moves": walk.moves}


def differing(seeds: Iterable[int]) -> dict[int, list[str]]:
    """Return the seeds whose walks differ, with how."""
    walks = {seed: walked(seed) for seed in seeds}
    theirs = run_node("walk.mjs", [asked for _, asked in walks.values()])
    found = {seed: differences(walk, shown) for (seed, (walk, _)), shown in zip(walks.items(), theirs, strict=True)}
    return {seed: lines for seed, lines in found.items() if lines}


@needs_node
class TestARandomWalk:
    @pytest.mark.parametrize("first", range(SEED, SEED + WALKS, BATCH))
    def test_is_shown_the_same_by_surveyjs(self, first):
        """After every move, both show each member the same questions and texts in the same order."""
        assert differing(range(first, min(first + BATCH, SEED + WALKS))) == {}

    def test_shows_hides_and_brings_back(self):
        """There is something to compare: what is shown changes in most walks, and answers come back in many."""
        walks = [walked(seed)[0] for seed in range(SEED, SEED + 40)]
        changing = [
            walk for walk in walks if len({sight.visible for sights in walk.sights for sight in sights.values()}) > 1
        ]
        assert len(changing) > 20
        assert sum(walk.returned for walk in walks) > 5
