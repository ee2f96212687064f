"""Reading: every refusal with its rule, its place and its remedy."""

# ruff: noqa: A002 - the parameters have the names of those that they are passed to

from __future__ import annotations

import os
from pathlib import Path

import pytest

from alliancekit.documents import Format, examine_tree, format_of, read_bytes, read_text, read_tree
from alliancekit.errors import DocumentError, UnreadableError
from alliancekit.findings import Finding, Position, Span
from alliancekit.limits import Limits

BOTH: list[Format] = ["yaml", "json"]


def rules(
    text: str | bytes, format: Format = "yaml", limits: Limits | None = None
) -> list[tuple[str, int | None, int | None]]:
    tree = examine_tree(text, format=format, limits=limits or Limits())
    return [(f.rule, f.line, f.column) for f in tree.findings]


def only(text: str | bytes, format: Format = "yaml", limits: Limits | None = None) -> Finding:
    (finding,) = examine_tree(text, format=format, limits=limits or Limits()).findings
    return finding


class TestScalars:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("no", "no"), ("on", "on"), ("y", "y"), ("10:00", "10:00"), ("2026-11-01", "2026-11-01"), ("1_000", "1_000"),
            ("=", "="), ("0o17", 15), ("0x1f", 31), ("010", 10), ("+7", 7), ("-7", -7), ("1.10", 1.1), (".5", 0.5),
            ("1e3", 1000.0), ("true", True), ("False", False), ("~", None), ("null", None), ("'null'", "null"),
            ('"\\u00e9"', "é"), ("2001-12-14 21:59:43", "2001-12-14 21:59:43"), ("0b1", "0b1"), ("<<", "<<"),
            (str(2**53), 2**53), ("|\n  a\n  b\n", "a\nb\n"), (">-\n  a\n  b\n", "a b"), ("12e03", 12000.0), ("0.", 0.0),
        ],
    )  # fmt: skip
    def test_yaml_scalars_are_those_of_the_core_schema(self, text: str, value: object) -> None:
        """Timestamps and the words of YAML 1.1 stay texts; there is no octal without 0o."""
        found = read_tree(f"a: {text}", format="yaml").value["a"]

        assert (found, type(found)) == (value, type(value))

    @pytest.mark.parametrize(
        ("text", "value"),
        [("30.0", 30.0), ("30", 30), ("-0", 0), ("1E2", 100.0), ("null", None), ('"\\ud83d\\ude00"', "😀")],
    )
    def test_json_scalars(self, text: str, value: object) -> None:
        """30.0 is a float here; an escaped pair of surrogates is one character."""
        found = read_tree(f"[{text}]", format="json").value[0]

        assert (found, type(found)) == (value, type(value))


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "place", "word"),
        [
            ("a: !!str b", (1, 4), "tag '!!str'"),
            ("a: &x b", (1, 4), "anchor '&x'"),
            ("a: *x", (1, 4), "alias '*x'"),
            ("<<: {a: 1}", (1, 1), "merge key"),
            ("# x\n%YAML 1.2\n---\na: 1", (2, 1), "no directives"),
            ("a: 1\n---\nb: 2", (2, 1), "second document"),
            ('a: "\\e[31m"', (1, 4), "U+001B"),
            ('a: "\\ud800"', (1, 4), "surrogate"),
            ("a: \x1b", (1, 4), "U+001B"),
            ("a: b\u2028c", (1, 5), "U+2028"),
            ("1: a", (1, 1), "not 1"),
            ("no: a\ntrue: b", (2, 1), "not true"),
            ("? [a]\n: b", (1, 3), "not a list"),
            (": b", (1, 1), "not null"),
            ("a: .inf", (1, 4), "not a finite number"),
            ("a: b\rc: d", (1, 5), "U+000D"),
            ("a: &\n", (1, 5), "an anchor is not supported, and this one is broken"),
            ("a: * b", (1, 5), "an alias is not supported, and this one is broken"),
        ],
    )
    def test_unsupported_yaml_says_what_and_where(self, text: str, place: tuple[int, int], word: str) -> None:
        """Each with the rule, the place, and the thing by its name."""
        finding = only(text)

        assert (finding.rule, (finding.line, finding.column)) == ("unsupported-yaml", place)
        assert word in finding.message

    def test_a_duplicate_key_names_both_lines(self) -> None:
        """The first stays, and the finding knows where it is."""
        tree = examine_tree("a: 1\nb: 2\na: 3\n", format="yaml")
        (finding,) = tree.findings

        assert tree.value == {"a": 1, "b": 2}
        assert (finding.rule, finding.line, finding.on_key) == ("duplicate-key", 3, True)
        assert "lines 1 and 3" in finding.message
        assert finding.related == ((Span(Position(1, 1), Position(1, 2)), "the first one"),)

    @pytest.mark.parametrize("format", BOTH)
    def test_keys_that_look_the_same_are_the_same(self, format: Format) -> None:
        """Equal after NFC is equal."""
        assert rules('{"é": 1, "e\u0301": 2}', format) == [("duplicate-key", 1, 10)]

    def test_everything_is_reported_in_one_pass(self) -> None:
        """Several duplicate keys and several unsupported things: all of them, by place."""
        found = rules("a: !x 1\na: 2\nb: {c: 1, c: 2}\n3: *y\nb: 4\n")

        assert [(rule, line) for rule, line, _ in found] == [
            ("unsupported-yaml", 1), ("duplicate-key", 2), ("duplicate-key", 3), ("unsupported-yaml", 4),
            ("unsupported-yaml", 4), ("duplicate-key", 5),
        ]  # fmt: skip

    @pytest.mark.parametrize("format", BOTH)
    def test_a_conflict_of_git_is_named(self, format: Format) -> None:
        """One finding for each conflict, with the lines of its markers."""
        finding = only("a: 1\n<<<<<<< ours\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n", format)

        assert (finding.rule, finding.line) == ("conflict-marker", 2)
        assert [span.start.line for span, _ in finding.related] == [4, 6]

    @pytest.mark.parametrize("format", BOTH)
    @pytest.mark.parametrize("text", [b"\xff\xfea\x00", b"a: \xc0\xaf", b"a: \xed\xa0\x80"])
    def test_other_encodings_are_refused(self, text: bytes, format: Format) -> None:
        """UTF-8 only."""
        assert only(text, format).rule == "encoding"

    @pytest.mark.parametrize("format", BOTH)
    def test_a_text_with_half_a_pair_is_refused(self, format: Format) -> None:
        """UTF-8 cannot write it."""
        assert rules('{"a": "\ud800"}', format) == [("encoding", 1, 8)]

    @pytest.mark.parametrize("format", BOTH)
    def test_one_byte_order_mark_is_accepted(self, format: Format) -> None:
        """It is no part of the text; a second one is."""
        assert read_tree(b'\xef\xbb\xbf{"a": 1}', format=format).value == {"a": 1}
        assert examine_tree(b'\xef\xbb\xbf\xef\xbb\xbf{"a": 1}', format=format).findings

    @pytest.mark.parametrize(
        ("text", "word"), [("", "file is empty"), (" \n", "file is empty"), ("# only\n", "document is empty")]
    )
    def test_an_empty_file_is_a_finding(self, text: str, word: str) -> None:
        """It says that it is empty."""
        assert only(text).rule == "syntax"
        assert word in only(text).message

    def test_a_number_beyond_what_readers_keep_is_refused(self) -> None:
        """The limit is 2**53, in both formats and both signs; one more is too many."""
        for format in BOTH:  # noqa: A001
            assert read_tree(f"[{2**53}, -{2**53}]", format=format).value == [2**53, -(2**53)]
            assert rules(f"[{2**53 + 1}, -{2**53 + 1}, 1e999, {'9' * 5000}]", format) == [
                ("limit", 1, 2), ("limit", 1, 20), ("limit", 1, 39), ("limit", 1, 46),
            ]  # fmt: skip


class TestSyntax:
    @pytest.mark.parametrize(
        ("text", "place", "word"),
        [
            ("a: {b: one, two, c: d}", (1, 13), "a comma ends a value"),
            ("a: {b: c: d}", (1, 9), "a comma ends a value and a colon begins one"),
            ("a: {b: c", (1, 9), "a comma ends a value"),
            ("a: b: c", (1, 5), "in quotes if the colon is part of it"),
            ("a:\n\tb: c", (2, 1), "use spaces"),
            ("a:\tb", (1, 3), "use spaces"),
            ("a: @b", (1, 4), "put the value in quotes"),
            ("a: [b", (1, 6), "close the bracket"),
            ('a: "b', (1, 4), 'close it with "'),
            ('a: "\\q"', (1, 6), "two backslashes"),
            ("a: b\nc", (2, 1), "colon and a space"),
            ("a: 'b' c", (1, 6), "an apostrophe twice"),
            ("a: [b, c]#d", (1, 10), "a space before #"),
            ('k: "a\nb"', (1, 4), "indent its other lines"),
            ("a: [-]", (1, 5), "put it in quotes"),
            ("a: {#c\n  }", (1, 5), "a space before #"),
            ("a: ` b", (1, 4), "put the value in quotes"),
        ],
    )
    def test_yaml_syntax_comes_with_a_hint(self, text: str, place: tuple[int, int], word: str) -> None:
        """What is wrong, where, and what would be right."""
        finding = only(text)

        assert (finding.rule, (finding.line, finding.column)) == ("syntax", place)
        assert word in finding.hint

    @pytest.mark.parametrize(
        ("line", "place", "message", "hint"),
        [
            ("title Mia", (2, 1), "no colon after its key", "a colon and a space"),
            ("title = Mia", (2, 6), "an equals sign", "a colon and a space"),
            ("title:Mia", (2, 6), "no space after the colon", "a colon and a space"),
            ('title: "Mia', (2, 8), "opens on line 2 is not closed there", 'close it with "'),
            ("title: 'Mia", (2, 8), "opens on line 2 is not closed there", "close it with '"),
            ("title: 'Don't be late'", (2, 12), "the text in quotes ends here", "an apostrophe twice"),
            ('title: "Say "hi" to me"', (2, 13), "the text in quotes ends here", r"write \""),
            ("title:\u00a0Mia", (2, 7), "no-break space (U+00A0)", "ordinary spaces"),
            ("\u00a0\u00a0title: Mia", (2, 1), "no-break space (U+00A0)", "ordinary spaces"),
            ("title: |\n  a\n \u00a0b", (4, 2), "no-break space (U+00A0)", "ordinary spaces"),
        ],
    )
    @pytest.mark.parametrize("below", ["end: 1\n", 'end: "b"\n', "end:\n  - 'a'\n  - 'b'\n"])
    def test_a_slip_is_told_where_it_was_made(
        self, line: str, place: tuple[int, int], message: str, hint: str, below: str
    ) -> None:
        """A parser notices most slips of the hand on a later line; there is one finding, where the slip is."""
        finding = only(f"id: a\n{line}\n{below}")

        assert (finding.rule, (finding.line, finding.column)) == ("syntax", place)
        assert message in finding.message
        assert hint in finding.hint

    def test_a_no_break_space_within_a_text_is_kept(self) -> None:
        """It is a character like others where no space is expected."""
        assert read_tree("a: b\u00a0c\nd: |\n  \u00a0e\n", format="yaml").value == {"a": "b\u00a0c", "d": "\u00a0e\n"}

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ('{"a": 1,}', (1, 9)), ("{a: 1}", (1, 2)), ('{"a" 1}', (1, 6)), ("[1 2]", (1, 4)), ("[1", (1, 3)), ("[1] 2", (1, 5)),
            ('["a', (1, 2)), ('["\\q"]', (1, 3)), ('["\n"]', (1, 3)), ("[NaN]", (1, 2)), ("[-Infinity]", (1, 2)), ("[01]", (1, 2)),
            ("// x\n[1]", (1, 1)), ("[1}", (1, 3)), ("", (1, 1)), ("[,1]", (1, 2)), ('{"a":}', (1, 6)), ("['a']", (1, 2)),
        ],
    )  # fmt: skip
    def test_json_syntax_has_its_place(self, text: str, place: tuple[int, int]) -> None:
        """Reading stops at the first error of syntax."""
        assert rules(text, "json") == [("syntax", *place)]


class TestLimits:
    LIMITS = Limits(file_bytes=400, line_bytes=100, nodes=9, depth=3, keys=3, text=20)

    @pytest.mark.parametrize("format", BOTH)
    @pytest.mark.parametrize(
        ("fits", "passes", "number"),
        [
            ('["a"]' + " " * 90, '["a"]' + " " * 400, "400 bytes"),
            ("[[[1]]]", "[[[[1]]]]", "3 levels"),
            ("[1,2,3,4,5,6,7,8]", "[1,2,3,4,5,6,7,8,9]", "9 nodes"),
            ('{"a":1,"b":2,"c":3}', '{"a":1,"b":2,"c":3,"d":4}', "3 keys"),
            (f'["{"x" * 20}"]', f'["{"x" * 21}"]', "20"),
        ],
    )
    def test_each_limit_holds_at_n_and_not_at_n_and_one(
        self, format: Format, fits: str, passes: str, number: str
    ) -> None:
        """The message names the limit and the number."""
        assert rules(fits, format, self.LIMITS) == []
        finding = only(passes, format, self.LIMITS)
        assert finding.rule == "limit"
        assert f"the limit is {number}" in finding.message

    def test_a_line_of_yaml_has_a_limit_in_bytes(self) -> None:
        """Characters beyond ASCII count for what they weigh."""
        assert rules(f"# {'é' * 49}\na: 1", limits=self.LIMITS) == []
        assert rules(f"a: 1\n# {'é' * 50}", limits=self.LIMITS) == [("limit", 2, 1)]

    def test_findings_are_bounded(self) -> None:
        """A hostile file does not choose how long the report gets."""
        assert len(rules("".join(f"{i}: a\n" for i in range(500)))) == 100


class TestTrees:
    def test_what_is_not_sound_is_refused_whole(self) -> None:
        """Who asks for a tree gets a sound one, or all that is wrong."""
        with pytest.raises(DocumentError) as caught:
            read_tree("a: 1\na: 2\na: 3\n", format="yaml")
        assert [one.line for one in caught.value.findings] == [2, 3]

    def test_a_scalar_has_no_parts(self) -> None:
        """What is looked for below a text is placed at the text's key; where nothing was read, at the begin."""
        assert read_tree("a: b\n", format="yaml").span("/a/b") == Span(Position(1, 1), Position(1, 2))
        assert examine_tree("", format="yaml").span("/a") == Span(Position(1, 1), Position(1, 1))

    def test_a_tree_shows_no_text(self) -> None:
        """Its repr may end up in a log."""
        assert repr(read_tree("a: secret\n", format="yaml")) == "Tree(10 characters, 0 findings)"


class TestPlaces:
    TEXT = "a: 1\nmembers:\n  ana:\n    name: 'Ana é'\n  list:\n    - x\n    - [y, 'zz']\n    -\n    - k: |\n        some\n        text\n\nend:\n"

    @pytest.mark.parametrize(
        ("pointer", "on_key", "start", "end"),
        [
            ("/a", False, (1, 4), (1, 5)),
            ("/a", True, (1, 1), (1, 2)),
            ("/members/ana/name", False, (4, 11), (4, 18)),
            ("/members/ana/missing", False, (3, 3), (3, 6)),
            ("/members/ana/missing", True, (3, 3), (3, 6)),
            ("/members/list/1/1", False, (7, 11), (7, 15)),
            ("/members/list/2", False, (8, 6), (8, 6)),
            ("/members/list/3/k", False, (9, 10), (11, 13)),
            ("/members/list/9", False, (5, 3), (5, 7)),
            ("/members/ana", False, (4, 5), (4, 18)),
            ("/nothing", False, (1, 1), (1, 5)),
            ("/end", False, (13, 5), (13, 5)),
        ],
    )
    def test_a_pointer_leads_to_a_span(
        self, pointer: str, on_key: bool, start: tuple[int, int], end: tuple[int, int]
    ) -> None:
        """Lines and columns count from 1, in characters; what is missing is placed at its parent's key."""
        assert read_tree(self.TEXT, format="yaml").span(pointer, on_key) == Span(Position(*start), Position(*end))

    def test_places_in_json_are_found_when_asked(self) -> None:
        """The fast way keeps no places, and finds them when they are needed."""
        tree = read_tree('{"é😀": {"b": [1, "x"]},\r\n "c": 2}', format="json")

        assert tree.span("/é😀/b/1") == Span(Position(1, 18), Position(1, 21))
        assert tree.span("/c", on_key=True) == Span(Position(2, 2), Position(2, 5))

    def test_findings_are_placed_and_sorted(self) -> None:
        """Each gets its path and span; what comes first in the text comes first."""
        tree = read_tree("a: 1\nb: 2\n", format="yaml")

        placed = tree.place(
            [Finding(rule="x", message="m", pointer="/b"), Finding(rule="y", message="m", pointer="/a")], "f.yaml"
        )

        assert [(f.rule, f.path, f.line, f.column) for f in placed] == [("y", "f.yaml", 1, 4), ("x", "f.yaml", 2, 4)]


class TestFiles:
    def test_a_file_is_read(self, tmp_path: Path) -> None:
        """Its bytes, up to the limit and not one more."""
        path = tmp_path / "a.yaml"
        path.write_bytes(b"12345")

        assert read_bytes(path, Limits(file_bytes=5)) == b"12345"
        with pytest.raises(DocumentError, match="the limit is 4 bytes"):
            read_bytes(path, Limits(file_bytes=4))

    def test_an_endless_device_is_no_file(self) -> None:
        """Nothing is read from what is not a regular file."""
        with pytest.raises(UnreadableError, match="not a regular file"):
            read_bytes("/dev/zero")

    def test_a_pipe_does_not_hang(self, tmp_path: Path) -> None:
        """Nobody writes to it, and nobody waits."""
        os.mkfifo(tmp_path / "pipe")

        with pytest.raises(UnreadableError, match="not a regular file"):
            read_bytes(tmp_path / "pipe")

    def test_what_cannot_be_read_is_a_finding(self, tmp_path: Path) -> None:
        """A missing file, a folder, a circle of links: each says so, with its path."""
        (tmp_path / "circle").symlink_to(tmp_path / "circle")
        for name, word in [
            ("none.yaml", "no such file"),
            (".", "a folder"),
            ("circle", "circle"),
            ("n" * 300, "too long"),
        ]:
            with pytest.raises(UnreadableError, match=word) as caught:
                read_bytes(tmp_path / name)
            assert (caught.value.findings[0].rule, caught.value.findings[0].path) == (
                "unreadable",
                str(tmp_path / name),
            )

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may read everything")
    def test_a_forbidden_file_is_a_finding(self, tmp_path: Path) -> None:
        """It says that it may not be read."""
        (tmp_path / "a").write_bytes(b"")
        (tmp_path / "a").chmod(0)

        with pytest.raises(UnreadableError, match="may not be read"):
            read_bytes(tmp_path / "a")


@pytest.mark.parametrize(
    ("source", "data", "expected"),
    [
        ("a.json", "", "json"), ("a.JSON", "", "json"), ("a.yaml", "{", "yaml"), ("a", "{", "yaml"), ("-", " {", "json"),
        (None, "\ufeff\n{", "json"), (None, b"\xef\xbb\xbf{", "json"), (None, "a: 1", "yaml"), ("-", b"a", "yaml"),
    ],
)  # fmt: skip
def test_the_format_is_told_by_name_or_by_text(source: str | None, data: str | bytes, expected: str) -> None:
    """The file name decides; without one, the first character."""
    assert format_of(source, data) == expected


class TestTexts:
    """Text that is no document of ours: a table, a page of Markdown."""

    @pytest.mark.parametrize("data", [b"\xef\xbb\xbfa,b\r\n", "\ufeffa,b\r\n"])
    def test_a_text_comes_without_its_byte_order_mark(self, data: bytes | str) -> None:
        """Everything else stays, line ends too."""
        assert read_text(data) == "a,b\r\n"

    def test_bytes_that_are_no_utf_8_have_a_place(self) -> None:
        """The finding names line and column of the first byte that is wrong."""
        with pytest.raises(DocumentError) as caught:
            read_text(b"a,b\nc,\xe9\n")

        assert [(f.rule, f.line, f.column) for f in caught.value.findings] == [("encoding", 2, 3)]

    def test_a_text_may_be_so_long(self) -> None:
        """The limit itself is allowed."""
        assert read_text("abc", limits=Limits(file_bytes=3)) == "abc"
        with pytest.raises(DocumentError, match="the limit is 3 bytes"):
            read_text("abcd", limits=Limits(file_bytes=3))
