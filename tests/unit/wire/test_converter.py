from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from attrs import frozen
from cattrs import Converter

from alliancekit.documents import KINDS, DocumentKind
from alliancekit.model import (
    Alliance,
    Bank,
    Channel,
    CheckIn,
    ChoiceAnswer,
    Member,
    Prompt,
    PulseAggregate,
    PulseByName,
    Response,
    Review,
    TextAnswer,
)
from alliancekit.shapes import Items, OneOf, Record, Shape, Table, shape_of
from alliancekit.values import FrozenMap
from alliancekit.wire import configure_converter, structure, unstructure

MINIMAL = {"id": "a", "kind": "team", "title": "A", "members": {}}


def keyed_tables(shape: Shape, seen: set[Any]) -> Iterator[Table]:
    """Yield every mapping inside *shape* whose entries carry their key as their id."""
    if isinstance(shape, Table):
        yield from [shape] if shape.keyed else []
        yield from keyed_tables(shape.item, seen)
    elif isinstance(shape, Items):
        yield from keyed_tables(shape.item, seen)
    elif isinstance(shape, OneOf):
        yield from (table for one in shape.variants for table in keyed_tables(one, seen))
    elif isinstance(shape, Record) and shape not in seen:
        seen.add(shape)
        yield from (table for one in shape.fields.values() for table in keyed_tables(one.shape, seen))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_key_is_held_to_what_its_entry_holds_its_id_to(kind: DocumentKind) -> None:
    """What an entry refuses as its id is refused as its key, so that it is said: the entry itself is silent about it."""
    tables = keyed_tables(shape_of(kind.cls), set())
    ids = [(one.item.fields["id"].shape, one.key) for one in tables if isinstance(one.item, Record)]
    assert [own for own, key in ids if own != key] == []


class TestStructure:
    def test_a_constant_is_always_written(self) -> None:
        """The kind of an answer is no default: where it is missing, nothing says which answer it is."""
        with pytest.raises(ValueError, match="kind"):
            structure({}, TextAnswer)

    def test_entries_have_their_key(self) -> None:
        """An entry of a keyed mapping has its key as its id, and iterates in the order of the document."""
        alliance = structure({**MINIMAL, "members": {"zoe": {"name": "Zoé"}, "ana": {"name": "Ana"}}}, Alliance)
        assert [member.id for member in alliance.members.values()] == ["zoe", "ana"]

    def test_texts_become_values(self) -> None:
        """Dates and times are ISO texts on the wire."""
        review = structure({"frequency": "yearly", "starts": "2027-02-01", "at": "09:30"}, Review)
        assert (review.starts, review.at) == (date(2027, 2, 1), time(9, 30))

    def test_a_whole_number_may_have_a_point(self) -> None:
        """JSON's 30.0 is the integer 30."""
        review = structure({"frequency": "yearly", "minutes": 30.0}, Review)
        assert type(review.minutes) is int

    def test_by_kind(self) -> None:
        """Answer kinds are told apart by ``kind``; left out, the answer is a text."""
        data = {
            "id": "b",
            "title": "B",
            "prompts": {"p": {"text": "P?", "answer": {"kind": "choice"}}, "q": {"text": "Q?"}},
        }
        prompts = structure(data, Bank).prompts
        assert (prompts["p"].answer, prompts["q"].answer) == (ChoiceAnswer(), TextAnswer())

    def test_by_key(self) -> None:
        """A pulse is told apart by the key that only one of its forms has."""
        pulse = {"a": {"named": {"ana": 4}}, "b": {"answers": 6, "mean": 4.2}}
        found = structure({"alliance": "a", "date": "2026-11-12", "pulse": pulse}, CheckIn).pulse
        assert dict(found) == {"a": PulseByName(named={"ana": 4}), "b": PulseAggregate(answers=6, mean=4.2)}

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": 3},
            {"title": None},
            {"title": "bell\a"},
            {"titel": "A"},
            {"steward": "ana"},
            {"steward": ("ana",)},
            {"steward": []},
            {"members": {"ana": {"id": "ana", "name": "Ana"}}},
            {"members": FrozenMap({"ana": {"name": "Ana"}})},
            {"members": {"ana": None}},
            {"responses": [{"prompt": "trust", "answer": None}]},
            {"cadence": {"review": {"frequency": "yearly", "minutes": True}}},
            {"cadence": {"review": {"frequency": "yearly", "minutes": 1.5}}},
            {"cadence": {"review": {"frequency": "yearly", "at": "09:30:15"}}},
            {"expires": "2026-02-30"},
            {"id": "ana\n"},
        ],
    )
    def test_no_coercion(self, wrong: dict[str, Any]) -> None:
        """What is not exactly right is refused, with a ValueError and nothing else."""
        with pytest.raises(ValueError):  # noqa: PT011 - a verdict without words; explain has them
            structure({**MINIMAL, **wrong}, Alliance)

    @pytest.mark.parametrize("data", [None, 3, "a", [], ["id"]])
    def test_no_mapping(self, data: Any) -> None:
        """A class is a mapping."""
        with pytest.raises(ValueError):  # noqa: PT011 - a verdict without words; explain has them
            structure(data, Alliance)


class TestUnstructure:
    def test_defaults_are_not_written(self) -> None:
        """What has its default is left out, and an entry's id stands once."""
        alliance = Alliance(id="a", kind="team", title="A", members=[Member(id="ana", name="Ana")])
        assert unstructure(alliance) == {**MINIMAL, "members": {"ana": {"name": "Ana"}}}

    def test_free_keys_survive(self) -> None:
        """Free keys are carried along, in records and in tables."""
        data = {**MINIMAL, "members": {"ana": {"name": "Ana", "x-a": [{"b": None}]}, "x-m": 1}, "x-z": {"q": [1.5]}}
        alliance = structure(data, Alliance)
        assert unstructure(alliance) == data
        assert alliance.extra["x-z"] == FrozenMap({"q": (1.5,)})

    def test_plain(self) -> None:
        """What comes out is dictionaries and lists, all the way down."""
        response = Response(prompt="trust", answer=FrozenMap({"choices": ("a", "b")}))
        assert unstructure(response) == {"prompt": "trust", "answer": {"choices": ["a", "b"]}}

    def test_kinds_are_written(self) -> None:
        """The kind is written, though Python knows it."""
        prompt = Prompt(id="p", text="P?", answer=ChoiceAnswer(note=True))
        assert unstructure(prompt)["answer"] == {"kind": "choice", "note": True}


class TestConfigure:
    def test_in_a_host(self) -> None:
        """A host's converter reads and writes our values inside its own classes."""

        @frozen
        class Team:
            name: str
            lead: Member
            channels: list[Channel]

        converter = configure_converter(Converter())
        data = {"name": "Core", "lead": {"id": "ana", "name": "Ana"}, "channels": [{"id": "chat", "purpose": "Ask."}]}
        team = converter.structure(data, Team)
        assert team.channels[0].purpose == "Ask."
        assert converter.unstructure(team) == data
