"""Banks and views as surveys."""

import json
from typing import Any

import pytest

from alliancekit import library
from alliancekit.errors import InvalidValueError
from alliancekit.flow import AskStep, GroupStep, RepeatStep, SayStep
from alliancekit.model import Bank, BankTranslation, ChoiceAnswer, FollowUp, Prompt, PromptTranslation
from alliancekit.render import to_surveyjs
from tests.node import needs_node, run_node
from tests.scripts import BANK, do, make_flow, make_session
from tests.unit.render.exports.banks import full, in_japanese
from tests.unit.render.test_escape import ATTACKS


def questions(survey: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the elements of a survey by their names."""
    return {one["name"]: one for page in survey["pages"] for one in page["elements"]}


class TestBank:
    def test_pages(self) -> None:
        """There is a page for each section with prompts, and one before them for those without a section."""
        survey = to_surveyjs(full())
        assert [(page["name"], page.get("title")) for page in survey["pages"]] == [
            ("no_section", None),
            ("first", "At first"),
            ("then", "And then"),
        ]
        assert [one["name"] for one in survey["pages"][2]["elements"]] == [
            "hours",
            "day",
            "worries",
            "worries-Share",
            "next",
        ]

    def test_kinds(self) -> None:
        """Each kind of answer has its type of question; none has to be answered."""
        found = questions(to_surveyjs(full()))
        assert found["loose"] == {"type": "comment", "name": "loose", "title": "What else?"}
        assert found["tone"] == {
            "type": "checkbox",
            "name": "tone",
            "title": "Which tone?",
            "description": "People mean different things.",
            "showCommentArea": True,
            "choices": [{"value": "direct", "text": "Direct"}, {"value": "warm", "text": "Warm"}],
        }
        assert found["meet"]["type"] == "radiogroup"
        assert found["score"] == {
            "type": "rating",
            "name": "score",
            "title": "How much?",
            "rateCount": 7,
            "rateMax": 7,
            "minRateDescription": "Little",
            "maxRateDescription": "Much",
        }
        assert found["sure"]["type"] == "boolean"
        hours = {"type": "text", "name": "hours", "title": "How long?", "inputType": "number"}
        assert found["hours"] == {**hours, "min": -0.5, "max": 40, "placeholder": "hours"}
        assert found["day"]["inputType"] == "date"
        assert found["worries-Share"]["type"] == "boolean"
        assert not any("isRequired" in one for one in found.values())

    def test_follow_ups(self) -> None:
        """A follow-up comes after its prompt, once that is answered."""
        found = questions(to_surveyjs(full()))
        assert found["tone_works"] == {
            "type": "comment",
            "name": "tone_works",
            "visibleIf": "{tone} notempty",
            "title": "What works?",
        }

    @pytest.mark.parametrize("name", ["locale", "pageno", "self"])
    def test_names_that_mean_something_there(self, name: str) -> None:
        """A condition would ask about the survey and not about the question, so the follow-up is always there."""
        prompt = Prompt(id=name, text="How?", follow_ups=[FollowUp(id="more", text="And?")])
        found = questions(to_surveyjs(Bank(id="b", title="B", prompts={name: prompt})))

        assert found[f"{name}_more"] == {"type": "comment", "name": f"{name}_more", "title": "And?"}

    def test_clauses(self) -> None:
        """Clauses are panels; of several elements each panel asks which, and what only some have only for these."""
        fields = {one["name"]: one for one in questions(to_surveyjs(full()))["next"]["templateElements"]}
        assert [*fields] == ["element", "topic", "text", "known_by", "due"]
        assert fields["element"]["choices"] == ["expectations", "commitments", "ground_rules"]
        assert fields["topic"]["choices"] == ["conflict", "other"]
        assert fields["topic"]["visibleIf"] == "{panel.element} anyof ['ground_rules']"
        assert fields["due"]["visibleIf"] == "{panel.element} anyof ['commitments']"
        assert (fields["text"]["isRequired"], fields["known_by"]["isRequired"]) == (True, True)
        worries = questions(to_surveyjs(full()))["worries"]["templateElements"]
        assert [one["name"] for one in worries] == ["text"]

    def test_cadence(self) -> None:
        """What is in the cadence has questions of its own."""
        fields = {one["name"]: one for one in questions(to_surveyjs(BANK))["rhythm"]["templateElements"]}
        assert [*fields] == [
            "element", "purpose", "hours", "reply_within_hours", "frequency", "interval", "weekdays", "starts", "at",
            "timezone", "minutes", "where",
        ]  # fmt: skip
        assert fields["frequency"]["choices"][0] == {"value": "daily", "text": "Daily"}
        assert (fields["weekdays"]["type"], fields["at"]["inputType"], fields["minutes"]["max"]) == (
            "checkbox",
            "time",
            1440,
        )
        assert fields["purpose"]["visibleIf"] == "{panel.element} anyof ['cadence.channels']"

    def test_an_option_that_is_called_as_it_is_known(self) -> None:
        """Where the text of an option is its id, SurveyJS needs one of them."""
        bank = Bank(
            id="b", title="B", prompts=[Prompt(id="q", text="?", answer=ChoiceAnswer(options={"a": "a", "b": "B"}))]
        )
        assert questions(to_surveyjs(bank))["q"]["choices"] == ["a", {"value": "b", "text": "B"}]

    def test_wrong_use(self) -> None:
        """What is neither a bank nor a view is refused, and so are translations of a view."""
        wrong: Any = "one-to-one"
        with pytest.raises(InvalidValueError, match="must be a Bank or a View, not str"):
            to_surveyjs(wrong)
        with pytest.raises(InvalidValueError, match="a view is in one language already"):
            to_surveyjs(make_session().view("ana"), [in_japanese()])


class TestLanguages:
    def test_texts(self) -> None:
        """What is translated is said in each language, and the rest in the bank's."""
        survey = to_surveyjs(full(), [in_japanese()])
        found = questions(survey)
        assert survey["title"] == {"default": "Everything", "ja": "すべて"}
        assert survey["pages"][1]["title"] == {"default": "At first", "ja": "はじめに"}
        assert found["tone"]["title"] == {"default": "Which tone?", "ja": "どんな調子で?"}
        assert found["tone"]["choices"][0]["text"] == {"default": "Direct", "ja": "率直に"}
        assert found["tone_works"]["title"] == {"default": "What works?", "ja": "何が役に立ちますか?"}
        assert found["tone_fails"]["title"] == "What not?"
        assert found["score"]["minRateDescription"] == {"default": "Little", "ja": "少し"}
        assert found["hours"]["placeholder"] == {"default": "hours", "ja": "時間"}
        assert "locale" not in survey

    def test_another_language_than_english(self) -> None:
        """English is the default of SurveyJS, so an English translation stands there, and the bank's words under their own."""
        bank = Bank(
            id="b", title="Banco", language="pt", prompts=[Prompt(id="q", text="Por quê?"), Prompt(id="r", text="E?")]
        )
        english = BankTranslation(translates="b", language="en", prompts=[PromptTranslation(id="q", text="Why?")])
        survey = to_surveyjs(bank, [english])
        assert (survey["locale"], survey["title"]) == ("pt", "Banco")
        assert questions(survey)["q"]["title"] == {"default": "Why?", "pt": "Por quê?"}
        assert questions(survey)["r"]["title"] == "E?"


class TestView:
    def test_what_is_to_do(self) -> None:
        """A view asks what its member has to answer now, step by step, after what they read there."""
        session = do(make_session(), "ana", "answer", "why", "Because.")
        (page,) = to_surveyjs(session.view("ana"))["pages"]
        assert page["name"] == "first"
        assert page["elements"][0] == {"type": "html", "name": "first-Text1", "html": "<p>Welcome.</p>"}
        assert [one["name"] for one in page["elements"][1:]] == [
            "worries",
            "worries-Share",
            "tone",
            "tone_works",
            "give",
            "ask",
        ]

    def test_only_words(self) -> None:
        """Where there is only something to read, there is a page for that; where there is nothing, there is none."""
        flow = make_flow(AskStep(id="why"), SayStep(id="bye", title="The end", text="Go\n<home>."))
        session = do(make_session(flow), "ana", "answer", "why", "Because.")
        survey = to_surveyjs(session.view("ana"))
        assert [page["name"] for page in survey["pages"]] == ["bye"]
        assert questions(survey)["bye-Text1"]["html"] == "<h4>The end</h4><p>Go<br>&lt;home&gt;.</p>"

    def test_repeats(self) -> None:
        """What is asked about each of several says about whom, in its name and in what stands below the question."""
        tone = Prompt(id="tone", text="How is it?", why="To know.", follow_ups=[FollowUp(id="more", text="And?")])
        bank = Bank(
            id="small", title="Small", prompts=[tone, *(one for one in BANK.prompts.values() if one.id != "tone")]
        )
        flow = make_flow(GroupStep(id="g", steps=[RepeatStep(id="each", over="members", steps=[AskStep(id="tone")])]))
        found = questions(to_surveyjs(make_session(flow, bank=bank).view("ana")))
        assert [*found] == ["tone_for_ana", "tone_more_for_ana", "tone_for_ben", "tone_more_for_ben"]
        assert found["tone_for_ben"]["description"] == "Ben\nTo know."
        assert found["tone_more_for_ben"]["visibleIf"] == "{tone_for_ben} notempty"


SURVEYS = [full(), BANK, *map(library.bank, library.bank_names())]
TYPES = {
    "text": "comment",
    "choice": "radiogroup",
    "choices": "checkbox",
    "scale": "rating",
    "yes-no": "boolean",
    "number": "text",
    "date": "text",
    "clauses": "paneldynamic",
}


@needs_node
class TestSurveyCore:
    def test_it_loads(self) -> None:
        """It finds no error, each prompt with its type, and writes what it was given; nobody has to answer anything."""
        surveys = [to_surveyjs(bank) for bank in SURVEYS]
        for bank, survey, found in zip(SURVEYS, surveys, run_node("survey_load.mjs", payload(*surveys)), strict=True):
            assert found["errors"] == []
            assert found["again"] == survey
            assert found["fits"] == [{}]
            types = dict(found["questions"])
            assert [*types] == [*questions(survey)]
            assert {name: types[name] for name in bank.prompts} == {
                one.id: TYPES[one.answer.kind] for one in bank.prompts.values()
            }

    def test_languages(self) -> None:
        """It shows each text in the language that was chosen."""
        survey = to_surveyjs(full(), [in_japanese()])
        (found,) = run_node("survey_load.mjs", [{"survey": survey, "locales": ["", "ja"]}])
        assert (found["errors"], found["again"]) == ([], survey)
        assert (found["titles"][""][0], found["titles"]["ja"][0]) == ("Everything", "すべて")
        assert (found["titles"][""][2], found["titles"]["ja"][2]) == ("Which tone?", "どんな調子で?")

    def test_texts_are_texts(self) -> None:
        """No text is anything else there; what is in braces stands for no answer."""
        attacks = [f"{one} {{loose}} {{locale}}" for one in ATTACKS if one.strip() and one.isprintable()]
        surveys = [to_surveyjs(full(words)) for words in attacks]
        asked = [{"survey": one, "answers": [{"loose": "x"}], "locales": [""]} for one in surveys]
        for words, survey, found in zip(attacks, surveys, run_node("survey_load.mjs", asked), strict=True):
            assert (found["errors"], found["again"]) == ([], survey)
            share = questions(survey)["worries-Share"]["title"]
            assert {title.replace("\u200b", "") for title in found["titles"][""]} == {words, share}

    def test_answers(self) -> None:
        """What a person may fill in, it takes; a clause without words it does not."""
        survey = to_surveyjs(full())
        good = {
            "tone": ["warm"],
            "tone-Comment": "Mostly.",
            "tone_works": "Calm.",
            "score": 7,
            "sure": False,
            "hours": 2.5,
        }
        clause = {"element": "commitments", "text": "x", "known_by": "y"}
        answers = [{**good, "next": [clause]}, {"next": [{"element": "commitments"}]}, {"hours": 41}]
        (found,) = run_node("survey_load.mjs", [{"survey": survey, "answers": answers}])
        assert found["fits"] == [{**good, "next": [clause]}, None, None]


def payload(*surveys: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"survey": json.loads(json.dumps(survey)), "answers": [{}]} for survey in surveys]
