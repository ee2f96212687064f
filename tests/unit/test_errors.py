import inspect
import pickle
from typing import Any

import pytest
from attrs import evolve

from alliancekit import errors
from alliancekit.errors import (
    AllianceKitError,
    ConfigurationError,
    ConflictError,
    DocumentError,
    EditRefusedError,
    InvalidValueError,
    MissingExtraError,
    Suggestions,
    UnknownNameError,
    UnreadableError,
    did_you_mean,
    nearest,
)
from alliancekit.findings import Finding

FINDING = Finding(rule="bad-id", message="'A' is no id", path="a.yaml")
CASES = [
    (DocumentError((FINDING,)), ValueError, "a.yaml: 'A' is no id [bad-id]"),
    (UnreadableError((FINDING,)), OSError, "a.yaml: 'A' is no id [bad-id]"),
    (ConfigurationError((FINDING, evolve(FINDING, path=None, hint="say a"))), ValueError, "a.yaml: 'A' is no id\n'A' is no id; say a"),
    (InvalidValueError("Member", "id", "must be an id"), ValueError, "Member.id: must be an id"),
    (UnknownNameError("bank", "taem", ("team",)), LookupError, "no bank is named 'taem'; did you mean 'team'?"),
    (UnknownNameError("bank", "q", ("team", "two")), LookupError, "no bank is named 'q'; there are team, two"),
    (UnknownNameError("bank", "q"), LookupError, "no bank is named 'q'"),
    (ConflictError("a.yaml"), RuntimeError, "a.yaml changed after it was read; nothing was written: read it again and repeat the change"),
    (EditRefusedError("/a", "it is folded"), ValueError, "/a cannot be changed in place: it is folded"),
    (MissingExtraError("markdown", "reading Markdown"), ImportError, "reading Markdown needs the extra 'markdown': pip install 'alliancekit[markdown]'"),
    (EditRefusedError("", "it is folded"), ValueError, "the document cannot be changed in place: it is folded"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "kind", "text"), CASES)
class TestTree:
    def test_caught_as(self, error: AllianceKitError, kind: type[Exception], text: str) -> None:
        """Each error is caught by the root, and by the standard class that a stranger would name."""
        assert isinstance(error, AllianceKitError)
        assert isinstance(error, kind)

    def test_message(self, error: AllianceKitError, kind: type[Exception], text: str) -> None:
        """The message is computed from the fields, and ends in advice where there is any."""
        assert str(error) == text

    def test_pickled(self, error: AllianceKitError, kind: type[Exception], text: str) -> None:
        """An error can be sent to another process."""
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again)) == (type(error), text)

    def test_raised(self, error: AllianceKitError, kind: type[Exception], text: str) -> None:
        """A frozen error can be raised from another, and carries notes."""
        with pytest.raises(type(error)) as caught:
            raise error from KeyError("a")
        assert isinstance(caught.value.__cause__, KeyError)


def test_the_drawing_is_whole() -> None:
    """The docstring draws every error, and beside it what a stranger would catch."""
    names = [
        name for name, thing in vars(errors).items() if inspect.isclass(thing) and issubclass(thing, AllianceKitError)
    ]
    assert [name for name in names if name not in (errors.__doc__ or "")] == []


class TestNearest:
    @pytest.mark.parametrize("given", [3, None, ["ana"], object])
    def test_what_is_no_name(self, given: Any) -> None:
        """Whatever is given in place of a name, the error can be told."""
        assert did_you_mean(given, ("ana",)) == ""
        assert str(UnknownNameError("member", given, ("ana",))) == f"no member is named {given!r}; there are ana"
        assert str(UnknownNameError("member", "x", (given, "ana"))).startswith("no member is named 'x'; there are ")

    def test_found(self) -> None:
        """The nearest known word is found, whatever the case."""
        assert nearest("Known-By", ["text", "known_by"]) == "known_by"
        assert did_you_mean("stauts", ["status"]) == "did you mean 'status'?"

    def test_not_found(self) -> None:
        """A word that is near to none gives nothing."""
        assert (nearest("zzz", ["status"]), did_you_mean("zzz", []), nearest("", ["a"])) == ("", "", "")

    def test_long(self) -> None:
        """A word without end is judged by its beginning."""
        assert nearest("status" + "s" * 10**6, ["status"]) in ("", "status")

    def test_suggestions_come_to_an_end(self) -> None:
        """Each costs as many words as it looks at; when they are used up, none is near."""
        suggestions = Suggestions(most=3)
        assert suggestions.did_you_mean("stauts", ["status", "title"]) == "did you mean 'status'?"
        assert suggestions.nearest("titel", ["title"]) == "title"
        assert suggestions.nearest("titel", ["title"]) == ""


@pytest.mark.parametrize("given", [1, 2.5, ["a", 1], "ab"])
def test_several_are_asked_for(given: object) -> None:
    """One value where several are wanted, or another among them, is told with what was wanted."""
    with pytest.raises(InvalidValueError, match="must be"):
        errors.require_all(given, str, "read", "names")  # type: ignore[arg-type]
    assert errors.require_all(iter(["a", "b"]), str, "read", "names") == ("a", "b")
