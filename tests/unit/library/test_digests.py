"""The digests of what is translated, held to committed ones and to a second implementation."""

import json
import unicodedata
from typing import Any

import pytest

from alliancekit import library
from alliancekit.documents import loads, to_plain
from alliancekit.flow import Flow
from alliancekit.library import digest_of
from alliancekit.library._units import Translatable, units
from alliancekit.model import Bank, ChoiceAnswer, FollowUp, NumberAnswer, Prompt
from tests.node import needs_node, run_node
from tests.shared import ROOT

GOLDEN: list[dict[str, Any]] = json.loads((ROOT / "tests" / "golden" / "translations.json").read_text(encoding="utf-8"))


def digests(source: Translatable) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {} if isinstance(source, Flow) else {"section": {}, "prompt": {}}
    for (what, name), unit in units(source).items():
        found.setdefault(what, {})[name] = unit.digest
    return found


class TestGolden:
    @pytest.mark.parametrize("vector", GOLDEN, ids=lambda vector: vector["document"]["id"])
    def test_digests(self, vector: dict[str, Any]) -> None:
        """The digests are those of the committed vectors, which another implementation computed."""
        assert digests(loads(json.dumps(vector["document"]))) == vector["digests"]

    @needs_node
    def test_another_implementation_agrees(self) -> None:
        """A second implementation comes to the same digests, of the vectors and of all that is built in."""
        assert run_node("translation_digest.mjs", [one["document"] for one in GOLDEN]) == [
            one["digests"] for one in GOLDEN
        ]
        built_in: list[Translatable] = [
            *(library.bank(name) for name in library.bank_names()),
            *(library.flow(name) for name in library.flow_names()),
        ]
        assert run_node("translation_digest.mjs", [to_plain(one) for one in built_in]) == [
            digests(one) for one in built_in
        ]


class TestDigest:
    PROMPT = Prompt(
        id="a",
        text="Café?\nYes.",
        answer=ChoiceAnswer(options={"one": "One", "two": "Two"}),
        follow_ups=[FollowUp(id="x1", text="More?"), FollowUp(id="x2", text="Less?")],
    )

    def of(self, **changes: Any) -> str:
        parts = {
            name: getattr(self.PROMPT, name) for name in ("id", "text", "why", "answer", "follow_ups", "tags", "scope")
        }
        return digest_of(Bank(id="b", title="B", prompts=[Prompt(**{**parts, **changes})]), "a")

    @pytest.mark.parametrize(
        "changes",
        [
            {"text": unicodedata.normalize("NFD", "  Café?\nYes. \n")},
            {"why": "Because."},
            {"tags": ["x"]},
            {"scope": "shared"},
            {"answer": ChoiceAnswer(options={"two": "Two", "one": "One "}, note=True)},
            {"follow_ups": PROMPT.follow_ups[::-1]},
        ],
        ids=lambda changes: next(iter(changes)),
    )
    def test_what_is_the_same(self, changes: dict[str, Any]) -> None:
        """How a text is written, its order, and all that is no words, make no difference."""
        assert self.of(**changes) == self.of()

    @pytest.mark.parametrize(
        "changes",
        [
            {"text": "Cafe?\nYes."},
            {"text": "Café? Yes."},
            {"answer": ChoiceAnswer(options={"one": "One", "two": "two"})},
            {"answer": ChoiceAnswer(options={"one": "One", "three": "Two"})},
            {"answer": NumberAnswer(unit="One")},
            {"follow_ups": PROMPT.follow_ups[:1]},
            {"follow_ups": [FollowUp(id="x1", text="More!"), PROMPT.follow_ups[1]]},
        ],
        ids=lambda changes: next(iter(changes)),
    )
    def test_what_is_not(self, changes: dict[str, Any]) -> None:
        """Another word, another option, another follow-up is another digest."""
        assert self.of(**changes) != self.of()

    def test_what_has_no_words(self) -> None:
        """What has no words has no digest."""
        with pytest.raises(KeyError):
            digest_of(library.flow("team"), "sign")
