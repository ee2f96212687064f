from copy import deepcopy
from typing import Any

import pytest

from alliancekit.flow import Flow
from alliancekit.model import Alliance, Bank, CheckIn
from alliancekit.shapes import Anything, Flag, Items, Number, OneOf, Scalar, Shape, Table, Text
from alliancekit.wire import explain, structure
from alliancekit.wire._places import is_type

SOUND: dict[str, Any] = {
    "id": "ana-ben",
    "kind": "one-to-one",
    "title": "Ana and Ben",
    "members": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    "atmosphere": {"direct": {"text": "We say it early.", "known_by": "We disagree in the room."}},
    "concerns": {"load": {"by": ["ana"], "text": "One more meeting."}},
    "commitments": {"flags": {"by": ["ben"], "to": ["ana"], "text": "Say it the same day."}},
    "cadence": {"review": {"frequency": "monthly", "interval": 3}},
    "responses": [{"prompt": "trust", "by": "ana", "answer": "Tell me early."}],
}


def alliance(**changes: Any) -> dict[str, Any]:
    """Return a sound alliance with a change at each path: ``members__ana__name=3``."""
    data = deepcopy(SOUND)
    for path, value in changes.items():
        *holders, last = path.split("__")
        holder = data
        for key in holders:
            holder = holder[key]
        holder[last] = value
    return data


def only(data: Any, cls: type[Any] = Alliance) -> tuple[str, str, bool, str, str]:
    """Return the one finding: its rule, pointer, whether it is on the key, message and hint."""
    (finding,) = explain(data, cls).findings
    return finding.rule, finding.pointer, finding.on_key, finding.message, finding.hint


class TestSound:
    def test_nothing_to_say(self) -> None:
        """Data that fits has no findings, and is left as it is."""
        explained = explain(SOUND, Alliance)
        assert (explained.findings, explained.data, explained.broken) == ((), SOUND, frozenset())

    def test_no_mapping(self) -> None:
        """Of a document that is no mapping nothing is left."""
        explained = explain(["ana"], Alliance)
        assert explained.data is None
        assert [str(one) for one in explained.findings] == [
            "(document): the document must be a mapping, not a list [wrong-type]"
        ]


class TestAlternatives:
    @pytest.mark.parametrize(
        ("step", "hint"),
        [
            ("ratify sign", "write it as ratify: sign"),
            ("ratify", "write it as ratify: …"),
            ("ratify: sign", "write it as ratify: sign"),
            ("why", "write it below, as ask: why"),
            ({"reveal": "seen", "of": ["why"], "once": 3}, "write it below, as quorum: 3"),
            ({"say": "hi", "text": "Hi.", "when": "worries"}, "write it below, as answer: worries"),
        ],
    )
    def test_of_several_mappings(self, step: Any, hint: str) -> None:
        """A value in place of one of several mappings is answered with the one that it most likely was to be."""
        flow = {"id": "f", "title": "F", "bank": "b", "steps": [step]}
        assert only(flow, Flow)[4] == hint


class TestEightMistakes:
    def test_each_is_found_once(self) -> None:
        """A file with the mistakes that people make gives one finding for each, with its place and its remedy."""
        data = alliance(
            atmosphere__direct={"text": "We say it early.", "knwon_by": "We disagree."},
            status="activ",
            members="ana, ben",
            responses=[{"prompt": "Bad Id", "by": "ana", "answer": "x"}],
            title=7,
            commitments={"flags": {"by": [], "text": "Say it."}, "late": {"by": ["ben"]}},
        )
        found = {(one.rule, one.pointer, one.on_key): one.hint for one in explain(data, Alliance).findings}
        assert found == {
            ("unknown-field", "/atmosphere/direct/knwon_by", True): "did you mean 'known_by'?",
            ("wrong-value", "/status", False): "did you mean 'active'?",
            ("wrong-type", "/members", False): "write a mapping: each entry stands under its own key",
            ("bad-id", "/responses/0/prompt", False): "for example 'bad-id'",
            ("wrong-type", "/title", False): 'put it in quotes: "7"',
            ("to-nobody", "/commitments/flags/by", False): "",
            ("missing-field", "/commitments/late", True): "text: what is agreed, in the members' own words",
        }


class TestKeys:
    @pytest.mark.parametrize(
        ("change", "pointer", "hint"),
        [
            ({"commitments__flags__dues": "2026-12-07"}, "/commitments/flags/dues", "did you mean 'due'?"),
            ({"members__ana__minutes": 30}, "/members/ana/minutes", "keys here are name, agent"),
            ({"members__ana__purpose": "x"}, "/members/ana/purpose", "'purpose' belongs in cadence.channels.<id>"),
            (
                {"members__ana__intention": "x"},
                "/members/ana/intention",
                "'intention' belongs at the top of the document",
            ),
            ({"stauts": "draft", "status": "draft"}, "/stauts", "did you mean 'status'?"),
            ({"atmosphere__direct__id": "direct"}, "/atmosphere/direct/id", "the entry's own key is its id already"),
            ({"a/b~": 1}, "/a~1b~0", "keys here are id"),
        ],
    )
    def test_unknown(self, change: dict[str, Any], pointer: str, hint: str) -> None:
        """An unknown key is named with what was meant, or where it belongs, or what there is."""
        rule, place, on_key, message, said = only(alliance(**change))
        assert (rule, place, on_key) == ("unknown-field", pointer, True)
        assert message == f"unknown key {pointer.rpartition('/')[2].replace('~1', '/').replace('~0', '~')!r}"
        assert said.startswith(hint)

    def test_free(self) -> None:
        """Keys that begin with x- are free in every mapping, whatever they hold."""
        data = alliance(members__ana={"name": "Ana", "x-a": None}, **{"x-b": [{"a": None}]})
        data["members"]["x-c"] = 1
        assert explain(data, Alliance).findings == ()

    def test_a_misspelt_key_is_not_missing_too(self) -> None:
        """One misspelt key of a required field is one finding, and the entry that needs it is left out."""
        data = alliance(commitments__flags={"by": ["ben"], "txet": "Say it."})
        explained = explain(data, Alliance)
        assert [one.rule for one in explained.findings] == ["unknown-field"]
        assert explained.data is not None
        assert explained.data["commitments"] == {}
        assert "/commitments/flags" in explained.broken

    def test_missing(self) -> None:
        """A missing field is said on the key of the mapping that lacks it, with what it means."""
        assert only(alliance(members__ana={})) == (
            "missing-field",
            "/members/ana",
            True,
            "ana: 'name' is missing",
            "name: what people call the member",
        )

    def test_a_bad_id_as_key(self) -> None:
        """The key of an entry is its id, so a bad one is said on the key, and the entry is judged all the same."""
        data = alliance()
        data["members"]["Zoé B"] = {"nmae": "Zoé"}
        found = [(one.rule, one.pointer, one.on_key) for one in explain(data, Alliance).findings]
        assert found == [("bad-id", "/members/Zoé B", True), ("unknown-field", "/members/Zoé B/nmae", True)]


class TestTypes:
    @pytest.mark.parametrize(
        ("change", "message", "hint"),
        [
            ({"title": 30}, "title: must be text, not the number 30", 'put it in quotes: "30"'),
            ({"title": True}, "title: must be text, not true", 'put it in quotes: "true"'),
            ({"intention": None}, "intention: must be text, not null", "leave it out"),
            ({"title": None}, "title: must be text, not null", "null is never a value here: say what it is"),
            ({"commitments__flags__by": "ben"}, "by: must be a list, not the text 'ben'", "write a list: [ben]"),
            ({"cadence__review__weekdays": "monday"}, "weekdays: must be a list, not the text 'monday'", "write a list: [monday]"),
            ({"cadence__review__minutes": "“30”"}, "minutes: must be a whole number from 1 to 1440, not the text '“30”'", "curly quotes are a part of the text: write 30 without quotes"),
            ({"responses": {}}, "responses: must be a list, not a mapping", "write a list: begin each entry with a hyphen"),
            ({"responses": "x"}, "responses: must be a list, not the text 'x'", "write a list"),
            ({"members": []}, "members: must be a mapping, not a list", "write a mapping: each entry stands under its own key"),
            ({"commitments__flags__repeats": "weekly"}, "repeats: must be a mapping, not the text 'weekly'", "write it below, as frequency: weekly"),
            ({"cadence__review": "quarterly"}, "review: must be a mapping, not the text 'quarterly'", "a mapping stands here: write monthly with interval: 3"),
            ({"cadence__review": "soon"}, "review: must be a mapping, not the text 'soon'", "write it below, as frequency: …"),
            ({"atmosphere__direct": "Early."}, "direct: must be a mapping, not the text 'Early.'", "write it below, as text: …"),
            (
                {"cadence__review__interval": "3"},
                "interval: must be a whole number from 1 to 999, not the text '3'",
                "write it without quotes: 3",
            ),
            ({"cadence__review__interval": [3]}, "interval: must be a whole number from 1 to 999, not a list", ""),
            ({"members__ana__agent": "no"}, "agent: must be true or false, not the text 'no'", "write false"),
            ({"members__ana__agent": "x"}, "agent: must be true or false, not the text 'x'", "write true or false, without quotes"),
            ({"expires": 20261101}, "expires: must be a date like 2026-11-01, not the number 20261101", 'put it in quotes: "20261101"'),
            ({"cadence__review__nth": True}, "nth: must be a whole number from 1 to 5 or one of last, not true", ""),
            ({"steward": ["ana", 3]}, "steward (entry 2): must be an id: lower-case words and digits joined by hyphens, begun with a letter and not with x-, at most 64 characters, not the number 3", 'put it in quotes: "3"'),
        ],
    )  # fmt: skip
    def test_wrong(self, change: dict[str, Any], message: str, hint: str) -> None:
        """What was expected and what was found is said, and how to write it."""
        rule, _, on_key, said, remedy = only(alliance(**change))
        assert (rule, on_key, said, remedy) == ("wrong-type", False, message, hint)

    @pytest.mark.parametrize("number", [30.0, 30])
    def test_whole(self, number: float) -> None:
        """JSON's 30.0 is 30."""
        assert explain(alliance(cadence__review__minutes=number), Alliance).findings == ()
        assert only(alliance(cadence__review__minutes=30.5))[0] == "wrong-value"


class TestTexts:
    @pytest.mark.parametrize(
        ("change", "rule", "message", "hint"),
        [
            ({"id": "Ana Ben"}, "bad-id", "id: must be an id", "for example 'ana-ben'"),
            ({"id": "2026"}, "bad-id", "id: must be an id", "for example 'in-2026'"),
            ({"id": "x"}, "bad-id", "id: must be an id", "choose another: x- is for keys of your own"),
            ({"steward": ["x-ray"]}, "bad-id", "steward (entry 1): must be an id", "choose another: x- is for keys of your own"),
            ({"id": "everyone"}, "bad-id", "id: 'everyone' cannot be an id", ""),
            ({"id": "a" * 65}, "bad-id", "id: is an id of 65 characters", "at most 64 are allowed"),
            ({"id": "ana\n"}, "bad-id", "id: must be an id", "for example 'ana'"),
            ({"expires": "2026-1-5"}, "bad-date", "expires: must be a date", "for example '2026-01-05'"),
            ({"expires": "2026-02-30"}, "bad-date", "expires: must be a date like 2026-11-01, and '2026-02-30' is none", ""),
            ({"cadence__review__at": "9:30"}, "bad-time", "at: must be a time", "for example '09:30'"),
            ({"cadence__review__timezone": "Europe/Lisabon"}, "bad-timezone", "timezone: 'Europe/Lisabon' is no time zone", "did you mean 'Europe/Lisbon'?"),
            ({"cadence__review__at": "“10:00”"}, "bad-time", "at: must be a time", 'curly quotes are a part of the text: write straight ones, "10:00"'),
            ({"status": "‘draft’"}, "wrong-value", "status: must be one of", 'curly quotes are a part of the text: write straight ones, "draft"'),
            ({"cadence__review__frequency": "Quarterly"}, "wrong-value", "frequency: must be one of", "write monthly with interval: 3"),
            ({"cadence__review__frequency": "fortnightly"}, "wrong-value", "frequency: must be one of", "write weekly with interval: 2"),
            ({"cadence__review__frequency": "annually"}, "wrong-value", "frequency: must be one of", "write yearly"),
            ({"cadence__review__weekdays": ["workdays"]}, "wrong-value", "weekdays (entry 1): must be one of", "write monday, tuesday, wednesday, thursday, friday"),
            ({"language": "en_US"}, "bad-language", "language: must be a language tag", "for example 'en-US'"),
            ({"title": " "}, "empty-text", "title: must be text that is not empty", ""),
            ({"intention": ""}, "empty-text", "intention: must be text that is not empty", "leave it out, or say something"),
            ({"title": "bell\a"}, "wrong-value", "title: holds a control character", ""),
            ({"steward": ["ana", "ana"]}, "wrong-value", "steward: names 'ana' twice", ""),
            ({"commitments__flags__to": ["everyone", "ana"]}, "wrong-value", "to: names everyone and somebody too", "everyone stands alone"),
            ({"concerns__load__visibility": "private"}, "private-text-shared", "visibility: private text is in a file", "write members or public, or leave the entry out"),
            ({"steward": []}, "to-nobody", "steward: names nobody", ""),
        ],
    )  # fmt: skip
    def test_flaws(self, change: dict[str, Any], rule: str, message: str, hint: str) -> None:
        """Each kind of text breaks a rule of its own, and a small slip is shown mended."""
        found = only(alliance(**change))
        assert found[0] == rule
        assert found[3].startswith(message)
        assert found[4] == hint


def bank(answer: Any) -> dict[str, Any]:
    return {"id": "b", "title": "B", "prompts": {"tone": {"text": "What tone?", "answer": answer}}}


def check_in(pulse: Any) -> dict[str, Any]:
    return {"alliance": "a", "date": "2026-11-12", "pulse": {"trust": pulse}}


class TestUnions:
    @pytest.mark.parametrize(
        ("answer", "rule", "pointer", "message", "hint"),
        [
            ({"kind": "chioce"}, "wrong-value", "/prompts/tone/answer/kind", "unknown kind 'chioce'", "did you mean 'choice'?"),
            ({"kind": 3}, "wrong-type", "/prompts/tone/answer/kind", "must be one of text", ""),
            ({"points": 5}, "missing-field", "/prompts/tone/answer", "has no kind", "say kind: one of text, choice, choices"),
            ({"knid": "text"}, "unknown-field", "/prompts/tone/answer/knid", "unknown key 'knid'", "did you mean 'kind'?"),
            ({"kind": "text", "note": True}, "unknown-field", "/prompts/tone/answer/note", "unknown key 'note'", "keys here are kind"),
            ("choice", "wrong-type", "/prompts/tone/answer", "must be a mapping", ""),
        ],
    )  # fmt: skip
    def test_by_kind(self, answer: Any, rule: str, pointer: str, message: str, hint: str) -> None:
        """What is told apart by its kind says which kinds there are."""
        found = only(bank(answer), Bank)
        assert found[:2] == (rule, pointer)
        assert message in found[3]
        assert found[4].startswith(hint)

    @pytest.mark.parametrize(
        ("pulse", "rule", "pointer", "message", "hint"),
        [
            ({"mean": 4.2}, "missing-field", "/pulse/trust", "trust: must have one of the keys named, answers", ""),
            ({"anwsers": 6, "mean": 4}, "unknown-field", "/pulse/trust/anwsers", "unknown key 'anwsers'", "did you mean 'answers'?"),
            ({"named": {}, "answers": 6}, "unknown-field", "/pulse/trust/answers", "answers: cannot stand beside 'named'", "keep one of the two"),
        ],
    )  # fmt: skip
    def test_by_key(self, pulse: Any, rule: str, pointer: str, message: str, hint: str) -> None:
        """What is told apart by a key has exactly one of those keys."""
        assert only(check_in(pulse), CheckIn) == (rule, pointer, True, message, hint)

    def test_by_type(self) -> None:
        """What may be a number or a word is judged as what it looks like."""
        assert only(alliance(cadence__review__nth=9))[3] == "nth: must be a whole number from 1 to 5, not 9"
        assert only(alliance(cadence__review__nth="first"))[3] == "nth: must be one of last, not 'first'"


class TestRest:
    def test_an_optional_field_goes_alone(self) -> None:
        """A broken optional field is left out, and its record stays."""
        explained = explain(alliance(members__ana__joined="soon"), Alliance)
        assert explained.data == SOUND
        assert explained.broken == {"/members/ana/joined"}

    def test_a_required_field_takes_its_record(self) -> None:
        """A broken required field takes the record that needs it."""
        explained = explain(alliance(members__ben__name=3), Alliance)
        assert explained.data == {**SOUND, "members": {"ana": {"name": "Ana"}}}
        assert explained.broken == {"/members/ben", "/members/ben/name"}

    def test_the_document_stays(self) -> None:
        """What the document itself lacks is filled with something harmless, and said to be broken."""
        explained = explain({"kind": "tema", "title": "A"}, Alliance)
        assert explained.data == {"id": "unnamed", "kind": "one-to-one", "title": "A", "members": {}}
        assert explained.broken == {"/id", "/kind", "/members"}
        assert structure(explained.data, Alliance).id == "unnamed"

    def test_where_the_rest_came_from(self) -> None:
        """When an entry of a list is left out, the places of the others can still be told."""
        response = {"prompt": "a", "answer": 1}
        explained = explain(alliance(responses=[{"prompt": "a"}, response, 3, response]), Alliance)
        assert explained.data is not None
        assert explained.data["responses"] == [response, response]
        assert explained.origin("/responses/0/answer") == "/responses/1/answer"
        assert explained.origin("/responses/1") == "/responses/3"
        assert explained.origin("/members/ana") == "/members/ana"
        assert explained.origin("") == ""

    def test_a_list_that_lost_too_much(self) -> None:
        """A list that needs an entry and lost its last one goes too, without being said."""
        explained = explain(alliance(commitments__flags__to=[3]), Alliance)
        assert [one.pointer for one in explained.findings] == ["/commitments/flags/to/0"]
        assert "/commitments/flags/to" in explained.broken

    def test_the_data_is_not_touched(self) -> None:
        """The data that was given is left as it was."""
        data = alliance(members__ana__joined="soon")
        before = deepcopy(data)
        explain(data, Alliance)
        assert data == before

    def test_suggestions_have_an_end(self) -> None:
        """A file of nothing but unknown keys is answered without looking for the nearest word thousands of times."""
        data = {**SOUND, **{f"title{chr(0x4E00 + n)}": 1 for n in range(4000)}}
        hints = [one.hint for one in explain(data, Alliance).findings]
        assert len(hints) == 4000
        assert hints[0] == "did you mean 'title'?"
        assert hints[-1].startswith("keys here are")

    def test_nesting_has_an_end(self) -> None:
        """Conditions may hold conditions; those that nest too deep are said to, once, where they pass the limit."""
        when: Any = {"some": "hopes"}
        for _ in range(40):
            when = {"not": when}
        step = {"say": "hello", "text": "Hello.", "when": when}
        explained = explain({"id": "f", "title": "F", "bank": "b", "steps": [step]}, Flow)
        (found,) = explained.findings
        assert (found.rule, found.message) == ("limit", "not: is nested deeper than 32 levels")


@pytest.mark.parametrize(
    ("shape", "fitting"),
    [
        (Text(), ["a"]),
        (Number(), [1, 1.5]),
        (Flag(), [True]),
        (Scalar(), ["a", 1, 1.5, True]),
        (Items(), [[]]),
        (Table(key=Text()), [{}]),
        (Anything(), ["a", 1, 1.5, True, [], {}, None]),
        (OneOf(variants=(Number(), Items()), by="type"), [1, 1.5, []]),
    ],
)
def test_a_union_is_told_apart_by_the_type_in_json(shape: Shape, fitting: list[Any]) -> None:
    """A truth value is no number, and a text is no list."""
    junk: list[Any] = ["a", 1, 1.5, True, [], {}, None]
    assert [repr(one) for one in junk if is_type(shape, one)] == list(map(repr, fitting))
