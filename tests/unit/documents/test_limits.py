"""The limits as users have them: each file one below and one above, with its own message."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from attrs import evolve

from alliancekit import check
from alliancekit.documents import Format, examine, examine_tree, read_bytes
from alliancekit.errors import DocumentError
from alliancekit.limits import LIMITS, SESSION_LIMITS, Limits

HEAD = "alliancekit: alliance/1\n"


def padded(text: str, size: int) -> str:
    """Return *text* with comments behind it, *size* bytes in all."""
    lines, rest = divmod(size - len(text), 100)
    return text + f"#{'.' * 98}\n" * lines + "#" * rest


def nested(depth: int) -> str:
    return f"{HEAD}x-a: {'[' * (depth - 1)}{']' * (depth - 1)}\n"


def keyed(count: int) -> str:
    return HEAD + "".join(f"x-{number}: 1\n" for number in range(count - 1))


def text(length: int) -> str:
    lines = "\n".join("  " + "é" * 99 for _ in range(length // 100))
    return f"{HEAD}x-a: |-\n{lines}\n  {'é' * (length - length // 100 * 100)}\n"


def messages(data: str, format: Format, limits: Limits) -> list[str]:  # noqa: A002 - as in `examine`
    found = examine_tree(data, format=format, limits=limits).findings
    assert {one.rule for one in found} <= {"limit"}
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("fits", "passes", "message"),
    [
        (padded(HEAD, 1 << 20), padded(HEAD, (1 << 20) + 1), "the file is too large; the limit is 1,048,576 bytes"),
        (f"#{'a' * 16383}", f"#{'a' * 16384}", "the line is too long; the limit is 16,384 bytes"),
        (nested(32), nested(33), "collections are nested too deeply; the limit is 32 levels"),
        (keyed(5_000), keyed(5_001), "the mapping has too many keys; the limit is 5,000 keys"),
        (text(10_000), text(10_001), "the text has 10,001 characters; the limit is 10,000"),
    ],
    ids=["file", "line", "nesting", "keys", "text"],
)
def test_a_document_may_hold_as_much_and_not_one_more(fits: str, passes: str, message: str) -> None:
    """At the limit it is read; one more is refused, and the message names the limit and the number."""
    head = "" if fits.startswith("alliancekit") else HEAD
    assert messages(head + fits, "yaml", LIMITS) == []
    assert messages(head + passes, "yaml", LIMITS) == [message]


def test_nodes() -> None:
    """Every scalar and every collection counts, keys and the document itself too; in JSON as in YAML."""
    assert messages(f"[{'1,' * 29_998}1]", "json", LIMITS) == []
    message = "the document has too many parts; the limit is 30,000 nodes"
    assert messages(f"[{'1,' * 29_999}1]", "json", LIMITS) == [message]


@pytest.mark.parametrize("length", [64, 65])
def test_an_id_has_64_characters_and_not_one_more(length: int) -> None:
    """The message names the length that it has and the one that is allowed."""
    name = "a" * length
    found = [one for one in check.check_text(f"{HEAD}id: {name}\n") if one.pointer == "/id"]
    expected = [("bad-id", "id: is an id of 65 characters", "at most 64 are allowed")] if length > 64 else []
    assert [(one.rule, one.message, one.hint) for one in found] == expected


@pytest.mark.parametrize("name", ["everyone", "true", "false", "null", "yes", "no", "on", "off"])
def test_a_reserved_word_is_no_id(name: str) -> None:
    """Quoted or not, as a value or as a key: a YAML reader, or alliancekit itself, would take it for something else."""
    found = examine(f'{HEAD}id: "{name}"\nkind: team\ntitle: T\nmembers:\n  "{name}":\n    name: A\n').findings
    assert [(one.rule, one.pointer) for one in found] == [("bad-id", "/id"), ("bad-id", f"/members/{name}")]


class TestSessions:
    def test_numbers(self) -> None:
        """A session is larger than what people write: 64 MiB and 100,000 requests, nested no deeper."""
        limits = (SESSION_LIMITS.file_bytes, SESSION_LIMITS.requests, SESSION_LIMITS.depth)
        assert limits == (64 * 1024 * 1024, 100_000, 32)

    def test_bytes(self, tmp_path: Path) -> None:
        """At 64 MiB the file is read; one byte more is refused."""
        path = tmp_path / "a.session.json"
        path.touch()
        os.truncate(path, 64 << 20)
        assert len(read_bytes(path, SESSION_LIMITS)) == 64 << 20
        os.truncate(path, (64 << 20) + 1)
        with pytest.raises(DocumentError, match="the file is too large; the limit is 67,108,864 bytes"):
            read_bytes(path, SESSION_LIMITS)

    @pytest.mark.parametrize(("levels", "is_sound"), [(31, True), (32, False)])
    def test_nesting(self, levels: int, *, is_sound: bool) -> None:
        """32 levels, with that of the document itself."""
        data = f'{{"alliancekit": "session/1", "x-a": {"[" * levels}{"]" * levels}}}'
        found = [one.message for one in examine(data).findings if one.rule == "limit"]
        assert found == ([] if is_sound else ["collections are nested too deeply; the limit is 32 levels"])

    @pytest.mark.parametrize(("count", "is_sound"), [(3, True), (4, False)])
    def test_requests(self, count: int, *, is_sound: bool) -> None:
        """A file holds as many requests as a session takes, and not one more; a host may say how many."""
        data = json.dumps({"alliancekit": "session/1", "requests": [{}] * count})
        found = examine(data, limits=evolve(SESSION_LIMITS, requests=3)).findings
        expected = [] if is_sound else [("/requests", "the session has too many requests; the limit is 3")]
        assert [(one.pointer, one.message) for one in found if one.rule == "limit"] == expected
